//! What every expression can still come to: the set of its values over all completions.
//!
//! Sets are carried through an expression as long as its parts are independent. Where two parts rest on the
//! same open answer they are not; then that answer, or the nearest expression through which all reads of it
//! go, is fixed to each of its values in turn ([`super::joins`] finds which). That is exact, and takes no
//! more turns than the shared part has values. Above [`MOST_TURNS`], or where a set grows above
//! [`MOST_STATES`], bounds take its place and the result says that it is not exact.

use super::evaluation::{Evaluation, Key};
use super::operator::{Operator, State};
use crate::condition::{Expr, QuestionId, Value};
use crate::number::Number;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The most combinations of shared open answers that are gone through for one expression.
pub(crate) const MOST_TURNS: usize = 100_000;
/// The most states, or values, that a set may hold before it becomes a range.
pub(crate) const MOST_STATES: usize = 4_096;

/// The values that something can still have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Set {
    /// These, in order.
    Values(Vec<Value>),
    /// Numbers from one to another, and perhaps no value.
    Range { low: Number, high: Number, nothing: bool },
    /// Anything.
    Any,
}

/// A set, and whether it is exact; otherwise every possible value is in it, and perhaps others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Possible {
    pub(crate) set: Set,
    pub(crate) exact: bool,
}

impl Possible {
    fn one(value: Value) -> Self {
        Self { set: Set::Values(vec![value]), exact: true }
    }

    fn of(values: BTreeSet<Value>, exact: bool) -> Self {
        Self { set: Set::Values(values.into_iter().collect()), exact }
    }

    /// The only value, where there is one.
    pub(crate) fn only(&self) -> Option<Value> {
        match &self.set {
            Set::Values(values) => match values.as_slice() {
                [value] => Some(*value),
                _ => None,
            },
            Set::Range { low, high, nothing: false } if low == high => Some(Value::Number(*low)),
            _ => None,
        }
    }

    /// Whether a value is possible, as far as is known.
    pub(crate) fn has(&self, value: Value) -> bool {
        match (&self.set, value) {
            (Set::Values(values), value) => values.binary_search(&value).is_ok(),
            (Set::Range { low, high, .. }, Value::Number(number)) => *low <= number && number <= *high,
            (Set::Range { nothing, .. }, Value::Nothing) => *nothing,
            (Set::Range { .. }, _) => false,
            (Set::Any, _) => true,
        }
    }

    /// The lowest of some number that is read off the values; nothing where no value has one.
    pub(crate) fn lowest(&self, read: impl Fn(Value) -> Option<Number>) -> Value {
        match &self.set {
            Set::Values(values) => {
                values.iter().filter_map(|value| read(*value)).min().map_or(Value::Nothing, Value::Number)
            }
            Set::Range { low, .. } => Value::Number(*low),
            Set::Any => Value::Nothing,
        }
    }

    /// Lowest and highest number.
    pub(crate) fn range(&self) -> Option<(Number, Number)> {
        match &self.set {
            Set::Values(values) => {
                let numbers = || {
                    values.iter().filter_map(|value| match value {
                        Value::Number(number) => Some(*number),
                        _ => None,
                    })
                };
                Some((numbers().min()?, numbers().max()?))
            }
            Set::Range { low, high, .. } => Some((*low, *high)),
            Set::Any => None,
        }
    }

    fn size(&self) -> Option<usize> {
        match &self.set {
            Set::Values(values) => Some(values.len()),
            Set::Range { .. } | Set::Any => None,
        }
    }
}

/// Open answers that are fixed for the moment.
pub(crate) type Fixed = Vec<(Key, Value)>;

/// This question's value for a value of the question that it is the same as.
pub(crate) fn mapped(map: &[(Value, Value)], value: Value) -> Value {
    if map.is_empty() || matches!(value, Value::Missing | Value::Nothing) {
        return value;
    }
    map.iter().find(|(theirs, _)| *theirs == value).map_or(Value::Missing, |(_, mine)| *mine)
}

