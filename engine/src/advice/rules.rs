//! Advice about what rules can say at all, and about rules that say the same or the opposite.
//!
//! Rules are held against each other on chains of which nothing is known: everything that answers can come to
//! is gone through, in classes that no condition can tell apart. Which pairs are worth that is seen from a few
//! hundred filled-in chains: a pair that those already tell apart is not gone through.

use super::Advice;
use crate::assessment::Severity;
use crate::condition::{Expr, ExprId, RuleId, Type, Value};
use crate::evaluate::{Evaluation, Outlook, Prospects};
use crate::problem::{Problem, codes};
use crate::ruleset::{Library, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// Chains that are filled in to see which pairs of rules are worth going through.
const SAMPLES: usize = 240;

/// Conditions to ask about a rule, or about a pair of rules.
struct Pair {
    first: RuleId,
    second: RuleId,
    /// One speaks and the other does not, either way round; both speak.
    only_first: ExprId,
    only_second: ExprId,
    both: ExprId,
}

/// What might be better in the rules of a ruleset.
pub(super) fn advise(library: &Library, ruleset: usize, found: &mut Vec<Advice>) {
    let own: Vec<RuleId> = library.rulesets[ruleset].own.rules.clone().map(RuleId::at).collect();
    let pairs = candidates(library, &own);
    let mut library = library.clone();
    let opposite: Vec<(RuleId, ExprId)> = own
        .iter()
        .map(|id| {
            let fires = library.graph.add(Expr::Fires(library.rules[id.index()].when), Type::Condition);
            (*id, library.graph.add(Expr::Not(fires), Type::Condition))
        })
        .collect();
    let pairs: Vec<Pair> = pairs.into_iter().map(|(first, second)| pair(&mut library, first, second)).collect();
    library.compile();
    let prospects = Prospects::of(&library);
    let checked = prospects.checked(&library);
    let mut outlook = Outlook::over(&library, &checked);
    let mut settled: BTreeSet<RuleId> = BTreeSet::new();
    for (id, not) in opposite {
        let rule = &library.rules[id.index()];
        let speaks = outlook.could(rule.when);
        let silent = outlook.could(not);
        if let Some(advice) = alone(rule, speaks, silent) {
            settled.insert(id);
            found.push(advice);
        }
    }
    let mut within: BTreeMap<RuleId, Vec<RuleId>> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| !settled.contains(&pair.first) && !settled.contains(&pair.second)) {
        match together(&library, pair, &mut outlook) {
            Some(Found::Advice(advice)) => found.push(*advice),
            Some(Found::Within(rule, other)) => within.entry(rule).or_default().push(other),
            None => {}
        }
    }
    for (rule, others) in within {
        // a rule that gathers several others into one says more than each of them
        if let [other] = others.as_slice() {
            found.push(superfluous(&library.rules[rule.index()], &library.rules[other.index()]));
        }
    }
}

/// What there is to say of two rules.
enum Found {
    Advice(Box<Advice>),
    /// The first speaks only where the second does, and adds nothing to it.
    Within(RuleId, RuleId),
}

fn about(rule: &Rule, code: crate::problem::Code, message: String) -> (String, Problem) {
    (format!("rule/{}", rule.declared.id), Problem::new(code, message).at(rule.declared.span))
}

/// Advice about a rule on its own.
fn alone(rule: &Rule, speaks: Option<bool>, silent: Option<bool>) -> Option<Advice> {
    let id = &rule.declared.id;
    let (at, problem) = match (speaks, silent) {
        (Some(false), _) => {
            let (at, problem) = about(rule, codes::NEVER_FIRES, format!("the rule `{id}` can never speak"));
            (at, problem.help("no answers make its condition true; is a comparison the wrong way round?"))
        }
        (_, Some(false)) => {
            let (at, problem) = about(rule, codes::ALWAYS_FIRES, format!("the rule `{id}` always speaks"));
            (at, problem.help("no answers make its condition false; what always holds says nothing of a chain"))
        }
        (None, _) | (_, None) => {
            let message = format!("not checked whether `{id}` can speak and be silent: too large to go through");
            about(rule, codes::NOT_CHECKED, message)
        }
        _ => return None,
    };
    Some(Advice::new(at, problem))
}

fn pair(library: &mut Library, first: RuleId, second: RuleId) -> Pair {
    let graph = &mut library.graph;
    let [a, b] = [first, second].map(|id| library.rules[id.index()].when);
    let [a, b] = [a, b].map(|when| graph.add(Expr::Fires(when), Type::Condition));
    let mut and = |a, b| graph.add(Expr::And(vec![a, b]), Type::Condition);
    let both = and(a, b);
    let [not_a, not_b] = [a, b].map(|one| library.graph.add(Expr::Not(one), Type::Condition));
    let mut and = |a, b| library.graph.add(Expr::And(vec![a, b]), Type::Condition);
    Pair { first, second, only_first: and(a, not_b), only_second: and(not_a, b), both }
}

