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
    text: String,
    line_starts: Vec<usize>,
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
    #[expect(clippy::cast_possible_truncation, reason = "nobody reads four thousand million files in one run")]
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.files.push(SourceFile { name: name.into(), text, line_starts });
        FileId((self.files.len() - 1) as u32)
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
        let line = file.line_starts.partition_point(|&start| start <= span.start).max(1);
        let start = file.line_starts[line - 1];
        let column = file.text.get(start..span.start).map_or(0, |before| before.chars().count()) + 1;
        Place { file: file.name.clone(), line, column }
    }

    /// The byte at which the character `column` (from 1) of `line` (from 1) stands.
    #[must_use]
    pub fn offset(&self, file: FileId, line: usize, column: usize) -> usize {
        let file = &self.files[file.0 as usize];
        let start = file.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(file.text.len());
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
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
