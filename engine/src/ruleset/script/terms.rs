//! The building functions for terms and conditions.

use super::comparisons::{compare, has, is_one_of, numeric};
use super::named::{cell, element, shows};
use super::reference::functions;
use super::{Built, Context, Other, Party, Site, places, poison};
use crate::assessment::Comparison;
use crate::condition::{Arithmetic, Expr, ExprId, Fold, RulesetId, Type, Value, View};
use crate::number::Number;
use crate::problem::{Problem, Span, codes};
use crate::ruleset::loading::POISON;
use crate::ruleset::{Asked, Tie};
use rhai::{Array, Dynamic, Engine, FnPtr, NativeCallContext};
use std::rc::Rc;

/// A building function: what it is called with, and what it builds.
type Build = fn(&Site<'_>, &[Dynamic]) -> Dynamic;

/// Functions that build terms and conditions; what each means stands in [`super::reference`].
const BUILDERS: &[(&str, usize, Build)] = &[
    ("answer", 1, |site, args| element(site, None, "answer", &args[0], 0)),
    ("importance", 1, |site, args| element(site, None, "importance", &args[0], 0)),
    ("score", 1, |site, args| element(site, None, "score", &args[0], 0)),
    ("level", 1, |site, args| element(site, None, "level", &args[0], 0)),
    ("measure", 1, |site, args| element(site, None, "measure", &args[0], 0)),
    ("outcome", 1, |site, args| element(site, None, "outcome", &args[0], 0)),
    ("bouwsteen", 1, |site, args| element(site, None, "bouwsteen", &args[0], 0)),
    ("target", 1, |site, args| element(site, None, "target", &args[0], 0)),
    ("diagnosis", 1, |site, args| element(site, None, "diagnosis", &args[0], 0)),
    ("coverage", 1, |site, args| element(site, None, "coverage", &args[0], 0)),
    ("answered", 1, |site, args| element(site, None, "answered", &args[0], 0)),
    ("unknown", 1, |site, args| element(site, None, "unknown", &args[0], 0)),
    ("cell", 3, |site, args| cell(site, None, args, 0)),
    ("shows", 2, |site, args| shows(site, None, args, false)),
    ("shows_partly", 2, |site, args| shows(site, None, args, true)),
    ("yes", 1, |site, args| yes_no(site, &args[0], true)),
    ("no", 1, |site, args| yes_no(site, &args[0], false)),
    ("holds", 1, |site, args| holds(site, &args[0])),
    ("spread", 1, |site, args| spread(site, &args[0])),
    ("gap", 2, |site, args| arithmetic(site, Arithmetic::Gap, args)),
    ("lowest", 1, |site, args| fold(site, Fold::Min, &args[0])),
    ("highest", 1, |site, args| fold(site, Fold::Max, &args[0])),
    ("mean", 1, |site, args| fold(site, Fold::Mean, &args[0])),
    ("sum", 1, |site, args| fold(site, Fold::Sum, &args[0])),
    ("count", 1, |site, args| list(site, &args[0], 0, Expr::Count, Type::NUMBER)),
    ("share", 1, |site, args| list(site, &args[0], 0, Expr::Share, Type::NUMBER)),
    ("all", 1, |site, args| list(site, &args[0], 0, Expr::And, Type::Condition)),
    ("any", 1, |site, args| list(site, &args[0], 0, Expr::Or, Type::Condition)),
    ("at_least", 2, at_least),
    ("not", 1, |site, args| not(site, &args[0])),
    ("and", 2, |site, args| both(site, args, true)),
    ("or", 2, |site, args| both(site, args, false)),
    ("any_party", 1, |site, args| parties(site, true, None, &args[0])),
    ("all_parties", 1, |site, args| parties(site, false, None, &args[0])),
    ("any_party", 2, |site, args| parties(site, true, Some(&args[0]), &args[1])),
    ("all_parties", 2, |site, args| parties(site, false, Some(&args[0]), &args[1])),
    ("from", 1, |site, args| from(site, &args[0])),
    ("by", 2, by),
    ("is_one_of", 2, is_one_of),
    ("has", 2, has),
];

/// What gives the text of a value; of a term it is refused.
pub(super) const TEXTS: [&str; 2] = ["to_string", "to_debug"];

/// Whether a function builds a term or a condition.
pub(super) fn builds(name: &str) -> bool {
    BUILDERS.iter().any(|(known, ..)| *known == name)
}

/// Whether a name is one of the building functions.
pub(super) fn is_ours(name: &str) -> bool {
    functions().iter().any(|function| function.name == name)
}

/// All names, for suggestions.
pub(super) fn names() -> Vec<&'static str> {
    functions().iter().map(|function| function.name).filter(|name| name.starts_with(char::is_alphabetic)).collect()
}

