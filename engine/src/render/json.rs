//! The assessment for machines, and the schema that it keeps to.

use crate::assessment::Assessment;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

/// The assessment as JSON, with a line end behind it: `assessment/1`.
#[must_use]
pub fn json(assessment: &Assessment) -> String {
    pretty(assessment)
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
