//! What an expression rests on, through the elements that it names.

use super::elements::{Asked, Aspect, Combine, Missing, Rule, Trait};
use super::load::Library;
use super::meaning::{Mark, unknown};
use super::program::Program;
use crate::assessment::Status;
use crate::condition::{AspectId, BouwsteenId, Expr, ExprId, Fold, OutcomeId, QuestionId, Type, View};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::OnceLock;

/// The expression of each element, by its place.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Exprs {
    /// The answer to each question.
    pub answers: Vec<ExprId>,
    /// The importance of each question that asks for it.
    pub importances: Vec<Option<ExprId>>,
    /// The score of each aspect.
    pub scores: Vec<ExprId>,
    /// The level of each aspect that has levels.
    pub levels: Vec<Option<ExprId>>,
    /// The importance of each aspect below which importance is asked.
    pub aspect_importances: Vec<Option<ExprId>>,
}

/// What evaluation needs to know of every expression, worked out once when the library is loaded.
#[derive(Debug, Clone, Default)]
pub struct Compiled {
    /// What each expression reads.
    pub reads: Vec<Box<[ExprId]>>,
    /// What reads each expression, or describes it: whatever is to be worked out anew when it changes.
    pub readers: Vec<Vec<ExprId>>,
    /// Whether it is the same through all eyes, and reads only what is so too.
    pub plain: Vec<bool>,
    /// All expressions, each after what it reads.
    pub order: Vec<ExprId>,
    /// How many of them, from the first, some conclusion rests on; the rest were only passed on the way.
    pub asked_for: usize,
    /// Those that some conclusion rests on, that do not speak of a variable, and that the program leaves to their operators.
    pub beside: Vec<ExprId>,
    /// Whether it can differ from party to party.
    pub by_party: Vec<bool>,
    /// Whether it speaks of the party of an enclosing `any_party` or `all_parties`.
    pub variable: Vec<bool>,
    /// Whether it has a value only where completions cannot change it.
    pub settled: Vec<bool>,
    /// The questions that each aspect rests on, each once.
    pub under: Vec<Vec<QuestionId>>,
    /// The questions that are answered with an importance.
    pub weighed: Vec<QuestionId>,
    /// The status of each bouwsteen, where something reads it.
    pub statuses: Vec<Option<ExprId>>,
    /// The target of each aspect, where something reads it.
    pub targets: Vec<Option<ExprId>>,
    /// What each means, worked out when it is asked.
    pub(super) marks: Vec<OnceLock<Mark>>,
    /// The common expressions as instructions.
    pub(crate) program: Program,
}

impl Compiled {
    /// Works it out.
    pub(super) fn new(library: &Library) -> Self {
        let ids = || (0..library.graph.len()).map(ExprId::at);
        let reads: Vec<Box<[ExprId]>> = ids().map(|id| library.dependencies(id).into_boxed_slice()).collect();
        let mut order = Vec::with_capacity(reads.len());
        let mut seen = vec![false; reads.len()];
        for id in library.conclusions() {
            append(id, &reads, &mut seen, &mut order);
        }
        let asked_for = order.len();
        for id in ids() {
            append(id, &reads, &mut seen, &mut order);
        }
        let aspects = (0..library.aspects.len()).map(AspectId::at);
        let under: Vec<Vec<QuestionId>> = aspects.clone().map(|id| library.questions_under(id)).collect();
        let mut readers = vec![Vec::new(); reads.len()];
        for id in ids() {
            let described = library.described(id, &under);
            for part in reads[id.index()].iter().copied().chain(described) {
                readers[part.index()].push(id);
            }
        }
        let stones = (0..library.bouwstenen.len()).map(BouwsteenId::at);
        let mut compiled = Self {
            asked_for,
            beside: Vec::new(),
            readers,
            plain: vec![false; reads.len()],
            by_party: vec![false; reads.len()],
            variable: vec![false; reads.len()],
            settled: vec![false; reads.len()],
            weighed: (0..library.questions.len())
                .filter(|at| library.exprs.importances[*at].is_some())
                .map(QuestionId::at)
                .collect(),
            statuses: stones.map(|id| library.graph.find(&Expr::Status(id))).collect(),
            under,
            targets: aspects.map(|id| library.graph.find(&Expr::Target(id))).collect(),
            marks: unknown(reads.len()),
            program: Program::default(),
            reads,
            order,
        };
        for at in 0..compiled.order.len() {
            let id = compiled.order[at];
            compiled.by_party[id.index()] = compiled.is_by_party(library, id);
            compiled.plain[id.index()] = !compiled.by_party[id.index()]
                && !matches!(library.graph.expr(id), Expr::Parties { .. } | Expr::Spread(_) | Expr::By(..));
            compiled.variable[id.index()] = compiled.speaks_of_variable(library, id);
            compiled.settled[id.index()] = compiled.is_settled(library, id);
        }
        compiled.program = Program::new(library, &compiled);
        // a share of what is counted can always be kept
        let is_share = |id: ExprId| matches!(library.graph.expr(id), Expr::Coverage(_) | Expr::Share(_));
        let left = |id: ExprId| compiled.program.register(id).is_none() && !is_share(id);
        let beside = |id: &ExprId| !compiled.variable[id.index()] && left(*id);
        compiled.beside = compiled.order[..asked_for].iter().copied().filter(beside).collect();
        compiled
    }