/// How a function is used.
pub(super) fn usage(name: &str) -> String {
    let example = functions().iter().find(|function| function.name == name).map(|function| function.example);
    format!("use it as {}", example.unwrap_or(name))
}

/// Makes a building function known to the language.
pub(super) fn function(engine: &mut Engine, context: &Rc<Context>, name: &str, arity: usize, build: Build) {
    let context = Rc::clone(context);
    match arity {
        0 => engine.register_fn(name, move |native: NativeCallContext<'_>| call(&context, &native, build, &[])),
        1 => engine
            .register_fn(name, move |native: NativeCallContext<'_>, a: Dynamic| call(&context, &native, build, &[a])),
        2 => engine.register_fn(name, move |native: NativeCallContext<'_>, a: Dynamic, b: Dynamic| {
            call(&context, &native, build, &[a, b])
        }),
        _ => engine.register_fn(name, move |native: NativeCallContext<'_>, a: Dynamic, b: Dynamic, c: Dynamic| {
            call(&context, &native, build, &[a, b, c])
        }),
    };
}

fn call(context: &Rc<Context>, native: &NativeCallContext<'_>, build: Build, arguments: &[Dynamic]) -> Dynamic {
    let site = Site { context, at: places::at(native.call_position()), native };
    let flat: Vec<Dynamic> = arguments.iter().map(Dynamic::flatten_clone).collect();
    build(&site, &flat)
}

/// An operator of which at least one side is built.
fn operator(engine: &mut Engine, context: &Rc<Context>, sign: &str, build: Build) {
    let shared = Rc::clone(context);
    engine.register_fn(sign, move |native: NativeCallContext<'_>, a: Built, b: Built| {
        call(&shared, &native, build, &[Dynamic::from(a), Dynamic::from(b)])
    });
    let shared = Rc::clone(context);
    engine.register_fn(sign, move |native: NativeCallContext<'_>, a: Built, b: Dynamic| {
        call(&shared, &native, build, &[Dynamic::from(a), b])
    });
    let shared = Rc::clone(context);
    engine.register_fn(sign, move |native: NativeCallContext<'_>, a: Dynamic, b: Built| {
        call(&shared, &native, build, &[a, Dynamic::from(b)])
    });
}

