//! A report as blocks of text, before it is drawn.
//!
//! Whatever comes from a profile or a ruleset passes through [`Text`], which keeps control characters out:
//! nothing in a note can steer a terminal or break a table.

use super::{Look, html, markdown, terminal};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// A letter without a meaning, left out of every text: drawings may use it as a mark of their own.
pub(super) const PRIVATE: char = '\u{e000}';

/// The hole in a sentence that [`Text::fill`] puts a text in: that letter.
pub(super) const HOLE: &str = "\u{e000}";

/// How a run of words is meant; a drawing may show it, the words say it already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Tone {
    Plain,
    Strong,
    Quiet,
    /// Something to type or to look up: an id, a file.
    Code,
    Alarm,
    Warning,
    Good,
}

/// A place in a document that can be gone to, and the way there. On paper and on a screen of text it is not drawn.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Link {
    /// This is that place.
    Here(Arc<str>),
    /// This leads there.
    To(Arc<str>),
}

/// Words in one tone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Run {
    pub(super) words: String,
    pub(super) tone: Tone,
    pub(super) link: Option<Link>,
}

/// A line of running text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Text(Vec<Run>);

impl Text {
    pub(super) const fn empty() -> Self {
        Self(Vec::new())
    }

    pub(super) fn toned(tone: Tone, words: &str) -> Self {
        Self(vec![Run { words: clean(words), tone, link: None }])
    }

    pub(super) fn plain(words: impl AsRef<str>) -> Self {
        Self::toned(Tone::Plain, words.as_ref())
    }

    pub(super) fn strong(words: impl AsRef<str>) -> Self {
        Self::toned(Tone::Strong, words.as_ref())
    }

    pub(super) fn quiet(words: impl AsRef<str>) -> Self {
        Self::toned(Tone::Quiet, words.as_ref())
    }

    pub(super) fn code(words: impl AsRef<str>) -> Self {
        Self::toned(Tone::Code, words.as_ref())
    }

    /// `count` spaces.
    pub(super) fn spaces(count: usize) -> Self {
        if count == 0 {
            return Self::empty();
        }
        Self(vec![Run { words: " ".repeat(count), tone: Tone::Plain, link: None }])
    }

    /// These words as a place that can be gone to.
    pub(super) fn here(mut self, anchor: &str) -> Self {
        if let Some(run) = self.0.first_mut() {
            run.link = Some(Link::Here(anchor.into()));
        }
        self
    }

    /// These words as a way to a place.
    pub(super) fn to(mut self, anchor: &str) -> Self {
        self.0.iter_mut().for_each(|run| run.link = Some(Link::To(anchor.into())));
        self
    }

    /// The place that these words are.
    pub(super) fn anchor(&self) -> Option<&str> {
        self.0.iter().find_map(|run| match &run.link {
            Some(Link::Here(anchor)) => Some(&**anchor),
            _ => None,
        })
    }

    /// A sentence with texts in its holes (each a [`HOLE`]), in their order.
    pub(super) fn fill(sentence: &str, texts: impl IntoIterator<Item = Self>) -> Self {
        let mut texts = texts.into_iter();
        let mut pieces = sentence.split(PRIVATE).map(Self::plain);
        let first = pieces.next().unwrap_or_default();
        pieces.fold(first, |text, piece| text.then(texts.next().unwrap_or_default()).then(piece))
    }

    /// This text with `more` behind it.
    pub(super) fn then(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// `parts` with `between` between them, the empty ones left out.
    pub(super) fn join(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .fold(Self::empty(), |text, part| if text.is_empty() { part } else { text.then(between).then(part) })
    }

    pub(super) fn runs(&self) -> &[Run] {
        &self.0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|run| run.words.is_empty())
    }

    /// The words without their tones.
    pub(super) fn words(&self) -> Cow<'_, str> {
        match &*self.0 {
            [run] => Cow::Borrowed(&run.words),
            runs => Cow::Owned(runs.iter().map(|run| run.words.as_str()).collect()),
        }
    }

    /// Columns that the words take.
    pub(super) fn width(&self) -> usize {
        self.0.iter().map(|run| columns(&run.words)).sum()
    }

    /// The bytes `range` of the words, with the runs that they are of.
    pub(super) fn pieces(&self, range: Range<usize>) -> impl Iterator<Item = (&str, &Run)> {
        let mut end = 0;
        self.0.iter().filter_map(move |run| {
            let at = end;
            end += run.words.len();
            let (from, to) = (range.start.max(at), range.end.min(end));
            let words = (from < to).then(|| run.words.get(from - at..to - at)).flatten()?;
            Some((words, run))
        })
    }

    /// The same as a text.
    pub(super) fn part(&self, range: Range<usize>) -> Self {
        let pieces = self.pieces(range);
        let part = pieces.map(|(words, run)| Run { words: words.to_owned(), tone: run.tone, link: run.link.clone() });
        Self(part.collect())
    }
}

/// Columns that words take.
pub(super) fn columns(words: &str) -> usize {
    if words.is_ascii() { words.len() } else { textwrap::core::display_width(words) }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::plain(words)
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::plain(words)
    }
}

/// `words` on one line: breaks become a space, what could steer a terminal or turn the reading order around is
/// left out, and a CI that reads what is printed finds no command in it.
pub(super) fn clean(words: &str) -> String {
    // most words are plain letters, in which there is nothing to look for
    if words.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !words.chars().any(steers) {
        return unheard(words.to_owned());
    }
    let mut cleaned = String::with_capacity(words.len());
    let mut broken = false;
    for letter in words.chars() {
        match letter {
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => broken = true,
            ' ' if broken => {}
            letter if steers(letter) => {}
            letter => {
                if std::mem::take(&mut broken) && !cleaned.ends_with(' ') {
                    cleaned.push(' ');
                }
                cleaned.push(letter);
            }
        }
    }
    unheard(cleaned)
}

