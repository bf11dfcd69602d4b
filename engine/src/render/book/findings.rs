//! The rules as sentences: when a finding is so, and what it recommends.

use super::ways::Read;
use super::{Part, Writing, entry, prose, said};
use crate::assessment::Severity;
use crate::condition::RuleId;
use crate::render::document::{Block, Entry, Line, Rank, Text};
use crate::render::words;

/// The most cases that are named; of more, how many there are.
const MOST_NAMED: usize = 3;

impl Writing<'_> {
    pub(super) fn findings(&self) -> Part {
        let own = self.ruleset.own.rules.clone();
        let count = own.len();
        let mut blocks = Vec::new();
        for severity in Severity::ALL {
            let rules: Vec<usize> = own.clone().filter(|at| self.library.rules[*at].severity == severity).collect();
            if rules.is_empty() {
                continue;
            }
            let heading = words::severity_heading(severity, rules.len(), self.language);
            blocks.push(Block::Heading(Rank::Section, heading.into()));
            blocks.push(Block::Entries(rules.into_iter().map(|at| self.finding(RuleId::at(at))).collect()));
        }
        Part { heading: words::FINDINGS, anchor: "rules", count, blocks }
    }

    fn finding(&self, id: RuleId) -> Entry {
        let rule = &self.library.rules[id.index()];
        let mut lines: Vec<Line> = prose(&self.words.rule(id, "text")).collect();
        lines.push(self.if_so(said::HOLDS_IF, Some(rule.when)));
        lines.push(self.if_so(said::FIRST_ENOUGH, rule.needs));
        lines.push(self.fields(said::RECOMMENDS, rule.recommend.iter().map(|stone| self.stone(*stone)).collect()));
        lines.push(self.field(said::BELONGS_TO, rule.aspect.map(|aspect| self.aspect(aspect)).unwrap_or_default()));
        lines.push(self.field(said::BALANCE, rule.balance.as_deref().unwrap_or_default()));
        lines.push(self.listed(said::READ_BY, self.readers(Read::Rule(id))));
        lines.push(self.source(&rule.declared.source));
        lines.push(self.brought_about(id));
        let note =
            Text::plain(self.say(words::severity(rule.severity))).then(" · ").then(Text::code(&rule.declared.id));
        entry(self.here("rule", &rule.declared.id, &self.words.rule(id, "title")), note, lines)
    }

    /// The cases that bring a rule about.
    fn brought_about(&self, id: RuleId) -> Line {
        let cases = self.cases.get(&id).map(Vec::as_slice).unwrap_or_default();
        if cases.is_empty() {
            return self.field(said::CASES, Text::quiet(self.say(said::NO_CASE)));
        }
        let mut told =
            cases.iter().take(MOST_NAMED).map(|name| self.language.quoted(name)).collect::<Vec<_>>().join(", ");
        if cases.len() > MOST_NAMED {
            told = format!("{told}, {}", said::and_more(cases.len() - MOST_NAMED, self.language));
        }
        let count = said::of_cases(cases.len(), self.language);
        self.field(said::CASES, Text::quiet(format!("{count}: {told}")))
    }
}
