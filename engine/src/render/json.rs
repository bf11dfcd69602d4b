//! The assessment for machines, and the schema that it keeps to.

use crate::assessment::Assessment;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};
use std::io::{Result, Write};

/// How deep an assessment is indented: down to the fields of a conclusion. What lies deeper, above all the trees of
/// reasons, stands on one line: its indentation would be most of the file.
const DEEPEST: usize = 5;

/// Room for all that the built-in rulesets say: one that grows is copied each time, and what is not written to costs
/// nothing.
const ROOM: usize = 8 << 20;

/// The assessment as JSON, with a line end behind it: `assessment/1`.
#[must_use]
pub fn json(assessment: &Assessment) -> String {
    let mut bytes = Vec::with_capacity(ROOM);
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Shallow::default());
    // Writing to memory cannot fail, and no result has keys but text: there is nothing to report.
    let written = assessment.serialize(&mut serializer).is_ok();
    let mut text = if written { String::from_utf8(bytes).unwrap_or_default() } else { String::new() };
    text.push('\n');
    text
}

/// Indents down to [`DEEPEST`], and writes what lies deeper on one line.
#[derive(Default)]
struct Shallow {
    pretty: PrettyFormatter<'static>,
    depth: usize,
}

impl Shallow {
    const fn is_deep(&self) -> bool {
        self.depth > DEEPEST
    }
}

impl Formatter for Shallow {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.depth += 1;
        if self.is_deep() { CompactFormatter.begin_array(writer) } else { self.pretty.begin_array(writer) }
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        let deep = self.is_deep();
        self.depth -= 1;
        if deep { CompactFormatter.end_array(writer) } else { self.pretty.end_array(writer) }
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        if self.is_deep() {
            return CompactFormatter.begin_array_value(writer, first);
        }
        self.pretty.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.pretty.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.depth += 1;
        if self.is_deep() { CompactFormatter.begin_object(writer) } else { self.pretty.begin_object(writer) }
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        let deep = self.is_deep();
        self.depth -= 1;
        if deep { CompactFormatter.end_object(writer) } else { self.pretty.end_object(writer) }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        if self.is_deep() {
            return CompactFormatter.begin_object_key(writer, first);
        }
        self.pretty.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.pretty.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.pretty.end_object_value(writer)
    }
}

/// The JSON Schema (2020-12) of [`json`], with a line end behind it.
///
/// It describes what is written: what may be left out is optional, everything else is there.
///
/// ```
/// assert!(ketenspiegel_engine::render::schema().contains("\"$schema\""));
/// ```
#[must_use]
pub fn schema() -> String {
    schema_of::<Assessment>()
}

/// The JSON Schema (2020-12) of anything that is written, with a line end behind it.
#[must_use]
pub fn schema_of<T: JsonSchema>() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    pretty(&generator.into_root_schema_for::<T>())
}

/// Any result as JSON, with a line end behind it.
#[must_use]
pub fn pretty<T: Serialize>(value: &T) -> String {
    // Writing to memory cannot fail, and no result has keys but text: there is nothing to report.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
