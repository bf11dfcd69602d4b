//! What every expression can still come to: the set of its values over all completions.
//!
//! Sets are carried through an expression as long as its parts are independent. Where two parts rest on the
//! same open answer they are not; then that answer, or the nearest expression through which all reads of it
//! go, is fixed to each of its values in turn ([`super::joins`] finds which). That is exact, and takes no
//! more turns than the shared part has values. Above [`MOST_TURNS`], or where a set grows above
//! [`MOST_STATES`], bounds take its place and the result says that it is not exact.

use super::evaluation::{Evaluation, Key};
use super::joins::Join;
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
///
/// Cheap to copy: longer lists are shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Set {
    /// Only this.
    One(Value),
    /// Truths of a condition, a bit for each of [`TRUTHS`].
    Truths(u8),
    /// These, in order, at least two.
    Values(Rc<[Value]>),
    /// Numbers from one to another, and perhaps no value.
    Range { low: Number, high: Number, nothing: bool },
    /// Anything.
    Any,
}

/// What a condition can come to in a completion, in the order of their bits.
const TRUTHS: [Value; 3] = [Value::Truth(false), Value::Truth(true), Value::Nothing];
const NO: u8 = 1;
const YES: u8 = 2;
const NOTHING: u8 = 4;
const EVERY_TRUTH: u8 = NO | YES | NOTHING;

const fn bit(value: Value) -> u8 {
    match value {
        Value::Truth(false) => NO,
        Value::Truth(true) => YES,
        _ => NOTHING,
    }
}

/// A set, and whether it is exact; otherwise every possible value is in it, and perhaps others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Possible {
    pub(crate) set: Set,
    pub(crate) exact: bool,
}

impl Possible {
    pub(crate) const fn one(value: Value) -> Self {
        Self { set: Set::One(value), exact: true }
    }

    /// Yes or no.
    pub(super) const fn either() -> Self {
        Self { set: Set::Truths(NO | YES), exact: true }
    }

    const fn truths(mask: u8, exact: bool) -> Self {
        let set = match mask {
            NO => Set::One(TRUTHS[0]),
            YES => Set::One(TRUTHS[1]),
            NOTHING => Set::One(TRUTHS[2]),
            mask => Set::Truths(mask),
        };
        Self { set, exact }
    }

    pub(super) fn of(values: BTreeSet<Value>, exact: bool) -> Self {
        let truths = values.iter().all(|value| matches!(value, Value::Truth(_) | Value::Nothing));
        let set = match (values.len(), values.first()) {
            (1, Some(only)) => Set::One(*only),
            _ if truths => return Self::truths(values.into_iter().map(bit).fold(0, |mask, bit| mask | bit), exact),
            _ => Set::Values(values.into_iter().collect()),
        };
        Self { set, exact }
    }

    /// The values one by one; nothing for a range, or where anything is possible.
    pub(crate) fn values(&self) -> Option<Vec<Value>> {
        match &self.set {
            Set::One(value) => Some(vec![*value]),
            Set::Truths(mask) => Some(TRUTHS.into_iter().filter(|value| mask & bit(*value) != 0).collect()),
            Set::Values(values) => Some(values.to_vec()),
            Set::Range { .. } | Set::Any => None,
        }
    }

    /// The truths of a condition.
    fn mask(&self) -> u8 {
        match &self.set {
            Set::One(value) => bit(*value),
            Set::Truths(mask) => *mask,
            Set::Values(values) => values.iter().map(|value| bit(*value)).fold(0, |mask, bit| mask | bit),
            Set::Range { .. } | Set::Any => EVERY_TRUTH,
        }
    }

    /// The only value, where there is one.
    pub(crate) fn only(&self) -> Option<Value> {
        match &self.set {
            Set::One(value) => Some(*value),
            Set::Range { low, high, nothing: false } if low == high => Some(Value::Number(*low)),
            _ => None,
        }
    }

