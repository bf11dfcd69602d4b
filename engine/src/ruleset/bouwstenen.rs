//! `bouwstenen.toml`: what can be put in place, and what can be done.

use super::aspects::one_of;
use super::elements::{Bouwsteen, Contributes, Effect, Effort, FitRule, Risk};
use super::loading::{Loading, POISON, PendingCondition};
use super::questions::at_least;
use super::slots::Slot;
use crate::condition::BouwsteenId;
use crate::number::Number;
use crate::problem::{Problem, Problems, Span, codes};
use crate::source::fields::Fields;
use crate::source::{Node, Value};

/// What of a bouwsteen can only be looked up when all are known.
pub(super) struct Unresolved {
    bouwsteen: BouwsteenId,
    prerequisites: Vec<(String, Span)>,
    same_as: Vec<(String, Span)>,
}

/// Declares the bouwstenen and steps of a file; what they say of each other is left for [`resolve`].
pub(super) fn declare(node: &Node, loading: &mut Loading) -> Vec<Unresolved> {
    let Some(mut fields) = Fields::new(node, "bouwstenen.toml", &mut loading.problems) else { return Vec::new() };
    let bouwstenen = fields.optional("bouwsteen").and_then(|node| node.list(&mut loading.problems)).unwrap_or_default();
    let steps = fields.optional("step").and_then(|node| node.list(&mut loading.problems)).unwrap_or_default();
    fields.finish(&mut loading.problems);
    let mut all: Vec<Unresolved> = bouwstenen.iter().filter_map(|node| bouwsteen(node, loading)).collect();
    all.extend(steps.iter().filter_map(|node| step(node, loading)));
    loading.note_unread(super::tailoring::Kind::Bouwsteen, bouwstenen);
    loading.note_unread(super::tailoring::Kind::Bouwsteen, steps);
    all
}

fn texts(node: Option<&Node>, problems: &mut Problems) -> Vec<(String, Span)> {
    node.map(|node| node.texts(problems)).unwrap_or_default()
}

fn bouwsteen(node: &Node, loading: &mut Loading) -> Option<Unresolved> {
    let mut fields = Fields::new(node, "a bouwsteen", &mut loading.problems)?;
    let declared = loading.declared(&mut fields);
    let contributes = fields.optional("contributes").map(|node| contributions(node, loading)).unwrap_or_default();
    let mut conditions = Vec::new();
    let problems = &mut loading.problems;
    let fits = fields.optional("fits").map(|node| fits(node, &mut conditions, problems)).unwrap_or_default();
    let risks = fields.optional("risks").map(|node| risks(node, &mut conditions, problems)).unwrap_or_default();
    let prerequisites = texts(fields.optional("prerequisites"), problems);
    let effort = fields.optional("effort").and_then(|node| effort(node, &STATUSES, problems));
    let effects = fields.optional("effects").map(|node| effects(node, false, loading)).unwrap_or_default();
    let same_as = same(&mut fields, &mut loading.problems);
    fields.finish(&mut loading.problems);
    let id = loading.add_bouwsteen(Bouwsteen {
        declared: declared?,
        step: false,
        contributes,
        fits,
        prerequisites: Vec::new(),
        risks,
        effort,
        effects,
        same_as: Vec::new(),
        done_when: None,
    })?;
    for (node, at, fit) in conditions {
        let slot = if fit { Slot::Fit(id, at) } else { Slot::Risk(id, at) };
        loading.pending.extend(PendingCondition::read(node, slot, &mut loading.problems));
    }
    Some(Unresolved { bouwsteen: id, prerequisites, same_as })
}

fn step(node: &Node, loading: &mut Loading) -> Option<Unresolved> {
    let mut fields = Fields::new(node, "a step", &mut loading.problems)?;
    let declared = loading.declared(&mut fields);
    let done_when = fields.optional("done-when");
    let prerequisites = texts(fields.optional("prerequisites"), &mut loading.problems);
    let effort = fields.optional("effort").and_then(|node| effort(node, &["done"], &mut loading.problems));
    let effects = fields.optional("effects").map(|node| effects(node, true, loading)).unwrap_or_default();
    let same_as = same(&mut fields, &mut loading.problems);
    fields.finish(&mut loading.problems);
    let id = loading.add_bouwsteen(Bouwsteen {
        declared: declared?,
        step: true,
        contributes: Vec::new(),
        fits: Vec::new(),
        prerequisites: Vec::new(),
        risks: Vec::new(),
        effort,
        effects,
        same_as: Vec::new(),
        done_when: None,
    })?;
    let done_when = done_when.and_then(|node| PendingCondition::read(node, Slot::Done(id), &mut loading.problems));
    loading.pending.extend(done_when);
    Some(Unresolved { bouwsteen: id, prerequisites, same_as })
}

