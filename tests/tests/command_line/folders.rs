//! What stands in a folder: only files are opened, nothing is read twice, and what was meant to be read is told.

use super::room::{KLEIN, Ran, copy, ran};
use insta::assert_snapshot;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with the ruleset `klein` in it.
fn klein() -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("there is room");
    copy(Path::new(KLEIN), folder.path());
    let path = folder.path().display().to_string();
    (folder, path)
}

fn seen(ran: &Ran, path: &str) -> String {
    ran.seen().replace(path, "[folder]")
}

#[test]
fn what_is_not_read_and_was_meant_to_be_is_told() {
    let (folder, path) = klein();
    let meant = [
        "rules/extra.RHAI",
        "rules/tekst.txt",
        "Rules/anders.rhai",
        "rules/tabel.toml",
        "tables/gegevens.csv",
        "Questions.toml",
        "aspects.tml",
        "nl.txt",
        "de.toml",
        "texts/en.toml",
        "regels.rhai",
    ];
    let other = [
        "LICENSE",
        "NOTES.txt",
        "CHANGES.md",
        "questions.json",
        "rules/README.md",
        "rules/inrichting.rhai~",
        "rules/.inrichting.rhai.swp",
        "tests/Notities.TOML",
        "tests/bron/blad.csv",
        "figures/keten.svg",
    ];
    for name in meant.iter().chain(&other) {
        let to = folder.path().join(name);
        fs::create_dir_all(to.parent().expect("it stands in a folder")).expect("there is room");
        fs::write(to, "").expect("there is room");
    }
    let checked = ran(&["check", &path]);
    assert_eq!(checked.code, 0, "it is a warning");
    assert_snapshot!(seen(&checked, &path), @r"
        exit 0
        ── out ──
        warning[K0311]: nothing reads [folder]/Questions.toml
         |
         = help: did you mean questions.toml?

        warning[K0311]: nothing reads [folder]/Rules/anders.rhai
         |
         = help: did you mean rules/anders.rhai?

        warning[K0311]: nothing reads [folder]/de.toml
         |
         = help: `de` is not among the `languages` in ruleset.toml

        warning[K0311]: nothing reads [folder]/regels.rhai
         |
         = help: scripts stand in rules/, tables in tables/, cases in tests/

        warning[K0311]: nothing reads [folder]/rules/tabel.toml
         |
         = help: scripts stand in rules/, tables in tables/, cases in tests/

        warning[K0311]: nothing reads [folder]/texts/en.toml
         |
         = help: did you mean en.toml?

        warning[K0311]: nothing reads [folder]/aspects.tml
         |
         = help: did you mean aspects.toml?

        warning[K0311]: nothing reads [folder]/nl.txt
         |
         = help: did you mean nl.toml?

        warning[K0311]: nothing reads [folder]/rules/extra.RHAI
         |
         = help: did you mean rules/extra.rhai?

        warning[K0311]: nothing reads [folder]/rules/tekst.txt
         |
         = help: did you mean rules/tekst.rhai?

        warning[K0311]: nothing reads [folder]/tables/gegevens.csv
         |
         = help: did you mean tables/gegevens.toml?

        11 warnings
        1 ruleset checked
        ");
    for name in meant {
        assert!(checked.out.contains(&format!("nothing reads {path}/{name}\n")), "{name}");
    }
}

#[test]
fn what_stands_too_deep_to_be_read_is_told() {
    let (folder, path) = klein();
    for name in ["rules/a/b/just.rhai", "rules/a/b/c/deep.rhai", "tests/a/b/c/deep.toml", "papers/a/b/c/d/notes.json"] {
        let to = folder.path().join(name);
        fs::create_dir_all(to.parent().expect("it stands in a folder")).expect("there is room");
        fs::write(to, "").expect("there is room");
    }
    assert_snapshot!(seen(&ran(&["check", &path]), &path), @r"
        exit 0
        ── out ──
        warning[K0311]: nothing reads [folder]/rules/a/b/c/deep.rhai
         |
         = help: it stands too deep; give it another place or another name

        warning[K0311]: nothing reads [folder]/tests/a/b/c/deep.toml
         |
         = help: it stands too deep; give it another place or another name

        2 warnings
        1 ruleset checked
        ");
}

#[test]
fn a_manifest_in_capitals_is_recognised() {
    let (folder, path) = klein();
    fs::rename(folder.path().join("ruleset.toml"), folder.path().join("Ruleset.toml")).expect("it is ours");
    assert_snapshot!(seen(&ran(&["check", &path]), &path), @r"
        exit 3
        ── out ──
        error[K0305]: [folder] has no ruleset.toml
         |
         = help: its name is in small letters, and this one is not: [folder]/Ruleset.toml

        1 error
        1 ruleset checked
        ");
}

#[cfg(unix)]
mod unix {
    use super::super::room::{Ran, VOLLEDIG, go_home, ran, ran_klein};
    use super::{klein, seen};
    use insta::assert_snapshot;
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;
    use std::process::Command;

    /// A pipe to which nobody writes: who opens it waits for ever.
    fn pipe(at: PathBuf) -> PathBuf {
        let made = Command::new("mkfifo").arg(&at).status().expect("there is a mkfifo");
        assert!(made.success());
        at
    }

    #[test]
    fn a_pipe_in_a_ruleset_is_told_and_not_opened() {
        let (folder, path) = klein();
        pipe(folder.path().join("rules/pijp.rhai"));
        pipe(folder.path().join("rules/geen-script"));
        assert_snapshot!(seen(&ran(&["check", &path]), &path), @r"
            exit 3
            ── out ──
            error[K0902]: [folder]/rules/pijp.rhai is neither a file nor a folder, and is not opened
             |
             = help: take it out of the folder, or put a file in its place

            1 error
            1 ruleset checked
            ");
        let diagnosed = ran(&["diagnose", VOLLEDIG, "--ruleset", &path]);
        assert!(diagnosed.code == 3 && diagnosed.err.contains("pijp.rhai"), "{}", diagnosed.err);
        fs::remove_file(folder.path().join("ruleset.toml")).expect("it is ours");
        pipe(folder.path().join("ruleset.toml"));
        assert!(ran(&["check", &path]).out.contains("ruleset.toml is neither a file nor a folder"));
    }

    #[test]
    fn a_name_that_is_not_utf_8_is_told() {
        let (folder, path) = klein();
        for name in [&b"rules/caf\xe9.rhai"[..], b"figuur-\xe9.svg"] {
            fs::write(folder.path().join(OsStr::from_bytes(name)), "rule(").expect("there is room");
        }
        assert_snapshot!(seen(&ran(&["check", &path]), &path), @r"
            exit 0
            ── out ──
            warning[K0311]: nothing reads [folder]/rules/caf�.rhai
             |
             = help: its name is not UTF-8; give it another place or another name

            1 warning
            1 ruleset checked
            ");
    }

    #[test]
    fn a_device_is_no_file_either() {
        let (folder, path) = klein();
        symlink("/dev/zero", folder.path().join("tables.toml")).expect("there is room");
        let checked = ran(&["check", &path]);
        assert!(
            checked.code == 3 && checked.out.contains("tables.toml is neither a file nor a folder"),
            "{}",
            checked.out
        );
    }

    #[test]
    fn a_pipe_among_profiles_is_told_and_not_opened() {
        go_home();
        let folder = tempfile::tempdir().expect("there is room");
        fs::copy(VOLLEDIG, folder.path().join("een.json")).expect("there is room");
        pipe(folder.path().join("twee.json"));
        pipe(folder.path().join("drie"));
        let path = folder.path().display().to_string();
        let diagnosed = ran_klein(&["diagnose", &path]);
        assert_snapshot!(seen(&diagnosed, &path), @r"
            exit 3
            ── err ──
            error[K0902]: [folder]/twee.json is neither a file nor a folder, and is not opened
             |
             = help: take it out of the folder, or put a file in its place

            1 error
            ");
    }

    #[test]
    fn a_profile_may_come_through_a_pipe() {
        let folder = tempfile::tempdir().expect("there is room");
        let at = pipe(folder.path().join("profiel"));
        let named = at.display().to_string();
        let read = |path: &str| ran_klein(&["diagnose", path]);
        let direct = read(VOLLEDIG);
        let writing = std::thread::spawn(move || fs::copy(VOLLEDIG, at));
        let piped = read(&named);
        assert!(writing.join().expect("it is written").is_ok());
        let screen = |ran: &Ran| ran.out.lines().take(20).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!((piped.code, screen(&piped)), (direct.code, screen(&direct)));
    }

    #[test]
    fn a_circle_of_links_is_told_once() {
        let (folder, path) = klein();
        symlink("../rules", folder.path().join("rules/lus")).expect("there is room");
        let checked = ran(&["check", &path]);
        assert_snapshot!(seen(&checked, &path), @r"
            exit 3
            ── out ──
            error[K0304]: [folder]/rules/lus leads back to [folder]/rules, in which it stands
             |
             = help: take this link out; what stands in a folder is read there, once

            1 error
            1 ruleset checked
            ");
        // a link that leads to another place is followed
        fs::remove_file(folder.path().join("rules/lus")).expect("it is ours");
        let other = tempfile::tempdir().expect("there is room");
        fs::rename(folder.path().join("rules"), other.path().join("regels")).expect("it is ours");
        symlink(other.path().join("regels"), folder.path().join("rules")).expect("there is room");
        let checked = ran(&["check", &path]);
        assert_eq!((checked.code, checked.out.as_str()), (0, "1 ruleset: no problems\n"));
    }

    #[test]
    fn a_circle_among_profiles_is_told_too() {
        go_home();
        let folder = tempfile::tempdir().expect("there is room");
        fs::copy(VOLLEDIG, folder.path().join("een.json")).expect("there is room");
        symlink(".", folder.path().join("weer")).expect("there is room");
        let path = folder.path().display().to_string();
        let diagnosed = ran_klein(&["diagnose", &path]);
        assert!(diagnosed.code == 3 && diagnosed.err.contains("weer leads back to"), "{}", diagnosed.err);
    }
}
