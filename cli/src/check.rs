//! `check`: everything that is wrong with profiles and rulesets, at once.

use crate::arguments::{AdviceFormat, Check};
use crate::choose::{Libraries, Shelf};
use crate::codes::ARGUMENTS;
use crate::exit::Exit;
use crate::files;
use crate::machine;
use crate::session::{Ended, Session};
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::{Problem, Problems};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// The name of the format that `--format json` writes.
const FORMAT: &str = "check/1";

pub(crate) fn run(asked: &Check, session: &mut Session<'_>) -> Ended {
    if asked.paths.iter().filter(|path| files::is_stdin(path)).count() > 1 {
        return Err(session.stop(Exit::Usage, Problem::new(ARGUMENTS, "standard input can be read once")));
    }
    let mut shelf = Shelf::with(&asked.rulesets.rulesets, session)?;
    let (folders, profiles): (Vec<&PathBuf>, Vec<&PathBuf>) =
        asked.paths.iter().partition(|path| files::is_ruleset(path));
    for folder in &folders {
        shelf.put(folder, false, session);
    }
    shelf.try_each(session);
    let mut libraries = Libraries::new(None);
    for path in &profiles {
        profile(path, &mut libraries, &shelf, session);
    }
    let exit = if session.problems.has_errors() { Exit::Invalid } else { Exit::Fine };
    let told = match asked.format {
        AdviceFormat::Text => text(folders.len(), profiles.len(), session),
        AdviceFormat::Json => json(asked, session),
        AdviceFormat::Sarif => machine::sarif(&session.told_once(), &session.sources),
        AdviceFormat::Github => machine::github(&session.told_once(), &session.sources),
    };
    session.problems = Problems::new();
    session.print(&told)?;
    Ok(exit)
}

fn profile(path: &Path, libraries: &mut Libraries, shelf: &Shelf, session: &mut Session<'_>) {
    let Some(mut profile) = files::profile(path, session) else { return };
    if let Some(library) = libraries.for_profile(&mut profile, shelf, session) {
        assess(library, &profile, &session.sources, "", &mut session.problems);
    }
}

fn text(rulesets: usize, profiles: usize, session: &Session<'_>) -> String {
    let count = |count: usize, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {one}s")),
    };
    let counted: Vec<String> = [count(rulesets, "ruleset"), count(profiles, "profile")].into_iter().flatten().collect();
    if session.problems.is_empty() {
        format!("{}: no problems\n", counted.join(" and "))
    } else {
        format!("{}{} checked\n", session.drawn_problems(true), counted.join(" and "))
    }
}

/// What was found, for machines.
#[derive(Serialize)]
struct Found<'a> {
    format: &'static str,
    checked: Vec<String>,
    problems: Vec<machine::Found<'a>>,
}

fn json(asked: &Check, session: &Session<'_>) -> String {
    let once = session.told_once();
    let checked = asked.paths.iter().map(|path| path.display().to_string()).collect();
    machine::json(&Found { format: FORMAT, checked, problems: machine::found(&once, &session.sources) })
}
