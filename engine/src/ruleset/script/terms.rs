//! The building functions for terms and conditions.

use super::{Built, Context, Other, Party, Site, places, poison};
use crate::assessment::{Comparison, Status};
use crate::condition::{Arithmetic, Expr, ExprId, Fold, Type, Value, View};
use crate::number::Number;
use crate::problem::{Problem, Span, codes};
use crate::ruleset::load::POISON;
use crate::ruleset::{Asked, Tie};
use rhai::{Array, Dynamic, Engine, FnPtr, NativeCallContext};
use std::rc::Rc;

/// A building function: what it is called with, and what it builds.
type Build = fn(&Site<'_>, &[Dynamic]) -> Dynamic;

/// Functions that build terms and conditions, with how each is used.
const BUILDERS: &[(&str, usize, Build, &str)] = &[
    ("answer", 1, |site, args| element(site, None, "answer", &args[0], 0), "answer(\"question\")"),
    (
        "importance",
        1,
        |site, args| element(site, None, "importance", &args[0], 0),
        "importance(\"question or aspect\")",
    ),
    ("score", 1, |site, args| element(site, None, "score", &args[0], 0), "score(\"aspect\")"),
    ("level", 1, |site, args| element(site, None, "level", &args[0], 0), "level(\"aspect\")"),
    ("measure", 1, |site, args| element(site, None, "measure", &args[0], 0), "measure(\"measure\")"),
    ("outcome", 1, |site, args| element(site, None, "outcome", &args[0], 0), "outcome(\"typing\")"),
    (
        "bouwsteen",
        1,
        |site, args| element(site, None, "bouwsteen", &args[0], 0),
        "bouwsteen(\"bouwsteen\") >= \"working\"",
    ),
    ("target", 1, |site, args| element(site, None, "target", &args[0], 0), "target(\"aspect\")"),
    ("diagnosis", 1, |site, args| element(site, None, "diagnosis", &args[0], 0), "diagnosis(\"rule\")"),
    ("coverage", 1, |site, args| element(site, None, "coverage", &args[0], 0), "coverage(\"aspect\")"),
    ("answered", 1, |site, args| element(site, None, "answered", &args[0], 0), "answered(\"question\")"),
    ("unknown", 1, |site, args| element(site, None, "unknown", &args[0], 0), "unknown(\"question\")"),
    ("cell", 3, |site, args| cell(site, None, args, 0), "cell(\"table\", \"row\", \"column\")"),
    ("yes", 1, |site, args| yes_no(site, &args[0], true), "yes(\"question\")"),
    ("no", 1, |site, args| yes_no(site, &args[0], false), "no(\"question\")"),
    ("holds", 1, |site, args| holds(site, &args[0]), "holds(\"aspect\")"),
    ("spread", 1, |site, args| spread(site, &args[0]), "spread(answer(\"question\"))"),
    ("gap", 2, |site, args| arithmetic(site, Arithmetic::Gap, args), "gap(score(\"a\"), score(\"b\"))"),
    ("lowest", 1, |site, args| fold(site, Fold::Min, &args[0]), "lowest([score(\"a\"), score(\"b\")])"),
    ("highest", 1, |site, args| fold(site, Fold::Max, &args[0]), "highest([score(\"a\"), score(\"b\")])"),
    ("mean", 1, |site, args| fold(site, Fold::Mean, &args[0]), "mean([score(\"a\"), score(\"b\")])"),
    ("sum", 1, |site, args| fold(site, Fold::Sum, &args[0]), "sum([score(\"a\"), score(\"b\")])"),
    ("count", 1, |site, args| list(site, &args[0], 0, Expr::Count, Type::NUMBER), "count([condition, …])"),
    ("share", 1, |site, args| list(site, &args[0], 0, Expr::Share, Type::NUMBER), "share([condition, …])"),
    ("all", 1, |site, args| list(site, &args[0], 0, Expr::And, Type::Condition), "all([condition, …])"),
    ("any", 1, |site, args| list(site, &args[0], 0, Expr::Or, Type::Condition), "any([condition, …])"),
    ("at_least", 2, at_least, "at_least(2, [condition, …])"),
    ("not", 1, |site, args| not(site, &args[0]), "not(condition)"),
    ("and", 2, |site, args| both(site, args, true), "condition and condition"),
    ("or", 2, |site, args| both(site, args, false), "condition or condition"),
    (
        "any_party",
        1,
        |site, args| parties(site, true, None, &args[0]),
        "any_party(|p| answer(\"question\").by(p) <= 2)",
    ),
    (
        "all_parties",
        1,
        |site, args| parties(site, false, None, &args[0]),
        "all_parties(|p| answer(\"question\").by(p) >= 4)",
    ),
    ("any_party", 2, |site, args| parties(site, true, Some(&args[0]), &args[1]), ""),
    ("all_parties", 2, |site, args| parties(site, false, Some(&args[0]), &args[1]), ""),
    ("from", 1, |site, args| from(site, &args[0]), "from(\"ruleset\").level(\"aspect\")"),
    ("by", 2, by, "answer(\"question\").by(\"role\")"),
    ("is_one_of", 2, is_one_of, "level(\"aspect\").is_one_of([\"a\", \"b\"])"),
    ("has", 2, has, "answer(\"question\").has(\"option\")"),
];

/// Functions that give lists or values at load time; see [`super::lists`].
pub(super) const LISTS: &[(&str, &str)] = &[
    ("aspects", "aspects() or aspects(\"parent\")"),
    ("questions", "questions() or questions(\"aspect\")"),
    ("bouwstenen", "bouwstenen()"),
    ("options", "options(\"question\")"),
    ("levels", "levels(\"aspect\")"),
    ("roles", "roles()"),
    ("rows", "rows(\"file\")"),
    ("param", "param(\"parameter\")"),
];

/// Functions that conclude; see [`super::conclusions`].
pub(super) const CONCLUSIONS: &[(&str, &str)] = &[
    ("rule", "rule(\"id\", #{ when: …, severity: \"major\", source: \"…\" })"),
    ("outcome", "outcome(\"id\", #{ pick: \"first\", options: […], source: \"…\" })"),
    ("measure", "measure(\"id\", #{ value: …, source: \"…\" })"),
    ("table", "table(\"id\", #{ rows: […], columns: […], cells: […], source: \"…\" })"),
];

/// Whether a function builds a term or a condition.
pub(super) fn builds(name: &str) -> bool {
    BUILDERS.iter().any(|(known, ..)| *known == name)
}

/// Whether a name is one of the building functions.
pub(super) fn is_ours(name: &str) -> bool {
    builds(name) || LISTS.iter().chain(CONCLUSIONS).any(|(known, _)| *known == name)
}

/// All names, for suggestions.
pub(super) fn names() -> Vec<&'static str> {
    let plain = LISTS.iter().chain(CONCLUSIONS).map(|(name, _)| *name);
    BUILDERS.iter().map(|(name, ..)| *name).chain(plain).collect()
}

