//! What is done to numbers in registers.

use crate::ruleset::{LARGEST, MISSING, MOST_ADDED, NOTHING, Numbers, UNSEEN};

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

/// How far two are apart.
pub(super) fn distance(left: Numbers, right: Numbers) -> Numbers {
    let (low, high) = (subtracted(left.low, right.high), subtracted(left.high, right.low));
    let now = match subtracted(left.now, right.now) {
        none if none <= MISSING => none,
        now => now.abs(),
    };
    let (lacks, loose) = (left.lacks | right.lacks, left.loose | right.loose);
    match (low, high) {
        (low, _) if low <= MISSING => Numbers::without_ends(now),
        (0.., _) => Numbers { now, low, high, lacks, loose },
        (_, ..=0) => Numbers { now, low: -high, high: -low, lacks, loose },
        _ => Numbers::without_ends(now),
    }
}

/// The level that a number falls in.
pub(super) fn level(score: i64, bounds: &[i64]) -> i64 {
    if score <= MISSING {
        return score;
    }
    let level = bounds.iter().position(|bound| score < *bound).unwrap_or(bounds.len());
    i64::try_from(level).unwrap_or(UNSEEN)
}

/// The number of a level, by the place of that.
pub(super) fn valued(level: i64, values: &[i64]) -> i64 {
    if level <= MISSING {
        return level;
    }
    usize::try_from(level).ok().and_then(|at| values.get(at)).copied().unwrap_or(UNSEEN)
}

/// The mean of what is there, where nothing is open.
#[inline]
pub(super) fn mean(parts: &[u32], read: &[Numbers]) -> Numbers {
    let sum: i64 = parts.iter().map(|part| read[*part as usize].now).sum();
    Numbers::settled(if sum < -LARGEST { of_some(parts, read, |part| part.now) } else { over(sum, parts.len()) })
}

/// The mean of what is there, now and at both ends; of parts that no completion leaves without a value, where these are
/// plain.
#[inline]
pub(super) fn means<const PLAIN: bool>(parts: &[u32], read: &[Numbers]) -> Numbers {
    let (mut now, mut there, mut low, mut high, mut loose) = (0, 0, 0, 0, false);
    for part in parts {
        let part = &read[*part as usize];
        let is_there = part.now > MISSING;
        now += if is_there { part.now } else { 0 };
        there += usize::from(is_there);
        (low, high) = (low + part.low, high + part.high);
        loose |= !PLAIN && (part.lacks | part.loose);
    }
    if low < -LARGEST || there == 0 || loose {
        let found = lanes(parts, read, of_some);
        return if found.low == UNSEEN { around(parts, read, found.now) } else { found };
    }
    Numbers { now: over(now, there), low: over(low, parts.len()), high: over(high, parts.len()), lacks: false, loose }
}

/// The mean in which what is missing counts as the lowest that it can be.
pub(super) fn mean_lowest(parts: &[u32], read: &[Numbers]) -> Numbers {
    let least = |part: Numbers, own: i64| match (own, part.low) {
        (MISSING, MISSING) => NOTHING,
        (MISSING, _) if part.loose => UNSEEN,
        (MISSING, low) => low,
        (own, _) => own,
    };
    let now = of_some(parts, read, |part| least(part, part.now));
    let ends = |part: Numbers, end: i64| if part.lacks || part.loose { UNSEEN } else { least(part, end) };
    let [low, high] =
        [of_some(parts, read, |part| ends(part, part.low)), of_some(parts, read, |part| ends(part, part.high))];
    if low.min(high) <= MISSING {
        Numbers::without_ends(now)
    } else {
        Numbers { now, low, high, lacks: false, loose: false }
    }
}

/// The sum of what is there; missing where anything is.
pub(super) fn sum(parts: &[u32], read: &[Numbers]) -> Numbers {
    let sum = |parts: &[u32], read: &[Numbers], lane: Lane| {
        let (mut sum, mut there, mut missing) = (0, false, false);
        for part in parts {
            match lane(read[*part as usize]) {
                UNSEEN => return UNSEEN,
                MISSING => missing = true,
                NOTHING => {}
                value => (sum, there) = (sum + value, true),
            }
        }
        match (missing, there) {
            (true, _) => MISSING,
            (_, false) => NOTHING,
            _ => sum,
        }
    };
    lanes(parts, read, sum)
}

