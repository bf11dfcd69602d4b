//! Mutation: which changes to a ruleset no case notices.
//!
//! Each mutant is a ruleset in which one thing is a little different: a threshold one step on, a comparison or
//! a connective turned round, a clause left out, another bouwsteen recommended. A mutant is noticed where a
//! case no longer holds. Mutants are made in the graph of conditions, not in the text, so that nothing is read
//! or compiled again; what is written once and used in many rules (in a loop, in a function) changes in all of
//! them at once, as it would if the text changed.

mod alone;
mod variations;

use crate::advice::Advice;
use crate::cases::{Case, CellPlace, Claim, holds};
use crate::condition::{AspectId, BouwsteenId, Expr, ExprId, RuleId, Value};
use crate::evaluate::{Checked, Evaluation, Example, Outlook, Prospects, check, settled_example};
use crate::number::Number;
use crate::problem::{Problem, Problems, Span, codes};
use crate::ruleset::{Combine, Library, Slot};
use crate::source::Sources;
use alone::{Fate, fates};
use variations::mutants;

/// Chains that are filled in to see whether a change makes any difference at all.
const SAMPLES: usize = 120;

/// A ruleset in which one thing is different.
#[derive(Debug, Clone)]
struct Mutant {
    span: Span,
    /// What is different, in words.
    change: String,
    /// What the change is in, as an allowance names it.
    owners: Vec<String>,
    changes: Vec<Change>,
}

/// A part of a mutant: one place that is different.
#[derive(Debug, Clone)]
enum Change {
    /// Another expression in a slot, and the condition that the two differ, where they are conditions.
    Put(Slot, ExprId, Option<ExprId>),
    /// Another bound of a level.
    CutOff(AspectId, usize, Number),
    /// Another way to combine.
    Combine(AspectId, Combine),
    /// Other recommendations.
    Recommend(RuleId, Vec<BouwsteenId>),
}

/// What became of the mutants of a ruleset.
#[derive(Debug, Clone, Default)]
pub struct Mutation {
    /// How many were made, those left out not counted.
    pub made: usize,
    /// How many were left out: no chain can tell them from the ruleset as it is.
    pub equivalent: usize,
    /// Those that no case notices.
    pub survivors: Vec<Advice>,
}

/// Changes a ruleset in every way there is, and sees which changes its cases notice.
///
/// The cases must hold. What is wrong with them goes into `problems`.
#[must_use]
pub fn mutation(
    library: &Library,
    ruleset: usize,
    cases: &[Case],
    sources: &Sources,
    problems: &mut Problems,
) -> Mutation {
    let mut changed = library.clone();
    let all = mutants(&mut changed, ruleset);
    changed.compile();
    let checked: Vec<(&Case, Checked<'_>)> =
        cases.iter().filter_map(|case| Some((case, check(library, &case.profile, problems)?))).collect();
    let hands = std::thread::available_parallelism().map_or(1, usize::from);
    let fates = fates(&changed, &all, &checked, hands);
    let moved = moved(&changed, &all, &checked);
    let waiting: Vec<usize> = (0..all.len()).filter(|at| !fates[*at].noticed).collect();
    let workshop = Workshop { library: &changed, ruleset, sources, mutants: &all, fates: &fates, moved: &moved };
    let unnoticed: Vec<&Mutant> = std::thread::scope(|scope| {
        // neighbours cost about the same: dealt out like cards
        let work = (0..hands).map(|hand| {
            let mine: Vec<usize> = waiting.iter().copied().skip(hand).step_by(hands).collect();
            let (workshop, checked) = (&workshop, &checked);
            scope.spawn(move || workshop.unnoticed(mine, checked))
        });
        let work: Vec<_> = work.collect();
        let mut left: Vec<usize> = work.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect();
        left.sort_unstable();
        left.into_iter().map(|at| &all[at]).collect()
    });
    let prospects = Prospects::of(&changed);
    let blank = prospects.checked(&changed);
    let samples = prospects.samples(&changed, SAMPLES);
    let mut outlook = Outlook::over(&changed, &blank);
    let (same, survivors): (Vec<&Mutant>, Vec<&Mutant>) =
        unnoticed.into_iter().partition(|mutant| is_equivalent(&changed, mutant, &samples, &mut outlook));
    let telling = |mutant: &Mutant| {
        mutant.changes.iter().find_map(|change| match *change {
            Change::Put(slot, new, Some(differs)) => {
                settled_example(&changed, (&samples, &blank), ruleset, differs, (changed.expr_in(slot)?, new))
            }
            _ => None,
        })
    };
    Mutation {
        made: all.len() - same.len(),
        equivalent: same.len(),
        survivors: survivors.into_iter().map(|mutant| told(mutant, telling(mutant))).collect(),
    }
}

/// What mutants are tried with that must be put in place.
struct Workshop<'a> {
    library: &'a Library,
    ruleset: usize,
    sources: &'a Sources,
    mutants: &'a [Mutant],
    fates: &'a [Fate],
    moved: &'a [Vec<bool>],
}

