//! Concluding for several rulesets, in two shares at the same time.
//!
//! What a ruleset concludes rests on what the profile says and on nothing that was worked out before, so that each share
//! has an evaluation of its own. Which rulesets go together depends on the library and the profile, never on the
//! machine: what comes out is the same where the second share has to wait for the first.

use super::conclude::Conclude;
use super::evaluation::Evaluation;
use super::facts::Facts;
use super::fragile;
use super::words::Words;
use crate::assessment::RulesetAssessment;
use crate::source::Sources;
use std::panic::resume_unwind;
use std::thread;

/// The room for calls in the second thread: as much as the first mostly has.
const STACK: usize = 8 << 20;

/// What some rulesets conclude, in their order, and whether every number could be kept exactly.
pub(super) fn concluded<'a>(
    facts: &'a Facts<'a>,
    words: Words<'a>,
    sources: &'a Sources,
    rulesets: impl Iterator<Item = usize>,
) -> (Vec<RulesetAssessment>, bool) {
    let library = words.library;
    let [here, there] = shared_out(facts, words, rulesets);
    let mut evaluation = Evaluation::lazy(library, facts);
    let mut first = || share(&mut evaluation, words, sources, &here);
    let second = || {
        let mut evaluation = Evaluation::lazy(library, facts);
        (share(&mut evaluation, words, sources, &there), evaluation.is_exact())
    };
    let (mut all, (others, others_exact)) =
        if there.is_empty() { (first(), (Vec::new(), true)) } else { at_once(first, second) };
    all.extend(others);
    all.sort_by_key(|one| library.ruleset(&one.id));
    for at in 0..all.len() {
        if let Some(ruleset) = library.ruleset(&all[at].id).filter(|_| !all[at].joins.is_empty()) {
            let mut conclude = Conclude::new(&mut evaluation, words, ruleset, sources);
            all[at].recommendations = conclude.recommendations(&all[at], &all[..at]);
        }
    }
    (all, evaluation.is_exact() && others_exact)
}

/// The rulesets in two shares with about as many rules each.
fn shared_out(facts: &Facts<'_>, words: Words<'_>, rulesets: impl Iterator<Item = usize>) -> [Vec<usize>; 2] {
    let rules = |at: usize| if facts.set_aside[at] { 0 } else { words.library.rulesets[at].own.rules.len() };
    let mut all: Vec<usize> = rulesets.collect();
    all.sort_by_key(|at| std::cmp::Reverse(rules(*at))); // stable: then by their place
    let (mut shares, mut weights) = ([Vec::new(), Vec::new()], [0, 0]);
    for ruleset in all {
        let lighter = usize::from(weights[1] < weights[0]);
        shares[lighter].push(ruleset);
        weights[lighter] += rules(ruleset);
    }
    shares
}

/// What a share concludes; what a ruleset recommends that joins others waits for those.
fn share<'a>(
    evaluation: &mut Evaluation<'a>,
    words: Words<'a>,
    sources: &'a Sources,
    rulesets: &[usize],
) -> Vec<RulesetAssessment> {
    let one = |ruleset: &usize| {
        let mut conclude = Conclude::new(evaluation, words, *ruleset, sources);
        let own = conclude.conclusions();
        let recommendations = if own.joins.is_empty() { conclude.recommendations(&own, &[]) } else { Vec::new() };
        RulesetAssessment { recommendations, ..own }
    };
    let mut all: Vec<RulesetAssessment> = rulesets.iter().map(one).collect();
    fragile::note(evaluation, words, &mut all);
    all
}

/// Does two things, the second in a thread of its own where there can be one.
pub(crate) fn at_once<A, B: Send>(first: impl FnOnce() -> A, second: impl Fn() -> B + Sync) -> (A, B) {
    thread::scope(|scope| {
        let started = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &second);
        let first = first();
        let second = match started {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => second(),
        };
        (first, second)
    })
}
