//! The example repository, as a real one: with Git, the hooks, and the commands that the ready-made files run.

use super::room::{Ran, copy, edit, go_home, names, ran, ran_with};
use crate::house::licences::packages;
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
        changed.out.contains("+ Het doel van de keten is zwak: ernstig, staat vast (kader/doel-zwak)"),
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

/// A folder with `ketenspiegel` in it, to run as a program of its own.
fn program() -> tempfile::TempDir {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let run = format!("\"{cargo}\" run --quiet --locked --offline --manifest-path \"{}\" --", manifest.display());
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("ketenspiegel");
    fs::write(&path, format!("#!/bin/sh\nexec {run} \"$@\"\n")).expect("there is room");
    executable(&path);
    folder
}

fn executable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
}

/// The lines below a line of YAML that stand further in, without that indentation.
fn below(text: &str, line: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|one| one.trim() == line).unwrap_or_else(|| panic!("`{line}`"));
    let depth = |line: &str| line.len() - line.trim_start().len();
    let inner: Vec<&str> = lines[at + 1..]
        .iter()
        .copied()
        .take_while(|one| one.trim().is_empty() || depth(one) > depth(lines[at]))
        .collect();
    let cut = inner.iter().filter(|line| !line.trim().is_empty()).map(|line| depth(line)).min().unwrap_or(0);
    inner.iter().map(|line| line.get(cut..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Runs a script in the repository, with the program on the path, as CI does.
fn script(folder: &Path, shell: &[&str], text: &str, variables: &[(&str, &str)]) -> Output {
    let bin = program();
    let path = format!("{}:{}", bin.path().display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).arg(text).current_dir(folder).env("PATH", path).env("CI", "true");
    command.envs(variables.iter().copied()).output().expect("there is a shell")
}

#[test]
fn the_action_runs_as_github_runs_it() {
    let repository = repository();
    let folder = repository.path();
    let text = fs::read_to_string(".github/actions/ketenspiegel/action.yml").expect("it is there");
    let step = below(&text, "run: |");
    // Every input that the workflow of the example gives is one of the action.
    let workflow = fs::read_to_string(folder.join(".github/workflows/advice.yml")).expect("it is there");
    let inputs = below(&text, "inputs:");
    for line in below(&workflow, "with:").lines().filter(|line| line.contains(": ")) {
        let name = line.split(':').next().unwrap_or_default();
        assert!(inputs.lines().any(|line| line == format!("{name}:")), "{name}");
    }
    let out = tempfile::tempdir().expect("there is room");
    let file = |name: &str| out.path().join(name).display().to_string();
    let (summary, output, temp) = (file("summary"), file("output"), out.path().display().to_string());
    let run = || {
        let variables = [
            ("PATHS", "ketens"),
            ("RULESETS", "kader"),
            ("FAIL_ON", "major"),
            ("WAIVERS", "waivers.toml"),
            ("BASELINE", ""),
            ("SNAPSHOTS", "true"),
            ("LANGUAGE", "nl"),
            ("RUNNER_TEMP", &temp),
            ("GITHUB_STEP_SUMMARY", &summary),
            ("GITHUB_OUTPUT", &output),
        ];
        let ran = script(folder, &["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"], &step, &variables);
        let told = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        (ran.status.code(), told)
    };
    let fine = run();
    assert_eq!(fine.0, Some(0), "{}", fine.1);
    let outputs = fs::read_to_string(&output).expect("it was written");
    for line in outputs.lines() {
        let (name, path) = line.split_once('=').expect("a name and a value");
        assert!(text.contains(&format!("steps.guard.outputs.{name} ")) && Path::new(path).is_file(), "{line}");
    }
    assert_eq!(outputs.lines().count(), 3);
    edit(&folder.join("kader/ruleset.toml"), "value = 2.5", "value = 3");
    let stopped = run();
    assert_eq!(stopped.0, Some(1), "{}", stopped.1);
    assert!(stopped.1.contains("::error file=ketens/post.json,line="), "{}", stopped.1);
    assert!(fs::read_to_string(&summary).expect("it was written").contains("Het doel van de keten is zwak"));
    assert_eq!(git(folder, &["status", "--porcelain"]), " M kader/ruleset.toml\n", "it writes nothing here");
}

#[test]
fn the_template_runs_as_gitlab_runs_it() {
    let repository = repository();
    let folder = repository.path();
    let text = fs::read_to_string(".gitlab/ketenspiegel.yml").expect("it is there");
    let job = fs::read_to_string(folder.join(".gitlab-ci.yml")).expect("it is there");
    let own = below(&job, "variables:");
    let given = below(&text, "variables:");
    // What the example sets stands after what the template sets, and so wins.
    let variables: Vec<(&str, &str)> =
        given.lines().chain(own.lines()).filter_map(|line| line.split_once(": ")).collect();
    assert!(
        own.lines().all(|line| line.split_once(": ").is_some_and(|(name, _)| given.contains(&format!("{name}: "))))
    );
    let ran = script(folder, &["sh", "-ec"], below(&text, "script:").trim_start_matches("- "), &variables);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let artifacts = below(&text, "artifacts:");
    for name in ["ketenspiegel.md", "ketenspiegel.sarif", "ketenspiegel.xml"] {
        assert!(artifacts.contains(name) && folder.join(name).is_file(), "{name}");
    }
}

#[test]
fn a_hook_of_git_stops_a_commit_that_changes_advice() {
    let folder = repository();
    let folder = folder.path();
    let bin = program();
    let entry = commands(".pre-commit-hooks.yaml").pop().expect("there is a hook");
    let hook = folder.join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().expect("it stands in a folder")).expect("there is room");
    fs::write(
        &hook,
        format!("#!/bin/sh\nexec \"{}\"/ketenspiegel {entry} ketens --ruleset kader\n", bin.path().display()),
    )
    .expect("there is room");
    executable(&hook);
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
    let source = tempfile::tempdir().expect("there is room");
    for path in copied.flat_map(|line| line.split(' ').rev().skip(1).collect::<Vec<_>>()) {
        let (from, to) = (Path::new(path), source.path().join(path));
        fs::create_dir_all(to.parent().expect("it stands in a folder")).expect("there is room");
        if from.is_dir() {
            copy(from, &to);
        } else {
            fs::copy(from, &to).expect("it is there");
        }
    }
    // What is copied is a whole workspace, as locked: Cargo finds every member and every target of it.
    assert!(!packages(source.path()).is_empty());
    let version = fs::read_to_string("Cargo.toml").expect("it is there");
    let version =
        version.lines().find_map(|line| line.strip_prefix("rust-version = ")).expect("it says").replace('"', "");
    assert!(text.contains(&format!("FROM rust:{version}-alpine")), "the image builds with the version of Cargo.toml");
}
