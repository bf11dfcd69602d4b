//! Random profiles.

use super::halves;
use crate::oracle::brute::count_completions;
use crate::oracle::model::{Asked, Given, Model, Number, Profile, Question};
use fastrand::Rng;

/// A random profile for a model. It leaves at most some thousands of completions.
pub(in crate::oracle) fn profile(rng: &mut Rng, model: &Model) -> Profile {
    let parties = match rng.u8(0..20) {
        0..2 => 0,
        _ if model.roles.is_empty() => 0,
        2..5 => 1,
        5..16 => 2,
        _ => 3,
    };
    let roles: Vec<Vec<usize>> =
        model.roles.iter().map(|_| (0..parties).filter(|_| rng.u8(0..10) < 6).collect()).collect();
    let gap = rng.choice([0, 20, 30, 40, 45, 50, 55, 60, 70, 80]).unwrap_or(0);
    let limit = match rng.u8(0..40) {
        0 => 2000,
        1..6 => 256,
        _ => 64,
    };
    let mut profile = Profile { parties, roles, ..Profile::default() };
    for (at, question) in model.questions.iter().enumerate() {
        let elsewhere = model.is_settled_elsewhere(at);
        let slots = if question.by_party() { parties.max(1) } else { 1 };
        let asked: Vec<bool> = (0..slots).map(|slot| is_asked(question, &profile, slot)).collect();
        let answers =
            asked.iter().map(|asked| if *asked { given(rng, question, elsewhere, gap) } else { Given::Missing });
        profile.answers.push(answers.collect());
        let scale = question.importance.clone().unwrap_or_default();
        let importances = asked.iter().map(|asked| {
            let open = !*asked || rng.u8(0..100) < gap;
            if open { None } else { rng.choice(&scale).copied() }
        });
        profile.importances.push(importances.collect());
    }
    profile.statuses = model.bouwstenen.iter().map(|_| (rng.u8(0..100) >= gap).then(|| rng.usize(0..4))).collect();
    for aspect in 0..model.aspects.len() {
        let (low, high) = model.reach(aspect); // a target that cannot be reached is refused
        let targets: Vec<Number> =
            halves(-3, 6).into_iter().filter(|target| *target >= low && *target <= high).collect();
        let target = if rng.u8(0..10) < 6 { rng.choice(&targets).copied() } else { None };
        profile.targets.push(target);
    }
    if model.joins && rng.u8(0..10) < 4 {
        say_nothing(model, &mut profile, rng.usize(0..2));
    }
    profile.note_what_it_says(model);
    while count_completions(model, &profile) > limit {
        fill_one(rng, model, &mut profile);
        profile.note_what_it_says(model);
    }
    profile
}

/// Leaves a ruleset without any answer.
fn say_nothing(model: &Model, profile: &mut Profile, ruleset: usize) {
    for at in (0..model.questions.len()).filter(|at| model.questions[*at].ruleset == ruleset) {
        profile.answers[at].fill(Given::Missing);
        profile.importances[at].fill(None);
    }
    for at in (0..model.bouwstenen.len()).filter(|at| model.bouwstenen[*at].ruleset == ruleset) {
        profile.statuses[at] = None;
    }
}

fn is_asked(question: &Question, profile: &Profile, slot: usize) -> bool {
    match &question.asked {
        Asked::Party { roles, .. } if profile.parties > 0 => {
            roles.is_empty() || roles.iter().any(|role| profile.roles[*role].contains(&slot))
        }
        _ => true,
    }
}

fn given(rng: &mut Rng, question: &Question, elsewhere: bool, gap: u8) -> Given {
    if rng.u8(0..100) < gap {
        return if rng.u8(0..3) == 0 { Given::Unknown } else { Given::Missing };
    }
    if elsewhere && rng.u8(0..10) < 6 {
        return Given::Missing; // so that the other ruleset's answer is taken over
    }
    if question.not_applicable && rng.u8(0..8) == 0 {
        return Given::NotApplicable;
    }
    Given::Value(*rng.choice(&question.kind.values()).expect("every kind has values"))
}

/// Fills one place in a profile, whether it was open or not.
fn fill_one(rng: &mut Rng, model: &Model, profile: &mut Profile) {
    let at = rng.usize(0..model.questions.len() + model.bouwstenen.len());
    let Some(question) = model.questions.get(at) else {
        profile.statuses[at - model.questions.len()] = Some(rng.usize(0..4));
        return;
    };
    let slot = rng.usize(0..profile.answers[at].len());
    if !is_asked(question, profile, slot) {
        return;
    }
    match &question.importance {
        Some(scale) if rng.bool() => profile.importances[at][slot] = rng.choice(scale).copied(),
        _ if question.same_as.is_some() => {}
        _ => profile.answers[at][slot] = Given::Value(*rng.choice(&question.kind.values()).expect("values")),
    }
}
