//! Where conditions and terms stand in a ruleset: one list of all such places, for whoever goes through them.

use super::Combine;
use super::elements::Declared;
use super::load::Library;
use crate::condition::{AspectId, BouwsteenId, ExprId, MeasureId, OutcomeId, QuestionId, RuleId, TableId};
use crate::problem::Span;
use std::collections::HashMap;

/// A place in a ruleset where a condition or a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// When a question is asked.
    AskedIf(QuestionId),
    /// What a step of a ladder demands.
    Demands(AspectId, usize),
    /// A trait of a portrait: the portrait, and the place of the trait in it.
    Trait(AspectId, usize, usize),
    /// When a trait holds partly.
    Partial(AspectId, usize, usize),
    /// When a bouwsteen suits a chain.
    Fit(BouwsteenId, usize),
    /// When a risk is there.
    Risk(BouwsteenId, usize),
    /// When a step is done.
    Done(BouwsteenId),
    /// When a rule speaks.
    When(RuleId),
    /// What a rule needs of the answers.
    Needs(RuleId),
    /// The condition or score of an option of a typing.
    Option(OutcomeId, usize),
    /// How a measure is computed.
    Value(MeasureId),
    /// When a cell of a table speaks.
    Cell(TableId, usize),
}

/// Where each expression of a slot is written.
///
/// Equal expressions are one in the graph, so it is not enough to know where an expression stands: it may
/// stand in many rules.
#[derive(Debug, Clone, Default)]
pub(super) struct Spots {
    exprs: HashMap<(Slot, ExprId), Span>,
    /// Where the values are given for the texts of what stands in a slot, by name.
    fills: HashMap<(Slot, String), Span>,
}

impl Spots {
    /// Remembers where the expressions below the one in a slot were last seen.
    pub(super) fn keep(&mut self, slot: Slot, below: &[ExprId], seen: &HashMap<ExprId, Span>) {
        for expr in below {
            if let Some(span) = seen.get(expr) {
                self.exprs.insert((slot, *expr), *span);
            }
        }
    }

    /// Remembers where values are given for the texts of what stands in a slot.
    pub(super) fn keep_fills(&mut self, slot: Slot, fills: Vec<(String, Span)>) {
        self.fills.extend(fills.into_iter().map(|(name, span)| ((slot, name), span)));
    }
}

impl Library {
    /// Every slot of a ruleset in which something stands, in reading order.
    #[must_use]
    pub fn slots(&self, ruleset: usize) -> Vec<Slot> {
        let own = &self.rulesets[ruleset].own;
        let mut all: Vec<Slot> = own.questions.clone().map(|at| Slot::AskedIf(QuestionId::at(at))).collect();
        for at in own.aspects.clone() {
            let id = AspectId::at(at);
            match &self.aspects[at].combine {
                Combine::Ladder(steps) => all.extend((0..steps.len()).map(|step| Slot::Demands(id, step))),
                Combine::BestMatch { portraits, .. } => {
                    for (portrait, one) in portraits.iter().enumerate() {
                        let slots = |at| [Slot::Trait(id, portrait, at), Slot::Partial(id, portrait, at)];
                        all.extend((0..one.traits.len()).flat_map(slots));
                    }
                }
                _ => {}
            }
        }
        for at in own.bouwstenen.clone() {
            let (id, stone) = (BouwsteenId::at(at), &self.bouwstenen[at]);
            all.extend((0..stone.fits.len()).map(|fit| Slot::Fit(id, fit)));
            all.extend((0..stone.risks.len()).map(|risk| Slot::Risk(id, risk)));
            all.push(Slot::Done(id));
        }
        for at in own.outcomes.clone() {
            all.extend((0..self.outcomes[at].options.len()).map(|option| Slot::Option(OutcomeId::at(at), option)));
        }
        all.extend(own.measures.clone().map(|at| Slot::Value(MeasureId::at(at))));
        for at in own.tables.clone() {
            all.extend((0..self.tables[at].cells.len()).map(|cell| Slot::Cell(TableId::at(at), cell)));
        }
        all.extend(own.rules.clone().flat_map(|at| [Slot::When(RuleId::at(at)), Slot::Needs(RuleId::at(at))]));
        all.retain(|slot| self.expr_in(*slot).is_some());
        all
    }

