//! One step of the reasoning as a sentence that can be read aloud.

use crate::assessment::{Comparison, Reason, ReasonKind, Shown, State};
use crate::number::Number;
use crate::render::words::{self, Language};

/// A step in words: what it is, and what is asked of it.
pub(in crate::render) struct Statement {
    /// `mindset is 1,8`
    pub(in crate::render) words: String,
    /// `lager dan 2,5`
    pub(in crate::render) asked: Option<String>,
}

/// Whether a step says that something holds; otherwise it is a value.
pub(super) fn is_condition(reason: &Reason) -> bool {
    match reason.kind {
        ReasonKind::All
        | ReasonKind::Any
        | ReasonKind::Not
        | ReasonKind::Comparison
        | ReasonKind::AnyParty
        | ReasonKind::AllParties
        | ReasonKind::Diagnosis
        | ReasonKind::Cell
        | ReasonKind::Trait
        | ReasonKind::Answered
        | ReasonKind::Unknown => true,
        ReasonKind::Candidate => reason.value.is_none(),
        ReasonKind::Party => reason.value.is_none() && reason.parts.first().is_some_and(is_condition),
        ReasonKind::Count | ReasonKind::Share => reason.comparison.is_some(),
        _ => false,
    }
}

/// Whether a step only holds other steps together.
pub(super) const fn is_group(kind: ReasonKind) -> bool {
    matches!(kind, ReasonKind::All | ReasonKind::Any | ReasonKind::Not | ReasonKind::AnyParty | ReasonKind::AllParties)
}

/// What a comparison compares, where it says no more than the comparison itself does.
pub(super) fn compared(reason: &Reason) -> Option<&Reason> {
    match (reason.kind, &*reason.parts) {
        (ReasonKind::Comparison, [part])
            if !is_condition(part) && (reason.title.is_empty() || part.title == reason.title || is_told(part)) =>
        {
            Some(part)
        }
        _ => None,
    }
}

/// Whether a value is a calculation that the comparison tells in its own words.
const fn is_told(part: &Reason) -> bool {
    matches!(part.kind, ReasonKind::Calculation | ReasonKind::Count | ReasonKind::Share)
}

/// The single comparison under a `not`: easier said in one sentence.
pub(super) fn denied(reason: &Reason) -> Option<&Reason> {
    match (reason.kind, &*reason.parts) {
        (ReasonKind::Not, [part]) if part.kind == ReasonKind::Comparison => Some(part),
        _ => None,
    }
}

