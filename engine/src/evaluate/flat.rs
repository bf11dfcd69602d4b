//! What is answered, and the two ends of what can still come, in one straight pass over the program of a library.
//!
//! What an instruction says here is what the operator of the expression says; the tests hold both against the same
//! brute force. An expression that does not come out here is left to its operator.
//!
//! The ends are those of [`super::ends`]: lowest and highest, where each open answer pulls one way only. Which answers
//! do not is known from the program. The lowest is what an instruction makes of the lowest of its parts, or of the
//! highest of those that pull it down. Ends that need not be reached are kept as bounds: nothing lies outside them.

mod chosen;
mod counted;
mod done;
mod leaves;
mod necks;
mod portraits;
mod run;
mod turns;

use super::evaluation::Evaluation;
use super::eyes::Key;
use super::facts::Facts;
use super::sets::{NO, NOTHING as LACKING, Possible, YES};
use crate::condition::{ExprId, Value};
use crate::ruleset::{Batch, Numbers, Program, Register, Rung, Truths};
use leaves::{Answer, Leaves};
use run::Run;
use std::ops::Range;
pub(super) use turns::Turned;

/// What the program of a library came to.
#[derive(Debug, Clone)]
pub(super) struct Registers {
    numbers: Vec<Numbers>,
    truths: Vec<Truths>,
    /// Whether nothing is open: then the ends are what is.
    complete: bool,
}

impl Registers {
    /// Runs a program. `complete` says that nothing is open.
    pub(super) fn of(program: &Program, facts: &Facts<'_>, complete: bool) -> Self {
        let leaves = Leaves::of(program, facts);
        let (counted, others) = (program.counted, program.leaves.len() - program.counted);
        let mut numbers = Vec::with_capacity(program.numbers.len());
        // each is put in its place piece by piece: what is read as a whole right after that makes the processor wait
        for leaf in &program.leaves[..counted] {
            match leaves.answer(leaf) {
                Answer::Given(now) => numbers.push(Numbers::settled(now)),
                Answer::Open => numbers.push(leaf.open()),
                Answer::Other => numbers.push(leaves.other(leaf)),
            }
        }
        numbers.extend_from_slice(&program.numbers[counted..]);
        let mut truths = Vec::with_capacity(program.truths.len());
        for at in counted..program.leaves.len() {
            match leaves.answer(&program.leaves[at]) {
                Answer::Given(now) => truths.push(Truths::of(now == 1)),
                _ => truths.push(leaves.number(at).as_truths()),
            }
        }
        truths.extend_from_slice(&program.truths[others..]);
        let mut registers = Self { numbers, truths, complete };
        let mut pass = Pass { program, registers: &mut registers };
        program.of_leaves().iter().for_each(|among| pass.leave(among));
        program.batches.iter().for_each(|batch| pass.batch(batch));
        registers
    }

    /// Runs some of it on leaves that were fixed.
    fn pass(&mut self, program: &Program, batches: &[Batch]) {
        let mut pass = Pass { program, registers: self };
        batches.iter().filter(|batch| !batch.does.stays()).for_each(|batch| pass.batch(batch));
    }

    /// Runs it again for the expressions that may have changed.
    pub(super) fn again(&mut self, program: &Program, facts: &Facts<'_>, complete: bool, stale: &[ExprId]) {
        if complete != self.complete {
            *self = Self::of(program, facts, complete);
            return;
        }
        let leaves = Leaves::of(program, facts);
        for at in 0..program.counted {
            self.numbers[at] = leaves.number(at);
        }
        for at in program.counted..program.leaves.len() {
            self.truths[at - program.counted] = leaves.number(at).as_truths();
        }
        let mut stale: Vec<Register> = stale.iter().flat_map(|expr| program.registers(*expr)).collect();
        stale.sort_unstable();
        stale.dedup();
        let mut pass = Pass { program, registers: self };
        program.of_leaves().iter().for_each(|among| pass.leave(among));
        program.writing(&stale).iter().for_each(|batch| pass.batch(batch));
    }

    /// What an expression comes to, where the program says so.
    #[inline]
    pub(super) fn now(&self, program: &Program, expr: ExprId) -> Option<Value> {
        match program.register(expr)? {
            Register::Number(at) => program.decoded(at, self.numbers[at as usize].now),
            Register::Truth(at) => self.truths[at as usize].now().value(),
        }
    }

    fn number(&self, at: u32) -> Numbers {
        let number = self.numbers[at as usize];
        if self.complete { Numbers::settled(number.now) } else { number }
    }

    fn truth(&self, at: u32) -> Truths {
        let truth = self.truths[at as usize];
        if self.complete { Truths::settled(truth.now()) } else { truth }
    }

    /// Whether the ends of a register are reached: no leaf that pulls it two ways is open.
    fn are_reached(&self, program: &Program, register: Register) -> bool {
        program.clashing(register).iter().all(|leaf| !self.is_open(program.of_leaf(*leaf)))
    }
}

