//! What a change in a profile would do to everything that is concluded.

use super::choices::Of;
use super::effects;
use super::trial::{Move, Place, said};
use super::{Changed, assumed, changed};
use crate::assessment::Status;
use crate::conclusions::{Conclusions, Difference};
use crate::condition::{BouwsteenId, QuestionId};
use crate::evaluate::{Facts, Words, checked, concluded, heard};
use crate::number::Number;
use crate::problem::{FileId, Problem, Problems, Span, codes};
use crate::profile::{Answer, Given, GivenValue, Profile, Section};
use crate::ruleset::{Asked, Kind, Library};
use crate::source::{Node, Sources, Value as Written};
use schemars::JsonSchema;
use serde::Serialize;

/// What kind of thing a setting sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// An answer.
    Answer,
    /// The importance beside an answer.
    Importance,
    /// The status of a bouwsteen, or `done` for a step.
    Bouwsteen,
}

/// What a change in a profile would do: `whatif/1`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct WhatIf {
    /// Always `whatif/1`.
    pub format: &'static str,
    /// What was changed, in the order in which it was asked.
    pub changes: Vec<Changed>,
    /// Answers that bouwstenen among the changes are assumed to lift.
    pub assumed: Vec<Assumed>,
    /// What is said now.
    pub before: Conclusions,
    /// What would be said.
    pub after: Conclusions,
    /// How the two differ.
    pub difference: Difference,
}

/// An answer that something is assumed to lift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Assumed {
    /// The answer, and what it would become.
    pub change: Changed,
    /// Id of the bouwsteen or step that lifts it: `ruleset/id`.
    pub by: String,
    /// Its title.
    pub title: String,
    /// Why the ruleset assumes it.
    pub reason: String,
}

/// Works out what a profile would come to with some of it changed.
///
/// Each setting is `id=value`; an id is `ruleset/id`, or `id` where only one ruleset has it, with `/by/party` behind
/// it for the answer of one party. A bouwsteen that is brought further lifts the answers that its ruleset says it
/// lifts, except those that are set themselves. What is wrong with a setting goes into `problems`.
pub fn whatif(
    library: &Library,
    profile: &Profile,
    sources: &mut Sources,
    language: &str,
    settings: &[(Setting, String)],
    problems: &mut Problems,
) -> Option<WhatIf> {
    let before = checked(library, profile, problems)?;
    let mut other = profile.clone();
    let mut setter =
        Setter { library, sources: &mut *sources, problems: &mut *problems, set: Vec::new(), raised: Vec::new() };
    let all_good = settings
        .iter()
        .map(|(kind, text)| setter.set(*kind, text, &mut other))
        .fold(true, |all, one| all & one.is_some());
    let (set, raised) = (setter.set, setter.raised);
    if !all_good {
        return None;
    }
    let mut after = checked(library, &other, problems)?;
    let words = Words { library, language };
    let mut changes: Vec<Changed> = Vec::new();
    for question in &set {
        changes.extend(different(words, &before, &after, *question));
    }
    let mut lifted = Vec::new();
    for (stone, status) in raised {
        let now = effects::known(library, &before, stone);
        if !library.bouwstenen[stone.index()].step {
            let status = crate::condition::Value::Option(status);
            changes.push(changed(words, &before, Of::Bouwsteen(stone), now, status));
        }
        lifted.extend(lift(words, &mut after, stone, effects::status(now), status, &set));
    }
    let concluded = |facts: &Facts<'_>, problems: &mut Problems| concluded(library, facts, sources, language, problems);
    let (before, after) = (concluded(&before, problems)?, concluded(&after, problems)?);
    let (before, after) = (Conclusions::of(&before), Conclusions::of(&after));
    let difference = Difference::between(&before, &after);
    Some(WhatIf { format: "whatif/1", changes, assumed: lifted, before, after, difference })
}

/// The answers to a question that are different.
fn different(words: Words<'_>, before: &Facts<'_>, after: &Facts<'_>, id: QuestionId) -> Vec<Changed> {
    let mut all = Vec::new();
    for (slot, party) in super::choices::slots(before, id) {
        let (from, to) = (before.values[slot], after.values[slot]);
        if from != to {
            let mut one = changed(words, before, Of::Answer(id, party), from, to);
            one.steps = super::choices::steps(&words.library.questions[id.index()].kind, from, to);
            all.push(one);
        }
    }
    all
}

