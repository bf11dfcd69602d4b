//! `check` and `ruleset`: what is wrong, and what there is.

use super::room::{KLEIN, VOLLEDIG, names, ran};
use insta::{assert_snapshot, with_settings};
use std::fs;

#[test]
fn what_is_right_is_said_to_be() {
    assert_snapshot!(ran(&["check", KLEIN, VOLLEDIG, "rulesets/ketens-de-baas"]).seen(), @r#"
        exit 0
        ── out ──
        2 rulesets and 1 profile: no problems
        "#);
}

#[test]
fn problems_for_machines() {
    let ran = ran(&["check", "fixtures/bad/unknown-option.json", "--ruleset", KLEIN, "--format", "json"]);
    assert_snapshot!(ran.seen(), @r#"
        exit 3
        ── out ──
        {
          "format": "check/1",
          "checked": [
            "fixtures/bad/unknown-option.json"
          ],
          "problems": [
            {
              "code": "K0207",
              "title": "an unknown option",
              "gravity": "error",
              "message": "`eigenaar` has no option `nieman`",
              "place": {
                "file": "fixtures/bad/unknown-option.json",
                "line": 6,
                "column": 19,
                "end-line": 6,
                "end-column": 27
              },
              "label": "",
              "also": [],
              "help": [
                "did you mean `niemand`?"
              ]
            },
            {
              "code": "K0207",
              "title": "an unknown option",
              "gravity": "error",
              "message": "`kanalen` has no option `fax`",
              "place": {
                "file": "fixtures/bad/unknown-option.json",
                "line": 7,
                "column": 28,
                "end-line": 7,
                "end-column": 33
              },
              "label": "",
              "also": [],
              "help": [
                "known are: balie, telefoon, web"
              ]
            }
          ]
        }
        "#);
}

#[test]
fn a_ruleset_and_a_profile_are_looked_at_together() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("ruleset.toml"), "format = 1\nid = \"half\"\nversio = \"1.0.0\"\n").expect("there is room");
    let ran = ran(&["check", &folder.path().display().to_string(), "fixtures/bad/empty.json"]);
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("versio") && ran.out.contains("empty.json"), "{}", ran.out);
    assert!(ran.out.ends_with("1 ruleset and 1 profile checked\n"), "{}", ran.out);
}

#[test]
fn what_is_in_a_ruleset() {
    with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/rulesets" }, {
        assert_snapshot!("klein", ran(&["ruleset", "show", KLEIN]).seen());
        assert_snapshot!("klein-en", ran(&["ruleset", "show", KLEIN, "--lang", "en"]).seen());
    });
    let listed = ran(&["ruleset", "list", "--ruleset", KLEIN]);
    assert_eq!(listed.code, 0);
    for id in ketenspiegel_rulesets::ids().chain(["klein"]) {
        assert!(listed.out.lines().any(|line| line.starts_with(&format!("{id}  "))), "{id}: {}", listed.out);
    }
}

#[test]
fn a_ruleset_is_held_against_its_cases() {
    assert_snapshot!(ran(&["ruleset", "test", KLEIN]).seen(), @r#"
        exit 0
        ── out ──
        klein: 2 cases, all hold
        2 passed, 0 failed
        "#);
    let folder = tempfile::tempdir().expect("there is room");
    copy(std::path::Path::new(KLEIN), folder.path());
    let path = folder.path().join("tests/inrichting.toml");
    let cases = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, cases.replace("= \"los-zand\"", "= \"keten\"").replace("samenwerking = 2", "samenwerking = 3"))
        .expect("there is room");
    let ran = ran(&["ruleset", "test", &folder.path().display().to_string()]);
    assert_snapshot!(ran.seen().replace(&folder.path().display().to_string(), "[folder]"), @r#"
        exit 4
        ── out ──
        [folder]/tests/inrichting.toml:2: niemand is van de keten
            typing vorm: expected keten, found los-zand
        [folder]/tests/inrichting.toml:10: alles beantwoord
            score of samenwerking: expected 3, found 2
        klein: 2 cases, 2 differ
        0 passed, 2 failed
        "#);
}

/// Copies a folder with everything in it.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    for name in names(from) {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            fs::create_dir(&to).expect("there is room");
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("there is room");
        }
    }
}

#[test]
fn a_ruleset_that_proves_nothing_is_told() {
    let exit = |args: &[&str]| ran(&[&["ruleset", "test", KLEIN], args].concat()).code;
    assert_eq!(exit(&["--case", "niemand"]), 0);
    assert_eq!(exit(&["--case", "nergens"]), 5);
}
