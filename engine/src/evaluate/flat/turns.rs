//! What can come where open answers pull two ways: they are fixed to each of their values in turn, one after another,
//! until the ends of what is left are reached. Turns that bounds already rule out are not taken.
//!
//! Where that takes long, what all ways from some answers go through is fixed instead of these; see [`super::necks`].
//! Where that takes too long, some completions are tried: one in which a condition holds and one in which it does not
//! say that both can come, whatever hangs together in it.

use super::super::evaluation::Evaluation;
use super::super::sets::Possible;
use super::{Registers, truths};
use crate::ruleset::{Batch, MISSING, NOTHING, Numbers, Program, Register, Rung, Truths, UNSEEN};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How often something is worked out, at most, with one answer more fixed: at first, and where necks are fixed too.
const MOST_TURNS: [usize; 2] = [32, 64];

/// How many completions are tried.
const TRIED: u64 = 16;

/// Registers in which some can be fixed.
#[derive(Debug, Clone)]
pub(in crate::evaluate) struct Turned {
    pub(super) registers: Registers,
    /// For each number, and then for each condition: nought, but while something is looked for.
    marks: Vec<u32>,
    /// All that some options can come to.
    known: BTreeMap<u32, Option<Vec<i64>>>,
}

/// What can still change below a register, and that register.
pub(super) struct Below {
    pub(super) registers: Vec<Register>,
    /// What writes them.
    pub(super) rows: Vec<Batch>,
    /// The leaves among them that are open.
    pub(super) open: Vec<u32>,
    /// What can be fixed.
    turning: Vec<Turning>,
}

/// Something to be fixed to each of its values.
#[derive(Clone)]
struct Turning {
    register: Register,
    values: Vec<i64>,
    /// What stands there until it is fixed.
    open: Held,
    /// Whether it pulls two ways.
    clashes: bool,
}

/// What stands in a register.
#[derive(Clone, Copy)]
enum Held {
    Number(Numbers),
    Truth(Truths),
}

/// What is looked for, as far as it was seen with something fixed.
enum Seen {
    /// Whether a condition holds, does not, and comes to no value.
    Truth { at: u32, holds: bool, fails: bool, lacks: bool },
    /// What an option comes to.
    Options { at: u32, values: Vec<i64> },
}

/// Whether what is below must be fixed further.
enum Step {
    Done,
    Further,
}

impl Evaluation<'_> {
    /// What a condition can come to, as far as that says how sure it is; nothing where that is too much to go through.
    pub(super) fn in_turn(&mut self, truth: u32) -> Option<Possible> {
        let program = &self.library.compiled.program;
        let actual = &self.registers;
        let turned = self.turned.get_or_insert_with(|| Turned::new(actual));
        let register = Register::Truth(truth);
        let seen = turned.look(program, actual, register, || Seen::truth(truth));
        if let Some(Seen::Truth { holds, fails, lacks, .. }) = seen {
            return Some(truths(holds, fails, lacks));
        }
        let below = turned.below(program, register, &[]);
        let both = turned.registers.both(program, &below, truth);
        turned.registers.restore(actual, &below);
        both.then(Possible::either)
    }

    /// Whether a number is seen to come to more than one value.
    pub(super) fn differs(&mut self, number: u32) -> bool {
        let program = &self.library.compiled.program;
        let actual = &self.registers;
        let turned = self.turned.get_or_insert_with(|| Turned::new(actual));
        let below = turned.below(program, Register::Number(number), &[]);
        let mut first = None;
        let differs = turned.registers.tried(program, &below, |registers| {
            let now = registers.numbers[number as usize].now;
            now >= MISSING && *first.get_or_insert(now) != now
        });
        turned.registers.restore(actual, &below);
        differs
    }
}

impl Seen {
    const fn truth(at: u32) -> Self {
        Self::Truth { at, holds: false, fails: false, lacks: false }
    }

    /// Takes in what it comes to; tells whether more can come with something fixed.
    fn take(&mut self, program: &Program, registers: &Registers) -> Step {
        match self {
            Self::Truth { at, holds, fails, lacks } => {
                let truth = registers.truths[*at as usize];
                if truth.has_ends() {
                    *holds |= truth.high() == Rung::YES;
                    *fails |= truth.low() == Rung::NO;
                    *lacks |= if truth.is_settled() { truth.low() == Rung::NOTHING } else { truth.lacks() };
                } else if truth.never_holds() {
                    (*fails, *lacks) = (true, true);
                } else if truth.surely_holds() {
                    *holds = true;
                } else {
                    return Step::Further;
                }
            }
            Self::Options { at, values } => {
                let Numbers { low, high, lacks, loose, .. } = registers.numbers[*at as usize];
                if low == UNSEEN {
                    return Step::Further;
                }
                let mut can = (low..=high).chain(lacks.then_some(NOTHING));
                if can.all(|value| values.contains(&value)) {
                    return Step::Done;
                }
                let is_one = low == high && !lacks;
                let reached = !loose && registers.are_reached(program, Register::Number(*at));
                let are_two = high - low == 1 && !lacks && reached;
                if !is_one && !are_two {
                    return Step::Further;
                }
                values.extend([low, high]);
                values.sort_unstable();
                values.dedup();
            }
        }
        Step::Done
    }

