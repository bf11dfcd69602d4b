//! How a run ends, for a job summary, a comment on a merge request, or a terminal: what stops, what changed, what
//! is accepted, and how to do it again.

use super::difference::blocks;
use super::document::{Block, Column, Drawing, Entry, Line, Rank, Table, Text, Tone};
use super::reasoning::brief;
use super::told::Told;
use super::words::{self, Language, guarding};
use crate::assessment::Severity;
use crate::gates::{Judged, Run};
use crate::waivers::{Standing, State};

/// The summary of a run.
#[must_use]
pub fn summary(run: &Run<'_>, language: Language) -> Drawing {
    let say = |phrase| Text::plain(language.say(phrase));
    let stopping = stopping(run, language);
    let mut blocks = vec![Block::Heading(Rank::Report, say(guarding::RESULT)), verdict(run, stopping.len(), language)];
    blocks.push(Block::Table(table(run, language)));
    let mut section = |heading, inner: Vec<Block>| {
        if !inner.is_empty() {
            blocks.push(Block::Heading(Rank::Part, say(heading)));
            blocks.extend(inner);
        }
    };
    section(guarding::WHAT_STOPS, entries(&stopping));
    section(guarding::CHANGES, changes(run, language));
    section(guarding::WAIVERS_TO_LOOK_AT, list(waivers(run, language)));
    section(guarding::OTHER_FINDINGS, list(others(run, language)));
    section(guarding::ACCEPTED, list(accepted(run, language)));
    section(guarding::STILL_MATCHES, list(matching(run, language)));
    section(guarding::AGAIN, vec![Block::Paragraph(Text::code(&run.again))]);
    Drawing { blocks }
}

/// What fails, findings first, each profile in turn.
fn stopping(run: &Run<'_>, language: Language) -> Vec<Told> {
    let mut all = Vec::new();
    for judged in &run.profiles {
        let failing = judged.findings().into_iter().filter(|(_, found)| judged.fails(found));
        all.extend(failing.map(|finding| Told::finding(run, judged, finding, language)));
        all.extend(judged.failures.iter().filter_map(|failure| Told::failure(run, judged, failure, language)));
    }
    let waivers = run.standings.iter().filter(|standing| run.fails_on(standing));
    all.extend(waivers.map(|standing| Told::waiver(run, standing, language)));
    all
}

fn verdict(run: &Run<'_>, stopping: usize, language: Language) -> Block {
    let rulesets = run.profiles.iter().flat_map(|judged| &judged.assessment.rulesets);
    let rules = rulesets.map(|ruleset| ruleset.diagnoses.len() + ruleset.silent.len()).sum();
    let changed = run.profiles.iter().filter_map(|judged| judged.change.as_ref()).filter(|one| !one.is_empty()).count();
    let said = match (stopping + changed, run.has_gates) {
        (0, false) => language.say(guarding::NO_GATES).to_owned(),
        (0, true) => language.say(guarding::FINE).to_owned(),
        (count, _) => guarding::stops(count, language),
    };
    let looked_at = guarding::looked_at(run.profiles.len(), rules, language);
    Block::Lead(vec![Text::strong(said), Text::plain(looked_at)])
}

fn table(run: &Run<'_>, language: Language) -> Table {
    let head = [guarding::PROFILE_FILE, guarding::CHAIN, words::ANSWERED, guarding::FINDINGS_HELD, guarding::VERDICT];
    Table {
        columns: vec![Column::Words, Column::Words, Column::Short, Column::Words, Column::Short],
        head: head.map(|phrase| Text::quiet(language.say(phrase))).to_vec(),
        rows: run.profiles.iter().map(|judged| row(judged, language)).collect(),
        headless: false,
    }
}

