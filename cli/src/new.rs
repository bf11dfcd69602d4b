//! `ruleset new`: a ruleset to begin with, or one rule more. What they are made of are files, in `new/`.

mod rule;

use crate::arguments::{New, NewPart};
use crate::codes::{ARGUMENTS, NOT_A_FILE, UNWRITABLE};
use crate::exit::Exit;
use crate::session::{Ended, Session, reason};
use ketenspiegel_engine::problem::{Problem, codes};
use ketenspiegel_engine::render::capitalised;
use ketenspiegel_engine::source::fields::{AN_ID, is_id};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

macro_rules! files {
    ($($name:literal),* $(,)?) => { [$(($name, include_str!(concat!("new/ruleset/", $name)))),*] };
}

/// The ruleset to begin with.
const RULESET: [(&str, &str); 9] = files![
    "README.md",
    "ruleset.toml",
    "questions.toml",
    "aspects.toml",
    "bouwstenen.toml",
    "rules/samenwerken.rhai",
    "nl.toml",
    "en.toml",
    "tests/samenwerken.toml",
];

pub(crate) fn run(asked: &New, session: &mut Session<'_>) -> Ended {
    match (&asked.part, &asked.dir) {
        (Some(NewPart::Rule(asked)), _) => rule::run(asked, session),
        (None, Some(dir)) => ruleset(dir, asked.id.as_deref(), session),
        (None, None) => Err(session.stop(Exit::Usage, Problem::new(ARGUMENTS, "name the folder of the new ruleset"))),
    }
}

fn ruleset(dir: &Path, id: Option<&str>, session: &mut Session<'_>) -> Ended {
    let id = match id.map_or_else(|| id_of(dir), |id| checked(id.to_owned())) {
        Ok(id) => id,
        Err(problem) => return Err(session.stop(Exit::Usage, problem)),
    };
    if let Err(problem) = free(dir).and_then(|()| write(dir, &id)) {
        return Err(session.stop(Exit::Usage, problem));
    }
    let dir = dir.display();
    session.print(&format!(
        "The ruleset `{id}` is there, in {dir}; its README.md says what is in it. Go on with\n\
         \x20 ketenspiegel ruleset check {dir}         what is wrong with it, and what might be better\n\
         \x20 ketenspiegel ruleset test {dir}          whether it holds its cases\n\
         \x20 ketenspiegel ruleset new rule ID {dir}   one rule more\n"
    ))?;
    Ok(Exit::Fine)
}

/// The id that the name of a folder gives.
fn id_of(dir: &Path) -> Result<String, Problem> {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    checked(name).map_err(|problem| problem.help("give another id with --id"))
}

fn checked(id: String) -> Result<String, Problem> {
    if is_id(&id) {
        return Ok(id);
    }
    Err(Problem::new(codes::BAD_ID, format!("`{id}` cannot be the id of a ruleset")).help(AN_ID))
}

/// Refuses a place where something is.
fn free(dir: &Path) -> Result<(), Problem> {
    let taken = |what: &str| Problem::new(NOT_A_FILE, format!("{} {what}", dir.display()));
    if !dir.exists() {
        return Ok(());
    }
    if !dir.is_dir() {
        return Err(taken("is there, and is not a folder"));
    }
    let is_empty = fs::read_dir(dir).map(|mut entries| entries.next().is_none());
    match is_empty {
        Ok(true) => Ok(()),
        Err(error) => Err(taken(&format!("cannot be read: {}", reason(&error)))),
        Ok(false) => {
            let problem = taken("is not empty; a new ruleset begins in a folder of its own");
            let rule = format!("for one rule more: ketenspiegel ruleset new rule ID {}", dir.display());
            Err(if dir.join("ruleset.toml").exists() { problem.help(rule) } else { problem })
        }
    }
}

/// Writes the ruleset beside its place, and then puts it there.
fn write(dir: &Path, id: &str) -> Result<(), Problem> {
    let failed = |error: io::Error| {
        let problem = Problem::new(UNWRITABLE, format!("{} cannot be written: {}", dir.display(), reason(&error)));
        match parent(dir) {
            folder if !folder.exists() => problem.help(format!("there is no folder {}", folder.display())),
            _ => problem,
        }
    };
    let title = title(id);
    let beside = tempfile::Builder::new().prefix(".ketenspiegel-").tempdir_in(parent(dir)).map_err(failed)?;
    let made = beside.path().join(id);
    for (name, text) in RULESET {
        let path = made.join(name);
        let text = filled(text, &[("id", id), ("title", &title)]);
        let folder = path.parent().unwrap_or(&made);
        fs::create_dir_all(folder).and_then(|()| fs::write(&path, text)).map_err(failed)?;
    }
    place(&made, dir).map_err(failed)
}

fn parent(dir: &Path) -> PathBuf {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    whole.parent().map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Moves a folder to its place; into it, where it is there and empty.
fn place(made: &Path, dir: &Path) -> io::Result<()> {
    if !dir.is_dir() {
        return fs::rename(made, dir);
    }
    let mut moved: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(made)? {
        let entry = entry?;
        let to = dir.join(entry.file_name());
        if let Err(error) = fs::rename(entry.path(), &to) {
            for path in &moved {
                let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            }
            return Err(error);
        }
        moved.push(to);
    }
    Ok(())
}

/// A template with its values.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
}

/// An id as words.
fn title(id: &str) -> String {
    capitalised(&id.replace('-', " "))
}
