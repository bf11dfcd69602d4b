//! The fewest changes that turn a conclusion.

use super::Changed;
use super::choices::{Choice, Choices, Of};
use super::cone::Cone;
use super::goal::{Goal, Subject, Wanted};
use super::search::{MOST_LOOKS, Search, Set, moves};
use super::trial::Trial;
use crate::assessment::{Certainty, Shown};
use crate::condition::Value;
use crate::evaluate::{Explained, Words, checked, kept};
use crate::number::Number;
use crate::problem::{Problem, Problems, codes};
use crate::profile::Profile;
use crate::ruleset::Library;
use schemars::JsonSchema;
use serde::Serialize;

/// The name of the format that flips are written in.
const FORMAT: &str = "flips/1";

/// The most sets of changes that are told for one conclusion.
const MOST_TOLD: usize = 100;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Flipping<'a> {
    /// The conclusion: `ruleset/id`, or `id` where only one ruleset has it.
    pub id: &'a str,
    /// What it is to become: a level, an option, a number, `present` or `absent`; anything else where nothing is said.
    pub to: Option<&'a str>,
    /// Whether bouwstenen may be brought further too, with the effects that the ruleset declares.
    pub bouwstenen: bool,
}

/// The fewest changes that turn a conclusion.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Flips {
    /// Always `flips/1`.
    pub format: &'static str,
    /// `ruleset/id`.
    pub id: String,
    /// What kind of conclusion it is.
    pub kind: Explained,
    /// Its title.
    pub title: String,
    /// How it stands now.
    pub now: Standing,
    /// What it was to become, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Whether it is that already.
    pub reached: bool,
    /// The sets of changes: fewest changes first, then fewest steps.
    pub flips: Vec<Flip>,
    /// Sets of the same size that are not told.
    pub more: usize,
    /// Whether it is proven that no smaller set does it; where there is no flip, that none exists.
    pub exact: bool,
    /// Up to how many changes at a time every set was tried.
    pub tried: usize,
}

/// How a conclusion stands.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Standing {
    /// Whether it speaks: confirmed or indicated; for a value, whether there is one.
    pub holds: bool,
    /// The value, for a level, a typing or a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Shown>,
    /// How sure; absent where it cannot come true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
}

/// A set of changes that turns a conclusion.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Flip {
    /// What changes.
    pub changes: Vec<Changed>,
    /// Steps of all changes together.
    pub steps: usize,
    /// How the conclusion then stands.
    pub becomes: Standing,
    /// Answers that the bouwstenen among the changes are assumed to lift.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumed: Vec<Changed>,
}

/// Finds the fewest changes that turn a conclusion, on what is answered.
///
/// A diagnosis counts as there when it is confirmed or indicated; what it is after the changes stands with each
/// set. Open answers may be filled in too, as one step. Everything wrong with the profile or with what is asked
/// goes into `problems`.
pub fn flip(
    library: &Library,
    profile: &Profile,
    language: &str,
    asked: Flipping<'_>,
    problems: &mut Problems,
) -> Option<Flips> {
    let facts = checked(library, profile, problems)?;
    let words = Words { library, language };
    let subject = Subject::find(words, asked.id, problems)?;
    let mut trial = Trial::new(library, &facts);
    let goals = goals(&mut trial, &subject, asked.to, problems)?;
    let turning = Turning { words, bouwstenen: asked.bouwstenen, most_looks: MOST_LOOKS };
    let flips = turning.flips(&mut trial, &subject, &goals, asked.to);
    kept(trial.is_exact(), profile, problems)?;
    Some(flips)
}

/// Finds the fewest changes for every diagnosis that speaks, in the order of the rulesets.
pub fn flip_all(library: &Library, profile: &Profile, language: &str, problems: &mut Problems) -> Option<Vec<Flips>> {
    let facts = checked(library, profile, problems)?;
    let words = Words { library, language };
    let mut trial = Trial::new(library, &facts);
    let turning = Turning { words, bouwstenen: false, most_looks: MOST_LOOKS };
    let mut all = Vec::new();
    for subject in super::goal::everything(words).iter().filter(|subject| subject.kind == Explained::Diagnosis) {
        if trial.look(&[], |evaluation| subject.speaks(evaluation)) {
            let goal = Goal { subject: subject.clone(), wanted: Wanted::Silent };
            all.push(turning.flips(&mut trial, subject, &[goal], None));
        }
    }
    kept(trial.is_exact(), profile, problems)?;
    Some(all)
}

/// What is wanted; where nothing is said, anything but what is.
fn goals(trial: &mut Trial<'_>, subject: &Subject, to: Option<&str>, problems: &mut Problems) -> Option<Vec<Goal>> {
    let library = trial.library;
    let (now, speaks, number) = trial.look(&[], |evaluation| {
        let number = match subject.number_now(evaluation) {
            Value::Number(number) => Some(number),
            _ => None,
        };
        (subject.value(evaluation), subject.speaks(evaluation), number)
    });
    let wanted = match to {
        Some(word) => vec![subject.wanted(library, word, number, problems)?],
        None => subject.otherwise(now, speaks),
    };
    if wanted.is_empty() {
        problems.push(
            Problem::new(codes::NOT_FITTING, format!("`{}` is a number: say what it is to become", subject.id))
                .help("name a number with --to"),
        );
        return None;
    }
    Some(wanted.into_iter().map(|wanted| Goal { subject: subject.clone(), wanted }).collect())
}

