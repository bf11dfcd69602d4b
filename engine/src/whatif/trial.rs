//! Looking at a profile as if some of it were different.

use crate::condition::{BouwsteenId, Value};
use crate::evaluate::{Evaluation, Facts, Said};
use crate::ruleset::Library;
use std::collections::BTreeMap;

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

/// What the profile says there.
pub(super) fn at(facts: &Facts<'_>, place: Place) -> Value {
    match place {
        Place::Answer(slot) => facts.values[slot],
        Place::Status(stone) => facts.statuses[stone.index()],
    }
}

/// A move as a profile would say it.
pub(super) fn said(facts: &Facts<'_>, (place, value): Move) -> Said {
    match place {
        Place::Answer(slot) => {
            let (question, party) = facts.answered_at(slot);
            Said::Answer(question, party, value)
        }
        Place::Status(stone) => Said::Status(stone, value),
    }
}

/// A profile, and what it would come to if some of it were different.
///
/// Between two looks only what rests on what differs between them is worked out anew.
pub(super) struct Trial<'a> {
    pub(super) library: &'a Library,
    /// What the profile says.
    pub(super) facts: &'a Facts<'a>,
    /// For each bouwsteen and step, whether it is a step that is done; empty where nobody asked.
    pub(super) done: Vec<bool>,
    /// How often was looked.
    pub(super) tried: usize,
    evaluation: Evaluation<'a>,
    /// What was different at the last look.
    moved: Vec<Place>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(library: &'a Library, facts: &'a Facts<'a>) -> Self {
        let evaluation = Evaluation::lazy(library, facts);
        Self { library, facts, done: Vec::new(), tried: 0, evaluation, moved: Vec::new() }
    }

    /// Whether every number could be kept exactly.
    pub(super) fn is_exact(&self) -> bool {
        self.evaluation.is_exact()
    }

    /// What is read of the profile after some moves, made one after the other.
    pub(super) fn look<T>(&mut self, moves: &[Move], read: impl FnOnce(&mut Evaluation<'a>) -> T) -> T {
        let facts = self.facts;
        // one place can be moved twice: the last time counts
        let mut wanted: BTreeMap<Place, Value> = self.moved.drain(..).map(|place| (place, at(facts, place))).collect();
        wanted.extend(moves.iter().copied());
        self.moved.extend(moves.iter().map(|(place, _)| *place));
        self.evaluation.say_all(wanted.into_iter().map(|moved| said(facts, moved)));
        self.tried += 1;
        read(&mut self.evaluation)
    }
}
