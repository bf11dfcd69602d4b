//! Makes random models and profiles, the same for the same seed.
//!
//! An element only reads elements that were made before it, so that nothing rests on itself.

mod acts;
mod aspects;
mod conditions;
mod leaning;
mod links;
mod profile;
mod questions;
mod terms;

use super::cone::{Cone, Element};
use super::model::{Bouwsteen, Cell, Measure, Model, Number, Outcome, Parameter, Pick, Role, Rule, Table};
use fastrand::Rng;

pub(super) use acts::acting;
pub(super) use profile::profile;

/// Makes one model.
struct Maker<'a> {
    rng: &'a mut Rng,
    model: Model,
    /// The ruleset that is being made.
    ruleset: usize,
    /// Whether to make what the format does not give a clear meaning, too.
    wild: bool,
    /// Whether questions of several rulesets are made one question.
    linked: bool,
    /// Whether parties are spoken of at all.
    parties: bool,
    /// Whether only what is the same through all eyes may be read.
    chain_only: bool,
    /// How many variables stand for a party here.
    variables: usize,
}

/// A kind of element, in the order in which they are to be made.
#[derive(Debug, Clone, Copy)]
enum Next {
    Question,
    Aspect,
    LeaningAspect,
    Measure,
    Outcome,
    Table,
    Rule,
}

/// A random model; a wild one holds things that the format does not give a clear meaning.
pub(super) fn model(rng: &mut Rng, wild: bool) -> Model {
    let rulesets = if rng.u8(0..10) < 6 { 1 } else { 2 };
    let mut maker = Maker::new(rng, rulesets);
    maker.wild = wild;
    maker.rulesets();
    maker.model
}

/// A random model of two or three rulesets that are linked in every way that there is.
pub(super) fn linked(rng: &mut Rng) -> Model {
    let rulesets = if rng.u8(0..10) < 5 { 2 } else { 3 };
    let mut maker = Maker::new(rng, rulesets);
    maker.linked = true;
    maker.rulesets();
    maker.model
}

impl<'a> Maker<'a> {
    fn new(rng: &'a mut Rng, rulesets: usize) -> Self {
        let parties = rng.u8(0..10) < 6;
        let model = Model { rulesets, ..Model::default() };
        Self { rng, model, ruleset: 0, wild: false, linked: false, parties, chain_only: false, variables: 0 }
    }

    fn rulesets(&mut self) {
        for ruleset in 0..self.model.rulesets {
            self.ruleset = ruleset;
            self.ruleset();
        }
        if self.linked {
            self.links();
        }
    }
}

impl Maker<'_> {
    fn ruleset(&mut self) {
        let ruleset = self.ruleset;
        if self.parties {
            let roles = 1 + self.under(2);
            self.model.roles.extend((0..roles).map(|_| Role { ruleset }));
        }
        for value in [Number::from_integer(1), Number::new(5, 2)] {
            self.model.parameters.push(Parameter { ruleset, value });
        }
        let stones = &self.model.bouwstenen;
        // of rulesets that may be joined, one is the same as one
        let is_taken = |at: &usize| self.linked && stones.iter().any(|stone| stone.same_as.contains(at));
        let mut first: Vec<usize> =
            (0..stones.len()).filter(|at| stones[*at].same_as.is_empty() && !is_taken(at)).collect();
        for _ in 0..self.under(3) {
            let mut same_as = first.clone();
            self.rng.shuffle(&mut same_as);
            same_as.truncate(self.under(3));
            if self.linked {
                first.retain(|at| !same_as.contains(at));
            }
            self.model.bouwstenen.push(Bouwsteen { ruleset, same_as, acts: None });
        }
        self.plain_question();
        self.question();
        let mut next = vec![Next::Rule, Next::Rule, Next::Measure, Next::Aspect];
        let more = [(Next::Question, 3), (Next::Aspect, 3), (Next::Measure, 2), (Next::Outcome, 3), (Next::Table, 2)];
        for (kind, most) in more {
            next.extend((0..self.under(most)).map(|_| kind));
        }
        self.rng.shuffle(&mut next);
        next.extend([Next::LeaningAspect, Next::Rule, Next::Rule, Next::Rule]);
        for kind in next {
            match kind {
                Next::Question => self.question(),
                Next::Aspect => self.aspect(),
                Next::LeaningAspect => self.leaning_aspect(),
                Next::Measure => {
                    let value = self.number(2);
                    self.model.measures.push(Measure { ruleset, value });
                }
                Next::Outcome => self.outcome(),
                Next::Table => self.table(),
                Next::Rule => self.rule(),
            }
        }
    }

    fn rule(&mut self) {
        let leaning = if self.chance(75) { self.leaning() } else { None };
        let when = leaning.unwrap_or_else(|| self.condition(2));
        let needs = self.chance(15).then(|| self.needs(1));
        self.model.rules.push(Rule { ruleset: self.ruleset, when, needs });
    }

    fn outcome(&mut self) {
        let count = 2 + self.under(2);
        let pick = if self.chance(50) {
            let options = (0..count).map(|_| self.condition(1)).collect();
            Pick::First { options, otherwise: self.chance(50) }
        } else {
            let options = (0..count).map(|_| self.number(1)).collect();
            Pick::Best { options, mixed: self.chance(50) }
        };
        self.model.outcomes.push(Outcome { ruleset: self.ruleset, pick });
    }

    fn table(&mut self) {
        let (rows, columns) = (1 + self.under(2), 1 + self.under(2));
        let mut cells = Vec::new();
        for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
            if self.chance(75) {
                let when = self.condition(1);
                cells.push(Cell { row, column, when });
            }
        }
        self.model.tables.push(Table { ruleset: self.ruleset, rows, columns, cells });
    }

    fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(0..100) < percent
    }

    fn under(&mut self, limit: usize) -> usize {
        self.rng.usize(0..limit)
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        self.rng.choice(from).cloned()
    }

    /// The questions that may be read here.
    fn questions(&self, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let all = 0..self.model.questions.len();
        all.filter(|at| !(self.chain_only && self.model.questions[*at].by_party())).filter(|at| wanted(*at)).collect()
    }

    /// The aspects that may be read here.
    fn aspects(&self, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let all = 0..self.model.aspects.len();
        all.filter(|at| self.readable(Element::Aspect(*at))).filter(|at| wanted(*at)).collect()
    }

    /// Whether a conclusion may be read here.
    fn readable(&self, element: Element) -> bool {
        !self.chain_only || !self.by_party(element)
    }

    /// Whether a conclusion can look different through other eyes.
    fn by_party(&self, element: Element) -> bool {
        let cone = Cone::of(&self.model, element);
        cone.questions.iter().any(|at| self.model.questions[*at].by_party())
            || cone.aspects.iter().any(|at| self.model.aspects[*at].parties.is_some())
    }

    /// The roles of this ruleset.
    fn roles(&self) -> Vec<usize> {
        (0..self.model.roles.len()).filter(|at| self.model.roles[*at].ruleset == self.ruleset).collect()
    }
}

/// Small halves and wholes, from `low` to `high`.
fn halves(low: i64, high: i64) -> Vec<Number> {
    (low * 2..=high * 2).map(|half| Number::new(half, 2)).collect()
}
