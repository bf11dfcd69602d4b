//! What stands in a register: what something comes to now, and the lowest and the highest that it can come to.

use super::Holds;
use crate::condition::Value;
use crate::number::Number;
use std::ops::{BitAnd, BitOr};

// in an order in which the lowest of two is what the two come to together, where one has no value
/// Not worked out: the expression is not in the program, or a number did not fit.
pub(crate) const UNSEEN: i64 = -(1 << 54);
/// Without a value.
pub(crate) const NOTHING: i64 = UNSEEN + 1;
/// Unanswered. What is greater is a value.
pub(crate) const MISSING: i64 = UNSEEN + 2;

/// The greatest that a number can be in a register, or a sum on the way to it, below nought as above it.
///
/// It is so far from what is no value that a sum of no more than [`MOST_ADDED`] shows by itself whether all are values.
pub(crate) const LARGEST: i64 = 1 << 52;
/// The most that are added in one instruction.
pub(crate) const MOST_ADDED: usize = 256;

/// A number times the scale of its program, or an option by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// Where it was not worked out, the ends were not either.
    pub(crate) now: i64,
    /// The ends: both [`UNSEEN`], both without a value in the same way, or both a value.
    pub(crate) low: i64,
    pub(crate) high: i64,
    /// Whether it can also come to no value, where the ends do not say so.
    pub(crate) lacks: bool,
    /// Whether the ends need not be reached: it lies between them, and no more is known.
    pub(crate) loose: bool,
}

impl Numbers {
    /// Nothing that can be said here.
    pub(crate) const UNKNOWN: Self = Self::settled(UNSEEN);

    /// The same whatever is answered.
    pub(crate) const fn settled(register: i64) -> Self {
        Self { now: register, low: register, high: register, lacks: false, loose: false }
    }

    /// With ends that cannot be said here.
    pub(crate) const fn without_ends(now: i64) -> Self {
        Self { now, ..Self::UNKNOWN }
    }

    /// Whether it is open; what is not asked has that at both ends.
    pub(crate) const fn is_open(self) -> bool {
        self.now == MISSING && self.low != MISSING
    }

    /// Whether the ends are one, and all that it can come to.
    pub(crate) const fn is_settled(self) -> bool {
        self.low == self.high && self.low != UNSEEN && !self.lacks
    }

    /// Whether every completion makes it what it is now.
    pub(crate) const fn stays(self) -> bool {
        self.is_settled() && self.now == self.low && !self.loose
    }

    /// With the ends the other way round: of something that goes down with it.
    #[inline]
    pub(crate) const fn reversed(self) -> Self {
        Self { low: self.high, high: self.low, ..self }
    }

    /// What goes up with it.
    #[inline]
    pub(crate) fn each(self, each: impl Fn(i64) -> i64) -> Self {
        Self { now: each(self.now), low: each(self.low), high: each(self.high), ..self }
    }

    /// What goes up with both.
    #[inline]
    pub(crate) fn with(self, other: Self, each: impl Fn(i64, i64) -> i64) -> Self {
        Self {
            now: each(self.now, other.now),
            low: each(self.low, other.low),
            high: each(self.high, other.high),
            lacks: self.lacks | other.lacks,
            loose: self.loose | other.loose,
        }
    }

    /// Nought or one, as a condition.
    pub(crate) fn as_truths(self) -> Truths {
        let rung = |number: i64| Rung::compared(number, 1, number == 1);
        Truths::between(rung(self.now), rung(self.low), rung(self.high), self.lacks)
    }

    /// Whether it is a value, now and at its ends, and its ends say all.
    #[inline]
    pub(crate) const fn is_plain(self) -> bool {
        !self.lacks && !self.loose && self.now > MISSING && self.low > MISSING
    }

    /// What is undecided is settled where all completions come to the same. `reached` says that the ends are; where
    /// they are not, more may be settled than can be seen here.
    pub(crate) const fn settle(&mut self, reached: bool) {
        if self.now == MISSING {
            if self.is_settled() {
                self.now = self.low;
            } else if self.low == UNSEEN || self.loose || !reached {
                *self = Self::UNKNOWN;
            }
        }
    }
}

