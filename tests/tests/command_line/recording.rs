//! `ruleset test` with snapshots: everything that a case comes to, recorded beside it.

use super::room::{Ran, copy, edit, go_home, ran, ran_with};
use ketenspiegel::Terminal;
use std::fs;
use std::path::{Path, PathBuf};

/// A copy of a ruleset of which the first case has a snapshot.
fn teams() -> (tempfile::TempDir, PathBuf) {
    go_home();
    let room = tempfile::tempdir().expect("there is room");
    let folder = room.path().join("teams");
    copy(Path::new("fixtures/rulesets/teams"), &folder);
    (room, folder)
}

fn tested(folder: &Path, more: &[&str]) -> Ran {
    ran(&[&["ruleset", "test", folder.to_str().expect("a path")], more].concat())
}

fn reviewed(folder: &Path, said: &str) -> Ran {
    let args = ["ruleset", "test", folder.to_str().expect("a path"), "--review"];
    ran_with(&args, said.as_bytes(), &Terminal::default())
}

#[test]
fn what_a_case_comes_to_is_held_against_what_is_recorded() {
    let (_room, folder) = teams();
    let snapshots = folder.join("tests/teams.snapshot.json");
    let recorded = fs::read_to_string(&snapshots).expect("it is recorded");
    assert_eq!(tested(&folder, &[]).code, 0);
    // a change that the case itself does not name
    edit(&folder.join("nl.toml"), "eerst de basis", "eerst het begin");
    assert_eq!(tested(&folder, &[]).code, 0, "another wording is no other advice");
    edit(&folder.join("rules/themas.rhai"), "severity: \"minor\"", "severity: \"major\"");
    let differs = tested(&folder, &[]);
    assert_eq!(differs.code, 4);
    assert!(differs.out.contains("what this case comes to is not as recorded"), "{}", differs.out);
    assert!(differs.out.contains("aandachtspunt →\n      ernstig"), "{}", differs.out);
    let for_machines = tested(&folder, &["--format", "json"]);
    assert!(for_machines.out.contains("\"snapshots\"") && for_machines.out.contains("K0907"), "{}", for_machines.out);
    assert_eq!(fs::read_to_string(&snapshots).expect("it is there"), recorded, "nothing was written");
    let rejected = reviewed(&folder, "r\n");
    assert_eq!((rejected.code, rejected.out.contains("rejected")), (4, true), "{}", rejected.out);
    assert_eq!(reviewed(&folder, "").code, 4, "nobody answers");
    assert_eq!(fs::read_to_string(&snapshots).expect("it is there"), recorded, "nothing was accepted");
    assert_eq!(reviewed(&folder, "a\n").code, 0);
    assert_ne!(fs::read_to_string(&snapshots).expect("it is there"), recorded);
    assert_eq!(tested(&folder, &[]).code, 0);
}

#[test]
fn what_is_not_recorded_or_no_case_any_more_is_told() {
    let (_room, folder) = teams();
    let (cases, snapshots) = (folder.join("tests/teams.toml"), folder.join("tests/teams.snapshot.json"));
    edit(&cases, "snapshot = true\n", "");
    let stale = tested(&folder, &[]);
    assert_eq!(stale.code, 4);
    assert!(stale.out.contains("no case of that name has a snapshot"), "{}", stale.out);
    assert_eq!(tested(&folder, &["--accept"]).code, 0);
    assert!(!fs::read_to_string(&snapshots).expect("it is there").contains("three teams"));
    edit(&cases, "name = \"B:", "snapshot = true\nname = \"B:");
    let new = tested(&folder, &[]);
    assert!(new.code == 4 && new.out.contains("not recorded yet"), "{}", new.out);
    let args = ["ruleset", "test", folder.to_str().expect("a path"), "--accept"];
    let in_ci = ran_with(&args, b"", &Terminal { ci: true, ..Terminal::default() });
    assert!(in_ci.code == 2 && in_ci.err.contains("in CI nothing is written"), "{}", in_ci.err);
    // of what is left aside, what is recorded stays
    assert_eq!(tested(&folder, &["--accept"]).code, 0);
    assert_eq!(tested(&folder, &["--case", "A:", "--accept"]).code, 0);
    assert_eq!(tested(&folder, &[]).code, 0);
    fs::write(&snapshots, "{").expect("there is room");
    let broken = tested(&folder, &[]);
    assert!(broken.code == 3 && broken.err.contains("cannot be read"), "{}", broken.seen());
    let built_in = ran(&["ruleset", "test", "noordhuis", "--accept"]);
    assert!(built_in.code == 2 && built_in.err.contains("is not in a folder"), "{}", built_in.err);
}
