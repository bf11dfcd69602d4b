//! `links.toml`: which questions of the rulesets that are required are one question, with one of its own or with each other,
//! and which inform each other.

use super::elements::SameAs;
use super::loading::{Loading, PendingCondition};
use super::questions::{asked_alike, identity, unknown_value, word};
use super::slots::Slot;
use crate::condition::{QuestionId, Value};
use crate::problem::{Problem, Span, codes};
use crate::source::Node;
use crate::source::fields::Fields;

/// Reads the links of the ruleset that is being loaded.
pub(super) fn read(node: &Node, loading: &mut Loading) {
    let Some(mut fields) = Fields::new(node, "links.toml", &mut loading.problems) else { return };
    let same = fields.optional("same").and_then(|node| node.list(&mut loading.problems)).unwrap_or_default();
    let informs = fields.optional("informs").and_then(|node| node.list(&mut loading.problems)).unwrap_or_default();
    fields.finish(&mut loading.problems);
    for node in same {
        self::same(node, loading);
    }
    for node in informs {
        self::informs(node, loading);
    }
}

/// Questions that are one: the first holds the answer, the others share it, whichever of them is answered.
fn same(node: &Node, loading: &mut Loading) -> Option<()> {
    let mut fields = Fields::new(node, "a link", &mut loading.problems)?;
    let questions = fields.required("questions", &mut loading.problems);
    let options = fields.optional("options");
    fields.source(&mut loading.problems);
    fields.finish(&mut loading.problems);
    let names = questions?.texts(&mut loading.problems);
    let found: Vec<(QuestionId, Span)> =
        names.iter().filter_map(|(text, span)| Some((linked(text, *span, loading)?, *span))).collect();
    if found.len() < names.len() {
        return None;
    }
    let [(first, _), others @ ..] = found.as_slice() else { return None };
    if others.is_empty() {
        let problem = Problem::new(codes::NOT_FITTING, "a question is the same as another: name at least two");
        loading.problems.push(problem.at(node.span));
    }
    always_asked(*first, found[0].1, loading)?;
    let maps = match options {
        Some(options) => written(options, &found, loading)?,
        None => others.iter().map(|(other, span)| equal(*other, *first, *span, loading)).collect::<Option<Vec<_>>>()?,
    };
    for ((other, span), map) in others.iter().zip(maps) {
        asked_alike(*other, *first, *span, loading)?;
        free(*first, *other, *span, loading)?;
        loading.library.questions[other.index()].same_as = Some(SameAs { question: *first, map, both_ways: true });
    }
    Some(())
}

/// Refuses a question as the first that is only asked under a condition: it holds the answer for all.
fn always_asked(first: QuestionId, span: Span, loading: &mut Loading) -> Option<()> {
    // that of a question of its own is not worked out yet
    let pends = |pending: &PendingCondition| matches!(pending.slot, Slot::AskedIf(id) if id == first);
    if loading.library.questions[first.index()].asked_if.is_none() && !loading.pending.iter().any(pends) {
        return Some(());
    }
    let message = "the first holds the answer for the others, and this question is only asked under a condition";
    let help = "put one that is always asked first, or use `same-as` or `informs`";
    loading.problems.push(Problem::new(codes::NOT_FITTING, message).at(span).help(help));
    None
}

/// A question of a required ruleset (`ruleset/id`), or one of its own (`id`).
fn linked(text: &str, span: Span, loading: &mut Loading) -> Option<QuestionId> {
    if text.contains('/') { loading.foreign_question(text, span) } else { loading.question(text, span) }
}

