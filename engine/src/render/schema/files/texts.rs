//! The text files: `nl.toml`, `en.toml`, …
//!
//! Nothing in them must be there as far as a schema can tell: a ruleset that extends another writes only the texts
//! that it words anew. What is missing, `check` says.

use super::{ById, Said, Words};
use schemars::JsonSchema;

/// Every text of a ruleset in one language, by kind and id; each language has the same keys.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct TextsToml {
    /// Of the ruleset itself.
    ruleset: Option<RulesetTexts>,
    /// Of roles, by id.
    role: Option<ById<Titled>>,
    /// Labels of the values of scales: by id, and then by value.
    scale: Option<ById<ById<Said>>>,
    /// Of questions, by id.
    question: Option<ById<QuestionTexts>>,
    /// Of aspects, by id.
    aspect: Option<ById<AspectTexts>>,
    /// Of bouwstenen, by id.
    bouwsteen: Option<ById<BouwsteenTexts>>,
    /// Of steps, by id.
    step: Option<ById<StepTexts>>,
    /// Of rules, by id, or by the name that a rule gives with `text`.
    rule: Option<ById<RuleTexts>>,
    /// Of typings, by id.
    outcome: Option<ById<OutcomeTexts>>,
    /// Of measures, by id.
    measure: Option<ById<MeasureTexts>>,
    /// Of tables, by id.
    table: Option<ById<TableTexts>>,
    /// Texts for the rows of table files, shown by `{text:name}`.
    data: Option<ById<serde_json::Value>>,
}

/// Texts of the ruleset itself.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct RulesetTexts {
    /// Its title.
    title: Option<Said>,
    /// What it is, in two or three sentences.
    about: Option<Words>,
    /// A line that every report carries.
    note: Option<Words>,
}

/// A title.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Titled {
    /// Its title.
    title: Option<Said>,
}

/// Texts of a question.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct QuestionTexts {
    /// The question, or the statement to agree with.
    ask: Option<Said>,
    /// A noun phrase for lists and reasons.
    short: Option<Said>,
    /// What the lowest value looks like.
    low: Option<Words>,
    /// What the highest value looks like.
    high: Option<Words>,
    /// More about it, for whoever answers.
    help: Option<Words>,
    /// For choices: a text for each option, by its id.
    options: Option<ById<Said>>,
}

/// Texts of an aspect.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct AspectTexts {
    /// Its title.
    title: Option<Said>,
    /// What it is about.
    about: Option<Words>,
    /// A text for each level, by its id; and for `mixed` where a tie gives that.
    levels: Option<ById<Said>>,
    /// A text for each trait of its portraits, by its id.
    traits: Option<ById<Said>>,
}

/// Texts of a bouwsteen.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct BouwsteenTexts {
    /// Its title.
    title: Option<Said>,
    /// What it is.
    about: Option<Said>,
    /// How to begin.
    first_steps: Option<Words>,
    /// Why it strengthens an aspect, by the id of the aspect.
    contributes: Option<ById<Said>>,
    /// What each `fits` says, by its id.
    fits: Option<ById<Said>>,
    /// What each risk says, by its id.
    risks: Option<ById<Said>>,
}

/// Texts of a step.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct StepTexts {
    /// Its title.
    title: Option<Said>,
    /// What to do.
    about: Option<Said>,
}

/// Texts of a rule; with placeholders such as `{aspect:name}` for what it gives in `fill`.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct RuleTexts {
    /// The finding in a few words.
    title: Option<Said>,
    /// What it means, and what to do about it.
    text: Option<Said>,
}

/// Texts of a typing.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct OutcomeTexts {
    /// Its title.
    title: Option<Said>,
    /// A text for each option, by its id.
    options: Option<ById<Said>>,
}

/// Texts of a measure.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct MeasureTexts {
    /// Its title.
    title: Option<Said>,
    /// Its unit.
    unit: Option<Words>,
}

/// Texts of a table.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct TableTexts {
    /// Its title.
    title: Option<Said>,
    /// A text for each row, by its id.
    rows: Option<ById<Said>>,
    /// A text for each column, by its id.
    columns: Option<ById<Said>>,
    /// What cells say, by the name that a cell gives with `text`.
    cells: Option<ById<Said>>,
}
