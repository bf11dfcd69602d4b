//! `schema`: the JSON Schema of what is read and written.

use crate::arguments::Schema;
use crate::choose::Shelf;
use crate::exit::Exit;
use crate::session::{Ended, Session};
use ketenspiegel_engine::evaluate::Explanation;
use ketenspiegel_engine::render;
use ketenspiegel_engine::whatif::{Ask, Flips, FragileReport, Route, WhatIf};

pub(crate) fn run(asked: &Schema, session: &mut Session<'_>) -> Ended {
    let drawn = match asked {
        Schema::Assessment => render::schema(),
        Schema::Explanation => render::json::schema_of::<Explanation>(),
        Schema::Whatif => render::json::schema_of::<WhatIf>(),
        Schema::Flips => render::json::schema_of::<Flips>(),
        Schema::Fragile => render::json::schema_of::<FragileReport>(),
        Schema::Ask => render::json::schema_of::<Ask>(),
        Schema::Route => render::json::schema_of::<Route>(),
        Schema::Profile { rulesets, lang } => {
            let library = Shelf::with(rulesets, session)?.load_named(lang.lang, session)?;
            render::schema::profile(&library, lang.lang.word())
        }
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}
