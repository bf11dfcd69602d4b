//! What every expression can still come to: the set of its values over all completions.
//!
//! Sets are carried through an expression as long as its parts are independent. Where two parts rest on the same open
//! answer they are not; then [`super::turns`] takes over. Where a set grows above [`MOST_STATES`], bounds take its place
//! and the result says that it is not exact.

use super::evaluation::Evaluation;
use super::eyes::Key;
use super::given::Fixed;
use super::operator::{Operator, State};
use super::sets::{ANY, NO, NOTHING, OPEN, Possible, Set, YES};
use super::turns::Wanted;
use crate::condition::{Expr, QuestionId, Value};

/// The most states, or values, that a set may hold before it becomes a range.
pub(crate) const MOST_STATES: usize = 4_096;

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

    /// What a condition can come to, as far as that says how sure it is: once it can come true and can come to something
    /// else, nothing more is looked for.
    pub(crate) fn possible_truths(&mut self, condition: Key) -> Possible {
        if let Some(known) = self.possible_truths.get(condition) {
            return known.clone();
        }
        let found = match self.sure_by_program(condition) {
            Some(found) => found,
            None => self.looked_for(condition, Wanted::Truths),
        };
        if self.budget > 0 {
            self.possible_truths.set(condition, found.clone());
        }
        found
    }

    /// The only value that an open expression can still come to, where there is one.
    pub(super) fn only(&mut self, key: Key) -> Option<Value> {
        self.looked_for(key, Wanted::Only).only()
    }

    fn looked_for(&mut self, key: Key, wanted: Wanted) -> Possible {
        if !self.is_open(key) {
            return Possible::one(self.value(key));
        }
        if let Some(known) = self.possible.get(key) {
            return known.clone();
        }
        if let Some(found) = self.by_ends(key) {
            return found;
        }
        let by_program = match wanted {
            Wanted::Values | Wanted::Truths => None,
            Wanted::Only if self.is_undecided_by_program(key) => Some(ANY),
            Wanted::Only => self.sure_by_program(key),
        };
        by_program.unwrap_or_else(|| self.work_out(key, &mut Fixed::new(), wanted))
    }

    /// Everything that an expression can come to where some others are fixed.
    pub(super) fn possible_given(&mut self, key: Key, fixed: &mut Fixed) -> Possible {
        if let Some((_, value)) = fixed.iter().find(|(known, _)| *known == key) {
            return Possible::one(*value);
        }
        if !self.is_open(key) {
            return Possible::one(self.value(key));
        }
        if !fixed.is_empty() {
            let cone = self.cone(key);
            let below: Fixed = fixed.iter().filter(|(known, _)| cone.binary_search(known).is_ok()).copied().collect();
            if !below.is_empty() {
                return self.given(key, below);
            }
        }
        if let Some(known) = self.possible.get(key) {
            return known.clone();
        }
        // where values are combined further, a range between ends will not do for a number
        if let Some(found) = self.by_ends(key).filter(|found| found.values().is_some()) {
            return found;
        }
        let found = self.work_out(key, &mut Fixed::new(), Wanted::Values);
        if self.budget > 0 {
            self.possible.set(key, found.clone());
        }
        found
    }

    /// What an expression can still come to where some of those below it are fixed: many conclusions rest on the same
    /// question being asked, say, and each turn changes only some of the parts.
    fn given(&mut self, key: Key, mut below: Fixed) -> Possible {
        below.sort_unstable_by_key(|(known, _)| *known);
        if let Some(known) = self.given.get(key, &below) {
            return known.clone();
        }
        let found = self.work_out(key, &mut below.clone(), Wanted::Values);
        if self.budget > 0 {
            self.given.set(key, below, found.clone());
        }
        found
    }

    /// Puts the sets of independent parts together.
    pub(super) fn combine(&mut self, key: Key, fixed: &mut Fixed) -> Possible {
        if self.budget == 0 {
            return ANY;
        }
        self.budget -= 1;
        let library = self.library;
        match library.graph.expr(key.expr) {
            Expr::Target(aspect) => {
                return match library.aspects[aspect.index()].within {
                    Some((low, high)) => Possible { set: Set::Range { low, high, nothing: true }, exact: true },
                    None => ANY,
                };
            }
            Expr::Status(_) => {
                return match self.same_status(key) {
                    Some(same) => self.possible_given(same, fixed),
                    None => Possible::of((0..4).map(Value::Option), true),
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
        // of the two that are neither, the first goes before the second
        let (first, second) = if and { (NOTHING, OPEN) } else { (OPEN, NOTHING) };
        let (mut any, mut exact) = (0, true);
        let (mut all_good, mut all_second, mut all_first) = (true, true, true);
        for part in reads {
            let possible = self.possible_given(*part, fixed);
            let mask = possible.mask();
            any |= mask;
            all_good &= mask & good != 0;
            all_second &= mask & (good | second) != 0;
            all_first &= mask & (good | second | first) != 0;
            exact &= possible.exact;
        }
        if reads.is_empty() {
            return Possible::truths(NOTHING, exact);
        }
        let mut mask = any & bad;
        mask |= if all_good { good } else { 0 };
        mask |= if all_second { any & second } else { 0 };
        mask |= if all_first { any & first } else { 0 };
        Possible::truths(mask, exact)
    }

    fn projected_set(&self, operator: &Operator<'_>, at: usize, part: Key, possible: Possible) -> Possible {
        match (&possible.set, operator) {
            (Set::Any, _) => possible,
            (Set::Range { low, high, nothing }, Operator::Met { .. }) => {
                let ends = [*low, *high].map(|end| self.projected(operator, at, part.expr, Value::Number(end)));
                let nothing = nothing.then_some(Value::Nothing);
                Possible::of(ends.into_iter().chain(nothing), possible.exact)
            }
            (Set::Range { .. }, _) => possible,
            _ if !operator.projects() => possible,
            _ => {
                let values = possible.values().unwrap_or_default();
                let projected = values.iter().map(|value| self.projected(operator, at, part.expr, *value));
                Possible::of(projected, possible.exact)
            }
        }
    }

    fn fold_sets(&self, operator: &Operator<'_>, parts: &[Possible]) -> Possible {
        let exact = parts.iter().all(|part| part.exact);
        self.states(operator, parts).map_or_else(
            || super::bounds::bounds(operator, parts, &self.overflow),
            |states| {
                let values = states.into_iter().map(|state| operator.finish(state, &self.overflow));
                Possible::of(values, exact)
            },
        )
    }

    /// Where an operator can stand after all its parts; nothing where that is too much.
    fn states(&self, operator: &Operator<'_>, parts: &[Possible]) -> Option<Vec<State>> {
        let mut states: Vec<State> = Vec::new();
        let mut at = 0;
        for (start, length) in operator.runs(parts.len()) {
            let mut own = vec![start];
            for part in parts.get(at..at + length)? {
                own = self.stepped(operator, own, at, part)?;
                at += 1;
            }
            own.iter_mut().for_each(|state| operator.close(state));
            own = distinct(own)?;
            states = match states.as_slice() {
                [] => own,
                before => {
                    let then = |first| own.iter().map(move |second| operator.then(first, second));
                    distinct(before.iter().flat_map(then).collect())?
                }
            };
        }
        Some(states)
    }

    fn stepped(
        &self,
        operator: &Operator<'_>,
        mut states: Vec<State>,
        at: usize,
        part: &Possible,
    ) -> Option<Vec<State>> {
        let values = part.values()?;
        if let [only] = values {
            states.iter_mut().for_each(|state| operator.step(state, at, *only, &self.overflow));
            return distinct(states);
        }
        let mut next = Vec::with_capacity(states.len() * values.len());
        for state in &states {
            for value in values {
                let mut state = state.clone();
                operator.step(&mut state, at, *value, &self.overflow);
                next.push(state);
            }
        }
        distinct(next)
    }

    fn leaf_set(&mut self, key: Key, question: QuestionId, slot: usize, fixed: &mut Fixed) -> Possible {
        let declared = &self.library.questions[question.index()];
        let mut truth = Possible::one(Value::Truth(true));
        if let Some(asked_if) = declared.asked_if {
            let beside = self.beside(key, asked_if);
            truth = self.possible_given(beside, fixed);
        }
        let mut exact = truth.exact;
        // whether it is asked stays open where that rests on what is not asked in this run
        let (asked, open) = (truth.has(Value::Truth(true)), truth.has(Value::Missing));
        let not_asked = truth.has(Value::Truth(false)) || truth.has(Value::Nothing);
        let otherwise = || not_asked.then_some(Value::Nothing).into_iter().chain(open.then_some(Value::Missing));
        if !asked {
            return Possible { exact, ..Possible::of(otherwise(), exact) };
        }
        let own = if matches!(self.library.graph.expr(key.expr), Expr::Importance(_)) {
            self.importance_set(key, question, slot, fixed)
        } else {
            self.answer_set(key, question, slot, fixed)
        };
        exact &= own.exact;
        match own.set {
            Set::Range { low, high, nothing } if !open => {
                Possible { set: Set::Range { low, high, nothing: nothing || not_asked }, exact }
            }
            Set::Any | Set::Range { .. } => Possible { set: Set::Any, exact: exact && !open },
            _ => Possible::of(own.values().into_iter().flatten().copied().chain(otherwise()), exact),
        }
    }

    fn importance_set(&mut self, key: Key, question: QuestionId, slot: usize, fixed: &mut Fixed) -> Possible {
        let (own, library) = (self.facts.importances[slot], self.library);
        let declared = &library.questions[question.index()];
        let aside = self.facts.set_aside[declared.declared.ruleset];
        let set = match &declared.importance {
            Some(scale) if own == Value::Missing && !aside => {
                Possible::of(scale.values.iter().copied().map(Value::Number), true)
            }
            _ => Possible::one(own),
        };
        let Some(answer) = self.sets_aside(key, question) else { return set };
        let answer = self.possible_given(answer, fixed);
        let nothing = Possible { exact: answer.exact, ..Possible::one(Value::Nothing) };
        match answer.only() {
            Some(Value::Nothing) => nothing,
            _ if answer.has(Value::Nothing) => set.or(&nothing),
            _ => set,
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
                Some(values) => Possible::of(values.iter().map(|value| mapped(&same.map, *value)), theirs.exact),
                None => theirs,
            };
        }
        if self.facts.not_asked[question.index()] {
            return Possible::one(Value::Missing); // not asked in this run, so it stays as it is
        }
        let nothing = declared.not_applicable.then_some(Value::Nothing);
        match (declared.kind.domain(), declared.scores()) {
            (Some(values), _) => Possible::of(values.into_iter().chain(nothing), true),
            (None, Some((low, high))) if matches!(declared.kind, crate::ruleset::Kind::Number { .. }) => {
                Possible { set: Set::Range { low, high, nothing: declared.not_applicable }, exact: true }
            }
            _ => ANY,
        }
    }
}

/// Each once; nothing where they are too many.
fn distinct(mut states: Vec<State>) -> Option<Vec<State>> {
    if states.len() > 1 {
        states.sort_unstable();
        states.dedup();
    }
    (states.len() <= MOST_STATES).then_some(states)
}
