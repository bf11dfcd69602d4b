//! `form`: an empty profile or a questionnaire for the chosen rulesets.

use crate::arguments::{Form, FormFormat};
use crate::choose::Shelf;
use crate::exit::Exit;
use crate::session::{Ended, Session};
use ketenspiegel_engine::render::form;

pub(crate) fn run(asked: &Form, session: &mut Session<'_>) -> Ended {
    let library = Shelf::with(&asked.rulesets, session)?.load_named(asked.lang.lang, session)?;
    let language = asked.lang.lang.word();
    let drawn = match asked.format {
        FormFormat::Toml => form::toml(&library, language),
        FormFormat::Json => form::json(&library),
        FormFormat::Markdown => form::markdown(&library, language),
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}
