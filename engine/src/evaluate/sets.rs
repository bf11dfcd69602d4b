//! Sets of values, as far as they are known.

use crate::condition::Value;
use crate::number::Number;
use std::rc::Rc;

/// The values that something can still have.
///
/// Cheap to copy: longer lists are shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Set {
    /// Only this.
    One(Value),
    /// Truths of a condition, a bit for each.
    Truths(u8),
    /// These, in order, at least two.
    Values(Rc<[Value]>),
    /// Numbers from one to another, and perhaps no value.
    Range { low: Number, high: Number, nothing: bool },
    /// Anything.
    Any,
}

// what a condition can come to in a completion, each with a bit of its own
pub(super) const NO: u8 = 1;
pub(super) const YES: u8 = 2;
pub(super) const NOTHING: u8 = 4;
/// What is not asked in this run stays open in a completion too.
pub(super) const OPEN: u8 = 8;
const EVERY_TRUTH: u8 = NO | YES | NOTHING | OPEN;

/// The truths in each mask.
const LISTED: [&[Value]; 16] = {
    const FALSE: Value = Value::Truth(false);
    const TRUE: Value = Value::Truth(true);
    const NONE: Value = Value::Nothing;
    const OPEN: Value = Value::Missing;
    [
        &[],
        &[FALSE],
        &[TRUE],
        &[FALSE, TRUE],
        &[NONE],
        &[FALSE, NONE],
        &[TRUE, NONE],
        &[FALSE, TRUE, NONE],
        &[OPEN],
        &[FALSE, OPEN],
        &[TRUE, OPEN],
        &[FALSE, TRUE, OPEN],
        &[OPEN, NONE],
        &[FALSE, OPEN, NONE],
        &[TRUE, OPEN, NONE],
        &[FALSE, TRUE, OPEN, NONE],
    ]
};

const fn bit(value: Value) -> u8 {
    match value {
        Value::Truth(false) => NO,
        Value::Truth(true) => YES,
        Value::Missing => OPEN,
        _ => NOTHING,
    }
}

/// A set, and whether it is exact; otherwise every possible value is in it, and perhaps others.
///
/// One value is always exact: something is possible, and nothing else is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Possible {
    pub(crate) set: Set,
    pub(crate) exact: bool,
}

/// Anything, for all that is known.
pub(super) const ANY: Possible = Possible { set: Set::Any, exact: false };

impl Possible {
    pub(crate) const fn one(value: Value) -> Self {
        Self { set: Set::One(value), exact: true }
    }

    /// Yes or no.
    pub(super) const fn either() -> Self {
        Self { set: Set::Truths(NO | YES), exact: true }
    }

    pub(super) const fn truths(mask: u8, exact: bool) -> Self {
        match LISTED[(mask & EVERY_TRUTH) as usize] {
            [only] => Self::one(*only),
            _ => Self { set: Set::Truths(mask), exact },
        }
    }

    pub(super) fn of(values: impl IntoIterator<Item = Value>, exact: bool) -> Self {
        let mut values: Vec<Value> = values.into_iter().collect();
        if values.iter().all(|value| matches!(value, Value::Truth(_) | Value::Missing | Value::Nothing)) {
            return Self::truths(values.into_iter().map(bit).fold(0, |mask, bit| mask | bit), exact);
        }
        values.sort_unstable();
        values.dedup();
        match values.as_slice() {
            [only] => Self::one(*only),
            _ => Self { set: Set::Values(values.into()), exact },
        }
    }

    /// The values one by one; nothing for a range, or where anything is possible.
    pub(crate) fn values(&self) -> Option<&[Value]> {
        match &self.set {
            Set::One(value) => Some(std::slice::from_ref(value)),
            Set::Truths(mask) => Some(LISTED[usize::from(*mask & EVERY_TRUTH)]),
            Set::Values(values) => Some(values),
            Set::Range { .. } | Set::Any => None,
        }
    }

