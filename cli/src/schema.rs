//! `schema`: the JSON Schema of what is read and written, and what editors and authors need besides.

use crate::arguments::Schema;
use crate::choose::Shelf;
use crate::exit::Exit;
use crate::session::{Ended, Session};
use ketenspiegel_engine::evaluate::Explanation;
use ketenspiegel_engine::render;
use ketenspiegel_engine::render::inventory::{Contents, Rulesets};
use ketenspiegel_engine::render::schema::{RulesetFile, ruleset_file};
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
        Schema::Rulesets => render::json::schema_of::<Rulesets>(),
        Schema::Ruleset => render::json::schema_of::<Contents>(),
        Schema::Profile { rulesets, lang } => {
            let library = Shelf::with(rulesets, session)?.load_named(lang.lang, session)?;
            render::schema::profile(&library, lang.lang.word())
        }
        Schema::RulesetManifest => ruleset_file(RulesetFile::Manifest),
        Schema::Questions => ruleset_file(RulesetFile::Questions),
        Schema::Aspects => ruleset_file(RulesetFile::Aspects),
        Schema::Bouwstenen => ruleset_file(RulesetFile::Bouwstenen),
        Schema::Links => ruleset_file(RulesetFile::Links),
        Schema::Table => ruleset_file(RulesetFile::Table),
        Schema::Texts => ruleset_file(RulesetFile::Texts),
        Schema::Cases => ruleset_file(RulesetFile::Cases),
        Schema::Tailoring => ruleset_file(RulesetFile::Tailoring),
        Schema::Waivers => ruleset_file(RulesetFile::Waivers),
        Schema::Rhai => render::reference::definitions(),
        Schema::Reference => render::reference::reference(),
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}
