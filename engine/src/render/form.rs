//! Forms: an empty profile to fill in, and a questionnaire to print.
//!
//! A form asks everything that the rulesets of a library ask, in their order. What one ruleset takes over from
//! another is asked once.

mod asked_if;
mod json;
mod markdown;
mod sheet;
mod toml;

use crate::ruleset::Library;
use sheet::Sheet;

/// An empty profile in JSON: every question is there, and none is answered.
#[must_use]
pub fn json(library: &Library) -> String {
    json::draw(library)
}

/// An empty profile in TOML, with the questions and what can be answered as comments in `language`.
#[must_use]
pub fn toml(library: &Library, language: &str) -> String {
    toml::draw(&Sheet::new(library, language))
}

/// A questionnaire in Markdown, to print and fill in by hand, in `language`.
#[must_use]
pub fn markdown(library: &Library, language: &str) -> String {
    markdown::draw(&Sheet::new(library, language))
}
