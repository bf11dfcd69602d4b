//! The two ends of what an expression can still come to, where these say it all.
//!
//! Most operators only go up, or only go down, with each of their parts: a mean with its answers, a condition
//! with the comparisons in it, the truth of `score < 2.5` with falling scores. Then the lowest that an expression
//! can come to is the operator over the ends of its parts, and so is the highest. Both are reached, and nothing
//! is lost, when each open answer pulls one way only, however often it is read. Where one pulls both ways, or an
//! operator has no direction (`==`, a typing), there are no ends that can be trusted, and
//! [`super::possible`] goes through the sets instead.
//!
//! Truths are ordered *false*, *undefined*, *true*; in that order `and` is the lowest and `or` the highest.

use super::by_key::ByKey;
use super::evaluation::Evaluation;
use super::eyes::{Key, WHOLE};
use super::operator::Operator;
use super::sets::{Possible, Set};
use crate::assessment::Comparison;
use crate::condition::{Arithmetic, Expr, ExprId, QuestionId, Value};
use crate::number::Number;
use crate::ruleset::Kind;

/// Lowest and highest, and which open answers pull it up and which down.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ends {
    low: Value,
    high: Value,
    up: Leaves,
    down: Leaves,
}

/// A set of open answers: its place among [`Known::leaves`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Leaves(u32);

/// No open answer.
const NONE: Leaves = Leaves(0);

/// Which way an operator goes when a part goes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pull {
    Up,
    Down,
    Neither,
}

impl Pull {
    const fn reversed(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
            Self::Neither => Self::Neither,
        }
    }
}

/// The ends that are known so far.
#[derive(Debug)]
pub(super) struct Known {
    ends: ByKey<Option<Ends>>,
    /// Sets of open answers, `words` words for each.
    leaves: Vec<u64>,
    words: usize,
    /// The parts of the expressions that are being looked at.
    pile: Vec<Ends>,
}

/// How many words of sets are kept at most, in a profile that is changed again and again.
const MOST_WORDS: usize = 1 << 18;

impl Known {
    /// Nothing known yet of so many expressions, where so many answers can be open.
    pub(super) fn new(leaves: usize, exprs: usize) -> Self {
        let words = leaves.div_ceil(64).max(1);
        Self { ends: ByKey::new(exprs), leaves: vec![0; words], words, pile: Vec::new() }
    }

    /// Forgets the ends of an expression through all eyes.
    pub(super) fn forget(&mut self, expr: ExprId) {
        self.ends.forget(expr);
    }

    /// Throws everything away, where too many sets have been kept; to be worked out again when it is wanted.
    pub(super) fn tidy(&mut self) {
        if self.leaves.len() > MOST_WORDS {
            self.ends.clear();
            self.leaves.truncate(self.words);
        }
    }

    fn words(&self, leaves: Leaves) -> &[u64] {
        let start = leaves.0 as usize * self.words;
        &self.leaves[start..start + self.words]
    }

    fn add(&mut self, word: impl Fn(&Self, usize) -> u64) -> Leaves {
        let at = self.leaves.len() / self.words;
        for place in 0..self.words {
            let next = word(self, place);
            self.leaves.push(next);
        }
        u32::try_from(at).map_or(NONE, Leaves)
    }

    /// The set of one open answer.
    fn single(&mut self, bit: usize) -> Leaves {
        self.add(|_, place| if place == bit / 64 { 1 << (bit % 64) } else { 0 })
    }

    fn union(&mut self, a: Leaves, b: Leaves) -> Leaves {
        match (a, b) {
            (NONE, other) | (other, NONE) => other,
            (a, b) if a == b => a,
            (a, b) => self.add(|known, place| known.words(a)[place] | known.words(b)[place]),
        }
    }

    fn meet(&self, a: Leaves, b: Leaves) -> bool {
        a != NONE && b != NONE && self.words(a).iter().zip(self.words(b)).any(|(a, b)| a & b != 0)
    }
}

impl Ends {
    const fn settled(value: Value) -> Self {
        Self { low: value, high: value, up: NONE, down: NONE }
    }

    /// Whether it is settled to be this.
    fn is(&self, value: Value) -> bool {
        self.low == value && self.high == value
    }
}

/// What can come between two ends that are both reached, where that can be said.
pub(super) fn between(low: Value, high: Value) -> Option<Possible> {
    match (low, high) {
        (low, high) if low == high => Some(Possible::one(low)),
        (Value::Truth(false), Value::Truth(true)) => Some(Possible::either()),
        (Value::Number(low), Value::Number(high)) => {
            Some(Possible { set: Set::Range { low, high, nothing: false }, exact: true })
        }
        (Value::Option(low), Value::Option(high)) if high - low == 1 => {
            Some(Possible::of([Value::Option(low), Value::Option(high)], true))
        }
        _ => None,
    }
}