/// Whether a letter is more than a letter: it breaks a line, or has no place in a text.
fn steers(letter: char) -> bool {
    let beyond =
        matches!(letter, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter.is_control() || beyond || matches!(letter, '\u{feff}' | PRIVATE)
}

/// A line that begins with `::`, or has `##[` in it, is a command for GitHub Actions; a long text may be broken
/// anywhere, so a space comes between wherever they stand.
fn unheard(words: String) -> String {
    let has = |letter: char, command: &str| words.contains(letter) && words.contains(command);
    if !has(':', "::") && !has('#', "##[") {
        return words;
    }
    // of `:::` the first two leave `: ::`
    words.replace("::", ": :").replace("::", ": :").replace("##[", "## [")
}

/// The paragraphs of a longer text: an empty line parts them.
pub(super) fn paragraphs(text: &str) -> Vec<Text> {
    let text = text.replace("\r\n", "\n");
    text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(Text::plain).collect()
}

/// What a heading stands over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// The whole report.
    Report,
    /// The first screen of a ruleset.
    Screen,
    /// A block on the first screen.
    Topic,
    /// All the rest of a ruleset, or of the report.
    Part,
    /// A section of that.
    Section,
    /// A group within a section.
    Group,
}

impl Rank {
    /// How deep the heading is, from 1.
    pub(super) const fn level(self) -> usize {
        match self {
            Self::Report => 1,
            Self::Screen | Self::Part => 2,
            Self::Topic | Self::Section => 3,
            Self::Group => 4,
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Words, that may wrap when there is no room.
    Words,
    /// Words in a column of this width.
    Label(usize),
    /// Short words or a bar, that never wrap.
    Short,
    /// Numbers, to the right.
    Number,
}

/// Rows and columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) head: Vec<Text>,
    pub(super) rows: Vec<Vec<Text>>,
    /// Whether the head may be left out: the rows speak for themselves.
    pub(super) headless: bool,
}

/// What stands below the title of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// A paragraph.
    Words(Text),
    /// A name with a value.
    Field(Text, Text),
    /// A name with several values, each with how deep it stands.
    Fields(Text, Vec<(usize, Text)>),
}

/// A finding, a typing, a recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Entry {
    /// A short mark before the title; never the only one to say something.
    pub(super) mark: Text,
    pub(super) title: Text,
    /// A few words at the end of the line.
    pub(super) note: Text,
    pub(super) lines: Vec<Line>,
}

/// A step of a reasoning, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Branch {
    /// What it is about, for where it is referred to.
    pub(super) name: String,
    /// What it says.
    pub(super) line: Text,
    /// What stands in a column beside that: what is asked of it, its weight.
    pub(super) beside: Text,
    /// What stands below it: a sum, where the answer stands, the source.
    pub(super) notes: Vec<Text>,
    /// What it rests on.
    pub(super) parts: Vec<Self>,
}

/// A block of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Heading(Rank, Text),
    Paragraph(Text),
    /// Short paragraphs that belong together.
    Lead(Vec<Text>),
    Table(Table),
    /// Entries on the first screen: a line each where that is enough, cut off where there is no room.
    Brief(Vec<Entry>),
    /// Entries in full.
    Entries(Vec<Entry>),
    List(Vec<Text>),
    /// A reasoning, from what is concluded down to the answers.
    Tree(Vec<Branch>),
    /// Names with their values.
    Fields(Vec<(Text, Text)>),
    /// What there is to go to, under a title.
    Contents(Text, Vec<Text>),
}

/// Something to read, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    pub(super) blocks: Vec<Block>,
}

impl Drawing {
    /// For a terminal or a plain text file.
    #[must_use]
    pub fn terminal(&self, look: &Look) -> String {
        terminal::drawn(&self.blocks, look)
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::drawn(&self.blocks)
    }

    /// As one page of HTML that needs nothing else. `title` is what a window is called, `language` a code such as `nl`.
    #[must_use]
    pub fn html(&self, title: &str, language: &str) -> String {
        html::drawn(&self.blocks, title, language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_command_for_ci() {
        let said = |words: &str| Text::plain(words).words().into_owned();
        assert_eq!(said("a::error::b ##[group]c"), "a: :error: :b ## [group]c");
        assert_eq!(said("é ::: ::::"), "é : : : : : : :");
        assert_eq!(said("één: twee; # [3]"), "één: twee; # [3]");
    }

    #[test]
    fn nothing_in_a_text_can_steer_a_terminal() {
        assert_eq!(
            Text::plain("rood \u{1b}[31mwordt\u{202e} het\r\n   niet\tmeer\u{7}").words(),
            "rood [31mwordt het niet meer"
        );
    }

    #[test]
    fn a_sentence_is_filled_in_order_and_keeps_the_ways() {
        let text =
            Text::fill(&format!("{HOLE} is lager dan {HOLE}."), [Text::plain("de score").to("aspect-x"), "2".into()]);
        assert_eq!(text.words(), "de score is lager dan 2.");
        assert_eq!(text.runs()[1].link, Some(Link::To("aspect-x".into())));
        assert_eq!(Text::fill(&format!("niets {HOLE}"), []).words(), "niets ");
    }

    #[test]
    fn a_part_keeps_its_tones() {
        let text = Text::plain("één ").then(Text::strong("twee")).then(" drie");
        assert_eq!(text.part(2..9), Text::plain("én ").then(Text::strong("twe")).part(0..7));
        assert_eq!(text.part(0..99), text);
    }
}
