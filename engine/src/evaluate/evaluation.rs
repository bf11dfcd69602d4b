//! What every expression comes to on what is answered.

use super::by_key::ByKey;
use super::ends::Known;
use super::eyes::{Key, Sight, WHOLE};
use super::facts::Facts;
use super::flat::{Registers, Turned};
use super::given::Given;
use super::joins::Join;
use super::operator::{Operator, Overflow, Tally};
use super::sets::Possible;
use crate::condition::{AspectId, Expr, ExprId, Fold, QuestionId, Value};
use crate::number::Number;
use crate::ruleset::{Asked, Combine, Library, Met, Missing};
use std::borrow::Cow;
use std::rc::Rc;

/// One evaluation of a library on the facts of a profile, and of what these would be with other answers.
pub(crate) struct Evaluation<'a> {
    pub(crate) library: &'a Library,
    pub(crate) facts: Cow<'a, Facts<'a>>,
    pub(crate) overflow: Overflow,
    /// Whether everything that is asked is answered.
    complete: bool,
    /// How many more sets of values may be put together; where none may, everything is possible.
    pub(crate) budget: u64,
    pub(super) sights: Vec<Sight>,
    /// What came out of the program.
    pub(super) registers: Registers,
    /// The same, to fix leaves in.
    pub(super) turned: Option<Turned>,
    pub(super) reads: ByKey<Rc<[Key]>>,
    values: ByKey<Value>,
    open: ByKey<bool>,
    pub(super) known: Known,
    pub(super) possible: ByKey<Possible>,
    /// What conditions can come to, as far as that says how sure they are.
    pub(super) possible_truths: ByKey<Possible>,
    /// What an expression can still come to when some others have certain values.
    pub(super) given: Given,
    pub(super) cones: ByKey<Rc<[Key]>>,
    pub(super) joins: ByKey<Rc<[Join]>>,
}

impl<'a> Evaluation<'a> {
    /// Evaluates everything that is not asked through particular eyes.
    pub(crate) fn new(library: &'a Library, facts: &'a Facts<'a>) -> Self {
        let mut evaluation = Self::lazy(library, facts);
        let compiled = &library.compiled;
        let by_party = if facts.profile.parties.is_empty() { &[][..] } else { &compiled.program.alone };
        for &expr in compiled.beside.iter().chain(by_party) {
            evaluation.value(Key { expr, eyes: WHOLE });
        }
        evaluation
    }

    /// Runs the program, and evaluates the rest when it is asked for.
    pub(crate) fn lazy(library: &'a Library, facts: &'a Facts<'a>) -> Self {
        let exprs = library.graph.len();
        let complete = facts.are_complete(library);
        Self {
            library,
            facts: Cow::Borrowed(facts),
            overflow: Overflow::new(false),
            complete,
            budget: u64::MAX,
            sights: vec![Sight::default()],
            registers: Registers::of(&library.compiled.program, facts, complete),
            turned: None,
            reads: ByKey::new(exprs),
            values: ByKey::new(exprs),
            open: ByKey::new(exprs),
            known: Known::new(2 * facts.values.len() + facts.statuses.len(), exprs),
            possible: ByKey::new(exprs),
            possible_truths: ByKey::new(exprs),
            given: Given::default(),
            cones: ByKey::new(exprs),
            joins: ByKey::new(exprs),
        }
    }

    /// Whether every number could be kept exactly.
    pub(crate) fn is_exact(&self) -> bool {
        !self.overflow.get()
    }

    /// Forgets what was worked out of some expressions, and of everything that rests on them.
    pub(super) fn forget(&mut self, from: Vec<ExprId>) {
        if from.is_empty() {
            return;
        }
        let library = self.library;
        let (resting, stale) = self.resting_on(from);
        for &expr in &stale {
            self.values.forget(expr);
            self.open.forget(expr);
            self.possible.forget(expr);
            self.possible_truths.forget(expr);
            self.cones.forget(expr);
            self.joins.forget(expr);
            self.known.forget(expr);
        }
        self.given.forget(|key| resting[key.expr.index()]);
        self.known.tidy();
        self.complete = self.facts.are_complete(library);
        self.turned = None;
        self.registers.again(&library.compiled.program, &self.facts, self.complete, &stale);
    }

    /// For each expression whether it is one of these or rests on one of them, and a list of those that do.
    pub(super) fn resting_on(&self, mut found: Vec<ExprId>) -> (Vec<bool>, Vec<ExprId>) {
        let mut resting = vec![false; self.library.graph.len()];
        found.retain(|expr| !std::mem::replace(&mut resting[expr.index()], true));
        let mut at = 0;
        while let Some(expr) = found.get(at).copied() {
            let readers = self.library.compiled.readers[expr.index()].iter().copied();
            found.extend(readers.filter(|reader| !std::mem::replace(&mut resting[reader.index()], true)));
            at += 1;
        }
        (resting, found)
    }

