//! What an assessment says, without its reasons: `conclusions/1`, and how two of them differ.
//!
//! An assessment explains; this is the short of it, one fact an entry. It is what a snapshot keeps, what a
//! comparison compares, and what "the advice changed" means: a change of wording is none.
//!
//! ```text
//! Assessment ─▶ Conclusions ┐
//! Assessment ─▶ Conclusions ┴▶ Difference
//! ```

use crate::assessment::{
    Assessment, Certainty, Completeness, DiagnosisAssessment, RecommendationAssessment, RulesetAssessment, Severity,
    Titled,
};
use crate::number::Number;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of this format.
pub const FORMAT: &str = "conclusions/1";

/// What an assessment says, and what it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Conclusions {
    /// Always `conclusions/1`.
    pub format: String,
    /// Version of the engine that concluded it.
    pub engine: String,
    /// Language of the titles.
    pub language: String,
    /// Name of the chain.
    pub chain: String,
    /// Date that the profile speaks of, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Name of the profile file as it was given.
    pub profile: String,
    /// SHA-256 of the profile's bytes, in hexadecimal.
    pub profile_sha256: String,
    /// One entry for each ruleset, in the order of evaluation.
    pub rulesets: Vec<RulesetConclusions>,
}

/// What one ruleset says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RulesetConclusions {
    /// Id of the ruleset.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over its files, in hexadecimal.
    pub sha256: String,
    /// How many of its questions are answered.
    pub completeness: Completeness,
    /// What it says, by kind in the order of [`Kind`], within a kind in the order of the assessment.
    pub conclusions: Vec<Conclusion>,
}

/// What kind of thing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A typing: which form, which stage.
    Outcome,
    /// The level of an aspect.
    Level,
    /// The number of an aspect.
    Score,
    /// A diagnosis.
    Diagnosis,
    /// Something to put in place or do.
    Recommendation,
    /// A named number.
    Measure,
    /// A cell of a table that speaks; its id is `table/row/column`.
    Cell,
}

/// One thing that is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Conclusion {
    /// What kind of thing.
    pub kind: Kind,
    /// Its id within the ruleset.
    pub id: String,
    /// Its title, in the language of the assessment.
    pub title: String,
    /// What is said.
    pub says: Says,
}

/// What is said of one thing; what does not belong to its kind is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Says {
    /// The number of an aspect or a measure.
    #[serde(skip_serializing_if = "Option::is_none", with = "crate::number::exact")]
    #[schemars(with = "Option<crate::number::exact::Written>")]
    pub number: Option<Number>,
    /// The level, the option of a typing, or which text stands at a place of a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Titled>,
    /// How much a diagnosis matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// How sure it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// Place of a recommendation in the list, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<usize>,
    /// Its stage of the plan, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<usize>,
}

impl Conclusions {
    /// What an assessment says.
    #[must_use]
    pub fn of(assessment: &Assessment) -> Self {
        Self {
            format: FORMAT.to_owned(),
            engine: assessment.receipt.engine.clone(),
            language: assessment.language.clone(),
            chain: assessment.chain.name.clone(),
            date: assessment.chain.date.clone(),
            profile: assessment.receipt.profile.clone(),
            profile_sha256: assessment.receipt.profile_sha256.clone(),
            rulesets: assessment.rulesets.iter().map(RulesetConclusions::of).collect(),
        }
    }
}

