//! From paths to assessments: folders are looked through for profiles.

use crate::arguments::Lang;
use crate::choose::{Libraries, Shelf};
use crate::codes::NOTHING_TO_DO;
use crate::exit::Exit;
use crate::files;
use crate::folders::{Found, Walk, not_a_file};
use crate::session::Session;
use ketenspiegel_engine::assessment::Assessment;
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::{Problem, Problems};
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
    session.leave(libraries);
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
        in_folder(path, &mut all, &mut session.problems);
        session.sound()?;
        if all.len() == before {
            let problem = Problem::new(NOTHING_TO_DO, format!("there is no profile in {}", path.display()))
                .help("a profile is a file .json or .toml with `ketenspiegel` in it");
            return Err(session.stop(Exit::Nothing, problem));
        }
    }
    Ok(all)
}

/// Looks for profiles in a folder, and in those in it that hold no ruleset.
fn in_folder(folder: &Path, all: &mut Vec<PathBuf>, problems: &mut Problems) {
    let mut take = |found: &Found<'_>, problems: &mut Problems| {
        if !found.file && has_ending(found.path) {
            problems.push(not_a_file(found.path));
        } else if found.file && is_profile(found.path) {
            all.push(found.path.to_owned());
        }
    };
    let enters = |path: &Path| !path.join("ruleset.toml").is_file();
    Walk { deepest: DEEPEST_FOLDER, enters: &enters, take: &mut take, problems }.over(folder);
}

/// Whether a file is named as a profile is.
fn has_ending(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "json" || end == "toml")
}

/// Whether a file in a folder is a profile: it says so with the key that every profile has.
fn is_profile(path: &Path) -> bool {
    if path.to_string_lossy().ends_with(SNAPSHOT) {
        return false;
    }
    let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
    let Ok(text) = fs::read_to_string(path) else { return has_ending(path) };
    match end {
        "json" => text.contains("\"ketenspiegel\""),
        "toml" => text.lines().any(|line| line.trim_start().starts_with("ketenspiegel")),
        _ => false,
    }
}
