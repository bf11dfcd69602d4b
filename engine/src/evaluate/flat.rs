//! What is answered, and the two ends of what can still come, in one straight pass over the program of a library.
//!
//! What an instruction says here is what the operator of the expression says; the tests hold both against the same
//! brute force. An expression that does not come out here is left to its operator.
//!
//! The ends are those of [`super::ends`]: lowest and highest, where each open answer pulls one way only. Which answers
//! do not is known from the program.

use super::evaluation::Evaluation;
use super::facts::Facts;
use super::sets::Possible;
use crate::assessment::Comparison;
use crate::condition::{ExprId, Value};
use crate::ruleset::{Instruction, Line, MISSING, NOTHING, Program, UNSEEN, decoded, encoded};
use std::ops::Range;

/// What an expression comes to on what is answered, and the lowest and highest that it can still come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) now: i64,
    ends: Ends,
}

/// Lowest and highest; truths in the order no, yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends {
    low: i64,
    high: i64,
}

/// Nothing that can be said here.
const UNKNOWN: Ends = Ends::settled(UNSEEN);
const NO_VALUE: Ends = Ends::settled(NOTHING);

impl Ends {
    const fn settled(value: i64) -> Self {
        Self { low: value, high: value }
    }

    const fn is_settled(self) -> bool {
        self.low == self.high && self.low != UNSEEN
    }

    const fn reversed(self) -> Self {
        Self { low: self.high, high: self.low }
    }

    /// Of two: where one has no value neither has both, and where one is not known nothing is.
    fn both(self, other: Self, each: impl Fn(i64, i64) -> i64) -> Self {
        if self == UNKNOWN || other == UNKNOWN {
            return UNKNOWN;
        }
        if self == NO_VALUE || other == NO_VALUE {
            return NO_VALUE;
        }
        let (low, high) = (each(self.low, other.low), each(self.high, other.high));
        if low == UNSEEN || high == UNSEEN { UNKNOWN } else { Self { low, high } }
    }
}

impl Cell {
    pub(super) const UNSEEN: Self = Self { now: UNSEEN, ends: UNKNOWN };
}

/// A pass over a program.
struct Pass<'p> {
    program: &'p Program,
    facts: &'p Facts<'p>,
    /// Whether nothing is open, so that the ends are what is.
    complete: bool,
    cells: &'p mut [Cell],
}

/// Runs the program: a cell for each expression.
pub(super) fn run(program: &Program, facts: &Facts<'_>, complete: bool) -> Vec<Cell> {
    let mut cells = vec![Cell::UNSEEN; program.cells.len()];
    Pass { program, facts, complete, cells: &mut cells }.over(|_| true);
    cells
}

/// Runs it again for the expressions that may have changed.
pub(super) fn rerun(program: &Program, facts: &Facts<'_>, complete: bool, cells: &mut [Cell], stale: &[bool]) {
    Pass { program, facts, complete, cells }.over(|expr| stale[expr.index()]);
}