/// What is the same in other rulesets: one, or a list.
fn same(fields: &mut Fields<'_>, problems: &mut Problems) -> Vec<(String, Span)> {
    match fields.optional("same-bouwsteen") {
        Some(Node { value: Value::Text { text, .. }, span, .. }) => vec![(text.clone(), *span)],
        node => texts(node, problems),
    }
}

fn contributions(node: &Node, loading: &mut Loading) -> Vec<Contributes> {
    let mut all: Vec<Contributes> = Vec::new();
    for node in node.list(&mut loading.problems).unwrap_or_default() {
        let Some(mut fields) = Fields::new(node, "a contribution", &mut loading.problems) else { continue };
        let aspect = fields.required("aspect", &mut loading.problems);
        let weight = fields.required("weight", &mut loading.problems);
        let source = fields.source(&mut loading.problems);
        fields.finish(&mut loading.problems);
        let (Some(aspect), Some(weight)) = (aspect, weight) else { continue };
        let Some(id) = aspect.text(&mut loading.problems) else { continue };
        let Some(id) = loading.aspect(id, aspect.span) else { continue };
        let dominant = one_of(weight, &[("dominant", true), ("secondary", false)], &mut loading.problems);
        let Some(dominant) = dominant else { continue };
        if all.iter().any(|known| known.aspect == id) {
            loading.problems.push(
                Problem::new(codes::DUPLICATE_ID, "this bouwsteen contributes to the same aspect twice")
                    .at(aspect.span),
            );
            continue;
        }
        all.push(Contributes { aspect: id, dominant, source });
    }
    all
}

/// Reports an id that stands in a list already.
fn once<'a>(kind: &str, id: &str, mut known: impl Iterator<Item = &'a String>, span: Span, problems: &mut Problems) {
    if known.any(|known| known == id) {
        let problem = Problem::new(codes::DUPLICATE_ID, format!("the {kind} `{id}` stands twice")).at(span);
        problems.push(problem.help("keep one of the two, or give it another id"));
    }
}

fn fits<'a>(node: &'a Node, conditions: &mut Vec<(&'a Node, usize, bool)>, problems: &mut Problems) -> Vec<FitRule> {
    let mut all: Vec<FitRule> = Vec::new();
    for node in node.list(problems).unwrap_or_default() {
        let Some(mut fields) = Fields::new(node, "a `fits` condition", problems) else { continue };
        let id = fields.required("id", problems).and_then(|node| node.id(problems));
        let when = fields.required("when", problems);
        let source = fields.source(problems);
        fields.finish(problems);
        if let (Some(id), Some(when)) = (id, when) {
            once("`fits` condition", &id, all.iter().map(|known| &known.id), node.span, problems);
            conditions.push((when, all.len(), true));
            all.push(FitRule { id, when: POISON, source });
        }
    }
    all
}

fn risks<'a>(node: &'a Node, conditions: &mut Vec<(&'a Node, usize, bool)>, problems: &mut Problems) -> Vec<Risk> {
    let mut all: Vec<Risk> = Vec::new();
    for node in node.list(problems).unwrap_or_default() {
        let Some(mut fields) = Fields::new(node, "a risk", problems) else { continue };
        let id = fields.required("id", problems).and_then(|node| node.id(problems));
        let when = fields.optional("when");
        let source = fields.source(problems);
        fields.finish(problems);
        if let Some(id) = id {
            once("risk", &id, all.iter().map(|known| &known.id), node.span, problems);
            if let Some(when) = when {
                conditions.push((when, all.len(), false));
            }
            all.push(Risk { id, when: when.map(|_| POISON), source });
        }
    }
    all
}

/// The statuses that a bouwsteen is brought to.
const STATUSES: [&str; 3] = ["started", "working", "anchored"];

