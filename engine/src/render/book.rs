//! The book of a ruleset: everything in it in the words of a reader, each piece with its source and with ways to
//! what it hangs together with.
//!
//! What the book says is settled here, as a list of blocks; Markdown and HTML only differ in how they draw a block.

mod asked;
mod closing;
mod concluding;
mod findings;
mod spoken;
mod stones;
mod sums;
mod ways;

use super::document::{Block, Column, Drawing, Entry, Line, Rank, Table, Text, clean, paragraphs};
use super::words::{self, Language, books as said, catalogue};
use super::{Look, catalogue::holds};
use crate::assessment::Shown;
use crate::condition::{ExprId, RuleId};
use crate::evaluate::Words;
use crate::ruleset::{Library, Ruleset, SourceRef};
use std::collections::BTreeMap;
use ways::Readers;

/// The most ways on one line; more are a wall of titles that nobody reads.
const MOST_LISTED: usize = 12;

/// A ruleset as a book.
#[derive(Debug, Clone)]
pub struct Book {
    drawing: Drawing,
    title: String,
    language: String,
}

impl Book {
    /// As one page of HTML that needs nothing else: no script, no font, no net.
    #[must_use]
    pub fn html(&self) -> String {
        self.drawing.html(&self.title, &self.language)
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        self.drawing.markdown()
    }

    /// As text for a terminal.
    #[must_use]
    pub fn terminal(&self, look: &Look) -> String {
        self.drawing.terminal(look)
    }
}

/// Writes the book of one ruleset of a library, in `language` or the source language where it has not that one.
///
/// `cases` are the names of the cases that bring each rule about; see [`crate::coverage::brought_about`].
#[must_use]
pub fn book(library: &Library, ruleset: usize, cases: &BTreeMap<RuleId, Vec<String>>, language: &str) -> Book {
    let own = &library.rulesets[ruleset];
    let words = Words { library, language: own.texts(language).language() };
    let writing = Writing {
        library,
        at: ruleset,
        ruleset: own,
        words,
        language: Language::of(language),
        readers: Readers::of(library, ruleset),
        cases,
    };
    Book { title: writing.title(), drawing: Drawing { blocks: writing.blocks() }, language: language.to_owned() }
}

/// A book that is being written.
struct Writing<'a> {
    library: &'a Library,
    at: usize,
    ruleset: &'a Ruleset,
    words: Words<'a>,
    language: Language,
    readers: Readers,
    cases: &'a BTreeMap<RuleId, Vec<String>>,
}

/// A part of the book: its heading, with the place that it is, and what stands below it.
struct Part {
    heading: words::Phrase,
    anchor: &'static str,
    count: usize,
    blocks: Vec<Block>,
}