    /// An expression read for the chain as a whole.
    pub(crate) const fn whole(expr: ExprId) -> Key {
        Key { expr, eyes: WHOLE }
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
            Expr::Or(_) | Expr::Cell(..) | Expr::Trait(..) | Expr::Parties { any: true, .. } => Operator::Or,
            Expr::Not(_) => Operator::Not,
            Expr::Fires(_) => Operator::Fires,
            Expr::Showing(..) => Operator::Showing,
            _ => Operator::Same,
        }
    }

    fn score_operator(&self, key: Key, id: AspectId) -> Operator<'a> {
        let aspect = &self.library.aspects[id.index()];
        let clamp = match self.facts.targets[id.index()] {
            Value::Number(target) if aspect.clamp_to_target => Some(target),
            _ => None,
        };
        if self.folds_parties(key, id) && !aspect.combine.gives_level() {
            let fold = aspect.parties.map_or(Fold::Mean, |parties| parties.0);
            return Operator::Numbers { fold, weights: None, missing: Missing::Skip, clamp: None };
        }
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
            Combine::Ladder(_) | Combine::BestMatch { .. } => Operator::LevelNumber { aspect, clamp },
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
        let value = match self.registers.now(&self.library.compiled.program, key.expr) {
            Some(value) => {
                debug_assert!(
                    value == self.evaluate(key) || self.overflow.get(),
                    "the operator of {:?} says otherwise than {value:?}",
                    self.library.graph.expr(key.expr)
                );
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
                let mut known = std::iter::once(own).chain(parts.iter().map(|&same| self.value(Self::whole(same))));
                return known.find(|status| *status != Value::Missing).unwrap_or(own);
            }
            Expr::RulesetAnswered(ruleset) => {
                return Value::Truth(self.facts.answered[ruleset.index()]);
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
            return self.only(key).unwrap_or(Value::Missing);
        }
        value
    }

    /// Of the bouwstenen that one is the same as: the first of which the status is known, or can become known. That is
    /// the one that counts once everything is filled in.
    pub(super) fn same_status(&mut self, key: Key) -> Option<Key> {
        let library = self.library;
        let mut same = library.compiled.reads[key.expr.index()].iter().map(|&expr| Self::whole(expr));
        same.find(|same| self.value(*same) != Value::Missing || self.is_open(*same))
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
            let set_aside = self.sets_aside(key, question).is_some_and(|answer| self.value(answer) == Value::Nothing);
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

    /// The answer that takes its importance with it where it turns out not to apply.
    pub(super) fn sets_aside(&mut self, key: Key, question: QuestionId) -> Option<Key> {
        let library = self.library;
        let can = library.questions[question.index()].can_be_set_aside();
        can.then(|| self.beside(key, library.exprs.answers[question.index()]))
    }

    /// The value of another expression through the same eyes.
    fn value_beside(&mut self, key: Key, expr: ExprId) -> Value {
        let beside = self.beside(key, expr);
        self.value(beside)
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
                let settled_elsewhere = !library.bouwstenen[bouwsteen.index()].same_as.is_empty();
                self.facts.statuses[bouwsteen.index()] == Value::Missing
                    && if settled_elsewhere {
                        self.same_status(key).is_some_and(|same| self.is_open(same))
                    } else {
                        !aside
                    }
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
        if matches!(self.library.graph.expr(key.expr), Expr::Importance(_)) {
            if let Some(answer) = self.sets_aside(key, question) {
                if self.is_open(answer) {
                    return true;
                }
                if self.value(answer) == Value::Nothing {
                    return false;
                }
            }
            // what is the same elsewhere may be asked there, and its importance is another
            let asked = !self.facts.set_aside[declared.declared.ruleset];
            let missing = self.facts.importances[slot] == Value::Missing;
            return asked_open || (missing && asked && self.value(key) == Value::Missing);
        }
        let settled_by = declared.same_as.as_ref().map(|same| self.library.exprs.answers[same.question.index()]);
        let own_open = self.facts.values[slot] == Value::Missing
            && match settled_by {
                Some(other) => {
                    let beside = self.beside(key, other);
                    self.is_open(beside)
                }
                None => !self.facts.not_asked[question.index()],
            };
        asked_open || (own_open && self.value(key) != Value::Nothing)
    }
}
