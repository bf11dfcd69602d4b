//! Random questions.

use super::Maker;
use crate::oracle::model::{Agreement, Asked, Fold, Kind, Number, Question, SameAs, Value};

fn wholes(numbers: &[i64]) -> Vec<Number> {
    numbers.iter().copied().map(Number::from_integer).collect()
}

impl Maker<'_> {
    /// A question that can always be read: a scale, asked of the chain, whatever else is answered.
    pub(super) fn plain_question(&mut self) {
        let not_applicable = self.chance(20);
        self.model.questions.push(Question {
            ruleset: self.ruleset,
            kind: Kind::Scale(wholes(&[1, 2, 3])),
            met_from: None,
            importance: None,
            asked_if: None,
            not_applicable,
            asked: Asked::Chain,
            same_as: None,
            fact: false,
        });
    }

    pub(super) fn question(&mut self) {
        let kind = self.kind();
        // through whose eyes a party's question looks whether it is asked, the format does not say
        self.chain_only = !self.wild;
        let asked_if = self.chance(25).then(|| self.condition(1));
        self.chain_only = false;
        let importance = self.chance(20).then(|| wholes(if self.rng.bool() { &[1, 2] } else { &[1, 2, 3] }));
        let mut question = Question {
            ruleset: self.ruleset,
            met_from: None,
            asked_if,
            not_applicable: self.chance(35),
            importance,
            asked: self.asked(&kind),
            same_as: None,
            fact: self.model.questions.len() % 5 == 4,
            kind,
        };
        if self.linked && self.ruleset > 0 && self.chance(60) {
            self.link(&mut question);
        } else if self.ruleset > 0 && self.chance(50) {
            self.same_as(&mut question);
        }
        if matches!(question.kind, Kind::Scale(_) | Kind::Choice(_) | Kind::Number { .. }) && self.chance(50) {
            question.met_from = Some(self.under(question.kind.values().len()));
        }
        self.model.questions.push(question);
    }

    fn kind(&mut self) -> Kind {
        match self.under(20) {
            0..7 => {
                let scales: [&[i64]; 7] = [&[1, 2], &[1, 3], &[0, 1], &[-1, 1], &[1, 2, 3], &[-1, 0, 1], &[1, 3, 5]];
                Kind::Scale(wholes(self.pick(&scales).unwrap_or(&[1, 2])))
            }
            7..11 => Kind::YesNo,
            11..15 => Kind::Choice(self.options(-1)),
            15..17 => Kind::Multiple(self.options(0)),
            17..19 => {
                let ends =
                    [(0, 1, Number::new(1, 2)), (0, 2, Number::from_integer(2)), (-1, 1, Number::from_integer(2))];
                let (low, high, step) = self.pick(&ends).unwrap_or(ends[0]);
                Kind::Number { min: Number::from_integer(low), max: Number::from_integer(high), step }
            }
            _ => Kind::Text,
        }
    }

    fn options(&mut self, lowest: i64) -> Vec<Option<Number>> {
        let count = if self.chance(70) { 2 } else { 3 };
        let valued = self.chance(50);
        let values = super::halves(lowest, 3);
        (0..count).map(|_| if valued { self.pick(&values) } else { None }).collect()
    }

    fn asked(&mut self, kind: &Kind) -> Asked {
        if !self.parties || self.chance(50) {
            return Asked::Chain;
        }
        let mut roles = self.roles();
        roles.retain(|_| self.rng.u8(0..10) < 2);
        let default = if kind.is_numeric() { Agreement::Fold(Fold::Mean) } else { Agreement::Agree };
        let all = [Fold::Mean, Fold::Min, Fold::Max].map(Agreement::Fold);
        let combine = match self.under(4) {
            0 => default,
            at if kind.is_numeric() => {
                *all.iter().chain([&Agreement::Agree]).nth((at - 1) + self.under(2)).unwrap_or(&default)
            }
            _ => Agreement::Agree,
        };
        Asked::Party { roles, combine, written: combine != default || self.chance(50) }
    }

    /// Makes a question the same as one of a ruleset before, which gives it its kind or a map.
    fn same_as(&mut self, question: &mut Question) {
        let earlier = |at: usize| self.model.questions[at].ruleset < self.ruleset;
        // an answer goes one hop and no further
        let before = self.questions(|at| earlier(at) && !self.model.is_settled_elsewhere(at));
        let Some(other) = self.pick(&before) else { return };
        let theirs = self.model.questions[other].clone();
        // asked of other parties there than here: what then is the same, the format does not say
        question.asked = match &theirs.asked {
            Asked::Party { roles, .. } if !roles.is_empty() && !self.wild => return,
            Asked::Party { roles, combine, .. } => {
                let own = if roles.is_empty() { Vec::new() } else { self.roles() };
                Asked::Party { roles: own, combine: *combine, written: true }
            }
            Asked::Chain => Asked::Chain,
        };
        let mapped = |kind: &Kind| matches!(kind, Kind::Scale(_) | Kind::YesNo | Kind::Choice(_));
        if self.chance(60) && mapped(&theirs.kind) && mapped(&question.kind) {
            let mine = question.kind.values();
            let map = theirs.kind.values().into_iter().map(|value| {
                let at = self.under(mine.len());
                (value, mine[at])
            });
            question.same_as = Some(SameAs { question: other, map: map.collect(), written: true });
            if let (Asked::Party { combine, .. }, false) = (&mut question.asked, question.kind.is_numeric()) {
                *combine = Agreement::Agree;
            }
        } else {
            question.kind = theirs.kind;
            let map = question.kind.values().into_iter().map(|value: Value| (value, value)).collect();
            question.same_as = Some(SameAs { question: other, map, written: false });
        }
    }
}
