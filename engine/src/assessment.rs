//! Everything concluded for one profile, as plain data: `assessment/1`.
//!
//! An assessment stands on its own. Titles and texts are in the language it was made in, every conclusion
//! carries its reasons, and the receipt names what it was made from. Fields may be added in version 1,
//! never renamed or dropped. Drawing it is the work of [`crate::render`].

mod tailoring;

pub use tailoring::{Overridden, TailoredElement, Tailoring};

use crate::number::Number;
use crate::source::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use std::sync::Arc;

/// The name of this format.
pub const FORMAT: &str = "assessment/1";

/// Everything concluded for one profile.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Assessment {
    /// Always `assessment/1`.
    pub format: &'static str,
    /// Language of the texts: `nl`, `en`, …
    pub language: String,
    /// What it was made from and with.
    pub receipt: Receipt,
    /// The chain that was looked at.
    pub chain: Chain,
    /// One entry for each ruleset, in the order of evaluation.
    pub rulesets: Vec<RulesetAssessment>,
}

/// What is needed to make the same assessment again. The rulesets' own receipts stand with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Receipt {
    /// Version of the engine.
    pub engine: String,
    /// Name of the profile file as it was given.
    pub profile: String,
    /// SHA-256 of the profile's bytes, in hexadecimal.
    pub profile_sha256: String,
}

/// The chain, as the profile names it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Chain {
    /// Name of the chain.
    pub name: String,
    /// Date that the profile speaks of, as written (ISO 8601).
    pub date: Option<String>,
    /// The parties, in the order of the profile.
    pub parties: Vec<Titled>,
}

/// An id with its title.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Titled {
    /// The id.
    pub id: String,
    /// The title in the language of the assessment.
    pub title: String,
}

/// What one ruleset concludes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RulesetAssessment {
    /// Id of the ruleset.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over its files, in hexadecimal.
    pub sha256: String,
    /// Its title.
    pub title: String,
    /// A line that every report with this ruleset carries, such as that it gives no assurance.
    pub note: Option<String>,
    /// Whether the profile answers this ruleset, or rulesets that it joins; otherwise it is here because another
    /// one reads it. Of a ruleset that is joined and not answered nothing is concluded.
    pub answered: bool,
    /// For a ruleset that joins others: the ids of those.
    pub joins: Vec<String>,
    /// For a ruleset that extends another: what it makes otherwise in that one, and that one in the one that it
    /// extends in turn; the innermost first.
    pub tailoring: Vec<Tailoring>,
    /// How many of its questions are answered.
    pub completeness: Completeness,
    /// The aspects, parents before children.
    pub aspects: Vec<AspectAssessment>,
    /// The typings.
    pub outcomes: Vec<OutcomeAssessment>,
    /// The named numbers.
    pub measures: Vec<MeasureAssessment>,
    /// The tables.
    pub tables: Vec<TableAssessment>,
    /// The diagnoses that are confirmed, indicated or open; by certainty within severity, worst first.
    pub diagnoses: Vec<DiagnosisAssessment>,
    /// The rules that were looked at and say nothing here, whatever the open answers turn out to be.
    pub silent: Vec<Silent>,
    /// What to put in place or do, by rank.
    pub recommendations: Vec<RecommendationAssessment>,
    /// The bouwstenen of which the profile gives the status.
    pub statuses: Vec<StatusAssessment>,
    /// What stands out in the answers themselves.
    pub remarks: Vec<Remark>,
    /// Questions that are asked and have no answer, in the order of the ruleset.
    pub unanswered: Vec<Titled>,
    /// What to ask next: the open answers that indicated and open diagnoses and typings hang on, those that play a
    /// part in most of them first.
    pub next_questions: Vec<NextQuestion>,
}

/// An open answer, and how much hangs on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NextQuestion {
    /// The question, as in `deciding`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many indicated and open diagnoses and typings it plays a part in.
    pub decides: usize,
}

/// Counts of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Completeness {
    /// Answered with a value.
    pub answered: usize,
    /// Asked and not set aside as not applicable: answered, unknown and missing together.
    pub applicable: usize,
    /// All questions; a question for each party counts once for each party that is asked.
    pub total: usize,
}

/// How sure a conclusion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// True in every way in which the open answers can still be filled in.
    Confirmed,
    /// True on what is answered; some open answers could still change it.
    Indicated,
    /// Not true on what is answered; some open answers could still bring it.
    Open,
}

/// How much a diagnosis matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The chain fails on it.
    Critical,
    /// It holds the chain back.
    Major,
    /// It deserves attention.
    Minor,
    /// Worth knowing.
    Observation,
    /// Good practice.
    Strength,
}

impl Severity {
    /// All, gravest first.
    pub const ALL: [Self; 5] = [Self::Critical, Self::Major, Self::Minor, Self::Observation, Self::Strength];

