//! What is asked: scales and questions.

use super::ways::Read;
use super::{Part, Writing, entry, prose, said};
use crate::condition::{Fold, QuestionId};
use crate::render::document::{Block, Entry, Line, Rank, Text};
use crate::render::words::{self, catalogue};
use crate::ruleset::{Asked, Kind, Met, OptionDef, Question, Scale};
use std::sync::Arc;

impl Writing<'_> {
    /// The questions, with the scales that they share first.
    pub(super) fn questions(&self) -> Part {
        let own = self.ruleset.own.questions.clone();
        let mut blocks = Vec::new();
        let scales = self.scales();
        if !scales.is_empty() {
            blocks.push(Block::Heading(Rank::Section, self.say(said::SCALES).into()));
            blocks.push(Block::Entries(scales));
            blocks.push(Block::Heading(Rank::Section, self.say(catalogue::QUESTIONS).into()));
        }
        let count = own.len();
        if count > 0 {
            blocks.push(Block::Entries(own.map(|at| self.asked(QuestionId::at(at))).collect()));
        }
        Part { heading: catalogue::QUESTIONS, anchor: "questions", count, blocks }
    }

    /// The scales that are used, in the order in which questions do.
    fn scales(&self) -> Vec<Entry> {
        let mut scales: Vec<&Arc<Scale>> = Vec::new();
        for question in &self.library.questions[self.ruleset.own.questions.clone()] {
            let of_kind = match &question.kind {
                Kind::Scale(scale) => Some(scale),
                _ => None,
            };
            for scale in of_kind.into_iter().chain(&question.importance) {
                if scales.iter().all(|known| known.id != scale.id) {
                    scales.push(scale);
                }
            }
        }
        let texts = self.ruleset.texts(self.words.language);
        let values = |scale: &Scale| {
            let value = |value| {
                let label = Text::plain(texts.scale(&scale.id, value));
                Text::join([Text::strong(self.language.plain(value)), label], " ")
            };
            scale.values.iter().map(|one| value(*one)).collect::<Vec<_>>()
        };
        let scales = scales.into_iter().map(|scale| {
            let lines = vec![self.fields(said::VALUES, values(scale))];
            entry(self.here("scale", &scale.id, &scale.id), Text::empty(), lines)
        });
        scales.collect()
    }

    fn asked(&self, id: QuestionId) -> Entry {
        let question = &self.library.questions[id.index()];
        let own = &question.declared.id;
        let text = |name: &str| self.text(&format!("question.{own}.{name}"));
        let mut lines: Vec<Line> = prose(text("ask")).collect();
        let optional = [(said::HELP, "help"), (said::LOW, "low"), (said::HIGH, "high")];
        lines.push(self.answers(id, question));
        lines.extend(optional.map(|(name, key)| self.field(name, text(key))));
        if let Some(scale) = &question.importance {
            let sentence = said::importance_on(crate::render::document::HOLE, self.language);
            lines.push(self.field(said::ALSO_ASKED, Text::fill(&sentence, [self.scale(&scale.id)])));
        }
        lines.push(self.asked_of(question));
        lines.push(self.if_so(said::ASKED_IF, question.asked_if));
        lines.push(self.listed(said::RESTS_ON, question.prerequisites.iter().map(|id| self.question(*id)).collect()));
        let also = [(question.fact, said::A_FACT), (question.not_applicable, said::MAY_NOT_APPLY)];
        let also = also.into_iter().filter(|(so, _)| *so).map(|(_, phrase)| Text::from(self.say(phrase)));
        lines.push(Line::Field(self.say(said::ALSO).into(), Text::join(also, "; ")));
        let same = question.same_as.iter().map(|same| self.question(same.question)).collect();
        lines.push(self.listed(said::SAME_AS, same));
        lines.push(self.listed(said::SHOWN_AT, question.informs.iter().map(|id| self.question(*id)).collect()));
        lines.push(self.listed(said::COUNTS_IN, self.parents(|aspect| aspect.questions.contains(&id))));
        lines.push(self.listed(said::READ_BY, self.readers(Read::Question(id))));
        lines.push(self.listed(said::LIFTED_BY, self.lifting(id)));
        lines.push(self.source(&question.declared.source));
        let title = self.words.question(id);
        entry(self.here("question", own, &title), Text::code(own), lines)
    }

    fn scale(&self, id: &str) -> Text {
        Text::plain(id).to(&super::ways::anchor("scale", id))
    }

    /// What can be answered, and from where on it is in order.
    fn answers(&self, id: QuestionId, question: &Question) -> Line {
        let language = self.language;
        let is_added_up = !self.parents(|aspect| aspect.questions.contains(&id)).is_empty();
        let option = |option: &OptionDef| {
            let title = Text::plain(self.text(&format!("question.{}.options.{}", question.declared.id, option.id)));
            // what an option is worth only matters where it is added up
            let worth = Text::quiet(format!(" = {}", language.plain(option.value)));
            if is_added_up { title.then(worth) } else { title }
        };
        let named = |how: words::Phrase, options: &[OptionDef]| {
            let name = format!("{} ({})", self.say(said::ANSWER), self.say(how));
            Line::Fields(name.into(), options.iter().map(|one| (0, option(one))).collect())
        };
        let answer = match &question.kind {
            Kind::Choice(options) => return named(said::ONE_OF, options),
            Kind::Multiple(options) => return named(said::ANY_OF, options),
            Kind::Scale(scale) => {
                let (Some(low), Some(high)) = (scale.values.first(), scale.values.last()) else {
                    return self.field(said::ANSWER, "");
                };
                let range = said::from_to(&language.plain(*low), &language.plain(*high), language);
                Text::plain(format!("{} ", self.say(said::SCALE)))
                    .then(self.scale(&scale.id))
                    .then(format!(", {range}"))
            }
            Kind::YesNo => self.say(said::YES_OR_NO).into(),
            Kind::Number { min, max, step, unit } => {
                let range = said::from_to(&language.plain(*min), &language.plain(*max), language);
                let range = match unit {
                    Some(unit) => format!("{range} {unit}"),
                    None => range,
                };
                said::in_steps(&range, &language.plain(*step), language).into()
            }
            Kind::Text => self.say(said::FREE_TEXT).into(),
        };
        let counted = self.parents(|aspect| aspect.combine.counts_met() && aspect.questions.contains(&id));
        let from = match question.met_from {
            Met::Number(number) if !counted.is_empty() && !matches!(question.kind, Kind::YesNo) => {
                format!("; {} {}", self.say(said::IN_ORDER_FROM), language.plain(number))
            }
            _ => String::new(),
        };
        self.field(said::ANSWER, answer.then(from))
    }

    fn asked_of(&self, question: &Question) -> Line {
        let Asked::Party { roles, combine } = &question.asked else { return self.field(said::ASKED_OF, "") };
        let roles: Vec<String> = roles.iter().map(|role| self.role(*role).to_lowercase()).collect();
        let who = match roles.as_slice() {
            [] => self.say(said::EACH_PARTY).to_owned(),
            roles => said::parties_as(&self.language.or(roles), self.language),
        };
        let way = combine.map(|fold| match fold {
            Fold::Mean => "mean",
            Fold::Sum => "sum",
            Fold::Min => "min",
            Fold::Max => "max",
        });
        self.field(said::ASKED_OF, format!("{who}; {}", said::folded(way, self.language)))
    }

    /// What is put in place that should lift an answer.
    fn lifting(&self, id: QuestionId) -> Vec<Text> {
        let own = self.ruleset.own.bouwstenen.clone();
        let lifts = |at: &usize| self.library.bouwstenen[*at].effects.iter().any(|effect| effect.question == id);
        own.filter(lifts).map(|at| self.stone(crate::condition::BouwsteenId::at(at))).collect()
    }
}
