//! Which conclusions hang on one step of one answer.

use super::Changed;
use super::choices::Of;
use super::flip::Standing;
use super::goal::{Subject, everything};
use super::trial::Trial;
use crate::assessment::Severity;
use crate::condition::Value;
use crate::evaluate::{Evaluation, Explained, Turn, Words, checked, kept};
use crate::problem::Problems;
use crate::profile::Profile;
use crate::ruleset::Library;
use schemars::JsonSchema;
use serde::Serialize;

/// Everything that hangs on one step of one answer, as it is written for machines.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FragileReport {
    /// Always `fragile/1`.
    pub format: &'static str,
    /// The conclusions.
    pub fragile: Vec<Fragile>,
}

impl FragileReport {
    /// Puts the conclusions in their format.
    #[must_use]
    pub const fn new(fragile: Vec<Fragile>) -> Self {
        Self { format: "fragile/1", fragile }
    }
}

/// A conclusion that hangs on one step of one answer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Fragile {
    /// `ruleset/id`.
    pub id: String,
    /// What kind of conclusion it is.
    pub kind: Explained,
    /// Its title.
    pub title: String,
    /// How much it matters, for a diagnosis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// How it stands now.
    pub now: Standing,
    /// Each step that would turn it, with how it would then stand.
    pub by: Vec<Step>,
}

/// One step of one answer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// The answer, and what it would become.
    pub change: Changed,
    /// How the conclusion would then stand.
    pub becomes: Standing,
}

/// The conclusions of a profile that would be another if one answer were one step different: diagnoses and cells
/// that would fall silent, levels and typings that would move. Answers that are facts are left alone.
///
/// Worst diagnoses first, then cells, typings and levels.
pub fn fragile(library: &Library, profile: &Profile, language: &str, problems: &mut Problems) -> Option<Vec<Fragile>> {
    let facts = checked(library, profile, problems)?;
    let words = Words { library, language };
    let mut trial = Trial::new(library, &facts);
    let found = hanging(words, &mut trial);
    kept(trial.is_exact(), profile, problems)?;
    Some(found)
}

/// The same, for a profile that was checked.
fn hanging(words: Words<'_>, trial: &mut Trial<'_>) -> Vec<Fragile> {
    let facts = trial.facts;
    trial.look(&[], |evaluation| {
        let mut standing = Vec::new();
        for subject in everything(words) {
            let now = said(&subject, evaluation);
            if now.is_there() {
                let told = super::flip::standing(words, &subject, evaluation);
                standing.push((subject, now, told));
            }
        }
        let exprs = |subject: &Subject| std::iter::once(subject.expr).chain(subject.needs).collect();
        let reading: Vec<Vec<_>> = standing.iter().map(|(subject, ..)| exprs(subject)).collect();
        let turns = evaluation.turns(&reading, |evaluation, at| {
            let (subject, now, _) = &standing[at];
            (said(subject, evaluation) != *now).then(|| super::flip::standing(words, subject, evaluation))
        });
        let mut by: Vec<Vec<Step>> = standing.iter().map(|_| Vec::new()).collect();
        for Turn { at, question, party, from, to, becomes } in turns {
            let change = super::changed(words, facts, Of::Answer(question, party), from, to);
            by[at].push(Step { change: Changed { steps: 1, ..change }, becomes });
        }
        let mut all = Vec::new();
        for ((subject, _, now), by) in standing.into_iter().zip(by).filter(|(_, by)| !by.is_empty()) {
            let severity = subject.rule.map(|rule| words.library.rules[rule.index()].severity);
            all.push(Fragile { id: subject.id, kind: subject.kind, title: subject.title, severity, now, by });
        }
        all.sort_by_key(|one| (one.severity.unwrap_or(Severity::Strength), place(one.kind)));
        all
    })
}

const fn place(kind: Explained) -> u8 {
    match kind {
        Explained::Diagnosis => 0,
        Explained::Cell => 1,
        Explained::Outcome => 2,
        _ => 3,
    }
}

/// What is compared: whether a condition speaks, or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Speaks(bool),
    Value(Value),
}

impl Said {
    const fn is_there(self) -> bool {
        matches!(self, Self::Speaks(true) | Self::Value(Value::Option(_)))
    }
}

fn said(subject: &Subject, evaluation: &mut Evaluation<'_>) -> Said {
    if subject.is_condition() {
        Said::Speaks(subject.speaks(evaluation))
    } else {
        Said::Value(subject.value(evaluation))
    }
}
