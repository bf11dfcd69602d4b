//! What a library could say at all: evaluation on chains of which nothing is known yet.
//!
//! Where nothing is answered, the set of values over all completions is what an expression can ever come to.
//! Questions about rules become questions about one such set: two rules coincide where "one of the two speaks
//! and the other does not" cannot come true.

use super::evaluation::Evaluation;
use super::facts::Facts;
use super::possible::MOST_STATES;
use super::{Checked, check};
use crate::condition::{ExprId, Value};
use crate::problem::{FileId, Problems, Span};
use crate::profile::{Party, Profile, Section};
use crate::ruleset::{Asked, Library};
use std::collections::BTreeSet;

/// Profiles that say nothing: without parties, and where a library asks parties, with one and with two of them
/// in each role.
#[derive(Debug)]
pub(crate) struct Prospects(Vec<Profile>);

/// What these profiles say is written nowhere.
const NOWHERE: Span = Span { file: FileId(0), start: 0, end: 0 };

/// How many sets of values may be put together for one question; some tenths of a second.
pub(super) const BUDGET: u64 = 60_000;

/// Evaluations on [`Prospects`].
pub(crate) struct Outlook<'a> {
    evaluations: Vec<Evaluation<'a>>,
}

impl Prospects {
    /// The profiles for a library.
    pub(crate) fn of(library: &Library) -> Self {
        let mut all = vec![Profile::blank("a chain of which nothing is known")];
        if library.questions.iter().any(|question| question.asked != Asked::Chain) {
            all.extend([1, 2].map(|each| with_parties(library, each)));
        }
        Self(all)
    }

    /// The profiles, ready to be evaluated. Whoever reads targets finds them unknown, not absent.
    pub(crate) fn checked<'a>(&'a self, library: &Library) -> Vec<Checked<'a>> {
        let mut all: Vec<Checked<'a>> =
            self.0.iter().filter_map(|profile| check(library, profile, &mut Problems::new())).collect();
        if let Some((whole, less)) = answered(library).split_first() {
            all.iter_mut().for_each(|checked| checked.0.answer_only(library, whole.clone()));
            let blank = all.first().map(|checked| checked.0.clone());
            for (mut facts, answered) in blank.iter().cycle().cloned().zip(less) {
                facts.answer_only(library, answered.clone());
                all.push(Checked(facts));
            }
        }
        all.iter_mut().for_each(|checked| checked.0.targets.fill(Value::Missing));
        all
    }

    /// So many chains of which everything is known, each of them another: what stands in them is of no
    /// importance, only that they differ.
    pub(crate) fn samples<'a>(&'a self, library: &Library, count: usize) -> Vec<Checked<'a>> {
        let checked = self.checked(library);
        let mut dice = Dice(1);
        (0..count).filter_map(|at| Some(filled(library, &checked.get(at % checked.len())?.0, &mut dice))).collect()
    }
}

/// Which rulesets a chain may answer, where a ruleset joins others: all, each one not, each one alone, none.
fn answered(library: &Library) -> Vec<Vec<bool>> {
    let joined: BTreeSet<&String> = library.joined().collect();
    let ids: Vec<&String> = library.rulesets.iter().map(|ruleset| &ruleset.manifest.id).collect();
    if joined.is_empty() {
        return Vec::new();
    }
    let answers = |aside: &dyn Fn(&String) -> bool| -> Vec<bool> {
        ids.iter().map(|id| !joined.contains(id) || !aside(id)).collect()
    };
    let mut all = vec![answers(&|_| false)];
    all.extend(joined.iter().map(|one| answers(&|id| id == *one)));
    all.extend(joined.iter().map(|one| answers(&|id| id != *one)));
    all.push(answers(&|_| true));
    all
}

/// Numbers without order, the same in every run.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }

    /// One of some values; `leaning` towards the first or the last of them, or towards none.
    fn pick(&mut self, values: &[Value], leaning: usize) -> Value {
        let at = self.throw(values.len());
        let at = match leaning {
            0 => at.min(self.throw(values.len())),
            1 => at.max(self.throw(values.len())),
            _ => at,
        };
        values.get(at).copied().unwrap_or(Value::Missing)
    }
}

