//! Terms over the elements of rulesets: answers, scores, levels, conclusions.

use super::terms::text;
use super::{Site, poison};
use crate::assessment::Status;
use crate::condition::{Expr, Type};
use crate::problem::{Problem, Span, codes};
use crate::ruleset::tailoring::Kind;
use rhai::Dynamic;
use std::sync::Arc;

/// A term over an element of this ruleset, or of the one that `from` names.
pub(super) fn element(site: &Site<'_>, other: Option<usize>, what: &str, id: &Dynamic, argument: usize) -> Dynamic {
    let span = site.argument(argument);
    let Some(id) = text(site, id, span, "an id") else { return poison() };
    let ruleset = other.unwrap_or_else(|| site.loading().ruleset);
    let built = match what {
        "outcome" | "measure" | "diagnosis" => conclusion(site, ruleset, what, &id, span),
        "importance" => importance(site, ruleset, &id, span),
        _ => declared(site, ruleset, what, &id, span),
    };
    built.map_or_else(poison, |(expr, kind)| site.add(expr, kind))
}

fn declared(site: &Site<'_>, ruleset: usize, what: &str, id: &str, span: Span) -> Option<(Expr, Type)> {
    let mut loading = site.loading();
    match what {
        "answer" => {
            let question = loading.question_of(ruleset, id, span)?;
            Some((Expr::Answer(question), loading.library.questions[question.index()].value_type()))
        }
        "answered" => Some((Expr::Answered(loading.question_of(ruleset, id, span)?), Type::Condition)),
        "unknown" => Some((Expr::Unknown(loading.question_of(ruleset, id, span)?), Type::Condition)),
        "score" => Some((Expr::Score(loading.aspect_of(ruleset, id, span)?), Type::NUMBER)),
        "coverage" => Some((Expr::Coverage(loading.aspect_of(ruleset, id, span)?), Type::NUMBER)),
        "target" => Some((Expr::Target(loading.aspect_of(ruleset, id, span)?), Type::NUMBER)),
        "level" => {
            let aspect = loading.aspect_of(ruleset, id, span)?;
            let declared = &loading.library.aspects[aspect.index()];
            if declared.levels.is_empty() {
                let place = declared.declared.span;
                loading.problems.push(
                    Problem::new(codes::NOT_FITTING, format!("the aspect `{id}` has no levels"))
                        .at(span)
                        .also(place, "give it `cut-offs` here, or use score(…)"),
                );
                return None;
            }
            Some((Expr::Level(aspect), loading.library.level_type(aspect)))
        }
        _ => {
            let bouwsteen = loading.bouwsteen_of(ruleset, id, span)?;
            if loading.library.bouwstenen[bouwsteen.index()].step {
                loading.problems.push(
                    Problem::new(codes::NOT_FITTING, format!("`{id}` is a step: it is done, and has no status"))
                        .at(span),
                );
                return None;
            }
            let options: Vec<String> = Status::ALL.iter().map(|status| status.id().to_owned()).collect();
            let kind = Type::Choice { options: options.into(), ordered: true, of: "the status of a bouwsteen".into() };
            Some((Expr::Status(bouwsteen), kind))
        }
    }
}

fn importance(site: &Site<'_>, ruleset: usize, id: &str, span: Span) -> Option<(Expr, Type)> {
    let mut loading = site.loading();
    let names = &loading.library.names[ruleset];
    if let Some(&aspect) = names.aspects.get(id) {
        return Some((Expr::AspectImportance(aspect), Type::NUMBER));
    }
    let question = loading.question_of(ruleset, id, span)?;
    let declared = &loading.library.questions[question.index()];
    let Some(scale) = &declared.importance else {
        let place = declared.declared.span;
        loading.problems.push(
            Problem::new(codes::NOT_FITTING, format!("the question `{id}` does not ask for importance"))
                .at(span)
                .also(place, "add `importance = \"scale\"` here"),
        );
        return None;
    };
    let within = scale.values.first().copied().zip(scale.values.last().copied());
    Some((Expr::Importance(question), Type::Number { unit: None, within }))
}

