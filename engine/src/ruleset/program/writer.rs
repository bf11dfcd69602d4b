//! What of a library fits in a program, and the instruction for each expression.

use super::register::{LARGEST, MOST_ADDED, encoded};
use super::{Answered, Does, Holds, Instruction, Line, Program, Register, UNSEEN};
use crate::assessment::Comparison;
use crate::condition::{Arithmetic, Expr, ExprId, QuestionId, Value};
use crate::number::Number;
use crate::ruleset::dependencies::Compiled;
use crate::ruleset::elements::{Aspect, Combine, Kind, Missing, Rule};
use crate::ruleset::load::Library;

/// The largest scale: so many units make one, and values of millions still fit.
const LARGEST_SCALE: i64 = 1 << 40;

impl Program {
    pub(in crate::ruleset) fn new(library: &Library, compiled: &Compiled) -> Self {
        let mut writer =
            Writer { library, scale: 1, largest: 1, known: vec![None; library.graph.len()], bounds: Vec::new() };
        // first what fits, with the scale that it asks for; then the instructions, on that scale
        let order = compiled.order.iter().copied().filter(|id| compiled.plain[id.index()]);
        let fitting: Vec<ExprId> = order.filter(|id| writer.fits(*id, &compiled.reads[id.index()])).collect();
        let line = |expr: ExprId| {
            let reads = &compiled.reads[expr.index()];
            let holds = writer.known[expr.index()]?.holds;
            let instruction = writer.instruction(expr, reads);
            let settles = match instruction {
                Instruction::Many(Does::Count, _) => true,
                Instruction::Pair(Does::Compare(_), ..) | Instruction::Test { .. } => {
                    reads.iter().any(|part| compiled.settled[part.index()])
                }
                _ => false,
            };
            Some(Line { expr, holds, instruction, settles })
        };
        let lines: Vec<Line> = fitting.into_iter().filter_map(line).collect();
        let mut program = Self::laid_out(&lines, writer);
        let condition = |rule: &Rule| match program.register(rule.when)? {
            Register::Truth(at) => Some(at as usize),
            Register::Number(_) => None,
        };
        let mut conditions: Vec<usize> = library.rules.iter().filter_map(condition).collect();
        conditions.sort_unstable();
        for at in conditions {
            match program.rules.last_mut() {
                Some(row) if row.end == at => row.end += 1,
                _ => program.rules.push(at..at + 1),
            }
        }
        program
    }
}

/// What is known while a program is written.
pub(super) struct Writer<'a> {
    library: &'a Library,
    /// How many units make one.
    pub(super) scale: i64,
    /// The largest number, or sum on the way to one.
    largest: i64,
    /// For each expression that is in the program what its register holds.
    pub(super) known: Vec<Option<Known>>,
    /// The upper bounds of levels.
    pub(super) bounds: Vec<i64>,
}

/// What is known of a register before there is a profile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    holds: Holds,
    /// How many units make its numbers whole.
    units: i64,
    /// No number in it is larger, nor a sum on the way to one, below nought as above it; rounded up.
    largest: i64,
}

impl Known {
    const TRUTH: Self = Self { holds: Holds::Truth, units: 1, largest: 1 };
    const OPTION: Self = Self { holds: Holds::Option, units: 1, largest: 1 };

    /// Of numbers that can be no further from nought than these.
    fn numbers(largest: &[Number], units: i64) -> Option<Self> {
        let up =
            |number: &Number| number.units(number.denominator())?.checked_abs()?.checked_add(number.denominator() - 1);
        let whole = largest.iter().map(|number| Some(up(number)? / number.denominator()));
        Some(Self { holds: Holds::Number, units, largest: whole.collect::<Option<Vec<i64>>>()?.into_iter().max()? })
    }
}

