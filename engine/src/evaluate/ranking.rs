//! What to put in place or do, in which order.
//!
//! A bouwsteen or step is recommended when a confirmed or indicated diagnosis asks for it and it is not anchored
//! yet, or when something that is recommended needs it first. Its score is
//!
//! ```text
//! (diagnoses + contributions) × fit × room
//! ```
//!
//! - *diagnoses*: the sum, over the diagnoses that ask for it, of the weight of the severity
//!   (critical 8, major 4, minor 2, observation 1), halved where the diagnosis is indicated rather than confirmed;
//! - *contributions*: the sum, over the aspects that it strengthens, of 1 (dominant) or ½ (secondary) times how far
//!   the aspect's score lies below its highest, as a share of its scale;
//! - *fit*: ½, and the other ½ times the share of its `fits` conditions that hold, of those that are decided;
//! - *room*: 1 while it is absent or its status is unknown, ¾ when started, ¼ when working.
//!
//! A ruleset can set these weights. The order is by score, highest first, but nothing comes before what it needs;
//! what others need first counts for at least as much as they do. The stage is one more than the highest stage of what it needs.

use super::evaluation::Evaluation;
use super::reasons::state;
use super::words::Words;
use crate::assessment::{
    Asks, Certainty, Contribution, DiagnosisAssessment, Fit, RecommendationAssessment, RecommendationKind, Severity,
    State, Status, Titled,
};
use crate::condition::{BouwsteenId, Value};
use crate::number::Number;
use crate::ruleset::{Bouwsteen, Ranking};
use std::collections::BTreeMap;

/// A candidate with what it is worth.
struct Candidate {
    id: BouwsteenId,
    assessment: RecommendationAssessment,
    /// The highest score of itself and of what needs it.
    pull: Number,
}

/// The recommendations of one ruleset, by rank.
pub(crate) fn recommendations(
    evaluation: &mut Evaluation<'_>,
    words: Words<'_>,
    ruleset: usize,
    diagnoses: &[DiagnosisAssessment],
) -> Vec<RecommendationAssessment> {
    let library = words.library;
    let own = library.rulesets[ruleset].own.bouwstenen.clone();
    let mut candidates: BTreeMap<BouwsteenId, Candidate> = BTreeMap::new();
    for at in own {
        let id = BouwsteenId::at(at);
        let asks = asks(evaluation, words, ruleset, id, diagnoses);
        if !asks.is_empty() && status(evaluation, id) != Some(Status::Anchored) {
            candidates.insert(id, candidate(evaluation, words, id, asks));
        }
    }
    add_needed(evaluation, words, &mut candidates);
    order(words, candidates)
}

fn status(evaluation: &Evaluation<'_>, id: BouwsteenId) -> Option<Status> {
    let own = evaluation.facts.statuses[id.index()];
    let same = evaluation.library.bouwstenen[id.index()].same_as.map(|other| evaluation.facts.statuses[other.index()]);
    match same.filter(|_| own == Value::Missing).unwrap_or(own) {
        Value::Option(at) => Status::ALL.get(usize::from(at)).copied(),
        _ => None,
    }
}

fn weight(ranking: &Ranking, severity: Severity, certainty: Certainty) -> Number {
    let full = match severity {
        Severity::Critical => ranking.critical,
        Severity::Major => ranking.major,
        Severity::Minor => ranking.minor,
        Severity::Observation => ranking.observation,
        Severity::Strength => Number::ZERO,
    };
    if certainty == Certainty::Confirmed { full } else { full.times(ranking.indicated).unwrap_or(full) }
}

fn asks(
    evaluation: &Evaluation<'_>,
    words: Words<'_>,
    ruleset: usize,
    id: BouwsteenId,
    diagnoses: &[DiagnosisAssessment],
) -> Vec<Asks> {
    let declared = &evaluation.library.bouwstenen[id.index()].declared;
    let ranking = &words.library.rulesets[ruleset].manifest.ranking;
    let asking = diagnoses.iter().filter(|diagnosis| diagnosis.certainty != Certainty::Open);
    let asking = asking.filter(|diagnosis| diagnosis.recommends.contains(&declared.id));
    asking
        .map(|diagnosis| Asks {
            id: diagnosis.id.clone(),
            title: diagnosis.title.clone(),
            severity: diagnosis.severity,
            certainty: diagnosis.certainty,
            weight: weight(ranking, diagnosis.severity, diagnosis.certainty),
        })
        .collect()
}

