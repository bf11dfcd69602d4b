//! `ruleset.toml`: what a ruleset says of itself.

use super::elements::Ranking;
use super::{ENGINE_VERSION, FORMAT};
use crate::number::Number;
use crate::problem::{Problem, Problems, Span, codes};
use crate::source::fields::{Fields, is_id};
use crate::source::{Entry, Node, Value};
use semver::{Version, VersionReq};
use serde::{Deserialize, Serialize};

/// What `ruleset.toml` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// Id of the ruleset.
    pub id: String,
    /// Its version.
    pub version: Version,
    /// Languages, the source language first.
    pub languages: Vec<String>,
    /// Where each of them is named.
    pub languages_at: Vec<Span>,
    /// Licence, an SPDX expression.
    pub licence: String,
    /// The sources that it encodes.
    pub sources: Vec<SourceRef>,
    /// Rulesets that it reads: id, range of versions, place.
    pub requires: Vec<(String, VersionReq, Span)>,
    /// The ruleset that it extends: id, range of versions, place.
    pub extends: Option<(String, VersionReq, Span)>,
    /// For a ruleset that joins those that it requires: how many of them a profile must answer before it is of use.
    pub joins: Option<usize>,
    /// Roles: id and place.
    pub roles: Vec<(String, Span)>,
    /// Parameters.
    pub parameters: Vec<Parameter>,
    /// Ranking weights.
    pub ranking: Ranking,
    /// What is allowed although advice is against it.
    pub allowances: Vec<Allowance>,
    /// How long and how hard a sentence may be.
    pub reading: Reading,
    /// Where the manifest stands.
    pub span: Span,
}

/// Something that advice is against, and that a ruleset has a reason for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Allowance {
    /// The code of the advice, such as `K0605`.
    pub code: String,
    /// What it is about: `rule/id`, `question/id`, …
    pub at: String,
    /// Words that stand in the advice, where not all advice of that code about it is meant.
    pub about: Option<String>,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub span: Span,
}

/// How long and how hard a sentence may be before there is advice about it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Reading {
    /// The most words in a sentence.
    pub words: usize,
    /// The most that a text of several sentences may measure: words per sentence, plus the words of more than
    /// six letters in each hundred (the measure LIX).
    pub hardness: usize,
}

impl Default for Reading {
    /// Ours: a sentence of 25 words is at the upper end of what guides for plain language advise, and LIX calls
    /// a text above 60 very hard.
    fn default() -> Self {
        Self { words: 25, hardness: 60 }
    }
}

/// A source that a ruleset encodes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SourceRef {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Year of publication.
    pub year: Option<i64>,
}

impl SourceRef {
    /// The title, with the year where that is known.
    pub(crate) fn with_year(&self) -> String {
        match self.year {
            Some(year) => format!("{} ({year})", self.title),
            None => self.title.clone(),
        }
    }
}

/// A value with a name and a reason.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Parameter {
    /// Its id.
    pub id: String,
    /// Its value: a number or a text.
    pub value: Value,
    /// Why this value, and whose choice it is.
    pub reason: String,
    /// Where it stands.
    pub span: Span,
}

impl Manifest {
    /// Reads the manifest. What is not of this format version or this engine is refused and read no further.
    pub fn read(node: &Node, problems: &mut Problems) -> Option<Self> {
        let mut fields = Fields::new(node, "a ruleset's manifest", problems)?;
        if !format_fits(&mut fields, problems) {
            return None;
        }
        let id = fields.required("id", problems).and_then(|node| node.id(problems));
        let version = fields.required("version", problems).and_then(|node| version(node, problems));
        if let Some(range) = fields.required("engine", problems).and_then(|node| range(node, problems)) {
            engine_fits(&range, problems);
        }
        let named = fields.required("languages", problems).map(|node| node.texts(problems)).unwrap_or_default();
        let (languages, languages_at): (Vec<String>, Vec<Span>) = languages(&named, problems).into_iter().unzip();
        let licence = fields.required("licence", problems).and_then(|node| node.text(problems)).map(str::to_owned);
        let sources = fields.required("source", problems).map(|node| sources(node, problems)).unwrap_or_default();
        let requires = fields.optional("requires").map(|node| requires(node, problems)).unwrap_or_default();
        let extends = fields.optional("extends").and_then(|node| extends(node, problems));
        let joins = fields.optional("joins").and_then(|node| joins(node, requires.len(), problems));
        let roles = fields.optional("role").map(|node| roles(node, problems)).unwrap_or_default();
        let parameters = fields.optional("parameter").map(|node| parameters(node, problems)).unwrap_or_default();
        let ranking = fields.optional("ranking").map(|node| ranking(node, problems)).unwrap_or_default();
        let allowances = fields.optional("allow").map(|node| allowances(node, problems)).unwrap_or_default();
        let reading = fields.optional("reading").map(|node| reading(node, problems)).unwrap_or_default();
        fields.finish(problems);
        if named.is_empty() {
            problems.push(
                Problem::new(codes::MISSING_FIELD, "a ruleset needs at least one language")
                    .at(node.span)
                    .help("write `languages = [\"nl\"]` and put the texts in nl.toml"),
            );
        }
        if languages.is_empty() {
            return None;
        }
        Some(Self {
            id: id?,
            version: version?,
            languages,
            languages_at,
            licence: licence?,
            sources,
            requires,
            extends,
            joins,
            roles,
            parameters,
            ranking,
            allowances,
            reading,
            span: node.span,
        })
    }

