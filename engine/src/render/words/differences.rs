//! What is said of a change in advice.

use super::{Language, Phrase, phrase, say};
use crate::conclusions::Kind;

phrases! {
    SAME_ADVICE = "Het advies is hetzelfde.", "The advice is the same.";
    NO_VALUE = "geen", "none";
    ONLY_OPEN = "Bevindingen die nog open staan", "Findings that are still open";
}

/// The heading over the changes of a kind.
pub(in crate::render) const fn heading(kind: Kind) -> Phrase {
    match kind {
        Kind::Outcome => super::TYPINGS,
        Kind::Level => phrase("Niveaus", "Levels"),
        Kind::Score => phrase("Scores", "Scores"),
        Kind::Diagnosis => super::FINDINGS,
        Kind::Recommendation => super::PLAN,
        Kind::Measure => super::MEASURES,
        Kind::Cell => phrase("Tabellen", "Tables"),
    }
}

/// `plaats 3, stap 2`
pub(in crate::render) fn rank_and_stage(rank: usize, stage: usize, language: Language) -> String {
    say!(language, "plaats {rank}, stap {stage}", "place {rank}, stage {stage}")
}

/// `plaats 3`
pub(in crate::render) fn rank(rank: usize, language: Language) -> String {
    say!(language, "plaats {rank}", "place {rank}")
}
