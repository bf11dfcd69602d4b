//! What comes out of conditions and options: the first that holds, what is asked only where a condition holds.

use crate::ruleset::{MISSING, NOTHING, Numbers, Rung, Truths, UNSEEN};

/// The place of the first that holds; missing where that hangs on one that is, and nothing where none holds.
#[inline]
pub(super) fn first(parts: &[u32], read: &[Truths]) -> Numbers {
    let (mut now, mut ends, mut always, mut endless) = (None, None, false, false);
    for (at, part) in (0..).zip(parts) {
        let part = read[*part as usize];
        now = now.or(match part.now() {
            Rung::YES => Some(at),
            Rung::MISSING => Some(MISSING),
            other if other.is_seen() => None,
            _ => Some(UNSEEN),
        });
        // what stands after one that always holds never comes out
        if !always {
            endless |= !part.has_ends();
            if part.high() == Rung::YES {
                ends = Some((ends.map_or(at, |(low, _)| low), at));
            }
            always = part.low() == Rung::YES;
        }
    }
    let now = now.unwrap_or(NOTHING);
    match ends {
        _ if now == UNSEEN || endless => Numbers::without_ends(now),
        Some((low, high)) => Numbers { now, low, high, lacks: !always, loose: false },
        None => Numbers { now, ..Numbers::settled(NOTHING) },
    }
}

/// Whether the first that holds is the one at a place.
#[inline]
pub(super) fn picked(parts: &[u32], read: &[Truths], place: i64) -> Truths {
    let (mut now, mut endless) = (None, false);
    // whether one before it, it, or one after it can hold, and whether one always does
    let (mut can, mut must) = ([false; 3], [false; 3]);
    for (at, part) in (0..).zip(parts) {
        let part = read[*part as usize];
        now = now.or(match part.now() {
            Rung::YES => Some(Rung::of(at == place)),
            other if other == Rung::MISSING || !other.is_seen() => Some(other),
            _ => None,
        });
        endless |= !part.has_ends();
        let side = match at.cmp(&place) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        };
        can[side] |= !part.never_holds();
        must[side] |= part.surely_holds();
    }
    let now = now.unwrap_or(Rung::NOTHING);
    let other = can[0] || (!must[1] && can[2]);
    let none = !must.contains(&true);
    let low = match (must[1] && !can[0], other) {
        (true, _) => Rung::YES,
        (_, true) => Rung::NO,
        _ => Rung::NOTHING,
    };
    let high = match (can[1] && !must[0], none) {
        (true, _) => Rung::YES,
        (_, true) => Rung::NOTHING,
        _ => Rung::NO,
    };
    Truths::between(now, low, high, none).loose_if(endless)
}

/// Whether an option is one of some, a bit for each; `open` is what that comes to while a leaf is open.
#[inline]
pub(super) fn among(option: Numbers, some: i64, open: Truths) -> Truths {
    let within = |option: i64| some >> option & 1 == 1;
    let rung =
        |option: i64| if option > MISSING { Rung::of(within(option)) } else { Rung::compared(option, option, false) };
    let now = rung(option.now);
    let Numbers { low, high, lacks, loose, .. } = option;
    if low == high && low != UNSEEN {
        return Truths::between(now, rung(low), rung(low), lacks).loose_if(loose);
    }
    if option.is_open() && open.has_ends() {
        return open;
    }
    if low <= MISSING {
        return Truths::without_ends(now);
    }
    let (all, any) = ((low..=high).all(within), (low..=high).any(within));
    match (all, any, within(low) == within(high)) {
        (true, ..) => Truths::between(now, Rung::YES, Rung::YES, lacks).loose_if(loose),
        (_, false, _) => Truths::between(now, Rung::NO, Rung::NO, lacks).loose_if(loose),
        (.., false) if !loose => Truths::between(now, Rung::NO, Rung::YES, lacks),
        _ => Truths::without_ends(now),
    }
}

