//! The aspects: scores, what they can still become, levels, how each role sees them, portraits.

use super::{Extent, full_id, possible, section};
use crate::assessment::{AspectAssessment, Certainty, LevelAssessment, PortraitAssessment, RulesetAssessment, Titled};
use crate::number::Number;
use crate::render::document::{Block, Column, Rank, Table, Text};
use crate::render::highlights::on_little;
use crate::render::words::{self, Language};
use std::collections::BTreeSet;

/// Everything about the aspects of a ruleset.
pub(super) fn aspects(ruleset: &RulesetAssessment, extent: Extent, language: Language) -> Vec<Block> {
    if ruleset.aspects.is_empty() {
        return Vec::new();
    }
    let ordered = as_tree(&ruleset.aspects);
    let mut blocks = vec![overview(&ordered, language)];
    let likely = || ruleset.aspects.iter().filter(|aspect| is_likely(aspect));
    let explained = [
        (likely().any(|aspect| !on_little(aspect)), words::NOW_EXPLAINED),
        (likely().any(on_little), words::SO_FAR_EXPLAINED),
    ];
    let explained: Vec<Text> =
        explained.into_iter().filter(|(is_said, _)| *is_said).map(|(_, why)| Text::quiet(language.say(why))).collect();
    if !explained.is_empty() {
        blocks.push(Block::Lead(explained));
    }
    if ruleset.aspects.iter().any(|aspect| !aspect.exact) {
        blocks.push(Block::Paragraph(Text::quiet(language.say(words::WIDE_RANGES))));
    }
    blocks.extend(shared(ruleset, language));
    let is_said = |aspect: &AspectAssessment| extent == Extent::All || aspect.coverage.answered > 0;
    let said: Vec<(usize, &AspectAssessment)> = ordered.iter().copied().filter(|(_, aspect)| is_said(aspect)).collect();
    if !said.is_empty() {
        blocks.push(origins(ruleset, &said, language));
    }
    let mut blocks = section(Rank::Section, language.say(words::ASPECTS), blocks);
    blocks.extend(by_role(&ordered, language));
    for aspect in ruleset.aspects.iter().filter(|aspect| !aspect.portraits.is_empty()) {
        let heading = format!("{}: {}", language.say(words::PORTRAITS), aspect.title);
        blocks.extend(section(Rank::Section, heading, portraits(&aspect.portraits, extent, language)));
    }
    blocks
}

/// The aspects with how deep they stand, children behind their first parent.
fn as_tree(aspects: &[AspectAssessment]) -> Vec<(usize, &AspectAssessment)> {
    let mut ordered = Vec::new();
    let mut seen = BTreeSet::new();
    let is_root = |aspect: &&AspectAssessment| {
        !aspects.iter().any(|other| aspect.parents.first() == Some(&other.id) && other.id != aspect.id)
    };
    let mut todo: Vec<(usize, &AspectAssessment)> =
        aspects.iter().filter(is_root).map(|root| (0, root)).rev().collect();
    while let Some((depth, aspect)) = todo.pop() {
        if seen.insert(&aspect.id) {
            ordered.push((depth, aspect));
            let children = aspects.iter().filter(|child| child.parents.first() == Some(&aspect.id));
            todo.extend(children.map(|child| (depth + 1, child)).rev());
        }
    }
    ordered
}

/// A column of the overview: its head, and what stands in it for an aspect.
type Shown = (words::Phrase, Column, fn(&AspectAssessment, Language) -> Text);

fn overview(ordered: &[(usize, &AspectAssessment)], language: Language) -> Block {
    // where nothing can change any more, a column that says so on every line only takes room from the names
    let settled = ordered.iter().all(|(_, aspect)| aspect.range.is_none_or(|range| range.low == range.high));
    let columns: [Shown; 6] = [
        (words::SCORE, Column::Number, score),
        (words::CAN_BECOME, Column::Short, if settled { |_, _| Text::empty() } else { range }),
        (words::QUESTIONS, Column::Short, coverage),
        (words::LEVEL, Column::Words, level),
        (words::TARGET, Column::Number, |aspect, language| amount(aspect.target, language)),
        (words::IMPORTANCE, Column::Number, |aspect, language| amount(aspect.importance, language)),
    ];
    let mut table = Table {
        columns: vec![Column::Words],
        head: vec![Text::quiet(language.say(words::ASPECT))],
        rows: ordered.iter().map(|(depth, aspect)| vec![indented(*depth, &aspect.title)]).collect(),
        headless: false,
    };
    for (head, column, show) in columns {
        let cells: Vec<Text> = ordered.iter().map(|(_, aspect)| show(aspect, language)).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            table.columns.push(column);
            table.head.push(Text::quiet(language.say(head)));
            table.rows.iter_mut().zip(cells).for_each(|(row, cell)| row.push(cell));
        }
    }
    Block::Table(table)
}

