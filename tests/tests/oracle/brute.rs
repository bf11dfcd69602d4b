//! The same evaluation as the engine's, written a second time from `rulesets/FORMAT.md` and as plainly as possible.
//!
//! A [`World`] is a profile that is looked at: the one that was given, or one of its completions, which are simply
//! all written out. Nothing is bounded, shared or skipped; the one thing that is kept is the score of an aspect.

mod aspects;
mod conditions;
mod links;
mod questions;

pub(super) use links::is_open;
pub(super) use questions::is_asked_of;
mod terms;

use super::model::{Given, Model, Number, Pick, Profile, STATUSES, Value};
use conditions::Truth;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// A profile that is looked at.
pub(super) struct World<'a> {
    pub(super) model: &'a Model,
    pub(super) profile: &'a Profile,
    /// All completions; none where this is itself a completion.
    completions: &'a [World<'a>],
    scores: RefCell<HashMap<(usize, u8), Value>>,
}

/// Who is looked at, and which parties the variables of `any_party` and `all_parties` stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct View {
    /// A bit for each party.
    parties: u8,
    variables: [usize; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    Confirmed,
    Indicated,
    Open,
}

/// What is concluded where one of several options is picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) now: Option<usize>,
    pub(super) certainty: Option<Certainty>,
    pub(super) candidates: BTreeSet<usize>,
}

/// What is concluded about a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Measured {
    pub(super) now: Option<Number>,
    pub(super) range: Option<(Number, Number)>,
}

