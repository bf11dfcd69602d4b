//! Puts the report together: what stands in it, in which order, in which words. Drawing comes after.

mod aspects;
mod closing;
mod findings;
mod joined;
mod plan;
mod screen;
pub(super) mod tailoring;
mod typings;

use super::document::{Block, Rank, Text};
use super::words::{self, Language};
use crate::assessment::{Assessment, Certainty, RulesetAssessment, Titled};
use joined::Reading;

/// How much of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// First screens, and everything after them; of long lists of what is still open the first.
    #[default]
    Full,
    /// The same, with those lists whole.
    All,
    /// What a board reads: the first screen of what joins the others, or where nothing does every first screen.
    Brief,
}

/// How much there is of a long list of what is still open.
const MOST_LISTED: usize = 12;

impl Extent {
    /// The most lines that a list of what is still open has.
    const fn most(self) -> usize {
        if matches!(self, Self::All) { usize::MAX } else { MOST_LISTED }
    }
}

/// The report of an assessment: first screens first, everything else after, in the same order.
pub(super) fn report(assessment: &Assessment, extent: Extent, language: Language) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Rank::Report, title(assessment, language))];
    if assessment.rulesets.is_empty() {
        blocks.push(Block::Paragraph(language.say(words::NOTHING_ASSESSED).into()));
    }
    let readings = joined::readings(assessment);
    for reading in readings.iter().filter(|reading| extent != Extent::Brief || reading.joined_by.is_none()) {
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
        blocks.extend(details(reading, extent, language));
    }
    blocks.extend(closing::closing(assessment, language));
    blocks
}

fn title(assessment: &Assessment, language: Language) -> Text {
    let date = assessment.chain.date.as_deref().map(|date| words::reference_date(date, language));
    let parts = [words::NAME.to_owned(), assessment.chain.name.clone(), date.unwrap_or_default()];
    Text::join(parts.map(Text::plain), " · ")
}

fn details(reading: &Reading<'_>, extent: Extent, language: Language) -> Vec<Block> {
    let ruleset = reading.ruleset;
    let mut blocks = vec![Block::Heading(Rank::Part, words::in_full(&name(ruleset), language).into())];
    blocks.extend(aspects::aspects(ruleset, extent, language));
    blocks.extend(typings::typings(ruleset, extent, language));
    blocks.extend(findings::findings(ruleset, extent, language));
    blocks.extend(plan::plan(reading, language));
    blocks.extend(closing::answers(ruleset, extent, language));
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

/// How many of the open answers that something hangs on are named.
const MOST_DECIDING: usize = 6;

/// The first titles, and how many more there are.
fn first_titles(items: &[Titled], language: Language) -> String {
    let most = if items.len() == MOST_DECIDING + 1 { items.len() } else { MOST_DECIDING };
    words::and_more(&titles(&items[..items.len().min(most)]), items.len().saturating_sub(most), language)
}

/// What is left out of a list of what is still open, and how to see it.
fn cut(listed: usize, extent: Extent, language: Language) -> Option<Block> {
    let left_out = listed.saturating_sub(extent.most());
    let said = || Text::quiet(words::not_listed(left_out, language)).then(Text::code("--all"));
    (left_out > 0).then(|| Block::Paragraph(said()))
}

/// How many possible values are named; of more it is said that nothing is known yet.
const MOST_POSSIBLE: usize = 3;

/// What has no value yet: what it may become, as far as that says something.
fn possible(candidates: &[Titled], language: Language) -> String {
    match candidates.len() {
        0 => language.say(words::NONE_FITS).to_owned(),
        1..=MOST_POSSIBLE => either(candidates, language),
        _ => language.say(words::NOT_KNOWN_YET).to_owned(),
    }
}

/// The titles as what may be chosen from: `a, b of c`.
fn either(items: &[Titled], language: Language) -> String {
    language.either(&items.iter().map(|item| item.title.clone()).collect::<Vec<_>>())
}

/// The id by which `ketenspiegel explain` knows a conclusion.
fn full_id(ruleset: &RulesetAssessment, id: &str) -> String {
    format!("{}/{id}", ruleset.id)
}
