//! What an answer can become, one step away.

use super::elements::{Kind, Question};
use crate::condition::Value;

impl Question {
    /// Whether an answer is one that can become another: no fact that is known, no text, not set aside as not
    /// applicable, and not left to another question that is the same.
    #[must_use]
    pub fn can_change(&self, from: Value) -> bool {
        let settled_elsewhere = self.same_as.is_some() && from == Value::Missing;
        let known_fact = self.fact && from != Value::Missing;
        !known_fact && from != Value::Nothing && !settled_elsewhere && !matches!(self.kind, Kind::Text)
    }
}

impl Kind {
    /// The values one step away: the next lower and higher, or one option more or less.
    #[must_use]
    pub fn neighbours(&self, from: Value) -> Vec<Value> {
        match (self, from) {
            (Self::Multiple(options), Value::Options(bits)) => {
                (0..options.len()).map(|at| Value::Options(bits ^ (1 << at))).collect()
            }
            (Self::Number { min, max, step, .. }, Value::Number(now)) => [now.minus(*step), now.plus(*step)]
                .into_iter()
                .flatten()
                .filter(|near| near >= min && near <= max)
                .map(Value::Number)
                .collect(),
            _ => {
                let Some(all) = self.domain() else { return Vec::new() };
                let Some(at) = all.iter().position(|value| *value == from) else { return Vec::new() };
                [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| all.get(at).copied()).collect()
            }
        }
    }
}
