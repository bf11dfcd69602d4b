//! The reasons in short lines, for in a report; the whole of it is for [`super::reasoning`].

use super::sentence::{Statement, compared, is_condition, only_group, opens, statement, unsaid_state};
use crate::assessment::{Comparison, Reason, ReasonKind, Shown, State};
use crate::number::Number;
use crate::render::document::Text;
use crate::render::words::{self, Language};

/// How deep the lines go.
const DEEPEST: usize = 3;

/// How many of the points that are met are named below their number.
const MOST_POINTS: usize = 5;

/// The most steps that are said in one line.
const MOST_IN_LINE: usize = 3;

/// The reasons in short lines, each with how deep it stands.
pub(in crate::render) fn brief(reasons: &[Reason], language: Language) -> Vec<(usize, Text)> {
    let reasons = match reasons {
        [all] if all.kind == ReasonKind::All => &*all.parts,
        [typing] if typing.kind == ReasonKind::Outcome && typing.value.is_none() => return Vec::new(),
        _ => picked(reasons).unwrap_or(reasons),
    };
    if let [typing] = reasons
        && let Some(others) = no_other(typing)
    {
        return vec![(0, words::no_other(&others, language).into())];
    }
    let mut brief = Brief { language, lines: Vec::new() };
    brief.together(reasons, 0);
    brief.lines
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

/// The options that do not hold, of a typing that is what it otherwise is.
pub(super) fn no_other(typing: &Reason) -> Option<Vec<String>> {
    let is_option = |part: &&Reason| part.kind == ReasonKind::Candidate && part.value.is_none();
    let options: Vec<&Reason> = typing.parts.iter().filter(is_option).collect();
    let none_holds = !options.is_empty() && options.iter().all(|option| option.state != State::Holds);
    let otherwise = typing.kind == ReasonKind::Outcome && typing.value.is_some() && none_holds;
    otherwise.then(|| options.into_iter().map(|option| option.title.clone()).collect())
}

struct Brief {
    language: Language,
    lines: Vec<(usize, Text)>,
}

impl Brief {
    /// Steps that are all needed: what only holds some of them together is left out.
    fn together<'a>(&mut self, parts: impl IntoIterator<Item = &'a Reason>, depth: usize) {
        let parts = telling(parts);
        let mut rest = &parts[..];
        while let [part, others @ ..] = rest {
            let part = self.plainest(part);
            rest = others;
            if part.kind == ReasonKind::All && opens(part) {
                self.together(&*part.parts, depth);
            } else if let [next, others @ ..] = others
                && let Some(line) = self.between(part, self.plainest(next))
            {
                rest = others;
                self.lines.push((depth, line));
            } else {
                self.step(part, depth);
            }
        }
    }

    /// Two comparisons of one value, in one line: `mindset is 3 — voorwaarde: minstens 2 en lager dan 4`.
    fn between(&self, one: &Reason, other: &Reason) -> Option<Text> {
        let plain = |part: &Reason| {
            // what is held against something else names that, and is long enough by itself
            let is_plain = part.kind == ReasonKind::Comparison && part.parts.len() < 2 && part.state == State::Holds;
            is_plain && counted(part).is_empty() && !says_itself(part)
        };
        if !plain(one) || !plain(other) {
            return None;
        }
        let (one, other) = (statement(one, self.language), statement(other, self.language));
        let asked = self.language.and(&[one.asked?, other.asked?]);
        let asked = format!(" — {}: {asked}", self.language.say(words::ASKED));
        let mark = words::state_mark(State::Holds);
        (one.words == other.words).then(|| Text::plain(format!("{mark} {}", one.words)).then(Text::quiet(asked)))
    }

    /// Steps that each stand for themselves.
    fn apart(&mut self, parts: &[&Reason], depth: usize) {
        for part in parts {
            let part = self.plainest(part);
            match self.in_line(part) {
                Some(line) => self.lines.push((depth, line)),
                None => self.step(part, depth),
            }
        }
    }

    fn step(&mut self, part: &Reason, depth: usize) {
        let line = self.line(part);
        let part = only_group(part).unwrap_or(part);
        let below = if depth < DEEPEST { self.below(part) } else { Vec::new() };
        self.lines.push((depth, if below.is_empty() { line } else { line.then(":") }));
        match part.kind {
            ReasonKind::All | ReasonKind::Party | ReasonKind::Candidate => self.together(below, depth + 1),
            _ => self.apart(&below, depth + 1),
        }
    }

    /// What says why a step is so: its parts; where one is enough, those that are so.
    fn below<'a>(&self, part: &'a Reason) -> Vec<&'a Reason> {
        if !opens(part) {
            return counted(part).into_iter().take(MOST_POINTS).collect();
        }
        if !is_enough(part) {
            return part.parts.iter().collect();
        }
        let holding = || part.parts.iter().filter(|inner| inner.state == State::Holds);
        let simple: Vec<&Reason> = holding().filter(|inner| !opens(self.plainest(inner))).collect();
        if simple.is_empty() { holding().take(1).collect() } else { simple }
    }

    /// A step without what only holds one other step.
    fn plainest<'a>(&self, part: &'a Reason) -> &'a Reason {
        let inner = match (part.kind, &*part.parts) {
            (ReasonKind::Party, [inner]) if is_condition(inner) && self.names(self.plainest(inner), &part.title) => {
                inner
            }
            (ReasonKind::All, parts) if let [inner] = telling(parts)[..] => inner,
            _ if let Some(only) = counted_alone(part) => only,
            _ if opens(part) && is_enough(part) => match self.below(part).as_slice() {
                [inner] => inner,
                _ => return part,
            },
            _ => return part,
        };
        self.plainest(inner)
    }

    /// Whether the sentence of a step names a party.
    fn names(&self, step: &Reason, party: &str) -> bool {
        !opens(step) && statement(step, self.language).words.contains(party)
    }

    /// A few steps that are all needed, in one line.
    fn in_line(&self, part: &Reason) -> Option<Text> {
        let parts: Vec<&Reason> = telling(&*part.parts).into_iter().map(|inner| self.plainest(inner)).collect();
        let is_short = part.kind == ReasonKind::All
            && part.state == State::Holds
            && (1..=MOST_IN_LINE).contains(&parts.len())
            && parts.iter().all(|inner| !opens(inner) && counted(inner).is_empty());
        is_short.then(|| {
            let said = Text::join(parts.into_iter().map(|inner| self.said(inner)), "; ");
            Text::plain(format!("{} ", words::state_mark(part.state))).then(said)
        })
    }

    fn line(&self, part: &Reason) -> Text {
        if !is_condition(part) {
            return Text::plain(statement(part, self.language).words);
        }
        Text::plain(format!("{} ", words::state_mark(part.state))).then(self.said(part))
    }

    /// The sentence of a step, with what is asked.
    fn said(&self, part: &Reason) -> Text {
        let Statement { words, asked } = statement(part, self.language);
        let line = Text::plain(words);
        if opens(part) {
            return line;
        }
        let asked = asked.filter(|_| !says_itself(part));
        let asked = asked.map(|asked| format!(" — {}: {asked}", self.language.say(words::ASKED))).unwrap_or_default();
        let state =
            unsaid_state(part).map(|state| format!(", {}", self.language.say(words::state(state)))).unwrap_or_default();
        line.then(Text::quiet(format!("{asked}{state}")))
    }
}

