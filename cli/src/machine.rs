//! Problems for machines: JSON, SARIF for code scanning, and the annotations of GitHub.

use ketenspiegel_engine::problem::{Gravity, Label, Problem, Problems, Span};
use ketenspiegel_engine::source::{Place, Sources};
use serde::Serialize;
use std::fmt::Write as _;

/// A problem as JSON has it.
#[derive(Serialize)]
pub(crate) struct Found<'a> {
    code: &'static str,
    title: &'static str,
    gravity: &'static str,
    message: &'a str,
    place: Option<Stretch>,
    label: &'a str,
    also: Vec<Also<'a>>,
    help: &'a [String],
}

#[derive(Serialize)]
struct Also<'a> {
    place: Stretch,
    label: &'a str,
}

/// A stretch of a file; the end is the place right behind it.
#[derive(Serialize)]
struct Stretch {
    file: String,
    line: usize,
    column: usize,
    #[serde(rename = "end-line")]
    end_line: usize,
    #[serde(rename = "end-column")]
    end_column: usize,
}

impl Stretch {
    fn of(span: Span, sources: &Sources) -> Self {
        let Place { file, line, column } = sources.place(span);
        let end = sources.place(Span { start: span.end, ..span });
        Self { file, line, column, end_line: end.line, end_column: end.column }
    }
}

const fn gravity(problem: &Problem) -> &'static str {
    match problem.gravity {
        Gravity::Error => "error",
        Gravity::Warning => "warning",
    }
}

/// Problems by place, as JSON has them.
pub(crate) fn found<'a>(problems: &'a Problems, sources: &Sources) -> Vec<Found<'a>> {
    problems.sorted().into_iter().map(|problem| one(problem, sources)).collect()
}

/// A problem as JSON has it.
pub(crate) fn one<'a>(problem: &'a Problem, sources: &Sources) -> Found<'a> {
    let also = problem.also.iter().map(|Label { span, text }| Also { place: Stretch::of(*span, sources), label: text });
    Found {
        code: problem.code.id,
        title: problem.code.title,
        gravity: gravity(problem),
        message: &problem.message,
        place: problem.span.map(|span| Stretch::of(span, sources)),
        label: &problem.label,
        also: also.collect(),
        help: &problem.help,
    }
}

/// Something as JSON, on lines of its own.
pub(crate) fn json(written: &impl Serialize) -> String {
    // Writing to memory cannot fail, and there are no keys but text.
    let mut text = serde_json::to_string_pretty(written).unwrap_or_default();
    text.push('\n');
    text
}

/// What is wrong and what to do, a line each.
fn words(problem: &Problem) -> String {
    let lines = std::iter::once(&problem.message).chain(&problem.help);
    lines.map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// Problems as SARIF 2.1.0.
pub(crate) fn sarif(problems: &Problems, sources: &Sources) -> String {
    let sorted = problems.sorted();
    let mut codes: Vec<_> = sorted.iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<_> = codes
        .iter()
        .map(|code| serde_json::json!({ "id": code.id, "shortDescription": { "text": code.title } }))
        .collect();
    let results: Vec<_> = sorted
        .iter()
        .map(|problem| {
            serde_json::json!({
                "ruleId": problem.code.id,
                "ruleIndex": codes.iter().position(|code| *code == problem.code),
                "level": gravity(problem),
                "message": { "text": words(problem) },
                "locations": problem.span.iter().map(|span| location(*span, sources)).collect::<Vec<_>>(),
            })
        })
        .collect();
    json(&serde_json::json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "ketenspiegel",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn location(span: Span, sources: &Sources) -> serde_json::Value {
    let Stretch { file, line, column, end_line, end_column } = Stretch::of(span, sources);
    serde_json::json!({ "physicalLocation": {
        "artifactLocation": { "uri": file.replace('\\', "/") },
        "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
    } })
}

/// Problems as the workflow commands that GitHub shows beside the lines of a change.
pub(crate) fn github(problems: &Problems, sources: &Sources) -> String {
    let mut out = String::new();
    for problem in problems.sorted() {
        let place = problem.span.map(|span| {
            let Stretch { file, line, column, end_line, end_column } = Stretch::of(span, sources);
            let end = if end_line == line { format!(",endColumn={end_column}") } else { String::new() };
            format!("file={},line={line},endLine={end_line},col={column}{end},", property(&file))
        });
        let title = property(&format!("{} {}", problem.code.id, problem.code.title));
        let text = words(problem);
        let _ = writeln!(out, "::{} {}title={title}::{}", gravity(problem), place.unwrap_or_default(), data(&text));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