/// A step in words.
pub(in crate::render) fn statement(reason: &Reason, language: Language) -> Statement {
    if let Some(part) = denied(reason) {
        let asked = part.comparison.map(|comparison| asked(part, comparison.opposite(), language));
        return Statement { asked, ..statement(part, language) };
    }
    let asked = reason.comparison.map(|comparison| asked(reason, comparison, language));
    if is_group(reason.kind) {
        return Statement { words: words::group(reason.kind, reason.state, language), asked };
    }
    let counted = compared(reason).unwrap_or(reason);
    if matches!(counted.kind, ReasonKind::Count | ReasonKind::Share)
        && let Some(value) = reason.value.as_ref().or(counted.value.as_ref())
    {
        let of = counted.parts.len();
        let of_answers = counted.parts.iter().all(|part| part.kind == ReasonKind::Answered);
        let none = value.number == Some(Number::ZERO);
        let value = shown(reason, value, language);
        let words = match counted.kind {
            kind if of_answers => words::counted_answers(kind, &value, of, language),
            ReasonKind::Share => {
                let is_known = |part: &&Reason| matches!(part.state, State::Holds | State::Fails);
                let known = counted.parts.iter().filter(is_known).count();
                words::share_met((!none).then_some(value.as_str()), known, of, language)
            }
            _ if none => words::none_counted(of, language),
            _ => words::counted(&value, of, language),
        };
        return Statement { words, asked };
    }
    if counted.kind == ReasonKind::Count && reason.kind == ReasonKind::Comparison {
        let met = counted.parts.iter().filter(|part| part.state == State::Holds).count();
        return Statement { words: words::counted_so_far(met, counted.parts.len(), language), asked };
    }
    let subject = subject(reason, language);
    let words = match reason.kind {
        ReasonKind::Party => subject,
        ReasonKind::Diagnosis | ReasonKind::Cell | ReasonKind::Trait => {
            words::applies(&subject, reason.state, language)
        }
        ReasonKind::Candidate if is_condition(reason) => match only_group(reason) {
            Some(group) => format!("{subject}: {}", words::group(group.kind, group.state, language)),
            None => subject,
        },
        ReasonKind::Answered => words::is_answered(&subject, reason.state, language),
        ReasonKind::Unknown => words::is_unknown(&subject, reason.state, language),
        ReasonKind::Constant if subject.is_empty() => value(reason, language),
        // the title of a typing stands over what it comes to, and is no subject: `Welk advies geldt: …`
        ReasonKind::Comparison if reason.parts.first().is_some_and(|part| part.kind == ReasonKind::Outcome) => {
            words::named(&subject, &value(reason, language))
        }
        ReasonKind::Comparison => words::is(&subject, reason.value.is_some(), &value(reason, language), language),
        ReasonKind::Count | ReasonKind::Share if subject.is_empty() => {
            let counted = if reason.kind == ReasonKind::Count { words::POINTS_MET } else { words::SHARE_MET };
            format!("{}: {}", language.say(counted), value(reason, language))
        }
        _ => format!("{subject}: {}", value(reason, language)),
    };
    Statement { words, asked }
}

/// What a step is about, with the ruleset it comes from where that is another one.
pub(super) fn subject(reason: &Reason, language: Language) -> String {
    let value = compared(reason).unwrap_or(reason);
    let title = match value.kind {
        ReasonKind::Calculation => match by_party(value) {
            Some((title, parties)) => {
                let said = parties.iter().map(|(party, part)| format!("{party}: {}", valued(part, language)));
                words::between_parties(title, &language.and(&said.collect::<Vec<_>>()), language)
            }
            None => {
                let operands: Vec<String> = value.parts.iter().map(|part| operand(part, language)).collect();
                words::calculation(&value.title, &operands, language)
            }
        },
        kind => words::subject(kind, &value.title, language),
    };
    match reason.ruleset.as_ref().or(value.ruleset.as_ref()) {
        Some(ruleset) => format!("{title} ({} {ruleset})", language.say(words::FROM)),
        None => title,
    }
}

/// What the parties say of one thing, where a difference between them is calculated: its title, and each party by name.
fn by_party(calculation: &Reason) -> Option<(&str, Vec<(&str, &Reason)>)> {
    let title = calculation.parts.first().filter(|_| calculation.title == "spread")?.plain_title();
    let said = calculation.parts.iter().filter(|part| part.plain_title() == title);
    let parties: Vec<_> = said.filter_map(|part| Some((part.party.as_ref()?.title.as_str(), part))).collect();
    (parties.len() == calculation.parts.len()).then_some((title, parties))
}

/// A part of a calculation: a plain number by its value, anything else by its name.
fn operand(part: &Reason, language: Language) -> String {
    match (&part.kind, &part.value) {
        (ReasonKind::Constant, Some(value)) if part.title.is_empty() => shown(part, value, language),
        (ReasonKind::Count, _) if part.title.is_empty() => language.say(words::POINTS_MET).to_owned(),
        (ReasonKind::Share, _) if part.title.is_empty() => language.say(words::SHARE_MET).to_owned(),
        _ => subject(part, language),
    }
}

/// A value in the fewest words, or why there is none.
fn valued(part: &Reason, language: Language) -> String {
    let number = part.value.as_ref().and_then(|value| value.number);
    number.map_or_else(|| value(part, language), |number| language.plain(number))
}

