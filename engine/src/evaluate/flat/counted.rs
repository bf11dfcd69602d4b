//! Conditions that are counted.

use super::super::operator::compare;
use crate::assessment::Comparison;
use crate::ruleset::{MISSING, NOTHING, Numbers, Rung, Truths};

#[derive(Default)]
struct Counted {
    /// How many hold now, at the lowest and at the highest.
    holds: [i64; 3],
    /// How many have a value now, and how many are missing.
    known: i64,
    missing: i64,
    /// How many have a value in every completion, unless one lacks it.
    of: i64,
    /// Whether one was not worked out now, or at its ends.
    unseen: bool,
    endless: bool,
    /// Whether a completion may leave one without a value.
    lacks: bool,
}

impl Counted {
    #[inline]
    fn of(parts: &[u32], read: &[Truths]) -> Self {
        let mut counted = Self::default();
        for part in parts {
            let part = read[*part as usize];
            let now = part.now();
            let holds = [now == Rung::YES, part.surely_holds(), !part.never_holds()];
            for (count, holds) in counted.holds.iter_mut().zip(holds) {
                *count += i64::from(holds);
            }
            counted.known += i64::from(now == Rung::YES || now == Rung::NO);
            counted.missing += i64::from(now == Rung::MISSING);
            let never = part.is_settled() && part.low() == Rung::NOTHING;
            counted.of += i64::from(!never);
            counted.unseen |= !now.is_seen();
            counted.endless |= !part.has_ends();
            counted.lacks |= part.lacks() && !never;
        }
        counted
    }
}

/// How many hold; missing where one is.
#[inline]
pub(super) fn count(parts: &[u32], read: &[Truths], scale: i64) -> Numbers {
    let Counted { holds: [now, low, high], missing, unseen, endless, .. } = Counted::of(parts, read);
    if unseen {
        return Numbers::UNKNOWN;
    }
    let now = if missing > 0 { MISSING } else { now * scale };
    Numbers { now, low: low * scale, high: high * scale, lacks: false, loose: endless }
}

/// What share holds of those that have a value; missing where none has and one is missing.
#[inline]
pub(super) fn share(parts: &[u32], read: &[Truths], scale: i64) -> Numbers {
    let Counted { holds: [now, low, high], known, missing, of, unseen, endless, lacks } = Counted::of(parts, read);
    if unseen {
        return Numbers::UNKNOWN;
    }
    let now = match (known, missing) {
        (0, 0) => NOTHING,
        (0, _) => MISSING,
        _ => now * scale / known,
    };
    if endless || lacks || of == 0 {
        return Numbers::without_ends(now);
    }
    Numbers { now, low: low * scale / of, high: high * scale / of, lacks: false, loose: false }
}

/// A share compared with a fixed one, over and under the line.
#[inline]
pub(super) fn shared(parts: &[u32], read: &[Truths], comparison: Comparison, [over, under]: [i64; 2]) -> Truths {
    let Counted { holds: [now, low, high], known, missing, of, unseen, endless, lacks } = Counted::of(parts, read);
    if unseen {
        return Truths::UNKNOWN;
    }
    let compared = |held: i64, of: i64| Rung::of(compare(comparison, held * under, over * of));
    let now = match (known, missing) {
        (0, 0) => Rung::NOTHING,
        (0, _) => Rung::MISSING,
        _ => compared(now, known),
    };
    if of == 0 {
        return Truths::without_ends(now);
    }
    // what may lack a value leaves the others a larger share, unless none of them holds
    let loose = endless || lacks;
    if loose && high > 0 {
        return Truths::without_ends(now);
    }
    let (low, high) = match comparison {
        Comparison::Above | Comparison::AtLeast => (low, high),
        Comparison::Below | Comparison::AtMost => (high, low),
        Comparison::Equal | Comparison::NotEqual if low == high => (low, high),
        Comparison::Equal | Comparison::NotEqual => return Truths::without_ends(now),
    };
    Truths::between(now, compared(low, of), compared(high, of), lacks).loose_if(loose)
}
