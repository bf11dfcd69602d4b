//! Several rulesets at once: which are used, what stands first, and one page for a board.

use super::room::{Ran, ran_with};
use insta::assert_snapshot;
use ketenspiegel::Terminal;

const BOTH: &str = r#"{
  "ketenspiegel": 1,
  "chain": { "name": "Twee beelden" },
  "answers": {
    "bron": { "groot": "klein", "vertrouwen": 2, "actief": false },
    "buur": { "vertrouwen": 1, "drukte": 4 }
  }
}"#;

fn diagnosed(profile: &str, args: &[&str]) -> Ran {
    let rulesets = ["bron", "buur", "samen"].map(|name| format!("fixtures/rulesets/{name}"));
    let mut all = vec!["diagnose", "-"];
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
fn what_is_not_answered_is_named_once_and_not_asked_for() {
    let profile = BOTH.replace("\"vertrouwen\": 1, \"drukte\": 4", "\"drukte\": null");
    let ran = diagnosed(&profile, &["--brief"]);
    assert!(ran.out.contains("Niet ingevuld: Buur 1.0.0"), "{}", ran.out);
    assert!(!ran.out.contains("drukte"), "{}", ran.out);
}
