//! `tailoring.toml`: what a ruleset makes otherwise in the one that it extends.
//!
//! A ruleset that extends another is put together before anything is declared: the trees of both are joined, with
//! the overrides applied and every place kept to the file that it comes from ([`compose`]). From there on it is a
//! ruleset like any other. What a script concludes is overridden where it concludes ([`super::script`]), and
//! [`readers`] makes sure that nothing still reads what is disabled.

pub(super) mod compose;
pub(super) mod readers;

use super::{Override, Tailoring};
use crate::assessment::Overridden;
use crate::problem::{FileId, Problem, Problems, Span, codes};
use crate::source::fields::Fields;
use crate::source::{Entry, Node, Value};
use std::collections::BTreeSet;

/// What can be overridden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Question,
    Aspect,
    Bouwsteen,
    Rule,
    Typing,
    Measure,
    Table,
    Parameter,
    Ranking,
    Text,
}

impl Kind {
    /// Each kind with its word, as an allowance, a difference and an override name it.
    const WORDS: [(&'static str, Self); 11] = [
        ("question", Self::Question),
        ("aspect", Self::Aspect),
        ("bouwsteen", Self::Bouwsteen),
        ("step", Self::Bouwsteen),
        ("rule", Self::Rule),
        ("typing", Self::Typing),
        ("measure", Self::Measure),
        ("table", Self::Table),
        ("parameter", Self::Parameter),
        ("ranking", Self::Ranking),
        ("text", Self::Text),
    ];

    pub(super) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// The kind of this word.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
    }

    /// The kind that a script concludes by this function.
    pub(super) fn of_function(name: &str) -> Self {
        match name {
            "outcome" => Self::Typing,
            "measure" => Self::Measure,
            "table" => Self::Table,
            _ => Self::Rule,
        }
    }

    /// Whether it is made by a script.
    pub(super) const fn is_concluded(self) -> bool {
        matches!(self, Self::Rule | Self::Typing | Self::Measure | Self::Table)
    }

    /// The fields that can be set, where they are few; of what stands in TOML all can, but for some.
    const fn settable(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Rule => Some(&["aspect", "balance", "recommend", "severity"]),
            Self::Table => Some(&["screen"]),
            Self::Parameter => Some(&["value"]),
            Self::Ranking => Some(&super::manifest::WEIGHTS),
            Self::Typing | Self::Measure | Self::Text => Some(&[]),
            Self::Question | Self::Aspect | Self::Bouwsteen => None,
        }
    }
}

/// Something that is made otherwise.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) kind: Kind,
    pub(super) id: String,
    /// Where it is named.
    pub(super) span: Span,
    pub(super) what: What,
    pub(super) reason: String,
}

/// What becomes of it.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// It is as if it were not there.
    Disable,
    /// Fields get another value, or more in their lists.
    Change { set: Vec<Entry>, add: Vec<Entry> },
}

impl Change {
    fn is_disable(&self) -> bool {
        matches!(self.what, What::Disable)
    }

    /// As it is named: `rule/id`.
    pub(super) fn at(&self) -> String {
        if self.kind == Kind::Ranking { "ranking".to_owned() } else { format!("{}/{}", self.kind.word(), self.id) }
    }

    /// Whether this text is meant: the text itself, or one in the table of that name.
    fn covers(&self, key: &str) -> bool {
        self.kind == Kind::Text
            && key.strip_prefix(&self.id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// What one ruleset lays over another while it is loaded; what is told of it afterwards is a [`Tailoring`].
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) changes: Vec<Change>,
    /// Who tailors whom: id, version and, of what is tailored, the digest.
    pub(super) by: (String, String),
    pub(super) base: (String, String, String),
    /// The files of the ruleset that tailors.
    pub(super) own: BTreeSet<FileId>,
    /// The files of what is tailored.
    pub(super) over: BTreeSet<FileId>,
}

impl Layer {
    /// Whether something is disabled.
    pub(super) fn disables(&self, kind: Kind, id: &str) -> bool {
        self.changes.iter().any(|change| change.is_disable() && change.kind == kind && change.id == id)
    }

