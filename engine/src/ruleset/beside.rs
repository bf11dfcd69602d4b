//! Two libraries in one graph: what both ask is one unknown, everything else stands there twice.
//!
//! So two versions of a ruleset can be held against each other as two rules of one ruleset can: a question
//! about both is a question about one condition.

use super::elements::{Asked, Aspect, Bouwsteen, Combine, Declared, Measure, Outcome, Rule, Table};
use super::load::Library;
use crate::condition::{
    AspectId, BouwsteenId, Expr, ExprId, MeasureId, OutcomeId, QuestionId, RoleId, RuleId, TableId, View,
};
use std::collections::HashMap;

/// A library with another put beside it.
#[derive(Debug)]
pub(crate) struct Beside<'a> {
    /// Both. Elements of the second that the first does not share belong to no ruleset.
    pub(crate) library: Library,
    first: &'a Library,
    second: &'a Library,
    exprs: HashMap<ExprId, ExprId>,
    questions: HashMap<QuestionId, QuestionId>,
    aspects: HashMap<AspectId, AspectId>,
    outcomes: HashMap<OutcomeId, OutcomeId>,
}

/// Whether a question asks the same of the same in both libraries, so that one answer serves both.
pub(crate) fn is_same(first: (&Library, QuestionId), second: (&Library, QuestionId)) -> bool {
    let asked = |(library, id): (&Library, QuestionId)| {
        let question = &library.questions[id.index()];
        let roles = match &question.asked {
            Asked::Chain => None,
            Asked::Party { roles, combine } => {
                let names: Vec<String> =
                    roles.iter().map(|role| library.roles[role.index()].declared.id.clone()).collect();
                Some((names, *combine))
            }
        };
        let importance = question.importance.as_ref().map(|scale| scale.values.clone());
        let asked_if = question.asked_if.map(|asked_if| library.spelled(asked_if));
        (question.kind.clone(), question.not_applicable, roles, importance, asked_if)
    };
    asked(first) == asked(second)
}

/// Variables of the second library are numbered from here; no ruleset asks its parties so often.
const VARIABLES: u32 = 1_000_000;

impl<'a> Beside<'a> {
    /// The first library, with nothing of the second yet: [`Beside::expr`] brings it. The library must be compiled
    /// before it can be evaluated.
    pub(crate) fn new(first: &'a Library, second: &'a Library) -> Self {
        Self {
            library: first.clone(),
            first,
            second,
            exprs: HashMap::new(),
            questions: HashMap::new(),
            aspects: HashMap::new(),
            outcomes: HashMap::new(),
        }
    }

    /// The ruleset of the first library that is called as one of the second.
    fn ruleset(&self, declared: &Declared) -> Option<usize> {
        self.first.ruleset(&self.second.rulesets[declared.ruleset].manifest.id)
    }

    /// An expression of the second library. What it rests on comes with it, unless the first has the same.
    pub(crate) fn expr(&mut self, from: ExprId) -> ExprId {
        if let Some(known) = self.exprs.get(&from) {
            return *known;
        }
        let graph = &self.second.graph;
        let operands: Vec<ExprId> = graph.operands(from).into_iter().map(|part| self.expr(part)).collect();
        let expr = match graph.over(from, &operands) {
            Expr::Answer(id) => Expr::Answer(self.question(id)),
            Expr::Importance(id) => Expr::Importance(self.question(id)),
            Expr::Answered(id) => Expr::Answered(self.question(id)),
            Expr::Unknown(id) => Expr::Unknown(self.question(id)),
            Expr::Status(id) => Expr::Status(self.stone(id)),
            Expr::AspectImportance(id) => Expr::AspectImportance(self.aspect(id)),
            Expr::Score(id) => Expr::Score(self.aspect(id)),
            Expr::Level(id) => Expr::Level(self.aspect(id)),
            Expr::Coverage(id) => Expr::Coverage(self.aspect(id)),
            Expr::Target(id) => {
                let declared = &self.second.aspects[id.index()].declared;
                let known = self.ruleset(declared).and_then(|own| self.first.aspect(own, &declared.id));
                Expr::Target(known.unwrap_or_else(|| self.aspect(id)))
            }
            Expr::Outcome(id) => Expr::Outcome(self.outcome(id)),
            Expr::Measure(id) => match self.measure(id) {
                Ok(known) => Expr::Measure(known),
                Err(value) => return self.keep(from, value),
            },
            Expr::Diagnosis(id) => match self.rule(id) {
                Ok(known) => Expr::Diagnosis(known),
                Err(when) => return self.keep(from, when),
            },
            Expr::Cell(id, row, column) => self.cell(id, row, column),
            Expr::By(term, View::Role(role)) => Expr::By(term, View::Role(self.role(role))),
            Expr::By(term, View::Variable(variable)) => Expr::By(term, View::Variable(VARIABLES + variable)),
            Expr::Parties { any, variable, role, body } => {
                Expr::Parties { any, variable: VARIABLES + variable, role: role.map(|role| self.role(role)), body }
            }
            other => other,
        };
        let added = self.library.graph.add(expr, graph.kind(from).clone());
        self.keep(from, added)
    }

