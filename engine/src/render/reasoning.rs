//! Why: the reasoning behind a conclusion, as a tree in words that can be read aloud.
//!
//! The assessment carries its reasons as data; this draws them. Every value names the place of its answer,
//! every sum is written out so that it can be done again by hand.

mod brief;
mod ranking;
mod sentence;
mod sum;
mod tree;

use super::document::{Block, Drawing, Entry, Line, Text, paragraphs};
use super::words::{self, Language};
use crate::assessment::{
    AspectAssessment, Certainty, DiagnosisAssessment, MeasureAssessment, OneStep, OutcomeAssessment, Range, Reason,
    RecommendationAssessment, Shown, Titled,
};
use crate::evaluate::Explanation;
use crate::source::Place;

pub(super) use brief::brief;
pub(super) use ranking::rank_sum;
pub(super) use tree::tree;

/// The reasoning that leads to `title`, with where the source and the ruleset say it.
///
/// ```
/// use ketenspiegel_engine::render::{Language, Look, reasoning::reasoning};
/// use ketenspiegel_engine::source::Place;
/// let place = Place { file: "rules/besturing.rhai".into(), line: 12, column: 1 };
/// let why = reasoning("De keten heeft geen baas", &[], "Ketens de baas, §1.1", &place, Language::Dutch);
/// assert!(why.terminal(&Look::default()).starts_with("Waarom: De keten heeft geen baas\n"));
/// assert!(why.markdown().ends_with("(rules/besturing.rhai:12)\n"));
/// ```
#[must_use]
pub fn reasoning(title: &str, reasons: &[Reason], source: &str, place: &Place, language: Language) -> Drawing {
    Why {
        title,
        about: "",
        certainty: None,
        exact: true,
        reasons,
        needs: &[],
        deciding: &[],
        fragile: &[],
        also: Vec::new(),
        source,
        place: Some(place),
    }
    .draw(language)
}

/// Why a diagnosis is made, or what it still waits for.
#[must_use]
pub fn diagnosis(found: &DiagnosisAssessment, language: Language) -> Drawing {
    Why {
        title: &found.title,
        about: &found.text,
        certainty: Some(found.certainty),
        exact: found.exact,
        reasons: &found.because,
        needs: &found.needs,
        deciding: &found.deciding,
        fragile: &found.fragile,
        also: Vec::new(),
        source: &found.source,
        place: Some(&found.place),
    }
    .draw(language)
}

/// Why a typing comes out as it does.
#[must_use]
pub fn outcome(outcome: &OutcomeAssessment, language: Language) -> Drawing {
    let value = match &outcome.value_title {
        Some(title) => title.clone(),
        None if outcome.candidates.is_empty() => language.say(words::NONE_FITS).to_owned(),
        None => {
            let titles: Vec<String> = outcome.candidates.iter().map(|option| option.title.clone()).collect();
            language.either(&titles)
        }
    };
    Why {
        title: &words::named(&outcome.title, &value),
        about: "",
        certainty: outcome.certainty,
        exact: outcome.exact,
        reasons: &outcome.because,
        needs: &[],
        deciding: if outcome.certainty.is_some() { &outcome.deciding } else { &[] },
        fragile: &outcome.fragile,
        also: Vec::new(),
        source: &outcome.source,
        place: Some(&outcome.place),
    }
    .draw(language)
}

/// How the number or the level of an aspect comes about.
#[must_use]
pub fn aspect(aspect: &AspectAssessment, language: Language) -> Drawing {
    let number = aspect.score.map(|score| language.exact(score));
    let level = aspect.level.as_ref();
    let title = level.and_then(|level| level.title.as_ref()).map(|title| language.quoted(title));
    let value = match (number, title) {
        (Some(number), Some(title)) => format!("{number} ({title})"),
        (Some(value), None) | (None, Some(value)) => value,
        (None, None) => language.say(words::NOT_KNOWN_YET).to_owned(),
    };
    let becomes = aspect.range.filter(|range| range.low != range.high).map(|range| between(range, language));
    let counts = aspect.coverage;
    let answered = (counts.applicable > 0).then(|| words::of(counts.answered, counts.applicable, language));
    let target = aspect.target.map(|target| language.exact(target));
    let also = [(words::ANSWERED, answered), (words::CAN_BECOME, becomes), (words::TARGET, target)];
    let also = also.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    Why {
        title: &words::named(&aspect.title, &value),
        about: "",
        certainty: level.and_then(|level| level.certainty),
        exact: aspect.exact,
        reasons: &aspect.because,
        needs: &[],
        deciding: &aspect.deciding,
        fragile: level.map_or(&[], |level| &level.fragile),
        also,
        source: &aspect.source,
        place: Some(&aspect.place),
    }
    .draw(language)
}

/// How a named number comes about.
#[must_use]
pub fn measure(measure: &MeasureAssessment, language: Language) -> Drawing {
    let with_unit = |number: &str| language.with_unit(number, measure.unit.as_deref());
    let unknown = || language.say(words::NOT_KNOWN_YET).to_owned();
    let value = measure.value.map_or_else(unknown, |value| with_unit(&language.exact(value)));
    let becomes = measure.range.filter(|range| range.low != range.high);
    let becomes = becomes.map(|range| with_unit(&between(range, language)));
    Why {
        title: &words::named(&measure.title, &value),
        about: "",
        certainty: None,
        exact: measure.exact,
        reasons: &measure.because,
        needs: &[],
        deciding: &measure.deciding,
        fragile: &[],
        also: becomes.map(|range| (words::CAN_BECOME, range)).into_iter().collect(),
        source: &measure.source,
        place: Some(&measure.place),
    }
    .draw(language)
}

