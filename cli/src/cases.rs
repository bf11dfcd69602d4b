//! `ruleset test`: rulesets held against their own cases.

use crate::choose::Shelf;
use crate::exit::Exit;
use crate::session::{Ended, Session};
use ketenspiegel_engine::cases::{self, Case, Difference};
use ketenspiegel_engine::ruleset::Library;

/// Runs the cases of the named rulesets; with `wanted` only those whose name contains it.
pub(crate) fn run(named: &[String], wanted: Option<&str>, session: &mut Session<'_>) -> Ended {
    let shelf = Shelf::with(named, session)?;
    let (mut held, mut failed, mut without) = (0, 0, 0);
    for id in shelf.named() {
        let (library, mut all) = read(&id, &shelf, session)?;
        all.retain(|case| wanted.is_none_or(|wanted| case.name.contains(wanted)));
        let (lines, differing) = hold(&library, &all, session)?;
        let count = if all.len() == 1 { "1 case".to_owned() } else { format!("{} cases", all.len()) };
        let verdict = match (all.len(), differing) {
            (0, _) => "no cases".to_owned(),
            (_, 0) => format!("{count}, all hold"),
            _ => format!("{count}, {differing} differ"),
        };
        session.print(&format!("{lines}{id}: {verdict}\n"))?;
        (held, failed) = (held + all.len() - differing, failed + differing);
        without += usize::from(all.is_empty());
    }
    session.print(&format!("{held} passed, {failed} failed\n"))?;
    match (failed, without, held) {
        (0, 0, _) => Ok(Exit::Fine),
        (0, _, 0) => Ok(Exit::Nothing),
        // a filter may leave a ruleset without cases; without one, a ruleset that proves nothing is a difference
        (0, _, _) if wanted.is_some() => Ok(Exit::Fine),
        _ => Ok(Exit::Differ),
    }
}

/// A ruleset with its cases.
fn read(id: &str, shelf: &Shelf, session: &mut Session<'_>) -> Result<(Library, Vec<Case>), Exit> {
    let needed = shelf.with_required(&[id.to_owned()]);
    let library = Library::load(&needed, &mut session.sources, &mut session.problems).ok_or(Exit::Invalid)?;
    let own = library.ruleset(id).ok_or(Exit::Invalid)?;
    let mut all = Vec::new();
    for files in shelf.files(id) {
        all.extend(cases::read(&library, own, &files, &mut session.sources, &mut session.problems));
    }
    session.sound()?;
    Ok((library, all))
}

/// What differs, in lines, and in how many cases.
fn hold(library: &Library, all: &[Case], session: &mut Session<'_>) -> Result<(String, usize), Exit> {
    let (mut lines, mut differing) = (String::new(), 0);
    for case in all {
        let differences = cases::run(library, &session.sources, case, &mut session.problems);
        if !differences.is_empty() {
            differing += 1;
            lines.push_str(&told(case, &differences, session));
        }
    }
    session.sound()?;
    Ok((lines, differing))
}

/// A case that differs: where it stands, and what was expected and found.
fn told(case: &Case, differences: &[Difference], session: &Session<'_>) -> String {
    let place = session.sources.place(case.span);
    let lines =
        differences.iter().map(|one| format!("    {}: expected {}, found {}\n", one.what, one.expected, one.found));
    format!("{}:{}: {}\n{}", place.file, place.line, case.name, lines.collect::<String>())
}
