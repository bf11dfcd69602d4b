//! Paths that documents name exist.
//!
//! What counts as a path, outside fenced blocks: where a link goes within the project, and text between single
//! backticks that either ends like a file of ours or goes into one of our folders, and has no character that a
//! placeholder or a pattern would have. It must exist from the top of the project or from the document's own folder. The documents that speak of
//! rulesets in general may also name what the folder in `rulesets/FORMAT.md` shows.

use super::hold;
use super::project::{File, files, names, read, top};

const ENDINGS: [&str; 5] = [".rs", ".toml", ".rhai", ".md", ".json"];
const FORMAT: &str = "rulesets/FORMAT.md";
const IN_GENERAL: [&str; 4] = [FORMAT, "rulesets/GUIDE.md", "rulesets/REFERENCE.md", "CONTRIBUTING.md"];

/// The paths that a document names, with their lines.
fn named<'a>(text: &'a str, tops: &[String]) -> Vec<(usize, &'a str)> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let quoted = line.split('`').skip(1).step_by(2).filter(|text| is_path(text, tops));
            let links = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
            let inside = links.filter(|link| !link.is_empty() && !link.contains(':'));
            found.extend(quoted.chain(inside).map(|path| (at + 1, path)));
        }
    }
    found
}

/// Whether a text is meant as a path of ours, given the names at the top of the project.
fn is_path(text: &str, tops: &[String]) -> bool {
    let plain = |char: char| char.is_alphanumeric() || "/._-".contains(char);
    let folder = text.split_once('/').map(|(first, _)| first);
    let real = text.split(['/', '.']).all(|part| part != "id");
    let ending = ENDINGS.iter().any(|ending| text.len() > ending.len() && text.ends_with(ending));
    let ours = folder.is_some_and(|folder| tops.iter().any(|top| top == folder));
    real && text.chars().all(plain) && (ending || ours)
}

/// The names in the first fenced block of a document: a folder, with what is in it indented.
fn listed(text: &str) -> Vec<String> {
    let block = text.split("```").nth(1).unwrap_or_default();
    let entries = block.lines().filter_map(|line| line.strip_prefix("  "));
    entries.flat_map(|entry| entry.split("  ").next().unwrap_or_default().split(' ')).map(str::to_owned).collect()
}

/// Whether a name is the pattern, in which `*` stands for any part of a name.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => {
            let middle = name.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
            middle.is_some_and(|middle| !middle.contains('/'))
        }
        None => pattern == name,
    }
}

/// The paths in a document that lead nowhere.
fn lost(document: &File, tops: &[String], listing: &[String], exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let shown =
        |path: &str| IN_GENERAL.contains(&document.path.as_str()) && listing.iter().any(|pattern| fits(pattern, path));
    let there = |path: &str| exists(path) || exists(&format!("{folder}/{path}")) || shown(path);
    named(&document.text, tops)
        .into_iter()
        .filter(|(_, path)| !there(path))
        .map(|(line, path)| format!("{}:{line} names {path}", document.path))
        .collect()
}

#[test]
fn paths_in_documents_exist() {
    let listing = listed(&read(FORMAT));
    assert!(listing.contains(&"ruleset.toml".to_owned()), "the folder in {FORMAT} is found: {listing:?}");
    let exists = |path: &str| top().join(path.trim_start_matches('/')).exists();
    let tops: Vec<String> = names("").into_iter().filter(|name| name != "target").collect();
    let broken: Vec<String> =
        files(&[".md"]).iter().flat_map(|document| lost(document, &tops, &listing, &exists)).collect();
    hold("a path that a document names exists", &broken);
}

#[test]
fn lost_paths_are_seen() {
    let text = "`a/gone.rs` `a/there.rs` `beside.md` `gone.toml`\n```\n`a/in-a-fence`\n```\n\
                `a/gone` `either/or` `a/<id>.rs` `a/*.rs` `x.json` `nl.toml` `.rs` `tables/x.toml`\n\
                [a](a/there.rs) [b](https://a/b.rs) [c](#d) [e](lost#f)";
    let listing = listed("```\nmy/\n  x.json nl.toml   texts\n  tables/*.toml  data\n```\n`y`");
    assert_eq!(listing, ["x.json", "nl.toml", "tables/*.toml"]);
    let exists = |path: &str| ["a/there.rs", "docs/beside.md"].contains(&path);
    let lost = |path: &str| {
        let document = File { path: path.to_owned(), text: text.to_owned() };
        let found = lost(&document, &["a".to_owned()], &listing, &exists);
        found.iter().map(|one| one.rsplit_once(' ').unwrap().1.to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(lost("docs/a.md"), "a/gone.rs gone.toml a/gone x.json nl.toml tables/x.toml lost");
    assert_eq!(lost("CONTRIBUTING.md"), "a/gone.rs beside.md gone.toml a/gone lost");
}
