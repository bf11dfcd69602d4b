//! The rank of a recommendation, worked out: `(findings + contributions) × fit × room`.

use super::{source, title};
use crate::assessment::{Asks, Contribution, Fit, RecommendationAssessment, State};
use crate::number::Number;
use crate::render::document::{Block, Branch, Text};
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

/// The rank with everything that it is made of.
pub(super) fn worked_out(advice: &RecommendationAssessment, place: Option<&Place>, language: Language) -> Vec<Block> {
    let rank = words::rank(advice.rank, advice.stage, language);
    let formula = format!("{}\n\n= {}", language.say(words::RANK_FORMULA), rank_sum(advice, language));
    let mut blocks = vec![title(words::WHY_TITLE, &advice.title, Some(&rank), &formula, language)];
    if advice.because.is_empty() && !advice.needed_for.is_empty() {
        let titles: Vec<String> = advice.needed_for.iter().map(|item| item.title.clone()).collect();
        blocks.push(Block::Paragraph(words::only_needed(&language.and(&titles), language).into()));
    }
    let status = advice.status.map_or(words::NO_STATUS, words::status);
    let room =
        Branch { notes: vec![language.say(status).into()], ..factor(words::ROOM, advice.room, Vec::new(), language) };
    let factors =
        [diagnoses(advice, language), contributions(advice, language), Some(fit(advice, language)), Some(room)];
    blocks.push(Block::Tree(factors.into_iter().flatten().collect()));
    blocks.push(Block::Fields(vec![source(&advice.source, place, language)]));
    blocks
}

/// One of the four numbers of the formula, with what it is made of.
fn factor(name: words::Phrase, number: Number, parts: Vec<Branch>, language: Language) -> Branch {
    let line = Text::strong(format!("{}: {}", language.say(name), language.exact(number)));
    Branch { line, parts, ..Branch::default() }
}

/// A number with what it stands for.
fn item(words: Text, number: &str) -> Branch {
    Branch { line: Text::from(format!("{number}: ")).then(words), ..Branch::default() }
}

/// A product with what it is the product of, where that is known.
fn product(product: Number, of: Option<(Number, Number)>, language: Language) -> String {
    match of {
        Some((full, part)) => {
            format!("{} × {} = {}", language.exact(full), language.exact(part), language.exact(product))
        }
        None => language.exact(product),
    }
}

fn diagnoses(advice: &RecommendationAssessment, language: Language) -> Option<Branch> {
    let asking = advice.because.iter().map(|asks: &Asks| {
        let severity = language.say(words::severity(asks.severity));
        let certainty = language.say(words::certainty(asks.certainty));
        let words = Text::plain(&asks.title).then(Text::quiet(format!(" ({severity}, {certainty})")));
        let part = asks.weight.over(asks.full).filter(|part| *part != Number::ONE);
        item(words, &product(asks.weight, part.map(|part| (asks.full, part)), language))
    });
    let asking: Vec<Branch> = asking.collect();
    (!asking.is_empty()).then(|| factor(words::FROM_DIAGNOSES, advice.from_diagnoses, asking, language))
}

fn contributions(advice: &RecommendationAssessment, language: Language) -> Option<Branch> {
    let parts = advice.contributes.iter().map(|part: &Contribution| {
        let weight = language.say(if part.dominant { words::DOMINANT } else { words::SECONDARY });
        let weight = match part.below {
            Some(_) => weight.to_owned(),
            None => format!("{weight}; {}", language.say(words::NO_SCORE_YET)),
        };
        let words = Text::plain(&part.aspect.title).then(Text::quiet(format!(" ({weight})")));
        let number = product(part.weight, part.below.map(|below| (part.full, below)), language);
        let why = Some(Text::plain(&part.why)).filter(|why| !why.is_empty());
        Branch { notes: why.into_iter().collect(), ..item(words, &number) }
    });
    let parts: Vec<Branch> = parts.collect();
    let formula = vec![Text::quiet(language.say(words::CONTRIBUTION_FORMULA))];
    let whole = |parts| factor(words::FROM_CONTRIBUTIONS, advice.from_contributions, parts, language);
    (!parts.is_empty()).then(|| Branch { notes: formula, ..whole(parts) })
}

fn fit(advice: &RecommendationAssessment, language: Language) -> Branch {
    let condition = |fit: &Fit| Branch { line: words::fits(fit, language).into(), ..Branch::default() };
    let conditions: Vec<Branch> = advice.fits.iter().map(condition).collect();
    let told =
        if conditions.is_empty() { Some(language.say(words::NO_FITS).to_owned()) } else { half(advice, language) };
    let notes = told.into_iter().map(Text::from).collect();
    Branch { notes, ..factor(words::FIT, advice.fit, conditions, language) }
}

/// How the fit comes about: half of it by itself, the other half by the conditions that hold.
fn half(advice: &RecommendationAssessment, language: Language) -> Option<String> {
    let half = Number::ONE.over(Number::from(2))?;
    let count = |states: &[State]| {
        i64::try_from(advice.fits.iter().filter(|fit| states.contains(&fit.state)).count()).unwrap_or(i64::MAX)
    };
    let held = count(&[State::Holds]);
    let all = [count(&[State::Holds, State::Fails]), count(&[State::Holds, State::Fails, State::Undecided])];
    let gives = |all: &i64| {
        let share = Number::from(held).over(Number::from(*all))?;
        half.plus(half.times(share)?)
    };
    let all = all.into_iter().find(|all| gives(all) == Some(advice.fit))?;
    Some(words::half_and_half(held, all, &language.exact(advice.fit), language))
}
