//! The common expressions as a flat program over whole numbers.
//!
//! Most of a ruleset is means of answers, comparisons, and `and` and `or` over these. Where a common scale makes all
//! their numbers whole, each is one short instruction. What does not fit (parties, sets of options, weights, other
//! policies for what is missing, a scale that would grow too large) is left to the general operators of
//! [`crate::evaluate`].
//!
//! What comes out of an instruction stands in a *register*: one of the numbers, or one of the conditions. Instructions
//! that do the same and can be done at the same time form a [`Batch`], whose registers lie side by side: what is to be
//! done is chosen once for all of them.

mod batches;
mod pulls;
mod register;
mod writer;

use crate::assessment::Comparison;
use crate::condition::{ExprId, QuestionId, Value};
use register::decoded;
use std::ops::Range;

pub(crate) use register::{LARGEST, MISSING, NOTHING, Numbers, Rung, Truths, UNSEEN, encoded};

/// Instructions, and what their whole numbers mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    /// How many of a number's units make one.
    pub(crate) scale: i64,
    /// For each expression its register; none for what is left to its operator.
    places: Vec<Option<Register>>,
    /// What the registers with numbers hold: numbers or options.
    holds: Vec<Holds>,
    /// The chain's answers to questions that are always asked, and that nothing else settles. Those that are numbers or
    /// options are the first numbers; those that are yes or no come after them here, and are the first conditions.
    pub(crate) answers: Vec<Answered>,
    /// How many of the answers are numbers or options.
    pub(crate) counted: usize,
    /// What stands in the numbers before anything is worked out: fixed values.
    pub(crate) numbers: Vec<Numbers>,
    /// The same for the conditions.
    pub(crate) truths: Vec<Truths>,
    /// What is worked out, each after what it reads.
    pub(crate) batches: Vec<Batch>,
    /// The registers that the instructions read, among the numbers or among the conditions as [`Does`] says.
    pub(crate) parts: Vec<u32>,
    /// Slices of `parts`, for instructions over any number of parts; of `bounds`, for levels.
    pub(crate) slices: Vec<Range<usize>>,
    /// The upper bounds of levels.
    pub(crate) bounds: Vec<i64>,
    /// What is compared with a fixed value.
    pub(crate) tests: Vec<Test>,
    /// The conditions of the rules that are in the program, each once for each rule, in rows that lie side by side.
    pub(crate) rules: Vec<Range<usize>>,
    /// For each number and for each condition, a slice of `clashing`.
    clashes: [Vec<Range<usize>>; 2],
    /// Answers, by place in `answers`, that pull a register two ways: while one is open, its ends cannot be trusted.
    clashing: Vec<u32>,
    /// The conditions that are pulled two ways, in order.
    pulled: Vec<u32>,
    /// Expressions that were changed after the program was written; they are left to their operators.
    pub(super) set_aside: Vec<ExprId>,
}

/// A register, by place among the numbers or among the conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Register {
    Number(u32),
    Truth(u32),
}

/// An answer, and the lowest and highest that its register can be, as [`encoded`]; [`UNSEEN`] where it need not have a
/// value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answered {
    pub(crate) question: QuestionId,
    pub(crate) low: i64,
    pub(crate) high: i64,
}

/// A comparison with a fixed value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Test {
    /// What is compared, by place among the numbers.
    pub(crate) number: u32,
    /// The fixed value, [`encoded`].
    pub(crate) bound: i64,
    /// Of an answer: what it comes to while that is asked and open.
    pub(crate) open: Truths,
}

/// Instructions that do the same, and of which none reads another.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    /// What is done.
    pub(crate) does: Does,
    /// What comes out, one register for each instruction.
    pub(crate) registers: Range<usize>,
    /// The first of what they read in [`Program::parts`], two or one for each.
    pub(crate) parts: usize,
    /// The first in [`Program::slices`], or in [`Program::tests`], one for each.
    pub(crate) slices: usize,
    /// Whether there is a value as soon as completions agree about one, even where something that is read has none.
    pub(crate) settles: bool,
}

/// What is done to registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Does {
    /// Two numbers or options are compared.
    Compare(Comparison),
    /// An answer is compared with a fixed value.
    Test(Comparison),
    /// What is made of answers is compared with a fixed value.
    Limit(Comparison),
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
    /// The mean of any number of parts; what is missing is left out.
    Mean,
    /// How many of any number of conditions hold.
    Count,
    /// The level that a number falls in, by the bounds.
    Level,
}

