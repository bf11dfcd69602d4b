//! What the instructions of a batch do.

use super::done::{added, count, level, mean, means, subtracted};
use crate::assessment::Comparison;
use crate::ruleset::{Batch, Does, MISSING, Numbers, Program, Rung, Test, Truths, UNSEEN};
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
        match self.batch.does {
            Does::Compare(comparison) => self.compare(numbers, &mut truths[start..end], comparison),
            Does::Test(comparison) => self.test(numbers, &mut truths[start..end], comparison),
            Does::Limit(comparison) => self.limit(numbers, &mut truths[start..end], comparison),
            Does::Count => {
                let count = |parts: &[u32]| count(parts.iter().map(|part| truths[*part as usize]), self.program.scale);
                self.many(&mut numbers[start..end], count);
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
            Does::Mean if self.complete => self.many(written, |parts| mean(parts, read)),
            Does::Mean => self.many(written, |parts| means(parts, read)),
            _ => {
                let mut bounds = self.program.slices[self.batch.slices..].iter();
                let mut next = || bounds.next().map_or(&[][..], |slice| &self.program.bounds[slice.clone()]);
                self.ones(written, |part| {
                    let bounds = next();
                    read[part].each(|score| level(score, bounds))
                });
            }
        }
    }

    /// Conditions made of conditions that stand before them.
    fn truths(&self, read: &[Truths], written: &mut [Truths]) {
        let all = |all: Truths, part: &u32| all & read[*part as usize];
        let any = |any: Truths, part: &u32| any | read[*part as usize];
        match self.batch.does {
            Does::Both => self.pairs(written, |left, right| read[left] & read[right]),
            Does::Either => self.pairs(written, |left, right| read[left] | read[right]),
            Does::All => self.many(written, |parts| parts.iter().fold(Truths::YES, all)),
            Does::Any => self.many(written, |parts| parts.iter().fold(Truths::NO, any)),
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

    #[inline]
    fn ordered(&self, read: &[Numbers], written: &mut [Truths], falls: bool, holds: impl Fn(i64, i64) -> bool + Copy) {
        if self.complete {
            let compared = |left: i64, right: i64| Truths::settled(Rung::compared(left, right, holds(left, right)));
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
            let Test { number, bound, open } = *test;
            let answer = read[number as usize];
            let answered = Truths::settled(Rung::of(holds(answer.now, bound)));
            *written = if answer.now > MISSING {
                answered
            } else if answer.now == MISSING && answer.low != UNSEEN {
                open
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
            // these are written as comparisons of two numbers
            Comparison::Equal | Comparison::NotEqual => {}
        }
    }

    #[inline]
    fn limits(&self, read: &[Numbers], written: &mut [Truths], falls: bool, holds: impl Fn(i64, i64) -> bool + Copy) {
        let tests = &self.program.tests[self.batch.slices..];
        let write = |(written, test): (&mut Truths, &Test)| {
            let (number, bound) = (read[test.number as usize], test.bound);
            let number = if falls { number } else { number.reversed() };
            *written = if self.complete {
                Truths::settled(Rung::compared(number.now, bound, holds(number.now, bound)))
            } else if number.now.min(number.low) > MISSING {
                let holds = |number: i64| Rung::of(holds(number, bound));
                Truths::new(holds(number.now), holds(number.high), holds(number.low))
            } else {
                Truths::falling(number, Numbers::settled(bound), holds)
            };
        };
        written.iter_mut().zip(tests).for_each(write);
    }

    /// Where each instruction reads one register.
    #[inline]
    fn ones<T>(&self, written: &mut [T], mut each: impl FnMut(usize) -> T) {
        let parts = &self.program.parts[self.batch.parts..];
        written.iter_mut().zip(parts).for_each(|(written, part)| *written = each(*part as usize));
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
    fn many<T>(&self, written: &mut [T], each: impl Fn(&[u32]) -> T) {
        let slices = &self.program.slices[self.batch.slices..];
        let write = |(written, slice): (&mut T, &Range<usize>)| *written = each(&self.program.parts[slice.clone()]);
        written.iter_mut().zip(slices).for_each(write);
    }
}
