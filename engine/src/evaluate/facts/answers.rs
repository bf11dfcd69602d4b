//! The answers of a profile in a column, each also as the register that the program of a library reads.

use crate::condition::Value;
use crate::ruleset::{MISSING, encoded};
use std::borrow::Cow;
use std::ops::Deref;

/// Answers by place. They are read as a slice, and written through [`Answers::set`].
#[derive(Debug, Clone)]
pub(crate) struct Answers {
    values: Vec<Value>,
    registers: Vec<i64>,
    /// The scale that the registers are on.
    scale: i64,
    /// How many are missing.
    open: usize,
}

impl Answers {
    /// None yet.
    pub(super) const fn on(scale: i64) -> Self {
        Self { values: Vec::new(), registers: Vec::new(), scale, open: 0 }
    }

    /// Adds so many places that are open.
    pub(super) fn grow(&mut self, count: usize) {
        let length = self.values.len() + count;
        self.values.resize(length, Value::Missing);
        self.registers.resize(length, MISSING);
        self.open += count;
    }

    /// Puts an answer in its place; gives what stood there.
    pub(crate) fn set(&mut self, slot: usize, value: Value) -> Value {
        let before = std::mem::replace(&mut self.values[slot], value);
        self.open -= usize::from(before == Value::Missing);
        self.open += usize::from(value == Value::Missing);
        self.registers[slot] = encoded(value, self.scale);
        before
    }

    /// Whether none is missing.
    pub(super) const fn are_complete(&self) -> bool {
        self.open == 0
    }

    /// The answers as registers of a program on this scale: that of the library, unless this was compiled anew.
    pub(crate) fn on_scale(&self, scale: i64) -> Cow<'_, [i64]> {
        if scale == self.scale {
            return Cow::Borrowed(&self.registers);
        }
        self.values.iter().map(|value| encoded(*value, scale)).collect()
    }
}

impl Deref for Answers {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.values
    }
}