/// The lowest of what is there.
pub(super) fn lowest(parts: &[u32], read: &[Numbers]) -> Numbers {
    lanes(parts, read, |parts, read, lane| extreme(parts, read, lane, i64::min))
}

/// The highest of what is there.
pub(super) fn highest(parts: &[u32], read: &[Numbers]) -> Numbers {
    lanes(parts, read, |parts, read, lane| extreme(parts, read, lane, i64::max))
}

fn extreme(parts: &[u32], read: &[Numbers], lane: Lane, of: fn(i64, i64) -> i64) -> i64 {
    let (mut found, mut none) = (None, NOTHING);
    for part in parts {
        match lane(read[*part as usize]) {
            UNSEEN => return UNSEEN,
            MISSING => none = MISSING,
            NOTHING => {}
            value => found = Some(found.map_or(value, |found| of(found, value))),
        }
    }
    found.unwrap_or(none)
}

/// Where a number is now, or one of its ends.
type Lane = fn(Numbers) -> i64;

/// What comes out now and at both ends. What may be without a value takes the others with it, or leaves them: then the
/// ends are not those of all of them.
#[cold]
fn lanes(parts: &[u32], read: &[Numbers], each: impl Fn(&[u32], &[Numbers], Lane) -> i64) -> Numbers {
    let now = each(parts, read, |part| part.now);
    let (low, high) = (each(parts, read, |part| part.low), each(parts, read, |part| part.high));
    let any = |is: fn(Numbers) -> bool| parts.iter().any(|part| is(read[*part as usize]));
    if now == UNSEEN || low == UNSEEN || any(|part| part.lacks) {
        return Numbers::without_ends(now);
    }
    Numbers { now, low, high, lacks: false, loose: any(|part| part.loose) }
}

/// A mean of which some parts may lack a value: it lies between the lowest and the highest of all.
#[cold]
fn around(parts: &[u32], read: &[Numbers], now: i64) -> Numbers {
    let parts = || parts.iter().map(|part| read[*part as usize]).filter(|part| part.low != NOTHING);
    let ends = parts().map(|part| part.low).min().zip(parts().map(|part| part.high).max());
    match ends {
        Some((low, high)) if now != UNSEEN && low > MISSING => {
            Numbers { now, low, high, lacks: parts().all(|part| part.lacks), loose: true }
        }
        _ => Numbers::without_ends(now),
    }
}

/// The mean where not all are there: missing where none is, and one that is missing could be.
#[cold]
fn of_some(parts: &[u32], read: &[Numbers], lane: impl Fn(Numbers) -> i64) -> i64 {
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
///
/// Where there is no rest, multiplying by the inverse of the odd part does the same for less.
#[inline]
fn over(sum: i64, of: usize) -> i64 {
    let Some((inverse, twos)) = INVERSES.get(of) else { return UNSEEN };
    let share = (sum >> twos).wrapping_mul(*inverse);
    debug_assert_eq!(i64::try_from(of).ok().and_then(|of| share.checked_mul(of)), Some(sum), "a share must be whole");
    share
}

/// For each number of parts, the inverse of its odd part among numbers of 64 bits, and how often two divides it.
const INVERSES: [(i64, u32); MOST_ADDED + 1] = {
    let mut inverses = [(1, 0); MOST_ADDED + 1];
    let mut of = 1;
    while of <= MOST_ADDED {
        let twos = of.trailing_zeros();
        let odd = (of >> twos) as i64;
        // Newton's step doubles the bits that are right; of an odd number, three are to begin with
        let (mut inverse, mut step) = (odd, 0);
        while step < 5 {
            inverse = inverse.wrapping_mul(2_i64.wrapping_sub(odd.wrapping_mul(inverse)));
            step += 1;
        }
        inverses[of] = (inverse, twos);
        of += 1;
    }
    inverses
};
