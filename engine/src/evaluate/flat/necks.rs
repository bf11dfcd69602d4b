//! Necks: what all ways from some open answers to something else go through.
//!
//! Where a typing is read in many places, and the answers below it nowhere else, fixing the typing to each of its options
//! does what fixing these answers does, in far fewer turns.

use super::turns::{Below, Turned};
use crate::ruleset::{Batch, Holds, Program, Register};

/// Below a register, by place among what is below it.
struct Ways {
    /// What each reads.
    parts: Vec<Vec<usize>>,
    /// Each after what reads it.
    order: Vec<usize>,
    /// The nearest that all ways to each go through; its own place at the top.
    through: Vec<usize>,
    /// How many such stand above each.
    depths: Vec<usize>,
    /// How many ways lead to each.
    ways: Vec<u32>,
}

impl Turned {
    /// The options below a register that more ways lead to, while all ways from the answers below them go through them;
    /// not those below another.
    pub(super) fn necks(&self, program: &Program, below: &Below, from: Register) -> Vec<u32> {
        let Some(ways) = Ways::of(program, below, from) else { return Vec::new() };
        let count = below.registers.len();
        // the highest that what is below each hangs from, and how many open answers are
        let (mut highest, mut answers) = (vec![usize::MAX; count], vec![0_usize; count]);
        for at in ways.order.iter().rev().copied() {
            let is_open =
                program.leaf_of(below.registers[at]).is_some_and(|leaf| below.open.binary_search(&leaf).is_ok());
            answers[at] += usize::from(is_open);
            let from = ways.parts[at].iter().map(|part| ways.depths[ways.through[*part]]).min();
            highest[at] = highest[at].min(from.unwrap_or(usize::MAX));
            let through = ways.through[at];
            if through != at {
                highest[through] = highest[through].min(highest[at]);
                answers[through] += answers[at];
            }
        }
        let is_neck = |at: usize| {
            let Register::Number(number) = below.registers[at] else { return None };
            let fits = program.holds(number) == Holds::Option && ways.ways[at] > 1 && answers[at] > 1;
            (fits && highest[at] >= ways.depths[at] && ways.through[at] != at).then_some(number)
        };
        let mut under = vec![false; count];
        let mut found = Vec::new();
        for at in ways.order.iter().copied() {
            under[at] = under[ways.through[at]];
            if let (false, Some(number)) = (under[at], is_neck(at)) {
                found.push(number);
                under[at] = true;
            }
        }
        found
    }
}

impl Ways {
    fn of(program: &Program, below: &Below, from: Register) -> Option<Self> {
        let count = below.registers.len();
        let place = |register: Register| below.registers.binary_search(&register).ok();
        let top = place(from)?;
        let mut ways = Self {
            parts: vec![Vec::new(); count],
            order: Vec::with_capacity(count),
            through: vec![usize::MAX; count],
            depths: vec![0; count],
            ways: vec![0; count],
        };
        ways.order.extend(below.rows.iter().rev().flat_map(Batch::each).filter_map(place));
        let mut written = vec![false; count];
        ways.order.iter().for_each(|at| written[*at] = true);
        ways.order.extend((0..count).filter(|at| !written[*at]));
        (ways.through[top], ways.ways[top]) = (top, 1);
        for turn in 0..count {
            let at = ways.order[turn];
            if ways.through[at] == usize::MAX {
                ways.through[at] = at; // nothing that is worked out anew reads it
            }
            ways.depths[at] = if ways.through[at] == at { 0 } else { ways.depths[ways.through[at]] + 1 };
            if written[at] {
                ways.parts[at] = program.reads(below.registers[at]).filter_map(place).collect();
            }
            for part in ways.parts[at].clone() {
                ways.ways[part] = ways.ways[part].saturating_add(ways.ways[at]);
                ways.through[part] =
                    if ways.through[part] == usize::MAX { at } else { ways.meet(ways.through[part], at) };
            }
        }
        Some(ways)
    }

    /// The nearest that all ways to both go through.
    fn meet(&self, mut one: usize, mut other: usize) -> usize {
        while one != other {
            if self.depths[one] > self.depths[other] {
                one = self.through[one];
            } else if self.through[other] == other {
                return one;
            } else {
                other = self.through[other];
            }
        }
        one
    }
}