#[expect(clippy::expect_used, reason = "fixed names, each registered once; a test loads a ruleset")]
pub(super) fn register(engine: &mut Engine, context: &Rc<Context>) {
    engine.register_type_with_name::<Built>("condition");
    engine.register_type_with_name::<Party>("party");
    engine.register_type_with_name::<Other>("ruleset");
    engine.register_custom_operator("and", 60).expect("`and` is free");
    engine.register_custom_operator("or", 30).expect("`or` is free");
    for (name, arity, build) in BUILDERS {
        function(engine, context, name, *arity, *build);
    }
    operator(engine, context, "<", |site, args| compare(site, Comparison::Below, args));
    operator(engine, context, "<=", |site, args| compare(site, Comparison::AtMost, args));
    operator(engine, context, ">", |site, args| compare(site, Comparison::Above, args));
    operator(engine, context, ">=", |site, args| compare(site, Comparison::AtLeast, args));
    operator(engine, context, "==", |site, args| compare(site, Comparison::Equal, args));
    operator(engine, context, "!=", |site, args| compare(site, Comparison::NotEqual, args));
    operator(engine, context, "+", |site, args| arithmetic(site, Arithmetic::Plus, args));
    operator(engine, context, "-", |site, args| arithmetic(site, Arithmetic::Minus, args));
    operator(engine, context, "*", |site, args| arithmetic(site, Arithmetic::Times, args));
    operator(engine, context, "/", |site, args| arithmetic(site, Arithmetic::Over, args));
    // a text of a term would be no more than its name
    for name in TEXTS {
        let shared = Rc::clone(context);
        engine.register_fn(name, move |native: NativeCallContext<'_>, _: &mut Built| {
            shared.report(super::stops::logic(&shared, places::Logic::Text, places::at(native.call_position())));
            String::new()
        });
    }
    for name in ["answer", "importance", "score", "level", "measure", "outcome", "bouwsteen", "diagnosis"] {
        let shared = Rc::clone(context);
        engine.register_fn(name, move |native: NativeCallContext<'_>, other: Other, id: Dynamic| {
            let site = Site { context: &shared, at: places::at(native.call_position()), native: &native };
            let read = |other| element(&site, Some(other), name, &id.flatten_clone(), 1);
            other.0.map_or_else(poison, read)
        });
    }
    let shared = Rc::clone(context);
    engine.register_fn("answered", move |native: NativeCallContext<'_>, other: Other| {
        let site = Site { context: &shared, at: places::at(native.call_position()), native: &native };
        let read = |other| site.add(Expr::RulesetAnswered(RulesetId::at(other)), Type::Condition);
        other.0.map_or_else(poison, read)
    });
    let shared = Rc::clone(context);
    engine.register_fn(
        "cell",
        move |native: NativeCallContext<'_>, other: Other, a: Dynamic, b: Dynamic, c: Dynamic| {
            let site = Site { context: &shared, at: places::at(native.call_position()), native: &native };
            other.0.map_or_else(poison, |other| cell(&site, Some(other), &[a, b, c], 1))
        },
    );
    for (name, partly) in [("shows", false), ("shows_partly", true)] {
        let shared = Rc::clone(context);
        engine.register_fn(name, move |native: NativeCallContext<'_>, other: Other, a: Dynamic, b: Dynamic| {
            let site = Site { context: &shared, at: places::at(native.call_position()), native: &native };
            other.0.map_or_else(poison, |other| shows(&site, Some(other), &[a, b], partly))
        });
    }
}

/// A text argument; reports anything else.
pub(super) fn text(site: &Site<'_>, value: &Dynamic, span: Span, wanted: &str) -> Option<String> {
    if value.is_string() {
        return value.clone().into_string().ok();
    }
    if !is_poison(value) {
        site.report(
            Problem::new(codes::WRONG_TYPE, format!("expected {wanted}, this is {}", described(site, value))).at(span),
        );
    }
    None
}

fn is_poison(value: &Dynamic) -> bool {
    value.clone().try_cast::<Built>() == Some(Built(POISON))
}

/// What a value is, for a message.
pub(super) fn described(site: &Site<'_>, value: &Dynamic) -> String {
    match value.clone().try_cast::<Built>() {
        Some(Built(id)) => site.loading().library.graph.kind(id).words(),
        None => match value.type_name() {
            "string" => "text".to_owned(),
            "i64" | "decimal" => "a number".to_owned(),
            "bool" => "true or false".to_owned(),
            "array" => "a list".to_owned(),
            "map" => "a map".to_owned(),
            "()" => "nothing".to_owned(),
            other => other.to_owned(),
        },
    }
}

/// Whether a value is a number with more digits than are kept.
pub(super) fn is_inexact(value: &Dynamic) -> bool {
    value.is_decimal() && number(value).is_none()
}

