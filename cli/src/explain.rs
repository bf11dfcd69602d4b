//! `explain`: why something is concluded, or why not.

use crate::arguments::{Explain, TextOrJson};
use crate::choose::checked;
use crate::exit::Exit;
use crate::session::{Ended, Session};
use ketenspiegel_engine::evaluate::{assess, explain};
use ketenspiegel_engine::render::explanation::explanation;
use ketenspiegel_engine::render::json;

pub(crate) fn run(asked: &Explain, session: &mut Session<'_>) -> Ended {
    let (profile, library) = checked(&asked.profile, &asked.rulesets, asked.lang.lang, session)?;
    let (language, look) = (asked.lang.lang.word(), session.look(asked.lang.lang));
    let (sources, problems) = (&session.sources, &mut session.problems);
    let found = explain(&library, &profile, sources, language, &asked.id, problems).ok_or(Exit::Usage)?;
    let drawn = match asked.format {
        TextOrJson::Text => {
            let assessment = assess(&library, &profile, sources, language, problems).ok_or(Exit::Invalid)?;
            explanation(&found, &assessment, asked.not, &look)
        }
        TextOrJson::Json => json::pretty(&found),
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}
