//! The files of a ruleset as JSON Schema, for editors: what may stand where, and what it means.
//!
//! Each file is described by a type of which no value is ever made. A test holds these types against the fields
//! that are read: a field that is read and not described fails it, and the other way round.
#![expect(dead_code, reason = "these types only describe; they are never made")]

mod asked;
mod beside;
mod manifest;
mod stones;
mod sums;
mod tailoring;
mod texts;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A file of a ruleset, or beside one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RulesetFile {
    /// `ruleset.toml`
    Manifest,
    /// `questions.toml`
    Questions,
    /// `aspects.toml`
    Aspects,
    /// `bouwstenen.toml`
    Bouwstenen,
    /// `links.toml`
    Links,
    /// `tailoring.toml`
    Tailoring,
    /// `tables/*.toml`
    Table,
    /// `nl.toml`, `en.toml`, …
    Texts,
    /// `tests/*.toml`
    Cases,
    /// A file of waivers.
    Waivers,
}

impl RulesetFile {
    /// All, in reading order.
    pub const ALL: [Self; 10] = [
        Self::Manifest,
        Self::Questions,
        Self::Aspects,
        Self::Bouwstenen,
        Self::Links,
        Self::Tailoring,
        Self::Table,
        Self::Texts,
        Self::Cases,
        Self::Waivers,
    ];

    /// The name of its schema.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manifest => "ruleset-manifest",
            Self::Questions => "questions",
            Self::Aspects => "aspects",
            Self::Bouwstenen => "bouwstenen",
            Self::Links => "links",
            Self::Tailoring => "tailoring",
            Self::Table => "table",
            Self::Texts => "texts",
            Self::Cases => "cases",
            Self::Waivers => "waivers",
        }
    }

    /// Where such files stand, as patterns from the folder of a ruleset.
    #[must_use]
    pub const fn patterns(self) -> &'static [&'static str] {
        match self {
            Self::Manifest => &["ruleset.toml"],
            Self::Questions => &["questions.toml"],
            Self::Aspects => &["aspects.toml"],
            Self::Bouwstenen => &["bouwstenen.toml"],
            Self::Links => &["links.toml"],
            Self::Tailoring => &["tailoring.toml"],
            Self::Table => &["tables/*.toml"],
            Self::Texts => &["??.toml"],
            Self::Cases => &["tests/*.toml"],
            Self::Waivers => &["*waivers.toml"],
        }
    }

    /// Its JSON Schema (draft 7, which is what editors of TOML read).
    #[must_use]
    pub fn schema(self) -> Value {
        match self {
            Self::Manifest => schema_of::<manifest::RulesetToml>(),
            Self::Questions => schema_of::<asked::QuestionsToml>(),
            Self::Aspects => schema_of::<sums::AspectsToml>(),
            Self::Bouwstenen => schema_of::<stones::BouwstenenToml>(),
            Self::Links => schema_of::<asked::LinksToml>(),
            Self::Tailoring => schema_of::<tailoring::TailoringToml>(),
            Self::Table => schema_of::<beside::TableToml>(),
            Self::Texts => schema_of::<texts::TextsToml>(),
            Self::Cases => schema_of::<beside::CasesToml>(),
            Self::Waivers => schema_of::<beside::WaiversToml>(),
        }
    }
}

/// The JSON Schema of a file of a ruleset, with a line end behind it.
///
/// ```
/// use ketenspiegel_engine::render::schema::{RulesetFile, ruleset_file};
/// assert!(ruleset_file(RulesetFile::Questions).contains("asked-if"));
/// ```
#[must_use]
pub fn ruleset_file(file: RulesetFile) -> String {
    crate::render::json::pretty(&file.schema())
}

fn schema_of<T: JsonSchema>() -> Value {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    let mut value = schema.to_value();
    without_null(&mut value);
    value
}

/// TOML knows no null: what may be left out is left out.
fn without_null(value: &mut Value) {
    match value {
        Value::Object(map) => {
            no_null_here(map);
            map.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

fn no_null_here(map: &mut Map<String, Value>) {
    if let Some(Value::Array(kinds)) = map.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [one] = kinds.as_slice() {
            let one = one.clone();
            map.insert("type".to_owned(), one);
        }
    }
    if let Some(Value::Array(ways)) = map.get_mut("anyOf") {
        ways.retain(|way| way.get("type").is_none_or(|kind| kind != "null"));
    }
    // a description beside a reference is only read where the reference stands in a list
    if let Some(Value::Array(ways)) = map.get("anyOf")
        && ways.len() == 1
    {
        let ways = map.remove("anyOf").unwrap_or_default();
        map.insert("allOf".to_owned(), ways);
    }
}

/// A kind of value that is written as something simple.
macro_rules! simple {
    ($($(#[$doc:meta])* $name:ident = $schema:tt;)*) => {$(
        $(#[$doc])*
        struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

simple! {
    /// The id of something that is declared here.
    Id = { "type": "string", "pattern": "^[a-z][a-z0-9-]*$", "maxLength": 80 };
    /// The id of something that is declared elsewhere; of another ruleset as `ruleset/id`.
    Ref = { "type": "string", "minLength": 1 };
    /// A condition.
    Condition = { "type": "string", "minLength": 1 };
    /// Something to read.
    Words = { "type": "string" };
    /// A text that says something.
    Said = { "type": "string", "minLength": 1 };
    /// A number.
    Num = { "type": "number" };
    /// A number, or a fraction or `none` as text.
    Score = { "type": ["number", "string"] };
    /// A number or a word.
    NumberOrWord = { "type": ["number", "string"] };
    /// A value of a question: a number, true or false, or a word.
    AnswerValue = { "type": ["number", "string", "boolean"] };
    /// What a profile may say for an answer.
    ProfileAnswer = { "type": ["number", "string", "boolean", "array", "object"] };
    /// A day: 2026-12-31.
    Day = { "type": ["string", "object"] };
    /// Rulesets with their ranges of versions, or a list of rulesets.
    Requires = { "anyOf": [
        { "type": "object", "additionalProperties": { "type": "string", "minLength": 1 } },
        { "type": "array", "items": { "type": "string" } }
    ] };
    /// One ruleset, with its range of versions or without.
    Extends = { "anyOf": [
        { "type": "string", "minLength": 1 },
        { "type": "object", "additionalProperties": { "type": "string", "minLength": 1 }, "minProperties": 1, "maxProperties": 1 }
    ] };
    /// Lists by the name of their field.
    Lists = { "type": "object", "additionalProperties": { "type": "array" } };
    /// One id or a list of them.
    RefOrRefs = { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] };
}

/// Values by id.
type ById<T> = BTreeMap<String, T>;

#[cfg(test)]
mod tests;
