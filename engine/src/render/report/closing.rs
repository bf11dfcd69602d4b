//! What closes the report: what stands out in the answers, what is still open, how to read it, what it was
//! made from.

use super::joined::{Reading, readings};
use super::tailoring::tailoring;
use super::{Extent, cut, name, section};
use crate::assessment::{Assessment, Certainty, RulesetAssessment, Titled};
use crate::render::document::{Block, Column, Rank, Table, Text};
use crate::render::highlights::{extremes, fragile};
use crate::render::words::{self, Language};

/// How much of a checksum is shown: enough to tell two versions apart.
const CHECKSUM: usize = 16;

/// What stands out in the answers of a ruleset, and which answers are not there yet.
pub(super) fn answers(ruleset: &RulesetAssessment, extent: Extent, language: Language) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !ruleset.remarks.is_empty() {
        let remarks = ruleset.remarks.iter().map(|remark| words::remark(remark, language).into()).collect();
        blocks.extend(section(Rank::Section, language.say(words::REMARKS), vec![Block::List(remarks)]));
    }
    if !ruleset.unanswered.is_empty() {
        let open = unanswered(ruleset, extent).into_iter();
        let open = open.map(|question| vec![question.title.as_str().into(), Text::code(&question.id)]);
        let table = Table {
            columns: vec![Column::Words, Column::Words],
            head: [words::QUESTION, words::IN_PROFILE].map(|head| Text::quiet(language.say(head))).to_vec(),
            rows: open.collect(),
            headless: false,
        };
        let heading = format!("{} ({})", language.say(words::UNANSWERED), ruleset.unanswered.len());
        let told = [Block::Table(table)].into_iter().chain(cut(ruleset.unanswered.len(), extent, language));
        blocks.extend(section(Rank::Section, heading, told.collect()));
    }
    blocks
}

/// The open questions in the order in which they are asked; where there are too many, those that decide most.
fn unanswered(ruleset: &RulesetAssessment, extent: Extent) -> Vec<&Titled> {
    let mut open: Vec<&Titled> = ruleset.unanswered.iter().collect();
    if open.len() > extent.most() {
        let place = |id: &str| ruleset.next_questions.iter().position(|next| next.id == id).unwrap_or(usize::MAX);
        open.sort_by_cached_key(|question| place(&question.id)); // stable
        open.truncate(extent.most());
    }
    open
}

/// What closes a page for a board: how sure is sure, and where the rest stands.
pub(super) fn brief(assessment: &Assessment, language: Language) -> Vec<Block> {
    let command = Text::code(format!("ketenspiegel diagnose {}", assessment.receipt.profile));
    let all = Text::quiet(language.say(words::ALL_OF_IT)).then(": ").then(command);
    let answered = assessment.rulesets.iter().filter(|ruleset| ruleset.answered);
    let tailored = answered.flat_map(|ruleset| tailoring(Rank::Part, ruleset, language));
    let tailored = tailored.chain(notes(assessment, language));
    tailored.chain(meanings(assessment, Extent::Brief, language)).chain([Block::Paragraph(all)]).collect()
}

/// What every report says with a ruleset, of those whose own screen is left out because another one joins them.
fn notes(assessment: &Assessment, language: Language) -> Vec<Block> {
    let joined = readings(assessment).into_iter().filter(|reading| reading.joined_by.is_some());
    let noted = joined.filter_map(|reading| {
        let note = reading.ruleset.note.as_deref()?;
        let title = &reading.ruleset.title;
        let colon = if title.ends_with('?') { " " } else { ": " };
        Some(Text::strong(title).then(colon).then(note))
    });
    let noted: Vec<Text> = noted.collect();
    let list = if noted.is_empty() { Vec::new() } else { vec![Block::List(noted)] };
    section(Rank::Part, language.say(words::WITH_THE_SOURCES), list)
}

/// What the words and marks mean that say how sure something is; on a page for a board those that stand on it.
fn meanings(assessment: &Assessment, extent: Extent, language: Language) -> Vec<Block> {
    if !assessment.rulesets.iter().any(|ruleset| ruleset.answered && ruleset.completeness.answered > 0) {
        return Vec::new();
    }
    let meaning = |certainty| {
        let word = Text::strong(language.say(words::certainty(certainty)));
        word.then(": ").then(language.say(words::certainty_meaning(certainty)))
    };
    let mut meanings = [Certainty::Confirmed, Certainty::Indicated, Certainty::Open].map(meaning).to_vec();
    if assessment.rulesets.iter().any(|ruleset| !fragile(ruleset).is_empty()) {
        let word = Text::strong(language.say(words::FRAGILE));
        meanings.push(word.then(": ").then(language.say(words::FRAGILE_EXPLAINED)));
    }
    let has_ranges =
        |reading: &Reading<'_>| extent != Extent::Brief || reading.joined_by.is_none() && shows_range(reading.ruleset);
    if readings(assessment).iter().any(has_ranges) {
        meanings.push(Text::strong("[…–…]").then(": ").then(language.say(words::RANGE_EXPLAINED)));
    }
    section(Rank::Part, language.say(words::HOW_TO_READ), vec![Block::List(meanings)])
}

/// Whether the screen of a ruleset has a score that open answers can still change.
fn shows_range(ruleset: &RulesetAssessment) -> bool {
    let found = extremes(ruleset);
    let ranges = found.weakest.into_iter().chain(found.strongest).filter_map(|aspect| aspect.range);
    ranges.into_iter().any(|range| range.low != range.high)
}

/// How to read the report, and what it was made from.
pub(super) fn closing(assessment: &Assessment, language: Language) -> Vec<Block> {
    let mut blocks = meanings(assessment, Extent::Full, language);
    blocks.extend(section(
        Rank::Part,
        language.say(words::MADE_FROM),
        vec![Block::List(receipt(assessment, language))],
    ));
    blocks
}

fn receipt(assessment: &Assessment, language: Language) -> Vec<Text> {
    let receipt = &assessment.receipt;
    let mut lines = Vec::new();
    if !assessment.chain.parties.is_empty() {
        let parties: Vec<String> = assessment.chain.parties.iter().map(|party| party.title.clone()).collect();
        lines.push(format!("{}: {}", language.say(words::PARTIES), language.and(&parties)).into());
    }
    lines.push(Text::join(
        [
            format!("{} {}", language.say(words::PROFILE), receipt.profile).into(),
            Text::plain("sha256 ").then(Text::code(&receipt.profile_sha256)),
        ],
        ", ",
    ));
    for ruleset in &assessment.rulesets {
        let sum: String = ruleset.sha256.chars().take(CHECKSUM).collect();
        let name = format!("{} {} ({})", language.say(words::RULESET), name(ruleset), ruleset.id);
        lines.push(Text::plain(name).then(", sha256 ").then(Text::code(sum)).then("…"));
    }
    lines.push(format!("{} {}", language.say(words::ENGINE), receipt.engine).into());
    lines
}
