//! A fingerprint stays as long as a conclusion is the same, and changes when anything that it rests on does.

use ketenspiegel_engine::assessment::Assessment;
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::ruleset::{Library, RulesetFiles};
use ketenspiegel_engine::source::Sources;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A replacement of text in one of the files.
type Edit<'a> = (&'a str, &'a str, &'a str);

fn klein() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/rulesets/klein");
    let text = |name: &str| fs::read_to_string(folder.join(name)).expect("it is there");
    let files = ["ruleset.toml", "questions.toml", "aspects.toml", "bouwstenen.toml", "nl.toml", "en.toml"];
    let rules = ["rules/inrichting.rhai", "rules/samenwerking.rhai", "tests/volledig.json"];
    files.into_iter().chain(rules).map(|name| (name.to_owned(), text(name))).collect()
}

fn assessed(edits: &[Edit<'_>]) -> Assessment {
    let mut files = klein();
    for (name, from, to) in edits {
        let text = files.get_mut(*name).expect("the ruleset has this file");
        assert!(text.contains(from), "{name} has {from}");
        *text = text.replace(from, to);
    }
    let profile = files.remove("tests/volledig.json").expect("it is there");
    let files = files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    let files = RulesetFiles { name: "klein".to_owned(), files, ..RulesetFiles::default() };
    let (mut sources, mut problems) = (Sources::new(), Problems::new());
    let library = Library::load(&[files], &mut sources, &mut problems);
    let profile = Profile::read("p.json", profile.as_bytes(), &mut sources, &mut problems);
    let (library, profile) = library.zip(profile).unwrap_or_else(|| panic!("{problems:?}"));
    assess(&library, &profile, &sources, "nl", &mut problems).unwrap_or_else(|| panic!("{problems:?}"))
}

/// The marks of `samenwerking-zwak`: of the chain, the rule and the answers.
fn marks(edits: &[Edit<'_>]) -> [String; 3] {
    let assessment = assessed(edits);
    let found = assessment.rulesets[0].diagnoses.iter().find(|found| found.id == "samenwerking-zwak");
    let marks: Vec<String> = found.expect("it speaks").fingerprint.split('-').map(str::to_owned).collect();
    marks.try_into().expect("three marks")
}

/// Which of the three marks an edit changes.
fn changes(edits: &[Edit<'_>]) -> [bool; 3] {
    let (before, after) = (marks(&[]), marks(edits));
    [0, 1, 2].map(|at| before[at] != after[at])
}

/// A fingerprint stands in waivers and in code scanning for years: when how it is made changes, every waiver ends. So
/// one is written down here; let it change only on purpose, and say so in the changelog.
#[test]
fn it_is_made_as_it_was_before() {
    assert_eq!(marks(&[]).join("-"), "e36a85277516-072f95f778b6-c2d35be033ce");
}

#[test]
fn what_does_not_matter_leaves_it() {
    for edit in [
        ("nl.toml", "De samenwerking is zwak", "Er wordt slecht samengewerkt"),
        ("tests/volledig.json", "\"partners\": 6", "\"partners\": 9"),
        ("tests/volledig.json", "2026-01-31", "2027-01-31"),
        ("tests/volledig.json", "\"vertrouwen\": { \"value\": 2", "\"vertrouwen\": { \"note\": \"x\", \"value\": 2"),
        ("ruleset.toml", "1.0.0", "1.1.0"),
        ("ruleset.toml", "Ours: invented", "Still ours: invented"),
        ("rules/inrichting.rhai", "// Who owns", "fn f() { 1 } // Who owns"),
        ("rules/inrichting.rhai", "answer(\"partners\") >= 3", "answer(\"partners\") >= 4"),
        (
            "questions.toml",
            "[[question]]\nid = \"partners\"",
            "[[question]]\nid = \"eerste\"\nkind = \"yes-no\"\nsource = \"x\"\n\n[[question]]\nid = \"partners\"",
        ),
    ] {
        let texts = [
            ("nl.toml", "[question.partners]", "[question.eerste]\nask = \"a\"\nshort = \"a\"\n\n[question.partners]"),
            ("en.toml", "[question.partners]", "[question.eerste]\nask = \"a\"\nshort = \"a\"\n\n[question.partners]"),
        ];
        let texts: &[Edit<'_>] = if edit.0 == "questions.toml" { &texts } else { &[] };
        assert_eq!(changes(&[&[edit], texts].concat()), [false; 3], "{edit:?}");
    }
}

#[test]
fn each_mark_tells_what_moved() {
    for edit in [
        ("ruleset.toml", "value = 2.5", "value = 2.6"),
        ("rules/samenwerking.rhai", "severity: \"critical\"", "severity: \"major\""),
        ("rules/samenwerking.rhai", ">= 0.5", ">= 0.4"),
        ("aspects.toml", "combine = \"mean\"", "combine = \"min\""),
        ("aspects.toml", "below = 2.5", "below = 2.4"),
        ("aspects.toml", "clamp = \"target\"\n", ""),
    ] {
        let changed = changes(&[edit]);
        assert!(!changed[0] && changed[1], "{edit:?}: {changed:?}");
    }
    let answer = ("tests/volledig.json", "\"bedrijf\": 2 } }", "\"bedrijf\": 1 } }");
    assert_eq!(changes(&[answer]), [false, false, true]);
    let silence = ("tests/volledig.json", "{ \"value\": 2, \"importance\": 3 }", "\"unknown\"");
    assert_eq!(changes(&[silence]), [false, false, true]);
    let target = ("tests/volledig.json", "\"samenwerking\": 4", "\"samenwerking\": 5");
    assert_eq!(changes(&[target]), [false, false, true]);
    let chain = ("tests/volledig.json", "\"Proefketen\"", "\"Andere keten\"");
    assert_eq!(changes(&[chain]), [true, false, false]);
}

#[test]
fn every_rule_speaks_or_is_named_as_silent() {
    let ruleset = &assessed(&[]).rulesets[0];
    let spoken: Vec<&str> = ruleset.diagnoses.iter().map(|found| found.id.as_str()).collect();
    let silent: Vec<&str> = ruleset.silent.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!((spoken, silent), (vec!["samenwerking-zwak", "niemand-eigenaar"], vec!["samen-eigenaar"]));
}
