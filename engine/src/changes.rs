//! What a new version of a ruleset means: what it says otherwise than the old one, and on which chains.
//!
//! Both versions stand in one graph, in which an answer that both ask is one unknown. So "the old one speaks and
//! the new one does not" is a condition like any other: it is gone through all answers whether it can come true,
//! and where it can, the smallest profile on which it does is the example.

mod elements;

use crate::assessment::Comparison;
use crate::condition::{Expr, ExprId, OutcomeId, Type, Value};
use crate::evaluate::{Example, Outlook, Prospects, example};
use crate::ruleset::{Beside, Library};
use crate::source::{Place, Sources};
use elements::elements;
use semver::Version;
use serde::Serialize;
use std::collections::BTreeSet;

/// The name of this format.
pub const FORMAT: &str = "changes/1";

/// What a new version of a ruleset means.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Changes {
    /// Always `changes/1`.
    pub format: &'static str,
    /// Id of the ruleset.
    pub ruleset: String,
    /// The old version.
    pub from: String,
    /// The new version.
    pub to: String,
    /// Conclusions that come otherwise, or were too large to compare.
    pub conclusions: Vec<Changed>,
    /// What was added, taken out or made otherwise.
    pub elements: Vec<Element>,
    /// Texts that read otherwise, by key and language: `rule.x.title (nl)`.
    pub texts: Vec<String>,
    /// The least step of the version that all this asks for.
    pub asks: Step,
    /// Whether the new version is far enough from the old one.
    pub enough: bool,
}

/// A conclusion that comes otherwise.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Changed {
    /// What: `rule/x`, `level/mindset/zwak`, `typing/vorm/keten`, `cell/t/r/c`, `score/x`, `measure/x`.
    pub what: String,
    /// How.
    pub relation: Relation,
    /// Where the new version declares it.
    pub place: Place,
    /// A small profile on which only the old version says it (for a number: on which the two differ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_old: Option<Example>,
    /// A small profile on which only the new version says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_new: Option<Example>,
}

/// How what a conclusion says on all chains together compares with what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// It is said wherever it was, and also elsewhere.
    Wider,
    /// It is no longer said everywhere it was.
    Narrower,
    /// It is no longer said everywhere it was, and it is said elsewhere; a number comes to something else.
    Moved,
    /// Too large to go through.
    Unchecked,
}

/// Something that was added, taken out or made otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Element {
    /// What: `question/x`.
    pub what: String,
    /// What became of it.
    pub how: String,
    /// The step that this asks for.
    pub asks: Step,
}

/// A step of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// None.
    None,
    /// Nothing is said otherwise: words, sources.
    Patch,
    /// More is asked or said, and all that was still is.
    Minor,
    /// A profile may no longer fit, something that others can read is gone, or something is no longer said where
    /// it was.
    Major,
}

impl Relation {
    /// The step that this asks for. What could not be compared may be anything.
    const fn asks(self) -> Step {
        match self {
            Self::Wider => Step::Minor,
            Self::Narrower | Self::Moved | Self::Unchecked => Step::Major,
        }
    }
}

impl Step {
    /// The step from one version to another. Before 1.0 the second number counts as the first, and the third as
    /// the second.
    fn between(from: &Version, to: &Version) -> Self {
        if to <= from {
            return Self::None;
        }
        if from.major != to.major {
            return Self::Major;
        }
        match (from.major, from.minor == to.minor) {
            (0, false) => Self::Major,
            (0, true) | (_, false) => Self::Minor,
            (_, true) => Self::Patch,
        }
    }
}

/// A conclusion of both versions: a condition in each, or a number.
struct Pair {
    what: String,
    place: Place,
    old: ExprId,
    new: ExprId,
}

/// A pair with what is asked about it.
struct Asked {
    pair: Pair,
    only_old: ExprId,
    only_new: Option<ExprId>,
}

