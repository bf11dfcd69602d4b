//! Puts the report together: what stands in it, in which order, in which words. Drawing comes after.

mod aspects;
mod closing;
mod findings;
mod joined;
mod plan;
mod screen;
mod tailoring;
mod typings;

use super::document::{Block, Rank, Text};
use super::words::{self, Language};
use crate::assessment::{Assessment, Certainty, RulesetAssessment, Titled};
use joined::Reading;

/// How much of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// First screens, and everything after them.
    #[default]
    Full,
    /// What a board reads: the first screen of what joins the others, or where nothing does every first screen.
    Brief,
}

/// The report of an assessment: first screens first, everything else after, in the same order.
pub(super) fn report(assessment: &Assessment, extent: Extent, language: Language) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Rank::Report, title(assessment, language))];
    if assessment.rulesets.is_empty() {
        blocks.push(Block::Paragraph(language.say(words::NOTHING_ASSESSED).into()));
    }
    let readings = joined::readings(assessment);
    for reading in readings.iter().filter(|reading| extent == Extent::Full || reading.joined_by.is_none()) {
        blocks.extend(screen::screen(reading, language));
    }
    for ruleset in joined::only_read(assessment) {
        blocks.push(Block::Paragraph(Text::quiet(words::only_read(&name(ruleset), language))));
    }
    if extent == Extent::Brief {
        blocks.extend(closing::brief(assessment, language));
        return blocks;
    }
    if assessment.rulesets.iter().any(|ruleset| !ruleset.diagnoses.is_empty()) {
        let command = Text::code(format!("ketenspiegel explain {} ID", assessment.receipt.profile));
        let ask = Text::quiet(language.say(words::ASK_WHY)).then(" ").then(command);
        blocks.push(Block::Paragraph(ask.then(Text::quiet(language.say(words::WHAT_ID)))));
    }
    for reading in &readings {
        blocks.extend(details(reading, language));
    }
    blocks.extend(closing::closing(assessment, language));
    blocks
}

fn title(assessment: &Assessment, language: Language) -> Text {
    let date = assessment.chain.date.as_deref().map(|date| words::reference_date(date, language));
    let parts = [words::NAME.to_owned(), assessment.chain.name.clone(), date.unwrap_or_default()];
    Text::join(parts.map(Text::plain), " · ")
}

fn details(reading: &Reading<'_>, language: Language) -> Vec<Block> {
    let ruleset = reading.ruleset;
    let mut blocks = vec![Block::Heading(Rank::Part, words::in_full(&name(ruleset), language).into())];
    blocks.extend(aspects::aspects(ruleset, language));
    blocks.extend(typings::typings(ruleset, language));
    blocks.extend(findings::findings(ruleset, language));
    blocks.extend(plan::plan(reading, language));
    blocks.extend(closing::answers(ruleset, language));
    blocks.extend(tailoring::tailoring(Rank::Section, ruleset, language));
    blocks
}

/// Title and version of a ruleset.
fn name(ruleset: &RulesetAssessment) -> String {
    format!("{} {}", ruleset.title, ruleset.version)
}

/// A section with its heading; nothing where there is nothing to say.
fn section(rank: Rank, heading: impl Into<Text>, blocks: Vec<Block>) -> Vec<Block> {
    if blocks.is_empty() {
        return blocks;
    }
    std::iter::once(Block::Heading(rank, heading.into())).chain(blocks).collect()
}

/// How sure, in a tone that helps the eye.
fn certainty(certainty: Certainty, language: Language) -> Text {
    let words = language.say(words::certainty(certainty));
    match certainty {
        Certainty::Confirmed => Text::plain(words),
        Certainty::Indicated | Certainty::Open => Text::quiet(words),
    }
}

/// The titles, one after the other.
fn titles(items: &[Titled]) -> String {
    items.iter().map(|item| item.title.as_str()).collect::<Vec<_>>().join("; ")
}

/// The titles as what may be chosen from: `a, b of c`.
fn either(items: &[Titled], language: Language) -> String {
    language.or(&items.iter().map(|item| item.title.clone()).collect::<Vec<_>>())
}

/// The id by which `ketenspiegel explain` knows a conclusion.
fn full_id(ruleset: &RulesetAssessment, id: &str) -> String {
    format!("{}/{id}", ruleset.id)
}
