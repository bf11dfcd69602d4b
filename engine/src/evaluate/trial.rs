//! The same profile with other answers: only what rests on them is worked out anew.

use super::evaluation::Evaluation;
use super::facts::{Facts, lent};
use crate::assessment::Certainty;
use crate::condition::{AspectId, BouwsteenId, ExprId, QuestionId, Value};
use crate::number::Number;
use crate::ruleset::Library;

/// One thing that a profile says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// An answer of the chain, or of a party by its place in the profile; [`Value::Missing`] leaves it open.
    Answer(QuestionId, Option<u16>, Value),
    /// The importance given with an answer.
    Importance(QuestionId, Option<u16>, Value),
    /// The status of a bouwsteen, by place in [`crate::assessment::Status::ALL`].
    Status(BouwsteenId, Value),
    /// The target of an aspect; [`Value::Nothing`] where there is none.
    Target(AspectId, Value),
}

/// A profile held against a library, to be asked what it would come to if it said something else.
pub struct Trial<'a>(Evaluation<'a>);

impl<'a> Trial<'a> {
    /// Evaluates what the profile says.
    #[must_use]
    pub fn new(library: &'a Library, checked: &'a super::Checked<'a>) -> Self {
        Self(Evaluation::new(library, &checked.0))
    }

    /// Says something otherwise. Gives what was said before, so that saying that again undoes it; `None`, and no
    /// change, where this is not asked. The value must be one that the question, scale or aspect can have.
    pub fn say(&mut self, said: Said) -> Option<Said> {
        self.0.say(said)
    }

    /// What an expression comes to on what is said.
    pub fn value(&mut self, expr: ExprId) -> Value {
        self.0.value(Evaluation::whole(expr))
    }

    /// How sure a condition is; nothing where it cannot come true.
    pub fn certainty(&mut self, condition: ExprId) -> Option<Certainty> {
        self.0.certainty(condition)
    }

    /// The lowest and highest number that an expression can still come to.
    pub fn range(&mut self, expr: ExprId) -> Option<(Number, Number)> {
        self.0.possible(Evaluation::whole(expr)).range()
    }

    /// How many rules hold now, and how many in every completion.
    pub fn tally(&mut self) -> (usize, usize) {
        let [told, mut now, mut sure] = self.0.told();
        let rules = &self.0.library.rules;
        if told < rules.len() {
            let rest: Vec<ExprId> = rules.iter().map(|rule| rule.when).filter(|when| !self.0.tells(*when)).collect();
            for key in rest.into_iter().map(Evaluation::whole) {
                let truth = Value::Truth(true);
                now += usize::from(self.0.value(key) == truth);
                sure += usize::from(self.0.possible_truths(key).only() == Some(truth));
            }
        }
        (now, sure)
    }
}

impl Facts<'_> {
    /// Puts something else in place of what is said; gives what was said before.
    ///
    /// An answer that serves another question too is put there as well; see [`Facts::lender`].
    pub(crate) fn say(&mut self, library: &Library, said: Said) -> Option<Said> {
        let put = |place: &mut Value, value: Value| std::mem::replace(place, value);
        Some(match said {
            Said::Answer(question, party, value) => {
                let slot = self.slot(question, party)?;
                let before = Said::Answer(question, party, self.values.set(slot, value));
                self.lend_again(library, question, party);
                before
            }
            Said::Importance(question, party, value) => {
                let slot = self.slot(question, party)?;
                Said::Importance(question, party, put(&mut self.importances[slot], value))
            }
            Said::Status(stone, value) => Said::Status(stone, put(&mut self.statuses[stone.index()], value)),
            Said::Target(aspect, value) => Said::Target(aspect, put(&mut self.targets[aspect.index()], value)),
        })
    }

    /// The question whose answer was taken over for the answer at a place, and the place of that answer.
    pub(crate) fn lender(&self, slot: usize) -> Option<(QuestionId, usize)> {
        let lender = self.lent[slot]?;
        let (_, party) = self.answered_at(slot);
        Some((lender, self.slot(lender, party)?))
    }

    /// Where the answer to a question serves one that is the same: puts it there too.
    fn lend_again(&mut self, library: &Library, question: QuestionId, party: Option<u16>) -> Option<()> {
        let same = library.questions[question.index()].same_as.as_ref().filter(|same| same.both_ways)?;
        let there = self.slot(same.question, party)?;
        if self.lent[there] == Some(question) {
            let own = self.values[self.slot(question, party)?];
            self.values.set(there, lent(&same.map, own));
        }
        Some(())
    }
}

impl Evaluation<'_> {
    /// Says something otherwise, and forgets what was worked out from it.
    pub(crate) fn say(&mut self, said: Said) -> Option<Said> {
        let mut touched = Vec::new();
        let before = self.put(said, &mut touched);
        self.forget(touched);
        before
    }

    /// The same for several things at once.
    pub(crate) fn say_all(&mut self, all: impl IntoIterator<Item = Said>) {
        let mut touched = Vec::new();
        for said in all {
            self.put(said, &mut touched);
        }
        self.forget(touched);
    }

    /// Puts something else in place of what is said, and notes which expressions read that.
    fn put(&mut self, said: Said, touched: &mut Vec<ExprId>) -> Option<Said> {
        let library = self.library;
        let before = self.facts.to_mut().say(library, said)?;
        if before == said {
            return Some(before);
        }
        let (exprs, compiled) = (&library.exprs, &library.compiled);
        let own = match said {
            Said::Answer(question, ..) => {
                touched.extend(self.touched(question));
                [None, None]
            }
            Said::Importance(question, ..) => [exprs.importances[question.index()], None],
            Said::Status(stone, _) => [compiled.statuses[stone.index()], None],
            Said::Target(aspect, _) => [compiled.targets[aspect.index()], Some(exprs.scores[aspect.index()])],
        };
        touched.extend(own.into_iter().flatten());
        Some(before)
    }

    /// What reads the answers to a question.
    pub(super) fn touched(&self, question: QuestionId) -> Vec<ExprId> {
        let (library, exprs) = (self.library, &self.library.exprs);
        let same = library.questions[question.index()].same_as.as_ref().filter(|same| same.both_ways);
        let served = same.map(|same| exprs.answers[same.question.index()]);
        std::iter::once(exprs.answers[question.index()]).chain(served).collect()
    }
}
