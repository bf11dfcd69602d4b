//! The typings, the named numbers and the tables of a ruleset.

use super::{Extent, MOST_POSSIBLE, certainty, first_titles, full_id, possible, section, titles};
use crate::assessment::{
    CellAssessment, Certainty, MeasureAssessment, OutcomeAssessment, Range, Reason, RulesetAssessment, TableAssessment,
    Titled,
};
use crate::number::Number;
use crate::render::document::{Block, Column, Entry, Line, Rank, Table, Text};
use crate::render::reasoning::{brief, steps};
use crate::render::words::{self, Language};

/// The most columns that a table is drawn with; a wider one is told row by row.
const MOST_COLUMNS: usize = 6;

/// From how many columns on a table with one cell in a row is drawn without the empty ones.
const FEW_COLUMNS: usize = 3;

/// Typings, and the numbers and tables that say something or still could.
pub(super) fn typings(ruleset: &RulesetAssessment, extent: Extent, language: Language) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !ruleset.outcomes.is_empty() {
        let entries = ruleset.outcomes.iter().map(|outcome| typing(ruleset, outcome, language)).collect();
        blocks.extend(section(Rank::Section, language.say(words::TYPINGS), vec![Block::Entries(entries)]));
    }
    let measures: Vec<Entry> = ruleset
        .measures
        .iter()
        .filter(|measure| measure.value.is_some() || measure.range.is_some())
        .map(|measure| number(ruleset, measure, language))
        .collect();
    if !measures.is_empty() {
        blocks.extend(section(Rank::Section, language.say(words::MEASURES), vec![Block::Brief(measures)]));
    }
    for table in &ruleset.tables {
        let told = if extent == Extent::All { None } else { Some(holding(table)) };
        let leaves_out = told.as_ref().is_some_and(|told| told.cells.len() < table.cells.len());
        let drawn = drawn(told.as_ref().unwrap_or(table), language);
        // what stands on the first screen is not told a second time
        let at_front = || Block::Paragraph(language.say(words::TABLE_AT_FRONT).into());
        let drawn = drawn.map(|drawn| if table.on_screen { at_front() } else { drawn });
        if drawn.is_none() && table.cells.is_empty() {
            continue;
        }
        let open = match (&drawn, leaves_out) {
            (_, false) => None,
            (Some(_), true) => Some(words::TABLE_LEFT_OUT),
            (None, true) => Some(words::TABLE_OPEN),
        };
        let open = open.map(|words| Block::Paragraph(Text::quiet(language.say(words))));
        let source = format!("{}: {}", language.say(words::SOURCE), origin(&table.source, &table.place));
        let why = Text::quiet(format!("{}: ", language.say(words::WHY))).then(Text::code(full_id(ruleset, &table.id)));
        let origin = Block::Lead(vec![Text::quiet(source), why]);
        let told = drawn.into_iter().chain(open).chain([origin]).collect();
        blocks.extend(section(Rank::Section, table.title.as_str(), told));
    }
    blocks
}

/// A table with what holds in it: without what only may come, and the rows and columns that have nothing else.
fn holding(table: &TableAssessment) -> TableAssessment {
    let holds = |cell: &&CellAssessment| cell.certainty != Certainty::Open;
    let cells: Vec<CellAssessment> = table.cells.iter().filter(holds).cloned().collect();
    let rows = table.rows.iter().filter(|row| cells.iter().any(|cell| cell.row == row.id)).cloned().collect();
    let said = |column: &&Titled| cells.iter().any(|cell| cell.column == column.id);
    let columns = table.columns.iter().filter(said).cloned().collect();
    TableAssessment { rows, columns, cells, ..table.clone() }
}

/// A table; on the first screen without the rows and columns in which nothing holds. Nothing where it says nothing.
pub(super) fn drawn(table: &TableAssessment, language: Language) -> Option<Block> {
    let cells = || table.cells.iter().filter(|cell| !table.on_screen || cell.certainty != Certainty::Open);
    cells().next()?;
    let shown = |holds: &dyn Fn(&CellAssessment) -> bool| !table.on_screen || cells().any(holds);
    let rows: Vec<&Titled> = table.rows.iter().filter(|row| shown(&|cell| cell.row == row.id)).collect();
    let columns: Vec<&Titled> = table.columns.iter().filter(|column| shown(&|cell| cell.column == column.id)).collect();
    match columns.len() {
        FEW_COLUMNS.. if !table.on_screen && is_sparse(table, &rows, &columns) => {
            Some(in_places(table, &rows, &columns, language))
        }
        0..=MOST_COLUMNS => Some(grid(table, &rows, &columns, language)),
        _ => Some(row_by_row(table, &rows, &columns, language)),
    }
}

