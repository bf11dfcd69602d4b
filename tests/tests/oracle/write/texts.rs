//! Writes `nl.toml`: every text there must be, and no other.

use super::rules::{columns, rows};
use super::{Writer, decimal};
use crate::oracle::model::{Combine, Kind, OPTIONS};
use std::fmt::Write as _;

impl Writer<'_> {
    pub(super) fn texts(&self) -> String {
        let mut keys = vec!["ruleset.title".to_owned()];
        let roles = self.model.roles.iter().enumerate().filter(|(_, role)| role.ruleset == self.ruleset);
        keys.extend(roles.map(|(at, _)| format!("role.r{at}.title")));
        self.question_texts(&mut keys);
        self.aspect_texts(&mut keys);
        self.conclusion_texts(&mut keys);
        let mut text = String::new();
        for key in keys {
            writeln!(text, "{key} = \"tekst\"").unwrap();
        }
        text
    }

    fn question_texts(&self, keys: &mut Vec<String>) {
        for at in self.own(&self.cone.questions, |at| self.model.questions[at].ruleset) {
            let question = &self.model.questions[at];
            keys.extend(["ask", "short"].map(|name| format!("question.q{at}.{name}")));
            match &question.kind {
                Kind::Scale(values) => {
                    keys.extend(values.iter().map(|value| format!("scale.s{at}.\"{}\"", decimal(*value))));
                }
                Kind::Choice(options) | Kind::Multiple(options) => {
                    let ids = OPTIONS.iter().take(options.len());
                    keys.extend(ids.map(|id| format!("question.q{at}.options.{id}")));
                }
                _ => {}
            }
            let importance = question.importance.iter().flatten();
            keys.extend(importance.map(|value| format!("scale.i{at}.\"{}\"", decimal(*value))));
        }
    }

    fn aspect_texts(&self, keys: &mut Vec<String>) {
        for at in self.own(&self.cone.aspects, |at| self.model.aspects[at].ruleset) {
            let aspect = &self.model.aspects[at];
            keys.push(format!("aspect.a{at}.title"));
            keys.extend((0..aspect.levels()).map(|level| format!("aspect.a{at}.levels.{}", aspect.level_id(level))));
            if let Combine::BestMatch { portraits, .. } = &aspect.combine {
                for (portrait, declared) in portraits.iter().enumerate() {
                    let traits = 0..declared.traits.len();
                    keys.extend(traits.map(|number| format!("aspect.a{at}.traits.t{portrait}-{number}")));
                }
            }
        }
    }

    fn conclusion_texts(&self, keys: &mut Vec<String>) {
        let (model, cone) = (self.model, self.cone);
        let stones = self.own(&cone.bouwstenen, |at| model.bouwstenen[at].ruleset);
        for at in &stones {
            keys.extend(["title", "about"].map(|name| format!("bouwsteen.b{at}.{name}")));
        }
        if !stones.is_empty() {
            keys.extend(["title", "text"].map(|name| format!("rule.raadt-aan.{name}")));
        }
        for at in self.own(&cone.rules, |at| model.rules[at].ruleset) {
            keys.extend(["title", "text"].map(|name| format!("rule.d{at}.{name}")));
        }
        for at in self.own(&cone.measures, |at| model.measures[at].ruleset) {
            keys.push(format!("measure.m{at}.title"));
        }
        for at in self.own(&cone.outcomes, |at| model.outcomes[at].ruleset) {
            keys.push(format!("outcome.o{at}.title"));
            keys.extend(model.outcomes[at].option_ids().iter().map(|id| format!("outcome.o{at}.options.{id}")));
        }
        for at in self.own(&cone.tables, |at| model.tables[at].ruleset) {
            keys.push(format!("table.t{at}.title"));
            keys.extend(rows(&model.tables[at]).map(|id| format!("table.t{at}.rows.{id}")));
            keys.extend(columns(&model.tables[at]).map(|id| format!("table.t{at}.columns.{id}")));
        }
    }
}
