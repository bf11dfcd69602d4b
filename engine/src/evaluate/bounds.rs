//! Lowest and highest, where the values are too many to carry along.

use super::operator::{Operator, Overflow, compare, level_of};
use super::sets::{ANY, Possible, Set};
use crate::assessment::Comparison;
use crate::condition::{Arithmetic, Fold, Value};
use crate::number::Number;

/// The ends of a part.
#[derive(Clone, Copy)]
struct Ends {
    low: Number,
    high: Number,
    nothing: bool,
}

/// The ends of a set of numbers; `None` for a part that never has a value.
fn ends(possible: &Possible) -> Result<Option<Ends>, ()> {
    match &possible.set {
        Set::Range { low, high, nothing } => Ok(Some(Ends { low: *low, high: *high, nothing: *nothing })),
        _ => match possible.range() {
            Some((low, high)) => Ok(Some(Ends { low, high, nothing: possible.has(Value::Nothing) })),
            None if possible.only() == Some(Value::Nothing) => Ok(None),
            None => Err(()),
        },
    }
}

/// What an operator can come to, from the ends of its parts. Never leaves out a value that is possible.
pub(super) fn bounds(operator: &Operator<'_>, parts: &[Possible], overflow: &Overflow) -> Possible {
    let exact = parts.iter().all(|part| part.exact);
    match operator {
        Operator::Same => parts.first().cloned().unwrap_or(ANY),
        Operator::Numbers { fold, .. } => {
            let Ok(all) = parts.iter().map(ends).collect::<Result<Vec<_>, ()>>() else { return ANY };
            numbers(operator, *fold, &all, exact, overflow)
        }
        Operator::Arithmetic(operation) => match (parts.first().map(ends), parts.get(1).map(ends)) {
            (Some(Ok(Some(a))), Some(Ok(Some(b)))) => arithmetic(*operation, a, b, exact),
            _ => ANY,
        },
        Operator::Compare(comparison) => match (parts.first().map(ends), parts.get(1).map(ends)) {
            (Some(Ok(Some(a))), Some(Ok(Some(b)))) => comparisons(*comparison, a, b, exact),
            _ => truths(false),
        },
        Operator::CutOffs(aspect) => match parts.first().map(ends) {
            Some(Ok(Some(part))) => {
                let (Value::Option(first), Value::Option(last)) =
                    (level_of(aspect, part.low), level_of(aspect, part.high))
                else {
                    return ANY;
                };
                let values = (first..=last).map(Value::Option).chain(part.nothing.then_some(Value::Nothing));
                // the ends are reached; a level in between might be jumped over
                Possible::of(values, exact && last - first <= 1)
            }
            _ => ANY,
        },
        Operator::Ladder(aspect) | Operator::Portraits(aspect) => {
            let levels = (0..aspect.levels.len()).filter_map(|at| u16::try_from(at).ok()).map(Value::Option);
            Possible::of(levels.chain([Value::Nothing]), false)
        }
        Operator::And | Operator::Or | Operator::Not | Operator::OneOf(_) | Operator::Has(_) => truths(false),
        _ => ANY,
    }
}

/// True, false or undefined.
fn truths(exact: bool) -> Possible {
    Possible::of([Value::Truth(false), Value::Truth(true), Value::Nothing], exact)
}

fn numbers(operator: &Operator<'_>, fold: Fold, parts: &[Option<Ends>], exact: bool, overflow: &Overflow) -> Possible {
    let known: Vec<(usize, Ends)> =
        parts.iter().enumerate().filter_map(|(at, part)| part.map(|part| (at, part))).collect();
    let optional = known.iter().any(|(_, part)| part.nothing);
    let all_optional = known.iter().all(|(_, part)| part.nothing);
    let Some(lowest) = known.iter().map(|(_, part)| part.low).min() else { return ANY };
    let Some(highest) = known.iter().map(|(_, part)| part.high).max() else { return ANY };
    let through = |end: fn(&Ends) -> Number| {
        let mut state = operator.start();
        for (at, part) in &known {
            operator.step(&mut state, *at, Value::Number(end(part)), overflow);
        }
        match operator.finish(state, overflow) {
            Value::Number(number) => Some(number),
            _ => None,
        }
    };
    let (Some(mut low), Some(mut high)) = (through(|part| part.low), through(|part| part.high)) else { return ANY };
    if optional && fold == Fold::Sum {
        let sum = |end: fn(&Ends) -> Number, keep: fn(Number) -> bool| {
            known
                .iter()
                .map(|(_, part)| (end(part), part.nothing))
                .filter(|(number, optional)| !optional || keep(*number))
                .try_fold(Number::ZERO, |sum, (number, _)| sum.plus(number))
        };
        let ends = (
            sum(|part| part.low, |number| number < Number::ZERO),
            sum(|part| part.high, |number| number > Number::ZERO),
        );
        let (Some(below), Some(above)) = ends else { return ANY };
        (low, high) = (below, above);
    } else if optional {
        // a part may drop out, so that the result lies anywhere between the lowest and the highest part
        (low, high) = (low.min(lowest), high.max(highest));
    }
    Possible { set: Set::Range { low, high, nothing: all_optional }, exact: exact && !optional }
}

fn arithmetic(operation: Arithmetic, a: Ends, b: Ends, exact: bool) -> Possible {
    let nothing = a.nothing || b.nothing;
    let corners = |apply: fn(Number, Number) -> Option<Number>| {
        let all = [apply(a.low, b.low), apply(a.low, b.high), apply(a.high, b.low), apply(a.high, b.high)];
        let all: Vec<Number> = all.into_iter().collect::<Option<_>>()?;
        Some((*all.iter().min()?, *all.iter().max()?))
    };
    let ends = match operation {
        Arithmetic::Plus => corners(Number::plus),
        Arithmetic::Minus => corners(Number::minus),
        Arithmetic::Times => corners(Number::times),
        Arithmetic::Over if b.low <= Number::ZERO && b.high >= Number::ZERO => None,
        Arithmetic::Over => corners(Number::over),
        Arithmetic::Gap => corners(|a, b| a.minus(b).and_then(Number::absolute)).map(|(low, high)| {
            let overlap = a.low <= b.high && b.low <= a.high;
            (if overlap { Number::ZERO } else { low }, high)
        }),
    };
    match ends {
        Some((low, high)) => {
            let sure = exact && !matches!(operation, Arithmetic::Gap);
            Possible { set: Set::Range { low, high, nothing }, exact: sure }
        }
        None => ANY,
    }
}

fn comparisons(comparison: Comparison, a: Ends, b: Ends, exact: bool) -> Possible {
    let test = |x: Number, y: Number| compare(comparison, Value::Number(x), Value::Number(y));
    let mut values: Vec<Value> = Vec::new();
    let sure = match comparison {
        Comparison::Equal | Comparison::NotEqual => {
            let apart = a.high < b.low || b.high < a.low;
            let single = a.low == a.high && b.low == b.high;
            if apart || single {
                values.push(Value::Truth(test(a.low, b.low)));
            } else {
                values.extend([Value::Truth(false), Value::Truth(true)]);
            }
            apart || single
        }
        _ => {
            // the two extremes decide: low against high, and high against low
            values.extend([Value::Truth(test(a.low, b.high)), Value::Truth(test(a.high, b.low))]);
            true
        }
    };
    values.extend((a.nothing || b.nothing).then_some(Value::Nothing));
    Possible::of(values, exact && sure)
}
