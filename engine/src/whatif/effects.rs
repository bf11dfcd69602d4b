//! What bringing a bouwsteen further does to the answers: the effects that its ruleset declares. They are
//! assumptions, and whoever shows what follows from them says so.

use super::cone::Cone;
use super::trial::{Move, Place};
use crate::condition::{BouwsteenId, QuestionId, Value};
use crate::evaluate::{Facts, lent as lent_value, mapped};
use crate::ruleset::{Effect, Kind, Library, Met};

/// The status that a bouwsteen counts from: one that the profile does not tell is taken to be absent.
pub(super) fn status(value: Value) -> u16 {
    match value {
        Value::Option(status) => status,
        _ => 0,
    }
}

/// What is known of a bouwsteen: its own status, or else that of the first of those that are the same.
pub(super) fn known(library: &Library, facts: &Facts<'_>, id: BouwsteenId) -> Value {
    let same = library.bouwstenen[id.index()].same_as.iter().copied();
    let all = std::iter::once(id).chain(same).map(|one| facts.statuses[one.index()]);
    all.into_iter().find(|status| *status != Value::Missing).unwrap_or(Value::Missing)
}

/// Adds to the moves every answer that a bouwsteen lifts on its way from one status to another, as far as the moves
/// before have not lifted it already.
pub(super) fn raise(
    library: &Library,
    facts: &Facts<'_>,
    id: BouwsteenId,
    (from, to): (u16, u16),
    moves: &mut Vec<Move>,
) {
    for effect in &library.bouwstenen[id.index()].effects {
        if effect.from > from && effect.from <= to {
            lift(library, facts, effect.question, effect.at_least, moves);
        }
    }
}

/// Whether an effect can lift an answer that a conclusion reads: to its own question, or to the one that stands for it.
pub(super) fn reaches(library: &Library, effect: &Effect, cone: &Cone) -> bool {
    let same_as = library.questions[effect.question.index()].same_as.as_ref().map(|same| same.question);
    std::iter::once(effect.question).chain(same_as).any(|question| cone.questions.contains_key(&question))
}

/// Lifts each answer to a question that is not there yet.
pub(super) fn lift(library: &Library, facts: &Facts<'_>, id: QuestionId, least: Met, moves: &mut Vec<Move>) {
    let slots = &facts.slots[id.index()];
    for slot in slots.start..slots.start + slots.len() {
        let (place, before) = (Place::Answer(slot), facts.values[slot]);
        let now = moved(moves, slot).unwrap_or(before);
        let question = &library.questions[id.index()];
        if let Some(lent) = facts.lender(slot) {
            // the answer was taken over: the one that it was taken from takes it along
            let back = library.questions[lent.0.index()].same_as.as_ref().map_or(&[][..], |same| &same.map);
            let reaches = |value: &Value| reached(&question.kind, lent_value(back, *value), least);
            let theirs = &library.questions[lent.0.index()].kind;
            let lowest = theirs.domain().unwrap_or_default().into_iter().find(reaches);
            let now = moved(moves, lent.1).unwrap_or(facts.values[lent.1]);
            moves.extend(lowest.filter(|_| !reaches(&now)).map(|lowest| (Place::Answer(lent.1), lowest)));
            continue;
        }
        match &question.same_as {
            // another ruleset's answer stands for this one: that is the one to lift, as far as it takes
            Some(same) if now == Value::Missing => {
                let theirs = &library.questions[same.question.index()];
                let reaches = |value: &Value| reached(&question.kind, mapped(&same.map, *value), least);
                let lowest = theirs.kind.domain().unwrap_or_default().into_iter().find(reaches);
                let at = slot - slots.start;
                let other = &facts.slots[same.question.index()];
                if let (Some(lowest), true) = (lowest, at < other.len()) {
                    let slot = other.start + at;
                    let current = moved(moves, slot).unwrap_or(facts.values[slot]);
                    if current != Value::Nothing && !reaches(&current) {
                        moves.push((Place::Answer(slot), lowest));
                    }
                }
            }
            _ if now == Value::Nothing || reached(&question.kind, now, least) => {}
            _ => moves.extend(lowest(&question.kind, least).map(|value| (place, value))),
        }
    }
}

/// What an answer has become by the moves before.
fn moved(moves: &[Move], slot: usize) -> Option<Value> {
    moves.iter().rev().find(|(moved, _)| *moved == Place::Answer(slot)).map(|(_, value)| *value)
}

/// Whether an answer is there already.
fn reached(kind: &Kind, value: Value, least: Met) -> bool {
    match (value, least) {
        (Value::Missing | Value::Nothing, _) => false,
        (Value::Option(at), Met::Option(least)) => at >= least,
        (value, Met::Number(least)) => kind.score(value).is_some_and(|number| number >= least),
        _ => false,
    }
}

/// The lowest answer that is.
fn lowest(kind: &Kind, least: Met) -> Option<Value> {
    match (kind, least) {
        (_, Met::Option(at)) => Some(Value::Option(at)),
        (Kind::Number { .. } | Kind::Scale(_), Met::Number(number)) => Some(Value::Number(number)),
        _ => kind.domain()?.into_iter().find(|value| reached(kind, *value, least)),
    }
}
