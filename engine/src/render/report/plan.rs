//! The plan: what to put in place or do, in stages, each with the reasons for its rank.

use super::joined::Reading;
use super::typings::{field, with_content};
use super::{section, titles};
use crate::assessment::{RecommendationAssessment, RecommendationKind};
use crate::render::document::{Block, Entry, Line, Rank, Text, Tone, paragraphs};
use crate::render::reasoning::rank_sum;
use crate::render::words::{self, Language};
use std::collections::BTreeSet;

/// The plan of a ruleset; one that is joined has its advice in the plan of what joins it.
pub(super) fn plan(reading: &Reading<'_>, language: Language) -> Vec<Block> {
    let ruleset = reading.ruleset;
    if let Some(title) = reading.joined_by.filter(|_| !ruleset.recommendations.is_empty()) {
        let blocks = vec![Block::Paragraph(words::plan_elsewhere(title, language).into())];
        return section(Rank::Section, language.say(words::PLAN), blocks);
    }
    let stages: BTreeSet<usize> = ruleset.recommendations.iter().map(|advice| advice.stage).collect();
    let mut blocks = Vec::new();
    for stage in stages {
        let now = ruleset.recommendations.iter().filter(|advice| advice.stage == stage);
        let entries: Vec<Entry> = now.map(|advice| recommendation(reading, advice, language)).collect();
        blocks.extend(section(Rank::Group, words::stage(stage, language), vec![Block::Entries(entries)]));
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::Paragraph(language.say(words::PLAN_EXPLAINED).into()));
    }
    section(Rank::Section, language.say(words::PLAN), blocks)
}

/// The titles of the rulesets that ask for an advice.
pub(super) fn asking(reading: &Reading<'_>, advice: &RecommendationAssessment) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for asks in &advice.because {
        let ruleset = asks.id.split_once('/').map_or(reading.ruleset.id.as_str(), |(ruleset, _)| ruleset);
        let title = reading.title(ruleset).unwrap_or(ruleset);
        if !titles.iter().any(|known| known == title) {
            titles.push(title.to_owned());
        }
    }
    titles
}

fn recommendation(reading: &Reading<'_>, advice: &RecommendationAssessment, language: Language) -> Entry {
    let mut lines: Vec<Line> = paragraphs(&advice.about).into_iter().map(Line::Words).collect();
    lines.push(fields(words::STANDS_FOR, stands_for(reading, advice), language));
    lines.push(fields(words::BECAUSE, asks(advice, language), language));
    lines.push(fields(words::STRENGTHENS, contributions(advice, language), language));
    lines.push(fields(words::FITS, fits(advice, language), language));
    lines.push(field(words::FIRST_IN_PLACE, titles(&advice.prerequisites), language));
    lines.push(field(words::NEEDED_FOR, titles(&advice.needed_for), language));
    lines.push(Line::Fields(
        Text::toned(Tone::Warning, language.say(words::LOOK_OUT)),
        advice.risks.iter().map(|risk| (0, risk.as_str().into())).collect(),
    ));
    lines.push(field(words::BEGIN_WITH, advice.first_steps.clone().unwrap_or_default(), language));
    lines.push(field(words::SOURCE, advice.source.clone(), language));
    lines.push(field(words::RANK, rank_sum(advice, language), language));
    Entry {
        mark: advice.rank.to_string().into(),
        title: words::capitalised(&advice.title).into(),
        note: Text::quiet(kind(advice, language)),
        lines: with_content(lines),
    }
}

fn kind(advice: &RecommendationAssessment, language: Language) -> String {
    let kind = language.say(words::kind(advice.kind)).to_owned();
    match advice.status.filter(|_| advice.kind == RecommendationKind::Bouwsteen) {
        Some(status) => format!("{kind} · {}", language.say(words::status(status))),
        None => kind,
    }
}

fn fields(name: words::Phrase, values: Vec<Text>, language: Language) -> Line {
    Line::Fields(Text::quiet(language.say(name)), values.into_iter().map(|value| (0, value)).collect())
}

/// What the same advice is called in the rulesets that are joined: there the findings name it so.
fn stands_for(reading: &Reading<'_>, advice: &RecommendationAssessment) -> Vec<Text> {
    let named = advice.stands_for.iter().map(|same| {
        let ruleset = same.id.split_once('/').and_then(|(ruleset, _)| reading.title(ruleset));
        let behind = ruleset.map(|ruleset| format!(" ({ruleset})")).unwrap_or_default();
        Text::plain(&same.title).then(Text::quiet(behind))
    });
    named.collect()
}

/// The findings that ask for it, with how much they matter and how sure they are.
fn asks(advice: &RecommendationAssessment, language: Language) -> Vec<Text> {
    let asks = advice.because.iter().map(|asks| {
        let severity = language.say(words::severity(asks.severity));
        let certainty = language.say(words::certainty(asks.certainty));
        // what asks for it in this ruleset stands above, with its source; what asks in another stands further on
        let source = if asks.id.contains('/') { format!("; {}", asks.source) } else { String::new() };
        Text::plain(&asks.title).then(Text::quiet(format!(" ({severity}, {certainty}{source})")))
    });
    asks.collect()
}

fn contributions(advice: &RecommendationAssessment, language: Language) -> Vec<Text> {
    let parts = advice.contributes.iter().map(|part| {
        let weight = language.say(if part.dominant { words::DOMINANT } else { words::SECONDARY });
        let why = if part.why.is_empty() { String::new() } else { format!(": {}", part.why) };
        Text::plain(&part.aspect.title).then(Text::quiet(format!(" ({weight})"))).then(why)
    });
    parts.collect()
}

fn fits(advice: &RecommendationAssessment, language: Language) -> Vec<Text> {
    advice.fits.iter().map(|fit| words::fits(fit, language).into()).collect()
}
