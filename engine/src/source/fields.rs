//! Taking a tree apart: fields that are there, that are missing, and that do not belong.

use super::tree::{Node, Table, Value};
use crate::number::Number;
use crate::problem::{Problem, Problems, Span, codes};

/// A table that is being read field by field. What was not asked for when [`Fields::finish`] is called is unknown.
#[derive(Debug)]
pub struct Fields<'a> {
    table: &'a Table,
    span: Span,
    what: String,
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Reads `node`, which messages call `what` ("a question"). Reports when it is no table.
    pub fn new(node: &'a Node, what: impl Into<String>, problems: &mut Problems) -> Option<Self> {
        let what = what.into();
        match &node.value {
            Value::Table(table) => Some(Self { table, span: node.span, what, asked: Vec::new() }),
            other => {
                problems.push(
                    Problem::new(codes::WRONG_TYPE, format!("{what} must be a table, this is {}", other.kind()))
                        .at(node.span),
                );
                None
            }
        }
    }

    /// Where the table stands.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// A field that may be there.
    pub fn optional(&mut self, name: &'static str) -> Option<&'a Node> {
        self.asked.push(name);
        self.table.get(name)
    }

    /// A field that must be there.
    pub fn required(&mut self, name: &'static str, problems: &mut Problems) -> Option<&'a Node> {
        let found = self.optional(name);
        if found.is_none() {
            problems.push(
                Problem::new(codes::MISSING_FIELD, format!("{} needs the field `{name}`", self.what))
                    .at(self.beginning())
                    .label(format!("`{name}` is missing here")),
            );
        }
        found
    }

    /// Where the source says it. Reports where that is not there, or says nothing.
    pub(crate) fn source(&mut self, problems: &mut Problems) -> String {
        let node = self.optional("source");
        let said = node.and_then(|node| node.text(problems)).unwrap_or_default();
        if node.is_none_or(|node| matches!(&node.value, Value::Text { text, .. } if text.trim().is_empty())) {
            let span = node.or_else(|| self.table.get("id")).map_or_else(|| self.beginning(), |node| node.span);
            let message = format!("{} does not say where its source says it", self.what);
            let help = "add `source = \"…, §…\"`; where the source is silent and the choice is yours, say that";
            problems.push(Problem::new(codes::NO_SOURCE, message).at(span).help(help));
        }
        said.to_owned()
    }

    /// The first field of the table, to show which table it is.
    fn beginning(&self) -> Span {
        let first = self.table.entries.first().map_or(self.span, |entry| entry.key_span);
        Span { end: first.end.max(self.span.start + 1), ..self.span }
    }

    /// Reports a field that only goes with another, where it is there.
    pub(crate) fn misplaced(&mut self, name: &'static str, with: &str, problems: &mut Problems) {
        let Some(entry) = self.table.entries.iter().find(|entry| entry.key == name) else { return };
        self.asked.push(name);
        let problem = Problem::new(codes::NOT_FITTING, format!("`{name}` goes with `{with}`")).at(entry.key_span);
        problems.push(problem.help("take one of the two out, or change it"));
    }

    /// Reports every field that nobody asked for.
    pub fn finish(self, problems: &mut Problems) {
        #[cfg(test)]
        asked::note(&self.what, &self.asked);
        let mut known = self.asked.clone();
        known.sort_unstable();
        for entry in &self.table.entries {
            if !self.asked.contains(&entry.key.as_str()) {
                problems.push(
                    Problem::new(codes::UNKNOWN_FIELD, format!("{} has no field `{}`", self.what, entry.key))
                        .at(entry.key_span)
                        .suggest(&entry.key, known.iter().copied()),
                );
            }
        }
    }
}

fn wrong(node: &Node, wanted: &str, problems: &mut Problems) {
    problems.push(
        Problem::new(codes::WRONG_TYPE, format!("expected {wanted}, this is {}", node.value.kind())).at(node.span),
    );
}

impl Node {
    /// This node as a text.
    pub fn text(&self, problems: &mut Problems) -> Option<&str> {
        match &self.value {
            Value::Text { text, .. } => Some(text),
            _ => {
                wrong(self, "text", problems);
                None
            }
        }
    }

    /// This node as a number that can be kept exactly.
    pub fn number(&self, problems: &mut Problems) -> Option<Number> {
        match self.value {
            Value::Number(Some(number)) => Some(number),
            Value::Number(None) => {
                problems.push(
                    Problem::new(codes::BAD_NUMBER, "this number cannot be kept exactly")
                        .at(self.span)
                        .help("use at most 15 digits, and a decimal point if need be"),
                );
                None
            }
            _ => {
                wrong(self, "a number", problems);
                None
            }
        }
    }

    /// This node as a whole number that is not negative.
    pub fn count(&self, problems: &mut Problems) -> Option<u64> {
        let number = self.number(problems)?;
        match number.to_integer().and_then(|whole| u64::try_from(whole).ok()) {
            Some(count) => Some(count),
            None => {
                wrong(self, "a whole number from 0", problems);
                None
            }
        }
    }

    /// This node as true or false.
    pub fn bool(&self, problems: &mut Problems) -> Option<bool> {
        match self.value {
            Value::Bool(bool) => Some(bool),
            _ => {
                wrong(self, "true or false", problems);
                None
            }
        }
    }

    /// This node as a list.
    pub fn list(&self, problems: &mut Problems) -> Option<&[Node]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => {
                wrong(self, "a list", problems);
                None
            }
        }
    }

    /// This node as a table.
    pub fn table(&self, problems: &mut Problems) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => {
                wrong(self, "a table", problems);
                None
            }
        }
    }

    /// This node as a list of texts, each with its place.
    pub fn texts(&self, problems: &mut Problems) -> Vec<(String, Span)> {
        let list = self.list(problems).unwrap_or_default();
        list.iter().filter_map(|item| item.text(problems).map(|text| (text.to_owned(), item.span))).collect()
    }

    /// This node as an id: lower-case letters, digits and hyphens, beginning with a letter.
    pub fn id(&self, problems: &mut Problems) -> Option<String> {
        let text = self.text(problems)?;
        if is_id(text) {
            return Some(text.to_owned());
        }
        problems.push(Problem::new(codes::BAD_ID, format!("`{text}` cannot be an id")).at(self.span).help(AN_ID));
        None
    }
}

/// What an id is, for who wrote another word.
pub const AN_ID: &str = "an id is lower-case letters, digits and hyphens, and begins with a letter";

/// Whether a text can be an id.
#[must_use]
pub fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= 80
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// What readers ask for, noted so that tests can hold descriptions of the formats against it.
#[cfg(test)]
pub(crate) mod asked {
    use std::cell::RefCell;
    use std::collections::{BTreeMap, BTreeSet};

    /// Names of fields, by what they are of.
    pub(crate) type Asked = BTreeMap<String, BTreeSet<String>>;

    thread_local! {
        static ASKED: RefCell<Asked> = const { RefCell::new(BTreeMap::new()) };
    }

    /// Notes what was asked of something, whichever one it was.
    pub(crate) fn note(what: &str, names: &[&str]) {
        let kind = what.strip_suffix('`').and_then(|what| what.rsplit_once(" `")).map_or(what, |(kind, _)| kind);
        ASKED.with_borrow_mut(|asked| {
            asked.entry(kind.to_owned()).or_default().extend(names.iter().map(|name| (*name).to_owned()));
        });
    }

    /// Everything that was noted in this thread.
    pub(crate) fn take() -> Asked {
        ASKED.take()
    }
}