/// A value as a number in a register, a condition as nought or one.
pub(crate) fn encoded(value: Value, scale: i64) -> i64 {
    match value {
        Value::Missing => MISSING,
        Value::Nothing => NOTHING,
        Value::Truth(truth) => i64::from(truth),
        Value::Option(at) => i64::from(at),
        Value::Number(number) => {
            number.units(scale).filter(|units| (-LARGEST..=LARGEST).contains(units)).unwrap_or(UNSEEN)
        }
        Value::Options(_) | Value::Text => UNSEEN,
    }
}

/// A number in a register as a value; nothing where it was not worked out.
pub(crate) fn decoded(register: i64, holds: Holds, scale: i64) -> Option<Value> {
    Some(match (register, holds) {
        (UNSEEN, _) => return None,
        (MISSING, _) => Value::Missing,
        (NOTHING, _) => Value::Nothing,
        (register, Holds::Option) => Value::Option(u16::try_from(register).ok()?),
        (register, Holds::Number) => Value::Number(Number::from(register).over(Number::from(scale))?),
        (_, Holds::Truth) => return None,
    })
}

/// What a condition comes to, as a place on the ladder *no*, *nothing*, *missing*, *yes*, in which `and` is the lowest
/// and `or` the highest. What was not worked out lies anywhere on it.
///
/// Three bits say what it is at least, and three what it is at most: one for each rung that has been climbed. The
/// lowest of two is then the bits that they share, and the highest the bits of either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rung(u32);

impl Rung {
    pub(crate) const NO: Self = Self(0o00);
    pub(crate) const NOTHING: Self = Self(0o11);
    pub(crate) const MISSING: Self = Self(0o33);
    pub(crate) const YES: Self = Self(0o77);
    /// Not worked out.
    pub(crate) const UNSEEN: Self = Self(0o70);

    #[inline]
    pub(crate) const fn of(holds: bool) -> Self {
        if holds { Self::YES } else { Self::NO }
    }

    /// A comparison of two numbers, given whether it holds if both are values.
    #[inline]
    pub(crate) const fn compared(left: i64, right: i64, holds: bool) -> Self {
        match if left < right { left } else { right } {
            UNSEEN => Self::UNSEEN,
            NOTHING => Self::NOTHING,
            MISSING => Self::MISSING,
            _ => Self::of(holds),
        }
    }

    /// As one of the ends. What stays open in every completion lies between no and yes, and would not show when such
    /// conditions are put together; so it is not told at the ends.
    const fn as_end(self) -> Self {
        match self {
            Self::MISSING => Self::UNSEEN,
            other => other,
        }
    }

    /// Whether it was worked out.
    #[inline]
    pub(crate) const fn is_seen(self) -> bool {
        self.0 & 0o7 == self.0 >> 3
    }

    /// Yes where it is that, and no where it is anything else that was worked out.
    pub(crate) const fn only_yes(self) -> Self {
        if self.is_seen() { Self::of(matches!(self, Self::YES)) } else { self }
    }

    /// Three bits for yes as no, for no as yes, and for what lies between them as `neither`.
    const fn turned(bits: u32, neither: u32) -> u32 {
        match bits {
            0 => 7,
            7 => 0,
            _ => neither,
        }
    }

    #[inline]
    const fn not(self) -> Self {
        match self {
            Self::NO => Self::YES,
            Self::YES => Self::NO,
            Self::NOTHING | Self::MISSING => self,
            // from what the highest can come to, to what the lowest can; what is neither yes nor no stays that
            Self(between) => Self(Self::turned(between >> 3, 1) | Self::turned(between & 0o7, 3) << 3),
        }
    }

    /// What it is; nothing where it was not worked out.
    pub(crate) const fn value(self) -> Option<Value> {
        Some(match self {
            Self::NO => Value::Truth(false),
            Self::NOTHING => Value::Nothing,
            Self::MISSING => Value::Missing,
            Self::YES => Value::Truth(true),
            _ => return None,
        })
    }
}