impl<'a> World<'a> {
    pub(super) fn new(model: &'a Model, profile: &'a Profile, completions: &'a [World<'a>]) -> Self {
        Self { model, profile, completions, scores: RefCell::default() }
    }

    /// The view of the chain as a whole.
    pub(super) fn whole(&self) -> View {
        View { parties: (1 << self.profile.parties) - 1, variables: [0, 0] }
    }

    /// The view of those in a role.
    pub(super) fn role(&self, role: usize) -> View {
        View { parties: self.profile.roles[role].iter().map(|party| 1 << party).sum(), ..self.whole() }
    }

    pub(super) fn rule(&self, rule: usize) -> Option<Certainty> {
        let rule = &self.model.rules[rule];
        let speaks = self.certainty(|world| world.condition(&rule.when, world.whole()));
        let needs = rule.needs.as_ref().is_none_or(|needs| self.condition(needs, self.whole()) == Truth::True);
        if needs { speaks } else { speaks.map(|_| Certainty::Open) }
    }

    /// Whether a rule speaks: true now, and its demands met.
    pub(super) fn speaks(&self, rule: usize) -> bool {
        let rule = &self.model.rules[rule];
        let holds = |condition| self.condition(condition, self.whole()) == Truth::True;
        holds(&rule.when) && rule.needs.as_ref().is_none_or(holds)
    }

    pub(super) fn cell(&self, table: usize, cell: usize) -> Option<Certainty> {
        let when = &self.model.tables[table].cells[cell].when;
        self.certainty(|world| world.condition(when, world.whole()))
    }

    pub(super) fn measure(&self, measure: usize) -> Measured {
        let value = &self.model.measures[measure].value;
        self.measured(|world| world.term(value, world.whole()))
    }

    pub(super) fn score(&self, aspect: usize) -> Measured {
        self.measured(|world| world.aspect_score(aspect, world.whole()))
    }

    pub(super) fn level(&self, aspect: usize) -> Choice {
        self.choice(|world| world.aspect_level(aspect, world.whole()))
    }

    pub(super) fn outcome(&self, outcome: usize) -> Choice {
        self.choice(|world| world.outcome_value(outcome, world.whole()))
    }

    /// The importance of an aspect, now.
    pub(super) fn importance_of(&self, aspect: usize, view: View) -> Option<Number> {
        number(self.aspect_importance(aspect, view))
    }

    /// The score of an aspect through other eyes, now.
    pub(super) fn score_of(&self, aspect: usize, view: View) -> Option<Number> {
        number(self.aspect_score(aspect, view))
    }

    /// Confirmed: true in every completion. Indicated: true now. Open: true in some completion.
    fn certainty(&self, holds: impl Fn(&World<'_>) -> Truth) -> Option<Certainty> {
        let each: Vec<bool> = self.completions.iter().map(|world| holds(world) == Truth::True).collect();
        if each.iter().all(|holds| *holds) {
            Some(Certainty::Confirmed)
        } else if holds(self) == Truth::True {
            Some(Certainty::Indicated)
        } else {
            each.contains(&true).then_some(Certainty::Open)
        }
    }

    fn measured(&self, value: impl Fn(&World<'_>) -> Value) -> Measured {
        let each: Vec<Number> = self.completions.iter().filter_map(|world| number(value(world))).collect();
        let range = each.iter().min().copied().zip(each.iter().max().copied());
        Measured { now: number(value(self)), range }
    }

    fn choice(&self, value: impl Fn(&World<'_>) -> Value) -> Choice {
        let option = |world: &World<'_>| match value(world) {
            Value::Option(at) => Some(at),
            _ => None,
        };
        let now = option(self);
        let each: BTreeSet<Option<usize>> = self.completions.iter().map(option).collect();
        let candidates: BTreeSet<usize> = each.iter().copied().flatten().collect();
        let same_everywhere = each.len() == 1 && candidates.len() == 1;
        let certainty = if same_everywhere && (now.is_none() || each.contains(&now)) {
            Some(Certainty::Confirmed)
        } else if now.is_some() {
            Some(Certainty::Indicated)
        } else {
            (!candidates.is_empty()).then_some(Certainty::Open)
        };
        Choice { now, certainty, candidates }
    }

    /// What it comes to in every completion, where that is one and the same; otherwise missing.
    fn settled(&self, value: impl Fn(&World<'_>) -> Value) -> Value {
        let each: BTreeSet<Value> = self.completions.iter().map(value).collect();
        if each.len() == 1 { *each.first().expect("there is one") } else { Value::Missing }
    }

    fn outcome_value(&self, outcome: usize, view: View) -> Value {
        match &self.model.outcomes[outcome].pick {
            Pick::First { options, otherwise } => {
                for (at, option) in options.iter().enumerate() {
                    match self.condition(option, view) {
                        Truth::True => return Value::Option(at),
                        Truth::Undecided => return Value::Missing,
                        Truth::False | Truth::Undefined => {}
                    }
                }
                if *otherwise { Value::Option(options.len()) } else { Value::Nothing }
            }
            Pick::Best { options, mixed } => {
                let scores: Vec<Value> = options.iter().map(|score| self.term(score, view)).collect();
                let highest = scores.iter().filter(|score| matches!(score, Value::Number(_))).max();
                let Some(highest) = highest else {
                    return if scores.contains(&Value::Missing) { Value::Missing } else { Value::Nothing };
                };
                let ties = scores.iter().filter(|score| *score == highest).count();
                let first = scores.iter().position(|score| score == highest).expect("it is one of them");
                Value::Option(if ties > 1 && *mixed { options.len() } else { first })
            }
        }
    }
}

/// The number that a value is.
fn number(value: Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// A place in a profile that is open.
#[derive(Debug, Clone, Copy)]
enum Gap {
    Answer(usize, usize),
    Importance(usize, usize),
    Status(usize),
}

/// Everything that is open, and how many ways there are to fill it.
fn gaps(model: &Model, profile: &Profile) -> Vec<(Gap, usize)> {
    let mut gaps = Vec::new();
    for (at, question) in model.questions.iter().enumerate() {
        let asked = |slot: usize| questions::is_asked_of(model, profile, at, slot);
        for (slot, given) in profile.answers[at].iter().enumerate().filter(|(slot, _)| asked(*slot)) {
            if matches!(given, Given::Unknown | Given::Missing) && links::is_open(model, profile, at, slot) {
                let ways = question.kind.values().len() + usize::from(question.not_applicable);
                gaps.push((Gap::Answer(at, slot), ways));
            }
        }
        if let Some(scale) = question.importance.as_ref().filter(|_| !profile.sets_aside(model, question.ruleset)) {
            for (slot, given) in profile.importances[at].iter().enumerate().filter(|(slot, _)| asked(*slot)) {
                if given.is_none() {
                    gaps.push((Gap::Importance(at, slot), scale.len()));
                }
            }
        }
    }
    for (at, bouwsteen) in model.bouwstenen.iter().enumerate() {
        let aside = profile.sets_aside(model, bouwsteen.ruleset);
        if profile.statuses[at].is_none() && bouwsteen.same_as.is_empty() && !aside {
            gaps.push((Gap::Status(at), STATUSES.len()));
        }
    }
    gaps
}

fn fill(model: &Model, profile: &mut Profile, gap: Gap, way: usize) {
    match gap {
        Gap::Answer(question, slot) => {
            let value = model.questions[question].kind.values().get(way).copied();
            profile.answers[question][slot] = value.map_or(Given::NotApplicable, Given::Value);
        }
        Gap::Importance(question, slot) => {
            let scale = model.questions[question].importance.as_ref().expect("only then is it open");
            profile.importances[question][slot] = Some(scale[way]);
        }
        Gap::Status(bouwsteen) => profile.statuses[bouwsteen] = Some(way),
    }
}

/// How far a bouwsteen is: what the profile says of it, or of the first of those that are the same.
pub(super) fn status(model: &Model, profile: &Profile, bouwsteen: usize) -> Option<usize> {
    let same = || model.bouwstenen[bouwsteen].same_as.iter().find_map(|same| status(model, profile, *same));
    profile.statuses[bouwsteen].or_else(same)
}

/// In how many ways a profile can be completed.
pub(super) fn count_completions(model: &Model, profile: &Profile) -> usize {
    gaps(model, profile).iter().fold(1, |product, (_, ways)| product.saturating_mul(*ways))
}

/// One of the ways in which a profile can be completed.
pub(super) fn completion(model: &Model, profile: &Profile, mut choose: impl FnMut(usize) -> usize) -> Profile {
    let mut filled = profile.clone();
    for (gap, ways) in gaps(model, profile) {
        fill(model, &mut filled, gap, choose(ways));
    }
    filled
}

/// All ways in which a profile can be completed.
pub(super) fn completions(model: &Model, profile: &Profile) -> Vec<Profile> {
    let mut all = vec![profile.clone()];
    for (gap, ways) in gaps(model, profile) {
        let mut next = Vec::with_capacity(all.len() * ways);
        for before in &all {
            for way in 0..ways {
                let mut filled = before.clone();
                fill(model, &mut filled, gap, way);
                next.push(filled);
            }
        }
        all = next;
    }
    all
}
