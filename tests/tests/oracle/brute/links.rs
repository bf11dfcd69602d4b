//! What questions that are one have for an answer, and where it was given.

use super::World;
use super::questions::is_asked_of;
use crate::oracle::model::{Given, Link, Model, Profile, Value};

/// Something that stands out in the answers: what kind of thing, and with which other question.
pub(in crate::oracle) type Remark = (&'static str, Option<usize>);

/// The question other than the first that has an answer, where the first has none. What is only asked under a
/// condition serves no other.
fn lender(model: &Model, profile: &Profile, link: &Link, slot: usize) -> Option<(usize, Value)> {
    let mut others = link.questions[1..].to_vec();
    others.sort_unstable(); // several: in the order of the rulesets
    others.into_iter().find_map(|other| match profile.answers[other][slot] {
        Given::Value(value) if model.questions[other].asked_if.is_none() => Some((other, value)),
        _ => None,
    })
}

/// Whether an answer that is not given can still be anything: it is taken from no other question, and asked in this
/// run, by its own ruleset or by another that asks the same.
pub(in crate::oracle) fn is_open(model: &Model, profile: &Profile, question: usize, slot: usize) -> bool {
    let is_lent = || model.link_of(question).is_some_and(|link| lender(model, profile, link, slot).is_some());
    let asks = |at: usize| {
        let same = at == question || model.settled_by(at) == Some(question);
        same && !profile.sets_aside(model, model.questions[at].ruleset)
    };
    !model.is_settled_elsewhere(question) && !is_lent() && (0..model.questions.len()).any(asks)
}

impl World<'_> {
    /// The answer to a question that has none of its own.
    pub(super) fn linked_answer(&self, question: usize, slot: usize) -> Value {
        let Some(link) = self.model.link_of(question) else { return Value::Missing };
        let first = link.questions[0];
        if question == first {
            let lent = lender(self.model, self.profile, link, slot);
            lent.map_or(Value::Missing, |(lender, value)| link.said(value, lender, first))
        } else {
            link.said(self.one_answer(first, slot), first, question)
        }
    }

    /// The question to which the answer was given that a question has.
    pub(in crate::oracle) fn answered_at(&self, question: usize, slot: usize) -> usize {
        if !matches!(self.profile.answers[question][slot], Given::Unknown | Given::Missing) {
            return question;
        }
        match (self.model.settled_by(question), self.model.link_of(question)) {
            (Some(other), _) => self.answered_at(other, slot),
            (None, Some(link)) => lender(self.model, self.profile, link, slot).map_or(question, |(lender, _)| lender),
            (None, None) => question,
        }
    }

    /// What stands out in the answers to a question.
    pub(in crate::oracle) fn remarks(&self, question: usize) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for informs in self.model.informs.iter().filter(|informs| informs.at == question) {
            if is_known(self.answer(informs.question, self.whole())) {
                remarks.push(("informed", Some(informs.question)));
            }
        }
        let slots = 0..self.profile.answers[question].len();
        for slot in slots.filter(|slot| is_asked_of(self.model, self.profile, question, *slot)) {
            let value = self.one_answer(question, slot);
            let given = match self.profile.answers[question][slot] {
                Given::Value(value) => Some(value),
                Given::NotApplicable => Some(Value::Nothing),
                Given::Unknown | Given::Missing => None,
            };
            match given {
                None if is_known(value) => remarks.push(("taken-over", Some(self.answered_at(question, slot)))),
                Some(own) if is_known(own) && value == Value::Nothing => remarks.push(("not-asked", None)),
                Some(own) if is_known(value) && self.elsewhere(question, slot).is_some_and(|other| other != own) => {
                    let other = self.model.settled_by(question).expect("it is answered elsewhere");
                    remarks.push(("conflict", Some(self.answered_at(other, slot))));
                }
                _ => {}
            }
        }
        remarks
    }

    /// The answer that would be taken over if there were none here.
    fn elsewhere(&self, question: usize, slot: usize) -> Option<Value> {
        let other = self.model.settled_by(question)?;
        let theirs = self.one_answer(other, slot);
        let said = match &self.model.questions[question].same_as {
            Some(same) => same.map.iter().find(|(from, _)| *from == theirs).map_or(theirs, |(_, to)| *to),
            None => self.model.link_of(question)?.said(theirs, other, question),
        };
        is_known(said).then_some(said)
    }
}

fn is_known(value: Value) -> bool {
    !matches!(value, Value::Missing | Value::Nothing)
}
