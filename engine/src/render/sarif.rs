//! SARIF 2.1.0, for code scanning: what somebody has to act on, with the rules that were looked at.
//!
//! Strengths are left out, and what is merely open, unless a gate counts it: an alert asks for action. What is
//! accepted stands in it as suppressed, so that it does not come back as new. The rules are there even when
//! nothing was found, so that an empty log shows what it looked at.

use super::told::{Told, Volume};
use super::words::{self, Language, guarding};
use crate::assessment::Severity;
use crate::gates::{Judged, Run};
use crate::source::Place;
use crate::waivers::Waiver;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Name and version of our fingerprint, as SARIF wants it.
const FINGERPRINT: &str = "ketenspiegel/v1";

/// Draws a run as SARIF, with a line end behind it.
#[must_use]
pub fn sarif(run: &Run<'_>, language: Language) -> String {
    let rules = rules(run, language);
    let ids: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let results = results(run, &ids, language);
    let engine = run.profiles.first().map_or("", |judged| judged.assessment.receipt.engine.as_str());
    let empty = run.profiles.iter().filter(|judged| judged.says_nothing());
    let notifications: Vec<Value> = empty
        .map(|judged| {
            let profile = &judged.assessment.receipt.profile;
            json!({
                "level": "warning",
                "message": { "text": format!("{profile}: {}", language.say(guarding::EMPTY)) },
                "locations": [location(&Place { file: profile.clone(), line: 1, column: 1 })],
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": words::NAME,
                "version": engine,
                "rules": rules.values().collect::<Vec<_>>(),
            }},
            "automationDetails": { "id": "ketenspiegel/" },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notifications }],
            "results": results,
        }],
    });
    // Writing to memory cannot fail, and there are no keys but text.
    format!("{}\n", serde_json::to_string_pretty(&log).unwrap_or_default())
}

/// Every rule that was looked at, by its full id.
fn rules(run: &Run<'_>, language: Language) -> BTreeMap<String, Value> {
    let mut rules = BTreeMap::new();
    for ruleset in run.profiles.iter().flat_map(|judged| &judged.assessment.rulesets) {
        for silent in &ruleset.silent {
            let id = format!("{}/{}", ruleset.id, silent.id);
            let told = rule(&id, &silent.title, "", &ruleset.title, silent.severity, language);
            rules.entry(id).or_insert(told);
        }
    }
    for ruleset in run.profiles.iter().flat_map(|judged| &judged.assessment.rulesets) {
        for found in &ruleset.diagnoses {
            let id = format!("{}/{}", ruleset.id, found.id);
            let more = format!("{}\n\n{}: {}", found.text, language.say(words::SOURCE), found.source);
            let told = rule(&id, &found.title, &more, &ruleset.title, found.severity, language);
            rules.insert(id, told);
        }
    }
    for told in beside(run, language) {
        let described = json!({ "id": told.id, "shortDescription": { "text": told.title } });
        rules.entry(told.id).or_insert(described);
    }
    rules
}

fn rule(id: &str, title: &str, more: &str, ruleset: &str, severity: Severity, language: Language) -> Value {
    let weight = language.say(words::severity(severity));
    let text = format!("{title}\n\n{more}\n\n{}", language.say(guarding::RULE_HELP));
    let text = text.replace("\n\n\n\n", "\n\n");
    json!({
        "id": id,
        "shortDescription": { "text": title },
        "fullDescription": { "text": format!("{ruleset}: {title} ({weight})") },
        "help": { "text": text.trim() },
        "defaultConfiguration": { "level": level(volume(severity)) },
        "properties": { "tags": [id.split('/').next().unwrap_or_default(), weight] },
    })
}

const fn volume(severity: Severity) -> Volume {
    match severity {
        Severity::Critical => Volume::Error,
        Severity::Major => Volume::Warning,
        _ => Volume::Note,
    }
}

const fn level(volume: Volume) -> &'static str {
    match volume {
        Volume::Error => "error",
        Volume::Warning => "warning",
        Volume::Note => "note",
    }
}

fn results(run: &Run<'_>, ids: &BTreeMap<&str, usize>, language: Language) -> Vec<Value> {
    let has_baseline = run.standings.iter().any(|standing| standing.waiver.baseline);
    let mut results = Vec::new();
    for judged in &run.profiles {
        for (ruleset, found) in judged.findings() {
            let told = Told::finding(run, judged, (ruleset, found), language);
            let mut result = result(&told, ids);
            result.insert("partialFingerprints".to_owned(), json!({ FINGERPRINT: found.fingerprint }));
            let waiver = judged.waiver(found);
            if has_baseline {
                let known = waiver.is_some_and(|waiver| waiver.baseline);
                result.insert("baselineState".to_owned(), json!(if known { "unchanged" } else { "new" }));
            }
            result.insert("suppressions".to_owned(), suppressions(waiver, language));
            results.push(Value::Object(result));
        }
    }
    for told in beside(run, language) {
        let mut result = result(&told, ids);
        if has_baseline {
            result.insert("baselineState".to_owned(), json!("new"));
        }
        results.push(Value::Object(result));
    }
    results
}

/// What there is to tell that is no finding of a ruleset: floors, completeness, waivers.
fn beside(run: &Run<'_>, language: Language) -> Vec<Told> {
    let of = |judged: &Judged<'_>| {
        let failures = judged.failures.iter();
        failures.filter_map(|failure| Told::failure(run, judged, failure, language)).collect::<Vec<_>>()
    };
    let failures = run.profiles.iter().flat_map(of);
    let waivers = run.standings.iter().filter(|standing| standing.state.is_finding());
    failures.chain(waivers.map(|standing| Told::waiver(run, standing, language))).collect()
}

fn result(told: &Told, ids: &BTreeMap<&str, usize>) -> Map<String, Value> {
    let mut result = Map::new();
    let mut put = |name: &str, value: Value| result.insert(name.to_owned(), value);
    put("ruleId", json!(told.id));
    if let Some(at) = ids.get(told.id.as_str()) {
        put("ruleIndex", json!(at));
    }
    put("level", json!(level(told.volume)));
    put("message", json!({ "text": told.text().trim_end() }));
    put("locations", told.places.iter().map(location).collect());
    if let Some(rule) = &told.rule {
        let mut related = location(rule);
        related["id"] = json!(1);
        related["message"] = json!({ "text": told.id });
        put("relatedLocations", json!([related]));
    }
    result
}

fn suppressions(waiver: Option<&Waiver>, language: Language) -> Value {
    let told = waiver.map(|waiver| {
        json!({
            "kind": "external",
            "status": "accepted",
            "justification": guarding::waived(waiver, language),
            "location": location(&waiver.place),
        })
    });
    told.into_iter().collect()
}

fn location(place: &Place) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&place.file) },
            "region": { "startLine": place.line, "startColumn": place.column },
        },
    })
}

/// A path as SARIF wants it: with slashes, everything else that is no letter, digit or mark of a path in hexadecimal.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path).replace('\\', "/");
    let mut out = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(uri("./ketens/één keten.json"), "ketens/%C3%A9%C3%A9n%20keten.json");
        assert_eq!(uri("a\\b:c#d%.json"), "a/b%3Ac%23d%25.json");
        assert_eq!(uri("/x/y.json"), "file:///x/y.json");
    }
}
