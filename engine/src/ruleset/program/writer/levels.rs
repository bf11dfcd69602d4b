//! The instructions for portraits, and for the number of a level.

use super::super::lines::{Instruction, Known};
use super::super::{Does, Holds, Match, Traits};
use super::{LARGEST_SHARE, Writer, Written, lcm};
use crate::condition::{ExprId, Value};
use crate::number::Number;
use crate::ruleset::elements::{Aspect, Missing, Portrait, Tie, TraitMeasure};

/// The most portraits that are held against each other.
const MOST_PORTRAITS: usize = 16;

impl Writer<'_> {
    /// The portrait that fits best, where what is undecided does not leave that undecided.
    pub(super) fn leading(
        &mut self,
        missing: Missing,
        portraits: &[Portrait],
        (measure, tie): (TraitMeasure, Tie),
        traits: &[ExprId],
    ) -> Written {
        let lowest = match missing {
            Missing::Skip => false,
            Missing::Lowest => true,
            Missing::Blocks | Missing::Settled => return None,
        };
        let counts: Vec<usize> = portraits.iter().map(|portrait| portrait.traits.len()).collect();
        if portraits.len() > MOST_PORTRAITS || counts.iter().sum::<usize>() != traits.len() {
            return None;
        }
        let portraits = portraits.iter().map(|portrait| {
            let builds_on = match portrait.builds_on {
                Some((base, least)) => Some((base, least_of(least)?)),
                None => None,
            };
            Some(Traits { count: portrait.traits.len(), builds_on })
        });
        let portraits: Vec<Traits> = portraits.collect::<Option<_>>()?;
        let shows: Vec<ExprId> = traits.iter().map(|part| self.shows(*part)).collect::<Option<_>>()?;
        let matched = Match { portraits, measure, tie, lowest };
        Some((Known::OPTION, Instruction::Leading(shows, matched)))
    }

    /// How far a trait shows that shows in full or not at all.
    fn shows(&mut self, part: ExprId) -> Option<ExprId> {
        match self.known[part.index()]?.holds {
            Holds::Number => Some(part),
            Holds::Truth => {
                let never = self.on_the_way((Known::TRUTH, Instruction::Fixed(Value::Truth(false))))?;
                let known = Known { units: 2, ..Known::NUMBER };
                self.on_the_way((known, Instruction::Pair(Does::Showing, [part, never])))
            }
            Holds::Option => None,
        }
    }

    /// The number of a level, where that goes up with the level.
    pub(super) fn valued(&self, aspect: &Aspect, reads: &[ExprId]) -> Written {
        let [_] = self.all(reads, Holds::Option)?[..] else { return None };
        let values: Vec<Number> = aspect.levels.iter().map(|level| level.value).collect();
        if values.is_empty() || !values.is_sorted() {
            return None;
        }
        let units = values.iter().map(|value| value.denominator()).try_fold(1, lcm)?;
        Some((Known::numbers(&values, units)?, Instruction::Valued(reads[0], values)))
    }
}

/// What a measure must reach, over and under the line.
fn least_of(least: Number) -> Option<[i64; 2]> {
    let under = least.denominator();
    let over = least.units(under)?;
    (under <= LARGEST_SHARE && (-LARGEST_SHARE..=LARGEST_SHARE).contains(&over)).then_some([over, under])
}
