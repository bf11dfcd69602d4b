//! What was worked out: scores and levels of aspects, outcomes, measures and tables.

use super::{Certainty, Completeness, Reason, Shown, Titled};
use crate::number::Number;
use crate::source::Place;
use schemars::JsonSchema;
use serde::Serialize;

/// The lowest and highest value that open answers leave possible; both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Range {
    /// The lowest.
    pub low: Number,
    /// The highest.
    pub high: Number,
}

/// An aspect: a node over questions and other aspects.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AspectAssessment {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Aspects that it is a child of; a root has none.
    pub parents: Vec<String>,
    /// How its children combine: `mean`, `ladder`, …
    pub combine: String,
    /// Its number, where it has one.
    pub score: Option<Number>,
    /// The same number as an exact fraction, such as `7/3`.
    pub fraction: Option<String>,
    /// What the score can become when open answers are filled in; absent when it can have no value.
    pub range: Option<Range>,
    /// The lowest and highest score that this aspect can have for any profile.
    pub scale: Option<Range>,
    /// Questions below it.
    pub coverage: Completeness,
    /// Its level, where it has levels.
    pub level: Option<LevelAssessment>,
    /// The profile's target.
    pub target: Option<Number>,
    /// Importance, where it is asked.
    pub importance: Option<Number>,
    /// The same aspect by role, where parties are asked.
    pub by_role: Vec<RoleView>,
    /// For portraits: what each of them gathered, best first.
    pub portraits: Vec<PortraitAssessment>,
    /// Whether range and certainty are exact; otherwise they are bounds.
    pub exact: bool,
    /// Open answers and statuses that its score or level still hangs on.
    pub deciding: Vec<Titled>,
    /// How the number comes about.
    pub because: Vec<Reason>,
    /// Where the source says it.
    pub source: String,
    /// Where the ruleset says it.
    pub place: Place,
}

/// A level, with how sure it is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct LevelAssessment {
    /// The level, where there is one.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// How sure; absent where there is no level and none can come.
    pub certainty: Option<Certainty>,
    /// The levels that are possible.
    pub candidates: Vec<Titled>,
    /// Number of this level from 1, lowest first.
    pub rank: Option<usize>,
    /// How many levels there are.
    pub of: usize,
    /// All levels, lowest first.
    pub levels: Vec<Titled>,
    /// Steps of one answer that would each turn it; empty where none does, and where there is nothing to turn yet.
    pub fragile: Vec<OneStep>,
}

/// One step of one answer: to the next lower or higher value, or one option more or less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct OneStep {
    /// The question, with `/by/party` where each party answers; `ruleset/id` where it is another ruleset's.
    pub id: String,
    /// Its title, with the party where each party answers.
    pub title: String,
    /// The answer.
    pub from: Shown,
    /// What it would be.
    pub to: Shown,
}

/// An aspect as one role sees it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RoleView {
    /// The role.
    pub role: Titled,
    /// Its score.
    pub score: Option<Number>,
    /// Its importance.
    pub importance: Option<Number>,
}

/// What a portrait gathered.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PortraitAssessment {
    /// The level that it portrays.
    pub level: Titled,
    /// Traits that hold; a partly held trait counts half.
    pub held: Number,
    /// Traits that apply.
    pub of: usize,
    /// The traits that hold or partly hold, by title.
    pub traits: Vec<Titled>,
    /// The ids of those that hold only partly.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partly: Vec<String>,
}

/// A typing.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct OutcomeAssessment {
    /// Its id.
    pub id: String,
    /// Its title: what is typed.
    pub title: String,
    /// The option that holds, where one does.
    pub value: Option<String>,
    /// The title of that option.
    pub value_title: Option<String>,
    /// How sure; absent where no option holds and none can.
    pub certainty: Option<Certainty>,
    /// Whether the certainty is exact; otherwise it is a bound.
    pub exact: bool,
    /// The options that are possible.
    pub candidates: Vec<Titled>,
    /// Open answers and statuses that decide it, where it is not confirmed.
    pub deciding: Vec<Titled>,
    /// Steps of one answer that would each turn it; empty where none does, and where there is nothing to turn yet.
    pub fragile: Vec<OneStep>,
    /// Why.
    pub because: Vec<Reason>,
    /// Where the source says it.
    pub source: String,
    /// Where the ruleset says it.
    pub place: Place,
}

/// A named number.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct MeasureAssessment {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The number, where there is one.
    pub value: Option<Number>,
    /// The same as an exact fraction.
    pub fraction: Option<String>,
    /// What it can become.
    pub range: Option<Range>,
    /// Its unit, such as `%`.
    pub unit: Option<String>,
    /// Whether the range is exact.
    pub exact: bool,
    /// Open answers and statuses that it still hangs on.
    pub deciding: Vec<Titled>,
    /// How it comes about.
    pub because: Vec<Reason>,
    /// Where the source says it.
    pub source: String,
    /// Where the ruleset says it.
    pub place: Place,
}

/// Rows and columns of conclusions.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TableAssessment {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The rows.
    pub rows: Vec<Titled>,
    /// The columns.
    pub columns: Vec<Titled>,
    /// The cells that say something: confirmed, indicated or open.
    pub cells: Vec<CellAssessment>,
    /// Whether it stands on the first screen of a report.
    pub on_screen: bool,
    /// Where the source says it.
    pub source: String,
    /// Where the ruleset says it.
    pub place: Place,
}

/// One cell that says something.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CellAssessment {
    /// Id of the row.
    pub row: String,
    /// Id of the column.
    pub column: String,
    /// How sure.
    pub certainty: Certainty,
    /// Whether the certainty is exact.
    pub exact: bool,
    /// What it says; empty when its place says all.
    pub text: String,
    /// Id of that text in the ruleset, which tells what is said at one place apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// Open answers and statuses that decide it, where it is not confirmed.
    pub deciding: Vec<Titled>,
    /// Why.
    pub because: Vec<Reason>,
    /// Where the source says it.
    pub source: String,
}
