//! Gates, waivers and the reports for machines, each read by somebody else's reader.

use super::room::{KLEIN, Ran, VOLLEDIG, go_home, ran, ran_klein};
use crate::house::licences::packages;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn diagnosed(format: &str, more: &[&str]) -> Ran {
    ran_klein(&[&["diagnose", VOLLEDIG, "--format", format], more].concat())
}

/// A file in a folder of its own.
fn file(name: &str, text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join(name);
    fs::write(&path, text).expect("there is room");
    let path = path.display().to_string();
    (folder, path)
}

/// The profile with an edit in it.
fn edited(from: &str, to: &str) -> (tempfile::TempDir, String) {
    go_home();
    let text = fs::read_to_string(VOLLEDIG).expect("it is there");
    assert!(text.contains(from), "{from}");
    file("volledig.json", &text.replace(from, to))
}

/// Where Cargo keeps the sources of a package.
fn package(name: &str) -> PathBuf {
    let packages = packages(Path::new("."));
    let package = packages.iter().find(|package| package["name"] == name).expect("it is a dependency");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    manifest.parent().expect("it stands in a folder").to_owned()
}

/// Holds SARIF against the published schema, which the package `serde-sarif` is made from, and reads it.
fn sarif(text: &str) -> Value {
    let schema = fs::read_to_string(package("serde-sarif").join("src/schema.json")).expect("the schema is there");
    let schema: Value = serde_json::from_str(&schema).expect("it is JSON");
    assert!(schema["title"].as_str().is_some_and(|title| title.contains("(SARIF) Version 2.1.0")));
    let log: Value = serde_json::from_str(text).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let read: Result<serde_sarif::sarif::Sarif, _> = serde_json::from_str(text);
    assert!(read.is_ok(), "{read:?}");
    log
}

#[test]
fn sarif_keeps_to_the_published_schema() {
    let run = diagnosed("sarif", &["--fail-on", "major"]);
    assert_eq!(run.code, 1);
    let log = sarif(&run.out);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("a list");
    let ids: BTreeSet<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(ids.len(), rules.len(), "each rule once");
    assert!(ids.contains("klein/samen-eigenaar"), "silent rules too");
    let results = log["runs"][0]["results"].as_array().expect("a list");
    assert_eq!(results.len(), 2);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(result["level"], "error");
        assert!(!rule["help"]["text"].as_str().expect("text").is_empty());
        let message = result["message"]["text"].as_str().expect("text");
        assert!(message.contains("ketenspiegel explain") && message.contains("--ruleset"), "{message}");
        assert!(result["partialFingerprints"]["ketenspiegel/v1"].as_str().expect("text").len() > 30);
    }
    let owner = results.iter().find(|result| result["ruleId"] == "klein/niemand-eigenaar").expect("it is found");
    let place = &owner["locations"][0]["physicalLocation"];
    let line = fs::read_to_string(VOLLEDIG).expect("it is there");
    let line = line.lines().position(|line| line.contains("\"eigenaar\"")).expect("it is answered") + 1;
    assert_eq!(
        (place["artifactLocation"]["uri"].as_str(), place["region"]["startLine"].as_u64()),
        (Some(VOLLEDIG), Some(line as u64))
    );
    let related = &owner["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(related, "fixtures/rulesets/klein/rules/inrichting.rhai");
}

#[test]
fn a_log_without_findings_says_what_was_looked_at() {
    let (_folder, path) = edited("\"klein\": {\n      \"partners\"", "\"klein\": {}, \"x\": {\n      \"partners\"");
    let text = fs::read_to_string(&path).expect("it is there");
    let end = text.find(", \"x\": {").expect("it was put there");
    let start = text.find("\"bouwstenen\"").expect("it is there");
    fs::write(&path, format!("{} }},\n  {}", &text[..end], &text[start..])).expect("there is room");
    let run = ran(&["diagnose", &path, "--ruleset", KLEIN, "--format", "sarif"]);
    assert_eq!(run.code, 5, "{}", run.err);
    let log = sarif(&run.out);
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
    assert!(!log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("a list").is_empty());
    let told = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(told["level"], "warning");
}

