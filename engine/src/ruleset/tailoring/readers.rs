//! What still reads something that is disabled.

use super::{Kind, Layer};
use crate::condition::{Expr, ExprId};
use crate::problem::{Problem, Problems, Span, codes};
use crate::ruleset::loading::Loading;
use std::collections::BTreeSet;

/// Reports each disabled element that something still reads, with its readers.
///
/// `loading` holds the ruleset with what is disabled still in it.
pub(in crate::ruleset) fn still_read(loading: &Loading) -> Problems {
    let (library, ruleset) = (&loading.library, loading.ruleset);
    let mut found: Vec<((Kind, String), String, Span)> = Vec::new();
    for slot in library.slots(ruleset) {
        let (kind, declared) = library.element(slot);
        if Kind::of_word(kind).is_some_and(|kind| loading.disables(kind, &declared.id)) {
            continue;
        }
        let Some(expr) = library.expr_in(slot) else { continue };
        for part in library.graph.below(expr) {
            if let Some((kind, read)) = named(loading, part).filter(|(kind, id)| loading.disables(*kind, id)) {
                found.push(((kind, read.to_owned()), library.owner(slot), library.written_at(slot, part)));
            }
        }
    }
    let mut problems = Problems::new();
    for layer in &loading.layers {
        told(layer, &found, &mut problems);
    }
    problems
}

fn told(layer: &Layer, found: &[((Kind, String), String, Span)], problems: &mut Problems) {
    for change in layer.changes.iter().filter(|change| layer.disables(change.kind, &change.id)) {
        let reading: Vec<_> =
            found.iter().filter(|((kind, id), ..)| (*kind, id) == (change.kind, &change.id)).collect();
        if reading.is_empty() {
            continue;
        }
        let names: BTreeSet<&str> = reading.iter().map(|(_, owner, _)| owner.as_str()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let still = if names.len() == 1 { "still reads" } else { "still read" };
        let (last, others) = names.split_last().unwrap_or((&"", &[]));
        let names = if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) };
        let message = format!("{names} {still} the {} `{}`", change.kind.word(), change.id);
        let mut problem = Problem::new(codes::STILL_READ, message).at(change.span).label("disabled here");
        for (_, owner, span) in &reading {
            problem = problem.also(*span, format!("{owner} reads it"));
        }
        problems.push(problem.help("disable what reads it too, or leave it in"));
    }
}

/// The element of this ruleset that an expression names.
fn named(loading: &Loading, id: ExprId) -> Option<(Kind, &str)> {
    let library = &loading.library;
    let (kind, declared) = match library.graph.expr(id) {
        Expr::Answer(id) | Expr::Importance(id) | Expr::Answered(id) | Expr::Unknown(id) => {
            (Kind::Question, &library.questions[id.index()].declared)
        }
        Expr::Score(id) | Expr::Level(id) | Expr::Coverage(id) | Expr::Target(id) | Expr::AspectImportance(id) => {
            (Kind::Aspect, &library.aspects[id.index()].declared)
        }
        Expr::Status(id) => (Kind::Bouwsteen, &library.bouwstenen[id.index()].declared),
        Expr::Outcome(id) => (Kind::Typing, &library.outcomes.get(id.index())?.declared),
        Expr::Measure(id) => (Kind::Measure, &library.measures.get(id.index())?.declared),
        Expr::Diagnosis(id) => (Kind::Rule, &library.rules.get(id.index())?.declared),
        Expr::Cell(id, ..) => (Kind::Table, &library.tables.get(id.index())?.declared),
        _ => return None,
    };
    (declared.ruleset == loading.ruleset).then_some((kind, &declared.id))
}
