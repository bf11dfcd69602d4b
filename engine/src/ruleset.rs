//! Rulesets: what is asked, how it adds up, what may be concluded, what is advised.
//!
//! A [`Library`] is a set of checked rulesets that may read each other. [`Library::load`] takes the files of
//! rulesets (text in, from wherever), reads the tables, runs the scripts once, and checks everything it can;
//! all that is wrong is reported together. No line here knows a source.

mod aspects;
mod beside;
mod bouwstenen;
mod check;
mod dependencies;
mod elements;
mod links;
mod load;
mod loading;
mod lock;
mod manifest;
mod meaning;
mod open;
mod pack;
mod parts;
mod prepared;
mod program;
mod questions;
mod script;
mod slots;
mod spelled;
mod steps;
mod overrides;
mod tailoring;
mod texts;

pub(crate) use beside::{Beside, is_same};
pub use dependencies::{Compiled, Exprs};
pub use elements::{
    Asked, Aspect, Bouwsteen, Cell, Combine, Contributes, CutOff, Declared, Effect, Effort, Filling, FitRule, Kind,
    Level, Measure, Met, Missing, OptionDef, Outcome, OutcomeOption, Parties, Pick, Portrait, Question, Ranking, Risk,
    Role, Rule, SameAs, Scale, Step, Table, Template, Tie, Trait, TraitMeasure,
};
pub use load::{Library, Peek, RulesetFiles};
pub use lock::{LOCK_FILE, Lock};
pub use manifest::{Allowance, Manifest, Parameter, Reading, SourceRef};
pub use overrides::{Override, Tailoring};
pub use pack::{DEEPEST_FOLDER, MOST_FILES, PACK_ENDING, PACK_FORMAT, belongs, misplaced};
pub(crate) use program::{
    Batch, Does, Fact, Holds, LARGEST, Leaf, MISSING, MOST_ADDED, Match, NOTHING, Numbers, Program, Register, Rung,
    Slice, Test, Truths, UNSEEN, encoded,
};
pub use script::reference;
pub use slots::Slot;
pub(crate) use spelled::sign;
pub use texts::Texts;
pub(crate) use texts::{Part, parts};

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The version of the ruleset format that this engine reads.
pub const FORMAT: u64 = 1;

/// The engine's own version, which a ruleset's `engine` range must contain.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// A checked ruleset: its manifest, its texts, and which elements of the [`Library`] are its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ruleset {
    /// What `ruleset.toml` says.
    pub manifest: Manifest,
    /// SHA-256 over its files, in hexadecimal.
    pub sha256: String,
    /// The texts, by language.
    #[serde(skip)]
    pub texts: Vec<Texts>,
    /// The parameters that a script, a condition or a text uses.
    pub parameters_used: BTreeSet<String>,
    /// Its elements, as ranges in the lists of the library.
    pub own: Own,
    /// What it makes otherwise in the ruleset that it extends, and that one in its own; the innermost first.
    pub tailorings: Vec<Tailoring>,
}

/// Ranges in the lists of a [`Library`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Own {
    /// Questions.
    pub questions: std::ops::Range<usize>,
    /// Aspects.
    pub aspects: std::ops::Range<usize>,
    /// Bouwstenen and steps.
    pub bouwstenen: std::ops::Range<usize>,
    /// Roles.
    pub roles: std::ops::Range<usize>,
    /// Typings.
    pub outcomes: std::ops::Range<usize>,
    /// Measures.
    pub measures: std::ops::Range<usize>,
    /// Tables.
    pub tables: std::ops::Range<usize>,
    /// Rules.
    pub rules: std::ops::Range<usize>,
}

impl Ruleset {
    /// The texts in `language`; in the source language where it has none.
    #[must_use]
    pub fn texts(&self, language: &str) -> &Texts {
        self.texts.iter().find(|texts| texts.language() == language).unwrap_or(&self.texts[0])
    }
}