    /// Takes in what it comes to where nothing is open; nothing where that was not worked out.
    fn take_now(&mut self, registers: &Registers) -> Option<()> {
        match self {
            Self::Truth { at, holds, fails, lacks } => match registers.truths[*at as usize].now() {
                Rung::YES => *holds = true,
                now if now.is_seen() => (*fails, *lacks) = (true, true),
                _ => return None,
            },
            Self::Options { at, values } => match registers.numbers[*at as usize].now {
                UNSEEN => return None,
                now if values.contains(&now) => {}
                now => values.push(now),
            },
        }
        Some(())
    }

    /// Whether nothing else is wanted.
    const fn is_enough(&self) -> bool {
        matches!(self, Self::Truth { holds: true, fails: true, .. })
    }
}

impl Turned {
    fn new(actual: &Registers) -> Self {
        let marks = vec![0; actual.numbers.len() + actual.truths.len()];
        Self { registers: actual.clone(), marks, known: BTreeMap::new() }
    }

    fn mark(&mut self, register: Register) -> &mut u32 {
        match register {
            Register::Number(at) => &mut self.marks[at as usize],
            Register::Truth(at) => &mut self.marks[self.registers.numbers.len() + at as usize],
        }
    }

    /// All that something can come to, or as much as is wanted; nothing where that takes too long.
    fn look(&mut self, program: &Program, actual: &Registers, from: Register, seen: impl Fn() -> Seen) -> Option<Seen> {
        let mut below = self.below(program, from, &[]);
        for most in MOST_TURNS {
            let (mut left, mut found) = (most, seen());
            let done = self.turn(program, &below, &mut left, &mut found);
            self.registers.restore(actual, &below);
            if done.is_some() {
                return Some(found);
            }
            if left > 0 {
                return None; // more turns would not do either
            }
            let necks = self.necks(program, &below, from);
            let turning = |neck: u32| {
                let values = self.options(program, actual, neck)?;
                let open = Held::Number(actual.numbers[neck as usize]);
                Some(Turning { register: Register::Number(neck), values, open, clashes: true })
            };
            let turning: Vec<Turning> = necks.into_iter().filter_map(turning).collect();
            if turning.is_empty() {
                return None;
            }
            below = self.below(program, from, &turning);
        }
        None
    }

    /// All that an option can come to.
    fn options(&mut self, program: &Program, actual: &Registers, at: u32) -> Option<Vec<i64>> {
        if let Some(known) = self.known.get(&at) {
            return known.clone();
        }
        let seen = self.look(program, actual, Register::Number(at), || Seen::Options { at, values: Vec::new() });
        let values = match seen {
            Some(Seen::Options { values, .. }) => Some(values),
            _ => None,
        };
        self.known.insert(at, values.clone());
        values
    }

    /// What can still change below a register, down to some that will be fixed.
    fn below(&mut self, program: &Program, from: Register, fixed: &[Turning]) -> Below {
        let is_fixed = |register: Register| fixed.iter().any(|turning| turning.register == register);
        let (mut registers, mut at) = (vec![from], 0);
        *self.mark(from) = 1;
        while let Some(register) = registers.get(at).copied() {
            for part in program.reads(register).filter(|_| !is_fixed(register)) {
                if !self.registers.stays(part) && std::mem::replace(self.mark(part), 1) == 0 {
                    registers.push(part);
                }
            }
            at += 1;
        }
        registers.sort_unstable();
        registers.iter().for_each(|register| *self.mark(*register) = 0);
        let leaves = registers.iter().filter_map(|register| program.leaf_of(*register));
        let open: Vec<u32> = leaves.filter(|leaf| self.registers.is_open(program.of_leaf(*leaf))).collect();
        let written: Vec<Register> = registers.iter().copied().filter(|register| !is_fixed(*register)).collect();
        let mut rows = program.writing(&written);
        rows.retain(|row| !row.does.stays());
        let listed = open.iter().filter(|leaf| program.leaves[**leaf as usize].listed);
        let clashing = program.clashing(from);
        let turning = listed.map(|leaf| Turning::of_leaf(program, *leaf, clashing.binary_search(leaf).is_ok()));
        let turning = fixed.iter().filter(|one| registers.binary_search(&one.register).is_ok()).cloned().chain(turning);
        Below { rows, turning: turning.collect(), registers, open }
    }

