//! What a ruleset makes otherwise in the one that it extends, as plain data.

use super::Ruleset;
use crate::assessment::Overridden;
use serde::{Deserialize, Serialize};

/// How one ruleset tailors another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tailoring {
    /// Id and version of the ruleset that tailors.
    pub by: (String, String),
    /// Id of what is tailored.
    pub base: String,
    /// Its version.
    pub version: String,
    /// Its digest, in hexadecimal.
    pub sha256: String,
    /// What is otherwise, in the order of `tailoring.toml`.
    pub overrides: Vec<Override>,
    /// What is added: `kind/id`, in order of kind.
    pub added: Vec<String>,
}

/// One thing that is otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// What became of it.
    pub how: Overridden,
    /// Which: `kind/id`.
    pub at: String,
    /// The fields that changed.
    pub fields: Vec<String>,
    /// Why.
    pub reason: String,
}

impl Ruleset {
    /// The ids of what it extends, nearest first: what is answered there is answered here.
    pub fn bases(&self) -> impl Iterator<Item = &str> {
        self.tailorings.iter().rev().map(|tailoring| tailoring.base.as_str())
    }

    /// Its id, and those of what it extends, nearest first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.manifest.id.as_str()).chain(self.bases())
    }

    /// The override by which something is disabled: `kind/id`.
    #[must_use]
    pub fn disabled(&self, at: &str) -> Option<&Override> {
        let all = self.tailorings.iter().flat_map(|tailoring| &tailoring.overrides);
        all.filter(|one| one.how == Overridden::Disabled).find(|one| one.at == at)
    }
}
