//! The first screen of a ruleset: how is the chain doing, what matters most, what to do first, how sure are we.

use super::joined::Reading;
use super::{certainty, full_id, name, possible};
use crate::assessment::{
    AspectAssessment, Certainty, DiagnosisAssessment, OutcomeAssessment, RecommendationAssessment, RulesetAssessment,
    Severity, Titled, short,
};
use crate::number::Number;
use crate::render::document::{Block, Column, Entry, Line, Rank, Table, Text, Tone};
use crate::render::highlights::{self, MOST_IMPORTANT};
use crate::render::words::{self, Language};

/// The widest that the names at the start of the lines may be.
const WIDEST_LABEL: usize = 26;

/// Names up to this width stand in one column with the names of the scores.
const NARROW_LABEL: usize = 12;

/// How many findings and first steps fit on a screen that stands for several rulesets.
const MOST_JOINED: usize = 5;

/// How many typings fit.
const MOST_TYPINGS: usize = 4;

/// How many steps and portraits fit.
const MOST_STEPS: usize = 5;

/// How wide a title and what is said beside it may be to stand on one line together.
const ONE_LINE: usize = 73;

/// The first screen. What a ruleset advises and asks stands on the screen of the one that joins it.
pub(super) fn screen(reading: &Reading<'_>, language: Language) -> Vec<Block> {
    let ruleset = reading.ruleset;
    let mut blocks = vec![Block::Heading(Rank::Screen, heading(reading, language))];
    blocks.push(Block::Lead(lead(reading, language)));
    blocks.extend(facts(ruleset, language));
    for table in ruleset.tables.iter().filter(|table| table.on_screen) {
        let drawn = super::typings::drawn(table, language).into_iter();
        let drawn = drawn.chain(super::typings::explained(table, language)).collect();
        blocks.extend(super::section(Rank::Topic, table.title.as_str(), drawn));
    }
    blocks.extend(conflicts(reading, language));
    blocks.extend(findings(reading, language));
    if reading.joined_by.is_none() {
        blocks.extend(first_steps(reading, language));
        blocks.extend(to_ask(ruleset, language));
    }
    blocks
}

fn heading(reading: &Reading<'_>, language: Language) -> Text {
    let (answered, asked) = reading.answered();
    Text::join([name(reading.ruleset), words::answered(answered, asked, language)].map(Text::plain), " · ")
}

/// How much is known, from which rulesets, and what every report with this ruleset says.
fn lead(reading: &Reading<'_>, language: Language) -> Vec<Text> {
    let counted = |ruleset: &&RulesetAssessment| {
        let counts = ruleset.completeness;
        words::ruleset_answered(short(&ruleset.title), counts.answered, counts.applicable, language)
    };
    let joined: Vec<String> = reading.joined.iter().map(counted).collect();
    let joined = (!joined.is_empty()).then(|| words::side_by_side(&language.and(&joined), language));
    let absent = (!reading.absent.is_empty()).then(|| words::not_filled_in(&language.and(&reading.absent), language));
    let tailored = super::tailoring::line(reading.ruleset, language);
    let lines = [Some(standing(reading.ruleset, reading.answered().0, language)), joined, absent, tailored];
    lines.into_iter().flatten().chain(reading.ruleset.note.clone()).map(Text::plain).collect()
}

fn standing(ruleset: &RulesetAssessment, answered: usize, language: Language) -> String {
    if answered == 0 {
        return language.say(words::NOTHING_ANSWERED).to_owned();
    }
    let (stand, hang) = highlights::conclusions(ruleset);
    words::standing(stand, hang, highlights::fragile(ruleset).len(), language)
}