/// Whether a rule speaks of a strength.
fn is_strength(rule: &Rule) -> bool {
    rule.severity == Severity::Strength
}

/// Whether a rule speaks of something to mend.
pub(super) const fn is_weakness(rule: &Rule) -> bool {
    matches!(rule.severity, Severity::Critical | Severity::Major | Severity::Minor)
}

/// Advice about two rules.
fn together(library: &Library, pair: &Pair, outlook: &mut Outlook<'_>) -> Option<Found> {
    let (first, second) = (&library.rules[pair.first.index()], &library.rules[pair.second.index()]);
    let names = (&first.declared.id, &second.declared.id);
    let opposed = is_strength(first) != is_strength(second);
    if opposed {
        let (praise, blame) = if is_strength(first) { (first, second) } else { (second, first) };
        if !is_weakness(blame) || terms(library, first.when) != terms(library, second.when) {
            return None;
        }
        let message = format!(
            "`{}` praises and `{}` blames the same thing, and both can speak",
            praise.declared.id, blame.declared.id
        );
        let (at, problem) = about(blame, codes::CONTRADICTORY, message);
        let problem = problem.also(praise.declared.span, "the other").help("let one be silent where the other speaks");
        return (outlook.could(pair.both) == Some(true)).then(|| Found::Advice(Box::new(Advice::new(at, problem))));
    }
    let implied = (outlook.could(pair.only_first), outlook.could(pair.only_second));
    match implied {
        (Some(false), Some(false)) => {
            let message = format!("`{}` and `{}` always speak together", names.0, names.1);
            let (at, problem) = about(second, codes::COINCIDE, message);
            let problem = problem.also(first.declared.span, "the other").help("make one rule of them");
            Some(Found::Advice(Box::new(Advice::new(at, problem))))
        }
        (Some(false), _) if adds_nothing(first, second) => Some(Found::Within(pair.first, pair.second)),
        (_, Some(false)) if adds_nothing(second, first) => Some(Found::Within(pair.second, pair.first)),
        (None, _) | (_, None) => {
            let message =
                format!("not checked whether `{}` and `{}` coincide: too large to go through", names.0, names.1);
            let (at, problem) = about(second, codes::NOT_CHECKED, message);
            Some(Found::Advice(Box::new(Advice::new(at, problem))))
        }
        _ => None,
    }
}

/// Whether a rule weighs no more than another, and recommends nothing that the other does not.
fn adds_nothing(rule: &Rule, other: &Rule) -> bool {
    rule.severity >= other.severity && rule.recommend.iter().all(|stone| other.recommend.contains(stone))
}

fn superfluous(rule: &Rule, other: &Rule) -> Advice {
    let (id, other_id) = (&rule.declared.id, &other.declared.id);
    let message = format!("where `{id}` speaks, `{other_id}` always does too, as gravely and with the same advice");
    let (at, problem) = about(rule, codes::SUPERFLUOUS, message);
    let problem = problem.also(other.declared.span, "the other");
    Advice::new(at, problem.help("take it out, or let it say or advise more than the other"))
}

/// The terms that a condition compares.
fn terms(library: &Library, when: ExprId) -> BTreeSet<ExprId> {
    let below = library.graph.below(when).into_iter();
    let is_term = |id: &ExprId| {
        *library.graph.kind(*id) != Type::Condition && !matches!(library.graph.expr(*id), Expr::Constant(_))
    };
    below.filter(is_term).collect()
}

/// Pairs of rules that read a question in common, and that the samples do not tell apart: one spoke only where
/// the other did, or a strength and a weakness that may speak of the same.
fn candidates(library: &Library, own: &[RuleId]) -> Vec<(RuleId, RuleId)> {
    let prospects = Prospects::of(library);
    let samples = prospects.samples(library, SAMPLES);
    let mut spoke: BTreeMap<RuleId, Vec<bool>> = BTreeMap::new();
    for sample in &samples {
        let mut evaluation = Evaluation::lazy(library, &sample.0);
        for &id in own {
            let when = Evaluation::whole(library.rules[id.index()].when);
            let speaks = evaluation.value(when) == Value::Truth(true);
            spoke.entry(id).or_default().push(speaks);
        }
    }
    let read: Vec<BTreeSet<_>> =
        own.iter().map(|id| library.questions_in(library.rules[id.index()].when).into_iter().collect()).collect();
    let mut pairs = Vec::new();
    for (at, &first) in own.iter().enumerate() {
        for (other, &second) in own.iter().enumerate().skip(at + 1) {
            if read[at].is_disjoint(&read[other]) {
                continue;
            }
            let spoken: Vec<(bool, bool)> = spoke[&first].iter().copied().zip(spoke[&second].iter().copied()).collect();
            let within = spoken.iter().all(|(first, second)| !first || *second);
            let around = spoken.iter().all(|(first, second)| *first || !second);
            let (one, two) = (&library.rules[first.index()], &library.rules[second.index()]);
            if is_strength(one) != is_strength(two) || within || around {
                pairs.push((first, second));
            }
        }
    }
    pairs
}
