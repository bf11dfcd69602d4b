//! Why one thing is as it is: a diagnosis, an aspect, a typing, a measure, a cell or a recommendation.

use super::conclude::{Conclude, certainty};
use super::evaluation::Evaluation;
use super::words::Words;
use super::{checked, fragile, kept};
use crate::assessment::{Certainty, DiagnosisAssessment, OneStep, Reason, RecommendationAssessment, State, Titled};
use crate::condition::{AspectId, BouwsteenId, Expr, ExprId, MeasureId, OutcomeId, RuleId};
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

/// The name of the format that explanations are written in.
const FORMAT: &str = "explanation/1";

/// Why something is as it is: `explanation/1`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Explanation {
    /// Always `explanation/1`.
    pub format: &'static str,
    /// `ruleset/id`.
    pub id: String,
    /// What kind of thing it is.
    pub kind: Explained,
    /// Its title.
    pub title: String,
    /// What it says beside that, for a diagnosis or a cell.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What its condition says now; for a value, whether there is one.
    pub state: State,
    /// How sure; absent where a diagnosis is silent, or nothing is recommended.
    pub certainty: Option<Certainty>,
    /// Whether that is exact; otherwise it is a bound that never claims too much.
    pub exact: bool,
    /// Open answers and statuses that decide it, where it is not confirmed.
    pub deciding: Vec<Titled>,
    /// Steps of one answer that would each turn it.
    pub fragile: Vec<OneStep>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// For a diagnosis, what its rule needs of the answers.
    pub needs: Vec<Reason>,
    /// For a recommendation, how its rank came about.
    pub recommendation: Option<RecommendationAssessment>,
    /// For something that is not recommended, the diagnoses that could ask for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asked_for_by: Vec<Self>,
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
    let named = surest(&mut evaluation, named);
    let declared = declared(library, named);
    let ruleset = declared.ruleset;
    let words = Words { library, language };
    let mut conclude = Conclude::new(&mut evaluation, words, ruleset, sources);
    let place = sources.place(declared.span);
    let full = format!("{}/{}", library.rulesets[ruleset].manifest.id, declared.id);
    let blank = Explanation {
        format: FORMAT,
        id: full,
        kind: Explained::Diagnosis,
        title: String::new(),
        text: String::new(),
        state: State::Holds,
        certainty: None,
        exact: true,
        deciding: Vec::new(),
        fragile: Vec::new(),
        reasons: Vec::new(),
        needs: Vec::new(),
        recommendation: None,
        asked_for_by: Vec::new(),
        source: declared.source.clone(),
        place,
    };
    let mut explanation = match named {
        Named::Rule(id) => rule(&mut conclude, id, blank),
        Named::Aspect(id) => {
            let aspect = conclude.aspect(id);
            let certainty = aspect.level.as_ref().and_then(|level| level.certainty);
            let (exact, deciding) = (aspect.exact, aspect.deciding);
            Explanation { exact, deciding, ..valued(Explained::Aspect, aspect.title, certainty, aspect.because, blank) }
        }
        Named::Outcome(id) => {
            let outcome = conclude.outcome(id);
            let (exact, deciding) = (outcome.exact, outcome.deciding);
            let told = valued(Explained::Outcome, outcome.title, outcome.certainty, outcome.because, blank);
            Explanation { exact, deciding, ..told }
        }
        Named::Measure(id) => {
            let measure = conclude.measure(id);
            let (exact, deciding) = (measure.exact, measure.deciding);
            Explanation { exact, deciding, ..valued(Explained::Measure, measure.title, None, measure.because, blank) }
        }
        Named::Cell(table, cell) => self::cell(&mut conclude, table, cell, blank),
        Named::Stone(at) => stone(conclude, sources, at, blank),
    };
    if let Some(from) =
        from(library, named).filter(|_| explanation.certainty.is_some_and(|sure| sure != Certainty::Open))
    {
        explanation.fragile = fragile::of(&mut evaluation, words, ruleset, from);
    }
    kept(evaluation.is_exact(), profile, problems)?;
    if explanation.kind == Explained::Recommendation && explanation.recommendation.is_none() {
        for id in asking_for(library, &explanation.id) {
            explanation.asked_for_by.extend(explain(library, profile, sources, language, &id, problems));
        }
    }
    Some(explanation)
}