    /// What stands in a slot.
    #[must_use]
    pub fn expr_in(&self, slot: Slot) -> Option<ExprId> {
        match slot {
            Slot::AskedIf(question) => self.questions[question.index()].asked_if,
            Slot::Demands(aspect, step) => match &self.aspects[aspect.index()].combine {
                Combine::Ladder(steps) => steps[step].demands,
                _ => None,
            },
            Slot::Trait(aspect, portrait, at) | Slot::Partial(aspect, portrait, at) => {
                match &self.aspects[aspect.index()].combine {
                    Combine::BestMatch { portraits, .. } => {
                        let item = &portraits[portrait].traits[at];
                        if matches!(slot, Slot::Trait(..)) { Some(item.when) } else { item.partial }
                    }
                    _ => None,
                }
            }
            Slot::Fit(bouwsteen, at) => Some(self.bouwstenen[bouwsteen.index()].fits[at].when),
            Slot::Risk(bouwsteen, at) => self.bouwstenen[bouwsteen.index()].risks[at].when,
            Slot::Done(step) => self.bouwstenen[step.index()].done_when,
            Slot::When(rule) => Some(self.rules[rule.index()].when),
            Slot::Needs(rule) => self.rules[rule.index()].needs,
            Slot::Option(outcome, at) => Some(self.outcomes[outcome.index()].options[at].expr),
            Slot::Value(measure) => Some(self.measures[measure.index()].value),
            Slot::Cell(table, cell) => Some(self.tables[table.index()].cells[cell].when),
        }
    }

    /// Puts an expression in a slot. What was worked out of the library must be worked out again after it.
    pub(crate) fn put(&mut self, slot: Slot, expr: ExprId) {
        match slot {
            Slot::AskedIf(question) => self.questions[question.index()].asked_if = Some(expr),
            Slot::Demands(aspect, step) => {
                if let Combine::Ladder(steps) = &mut self.aspects[aspect.index()].combine {
                    steps[step].demands = Some(expr);
                }
            }
            Slot::Trait(aspect, portrait, at) | Slot::Partial(aspect, portrait, at) => {
                if let Combine::BestMatch { portraits, .. } = &mut self.aspects[aspect.index()].combine {
                    let target = &mut portraits[portrait].traits[at];
                    if matches!(slot, Slot::Trait(..)) { target.when = expr } else { target.partial = Some(expr) }
                }
            }
            Slot::Fit(bouwsteen, at) => self.bouwstenen[bouwsteen.index()].fits[at].when = expr,
            Slot::Risk(bouwsteen, at) => self.bouwstenen[bouwsteen.index()].risks[at].when = Some(expr),
            Slot::Done(step) => self.bouwstenen[step.index()].done_when = Some(expr),
            Slot::When(rule) => self.rules[rule.index()].when = expr,
            Slot::Needs(rule) => self.rules[rule.index()].needs = Some(expr),
            Slot::Option(outcome, at) => self.outcomes[outcome.index()].options[at].expr = expr,
            Slot::Value(measure) => self.measures[measure.index()].value = expr,
            Slot::Cell(table, cell) => self.tables[table.index()].cells[cell].when = expr,
        }
    }

    /// What a slot belongs to: the word for its kind, and what is declared of it.
    pub(super) fn element(&self, slot: Slot) -> (&'static str, &Declared) {
        match slot {
            Slot::AskedIf(id) => ("question", &self.questions[id.index()].declared),
            Slot::Demands(id, _) | Slot::Trait(id, ..) | Slot::Partial(id, ..) => {
                ("aspect", &self.aspects[id.index()].declared)
            }
            Slot::Fit(id, _) | Slot::Risk(id, _) | Slot::Done(id) => {
                ("bouwsteen", &self.bouwstenen[id.index()].declared)
            }
            Slot::When(id) | Slot::Needs(id) => ("rule", &self.rules[id.index()].declared),
            Slot::Option(id, _) => ("typing", &self.outcomes[id.index()].declared),
            Slot::Value(id) => ("measure", &self.measures[id.index()].declared),
            Slot::Cell(id, _) => ("table", &self.tables[id.index()].declared),
        }
    }

    /// What a slot belongs to, in words with its id.
    #[must_use]
    pub fn owner(&self, slot: Slot) -> String {
        let (kind, declared) = self.element(slot);
        format!("the {kind} `{}`", declared.id)
    }

    /// What a slot belongs to, as an allowance names it: `rule/id`.
    #[must_use]
    pub(crate) fn at(&self, slot: Slot) -> String {
        let (kind, declared) = self.element(slot);
        format!("{kind}/{}", declared.id)
    }

    /// Where what a slot belongs to is declared.
    #[must_use]
    pub fn declared_at(&self, slot: Slot) -> Span {
        self.element(slot).1.span
    }

    /// Where an expression of a slot is written; otherwise where what the slot belongs to is declared.
    #[must_use]
    pub fn written_at(&self, slot: Slot, expr: ExprId) -> Span {
        self.written.exprs.get(&(slot, expr)).copied().unwrap_or_else(|| self.declared_at(slot))
    }

    /// Where a value is given for the texts of what stands in a slot.
    pub(crate) fn filled_at(&self, slot: Slot, name: &str) -> Span {
        self.written.fills.get(&(slot, name.to_owned())).copied().unwrap_or_else(|| self.declared_at(slot))
    }
}
