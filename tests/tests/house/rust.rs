//! Rust text, read just far enough: what is comment, what is text in quotes, and which paths are named.

/// Rust text in two views. In both every line stays where it is.
pub(super) struct Code {
    /// Without comments.
    pub(super) said: String,
    /// Without comments and without what stands in quotes.
    pub(super) bare: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Code,
    Quoted,
    Comment,
}

impl Code {
    /// Reads Rust text.
    pub(super) fn read(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut code = Self { said: String::new(), bare: String::new() };
        let mut at = 0;
        while at < chars.len() {
            let (part, length) = next(&chars, at);
            for &char in &chars[at..at + length] {
                let kept = |keep: bool| if keep || char == '\n' { char } else { ' ' };
                code.said.push(kept(part != Part::Comment));
                code.bare.push(kept(part == Part::Code));
            }
            at += length;
        }
        code
    }

    /// What stands before the test module at its end.
    pub(super) fn before_tests(text: &str) -> &str {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let inline = text[start + line.len()..].trim_start().split('\n').next();
            if line.starts_with("#[cfg(test)]")
                && inline.is_some_and(|line| line.starts_with("mod ") && line.contains('{'))
            {
                return &text[..start];
            }
            start += line.len();
        }
        text
    }
}

/// What begins at `at`, and how long it is.
fn next(chars: &[char], at: usize) -> (Part, usize) {
    let rest = &chars[at..];
    let starts = |what: &str| what.chars().enumerate().all(|(i, char)| rest.get(i) == Some(&char));
    let until = |from: usize, end: &dyn Fn(usize) -> bool| (from..rest.len()).find(|&i| end(i)).unwrap_or(rest.len());
    let in_word = at > 0 && is_word(chars[at - 1]);
    if starts("//") {
        (Part::Comment, until(2, &|i| rest[i] == '\n'))
    } else if starts("/*") {
        (Part::Comment, block_comment(rest))
    } else if rest[0] == '"' {
        (Part::Quoted, quoted(rest, '"'))
    } else if rest[0] == '\'' && (rest.get(1) == Some(&'\\') || rest.get(2) == Some(&'\'')) {
        (Part::Quoted, quoted(rest, '\''))
    } else if let Some(hashes) = raw(rest).filter(|_| !in_word || matches!(chars[at - 1], 'b' | 'c')) {
        let closed = |i: usize| rest[i] == '"' && (1..=hashes).all(|more| rest.get(i + more) == Some(&'#'));
        (Part::Quoted, (until(hashes + 2, &closed) + hashes + 1).min(rest.len()))
    } else {
        (Part::Code, 1)
    }
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// The length of what stands between `quote` and the next that is not escaped.
fn quoted(rest: &[char], quote: char) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// How many `#` a raw string that begins here has.
fn raw(rest: &[char]) -> Option<usize> {
    let hashes = rest.strip_prefix(&['r'])?.iter().take_while(|char| **char == '#').count();
    (rest.get(hashes + 1) == Some(&'"')).then_some(hashes)
}

/// Block comments nest.
fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match (rest[at], rest.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    at
}

/// A word, or a single other character; `::` is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As written.
    pub(super) text: String,
    /// The line that it stands on, counted from one.
    pub(super) line: usize,
}

/// The tokens of a bare text.
pub(super) fn tokens(bare: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for (at, line) in bare.lines().enumerate() {
        let mut open = false; // whether the last token can still grow
        for char in line.chars() {
            let last = found.last_mut().filter(|_| open);
            match last {
                Some(last) if is_word(char) && last.text.starts_with(is_word) => last.text.push(char),
                Some(last) if char == ':' && last.text == ":" => last.text.push(char),
                _ if char.is_whitespace() => {}
                _ => found.push(Token { text: char.to_string(), line: at + 1 }),
            }
            open = !char.is_whitespace();
        }
    }
    found
}

/// A path that is named: `a::b::c`, or one of those in `a::{b, c::d}`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// Its parts; `*` for everything.
    pub(super) parts: Vec<String>,
    /// The line where it ends.
    pub(super) line: usize,
    /// How many modules are open around it within the file.
    pub(super) within: usize,
}

/// The paths of two or more parts that a bare text names.
pub(super) fn paths(bare: &str) -> Vec<Path> {
    let tokens = tokens(bare);
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let (mut found, mut braces, mut modules) = (Vec::new(), 0_usize, Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        match text(at) {
            "{" => {
                braces += 1;
                if at >= 2 && text(at - 2) == "mod" {
                    modules.push(braces);
                }
            }
            "}" => {
                modules.retain(|opened| *opened != braces);
                braces = braces.saturating_sub(1);
            }
            word if word.starts_with(is_word) && text(at + 1) == "::" => {
                let mut ends = Vec::new();
                at = path(&tokens, at, &[], &mut ends);
                found.extend(ends.into_iter().map(|(parts, line)| Path { parts, line, within: modules.len() }));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads the path at `at` behind `before`; gives the place after it.
fn path(tokens: &[Token], mut at: usize, before: &[String], found: &mut Vec<(Vec<String>, usize)>) -> usize {
    let mut parts = before.to_vec();
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token.text != "}") {
                    at = path(tokens, at, &parts, found).max(at + 1);
                    while tokens.get(at).is_some_and(|token| !matches!(token.text.as_str(), "," | "}")) {
                        at += 1; // `as other`
                    }
                    at += usize::from(tokens.get(at).is_some_and(|token| token.text == ","));
                }
                return at + 1;
            }
            "self" if !parts.is_empty() => at += 1,
            word if word == "*" || word.starts_with(is_word) => {
                parts.push(word.to_owned());
                at += 1;
            }
            _ => break,
        }
        if tokens.get(at).is_none_or(|token| token.text != "::") {
            break;
        }
        at += 1;
    }
    let line = tokens.get(at.saturating_sub(1)).map_or(0, |token| token.line);
    found.push((parts, line));
    at
}

#[test]
fn comments_and_quotes_are_told_from_code() {
    let code =
        Code::read("let a = \"x // \\\" y\"; // b\nlet c = r#\"d \" e\"#; /* f /* g */ h */ 'i' as &'static str");
    assert_eq!(code.bare.split_whitespace().collect::<Vec<_>>().join(" "), "let a = ; let c = ; as &'static str");
    assert!(code.said.contains("x // \\\" y") && code.said.contains("d \" e") && !code.said.contains('b'));
    assert_eq!(
        Code::before_tests("a\n#[cfg(test)]\nmod b;\nc\n#[cfg(test)]\nmod tests {\n}\n"),
        "a\n#[cfg(test)]\nmod b;\nc\n"
    );
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let bare =
        "use a::{b, c::{self, d as e}, f::*};\nfn x() -> g::H<i::J> {}\nmod tests { use super::k; }\nl::m::<n>()";
    let found: Vec<String> =
        paths(bare).iter().map(|one| format!("{} {}/{}", one.parts.join("::"), one.line, one.within)).collect();
    let expected = "a::b 1/0, a::c 1/0, a::c::d 1/0, a::f::* 1/0, g::H 2/0, i::J 2/0, super::k 3/1, l::m 4/0";
    assert_eq!(found.join(", "), expected);
}