/// What it takes to reach each of some statuses from the one before.
fn effort(node: &Node, statuses: &[&'static str], problems: &mut Problems) -> Option<Effort> {
    let mut fields = Fields::new(node, "an effort", problems)?;
    let mut step = |name: &'static str| {
        let node = fields.required(name, problems)?;
        let number = node.number(problems)?;
        if number < Number::ZERO {
            problems.push(Problem::new(codes::OUT_OF_RANGE, "an effort cannot be less than 0").at(node.span));
        }
        Some(number)
    };
    let steps: Vec<Option<Number>> = statuses.iter().map(|status| step(status)).collect();
    let reason = fields.required("reason", problems).and_then(|node| node.text(problems)).map(str::to_owned);
    fields.finish(problems);
    let steps: Vec<Number> = steps.into_iter().collect::<Option<_>>()?;
    Some(Effort { steps, reason: reason? })
}

/// Effects; those of a step come when it is done, those of a bouwsteen from a status on.
fn effects(node: &Node, of_step: bool, loading: &mut Loading) -> Vec<Effect> {
    let mut all = Vec::new();
    for node in node.list(&mut loading.problems).unwrap_or_default() {
        let Some(mut fields) = Fields::new(node, "an effect", &mut loading.problems) else { continue };
        let question = fields.required("question", &mut loading.problems);
        let least = fields.required("at-least", &mut loading.problems);
        let from = if of_step { None } else { fields.required("from", &mut loading.problems) };
        let reason = fields.required("reason", &mut loading.problems);
        fields.finish(&mut loading.problems);
        let (Some(question), Some(least), Some(reason)) = (question, least, reason) else { continue };
        let statuses = [("started", 1), ("working", 2), ("anchored", 3)];
        let from = match from {
            Some(from) => one_of(from, &statuses, &mut loading.problems),
            None => of_step.then_some(1),
        };
        let Some(id) = question.text(&mut loading.problems) else { continue };
        let Some(id) = loading.question(id, question.span) else { continue };
        let asked = &loading.library.questions[id.index()];
        if asked.fact {
            loading.problems.push(
                Problem::new(codes::NOT_FITTING, "this question is a fact; nothing that is put in place changes it")
                    .at(question.span),
            );
            continue;
        }
        let kind = asked.kind.clone();
        let least = at_least(least, &kind, &mut loading.problems);
        let reason = reason.text(&mut loading.problems).map(str::to_owned);
        if let (Some(at_least), Some(from), Some(reason)) = (least, from, reason) {
            all.push(Effect { question: id, at_least, from, reason });
        }
    }
    all
}

/// Looks up what bouwstenen say of each other, now that all are known.
pub(super) fn resolve(unresolved: Vec<Unresolved>, loading: &mut Loading) {
    for item in unresolved {
        for (at, (id, span)) in item.prerequisites.iter().enumerate() {
            let before = item.prerequisites[..at].iter().map(|(known, _)| known);
            once("prerequisite", id, before, *span, &mut loading.problems);
        }
        let prerequisites = item.prerequisites.iter().filter_map(|(id, span)| loading.bouwsteen(id, *span)).collect();
        let same_as = item.same_as.iter().filter_map(|(id, span)| same_as(id, *span, loading)).collect();
        let bouwsteen = &mut loading.library.bouwstenen[item.bouwsteen.index()];
        bouwsteen.prerequisites = prerequisites;
        bouwsteen.same_as = same_as;
    }
}

/// What a bouwsteen is the same as; nothing where that takes its own status from yet another one, which is refused.
fn same_as(id: &str, span: Span, loading: &mut Loading) -> Option<BouwsteenId> {
    let found = loading.foreign_bouwsteen(id, span)?;
    let library = &loading.library;
    let theirs = &library.bouwstenen[found.index()];
    let Some(last) = theirs.same_as.first() else { return Some(found) };
    let last = library.whose(&library.bouwstenen[last.index()].declared);
    let message = format!("`{id}` is itself the same as `{last}`, and a status is taken over once");
    let problem = Problem::new(codes::NOT_FITTING, message).at(span).also(theirs.declared.span, "this one");
    loading.problems.push(problem.help(format!("name the last one: \"{last}\"")));
    None
}
