//! What every expression comes to on what is answered.

use super::by_key::ByKey;
use super::ends::Known;
use super::facts::Facts;
use super::joins::Join;
use super::operator::{Operator, Overflow, Tally};
use super::possible::Fixed;
use super::sets::Possible;
use crate::condition::{AspectId, Expr, ExprId, Fold, QuestionId, Value, View};
use crate::number::Number;
use crate::ruleset::{Asked, Combine, Library, Met, Missing, UNSEEN, decoded};
use foldhash::fast::FixedState;
use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

/// Through whose eyes an expression is read: an index into the evaluation's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Eyes(u16);

/// The chain as a whole.
pub(crate) const WHOLE: Eyes = Eyes(0);

/// An expression through certain eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) expr: ExprId,
    pub(crate) eyes: Eyes,
}

/// Which parties look, and which party each variable stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Sight {
    parties: Option<Vec<u16>>,
    variables: Vec<(u32, u16)>,
}

/// One evaluation of a library on the facts of a profile, and of what these would be with other answers.
pub(crate) struct Evaluation<'a> {
    pub(crate) library: &'a Library,
    pub(crate) facts: Cow<'a, Facts<'a>>,
    pub(crate) overflow: Overflow,
    /// Whether everything that is asked is answered.
    complete: bool,
    /// How many more sets of values may be put together; where none may, everything is possible.
    pub(crate) budget: u64,
    sights: Vec<Sight>,
    /// What came out of the program, by expression; [`UNSEEN`] for what is not in it.
    cells: Vec<i64>,
    reads: ByKey<Rc<[Key]>>,
    values: ByKey<Value>,
    open: ByKey<bool>,
    pub(super) known: Known,
    pub(super) possible: ByKey<Possible>,
    /// What an expression can still come to when some others have certain values.
    pub(super) given: HashMap<(Key, Fixed), Possible, FixedState>,
    pub(super) cones: ByKey<Rc<[Key]>>,
    pub(super) joins: ByKey<Rc<[Join]>>,
}

impl<'a> Evaluation<'a> {
    /// Evaluates everything that is not asked through particular eyes.
    pub(crate) fn new(library: &'a Library, facts: &'a Facts<'a>) -> Self {
        let mut evaluation = Self::lazy(library, facts);
        for &expr in &library.compiled.order[..library.compiled.asked_for] {
            if evaluation.cells[expr.index()] == UNSEEN && !library.compiled.variable[expr.index()] {
                evaluation.value(Key { expr, eyes: WHOLE });
            }
        }
        evaluation
    }

    /// Runs the program, and evaluates the rest when it is asked for.
    pub(crate) fn lazy(library: &'a Library, facts: &'a Facts<'a>) -> Self {
        let exprs = library.graph.len();
        Self {
            library,
            facts: Cow::Borrowed(facts),
            overflow: Overflow::new(false),
            complete: facts.are_complete(library),
            budget: u64::MAX,
            sights: vec![Sight::default()],
            cells: super::flat::run(&library.compiled.program, facts),
            reads: ByKey::new(exprs),
            values: ByKey::new(exprs),
            open: ByKey::new(exprs),
            known: Known::new(2 * facts.values.len() + facts.statuses.len(), exprs),
            possible: ByKey::new(exprs),
            given: HashMap::default(),
            cones: ByKey::new(exprs),
            joins: ByKey::new(exprs),
        }
    }

    /// Forgets what was worked out of some expressions, and of everything that rests on them.
    pub(super) fn forget(&mut self, mut waiting: Vec<ExprId>) {
        let library = self.library;
        let mut stale = vec![false; library.graph.len()];
        while let Some(expr) = waiting.pop() {
            if std::mem::replace(&mut stale[expr.index()], true) {
                continue;
            }
            self.values.forget(expr);
            self.open.forget(expr);
            self.possible.forget(expr);
            self.cones.forget(expr);
            self.joins.forget(expr);
            self.cells[expr.index()] = UNSEEN;
            self.known.forget(expr);
            waiting.extend(&library.compiled.readers[expr.index()]);
        }
        self.given.retain(|(key, _), _| !stale[key.expr.index()]);
        self.known.tidy();
        self.complete = self.facts.are_complete(library);
    }

