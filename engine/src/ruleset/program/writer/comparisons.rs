//! The instructions for comparisons, and for which option a typing gives.

use super::super::lines::{Instruction, Known};
use super::super::{Does, Holds};
use super::{LARGEST_SHARE, Writer, Written};
use crate::assessment::Comparison;
use crate::condition::{Expr, ExprId, OutcomeId, Value};
use crate::number::Number;
use crate::ruleset::elements::Pick;

impl Writer<'_> {
    /// The conditions of a typing of which the first that holds comes out; one that always holds after them, where there
    /// is an option for when none does.
    pub(super) fn options(&mut self, id: OutcomeId) -> Option<Vec<ExprId>> {
        let outcome = self.library.outcomes.get(id.index()).filter(|outcome| outcome.pick == Pick::First)?;
        let mut parts: Vec<ExprId> = outcome.options.iter().map(|option| option.expr).collect();
        self.all(&parts, Holds::Truth)?;
        if outcome.otherwise {
            let always = (Known::TRUTH, Instruction::Fixed(Value::Truth(true)));
            parts.push(self.on_the_way(always)?);
        }
        (parts.len() == outcome.ids.len()).then_some(parts)
    }

    /// Whether a typing gives a certain option.
    pub(super) fn picked(&mut self, id: OutcomeId, option: u16) -> Written {
        let parts = self.options(id)?;
        let with = [i64::from(option), 0];
        (usize::from(option) < parts.len())
            .then_some((Known::TRUTH, Instruction::Many { does: Does::Picked, parts, with }))
    }

    pub(super) fn one_of(&mut self, part: ExprId, options: &[u16]) -> Written {
        if let Expr::Outcome(outcome) = self.library.graph.expr(part) {
            let mut parts = Vec::with_capacity(options.len());
            for option in options {
                let picked = self.picked(*outcome, *option)?;
                parts.push(self.on_the_way(picked)?);
            }
            return Some((Known::TRUTH, Instruction::many(Does::Any, &parts)));
        }
        self.all(&[part], Holds::Option)?;
        let bit = |option: &u16| (*option < 63).then(|| 1_i64 << option);
        let options = options.iter().map(bit).try_fold(0, |options, bit| Some(options | bit?))?;
        Some((Known::TRUTH, Instruction::Among(part, options)))
    }

    pub(super) fn compared(&mut self, comparison: Comparison, left: ExprId, right: ExprId) -> Written {
        let graph = &self.library.graph;
        match (graph.expr(left), graph.expr(right)) {
            (_, Expr::Constant(value)) => self.compared_with(comparison, left, *value),
            (Expr::Constant(value), _) => self.compared_with(comparison.flipped(), right, *value),
            _ if self.are_one(left, right) => {
                let nought = self.nought(left)?;
                let nought = self.on_the_way(nought)?;
                self.test(comparison, nought, Value::Number(Number::ZERO))
            }
            _ => {
                let [left_known, right_known] = [left, right].map(|part| self.known[part.index()]);
                let holds = left_known?.holds;
                let fits = right_known?.holds == holds && holds != Holds::Truth;
                fits.then_some((Known::TRUTH, Instruction::Pair(Does::Compare(comparison), [left, right])))
            }
        }
    }

    /// Whether two numbers are the same, as they are where each party would be asked and there is none.
    pub(super) fn are_one(&self, left: ExprId, right: ExprId) -> bool {
        self.origin(left) == self.origin(right) && self.all(&[left, right], Holds::Number).is_some()
    }

    fn origin(&self, expr: ExprId) -> ExprId {
        match self.library.graph.expr(expr) {
            Expr::By(part, _) => self.origin(*part),
            _ => expr,
        }
    }

    /// A number less itself.
    pub(super) fn nought(&self, part: ExprId) -> Written {
        self.all(&[part], Holds::Number)?;
        Some((Known { largest: 0, ..Known::NUMBER }, Instruction::One(Does::Nought, part)))
    }

    /// A comparison with a fixed value.
    pub(super) fn compared_with(&mut self, comparison: Comparison, part: ExprId, value: Value) -> Written {
        let library = self.library;
        match (library.graph.expr(part), value) {
            (Expr::Share(conditions), Value::Number(number)) => self.shared(comparison, conditions.clone(), number),
            (Expr::Coverage(aspect), Value::Number(number)) => {
                let under = &self.compiled.under[aspect.index()];
                let given: Option<Vec<ExprId>> = under.iter().map(|question| self.given(*question)).collect();
                let (known, instruction) = self.shared(comparison, given?, number)?;
                // no completion changes it
                let shared = self.on_the_way((known, instruction))?;
                Some((known, Instruction::One(Does::Now, shared)))
            }
            (Expr::Outcome(outcome), Value::Option(option)) => match comparison {
                Comparison::Equal => self.picked(*outcome, option),
                Comparison::NotEqual => {
                    let picked = self.picked(*outcome, option)?;
                    Some((Known::TRUTH, Instruction::One(Does::Not, self.on_the_way(picked)?)))
                }
                _ => None,
            },
            (_, Value::Truth(truth)) => {
                self.all(&[part], Holds::Truth)?;
                let instruction = match comparison {
                    Comparison::Equal if truth => Instruction::Same(part),
                    Comparison::NotEqual if !truth => Instruction::Same(part),
                    Comparison::Equal | Comparison::NotEqual => Instruction::One(Does::Not, part),
                    _ => return None,
                };
                Some((Known::TRUTH, instruction))
            }
            (_, value) => self.test(comparison, part, value),
        }
    }

    /// A comparison of a share; one that lies between nought and one is equal to either where it lies at least, or at
    /// most, there.
    fn shared(&self, comparison: Comparison, parts: Vec<ExprId>, number: Number) -> Written {
        self.all(&parts, Holds::Truth)?;
        let comparison = match comparison {
            Comparison::Equal if number == Number::ZERO => Comparison::AtMost,
            Comparison::Equal if number == Number::ONE => Comparison::AtLeast,
            other => other,
        };
        let under = number.denominator();
        let over = number.units(under)?;
        let fits = under <= LARGEST_SHARE && (-LARGEST_SHARE..=LARGEST_SHARE).contains(&over);
        let does = Does::Shared(comparison);
        fits.then_some((Known::TRUTH, Instruction::Many { does, parts, with: [over, under] }))
    }

    pub(super) fn test(&self, comparison: Comparison, part: ExprId, bound: Value) -> Written {
        let known = self.known[part.index()]?;
        let (units, largest) = match (known.holds, bound) {
            (Holds::Number, Value::Number(number)) => {
                let bound = Known::numbers(&[number], number.denominator())?;
                (bound.units, bound.largest)
            }
            (Holds::Option, Value::Option(_)) => (1, 1),
            _ => return None,
        };
        let does = if known.leaf { Does::Test(comparison) } else { Does::Limit(comparison) };
        let equal = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        let with_one = equal && self.is_one_of_its_values(part, bound);
        Some((Known { units, largest, ..Known::TRUTH }, Instruction::Test { does, part, bound, with_one }))
    }

    /// Whether a fixed value is one of those that an answer can have, and not the only one.
    fn is_one_of_its_values(&self, answer: ExprId, value: Value) -> bool {
        let library = self.library;
        if answer.index() >= library.graph.len() {
            return false; // it stands on the way to one
        }
        let domain = match library.graph.expr(answer) {
            Expr::By(part, _) => return self.is_one_of_its_values(*part, value),
            Expr::Answer(question) => library.questions[question.index()].kind.domain().unwrap_or_default(),
            _ => return false,
        };
        domain.len() > 1 && domain.contains(&value)
    }
}
