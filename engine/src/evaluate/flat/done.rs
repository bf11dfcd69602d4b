//! What is done to cells.

use crate::ruleset::{MISSING, NO, NOTHING, UNSEEN, YES, truth_cell};

/// Of two cells that are not both values: not worked out before without a value, and that before unanswered.
pub(super) const fn unknown(left: i64, right: i64) -> i64 {
    match (left, right) {
        (UNSEEN, _) | (_, UNSEEN) => UNSEEN,
        (NOTHING, _) | (_, NOTHING) => NOTHING,
        _ => MISSING,
    }
}

/// A comparison of two cells, given when it holds between two values.
#[inline]
pub(super) fn compared(holds: impl Fn(i64, i64) -> bool + Copy) -> impl Fn(i64, i64) -> i64 + Copy {
    move |left, right| {
        if left.min(right) <= UNSEEN { unknown(left, right) } else { truth_cell(holds(left, right)) }
    }
}

/// A sum or a difference.
#[inline]
pub(super) fn added(left: i64, right: i64, minus: bool) -> i64 {
    if left.min(right) <= UNSEEN {
        return unknown(left, right);
    }
    let sum = if minus { left.checked_sub(right) } else { left.checked_add(right) };
    sum.filter(|sum| *sum > UNSEEN).unwrap_or(UNSEEN)
}

/// `and`: the lowest, where what was not worked out says nothing unless the other decides.
#[inline]
pub(super) fn both(left: i64, right: i64) -> i64 {
    let lowest = left.min(right);
    if lowest != NO && (left == UNSEEN || right == UNSEEN) { UNSEEN } else { lowest }
}

/// `or`: the highest.
#[inline]
pub(super) fn either(left: i64, right: i64) -> i64 {
    left.max(right)
}

/// Not; what is not known stays as it is.
#[inline]
pub(super) const fn not(truth: i64) -> i64 {
    match truth {
        NO => YES,
        YES => NO,
        other => other,
    }
}

/// The level that a number falls in.
pub(super) fn level(score: i64, bounds: &[i64]) -> i64 {
    if score <= UNSEEN {
        return score;
    }
    let level = bounds.iter().position(|bound| score < *bound).unwrap_or(bounds.len());
    i64::try_from(level).unwrap_or(UNSEEN)
}

/// Something that is made of any number of cells.
pub(super) trait Fold {
    fn over(&self, parts: impl Iterator<Item = i64>) -> i64;
}

/// `and`, of at least one.
pub(super) struct All;
/// `or`, of at least one.
pub(super) struct Any;
/// The mean of what is there.
pub(super) struct Mean;
/// How many hold; missing where one is.
pub(super) struct Count {
    pub(super) scale: i64,
}

impl Fold for All {
    #[inline]
    fn over(&self, parts: impl Iterator<Item = i64>) -> i64 {
        parts.fold(YES, both)
    }
}

impl Fold for Any {
    #[inline]
    fn over(&self, parts: impl Iterator<Item = i64>) -> i64 {
        parts.fold(NO, either)
    }
}

impl Fold for Mean {
    #[inline]
    fn over(&self, parts: impl Iterator<Item = i64>) -> i64 {
        let (mut sum, mut of, mut missing) = (0_i64, 0, false);
        for part in parts {
            if part > UNSEEN {
                let Some(next) = sum.checked_add(part) else { return UNSEEN };
                (sum, of) = (next, of + 1);
            } else if part == UNSEEN {
                return UNSEEN;
            } else {
                missing |= part == MISSING;
            }
        }
        match (of, missing) {
            (0, true) => MISSING,
            (0, false) => NOTHING,
            _ => sum / of,
        }
    }
}

impl Fold for Count {
    #[inline]
    fn over(&self, parts: impl Iterator<Item = i64>) -> i64 {
        let (mut holding, mut missing) = (0, false);
        for part in parts {
            match part {
                MISSING => missing = true,
                UNSEEN => return UNSEEN,
                YES => holding += 1,
                _ => {}
            }
        }
        if missing { MISSING } else { holding * self.scale }
    }
}