impl Does {
    /// Whether numbers or options come out; otherwise conditions.
    pub(crate) const fn counts(self) -> bool {
        matches!(self, Self::Add | Self::Subtract | Self::Mean | Self::Count | Self::Level)
    }
}

/// What a register holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A number, times the scale.
    Number,
    /// Whether a condition holds.
    Truth,
    /// An option, by place.
    Option,
}

/// How one expression is worked out.
#[derive(Debug, Clone)]
struct Line {
    expr: ExprId,
    holds: Holds,
    instruction: Instruction,
    /// As in [`Batch::settles`].
    settles: bool,
}

/// What is to be done, and to what.
#[derive(Debug, Clone)]
enum Instruction {
    /// A fixed value.
    Constant(Value),
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
    /// A comparison of one part with another that has a fixed value; `with_one` as in [`Truths::equal`].
    Test { does: Does, part: ExprId, fixed: ExprId, bound: i64, with_one: bool },
    /// The same as a part.
    Same(ExprId),
}

impl Program {
    /// The register of an expression, where it has one.
    #[inline]
    pub(crate) fn register(&self, expr: ExprId) -> Option<Register> {
        self.places[expr.index()]
    }

    /// The answers, by place in [`Program::answers`], that pull a register two ways.
    pub(crate) fn clashing(&self, register: Register) -> &[u32] {
        let slice = match register {
            Register::Number(at) => &self.clashes[0][at as usize],
            Register::Truth(at) => &self.clashes[1][at as usize],
        };
        &self.clashing[slice.clone()]
    }

    /// The conditions that come out of a batch and are pulled two ways.
    pub(crate) fn pulled(&self, batch: &Batch) -> impl Iterator<Item = u32> {
        let Range { start, end } = if batch.does.counts() { 0..0 } else { batch.registers.clone() };
        let from = |end: usize| self.pulled.partition_point(|truth| (*truth as usize) < end);
        self.pulled[from(start)..from(end)].iter().copied()
    }

    /// The registers of the answers: numbers and options, and conditions.
    pub(crate) fn answered(&self) -> [Range<Register>; 2] {
        let (counted, others) = (place(self.counted), place(self.answers.len() - self.counted));
        [Register::Number(0)..Register::Number(counted), Register::Truth(0)..Register::Truth(others)]
    }

    /// The register of an answer, by place in [`Program::answers`].
    pub(crate) fn of_answer(&self, at: u32) -> Register {
        let counted = place(self.counted);
        if at < counted { Register::Number(at) } else { Register::Truth(at - counted) }
    }

    /// A number in a register as a value; nothing where it was not worked out.
    #[inline]
    pub(crate) fn decoded(&self, at: u32, number: i64) -> Option<Value> {
        decoded(number, self.holds[at as usize], self.scale)
    }

    /// The registers that were set aside among some.
    pub(crate) fn set_aside(&self, among: &Range<Register>) -> impl Iterator<Item = Register> {
        let registers = self.set_aside.iter().filter_map(|expr| self.register(*expr));
        registers.filter(|register| among.contains(register))
    }
}

impl Register {
    /// The place among those of its kind.
    #[inline]
    pub(crate) const fn at(self) -> usize {
        match self {
            Self::Number(at) | Self::Truth(at) => at as usize,
        }
    }
}

impl Batch {
    /// What comes out, in order.
    pub(crate) fn each(&self) -> impl Iterator<Item = Register> {
        self.registers.clone().map(|at| self.register(at))
    }

    /// The range of what comes out.
    pub(crate) fn written(&self) -> Range<Register> {
        self.register(self.registers.start)..self.register(self.registers.end)
    }

    fn register(&self, at: usize) -> Register {
        if self.does.counts() { Register::Number(place(at)) } else { Register::Truth(place(at)) }
    }

    /// The part of it that writes so many registers from a place on.
    pub(crate) fn narrowed(&self, start: usize, count: usize) -> Self {
        let skipped = start - self.registers.start;
        let read = match self.does {
            Does::Test(_) | Does::Limit(_) | Does::All | Does::Any | Does::Mean | Does::Count => 0,
            Does::Not | Does::Level => skipped,
            Does::Compare(_) | Does::Add | Does::Subtract | Does::Both | Does::Either => 2 * skipped,
        };
        let registers = start..start + count;
        Self { registers, parts: self.parts + read, slices: self.slices + skipped, ..*self }
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
