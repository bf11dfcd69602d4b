//! Texts: what a reader of the report sees, by key and language.

use crate::number::Number;
use crate::problem::{FileId, Problem, Problems, Span, codes};
use crate::source::{Node, Value as Written};
use std::borrow::Cow;

/// The texts of a ruleset in one language. A key is the path of the table and the name: `question.x.ask`.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    language: String,
    file: Option<FileId>,
    /// In order of the keys, each once.
    entries: Vec<Entry>,
}

/// A text with its key and place.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: Cow<'static, str>,
    pub(super) text: Cow<'static, str>,
    pub(super) span: Span,
}

impl Texts {
    /// Texts in order of their keys, each key once.
    pub(super) const fn of(language: String, file: FileId, entries: Vec<Entry>) -> Self {
        Self { language, file: Some(file), entries }
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| entry.key.as_ref().cmp(key)).ok()?;
        self.entries.get(at)
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A text, or nothing where there is none.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.entry(key).map(|entry| entry.text.as_ref())
    }

    /// A text that loading has made sure of; empty for an optional one that is not there.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        self.get(key).unwrap_or_default()
    }

    /// The name of a value on a scale; empty where it has none.
    #[must_use]
    pub fn scale(&self, scale: &str, value: Number) -> &str {
        self.text(&scale_key(scale, value))
    }

    /// The text of an option, named as `question.option`.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&str> {
        let (question, option) = name.split_once('.')?;
        self.get(&format!("question.{question}.options.{option}"))
    }

    /// Every text, with its key and place, in order of the keys.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &str, Span)> {
        self.entries.iter().map(|entry| (entry.key.as_ref(), entry.text.as_ref(), entry.span))
    }

    pub(super) fn span(&self, key: &str) -> Option<Span> {
        self.entry(key).map(|entry| entry.span)
    }

    pub(super) const fn is_read(&self) -> bool {
        self.file.is_some()
    }

    /// The text file; nothing where it was not there.
    pub(super) const fn file(&self) -> Option<FileId> {
        self.file
    }

    /// Whether a text is about the ruleset itself, and not for one that extends it.
    pub(super) fn is_of_itself(key: &str) -> bool {
        matches!(key, "ruleset.title" | "ruleset.about")
    }

    /// These texts, and those of `below` that they do not replace.
    pub(super) fn over(&self, below: &Self) -> Self {
        let mut all = self.clone();
        let more = below.entries.iter().filter(|entry| !Self::is_of_itself(&entry.key));
        all.entries.extend(more.filter(|entry| self.entry(&entry.key).is_none()).cloned());
        all.entries.sort_by(|a, b| a.key.cmp(&b.key));
        all
    }
}

/// The key of the name of a value on a scale.
pub(super) fn scale_key(scale: &str, value: Number) -> String {
    format!("scale.{scale}.{}", value.rounded(6, '.'))
}

/// Reads a text file.
pub(super) fn read(language: &str, file: FileId, node: &Node, problems: &mut Problems) -> Texts {
    let mut entries = Vec::new();
    collect(node, "", &mut entries, problems);
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    // a quoted key can spell the path of a table: the last counts
    entries.reverse();
    entries.dedup_by(|a, b| a.key == b.key);
    entries.reverse();
    Texts::of(language.to_owned(), file, entries)
}

fn collect(node: &Node, path: &str, entries: &mut Vec<Entry>, problems: &mut Problems) {
    match &node.value {
        Written::Table(table) => {
            for entry in &table.entries {
                let key = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
                collect(&entry.node, &key, entries, problems);
            }
        }
        Written::Text { text, .. } => {
            let (key, text) = (path.to_owned().into(), text.trim().to_owned().into());
            entries.push(Entry { key, text, span: node.span });
        }
        other => problems.push(
            Problem::new(codes::WRONG_TYPE, format!("`{path}` must be text, this is {}", other.kind())).at(node.span),
        ),
    }
}

/// A part of a text: plain words, or a placeholder `{name}` or `{kind:name}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// Words.
    Words(&'a str),
    /// A placeholder, with the kind of element whose title is meant, if any.
    Placeholder {
        /// `aspect`, `question`, …
        kind: Option<&'a str>,
        /// Name of the value.
        name: &'a str,
    },
}

/// Takes a text apart.
pub(crate) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else { break };
        let inside = &rest[open + 1..open + length];
        if open > 0 {
            all.push(Part::Words(&rest[..open]));
        }
        let (kind, name) = inside.split_once(':').map_or((None, inside), |(kind, name)| (Some(kind), name));
        all.push(Part::Placeholder { kind, name });
        rest = &rest[open + length + 1..];
    }
    if !rest.is_empty() {
        all.push(Part::Words(rest));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn placeholders_are_found_with_their_kind() {
        let placeholder = |kind, name| Part::Placeholder { kind, name };
        assert_eq!(
            parts("De pijler {aspect:pijler} is {hoe}."),
            [
                Part::Words("De pijler "),
                placeholder(Some("aspect"), "pijler"),
                Part::Words(" is "),
                placeholder(None, "hoe"),
                Part::Words(".")
            ]
        );
        assert_eq!(parts("open { blijft"), [Part::Words("open { blijft")]);
    }
}