/// Typings, steps, and the weakest and strongest aspects.
fn facts(ruleset: &RulesetAssessment, language: Language) -> Vec<Block> {
    let told = |outcome: &&OutcomeAssessment| outcome.value.is_some() || !outcome.candidates.is_empty();
    let mut typings: Vec<Vec<Text>> =
        ruleset.outcomes.iter().filter(told).take(MOST_TYPINGS).map(|outcome| typing(outcome, language)).collect();
    typings.extend(highlights::steps(ruleset).into_iter().take(MOST_STEPS).map(|aspect| step(aspect, language)));
    let extremes = highlights::extremes(ruleset);
    let low = if extremes.strongest.is_empty() { words::SCORE_LABEL } else { words::WEAKEST };
    let mut scores = match (extremes.weakest.as_slice(), extremes.equal.as_slice()) {
        ([first], [_, ..]) => vec![equal(language.say(low), first, &extremes.equal, language)],
        (weakest, _) => rows(language.say(low), weakest, language),
    };
    scores.extend(rows(language.say(words::STRONGEST), &extremes.strongest, language));
    let widest = |rows: &[Vec<Text>]| rows.iter().filter_map(|row| row.first()).map(Text::width).max().unwrap_or(0);
    // Long names of typings do not push the scores aside.
    let (of_typings, of_scores) = (widest(&typings).min(WIDEST_LABEL), widest(&scores).max(NARROW_LABEL));
    let together = if of_typings <= NARROW_LABEL { of_scores } else { of_typings };
    let (label, of_scores) = (Column::Label(together), Column::Label(of_scores));
    let tables = [
        (typings, vec![label, Column::Words, Column::Number], vec!["", "", language.say(words::HOW_SURE)]),
        (
            scores,
            vec![of_scores, Column::Words, Column::Number, Column::Short, Column::Number],
            vec!["", "", language.say(words::SCORE), "", language.say(words::CAN_BECOME)],
        ),
    ];
    let tables = tables.into_iter().filter(|(rows, ..)| !rows.is_empty());
    tables
        .map(|(rows, columns, head)| {
            Block::Table(Table { columns, head: head.into_iter().map(Text::quiet).collect(), rows, headless: true })
        })
        .collect()
}

fn typing(outcome: &OutcomeAssessment, language: Language) -> Vec<Text> {
    let value = outcome.value_title.clone().unwrap_or_else(|| possible(&outcome.candidates, language));
    let sure = outcome.certainty.map_or_else(Text::empty, |sure| certainty(sure, language));
    vec![words::capitalised(&outcome.title).into(), value.into(), sure]
}

fn step(aspect: &AspectAssessment, language: Language) -> Vec<Text> {
    let level = aspect.level.as_ref();
    let title = level.and_then(|level| level.title.clone());
    let value = title.unwrap_or_else(|| possible(level.map_or(&[], |level| &level.candidates), language));
    let sure = level.and_then(|level| level.certainty).map_or_else(Text::empty, |sure| certainty(sure, language));
    vec![words::capitalised(&aspect.title).into(), value.into(), sure]
}

/// A row for each aspect; the name stands before the first one.
fn rows(label: &str, aspects: &[&AspectAssessment], language: Language) -> Vec<Vec<Text>> {
    let rows = aspects.iter().enumerate().map(|(at, aspect)| {
        vec![
            if at == 0 { label.into() } else { Text::empty() },
            name_of(aspect, language).into(),
            super::aspects::score(aspect, language),
            Text::plain(bar(aspect)),
            super::aspects::open_range(aspect, language),
        ]
    });
    rows.collect()
}

/// A row for aspects with the same score: the first by name, and what it can become where that is so of all.
fn equal(label: &str, first: &AspectAssessment, others: &[&AspectAssessment], language: Language) -> Vec<Text> {
    let same = others.iter().all(|other| other.range == first.range);
    vec![
        label.into(),
        words::and_more(&name_of(first, language), others.len(), language).into(),
        super::aspects::score(first, language),
        Text::plain(bar(first)),
        if same { super::aspects::open_range(first, language) } else { Text::empty() },
    ]
}

/// What an aspect is called; one of which less than half is answered says so, as whatever it is now, it may not stay.
fn name_of(aspect: &AspectAssessment, language: Language) -> String {
    let counts = aspect.coverage;
    if highlights::on_little(aspect) {
        return words::on_little(&aspect.title, counts.answered, counts.applicable, language);
    }
    aspect.title.clone()
}

