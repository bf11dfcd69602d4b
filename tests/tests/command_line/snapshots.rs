//! `snapshot` and `verify`: advice that is recorded, and made again.

use super::room::{KLEIN, Ran, VOLLEDIG, go_home, names, ran, ran_with};
use ketenspiegel::Terminal;
use std::fs;
use std::path::Path;

const BY: [&str; 4] = ["--by", "J. de Vries", "--on", "2026-02-01"];

/// A folder with a profile and the ruleset `klein`.
fn place() -> tempfile::TempDir {
    go_home();
    let folder = tempfile::tempdir().expect("there is room");
    fs::copy(VOLLEDIG, folder.path().join("keten.json")).expect("it is there");
    folder
}

fn snapshot(verb: &str, folder: &Path, more: &[&str]) -> Ran {
    let path = folder.display().to_string();
    ran(&[&["snapshot", verb, &path, "--ruleset", KLEIN], more].concat())
}

fn accept(folder: &Path, why: &str) -> Ran {
    snapshot("accept", folder, &[BY.as_slice(), &["--why", why]].concat())
}

fn edit(folder: &Path, from: &str, to: &str) {
    let path = folder.join("keten.json");
    let text = fs::read_to_string(&path).expect("it is there");
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).expect("there is room");
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("it is there")
}

#[test]
fn what_is_accepted_is_held_until_it_changes() {
    let folder = place();
    let folder = folder.path();
    assert_eq!(snapshot("check", folder, &[]).code, 4, "not recorded yet");
    assert_eq!(names(folder), ["keten.json"], "a check writes nothing");
    assert_eq!(accept(folder, "Nulmeting").code, 0);
    assert_eq!(names(folder), ["advice-changelog.md", "keten.json", "keten.snapshot.json"]);
    let same = snapshot("check", folder, &[]);
    assert_eq!((same.code, same.err.as_str()), (0, ""));
    assert!(same.out.ends_with("keten.json: as recorded\n"), "{}", same.out);
    edit(folder, "\"niemand\"", "\"samen\"");
    let changed = snapshot("check", folder, &[]);
    assert_eq!(changed.code, 4);
    assert!(
        changed.out.contains("− Niemand is van de keten: ernstig, staat vast (klein/niemand-eigenaar)"),
        "{}",
        changed.out
    );
    assert!(changed.err.contains("snapshot accept"), "{}", changed.err);
    assert_eq!(accept(folder, "De partners zijn samen eigenaar").code, 0);
    assert_eq!(snapshot("check", folder, &[]).code, 0);
    let log = text(folder, "advice-changelog.md");
    let (first, second) = (log.find("Nulmeting"), log.find("De partners zijn samen eigenaar"));
    assert!(first.is_some() && first < second, "{log}");
    assert!(log.contains("## 2026-02-01 · keten.json\n\nAccepted by J. de Vries: De partners"), "{log}");
    assert!(log.contains("klein/niemand-eigenaar"), "{log}");
}

#[test]
fn a_snapshot_has_one_fact_a_line() {
    let folder = place();
    accept(folder.path(), "Nulmeting");
    let before = text(folder.path(), "keten.snapshot.json");
    edit(folder.path(), "\"niemand\"", "\"een-partij\"");
    accept(folder.path(), "Nulmeting");
    let after = text(folder.path(), "keten.snapshot.json");
    let lines: Vec<&str> = before.lines().filter(|line| !after.lines().any(|other| other == *line)).collect();
    assert!(lines.iter().any(|line| line.contains("\"niemand-eigenaar\"") && line.contains("\"major\"")), "{lines:#?}");
    assert!(lines.len() < 10, "{lines:#?}");
    assert!(
        before.contains("\n  \"accepted\": {\"by\":\"J. de Vries\",\"on\":\"2026-02-01\",\"why\":\"Nulmeting\"}"),
        "{before}"
    );
}

#[test]
fn a_change_that_changes_no_advice_is_none() {
    let folder = place();
    accept(folder.path(), "Nulmeting");
    edit(folder.path(), "Gezegd in drie gesprekken.", "Gezegd in vier gesprekken.");
    let run = snapshot("check", folder.path(), &[]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("the same advice; moved: profile"), "{}", run.out);
}

#[test]
fn in_ci_nothing_is_written() {
    let folder = place();
    let ci = Terminal { ci: true, ..Terminal::default() };
    let path = folder.path().display().to_string();
    let base = ["--ruleset", KLEIN, "--by", "x", "--on", "2026-02-01", "--why", "x"];
    for verb in ["accept", "review"] {
        let run = ran_with(&[&["snapshot", verb, &path], base.as_slice()].concat(), b"a\n", &ci);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("in CI nothing is written"), "{}", run.err);
    }
    let to = folder.path().join("w.toml").display().to_string();
    let profile = folder.path().join("keten.json").display().to_string();
    let waive =
        [&["waive", &profile, "niemand-eigenaar", "--until", "2027-01-01", "--to", &to], base.as_slice()].concat();
    assert_eq!(ran_with(&waive, b"", &ci).code, 2);
    assert_eq!(ran_with(&["snapshot", "check", &path, "--ruleset", KLEIN], b"", &ci).code, 4);
    assert_eq!(names(folder.path()), ["keten.json"]);
}

