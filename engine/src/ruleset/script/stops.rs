//! What stopped a script, in words that say what to write instead.

use super::places::{At, Logic, at};
use super::{Context, MOST_FIELDS, MOST_ITEMS, MOST_TEXT, terms};
use crate::problem::{Problem, codes};
use rhai::{EvalAltResult, ParseError, ParseErrorType};

/// A text that is not valid Rhai.
pub(super) fn syntax(context: &Context, error: &ParseError, condition: bool) -> Problem {
    let span = context.span(at(error.position()));
    let what = if condition { "condition" } else { "script" };
    match error.err_type() {
        ParseErrorType::ExprTooDeep => {
            Problem::new(codes::SCRIPT_RUNAWAY, format!("this {what} is nested too deeply")).at(span)
        }
        ParseErrorType::Reserved(word) => {
            Problem::new(codes::SYNTAX_SCRIPT, format!("`{word}` is not there in a {what}")).at(span)
        }
        ParseErrorType::BadInput(bad) if bad.to_string().contains("disabled") => {
            let text = bad.to_string();
            let word = text.split('\'').nth(1).unwrap_or("this").to_owned();
            Problem::new(codes::SYNTAX_SCRIPT, format!("`{word}` is not there in a {what}")).at(span)
        }
        kind => {
            let problem =
                Problem::new(codes::SYNTAX_SCRIPT, format!("this is not a valid {what}: {}", lower(&kind.to_string())))
                    .at(span);
            if condition {
                problem.help("a condition is one expression, such as answer(\"question\") >= 3")
            } else {
                problem
            }
        }
    }
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Script logic that was used on a condition.
pub(super) fn logic(context: &Context, logic: Logic, place: At) -> Problem {
    let (word, instead) = match logic {
        Logic::And => ("&&", "write `and` between conditions"),
        Logic::Or => ("||", "write `or` between conditions"),
        Logic::If => ("if", "put the condition in `when:`; `if` is for what is known at load time"),
        Logic::While => ("while", "a loop is for what is known at load time, such as the ids of aspects"),
        Logic::Switch => ("switch", "write a rule for each case, with the case in `when:`"),
        Logic::Search => ("this", "build a list of conditions and use any([…]), all([…]) or count([…])"),
    };
    Problem::new(
        codes::SCRIPT_LOGIC,
        format!("`{word}` looks at a condition now; it is only decided later, for a profile"),
    )
    .at(context.span(place))
    .help(instead)
}

/// A statement that stopped. `statement` is where it begins, for an error that has no place of its own.
pub(super) fn stopped(context: &Context, error: &EvalAltResult, statement: At) -> Problem {
    let error = innermost(error);
    let place = match at(error.position()) {
        (0, 0) => statement,
        place => place,
    };
    let span = context.span(place);
    match error {
        EvalAltResult::ErrorMismatchDataType(_, actual, _) if is_built(actual) => {
            let found = context.places.borrow().logic.get(&place).copied();
            let (what, place) = found.unwrap_or((Logic::If, place));
            logic(context, what, place)
        }
        EvalAltResult::ErrorMismatchDataType(wanted, actual, _) => {
            Problem::new(codes::SCRIPT_STOPPED, format!("expected {}, this is {}", plain(wanted), plain(actual)))
                .at(span)
        }
        EvalAltResult::ErrorFunctionNotFound(signature, _) => not_found(context, signature, place),
        EvalAltResult::ErrorVariableNotFound(name, _) => {
            let problem = Problem::new(codes::SCRIPT_STOPPED, format!("there is no variable `{name}`")).at(span);
            let problem = problem.suggest_near(name, &terms::names());
            problem.help("an id stands in quotes, in what reads it: answer(\"…\"), score(\"…\"), level(\"…\")")
        }
        EvalAltResult::ErrorTooManyOperations(_) => {
            runaway(span, "this takes too many operations", "a loop that does not end? a script only builds rules")
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            runaway(span, "functions call each other too deeply", "a function that calls itself without end?")
        }
        EvalAltResult::ErrorDataTooLarge(what, _) => runaway(
            span,
            &format!("this grows too large: {}", most(what)),
            "a list or text that keeps growing in a loop? all that is in one value counts together",
        ),
        EvalAltResult::ErrorTooManyVariables(_) => runaway(span, "there are too many variables", "use a list or a map"),
        EvalAltResult::ErrorParsing(..) => Problem::new(codes::SYNTAX_SCRIPT, lower(&message(error))).at(span),
        _ => {
            Problem::new(codes::SCRIPT_STOPPED, format!("the script stopped here: {}", lower(&message(error)))).at(span)
        }
    }
}

trait SuggestNear {
    fn suggest_near(self, written: &str, known: &[&str]) -> Self;
}

impl SuggestNear for Problem {
    /// Only a near word; a list of everything would not help.
    fn suggest_near(self, written: &str, known: &[&str]) -> Self {
        match crate::problem::nearest(written, known.iter().copied()) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}

fn runaway(span: crate::problem::Span, message: &str, help: &str) -> Problem {
    Problem::new(codes::SCRIPT_RUNAWAY, message).at(span).help(help)
}

/// How much there may be of what there is too much of.
fn most(what: &str) -> String {
    match what {
        what if what.contains("map") => format!("more than {MOST_FIELDS} fields in its maps"),
        what if what.contains("array") => format!("more than {MOST_ITEMS} items in its lists"),
        _ => format!("more than {MOST_TEXT} characters"),
    }
}

fn innermost(error: &EvalAltResult) -> &EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => innermost(inner),
        other => other,
    }
}

/// Rhai's message without the place, which is shown beside it.
fn message(error: &EvalAltResult) -> String {
    let mut message = error.to_string();
    if let Some(end) = message.rfind(" (line ") {
        message.truncate(end);
    }
    message
}

/// Rhai's names for types, as an author knows them.
fn plain(name: &str) -> &str {
    match name {
        name if is_built(name) => "a condition",
        "i64" => "a whole number",
        "decimal" => "a number",
        "bool" => "true or false",
        "string" => "text",
        "array" => "a list",
        "map" => "a map `#{ … }`",
        "()" => "nothing",
        other if other.contains("String") => "text",
        other => other,
    }
}

fn is_built(name: &str) -> bool {
    name.contains("Built") || name == "condition"
}

fn not_found(context: &Context, signature: &str, place: At) -> Problem {
    let name = signature.split(' ').next().unwrap_or(signature);
    let span = context.span(place);
    if name == "!" {
        return Problem::new(
            codes::SCRIPT_LOGIC,
            "`!` looks at a condition now; it is only decided later, for a profile",
        )
        .at(span)
        .help("write `not(…)`");
    }
    if signature.contains("condition") && matches!(name, "%" | "**" | "&" | "|" | "^" | "<<" | ">>") {
        return Problem::new(codes::CONDITION_TYPE, format!("`{name}` means nothing between terms")).at(span);
    }
    let given = signature.split_once(' ').map_or("", |(_, given)| given).trim_matches(['(', ')']);
    let given: Vec<&str> = given.split(", ").filter(|word| !word.is_empty()).map(plain).collect();
    if terms::is_ours(name) {
        let given = if given.is_empty() { "nothing".to_owned() } else { given.join(", ") };
        return Problem::new(codes::SCRIPT_STOPPED, format!("`{name}` does not take {given}"))
            .at(span)
            .help(terms::usage(name));
    }
    Problem::new(codes::SCRIPT_STOPPED, format!("there is no function `{name}` that takes this"))
        .at(span)
        .suggest_near(name, &terms::names())
}
