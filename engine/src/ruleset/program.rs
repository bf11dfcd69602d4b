//! The common expressions as a flat program over whole numbers.
//!
//! Most of a ruleset is means of answers, comparisons, and `and` and `or` over these. Where a common scale makes all
//! their numbers whole, each is one short instruction. What does not fit (weights, ladders and portraits, some policies
//! for what is missing, a scale that would grow too large) is left to the general operators of [`crate::evaluate`]; so
//! is what differs from party to party, as soon as a profile names any.
//!
//! What comes out of an instruction stands in a *register*: one of the numbers, or one of the conditions. Instructions
//! that do the same and can be done at the same time form a [`Batch`], whose registers lie side by side: what is to be
//! done is chosen once for all of them.

mod batches;
mod lines;
mod pulls;
mod register;
mod writer;

use super::elements::{Tie, TraitMeasure};
use crate::assessment::Comparison;
use crate::condition::{AspectId, BouwsteenId, ExprId, QuestionId, RulesetId, Value};
use register::decoded;
use std::ops::Range;

pub(crate) use register::{LARGEST, MISSING, MOST_ADDED, NOTHING, Numbers, Rung, Truths, UNSEEN, encoded};

/// Instructions, and what their whole numbers mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    /// How many of a number's units make one.
    pub(crate) scale: i64,
    /// For each expression its register; none for what is left to its operator.
    places: Vec<Option<Register>>,
    /// What the registers with numbers hold: numbers or options.
    holds: Vec<Holds>,
    /// What the profile says. Numbers and options are the first numbers; conditions come after them here, and are the
    /// first conditions.
    pub(crate) leaves: Vec<Leaf>,
    /// How many of the leaves are numbers or options.
    pub(crate) counted: usize,
    /// The values that leaves can have, [`encoded`]; those that have the same share them.
    pub(crate) domains: Vec<i64>,
    /// What stands in the numbers before anything is worked out: fixed values.
    pub(crate) numbers: Vec<Numbers>,
    /// The same for the conditions.
    pub(crate) truths: Vec<Truths>,
    /// What is worked out, each after what it reads.
    pub(crate) batches: Vec<Batch>,
    /// For each number and for each condition, which batch writes it; of leaves and fixed values none does.
    writers: [Vec<u32>; 2],
    /// The registers that the instructions read, among the numbers or among the conditions as [`Does`] says.
    pub(crate) parts: Vec<u32>,
    /// For instructions over any number of parts.
    pub(crate) slices: Vec<Slice>,
    /// The upper bounds of levels.
    pub(crate) bounds: Vec<i64>,
    /// What is compared with a fixed value.
    pub(crate) tests: Vec<Test>,
    /// Portraits of which the one that fits best comes out.
    pub(crate) matches: Vec<Match>,
    /// The conditions of the rules that are in the program, each once for each rule, in rows that lie side by side.
    pub(crate) rules: Vec<Range<usize>>,
    /// What is worked out on the way to an expression, in order of those.
    pub(crate) beside: Vec<(ExprId, Register)>,
    /// Expressions that are worked out here only where the profile names no parties.
    pub(crate) alone: Vec<ExprId>,
    /// For each number and for each condition, a slice of `clashing`.
    clashes: [Vec<Range<usize>>; 2],
    /// Leaves that pull a register two ways: while one is open, its ends cannot be trusted.
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

/// Something that a profile says or leaves open, for the chain as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fact {
    /// The answer to a question, whether that is asked or not.
    Answer(QuestionId),
    /// Whether an answer contains an option.
    Chosen(QuestionId, u16),
    /// The importance given with an answer to a question of a ruleset.
    Importance(QuestionId, RulesetId),
    /// The status of a bouwsteen of a ruleset.
    Status(BouwsteenId, RulesetId),
    /// The target of an aspect.
    Target(AspectId),
    /// Whether there is an answer; without a value where the question does not apply. No completion changes it.
    Given(QuestionId),
    /// Whether the profile answers a ruleset.
    Ruleset(RulesetId),
    /// What is asked of parties where there are none: without a value.
    Nobody,
}