    fn is_by_party(&self, library: &Library, id: ExprId) -> bool {
        let own = match library.graph.expr(id) {
            Expr::Answer(question) | Expr::Importance(question) => {
                library.questions[question.index()].asked != Asked::Chain
            }
            Expr::By(_, View::Variable(_)) => true,
            _ => false,
        };
        own || self.reads[id.index()].iter().any(|part| self.by_party[part.index()])
    }

    fn speaks_of_variable(&self, library: &Library, id: ExprId) -> bool {
        let own = matches!(library.graph.expr(id), Expr::By(_, View::Variable(_)));
        own || library.graph.operands(id).iter().any(|part| self.variable[part.index()])
    }

    fn is_settled(&self, library: &Library, id: ExprId) -> bool {
        match library.graph.expr(id) {
            Expr::Fold(Fold::Sum, _) | Expr::Count(_) => true,
            Expr::Score(aspect) | Expr::Level(aspect) => library.aspects[aspect.index()].missing == Missing::Settled,
            Expr::Arithmetic(..) | Expr::By(..) | Expr::Measure(_) => {
                self.reads[id.index()].iter().any(|part| self.settled[part.index()])
            }
            _ => false,
        }
    }
}

fn append(id: ExprId, reads: &[Box<[ExprId]>], seen: &mut [bool], order: &mut Vec<ExprId>) {
    if std::mem::replace(&mut seen[id.index()], true) {
        return;
    }
    for part in &reads[id.index()] {
        append(*part, reads, seen, order);
    }
    order.push(id);
}

impl Library {
    /// Works out again what evaluation needs to know, after expressions were added.
    pub(crate) fn compile(&mut self) {
        self.compiled = Compiled::new(self);
        self.meanings.clear();
    }

    /// Works out again what one expression reads, after what it names was changed.
    pub(crate) fn reread(&mut self, id: ExprId) {
        self.compiled.reads[id.index()] = self.dependencies(id).into_boxed_slice();
        self.compiled.program.set_aside.push(id);
        self.meanings.clear();
    }

    /// Says that everything that was changed is as it was when the library was compiled.
    pub(crate) fn restored(&mut self) {
        self.compiled.program.set_aside.clear();
    }

    /// Makes sure that every question and aspect has its expressions; the lists of [`Exprs`] are in step after it.
    pub(super) fn complete_exprs(&mut self) {
        for at in self.exprs.answers.len()..self.questions.len() {
            let id = crate::condition::QuestionId::at(at);
            let kind = self.questions[at].value_type();
            let importance = self.questions[at].importance.is_some();
            self.exprs.answers.push(self.graph.add(Expr::Answer(id), kind));
            self.exprs.importances.push(importance.then(|| self.graph.add(Expr::Importance(id), Type::NUMBER)));
        }
        for at in 0..self.outcomes.len() {
            let kind = Type::Choice { options: self.outcomes[at].ids.clone(), ordered: false, of: "a typing".into() };
            self.graph.add(Expr::Outcome(OutcomeId::at(at)), kind);
        }
        let same: Vec<_> = self.bouwstenen.iter().flat_map(|stone| stone.same_as.iter().copied()).collect();
        for other in same.into_iter().filter(|other| !self.bouwstenen[other.index()].step).collect::<Vec<_>>() {
            let options: Vec<String> = Status::ALL.iter().map(|status| status.id().to_owned()).collect();
            let kind = Type::Choice { options: options.into(), ordered: true, of: "the status of a bouwsteen".into() };
            self.graph.add(Expr::Status(other), kind);
        }
        let first = self.exprs.scores.len();
        for at in first..self.aspects.len() {
            let id = AspectId::at(at);
            self.exprs.scores.push(self.graph.add(Expr::Score(id), Type::NUMBER));
            let levels = !self.aspects[at].levels.is_empty();
            let kind = self.level_type(id);
            self.exprs.levels.push(levels.then(|| self.graph.add(Expr::Level(id), kind)));
            let asks = self.asks_importance(id, 0);
            self.exprs.aspect_importances.push(asks.then(|| self.graph.add(Expr::AspectImportance(id), Type::NUMBER)));
        }
        self.complete_traits();
    }

