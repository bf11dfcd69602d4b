//! What stands out in the answers themselves.

use super::evaluation::Evaluation;
use super::eyes::Key;
use super::possible::mapped;
use super::words::Words;
use crate::assessment::{Remark, RemarkKind, Titled};
use crate::condition::{QuestionId, Value};
use crate::ruleset::{Asked, Met};

/// The remarks on the answers to one ruleset, in the order of its questions.
pub(crate) fn remarks<'a>(evaluation: &mut Evaluation<'a>, words: Words<'a>, ruleset: usize) -> Vec<Remark> {
    let mut writer = Writer { evaluation, words, ruleset, all: Vec::new() };
    for at in words.library.rulesets[ruleset].own.questions.clone() {
        writer.question(QuestionId::at(at));
    }
    writer.all
}

struct Writer<'e, 'a> {
    evaluation: &'e mut Evaluation<'a>,
    words: Words<'a>,
    ruleset: usize,
    all: Vec<Remark>,
}

impl Writer<'_, '_> {
    fn titled(&self, id: QuestionId) -> Titled {
        self.words.question_from(id, self.ruleset)
    }

    fn said(&self, id: QuestionId, value: Value) -> String {
        self.words.answer(id, value).map(|shown| self.words.said(&shown)).unwrap_or_default()
    }

    fn add(&mut self, kind: RemarkKind, id: QuestionId, with: Vec<Titled>, values: Vec<String>) {
        let question = self.titled(id);
        self.all.push(Remark { kind, question, with, values });
    }

    fn question(&mut self, id: QuestionId) {
        self.disagreement(id);
        self.informed(id);
        for key in self.evaluation.leaves(id) {
            self.same(id, key);
            self.lent(id, key);
            self.not_asked(id, key);
            self.prerequisites(id, key);
        }
    }

    fn direct(&self, id: QuestionId, key: Key) -> Value {
        self.evaluation.leaf(key, id).map_or(Value::Missing, |slot| self.evaluation.facts.values[slot])
    }

    fn disagreement(&mut self, id: QuestionId) {
        let question = &self.words.library.questions[id.index()];
        if !matches!(question.asked, Asked::Party { combine: None, .. }) {
            return;
        }
        let (mut parties, mut values) = (Vec::new(), Vec::new());
        for key in self.evaluation.leaves(id) {
            let value = self.evaluation.value(key);
            let party = self.evaluation.party(key).map(|at| &self.evaluation.facts.profile.parties[usize::from(at)]);
            if let (false, Some(party)) = (matches!(value, Value::Missing | Value::Nothing), party) {
                parties.push(Titled { id: party.id.clone(), title: party.name.clone() });
                values.push(value);
            }
        }
        if values.windows(2).any(|pair| pair[0] != pair[1]) {
            let values = values.into_iter().map(|value| self.said(id, value)).collect();
            self.add(RemarkKind::Disagreement, id, parties, values);
        }
    }

    /// Answers elsewhere that inform this question without settling it.
    fn informed(&mut self, id: QuestionId) {
        let library = self.words.library;
        let informing = library.questions.iter().enumerate().filter(|(_, question)| question.informs.contains(&id));
        for other in informing.map(|(at, _)| QuestionId::at(at)).collect::<Vec<_>>() {
            let key = Evaluation::whole(library.exprs.answers[other.index()]);
            let value = self.evaluation.value(key);
            if !matches!(value, Value::Missing | Value::Nothing) {
                let (with, said) = (self.titled(other), self.said(other, value));
                self.add(RemarkKind::Informed, id, vec![with], vec![said]);
            }
        }
    }

    fn same(&mut self, id: QuestionId, key: Key) {
        let answers = &self.words.library.exprs.answers;
        let Some(same) = &self.words.library.questions[id.index()].same_as else { return };
        let here = self.evaluation.value(key);
        let beside = self.evaluation.beside(key, answers[same.question.index()]);
        let theirs = mapped(&same.map, self.evaluation.value(beside));
        if [here, theirs].iter().any(|value| matches!(value, Value::Missing | Value::Nothing)) {
            return; // not asked, or answered in one place at most
        }
        let there = self.lender(same.question, beside).unwrap_or(same.question);
        let given = self.evaluation.beside(key, answers[there.index()]);
        let given = self.evaluation.value(given);
        let values = [self.said(id, here), self.said(there, given)];
        let with = vec![self.titled(there)];
        if self.direct(id, key) == Value::Missing {
            self.add(RemarkKind::TakenOver, id, with, values.into());
        } else if here != theirs {
            self.add(RemarkKind::Conflict, id, with, values.into());
        }
    }

    /// The question from which an answer was taken that serves here too.
    fn lender(&self, id: QuestionId, key: Key) -> Option<QuestionId> {
        self.evaluation.facts.lent[self.evaluation.leaf(key, id)?]
    }

    /// An answer that was given to a question that is the same, and serves here too.
    fn lent(&mut self, id: QuestionId, key: Key) {
        let Some(lender) = self.lender(id, key) else { return };
        let beside = self.evaluation.beside(key, self.words.library.exprs.answers[lender.index()]);
        let values = [self.evaluation.value(key), self.evaluation.value(beside)];
        let said = vec![self.said(id, values[0]), self.said(lender, values[1])];
        let with = vec![self.titled(lender)];
        self.add(RemarkKind::TakenOver, id, with, said);
    }

    fn not_asked(&mut self, id: QuestionId, key: Key) {
        let own = self.direct(id, key);
        if !matches!(own, Value::Missing | Value::Nothing) && self.evaluation.value(key) == Value::Nothing {
            let said = self.said(id, own);
            self.add(RemarkKind::NotAsked, id, Vec::new(), vec![said]);
        }
    }

    fn prerequisites(&mut self, id: QuestionId, key: Key) {
        let prerequisites = &self.words.library.questions[id.index()].prerequisites;
        if prerequisites.is_empty() || self.met(id, key) != Some(true) {
            return;
        }
        for &needed in prerequisites {
            let beside = self.evaluation.beside(key, self.words.library.exprs.answers[needed.index()]);
            if self.met(needed, beside) == Some(false) {
                let values = [self.evaluation.value(key), self.evaluation.value(beside)];
                let said = vec![self.said(id, values[0]), self.said(needed, values[1])];
                let with = vec![self.titled(needed)];
                self.add(RemarkKind::Prerequisite, id, with, said);
            }
        }
    }

    /// Whether an answer counts as met; nothing where there is none.
    fn met(&mut self, id: QuestionId, key: Key) -> Option<bool> {
        let question = &self.words.library.questions[id.index()];
        match (self.evaluation.value(key), question.met_from) {
            (Value::Missing | Value::Nothing, _) => None,
            (Value::Option(at), Met::Option(least)) => Some(at >= least),
            (value, Met::Number(least)) => question.kind.score(value).map(|number| number >= least),
            _ => None,
        }
    }
}
