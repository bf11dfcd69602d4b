//! The reasons as an indented tree.

use super::brief::no_other;
use super::sentence::{compared, denied, is_condition, is_group, only_group, opens, statement, unsaid_state};
use super::sum::sum;
use crate::assessment::{Evidence, Reason, ReasonKind, State};
use crate::render::document::{Text, Tone};
use crate::render::page::{Page, filled, spaces};
use crate::render::words::{self, Language};

/// The whole reasoning, behind a line that says how its parts belong together.
pub(in crate::render) fn tree(page: &mut Page, reasons: &[Reason], language: Language) {
    let (kind, state, parts) = match reasons {
        [] => return,
        [one] if is_group(one.kind) && denied(one).is_none() => (Some(one.kind), one.state, &*one.parts),
        [one] => (None, one.state, std::slice::from_ref(one)),
        _ if reasons.iter().all(is_condition) => (Some(ReasonKind::All), together(reasons), reasons),
        _ => (None, State::Undefined, reasons),
    };
    let opening = match kind {
        Some(kind) => words::opening(kind, state, language),
        None if !reasons.iter().all(is_condition) => language.say(words::COMES_ABOUT).to_owned(),
        None if state == State::Holds => language.say(words::BECAUSE).to_owned(),
        None => language.say(words::IT_IS_ABOUT).to_owned(),
    };
    page.wrapped(&Text::empty(), &spaces(2), &format!("{opening}:").into());
    draw_all(page, parts, "", language);
}

/// Reasons without a line that says how they belong together.
pub(super) fn branches(page: &mut Page, reasons: &[Reason], language: Language) {
    draw_all(page, reasons, "", language);
}

/// What several conditions say together: all of them should hold.
fn together(reasons: &[Reason]) -> State {
    let any = |state: State| reasons.iter().any(|reason| reason.state == state);
    [State::Fails, State::Undecided, State::Undefined].into_iter().find(|state| any(*state)).unwrap_or(State::Holds)
}

fn draw_all(page: &mut Page, reasons: &[Reason], prefix: &str, language: Language) {
    let lines: Vec<(Text, Text)> =
        reasons.iter().map(|reason| (line(reason, language), beside(reason, language))).collect();
    let taken = prefix.chars().count() + 3;
    let fits = |line: &Text, beside: &Text| taken + line.width() + 2 + beside.width() <= page.width();
    let beside_others = lines.iter().filter(|(line, beside)| !beside.is_empty() && fits(line, beside));
    let column = beside_others.map(|(line, _)| taken + line.width() + 2).max().unwrap_or(0);
    for (at, (reason, (line, beside))) in reasons.iter().zip(lines).enumerate() {
        let (branch, rest) = if at + 1 == reasons.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let first = format!("{prefix}{branch}");
        // Past half the page a deeper branch is drawn at the same depth, so that words keep their room.
        let next = if taken * 2 > page.width() { prefix.to_owned() } else { format!("{prefix}{rest}") };
        let indent = Text::quiet(format!("{next}  "));
        if column + beside.width() <= page.width() && taken + line.width() + 2 <= column && !beside.is_empty() {
            page.line(&filled(Text::quiet(&first).then(line), column, false).then(beside));
        } else {
            page.wrapped(&Text::quiet(&first), &indent, &line);
            if !beside.is_empty() {
                page.wrapped(&indent, &indent, &beside);
            }
        }
        let shown = shown(reason);
        for note in notes(shown, language) {
            page.wrapped(&indent, &indent, &note);
        }
        draw_all(page, &shown.parts, &next, language);
    }
}

/// The step whose parts are drawn: a comparison that says no more than its value gives way to that.
fn shown(reason: &Reason) -> &Reason {
    let reason = denied(reason).or_else(|| only_group(reason)).unwrap_or(reason);
    compared(reason).unwrap_or(reason)
}

/// The line of a step: its mark and its words.
fn line(reason: &Reason, language: Language) -> Text {
    let words = statement(reason, language).words;
    let words = if opens(reason) { format!("{words}:") } else { words };
    if is_condition(reason) {
        Text::toned(tone(reason.state), words::state_mark(reason.state)).then(" ").then(words)
    } else {
        words.into()
    }
}

/// What stands in a column beside it: its weight, what is asked of it, and the state that its words do not say.
fn beside(reason: &Reason, language: Language) -> Text {
    let weight = reason.weight.map(|weight| words::counts_for(&language.number(weight, 3), language));
    let asked = statement(reason, language).asked.map(|asked| format!("{}: {asked}", language.say(words::ASKED)));
    let state = unsaid_state(reason).map(|state| language.say(words::state(state)).to_owned());
    Text::join([weight, asked, state].into_iter().flatten().map(Text::plain), " · ")
}

/// What stands below a step: the sum, where the answer stands, what the profile says about it.
fn notes(reason: &Reason, language: Language) -> Vec<Text> {
    let mut notes: Vec<Text> = sum(reason, language).map(Text::plain).into_iter().collect();
    notes.extend(no_other(reason).map(|others| Text::plain(words::no_other(&others, language))));
    if let Some(evidence) = &reason.evidence {
        notes.push(told(evidence, language));
    }
    if let Some(source) = &reason.source {
        notes.push(Text::quiet(format!("{}: {source}", language.say(words::SOURCE))));
    }
    notes.into_iter().filter(|note| !note.is_empty()).collect()
}

fn told(evidence: &Evidence, language: Language) -> Text {
    let named = |name: words::Phrase, value: String| Text::quiet(format!("{}: ", language.say(name))).then(value);
    let mut parts = Vec::new();
    if !evidence.pointer.is_empty() {
        parts.push(
            Text::quiet(format!("{}: ", language.say(words::IN_THE_PROFILE))).then(Text::code(&evidence.pointer)),
        );
    }
    parts.extend(evidence.taken_from.as_ref().map(|from| named(words::TAKEN_FROM, from.clone())));
    parts.extend(evidence.not_applicable.as_ref().map(|why| named(words::NOT_APPLICABLE, why.clone())));
    parts.extend(evidence.note.as_ref().map(|note| Text::plain(format!("“{note}”"))));
    if !evidence.references.is_empty() {
        parts.push(named(words::EVIDENCE, evidence.references.join("; ")));
    }
    Text::join(parts, " — ")
}

const fn tone(state: State) -> Tone {
    match state {
        State::Holds => Tone::Good,
        State::Fails => Tone::Alarm,
        State::Undecided | State::Undefined => Tone::Quiet,
    }
}