/// A bar of at most six blocks, in steps of an eighth of a block.
fn bar(aspect: &AspectAssessment) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let share = match (aspect.score, aspect.scale) {
        (Some(score), Some(scale)) if scale.low >= Number::ZERO => score.over(scale.high),
        _ => highlights::position(aspect),
    };
    let eighths = share.and_then(|share| share.times(Number::from(48)));
    let eighths: usize = eighths.and_then(|eighths| eighths.rounded(0, '.').parse().ok()).unwrap_or(0).min(48);
    format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
}

/// Answers that contradict each other: what is concluded from one of them is less sure than it looks.
fn conflicts(reading: &Reading<'_>, language: Language) -> Vec<Block> {
    let found = if reading.joined.is_empty() { Vec::new() } else { reading.conflicts() };
    let said = |(title, remark): (&str, _)| format!("{title} · {}", words::remark(remark, language)).into();
    let items: Vec<Text> = found.into_iter().map(said).collect();
    let blocks = if items.is_empty() { Vec::new() } else { vec![Block::List(items)] };
    super::section(Rank::Topic, language.say(words::ANSWERS_CONFLICT), blocks)
}

fn findings(reading: &Reading<'_>, language: Language) -> Vec<Block> {
    let ruleset = reading.ruleset;
    let most = most(reading);
    let mut found: Vec<&DiagnosisAssessment> = highlights::most_important(ruleset, most).collect();
    let room = if found.is_empty() { most } else { 1 };
    found.extend(highlights::strengths(ruleset).take(room));
    let critical = critical(reading);
    if found.is_empty() && critical.is_empty() && reading.answered().0 > 0 {
        let none = if reading.joined.is_empty() { words::NO_FINDINGS } else { words::NO_JOINT_FINDINGS };
        return vec![Block::Paragraph(language.say(none).into())];
    }
    let own = found.into_iter().map(|found| (ruleset, found));
    let told = critical.into_iter().chain(own);
    let entries = told.map(|(source, found)| finding(source, found, language)).collect::<Vec<_>>();
    let blocks = if entries.is_empty() { Vec::new() } else { vec![Block::Brief(entries)] };
    super::section(Rank::Topic, language.say(words::MOST_IMPORTANT), blocks)
}

/// What is critical in the view of one source: a page on what the sources say together would pass it over.
fn critical<'a>(reading: &Reading<'a>) -> Vec<(&'a RulesetAssessment, &'a DiagnosisAssessment)> {
    let found = reading
        .joined
        .iter()
        .flat_map(|ruleset| highlights::most_important(ruleset, MOST_IMPORTANT).map(|found| (*ruleset, found)));
    found.filter(|(_, found)| found.severity == Severity::Critical).take(MOST_IMPORTANT).collect()
}

fn finding(ruleset: &RulesetAssessment, found: &DiagnosisAssessment, language: Language) -> Entry {
    let why = Text::quiet(format!("{}: ", language.say(words::WHY))).then(Text::code(full_id(ruleset, &found.id)));
    let severity = Text::toned(super::findings::tone(found.severity), language.say(words::severity(found.severity)));
    let hangs = (found.certainty == Certainty::Indicated && !found.deciding.is_empty())
        .then(|| words::hangs_on(found.deciding.len(), language));
    let fragile = Text::quiet(if found.fragile.is_empty() { "" } else { language.say(words::FRAGILE) });
    let told = Text::join([severity, fragile, hangs.map_or_else(Text::empty, Text::quiet), why], " · ");
    Entry {
        mark: super::findings::mark(found.severity),
        title: found.title.as_str().into(),
        note: certainty(found.certainty, language),
        lines: vec![Line::Words(told)],
    }
}

/// How many findings and steps there is room for: a few more where one screen stands for several.
fn most(reading: &Reading<'_>) -> usize {
    if reading.joined.is_empty() { MOST_IMPORTANT } else { MOST_JOINED }
}