impl Evaluation<'_> {
    /// What an expression can still come to.
    pub(crate) fn possible(&mut self, key: Key) -> Rc<Possible> {
        self.possible_given(key, &mut Fixed::new())
    }

    fn possible_given(&mut self, key: Key, fixed: &mut Fixed) -> Rc<Possible> {
        if let Some((_, value)) = fixed.iter().find(|(known, _)| *known == key) {
            return Rc::new(Possible::one(*value));
        }
        if !self.is_open(key) {
            return Rc::new(Possible::one(self.value(key)));
        }
        if !fixed.is_empty() {
            let cone = self.cone(key);
            if fixed.iter().any(|(known, _)| cone.binary_search(known).is_ok()) {
                return Rc::new(self.work_out(key, fixed));
            }
        }
        if let Some(known) = self.possible.get(&key) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.work_out(key, &mut Fixed::new()));
        self.possible.insert(key, Rc::clone(&found));
        found
    }

    fn work_out(&mut self, key: Key, fixed: &mut Fixed) -> Possible {
        let joins = self.joins(key);
        let joins: Vec<Key> =
            joins.iter().copied().filter(|join| !fixed.iter().any(|(known, _)| known == join)).collect();
        if joins.is_empty() {
            return self.combine(key, fixed);
        }
        let mut turns: usize = 1;
        let mut shared = Vec::new();
        let mut exact = true;
        for join in joins {
            match self.possible_given(join, fixed).size() {
                Some(size) if turns.saturating_mul(size) <= MOST_TURNS => {
                    turns *= size;
                    shared.push(join);
                }
                _ => exact = false,
            }
        }
        let mut all = Gathering { set: None, exact };
        self.turn(key, &shared, fixed, &mut all);
        all.done()
    }

    /// Fixes the first of the shared expressions to each of its values, and goes on with the rest.
    fn turn(&mut self, key: Key, shared: &[Key], fixed: &mut Fixed, all: &mut Gathering) {
        let Some((&first, rest)) = shared.split_first() else {
            let one = self.combine(key, fixed);
            all.add(one);
            return;
        };
        let possible = self.possible_given(first, fixed);
        all.exact &= possible.exact;
        let Set::Values(values) = &possible.set else {
            all.exact = false;
            self.turn(key, rest, fixed, all);
            return;
        };
        for value in values {
            fixed.push((first, *value));
            self.turn(key, rest, fixed, all);
            fixed.pop();
        }
    }

    /// Puts the sets of independent parts together.
    fn combine(&mut self, key: Key, fixed: &mut Fixed) -> Possible {
        let library = self.library;
        match library.graph.expr(key.expr) {
            Expr::Status(_) => return Possible::of((0..4).map(Value::Option).collect(), true),
            Expr::Answer(question) | Expr::Importance(question) => {
                if let Some(slot) = self.leaf(key, *question) {
                    return self.leaf_set(key, *question, slot, fixed);
                }
            }
            _ => {}
        }
        let operator = self.operator(key);
        let reads = self.reads(key);
        let mut parts = Vec::with_capacity(reads.len());
        for (at, &part) in reads.iter().enumerate() {
            let possible = self.possible_given(part, fixed);
            parts.push(self.projected_set(&operator, at, part, &possible));
        }
        self.fold_sets(&operator, &parts)
    }

    fn projected_set(&self, operator: &Operator<'_>, at: usize, part: Key, possible: &Possible) -> Possible {
        match (&possible.set, operator) {
            (Set::Values(values), _) => {
                let values = values.iter().map(|value| self.projected(operator, at, part.expr, *value)).collect();
                Possible::of(values, possible.exact)
            }
            (Set::Range { low, high, nothing }, Operator::Met { .. }) => {
                let ends = [*low, *high].map(|end| self.projected(operator, at, part.expr, Value::Number(end)));
                let nothing = nothing.then_some(Value::Nothing);
                Possible::of(ends.into_iter().chain(nothing).collect(), possible.exact)
            }
            _ => possible.clone(),
        }
    }

    fn fold_sets(&self, operator: &Operator<'_>, parts: &[Possible]) -> Possible {
        let exact = parts.iter().all(|part| part.exact);
        let mut states: BTreeSet<State> = BTreeSet::from([operator.start()]);
        for (at, part) in parts.iter().enumerate() {
            let Set::Values(values) = &part.set else {
                return super::bounds::bounds(operator, parts, &self.overflow);
            };
            let mut next = BTreeSet::new();
            for state in &states {
                for value in values {
                    let mut state = state.clone();
                    operator.step(&mut state, at, *value, &self.overflow);
                    next.insert(state);
                }
            }
            if next.len() > MOST_STATES {
                return super::bounds::bounds(operator, parts, &self.overflow);
            }
            states = next;
        }
        let values = states.into_iter().map(|state| operator.finish(state, &self.overflow)).collect();
        Possible::of(values, exact)
    }

    fn leaf_set(&mut self, key: Key, question: QuestionId, slot: usize, fixed: &mut Fixed) -> Possible {
        let declared = &self.library.questions[question.index()];
        let (mut asked, mut not_asked, mut exact) = (true, false, true);
        if let Some(asked_if) = declared.asked_if {
            let beside = self.beside(key, asked_if);
            let truth = self.possible_given(beside, fixed);
            asked = truth.has(Value::Truth(true));
            not_asked = truth.only() != Some(Value::Truth(true));
            exact &= truth.exact;
        }
        let nothing = not_asked.then_some(Value::Nothing);
        if !asked {
            return Possible { exact, ..Possible::one(Value::Nothing) };
        }
        let own = if matches!(self.library.graph.expr(key.expr), Expr::Importance(_)) {
            self.importance_set(question, slot)
        } else {
            self.answer_set(key, question, slot, fixed)
        };
        exact &= own.exact;
        match own.set {
            Set::Values(values) => Possible::of(values.into_iter().chain(nothing).collect(), exact),
            Set::Range { low, high, nothing } => {
                Possible { set: Set::Range { low, high, nothing: nothing || not_asked }, exact }
            }
            Set::Any => Possible { set: Set::Any, exact },
        }
    }

    fn importance_set(&self, question: QuestionId, slot: usize) -> Possible {
        let own = self.facts.importances[slot];
        let scale = &self.library.questions[question.index()].importance;
        match scale {
            _ if self.facts.values[slot] == Value::Nothing => Possible::one(Value::Nothing),
            Some(scale) if own == Value::Missing => {
                Possible::of(scale.values.iter().copied().map(Value::Number).collect(), true)
            }
            _ => Possible::one(own),
        }
    }

    fn answer_set(&mut self, key: Key, question: QuestionId, slot: usize, fixed: &mut Fixed) -> Possible {
        let own = self.facts.values[slot];
        if own != Value::Missing {
            return Possible::one(own);
        }
        let declared = &self.library.questions[question.index()];
        if let Some(same) = &declared.same_as {
            let other = self.library.exprs.answers[same.question.index()];
            let beside = self.beside(key, other);
            let theirs = self.possible_given(beside, fixed);
            return match &theirs.set {
                Set::Values(values) => {
                    Possible::of(values.iter().map(|value| mapped(&same.map, *value)).collect(), theirs.exact)
                }
                _ => (*theirs).clone(),
            };
        }
        let nothing = declared.not_applicable.then_some(Value::Nothing);
        match (declared.kind.domain(), declared.scores()) {
            (Some(values), _) => Possible::of(values.into_iter().chain(nothing).collect(), true),
            (None, Some((low, high))) if matches!(declared.kind, crate::ruleset::Kind::Number { .. }) => {
                Possible { set: Set::Range { low, high, nothing: declared.not_applicable }, exact: true }
            }
            _ => Possible { set: Set::Any, exact: false },
        }
    }
}

