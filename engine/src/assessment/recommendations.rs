//! What is advised, and how its rank came about.

use super::{Certainty, Severity, State, Titled};
use crate::number::Number;
use schemars::JsonSchema;
use serde::Serialize;

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
    /// What its severity weighs.
    pub full: Number,
    /// What it adds to the score: that weight, or where it is not confirmed the part of it that the ruleset says.
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
    /// What such a contribution weighs.
    pub full: Number,
    /// How far the score of the aspect lies below its highest, as a part of its range, from 0 to 1; absent where it
    /// has no score.
    pub below: Option<Number>,
    /// What it adds to the score: the one times the other, 0 where there is no score.
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
