//! Which way each leaf pulls what is made of it, whatever the profile.
//!
//! The lowest and the highest that an expression can come to are those of its operator over the ends of its parts, as
//! long as each open leaf pulls one way only. A leaf that pulls two ways *clashes*: while it is open, the ends cannot be
//! trusted. Which leaves clash in which expression is known when a ruleset is loaded.

use super::Does;
use crate::assessment::Comparison;

/// A set of leaves by place, a bit for each.
#[derive(Debug, Clone, Default)]
struct Leaves(Vec<u64>);

impl Leaves {
    fn one(at: u32) -> Self {
        let mut bits = vec![0; at as usize / 64 + 1];
        bits[at as usize / 64] = 1 << (at % 64);
        Self(bits)
    }

    fn add(&mut self, other: &Self) {
        self.add_words(other.0.iter().copied());
    }

    fn add_meeting(&mut self, a: &Self, b: &Self) {
        self.add_words(a.0.iter().zip(&b.0).map(|(a, b)| a & b));
    }

    fn add_words(&mut self, words: impl ExactSizeIterator<Item = u64>) {
        if self.0.len() < words.len() {
            self.0.resize(words.len(), 0);
        }
        self.0.iter_mut().zip(words).for_each(|(mine, word)| *mine |= word);
    }

    fn list(&self) -> impl Iterator<Item = u32> {
        (0..)
            .zip(&self.0)
            .flat_map(|(word, bits)| (0..64).filter(move |at| bits >> at & 1 == 1).map(move |at| word * 64 + at))
    }
}

/// The leaves that an expression goes up with, that it goes down with, that it does either with, and that clash.
#[derive(Debug, Clone, Default)]
pub(super) struct Pulls {
    up: Leaves,
    down: Leaves,
    either: Leaves,
    clash: Leaves,
}

/// Which way an operator goes when a part goes up.
#[derive(Clone, Copy)]
enum Way {
    Up,
    Down,
    Either,
}

impl Way {
    /// The way of what is done with its part number `at`.
    const fn of(does: Does, at: i64, place: i64) -> Self {
        match does {
            Does::Compare(comparison) if at == 1 => Self::compared(comparison.flipped()),
            Does::Compare(comparison) | Does::Test(comparison) | Does::Limit(comparison) | Does::Shared(comparison) => {
                Self::compared(comparison)
            }
            Does::Among | Does::Nought | Does::Distance | Does::First | Does::Leading => Self::Either,
            // whether something is asked takes it away as a whole
            Does::IfAsked | Does::NumberIfAsked if at == 0 => Self::Either,
            Does::Not => Self::Down,
            Does::Subtract if at == 1 => Self::Down,
            Does::Picked if at != place => Self::Down,
            _ => Self::Up,
        }
    }

    /// The way of a comparison with what is left of it.
    const fn compared(comparison: Comparison) -> Self {
        match comparison {
            Comparison::Equal | Comparison::NotEqual => Self::Either,
            Comparison::Below | Comparison::AtMost => Self::Down,
            Comparison::Above | Comparison::AtLeast => Self::Up,
        }
    }
}

impl Pulls {
    /// The leaves that, while open, take away the trust in the ends.
    pub(super) fn clashing(&self) -> impl Iterator<Item = u32> {
        self.clash.list()
    }

    /// Those of a leaf itself. What can also come to no value has that at neither end.
    pub(super) fn of_leaf(at: u32, lacks: bool) -> Self {
        let own = Leaves::one(at);
        if lacks { Self { either: own, ..Self::default() } } else { Self { up: own, ..Self::default() } }
    }

    /// What pulls the result of something that is done, from what pulls its parts; `place` is that of the option that
    /// must come out first.
    pub(super) fn through<'p>(does: Does, place: i64, parts: impl Iterator<Item = &'p Self>) -> Self {
        let mut pulls = Self::default();
        if !does.stays() {
            for (at, part) in (0..).zip(parts) {
                pulls.take(part, Way::of(does, at, place));
            }
        }
        pulls
    }

    fn take(&mut self, part: &Self, way: Way) {
        let none = Leaves::default();
        let mut all = part.either.clone();
        let (up, down, either) = match way {
            Way::Up => (&part.up, &part.down, &part.either),
            Way::Down => (&part.down, &part.up, &part.either),
            Way::Either => {
                all.add(&part.up);
                all.add(&part.down);
                (&none, &none, &all)
            }
        };
        self.clash.add(&part.clash);
        for (mine, theirs) in [
            (&self.up, down),
            (&self.down, up),
            (&self.either, up),
            (&self.either, down),
            (&self.either, either),
            (&self.up, either),
            (&self.down, either),
        ] {
            self.clash.add_meeting(mine, theirs);
        }
        self.up.add(up);
        self.down.add(down);
        self.either.add(either);
    }
}
