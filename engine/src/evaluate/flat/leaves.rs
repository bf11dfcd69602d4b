//! What the leaves of a program are, by what a profile says.

use super::super::facts::Facts;
use crate::condition::{QuestionId, Value};
use crate::ruleset::{Fact, Leaf, MISSING, NOTHING, Numbers, Program, encoded};
use std::borrow::Cow;

/// The leaves of a program, to be read from facts.
pub(super) struct Leaves<'p> {
    program: &'p Program,
    facts: &'p Facts<'p>,
    answers: Cow<'p, [i64]>,
    has_parties: bool,
}

/// What stands in most leaves.
pub(super) enum Answer {
    Given(i64),
    Open,
    /// Something else; see [`Leaves::other`].
    Other,
}

impl<'p> Leaves<'p> {
    pub(super) fn of(program: &'p Program, facts: &'p Facts<'p>) -> Self {
        let has_parties = !facts.profile.parties.is_empty();
        Self { program, facts, answers: facts.values.on_scale(program.scale), has_parties }
    }

    /// What one of them is where it is an answer, as nearly all are; a condition as nought or one.
    #[inline]
    pub(super) fn answer(&self, leaf: &Leaf) -> Answer {
        match leaf.fact {
            Fact::Answer(id) if !(leaf.by_party && self.has_parties) => match self.answers[self.slot(id)] {
                MISSING if !self.facts.not_asked[id.index()] => Answer::Open,
                now if now > MISSING => Answer::Given(now),
                _ => Answer::Other,
            },
            _ => Answer::Other,
        }
    }

    /// What any of them is.
    pub(super) fn number(&self, at: usize) -> Numbers {
        let leaf = &self.program.leaves[at];
        match self.answer(leaf) {
            Answer::Given(now) => Numbers::settled(now),
            Answer::Open => leaf.open(),
            Answer::Other => self.other(leaf),
        }
    }

    /// What one is that is no answer, or not one that stands there or can still come.
    pub(super) fn other(&self, leaf: &Leaf) -> Numbers {
        if leaf.by_party && self.has_parties {
            return Numbers::UNKNOWN;
        }
        let facts = self.facts;
        let open = |asked: bool| if asked { leaf.open() } else { Numbers::settled(MISSING) };
        let number = |value: Value| Numbers::settled(encoded(value, self.program.scale));
        match leaf.fact {
            Fact::Chosen(id, option) => match facts.values[self.slot(id)] {
                Value::Missing => open(!facts.not_asked[id.index()]),
                Value::Options(chosen) => Numbers::settled(i64::from(chosen >> option & 1 == 1)),
                value => number(value),
            },
            Fact::Importance(id, of) => match facts.importances[self.slot(id)] {
                Value::Missing => open(!facts.set_aside[of.index()]),
                value => number(value),
            },
            Fact::Status(id, of) => match facts.statuses[id.index()] {
                Value::Missing => open(!facts.set_aside[of.index()]),
                value => number(value),
            },
            Fact::Target(id) => match facts.targets[id.index()] {
                Value::Missing => leaf.open(),
                value => number(value),
            },
            Fact::Ruleset(id) => number(Value::Truth(facts.answered[id.index()])),
            Fact::Nobody => Numbers::settled(NOTHING),
            // without a value, or not asked in this run
            Fact::Answer(id) => Numbers::settled(self.answers[self.slot(id)]),
            Fact::Given(id) => Numbers::settled(match self.answers[self.slot(id)] {
                NOTHING => NOTHING,
                MISSING => 0,
                _ => 1,
            }),
        }
    }

    fn slot(&self, question: QuestionId) -> usize {
        self.facts.slots[question.index()].start
    }
}
