//! What would change a conclusion, what a change would do, what to ask next, and how to get somewhere.
//!
//! ```text
//! profile ─▶ cone of a conclusion ─▶ choices ─▶ search, looking at the profile as if ─▶ flips, …
//! ```
//!
//! Everything rests on one thing: looking at a profile as if some of it were different. Only the answers that a
//! conclusion reads are ever changed. Where there are too many ways to go through, the result says so.

mod ask;
mod change;
mod choices;
mod cone;
mod effects;
mod flip;
mod fragile;
mod goal;
mod route;
mod search;
mod trial;

pub use ask::{Ask, Best, Moves, Question, ask};
pub use change::{Assumed, Setting, WhatIf, whatif};
pub use flip::{Flip, Flipping, Flips, Standing, flip, flip_all};
pub use fragile::{Fragile, FragileReport, Step, fragile};
pub use route::{Action, Route, Routing, SaidBy, Stage, route};

use crate::assessment::Shown;
use crate::condition::{QuestionId, Value};
use crate::evaluate::{Facts, Words};
use choices::Of;
use schemars::JsonSchema;
use serde::Serialize;
use trial::{Place, at};

/// What can change in a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangedKind {
    /// An answer.
    Answer,
    /// The status of a bouwsteen.
    Bouwsteen,
}

/// Something in a profile that would be different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Changed {
    /// Answer or bouwsteen.
    pub kind: ChangedKind,
    /// `ruleset/id`; with `/by/party` where each party answers.
    pub id: String,
    /// Its title, with the party where each party answers.
    pub title: String,
    /// What the profile says; absent where it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Shown>,
    /// What it would be.
    pub to: Shown,
    /// How many steps that takes: places on a scale or in a list, options more or less, one for an open answer.
    pub steps: usize,
    /// Whether any value further on in the same direction does the same.
    pub further: bool,
}

fn changed(words: Words<'_>, facts: &Facts<'_>, of: Of, from: Value, to: Value) -> Changed {
    let (kind, id, title, shown): (_, _, _, Box<dyn Fn(Value) -> Option<Shown> + '_>) = match of {
        Of::Answer(question, party) => {
            let (id, title) = answer_named(words, facts, question, party);
            (ChangedKind::Answer, id, title, Box::new(move |value| words.answer(question, value)))
        }
        Of::Bouwsteen(stone) => {
            let declared = &words.library.bouwstenen[stone.index()].declared;
            let id = format!("{}/{}", words.library.rulesets[declared.ruleset].manifest.id, declared.id);
            (ChangedKind::Bouwsteen, id, words.stone(stone, "title"), Box::new(move |value| status(words, value)))
        }
    };
    let nothing = Shown::default();
    Changed { kind, id, title, from: shown(from), to: shown(to).unwrap_or(nothing), steps: 0, further: false }
}

/// Something that comes with a change.
fn assumed(words: Words<'_>, facts: &Facts<'_>, place: Place, value: Value) -> Changed {
    let of = match place {
        Place::Status(stone) => Of::Bouwsteen(stone),
        Place::Answer(slot) => {
            let (question, party) = facts.answered_at(slot);
            Of::Answer(question, party)
        }
    };
    changed(words, facts, of, at(facts, place), value)
}

fn status(words: Words<'_>, value: Value) -> Option<Shown> {
    match value {
        Value::Option(at) => Some(Shown { label: words.status(at).to_owned(), ..Shown::default() }),
        _ => None,
    }
}

fn answer_named(words: Words<'_>, facts: &Facts<'_>, id: QuestionId, party: Option<u16>) -> (String, String) {
    let declared = &words.library.questions[id.index()].declared;
    let ruleset = &words.library.rulesets[declared.ruleset].manifest.id;
    let (id, title) = (format!("{ruleset}/{}", declared.id), words.question(id));
    match party.and_then(|party| facts.profile.parties.get(usize::from(party))) {
        Some(party) => (format!("{id}/by/{}", party.id), format!("{title} ({})", party.name)),
        None => (id, title),
    }
}