/// The union over the turns.
struct Gathering {
    set: Option<Set>,
    exact: bool,
}

impl Gathering {
    fn add(&mut self, one: Possible) {
        self.exact &= one.exact;
        self.set = Some(match (self.set.take(), one.set) {
            (None, set) => set,
            (Some(Set::Values(mut all)), Set::Values(values)) => {
                for value in values {
                    if let Err(at) = all.binary_search(&value) {
                        all.insert(at, value);
                    }
                }
                Set::Values(all)
            }
            (Some(first), second) => hull(&first, &second),
        });
    }

    fn done(self) -> Possible {
        Possible { set: self.set.unwrap_or(Set::Any), exact: self.exact }
    }
}

/// A range around two sets of numbers; anything where they are not all numbers.
fn hull(first: &Set, second: &Set) -> Set {
    let ends = |set: &Set| match set {
        Set::Range { low, high, nothing } => Some((*low, *high, *nothing)),
        Set::Values(values) => {
            let mut ends: Option<(Number, Number, bool)> = None;
            let mut empty = false;
            for value in values {
                match value {
                    Value::Number(number) => {
                        let (low, high, _) = ends.unwrap_or((*number, *number, false));
                        ends = Some((low.min(*number), high.max(*number), false));
                    }
                    Value::Nothing => empty = true,
                    _ => return None,
                }
            }
            ends.map(|(low, high, _)| (low, high, empty))
        }
        Set::Any => None,
    };
    match (ends(first), ends(second)) {
        (Some((a, b, x)), Some((c, d, y))) => Set::Range { low: a.min(c), high: b.max(d), nothing: x || y },
        _ => Set::Any,
    }
}
