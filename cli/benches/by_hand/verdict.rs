//! What a condition comes to.

use ketenspiegel_engine::assessment::Certainty;

/// What a condition comes to now, and what it can still come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) now: Truth,
    /// Whether it can come to yes.
    pub(crate) can_hold: bool,
    /// Whether it can come to anything else.
    pub(crate) can_fail: bool,
}

/// In an order in which `and` is the lowest of two and `or` the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    No,
    /// Over something without a value: not asked, or parties that differ.
    Undefined,
    Undecided,
    Yes,
}

impl From<Option<bool>> for Truth {
    fn from(known: Option<bool>) -> Self {
        known.map_or(Self::Undecided, Self::from)
    }
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::Yes } else { Self::No }
    }
}

impl Truth {
    pub(crate) fn and(self, other: Self) -> Self {
        self.min(other)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        self.max(other)
    }
}

impl Verdict {
    pub(crate) fn new(now: impl Into<Truth>, can_hold: bool, can_fail: bool) -> Self {
        Self { now: now.into(), can_hold, can_fail }
    }

    /// Of one answer, which can come out either way while it is open.
    pub(crate) fn of(known: Option<bool>) -> Self {
        Self::new(known, known.unwrap_or(true), !known.unwrap_or(false))
    }

    /// Both, where no open answer pulls them different ways.
    pub(crate) fn and(self, other: Self) -> Self {
        Self::new(self.now.and(other.now), self.can_hold && other.can_hold, self.can_fail || other.can_fail)
    }

    /// Either, where no open answer pulls them different ways.
    pub(crate) fn or(self, other: Self) -> Self {
        Self::new(self.now.or(other.now), self.can_hold || other.can_hold, self.can_fail && other.can_fail)
    }

    /// All of some, where no open answer pulls them different ways.
    pub(crate) fn all(verdicts: impl Iterator<Item = Self>) -> Self {
        verdicts.fold(Self::new(true, true, false), Self::and)
    }

    /// One of some, where no open answer pulls them different ways.
    pub(crate) fn any(verdicts: impl Iterator<Item = Self>) -> Self {
        verdicts.fold(Self::new(false, false, true), Self::or)
    }

    pub(crate) fn certainty(self) -> Option<Certainty> {
        match self {
            Self { can_fail: false, .. } => Some(Certainty::Confirmed),
            Self { now: Truth::Yes, .. } => Some(Certainty::Indicated),
            Self { can_hold: true, .. } => Some(Certainty::Open),
            _ => None,
        }
    }
}
