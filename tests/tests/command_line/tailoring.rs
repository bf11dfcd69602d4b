//! A ruleset that extends another, from the command line: how it takes its place, and what a report says of it.

use super::room::{KLEIN, go_home, ran};
use insta::{assert_snapshot, with_settings};
use serde_json::Value;

const OP_MAAT: &str = "fixtures/rulesets/op-maat";
const ONDER_KLEIN: &str = "fixtures/rulesets/op-maat/tests/onder-klein.json";
const GEMEENTE: &str = "fixtures/rulesets/kdb-gemeente";
const LOONAANGIFTE: &str = "fixtures/profiles/loonaangifteketen-2007.json";

/// Runs with the tailored ruleset, and with what it extends beside it to be found.
fn ran_tailored(args: &[&str]) -> String {
    let ran = ran(&[args, &["--ruleset", OP_MAAT, "--ruleset", KLEIN]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.is_empty(), "{}", ran.err);
    ran.out
}

#[test]
fn every_report_says_what_is_tailored_by_whom_and_why() {
    with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/tailoring" }, {
        assert_snapshot!("brief", ran_tailored(&["diagnose", ONDER_KLEIN, "--brief"]));
        assert_snapshot!("brief-en", ran_tailored(&["diagnose", ONDER_KLEIN, "--brief", "--lang", "en"]));
        assert_snapshot!("markdown", ran_tailored(&["diagnose", ONDER_KLEIN, "--format", "markdown"]));
    });
    let json: Value =
        serde_json::from_str(&ran_tailored(&["diagnose", ONDER_KLEIN, "--format", "json"])).expect("JSON");
    let rulesets = json["rulesets"].as_array().expect("a list");
    let ids: Vec<&str> = rulesets.iter().filter_map(|ruleset| ruleset["id"].as_str()).collect();
    assert_eq!(ids, ["op-maat"], "it takes the place of what it extends");
    let tailoring = &rulesets[0]["tailoring"][0];
    assert_eq!((&tailoring["by"], &tailoring["of"]), (&"op-maat".into(), &"klein".into()));
    let changes = tailoring["changes"].as_array().expect("a list");
    let first = &changes[0];
    assert_eq!((&first["how"], &first["at"]), (&"disabled".into(), &"rule/samen-eigenaar".into()));
    assert_eq!(first["title"], "De partners zijn samen van de keten");
    assert_eq!(first["reason"], "Nobody owns our chain, and that is as we want it.");
    assert!(changes.iter().any(|change| change["how"] == "added" && change["at"] == "question/afspraken"));
}

#[test]
fn a_built_in_ruleset_is_tailored_and_its_profiles_are_read() {
    let answered = |id: &str, args: &[&str]| {
        let ran = ran(&[&["diagnose", LOONAANGIFTE, "--format", "json"], args].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let json: Value = serde_json::from_str(&ran.out).expect("JSON");
        let rulesets = json["rulesets"].as_array().expect("a list");
        let ids: Vec<&str> = rulesets.iter().filter_map(|ruleset| ruleset["id"].as_str()).collect();
        assert!(ids.contains(&id), "{ids:?}");
        assert_eq!(
            ids.iter().filter(|id| id.starts_with("k") && id.contains("-")).count(),
            1,
            "one of the two: {ids:?}"
        );
        let ours = rulesets.iter().find(|ruleset| ruleset["id"] == id).expect("it is there");
        ours["completeness"]["answered"].as_u64()
    };
    let base = answered("ketens-de-baas", &[]);
    assert!(base > Some(0));
    assert_eq!(answered("kdb-gemeente", &["--ruleset", GEMEENTE]), base, "what is said to what it extends counts");
}

#[test]
fn a_stored_assessment_is_made_again_and_says_what_moved() {
    let folder = tempfile::tempdir().expect("there is room");
    let base = folder.path().join("klein");
    go_home();
    std::fs::create_dir(&base).expect("there is room");
    super::checking::copy(std::path::Path::new(KLEIN), &base);
    let with = ["--ruleset", OP_MAAT, "--ruleset", base.to_str().expect("text")];
    let stored = folder.path().join("stored.json");
    let file = stored.to_str().expect("text");
    let made = ran(&[&["diagnose", ONDER_KLEIN, "--report", &format!("json:{file}")][..], &with].concat());
    assert_eq!(made.code, 0, "{}", made.err);
    let verify = || ran(&[&["verify", file][..], &with].concat());
    assert!(verify().out.contains("equal"), "{}", verify().out);
    let questions = base.join("questions.toml");
    let text = std::fs::read_to_string(&questions).expect("it is there").replace("max = 50", "max = 60");
    std::fs::write(&questions, text).expect("there is room");
    let told = verify().out;
    assert!(told.contains("moved") && told.contains("op-maat"), "the base moved, so this did: {told}");
}