/// Brings something further: its effects on the answers, except those that were set.
pub(super) fn lift(
    words: Words<'_>,
    facts: &mut Facts<'_>,
    stone: BouwsteenId,
    from: u16,
    to: u16,
    set: &[QuestionId],
) -> Vec<Assumed> {
    let library = words.library;
    let declared = &library.bouwstenen[stone.index()].declared;
    let by = format!("{}/{}", library.rulesets[declared.ruleset].manifest.id, declared.id);
    let mut all = Vec::new();
    for effect in &library.bouwstenen[stone.index()].effects {
        if effect.from <= from || effect.from > to || set.contains(&effect.question) {
            continue;
        }
        let mut moves = Vec::new();
        effects::lift(library, facts, effect.question, effect.at_least, &mut moves);
        let is_set = |place: &Place| matches!(place, Place::Answer(slot) if set.contains(&facts.answered_at(*slot).0));
        moves.retain(|(place, _)| !is_set(place));
        for (place, value) in moves {
            let change = assumed(words, facts, place, value);
            all.push(Assumed {
                change,
                by: by.clone(),
                title: words.stone(stone, "title"),
                reason: effect.reason.clone(),
            });
            put(library, facts, (place, value));
        }
    }
    all
}

/// Changes what a profile says; what it said about that no longer stands with it.
pub(super) fn put(library: &Library, facts: &mut Facts<'_>, moved: Move) {
    if let (Place::Answer(slot), _) = moved {
        facts.given[slot] = None;
    }
    facts.say(library, said(facts, moved));
}

/// Sets things in a profile.
struct Setter<'a> {
    library: &'a Library,
    sources: &'a mut Sources,
    problems: &'a mut Problems,
    /// The questions whose answer was set.
    set: Vec<QuestionId>,
    /// The bouwstenen that were brought further, and how far.
    raised: Vec<(BouwsteenId, u16)>,
}

