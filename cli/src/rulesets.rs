//! `ruleset`: which rulesets there are, what is in them, what might be better, and whether they hold their cases.

use crate::advice;
use crate::arguments::{Ruleset, TextOrJson};
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
use ketenspiegel_engine::render::inventory::{Contents, Rulesets};
use ketenspiegel_engine::render::json::pretty;

pub(crate) fn run(asked: &Ruleset, session: &mut Session<'_>) -> Ended {
    let drawn = match asked {
        Ruleset::List { rulesets, format, lang } => {
            let shelf = Shelf::with(&rulesets.rulesets, session)?;
            let ids = shelf.ids().into_iter().map(str::to_owned).collect::<Vec<_>>();
            let (library, words) = (shelf.load(&ids, lang.lang, session)?, lang.lang.word());
            let folder = |id: &str| shelf.folder(id);
            match format {
                TextOrJson::Text => catalogue::list(&library, words, &folder, &session.look(lang.lang)),
                TextOrJson::Json => pretty(&Rulesets::of(&library, words, &folder)),
            }
        }
        Ruleset::Show { ruleset, rulesets, format, lang } => {
            let (shelf, id) = Shelf::for_one(ruleset, &rulesets.rulesets, session)?;
            let (library, words) = (shelf.load_named(lang.lang, session)?, lang.lang.word());
            let at = id.and_then(|id| library.ruleset(&id)).ok_or(Exit::Invalid)?;
            match format {
                TextOrJson::Text => catalogue::ruleset(&library, at, words, &session.look(lang.lang)),
                TextOrJson::Json => pretty(&Contents::of(&library, at, words, &|id| shelf.folder(id))),
            }
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
