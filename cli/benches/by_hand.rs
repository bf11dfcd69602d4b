//! Built-in rulesets by hand: what somebody would write who has only this one ruleset to do.
//!
//! What is worked out is what the engine works out where it is timed beside this: what every rule's condition comes to
//! now and can still come to, and what scores, typings, measures and what rules need come to now. A cell of a table only shows which
//! answer was given, or which typing came out, and is not worked out apart.
//!
//! What is known beforehand is used: which questions are always asked, which conditions rest on the same open answers,
//! and that the numbers are small. Both are exact, so both must say the same of every profile.

mod given;
mod noordhuis;
mod twynstra;
mod verdict;

use crate::answered::Answered;
use given::{Given, Made};
use ketenspiegel_engine::assessment::Certainty;
use ketenspiegel_engine::condition::{Expr, ExprId, OutcomeId, Value};
use ketenspiegel_engine::evaluate::{Trial, check};
use ketenspiegel_engine::number::Number;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::ruleset::Library;
use ketenspiegel_engine::source::Sources;
use std::collections::HashSet;

pub(crate) use noordhuis::Noordhuis;
pub(crate) use twynstra::Twynstra;
pub(crate) use verdict::{Truth, Verdict};

/// How many profiles are drawn to hold both against each other.
const DRAWN: u64 = 600;

/// A built-in ruleset that stands here by hand.
pub(crate) trait Builtin {
    const ID: &'static str;
    type Answers;
    type Conclusions;

    /// The answers, as a program that knows the questions holds them.
    fn answers(given: &Given) -> Self::Answers;

    fn conclude(answers: &Self::Answers) -> Self::Conclusions;

    /// What the rules come to, in the order of the ruleset.
    fn rules(conclusions: &Self::Conclusions) -> &[Verdict];

    /// What everything else comes to on what is answered.
    fn now(conclusions: &Self::Conclusions) -> Now;
}

/// What else comes out on what is answered, each in the order of the ruleset.
pub(crate) struct Now {
    /// So much, divided by so much; by nought where there is no score.
    pub(crate) scores: Vec<(i64, i64)>,
    /// The place of what came out.
    pub(crate) typings: Vec<Option<i64>>,
    pub(crate) measures: Vec<Option<i64>>,
    /// Whether there is what a rule needs, of those that need something.
    pub(crate) needs: Vec<bool>,
}

/// A ruleset as the engine has it, and a profile that answers all or some of what it asks.
pub(crate) fn loaded<R: Builtin>(answered: Answered) -> (Library, Profile) {
    let library = library::<R>();
    let profile = profile(&Made::Answered(answered).written(&library));
    (library, profile)
}

/// The answers of that profile.
pub(crate) fn answers<R: Builtin>(answered: Answered) -> R::Answers {
    R::answers(&Given::read(&Made::Answered(answered).written(&library::<R>()), R::ID))
}

fn library<R: Builtin>() -> Library {
    let files = [super::built_in(R::ID)];
    Library::load_in(&files, Some("nl"), &mut Sources::new(), &mut Problems::new()).unwrap()
}

fn profile(text: &str) -> Profile {
    let mut problems = Problems::new();
    let profile = Profile::read("made.json", text.as_bytes(), &mut Sources::new(), &mut problems);
    profile.unwrap_or_else(|| panic!("{:?}", problems.sorted()))
}

/// Engine and hand must come to the same, or there is nothing to compare.
pub(crate) fn agree<R: Builtin>() {
    let library = library::<R>();
    let mut seen = vec![HashSet::new(); library.rules.len()];
    let answered = [Answered::All, Answered::EverySecond].map(Made::Answered);
    for made in answered.into_iter().chain((0..DRAWN).map(Made::Drawn)) {
        let text = made.written(&library);
        let profile = profile(&text);
        let mut problems = Problems::new();
        let checked = check(&library, &profile, &mut problems).unwrap_or_else(|| panic!("{:?}", problems.sorted()));
        let mut trial = Trial::new(&library, &checked);
        let hand = R::conclude(&R::answers(&Given::read(&text, R::ID)));
        let rules = R::rules(&hand);
        assert_eq!(rules.len(), library.rules.len(), "the rules of {}", R::ID);
        for ((rule, verdict), seen) in library.rules.iter().zip(rules).zip(&mut seen) {
            let engine = (truth(trial.value(rule.when)), trial.certainty(rule.when));
            let id = &rule.declared.id;
            assert_eq!(engine, (verdict.now, verdict.certainty()), "{id} of {} differs for {made:?}: {text}", R::ID);
            seen.insert(engine.1);
        }
        assert_eq!(engine_now(&library, &mut trial), written(&R::now(&hand)), "{} differs for {made:?}: {text}", R::ID);
    }
    for (rule, seen) in library.rules.iter().zip(seen) {
        let both = seen.contains(&None) && seen.contains(&Some(Certainty::Confirmed));
        assert!(both, "{} of {} must be seen confirmed and silent: {seen:?}", rule.declared.id, R::ID);
    }
}

/// What the engine says of a condition.
pub(crate) fn truth(value: Value) -> Truth {
    match value {
        Value::Truth(truth) => truth.into(),
        Value::Nothing => Truth::Undefined,
        _ => Truth::Undecided,
    }
}

/// The same as the engine has it; nothing where there is no value yet, or none at all, and one for a yes.
fn engine_now(library: &Library, trial: &mut Trial<'_>) -> Vec<Option<Number>> {
    let typing = |at: usize| library.graph.find(&Expr::Outcome(OutcomeId::at(at))).unwrap();
    let typings: Vec<ExprId> = (0..library.outcomes.len()).map(typing).collect();
    let measures = library.measures.iter().map(|measure| measure.value);
    let needs = library.rules.iter().filter_map(|rule| rule.needs);
    let all = library.exprs.scores.iter().copied().chain(typings).chain(measures).chain(needs);
    let number = |expr: ExprId| match trial.value(expr) {
        Value::Number(number) => Some(number),
        Value::Option(place) => Some(Number::from(i64::from(place))),
        Value::Truth(truth) => Some(Number::from(i64::from(truth))),
        _ => None,
    };
    all.map(number).collect()
}

/// What was worked out by hand, in the same order.
fn written(now: &Now) -> Vec<Option<Number>> {
    let scores = now.scores.iter().map(|(sum, of)| Number::from(*sum).over(Number::from(*of)));
    let places = now.typings.iter().chain(&now.measures).map(|place| place.map(Number::from));
    let needs = now.needs.iter().map(|there| Some(Number::from(i64::from(*there))));
    scores.chain(places).chain(needs).collect()
}
