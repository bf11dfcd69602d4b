use super::Sources;
use super::tree::{Entry, Node, Table, Value};
use crate::number::Number;
use crate::problem::{FileId, Problem, Problems, Span, codes};
use ::toml::de::{DeTable, DeValue};
use std::ops::Range;

/// Reads a TOML text. Every mistake in it is reported; what could be read is given back all the same.
pub fn parse_toml(sources: &Sources, file: FileId, problems: &mut Problems) -> Node {
    let text = sources.text(file);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let message = error.message();
        let (code, message) = if message.contains("duplicate") {
            (codes::DUPLICATE_KEY, format!("a key or table stands twice: {message}"))
        } else if message.contains("recurs") {
            (codes::TOO_DEEP, "lists and tables are nested too deeply here".to_owned())
        } else {
            (codes::SYNTAX_TOML, format!("this is not valid TOML: {message}"))
        };
        let problem = Problem::new(code, message).at(error.span().map(|range| Span::new(file, range)));
        problems.push(match help(text, error.span(), error.message()) {
            Some(help) => problem.help(help),
            None => problem,
        });
    }
    let value = convert_table(text, file, table.get_ref());
    Node { value, span: Span::new(file, table.span()) }
}

/// What to do about the mistakes that are made most.
fn help(text: &str, span: Option<Range<usize>>, message: &str) -> Option<&'static str> {
    if message.contains("duplicate") {
        return Some("keep one of the two");
    }
    let rest_of_line = text.get(span?.start..)?.lines().next().unwrap_or_default();
    if !message.contains("string values must be quoted") {
        None
    } else if rest_of_line.trim().is_empty() || rest_of_line.trim_start().starts_with('#') {
        Some("write a value behind the `=`, or take the line out")
    } else {
        Some("text stands between quotation marks; yes and no are `true` and `false`")
    }
}

fn convert_table(text: &str, file: FileId, table: &DeTable<'_>) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: Span::new(file, key.span()),
            node: Node {
                value: convert(text, file, value.get_ref(), value.span()),
                span: Span::new(file, value.span()),
            },
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Value::Table(Table { entries })
}

fn convert(text: &str, file: FileId, value: &DeValue<'_>, range: Range<usize>) -> Value {
    match value {
        DeValue::String(string) => {
            Value::Text { text: string.to_string(), verbatim: verbatim_start(text, range, string) }
        }
        DeValue::Integer(integer) => {
            Value::Number(i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(Number::from))
        }
        DeValue::Float(float) => Value::Number(Number::parse(float.as_str())),
        DeValue::Boolean(bool) => Value::Bool(*bool),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => Value::List(
            list.iter()
                .map(|item| Node {
                    value: convert(text, file, item.get_ref(), item.span()),
                    span: Span::new(file, item.span()),
                })
                .collect(),
        ),
        DeValue::Table(table) => convert_table(text, file, table),
    }
}

/// Where the content of a string begins, if it stands in the source to the letter.
fn verbatim_start(text: &str, range: Range<usize>, content: &str) -> Option<usize> {
    let written = text.get(range.clone())?;
    let inside = match written.strip_prefix("\"\"\"").or_else(|| written.strip_prefix("'''")) {
        // a line end right after three quotes is not part of the text
        Some(inside) => inside.strip_prefix("\r\n").or_else(|| inside.strip_prefix('\n')).unwrap_or(inside),
        None => written.get(1..)?,
    };
    inside.starts_with(content).then_some(range.start + written.len() - inside.len())
}
