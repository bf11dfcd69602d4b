//! One step of the reasoning as a sentence that can be read aloud.

use crate::assessment::{Comparison, Reason, ReasonKind, Shown, State};
use crate::number::Number;
use crate::render::document::Text;
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
        | ReasonKind::Answered => true,
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
        let value = shown(reason, value, language);
        return Statement { words: words::counted(counted.kind, &value, counted.parts.len(), language), asked };
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
        ReasonKind::Constant if subject.is_empty() => value(reason, language),
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
        ReasonKind::Calculation => {
            let named = if value.title == "spread" { valued } else { operand };
            let operands: Vec<String> = value.parts.iter().map(|part| named(part, language)).collect();
            words::calculation(&value.title, &operands, language)
        }
        kind => words::subject(kind, &value.title, language),
    };
    let elsewhere = [reason, value].into_iter().find_map(|step| step.id.as_deref()?.split_once('/'));
    match elsewhere {
        Some((ruleset, _)) => format!("{title} ({} {ruleset})", language.say(words::FROM)),
        None => title,
    }
}

/// A part of a calculation: a plain number by its value, anything else by its name.
fn operand(part: &Reason, language: Language) -> String {
    match (&part.kind, &part.value) {
        (ReasonKind::Constant, Some(value)) if part.title.is_empty() => shown(part, value, language),
        _ => subject(part, language),
    }
}

/// What one party says: the name with the number.
fn valued(part: &Reason, language: Language) -> String {
    let name = subject(part, language);
    match part.value.as_ref().and_then(|value| value.number) {
        Some(number) => format!("{name}: {}", language.plain(number)),
        None => name,
    }
}

/// What it is in this profile, or why it is nothing.
pub(super) fn value(reason: &Reason, language: Language) -> String {
    match &reason.value {
        Some(value) => shown(reason, value, language),
        None => {
            let kind = compared(reason).map_or(reason.kind, |part| part.kind);
            language.say(words::no_value(kind, reason.state)).to_owned()
        }
    }
}

fn asked(reason: &Reason, comparison: Comparison, language: Language) -> String {
    let bounds: Vec<String> = reason.bound.iter().map(|bound| shown(reason, bound, language)).collect();
    let is_status = compared(reason).is_some_and(|part| part.kind == ReasonKind::Status);
    words::comparison(comparison, &bounds, is_status, language)
}

/// A value as it is said: `2 (‘oneens’)`, `6 partners`, `‘crisis’`, `1,8`.
fn shown(reason: &Reason, value: &Shown, language: Language) -> String {
    let kind = compared(reason).map_or(reason.kind, |part| part.kind);
    let label = words::label(&value.label, kind == ReasonKind::Status, language);
    let number = value.number.map(|number| match kind {
        ReasonKind::Coverage => words::share(number, language),
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

/// The reasons in short lines, each with how deep it stands; the whole of it is for [`super::reasoning`].
pub(in crate::render) fn brief(reasons: &[Reason], language: Language) -> Vec<(usize, Text)> {
    let reasons = match reasons {
        [all] if all.kind == ReasonKind::All => &*all.parts,
        [typing] if typing.kind == ReasonKind::Outcome && typing.value.is_none() => return Vec::new(),
        _ => picked(reasons).unwrap_or(reasons),
    };
    let mut lines = Vec::new();
    brief_parts(reasons.iter(), 0, language, &mut lines);
    lines
}

fn brief_parts<'a>(
    parts: impl Iterator<Item = &'a Reason>,
    depth: usize,
    language: Language,
    lines: &mut Vec<(usize, Text)>,
) {
    for part in parts {
        lines.push((depth, brief_line(part, language)));
        if depth < 2 && opens(part) {
            // Where one is enough, the ones that are so say why.
            let enough = matches!(part.kind, ReasonKind::Any | ReasonKind::AnyParty) && part.state == State::Holds;
            let told: Vec<&Reason> = part.parts.iter().filter(|inner| !enough || inner.state == State::Holds).collect();
            brief_parts(told.into_iter(), depth + 1, language, lines);
        }
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

/// What a typing or a level rests on, where one of its candidates was picked by what holds.
fn picked(reasons: &[Reason]) -> Option<&[Reason]> {
    let [one] = reasons else { return None };
    let label = &one.value.as_ref()?.label;
    let of_conditions = |part: &&Reason| part.kind == ReasonKind::Candidate && part.value.is_none();
    let picked = one.parts.iter().filter(of_conditions).find(|part| part.title == *label)?;
    Some(only_group(picked).map_or(&*picked.parts, |group| match group.kind {
        ReasonKind::All => &*group.parts,
        _ => &*picked.parts,
    }))
}

fn brief_line(reason: &Reason, language: Language) -> Text {
    let Statement { words, asked } = statement(reason, language);
    if !is_condition(reason) {
        return Text::plain(words);
    }
    let line = Text::plain(format!("{} {words}", words::state_mark(reason.state)));
    if opens(reason) {
        return line.then(":");
    }
    let asked = asked.filter(|_| !says_itself(reason));
    let asked = asked.map(|asked| format!(" — {}: {asked}", language.say(words::ASKED))).unwrap_or_default();
    let state =
        unsaid_state(reason).map(|state| format!(", {}", language.say(words::state(state)))).unwrap_or_default();
    line.then(Text::quiet(format!("{asked}{state}")))
}

/// The state of a step, where its sentence does not say it already: that an answer is not there, or that
/// something else does not apply.
pub(super) fn unsaid_state(reason: &Reason) -> Option<State> {
    let compared = denied(reason).unwrap_or(reason);
    let says = compared.value.is_none()
        || !matches!(compared.kind, ReasonKind::Comparison | ReasonKind::Count | ReasonKind::Share);
    (reason.state != State::Holds && !says).then_some(reason.state)
}

/// Whether a value is just what is asked: saying it twice helps nobody.
fn says_itself(reason: &Reason) -> bool {
    reason.comparison == Some(Comparison::Equal) && reason.state == State::Holds && reason.bound.len() == 1
}
