//! Levels: of a number by cut-offs, by a ladder of steps, by the portrait that leads.

use crate::condition::Value;
use crate::number::Number;
use crate::ruleset::{Aspect, Combine, Missing, Portrait, Tie, TraitMeasure};
use std::cmp::Ordering;

/// What a portrait gathered: traits in halves, and how many apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Gathered {
    /// Two for a trait that holds, one for a trait that holds partly.
    pub(crate) halves: u16,
    /// Traits that apply.
    pub(crate) of: u16,
}

impl Gathered {
    /// The count, or the share of what applies.
    pub(crate) fn measure(self, by: TraitMeasure) -> Option<Number> {
        let held = Number::from(i64::from(self.halves)).over(Number::from(2))?;
        match by {
            TraitMeasure::Count => Some(held),
            TraitMeasure::Share => held.over(Number::from(i64::from(self.of))),
        }
    }
}

/// The level that a number falls in.
pub(crate) fn level_of(aspect: &Aspect, number: Number) -> Value {
    let at = aspect.cut_offs.iter().position(|cut| cut.below.is_none_or(|below| number < below));
    at.and_then(|at| u16::try_from(at).ok()).map_or(Value::Nothing, Value::Option)
}

/// Steps without demands hold when all below them do.
pub(super) fn pass_open_steps(aspect: &Aspect, at: &mut u16, reached: &mut Option<u16>, climbing: bool) {
    let Combine::Ladder(steps) = &aspect.combine else { return };
    while steps.get(usize::from(*at)).is_some_and(|step| step.demands.is_none()) {
        if climbing {
            *reached = Some(*at);
        }
        *at += 1;
    }
}

/// The portraits of a best-match.
pub(crate) fn portraits(aspect: &Aspect) -> &[Portrait] {
    match &aspect.combine {
        Combine::BestMatch { portraits, .. } => portraits,
        _ => &[],
    }
}

/// How far a trait shows, from what it asks in full and in part.
pub(super) fn showing(when: Value, partial: Value) -> Value {
    let number = match (when, partial) {
        (Value::Missing | Value::Nothing, _) => return when,
        (Value::Truth(true), _) => Some(Number::ONE),
        (_, Value::Missing) => return partial,
        (_, Value::Truth(true)) => Number::ONE.over(Number::from(2)),
        _ => Some(Number::ZERO),
    };
    number.map_or(Value::Nothing, Value::Number)
}

/// Counts a trait by whether, or how far, it shows; says whether that is undecided.
fn gather(tally: &mut Gathered, shows: Value, missing: Missing) -> bool {
    tally.halves += match shows {
        Value::Nothing => return false,
        Value::Truth(true) => 2,
        Value::Number(number) if number == Number::ONE => 2,
        Value::Number(number) if number > Number::ZERO => 1,
        _ => 0,
    };
    let undecided = shows == Value::Missing;
    if !undecided || missing == Missing::Lowest {
        tally.of += 1;
    }
    undecided
}

/// What the portraits of a best-match gathered, from the values of its traits.
pub(crate) fn gathered(aspect: &Aspect, values: &[Value]) -> Vec<Gathered> {
    let mut values = values.iter().copied();
    let tallied = |portrait: &Portrait| {
        let mut tally = Gathered::default();
        for shows in values.by_ref().take(portrait.traits.len()) {
            gather(&mut tally, shows, aspect.missing);
        }
        tally
    };
    portraits(aspect).iter().map(tallied).collect()
}

/// Where a best-match stands: who leads of the portraits that are done, and what the next one gathered so far.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(super) struct Race {
    portrait: u16,
    at: u16,
    tally: Gathered,
    lead: Option<Lead>,
    /// Portraits that build on another, and have enough to take its place.
    ready: Vec<u16>,
}

/// The highest measure, and whose it is: that of `mixed` after a tie that gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Lead {
    measure: Number,
    level: u16,
    tie: bool,
}

impl Race {
    /// Before the first trait of a portrait.
    pub(super) fn at(portrait: u16) -> Self {
        Self { portrait, ..Self::default() }
    }

    /// Takes in the next value; says whether a trait is undecided.
    pub(super) fn step(&mut self, aspect: &Aspect, value: Value) -> bool {
        let portraits = portraits(aspect);
        let done = |race: &Self, portrait: &Portrait| portrait.traits.len() <= usize::from(race.at);
        while portraits.get(usize::from(self.portrait)).is_some_and(|portrait| done(self, portrait)) {
            self.close(aspect);
        }
        if usize::from(self.portrait) >= portraits.len() {
            return false;
        }
        self.at += 1;
        gather(&mut self.tally, value, aspect.missing)
    }

    /// Ends a portrait: from here on it only counts who leads.
    pub(super) fn close(&mut self, aspect: &Aspect) {
        let Combine::BestMatch { portraits, measure, tie } = &aspect.combine else { return };
        let Some(portrait) = portraits.get(usize::from(self.portrait)) else { return };
        let reached = std::mem::take(&mut self.tally).measure(*measure);
        match (portrait.builds_on, reached) {
            (None, Some(measure)) if measure > Number::ZERO => {
                let own = Lead { measure, level: self.portrait, tie: false };
                self.lead = ahead(self.lead, Some(own), *tie, portraits.len());
            }
            (Some((_, least)), Some(measure)) if measure >= least => self.ready.push(self.portrait),
            _ => {}
        }
        (self.portrait, self.at) = (self.portrait + 1, 0);
    }

    /// This one, in which portraits are closed, and then another that went through the portraits that follow.
    pub(super) fn then(&self, aspect: &Aspect, next: &Self) -> Self {
        let Combine::BestMatch { portraits, tie, .. } = &aspect.combine else { return next.clone() };
        let lead = ahead(self.lead, next.lead, *tie, portraits.len());
        let ready = self.ready.iter().chain(&next.ready).copied().collect();
        Self { lead, ready, ..next.clone() }
    }

    /// The place of the leading portrait; that of `mixed` after a tie that gives it.
    pub(super) fn leader(mut self, aspect: &Aspect) -> Option<u16> {
        let portraits = portraits(aspect);
        while usize::from(self.portrait) < portraits.len() {
            self.close(aspect);
        }
        let lead = self.lead?;
        let builds_on = |level: u16| portraits[usize::from(level)].builds_on.map(|(base, _)| base);
        let takes_over = |leader: u16, ready: u16| {
            if builds_on(ready) == Some(usize::from(leader)) { ready } else { leader }
        };
        Some(if lead.tie { lead.level } else { self.ready.into_iter().fold(lead.level, takes_over) })
    }
}

/// Which of two leads, the first of them with the earlier portraits.
fn ahead(first: Option<Lead>, second: Option<Lead>, tie: Tie, mixed: usize) -> Option<Lead> {
    let (Some(a), Some(b)) = (first, second) else { return first.or(second) };
    Some(match a.measure.cmp(&b.measure) {
        Ordering::Greater => a,
        Ordering::Less => b,
        Ordering::Equal if tie == Tie::Mixed => {
            Lead { level: u16::try_from(mixed).unwrap_or(u16::MAX), tie: true, ..a }
        }
        Ordering::Equal => Lead { tie: true, ..a },
    })
}
