//! What an expression rests on, through the elements that it names.

use super::elements::{Asked, Combine};
use super::load::Library;
use crate::condition::{AspectId, Expr, ExprId, Type};

/// The expression of each element, by its place.
#[derive(Debug, Clone, Default)]
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

impl Library {
    /// Makes sure that every question and aspect has its expressions; the lists of [`Exprs`] are in step after it.
    pub(super) fn complete_exprs(&mut self) {
        for at in self.exprs.answers.len()..self.questions.len() {
            let id = crate::condition::QuestionId::at(at);
            let kind = self.questions[at].value_type();
            let importance = self.questions[at].importance.is_some();
            self.exprs.answers.push(self.graph.add(Expr::Answer(id), kind));
            self.exprs.importances.push(importance.then(|| self.graph.add(Expr::Importance(id), Type::NUMBER)));
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
            Expr::Importance(question) => self.questions[question.index()].asked_if.into_iter().collect(),
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
                    traits.flat_map(|item| std::iter::once(item.when).chain(item.partial)).collect()
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
            _ => self.graph.operands(id),
        }
    }

    /// For every expression, whether it can differ from party to party.
    #[must_use]
    pub fn party_sensitive(&self) -> Vec<bool> {
        let mut known: Vec<Option<bool>> = vec![None; self.graph.len()];
        for at in 0..self.graph.len() {
            self.sensitive(ExprId::at(at), &mut known);
        }
        known.into_iter().map(|known| known.unwrap_or(false)).collect()
    }

    fn sensitive(&self, id: ExprId, known: &mut Vec<Option<bool>>) -> bool {
        if let Some(known) = known[id.index()] {
            return known;
        }
        let own = match self.graph.expr(id) {
            Expr::Answer(question) | Expr::Importance(question) => {
                self.questions[question.index()].asked != Asked::Chain
            }
            Expr::By(_, crate::condition::View::Variable(_)) => true,
            _ => false,
        };
        known[id.index()] = Some(own);
        let below = self.dependencies(id).into_iter().fold(false, |found, part| self.sensitive(part, known) || found);
        known[id.index()] = Some(own || below);
        own || below
    }
}
