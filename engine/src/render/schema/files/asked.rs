//! `questions.toml` and `links.toml`.

use super::{AnswerValue, ById, Condition, Id, Num, NumberOrWord, Ref, RefOrRefs, Said};
use schemars::JsonSchema;

/// What is asked.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct QuestionsToml {
    /// Scales that questions share.
    scale: Option<Vec<Scale>>,
    /// The questions, in the order in which they are asked.
    question: Option<Vec<Question>>,
}

/// A scale that questions share.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Scale {
    /// Its id; the labels of its values are texts: `scale.id.1`.
    id: Id,
    /// Its values, lowest first.
    #[schemars(length(min = 2))]
    values: Vec<Num>,
}

/// A question.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("allOf" = [
    { "if": { "properties": { "kind": { "const": "scale" } } }, "then": { "required": ["scale"] } },
    { "if": { "properties": { "kind": { "enum": ["choice", "multiple"] } } }, "then": { "required": ["options"] } },
    { "if": { "properties": { "kind": { "const": "number" } } }, "then": { "required": ["min", "max"] } }
]))]
struct Question {
    /// Its id; no aspect may have the same.
    id: Id,
    /// What kind of answer it takes.
    kind: Kind,
    /// Where the source asks it.
    source: Said,
    /// For `scale`: the id of a scale.
    scale: Option<Ref>,
    /// For `choice` and `multiple`: the options, in order.
    options: Option<Vec<OptionOf>>,
    /// For `number`: the lowest value.
    min: Option<Num>,
    /// For `number`: the highest value.
    max: Option<Num>,
    /// For `number`: the distance between two values; 1 unless said.
    step: Option<Num>,
    /// For `number`: the unit, such as % or partners.
    unit: Option<Said>,
    /// The lowest value or option that counts as met in `share`, `all`, `any` and prerequisites; the highest unless said.
    met_from: Option<NumberOrWord>,
    /// The id of a scale: importance is asked beside the value.
    importance: Option<Ref>,
    /// True for what cannot be changed by advice.
    fact: Option<bool>,
    /// The condition under which it is asked; always unless said.
    asked_if: Option<Condition>,
    /// Whether "not applicable" is allowed.
    not_applicable: Option<bool>,
    /// Questions that it rests on: met while one of them is not becomes a remark.
    prerequisites: Option<Vec<Ref>>,
    /// Who answers; the chain unless said.
    asked: Option<Asked>,
    /// For `asked = "party"`: only parties in these roles are asked.
    roles: Option<Vec<Ref>>,
    /// For `asked = "party"`: how the answers become one; `mean` for numbers, `agree` for others unless said.
    combine: Option<CombineParties>,
    /// A question of a required ruleset whose answer settles this one.
    same_as: Option<SameAs>,
    /// Questions of required rulesets at which the answer is shown and not used, as `ruleset/question`.
    informs: Option<Vec<Ref>>,
}

/// What kind of answer a question takes.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Kind {
    /// A value of a scale.
    Scale,
    /// Yes or no, written as true and false.
    YesNo,
    /// One of the options.
    Choice,
    /// Any number of the options.
    Multiple,
    /// A number between two ends.
    Number,
    /// A text, of which nothing is concluded.
    Text,
}

/// Who answers.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Asked {
    /// The chain, once.
    Chain,
    /// Each party.
    Party,
}

/// How the answers of parties become one.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum CombineParties {
    /// Their mean.
    Mean,
    /// The lowest.
    Min,
    /// The highest.
    Max,
    /// They must be the same; otherwise there is no value.
    Agree,
}

/// An option: its id, or its id with what it scores.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum OptionOf {
    /// Its id; it scores its place (1, 2, …), of a multiple choice 1.
    Plain(Id),
    /// Its id with what it scores.
    Valued(ValuedOption),
}

/// An option with what it scores.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct ValuedOption {
    /// Its id; its text is `question.id.options.option`.
    id: Id,
    /// What it scores.
    value: Option<Num>,
}

/// A question elsewhere that is the same unknown.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct SameAs {
    /// That question, as `ruleset/question`.
    question: Ref,
    /// For each value here the one (or the list) there that means the same; may be left out where all are written alike.
    options: Option<ById<RefOrRefs>>,
}

/// What is said of questions of the rulesets that are required.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LinksToml {
    /// Questions that are one: whichever is answered serves the others.
    same: Option<Vec<Same>>,
    /// Questions that are shown at others, and not used there.
    informs: Option<Vec<Informs>>,
}

/// Questions that are one.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Same {
    /// The questions, as `ruleset/question`, or `question` for one of its own; the first holds the answer where none has its own.
    #[schemars(length(min = 2))]
    questions: Vec<Ref>,
    /// Values that mean the same, in the order of the questions, each value of each once; may be left out where all are written alike.
    options: Option<Vec<Vec<AnswerValue>>>,
    /// Why they are one.
    source: Said,
}

/// A question that is shown at others.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Informs {
    /// The question, as `ruleset/question`.
    question: Ref,
    /// Where it is shown, each as `ruleset/question`.
    at: Vec<Ref>,
    /// Why it helps there.
    source: Said,
}
