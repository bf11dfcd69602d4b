//! What stays in its place: the script language in one room, the disk and the terminal outside the engine.

use super::hold;
use super::project::{File, read, sources};
use super::rust::{Code, paths, tokens};

/// The only room that knows the script language and its numbers.
const SCRIPT: [&str; 2] = ["engine/src/ruleset/script.rs", "engine/src/ruleset/script/"];

/// Where a file names one of these crates.
fn names_crate(file: &File, crates: &[&str]) -> Vec<String> {
    let tokens = tokens(&Code::read(&file.text).bare);
    let named = tokens.iter().filter(|token| crates.contains(&token.text.as_str()));
    named.map(|token| format!("{}:{} names {}", file.path, token.line, token.text)).collect()
}

#[test]
fn scripts_are_known_in_one_room() {
    let all = ["engine", "rulesets", "cli"].into_iter().flat_map(sources);
    let outside = all.filter(|file| !SCRIPT.iter().any(|room| file.path.starts_with(room)));
    let broken: Vec<String> = outside.flat_map(|file| names_crate(&file, &["rhai", "rust_decimal"])).collect();
    hold("only ruleset::script names rhai and rust_decimal", &broken);
}

#[test]
fn built_in_rulesets_know_nothing_of_the_engine() {
    let mut broken: Vec<String> =
        sources("rulesets").iter().flat_map(|file| names_crate(file, &["ketenspiegel_engine"])).collect();
    let in_manifest = |line: &&str| line.starts_with("ketenspiegel-engine");
    if !sources("rulesets").is_empty() && read("rulesets/Cargo.toml").lines().any(|line| in_manifest(&line)) {
        broken.push("rulesets/Cargo.toml names the engine".to_owned());
    }
    hold("the crate of the built-in rulesets does not name the engine", &broken);
}

/// Where a file reaches outside: disk, surroundings, terminal, other processes, the net, a clock.
fn reaches_outside(file: &File) -> Vec<String> {
    const ROOMS: [&str; 5] = ["fs", "env", "process", "time", "net"];
    const STREAMS: [&str; 3] = ["stdin", "stdout", "stderr"];
    const CLOCKS: [&str; 2] = ["SystemTime", "Instant"];
    const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];
    let bare = Code::read(&file.text).bare;
    let mut broken = Vec::new();
    for path in paths(&bare) {
        let parts: Vec<&str> = path.parts.iter().map(String::as_str).collect();
        let outside = match parts[..] {
            ["std" | "core", room, ..] if ROOMS.contains(&room) || room == "*" => true,
            [.., "io", stream] => STREAMS.contains(&stream) || stream == "*",
            _ => false,
        };
        if outside {
            broken.push(format!("{}:{} names {}", file.path, path.line, parts.join("::")));
        }
    }
    let tokens = tokens(&bare);
    for (at, token) in tokens.iter().enumerate() {
        let word = token.text.as_str();
        let called = tokens.get(at + 1).is_some_and(|next| next.text == "!");
        if CLOCKS.contains(&word) || called && PRINTING.contains(&word) {
            broken.push(format!("{}:{} names {word}", file.path, token.line));
        }
    }
    broken
}

#[test]
fn the_engine_knows_no_disk_no_terminal_and_no_clock() {
    let broken: Vec<String> = sources("engine").iter().flat_map(reaches_outside).collect();
    hold("the engine takes text and gives data", &broken);
}

#[test]
fn reaching_outside_is_seen() {
    let file = |text: &str| File { path: "engine/src/a.rs".to_owned(), text: text.to_owned() };
    for bad in [
        "use std::fs;",
        "use std::{fmt, env::args};",
        "std::process::exit(1)",
        "use std::io::{self, Write}; fn a() { io::stdout() }",
        "use std::time::Duration;",
        "fn a(now: Instant) {}",
        "fn a() { println!(\"b\") }",
        "use std::*;",
    ] {
        assert!(!reaches_outside(&file(bad)).is_empty(), "{bad}");
    }
    for good in ["use std::fmt; // std::fs", "let a = \"std::fs\";", "use std::io::Write;", "env!(\"A\")"] {
        assert_eq!(reaches_outside(&file(good)), [""; 0], "{good}");
    }
    assert_eq!(names_crate(&file("use rhai::Engine;"), &["rhai"]).len(), 1);
    assert_eq!(names_crate(&file("let a = \"a.rhai\"; let rhai_like = 1; // rhai"), &["rhai"]).len(), 0);
}
