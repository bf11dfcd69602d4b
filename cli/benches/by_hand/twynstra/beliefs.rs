//! Which form each party believes it is in.

use super::super::verdict::{Truth, Verdict};
use super::Choice;
use super::tally::Form;

/// What the parties believe together.
pub(super) struct Beliefs<'a> {
    each: &'a [Choice],
    has_parties: bool,
    /// The belief of those who answered, if all of these have the same.
    pub(super) same: Choice,
    differ: bool,
    open: bool,
}

impl<'a> Beliefs<'a> {
    pub(super) fn new(each: &'a [Choice], has_parties: bool) -> Self {
        let mut known = each.iter().flatten();
        let first = known.next().copied();
        let differ = known.any(|belief| Some(*belief) != first);
        Self { each, has_parties, same: first.filter(|_| !differ), differ, open: each.contains(&None) }
    }

    /// Whether one believes in another form. Without parties there is nobody to ask it of.
    pub(super) fn any_other_than(&self, form: u8) -> Verdict {
        if !self.has_parties {
            return Verdict::new(Truth::Undefined, false, true);
        }
        Verdict::any(self.each.iter().map(|belief| Verdict::of(belief.map(|belief| belief != form))))
    }

    /// Whether two believe different things.
    pub(super) fn any_differ(&self) -> Verdict {
        let now = match self {
            Self { has_parties: false, .. } => Truth::Undefined,
            Self { differ: true, .. } => Truth::Yes,
            Self { open: true, .. } => Truth::Undecided,
            _ => Truth::No,
        };
        Verdict::new(now, self.could_differ(), !self.differ)
    }

    pub(super) fn could_differ(&self) -> bool {
        self.differ || (self.open && self.each.len() > 1)
    }

    /// What they agree on can become: a bit for each.
    pub(super) fn could(&self) -> u8 {
        if self.differ { 0 } else { self.same.map_or(0b1_1111, |same| 1 << same) }
    }

    /// Whether all believe in the form that comes out, and whether all believe in another one.
    pub(super) fn against(&self, form: Form) -> (Verdict, Verdict) {
        let now = self.same.zip(form.now).map(|(same, form)| same == form);
        let truth = |now: Option<bool>| if self.differ { Truth::Undefined } else { now.into() };
        let (same, could) = (self.could() & form.could != 0, self.could());
        let other = could != 0 && !(could == form.could && could.is_power_of_two());
        let differ = self.could_differ();
        (
            Verdict::new(truth(now), same, differ || other),
            Verdict::new(truth(now.map(|same| !same)), other, differ || same),
        )
    }
}