/// Why something is as its explanation says: of what is told nowhere else, such as a cell of a table.
#[must_use]
pub fn explained(explained: &Explanation, language: Language) -> Drawing {
    Why {
        title: &explained.title,
        about: &explained.text,
        certainty: explained.certainty,
        exact: explained.exact,
        reasons: &explained.reasons,
        needs: &explained.needs,
        deciding: &explained.deciding,
        fragile: &explained.fragile,
        also: Vec::new(),
        source: &explained.source,
        place: Some(&explained.place),
    }
    .draw(language)
}

/// Why something stands where it stands in the plan: its rank, worked out; `place` is where the ruleset declares it.
#[must_use]
pub fn recommendation(advice: &RecommendationAssessment, place: Option<&Place>, language: Language) -> Drawing {
    Drawing { blocks: ranking::worked_out(advice, place, language) }
}

/// A conclusion with everything that explains it.
struct Why<'a> {
    title: &'a str,
    about: &'a str,
    certainty: Option<Certainty>,
    exact: bool,
    reasons: &'a [Reason],
    needs: &'a [Reason],
    deciding: &'a [Titled],
    fragile: &'a [OneStep],
    /// Other things to know, each with its name.
    also: Vec<(words::Phrase, String)>,
    source: &'a str,
    place: Option<&'a Place>,
}

impl Why<'_> {
    fn draw(&self, language: Language) -> Drawing {
        let certainty = self.certainty.map(|sure| language.say(words::certainty(sure)));
        let mut blocks = vec![title(words::WHY_TITLE, self.title, certainty, self.about, language)];
        blocks.extend(tree::tree(self.reasons, language));
        if !self.needs.is_empty() {
            blocks.push(Block::Paragraph(language.say(words::NEEDS_ANSWERS).into()));
            blocks.push(tree::branches(self.needs, language));
        }
        blocks.push(Block::Fields(self.closing(language)));
        Drawing { blocks }
    }

    fn closing(&self, language: Language) -> Vec<(Text, Text)> {
        let mut lines = Vec::new();
        if let Some(sure) = self.certainty.filter(|sure| *sure != Certainty::Confirmed || !self.exact) {
            lines.push((words::certainty(sure), language.say(words::certainty_meaning(sure)).to_owned()));
        }
        if !self.exact {
            lines.push((words::CAUTION, language.say(words::CAUTIOUS).to_owned()));
        }
        if !self.deciding.is_empty() {
            let deciding = self.deciding.iter().map(|question| language.quoted(&question.title)).collect::<Vec<_>>();
            lines.push((words::HANGS_ON, language.and(&deciding)));
        }
        if !self.fragile.is_empty() {
            lines.push((words::FRAGILE, steps(self.fragile, language)));
        }
        lines.extend(self.also.iter().cloned());
        lines.push((words::SOURCE, origin(self.source, self.place)));
        lines.into_iter().map(|(name, value)| (language.say(name).into(), value.into())).collect()
    }
}

/// How many answers that turn a conclusion are told.
const MOST_STEPS: usize = 3;

/// The first steps of one answer that turn a conclusion: `vertrouwen in de partner 3 → 2 of 4; en nog 2`. Steps of the
/// same answer are told together.
pub(super) fn steps(steps: &[OneStep], language: Language) -> String {
    let mut told: Vec<(&OneStep, Vec<String>)> = Vec::new();
    for step in steps {
        let to = short(&step.to, language);
        match told.iter_mut().find(|(first, _)| first.id == step.id) {
            Some((_, others)) => others.push(to),
            None => told.push((step, vec![to])),
        }
    }
    let more = told.len().saturating_sub(MOST_STEPS);
    let told = told.into_iter().take(MOST_STEPS);
    let told = told.map(|(step, to)| words::one_step(&step.title, &short(&step.from, language), &language.or(&to)));
    words::and_more(&told.collect::<Vec<_>>().join("; "), more, language)
}

/// The source, and where the ruleset says it.
fn origin(source: &str, place: Option<&Place>) -> String {
    place.map_or_else(|| source.to_owned(), |place| format!("{source} ({}:{})", place.file, place.line))
}

/// The same as a field of its own.
pub(super) fn source(source: &str, place: Option<&Place>, language: Language) -> (Text, Text) {
    (language.say(words::SOURCE).into(), origin(source, place).into())
}

/// A value in the fewest words: its number, where it has one.
fn short(shown: &Shown, language: Language) -> String {
    match shown.number {
        Some(number) => language.plain(number),
        None => language.quoted(&shown.label),
    }
}

/// `1,6–2,4`
fn between(range: Range, language: Language) -> String {
    format!("{}–{}", language.number(range.low, 2), language.number(range.high, 2))
}

/// `Waarom: …` or `Waarom niet: …`, with a few words at the end of the line, and what else it says.
pub(super) fn title(why: words::Phrase, title: &str, note: Option<&str>, about: &str, language: Language) -> Block {
    let entry = Entry {
        title: Text::strong(format!("{}: {title}", language.say(why))),
        note: note.map_or_else(Text::empty, Text::strong),
        lines: paragraphs(about).into_iter().map(Line::Words).collect(),
        ..Entry::default()
    };
    Block::Entries(vec![entry])
}

#[cfg(test)]
mod tests;
