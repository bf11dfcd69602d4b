//! The project as files: where they are and what is in them.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the project.
pub(super) struct File {
    /// From the top of the project, with `/` between the parts.
    pub(super) path: String,
    /// What is in it; bytes that are no text are replaced.
    pub(super) text: String,
}

impl File {
    /// Whether its name ends in one of these.
    pub(super) fn ends_in(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }
}

/// The top of the project.
pub(super) fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// What is in the file at `path`.
pub(super) fn read(path: &str) -> String {
    let bytes = fs::read(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The names in the folder at `path`, in order.
pub(super) fn names(path: &str) -> Vec<String> {
    let entries = fs::read_dir(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Every file of the project whose name ends in one of `endings`. What Cargo builds and what Git keeps for
/// itself is no part of it; of the hidden folders only those that check the project are.
pub(super) fn files(endings: &[&str]) -> Vec<File> {
    files_under("", endings)
}

/// Every such file of the folder at `path`.
pub(super) fn files_under(path: &str, endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    for name in names(path) {
        let below = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        if name == "target" || name.starts_with('.') && !matches!(name.as_str(), ".ci" | ".github") {
            continue;
        }
        if top().join(&below).is_dir() {
            found.extend(files_under(&below, endings));
        } else if endings.iter().any(|ending| below.ends_with(ending)) {
            found.push(File { text: read(&below), path: below });
        }
    }
    found
}

/// The Rust files of a crate's `src`; none as long as the workspace does not have that crate.
pub(super) fn sources(member: &str) -> Vec<File> {
    if members().iter().any(|one| one == member) { files_under(&format!("{member}/src"), &[".rs"]) } else { Vec::new() }
}

/// The folders of the crates in the workspace.
pub(super) fn members() -> Vec<String> {
    let manifest = read("Cargo.toml");
    let line = manifest.lines().find(|line| line.starts_with("members = ")).expect("the workspace names its members");
    line.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
