//! `compare`: moments, chains and views beside each other.

use super::room::{KLEIN, VOLLEDIG, go_home, ran};
use std::fs;

/// The chain at a later moment.
fn later() -> (tempfile::TempDir, String) {
    go_home();
    let folder = tempfile::tempdir().expect("there is room");
    let text = fs::read_to_string(VOLLEDIG).expect("it is there");
    let text = text
        .replace("2026-01-31", "2027-01-31")
        .replace("\"niemand\"", "\"samen\"")
        .replace("\"ketenregisseur\": \"absent\"", "\"ketenregisseur\": \"working\"")
        .replace("\"bedrijf\": 2", "\"bedrijf\": 5");
    fs::copy(VOLLEDIG, folder.path().join("a.json")).expect("there is room");
    let path = folder.path().join("b.json");
    fs::write(&path, text).expect("there is room");
    let path = path.display().to_string();
    (folder, path)
}

#[test]
fn two_moments_show_what_moved_and_what_was_done() {
    let (_folder, later) = later();
    let run = ran(&["compare", VOLLEDIG, &later, "--ruleset", KLEIN]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    for part in ["▲ omhoog", "2 (zwak)", "− Niemand is van de keten", "nog niet aanwezig → werkt", "31 januari 2027"]
    {
        assert!(run.out.contains(part), "{part}\n{}", run.out);
    }
    let json = ran(&["compare", VOLLEDIG, &later, "--ruleset", KLEIN, "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["format"], "comparison/1");
    assert!(
        ran(&["compare", VOLLEDIG, &later, "--ruleset", KLEIN, "--format", "markdown", "--lang", "en"])
            .out
            .contains("▲ up")
    );
}

#[test]
fn a_folder_gives_a_table_and_a_trend() {
    let (folder, _) = later();
    let run = ran(&["compare", &folder.path().display().to_string(), "--ruleset", KLEIN]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("Verloop: Proefketen (2026-01-31 → 2027-01-31)"), "{}", run.out);
    assert!(run.out.contains("samenwerking: 2 → 3,5"), "{}", run.out);
}

#[test]
fn two_parties_see_the_same_chain() {
    go_home();
    let folder = tempfile::tempdir().expect("there is room");
    let text = fs::read_to_string(VOLLEDIG).expect("it is there");
    let text = text
        .replace("[\"bedrijf\"]", "[\"bedrijf\", \"loket\"]")
        .replace("\"bedrijf\": 2 }", "\"bedrijf\": 2, \"loket\": 5 }");
    let path = folder.path().join("c.json");
    fs::write(&path, text).expect("there is room");
    let path = path.display().to_string();
    let run = ran(&["compare", &path, "--parties", "loket", "bedrijf", "--ruleset", KLEIN]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("Proefketen (Het Loket)") && run.out.contains("▼ omlaag"), "{}", run.out);
    let wrong = ran(&["compare", &path, "--parties", "loket", "bedrij", "--ruleset", KLEIN]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean `bedrijf`"), "{}", wrong.err);
}

#[test]
fn one_profile_stands_alone() {
    assert_eq!(ran(&["compare", VOLLEDIG, "--ruleset", KLEIN]).code, 2);
}
