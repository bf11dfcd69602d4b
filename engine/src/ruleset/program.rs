//! The common expressions as a flat program over whole numbers.
//!
//! Most of a ruleset is means of answers, comparisons, and `and` and `or` over these. Where a common scale makes all
//! their numbers whole, each is one short instruction. What does not fit (parties, sets of options, weights, other
//! policies for what is missing, a scale that would grow too large) is left to the general operators of
//! [`crate::evaluate`].
//!
//! What comes out of an instruction stands in a *cell*. Instructions that do the same and can be done at the same time
//! form a [`Batch`], whose cells lie side by side: what is to be done is chosen once for all of them.

mod batches;
mod pulls;

use super::dependencies::Compiled;
use super::elements::{Aspect, Combine, Kind, Missing};
use super::load::Library;
use crate::assessment::Comparison;
use crate::condition::{Arithmetic, Expr, ExprId, QuestionId, Value};
use crate::number::Number;
use std::ops::Range;

/// Instructions, and what their whole numbers mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    /// How many of a cell's units make one.
    pub(crate) scale: i64,
    /// For each expression its cell; [`NO_CELL`] for what is left to its operator.
    places: Vec<u32>,
    /// What each cell holds.
    pub(crate) holds: Vec<Holds>,
    /// The chain's answers to questions that are always asked, and that nothing else settles: the first cells.
    pub(crate) answers: Vec<Answered>,
    /// What stands in the cells before anything is worked out: fixed values.
    pub(crate) fixed: Vec<i64>,
    /// What is worked out, each after what it reads.
    pub(crate) batches: Vec<Batch>,
    /// The cells that the instructions read.
    pub(crate) parts: Vec<u32>,
    /// Slices of `parts`, for instructions over any number of parts; of `bounds`, for levels.
    pub(crate) slices: Vec<Range<usize>>,
    /// The upper bounds of levels.
    pub(crate) bounds: Vec<i64>,
    /// For each cell, a slice of `clashing`.
    clashes: Vec<Range<usize>>,
    /// Answers that pull a cell two ways: while one is open, its ends cannot be trusted.
    clashing: Vec<u32>,
    /// Expressions that were changed after the program was written; they are left to their operators.
    pub(super) set_aside: Vec<ExprId>,
}

/// No cell.
const NO_CELL: u32 = u32::MAX;

/// An answer, and the lowest and highest cell that it can be; [`UNSEEN`] where it need not have a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answered {
    pub(crate) question: QuestionId,
    pub(crate) low: i64,
    pub(crate) high: i64,
}

/// Instructions that do the same, and of which none reads another.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    /// What is done.
    pub(crate) does: Does,
    /// What comes out, one cell for each instruction.
    pub(crate) cells: Range<usize>,
    /// The first of what they read in [`Program::parts`], two or one for each.
    pub(crate) parts: usize,
    /// The first in [`Program::slices`], one for each.
    pub(crate) slices: usize,
    /// Whether there is a value as soon as completions agree about one, even where something that is read has none.
    pub(crate) settles: bool,
}

/// What is done to cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Does {
    /// Two numbers or options are compared. With one: an answer with one of the values that it can have, so that both
    /// outcomes can come.
    Compare { comparison: Comparison, with_one: bool },
    /// The sum of two.
    Add,
    /// The difference of two.
    Subtract,
    /// Two conditions, both.
    Both,
    /// Two conditions, one of them.
    Either,
    /// Any number of conditions, all of them.
    All,
    /// Any number of conditions, one of them.
    Any,
    /// Not.
    Not,
    /// The same as another cell.
    Same,
    /// The mean of any number of parts; what is missing is left out.
    Mean,
    /// How many of any number of conditions hold.
    Count,
    /// The level that a number falls in, by the bounds.
    Level,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Nothing: the program does not know the expression.
    Unknown,
    /// A number, times the scale.
    Number,
    /// [`NO`] or [`YES`].
    Truth,
    /// An option, by place.
    Option,
}

/// How one expression is worked out.
#[derive(Debug, Clone)]
struct Line {
    expr: ExprId,
    instruction: Instruction,
    /// As in [`Batch::settles`].
    settles: bool,
}

/// What is to be done, and to what.
#[derive(Debug, Clone)]
enum Instruction {
    /// A fixed value.
    Constant(i64),
    /// The chain's answer.
    Answer(Answered),
    /// To two parts.
    Pair(Does, ExprId, ExprId),
    /// To one part.
    One(Does, ExprId),
    /// To any number of parts.
    Many(Does, Vec<ExprId>),
    /// The level of a number.
    Level(ExprId, Range<usize>),
}

/// The largest scale: so many units make one, and values of millions still fit.
const LARGEST_SCALE: i64 = 1 << 40;