/// The source, and where the ruleset says it.
pub(super) fn origin(source: &str, place: &crate::source::Place) -> String {
    format!("{source} ({}:{})", place.file, place.line)
}

fn typing(ruleset: &RulesetAssessment, outcome: &OutcomeAssessment, language: Language) -> Entry {
    let value = outcome.value_title.clone().unwrap_or_else(|| possible(&outcome.candidates, language));
    let mut lines = vec![because(words::BECAUSE, &outcome.because, language)];
    // where none of its options can come any more, nothing hangs on open answers
    if matches!(outcome.certainty, Some(Certainty::Indicated | Certainty::Open)) {
        let named = outcome.value.is_none() && outcome.candidates.len() <= MOST_POSSIBLE;
        let others = if named || outcome.candidates.len() < 2 { String::new() } else { titles(&outcome.candidates) };
        lines.push(field(words::POSSIBLE, others, language));
        lines.push(field(words::HANGS_ON, first_titles(&outcome.deciding, language), language));
    }
    // that none of its options can come stands as well
    let sure = outcome.certainty.or_else(|| outcome.candidates.is_empty().then_some(Certainty::Confirmed));
    lines.push(field(words::FRAGILE, steps(&outcome.fragile, language), language));
    lines.push(field(words::SOURCE, origin(&outcome.source, &outcome.place), language));
    lines.extend(inexact(outcome.exact, language));
    lines.push(why(ruleset, &outcome.id, language));
    Entry {
        mark: Text::empty(),
        title: words::named(&outcome.title, &value).into(),
        note: sure.map_or_else(Text::empty, |sure| certainty(sure, language)),
        lines: with_content(lines),
    }
}

fn number(ruleset: &RulesetAssessment, measure: &MeasureAssessment, language: Language) -> Entry {
    let decimals = if measure.unit.as_deref() == Some("%") { 1 } else { 2 };
    let said = |number: Number| language.with_unit(&language.number(number, decimals), measure.unit.as_deref());
    let spread = |range: Range| {
        let between = if range.low < Number::ZERO { "\u{a0}–\u{a0}" } else { "–" };
        format!("{}{between}{}", language.number(range.low, decimals), said(range.high))
    };
    let range = measure.range.filter(|range| range.low != range.high).map(spread);
    let sure = match (measure.value, &range) {
        (Some(_), None) => Some(Certainty::Confirmed),
        (None, _) => Some(Certainty::Open),
        _ => None,
    };
    // what has no value yet is told by what it can become
    let (value, range) = match measure.value {
        Some(value) => (said(value), range),
        None => (range.unwrap_or_else(|| language.say(words::NOT_KNOWN_YET).to_owned()), None),
    };
    let range = range.map(|range| Text::quiet(format!("[{range}]")));
    // the value stays whole, with the last word of the title
    let title = words::named(&words::capitalised(&measure.title), "").trim_end().to_owned();
    let why = Text::quiet(format!("{}: ", language.say(words::WHY))).then(Text::code(full_id(ruleset, &measure.id)));
    let origin = Text::quiet(origin(&measure.source, &measure.place));
    Entry {
        mark: Text::empty(),
        title: Text::plain(title).then("\u{a0}").then(value.replace(' ', "\u{a0}")),
        note: range.or_else(|| sure.map(|sure| certainty(sure, language))).unwrap_or_default(),
        lines: [Line::Words(Text::join([origin, why], " · "))]
            .into_iter()
            .chain(inexact(measure.exact, language))
            .collect(),
    }
}

/// A field with its name in the language of the reader.
pub(super) fn field(name: words::Phrase, value: String, language: Language) -> Line {
    Line::Field(Text::quiet(language.say(name)), value.into())
}

/// The reasons in short lines.
pub(super) fn because(name: words::Phrase, reasons: &[Reason], language: Language) -> Line {
    Line::Fields(Text::quiet(language.say(name)), brief(reasons, language))
}

/// By which id to ask why.
pub(super) fn why(ruleset: &RulesetAssessment, id: &str, language: Language) -> Line {
    Line::Field(Text::quiet(language.say(words::WHY)), Text::code(full_id(ruleset, id)))
}

/// A word of caution where the certainty is a bound.
pub(super) fn inexact(exact: bool, language: Language) -> Option<Line> {
    (!exact).then(|| field(words::CAUTION, language.say(words::CAUTIOUS).to_owned(), language))
}

/// The lines that say something.
pub(super) fn with_content(lines: Vec<Line>) -> Vec<Line> {
    let says = |line: &Line| match line {
        Line::Words(text) | Line::Field(_, text) => !text.is_empty(),
        Line::Fields(_, values) => !values.is_empty(),
    };
    lines.into_iter().filter(says).collect()
}

