//! Which conclusions hang on one step of one answer.

use super::Changed;
use super::choices::{Of, can_change, neighbours, slots};
use super::cone::{Cone, Pull};
use super::flip::Standing;
use super::goal::{Subject, everything};
use super::trial::{Place, Trial};
use crate::assessment::Severity;
use crate::condition::{QuestionId, Value};
use crate::evaluate::{Explained, Words, checked};
use crate::problem::Problems;
use crate::profile::Profile;
use crate::ruleset::Library;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

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
    super::kept(&trial, profile, problems)?;
    Some(found)
}

/// The same, for a profile that was checked.
pub(super) fn hanging(words: Words<'_>, trial: &mut Trial<'_>) -> Vec<Fragile> {
    let mut standing = Vec::new();
    for subject in everything(words) {
        let now = trial_value(trial, &subject);
        if now.is_there() {
            standing.push((subject, now, Vec::new()));
        }
    }
    let readers = readers(trial, &standing.iter().map(|(subject, ..)| subject).collect::<Vec<_>>());
    for (question, reading) in readers {
        step_through(words, trial, question, &reading, &mut standing);
    }
    let mut all: Vec<Fragile> = Vec::new();
    for (subject, _, by) in standing.into_iter().filter(|(.., by)| !by.is_empty()) {
        let now = trial.look(&[], |evaluation| super::flip::standing(words, &subject, evaluation));
        let severity = subject.rule.map(|rule| words.library.rules[rule.index()].severity);
        all.push(Fragile { id: subject.id, kind: subject.kind, title: subject.title, severity, now, by });
    }
    all.sort_by_key(|one| (one.severity.unwrap_or(Severity::Strength), place(one.kind)));
    all
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

fn said(subject: &Subject, evaluation: &mut crate::evaluate::Evaluation<'_>) -> Said {
    if subject.is_condition() {
        Said::Speaks(subject.speaks(evaluation))
    } else {
        Said::Value(subject.value(evaluation))
    }
}

fn trial_value(trial: &mut Trial<'_>, subject: &Subject) -> Said {
    trial.look(&[], |evaluation| said(subject, evaluation))
}

/// For each question the places of the conclusions that read it.
fn readers(trial: &Trial<'_>, subjects: &[&Subject]) -> BTreeMap<QuestionId, Vec<usize>> {
    let mut readers: BTreeMap<QuestionId, Vec<usize>> = BTreeMap::new();
    for (at, subject) in subjects.iter().enumerate() {
        let roots: Vec<_> = std::iter::once(subject.expr).chain(subject.needs).collect();
        for &question in Cone::of(trial.library, trial.facts, &roots, Pull::Either).questions.keys() {
            readers.entry(question).or_default().push(at);
        }
    }
    readers
}

fn step_through(
    words: Words<'_>,
    trial: &mut Trial<'_>,
    id: QuestionId,
    reading: &[usize],
    standing: &mut [(Subject, Said, Vec<Step>)],
) {
    let question = &words.library.questions[id.index()];
    for (slot, party) in slots(trial.facts, id) {
        let from = trial.facts.values[slot];
        if from == Value::Missing || !can_change(question, from) {
            continue;
        }
        for to in neighbours(&question.kind, from) {
            let turned = trial.look(&[(Place::Answer(slot), to)], |evaluation| {
                let mut turned = Vec::new();
                for &at in reading {
                    let (subject, now, _) = &standing[at];
                    if said(subject, evaluation) != *now {
                        turned.push((at, super::flip::standing(words, subject, evaluation)));
                    }
                }
                turned
            });
            for (at, becomes) in turned {
                let mut change = super::changed(words, trial.facts, Of::Answer(id, party), from, to);
                change.steps = 1;
                standing[at].2.push(Step { change, becomes });
            }
        }
    }
}
