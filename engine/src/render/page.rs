//! A page of a fixed width: words go in, lines come out that never run over.

use super::document::{Run, Text, Tone, columns};
use super::{Look, NARROWEST, WIDEST};
use anstyle::{AnsiColor, Style};
use std::ops::Range;
use textwrap::core::{Word, break_words};
use textwrap::word_splitters::split_words;
use textwrap::wrap_algorithms::wrap_first_fit;
use textwrap::{WordSeparator, WordSplitter};

/// Lines written so far.
pub(super) struct Page {
    out: String,
    width: usize,
    colour: bool,
}

impl Page {
    pub(super) fn new(look: &Look) -> Self {
        Self { out: String::new(), width: look.width.clamp(NARROWEST, WIDEST), colour: look.colour }
    }

    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Everything written.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// An empty line; at the top of the page and after another one there is none.
    pub(super) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Lines that were drawn already.
    pub(super) fn add(&mut self, lines: &str) {
        self.out.push_str(lines);
    }

    /// A line as it is, without the white space at its end.
    pub(super) fn line(&mut self, text: &Text) {
        self.together(text.pieces(0..usize::MAX).collect());
    }

    /// Words of several runs as one line.
    fn together(&mut self, mut pieces: Vec<(&str, &Run)>) {
        while let Some((words, _)) = pieces.last_mut() {
            *words = words.trim_end();
            if !words.is_empty() {
                break;
            }
            pieces.pop();
        }
        for (words, run) in pieces {
            match style(run.tone).filter(|_| self.colour) {
                Some(style) => self.out.push_str(&format!("{style}{words}{style:#}")),
                None => self.out.push_str(words),
            }
        }
        self.out.push('\n');
    }

    /// Words wrapped to the width, behind `first` on the first line and behind `next` on the others.
    pub(super) fn wrapped(&mut self, first: &Text, next: &Text, text: &Text) {
        self.noted(first, next, text, &Text::empty());
    }

    /// The same, with a few words at the end of the first line.
    pub(super) fn noted(&mut self, first: &Text, next: &Text, text: &Text, note: &Text) {
        let note_width = if note.is_empty() { 0 } else { note.width() + 2 };
        let taken = (first.width(), next.width());
        let lines = lines(text, self.width.saturating_sub(note_width), taken, &WordSplitter::NoHyphenation);
        for (at, line) in lines.into_iter().enumerate() {
            let begin = if at == 0 { first } else { next };
            let mut pieces: Vec<(&str, &Run)> = begin.pieces(0..usize::MAX).chain(text.pieces(line)).collect();
            let width: usize = pieces.iter().map(|(words, _)| columns(words)).sum();
            let gap = spaces(self.width.saturating_sub(width + note.width()));
            if at == 0 && note_width > 0 {
                pieces.extend(gap.pieces(0..usize::MAX).chain(note.pieces(0..usize::MAX)));
            }
            self.together(pieces);
        }
    }

    /// Words on one line, cut off with `…` where there is no room. An id or a command is never cut off: then
    /// the words wrap.
    pub(super) fn cut(&mut self, first: &Text, text: &Text) {
        let room = self.width.saturating_sub(first.width());
        let shown = cut(text, room);
        let mut to_copy = text.runs().iter().filter(|run| run.tone == Tone::Code);
        if to_copy.all(|run| shown.words().contains(&run.words)) {
            self.line(&first.clone().then(shown));
        } else {
            self.wrapped(first, first, text);
        }
    }
}

/// `count` spaces.
pub(super) fn spaces(count: usize) -> Text {
    Text::spaces(count)
}

/// `text` filled up with spaces to `width`, on its left or on its right.
pub(super) fn filled(text: Text, width: usize, to_the_right: bool) -> Text {
    let room = spaces(width.saturating_sub(text.width()));
    if to_the_right { room.then(text) } else { text.then(room) }
}

/// `text` in lines of at most `width` columns, at least one. Words stay whole where they fit on a line: an id
/// should be there to copy.
pub(super) fn wrap(text: &Text, width: usize) -> Vec<Text> {
    split(text, width, &WordSplitter::NoHyphenation)
}

/// The same in a narrow column, where a word that has a hyphen may go on behind it; an id stays whole.
pub(super) fn wrap_narrow(text: &Text, width: usize) -> Vec<Text> {
    let splitter = if holds_id(text) { WordSplitter::NoHyphenation } else { WordSplitter::Custom(behind_hyphens) };
    split(text, width, &splitter)
}

/// The widest part of `text` that [`wrap_narrow`] keeps whole where it can, in columns.
pub(super) fn widest_part(text: &Text) -> usize {
    let words = text.words();
    let parts = words.split(' ').flat_map(|word| {
        let breaks = if holds_id(text) { Vec::new() } else { behind_hyphens(word) };
        let starts = [0].into_iter().chain(breaks.clone());
        let ends = breaks.into_iter().chain([word.len()]);
        starts.zip(ends).map(|(start, end)| &word[start..end])
    });
    parts.map(columns).max().unwrap_or(0)
}

fn holds_id(text: &Text) -> bool {
    text.runs().iter().any(|run| run.tone == Tone::Code)
}

