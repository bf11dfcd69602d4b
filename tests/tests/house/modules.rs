//! A module of the engine names only what stands above it in `engine/src/lib.rs`.

use super::hold;
use super::project::{File, read, sources};
use super::rust::{Code, Path, paths};

/// The modules of the engine, in their order.
fn order() -> Vec<String> {
    let code = Code::read(&read("engine/src/lib.rs"));
    let names = code.bare.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
    names.map(|name| name.trim_end_matches(';').to_owned()).collect()
}

/// The module of the crate that a path leads to, for a file `depth` modules below the top of its crate.
/// Nothing for a path that stays below the top.
fn target(path: &Path, depth: usize) -> Option<&str> {
    let ups = path.parts.iter().take_while(|part| *part == "super").count();
    match path.parts[0].as_str() {
        "crate" => path.parts.get(1),
        "super" if ups == depth + path.within => path.parts.get(ups),
        _ => None,
    }
    .map(String::as_str)
}

/// Where a file looks down, or at something that is not in the order.
fn looks_down(file: &File, order: &[String]) -> Vec<String> {
    let within = file.path.trim_start_matches("engine/src/").trim_end_matches(".rs");
    let depth = within.split('/').count();
    let own = within.split('/').next().unwrap_or_default();
    let place = |name: &str| order.iter().position(|one| one == name);
    let Some(here) = place(own) else { return vec![format!("{} is no module of lib.rs", file.path)] };
    let mut broken = Vec::new();
    for path in paths(&Code::read(&file.text).bare) {
        let Some(name) = target(&path, depth) else { continue };
        if place(name).is_none_or(|there| there > here) {
            broken.push(format!("{}:{} names {name}: {}", file.path, path.line, path.parts.join("::")));
        }
    }
    broken
}

#[test]
fn modules_only_look_up() {
    let order = order();
    assert!(order.len() > 1, "lib.rs names its modules");
    let files = sources("engine").into_iter().filter(|file| file.path != "engine/src/lib.rs");
    let broken: Vec<String> = files.flat_map(|file| looks_down(&file, &order)).collect();
    hold("a module names only what stands above it in engine/src/lib.rs", &broken);
}

/// The modules that `lib.rs` lists with what they are for, in their order.
fn listed(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("//! - [`"));
    lines.filter_map(|line| line.split_once("`]: ")).map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn each_module_is_listed_in_its_place_with_what_it_is_for() {
    assert_eq!(listed("//! - [`a`]: what it is for\n//! - [`b`]\n//! c"), ["a"]);
    assert_eq!(listed(&read("engine/src/lib.rs")), order(), "the list in engine/src/lib.rs, and its modules");
}

#[test]
fn looking_down_is_seen() {
    let order = ["source", "profile", "render"].map(str::to_owned);
    let down =
        |path: &str, text: &str| looks_down(&File { path: path.to_owned(), text: text.to_owned() }, &order).len();
    assert_eq!(down("engine/src/profile.rs", "use crate::source::A;\n//! [`crate::render`]\nuse self::b;"), 0);
    assert_eq!(down("engine/src/profile.rs", "use crate::{source, render::A};"), 1);
    assert_eq!(down("engine/src/profile/read.rs", "fn a() { crate::render::draw() }"), 1);
    assert_eq!(down("engine/src/profile/read.rs", "use super::render; use super::super::source;"), 0);
    assert_eq!(down("engine/src/profile/read.rs", "#[cfg(test)] mod tests { use super::super::super::render; }"), 1);
    assert_eq!(down("engine/src/profile.rs", "use crate::*;"), 1);
    assert_eq!(down("engine/src/other.rs", ""), 1);
}
