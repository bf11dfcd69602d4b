//! What a question has for an answer.

use super::conditions::Truth;
use super::{View, World};
use crate::oracle::model::{Agreement, Asked, Fold, Given, Model, Number, Profile, Value};

/// Whether a question is asked of this party; where it is not asked of each party, there is one place for an answer.
pub(in crate::oracle) fn is_asked_of(model: &Model, profile: &Profile, question: usize, party: usize) -> bool {
    match &model.questions[question].asked {
        Asked::Party { roles, .. } if profile.parties > 0 => {
            roles.is_empty() || roles.iter().any(|role| profile.roles[*role].contains(&party))
        }
        _ => true, // one answer for all
    }
}

impl World<'_> {
    /// The parties that are looked at.
    pub(super) fn parties(&self, view: View) -> Vec<usize> {
        (0..self.profile.parties).filter(|party| view.parties >> party & 1 == 1).collect()
    }

    /// The parties that are looked at and that answer this question.
    fn answering(&self, question: usize, view: View) -> Vec<usize> {
        let asked = |party: &usize| is_asked_of(self.model, self.profile, question, *party);
        self.parties(view).into_iter().filter(asked).collect()
    }

    pub(super) fn answer(&self, question: usize, view: View) -> Value {
        match &self.model.questions[question].asked {
            Asked::Party { combine, .. } if self.profile.parties > 0 => {
                let parties = self.answering(question, view);
                let each: Vec<Value> = parties.into_iter().map(|party| self.one_answer(question, party)).collect();
                match combine {
                    Agreement::Fold(fold) => known(*fold, &each),
                    Agreement::Agree => agreed(&each),
                }
            }
            _ => self.one_answer(question, 0),
        }
    }

    /// The answer of a party, or the one answer for all (`slot` is 0).
    pub(super) fn one_answer(&self, question: usize, slot: usize) -> Value {
        let asked = &self.model.questions[question];
        match asked.asked_if.as_ref().map(|condition| self.condition(condition, self.whole())) {
            Some(Truth::False | Truth::Undefined) => return Value::Nothing,
            Some(Truth::Undecided) => return Value::Missing,
            Some(Truth::True) | None => {}
        }
        match (self.profile.answers[question][slot], &asked.same_as) {
            (Given::Value(value), _) => value,
            (Given::NotApplicable, _) => Value::Nothing,
            (Given::Unknown | Given::Missing, Some(same)) => {
                let theirs = self.one_answer(same.question, slot);
                let mapped = same.map.iter().find(|(from, _)| *from == theirs);
                mapped.map_or(theirs, |(_, to)| *to)
            }
            (Given::Unknown | Given::Missing, None) => self.linked_answer(question, slot),
        }
    }

    pub(super) fn importance(&self, question: usize, view: View) -> Value {
        match &self.model.questions[question].asked {
            Asked::Party { .. } if self.profile.parties > 0 => {
                // however the answers combine: importance is a number
                let parties = self.answering(question, view);
                let each: Vec<Value> = parties.into_iter().map(|party| self.one_importance(question, party)).collect();
                known(Fold::Mean, &each)
            }
            _ => self.one_importance(question, 0),
        }
    }

    fn one_importance(&self, question: usize, slot: usize) -> Value {
        if self.one_answer(question, slot) == Value::Nothing {
            return Value::Nothing;
        }
        let asked_if = self.model.questions[question].asked_if.as_ref();
        if asked_if.is_some_and(|condition| self.condition(condition, self.whole()) == Truth::Undecided) {
            return Value::Missing;
        }
        self.profile.importances[question][slot].map_or(Value::Missing, Value::Number)
    }

    /// What an answer scores.
    pub(super) fn answer_score(&self, question: usize, view: View) -> Value {
        let value = self.answer(question, view);
        self.model.questions[question].kind.score(value).map_or(value, Value::Number)
    }

    /// Whether an answer counts as met: yes, no, missing or nothing.
    pub(super) fn answer_met(&self, question: usize, view: View) -> Value {
        let asked = &self.model.questions[question];
        let values = asked.kind.values();
        let from = asked.met_from.map_or(values[values.len() - 1], |at| values[at]);
        match self.answer(question, view) {
            value @ (Value::Missing | Value::Nothing) => value,
            // a multiple choice is met when it scores at least 1
            value @ Value::Options(_) => Value::Truth(asked.kind.score(value) >= Some(Number::from_integer(1))),
            value => Value::Truth(value >= from),
        }
    }

    /// For `coverage`: how often a question is answered, and how often it should be.
    pub(super) fn covered(&self, question: usize) -> (i64, i64) {
        let slots = match &self.model.questions[question].asked {
            Asked::Party { .. } if self.profile.parties > 0 => self.answering(question, self.whole()),
            _ => vec![0],
        };
        let answers: Vec<Value> = slots.into_iter().map(|slot| self.one_answer(question, slot)).collect();
        let count = |wanted: &dyn Fn(Value) -> bool| {
            answers.iter().filter(|value| wanted(**value)).count().try_into().expect("few parties")
        };
        let answered = count(&|value| !matches!(value, Value::Missing | Value::Nothing));
        (answered, count(&|value| value != Value::Nothing))
    }
}

/// Numbers put together; those that are missing or nothing are left out.
pub(super) fn known(fold: Fold, each: &[Value]) -> Value {
    let numbers: Vec<Number> = each
        .iter()
        .filter_map(|value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        })
        .collect();
    let Ok(count) = i64::try_from(numbers.len()) else { return Value::Missing };
    if count == 0 {
        return if each.contains(&Value::Missing) { Value::Missing } else { Value::Nothing };
    }
    let sum: Number = numbers.iter().sum();
    Value::Number(match fold {
        Fold::Sum => sum,
        Fold::Mean => sum / count,
        Fold::Min => *numbers.iter().min().expect("there is one"),
        Fold::Max => *numbers.iter().max().expect("there is one"),
    })
}

/// What the parties agree on: nothing where known answers differ.
fn agreed(each: &[Value]) -> Value {
    let known: Vec<&Value> = each.iter().filter(|value| !matches!(value, Value::Missing | Value::Nothing)).collect();
    match known.first() {
        None if each.contains(&Value::Missing) => Value::Missing,
        None => Value::Nothing,
        Some(first) if known.iter().all(|value| value == first) => **first,
        Some(_) => Value::Nothing,
    }
}