/// Where a word may be broken: behind a hyphen between letters, not in a date or a number.
fn behind_hyphens(word: &str) -> Vec<usize> {
    let between = |at: usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        letter(word[..at].chars().next_back()) && letter(word[at + 1..].chars().next())
    };
    word.match_indices('-').map(|(at, _)| at).filter(|at| between(*at)).map(|at| at + 1).collect()
}

/// `text` in lines of `width` columns.
fn split(text: &Text, width: usize, splitter: &WordSplitter) -> Vec<Text> {
    lines(text, width, (0, 0), splitter).into_iter().map(|line| text.part(line)).collect()
}

/// Where the lines of `text` begin and end in its bytes, when each has `width` columns, of which so many are `taken` on
/// the first line and on the others.
fn lines(text: &Text, width: usize, taken: (usize, usize), splitter: &WordSplitter) -> Vec<Range<usize>> {
    let words = text.words();
    if text.width() + taken.0 <= width {
        let whole = 0..words.trim_end_matches(' ').len();
        return vec![whole];
    }
    let room = [taken.0, taken.1].map(|taken| width.max(1).saturating_sub(taken));
    let found = WordSeparator::AsciiSpace.find_words(&words);
    let mut found = match splitter {
        WordSplitter::NoHyphenation => break_words(found, room[1]),
        splitter => break_words(split_words(found, splitter), room[1]),
    };
    if taken.0 > 0 {
        found.insert(0, Word::from("")); // so that the first word may go to the second line
    }
    let mut end = 0;
    let line = |words: &[Word<'_>]| {
        let start = end;
        end += words.iter().map(|word| word.len() + word.whitespace.len()).sum::<usize>();
        start..end - words.last().map_or(0, |word| word.whitespace.len())
    };
    wrap_first_fit(&found, &room.map(|room| room as f64)).into_iter().map(line).collect()
}

/// `text` on one line of at most `width` columns.
pub(super) fn cut(text: &Text, width: usize) -> Text {
    if text.width() <= width {
        return text.clone();
    }
    match wrap(text, width.saturating_sub(2)).into_iter().next() {
        Some(line) => line.then(" …"),
        None => Text::empty(),
    }
}

const fn style(tone: Tone) -> Option<Style> {
    match tone {
        Tone::Plain => None,
        Tone::Strong => Some(Style::new().bold()),
        Tone::Quiet => Some(Style::new().dimmed()),
        Tone::Code => Some(AnsiColor::Cyan.on_default()),
        Tone::Alarm => Some(AnsiColor::Red.on_default().bold()),
        Tone::Warning => Some(AnsiColor::Yellow.on_default()),
        Tone::Good => Some(AnsiColor::Green.on_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(width: usize) -> Page {
        Page::new(&Look { width, ..Look::default() })
    }

    #[test]
    fn words_wrap_and_keep_their_tone() {
        let text = Text::plain("de keten is ").then(Text::strong("erg sterk")).then(" op kennis");
        let lines = wrap(&text, 15);
        let words: Vec<_> = lines.iter().map(Text::words).collect();
        assert_eq!(words, ["de keten is erg", "sterk op kennis"]);
        assert_eq!(lines[1].runs()[0].tone, Tone::Strong);
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        let lines = wrap(&Text::plain("a".repeat(25)), 10);
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn in_a_narrow_column_a_word_goes_on_behind_its_hyphen() {
        let lines = |text| wrap_narrow(text, 16).iter().map(|line| line.words().into_owned()).collect::<Vec<_>>();
        let words = Text::plain("organisatie-overstijgend op 2026-01-31");
        assert_eq!(lines(&words), ["organisatie-", "overstijgend op", "2026-01-31"]);
        assert_eq!(widest_part(&words), 12);
        let id = Text::code("keten-in-crisis");
        assert_eq!(lines(&Text::plain("waarom: ").then(id.clone())), ["waarom:", "keten-in-crisis"]);
        assert_eq!(widest_part(&id), 15);
    }

    #[test]
    fn a_note_stands_at_the_end_of_the_first_line() {
        let mut page = page(60);
        let long = "een titel die te lang is om op één regel naast de zekerheid te staan";
        page.noted(&Text::plain("● "), &Text::plain("  "), &Text::plain(long), &Text::plain("staat vast"));
        let out = page.finish();
        assert!(out.lines().next().is_some_and(|line| line.ends_with("  staat vast")), "{out}");
        assert!(out.lines().all(|line| textwrap::core::display_width(line) <= 60));
    }

    #[test]
    fn white_space_at_the_end_is_left_out_over_all_runs() {
        let mut page = page(60);
        page.line(&Text::plain("één ").then(Text::strong("twee  ")).then(Text::spaces(3)).then(Text::spaces(0)));
        page.line(&Text::spaces(2));
        assert_eq!(page.finish(), "één twee\n\n");
    }

    #[test]
    fn wide_letters_are_counted_as_wide() {
        assert!(wrap(&Text::plain("鎖 鎖 鎖 鎖"), 5).iter().all(|line| line.width() <= 5));
        assert!(cut(&Text::plain("鎖鎖鎖鎖鎖鎖"), 7).width() <= 7);
    }
}
