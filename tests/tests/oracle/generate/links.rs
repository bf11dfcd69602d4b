//! Questions of several rulesets that are one, or inform each other.

use super::Maker;
use crate::oracle::model::{
    Agreement, Asked, Comparison, Condition, Informs, Kind, Link, Number, Question, Rule, Term,
};

impl Maker<'_> {
    /// Makes a question one with another of a ruleset before, which gives it its kind or a kind with as many values.
    pub(super) fn link(&mut self, question: &mut Question) {
        let model = self.model.clone();
        let before = self.questions(|at| {
            let other = &model.questions[at];
            // asked of other parties there than here: what then is the same, the format does not say
            let of_all = !matches!(&other.asked, Asked::Party { roles, .. } if !roles.is_empty());
            // what is one with several stands in one list with them
            let of_this = || model.link_of(at).is_some_and(|link| link.questions.iter().any(|at| self.is_own(*at)));
            other.ruleset < self.ruleset && other.same_as.is_none() && of_all && !of_this()
        });
        let Some(other) = self.pick(&before) else { return };
        let mut link = match model.links.iter().position(|link| link.questions.contains(&other)) {
            Some(at) => self.model.links.remove(at),
            None => {
                let rows = model.questions[other].kind.values().into_iter().map(|value| vec![value]).collect();
                Link { ruleset: self.ruleset, questions: vec![other], rows, written: false }
            }
        };
        link.ruleset = self.ruleset;
        self.asked_as(question, other);
        self.values_as(question, &mut link);
        let turns = link.questions.len() == 1 && question.asked_if.is_none() && !self.settles(other);
        let first = &self.model.questions[link.questions[0]];
        link.questions.push(self.model.questions.len());
        if turns && (first.asked_if.is_some() || self.chance(30)) {
            link.questions.reverse();
            link.rows.iter_mut().for_each(|row| row.reverse());
            if let Asked::Party { roles, .. } = &mut question.asked {
                roles.clear();
            }
        }
        // the first must be asked whatever is answered
        let first = self.model.questions.get(link.questions[0]).unwrap_or(question);
        if first.asked_if.is_none() {
            self.model.links.push(link);
        }
    }

    fn is_own(&self, question: usize) -> bool {
        self.model.questions.get(question).is_none_or(|question| question.ruleset == self.ruleset)
    }

    fn settles(&self, question: usize) -> bool {
        let same = |other: &Question| other.same_as.as_ref().is_some_and(|same| same.question == question);
        self.model.questions.iter().any(same)
    }

    /// Asked of the chain or of each party, as another question.
    fn asked_as(&mut self, question: &mut Question, other: usize) {
        question.asked = match self.model.questions[other].asked.clone() {
            Asked::Chain => Asked::Chain,
            Asked::Party { combine, .. } => {
                let mut roles = self.roles();
                roles.retain(|_| self.rng.u8(0..10) < 2);
                Asked::Party { roles, combine, written: true }
            }
        };
    }

    /// Gives a question the kind of those in a link, or another with as many values, each of which means one of theirs.
    fn values_as(&mut self, question: &mut Question, link: &mut Link) {
        let theirs = self.model.questions[link.questions[0]].kind.clone();
        let mapped = matches!(theirs, Kind::Scale(_) | Kind::YesNo | Kind::Choice(_));
        if link.written || (mapped && self.chance(50)) {
            let count = link.rows.len();
            let wholes = || (1..).map(Number::from_integer).take(count).collect();
            question.kind = match self.under(3) {
                0 if count == 2 => Kind::YesNo,
                1 => Kind::Choice(vec![None; count]),
                _ => Kind::Scale(wholes()),
            };
            let mut mine = question.kind.values();
            self.rng.shuffle(&mut mine);
            link.rows.iter_mut().zip(mine).for_each(|(row, value)| row.push(value));
            link.written = true;
        } else {
            question.kind = theirs;
            link.rows.iter_mut().for_each(|row| row.push(row[0]));
        }
        if let (Asked::Party { combine, .. }, false) = (&mut question.asked, question.kind.is_numeric()) {
            *combine = Agreement::Agree;
        }
    }

    /// What can be said of links once all questions are there.
    pub(super) fn links(&mut self) {
        let last = self.model.rulesets - 1;
        self.model.joins = last == 2 && self.chance(50);
        for at in 0..self.model.links.len() {
            if self.chance(50) {
                self.model.links[at].ruleset = last;
            }
            for one in 0..self.model.links[at].questions.len() {
                for other in 0..one {
                    let pair = [one, other].map(|place| self.model.links[at].questions[place]);
                    self.rule_on_a_difference(last, pair);
                }
            }
        }
        for question in 0..self.model.questions.len() {
            for at in 0..self.model.questions.len() {
                let [from, to] = [question, at].map(|at| self.model.questions[at].ruleset);
                // a ruleset speaks of what it requires
                let speaks: Vec<usize> =
                    (0..=last).filter(|by| (*by > from || *by == from && from > to) && *by > to).collect();
                if from != to && !speaks.is_empty() && self.chance(10) {
                    let ruleset = self.pick(&speaks).unwrap_or(last);
                    self.model.informs.push(Informs { ruleset, question, at });
                }
            }
        }
    }

    /// A rule that finds two answers to one question that differ.
    fn rule_on_a_difference(&mut self, ruleset: usize, pair: [usize; 2]) {
        let kinds = pair.map(|at| &self.model.questions[at].kind);
        let alike = match kinds {
            [Kind::Choice(one), Kind::Choice(other)] => one.len() == other.len(),
            [Kind::YesNo, Kind::YesNo] => true,
            [one, other] => one.is_numeric() && other.is_numeric(),
        };
        let written = self.model.link_of(pair[0]).is_some_and(|link| link.written);
        if alike && !written {
            let [one, other] = pair.map(Term::Answer);
            let when = Condition::Compare(Comparison::NotEqual, one, other);
            self.model.rules.push(Rule { ruleset, when, needs: None });
        }
    }
}
