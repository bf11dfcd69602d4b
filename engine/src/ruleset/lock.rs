//! `ruleset.lock`: what a ruleset requires and extends, as it was when its author last looked.
//!
//! A range says which versions may come; a lock says which ones are there. Where one has moved, even within its
//! range and under the same version, loading says so.

use super::load::Library;
use super::loading::Loading;
use super::parts::add_text;
use super::{FORMAT, RulesetFiles};
use crate::problem::{Problem, Problems, Span, codes};
use crate::source::fields::Fields;
use crate::source::{Node, parse_toml};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The file in the folder of a ruleset.
pub const LOCK_FILE: &str = "ruleset.lock";

/// Version and digest of what is needed, by id.
type Needed = BTreeMap<String, (String, String)>;

/// A lock, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The text of the file.
    pub text: String,
    /// How many rulesets it names.
    pub rulesets: usize,
}

impl Library {
    /// The lock for a ruleset: everything that it requires and extends, also through others, with version and digest.
    /// Nothing, where it needs no other.
    #[must_use]
    pub fn lock(&self, ruleset: usize) -> Option<Lock> {
        let needed = needed(self, ruleset);
        if needed.is_empty() {
            return None;
        }
        let mut text = format!(
            "# Written by `ketenspiegel ruleset lock`; it says what this ruleset was made and tested with.\n\
             format = {FORMAT}\n"
        );
        for (id, (version, sha256)) in &needed {
            let _ = write!(text, "\n[[ruleset]]\nid = \"{id}\"\nversion = \"{version}\"\nsha256 = \"{sha256}\"\n");
        }
        Some(Lock { text, rulesets: needed.len() })
    }
}

/// What a ruleset needs, itself left out.
fn needed(library: &Library, ruleset: usize) -> Needed {
    let (mut found, mut waiting) = (Needed::new(), vec![ruleset]);
    while let Some(next) = waiting.pop() {
        let one = &library.rulesets[next];
        for base in &one.tailorings {
            found.insert(base.base.clone(), (base.version.clone(), base.sha256.clone()));
        }
        for at in one.manifest.requires.iter().filter_map(|(id, ..)| library.ruleset(id)) {
            let other = &library.rulesets[at];
            let entry = (other.manifest.version.to_string(), other.sha256.clone());
            if found.insert(other.manifest.id.clone(), entry).is_none() {
                waiting.push(at);
            }
        }
    }
    found
}

/// Holds the ruleset that was loaded last against its lock, if it has one.
pub(super) fn hold(files: &RulesetFiles, loading: &mut Loading) {
    let Some(file) = add_text(files, LOCK_FILE, loading) else { return };
    let node = parse_toml(&loading.sources, file, &mut loading.problems);
    let Some(locked) = read(&node, &mut loading.problems) else { return };
    let needed = needed(&loading.library, loading.ruleset);
    let accept = format!(
        "see what it means with `ketenspiegel ruleset diff`, and accept it with `ketenspiegel ruleset lock {}`",
        files.name
    );
    for (id, (version, sha256)) in &needed {
        let message = match locked.get(id) {
            Some(then) if then.sha256 == *sha256 => continue,
            Some(then) if then.version == *version => {
                format!("`{id}` is not what was locked: version {version} still, with other contents")
            }
            Some(then) => format!("`{id}` is not what was locked: version {} then, {version} now", then.version),
            None => format!("`{id}` is needed, and was not locked"),
        };
        let span = locked.get(id).map_or(Span { end: node.span.start, ..node.span }, |then| then.span);
        loading.problems.push(Problem::new(codes::LOCKED, message).at(span).help(accept.clone()));
    }
    for (id, then) in locked.iter().filter(|(id, _)| !needed.contains_key(*id)) {
        let message = format!("`{id}` is locked, and nothing needs it any more");
        loading.problems.push(Problem::new(codes::LOCKED, message).at(then.span).help(accept.clone()).warning());
    }
}

/// An entry of a lock.
struct Locked {
    version: String,
    sha256: String,
    span: Span,
}

fn read(node: &Node, problems: &mut Problems) -> Option<BTreeMap<String, Locked>> {
    let mut fields = Fields::new(node, "a lock", problems)?;
    let format = fields.required("format", problems).and_then(|node| Some((node.count(problems)?, node.span)));
    let list = fields.optional("ruleset").and_then(|node| node.list(problems)).unwrap_or_default();
    fields.finish(problems);
    let (format, span) = format?;
    if format != FORMAT {
        let message = format!("this lock is in format {format}; this engine reads format {FORMAT}");
        problems.push(Problem::new(codes::FORMAT_VERSION, message).at(span));
        return None;
    }
    let mut all = BTreeMap::new();
    for node in list {
        let mut fields = Fields::new(node, "a locked ruleset", problems)?;
        let id = fields.required("id", problems).and_then(|node| Some((node.id(problems)?, node.span)));
        let mut text = |name: &'static str| {
            fields.required(name, problems).and_then(|node| node.text(problems)).map(str::to_owned)
        };
        let (version, sha256) = (text("version"), text("sha256"));
        fields.finish(problems);
        let (id, span) = id?;
        all.insert(id, Locked { version: version?, sha256: sha256?, span });
    }
    Some(all)
}
