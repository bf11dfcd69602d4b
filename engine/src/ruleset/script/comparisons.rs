//! Comparisons: two sides of the same kind, or an option of one of them.

use super::terms::{described, is_inexact, items, number, text, too_long};
use super::{Built, Site, places, poison};
use crate::assessment::Comparison;
use crate::condition::{Expr, ExprId, Type, Value};
use crate::problem::{Problem, Span, codes};
use rhai::Dynamic;
use std::sync::Arc;

/// A side of an operator: an expression, with what it is.
struct Side {
    id: ExprId,
    kind: Type,
    span: Span,
}

/// An expression, a number or a yes or no; a text waits for the other side to say what it is an option of.
enum Operand {
    Side(Side),
    Text(String, Span),
    Poison,
}

fn operand(site: &Site<'_>, value: &Dynamic, span: Span) -> Operand {
    if let Some(Built(id)) = value.clone().try_cast::<Built>() {
        let kind = site.loading().library.graph.kind(id).clone();
        return if kind == Type::Poison { Operand::Poison } else { Operand::Side(Side { id, kind, span }) };
    }
    if is_inexact(value) {
        site.report(too_long(span));
        return Operand::Poison;
    }
    let (constant, kind) = if let Some(number) = number(value) {
        (Value::Number(number), Type::NUMBER)
    } else if let Ok(truth) = value.as_bool() {
        (Value::Truth(truth), Type::YesNo)
    } else if let Ok(text) = value.clone().into_string() {
        return Operand::Text(text, span);
    } else {
        let message = format!("a term cannot be compared with {}", described(site, value));
        let problem = Problem::new(codes::CONDITION_TYPE, message).at(span);
        site.report(match value.type_name() {
            "array" => problem.help("write answer(\"question\").is_one_of([\"a\", \"b\"])"),
            "()" => problem.help("a field that a row or map does not have is nothing: is it misspelt?").help(
                "what is not answered stays open; a rule can ask for an answer with `needs: answered(\"question\")`",
            ),
            _ => problem,
        });
        return Operand::Poison;
    };
    let id = site.loading().library.graph.add(Expr::Constant(constant), kind.clone());
    Operand::Side(Side { id, kind, span })
}

pub(super) fn compare(site: &Site<'_>, comparison: Comparison, args: &[Dynamic]) -> Dynamic {
    if site.called().is_none_or(|name| !matches!(name.as_str(), "<" | "<=" | ">" | ">=" | "==" | "!=")) {
        let logic = if site.is_in() { places::Logic::In } else { places::Logic::Search };
        site.report(super::stops::logic(site.context, logic, site.at));
        return poison();
    }
    let sides = (operand(site, &args[0], site.argument(0)), operand(site, &args[1], site.argument(1)));
    let (left, right) = match sides {
        (Operand::Side(left), Operand::Side(right)) => (left, right),
        (Operand::Side(left), Operand::Text(text, span)) => match option(site, &left, &text, span) {
            Some(right) => (left, right),
            None => return poison(),
        },
        (Operand::Text(text, span), Operand::Side(right)) => match option(site, &right, &text, span) {
            Some(left) => (left, right),
            None => return poison(),
        },
        _ => return poison(),
    };
    if !comparable(site, comparison, &left, &right) {
        return poison();
    }
    site.add(Expr::Compare(comparison, left.id, right.id), Type::Condition)
}