impl Program {
    pub(super) fn new(library: &Library, compiled: &Compiled) -> Self {
        let mut writer = Writer {
            library,
            scale: 1,
            cells: vec![Holds::Unknown; library.graph.len()],
            units: vec![1; library.graph.len()],
            bounds: Vec::new(),
        };
        // first what fits, with the scale that it asks for; then the instructions, on that scale
        let order = compiled.order.iter().copied().filter(|id| compiled.plain[id.index()]);
        let fitting: Vec<ExprId> = order.filter(|id| writer.fits(*id, &compiled.reads[id.index()])).collect();
        let line = |expr: ExprId| {
            let reads = &compiled.reads[expr.index()];
            let instruction = writer.instruction(expr, reads);
            let settles = match instruction {
                Instruction::Many(Does::Count, _) => true,
                Instruction::Pair(Does::Compare { .. }, ..) => reads.iter().any(|part| compiled.settled[part.index()]),
                _ => false,
            };
            Line { expr, instruction, settles }
        };
        let lines: Vec<Line> = fitting.into_iter().map(line).collect();
        Self::laid_out(&lines, writer)
    }

    /// The cell of an expression, where it has one.
    #[inline]
    pub(crate) fn cell(&self, expr: ExprId) -> Option<usize> {
        let place = self.places[expr.index()];
        (place != NO_CELL).then_some(place as usize)
    }

    /// The answers that pull a cell two ways.
    #[inline]
    pub(crate) fn clashing(&self, cell: usize) -> &[u32] {
        &self.clashing[self.clashes[cell].clone()]
    }

    /// The cells that were set aside among some.
    pub(crate) fn set_aside(&self, among: &Range<usize>) -> impl Iterator<Item = usize> {
        let cells = self.set_aside.iter().filter_map(|expr| self.cell(*expr));
        cells.filter(|cell| among.contains(cell))
    }
}

struct Writer<'a> {
    library: &'a Library,
    /// How many units make one.
    scale: i64,
    /// For each expression what its cell holds.
    cells: Vec<Holds>,
    /// For each expression, how many units make its numbers whole.
    units: Vec<i64>,
    /// The upper bounds of levels.
    bounds: Vec<i64>,
}