impl Evaluation<'_> {
    /// What an open expression can still come to, where its ends say so.
    pub(super) fn by_ends(&mut self, key: Key) -> Option<Possible> {
        if let Some(found) = Some(key).filter(|key| key.eyes == WHOLE).and_then(|key| self.by_program(key.expr)) {
            return Some(found);
        }
        let ends = self.ends(key)?;
        // nothing lies between two ends that are the same, whether they are reached or not
        let sure = ends.low == ends.high || !self.known.meet(ends.up, ends.down);
        between(ends.low, ends.high).filter(|_| sure)
    }

    fn ends(&mut self, key: Key) -> Option<Ends> {
        if let Some(&known) = self.known.ends.get(key) {
            return known;
        }
        let found = self.find_ends(key);
        self.known.ends.set(key, found);
        found
    }

    fn find_ends(&mut self, key: Key) -> Option<Ends> {
        if !self.is_open(key) {
            let value = self.value(key);
            return (value != Value::Missing).then(|| Ends::settled(value));
        }
        let library = self.library;
        let slots = self.facts.values.len();
        let leaf = match library.graph.expr(key.expr) {
            Expr::Status(stone) if !library.bouwstenen[stone.index()].same_as.is_empty() => return None,
            Expr::Target(_) => return None,
            Expr::Status(stone) => Some((2 * slots + stone.index(), (Value::Option(0), Value::Option(3)))),
            Expr::Answer(question) => match self.leaf(key, *question) {
                Some(slot) => Some((slot, self.answer_ends(key, *question)?)),
                None => None,
            },
            Expr::Importance(question) => match self.leaf(key, *question) {
                Some(slot) => Some((slots + slot, self.importance_ends(key, *question)?)),
                None => None,
            },
            _ => None,
        };
        let Some((bit, (low, high))) = leaf else { return self.combined_ends(key) };
        Some(Ends { low, high, up: self.known.single(bit), down: NONE })
    }

    /// The lowest and highest of an open answer that will have a value.
    fn answer_ends(&mut self, key: Key, id: QuestionId) -> Option<(Value, Value)> {
        let question = &self.library.questions[id.index()];
        if question.not_applicable || question.same_as.is_some() {
            return None;
        }
        self.surely_asked(key, id)?;
        question.kind.ends()
    }

    fn importance_ends(&mut self, key: Key, id: QuestionId) -> Option<(Value, Value)> {
        self.surely_asked(key, id)?;
        if self.sets_aside(key, id).is_some_and(|answer| self.is_open(answer)) {
            return None;
        }
        let values = &self.library.questions[id.index()].importance.as_ref()?.values;
        Some((Value::Number(*values.first()?), Value::Number(*values.last()?)))
    }

    fn surely_asked(&mut self, key: Key, id: QuestionId) -> Option<()> {
        let Some(asked_if) = self.library.questions[id.index()].asked_if else { return Some(()) };
        let beside = self.beside(key, asked_if);
        (!self.is_open(beside) && self.value(beside) == Value::Truth(true)).then_some(())
    }

    fn combined_ends(&mut self, key: Key) -> Option<Ends> {
        let operator = self.operator(key);
        let reads = self.reads(key);
        // what is worked out on the way lies above this on the same pile
        let base = self.known.pile.len();
        let mut without = false;
        for (at, &part) in reads.iter().enumerate() {
            let Some(ends) = self.ends(part) else {
                without = true;
                continue;
            };
            // between two options that score the same, one may score something else
            if ends.low != ends.high && operator.projects() && !self.scores_rise(part.expr) {
                without = true;
                continue;
            }
            let low = self.projected(&operator, at, part.expr, ends.low);
            let high = self.projected(&operator, at, part.expr, ends.high);
            self.known.pile.push(Ends { low, high, ..ends });
        }
        let found = self.ends_over(&operator, base, without);
        self.known.pile.truncate(base);
        found
    }

    /// The ends of an operator over those of its parts, which lie on the pile from `base` on.
    fn ends_over(&mut self, operator: &Operator<'_>, base: usize, without: bool) -> Option<Ends> {
        let decides = match operator {
            Operator::And => Some(Value::Truth(false)),
            Operator::Or => Some(Value::Truth(true)),
            _ => None,
        };
        if let Some(decides) = decides {
            let settled = |value: Value| self.known.pile[base..].iter().any(|part| part.is(value));
            if settled(decides) {
                return Some(Ends::settled(decides));
            }
            // what is undefined lies between no and yes, where the ends of these do not show it
            if settled(Value::Nothing) {
                return None;
            }
        }
        if without {
            return None;
        }
        let (mut up, mut down) = (NONE, NONE);
        for at in base..self.known.pile.len() {
            let part = self.known.pile[at];
            if part.low == part.high {
                continue;
            }
            let pull = self.pull(operator, &self.known.pile[base..], at - base);
            let part = match pull {
                Pull::Up => part,
                Pull::Down => Ends { low: part.high, high: part.low, up: part.down, down: part.up },
                Pull::Neither => return None,
            };
            self.known.pile[at] = part;
            (up, down) = (self.known.union(up, part.up), self.known.union(down, part.down));
        }
        let parts = &self.known.pile[base..];
        let low = operator.over(parts.iter().map(|part| part.low), &self.overflow);
        let high = operator.over(parts.iter().map(|part| part.high), &self.overflow);
        match (low, high) {
            (low, high) if low == high => Some(Ends::settled(low)),
            (Value::Nothing | Value::Missing, _) | (_, Value::Nothing | Value::Missing) => None,
            _ => Some(Ends { low, high, up, down }),
        }
    }

    /// Which way an operator goes with a part of which the ends differ.
    fn pull(&self, operator: &Operator<'_>, parts: &[Ends], at: usize) -> Pull {
        let up_if = |holds: bool| if holds { Pull::Up } else { Pull::Neither };
        let part = parts[at];
        let other = parts.get(1 - at.min(1));
        let other = other.filter(|other| other.low == other.high).map(|other| other.low);
        match operator {
            Operator::And
            | Operator::Or
            | Operator::Fires
            | Operator::Same
            | Operator::Count
            | Operator::Share
            | Operator::Met { .. }
            | Operator::Levels(_)
            | Operator::CutOffs(_)
            | Operator::Ladder(_)
            | Operator::Arithmetic(Arithmetic::Plus) => Pull::Up,
            Operator::Not => Pull::Down,
            Operator::Numbers { weights, .. } => {
                let positive = weights.is_none_or(|weights| weights.iter().all(|weight| *weight > Number::ZERO));
                up_if(positive)
            }
            Operator::LevelNumber { aspect, .. } => {
                up_if(aspect.levels.windows(2).all(|pair| pair[0].value <= pair[1].value))
            }
            Operator::Compare(comparison) => compared(*comparison, part, other, at),
            Operator::OneOf(options) => among(options, part),
            Operator::Arithmetic(Arithmetic::Minus) => [Pull::Up, Pull::Down][at.min(1)],
            Operator::Arithmetic(Arithmetic::Over) if at > 0 => Pull::Neither,
            Operator::Arithmetic(Arithmetic::Times | Arithmetic::Over) => match other {
                Some(Value::Number(number)) if number > Number::ZERO => Pull::Up,
                Some(Value::Number(number)) if number < Number::ZERO => Pull::Down,
                _ => Pull::Neither,
            },
            _ => Pull::Neither,
        }
    }

    /// Whether what a value scores rises with the value.
    fn scores_rise(&self, expr: ExprId) -> bool {
        match self.library.graph.expr(expr) {
            Expr::By(inner, _) => self.scores_rise(*inner),
            Expr::Answer(id) => match &self.library.questions[id.index()].kind {
                Kind::Choice(options) => options.windows(2).all(|pair| pair[0].value <= pair[1].value),
                _ => true,
            },
            _ => true,
        }
    }
}

