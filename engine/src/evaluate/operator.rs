//! What an expression does with the values that it reads: one step for each, then a result.
//!
//! The same steps serve what is answered now, where a value may be missing, and completions, where sets of
//! states are carried along instead of one. So there is one place that says what a mean or a ladder is.

use crate::assessment::Comparison;
use crate::condition::{Arithmetic, Fold, Value};
use crate::number::Number;
use crate::ruleset::{Aspect, Combine, Met, Missing, Outcome, Pick, Portrait, Tie, TraitMeasure};
use std::cell::Cell;

/// How children that count as met become a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tally {
    /// Met / applicable.
    Share,
    /// 1 where all are met.
    All,
    /// 1 where one is met.
    Any,
}

/// What an expression does with what it reads.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Operator<'a> {
    /// Numbers put together, by weight where there are weights.
    Numbers { fold: Fold, weights: Option<&'a [Number]>, missing: Missing, clamp: Option<Number> },
    /// Children that are met or not.
    Met { tally: Tally, from: &'a [Option<Met>], missing: Missing, clamp: Option<Number> },
    /// Parties' answers that must be equal.
    Agree,
    /// The lowest or highest of parties' levels.
    Levels(Fold),
    /// The highest step of a ladder.
    Ladder(&'a Aspect),
    /// The portrait that most traits belong to.
    Portraits(&'a Aspect),
    /// The level that a number falls in.
    CutOffs(&'a Aspect),
    /// The number of a level.
    LevelNumber(&'a Aspect),
    /// How many conditions hold.
    Count,
    /// What share of conditions holds.
    Share,
    /// All hold.
    And,
    /// One holds.
    Or,
    /// It does not hold.
    Not,
    /// A comparison.
    Compare(Comparison),
    /// One of these options.
    OneOf(&'a [u16]),
    /// Contains this option.
    Has(u16),
    /// Arithmetic.
    Arithmetic(Arithmetic),
    /// Highest minus lowest.
    Spread,
    /// A typing.
    Typing(&'a Outcome),
    /// The one value that is read.
    Same,
}

/// Where an operator stands after some of its steps.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct State {
    body: Body,
    missing: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Body {
    Total { sum: Number, weight: Number },
    Extreme(Option<Number>),
    Extent { low: Number, high: Number, known: u32 },
    Tally { yes: u32, of: u32 },
    Kleene { yes: bool, no: bool, nothing: bool },
    Agree { value: Option<Value>, differs: bool },
    Ladder { at: u16, reached: Option<u16>, climbing: bool },
    Portraits { tallies: Vec<Gathered>, portrait: u16, at: u16, when: Option<Value> },
    First { at: u16, found: Option<u16>, blocked: bool },
    Best { at: u16, best: Option<(Number, u16)>, tie: bool },
    Values(Option<Value>, Option<Value>),
}

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

/// Numbers that could not be kept exactly make this true; the evaluation is then refused as a whole.
pub(crate) type Overflow = Cell<bool>;

fn kept(number: Option<Number>, overflow: &Overflow) -> Number {
    number.unwrap_or_else(|| {
        overflow.set(true);
        Number::ZERO
    })
}

impl Operator<'_> {
    /// What missing values do.
    pub(crate) fn missing(&self) -> Missing {
        match self {
            Self::Numbers { missing, .. } | Self::Met { missing, .. } => *missing,
            Self::Ladder(aspect) | Self::Portraits(aspect) => aspect.missing,
            Self::Count => Missing::Settled,
            _ => Missing::Skip,
        }
    }

    /// Whether it takes in something else than the values that are read; see [`super::evaluation::Evaluation::projected`].
    pub(crate) const fn projects(&self) -> bool {
        matches!(self, Self::Numbers { .. } | Self::Met { .. } | Self::Levels(_))
    }

    /// What it comes to on these values, each already projected.
    pub(crate) fn over(&self, values: impl Iterator<Item = Value>, overflow: &Overflow) -> Value {
        // All arms are the same. An operator that is named is known where it is compiled, and its steps become a
        // short loop without the states of the others; that makes the common ones several times as fast.
        match *self {
            Self::And => Self::And.through(values, overflow),
            Self::Or => Self::Or.through(values, overflow),
            Self::Not => Self::Not.through(values, overflow),
            Self::Same => Self::Same.through(values, overflow),
            Self::Compare(comparison) => Self::Compare(comparison).through(values, overflow),
            Self::OneOf(options) => Self::OneOf(options).through(values, overflow),
            Self::Numbers { fold: Fold::Mean, weights: None, missing, clamp } => {
                Self::Numbers { fold: Fold::Mean, weights: None, missing, clamp }.through(values, overflow)
            }
            other => other.through(values, overflow),
        }
    }

    #[inline(always)]
    fn through(&self, values: impl Iterator<Item = Value>, overflow: &Overflow) -> Value {
        let mut state = self.start();
        for (at, value) in values.enumerate() {
            self.step(&mut state, at, value, overflow);
        }
        self.finish(state, overflow)
    }

    /// The state before the first step.
    #[inline(always)]
    pub(crate) fn start(&self) -> State {
        let body = match self {
            Self::Numbers { fold: Fold::Mean | Fold::Sum, .. } => {
                Body::Total { sum: Number::ZERO, weight: Number::ZERO }
            }
            Self::Numbers { .. } | Self::Levels(_) => Body::Extreme(None),
            Self::Met { .. } | Self::Count | Self::Share => Body::Tally { yes: 0, of: 0 },
            Self::Agree => Body::Agree { value: None, differs: false },
            Self::Ladder(_) => Body::Ladder { at: 0, reached: None, climbing: true },
            Self::Portraits(aspect) => {
                let portraits = portraits(aspect).len();
                Body::Portraits { tallies: vec![Gathered::default(); portraits], portrait: 0, at: 0, when: None }
            }
            Self::And | Self::Or => Body::Kleene { yes: false, no: false, nothing: false },
            Self::Spread => Body::Extent { low: Number::ZERO, high: Number::ZERO, known: 0 },
            Self::Typing(Outcome { pick: Pick::First, .. }) => Body::First { at: 0, found: None, blocked: false },
            Self::Typing(_) => Body::Best { at: 0, best: None, tie: false },
            _ => Body::Values(None, None),
        };
        State { body, missing: false }
    }

    /// Takes in value number `at`, already projected.
    #[inline(always)]
    pub(crate) fn step(&self, state: &mut State, at: usize, value: Value, overflow: &Overflow) {
        match &mut state.body {
            Body::Ladder { .. } | Body::Portraits { .. } => self.level_step(state, value),
            Body::Values(first, second) => {
                if first.is_none() {
                    *first = Some(value)
                } else {
                    *second = Some(value)
                }
            }
            Body::First { at, found, blocked } => {
                if found.is_none() && !*blocked {
                    match value {
                        Value::Truth(true) => *found = Some(*at),
                        Value::Missing => *blocked = true,
                        _ => {}
                    }
                }
                *at += 1;
            }
            Body::Best { at, best, tie } => {
                match (value, *best) {
                    (Value::Number(number), Some((highest, _))) if number == highest => *tie = true,
                    (Value::Number(number), highest) if highest.is_none_or(|(highest, _)| number > highest) => {
                        (*best, *tie) = (Some((number, *at)), false);
                    }
                    (Value::Missing, _) => state.missing = true,
                    _ => {}
                }
                *at += 1;
            }
            Body::Kleene { yes, no, nothing } => match value {
                Value::Truth(true) => *yes = true,
                Value::Truth(false) => *no = true,
                Value::Missing => state.missing = true,
                _ => *nothing = true,
            },
            _ if value == Value::Missing => state.missing = true,
            Body::Agree { value: known, differs } => match *known {
                _ if value == Value::Nothing => {}
                None => *known = Some(value),
                Some(first) => *differs |= first != value,
            },
            Body::Tally { yes, of } => {
                if let Value::Truth(held) = value {
                    *yes += u32::from(held);
                    *of += 1;
                }
            }
            body => {
                if let Value::Number(number) = value {
                    self.number_step(body, at, number, overflow);
                }
            }
        }
    }

    fn number_step(&self, body: &mut Body, at: usize, number: Number, overflow: &Overflow) {
        match body {
            Body::Total { sum, weight } => {
                let (value, own) = match self {
                    Self::Numbers { weights: Some(weights), .. } => {
                        let own = weights.get(at).copied().unwrap_or(Number::ONE);
                        (kept(number.times(own), overflow), own)
                    }
                    _ => (number, Number::ONE),
                };
                *sum = kept(sum.plus(value), overflow);
                *weight = kept(weight.plus(own), overflow);
            }
            Body::Extreme(known) => {
                let lowest = matches!(self, Self::Numbers { fold: Fold::Min, .. } | Self::Levels(Fold::Min));
                let better = known.is_none_or(|known| if lowest { number < known } else { number > known });
                if better {
                    *known = Some(number);
                }
            }
            Body::Extent { low, high, known } => {
                (*low, *high) = if *known == 0 { (number, number) } else { ((*low).min(number), (*high).max(number)) };
                *known += 1;
            }
            _ => {}
        }
    }

    fn level_step(&self, state: &mut State, value: Value) {
        match (self, &mut state.body) {
            (Self::Ladder(aspect), Body::Ladder { at, reached, climbing }) => {
                pass_open_steps(aspect, at, reached, *climbing);
                match value {
                    Value::Truth(true) if *climbing => *reached = Some(*at),
                    Value::Missing => {
                        state.missing = true;
                        *climbing &= aspect.missing != Missing::Lowest;
                    }
                    Value::Truth(true) => {}
                    _ => *climbing = false,
                }
                *at += 1;
            }
            (Self::Portraits(aspect), Body::Portraits { tallies, portrait, at, when }) => {
                let portraits = portraits(aspect);
                while portraits.get(usize::from(*portrait)).is_some_and(|one| one.traits.len() <= usize::from(*at)) {
                    (*portrait, *at) = (*portrait + 1, 0);
                }
                let Some(one) = portraits.get(usize::from(*portrait)) else { return };
                let Some(item) = one.traits.get(usize::from(*at)) else { return };
                if when.is_none() && item.partial.is_some() {
                    *when = Some(value);
                    return;
                }
                let (when, partial) = when.take().map_or((value, None), |when| (when, Some(value)));
                let tally = &mut tallies[usize::from(*portrait)];
                state.missing |= gather(tally, when, partial, aspect.missing);
                *at += 1;
            }
            _ => {}
        }
    }

    /// What it all comes to.
    #[inline(always)]
    pub(crate) fn finish(&self, state: State, overflow: &Overflow) -> Value {
        if state.missing && matches!(self.missing(), Missing::Blocks | Missing::Settled) {
            return Value::Missing;
        }
        let empty = if state.missing { Value::Missing } else { Value::Nothing };
        match (self, state.body) {
            (Self::Numbers { fold, clamp, .. }, Body::Total { sum, weight }) => {
                if weight == Number::ZERO {
                    return empty;
                }
                let number = if *fold == Fold::Mean { kept(sum.over(weight), overflow) } else { sum };
                clamped(number, *clamp)
            }
            (Self::Numbers { clamp, .. }, Body::Extreme(known)) => {
                known.map_or(empty, |number| clamped(number, *clamp))
            }
            (Self::Levels(_), Body::Extreme(known)) => known.and_then(option_of).unwrap_or(empty),
            (Self::Met { tally, clamp, .. }, Body::Tally { yes, of }) => {
                if of == 0 {
                    empty
                } else {
                    clamped(tallied(*tally, yes, of, overflow), *clamp)
                }
            }
            (Self::Count, Body::Tally { yes, .. }) => Value::Number(Number::from(i64::from(yes))),
            (Self::Share, Body::Tally { yes, of }) => {
                if of == 0 {
                    empty
                } else {
                    Value::Number(tallied(Tally::Share, yes, of, overflow))
                }
            }
            (Self::And, Body::Kleene { no: true, .. }) => Value::Truth(false),
            (Self::And, Body::Kleene { nothing: true, .. }) => Value::Nothing,
            (Self::Or, Body::Kleene { yes: true, .. }) => Value::Truth(true),
            (Self::And | Self::Or, Body::Kleene { .. }) if state.missing => Value::Missing,
            (Self::Or, Body::Kleene { nothing: true, .. }) => Value::Nothing,
            (_, Body::Kleene { yes, no, .. }) => {
                if yes || no {
                    Value::Truth(yes)
                } else {
                    Value::Nothing
                }
            }
            (_, Body::Agree { value, differs }) => {
                if differs {
                    Value::Nothing
                } else {
                    value.unwrap_or(empty)
                }
            }
            (_, Body::Extent { low, high, known }) => {
                if known < 2 {
                    empty
                } else {
                    Value::Number(kept(high.minus(low), overflow))
                }
            }
            (Self::Ladder(aspect), Body::Ladder { mut at, mut reached, climbing }) => {
                pass_open_steps(aspect, &mut at, &mut reached, climbing);
                reached.map_or(empty, Value::Option)
            }
            (Self::Portraits(aspect), Body::Portraits { tallies, .. }) => match leading(aspect, &tallies) {
                Some(level) => Value::Option(level),
                None => empty,
            },
            (Self::Typing(outcome), Body::First { found, blocked, .. }) => first(outcome, found, blocked),
            (Self::Typing(outcome), Body::Best { best, tie, .. }) => match best {
                None => empty,
                Some(_) if tie && outcome.pick == Pick::Best(Tie::Mixed) => Value::Option(last(outcome)),
                Some((_, at)) => Value::Option(at),
            },
            (_, Body::Values(first, second)) => self.direct(first, second, overflow),
            _ => empty,
        }
    }

    /// Operators over one or two values.
    fn direct(&self, first: Option<Value>, second: Option<Value>, overflow: &Overflow) -> Value {
        let first = first.unwrap_or(Value::Nothing);
        match self {
            Self::Same => return first,
            Self::Compare(_) | Self::Arithmetic(_) => {}
            _ => match first {
                Value::Missing | Value::Nothing => return first,
                _ => {}
            },
        }
        match (self, first) {
            (Self::Not, Value::Truth(truth)) => Value::Truth(!truth),
            (Self::OneOf(options), Value::Option(option)) => Value::Truth(options.contains(&option)),
            (Self::Has(option), Value::Options(bits)) => Value::Truth(bits >> option & 1 == 1),
            (Self::CutOffs(aspect), Value::Number(number)) => level_of(aspect, number),
            (Self::LevelNumber(aspect), Value::Option(level)) => {
                aspect.levels.get(usize::from(level)).map_or(Value::Nothing, |level| Value::Number(level.value))
            }
            (Self::Compare(_) | Self::Arithmetic(_), first) => {
                let second = second.unwrap_or(Value::Nothing);
                match (first, second) {
                    (Value::Nothing, _) | (_, Value::Nothing) => Value::Nothing,
                    (Value::Missing, _) | (_, Value::Missing) => Value::Missing,
                    _ => self.pair(first, second, overflow),
                }
            }
            _ => Value::Nothing,
        }
    }

    fn pair(&self, first: Value, second: Value, overflow: &Overflow) -> Value {
        match (self, first, second) {
            (Self::Compare(comparison), first, second) => Value::Truth(compare(*comparison, first, second)),
            (Self::Arithmetic(operation), Value::Number(a), Value::Number(b)) => {
                let number = match operation {
                    Arithmetic::Plus => a.plus(b),
                    Arithmetic::Minus => a.minus(b),
                    Arithmetic::Times => a.times(b),
                    Arithmetic::Gap => a.minus(b).and_then(Number::absolute),
                    Arithmetic::Over if b == Number::ZERO => return Value::Nothing,
                    Arithmetic::Over => a.over(b),
                };
                Value::Number(kept(number, overflow))
            }
            _ => Value::Nothing,
        }
    }
}

/// Whether a comparison holds between two values of the same kind.
pub(crate) fn compare(comparison: Comparison, first: Value, second: Value) -> bool {
    match comparison {
        Comparison::Below => first < second,
        Comparison::AtMost => first <= second,
        Comparison::Above => first > second,
        Comparison::AtLeast => first >= second,
        Comparison::Equal => first == second,
        Comparison::NotEqual => first != second,
    }
}

fn clamped(number: Number, clamp: Option<Number>) -> Value {
    Value::Number(clamp.map_or(number, |target| number.min(target)))
}

fn option_of(number: Number) -> Option<Value> {
    number.to_integer().and_then(|at| u16::try_from(at).ok()).map(Value::Option)
}

fn tallied(tally: Tally, yes: u32, of: u32, overflow: &Overflow) -> Number {
    let whole = |holds: bool| if holds { Number::ONE } else { Number::ZERO };
    match tally {
        Tally::Share => kept(Number::from(i64::from(yes)).over(Number::from(i64::from(of))), overflow),
        Tally::All => whole(yes == of),
        Tally::Any => whole(yes > 0),
    }
}

fn last(outcome: &Outcome) -> u16 {
    u16::try_from(outcome.ids.len().saturating_sub(1)).unwrap_or(u16::MAX)
}

fn first(outcome: &Outcome, found: Option<u16>, blocked: bool) -> Value {
    match found {
        Some(at) => Value::Option(at),
        None if blocked => Value::Missing,
        None if outcome.otherwise => Value::Option(last(outcome)),
        None => Value::Nothing,
    }
}

/// The level that a number falls in.
pub(crate) fn level_of(aspect: &Aspect, number: Number) -> Value {
    let at = aspect.cut_offs.iter().position(|cut| cut.below.is_none_or(|below| number < below));
    at.and_then(|at| u16::try_from(at).ok()).map_or(Value::Nothing, Value::Option)
}

/// Steps without demands hold when all below them do.
fn pass_open_steps(aspect: &Aspect, at: &mut u16, reached: &mut Option<u16>, climbing: bool) {
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
fn gather(tally: &mut Gathered, when: Value, partial: Option<Value>, missing: Missing) -> bool {
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
pub(crate) fn leading(aspect: &Aspect, tallies: &[Gathered]) -> Option<u16> {
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

/// What the portraits of a best-match gathered, from the values of its traits.
pub(crate) fn gathered(aspect: &Aspect, values: &[Value]) -> Vec<Gathered> {
    let operator = Operator::Portraits(aspect);
    let mut state = operator.start();
    for value in values {
        operator.level_step(&mut state, *value);
    }
    match state.body {
        Body::Portraits { tallies, .. } => tallies,
        _ => Vec::new(),
    }
}