/// A number that is there only where a condition holds.
#[inline]
pub(super) fn number_if_asked(asked_if: Truths, own: Numbers) -> Numbers {
    let when = |rung: Rung, own: i64| match rung {
        _ if own == UNSEEN => own,
        Rung::YES => own,
        Rung::MISSING => MISSING,
        other if other.is_seen() => NOTHING,
        _ => UNSEEN,
    };
    let now = when(asked_if.now(), own.now);
    let (low, high) = (asked_if.low(), asked_if.high());
    if now == UNSEEN {
        return Numbers::UNKNOWN;
    }
    if asked_if.is_settled() {
        let lacks = own.lacks && low == Rung::YES;
        return Numbers { now, low: when(low, own.low), high: when(low, own.high), lacks, loose: own.loose };
    }
    match high {
        Rung::YES if own.low > MISSING && low.is_seen() => Numbers { now, lacks: true, ..own },
        Rung::NOTHING if low.is_seen() => Numbers { now, ..Numbers::settled(NOTHING) },
        _ if own.low > MISSING => Numbers { now, lacks: true, loose: true, ..own },
        _ => Numbers::without_ends(now),
    }
}

/// A condition that is there only where another holds.
#[inline]
pub(super) fn if_asked(asked_if: Truths, own: Truths) -> Truths {
    let when = |rung: Rung, own: Rung| match rung {
        _ if !own.is_seen() => own,
        Rung::YES => own,
        Rung::MISSING => Rung::MISSING,
        other if other.is_seen() => Rung::NOTHING,
        _ => Rung::UNSEEN,
    };
    let now = when(asked_if.now(), own.now());
    let (low, high) = (asked_if.low(), asked_if.high());
    if asked_if.is_settled() {
        let lacks = own.lacks() && low == Rung::YES;
        return Truths::between(now, when(low, own.low()), when(low, own.high()), lacks);
    }
    match high {
        Rung::YES if low.is_seen() => Truths::between(now, own.low(), own.high(), true),
        Rung::NOTHING if low.is_seen() => Truths::between(now, Rung::NOTHING, Rung::NOTHING, true),
        _ => Truths::between(now, own.low(), own.high(), true).loosened(),
    }
}

/// Whether there is an answer to what is asked only where a condition holds; no completion changes it.
#[inline]
pub(super) fn given_if_asked(asked_if: Truths, own: Truths) -> Truths {
    match asked_if.now() {
        _ if !own.now().is_seen() => Truths::UNKNOWN,
        Rung::YES => own,
        Rung::MISSING => Truths::NO,
        other if other.is_seen() => Truths::settled(Rung::NOTHING),
        _ => Truths::UNKNOWN,
    }
}

/// How far a trait shows, by what it asks in full and in part.
#[inline]
pub(super) fn showing(when: Truths, partial: Truths, scale: i64) -> Numbers {
    let showing = |when: Rung, partial: Rung| match (when, partial) {
        (Rung::YES, _) => scale,
        (Rung::MISSING, _) | (Rung::NO, Rung::MISSING) => MISSING,
        (Rung::NOTHING, _) => NOTHING,
        (Rung::NO, Rung::YES) => scale / 2,
        (Rung::NO, partial) if partial.is_seen() => 0,
        _ => UNSEEN,
    };
    let now = showing(when.now(), partial.now());
    if now == UNSEEN {
        return Numbers::UNKNOWN;
    }
    if when.is_settled() && when.low() == Rung::NOTHING {
        return Numbers { now, ..Numbers::settled(NOTHING) };
    }
    let shows = |in_full: bool, in_part: bool| match (in_full, in_part) {
        (true, _) => scale,
        (false, true) => scale / 2,
        _ => 0,
    };
    let low = shows(when.surely_holds(), partial.surely_holds());
    let high = shows(!when.never_holds(), !partial.never_holds());
    let loose = when.lacks() || partial.lacks() || !when.has_ends() || !partial.has_ends();
    Numbers { now, low, high, lacks: when.lacks(), loose }
}
