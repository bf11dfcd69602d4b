//! Mutants of what nothing else reads: a rule, a cell or a measure that stands alone.
//!
//! What they come to is read off their own expressions, all of them in one evaluation for each case. That is far
//! less work than to change the ruleset and evaluate it again.

use super::{Change, Mutant, readers};
use crate::assessment::Certainty;
use crate::cases::{Case, CellPlace, Claim};
use crate::condition::{ExprId, MeasureId, RuleId, TableId, Value};
use crate::evaluate::{Checked, Evaluation, certainty};
use crate::ruleset::{Library, Slot};
use std::sync::atomic::{AtomicBool, Ordering};

/// How many sets of values may be put together to see how sure something is. What takes more counts as not noticed.
const BUDGET: u64 = 5_000;

/// A mutant of what nothing else reads, with what it puts in place.
struct Alone {
    /// Its place among the mutants.
    at: usize,
    rules: Vec<(RuleId, ExprId, Option<ExprId>)>,
    cells: Vec<(TableId, usize, ExprId)>,
    measures: Vec<(MeasureId, ExprId)>,
}

/// What became of a mutant of what nothing else reads.
#[derive(Debug, Clone, Default)]
pub(super) struct Fate {
    /// Whether it is one: others are to be tried in another way, and nothing more is said of them.
    pub(super) alone: bool,
    /// Whether a case notices it.
    pub(super) noticed: bool,
    /// Cases, by place, in which what is recommended may differ.
    pub(super) advises: Vec<usize>,
}