fn candidate(evaluation: &mut Evaluation<'_>, words: Words<'_>, id: BouwsteenId, because: Vec<Asks>) -> Candidate {
    let library = words.library;
    let stone = &library.bouwstenen[id.index()];
    let ranking = &library.rulesets[stone.declared.ruleset].manifest.ranking;
    let add = |sum: Number, number: Number| sum.plus(number).unwrap_or(sum);
    let from_diagnoses = because.iter().map(|asks| asks.weight).fold(Number::ZERO, add);
    let contributes = contributions(evaluation, words, id, ranking);
    let from_contributions = contributes.iter().map(|part| part.weight).fold(Number::ZERO, add);
    let fits = fits(evaluation, words, id);
    let fit = fit_factor(&fits);
    let status = status(evaluation, id);
    let room = match status {
        Some(Status::Started) => ranking.started,
        Some(Status::Working) => ranking.working,
        Some(Status::Anchored) => Number::ZERO,
        Some(Status::Absent) | None => Number::ONE,
    };
    let score = from_diagnoses.plus(from_contributions).and_then(|sum| sum.times(fit)).and_then(|sum| sum.times(room));
    let score = score.unwrap_or(Number::ZERO);
    let titled = |id: &BouwsteenId| Titled {
        id: library.bouwstenen[id.index()].declared.id.clone(),
        title: words.stone(*id, "title"),
    };
    let needed = stone.prerequisites.iter().filter(|needed| !in_place(evaluation, words, **needed));
    let prerequisites = needed.map(titled).collect();
    let text = |name: &str| Some(words.stone(id, name)).filter(|text| !text.is_empty());
    let assessment = RecommendationAssessment {
        kind: if stone.step { RecommendationKind::Step } else { RecommendationKind::Bouwsteen },
        bouwsteen: stone.declared.id.clone(),
        title: words.stone(id, "title"),
        about: words.stone(id, "about"),
        first_steps: text("first-steps"),
        rank: 0,
        stage: 1,
        score,
        from_diagnoses,
        from_contributions,
        fit,
        room,
        status,
        because,
        needed_for: Vec::new(),
        prerequisites,
        contributes,
        fits,
        risks: risks(evaluation, words, id, stone),
        source: stone.declared.source.clone(),
    };
    Candidate { id, pull: score, assessment }
}

fn contributions(
    evaluation: &mut Evaluation<'_>,
    words: Words<'_>,
    id: BouwsteenId,
    ranking: &Ranking,
) -> Vec<Contribution> {
    let library = words.library;
    let stone = &library.bouwstenen[id.index()];
    let mut all = Vec::new();
    for part in &stone.contributes {
        let aspect = &library.aspects[part.aspect.index()];
        let full = if part.dominant { ranking.dominant } else { ranking.secondary };
        let score = evaluation.value(Evaluation::whole(library.exprs.scores[part.aspect.index()]));
        let weight = match (score, aspect.within) {
            (Value::Number(score), Some((low, high))) => {
                let below = high.minus(score).zip(high.minus(low)).and_then(|(below, whole)| below.over(whole));
                below.and_then(|share| share.times(full)).unwrap_or(Number::ZERO)
            }
            _ => Number::ZERO,
        };
        let title = Titled { id: aspect.declared.id.clone(), title: words.aspect(part.aspect) };
        let why = words.stone(id, &format!("contributes.{}", aspect.declared.id));
        all.push(Contribution { aspect: title, dominant: part.dominant, why, weight });
    }
    all
}

fn fits(evaluation: &mut Evaluation<'_>, words: Words<'_>, id: BouwsteenId) -> Vec<Fit> {
    let stone = &words.library.bouwstenen[id.index()];
    let mut all = Vec::new();
    for fit in &stone.fits {
        let value = evaluation.value(Evaluation::whole(fit.when));
        all.push(Fit { text: words.stone(id, &format!("fits.{}", fit.id)), state: state(value) });
    }
    all
}

