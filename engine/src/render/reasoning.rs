//! Why: the reasoning behind a conclusion, as a tree in words that can be read aloud.
//!
//! The assessment carries its reasons as data; this draws them. Every value names the place of its answer,
//! every sum is written out so that it can be done again by hand.

mod brief;
mod ranking;
mod sentence;
mod sum;
mod tree;

use super::Look;
use super::document::{Text, paragraphs};
use super::page::{Page, filled, spaces};
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
/// use ketenspiegel_engine::render::{Look, reasoning::reasoning};
/// use ketenspiegel_engine::source::Place;
/// let place = Place { file: "rules/besturing.rhai".into(), line: 12, column: 1 };
/// let drawn = reasoning("De keten heeft geen baas", &[], "Ketens de baas, §1.1", &place, &Look::default());
/// assert!(drawn.starts_with("Waarom: De keten heeft geen baas\n"));
/// assert!(drawn.ends_with("(rules/besturing.rhai:12)\n"));
/// ```
#[must_use]
pub fn reasoning(title: &str, reasons: &[Reason], source: &str, place: &Place, look: &Look) -> String {
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
    .draw(look)
}

/// Why a diagnosis is made, or what it still waits for.
#[must_use]
pub fn diagnosis(found: &DiagnosisAssessment, look: &Look) -> String {
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
    .draw(look)
}

/// Why a typing comes out as it does.
#[must_use]
pub fn outcome(outcome: &OutcomeAssessment, look: &Look) -> String {
    let value = match &outcome.value_title {
        Some(title) => title.clone(),
        None if outcome.candidates.is_empty() => look.language.say(words::NONE_FITS).to_owned(),
        None => {
            let titles: Vec<String> = outcome.candidates.iter().map(|option| option.title.clone()).collect();
            look.language.either(&titles)
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
    .draw(look)
}

/// How the number or the level of an aspect comes about.
#[must_use]
pub fn aspect(aspect: &AspectAssessment, look: &Look) -> String {
    let number = aspect.score.map(|score| look.language.exact(score));
    let level = aspect.level.as_ref();
    let title = level.and_then(|level| level.title.as_ref()).map(|title| look.language.quoted(title));
    let value = match (number, title) {
        (Some(number), Some(title)) => format!("{number} ({title})"),
        (Some(value), None) | (None, Some(value)) => value,
        (None, None) => look.language.say(words::NOT_KNOWN_YET).to_owned(),
    };
    let becomes = aspect.range.filter(|range| range.low != range.high).map(|range| between(range, look.language));
    let counts = aspect.coverage;
    let answered = (counts.applicable > 0).then(|| words::of(counts.answered, counts.applicable, look.language));
    let target = aspect.target.map(|target| look.language.exact(target));
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
    .draw(look)
}

/// How a named number comes about.
#[must_use]
pub fn measure(measure: &MeasureAssessment, look: &Look) -> String {
    let with_unit = |number: &str| look.language.with_unit(number, measure.unit.as_deref());
    let unknown = || look.language.say(words::NOT_KNOWN_YET).to_owned();
    let value = measure.value.map_or_else(unknown, |value| with_unit(&look.language.exact(value)));
    let becomes = measure.range.filter(|range| range.low != range.high);
    let becomes = becomes.map(|range| with_unit(&between(range, look.language)));
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
    .draw(look)
}

/// Why something is as its explanation says: of what is told nowhere else, such as a cell of a table.
#[must_use]
pub fn explained(explained: &Explanation, look: &Look) -> String {
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
    .draw(look)
}

/// Why something stands where it stands in the plan: its rank, worked out; `place` is where the ruleset declares it.
#[must_use]
pub fn recommendation(advice: &RecommendationAssessment, place: Option<&Place>, look: &Look) -> String {
    let mut page = Page::new(look);
    ranking::draw(&mut page, advice, place, look.language);
    page.finish()
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
    fn draw(&self, look: &Look) -> String {
        let language = look.language;
        let mut page = Page::new(look);
        let nothing = Text::empty();
        title(&mut page, self.title, self.certainty.map(|sure| language.say(words::certainty(sure))), language);
        for paragraph in paragraphs(self.about) {
            page.wrapped(&nothing, &nothing, &paragraph);
        }
        if !self.about.is_empty() {
            page.blank();
        }
        tree::tree(&mut page, self.reasons, language);
        if !self.needs.is_empty() {
            page.blank();
            page.wrapped(&nothing, &nothing, &language.say(words::NEEDS_ANSWERS).into());
            tree::branches(&mut page, self.needs, language);
        }
        page.blank();
        for (name, value) in self.closing(language) {
            page.wrapped(&Text::quiet(format!("{name}: ")), &spaces(2), &value);
        }
        page.finish()
    }

    fn closing(&self, language: Language) -> Vec<(&'static str, Text)> {
        let mut lines = Vec::new();
        if let Some(sure) = self.certainty.filter(|sure| *sure != Certainty::Confirmed || !self.exact) {
            let meaning = language.say(words::certainty_meaning(sure));
            lines.push((language.say(words::certainty(sure)), meaning.into()));
        }
        if !self.exact {
            lines.push((language.say(words::CAUTION), language.say(words::CAUTIOUS).into()));
        }
        if !self.deciding.is_empty() {
            let deciding = self.deciding.iter().map(|question| language.quoted(&question.title)).collect::<Vec<_>>();
            lines.push((language.say(words::HANGS_ON), language.and(&deciding).into()));
        }
        if !self.fragile.is_empty() {
            lines.push((language.say(words::FRAGILE), steps(self.fragile, language).into()));
        }
        lines.extend(self.also.iter().map(|(name, value)| (language.say(*name), value.as_str().into())));
        lines.push((language.say(words::SOURCE), origin(self.source, self.place).into()));
        lines
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

/// A value in the fewest words: its number, where it has one.
pub(super) fn short(shown: &Shown, language: Language) -> String {
    match shown.number {
        Some(number) => language.plain(number),
        None => language.quoted(&shown.label),
    }
}

/// `1,6–2,4`
fn between(range: Range, language: Language) -> String {
    format!("{}–{}", language.number(range.low, 2), language.number(range.high, 2))
}

/// `Waarom: …`, with a few words at the end of the line.
fn title(page: &mut Page, title: &str, note: Option<&str>, language: Language) {
    let first = Text::strong(format!("{}: ", language.say(words::WHY_TITLE)));
    let next = spaces(first.width());
    page.noted(&first, &next, &Text::strong(title), &note.map_or_else(Text::empty, Text::strong));
}

/// A name filled up to `width`, so that what follows stands in a column.
fn column(name: &str, width: usize) -> Text {
    filled(Text::plain(name), width, false)
}

#[cfg(test)]
mod tests;