    /// Whether anything is disabled.
    pub(super) fn disables_any(&self) -> bool {
        self.changes.iter().any(Change::is_disable)
    }

    /// As it is told.
    pub(super) fn told(&self, added: Vec<String>) -> Tailoring {
        let one = |change: &Change| {
            let (how, fields) = match &change.what {
                What::Disable => (Overridden::Disabled, Vec::new()),
                What::Change { .. } if change.kind == Kind::Text => (Overridden::Reworded, Vec::new()),
                What::Change { set, add } => {
                    let mut fields: Vec<String> = set.iter().chain(add).map(|entry| entry.key.clone()).collect();
                    fields.dedup();
                    (Overridden::Changed, fields)
                }
            };
            Override { how, at: change.at(), fields, reason: change.reason.clone() }
        };
        Tailoring {
            by: self.by.clone(),
            base: self.base.0.clone(),
            version: self.base.1.clone(),
            sha256: self.base.2.clone(),
            overrides: self.changes.iter().map(one).collect(),
            added,
        }
    }
}

/// Reads `tailoring.toml`.
pub(super) fn read(node: &Node, problems: &mut Problems) -> Vec<Change> {
    let Some(mut fields) = Fields::new(node, "tailoring.toml", problems) else { return Vec::new() };
    let disable = fields.optional("disable").and_then(|node| node.list(problems)).unwrap_or_default();
    let change = fields.optional("change").and_then(|node| node.list(problems)).unwrap_or_default();
    fields.finish(problems);
    let mut all: Vec<Change> = disable.iter().flat_map(|node| disabled(node, problems)).collect();
    all.extend(change.iter().flat_map(|node| changed(node, problems)));
    for (at, change) in all.iter().enumerate().filter(|(_, change)| change.kind != Kind::Text) {
        let same = |known: &&Change| known.kind == change.kind && known.id == change.id;
        if let Some(first) = all[..at].iter().filter(same).find(|known| known.is_disable()) {
            let problem = Problem::new(codes::NOT_FITTING, format!("`{}` is disabled already", change.at()));
            problems.push(problem.at(change.span).also(first.span, "here").help("keep one of the two"));
        }
    }
    all
}

fn disabled(node: &Node, problems: &mut Problems) -> Vec<Change> {
    let Some(mut fields) = Fields::new(node, "what is disabled", problems) else { return Vec::new() };
    let targets = targets(&mut fields, problems);
    let reason = reason(&mut fields, problems);
    fields.finish(problems);
    let can = |kind: Kind| !matches!(kind, Kind::Parameter | Kind::Ranking | Kind::Text);
    let mut all = Vec::new();
    for (kind, id, span) in targets {
        if can(kind) {
            all.extend(reason.clone().map(|reason| Change { kind, id, span, what: What::Disable, reason }));
            continue;
        }
        let problem = Problem::new(codes::NOT_FITTING, format!("a {} cannot be disabled", kind.word())).at(span);
        problems.push(problem.help("disable what uses it, or change it with `[[change]]`"));
    }
    all
}

fn changed(node: &Node, problems: &mut Problems) -> Vec<Change> {
    let Some(mut fields) = Fields::new(node, "a change", problems) else { return Vec::new() };
    let targets = targets(&mut fields, problems);
    let mut entries = |name: &'static str| {
        let table = fields.optional(name).and_then(|node| node.table(problems));
        table.map(|table| table.entries.clone()).unwrap_or_default()
    };
    let (set, add) = (entries("set"), entries("add"));
    let reason = reason(&mut fields, problems);
    fields.finish(problems);
    let mut all = Vec::new();
    for (kind, id, span) in targets {
        let fits = set.iter().chain(&add).filter(|entry| !may_change(kind, entry, problems)).count() == 0;
        if kind != Kind::Text && set.is_empty() && add.is_empty() {
            let problem = Problem::new(codes::MISSING_FIELD, "this change does not say what changes").at(span);
            problems.push(problem.help("write `set.field = …`, or `add.field = […]` for more in a list"));
            continue;
        }
        if let Some(reason) = reason.clone().filter(|_| fits) {
            let what = What::Change { set: set.clone(), add: add.clone() };
            all.push(Change { kind, id, span, what, reason });
        }
    }
    all
}

