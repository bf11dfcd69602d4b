//! One word, or a few, for each state that a conclusion can be in.

use super::{Language, Phrase, phrase, say};
use crate::assessment::{Certainty, Fit, Overridden, RecommendationKind, Severity, State, Status};

/// How sure.
pub(in crate::render) const fn certainty(certainty: Certainty) -> Phrase {
    match certainty {
        Certainty::Confirmed => phrase("staat vast", "confirmed"),
        Certainty::Indicated => phrase("waarschijnlijk", "likely"),
        Certainty::Open => phrase("nog open", "open"),
    }
}

/// What that means.
pub(in crate::render) const fn certainty_meaning(certainty: Certainty) -> Phrase {
    match certainty {
        Certainty::Confirmed => phrase(
            "wat er ook nog wordt ingevuld, dit verandert niet meer",
            "whatever answers are still to come, this will not change",
        ),
        Certainty::Indicated => phrase(
            "waar op wat nu is ingevuld; open vragen kunnen het nog veranderen",
            "true on the answers so far; open questions can still change it",
        ),
        Certainty::Open => phrase(
            "niet waar op wat nu is ingevuld, of daarvoor is nog te weinig ingevuld; open vragen kunnen het nog waar maken",
            "not true on the answers so far, or there are too few of them to say so; open questions can still make it true",
        ),
    }
}

/// What became of something that is tailored.
pub(in crate::render) const fn overridden(how: Overridden) -> Phrase {
    match how {
        Overridden::Disabled => phrase("buiten gebruik", "disabled"),
        Overridden::Changed => phrase("anders", "changed"),
        Overridden::Reworded => phrase("anders gezegd", "reworded"),
        Overridden::Added => phrase("toegevoegd", "added"),
    }
}

/// How much it matters.
pub(in crate::render) const fn severity(severity: Severity) -> Phrase {
    match severity {
        Severity::Critical => phrase("kritiek", "critical"),
        Severity::Major => phrase("ernstig", "major"),
        Severity::Minor => phrase("aandachtspunt", "minor"),
        Severity::Observation => phrase("waarneming", "observation"),
        Severity::Strength => phrase("sterk punt", "strength"),
    }
}

/// The heading over findings of a severity, with how many there are.
pub(in crate::render) fn severity_heading(severity: Severity, count: usize, language: Language) -> String {
    format!("{} ({count})", language.say(heading(severity)))
}

/// The same, with how many of them are still open.
pub(in crate::render) fn severity_heading_with(
    severity: Severity,
    count: usize,
    open: usize,
    language: Language,
) -> String {
    let heading = language.say(heading(severity));
    match open {
        0 => format!("{heading} ({count})"),
        _ => say!(language, "{heading} ({count}; nog open: {open})", "{heading} ({count}; still open: {open})"),
    }
}

const fn heading(severity: Severity) -> Phrase {
    match severity {
        Severity::Critical => phrase("Kritiek: hierop loopt de keten vast", "Critical: the chain gets stuck on this"),
        Severity::Major => phrase("Ernstig: dit houdt de keten tegen", "Major: this holds the chain back"),
        Severity::Minor => phrase("Aandachtspunten", "Minor: this needs attention"),
        Severity::Observation => phrase("Waarnemingen: goed om te weten", "Observations: worth knowing"),
        Severity::Strength => phrase("Sterke punten: dit gaat goed", "Strengths: this goes well"),
    }
}

/// A mark to find a severity at a glance; its word stands near.
pub(in crate::render) const fn severity_mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "●●●",
        Severity::Major => "●●○",
        Severity::Minor => "●○○",
        Severity::Observation => "○○○",
        Severity::Strength => "  +",
    }
}

/// Status of a bouwsteen.
pub(in crate::render) const fn status(status: Status) -> Phrase {
    match status {
        Status::Absent => phrase("nog niet aanwezig", "not there yet"),
        Status::Started => phrase("begonnen", "started"),
        Status::Working => phrase("werkt", "working"),
        Status::Anchored => phrase("verankerd", "anchored"),
    }
}

/// What is recommended.
pub(in crate::render) const fn kind(kind: RecommendationKind) -> Phrase {
    match kind {
        RecommendationKind::Bouwsteen => phrase("bouwsteen", "bouwsteen"),
        RecommendationKind::Step => phrase("actie", "action"),
    }
}

/// Whether what is asked is so.
pub(in crate::render) const fn state(state: State) -> Phrase {
    match state {
        State::Holds => phrase("voldaan", "met"),
        State::Fails => phrase("niet voldaan", "not met"),
        State::Undecided => phrase("nog niet te zeggen", "cannot be said yet"),
        State::Undefined => phrase("niet van toepassing", "not applicable"),
    }
}

/// Whether a condition under which something fits holds here: `✓ geldt hier: …`
pub(in crate::render) fn fits(fit: &Fit, language: Language) -> String {
    format!("{} {}: {}", state_mark(fit.state), language.say(held(fit.state)), fit.text)
}

const fn held(state: State) -> Phrase {
    match state {
        State::Holds => phrase("geldt hier", "holds here"),
        State::Fails => phrase("geldt hier niet", "does not hold here"),
        State::Undecided => phrase("nog niet te zeggen", "cannot be said yet"),
        State::Undefined => phrase("niet van toepassing", "not applicable"),
    }
}

/// A mark for a state; its words stand near, or the line above says it.
pub(in crate::render) const fn state_mark(state: State) -> &'static str {
    match state {
        State::Holds => "✓",
        State::Fails => "✗",
        State::Undecided => "?",
        State::Undefined => "–",
    }
}

/// The word for a value that has a fixed one: yes and no, unknown, and the status of a bouwsteen.
pub(in crate::render) fn label(written: &str, is_status: bool, language: Language) -> String {
    let status = Status::ALL.into_iter().find(|known| is_status && known.id() == written).map(status);
    let known = match written {
        "true" | "yes" => Some(super::YES),
        "false" | "no" => Some(super::NO),
        "unknown" => Some(phrase("onbekend", "unknown")),
        _ => status,
    };
    known.map_or_else(|| written.to_owned(), |known| language.say(known).to_owned())
}