#[test]
fn a_review_walks_through_the_changes() {
    let folder = place();
    fs::copy(folder.path().join("keten.json"), folder.path().join("ander.json")).expect("there is room");
    let path = folder.path().display().to_string();
    let review = |said: &str| {
        let args = [&["snapshot", "review", &path, "--ruleset", KLEIN], BY.as_slice()].concat();
        ran_with(&args, said.as_bytes(), &Terminal::default())
    };
    let run = review("s\na\nNulmeting\n");
    assert_eq!(run.code, 4, "{}", run.out);
    assert!(run.out.contains("[1 of 2]") && run.out.ends_with("1 accepted, 1 left\n"), "{}", run.out);
    assert_eq!(names(folder.path()), ["advice-changelog.md", "ander.json", "keten.json", "keten.snapshot.json"]);
    assert!(review("a\n\n").out.contains("nothing is accepted without a reason"));
    assert_eq!(review("q\n").code, 4);
    assert_eq!(review("").code, 4, "nobody answers");
    assert_eq!(review("a\nNulmeting\n").code, 0);
    assert_eq!(review("").code, 0, "nothing is left to ask");
}

#[test]
fn a_snapshot_that_cannot_be_read_is_not_overwritten() {
    let folder = place();
    fs::write(folder.path().join("keten.snapshot.json"), "{").expect("there is room");
    let run = accept(folder.path(), "x");
    assert_eq!(run.code, 3);
    assert!(run.err.contains("take it back from version control"), "{}", run.err);
    assert_eq!(text(folder.path(), "keten.snapshot.json"), "{");
}

#[test]
fn nothing_answered_is_no_green_run() {
    let folder = tempfile::tempdir().expect("there is room");
    assert_eq!(snapshot("check", folder.path(), &[]).code, 5);
    let empty = r#"{ "ketenspiegel": 1, "chain": { "name": "Leeg" }, "answers": {} }"#;
    fs::write(folder.path().join("leeg.json"), empty).expect("there is room");
    assert_eq!(snapshot("check", folder.path(), &[]).code, 5);
}

#[test]
fn a_stored_assessment_is_made_again() {
    let folder = place();
    let folder = folder.path();
    let (profile, stored) = (folder.join("keten.json").display().to_string(), folder.join("opgeslagen.json"));
    let report = format!("json:{}", stored.display());
    assert_eq!(ran(&["diagnose", &profile, "--ruleset", KLEIN, "--report", &report]).code, 0);
    let stored = stored.display().to_string();
    let verify = |more: &[&str]| ran(&[&["verify", &stored, "--ruleset", KLEIN], more].concat());
    let equal = verify(&[]);
    assert_eq!((equal.code, equal.out.trim_end().ends_with(": equal")), (0, true), "{}{}", equal.out, equal.err);
    edit(folder, "Gezegd in drie gesprekken.", "Gezegd in vier gesprekken.");
    let moved = verify(&[]);
    assert_eq!(moved.code, 0);
    assert!(moved.out.contains("says the same; moved: profile"), "{}", moved.out);
    edit(folder, "\"niemand\"", "\"samen\"");
    let other = verify(&[]);
    assert_eq!(other.code, 4);
    assert!(
        other.out.contains("says something else; moved: profile") && other.out.contains("klein/niemand-eigenaar"),
        "{}",
        other.out
    );
    let original = verify(&["--profile", VOLLEDIG]);
    assert_eq!(original.code, 0, "{}", original.out);
    accept(folder, "Nulmeting");
    let snapshot = folder.join("keten.snapshot.json").display().to_string();
    let equal = ran(&["verify", &snapshot, "--ruleset", KLEIN]);
    assert_eq!((equal.code, equal.out.contains(": equal")), (0, true), "{}", equal.out);
    // Somebody changed the stored file itself.
    let text = fs::read_to_string(&stored).expect("it is there").replace("\"major\"", "\"minor\"");
    fs::write(&stored, text).expect("there is room");
    let forged = verify(&["--profile", VOLLEDIG]);
    assert_eq!(forged.code, 4);
    assert!(forged.out.contains("though nothing moved"), "{}", forged.out);
    assert_eq!(ran(&["verify", VOLLEDIG]).code, 3, "a profile is no stored assessment");
}

/// Tables of the combined mirror say several things at one place, and its assessment is the largest there is.
#[test]
fn an_assessment_of_several_rulesets_is_made_again() {
    go_home();
    let folder = tempfile::tempdir().expect("there is room");
    let stored = folder.path().join("opgeslagen.json").display().to_string();
    let report = format!("json:{stored}");
    assert_eq!(ran(&["diagnose", "fixtures/profiles/vier-spiegels.json", "--report", &report]).code, 0);
    let again = ran(&["verify", &stored]);
    assert_eq!((again.code, again.out.trim_end().ends_with(": equal")), (0, true), "{}{}", again.out, again.err);
}