/// Of several cells at one place the one that says most; anything else as it is.
fn surest(evaluation: &mut Evaluation<'_>, named: Named) -> Named {
    let Named::Cell(table, cell) = named else { return named };
    let cells = &evaluation.library.tables[table].cells;
    let place = (cells[cell].row, cells[cell].column);
    let here = (0..cells.len()).filter(|at| (cells[*at].row, cells[*at].column) == place);
    let sure = |at: &usize| {
        let sure = evaluation.certainty(cells[*at].when);
        (sure.is_none(), sure)
    };
    Named::Cell(table, here.min_by_key(sure).unwrap_or(cell))
}

/// What a conclusion comes from; nothing for what is recommended.
fn from(library: &Library, named: Named) -> Option<Vec<ExprId>> {
    Some(match named {
        Named::Rule(id) => library.rules[id.index()].conditions().collect(),
        Named::Aspect(id) => vec![library.exprs.levels[id.index()]?],
        Named::Outcome(id) => vec![library.graph.find(&Expr::Outcome(id))?],
        Named::Cell(table, cell) => vec![library.tables[table].cells[cell].when],
        Named::Measure(_) | Named::Stone(_) => return None,
    })
}

/// The full ids of the rules that can ask for a bouwsteen or step.
fn asking_for(library: &Library, stone: &str) -> Vec<String> {
    let full = |declared: &Declared| format!("{}/{}", library.rulesets[declared.ruleset].manifest.id, declared.id);
    let is_it = |id: &BouwsteenId| full(&library.bouwstenen[id.index()].declared) == stone;
    let rules = library.rules.iter().filter(|rule| rule.recommend.iter().any(is_it));
    rules.map(|rule| full(&rule.declared)).collect()
}

/// A cell of a table, by the titles of its table, row and column.
fn cell(conclude: &mut Conclude<'_, '_>, table: usize, cell: usize, blank: Explanation) -> Explanation {
    let words = conclude.words;
    let (table, ruleset) = (&words.library.tables[table], conclude.ruleset);
    let cell = &table.cells[cell];
    let (row, column) = (&table.rows[usize::from(cell.row)], &table.columns[usize::from(cell.column)]);
    let text = |rest: String| words.texts(ruleset).text(&format!("table.{}.{rest}", table.declared.id)).to_owned();
    let title = [text("title".to_owned()), text(format!("rows.{row}")), text(format!("columns.{column}"))];
    let key = Evaluation::whole(cell.when);
    let reason = conclude.reason(key);
    let possible = conclude.evaluation.possible_truths(key);
    let certainty = certainty(conclude.evaluation.value(key), &possible);
    let deciding = certainty.map(|sure| conclude.deciding(key, sure)).unwrap_or_default();
    Explanation {
        id: format!("{}/{row}/{column}", blank.id),
        kind: Explained::Cell,
        title: title.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        text: conclude.said(table, cell),
        state: reason.state,
        certainty,
        exact: possible.exact,
        deciding,
        reasons: vec![reason],
        source: cell.source.clone(),
        ..blank
    }
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
    let (title, text) = (conclude.words.rule(id, "title"), conclude.words.rule(id, "text"));
    let reason = conclude.reason(Evaluation::whole(rule.when));
    let needs: Vec<Reason> = rule.needs.map(|needs| conclude.reason(Evaluation::whole(needs))).into_iter().collect();
    let told = Explanation { title, text, state: reason.state, reasons: vec![reason], needs, ..blank };
    match conclude.diagnosis(id) {
        Some(DiagnosisAssessment { certainty, exact, deciding, .. }) => {
            Explanation { certainty: Some(certainty), exact, deciding, ..told }
        }
        None => told,
    }
}

fn stone<'a>(conclude: Conclude<'_, 'a>, sources: &'a Sources, at: usize, blank: Explanation) -> Explanation {
    let id = BouwsteenId::at(at);
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
                Problem::new(codes::UNKNOWN_ID, format!("nothing that can be concluded is called `{id}`"))
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