/// Refuses a question that is settled elsewhere already: an answer goes one hop and no further.
fn free(first: QuestionId, other: QuestionId, span: Span, loading: &mut Loading) -> Option<()> {
    let questions = &loading.library.questions;
    // two questions of which one takes its answer from the other
    let taking = questions.iter().filter_map(|question| Some((question, question.same_as.as_ref()?.question)));
    let mut pairs = taking.map(|(question, from)| (&question.declared, &questions[from.index()].declared));
    let (one, two) = (&questions[first.index()].declared, &questions[other.index()].declared);
    let taken = pairs.find(|(question, from)| [one, two].contains(question) || *from == two);
    if taken.is_none() && first != other {
        return Some(());
    }
    let problem = Problem::new(codes::NOT_FITTING, "this question is linked already, and an answer is taken over once");
    let problem = taken.iter().fold(problem.at(span), |problem, (question, from)| {
        let text = format!("this takes its answer from `{}`", loading.library.whose(from));
        problem.also(question.span, text)
    });
    loading.problems.push(problem.help("put all questions that are the same in one list"));
    None
}

/// The map between two questions whose values are written the same.
fn equal(mine: QuestionId, theirs: QuestionId, span: Span, loading: &mut Loading) -> Option<Vec<(Value, Value)>> {
    let (mine, theirs) =
        (&loading.library.questions[mine.index()].kind, &loading.library.questions[theirs.index()].kind);
    let map = identity(theirs, mine).and_then(|_| identity(mine, theirs));
    if map.is_none() {
        loading.problems.push(
            Problem::new(codes::NOT_FITTING, "its values are not written as those of the first question")
                .at(span)
                .help("say which values mean the same: `options = [[\"theirs\", \"here\"], …]`, or use `informs`"),
        );
    }
    map
}

/// The maps that `options` writes down: for every question but the first, its value for each of the first's.
fn written(node: &Node, found: &[(QuestionId, Span)], loading: &mut Loading) -> Option<Vec<Vec<(Value, Value)>>> {
    let kinds: Vec<_> = found.iter().map(|(id, _)| loading.library.questions[id.index()].kind.clone()).collect();
    let problems = &mut loading.problems;
    let mut columns: Vec<Vec<Value>> = vec![Vec::new(); kinds.len()];
    for row in node.list(problems)? {
        let cells = row.list(problems)?;
        if cells.len() != kinds.len() {
            let message = format!("this row has {} values, for {} questions", cells.len(), kinds.len());
            problems.push(Problem::new(codes::NOT_FITTING, message).at(row.span));
            return None;
        }
        for ((cell, kind), column) in cells.iter().zip(&kinds).zip(&mut columns) {
            let word = word(cell);
            match kind.read(&word) {
                Some(value) => column.push(value),
                None => problems.push(unknown_value(&word, cell.span, kind)),
            }
        }
    }
    let whole = |(kind, column): (&super::Kind, &Vec<Value>)| {
        let mut sorted = column.clone();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.len() == column.len() && kind.domain().is_some_and(|domain| domain.len() == column.len())
    };
    if !kinds.iter().zip(&columns).all(whole) {
        problems.push(
            Problem::new(codes::NOT_FITTING, "every value of every question must stand in `options`, once")
                .at(node.span)
                .help("where two values of one question mean one of the other, they are not the same: use `informs`"),
        );
        return None;
    }
    let map = |column: &Vec<Value>| {
        let mut map: Vec<(Value, Value)> = columns[0].iter().copied().zip(column.iter().copied()).collect();
        map.sort_unstable();
        map
    };
    Some(columns[1..].iter().map(map).collect())
}

/// A question that is shown at others, and not used there.
fn informs(node: &Node, loading: &mut Loading) -> Option<()> {
    let mut fields = Fields::new(node, "a link", &mut loading.problems)?;
    let question = fields.required("question", &mut loading.problems);
    let at = fields.required("at", &mut loading.problems);
    fields.source(&mut loading.problems);
    fields.finish(&mut loading.problems);
    let (question, at) = (question?, at?);
    let text = question.text(&mut loading.problems)?.to_owned();
    let from = loading.foreign_question(&text, question.span);
    for (text, span) in at.texts(&mut loading.problems) {
        if let (Some(from), Some(question)) = (from, loading.foreign_question(&text, span)) {
            loading.library.questions[from.index()].informs.push(question);
        }
    }
    Some(())
}
