//! The report as text: a first screen for each ruleset, and after that everything, in the same order.

mod table;
mod tree;

use super::Look;
use super::document::{Block, Entry, Line, Rank, Text};
use super::page::{self, Page, spaces};
use super::report::report;
use crate::assessment::Assessment;
use crate::evaluate::at_once;

/// Draws an assessment for a terminal or a plain text file.
///
/// No line is wider than the look allows, and without colour there is not one escape code in it.
#[must_use]
pub fn terminal(assessment: &Assessment, look: &Look) -> String {
    drawn(&report(assessment, look.extent, look.language), look)
}

/// Blocks as text; the halves of a long text at the same time.
pub(super) fn drawn(blocks: &[Block], look: &Look) -> String {
    let Some(middle) = middle(blocks) else { return page(blocks, look).finish() };
    let (first, second) = blocks.split_at(middle);
    let (mut first, second) = at_once(|| page(first, look), || page(second, look).finish());
    first.blank();
    first.add(&second);
    first.finish()
}

/// Blocks below each other.
fn page(blocks: &[Block], look: &Look) -> Page {
    let mut page = Page::new(look);
    let mut before: Option<&Block> = None;
    for block in blocks {
        if !belongs_to(before, block) {
            page.blank();
        }
        draw(&mut page, block);
        before = Some(block);
    }
    page
}

/// Less than this is not worth a second thread.
const LONG: usize = 400;

/// The heading nearest behind the middle of a long text, where a page of its own can begin.
fn middle(blocks: &[Block]) -> Option<usize> {
    let sizes: Vec<usize> = blocks.iter().map(size).collect();
    let all: usize = sizes.iter().sum();
    let mut before = 0;
    let behind = blocks.iter().zip(&sizes).position(|(block, size)| {
        let begins = before * 2 >= all && matches!(block, Block::Heading(rank, _) if *rank != Rank::Screen);
        before += size;
        begins
    });
    behind.filter(|_| all >= LONG)
}

/// About how many lines a block takes.
fn size(block: &Block) -> usize {
    match block {
        Block::Heading(..) | Block::Paragraph(_) => 1,
        Block::Lead(texts) | Block::List(texts) | Block::Contents(_, texts) => texts.len(),
        Block::Table(table) => table.rows.len() * 2,
        Block::Brief(entries) => entries.len(),
        Block::Entries(entries) => entries.iter().map(|entry| 2 + entry.lines.len() * 2).sum(),
        Block::Tree(branches) => branches.len(),
        Block::Fields(fields) => fields.len(),
    }
}

/// Whether a block stands right below the one before it.
fn belongs_to(before: Option<&Block>, block: &Block) -> bool {
    match (before, block) {
        (Some(Block::Heading(Rank::Report, _)), Block::Heading(Rank::Screen, _)) => true,
        (_, Block::Heading(..)) => false,
        (Some(Block::Heading(Rank::Report | Rank::Part, _)), _) => false,
        (Some(Block::Heading(..)), _) => true,
        (Some(Block::Paragraph(_)), Block::Tree(_)) => true,
        (Some(Block::Entries(above)), Block::Paragraph(_)) => above.iter().all(|entry| entry.lines.is_empty()),
        (Some(Block::Table(above)), Block::Table(below)) => above.headless && below.headless,
        _ => false,
    }
}

fn draw(page: &mut Page, block: &Block) {
    match block {
        Block::Heading(rank, text) => heading(page, *rank, text),
        Block::Paragraph(text) => page.wrapped(&Text::empty(), &Text::empty(), text),
        Block::Lead(lines) => lines.iter().for_each(|line| page.wrapped(&Text::empty(), &Text::empty(), line)),
        Block::Table(table) => table::table(page, table),
        Block::Brief(entries) => entries.iter().for_each(|entry| brief(page, entry)),
        Block::Entries(entries) => {
            for (at, entry) in entries.iter().enumerate() {
                if at > 0 {
                    page.blank();
                }
                full(page, entry);
            }
        }
        Block::List(items) | Block::Contents(_, items) => {
            items.iter().for_each(|item| page.wrapped(&Text::plain("· "), &spaces(2), item))
        }
        Block::Tree(branches) => tree::tree(page, branches),
        Block::Fields(fields) => {
            for (name, value) in fields {
                page.wrapped(&Text::quiet(format!("{}: ", name.words())), &spaces(2), value);
            }
        }
    }
}

