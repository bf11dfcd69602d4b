//! Which questions of several rulesets are one question, and which inform each other.

use super::{Given, Model, Profile, Value};

/// Questions that are one: whichever of them is answered serves the others.
#[derive(Debug, Clone)]
pub(in crate::oracle) struct Link {
    /// The ruleset in whose `links.toml` it stands.
    pub(in crate::oracle) ruleset: usize,
    /// The first holds the answer where none of them has one.
    pub(in crate::oracle) questions: Vec<usize>,
    /// In each row the values that mean the same, in the order of the questions.
    pub(in crate::oracle) rows: Vec<Vec<Value>>,
    /// Whether the rows are written, or left out because all are written the same.
    pub(in crate::oracle) written: bool,
}

/// A question that is shown at another, and not used there.
#[derive(Debug, Clone, Copy)]
pub(in crate::oracle) struct Informs {
    /// The ruleset that says so: with its own question, or in its `links.toml`.
    pub(in crate::oracle) ruleset: usize,
    pub(in crate::oracle) question: usize,
    pub(in crate::oracle) at: usize,
}

impl Link {
    /// The value of one question, as another says it. What is missing or nothing is so for both.
    pub(in crate::oracle) fn said(&self, value: Value, of: usize, to: usize) -> Value {
        let place = |wanted: usize| self.questions.iter().position(|at| *at == wanted).expect("it is linked");
        let (of, to) = (place(of), place(to));
        self.rows.iter().find(|row| row[of] == value).map_or(value, |row| row[to])
    }
}

impl Model {
    /// What links a question to others.
    pub(in crate::oracle) fn link_of(&self, question: usize) -> Option<&Link> {
        self.links.iter().find(|link| link.questions.contains(&question))
    }

    /// Whether a question takes its answer from another where it has none of its own.
    pub(in crate::oracle) fn is_settled_elsewhere(&self, question: usize) -> bool {
        self.questions[question].same_as.is_some()
            || self.link_of(question).is_some_and(|link| link.questions[0] != question)
    }

    /// The question from which it then is taken.
    pub(in crate::oracle) fn settled_by(&self, question: usize) -> Option<usize> {
        let same = self.questions[question].same_as.as_ref().map(|same| same.question);
        let first = || self.link_of(question).map(|link| link.questions[0]).filter(|first| *first != question);
        same.or_else(first)
    }
}

impl Profile {
    /// Whether a ruleset is left out of this run: another one joins it, and nothing is said to it.
    pub(in crate::oracle) fn sets_aside(&self, model: &Model, ruleset: usize) -> bool {
        model.joins && ruleset < 2 && !self.says[ruleset]
    }

    /// Of each ruleset a question of which anything is said.
    pub(in crate::oracle) fn answered_first(&self, model: &Model) -> Vec<usize> {
        let of = |ruleset: usize| {
            let mut own = (0..model.questions.len()).filter(|at| model.questions[*at].ruleset == ruleset);
            own.find(|at| self.answers[*at].iter().any(|given| *given != Given::Missing))
        };
        (0..model.rulesets).filter_map(of).collect()
    }

    /// Notes to which rulesets anything is said: an answer, "unknown", an importance, the status of a bouwsteen.
    pub(in crate::oracle) fn note_what_it_says(&mut self, model: &Model) {
        let says = |ruleset: usize| {
            let answers = model.questions.iter().enumerate().filter(|(_, question)| question.ruleset == ruleset);
            let mut stones = model.bouwstenen.iter().zip(&self.statuses).filter(|(stone, _)| stone.ruleset == ruleset);
            let is_given = |at: usize| {
                self.answers[at].iter().any(|given| *given != Given::Missing)
                    || self.importances[at].iter().any(Option::is_some)
            };
            answers.map(|(at, _)| at).any(is_given) || stones.any(|(_, status)| status.is_some())
        };
        self.says = (0..model.rulesets).map(says).collect();
    }
}
