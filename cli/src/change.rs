//! `whatif`, `ask` and `route`: what a change would do, what to ask next, and how to get somewhere.

use crate::arguments::{Ask, Route, TextOrJson, WhatIf};
use crate::choose::checked;
use crate::codes::ARGUMENTS;
use crate::exit::Exit;
use crate::session::{Ended, Session};
use ketenspiegel_engine::problem::Problem;
use ketenspiegel_engine::render::{changes, json};
use ketenspiegel_engine::whatif::{self, Routing, Setting};

pub(crate) fn whatif(asked: &WhatIf, session: &mut Session<'_>) -> Ended {
    if asked.answers.is_empty() && asked.importances.is_empty() && asked.bouwstenen.is_empty() {
        let problem = Problem::new(ARGUMENTS, "nothing is said to be different");
        return Err(session.stop(Exit::Usage, problem.help("say what, with --set, --importance or --bouwsteen")));
    }
    let (profile, library) = checked(&asked.profile, &asked.rulesets, asked.lang.lang, session)?;
    let look = session.look(asked.lang.lang);
    let of = |kind: Setting, texts: &[String]| texts.iter().map(|text| (kind, text.clone())).collect::<Vec<_>>();
    let settings = [
        of(Setting::Answer, &asked.answers),
        of(Setting::Importance, &asked.importances),
        of(Setting::Bouwsteen, &asked.bouwstenen),
    ]
    .concat();
    let (sources, problems) = (&mut session.sources, &mut session.problems);
    let found = whatif::whatif(&library, &profile, sources, asked.lang.lang.word(), &settings, problems);
    let found = found.ok_or(Exit::Usage)?;
    let drawn = match asked.format {
        TextOrJson::Text => changes::whatif(&found, &look),
        TextOrJson::Json => json::pretty(&found),
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}

pub(crate) fn ask(asked: &Ask, session: &mut Session<'_>) -> Ended {
    let (profile, library) = checked(&asked.profile, &asked.rulesets, asked.lang.lang, session)?;
    let look = session.look(asked.lang.lang);
    let found = whatif::ask(&library, &profile, asked.lang.lang.word(), asked.best, &mut session.problems);
    let found = found.ok_or(Exit::Invalid)?;
    let drawn = match asked.format {
        TextOrJson::Text => changes::ask(&found, &look),
        TextOrJson::Json => json::pretty(&found),
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}

pub(crate) fn route(asked: &Route, session: &mut Session<'_>) -> Ended {
    let (profile, library) = checked(&asked.profile, &asked.rulesets, asked.lang.lang, session)?;
    let look = session.look(asked.lang.lang);
    let routing = Routing { to: &asked.to, at_once: asked.at_once };
    let (sources, problems) = (&session.sources, &mut session.problems);
    let found = whatif::route(&library, &profile, sources, asked.lang.lang.word(), routing, problems);
    let found = found.ok_or(Exit::Usage)?;
    let drawn = match asked.format {
        TextOrJson::Text => changes::route(&found, &look),
        TextOrJson::Json => json::pretty(&found),
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}
