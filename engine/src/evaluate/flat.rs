//! What is answered, and the two ends of what can still come, in one straight pass over the program of a library.
//!
//! What an instruction says here is what the operator of the expression says; the tests hold both against the same
//! brute force. An expression that does not come out here is left to its operator.
//!
//! The ends are those of [`super::ends`]: lowest and highest, where each open answer pulls one way only. Which answers
//! do not is known from the program. The lowest is what an instruction makes of the lowest of its parts, or of the
//! highest of those that pull it down.

mod done;

use super::evaluation::Evaluation;
use super::facts::Facts;
use super::sets::Possible;
use crate::assessment::Comparison;
use crate::condition::{ExprId, Value};
use crate::ruleset::{Batch, Does, MISSING, NO, NOTHING, Program, UNSEEN, YES, decoded, truth_cell};
use done::{Fold, added, both, compared, either, level, not, unknown};
use std::ops::Range;

/// The lowest and the highest that a cell can come to.
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

    /// The ends of something that goes up with both.
    #[inline]
    fn with(self, other: Self, each: impl Fn(i64, i64) -> i64) -> Self {
        Self { low: each(self.low, other.low), high: each(self.high, other.high) }
    }

    /// The ends of a comparison that goes down with this and up with the other. Both ends have a value, or neither.
    #[inline]
    fn falling(self, other: Self, holds: impl Fn(i64, i64) -> bool) -> Self {
        if self.low.min(other.low) <= UNSEEN {
            return Self::settled(unknown(self.low, other.low));
        }
        Self { low: truth_cell(holds(self.high, other.low)), high: truth_cell(holds(self.low, other.high)) }
    }

    /// The ends of whether two are equal, or of whether they are not; `with_one` as in [`Does::Compare`].
    fn equal(self, other: Self, with_one: bool, each: impl Fn(i64, i64) -> i64) -> Self {
        let either = Self { low: NO, high: YES };
        if [self, other].iter().any(|side| [UNKNOWN, NO_VALUE].contains(side)) {
            return self.with(other, each);
        }
        match (self.is_settled(), other.is_settled()) {
            (true, true) => self.with(other, each),
            _ if self.high < other.low || other.high < self.low => Self::settled(each(self.low, other.high)),
            // one side is fixed, and the other is that at one of its ends and something else at the other
            (true, _) if self.low == other.low || self.low == other.high => either,
            (_, true) if other.low == self.low || other.low == self.high => either,
            _ if with_one => either,
            _ => UNKNOWN,
        }
    }

    /// Of numbers: where one end did not fit, neither can be used.
    const fn fitting(self) -> Self {
        if self.low == UNSEEN || self.high == UNSEEN { UNKNOWN } else { self }
    }

    /// Of conditions that are put together: what is undefined lies between no and yes, where the ends do not show it.
    fn shown(self) -> Self {
        let hidden = |end: i64| end > NO && end <= UNSEEN;
        if hidden(self.low) || hidden(self.high) { UNKNOWN } else { self }
    }
}

/// What the program of a library came to.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    now: Vec<i64>,
    /// None where nothing is open: then the ends are what is.
    ends: Vec<Ends>,
}

impl Cells {
    /// Runs a program. `complete` says that nothing is open.
    pub(super) fn of(program: &Program, facts: &Facts<'_>, complete: bool) -> Self {
        let now = program.fixed.clone();
        let ends = if complete { Vec::new() } else { now.iter().map(|cell| Ends::settled(*cell)).collect() };
        let mut cells = Self { now, ends };
        Pass { program, facts, cells: &mut cells, which: Which::All }.over();
        cells
    }

    /// Runs it again for the expressions that may have changed.
    pub(super) fn again(&mut self, program: &Program, facts: &Facts<'_>, complete: bool, stale: &[ExprId]) {
        if complete != self.ends.is_empty() {
            *self = Self::of(program, facts, complete);
            return;
        }
        let mut stale: Vec<usize> = stale.iter().filter_map(|expr| program.cell(*expr)).collect();
        stale.sort_unstable();
        Pass { program, facts, cells: self, which: Which::These(&stale) }.over();
    }

    /// What an expression comes to, where the program says so.
    #[inline]
    pub(super) fn now(&self, program: &Program, expr: ExprId) -> Option<Value> {
        let cell = program.cell(expr)?;
        decoded(self.now[cell], program.holds[cell], program.scale)
    }

    #[inline]
    fn ends(&self, cell: usize) -> Ends {
        self.ends.get(cell).copied().unwrap_or_else(|| Ends::settled(self.now[cell]))
    }

    /// Whether the ends of a cell are reached: no answer that pulls it two ways is open.
    fn are_reached(&self, program: &Program, cell: usize) -> bool {
        program.clashing(cell).iter().all(|answer| self.now[*answer as usize] != MISSING)
    }
}