/// What it is in this profile, or why it is nothing.
pub(super) fn value(reason: &Reason, language: Language) -> String {
    match &reason.value {
        Some(value) => shown(reason, value, language),
        None => {
            let looked_at = reason.parts.first().filter(|_| reason.kind == ReasonKind::Comparison).unwrap_or(reason);
            let said = match reason.state {
                State::Undecided if is_unknown(looked_at) => words::ANSWERED_UNKNOWN,
                // the parties differ, or one of them did not answer
                State::Undecided if looked_at.parts.iter().any(is_given) => words::NOT_KNOWN_YET,
                state => words::no_value(looked_at.kind, state),
            };
            language.say(said).to_owned()
        }
    }
}

/// Whether a question was answered with "unknown".
fn is_unknown(answer: &Reason) -> bool {
    answer.evidence.as_ref().is_some_and(|given| given.unknown)
}

/// Whether the profile answers a question, be it that it is unknown.
fn is_given(answer: &Reason) -> bool {
    answer.kind == ReasonKind::Answer && (answer.value.is_some() || is_unknown(answer))
}

fn asked(reason: &Reason, comparison: Comparison, language: Language) -> String {
    let mut bounds: Vec<String> = reason.bound.iter().map(|bound| shown(reason, bound, language)).collect();
    if let (ReasonKind::Comparison, [_, other]) = (reason.kind, &*reason.parts)
        && let name = operand(other, language)
        && !name.is_empty()
    {
        let other = words::held_against(&name, bounds.first().map(String::as_str), language);
        if matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
            return words::alike(comparison == Comparison::Equal, &other, language);
        }
        bounds = vec![other];
    }
    let compared = compared(reason).map_or(reason.kind, |part| part.kind);
    words::comparison(comparison, &bounds, compared, language)
}

/// A value as it is said: `2 (‘oneens’)`, `6 partners`, `‘crisis’`, `1,8`.
fn shown(reason: &Reason, value: &Shown, language: Language) -> String {
    let kind = compared(reason).map_or(reason.kind, |part| part.kind);
    let label = words::label(&value.label, kind == ReasonKind::Status, language);
    let number = value.number.map(|number| match kind {
        ReasonKind::Coverage | ReasonKind::Share => words::share(number, language),
        ReasonKind::Answer | ReasonKind::Importance => language.plain(number),
        _ => {
            let bounds: Vec<Number> = reason.bound.iter().filter_map(|bound| bound.number).collect();
            let is_value = reason.value.as_ref() == Some(value);
            if is_value && !bounds.is_empty() { language.beside(number, &bounds) } else { language.plain(number) }
        }
    });
    match (number, label.is_empty()) {
        (Some(number), true) => value.unit.iter().fold(number, |number, unit| format!("{number} {unit}")),
        (Some(number), false) => format!("{number} ({})", language.quoted(&label)),
        (None, _) => language.quoted(&label),
    }
}

/// Whether a step is said by the steps below it.
pub(super) fn opens(reason: &Reason) -> bool {
    let holds_together = is_group(reason.kind) && denied(reason).is_none()
        || matches!(reason.kind, ReasonKind::Party | ReasonKind::Candidate);
    holds_together && !reason.parts.is_empty()
}

/// The group that is all there is to a candidate: its line then says how its parts belong together.
pub(super) fn only_group(reason: &Reason) -> Option<&Reason> {
    match (reason.kind, &*reason.parts) {
        (ReasonKind::Candidate, [one]) if is_group(one.kind) && denied(one).is_none() => Some(one),
        _ => None,
    }
}

/// The state of a step, where its sentence does not say it already: that an answer is not there, or that
/// something else does not apply.
pub(super) fn unsaid_state(reason: &Reason) -> Option<State> {
    let compared = denied(reason).unwrap_or(reason);
    let says = compared.value.is_none()
        || !matches!(compared.kind, ReasonKind::Comparison | ReasonKind::Count | ReasonKind::Share);
    (reason.state != State::Holds && !says).then_some(reason.state)
}
