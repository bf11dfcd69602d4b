//! What can be changed in a profile, and to what.
//!
//! An answer can become any other value of its question. Left alone are facts that are known, texts, what is not applicable, and
//! a question that another ruleset's answer settles: there that other answer is the one to change, and takes it along. A status of a
//! bouwsteen can only be raised, and brings the effects with it that the ruleset declares.

use super::cone::{Cone, Pull};
use super::effects;
use super::trial::{Place, Trial};
use crate::assessment::Status;
use crate::condition::{BouwsteenId, QuestionId, Value};
use crate::evaluate::Facts;
use crate::number::Number;
use crate::ruleset::Kind;

/// Something that can be changed.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) of: Of,
    pub(super) place: Place,
    pub(super) from: Value,
    /// What it can become, fewest steps first.
    pub(super) to: Vec<Becomes>,
    /// The place in `to` of what takes furthest, where there is one direction to take.
    pub(super) furthest: Option<usize>,
}

/// What it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Of {
    /// A question, and who answers it where that is a party.
    Answer(QuestionId, Option<u16>),
    /// A bouwsteen.
    Bouwsteen(BouwsteenId),
}

/// One thing that it can become.
#[derive(Debug, Clone)]
pub(super) struct Becomes {
    pub(super) value: Value,
    pub(super) steps: usize,
}

/// What can be changed to take a conclusion along its pull.
pub(super) struct Choices {
    pub(super) all: Vec<Choice>,
    /// Whether every value was taken; some questions have too many.
    pub(super) complete: bool,
}

impl Choices {
    /// The answers in a cone, and with `bouwstenen` the bouwstenen that are in it or have an effect on it.
    pub(super) fn of(trial: &Trial<'_>, cone: &Cone, bouwstenen: bool) -> Self {
        let mut choices = Self { all: Vec::new(), complete: true };
        for (&question, &pull) in &cone.questions {
            choices.question(trial, question, pull);
        }
        if bouwstenen {
            for at in 0..trial.library.bouwstenen.len() {
                choices.bouwsteen(trial, cone, BouwsteenId::at(at));
            }
        }
        choices.all.retain(|choice| !choice.to.is_empty());
        choices
    }

    fn question(&mut self, trial: &Trial<'_>, id: QuestionId, pull: Pull) {
        for (slot, party) in slots(trial.facts, id) {
            let Some((values, complete)) = others(trial, id, slot) else { continue };
            self.complete &= complete;
            let from = trial.facts.values[slot];
            let question = &trial.library.questions[id.index()];
            // by the order of the values: of two options that score the same the later one is still further on
            let up = |value: Value| value > from;
            let wanted = |value: &Value| match pull {
                _ if from == Value::Missing => true,
                Pull::Up => up(*value),
                Pull::Down => !up(*value),
                Pull::Either => true,
            };
            let becomes = |value| Becomes { value, steps: steps(&question.kind, from, value) };
            let mut to: Vec<Becomes> = values.into_iter().filter(wanted).map(becomes).collect();
            to.sort_by_key(|option| option.steps); // stable: of equals the lower value first
            let furthest = match pull {
                Pull::Up => (0..to.len()).max_by_key(|at| to[*at].value),
                Pull::Down => (0..to.len()).min_by_key(|at| to[*at].value),
                Pull::Either => None,
            };
            self.all.push(Choice { of: Of::Answer(id, party), place: Place::Answer(slot), from, to, furthest });
        }
    }

    fn bouwsteen(&mut self, trial: &Trial<'_>, cone: &Cone, id: BouwsteenId) {
        let stone = &trial.library.bouwstenen[id.index()];
        let read = cone.stones.contains_key(&id);
        let acts = stone.effects.iter().any(|effect| effects::reaches(trial.library, effect, cone));
        if stone.step || !(read || acts) || settled_elsewhere(trial, id) {
            return;
        }
        let from = trial.facts.statuses[id.index()];
        let now = effects::status(from);
        let last = u16::try_from(Status::ALL.len()).unwrap_or(u16::MAX);
        let to =
            (now + 1..last).map(|status| Becomes { value: Value::Option(status), steps: usize::from(status - now) });
        let place = Place::Status(id);
        self.all.push(Choice { of: Of::Bouwsteen(id), place, from, to: to.collect(), furthest: None });
    }
}

/// Whether the status of a bouwsteen is taken from that of another.
fn settled_elsewhere(trial: &Trial<'_>, id: BouwsteenId) -> bool {
    !trial.library.bouwstenen[id.index()].same_as.is_empty() && trial.facts.statuses[id.index()] == Value::Missing
}

/// The places of the answers to a question, each with the party that gives it.
pub(super) fn slots(facts: &Facts<'_>, id: QuestionId) -> Vec<(usize, Option<u16>)> {
    let slots = &facts.slots[id.index()];
    match &slots.parties {
        None => vec![(slots.start, None)],
        Some(parties) => parties.iter().enumerate().map(|(at, party)| (slots.start + at, Some(*party))).collect(),
    }
}

/// What an answer can become, and whether that is all of it.
fn others(trial: &Trial<'_>, id: QuestionId, slot: usize) -> Option<(Vec<Value>, bool)> {
    let question = &trial.library.questions[id.index()];
    let from = trial.facts.values[slot];
    if !question.can_change(from) || trial.facts.lent[slot].is_some() {
        return None;
    }
    let (mut values, complete) = values(&question.kind, from);
    values.retain(|value| *value != from);
    Some((values, complete))
}

/// The values of a question, and whether that is all of them: of a very long list only those nearest by and the ends.
pub(super) fn values(kind: &Kind, from: Value) -> (Vec<Value>, bool) {
    match kind.domain() {
        Some(all) => (all, true),
        None => match (kind, from) {
            (Kind::Multiple(options), Value::Options(bits)) => {
                ((0..options.len()).map(|at| Value::Options(bits ^ (1 << at))).collect(), false)
            }
            (Kind::Multiple(options), _) => ((0..options.len()).map(|at| Value::Options(1 << at)).collect(), false),
            (Kind::Number { min, max, .. }, _) => {
                let mut near = kind.neighbours(from);
                near.extend([Value::Number(*min), Value::Number(*max)]);
                near.sort_unstable();
                near.dedup();
                (near, false)
            }
            _ => (Vec::new(), false),
        },
    }
}

/// How many steps lie between two answers: places on a scale or in a list, options more and less. To find an open
/// answer is one step.
pub(super) fn steps(kind: &Kind, from: Value, to: Value) -> usize {
    match (kind, from, to) {
        (_, Value::Options(from), Value::Options(to)) => (from ^ to).count_ones() as usize,
        (Kind::Number { step, .. }, Value::Number(from), Value::Number(to)) => {
            let between = to.minus(from).and_then(Number::absolute).and_then(|between| between.over(*step));
            between.and_then(Number::to_integer).and_then(|steps| usize::try_from(steps).ok()).unwrap_or(1)
        }
        _ => {
            let all = kind.domain().unwrap_or_default();
            let at = |wanted: Value| all.iter().position(|value| *value == wanted);
            at(from).zip(at(to)).map_or(1, |(from, to)| from.abs_diff(to))
        }
    }
}
