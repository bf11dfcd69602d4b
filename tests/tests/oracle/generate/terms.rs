//! Random terms.

use super::{Maker, halves};
use crate::oracle::cone::Element;
use crate::oracle::model::{Arithmetic, Combine, Eyes, Fold, How, Kind, Number, Term, Value};

impl Maker<'_> {
    /// A random term that is a number.
    pub(super) fn number(&mut self, depth: usize) -> Term {
        for _ in 0..20 {
            let composed = depth > 0 && self.chance(45);
            let term = if composed { Some(self.composed(depth - 1)) } else { self.plain() };
            if let Some(term) = term {
                return term;
            }
        }
        Term::Answer(0) // the first question of all is a scale that is asked of the chain
    }

    fn composed(&mut self, depth: usize) -> Term {
        let several = 2 + self.under(2);
        match self.under(14) {
            0..5 => {
                let all = [Arithmetic::Plus, Arithmetic::Minus, Arithmetic::Times, Arithmetic::Over, Arithmetic::Gap];
                let operation = self.pick(&all).unwrap_or(Arithmetic::Plus);
                let left = self.number(depth);
                let fixed = self.pick(&halves(0, 3)).unwrap_or_default();
                let right = if self.chance(35) { Term::Number(fixed) } else { self.number(depth) };
                Term::Arithmetic(operation, Box::new(left), Box::new(right))
            }
            5..9 => {
                let fold = self.pick(&[Fold::Mean, Fold::Sum, Fold::Min, Fold::Max]).unwrap_or(Fold::Sum);
                Term::Fold(fold, (0..several).map(|_| self.number(depth)).collect())
            }
            9..12 => Term::Count((0..several).map(|_| self.condition(depth.min(1))).collect()),
            _ => Term::Share((0..several).map(|_| self.condition(depth.min(1))).collect()),
        }
    }

    /// A term over one element, where there is one of the kind that chance names.
    fn plain(&mut self) -> Option<Term> {
        let ruleset = self.ruleset;
        match self.under(20) {
            0..6 => {
                let questions = self.questions(|at| self.model.questions[at].kind.is_numeric());
                let question = self.pick(&questions)?;
                Some(self.answer_through_eyes(question))
            }
            6..8 => {
                let asks = |at: usize| self.model.questions[at].importance.is_some();
                let questions = self.questions(|at| self.model.questions[at].ruleset == ruleset && asks(at));
                let question = self.pick(&questions)?;
                let by_party = self.model.questions[question].by_party();
                Some(self.through_eyes(Term::QuestionImportance(question), by_party))
            }
            8 => {
                let numeric = |at: usize| matches!(self.model.aspects[at].combine, Combine::Children { .. });
                let aspects = self.aspects(|at| self.model.aspects[at].ruleset == ruleset && numeric(at));
                let aspect = self.pick(&aspects)?;
                let by_party = self.by_party(Element::Aspect(aspect));
                Some(self.through_eyes(Term::AspectImportance(aspect), by_party))
            }
            9..15 => {
                let aspects = self.aspects(|_| true);
                let aspect = self.pick(&aspects)?;
                let by_party = self.by_party(Element::Aspect(aspect));
                Some(self.through_eyes(Term::Score(aspect), by_party))
            }
            15 | 16 => {
                let all: Vec<usize> = (0..self.model.measures.len()).collect();
                let measure = self.pick(&all)?;
                self.readable(Element::Measure(measure)).then_some(Term::Measure(measure))
            }
            17 => {
                let aspects = self.aspects(|at| self.model.aspects[at].ruleset == ruleset);
                self.pick(&aspects).map(Term::Target)
            }
            _ => self.spread(),
        }
    }

    fn spread(&mut self) -> Option<Term> {
        if self.chain_only {
            return None;
        }
        let questions = self.questions(|at| {
            let question = &self.model.questions[at];
            question.by_party() && question.kind.is_numeric()
        });
        let aspects = self.aspects(|at| self.by_party(Element::Aspect(at)));
        let term = if self.chance(60) {
            let question = self.pick(&questions)?;
            // a spread over parties of what others see, the format does not speak of
            if self.wild { self.answer_through_eyes(question) } else { Term::Answer(question) }
        } else {
            Term::Score(self.pick(&aspects)?)
        };
        Some(Term::Spread(Box::new(term)))
    }

    pub(super) fn answer_through_eyes(&mut self, question: usize) -> Term {
        let by_party = self.model.questions[question].by_party();
        self.through_eyes(Term::Answer(question), by_party)
    }

    /// The term, as often as not as seen by a role or a party.
    pub(super) fn through_eyes(&mut self, term: Term, by_party: bool) -> Term {
        if !by_party || self.chain_only || self.chance(if self.variables > 0 { 15 } else { 60 }) {
            return term;
        }
        let eyes = if self.variables > 0 && self.chance(90) {
            Some(Eyes::Variable(self.under(self.variables)))
        } else {
            let roles = self.roles();
            self.pick(&roles).map(Eyes::Role)
        };
        match eyes {
            Some(eyes) => Term::By(Box::new(term), eyes),
            None => term,
        }
    }

    /// A number to compare a term with, such that both outcomes are likely.
    pub(super) fn bound(&mut self, term: &Term) -> Term {
        let values: Vec<Number> = match term {
            Term::By(inner, _) => return self.bound(inner),
            Term::Answer(question) => {
                let values = self.model.questions[*question].kind.values();
                let number = |value: &Value| match value {
                    Value::Number(number) => Some(*number),
                    _ => None,
                };
                values.iter().filter_map(number).collect()
            }
            Term::QuestionImportance(question) => {
                self.model.questions[*question].importance.clone().unwrap_or_default()
            }
            Term::Score(aspect) => match &self.model.aspects[*aspect].combine {
                Combine::Children { how: How::Share | How::All | How::Any, .. } => halves(0, 1),
                _ => {
                    let (low, high) = self.model.reach(*aspect);
                    halves(-3, 6).into_iter().filter(|bound| *bound >= low && *bound <= high).collect()
                }
            },
            Term::Share(_) => halves(0, 1),
            Term::Count(conditions) => {
                let most = i64::try_from(conditions.len()).expect("few conditions");
                (0..=most).map(Number::from_integer).collect()
            }
            Term::Spread(_) => halves(0, 2),
            _ => halves(-1, 4),
        };
        let of_range = matches!(term, Term::Answer(_) | Term::QuestionImportance(_));
        let parameters = 0..self.model.parameters.len();
        let own: Vec<usize> = parameters.filter(|at| self.model.parameters[*at].ruleset == self.ruleset).collect();
        match self.pick(&own) {
            Some(parameter) if !of_range && self.chance(15) => Term::Parameter(parameter),
            _ => Term::Number(self.pick(&values).unwrap_or_default()),
        }
    }

    /// A random term that is one of several options, with how many there are and whether they have an order.
    pub(super) fn chosen(&mut self) -> Option<(Term, usize, bool)> {
        match self.under(10) {
            0..4 => {
                let questions = self.questions(|at| matches!(self.model.questions[at].kind, Kind::Choice(_)));
                let question = self.pick(&questions)?;
                let count = self.model.questions[question].kind.values().len();
                Some((self.answer_through_eyes(question), count, true))
            }
            4..7 => {
                let aspects = self.aspects(|at| self.model.aspects[at].levels() > 0);
                let aspect = self.pick(&aspects)?;
                let declared = &self.model.aspects[aspect];
                let ordered = !matches!(declared.combine, Combine::BestMatch { .. });
                let (levels, by_party) = (declared.levels(), self.by_party(Element::Aspect(aspect)));
                Some((self.through_eyes(Term::Level(aspect), by_party), levels, ordered))
            }
            7 | 8 => {
                let all: Vec<usize> = (0..self.model.outcomes.len()).collect();
                let outcome = self.pick(&all)?;
                let count = self.model.outcomes[outcome].option_ids().len();
                self.readable(Element::Outcome(outcome)).then_some((Term::Outcome(outcome), count, false))
            }
            _ => {
                let all: Vec<usize> = (0..self.model.bouwstenen.len()).collect();
                self.pick(&all).map(|bouwsteen| (Term::Status(bouwsteen), 4, true))
            }
        }
    }
}
