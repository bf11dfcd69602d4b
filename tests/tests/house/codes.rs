//! Codes of problems: unique, in order, and each of them given somewhere.

use super::hold;
use super::project::{File, sources};
use super::rust::{Code, paths};
use std::collections::BTreeSet;

/// Where codes are declared, in order of their ids.
const DECLARED: [&str; 2] = ["engine/src/problem.rs", "cli/src/codes.rs"];

/// The codes that a file declares, as name and id: each id in quotes, with the constant named last before it.
fn declared(text: &str) -> Vec<(String, String)> {
    let said = Code::read(text).said;
    let pieces: Vec<&str> = Code::before_tests(&said).split('"').collect();
    let mut found = Vec::new();
    let mut name = None;
    for pair in pieces.chunks(2) {
        let mut words = pair[0].split(|char: char| !char.is_alphanumeric() && char != '_');
        let constant =
            |word: &&str| word.len() > 1 && word.starts_with(char::is_uppercase) && *word == word.to_uppercase();
        name = words.rfind(constant).or(name);
        let id = pair
            .get(1)
            .filter(|id| id.len() == 5 && id.starts_with('K') && id[1..].chars().all(|char| char.is_ascii_digit()));
        if let (Some(name), Some(id)) = (name, id) {
            found.push((name.to_owned(), (*id).to_owned()));
        }
    }
    found
}

/// The names of codes that a file gives, tests apart.
fn given(file: &File) -> BTreeSet<String> {
    if file.ends_in(&["/tests.rs"]) || file.path.contains("/tests/") {
        return BTreeSet::new();
    }
    let bare = Code::read(&file.text).bare;
    let named = paths(Code::before_tests(&bare)).into_iter();
    named.filter_map(|path| path.parts.windows(2).find(|pair| pair[0] == "codes").map(|pair| pair[1].clone())).collect()
}

#[test]
fn every_code_is_unique_in_order_and_given() {
    let files: Vec<File> = ["engine", "cli"].into_iter().flat_map(sources).collect();
    let declaring = files.iter().filter(|file| DECLARED.contains(&file.path.as_str()));
    let codes: Vec<(String, String)> = declaring.flat_map(|file| declared(&file.text)).collect();
    assert!(codes.len() > 20, "the codes are found: {codes:?}");
    let others = files.iter().filter(|file| !DECLARED.contains(&file.path.as_str()));
    let given: BTreeSet<String> = others.flat_map(given).collect();
    let mut broken: Vec<String> = codes
        .windows(2)
        .filter(|pair| pair[0].1 >= pair[1].1)
        .map(|pair| format!("{} {} stands after {}", pair[1].1, pair[1].0, pair[0].1))
        .collect();
    let unused = codes.iter().filter(|(name, _)| !given.contains(name));
    broken.extend(unused.map(|(name, id)| format!("{id} {name} is never given")));
    hold("a code of a problem is unique, in order, and given somewhere", &broken);
}

#[test]
fn codes_are_read_in_both_ways_of_declaring() {
    let text = "codes! {\n A_B = \"K0101\", \"not K0102\";\n}\npub const C: u8 = 1; // \"K0103\"\n\
                pub const D_E: Code =\n Code { id: \"K0104\", title: \"d\" };\n#[cfg(test)]\nmod tests { \"K0105\" }";
    assert_eq!(declared(text), [("A_B", "K0101"), ("D_E", "K0104")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    let file =
        |path: &str| File { path: path.to_owned(), text: "use crate::codes::{A, B};\nproblem(codes::C)".to_owned() };
    assert_eq!(given(&file("cli/src/a.rs")).into_iter().collect::<String>(), "ABC");
    assert!(given(&file("cli/src/a/tests.rs")).is_empty());
}