/// A fact, and what its register can come to.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    pub(crate) fact: Fact,
    /// The lowest and highest while it is open, [`encoded`].
    pub(crate) low: i64,
    pub(crate) high: i64,
    /// Whether it can also come to no value.
    pub(crate) lacks: bool,
    /// Whether parties say it, each for itself, where the profile names any.
    pub(crate) by_party: bool,
    /// Values that it can come to, in [`Program::domains`].
    pub(crate) domain: Range<usize>,
    /// Whether these are all.
    pub(crate) listed: bool,
}

/// A comparison with a fixed value, or with a set of options.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Test {
    /// What is compared, by place among the numbers.
    pub(crate) number: u32,
    /// The fixed value, [`encoded`]; of options, a bit for each.
    pub(crate) bound: i64,
    /// Of a leaf: what it comes to while that is open.
    pub(crate) open: Truths,
    /// As in [`Truths::equal`].
    pub(crate) with_one: bool,
}

/// Portraits of which the one that fits best comes out.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    /// In order, in which the traits of all of them follow each other too.
    pub(crate) portraits: Vec<Traits>,
    pub(crate) measure: TraitMeasure,
    pub(crate) tie: Tie,
    /// Whether a trait that is undecided counts as one that does not show; otherwise it is left out.
    pub(crate) lowest: bool,
}

/// The traits of a portrait.
#[derive(Debug, Clone)]
pub(crate) struct Traits {
    /// How many.
    pub(crate) count: usize,
    /// The portrait that it widens, and what its own measure must reach, over and under the line.
    pub(crate) builds_on: Option<(usize, [i64; 2])>,
}

/// What an instruction over any number of parts reads.
#[derive(Debug, Clone)]
pub(crate) struct Slice {
    /// In [`Program::parts`]; of levels, in [`Program::bounds`].
    pub(crate) of: Range<usize>,
    /// What a share is compared with, over and under the line; or the place of an option, or of a match.
    pub(crate) with: [i64; 2],
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
    /// Those of them that are pulled two ways, in [`Program::pulled`].
    pub(crate) pulled: Range<usize>,
    /// Whether there is a value as soon as completions agree about one, even where something that is read has none.
    pub(crate) settles: bool,
    /// Whether no completion leaves what is read, or what comes out, without a value.
    pub(crate) plain: bool,
}

/// What is done to registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Does {
    /// Two numbers or options are compared.
    Compare(Comparison),
    /// A leaf is compared with a fixed value.
    Test(Comparison),
    /// What is made of leaves is compared with a fixed value.
    Limit(Comparison),
    /// An option is one of some.
    Among,
    /// The share of conditions that hold is compared with a fixed one.
    Shared(Comparison),
    /// The first condition that holds is a certain one.
    Picked,
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
    /// What it is on what is answered; no completion changes it.
    Now,
    /// The same, in which all but a yes is a no.
    Holds,
    /// A condition that is there only where another holds.
    IfAsked,
    /// The same for whether there is an answer; not where it is undecided whether that is asked.
    GivenIfAsked,
    /// A number that is there only where a condition holds.
    NumberIfAsked,
    /// The sum of two.
    Add,
    /// The difference of two.
    Subtract,
    /// A number less itself.
    Nought,
    /// How far two are apart.
    Distance,
    /// The mean of any number of parts; what is missing is left out.
    Mean,
    /// The mean in which what is missing counts as the lowest that it can be.
    MeanLowest,
    /// The sum of any number of parts, once all are there.
    Sum,
    /// The lowest of any number of parts.
    Lowest,
    /// The highest of any number of parts.
    Highest,
    /// How many of any number of conditions hold.
    Count,
    /// What share of any number of conditions holds; what is missing is left out.
    Share,
    /// How far a trait shows, by what it asks in full and in part.
    Showing,
    /// The place of the first condition that holds.
    First,
    /// The level that a number falls in, by the bounds.
    Level,
    /// The portrait that fits best, by how far its traits show.
    Leading,
    /// The number of a level, by the bounds; it goes up with the level.
    Valued,
}