    /// Makes sure that each trait that may show partly has its expression, so that an open answer which only one
    /// trait reads is looked at there.
    fn complete_traits(&mut self) {
        let traits = self.aspects.iter().flat_map(|aspect| aspect.combine.portraits()).flat_map(|one| &one.traits);
        for item in traits {
            if let Some(partial) = item.partial {
                self.graph.add(Expr::Showing(item.when, partial), Type::NUMBER);
            }
        }
    }

    fn asks_importance(&self, id: AspectId, depth: usize) -> bool {
        let aspect = &self.aspects[id.index()];
        aspect.questions.iter().any(|question| self.questions[question.index()].importance.is_some())
            || (depth < 64 && aspect.children.iter().any(|child| self.asks_importance(*child, depth + 1)))
    }

    /// The expressions that this one reads, in reading order.
    #[must_use]
    pub fn dependencies(&self, id: ExprId) -> Vec<ExprId> {
        match self.graph.expr(id) {
            Expr::Answer(question) => {
                let question = &self.questions[question.index()];
                let settled_by = question.same_as.as_ref().map(|same| self.exprs.answers[same.question.index()]);
                question.asked_if.into_iter().chain(settled_by).collect()
            }
            Expr::Importance(question) => {
                let (declared, answer) = (&self.questions[question.index()], self.exprs.answers[question.index()]);
                declared.asked_if.into_iter().chain(declared.can_be_set_aside().then_some(answer)).collect()
            }
            Expr::Status(stone) => {
                let same = self.bouwstenen[stone.index()].same_as.iter();
                same.filter_map(|other| self.graph.find(&Expr::Status(*other))).collect()
            }
            Expr::Score(aspect) => {
                let declared = &self.aspects[aspect.index()];
                match self.exprs.levels.get(aspect.index()).copied().flatten() {
                    Some(level) if declared.combine.gives_level() => vec![level],
                    _ => declared.inputs.clone(),
                }
            }
            Expr::Level(aspect) => match &self.aspects[aspect.index()].combine {
                Combine::Ladder(steps) => steps.iter().filter_map(|step| step.demands).collect(),
                Combine::BestMatch { portraits, .. } => {
                    let traits = portraits.iter().flat_map(|portrait| &portrait.traits);
                    traits.flat_map(|item| self.showing(item)).collect()
                }
                _ => self.exprs.scores.get(aspect.index()).copied().into_iter().collect(),
            },
            Expr::AspectImportance(aspect) => {
                let aspect = &self.aspects[aspect.index()];
                let questions = aspect.questions.iter().filter_map(|id| self.exprs.importances[id.index()]);
                let aspects = aspect
                    .children
                    .iter()
                    .filter_map(|id| self.exprs.aspect_importances.get(id.index()).copied().flatten());
                questions.chain(aspects).collect()
            }
            Expr::Outcome(outcome) => self
                .outcomes
                .get(outcome.index())
                .map(|outcome| outcome.options.iter().map(|option| option.expr).collect())
                .unwrap_or_default(),
            Expr::Measure(measure) => {
                self.measures.get(measure.index()).map(|measure| measure.value).into_iter().collect()
            }
            Expr::Diagnosis(rule) => self.rules.get(rule.index()).map(|rule| rule.when).into_iter().collect(),
            Expr::Cell(table, row, column) => {
                let cells = self.tables.get(table.index()).map(|table| table.cells.as_slice()).unwrap_or_default();
                cells.iter().filter(|cell| (cell.row, cell.column) == (*row, *column)).map(|cell| cell.when).collect()
            }
            Expr::Trait(aspect, portrait, at, partly) => {
                let found = self.aspects[aspect.index()].combine.portraits().get(usize::from(*portrait));
                let item = found.and_then(|portrait| portrait.traits.get(usize::from(*at)));
                item.into_iter()
                    .flat_map(|item| std::iter::once(item.when).chain(item.partial.filter(|_| *partly)))
                    .collect()
            }
            _ => self.graph.operands(id),
        }
    }

