//! The report as Markdown (CommonMark, with the tables of GitHub), for in the file.

use super::document::{Block, Branch, Column, Entry, Line, Link, Run, Table, Text, Tone};
use super::report::{Extent, report};
use super::words::Language;
use crate::assessment::Assessment;

/// Draws an assessment as Markdown: the same report, in the same order, as for the terminal.
///
/// Whatever a profile or a ruleset says comes out as text: nothing in it can start a heading, a table or a tag.
/// An address on the web stays one to click on.
#[must_use]
pub fn markdown(assessment: &Assessment, extent: Extent, language: Language) -> String {
    drawn(&report(assessment, extent, language))
}

/// Blocks as Markdown.
pub(super) fn drawn(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut depth = 1;
    for block in blocks {
        if let Block::Heading(rank, _) = block {
            depth = rank.level();
        }
        let drawn = draw(block, depth + 1);
        if !drawn.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&drawn);
        }
    }
    out
}

/// `below`: the level of a heading under the one that was drawn last.
fn draw(block: &Block, below: usize) -> String {
    match block {
        Block::Heading(rank, text) => format!("{} {}{}\n", "#".repeat(rank.level()), anchor(text), flat(text)),
        Block::Paragraph(text) => format!("{}\n", start(&inline(text))),
        Block::Lead(lines) => {
            lines.iter().map(|text| format!("{}\n", start(&inline(text)))).collect::<Vec<_>>().join("\n")
        }
        Block::Table(table) => draw_table(table),
        Block::Brief(entries) => entries.iter().map(item).collect(),
        Block::Entries(entries) => entries.iter().map(|entry| full(entry, below)).collect::<Vec<_>>().join("\n"),
        Block::List(items) | Block::Contents(_, items) => {
            items.iter().map(|text| format!("- {}\n", start(&inline(text)))).collect()
        }
        Block::Tree(branches) => branches.iter().map(|one| branch(one, 0)).collect(),
        Block::Fields(fields) => {
            // a list would go on where one stands above it
            let lines = fields.iter().map(|(name, value)| format!("{}: {}", start(&inline(name)), inline(value)));
            format!("{}\n", lines.collect::<Vec<_>>().join("\\\n"))
        }
    }
}

/// A step of a reasoning as an item of a list, what it rests on in a list of its own.
fn branch(one: &Branch, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let line = Text::join([one.line.clone(), one.beside.clone()], " — ");
    let mut out = format!("{indent}- {}", start(&inline(&line)));
    for note in &one.notes {
        out.push_str(&format!("\\\n{indent}  {}", start(&inline(note))));
    }
    out.push('\n');
    one.parts.iter().for_each(|part| out.push_str(&branch(part, depth + 1)));
    out
}