/// The option that a text stands for beside `side`.
fn option(site: &Site<'_>, side: &Side, text: &str, span: Span) -> Option<Side> {
    let Type::Choice { options, of, .. } = &side.kind else {
        let problem =
            Problem::new(codes::CONDITION_TYPE, format!("{} cannot be compared with text", side.kind.words()));
        let problem = match &side.kind {
            Type::Multiple { .. } => problem.help("use answer(\"question\").has(\"option\")"),
            Type::YesNo => problem.help("use yes(\"question\") or no(\"question\")"),
            Type::Number { .. } => problem.help("compare with a number, or level(\"aspect\") with a level"),
            Type::Text => problem.help("nothing is concluded from the words of a text; ask a choice instead"),
            _ => problem,
        };
        site.report(problem.at(span));
        return None;
    };
    let Some(at) = options.iter().position(|option| option == text) else {
        let noun = if of.starts_with("the aspect") { "level" } else { "option" };
        site.report(
            Problem::new(codes::UNKNOWN_OPTION, format!("{of} has no {noun} `{text}`"))
                .at(span)
                .suggest(text, options.iter().map(String::as_str)),
        );
        return None;
    };
    let value = Value::Option(u16::try_from(at).unwrap_or(u16::MAX));
    let id = site.loading().library.graph.add(Expr::Constant(value), Type::NUMBER);
    Some(Side { id, kind: side.kind.clone(), span })
}

fn comparable(site: &Site<'_>, comparison: Comparison, left: &Side, right: &Side) -> bool {
    let orders = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    let refuse = |span: Span, message: String, help: &str| {
        let problem = Problem::new(codes::CONDITION_TYPE, message).at(span);
        site.report(if help.is_empty() { problem } else { problem.help(help) });
        false
    };
    match (&left.kind, &right.kind) {
        (Type::Condition, _) | (_, Type::Condition) => {
            let span = if left.kind == Type::Condition { left.span } else { right.span };
            let help = "put two comparisons together with `and`: 1 < x and x < 3; turn a condition round with not(…)";
            refuse(span, "a condition cannot be compared".to_owned(), help)
        }
        (Type::Number { unit: a, .. }, Type::Number { unit: b, .. }) => {
            if a.is_some() && b.is_some() && a != b {
                let words = format!("{} cannot be compared with {}", left.kind.words(), right.kind.words());
                return refuse(right.span, words, "bring both to the same unit first");
            }
            in_range(site, left, right) && in_range(site, right, left)
        }
        (Type::YesNo, Type::YesNo) if !orders => true,
        (Type::YesNo, Type::YesNo) => {
            refuse(site.span(), "a yes and a no have no order".to_owned(), "use `==` or `!=`")
        }
        (Type::Choice { options: a, ordered, of }, Type::Choice { options: b, ordered: also_ordered, of: other }) => {
            if a != b {
                let both = format!("{of} and {other} have different options, and are never alike");
                let help = format!(
                    "compare each with words of its own: … == \"{}\" and … == \"{}\"",
                    a.first().map_or("…", String::as_str),
                    b.first().map_or("…", String::as_str)
                );
                return refuse(right.span, both, &help);
            }
            if orders && !(*ordered && *also_ordered) {
                return refuse(
                    site.span(),
                    format!("the options of {of} have no order"),
                    "use `==`, `!=` or is_one_of([…])",
                );
            }
            true
        }
        (Type::Multiple { .. }, _) | (_, Type::Multiple { .. }) => refuse(
            site.span(),
            "a multiple choice is not one value".to_owned(),
            "use answer(\"question\").has(\"option\")",
        ),
        (Type::Text, _) | (_, Type::Text) => {
            refuse(site.span(), "nothing is concluded from the words of a text".to_owned(), "ask a choice instead")
        }
        (a, b) => {
            let help = match (a, b) {
                (Type::YesNo, _) | (_, Type::YesNo) => "use yes(\"question\") or no(\"question\")",
                (Type::Choice { .. }, _) | (_, Type::Choice { .. }) => {
                    "compare a level or option with one of its own words, or use score(\"aspect\")"
                }
                _ => "",
            };
            refuse(right.span, format!("{} cannot be compared with {}", a.words(), b.words()), help)
        }
    }
}

/// Whether a fixed number lies where the other side can be; otherwise the comparison says nothing.
fn in_range(site: &Site<'_>, term: &Side, fixed: &Side) -> bool {
    let Type::Number { within: Some((low, high)), .. } = &term.kind else { return true };
    let loading = site.loading();
    let Expr::Constant(Value::Number(number)) = loading.library.graph.expr(fixed.id) else { return true };
    if number >= low && number <= high {
        return true;
    }
    let number = number.rounded(6, '.');
    drop(loading);
    site.report(
        Problem::new(codes::OUT_OF_RANGE, format!("{number} lies outside what this can be"))
            .at(fixed.span)
            .label(format!("it goes from {} to {}", low.rounded(6, '.'), high.rounded(6, '.'))),
    );
    false
}

