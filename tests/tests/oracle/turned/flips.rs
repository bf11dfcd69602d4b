//! Flips: no smaller set does it, and those that are told are all there are of their size.

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
            Element::Measure(_) | Element::Table(_) => unreachable!("these are not turned"),
        };
        format!("{}/{id}", RULESETS[ruleset])
    }

    /// What it comes to: 1 or 0 for a rule that speaks or not, the place of a level or an option.
    pub(super) fn now(self, world: &World<'_>) -> Option<usize> {
        match self.element {
            Element::Rule(at) => Some(usize::from(world.speaks(at))),
            Element::Outcome(at) => world.outcome(at).now,
            Element::Aspect(at) => world.level(at).now,
            Element::Measure(_) | Element::Table(_) => None,
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
        for conclusion in Conclusion::all(self.model) {
            let id = conclusion.id(self.model);
            let found = self.loaded.ask(self.model, self.cone, self.profile, |library, profile, _, problems| {
                flip(library, profile, "nl", Flipping { id: &id, to: None, bouwstenen: false }, problems)
            });
            match found {
                Ok(found) => wrong.extend(self.hold(conclusion, &found)),
                Err(refused) => wrong.push(format!("{id}: {refused}")),
            }
        }
        wrong
    }

    fn hold(&mut self, conclusion: Conclusion, found: &Flips) -> Option<String> {
        let now = look(self.model, self.profile, |world| conclusion.now(world));
        let mut left = MOST_LOOKS;
        let mut expected = Sets::new();
        for turned in conclusion.goals(now) {
            for (set, steps) in self.smallest(conclusion, &turned, &mut left)? {
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
        turned: &dyn Fn(Option<usize>) -> bool,
        left: &mut usize,
    ) -> Option<Sets> {
        let read = Part::of(self.model, conclusion.element).questions;
        let slots: Vec<_> =
            changeable(self.model, self.profile).into_iter().filter(|((at, _), ..)| read.contains(at)).collect();
        for size in 1..=slots.len() {
            let mut sets = Sets::new();
            for chosen in (0_u32..1 << slots.len()).filter(|bits| bits.count_ones() as usize == size) {
                let chosen: Vec<_> = (0..slots.len()).filter(|at| chosen >> at & 1 == 1).map(|at| &slots[at]).collect();
                let mut ways: Vec<(Vec<(Slot, Value)>, usize)> = vec![(Vec::new(), 0)];
                for (slot, from, values) in chosen {
                    let kind = &self.model.questions[slot.0].kind;
                    let with = |(moves, taken): &(Vec<(Slot, Value)>, usize)| {
                        let (moves, taken) = (moves.clone(), *taken);
                        values.iter().map(move |to| {
                            ([moves.as_slice(), &[(*slot, *to)]].concat(), taken + steps(kind, *from, *to))
                        })
                    };
                    ways = ways.iter().flat_map(with).collect();
                }
                for (moves, steps) in ways {
                    *left = left.checked_sub(1)?;
                    let other = changed(self.profile, &moves);
                    if turned(look(self.model, &other, |world| conclusion.now(world))) {
                        let ids = moves.iter().map(|(slot, _)| slot_id(self.model, self.profile, *slot)).collect();
                        fewest(&mut sets, ids, steps);
                    }
                }
            }
            if !sets.is_empty() {
                return Some(sets);
            }
        }
        Some(Sets::new())
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
