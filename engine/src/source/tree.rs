use crate::number::Number;
use crate::problem::Span;
use serde::{Deserialize, Serialize};

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// What stands there.
    pub value: Value,
    /// Where.
    pub span: Span,
}

/// What a JSON or TOML text can say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// `null`; TOML has none.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, kept exactly; `None` when it has more digits than can be kept.
    Number(Option<Number>),
    /// A text.
    Text {
        /// The text itself.
        text: String,
        /// Byte in the source at which it begins, where it stands there to the letter (without escapes).
        verbatim: Option<usize>,
    },
    /// A TOML date or time, as written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table (an object).
    Table(Table),
}

/// A table's entries in the order of the text. JSON may hold a key twice; readers have reported that already.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Table {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// One key with its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Table {
    /// The first entry with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }
}

impl Value {
    /// What kind of value this is, in words for a message.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text { .. } => "text",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}
