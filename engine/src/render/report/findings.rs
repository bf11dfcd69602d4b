//! All findings, by how much they matter: what holds back, and what goes well.

use super::typings::{because, field, inexact, origin, why, with_content};
use super::{certainty, full_id, section, titles};
use crate::assessment::{Certainty, DiagnosisAssessment, OneStep, RulesetAssessment, Severity, State};
use crate::render::document::{Block, Column, Entry, Line, Rank, Table, Text, Tone, paragraphs};
use crate::render::highlights::to_check;
use crate::render::reasoning::{brief, short, steps};
use crate::render::words::{self, Language};

/// All findings of a ruleset.
pub(super) fn findings(ruleset: &RulesetAssessment, language: Language) -> Vec<Block> {
    let groups = Severity::ALL.into_iter().flat_map(|severity| {
        let found = ruleset.diagnoses.iter().filter(|found| found.severity == severity && !merely_open(found));
        let entries: Vec<Entry> = found.map(|found| finding(ruleset, found, language)).collect();
        let heading = words::severity_heading(severity, entries.len(), language);
        let blocks = if entries.is_empty() { Vec::new() } else { vec![Block::Entries(entries)] };
        section(Rank::Group, heading, blocks)
    });
    let told = section(Rank::Section, language.say(words::FINDINGS), groups.collect());
    told.into_iter().chain(fragile(ruleset, language)).chain(open(ruleset, language)).collect()
}

/// How many steps are told.
const MOST_STEPS: usize = 10;

/// The steps of one answer that turn most.
fn fragile(ruleset: &RulesetAssessment, language: Language) -> Vec<Block> {
    let check = to_check(ruleset);
    let row = |(step, turns): &(&OneStep, Vec<&str>)| {
        let (from, to) = (short(&step.from, language), short(&step.to, language));
        let first: Vec<&str> = turns.iter().copied().take(MOST_TURNED).collect();
        let turned = words::and_more(&first.join("; "), turns.len() - first.len(), language);
        vec![step.title.as_str().into(), format!("{from} → {to}").into(), turned.into()]
    };
    let rows: Vec<Vec<Text>> = check.steps.iter().take(MOST_STEPS).map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let table = Table {
        columns: vec![Column::Words, Column::Words, Column::Words],
        head: [words::QUESTION, words::ONE_STEP, words::TURNS].map(|head| Text::quiet(language.say(head))).to_vec(),
        rows,
        headless: false,
    };
    section(
        Rank::Section,
        format!("{} ({})", language.say(words::FRAGILE_HEADING), check.fragile),
        vec![Block::Table(table)],
    )
}

/// How many of the conclusions that a step turns are named.
const MOST_TURNED: usize = 3;

/// Whether nothing speaks for a finding yet: it is open, and not for want of answers around it.
fn merely_open(found: &DiagnosisAssessment) -> bool {
    found.certainty == Certainty::Open && found.because.first().is_none_or(|reason| reason.state != State::Holds)
}

/// The findings that open answers can still bring, a line each: more than that would hide what is known.
fn open(ruleset: &RulesetAssessment, language: Language) -> Vec<Block> {
    let found: Vec<&DiagnosisAssessment> = ruleset.diagnoses.iter().filter(|found| merely_open(found)).collect();
    if found.is_empty() {
        return Vec::new();
    }
    let row = |found: &&DiagnosisAssessment| {
        let marked = mark(found.severity).then("  ").then(found.title.as_str());
        vec![marked, Text::code(&found.id)]
    };
    let table = Table {
        columns: vec![Column::Words, Column::Words],
        head: [
            language.say(words::FINDING).to_owned(),
            format!("{}: {}", language.say(words::WHY), full_id(ruleset, "…")),
        ]
        .map(Text::quiet)
        .to_vec(),
        rows: found.iter().map(row).collect(),
        headless: false,
    };
    let heading = format!("{} ({})", language.say(words::STILL_OPEN), found.len());
    let explained = Block::Paragraph(language.say(words::STILL_OPEN_EXPLAINED).into());
    section(Rank::Section, heading, vec![explained, Block::Table(table)])
}

/// The mark of a severity; its word always stands near.
pub(super) fn mark(severity: Severity) -> Text {
    Text::toned(tone(severity), words::severity_mark(severity))
}

/// The tone of a severity.
pub(super) const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Critical => Tone::Alarm,
        Severity::Major => Tone::Warning,
        Severity::Minor | Severity::Observation => Tone::Plain,
        Severity::Strength => Tone::Good,
    }
}

fn finding(ruleset: &RulesetAssessment, found: &DiagnosisAssessment, language: Language) -> Entry {
    let mut lines: Vec<Line> = paragraphs(&found.text).into_iter().map(Line::Words).collect();
    let name = if found.certainty == Certainty::Open { words::IT_IS_ABOUT } else { words::BECAUSE };
    lines.push(because(name, &found.because, language));
    lines.push(Line::Fields(Text::quiet(language.say(words::FIRST_NEEDED)), brief(&found.needs, language)));
    if found.certainty != Certainty::Confirmed {
        lines.push(field(words::HANGS_ON, titles(&found.deciding), language));
    }
    lines.push(field(words::FRAGILE, steps(&found.fragile, language), language));
    lines.push(field(words::ASPECT, aspect(ruleset, found), language));
    lines.push(field(words::ADVICE, advice(ruleset, found), language));
    lines.push(field(words::SOURCE, origin(&found.source, &found.place), language));
    lines.extend(inexact(found.exact, language));
    lines.push(why(ruleset, &found.id, language));
    Entry {
        mark: mark(found.severity),
        title: found.title.as_str().into(),
        note: certainty(found.certainty, language),
        lines: with_content(lines),
    }
}

fn aspect(ruleset: &RulesetAssessment, found: &DiagnosisAssessment) -> String {
    let id = found.aspect.as_ref();
    id.map(|id| ruleset.aspects.iter().find(|aspect| aspect.id == *id).map_or(id, |aspect| &aspect.title))
        .cloned()
        .unwrap_or_default()
}

/// What it recommends, by title where the plan knows it.
fn advice(ruleset: &RulesetAssessment, found: &DiagnosisAssessment) -> String {
    let title = |id: &String| {
        let known = ruleset.recommendations.iter().find(|advice| advice.bouwsteen == *id);
        known.map_or_else(|| id.clone(), |advice| advice.title.clone())
    };
    found.recommends.iter().map(title).collect::<Vec<_>>().join("; ")
}
