//! Whatever is handed in: a message with a place and a way on, the right exit code, and nothing left behind.

use super::room::{KLEIN, Ran, VOLLEDIG, go_home, names, ran, ran_klein, ran_with};
use insta::{assert_snapshot, with_settings};
use ketenspiegel::{Terminal, end_at_a_fault, run};
use std::env;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::Command;

/// Runs `diagnose` on a profile that is not right, with a report that must not come into being.
fn refused(profile: &str) -> Ran {
    let folder = tempfile::tempdir().expect("there is room");
    let report = folder.path().join("report.md");
    let ran = ran_klein(&["diagnose", profile, "--report", &format!("markdown:{}", report.display())]);
    assert_eq!(names(folder.path()), [""; 0], "nothing is left behind");
    assert_eq!(ran.out, "", "nothing is printed");
    ran
}

#[test]
fn every_bad_profile_is_refused() {
    go_home();
    let files: Vec<String> = names(Path::new("fixtures/bad")).into_iter().filter(|name| name != "README.md").collect();
    assert!(files.len() > 20, "they are found");
    for file in files {
        let ran = refused(&format!("fixtures/bad/{file}"));
        assert_eq!(ran.code, 3, "{file}");
        with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/bad" }, {
            assert_snapshot!(file, ran.err);
        });
    }
}

#[test]
fn check_says_the_same_as_diagnose() {
    go_home();
    for file in names(Path::new("fixtures/bad")).iter().filter(|name| *name != "README.md") {
        let path = format!("fixtures/bad/{file}");
        let (diagnosed, checked) = (ran_klein(&["diagnose", &path]), ran_klein(&["check", &path]));
        assert_eq!(checked.code, 3, "{file}");
        assert_eq!(checked.out, format!("{}1 profile checked\n", diagnosed.err), "{file}");
    }
}

#[test]
fn the_readme_tells_of_each_file() {
    go_home();
    let readme = fs::read_to_string("fixtures/bad/README.md").expect("it is there");
    let told: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let there = names(Path::new("fixtures/bad"));
    assert_eq!(told, there.iter().filter(|name| *name != "README.md").collect::<Vec<_>>());
}