/// A numeric expression; reports anything else.
pub(super) fn numeric(site: &Site<'_>, value: &Dynamic, span: Span) -> Option<(ExprId, Type)> {
    match operand(site, value, span) {
        Operand::Side(Side { id, kind: kind @ Type::Number { .. }, .. }) => Some((id, kind)),
        Operand::Side(side) => {
            let problem =
                Problem::new(codes::CONDITION_TYPE, format!("expected a number, this is {}", side.kind.words()));
            let problem = if matches!(side.kind, Type::Condition) {
                problem.help("count([…]) makes a number of conditions")
            } else {
                problem
            };
            site.report(problem.at(span));
            None
        }
        Operand::Text(..) => {
            site.report(Problem::new(codes::CONDITION_TYPE, "expected a number, this is text").at(span));
            None
        }
        Operand::Poison => None,
    }
}

/// A term with options: the term, the options, what they belong to, and whether several can be chosen.
type Chosen = (ExprId, Arc<[String]>, Arc<str>, bool);

fn chosen(site: &Site<'_>, value: &Dynamic, words: &str) -> Option<Chosen> {
    let Some(Built(id)) = value.clone().try_cast::<Built>() else {
        site.report(Problem::new(codes::WRONG_TYPE, format!("`{words}` goes behind a term")).at(site.span()));
        return None;
    };
    let kind = site.loading().library.graph.kind(id).clone();
    match kind {
        Type::Choice { options, of, .. } => Some((id, options, of, false)),
        Type::Multiple { options, of } => Some((id, options, of, true)),
        Type::Poison => None,
        other => {
            site.report(
                Problem::new(codes::CONDITION_TYPE, format!("`{words}` needs options, this is {}", other.words()))
                    .at(site.span()),
            );
            None
        }
    }
}

fn place_of(site: &Site<'_>, value: &Dynamic, span: Span, options: &[String], of: &str) -> Option<u16> {
    let id = text(site, value, span, "an option")?;
    let found = options.iter().position(|option| *option == id).and_then(|at| u16::try_from(at).ok());
    if found.is_none() {
        site.report(
            Problem::new(codes::UNKNOWN_OPTION, format!("{of} has no option `{id}`"))
                .at(span)
                .suggest(&id, options.iter().map(String::as_str)),
        );
    }
    found
}

pub(super) fn is_one_of(site: &Site<'_>, args: &[Dynamic]) -> Dynamic {
    let Some((id, options, of, multiple)) = chosen(site, &args[0], "is_one_of") else { return poison() };
    if multiple {
        site.report(
            Problem::new(codes::CONDITION_TYPE, "a multiple choice is not one value")
                .at(site.span())
                .help("use answer(\"question\").has(\"option\")"),
        );
        return poison();
    }
    let Some(items) = items(site, &args[1], 1) else { return poison() };
    let places: Vec<Option<u16>> =
        items.iter().map(|(item, span)| place_of(site, item, *span, &options, &of)).collect();
    let Some(mut places) = places.into_iter().collect::<Option<Vec<u16>>>() else { return poison() };
    places.sort_unstable();
    places.dedup();
    site.add(Expr::OneOf(id, places), Type::Condition)
}

pub(super) fn has(site: &Site<'_>, args: &[Dynamic]) -> Dynamic {
    let Some((id, options, of, multiple)) = chosen(site, &args[0], "has") else { return poison() };
    if !multiple {
        site.report(
            Problem::new(codes::CONDITION_TYPE, "`has` goes behind a multiple choice").at(site.span()).help("use `==`"),
        );
        return poison();
    }
    match place_of(site, &args[1], site.argument(1), &options, &of) {
        Some(at) => site.add(Expr::Has(id, at), Type::Condition),
        None => poison(),
    }
}
