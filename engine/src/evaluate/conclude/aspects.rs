//! What an assessment says of aspects.

use super::super::evaluation::Evaluation;
use super::super::operator::{gathered, portraits};
use super::{Conclude, fraction, number, range, settledness};
use crate::assessment::{AspectAssessment, LevelAssessment, PortraitAssessment, Range, RoleView, Titled};
use crate::condition::{AspectId, Expr, ExprId, RoleId, Value};
use crate::number::Number;
use crate::ruleset::{Combine, TraitMeasure};

impl Conclude<'_, '_> {
    /// The ruleset's aspects, parents before children, and otherwise as a reader who goes down from the first meets them.
    pub(super) fn aspect_order(&self) -> Vec<AspectId> {
        let library = self.words.library;
        let own = library.rulesets[self.ruleset].own.aspects.clone();
        let children = |id: AspectId| &library.aspects[id.index()].children;
        let parents =
            |id: AspectId| own.clone().map(AspectId::at).filter(move |parent| children(*parent).contains(&id));
        let mut met = Vec::new();
        let mut waiting: Vec<AspectId> =
            own.clone().map(AspectId::at).filter(|id| parents(*id).next().is_none()).rev().collect();
        while let Some(id) = waiting.pop() {
            if !met.contains(&id) {
                met.push(id);
                waiting.extend(children(id).iter().rev());
            }
        }
        // a shared child waits until its last parent has been
        let mut order: Vec<AspectId> = Vec::new();
        while let Some(at) = met.iter().position(|id| parents(*id).all(|parent| order.contains(&parent))) {
            order.push(met.remove(at));
        }
        order
    }

    /// An aspect with its score, level and everything beside it.
    pub(crate) fn aspect(&mut self, id: AspectId) -> AspectAssessment {
        let library = self.words.library;
        let aspect = &library.aspects[id.index()];
        let own = library.rulesets[self.ruleset].own.aspects.clone();
        let score_expr = library.exprs.scores[id.index()];
        let (score, possible) = self.possible(score_expr);
        let level = library.exprs.levels[id.index()];
        let level_exact = level.is_none_or(|level| self.possible(level).1.exact);
        let importance = library.exprs.aspect_importances[id.index()]
            .and_then(|expr| number(self.evaluation.value(Evaluation::whole(expr))));
        let because = if aspect.combine.gives_level() { level.unwrap_or(score_expr) } else { score_expr };
        AspectAssessment {
            id: aspect.declared.id.clone(),
            title: self.words.aspect(id),
            parents: library.aspects[own]
                .iter()
                .filter(|parent| parent.children.contains(&id))
                .map(|parent| parent.declared.id.clone())
                .collect(),
            combine: aspect.combine.word().to_owned(),
            score: number(score),
            fraction: fraction(number(score)),
            range: range(&possible),
            scale: aspect.within.map(|(low, high)| Range { low, high }),
            coverage: self.evaluation.coverage(id),
            level: level.map(|expr| self.level(id, expr)),
            target: number(self.evaluation.facts.targets[id.index()]),
            importance,
            by_role: self.by_role(id),
            portraits: self.portraits(id),
            exact: possible.exact && level_exact,
            deciding: self.words.deciding(self.evaluation, Evaluation::whole(because), self.ruleset),
            because: self.because(Evaluation::whole(because)),
            source: aspect.declared.source.clone(),
            place: self.place(aspect.declared.span),
        }
    }

    fn level(&mut self, id: AspectId, expr: ExprId) -> LevelAssessment {
        let (now, possible) = self.possible(expr);
        let aspect = &self.words.library.aspects[id.index()];
        let place = match now {
            Value::Option(at) => Some(at),
            _ => None,
        };
        let titled = place.and_then(|at| self.words.level(id, at));
        let options = (0..aspect.levels.len()).filter_map(|at| u16::try_from(at).ok());
        let candidates =
            options.clone().filter(|at| possible.has(Value::Option(*at))).filter_map(|at| self.words.level(id, at));
        LevelAssessment {
            id: titled.as_ref().map(|level| level.id.clone()),
            title: titled.map(|level| level.title),
            certainty: settledness(now, &possible),
            candidates: candidates.collect(),
            rank: place.map(|at| usize::from(at) + 1),
            of: aspect.levels.len(),
            levels: options.filter_map(|at| self.words.level(id, at)).collect(),
            fragile: Vec::new(),
        }
    }

    fn by_role(&mut self, id: AspectId) -> Vec<RoleView> {
        let library = self.words.library;
        let expr = library.exprs.scores[id.index()];
        if !library.compiled.by_party[expr.index()] {
            return Vec::new();
        }
        let own = library.rulesets[self.ruleset].own.roles.clone();
        let mut views = Vec::new();
        for role in
            own.map(RoleId::at).filter(|role| !self.evaluation.facts.in_role(*role).is_empty()).collect::<Vec<_>>()
        {
            let score_key = self.evaluation.by_role(expr, role);
            let score = number(self.evaluation.value(score_key));
            let importance = library.exprs.aspect_importances[id.index()].and_then(|expr| {
                let key = self.evaluation.by_role(expr, role);
                number(self.evaluation.value(key))
            });
            let declared = &library.roles[role.index()].declared;
            let title = self.words.texts(self.ruleset).text(&format!("role.{}.title", declared.id)).to_owned();
            views.push(RoleView { role: Titled { id: declared.id.clone(), title }, score, importance });
        }
        views
    }

    fn portraits(&mut self, id: AspectId) -> Vec<PortraitAssessment> {
        let library = self.words.library;
        let aspect = &library.aspects[id.index()];
        let Combine::BestMatch { measure, .. } = aspect.combine else { return Vec::new() };
        let Some(level) = library.exprs.levels[id.index()] else { return Vec::new() };
        let reads = self.evaluation.reads(Evaluation::whole(level));
        if reads.iter().any(|key| matches!(library.graph.expr(key.expr), Expr::Level(_))) {
            return Vec::new(); // folded over parties: there is no one portrait
        }
        let values: Vec<Value> = reads.iter().map(|key| self.evaluation.value(*key)).collect();
        let tallies = gathered(aspect, &values);
        let texts = self.words.texts(aspect.declared.ruleset);
        let mut all: Vec<(Option<Number>, PortraitAssessment)> = Vec::new();
        for ((at, portrait), tally) in (0_u16..).zip(portraits(aspect)).zip(&tallies) {
            let Some(level) = self.words.level(id, at) else { continue };
            let titled = |item: &crate::ruleset::Trait| Titled {
                id: item.id.clone(),
                title: texts.text(&format!("aspect.{}.traits.{}", aspect.declared.id, item.id)).to_owned(),
            };
            let mut holds = |expr: ExprId| self.evaluation.value(Evaluation::whole(expr)) == Value::Truth(true);
            let (mut traits, mut partly) = (Vec::new(), Vec::new());
            for item in &portrait.traits {
                if !holds(item.when) {
                    if !item.partial.is_some_and(&mut holds) {
                        continue;
                    }
                    partly.push(item.id.clone());
                }
                traits.push(titled(item));
            }
            let held = tally.measure(TraitMeasure::Count).unwrap_or(Number::ZERO);
            let of = usize::from(tally.of);
            all.push((tally.measure(measure), PortraitAssessment { level, held, of, traits, partly }));
        }
        all.sort_by(|(a, _), (b, _)| b.cmp(a)); // stable: of equals the first portrait first
        all.into_iter().map(|(_, portrait)| portrait).collect()
    }
}
