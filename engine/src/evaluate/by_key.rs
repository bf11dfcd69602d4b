//! What is remembered of expressions through certain eyes.

use super::evaluation::Key;
use crate::condition::ExprId;

/// Something for some keys: a column for each pair of eyes, made when the first thing is put in it.
#[derive(Debug)]
pub(super) struct ByKey<T> {
    columns: Vec<Vec<Option<T>>>,
    exprs: usize,
}

impl<T: Clone> ByKey<T> {
    /// Nothing yet, for so many expressions.
    pub(super) const fn new(exprs: usize) -> Self {
        Self { columns: Vec::new(), exprs }
    }

    pub(super) fn get(&self, key: Key) -> Option<&T> {
        self.columns.get(key.eyes.index())?.get(key.expr.index())?.as_ref()
    }

    pub(super) fn set(&mut self, key: Key, value: T) {
        let at = key.eyes.index();
        if self.columns.len() <= at {
            self.columns.resize(at + 1, Vec::new());
        }
        let column = &mut self.columns[at];
        if column.is_empty() {
            column.resize(self.exprs, None);
        }
        column[key.expr.index()] = Some(value);
    }

    /// Forgets an expression through all eyes.
    pub(super) fn forget(&mut self, expr: ExprId) {
        self.columns.iter_mut().filter_map(|column| column.get_mut(expr.index())).for_each(|one| *one = None);
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.columns.clear();
    }
}
