//! What can be put in place, and what can be done.

use super::ways::Read;
use super::{Part, Writing, entry, prose, said};
use crate::condition::{BouwsteenId, RuleId, Value};
use crate::render::document::{Block, Entry, HOLE, Line, Text};
use crate::render::words::{self, catalogue};
use crate::ruleset::{Bouwsteen, Effect, Met};

impl Writing<'_> {
    /// The bouwstenen, or the steps.
    pub(super) fn stones(&self, steps: bool) -> Part {
        let own = self.ruleset.own.bouwstenen.clone();
        let stones = own.filter(|at| self.library.bouwstenen[*at].step == steps);
        let entries: Vec<Entry> = stones.map(|at| self.in_full(BouwsteenId::at(at))).collect();
        let (heading, anchor) = if steps { (catalogue::STEPS, "steps") } else { (catalogue::BOUWSTENEN, "bouwstenen") };
        let count = entries.len();
        let blocks = if count == 0 { Vec::new() } else { vec![Block::Entries(entries)] };
        Part { heading, anchor, count, blocks }
    }

    fn in_full(&self, id: BouwsteenId) -> Entry {
        let stone = &self.library.bouwstenen[id.index()];
        let mut lines: Vec<Line> = prose(&self.words.stone(id, "about")).collect();
        lines.push(self.field(words::BEGIN_WITH, self.words.stone(id, "first-steps")));
        lines.push(Line::Fields(self.say(said::CONTRIBUTES).into(), self.contributions(id, stone)));
        lines.push(Line::Fields(self.say(said::FITS_IF).into(), self.fits(id, stone)));
        let first = stone.prerequisites.iter().map(|id| self.stone(*id)).collect();
        lines.push(self.listed(words::FIRST_IN_PLACE, first));
        lines.push(Line::Fields(self.say(said::RISKS).into(), self.risks(id, stone)));
        lines.push(Line::Fields(self.say(said::LIFTS).into(), self.effects(stone)));
        lines.push(self.if_so(said::DONE_IF, stone.done_when));
        lines.extend(self.effort(stone));
        lines.push(self.listed(said::SAME_BOUWSTEEN, stone.same_as.iter().map(|id| self.stone(*id)).collect()));
        lines.push(self.listed(said::ASKED_FOR_BY, self.asking(id)));
        lines.push(self.listed(said::READ_BY, self.readers(Read::Stone(id))));
        lines.push(self.source(&stone.declared.source));
        let own = &stone.declared.id;
        entry(self.here("bouwsteen", own, &self.words.stone(id, "title")), Text::code(own), lines)
    }

    fn contributions(&self, id: BouwsteenId, stone: &Bouwsteen) -> Vec<(usize, Text)> {
        let mut lines = Vec::new();
        for one in &stone.contributes {
            let weight = self.say(if one.dominant { words::DOMINANT } else { words::SECONDARY });
            lines.push((0, self.aspect(one.aspect).then(Text::quiet(format!(" ({weight})")))));
            let aspect = &self.library.aspects[one.aspect.index()].declared.id;
            let why = self.words.stone(id, &format!("contributes.{aspect}"));
            lines.push((1, Text::plain(why).then(Text::quiet(format!(" ({})", one.source)))));
        }
        lines
    }

    fn fits(&self, id: BouwsteenId, stone: &Bouwsteen) -> Vec<(usize, Text)> {
        let mut lines = Vec::new();
        for fit in &stone.fits {
            let text = self.words.stone(id, &format!("fits.{}", fit.id));
            lines.push((0, Text::plain(text).then(Text::quiet(format!(" ({})", fit.source)))));
            lines.extend(self.condition(fit.when).lines(1));
        }
        lines
    }

    fn risks(&self, id: BouwsteenId, stone: &Bouwsteen) -> Vec<(usize, Text)> {
        let mut lines = Vec::new();
        for risk in &stone.risks {
            let text = self.words.stone(id, &format!("risks.{}", risk.id));
            lines.push((0, Text::plain(text).then(Text::quiet(format!(" ({})", risk.source)))));
            if let Some(when) = risk.when {
                let when = self.condition(when);
                let line = Text::quiet(format!("{}: ", self.say(said::ONLY_IF))).then(when.line.clone());
                lines.extend(super::spoken::Said { line, ..when }.lines(1));
            }
        }
        lines
    }

    fn effects(&self, stone: &Bouwsteen) -> Vec<(usize, Text)> {
        let mut lines = Vec::new();
        for effect in &stone.effects {
            lines.push((0, self.effect(stone, effect)));
            lines.push((1, Text::quiet(&effect.reason)));
        }
        lines
    }

    fn effect(&self, stone: &Bouwsteen, effect: &Effect) -> Text {
        let value = match effect.at_least {
            Met::Number(number) => Value::Number(number),
            Met::Option(at) => Value::Option(at),
        };
        let least = self.words.answer(effect.question, value).map(|shown| self.shown(&shown)).unwrap_or_default();
        let from = (!stone.step).then(|| self.words.status(effect.from));
        Text::fill(&said::lifted(HOLE, &least, from, self.language), [self.question(effect.question)])
    }

    fn effort(&self, stone: &Bouwsteen) -> Vec<Line> {
        let Some(effort) = &stone.effort else { return Vec::new() };
        let weeks = effort.steps.iter().map(|step| self.language.plain(*step));
        let told = if stone.step {
            said::effort_once(&weeks.collect::<Vec<_>>().join(", "), self.language)
        } else {
            let steps = (1..).zip(weeks).map(|(at, weeks)| (self.words.status(at).to_owned(), weeks));
            said::effort(&steps.collect::<Vec<_>>(), self.language)
        };
        vec![Line::Fields(self.say(said::EFFORT).into(), vec![(0, told.into()), (0, Text::quiet(&effort.reason))])]
    }

    /// The rules that recommend it.
    fn asking(&self, id: BouwsteenId) -> Vec<Text> {
        let own = self.ruleset.own.rules.clone();
        own.filter(|at| self.library.rules[*at].recommend.contains(&id)).map(|at| self.rule(RuleId::at(at))).collect()
    }
}