/// The problem of such a number.
pub(super) fn too_long(span: Span) -> Problem {
    let problem = Problem::new(codes::BAD_NUMBER, "this number cannot be kept exactly").at(span);
    problem.help("use at most 15 digits, and a decimal point if need be")
}

/// A number, as a script writes it.
pub(super) fn number(value: &Dynamic) -> Option<Number> {
    if let Ok(whole) = value.as_int() {
        return Some(Number::from(whole));
    }
    let decimal = value.as_decimal().ok()?;
    Number::scaled(decimal.mantissa(), i32::try_from(decimal.scale()).ok()?)
}

fn yes_no(site: &Site<'_>, id: &Dynamic, yes: bool) -> Dynamic {
    let answer = element(site, None, "answer", id, 0);
    let Some(Built(answer)) = answer.try_cast::<Built>() else { return poison() };
    let kind = site.loading().library.graph.kind(answer).clone();
    match kind {
        Type::YesNo => {
            let constant = site.loading().library.graph.add(Expr::Constant(Value::Truth(yes)), Type::YesNo);
            site.add(Expr::Compare(Comparison::Equal, answer, constant), Type::Condition)
        }
        Type::Poison => poison(),
        other => {
            site.report(
                Problem::new(codes::CONDITION_TYPE, format!("expected a yes-no question, this is {}", other.words()))
                    .at(site.argument(0)),
            );
            poison()
        }
    }
}

fn holds(site: &Site<'_>, id: &Dynamic) -> Dynamic {
    let score = element(site, None, "score", id, 0);
    let Some(Built(score)) = score.try_cast::<Built>().filter(|built| built.0 != POISON) else { return poison() };
    let one = site.loading().library.graph.add(Expr::Constant(Value::Number(Number::ONE)), Type::NUMBER);
    site.add(Expr::Compare(Comparison::Equal, score, one), Type::Condition)
}

fn arithmetic(site: &Site<'_>, operation: Arithmetic, args: &[Dynamic]) -> Dynamic {
    let left = numeric(site, &args[0], site.argument(0));
    let right = numeric(site, &args[1], site.argument(1));
    let (Some((left, left_kind)), Some((right, right_kind))) = (left, right) else { return poison() };
    let unit = match (&left_kind, &right_kind) {
        (Type::Number { unit: a, .. }, Type::Number { unit: b, .. }) => {
            let adds = !matches!(operation, Arithmetic::Times | Arithmetic::Over);
            if adds && a.is_some() && b.is_some() && a != b {
                site.report(
                    Problem::new(
                        codes::CONDITION_TYPE,
                        format!("{} does not go with {}", right_kind.words(), left_kind.words()),
                    )
                    .at(site.argument(1))
                    .help("bring both to the same unit first"),
                );
                return poison();
            }
            if adds { a.clone().or_else(|| b.clone()) } else { None }
        }
        _ => None,
    };
    site.add(Expr::Arithmetic(operation, left, right), Type::Number { unit, within: None })
}

fn spread(site: &Site<'_>, value: &Dynamic) -> Dynamic {
    match numeric(site, value, site.argument(0)) {
        Some((id, _)) => site.add(Expr::Spread(id), Type::NUMBER),
        None => poison(),
    }
}

pub(super) fn items(site: &Site<'_>, value: &Dynamic, argument: usize) -> Option<Vec<(Dynamic, Span)>> {
    let Some(array) = value.clone().try_cast::<Array>() else {
        if !is_poison(value) {
            site.report(
                Problem::new(codes::WRONG_TYPE, format!("expected a list […], this is {}", described(site, value)))
                    .at(site.argument(argument)),
            );
        }
        return None;
    };
    if array.is_empty() {
        site.report(
            Problem::new(codes::NOT_FITTING, "this list is empty, so this can never have a value")
                .at(site.argument(argument)),
        );
        return None;
    }
    Some(array.iter().enumerate().map(|(at, item)| (item.flatten_clone(), site.item(argument, at))).collect())
}

