//! Several rulesets at once: which are used, what stands first, and one page for a board.

use super::room::{Ran, ran_with};
use insta::assert_snapshot;
use ketenspiegel::Terminal;
use serde_json::Value;

const BOTH: &str = r#"{
  "ketenspiegel": 1,
  "chain": { "name": "Twee beelden" },
  "answers": {
    "bron": { "groot": "klein", "vertrouwen": 2, "actief": false },
    "buur": { "vertrouwen": 1, "drukte": 4 }
  }
}"#;

fn diagnosed(profile: &str, args: &[&str]) -> Ran {
    asked("diagnose", profile, args)
}

fn asked(verb: &str, profile: &str, args: &[&str]) -> Ran {
    let rulesets = ["bron", "buur", "samen"].map(|name| format!("fixtures/rulesets/{name}"));
    let mut all = vec![verb, "-"];
    rulesets.iter().for_each(|folder| all.extend(["--ruleset", folder.as_str()]));
    all.extend(args);
    ran_with(&all, profile.as_bytes(), &Terminal::default())
}

#[test]
fn what_joins_stands_first_and_holds_the_plan_of_all() {
    assert_snapshot!("joined", diagnosed(BOTH, &[]).seen());
}

#[test]
fn a_page_for_a_board_is_the_screen_of_what_joins() {
    assert_snapshot!("brief", diagnosed(BOTH, &["--brief"]).seen());
    assert_snapshot!("brief-md", diagnosed(BOTH, &["--brief", "--format", "markdown", "--lang", "en"]).seen());
}

#[test]
fn what_one_source_finds_critical_stands_on_the_page_for_a_board() {
    let args = ["diagnose", "fixtures/profiles/vier-spiegels.json", "--brief"];
    let page = ran_with(&args, b"", &Terminal::default()).out;
    let place = |words: &str| page.find(words);
    let critical = place("kritiek · wankel · waarom: ketens-de-baas/top-verlegt-aandacht");
    assert!(critical.is_some() && critical < place("ketenspiegel/losse-vorm-zware-structuur"), "{page}");
    assert!(!page.contains("ketens-de-baas/zonder-ketenmanager"), "what is only major stays with its source: {page}");
}

#[test]
fn what_is_not_answered_is_named_once_and_not_asked_for() {
    let profile = BOTH.replace("\"vertrouwen\": 1, \"drukte\": 4", "\"drukte\": null");
    let ran = diagnosed(&profile, &["--brief"]);
    assert!(ran.out.contains("Niet ingevuld: Buur;"), "{}", ran.out);
    assert!(!ran.out.contains("drukte"), "{}", ran.out);
}

#[test]
fn a_reason_names_another_source_as_a_reader_knows_it() {
    let why = |lang: &str| {
        let args = ["explain", "fixtures/profiles/vier-spiegels.json", "gesprek-eens-zwak", "--lang", lang];
        ran_with(&args, b"", &Terminal::default()).out
    };
    for (lang, said) in [("nl", "gesprek over belangen (uit ADR)"), ("en", "discussion of interests (from ADR)")] {
        let out = why(lang);
        assert!(out.contains(said), "{out}");
        assert!(!out.contains("(uit adr)") && !out.contains("(from adr)"), "{out}");
    }
}

#[test]
fn an_answer_that_serves_two_rulesets_is_one_answer_to_change() {
    let profile = BOTH.replace("\"vertrouwen\": 2, ", "");
    let ran = asked("flip", &profile, &["samen/beide-zwak", "--format", "json"]);
    let found: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let changes = |flip: &Value| -> Vec<String> {
        let all = flip["changes"].as_array().expect("a list");
        all.iter().map(|change| change["id"].as_str().expect("an id").to_owned()).collect()
    };
    let flips: Vec<Vec<String>> = found["flips"].as_array().expect("a list").iter().map(changes).collect();
    assert_eq!(flips, [["buur/vertrouwen"]], "the answer that was given, and it alone");
}

#[test]
fn a_joined_finding_tells_what_it_rests_on_once() {
    let why = |format: &str| {
        let args =
            ["explain", "fixtures/profiles/vier-spiegels.json", "ketenspiegel/doel-eens-zwak", "--format", format];
        ran_with(&args, b"", &Terminal::default()).out
    };
    for format in ["text", "markdown"] {
        let told = why(format);
        assert_eq!(told.matches("/answers/adr/strategie-kiest").count(), 1, "{told}");
        assert!(told.contains("zie hierboven: ambitie/belangen (uit ADR)"), "{told}");
    }
    assert!(why("json").matches("/answers/adr/strategie-kiest").count() > 1, "for machines it is whole");
}

#[test]
fn advice_that_is_the_same_is_told_with_its_names_and_each_place_once() {
    let args = ["diagnose", "fixtures/profiles/vier-spiegels.json", "--format", "markdown"];
    let report = ran_with(&args, b"", &Terminal::default()).out;
    assert!(report.contains("- bron: Ketenspiegel: ADR, §3.6\n"), "{report}");
    assert!(report.contains("Visie en strategie samen concreet maken (ADR)"), "{report}");
}
