//! How a ruleset that was used tailors another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How one ruleset tailors another: who, whom, and what is otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Tailoring {
    /// Id of the ruleset that tailors.
    pub by: String,
    /// Its version.
    pub by_version: String,
    /// Id of the ruleset that is tailored.
    pub of: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over its files, in hexadecimal.
    pub sha256: String,
    /// What is otherwise, in the order in which it is written; what is added comes last.
    pub changes: Vec<TailoredElement>,
}

/// One thing that is otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TailoredElement {
    /// What became of it.
    pub how: Overridden,
    /// Which: `kind/id`.
    pub at: String,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// The fields that changed.
    pub fields: Vec<String>,
    /// Why; what is added needs no reason.
    pub reason: Option<String>,
}

/// What became of something that is tailored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Overridden {
    /// It is as if it were not there.
    Disabled,
    /// Fields have another value.
    Changed,
    /// Texts read otherwise.
    Reworded,
    /// It is there beside what there was.
    Added,
}
