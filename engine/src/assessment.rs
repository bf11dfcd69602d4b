//! Everything concluded for one profile, as plain data: `assessment/1`.
//!
//! An assessment stands on its own. Titles and texts are in the language it was made in, every conclusion
//! carries its reasons, and the receipt names what it was made from. Fields may be added in version 1,
//! never renamed or dropped. Drawing it is the work of [`crate::render`].

mod recommendations;
mod findings;
mod reasons;
mod results;
mod tailoring;

pub use findings::{Certainty, DiagnosisAssessment, Severity, Silent};
pub use reasons::{Comparison, Evidence, Reason, ReasonKind, Remark, RemarkKind, Shown, State};
pub use recommendations::{
    Asks, Contribution, Fit, RecommendationAssessment, RecommendationKind, Status, StatusAssessment,
};
pub use results::{
    AspectAssessment, CellAssessment, LevelAssessment, MeasureAssessment, OneStep, OutcomeAssessment,
    PortraitAssessment, Range, RoleView, TableAssessment,
};
pub use tailoring::{Overridden, TailoredElement, Tailoring};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of this format.
pub const FORMAT: &str = "assessment/1";

/// Everything concluded for one profile.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Assessment {
    /// Always `assessment/1`.
    pub format: &'static str,
    /// Language of the texts: `nl`, `en`, …
    pub language: String,
    /// What it was made from and with.
    pub receipt: Receipt,
    /// The chain that was looked at.
    pub chain: Chain,
    /// One entry for each ruleset, in the order of evaluation.
    pub rulesets: Vec<RulesetAssessment>,
}

/// What is needed to make the same assessment again. The rulesets' own receipts stand with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Receipt {
    /// Version of the engine.
    pub engine: String,
    /// Name of the profile file as it was given.
    pub profile: String,
    /// SHA-256 of the profile's bytes, in hexadecimal.
    pub profile_sha256: String,
}

/// The chain, as the profile names it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Chain {
    /// Name of the chain.
    pub name: String,
    /// Date that the profile speaks of, as written (ISO 8601).
    pub date: Option<String>,
    /// The parties, in the order of the profile.
    pub parties: Vec<Titled>,
}

/// An id with its title.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Titled {
    /// The id.
    pub id: String,
    /// The title in the language of the assessment.
    pub title: String,
}

/// A title without what explains it: as far as its colon, or what stands in brackets behind it.
#[must_use]
pub(crate) fn short(title: &str) -> &str {
    let end = [": ", " ("].iter().filter_map(|from| title.find(from)).min();
    end.filter(|end| *end > 0).map_or(title, |end| &title[..end])
}

/// What one ruleset concludes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RulesetAssessment {
    /// Id of the ruleset.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over its files, in hexadecimal.
    pub sha256: String,
    /// Its title.
    pub title: String,
    /// A line that every report with this ruleset carries, such as that it gives no assurance.
    pub note: Option<String>,
    /// Whether the profile answers this ruleset, or rulesets that it joins; otherwise it is here because another
    /// one reads it. Of a ruleset that is joined and not answered nothing is concluded.
    pub answered: bool,
    /// For a ruleset that joins others: the ids of those.
    pub joins: Vec<String>,
    /// For a ruleset that extends another: what it makes otherwise in that one, and that one in the one that it
    /// extends in turn; the innermost first.
    pub tailoring: Vec<Tailoring>,
    /// How many of its questions are answered.
    pub completeness: Completeness,
    /// The aspects, parents before children.
    pub aspects: Vec<AspectAssessment>,
    /// The typings.
    pub outcomes: Vec<OutcomeAssessment>,
    /// The named numbers.
    pub measures: Vec<MeasureAssessment>,
    /// The tables.
    pub tables: Vec<TableAssessment>,
    /// The diagnoses that are confirmed, indicated or open; by certainty within severity, worst first.
    pub diagnoses: Vec<DiagnosisAssessment>,
    /// The rules that were looked at and say nothing here, whatever the open answers turn out to be.
    pub silent: Vec<Silent>,
    /// What to put in place or do, by rank.
    pub recommendations: Vec<RecommendationAssessment>,
    /// The bouwstenen of which the profile gives the status.
    pub statuses: Vec<StatusAssessment>,
    /// What stands out in the answers themselves.
    pub remarks: Vec<Remark>,
    /// Questions that are asked and have no answer, in the order of the ruleset.
    pub unanswered: Vec<Titled>,
    /// What to ask next: the open answers that indicated and open diagnoses and typings hang on, those that play a
    /// part in most of them first.
    pub next_questions: Vec<NextQuestion>,
}

/// An open answer, and how much hangs on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NextQuestion {
    /// The question, as in `deciding`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many indicated and open diagnoses and typings it plays a part in.
    pub decides: usize,
}

/// Counts of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Completeness {
    /// Answered with a value.
    pub answered: usize,
    /// Asked and not set aside as not applicable: answered, unknown and missing together.
    pub applicable: usize,
    /// All questions; a question for each party counts once for each party that is asked.
    pub total: usize,
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_title_is_short_without_what_explains_it() {
        let titles = ["ADR: ketensamenwerking", "Ketens de baas (Mastering chains)", "Proef", ": (", ""];
        assert_eq!(titles.map(short), ["ADR", "Ketens de baas", "Proef", ": (", ""]);
    }
}
