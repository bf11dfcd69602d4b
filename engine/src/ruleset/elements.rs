//! The elements of checked rulesets. Every reference in them holds.

mod aspects;
mod bouwstenen;
mod conclusions;
mod questions;

pub use aspects::{Aspect, Combine, CutOff, Level, Missing, Parties, Portrait, Step, Tie, Trait, TraitMeasure};
pub use bouwstenen::{Bouwsteen, Contributes, Effect, Effort, FitRule, Risk};
pub use conclusions::{Cell, Measure, Outcome, OutcomeOption, Pick, Ranking, Rule, Table};
pub use questions::{Asked, Kind, Met, OptionDef, Question, SameAs, Scale};

use crate::number::Number;
use crate::problem::Span;
use serde::{Deserialize, Serialize};

/// What every element has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Its id, unique within its kind and ruleset.
    pub id: String,
    /// The ruleset, by place in the library.
    pub ruleset: usize,
    /// Where the source says it.
    pub source: String,
    /// Where the ruleset says it.
    pub span: Span,
}

/// A role that a profile maps parties to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Role {
    /// Id and place.
    pub declared: Declared,
}

/// A text by template, with the values for its placeholders.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Template {
    /// Id of the texts.
    pub id: String,
    /// Where `text` names it; nowhere where it is the id of what it belongs to.
    pub named: Option<Span>,
    /// Values by name.
    pub fill: Vec<(String, Filling)>,
}

/// A value for a placeholder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filling {
    /// A number, shown in the habit of the language.
    Number(Number),
    /// A text, or the id of an element whose title is shown.
    Text(String),
}
