//! What an expression does with the values that it reads: one step for each, then a result.
//!
//! The same steps serve what is answered now, where a value may be missing, and completions, where sets of
//! states are carried along instead of one. So there is one place that says what a mean or a ladder is.

mod levels;

pub(crate) use levels::{gathered, level_of, portraits};

use crate::assessment::Comparison;
use crate::condition::{Arithmetic, Fold, Value};
use crate::number::Number;
use crate::ruleset::{Aspect, Met, Missing, Outcome, Pick, Portrait, Tie};
use levels::{Race, pass_open_steps, showing};
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
    /// How far a trait shows.
    Showing,
    /// The portrait that most traits belong to.
    Portraits(&'a Aspect),
    /// The level that a number falls in.
    CutOffs(&'a Aspect),
    /// The number of a level.
    LevelNumber { aspect: &'a Aspect, clamp: Option<Number> },
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
    /// It is true, and not merely undefined.
    Fires,
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
    Total(Total),
    Extreme(Option<Number>),
    Extent { low: Number, high: Number, known: u32 },
    Tally { yes: u32, of: u32 },
    Agree { value: Option<Value>, differs: bool },
    Ladder { at: u16, reached: Option<u16>, climbing: bool },
    Portraits(Race),
    First { at: u16, found: Option<u16>, blocked: bool },
    Best { at: u16, best: Option<(Number, u16)>, tie: bool },
    Values(Option<Value>, Option<Value>),
}

/// Numbers so far, and what they weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Total {
    sum: Number,
    weight: Number,
}

impl Default for Total {
    fn default() -> Self {
        Self { sum: Number::ZERO, weight: Number::ZERO }
    }
}

impl Total {
    fn add(&mut self, number: Number, weight: Option<Number>, overflow: &Overflow) {
        let value = weight.map_or(number, |weight| kept(number.times(weight), overflow));
        self.sum = kept(self.sum.plus(value), overflow);
        self.weight = kept(self.weight.plus(weight.unwrap_or(Number::ONE)), overflow);
    }
}

/// The weight of value number `at`; nothing where all weigh the same.
fn own_weight(weights: Option<&[Number]>, at: usize) -> Option<Number> {
    weights.map(|weights| weights.get(at).copied().unwrap_or(Number::ONE))
}

/// Whether all hold: not where one does not, whatever the others are.
fn and(values: impl Iterator<Item = Value>) -> Value {
    let (mut all, mut missing, mut nothing) = (Value::Nothing, false, false);
    for value in values {
        match value {
            Value::Truth(false) => return value,
            Value::Truth(true) => all = value,
            Value::Missing => missing = true,
            _ => nothing = true,
        }
    }
    match (nothing, missing) {
        (true, _) => Value::Nothing,
        (_, true) => Value::Missing,
        _ => all,
    }
}

/// Whether one holds: it does where one does, whatever the others are.
fn or(values: impl Iterator<Item = Value>) -> Value {
    let (mut all, mut missing, mut nothing) = (Value::Nothing, false, false);
    for value in values {
        match value {
            Value::Truth(true) => return value,
            Value::Truth(false) => all = value,
            Value::Missing => missing = true,
            _ => nothing = true,
        }
    }
    match (missing, nothing) {
        (true, _) => Value::Missing,
        (_, true) => Value::Nothing,
        _ => all,
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

    /// What it counts no higher than, where there is such a thing.
    pub(crate) const fn clamp(&self) -> Option<Number> {
        match self {
            Self::Numbers { clamp, .. } | Self::Met { clamp, .. } | Self::LevelNumber { clamp, .. } => *clamp,
            _ => None,
        }
    }

    /// Whether it takes in something else than the values that are read; see [`super::evaluation::Evaluation::projected`].
    pub(crate) const fn projects(&self) -> bool {
        matches!(self, Self::Numbers { .. } | Self::Met { .. } | Self::Levels(_))
    }

    /// What it comes to on these values, each already projected.
    #[inline]
    pub(crate) fn over(&self, mut values: impl Iterator<Item = Value>, overflow: &Overflow) -> Value {
        match self {
            Self::And => and(values),
            Self::Or => or(values),
            Self::Numbers { fold: Fold::Mean | Fold::Sum, weights, .. } => {
                let (mut total, mut missing) = (Total::default(), false);
                for (at, value) in values.enumerate() {
                    match value {
                        Value::Number(number) => total.add(number, own_weight(*weights, at), overflow),
                        value => missing |= value == Value::Missing,
                    }
                }
                self.finish(State { body: Body::Total(total), missing }, overflow)
            }
            _ if self.is_direct() => {
                let first = values.next();
                self.direct(first, values.next(), overflow)
            }
            _ => {
                let mut state = self.start();
                for (at, value) in values.enumerate() {
                    self.step(&mut state, at, value, overflow);
                }
                self.finish(state, overflow)
            }
        }
    }

    /// Whether it looks at one or two values at once.
    const fn is_direct(&self) -> bool {
        matches!(
            self,
            Self::Compare(_)
                | Self::Arithmetic(_)
                | Self::Not
                | Self::OneOf(_)
                | Self::Has(_)
                | Self::CutOffs(_)
                | Self::LevelNumber { .. }
                | Self::Showing
                | Self::Same
        )
    }

    /// The state before the first step.
    pub(crate) fn start(&self) -> State {
        let body = match self {
            Self::Numbers { fold: Fold::Mean | Fold::Sum, .. } => Body::Total(Total::default()),
            Self::Numbers { .. } | Self::Levels(_) => Body::Extreme(None),
            Self::Met { .. } | Self::Count | Self::Share => Body::Tally { yes: 0, of: 0 },
            Self::Agree => Body::Agree { value: None, differs: false },
            Self::Ladder(_) => Body::Ladder { at: 0, reached: None, climbing: true },
            Self::Portraits(_) => Body::Portraits(Race::default()),
            Self::Spread => Body::Extent { low: Number::ZERO, high: Number::ZERO, known: 0 },
            Self::Typing(Outcome { pick: Pick::First, .. }) => Body::First { at: 0, found: None, blocked: false },
            Self::Typing(_) => Body::Best { at: 0, best: None, tie: false },
            _ => Body::Values(None, None),
        };
        State { body, missing: false }
    }

    /// What it goes through separately: as many values each time, with the state before them. The states after them are
    /// put together by [`Operator::then`], which is far less than carrying every one of them through all that follows.
    pub(crate) fn runs(&self, values: usize) -> Vec<(State, usize)> {
        let Self::Portraits(aspect) = self else { return vec![(self.start(), values)] };
        let run = |(at, portrait): (u16, &Portrait)| {
            (State { body: Body::Portraits(Race::at(at)), missing: false }, portrait.traits.len())
        };
        (0..).zip(portraits(aspect)).map(run).collect()
    }

    /// Ends a run.
    pub(crate) fn close(&self, state: &mut State) {
        if let (Self::Portraits(aspect), Body::Portraits(race)) = (self, &mut state.body) {
            race.close(aspect);
        }
    }

    /// The state after two runs that follow each other.
    pub(crate) fn then(&self, first: &State, second: &State) -> State {
        match (self, &first.body, &second.body) {
            (Self::Portraits(aspect), Body::Portraits(a), Body::Portraits(b)) => {
                State { body: Body::Portraits(a.then(aspect, b)), missing: first.missing || second.missing }
            }
            _ => second.clone(),
        }
    }

    /// Takes in value number `at`, already projected.
    pub(crate) fn step(&self, state: &mut State, at: usize, value: Value, overflow: &Overflow) {
        match &mut state.body {
            Body::Ladder { .. } | Body::Portraits(_) => self.level_step(state, value),
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
            // missing in a completion too: it is not met, and has no number that is the lowest
            Body::Tally { of, .. } if value == Value::Missing && self.missing() == Missing::Lowest => *of += 1,
            _ if value == Value::Missing => state.missing |= self.missing() != Missing::Lowest,
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
            Body::Total(total) => {
                let weights = if let Self::Numbers { weights, .. } = self { *weights } else { None };
                total.add(number, own_weight(weights, at), overflow);
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
                    Value::Missing if aspect.missing == Missing::Lowest => *climbing = false,
                    // one that is skipped matters only where the climb goes on past it
                    Value::Missing => state.missing |= *climbing || aspect.missing != Missing::Skip,
                    Value::Truth(true) => {}
                    _ => *climbing = false,
                }
                *at += 1;
            }
            (Self::Portraits(aspect), Body::Portraits(race)) => state.missing |= race.step(aspect, value),
            _ => {}
        }
    }

    /// What it all comes to.
    pub(crate) fn finish(&self, state: State, overflow: &Overflow) -> Value {
        if state.missing && matches!(self.missing(), Missing::Blocks | Missing::Settled) {
            return Value::Missing;
        }
        let empty = if state.missing { Value::Missing } else { Value::Nothing };
        match (self, state.body) {
            (Self::Numbers { fold, clamp, .. }, Body::Total(Total { sum, weight })) => {
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
            (Self::Portraits(aspect), Body::Portraits(race)) => race.leader(aspect).map_or(empty, Value::Option),
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
            Self::Fires if first == Value::Missing => return first,
            Self::Fires => return Value::Truth(first == Value::Truth(true)),
            Self::Showing => return showing(first, second.unwrap_or(Value::Nothing)),
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
            (Self::LevelNumber { aspect, clamp }, Value::Option(level)) => {
                aspect.levels.get(usize::from(level)).map_or(Value::Nothing, |level| clamped(level.value, *clamp))
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
pub(crate) fn compare<T: PartialOrd + Copy>(comparison: Comparison, first: T, second: T) -> bool {
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
