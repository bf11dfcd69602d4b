//! What a chain can put in place.

use super::{Declared, Met};
use crate::condition::{AspectId, BouwsteenId, ExprId, QuestionId};
use crate::number::Number;
use serde::{Deserialize, Serialize};

/// Something to put in place, or (a step) to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Bouwsteen {
    /// Id, source and place.
    pub declared: Declared,
    /// Whether it is a step: done, not put in place; it has no status.
    pub step: bool,
    /// What it strengthens.
    pub contributes: Vec<Contributes>,
    /// When it suits a chain.
    pub fits: Vec<FitRule>,
    /// What must be there first.
    pub prerequisites: Vec<BouwsteenId>,
    /// What to look out for.
    pub risks: Vec<Risk>,
    /// What it takes to reach each status.
    pub effort: Option<Effort>,
    /// Which answers it should lift.
    pub effects: Vec<Effect>,
    /// The same thing in other rulesets.
    pub same_as: Vec<BouwsteenId>,
    /// For a step: when it is done, so that what needs it need not wait.
    pub done_when: Option<ExprId>,
}

/// A contribution of a bouwsteen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Contributes {
    /// To what.
    pub aspect: AspectId,
    /// Dominant, otherwise secondary.
    pub dominant: bool,
    /// Where the source says it.
    pub source: String,
}

/// A condition under which a bouwsteen suits a chain.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FitRule {
    /// Its id, which names its text.
    pub id: String,
    /// When it holds.
    pub when: ExprId,
    /// Where the source says it.
    pub source: String,
}

/// A risk of a bouwsteen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Risk {
    /// Its id, which names its text.
    pub id: String,
    /// Only then; always where there is none.
    pub when: Option<ExprId>,
    /// Where the source says it.
    pub source: String,
}

/// What it takes to bring a bouwsteen to a status from the one before, or to do a step, in relative weeks of attention.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Effort {
    /// To `started`, to `working`, to `anchored`; of a step: to have it done.
    pub steps: Vec<Number>,
    /// Why these numbers.
    pub reason: String,
}

/// An assumption: what a bouwsteen does to an answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Effect {
    /// The answer that it lifts.
    pub question: QuestionId,
    /// To at least this.
    pub at_least: Met,
    /// From which status on, by place in [`crate::assessment::Status::ALL`]; 1 for a step that is done.
    pub from: u16,
    /// Why.
    pub reason: String,
}
