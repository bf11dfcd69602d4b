//! Today's arrangement against the form that comes out.

use super::super::verdict::{Truth, Verdict};
use super::{Choice, NONE};

/// The forms that come out of two answers: now, and a bit for each that still can.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub(super) now: Choice,
    pub(super) could: u8,
}

impl Form {
    pub(super) fn is(self, form: u8) -> Verdict {
        Verdict::new(self.now.map(|now| now == form), self.could & 1 << form != 0, self.could != 1 << form)
    }

    pub(super) fn is_another_than(self, form: u8) -> Verdict {
        Verdict::new(self.now.map(|now| now != form), self.could != 1 << form, self.could & 1 << form != 0)
    }

    pub(super) fn each(self) -> impl Iterator<Item = usize> {
        (0..4).filter(move |form| self.could & 1 << form != 0)
    }
}

/// How many of the thirteen principles are known to belong to each form, or not to be arranged.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) of: [i64; 5],
    pub(super) known: i64,
}

impl Tally {
    pub(super) const ALL: i64 = 13;

    pub(super) fn new(arranged: &[Choice]) -> Self {
        let mut tally = Self::default();
        for form in arranged.iter().flatten() {
            tally.of[usize::from(*form)] += 1;
            tally.known += 1;
        }
        tally
    }

    pub(super) fn open(self) -> i64 {
        Self::ALL - self.known
    }

    pub(super) fn not_arranged(self) -> i64 {
        self.of[usize::from(NONE)]
    }

    /// How many are known to belong to another form.
    pub(super) fn other_than(self, form: usize) -> i64 {
        self.known - self.of[form] - self.not_arranged()
    }

    /// Whether most belong to a form.
    pub(super) fn mostly(self, form: usize) -> Verdict {
        let count = self.of[form];
        let now = (self.known > 0).then(|| 2 * count > self.known);
        Verdict::new(now, 2 * (count + self.open()) > Self::ALL, 2 * count <= Self::ALL)
    }

    /// Whether all belong to the form that comes out.
    pub(super) fn pure(self, form: Form) -> Verdict {
        let now = match form.now.map(|form| self.of[usize::from(form)]) {
            Some(count) if count < self.known => Truth::No,
            Some(Self::ALL) => Truth::Yes,
            _ => Truth::Undecided,
        };
        let can_hold = form.each().any(|form| self.of[form] == self.known);
        Verdict::new(now, can_hold, now != Truth::Yes)
    }

    /// Whether some belong to another form than the one that comes out.
    pub(super) fn mixed(self, form: Form) -> Verdict {
        let now = match form.now.map(|form| self.other_than(usize::from(form))) {
            Some(1..) => Truth::Yes,
            _ if self.not_arranged() == Self::ALL => Truth::No,
            Some(_) if self.open() == 0 => Truth::No,
            _ => Truth::Undecided,
        };
        let can_hold = self.open() > 0 || form.each().any(|form| self.other_than(form) > 0);
        Verdict::new(now, can_hold, form.each().any(|form| self.other_than(form) == 0))
    }

    /// Whether some are arranged and others are not.
    pub(super) fn partly(self) -> Verdict {
        let (low, high) = (self.not_arranged(), self.not_arranged() + self.open());
        let now = (self.known > 0).then(|| (1..self.known).contains(&low));
        Verdict::new(now, low.max(1) <= high.min(Self::ALL - 1), low == 0 || high == Self::ALL)
    }

    pub(super) fn nothing_arranged(self) -> Verdict {
        let count = self.not_arranged();
        let now = (self.known > 0).then_some(count == self.known);
        Verdict::new(now, count + self.open() == Self::ALL, count < Self::ALL)
    }

    /// A count that is settled: the same for every form that can come out.
    pub(super) fn settled(self, form: Form, count: impl Fn(usize) -> i64) -> Option<i64> {
        let mut counts = form.each().map(count);
        let first = counts.next().filter(|_| self.open() == 0)?;
        counts.all(|other| other == first).then_some(first)
    }
}
