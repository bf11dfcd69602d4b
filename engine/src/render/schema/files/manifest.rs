//! `ruleset.toml`.

use super::{ById, Extends, Id, Num, NumberOrWord, Requires, Said, Words};
use schemars::JsonSchema;

/// What a ruleset says of itself.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RulesetToml {
    /// The version of this format: 1.
    #[schemars(range(min = 1, max = 1))]
    format: u64,
    /// The id of the ruleset.
    id: Id,
    /// Its version: three numbers, such as 1.0.0.
    version: Said,
    /// The engines that can read it, such as `>=0.1, <0.2`.
    engine: Said,
    /// The languages of its texts, the source language first; each has a file of texts.
    #[schemars(length(min = 1))]
    languages: Vec<Said>,
    /// For a ruleset that joins those under `requires`: how many of them a profile must answer before it is of use.
    joins: Option<u64>,
    /// The licence, as an SPDX expression.
    licence: Said,
    /// The sources that it models; at least one.
    source: Vec<Source>,
    /// Other rulesets that are read, each with the range of versions that will do; or a plain list of them.
    requires: Option<Requires>,
    /// The ruleset that this one tailors, with the range of versions that will do; what it changes stands in
    /// tailoring.toml.
    extends: Option<Extends>,
    /// The parts that a profile maps parties to.
    role: Option<Vec<Role>>,
    /// Values with a name and a reason: `param("name")` in conditions and scripts.
    parameter: Option<ById<Parameter>>,
    /// Other weights for ranking recommendations.
    ranking: Option<Ranking>,
    /// Advice about this ruleset that is allowed, with the reason.
    allow: Option<Vec<Allow>>,
    /// How long and how hard texts may be before there is advice about it.
    reading: Option<Reading>,
}

/// A source that is modelled.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Source {
    /// Its id.
    id: Id,
    /// Its title.
    title: Said,
    /// The year in which it appeared.
    year: Option<i64>,
}

/// A part that a profile maps parties to.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Role {
    /// Its id; its text is `role.id.title`.
    id: Id,
}

/// A value with a name.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Parameter {
    /// A number or a text.
    value: NumberOrWord,
    /// Why this value, and whether the choice is the source's or yours.
    reason: Said,
}

/// Weights for ranking recommendations; what is left out keeps the engine's own.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Ranking {
    /// Why these weights.
    reason: Said,
    /// A critical finding; 8 unless said.
    critical: Option<Num>,
    /// A major finding; 4 unless said.
    major: Option<Num>,
    /// A minor finding; 2 unless said.
    minor: Option<Num>,
    /// An observation; 1 unless said.
    observation: Option<Num>,
    /// The factor for a finding that is indicated rather than confirmed; 0.5 unless said.
    indicated: Option<Num>,
    /// A dominant contribution to an aspect at its lowest; 1 unless said.
    dominant: Option<Num>,
    /// A secondary contribution; 0.5 unless said.
    secondary: Option<Num>,
    /// What is still to be gained of a bouwsteen that is started; 0.75 unless said.
    started: Option<Num>,
    /// What is still to be gained of a bouwsteen that works; 0.25 unless said.
    working: Option<Num>,
    /// The most things that a chain can take up in one stage of a route; 3 unless said.
    #[schemars(range(min = 1))]
    at_once: Option<u16>,
}

/// Advice that is allowed.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Allow {
    /// The code of the advice, such as K0605.
    #[schemars(regex(pattern = "^K[0-9]{4}$"))]
    code: String,
    /// What it is about, as the advice names it: `rule/id`, `question/id`, …
    at: Said,
    /// Words that stand in the advice, where not all advice of that code about it is meant.
    about: Option<Words>,
    /// Why it is as it should be.
    reason: Said,
}

/// How long and how hard texts may be.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Reading {
    /// The most words in a sentence; 25 unless said.
    words: Option<u64>,
    /// The most that a text may measure (LIX); 60 unless said.
    hardness: Option<u64>,
    /// Why these numbers.
    reason: Said,
}
