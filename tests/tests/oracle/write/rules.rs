//! Writes `rules/alles.rhai`.

use super::{Writer, quoted};
use crate::oracle::model::{Pick, Table};
use std::fmt::Write as _;

impl Writer<'_> {
    pub(super) fn rules(&self) -> String {
        let mut text = String::new();
        let (model, cone) = (self.model, self.cone);
        for at in self.own(&cone.measures, |at| model.measures[at].ruleset) {
            let value = self.term(&model.measures[at].value);
            writeln!(text, "measure(\"m{at}\", #{{ value: {value}, source: \"Bron\" }});").unwrap();
        }
        for at in self.own(&cone.rules, |at| model.rules[at].ruleset) {
            let rule = &model.rules[at];
            let when = self.condition(&rule.when);
            let needs = rule.needs.as_ref().map(|needs| format!(" needs: {},", self.condition(needs)));
            let needs = needs.unwrap_or_default();
            writeln!(text, "rule(\"d{at}\", #{{ when: {when},{needs} severity: \"major\", source: \"Bron\" }});")
                .unwrap();
        }
        for at in self.own(&cone.outcomes, |at| model.outcomes[at].ruleset) {
            self.outcome(&mut text, at);
        }
        for at in self.own(&cone.tables, |at| model.tables[at].ruleset) {
            self.table(&mut text, at, &model.tables[at]);
        }
        let stones = self.own(&cone.bouwstenen, |at| model.bouwstenen[at].ruleset);
        if let Some(first) = stones.first() {
            // every bouwsteen must be recommended by some rule
            let all = quoted(stones.iter().map(|at| format!("b{at}")));
            writeln!(
                text,
                "rule(\"raadt-aan\", #{{ when: bouwsteen(\"b{first}\") == \"absent\", severity: \"minor\", \
                 recommend: [{all}], source: \"Bron\" }});"
            )
            .unwrap();
        }
        text
    }

    fn outcome(&self, text: &mut String, at: usize) {
        let outcome = &self.model.outcomes[at];
        let ids = outcome.option_ids();
        let (pick, options, last): (_, Vec<String>, _) = match &outcome.pick {
            Pick::First { options, otherwise } => {
                let each = options.iter().map(|when| format!("when: {}", self.condition(when)));
                ("first", each.collect(), if *otherwise { "otherwise: \"anders\", " } else { "" })
            }
            Pick::Best { options, mixed } => {
                let each = options.iter().map(|score| format!("score: {}", self.term(score)));
                ("best", each.collect(), if *mixed { "tie: \"mixed\", " } else { "tie: \"lowest\", " })
            }
        };
        let options = options.iter().zip(&ids).map(|(says, id)| format!("    #{{ id: \"{id}\", {says} }},\n"));
        let options: String = options.collect();
        writeln!(text, "outcome(\"o{at}\", #{{ pick: \"{pick}\", options: [\n{options}], {last}source: \"Bron\" }});")
            .unwrap();
    }

    fn table(&self, text: &mut String, at: usize, table: &Table) {
        let (rows, columns) = (quoted(rows(table)), quoted(columns(table)));
        let cells: String = table
            .cells
            .iter()
            .map(|cell| {
                let when = self.condition(&cell.when);
                let place = format!("row: \"rij{}\", column: \"kolom{}\"", cell.row, cell.column);
                format!("    #{{ {place}, when: {when}, source: \"Bron\" }},\n")
            })
            .collect();
        writeln!(
            text,
            "table(\"t{at}\", #{{ rows: [{rows}], columns: [{columns}], cells: [\n{cells}], source: \"Bron\" }});"
        )
        .unwrap();
    }
}

pub(super) fn rows(table: &Table) -> impl Iterator<Item = String> {
    (0..table.rows).map(|at| format!("rij{at}"))
}

pub(super) fn columns(table: &Table) -> impl Iterator<Item = String> {
    (0..table.columns).map(|at| format!("kolom{at}"))
}
