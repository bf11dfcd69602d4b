//! Findings that somebody accepts: for whom, by whom, why, and until when.
//!
//! A waiver covers a diagnosis as long as its fingerprint is the same: of the chain, of the rule, and of the
//! answers that the rule read. It cannot come to cover something else. A baseline works in the same way; it says
//! of each finding that it stood there when the baseline was made.
//!
//! ```text
//! waivers.toml ─▶ Waivers ─┐
//! Assessments, a day ──────┴▶ Standing of each entry: it holds, or it has expired, or what it was given for is gone
//! ```

mod read;
mod write;

pub use write::{Given, baseline, head, waiver};

use crate::assessment::{Assessment, DiagnosisAssessment, RulesetAssessment};
use crate::date::Date;
use crate::source::Place;
use serde::Serialize;

/// The version of the format that this engine reads.
pub const FORMAT: u64 = 1;

/// Everything that was accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waivers {
    /// The entries, in the order of their files.
    pub entries: Vec<Waiver>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Waiver {
    /// Whether it comes from a baseline, which has no end.
    pub baseline: bool,
    /// Where it stands.
    pub place: Place,
    /// For this profile only: the end of its path, such as `ketens/zorg.json`.
    pub profile: Option<String>,
    /// For this ruleset only.
    pub ruleset: Option<String>,
    /// For this rule only.
    pub rule: Option<String>,
    /// Who accepts it.
    pub approver: String,
    /// Why.
    pub reason: String,
    /// From this day on.
    pub from: Date,
    /// Up to and including this day; a baseline has no end.
    pub until: Option<Date>,
    /// Of the diagnoses that it covers, each with its place.
    pub fingerprints: Vec<(String, Place)>,
}

/// How an entry stands towards one diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Chain, rule and answers are the same, and it is within its days.
    Holds,
    /// The same, but its first day is still to come.
    NotYet,
    /// The same, but its last day has been.
    Expired,
    /// The rule asks something else than when it was given.
    RuleChanged,
    /// The rule reads other answers than when it was given.
    AnswersChanged,
    /// Both.
    BothChanged,
    /// Nothing that it was given for is found any more.
    Unused,
}

/// One fingerprint of an entry, held against what was concluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The entry.
    pub waiver: &'a Waiver,
    /// Where the fingerprint stands.
    pub place: &'a Place,
    /// How it stands.
    pub state: State,
    /// What it is about: the assessment by place, the ruleset and the diagnosis. Nothing where that is gone.
    pub about: Option<About<'a>>,
}

/// A diagnosis of an assessment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct About<'a> {
    /// Place of the assessment in the list.
    pub profile: usize,
    /// The ruleset.
    pub ruleset: &'a RulesetAssessment,
    /// The diagnosis.
    pub diagnosis: &'a DiagnosisAssessment,
}

impl Eq for About<'_> {}

impl State {
    /// Whether it is something to look at: it covers nothing, or not any more.
    #[must_use]
    pub const fn is_finding(self) -> bool {
        !matches!(self, Self::Holds | Self::NotYet)
    }
}

impl Waivers {
    /// Holds every entry against what was concluded. Entries for a profile that was not looked at are left out.
    #[must_use]
    pub fn hold<'a>(&'a self, assessments: &[&'a Assessment], today: &Date) -> Vec<Standing<'a>> {
        self.entries.iter().flat_map(|waiver| waiver.hold(assessments, today)).collect()
    }
}

impl Waiver {
    fn hold<'a>(&'a self, assessments: &[&'a Assessment], today: &Date) -> Vec<Standing<'a>> {
        let looked_at: Vec<(usize, &'a Assessment)> =
            assessments.iter().copied().enumerate().filter(|(_, one)| self.is_for(&one.receipt.profile)).collect();
        if looked_at.is_empty() && self.profile.is_some() {
            return Vec::new();
        }
        let mut within = Vec::new();
        for (profile, assessment) in looked_at {
            for ruleset in assessment.rulesets.iter().filter(|one| self.ruleset.as_ref().is_none_or(|id| *id == one.id))
            {
                let diagnoses =
                    ruleset.diagnoses.iter().filter(|one| self.rule.as_ref().is_none_or(|id| *id == one.id));
                within.extend(diagnoses.map(|diagnosis| About { profile, ruleset, diagnosis }));
            }
        }
        self.fingerprints.iter().flat_map(|(own, place)| self.hold_one(own, place, &within, today)).collect()
    }

    fn hold_one<'a>(&'a self, own: &str, place: &'a Place, within: &[About<'a>], today: &Date) -> Vec<Standing<'a>> {
        let standing =
            |state, about: Option<&About<'a>>| Standing { waiver: self, place, state, about: about.copied() };
        let same: Vec<&About<'a>> = within.iter().filter(|about| about.diagnosis.fingerprint == own).collect();
        if !same.is_empty() {
            let state = if *today < self.from {
                State::NotYet
            } else if self.until.as_ref().is_some_and(|until| until < today) {
                State::Expired
            } else {
                State::Holds
            };
            return same.into_iter().map(|about| standing(state, Some(about))).collect();
        }
        let marks = marks(own);
        let alike = |wanted: [bool; 3]| {
            within.iter().find(|about| {
                let theirs = self::marks(&about.diagnosis.fingerprint);
                (0..3).all(|at| !wanted[at] || marks[at] == theirs[at])
            })
        };
        let moved = [
            (State::AnswersChanged, alike([true, true, false])),
            (State::RuleChanged, alike([true, false, true])),
            (State::BothChanged, alike([true, false, false]).filter(|_| self.rule.is_some())),
        ];
        let moved = moved.into_iter().find_map(|(state, about)| about.map(|about| standing(state, Some(about))));
        vec![moved.unwrap_or_else(|| standing(State::Unused, None))]
    }

    /// Whether a profile, as it was named, is the one that this entry is for.
    fn is_for(&self, name: &str) -> bool {
        let parts = |path: &str| {
            let parts = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".");
            parts.map(str::to_owned).collect::<Vec<_>>()
        };
        self.profile.as_ref().is_none_or(|own| parts(name).ends_with(&parts(own)))
    }
}

/// The marks of the chain, the rule and the answers.
fn marks(fingerprint: &str) -> [&str; 3] {
    let mut marks = fingerprint.splitn(3, '-');
    [(); 3].map(|()| marks.next().unwrap_or_default())
}

#[cfg(test)]
mod tests;
