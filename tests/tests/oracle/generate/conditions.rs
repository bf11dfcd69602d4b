//! Random conditions.

use super::Maker;
use crate::oracle::cone::Element;
use crate::oracle::model::{Combine, Comparison, Condition, How, Kind, Number, Term};

const COMPARISONS: [Comparison; 6] = [
    Comparison::Below,
    Comparison::AtMost,
    Comparison::Above,
    Comparison::AtLeast,
    Comparison::Equal,
    Comparison::NotEqual,
];

impl Maker<'_> {
    /// A random condition, with at most `depth` levels of composition.
    pub(super) fn condition(&mut self, depth: usize) -> Condition {
        if depth > 0 && self.chance(60) {
            return self.composition(depth - 1);
        }
        for _ in 0..20 {
            if let Some(condition) = self.comparison(depth) {
                return condition;
            }
        }
        Condition::Compare(Comparison::Below, Term::Number(Number::from_integer(1)), self.number(0))
    }

    fn composition(&mut self, depth: usize) -> Condition {
        let several = 2 + self.under(2);
        match self.under(12) {
            0 | 1 => Condition::And(Box::new(self.condition(depth)), Box::new(self.condition(depth))),
            2 | 3 => Condition::Or(Box::new(self.condition(depth)), Box::new(self.condition(depth))),
            4 | 5 => Condition::Not(Box::new(self.condition(depth))),
            6 => Condition::All((0..several).map(|_| self.condition(depth)).collect()),
            7 => Condition::Any((0..several).map(|_| self.condition(depth)).collect()),
            8 => {
                let wanted = 1 + self.under(several);
                Condition::AtLeast(wanted, (0..several).map(|_| self.condition(depth)).collect())
            }
            _ if self.parties && !self.chain_only && self.variables < 2 => {
                let variable = self.variables;
                self.variables += 1;
                let body = self.body(variable, depth.min(1));
                self.variables -= 1;
                let roles = self.roles();
                let role = if self.chance(30) { self.pick(&roles) } else { None };
                let any = self.chance(50);
                body.map_or_else(
                    || self.condition(depth),
                    |body| Condition::Parties { any, role, variable, body: Box::new(body) },
                )
            }
            _ => Condition::Not(Box::new(self.condition(depth))),
        }
    }

    /// A condition that speaks of the party that a variable stands for. What is the same for all parties is left
    /// out: in an aspect that is seen through an empty role, the format does not say what that comes to.
    fn body(&mut self, variable: usize, depth: usize) -> Option<Condition> {
        for _ in 0..10 {
            let body = self.condition(depth);
            if self.wild || body.speaks_of(variable) {
                return Some(body);
            }
        }
        None
    }

    /// A condition over terms, where there is what chance names.
    fn comparison(&mut self, depth: usize) -> Option<Condition> {
        let ruleset = self.ruleset;
        if self.linked && ruleset > 0 && self.chance(4) {
            return Some(Condition::Says(self.under(ruleset)));
        }
        match self.under(22) {
            0..8 => {
                let left = self.number(depth);
                let comparison = self.pick(&COMPARISONS)?;
                let right = if self.chance(20) { self.number(0) } else { self.bound(&left) };
                let flipped = self.chance(15) && !matches!(left, Term::Number(_));
                let (left, right) = if flipped { (right, left) } else { (left, right) };
                let fixed = |term: &Term| matches!(term, Term::Number(_) | Term::Parameter(_));
                (!(fixed(&left) && fixed(&right))).then_some(Condition::Compare(comparison, left, right))
            }
            8..12 => self.choice(),
            12..15 => {
                let questions = self.questions(|at| matches!(self.model.questions[at].kind, Kind::YesNo));
                let question = self.pick(&questions)?;
                let yes = self.chance(50);
                if self.model.questions[question].ruleset == ruleset && self.chance(50) {
                    return Some(Condition::Yes(question, yes));
                }
                let comparison = self.pick(&[Comparison::Equal, Comparison::NotEqual])?;
                Some(Condition::Compare(comparison, self.answer_through_eyes(question), Term::Truth(yes)))
            }
            15 => {
                let questions = self.questions(|at| matches!(self.model.questions[at].kind, Kind::Multiple(_)));
                let question = self.pick(&questions)?;
                let Kind::Multiple(options) = &self.model.questions[question].kind else { return None };
                let option = self.rng.usize(0..options.len());
                Some(Condition::Has(self.answer_through_eyes(question), option))
            }
            16 => {
                let gate = |combine: &Combine| matches!(combine, Combine::Children { how: How::All | How::Any, .. });
                let aspects = self
                    .aspects(|at| self.model.aspects[at].ruleset == ruleset && gate(&self.model.aspects[at].combine));
                self.pick(&aspects).map(Condition::Holds)
            }
            17 | 18 => {
                let all: Vec<usize> = (0..self.model.rules.len()).collect();
                let rule = self.pick(&all)?;
                self.readable(Element::Rule(rule)).then_some(Condition::Diagnosis(rule))
            }
            19 | 20 => {
                let matching = |combine: &Combine| matches!(combine, Combine::BestMatch { .. });
                let aspects = self.aspects(|at| matching(&self.model.aspects[at].combine));
                let aspect = self.pick(&aspects)?;
                let Combine::BestMatch { portraits, .. } = &self.model.aspects[aspect].combine else { return None };
                let portrait = self.rng.usize(0..portraits.len());
                let at = self.rng.usize(0..portraits[portrait].traits.len());
                let partly = self.chance(50);
                Some(Condition::Shows { aspect, portrait, at, partly })
            }
            _ => {
                let all: Vec<usize> = (0..self.model.tables.len()).collect();
                let table = self.pick(&all)?;
                let cells: Vec<usize> = (0..self.model.tables[table].cells.len()).collect();
                let cell = self.pick(&cells)?;
                self.readable(Element::Table(table)).then_some(Condition::Cell(table, cell))
            }
        }
    }

    /// A condition over a term that has options.
    fn choice(&mut self) -> Option<Condition> {
        let (term, count, ordered) = self.chosen()?;
        let comparison = self.pick(if ordered { &COMPARISONS } else { &COMPARISONS[4..] })?;
        if self.chance(30) {
            let mut options: Vec<usize> = (0..count).collect();
            self.rng.shuffle(&mut options);
            options.truncate(1 + self.under(count));
            return Some(Condition::OneOf(term, options));
        }
        if self.chance(15) {
            let (other, others, _) = self.chosen()?;
            let alike = |a: &Term, b: &Term| {
                matches!((plain(a), plain(b)), (Term::Answer(_), Term::Answer(_)) | (Term::Status(_), Term::Status(_)))
            };
            if alike(&term, &other) && count == others {
                return Some(Condition::Compare(comparison, term, other));
            }
        }
        let option = Term::Option(self.under(count));
        Some(if self.chance(15) {
            Condition::Compare(comparison, option, term)
        } else {
            Condition::Compare(comparison, term, option)
        })
    }

    /// What a rule may demand of the answers.
    pub(super) fn needs(&mut self, depth: usize) -> Condition {
        let ruleset = self.ruleset;
        if depth > 0 && self.chance(40) {
            let (left, right) = (Box::new(self.needs(depth - 1)), Box::new(self.needs(depth - 1)));
            return match self.under(3) {
                0 => Condition::And(left, right),
                1 => Condition::Or(left, right),
                _ => Condition::Not(left),
            };
        }
        let own = self.questions(|at| {
            let question = &self.model.questions[at];
            question.ruleset == ruleset
                && (self.wild || (!question.by_party() && question.same_as.is_none() && !self.linked))
        });
        let aspects =
            self.aspects(|at| self.model.aspects[at].ruleset == ruleset && (self.wild || self.model.is_covered(at)));
        match (self.under(7), self.pick(&own), self.pick(&aspects)) {
            (0 | 1, Some(question), _) => Condition::Answered(question),
            (2, Some(question), _) => Condition::Unknown(question),
            (3..=5, _, Some(aspect)) => {
                let comparison = self.pick(&COMPARISONS).unwrap_or(Comparison::AtLeast);
                let share = self.pick(&super::halves(0, 1)).unwrap_or_default();
                Condition::Compare(comparison, Term::Coverage(aspect), Term::Number(share))
            }
            _ => self.condition(0),
        }
    }
}

/// A term without the eyes it is seen through.
fn plain(term: &Term) -> &Term {
    if let Term::By(inner, _) = term { plain(inner) } else { term }
}
