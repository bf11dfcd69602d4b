//! Looking at a profile as if some of it were different.

use crate::condition::{BouwsteenId, Value};
use crate::evaluate::{Evaluation, Facts};
use crate::ruleset::Library;

/// Something in a profile that can be different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// An answer, by its place among the answers.
    Answer(usize),
    /// The status of a bouwsteen.
    Status(BouwsteenId),
}

/// Something in a profile, and what it becomes.
pub(super) type Move = (Place, Value);

/// A profile, and what it would come to if some of it were different.
pub(super) struct Trial<'a> {
    pub(super) library: &'a Library,
    pub(super) facts: Facts<'a>,
    /// For each bouwsteen and step, whether it is a step that is done; empty where nobody asked.
    pub(super) done: Vec<bool>,
    /// How often was looked.
    pub(super) tried: usize,
    /// Whether a number could not be kept exactly.
    pub(super) overflow: bool,
}

impl<'a> Trial<'a> {
    pub(super) const fn new(library: &'a Library, facts: Facts<'a>) -> Self {
        Self { library, facts, done: Vec::new(), tried: 0, overflow: false }
    }

    /// What the profile says there.
    pub(super) fn at(&self, place: Place) -> Value {
        match place {
            Place::Answer(slot) => self.facts.values[slot],
            Place::Status(stone) => self.facts.statuses[stone.index()],
        }
    }

    /// Changes the profile for good.
    pub(super) fn set(&mut self, (place, value): Move) {
        match place {
            Place::Answer(slot) => self.facts.values[slot] = value,
            Place::Status(stone) => self.facts.statuses[stone.index()] = value,
        }
    }

    /// What is read of the profile after some moves, made one after the other; the profile stays as it was.
    pub(super) fn look<T>(&mut self, moves: &[Move], read: impl FnOnce(&mut Evaluation<'_>) -> T) -> T {
        let mut before = Vec::with_capacity(moves.len());
        for &(place, value) in moves {
            before.push((place, self.at(place)));
            self.set((place, value));
        }
        self.tried += 1;
        let mut evaluation = Evaluation::lazy(self.library, &self.facts);
        let found = read(&mut evaluation);
        self.overflow |= evaluation.overflow.get();
        while let Some(back) = before.pop() {
            self.set(back);
        }
        found
    }
}