    fn keep(&mut self, from: ExprId, to: ExprId) -> ExprId {
        self.exprs.insert(from, to);
        to
    }

    fn question(&mut self, id: QuestionId) -> QuestionId {
        if let Some(known) = self.questions.get(&id) {
            return *known;
        }
        let declared = &self.second.questions[id.index()].declared;
        let known = self.ruleset(declared).and_then(|own| self.first.question(own, &declared.id));
        let known = known.filter(|known| is_same((self.first, *known), (self.second, id)));
        let to = known.unwrap_or_else(|| {
            let mut question = self.second.questions[id.index()].clone();
            question.asked_if = question.asked_if.map(|asked_if| self.expr(asked_if));
            // what settles it is another question of the same profile, which is not what is compared
            (question.same_as, question.prerequisites, question.informs) = (None, Vec::new(), Vec::new());
            if let Asked::Party { roles, .. } = &mut question.asked {
                roles.iter_mut().for_each(|role| *role = self.role(*role));
            }
            self.library.questions.push(question);
            self.library.complete_exprs();
            QuestionId::at(self.library.questions.len() - 1)
        });
        self.questions.insert(id, to);
        to
    }

    fn role(&mut self, id: RoleId) -> RoleId {
        let declared = &self.second.roles[id.index()].declared;
        let known =
            self.library.roles.iter().position(|role| is_called(&self.library, &role.declared, self.second, declared));
        known.map_or_else(
            || {
                self.library.roles.push(self.second.roles[id.index()].clone());
                RoleId::at(self.library.roles.len() - 1)
            },
            RoleId::at,
        )
    }

    fn stone(&mut self, id: BouwsteenId) -> BouwsteenId {
        let declared = &self.second.bouwstenen[id.index()].declared;
        let stones = &self.library.bouwstenen;
        let known = stones.iter().position(|stone| is_called(&self.library, &stone.declared, self.second, declared));
        known.map_or_else(
            || {
                let stone = self.second.bouwstenen[id.index()].clone();
                let bare = Bouwsteen {
                    contributes: Vec::new(),
                    fits: Vec::new(),
                    risks: Vec::new(),
                    prerequisites: Vec::new(),
                    effects: Vec::new(),
                    done_when: None,
                    same_as: Vec::new(),
                    ..stone
                };
                self.library.bouwstenen.push(bare);
                BouwsteenId::at(self.library.bouwstenen.len() - 1)
            },
            BouwsteenId::at,
        )
    }

    fn aspect(&mut self, id: AspectId) -> AspectId {
        if let Some(known) = self.aspects.get(&id) {
            return *known;
        }
        let mut aspect = self.second.aspects[id.index()].clone();
        aspect.inputs.iter_mut().for_each(|input| *input = self.expr(*input));
        aspect.questions.iter_mut().for_each(|id| *id = self.question(*id));
        aspect.children.iter_mut().for_each(|id| *id = self.aspect(*id));
        match &mut aspect.combine {
            Combine::Ladder(steps) => {
                steps.iter_mut().for_each(|step| step.demands = step.demands.map(|demands| self.expr(demands)));
            }
            Combine::BestMatch { portraits, .. } => {
                for item in portraits.iter_mut().flat_map(|portrait| &mut portrait.traits) {
                    item.when = self.expr(item.when);
                    item.partial = item.partial.map(|partial| self.expr(partial));
                }
            }
            _ => {}
        }
        let declared = &aspect.declared;
        let known = self.ruleset(declared).and_then(|own| self.first.aspect(own, &declared.id));
        let same = known.filter(|known| works_as(&self.first.aspects[known.index()], &aspect));
        let to = same.unwrap_or_else(|| {
            self.library.aspects.push(aspect);
            self.library.complete_exprs();
            AspectId::at(self.library.aspects.len() - 1)
        });
        self.aspects.insert(id, to);
        to
    }

