//! How answers add up: the aspects, each with its formula in words.

use super::ways::Read;
use super::{Part, Writing, entry, prose, said};
use crate::condition::{AspectId, BouwsteenId, Expr, ExprId, Fold};
use crate::number::Number;
use crate::render::document::{Block, Entry, Line, Text};
use crate::render::words::{self, catalogue};
use crate::ruleset::{Aspect, Combine, Kind, Met, Portrait, Step, Tie, Trait};

impl Writing<'_> {
    pub(super) fn aspects(&self) -> Part {
        let entries: Vec<Entry> = self.in_order().into_iter().map(|id| self.added_up(id)).collect();
        let blocks = if entries.is_empty() { Vec::new() } else { vec![Block::Entries(entries)] };
        Part { heading: words::ASPECTS, anchor: "aspects", count: self.ruleset.own.aspects.len(), blocks }
    }

    /// The aspects, each behind the first that it counts in.
    fn in_order(&self) -> Vec<AspectId> {
        let own = self.ruleset.own.aspects.clone();
        let aspects = &self.library.aspects;
        let is_root = |at: &usize| !own.clone().any(|parent| aspects[parent].children.contains(&AspectId::at(*at)));
        let mut todo: Vec<AspectId> = own.clone().filter(is_root).map(AspectId::at).rev().collect();
        let mut ordered = Vec::new();
        while let Some(next) = todo.pop() {
            if !ordered.contains(&next) {
                ordered.push(next);
                todo.extend(aspects[next.index()].children.iter().rev());
            }
        }
        ordered
    }

    /// The aspects of which something is true, with the ways to them.
    pub(super) fn parents(&self, wanted: impl Fn(&Aspect) -> bool) -> Vec<Text> {
        let own = self.ruleset.own.aspects.clone();
        own.filter(|at| wanted(&self.library.aspects[*at])).map(|at| self.aspect(AspectId::at(at))).collect()
    }

    fn added_up(&self, id: AspectId) -> Entry {
        let aspect = &self.library.aspects[id.index()];
        let own = &aspect.declared.id;
        let mut lines: Vec<Line> = prose(self.text(&format!("aspect.{own}.about"))).collect();
        lines.extend(said::by_levels(&aspect.combine).map(|phrase| Line::Words(self.say(phrase).into())));
        lines.extend(self.formula(id, aspect));
        let shows_range = !aspect.combine.gives_level() && !aspect.combine.counts_met();
        if let Some((low, high)) = aspect.within.filter(|_| shows_range) {
            let range = said::from_to(&self.language.plain(low), &self.language.plain(high), self.language);
            lines.push(self.field(said::OUTCOME_RANGE, range));
        }
        if !aspect.cut_offs.is_empty() {
            lines.push(self.fields(said::LEVELS, self.levels(id, aspect)));
        }
        lines.push(self.field(said::NOT_ANSWERED, self.say(said::missing(aspect.missing))));
        lines
            .push(self.field(said::MET_FROM, aspect.met_from.map(|met| self.met(aspect, id, met)).unwrap_or_default()));
        lines.push(self.field(said::ALSO, if aspect.clamp_to_target { self.say(said::CLAMPED) } else { "" }));
        if let Some(parties) = aspect.parties {
            let way = match parties.0 {
                Fold::Min => "min",
                Fold::Max => "max",
                Fold::Mean | Fold::Sum => "mean",
            };
            let folded = said::folded(Some(way), self.language);
            lines.push(self.field(catalogue::BY_PARTY, folded));
        }
        lines.push(self.listed(said::COUNTS_IN, self.parents(|parent| parent.children.contains(&id))));
        lines.push(self.listed(said::READ_BY, self.readers(Read::Aspect(id))));
        lines.push(self.listed(said::STRENGTHENED_BY, self.strengthening(id)));
        lines.push(self.source(&aspect.declared.source));
        entry(self.here("aspect", own, &self.words.aspect(id)), Text::code(own), lines)
    }

    /// How the aspect comes about.
    fn formula(&self, id: AspectId, aspect: &Aspect) -> Vec<Line> {
        match &aspect.combine {
            Combine::Ladder(steps) => self.ladder(id, aspect, steps),
            Combine::BestMatch { portraits, tie, .. } => self.portraits(id, aspect, portraits, *tie),
            combine => {
                let children = aspect.inputs.iter().enumerate().map(|(at, input)| self.child(aspect, at, *input));
                vec![self.fields(said::combined_of(combine), children.collect())]
            }
        }
    }

    /// A child with its weight, and from where on it counts as met.
    fn child(&self, aspect: &Aspect, at: usize, input: ExprId) -> Text {
        let mut child = self.term(input);
        let weight = aspect.weights.get(at).filter(|weight| **weight != Number::ONE);
        if let Some(weight) = weight {
            let weight = words::counts_for(&self.language.plain(*weight), self.language);
            child = child.then(Text::quiet(format!(" ({weight})")));
        }
        let met = aspect.met.get(at).copied().flatten().filter(|_| aspect.combine.counts_met());
        let from = met.and_then(|met| match (self.library.graph.expr(input), met) {
            (Expr::Answer(question), met) => {
                let question_kind = &self.library.questions[question.index()].kind;
                match (question_kind, met) {
                    (Kind::YesNo | Kind::Multiple(_) | Kind::Text, _) => None,
                    (_, Met::Number(number)) => Some(self.value(input, crate::condition::Value::Number(number))),
                    (_, Met::Option(option)) => Some(self.value(input, crate::condition::Value::Option(option))),
                }
            }
            (Expr::Score(child) | Expr::Level(child), met) => {
                Some(self.met(&self.library.aspects[child.index()], *child, met))
            }
            _ => None,
        });
        match from {
            Some(from) => child.then(Text::quiet(format!(", {} {from}", self.say(said::MET_FROM)))),
            None => child,
        }
    }

    fn met(&self, aspect: &Aspect, id: AspectId, met: Met) -> String {
        match met {
            Met::Number(number) => self.language.plain(number),
            Met::Option(at) => {
                let known = usize::from(at) < aspect.levels.len();
                if known { self.language.quoted(&self.level(id, usize::from(at))) } else { String::new() }
            }
        }
    }

    fn level(&self, id: AspectId, at: usize) -> String {
        let level = u16::try_from(at).ok().and_then(|at| self.words.level(id, at));
        level.map(|level| level.title).unwrap_or_default()
    }

    /// The levels of a number, each from where to where.
    fn levels(&self, id: AspectId, aspect: &Aspect) -> Vec<Text> {
        let bound = |number: Option<Number>| number.map(|number| self.language.plain(number));
        let mut from = None;
        let mut levels = Vec::new();
        for (at, cut) in aspect.cut_offs.iter().enumerate() {
            let below = bound(cut.below);
            let between = said::between(from.as_deref(), below.as_deref(), self.language);
            levels.push(Text::strong(self.level(id, at)).then(format!(": {between}")));
            from = below;
        }
        levels
    }

    fn ladder(&self, id: AspectId, aspect: &Aspect, steps: &[Step]) -> Vec<Line> {
        let step = |(at, step): (usize, &Step)| {
            let title = self.level(id, at);
            let value = aspect.levels.get(at).map(|level| self.language.plain(level.value)).unwrap_or_default();
            let name = format!("{value}. {title}");
            match step.demands {
                Some(demands) => self.named_condition(&name, demands),
                None => Line::Field(name.into(), self.say(said::ALWAYS).into()),
            }
        };
        steps.iter().enumerate().map(step).collect()
    }

    /// A condition under the name of a level.
    fn named_condition(&self, name: &str, condition: ExprId) -> Line {
        let said = self.condition(condition);
        if said.below.is_empty() {
            return Line::Field(name.into(), said.line);
        }
        Line::Fields(name.into(), said.lines(0))
    }

    fn portraits(&self, id: AspectId, aspect: &Aspect, portraits: &[Portrait], tie: Tie) -> Vec<Line> {
        let mut lines = Vec::new();
        for (at, portrait) in portraits.iter().enumerate() {
            let mut values = Vec::new();
            if let Some((base, least)) = portrait.builds_on {
                let sentence = said::reaching(&self.level(id, base), &self.language.plain(least), self.language);
                values.push((0, Text::quiet(format!("{} {sentence}", self.say(said::BUILDS_ON)))));
            }
            for item in &portrait.traits {
                values.extend(self.trait_of(&aspect.declared.id, item));
            }
            lines.push(Line::Fields(self.level(id, at).into(), values));
        }
        let tie = if tie == Tie::Mixed { said::TIE_MIXED } else { said::TIE_LOWEST };
        lines.push(self.field(said::TIE, self.say(tie)));
        lines
    }

    fn trait_of(&self, aspect: &str, item: &Trait) -> Vec<(usize, Text)> {
        let title = self.text(&format!("aspect.{aspect}.traits.{}", item.id));
        let mut lines = vec![(0, Text::strong(title).then(Text::quiet(format!(" ({})", item.source))))];
        lines.extend(self.condition(item.when).lines(1));
        if let Some(partial) = item.partial {
            let half = self.condition(partial);
            let line = Text::quiet(format!("{}: ", self.say(said::PARTLY_IF))).then(half.line.clone());
            lines.extend(super::spoken::Said { line, ..half }.lines(1));
        }
        lines
    }

    /// What strengthens an aspect.
    fn strengthening(&self, id: AspectId) -> Vec<Text> {
        let own = self.ruleset.own.bouwstenen.clone();
        let gives = |at: &usize| self.library.bouwstenen[*at].contributes.iter().any(|one| one.aspect == id);
        own.filter(gives).map(|at| self.stone(BouwsteenId::at(at))).collect()
    }
}
