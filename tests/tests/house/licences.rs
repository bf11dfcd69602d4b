//! Every dependency may be used in a work under the EUPL 1.2.

use super::hold;
use super::project::top;
use serde_json::Value;
use std::env;
use std::path::Path;
use std::process::Command;

/// Licences that ask no more than the EUPL gives: permissive ones, and the MPL, which is in its appendix.
const COMPATIBLE: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Whether a licence expression can be met with compatible licences alone. `/` is an old way to write `OR`;
/// what `WITH` adds are permissions, and `+` is this version or a later one.
fn compatible(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let fine = either(&words, &mut at);
    fine && at == words.len()
}

fn either(words: &[&str], at: &mut usize) -> bool {
    let mut fine = both(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        fine |= both(words, at);
    }
    fine
}

fn both(words: &[&str], at: &mut usize) -> bool {
    let mut fine = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        fine &= one(words, at);
    }
    fine
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let first = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if first == "(" {
        let fine = either(words, at);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return fine && closed;
    }
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
    }
    COMPATIBLE.contains(&first.trim_end_matches('+'))
}

/// What a command prints.
fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The packages of a workspace that this machine builds; those for other machines need not be here.
pub(crate) fn packages(workspace: &Path) -> Vec<Value> {
    let rustc = output(Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("-vV"));
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host").to_owned();
    let asked = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &host];
    let metadata =
        output(Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into())).args(asked).current_dir(workspace));
    let mut metadata: Value = serde_json::from_str(&metadata).unwrap();
    match metadata["packages"].take() {
        Value::Array(packages) => packages,
        other => panic!("no list of packages: {other}"),
    }
}

#[test]
fn every_dependency_has_a_compatible_licence() {
    let packages = packages(&top());
    let (ours, others): (Vec<&Value>, Vec<&Value>) = packages.iter().partition(|one| one["source"].is_null());
    assert!(!others.is_empty() && ours.iter().all(|one| one["license"] == "EUPL-1.2"), "ours are under the EUPL");
    let unfit = others.iter().filter(|one| !one["license"].as_str().is_some_and(compatible));
    let broken: Vec<String> = unfit.map(|one| format!("{} is under {}", one["name"], one["license"])).collect();
    hold("a dependency's licence is one that the EUPL can live with", &broken);
}

#[test]
fn licence_expressions_are_understood() {
    for good in [
        "MIT",
        "MIT-0",
        "MIT/Apache-2.0",
        "MPL-2.0+",
        "GPL-3.0 OR MIT",
        "(MIT OR GPL-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR MIT",
    ] {
        assert!(compatible(good), "{good}");
    }
    for bad in ["GPL-3.0", "GPL-3.0+", "MIT AND GPL-3.0", "", "(MIT", "MIT Apache-2.0", "LGPL-3.0 WITH X"] {
        assert!(!compatible(bad), "{bad}");
    }
}