    /// The value of a parameter.
    #[must_use]
    pub fn parameter(&self, id: &str) -> Option<&Value> {
        self.parameters.iter().find(|parameter| parameter.id == id).map(|parameter| &parameter.value)
    }
}

/// The languages, each once; what is none of them is reported.
fn languages(named: &[(String, Span)], problems: &mut Problems) -> Vec<(String, Span)> {
    let mut all: Vec<(String, Span)> = Vec::new();
    for (language, span) in named {
        if let Some((_, first)) = all.iter().find(|(known, _)| known == language) {
            let problem = Problem::new(codes::DUPLICATE_ID, format!("the language `{language}` stands twice"));
            problems.push(problem.at(*span).also(*first, "first here").help("take one of the two out"));
        } else if is_id(language) {
            all.push((language.clone(), *span));
        } else {
            let problem = Problem::new(codes::BAD_ID, format!("`{language}` cannot be a language")).at(*span);
            problems.push(problem.help("write its code, such as \"nl\" or \"en\""));
        }
    }
    all
}

fn format_fits(fields: &mut Fields<'_>, problems: &mut Problems) -> bool {
    let Some(node) = fields.required("format", problems) else { return false };
    if matches!(node.value, Value::Text { .. }) {
        let problem = Problem::new(codes::WRONG_TYPE, "the format is a number, this is text").at(node.span);
        problems.push(problem.help(format!("write format = {FORMAT}")));
        return false;
    }
    let Some(format) = node.count(problems) else { return false };
    if format != FORMAT {
        problems.push(
            Problem::new(
                codes::FORMAT_VERSION,
                format!("this ruleset is in format {format}; this engine reads format {FORMAT}"),
            )
            .at(node.span)
            .help("use a ketenspiegel that reads this format, or ask the ruleset's author for one that fits"),
        );
    }
    format == FORMAT
}

fn version(node: &Node, problems: &mut Problems) -> Option<Version> {
    let text = node.text(problems)?;
    Version::parse(text)
        .map_err(|error| {
            problems.push(
                Problem::new(codes::WRONG_TYPE, format!("`{text}` is not a version: {error}"))
                    .at(node.span)
                    .help("write three numbers: \"1.0.0\""),
            );
        })
        .ok()
}

fn range(node: &Node, problems: &mut Problems) -> Option<(VersionReq, Span)> {
    let text = node.text(problems)?;
    VersionReq::parse(text)
        .map_err(|error| {
            problems.push(
                Problem::new(codes::WRONG_TYPE, format!("`{text}` is not a range of versions: {error}"))
                    .at(node.span)
                    .help("write for example \">=0.1, <0.2\" or \"^1\""),
            );
        })
        .ok()
        .map(|range| (range, node.span))
}

fn engine_fits((range, span): &(VersionReq, Span), problems: &mut Problems) {
    let fits = Version::parse(ENGINE_VERSION).is_ok_and(|engine| range.matches(&engine));
    if !fits {
        problems.push(
            Problem::new(
                codes::ENGINE_RANGE,
                format!("this ruleset asks for engine {range}; this is {ENGINE_VERSION}"),
            )
            .at(*span)
            .help("use an engine in that range, or widen the range after running the ruleset's cases"),
        );
    }
}

