//! Flips: no smaller set does it, and those that are told are all there are of their size.

use super::stones::{carried_out, now, taken_over};
use super::{Slot, Trying, changeable, look, slot_id, steps};
use crate::oracle::brute::World;
use crate::oracle::cone::{Cone as Part, Element};
use crate::oracle::model::{Given, Kind, Model, Profile, RULESETS, Value};
use ketenspiegel_engine::whatif::{Flipping, Flips, flip, fragile};
use std::collections::{BTreeMap, BTreeSet};

/// The most profiles that brute force looks at for one conclusion.
const MOST_LOOKS: usize = 200;

/// A conclusion, with what it comes to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conclusion {
    pub(super) element: Element,
}

impl Conclusion {
    /// Everything that can turn.
    fn all(model: &Model) -> Vec<Self> {
        let levels = (0..model.aspects.len()).filter(|at| model.aspects[*at].levels() > 0).map(Element::Aspect);
        let outcomes = (0..model.outcomes.len()).map(Element::Outcome);
        let rules = (0..model.rules.len()).map(Element::Rule);
        rules.chain(outcomes).chain(levels).map(|element| Self { element }).collect()
    }

    pub(super) fn id(self, model: &Model) -> String {
        let (ruleset, id) = match self.element {
            Element::Rule(at) => (model.rules[at].ruleset, format!("d{at}")),
            Element::Outcome(at) => (model.outcomes[at].ruleset, format!("o{at}")),
            Element::Aspect(at) => (model.aspects[at].ruleset, format!("a{at}")),
            _ => unreachable!("these are not turned"),
        };
        format!("{}/{id}", RULESETS[ruleset])
    }

    /// What it comes to: 1 or 0 for a rule that speaks or not, the place of a level or an option.
    pub(super) fn now(self, world: &World<'_>) -> Option<usize> {
        match self.element {
            Element::Rule(at) => Some(usize::from(world.speaks(at))),
            Element::Outcome(at) => world.outcome(at).now,
            Element::Aspect(at) => world.level(at).now,
            _ => None,
        }
    }

    /// What counts as turned: for a level up and down apart, each a goal of its own.
    fn goals(self, now: Option<usize>) -> Vec<Box<dyn Fn(Option<usize>) -> bool>> {
        match (self.element, now) {
            (Element::Aspect(_), Some(now)) => vec![
                Box::new(move |then: Option<usize>| then.is_some_and(|then| then > now)),
                Box::new(move |then: Option<usize>| then.is_some_and(|then| then < now)),
            ],
            _ => vec![Box::new(move |then: Option<usize>| then.is_some() && then != now)],
        }
    }
}

/// A set of places, with the fewest steps that turn the conclusion there.
type Sets = BTreeMap<BTreeSet<String>, usize>;

fn fewest(sets: &mut Sets, set: BTreeSet<String>, steps: usize) {
    let known = sets.entry(set).or_insert(steps);
    *known = (*known).min(steps);
}

/// Something that can become something else.
#[derive(Debug, Clone, Copy)]
enum Change {
    /// An answer.
    Answer(Slot, Value),
    /// A bouwsteen that is brought further.
    Bouwsteen(usize, usize),
}

/// A profile with some things changed: an answer that is changed itself is left as it is said to become, whatever
/// the bouwstenen lift.
fn with(model: &Model, profile: &Profile, changes: &[Change]) -> Profile {
    let now = now(model, profile);
    let (mut statuses, mut moves) = (now.clone(), Vec::new());
    for change in changes {
        match *change {
            Change::Answer(slot, value) => moves.push((slot, value)),
            Change::Bouwsteen(at, status) => statuses[at] = status,
        }
    }
    let brought = if statuses == now { profile.clone() } else { carried_out(model, profile, &now, &statuses) };
    changed(&brought, &moves)
}

/// A profile with some answers changed.
pub(super) fn changed(profile: &Profile, moves: &[(Slot, Value)]) -> Profile {
    let mut changed = profile.clone();
    for ((question, slot), value) in moves {
        changed.answers[*question][*slot] = Given::Value(*value);
    }
    changed
}

