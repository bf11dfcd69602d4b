//! A ruleset in one file, `ruleset-pack/1`: JSON with the lines of each of its files.
//!
//! Text, so that a new version can be read as a difference and nothing is unpacked to a disk. The same files give
//! the same bytes. What comes in is somebody else's: names, sizes and numbers are bounded before anything is made
//! of it.

use super::load::RulesetFiles;
use crate::problem::{Problem, Problems, Span, codes};
use crate::source::fields::Fields;
use crate::source::{Entry, LARGEST_TEXT, Sources, parse_json};
use serde::Serialize;
use std::collections::BTreeMap;

/// The name of the format.
pub const PACK_FORMAT: &str = "ruleset-pack/1";

/// How a packed ruleset's name ends.
pub const PACK_ENDING: &str = "ruleset";

/// The most files that a ruleset has.
pub const MOST_FILES: usize = 2000;

/// How deep the files of a ruleset can stand in its folder.
pub const DEEPEST_FOLDER: usize = 4;

/// The longest path of a file in a ruleset, in bytes.
const LONGEST_PATH: usize = 200;

#[derive(Serialize)]
struct Pack<'a> {
    format: &'static str,
    files: BTreeMap<&'a str, Vec<&'a str>>,
}

/// Whether a file is one that a ruleset can have: what the engine reads, and what people read beside it.
#[must_use]
pub fn belongs(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = |ending: &str| name.strip_suffix(ending).is_some_and(|stem| !stem.is_empty());
    !name.starts_with('.')
        && (path == super::LOCK_FILE || path == "README.md" || [".toml", ".rhai", ".json"].into_iter().any(ending))
}

/// Why a file that a ruleset can have is not read where it stands, by its path; nothing, where it is read.
#[must_use]
pub fn misplaced(path: &str) -> Option<&'static str> {
    if path.split('/').count() > DEEPEST_FOLDER {
        Some("it stands too deep")
    } else if path.contains(char::REPLACEMENT_CHARACTER) {
        Some("its name is not UTF-8")
    } else {
        None
    }
}

impl RulesetFiles {
    /// The files as one text. Everything that keeps them from that goes into `problems`.
    pub fn pack(&self, problems: &mut Problems) -> Option<String> {
        let mut files = BTreeMap::new();
        for (path, bytes) in &self.files {
            if let Some(why) = unfit(path) {
                let message = format!("{}/{path} cannot be packed: {why}", self.name);
                problems.push(Problem::new(codes::BAD_PACK, message).help("give it another name, or take it out"));
                continue;
            }
            match std::str::from_utf8(bytes) {
                Ok(text) => drop(files.insert(path.as_str(), text.split('\n').collect())),
                Err(_) => problems.push(
                    Problem::new(codes::NOT_UTF8, format!("{}/{path} is not UTF-8 text", self.name))
                        .help("save the file as UTF-8"),
                ),
            }
        }
        if files.len() < self.files.len() {
            return None;
        }
        let mut text = serde_json::to_string_pretty(&Pack { format: PACK_FORMAT, files }).ok()?;
        text.push('\n');
        if text.len() > LARGEST_TEXT {
            let message = format!("{} packed has {} bytes; at most {LARGEST_TEXT} are read", self.name, text.len());
            problems.push(Problem::new(codes::TOO_LARGE, message).help("is everything in it part of the ruleset?"));
            return None;
        }
        Some(text)
    }

    /// Takes the files out of a packed ruleset that messages call `name`. Everything that is wrong with it goes into
    /// `problems`.
    pub fn unpack(name: &str, bytes: &[u8], sources: &mut Sources, problems: &mut Problems) -> Option<Self> {
        if bytes.len() > LARGEST_TEXT {
            let message = format!("{name} has {} bytes; at most {LARGEST_TEXT} are read", bytes.len());
            problems.push(Problem::new(codes::TOO_LARGE, message));
            return None;
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            let problem = Problem::new(codes::NOT_UTF8, format!("{name} is not UTF-8 text, and no packed ruleset"));
            problems.push(problem.help("`ketenspiegel ruleset pack` makes one of a folder"));
            return None;
        };
        let mut found = Problems::new();
        let file = sources.add(name, text);
        let node = parse_json(sources, file, &mut found);
        let files = node.and_then(|node| read(&node, &mut found));
        let failed = found.has_errors();
        problems.append(found);
        files.filter(|_| !failed).map(|files| Self { name: name.to_owned(), files, ..Self::default() })
    }
}

fn read(node: &crate::source::Node, problems: &mut Problems) -> Option<BTreeMap<String, Vec<u8>>> {
    if problems.has_errors() {
        return None; // it is no JSON
    }
    let mut fields = Fields::new(node, "a packed ruleset", problems)?;
    let format = fields.required("format", problems);
    if let Some(node) = format
        && let Some(text) = node.text(problems).filter(|text| *text != PACK_FORMAT)
    {
        let message = format!("this is `{text}`; this engine reads `{PACK_FORMAT}`");
        problems.push(Problem::new(codes::FORMAT_VERSION, message).at(node.span));
        return None;
    }
    let files = fields.required("files", problems);
    fields.finish(problems);
    format?;
    let files = files?;
    let entries = &files.table(problems)?.entries;
    if entries.len() > MOST_FILES {
        let message = format!("there are {} files in it; a ruleset has at most {MOST_FILES}", entries.len());
        problems.push(Problem::new(codes::TOO_LARGE, message).at(Span { end: files.span.start + 1, ..files.span }));
        return None;
    }
    let mut all = BTreeMap::new();
    for entry in entries {
        if let Some(why) = unfit(&entry.key) {
            let message = format!("`{}` cannot be a file of a ruleset: {why}", entry.key.escape_debug());
            problems.push(Problem::new(codes::BAD_PACK, message).at(entry.key_span));
            continue;
        }
        all.extend(lines(entry, problems).map(|text| (entry.key.clone(), text.into_bytes())));
    }
    Some(all)
}

/// The text of a file, from its lines.
fn lines(entry: &Entry, problems: &mut Problems) -> Option<String> {
    let list = entry.node.list(problems)?;
    let mut all = Vec::with_capacity(list.len());
    for node in list {
        let line = node.text(problems)?;
        if line.contains('\n') {
            let problem = Problem::new(codes::BAD_PACK, "a line has a line end in it").at(node.span);
            problems.push(problem.help("make the file with `ketenspiegel ruleset pack`"));
            return None;
        }
        all.push(line);
    }
    Some(all.join("\n"))
}

/// Why a path cannot be that of a file in a ruleset; nothing where it can.
fn unfit(path: &str) -> Option<&'static str> {
    let parts = || path.split('/');
    if path.is_empty() || path.len() > LONGEST_PATH {
        Some("its name is empty or too long")
    } else if path.starts_with('/') || path.contains(['\\', ':']) {
        Some("its name must say where it is in the folder, with `/` between the parts")
    } else if path.chars().any(char::is_control) {
        Some("its name has a control character")
    } else if parts().any(|part| part.is_empty() || part == "." || part == "..") {
        Some("its name leads out of the folder, or in circles")
    } else if parts().any(|part| part.starts_with('.')) {
        Some("a hidden file is no part of a ruleset")
    } else if !belongs(path) {
        Some("it is no file of a kind that a ruleset has")
    } else {
        misplaced(path)
    }
}
