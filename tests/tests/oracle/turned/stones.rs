//! What bringing bouwstenen further does to a profile.

use crate::oracle::brute::{is_asked_of, status};
use crate::oracle::model::{Effect, Given, Model, Profile, Value};

/// How far each bouwsteen is; of which nothing is known is nowhere yet.
pub(super) fn now(model: &Model, profile: &Profile) -> Vec<usize> {
    (0..model.bouwstenen.len()).map(|at| status(model, profile, at).unwrap_or(0)).collect()
}

/// Whether a status is taken over from another ruleset: it is that ruleset's to change.
pub(super) fn taken_over(model: &Model, profile: &Profile, bouwsteen: usize) -> bool {
    profile.statuses[bouwsteen].is_none() && !model.bouwstenen[bouwsteen].same_as.is_empty()
}

/// The profile after bringing bouwstenen from where they are to other statuses.
pub(super) fn carried_out(model: &Model, profile: &Profile, now: &[usize], statuses: &[usize]) -> Profile {
    let mut other = profile.clone();
    for (at, bouwsteen) in model.bouwstenen.iter().enumerate() {
        if statuses[at] > now[at] {
            other.statuses[at] = Some(statuses[at]);
        }
        for effect in &bouwsteen.acts.as_ref().expect("each acts").effects {
            if effect.from > now[at] && effect.from <= statuses[at] {
                lift(model, &mut other, *effect);
            }
        }
    }
    other
}

/// Lifts an answer, or the one that it is taken over from.
fn lift(model: &Model, profile: &mut Profile, effect: Effect) {
    let question = &model.questions[effect.question];
    let least = question.kind.values()[effect.least];
    let enough = |value: Value| match (value, least) {
        (Value::Option(at), Value::Option(least)) => at >= least,
        (value, least) => question.kind.score(value) >= question.kind.score(least),
    };
    for slot in 0..profile.answers[effect.question].len() {
        if !is_asked_of(model, profile, effect.question, slot) {
            continue;
        }
        match (profile.answers[effect.question][slot], &question.same_as) {
            (Given::NotApplicable, _) => {}
            (Given::Value(value), _) if enough(value) => {}
            (Given::Value(_), _) | (Given::Unknown | Given::Missing, None) => {
                profile.answers[effect.question][slot] = Given::Value(least);
            }
            (Given::Unknown | Given::Missing, Some(same)) => {
                let mine =
                    |theirs: Value| same.map.iter().find(|(from, _)| *from == theirs).map_or(theirs, |(_, to)| *to);
                let theirs = profile.answers[same.question][slot];
                let there = matches!(theirs, Given::Value(value) if enough(mine(value)));
                let lowest =
                    model.questions[same.question].kind.values().into_iter().find(|value| enough(mine(*value)));
                if let (false, false, Some(lowest)) = (there, theirs == Given::NotApplicable, lowest) {
                    profile.answers[same.question][slot] = Given::Value(lowest);
                }
            }
        }
    }
}
