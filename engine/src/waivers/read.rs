//! Reading a file of waivers.

use super::{FORMAT, Waiver, Waivers};
use crate::date::Date;
use crate::problem::{Problem, Problems, codes};
use crate::source::fields::Fields;
use crate::source::{LARGEST_TEXT, Node, Sources, Value, parse_toml};

impl Waivers {
    /// Reads a TOML file. Everything that is wrong goes into `problems`, the text into `sources`.
    pub fn read(name: &str, bytes: &[u8], sources: &mut Sources, problems: &mut Problems) -> Option<Self> {
        let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= LARGEST_TEXT) else {
            problems.push(
                Problem::new(codes::NOT_UTF8, format!("{name} is not UTF-8 text")).help("save the file as UTF-8"),
            );
            return None;
        };
        let file = sources.add(name, text);
        let mut found = Problems::new();
        let node = parse_toml(sources, file, &mut found);
        let waivers = if found.has_errors() { None } else { all(&node, sources, &mut found) };
        let failed = found.has_errors();
        problems.append(found);
        waivers.filter(|_| !failed)
    }
}

fn all(node: &Node, sources: &Sources, problems: &mut Problems) -> Option<Waivers> {
    let mut fields = Fields::new(node, "a file of waivers", problems)?;
    let format = fields.required("waivers", problems);
    let version = format.and_then(|node| node.count(problems));
    if let (Some(format), Some(version)) = (format, version)
        && version != FORMAT
    {
        problems.push(
            Problem::new(
                codes::FORMAT_VERSION,
                format!("these waivers are in format {version}; this engine reads format {FORMAT}"),
            )
            .at(format.span)
            .help("use a ketenspiegel that reads this format"),
        );
        return None;
    }
    let lists = [(fields.optional("waiver"), false), (fields.optional("baseline"), true)];
    fields.finish(problems);
    let mut entries = Vec::new();
    for (list, baseline) in lists {
        let list = list.and_then(|node| node.list(problems)).unwrap_or_default();
        entries.extend(list.iter().filter_map(|node| entry(node, baseline, sources, problems)));
    }
    entries.sort_by_key(|entry| (entry.place.line, entry.place.column));
    Some(Waivers { entries })
}

fn entry(node: &Node, baseline: bool, sources: &Sources, problems: &mut Problems) -> Option<Waiver> {
    let what = if baseline { "a finding of a baseline" } else { "a waiver" };
    let mut fields = Fields::new(node, what, problems)?;
    let text = |node: Option<&Node>, problems: &mut Problems| {
        node.and_then(|node| node.text(problems)).map(|text| text.trim().to_owned())
    };
    let profile = text(fields.optional("profile"), problems);
    let ruleset = text(fields.optional("ruleset"), problems);
    let rule = text(fields.optional("rule"), problems);
    fields.optional("title");
    if profile.is_none() && ruleset.is_none() && rule.is_none() {
        problems.push(
            Problem::new(codes::MISSING_FIELD, format!("{what} says what it is for"))
                .at(fields.span())
                .help("give at least one of `profile`, `ruleset` and `rule`"),
        );
    }
    let approver = said(fields.required("approver", problems), problems);
    let reason = said(fields.required("reason", problems), problems);
    let from = fields.required("from", problems).and_then(|node| day(node, problems));
    let until = if baseline { fields.optional("until") } else { fields.required("until", problems) };
    let until_span = until.map(|node| node.span);
    let until = until.and_then(|node| day(node, problems));
    if let (Some(from), Some(until), Some(span)) = (&from, &until, until_span)
        && until < from
    {
        let message = format!("this waiver ends on {until}, before it begins on {from}");
        problems.push(Problem::new(codes::NOT_FITTING, message).at(span));
    }
    let prints = fields.required("fingerprints", problems);
    let prints_span = prints.map(|node| node.span);
    let prints = prints.map(|node| node.texts(problems)).unwrap_or_default();
    if let Some(span) = prints_span.filter(|_| prints.is_empty()) {
        problems.push(
            Problem::new(codes::MISSING_FIELD, format!("{what} names at least one fingerprint"))
                .at(span)
                .help("`ketenspiegel waive` writes them; without one, it could cover anything"),
        );
    }
    fields.finish(problems);
    for (print, span) in &prints {
        let marks: Vec<&str> = print.split('-').collect();
        if marks.len() != 3 || marks.iter().any(|mark| mark.len() != 12) {
            problems.push(
                Problem::new(codes::BAD_ID, format!("`{print}` is not a fingerprint"))
                    .at(*span)
                    .help("`ketenspiegel waive` writes it, and it stands in the JSON report"),
            );
        }
    }
    let fingerprints = prints.into_iter().map(|(print, span)| (print, sources.place(span))).collect();
    let (approver, reason, from) = (approver?, reason?, from?);
    let place = sources.place(node.span);
    Some(Waiver { baseline, place, profile, ruleset, rule, approver, reason, from, until, fingerprints })
}

/// A text that says something.
fn said(node: Option<&Node>, problems: &mut Problems) -> Option<String> {
    let node = node?;
    let text = node.text(problems)?.trim();
    if text.is_empty() {
        problems.push(
            Problem::new(codes::NO_REASON, "nothing is said here")
                .at(node.span)
                .help("write it for whoever reads this in a year"),
        );
        return None;
    }
    Some(text.to_owned())
}

/// A day, as a TOML date or as text.
fn day(node: &Node, problems: &mut Problems) -> Option<Date> {
    let written = match &node.value {
        Value::Date(date) => Some(date.as_str()),
        Value::Text { text, .. } => Some(text.as_str()),
        _ => None,
    };
    let day = written.and_then(Date::parse);
    if day.is_none() {
        problems.push(
            Problem::new(codes::WRONG_TYPE, "this is not a day of the calendar")
                .at(node.span)
                .help("write it as 2026-12-31"),
        );
    }
    day
}