    /// An expression read for the chain as a whole.
    pub(crate) const fn whole(expr: ExprId) -> Key {
        Key { expr, eyes: WHOLE }
    }

    /// An expression read through the eyes of a party or a role; the chain's where it makes no difference.
    fn key(&mut self, expr: ExprId, sight: Sight) -> Key {
        let compiled = &self.library.compiled;
        if !compiled.by_party[expr.index()] {
            return Key { expr, eyes: WHOLE };
        }
        let sight = if compiled.variable[expr.index()] { sight } else { Sight { variables: Vec::new(), ..sight } };
        let found = self.sights.iter().position(|known| *known == sight);
        let at = found.unwrap_or_else(|| {
            self.sights.push(sight);
            self.sights.len() - 1
        });
        Key { expr, eyes: Eyes(u16::try_from(at).unwrap_or(u16::MAX)) }
    }

    /// The same expression through the eyes of the parties in a role.
    pub(crate) fn by_role(&mut self, expr: ExprId, role: crate::condition::RoleId) -> Key {
        let parties = Some(self.facts.in_role(role).to_vec());
        self.key(expr, Sight { parties, variables: Vec::new() })
    }

    fn sight(&self, key: Key) -> &Sight {
        &self.sights[usize::from(key.eyes.0)]
    }

    /// The only party that looks, if it is one.
    pub(crate) fn party(&self, key: Key) -> Option<u16> {
        match self.sight(key).parties.as_deref() {
            Some([party]) => Some(*party),
            _ => None,
        }
    }

    /// The party that a variable stands for.
    pub(crate) fn variable(&self, key: Key, variable: u32) -> Option<u16> {
        self.sight(key).variables.iter().rev().find(|(known, _)| *known == variable).map(|(_, party)| *party)
    }

    /// The parties that look: all of them for the chain as a whole.
    fn looking(&self, key: Key) -> Vec<u16> {
        self.sight(key)
            .parties
            .clone()
            .unwrap_or_else(|| (0..self.facts.profile.parties.len()).filter_map(|at| u16::try_from(at).ok()).collect())
    }

    /// The slot of an answer that is read as it stands, rather than put together from those of parties.
    pub(crate) fn leaf(&self, key: Key, question: QuestionId) -> Option<usize> {
        match (&self.facts.slots[question.index()].parties, self.sight(key).parties.as_deref()) {
            (None, _) => self.facts.slot(question, None),
            (Some(_), Some([party])) => self.facts.slot(question, Some(*party)),
            (Some(_), _) => None,
        }
    }

    /// Whether an aspect is computed for each party and folded, through these eyes.
    fn folds_parties(&self, key: Key, aspect: AspectId) -> bool {
        self.library.aspects[aspect.index()].parties.is_some()
            && self.library.compiled.by_party[key.expr.index()]
            && !self.facts.profile.parties.is_empty()
            && self.party(key).is_none()
    }

    /// The same expression for each of some parties.
    fn for_each(&mut self, expr: ExprId, parties: &[u16], variables: &[(u32, u16)]) -> Vec<Key> {
        let sight = |party: &u16| Sight { parties: Some(vec![*party]), variables: variables.to_vec() };
        parties.iter().map(|party| self.key(expr, sight(party))).collect()
    }

    /// What an expression reads, through the same or narrower eyes.
    pub(crate) fn reads(&mut self, key: Key) -> Rc<[Key]> {
        if let Some(known) = self.reads.get(key) {
            return Rc::clone(known);
        }
        let found: Rc<[Key]> = self.find_reads(key).into();
        self.reads.set(key, Rc::clone(&found));
        found
    }

