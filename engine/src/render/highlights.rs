//! What a reader should see first: which aspects, findings and questions stand out.

use crate::assessment::{
    AspectAssessment, Certainty, DiagnosisAssessment, NextQuestion, OneStep, RulesetAssessment, Severity, Titled,
};
use crate::number::Number;

/// How many findings and recommendations the first screen shows.
pub(super) const MOST_IMPORTANT: usize = 3;

/// How many of the weakest, and of the strongest aspects it shows: what goes well is among the findings too.
const WEAKEST: usize = 2;
const STRONGEST: usize = 1;

/// Ways to combine that give a number on a scale; the others give a yes, a step or a portrait.
const ON_A_SCALE: [&str; 6] = ["mean", "weighted-mean", "sum", "min", "max", "share"];

/// The aspects that stand out.
pub(super) struct Extremes<'a> {
    /// Weakest first; the first where they are all equal.
    pub(super) weakest: Vec<&'a AspectAssessment>,
    /// Where all are equal: the others, besides the one among the weakest.
    pub(super) equal: Vec<&'a AspectAssessment>,
    /// Strongest first.
    pub(super) strongest: Vec<&'a AspectAssessment>,
}

/// How far along its scale an aspect is, from 0 to 1.
pub(super) fn position(aspect: &AspectAssessment) -> Option<Number> {
    let (score, scale) = (aspect.score?, aspect.scale?);
    score.minus(scale.low)?.over(scale.high.minus(scale.low)?)
}

/// Whether the score of `aspect` is a number on a scale.
pub(super) fn is_on_a_scale(aspect: &AspectAssessment) -> bool {
    ON_A_SCALE.contains(&aspect.combine.as_str())
}

/// Whether less than half of what something rests on is answered.
pub(super) const fn on_little(aspect: &AspectAssessment) -> bool {
    aspect.coverage.answered * 2 < aspect.coverage.applicable
}

/// Whether an aspect has the number it has only because what is not answered counts as the lowest: nothing is answered, or
/// little, and it can only go up from a number that is not the lowest.
fn is_silent(aspect: &AspectAssessment) -> bool {
    let counts = aspect.coverage;
    let is_floor = aspect.range.is_some_and(|range| aspect.score == Some(range.low) && range.low < range.high);
    let above_lowest = aspect.scale.is_some_and(|scale| aspect.score.is_some_and(|score| score > scale.low));
    (counts.answered == 0 && counts.applicable > 0) || (on_little(aspect) && is_floor && above_lowest)
}

/// The weakest and the strongest aspects that have no aspects below them.
pub(super) fn extremes(ruleset: &RulesetAssessment) -> Extremes<'_> {
    let is_leaf = |aspect: &AspectAssessment| ruleset.aspects.iter().all(|other| !other.parents.contains(&aspect.id));
    let mut leaves: Vec<(Number, &AspectAssessment)> = ruleset
        .aspects
        .iter()
        .filter(|aspect| is_on_a_scale(aspect) && is_leaf(aspect) && !is_silent(aspect))
        .filter_map(|aspect| Some((position(aspect)?, aspect)))
        .collect();
    leaves.sort_by_key(|(position, _)| *position);
    let all_equal = leaves.first().map(|(low, _)| low) == leaves.last().map(|(high, _)| high);
    let half = if all_equal { 0 } else { leaves.len() / 2 };
    let strongest = leaves.iter().rev().take(half.min(STRONGEST)).map(|(_, aspect)| *aspect).collect();
    let weakest =
        leaves.iter().take(if all_equal { 1 } else { half.min(WEAKEST) }).map(|(_, aspect)| *aspect).collect();
    let equal = leaves.iter().skip(1).filter(|_| all_equal).map(|(_, aspect)| *aspect).collect();
    Extremes { weakest, equal, strongest }
}

/// The aspects with a level that is no matter of cut-offs: a step on a ladder, a portrait. Roots first.
pub(super) fn steps(ruleset: &RulesetAssessment) -> Vec<&AspectAssessment> {
    let mut steps: Vec<&AspectAssessment> = ruleset
        .aspects
        .iter()
        .filter(|aspect| ["ladder", "best-match"].contains(&aspect.combine.as_str()) && aspect.level.is_some())
        .collect();
    steps.sort_by_key(|aspect| !aspect.parents.is_empty());
    steps
}

/// The findings to begin with: what holds back, worst first, as far as it holds on what is answered.
pub(super) fn most_important(ruleset: &RulesetAssessment, most: usize) -> impl Iterator<Item = &DiagnosisAssessment> {
    holding(ruleset).filter(|found| found.severity != Severity::Strength).take(most)
}

/// The strengths that hold on what is answered.
pub(super) fn strengths(ruleset: &RulesetAssessment) -> impl Iterator<Item = &DiagnosisAssessment> {
    holding(ruleset).filter(|found| found.severity == Severity::Strength)
}

fn holding(ruleset: &RulesetAssessment) -> impl Iterator<Item = &DiagnosisAssessment> {
    ruleset.diagnoses.iter().filter(|found| found.certainty != Certainty::Open)
}

/// How many conclusions stand, and how many hang on open answers.
pub(super) fn conclusions(ruleset: &RulesetAssessment) -> (usize, usize) {
    let certainties = ruleset
        .diagnoses
        .iter()
        .map(|found| found.certainty)
        .chain(ruleset.outcomes.iter().filter_map(|outcome| outcome.certainty));
    certainties.fold((0, 0), |(stand, hang), certainty| match certainty {
        Certainty::Confirmed => (stand + 1, hang),
        Certainty::Indicated | Certainty::Open => (stand, hang + 1),
    })
}

/// What hangs on one step of one answer: titles of typings and findings, the gravest first, each with the steps that turn it.
pub(super) fn fragile(ruleset: &RulesetAssessment) -> Vec<(&str, &[OneStep])> {
    let typings = ruleset.outcomes.iter().map(|outcome| (outcome.title.as_str(), outcome.fragile.as_slice()));
    let diagnoses = ruleset.diagnoses.iter().map(|found| (found.title.as_str(), found.fragile.as_slice()));
    typings.chain(diagnoses).filter(|(_, steps)| !steps.is_empty()).collect()
}

/// The questions that decide most.
pub(super) struct ToAsk<'a> {
    /// Most deciding first.
    pub(super) questions: Vec<&'a NextQuestion>,
    /// How many conclusions at least one of them plays a part in.
    pub(super) decide: usize,
    /// How many conclusions hang on open answers.
    pub(super) hanging: usize,
}

/// What to ask next: the open questions that most conclusions hang on, and of those the first ones.
pub(super) fn to_ask(ruleset: &RulesetAssessment) -> ToAsk<'_> {
    let of_diagnoses = ruleset.diagnoses.iter().map(|found| (Some(found.certainty), &found.deciding));
    let of_outcomes = ruleset.outcomes.iter().map(|outcome| (outcome.certainty, &outcome.deciding));
    let hanging: Vec<&Vec<Titled>> = of_outcomes
        .chain(of_diagnoses)
        .filter(|(certainty, _)| matches!(certainty, Some(Certainty::Indicated | Certainty::Open)))
        .map(|(_, deciding)| deciding)
        .collect();
    let questions: Vec<&NextQuestion> = ruleset.next_questions.iter().take(MOST_IMPORTANT).collect();
    let decide = hanging
        .iter()
        .filter(|deciding| deciding.iter().any(|open| questions.iter().any(|next| next.id == open.id)))
        .count();
    ToAsk { questions, decide, hanging: hanging.len() }
}
