//! What is answered, and the two ends of what can still come, in one straight pass over the program of a library.
//!
//! What an instruction says here is what the operator of the expression says; the tests hold both against the same
//! brute force. An expression that does not come out here is left to its operator.
//!
//! The ends are those of [`super::ends`]: lowest and highest, where each open answer pulls one way only. Which answers
//! do not is known from the program. The lowest is what an instruction makes of the lowest of its parts, or of the
//! highest of those that pull it down.

mod done;
mod run;

use super::evaluation::Evaluation;
use super::facts::Facts;
use super::sets::Possible;
use crate::condition::{ExprId, Value};
use crate::ruleset::{Answered, Batch, MISSING, Numbers, Program, Register, Rung, Truths};
use run::Run;
use std::borrow::Cow;
use std::ops::Range;

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
        let answers = Answers::of(program, facts);
        let (counted, others) = (program.counted, program.answers.len() - program.counted);
        let mut numbers = Vec::with_capacity(program.numbers.len());
        numbers.extend(program.answers[..counted].iter().map(|answered| answers.number(answered)));
        numbers.extend_from_slice(&program.numbers[counted..]);
        let mut truths = Vec::with_capacity(program.truths.len());
        truths.extend(program.answers[counted..].iter().map(|answered| answers.number(answered).as_truths()));
        truths.extend_from_slice(&program.truths[others..]);
        let mut registers = Self { numbers, truths, complete };
        let mut pass = Pass { program, registers: &mut registers };
        program.answered().iter().for_each(|among| pass.leave(among));
        program.batches.iter().for_each(|batch| pass.batch(batch));
        registers
    }

    /// Runs it again for the expressions that may have changed.
    pub(super) fn again(&mut self, program: &Program, facts: &Facts<'_>, complete: bool, stale: &[ExprId]) {
        if complete != self.complete {
            *self = Self::of(program, facts, complete);
            return;
        }
        let mut stale: Vec<Register> = stale.iter().filter_map(|expr| program.register(*expr)).collect();
        stale.sort_unstable();
        let within = |among: &Range<Register>| {
            let from = |end: Register| stale.partition_point(|register| *register < end);
            &stale[from(among.start)..from(among.end)]
        };
        let answers = Answers::of(program, facts);
        for among in program.answered() {
            for register in within(&among) {
                let at = register.at();
                match register {
                    Register::Number(_) => self.numbers[at] = answers.number(&program.answers[at]),
                    Register::Truth(_) => {
                        self.truths[at] = answers.number(&program.answers[program.counted + at]).as_truths();
                    }
                }
            }
        }
        let mut pass = Pass { program, registers: self };
        program.answered().iter().for_each(|among| pass.leave(among));
        for batch in &program.batches {
            // each row that lies side by side
            for row in within(&batch.written()).chunk_by(|one, next| one.at() + 1 == next.at()) {
                pass.batch(&batch.narrowed(row[0].at(), row.len()));
            }
        }
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

    /// Whether the ends of a register are reached: no answer that pulls it two ways is open.
    fn are_reached(&self, program: &Program, register: Register) -> bool {
        program.clashing(register).iter().all(|answer| match program.of_answer(*answer) {
            Register::Number(at) => self.numbers[at as usize].now != MISSING,
            Register::Truth(at) => self.truths[at as usize].now() != Rung::MISSING,
        })
    }
}

/// The answers that a program reads.
struct Answers<'p> {
    facts: &'p Facts<'p>,
    values: Cow<'p, [i64]>,
}

impl<'p> Answers<'p> {
    fn of(program: &'p Program, facts: &'p Facts<'p>) -> Self {
        Self { facts, values: facts.values.on_scale(program.scale) }
    }

    /// What one of them is, a condition as nought or one.
    #[inline]
    fn number(&self, answered: &Answered) -> Numbers {
        let question = answered.question.index();
        match self.values[self.facts.slots[question].start] {
            MISSING if self.facts.not_asked[question] => Numbers { now: MISSING, ..Numbers::UNKNOWN },
            MISSING => Numbers { now: MISSING, low: answered.low, high: answered.high },
            now => Numbers::settled(now),
        }
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
        self.leave(&batch.written());
    }

    /// Takes away the ends of conditions that are not reached. What they were is not lost to those that rest on them:
    /// those are pulled two ways by the same answers.
    fn distrust(&mut self, batch: &Batch) {
        for at in self.program.pulled(batch) {
            let truth = self.registers.truths[at as usize];
            if truth.is_open() && !self.registers.are_reached(self.program, Register::Truth(at)) {
                self.registers.truths[at as usize] = Truths::without_ends(truth.now());
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

impl Evaluation<'_> {
    /// What an expression can still come to, where the program says so.
    pub(super) fn by_program(&self, expr: ExprId) -> Option<Possible> {
        let program = &self.library.compiled.program;
        let register = program.register(expr)?;
        let (low, high) = match register {
            Register::Number(at) => {
                let number = self.registers.number(at);
                (program.decoded(at, number.low)?, program.decoded(at, number.high)?)
            }
            Register::Truth(at) => {
                let truth = self.registers.truth(at);
                (truth.low().value()?, truth.high().value()?)
            }
        };
        // of conditions, those that are not reached were left out; nothing lies between two ends that are the same
        let sure = low == high || self.registers.are_reached(program, register);
        super::ends::between(low, high).filter(|_| sure)
    }

    /// Of how many rules the program tells all, how many of these hold now, and how many in every completion.
    pub(super) fn told(&self) -> [usize; 3] {
        let rows = self.library.compiled.program.rules.iter();
        let truths = rows.flat_map(|row| &self.registers.truths[row.clone()]);
        truths.fold([0; 3], |[told, now, sure], truth| {
            let seen = usize::from(truth.is_seen());
            let (holds, surely) = (usize::from(truth.holds()), usize::from(truth.surely_holds()));
            [told + seen, now + (seen & holds), sure + (seen & surely)]
        })
    }

    /// Whether the program tells all of a condition.
    pub(super) fn tells(&self, condition: ExprId) -> bool {
        match self.library.compiled.program.register(condition) {
            Some(Register::Truth(at)) => self.registers.truths[at as usize].is_seen(),
            _ => false,
        }
    }
}
