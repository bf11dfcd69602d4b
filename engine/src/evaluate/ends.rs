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

use super::evaluation::{Evaluation, Key};
use super::operator::Operator;
use super::possible::{Possible, Set};
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
#[derive(Debug, Default)]
pub(super) struct Known {
    /// By eyes and expression: not looked at yet, none, or the place in `ends` and two more.
    at: Vec<Vec<u32>>,
    ends: Vec<Ends>,
    /// Sets of open answers, `words` words for each.
    leaves: Vec<u64>,
    words: usize,
}

const UNSEEN: u32 = 0;
const WITHOUT: u32 = 1;
const FIRST: u32 = 2;

impl Known {
    /// Nothing known yet, where so many answers can be open.
    pub(super) fn new(leaves: usize) -> Self {
        let words = leaves.div_ceil(64).max(1);
        Self { words, leaves: vec![0; words], ..Self::default() }
    }

    fn get(&self, key: Key) -> u32 {
        self.at.get(key.eyes.index()).map_or(UNSEEN, |column| column[key.expr.index()])
    }

    fn set(&mut self, key: Key, found: Option<Ends>, exprs: usize) {
        while self.at.len() <= key.eyes.index() {
            self.at.push(vec![UNSEEN; exprs]);
        }
        self.at[key.eyes.index()][key.expr.index()] = match found {
            None => WITHOUT,
            Some(ends) => {
                self.ends.push(ends);
                FIRST + u32::try_from(self.ends.len() - 1).unwrap_or(u32::MAX - FIRST)
            }
        };
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

    /// What they say; `sure` where they are known to be reached.
    fn possible(&self, sure: bool) -> Option<Possible> {
        match (self.low, self.high) {
            // nothing lies between the two, whether they are reached or not
            (low, high) if low == high => Some(Possible::one(low)),
            _ if !sure => None,
            (Value::Truth(false), Value::Truth(true)) => Some(Possible::either()),
            (Value::Number(low), Value::Number(high)) => {
                Some(Possible { set: Set::Range { low, high, nothing: false }, exact: true })
            }
            (Value::Option(low), Value::Option(high)) if high - low == 1 => {
                Some(Possible::of([self.low, self.high].into(), true))
            }
            _ => None,
        }
    }
}

impl Evaluation<'_> {
    /// What an open expression can still come to, where its ends say so.
    pub(super) fn by_ends(&mut self, key: Key) -> Option<Possible> {
        let ends = self.ends(key)?;
        let sure = !self.known.meet(ends.up, ends.down);
        ends.possible(sure)
    }

    fn ends(&mut self, key: Key) -> Option<Ends> {
        match self.known.get(key) {
            UNSEEN => {}
            WITHOUT => return None,
            at => return Some(self.known.ends[(at - FIRST) as usize]),
        }
        let found = self.find_ends(key);
        self.known.set(key, found, self.library.graph.len());
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
            Expr::Status(stone) if library.bouwstenen[stone.index()].same_as.is_some() => return None,
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
        let values = &self.library.questions[id.index()].importance.as_ref()?.values;
        Some((Value::Number(*values.first()?), Value::Number(*values.last()?)))
    }

    fn surely_asked(&mut self, key: Key, id: QuestionId) -> Option<()> {
        let Some(asked_if) = self.library.questions[id.index()].asked_if else { return Some(()) };
        let beside = self.beside(key, asked_if);
        (!self.is_open(beside)).then_some(())
    }

    fn combined_ends(&mut self, key: Key) -> Option<Ends> {
        let operator = self.operator(key);
        let reads = self.reads(key);
        let mut parts = Vec::with_capacity(reads.len());
        for (at, &part) in reads.iter().enumerate() {
            let ends = self.ends(part);
            parts.push(ends.map(|ends| Ends {
                low: self.projected(&operator, at, part.expr, ends.low),
                high: self.projected(&operator, at, part.expr, ends.high),
                ..ends
            }));
        }
        let decides = match operator {
            Operator::And => Some(Value::Truth(false)),
            Operator::Or => Some(Value::Truth(true)),
            _ => None,
        };
        let settled = |value: Value| parts.iter().flatten().any(|part| part.low == value && part.high == value);
        if let Some(decided) = decides.filter(|value| settled(*value)) {
            return Some(Ends::settled(decided));
        }
        // what is undefined lies between no and yes, where the ends of these do not show it
        if decides.is_some() && settled(Value::Nothing) {
            return None;
        }
        let parts: Vec<Ends> = parts.into_iter().collect::<Option<_>>()?;
        self.over_ends(&operator, &reads, &parts)
    }

    fn over_ends(&mut self, operator: &Operator<'_>, reads: &[Key], parts: &[Ends]) -> Option<Ends> {
        let (mut low, mut high) = (Vec::with_capacity(parts.len()), Vec::with_capacity(parts.len()));
        let (mut up, mut down) = (NONE, NONE);
        for (at, part) in parts.iter().enumerate() {
            if part.low == part.high {
                low.push(part.low);
                high.push(part.low);
                continue;
            }
            match self.pull(operator, reads, parts, at) {
                Pull::Up => {
                    low.push(part.low);
                    high.push(part.high);
                    (up, down) = (self.known.union(up, part.up), self.known.union(down, part.down));
                }
                Pull::Down => {
                    low.push(part.high);
                    high.push(part.low);
                    (up, down) = (self.known.union(up, part.down), self.known.union(down, part.up));
                }
                Pull::Neither => return None,
            }
        }
        let low = operator.over(low.into_iter(), &self.overflow);
        let high = operator.over(high.into_iter(), &self.overflow);
        match (low, high) {
            (low, high) if low == high => Some(Ends::settled(low)),
            (Value::Nothing | Value::Missing, _) | (_, Value::Nothing | Value::Missing) => None,
            _ => Some(Ends { low, high, up, down }),
        }
    }

    /// Which way an operator goes with a part of which the ends differ.
    fn pull(&self, operator: &Operator<'_>, reads: &[Key], parts: &[Ends], at: usize) -> Pull {
        let up_if = |holds: bool| if holds { Pull::Up } else { Pull::Neither };
        let other = parts.get(1 - at.min(1)).filter(|other| other.low == other.high).map(|other| other.low);
        match operator {
            Operator::And
            | Operator::Or
            | Operator::Same
            | Operator::Count
            | Operator::Share
            | Operator::Levels(_)
            | Operator::CutOffs(_)
            | Operator::Ladder(_)
            | Operator::Arithmetic(Arithmetic::Plus) => Pull::Up,
            Operator::Not => Pull::Down,
            Operator::Numbers { weights, .. } => {
                let positive = weights.is_none_or(|weights| weights.iter().all(|weight| *weight > Number::ZERO));
                up_if(positive && self.scores_rise(reads[at].expr))
            }
            Operator::Met { .. } => up_if(self.scores_rise(reads[at].expr)),
            Operator::LevelNumber(aspect) => {
                up_if(aspect.levels.windows(2).all(|pair| pair[0].value <= pair[1].value))
            }
            Operator::Compare(comparison) => compared(*comparison, parts[at], other, at),
            Operator::OneOf(options) => among(options, parts[at]),
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
        let Expr::Answer(id) = self.library.graph.expr(expr) else { return true };
        match &self.library.questions[id.index()].kind {
            Kind::Choice(options) => options.windows(2).all(|pair| pair[0].value <= pair[1].value),
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
