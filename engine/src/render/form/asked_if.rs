//! When a question is asked, in words: for the conditions that `asked-if` is usually made of.

use super::super::words::{self, forms};
use super::sheet::Sheet;
use crate::assessment::Comparison;
use crate::condition::{Expr, ExprId, QuestionId, Value};
use crate::ruleset::Kind;

/// The condition in words, or nothing where it is about more than answers.
pub(super) fn words(sheet: &Sheet<'_>, condition: ExprId) -> Option<String> {
    match sheet.library.graph.expr(condition) {
        Expr::And(all) => joined(sheet, all).map(|parts| sheet.language.and(&parts)),
        Expr::Or(all) => joined(sheet, all).map(|parts| sheet.language.or(&parts)),
        Expr::Compare(comparison, left, right) => {
            let (comparison, question, value) =
                match (sheet.library.graph.expr(*left), sheet.library.graph.expr(*right)) {
                    (Expr::Answer(question), Expr::Constant(value)) => (*comparison, *question, *value),
                    (Expr::Constant(value), Expr::Answer(question)) => (comparison.flipped(), *question, *value),
                    _ => return None,
                };
            said(sheet, question, comparison, &[value])
        }
        Expr::OneOf(term, options) => {
            let Expr::Answer(question) = sheet.library.graph.expr(*term) else { return None };
            let values: Vec<Value> = options.iter().copied().map(Value::Option).collect();
            said(sheet, *question, Comparison::Equal, &values)
        }
        Expr::Has(term, option) => {
            let Expr::Answer(question) = sheet.library.graph.expr(*term) else { return None };
            said(sheet, *question, Comparison::Equal, &[Value::Option(*option)])
        }
        _ => None,
    }
}

fn joined(sheet: &Sheet<'_>, all: &[ExprId]) -> Option<Vec<String>> {
    all.iter().map(|part| words(sheet, *part)).collect()
}

fn said(sheet: &Sheet<'_>, question: QuestionId, comparison: Comparison, values: &[Value]) -> Option<String> {
    let bounds: Option<Vec<String>> = values.iter().map(|value| value_words(sheet, question, *value)).collect();
    let bound = sheet.language.or(&bounds?);
    Some(forms::compared(&sheet.reference(question), comparison, &bound, sheet.language))
}

fn value_words(sheet: &Sheet<'_>, question: QuestionId, value: Value) -> Option<String> {
    let question = &sheet.library.questions[question.index()];
    match (value, &question.kind) {
        (Value::Number(number), _) => Some(sheet.language.exact(number)),
        (Value::Truth(yes), _) => Some(sheet.language.say(if yes { words::YES } else { words::NO }).to_owned()),
        (Value::Option(at), Kind::Choice(options) | Kind::Multiple(options)) => {
            let key = format!("question.{}.options.{}", question.declared.id, options.get(usize::from(at))?.id);
            Some(sheet.language.quoted(sheet.texts(question).text(&key)))
        }
        _ => None,
    }
}