fn indented(depth: usize, title: &str) -> Text {
    Text::plain(" ".repeat(2 * depth.min(6))).then(title)
}

/// The score as it is said: a number in the precision of its scale, or yes and no.
pub(super) fn score(aspect: &AspectAssessment, language: Language) -> Text {
    aspect.score.map_or_else(Text::empty, |score| said(aspect, score, language).into())
}

fn said(aspect: &AspectAssessment, score: Number, language: Language) -> String {
    match aspect.combine.as_str() {
        "all" | "any" if score == Number::ONE => language.say(words::YES).to_owned(),
        "all" | "any" if score == Number::ZERO => language.say(words::NO).to_owned(),
        "mean" | "weighted-mean" | "min" | "max" | "share" => language.aligned(score, decimals(aspect)),
        _ => language.number(score, decimals(aspect)),
    }
}

/// One decimal, or two on a scale as short as from 0 to 1.
fn decimals(aspect: &AspectAssessment) -> u32 {
    let short = aspect.scale.and_then(|scale| scale.high.minus(scale.low)).is_some_and(|span| span <= Number::ONE);
    if short { 2 } else { 1 }
}

/// What the score can become, where open answers can still change it.
pub(super) fn open_range(aspect: &AspectAssessment, language: Language) -> Text {
    match aspect.range {
        Some(range) if range.low == range.high && aspect.score == Some(range.low) => {
            Text::plain(language.say(words::certainty(Certainty::Confirmed)))
        }
        Some(range) => {
            Text::quiet(format!("[{}–{}]", said(aspect, range.low, language), said(aspect, range.high, language)))
        }
        None => Text::empty(),
    }
}

fn range(aspect: &AspectAssessment, language: Language) -> Text {
    let range = open_range(aspect, language);
    if aspect.exact || range.is_empty() { range } else { range.then("*") }
}

fn coverage(aspect: &AspectAssessment, language: Language) -> Text {
    let counts = aspect.coverage;
    if counts.total == 0 { Text::empty() } else { words::of(counts.answered, counts.applicable, language).into() }
}

/// Whether there is a level that open answers can still change.
fn is_likely(aspect: &AspectAssessment) -> bool {
    let level = aspect.level.as_ref().filter(|level| level.title.is_some());
    level.is_some_and(|level| level.certainty == Some(Certainty::Indicated))
}

/// The level, with how sure it is where that is not said by the range. Where nothing is answered, none is named.
fn level(aspect: &AspectAssessment, language: Language) -> Text {
    let Some(level) = &aspect.level else { return Text::empty() };
    match level {
        LevelAssessment { title: Some(title), certainty: None | Some(Certainty::Confirmed), .. } => {
            title.as_str().into()
        }
        LevelAssessment { title: Some(title), .. } if is_likely(aspect) && on_little(aspect) => {
            words::so_far(title, language).into()
        }
        LevelAssessment { title: Some(title), .. } if is_likely(aspect) => words::now(title, language).into(),
        LevelAssessment { title: Some(title), .. } => title.as_str().into(),
        LevelAssessment { candidates, .. } if candidates.is_empty() => Text::empty(),
        LevelAssessment { .. } if aspect.coverage.answered == 0 => Text::quiet(language.say(words::NOT_KNOWN_YET)),
        LevelAssessment { candidates, .. } => Text::quiet(possible(candidates, language)),
    }
}

fn amount(number: Option<Number>, language: Language) -> Text {
    number.map_or_else(Text::empty, |number| language.number(number, 1).into())
}

/// Which aspects count in more than one group.
fn shared(ruleset: &RulesetAssessment, language: Language) -> Option<Block> {
    let title = |id: &String| ruleset.aspects.iter().find(|aspect| aspect.id == *id).map(|aspect| aspect.title.clone());
    let shared = ruleset.aspects.iter().filter(|aspect| aspect.parents.len() > 1).map(|aspect| {
        let parents: Vec<String> = aspect.parents.iter().filter_map(title).collect();
        format!("{} ({})", aspect.title, language.and(&parents))
    });
    let shared: Vec<String> = shared.collect();
    (!shared.is_empty())
        .then(|| Block::Paragraph(format!("{}: {}.", language.say(words::SHARED), shared.join("; ")).into()))
}

