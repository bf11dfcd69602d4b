//! Why a typing or a level comes out as it does: what is asked of each candidate, under its own name.
//!
//! A typing chooses among options, a ladder among steps, a best-match among portraits. Told as one list of
//! conditions nobody could say which belongs to which.

use super::eyes::Key;
use super::operator::{gathered, portraits};
use super::reasons::{Reasons, state};
use crate::assessment::{Reason, ReasonKind, Shown, State};
use crate::condition::{AspectId, Expr, OutcomeId, Value};
use crate::number::Number;
use crate::ruleset::{Combine, Pick, Portrait, TraitMeasure};

impl Reasons<'_, '_> {
    /// The candidates of a typing or of a level; of anything else what it reads.
    pub(super) fn candidates(&mut self, key: Key) -> Vec<Reason> {
        let library = self.words.library;
        let reads = self.evaluation.reads(key);
        let folded = reads.iter().any(|part| matches!(library.graph.expr(part.expr), Expr::Level(_)));
        match library.graph.expr(key.expr) {
            Expr::Outcome(id) => self.options(*id, key, &reads),
            Expr::Level(id) if !folded => match &library.aspects[id.index()].combine {
                Combine::Ladder(_) => self.steps(*id, &reads),
                Combine::BestMatch { .. } => self.portraits(*id, &reads),
                _ => self.all(&reads),
            },
            _ => self.all(&reads),
        }
    }

    fn all(&mut self, reads: &[Key]) -> Vec<Reason> {
        reads.iter().map(|part| self.reason(*part)).collect()
    }

    /// The options up to the one that is picked: what stands after it was not looked at. Of `best`, all with their scores.
    fn options(&mut self, id: OutcomeId, key: Key, reads: &[Key]) -> Vec<Reason> {
        let outcome = &self.words.library.outcomes[id.index()];
        let texts = self.words.texts(outcome.declared.ruleset);
        let picked = match (outcome.pick, self.evaluation.value(key)) {
            (Pick::First, Value::Option(at)) => usize::from(at),
            _ => usize::MAX,
        };
        let mut options = Vec::new();
        for (part, id) in reads.iter().zip(outcome.ids.iter()).take(picked.saturating_add(1)) {
            let title = texts.text(&format!("outcome.{}.options.{id}", outcome.declared.id)).to_owned();
            let inner = self.reason(*part);
            options.push(match outcome.pick {
                Pick::First => candidate(title, inner.state, vec![inner]),
                Pick::Best(_) => Reason { value: inner.value.clone(), ..candidate(title, inner.state, vec![inner]) },
            });
        }
        options
    }

    fn steps(&mut self, id: AspectId, reads: &[Key]) -> Vec<Reason> {
        let Combine::Ladder(steps) = &self.words.library.aspects[id.index()].combine else { return Vec::new() };
        let mut demanded = reads.iter();
        let mut all = Vec::new();
        for (step, at) in steps.iter().zip(0_u16..) {
            let title = self.words.level(id, at).map(|level| level.title).unwrap_or_default();
            let inner = step.demands.and_then(|_| demanded.next()).map(|part| self.reason(*part));
            let state = inner.as_ref().map_or(State::Holds, |inner| inner.state);
            all.push(candidate(title, state, inner.into_iter().collect()));
        }
        all
    }

    fn portraits(&mut self, id: AspectId, reads: &[Key]) -> Vec<Reason> {
        let aspect = &self.words.library.aspects[id.index()];
        let Combine::BestMatch { measure, .. } = aspect.combine else { return Vec::new() };
        let values: Vec<Value> = reads.iter().map(|part| self.evaluation.value(*part)).collect();
        let tallies = gathered(aspect, &values);
        let mut parts = reads.iter();
        let mut all = Vec::new();
        for ((portrait, tally), at) in portraits(aspect).iter().zip(&tallies).zip(0_u16..) {
            let title = self.words.level(id, at).map(|level| level.title).unwrap_or_default();
            let traits = self.traits(id, portrait, &mut parts);
            let held = tally.measure(TraitMeasure::Count).unwrap_or(Number::ZERO);
            let number = tally.measure(measure).unwrap_or(held);
            let value = Some(Shown { number: Some(number), ..Shown::default() });
            all.push(Reason { value, ..candidate(title, State::Holds, traits) });
        }
        all
    }

    fn traits<'k>(
        &mut self,
        id: AspectId,
        portrait: &Portrait,
        parts: &mut impl Iterator<Item = &'k Key>,
    ) -> Vec<Reason> {
        let declared = &self.words.library.aspects[id.index()].declared;
        let texts = self.words.texts(declared.ruleset);
        let mut all = Vec::new();
        for item in &portrait.traits {
            let title = texts.text(&format!("aspect.{}.traits.{}", declared.id, item.id)).to_owned();
            let Some(&part) = parts.next() else { break };
            let (when, partial) = match (item.partial, &*self.evaluation.reads(part)) {
                (Some(_), &[when, partial]) => (when, Some(partial)),
                _ => (part, None),
            };
            let weight = match self.evaluation.value(part) {
                Value::Number(number) if number > Number::ZERO && number < Number::ONE => Some(number),
                _ => None,
            };
            let asked = partial.filter(|_| weight.is_some()).unwrap_or(when);
            let inner = self.reason(asked);
            let state = state(self.evaluation.value(asked));
            let told = candidate(title, state, vec![inner]);
            all.push(Reason { weight, source: Some(item.source.clone()), ..told });
        }
        all
    }
}

fn candidate(title: String, state: State, parts: Vec<Reason>) -> Reason {
    Reason { title, parts: parts.into(), ..Reason::new(ReasonKind::Candidate, state) }
}