#[test]
fn junit_is_read_by_the_reader_of_nextest() {
    let run = diagnosed("junit", &["--fail-on", "critical"]);
    let report = quick_junit::Report::deserialize_from_str(&run.out).expect("it is JUnit XML");
    assert_eq!((report.tests, report.failures, report.errors), (3, 1, 0));
    let suite = &report.test_suites[0];
    assert_eq!(suite.name.as_str(), VOLLEDIG);
    let case = &suite.test_cases[0];
    assert_eq!(
        (case.name.as_str(), case.classname.as_ref().map(|name| name.as_str())),
        ("samenwerking-zwak", Some("klein"))
    );
    assert!(run.out.contains("message=\"De samenwerking is zwak\""), "{}", run.out);
}

/// What Perl's own reader of TAP makes of it: tests run, failed, accepted as to be done, and mistakes in the text.
fn tap(text: &str) -> String {
    let script = "local $/; my $p = TAP::Parser->new({ tap => scalar <STDIN> }); 1 while $p->next; \
        print join ' ', $p->tests_run, scalar($p->failed), scalar($p->todo), scalar($p->parse_errors);";
    let mut perl = Command::new("perl")
        .args(["-MTAP::Parser", "-e", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("perl is there, as it is wherever Git is");
    perl.stdin.take().expect("it listens").write_all(text.as_bytes()).expect("it reads");
    String::from_utf8(perl.wait_with_output().expect("it ends").stdout).expect("text")
}

#[test]
fn tap_is_read_by_its_own_parser() {
    assert_eq!(tap(&diagnosed("tap", &["--fail-on", "major"]).out), "3 2 0 0");
    assert_eq!(tap(&diagnosed("tap", &[]).out), "3 0 0 0");
}

/// A command of GitHub Actions: its kind, its properties and its message. This follows, step by step, how the runner
/// reads version 2 of its commands (`ActionCommand.TryParseV2` in `actions/runner`): the first `::` after the one that
/// begins the line ends the head, properties are cut at `,` and at their first `=`, empty ones are dropped, and `%25`
/// is the last to be decoded.
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let decoded = |text: &str, codes: &[(&str, &str)]| {
        codes.iter().fold(text.to_owned(), |text, (code, letter)| text.replace(code, letter))
    };
    let value = |text: &str| decoded(text, &[("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]);
    let data = |text: &str| decoded(text, &[("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]);
    let (head, message) =
        line.trim_start().strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("a command");
    let (kind, properties) = head.split_once(' ').expect("with properties");
    assert!(["error", "warning", "notice"].contains(&kind), "{line}");
    let property = |text: &str| text.split_once('=').map(|(name, text)| (name.to_owned(), value(text)));
    let properties: Vec<(String, String)> = properties.trim().split(',').filter_map(property).collect();
    let known = ["file", "line", "col", "title"];
    assert!(properties.iter().map(|(name, _)| name.as_str()).eq(known), "{line}");
    (kind.to_owned(), properties, data(message))
}

#[test]
fn annotations_stand_beside_the_line_that_they_are_about() {
    let run = diagnosed("github", &["--fail-on", "critical"]);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 2);
    let (kind, properties, message) = command(lines[0]);
    assert_eq!(kind, "error");
    assert_eq!(properties[0], ("file".to_owned(), VOLLEDIG.to_owned()));
    assert_eq!(properties[3], ("title".to_owned(), "De samenwerking is zwak (klein/samenwerking-zwak)".to_owned()));
    assert!(message.contains("omdat") && message.contains("ketenspiegel explain"), "{message}");
    assert_eq!(command(lines[1]).0, "warning");
}

#[test]
fn nothing_in_a_profile_breaks_out_of_a_report() {
    let bad = "\\n::error::x ]]> </failure> | # <b> %0A,:";
    let (_folder, path) = edited("Gezegd in drie gesprekken.", bad);
    let named = edited("\"Proefketen\"", &format!("\"{bad}\""));
    for path in [path, named.1] {
        let text =
            |format: &str| ran(&["diagnose", &path, "--ruleset", KLEIN, "--format", format, "--fail-on", "major"]).out;
        sarif(&text("sarif"));
        assert!(quick_junit::Report::deserialize_from_str(&text("junit")).is_ok());
        assert_eq!(tap(&text("tap")), "3 2 0 0");
        text("github").lines().for_each(|line| drop(command(line)));
        assert!(!html(&text("summary")), "{}", text("summary"));
    }
}

/// Whether there is HTML in Markdown.
fn html(text: &str) -> bool {
    use pulldown_cmark::{Event, Options, Parser};
    Parser::new_ext(text, Options::ENABLE_TABLES).any(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
}

#[test]
fn the_summary_tells_a_stranger_what_to_do() {
    let run = diagnosed("summary", &["--fail-on", "major", "--lang", "en"]);
    let text = &run.out;
    for part in [
        "2 points stop this change",
        "fixtures/rulesets/klein/tests/volledig.json:",
        "klein/niemand-eigenaar",
        "`ketenspiegel diagnose fixtures/rulesets/klein/tests/volledig.json --fail-on major:confirmed --ruleset fixtures/rulesets/klein`",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let tables =
        Parser::new_ext(text, Options::ENABLE_TABLES).filter(|event| matches!(event, Event::Start(Tag::Table(_))));
    assert_eq!(tables.count(), 1);
    assert!(run.err.contains("What stops this change"), "{}", run.err);
}

#[test]
fn several_reports_come_out_of_one_run() {
    let folder = tempfile::tempdir().expect("there is room");
    let formats = ["json", "sarif", "junit", "github", "markdown", "tap", "summary", "terminal"];
    let reports: Vec<String> =
        formats.iter().map(|format| format!("{format}:{}", folder.path().join(format).display())).collect();
    let args: Vec<&str> = reports.iter().flat_map(|report| ["--report", report]).collect();
    assert_eq!(diagnosed("terminal", &args).code, 0);
    for format in formats {
        let text = fs::read_to_string(folder.path().join(format)).expect("it was written");
        assert_eq!(text, diagnosed(format, &[]).out, "{format}");
    }
}

#[test]
fn each_gate_has_its_own_exit_code() {
    let code = |more: &[&str]| diagnosed("tap", more).code;
    assert_eq!(code(&["--fail-on", "critical"]), 1);
    assert_eq!(code(&["--fail-below", "samenwerking=2"]), 0);
    assert_eq!(code(&["--fail-below", "samenwerking=2.1"]), 6);
    assert_eq!(code(&["--fail-below", "klein/samenwerking=sterk"]), 6);
    assert_eq!(code(&["--fail-below", "samenwerking=zwak"]), 0);
    assert_eq!(code(&["--fail-incomplete", "50%"]), 0);
    assert_eq!(code(&["--fail-incomplete", "100%"]), 7);
    assert_eq!(code(&["--fail-incomplete", "100%", "--fail-below", "samenwerking=3", "--fail-on", "major"]), 1);
    assert_eq!(code(&["--fail-on-change"]), 4, "never recorded");
    assert_eq!(code(&["--fail-below", "samenwerkin=3"]), 2);
    assert_eq!(code(&["--fail-below", "samenwerking=goed"]), 2);
    let wrong = diagnosed("tap", &["--fail-below", "samenwerkin=3"]);
    assert!(wrong.err.contains("did you mean `samenwerking`"), "{}", wrong.err);
    let wrong = diagnosed("tap", &["--fail-below", "samenwerkin=2.5"]);
    assert!(wrong.err.contains("--fail-below samenwerkin=2.5:"), "as it was written: {}", wrong.err);
    let folder = tempfile::tempdir().expect("there is room");
    assert_eq!(ran(&["diagnose", &folder.path().display().to_string()]).code, 5, "no profile at all");
}

const BY: [&str; 6] = ["--by", "J. de Vries", "--on", "2026-02-01", "--why", "De minister beslist in mei"];

#[test]
fn a_waiver_covers_a_finding_until_something_changes() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("waivers.toml").display().to_string();
    let waive = |id: &str| {
        let more = ["--until", "2026-06-30", "--to", &path];
        ran_klein(&[&["waive", VOLLEDIG, id], BY.as_slice(), &more].concat())
    };
    assert_eq!(waive("samenwerking-zwak").code, 0);
    let gate = |profile: &str, today: &str, format: &str| {
        ran_klein(&[
            "diagnose",
            profile,
            "--fail-on",
            "major",
            "--waivers",
            &path,
            "--today",
            today,
            "--format",
            format,
        ])
    };
    assert_eq!(gate(VOLLEDIG, "2026-03-01", "tap").code, 1, "one of two is accepted");
    assert_eq!(waive("klein/niemand-eigenaar").code, 0);
    let held = gate(VOLLEDIG, "2026-03-01", "tap");
    assert_eq!((held.code, tap(&held.out).as_str()), (0, "3 0 2 0"));
    let log = sarif(&gate(VOLLEDIG, "2026-03-01", "sarif").out);
    assert!(
        log["runs"][0]["results"][0]["suppressions"][0]["justification"]
            .as_str()
            .expect("text")
            .contains("J. de Vries")
    );
    let junit = quick_junit::Report::deserialize_from_str(&gate(VOLLEDIG, "2026-03-01", "junit").out).expect("JUnit");
    assert_eq!(junit.failures, 0);
    // The day after, it counts again, and the waiver itself is a finding.
    let expired = gate(VOLLEDIG, "2026-07-01", "github");
    assert_eq!(expired.code, 1);
    assert!(expired.out.contains("Ontheffing verlopen op 30 juni 2026"), "{}", expired.out);
    // Another answer is another finding.
    let (_folder, other) = edited("\"bedrijf\": 2 } }", "\"bedrijf\": 1 } }");
    let changed = gate(&other, "2026-03-01", "github");
    assert_eq!(changed.code, 1);
    assert!(changed.out.contains("rust op andere antwoorden"), "{}", changed.out);
    // What is gone needs no waiver.
    let (_folder, solved) = edited("\"niemand\"", "\"samen\"");
    let solved = gate(&solved, "2026-03-01", "summary");
    assert!(solved.out.contains("Ontheffing niet meer nodig"), "{}", solved.out);
    assert_eq!(
        ran_klein(&["diagnose", VOLLEDIG, "--fail-on", "minor", "--waivers", &path, "--today", "2026-03-01"]).code,
        0
    );
}

#[test]
fn only_what_is_found_can_be_accepted() {
    let run = ran_klein(&[&["waive", VOLLEDIG, "samenwerkin-zwak", "--until", "2026-06-30"], BY.as_slice()].concat());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("did you mean `samenwerking-zwak`"), "{}", run.err);
}

#[test]
fn a_baseline_covers_what_stood_there_and_says_why() {
    let baseline = ran_klein(&[&["baseline", VOLLEDIG], BY.as_slice()].concat());
    assert_eq!((baseline.code, baseline.out.matches("[[baseline]]").count()), (0, 2), "{}", baseline.err);
    let (_folder, path) = file("baseline.toml", &baseline.out);
    let gate = |profile: &str, format: &str| {
        ran_klein(&[
            "diagnose",
            profile,
            "--fail-on",
            "minor",
            "--baseline",
            &path,
            "--today",
            "2027-01-01",
            "--format",
            format,
        ])
    };
    assert_eq!(gate(VOLLEDIG, "tap").code, 0);
    let told = gate(VOLLEDIG, "summary").out;
    assert!(told.contains("dezelfde keten, dezelfde regel, dezelfde antwoorden"), "{told}");
    let log = sarif(&gate(VOLLEDIG, "sarif").out);
    assert_eq!(log["runs"][0]["results"][0]["baselineState"], "unchanged");
    let (_folder, other) = edited("\"bedrijf\": 2 } }", "\"bedrijf\": 1 } }");
    assert_eq!(gate(&other, "tap").code, 1, "it absorbs nothing new");
}
