//! What a profile says and what it leaves open, counted. Completions do not change it.

use super::evaluation::Evaluation;
use crate::assessment::Completeness;
use crate::condition::{AspectId, QuestionId, Value};
use crate::number::Number;
use crate::profile::GivenValue;

impl Evaluation<'_> {
    /// The counts of the questions under an aspect; those that are asked and not set aside are applicable.
    pub(crate) fn coverage(&mut self, aspect: AspectId) -> Completeness {
        let library = self.library;
        self.completeness(&library.compiled.under[aspect.index()])
    }

    /// The counts over some questions.
    pub(crate) fn completeness(&mut self, questions: &[QuestionId]) -> Completeness {
        let mut counts = Completeness::default();
        for &question in questions {
            for key in self.leaves(question) {
                counts.total += 1;
                match self.value(key) {
                    Value::Nothing => {}
                    Value::Missing => counts.applicable += 1,
                    _ => {
                        counts.applicable += 1;
                        counts.answered += 1;
                    }
                }
            }
        }
        counts
    }

    /// The share of the questions under an aspect that are answered.
    pub(super) fn coverage_share(&mut self, aspect: AspectId) -> Value {
        let counts = self.coverage(aspect);
        let number = |count: usize| Number::from(i64::try_from(count).unwrap_or(i64::MAX));
        match number(counts.answered).over(number(counts.applicable)) {
            Some(share) => Value::Number(share),
            None => Value::Nothing,
        }
    }

    /// Whether a question is answered, by all that are asked.
    pub(super) fn is_answered(&mut self, question: QuestionId) -> bool {
        let leaves = self.leaves(question);
        !leaves.is_empty() && leaves.into_iter().all(|key| !matches!(self.value(key), Value::Missing | Value::Nothing))
    }

    /// Whether a question was answered with "unknown".
    pub(super) fn is_unknown(&self, question: QuestionId) -> bool {
        let slots = &self.facts.slots[question.index()];
        (slots.start..slots.start + slots.len()).any(|slot| {
            let given = self.facts.given[slot].map(|given| &given.value);
            // what was unknown may have been answered since
            matches!(given, Some(GivenValue::Unknown)) && self.facts.values[slot] == Value::Missing
        })
    }
}