/// How flips are sought and told.
struct Turning<'a> {
    words: Words<'a>,
    bouwstenen: bool,
    most_looks: usize,
}

impl Turning<'_> {
    fn flips(&self, trial: &mut Trial<'_>, subject: &Subject, goals: &[Goal], to: Option<&str>) -> Flips {
        let (now, reached) = trial.look(&[], |evaluation| {
            (standing(self.words, subject, evaluation), goals.iter().any(|goal| goal.reached(evaluation)))
        });
        let (mut flips, mut more, mut exact, mut tried) = (Vec::new(), 0, true, usize::MAX);
        for goal in goals.iter().filter(|_| !reached) {
            let (own, left, proven, size) = self.one(trial, goal);
            flips.extend(own);
            (more, exact, tried) = (more + left, exact && proven, tried.min(size));
        }
        flips.sort_by_key(|flip| (flip.changes.len(), flip.steps)); // stable
        Flips {
            format: FORMAT,
            id: subject.id.clone(),
            kind: subject.kind,
            title: subject.title.clone(),
            now,
            to: to.map(str::to_owned),
            reached,
            flips,
            more,
            exact,
            tried: if tried == usize::MAX { 0 } else { tried },
        }
    }

    fn one(&self, trial: &mut Trial<'_>, goal: &Goal) -> (Vec<Flip>, usize, bool, usize) {
        let cone = Cone::of(trial.library, trial.facts, &goal.roots(), goal.pull());
        let choices = Choices::of(trial, &cone, self.bouwstenen);
        let most_looks = trial.tried + self.most_looks;
        let mut search =
            Search { trial: &mut *trial, goals: std::slice::from_ref(goal), choices: &choices.all, most_looks };
        let found = search.smallest();
        let steps: Vec<usize> = found.sets.iter().map(|set| search.steps(set)).collect();
        let told = found.sets.iter().zip(steps).take(MOST_TOLD);
        let flips = told.map(|(set, steps)| self.told(trial, goal, &choices.all, set, steps)).collect::<Vec<_>>();
        (flips, found.sets.len().saturating_sub(MOST_TOLD), found.proven && choices.complete, found.tried)
    }

    fn told(&self, trial: &mut Trial<'_>, goal: &Goal, choices: &[Choice], set: &Set, steps: usize) -> Flip {
        let moves = moves(trial, choices, set);
        let becomes = trial.look(&moves, |evaluation| standing(self.words, &goal.subject, evaluation));
        let mut changes = Vec::new();
        for &(at, becomes) in set {
            let (choice, to) = (&choices[at], &choices[at].to[becomes]);
            let mut changed = super::changed(self.words, trial.facts, choice.of, choice.from, to.value);
            changed.steps = to.steps;
            changed.further = set.len() == 1 && self.further(trial, goal, choice, becomes);
            changes.push(changed);
        }
        let own: Vec<_> = set.iter().map(|(at, _)| choices[*at].place).collect();
        let brought = moves.iter().filter(|(place, _)| !own.contains(place));
        let assumed = brought.map(|&(place, value)| super::assumed(self.words, trial.facts, place, value)).collect();
        Flip { changes, steps, becomes, assumed }
    }

    /// Whether everything further on in the same direction does it too: "4 or higher".
    fn further(&self, trial: &mut Trial<'_>, goal: &Goal, choice: &Choice, becomes: usize) -> bool {
        let Of::Answer(question, _) = choice.of else { return false };
        let kind = &self.words.library.questions[question.index()].kind;
        if !matches!(kind, crate::ruleset::Kind::Scale(_) | crate::ruleset::Kind::Number { .. }) {
            return false;
        }
        let score = |value: Value| kind.score(value).unwrap_or(Number::ZERO);
        let (from, to) = (score(choice.from), score(choice.to[becomes].value));
        let beyond: Vec<_> = choice
            .to
            .iter()
            .filter(|other| if to > from { score(other.value) > to } else { score(other.value) < to })
            .collect();
        choice.from != Value::Missing
            && !beyond.is_empty()
            && beyond
                .into_iter()
                .all(|other| trial.look(&[(choice.place, other.value)], |evaluation| goal.reached(evaluation)))
    }
}

pub(super) fn standing(
    words: Words<'_>,
    subject: &Subject,
    evaluation: &mut crate::evaluate::Evaluation<'_>,
) -> Standing {
    let value = subject.value(evaluation);
    let holds = if subject.is_condition() {
        subject.speaks(evaluation)
    } else {
        !matches!(value, Value::Missing | Value::Nothing)
    };
    Standing { holds, value: subject.shown(words, value), certainty: subject.certainty(evaluation) }
}
