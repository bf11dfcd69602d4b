//! The portrait that fits best, by how far the traits of each show.

use crate::ruleset::{MISSING, Match, NOTHING, Numbers, Tie, TraitMeasure, UNSEEN};
use std::cmp::Ordering;

/// As many as a program has in one match.
const MOST: usize = 16;

/// A measure, over and under the line; without one where no trait applies.
#[derive(Clone, Copy)]
struct Measure {
    over: i64,
    under: i64,
}

/// What a portrait comes to now, and the lowest and highest that it can come to.
#[derive(Clone, Copy)]
struct Fit {
    now: Measure,
    low: Measure,
    high: Measure,
}

impl Measure {
    const NONE: Self = Self { over: 0, under: 0 };

    /// Of so many halves, over so many traits.
    fn of(measure: TraitMeasure, halves: i64, traits: i64) -> Self {
        match measure {
            TraitMeasure::Count => Self { over: halves, under: 2 },
            TraitMeasure::Share => Self { over: halves, under: 2 * traits },
        }
    }

    fn shows(self) -> bool {
        self.under > 0 && self.over > 0
    }

    fn cmp(self, other: Self) -> Ordering {
        (self.over * other.under).cmp(&(other.over * self.under))
    }

    fn reaches(self, [over, under]: [i64; 2]) -> bool {
        self.under > 0 && i128::from(self.over) * i128::from(under) >= i128::from(over) * i128::from(self.under)
    }
}

/// The place of the portrait that leads: after a tie that gives none of them, of what stands after the last.
pub(super) fn leading(parts: &[u32], read: &[Numbers], matched: &Match, scale: i64) -> Numbers {
    let mut fits = [Fit { now: Measure::NONE, low: Measure::NONE, high: Measure::NONE }; MOST];
    let (mut unseen, mut undecided, mut rest) = (false, false, parts);
    for (fit, portrait) in fits.iter_mut().zip(&matched.portraits) {
        let (traits, after) = rest.split_at(portrait.count.min(rest.len()));
        rest = after;
        let mut gathered = Gathered::default();
        traits.iter().for_each(|part| gathered.take(&read[*part as usize], matched.lowest, scale));
        *fit = gathered.fit(matched.measure);
        unseen |= gathered.unseen;
        undecided |= gathered.undecided;
    }
    let fits = &fits[..matched.portraits.len().min(MOST)];
    let now = match leader(matched, fits) {
        _ if unseen => UNSEEN,
        Some(place) => place,
        None if undecided => MISSING,
        None => NOTHING,
    };
    if unseen {
        return Numbers::UNKNOWN;
    }
    let Some((low, high)) = leaders(matched, fits) else { return Numbers { now, ..Numbers::settled(NOTHING) } };
    let lacks = !fits.iter().zip(&matched.portraits).any(|(fit, own)| own.builds_on.is_none() && fit.low.shows());
    Numbers { now, low, high, lacks, loose: low != high }
}

/// The place of the portrait that leads now.
fn leader(matched: &Match, fits: &[Fit]) -> Option<i64> {
    let mut lead: Option<(Measure, usize, bool)> = None;
    for (place, (fit, portrait)) in fits.iter().zip(&matched.portraits).enumerate() {
        if portrait.builds_on.is_some() || !fit.now.shows() {
            continue;
        }
        lead = Some(match lead {
            None => (fit.now, place, false),
            Some((measure, leads, tie)) => match measure.cmp(fit.now) {
                Ordering::Greater => (measure, leads, tie),
                Ordering::Less => (fit.now, place, false),
                Ordering::Equal if matched.tie == Tie::Mixed => (measure, fits.len(), true),
                Ordering::Equal => (measure, leads, true),
            },
        });
    }
    let (_, mut place, tie) = lead?;
    if !tie {
        for (ready, (fit, portrait)) in fits.iter().zip(&matched.portraits).enumerate() {
            if portrait.builds_on.is_some_and(|(base, least)| base == place && fit.now.reaches(least)) {
                place = ready;
            }
        }
    }
    i64::try_from(place).ok()
}

/// The first and the last place that can lead, and perhaps more than can; nothing where none can.
fn leaders(matched: &Match, fits: &[Fit]) -> Option<(i64, i64)> {
    let own = || fits.iter().zip(&matched.portraits).enumerate().filter(|(_, (_, own))| own.builds_on.is_none());
    let mut can = [false; MOST + 1];
    let mut ahead = 0;
    for (place, (fit, _)) in own() {
        let mut against = own().filter(|(_, (theirs, _))| theirs.low.shows());
        let can_tie = fit.high.shows() && !against.clone().any(|(_, (theirs, _))| theirs.low.cmp(fit.high).is_gt());
        let loses_ties = |(other, (theirs, _)): (usize, (&Fit, _))| other < place && theirs.low.cmp(fit.high).is_eq();
        can[place] = can_tie && !(matched.tie == Tie::Lowest && against.any(loses_ties));
        ahead += usize::from(can_tie);
    }
    let can_tie = ahead > 1;
    can[fits.len()] = can_tie && matched.tie == Tie::Mixed;
    for (place, (fit, portrait)) in fits.iter().zip(&matched.portraits).enumerate() {
        if let Some((base, least)) = portrait.builds_on
            && can[base]
            && fit.high.reaches(least)
        {
            can[place] = true;
            can[base] = can_tie || !fit.low.reaches(least);
        }
    }
    let first = can.iter().position(|can| *can)?;
    let last = can.iter().rposition(|can| *can)?;
    i64::try_from(first).ok().zip(i64::try_from(last).ok())
}

/// The traits of one portrait, in halves.
#[derive(Default)]
struct Gathered {
    /// How far they show now, over so many.
    now: (i64, i64),
    low: i64,
    high: i64,
    /// How many apply in every completion.
    of: i64,
    /// How many may be without a value, or were not worked out at their ends.
    loose: i64,
    unseen: bool,
    undecided: bool,
}

impl Gathered {
    fn take(&mut self, part: &Numbers, lowest: bool, scale: i64) {
        let halves = |shows: i64| 2 * shows / scale;
        match part.now {
            UNSEEN => self.unseen = true,
            NOTHING => {}
            MISSING => {
                self.undecided = true;
                self.now.1 += i64::from(lowest);
            }
            shows => self.now = (self.now.0 + halves(shows), self.now.1 + 1),
        }
        match part.low {
            NOTHING => {}
            UNSEEN | MISSING => self.loose += 1,
            _ if part.lacks => self.loose += 1,
            low => {
                self.low += halves(low);
                self.high += halves(part.high);
                self.of += 1;
            }
        }
    }

    fn fit(&self, measure: TraitMeasure) -> Fit {
        let now = Measure::of(measure, self.now.0, self.now.1);
        if self.loose == 0 {
            return Fit {
                now,
                low: Measure::of(measure, self.low, self.of),
                high: Measure::of(measure, self.high, self.of),
            };
        }
        // those that drop out leave the others a larger share, or a smaller one
        let all = self.of + self.loose;
        let high = match measure {
            TraitMeasure::Count => Measure { over: self.high + 2 * self.loose, under: 2 },
            TraitMeasure::Share => Measure { over: 1, under: 1 },
        };
        Fit { now, low: Measure::of(measure, 0, all), high }
    }
}
