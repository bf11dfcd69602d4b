//! The guide for authors, followed to the letter: each block of it is written or run, and what is shown is what comes out.
//!
//! `# path` (or `// path`) on the first line of a block names the file that it is; `, added at the end` adds to it. A
//! `diff` changes the file that it names. In a `console` block each `$` is run; a line `…` stands for any lines. The
//! commands of a `yaml` block must end well. With `INSTA_UPDATE=always` what is shown is written anew.

use super::room::{go_home, ran};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const GUIDE: &str = "rulesets/GUIDE.md";

/// What is left out.
const LEFT_OUT: &str = "…";

/// A block between fences: its language, its lines, and the line of the guide before its first.
struct Block<'a> {
    language: &'a str,
    lines: Vec<&'a str>,
    at: usize,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let (mut all, mut open): (Vec<Block<'_>>, Option<Block<'_>>) = (Vec::new(), None);
    for (at, line) in text.lines().enumerate() {
        match (open.take(), line.strip_prefix("```")) {
            (None, Some(language)) => open = Some(Block { language, lines: Vec::new(), at: at + 1 }),
            (Some(block), Some(_)) => all.push(block),
            (Some(mut block), None) => {
                block.lines.push(line);
                open = Some(block);
            }
            (None, None) => {}
        }
    }
    all
}

/// The folder in which the guide is followed.
struct Desk {
    folder: tempfile::TempDir,
    /// The name of each file and folder at its top, ever.
    names: Vec<String>,
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes, or adds to, the file that a block names.
    fn write(&mut self, block: &Block<'_>) {
        let named = block.lines[0].strip_prefix("# ").or_else(|| block.lines[0].strip_prefix("// "));
        let named = named.unwrap_or_else(|| panic!("{GUIDE}:{}: this block names no file", block.at));
        let (name, adds) = named.strip_suffix(", added at the end").map_or((named, false), |name| (name, true));
        let (path, text) = (self.path(name), format!("{}\n", block.lines.join("\n")));
        assert_eq!(path.exists(), adds, "{GUIDE}:{}: {name} is written once, and then added to", block.at);
        let before =
            if adds { format!("{}\n", fs::read_to_string(&path).expect("it is there")) } else { String::new() };
        fs::write(&path, before + text.as_str()).expect("its folder is there");
        self.know(name);
    }

    /// Makes the change that a block shows, in the one place where it fits.
    fn change(&self, block: &Block<'_>) {
        let path = self.path(block.lines[0].trim_start_matches("# "));
        let side = |other: char| -> String {
            let lines = block.lines[1..].iter().filter(|line| !line.starts_with(other));
            lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
        };
        let text = fs::read_to_string(&path).expect("it is there");
        let (old, new) = (side('+'), side('-'));
        assert_eq!(text.matches(&old).count(), 1, "{GUIDE}:{}: this stands in one place:\n{old}", block.at);
        fs::write(&path, text.replacen(&old, &new, 1)).expect("there is room");
    }

    fn know(&mut self, name: &str) {
        let top = name.split('/').next().unwrap_or_default().to_owned();
        if !self.names.contains(&top) {
            self.names.push(top);
        }
    }