    /// The expressions by which rules read a trait.
    pub(crate) fn readings(&self, aspect: AspectId, portrait: usize, at: usize) -> Vec<ExprId> {
        let place = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let reading = |partly| self.graph.find(&Expr::Trait(aspect, place(portrait), place(at), partly));
        [false, true].into_iter().filter_map(reading).collect()
    }

    /// What says how far a trait shows: its condition, or one expression over what it asks in full and in part.
    fn showing(&self, item: &Trait) -> Vec<ExprId> {
        let Some(partial) = item.partial else { return vec![item.when] };
        self.graph.find(&Expr::Showing(item.when, partial)).map_or_else(|| vec![item.when, partial], |both| vec![both])
    }

    /// The answers that an expression describes, which is no reading of their values.
    fn described(&self, id: ExprId, under: &[Vec<QuestionId>]) -> Vec<ExprId> {
        let questions = match self.graph.expr(id) {
            Expr::Coverage(aspect) => under[aspect.index()].as_slice(),
            Expr::Answered(question) | Expr::Unknown(question) => std::slice::from_ref(question),
            _ => &[],
        };
        questions.iter().map(|question| self.exprs.answers[question.index()]).collect()
    }

    /// The questions that an aspect rests on, each once.
    fn questions_under(&self, id: AspectId) -> Vec<QuestionId> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        self.collect_under(id, &mut seen, &mut found);
        found
    }

    fn collect_under(&self, id: AspectId, seen: &mut HashSet<QuestionId>, found: &mut Vec<QuestionId>) {
        let aspect = &self.aspects[id.index()];
        let named = self.exprs_of_levels(aspect).into_iter().flat_map(|expr| self.questions_in(expr));
        found.extend(aspect.questions.iter().copied().chain(named).filter(|question| seen.insert(*question)));
        for child in &aspect.children {
            self.collect_under(*child, seen, found);
        }
    }

    /// The expressions that something is concluded from.
    fn conclusions(&self) -> Vec<ExprId> {
        let levels = self.exprs.levels.iter().chain(&self.exprs.aspect_importances).copied().flatten();
        let rules = self.rules.iter().flat_map(Rule::conditions);
        let options = self.outcomes.iter().flat_map(|outcome| &outcome.options).map(|option| option.expr);
        let typings = (0..self.outcomes.len()).filter_map(|at| self.graph.find(&Expr::Outcome(OutcomeId::at(at))));
        let measures = self.measures.iter().map(|measure| measure.value);
        let cells = self.tables.iter().flat_map(|table| &table.cells).map(|cell| cell.when);
        let fits = self.bouwstenen.iter().flat_map(|stone| {
            stone.fits.iter().map(|fit| fit.when).chain(stone.risks.iter().filter_map(|risk| risk.when))
        });
        let answers = self.exprs.answers.iter().chain(&self.exprs.scores).copied();
        answers
            .chain(levels)
            .chain(options)
            .chain(typings)
            .chain(measures)
            .chain(cells)
            .chain(rules)
            .chain(fits)
            .collect()
    }

    /// The conditions that a ladder's steps or a best-match's traits ask, for holding wholly or partly.
    #[must_use]
    pub fn exprs_of_levels(&self, aspect: &Aspect) -> Vec<ExprId> {
        match &aspect.combine {
            Combine::Ladder(steps) => steps.iter().filter_map(|step| step.demands).collect(),
            Combine::BestMatch { portraits, .. } => {
                let traits = portraits.iter().flat_map(|portrait| &portrait.traits);
                traits.flat_map(|item| std::iter::once(item.when).chain(item.partial)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The questions that an expression reads, each once, in reading order.
    #[must_use]
    pub fn questions_in(&self, id: ExprId) -> Vec<QuestionId> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        self.collect_questions(id, &mut seen, &mut found);
        found
    }

    fn collect_questions(&self, id: ExprId, seen: &mut HashSet<ExprId>, found: &mut Vec<QuestionId>) {
        if !seen.insert(id) {
            return;
        }
        if let Expr::Answer(question) = self.graph.expr(id) {
            found.push(*question);
            return;
        }
        for part in self.dependencies(id) {
            self.collect_questions(part, seen, found);
        }
    }
}