/// What becomes of each mutant.
pub(super) fn fates(library: &Library, mutants: &[Mutant], cases: &[(&Case, Checked<'_>)], hands: usize) -> Vec<Fate> {
    let all: Vec<Alone> = (0..mutants.len()).filter_map(|at| alone(library, &mutants[at], at)).collect();
    let noticed: Vec<AtomicBool> = mutants.iter().map(|_| AtomicBool::new(false)).collect();
    let part = cases.len().div_ceil(hands).max(1);
    let advises: Vec<(usize, usize)> = std::thread::scope(|scope| {
        let work = cases.chunks(part).enumerate().map(|(at, cases)| {
            let (all, noticed) = (&all, &noticed);
            scope.spawn(move || tried(library, all, (at * part, cases), noticed))
        });
        let work: Vec<_> = work.collect();
        work.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    });
    let mut fates = vec![Fate::default(); mutants.len()];
    for one in &all {
        fates[one.at].alone = true;
        fates[one.at].noticed = noticed[one.at].load(Ordering::Relaxed);
    }
    for (at, case) in advises {
        fates[at].advises.push(case);
    }
    fates
}

/// Tries mutants on some cases, the first of which has this place. Gives where what is recommended may differ.
fn tried(
    library: &Library,
    all: &[Alone],
    (first, cases): (usize, &[(&Case, Checked<'_>)]),
    noticed: &[AtomicBool],
) -> Vec<(usize, usize)> {
    let mut advises = Vec::new();
    for (place, (case, checked)) in (first..).zip(cases) {
        let ranked = case.expected.iter().any(|one| matches!(one.claim, Claim::First(..) | Claim::Recommended(_)));
        let mut trial = Trial { library, case, evaluation: Evaluation::lazy(library, &checked.0) };
        for one in all {
            if noticed[one.at].load(Ordering::Relaxed) {
                continue;
            }
            if trial.notices(one) {
                noticed[one.at].store(true, Ordering::Relaxed);
            } else if ranked && trial.advises_otherwise(one) {
                advises.push((one.at, place));
            }
        }
    }
    advises
}

fn alone(library: &Library, mutant: &Mutant, at: usize) -> Option<Alone> {
    let mut one = Alone { at, rules: Vec::new(), cells: Vec::new(), measures: Vec::new() };
    for change in &mutant.changes {
        if !readers(library, change).is_empty() {
            return None;
        }
        match *change {
            Change::Put(Slot::When(id), new, _) => one.rule(library, id).1 = new,
            Change::Put(Slot::Needs(id), new, _) => one.rule(library, id).2 = Some(new),
            Change::Put(Slot::Cell(table, cell), new, _) => one.cells.push((table, cell, new)),
            Change::Put(Slot::Value(measure), new, _) => one.measures.push((measure, new)),
            _ => return None,
        }
    }
    Some(one)
}

impl Alone {
    /// What the mutant makes of a rule: as it is, until something is put in place.
    fn rule(&mut self, library: &Library, id: RuleId) -> &mut (RuleId, ExprId, Option<ExprId>) {
        let at = self.rules.iter().position(|(known, ..)| *known == id).unwrap_or_else(|| {
            let rule = &library.rules[id.index()];
            self.rules.push((id, rule.when, rule.needs));
            self.rules.len() - 1
        });
        &mut self.rules[at]
    }
}

/// One case, on which mutants are tried.
struct Trial<'a> {
    library: &'a Library,
    case: &'a Case,
    evaluation: Evaluation<'a>,
}

impl Trial<'_> {
    fn notices(&mut self, one: &Alone) -> bool {
        let case = self.case;
        let names = case.expected.iter().any(|expected| match expected.claim {
            Claim::Diagnosis(rule, wanted) => {
                let changed = one.rules.iter().find(|(known, ..)| *known == rule);
                changed.is_some_and(|(_, when, needs)| self.differs(*when, *needs, wanted))
            }
            Claim::Cell(ref place, wanted) => self.cell_differs(one, place, wanted),
            Claim::Measure(id, wanted) => {
                let changed = one.measures.iter().find(|(known, _)| *known == id);
                changed.is_some_and(|(_, new)| self.number(*new) != wanted.map(Value::Number))
            }
            _ => false,
        });
        names || (!case.others && one.rules.iter().any(|(rule, when, needs)| self.unnamed(*rule, *when, *needs)))
    }

    /// How sure a condition is where its needs are met; nothing where that is too large to go through.
    fn sure(&mut self, when: ExprId, needs: Option<ExprId>) -> Option<Option<Certainty>> {
        let key = Evaluation::whole(when);
        self.evaluation.budget = BUDGET;
        let possible = self.evaluation.possible_truths(key);
        let sure = certainty(self.evaluation.value(key), &possible);
        let met = needs.is_none_or(|needs| self.is_true(needs));
        possible.exact.then(|| sure.map(|sure| if met { sure } else { Certainty::Open }))
    }

    fn is_true(&mut self, expr: ExprId) -> bool {
        self.evaluation.value(Evaluation::whole(expr)) == Value::Truth(true)
    }

    /// Whether a rule is surely not as sure as wanted.
    fn differs(&mut self, when: ExprId, needs: Option<ExprId>, wanted: Option<Certainty>) -> bool {
        let speaks = self.is_true(when) && needs.is_none_or(|needs| self.is_true(needs));
        if speaks && matches!(wanted, None | Some(Certainty::Open)) {
            return true;
        }
        self.sure(when, needs).is_some_and(|found| found != wanted)
    }

    /// Whether a rule speaks that the case does not name.
    fn unnamed(&mut self, rule: RuleId, when: ExprId, needs: Option<ExprId>) -> bool {
        !self.case.names(rule) && self.is_true(when) && needs.is_none_or(|needs| self.is_true(needs))
    }

    fn number(&mut self, expr: ExprId) -> Option<Value> {
        Some(self.evaluation.value(Evaluation::whole(expr))).filter(|value| matches!(value, Value::Number(_)))
    }

    /// Whether a place of a table is surely not as sure as wanted under a mutant that changes it.
    fn cell_differs(&mut self, one: &Alone, place: &CellPlace, wanted: Option<Certainty>) -> bool {
        let cells = &self.library.tables[place.table.index()].cells;
        let here: Vec<usize> = (0..cells.len()).filter(|at| place.means(&cells[*at])).collect();
        let put = |at: usize| one.cells.iter().find(|(table, cell, _)| (*table, *cell) == (place.table, at));
        if !here.iter().any(|at| put(*at).is_some()) {
            return false;
        }
        let now = here.iter().map(|at| put(*at).map_or(cells[*at].when, |(.., new)| *new));
        let found: Option<Vec<Option<Certainty>>> = now.map(|when| self.sure(when, None)).collect();
        found.is_some_and(|found| found.into_iter().flatten().min() != wanted)
    }

    /// Whether the diagnoses surely differ on which recommendations rest.
    fn advises_otherwise(&mut self, one: &Alone) -> bool {
        one.rules.iter().any(|(id, when, needs)| {
            let rule = &self.library.rules[id.index()];
            let pair = [(rule.when, rule.needs), (*when, *needs)].map(|(when, needs)| self.sure(when, needs));
            !rule.recommend.is_empty() && matches!(pair, [Some(was), Some(now)] if was != now)
        })
    }
}