fn heading(page: &mut Page, rank: Rank, text: &Text) {
    page.wrapped(&Text::empty(), &Text::empty(), &Text::strong(text.words()));
    match rank {
        Rank::Part => page.line(&Text::quiet("═".repeat(page.width()))),
        Rank::Section => page.line(&Text::quiet("─".repeat(text.width().min(page.width())))),
        Rank::Report | Rank::Screen | Rank::Topic | Rank::Group => {}
    }
}

/// Where the words of an entry begin: behind its mark.
fn margins(entry: &Entry) -> (Text, Text) {
    let first = if entry.mark.is_empty() { Text::empty() } else { entry.mark.clone().then("  ") };
    let next = spaces(first.width());
    (first, next)
}

fn brief(page: &mut Page, entry: &Entry) {
    let (first, next) = margins(entry);
    let indent = spaces(2).then(next);
    // without a mark the title stands out by itself
    let first = if entry.mark.is_empty() { first } else { spaces(2).then(first) };
    // The note gives way to the title: it is said in full further on.
    let room = page.width().saturating_sub(indent.width() + entry.title.width().min(page.width() / 2) + 4);
    page.noted(&first, &indent, &entry.title, &page::cut(&entry.note, room));
    for line in &entry.lines {
        match line {
            Line::Words(text) => page.cut(&indent, text),
            Line::Field(name, value) => {
                let begin = indent.clone().then(name.clone()).then(": ");
                page.wrapped(&begin, &indent.clone().then(spaces(2)), value);
            }
            Line::Fields(..) => {}
        }
    }
}

fn full(page: &mut Page, entry: &Entry) {
    let (first, next) = margins(entry);
    page.noted(&first, &next, &Text::strong(entry.title.words()), &entry.note);
    let names = entry.lines.iter().filter_map(|line| match line {
        Line::Field(name, _) | Line::Fields(name, _) => Some(name.width()),
        Line::Words(_) => None,
    });
    let column = names.max().unwrap_or(0);
    for line in &entry.lines {
        match line {
            Line::Words(text) => page.wrapped(&next, &next, text),
            Line::Field(name, value) => field(page, &next, column, name, &[(0, value.clone())]),
            Line::Fields(name, values) => field(page, &next, column, name, values),
        }
    }
}

/// A name with its values in a column beside it.
fn field(page: &mut Page, indent: &Text, column: usize, name: &Text, values: &[(usize, Text)]) {
    let beside = indent.clone().then(spaces(column + 3));
    for (at, (depth, value)) in values.iter().enumerate() {
        let begin = match at {
            0 => indent.clone().then(page::filled(Text::quiet(format!("{}:", name.words())), column + 3, false)),
            _ => beside.clone(),
        };
        let deeper = spaces(depth * 2);
        page.wrapped(&begin.then(deeper.clone()), &beside.clone().then(deeper).then(spaces(2)), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_read_as_the_whole_does() {
        let section = |rank| [Block::Heading(rank, "kop".into()), Block::List(vec!["een regel".into(); 30])];
        let ranks = [Rank::Report, Rank::Screen, Rank::Part, Rank::Section, Rank::Group].into_iter().cycle();
        let blocks: Vec<Block> = ranks.take(20).flat_map(section).collect();
        let look = Look::default();
        assert!(middle(&blocks).is_some() && middle(&blocks[..8]).is_none());
        assert_eq!(drawn(&blocks, &look), page(&blocks, &look).finish());
    }
}
