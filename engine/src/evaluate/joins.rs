//! Which open expressions are read along several ways, and where those ways come together.
//!
//! Below an expression lies a graph of what it reads. A part that is read along two ways makes those ways
//! dependent; the nearest expression through which all of them go is its *join*. Fixing the part there is
//! enough, and nowhere higher is needed.

use super::evaluation::Evaluation;
use super::eyes::Key;
use crate::condition::Expr;
use std::rc::Rc;

/// A part that is read along several ways, at the place where they come together.
#[derive(Debug)]
pub(crate) struct Join {
    /// The part.
    pub(super) key: Key,
    /// What reads it.
    pub(super) readers: Vec<Key>,
    /// Whether each reader reads nothing else that is open.
    pub(super) alone: bool,
}

impl Evaluation<'_> {
    /// The open expressions below this one, itself included, in order.
    pub(crate) fn cone(&mut self, key: Key) -> Rc<[Key]> {
        if let Some(known) = self.cones.get(key) {
            return Rc::clone(known);
        }
        let mut all = vec![key];
        for part in self.open_reads(key) {
            all.extend(self.cone(part).iter());
        }
        all.sort(); // stable, because that is quick with what is sorted in parts
        all.dedup();
        let cone: Rc<[Key]> = all.into();
        self.cones.set(key, Rc::clone(&cone));
        cone
    }

    fn open_reads(&mut self, key: Key) -> Vec<Key> {
        let reads = self.reads(key);
        reads.iter().copied().filter(|part| self.is_open(*part)).collect()
    }

    /// The parts that are to be fixed at this expression, each after what it rests on.
    pub(super) fn joins(&mut self, key: Key) -> Rc<[Join]> {
        if let Some(known) = self.joins.get(key) {
            return Rc::clone(known);
        }
        let joins: Rc<[Join]> = if self.is_apart(key) { Rc::default() } else { self.find_joins(key).into() };
        self.joins.set(key, Rc::clone(&joins));
        joins
    }

    /// Whether the parts of an expression rest on nothing together.
    fn is_apart(&mut self, key: Key) -> bool {
        let parts: usize = self.open_reads(key).into_iter().map(|part| self.cone(part).len()).sum();
        parts < self.cone(key).len()
    }

    fn find_joins(&mut self, key: Key) -> Vec<Join> {
        let cone = self.cone(key);
        let place = |key: &Key| cone.binary_search(key).unwrap_or(0);
        let mut open_reads = Vec::with_capacity(cone.len());
        for part in cone.iter() {
            open_reads.push(self.open_reads(*part).iter().map(place).collect::<Vec<usize>>());
        }
        let order = readers_first(place(&key), &open_reads);
        let mut rank = vec![0; cone.len()];
        order.iter().enumerate().for_each(|(at, part)| rank[*part] = at);
        let mut readers: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
        for (at, reader) in order.iter().enumerate() {
            open_reads[*reader].iter().for_each(|part| readers[rank[*part]].push(at));
        }
        let alone = |reader: usize| open_reads[order[reader]].len() == 1 && !self.is_leaf(cone[order[reader]]);
        let join = |at: usize| Join {
            key: cone[order[at]],
            alone: readers[at].iter().all(|reader| alone(*reader)),
            readers: readers[at].iter().map(|reader| cone[order[*reader]]).collect(),
        };
        joined_at_first(&readers).into_iter().rev().map(join).collect()
    }

    /// Whether an expression is an answer, whose values are not made of what it reads.
    fn is_leaf(&self, key: Key) -> bool {
        matches!(self.library.graph.expr(key.expr), Expr::Answer(_) | Expr::Importance(_))
    }
}

/// Everything below a place, each after everything that reads it.
fn readers_first(top: usize, reads: &[Vec<usize>]) -> Vec<usize> {
    fn append(at: usize, reads: &[Vec<usize>], seen: &mut [bool], after: &mut Vec<usize>) {
        if std::mem::replace(&mut seen[at], true) {
            return;
        }
        reads[at].iter().for_each(|part| append(*part, reads, seen, after));
        after.push(at);
    }
    let mut after = Vec::with_capacity(reads.len());
    append(top, reads, &mut vec![false; reads.len()], &mut after);
    after.reverse();
    after
}

/// Of the parts that are read more than once, those whose readers come together only at number nought.
///
/// `readers[at]` are the places of what reads part `at`, all lower than `at`.
fn joined_at_first(readers: &[Vec<usize>]) -> Vec<usize> {
    let mut nearest = vec![0_usize; readers.len()];
    let mut found = Vec::new();
    for at in 1..readers.len() {
        let mut meeting: Option<usize> = None;
        for &reader in &readers[at] {
            meeting = Some(meeting.map_or(reader, |other| meet(&nearest, other, reader)));
        }
        nearest[at] = meeting.unwrap_or(0);
        if readers[at].len() > 1 && nearest[at] == 0 {
            found.push(at);
        }
    }
    found
}

/// The nearest place through which all ways to both go.
fn meet(nearest: &[usize], mut a: usize, mut b: usize) -> usize {
    while a != b {
        if a > b {
            a = nearest[a];
        } else {
            b = nearest[b];
        }
    }
    a
}

#[cfg(test)]
mod tests {
    use super::joined_at_first;

    #[test]
    fn what_is_read_only_through_one_part_is_joined_there() {
        // 0 reads 1 and 2; both read 3; 3 reads 4 and 5; both read 6
        let readers = [vec![], vec![0], vec![0], vec![1, 2], vec![3], vec![3], vec![4, 5]];
        assert_eq!(joined_at_first(&readers), [3]);
    }

    #[test]
    fn what_is_read_directly_too_is_joined_at_the_top() {
        // 0 reads 1 and 2; 1 reads 2
        assert_eq!(joined_at_first(&[vec![], vec![0], vec![0, 1]]), [2]);
    }
}