    fn find_reads(&mut self, key: Key) -> Vec<Key> {
        let library = self.library;
        let compiled = &library.compiled;
        if library.compiled.plain[key.expr.index()] {
            return compiled.reads[key.expr.index()].iter().map(|&expr| Self::whole(expr)).collect();
        }
        let sight = self.sight(key).clone();
        match library.graph.expr(key.expr) {
            Expr::Answer(question) | Expr::Importance(question) if self.leaf(key, *question).is_none() => {
                let looking = self.looking(key);
                let slots = self.facts.slots[question.index()].parties.clone().unwrap_or_default();
                let asked: Vec<u16> = slots.into_iter().filter(|party| looking.contains(party)).collect();
                if sight.parties.as_ref().is_some_and(|parties| parties.len() == 1) {
                    return Vec::new(); // this party is not asked
                }
                self.for_each(key.expr, &asked, &[])
            }
            Expr::Score(aspect) | Expr::Level(aspect)
                if self.folds_parties(key, *aspect) && self.folds_here(key, *aspect) =>
            {
                let looking = self.looking(key);
                self.for_each(key.expr, &looking, &[])
            }
            Expr::Spread(term) => {
                let looking = self.looking(key);
                self.for_each(*term, &looking, &sight.variables)
            }
            Expr::By(term, View::Role(role)) => {
                let parties = Some(self.facts.in_role(*role).to_vec());
                vec![self.key(*term, Sight { parties, ..sight })]
            }
            Expr::By(term, View::Variable(variable)) => {
                let parties = Some(self.variable(key, *variable).into_iter().collect());
                vec![self.key(*term, Sight { parties, ..sight })]
            }
            Expr::Parties { variable, role, body, .. } => {
                let parties = role.map_or_else(|| self.looking(key), |role| self.facts.in_role(role).to_vec());
                let each = |party: u16| {
                    let mut variables = sight.variables.clone();
                    variables.push((*variable, party));
                    Sight { parties: sight.parties.clone(), variables }
                };
                parties.into_iter().map(|party| self.key(*body, each(party))).collect()
            }
            _ => {
                let parts = compiled.reads[key.expr.index()].clone();
                parts.iter().map(|&part| self.key(part, sight.clone())).collect()
            }
        }
    }

    /// A numeric aspect's level follows from its folded score; only a ladder or best-match folds its level.
    fn folds_here(&self, key: Key, aspect: AspectId) -> bool {
        let gives_level = self.library.aspects[aspect.index()].combine.gives_level();
        gives_level == matches!(self.library.graph.expr(key.expr), Expr::Level(_))
    }