impl Workshop<'_> {
    /// Which of these mutants no case notices.
    fn unnoticed(&self, mut mine: Vec<usize>, checked: &[(&Case, Checked<'_>)]) -> Vec<usize> {
        let mut changed = self.library.clone();
        mine.retain(|at| {
            let (mutant, fate) = (&self.mutants[*at], &self.fates[*at]);
            let cases = checked.iter().zip(&self.moved[*at]).enumerate();
            let cases = cases.filter(|(place, _)| !fate.alone || fate.advises.contains(place));
            let tried: Vec<Tried<'_>> =
                cases.map(|(_, ((case, checked), moved))| Tried { case, checked, moved: *moved }).collect();
            let undo = apply(&mut changed, &mutant.changes);
            let affected = Affected::by(&changed, self.ruleset, &mutant.changes);
            let noticed = is_noticed(&changed, &tried, self.sources, &affected);
            apply(&mut changed, &undo);
            changed.restored();
            !noticed
        });
        mine
    }
}

/// A survivor, as advice: with the smallest chain that would tell it from the ruleset as it is, if one was found.
fn told(mutant: &Mutant, telling: Option<Example>) -> Advice {
    let problem = Problem::new(codes::UNNOTICED, format!("nothing notices that {}", mutant.change));
    let owner = mutant.owners.first().cloned().unwrap_or_default();
    let label = match mutant.owners.as_slice() {
        [] | [_] => format!("in {owner}"),
        [_, others @ ..] => format!("in {owner} and {} more", others.len()),
    };
    let problem = problem.at(mutant.span).label(label);
    let Some(Example(said)) = telling.filter(|Example(said)| !said.is_empty()) else {
        return Advice::new(owner, problem);
    };
    let said: Vec<String> = said.iter().map(|(what, value)| format!("{what} = {value}")).collect();
    Advice::new(owner, problem.help(format!("a case would in which {}", said.join(", "))))
}

/// Makes changes, and gives those that undo them.
fn apply(library: &mut Library, changes: &[Change]) -> Vec<Change> {
    let mut undo = Vec::new();
    for change in changes {
        undo.push(match change {
            Change::Put(slot, expr, _) => {
                let old = library.expr_in(*slot).unwrap_or(*expr);
                library.put(*slot, *expr);
                Change::Put(*slot, old, None)
            }
            Change::CutOff(aspect, at, below) => {
                let cut = &mut library.aspects[aspect.index()].cut_offs[*at];
                let old = cut.below.replace(*below).unwrap_or(*below);
                Change::CutOff(*aspect, *at, old)
            }
            Change::Combine(aspect, combine) => {
                let old = std::mem::replace(&mut library.aspects[aspect.index()].combine, combine.clone());
                Change::Combine(*aspect, old)
            }
            Change::Recommend(rule, recommend) => {
                let old = std::mem::replace(&mut library.rules[rule.index()].recommend, recommend.clone());
                Change::Recommend(*rule, old)
            }
        });
        for expr in readers(library, change) {
            library.reread(expr);
        }
    }
    undo.reverse();
    undo
}

/// The expressions of the element that a change is in: what reads them may come to something else.
fn readers(library: &Library, change: &Change) -> Vec<ExprId> {
    let find = |expr: Expr| library.graph.find(&expr);
    let exprs = &library.exprs;
    match change {
        Change::Put(slot, ..) => match *slot {
            Slot::AskedIf(id) => {
                [Some(exprs.answers[id.index()]), exprs.importances[id.index()]].into_iter().flatten().collect()
            }
            Slot::Demands(id, _) => exprs.levels[id.index()].into_iter().collect(),
            Slot::Trait(id, portrait, at) | Slot::Partial(id, portrait, at) => {
                let level = exprs.levels[id.index()].into_iter();
                level.chain(library.readings(id, portrait, at)).collect()
            }
            Slot::Option(id, _) => find(Expr::Outcome(id)).into_iter().collect(),
            Slot::Value(id) => find(Expr::Measure(id)).into_iter().collect(),
            Slot::Cell(id, cell) => {
                let cell = &library.tables[id.index()].cells[cell];
                find(Expr::Cell(id, cell.row, cell.column)).into_iter().collect()
            }
            Slot::When(id) => find(Expr::Diagnosis(id)).into_iter().collect(),
            Slot::Needs(_) | Slot::Fit(..) | Slot::Risk(..) | Slot::Done(_) => Vec::new(),
        },
        Change::CutOff(id, ..) => exprs.levels[id.index()].into_iter().collect(),
        Change::Combine(id, _) => vec![exprs.scores[id.index()]],
        Change::Recommend(..) => Vec::new(),
    }
}

/// What can come to something else because of a change.
struct Affected<'a> {
    library: &'a Library,
    slots: Vec<Slot>,
    exprs: Vec<bool>,
    rules: Vec<RuleId>,
}