fn row(judged: &Judged<'_>, language: Language) -> Vec<Text> {
    let (answered, asked) = judged.assessment.rulesets.iter().filter(|ruleset| ruleset.answered).fold(
        (0, 0),
        |(answered, asked), ruleset| {
            (answered + ruleset.completeness.answered, asked + ruleset.completeness.applicable)
        },
    );
    let findings = judged.findings();
    let weights = [Severity::Critical, Severity::Major, Severity::Minor, Severity::Observation];
    let counted = weights.into_iter().filter_map(|severity| {
        let count = findings.iter().filter(|(_, found)| found.severity == severity).count();
        (count > 0).then(|| format!("{count} {}", language.say(words::severity(severity))))
    });
    let verdict = if judged.says_nothing() {
        Text::toned(Tone::Warning, language.say(guarding::EMPTY))
    } else if judged.failures.is_empty() && judged.change.as_ref().is_none_or(|change| change.is_empty()) {
        Text::toned(Tone::Good, language.say(guarding::PASSES))
    } else {
        Text::toned(Tone::Alarm, language.say(guarding::STOPS_HERE))
    };
    vec![
        Text::code(&judged.assessment.receipt.profile),
        Text::plain(&judged.assessment.chain.name),
        Text::plain(language.percentage(answered, asked)),
        Text::plain(counted.collect::<Vec<_>>().join(", ")),
        verdict,
    ]
}

fn entries(all: &[Told]) -> Vec<Block> {
    let entry = |told: &Told| {
        let place = &told.places[0];
        let mut lines = vec![Line::Words(Text::code(format!("{}:{}", place.file, place.line)))];
        lines.extend(told.lines.iter().map(|line| Line::Words(Text::plain(line))));
        Entry { title: Text::plain(&told.title), note: Text::code(&told.id), lines, ..Entry::default() }
    };
    if all.is_empty() { Vec::new() } else { vec![Block::Entries(all.iter().map(entry).collect())] }
}

fn list(items: Vec<Text>) -> Vec<Block> {
    if items.is_empty() { Vec::new() } else { vec![Block::List(items)] }
}

fn changes(run: &Run<'_>, language: Language) -> Vec<Block> {
    let mut all = Vec::new();
    for judged in &run.profiles {
        if let Some(change) = judged.change.as_ref().filter(|change| !change.is_empty()) {
            all.push(Block::Heading(Rank::Section, Text::code(&judged.assessment.receipt.profile)));
            all.extend(blocks(change, language));
        }
    }
    all
}

fn others(run: &Run<'_>, language: Language) -> Vec<Text> {
    let mut all = Vec::new();
    for judged in &run.profiles {
        for (ruleset, found) in judged.findings() {
            if judged.fails(found) || judged.waiver(found).is_some() {
                continue;
            }
            let weight = language.say(words::severity(found.severity));
            let sure = language.say(words::certainty(found.certainty));
            let told = Text::strong(&found.title).then(format!(": {weight}, {sure} "));
            let id = Text::code(format!("{}/{}", ruleset.id, found.id));
            all.push(told.then(id).then(" ").then(Text::code(&judged.assessment.receipt.profile)));
        }
    }
    all
}

fn accepted(run: &Run<'_>, language: Language) -> Vec<Text> {
    let mut all = Vec::new();
    for judged in &run.profiles {
        for (ruleset, found, waiver) in judged.waived.iter().filter(|(.., waiver)| !waiver.baseline) {
            let id = Text::code(format!("{}/{}", ruleset.id, found.id));
            let told = Text::strong(&found.title).then(" ").then(id);
            all.push(told.then(format!(": {}", guarding::waived(waiver, language))));
        }
    }
    all
}

/// The entries of a baseline that still cover what they were made for, each with why.
fn matching(run: &Run<'_>, language: Language) -> Vec<Text> {
    let holds = |standing: &&Standing<'_>| standing.state == State::Holds && standing.waiver.baseline;
    let told = run.standings.iter().filter(holds).filter_map(|standing| {
        let about = standing.about?;
        let because = brief(&about.diagnosis.because, language);
        let because = because.into_iter().map(|(_, text)| text.words().into_owned()).collect::<Vec<_>>().join("; ");
        let id = Text::code(format!("{}/{}", about.ruleset.id, about.diagnosis.id));
        Some(id.then(": ").then(guarding::still_matches(&because, language)))
    });
    told.collect()
}

fn waivers(run: &Run<'_>, language: Language) -> Vec<Text> {
    let found = run.standings.iter().filter(|standing| standing.state.is_finding() && !run.fails_on(standing));
    let told = found.map(|standing| {
        let told = Told::waiver(run, standing, language);
        let place = Text::code(format!("{}:{}", told.places[0].file, told.places[0].line));
        Text::strong(&told.title).then(" ").then(place).then(format!(": {}", told.lines.join("; ")))
    });
    told.collect()
}