/// Compares a ruleset of an old library with the same of a new one.
#[must_use]
pub fn changes(old: (&Library, usize), new: (&Library, usize), sources: &Sources) -> Changes {
    let mut beside = Beside::new(old.0, new.0);
    let pairs = pairs(old, new, &mut beside, sources);
    let mut both = beside.library;
    let asked: Vec<Asked> = pairs.into_iter().map(|pair| ask(&mut both, pair)).collect();
    both.compile();
    let at = both.ruleset(&new.0.rulesets[new.1].manifest.id).unwrap_or(new.1);
    let prospects = Prospects::of(&both);
    let blank = prospects.checked(&both);
    let mut outlook = Outlook::over(&both, &blank);
    let mut conclusions = Vec::new();
    for Asked { pair, only_old, only_new } in asked {
        let could = (outlook.could(only_old), only_new.map_or(Some(false), |only_new| outlook.could(only_new)));
        let relation = match could {
            (Some(false), Some(false)) => continue,
            (Some(false), Some(true)) => Relation::Wider,
            (Some(true), Some(false)) if only_new.is_some() => Relation::Narrower,
            (Some(true), Some(_)) => Relation::Moved,
            (None, _) | (_, None) => Relation::Unchecked,
        };
        let show = |condition: ExprId, could: Option<bool>| {
            could.filter(|could| *could).and_then(|_| example(&both, &blank, at, condition, (pair.old, pair.new)))
        };
        conclusions.push(Changed {
            what: pair.what.clone(),
            relation,
            place: pair.place.clone(),
            only_old: show(only_old, could.0),
            only_new: only_new.and_then(|only_new| show(only_new, could.1)),
        });
    }
    let (elements, texts) = (elements(old, new), texts(old, new));
    let versions = [old, new].map(|(library, at)| library.rulesets[at].manifest.version.clone());
    let asks = conclusions.iter().map(|one| one.relation.asks()).chain(elements.iter().map(|one| one.asks));
    let words = if old.0.rulesets[old.1].sha256 == new.0.rulesets[new.1].sha256 { Step::None } else { Step::Patch };
    let asks = asks.max().unwrap_or(words).max(words);
    let [from, to] = versions;
    let enough = Step::between(&from, &to) >= asks;
    let ruleset = new.0.rulesets[new.1].manifest.id.clone();
    let [from, to] = [from, to].map(|version| version.to_string());
    Changes { format: FORMAT, ruleset, from, to, conclusions, elements, texts, asks, enough }
}

fn ask(both: &mut Library, pair: Pair) -> Asked {
    let graph = &mut both.graph;
    if *graph.kind(pair.old) != Type::Condition {
        let differs = graph.add(Expr::Compare(Comparison::NotEqual, pair.old, pair.new), Type::Condition);
        return Asked { pair, only_old: differs, only_new: None };
    }
    let [old, new] = [pair.old, pair.new].map(|one| graph.add(Expr::Fires(one), Type::Condition));
    let [no_old, no_new] = [old, new].map(|one| graph.add(Expr::Not(one), Type::Condition));
    let only_old = graph.add(Expr::And(vec![old, no_new]), Type::Condition);
    let only_new = graph.add(Expr::And(vec![no_old, new]), Type::Condition);
    Asked { pair, only_old, only_new: Some(only_new) }
}

/// The conclusions that stand in both versions, those left out that are the same expression.
fn pairs(old: (&Library, usize), new: (&Library, usize), beside: &mut Beside<'_>, sources: &Sources) -> Vec<Pair> {
    let (before, after) = (&old.0.rulesets[old.1].own, &new.0.rulesets[new.1].own);
    let (old, new) = (old.0, new.0);
    let mut all = Vec::new();
    for rule in &new.rules[after.rules.clone()] {
        let id = &rule.declared.id;
        if let Some(known) = old.rules[before.rules.clone()].iter().find(|known| known.declared.id == *id) {
            let place = sources.place(rule.declared.span);
            all.push(Pair { what: format!("rule/{id}"), place, old: known.when, new: beside.expr(rule.when) });
        }
    }
    for at in after.aspects.clone() {
        let aspect = &new.aspects[at];
        let id = &aspect.declared.id;
        let Some(known) = before.aspects.clone().find(|known| old.aspects[*known].declared.id == *id) else { continue };
        let place = sources.place(aspect.declared.span);
        let levels = [&old.aspects[known], aspect].map(|aspect| aspect.levels.iter().map(|level| &level.id).collect());
        if let (Some(first), Some(second)) = (old.exprs.levels[known], new.exprs.levels[at]) {
            options(&format!("level/{id}"), &place, (first, &levels[0]), (second, &levels[1]), beside, &mut all);
        }
        if !aspect.combine.gives_level() {
            let (old, new) = (old.exprs.scores[known], beside.expr(new.exprs.scores[at]));
            all.push(Pair { what: format!("score/{id}"), place, old, new });
        }
    }
    for at in after.outcomes.clone() {
        let outcome = &new.outcomes[at];
        let id = &outcome.declared.id;
        let Some(known) = before.outcomes.clone().find(|known| old.outcomes[*known].declared.id == *id) else {
            continue;
        };
        let find = |library: &Library, at: usize| library.graph.find(&Expr::Outcome(OutcomeId::at(at)));
        if let (Some(first), Some(second)) = (find(old, known), find(new, at)) {
            let ids = [&old.outcomes[known], outcome].map(|outcome| outcome.ids.iter().collect());
            let place = sources.place(outcome.declared.span);
            options(&format!("typing/{id}"), &place, (first, &ids[0]), (second, &ids[1]), beside, &mut all);
        }
    }
    for measure in &new.measures[after.measures.clone()] {
        let id = &measure.declared.id;
        if let Some(known) = old.measures[before.measures.clone()].iter().find(|known| known.declared.id == *id) {
            let place = sources.place(measure.declared.span);
            all.push(Pair { what: format!("measure/{id}"), place, old: known.value, new: beside.expr(measure.value) });
        }
    }
    cells((old, before), (new, after), beside, sources, &mut all);
    all.retain(|pair| pair.old != pair.new);
    all
}