fn sources(node: &Node, problems: &mut Problems) -> Vec<SourceRef> {
    let mut all = Vec::new();
    for node in node.list(problems).unwrap_or_default() {
        let Some(mut fields) = Fields::new(node, "a source", problems) else { continue };
        let id = fields.required("id", problems).and_then(|node| node.id(problems));
        let title = fields.required("title", problems).and_then(|node| node.text(problems)).map(str::to_owned);
        let year = fields.optional("year").and_then(|node| node.number(problems)).and_then(Number::to_integer);
        fields.finish(problems);
        if let (Some(id), Some(title)) = (id, title) {
            all.push(SourceRef { id, title, year });
        }
    }
    all
}

/// What is required: ids with ranges of versions, or a plain list of ids, of which any version will do.
fn requires(node: &Node, problems: &mut Problems) -> Vec<(String, VersionReq, Span)> {
    let mut all: Vec<(String, VersionReq, Span)> = Vec::new();
    if let Value::List(list) = &node.value {
        for node in list {
            let (Some(id), span) = (node.id(problems), node.span) else { continue };
            match all.iter().find(|(known, ..)| *known == id) {
                Some((_, _, first)) => problems.push(duplicate("required ruleset", &id, span, *first)),
                None => all.push((id, VersionReq::STAR, span)),
            }
        }
        return all;
    }
    let Some(table) = node.table(problems) else { return all };
    for entry in &table.entries {
        if let Some((range, _)) = range(&entry.node, problems) {
            all.push((entry.key.clone(), range, entry.key_span));
        }
    }
    all
}

/// An item of a plain list of required rulesets as an entry with a range.
pub(super) fn any_version(node: &Node) -> Option<Entry> {
    let Value::Text { text: id, .. } = &node.value else { return None };
    let any = Value::Text { text: VersionReq::STAR.to_string(), verbatim: None };
    Some(Entry { key: id.clone(), key_span: node.span, node: Node { value: any, span: node.span } })
}

/// The one ruleset that is extended: an id with a range of versions, or an id, of which any version will do.
fn extends(node: &Node, problems: &mut Problems) -> Option<(String, VersionReq, Span)> {
    if let Value::Text { .. } = node.value {
        return Some((node.id(problems)?, VersionReq::STAR, node.span));
    }
    let mut all = requires(node, problems);
    if all.len() > 1 {
        let problem = Problem::new(codes::NOT_FITTING, "a ruleset extends one other").at(all[1].2);
        problems.push(problem.help("one that extends another can be extended in turn; what is only read is required"));
    }
    all.truncate(1);
    all.pop()
}

fn joins(node: &Node, requires: usize, problems: &mut Problems) -> Option<usize> {
    let from = usize::try_from(node.count(problems)?).ok()?;
    if !(2..=requires).contains(&from) {
        problems.push(
            Problem::new(
                codes::OUT_OF_RANGE,
                format!("`joins` is at least 2, and at most what is required: {requires}"),
            )
            .at(node.span)
            .help("it says how many of the rulesets under `[requires]` a profile must answer"),
        );
    }
    Some(from)
}

fn roles(node: &Node, problems: &mut Problems) -> Vec<(String, Span)> {
    let mut all: Vec<(String, Span)> = Vec::new();
    for node in node.list(problems).unwrap_or_default() {
        let Some(mut fields) = Fields::new(node, "a role", problems) else { continue };
        let id_node = fields.required("id", problems);
        fields.finish(problems);
        let Some(id_node) = id_node else { continue };
        let Some(id) = id_node.id(problems) else { continue };
        if let Some((_, first)) = all.iter().find(|(known, _)| *known == id) {
            problems.push(duplicate("role", &id, id_node.span, *first));
            continue;
        }
        all.push((id, id_node.span));
    }
    all
}

/// The problem of an id that stands twice.
pub(super) fn duplicate(kind: &str, id: &str, second: Span, first: Span) -> Problem {
    Problem::new(codes::DUPLICATE_ID, format!("the {kind} `{id}` is declared twice"))
        .at(second)
        .label("again here")
        .also(first, "first here")
        .help("give one of the two another id")
}

