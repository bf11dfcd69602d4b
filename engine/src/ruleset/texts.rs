//! Texts: what a reader of the report sees, by key and language.

use crate::number::Number;
use crate::problem::{FileId, Problem, Problems, Span, codes};
use crate::source::{Node, Value as Written};
use std::collections::BTreeMap;

/// The texts of a ruleset in one language. A key is the path of the table and the name: `question.x.ask`.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    language: String,
    file: Option<FileId>,
    entries: BTreeMap<String, (String, Span)>,
}

impl Texts {
    /// The language.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A text, or nothing where there is none.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.entries.get(key).map(|(text, _)| text.as_str())
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
        self.entries.iter().map(|(key, (text, span))| (key.as_str(), text.as_str(), *span))
    }

    pub(super) fn span(&self, key: &str) -> Option<Span> {
        self.entries.get(key).map(|(_, span)| *span)
    }

    pub(super) const fn is_read(&self) -> bool {
        self.file.is_some()
    }
}

/// The key of the name of a value on a scale.
pub(super) fn scale_key(scale: &str, value: Number) -> String {
    format!("scale.{scale}.{}", value.rounded(6, '.'))
}

/// Reads a text file.
pub(super) fn read(language: &str, file: FileId, node: &Node, problems: &mut Problems) -> Texts {
    let mut texts = Texts { language: language.to_owned(), file: Some(file), entries: BTreeMap::new() };
    collect(node, "", &mut texts, problems);
    texts
}

fn collect(node: &Node, path: &str, texts: &mut Texts, problems: &mut Problems) {
    match &node.value {
        Written::Table(table) => {
            for entry in &table.entries {
                let key = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
                collect(&entry.node, &key, texts, problems);
            }
        }
        Written::Text { text, .. } => {
            texts.entries.insert(path.to_owned(), (text.trim().to_owned(), node.span));
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
