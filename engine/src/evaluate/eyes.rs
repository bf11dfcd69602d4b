//! Through whose eyes an expression is read: the chain's, those of the parties in a role, those of one party.

use super::evaluation::Evaluation;
use crate::condition::{AspectId, Expr, ExprId, QuestionId, View};
use std::rc::Rc;

/// Through whose eyes an expression is read: an index into the evaluation's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Eyes(u16);

/// The chain as a whole.
pub(crate) const WHOLE: Eyes = Eyes(0);

/// An expression through certain eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) expr: ExprId,
    pub(crate) eyes: Eyes,
}

/// Which parties look, and which party each variable stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sight {
    parties: Option<Vec<u16>>,
    variables: Vec<(u32, u16)>,
}

impl Evaluation<'_> {
    /// An expression read through the eyes of a party or a role; the chain's where it makes no difference.
    fn key(&mut self, expr: ExprId, sight: Sight) -> Key {
        let compiled = &self.library.compiled;
        // where there are no parties, one answer is everybody's
        if !compiled.by_party[expr.index()] || self.facts.profile.parties.is_empty() {
            return Key { expr, eyes: WHOLE };
        }
        let sight = if compiled.variable[expr.index()] { sight } else { Sight { variables: Vec::new(), ..sight } };
        let found = self.sights.iter().position(|known| *known == sight);
        let at = found.unwrap_or_else(|| {
            self.sights.push(sight);
            self.sights.len() - 1
        });
        Key { expr, eyes: Eyes(u16::try_from(at).unwrap_or(u16::MAX)) }
    }

    /// The same expression through the eyes of the parties in a role.
    pub(crate) fn by_role(&mut self, expr: ExprId, role: crate::condition::RoleId) -> Key {
        let parties = Some(self.facts.in_role(role).to_vec());
        self.key(expr, Sight { parties, variables: Vec::new() })
    }

    fn sight(&self, key: Key) -> &Sight {
        &self.sights[usize::from(key.eyes.0)]
    }

    /// The only party that looks, if it is one.
    pub(crate) fn party(&self, key: Key) -> Option<u16> {
        match self.sight(key).parties.as_deref() {
            Some([party]) => Some(*party),
            _ => None,
        }
    }

    /// The party that a variable stands for.
    pub(crate) fn variable(&self, key: Key, variable: u32) -> Option<u16> {
        self.sight(key).variables.iter().rev().find(|(known, _)| *known == variable).map(|(_, party)| *party)
    }

    /// The parties that look: all of them for the chain as a whole.
    fn looking(&self, key: Key) -> Vec<u16> {
        self.sight(key)
            .parties
            .clone()
            .unwrap_or_else(|| (0..self.facts.profile.parties.len()).filter_map(|at| u16::try_from(at).ok()).collect())
    }

    /// The slot of an answer that is read as it stands, rather than put together from those of parties.
    pub(crate) fn leaf(&self, key: Key, question: QuestionId) -> Option<usize> {
        match (&self.facts.slots[question.index()].parties, self.sight(key).parties.as_deref()) {
            (None, _) => self.facts.slot(question, None),
            (Some(_), Some([party])) => self.facts.slot(question, Some(*party)),
            (Some(_), _) => None,
        }
    }

    /// Whether an aspect is computed for each party and folded, through these eyes.
    pub(super) fn folds_parties(&self, key: Key, aspect: AspectId) -> bool {
        self.library.aspects[aspect.index()].parties.is_some()
            && self.library.compiled.by_party[key.expr.index()]
            && !self.facts.profile.parties.is_empty()
            && self.party(key).is_none()
    }

    /// The same expression for each of some parties.
    fn for_each(&mut self, expr: ExprId, parties: &[u16], variables: &[(u32, u16)]) -> Vec<Key> {
        let sight = |party: &u16| Sight { parties: Some(vec![*party]), variables: variables.to_vec() };
        parties.iter().map(|party| self.key(expr, sight(party))).collect()
    }

    /// What an expression reads, through the same or narrower eyes.
    pub(crate) fn reads(&mut self, key: Key) -> Rc<[Key]> {
        if let Some(known) = self.reads.get(key) {
            return Rc::clone(known);
        }
        let found: Rc<[Key]> = self.find_reads(key).into();
        self.reads.set(key, Rc::clone(&found));
        found
    }

    fn find_reads(&mut self, key: Key) -> Vec<Key> {
        let library = self.library;
        let compiled = &library.compiled;
        if library.compiled.plain[key.expr.index()] {
            return compiled.reads[key.expr.index()].iter().map(|&expr| Self::whole(expr)).collect();
        }
        let sight = self.sight(key).clone();
        match library.graph.expr(key.expr) {
            Expr::Answer(question) | Expr::Importance(question) if self.leaf(key, *question).is_none() => {
                let looking = self.looking(key);
                let slots = self.facts.slots[question.index()].parties.clone().unwrap_or_default();
                let asked: Vec<u16> = slots.into_iter().filter(|party| looking.contains(party)).collect();
                if sight.parties.as_ref().is_some_and(|parties| parties.len() == 1) {
                    return Vec::new(); // this party is not asked
                }
                self.for_each(key.expr, &asked, &[])
            }
            Expr::Score(aspect) | Expr::Level(aspect)
                if self.folds_parties(key, *aspect) && self.folds_here(key, *aspect) =>
            {
                let looking = self.looking(key);
                self.for_each(key.expr, &looking, &[])
            }
            Expr::Spread(term) => {
                let looking = self.looking(key);
                self.for_each(*term, &looking, &sight.variables)
            }
            Expr::By(term, View::Role(role)) => {
                let parties = Some(self.facts.in_role(*role).to_vec());
                vec![self.key(*term, Sight { parties, ..sight })]
            }
            Expr::By(term, View::Variable(variable)) => {
                let parties = Some(self.variable(key, *variable).into_iter().collect());
                vec![self.key(*term, Sight { parties, ..sight })]
            }
            Expr::Parties { variable, role, body, .. } => {
                let parties = role.map_or_else(|| self.looking(key), |role| self.facts.in_role(role).to_vec());
                let each = |party: u16| {
                    let mut variables = sight.variables.clone();
                    variables.push((*variable, party));
                    Sight { parties: sight.parties.clone(), variables }
                };
                parties.into_iter().map(|party| self.key(*body, each(party))).collect()
            }
            _ => {
                let parts = compiled.reads[key.expr.index()].clone();
                parts.iter().map(|&part| self.key(part, sight.clone())).collect()
            }
        }
    }

    /// A numeric aspect's level follows from its folded score; only a ladder or best-match folds its level.
    fn folds_here(&self, key: Key, aspect: AspectId) -> bool {
        let gives_level = self.library.aspects[aspect.index()].combine.gives_level();
        gives_level == matches!(self.library.graph.expr(key.expr), Expr::Level(_))
    }

    /// Another expression through the same eyes.
    pub(crate) fn beside(&mut self, key: Key, expr: ExprId) -> Key {
        if key.eyes == WHOLE || !self.library.compiled.by_party[expr.index()] {
            return Self::whole(expr);
        }
        let sight = self.sight(key).clone();
        self.key(expr, sight)
    }

    /// A key for each answer that a question has.
    pub(crate) fn leaves(&mut self, question: QuestionId) -> Vec<Key> {
        let expr = self.library.exprs.answers[question.index()];
        match self.facts.slots[question.index()].parties.clone() {
            None => vec![Self::whole(expr)],
            Some(parties) => self.for_each(expr, &parties, &[]),
        }
    }
}
