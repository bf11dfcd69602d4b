//! Why one thing is as it is: a diagnosis, an aspect, a typing, a measure, a cell or a recommendation.

use super::conclude::{Conclude, certainty};
use super::evaluation::Evaluation;
use super::words::Words;
use super::{checked, kept};
use crate::assessment::{Certainty, DiagnosisAssessment, Reason, RecommendationAssessment, State};
use crate::condition::{AspectId, ExprId, MeasureId, OutcomeId, RuleId};
use crate::problem::{Problem, Problems, codes};
use crate::profile::Profile;
use crate::ruleset::{Declared, Library};
use crate::source::{Place, Sources};
use schemars::JsonSchema;
use serde::Serialize;

/// What kind of thing is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Explained {
    /// A rule's diagnosis, speaking or silent.
    Diagnosis,
    /// An aspect's score or level.
    Aspect,
    /// A typing.
    Outcome,
    /// A named number.
    Measure,
    /// A cell of a table.
    Cell,
    /// A bouwsteen or step, recommended or not.
    Recommendation,
}

/// Why something is as it is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Explanation {
    /// `ruleset/id`.
    pub id: String,
    /// What kind of thing it is.
    pub kind: Explained,
    /// Its title.
    pub title: String,
    /// What its condition says now; for a value, whether there is one.
    pub state: State,
    /// How sure; absent where a diagnosis is silent, or nothing is recommended.
    pub certainty: Option<Certainty>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// For a diagnosis, what its rule needs of the answers.
    pub needs: Vec<Reason>,
    /// For a recommendation, how its rank came about.
    pub recommendation: Option<RecommendationAssessment>,
    /// Where the source says it.
    pub source: String,
    /// Where the ruleset says it.
    pub place: Place,
}

/// What an id names.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Named {
    Rule(RuleId),
    Aspect(AspectId),
    Outcome(OutcomeId),
    Measure(MeasureId),
    Stone(usize),
    Cell(usize, usize),
}

/// Explains the thing called `id`: `ruleset/id`, or `id` alone where only one ruleset has it.
///
/// A cell of a table is `table/row/column`. An id that names nothing, or more than one thing, goes into
/// `problems` with what there is.
pub fn explain(
    library: &Library,
    profile: &Profile,
    sources: &Sources,
    language: &str,
    id: &str,
    problems: &mut Problems,
) -> Option<Explanation> {
    let named = find(library, id, problems)?;
    let facts = checked(library, profile, problems)?;
    let mut evaluation = Evaluation::new(library, &facts);
    let declared = declared(library, named);
    let ruleset = declared.ruleset;
    let words = Words { library, language };
    let mut conclude = Conclude::new(&mut evaluation, words, ruleset, sources);
    let place = sources.place(declared.span);
    let full = format!("{}/{}", library.rulesets[ruleset].manifest.id, declared.id);
    let blank = Explanation {
        id: full,
        kind: Explained::Diagnosis,
        title: String::new(),
        state: State::Holds,
        certainty: None,
        reasons: Vec::new(),
        needs: Vec::new(),
        recommendation: None,
        source: declared.source.clone(),
        place,
    };
    let explanation = match named {
        Named::Rule(id) => rule(&mut conclude, id, blank),
        Named::Aspect(id) => {
            let aspect = conclude.aspect(id);
            let certainty = aspect.level.as_ref().and_then(|level| level.certainty);
            valued(Explained::Aspect, aspect.title, certainty, aspect.because, blank)
        }
        Named::Outcome(id) => {
            let outcome = conclude.outcome(id);
            valued(Explained::Outcome, outcome.title, outcome.certainty, outcome.because, blank)
        }
        Named::Measure(id) => {
            let measure = conclude.measure(id);
            valued(Explained::Measure, measure.title, None, measure.because, blank)
        }
        Named::Cell(table, cell) => {
            let cell = &library.tables[table].cells[cell];
            let reason = conclude.reason(Evaluation::whole(cell.when));
            let (state, certainty) = sure(&mut conclude, cell.when, &reason);
            let source = cell.source.clone();
            Explanation {
                kind: Explained::Cell,
                title: id.to_owned(),
                state,
                certainty,
                reasons: vec![reason],
                source,
                ..blank
            }
        }
        Named::Stone(at) => stone(conclude, sources, at, blank),
    };
    kept(&evaluation, profile, problems)?;
    Some(explanation)
}

fn sure(conclude: &mut Conclude<'_, '_>, when: ExprId, reason: &Reason) -> (State, Option<Certainty>) {
    let key = Evaluation::whole(when);
    let possible = conclude.evaluation.possible(key);
    (reason.state, certainty(conclude.evaluation.value(key), &possible))
}

fn valued(
    kind: Explained,
    title: String,
    certainty: Option<Certainty>,
    reasons: Vec<Reason>,
    blank: Explanation,
) -> Explanation {
    let state = reasons.first().map_or(State::Undefined, |reason| reason.state);
    Explanation { kind, title, state, certainty, reasons, ..blank }
}