fn cell(cell: &CellAssessment, language: Language) -> Text {
    let sure = language.say(words::certainty(cell.certainty));
    match (cell.text.is_empty(), cell.certainty) {
        (true, _) => certainty(cell.certainty, language),
        (false, Certainty::Confirmed) => cell.text.as_str().into(),
        (false, _) => Text::plain(&cell.text).then(Text::quiet(format!(" ({sure})"))),
    }
}

/// What stands at a place in a table: what holds there; of several that may yet hold only that it is open.
fn place(table: &TableAssessment, row: &Titled, column: &Titled, language: Language) -> Text {
    let here = table.cells.iter().filter(|cell| cell.row == row.id && cell.column == column.id);
    let (open, holding): (Vec<_>, Vec<_>) = here.partition(|cell| cell.certainty == Certainty::Open);
    if table.on_screen {
        let short = holding.iter().map(|held| Text::plain(format!("{}{}", held.text, likely(held.certainty))));
        return Text::join(short, "; ");
    }
    match (holding.as_slice(), open.as_slice()) {
        ([], [one]) => cell(one, language),
        ([], [_, ..]) => certainty(Certainty::Open, language),
        (holding, _) => Text::join(holding.iter().map(|held| cell(held, language)), "; "),
    }
}

/// The mark of what is likely, where there is no room for the word; see [`explained`].
const fn likely(certainty: Certainty) -> &'static str {
    if matches!(certainty, Certainty::Indicated) { "*" } else { "" }
}

/// What the mark of what is likely means, and a place where nothing stands, where a table on the first screen has them.
pub(super) fn explained(table: &TableAssessment, language: Language) -> Option<Block> {
    let table = Some(table).filter(|table| table.on_screen).map(holding)?;
    let is_likely = table.cells.iter().any(|cell| cell.certainty == Certainty::Indicated);
    let likely = is_likely.then(|| format!("* {}", language.say(words::certainty(Certainty::Indicated))));
    let says =
        |row: &Titled, column: &Titled| table.cells.iter().any(|cell| cell.row == row.id && cell.column == column.id);
    let is_blank = table.rows.iter().any(|row| table.columns.iter().any(|column| !says(row, column)));
    let blank = is_blank.then(|| language.say(words::BLANK_EXPLAINED).to_owned());
    let said = Text::join(likely.into_iter().chain(blank).map(Text::quiet), " · ");
    (!said.is_empty()).then_some(Block::Paragraph(said))
}

fn grid(table: &TableAssessment, rows: &[&Titled], columns: &[&Titled], language: Language) -> Block {
    let rows = rows.iter().map(|row| {
        let said = |column: &&Titled| place(table, row, column, language);
        std::iter::once(Text::plain(&row.title)).chain(columns.iter().map(said)).collect()
    });
    let titles = columns.iter().map(|column| column.title.as_str());
    Block::Table(Table {
        columns: vec![Column::Words; columns.len() + 1],
        head: std::iter::once("").chain(titles).map(Text::quiet).collect(),
        rows: rows.collect(),
        headless: false,
    })
}

/// Whether no row has more than one place that says something.
fn is_sparse(table: &TableAssessment, rows: &[&Titled], columns: &[&Titled]) -> bool {
    let says =
        |row: &Titled, column: &Titled| table.cells.iter().any(|cell| cell.row == row.id && cell.column == column.id);
    rows.iter().all(|row| columns.iter().filter(|column| says(row, column)).count() <= 1)
}

/// Each row with the one place in it that says something.
fn in_places(table: &TableAssessment, rows: &[&Titled], columns: &[&Titled], language: Language) -> Block {
    let rows = rows.iter().map(|row| {
        let mut places = columns.iter().map(|column| (column, place(table, row, column, language)));
        let (column, said) = places
            .find(|(_, said)| !said.is_empty())
            .map_or_else(|| (Text::empty(), Text::empty()), |(column, said)| (Text::quiet(&column.title), said));
        vec![row.title.as_str().into(), column, said]
    });
    Block::Table(Table {
        columns: vec![Column::Words; 3],
        head: vec![Text::empty(); 3],
        rows: rows.collect(),
        headless: true,
    })
}

fn row_by_row(table: &TableAssessment, rows: &[&Titled], columns: &[&Titled], language: Language) -> Block {
    let entries = rows.iter().map(|row| {
        let said = columns.iter().map(|column| (column, place(table, row, column, language)));
        let said = said.filter(|(_, text)| !text.is_empty());
        let lines: Vec<Line> = said.map(|(column, text)| Line::Field(Text::quiet(&column.title), text)).collect();
        Entry { title: row.title.as_str().into(), lines, ..Entry::default() }
    });
    Block::Entries(entries.collect())
}
