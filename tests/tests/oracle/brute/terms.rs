//! What a term comes to.

use super::conditions::Truth;
use super::questions::known;
use super::{View, World};
use crate::oracle::model::{Arithmetic, ChildOf, Combine, Condition, Eyes, Fold, Missing, Number, Term, Value};
use std::collections::BTreeSet;

impl World<'_> {
    pub(super) fn term(&self, term: &Term, view: View) -> Value {
        match term {
            Term::Number(number) => Value::Number(*number),
            Term::Parameter(at) => Value::Number(self.model.parameters[*at].value),
            Term::Option(at) => Value::Option(*at),
            Term::Truth(truth) => Value::Truth(*truth),
            Term::Answer(question) => self.answer(*question, view),
            Term::QuestionImportance(question) => self.importance(*question, view),
            Term::AspectImportance(aspect) => self.aspect_importance(*aspect, view),
            Term::Score(aspect) => self.aspect_score(*aspect, view),
            Term::Level(aspect) => self.aspect_level(*aspect, view),
            Term::Outcome(outcome) => self.outcome_value(*outcome, view),
            Term::Measure(measure) => self.term(&self.model.measures[*measure].value, view),
            Term::Status(bouwsteen) => self.status(*bouwsteen),
            Term::Target(aspect) => self.profile.targets[*aspect].map_or(Value::Nothing, Value::Number),
            Term::Coverage(aspect) => self.coverage(*aspect),
            Term::By(term, eyes) => self.term(term, self.through(view, *eyes)),
            Term::Spread(term) => self.spread(term, view),
            Term::Arithmetic(operation, left, right) => {
                calculate(*operation, self.term(left, view), self.term(right, view))
            }
            Term::Fold(Fold::Sum, terms) => {
                let each: Vec<Value> = terms.iter().map(|term| self.term(term, view)).collect();
                if each.contains(&Value::Missing) {
                    self.settled(|world| world.term(term, view))
                } else {
                    known(Fold::Sum, &each)
                }
            }
            Term::Fold(fold, terms) => {
                let each: Vec<Value> = terms.iter().map(|term| self.term(term, view)).collect();
                known(*fold, &each)
            }
            Term::Count(conditions) => {
                let each = self.truths(conditions, view);
                if each.contains(&Truth::Undecided) {
                    self.settled(|world| world.term(term, view))
                } else {
                    // of conditions that are all undefined none holds, so that this is 0 and not nothing
                    let count = each.iter().filter(|truth| **truth == Truth::True).count();
                    Value::Number(Number::from_integer(i64::try_from(count).expect("few conditions")))
                }
            }
            Term::Share(conditions) => share(&self.truths(conditions, view)),
        }
    }

    fn status(&self, bouwsteen: usize) -> Value {
        match super::status(self.model, self.profile, bouwsteen) {
            Some(status) => Value::Option(status),
            None => Value::Missing,
        }
    }

    /// The view that `.by(…)` gives, whoever looked before.
    fn through(&self, view: View, eyes: Eyes) -> View {
        let parties = match eyes {
            Eyes::Role(role) => self.role(role).parties,
            Eyes::Variable(variable) => 1 << view.variables[variable],
        };
        View { parties, ..view }
    }

    pub(super) fn truths(&self, conditions: &[Condition], view: View) -> Vec<Truth> {
        conditions.iter().map(|condition| self.condition(condition, view)).collect()
    }

    /// Highest minus lowest over the parties.
    fn spread(&self, term: &Term, view: View) -> Value {
        let party = |party: usize| View { parties: 1 << party, ..view };
        let each: Vec<Value> = self.parties(view).into_iter().map(|at| self.term(term, party(at))).collect();
        let numbers: Vec<Number> = each
            .iter()
            .filter_map(|value| match value {
                Value::Number(number) => Some(*number),
                _ => None,
            })
            .collect();
        match (numbers.iter().min(), numbers.iter().max()) {
            (Some(low), Some(high)) if numbers.len() >= 2 => Value::Number(high - low),
            _ if each.contains(&Value::Missing) => Value::Missing,
            _ => Value::Nothing,
        }
    }

    /// The share of the questions below an aspect that is answered.
    fn coverage(&self, aspect: usize) -> Value {
        let (answered, asked) = self.covered_below(aspect);
        if asked == 0 { Value::Nothing } else { Value::Number(Number::new(answered, asked)) }
    }

    /// How many answers there are below an aspect, and how many there should be.
    pub(in crate::oracle) fn covered_below(&self, aspect: usize) -> (i64, i64) {
        let mut below = BTreeSet::new();
        self.questions_below(aspect, &mut below);
        let each = below.into_iter().map(|question| self.covered(question));
        each.fold((0, 0), |(answered, asked), (more, all)| (answered + more, asked + all))
    }

    fn questions_below(&self, aspect: usize, below: &mut BTreeSet<usize>) {
        let Combine::Children { children, .. } = &self.model.aspects[aspect].combine else { return };
        for child in children {
            match child.of {
                ChildOf::Question(question) => _ = below.insert(question),
                ChildOf::Aspect(aspect) => self.questions_below(aspect, below),
            }
        }
    }

    /// Whether a term has something in it that has a value only where that is settled.
    pub(super) fn must_be_settled(&self, term: &Term) -> bool {
        match term {
            Term::Fold(Fold::Sum, _) | Term::Count(_) => true,
            Term::Score(aspect) | Term::Level(aspect) => self.model.aspects[*aspect].policy() == Missing::Settled,
            Term::Arithmetic(_, left, right) => self.must_be_settled(left) || self.must_be_settled(right),
            Term::By(term, _) => self.must_be_settled(term),
            Term::Measure(measure) => self.must_be_settled(&self.model.measures[*measure].value),
            _ => false,
        }
    }
}

fn calculate(operation: Arithmetic, left: Value, right: Value) -> Value {
    let (left, right) = match (left, right) {
        (Value::Number(left), Value::Number(right)) => (left, right),
        (Value::Nothing, _) | (_, Value::Nothing) => return Value::Nothing,
        _ => return Value::Missing,
    };
    Value::Number(match operation {
        Arithmetic::Plus => left + right,
        Arithmetic::Minus => left - right,
        Arithmetic::Times => left * right,
        Arithmetic::Over if right == Number::from_integer(0) => return Value::Nothing,
        Arithmetic::Over => left / right,
        Arithmetic::Gap => (left - right).max(right - left),
    })
}

/// What share of the conditions holds; what is undefined is left out.
fn share(each: &[Truth]) -> Value {
    let numbers = each.iter().map(|truth| match truth {
        Truth::True => Value::Number(Number::from_integer(1)),
        Truth::False => Value::Number(Number::from_integer(0)),
        Truth::Undecided => Value::Missing,
        Truth::Undefined => Value::Nothing,
    });
    known(Fold::Mean, &numbers.collect::<Vec<_>>())
}