    /// The word in a ruleset.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Observation => "observation",
            Self::Strength => "strength",
        }
    }
}

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
    /// Open answers and statuses that decide it, where it is not confirmed.
    pub deciding: Vec<Titled>,
    /// Why.
    pub because: Vec<Reason>,
    /// Where the source says it.
    pub source: String,
}

/// A conclusion.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct DiagnosisAssessment {
    /// Id of the rule.
    pub id: String,
    /// The aspect that it belongs to.
    pub aspect: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// How sure.
    pub certainty: Certainty,
    /// Whether the certainty is exact; otherwise it is a bound that never claims too much.
    pub exact: bool,
    /// What it says, in one line.
    pub title: String,
    /// What it means.
    pub text: String,
    /// Why.
    pub because: Vec<Reason>,
    /// For an open diagnosis whose demands on the answers are not met: those demands.
    pub needs: Vec<Reason>,
    /// Open answers and statuses that decide it, where it is not confirmed.
    pub deciding: Vec<Titled>,
    /// Steps of one answer that would each turn it; empty where none does, and where there is nothing to turn yet.
    pub fragile: Vec<OneStep>,
    /// Where the source says it.
    pub source: String,
    /// Where the ruleset says it.
    pub place: Place,
    /// Ids of the bouwstenen and steps that it recommends.
    pub recommends: Vec<String>,
    /// Three marks that tell whether this is the same conclusion as before: of the chain (its name), of the rule
    /// (what it asks and all that this rests on, not its texts), and of the answers that it read. A waiver holds
    /// as long as all three are the same.
    pub fingerprint: String,
}

/// A rule that says nothing about this chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Silent {
    /// Id of the rule.
    pub id: String,
    /// What it would say.
    pub title: String,
    /// How much that would matter.
    pub severity: Severity,
}

/// Whether something is put in place or done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RecommendationKind {
    /// Something to put in place.
    Bouwsteen,
    /// Something to do.
    Step,
}

/// Status of a bouwsteen in a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not there.
    Absent,
    /// Begun.
    Started,
    /// There and in use.
    Working,
    /// Part of how things are done.
    Anchored,
}

impl Status {
    /// All, from least to most.
    pub const ALL: [Self; 4] = [Self::Absent, Self::Started, Self::Working, Self::Anchored];

    /// The word in a profile.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Started => "started",
            Self::Working => "working",
            Self::Anchored => "anchored",
        }
    }
}

/// The status of a bouwsteen, as the profile gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct StatusAssessment {
    /// Id of the bouwsteen.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: Status,
}

/// Something to put in place or do, with its rank and the reasons for it.
///
/// `score = (diagnoses + contributions) × fit × room`, each of the four given here; see
/// `engine/src/evaluate/ranking.rs` for the formula in words.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RecommendationAssessment {
    /// Bouwsteen or step.
    pub kind: RecommendationKind,
    /// Its id; `ruleset/id` in the plan of a ruleset that joins the one it belongs to.
    pub bouwsteen: String,
    /// Its title.
    pub title: String,
    /// Bouwstenen and steps of joined rulesets that are the same advice.
    pub stands_for: Vec<Titled>,
    /// What it is.
    pub about: String,
    /// How to begin.
    pub first_steps: Option<String>,
    /// Place in the list, from 1.
    pub rank: usize,
    /// Stage of the plan, from 1: what stands in a stage needs only what stands in earlier ones.
    pub stage: usize,
    /// Its score.
    pub score: Number,
    /// Part of the score: the diagnoses it answers.
    pub from_diagnoses: Number,
    /// Part of the score: contributions to weak aspects.
    pub from_contributions: Number,
    /// Factor: half, and the other half by the share of its `fits` conditions that hold.
    pub fit: Number,
    /// Factor: what is still to be gained, given its status.
    pub room: Number,
    /// Status in the profile, where it is given.
    pub status: Option<Status>,
    /// The diagnoses that ask for it.
    pub because: Vec<Asks>,
    /// Ids of recommendations that need it first; for these it is in the plan even if nothing asks for it.
    pub needed_for: Vec<Titled>,
    /// What must be in place first, and is not there or done yet.
    pub prerequisites: Vec<Titled>,
    /// The aspects that it strengthens.
    pub contributes: Vec<Contribution>,
    /// What was weighed about whether it fits this chain.
    pub fits: Vec<Fit>,
    /// What to look out for.
    pub risks: Vec<String>,
    /// Where the source says it.
    pub source: String,
}

/// A diagnosis that asks for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Asks {
    /// Id of the diagnosis; `ruleset/id` when it belongs to a ruleset that is joined.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How much it matters.
    pub severity: Severity,
    /// How sure it is.
    pub certainty: Certainty,
    /// What it adds to the score.
    pub weight: Number,
    /// Where the source of the diagnosis says it.
    pub source: String,
}

/// What a bouwsteen does for an aspect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Contribution {
    /// The aspect.
    pub aspect: Titled,
    /// Dominant, otherwise secondary.
    pub dominant: bool,
    /// Why.
    pub why: String,
    /// What it adds to the score.
    pub weight: Number,
}

