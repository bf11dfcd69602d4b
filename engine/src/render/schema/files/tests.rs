//! The schemas against what is read: each field that a reader asks for is described, and no other.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may stop")]

use super::RulesetFile;
use crate::cases;
use crate::problem::Problems;
use crate::ruleset::{Library, RulesetFiles};
use crate::source::Sources;
use crate::source::fields::asked;
use crate::waivers::Waivers;
use serde_json::Value;
use std::collections::BTreeSet;

/// A ruleset that goes by every reader of a file once.
const FILES: [(&str, &str); 8] = [
    (
        "ruleset.toml",
        r#"
format = 1
id = "proef"
version = "1.0.0"
engine = ">=0.1"
languages = ["nl"]
licence = "EUPL-1.2"
[[source]]
id = "p"
title = "P"
[requires]
ander = "*"
[[role]]
id = "klant"
[parameter.x]
value = 1
reason = "r"
[ranking]
reason = "r"
[[allow]]
code = "K0605"
at = "rule/r"
reason = "r"
[reading]
reason = "r"
"#,
    ),
    (
        "questions.toml",
        r#"
[[scale]]
id = "s"
values = [1, 2]
[[question]]
id = "a"
kind = "scale"
scale = "s"
source = "P"
same-as = { question = "ander/a" }
[[question]]
id = "b"
kind = "choice"
options = [{ id = "x", value = 1 }, "y"]
source = "P"
[[question]]
id = "c"
kind = "number"
min = 0
max = 1
source = "P"
"#,
    ),
    (
        "aspects.toml",
        r#"
[[aspect]]
id = "w"
combine = "weighted-mean"
children = ["a"]
source = "P"
cut-offs = [{ level = "laag", below = 1 }, { level = "hoog" }]
[[aspect]]
id = "l"
combine = "ladder"
source = "P"
[[aspect.step]]
level = "een"
[[aspect]]
id = "m"
combine = "best-match"
measure = "count"
tie = "lowest"
source = "P"
[[aspect.portrait]]
level = "een"
traits = [{ id = "t", when = 'answer("a") == 1', source = "P" }]
[[aspect.portrait]]
level = "twee"
builds-on = "een"
at-least = 0.5
traits = []
"#,
    ),
    (
        "bouwstenen.toml",
        r#"
[[bouwsteen]]
id = "b1"
source = "P"
contributes = [{ aspect = "w", weight = "dominant", source = "P" }]
fits = [{ id = "f", when = 'answer("a") == 1', source = "P" }]
risks = [{ id = "r", source = "P" }]
effort = { started = 1, working = 1, anchored = 1, reason = "r" }
effects = [{ question = "a", at-least = 2, from = "working", reason = "r" }]
[[step]]
id = "s1"
source = "P"
effort = { done = 1, reason = "r" }
effects = [{ question = "a", at-least = 2, reason = "r" }]
"#,
    ),
    (
        "links.toml",
        r#"
[[same]]
questions = ["ander/a", "proef/a"]
source = "P"
[[informs]]
question = "ander/a"
at = ["proef/a"]
source = "P"
"#,
    ),
    ("tables/t.toml", "[[row]]\nid = \"r\"\nsource = \"P\"\n"),
    ("nl.toml", "[ruleset]\ntitle = \"P\"\n"),
    ("rules/a.rhai", ""),
];

/// What readers call a table, and the tables of which schemas describe it.
const TABLES: [(&str, RulesetFile, &[&str]); 35] = [
    ("a ruleset's manifest", RulesetFile::Manifest, &[""]),
    ("a source", RulesetFile::Manifest, &["Source"]),
    ("a role", RulesetFile::Manifest, &["Role"]),
    ("the parameter", RulesetFile::Manifest, &["Parameter"]),
    ("the ranking", RulesetFile::Manifest, &["Ranking"]),
    ("an allowance", RulesetFile::Manifest, &["Allow"]),
    ("how hard texts may be", RulesetFile::Manifest, &["Reading"]),
    ("questions.toml", RulesetFile::Questions, &[""]),
    ("a scale", RulesetFile::Questions, &["Scale"]),
    ("a question", RulesetFile::Questions, &["Question"]),
    ("an option", RulesetFile::Questions, &["ValuedOption"]),
    ("`same-as`", RulesetFile::Questions, &["SameAs"]),
    ("aspects.toml", RulesetFile::Aspects, &[""]),
    ("an aspect", RulesetFile::Aspects, &["Aspect"]),
    ("a cut-off", RulesetFile::Aspects, &["CutOff"]),
    ("a step of a ladder", RulesetFile::Aspects, &["Step"]),
    ("a portrait", RulesetFile::Aspects, &["Portrait"]),
    ("a trait", RulesetFile::Aspects, &["Trait"]),
    ("bouwstenen.toml", RulesetFile::Bouwstenen, &[""]),
    ("a bouwsteen", RulesetFile::Bouwstenen, &["Bouwsteen"]),
    ("a step", RulesetFile::Bouwstenen, &["ActionStep"]),
    ("a contribution", RulesetFile::Bouwstenen, &["Contribution"]),
    ("a `fits` condition", RulesetFile::Bouwstenen, &["Fit"]),
    ("a risk", RulesetFile::Bouwstenen, &["Risk"]),
    ("an effort", RulesetFile::Bouwstenen, &["Effort", "StepEffort"]),
    ("an effect", RulesetFile::Bouwstenen, &["Effect", "StepEffect"]),
    ("links.toml", RulesetFile::Links, &[""]),
    ("a link", RulesetFile::Links, &["Same", "Informs"]),
    ("tailoring.toml", RulesetFile::Tailoring, &[""]),
    ("what is disabled", RulesetFile::Tailoring, &["Disable"]),
    ("a change", RulesetFile::Tailoring, &["Change"]),
    ("a table file", RulesetFile::Table, &[""]),
    ("a file of cases", RulesetFile::Cases, &[""]),
    ("a case", RulesetFile::Cases, &["Case"]),
    ("`expect`", RulesetFile::Cases, &["Expect"]),
];

