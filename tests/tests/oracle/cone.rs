//! What a conclusion rests on: the part of a model that is needed to show how it comes about.

use super::model::{ChildOf, Combine, Condition, Model, Pick, Term};
use std::collections::BTreeSet;

/// A conclusion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Ruleset(usize),
    Question(usize),
    Aspect(usize),
    Outcome(usize),
    Measure(usize),
    Table(usize),
    Rule(usize),
}

/// The elements of a model that are kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Cone {
    pub(super) questions: BTreeSet<usize>,
    pub(super) aspects: BTreeSet<usize>,
    pub(super) bouwstenen: BTreeSet<usize>,
    pub(super) outcomes: BTreeSet<usize>,
    pub(super) measures: BTreeSet<usize>,
    pub(super) tables: BTreeSet<usize>,
    pub(super) rules: BTreeSet<usize>,
}

impl Cone {
    /// All of a model.
    pub(super) fn whole(model: &Model) -> Self {
        Self {
            questions: (0..model.questions.len()).collect(),
            aspects: (0..model.aspects.len()).collect(),
            bouwstenen: (0..model.bouwstenen.len()).collect(),
            outcomes: (0..model.outcomes.len()).collect(),
            measures: (0..model.measures.len()).collect(),
            tables: (0..model.tables.len()).collect(),
            rules: (0..model.rules.len()).collect(),
        }
    }

    /// A conclusion and what it rests on.
    pub(super) fn of(model: &Model, element: Element) -> Self {
        let mut cone = Self::default();
        match element {
            Element::Ruleset(_) => return Self::whole(model),
            Element::Question(at) => {
                cone.question(model, at);
                let informing = model.informs.iter().filter(|informs| informs.at == at);
                informing.for_each(|informs| cone.question(model, informs.question));
            }
            Element::Aspect(at) => cone.aspect(model, at),
            Element::Outcome(at) => cone.outcome(model, at),
            Element::Measure(at) => cone.measure(model, at),
            Element::Table(at) => cone.table(model, at),
            Element::Rule(at) => cone.rule(model, at),
        }
        cone
    }

    /// A question and what it rests on.
    pub(super) fn question(&mut self, model: &Model, at: usize) {
        if self.questions.insert(at) {
            let question = &model.questions[at];
            question.asked_if.iter().for_each(|condition| self.condition(model, condition));
            question.same_as.iter().for_each(|same| self.question(model, same.question));
            let linked = model.link_of(at).into_iter().flat_map(|link| &link.questions);
            linked.for_each(|linked| self.question(model, *linked));
        }
    }

    fn aspect(&mut self, model: &Model, at: usize) {
        if !self.aspects.insert(at) {
            return;
        }
        match &model.aspects[at].combine {
            Combine::Children { children, .. } => {
                for child in children {
                    match child.of {
                        ChildOf::Question(at) => self.question(model, at),
                        ChildOf::Aspect(at) => self.aspect(model, at),
                    }
                }
            }
            Combine::Ladder(steps) => {
                steps
                    .iter()
                    .filter_map(|step| step.demands.as_ref())
                    .for_each(|demands| self.condition(model, demands));
            }
            Combine::BestMatch { portraits, .. } => {
                for one in portraits.iter().flat_map(|portrait| &portrait.traits) {
                    self.condition(model, &one.when);
                    one.partial.iter().for_each(|partial| self.condition(model, partial));
                }
            }
        }
    }

    fn outcome(&mut self, model: &Model, at: usize) {
        if self.outcomes.insert(at) {
            match &model.outcomes[at].pick {
                Pick::First { options, .. } => options.iter().for_each(|when| self.condition(model, when)),
                Pick::Best { options, .. } => options.iter().for_each(|score| self.term(model, score)),
            }
        }
    }

    fn measure(&mut self, model: &Model, at: usize) {
        if self.measures.insert(at) {
            self.term(model, &model.measures[at].value);
        }
    }

    fn table(&mut self, model: &Model, at: usize) {
        if self.tables.insert(at) {
            model.tables[at].cells.iter().for_each(|cell| self.condition(model, &cell.when));
        }
    }

    fn rule(&mut self, model: &Model, at: usize) {
        if self.rules.insert(at) {
            let rule = &model.rules[at];
            self.condition(model, &rule.when);
            rule.needs.iter().for_each(|needs| self.condition(model, needs));
        }
    }

    fn term(&mut self, model: &Model, term: &Term) {
        match term {
            Term::Answer(at) | Term::QuestionImportance(at) => self.question(model, *at),
            Term::AspectImportance(at) | Term::Score(at) | Term::Level(at) | Term::Target(at) | Term::Coverage(at) => {
                self.aspect(model, *at)
            }
            Term::Outcome(at) => self.outcome(model, *at),
            Term::Measure(at) => self.measure(model, *at),
            Term::Status(at) => {
                self.bouwstenen.insert(*at);
                self.bouwstenen.extend(&model.bouwstenen[*at].same_as);
            }
            Term::Number(_) | Term::Parameter(_) | Term::Option(_) | Term::Truth(_) => {}
            Term::By(..)
            | Term::Spread(_)
            | Term::Arithmetic(..)
            | Term::Fold(..)
            | Term::Count(_)
            | Term::Share(_) => {
                term.terms().into_iter().for_each(|term| self.term(model, term));
                term.conditions().iter().for_each(|condition| self.condition(model, condition));
            }
        }
    }

    fn condition(&mut self, model: &Model, condition: &Condition) {
        match condition {
            Condition::Yes(at, _) | Condition::Answered(at) | Condition::Unknown(at) => self.question(model, *at),
            Condition::Holds(at) | Condition::Shows { aspect: at, .. } => self.aspect(model, *at),
            Condition::Diagnosis(at) => self.rule(model, *at),
            Condition::Cell(at, _) => self.table(model, *at),
            _ => {
                condition.terms().into_iter().for_each(|term| self.term(model, term));
                condition.parts().into_iter().for_each(|part| self.condition(model, part));
            }
        }
    }
}