impl Pass<'_> {
    fn over(&mut self, wanted: impl Fn(ExprId) -> bool) {
        let program = self.program;
        for line in program.lines.iter().filter(|line| wanted(line.expr)) {
            if program.set_aside.contains(&line.expr) {
                self.cells[line.expr.index()] = Cell::UNSEEN;
                continue;
            }
            let now = self.now(&line.instruction);
            self.cells[line.expr.index()] = if self.complete {
                Cell { now, ends: Ends::settled(now) }
            } else {
                let ends = self.ends(&line.instruction, now);
                Cell { now: if now == MISSING { self.undecided(line, ends) } else { now }, ends }
            };
        }
    }

    /// What is undecided may be settled all the same.
    fn undecided(&self, line: &Line, ends: Ends) -> i64 {
        if !line.settles {
            MISSING
        } else if ends.is_settled() {
            ends.low
        } else if ends != UNKNOWN && is_trusted(self.program, self.facts, line.expr) {
            MISSING
        } else {
            UNSEEN
        }
    }

    fn now(&self, instruction: &Instruction) -> i64 {
        let cell = |part: &ExprId| self.cells[part.index()].now;
        match instruction {
            Instruction::Constant(value) => *value,
            Instruction::Answer(question, ..) => {
                encoded(self.facts.values[self.facts.slots[question.index()].start], self.program.scale)
            }
            Instruction::Compare { comparison, left, right, .. } => {
                let (left, right) = (cell(left), cell(right));
                if left.min(right) <= UNSEEN {
                    unknown(left, right)
                } else {
                    i64::from(compare(*comparison, left, right))
                }
            }
            Instruction::Add(left, right, minus) => {
                let (left, right) = (cell(left), cell(right));
                if left.min(right) <= UNSEEN { unknown(left, right) } else { added(left, right, *minus) }
            }
            Instruction::And(range) => connected(self.nows(range), 0),
            Instruction::Or(range) => connected(self.nows(range), 1),
            Instruction::Not(part) => match cell(part) {
                truth @ (0 | 1) => 1 - truth,
                other => other,
            },
            Instruction::Mean(range) => mean(self.nows(range)),
            Instruction::Count(range) => counted(self.nows(range), self.program.scale),
            Instruction::CutOffs(score, range) => self.level(cell(score), range),
            Instruction::Same(part) => cell(part),
        }
    }

    fn ends(&self, instruction: &Instruction, now: i64) -> Ends {
        let ends = |part: &ExprId| self.cells[part.index()].ends;
        match instruction {
            Instruction::Constant(_) => Ends::settled(now),
            Instruction::Answer(..) if now != MISSING => Ends::settled(now),
            Instruction::Answer(question, ..) if self.facts.not_asked[question.index()] => UNKNOWN,
            Instruction::Answer(_, low, high) => Ends { low: *low, high: *high },
            Instruction::Compare { comparison, left, right, with_one } => {
                compared(*comparison, ends(left), ends(right), *with_one)
            }
            Instruction::Add(left, right, minus) => {
                let right = if *minus { ends(right).reversed() } else { ends(right) };
                ends(left).both(right, |left, right| added(left, right, *minus))
            }
            Instruction::And(range) => self.connected_ends(range, 0),
            Instruction::Or(range) => self.connected_ends(range, 1),
            Instruction::Not(part) => match ends(part) {
                part @ (UNKNOWN | NO_VALUE) => part,
                part => Ends { low: 1 - part.high, high: 1 - part.low },
            },
            Instruction::Mean(range) => self.each_end(range, |parts| mean(parts)),
            Instruction::Count(range) => self.each_end(range, |parts| counted(parts, self.program.scale)),
            Instruction::CutOffs(score, range) => {
                let score = ends(score);
                Ends { low: self.level(score.low, range), high: self.level(score.high, range) }
            }
            Instruction::Same(part) => ends(part),
        }
    }

    #[inline]
    fn parts(&self, range: &Range<u32>) -> impl Iterator<Item = &Cell> {
        self.program.parts[range.start as usize..range.end as usize].iter().map(|part| &self.cells[part.index()])
    }

    #[inline]
    fn nows(&self, range: &Range<u32>) -> impl Iterator<Item = i64> {
        self.parts(range).map(|cell| cell.now)
    }

    /// The low ends put together, and the high ends.
    #[inline]
    fn each_end(&self, range: &Range<u32>, together: impl Fn(&mut dyn Iterator<Item = i64>) -> i64) -> Ends {
        let low = together(&mut self.parts(range).map(|cell| cell.ends.low));
        let high = together(&mut self.parts(range).map(|cell| cell.ends.high));
        if low == UNSEEN || high == UNSEEN { UNKNOWN } else { Ends { low, high } }
    }

    /// `and` (no decides) and `or` (yes decides).
    #[inline]
    fn connected_ends(&self, range: &Range<u32>, decides: i64) -> Ends {
        let (mut all, mut known) = (NO_VALUE, true);
        for cell in self.parts(range) {
            let part = cell.ends;
            if part == Ends::settled(decides) {
                return part;
            }
            // what is undefined lies between no and yes, where the ends do not show it
            known &= part != UNKNOWN && part != NO_VALUE;
            all = match (all, decides) {
                (NO_VALUE, _) => part,
                (all, 0) => Ends { low: all.low.min(part.low), high: all.high.min(part.high) },
                (all, _) => Ends { low: all.low.max(part.low), high: all.high.max(part.high) },
            };
        }
        if known { all } else { UNKNOWN }
    }

    fn level(&self, score: i64, range: &Range<u32>) -> i64 {
        if score <= UNSEEN {
            return score;
        }
        let bounds = &self.program.bounds[range.start as usize..range.end as usize];
        let level = bounds.iter().position(|bound| score < *bound).unwrap_or(bounds.len());
        i64::try_from(level).unwrap_or(UNSEEN)
    }
}

/// Whether the ends of an expression are reached: no answer that pulls it two ways is open.
fn is_trusted(program: &Program, facts: &Facts<'_>, expr: ExprId) -> bool {
    let range = &program.clashes[expr.index()];
    let clashing = &program.clashing[range.start as usize..range.end as usize];
    clashing.iter().all(|question| facts.values[facts.slots[question.index()].start] != Value::Missing)
}

