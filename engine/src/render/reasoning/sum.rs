//! Sums written out, so that they can be done again by hand.
//!
//! A sum is only written when its outcome is the number that it explains; where that is not so (a missing
//! answer that counts as the lowest, a way to combine that is new here) it is named, not pretended.

use super::sentence::is_condition;
use crate::assessment::{Reason, ReasonKind, State};
use crate::number::Number;
use crate::render::words::{self, Language};

/// How the value of an aspect or a calculation comes about; `None` where it rests on nothing.
pub(super) fn sum(reason: &Reason, language: Language) -> Option<String> {
    let way = match reason.kind {
        ReasonKind::Calculation => reason.title.as_str(),
        ReasonKind::Count | ReasonKind::Share | ReasonKind::Comparison => return None,
        _ => reason.combine?,
    };
    let way = way.split(|c: char| c.is_whitespace() || c == ';' || c == ',').next().unwrap_or(way);
    if reason.parts.is_empty() {
        return None;
    }
    let worked_out = reason.value.as_ref().and_then(|value| value.number).and_then(|value| {
        let terms = Terms::of(reason, language);
        let (outcome, words) = terms.work_out(way)?;
        terms.close(way, outcome, value, &words)
    });
    worked_out.or_else(|| {
        let (said, value) = (words::way(way, language)?, reason.value.as_ref().and_then(|value| value.number));
        let target = target(reason).filter(|target| Some(*target) == value);
        Some(target.map_or(said.clone(), |target| format!("{said}; {}", counted_to(target, language))))
    })
}

/// The target that something counts no higher than.
fn target(reason: &Reason) -> Option<Number> {
    let target = reason.parts.iter().find(|part| part.kind == ReasonKind::Target)?;
    target.value.as_ref()?.number
}

fn counted_to(target: Number, language: Language) -> String {
    format!("{} {}", language.say(words::NO_MORE_THAN_TARGET), language.exact(target))
}

/// The numbers of a sum.
struct Terms<'a> {
    reason: &'a Reason,
    numbers: Vec<(Number, Number)>,
    language: Language,
}

impl<'a> Terms<'a> {
    fn of(reason: &'a Reason, language: Language) -> Self {
        let numbers = reason
            .parts
            .iter()
            .filter(|part| part.kind != ReasonKind::Target || reason.kind == ReasonKind::Calculation)
            .filter_map(|part| {
                Some((part.value.as_ref().and_then(|value| value.number)?, part.weight.unwrap_or(Number::ONE)))
            })
            .collect();
        Self { reason, numbers, language }
    }

    /// The outcome, and the sum in words up to that outcome.
    fn work_out(&self, way: &str) -> Option<(Number, String)> {
        match way {
            "mean" => self.mean(),
            "weighted-mean" => self.weighted_mean(),
            "sum" | "+" => self.total().map(|total| (total, self.chain(" + "))),
            "-" | "*" | "/" => self.operation(way),
            "gap" | "spread" => self.distance(),
            "min" | "lowest" => self.extreme(words::LOWEST_OF, self.numbers.iter().map(|(n, _)| *n).min()?),
            "max" | "highest" => self.extreme(words::HIGHEST_OF, self.numbers.iter().map(|(n, _)| *n).max()?),
            "share" => self.share(),
            "all" | "any" => self.yes_or_no(way),
            _ => None,
        }
    }

    /// The sum with its outcome, when that is the value it should explain.
    fn close(&self, way: &str, outcome: Number, value: Number, words: &str) -> Option<String> {
        let words = match way {
            "all" | "any" => format!("{words}, {}", self.language.say(words::so(outcome == Number::ONE))),
            _ if words.is_empty() => self.exact(outcome),
            _ => format!("{words} = {}", self.exact(outcome)),
        };
        if outcome == value {
            Some(self.left_out().map_or(words.clone(), |left_out| format!("{words}; {left_out}")))
        } else if outcome > value && target(self.reason) == Some(value) {
            Some(format!("{words}; {}", counted_to(value, self.language)))
        } else {
            None
        }
    }

    fn exact(&self, number: Number) -> String {
        self.language.exact(number)
    }

