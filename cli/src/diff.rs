//! `ruleset diff`: what a new version of a ruleset means.

use crate::arguments::{Diff, Lang, TextOrJson};
use crate::chains;
use crate::choose::Shelf;
use crate::codes::{ARGUMENTS, UNREADABLE};
use crate::exit::Exit;
use crate::files;
use crate::machine;
use crate::session::{Ended, Session, reason};
use ketenspiegel_engine::changes::{Changes, changes};
use ketenspiegel_engine::conclusions::{Conclusions, Difference};
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::{Problem, Problems};
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::render;
use ketenspiegel_engine::ruleset::{Library, RulesetFiles, belongs};
use serde::Serialize;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// A version of a ruleset, with what it requires.
struct Version {
    library: Library,
    ruleset: usize,
}

/// What a new version means for one profile.
#[derive(Serialize)]
struct Effect {
    profile: String,
    /// Nothing, where one of the two versions cannot read the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<Difference>,
}

#[derive(Serialize)]
struct Written<'a> {
    #[serde(flatten)]
    changes: &'a Changes,
    profiles: &'a [Effect],
}

pub(crate) fn run(asked: &Diff, session: &mut Session<'_>) -> Ended {
    let old = old(asked, session)?;
    let new = Shelf::with(std::slice::from_ref(&asked.new), session)?;
    let (old, new) = (version(&old, session)?, version(&new, session)?);
    let ids = [&old, &new].map(|one| one.library.rulesets[one.ruleset].manifest.id.clone());
    if ids[0] != ids[1] {
        let problem =
            Problem::new(ARGUMENTS, format!("`{}` and `{}` are not two versions of one ruleset", ids[0], ids[1]));
        return Err(session.stop(Exit::Usage, problem));
    }
    let found = changes((&old.library, old.ruleset), (&new.library, new.ruleset), &session.sources);
    let mut effects = Vec::new();
    for path in chains::profiles(&asked.profiles, session)? {
        effects.push(effect(&path, &old, &new, asked.lang.lang, session)?);
    }
    let drawn = match asked.format {
        TextOrJson::Text => format!("{}{}", render::versions::versions(&found), told(&effects)),
        TextOrJson::Json => machine::json(&Written { changes: &found, profiles: &effects }),
    };
    session.print(&drawn)?;
    Ok(if found.enough { Exit::Fine } else { Exit::Differ })
}

/// The old version: a folder, a built-in ruleset, or what the new one's folder was in a revision of Git.
fn old(asked: &Diff, session: &mut Session<'_>) -> Result<Shelf, Exit> {
    let named = files::is_ruleset(Path::new(&asked.old)) || ketenspiegel_rulesets::ids().any(|id| id == asked.old);
    if named || !Path::new(&asked.new).is_dir() {
        return Shelf::with(std::slice::from_ref(&asked.old), session);
    }
    match revision(&asked.old, Path::new(&asked.new)) {
        Ok(files) => Ok(Shelf::of(files)),
        Err(problem) => Err(session.stop(Exit::Usage, problem)),
    }
}

/// The files of a ruleset as they were in a revision of Git.
fn revision(revision: &str, folder: &Path) -> Result<RulesetFiles, Problem> {
    let list = git(folder, &["ls-tree", "-r", "--name-only", "-z", revision, "."])?;
    let mut found = RulesetFiles { name: format!("{revision}:{}", folder.display()), ..RulesetFiles::default() };
    for path in String::from_utf8_lossy(&list).split('\0').filter(|path| belongs(path)) {
        let bytes = git(folder, &["show", &format!("{revision}:./{path}")])?;
        found.files.insert(path.to_owned(), bytes);
    }
    if found.files.is_empty() {
        let problem = Problem::new(UNREADABLE, format!("{} is not in revision {revision}", folder.display()));
        return Err(problem.help("commit the ruleset first, or name another revision"));
    }
    Ok(found)
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Problem> {
    let cannot = |why: &str| {
        let problem = Problem::new(UNREADABLE, format!("`git {}` fails: {why}", arguments.join(" ")));
        problem.help(
            "the old version is a folder, a built-in ruleset, or a revision of the Git repository around the new one",
        )
    };
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = output.map_err(|error| cannot(&reason(&error)))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(cannot(String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("without saying why")))
}

fn version(shelf: &Shelf, session: &mut Session<'_>) -> Result<Version, Exit> {
    let id = shelf.always().into_iter().next().ok_or(Exit::Invalid)?;
    let needed = shelf.with_required(std::slice::from_ref(&id));
    let library = Library::load(&needed, &mut session.sources, &mut session.problems).ok_or(Exit::Invalid)?;
    let ruleset = library.ruleset(&id).ok_or(Exit::Invalid)?;
    Ok(Version { library, ruleset })
}

fn effect(path: &Path, old: &Version, new: &Version, lang: Lang, session: &mut Session<'_>) -> Result<Effect, Exit> {
    let profile = files::profile(path, session).ok_or(Exit::Invalid)?;
    session.sound()?;
    let both = [old, new].map(|version| {
        let mut profile = profile.clone();
        keep(&mut profile, &version.library);
        let assessment = assess(&version.library, &profile, &session.sources, lang.word(), &mut Problems::new())?;
        Some(Conclusions::of(&assessment))
    });
    let difference = match both {
        [Some(before), Some(after)] => Some(Difference::between(&before, &after)),
        _ => None,
    };
    Ok(Effect { profile: path.display().to_string(), difference })
}

/// Leaves in a profile only what it says to the rulesets of a library.
fn keep(profile: &mut Profile, library: &Library) {
    let known = |id: &str| library.ruleset(id).is_some();
    profile.answers.retain(|section| known(&section.ruleset));
    profile.roles.retain(|section| known(&section.ruleset));
    profile.bouwstenen.retain(|section| known(&section.ruleset));
    profile.targets.retain(|section| known(&section.ruleset));
}

fn told(effects: &[Effect]) -> String {
    let mut out = String::new();
    for Effect { profile, difference } in effects {
        let _ = match difference {
            None => writeln!(out, "\n{profile}: no longer fits, or did not before"),
            Some(difference) if difference.is_empty() => writeln!(out, "\n{profile}: the same advice"),
            Some(_) => writeln!(out, "\n{profile}: other advice"),
        };
        for change in difference.iter().flat_map(|difference| &difference.rulesets).flat_map(|one| &one.changes) {
            let how = match (&change.before, &change.after) {
                (None, _) => "new",
                (_, None) => "gone",
                _ => "otherwise",
            };
            let _ = writeln!(out, "  {how:<10}{} ({})", change.title, change.id);
        }
    }
    out
}