impl Writer<'_> {
    /// Takes an expression into the program, where it fits.
    fn fits(&mut self, id: ExprId, reads: &[ExprId]) -> bool {
        let known = reads.iter().all(|part| self.cell(*part) != Holds::Unknown);
        let Some((cell, units)) = self.kind(id, reads).filter(|_| known) else { return false };
        let Some(scale) = lcm(self.scale, units) else { return false };
        self.scale = scale;
        self.cells[id.index()] = cell;
        self.units[id.index()] = units;
        true
    }

    fn cell(&self, id: ExprId) -> Holds {
        self.cells[id.index()]
    }

    fn all(&self, reads: &[ExprId], cell: Holds) -> bool {
        reads.iter().all(|part| self.cell(*part) == cell)
    }

    /// What its cell holds and the units that its numbers need; nothing where there is no instruction for it.
    fn kind(&self, id: ExprId, reads: &[ExprId]) -> Option<(Holds, i64)> {
        let of_parts = || reads.iter().try_fold(1, |units, part| lcm(units, self.units[part.index()]));
        let same = || reads.first().map(|part| (self.cell(*part), self.units[part.index()]));
        match self.library.graph.expr(id) {
            Expr::Constant(value) => kind_of(*value),
            Expr::Answer(question) if reads.is_empty() => self.answers(*question),
            Expr::Compare(comparison, left, right) => {
                let fits = if self.all(reads, Holds::Truth) {
                    self.held_against(*comparison, *left, *right).is_some()
                } else {
                    reads.iter().all(|part| self.cell(*part) == self.cell(*left))
                };
                fits.then_some((Holds::Truth, 1))
            }
            Expr::And(_) | Expr::Or(_) | Expr::Trait(..) | Expr::Not(_) => {
                (self.all(reads, Holds::Truth) && !reads.is_empty()).then_some((Holds::Truth, 1))
            }
            Expr::Count(_) => self.all(reads, Holds::Truth).then_some((Holds::Number, 1)),
            Expr::Arithmetic(Arithmetic::Plus | Arithmetic::Minus, ..) if self.all(reads, Holds::Number) => {
                Some((Holds::Number, of_parts()?))
            }
            Expr::Measure(_) | Expr::Diagnosis(_) => same(),
            Expr::Score(aspect) => {
                let aspect = &self.library.aspects[aspect.index()];
                let fits = is_plain_mean(aspect) && self.all(reads, Holds::Number);
                let counts = (1..=i64::try_from(reads.len()).ok()?).try_fold(1, lcm);
                (fits && !reads.is_empty()).then_some((Holds::Number, counts?.checked_mul(of_parts()?)?))
            }
            Expr::Level(aspect) => {
                let aspect = &self.library.aspects[aspect.index()];
                let bounds = aspect.cut_offs.iter().filter_map(|cut| cut.below);
                let units = bounds.map(|bound| bound.denominator()).try_fold(of_parts()?, lcm)?;
                let fits = !aspect.cut_offs.is_empty() && self.all(reads, Holds::Number);
                fits.then_some((Holds::Option, units))
            }
            _ => None,
        }
    }

    fn answers(&self, id: QuestionId) -> Option<(Holds, i64)> {
        match &self.library.questions[id.index()].kind {
            Kind::Scale(scale) => {
                Some((Holds::Number, scale.values.iter().map(|value| value.denominator()).try_fold(1, lcm)?))
            }
            Kind::Number { min, step, .. } => Some((Holds::Number, lcm(min.denominator(), step.denominator())?)),
            Kind::YesNo => Some((Holds::Truth, 1)),
            Kind::Choice(_) => Some((Holds::Option, 1)),
            Kind::Multiple(_) | Kind::Text => None,
        }
    }

    fn instruction(&mut self, id: ExprId, reads: &[ExprId]) -> Instruction {
        let connect = |two: Does, more: Does| match reads {
            [left, right] => Instruction::Pair(two, *left, *right),
            _ => Instruction::Many(more, reads.to_vec()),
        };
        match self.library.graph.expr(id) {
            Expr::Constant(value) => Instruction::Constant(encoded(*value, self.scale)),
            Expr::Answer(id) => {
                let question = &self.library.questions[id.index()];
                let ends = question.kind.ends().filter(|_| !question.not_applicable);
                let cell = |value: Option<Value>| value.map_or(UNSEEN, |value| encoded(value, self.scale));
                let (low, high) = (cell(ends.map(|ends| ends.0)), cell(ends.map(|ends| ends.1)));
                Instruction::Answer(Answered { question: *id, low, high })
            }
            Expr::Compare(comparison, left, right) => match self.held_against(*comparison, *left, *right) {
                Some((part, true)) => Instruction::One(Does::Same, part),
                Some((part, false)) => Instruction::One(Does::Not, part),
                None => {
                    let with_one = self.is_one_of_its_values(*left, *right) || self.is_one_of_its_values(*right, *left);
                    Instruction::Pair(Does::Compare { comparison: *comparison, with_one }, *left, *right)
                }
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
            _ => Instruction::One(Does::Same, reads[0]),
        }
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
    fn is_one_of_its_values(&self, answer: ExprId, fixed: ExprId) -> bool {
        let graph = &self.library.graph;
        let (Expr::Answer(question), Expr::Constant(value)) = (graph.expr(answer), graph.expr(fixed)) else {
            return false;
        };
        let domain = self.library.questions[question.index()].kind.domain().unwrap_or_default();
        domain.len() > 1 && domain.contains(value)
    }
}

// in an order in which `and` is the lowest and `or` the highest; numbers lie between the last two
/// A condition that does not hold.
pub(crate) const NO: i64 = i64::MIN;
/// Without a value.
pub(crate) const NOTHING: i64 = i64::MIN + 1;
/// Unanswered.
pub(crate) const MISSING: i64 = i64::MIN + 2;
/// Not worked out: the expression is not in the program, or a number did not fit.
pub(crate) const UNSEEN: i64 = i64::MIN + 3;
/// A condition that holds.
pub(crate) const YES: i64 = i64::MAX;

/// Whether a condition holds, as a cell.
#[inline]
pub(crate) const fn truth_cell(holds: bool) -> i64 {
    if holds { YES } else { NO }
}

/// A value as a cell.
pub(crate) fn encoded(value: Value, scale: i64) -> i64 {
    match value {
        Value::Missing => MISSING,
        Value::Nothing => NOTHING,
        Value::Truth(truth) => truth_cell(truth),
        Value::Option(at) => i64::from(at),
        Value::Number(number) => number.units(scale).filter(|units| *units > UNSEEN).unwrap_or(UNSEEN),
        Value::Options(_) | Value::Text => UNSEEN,
    }
}

/// A cell as a value; nothing where it was not worked out.
pub(crate) fn decoded(cell: i64, kind: Holds, scale: i64) -> Option<Value> {
    Some(match (cell, kind) {
        (UNSEEN, _) | (_, Holds::Unknown) => return None,
        (MISSING, _) => Value::Missing,
        (NOTHING, _) => Value::Nothing,
        (cell, Holds::Truth) => Value::Truth(cell == YES),
        (cell, Holds::Option) => Value::Option(u16::try_from(cell).ok()?),
        (cell, Holds::Number) => Value::Number(Number::from(cell).over(Number::from(scale))?),
    })
}

fn kind_of(value: Value) -> Option<(Holds, i64)> {
    match value {
        Value::Number(number) => Some((Holds::Number, number.denominator())),
        Value::Truth(_) => Some((Holds::Truth, 1)),
        Value::Option(_) => Some((Holds::Option, 1)),
        _ => None,
    }
}

/// Whether a score is a mean in which all weigh the same, and what is missing is left out.
fn is_plain_mean(aspect: &Aspect) -> bool {
    matches!(aspect.combine, Combine::Mean)
        && aspect.missing == Missing::Skip
        && aspect.parties.is_none()
        && !aspect.clamp_to_target
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The least number that both divide, where it is no larger than a scale may be.
fn lcm(a: i64, b: i64) -> Option<i64> {
    let (mut divisor, mut rest) = (a, b);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (a / divisor).checked_mul(b).filter(|least| *least <= LARGEST_SCALE)
}
