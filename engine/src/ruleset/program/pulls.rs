//! Which way each answer pulls what is made of it, whatever the profile.
//!
//! The lowest and the highest that an expression can come to are those of its operator over the ends of its parts, as
//! long as each open answer pulls one way only. An answer that pulls two ways *clashes*: while it is open, the ends
//! cannot be trusted. Which answers clash in which expression is known when a ruleset is loaded.

use super::Does;
use crate::assessment::Comparison;

/// A set of answers by their registers, a bit for each.
#[derive(Debug, Clone, Default)]
struct Answers(Vec<u64>);

impl Answers {
    fn one(register: u32) -> Self {
        let mut bits = vec![0; register as usize / 64 + 1];
        bits[register as usize / 64] = 1 << (register % 64);
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

/// The answers that an expression goes up with, that it goes down with, that it does either with, and that clash.
#[derive(Debug, Clone, Default)]
pub(super) struct Pulls {
    up: Answers,
    down: Answers,
    either: Answers,
    clash: Answers,
}

/// Which way an operator goes when a part goes up.
#[derive(Clone, Copy)]
enum Way {
    Up,
    Down,
    Either,
}

impl Pulls {
    /// The answers that, while open, take away the trust in the ends.
    pub(super) fn clashing(&self) -> impl Iterator<Item = u32> {
        self.clash.list()
    }

    /// Those of an answer itself.
    pub(super) fn of_answer(register: u32) -> Self {
        Self { up: Answers::one(register), ..Self::default() }
    }

    /// What pulls the result of something that is done, from what pulls its parts.
    pub(super) fn through<'p>(does: Does, parts: impl Iterator<Item = &'p Self>) -> Self {
        let (first, others) = match does {
            Does::Compare(comparison) | Does::Test(comparison) | Does::Limit(comparison) => match comparison {
                Comparison::Below | Comparison::AtMost => (Way::Down, Way::Up),
                Comparison::Above | Comparison::AtLeast => (Way::Up, Way::Down),
                Comparison::Equal | Comparison::NotEqual => (Way::Either, Way::Either),
            },
            Does::Subtract => (Way::Up, Way::Down),
            Does::Not => (Way::Down, Way::Down),
            _ => (Way::Up, Way::Up),
        };
        let mut pulls = Self::default();
        for (at, part) in parts.enumerate() {
            pulls.take(part, if at == 0 { first } else { others });
        }
        pulls
    }

    fn take(&mut self, part: &Self, way: Way) {
        let none = Answers::default();
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
