//! The end of the book: what is made to measure, the values that can be set, and what rests on which place of the sources.

use super::{Part, Writing, said};
use crate::condition::{AspectId, BouwsteenId, MeasureId, OutcomeId, QuestionId, RuleId, TableId};
use crate::evaluate::tailoring;
use crate::render::document::{Block, Column, Table, Text};
use crate::render::report::tailoring::told;
use crate::render::words::{self, catalogue};
use crate::source::Value;
use std::collections::BTreeMap;

impl Writing<'_> {
    /// What it makes otherwise in what it extends, each with its reason.
    pub(super) fn tailoring(&self) -> Part {
        let all = tailoring(self.words, self.at);
        let blocks = all.iter().flat_map(|one| told(one, self.language)).collect();
        let count = all.iter().map(|one| one.changes.len()).sum();
        Part { heading: words::MADE_TO_MEASURE, anchor: "tailoring", count, blocks }
    }

    pub(super) fn parameters(&self) -> Part {
        let parameters = &self.ruleset.manifest.parameters;
        let rows: Vec<Vec<Text>> = parameters
            .iter()
            .map(|parameter| {
                let value = match &parameter.value {
                    Value::Number(Some(number)) => self.language.exact(*number),
                    Value::Text { text, .. } => self.language.quoted(text),
                    _ => String::new(),
                };
                vec![Text::code(&parameter.id), value.into(), parameter.reason.as_str().into()]
            })
            .collect();
        let head = [said::NAME, said::VALUE, said::REASON].map(|phrase| self.say(phrase).into()).to_vec();
        let table = Table { columns: vec![Column::Words; 3], head, rows, headless: false };
        let blocks = if parameters.is_empty() { Vec::new() } else { vec![Block::Table(table)] };
        Part { heading: catalogue::PARAMETERS, anchor: "parameters", count: parameters.len(), blocks }
    }

    /// What rests on each place of the sources.
    pub(super) fn citations(&self) -> Part {
        let mut cited: BTreeMap<(Vec<Piece>, &str), Vec<Text>> = BTreeMap::new();
        for (source, element) in self.elements() {
            cited.entry((natural(source), source)).or_default().push(element);
        }
        let count = cited.len();
        let rows = cited.into_iter().map(|((_, source), elements)| vec![source.into(), Text::join(elements, " · ")]);
        let head = [said::PLACE_IN_SOURCE, said::RESTS_ON_IT].map(|phrase| self.say(phrase).into()).to_vec();
        let table = Table { columns: vec![Column::Words; 2], head, rows: rows.collect(), headless: false };
        let blocks = if count == 0 { Vec::new() } else { vec![Block::Table(table)] };
        Part { heading: said::BY_SOURCE, anchor: "sources", count, blocks }
    }

    /// Everything that cites a source, with the way to it.
    fn elements(&self) -> Vec<(&str, Text)> {
        let (library, own) = (self.library, &self.ruleset.own);
        let mut all: Vec<(&str, Text)> = Vec::new();
        let mut cite = |source, text| all.push((source, text));
        for at in own.questions.clone() {
            cite(library.questions[at].declared.source.as_str(), self.question(QuestionId::at(at)));
        }
        for at in own.aspects.clone() {
            cite(library.aspects[at].declared.source.as_str(), self.aspect(AspectId::at(at)));
        }
        for at in own.outcomes.clone() {
            cite(library.outcomes[at].declared.source.as_str(), self.outcome(OutcomeId::at(at)));
        }
        for at in own.measures.clone() {
            cite(library.measures[at].declared.source.as_str(), self.measure(MeasureId::at(at)));
        }
        for at in own.rules.clone() {
            cite(library.rules[at].declared.source.as_str(), self.rule(RuleId::at(at)));
        }
        for at in own.tables.clone() {
            cite(library.tables[at].declared.source.as_str(), self.table(TableId::at(at)));
        }
        for at in own.bouwstenen.clone() {
            cite(library.bouwstenen[at].declared.source.as_str(), self.stone(BouwsteenId::at(at)));
        }
        all
    }
}

/// A piece of a text by which places are put in order: §2.2 stands before §2.10.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Number(u64),
    Words(String),
}

fn natural(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|letter: char| letter.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (piece, more) = rest.split_at(end);
        pieces.push(match piece.parse() {
            Ok(number) if digits => Piece::Number(number),
            _ => Piece::Words(piece.to_lowercase()),
        });
        rest = more;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn places_stand_in_the_order_of_the_book_that_they_are_in() {
        let mut places = ["Bron, §2.10", "Bron, §2.2, punt 1", "Bron, §2.2", "Andere, p. 9"];
        places.sort_by_key(|place| natural(place));
        assert_eq!(places, ["Andere, p. 9", "Bron, §2.2", "Bron, §2.2, punt 1", "Bron, §2.10"]);
    }
}