    /// Everything that is in this set or in another.
    pub(super) fn or(self, other: &Self) -> Self {
        let exact = self.exact && other.exact;
        if self.set == other.set {
            return Self { exact, ..self };
        }
        match (self.values(), other.values()) {
            (Some(first), Some(second)) => Self::of(first.iter().chain(second).copied(), exact),
            _ => Self { set: hull(&self, other), exact },
        }
    }

    /// The truths of a condition.
    pub(super) fn mask(&self) -> u8 {
        match &self.set {
            Set::One(value) => bit(*value),
            Set::Truths(mask) => *mask,
            Set::Values(values) => values.iter().map(|value| bit(*value)).fold(0, |mask, bit| mask | bit),
            Set::Range { .. } | Set::Any => EVERY_TRUTH,
        }
    }

    /// The only value, where there is one.
    pub(crate) fn only(&self) -> Option<Value> {
        match &self.set {
            Set::One(value) => Some(*value),
            Set::Range { low, high, nothing: false } if low == high => Some(Value::Number(*low)),
            _ => None,
        }
    }

    /// Whether a value is possible, as far as is known.
    pub(crate) fn has(&self, value: Value) -> bool {
        match (&self.set, value) {
            (Set::One(only), value) => *only == value,
            (Set::Truths(mask), Value::Truth(_) | Value::Missing | Value::Nothing) => mask & bit(value) != 0,
            (Set::Values(values), value) => values.binary_search(&value).is_ok(),
            (Set::Range { low, high, .. }, Value::Number(number)) => *low <= number && number <= *high,
            (Set::Range { nothing, .. }, Value::Nothing) => *nothing,
            (Set::Truths(_) | Set::Range { .. }, _) => false,
            (Set::Any, _) => true,
        }
    }

    /// Whether every value of another set is in this one.
    pub(super) fn covers(&self, other: &Self) -> bool {
        match (&self.set, &other.set) {
            (Set::Any, _) => true,
            (Set::Truths(mine), Set::Truths(theirs)) => theirs & !mine == 0,
            (_, Set::Any) => false,
            (mine, Set::Range { low, high, nothing }) => {
                let ends = self.has(Value::Number(*low)) && self.has(Value::Number(*high));
                matches!(mine, Set::Range { .. }) && ends && (!nothing || self.has(Value::Nothing))
            }
            _ => other.values().is_some_and(|values| values.iter().all(|value| self.has(*value))),
        }
    }

    /// The lowest of some number that is read off the values; nothing where no value has one.
    pub(crate) fn lowest(&self, read: impl Fn(Value) -> Option<Number>) -> Value {
        match &self.set {
            Set::Range { low, .. } => Value::Number(*low),
            _ => {
                let values = self.values().unwrap_or_default();
                values.iter().copied().filter_map(read).min().map_or(Value::Nothing, Value::Number)
            }
        }
    }

    /// Lowest and highest number.
    pub(crate) fn range(&self) -> Option<(Number, Number)> {
        let number = |value: &Value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        };
        match &self.set {
            Set::One(value) => number(value).map(|number| (number, number)),
            Set::Values(values) => {
                let numbers = || values.iter().filter_map(number);
                Some((numbers().min()?, numbers().max()?))
            }
            Set::Range { low, high, .. } => Some((*low, *high)),
            Set::Truths(_) | Set::Any => None,
        }
    }
}

/// A range around two sets of numbers; anything where they are not all numbers.
fn hull(first: &Possible, second: &Possible) -> Set {
    let numeric = |possible: &Possible| match possible.values() {
        Some(values) => values.iter().all(|value| matches!(value, Value::Number(_) | Value::Nothing)),
        None => true,
    };
    match (first.range(), second.range()) {
        (Some((a, b)), Some((c, d))) if numeric(first) && numeric(second) => {
            let nothing = first.has(Value::Nothing) || second.has(Value::Nothing);
            Set::Range { low: a.min(c), high: b.max(d), nothing }
        }
        _ => Set::Any,
    }
}