/// Half, and the other half by the share that holds of what is decided; one where nothing is.
fn fit_factor(fits: &[Fit]) -> Number {
    let count = |wanted: State| i64::try_from(fits.iter().filter(|fit| fit.state == wanted).count()).unwrap_or(0);
    let (holds, fails) = (count(State::Holds), count(State::Fails));
    let share = Number::from(holds).over(Number::from(holds + fails)).unwrap_or(Number::ONE);
    share.plus(Number::ONE).and_then(|sum| sum.over(Number::from(2))).unwrap_or(Number::ONE)
}

fn risks(evaluation: &mut Evaluation<'_>, words: Words<'_>, id: BouwsteenId, stone: &Bouwsteen) -> Vec<String> {
    let mut all = Vec::new();
    for risk in &stone.risks {
        let holds = risk.when.is_none_or(|when| evaluation.value(Evaluation::whole(when)) == Value::Truth(true));
        if holds {
            all.push(words.stone(id, &format!("risks.{}", risk.id)));
        }
    }
    all
}

/// Whether something is there, or done, so that what needs it need not wait.
fn in_place(evaluation: &mut Evaluation<'_>, words: Words<'_>, id: BouwsteenId) -> bool {
    let done = words.library.bouwstenen[id.index()].done_when;
    done.is_some_and(|when| evaluation.value(Evaluation::whole(when)) == Value::Truth(true))
        || matches!(status(evaluation, id), Some(Status::Working | Status::Anchored))
}

/// Adds what is needed first and is not there, and passes on the pull of what needs it.
fn add_needed(evaluation: &mut Evaluation<'_>, words: Words<'_>, candidates: &mut BTreeMap<BouwsteenId, Candidate>) {
    let mut waiting: Vec<BouwsteenId> = candidates.keys().copied().collect();
    while let Some(id) = waiting.pop() {
        let (title, pull) = {
            let candidate = &candidates[&id];
            let title =
                Titled { id: candidate.assessment.bouwsteen.clone(), title: candidate.assessment.title.clone() };
            (title, candidate.pull)
        };
        for &needed in &words.library.bouwstenen[id.index()].prerequisites {
            if in_place(evaluation, words, needed) {
                continue;
            }
            let base = candidates.entry(needed).or_insert_with(|| {
                waiting.push(needed);
                candidate(evaluation, words, needed, Vec::new())
            });
            if !base.assessment.needed_for.contains(&title) {
                base.assessment.needed_for.push(title.clone());
            }
            if base.pull < pull {
                base.pull = pull;
                waiting.push(needed);
            }
        }
    }
}

/// Takes the strongest pull first among those whose needs are met, and gives ranks and stages.
fn order(words: Words<'_>, mut candidates: BTreeMap<BouwsteenId, Candidate>) -> Vec<RecommendationAssessment> {
    let mut stages: BTreeMap<BouwsteenId, usize> = BTreeMap::new();
    let mut done: Vec<RecommendationAssessment> = Vec::new();
    while !candidates.is_empty() {
        let needs = |id: &BouwsteenId| words.library.bouwstenen[id.index()].prerequisites.iter();
        let ready =
            candidates.values().filter(|candidate| !needs(&candidate.id).any(|need| candidates.contains_key(need)));
        let best = ready.max_by(|a, b| {
            // of equal pull the higher score goes first, and of those the one that the ruleset names first
            (a.pull, a.assessment.score).cmp(&(b.pull, b.assessment.score)).then(b.id.cmp(&a.id))
        });
        let Some(id) = best.map(|candidate| candidate.id) else { break };
        let Some(mut candidate) = candidates.remove(&id) else { break };
        let stage = 1 + needs(&id).filter_map(|need| stages.get(need)).copied().max().unwrap_or(0);
        stages.insert(id, stage);
        candidate.assessment.rank = done.len() + 1;
        candidate.assessment.stage = stage;
        candidate.assessment.needed_for.sort();
        done.push(candidate.assessment);
    }
    done
}