    /// Works out what is below a register, and fixes one thing after another until the ends are reached; nothing where
    /// that takes too long, or there is nothing to fix.
    fn turn(&mut self, program: &Program, below: &Below, left: &mut usize, seen: &mut Seen) -> Option<()> {
        *left = left.checked_sub(1)?;
        self.registers.pass(program, &below.rows);
        if matches!(seen.take(program, &self.registers), Step::Done) {
            return Some(());
        }
        if let Some(turning) = self.next(program, below) {
            for value in turning.values.iter().rev() {
                self.registers.put(turning.register, *value);
                self.turn(program, below, left, seen)?;
                if seen.is_enough() {
                    break;
                }
            }
            self.registers.hold(turning.register, turning.open);
            return Some(());
        }
        // what stays open in every completion is not told at the ends
        if below.open.iter().any(|leaf| self.registers.is_open(program.of_leaf(*leaf))) {
            return None;
        }
        let complete = std::mem::replace(&mut self.registers.complete, true);
        self.registers.pass(program, &below.rows);
        self.registers.complete = complete;
        seen.take_now(&self.registers)
    }

    /// What to fix next: what the most ways lead to, of what pulls two ways.
    fn next<'b>(&mut self, program: &Program, below: &'b Below) -> Option<&'b Turning> {
        if let Some(root) = below.rows.last().and_then(|row| row.each().last()) {
            *self.mark(root) = 1;
        }
        for register in below.rows.iter().rev().flat_map(Batch::each) {
            let own = *self.mark(register);
            if own > 0 && !self.registers.stays(register) {
                for part in program.reads(register) {
                    if !self.registers.stays(part) {
                        let ways = self.mark(part);
                        *ways = ways.saturating_add(own);
                    }
                }
            }
        }
        let mut best = None;
        for (at, turning) in below.turning.iter().enumerate() {
            let ways = *self.mark(turning.register);
            if ways > 0 && !self.registers.stays(turning.register) {
                best = best.max(Some((turning.clashes, ways, Reverse(turning.values.len()), Reverse(at))));
            }
        }
        below.registers.iter().for_each(|register| *self.mark(*register) = 0);
        let (.., Reverse(at)) = best?;
        below.turning.get(at)
    }
}

impl Turning {
    fn of_leaf(program: &Program, at: u32, clashes: bool) -> Self {
        let leaf = &program.leaves[at as usize];
        let register = program.of_leaf(at);
        let values =
            program.domains[leaf.domain.clone()].iter().copied().chain(leaf.lacks.then_some(NOTHING)).collect();
        let open = match register {
            Register::Number(_) => Held::Number(leaf.open()),
            Register::Truth(_) => Held::Truth(leaf.open().as_truths()),
        };
        Self { register, values, open, clashes }
    }
}

impl Registers {
    /// Whether a leaf is open.
    pub(super) fn is_open(&self, leaf: Register) -> bool {
        match leaf {
            Register::Number(at) => self.numbers[at as usize].is_open(),
            Register::Truth(at) => self.truths[at as usize].is_open(),
        }
    }

    /// Whether a register is the same in every completion, and is that now.
    pub(super) fn stays(&self, register: Register) -> bool {
        match register {
            Register::Number(at) => self.numbers[at as usize].stays(),
            Register::Truth(at) => self.truths[at as usize].stays(),
        }
    }

    /// Whether a condition is seen to hold and not to hold.
    fn both(&mut self, program: &Program, below: &Below, truth: u32) -> bool {
        let (mut holds, mut fails) = (false, false);
        self.tried(program, below, |registers| {
            let now = registers.truths[truth as usize].now();
            holds |= now == Rung::YES;
            fails |= now.is_seen() && now != Rung::YES;
            holds && fails
        })
    }

    /// Tries completions until one is enough; tells whether one was. All answers are at their lowest, all at their
    /// highest, and then look like chance.
    fn tried(&mut self, program: &Program, below: &Below, mut is_enough: impl FnMut(&Self) -> bool) -> bool {
        let complete = std::mem::replace(&mut self.complete, true);
        let found = (0..TRIED).any(|trial| {
            for leaf in &below.open {
                let count = program.values(*leaf) as u64;
                let at = match trial {
                    0 => 0,
                    1 => count.saturating_sub(1),
                    _ => mixed(u64::from(*leaf) * TRIED + trial) % count.max(1),
                };
                self.put(program.of_leaf(*leaf), program.value(*leaf, at));
            }
            self.pass(program, &below.rows);
            is_enough(self)
        });
        self.complete = complete;
        found
    }

    /// Fixes a register.
    fn put(&mut self, register: Register, value: i64) {
        let number = Numbers::settled(value);
        match register {
            Register::Number(at) => self.numbers[at as usize] = number,
            Register::Truth(at) => self.truths[at as usize] = number.as_truths(),
        }
    }

    /// Puts back what stood in a register.
    fn hold(&mut self, register: Register, held: Held) {
        match (register, held) {
            (Register::Number(at), Held::Number(number)) => self.numbers[at as usize] = number,
            (Register::Truth(at), Held::Truth(truth)) => self.truths[at as usize] = truth,
            _ => {}
        }
    }

    /// Puts everything back that was changed.
    fn restore(&mut self, actual: &Self, below: &Below) {
        for register in &below.registers {
            match *register {
                Register::Number(at) => self.numbers[at as usize] = actual.numbers[at as usize],
                Register::Truth(at) => self.truths[at as usize] = actual.truths[at as usize],
            }
        }
    }
}

/// A number in which every bit hangs on every bit of another: the last step of the generator `SplitMix64`.
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}
