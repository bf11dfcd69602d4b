//! `ruleset list`, `show` and `test`: which rulesets there are, what is in them, and whether they hold their cases.

use crate::arguments::Ruleset;
use crate::choose::Shelf;
use crate::exit::Exit;
use crate::session::{Ended, Session};
use ketenspiegel_engine::cases::{self, Case, Difference};
use ketenspiegel_engine::render::catalogue;
use ketenspiegel_engine::ruleset::Library;

pub(crate) fn run(asked: &Ruleset, session: &mut Session<'_>) -> Ended {
    let drawn = match asked {
        Ruleset::Test { rulesets, case } => return test(rulesets, case.as_deref(), session),
        Ruleset::List { rulesets, lang } => {
            let shelf = Shelf::with(&rulesets.rulesets, session)?;
            let ids = shelf.ids().into_iter().map(str::to_owned).collect::<Vec<_>>();
            let library = shelf.load(&ids, lang.lang, session)?;
            let look = session.look(lang.lang);
            catalogue::list(&library, lang.lang.word(), &|id| shelf.folder(id), &look)
        }
        Ruleset::Show { ruleset, lang } => {
            let shelf = Shelf::with(std::slice::from_ref(ruleset), session)?;
            let library = shelf.load_named(lang.lang, session)?;
            let look = session.look(lang.lang);
            let named = shelf.always().first().and_then(|id| library.ruleset(id));
            named.map(|at| catalogue::ruleset(&library, at, lang.lang.word(), &look)).ok_or(Exit::Invalid)?
        }
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}

/// Runs the cases of rulesets. A ruleset without cases is told as one.
fn test(named: &[String], wanted: Option<&str>, session: &mut Session<'_>) -> Ended {
    let shelf = Shelf::with(named, session)?;
    let ids = if named.is_empty() { ketenspiegel_rulesets::ids().map(str::to_owned).collect() } else { shelf.always() };
    let (mut held, mut failed, mut without) = (0, 0, 0);
    for id in ids {
        let files = shelf.with_required(std::slice::from_ref(&id));
        let library = Library::load(&files, &mut session.sources, &mut session.problems).ok_or(Exit::Invalid)?;
        let own = files.iter().find(|files| Library::peek(files).is_some_and(|(known, _)| known == id));
        let (Some(at), Some(own)) = (library.ruleset(&id), own) else { continue };
        let all = cases::read(&library, at, own, &mut session.sources, &mut session.problems);
        session.sound()?;
        let mut lines = String::new();
        let (mut here, mut differing) = (0, 0);
        for case in all.iter().filter(|case| wanted.is_none_or(|wanted| case.name.contains(wanted))) {
            here += 1;
            let differences = cases::run(&library, &session.sources, case, &mut session.problems);
            if !differences.is_empty() {
                differing += 1;
                lines.push_str(&told(case, &differences, session));
            }
        }
        let count = if here == 1 { "1 case".to_owned() } else { format!("{here} cases") };
        let verdict = match (here, differing) {
            (0, _) => "no cases".to_owned(),
            (_, 0) => format!("{count}, all hold"),
            _ => format!("{count}, {differing} differ"),
        };
        session.print(&format!("{lines}{id}: {verdict}\n"))?;
        (held, failed) = (held + here - differing, failed + differing);
        without += usize::from(here == 0);
    }
    session.sound()?;
    session.print(&format!("{held} passed, {failed} failed\n"))?;
    match (failed, without, held) {
        (0, 0, _) => Ok(Exit::Fine),
        (0, _, 0) => Ok(Exit::Nothing),
        // a filter may leave a ruleset without cases; without one, a ruleset that proves nothing is a difference
        (0, _, _) if wanted.is_some() => Ok(Exit::Fine),
        _ => Ok(Exit::Differ),
    }
}

/// A case that differs: where it stands, and what was expected and found.
fn told(case: &Case, differences: &[Difference], session: &Session<'_>) -> String {
    let place = session.sources.place(case.span);
    let mut text = format!("{}:{}: {}\n", place.file, place.line, case.name);
    for one in differences {
        text.push_str(&format!("    {}: expected {}, found {}\n", one.what, one.expected, one.found));
    }
    text
}
