//! Reading: profiles and folders of rulesets, never more than the engine will look at.

use crate::codes::{NOT_A_FILE, UNREADABLE};
use crate::session::{Session, reason};
use ketenspiegel_engine::problem::{Problem, codes, nearest};
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::ruleset::{DEEPEST_FOLDER, MOST_FILES, PACK_ENDING, RulesetFiles, belongs};
use ketenspiegel_engine::source::LARGEST_TEXT;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Bytes in a megabyte.
const MEGABYTE: u64 = 1024 * 1024;

/// Whether a path means standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a profile from a file, or from standard input for `-`. What is wrong goes to the session; what could be
/// read is there all the same, so that the rest of it can be held against the rulesets.
pub(crate) fn profile(path: &Path, session: &mut Session<'_>) -> Option<Profile> {
    let name = path.display().to_string();
    let bytes = if is_stdin(path) {
        bounded(&mut session.stdin, "standard input")
    } else if path.is_dir() {
        Err(folder_for_profile(path))
    } else {
        file(path)
    };
    match bytes {
        Ok(bytes) => Profile::draft(&name, &bytes, &mut session.sources, &mut session.problems),
        Err(problem) => {
            session.problems.push(problem);
            None
        }
    }
}

fn folder_for_profile(path: &Path) -> Problem {
    let problem = Problem::new(NOT_A_FILE, format!("{} is a folder; a profile is a file", path.display()));
    if path.join("ruleset.toml").is_file() {
        problem.help("it holds a ruleset: use it with `--ruleset`, or have it checked with `ketenspiegel check`")
    } else {
        problem.help("name the profile in it")
    }
}

/// The bytes of a file.
fn file(path: &Path) -> Result<Vec<u8>, Problem> {
    let name = path.display().to_string();
    let mut file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let size = file.metadata().map(|metadata| metadata.len()).unwrap_or_default();
    if size > LARGEST_TEXT as u64 {
        return Err(too_large(&name, &format!("is {} MB large", size / MEGABYTE)));
    }
    bounded(&mut file, &name)
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String, Problem> {
    String::from_utf8(file(path)?).map_err(|_| {
        Problem::new(codes::NOT_UTF8, format!("{} is not UTF-8 text", path.display())).help("save the file as UTF-8")
    })
}

fn bounded(from: &mut dyn Read, name: &str) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = from.take(LARGEST_TEXT as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| Problem::new(UNREADABLE, format!("{name} cannot be read: {}", reason(&error))))?;
    if bytes.len() > LARGEST_TEXT { Err(too_large(name, "goes on too long")) } else { Ok(bytes) }
}

fn too_large(name: &str, how: &str) -> Problem {
    Problem::new(codes::TOO_LARGE, format!("{name} {how}; at most {} MB is read", LARGEST_TEXT as u64 / MEGABYTE))
        .help("a profile holds the answers of one chain; is this the right file?")
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let name = path.display();
    if error.kind() != ErrorKind::NotFound {
        return Problem::new(UNREADABLE, format!("{name} cannot be read: {}", reason(error)));
    }
    let problem = Problem::new(UNREADABLE, format!("there is no file {name}"));
    match neighbour(path) {
        Some(near) => problem.help(format!("did you mean {near}?")),
        None => problem,
    }
}

/// The file beside `path` whose name is nearest to it.
fn neighbour(path: &Path) -> Option<String> {
    let entries = fs::read_dir(folder_of(path)).ok()?;
    let mut names: Vec<String> = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable();
    let near = nearest(path.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(path.with_file_name(near).display().to_string())
}

/// The folder that a file stands in; the one that is worked in where its path names none.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a path is that of a ruleset: a folder, or a packed ruleset.
pub(crate) fn is_ruleset(path: &Path) -> bool {
    path.is_dir() || path.extension().is_some_and(|ending| ending == PACK_ENDING)
}

/// Reads the files of the ruleset in a folder, or of a packed one. What is wrong with a packed one goes to the
/// session.
pub(crate) fn opened(path: &Path, session: &mut Session<'_>) -> Result<Option<RulesetFiles>, Problem> {
    if !path.is_file() || path.file_name().is_some_and(|name| name == "ruleset.toml") {
        return ruleset(path).map(Some);
    }
    let (name, bytes) = (path.display().to_string(), file(path)?);
    Ok(RulesetFiles::unpack(&name, &bytes, &mut session.sources, &mut session.problems))
}

/// Reads the files of the ruleset in a folder.
pub(crate) fn ruleset(path: &Path) -> Result<RulesetFiles, Problem> {
    let name = path.display().to_string();
    let name = if name.len() > 1 { name.trim_end_matches(['/', '\\']).to_owned() } else { name };
    if !path.is_dir() {
        return Err(ruleset_folder(path));
    }
    let mut found = RulesetFiles { name, ..RulesetFiles::default() };
    if !path.join("ruleset.toml").is_file() {
        return Err(Problem::new(codes::MISSING_FILE, format!("{} has no ruleset.toml", found.name))
            .help("a ruleset is a folder with a file ruleset.toml in it"));
    }
    collect(path, "", 1, &mut found)?;
    Ok(found)
}

/// The problem of what is no folder of a ruleset.
pub(crate) fn ruleset_folder(path: &Path) -> Problem {
    if path.file_name().is_some_and(|name| name == "ruleset.toml") && path.is_file() {
        return Problem::new(NOT_A_FILE, format!("{} is one file of a ruleset", path.display()))
            .help(format!("name the folder that it stands in: {}", folder_of(path).display()));
    }
    let what = if path.exists() { "is not a folder" } else { "is not there" };
    Problem::new(NOT_A_FILE, format!("{} {what}; a ruleset is a folder with a file ruleset.toml in it", path.display()))
}

/// Reads what the engine may have to do with, hidden files left out.
fn collect(folder: &Path, prefix: &str, depth: usize, found: &mut RulesetFiles) -> Result<(), Problem> {
    let cannot =
        |error: &io::Error| Problem::new(UNREADABLE, format!("{} cannot be read: {}", folder.display(), reason(error)));
    for entry in fs::read_dir(folder).map_err(|error| cannot(&error))? {
        let path = entry.map_err(|error| cannot(&error))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let key = format!("{prefix}{name}");
        if path.is_dir() {
            if depth < DEEPEST_FOLDER {
                collect(&path, &format!("{key}/"), depth + 1, found)?;
            }
        } else if belongs(&key) {
            if found.files.len() >= MOST_FILES {
                return Err(Problem::new(codes::TOO_LARGE, format!("{} has more than {MOST_FILES} files", found.name))
                    .help("is this the folder of one ruleset?"));
            }
            found.files.insert(key, file(&path)?);
        }
    }
    Ok(())
}
