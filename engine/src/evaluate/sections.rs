//! Which rulesets a part of a profile speaks to: the one that it names, and those that extend that one.
//!
//! A ruleset that extends another asks what that one asks, so that an answer given to the one serves the other. What
//! a profile says to the ruleset itself goes before what it says to what that extends.

use crate::problem::{Problem, Problems, Span, codes};
use crate::profile::{Answer, GivenValue, Profile, Section};
use crate::ruleset::{Library, Ruleset};
use crate::source::{Node, Value};

/// A ruleset that a section of a profile speaks to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hearer<'a> {
    pub(super) ruleset: usize,
    library: &'a Library,
    /// The ruleset that the section names.
    named: &'a str,
}

/// The rulesets that a section speaks to; reports one that speaks to none.
pub(super) fn hearers<'a, T>(
    library: &'a Library,
    section: &'a Section<T>,
    problems: &mut Problems,
) -> Vec<Hearer<'a>> {
    let named = section.ruleset.as_str();
    let hears = |ruleset: &Ruleset| ruleset.names().any(|name| name == named);
    let all = (0..library.rulesets.len()).filter(|at| hears(&library.rulesets[*at]));
    let all: Vec<Hearer<'_>> = all.map(|ruleset| Hearer { ruleset, library, named }).collect();
    if all.is_empty() {
        problems.push(
            Problem::new(codes::UNKNOWN_ID, format!("there is no ruleset `{named}` here"))
                .at(section.span)
                .suggest(named, library.rulesets.iter().map(|ruleset| ruleset.manifest.id.as_str())),
        );
    }
    all
}

impl Hearer<'_> {
    fn names(&self) -> impl Iterator<Item = &str> {
        self.library.rulesets[self.ruleset].names()
    }

    /// What a nearer section says of the same thing.
    pub(super) fn nearer<'p, T>(&self, sections: &'p [Section<T>], id: &str) -> Option<(&'p str, &'p T)> {
        let nearer = self.names().take_while(|name| *name != self.named);
        nearer.filter_map(|name| item(sections, name, id)).next()
    }

    /// Reports an id that names nothing, unless that is right: what is disabled needs no answer, and what only the
    /// ruleset that is extended has is reported there.
    pub(super) fn unknown<'k>(
        &self,
        kind: &str,
        (id, span): (&str, Span),
        known: impl IntoIterator<Item = &'k str>,
        problems: &mut Problems,
    ) {
        let ruleset = &self.library.rulesets[self.ruleset];
        let own = ruleset.manifest.id == self.named;
        match ruleset.disabled(&format!("{kind}/{id}")) {
            Some(disabled) if own => {
                let message = format!("`{}` does without the {kind} `{id}`", self.named);
                let why = format!("its reason: {}", disabled.reason);
                problems.push(Problem::new(codes::UNKNOWN_ID, message).at(span).help("take it out").help(why));
            }
            Some(_) => {}
            None if !own && self.library.ruleset(self.named).is_some() => {}
            None => {
                let message = format!("the ruleset `{}` has no {kind} `{id}`", self.named);
                problems.push(Problem::new(codes::UNKNOWN_ID, message).at(span).suggest(id, known));
            }
        }
    }
}

fn item<'p, T>(sections: &'p [Section<T>], name: &str, id: &str) -> Option<(&'p str, &'p T)> {
    let section = sections.iter().find(|section| section.ruleset == name)?;
    section.items.iter().find(|(known, ..)| known == id).map(|(_, _, item)| (section.ruleset.as_str(), item))
}

/// What a profile says of something of a ruleset, to it or to what it extends.
pub(crate) fn heard<'p, T>(ruleset: &Ruleset, sections: &'p [Section<T>], id: &str) -> Option<&'p T> {
    ruleset.names().find_map(|name| item(sections, name, id)).map(|(_, item)| item)
}

/// Whether a profile says anything to a ruleset, or to what it extends.
pub(super) fn answered(ruleset: &Ruleset, profile: &Profile) -> bool {
    ruleset.names().any(|name| profile.answers(name))
}

/// The warning of an answer that does not count, since a nearer section of the same profile says otherwise. What a
/// case or a question of what-if says over a profile is meant to.
pub(super) fn overruled(
    (nearer, theirs): (&str, &Answer),
    (here, span, answer): (&str, Span, &Answer),
    id: &str,
) -> Option<Problem> {
    let value = |answer: &Answer| match answer.whole.as_ref().map(|given| &given.value) {
        Some(GivenValue::Value(Node { value: Value::Text { text, .. }, .. })) => Some(text.clone()),
        Some(GivenValue::Value(Node { value, .. })) => Some(format!("{value:?}")),
        _ => None,
    };
    let (one, other) = (value(theirs)?, value(answer)?);
    let there = theirs.whole.as_ref()?.span;
    let message = format!("`{id}` is answered otherwise under `{nearer}`, and that counts there");
    let problem = Problem::new(codes::NOT_FITTING, message).at(span).label(format!("under `{here}`"));
    (one != other && there.file == span.file).then(|| problem.help("give one of the two answers").warning())
}
