//! Many assessments: a table, and how each chain went on from moment to moment.

use crate::assessment::{AspectAssessment, Assessment, Certainty, RulesetAssessment, Severity};
use crate::render::document::{Block, Column, Drawing, Rank, Table, Text};
use crate::render::words::{self, Language, comparisons};

/// A table of assessments for each ruleset, by chain and date, and the trend of each chain that has more than one.
#[must_use]
pub fn series(assessments: &[Assessment], language: Language) -> Drawing {
    let mut all: Vec<&Assessment> = assessments.iter().collect();
    all.sort_by_key(|one| (&one.chain.name, &one.chain.date, &one.receipt.profile));
    let mut blocks = vec![Block::Heading(Rank::Report, language.say(comparisons::COMPARED).into())];
    let mut done: Vec<&str> = Vec::new();
    for ruleset in all.iter().flat_map(|one| &one.rulesets).filter(|ruleset| ruleset.answered) {
        if done.contains(&ruleset.id.as_str()) {
            continue;
        }
        done.push(&ruleset.id);
        let rows: Vec<(&Assessment, &RulesetAssessment)> = all
            .iter()
            .filter_map(|one| {
                let own = one.rulesets.iter().find(|own| own.id == ruleset.id && own.answered)?;
                Some((*one, own))
            })
            .collect();
        blocks.push(Block::Heading(Rank::Part, ruleset.title.as_str().into()));
        blocks.push(Block::Table(table(&rows, language)));
        blocks.extend(trends(&rows, language));
    }
    if done.is_empty() {
        blocks.push(Block::Paragraph(language.say(comparisons::NOTHING_TO_COMPARE).into()));
    }
    Drawing { blocks }
}

/// The aspects at the top; where there is one, those right below it.
fn main_aspects(ruleset: &RulesetAssessment) -> Vec<&AspectAssessment> {
    let below = |parent: &str| -> Vec<&AspectAssessment> {
        ruleset.aspects.iter().filter(|aspect| aspect.parents.iter().any(|id| id == parent)).collect()
    };
    let roots: Vec<&AspectAssessment> = ruleset.aspects.iter().filter(|aspect| aspect.parents.is_empty()).collect();
    match roots.as_slice() {
        [one] if !below(&one.id).is_empty() => below(&one.id),
        _ => roots,
    }
}

fn short(aspect: &AspectAssessment, language: Language) -> String {
    let level = aspect.level.as_ref().and_then(|level| level.title.clone());
    match (aspect.score, level) {
        (_, Some(level)) if ["ladder", "best-match"].contains(&aspect.combine.as_str()) => level,
        (Some(score), _) => language.number(score, 1),
        (None, level) => level.unwrap_or_else(|| "–".to_owned()),
    }
}

fn table(rows: &[(&Assessment, &RulesetAssessment)], language: Language) -> Table {
    let weights = [Severity::Critical, Severity::Major, Severity::Minor];
    let head = [words::PROFILE, comparisons::MOMENT, words::ANSWERED].map(|phrase| language.say(phrase).to_owned());
    let head = head.into_iter().chain(weights.map(|severity| language.say(words::severity(severity)).to_owned()));
    let row = |(one, ruleset): &(&Assessment, &RulesetAssessment)| {
        let counts = ruleset.completeness;
        let mut cells = vec![
            Text::plain(&one.chain.name),
            Text::plain(one.chain.date.as_deref().unwrap_or_default()),
            Text::plain(language.percentage(counts.answered, counts.applicable)),
        ];
        cells.extend(weights.map(|severity| {
            let holds = ruleset.diagnoses.iter().filter(|found| found.certainty != Certainty::Open);
            Text::plain(holds.filter(|found| found.severity == severity).count().to_string())
        }));
        cells
    };
    let number = Column::Number;
    Table {
        columns: vec![Column::Words, Column::Short, number, number, number, number],
        head: head.map(Text::quiet).collect(),
        rows: rows.iter().map(row).collect(),
        headless: false,
    }
}

/// For each chain with more than one moment, its main aspects from moment to moment.
fn trends(rows: &[(&Assessment, &RulesetAssessment)], language: Language) -> Vec<Block> {
    let mut blocks = Vec::new();
    for chain in rows.chunk_by(|(one, _), (other, _)| one.chain.name == other.chain.name) {
        let (first, last) = (&chain[0], &chain[chain.len() - 1]);
        if chain.len() < 2 {
            continue;
        }
        let when = |(one, _): &(&Assessment, &RulesetAssessment)| one.chain.date.clone().unwrap_or_default();
        let heading =
            format!("{}: {} ({} → {})", language.say(comparisons::TREND), first.0.chain.name, when(first), when(last));
        blocks.push(Block::Heading(Rank::Section, heading.into()));
        let told = main_aspects(last.1).into_iter().map(|aspect| {
            let at = |(_, ruleset): &(&Assessment, &RulesetAssessment)| {
                let known = ruleset.aspects.iter().find(|one| one.id == aspect.id);
                known.map_or_else(|| "–".to_owned(), |known| short(known, language))
            };
            let steps: Vec<String> = chain.iter().map(at).collect();
            Text::plain(&aspect.title).then(": ").then(Text::strong(steps.join(" → ")))
        });
        blocks.push(Block::List(told.collect()));
    }
    blocks
}