impl Does {
    /// Whether numbers or options come out; otherwise conditions.
    pub(crate) const fn counts(self) -> bool {
        match self {
            Self::Compare(_)
            | Self::Test(_)
            | Self::Limit(_)
            | Self::Among
            | Self::Shared(_)
            | Self::Picked
            | Self::Both
            | Self::Either
            | Self::All
            | Self::Any
            | Self::Not
            | Self::Now
            | Self::Holds
            | Self::IfAsked
            | Self::GivenIfAsked => false,
            Self::NumberIfAsked
            | Self::Add
            | Self::Subtract
            | Self::Nought
            | Self::Distance
            | Self::Mean
            | Self::MeanLowest
            | Self::Sum
            | Self::Lowest
            | Self::Highest
            | Self::Count
            | Self::Share
            | Self::Showing
            | Self::First
            | Self::Level
            | Self::Leading
            | Self::Valued => true,
        }
    }

    /// Whether what comes out has a value wherever everything that is read has one.
    const fn is_plain(self) -> bool {
        matches!(
            self,
            Self::Compare(_)
                | Self::Test(_)
                | Self::Limit(_)
                | Self::Both
                | Self::Either
                | Self::All
                | Self::Any
                | Self::Not
                | Self::Add
                | Self::Subtract
                | Self::Mean
                | Self::Level
        )
    }

    /// Whether completions do not change what comes out.
    pub(crate) const fn stays(self) -> bool {
        matches!(self, Self::Now | Self::Holds | Self::GivenIfAsked)
    }

    /// Whether the part at a place is a number or an option; otherwise it is a condition.
    const fn reads_number(self, at: usize) -> bool {
        match self {
            Self::NumberIfAsked => at == 1,
            Self::Compare(_)
            | Self::Test(_)
            | Self::Limit(_)
            | Self::Among
            | Self::Add
            | Self::Subtract
            | Self::Nought
            | Self::Distance
            | Self::Mean
            | Self::MeanLowest
            | Self::Sum
            | Self::Lowest
            | Self::Highest
            | Self::Level
            | Self::Leading
            | Self::Valued => true,
            _ => false,
        }
    }

