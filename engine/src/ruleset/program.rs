//! The common expressions as a flat program over whole numbers.
//!
//! Most of a ruleset is means of answers, comparisons, and `and` and `or` over these. Where a common scale makes all
//! their numbers whole, each is one short instruction, in an order in which everything stands before what reads it.
//! What does not fit (parties, sets of options, weights, other policies for what is missing, a scale that would grow
//! too large) is left to the general operators of [`crate::evaluate`].

mod pulls;

use super::dependencies::Compiled;
use super::elements::{Aspect, Combine, Kind, Missing};
use super::load::Library;
use crate::assessment::Comparison;
use crate::condition::{Arithmetic, Expr, ExprId, QuestionId, Value};
use crate::number::Number;
use pulls::Pulls;
use std::ops::Range;

/// Instructions, and what their whole numbers mean.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// How many of a cell's units make one.
    pub scale: i64,
    /// Its lines, each after those of what it reads.
    pub lines: Vec<Line>,
    /// What the instructions read, and bounds: slices of these lists.
    pub parts: Vec<ExprId>,
    /// The upper bounds of levels.
    pub bounds: Vec<i64>,
    /// For each expression, a slice of [`Program::clashing`].
    pub clashes: Vec<Range<u32>>,
    /// Questions that pull an expression two ways: while one is open, the ends of the expression cannot be trusted.
    pub clashing: Vec<QuestionId>,
    /// What a cell of each expression holds.
    pub cells: Vec<Holds>,
    /// Expressions that were changed after the program was written; they are left to their operators.
    pub set_aside: Vec<ExprId>,
}

/// A line of a program: how one expression is worked out.
#[derive(Debug, Clone)]
pub struct Line {
    /// The expression.
    pub expr: ExprId,
    /// What is to be done.
    pub instruction: Instruction,
    /// Whether it has a value as soon as completions agree about one, even where something it reads has none.
    pub settles: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Nothing: the program does not know the expression.
    Unknown,
    /// A number, times the scale.
    Number,
    /// No (0) or yes (1).
    Truth,
    /// An option, by place.
    Option,
}

/// What is to be done.
#[derive(Debug, Clone)]
pub enum Instruction {
    /// A fixed value.
    Constant(i64),
    /// The chain's answer to a question that is always asked, and that nothing else settles; and the lowest and highest
    /// cell that it can be, where it will surely be one.
    Answer(QuestionId, i64, i64),
    /// A comparison of two cells.
    Compare {
        /// Which.
        comparison: Comparison,
        /// What is compared.
        left: ExprId,
        /// With what.
        right: ExprId,
        /// Whether an answer is compared with one of the values that it can have: then both can be.
        with_one: bool,
    },
    /// Sum or difference of two cells.
    Add(ExprId, ExprId, bool),
    /// All of some parts.
    And(Range<u32>),
    /// One of some parts.
    Or(Range<u32>),
    /// Not.
    Not(ExprId),
    /// The mean of some parts; what is missing is left out.
    Mean(Range<u32>),
    /// How many of some parts hold.
    Count(Range<u32>),
    /// The level that a number falls in, by the bounds.
    CutOffs(ExprId, Range<u32>),
    /// The same as another cell.
    Same(ExprId),
}

/// The largest scale: so many units make one, and values of millions still fit.
const LARGEST_SCALE: i64 = 1 << 40;

impl Program {
    pub(super) fn new(library: &Library, compiled: &Compiled) -> Self {
        let mut writer = Writer {
            library,
            units: vec![1; library.graph.len()],
            program: Self {
                scale: 1,
                cells: vec![Holds::Unknown; library.graph.len()],
                clashes: vec![0..0; library.graph.len()],
                ..Self::default()
            },
        };
        // first what fits, with the scale that it asks for; then the instructions, on that scale
        let order = compiled.order.iter().copied().filter(|id| compiled.plain[id.index()]);
        let fitting: Vec<ExprId> = order.filter(|id| writer.fits(*id, &compiled.reads[id.index()])).collect();
        let mut pulls = vec![Pulls::default(); library.graph.len()];
        for expr in fitting {
            let reads = &compiled.reads[expr.index()];
            let instruction = writer.instruction(expr, reads);
            let over_settled = || reads.iter().any(|part| compiled.settled[part.index()]);
            let settles = match instruction {
                Instruction::Count(_) => true,
                Instruction::Compare { .. } => over_settled(),
                _ => false,
            };
            pulls[expr.index()] = writer.program.pulls(&instruction, &pulls);
            writer.clash(expr, &pulls[expr.index()]);
            writer.program.lines.push(Line { expr, instruction, settles });
        }
        writer.program
    }
}