/// Whether a field of such an element can be changed; says why where it cannot.
fn may_change(kind: Kind, entry: &Entry, problems: &mut Problems) -> bool {
    let field = entry.key.as_str();
    let fixed = matches!((kind, field), (_, "id") | (Kind::Question, "kind"));
    let known = kind.settable().is_none_or(|known| known.contains(&field));
    if known && !fixed {
        return true;
    }
    let message = format!("`{field}` of a {} cannot be changed", kind.word());
    let problem = Problem::new(codes::UNKNOWN_FIELD, message).at(entry.key_span);
    problems.push(match (kind, kind.settable()) {
        (Kind::Text, _) => problem.help("write the new text in the file of its language; here stands only why"),
        (_, Some([])) => problem.help("disable it and write your own, or change its texts"),
        (Kind::Rule, Some(known)) if matches!(field, "when" | "needs") => {
            problem.suggest("", known.iter().copied()).help("another condition is another rule: disable this one")
        }
        (_, Some(known)) => problem.suggest(field, known.iter().copied()),
        (_, None) => problem.help("that makes it another one: disable it and write your own"),
    });
    false
}

/// What a change is about: one `kind/id`, or a list of them.
fn targets(fields: &mut Fields<'_>, problems: &mut Problems) -> Vec<(Kind, String, Span)> {
    let Some(node) = fields.required("at", problems) else { return Vec::new() };
    let list = match &node.value {
        Value::List(list) => list.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut all = Vec::new();
    for node in list {
        let Some(text) = node.text(problems) else { continue };
        let (word, id) = text.split_once('/').unwrap_or((text, ""));
        match Kind::of_word(word) {
            Some(kind) if id.is_empty() != (kind == Kind::Ranking) => {
                let problem = Problem::new(codes::UNKNOWN_ID, format!("`{text}` does not name one {word}"));
                let help =
                    if kind == Kind::Ranking { "write \"ranking\"" } else { "write `kind/id`, as in \"rule/x\"" };
                problems.push(problem.at(node.span).help(help));
            }
            Some(kind) => all.push((kind, id.to_owned(), node.span)),
            None => {
                let problem = Problem::new(codes::UNKNOWN_OPTION, format!("`{text}` does not say what it is"));
                let words = Kind::WORDS.iter().map(|(word, _)| *word);
                problems.push(problem.at(node.span).suggest(word, words).help("write `kind/id`, as in \"rule/x\""));
            }
        }
    }
    all
}

/// Why: every override says it.
fn reason(fields: &mut Fields<'_>, problems: &mut Problems) -> Option<String> {
    let node = fields.required("reason", problems)?;
    let text = node.text(problems)?.trim();
    if text.is_empty() {
        let problem = Problem::new(codes::MISSING_FIELD, "a reason that says nothing is none").at(node.span);
        problems.push(problem.help("say in one sentence why this is otherwise here"));
        return None;
    }
    Some(text.to_owned())
}

/// The warning of a change that changes nothing.
pub(super) fn changes_nothing(at: &str, field: &str, span: Span) -> Problem {
    let what = if field.is_empty() { format!("`{at}`") } else { format!("`{field}` of `{at}`") };
    Problem::new(codes::CHANGES_NOTHING, format!("{what} is as it was"))
        .at(span)
        .help("take the change out; it may have been taken over by what is extended")
        .warning()
}