impl RulesetConclusions {
    fn of(ruleset: &RulesetAssessment) -> Self {
        let aspects = ruleset.aspects.iter();
        let levels = aspects.clone().filter_map(|aspect| {
            let level = aspect.level.as_ref()?;
            let certainty = level.certainty?;
            let value = level.id.clone().zip(level.title.clone()).map(|(id, title)| Titled { id, title });
            let says = Says { value, certainty: Some(certainty), ..Says::default() };
            Some(Conclusion::new(Kind::Level, &aspect.id, &aspect.title, says))
        });
        let scores = aspects.filter_map(|aspect| {
            let says = Says { number: Some(aspect.score?), ..Says::default() };
            Some(Conclusion::new(Kind::Score, &aspect.id, &aspect.title, says))
        });
        let outcomes = ruleset.outcomes.iter().filter_map(|outcome| {
            let certainty = outcome.certainty?;
            let value = outcome.value.clone().zip(outcome.value_title.clone()).map(|(id, title)| Titled { id, title });
            let says = Says { value, certainty: Some(certainty), ..Says::default() };
            Some(Conclusion::new(Kind::Outcome, &outcome.id, &outcome.title, says))
        });
        let measures = ruleset.measures.iter().filter_map(|measure| {
            let says = Says { number: Some(measure.value?), ..Says::default() };
            Some(Conclusion::new(Kind::Measure, &measure.id, &measure.title, says))
        });
        let cells = ruleset.tables.iter().flat_map(|table| {
            table.cells.iter().map(|cell| {
                let id = format!("{}/{}/{}", table.id, cell.row, cell.column);
                let title = |all: &[Titled], id: &str| {
                    all.iter().find(|one| one.id == id).map_or_else(|| id.to_owned(), |one| one.title.clone())
                };
                let (row, column) = (title(&table.rows, &cell.row), title(&table.columns, &cell.column));
                let value = cell.says.clone().map(|id| Titled { id, title: cell.text.clone() });
                let says = Says { value, certainty: Some(cell.certainty), ..Says::default() };
                Conclusion::new(Kind::Cell, &id, &format!("{}: {row}, {column}", table.title), says)
            })
        });
        let diagnoses = ruleset.diagnoses.iter().map(Conclusion::diagnosis);
        let recommendations = ruleset.recommendations.iter().map(Conclusion::recommendation);
        Self {
            id: ruleset.id.clone(),
            title: ruleset.title.clone(),
            version: ruleset.version.clone(),
            sha256: ruleset.sha256.clone(),
            completeness: ruleset.completeness,
            conclusions: outcomes
                .chain(levels)
                .chain(scores)
                .chain(diagnoses)
                .chain(recommendations)
                .chain(measures)
                .chain(cells)
                .collect(),
        }
    }

    /// The conclusion of this kind about this thing, where there is one.
    #[must_use]
    pub fn find(&self, kind: Kind, id: &str) -> Option<&Conclusion> {
        self.conclusions.iter().find(|one| one.kind == kind && one.id == id)
    }
}

impl Conclusion {
    fn new(kind: Kind, id: &str, title: &str, says: Says) -> Self {
        Self { kind, id: id.to_owned(), title: title.to_owned(), says }
    }

    fn diagnosis(diagnosis: &DiagnosisAssessment) -> Self {
        let (severity, certainty) = (Some(diagnosis.severity), Some(diagnosis.certainty));
        Self::new(Kind::Diagnosis, &diagnosis.id, &diagnosis.title, Says { severity, certainty, ..Says::default() })
    }

    fn recommendation(recommendation: &RecommendationAssessment) -> Self {
        let (rank, stage) = (Some(recommendation.rank), Some(recommendation.stage));
        Self::new(
            Kind::Recommendation,
            &recommendation.bouwsteen,
            &recommendation.title,
            Says { rank, stage, ..Says::default() },
        )
    }
}

/// How two assessments differ in what they say. Rulesets that say the same are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Difference {
    /// By ruleset, in the order of the second assessment; what only the first speaks of comes last.
    pub rulesets: Vec<RulesetDifference>,
}

/// How two assessments differ in what one ruleset says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RulesetDifference {
    /// Id of the ruleset.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What is new, gone or different; by kind, in the order of the second assessment, what is gone last.
    pub changes: Vec<Change>,
}

/// One thing of which something else is said than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// What kind of thing.
    pub kind: Kind,
    /// Its id within the ruleset.
    pub id: String,
    /// Its title, from the second assessment where it is there.
    pub title: String,
    /// What was said; absent where it is new.
    pub before: Option<Says>,
    /// What is said now; absent where it is gone.
    pub after: Option<Says>,
}

impl Difference {
    /// What the second says otherwise than the first. Titles are no part of it: advice is.
    #[must_use]
    pub fn between(before: &Conclusions, after: &Conclusions) -> Self {
        let nothing: &[Conclusion] = &[];
        let of = |all: &Conclusions, id: &str| all.rulesets.iter().position(|ruleset| ruleset.id == id);
        let changed = after.rulesets.iter().map(|now| {
            let then = of(before, &now.id).map_or(nothing, |at| &before.rulesets[at].conclusions);
            RulesetDifference::between(&now.id, &now.title, then, &now.conclusions)
        });
        let gone = before.rulesets.iter().filter(|then| of(after, &then.id).is_none());
        let gone = gone.map(|then| RulesetDifference::between(&then.id, &then.title, &then.conclusions, nothing));
        Self { rulesets: changed.chain(gone).filter(|ruleset| !ruleset.changes.is_empty()).collect() }
    }