/// How a function is used.
pub(super) fn usage(name: &str) -> String {
    let builder = BUILDERS.iter().find(|(known, ..)| *known == name).map(|(.., usage)| *usage);
    let other = LISTS.iter().chain(CONCLUSIONS).find(|(known, _)| *known == name).map(|(_, usage)| *usage);
    format!("use it as {}", builder.or(other).unwrap_or(name))
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
    for (name, arity, build, _) in BUILDERS {
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
    for name in ["answer", "importance", "score", "level", "measure", "outcome", "bouwsteen", "diagnosis"] {
        let shared = Rc::clone(context);
        engine.register_fn(name, move |native: NativeCallContext<'_>, other: Other, id: Dynamic| {
            let site = Site { context: &shared, at: places::at(native.call_position()), native: &native };
            element(&site, Some(other.0), name, &id.flatten_clone(), 1)
        });
    }
    let shared = Rc::clone(context);
    engine.register_fn(
        "cell",
        move |native: NativeCallContext<'_>, other: Other, a: Dynamic, b: Dynamic, c: Dynamic| {
            let site = Site { context: &shared, at: places::at(native.call_position()), native: &native };
            cell(&site, Some(other.0), &[a, b, c], 1)
        },
    );
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

/// A number, as a script writes it.
pub(super) fn number(value: &Dynamic) -> Option<Number> {
    if let Ok(whole) = value.as_int() {
        return Some(Number::from(whole));
    }
    let decimal = value.as_decimal().ok()?;
    Number::scaled(decimal.mantissa(), i32::try_from(decimal.scale()).ok()?)
}