impl Writing<'_> {
    fn title(&self) -> String {
        format!("{} {}", self.text("ruleset.title"), self.ruleset.manifest.version)
    }

    fn text(&self, key: &str) -> &str {
        self.ruleset.texts(self.words.language).text(key)
    }

    fn say(&self, phrase: words::Phrase) -> &'static str {
        self.language.say(phrase)
    }

    fn blocks(&self) -> Vec<Block> {
        let mut parts = vec![self.questions(), self.aspects(), self.typings(), self.measures()];
        parts.extend([self.findings(), self.tables(), self.stones(false), self.stones(true)]);
        parts.extend([self.tailoring(), self.parameters(), self.citations()]);
        parts.retain(|part| !part.blocks.is_empty());
        let mut blocks = vec![Block::Heading(Rank::Report, self.title().into())];
        blocks.extend(self.about());
        let ways = parts.iter().map(|part| self.way_to(part)).collect();
        blocks.push(Block::Contents(Text::strong(self.say(said::CONTENTS)), ways));
        for part in parts {
            let heading = Text::plain(self.say(part.heading)).here(part.anchor);
            blocks.push(Block::Heading(Rank::Part, heading));
            blocks.extend(part.blocks);
        }
        blocks
    }

    fn way_to(&self, part: &Part) -> Text {
        Text::plain(self.say(part.heading)).to(part.anchor).then(Text::quiet(format!(" ({})", part.count)))
    }

    /// What the ruleset is, and how to read the book.
    fn about(&self) -> Vec<Block> {
        let manifest = &self.ruleset.manifest;
        let mut blocks: Vec<Block> = Vec::new();
        blocks.extend(paragraphs(self.text("ruleset.about")).into_iter().map(Block::Paragraph));
        blocks.extend(paragraphs(self.text("ruleset.note")).into_iter().map(Block::Paragraph));
        let sources = manifest.sources.iter().map(SourceRef::with_year);
        let requires = manifest.requires.iter().map(|(id, range, _)| {
            let title = self.library.ruleset(id).map_or(id.as_str(), |at| self.words.texts(at).text("ruleset.title"));
            format!("{title} {range}")
        });
        let roles = self.library.roles[self.ruleset.own.roles.clone()].iter();
        let roles = roles.map(|role| self.text(&format!("role.{}.title", role.declared.id)).to_owned());
        let join = |texts: Vec<String>| Text::plain(texts.join("; "));
        let rows = [
            (self.say(catalogue::SOURCES), join(sources.collect())),
            (self.say(catalogue::HOLDS), holds(self.ruleset, self.library, self.language).into()),
            (self.say(catalogue::READS), join(requires.collect())),
            (self.say(catalogue::ROLES), join(roles.collect())),
            (self.say(catalogue::LANGUAGES), manifest.languages.join(", ").into()),
            (self.say(catalogue::LICENCE), manifest.licence.as_str().into()),
            ("id", Text::code(&manifest.id)),
            ("sha256", Text::code(&self.ruleset.sha256)),
        ];
        let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
        blocks.push(Block::Table(Table {
            columns: vec![Column::Words; 2],
            head: [said::NAME, said::VALUE].map(|phrase| self.say(phrase).into()).to_vec(),
            rows: rows.map(|(name, value)| vec![Text::quiet(name), value]).collect(),
            headless: true,
        }));
        blocks.push(Block::Heading(Rank::Section, self.say(said::HOW_TO_READ).into()));
        blocks.extend(said::READING.map(|phrase| Block::Paragraph(self.say(phrase).into())));
        blocks
    }

    fn field(&self, name: words::Phrase, value: impl Into<Text>) -> Line {
        Line::Field(self.say(name).into(), value.into())
    }

    /// Several values under one name; one value stands beside it.
    fn fields(&self, name: words::Phrase, mut values: Vec<Text>) -> Line {
        if values.len() > 1 {
            return Line::Fields(self.say(name).into(), values.into_iter().map(|value| (0, value)).collect());
        }
        self.field(name, values.pop().unwrap_or_default())
    }

    /// Several values under one name, on one line; of very many the first.
    fn listed(&self, name: words::Phrase, mut values: Vec<Text>) -> Line {
        let more = values.len().saturating_sub(MOST_LISTED);
        if more > 0 {
            values.truncate(MOST_LISTED);
            values.push(Text::quiet(said::and_more(more, self.language)));
        }
        self.field(name, Text::join(values, " · "))
    }

    /// A condition under its name.
    fn if_so(&self, name: words::Phrase, condition: Option<ExprId>) -> Line {
        use crate::condition::Expr;
        let Some(id) = condition else { return self.field(name, "") };
        let said = self.condition(id);
        let how = match self.library.graph.expr(id) {
            _ if said.below.is_empty() => return self.field(name, said.line),
            Expr::And(_) => said::ALL_POINTS,
            Expr::Or(_) => said::ONE_IS_ENOUGH,
            _ => return Line::Fields(self.say(name).into(), said.lines(0)),
        };
        let name = format!("{} ({})", self.say(name), self.say(how));
        Line::Fields(name.into(), said.below.iter().flat_map(|one| one.lines(0)).collect())
    }

    /// Where the source says it.
    fn source(&self, source: &str) -> Line {
        self.field(words::SOURCE, Text::quiet(source))
    }

    /// A value as it is said: `2 (‘oneens’)`, `6 partners`, `‘crisis’`.
    fn shown(&self, shown: &Shown) -> String {
        let label = clean(&words::label(&shown.label, false, self.language));
        match (shown.number.map(|number| self.language.plain(number)), label.is_empty()) {
            (Some(number), true) => match &shown.unit {
                Some(unit) => format!("{number} {}", clean(unit)),
                None => number,
            },
            (Some(number), false) => format!("{number} ({})", self.language.quoted(&label)),
            (None, _) => self.language.quoted(&label),
        }
    }
}

/// An entry, without the fields that say nothing.
fn entry(title: Text, note: Text, mut lines: Vec<Line>) -> Entry {
    lines.retain(|line| match line {
        Line::Words(text) | Line::Field(_, text) => !text.words().trim().is_empty(),
        Line::Fields(_, values) => !values.is_empty(),
    });
    Entry { mark: Text::empty(), title, note, lines }
}

/// Texts of several lines, each a paragraph of its own.
fn prose(text: &str) -> impl Iterator<Item = Line> {
    paragraphs(text).into_iter().map(Line::Words)
}