#[test]
fn a_folder_is_no_profile() {
    assert_snapshot!(refused(KLEIN).seen(), @r#"
        exit 3
        ── err ──
        error[K0902]: fixtures/rulesets/klein is a folder; a profile is a file
         |
         = help: it holds a ruleset: use it with `--ruleset`, or have it checked with `ketenspiegel check`

        1 error
        "#);
    let empty = ran(&["diagnose", "fixtures/rulesets/klein/rules"]);
    assert_eq!(empty.code, 5);
    assert!(empty.err.contains("there is no profile in fixtures/rulesets/klein/rules"), "{}", empty.err);
}

#[test]
fn a_file_that_is_not_there() {
    assert_snapshot!(refused("fixtures/rulesets/klein/tests/volledg.json").seen(), @r#"
        exit 3
        ── err ──
        error[K0901]: there is no file fixtures/rulesets/klein/tests/volledg.json
         |
         = help: did you mean fixtures/rulesets/klein/tests/volledig.json?

        1 error
        "#);
}

#[test]
fn a_hundred_megabytes_are_not_read() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("groot.json");
    // A file with a hole in it: as large as it says, without taking the room.
    File::create(&path).and_then(|file| file.set_len(100 * 1024 * 1024)).expect("there is room");
    let path = path.display().to_string();
    let ran = refused(&path);
    assert_snapshot!(ran.seen().replace(&path, "groot.json"), @r#"
        exit 3
        ── err ──
        error[K0107]: groot.json is 100 MB large; at most 8 MB is read
         |
         = help: a profile holds the answers of one chain; is this the right file?

        1 error
        "#);
}

#[test]
fn standard_input_without_end_is_not_read_to_the_end() {
    let mut endless = io::repeat(b' ');
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(["ketenspiegel", "diagnose", "-"], &Terminal::default(), &mut endless, &mut out, &mut err);
    assert_eq!((code, out.len()), (3, 0));
    assert_snapshot!(String::from_utf8_lossy(&err), @r#"
        error[K0107]: standard input goes on too long; at most 8 MB is read
         |
         = help: a profile holds the answers of one chain; is this the right file?

        1 error
        "#);
}

#[test]
fn nesting_without_end_is_refused_and_not_fallen_into() {
    for (what, text) in [
        ("lists", "[".repeat(100_000)),
        ("whole lists", format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))),
        ("objects", r#"{"a":"#.repeat(100_000)),
    ] {
        let ran = ran_with(&["diagnose", "-"], text.as_bytes(), &Terminal::default());
        assert_eq!(ran.code, 3, "{what}");
        assert!(
            ran.err.starts_with("error[K0105]: lists and tables are nested too deeply here"),
            "{what}: {}",
            ran.err
        );
        assert!(ran.err.len() < 2000, "{what}: the message is short");
    }
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("diep.toml");
    fs::write(&path, format!("a = {}{}", "[".repeat(100_000), "]".repeat(100_000))).expect("there is room");
    let ran = ran(&["diagnose", &path.display().to_string()]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("nested too deeply"), "{}", ran.err);
}

#[test]
fn an_output_that_cannot_be_written() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::create_dir(path("map")).expect("there is room");
    fs::write(path("vast.md"), "old").expect("there is room");
    let mut fixed = fs::metadata(path("vast.md")).expect("it is there").permissions();
    fixed.set_readonly(true);
    fs::set_permissions(path("vast.md"), fixed).expect("it is ours");
    let shown = |ran: Ran| ran.seen().replace(&folder.path().display().to_string(), "[folder]");
    let report = |to: &str| shown(ran_klein(&["diagnose", VOLLEDIG, "--report", &format!("json:{}", path(to))]));
    assert_snapshot!(report("nergens/report.json"), @r#"
        exit 2
        ── err ──
        error[K0903]: [folder]/nergens/report.json cannot be written: no such file or directory
         |
         = help: there is no folder [folder]/nergens

        1 error
        "#);
    assert_snapshot!(report("map"), @r#"
        exit 2
        ── err ──
        error[K0903]: [folder]/map cannot be written: it is a folder

        1 error
        "#);
    assert_snapshot!(report("vast.md"), @r#"
        exit 2
        ── err ──
        error[K0903]: [folder]/vast.md cannot be written: it is read-only

        1 error
        "#);
    assert_eq!(names(folder.path()), ["map", "vast.md"]);
    assert_eq!(fs::read_to_string(path("vast.md")).expect("it is there"), "old");
}

#[test]
fn one_report_that_cannot_be_written_keeps_the_others_away() {
    let folder = tempfile::tempdir().expect("there is room");
    let good = folder.path().join("report.md");
    let ran = ran_klein(&[
        "diagnose",
        VOLLEDIG,
        "--report",
        &format!("markdown:{}", good.display()),
        "--report",
        "json:/nergens/report.json",
    ]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(names(folder.path()), [""; 0]);
}

/// A place to write that fails.
struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn printed_to(kind: io::ErrorKind, args: &[&str]) -> (u8, String) {
    go_home();
    let (mut out, mut err) = (Broken(kind), Vec::new());
    let args = ["ketenspiegel"].iter().chain(args);
    let code = run(args, &Terminal::default(), &mut io::empty(), &mut out, &mut err);
    (code, String::from_utf8(err).expect("what is written is UTF-8"))
}

#[test]
fn a_pipe_that_is_closed_is_no_mistake() {
    let diagnose = ["diagnose", VOLLEDIG, "--ruleset", KLEIN];
    for args in [&diagnose[..], &["--help"], &["ruleset", "list"], &["form", KLEIN], &["completions", "bash"]] {
        assert_eq!(printed_to(io::ErrorKind::BrokenPipe, args), (0, String::new()), "{args:?}");
    }
    let gated = [&diagnose[..], &["--fail-on", "major"]].concat();
    assert_eq!(printed_to(io::ErrorKind::BrokenPipe, &gated).0, 1, "the verdict stands");
}

#[test]
fn a_full_disk_is_told() {
    let (code, err) = printed_to(io::ErrorKind::StorageFull, &["form", KLEIN]);
    assert_eq!(code, 2);
    assert_snapshot!(err, @r#"
        error[K0903]: standard output cannot be written: no storage space

        1 error
        "#);
}

/// Standard input that fails.
struct Torn;

impl Read for Torn {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

#[test]
fn an_input_that_breaks_off_is_told() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(["ketenspiegel", "diagnose", "-"], &Terminal::default(), &mut Torn, &mut out, &mut err);
    assert_eq!((code, out.len()), (3, 0));
    assert_snapshot!(String::from_utf8_lossy(&err), @r#"
        error[K0901]: standard input cannot be read: connection reset

        1 error
        "#);
}

#[test]
fn all_profiles_are_looked_at_before_the_run_stops() {
    let bad = ["fixtures/bad/unknown-question.json", "fixtures/bad/unknown-option.json", "fixtures/bad/empty.json"];
    let ran = ran_klein(&[&["diagnose", VOLLEDIG], &bad[..]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    for path in bad {
        assert!(ran.err.contains(path), "{path}: {}", ran.err);
    }
}

#[test]
fn a_report_never_takes_the_place_of_a_profile() {
    let report = format!("json:{VOLLEDIG}");
    assert_snapshot!(ran_klein(&["diagnose", VOLLEDIG, "--report", &report]).seen(), @r#"
        exit 2
        ── err ──
        error[K0904]: a report at fixtures/rulesets/klein/tests/volledig.json would take the place of the profile
         |
         = help: write the report to another file

        1 error
        "#);
    assert_snapshot!(
        ran_klein(&["diagnose", VOLLEDIG, "--report", "json:target/a", "--report", "markdown:target/a"]).seen(),
        @r#"
        exit 2
        ── err ──
        error[K0904]: two reports would stand at target/a
         |
         = help: write the report to another file

        1 error
        "#
    );
    let otherwise =
        ran_klein(&["diagnose", VOLLEDIG, "--report", "json:Cargo.new", "--report", "markdown:./Cargo.new"]);
    assert_eq!(otherwise.code, 2, "a place is the same however it is written: {}", otherwise.seen());
    assert_snapshot!(ran_klein(&["diagnose", "-", "-"]).seen(), @r#"
        exit 2
        ── err ──
        error[K0904]: standard input can be read once
         |
         = help: write `-` once

        1 error
        "#);
}

#[test]
fn a_ruleset_that_is_not_right() {
    assert_snapshot!(ran(&["diagnose", VOLLEDIG, "--ruleset", "klien"]).seen(), @r#"
        exit 2
        ── err ──
        error[K0905]: there is no built-in ruleset `klien`, and no folder either
         |
         = help: known are: adr, eraneos, ketens-de-baas, ketenspiegel, noordhuis, twynstra

        1 error
        "#);
    assert_snapshot!(ran(&["diagnose", VOLLEDIG, "--ruleset", "./klien"]).seen(), @r#"
        exit 3
        ── err ──
        error[K0902]: ./klien is not there; a ruleset is a folder with a file ruleset.toml in it

        1 error
        "#);
    assert_snapshot!(ran(&["diagnose", VOLLEDIG, "--ruleset", "fixtures/rulesets/klein/ruleset.toml"]).seen(), @r#"
        exit 3
        ── err ──
        error[K0902]: fixtures/rulesets/klein/ruleset.toml is one file of a ruleset
         |
         = help: name the folder that it stands in: fixtures/rulesets/klein

        1 error
        "#);
    assert_snapshot!(ran(&["check", "fixtures/bad"]).seen(), @r#"
        exit 3
        ── out ──
        error[K0305]: fixtures/bad has no ruleset.toml
         |
         = help: a ruleset is a folder with a file ruleset.toml in it

        1 error
        1 ruleset checked
        "#);
    assert_snapshot!(ran(&["form", "ketens-de-bas"]).seen(), @r#"
        exit 2
        ── err ──
        error[K0905]: there is no built-in ruleset `ketens-de-bas`, and no folder either
         |
         = help: did you mean `ketens-de-baas`?

        1 error
        "#);
}

/// A place to write that brings the program down, as a fault of ours would.
struct Faulty;

impl Write for Faulty {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        panic!("a fault, as asked for by this test")
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Set for the process that is brought down.
const BROUGHT_DOWN: &str = "KETENSPIEGEL_BROUGHT_DOWN";

#[test]
fn a_fault_of_ours_is_called_that() {
    go_home();
    if env::var_os(BROUGHT_DOWN).is_some() {
        end_at_a_fault();
        let args = ["ketenspiegel", "form", KLEIN];
        run(args, &Terminal::default(), &mut io::empty(), &mut Faulty, &mut io::stderr());
        return;
    }
    let (_, test) = concat!(module_path!(), "::a_fault_of_ours_is_called_that").split_once("::").expect("a path");
    let mut process = Command::new(env::current_exe().expect("it runs"));
    let ended = process.args([test, "--exact", "--nocapture"]).env(BROUGHT_DOWN, "").output().expect("it runs again");
    assert_eq!(ended.status.code(), Some(70));
    let said = String::from_utf8(ended.stderr).expect("what is written is UTF-8");
    let (panic, ours) = said.split_once("\n\n").expect("two paragraphs");
    assert!(panic.contains("a fault, as asked for by this test"), "{panic}");
    assert_snapshot!(ours.replace(env!("CARGO_PKG_VERSION"), "[version]"), @r#"
    ketenspiegel [version] came upon a fault of its own; nothing is wrong with your input.
    Please report it with the command and the lines above. The profile itself need not be shared.
    "#);
}
