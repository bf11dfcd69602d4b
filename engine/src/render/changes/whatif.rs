//! What a change would do, as it was and as it would be.

use super::super::Look;
use super::super::document::Text;
use super::super::page::{Page, spaces};
use super::super::words::{self, Language, Phrase, changes as said};
use super::{assumptions, changed};
use crate::assessment::Certainty;
use crate::conclusions::{Change, Difference, Kind, Says};
use crate::whatif::WhatIf;

/// In this order a reader wants to know it.
const KINDS: [(Kind, Phrase); 7] = [
    (Kind::Diagnosis, words::FINDINGS),
    (Kind::Outcome, words::TYPINGS),
    (Kind::Level, said::LEVELS),
    (Kind::Recommendation, words::PLAN),
    (Kind::Score, said::SCORES),
    (Kind::Measure, words::MEASURES),
    (Kind::Cell, said::TABLES),
];

/// Draws what a change would do.
#[must_use]
pub fn whatif(found: &WhatIf, look: &Look) -> String {
    let language = look.language;
    let mut page = Page::new(look);
    page.line(&Text::strong(language.say(said::WHAT_IF)));
    for change in &found.changes {
        page.wrapped(&Text::plain("  · "), &spaces(4), &changed(change, language).into());
    }
    assumptions(&mut page, found.assumed.iter().map(|one| &one.change), language);
    page.blank();
    if found.difference.is_empty() {
        page.wrapped(&Text::empty(), &Text::empty(), &language.say(said::NOTHING_CHANGES).into());
    } else {
        page.line(&Text::strong(language.say(said::WHAT_CHANGES)));
        difference(&mut page, &found.difference, language);
    }
    if !found.assumed.is_empty() {
        page.blank();
        page.wrapped(&Text::empty(), &Text::empty(), &Text::quiet(language.say(said::ASSUMPTIONS)));
    }
    page.finish()
}

fn difference(page: &mut Page, difference: &Difference, language: Language) {
    let several = difference.rulesets.len() > 1;
    for ruleset in &difference.rulesets {
        if several {
            page.blank();
            page.line(&Text::strong(&ruleset.title));
        }
        for (kind, name) in KINDS {
            let changes: Vec<&Change> = ruleset.changes.iter().filter(|change| change.kind == kind).collect();
            if changes.is_empty() {
                continue;
            }
            page.blank();
            page.line(&Text::quiet(language.say(name)));
            for change in changes {
                let words = Text::plain(format!("{}: ", change.title)).then(Text::strong(moved(change, language)));
                page.wrapped(&Text::plain("  · "), &spaces(4), &words);
            }
        }
    }
}

/// What it was and what it would be: `1,8 → 2,4`.
pub(super) fn moved(change: &Change, language: Language) -> String {
    let say = |says: &Says| said_of(change.kind, says, language);
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let (then, now) = (say(before), say(after));
            if then == now {
                language.say(words::certainty(sure(after))).to_owned()
            } else {
                format!("{then} → {now}")
            }
        }
        (None, Some(after)) => format!("{}, {}", language.say(said::NEW), say(after)),
        (Some(_), None) => language.say(said::GONE).to_owned(),
        (None, None) => String::new(),
    }
}

const fn sure(says: &Says) -> Certainty {
    match says.certainty {
        Some(certainty) => certainty,
        None => Certainty::Confirmed,
    }
}

fn said_of(kind: Kind, says: &Says, language: Language) -> String {
    let sure = says.certainty.map(|certainty| language.say(words::certainty(certainty)).to_owned());
    match kind {
        Kind::Outcome | Kind::Level => {
            says.value.as_ref().map_or_else(|| language.say(said::NO_VALUE).to_owned(), |value| value.title.clone())
        }
        Kind::Score | Kind::Measure => {
            says.number.map_or_else(|| language.say(said::NO_VALUE).to_owned(), |number| language.number(number, 2))
        }
        Kind::Recommendation => says.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        Kind::Diagnosis | Kind::Cell => sure.unwrap_or_default(),
    }
}