fn fold(site: &Site<'_>, fold: Fold, value: &Dynamic) -> Dynamic {
    let Some(items) = items(site, value, 0) else { return poison() };
    let terms: Vec<Option<(ExprId, Type)>> = items.iter().map(|(item, span)| numeric(site, item, *span)).collect();
    let Some(terms) = terms.into_iter().collect::<Option<Vec<_>>>() else { return poison() };
    site.add(Expr::Fold(fold, terms.into_iter().map(|(id, _)| id).collect()), Type::NUMBER)
}

/// A condition; reports anything else.
pub(super) fn condition(site: &Site<'_>, value: &Dynamic, span: Span) -> Option<ExprId> {
    let id = condition_of(site.context, value.clone(), span);
    (id != crate::ruleset::loading::POISON).then_some(id)
}

/// The condition that a value is, or the stand-in, after a report.
pub(super) fn condition_of(context: &Context, value: Dynamic, span: Span) -> ExprId {
    let type_name = value.type_name().to_owned();
    if context.is_told(span) {
        return crate::ruleset::loading::POISON;
    }
    if let Some(Built(id)) = value.try_cast::<Built>() {
        let kind = context.loading.borrow().library.graph.kind(id).clone();
        match kind {
            Type::Condition | Type::Poison => return id,
            Type::YesNo => {
                context.report(
                    Problem::new(codes::NOT_A_CONDITION, "this is an answer, not yet a condition")
                        .at(span)
                        .help("write yes(\"question\") or no(\"question\")"),
                );
            }
            other => context.report(
                Problem::new(codes::NOT_A_CONDITION, format!("expected a condition, this is {}", other.words()))
                    .at(span)
                    .help("compare it with something: score(\"aspect\") < 2.5"),
            ),
        }
    } else {
        let what = match type_name.as_str() {
            "bool" => "true or false, decided now",
            name => super::stops::plain(name),
        };
        context.report(
            Problem::new(codes::NOT_A_CONDITION, format!("expected a condition, this is {what}"))
                .at(span)
                .help("a condition compares a term: answer(\"question\") >= 3"),
        );
    }
    crate::ruleset::loading::POISON
}

fn list(site: &Site<'_>, value: &Dynamic, argument: usize, make: fn(Vec<ExprId>) -> Expr, kind: Type) -> Dynamic {
    match conditions(site, value, argument) {
        Some(conditions) => site.add(make(conditions), kind),
        None => poison(),
    }
}

fn conditions(site: &Site<'_>, value: &Dynamic, argument: usize) -> Option<Vec<ExprId>> {
    let items = items(site, value, argument)?;
    let all: Vec<Option<ExprId>> = items.iter().map(|(item, span)| condition(site, item, *span)).collect();
    all.into_iter().collect()
}

fn at_least(site: &Site<'_>, args: &[Dynamic]) -> Dynamic {
    let wanted = numeric(site, &args[0], site.argument(0));
    let list = conditions(site, &args[1], 1);
    let (Some((wanted, _)), Some(list)) = (wanted, list) else { return poison() };
    let count = site.add(Expr::Count(list), Type::NUMBER);
    let Some(Built(count)) = count.try_cast::<Built>().filter(|built| built.0 != POISON) else { return poison() };
    site.add(Expr::Compare(Comparison::AtLeast, count, wanted), Type::Condition)
}

fn not(site: &Site<'_>, value: &Dynamic) -> Dynamic {
    match condition(site, value, site.argument(0)) {
        Some(id) => site.add(Expr::Not(id), Type::Condition),
        None => poison(),
    }
}

