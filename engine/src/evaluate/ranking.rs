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
//! Where a ruleset joins others, its plan holds what they advise too. Bouwstenen and steps that are the same are one
//! advice in it: the four parts are then taken over all of them together, each with the weights of its own ruleset.
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
use crate::ruleset::{Bouwsteen, Library, Ranking};
use std::collections::BTreeMap;

/// Advice: a bouwsteen or step with those of other rulesets that are the same.
#[derive(Debug, Clone)]
struct Advice {
    /// The first gives it its name; the others stand in rulesets that are joined.
    members: Vec<BouwsteenId>,
}

impl Advice {
    fn id(&self) -> BouwsteenId {
        self.members[0]
    }
}

/// A candidate with what it is worth.
struct Candidate {
    advice: Advice,
    assessment: RecommendationAssessment,
    /// The highest score of itself and of what needs it.
    pull: Number,
}

/// What is concluded about rulesets, to find what asks for an advice.
pub(crate) type Concluded<'c> = Vec<(usize, &'c [DiagnosisAssessment])>;

/// The recommendations of one ruleset, by rank; of one that joins others, those of all of them.
///
/// `concluded` are the diagnoses of the ruleset itself and of those that it joins.
pub(crate) fn recommendations<'a>(
    evaluation: &mut Evaluation<'a>,
    words: Words<'a>,
    ruleset: usize,
    concluded: &Concluded<'_>,
) -> Vec<RecommendationAssessment> {
    let all = advices(words.library, ruleset, concluded);
    let mut plan = Plan { evaluation, words, ruleset, of: BTreeMap::new(), all };
    for advice in &plan.all {
        plan.of.extend(advice.members.iter().map(|member| (*member, advice.id())));
    }
    let mut candidates: BTreeMap<BouwsteenId, Candidate> = BTreeMap::new();
    for advice in plan.all.clone() {
        let asks = plan.asks(&advice, concluded);
        if !asks.is_empty() && plan.status(&advice) != Some(Status::Anchored) {
            candidates.insert(advice.id(), plan.candidate(advice, asks));
        }
    }
    plan.add_needed(&mut candidates);
    plan.order(candidates)
}

/// Every advice that a ruleset can give: its own, and those of the rulesets that it joins, the same ones together.
fn advices(library: &Library, ruleset: usize, concluded: &Concluded<'_>) -> Vec<Advice> {
    let of = |at: usize| library.rulesets[at].own.bouwstenen.clone().map(BouwsteenId::at);
    let joins = library.rulesets[ruleset].manifest.joins.is_some();
    let there = |id: &BouwsteenId| {
        joins && concluded.iter().any(|(known, _)| *known == library.bouwstenen[id.index()].declared.ruleset)
    };
    let own = of(ruleset).map(|id| {
        let same = library.bouwstenen[id.index()].same_as.iter().copied().filter(there);
        Advice { members: std::iter::once(id).chain(same).collect() }
    });
    let mut all: Vec<Advice> = own.collect();
    for &(other, _) in concluded.iter().filter(|(other, _)| *other != ruleset) {
        let alone = of(other).filter(|id| !all.iter().any(|advice| advice.members.contains(id)));
        let alone: Vec<Advice> = alone.map(|id| Advice { members: vec![id] }).collect();
        all.extend(alone);
    }
    all
}