    fn outcome(&mut self, id: OutcomeId) -> OutcomeId {
        if let Some(known) = self.outcomes.get(&id) {
            return *known;
        }
        let mut outcome = self.second.outcomes[id.index()].clone();
        outcome.options.iter_mut().for_each(|option| option.expr = self.expr(option.expr));
        let same = |known: &Outcome| {
            is_called(self.first, &known.declared, self.second, &outcome.declared)
                && (known.pick, &known.options, &known.ids, known.otherwise)
                    == (outcome.pick, &outcome.options, &outcome.ids, outcome.otherwise)
        };
        let to = self.first.outcomes.iter().position(same).map_or_else(
            || {
                self.library.outcomes.push(outcome);
                self.library.complete_exprs();
                OutcomeId::at(self.library.outcomes.len() - 1)
            },
            OutcomeId::at,
        );
        self.outcomes.insert(id, to);
        to
    }

    /// The same measure of the first library; otherwise how this one is computed.
    fn measure(&mut self, id: MeasureId) -> Result<MeasureId, ExprId> {
        let measure = &self.second.measures[id.index()];
        let value = self.expr(measure.value);
        let same = |known: &Measure| {
            is_called(self.first, &known.declared, self.second, &measure.declared) && known.value == value
        };
        self.first.measures.iter().position(same).map(MeasureId::at).ok_or(value)
    }

    /// The same rule of the first library; otherwise the condition of this one.
    fn rule(&mut self, id: RuleId) -> Result<RuleId, ExprId> {
        let rule = &self.second.rules[id.index()];
        let when = self.expr(rule.when);
        let same =
            |known: &Rule| is_called(self.first, &known.declared, self.second, &rule.declared) && known.when == when;
        self.first.rules.iter().position(same).map(RuleId::at).ok_or(when)
    }

    /// The cells at one place of a table, each by its condition.
    fn cell(&mut self, id: TableId, row: u16, column: u16) -> Expr {
        let table = &self.second.tables[id.index()];
        let cells = |table: &Table, row, column| -> Vec<ExprId> {
            let here = table.cells.iter().filter(|cell| (cell.row, cell.column) == (row, column));
            here.map(|cell| cell.when).collect()
        };
        let here: Vec<ExprId> = cells(table, row, column).into_iter().map(|when| self.expr(when)).collect();
        let known = self.first.tables.iter().position(|known| {
            is_called(self.first, &known.declared, self.second, &table.declared)
                && known.rows == table.rows
                && known.columns == table.columns
                && cells(known, row, column) == here
        });
        known.map_or(Expr::Or(here), |known| Expr::Cell(TableId::at(known), row, column))
    }
}

/// Whether two elements have the same name in rulesets of the same name.
fn is_called(first: &Library, one: &Declared, second: &Library, other: &Declared) -> bool {
    one.id == other.id && first.rulesets[one.ruleset].manifest.id == second.rulesets[other.ruleset].manifest.id
}

/// Whether two aspects come to the same, whatever their sources say.
fn works_as(one: &Aspect, other: &Aspect) -> bool {
    let bare = |aspect: &Aspect| {
        let mut bare = Aspect { declared: one.declared.clone(), within: None, ..aspect.clone() };
        if let Combine::BestMatch { portraits, .. } = &mut bare.combine {
            portraits.iter_mut().flat_map(|portrait| &mut portrait.traits).for_each(|item| item.source.clear());
        }
        bare
    };
    bare(one) == bare(other)
}