fn parameters(node: &Node, problems: &mut Problems) -> Vec<Parameter> {
    let Some(table) = node.table(problems) else { return Vec::new() };
    let mut all = Vec::new();
    for entry in &table.entries {
        if !is_id(&entry.key) {
            problems.push(Problem::new(codes::BAD_ID, format!("`{}` cannot be an id", entry.key)).at(entry.key_span));
            continue;
        }
        let Some(mut fields) = Fields::new(&entry.node, format!("the parameter `{}`", entry.key), problems) else {
            continue;
        };
        let value = fields.required("value", problems);
        let reason = fields.required("reason", problems).and_then(|node| node.text(problems)).map(str::to_owned);
        fields.finish(problems);
        let Some(value) = value else { continue };
        // what is wrong with it is told; what reads it goes on with a number
        let usable = matches!(value.value, Value::Text { .. }) || value.number(problems).is_some();
        let value = if usable { value.value.clone() } else { Value::Number(Some(Number::ONE)) };
        let reason = reason.unwrap_or_default();
        all.push(Parameter { id: entry.key.clone(), value, reason, span: entry.key_span });
    }
    all
}

fn allowances(node: &Node, problems: &mut Problems) -> Vec<Allowance> {
    let mut all = Vec::new();
    for node in node.list(problems).unwrap_or_default() {
        let Some(mut fields) = Fields::new(node, "an allowance", problems) else { continue };
        let about = fields.optional("about").and_then(|node| node.text(problems)).map(str::to_owned);
        let code = fields.required("code", problems).map(|node| (node, node.text(problems)));
        let at = fields.required("at", problems).and_then(|node| node.text(problems)).map(str::to_owned);
        let reason = fields.required("reason", problems).and_then(|node| node.text(problems)).map(str::to_owned);
        fields.finish(problems);
        let Some((code_node, Some(code))) = code else { continue };
        if !codes::ALL.iter().any(|known| known.id == code) {
            let problem = Problem::new(codes::UNKNOWN_OPTION, format!("there is no advice `{code}`"));
            problems.push(problem.at(code_node.span).suggest(code, codes::ALL.iter().map(|known| known.id)));
        }
        if let (Some(at), Some(reason)) = (at, reason) {
            all.push(Allowance { code: code.to_owned(), at, about, reason, span: code_node.span });
        }
    }
    all
}

fn reading(node: &Node, problems: &mut Problems) -> Reading {
    let mut reading = Reading::default();
    let Some(mut fields) = Fields::new(node, "how hard texts may be", problems) else { return reading };
    let mut set = |name: &'static str, target: &mut usize| {
        let count = fields.optional(name).and_then(|node| node.count(problems));
        *target = count.and_then(|count| usize::try_from(count).ok()).unwrap_or(*target);
    };
    set("words", &mut reading.words);
    set("hardness", &mut reading.hardness);
    fields.required("reason", problems).and_then(|node| node.text(problems));
    fields.finish(problems);
    reading
}

/// What can be said of the ranking.
pub(super) const WEIGHTS: [&str; 10] = [
    "critical",
    "major",
    "minor",
    "observation",
    "indicated",
    "dominant",
    "secondary",
    "started",
    "working",
    "at-once",
];

fn ranking(node: &Node, problems: &mut Problems) -> Ranking {
    let mut ranking = Ranking::default();
    let Some(mut fields) = Fields::new(node, "the ranking", problems) else { return ranking };
    fields.required("reason", problems).and_then(|node| node.text(problems));
    let mut set = |name: &'static str, target: &mut Number| {
        let Some(node) = fields.optional(name) else { return };
        let Some(number) = node.number(problems) else { return };
        if number < Number::ZERO {
            problems
                .push(Problem::new(codes::OUT_OF_RANGE, "a weight of the ranking cannot be less than 0").at(node.span));
        }
        *target = number;
    };
    set("critical", &mut ranking.critical);
    set("major", &mut ranking.major);
    set("minor", &mut ranking.minor);
    set("observation", &mut ranking.observation);
    set("indicated", &mut ranking.indicated);
    set("dominant", &mut ranking.dominant);
    set("secondary", &mut ranking.secondary);
    set("started", &mut ranking.started);
    set("working", &mut ranking.working);
    if let Some(node) = fields.optional("at-once") {
        let number = node.number(problems);
        ranking.at_once =
            number.and_then(Number::to_integer).and_then(|most| u16::try_from(most).ok()).filter(|most| *most > 0);
        if number.is_some() && ranking.at_once.is_none() {
            let problem = Problem::new(codes::NOT_FITTING, "what a chain can take up at once is a whole number from 1");
            problems.push(problem.at(node.span));
        }
    }
    fields.finish(problems);
    ranking
}