    /// Runs a command; gives its exit code and what there is to see.
    fn run(&mut self, command: &str) -> (u8, String) {
        let words: Vec<&str> = command.split_whitespace().collect();
        match words.as_slice() {
            ["mkdir", name] => {
                fs::create_dir(self.path(name)).expect("it is not there yet");
                self.know(name);
                (0, String::new())
            }
            ["cp", "-r", from, to] => {
                copy(&self.path(from), &self.path(to));
                self.know(to);
                (0, String::new())
            }
            ["ketenspiegel", args @ ..] => {
                if let ["ruleset", "new", name] = args {
                    self.know(name);
                }
                let known = |word: &str| self.names.iter().any(|name| word.split('/').next() == Some(name));
                let place =
                    |word: &&str| if known(word) { self.path(word).display().to_string() } else { (*word).to_owned() };
                let args: Vec<String> = args.iter().map(place).collect();
                let ran = ran(&args.iter().map(String::as_str).collect::<Vec<_>>());
                (ran.code, (ran.out + ran.err.as_str()).replace(&format!("{}/", self.folder.path().display()), ""))
            }
            _ => panic!("the guide runs `{command}`, which nothing here can"),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("it is not there yet");
    for entry in fs::read_dir(from).expect("it is there") {
        let from = entry.expect("it can be read").path();
        let to = to.join(from.file_name().expect("it has a name"));
        if from.is_dir() { copy(&from, &to) } else { fs::copy(&from, &to).map(drop).expect("there is room") }
    }
}

/// Whether the lines are those that are shown, where `…` stands for any.
fn fits(shown: &[&str], lines: &[&str]) -> bool {
    match shown {
        [] => lines.is_empty(),
        [LEFT_OUT, rest @ ..] => (0..=lines.len()).any(|skipped| fits(rest, &lines[skipped..])),
        [first, rest @ ..] => lines.split_first().is_some_and(|(line, lines)| line == first && fits(rest, lines)),
    }
}

/// Runs the commands of a block; gives the block as it should be.
fn console(desk: &mut Desk, block: &Block<'_>, broken: &mut String) -> String {
    let mut right = String::new();
    for part in block.lines.split_inclusive_before(|line| line.starts_with("$ ")) {
        let command = part[0].strip_prefix("$ ").unwrap_or_else(|| panic!("{GUIDE}:{}: no command", block.at));
        let (_, seen) = desk.run(command);
        let lines: Vec<&str> = seen.trim_end().lines().map(str::trim_end).collect();
        let _ = writeln!(right, "$ {command}");
        if fits(&part[1..], &lines) {
            right.extend(part[1..].iter().map(|line| format!("{line}\n")));
        } else {
            right.extend(lines.iter().map(|line| format!("{line}\n")));
            let _ = writeln!(broken, "{GUIDE}:{}: $ {command}\n{seen}", block.at);
        }
    }
    right
}

trait SplitBefore<'a> {
    fn split_inclusive_before(&self, begins: impl Fn(&str) -> bool) -> Vec<Vec<&'a str>>;
}

impl<'a> SplitBefore<'a> for Vec<&'a str> {
    /// The lines in parts, each beginning with a line that begins one.
    fn split_inclusive_before(&self, begins: impl Fn(&str) -> bool) -> Vec<Vec<&'a str>> {
        let mut parts: Vec<Vec<&str>> = Vec::new();
        for line in self {
            match parts.last_mut() {
                Some(part) if !begins(line) => part.push(line),
                _ => parts.push(vec![line]),
            }
        }
        parts
    }
}

#[test]
fn the_guide_does_what_it_says() {
    go_home();
    let guide = fs::read_to_string(GUIDE).expect("the guide is there");
    let mut desk = Desk { folder: tempfile::tempdir().expect("there is room"), names: Vec::new() };
    let (mut broken, mut right) = (String::new(), Vec::new());
    for block in blocks(&guide) {
        match block.language {
            "toml" | "rhai" => desk.write(&block),
            "diff" => desk.change(&block),
            "console" => right.push((block.at, block.lines.len(), console(&mut desk, &block, &mut broken))),
            "yaml" => {
                for command in block.lines.iter().filter_map(|line| line.trim().strip_prefix("- run: ")) {
                    let (code, seen) = desk.run(command);
                    assert_eq!(code, 0, "{GUIDE}:{}: {command}\n{seen}", block.at);
                }
            }
            other => panic!("{GUIDE}:{}: nothing is done with a block of `{other}`", block.at),
        }
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let mut lines: Vec<&str> = guide.lines().collect();
        for (at, count, text) in right.iter().rev() {
            lines.splice(*at..at + count, text.lines());
        }
        fs::write(GUIDE, lines.join("\n") + "\n").expect("there is room");
        return;
    }
    assert!(broken.is_empty(), "what the guide shows is not what comes out:\n{broken}");
    let count = |file: &str, what: &str| {
        fs::read_to_string(desk.path(&format!("meals/{file}"))).expect("it is there").matches(what).count()
    };
    let counts =
        [("questions.toml", "[[question]]"), ("aspects.toml", "\"ladder\""), ("bouwstenen.toml", "[[bouwsteen]]")];
    assert_eq!(counts.map(|(file, what)| count(file, what)), [10, 1, 4]);
    assert!(count("rules/order.rhai", "rule(\"") >= 3);
}

#[test]
fn what_is_shown_may_leave_lines_out() {
    let lines = ["a", "b", "c"];
    for (shown, right) in [("a b c", true), ("a …", true), ("… c", true), ("a … c", true), ("… b …", true)]
        .into_iter()
        .chain([("a b", false), ("… b", false), ("", false), ("…", true), ("a … b", false)])
    {
        let shown: Vec<&str> = shown.split_whitespace().collect();
        assert_eq!(fits(&shown, &lines), right, "{shown:?}");
    }
}
