//! Source texts: what was read, and where in it something stands.
//!
//! JSON and TOML become the same tree of [`Node`]s, each with its place, so that one reader serves both
//! and every message can point. [`fields`] takes such a tree apart and reports what does not belong.

pub mod fields;
mod json;
mod toml;
mod tree;

pub use json::parse_json;
pub use toml::parse_toml;
pub use tree::{Entry, Node, Table, Value};

use crate::problem::{FileId, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::sync::OnceLock;

/// The largest text that is read, in bytes: well above any real profile or ruleset file.
pub const LARGEST_TEXT: usize = 8 * 1024 * 1024;

/// How deeply lists and tables may be nested.
pub const DEEPEST_NESTING: usize = 64;

/// A place that a reader can open: a file, a line and a column, both counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Name of the file as it was given.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

#[derive(Debug, Clone)]
struct SourceFile {
    name: String,
    text: Cow<'static, str>,
    /// Where lines begin, looked up when the first place in the text is asked for.
    line_starts: OnceLock<Vec<usize>>,
}

impl SourceFile {
    fn line_starts(&self) -> &[usize] {
        self.line_starts
            .get_or_init(|| std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }
}

/// All texts of one run, so that a [`Span`] can be shown.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// No texts yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { files: Vec::new() }
    }

    /// Keeps a text under the name that messages should show.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.keep(name.into(), Cow::Owned(text.into()))
    }

    /// The same for a text that is part of the program, which need not be copied.
    #[expect(clippy::cast_possible_truncation, reason = "nobody reads four thousand million files in one run")]
    pub(crate) fn keep(&mut self, name: String, text: Cow<'static, str>) -> FileId {
        self.files.push(SourceFile { name, text, line_starts: OnceLock::new() });
        FileId((self.files.len() - 1) as u32)
    }

    /// A text that is part of the program.
    pub(crate) fn lasting(&self, file: FileId) -> Option<&'static str> {
        match self.files.get(file.0 as usize)?.text {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        }
    }

    /// The texts so far, in the order in which they came.
    pub(crate) fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..).map(FileId).take(self.files.len())
    }

    /// The name that was given with the text.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].name
    }

    /// The text.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].text
    }

    /// The place where a span begins.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        let file = &self.files[span.file.0 as usize];
        let line_starts = file.line_starts();
        let line = line_starts.partition_point(|&start| start <= span.start).max(1);
        let start = line_starts[line - 1];
        let column = file.text.get(start..span.start).map_or(0, |before| before.chars().count()) + 1;
        Place { file: file.name.clone(), line, column }
    }

    /// The byte at which the character `column` (from 1) of `line` (from 1) stands.
    #[must_use]
    pub fn offset(&self, file: FileId, line: usize, column: usize) -> usize {
        let file = &self.files[file.0 as usize];
        let start = file.line_starts().get(line.saturating_sub(1)).copied().unwrap_or(file.text.len());
        file.text[start..].char_indices().nth(column.saturating_sub(1)).map_or(file.text.len(), |(at, _)| start + at)
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