/// The way of a comparison with its part number `at`; `other` is the other part where that is settled.
fn compared(comparison: Comparison, part: Ends, other: Option<Value>, at: usize) -> Pull {
    let equal = match other {
        Some(other) if other <= part.low => Pull::Down,
        Some(other) if other >= part.high => Pull::Up,
        _ => Pull::Neither,
    };
    match (comparison, at) {
        (Comparison::Below | Comparison::AtMost, 0) | (Comparison::Above | Comparison::AtLeast, 1) => Pull::Down,
        (Comparison::Below | Comparison::AtMost | Comparison::Above | Comparison::AtLeast, _) => Pull::Up,
        (Comparison::Equal, _) => equal,
        (Comparison::NotEqual, _) => equal.reversed(),
    }
}

/// The way of "one of these" with the option that is looked at.
fn among(options: &[u16], part: Ends) -> Pull {
    let (Value::Option(low), Value::Option(high)) = (part.low, part.high) else { return Pull::Neither };
    let within = (low..=high).map(|option| options.contains(&option));
    let (falls, rises) = within
        .clone()
        .zip(within.skip(1))
        .fold((false, false), |(falls, rises), pair| (falls || pair == (true, false), rises || pair == (false, true)));
    match (falls, rises) {
        (true, true) => Pull::Neither,
        (true, false) => Pull::Down,
        _ => Pull::Up,
    }
}
