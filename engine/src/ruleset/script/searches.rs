//! Array functions that ask of each item whether something holds *now*.
//!
//! Rhai takes an answer that is not true or false for false. A condition is neither yet, so that a filter over
//! conditions would quietly keep nothing; these refuse it.

use super::places::{self, Logic};
use super::{Context, stops};
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, NativeCallContext};
use std::rc::Rc;

/// Their names; each takes the array and the test.
#[cfg(test)]
pub(super) const NAMES: [&str; 4] = ["filter", "some", "all", "find"];

type Found = Result<Option<bool>, Box<EvalAltResult>>;

pub(super) fn register(engine: &mut Engine, context: &Rc<Context>) {
    let shared = Rc::clone(context);
    engine.register_fn("filter", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr| {
        let mut kept = Array::new();
        for item in array.iter() {
            match holds(&shared, &native, &test, item)? {
                Some(true) => kept.push(item.clone()),
                Some(false) => {}
                None => break,
            }
        }
        Ok::<_, Box<EvalAltResult>>(kept)
    });
    let shared = Rc::clone(context);
    engine.register_fn("some", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr| {
        let mut found = false;
        for item in array.iter() {
            match holds(&shared, &native, &test, item)? {
                Some(true) => found = true,
                Some(false) => continue,
                None => {}
            }
            break;
        }
        Ok::<_, Box<EvalAltResult>>(found)
    });
    let shared = Rc::clone(context);
    engine.register_fn("all", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr| {
        for item in array.iter() {
            if holds(&shared, &native, &test, item)? != Some(true) {
                return Ok(false);
            }
        }
        Ok::<_, Box<EvalAltResult>>(true)
    });
    let shared = Rc::clone(context);
    engine.register_fn("find", move |native: NativeCallContext<'_>, array: &mut Array, test: FnPtr| {
        for item in array.iter() {
            match holds(&shared, &native, &test, item)? {
                Some(true) => return Ok(item.clone()),
                Some(false) => {}
                None => break,
            }
        }
        Ok::<_, Box<EvalAltResult>>(Dynamic::UNIT)
    });
}

/// Whether a test holds for an item; nothing, after a report, where the test gives no true or false.
fn holds(context: &Context, native: &NativeCallContext<'_>, test: &FnPtr, item: &Dynamic) -> Found {
    let answer: Dynamic = test.call_within_context(native, (item.clone(),))?;
    if let Ok(truth) = answer.as_bool() {
        return Ok(Some(truth));
    }
    context.report(stops::logic(context, Logic::Search, places::at(native.call_position())));
    Ok(None)
}