fn draw_table(table: &Table) -> String {
    let line = |cells: &[Text]| {
        let cells: Vec<String> = cells.iter().map(cell).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule: Vec<&str> =
        table.columns.iter().map(|column| if *column == Column::Number { "---:" } else { "---" }).collect();
    let rows: String = table.rows.iter().map(|row| line(row)).collect();
    format!("{}| {} |\n{rows}", line(&table.head), rule.join(" | "))
}

/// A cell; what is indented in a column of titles stays so.
fn cell(text: &Text) -> String {
    let drawn = inline(text);
    let indent = drawn.len() - drawn.trim_start_matches(' ').len();
    format!("{}{}", "&nbsp;".repeat(indent), drawn.trim())
}

/// An entry as an item of a list.
fn item(entry: &Entry) -> String {
    let mut out = format!("- {}\n", headline(entry));
    for line in &entry.lines {
        out.push_str(&sub_line(line, 2));
    }
    out
}

/// An entry with a heading of its own.
fn full(entry: &Entry, level: usize) -> String {
    let title = flat(&Text::join([trimmed(&entry.mark), entry.title.clone()], " "));
    let mut out = format!("{} {}{title}\n", "#".repeat(level), anchor(&entry.title));
    if !entry.note.is_empty() {
        out.push_str(&format!("\n*{}*\n", flat(&entry.note)));
    }
    let mut in_list = false;
    for line in &entry.lines {
        match line {
            Line::Words(text) => out.push_str(&format!("\n{}\n", start(&inline(text)))),
            Line::Field(..) | Line::Fields(..) => {
                if !std::mem::replace(&mut in_list, true) {
                    out.push('\n');
                }
                out.push_str(&sub_line(line, 0));
            }
        }
    }
    out
}

fn headline(entry: &Entry) -> String {
    let title = Text::strong(entry.title.words());
    let head = inline(&Text::join([trimmed(&entry.mark), title], " "));
    if entry.note.is_empty() { start(&head) } else { format!("{} — {}", start(&head), inline(&entry.note)) }
}

fn trimmed(mark: &Text) -> Text {
    Text::plain(mark.words().trim())
}

fn sub_line(line: &Line, indent: usize) -> String {
    let indent = " ".repeat(indent);
    match line {
        Line::Words(text) => format!("{indent}- {}\n", start(&inline(text))),
        Line::Field(name, value) => format!("{indent}- {}: {}\n", start(&inline(name)), inline(value)),
        Line::Fields(name, values) => {
            let mut out = format!("{indent}- {}:\n", start(&inline(name)));
            for (depth, value) in values {
                out.push_str(&format!("{indent}{}- {}\n", "  ".repeat(depth + 1), start(&inline(value))));
            }
            out
        }
    }
}

/// The words without their tones, for where a tone has no place.
fn flat(text: &Text) -> String {
    start(&escaped(text.words().trim()))
}

fn inline(text: &Text) -> String {
    text.runs().iter().filter(|run| !run.words.is_empty()).map(drawn_run).collect()
}

/// The place that a heading is, for what leads to it.
fn anchor(text: &Text) -> String {
    text.anchor().map(|anchor| format!("<a id=\"{anchor}\"></a>")).unwrap_or_default()
}

fn drawn_run(run: &Run) -> String {
    let drawn = drawn_words(run);
    match &run.link {
        Some(Link::To(anchor)) if !run.words.trim().is_empty() => format!("[{drawn}](#{anchor})"),
        Some(Link::Here(anchor)) => format!("<a id=\"{anchor}\"></a>{drawn}"),
        _ => drawn,
    }
}

fn drawn_words(run: &Run) -> String {
    let Run { words, tone, .. } = run;
    let inner = words.trim();
    match tone {
        _ if inner.is_empty() => words.clone(),
        Tone::Strong => {
            let (before, after) = (words.len() - words.trim_start().len(), words.trim_end().len());
            format!("{}**{}**{}", &words[..before], escaped(inner), &words[after..])
        }
        Tone::Code => code(inner),
        Tone::Plain | Tone::Quiet | Tone::Alarm | Tone::Warning | Tone::Good => escaped(words),
    }
}

/// A code span; words that would end a span or a cell are written as text instead.
fn code(words: &str) -> String {
    if words.contains(['`', '|']) { escaped(words) } else { format!("`{words}`") }
}

/// Text in which nothing has a meaning for Markdown.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '#') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// The start of a line, where a few more letters have a meaning: `-`, `+`, `=`, `1.` and `1)`.
fn start(line: &str) -> String {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let at = match line.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => digits,
        Some(b'-' | b'+' | b'=') if digits == 0 => 0,
        _ => return line.to_owned(),
    };
    format!("{}\\{}", &line[..at], &line[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_text_stays_text() {
        assert_eq!(
            escaped("a | <b> *c* _d_ `e` [f](g) &amp; $x$"),
            r"a \| \<b\> \*c\* \_d\_ \`e\` \[f\](g) \&amp; \$x\$"
        );
        assert_eq!(flat(&Text::plain("# geen kop")), r"\# geen kop");
        assert_eq!(start("- geen lijst"), r"\- geen lijst");
        assert_eq!(start("1. geen lijst"), r"1\. geen lijst");
        assert_eq!(start("2007 was een jaar"), "2007 was een jaar");
        assert_eq!(code("a`b|c"), r"a\`b\|c");
        assert_eq!(inline(&Text::strong(" vet ").then("gewoon")), " **vet** gewoon");
    }
}
