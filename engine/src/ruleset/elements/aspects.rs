//! How answers add up.

use super::{Declared, Met};
use crate::condition::{AspectId, ExprId, Fold, QuestionId};
use crate::number::Number;
use serde::{Deserialize, Serialize};

/// How the children of an aspect combine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Combine {
    /// Their mean.
    Mean,
    /// Their mean, by weight.
    WeightedMean,
    /// Their sum.
    Sum,
    /// The lowest.
    Min,
    /// The highest.
    Max,
    /// Met / applicable.
    Share,
    /// 1 where all are met.
    All,
    /// 1 where one is met.
    Any,
    /// The highest step whose demands, and those of all below it, hold.
    Ladder(Vec<Step>),
    /// The portrait that most traits belong to.
    BestMatch {
        /// The portraits, in order.
        portraits: Vec<Portrait>,
        /// How traits are counted.
        measure: TraitMeasure,
        /// What a tie gives.
        tie: Tie,
    },
}

impl Combine {
    /// The word in a ruleset.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::WeightedMean => "weighted-mean",
            Self::Sum => "sum",
            Self::Min => "min",
            Self::Max => "max",
            Self::Share => "share",
            Self::All => "all",
            Self::Any => "any",
            Self::Ladder(_) => "ladder",
            Self::BestMatch { .. } => "best-match",
        }
    }

    /// Whether it looks at whether children are met, rather than at their numbers.
    #[must_use]
    pub const fn counts_met(&self) -> bool {
        matches!(self, Self::Share | Self::All | Self::Any)
    }

    /// The portraits that it matches; none for anything but a best-match.
    #[must_use]
    pub fn portraits(&self) -> &[Portrait] {
        match self {
            Self::BestMatch { portraits, .. } => portraits,
            _ => &[],
        }
    }

    /// Whether it gives a level first, and a number by way of it.
    #[must_use]
    pub const fn gives_level(&self) -> bool {
        matches!(self, Self::Ladder(_) | Self::BestMatch { .. })
    }
}

/// A step of a ladder. Its level has the same place as the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it asks; nothing: it always holds.
    pub demands: Option<ExprId>,
}

/// A portrait of traits. Its level has the same place as the portrait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portrait {
    /// The traits.
    pub traits: Vec<Trait>,
    /// The portrait that it widens, and what its own measure must reach.
    pub builds_on: Option<(usize, Number)>,
}

/// A trait of a portrait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trait {
    /// Its id.
    pub id: String,
    /// When it holds.
    pub when: ExprId,
    /// When it holds partly; counts half.
    pub partial: Option<ExprId>,
    /// Where the source says it.
    pub source: String,
}

/// How traits are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TraitMeasure {
    /// How many hold.
    Count,
    /// What share of those that apply.
    Share,
}

/// What a tie gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tie {
    /// A level or option of its own, `mixed`.
    Mixed,
    /// The first of those that tie.
    Lowest,
}

/// What unanswered children do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Missing {
    /// They are left out.
    Skip,
    /// They count as their lowest value; a demand or trait as not held.
    Lowest,
    /// One makes the aspect undecided.
    Blocks,
    /// There is a value only where no completion can change it.
    Settled,
}

/// A level that an aspect can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Its id.
    pub id: String,
    /// What it scores where a level is turned into a number.
    pub value: Number,
}

/// Up to where a level reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutOff {
    /// Exclusive upper bound; the last level has none.
    pub below: Option<Number>,
}

/// How an aspect folds the parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parties(pub Fold);

/// An aspect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aspect {
    /// Id, source and place.
    pub declared: Declared,
    /// How its children combine.
    pub combine: Combine,
    /// What is combined: an answer, score or level for each child; for ladders and portraits none.
    pub inputs: Vec<ExprId>,
    /// Child questions.
    pub questions: Vec<QuestionId>,
    /// Child aspects.
    pub children: Vec<AspectId>,
    /// A weight for each input.
    pub weights: Vec<Number>,
    /// From where each input counts as met.
    pub met: Vec<Option<Met>>,
    /// What unanswered children do.
    pub missing: Missing,
    /// From where the aspect itself counts as met in a parent.
    pub met_from: Option<Met>,
    /// Levels, lowest first; `mixed`, where a tie gives it, comes last.
    pub levels: Vec<Level>,
    /// For numeric aspects with levels: a bound for each level.
    pub cut_offs: Vec<CutOff>,
    /// Whether a score above the target counts as the target.
    pub clamp_to_target: bool,
    /// Whether it is computed for each party and folded.
    pub parties: Option<Parties>,
    /// The lowest and highest score that it can have.
    pub within: Option<(Number, Number)>,
}
