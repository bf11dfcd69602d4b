//! The example repository, as a real one: with Git, the hooks, and the commands that the ready-made files run.

use super::room::{Ran, go_home, names, ran, ran_with};
use ketenspiegel::Terminal;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const EXAMPLE: &str = "fixtures/bewaking";

/// A Git repository with the example in it, committed.
fn repository() -> tempfile::TempDir {
    go_home();
    let folder = tempfile::tempdir().expect("there is room");
    copy(Path::new(EXAMPLE), folder.path());
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "Begin"]);
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("there is room");
    for name in names(from) {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("there is room");
        }
    }
}

fn try_git(folder: &Path, args: &[&str]) -> Output {
    let mut git = Command::new("git");
    // What is set for whoever runs the tests is not for this repository.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        git.env_remove(name);
    }
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
    git.current_dir(folder).args(who).args(args).output().expect("Git is there")
}

fn git(folder: &Path, args: &[&str]) -> String {
    let output = try_git(folder, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A command line with the folder of the repository before every path of it.
fn at(folder: &Path, line: &str) -> Vec<String> {
    let own = ["ketens", "kader", "waivers.toml"];
    let placed = |word: &str| {
        let first = word.split('/').next().unwrap_or_default();
        if own.contains(&first) { folder.join(word).display().to_string() } else { word.to_owned() }
    };
    line.split_whitespace().map(placed).collect()
}

fn ran_at(folder: &Path, line: &str) -> Ran {
    let args = at(folder, line);
    ran(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("it is there");
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).expect("there is room");
}

const CHECK: &str = "snapshot check ketens --ruleset kader";

#[test]
fn a_changed_rule_shows_what_advice_changes_for_whom() {
    let folder = repository();
    let folder = folder.path();
    let before = ran_at(folder, CHECK);
    assert_eq!((before.code, before.err.as_str()), (0, ""), "{}", before.out);
    edit(&folder.join("kader/ruleset.toml"), "value = 2.5", "value = 3");
    let changed = ran_at(folder, CHECK);
    assert_eq!(changed.code, 4);
    assert!(changed.out.contains("post.json: the advice changed"), "{}", changed.out);
    assert!(
        changed.out.contains("+ Het doel van de keten is zwak: ernstig, staat vast kader/doel-zwak"),
        "{}",
        changed.out
    );
    assert!(changed.out.contains("zorg.toml: the same advice"), "{}", changed.out);
    assert_eq!(git(folder, &["status", "--porcelain"]), " M kader/ruleset.toml\n", "a check writes nothing");
    let accepted = ran_at(folder, "snapshot accept ketens --ruleset kader --by Team --on 2026-03-01 --why Strenger");
    assert_eq!(accepted.code, 0, "{}", accepted.err);
    let diff = git(folder, &["diff", "--unified=0", "ketens/post.snapshot.json"]);
    let added: Vec<&str> = diff.lines().filter(|line| line.starts_with('+') && line.contains("doel-zwak")).collect();
    assert_eq!(added.len(), 1, "one fact, one line: {diff}");
    assert!(git(folder, &["diff", "ketens/advice-changelog.md"]).contains("+Accepted by Team: Strenger"));
    git(folder, &["commit", "--quiet", "--all", "--message", "Ask more"]);
    assert_eq!(ran_at(folder, CHECK).code, 0);
    assert_eq!(git(folder, &["status", "--porcelain"]), "");
}

/// The commands in a file that begin with `ketenspiegel`, where a script stands.
fn commands(path: &str) -> Vec<String> {
    let text = fs::read_to_string(path).expect("it is there");
    let lines = text.lines().map(|line| line.trim().trim_start_matches("- ").trim_start_matches("entry: "));
    lines.filter_map(|line| line.strip_prefix("ketenspiegel ")).map(str::to_owned).collect()
}

#[test]
fn the_ready_made_files_run() {
    let folder = repository();
    let folder = folder.path();
    let out = folder.join("out").display().to_string();
    fs::create_dir(&out).expect("there is room");
    let ci = Terminal { ci: true, ..Terminal::default() };
    let options = "--lang nl --fail-on major --ruleset kader --waivers waivers.toml --fail-on-change";
    let mut count = 0;
    for path in [".github/actions/ketenspiegel/action.yml", ".gitlab/ketenspiegel.yml", ".pre-commit-hooks.yaml"] {
        for command in commands(path) {
            let line = command
                .replace("\"${paths[@]}\" \"${options[@]}\"", &format!("ketens {options}"))
                .replace("$KETENSPIEGEL_PATHS $KETENSPIEGEL_OPTIONS", &format!("ketens {options}"))
                .replace("$out/", &format!("{out}/"))
                .replace(":ketenspiegel.", &format!(":{out}/ketenspiegel."))
                .replace(" || code=$?", "")
                .replace('"', "");
            let hook = if path.contains("pre-commit") { " ketens --ruleset kader" } else { "" };
            let hook = if command == "check" { " ketens/post.json --ruleset kader" } else { hook };
            let args = at(folder, &format!("{line}{hook} --colour never"));
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let run = ran_with(&args, b"", &ci);
            assert_eq!(run.code, 0, "{path}: {line}\n{}{}", run.out, run.err);
            count += 1;
        }
    }
    assert_eq!(count, 4, "the action, the template and two hooks");
    for name in ["ketenspiegel.sarif", "ketenspiegel.xml", "ketenspiegel.md"] {
        assert!(names(Path::new(&out)).contains(&name.to_owned()), "{name}");
    }
}

#[test]
fn a_hook_of_git_stops_a_commit_that_changes_advice() {
    let folder = repository();
    let folder = folder.path();
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let program = format!("\"{cargo}\" run --quiet --locked --offline --manifest-path \"{}\" --", manifest.display());
    let entry = commands(".pre-commit-hooks.yaml").pop().expect("there is a hook");
    let hook = folder.join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().expect("it stands in a folder")).expect("there is room");
    fs::write(&hook, format!("#!/bin/sh\nexec {program} {entry} ketens --ruleset kader\n")).expect("there is room");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
    edit(&folder.join("ketens/post.json"), "Gezegd in de stuurgroep.", "Gezegd in de stuurgroep van mei.");
    git(folder, &["commit", "--quiet", "--all", "--message", "A note"]);
    edit(&folder.join("ketens/post.json"), "\"afspraken-vast\": false", "\"afspraken-vast\": true");
    let stopped = try_git(folder, &["commit", "--quiet", "--all", "--message", "An answer"]);
    assert!(!stopped.status.success());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let told = format!("{}{}", text(&stopped.stdout), text(&stopped.stderr));
    assert!(told.contains("Er staat niets op papier") && told.contains("snapshot accept"), "{told}");
    assert_eq!(git(folder, &["log", "--oneline"]).lines().count(), 2);
}

#[test]
fn the_image_is_built_from_what_is_there() {
    go_home();
    let text = fs::read_to_string(".container/Containerfile").expect("it is there");
    let copied = text.lines().filter_map(|line| line.strip_prefix("COPY ")).filter(|line| !line.starts_with("--"));
    for path in copied.flat_map(|line| line.split(' ').rev().skip(1).collect::<Vec<_>>()) {
        assert!(Path::new(path).exists(), "{path}");
    }
    let version = fs::read_to_string("Cargo.toml").expect("it is there");
    let version =
        version.lines().find_map(|line| line.strip_prefix("rust-version = ")).expect("it says").replace('"', "");
    assert!(text.contains(&format!("FROM rust:{version}-alpine")), "the image builds with the version of Cargo.toml");
}