impl Evaluation<'_> {
    /// What an expression can still come to, where the program says so.
    pub(super) fn by_program(&self, expr: ExprId) -> Option<Possible> {
        let ends = self.cells[expr.index()].ends;
        if ends == UNKNOWN {
            return None;
        }
        let program = &self.library.compiled.program;
        let value = |cell: i64| decoded(cell, program.cells[expr.index()], program.scale);
        if ends.is_settled() {
            return value(ends.low).map(Possible::one);
        }
        super::ends::between(value(ends.low)?, value(ends.high)?).filter(|_| is_trusted(program, &self.facts, expr))
    }

    /// Whether a condition is true now, and whether it is in every completion, where the program says both.
    pub(super) fn truths(&self, expr: ExprId) -> Option<(bool, bool)> {
        let Cell { now, ends } = self.cells[expr.index()];
        let sure =
            ends.is_settled() || (ends != UNKNOWN && is_trusted(&self.library.compiled.program, &self.facts, expr));
        (now != UNSEEN && sure).then_some((now == 1, ends == Ends::settled(1)))
    }
}

/// Of two cells that are not both values: not worked out before without a value, and that before unanswered.
const fn unknown(left: i64, right: i64) -> i64 {
    match (left, right) {
        (UNSEEN, _) | (_, UNSEEN) => UNSEEN,
        (NOTHING, _) | (_, NOTHING) => NOTHING,
        _ => MISSING,
    }
}

const fn compare(comparison: Comparison, left: i64, right: i64) -> bool {
    match comparison {
        Comparison::Below => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Above => left > right,
        Comparison::AtLeast => left >= right,
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
    }
}

fn compared(comparison: Comparison, left: Ends, right: Ends, with_one: bool) -> Ends {
    let each = |left, right| i64::from(compare(comparison, left, right));
    match comparison {
        Comparison::Below | Comparison::AtMost => left.reversed().both(right, each),
        Comparison::Above | Comparison::AtLeast => left.both(right.reversed(), each),
        _ if [left, right].iter().any(|side| [UNKNOWN, NO_VALUE].contains(side)) => left.both(right, each),
        _ if left.is_settled() && right.is_settled() => left.both(right, each),
        _ if left.high < right.low || right.high < left.low => Ends::settled(each(left.low, right.high)),
        // one side is fixed, and the other is that at one of its ends and something else at the other
        _ if left.is_settled() && (left.low == right.low || left.low == right.high) => Ends { low: 0, high: 1 },
        _ if right.is_settled() && (right.low == left.low || right.low == left.high) => Ends { low: 0, high: 1 },
        _ if with_one => Ends { low: 0, high: 1 },
        _ => UNKNOWN,
    }
}

fn added(left: i64, right: i64, minus: bool) -> i64 {
    let sum = if minus { left.checked_sub(right) } else { left.checked_add(right) };
    sum.filter(|sum| *sum > UNSEEN).unwrap_or(UNSEEN)
}

/// `and` (0 decides) and `or` (1 decides).
fn connected(parts: impl Iterator<Item = i64>, decides: i64) -> i64 {
    let (mut result, mut missing, mut nothing, mut unseen) = (NOTHING, false, false, false);
    for part in parts {
        match part {
            MISSING => missing = true,
            NOTHING => nothing = true,
            UNSEEN => unseen = true,
            part if part == decides => return part,
            part => result = part,
        }
    }
    // what is undefined comes before what is undecided in `and`, and after it in `or`
    match (unseen, nothing, missing) {
        (true, ..) => UNSEEN,
        (_, true, true) => [NOTHING, MISSING][usize::from(decides == 1)],
        (_, true, _) => NOTHING,
        (.., true) => MISSING,
        _ => result,
    }
}

/// The mean of what is there.
fn mean(parts: impl Iterator<Item = i64>) -> i64 {
    let (mut sum, mut of, mut missing) = (0_i64, 0, false);
    for part in parts {
        match part {
            MISSING => missing = true,
            NOTHING => {}
            UNSEEN => return UNSEEN,
            part => {
                let Some(next) = sum.checked_add(part) else { return UNSEEN };
                (sum, of) = (next, of + 1);
            }
        }
    }
    match (of, missing) {
        (0, true) => MISSING,
        (0, false) => NOTHING,
        _ => sum / of,
    }
}

/// How many hold; missing where one is.
fn counted(parts: impl Iterator<Item = i64>, scale: i64) -> i64 {
    let (mut holding, mut missing) = (0, false);
    for part in parts {
        match part {
            MISSING => missing = true,
            NOTHING => {}
            UNSEEN => return UNSEEN,
            part => holding += part,
        }
    }
    if missing { MISSING } else { holding * scale }
}