/// A condition under which a bouwsteen suits a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Fit {
    /// What it says.
    pub text: String,
    /// Whether it holds here.
    pub state: State,
}

/// Something that stands out in the answers themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Remark {
    /// What kind of thing.
    pub kind: RemarkKind,
    /// The question.
    pub question: Titled,
    /// What else is involved: another question, parties.
    pub with: Vec<Titled>,
    /// The values, as a reader would say them: of the question, then of what else is involved.
    pub values: Vec<String>,
}

/// Kinds of remarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RemarkKind {
    /// Parties that should agree give different answers.
    Disagreement,
    /// Two direct answers to what is one question in two rulesets differ.
    Conflict,
    /// The answer was taken over from another ruleset.
    TakenOver,
    /// Another ruleset's answer informs this question, without settling it.
    Informed,
    /// An answer to a question that is not asked; it is left out.
    NotAsked,
    /// Said to be met while what it rests on is not.
    Prerequisite,
}

/// What a condition says of this profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It holds.
    Holds,
    /// It does not hold.
    Fails,
    /// It reads an answer that is not there.
    Undecided,
    /// It reads something that has no value: not applicable, not asked, an empty group.
    Undefined,
}

/// A value as a reader would say it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Shown {
    /// The number, where it is one.
    pub number: Option<Number>,
    /// What it is a number of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The word for it: the label on a scale, the title of an option; empty where the number says all.
    pub label: String,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

impl Comparison {
    /// The comparison with the sides changed over.
    pub(crate) const fn flipped(self) -> Self {
        match self {
            Self::Below => Self::Above,
            Self::AtMost => Self::AtLeast,
            Self::Above => Self::Below,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }

    /// The comparison that holds where this one does not.
    pub(crate) const fn opposite(self) -> Self {
        match self {
            Self::Below => Self::AtLeast,
            Self::AtMost => Self::Above,
            Self::Above => Self::AtMost,
            Self::AtLeast => Self::Below,
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
        }
    }
}

/// What a step of the reasoning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonKind {
    /// All parts must hold.
    All,
    /// One part must hold.
    Any,
    /// The part must not hold.
    Not,
    /// `title` is a value, compared with `bound`.
    Comparison,
    /// At least one party for which the part holds; `title` names the party in each part.
    AnyParty,
    /// All parties.
    AllParties,
    /// A party's part of the reasoning.
    Party,
    /// How many of the parts hold: `value`.
    Count,
    /// The share of the parts that hold: `value`.
    Share,
    /// An answer.
    Answer,
    /// The importance that was given to a question or an aspect.
    Importance,
    /// An aspect, with its children as parts.
    Aspect,
    /// A level of an aspect.
    Level,
    /// A typing.
    Outcome,
    /// What is asked of one option of a typing, of one step of a ladder, or of one portrait and its traits.
    Candidate,
    /// A named number.
    Measure,
    /// Status of a bouwsteen.
    Status,
    /// The profile's target for an aspect.
    Target,
    /// Another diagnosis.
    Diagnosis,
    /// A cell of a table.
    Cell,
    /// A trait of a portrait.
    Trait,
    /// A calculation; `title` is the operation (`+`, `mean`, `spread`, …).
    Calculation,
    /// A fixed number.
    Constant,
    /// How much of an aspect is answered.
    Coverage,
    /// Whether a question is answered, or was answered with "unknown".
    Answered,
}

/// A step of the reasoning: what was looked at, what it is here, and what that rests on.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Reason {
    /// What it is about.
    pub kind: ReasonKind,
    /// For a condition: what it says. For a value: `holds` where there is one.
    pub state: State,
    /// Id of what was looked at, `ruleset/id` when it belongs to another ruleset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its title (of a question: the short one), with the role or party where one is meant.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it is in this profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Shown>,
    /// How it is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// What it is compared with; more than one where one of them will do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bound: Vec<Shown>,
    /// How the children of an aspect combine, or weights: what is needed to do the sum by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub combine: Option<String>,
    /// Weight in the parent's sum, where weights differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Number>,
    /// Where the answer stands in the profile, with what the profile says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Where the source says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What this rests on; shared, because much rests on the same.
    #[serde(skip_serializing_if = "<[Reason]>::is_empty", serialize_with = "shared")]
    #[schemars(with = "Vec<Reason>")]
    pub parts: Arc<[Reason]>,
}

/// Writes a shared list as a list.
fn shared<S: Serializer>(parts: &Arc<[Reason]>, serializer: S) -> Result<S::Ok, S::Error> {
    parts.as_ref().serialize(serializer)
}

/// What the profile says about an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Evidence {
    /// Where in the profile, as a JSON pointer: `/answers/ketens-de-baas/bestuur-komt-bijeen`.
    pub pointer: String,
    /// The same as a line and a column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// A note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why it is not applicable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_applicable: Option<String>,
    /// References, each as `ref (method, date)`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// The ruleset's answer that this one was taken over from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_from: Option<String>,
}
