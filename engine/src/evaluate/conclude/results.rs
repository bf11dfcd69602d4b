//! What an assessment says of typings, measures and tables.

use super::super::evaluation::Evaluation;
use super::super::sets::Possible;
use super::{Conclude, certainty, fraction, number, range, settledness};
use crate::assessment::{
    CellAssessment, Certainty, MeasureAssessment, OutcomeAssessment, Reason, TableAssessment, Titled,
};
use crate::condition::{Expr, MeasureId, OutcomeId, Value};
use crate::ruleset::{Cell, Table};

impl Conclude<'_, '_> {
    /// A typing.
    pub(crate) fn outcome(&mut self, id: OutcomeId) -> OutcomeAssessment {
        let outcome = &self.words.library.outcomes[id.index()];
        let texts = self.words.texts(self.ruleset);
        let title = |option: &str| texts.text(&format!("outcome.{}.options.{option}", outcome.declared.id)).to_owned();
        let Some(expr) = self.words.library.graph.find(&Expr::Outcome(id)) else {
            return self.outcome_of(id, Value::Nothing, &Possible::one(Value::Nothing), Vec::new());
        };
        let (now, possible) = self.possible(expr);
        let because = self.because(Evaluation::whole(expr));
        let mut assessment = self.outcome_of(id, now, &possible, because);
        if assessment.certainty != Some(Certainty::Confirmed) {
            assessment.deciding = self.words.deciding(self.evaluation, Evaluation::whole(expr), self.ruleset);
        }
        if let Value::Option(at) = now {
            assessment.value = outcome.ids.get(usize::from(at)).cloned();
            assessment.value_title = assessment.value.as_deref().map(title);
        }
        assessment
    }

    fn outcome_of(&self, id: OutcomeId, now: Value, possible: &Possible, because: Vec<Reason>) -> OutcomeAssessment {
        let outcome = &self.words.library.outcomes[id.index()];
        let texts = self.words.texts(self.ruleset);
        let key = |option: &str| format!("outcome.{}.options.{option}", outcome.declared.id);
        let candidates = (0_u16..).zip(outcome.ids.iter()).filter(|(at, _)| possible.has(Value::Option(*at)));
        OutcomeAssessment {
            id: outcome.declared.id.clone(),
            title: texts.text(&format!("outcome.{}.title", outcome.declared.id)).to_owned(),
            value: None,
            value_title: None,
            certainty: settledness(now, possible),
            exact: possible.exact,
            candidates: candidates
                .map(|(_, id)| Titled { id: id.clone(), title: texts.text(&key(id)).to_owned() })
                .collect(),
            deciding: Vec::new(),
            fragile: Vec::new(),
            because,
            source: outcome.declared.source.clone(),
            place: self.place(outcome.declared.span),
        }
    }

    /// A named number.
    pub(crate) fn measure(&mut self, id: MeasureId) -> MeasureAssessment {
        let measure = &self.words.library.measures[id.index()];
        let texts = self.words.texts(self.ruleset);
        let (now, possible) = self.possible(measure.value);
        MeasureAssessment {
            id: measure.declared.id.clone(),
            title: texts.text(&format!("measure.{}.title", measure.declared.id)).to_owned(),
            value: number(now),
            fraction: fraction(number(now)),
            range: range(&possible),
            unit: texts.get(&format!("measure.{}.unit", measure.declared.id)).map(str::to_owned),
            exact: possible.exact,
            deciding: self.words.deciding(self.evaluation, Evaluation::whole(measure.value), self.ruleset),
            because: self.because(Evaluation::whole(measure.value)),
            source: measure.declared.source.clone(),
            place: self.place(measure.declared.span),
        }
    }

    /// What a cell says; empty when its place says all.
    pub(crate) fn said(&self, table: &Table, cell: &Cell) -> String {
        let text = cell.template.as_ref().map(|template| {
            let key = format!("table.{}.cells.{}", table.declared.id, template.id);
            self.words.filled(self.ruleset, &key, template)
        });
        text.unwrap_or_default()
    }

    pub(super) fn table(&mut self, table: &Table) -> TableAssessment {
        let texts = self.words.texts(self.ruleset);
        let titled = |kind: &str, ids: &[String]| {
            let title = |id: &String| texts.text(&format!("table.{}.{kind}.{id}", table.declared.id)).to_owned();
            ids.iter().map(|id| Titled { id: id.clone(), title: title(id) }).collect::<Vec<_>>()
        };
        let mut cells = Vec::new();
        for cell in &table.cells {
            let key = Evaluation::whole(cell.when);
            let possible = self.evaluation.possible_truths(key);
            let Some(certainty) = certainty(self.evaluation.value(key), &possible) else { continue };
            cells.push(CellAssessment {
                row: table.rows[usize::from(cell.row)].clone(),
                column: table.columns[usize::from(cell.column)].clone(),
                certainty,
                exact: possible.exact,
                text: self.said(table, cell),
                says: cell.template.as_ref().map(|template| template.id.clone()),
                deciding: self.deciding(key, certainty),
                because: self.because(key),
                source: cell.source.clone(),
            });
        }
        TableAssessment {
            id: table.declared.id.clone(),
            title: texts.text(&format!("table.{}.title", table.declared.id)).to_owned(),
            rows: titled("rows", &table.rows),
            columns: titled("columns", &table.columns),
            cells,
            on_screen: table.on_screen,
            source: table.declared.source.clone(),
            place: self.place(table.declared.span),
        }
    }
}
