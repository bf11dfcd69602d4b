//! Typings, named numbers and tables.

use super::ways::Read;
use super::{Part, Writing, entry, said};
use crate::condition::{MeasureId, OutcomeId, TableId};
use crate::render::document::{Block, Entry, Line, Rank, Text};
use crate::render::words::{self, catalogue};
use crate::ruleset::{Cell, Outcome, Pick, Table, Template, Tie};

impl Writing<'_> {
    pub(super) fn typings(&self) -> Part {
        let own = self.ruleset.own.outcomes.clone();
        let count = own.len();
        let blocks = entries(own.map(|at| self.typing(OutcomeId::at(at))).collect());
        Part { heading: words::TYPINGS, anchor: "outcomes", count, blocks }
    }

    fn typing(&self, id: OutcomeId) -> Entry {
        let outcome = &self.library.outcomes[id.index()];
        let own = &outcome.declared.id;
        let option = |at: usize| {
            let option = outcome.ids.get(at).map(String::as_str).unwrap_or_default();
            self.text(&format!("outcome.{own}.options.{option}"))
        };
        let mut lines = vec![Line::Words(self.say(pick(outcome)).into())];
        for (at, one) in outcome.options.iter().enumerate() {
            lines.push(match outcome.pick {
                Pick::First => {
                    let said = self.condition(one.expr);
                    match said.below.is_empty() {
                        true => Line::Field(option(at).into(), said.line),
                        false => Line::Fields(option(at).into(), said.lines(0)),
                    }
                }
                Pick::Best(_) => Line::Field(
                    option(at).into(),
                    Text::plain(format!("{}: ", self.say(said::SCORE_OF))).then(self.term(one.expr)),
                ),
            });
        }
        if outcome.otherwise {
            lines.push(Line::Field(option(outcome.options.len()).into(), self.say(said::OTHERWISE).into()));
        }
        if let Pick::Best(tie) = outcome.pick {
            let tie = if tie == Tie::Mixed { said::TIE_MIXED } else { said::TIE_LOWEST };
            lines.push(self.field(said::TIE, self.say(tie)));
        }
        lines.push(self.listed(said::READ_BY, self.readers(Read::Outcome(id))));
        lines.push(self.source(&outcome.declared.source));
        let title = self.text(&format!("outcome.{own}.title"));
        entry(self.here("outcome", own, title), Text::code(own), lines)
    }

    pub(super) fn measures(&self) -> Part {
        let own = self.ruleset.own.measures.clone();
        let count = own.len();
        let blocks = entries(own.map(|at| self.named_number(MeasureId::at(at))).collect());
        Part { heading: words::MEASURES, anchor: "measures", count, blocks }
    }

    fn named_number(&self, id: MeasureId) -> Entry {
        let measure = &self.library.measures[id.index()];
        let own = &measure.declared.id;
        let lines = vec![
            self.field(said::COMPUTED_AS, self.term(measure.value)),
            self.field(said::UNIT, self.text(&format!("measure.{own}.unit"))),
            self.listed(said::READ_BY, self.readers(Read::Measure(id))),
            self.source(&measure.declared.source),
        ];
        let title = self.text(&format!("measure.{own}.title"));
        entry(self.here("measure", own, title), Text::code(own), lines)
    }

    pub(super) fn tables(&self) -> Part {
        let own = self.ruleset.own.tables.clone();
        let count = own.len();
        let blocks = own.flat_map(|at| self.rows_of(TableId::at(at))).collect();
        Part { heading: catalogue::TABLES, anchor: "tables", count, blocks }
    }

    /// A table, row by row: what stands in a cell is too much for a grid.
    fn rows_of(&self, id: TableId) -> Vec<Block> {
        let table = &self.library.tables[id.index()];
        let own = &table.declared.id;
        let title = self.text(&format!("table.{own}.title"));
        let mut blocks = vec![
            Block::Heading(Rank::Section, self.here("table", own, title)),
            Block::Lead(vec![
                Text::code(own),
                Text::quiet(format!("{}: {}", self.say(words::SOURCE), table.declared.source)),
            ]),
        ];
        let rows = table.rows.iter().enumerate().map(|(at, row)| {
            let lines = (0..table.columns.len()).map(|column| self.cells(table, at, column)).collect();
            entry(self.text(&format!("table.{own}.rows.{row}")).into(), Text::empty(), lines)
        });
        blocks.push(Block::Entries(rows.filter(|row| !row.lines.is_empty()).collect()));
        blocks
    }

    /// The cells at one place: what each says, when, and where the source says it.
    fn cells(&self, table: &Table, row: usize, column: usize) -> Line {
        let own = &table.declared.id;
        let is_here = |cell: &&Cell| (usize::from(cell.row), usize::from(cell.column)) == (row, column);
        let mut values = Vec::new();
        for cell in table.cells.iter().filter(is_here) {
            let condition = self.condition(cell.when);
            let depth = match &cell.template {
                Some(template) => {
                    values.push((0, Text::plain(self.cell_text(own, template))));
                    let line = Text::quiet(format!("{}: ", self.say(said::HOLDS_IF))).then(condition.line.clone());
                    values.extend(super::spoken::Said { line, ..condition }.lines(1));
                    1
                }
                None => {
                    values.extend(condition.lines(0));
                    0
                }
            };
            if cell.source != table.declared.source {
                values.push((depth, Text::quiet(&cell.source)));
            }
        }
        let column = &table.columns[column];
        Line::Fields(self.text(&format!("table.{own}.columns.{column}")).into(), values)
    }

    fn cell_text(&self, table: &str, template: &Template) -> String {
        self.words.filled(self.at, &format!("table.{table}.cells.{}", template.id), template)
    }
}

fn entries(entries: Vec<Entry>) -> Vec<Block> {
    if entries.is_empty() { Vec::new() } else { vec![Block::Entries(entries)] }
}

const fn pick(outcome: &Outcome) -> words::Phrase {
    match outcome.pick {
        Pick::First => said::PICK_FIRST,
        Pick::Best(_) => said::PICK_BEST,
    }
}