fn both(site: &Site<'_>, args: &[Dynamic], and: bool) -> Dynamic {
    let (left, right) = (condition(site, &args[0], site.argument(0)), condition(site, &args[1], site.argument(1)));
    let (Some(left), Some(right)) = (left, right) else { return poison() };
    // `a and b and c` is one list, so that it reads as one in an explanation
    let mut all = match (site.loading().library.graph.expr(left), and) {
        (Expr::And(all), true) | (Expr::Or(all), false) => all.clone(),
        _ => vec![left],
    };
    all.push(right);
    site.add(if and { Expr::And(all) } else { Expr::Or(all) }, Type::Condition)
}

fn role(site: &Site<'_>, value: &Dynamic, span: Span) -> Option<crate::condition::RoleId> {
    let id = text(site, value, span, "the id of a role")?;
    site.loading().role(&id, span)
}

fn parties(site: &Site<'_>, any: bool, in_role: Option<&Dynamic>, body: &Dynamic) -> Dynamic {
    let body_at = usize::from(in_role.is_some());
    let Some(function) = body.clone().try_cast::<FnPtr>() else {
        site.report(
            Problem::new(codes::WRONG_TYPE, "expected what is asked of a party")
                .at(site.argument(body_at))
                .help("write |p| answer(\"question\").by(p) <= 2"),
        );
        return poison();
    };
    let role = match in_role {
        Some(value) => match role(site, value, site.argument(0)) {
            Some(role) => Some(role),
            None => return poison(),
        },
        None => None,
    };
    let variable = site.context.variables.get();
    site.context.variables.set(variable + 1);
    let body = match function.call_within_context::<Dynamic>(site.native, (Party(variable),)) {
        Ok(body) => body,
        Err(error) => {
            let problem = super::stops::stopped(site.context, &error, site.at);
            site.report(problem);
            return poison();
        }
    };
    let Some(body) = condition(site, &body, site.argument(body_at)) else { return poison() };
    site.add(Expr::Parties { any, variable, role, body }, Type::Condition)
}

fn from(site: &Site<'_>, id: &Dynamic) -> Dynamic {
    let span = site.argument(0);
    let Some(id) = text(site, id, span, "the id of a ruleset") else { return Dynamic::from(Other(None)) };
    let found = site.loading().required_ruleset(&id, span);
    Dynamic::from(Other(found))
}

fn by(site: &Site<'_>, args: &[Dynamic]) -> Dynamic {
    let Some(Built(id)) = args[0].clone().try_cast::<Built>() else {
        site.report(
            Problem::new(codes::WRONG_TYPE, "`.by` goes behind a term: answer(\"question\").by(\"role\")")
                .at(site.span()),
        );
        return poison();
    };
    if id == POISON {
        return poison();
    }
    if let Some(declared) = asked_of_chain(site, id) {
        site.report(
            Problem::new(codes::NOT_FITTING, format!("`{}` is asked of the chain, not of each party", declared.id))
                .at(site.span())
                .also(declared.span, "add `asked = \"party\"` here if each party answers"),
        );
        return poison();
    }
    let view = if let Some(Party(variable)) = args[1].clone().try_cast::<Party>() {
        View::Variable(variable)
    } else {
        match role(site, &args[1], site.argument(1)) {
            Some(role) => View::Role(role),
            None => return poison(),
        }
    };
    let kind = site.loading().library.graph.kind(id).clone();
    site.add(Expr::By(id, view), kind)
}

/// The question that an expression answers, if it is asked of the chain.
fn asked_of_chain(site: &Site<'_>, id: ExprId) -> Option<crate::ruleset::Declared> {
    let loading = site.loading();
    let (Expr::Answer(question) | Expr::Importance(question)) = *loading.library.graph.expr(id) else { return None };
    let question = &loading.library.questions[question.index()];
    (question.asked == Asked::Chain).then(|| question.declared.clone())
}

/// What a tie gives, by its word.
pub(super) fn tie(word: &str) -> Option<Tie> {
    match word {
        "mixed" => Some(Tie::Mixed),
        "lowest" => Some(Tie::Lowest),
        _ => None,
    }
}