/// A condition: the [`Rung`] where it is now, the lowest and the highest, so that one instruction does all three.
///
/// What comes to no value in a completion lies between no and yes, and would not show when such conditions are put
/// together; so one bit more says whether one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Truths(u32);

/// The bit for no value.
const LACKS: u32 = 1 << 18;

impl Truths {
    /// Nothing that can be said here.
    pub(crate) const UNKNOWN: Self = Self::without_ends(Rung::UNSEEN);
    pub(crate) const YES: Self = Self::settled(Rung::YES);
    pub(crate) const NO: Self = Self::settled(Rung::NO);

    /// Where it is now, and its ends, between which nothing lies without a value.
    #[inline]
    pub(crate) const fn new(now: Rung, low: Rung, high: Rung) -> Self {
        Self(now.0 | low.0 << 6 | high.0 << 12)
    }

    /// The same, and whether it can also come to no value.
    #[inline]
    pub(crate) const fn between(now: Rung, low: Rung, high: Rung, lacks: bool) -> Self {
        let (mut low, mut high) = (low.as_end(), high.as_end());
        if lacks {
            (low, high) = (Rung(low.0 & Rung::NOTHING.0), Rung(high.0 | Rung::NOTHING.0));
        }
        let lacks = lacks || matches!((low, high), (Rung::NOTHING, _) | (_, Rung::NOTHING)) || !low.is_seen();
        Self(Self::new(now, low, high).0 | if lacks { LACKS } else { 0 })
    }

    /// The same whatever is answered.
    #[inline]
    pub(crate) const fn settled(rung: Rung) -> Self {
        Self::between(rung, rung, rung, matches!(rung, Rung::NOTHING))
    }

    /// Yes or no, whatever is answered.
    #[inline]
    pub(crate) const fn of(holds: bool) -> Self {
        Self::only_now(Rung::of(holds))
    }

    /// Where nothing is open, and the ends are not asked for.
    #[inline]
    pub(crate) const fn only_now(rung: Rung) -> Self {
        Self::new(rung, rung, rung)
    }

    /// A comparison that goes down with what is left of it and up with what is right, given when it holds between two
    /// values.
    #[inline]
    pub(crate) fn falling(left: Numbers, right: Numbers, holds: impl Fn(i64, i64) -> bool) -> Self {
        let now = holds(left.now, right.now);
        let (low, high) = (holds(left.high, right.low), holds(left.low, right.high));
        if left.is_plain() && right.is_plain() {
            return Self::new(Rung::of(now), Rung::of(low), Rung::of(high));
        }
        let now = Rung::compared(left.now, right.now, now);
        let end = |holds: bool| Rung::compared(left.low, right.low, holds);
        Self::between(now, end(low), end(high), left.lacks | right.lacks).loose_if(left.loose | right.loose)
    }

    /// The same for one that goes up with what is left of it and down with what is right.
    #[inline]
    pub(crate) fn rising(left: Numbers, right: Numbers, holds: impl Fn(i64, i64) -> bool) -> Self {
        Self::falling(left.reversed(), right.reversed(), holds)
    }

    /// Whether two are equal. With one: an answer with one of the values that it can have, so that both can come.
    pub(crate) fn equal(left: Numbers, right: Numbers, with_one: bool) -> Self {
        let compared = |left: i64, right: i64| Rung::compared(left, right, left == right);
        let now = compared(left.now, right.now);
        let without_value = left.low.min(right.low) <= MISSING;
        let (lacks, loose) = (left.lacks | right.lacks, left.loose | right.loose);
        let one = |number: Numbers| number.low == number.high;
        let at_an_end =
            |fixed: Numbers, other: Numbers| one(fixed) && (fixed.low == other.low || fixed.low == other.high);
        if without_value || (one(left) && one(right)) {
            let both = compared(left.low, right.low);
            Self::between(now, both, both, lacks).loose_if(loose)
        } else if left.high < right.low || right.high < left.low {
            Self::between(now, Rung::NO, Rung::NO, lacks).loose_if(loose)
        } else if !loose && (with_one || at_an_end(left, right) || at_an_end(right, left)) {
            // one side is fixed, and the other is that with one answer and something else with another
            Self::between(now, Rung::NO, Rung::YES, lacks)
        } else {
            Self::without_ends(now)
        }
    }

