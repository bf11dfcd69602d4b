//! Counts what a run has seen, so that it can be told that the tests meet everything they are for.

mod everything;
mod names;

pub(super) use everything::everything;

use super::brute::Certainty;
use super::model::{Model, Profile};
use names::Names;
use std::collections::BTreeMap;

/// Counts by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub(super) cases: usize,
    /// Conclusions by kind and certainty; `silent` where there is none.
    pub(super) labels: BTreeMap<(&'static str, &'static str), usize>,
    /// Conclusions by kind: those that the engine calls exact, and all.
    pub(super) exact: BTreeMap<&'static str, (usize, usize)>,
    /// Cases in which something occurs.
    pub(super) seen: BTreeMap<String, usize>,
}

impl Tally {
    pub(super) fn label(&mut self, kind: &'static str, certainty: Option<Certainty>) {
        let label = match certainty {
            Some(Certainty::Confirmed) => "confirmed",
            Some(Certainty::Indicated) => "indicated",
            Some(Certainty::Open) => "open",
            None => "silent",
        };
        *self.labels.entry((kind, label)).or_default() += 1;
    }

    pub(super) fn exact(&mut self, kind: &'static str, exact: bool) {
        let counts = self.exact.entry(kind).or_default();
        counts.0 += usize::from(exact);
        counts.1 += 1;
    }

    /// Counts something that is seen.
    pub(super) fn see(&mut self, what: &str) {
        *self.seen.entry(what.to_owned()).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: Self) {
        self.cases += other.cases;
        for (key, count) in other.labels {
            *self.labels.entry(key).or_default() += count;
        }
        for (key, (exact, all)) in other.exact {
            let counts = self.exact.entry(key).or_default();
            *counts = (counts.0 + exact, counts.1 + all);
        }
        for (key, count) in other.seen {
            *self.seen.entry(key).or_default() += count;
        }
    }

    /// Notes everything that occurs in a case.
    pub(super) fn note(&mut self, model: &Model, profile: &Profile) {
        let mut names = Names::default();
        names.model(model);
        names.profile(model, profile);
        names.0.sort_unstable();
        names.0.dedup();
        for name in names.0 {
            *self.seen.entry(name).or_default() += 1;
        }
        self.cases += 1;
    }
}