/// Whether one of the parts is enough, and one is so.
const fn is_enough(part: &Reason) -> bool {
    matches!(part.kind, ReasonKind::Any | ReasonKind::AnyParty) && matches!(part.state, State::Holds)
}

/// Steps without those that only say that a ruleset is answered, where another one tells what it says.
fn telling<'a>(parts: impl IntoIterator<Item = &'a Reason>) -> Vec<&'a Reason> {
    let parts: Vec<&Reason> = parts.into_iter().collect();
    let says_no_more = |part: &Reason| {
        let is_answered = part.kind == ReasonKind::Answered && part.state == State::Holds;
        is_answered && parts.iter().any(|other| other.kind != ReasonKind::Answered && speaks_of(other, &part.title))
    };
    parts.iter().copied().filter(|part| !says_no_more(part)).collect()
}

/// Whether a step rests on what a ruleset says.
fn speaks_of(part: &Reason, ruleset: &str) -> bool {
    part.ruleset.as_deref() == Some(ruleset) || part.parts.iter().any(|inner| speaks_of(inner, ruleset))
}

/// The points that say why a step holds that counts them: those that are met where it asks for many, those that are
/// not where it asks for none.
fn counted(part: &Reason) -> Vec<&Reason> {
    let none = matches!(part.comparison, Some(Comparison::Equal | Comparison::AtMost)) && is_nought(part);
    let of_points = |counted: &&Reason| matches!(counted.kind, ReasonKind::Count | ReasonKind::Share);
    match compared(part).filter(of_points).filter(|_| none && part.state == State::Holds) {
        Some(counted) => counted.parts.iter().filter(|point| point.state == State::Fails).collect(),
        None => met(part),
    }
}

/// The points that are met, of a step that asks for many of them and gets them.
fn met(part: &Reason) -> Vec<&Reason> {
    let asks_for_many = matches!(part.comparison, Some(Comparison::AtLeast | Comparison::Above));
    let of_points = |counted: &&Reason| matches!(counted.kind, ReasonKind::Count | ReasonKind::Share);
    match compared(part).filter(of_points).filter(|_| asks_for_many && part.state == State::Holds) {
        Some(counted) => counted.parts.iter().filter(|point| point.state == State::Holds && !is_idle(point)).collect(),
        None => Vec::new(),
    }
}

/// The one point that is counted and met, of a step that counts no other.
fn counted_alone(part: &Reason) -> Option<&Reason> {
    let counted = compared(part).filter(|counted| counted.kind == ReasonKind::Count)?;
    match &*counted.parts {
        [only] if met(part).len() == 1 => Some(only),
        _ => None,
    }
}

/// Whether a step asks for nothing: at least none of something.
fn is_idle(step: &Reason) -> bool {
    step.comparison == Some(Comparison::AtLeast) && is_nought(step)
}

/// Whether a step is held against nought.
fn is_nought(step: &Reason) -> bool {
    !step.bound.is_empty() && step.bound.iter().all(|bound: &Shown| bound.number == Some(Number::ZERO))
}

/// Whether a value is just what is asked: saying it twice helps nobody.
fn says_itself(reason: &Reason) -> bool {
    reason.comparison == Some(Comparison::Equal) && reason.state == State::Holds && reason.bound.len() == 1
}
