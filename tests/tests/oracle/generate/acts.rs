//! Gives the bouwstenen of a model something to do.

use crate::oracle::model::{Acts, Effect, Kind, Model};
use fastrand::Rng;

/// The model with an effort, prerequisites and effects for each bouwsteen.
pub(in crate::oracle) fn acting(rng: &mut Rng, mut model: Model) -> Model {
    for at in 0..model.bouwstenen.len() {
        let ruleset = model.bouwstenen[at].ruleset;
        let lifted: Vec<usize> = (0..model.questions.len())
            .filter(|question| {
                let question = &model.questions[*question];
                question.ruleset == ruleset
                    && !question.fact
                    && !matches!(question.kind, Kind::Multiple(_) | Kind::Text)
            })
            .collect();
        let mut effects = Vec::new();
        for _ in 0..1 + rng.usize(0..3) {
            if let Some(&question) = rng.choice(&lifted) {
                let least = rng.usize(0..model.questions[question].kind.values().len());
                effects.push(Effect { question, least, from: 1 + rng.usize(0..3) });
            }
        }
        let before = (0..at).filter(|other| model.bouwstenen[*other].ruleset == ruleset);
        let prerequisites = before.filter(|_| rng.u8(0..10) < 4).collect();
        let effort = [1 + rng.i64(0..4), 1 + rng.i64(0..4), 1 + rng.i64(0..4)];
        model.bouwstenen[at].acts = Some(Acts { effort, prerequisites, effects });
    }
    model
}
