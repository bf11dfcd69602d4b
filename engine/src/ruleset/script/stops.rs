//! What stopped a script, in words that say what to write instead.

use super::places::{At, Logic, at};
use super::{Context, MOST_FIELDS, MOST_ITEMS, MOST_TEXT, terms};
use crate::problem::{Problem, Span, codes};
use rhai::{EvalAltResult, ParseError, ParseErrorType};

/// A text that is not valid Rhai.
pub(super) fn syntax(context: &Context, error: &ParseError, condition: bool) -> Problem {
    let span = context.span(at(error.position()));
    let what = if condition { "condition" } else { "script" };
    match error.err_type() {
        ParseErrorType::ExprTooDeep => {
            let problem = Problem::new(codes::SCRIPT_RUNAWAY, format!("this {what} is nested too deeply")).at(span);
            problem.help("put many conditions together with all([…]) or any([…])")
        }
        ParseErrorType::Reserved(word) => absent(word, what, span),
        ParseErrorType::BadInput(bad) if bad.to_string().contains("disabled") => {
            let text = bad.to_string();
            absent(text.split('\'').nth(1).unwrap_or("this"), what, span)
        }
        kind => {
            let message = format!("this is not a valid {what}: {}", lower(&kind.to_string()));
            let problem = Problem::new(codes::SYNTAX_SCRIPT, message).at(span);
            match instead(context, span) {
                Some(instead) => problem.help(instead),
                None if condition => problem.help("a condition is one expression, such as answer(\"question\") >= 3"),
                None => problem,
            }
        }
    }
}

/// A word of the language that is switched off.
fn absent(word: &str, what: &str, span: Span) -> Problem {
    let problem = Problem::new(codes::SYNTAX_SCRIPT, format!("`{word}` is not there in a {what}")).at(span);
    match word {
        "with" => problem.help("values for the placeholders of a text stand in `fill: #{ … }`"),
        "print" | "debug" | "eval" | "import" | "export" => problem.help("a script only builds rules; take it out"),
        _ => problem,
    }
}

/// What to write instead of what other languages have, where that stands at or just before the place of an error.
fn instead(context: &Context, span: Span) -> Option<&'static str> {
    let loading = context.loading.borrow();
    let (before, after) = loading.sources.text(span.file).split_at_checked(span.start)?;
    let before = before.trim_end();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let word = after.split(|c| !is_word(c)).next().unwrap_or_default();
    let last = before.rsplit(|c| !is_word(c)).next().unwrap_or_default();
    match () {
        () if after.starts_with('?') => Some("write a rule for each case, with the case in `when:`"),
        () if after.starts_with("===") => Some("write `==`"),
        () if after.starts_with('=') && !after.starts_with("==") => Some("`=` gives a variable a value; `==` compares"),
        () if after.starts_with('>') && before.ends_with('<') => Some("write `!=`"),
        () if after.starts_with('\'') => Some("text stands between double quotes: \"…\""),
        () if word.eq_ignore_ascii_case("and") => Some("write `and`, in small letters, between conditions"),
        () if word.eq_ignore_ascii_case("or") => Some("write `or`, in small letters, between conditions"),
        () if last.eq_ignore_ascii_case("not") => Some("write `not(…)`, with what it turns round between brackets"),
        () => None,
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
        Logic::Coalesce => ("??", "what is not answered stays open; a rule can ask for an answer with `needs:`"),
        Logic::In => ("in", "write answer(\"question\").is_one_of([\"a\", \"b\"])"),
        Logic::Search => ("this", "build a list of conditions and use any([…]), all([…]) or count([…])"),
        Logic::Text => ("", "a text can show elements and parameters: with placeholders and `fill: #{ … }`"),
    };
    let span = context.span(place);
    let written =
        context.loading.borrow().sources.text(span.file).get(span.start..span.end).unwrap_or_default().to_owned();
    let message = match logic {
        Logic::Text => "a term has no text now; its value is only known later, for a profile".to_owned(),
        // the function is named as it is written
        Logic::Search if written.starts_with(char::is_alphabetic) => now(&written),
        _ => now(word),
    };
    Problem::new(codes::SCRIPT_LOGIC, message).at(span).help(instead)
}

fn now(word: &str) -> String {
    format!("`{word}` looks at a condition now; it is only decided later, for a profile")
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

fn runaway(span: Span, message: &str, help: &str) -> Problem {
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
pub(super) fn plain(name: &str) -> &str {
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
    if name == "elements" {
        // Rhai sorts a list only of what it can compare now
        return logic(context, Logic::Search, place);
    }
    let given = signature.split_once(' ').map_or("", |(_, given)| given).trim_matches(['(', ')']);
    let given: Vec<&str> = given.split(", ").filter(|word| !word.is_empty()).map(plain).collect();
    if name == "-" && given.len() == 1 {
        let message = "`-` goes between two terms or numbers";
        return Problem::new(codes::CONDITION_TYPE, message).at(span).help("write 0 - …");
    }
    if terms::is_ours(name) {
        let given = if given.is_empty() { "nothing".to_owned() } else { given.join(", ") };
        return Problem::new(codes::SCRIPT_STOPPED, format!("`{name}` does not take {given}"))
            .at(span)
            .help(terms::usage(name));
    }
    let problem =
        Problem::new(codes::SCRIPT_STOPPED, format!("there is no function `{name}` that takes this")).at(span);
    match name {
        "min" => problem.help("the lowest of some terms is lowest([…])"),
        "max" => problem.help("the highest of some terms is highest([…])"),
        "abs" => problem.help("the distance between two terms is gap(…, …)"),
        _ => problem.suggest_near(name, &terms::names()),
    }
}
