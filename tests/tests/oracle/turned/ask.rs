//! Questions: every answer to every open question is tried, and what it settles is counted.

use super::flips::changed;
use super::{Trying, look, slot_id};
use crate::oracle::brute::{Certainty, World};
use crate::oracle::model::{Given, Profile, RULESETS, Value};
use ketenspiegel_engine::assessment::Titled;
use ketenspiegel_engine::whatif::{Ask, ask};
use std::collections::BTreeSet;

/// The most open questions of which every two are tried.
const MOST_QUESTIONS: usize = 5;
/// The most answers to two questions that are tried together.
const MOST_TOGETHER: usize = 40;

impl Trying<'_> {
    pub(super) fn asked(&mut self) -> Vec<String> {
        let found = self.loaded.ask(self.model, self.cone, self.profile, |library, profile, _, problems| {
            ask(library, profile, "nl", Some(2), problems)
        });
        let Ok(found) = found else { return vec!["ask: refused".to_owned()] };
        let mut wrong = Vec::new();
        for question in &found.questions {
            let Some((slot, ways)) = self.ways(&question.id) else { continue };
            let settled: Vec<BTreeSet<String>> = ways.iter().map(|given| self.settled_by(&[(slot, *given)])).collect();
            let surely: BTreeSet<String> = intersection(&settled);
            let sometimes: BTreeSet<String> =
                settled.iter().flatten().filter(|id| !surely.contains(*id)).cloned().collect();
            if question.exact {
                self.count("question asked");
                let told = [rules(&question.settles), rules(&question.may_settle)];
                let expected = [surely, sometimes];
                if told != expected {
                    wrong.push(format!("ask {}: brute force settles {expected:?}, the engine {told:?}", question.id));
                }
            }
        }
        if let Some(best) = &found.best {
            wrong.extend(self.settle_together(&best.questions, &rules(&best.settles)));
            if best.exact {
                wrong.extend(self.no_better(&found, rules(&best.settles).len()));
            }
        }
        wrong
    }

    /// The place of a question, and everything that can be answered to it; nothing for a bouwsteen.
    fn ways(&self, id: &str) -> Option<((usize, usize), Vec<Given>)> {
        for (at, question) in self.model.questions.iter().enumerate() {
            for slot in 0..self.profile.answers[at].len() {
                if slot_id(self.model, self.profile, (at, slot)) == id {
                    let values = question.kind.values().into_iter().map(Given::Value);
                    let none = question.not_applicable.then_some(Given::NotApplicable);
                    return Some(((at, slot), values.chain(none).collect()));
                }
            }
        }
        None
    }

    /// The rules that are uncertain now, and not any more once this is answered.
    fn settled_by(&self, answers: &[((usize, usize), Given)]) -> BTreeSet<String> {
        let mut other: Profile = changed(self.profile, &[] as &[((usize, usize), Value)]);
        for ((question, slot), given) in answers {
            other.answers[*question][*slot] = *given;
        }
        let sure = |world: &World<'_>| -> Vec<bool> {
            let all = 0..self.model.rules.len();
            all.map(|at| matches!(world.rule(at), None | Some(Certainty::Confirmed))).collect()
        };
        let (before, after) = (look(self.model, self.profile, sure), look(self.model, &other, sure));
        let settled = (0..self.model.rules.len()).filter(|at| !before[*at] && after[*at]);
        settled.map(|at| format!("{}/d{at}", RULESETS[self.model.rules[at].ruleset])).collect()
    }

    /// What is said to be settled by some questions, is so whatever the answers are.
    fn settle_together(&mut self, questions: &[Titled], settled: &BTreeSet<String>) -> Option<String> {
        let each: Vec<_> = questions.iter().map(|question| self.ways(&question.id)).collect::<Option<_>>()?;
        let mut ways: Vec<Vec<((usize, usize), Given)>> = vec![Vec::new()];
        for (slot, given) in each {
            ways = ways
                .iter()
                .flat_map(|way| given.iter().map(move |given| [way.as_slice(), &[(slot, *given)]].concat()))
                .collect();
        }
        if ways.len() > MOST_TOGETHER {
            return None;
        }
        self.count("best questions");
        let surely = intersection(&ways.iter().map(|way| self.settled_by(way)).collect::<Vec<_>>());
        (!settled.is_subset(&surely)).then(|| format!("best: the engine settles {settled:?}, brute force {surely:?}"))
    }
}

impl Trying<'_> {
    /// Where only rules are uncertain and only questions are open: no other two questions settle more of them.
    fn no_better(&mut self, found: &Ask, settled: usize) -> Option<String> {
        let sure = |world: &World<'_>| -> usize {
            let rules = (0..self.model.rules.len()).map(|at| world.rule(at));
            rules.filter(|sure| !matches!(sure, None | Some(Certainty::Confirmed))).count()
        };
        let uncertain = look(self.model, self.profile, sure);
        let each: Vec<_> = found.questions.iter().map(|question| self.ways(&question.id)).collect::<Option<_>>()?;
        if uncertain != found.uncertain || each.len() > MOST_QUESTIONS {
            return None;
        }
        self.count("best questions, no better");
        let mut most = 0;
        for (at, (one, ways)) in each.iter().enumerate() {
            for (other, others) in &each[at..] {
                let both =
                    ways.iter().flat_map(|given| others.iter().map(move |more| [(*one, *given), (*other, *more)]));
                let settled: Vec<BTreeSet<String>> = both.map(|way| self.settled_by(&way)).collect();
                most = most.max(intersection(&settled).len());
            }
        }
        (most > settled)
            .then(|| format!("best: two questions settle {most}, the engine found {settled} and calls it best"))
    }
}

fn rules(titled: &[Titled]) -> BTreeSet<String> {
    titled.iter().map(|one| one.id.clone()).filter(|id| id.contains("/d")).collect()
}

fn intersection(sets: &[BTreeSet<String>]) -> BTreeSet<String> {
    let first = sets.first().cloned().unwrap_or_default();
    first.into_iter().filter(|id| sets.iter().all(|set| set.contains(id))).collect()
}