impl Setter<'_> {
    fn set(&mut self, kind: Setting, text: &str, profile: &mut Profile) -> Option<()> {
        let option = match kind {
            Setting::Answer => "--set",
            Setting::Importance => "--importance",
            Setting::Bouwsteen => "--bouwsteen",
        };
        let file = self.sources.add(option, text);
        let span = |start: usize, end: usize| Span { file, start, end };
        let Some((id, value)) = text.split_once('=') else {
            self.problems.push(
                Problem::new(codes::NOT_FITTING, format!("`{text}` does not say what it becomes"))
                    .at(span(0, text.len()))
                    .help("write id=value"),
            );
            return None;
        };
        let at = span(0, id.len());
        let node = |value: Written| Node { value, span: span(id.len() + 1, text.len()) };
        if kind == Setting::Bouwsteen {
            return self.bouwsteen(id, at, value, node(text_of(value)), profile);
        }
        let (question, party) = self.question(id, at)?;
        let declared = &self.library.questions[question.index()];
        let ruleset = self.library.rulesets[declared.declared.ruleset].manifest.id.clone();
        let pointer = format!("{option} {text}");
        let mut given = Given {
            value: GivenValue::Nothing,
            importance: None,
            note: None,
            evidence: Vec::new(),
            span: node(Written::Null).span,
            pointer,
        };
        if kind == Setting::Importance {
            given.importance = Some(node(number_of(value).unwrap_or_else(|| text_of(value))));
        } else {
            given.value = match value {
                "unknown" => GivenValue::Unknown,
                "not-applicable" => GivenValue::NotApplicable(String::new()),
                _ => GivenValue::Value(node(written(&declared.kind, value, file, id.len() + 1))),
            };
            self.set.push(question);
        }
        let old = heard(&self.library.rulesets[declared.declared.ruleset], &profile.answers, &declared.declared.id);
        let mut answer = old.cloned().unwrap_or(Answer { whole: None, by: Vec::new() });
        let parties = match (&declared.asked, party) {
            (_, Some(party)) => vec![party],
            (Asked::Party { .. }, None) if !profile.parties.is_empty() => {
                let asked = self.asked_parties(declared, profile);
                if asked.is_empty() { Vec::new() } else { asked }
            }
            _ => {
                answer.whole = Some(beside(answer.whole.as_ref(), given, kind));
                Section::set(&mut profile.answers, &ruleset, &declared.declared.id, at, answer);
                return Some(());
            }
        };
        for party in parties {
            let old = answer.by.iter().find(|(known, ..)| *known == party).map(|(_, _, given)| given);
            let new = beside(old, given.clone(), kind);
            answer.by.retain(|(known, ..)| *known != party);
            answer.by.push((party, at, new));
        }
        Section::set(&mut profile.answers, &ruleset, &declared.declared.id, at, answer);
        Some(())
    }

    /// The parties that a question is asked of.
    fn asked_parties(&self, question: &crate::ruleset::Question, profile: &Profile) -> Vec<String> {
        let Asked::Party { roles, .. } = &question.asked else { return Vec::new() };
        let ruleset = &self.library.rulesets[question.declared.ruleset];
        let plays = |party: &str| {
            roles.is_empty()
                || roles.iter().any(|role| {
                    let role = &self.library.roles[role.index()].declared.id;
                    let all = heard(ruleset, &profile.roles, role);
                    all.into_iter().flatten().any(|(id, _)| id == party)
                })
        };
        profile.parties.iter().filter(|party| plays(&party.id)).map(|party| party.id.clone()).collect()
    }

    /// The question that is meant, and the party that answers it.
    fn question(&mut self, id: &str, at: Span) -> Option<(QuestionId, Option<String>)> {
        let (question, party) = id.split_once("/by/").map_or((id, None), |(id, party)| (id, Some(party.to_owned())));
        let known: Vec<_> = self.library.questions.iter().map(|question| &question.declared).collect();
        let found = self.one(question, at, "question", &known)?;
        Some((QuestionId::at(found), party))
    }

    fn bouwsteen(&mut self, id: &str, at: Span, value: &str, node: Node, profile: &mut Profile) -> Option<()> {
        let known: Vec<_> = self.library.bouwstenen.iter().map(|stone| &stone.declared).collect();
        let found = BouwsteenId::at(self.one(id, at, "bouwsteen or step", &known)?);
        let stone = &self.library.bouwstenen[found.index()];
        let words: Vec<&str> =
            if stone.step { vec!["done"] } else { Status::ALL.iter().map(|status| status.id()).collect() };
        let Some(status) = words.iter().position(|word| *word == value).and_then(|at| u16::try_from(at).ok()) else {
            self.problems.push(
                Problem::new(codes::UNKNOWN_OPTION, format!("`{id}` cannot become `{value}`"))
                    .at(node.span)
                    .suggest(value, words.iter().copied()),
            );
            return None;
        };
        let ruleset = self.library.rulesets[stone.declared.ruleset].manifest.id.clone();
        if stone.step {
            self.raised.push((found, 1));
        } else {
            Section::set(&mut profile.bouwstenen, &ruleset, &stone.declared.id, at, node);
            self.raised.push((found, status));
        }
        Some(())
    }

    /// The place of what is called `id`: `ruleset/id`, or `id` where only one ruleset has it.
    fn one(&mut self, id: &str, at: Span, kind: &str, known: &[&crate::ruleset::Declared]) -> Option<usize> {
        let full = |declared: &crate::ruleset::Declared| {
            format!("{}/{}", self.library.rulesets[declared.ruleset].manifest.id, declared.id)
        };
        let named = |(_, declared): &(usize, &&crate::ruleset::Declared)| declared.id == id || full(declared) == id;
        let found: Vec<(usize, &&crate::ruleset::Declared)> = known.iter().enumerate().filter(named).collect();
        match found.as_slice() {
            [(place, _)] => return Some(*place),
            [] => {
                let names: Vec<String> = known.iter().map(|declared| full(declared)).collect();
                let names = names.iter().map(String::as_str).chain(known.iter().map(|declared| declared.id.as_str()));
                let problem = Problem::new(codes::UNKNOWN_ID, format!("there is no {kind} `{id}`")).at(at);
                self.problems.push(problem.suggest(id, names));
            }
            several => {
                let names: Vec<String> = several.iter().map(|(_, declared)| full(declared)).collect();
                self.problems.push(
                    Problem::new(codes::UNKNOWN_ID, format!("`{id}` stands in several rulesets"))
                        .at(at)
                        .help(format!("write one of: {}", names.join(", "))),
                );
            }
        }
        None
    }
}

/// What is set, beside what stays as it was.
fn beside(old: Option<&Given>, new: Given, kind: Setting) -> Given {
    match (old, kind) {
        (Some(old), Setting::Importance) => Given { importance: new.importance, ..old.clone() },
        (Some(old), _) => Given { importance: old.importance.clone(), ..new },
        (None, _) => new,
    }
}

fn text_of(value: &str) -> Written {
    Written::Text { text: value.to_owned(), verbatim: None }
}

fn number_of(value: &str) -> Option<Written> {
    Number::parse(value).map(|number| Written::Number(Some(number)))
}

/// A value as a profile would write it, for this kind of question.
fn written(kind: &Kind, value: &str, file: FileId, start: usize) -> Written {
    match (kind, value) {
        (Kind::YesNo, "true" | "yes") => Written::Bool(true),
        (Kind::YesNo, "false" | "no") => Written::Bool(false),
        (Kind::Scale(_) | Kind::Number { .. }, _) => number_of(value).unwrap_or_else(|| text_of(value)),
        (Kind::Multiple(_), _) => {
            let mut at = start;
            let parts = value.split(',').map(|part| {
                let span = Span { file, start: at, end: at + part.len() };
                at += part.len() + 1;
                Node { value: text_of(part), span }
            });
            Written::List(parts.filter(|node| node.span.start < node.span.end).collect())
        }
        _ => text_of(value),
    }
}