impl<'a> Affected<'a> {
    fn by(library: &'a Library, ruleset: usize, changes: &[Change]) -> Self {
        let mut exprs = vec![false; library.graph.len()];
        for expr in changes.iter().flat_map(|change| readers(library, change)) {
            exprs[expr.index()] = true;
        }
        for expr in &library.compiled.order {
            exprs[expr.index()] |= library.compiled.reads[expr.index()].iter().any(|part| exprs[part.index()]);
        }
        let slots = changes.iter().filter_map(|change| match change {
            Change::Put(slot, ..) => Some(*slot),
            _ => None,
        });
        let mut affected = Self { library, slots: slots.collect(), exprs, rules: Vec::new() };
        let own = library.rulesets[ruleset].own.rules.clone().map(RuleId::at);
        affected.rules = own.filter(|id| affected.slot(Slot::When(*id)) || affected.slot(Slot::Needs(*id))).collect();
        affected
    }

    fn slot(&self, slot: Slot) -> bool {
        self.slots.contains(&slot) || self.library.expr_in(slot).is_some_and(|expr| self.exprs[expr.index()])
    }

    /// Whether a claim of a case can come out otherwise, as far as that is seen without working out what is
    /// recommended.
    fn claim(&self, claim: &Claim) -> bool {
        let exprs = &self.library.exprs;
        match claim {
            Claim::Diagnosis(id, _) => self.rules.contains(id),
            Claim::Level(id, _) => exprs.levels[id.index()].is_some_and(|expr| self.exprs[expr.index()]),
            Claim::Score(id, _) => self.exprs[exprs.scores[id.index()].index()],
            Claim::Outcome(id, _) => {
                self.library.graph.find(&Expr::Outcome(*id)).is_some_and(|expr| self.exprs[expr.index()])
            }
            Claim::Measure(id, _) => self.slot(Slot::Value(*id)),
            Claim::Cell(CellPlace { table: id, .. }, _) => {
                (0..self.library.tables[id.index()].cells.len()).any(|cell| self.slot(Slot::Cell(*id, cell)))
            }
            Claim::First(..) | Claim::Recommended(_) => false,
        }
    }
}