fn filled<'a>(library: &Library, blank: &Facts<'a>, dice: &mut Dice) -> Checked<'a> {
    let mut facts = blank.clone();
    let leaning = dice.throw(3);
    for (question, slots) in library.questions.iter().zip(&blank.slots) {
        let ends = || question.scores().map(|(low, high)| [low, high].map(Value::Number).to_vec());
        let values = question.kind.domain().or_else(ends).unwrap_or_default();
        let scale = question.importance.as_ref().map(|scale| scale.values.iter().copied().map(Value::Number));
        let importances: Vec<Value> = scale.into_iter().flatten().collect();
        for slot in slots.start..slots.start + slots.len() {
            facts.values.set(slot, dice.pick(&values, leaning));
            facts.importances[slot] = dice.pick(&importances, leaning);
        }
    }
    for status in &mut facts.statuses {
        *status = dice.pick(&[0, 1, 2, 3].map(Value::Option), leaning);
    }
    for (target, aspect) in facts.targets.iter_mut().zip(&library.aspects) {
        let ends = aspect.within.map(|(low, high)| [low, high].map(Value::Number));
        *target = ends.map_or(Value::Nothing, |ends| dice.pick(&ends, leaning));
    }
    Checked(facts)
}

fn with_parties(library: &Library, each: usize) -> Profile {
    let mut profile = Profile::blank("a chain with parties, of which nothing is known");
    if library.roles.is_empty() {
        // of parties it can only be said that they differ where there are two
        (0..=each).for_each(|_| drop(add_party(&mut profile)));
    }
    for role in &library.roles {
        let parties: Vec<(String, Span)> = (0..each).map(|_| add_party(&mut profile)).collect();
        let ruleset = &library.rulesets[role.declared.ruleset].manifest.id;
        Section::set(&mut profile.roles, ruleset, &role.declared.id, NOWHERE, parties);
    }
    profile
}

fn add_party(profile: &mut Profile) -> (String, Span) {
    let id = format!("party-{}", profile.parties.len() + 1);
    profile.parties.push(Party { name: id.clone(), id: id.clone(), sector: None });
    (id, NOWHERE)
}

impl<'a> Outlook<'a> {
    /// Looks at a library.
    pub(crate) fn over(library: &'a Library, checked: &'a [Checked<'a>]) -> Self {
        Self { evaluations: checked.iter().map(|checked| Evaluation::lazy(library, &checked.0)).collect() }
    }

    /// Whether a condition can ever come true; nothing, where that is too much to go through.
    pub(crate) fn could(&mut self, condition: ExprId) -> Option<bool> {
        let mut sure = true;
        for evaluation in &mut self.evaluations {
            evaluation.budget = BUDGET;
            let possible = evaluation.possible_truths(Evaluation::whole(condition));
            if possible.has(Value::Truth(true)) {
                if possible.exact {
                    return Some(true);
                }
                sure = false;
            }
        }
        sure.then_some(false)
    }

    /// Whether a condition surely never comes true. Less is gone through than for [`Self::could`].
    pub(crate) fn never(&mut self, condition: ExprId) -> bool {
        self.evaluations.iter_mut().all(|evaluation| {
            evaluation.budget = BUDGET / 10;
            let possible = evaluation.possible_truths(Evaluation::whole(condition));
            possible.exact && !possible.has(Value::Truth(true))
        })
    }

    /// Everything that an expression can come to; nothing, where that is too much to go through.
    pub(crate) fn values(&mut self, expr: ExprId) -> Option<Vec<Value>> {
        let mut all = Vec::new();
        for evaluation in &mut self.evaluations {
            evaluation.budget = BUDGET;
            let possible = evaluation.possible_values(Evaluation::whole(expr));
            all.extend_from_slice(possible.values().filter(|values| possible.exact && values.len() <= MOST_STATES)?);
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }
}