/// The names of the fields that a schema describes of some tables.
fn described(file: RulesetFile, tables: &[&str]) -> BTreeSet<String> {
    let schema = file.schema();
    let mut names = BTreeSet::new();
    for table in tables {
        let pointer = if table.is_empty() { String::new() } else { format!("/definitions/{table}") };
        let found = schema.pointer(&format!("{pointer}/properties")).and_then(Value::as_object);
        names.extend(found.unwrap_or_else(|| panic!("{file:?} describes {table}")).keys().cloned());
    }
    names
}

fn read() -> asked::Asked {
    let (mut sources, mut problems) = (Sources::new(), Problems::new());
    asked::take();
    let mut files = RulesetFiles { name: "proef".to_owned(), ..RulesetFiles::default() };
    files.files = FILES.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let _ = Library::load(std::slice::from_ref(&files), &mut sources, &mut problems);
    // for cases a ruleset is needed that can be loaded
    let keep = ["ruleset.toml", "nl.toml"];
    let mut small = RulesetFiles { name: "proef".to_owned(), ..RulesetFiles::default() };
    for (path, text) in FILES.iter().filter(|(path, _)| keep.contains(path)) {
        let text = text.split("[requires]").next().unwrap_or_default();
        small.files.insert((*path).to_owned(), text.as_bytes().to_vec());
    }
    let case = "[[case]]\nname = \"x\"\nsnapshot = true\nexpect.others = true\n";
    small.files.insert("tests/a.toml".to_owned(), case.as_bytes().to_vec());
    let library = Library::load(std::slice::from_ref(&small), &mut sources, &mut Problems::new()).expect("it loads");
    let manifest = "format = 1\nid = \"maat\"\n[extends]\nproef = \"*\"\n";
    let changes = "[[disable]]\nat = \"rule/x\"\n[[change]]\nat = \"aspect/x\"\n";
    let files = [("ruleset.toml", manifest), ("tailoring.toml", changes)];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
    let _ = Library::load(
        &[small.clone(), RulesetFiles { name: "maat".to_owned(), files, ..RulesetFiles::default() }],
        &mut sources,
        &mut problems,
    );
    cases::read(&library, 0, &small, &mut sources, &mut problems);
    let waivers = "waivers = 1\n[[waiver]]\nrule = \"r\"\n[[baseline]]\nrule = \"r\"\n";
    let _ = Waivers::read("waivers.toml", waivers.as_bytes(), &mut sources, &mut problems);
    asked::take()
}

#[test]
fn every_field_that_is_read_is_described_and_no_other() {
    let asked = read();
    for (what, file, tables) in TABLES {
        assert_eq!(Some(&described(file, tables)), asked.get(what), "{what}: see engine/src/render/schema/files");
    }
    for (what, table) in [("a waiver", "Waiver"), ("a finding of a baseline", "Baseline")] {
        assert_eq!(Some(&described(RulesetFile::Waivers, &[table])), asked.get(what), "{what}");
    }
    let known: BTreeSet<&str> = TABLES.iter().map(|(what, ..)| *what).collect();
    let beside = ["a file of waivers", "a waiver", "a finding of a baseline"];
    let others = asked.keys().map(String::as_str).filter(|what| !known.contains(what) && !beside.contains(what));
    assert_eq!(others.collect::<Vec<_>>(), [""; 0], "these are read, and no schema describes them");
}

#[test]
fn everything_is_described_in_words_and_nothing_may_be_null() {
    for file in RulesetFile::ALL {
        let schema = file.schema();
        assert!(!schema.to_string().contains("\"null\""), "{file:?}");
        let roots = schema.pointer("/definitions").and_then(Value::as_object).into_iter().flatten().map(|(_, one)| one);
        for table in roots.chain([&schema]) {
            for (name, field) in table.get("properties").and_then(Value::as_object).into_iter().flatten() {
                let about = field.get("description").and_then(Value::as_str).unwrap_or_default();
                assert!(about.len() > 3, "{file:?}: {name} says nothing");
            }
        }
    }
}