    /// Whether a value is possible, as far as is known.
    pub(crate) fn has(&self, value: Value) -> bool {
        match (&self.set, value) {
            (Set::One(only), value) => *only == value,
            (Set::Truths(mask), Value::Truth(_) | Value::Nothing) => mask & bit(value) != 0,
            (Set::Values(values), value) => values.binary_search(&value).is_ok(),
            (Set::Range { low, high, .. }, Value::Number(number)) => *low <= number && number <= *high,
            (Set::Range { nothing, .. }, Value::Nothing) => *nothing,
            (Set::Truths(_) | Set::Range { .. }, _) => false,
            (Set::Any, _) => true,
        }
    }

    /// The lowest of some number that is read off the values; nothing where no value has one.
    pub(crate) fn lowest(&self, read: impl Fn(Value) -> Option<Number>) -> Value {
        match &self.set {
            Set::Range { low, .. } => Value::Number(*low),
            _ => {
                let values = self.values().unwrap_or_default();
                values.into_iter().filter_map(read).min().map_or(Value::Nothing, Value::Number)
            }
        }
    }

    /// Lowest and highest number.
    pub(crate) fn range(&self) -> Option<(Number, Number)> {
        let number = |value: &Value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        };
        match &self.set {
            Set::One(value) => number(value).map(|number| (number, number)),
            Set::Values(values) => {
                let numbers = || values.iter().filter_map(number);
                Some((numbers().min()?, numbers().max()?))
            }
            Set::Range { low, high, .. } => Some((*low, *high)),
            Set::Truths(_) | Set::Any => None,
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
    pub(crate) fn possible(&mut self, key: Key) -> Possible {
        if !self.is_open(key) {
            return Possible::one(self.value(key));
        }
        self.by_ends(key).unwrap_or_else(|| self.possible_given(key, &mut Fixed::new()))
    }

    /// The same, one by one where that can be done at all, even where its ends would say what a report says.
    pub(crate) fn possible_values(&mut self, key: Key) -> Possible {
        self.possible_given(key, &mut Fixed::new())
    }

    fn possible_given(&mut self, key: Key, fixed: &mut Fixed) -> Possible {
        if let Some((_, value)) = fixed.iter().find(|(known, _)| *known == key) {
            return Possible::one(*value);
        }
        if !self.is_open(key) {
            return Possible::one(self.value(key));
        }
        if !fixed.is_empty() {
            let cone = self.cone(key);
            let mut below: Fixed = fixed.clone();
            below.retain(|(known, _)| cone.binary_search(known).is_ok());
            match below.as_slice() {
                [] => {}
                // many conclusions rest on the same question being asked, say
                [one] => return self.given_one(key, *one),
                _ => return self.work_out(key, &mut below),
            }
        }
        if let Some(known) = self.possible.get(key) {
            return known.clone();
        }
        // where values are combined further, a range between ends will not do for a number
        if let Some(found) = self.by_ends(key).filter(|found| found.values().is_some()) {
            return found;
        }
        let found = self.work_out(key, &mut Fixed::new());
        if self.budget > 0 {
            self.possible.set(key, found.clone());
        }
        found
    }

    /// What an expression can still come to where one of those below it is fixed.
    fn given_one(&mut self, key: Key, one: (Key, Value)) -> Possible {
        if let Some(known) = self.given.get(&(key, one)) {
            return known.clone();
        }
        let found = self.work_out(key, &mut vec![one]);
        if self.budget > 0 {
            self.given.insert((key, one), found.clone());
        }
        found
    }

    fn work_out(&mut self, key: Key, fixed: &mut Fixed) -> Possible {
        let joins = self.joins(key);
        let open = |join: &&Join| !fixed.iter().any(|(known, _)| *known == join.key);
        let joins: Vec<&Join> = joins.iter().filter(open).collect();
        if joins.is_empty() {
            return self.combine(key, fixed);
        }
        let mut turns: usize = 1;
        let mut shared = Vec::new();
        let mut exact = true;
        for join in joins {
            let classes = self.classes(join, fixed);
            match classes {
                Some(classes) if turns.saturating_mul(classes.len()) <= MOST_TURNS => {
                    turns *= classes.len();
                    shared.push(join);
                }
                _ => exact = false,
            }
        }
        let mut all = Gathering { set: None, exact };
        self.turn(key, &shared, fixed, &mut all);
        all.done()
    }

    /// Values of a shared part, one for each way in which its readers can tell them apart.
    ///
    /// Where every reader reads nothing else that is open, values that give all of them the same result are
    /// one case: a score of 2.1 and one of 2.2, say, when it is only compared with 2.5.
    fn classes(&mut self, join: &Join, fixed: &mut Fixed) -> Option<Vec<Value>> {
        let values = self.possible_given(join.key, fixed).values()?;
        if values.len() < 3 || !join.alone {
            return Some(values);
        }
        let mut seen = BTreeSet::new();
        let mut classes = Vec::new();
        for value in values {
            let mut results = Vec::with_capacity(join.readers.len());
            for reader in &join.readers {
                results.push(self.result_for(*reader, join.key, value));
            }
            if seen.insert(results) {
                classes.push(value);
            }
        }
        Some(classes)
    }

    /// What a reader comes to when the only open thing that it reads has this value.
    fn result_for(&mut self, reader: Key, part: Key, value: Value) -> Value {
        let operator = self.operator(reader);
        let reads = self.reads(reader);
        let mut values = Vec::with_capacity(reads.len());
        for (at, &read) in reads.iter().enumerate() {
            let read_value = if read == part { value } else { self.value(read) };
            values.push(self.projected(&operator, at, read.expr, read_value));
        }
        operator.over(values.into_iter(), &self.overflow)
    }

    /// Fixes the first of the shared expressions to each of its values, and goes on with the rest.
    fn turn(&mut self, key: Key, shared: &[&Join], fixed: &mut Fixed, all: &mut Gathering) {
        let Some((first, rest)) = shared.split_first() else {
            let one = self.combine(key, fixed);
            all.add(one);
            return;
        };
        all.exact &= self.possible_given(first.key, fixed).exact;
        let Some(classes) = self.classes(first, fixed) else {
            all.exact = false;
            self.turn(key, rest, fixed, all);
            return;
        };
        for value in classes {
            fixed.push((first.key, value));
            self.turn(key, rest, fixed, all);
            fixed.pop();
            if self.budget == 0 {
                (all.set, all.exact) = (Some(Set::Any), false);
            }
            if all.is_full() {
                return;
            }
        }
    }

    /// Puts the sets of independent parts together.
    fn combine(&mut self, key: Key, fixed: &mut Fixed) -> Possible {
        if self.budget == 0 {
            return Possible { set: Set::Any, exact: false };
        }
        self.budget -= 1;
        let library = self.library;
        match library.graph.expr(key.expr) {
            Expr::Target(aspect) => {
                return match library.aspects[aspect.index()].within {
                    Some((low, high)) => Possible { set: Set::Range { low, high, nothing: true }, exact: true },
                    None => Possible { set: Set::Any, exact: false },
                };
            }
            Expr::Status(_) => {
                return match self.same_status(key) {
                    Some(same) => self.possible_given(same, fixed),
                    None => Possible::of((0..4).map(Value::Option).collect(), true),
                };
            }
            Expr::Answer(question) | Expr::Importance(question) => {
                if let Some(slot) = self.leaf(key, *question) {
                    return self.leaf_set(key, *question, slot, fixed);
                }
            }
            _ => {}
        }
        let operator = self.operator(key);
        let reads = self.reads(key);
        if matches!(operator, Operator::And | Operator::Or) {
            return self.connect(operator, &reads, fixed);
        }
        let mut parts = Vec::with_capacity(reads.len());
        for (at, &part) in reads.iter().enumerate() {
            let possible = self.possible_given(part, fixed);
            parts.push(self.projected_set(&operator, at, part, possible));
        }
        self.fold_sets(&operator, &parts)
    }

    /// `and` and `or` over independent conditions, without going through their combinations.
    fn connect(&mut self, operator: Operator<'_>, reads: &[Key], fixed: &mut Fixed) -> Possible {
        // `or` is `and` with yes and no exchanged
        let and = matches!(operator, Operator::And);
        let (bad, good) = if and { (NO, YES) } else { (YES, NO) };
        let (mut any_bad, mut all_good, mut all_else, mut any_nothing, mut exact) = (false, true, true, false, true);
        for part in reads {
            let possible = self.possible_given(*part, fixed);
            let mask = possible.mask();
            any_bad |= mask & bad != 0;
            all_good &= mask & good != 0;
            all_else &= mask & (good | NOTHING) != 0;
            any_nothing |= mask & NOTHING != 0;
            exact &= possible.exact;
        }
        let mut mask = 0;
        mask |= if any_bad { bad } else { 0 };
        mask |= if all_good && !reads.is_empty() { good } else { 0 };
        mask |= if (all_else && any_nothing) || reads.is_empty() { NOTHING } else { 0 };
        Possible::truths(mask, exact)
    }

    fn projected_set(&self, operator: &Operator<'_>, at: usize, part: Key, possible: Possible) -> Possible {
        match (&possible.set, operator) {
            (Set::Any, _) => possible,
            (Set::Range { low, high, nothing }, Operator::Met { .. }) => {
                let ends = [*low, *high].map(|end| self.projected(operator, at, part.expr, Value::Number(end)));
                let nothing = nothing.then_some(Value::Nothing);
                Possible::of(ends.into_iter().chain(nothing).collect(), possible.exact)
            }
            (Set::Range { .. }, _) => possible,
            _ if !operator.projects() => possible,
            _ => {
                let values = possible.values().unwrap_or_default();
                let projected = values.into_iter().map(|value| self.projected(operator, at, part.expr, value));
                Possible::of(projected.collect(), possible.exact)
            }
        }
    }

    fn fold_sets(&self, operator: &Operator<'_>, parts: &[Possible]) -> Possible {
        let exact = parts.iter().all(|part| part.exact);
        let mut states: Vec<State> = vec![operator.start()];
        for (at, part) in parts.iter().enumerate() {
            let Some(values) = part.values() else {
                return super::bounds::bounds(operator, parts, &self.overflow);
            };
            if let [only] = values.as_slice() {
                for state in &mut states {
                    operator.step(state, at, *only, &self.overflow);
                }
            } else {
                let mut next = Vec::with_capacity(states.len() * values.len());
                for state in &states {
                    for value in &values {
                        let mut state = state.clone();
                        operator.step(&mut state, at, *value, &self.overflow);
                        next.push(state);
                    }
                }
                states = next;
            }
            states.sort_unstable();
            states.dedup();
            if states.len() > MOST_STATES {
                return super::bounds::bounds(operator, parts, &self.overflow);
            }
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
            Set::Range { low, high, nothing } => {
                Possible { set: Set::Range { low, high, nothing: nothing || not_asked }, exact }
            }
            Set::Any => Possible { set: Set::Any, exact },
            _ => Possible::of(own.values().into_iter().flatten().chain(nothing).collect(), exact),
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
            return match theirs.values() {
                Some(values) => {
                    Possible::of(values.into_iter().map(|value| mapped(&same.map, value)).collect(), theirs.exact)
                }
                None => theirs,
            };
        }
        if self.facts.not_asked[question.index()] {
            return Possible::one(Value::Missing); // not asked in this run, so it stays as it is
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
    /// Whether no further turn can add anything.
    const fn is_full(&self) -> bool {
        matches!(self.set, Some(Set::Truths(EVERY_TRUTH) | Set::Any))
    }

    fn add(&mut self, one: Possible) {
        self.exact &= one.exact;
        self.set = Some(match self.set.take() {
            None => one.set,
            Some(known) if known == one.set => known,
            Some(known) => {
                let known = Possible { set: known, exact: true };
                match (known.values(), one.values()) {
                    (Some(first), Some(second)) => Possible::of(first.into_iter().chain(second).collect(), true).set,
                    _ => hull(&known, &one),
                }
            }
        });
    }

    fn done(self) -> Possible {
        Possible { set: self.set.unwrap_or(Set::Any), exact: self.exact }
    }
}

/// A range around two sets of numbers; anything where they are not all numbers.
fn hull(first: &Possible, second: &Possible) -> Set {
    let numeric = |possible: &Possible| match possible.values() {
        Some(values) => values.iter().all(|value| matches!(value, Value::Number(_) | Value::Nothing)),
        None => true,
    };
    match (first.range(), second.range()) {
        (Some((a, b)), Some((c, d))) if numeric(first) && numeric(second) => {
            let nothing = first.has(Value::Nothing) || second.has(Value::Nothing);
            Set::Range { low: a.min(c), high: b.max(d), nothing }
        }
        _ => Set::Any,
    }
}
