//! What is answered, in one straight pass over the program of a library.
//!
//! What an instruction says here is what the operator of the expression says; the tests hold both against the same
//! brute force. An expression that does not come out here is left to its operator.

use super::facts::Facts;
use crate::assessment::Comparison;
use crate::ruleset::{Instruction, MISSING, NOTHING, Program, UNSEEN, encoded};

/// Runs the program: a cell for each expression.
pub(super) fn run(program: &Program, facts: &Facts<'_>) -> Vec<i64> {
    let mut cells = vec![UNSEEN; program.cells.len()];
    for (expr, step) in &program.steps {
        cells[expr.index()] = one(program, step, facts, &cells);
    }
    cells
}

#[inline]
fn one(program: &Program, step: &Instruction, facts: &Facts<'_>, cells: &[i64]) -> i64 {
    let cell = |part: &crate::condition::ExprId| cells[part.index()];
    let parts = |range: &std::ops::Range<u32>| program.parts[range.start as usize..range.end as usize].iter().map(cell);
    match step {
        Instruction::Constant(value) => *value,
        Instruction::Answer(question) => encoded(facts.values[facts.slots[question.index()].start], program.scale),
        Instruction::Compare(comparison, left, right) => {
            let (left, right) = (cell(left), cell(right));
            if left.min(right) <= UNSEEN { unknown(left, right) } else { i64::from(compare(*comparison, left, right)) }
        }
        Instruction::Add(left, right, minus) => {
            let (left, right) = (cell(left), cell(right));
            if left.min(right) <= UNSEEN {
                return unknown(left, right);
            }
            let sum = if *minus { left.checked_sub(right) } else { left.checked_add(right) };
            sum.filter(|sum| *sum > UNSEEN).unwrap_or(UNSEEN)
        }
        Instruction::And(range) => connected(parts(range), 0),
        Instruction::Or(range) => connected(parts(range), 1),
        Instruction::Not(part) => match cell(part) {
            truth @ (0 | 1) => 1 - truth,
            other => other,
        },
        Instruction::Mean(range) => mean(parts(range)),
        Instruction::CutOffs(score, range) => match cell(score) {
            score if score <= UNSEEN => score,
            score => {
                let bounds = &program.bounds[range.start as usize..range.end as usize];
                let level = bounds.iter().position(|bound| score < *bound).unwrap_or(bounds.len());
                i64::try_from(level).unwrap_or(UNSEEN)
            }
        },
        Instruction::Same(part) => cell(part),
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
