//! Which conclusions of an assessment hang on one step of one answer.

use super::evaluation::Evaluation;
use super::steps::Turn;
use super::words::Words;
use crate::assessment::{Certainty, OneStep, RulesetAssessment};
use crate::condition::{Expr, ExprId, OutcomeId, Value};
use crate::ruleset::{Library, Rule};

/// A conclusion that has its value now.
struct Standing<'r> {
    /// The ruleset that concludes it.
    of: usize,
    /// What it comes from: it is turned when one of these is no longer what it is.
    from: Vec<ExprId>,
    fragile: &'r mut Vec<OneStep>,
}

/// Notes with each diagnosis, typing and level which steps of one answer would turn it.
pub(super) fn note(evaluation: &mut Evaluation<'_>, words: Words<'_>, rulesets: &mut [RulesetAssessment]) {
    let library = words.library;
    let mut standing: Vec<Standing<'_>> = Vec::new();
    for ruleset in rulesets {
        if let Some(of) = library.ruleset(&ruleset.id) {
            standing.extend(of_ruleset(library, of, ruleset));
        }
    }
    let from: Vec<(usize, Vec<ExprId>)> = standing.iter().map(|one| (one.of, one.from.clone())).collect();
    for (at, step) in steps(evaluation, words, &from) {
        standing[at].fragile.push(step);
    }
}

/// The same for one conclusion of a ruleset.
pub(super) fn of(evaluation: &mut Evaluation<'_>, words: Words<'_>, of: usize, from: Vec<ExprId>) -> Vec<OneStep> {
    steps(evaluation, words, &[(of, from)]).into_iter().map(|(_, step)| step).collect()
}

/// The steps that turn conclusions, each given by its ruleset and what it comes from.
fn steps(
    evaluation: &mut Evaluation<'_>,
    words: Words<'_>,
    conclusions: &[(usize, Vec<ExprId>)],
) -> Vec<(usize, OneStep)> {
    let values = |evaluation: &mut Evaluation<'_>, at: usize| {
        conclusions[at].1.iter().map(|expr| evaluation.value(Evaluation::whole(*expr))).collect::<Vec<Value>>()
    };
    let now: Vec<Vec<Value>> = (0..conclusions.len()).map(|at| values(evaluation, at)).collect();
    let from: Vec<Vec<ExprId>> = conclusions.iter().map(|(_, from)| from.clone()).collect();
    let turns = evaluation.turns(&from, |evaluation, at| (values(evaluation, at) != now[at]).then_some(()));
    let told = |Turn { at, question, party, from, to, .. }: Turn<()>| {
        let asked = words.open_answer(evaluation, question, party, conclusions[at].0);
        let shown = |value: Value| words.answer(question, value).unwrap_or_default();
        (at, OneStep { id: asked.id, title: asked.title, from: shown(from), to: shown(to) })
    };
    turns.into_iter().map(told).collect()
}

/// The conclusions of one ruleset that have a value on what is answered.
fn of_ruleset<'r>(library: &Library, of: usize, ruleset: &'r mut RulesetAssessment) -> Vec<Standing<'r>> {
    let own = &library.rulesets[of].own;
    let mut all = Vec::new();
    for found in ruleset.diagnoses.iter_mut().filter(|found| found.certainty != Certainty::Open) {
        let rule = library.rules[own.rules.clone()].iter().find(|rule| rule.declared.id == found.id);
        let from = rule.into_iter().flat_map(Rule::conditions).collect();
        all.push(Standing { of, from, fragile: &mut found.fragile });
    }
    for found in ruleset.outcomes.iter_mut().filter(|found| found.value.is_some()) {
        let at = own.outcomes.clone().find(|at| library.outcomes[*at].declared.id == found.id);
        let expr = at.and_then(|at| library.graph.find(&Expr::Outcome(OutcomeId::at(at))));
        all.push(Standing { of, from: expr.into_iter().collect(), fragile: &mut found.fragile });
    }
    for found in &mut ruleset.aspects {
        let at = own.aspects.clone().find(|at| library.aspects[*at].declared.id == found.id);
        let expr = at.and_then(|at| library.exprs.levels[at]);
        let level = found.level.as_mut().filter(|level| level.id.is_some());
        all.extend(level.map(|level| Standing { of, from: expr.into_iter().collect(), fragile: &mut level.fragile }));
    }
    all
}
