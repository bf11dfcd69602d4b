use super::tree::{Entry, Node, Table, Value};
use super::{DEEPEST_NESTING, Sources};
use crate::number::Number;
use crate::problem::{FileId, Problem, Problems, Span, codes};
use jsonc_parser::ast::{self, ObjectPropName};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions};
use std::collections::HashMap;

/// Reads a JSON text (RFC 8259: no comments, no trailing commas). Keys that stand twice are reported.
pub fn parse_json(sources: &Sources, file: FileId, problems: &mut Problems) -> Option<Node> {
    let text = sources.text(file);
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &strict) {
        Ok(parsed) => match parsed.value {
            Some(value) => Some(convert(&value, file, 0, problems)),
            None => {
                problems.push(
                    Problem::new(codes::EMPTY, "there is nothing in this file")
                        .at(Span::new(file, 0..0))
                        .help("`ketenspiegel form` writes an empty profile to start from"),
                );
                None
            }
        },
        Err(error) => {
            let range = error.range();
            let kind = error.kind().to_string();
            let (code, message) = if kind.contains("nesting") {
                (codes::TOO_DEEP, "lists and tables are nested too deeply here".to_owned())
            } else {
                (codes::SYNTAX_JSON, format!("this is not valid JSON: {}", lower_first(&kind)))
            };
            let problem = Problem::new(code, message).at(Span::new(file, range.start..range.end.max(range.start)));
            let problem = match help(text, &kind) {
                Some(help) => problem.help(help),
                None => problem,
            };
            problems.push(problem);
            None
        }
    }
}

/// What to do about the mistakes that are made most.
fn help(text: &str, kind: &str) -> Option<&'static str> {
    if text.trim_start().starts_with('#') || text.lines().take(5).any(|line| line.contains(" = ")) {
        Some("a profile in TOML needs a name that ends in .toml")
    } else if kind.to_lowercase().contains("unterminated") {
        Some("is the file whole? every `{` and `[` needs its `}` or `]`")
    } else if !text.trim_start().starts_with(['{', '[']) {
        Some("`ketenspiegel form` writes an empty profile to start from")
    } else {
        None
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn convert(value: &ast::Value<'_>, file: FileId, depth: usize, problems: &mut Problems) -> Node {
    let range = value.range();
    let span = Span::new(file, range.start..range.end);
    if depth > DEEPEST_NESTING {
        problems.push(
            Problem::new(codes::TOO_DEEP, "lists and tables are nested too deeply here")
                .at(Span::new(file, range.start..range.start + 1))
                .help(format!("a profile needs fewer than {DEEPEST_NESTING} levels")),
        );
        return Node { value: Value::Null, span };
    }
    let value = match value {
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
        ast::Value::NumberLit(literal) => Value::Number(Number::parse(literal.value)),
        ast::Value::StringLit(literal) => Value::Text {
            text: literal.value.to_string(),
            verbatim: matches!(literal.value, std::borrow::Cow::Borrowed(_)).then_some(range.start + 1),
        },
        ast::Value::Array(array) => {
            Value::List(array.elements.iter().map(|element| convert(element, file, depth + 1, problems)).collect())
        }
        ast::Value::Object(object) => {
            let mut seen: HashMap<String, Span> = HashMap::new();
            let mut entries = Vec::with_capacity(object.properties.len());
            for property in &object.properties {
                let (key, key_range) = match &property.name {
                    ObjectPropName::String(name) => (name.value.to_string(), name.range),
                    ObjectPropName::Word(name) => (name.value.to_owned(), name.range),
                };
                let key_span = Span::new(file, key_range.start..key_range.end);
                if let Some(first) = seen.insert(key.clone(), key_span) {
                    problems.push(
                        Problem::new(codes::DUPLICATE_KEY, format!("`{key}` stands twice in the same object"))
                            .at(key_span)
                            .also(first, "the first is here")
                            .help("keep one of the two"),
                    );
                }
                entries.push(Entry { key, key_span, node: convert(&property.value, file, depth + 1, problems) });
            }
            Value::Table(Table { entries })
        }
    };
    Node { value, span }
}
