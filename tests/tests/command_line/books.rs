//! `ruleset docs`: a ruleset as a book. Every way in it leads somewhere, and nothing of a ruleset breaks out of it.

use super::room::{KLEIN, ran};
use insta::{assert_snapshot, with_settings};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn book(ruleset: &str, args: &[&str]) -> String {
    let ran = ran(&[&["ruleset", "docs", ruleset], args].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ruleset}");
    ran.out
}

#[test]
fn books_of_small_rulesets() {
    let folder = |name: &str| format!("fixtures/rulesets/{name}");
    for (name, ruleset, args) in [
        ("klein.md", "klein", ["--format", "markdown", "--lang", "nl"]),
        ("small.md", "klein", ["--format", "markdown", "--lang", "en"]),
        ("klein.html", "klein", ["--format", "html", "--lang", "nl"]),
        ("portretten.txt", "portretten", ["--format", "text", "--lang", "nl"]),
        ("trappen.txt", "trappen", ["--format", "text", "--lang", "nl"]),
        ("partijen.txt", "partijen", ["--format", "text", "--lang", "nl"]),
        ("uitkomsten.txt", "uitkomsten", ["--format", "text", "--lang", "nl"]),
        ("soorten.txt", "soorten", ["--format", "text", "--lang", "nl"]),
        ("bilingual.txt", "tweetalig", ["--format", "text", "--lang", "en"]),
    ] {
        let drawn = book(&folder(ruleset), &args);
        with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/books" }, {
            assert_snapshot!(name, drawn);
        });
    }
}

/// What stands between quotes behind `name=`.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    page.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_way_leads_to_one_place_and_nothing_is_fetched() {
    for ruleset in ketenspiegel_rulesets::ids() {
        let page = book(ruleset, &["--lang", "nl"]);
        let ids = attributes(&page, "id");
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(known.len(), ids.len(), "{ruleset}: a place stands there twice");
        for way in attributes(&page, "href") {
            assert!(way.strip_prefix('#').is_some_and(|id| known.contains(id)), "{ruleset}: {way} leads nowhere");
        }
        for fetched in [" src=", "@import", "url(", "<script", "<link"] {
            assert!(!page.contains(fetched), "{ruleset}: {fetched}");
        }
        let markdown = book(ruleset, &["--format", "markdown", "--lang", "en"]);
        for way in markdown.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(markdown.contains(&format!("<a id=\"{way}\"></a>")), "{ruleset}: {way} leads nowhere");
        }
        assert!(!page.contains('\u{e000}') && !markdown.contains('\u{e000}'), "{ruleset}: a hole was left open");
    }
}

/// Copies a folder, with every TOML file changed.
fn copied(from: &Path, to: &Path, change: &dyn Fn(&str, &str) -> String) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        if path.is_dir() {
            copied(&path, &to.join(&name), change);
        } else if let Ok(text) = fs::read_to_string(&path) {
            fs::write(to.join(&name), change(&name, &text)).unwrap();
        }
    }
}

#[test]
fn nothing_of_a_ruleset_breaks_out_of_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let evil = "</style><script>alert(1)</script><img src=x onerror=alert(1)> \\\" onclick=x ";
    super::room::go_home();
    copied(Path::new(KLEIN), folder.path(), &|name, text| {
        let is_text = matches!(name, "nl.toml" | "en.toml");
        let lines = text.lines().map(|line| match line.split_once(" = \"") {
            Some((key, rest)) if is_text || key.trim() == "source" || key.trim() == "title" => {
                format!("{key} = \"{evil}{rest}\n")
            }
            _ => format!("{line}\n"),
        });
        lines.collect()
    });
    let path = folder.path().display().to_string();
    let page = book(&path, &[]);
    assert!(page.matches("&lt;script&gt;alert(1)").count() > 20, "the texts are there, as text");
    for broken in ["<script", "<img", "onclick=x\"", "</style><"] {
        assert!(!page.contains(broken), "{broken}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    let markdown = book(&path, &["--format", "markdown"]);
    let markdown = markdown.replace("\\<", "");
    assert!(!markdown.contains("<script") && !markdown.contains("<img"), "{markdown}");
}

#[test]
fn a_book_goes_to_a_file_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("klein.html");
    let ran = super::room::ran(&["ruleset", "docs", KLEIN, "-o", &path.display().to_string()]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    assert_eq!(fs::read_to_string(&path).unwrap(), book(KLEIN, &[]));
    let nowhere = folder.path().join("geen/klein.html").display().to_string();
    let ran = super::room::ran(&["ruleset", "docs", KLEIN, "-o", &nowhere]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("cannot be written"), "{}", ran.err);
    let ran = super::room::ran(&["ruleset", "docs", "kleins"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn a_book_tells_what_is_made_to_measure() {
    let of = |ruleset: &str, args: &[&str]| {
        let drawn = book(ruleset, &[&["--format", "markdown"], args].concat());
        let (_, part) = drawn.split_once("<a id=\"tailoring\"></a>").expect("it has such a part");
        part.split_once("\n## ").expect("more follows").0.to_owned()
    };
    assert_snapshot!(of("fixtures/rulesets/kdb-gemeente", &["--lang", "en"]));
    assert!(of("fixtures/rulesets/op-maat", &["--ruleset", KLEIN]).contains(" klein "), "of what is not built in too");
}
