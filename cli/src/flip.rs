//! `flip`: the fewest changes that turn a conclusion, and which conclusions hang on one step of one answer.

use crate::arguments::{Flip, TextOrJson};
use crate::choose::checked;
use crate::exit::Exit;
use crate::session::{Ended, Session};
use ketenspiegel_engine::render::{changes, json};
use ketenspiegel_engine::whatif::{self, Flipping, FragileReport};

pub(crate) fn run(asked: &Flip, session: &mut Session<'_>) -> Ended {
    let (profile, library) = checked(&asked.profile, &asked.rulesets, asked.lang.lang, session)?;
    let (language, look) = (asked.lang.lang.word(), session.look(asked.lang.lang));
    let problems = &mut session.problems;
    let drawn = if let Some(id) = &asked.id {
        let flipping = Flipping { id, to: asked.to.as_deref(), bouwstenen: asked.bouwstenen };
        let found = whatif::flip(&library, &profile, language, flipping, problems).ok_or(Exit::Usage)?;
        match asked.format {
            TextOrJson::Text => changes::flips(&found, &look),
            TextOrJson::Json => json::pretty(&found),
        }
    } else {
        let found = whatif::fragile(&library, &profile, language, problems).ok_or(Exit::Invalid)?;
        match asked.format {
            TextOrJson::Text => changes::fragile(&found, &look),
            TextOrJson::Json => json::pretty(&FragileReport::new(found)),
        }
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}
