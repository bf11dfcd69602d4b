//! All findings, by how much they matter: what holds back, and what goes well.

use super::typings::{because, field, inexact, origin, why, with_content};
use super::{Extent, certainty, cut, first_titles, full_id, section, titles};
use crate::assessment::{Certainty, DiagnosisAssessment, OneStep, RulesetAssessment, Severity, State};
use crate::render::document::{Block, Column, Entry, Line, Rank, Table, Text, Tone, paragraphs};
use crate::render::highlights;
use crate::render::reasoning::{brief, steps};
use crate::render::words::{self, Language};

/// All findings of a ruleset.
pub(super) fn findings(ruleset: &RulesetAssessment, extent: Extent, language: Language) -> Vec<Block> {
    let groups = Severity::ALL.into_iter().flat_map(|severity| {
        let found = ruleset.diagnoses.iter().filter(|found| found.severity == severity && !merely_open(found));
        let found: Vec<&DiagnosisAssessment> = found.collect();
        let open = found.iter().filter(|found| found.certainty == Certainty::Open).count();
        let heading = words::severity_heading_with(severity, found.len() - open, open, language);
        let entries: Vec<Entry> = found.into_iter().map(|found| finding(ruleset, found, language)).collect();
        let blocks = if entries.is_empty() { Vec::new() } else { vec![Block::Entries(entries)] };
        section(Rank::Group, heading, blocks)
    });
    let told = section(Rank::Section, language.say(words::FINDINGS), groups.collect());
    let told = told.into_iter().chain(by_aspect(ruleset, language));
    told.chain(fragile(ruleset, extent, language)).chain(open(ruleset, extent, language)).collect()
}

/// What holds of each aspect, a line each: what goes well and what can be better beside each other.
fn by_aspect(ruleset: &RulesetAssessment, language: Language) -> Vec<Block> {
    let mut rows: Vec<Vec<Text>> = Vec::new();
    let mut told = 0;
    for aspect in &ruleset.aspects {
        let holding = ruleset.diagnoses.iter().filter(|found| found.certainty != Certainty::Open);
        let here: Vec<&DiagnosisAssessment> =
            holding.filter(|found| found.aspect.as_ref() == Some(&aspect.id)).collect();
        told += usize::from(!here.is_empty());
        rows.extend(here.into_iter().enumerate().map(|(at, found)| {
            let title = if at == 0 { aspect.title.as_str() } else { "" };
            let marked = mark(found.severity).then("  ").then(found.title.as_str());
            vec![title.into(), marked, certainty(found.certainty, language)]
        }));
    }
    if told < 2 {
        return Vec::new();
    }
    let table = Table {
        columns: vec![Column::Words, Column::Words, Column::Words],
        head: [words::ASPECT, words::FINDING, words::HOW_SURE].map(|head| Text::quiet(language.say(head))).to_vec(),
        rows,
        headless: false,
    };
    section(Rank::Section, language.say(words::BY_ASPECT), vec![Block::Table(table)])
}

/// What hangs on one step of one answer: each conclusion once, with the answers that turn it.
fn fragile(ruleset: &RulesetAssessment, extent: Extent, language: Language) -> Vec<Block> {
    let found = highlights::fragile(ruleset);
    if found.is_empty() {
        return Vec::new();
    }
    let row = |(title, by): &(&str, &[OneStep])| vec![words::capitalised(title).into(), steps(by, language).into()];
    let table = Table {
        columns: vec![Column::Words, Column::Words],
        head: [words::CONCLUSION, words::ONE_STEP].map(|head| Text::quiet(language.say(head))).to_vec(),
        rows: found.iter().take(extent.most()).map(row).collect(),
        headless: false,
    };
    let heading = words::fragile_heading(found.len(), language);
    let told = [Block::Table(table)].into_iter().chain(cut(found.len(), extent, language));
    section(Rank::Section, heading, told.collect())
}

/// Whether nothing speaks for a finding yet: it is open, and not for want of answers around it.
fn merely_open(found: &DiagnosisAssessment) -> bool {
    found.certainty == Certainty::Open && found.because.first().is_none_or(|reason| reason.state != State::Holds)
}

/// The findings that open answers can still bring, a line each: more than that would hide what is known. Of many
/// those that matter most.
fn open(ruleset: &RulesetAssessment, extent: Extent, language: Language) -> Vec<Block> {
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
        rows: found.iter().take(extent.most()).map(row).collect(),
        headless: false,
    };
    let heading = format!("{} ({})", language.say(words::STILL_OPEN), found.len());
    let explained = Block::Paragraph(language.say(words::STILL_OPEN_EXPLAINED).into());
    let told = [explained, Block::Table(table)].into_iter().chain(cut(found.len(), extent, language));
    section(Rank::Section, heading, told.collect())
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
        lines.push(field(words::HANGS_ON, first_titles(&found.deciding, language), language));
    }
    lines.push(field(words::FRAGILE, steps(&found.fragile, language), language));
    lines.push(field(words::ASPECT, aspect(ruleset, found), language));
    lines.push(field(words::ADVICE, titles(&found.advice), language));
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
