//! The reasons as a tree in words.

use super::brief::no_other;
use super::sentence::{compared, denied, is_condition, is_group, only_group, opens, statement, subject, unsaid_state};
use super::sum::sum;
use crate::assessment::{Evidence, Reason, ReasonKind, State};
use crate::render::document::{Block, Branch, Text, Tone};
use crate::render::words::{self, Language};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// The whole reasoning, behind a line that says how its parts belong together.
pub(in crate::render) fn tree(reasons: &[Reason], language: Language) -> Vec<Block> {
    let (kind, state, parts) = match reasons {
        [] => return Vec::new(),
        [one] if is_group(one.kind) && denied(one).is_none() => (Some(one.kind), one.state, parts(one)),
        [one] => (None, one.state, vec![one]),
        _ if reasons.iter().all(is_condition) => (Some(ReasonKind::All), together(reasons), reasons.iter().collect()),
        _ => (None, State::Undefined, reasons.iter().collect()),
    };
    let opening = match kind {
        Some(kind) => words::opening(kind, state, language),
        None if !reasons.iter().all(is_condition) => language.say(words::COMES_ABOUT).to_owned(),
        None if state == State::Holds => language.say(words::BECAUSE).to_owned(),
        None => language.say(words::IT_IS_ABOUT).to_owned(),
    };
    vec![Block::Paragraph(format!("{opening}:").into()), branches(parts, language)]
}

/// Reasons without a line that says how they belong together.
pub(super) fn branches<'a>(reasons: impl IntoIterator<Item = &'a Reason>, language: Language) -> Block {
    let whole = reasons.into_iter().map(|reason| branch(reason, language)).collect();
    Block::Tree(once(whole, &mut Told::default(), language))
}

/// What several conditions say together: all of them should hold.
fn together(reasons: &[Reason]) -> State {
    let any = |state: State| reasons.iter().any(|reason| reason.state == state);
    [State::Fails, State::Undecided, State::Undefined].into_iter().find(|state| any(*state)).unwrap_or(State::Holds)
}

/// A step with everything that it rests on.
fn branch(reason: &Reason, language: Language) -> Branch {
    let shown = shown(reason);
    let parts: Vec<Branch> = parts(shown).into_iter().map(|part| branch(part, language)).collect();
    Branch {
        name: name(reason, &parts, language),
        line: line(reason, language),
        beside: beside(reason, language),
        notes: notes(shown, language),
        parts,
    }
}

/// The step whose parts are drawn: a comparison that says no more than its value gives way to that.
fn shown(reason: &Reason) -> &Reason {
    let reason = denied(reason).or_else(|| only_group(reason)).unwrap_or(reason);
    compared(reason).unwrap_or(reason)
}

/// What a step rests on. All points of which all must hold are told as one list, and so are those of which one must.
fn parts(reason: &Reason) -> Vec<&Reason> {
    let is_same = |part: &&Reason| part.kind == reason.kind && part.state == reason.state;
    let is_list = matches!(reason.kind, ReasonKind::All | ReasonKind::Any);
    let mut all = Vec::new();
    for part in reason.parts.iter() {
        if is_list && is_same(&part) {
            all.extend(parts(part));
        } else {
            all.push(part);
        }
    }
    all
}

/// How many parts name what only holds them together.
const MOST_NAMES: usize = 2;

/// What a step is about; what only holds others together is named by those.
fn name(reason: &Reason, parts: &[Branch], language: Language) -> String {
    let named = denied(reason).unwrap_or(reason);
    let title = if is_group(named.kind) { String::new() } else { subject(named, language) };
    if !title.is_empty() {
        return title;
    }
    let names: Vec<&str> = parts.iter().take(MOST_NAMES).map(|part| part.name.as_str()).collect();
    words::and_more(&names.join("; "), parts.len() - names.len(), language)
}

/// What was told to stand below a step, with what that step is about.
type Told = HashMap<(Vec<Text>, Vec<Branch>), String, FixedState>;

/// The branches, with what much rests on told once: where it comes again, it is referred to.
fn once(branches: Vec<Branch>, told: &mut Told, language: Language) -> Vec<Branch> {
    let tell = |branch: Branch| {
        if branch.parts.is_empty() {
            return branch;
        }
        let below = (branch.notes.clone(), branch.parts.clone());
        if let Some(name) = told.get(&below) {
            let above = Text::quiet(format!("{}: ", language.say(words::SEE_ABOVE))).then(name.as_str());
            return Branch { notes: vec![above], parts: Vec::new(), ..branch };
        }
        told.insert(below, branch.name.clone());
        Branch { parts: once(branch.parts, told, language), ..branch }
    };
    branches.into_iter().map(tell).collect()
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
    parts.extend(evidence.taken_from_title.as_ref().map(|from| named(words::TAKEN_FROM, from.clone())));
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
