//! What is remembered of expressions through certain eyes.

use super::eyes::{Key, WHOLE};
use crate::condition::ExprId;
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// Something for some keys: a column for the chain as a whole, and what there is through other eyes beside it.
#[derive(Debug)]
pub(super) struct ByKey<T> {
    whole: Vec<Option<T>>,
    others: HashMap<ExprId, Vec<(Key, T)>, FixedState>,
    exprs: usize,
}

impl<T: Clone> ByKey<T> {
    /// Nothing yet, for so many expressions.
    pub(super) fn new(exprs: usize) -> Self {
        Self { whole: Vec::new(), others: HashMap::default(), exprs }
    }

    #[inline]
    pub(super) fn get(&self, key: Key) -> Option<&T> {
        if key.eyes == WHOLE {
            return self.whole.get(key.expr.index())?.as_ref();
        }
        self.others.get(&key.expr)?.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    pub(super) fn set(&mut self, key: Key, value: T) {
        if key.eyes == WHOLE {
            if self.whole.is_empty() {
                self.whole.resize(self.exprs, None);
            }
            self.whole[key.expr.index()] = Some(value);
            return;
        }
        let others = self.others.entry(key.expr).or_default();
        match others.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = value,
            None => others.push((key, value)),
        }
    }

    /// Forgets an expression through all eyes.
    pub(super) fn forget(&mut self, expr: ExprId) {
        if let Some(one) = self.whole.get_mut(expr.index()) {
            *one = None;
        }
        if !self.others.is_empty() {
            self.others.remove(&expr);
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.whole.clear();
        self.others.clear();
    }
}