    /// Whether the two say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rulesets.is_empty()
    }
}

impl RulesetDifference {
    fn between(id: &str, title: &str, before: &[Conclusion], after: &[Conclusion]) -> Self {
        let change = |one: &Conclusion, before: Option<&Conclusion>, after: Option<&Conclusion>| Change {
            kind: one.kind,
            id: one.id.clone(),
            title: one.title.clone(),
            before: before.map(|one| one.says.clone()),
            after: after.map(|one| one.says.clone()),
        };
        let partners = partners(before, after);
        let now = after.iter().zip(&partners).map(|(one, then)| (one, then.map(|at| &before[at])));
        let otherwise = now.filter(|(one, then)| then.is_none_or(|then| !one.says_as(then)));
        let otherwise = otherwise.map(|(one, then)| change(one, then, Some(one)));
        let gone = before.iter().enumerate().filter(|(at, _)| !partners.contains(&Some(*at)));
        let gone = gone.map(|(_, one)| change(one, Some(one), None));
        let mut changes: Vec<Change> = otherwise.chain(gone).collect();
        changes.sort_by_key(|change| change.kind);
        Self { id: id.to_owned(), title: title.to_owned(), changes }
    }
}

/// For each conclusion the earlier one that it is held against, by place. A place of a table may say several things:
/// what is the same there goes together, and what is left over in order.
fn partners(before: &[Conclusion], after: &[Conclusion]) -> Vec<Option<usize>> {
    let mut taken = vec![false; before.len()];
    let mut partners = vec![None; after.len()];
    for exact in [true, false] {
        for (one, partner) in after.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
            let fits = |then: &Conclusion| {
                then.kind == one.kind && then.id == one.id && (!exact || then.says.value_id() == one.says.value_id())
            };
            *partner = (0..before.len()).find(|at| !taken[*at] && fits(&before[*at]));
            partner.iter().for_each(|at: &usize| taken[*at] = true);
        }
    }
    partners
}

impl Conclusion {
    /// Whether it says the same. A title is no part of that.
    fn says_as(&self, other: &Self) -> bool {
        let rest = |one: &Self| Says { value: None, ..one.says.clone() };
        rest(self) == rest(other) && !self.says.has_another_value(&other.says, self.kind)
    }
}

impl Says {
    /// The id of the value.
    pub(crate) fn value_id(&self) -> Option<&str> {
        self.value.as_ref().map(|value| value.id.as_str())
    }

