//! Two assessments beside each other, or a series of them.

mod series;

pub use series::series;

use super::difference::blocks;
use super::document::{Block, Column, Drawing, Rank, Table, Text};
use super::words::{self, Language, comparisons};
use crate::assessment::{AspectAssessment, Assessment, RulesetAssessment, Status};
use crate::conclusions::{Change, Conclusions, Difference, Kind, RulesetDifference};
use std::cmp::Ordering;

/// What moved from the first assessment to the second: per aspect, the findings, and what was done of the plan.
/// They are two moments of a chain, two chains, or one chain through the eyes of two parties.
#[must_use]
pub fn comparison(first: &Assessment, second: &Assessment, language: Language) -> Drawing {
    let difference = Difference::between(&Conclusions::of(first), &Conclusions::of(second));
    let heading = Text::plain(language.say(comparisons::COMPARED));
    let mut blocks = vec![Block::Heading(Rank::Report, heading)];
    blocks.push(Block::Lead([("A", first), ("B", second)].map(|(mark, one)| named(mark, one, language)).to_vec()));
    let mut found = false;
    for now in &second.rulesets {
        let Some(then) = first.rulesets.iter().find(|then| then.id == now.id) else { continue };
        found = true;
        blocks.push(Block::Heading(Rank::Part, now.title.as_str().into()));
        blocks.extend(aspects(then, now, language));
        blocks.extend(otherwise(&difference, &now.id, language));
        blocks.extend(done(then, now, language));
    }
    if !found {
        blocks.push(Block::Paragraph(language.say(comparisons::NOTHING_TO_COMPARE).into()));
    }
    Drawing { blocks }
}

fn named(mark: &str, one: &Assessment, language: Language) -> Text {
    let date = one.chain.date.as_deref().map(|date| words::reference_date(date, language)).unwrap_or_default();
    let about = Text::join([Text::plain(&one.chain.name), Text::plain(date)], " · ");
    Text::strong(mark).then("  ").then(about).then("  ").then(Text::code(&one.receipt.profile))
}

fn aspects(then: &RulesetAssessment, now: &RulesetAssessment, language: Language) -> Vec<Block> {
    let rows: Vec<Vec<Text>> = now
        .aspects
        .iter()
        .filter_map(|now| {
            let then = then.aspects.iter().find(|then| then.id == now.id)?;
            let (before, after) = (value(then, now, language), value(now, then, language));
            (!before.is_empty() || !after.is_empty())
                .then(|| vec![now.title.as_str().into(), before.into(), after.into(), movement(then, now, language)])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let head = ["", "A", "B"].map(Text::quiet).into_iter();
    let table = Table {
        columns: vec![Column::Words, Column::Words, Column::Words, Column::Short],
        head: head.chain([Text::quiet(language.say(comparisons::MOVEMENT))]).collect(),
        rows,
        headless: false,
    };
    vec![Block::Table(table)]
}

/// The level and the score of an aspect, with the decimals that tell it from the other.
fn value(aspect: &AspectAssessment, other: &AspectAssessment, language: Language) -> String {
    let bounds: Vec<_> = other.score.into_iter().collect();
    let score = aspect.score.map(|score| language.beside(score, &bounds));
    let level = aspect.level.as_ref().and_then(|level| level.title.clone());
    // A ladder or a portrait is its level; the number only counts it.
    let score = score.filter(|_| level.is_none() || !["ladder", "best-match"].contains(&aspect.combine.as_str()));
    match (score, level) {
        (Some(score), Some(level)) => format!("{score} ({level})"),
        (score, level) => score.or(level).unwrap_or_default(),
    }
}

fn movement(then: &AspectAssessment, now: &AspectAssessment, language: Language) -> Text {
    let rank = |aspect: &AspectAssessment| aspect.level.as_ref().and_then(|level| level.rank);
    let order = match (then.score.zip(now.score), rank(then).zip(rank(now))) {
        (Some((then, now)), _) => now.cmp(&then),
        (None, Some((then, now))) => now.cmp(&then),
        (None, None) => return Text::empty(),
    };
    let (mark, word) = match order {
        Ordering::Greater => ("▲", comparisons::UP),
        Ordering::Less => ("▼", comparisons::DOWN),
        Ordering::Equal => ("=", comparisons::SAME),
    };
    Text::plain(format!("{mark} {}", language.say(word)))
}

/// What is said otherwise, the aspects left out that stand in the table.
fn otherwise(difference: &Difference, ruleset: &str, language: Language) -> Vec<Block> {
    let Some(found) = difference.rulesets.iter().find(|one| one.id == ruleset) else { return Vec::new() };
    let left = |change: &&Change| !matches!(change.kind, Kind::Level | Kind::Score);
    let changes: Vec<Change> = found.changes.iter().filter(left).cloned().collect();
    if changes.is_empty() {
        return Vec::new();
    }
    let rest = Difference { rulesets: vec![RulesetDifference { changes, ..found.clone() }] };
    let heading = Block::Heading(Rank::Section, language.say(comparisons::OTHERWISE).into());
    std::iter::once(heading).chain(blocks(&rest, language)).collect()
}

/// What of the first plan stands further in the second profile.
fn done(then: &RulesetAssessment, now: &RulesetAssessment, language: Language) -> Vec<Block> {
    let status = |ruleset: &RulesetAssessment, id: &str| -> Option<Status> {
        ruleset.statuses.iter().find(|one| one.id == id).map(|one| one.status)
    };
    let told: Vec<Text> = then
        .recommendations
        .iter()
        .filter_map(|step| {
            let (before, after) = (status(then, &step.bouwsteen), status(now, &step.bouwsteen)?);
            (before.unwrap_or(Status::Absent) < after)
                .then(|| Text::plain(comparisons::progress(&step.title, before, after, language)))
        })
        .collect();
    if then.recommendations.is_empty() {
        return Vec::new();
    }
    let heading = Block::Heading(Rank::Section, language.say(comparisons::DONE).into());
    let body = if told.is_empty() {
        Block::Paragraph(language.say(comparisons::NOTHING_DONE).into())
    } else {
        Block::List(told)
    };
    vec![heading, body]
}
