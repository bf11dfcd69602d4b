//! `check` and `ruleset`: what is wrong, and what there is.

use crate::room::{KLEIN, VOLLEDIG, ran};
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