fn conclusion(site: &Site<'_>, ruleset: usize, what: &str, id: &str, span: Span) -> Option<(Expr, Type)> {
    use crate::condition::{MeasureId, OutcomeId, RuleId};
    let own = ruleset == site.loading().ruleset;
    let mut loading = site.loading();
    let base = loading.base(ruleset);
    let outline = &loading.library.names[ruleset].outline;
    let found = match what {
        "outcome" => outline.outcomes.get(id).map(|(at, options)| {
            let kind =
                Type::Choice { options: Arc::clone(options), ordered: false, of: format!("the typing `{id}`").into() };
            (Expr::Outcome(OutcomeId::at(base.outcomes + at)), kind)
        }),
        "measure" => {
            outline.measures.get(id).map(|at| (Expr::Measure(MeasureId::at(base.measures + at)), Type::NUMBER))
        }
        _ => outline.rules.get(id).map(|at| (Expr::Diagnosis(RuleId::at(base.rules + at)), Type::Condition)),
    };
    if found.is_some() {
        return found;
    }
    let known: Vec<String> = match what {
        "outcome" => outline.outcomes.keys().cloned().collect(),
        "measure" => outline.measures.keys().cloned().collect(),
        _ => outline.rules.keys().cloned().collect(),
    };
    let of = match what {
        "diagnosis" => Kind::Rule,
        function => Kind::of_function(function),
    };
    if loading.is_gone(ruleset, of, id) {
        return None;
    }
    if !own || !site.may_follow() {
        loading.unknown(of.word(), id, span, &known);
    }
    None
}

/// A cell of a table; `first` is the place of the table's name among the arguments.
pub(super) fn cell(site: &Site<'_>, other: Option<usize>, args: &[Dynamic], first: usize) -> Dynamic {
    let texts: Vec<Option<String>> = args
        .iter()
        .enumerate()
        .map(|(at, arg)| text(site, &arg.flatten_clone(), site.argument(first + at), "an id"))
        .collect();
    let [Some(table), Some(row), Some(column)] = texts.as_slice() else { return poison() };
    let ruleset = other.unwrap_or_else(|| site.loading().ruleset);
    let spans = [site.argument(first), site.argument(first + 1), site.argument(first + 2)];
    let found = site.loading().library.names[ruleset].outline.tables.get(table).cloned();
    let Some((at, rows, columns)) = found else {
        if site.loading().is_gone(ruleset, Kind::Table, table) {
            return poison();
        }
        if other.is_some() || !site.may_follow() {
            let mut loading = site.loading();
            let known: Vec<String> = loading.library.names[ruleset].outline.tables.keys().cloned().collect();
            loading.unknown("table", table, spans[0], &known);
        }
        return poison();
    };
    let mut loading = site.loading();
    let base = loading.base(ruleset).tables;
    let mut place = |kind: &str, id: &str, known: &[String], span: Span| {
        let found = known.iter().position(|known| known == id).and_then(|at| u16::try_from(at).ok());
        if found.is_none() {
            loading.unknown(kind, id, span, known);
        }
        found
    };
    let (row, column) = (place("row", row, &rows, spans[1]), place("column", column, &columns, spans[2]));
    drop(loading);
    match (row, column) {
        (Some(row), Some(column)) => {
            site.add(Expr::Cell(crate::condition::TableId::at(base + at), row, column), Type::Condition)
        }
        _ => poison(),
    }
}

/// Whether a trait of an aspect's portraits shows, with `partly` also when only in part; of this ruleset, or of the
/// one that `from` names.
pub(super) fn shows(site: &Site<'_>, other: Option<usize>, args: &[Dynamic], partly: bool) -> Dynamic {
    let first = usize::from(other.is_some());
    let spans = [site.argument(first), site.argument(first + 1)];
    let aspect = text(site, &args[0].flatten_clone(), spans[0], "the id of an aspect");
    let wanted = text(site, &args[1].flatten_clone(), spans[1], "the id of a trait");
    let (Some(aspect), Some(wanted)) = (aspect, wanted) else { return poison() };
    let ruleset = other.unwrap_or_else(|| site.loading().ruleset);
    let found = site.loading().aspect_of(ruleset, &aspect, spans[0]);
    let Some(aspect) = found else { return poison() };
    let mut loading = site.loading();
    let mut known = Vec::new();
    for (portrait, place) in loading.library.aspects[aspect.index()].combine.portraits().iter().zip(0..) {
        for (item, at) in portrait.traits.iter().zip(0..) {
            if item.id == wanted {
                drop(loading);
                return site.add(Expr::Trait(aspect, place, at, partly), Type::Condition);
            }
            known.push(item.id.clone());
        }
    }
    loading.unknown("trait", &wanted, spans[1], &known);
    poison()
}
