//! Advice about questions and options that nothing uses.

use super::Advice;
use crate::condition::{Expr, ExprId, QuestionId, Value};
use crate::evaluate::compare;
use crate::problem::{Problem, codes};
use crate::ruleset::{Kind, Library, Met, OptionDef};
use std::collections::BTreeMap;

/// Questions and options of a ruleset that nothing uses.
pub(super) fn advise(library: &Library, ruleset: usize, found: &mut Vec<Advice>) {
    let compiled = &library.compiled;
    let mut readers: BTreeMap<ExprId, Vec<ExprId>> = BTreeMap::new();
    for &reader in &compiled.order[..compiled.asked_for] {
        for part in &compiled.reads[reader.index()] {
            readers.entry(*part).or_default().push(reader);
        }
    }
    let prerequisites = library.questions.iter().flat_map(|question| &question.prerequisites);
    let needed: Vec<QuestionId> = prerequisites.copied().collect();
    for id in library.rulesets[ruleset].own.questions.clone().map(QuestionId::at) {
        let question = &library.questions[id.index()];
        let at = format!("question/{}", question.declared.id);
        let answer = library.exprs.answers[id.index()];
        let reading = readers.get(&answer).map(Vec::as_slice).unwrap_or_default();
        let shown = !question.informs.is_empty() || needed.contains(&id) || matches!(question.kind, Kind::Text);
        if reading.is_empty() && !shown {
            let message = format!("nothing is concluded from the question `{}`", question.declared.id);
            let problem = Problem::new(codes::UNUSED_QUESTION, message).at(question.declared.span);
            found.push(Advice::new(at, problem.help("let a rule or an aspect read it, or take it out")));
            continue;
        }
        let alike = match &question.kind {
            Kind::Choice(options) => alike(library, options, answer, &readers),
            Kind::Multiple(options) => unread(library, options, answer, &readers),
            _ => continue,
        };
        if !reading.is_empty() && !alike.is_empty() {
            let message = format!("nothing tells {} of `{}` apart", alike.join(", "), question.declared.id);
            let problem = Problem::new(codes::UNUSED_OPTION, message).at(question.declared.span);
            found.push(Advice::new(at, problem.help("let a rule read the difference, or make one option of them")));
        }
    }
}

/// What reads an answer, also as given by one role or party.
fn direct(answer: ExprId, library: &Library, readers: &BTreeMap<ExprId, Vec<ExprId>>) -> Vec<(ExprId, ExprId)> {
    let mut all = Vec::new();
    for &reader in readers.get(&answer).into_iter().flatten() {
        match library.graph.expr(reader) {
            Expr::By(..) => all.extend(direct(reader, library, readers)),
            _ => all.push((reader, answer)),
        }
    }
    all
}

/// The first options that no reader tells apart.
fn alike(
    library: &Library,
    options: &[OptionDef],
    answer: ExprId,
    readers: &BTreeMap<ExprId, Vec<ExprId>>,
) -> Vec<String> {
    let reading = direct(answer, library, readers);
    let mut groups: BTreeMap<Vec<Value>, Vec<String>> = BTreeMap::new();
    for (at, option) in (0_u16..).zip(options) {
        let told = reading.iter().map(|(reader, read)| told(library, *reader, *read, at, option)).collect();
        groups.entry(told).or_default().push(format!("`{}`", option.id));
    }
    groups.into_values().find(|group| group.len() > 1).unwrap_or_default()
}

/// What a reader makes of an option.
fn told(library: &Library, reader: ExprId, read: ExprId, at: u16, option: &OptionDef) -> Value {
    let here = Value::Option(at);
    let constant = |id: &ExprId| match library.graph.expr(*id) {
        Expr::Constant(value) => Some(*value),
        _ => None,
    };
    match library.graph.expr(reader) {
        Expr::OneOf(_, options) => Value::Truth(options.contains(&at)),
        Expr::Compare(comparison, a, b) if *a == read => {
            constant(b).map_or(here, |value| Value::Truth(compare(*comparison, here, value)))
        }
        Expr::Compare(comparison, a, b) if *b == read => {
            constant(a).map_or(here, |value| Value::Truth(compare(*comparison, value, here)))
        }
        Expr::Score(aspect) => {
            let aspect = &library.aspects[aspect.index()];
            let place = aspect.inputs.iter().position(|input| *input == read);
            match place.and_then(|place| aspect.met.get(place).copied().flatten()) {
                Some(Met::Option(least)) if aspect.combine.counts_met() => Value::Truth(at >= least),
                Some(Met::Number(least)) if aspect.combine.counts_met() => Value::Truth(option.value >= least),
                _ => Value::Number(option.value),
            }
        }
        Expr::Fold(..) | Expr::Arithmetic(..) => Value::Number(option.value),
        _ => here,
    }
}

/// The options of a multiple choice that nothing reads, where they are more than one.
fn unread(
    library: &Library,
    options: &[OptionDef],
    answer: ExprId,
    readers: &BTreeMap<ExprId, Vec<ExprId>>,
) -> Vec<String> {
    let reading = direct(answer, library, readers);
    let read = |at: u16| {
        reading.iter().any(|(reader, _)| match library.graph.expr(*reader) {
            Expr::Has(_, option) => *option == at,
            _ => true,
        })
    };
    let unread: Vec<String> =
        (0_u16..).zip(options).filter(|(at, _)| !read(*at)).map(|(_, option)| format!("`{}`", option.id)).collect();
    if unread.len() > 1 { unread } else { Vec::new() }
}
