//! What can come where open answers pull two ways: some completions are tried, or the answers that pull are fixed to
//! each of their values in turn.
//!
//! A completion in which a condition holds and one in which it does not say that both can come, whatever hangs
//! together in it. That something can never come takes every turn.

use super::super::evaluation::Evaluation;
use super::super::sets::Possible;
use super::{Registers, truths};
use crate::condition::ExprId;
use crate::ruleset::{Batch, MISSING, NOTHING, Numbers, Program, Register, Rung};
use std::ops::Range;

/// The most combinations of values that are gone through for one condition.
const MOST_TURNS: usize = 32;

/// How many completions are tried.
const TRIED: u64 = 16;

/// What an expression rests on.
struct Below {
    registers: Vec<Register>,
    /// What writes them.
    rows: Vec<Batch>,
    /// The leaves among them that are open.
    open: Vec<u32>,
}

impl Evaluation<'_> {
    /// What a condition can come to, as far as that says how sure it is; nothing where that is too much to go through.
    pub(super) fn in_turn(&mut self, condition: ExprId, truth: u32) -> Option<Possible> {
        let program = &self.library.compiled.program;
        let below = self.below(condition);
        let turning = program.turning(truth);
        let turning: Vec<u32> = turning.iter().copied().filter(|leaf| below.open.contains(leaf)).collect();
        let listed = turning.iter().all(|leaf| program.leaves[*leaf as usize].listed);
        let turns = turning.iter().try_fold(1_usize, |turns, leaf| turns.checked_mul(program.values(*leaf)));
        let turns = turns.filter(|turns| listed && *turns <= MOST_TURNS);
        let actual = &self.registers;
        let turned = self.turned.get_or_insert_with(|| actual.clone());
        let found = match turns {
            Some(turns) => turned.turn(program, &below, (&turning, turns), truth),
            None => turned.both(program, &below, truth).then(Possible::either),
        };
        turned.restore(actual, &below);
        found
    }

    /// Whether a number is seen to come to more than one value.
    pub(super) fn differs(&mut self, expr: ExprId, number: u32) -> bool {
        let program = &self.library.compiled.program;
        let below = self.below(expr);
        let actual = &self.registers;
        let turned = self.turned.get_or_insert_with(|| actual.clone());
        let mut first = None;
        let differs = turned.tried(program, &below, None, |registers| {
            let now = registers.numbers[number as usize].now;
            now >= MISSING && *first.get_or_insert(now) != now
        });
        turned.restore(actual, &below);
        differs
    }

    fn below(&self, expr: ExprId) -> Below {
        let compiled = &self.library.compiled;
        let program = &compiled.program;
        let mut seen = vec![false; compiled.reads.len()];
        let (mut registers, mut left) = (Vec::new(), vec![expr]);
        while let Some(expr) = left.pop() {
            if !std::mem::replace(&mut seen[expr.index()], true) {
                registers.extend(program.registers(expr));
                left.extend(&compiled.reads[expr.index()]);
            }
        }
        registers.sort_unstable();
        registers.dedup();
        let leaves = registers.iter().filter_map(|register| program.leaf_of(*register));
        let open = leaves.filter(|leaf| self.registers.is_open(program.of_leaf(*leaf))).collect();
        Below { rows: program.writing(&registers), registers, open }
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

    /// What a condition comes to at its ends while some leaves are fixed to each of their values in turn.
    fn turn(&mut self, program: &Program, below: &Below, turning: (&[u32], usize), truth: u32) -> Option<Possible> {
        let (leaves, turns) = turning;
        let (mut holds, mut fails, mut lacks) = (false, false, false);
        for turn in 0..turns {
            let mut rest = turn;
            for leaf in leaves {
                let values = program.values(*leaf);
                self.fix(program, *leaf, rest % values);
                rest /= values;
            }
            self.pass(program, &below.rows);
            let truth = self.truths[truth as usize];
            if !truth.has_ends() {
                return None;
            }
            holds |= truth.high() == Rung::YES;
            fails |= truth.low() == Rung::NO;
            lacks |= if truth.is_settled() { truth.low() == Rung::NOTHING } else { truth.lacks() };
            if holds && fails {
                break;
            }
        }
        Some(truths(holds, fails, lacks))
    }

    /// Whether a condition is seen to hold and not to hold.
    fn both(&mut self, program: &Program, below: &Below, truth: u32) -> bool {
        let (mut holds, mut fails) = (false, false);
        self.tried(program, below, Some(truth), |registers| {
            let now = registers.truths[truth as usize].now();
            holds |= now == Rung::YES;
            fails |= now.is_seen() && now != Rung::YES;
            holds && fails
        })
    }

    /// Tries completions until one is enough; tells whether one was. Those of a condition go its way and the other way in
    /// turn, in what pulls it one way; the rest is all at its lowest, all at its highest, and then looks like chance.
    fn tried(
        &mut self,
        program: &Program,
        below: &Below,
        condition: Option<u32>,
        mut is_enough: impl FnMut(&Self) -> bool,
    ) -> bool {
        let complete = std::mem::replace(&mut self.complete, true);
        let aims = condition.map(|truth| program.aims(truth)).unwrap_or_default();
        let found = (0..TRIED).any(|trial| {
            for leaf in &below.open {
                let last = program.values(*leaf).saturating_sub(1);
                let aim = aims.binary_search_by_key(leaf, |(leaf, _)| *leaf).ok().map(|at| aims[at].1);
                let value = match (aim, trial) {
                    (Some(up), _) if up == (trial % 2 == 0) => last,
                    (Some(_), _) | (None, 0 | 1) => 0,
                    (None, 2 | 3) => last,
                    _ => {
                        usize::try_from(mixed(u64::from(*leaf) * TRIED + trial) % (last as u64 + 1)).unwrap_or_default()
                    }
                };
                self.fix(program, *leaf, value);
            }
            self.pass(program, &below.rows);
            is_enough(self)
        });
        self.complete = complete;
        found
    }

    /// Fixes a leaf to one of its values.
    fn fix(&mut self, program: &Program, leaf: u32, value: usize) {
        let Range { start, end } = program.leaves[leaf as usize].domain;
        let value = program.domains[start..end].get(value).copied().unwrap_or(NOTHING);
        match program.of_leaf(leaf) {
            Register::Number(at) => self.numbers[at as usize] = Numbers::settled(value),
            Register::Truth(at) => self.truths[at as usize] = Numbers::settled(value).as_truths(),
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