/// How each number comes about, where the source says so, and by which id to ask why.
fn origins(ruleset: &RulesetAssessment, ordered: &[(usize, &AspectAssessment)], language: Language) -> Block {
    let rows = ordered.iter().map(|(depth, aspect)| {
        let how = format!("{}; {}", words::combined(&aspect.combine, language), aspect.source);
        vec![indented(*depth, &aspect.title), how.into(), Text::code(&aspect.id)]
    });
    Block::Table(Table {
        columns: vec![Column::Words, Column::Words, Column::Short],
        head: vec![
            Text::quiet(language.say(words::ASPECT)),
            Text::quiet(language.say(words::HOW_AND_SOURCE)),
            Text::quiet(format!("{}: {}", language.say(words::WHY), full_id(ruleset, "…"))),
        ],
        rows: rows.collect(),
        headless: false,
    })
}

/// A column for each role that was asked, a row for each aspect that it was asked about.
fn by_role(ordered: &[(usize, &AspectAssessment)], language: Language) -> Vec<Block> {
    let mut roles: Vec<&Titled> = Vec::new();
    for view in ordered.iter().flat_map(|(_, aspect)| &aspect.by_role) {
        if !roles.contains(&&view.role) {
            roles.push(&view.role);
        }
    }
    if roles.is_empty() {
        return Vec::new();
    }
    // where no role has said anything yet there is nothing to hold side by side
    let says =
        |aspect: &AspectAssessment| aspect.by_role.iter().any(|view| view.score.is_some() || view.importance.is_some());
    let asked = ordered.iter().filter(|(_, aspect)| says(aspect));
    let rows: Vec<Vec<Text>> = asked
        .map(|(_, aspect)| {
            let cells = roles.iter().map(|role| seen_by(aspect, role, language));
            std::iter::once(Text::plain(&aspect.title)).chain(cells).collect()
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let table = Table {
        columns: vec![Column::Words; roles.len() + 1],
        head: std::iter::once(language.say(words::ASPECT))
            .chain(roles.iter().map(|role| role.title.as_str()))
            .map(Text::quiet)
            .collect(),
        rows,
        headless: false,
    };
    section(Rank::Section, language.say(words::BY_ROLE), vec![Block::Table(table)])
}

fn seen_by(aspect: &AspectAssessment, role: &Titled, language: Language) -> Text {
    let Some(view) = aspect.by_role.iter().find(|view| view.role.id == role.id) else { return Text::empty() };
    let score = view.score.map_or_else(|| "–".to_owned(), |score| said(aspect, score, language));
    let importance = view
        .importance
        .map(|importance| format!(" ({} {})", language.say(words::IMPORTANCE), language.number(importance, 1)));
    Text::plain(score).then(Text::quiet(importance.unwrap_or_default()))
}

/// The traits that show, with a word behind those that show only partly.
fn traits(portrait: &PortraitAssessment, language: Language) -> String {
    let said = portrait.traits.iter().map(|item| {
        let partly = portrait.partly.contains(&item.id);
        if partly { format!("{} ({})", item.title, language.say(words::PARTLY)) } else { item.title.clone() }
    });
    said.collect::<Vec<_>>().join("; ")
}

/// The portraits of which something can be said, and the names of the others; nothing where that is all of them.
fn portraits(portraits: &[PortraitAssessment], extent: Extent, language: Language) -> Vec<Block> {
    let is_told = |portrait: &&PortraitAssessment| portrait.of > 0 || extent == Extent::All;
    let (told, silent): (Vec<&PortraitAssessment>, Vec<_>) = portraits.iter().partition(is_told);
    if told.is_empty() {
        return Vec::new();
    }
    let row = |portrait: &PortraitAssessment| {
        let held = match portrait.of {
            0 => "–".to_owned(),
            of => words::held(&language.number(portrait.held, 1), of, language),
        };
        vec![portrait.level.title.as_str().into(), held.into(), traits(portrait, language).into()]
    };
    let table = Table {
        columns: vec![Column::Words, Column::Short, Column::Words],
        head: [words::PORTRAIT, words::FOUND, words::TRAITS].map(|head| Text::quiet(language.say(head))).to_vec(),
        rows: told.into_iter().map(row).collect(),
        headless: false,
    };
    let silent: Vec<&str> = silent.iter().map(|portrait| portrait.level.title.as_str()).collect();
    let silent = format!("{}: {}", words::capitalised(language.say(words::NOT_KNOWN_YET)), silent.join("; "));
    let silent = (portraits.len() > table.rows.len()).then(|| Block::Paragraph(Text::quiet(silent)));
    [Block::Table(table)].into_iter().chain(silent).collect()
}