fn rule(conclude: &mut Conclude<'_, '_>, id: RuleId, blank: Explanation) -> Explanation {
    let rule = &conclude.words.library.rules[id.index()];
    let title = conclude.words.rule(id, "title");
    let reason = conclude.reason(Evaluation::whole(rule.when));
    let needs: Vec<Reason> = rule.needs.map(|needs| conclude.reason(Evaluation::whole(needs))).into_iter().collect();
    let diagnosis = conclude.diagnosis(id);
    let certainty = diagnosis.as_ref().map(|diagnosis: &DiagnosisAssessment| diagnosis.certainty);
    Explanation { title, state: reason.state, certainty, reasons: vec![reason], needs, ..blank }
}

fn stone<'a>(conclude: Conclude<'_, 'a>, sources: &'a Sources, at: usize, blank: Explanation) -> Explanation {
    let id = crate::condition::BouwsteenId::at(at);
    let title = conclude.words.stone(id, "title");
    let own = conclude.words.library.bouwstenen[at].declared.id.clone();
    let Conclude { evaluation, words, ruleset, .. } = conclude;
    let manifest = &words.library.rulesets[ruleset].manifest;
    let joined = manifest.requires.iter().filter(|_| manifest.joins.is_some());
    let mut before = Vec::new();
    for ruleset in joined.filter_map(|(id, ..)| words.library.ruleset(id)) {
        before.push(Conclude::new(evaluation, words, ruleset, sources).everything(&[]));
    }
    let assessment = Conclude::new(evaluation, words, ruleset, sources).everything(&before);
    let recommendation = assessment.recommendations.into_iter().find(|one| one.bouwsteen == own);
    let asking = assessment.diagnoses.iter().filter(|diagnosis| diagnosis.recommends.contains(&own));
    let certainty = asking.map(|diagnosis| diagnosis.certainty).min();
    let state = if recommendation.is_some() { State::Holds } else { State::Fails };
    Explanation { kind: Explained::Recommendation, title, state, certainty, recommendation, ..blank }
}

pub(crate) fn declared(library: &Library, named: Named) -> &Declared {
    match named {
        Named::Rule(id) => &library.rules[id.index()].declared,
        Named::Aspect(id) => &library.aspects[id.index()].declared,
        Named::Outcome(id) => &library.outcomes[id.index()].declared,
        Named::Measure(id) => &library.measures[id.index()].declared,
        Named::Stone(at) => &library.bouwstenen[at].declared,
        Named::Cell(table, _) => &library.tables[table].declared,
    }
}

/// Everything that can be explained, with its full name.
fn everything(library: &Library) -> Vec<(String, Named)> {
    let mut all = Vec::new();
    let mut add = |declared: &Declared, named: Named| {
        all.push((format!("{}/{}", library.rulesets[declared.ruleset].manifest.id, declared.id), named));
    };
    for (at, rule) in library.rules.iter().enumerate() {
        add(&rule.declared, Named::Rule(RuleId::at(at)));
    }
    for (at, aspect) in library.aspects.iter().enumerate() {
        add(&aspect.declared, Named::Aspect(AspectId::at(at)));
    }
    for (at, outcome) in library.outcomes.iter().enumerate() {
        add(&outcome.declared, Named::Outcome(OutcomeId::at(at)));
    }
    for (at, measure) in library.measures.iter().enumerate() {
        add(&measure.declared, Named::Measure(MeasureId::at(at)));
    }
    for (at, stone) in library.bouwstenen.iter().enumerate() {
        add(&stone.declared, Named::Stone(at));
    }
    for (at, table) in library.tables.iter().enumerate() {
        let ruleset = &library.rulesets[table.declared.ruleset].manifest.id;
        for (place, cell) in table.cells.iter().enumerate() {
            let (row, column) = (&table.rows[usize::from(cell.row)], &table.columns[usize::from(cell.column)]);
            all.push((format!("{ruleset}/{}/{row}/{column}", table.declared.id), Named::Cell(at, place)));
        }
    }
    all
}

/// What `id` names; otherwise says in `problems` what there is.
pub(crate) fn find(library: &Library, id: &str, problems: &mut Problems) -> Option<Named> {
    let all = everything(library);
    let full = |name: &String| name == id;
    let plain = |name: &String| name.split_once('/').is_some_and(|(_, rest)| rest == id);
    let mut found: Vec<&(String, Named)> = all.iter().filter(|(name, _)| full(name)).collect();
    if found.is_empty() {
        found = all.iter().filter(|(name, _)| plain(name)).collect();
    }
    let ruleset = |named: Named| declared(library, named).ruleset;
    match found.as_slice() {
        [] => {
            let known =
                all.iter().flat_map(|(name, _)| [name.as_str(), name.split_once('/').map_or("", |(_, rest)| rest)]);
            problems.push(
                Problem::new(codes::UNKNOWN_ID, format!("there is nothing called `{id}` to explain"))
                    .suggest(id, known.filter(|name| !name.is_empty()))
                    .help("`ketenspiegel ruleset show RULESET` lists everything there is"),
            );
            None
        }
        [one] => Some(one.1),
        // in one ruleset a rule may be called as a bouwsteen is: the conclusion is meant
        [first, rest @ ..] if rest.iter().all(|(_, named)| ruleset(*named) == ruleset(first.1)) => Some(first.1),
        several => {
            let names: Vec<&str> = several.iter().map(|(name, _)| name.as_str()).collect();
            problems.push(
                Problem::new(codes::UNKNOWN_ID, format!("`{id}` is more than one thing"))
                    .help(format!("write one of: {}", names.join(", "))),
            );
            None
        }
    }
}
