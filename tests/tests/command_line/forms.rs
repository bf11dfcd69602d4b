//! `form`: an empty profile can be read as it is, and a questionnaire asks everything.

use super::room::{KLEIN, ran, ran_klein};
use insta::{assert_snapshot, with_settings};
use std::fs;

#[test]
fn forms_of_the_small_ruleset() {
    for (name, args) in [
        ("leeg.toml", ["--format", "toml", "--lang", "nl"]),
        ("leeg.json", ["--format", "json", "--lang", "nl"]),
        ("vragenlijst.md", ["--format", "markdown", "--lang", "nl"]),
        ("questionnaire.md", ["--format", "markdown", "--lang", "en"]),
    ] {
        let ran = ran(&[&["form", KLEIN], &args[..]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/forms" }, {
            assert_snapshot!(name, ran.out);
        });
    }
}

#[test]
fn an_empty_profile_is_right_and_says_nothing() {
    let folder = tempfile::tempdir().expect("there is room");
    for (ruleset, format) in [(KLEIN, "json"), (KLEIN, "toml"), ("ketens-de-baas", "json"), ("ketens-de-baas", "toml")]
    {
        let path = folder.path().join(format!("leeg.{format}")).display().to_string();
        fs::write(&path, ran(&["form", ruleset, "--format", format]).out).expect("there is room");
        let checked = ran_klein(&["check", &path]);
        assert_eq!((checked.code, checked.out.as_str()), (0, "1 profile: no problems\n"), "{ruleset} {format}");
        let diagnosed = ran(&["diagnose", &path, "--ruleset", ruleset]);
        assert_eq!(diagnosed.code, 5, "{ruleset} {format}");
        assert_eq!(
            diagnosed.err,
            format!("warning[K0906]: {path} answers no question, so nothing was evaluated\n\n1 warning\n")
        );
    }
}

#[test]
fn a_form_is_filled_in_by_taking_the_hashes_away() {
    let empty = ran(&["form", KLEIN]).out;
    let filled = empty
        .replace("name = \"\" #", "name = \"Proefketen\" #")
        .replace(
            "\n#[[chain.parties]]\n#id = \"\"\n#name = \"\"",
            "\n[[chain.parties]]\nid = \"bedrijf\"\nname = \"Het Bedrijf\"",
        )
        .replace("klant = []", "klant = [\"bedrijf\"]")
        .replace("\n#partners = ", "\npartners = 6")
        .replace("\n#eigenaar = ", "\neigenaar = \"niemand\"")
        .replace("\n#overleg = ", "\noverleg = true")
        .replace("\n#overleg-vorm = ", "\noverleg-vorm = { not-applicable = \"nog niet\" }")
        .replace("\n#vertrouwen = { value = , importance = }", "\nvertrouwen = { value = 2, importance = 3 }")
        .replace("\n#klant-tevreden = { by = { PARTIJ = , PARTIJ = } }", "\nklant-tevreden = { by = { bedrijf = 2 } }")
        .replace("\n#kanalen = ", "\nkanalen = [\"web\"]")
        .replace("\n#verhaal = ", "\nverhaal = \"Het loopt.\"")
        .replace("\n#ketenoverleg = ", "\nketenoverleg = \"started\"")
        .replace("\n#samenwerking = ", "\nsamenwerking = 4 ");
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("vol.toml").display().to_string();
    fs::write(&path, filled).expect("there is room");
    let ran = ran_klein(&["diagnose", &path, "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let assessment: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let counts = &assessment["rulesets"][0]["completeness"];
    assert_eq!((&counts["answered"], &counts["total"]), (&7.into(), &8.into()), "all but what does not apply");
}

#[test]
fn every_question_stands_in_every_form() {
    let asked: serde_json::Value = serde_json::from_str(&ran(&["form", "--format", "json"]).out).expect("it is JSON");
    let toml = ran(&["form", "--format", "toml", "--lang", "en"]).out;
    let markdown = ran(&["form", "--format", "markdown"]).out;
    for (ruleset, questions) in asked["answers"].as_object().expect("rulesets") {
        let questions = questions.as_object().expect("questions");
        assert!(questions.keys().all(|id| toml.contains(&format!("\n#{id} ="))), "{ruleset}");
        let numbered = (1..=questions.len()).all(|number| markdown.contains(&format!("\n**{number}. ")));
        assert!(numbered, "{ruleset}");
    }
}
