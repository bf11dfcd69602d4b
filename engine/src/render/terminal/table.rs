//! Tables in columns; where there is no room for columns, row by row.

use crate::render::document::{Column, Table, Text, columns};
use crate::render::page::{Page, filled, spaces, widest_part, wrap_narrow};

/// Between two columns.
const GAP: usize = 2;

/// A column of words is not squeezed below this.
const NARROW: usize = 12;

/// Draws a table.
pub(super) fn table(page: &mut Page, table: &Table) {
    match WIDE_WORDS.into_iter().find_map(|longest| widths(table, page.width(), longest)) {
        Some(widths) => in_columns(page, table, &widths),
        None => row_by_row(page, table),
    }
}

/// A word of this length may be broken; where there is no room for that, one of the next.
const WIDE_WORDS: [usize; 3] = [48, 36, 24];

/// How wide each column becomes when words up to `longest` stay whole; `None` where they do not fit on the page.
fn widths(table: &Table, page: usize, longest: usize) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let cells = table.rows.iter().chain((!table.headless).then_some(&table.head)).filter_map(|row| row.get(at));
        let natural = cells.map(Text::width).max().unwrap_or(0);
        widths.push(if let Column::Label(width) = column { *width } else { natural });
    }
    let room = page.checked_sub(GAP * table.columns.len().saturating_sub(1))?;
    let narrowest: Vec<usize> = (0..widths.len()).map(|at| widest_word(table, at).clamp(NARROW, longest)).collect();
    loop {
        let over = widths.iter().sum::<usize>().saturating_sub(room);
        if over == 0 {
            break;
        }
        let words = table.columns.iter().enumerate().filter(|(_, column)| **column == Column::Words);
        let squeezable = words.map(|(at, _)| at).filter(|at| widths[*at] > narrowest[*at]);
        let widest = squeezable.max_by_key(|at| widths[*at])?;
        widths[widest] -= 1;
    }
    stretch(table, &mut widths, room);
    Some(widths)
}

/// The width of the longest word in a column (up to a hyphen), with the indent that may stand before it.
fn widest_word(table: &Table, at: usize) -> usize {
    let cells = table.rows.iter().chain([&table.head]).filter_map(|row| row.get(at));
    cells.map(|cell| indent(cell) + widest_part(cell)).max().unwrap_or(0)
}

/// A table without a head stands among other lines: its last column then ends at the end of the page.
fn stretch(table: &Table, widths: &mut [usize], room: usize) {
    let used: usize = widths.iter().sum();
    if let Some(at) = table.columns.iter().position(|column| *column == Column::Words).filter(|_| table.headless) {
        widths[at] += room - used;
    }
}

fn in_columns(page: &mut Page, table: &Table, widths: &[usize]) {
    if !table.headless {
        row(page, table, widths, &table.head);
        let rule: usize = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        page.line(&Text::quiet("─".repeat(rule)));
    }
    for cells in &table.rows {
        row(page, table, widths, cells);
    }
}

/// A row, over as many lines as its longest cell needs. The indent of a cell is kept on each of its lines, and
/// under a mark no words are written.
fn row(page: &mut Page, table: &Table, widths: &[usize], cells: &[Text]) {
    let mut wrapped: Vec<Vec<Text>> = cells.iter().zip(widths).map(|(cell, width)| indented(cell, *width)).collect();
    for at in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
        let mut line = Text::empty();
        for (index, (cell, width)) in wrapped.iter_mut().zip(widths).enumerate() {
            let text = cell.get_mut(at).map(std::mem::take).unwrap_or_default();
            let to_the_right = table.columns.get(index) == Some(&Column::Number);
            line = line.then(spaces(if index == 0 { 0 } else { GAP })).then(filled(text, *width, to_the_right));
        }
        page.line(&line);
    }
}

/// How many spaces a cell begins with.
fn indent(cell: &Text) -> usize {
    let words = cell.words();
    words.len() - words.trim_start_matches(' ').len()
}

/// What stands before the words of a cell, spaces or a mark with spaces behind it: its bytes and its columns.
fn lead(cell: &Text) -> (usize, usize) {
    let words = cell.words();
    let begin = words.len() - words.trim_start_matches(' ').len();
    let marked = words[begin..].find("  ").map(|at| begin + at);
    let marked = marked.filter(|at| words[..*at].chars().all(|c| !c.is_alphanumeric()));
    let mark = marked.unwrap_or(0);
    let bytes = words.len() - words[mark..].trim_start_matches(' ').len();
    (bytes, columns(&words[..bytes]))
}

fn indented(cell: &Text, width: usize) -> Vec<Text> {
    let (bytes, columns) = lead(cell);
    let words = cell.part(bytes..cell.words().len());
    if columns == 0 || columns + NARROW / 2 > width {
        return wrap_narrow(&words, width);
    }
    let lines = wrap_narrow(&words, width - columns);
    let before = |at: usize| if at == 0 { cell.part(0..bytes) } else { spaces(columns) };
    lines.into_iter().enumerate().map(|(at, line)| before(at).then(line)).collect()
}

fn row_by_row(page: &mut Page, table: &Table) {
    for row in &table.rows {
        let mut cells = row.iter().zip(&table.head);
        let deeper = cells.next().map_or(0, |(first, _)| {
            page.wrapped(&Text::empty(), &spaces(indent(first)), first);
            indent(first) + 2
        });
        for (cell, head) in cells.filter(|(cell, _)| !cell.is_empty()) {
            let named = Text::quiet(format!("{}: ", head.words())).then(cell.clone());
            page.wrapped(&spaces(deeper), &spaces(deeper + 2), &named);
        }
    }
}
