//! What is done to numbers in registers.

use crate::ruleset::{LARGEST, MISSING, NOTHING, Numbers, Rung, Truths, UNSEEN};

/// The sum of two; the program has made sure that there is room for it.
#[inline]
pub(super) fn added(left: i64, right: i64) -> i64 {
    let least = left.min(right);
    if least > MISSING { left + right } else { least }
}

/// The difference of two.
#[inline]
pub(super) fn subtracted(left: i64, right: i64) -> i64 {
    let least = left.min(right);
    if least > MISSING { left - right } else { least }
}

/// The level that a number falls in.
pub(super) fn level(score: i64, bounds: &[i64]) -> i64 {
    if score <= MISSING {
        return score;
    }
    let level = bounds.iter().position(|bound| score < *bound).unwrap_or(bounds.len());
    i64::try_from(level).unwrap_or(UNSEEN)
}

/// How many hold; missing where one is.
#[inline]
pub(super) fn count(parts: impl Iterator<Item = Truths>, scale: i64) -> Numbers {
    let (mut now, mut low, mut high) = (0, 0, 0);
    let (mut missing, mut seen) = (false, Truths::NO);
    for part in parts {
        now += i64::from(part.now() == Rung::YES);
        low += i64::from(part.low() == Rung::YES);
        high += i64::from(part.high() == Rung::YES);
        missing |= part.now() == Rung::MISSING;
        seen = seen.seen_with(part);
    }
    if !seen.now().is_seen() {
        return Numbers::UNKNOWN;
    }
    let now = if missing { MISSING } else { now * scale };
    if seen.has_ends() {
        Numbers { now, low: low * scale, high: high * scale }
    } else {
        Numbers { now, ..Numbers::UNKNOWN }
    }
}

/// The mean of what is there, where nothing is open.
#[inline]
pub(super) fn mean(parts: &[u32], read: &[Numbers]) -> Numbers {
    let sum: i64 = parts.iter().map(|part| read[*part as usize].now).sum();
    Numbers::settled(if sum < -LARGEST { of_some(parts, read, |part| part.now) } else { over(sum, parts.len()) })
}

/// The mean of what is there, now and at both ends.
#[inline]
pub(super) fn means(parts: &[u32], read: &[Numbers]) -> Numbers {
    let (mut now, mut there, mut low, mut high) = (0, 0, 0, 0);
    for part in parts {
        let part = read[*part as usize];
        let is_there = part.now > MISSING;
        now += if is_there { part.now } else { 0 };
        there += usize::from(is_there);
        (low, high) = (low + part.low, high + part.high);
    }
    if low < -LARGEST || there == 0 {
        let mean = |lane: fn(Numbers) -> i64| of_some(parts, read, lane);
        return Numbers { now: mean(|part| part.now), low: mean(|part| part.low), high: mean(|part| part.high) };
    }
    Numbers { now: over(now, there), low: over(low, parts.len()), high: over(high, parts.len()) }
}

/// The mean where not all are there: missing where none is, and one that is missing could be.
#[cold]
fn of_some(parts: &[u32], read: &[Numbers], lane: fn(Numbers) -> i64) -> i64 {
    let (mut sum, mut there, mut none) = (0, 0, NOTHING);
    for part in parts {
        match lane(read[*part as usize]) {
            UNSEEN => return UNSEEN,
            MISSING => none = MISSING,
            NOTHING => {}
            value => (sum, there) = (sum + value, there + 1),
        }
    }
    if there == 0 { none } else { over(sum, there) }
}

/// A share of a sum; the program has made sure that it is whole.
#[inline]
fn over(sum: i64, of: usize) -> i64 {
    i64::try_from(of).map_or(UNSEEN, |of| sum / of)
}
