//! Whether a condition holds.

use super::{View, World};
use crate::oracle::model::{Combine, Comparison, Condition, Given, Number, Term, Value};
use std::cmp::Ordering;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    True,
    False,
    Undecided,
    Undefined,
}

impl World<'_> {
    pub(super) fn condition(&self, condition: &Condition, view: View) -> Truth {
        match condition {
            Condition::Compare(comparison, left, right) => {
                let now = compare(*comparison, self.term(left, view), self.term(right, view));
                let unsettled = || self.must_be_settled(left) || self.must_be_settled(right);
                if now == Truth::Undecided && unsettled() { self.in_every_completion(condition, view) } else { now }
            }
            Condition::OneOf(term, options) => {
                let now =
                    about(self.term(term, view), |value| matches!(value, Value::Option(at) if options.contains(&at)));
                let unsettled = || self.must_be_settled(term);
                if now == Truth::Undecided && unsettled() { self.in_every_completion(condition, view) } else { now }
            }
            Condition::Has(term, option) => {
                about(self.term(term, view), |value| matches!(value, Value::Options(bits) if bits >> option & 1 == 1))
            }
            Condition::Yes(question, yes) => about(self.answer(*question, view), |value| value == Value::Truth(*yes)),
            Condition::Holds(aspect) => {
                let one = Term::Number(Number::from_integer(1));
                let equals = Condition::Compare(Comparison::Equal, Term::Score(*aspect), one);
                self.condition(&equals, view)
            }
            Condition::And(left, right) => all(&[self.condition(left, view), self.condition(right, view)]),
            Condition::Or(left, right) => any(&[self.condition(left, view), self.condition(right, view)]),
            Condition::Not(part) => match self.condition(part, view) {
                Truth::True => Truth::False,
                Truth::False => Truth::True,
                neither => neither,
            },
            Condition::All(parts) => all(&self.truths(parts, view)),
            Condition::Any(parts) => any(&self.truths(parts, view)),
            Condition::AtLeast(wanted, parts) => {
                let wanted = Number::from_integer(i64::try_from(*wanted).expect("few conditions"));
                let count = Term::Count(parts.clone());
                self.condition(&Condition::Compare(Comparison::AtLeast, count, Term::Number(wanted)), view)
            }
            Condition::Parties { any: one, role, variable, body } => {
                // those of the role, or those through whose eyes an aspect is seen
                let spoken_of = role.map_or(view, |role| self.role(role));
                let each: Vec<Truth> = self
                    .parties(spoken_of)
                    .into_iter()
                    .map(|party| {
                        let mut inside = view;
                        inside.variables[*variable] = party;
                        self.condition(body, inside)
                    })
                    .collect();
                match each.len() {
                    0 => Truth::Undefined, // an empty group
                    _ if *one => any(&each),
                    _ => all(&each),
                }
            }
            Condition::Diagnosis(rule) => self.condition(&self.model.rules[*rule].when, view),
            Condition::Cell(table, cell) => self.condition(&self.model.tables[*table].cells[*cell].when, view),
            Condition::Shows { aspect, portrait, at, partly } => {
                let Combine::BestMatch { portraits, .. } = &self.model.aspects[*aspect].combine else {
                    return Truth::Undefined;
                };
                let item = &portraits[*portrait].traits[*at];
                let partial = item.partial.as_ref().filter(|_| *partly);
                let asked = std::iter::once(&item.when).chain(partial);
                any(&asked.map(|asked| self.condition(asked, view)).collect::<Vec<_>>())
            }
            Condition::Answered(question) => {
                truth(!matches!(self.answer(*question, view), Value::Missing | Value::Nothing))
            }
            Condition::Says(ruleset) => truth(self.profile.says[*ruleset]),
            Condition::Unknown(question) => truth(self.profile.answers[*question].contains(&Given::Unknown)),
        }
    }

    /// True or false if it is so in every completion; and, as nothing can change that either, undefined.
    fn in_every_completion(&self, condition: &Condition, view: View) -> Truth {
        let each: Vec<Truth> = self.completions.iter().map(|world| world.condition(condition, view)).collect();
        if each.is_empty() {
            return Truth::Undecided; // this is a completion: what is missing in it, is set aside
        }
        if each.iter().all(|truth| *truth == each[0]) { each[0] } else { Truth::Undecided }
    }
}

const fn truth(holds: bool) -> Truth {
    if holds { Truth::True } else { Truth::False }
}

/// What is said about a value, where there is one.
fn about(value: Value, holds: impl Fn(Value) -> bool) -> Truth {
    match value {
        Value::Nothing => Truth::Undefined,
        Value::Missing => Truth::Undecided,
        value => truth(holds(value)),
    }
}

fn compare(comparison: Comparison, left: Value, right: Value) -> Truth {
    if left == Value::Nothing || right == Value::Nothing {
        return Truth::Undefined;
    }
    if left == Value::Missing || right == Value::Missing {
        return Truth::Undecided;
    }
    let order = left.cmp(&right);
    truth(match comparison {
        Comparison::Below => order == Ordering::Less,
        Comparison::AtMost => order != Ordering::Greater,
        Comparison::Above => order == Ordering::Greater,
        Comparison::AtLeast => order != Ordering::Less,
        Comparison::Equal => order == Ordering::Equal,
        Comparison::NotEqual => order != Ordering::Equal,
    })
}

fn all(parts: &[Truth]) -> Truth {
    [Truth::False, Truth::Undefined, Truth::Undecided]
        .into_iter()
        .find(|truth| parts.contains(truth))
        .unwrap_or(Truth::True)
}

fn any(parts: &[Truth]) -> Truth {
    [Truth::True, Truth::Undecided, Truth::Undefined]
        .into_iter()
        .find(|truth| parts.contains(truth))
        .unwrap_or(Truth::False)
}
