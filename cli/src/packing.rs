//! `ruleset lock` and `ruleset pack`: shipping a ruleset.

use crate::arguments::{Lock, Pack};
use crate::choose::Shelf;
use crate::exit::Exit;
use crate::output::write;
use crate::session::{Ended, Session};
use ketenspiegel_engine::cases;
use ketenspiegel_engine::ruleset::{LOCK_FILE, Library, PACK_ENDING, RulesetFiles};
use std::path::PathBuf;

/// A ruleset that was named, loaded with what it needs.
struct Named {
    id: String,
    files: RulesetFiles,
    library: Library,
    ruleset: usize,
}

impl Named {
    /// Loads it, in every language and with its cases.
    fn load(name: &str, others: &[String], unlocked: bool, session: &mut Session<'_>) -> Result<Self, Exit> {
        let id = Shelf::with(&[name.to_owned()], session)?.always().into_iter().next();
        let all: Vec<String> = std::iter::once(name.to_owned()).chain(others.iter().cloned()).collect();
        let mut shelf = Shelf::with(&all, session)?;
        if let Some(id) = id.as_ref().filter(|_| unlocked) {
            shelf.unlock(id);
        }
        let needed = shelf.with_required(id.as_slice());
        let library = Library::load(&needed, &mut session.sources, &mut session.problems).ok_or(Exit::Invalid)?;
        let id = id.ok_or(Exit::Invalid)?;
        let ruleset = library.ruleset(&id).ok_or(Exit::Invalid)?;
        let files = shelf.files(&id).into_iter().next().ok_or(Exit::Invalid)?;
        cases::read(&library, ruleset, &files, &mut session.sources, &mut session.problems);
        session.sound()?;
        Ok(Self { id, files, library, ruleset })
    }

    fn version(&self) -> String {
        self.library.rulesets[self.ruleset].manifest.version.to_string()
    }
}

pub(crate) fn lock(asked: &Lock, session: &mut Session<'_>) -> Ended {
    let folder = asked.folder.display().to_string();
    if !asked.folder.is_dir() {
        let problem = crate::files::ruleset_folder(&asked.folder);
        return Err(session.stop(Exit::Usage, problem));
    }
    let named = Named::load(&folder, &asked.rulesets.rulesets, true, session)?;
    let Some(locked) = named.library.lock(named.ruleset) else {
        session.print(&format!(
            "{} {} needs no other ruleset: there is nothing to lock\n",
            named.id,
            named.version()
        ))?;
        return Ok(Exit::Fine);
    };
    let place = asked.folder.join(LOCK_FILE);
    write(&place, &locked.text).map_err(|problem| session.stop(Exit::Usage, problem))?;
    let count = if locked.rulesets == 1 { "1 ruleset".to_owned() } else { format!("{} rulesets", locked.rulesets) };
    session.print(&format!("{}: {count} locked\n", place.display()))?;
    Ok(Exit::Fine)
}

pub(crate) fn pack(asked: &Pack, session: &mut Session<'_>) -> Ended {
    let named = Named::load(&asked.ruleset, &asked.rulesets.rulesets, false, session)?;
    let Some(text) = named.files.pack(&mut session.problems) else { return Err(Exit::Invalid) };
    let default = || PathBuf::from(format!("{}-{}.{PACK_ENDING}", named.id, named.version()));
    let place = asked.output.clone().unwrap_or_else(default);
    write(&place, &text).map_err(|problem| session.stop(Exit::Usage, problem))?;
    if named.library.lock(named.ruleset).is_some() && !named.files.files.contains_key(LOCK_FILE) {
        session.note(&format!(
            "{} needs other rulesets, and does not say which ones it was made with: `ketenspiegel ruleset lock` does",
            named.id
        ));
    }
    let (files, sha256) = (named.files.files.len(), &named.library.rulesets[named.ruleset].sha256);
    session.print(&format!(
        "{}: {} {}, {files} files, sha256 {sha256}\n",
        place.display(),
        named.id,
        named.version()
    ))?;
    Ok(Exit::Fine)
}
