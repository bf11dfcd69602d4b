//! From paths to assessments: folders are looked through for profiles.

use crate::arguments::Lang;
use crate::choose::{Libraries, Shelf};
use crate::codes::{NOTHING_TO_DO, UNREADABLE};
use crate::exit::Exit;
use crate::files;
use crate::session::{Session, reason};
use ketenspiegel_engine::assessment::Assessment;
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::Problem;
use ketenspiegel_engine::profile::Profile;
use std::fs;
use std::path::{Path, PathBuf};

/// The end of the name of a snapshot.
pub(crate) const SNAPSHOT: &str = ".snapshot.json";

/// How deep profiles can stand in a folder.
const DEEPEST_FOLDER: usize = 8;

/// Assesses every profile, or stops with everything that is wrong with all of them.
pub(crate) fn assessments(
    paths: &[PathBuf],
    rulesets: &[String],
    lang: Lang,
    session: &mut Session<'_>,
) -> Result<Vec<Assessment>, Exit> {
    let paths = profiles(paths, session)?;
    let shelf = Shelf::with(rulesets, session)?;
    let mut libraries = Libraries::new(Some(lang));
    let mut all = Vec::new();
    for path in &paths {
        let Some(mut profile) = files::profile(path, session) else { continue };
        all.extend(assessment(&mut profile, &mut libraries, &shelf, lang, session));
    }
    session.sound()?;
    Ok(all)
}

/// The assessment of a profile; nothing, where something is wrong with it.
pub(crate) fn assessment(
    profile: &mut Profile,
    libraries: &mut Libraries,
    shelf: &Shelf,
    lang: Lang,
    session: &mut Session<'_>,
) -> Option<Assessment> {
    let library = libraries.for_profile(profile, shelf, session)?;
    assess(library, profile, &session.sources, lang.word(), &mut session.problems)
}

/// The profiles that are named, and those in the folders that are named, by name.
pub(crate) fn profiles(paths: &[PathBuf], session: &mut Session<'_>) -> Result<Vec<PathBuf>, Exit> {
    let mut all = Vec::new();
    for path in paths {
        if !path.is_dir() || path.join("ruleset.toml").is_file() {
            all.push(path.clone());
            continue;
        }
        let before = all.len();
        if let Err(problem) = collect(path, 1, &mut all) {
            return Err(session.stop(Exit::Invalid, problem));
        }
        if all.len() == before {
            let problem = Problem::new(NOTHING_TO_DO, format!("there is no profile in {}", path.display()))
                .help("a profile is a file .json or .toml with `ketenspiegel` in it");
            return Err(session.stop(Exit::Nothing, problem));
        }
    }
    Ok(all)
}

fn collect(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Problem> {
    let cannot = |error: &std::io::Error| {
        Problem::new(UNREADABLE, format!("{} cannot be read: {}", folder.display(), reason(error)))
    };
    let entries = fs::read_dir(folder).map_err(|error| cannot(&error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().and_then(|name| name.to_str()).is_none_or(|name| name.starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            if depth < DEEPEST_FOLDER && !path.join("ruleset.toml").is_file() {
                collect(&path, depth + 1, found)?;
            }
        } else if is_profile(&path) {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a file in a folder is a profile: it says so with the key that every profile has.
fn is_profile(path: &Path) -> bool {
    if path.to_string_lossy().ends_with(SNAPSHOT) {
        return false;
    }
    let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
    let Ok(text) = fs::read_to_string(path) else { return end == "json" || end == "toml" };
    match end {
        "json" => text.contains("\"ketenspiegel\""),
        "toml" => text.lines().any(|line| line.trim_start().starts_with("ketenspiegel")),
        _ => false,
    }
}
