//! Levels: of a number by cut-offs, by a ladder of steps, by the portrait that leads.

use crate::condition::Value;
use crate::number::Number;
use crate::ruleset::{Aspect, Combine, Missing, Portrait, Tie, TraitMeasure};

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

/// Counts a trait; says whether it is undecided.
pub(super) fn gather(tally: &mut Gathered, when: Value, partial: Option<Value>, missing: Missing) -> bool {
    let undecided = match (when, partial) {
        (Value::Nothing, _) => return false,
        (Value::Truth(true), _) => {
            tally.halves += 2;
            false
        }
        (Value::Missing, _) | (Value::Truth(false), Some(Value::Missing)) => true,
        (_, Some(Value::Truth(true))) => {
            tally.halves += 1;
            false
        }
        _ => false,
    };
    if !undecided || missing == Missing::Lowest {
        tally.of += 1;
    }
    undecided
}

/// The place of the leading portrait; that of `mixed` after a tie that gives it.
pub(super) fn leading(aspect: &Aspect, tallies: &[Gathered]) -> Option<u16> {
    let Combine::BestMatch { portraits, measure, tie } = &aspect.combine else { return None };
    let measures: Vec<Option<Number>> = tallies.iter().map(|tally| tally.measure(*measure)).collect();
    let competing = || measures.iter().enumerate().filter(|(at, _)| portraits[*at].builds_on.is_none());
    let highest = competing().filter_map(|(_, measure)| *measure).max().filter(|highest| *highest > Number::ZERO)?;
    let mut leaders = competing().filter(|(_, measure)| **measure == Some(highest)).map(|(at, _)| at);
    let mut leader = leaders.next()?;
    if leaders.next().is_some() {
        return u16::try_from(if *tie == Tie::Mixed { portraits.len() } else { leader }).ok();
    }
    for (at, portrait) in portraits.iter().enumerate() {
        if let Some((base, least)) = portrait.builds_on
            && base == leader
            && measures[at].is_some_and(|measure| measure >= least)
        {
            leader = at;
        }
    }
    u16::try_from(leader).ok()
}
