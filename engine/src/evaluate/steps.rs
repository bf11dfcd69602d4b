//! What hangs on one step of one answer.

use super::evaluation::Evaluation;
use super::trial::Said;
use crate::condition::{ExprId, QuestionId, Value};

/// One step of one answer, and what becomes of a conclusion by it.
pub(crate) struct Turn<T> {
    /// The conclusion, by its place in what was asked.
    pub(crate) at: usize,
    pub(crate) question: QuestionId,
    /// Who answers, where that is a party.
    pub(crate) party: Option<u16>,
    pub(crate) from: Value,
    pub(crate) to: Value,
    pub(crate) becomes: T,
}

impl Evaluation<'_> {
    /// Takes each answer one step either way, and tells what `look` makes of the conclusions that rest on it.
    ///
    /// A conclusion is given by the expressions that it is. Facts that are known and open answers stay as they are,
    /// and so does an answer that was taken over: the one that it was taken from takes it along.
    pub(crate) fn turns<T>(
        &mut self,
        conclusions: &[Vec<ExprId>],
        mut look: impl FnMut(&mut Self, usize) -> Option<T>,
    ) -> Vec<Turn<T>> {
        let library = self.library;
        let mut turns = Vec::new();
        for (at, question) in library.questions.iter().enumerate() {
            let id = QuestionId::at(at);
            let slots = self.facts.slots[at].clone();
            let given: Vec<(usize, Value)> = (slots.start..slots.start + slots.len())
                .map(|slot| (slot, self.facts.values[slot]))
                .filter(|(slot, from)| {
                    *from != Value::Missing && question.can_change(*from) && self.facts.lent[*slot].is_none()
                })
                .collect();
            if given.is_empty() {
                continue;
            }
            let (resting, _) = self.resting_on(self.touched(id));
            let reading: Vec<usize> =
                (0..conclusions.len()).filter(|at| conclusions[*at].iter().any(|expr| resting[expr.index()])).collect();
            for (slot, from) in given.into_iter().filter(|_| !reading.is_empty()) {
                let (_, party) = self.facts.answered_at(slot);
                for to in question.kind.neighbours(from) {
                    self.say(Said::Answer(id, party, to));
                    for &at in &reading {
                        let becomes = look(self, at);
                        turns.extend(becomes.map(|becomes| Turn { at, question: id, party, from, to, becomes }));
                    }
                }
                self.say(Said::Answer(id, party, from));
            }
        }
        turns
    }
}