    /// Whether the value is another one. Which text stands at a place of a table counts only where both tell: what was
    /// recorded earlier does not.
    pub(crate) fn has_another_value(&self, other: &Self, kind: Kind) -> bool {
        let untold = kind == Kind::Cell && (self.value.is_none() || other.value.is_none());
        self.value_id() != other.value_id() && !untold
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conclusions(all: Vec<Conclusion>) -> Conclusions {
        let ruleset = RulesetConclusions {
            id: "r".to_owned(),
            title: "R".to_owned(),
            version: "1.0.0".to_owned(),
            sha256: String::new(),
            completeness: Completeness::default(),
            conclusions: all,
        };
        Conclusions {
            format: FORMAT.to_owned(),
            engine: "0".to_owned(),
            language: "nl".to_owned(),
            chain: "k".to_owned(),
            date: None,
            profile: "p".to_owned(),
            profile_sha256: String::new(),
            rulesets: vec![ruleset],
        }
    }

    fn score(id: &str, number: &str) -> Conclusion {
        let says = Says { number: Number::parse(number), ..Says::default() };
        Conclusion::new(Kind::Score, id, "a score", says)
    }

    fn cell(certainty: Certainty) -> Conclusion {
        Conclusion::new(Kind::Cell, "t/r/c", "a place", Says { certainty: Some(certainty), ..Says::default() })
    }

    #[test]
    fn several_things_at_one_place_of_a_table_are_held_against_each_other_in_order() {
        let both = conclusions(vec![cell(Certainty::Confirmed), cell(Certainty::Open)]);
        assert!(Difference::between(&both, &both).is_empty());
        let one = conclusions(vec![cell(Certainty::Confirmed)]);
        let changes = Difference::between(&both, &one).rulesets.remove(0).changes;
        assert_eq!(changes.len(), 1);
        assert!(changes[0].after.is_none());
        let other = conclusions(vec![cell(Certainty::Confirmed), cell(Certainty::Indicated)]);
        assert_eq!(Difference::between(&both, &other).rulesets[0].changes.len(), 1);
    }

    fn text(id: &str, certainty: Certainty) -> Conclusion {
        let value = Some(Titled { id: id.to_owned(), title: format!("the words of {id}") });
        Conclusion::new(Kind::Cell, "t/r/c", "a place", Says { value, certainty: Some(certainty), ..Says::default() })
    }

    #[test]
    fn another_text_at_a_place_of_a_table_is_a_change() {
        let low = conclusions(vec![text("low", Certainty::Confirmed)]);
        let high = conclusions(vec![text("high", Certainty::Confirmed)]);
        let changes = Difference::between(&low, &high).rulesets.remove(0).changes;
        assert_eq!(changes.len(), 1);
        let said = [&changes[0].before, &changes[0].after].map(|says| says.as_ref().and_then(Says::value_id));
        assert_eq!(said, [Some("low"), Some("high")]);
        let both = conclusions(vec![text("low", Certainty::Confirmed), text("high", Certainty::Confirmed)]);
        let changes = Difference::between(&both, &high).rulesets.remove(0).changes;
        assert_eq!(changes.len(), 1, "what stays is held against itself: {changes:?}");
        assert_eq!(changes[0].before.as_ref().and_then(Says::value_id), Some("low"));
        let mut reworded = low.clone();
        let says = &mut reworded.rulesets[0].conclusions[0].says;
        says.value.iter_mut().for_each(|value| value.title = "in other words".to_owned());
        assert!(Difference::between(&low, &reworded).is_empty());
        let recorded_earlier = conclusions(vec![cell(Certainty::Confirmed)]);
        assert!(Difference::between(&recorded_earlier, &high).is_empty(), "it did not tell which text");
    }

    fn diagnosis(id: &str, certainty: Certainty) -> Conclusion {
        let says = Says { severity: Some(Severity::Major), certainty: Some(certainty), ..Says::default() };
        Conclusion::new(Kind::Diagnosis, id, "a diagnosis", says)
    }

    #[test]
    fn tells_what_is_new_gone_and_different() {
        let before = conclusions(vec![score("a", "2"), score("b", "3"), diagnosis("gone", Certainty::Confirmed)]);
        let after = conclusions(vec![score("a", "2"), score("b", "7/3"), diagnosis("new", Certainty::Open)]);
        let difference = Difference::between(&before, &after);
        let told: Vec<_> = difference.rulesets[0]
            .changes
            .iter()
            .map(|change| (change.id.as_str(), change.before.is_some(), change.after.is_some()))
            .collect();
        assert_eq!(told, [("b", true, true), ("new", false, true), ("gone", true, false)]);
        assert!(Difference::between(&after, &after).is_empty());
    }

    #[test]
    fn a_ruleset_that_is_there_no_more_takes_its_conclusions_along() {
        let before = conclusions(vec![score("a", "2")]);
        let after = Conclusions { rulesets: Vec::new(), ..before.clone() };
        assert_eq!(Difference::between(&before, &after).rulesets[0].changes[0].after, None);
    }

    #[test]
    fn another_title_is_no_other_advice() {
        let before = conclusions(vec![score("a", "2")]);
        let mut after = before.clone();
        after.rulesets[0].conclusions[0].title = "in other words".to_owned();
        assert!(Difference::between(&before, &after).is_empty());
    }

    #[test]
    fn is_read_back_exactly() {
        let all = conclusions(vec![score("a", "7/3"), score("b", "2.25"), diagnosis("d", Certainty::Indicated)]);
        let text = serde_json::to_string(&all).unwrap_or_default();
        assert!(text.contains(r#"{"number":"7/3"}"#) && text.contains(r#"{"number":2.25}"#), "{text}");
        assert_eq!(serde_json::from_str::<Conclusions>(&text).ok(), Some(all));
    }
}
