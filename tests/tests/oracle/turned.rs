//! What would turn a conclusion, what hangs on one step, what to ask and how to get somewhere, against brute force:
//! every set of other answers, every answer to an open question, every plan is simply tried.

mod ask;
mod flips;
mod route;
mod stones;
mod whatif;

use super::brute::{World, completions, count_completions};
use super::cone::Cone;
use super::model::{Asked, Given, Kind, Model, PARTIES, Profile, RULESETS, Value};
use super::run::Loaded;
use super::{Found, assert_none, generate, in_two_threads};
use fastrand::Rng;

/// How many models are tried, and how many profiles for each.
const MODELS: (u64, usize) = (750, 2);
/// How many linked models are tried.
const LINKED_MODELS: u64 = 60;
/// The most ways to complete a profile with which these are tried.
const MOST_COMPLETIONS: usize = 16;

/// A place for an answer: a question, and which of its answers.
type Slot = (usize, usize);

/// Looks at a profile and everything that its gaps could still be.
fn look<T>(model: &Model, profile: &Profile, read: impl FnOnce(&World<'_>) -> T) -> T {
    let filled = completions(model, profile);
    let completions: Vec<World<'_>> = filled.iter().map(|profile| World::new(model, profile, &[])).collect();
    read(&World::new(model, profile, &completions))
}

/// The id by which the engine knows a place for an answer.
fn slot_id(model: &Model, profile: &Profile, (question, slot): Slot) -> String {
    let id = format!("{}/q{question}", RULESETS[model.questions[question].ruleset]);
    let by_party = matches!(model.questions[question].asked, Asked::Party { .. }) && profile.parties > 0;
    if by_party { format!("{id}/by/{}", PARTIES[slot]) } else { id }
}

/// The places whose answer can become another, with what it is and what it can be.
fn changeable(model: &Model, profile: &Profile) -> Vec<(Slot, Given, Vec<Value>)> {
    let mut all = Vec::new();
    for (at, question) in model.questions.iter().enumerate() {
        for (slot, given) in profile.answers[at].iter().enumerate() {
            if !super::brute::is_asked_of(model, profile, at, slot) || matches!(question.kind, Kind::Text) {
                continue;
            }
            let open = matches!(given, Given::Unknown | Given::Missing);
            // what is taken over is changed where it was answered
            let elsewhere = open && !super::brute::is_open(model, profile, at, slot);
            let left_alone = *given == Given::NotApplicable || elsewhere || (!open && question.fact);
            if !left_alone {
                let others = question.kind.values().into_iter().filter(|value| Given::Value(*value) != *given);
                all.push(((at, slot), *given, others.collect()));
            }
        }
    }
    all
}

/// How many steps lie between two answers.
fn steps(kind: &Kind, from: Given, to: Value) -> usize {
    match (from, to) {
        (Given::Value(Value::Options(from)), Value::Options(to)) => (from ^ to).count_ones() as usize,
        (Given::Value(from), to) => {
            let at = |wanted: Value| kind.values().iter().position(|value| *value == wanted).expect("it is a value");
            at(from).abs_diff(at(to))
        }
        _ => 1,
    }
}

fn try_model(seed: u64, found: &mut Found) {
    let mut rng = Rng::with_seed(seed ^ 0x5eed);
    let model = generate::model(&mut rng, false);
    let model = generate::acting(&mut rng, model);
    try_profiles(seed, &mut rng, &model, found);
}

/// The same for linked rulesets. There the bouwstenen lift no answers.
fn try_linked(seed: u64, found: &mut Found) {
    let mut rng = Rng::with_seed(seed ^ 0x0114_c5ed);
    let mut model = generate::linked(&mut rng);
    model.joins = false;
    let mut model = generate::acting(&mut rng, model);
    model.bouwstenen.iter_mut().filter_map(|stone| stone.acts.as_mut()).for_each(|acts| acts.effects.clear());
    try_profiles(seed, &mut rng, &model, found);
}

fn try_profiles(seed: u64, rng: &mut Rng, model: &Model, found: &mut Found) {
    let cone = Cone::whole(model);
    let mut loaded = match Loaded::new(model, &cone) {
        Ok(loaded) => loaded,
        Err(refused) => return found.failures.push(format!("seed {seed}: {refused}")),
    };
    for _ in 0..MODELS.1 {
        let profile = generate::profile(rng, model);
        if count_completions(model, &profile) > MOST_COMPLETIONS {
            continue;
        }
        found.tally.note(model, &profile);
        let mut trying = Trying { model, cone: &cone, loaded: &mut loaded, profile: &profile, found };
        let wrong = trying.everything();
        if let Some(wrong) = wrong.first() {
            let texts = loaded.texts(model, &cone, &profile);
            found.failures.push(format!("seed {seed}: {wrong}\n{texts}"));
        }
    }
}

/// One profile that is tried.
struct Trying<'t> {
    model: &'t Model,
    cone: &'t Cone,
    loaded: &'t mut Loaded,
    profile: &'t Profile,
    found: &'t mut Found,
}

impl Trying<'_> {
    /// Everything that the engine says otherwise than brute force.
    fn everything(&mut self) -> Vec<String> {
        let mut wrong = self.flips();
        wrong.extend(self.fragile());
        wrong.extend(self.asked());
        wrong.extend(self.routes());
        wrong.extend(self.whatif());
        wrong
    }

    fn count(&mut self, what: &str) {
        *self.found.tally.seen.entry(what.to_owned()).or_default() += 1;
    }
}

#[test]
fn what_turns_a_conclusion_agrees_with_brute_force() {
    let Found { tally, failures } = in_two_threads(MODELS.0, try_model);
    assert_none(&failures, tally.cases);
    let seen = |what: &str| tally.seen.get(what).copied().unwrap_or(0);
    let mut all = 0;
    for (what, least) in [
        ("flip of one answer", 300),
        ("flip of several answers", 50),
        ("flip with a bouwsteen", 100),
        ("no flip", 100),
        ("fragile", 300),
        ("question asked", 300),
        ("best questions", 100),
        ("best questions, no better", 20),
        ("what if", 300),
        ("what if, beside an answer", 100),
        ("route", 50),
        ("no route", 50),
    ] {
        all += seen(what);
        assert!(seen(what) >= least, "{what}: only {} in {} profiles", seen(what), tally.cases);
    }
    assert!(all >= 10_000, "only {all} cases");
}

#[test]
fn what_turns_a_conclusion_of_linked_rulesets_agrees_with_brute_force() {
    let Found { tally, failures } = in_two_threads(LINKED_MODELS, try_linked);
    assert_none(&failures, tally.cases);
    for (what, least) in [("flip of one answer", 20), ("fragile", 20), ("question asked", 20), ("what if", 20)] {
        let seen = tally.seen.get(what).copied().unwrap_or(0);
        assert!(seen >= least, "{what}: only {seen} in {} profiles", tally.cases);
    }
}