impl Trying<'_> {
    pub(super) fn flips(&mut self) -> Vec<String> {
        let mut wrong = Vec::new();
        let acting = !self.model.bouwstenen.is_empty();
        for conclusion in Conclusion::all(self.model) {
            let id = conclusion.id(self.model);
            for bouwstenen in [Some(false), acting.then_some(true)].into_iter().flatten() {
                let found = self.loaded.ask(self.model, self.cone, self.profile, |library, profile, _, problems| {
                    flip(library, profile, "nl", Flipping { id: &id, to: None, bouwstenen }, problems)
                });
                match found {
                    Ok(found) => wrong.extend(self.hold(conclusion, bouwstenen, &found)),
                    Err(refused) => wrong.push(format!("{id}: {refused}")),
                }
            }
        }
        wrong
    }

    fn hold(&mut self, conclusion: Conclusion, bouwstenen: bool, found: &Flips) -> Option<String> {
        let now = look(self.model, self.profile, |world| conclusion.now(world));
        let mut left = MOST_LOOKS;
        let mut expected = Sets::new();
        for turned in conclusion.goals(now) {
            for (set, steps) in self.smallest(conclusion, bouwstenen, &turned, &mut left)? {
                fewest(&mut expected, set, steps);
            }
        }
        let mut told = Sets::new();
        for flip in &found.flips {
            fewest(&mut told, flip.changes.iter().map(|change| change.id.clone()).collect(), flip.steps);
        }
        self.count(match told.keys().map(BTreeSet::len).max() {
            None => "no flip",
            Some(1) => "flip of one answer",
            Some(_) => "flip of several answers",
        });
        if told.keys().flatten().any(|id| id.contains("/b")) {
            self.count("flip with a bouwsteen");
        }
        if !found.exact {
            return Some(format!("{}: not exact on so little", found.id));
        }
        (told != expected)
            .then(|| format!("{}: brute force turns it with {expected:?}, the engine with {told:?}", found.id))
    }

    /// The smallest sets that turn a conclusion; nothing where there are too many to try.
    fn smallest(
        &self,
        conclusion: Conclusion,
        bouwstenen: bool,
        turned: &dyn Fn(Option<usize>) -> bool,
        left: &mut usize,
    ) -> Option<Sets> {
        let all = self.changes(conclusion, bouwstenen);
        for size in 1..=all.len() {
            let mut sets = Sets::new();
            for chosen in (0_u32..1 << all.len()).filter(|bits| bits.count_ones() as usize == size) {
                let chosen: Vec<_> = (0..all.len()).filter(|at| chosen >> at & 1 == 1).map(|at| &all[at]).collect();
                let ids: BTreeSet<String> = chosen.iter().map(|(id, _)| id.clone()).collect();
                let mut ways: Vec<(Vec<Change>, usize)> = vec![(Vec::new(), 0)];
                for (_, becomes) in chosen {
                    let further = |(before, taken): &(Vec<Change>, usize)| {
                        let (before, taken) = (before.clone(), *taken);
                        becomes
                            .iter()
                            .map(move |(change, steps)| ([before.as_slice(), &[*change]].concat(), taken + steps))
                    };
                    ways = ways.iter().flat_map(further).collect();
                }
                for (changes, steps) in ways {
                    *left = left.checked_sub(1)?;
                    let other = with(self.model, self.profile, &changes);
                    if turned(look(self.model, &other, |world| conclusion.now(world))) {
                        fewest(&mut sets, ids.clone(), steps);
                    }
                }
            }
            if !sets.is_empty() {
                return Some(sets);
            }
        }
        Some(Sets::new())
    }

    /// What could turn a conclusion: by id, everything that it can become with the steps that takes.
    fn changes(&self, conclusion: Conclusion, bouwstenen: bool) -> Vec<(String, Vec<(Change, usize)>)> {
        let read = Part::of(self.model, conclusion.element).questions;
        let slots = changeable(self.model, self.profile).into_iter().filter(|((at, _), ..)| read.contains(at));
        let mut all: Vec<_> = slots
            .map(|(slot, from, values)| {
                let kind = &self.model.questions[slot.0].kind;
                let becomes = values.into_iter().map(|to| (Change::Answer(slot, to), steps(kind, from, to)));
                (slot_id(self.model, self.profile, slot), becomes.collect())
            })
            .collect();
        if bouwstenen {
            let now = now(self.model, self.profile);
            let free = (0..now.len()).filter(|at| !taken_over(self.model, self.profile, *at));
            all.extend(free.map(|at| {
                let id = format!("{}/b{at}", RULESETS[self.model.bouwstenen[at].ruleset]);
                (id, (now[at] + 1..4).map(|to| (Change::Bouwsteen(at, to), to - now[at])).collect())
            }));
        }
        all
    }

    /// What hangs on one step of one answer.
    pub(super) fn fragile(&mut self) -> Vec<String> {
        let found = self.loaded.ask(self.model, self.cone, self.profile, |library, profile, _, problems| {
            fragile(library, profile, "nl", problems)
        });
        let Ok(found) = found else { return vec!["fragile: refused".to_owned()] };
        let told: BTreeSet<(String, String)> = found
            .iter()
            .flat_map(|one| one.by.iter().map(|step| (one.id.clone(), step.change.id.clone())))
            .filter(|(id, _)| !id.contains("/t") && !id.ends_with("raadt-aan"))
            .collect();
        let mut expected = BTreeSet::new();
        for conclusion in Conclusion::all(self.model) {
            let now = look(self.model, self.profile, |world| conclusion.now(world));
            let silent = matches!(conclusion.element, Element::Rule(_)) && now == Some(0);
            if silent || now.is_none() {
                continue;
            }
            let read = Part::of(self.model, conclusion.element).questions;
            for (slot, from, values) in changeable(self.model, self.profile) {
                if !read.contains(&slot.0) || !matches!(from, Given::Value(_)) {
                    continue;
                }
                let kind: &Kind = &self.model.questions[slot.0].kind;
                let near = values.into_iter().filter(|to| steps(kind, from, *to) == 1);
                for to in near {
                    let other = changed(self.profile, &[(slot, to)]);
                    if look(self.model, &other, |world| conclusion.now(world)) != now {
                        expected.insert((conclusion.id(self.model), slot_id(self.model, self.profile, slot)));
                    }
                }
            }
        }
        if !expected.is_empty() {
            self.count("fragile");
        }
        let differ = told != expected;
        differ.then(|| format!("fragile: brute force finds {expected:?}, the engine {told:?}")).into_iter().collect()
    }
}
