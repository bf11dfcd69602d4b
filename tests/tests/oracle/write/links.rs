//! Writes `links.toml`, and which questions inform others.

use super::{Writer, quoted, written};
use crate::oracle::model::RULESETS;
use std::fmt::Write as _;

impl Writer<'_> {
    pub(super) fn links(&self) -> String {
        let mut text = String::new();
        let kept = |question: &usize| self.cone.questions.contains(question);
        for link in self.model.links.iter().filter(|link| link.ruleset == self.ruleset) {
            if !link.questions.iter().all(kept) {
                continue;
            }
            let questions = quoted(link.questions.iter().map(|at| self.linked(*at)));
            writeln!(text, "[[same]]\nquestions = [{questions}]").unwrap();
            if link.written {
                let rows = link.rows.iter().map(|row| {
                    let row: Vec<String> = row.iter().map(|value| written(*value)).collect();
                    format!("[{}]", row.join(", "))
                });
                writeln!(text, "options = [{}]", rows.collect::<Vec<_>>().join(", ")).unwrap();
            }
            text.push_str("source = \"Bron\"\n");
        }
        for informs in self.model.informs.iter().filter(|informs| informs.ruleset == self.ruleset) {
            let own = self.model.questions[informs.question].ruleset == self.ruleset;
            if !own && kept(&informs.question) && kept(&informs.at) {
                let (question, at) = (self.linked(informs.question), self.linked(informs.at));
                writeln!(text, "[[informs]]\nquestion = \"{question}\"\nat = [\"{at}\"]\nsource = \"Bron\"").unwrap();
            }
        }
        text
    }

    /// Where a question of this ruleset is shown.
    pub(super) fn informs(&self, text: &mut String, question: usize) {
        let kept = |at: &usize| self.cone.questions.contains(at);
        let own = self.model.informs.iter().filter(|informs| informs.ruleset == self.ruleset);
        let shown = own.filter(|informs| informs.question == question).map(|informs| informs.at).filter(kept);
        let shown = quoted(shown.map(|at| self.linked(at)));
        if !shown.is_empty() {
            writeln!(text, "informs = [{shown}]").unwrap();
        }
    }

    /// The id of a question as this ruleset says it.
    fn linked(&self, question: usize) -> String {
        let ruleset = self.model.questions[question].ruleset;
        if ruleset == self.ruleset { format!("q{question}") } else { format!("{}/q{question}", RULESETS[ruleset]) }
    }
}
