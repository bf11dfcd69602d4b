//! Ways through the book: the title of an element that leads to its place, and who reads what.

use super::{Writing, words};
use crate::condition::{AspectId, BouwsteenId, Expr, MeasureId, OutcomeId, QuestionId, RoleId, RuleId, TableId};
use crate::render::document::{Text, clean};
use crate::ruleset::{Declared, Library, Slot};
use std::collections::BTreeMap;

/// Something that conditions read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Read {
    Question(QuestionId),
    Aspect(AspectId),
    Outcome(OutcomeId),
    Measure(MeasureId),
    Rule(RuleId),
    Stone(BouwsteenId),
}

/// By whom each element is read, in the order of the ruleset.
#[derive(Debug, Default)]
pub(super) struct Readers(BTreeMap<Read, Vec<Slot>>);

impl Readers {
    pub(super) fn of(library: &Library, ruleset: usize) -> Self {
        let mut readers = Self::default();
        for slot in library.slots(ruleset) {
            let Some(expr) = library.expr_in(slot) else { continue };
            for part in library.graph.below(expr) {
                let Some(read) = read(library.graph.expr(part)) else { continue };
                let known = readers.0.entry(read).or_default();
                if known.iter().all(|other| library.owner(*other) != library.owner(slot)) {
                    known.push(slot);
                }
            }
        }
        readers
    }
}

const fn read(expr: &Expr) -> Option<Read> {
    Some(match expr {
        Expr::Answer(id) | Expr::Importance(id) | Expr::Answered(id) | Expr::Unknown(id) => Read::Question(*id),
        Expr::Score(id) | Expr::Level(id) | Expr::AspectImportance(id) | Expr::Target(id) | Expr::Coverage(id) => {
            Read::Aspect(*id)
        }
        Expr::Outcome(id) => Read::Outcome(*id),
        Expr::Measure(id) => Read::Measure(*id),
        Expr::Diagnosis(id) => Read::Rule(*id),
        Expr::Status(id) => Read::Stone(*id),
        _ => return None,
    })
}

/// The place of an element in the book.
pub(super) fn anchor(kind: &str, id: &str) -> String {
    let id = id.chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' });
    format!("{kind}-{}", id.collect::<String>())
}

impl Writing<'_> {
    /// The title of an element as the place that it is.
    pub(super) fn here(&self, kind: &str, id: &str, title: &str) -> Text {
        let title = clean(title);
        Text::plain(if title.is_empty() { id } else { &title }).here(&anchor(kind, id))
    }

    /// The title of an element, with the way to it; of another ruleset with its name.
    fn way(&self, kind: &str, declared: &Declared, title: &str) -> Text {
        self.title_of(kind, declared, title).then(self.elsewhere(declared))
    }

    /// The same without the name of the other ruleset.
    pub(super) fn title_of(&self, kind: &str, declared: &Declared, title: &str) -> Text {
        let title = Text::plain(if title.trim().is_empty() { &declared.id } else { title });
        if declared.ruleset == self.at { title.to(&anchor(kind, &declared.id)) } else { title }
    }

    /// From which other ruleset an element is; nothing for one of this ruleset.
    pub(super) fn elsewhere(&self, declared: &Declared) -> String {
        if declared.ruleset == self.at {
            return String::new();
        }
        let ruleset = clean(self.words.texts(declared.ruleset).text("ruleset.title"));
        format!(" ({} {ruleset})", self.say(words::FROM))
    }

    pub(super) fn question(&self, id: QuestionId) -> Text {
        self.way("question", &self.library.questions[id.index()].declared, &self.words.question(id))
    }

    pub(super) fn aspect(&self, id: AspectId) -> Text {
        self.way("aspect", &self.library.aspects[id.index()].declared, &self.words.aspect(id))
    }

    pub(super) fn rule(&self, id: RuleId) -> Text {
        self.way("rule", &self.library.rules[id.index()].declared, &self.words.rule(id, "title"))
    }

    pub(super) fn stone(&self, id: BouwsteenId) -> Text {
        self.way("bouwsteen", &self.library.bouwstenen[id.index()].declared, &self.words.stone(id, "title"))
    }

    pub(super) fn outcome(&self, id: OutcomeId) -> Text {
        let declared = &self.library.outcomes[id.index()].declared;
        let title = self.words.texts(declared.ruleset).text(&format!("outcome.{}.title", declared.id));
        self.way("outcome", declared, title)
    }

    pub(super) fn measure(&self, id: MeasureId) -> Text {
        let declared = &self.library.measures[id.index()].declared;
        let title = self.words.texts(declared.ruleset).text(&format!("measure.{}.title", declared.id));
        self.way("measure", declared, title)
    }

    pub(super) fn table(&self, id: TableId) -> Text {
        let declared = &self.library.tables[id.index()].declared;
        let title = self.words.texts(declared.ruleset).text(&format!("table.{}.title", declared.id));
        self.way("table", declared, title)
    }

    /// A place of a table, without the name of another ruleset.
    pub(super) fn cell(&self, id: TableId, row: u16, column: u16) -> Text {
        let table = &self.library.tables[id.index()];
        let texts = self.words.texts(table.declared.ruleset);
        let name = |kind: &str, id: &str| texts.text(&format!("table.{}.{kind}.{id}", table.declared.id)).to_owned();
        let (row, column) = (&table.rows[usize::from(row)], &table.columns[usize::from(column)]);
        self.title_of("table", &table.declared, &format!("{} · {}", name("rows", row), name("columns", column)))
    }

    pub(super) fn role(&self, id: RoleId) -> String {
        let declared = &self.library.roles[id.index()].declared;
        clean(self.words.texts(declared.ruleset).text(&format!("role.{}.title", declared.id)))
    }

    /// Everything that reads an element, with the ways to it.
    pub(super) fn readers(&self, read: Read) -> Vec<Text> {
        self.readers.0.get(&read).into_iter().flatten().map(|slot| self.owner(*slot)).collect()
    }

    fn owner(&self, slot: Slot) -> Text {
        match slot {
            Slot::AskedIf(id) => self.question(id),
            Slot::Demands(id, _) | Slot::Trait(id, ..) | Slot::Partial(id, ..) => self.aspect(id),
            Slot::Fit(id, _) | Slot::Risk(id, _) | Slot::Done(id) => self.stone(id),
            Slot::When(id) | Slot::Needs(id) => self.rule(id),
            Slot::Option(id, _) => self.outcome(id),
            Slot::Value(id) => self.measure(id),
            Slot::Cell(id, _) => self.table(id),
        }
    }
}