impl Writer<'_> {
    /// Takes an expression into the program, where it fits: whatever is answered, no number runs out of room.
    fn fits(&mut self, id: ExprId, reads: &[ExprId]) -> bool {
        let Some(parts) = reads.iter().map(|part| self.known[part.index()]).collect::<Option<Vec<Known>>>() else {
            return false;
        };
        let Some(known) = self.kind(id, reads, &parts) else { return false };
        let largest = self.largest.max(known.largest);
        let room = |scale: &i64| scale.checked_mul(largest).is_some_and(|largest| largest <= LARGEST);
        let Some(scale) = lcm(self.scale, known.units).filter(room) else { return false };
        (self.scale, self.largest) = (scale, largest);
        self.known[id.index()] = Some(known);
        true
    }

    /// What its register holds; nothing where there is no instruction for it.
    fn kind(&self, id: ExprId, reads: &[ExprId], parts: &[Known]) -> Option<Known> {
        let all = |holds: Holds| parts.iter().all(|part| part.holds == holds);
        // of something that adds its parts, on the way to a mean too
        let added = || {
            let units = parts.iter().try_fold(1, |units, part| lcm(units, part.units))?;
            let largest = parts.iter().try_fold(0, |sum: i64, part| sum.checked_add(part.largest))?;
            (all(Holds::Number) && parts.len() <= MOST_ADDED).then_some(Known { holds: Holds::Number, units, largest })
        };
        match self.library.graph.expr(id) {
            Expr::Constant(Value::Number(number)) => Known::numbers(&[*number], number.denominator()),
            Expr::Constant(Value::Truth(_)) => Some(Known::TRUTH),
            Expr::Constant(Value::Option(_)) => Some(Known::OPTION),
            Expr::Answer(question) if reads.is_empty() => self.answers(*question),
            Expr::Compare(comparison, left, right) => {
                let fits = if all(Holds::Truth) {
                    self.held_against(*comparison, *left, *right).is_some()
                } else {
                    parts.iter().all(|part| part.holds == parts[0].holds)
                };
                fits.then_some(Known::TRUTH)
            }
            Expr::And(_) | Expr::Or(_) | Expr::Trait(..) | Expr::Not(_) => {
                (all(Holds::Truth) && !reads.is_empty()).then_some(Known::TRUTH)
            }
            Expr::Count(_) => {
                let largest = i64::try_from(reads.len()).ok()?;
                all(Holds::Truth).then_some(Known { holds: Holds::Number, units: 1, largest })
            }
            Expr::Arithmetic(Arithmetic::Plus | Arithmetic::Minus, ..) => added(),
            Expr::Measure(_) | Expr::Diagnosis(_) => parts.first().copied(),
            Expr::Score(aspect) => {
                let fits = is_plain_mean(&self.library.aspects[aspect.index()]) && !reads.is_empty();
                let known = added().filter(|_| fits)?;
                let counts = (1..=i64::try_from(reads.len()).ok()?).try_fold(1, lcm);
                Some(Known { units: counts?.checked_mul(known.units)?, ..known })
            }
            Expr::Level(aspect) => {
                let aspect = &self.library.aspects[aspect.index()];
                let bounds: Vec<Number> = aspect.cut_offs.iter().filter_map(|cut| cut.below).collect();
                let score =
                    parts.first().filter(|score| score.holds == Holds::Number && !aspect.cut_offs.is_empty())?;
                let units = bounds.iter().map(|bound| bound.denominator()).try_fold(score.units, lcm)?;
                let largest = if bounds.is_empty() { 0 } else { Known::numbers(&bounds, units)?.largest };
                Some(Known { units, largest, ..Known::OPTION })
            }
            _ => None,
        }
    }

    fn answers(&self, id: QuestionId) -> Option<Known> {
        match &self.library.questions[id.index()].kind {
            Kind::Scale(scale) => {
                let units = scale.values.iter().map(|value| value.denominator()).try_fold(1, lcm)?;
                Known::numbers(&scale.values, units)
            }
            Kind::Number { min, max, step, .. } => {
                Known::numbers(&[*min, *max], lcm(min.denominator(), step.denominator())?)
            }
            Kind::YesNo => Some(Known::TRUTH),
            Kind::Choice(_) => Some(Known::OPTION),
            Kind::Multiple(_) | Kind::Text => None,
        }
    }

    fn instruction(&mut self, id: ExprId, reads: &[ExprId]) -> Instruction {
        let connect = |two: Does, more: Does| match reads {
            [left, right] => Instruction::Pair(two, *left, *right),
            _ => Instruction::Many(more, reads.to_vec()),
        };
        match self.library.graph.expr(id) {
            Expr::Constant(value) => Instruction::Constant(*value),
            Expr::Answer(id) => {
                let question = &self.library.questions[id.index()];
                let ends = question.kind.ends().filter(|_| !question.not_applicable);
                let register = |value: Option<Value>| value.map_or(UNSEEN, |value| encoded(value, self.scale));
                let (low, high) = (register(ends.map(|ends| ends.0)), register(ends.map(|ends| ends.1)));
                Instruction::Answer(Answered { question: *id, low, high })
            }
            Expr::Compare(comparison, left, right) => match self.held_against(*comparison, *left, *right) {
                Some((part, true)) => Instruction::Same(part),
                Some((part, false)) => Instruction::One(Does::Not, part),
                None => self.comparison(*comparison, *left, *right),
            },
            Expr::Count(_) => Instruction::Many(Does::Count, reads.to_vec()),
            Expr::Arithmetic(Arithmetic::Minus, left, right) => Instruction::Pair(Does::Subtract, *left, *right),
            Expr::Arithmetic(_, left, right) => Instruction::Pair(Does::Add, *left, *right),
            Expr::And(_) => connect(Does::Both, Does::All),
            Expr::Or(_) | Expr::Trait(..) => connect(Does::Either, Does::Any),
            Expr::Not(part) => Instruction::One(Does::Not, *part),
            Expr::Score(_) => Instruction::Many(Does::Mean, reads.to_vec()),
            Expr::Level(aspect) => {
                let start = self.bounds.len();
                let bounds = self.library.aspects[aspect.index()].cut_offs.iter().filter_map(|cut| cut.below);
                let scale = self.scale;
                self.bounds.extend(bounds.map(|bound| encoded(Value::Number(bound), scale)));
                Instruction::Level(reads[0], start..self.bounds.len())
            }
            _ => Instruction::Same(reads[0]),
        }
    }

    fn comparison(&self, comparison: Comparison, left: ExprId, right: ExprId) -> Instruction {
        let graph = &self.library.graph;
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        let test = |comparison: Comparison, part: ExprId, fixed: ExprId| {
            let Expr::Constant(value) = graph.expr(fixed) else { return None };
            let does = match graph.expr(part) {
                Expr::Answer(_) => Does::Test(comparison),
                _ if ordered => Does::Limit(comparison),
                // what may be equal to it at neither of its ends is compared as two numbers are
                _ => return None,
            };
            let with_one = !ordered && self.is_one_of_its_values(part, *value);
            Some(Instruction::Test { does, part, fixed, bound: encoded(*value, self.scale), with_one })
        };
        test(comparison, left, right).or_else(|| test(comparison.flipped(), right, left)).unwrap_or(Instruction::Pair(
            Does::Compare(comparison),
            left,
            right,
        ))
    }

    /// A condition that is held against a fixed yes or no, and whether it must be so for the comparison to hold.
    fn held_against(&self, comparison: Comparison, left: ExprId, right: ExprId) -> Option<(ExprId, bool)> {
        let equal = match comparison {
            Comparison::Equal => true,
            Comparison::NotEqual => false,
            _ => return None,
        };
        let truth = |id: ExprId| match self.library.graph.expr(id) {
            Expr::Constant(Value::Truth(truth)) => Some(*truth),
            _ => None,
        };
        let held = truth(right).map(|truth| (left, truth)).or_else(|| truth(left).map(|truth| (right, truth)));
        held.map(|(part, truth)| (part, truth == equal))
    }

    /// Whether a fixed value is one of those that an answer can have, and not the only one.
    fn is_one_of_its_values(&self, answer: ExprId, value: Value) -> bool {
        let Expr::Answer(question) = self.library.graph.expr(answer) else { return false };
        let domain = self.library.questions[question.index()].kind.domain().unwrap_or_default();
        domain.len() > 1 && domain.contains(&value)
    }
}

/// Whether a score is a mean in which all weigh the same, and what is missing is left out.
fn is_plain_mean(aspect: &Aspect) -> bool {
    matches!(aspect.combine, Combine::Mean)
        && aspect.missing == Missing::Skip
        && aspect.parties.is_none()
        && !aspect.clamp_to_target
}

/// The least number that both divide, where it is no larger than a scale may be.
fn lcm(a: i64, b: i64) -> Option<i64> {
    let (mut divisor, mut rest) = (a, b);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (a / divisor).checked_mul(b).filter(|least| *least <= LARGEST_SCALE)
}
