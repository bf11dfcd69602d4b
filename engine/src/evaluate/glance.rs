//! What is concluded, one thing at a time: without reasons, without texts, and no more than is asked for.

use super::conclude::{Conclude, speaks};
use super::evaluation::Evaluation;
use super::ranking::recommendations;
use super::words::Words;
use super::{Checked, kept};
use crate::assessment::Certainty;
use crate::condition::{BouwsteenId, ExprId, RuleId, Value};
use crate::problem::Problems;
use crate::ruleset::Library;
use crate::source::Sources;

/// A look at what a library concludes of a profile.
pub(crate) struct Glance<'a> {
    evaluation: Evaluation<'a>,
}

impl<'a> Glance<'a> {
    /// Nothing is worked out yet.
    pub(crate) fn at(library: &'a Library, checked: &'a Checked<'a>) -> Self {
        Self { evaluation: Evaluation::lazy(library, &checked.0) }
    }

    /// What an expression comes to on what is answered.
    pub(crate) fn value(&mut self, expr: ExprId) -> Value {
        self.evaluation.value(Evaluation::whole(expr))
    }

    /// How sure a condition is; nothing where it cannot come true.
    pub(crate) fn condition(&mut self, expr: ExprId) -> Option<Certainty> {
        self.evaluation.certainty(expr)
    }

    /// How sure a rule's diagnosis is; nothing where it is silent.
    pub(crate) fn rule(&mut self, id: RuleId) -> Option<Certainty> {
        let rule = &self.evaluation.library.rules[id.index()];
        speaks(&mut self.evaluation, rule)
    }

    /// What a ruleset recommends, by rank.
    pub(crate) fn recommended(&mut self, ruleset: usize, sources: &'a Sources) -> Vec<BouwsteenId> {
        let library = self.evaluation.library;
        let words = Words { library, language: "" };
        let manifest = &library.rulesets[ruleset].manifest;
        let joined = manifest.requires.iter().filter(|_| manifest.joins.is_some());
        let joined = joined.filter(|(id, ..)| self.evaluation.facts.answers(library, id));
        let of = std::iter::once(ruleset).chain(joined.filter_map(|(id, ..)| library.ruleset(id)));
        let of: Vec<usize> = of.collect();
        let mut diagnoses = Vec::new();
        for one in of {
            diagnoses.push((one, Conclude::new(&mut self.evaluation, words, one, sources).diagnoses()));
        }
        let concluded = diagnoses.iter().map(|(one, diagnoses)| (*one, diagnoses.as_slice())).collect();
        let ranked = recommendations(&mut self.evaluation, words, ruleset, &concluded);
        let stone = |id: &str| match id.split_once('/') {
            Some((other, id)) => library.bouwsteen(library.ruleset(other)?, id),
            None => library.bouwsteen(ruleset, id),
        };
        ranked.iter().filter_map(|one| stone(&one.bouwsteen)).collect()
    }

    /// Whether every number could be kept exactly; otherwise a problem says so.
    pub(crate) fn is_exact(&self, problems: &mut Problems) -> bool {
        kept(self.evaluation.is_exact(), self.evaluation.facts.profile, problems).is_some()
    }
}
