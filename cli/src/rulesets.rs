//! `ruleset`: which rulesets there are, what is in them, what might be better, and whether they hold their cases.

use crate::advice;
use crate::arguments::Ruleset;
use crate::cases;
use crate::choose::Shelf;
use crate::diff;
use crate::docs;
use crate::editor;
use crate::exit::Exit;
use crate::new;
use crate::packing;
use crate::session::{Ended, Session};
use ketenspiegel_engine::render::catalogue;

pub(crate) fn run(asked: &Ruleset, session: &mut Session<'_>) -> Ended {
    let drawn = match asked {
        Ruleset::List { rulesets, lang } => {
            let shelf = Shelf::with(&rulesets.rulesets, session)?;
            let ids = shelf.ids().into_iter().map(str::to_owned).collect::<Vec<_>>();
            let library = shelf.load(&ids, lang.lang, session)?;
            let look = session.look(lang.lang);
            catalogue::list(&library, lang.lang.word(), &|id| shelf.folder(id), &look)
        }
        Ruleset::Show { ruleset, rulesets, lang } => {
            let (shelf, id) = Shelf::for_one(ruleset, &rulesets.rulesets, session)?;
            let library = shelf.load_named(lang.lang, session)?;
            let look = session.look(lang.lang);
            let named = id.and_then(|id| library.ruleset(&id));
            named.map(|at| catalogue::ruleset(&library, at, lang.lang.word(), &look)).ok_or(Exit::Invalid)?
        }
        Ruleset::New(asked) => return new::run(asked, session),
        Ruleset::Docs(asked) => return docs::run(asked, session),
        Ruleset::Check(asked) => return advice::run(asked, session),
        Ruleset::Test(asked) => return cases::run(asked, session),
        Ruleset::Editor(asked) => return editor::run(asked, session),
        Ruleset::Diff(asked) => return diff::run(asked, session),
        Ruleset::Lock(asked) => return packing::lock(asked, session),
        Ruleset::Pack(asked) => return packing::pack(asked, session),
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}