/// Which cells are worked out.
#[derive(Clone, Copy)]
enum Which<'p> {
    /// All of them.
    All,
    /// These, in order.
    These(&'p [usize]),
}

impl<'p> Which<'p> {
    /// Those in a range.
    fn within(self, range: &Range<usize>) -> Self {
        let Self::These(cells) = self else { return self };
        let from = |end: usize| cells.partition_point(|cell| *cell < end);
        Self::These(&cells[from(range.start)..from(range.end)])
    }

    const fn is_none(self) -> bool {
        matches!(self, Self::These([]))
    }

    /// Writes a column, of which the first cell is number `start`; `each` is told which one it is from there.
    #[inline]
    fn write<T>(self, start: usize, column: &mut [T], each: impl Fn(usize) -> T) {
        match self {
            Self::All => column.iter_mut().enumerate().for_each(|(at, cell)| *cell = each(at)),
            Self::These(cells) => cells.iter().for_each(|cell| column[cell - start] = each(cell - start)),
        }
    }
}

/// A pass over a program.
struct Pass<'p> {
    program: &'p Program,
    facts: &'p Facts<'p>,
    cells: &'p mut Cells,
    which: Which<'p>,
}

impl Pass<'_> {
    fn over(mut self) {
        let (program, all) = (self.program, self.which);
        let answers = 0..program.answers.len();
        self.which = all.within(&answers);
        self.answers();
        self.leave(program.set_aside(&answers));
        for batch in &program.batches {
            self.which = all.within(&batch.cells);
            if self.which.is_none() {
                continue;
            }
            self.batch(batch);
            if batch.settles && !self.cells.ends.is_empty() {
                batch.cells.clone().for_each(|cell| self.settle(cell));
            }
            self.leave(program.set_aside(&batch.cells));
        }
    }

    /// Leaves cells to the operators of their expressions.
    fn leave(&mut self, cells: impl Iterator<Item = usize>) {
        for cell in cells {
            self.cells.now[cell] = UNSEEN;
            if let Some(ends) = self.cells.ends.get_mut(cell) {
                *ends = UNKNOWN;
            }
        }
    }

    fn answers(&mut self) {
        let Self { program, facts, cells, which } = self;
        let answers = &program.answers[..];
        let slot = |at: usize| facts.slots[answers[at].question.index()].start;
        which.write(0, &mut cells.now[..answers.len()], |at| facts.values.cell(slot(at), program.scale));
        let Some(ends) = cells.ends.get_mut(..answers.len()) else { return };
        which.write(0, ends, |at| match cells.now[at] {
            MISSING if facts.not_asked[answers[at].question.index()] => UNKNOWN,
            MISSING => Ends { low: answers[at].low, high: answers[at].high },
            now => Ends::settled(now),
        });
    }

    /// What is undecided may be settled all the same.
    fn settle(&mut self, cell: usize) {
        if self.cells.now[cell] != MISSING {
            return;
        }
        let ends = self.cells.ends(cell);
        self.cells.now[cell] = if ends.is_settled() {
            ends.low
        } else if ends != UNKNOWN && self.cells.are_reached(self.program, cell) {
            MISSING
        } else {
            UNSEEN
        };
    }

    fn batch(&mut self, batch: &Batch) {
        match batch.does {
            Does::Compare { comparison, with_one } => self.compare(batch, comparison, with_one),
            Does::Add => {
                let add = |left, right| added(left, right, false);
                self.pairs(batch, add, |left, right| left.with(right, add).fitting());
            }
            Does::Subtract => {
                let subtract = |left, right| added(left, right, true);
                self.pairs(batch, subtract, |left, right| left.with(right.reversed(), subtract).fitting());
            }
            Does::Both => self.pairs(batch, both, |left, right| left.with(right, both).shown()),
            Does::Either => self.pairs(batch, either, |left, right| left.with(right, either).shown()),
            Does::All => self.many(batch, &done::All, Ends::shown),
            Does::Any => self.many(batch, &done::Any, Ends::shown),
            Does::Mean => self.many(batch, &done::Mean, |ends| ends),
            Does::Count => self.many(batch, &done::Count { scale: self.program.scale }, |ends| ends),
            Does::Not => self.ones(batch, |_, part| not(part), Ends::reversed),
            Does::Same => self.ones(batch, |_, part| part, |ends| ends),
            Does::Level => {
                let (program, slices) = (self.program, &self.program.slices[batch.slices..]);
                let level = |at: usize, score| level(score, &program.bounds[slices[at].clone()]);
                self.ones(batch, level, |ends| ends);
            }
        }
    }

    fn compare(&mut self, batch: &Batch, comparison: Comparison, with_one: bool) {
        let below = |left: i64, right: i64| left < right;
        let at_most = |left: i64, right: i64| left <= right;
        let above = |left: i64, right: i64| left > right;
        let at_least = |left: i64, right: i64| left >= right;
        match comparison {
            Comparison::Below => self.pairs(batch, compared(below), |left, right| left.falling(right, below)),
            Comparison::AtMost => {
                self.pairs(batch, compared(at_most), |left, right| left.falling(right, at_most));
            }
            Comparison::Above => {
                self.pairs(batch, compared(above), |left, right| left.reversed().falling(right.reversed(), above));
            }
            Comparison::AtLeast => {
                let ends = |left: Ends, right: Ends| left.reversed().falling(right.reversed(), at_least);
                self.pairs(batch, compared(at_least), ends);
            }
            Comparison::Equal => {
                let equal = compared(|left, right| left == right);
                self.pairs(batch, equal, |left, right| left.equal(right, with_one, equal));
            }
            Comparison::NotEqual => {
                let differ = compared(|left, right| left != right);
                self.pairs(batch, differ, |left, right| left.equal(right, with_one, differ));
            }
        }
    }

    /// Works out a batch of which each instruction reads two cells.
    #[inline]
    fn pairs(&mut self, batch: &Batch, now: impl Fn(i64, i64) -> i64, ends: impl Fn(Ends, Ends) -> Ends) {
        let (start, count) = (batch.cells.start, batch.cells.len());
        let parts = &self.program.parts[batch.parts..batch.parts + 2 * count].as_chunks::<2>().0[..count];
        let (read, written) = self.cells.now.split_at_mut(start);
        self.which.write(start, &mut written[..count], |at| {
            let [left, right] = parts[at];
            now(read[left as usize], read[right as usize])
        });
        let Some((read, written)) = self.cells.ends.split_at_mut_checked(start) else { return };
        self.which.write(start, &mut written[..count], |at| {
            let [left, right] = parts[at];
            ends(read[left as usize], read[right as usize])
        });
    }

    /// Works out a batch of which each instruction reads one cell; `now` is told which instruction it is.
    #[inline]
    fn ones(&mut self, batch: &Batch, now: impl Fn(usize, i64) -> i64, turned: impl Fn(Ends) -> Ends) {
        let (start, count) = (batch.cells.start, batch.cells.len());
        let parts = &self.program.parts[batch.parts..batch.parts + count];
        let (read, written) = self.cells.now.split_at_mut(start);
        self.which.write(start, &mut written[..count], |at| now(at, read[parts[at] as usize]));
        let Some((read, written)) = self.cells.ends.split_at_mut_checked(start) else { return };
        self.which.write(start, &mut written[..count], |at| {
            let ends = turned(read[parts[at] as usize]);
            Ends { low: now(at, ends.low), high: now(at, ends.high) }
        });
    }

    /// Works out a batch of which each instruction reads any number of cells.
    #[inline]
    fn many<F: Fold>(&mut self, batch: &Batch, fold: &F, shown: impl Fn(Ends) -> Ends) {
        let (start, count) = (batch.cells.start, batch.cells.len());
        let slices = &self.program.slices[batch.slices..batch.slices + count];
        let parts = |at: usize| self.program.parts[slices[at].clone()].iter().map(|part| *part as usize);
        let (read, written) = self.cells.now.split_at_mut(start);
        self.which.write(start, &mut written[..count], |at| fold.over(parts(at).map(|part| read[part])));
        let Some((read, written)) = self.cells.ends.split_at_mut_checked(start) else { return };
        self.which.write(start, &mut written[..count], |at| {
            let low = fold.over(parts(at).map(|part| read[part].low));
            let high = fold.over(parts(at).map(|part| read[part].high));
            shown(Ends { low, high }.fitting())
        });
    }
}

impl Evaluation<'_> {
    /// What an expression can still come to, where the program says so.
    pub(super) fn by_program(&self, expr: ExprId) -> Option<Possible> {
        let program = &self.library.compiled.program;
        let cell = program.cell(expr)?;
        let ends = self.cells.ends(cell);
        if ends == UNKNOWN {
            return None;
        }
        let value = |end: i64| decoded(end, program.holds[cell], program.scale);
        if ends.is_settled() {
            return value(ends.low).map(Possible::one);
        }
        super::ends::between(value(ends.low)?, value(ends.high)?).filter(|_| self.cells.are_reached(program, cell))
    }

    /// Whether a condition is true now, and whether it is in every completion, where the program says both.
    #[inline]
    pub(super) fn truths(&self, expr: ExprId) -> Option<(bool, bool)> {
        let program = &self.library.compiled.program;
        let cell = program.cell(expr)?;
        let (now, ends) = (self.cells.now[cell], self.cells.ends(cell));
        let sure = ends.is_settled() || (ends != UNKNOWN && self.cells.are_reached(program, cell));
        (now != UNSEEN && sure).then_some((now == YES, ends == Ends::settled(YES)))
    }
}
