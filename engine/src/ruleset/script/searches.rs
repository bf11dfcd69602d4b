//! Array functions that ask of each item whether something holds *now*.
//!
//! Rhai takes an answer that is not true or false for false. A condition is neither yet, so that a filter over
//! conditions would quietly keep nothing; these refuse it.

use super::places::{self, Logic};
use super::{Context, stops};
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, INT, NativeCallContext};
use std::rc::Rc;

/// Their names, each with how much it takes: the array, the test, and from where to look.
#[cfg(test)]
pub(super) const NAMES: [(&str, usize); 9] = [
    ("filter", 2),
    ("retain", 2),
    ("drain", 2),
    ("some", 2),
    ("all", 2),
    ("find", 2),
    ("find", 3),
    ("index_of", 2),
    ("index_of", 3),
];

type Answer<T> = Result<T, Box<EvalAltResult>>;

pub(super) fn register(engine: &mut Engine, context: &Rc<Context>) {
    let shared = Rc::clone(context);
    engine.register_fn("filter", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr| {
        divided(&shared, &native, array, &test).map(|(kept, _)| kept)
    });
    let shared = Rc::clone(context);
    engine.register_fn("retain", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr| {
        let (kept, others) = divided(&shared, &native, array, &test)?;
        *array = kept;
        Answer::Ok(others)
    });
    let shared = Rc::clone(context);
    engine.register_fn("drain", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr| {
        let (taken, others) = divided(&shared, &native, array, &test)?;
        *array = others;
        Answer::Ok(taken)
    });
    let shared = Rc::clone(context);
    engine.register_fn("some", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr| {
        first(&shared, &native, array, &test, 0).map(|found| found.is_some())
    });
    let shared = Rc::clone(context);
    engine.register_fn("all", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr| {
        for item in array.iter() {
            if holds(&shared, &native, &test, item)? != Some(true) {
                return Ok(false);
            }
        }
        Answer::Ok(true)
    });
    let shared = Rc::clone(context);
    engine.register_fn("find", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr| {
        let found = first(&shared, &native, array, &test, 0)?;
        Answer::Ok(found.map_or(Dynamic::UNIT, |at| array[at].clone()))
    });
    let shared = Rc::clone(context);
    engine.register_fn("find", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr, start: INT| {
        let found = first(&shared, &native, array, &test, start)?;
        Answer::Ok(found.map_or(Dynamic::UNIT, |at| array[at].clone()))
    });
    let shared = Rc::clone(context);
    engine.register_fn("index_of", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr| {
        first(&shared, &native, array, &test, 0).map(place)
    });
    let shared = Rc::clone(context);
    engine.register_fn("index_of", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr, start: INT| {
        first(&shared, &native, array, &test, start).map(place)
    });
}

/// The items for which a test holds, and the others.
fn divided(context: &Context, native: &NativeCallContext<'_>, array: &Array, test: &FnPtr) -> Answer<(Array, Array)> {
    let (mut kept, mut others) = (Array::new(), Array::new());
    for item in array {
        match holds(context, native, test, item)? {
            Some(true) => kept.push(item.clone()),
            Some(false) => others.push(item.clone()),
            None => break,
        }
    }
    Ok((kept, others))
}

/// The place of the first item from `start` for which a test holds; a start below nought counts from the end.
fn first(
    context: &Context,
    native: &NativeCallContext<'_>,
    array: &Array,
    test: &FnPtr,
    start: INT,
) -> Answer<Option<usize>> {
    let back = usize::try_from(start.unsigned_abs()).unwrap_or(usize::MAX);
    let start = if start < 0 { array.len().saturating_sub(back) } else { back };
    for (at, item) in array.iter().enumerate().skip(start) {
        match holds(context, native, test, item)? {
            Some(true) => return Ok(Some(at)),
            Some(false) => {}
            None => break,
        }
    }
    Ok(None)
}

/// A place as a script counts, −1 where there is none.
fn place(found: Option<usize>) -> INT {
    found.and_then(|at| INT::try_from(at).ok()).unwrap_or(-1)
}

/// Whether a test holds for an item; nothing, after a report, where the test gives no true or false.
fn holds(context: &Context, native: &NativeCallContext<'_>, test: &FnPtr, item: &Dynamic) -> Answer<Option<bool>> {
    let answer: Dynamic = test.call_within_context(native, (item.clone(),))?;
    if let Ok(truth) = answer.as_bool() {
        return Ok(Some(truth));
    }
    context.report(stops::logic(context, Logic::Search, places::at(native.call_position())));
    Ok(None)
}
