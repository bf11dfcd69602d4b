//! The rank of a recommendation, worked out: `(findings + contributions) × fit × room`.

use super::{column, origin, title};
use crate::assessment::{Asks, Contribution, RecommendationAssessment, State};
use crate::number::Number;
use crate::render::document::Text;
use crate::render::page::{Page, filled, spaces};
use crate::render::words::{self, Language};
use crate::source::Place;

/// The formula with its numbers, on one line.
pub(in crate::render) fn rank_sum(advice: &RecommendationAssessment, language: Language) -> String {
    let [diagnoses, contributions, fit, room] =
        [advice.from_diagnoses, advice.from_contributions, advice.fit, advice.room]
            .map(|number| language.exact(number));
    let score = language.number(advice.score, 2);
    let sign = if Number::parse(&advice.score.rounded(2, '.')) == Some(advice.score) { "=" } else { "≈" };
    format!("({diagnoses} + {contributions}) × {fit} × {room} {sign}\u{a0}{score}")
}

/// Draws the rank with everything that it is made of.
pub(super) fn draw(page: &mut Page, advice: &RecommendationAssessment, place: Option<&Place>, language: Language) {
    title(page, &advice.title, Some(&words::rank(advice.rank, advice.stage, language)), language);
    let nothing = Text::empty();
    let formula = language.say(words::RANK_FORMULA);
    page.wrapped(&nothing, &spaces(2), &formula.into());
    let indent = spaces(formula.find('=').unwrap_or(0));
    page.wrapped(&indent, &indent, &format!("= {}", rank_sum(advice, language)).into());
    if advice.because.is_empty() && !advice.needed_for.is_empty() {
        let titles: Vec<String> = advice.needed_for.iter().map(|item| item.title.clone()).collect();
        page.blank();
        page.wrapped(&nothing, &spaces(2), &words::only_needed(&language.and(&titles), language).into());
    }
    diagnoses(page, advice, language);
    contributions(page, advice, language);
    fit(page, advice, language);
    page.blank();
    heading(page, words::ROOM, advice.room, language);
    let status = advice.status.map_or(words::NO_STATUS, words::status);
    page.wrapped(&spaces(2), &spaces(2), &language.say(status).into());
    page.blank();
    let source = origin(&advice.source, place);
    page.wrapped(&Text::quiet(format!("{}: ", language.say(words::SOURCE))), &spaces(2), &source.into());
}

fn heading(page: &mut Page, name: words::Phrase, number: Number, language: Language) {
    let words = Text::strong(format!("{}: {}", language.say(name), language.exact(number)));
    page.wrapped(&Text::empty(), &spaces(2), &words);
}

/// A number in a column, with what it stands for beside it.
fn item(page: &mut Page, number: &str, width: usize, words: &Text) {
    let first = spaces(2).then(filled(Text::plain(number), width, true)).then("  ");
    let next = spaces(first.width());
    page.wrapped(&first, &next, words);
}

/// A product with what it is the product of, where that is known.
fn worked_out(product: Number, of: Option<(Number, Number)>, language: Language) -> String {
    match of {
        Some((full, part)) => {
            format!("{} × {} = {}", language.exact(full), language.exact(part), language.exact(product))
        }
        None => language.exact(product),
    }
}

fn widest(numbers: &[String]) -> usize {
    numbers.iter().map(|number| number.chars().count()).max().unwrap_or(0)
}

fn diagnoses(page: &mut Page, advice: &RecommendationAssessment, language: Language) {
    if advice.because.is_empty() {
        return;
    }
    page.blank();
    heading(page, words::FROM_DIAGNOSES, advice.from_diagnoses, language);
    let product = |asks: &Asks| {
        let part = asks.weight.over(asks.full).filter(|part| *part != Number::ONE);
        worked_out(asks.weight, part.map(|part| (asks.full, part)), language)
    };
    let numbers: Vec<String> = advice.because.iter().map(product).collect();
    for (asks, number) in advice.because.iter().zip(&numbers) {
        let severity = language.say(words::severity(asks.severity));
        let certainty = language.say(words::certainty(asks.certainty));
        let words = Text::plain(&asks.title).then(Text::quiet(format!(" ({severity}, {certainty})")));
        item(page, number, widest(&numbers), &words);
    }
}

fn contributions(page: &mut Page, advice: &RecommendationAssessment, language: Language) {
    if advice.contributes.is_empty() {
        return;
    }
    page.blank();
    heading(page, words::FROM_CONTRIBUTIONS, advice.from_contributions, language);
    page.wrapped(&spaces(2), &spaces(2), &Text::quiet(language.say(words::CONTRIBUTION_FORMULA)));
    let product = |part: &Contribution| worked_out(part.weight, part.below.map(|below| (part.full, below)), language);
    let numbers: Vec<String> = advice.contributes.iter().map(product).collect();
    for (part, number) in advice.contributes.iter().zip(&numbers) {
        let weight = language.say(if part.dominant { words::DOMINANT } else { words::SECONDARY });
        let weight = match part.below {
            Some(_) => weight.to_owned(),
            None => format!("{weight}; {}", language.say(words::NO_SCORE_YET)),
        };
        let why = if part.why.is_empty() { String::new() } else { format!(": {}", part.why) };
        let words = Text::plain(&part.aspect.title).then(Text::quiet(format!(" ({weight})"))).then(why);
        item(page, number, widest(&numbers), &words);
    }
}

fn fit(page: &mut Page, advice: &RecommendationAssessment, language: Language) {
    page.blank();
    heading(page, words::FIT, advice.fit, language);
    if advice.fits.is_empty() {
        page.wrapped(&spaces(2), &spaces(2), &language.say(words::NO_FITS).into());
        return;
    }
    let half = Number::ONE.over(Number::from(2));
    let count = |states: &[State]| {
        i64::try_from(advice.fits.iter().filter(|fit| states.contains(&fit.state)).count()).unwrap_or(i64::MAX)
    };
    let held = count(&[State::Holds]);
    for all in [count(&[State::Holds, State::Fails]), count(&[State::Holds, State::Fails, State::Undecided])] {
        let share = Number::from(held).over(Number::from(all));
        let fit = half.and_then(|half| half.plus(half.times(share?)?));
        if fit == Some(advice.fit) {
            let words = words::half_and_half(held, all, &language.exact(advice.fit), language);
            page.wrapped(&spaces(2), &spaces(2), &words.into());
            break;
        }
    }
    for fit in &advice.fits {
        let state = language.say(words::fit(fit.state));
        let first = spaces(2).then(column(words::state_mark(fit.state), 2));
        page.wrapped(&first, &spaces(4), &Text::plain(&fit.text).then(Text::quiet(format!(" ({state})"))));
    }
}
