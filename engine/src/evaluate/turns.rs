//! What an expression can still come to where its parts hang together.
//!
//! Where two parts rest on the same open answer, that answer, or the nearest expression through which all reads of it
//! go, is fixed to each of its values in turn ([`super::joins`] finds which). That is exact, and takes no more turns than
//! the shared part has values. Most turns need not be taken: parts that are taken for independent give too many values
//! and never too few, so that where these can add nothing to what is wanted, the turns cannot either. Above
//! [`MOST_TURNS`] the result says that it is not exact.

use super::evaluation::Evaluation;
use super::eyes::Key;
use super::given::Fixed;
use super::joins::Join;
use super::sets::{ANY, Possible, YES};
use crate::condition::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The most combinations of shared open answers that are gone through for one expression.
const MOST_TURNS: usize = 100_000;

/// What is asked about an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All that it can come to.
    Values,
    /// Whether it can come true, and whether it can come to anything else.
    Truths,
    /// The only value that it can come to, where there is one.
    Only,
}

impl Evaluation<'_> {
    /// What an expression can come to where some others are fixed, as far as that is wanted.
    pub(super) fn work_out(&mut self, key: Key, fixed: &mut Fixed, wanted: Wanted) -> Possible {
        let loose = self.combine(key, fixed);
        let joins = self.joins(key);
        let open = |join: &&Join| !fixed.iter().any(|(known, _)| *known == join.key);
        let joins: Vec<&Join> = joins.iter().filter(open).collect();
        if joins.is_empty() || loose.only().is_some() {
            return loose;
        }
        let mut turns: usize = 1;
        let mut shared = Vec::new();
        let mut all = Gathering { found: None, exact: true, wanted };
        for join in joins {
            match self.classes(join, fixed) {
                Some(classes) if turns.saturating_mul(classes.len()) <= MOST_TURNS => {
                    turns *= classes.len();
                    let cone = self.cone(join.key);
                    let rests = shared.iter().any(|Shared { join: other, .. }| cone.binary_search(&other.key).is_ok());
                    all.exact &= rests || self.possible_given(join.key, fixed).exact;
                    shared.push(Shared { join, classes: (!rests).then_some(classes) });
                }
                _ => all.exact = false,
            }
        }
        self.turn(key, &shared, loose, fixed, &mut all);
        all.done()
    }

    /// Values of a shared part, one for each way in which its readers can tell them apart.
    ///
    /// Where every reader reads nothing else that is open, values that give all of them the same result are
    /// one case: a score of 2.1 and one of 2.2, say, when it is only compared with 2.5.
    fn classes(&mut self, join: &Join, fixed: &mut Fixed) -> Option<Vec<Value>> {
        let possible = self.possible_given(join.key, fixed);
        let values = possible.values()?;
        if values.len() < 3 || !join.alone {
            return Some(values.to_vec());
        }
        let mut seen = BTreeSet::new();
        let mut classes = Vec::new();
        for &value in values {
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

    /// Fixes the first of the shared expressions to each of its values, and goes on with the rest. Outside of `loose`
    /// nothing is possible here.
    fn turn(&mut self, key: Key, shared: &[Shared<'_>], loose: Possible, fixed: &mut Fixed, all: &mut Gathering) {
        let Some((first, rest)) = shared.split_first().filter(|_| loose.only().is_none()) else {
            all.add(loose);
            return;
        };
        let join = first.join;
        let classes = match &first.classes {
            Some(classes) => Some(Cow::Borrowed(classes)),
            None => {
                all.exact &= self.possible_given(join.key, fixed).exact;
                self.classes(join, fixed).map(Cow::Owned)
            }
        };
        let Some(classes) = classes else {
            all.exact = false;
            self.turn(key, rest, loose, fixed, all);
            return;
        };
        for value in classes.iter() {
            fixed.push((join.key, *value));
            let within = self.combine(key, fixed);
            if all.wants(&within) {
                self.turn(key, rest, within, fixed, all);
            }
            fixed.pop();
            if self.budget == 0 {
                all.found = Some(ANY);
            }
            if !all.wants(&loose) {
                return;
            }
        }
    }
}

/// A part that is fixed to each of its values in turn.
struct Shared<'j> {
    join: &'j Join,
    /// The values, as [`Evaluation::classes`] gives them; nothing where they hang on others that are fixed before it.
    classes: Option<Vec<Value>>,
}

/// What the turns gave so far, and whether all that they rest on is exact.
struct Gathering {
    found: Option<Possible>,
    exact: bool,
    wanted: Wanted,
}

impl Gathering {
    /// Whether turns that may give these values can add to what is wanted.
    fn wants(&self, values: &Possible) -> bool {
        let Some(found) = &self.found else { return true };
        match self.wanted {
            Wanted::Values => !found.covers(values),
            Wanted::Truths => {
                let (found, values) = (found.mask(), values.mask());
                let lacks = |truths: u8| found & truths == 0 && values & truths != 0;
                lacks(YES) || lacks(!YES)
            }
            Wanted::Only => found.only().is_some_and(|only| values.only() != Some(only)),
        }
    }

    fn add(&mut self, one: Possible) {
        self.found = Some(match self.found.take() {
            None => one,
            Some(found) => found.or(&one),
        });
    }

    fn done(self) -> Possible {
        match self.found {
            Some(found) if found.only().is_some() => Possible { exact: true, ..found },
            Some(found) => Possible { exact: found.exact && self.exact, ..found },
            None => ANY,
        }
    }
}