struct Writer<'a> {
    library: &'a Library,
    /// For each expression, how many units make its numbers whole.
    units: Vec<i64>,
    program: Program,
}

impl Writer<'_> {
    /// Takes an expression into the program, where it fits.
    fn fits(&mut self, id: ExprId, reads: &[ExprId]) -> bool {
        let known = reads.iter().all(|part| self.cell(*part) != Holds::Unknown);
        let Some((cell, units)) = self.kind(id, reads).filter(|_| known) else { return false };
        let Some(scale) = lcm(self.program.scale, units) else { return false };
        self.program.scale = scale;
        self.program.cells[id.index()] = cell;
        self.units[id.index()] = units;
        true
    }

    fn cell(&self, id: ExprId) -> Holds {
        self.program.cells[id.index()]
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
            Expr::Compare(..) => {
                let alike = reads.iter().all(|part| self.cell(*part) == self.cell(reads[0]));
                alike.then_some((Holds::Truth, 1))
            }
            Expr::And(_) | Expr::Or(_) | Expr::Trait(..) | Expr::Not(_) => {
                self.all(reads, Holds::Truth).then_some((Holds::Truth, 1))
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
        match self.library.graph.expr(id) {
            Expr::Constant(value) => Instruction::Constant(encoded(*value, self.program.scale)),
            Expr::Answer(id) => {
                let question = &self.library.questions[id.index()];
                let ends = question.kind.ends().filter(|_| !question.not_applicable);
                let cell = |value: Option<Value>| value.map_or(UNSEEN, |value| encoded(value, self.program.scale));
                Instruction::Answer(*id, cell(ends.map(|ends| ends.0)), cell(ends.map(|ends| ends.1)))
            }
            Expr::Compare(comparison, left, right) => {
                let with_one = self.is_one_of_its_values(*left, *right) || self.is_one_of_its_values(*right, *left);
                Instruction::Compare { comparison: *comparison, left: *left, right: *right, with_one }
            }
            Expr::Count(_) => Instruction::Count(self.parts(reads)),
            Expr::Arithmetic(operation, left, right) => {
                Instruction::Add(*left, *right, *operation == Arithmetic::Minus)
            }
            Expr::And(_) => Instruction::And(self.parts(reads)),
            Expr::Or(_) | Expr::Trait(..) => Instruction::Or(self.parts(reads)),
            Expr::Not(part) => Instruction::Not(*part),
            Expr::Score(_) => Instruction::Mean(self.parts(reads)),
            Expr::Level(aspect) => {
                let start = self.program.bounds.len();
                let bounds = self.library.aspects[aspect.index()].cut_offs.iter().filter_map(|cut| cut.below);
                let scale = self.program.scale;
                self.program.bounds.extend(bounds.map(|bound| encoded(Value::Number(bound), scale)));
                Instruction::CutOffs(reads[0], place(start)..place(self.program.bounds.len()))
            }
            _ => Instruction::Same(reads[0]),
        }
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

    fn clash(&mut self, expr: ExprId, pulls: &Pulls) {
        let start = self.program.clashing.len();
        self.program.clashing.extend(pulls.clashing());
        self.program.clashes[expr.index()] = place(start)..place(self.program.clashing.len());
    }

    fn parts(&mut self, reads: &[ExprId]) -> Range<u32> {
        let start = self.program.parts.len();
        self.program.parts.extend(reads);
        place(start)..place(self.program.parts.len())
    }
}

/// Unanswered.
pub(crate) const MISSING: i64 = i64::MIN;
/// Without a value.
pub(crate) const NOTHING: i64 = i64::MIN + 1;
/// Not worked out: the expression is not in the program, or a number did not fit.
pub(crate) const UNSEEN: i64 = i64::MIN + 2;

/// A value as a cell.
pub(crate) fn encoded(value: Value, scale: i64) -> i64 {
    match value {
        Value::Missing => MISSING,
        Value::Nothing => NOTHING,
        Value::Truth(truth) => i64::from(truth),
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
        (cell, Holds::Truth) => Value::Truth(cell != 0),
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
