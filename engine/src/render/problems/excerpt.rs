//! The piece of a text that shows a problem: only the lines it stands on, and of a long line only what is
//! near it. A profile of megabytes on one line is drawn as readily as a short one.

use crate::problem::{FileId, Span};
use crate::render::document::PRIVATE;
use crate::source::{Place, Sources};
use std::ops::Range;

/// Lines longer than this are shortened.
const LONG_LINE: usize = 300;

/// How much of a long line stays before and after a mark.
const AROUND: usize = 60;

/// How much of a mark stays that is itself longer than a line should be.
const LONG_MARK: usize = 160;

/// Two places further apart than this are shown apart.
const FAR_APART: usize = 20_000;

/// A place to point at, in the text of the excerpt.
pub(super) struct Mark<'a> {
    pub(super) range: Range<usize>,
    pub(super) label: &'a str,
    pub(super) primary: bool,
}

/// A piece of a text with the places to point at.
pub(super) struct Excerpt<'a> {
    pub(super) text: String,
    /// The number of its first line.
    pub(super) line: usize,
    pub(super) marks: Vec<Mark<'a>>,
    /// Where the first place stands in the whole text.
    pub(super) place: Place,
}

/// Whether two places can be shown in one piece.
pub(super) fn are_near(a: Span, b: Span, sources: &Sources) -> bool {
    if a.file != b.file {
        return false;
    }
    let file = a.file;
    let (a, b) = (within(a, sources).start, within(b, sources).start);
    let between = &sources.text(file)[a.min(b)..a.max(b)];
    between.len() <= AROUND || (between.len() <= FAR_APART && between.contains('\n'))
}

impl<'a> Excerpt<'a> {
    /// The piece that shows `places`, which stand in one file; the first of them gives its place.
    pub(super) fn of(places: &[(Span, &'a str, bool)], sources: &Sources) -> Self {
        let file = places.first().map_or(FileId(0), |(span, ..)| span.file);
        let text = sources.text(file);
        let ranges: Vec<Range<usize>> = places.iter().map(|(span, ..)| shown(within(*span, sources), text)).collect();
        let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
        let last = ranges.iter().map(|range| range.end).max().unwrap_or(0);
        let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
        let shortened = shorten(text, start..end, &ranges);
        let marks = places.iter().zip(&ranges).map(|((_, label, primary), range)| {
            let range = shortened.place_of(range.start)..shortened.place_of(range.end);
            Mark { range, label, primary: *primary }
        });
        let begin = ranges.first().map_or(0, |range| range.start);
        Self {
            line: sources.place(Span::new(file, start..start)).line,
            marks: marks.collect(),
            place: sources.place(Span::new(file, begin..begin)),
            text: harmless(&shortened.text),
        }
    }
}

/// The text without letters that could steer a terminal and that the drawing lets through. What stands in
/// their place takes as many bytes, so that every mark keeps its place.
fn harmless(text: &str) -> String {
    let replaced = |letter: char| match letter {
        '\u{80}'..='\u{9f}' => '·',
        PRIVATE => '\u{fffd}',
        letter => letter,
    };
    text.chars().map(replaced).collect()
}

/// The bytes of a span that are in the text, from letter to letter. Past the last letter it points right
/// behind that: where something was expected.
fn within(span: Span, sources: &Sources) -> Range<usize> {
    let text = sources.text(span.file);
    let last = text.trim_end().len();
    let start = text.floor_char_boundary(span.start.min(last));
    let end = text.floor_char_boundary(span.end.min(text.len()).max(start));
    start..end.max(start)
}

/// A span over many lines is shown at its first line: the rest says nothing more.
fn shown(range: Range<usize>, text: &str) -> Range<usize> {
    let marked = &text[range.clone()];
    let line = marked.find('\n').map_or(marked.len(), |at| at);
    let line = marked[..line].trim_end_matches('\r').len();
    range.start..range.start + line
}

/// A text with pieces left out.
struct Shortened {
    text: String,
    /// Which bytes of the old text stand where in the new one.
    pieces: Vec<(Range<usize>, usize)>,
}

impl Shortened {
    /// Where a byte of the old text stands now, or what stands nearest.
    fn place_of(&self, old: usize) -> usize {
        let piece = self.pieces.iter().rev().find(|(range, _)| range.start <= old).or(self.pieces.first());
        piece.map_or(0, |(range, new)| new + old.clamp(range.start, range.end) - range.start)
    }

    fn keep(&mut self, text: &str, range: Range<usize>) {
        match self.pieces.last_mut() {
            Some((last, _)) if last.end == range.start => last.end = range.end,
            _ => self.pieces.push((range.clone(), self.text.len())),
        }
        self.text.push_str(&text[range]);
    }
}

/// The lines in `window`, those that are long with only what is near one of `ranges`.
fn shorten(text: &str, window: Range<usize>, ranges: &[Range<usize>]) -> Shortened {
    let mut shortened = Shortened { text: String::new(), pieces: Vec::new() };
    let mut start = window.start;
    for line in text[window].split_inclusive('\n') {
        let end = start + line.len();
        if line.len() <= LONG_LINE {
            shortened.keep(text, start..end);
        } else {
            shorten_line(text, start..end, ranges, &mut shortened);
        }
        start = end;
    }
    shortened
}

fn shorten_line(text: &str, line: Range<usize>, ranges: &[Range<usize>], shortened: &mut Shortened) {
    let body = line.start + text[line.clone()].trim_end_matches(['\n', '\r']).len();
    let mut near: Vec<Range<usize>> = ranges
        .iter()
        .filter(|range| range.start >= line.start && range.start < line.end)
        .map(|range| {
            // Of a mark as long as this, its end need not be seen.
            let end = if range.len() > LONG_MARK { range.start + LONG_MARK } else { range.end + AROUND };
            let start = text.floor_char_boundary(range.start.saturating_sub(AROUND).max(line.start));
            start..text.ceil_char_boundary(end.min(body))
        })
        .collect();
    near.sort_by_key(|range| range.start);
    let mut at = line.start;
    for range in near {
        if range.start > at {
            shortened.text.push('…');
        }
        let from = range.start.max(at);
        if range.end > from {
            shortened.keep(text, from..range.end);
            at = range.end;
        }
    }
    if at < body {
        shortened.text.push('…');
    }
    shortened.keep(text, body..line.end);
}
