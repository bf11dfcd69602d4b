//! Days, as people write them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use toml::de::DeValue;

/// A day of the calendar; of two the later one is the greater.
///
/// ```
/// use ketenspiegel_engine::date::Date;
/// assert!(Date::parse("2026-01-31") < Date::parse("2026-02-01"));
/// assert_eq!(Date::parse("2026-02-29"), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Date(String);

impl Date {
    /// Reads `2026-01-31`; nothing where there is no such day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let value = DeValue::parse(text).ok()?;
        let DeValue::Datetime(day) = value.get_ref() else { return None };
        (day.date.is_some() && day.time.is_none() && day.offset.is_none()).then(|| Self(day.to_string()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
