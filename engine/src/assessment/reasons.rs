//! Why: conditions as trees with the values they met, down to the answers and their evidence.

use super::Titled;
use crate::number::Number;
use crate::source::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use std::sync::Arc;

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
    /// Whether a question or a ruleset is answered.
    Answered,
    /// Whether a question was answered with "unknown".
    Unknown,
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
    /// What the ruleset that it belongs to is called, when that is another; by its id it is found in the assessment.
    #[serde(skip)]
    pub ruleset: Option<Arc<str>>,
    /// Its title (of a question: the short one), with the role or party behind it where one is meant.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The party whose answer or view it is, or that a part of the reasoning is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<Arc<Titled>>,
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
    pub combine: Option<&'static str>,
    /// Weight in the parent's sum, where weights differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Number>,
    /// Where the answer stands in the profile, with what the profile says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Arc<Evidence>>,
    /// Where the source says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What this rests on; shared, because much rests on the same.
    #[serde(skip_serializing_if = "<[Reason]>::is_empty", serialize_with = "shared")]
    #[schemars(with = "Vec<Reason>")]
    pub parts: Arc<[Reason]>,
}

impl Reason {
    /// A reason of which only the kind and the state are known.
    pub(crate) fn new(kind: ReasonKind, state: State) -> Self {
        Self {
            kind,
            state,
            id: None,
            ruleset: None,
            title: String::new(),
            party: None,
            value: None,
            comparison: None,
            bound: Vec::new(),
            combine: None,
            weight: None,
            evidence: None,
            source: None,
            parts: Arc::default(),
        }
    }

    /// The title without the party behind it.
    pub(crate) fn plain_title(&self) -> &str {
        let behind = self.party.as_ref().map(|party| behind(&party.title));
        behind.and_then(|behind| self.title.strip_suffix(&behind)).unwrap_or(&self.title)
    }

    /// The same with a name behind its title, in the place of the party that may stand there.
    pub(crate) fn behind_title(&mut self, name: &str) {
        self.title = format!("{}{}", self.plain_title(), behind(name));
    }
}

/// What stands behind a title: whose it is.
fn behind(name: &str) -> String {
    format!(" ({name})")
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
    /// Whether it was answered with "unknown".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unknown: bool,
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
    /// What that question is called, with its ruleset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_from_title: Option<String>,
}
