//! The smallest sets of changes that reach something.
//!
//! All sets of one change are tried, then all of two, and so on, so that what is found first is smallest. A choice
//! that can only pull one way is tried at its furthest; the others at each of their values. It ends at the first
//! size that holds a set, when everything was tried, or after a number of looks; then it says so.

use super::choices::{Choice, Of};
use super::effects;
use super::goal::Goal;
use super::trial::{Move, Trial};
use crate::condition::Value;

/// The most looks that are spent on one conclusion.
pub(super) const MOST_LOOKS: usize = 10_000;
/// The most ways to fill in one set that are weighed against each other for their steps.
const MOST_WAYS: usize = 2_000;

/// A set of changes: the places of choices, each with the place of what it becomes.
pub(super) type Set = Vec<(usize, usize)>;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The sets, all of the same size; by steps, and of equals in the order of the choices.
    pub(super) sets: Vec<Set>,
    /// Whether every smaller set was tried, and every set of this size.
    pub(super) proven: bool,
    /// Up to which size every set was tried.
    pub(super) tried: usize,
}

/// Searches.
pub(super) struct Search<'s, 'a> {
    pub(super) trial: &'s mut Trial<'a>,
    pub(super) goals: &'s [Goal],
    pub(super) choices: &'s [Choice],
    pub(super) most_looks: usize,
}

impl Search<'_, '_> {
    pub(super) fn smallest(&mut self) -> Found {
        let mut found = Found::default();
        if self.can_never() {
            found.proven = true;
            return found;
        }
        for size in 1..=self.choices.len() {
            let mut sets = Vec::new();
            let all = self.sets_of(size, 0, &mut Vec::new(), &mut sets);
            found.sets = sets;
            if !all {
                return self.at_least_one(found);
            }
            found.tried = size;
            if !found.sets.is_empty() {
                break;
            }
        }
        found.proven = true;
        self.order(&mut found.sets);
        found
    }

    /// Whether not even all changes together do it. Only known where each pulls one way, and nothing is open: an
    /// answer that is filled in can work against one that is.
    fn can_never(&mut self) -> bool {
        if self.choices.iter().any(|choice| choice.from == Value::Missing) {
            return false;
        }
        let furthest: Option<Set> =
            self.choices.iter().enumerate().map(|(at, one)| Some((at, one.furthest?))).collect();
        furthest.is_some_and(|all| !self.reaches(&all))
    }

    /// Where the looks ran out: what was found, or else a set that does it and of which nothing can be left out.
    fn at_least_one(&mut self, mut found: Found) -> Found {
        let furthest: Option<Set> =
            self.choices.iter().enumerate().map(|(at, one)| Some((at, one.furthest?))).collect();
        if let (true, Some(mut set)) = (found.sets.is_empty(), furthest) {
            for at in (0..set.len()).rev() {
                let mut without = set.clone();
                without.remove(at);
                if self.reaches(&without) {
                    set = without;
                }
            }
            found.sets.push(self.nearest(&set));
        }
        self.order(&mut found.sets);
        found
    }

    /// Tries all sets of `size` that begin with `begun`; whether they could all be tried.
    fn sets_of(&mut self, size: usize, from: usize, begun: &mut Set, sets: &mut Vec<Set>) -> bool {
        if begun.len() == size {
            let (begun, mut way) = (begun.clone(), Vec::new());
            match self.first_way(&begun, 0, &mut way) {
                Some(true) => sets.push(self.nearest(&way)),
                Some(false) => {}
                None => return false,
            }
            return true;
        }
        for at in from..self.choices.len() {
            begun.push((at, 0));
            let all = self.sets_of(size, at + 1, begun, sets);
            begun.pop();
            if !all {
                return false;
            }
        }
        true
    }

    /// Whether some way to fill in a set reaches it; nothing where the looks ran out.
    fn first_way(&mut self, set: &Set, at: usize, way: &mut Set) -> Option<bool> {
        if self.trial.tried >= self.most_looks {
            return None;
        }
        let Some(&(choice, _)) = set.get(at) else { return Some(self.reaches(way)) };
        let ways = match self.choices[choice].furthest {
            Some(furthest) => furthest..furthest + 1,
            None => 0..self.choices[choice].to.len(),
        };
        for becomes in ways {
            way.push((choice, becomes));
            match self.first_way(set, at + 1, way) {
                Some(false) => {
                    way.pop();
                }
                ended => return ended,
            }
        }
        Some(false)
    }

    /// The way with the fewest steps to fill in a set, given one that reaches it.
    fn nearest(&mut self, reaching: &Set) -> Set {
        let count =
            reaching.iter().try_fold(1_usize, |count, (choice, _)| count.checked_mul(self.choices[*choice].to.len()));
        if count.is_none_or(|count| count > MOST_WAYS) {
            return reaching.clone();
        }
        let mut ways: Vec<Set> = vec![Vec::new()];
        for &(choice, _) in reaching {
            let with = |way: &Set| {
                let way = way.clone();
                (0..self.choices[choice].to.len()).map(move |becomes| [way.as_slice(), &[(choice, becomes)]].concat())
            };
            ways = ways.iter().flat_map(with).collect();
        }
        ways.sort_by_key(|way| self.steps(way)); // stable
        let most = self.steps(reaching);
        let nearer = ways.into_iter().take_while(|way| self.steps(way) < most).collect::<Vec<_>>();
        nearer.into_iter().find(|way| self.reaches(way)).unwrap_or_else(|| reaching.clone())
    }

    pub(super) fn steps(&self, set: &Set) -> usize {
        set.iter().map(|(choice, becomes)| self.choices[*choice].to[*becomes].steps).sum()
    }

    fn order(&self, sets: &mut [Set]) {
        sets.sort_by_key(|set| self.steps(set)); // stable: of equals in the order of the ruleset
    }

    fn reaches(&mut self, set: &Set) -> bool {
        let moves = moves(self.trial, self.choices, set);
        let goals = self.goals;
        self.trial.look(&moves, |evaluation| goals.iter().any(|goal| goal.reached(evaluation)))
    }
}

/// The moves of a set, at most one of each place.
///
/// A bouwsteen lifts what it finds; an answer that is changed itself is left as it is said to become.
pub(super) fn moves(trial: &Trial<'_>, choices: &[Choice], set: &Set) -> Vec<Move> {
    let (mut moves, mut own) = (Vec::new(), Vec::new());
    for &(at, becomes) in set {
        let (choice, value) = (&choices[at], choices[at].to[becomes].value);
        if let Of::Bouwsteen(id) = choice.of {
            let way = (effects::status(choice.from), effects::status(value));
            effects::raise(trial.library, trial.facts, id, way, &mut moves);
        }
        own.push((choice.place, value));
    }
    moves.extend(own);
    let mut last: Vec<Move> = Vec::new();
    for (place, value) in moves {
        match last.iter_mut().find(|(known, _)| *known == place) {
            Some((_, known)) => *known = value,
            None => last.push((place, value)),
        }
    }
    last
}
