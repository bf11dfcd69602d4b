//! What is said of two chains, moments or views beside each other.

use super::{Language, Phrase, phrase};
use crate::assessment::Status;

phrases! {
    COMPARED = "Ketenspiegel: naast elkaar", "Ketenspiegel: side by side";
    TREND = "Verloop", "Trend";
    MOVEMENT = "beweging", "movement";
    MOMENT = "peildatum", "as of";
    SAME = "gelijk", "same";
    UP = "omhoog", "up";
    DOWN = "omlaag", "down";
    DONE = "Gedaan uit het plan", "Done from the plan";
    NOTHING_DONE = "Van het plan is nog niets gedaan.", "Nothing of the plan has been done yet.";
    NOTHING_TO_COMPARE = "Er is niets om naast elkaar te zetten.", "There is nothing to compare.";
    OTHERWISE = "Wat er anders is", "What is different";
}

/// `ketenmanager: nog niet aanwezig → werkt`
pub(in crate::render) fn progress(title: &str, from: Option<Status>, to: Status, language: Language) -> String {
    let word = |status: Status| language.say(super::status(status));
    let to = word(to);
    match from {
        Some(from) => format!("{title}: {} → {to}", word(from)),
        None => format!("{title}: {to}"),
    }
}
