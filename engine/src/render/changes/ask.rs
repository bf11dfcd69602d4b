//! What to ask next.

use super::super::Look;
use super::super::document::Text;
use super::super::page::{Page, filled, spaces};
use super::super::words::{Language, changes as said};
use crate::whatif::{Ask, Best, Question};

/// How many questions are told; the data has them all.
const MOST_TOLD: usize = 12;

/// Draws what to ask next.
#[must_use]
pub fn ask(ask: &Ask, look: &Look) -> String {
    let language = look.language;
    let mut page = Page::new(look);
    let nothing = Text::empty();
    if ask.uncertain == 0 || ask.questions.is_empty() {
        page.wrapped(&nothing, &nothing, &language.say(said::ALL_SURE).into());
        return page.finish();
    }
    let note = Text::quiet(said::uncertain(ask.uncertain, language));
    page.noted(&nothing, &nothing, &Text::strong(language.say(said::ASK_NEXT)), &note);
    if let Some(best) = &ask.best {
        together(&mut page, best, ask.uncertain, language);
    }
    page.blank();
    for (at, question) in ask.questions.iter().take(MOST_TOLD).enumerate() {
        told(&mut page, at + 1, question, language);
    }
    let more = ask.questions.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        page.wrapped(&spaces(4), &spaces(4), &Text::quiet(said::more_questions(more, language)));
    }
    page.finish()
}

fn told(page: &mut Page, place: usize, question: &Question, language: Language) {
    let first = filled(Text::plain(place.to_string()), 2, true).then("  ");
    let words = Text::plain(&question.title).then(" ").then(Text::code(format!("({})", question.id)));
    page.wrapped(&first, &spaces(4), &words);
    let settles = said::settles(question.settles.len(), question.may_settle.len(), language);
    let moves = question.moves.as_ref().map(|moves| {
        let (low, high) = (language.number(moves.low, 1), language.number(moves.high, 1));
        format!("; {}", said::moves(&moves.aspect.title, &low, &high, language))
    });
    page.wrapped(&spaces(4), &spaces(4), &Text::quiet(format!("{settles}{}", moves.unwrap_or_default())));
}

fn together(page: &mut Page, best: &Best, uncertain: usize, language: Language) {
    let nothing = Text::empty();
    page.blank();
    page.line(&Text::strong(format!("{}:", language.say(said::BEST_TOGETHER))));
    for question in &best.questions {
        let words = Text::plain(&question.title).then(" ").then(Text::code(format!("({})", question.id)));
        page.wrapped(&Text::plain("  · "), &spaces(4), &words);
    }
    page.wrapped(&nothing, &nothing, &said::settle_together(best.settles.len(), uncertain, language).into());
    for settled in &best.settles {
        page.wrapped(&Text::plain("  ✓ "), &spaces(4), &settled.title.as_str().into());
    }
    if !best.exact {
        page.wrapped(&nothing, &nothing, &Text::quiet(said::not_proven_best(language)));
    }
}