/// Whether a source names the place that another one is.
fn cites(source: &str, place: &str) -> bool {
    let goes_on = |at: usize| source[at + place.len()..].starts_with(char::is_alphanumeric);
    source.match_indices(place).any(|(at, _)| !goes_on(at))
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

/// The plan of one ruleset while it is made.
struct Plan<'e, 'a> {
    evaluation: &'e mut Evaluation<'a>,
    words: Words<'a>,
    ruleset: usize,
    all: Vec<Advice>,
    /// The advice that a bouwsteen or step is part of.
    of: BTreeMap<BouwsteenId, BouwsteenId>,
}

impl<'a> Plan<'_, 'a> {
    fn stone(&self, id: BouwsteenId) -> &'a Bouwsteen {
        &self.words.library.bouwstenen[id.index()]
    }

    fn titled(&self, id: BouwsteenId) -> Titled {
        let declared = &self.stone(id).declared;
        let title = self.words.stone(id, "title");
        Titled { id: self.words.id(self.ruleset, declared.ruleset, &declared.id), title }
    }

    /// The first status that is known of what is the same.
    fn status(&self, advice: &Advice) -> Option<Status> {
        let same = advice.members.iter().flat_map(|id| std::iter::once(id).chain(&self.stone(*id).same_as));
        same.map(|id| self.evaluation.facts.statuses[id.index()]).find_map(|status| match status {
            Value::Option(at) => Status::ALL.get(usize::from(at)).copied(),
            _ => None,
        })
    }

    fn asks(&self, advice: &Advice, concluded: &Concluded<'_>) -> Vec<Asks> {
        let mut all = Vec::new();
        for &member in &advice.members {
            let declared = &self.stone(member).declared;
            let ranking = &self.words.library.rulesets[declared.ruleset].manifest.ranking;
            let own = concluded.iter().filter(|(ruleset, _)| *ruleset == declared.ruleset);
            let asking = own.flat_map(|(_, diagnoses)| *diagnoses);
            let asking = asking.filter(|diagnosis| diagnosis.certainty != Certainty::Open);
            let asking = asking.filter(|diagnosis| diagnosis.recommends.contains(&declared.id));
            all.extend(asking.map(|diagnosis| Asks {
                id: self.words.id(self.ruleset, declared.ruleset, &diagnosis.id),
                title: diagnosis.title.clone(),
                severity: diagnosis.severity,
                certainty: diagnosis.certainty,
                full: weight(ranking, diagnosis.severity, Certainty::Confirmed),
                weight: weight(ranking, diagnosis.severity, diagnosis.certainty),
                source: diagnosis.source.clone(),
            }));
        }
        all
    }

    fn candidate(&mut self, advice: Advice, because: Vec<Asks>) -> Candidate {
        let stone = self.stone(advice.id());
        let ranking = &self.words.library.rulesets[stone.declared.ruleset].manifest.ranking;
        let add = |sum: Number, number: Number| sum.plus(number).unwrap_or(sum);
        let from_diagnoses = because.iter().map(|asks| asks.weight).fold(Number::ZERO, add);
        let (mut contributes, mut fits, mut risks) = (Vec::new(), Vec::new(), Vec::new());
        let mut sources: Vec<&str> = Vec::new();
        for &member in &advice.members {
            contributes.extend(self.contributions(member));
            fits.extend(self.fits(member));
            risks.extend(self.risks(member));
            let source = self.stone(member).declared.source.as_str();
            if !sources.iter().any(|told| cites(told, source)) {
                sources.push(source);
            }
        }
        let from_contributions = contributes.iter().map(|part| part.weight).fold(Number::ZERO, add);
        let fit = fit_factor(&fits);
        let status = self.status(&advice);
        let room = match status {
            Some(Status::Started) => ranking.started,
            Some(Status::Working) => ranking.working,
            Some(Status::Anchored) => Number::ZERO,
            Some(Status::Absent) | None => Number::ONE,
        };
        let score =
            from_diagnoses.plus(from_contributions).and_then(|sum| sum.times(fit)).and_then(|sum| sum.times(room));
        let score = score.unwrap_or(Number::ZERO);
        let first_steps = advice.members.iter().map(|id| self.words.stone(*id, "first-steps"));
        let first_steps = first_steps.into_iter().find(|text| !text.is_empty());
        let mut prerequisites = Vec::new();
        for needed in self.needs(&advice) {
            if !self.in_place(&self.advice(needed)) {
                prerequisites.push(self.titled(needed));
            }
        }
        let assessment = RecommendationAssessment {
            kind: if stone.step { RecommendationKind::Step } else { RecommendationKind::Bouwsteen },
            bouwsteen: self.titled(advice.id()).id,
            title: self.words.stone(advice.id(), "title"),
            stands_for: advice.members[1..].iter().map(|id| self.titled(*id)).collect(),
            about: self.words.stone(advice.id(), "about"),
            first_steps,
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
            risks,
            source: sources.join("; "),
        };
        Candidate { advice, pull: score, assessment }
    }

    /// The advice that must be followed first.
    fn needs(&self, advice: &Advice) -> Vec<BouwsteenId> {
        let mut needs = Vec::new();
        for needed in advice.members.iter().flat_map(|id| &self.stone(*id).prerequisites) {
            let needed = self.of.get(needed).copied().unwrap_or(*needed);
            if needed != advice.id() && !needs.contains(&needed) {
                needs.push(needed);
            }
        }
        needs
    }

    fn advice(&self, id: BouwsteenId) -> Advice {
        let found = self.all.iter().find(|advice| advice.id() == id).cloned();
        found.unwrap_or_else(|| Advice { members: vec![id] })
    }

    fn contributions(&mut self, id: BouwsteenId) -> Vec<Contribution> {
        let (library, words) = (self.words.library, self.words);
        let stone = self.stone(id);
        let ranking = &library.rulesets[stone.declared.ruleset].manifest.ranking;
        let mut all = Vec::new();
        for part in &stone.contributes {
            let aspect = &library.aspects[part.aspect.index()];
            let full = if part.dominant { ranking.dominant } else { ranking.secondary };
            let score = self.evaluation.value(Evaluation::whole(library.exprs.scores[part.aspect.index()]));
            let below = match (score, aspect.within) {
                (Value::Number(score), Some((low, high))) => {
                    high.minus(score).zip(high.minus(low)).and_then(|(below, whole)| below.over(whole))
                }
                _ => None,
            };
            let weight = below.and_then(|below| below.times(full)).unwrap_or(Number::ZERO);
            let full_id = words.id(self.ruleset, aspect.declared.ruleset, &aspect.declared.id);
            let title = Titled { id: full_id, title: words.aspect(part.aspect) };
            let why = words.stone(id, &format!("contributes.{}", aspect.declared.id));
            all.push(Contribution { aspect: title, dominant: part.dominant, why, full, below, weight });
        }
        all
    }

    fn fits(&mut self, id: BouwsteenId) -> Vec<Fit> {
        let mut all = Vec::new();
        for fit in &self.stone(id).fits {
            let value = self.evaluation.value(Evaluation::whole(fit.when));
            all.push(Fit { text: self.words.stone(id, &format!("fits.{}", fit.id)), state: state(value) });
        }
        all
    }

    fn risks(&mut self, id: BouwsteenId) -> Vec<String> {
        let mut all = Vec::new();
        for risk in &self.stone(id).risks {
            let holds =
                risk.when.is_none_or(|when| self.evaluation.value(Evaluation::whole(when)) == Value::Truth(true));
            if holds {
                all.push(self.words.stone(id, &format!("risks.{}", risk.id)));
            }
        }
        all
    }

    /// Whether something is there, or done, so that what needs it need not wait.
    fn in_place(&mut self, advice: &Advice) -> bool {
        let done = advice.members.iter().filter_map(|id| self.stone(*id).done_when).collect::<Vec<_>>();
        done.into_iter().any(|when| self.evaluation.value(Evaluation::whole(when)) == Value::Truth(true))
            || matches!(self.status(advice), Some(Status::Working | Status::Anchored))
    }

    /// Adds what is needed first and is not there, and passes on the pull of what needs it.
    fn add_needed(&mut self, candidates: &mut BTreeMap<BouwsteenId, Candidate>) {
        let mut waiting: Vec<BouwsteenId> = candidates.keys().copied().collect();
        while let Some(id) = waiting.pop() {
            let Candidate { advice, assessment, pull } = &candidates[&id];
            let title = Titled { id: assessment.bouwsteen.clone(), title: assessment.title.clone() };
            let (pull, needs) = (*pull, self.needs(advice));
            for needed in needs {
                let advice = self.advice(needed);
                if self.in_place(&advice) {
                    continue;
                }
                let base = candidates.entry(needed).or_insert_with(|| {
                    waiting.push(needed);
                    self.candidate(advice, Vec::new())
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
    fn order(&self, mut candidates: BTreeMap<BouwsteenId, Candidate>) -> Vec<RecommendationAssessment> {
        let mut stages: BTreeMap<BouwsteenId, usize> = BTreeMap::new();
        let mut done: Vec<RecommendationAssessment> = Vec::new();
        while !candidates.is_empty() {
            let met = |candidate: &&Candidate| {
                !self.needs(&candidate.advice).iter().any(|need| candidates.contains_key(need))
            };
            let best = candidates.values().filter(met).max_by(|a, b| {
                // of equal pull the higher score goes first, and of those the one that the ruleset names first
                let order = (a.pull, a.assessment.score).cmp(&(b.pull, b.assessment.score));
                order.then(b.advice.id().cmp(&a.advice.id()))
            });
            let Some(id) = best.map(|candidate| candidate.advice.id()) else { break };
            let Some(mut candidate) = candidates.remove(&id) else { break };
            let needs = self.needs(&candidate.advice);
            let stage = 1 + needs.iter().filter_map(|need| stages.get(need)).copied().max().unwrap_or(0);
            stages.insert(id, stage);
            candidate.assessment.rank = done.len() + 1;
            candidate.assessment.stage = stage;
            candidate.assessment.needed_for.sort();
            done.push(candidate.assessment);
        }
        done
    }
}

/// Half, and the other half by the share that holds of what is decided; one where nothing is.
fn fit_factor(fits: &[Fit]) -> Number {
    let count = |wanted: State| i64::try_from(fits.iter().filter(|fit| fit.state == wanted).count()).unwrap_or(0);
    let (holds, fails) = (count(State::Holds), count(State::Fails));
    let share = Number::from(holds).over(Number::from(holds + fails)).unwrap_or(Number::ONE);
    share.plus(Number::ONE).and_then(|sum| sum.over(Number::from(2))).unwrap_or(Number::ONE)
}

#[cfg(test)]
mod tests {
    use super::cites;

    #[test]
    fn a_place_is_cited_where_it_is_named_as_a_whole() {
        assert!(cites("Ketenspiegel: ADR, §3.6", "ADR, §3.6"));
        assert!(cites("ADR, §3.8, en Eraneos, r. 213", "ADR, §3.8"));
        assert!(!cites("ADR, §3.61", "ADR, §3.6"));
        assert!(!cites("ADR, §3.6", "ADR, §3.7"));
    }
}
