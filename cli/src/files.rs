//! Reading: profiles and folders of rulesets, never more than the engine will look at.

use crate::codes::{NOT_A_FILE, UNREADABLE};
use crate::folders::{Found, Walk, not_a_file};
use crate::session::{Session, reason};
use ketenspiegel_engine::problem::{Problem, Problems, codes, nearest};
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::ruleset::{DEEPEST_FOLDER, MOST_FILES, PACK_ENDING, RulesetFiles, belongs, misplaced};
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

/// Reads the files of the ruleset in a folder, or of a packed one. What is wrong goes to the session.
pub(crate) fn opened(path: &Path, session: &mut Session<'_>) -> Option<RulesetFiles> {
    if !path.is_file() || path.file_name().is_some_and(|name| name == "ruleset.toml") {
        return ruleset(path, &mut session.problems);
    }
    match file(path) {
        Ok(bytes) => {
            let name = path.display().to_string();
            RulesetFiles::unpack(&name, &bytes, &mut session.sources, &mut session.problems)
        }
        Err(problem) => {
            session.problems.push(problem);
            None
        }
    }
}

/// Reads the files of the ruleset in a folder: what the engine may have to do with, hidden files left out. Of what else
/// stands there only the names are kept.
pub(crate) fn ruleset(path: &Path, problems: &mut Problems) -> Option<RulesetFiles> {
    let name = path.display().to_string();
    let name = if name.len() > 1 { name.trim_end_matches(['/', '\\']).to_owned() } else { name };
    if !path.is_dir() {
        problems.push(ruleset_folder(path));
        return None;
    }
    let manifest = path.join("ruleset.toml");
    if !manifest.exists() || manifest.is_dir() {
        problems.push(no_manifest(path, &name));
        return None;
    }
    let before = problems.len();
    let mut found = RulesetFiles { name, ..RulesetFiles::default() };
    let mut take = |one: &Found<'_>, problems: &mut Problems| {
        if !belongs(one.key) || misplaced(one.key).is_some() {
            if found.beside.len() < MOST_FILES {
                found.beside.insert(one.key.to_owned());
            }
        } else if !one.file {
            problems.push(not_a_file(one.path));
        } else if found.files.len() >= MOST_FILES {
            let message = format!("{} has more than {MOST_FILES} files", found.name);
            problems.push(Problem::new(codes::TOO_LARGE, message).help("is this the folder of one ruleset?"));
        } else {
            match file(one.path) {
                Ok(bytes) => drop(found.files.insert(one.key.to_owned(), bytes)),
                Err(problem) => problems.push(problem),
            }
        }
    };
    // deeper than it is read, so that what stands too deep is told
    Walk { deepest: 2 * DEEPEST_FOLDER, enters: &|_| true, take: &mut take, problems }.over(path);
    (problems.len() == before).then_some(found)
}

/// The problem of a folder without a manifest.
fn no_manifest(path: &Path, name: &str) -> Problem {
    let problem = Problem::new(codes::MISSING_FILE, format!("{name} has no ruleset.toml"));
    match neighbour(&path.join("ruleset.toml")).filter(|near| near.to_lowercase().ends_with("ruleset.toml")) {
        Some(near) => problem.help(format!("its name is in small letters, and this one is not: {near}")),
        None => problem.help("a ruleset is a folder with a file ruleset.toml in it"),
    }
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
