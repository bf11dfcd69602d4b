//! How each expression is worked out, before it is known where it stands.

use super::{Does, Fact, Holds, Match};
use crate::condition::{ExprId, Value};
use crate::number::Number;

/// How one expression is worked out, or something on the way to it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) expr: ExprId,
    /// The expression that it is worked out for, or on the way to.
    pub(super) of: ExprId,
    pub(super) holds: Holds,
    pub(super) instruction: Instruction,
    /// As in [`super::Batch::settles`].
    pub(super) settles: bool,
}

/// What is to be done, and to what.
#[derive(Debug, Clone)]
pub(super) enum Instruction {
    /// A fixed value.
    Fixed(Value),
    /// What the profile says.
    Leaf(Read),
    /// To one part.
    One(Does, ExprId),
    /// To two parts.
    Pair(Does, [ExprId; 2]),
    /// To any number of parts; `with` as in [`super::Slice`].
    Many { does: Does, parts: Vec<ExprId>, with: [i64; 2] },
    /// The level of a number, by the upper bounds.
    Level(ExprId, Vec<Number>),
    /// The number of a level, by the place of that.
    Valued(ExprId, Vec<Number>),
    /// The portrait that fits best, by how far the traits show.
    Leading(Vec<ExprId>, Match),
    /// A comparison with a fixed value; `with_one` as in [`super::Truths::equal`].
    Test { does: Does, part: ExprId, bound: Value, with_one: bool },
    /// Whether an option is one of these, a bit for each.
    Among(ExprId, i64),
    /// The same as a part.
    Same(ExprId),
}

/// A fact, and what it can come to while it is open.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) fact: Fact,
    /// Its values, lowest first where there is an order.
    pub(super) domain: Vec<Value>,
    /// Whether these are all.
    pub(super) listed: bool,
    /// The lowest and highest, where the domain is too large to be listed.
    pub(super) ends: Option<(Value, Value)>,
    /// Whether it can also come to no value.
    pub(super) lacks: bool,
    pub(super) by_party: bool,
}

/// What is known of a register before there is a profile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) holds: Holds,
    /// How many units make its numbers whole.
    pub(super) units: i64,
    /// No number in it is larger, nor a sum on the way to one, below nought as above it; rounded up.
    pub(super) largest: i64,
    /// Whether it is worked out only where the profile names no parties.
    pub(super) alone: bool,
    /// Whether it is a leaf.
    pub(super) leaf: bool,
    /// Whether `units` do so; otherwise its numbers are as a profile has them, and cannot be divided.
    pub(super) whole: bool,
}

impl Known {
    pub(super) const TRUTH: Self =
        Self { holds: Holds::Truth, units: 1, largest: 1, alone: false, leaf: false, whole: true };
    pub(super) const OPTION: Self = Self { holds: Holds::Option, ..Self::TRUTH };
    pub(super) const NUMBER: Self = Self { holds: Holds::Number, ..Self::TRUTH };

    /// Of numbers that can be no further from nought than these.
    pub(super) fn numbers(largest: &[Number], units: i64) -> Option<Self> {
        let up =
            |number: &Number| number.units(number.denominator())?.checked_abs()?.checked_add(number.denominator() - 1);
        let whole = largest.iter().map(|number| Some(up(number)? / number.denominator()));
        let largest = whole.collect::<Option<Vec<i64>>>()?.into_iter().max()?;
        Some(Self { units, largest, ..Self::NUMBER })
    }
}

impl Instruction {
    pub(super) fn many(does: Does, parts: &[ExprId]) -> Self {
        Self::Many { does, parts: parts.to_vec(), with: [0; 2] }
    }

    pub(super) const fn does(&self) -> Option<Does> {
        match self {
            Self::Fixed(_) | Self::Leaf(_) | Self::Same(_) => None,
            Self::Pair(does, ..) | Self::One(does, _) | Self::Many { does, .. } | Self::Test { does, .. } => {
                Some(*does)
            }
            Self::Level(..) => Some(Does::Level),
            Self::Valued(..) => Some(Does::Valued),
            Self::Leading(..) => Some(Does::Leading),
            Self::Among(..) => Some(Does::Among),
        }
    }

    pub(super) fn reads(&self) -> &[ExprId] {
        match self {
            Self::Fixed(_) | Self::Leaf(_) => &[],
            Self::Pair(_, parts) => parts,
            Self::One(_, part) | Self::Test { part, .. } => std::slice::from_ref(part),
            Self::Level(part, _) | Self::Valued(part, _) | Self::Among(part, _) | Self::Same(part) => {
                std::slice::from_ref(part)
            }
            Self::Many { parts, .. } | Self::Leading(parts, _) => parts,
        }
    }
}