/// A term over an element of this ruleset, or of the one that `from` names.
fn element(site: &Site<'_>, other: Option<usize>, what: &str, id: &Dynamic, argument: usize) -> Dynamic {
    let span = site.argument(argument);
    let Some(id) = text(site, id, span, "an id") else { return poison() };
    let ruleset = other.unwrap_or_else(|| site.loading().ruleset);
    if matches!(what, "coverage" | "answered" | "unknown") {
        site.context.of_profile.borrow_mut().push(site.span());
    }
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
                Type::Choice { options: Rc::clone(options), ordered: false, of: format!("the typing `{id}`").into() };
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
    if !own || !site.may_follow() {
        let kind = match what {
            "outcome" => "typing",
            "diagnosis" => "rule",
            other => other,
        };
        loading.unknown(kind, id, span, &known);
    }
    None
}

/// A cell of a table; `first` is the place of the table's name among the arguments.
fn cell(site: &Site<'_>, other: Option<usize>, args: &[Dynamic], first: usize) -> Dynamic {
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
    let (constant, kind) = if let Some(number) = number(value) {
        (Value::Number(number), Type::NUMBER)
    } else if let Ok(truth) = value.as_bool() {
        (Value::Truth(truth), Type::YesNo)
    } else if let Ok(text) = value.clone().into_string() {
        return Operand::Text(text, span);
    } else {
        site.report(
            Problem::new(codes::CONDITION_TYPE, format!("a term cannot be compared with {}", described(site, value)))
                .at(span),
        );
        return Operand::Poison;
    };
    let id = site.loading().library.graph.add(Expr::Constant(constant), kind.clone());
    Operand::Side(Side { id, kind, span })
}

fn compare(site: &Site<'_>, comparison: Comparison, args: &[Dynamic]) -> Dynamic {
    if site.called().is_none_or(|name| !matches!(name.as_str(), "<" | "<=" | ">" | ">=" | "==" | "!=")) {
        site.report(super::stops::logic(site.context, places::Logic::Search, site.at));
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
        (Type::Choice { options: a, ordered, of }, Type::Choice { options: b, .. }) => {
            if a != b {
                return refuse(right.span, format!("these are not options of {of}"), "");
            }
            if orders && !ordered {
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

fn items(site: &Site<'_>, value: &Dynamic, argument: usize) -> Option<Vec<(Dynamic, Span)>> {
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
    (id != crate::ruleset::load::POISON).then_some(id)
}

/// The condition that a value is, or the stand-in, after a report.
pub(super) fn condition_of(context: &Context, value: Dynamic, span: Span) -> ExprId {
    let type_name = value.type_name().to_owned();
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
        let what = if type_name == "bool" { "true or false, decided now" } else { "something else" };
        context.report(
            Problem::new(codes::NOT_A_CONDITION, format!("expected a condition, this is {what}"))
                .at(span)
                .help("a condition compares a term: answer(\"question\") >= 3"),
        );
    }
    crate::ruleset::load::POISON
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
    let count = site.loading().library.graph.add(Expr::Count(list), Type::NUMBER);
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
    let Some(id) = text(site, id, span, "the id of a ruleset") else { return poison() };
    let found = site.loading().required_ruleset(&id, span);
    found.map_or_else(poison, |ruleset| Dynamic::from(Other(ruleset)))
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

/// A term with options: the term, the options, what they belong to, and whether several can be chosen.
type Chosen = (ExprId, Rc<[String]>, Rc<str>, bool);

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

fn is_one_of(site: &Site<'_>, args: &[Dynamic]) -> Dynamic {
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

fn has(site: &Site<'_>, args: &[Dynamic]) -> Dynamic {
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

/// What a tie gives, by its word.
pub(super) fn tie(word: &str) -> Option<Tie> {
    match word {
        "mixed" => Some(Tie::Mixed),
        "lowest" => Some(Tie::Lowest),
        _ => None,
    }
}
