//! What was worked out where something is fixed for the moment.

use super::eyes::Key;
use super::sets::Possible;
use crate::condition::Value;
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// Expressions that have a certain value for the moment.
pub(super) type Fixed = Vec<(Key, Value)>;

/// How much is remembered at most.
const MOST: usize = 1 << 16;

/// What expressions can still come to when some others, below them, have certain values.
#[derive(Debug, Default)]
pub(super) struct Given {
    of: HashMap<Key, HashMap<Fixed, Possible, FixedState>, FixedState>,
    size: usize,
}

impl Given {
    pub(super) fn get(&self, key: Key, fixed: &Fixed) -> Option<&Possible> {
        self.of.get(&key)?.get(fixed)
    }

    pub(super) fn set(&mut self, key: Key, fixed: Fixed, found: Possible) {
        if self.size >= MOST {
            *self = Self::default();
        }
        self.size += usize::from(self.of.entry(key).or_default().insert(fixed, found).is_none());
    }

    /// Forgets some expressions.
    pub(super) fn forget(&mut self, which: impl Fn(Key) -> bool) {
        let size = &mut self.size;
        self.of.retain(|key, found| {
            let keep = !which(*key);
            *size -= if keep { 0 } else { found.len() };
            keep
        });
    }
}
