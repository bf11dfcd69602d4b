//! What the instructions of a batch do.

use super::chosen::{among, first, given_if_asked, if_asked, number_if_asked, picked, showing};
use super::counted::{count, share, shared};
use super::done::{added, distance, highest, level, lowest, mean, mean_lowest, means, subtracted, sum, valued};
use super::portraits::leading;
use crate::assessment::Comparison;
use crate::ruleset::{Batch, Does, MISSING, NOTHING, Numbers, Program, Rung, Slice, Test, Truths};
use std::ops::Range;

/// A batch that is worked out; every instruction reads what stands before what it writes.
pub(super) struct Run<'p> {
    pub(super) program: &'p Program,
    pub(super) batch: &'p Batch,
    /// Whether nothing is open, so that only what is now counts.
    pub(super) complete: bool,
}

impl Run<'_> {
    /// Does it.
    pub(super) fn over(&self, numbers: &mut [Numbers], truths: &mut [Truths]) {
        let Range { start, end } = self.batch.registers;
        let scale = self.program.scale;
        match self.batch.does {
            Does::Compare(comparison) => self.compare(numbers, &mut truths[start..end], comparison),
            Does::Test(comparison) => self.test(numbers, &mut truths[start..end], comparison),
            Does::Limit(comparison) => self.limit(numbers, &mut truths[start..end], comparison),
            Does::Among => self.among(numbers, &mut truths[start..end]),
            Does::Count => self.many(&mut numbers[start..end], |parts, _| count(parts, truths, scale)),
            Does::Share => self.many(&mut numbers[start..end], |parts, _| share(parts, truths, scale)),
            Does::First => self.many(&mut numbers[start..end], |parts, _| first(parts, truths)),
            Does::Showing => {
                self.pairs(&mut numbers[start..end], |when, partial| showing(truths[when], truths[partial], scale))
            }
            Does::NumberIfAsked => {
                let (read, written) = numbers.split_at_mut(start);
                self.pairs(&mut written[..end - start], |asked_if, own| number_if_asked(truths[asked_if], read[own]));
            }
            _ if self.batch.does.counts() => {
                let (read, written) = numbers.split_at_mut(start);
                self.numbers(read, &mut written[..end - start]);
            }
            _ => {
                let (read, written) = truths.split_at_mut(start);
                self.truths(read, &mut written[..end - start]);
            }
        }
    }

    /// Numbers made of numbers that stand before them.
    fn numbers(&self, read: &[Numbers], written: &mut [Numbers]) {
        match self.batch.does {
            Does::Add => self.pairs(written, |left, right| read[left].with(read[right], added)),
            Does::Subtract => self.pairs(written, |left, right| read[left].with(read[right].reversed(), subtracted)),
            Does::Nought => {
                self.ones(written, |part| read[part].each(|number| if number > MISSING { 0 } else { number }))
            }
            Does::Distance => self.pairs(written, |left, right| distance(read[left], read[right])),
            Does::Mean if self.complete => self.many(written, |parts, _| mean(parts, read)),
            Does::Mean if self.batch.plain => self.many(written, |parts, _| means::<true>(parts, read)),
            Does::Mean => self.many(written, |parts, _| means::<false>(parts, read)),
            Does::MeanLowest => self.many(written, |parts, _| mean_lowest(parts, read)),
            Does::Sum => self.many(written, |parts, _| sum(parts, read)),
            Does::Lowest => self.many(written, |parts, _| lowest(parts, read)),
            Does::Highest => self.many(written, |parts, _| highest(parts, read)),
            Does::Leading => {
                let matches = &self.program.matches;
                let matched = |[at, _]: [i64; 2]| usize::try_from(at).ok().and_then(|at| matches.get(at));
                self.many(written, |parts, at| {
                    matched(at).map_or(Numbers::UNKNOWN, |matched| leading(parts, read, matched, self.program.scale))
                });
            }
            Does::Valued => self.bounded(written, |part, values| read[part].each(|at| valued(at, values))),
            _ => self.bounded(written, |part, bounds| read[part].each(|score| level(score, bounds))),
        }
    }

    /// Conditions made of conditions that stand before them.
    fn truths(&self, read: &[Truths], written: &mut [Truths]) {
        let all = |all: Truths, part: &u32| all & read[*part as usize];
        let all_plain = |all: Truths, part: &u32| all.and_plain(read[*part as usize]);
        let any = |any: Truths, part: &u32| any | read[*part as usize];
        let is_plain = self.batch.plain || self.complete;
        match self.batch.does {
            Does::Both if is_plain => self.pairs(written, |left, right| read[left].and_plain(read[right])),
            Does::Both => self.pairs(written, |left, right| read[left] & read[right]),
            Does::Either => self.pairs(written, |left, right| read[left] | read[right]),
            Does::All if is_plain => self.many(written, |parts, _| parts.iter().fold(Truths::YES, all_plain)),
            Does::All => self.many(written, |parts, _| parts.iter().fold(Truths::YES, all)),
            Does::Any => self.many(written, |parts, _| parts.iter().fold(Truths::NO, any)),
            Does::Shared(comparison) => self.many(written, |parts, share| shared(parts, read, comparison, share)),
            Does::Picked => self.many(written, |parts, [place, _]| picked(parts, read, place)),
            Does::IfAsked => self.pairs(written, |asked_if, own| if_asked(read[asked_if], read[own])),
            Does::GivenIfAsked => self.pairs(written, |asked_if, own| given_if_asked(read[asked_if], read[own])),
            Does::Now => self.ones(written, |part| Truths::settled(read[part].now())),
            Does::Holds => self.ones(written, |part| Truths::settled(read[part].now().only_yes())),
            _ => self.ones(written, |part| read[part].not()),
        }
    }

    /// Comparisons of two numbers.
    fn compare(&self, read: &[Numbers], written: &mut [Truths], comparison: Comparison) {
        match comparison {
            Comparison::Below => self.ordered(read, written, true, |left, right| left < right),
            Comparison::AtMost => self.ordered(read, written, true, |left, right| left <= right),
            Comparison::Above => self.ordered(read, written, false, |left, right| left > right),
            Comparison::AtLeast => self.ordered(read, written, false, |left, right| left >= right),
            Comparison::Equal => self.pairs(written, |left, right| Truths::equal(read[left], read[right], false)),
            Comparison::NotEqual => {
                self.pairs(written, |left, right| Truths::equal(read[left], read[right], false).not());
            }
        }
    }

    /// Whether options are one of some.
    fn among(&self, read: &[Numbers], written: &mut [Truths]) {
        let tests = &self.program.tests[self.batch.slices..];
        written.iter_mut().zip(tests).for_each(|(written, test)| {
            let option = read[test.number as usize];
            *written = among(option, test.bound, test.open);
        });
    }

    #[inline]
    fn ordered(&self, read: &[Numbers], written: &mut [Truths], falls: bool, holds: impl Fn(i64, i64) -> bool + Copy) {
        if self.complete {
            let compared = |left: i64, right: i64| Truths::only_now(Rung::compared(left, right, holds(left, right)));
            self.pairs(written, |left, right| compared(read[left].now, read[right].now));
        } else if falls {
            self.pairs(written, |left, right| Truths::falling(read[left], read[right], holds));
        } else {
            self.pairs(written, |left, right| Truths::rising(read[left], read[right], holds));
        }
    }

    /// Comparisons of an answer with a fixed value.
    fn test(&self, read: &[Numbers], written: &mut [Truths], comparison: Comparison) {
        match comparison {
            Comparison::Below => self.tests(read, written, |answer, bound| answer < bound),
            Comparison::AtMost => self.tests(read, written, |answer, bound| answer <= bound),
            Comparison::Above => self.tests(read, written, |answer, bound| answer > bound),
            Comparison::AtLeast => self.tests(read, written, |answer, bound| answer >= bound),
            Comparison::Equal => self.tests(read, written, |answer, bound| answer == bound),
            Comparison::NotEqual => self.tests(read, written, |answer, bound| answer != bound),
        }
    }

    #[inline]
    fn tests(&self, read: &[Numbers], written: &mut [Truths], holds: impl Fn(i64, i64) -> bool) {
        let tests = &self.program.tests[self.batch.slices..];
        written.iter_mut().zip(tests).for_each(|(written, test)| {
            let Test { number, bound, open, .. } = *test;
            let answer = &read[number as usize];
            *written = if answer.now > MISSING {
                Truths::of(holds(answer.now, bound))
            } else if answer.now == MISSING && answer.low > MISSING {
                open
            } else if answer.now == NOTHING {
                Truths::settled(Rung::NOTHING)
            } else {
                Truths::without_ends(Rung::compared(answer.now, bound, false))
            };
        });
    }

    /// Comparisons of what is made of answers with a fixed value.
    fn limit(&self, read: &[Numbers], written: &mut [Truths], comparison: Comparison) {
        match comparison {
            Comparison::Below => self.limits(read, written, true, |number, bound| number < bound),
            Comparison::AtMost => self.limits(read, written, true, |number, bound| number <= bound),
            Comparison::Above => self.limits(read, written, false, |number, bound| number > bound),
            Comparison::AtLeast => self.limits(read, written, false, |number, bound| number >= bound),
            Comparison::Equal => self.equals(read, written, |truth| truth),
            Comparison::NotEqual => self.equals(read, written, Truths::not),
        }
    }

    #[inline]
    fn limits(&self, read: &[Numbers], written: &mut [Truths], falls: bool, holds: impl Fn(i64, i64) -> bool + Copy) {
        let tests = &self.program.tests[self.batch.slices..];
        let is_plain = self.batch.plain;
        if self.complete {
            written.iter_mut().zip(tests).for_each(|(written, test)| {
                let now = read[test.number as usize].now;
                *written = Truths::only_now(Rung::compared(now, test.bound, holds(now, test.bound)));
            });
            return;
        }
        let write = |(written, test): (&mut Truths, &Test)| {
            let (number, bound) = (&read[test.number as usize], test.bound);
            let (low, high) = if falls { (number.high, number.low) } else { (number.low, number.high) };
            let has_ends = number.now.min(number.low) > MISSING;
            *written = if has_ends && (is_plain || number.is_plain()) {
                let holds = |number: i64| Rung::of(holds(number, bound));
                Truths::new(holds(number.now), holds(low), holds(high))
            } else {
                let number = if falls { *number } else { number.reversed() };
                Truths::falling(number, Numbers::settled(bound), holds)
            };
        };
        written.iter_mut().zip(tests).for_each(write);
    }

    fn equals(&self, read: &[Numbers], written: &mut [Truths], otherwise: impl Fn(Truths) -> Truths) {
        let tests = &self.program.tests[self.batch.slices..];
        written.iter_mut().zip(tests).for_each(|(written, test)| {
            let (number, bound) = (read[test.number as usize], Numbers::settled(test.bound));
            *written = otherwise(Truths::equal(number, bound, test.with_one));
        });
    }

    /// Where each instruction reads one register.
    #[inline]
    fn ones<T>(&self, written: &mut [T], mut each: impl FnMut(usize) -> T) {
        let parts = &self.program.parts[self.batch.parts..];
        written.iter_mut().zip(parts).for_each(|(written, part)| *written = each(*part as usize));
    }

    /// Where each instruction reads one register, and some bounds.
    fn bounded(&self, written: &mut [Numbers], each: impl Fn(usize, &[i64]) -> Numbers) {
        let mut slices = self.program.slices[self.batch.slices..].iter();
        let mut next = || slices.next().map_or(&[][..], |slice| &self.program.bounds[slice.of.clone()]);
        self.ones(written, |part| each(part, next()));
    }

    /// Where each instruction reads two registers.
    #[inline]
    fn pairs<T>(&self, written: &mut [T], each: impl Fn(usize, usize) -> T) {
        let (parts, _) = self.program.parts[self.batch.parts..].as_chunks::<2>();
        let write = |(written, [left, right]): (&mut T, &[u32; 2])| *written = each(*left as usize, *right as usize);
        written.iter_mut().zip(parts).for_each(write);
    }

    /// Where each instruction reads any number of registers.
    #[inline]
    fn many<T>(&self, written: &mut [T], each: impl Fn(&[u32], [i64; 2]) -> T) {
        let slices = &self.program.slices[self.batch.slices..];
        let write = |(written, Slice { of, with }): (&mut T, &Slice)| {
            *written = each(&self.program.parts[of.clone()], *with);
        };
        written.iter_mut().zip(slices).for_each(write);
    }
}