    fn written(&self) -> Vec<String> {
        self.numbers.iter().map(|(number, _)| self.exact(*number)).collect()
    }

    fn chain(&self, between: &str) -> String {
        if self.numbers.len() < 2 { String::new() } else { self.written().join(between) }
    }

    fn total(&self) -> Option<Number> {
        self.numbers.iter().try_fold(Number::ZERO, |total, (number, _)| total.plus(*number))
    }

    fn mean(&self) -> Option<(Number, String)> {
        let count = i64::try_from(self.numbers.len()).ok()?;
        let total = self.total()?;
        let head = words::mean_of(self.numbers.len(), self.only_answers(), self.language);
        if count == 1 {
            return Some((total, head));
        }
        let words = format!(
            "{head}: {} = {}, {} {count}",
            self.chain(" + "),
            self.exact(total),
            self.language.say(words::DIVIDED_BY)
        );
        Some((total.over(Number::from(count))?, words))
    }

    fn weighted_mean(&self) -> Option<(Number, String)> {
        let mut total = Number::ZERO;
        let mut weights = Number::ZERO;
        for (number, weight) in &self.numbers {
            total = total.plus(number.times(*weight)?)?;
            weights = weights.plus(*weight)?;
        }
        let products: Vec<String> =
            self.numbers.iter().map(|(n, weight)| format!("{} × {}", self.exact(*weight), self.exact(*n))).collect();
        let language = self.language;
        let words = format!(
            "{}: {} = {}, {} {}",
            language.say(words::WEIGHTED_MEAN),
            products.join(" + "),
            self.exact(total),
            language.say(words::DIVIDED_BY_WEIGHTS),
            self.exact(weights)
        );
        Some((total.over(weights)?, words))
    }

    fn operation(&self, way: &str) -> Option<(Number, String)> {
        let [(left, _), (right, _)] = self.numbers.as_slice() else { return None };
        match way {
            "-" => Some((left.minus(*right)?, self.chain(" − "))),
            "*" => Some((left.times(*right)?, self.chain(" × "))),
            _ => Some((left.over(*right)?, self.chain(" / "))),
        }
    }

    /// The highest minus the lowest.
    fn distance(&self) -> Option<(Number, String)> {
        let low = self.numbers.iter().map(|(number, _)| *number).min()?;
        let high = self.numbers.iter().map(|(number, _)| *number).max()?;
        Some((high.minus(low)?, format!("{} − {}", self.exact(high), self.exact(low))))
    }

    fn extreme(&self, words: words::Phrase, outcome: Number) -> Option<(Number, String)> {
        Some((outcome, format!("{} {}", self.language.say(words), self.language.and(&self.written()))))
    }

    fn share(&self) -> Option<(Number, String)> {
        let (met, all) = self.met()?;
        let outcome = Number::from(met).over(Number::from(all))?;
        Some((outcome, words::met(met, all, self.language)))
    }

    fn yes_or_no(&self, way: &str) -> Option<(Number, String)> {
        let (met, all) = self.met()?;
        let holds = if way == "all" { met == all } else { met > 0 };
        Some((Number::from(i64::from(holds)), words::met(met, all, self.language)))
    }

    /// How many parts hold, of those that can be said to hold or not.
    fn met(&self) -> Option<(i64, i64)> {
        let parts = &self.reason.parts;
        if !parts.iter().all(is_condition) {
            return None;
        }
        let count = |state: State| i64::try_from(parts.iter().filter(|part| part.state == state).count()).ok();
        let (met, failed) = (count(State::Holds)?, count(State::Fails)?);
        Some((met, met + failed))
    }

    fn only_answers(&self) -> bool {
        let mut parts = self.reason.parts.iter().filter(|part| part.kind != ReasonKind::Target);
        parts.all(|part| matches!(part.kind, ReasonKind::Answer))
    }

    /// That parts without a value do not count.
    fn left_out(&self) -> Option<String> {
        let without = |part: &&Reason| part.value.is_none() && !is_condition(part);
        let count = self.reason.parts.iter().filter(without).count();
        (count > 0).then(|| words::left_out(count, self.language))
    }
}
