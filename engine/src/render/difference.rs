//! A change in advice, told as advice: what is new, what is gone, and what is said otherwise than before.

use super::document::{Block, Drawing, Rank, Text};
use super::words::{self, Language, Phrase, differences};
use crate::assessment::Certainty;
use crate::conclusions::{Change, Difference, Kind, RulesetDifference, Says};
use crate::number::Number;

/// In this order a reader wants to know it: the findings first, the numbers that led to them after.
const KINDS: [Kind; 7] =
    [Kind::Diagnosis, Kind::Recommendation, Kind::Outcome, Kind::Level, Kind::Score, Kind::Measure, Kind::Cell];

/// A change in advice; says so where there is none.
#[must_use]
pub fn difference(difference: &Difference, language: Language) -> Drawing {
    if difference.is_empty() {
        return Drawing { blocks: vec![Block::Paragraph(language.say(differences::SAME_ADVICE).into())] };
    }
    Drawing { blocks: blocks(difference, language) }
}

/// The changes by ruleset and kind.
pub(super) fn blocks(difference: &Difference, language: Language) -> Vec<Block> {
    let several = difference.rulesets.len() > 1;
    difference.rulesets.iter().flat_map(|ruleset| of_ruleset(ruleset, several, language)).collect()
}

fn of_ruleset(ruleset: &RulesetDifference, named: bool, language: Language) -> Vec<Block> {
    let mut blocks = Vec::new();
    if named {
        blocks.push(Block::Heading(Rank::Section, ruleset.title.as_str().into()));
    }
    // What was open and is gone, or is newly open, matters least: no side of it ever stood.
    let (open, told): (Vec<&Change>, _) = ruleset.changes.iter().partition(|change| only_open(change));
    for kind in KINDS {
        let changes = told.iter().copied().filter(|change| change.kind == kind).collect();
        blocks.extend(group(ruleset, differences::heading(kind), changes, language));
    }
    blocks.extend(group(ruleset, differences::ONLY_OPEN, open, language));
    blocks
}

/// Whether a finding is open on each side where it is.
fn only_open(change: &Change) -> bool {
    let open = |says: &Option<Says>| says.as_ref().is_none_or(|says| says.certainty == Some(Certainty::Open));
    change.kind == Kind::Diagnosis && open(&change.before) && open(&change.after)
}

fn group(ruleset: &RulesetDifference, heading: Phrase, mut changes: Vec<&Change>, language: Language) -> Vec<Block> {
    if changes.is_empty() {
        return Vec::new();
    }
    // What is new comes before what is otherwise, and that before what is gone.
    changes.sort_by_key(|change| (change.before.is_some(), change.after.is_none()));
    let lines = changes.into_iter().map(|change| line(ruleset, change, language)).collect();
    vec![Block::Heading(Rank::Topic, language.say(heading).into()), Block::List(lines)]
}

fn line(ruleset: &RulesetDifference, change: &Change, language: Language) -> Text {
    let mark = match (&change.before, &change.after) {
        (None, _) => "+ ",
        (_, None) => "− ",
        _ => "~ ",
    };
    let told = Text::join([Text::strong(&change.title), note(change, language)], ": ");
    let id = match change.kind {
        Kind::Diagnosis => {
            Text::plain(" (").then(Text::code(format!("{}/{}", ruleset.id, change.id))).then(Text::plain(")"))
        }
        _ => Text::empty(),
    };
    Text::plain(mark).then(told).then(id)
}

/// What was said, and what is said now.
fn note(change: &Change, language: Language) -> Text {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let parts = moved(change.kind, before, after, language);
            Text::plain(parts.iter().map(|(from, to)| format!("{from} → {to}")).collect::<Vec<_>>().join("; "))
        }
        (None, Some(says)) | (Some(says), None) => Text::plain(said(change.kind, says, language)),
        (None, None) => Text::empty(),
    }
}

/// Everything that is said of one thing.
fn said(kind: Kind, says: &Says, language: Language) -> String {
    let severity = says.severity.map(|severity| language.say(words::severity(severity)).to_owned());
    let certainty = says.certainty.map(|certainty| language.say(words::certainty(certainty)).to_owned());
    let plan = match (says.rank, says.stage) {
        (Some(rank), Some(stage)) => Some(differences::rank_and_stage(rank, stage, language)),
        _ => None,
    };
    let value = match kind {
        Kind::Outcome | Kind::Level => Some(value(says, language)),
        Kind::Cell => says.value.as_ref().map(|value| value.title.clone()),
        _ => says.number.map(|number| language.plain(number)),
    };
    [severity, value, plan, certainty].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What is said otherwise, each as it was and as it is.
fn moved(kind: Kind, before: &Says, after: &Says, language: Language) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    if before.severity != after.severity {
        let word = |says: &Says| says.severity.map_or("", |severity| language.say(words::severity(severity)));
        parts.push((word(before).to_owned(), word(after).to_owned()));
    }
    if before.number != after.number {
        parts.push((number(before.number, after.number, language), number(after.number, before.number, language)));
    }
    if before.has_another_value(after, kind) {
        parts.push((value(before, language), value(after, language)));
    }
    match (before.rank, after.rank, before.stage, after.stage) {
        (Some(then), Some(now), Some(from), Some(to)) if from != to => {
            let told = differences::rank_and_stage;
            parts.push((told(then, from, language), told(now, to, language)));
        }
        (Some(then), Some(now), ..) if then != now => {
            parts.push((differences::rank(then, language), now.to_string()));
        }
        _ => {}
    }
    // A value that settles on something else is news enough; that the same one became surer is news too.
    if before.certainty != after.certainty && (parts.is_empty() || kind == Kind::Diagnosis) {
        let word = |certainty: Option<Certainty>| certainty.map_or("", |sure| language.say(words::certainty(sure)));
        parts.push((word(before.certainty).to_owned(), word(after.certainty).to_owned()));
        if let Some(value) = after.value.as_ref().filter(|_| parts.len() == 1) {
            parts[0].0 = format!("{} {}", value.title, parts[0].0);
        }
    }
    parts
}

fn value(says: &Says, language: Language) -> String {
    says.value.as_ref().map_or_else(|| language.say(differences::NO_VALUE).to_owned(), |value| value.title.clone())
}

/// A number with as many decimals as it takes to tell it from the other one.
fn number(number: Option<Number>, other: Option<Number>, language: Language) -> String {
    let other: Vec<Number> = other.into_iter().collect();
    number.map_or_else(|| language.say(differences::NO_VALUE).to_owned(), |number| language.beside(number, &other))
}

#[cfg(test)]
mod tests;
