//! What would change a conclusion: the fewest changes that turn it, and what hangs on one step of one answer; what a
//! change would do; what to ask next; how to get somewhere.

mod ask;
mod route;
mod whatif;

pub use ask::ask;
pub use route::route;
pub use whatif::whatif;

use super::Look;
use super::document::Text;
use super::page::{Page, spaces};
use super::words::{self, Language, changes as said};
use crate::assessment::{Severity, Shown};
use crate::whatif::{Changed, ChangedKind, Flip, Flips, Fragile, Standing};

/// How many sets of changes are told; the data has more.
const MOST_TOLD: usize = 8;

/// Draws what turns a conclusion.
#[must_use]
pub fn flips(flips: &Flips, look: &Look) -> String {
    let language = look.language;
    let mut page = Page::new(look);
    let nothing = Text::empty();
    let first = Text::strong(format!("{}: ", language.say(said::WHAT_TURNS)));
    let note = Text::strong(stands(&flips.now, language));
    page.noted(&first, &spaces(first.width()), &Text::strong(&flips.title), &note);
    if flips.reached {
        page.wrapped(&nothing, &nothing, &language.say(said::REACHED).into());
        return page.finish();
    }
    let mut size = 0;
    for flip in flips.flips.iter().take(MOST_TOLD) {
        if flip.changes.len() != size {
            size = flip.changes.len();
            page.blank();
            let bouwstenen = flips.flips.iter().flat_map(|flip| &flip.changes).any(is_bouwsteen);
            page.wrapped(&nothing, &nothing, &said::with_changes(size, bouwstenen, language).into());
        }
        told(&mut page, flip, &flips.now, language);
    }
    let more = flips.more + flips.flips.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        page.wrapped(&spaces(2), &spaces(2), &Text::quiet(said::more_sets(more, size, language)));
    }
    page.blank();
    let closing = match (flips.exact, flips.flips.is_empty()) {
        (true, true) => language.say(said::NOTHING_TURNS).to_owned(),
        (true, false) if size == 1 => String::new(),
        (true, false) => language.say(said::PROVEN).to_owned(),
        (false, none) => said::searched(!none, flips.tried, language),
    };
    if !closing.is_empty() {
        page.wrapped(&nothing, &nothing, &Text::quiet(closing));
    }
    page.finish()
}

const fn is_bouwsteen(change: &Changed) -> bool {
    matches!(change.kind, ChangedKind::Bouwsteen)
}

/// One set of changes.
fn told(page: &mut Page, flip: &Flip, now: &Standing, language: Language) {
    let mut closing = vec![said::steps(flip.steps, language)];
    // where a condition turns it is plain what it becomes; a value says what
    let becomes = &flip.becomes;
    let still_open = !becomes.holds && becomes.certainty.is_some() && becomes.certainty != now.certainty;
    if becomes.value.is_some() || still_open {
        closing.push(format!("{} {}", language.say(said::THEN), stands(becomes, language)));
    }
    let last = flip.changes.len() - 1;
    for (at, change) in flip.changes.iter().enumerate() {
        let first = if at == 0 { Text::plain("  · ") } else { Text::plain("    ") };
        let mut words = Text::plain(changed(change, language));
        if at == last {
            words = words.then(Text::quiet(format!(" — {}", closing.join("; "))));
        }
        page.wrapped(&first, &spaces(6), &words);
    }
    assumptions(page, &flip.assumed, language);
}

/// Answers that are assumed to be lifted along.
pub(super) fn assumptions<'a>(page: &mut Page, assumed: impl IntoIterator<Item = &'a Changed>, language: Language) {
    for change in assumed {
        let name = Text::quiet(format!("{}: ", language.say(said::ASSUMED)));
        page.wrapped(&spaces(6).then(name), &spaces(8), &brought(change, language).into());
    }
}

/// A change in one line: `doorzettingsmacht: 2 (‘oneens’) wordt 4 (‘eens’) of hoger`.
pub(super) fn changed(change: &Changed, language: Language) -> String {
    let mut to = value(&change.to, language);
    if change.further {
        let higher = change.from.as_ref().and_then(|from| from.number).zip(change.to.number).is_none_or(|(a, b)| a < b);
        to = format!("{to} {}", language.say(if higher { said::OR_HIGHER } else { said::OR_LOWER }));
    }
    match &change.from {
        Some(from) => said::becomes(&change.title, &value(from, language), &to, language),
        None if is_bouwsteen(change) => said::brought(&change.title, &to, language),
        None => said::turns_out(&change.title, &to, language),
    }
}

/// The same, for an answer that something is assumed to lift.
fn brought(change: &Changed, language: Language) -> String {
    match &change.from {
        Some(_) => changed(change, language),
        None => said::brought(&change.title, &value(&change.to, language), language),
    }
}

/// A value as a reader says it.
pub(super) fn value(shown: &Shown, language: Language) -> String {
    match (shown.number, shown.label.is_empty()) {
        (Some(number), true) => language.plain(number),
        (Some(number), false) => format!("{} ({})", language.plain(number), language.quoted(&shown.label)),
        (None, _) => language.quoted(&shown.label),
    }
}

/// How a conclusion stands, in a few words.
pub(super) fn stands(standing: &Standing, language: Language) -> String {
    let sure = standing.certainty.map(|sure| language.say(words::certainty(sure)));
    match (&standing.value, sure) {
        (Some(shown), Some(sure)) => format!("{}, {sure}", value(shown, language)),
        (Some(shown), None) => value(shown, language),
        (None, Some(sure)) => sure.to_owned(),
        (None, None) => language.say(said::SILENT).to_owned(),
    }
}

/// Draws what hangs on one step of one answer.
#[must_use]
pub fn fragile(all: &[Fragile], look: &Look) -> String {
    let language = look.language;
    let mut page = Page::new(look);
    let nothing = Text::empty();
    if all.is_empty() {
        page.wrapped(&nothing, &nothing, &language.say(said::NOTHING_FRAGILE).into());
        return page.finish();
    }
    page.line(&Text::strong(language.say(said::FRAGILE)));
    for one in all {
        page.blank();
        let mark = mark(one.severity, language);
        page.noted(&mark, &spaces(2), &Text::strong(&one.title), &Text::plain(stands(&one.now, language)));
        for step in &one.by {
            let then = format!("{}: {}", language.say(said::THEN), stands(&step.becomes, language));
            let words = Text::plain(changed(&step.change, language)).then(Text::quiet(format!(" — {then}")));
            page.wrapped(&Text::plain("  · "), &spaces(4), &words);
        }
    }
    page.finish()
}

fn mark(severity: Option<Severity>, language: Language) -> Text {
    severity.map_or_else(Text::empty, |severity| Text::quiet(format!("{}: ", language.say(words::severity(severity)))))
}