    /// How many of [`Program::parts`] each instruction reads, where that is the same for all.
    const fn reads(self) -> usize {
        match self {
            Self::Not | Self::Now | Self::Holds | Self::Nought | Self::Level | Self::Valued => 1,
            Self::Compare(_)
            | Self::Both
            | Self::Either
            | Self::IfAsked
            | Self::GivenIfAsked
            | Self::NumberIfAsked
            | Self::Add
            | Self::Subtract
            | Self::Distance
            | Self::Showing => 2,
            _ => 0,
        }
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

impl Program {
    /// The register of an expression, where it has one.
    #[inline]
    pub(crate) fn register(&self, expr: ExprId) -> Option<Register> {
        self.places[expr.index()]
    }

    /// The register of an expression, and of what is worked out on the way to it.
    pub(crate) fn registers(&self, expr: ExprId) -> impl Iterator<Item = Register> {
        let start = self.beside.partition_point(|(of, _)| *of < expr);
        let beside = self.beside[start..].iter().take_while(move |(of, _)| *of == expr).map(|(_, register)| *register);
        self.register(expr).into_iter().chain(beside)
    }

    /// What an instruction reads to write a register; nothing where none does.
    pub(crate) fn reads(&self, register: Register) -> impl Iterator<Item = Register> {
        let batch = self.batches.get(self.writer(register) as usize);
        let row = batch.map(|batch| (batch.does, self.row(batch, register.at() - batch.registers.start)));
        row.into_iter().flat_map(|(does, row)| {
            let register = move |(at, part): (usize, &u32)| {
                if does.reads_number(at) { Register::Number(*part) } else { Register::Truth(*part) }
            };
            row.iter().enumerate().map(register)
        })
    }

    /// What the instruction at a place in a batch reads.
    fn row(&self, batch: &Batch, at: usize) -> &[u32] {
        let slice = batch.slices + at;
        match (batch.does, batch.does.reads()) {
            (Does::Test(_) | Does::Limit(_) | Does::Among, _) => std::slice::from_ref(&self.tests[slice].number),
            (_, 0) => &self.parts[self.slices[slice].of.clone()],
            (_, each) => &self.parts[batch.parts + each * at..][..each],
        }
    }

    /// The place of the batch that writes a register; none for a leaf or a fixed value.
    fn writer(&self, register: Register) -> u32 {
        match register {
            Register::Number(at) => self.writers[0][at as usize],
            Register::Truth(at) => self.writers[1][at as usize],
        }
    }

    /// What writes some registers, which are in order: parts of batches, each after what it reads.
    pub(crate) fn writing(&self, registers: &[Register]) -> Vec<Batch> {
        let beside =
            |one: &Register, next: &Register| self.writer(*one) == self.writer(*next) && one.at() + 1 == next.at();
        let rows = registers.chunk_by(beside);
        let mut found: Vec<(u32, Batch)> = rows
            .filter_map(|row| {
                let by = self.writer(row[0]);
                Some((by, self.narrowed(self.batches.get(by as usize)?, row[0].at(), row.len())))
            })
            .collect();
        found.sort_by_key(|(by, _)| *by); // stable
        found.into_iter().map(|(_, batch)| batch).collect()
    }

    /// The part of a batch that writes so many registers from a place on.
    fn narrowed(&self, batch: &Batch, start: usize, count: usize) -> Batch {
        let skipped = start - batch.registers.start;
        let registers = start..start + count;
        let first = batch.pulled.start;
        let pulled = &self.pulled[batch.pulled.clone()];
        let before = |end: usize| first + pulled.partition_point(|truth| (*truth as usize) < end);
        Batch {
            pulled: before(registers.start)..before(registers.end),
            parts: batch.parts + batch.does.reads() * skipped,
            slices: batch.slices + skipped,
            registers,
            ..*batch
        }
    }

    /// The leaves that pull a register two ways.
    pub(crate) fn clashing(&self, register: Register) -> &[u32] {
        let slice = match register {
            Register::Number(at) => &self.clashes[0][at as usize],
            Register::Truth(at) => &self.clashes[1][at as usize],
        };
        &self.clashing[slice.clone()]
    }

    /// The conditions that come out of a batch and are pulled two ways.
    pub(crate) fn pulled(&self, batch: &Batch) -> impl Iterator<Item = u32> {
        self.pulled[batch.pulled.clone()].iter().copied()
    }

    /// The registers of the leaves: numbers and options, and conditions.
    pub(crate) fn of_leaves(&self) -> [Range<Register>; 2] {
        let (counted, others) = (place(self.counted), place(self.leaves.len() - self.counted));
        [Register::Number(0)..Register::Number(counted), Register::Truth(0)..Register::Truth(others)]
    }

    /// The register of a leaf, by place in [`Program::leaves`].
    pub(crate) fn of_leaf(&self, at: u32) -> Register {
        let counted = place(self.counted);
        if at < counted { Register::Number(at) } else { Register::Truth(at - counted) }
    }

    /// The leaf that stands in a register, by place in [`Program::leaves`].
    pub(crate) fn leaf_of(&self, register: Register) -> Option<u32> {
        let others = self.leaves.len() - self.counted;
        match register {
            Register::Number(at) => (register.at() < self.counted).then_some(at),
            Register::Truth(at) => (register.at() < others).then(|| place(self.counted) + at),
        }
    }

    /// How many values a leaf can have, none among them.
    pub(crate) fn values(&self, leaf: u32) -> usize {
        let leaf = &self.leaves[leaf as usize];
        leaf.domain.len() + usize::from(leaf.lacks)
    }

    /// The value of a leaf at a place among those that it can have, none among them.
    pub(crate) fn value(&self, leaf: u32, at: u64) -> i64 {
        let values = &self.domains[self.leaves[leaf as usize].domain.clone()];
        usize::try_from(at).ok().and_then(|at| values.get(at)).copied().unwrap_or(NOTHING)
    }

    /// What a register with numbers holds: numbers or options.
    pub(crate) fn holds(&self, at: u32) -> Holds {
        self.holds[at as usize]
    }

    /// A number in a register as a value; nothing where it was not worked out.
    #[inline]
    pub(crate) fn decoded(&self, at: u32, number: i64) -> Option<Value> {
        decoded(number, self.holds[at as usize], self.scale)
    }

    /// Whether any register was set aside.
    #[inline]
    pub(crate) fn sets_aside(&self) -> bool {
        !self.set_aside.is_empty()
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
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
