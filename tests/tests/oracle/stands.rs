//! What an assessment says of a profile with gaps must hold however the gaps are filled.
//!
//! This holds the engine against itself, whatever the rulesets mean: it needs no second evaluation, so it also goes
//! where the format leaves a meaning open.

use ketenspiegel_engine::assessment::{
    Assessment, Certainty, LevelAssessment, OutcomeAssessment, Range, RulesetAssessment, Titled,
};
use std::collections::BTreeMap;

/// What stood before, in a profile with gaps, and does not stand after some of them are filled.
pub(super) fn fallen(before: &Assessment, after: &Assessment) -> Vec<String> {
    let pairs = before.rulesets.iter().zip(&after.rulesets);
    pairs.flat_map(|(before, after)| fallen_of(before, after)).collect()
}

fn fallen_of(before: &RulesetAssessment, after: &RulesetAssessment) -> Vec<String> {
    let mut fallen = Vec::new();
    for (before, after) in before.aspects.iter().zip(&after.aspects) {
        if !within(before.range, after.range) {
            fallen.push(format!("range of {}: {:?} became {:?}", before.id, before.range, after.range));
        }
        if let (Some(level), Some(then)) = (&before.level, &after.level)
            && !chosen(&of_level(level), &of_level(then))
        {
            fallen.push(format!("level of {}: {level:?} became {then:?}", before.id));
        }
    }
    for (before, after) in before.measures.iter().zip(&after.measures) {
        if !within(before.range, after.range) {
            fallen.push(format!("range of {}: {:?} became {:?}", before.id, before.range, after.range));
        }
    }
    for (before, after) in before.outcomes.iter().zip(&after.outcomes) {
        if !chosen(&of_outcome(before), &of_outcome(after)) {
            fallen.push(format!("outcome {}: {:?} became {:?}", before.id, before.candidates, after.candidates));
        }
    }
    let (speaks, spoke) = (conclusions(after), conclusions(before));
    for (name, (certainty, _)) in &speaks {
        // what holds only as long as something is missing is indicated, and no completion knows of it
        if !spoke.contains_key(name) && *certainty != Certainty::Indicated {
            fallen.push(format!("{name}: was silent and became {certainty:?}"));
        }
    }
    for (name, _) in spoke.iter().filter(|(_, (certainty, _))| *certainty == Certainty::Confirmed) {
        match speaks.get(name) {
            Some((Certainty::Confirmed, _)) | Some((Certainty::Open, true)) => {}
            then => fallen.push(format!("{name}: was confirmed and became {then:?}")),
        }
    }
    fallen
}

/// Diagnoses and cells by name, with whether they are open because the answers do not offer what they need.
fn conclusions(ruleset: &RulesetAssessment) -> BTreeMap<String, (Certainty, bool)> {
    let diagnoses = ruleset.diagnoses.iter();
    let mut all: BTreeMap<String, (Certainty, bool)> =
        diagnoses.map(|one| (one.id.clone(), (one.certainty, !one.needs.is_empty()))).collect();
    for table in &ruleset.tables {
        let named = |row: &str, column: &str| format!("{}/{row}/{column}", table.id);
        all.extend(table.cells.iter().map(|cell| (named(&cell.row, &cell.column), (cell.certainty, false))));
    }
    all
}

fn within(before: Option<Range>, after: Option<Range>) -> bool {
    match (before, after) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(wide), Some(narrow)) => wide.low <= narrow.low && narrow.high <= wide.high,
    }
}

/// What a level and a typing have in common.
struct Chosen<'a> {
    now: Option<&'a String>,
    certainty: Option<Certainty>,
    candidates: &'a [Titled],
}

fn of_level(level: &LevelAssessment) -> Chosen<'_> {
    Chosen { now: level.id.as_ref(), certainty: level.certainty, candidates: &level.candidates }
}

fn of_outcome(outcome: &OutcomeAssessment) -> Chosen<'_> {
    Chosen { now: outcome.value.as_ref(), certainty: outcome.certainty, candidates: &outcome.candidates }
}

fn chosen(before: &Chosen<'_>, after: &Chosen<'_>) -> bool {
    let narrower = after.candidates.iter().all(|candidate| before.candidates.contains(candidate));
    let confirmed = before.certainty == Some(Certainty::Confirmed);
    let kept = before.now.is_none() || after.now == before.now;
    narrower && (!confirmed || (kept && after.certainty == before.certainty))
}