fn first_steps(reading: &Reading<'_>, language: Language) -> Vec<Block> {
    let advice = reading.ruleset.recommendations.iter().take(most(reading));
    let entries: Vec<Entry> = advice.map(|advice| recommendation(reading, advice, language)).collect();
    let blocks = if entries.is_empty() { Vec::new() } else { vec![Block::Brief(entries)] };
    super::section(Rank::Topic, language.say(words::DO_FIRST), blocks)
}

fn recommendation(reading: &Reading<'_>, advice: &RecommendationAssessment, language: Language) -> Entry {
    // a plan of several rulesets is read from this page alone
    let staged = !reading.joined.is_empty() && reading.ruleset.recommendations.iter().any(|other| other.stage > 1);
    let stage = if staged { words::stage(advice.stage, language).to_lowercase() } else { String::new() };
    let needed = Text::join([stage, needed_for(reading, advice, language)].map(Text::quiet), " · ");
    let name = Text::toned(Tone::Warning, language.say(words::LOOK_OUT));
    let risk = advice.risks.first().map(|risk| (name, Text::plain(risk)));
    let beside = risk
        .as_ref()
        .map(|(name, risk)| Text::join([needed.clone(), name.clone().then(": ").then(risk.clone())], " · "));
    let fits = |note: &Text| Text::plain(&advice.title).width() + note.width() <= ONE_LINE;
    let (note, risk) = match beside.filter(fits) {
        Some(note) => (note, None),
        // a risk that is cut off says nothing; on a screen of one ruleset the plan tells it
        None => (needed, risk.filter(|_| !reading.joined.is_empty()).map(|(name, risk)| Line::Field(name, risk))),
    };
    let because = advice.because.first().map(|asks| {
        let reason = words::and_more(&asks.title, advice.because.len() - 1, language);
        Line::Field(Text::quiet(language.say(words::BECAUSE)), reason.into())
    });
    Entry {
        mark: advice.rank.to_string().into(),
        title: words::capitalised(&advice.title).into(),
        note,
        lines: because.into_iter().chain(asked_by(reading, advice, language)).chain(risk).collect(),
    }
}

/// In a plan of several rulesets: which of them ask for it.
fn asked_by(reading: &Reading<'_>, advice: &RecommendationAssessment, language: Language) -> Option<Line> {
    let asking = super::plan::asking(reading, advice);
    let worth = !reading.joined.is_empty() && !asking.is_empty();
    worth.then(|| Line::Field(Text::quiet(language.say(words::ASKED_BY)), language.and(&asking).into()))
}

/// For which others it is needed first: by their numbers where all stand on this screen, otherwise by their names where
/// there is room for them.
fn needed_for(reading: &Reading<'_>, advice: &RecommendationAssessment, language: Language) -> String {
    if advice.needed_for.is_empty() {
        return String::new();
    }
    let shown = || reading.ruleset.recommendations.iter().take(most(reading));
    let place = |needing: &Titled| shown().find(|other| other.bouwsteen == needing.id).map(|other| other.rank);
    let places: Option<Vec<usize>> = advice.needed_for.iter().map(place).collect();
    let needing = match places {
        Some(mut places) => {
            places.sort_unstable();
            words::numbers(&places, language)
        }
        None => {
            let names: Vec<String> = advice.needed_for.iter().map(|one| language.quoted(&one.title)).collect();
            let names = language.and(&names);
            let width = |words: &str| Text::plain(words).width();
            let fits = width(&advice.title) + width(language.say(words::NEEDED_FOR)) + width(&names) < ONE_LINE;
            if fits { names } else { words::others(advice.needed_for.len(), language) }
        }
    };
    format!("{} {needing}", language.say(words::NEEDED_FOR))
}

fn to_ask(ruleset: &RulesetAssessment, language: Language) -> Vec<Block> {
    let ask = highlights::to_ask(ruleset);
    if ask.questions.is_empty() {
        return Vec::new();
    }
    let questions: Vec<String> = ask.questions.iter().map(|question| language.quoted(&question.title)).collect();
    vec![Block::Paragraph(Text::strong(format!("{}: ", language.say(words::STILL_TO_ASK))).then(words::to_ask(
        &language.and(&questions),
        questions.len(),
        ask.decide,
        ask.hanging,
        language,
    )))]
}
