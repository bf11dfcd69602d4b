//! A document as one page of HTML: nothing is fetched and nothing runs, so that it can be kept, mailed and printed.

use super::document::{Block, Branch, Column, Entry, Line, Link, Run, Table, Text, Tone};
use std::fmt::Write as _;

/// How the page looks: wide and narrow, light and dark, on a screen and on paper.
const STYLE: &str = include_str!("html/page.css");

/// Blocks as a page of HTML.
///
/// Whatever a ruleset or a profile says comes out as text. The page also tells browsers to load and run nothing.
pub(super) fn drawn(blocks: &[Block], title: &str, language: &str) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        escaped(language),
        escaped(Text::plain(title).words().trim()),
    );
    // what there is to go to stands before the rest, and beside it where there is room
    for block in blocks.iter().filter(|block| matches!(block, Block::Contents(..))) {
        draw(block, 2, &mut out);
    }
    out.push_str("<main>\n");
    let mut depth = 1;
    for block in blocks.iter().filter(|block| !matches!(block, Block::Contents(..))) {
        if let Block::Heading(rank, _) = block {
            depth = rank.level();
        }
        draw(block, depth + 1, &mut out);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// `below`: the level of a heading under the one that was drawn last.
fn draw(block: &Block, below: usize, out: &mut String) {
    match block {
        Block::Heading(rank, text) => heading(rank.level(), text, out),
        Block::Paragraph(text) => paragraph("", text, out),
        Block::Lead(lines) => lines.iter().for_each(|line| paragraph(" class=\"lead\"", line, out)),
        Block::Table(table) => draw_table(table, out),
        Block::Brief(entries) | Block::Entries(entries) => {
            entries.iter().for_each(|entry| draw_entry(entry, below, out));
        }
        Block::List(items) => list(items, out),
        Block::Tree(branches) => tree(branches, out),
        Block::Fields(fields) => {
            out.push_str("<dl>\n");
            fields.iter().for_each(|(name, value)| field(name, value, out));
            out.push_str("</dl>\n");
        }
        Block::Contents(title, items) => {
            let _ = writeln!(out, "<nav aria-label=\"{}\">", escaped(&title.words()));
            paragraph("", title, out);
            list(items, out);
            out.push_str("</nav>\n");
        }
    }
}

/// A heading, which is itself the place that its words are.
fn heading(level: usize, text: &Text, out: &mut String) {
    let level = level.min(6);
    let id = text.anchor().map(|anchor| format!(" id=\"{}\"", escaped(anchor))).unwrap_or_default();
    let _ = writeln!(out, "<h{level}{id}>{}</h{level}>", unplaced(text));
}

fn paragraph(attributes: &str, text: &Text, out: &mut String) {
    let _ = writeln!(out, "<p{attributes}>{}</p>", inline(text));
}

fn list(items: &[Text], out: &mut String) {
    out.push_str("<ul>\n");
    items.iter().for_each(|item| {
        let _ = writeln!(out, "<li>{}</li>", inline(item));
    });
    out.push_str("</ul>\n");
}

fn draw_table(table: &Table, out: &mut String) {
    let number = |at: usize| match table.columns.get(at) {
        Some(Column::Number) => " class=\"number\"",
        _ => "",
    };
    out.push_str("<div class=\"wide\"><table>\n");
    if !table.headless {
        out.push_str("<thead><tr>");
        for (at, head) in table.head.iter().enumerate() {
            let _ = write!(out, "<th scope=\"col\"{}>{}</th>", number(at), inline(head));
        }
        out.push_str("</tr></thead>\n");
    }
    out.push_str("<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let _ = match at {
                0 => write!(out, "<th scope=\"row\"{}>{}</th>", number(at), inline(cell)),
                _ => write!(out, "<td{}>{}</td>", number(at), inline(cell)),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
}

fn draw_entry(entry: &Entry, level: usize, out: &mut String) {
    out.push_str("<article>\n");
    let mark = Text::plain(entry.mark.words().trim());
    heading(level, &Text::join([mark, entry.title.clone()], " "), out);
    if !entry.note.is_empty() {
        paragraph(" class=\"note\"", &entry.note, out);
    }
    let mut in_list = false;
    for line in &entry.lines {
        let is_field = !matches!(line, Line::Words(_));
        if is_field != in_list {
            out.push_str(if is_field { "<dl>\n" } else { "</dl>\n" });
            in_list = is_field;
        }
        match line {
            Line::Words(text) => paragraph("", text, out),
            Line::Field(name, value) => field(name, value, out),
            Line::Fields(name, values) => {
                let _ = write!(out, "<dt>{}</dt><dd>", inline(name));
                nested(values, out);
                out.push_str("</dd>\n");
            }
        }
    }
    if in_list {
        out.push_str("</dl>\n");
    }
    out.push_str("</article>\n");
}

fn field(name: &Text, value: &Text, out: &mut String) {
    let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", inline(name), inline(value));
}

/// A reasoning as lists in lists.
fn tree(branches: &[Branch], out: &mut String) {
    out.push_str("<ul>\n");
    for Branch { line, beside, notes, parts, .. } in branches {
        let _ = write!(out, "<li>{}", inline(&Text::join([line.clone(), beside.clone()], " — ")));
        notes.iter().for_each(|note| paragraph("", note, out));
        if !parts.is_empty() {
            tree(parts, out);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

/// Values by how deep they stand, as lists in lists.
fn nested(values: &[(usize, Text)], out: &mut String) {
    let mut open = 0;
    for (depth, value) in values {
        // no list can be deeper than one below the item that it stands in
        let wanted = (depth + 1).min(open + 1);
        if wanted > open {
            out.push_str("<ul>");
        } else {
            out.push_str("</li>");
            (wanted..open).for_each(|_| out.push_str("</ul></li>"));
        }
        open = wanted;
        let _ = write!(out, "<li>{}", inline(value));
    }
    (0..open).for_each(|_| out.push_str("</li></ul>"));
}

fn inline(text: &Text) -> String {
    text.runs().iter().filter(|run| !run.words.is_empty()).map(|run| drawn_run(run, true)).collect()
}

/// The words where the place that they are is named already.
fn unplaced(text: &Text) -> String {
    text.runs().iter().filter(|run| !run.words.is_empty()).map(|run| drawn_run(run, false)).collect()
}

fn drawn_run(run: &Run, placed: bool) -> String {
    let words = escaped(&run.words);
    let toned = match run.tone {
        Tone::Plain => words,
        Tone::Strong => format!("<strong>{words}</strong>"),
        Tone::Code => format!("<code>{words}</code>"),
        Tone::Quiet => format!("<span class=\"quiet\">{words}</span>"),
        Tone::Alarm => format!("<span class=\"alarm\">{words}</span>"),
        Tone::Warning => format!("<span class=\"warning\">{words}</span>"),
        Tone::Good => format!("<span class=\"good\">{words}</span>"),
    };
    match &run.link {
        Some(Link::To(anchor)) => format!("<a href=\"#{}\">{toned}</a>", escaped(anchor)),
        Some(Link::Here(anchor)) if placed => format!("<span id=\"{}\">{toned}</span>", escaped(anchor)),
        _ => toned,
    }
}

/// Text in which nothing has a meaning for HTML, in an element or in an attribute.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_elses_text_stays_text() {
        let evil = "</style><script>alert(1)</script>\" onload='x' <!-- &amp;";
        let text = || Text::plain(evil).to(evil);
        let branch = || Branch { name: evil.into(), line: text(), beside: text(), ..Branch::default() };
        let entry = Entry { mark: text(), title: Text::plain(evil).here(evil), note: text(), ..Entry::default() };
        let lines = vec![Line::Words(text()), Line::Field(text(), text()), Line::Fields(text(), vec![(3, text())])];
        let table = Table { head: vec![text()], rows: vec![vec![text(), Text::code(evil)]], ..Table::default() };
        let blocks = [
            Block::Contents(text(), vec![text()]),
            Block::Heading(super::super::document::Rank::Part, Text::plain(evil).here(evil)),
            Block::Entries(vec![Entry { lines, ..entry }]),
            Block::Table(table),
            Block::List(vec![text()]),
            Block::Fields(vec![(text(), text())]),
            Block::Tree(vec![Branch { line: text(), notes: vec![text()], parts: vec![branch()], ..branch() }]),
        ];
        let page = drawn(&blocks, evil, evil);
        let body = page.split("</style>").nth(1).unwrap_or_default();
        assert_eq!(page.matches("</style>").count(), 1);
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains("<!--"), "{page}");
        // every quote is one that stands around an attribute
        assert!(!body.contains('\''), "{body}");
        for part in body.split('<').skip(1) {
            let tag = part.split('>').next().unwrap_or_default();
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            assert!(!tag.contains("onload=") || tag.contains("&quot; onload="), "{tag}");
        }
    }

    #[test]
    fn lists_in_lists_close_what_they_open() {
        let mut out = String::new();
        let line = |depth, words: &str| (depth, Text::plain(words));
        nested(&[line(0, "a"), line(1, "b"), line(3, "c"), line(0, "d")], &mut out);
        assert_eq!(out, "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>");
        nested(&[], &mut out);
        assert!(out.ends_with("d</li></ul>"));
    }
}
