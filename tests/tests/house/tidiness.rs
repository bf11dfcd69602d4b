//! Small order: sizes, loose ends, what lies at the top, and the lints of every crate.

use super::hold;
use super::project::{File, files, members, names, read, sources};
use super::rust::{Code, tokens};

/// Lines of code that a file may have before its tests. Half of it is where one starts to look.
const LINES: usize = 600;

/// What may be seen at the top of the project. What begins with a dot is not seen.
const TOP: [&str; 11] = [
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "cli",
    "engine",
    "fixtures",
    "rulesets",
    "tests",
];

fn code_lines(text: &str) -> usize {
    let said = Code::read(text).said;
    Code::before_tests(&said).lines().filter(|line| !line.trim().is_empty()).count()
}

#[test]
fn no_file_is_too_long() {
    assert_eq!(code_lines("//! a\n\nlet b = \"\n c\"; // d\n/* e\n f */\n#[cfg(test)]\nmod tests {\n}\n"), 2);
    let files: Vec<File> = ["engine", "rulesets", "cli"].into_iter().flat_map(sources).collect();
    let broken: Vec<String> = files
        .iter()
        .map(|file| (code_lines(&file.text), &file.path))
        .filter(|(lines, _)| *lines > LINES)
        .map(|(lines, path)| format!("{path} has {lines}"))
        .collect();
    hold(&format!("a file has no more than {LINES} lines of code before its tests"), &broken);
}

/// Words that say that something is not finished. They are split here, so that this file does not have them.
fn unfinished(file: &File) -> Vec<String> {
    const MARKS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    const STUBS: [&str; 2] = [concat!("to", "do"), concat!("unimple", "mented")];
    let tokens = tokens(&file.text);
    let stub = |at: usize| {
        STUBS.contains(&tokens[at].text.as_str()) && tokens.get(at + 1).is_some_and(|next| next.text == "!")
    };
    (0..tokens.len())
        .filter(|at| MARKS.contains(&tokens[*at].text.as_str()) || stub(*at))
        .map(|at| format!("{}:{} has {}", file.path, tokens[at].line, tokens[at].text))
        .collect()
}

#[test]
fn nothing_is_left_for_later() {
    let broken: Vec<String> = files(&[".rs", ".rhai", ".toml"]).iter().flat_map(unfinished).collect();
    hold("what is not done is not marked but done, or an issue", &broken);
}

/// Folders of somebody's machine, split for the same reason.
fn of_a_machine(file: &File) -> Vec<String> {
    const FOLDERS: [&str; 6] = [
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/tm", "p/"),
        concat!("/wo", "rk/"),
        concat!("/Us", "ers/"),
        concat!("\\Us", "ers\\"),
    ];
    let starts = |before: &str| !before.ends_with(|char: char| char.is_alphanumeric() || "._-/}".contains(char));
    let mut broken = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        for folder in FOLDERS {
            if line.match_indices(folder).any(|(place, _)| starts(&line[..place])) {
                broken.push(format!("{}:{} names {folder}", file.path, at + 1));
            }
        }
    }
    broken
}

#[test]
fn no_path_belongs_to_one_machine() {
    let kinds = [".rs", ".rhai", ".toml", ".lock", ".json", ".md", ".snap", ".yml", "/run", "LICENSE"];
    let broken: Vec<String> = files(&kinds).iter().flat_map(of_a_machine).collect();
    hold("no file names a folder of one machine", &broken);
}

#[test]
fn loose_ends_are_seen() {
    let file = |text: String| File { path: "a".to_owned(), text };
    assert_eq!(
        unfinished(&file(format!("// {}: b\nc(\"XXXX\"); {}!()", concat!("FIX", "ME"), concat!("to", "do")))).len(),
        2
    );
    assert_eq!(unfinished(&file("todos = 1\nunfinished!()".to_owned())).len(), 0);
    assert_eq!(of_a_machine(&file(concat!("cd /ho", "me/a && ls \"/tm", "p/b\"").to_owned())).len(), 2);
    assert_eq!(of_a_machine(&file(concat!("see example.org/ho", "me/a").to_owned())).len(), 0);
}

#[test]
fn the_top_is_what_it_should_be() {
    let built = |name: &&String| name.as_str() != "target"; // Cargo makes it, Git does not see it
    let seen = names("").into_iter().filter(|name| built(&name) && !name.starts_with('.'));
    let broken: Vec<String> = seen.filter(|name| !TOP.contains(&name.as_str())).collect();
    hold("at the top stand the crates, the fixtures and the documents, nothing else", &broken);
}

#[test]
fn every_crate_keeps_the_lints_of_the_workspace() {
    let members = members();
    let manifests = members.iter().map(|member| (member, read(&format!("{member}/Cargo.toml"))));
    let broken: Vec<String> = manifests
        .filter(|(_, manifest)| !manifest.contains("\n[lints]\nworkspace = true\n"))
        .map(|(member, _)| member.clone())
        .collect();
    hold("every crate has `[lints] workspace = true`", &broken);
    let crates = files(&["/Cargo.toml"]);
    let strangers = crates.iter().filter_map(|file| file.path.strip_suffix("/Cargo.toml"));
    let broken: Vec<String> =
        strangers.filter(|folder| !members.iter().any(|member| member == folder)).map(str::to_owned).collect();
    hold("every crate is a member of the workspace", &broken);
}