/// A case on which a mutant is tried.
struct Tried<'a> {
    case: &'a Case,
    checked: &'a Checked<'a>,
    /// Whether what is changed comes to something else on what the case answers.
    moved: bool,
}

/// For each mutant, in which cases what is changed comes to something else on what is answered.
///
/// Where it does not, no diagnosis speaks that was silent, and that need not be looked at.
fn moved(library: &Library, mutants: &[Mutant], cases: &[(&Case, Checked<'_>)]) -> Vec<Vec<bool>> {
    let mut moved = vec![vec![false; cases.len()]; mutants.len()];
    for (at, (_, checked)) in cases.iter().enumerate() {
        let mut evaluation = Evaluation::lazy(library, &checked.0);
        let mut differs = |change: &Change| match change {
            Change::Put(slot, new, _) => library.expr_in(*slot).is_none_or(|old| {
                library.compiled.by_party[old.index()]
                    || evaluation.value(Evaluation::whole(old)) != evaluation.value(Evaluation::whole(*new))
            }),
            // advice is another where the rule speaks
            Change::Recommend(rule, _) => {
                let when = Evaluation::whole(library.rules[rule.index()].when);
                evaluation.value(when) == Value::Truth(true)
            }
            _ => true,
        };
        for (mutant, moved) in mutants.iter().zip(&mut moved) {
            moved[at] = mutant.changes.iter().any(&mut differs);
        }
    }
    moved
}

fn is_noticed(library: &Library, cases: &[Tried<'_>], sources: &Sources, affected: &Affected<'_>) -> bool {
    // first the cases that speak of what is changed: most mutants need no others
    let mut order: Vec<&Tried<'_>> = cases.iter().collect();
    order.sort_by_key(|tried| !tried.moved || !affected.rules.iter().any(|rule| tried.case.names(*rule)));
    let differs = |tried: &&Tried<'_>| {
        let case = tried.case;
        let claims = case.expected.iter().map(|one| &one.claim).filter(|claim| affected.claim(claim));
        let unnamed = affected.rules.iter().copied().filter(|_| !case.others && tried.moved);
        !holds(library, sources, case, tried.checked, claims, unnamed)
    };
    let advises = |tried: &&Tried<'_>| {
        let ranked = |claim: &&Claim| matches!(claim, Claim::First(..) | Claim::Recommended(_));
        let claims = tried.case.expected.iter().map(|one| &one.claim).filter(ranked);
        !holds(library, sources, tried.case, tried.checked, claims, std::iter::empty())
    };
    order.iter().any(differs) || order.iter().filter(|tried| tried.moved).any(advises)
}

/// Whether no chain can tell a mutant from the ruleset as it is, as far as going through all answers shows.
fn is_equivalent(library: &Library, mutant: &Mutant, samples: &[Checked<'_>], outlook: &mut Outlook<'_>) -> bool {
    let seen = |differs: ExprId| {
        let differs = Evaluation::whole(differs);
        samples.iter().any(|one| Evaluation::lazy(library, &one.0).value(differs) == Value::Truth(true))
    };
    mutant.changes.iter().all(|change| match change {
        Change::Put(_, _, differs) => differs.is_some_and(|differs| !seen(differs) && outlook.never(differs)),
        Change::CutOff(aspect, at, below) => {
            let old = library.aspects[aspect.index()].cut_offs[*at].below;
            let scores = outlook.values(library.exprs.scores[aspect.index()]);
            let between = |value: &Value| match (value, old) {
                (Value::Number(number), Some(old)) => old.min(*below) <= *number && *number < old.max(*below),
                _ => false,
            };
            scores.is_some_and(|scores| !scores.iter().any(between))
        }
        // all of one and any of one are the same
        Change::Combine(aspect, _) => library.aspects[aspect.index()].inputs.len() < 2,
        Change::Recommend(..) => false,
    })
}
