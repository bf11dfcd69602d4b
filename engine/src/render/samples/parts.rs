//! Numbers, places and reasons.

use crate::assessment::*;
use crate::number::Number;
use crate::source::Place;
use std::sync::Arc;

pub(in crate::render) fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| unreachable!("{text} is a number"))
}

pub(in crate::render) fn titled(id: &str, title: &str) -> Titled {
    Titled { id: id.into(), title: title.into() }
}

pub(in crate::render) fn place(file: &str, line: usize) -> Place {
    Place { file: file.into(), line, column: 1 }
}

pub(super) fn range(low: &str, high: &str) -> Range {
    Range { low: number(low), high: number(high) }
}

pub(super) fn counts(answered: usize, applicable: usize, total: usize) -> Completeness {
    Completeness { answered, applicable, total }
}

pub(in crate::render) fn shown(value: &str, label: &str) -> Shown {
    Shown { number: Number::parse(value), label: label.into(), unit: None }
}

pub(in crate::render) fn reason(kind: ReasonKind, state: State, title: &str) -> Reason {
    Reason { title: title.into(), ..Reason::new(kind, state) }
}

pub(in crate::render) fn group(kind: ReasonKind, state: State, parts: Vec<Reason>) -> Reason {
    Reason { parts: parts.into(), ..reason(kind, state, "") }
}

/// An answer on a scale or from a list, with where it stands.
pub(in crate::render) fn answer(id: &str, title: &str, value: &str, label: &str) -> Reason {
    let at = Some(place("keten.json", 12));
    let evidence = Evidence { pointer: format!("/answers/ketens-de-baas/{id}"), place: at, ..Evidence::default() };
    Reason {
        id: Some(id.into()),
        value: Some(shown(value, label)),
        evidence: Some(evidence.into()),
        ..reason(ReasonKind::Answer, State::Holds, title)
    }
}

pub(in crate::render) fn unanswered(title: &str) -> Reason {
    reason(ReasonKind::Answer, State::Undecided, title)
}

/// `value comparison bound`, with what the value rests on.
pub(in crate::render) fn compare(of: Reason, comparison: Comparison, bound: Shown, state: State) -> Reason {
    let comparing = reason(ReasonKind::Comparison, state, &of.title);
    let value = of.value.clone();
    Reason { value, comparison: Some(comparison), bound: vec![bound], parts: [of].into(), ..comparing }
}

/// The mean of five answers.
pub(in crate::render) fn mindset() -> Reason {
    let answers = [
        ("voorbeeld", "voorbeeldgedrag van bestuurders", "2", "oneens"),
        ("geloof", "geloof in de keten aan de top", "1", "helemaal oneens"),
        ("aandacht", "aandacht voor de keten", "2", "oneens"),
        ("bewust", "besef deel van een keten te zijn", "2", "oneens"),
        ("wil", "wil om samen te werken", "2", "oneens"),
    ];
    let mut parts: Vec<Reason> = answers.map(|(id, title, value, label)| answer(id, title, value, label)).into();
    if let Some(evidence) = parts[0].evidence.as_mut().map(Arc::make_mut) {
        evidence.note = Some("komt in geen jaarverslag voor".into());
        evidence.references = vec!["Convenant, art. 3 (inspection, 2007-05-02)".into()];
    }
    Reason {
        value: Some(shown("1.8", "")),
        combine: Some("mean"),
        parts: parts.into(),
        ..reason(ReasonKind::Aspect, State::Holds, "mindset gericht op ketensamenwerking")
    }
}

pub(super) fn crisis() -> Reason {
    let phase = answer("fase", "fase van de keten", "", "crisis");
    compare(phase, Comparison::Equal, shown("", "crisis"), State::Holds)
}

pub(super) fn no_manager() -> Reason {
    let status =
        Reason { value: Some(shown("", "started")), ..reason(ReasonKind::Status, State::Holds, "ketenmanager") };
    compare(status, Comparison::Below, shown("", "working"), State::Holds)
}
