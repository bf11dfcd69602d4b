//! What was found: diagnoses with their weight and certainty, and the rules that were silent.

use super::{OneStep, Reason, Titled};
use crate::source::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// The same with their titles; also of what is not in the plan, because the diagnosis is open.
    pub advice: Vec<Titled>,
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
