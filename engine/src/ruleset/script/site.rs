//! Where a building function was called, and what it builds there.

use super::places::{self, At};
use super::{Built, Context, poison};
use crate::condition::{DEEPEST, Expr, ExprId, Type};
use crate::problem::{Problem, Span, codes};
use crate::ruleset::loading::Loading;
use rhai::{Dynamic, NativeCallContext};
use std::cell::RefMut;

/// The most terms and conditions that one may be built of, each counted as often as it stands in it.
const MOST_BUILT: u64 = 100_000;

/// How deep and how large an expression is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    deep: u32,
    large: u64,
}

/// Where a building function was called.
pub(super) struct Site<'a> {
    pub(super) context: &'a Context,
    pub(super) at: At,
    pub(super) native: &'a NativeCallContext<'a>,
}

impl Site<'_> {
    /// The name of the function that was called.
    pub(super) fn span(&self) -> Span {
        self.context.span(self.at)
    }

    pub(super) fn shape<T>(&self, argument: usize, read: impl FnOnce(&places::Shape) -> Option<T>) -> Option<T> {
        let places = self.context.places.borrow();
        let call = places.calls.get(&self.at)?;
        let index = if call.method { argument.checked_sub(1)? } else { argument };
        call.arguments.get(index).and_then(read)
    }

    /// An argument, counted from nought; of a method the object is the first.
    pub(super) fn argument(&self, argument: usize) -> Span {
        self.shape(argument, |shape| Some(shape.at)).map_or_else(|| self.span(), |at| self.context.span(at))
    }

    /// An item of an argument that is written as an array.
    pub(super) fn item(&self, argument: usize, item: usize) -> Span {
        let at = self.shape(argument, |shape| shape.items.get(item).map(|item| item.at));
        at.map_or_else(|| self.argument(argument), |at| self.context.span(at))
    }

    /// The function's name as it is written at this place.
    pub(super) fn called(&self) -> Option<String> {
        self.context.places.borrow().calls.get(&self.at).map(|call| call.name.clone())
    }

    /// Whether what was called is written as `in`.
    pub(super) fn is_in(&self) -> bool {
        let span = self.span();
        let loading = self.loading();
        let text = loading.sources.text(span.file).get(span.start..).unwrap_or_default();
        text.trim_start_matches('!').starts_with("in ")
    }

    pub(super) fn report(&self, problem: Problem) {
        self.context.report(problem);
    }

    pub(super) fn loading(&self) -> RefMut<'_, Loading> {
        self.context.loading.borrow_mut()
    }

    pub(super) fn add(&self, expr: Expr, kind: Type) -> Dynamic {
        let span = self.span();
        let id = self.loading().library.graph.add(expr, kind);
        if self.grows_too_large(id) {
            return poison();
        }
        self.context.seen.borrow_mut().insert(id, span);
        Dynamic::from(Built(id))
    }

    /// Whether an expression is built of so many others that following it would take too long, or go too deep.
    fn grows_too_large(&self, id: ExprId) -> bool {
        let operands = self.loading().library.graph.operands(id);
        let mut sizes = self.context.sizes.borrow_mut();
        let size =
            operands.iter().filter_map(|operand| sizes.get(operand)).fold(Size { deep: 1, large: 1 }, |size, of| {
                Size { deep: size.deep.max(of.deep + 1), large: size.large.saturating_add(of.large) }
            });
        sizes.insert(id, size);
        drop(sizes);
        let (what, instead) = if size.deep > DEEPEST {
            (
                "are built of each other too deeply",
                "a loop that builds on what it built? make a list and use sum([…]), all([…]) or any([…])",
            )
        } else if size.large > MOST_BUILT {
            (
                "grow too large",
                "a loop that doubles what it built? make it smaller, or give parts of it a rule or measure of their own",
            )
        } else {
            return false;
        };
        let message = format!("terms and conditions {what} here");
        self.report(Problem::new(codes::SCRIPT_RUNAWAY, message).at(self.span()).help(instead));
        true
    }

    /// Whether a conclusion that is not known yet may still be declared further on; remembers that it was named.
    pub(super) fn may_follow(&self) -> bool {
        if !self.context.second_run.get() {
            self.context.forward.set(true);
        }
        !self.context.second_run.get()
    }
}