/// A pass over a program.
struct Pass<'p> {
    program: &'p Program,
    registers: &'p mut Registers,
}

impl Pass<'_> {
    /// Works out a batch.
    fn batch(&mut self, batch: &Batch) {
        let Registers { numbers, truths, complete } = &mut *self.registers;
        Run { program: self.program, batch, complete: *complete }.over(numbers, truths);
        if !*complete {
            self.distrust(batch);
            if batch.settles {
                self.settle(batch);
            }
        }
        if self.program.sets_aside() {
            self.leave(&batch.written());
        }
    }

    /// Loosens the ends of conditions that are not reached.
    fn distrust(&mut self, batch: &Batch) {
        for at in self.program.pulled(batch) {
            let truth = self.registers.truths[at as usize];
            if truth.is_open() && !self.registers.are_reached(self.program, Register::Truth(at)) {
                self.registers.truths[at as usize] = truth.loosened();
            }
        }
    }

    /// What is undecided may be settled all the same.
    fn settle(&mut self, batch: &Batch) {
        for register in batch.each() {
            match register {
                Register::Number(at) => {
                    let reached = self.registers.are_reached(self.program, register);
                    self.registers.numbers[at as usize].settle(reached);
                }
                Register::Truth(at) => self.registers.truths[at as usize].settle(),
            }
        }
    }

    /// Leaves what was set aside among some registers to the operators of their expressions.
    fn leave(&mut self, among: &Range<Register>) {
        for register in self.program.set_aside(among) {
            match register {
                Register::Number(at) => self.registers.numbers[at as usize] = Numbers::UNKNOWN,
                Register::Truth(at) => self.registers.truths[at as usize] = Truths::UNKNOWN,
            }
        }
    }
}

/// What a condition can come to: to a yes, to a no, to no value.
fn truths(holds: bool, fails: bool, lacks: bool) -> Possible {
    let bit = |can: bool, bit: u8| if can { bit } else { 0 };
    Possible::truths(bit(holds, YES) | bit(fails, NO) | bit(lacks, LACKING), true)
}

impl Evaluation<'_> {
    /// What an expression can still come to, where the program says so.
    pub(super) fn by_program(&self, expr: ExprId) -> Option<Possible> {
        let program = &self.library.compiled.program;
        let register = program.register(expr)?;
        let (low, high, unsure) = match register {
            Register::Number(at) => {
                let number = self.registers.number(at);
                let unsure = number.lacks || (number.loose && number.low != number.high);
                (program.decoded(at, number.low)?, program.decoded(at, number.high)?, unsure)
            }
            Register::Truth(at) => {
                let truth = self.registers.truth(at);
                (truth.low().value()?, truth.high().value()?, truth.lacks() && !truth.is_settled())
            }
        };
        if unsure {
            return None;
        }
        // of conditions, those that are not reached were left out; nothing lies between two ends that are the same
        let sure = low == high || self.registers.are_reached(program, register);
        super::ends::between(low, high).filter(|_| sure)
    }

    /// The same of a condition, as far as that says how sure it is. Where the ends do not say so, completions that are
    /// tried may: one in which it holds, and one in which it does not.
    pub(super) fn sure_by_program(&mut self, condition: Key) -> Option<Possible> {
        let program = &self.library.compiled.program;
        let Some(Register::Truth(at)) = program.register(condition.expr) else { return None };
        let truth = self.registers.truth(at);
        if truth.is_settled() {
            return truth.low().value().map(Possible::one);
        }
        if truth.has_ends() {
            return Some(truths(truth.high() == Rung::YES, truth.low() == Rung::NO, truth.lacks()));
        }
        if truth.never_holds() {
            return Some(truths(false, true, true));
        }
        if truth.surely_holds() {
            return Some(Possible::one(Value::Truth(true)));
        }
        self.in_turn(at)
    }

    /// Whether a number is seen to come to more than one value.
    pub(super) fn is_undecided_by_program(&mut self, key: Key) -> bool {
        match self.library.compiled.program.register(key.expr) {
            Some(Register::Number(at)) => self.differs(at),
            _ => false,
        }
    }

    /// Of how many rules the program tells all, how many of these hold now, and how many in every completion.
    pub(super) fn told(&self) -> [usize; 3] {
        let (mut told, mut now, mut sure) = (0, 0, 0);
        for row in &self.library.compiled.program.rules {
            for truth in &self.registers.truths[row.clone()] {
                let [seen, holds, surely] = truth.told();
                (told, now, sure) = (told + seen, now + holds, sure + surely);
            }
        }
        [told, now, sure].map(|count: u32| count as usize)
    }

    /// Whether the program tells all of a condition.
    pub(super) fn tells(&self, condition: ExprId) -> bool {
        match self.library.compiled.program.register(condition) {
            Some(Register::Truth(at)) => self.registers.truths[at as usize].is_seen(),
            _ => false,
        }
    }
}
