//! `check`: everything that is wrong with profiles and rulesets, at once.

use crate::arguments::{Check, TextOrJson};
use crate::choose::{Libraries, Shelf};
use crate::codes::ARGUMENTS;
use crate::exit::Exit;
use crate::files;
use crate::session::{Ended, Session};
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::{Gravity, Label, Problem, Problems, Span};
use ketenspiegel_engine::source::{Place, Sources};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// The name of the format that `--format json` writes.
const FORMAT: &str = "check/1";

pub(crate) fn run(asked: &Check, session: &mut Session<'_>) -> Ended {
    if asked.paths.iter().filter(|path| files::is_stdin(path)).count() > 1 {
        return Err(session.stop(Exit::Usage, Problem::new(ARGUMENTS, "standard input can be read once")));
    }
    let mut shelf = Shelf::with(&asked.rulesets.rulesets, session)?;
    let (folders, profiles): (Vec<&PathBuf>, Vec<&PathBuf>) = asked.paths.iter().partition(|path| path.is_dir());
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
        TextOrJson::Text => text(folders.len(), profiles.len(), session),
        TextOrJson::Json => json(asked, session),
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
    problems: Vec<FoundProblem<'a>>,
}

#[derive(Serialize)]
struct FoundProblem<'a> {
    code: &'static str,
    title: &'static str,
    gravity: &'static str,
    message: &'a str,
    place: Option<Stretch>,
    label: &'a str,
    also: Vec<Also<'a>>,
    help: &'a [String],
}

#[derive(Serialize)]
struct Also<'a> {
    place: Stretch,
    label: &'a str,
}

/// A stretch of a file; the end is the place right behind it.
#[derive(Serialize)]
struct Stretch {
    file: String,
    line: usize,
    column: usize,
    #[serde(rename = "end-line")]
    end_line: usize,
    #[serde(rename = "end-column")]
    end_column: usize,
}

impl Stretch {
    fn of(span: Span, sources: &Sources) -> Self {
        let Place { file, line, column } = sources.place(span);
        let end = sources.place(Span { start: span.end, ..span });
        Self { file, line, column, end_line: end.line, end_column: end.column }
    }
}

fn json(asked: &Check, session: &Session<'_>) -> String {
    let once = session.told_once();
    let problems = once.sorted().into_iter().map(|problem| found(problem, &session.sources)).collect();
    let checked = asked.paths.iter().map(|path| path.display().to_string()).collect();
    let found = Found { format: FORMAT, checked, problems };
    // Writing to memory cannot fail, and there are no keys but text.
    let mut text = serde_json::to_string_pretty(&found).unwrap_or_default();
    text.push('\n');
    text
}

fn found<'a>(problem: &'a Problem, sources: &Sources) -> FoundProblem<'a> {
    let also = problem.also.iter().map(|Label { span, text }| Also { place: Stretch::of(*span, sources), label: text });
    FoundProblem {
        code: problem.code.id,
        title: problem.code.title,
        gravity: match problem.gravity {
            Gravity::Error => "error",
            Gravity::Warning => "warning",
        },
        message: &problem.message,
        place: problem.span.map(|span| Stretch::of(span, sources)),
        label: &problem.label,
        also: also.collect(),
        help: &problem.help,
    }
}
