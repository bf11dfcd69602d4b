//! What may be concluded, and how advice is ranked.

use super::{Declared, Template, Tie};
use crate::assessment::Severity;
use crate::condition::{AspectId, BouwsteenId, ExprId};
use crate::number::Number;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rule {
    /// Id, source and place.
    pub declared: Declared,
    /// When it speaks.
    pub when: ExprId,
    /// What the answers must offer before it may say more than "open".
    pub needs: Option<ExprId>,
    /// How much it matters.
    pub severity: Severity,
    /// Where it belongs.
    pub aspect: Option<AspectId>,
    /// What it recommends.
    pub recommend: Vec<BouwsteenId>,
    /// For a rule about balance or differences: why a better answer may worsen what it says.
    pub balance: Option<String>,
    /// Its texts.
    pub template: Template,
}

impl Rule {
    /// When it speaks, and what it needs.
    pub fn conditions(&self) -> impl Iterator<Item = ExprId> + use<> {
        std::iter::once(self.when).chain(self.needs)
    }
}

/// How an option of a typing is picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pick {
    /// The first whose condition holds.
    First,
    /// The one with the highest score.
    Best(Tie),
}

/// A typing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outcome {
    /// Id, source and place.
    pub declared: Declared,
    /// How an option is picked.
    pub pick: Pick,
    /// The options that have a condition or score.
    pub options: Vec<OutcomeOption>,
    /// Ids of all options: those, then `otherwise` or `mixed`.
    pub ids: Arc<[String]>,
    /// Whether there is an option for when nothing holds: the last of `ids`.
    pub otherwise: bool,
}

/// An option of a typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeOption {
    /// Its condition, or its score.
    pub expr: ExprId,
}

/// A named number.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Measure {
    /// Id, source and place.
    pub declared: Declared,
    /// How it is computed.
    pub value: ExprId,
}

/// Rows and columns of conclusions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Table {
    /// Id, source and place.
    pub declared: Declared,
    /// Ids of the rows.
    pub rows: Vec<String>,
    /// Ids of the columns.
    pub columns: Vec<String>,
    /// The cells.
    pub cells: Vec<Cell>,
    /// Whether it stands on the first screen of a report.
    pub on_screen: bool,
}

/// A cell of a table; a place may have several.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cell {
    /// Place of its row.
    pub row: u16,
    /// Place of its column.
    pub column: u16,
    /// When it speaks.
    pub when: ExprId,
    /// What it says, where it says more than its place.
    pub template: Option<Template>,
    /// Where the source says it.
    pub source: String,
}

/// The weights by which recommendations are ranked; each can be set by a ruleset.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ranking {
    /// A critical diagnosis.
    pub critical: Number,
    /// A major one.
    pub major: Number,
    /// A minor one.
    pub minor: Number,
    /// An observation.
    pub observation: Number,
    /// Factor for a diagnosis that is indicated rather than confirmed.
    pub indicated: Number,
    /// A dominant contribution to an aspect at its lowest.
    pub dominant: Number,
    /// A secondary one.
    pub secondary: Number,
    /// What is still to be gained when it is started.
    pub started: Number,
    /// … and when it works.
    pub working: Number,
    /// The most things that a chain can take up in one stage of a route; at least one. Nothing where the ruleset
    /// does not say.
    pub at_once: Option<u16>,
}

impl Default for Ranking {
    /// The engine's own weights, a choice: each severity counts twice the one below it, so that two lesser
    /// findings weigh as much as one that is a step graver; what is only indicated counts half.
    fn default() -> Self {
        let part = |n: i64, of: i64| Number::from(n).over(Number::from(of)).unwrap_or(Number::ZERO);
        Self {
            critical: Number::from(8),
            major: Number::from(4),
            minor: Number::from(2),
            observation: Number::ONE,
            indicated: part(1, 2),
            dominant: Number::ONE,
            secondary: part(1, 2),
            started: part(3, 4),
            working: part(1, 4),
            at_once: None,
        }
    }
}