/// One of several options that an expression comes to: a pair for each option that both versions have.
fn options(
    what: &str,
    place: &Place,
    (old, before): (ExprId, &Vec<&String>),
    (new, after): (ExprId, &Vec<&String>),
    beside: &mut Beside<'_>,
    all: &mut Vec<Pair>,
) {
    let new = beside.expr(new);
    if old == new && before == after {
        return;
    }
    let graph = &mut beside.library.graph;
    let mut is = |expr: ExprId, at: usize| {
        let option = graph.add(Expr::Constant(Value::Option(u16::try_from(at).unwrap_or(u16::MAX))), Type::NUMBER);
        graph.add(Expr::Compare(Comparison::Equal, expr, option), Type::Condition)
    };
    for (at, option) in after.iter().enumerate() {
        if let Some(known) = before.iter().position(|known| known == option) {
            let (old, new) = (is(old, known), is(new, at));
            all.push(Pair { what: format!("{what}/{option}"), place: place.clone(), old, new });
        }
    }
}

fn cells(
    (old, before): (&Library, &crate::ruleset::Own),
    (new, after): (&Library, &crate::ruleset::Own),
    beside: &mut Beside<'_>,
    sources: &Sources,
    all: &mut Vec<Pair>,
) {
    for at in after.tables.clone() {
        let table = &new.tables[at];
        let id = &table.declared.id;
        let Some(known) = before.tables.clone().find(|known| old.tables[*known].declared.id == *id) else { continue };
        let known = &old.tables[known];
        let places: BTreeSet<(u16, u16)> = table.cells.iter().map(|cell| (cell.row, cell.column)).collect();
        for (row, column) in places {
            let (row_id, column_id) = (&table.rows[usize::from(row)], &table.columns[usize::from(column)]);
            let here: Vec<ExprId> = known
                .cells
                .iter()
                .filter(|cell| known.rows[usize::from(cell.row)] == *row_id)
                .filter(|cell| known.columns[usize::from(cell.column)] == *column_id)
                .map(|cell| cell.when)
                .collect();
            if here.is_empty() {
                continue;
            }
            let cells = table.cells.iter().filter(|cell| (cell.row, cell.column) == (row, column));
            let there: Vec<ExprId> = cells.map(|cell| beside.expr(cell.when)).collect();
            let graph = &mut beside.library.graph;
            let [old, new] = [here, there].map(|cells| graph.add(Expr::Or(cells), Type::Condition));
            let (what, place) = (format!("cell/{id}/{row_id}/{column_id}"), sources.place(table.declared.span));
            all.push(Pair { what, place, old, new });
        }
    }
}

/// Texts that both versions have and that read otherwise.
fn texts(old: (&Library, usize), new: (&Library, usize)) -> Vec<String> {
    let (before, after) = (&old.0.rulesets[old.1].texts, &new.0.rulesets[new.1].texts);
    let mut all = Vec::new();
    for texts in after {
        let Some(known) = before.iter().find(|known| known.language() == texts.language()) else { continue };
        for (key, text, _) in texts.entries() {
            if known.get(key).is_some_and(|known| known != text) {
                all.push(format!("{key} ({})", texts.language()));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::Step;
    use semver::Version;

    #[test]
    fn a_step_is_what_the_numbers_say() {
        let version = |[major, minor, patch]: [u64; 3]| Version::new(major, minor, patch);
        let step = |from, to| Step::between(&version(from), &version(to));
        assert_eq!(step([1, 2, 3], [2, 0, 0]), Step::Major);
        assert_eq!(step([1, 2, 3], [1, 3, 0]), Step::Minor);
        assert_eq!(step([1, 2, 3], [1, 2, 4]), Step::Patch);
        assert_eq!(step([0, 2, 3], [0, 3, 0]), Step::Major);
        assert_eq!(step([0, 2, 3], [0, 2, 4]), Step::Minor);
        assert_eq!(step([1, 2, 3], [1, 2, 3]), Step::None);
        assert_eq!(step([1, 2, 3], [1, 1, 0]), Step::None);
    }
}