    /// With ends that cannot be said here.
    #[inline]
    pub(crate) const fn without_ends(now: Rung) -> Self {
        Self(Self::new(now, Rung::UNSEEN, Rung::UNSEEN).0 | LACKS)
    }

    /// Both, where no completion leaves either without a value.
    #[inline]
    pub(crate) const fn and_plain(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// With ends that need not be reached: both lie somewhere between the two.
    #[inline]
    pub(crate) const fn loosened(self) -> Self {
        let between = Rung(self.low().0 & 0o7 | self.high().0 & 0o70);
        Self(Self::new(self.now(), between, between).0 | LACKS)
    }

    /// With ends that need not be reached, where what it is made of has such.
    #[inline]
    pub(crate) const fn loose_if(self, loose: bool) -> Self {
        if loose { self.loosened() } else { self }
    }

    /// Whether no completion makes it yes, as far as is known.
    #[inline]
    pub(crate) const fn never_holds(self) -> bool {
        self.high().0 & 0o40 == 0
    }

    #[inline]
    pub(crate) const fn now(self) -> Rung {
        Rung(self.0 & 0o77)
    }

    #[inline]
    pub(crate) const fn low(self) -> Rung {
        Rung(self.0 >> 6 & 0o77)
    }

    #[inline]
    pub(crate) const fn high(self) -> Rung {
        Rung(self.0 >> 12 & 0o77)
    }

    /// Whether a completion may come to no value.
    #[inline]
    pub(crate) const fn lacks(self) -> bool {
        self.0 & LACKS != 0
    }

    /// Whether the ends are one.
    #[inline]
    pub(crate) const fn is_settled(self) -> bool {
        self.0 >> 12 & 0o77 == self.0 >> 6 & 0o77 && self.low().is_seen()
    }

    /// Whether every completion makes it what it is now.
    pub(crate) const fn stays(self) -> bool {
        self.is_settled() && self.now().0 == self.low().0
    }

    /// Whether it was worked out, with its ends.
    #[inline]
    pub(crate) const fn is_seen(self) -> bool {
        (self.0 ^ self.0 >> 3) & 0o07_07_07 == 0
    }

    /// Whether it was worked out, whether it is yes then, and whether it is that at the lowest: nought or one each, so
    /// that many can be added at once.
    #[inline]
    pub(crate) const fn told(self) -> [u32; 3] {
        let seen = self.is_seen() as u32;
        [seen, seen & (self.0 >> 2), seen & (self.0 >> 8)]
    }

    /// Whether it is yes at the lowest.
    #[inline]
    pub(crate) const fn surely_holds(self) -> bool {
        self.0 & 0o4_00 != 0
    }

    /// Whether it has two ends.
    #[inline]
    pub(crate) const fn is_open(self) -> bool {
        self.has_ends() && !self.is_settled()
    }

    /// Whether both ends were worked out.
    #[inline]
    pub(crate) const fn has_ends(self) -> bool {
        self.low().is_seen() && self.high().is_seen()
    }

    /// As [`Numbers::settle`], where ends that are not reached have been taken away.
    #[inline]
    pub(crate) fn settle(&mut self) {
        if self.now() == Rung::MISSING {
            if self.is_settled() {
                *self = Self::settled(self.low());
            } else if !self.has_ends() {
                *self = Self::between(Rung::UNSEEN, self.low(), self.high(), self.lacks());
            }
        }
    }

    pub(crate) const fn not(self) -> Self {
        Self(Self::new(self.now().not(), self.high().not(), self.low().not()).0 | self.0 & LACKS)
    }
}

impl BitAnd for Truths {
    type Output = Self;

    #[inline]
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0 | (self.0 | other.0) & LACKS)
    }
}

impl BitOr for Truths {
    type Output = Self;

    #[inline]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