    /// What an expression does with what it reads.
    pub(crate) fn operator(&self, key: Key) -> Operator<'a> {
        let library = self.library;
        let skip = |fold| Operator::Numbers { fold, weights: None, missing: Missing::Skip, clamp: None };
        match library.graph.expr(key.expr) {
            Expr::Answer(question) => match &library.questions[question.index()].asked {
                Asked::Party { combine: Some(fold), .. } => skip(*fold),
                _ => Operator::Agree,
            },
            Expr::Importance(_) | Expr::AspectImportance(_) => skip(Fold::Mean),
            Expr::Score(aspect) => self.score_operator(key, *aspect),
            Expr::Level(aspect) => {
                let declared = &library.aspects[aspect.index()];
                match &declared.combine {
                    Combine::Ladder(_) | Combine::BestMatch { .. } if self.folds_parties(key, *aspect) => {
                        Operator::Levels(declared.parties.map_or(Fold::Min, |parties| parties.0))
                    }
                    Combine::Ladder(_) => Operator::Ladder(declared),
                    Combine::BestMatch { .. } => Operator::Portraits(declared),
                    _ => Operator::CutOffs(declared),
                }
            }
            Expr::Outcome(outcome) => Operator::Typing(&library.outcomes[outcome.index()]),
            Expr::Arithmetic(operation, ..) => Operator::Arithmetic(*operation),
            Expr::Fold(Fold::Sum, _) => {
                Operator::Numbers { fold: Fold::Sum, weights: None, missing: Missing::Settled, clamp: None }
            }
            Expr::Fold(fold, _) => skip(*fold),
            Expr::Spread(_) => Operator::Spread,
            Expr::Count(_) => Operator::Count,
            Expr::Share(_) => Operator::Share,
            Expr::Compare(comparison, ..) => Operator::Compare(*comparison),
            Expr::OneOf(_, options) => Operator::OneOf(options),
            Expr::Has(_, option) => Operator::Has(*option),
            Expr::And(_) | Expr::Parties { any: false, .. } => Operator::And,
            Expr::Or(_) | Expr::Cell(..) | Expr::Parties { any: true, .. } => Operator::Or,
            Expr::Not(_) => Operator::Not,
            Expr::Fires(_) => Operator::Fires,
            _ => Operator::Same,
        }
    }

    fn score_operator(&self, key: Key, id: AspectId) -> Operator<'a> {
        let aspect = &self.library.aspects[id.index()];
        if aspect.combine.gives_level() {
            return Operator::LevelNumber(aspect);
        }
        if self.folds_parties(key, id) {
            let fold = aspect.parties.map_or(Fold::Mean, |parties| parties.0);
            return Operator::Numbers { fold, weights: None, missing: Missing::Skip, clamp: None };
        }
        let clamp = match self.facts.targets[id.index()] {
            Value::Number(target) if aspect.clamp_to_target => Some(target),
            _ => None,
        };
        let missing = aspect.missing;
        let numbers = |fold, weights| Operator::Numbers { fold, weights, missing, clamp };
        let met = |tally| Operator::Met { tally, from: &aspect.met, missing, clamp };
        match &aspect.combine {
            Combine::Mean => numbers(Fold::Mean, None),
            Combine::WeightedMean => numbers(Fold::Mean, Some(aspect.weights.as_slice())),
            Combine::Sum => numbers(Fold::Sum, None),
            Combine::Min => numbers(Fold::Min, None),
            Combine::Max => numbers(Fold::Max, None),
            Combine::Share => met(Tally::Share),
            Combine::All => met(Tally::All),
            Combine::Any => met(Tally::Any),
            Combine::Ladder(_) | Combine::BestMatch { .. } => Operator::LevelNumber(aspect),
        }
    }

    /// The number that a value counts for where numbers are wanted.
    pub(crate) fn number(&self, expr: ExprId, value: Value) -> Option<Number> {
        match (self.library.graph.expr(expr), value) {
            (_, Value::Number(number)) => Some(number),
            (Expr::Answer(question), value) => self.library.questions[question.index()].kind.score(value),
            (Expr::By(inner, _), value) => self.number(*inner, value),
            _ => None,
        }
    }

    /// A value as an operator takes it in: a number, met or not met, or as it is.
    pub(crate) fn projected(&self, operator: &Operator<'_>, at: usize, expr: ExprId, value: Value) -> Value {
        if matches!(value, Value::Missing | Value::Nothing) {
            return value;
        }
        match operator {
            Operator::Numbers { .. } => self.number(expr, value).map_or(Value::Nothing, Value::Number),
            Operator::Levels(_) => match value {
                Value::Option(at) => Value::Number(Number::from(i64::from(at))),
                other => other,
            },
            Operator::Met { from, .. } => match (from.get(at).copied().flatten(), value) {
                (Some(Met::Option(least)), Value::Option(option)) => Value::Truth(option >= least),
                (Some(Met::Number(least)), value) => {
                    self.number(expr, value).map_or(Value::Nothing, |number| Value::Truth(number >= least))
                }
                _ => Value::Nothing,
            },
            _ => value,
        }
    }

    /// What an expression comes to on what is answered.
    #[inline]
    pub(crate) fn value(&mut self, key: Key) -> Value {
        if let Some(&value) = self.values.get(key) {
            return value;
        }
        let program = &self.library.compiled.program;
        let cell = decoded(self.cells[key.expr.index()], program.cells[key.expr.index()], program.scale);
        let value = match cell {
            Some(value) => {
                debug_assert!(value == self.evaluate(key) || self.overflow.get(), "the operator says otherwise");
                value
            }
            None => self.evaluate(key),
        };
        self.values.set(key, value);
        value
    }

    fn evaluate(&mut self, key: Key) -> Value {
        let library = self.library;
        let parts = library.compiled.reads[key.expr.index()].as_ref();
        let plain = library.compiled.plain[key.expr.index()];
        match library.graph.expr(key.expr) {
            Expr::Constant(value) => return *value,
            Expr::Poison => return Value::Nothing,
            Expr::Status(bouwsteen) => {
                let own = self.facts.statuses[bouwsteen.index()];
                let same = self.same_status(key).filter(|_| own == Value::Missing);
                return same.map_or(own, |same| self.value(same));
            }
            Expr::RulesetAnswered(ruleset) => {
                let id = &library.rulesets[ruleset.index()].manifest.id;
                return Value::Truth(self.facts.profile.answers(id));
            }
            Expr::Target(aspect) => return self.facts.targets[aspect.index()],
            Expr::Coverage(aspect) => return self.coverage_share(*aspect),
            Expr::Answered(question) => return Value::Truth(self.is_answered(*question)),
            Expr::Unknown(question) => return Value::Truth(self.is_unknown(*question)),
            // the chain's answer to what is always asked, and settled by nothing else
            Expr::Answer(question) if plain && parts.is_empty() => {
                return self.facts.values[self.facts.slots[question.index()].start];
            }
            Expr::Answer(question) | Expr::Importance(question) => {
                if let Some(slot) = self.leaf(key, *question) {
                    return self.leaf_value(key, *question, slot);
                }
            }
            _ => {}
        }
        let operator = self.operator(key);
        let value = if plain && operator.missing() != Missing::Lowest {
            // nearly everything: what is read stands in the chain's own column
            for &part in parts {
                self.value(Self::whole(part));
            }
            let known = |part: ExprId| self.values.get(Self::whole(part)).copied().unwrap_or(Value::Missing);
            let projects = operator.projects();
            let values = parts.iter().enumerate().map(|(at, &part)| match known(part) {
                value if projects => self.projected(&operator, at, part, value),
                value => value,
            });
            operator.over(values, &self.overflow)
        } else {
            let values: Vec<Value> =
                self.reads(key).iter().enumerate().map(|(at, &part)| self.taken(&operator, at, part)).collect();
            operator.over(values.into_iter(), &self.overflow)
        };
        if value == Value::Missing && self.rests_on_settled(key, &operator) && self.is_open(key) {
            return self.possible(key).only().unwrap_or(Value::Missing);
        }
        value
    }

    /// Of the bouwstenen that one is the same as: the first of which the status is known, otherwise the first that
    /// is asked about, so that they are one unknown.
    pub(super) fn same_status(&mut self, key: Key) -> Option<Key> {
        let library = self.library;
        let same = || library.compiled.reads[key.expr.index()].iter().map(|&expr| Self::whole(expr));
        let known = same().find(|same| self.value(*same) != Value::Missing);
        known.or_else(|| same().find(|same| self.is_open(*same))).or_else(|| same().next())
    }

    /// The value of a part as an operator takes it in.
    fn taken(&mut self, operator: &Operator<'_>, at: usize, part: Key) -> Value {
        let value = self.value(part);
        match self.projected(operator, at, part.expr, value) {
            Value::Missing if operator.missing() == Missing::Lowest => self.lowest(operator, at, part),
            value => value,
        }
    }

    /// Whether a missing value may still be known, because completions agree about it.
    fn rests_on_settled(&self, key: Key, operator: &Operator<'_>) -> bool {
        let compiled = &self.library.compiled;
        match operator {
            Operator::Compare(_) | Operator::OneOf(_) | Operator::Has(_) => {
                compiled.reads[key.expr.index()].iter().any(|part| compiled.settled[part.index()])
            }
            _ => operator.missing() == Missing::Settled && !self.is_leaf_like(key),
        }
    }

    fn is_leaf_like(&self, key: Key) -> bool {
        matches!(self.library.graph.expr(key.expr), Expr::Answer(_) | Expr::Importance(_))
    }

    /// The lowest that a missing child can become, where it counts as that.
    fn lowest(&mut self, operator: &Operator<'_>, at: usize, part: Key) -> Value {
        match operator {
            Operator::Met { .. } => Value::Truth(false),
            Operator::Ladder(_) | Operator::Portraits(_) => Value::Missing,
            _ => {
                let possible = self.possible(part);
                possible.lowest(|value| match self.projected(operator, at, part.expr, value) {
                    Value::Number(number) => Some(number),
                    _ => None,
                })
            }
        }
    }

    fn leaf_value(&mut self, key: Key, question: QuestionId, slot: usize) -> Value {
        let declared = &self.library.questions[question.index()];
        if let Some(asked_if) = declared.asked_if {
            match self.value_beside(key, asked_if) {
                Value::Truth(true) => {}
                Value::Missing => return Value::Missing,
                _ => return Value::Nothing,
            }
        }
        if matches!(self.library.graph.expr(key.expr), Expr::Importance(_)) {
            let set_aside = self.facts.values[slot] == Value::Nothing;
            return if set_aside { Value::Nothing } else { self.facts.importances[slot] };
        }
        let own = self.facts.values[slot];
        match &declared.same_as {
            Some(same) if own == Value::Missing => {
                let other = self.library.exprs.answers[same.question.index()];
                let value = self.value_beside(key, other);
                super::possible::mapped(&same.map, value)
            }
            _ => own,
        }
    }

    /// The value of another expression through the same eyes.
    fn value_beside(&mut self, key: Key, expr: ExprId) -> Value {
        let beside = self.beside(key, expr);
        self.value(beside)
    }

    /// Another expression through the same eyes.
    pub(crate) fn beside(&mut self, key: Key, expr: ExprId) -> Key {
        let sight = self.sight(key).clone();
        self.key(expr, sight)
    }

    /// Whether what an expression comes to can still change when open answers are filled in.
    pub(crate) fn is_open(&mut self, key: Key) -> bool {
        if self.complete {
            return false;
        }
        if let Some(&open) = self.open.get(key) {
            return open;
        }
        let library = self.library;
        let open = match library.graph.expr(key.expr) {
            Expr::Status(bouwsteen) => {
                let aside = self.facts.set_aside[library.bouwstenen[bouwsteen.index()].declared.ruleset];
                self.facts.statuses[bouwsteen.index()] == Value::Missing
                    && self.same_status(key).map_or(!aside, |same| self.is_open(same))
            }
            Expr::Target(aspect) => self.facts.targets[aspect.index()] == Value::Missing,
            Expr::Constant(_) | Expr::Coverage(_) => false,
            Expr::Answered(_) | Expr::Unknown(_) | Expr::RulesetAnswered(_) => false,
            Expr::Answer(question) | Expr::Importance(question) if self.leaf(key, *question).is_some() => {
                self.leaf_is_open(key, *question)
            }
            _ if library.compiled.plain[key.expr.index()] => {
                library.compiled.reads[key.expr.index()].iter().any(|&part| self.is_open(Self::whole(part)))
            }
            _ => {
                let reads = self.reads(key);
                reads.iter().any(|&part| self.is_open(part))
            }
        };
        self.open.set(key, open);
        open
    }

    fn leaf_is_open(&mut self, key: Key, question: QuestionId) -> bool {
        let declared = &self.library.questions[question.index()];
        let asked_open = declared.asked_if.is_some_and(|asked_if| {
            let beside = self.beside(key, asked_if);
            self.is_open(beside)
        });
        let Some(slot) = self.leaf(key, question) else { return false };
        let asked = !self.facts.not_asked[question.index()];
        if matches!(self.library.graph.expr(key.expr), Expr::Importance(_)) {
            let missing = self.facts.importances[slot] == Value::Missing && self.facts.values[slot] != Value::Nothing;
            return asked_open || (missing && asked && self.value(key) == Value::Missing);
        }
        let settled_by = declared.same_as.as_ref().map(|same| self.library.exprs.answers[same.question.index()]);
        let own_open = self.facts.values[slot] == Value::Missing
            && match settled_by {
                Some(other) => {
                    let beside = self.beside(key, other);
                    self.is_open(beside)
                }
                None => asked,
            };
        asked_open || (own_open && self.value(key) != Value::Nothing)
    }

    /// A key for each answer that a question has.
    pub(crate) fn leaves(&mut self, question: QuestionId) -> Vec<Key> {
        let expr = self.library.exprs.answers[question.index()];
        match self.facts.slots[question.index()].parties.clone() {
            None => vec![Self::whole(expr)],
            Some(parties) => self.for_each(expr, &parties, &[]),
        }
    }
}
