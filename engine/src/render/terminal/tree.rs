//! A reasoning as an indented tree.

use crate::render::document::{Branch, Text};
use crate::render::page::{Page, filled};

/// Draws a reasoning.
pub(super) fn tree(page: &mut Page, branches: &[Branch]) {
    draw(page, branches, "");
}

fn draw(page: &mut Page, branches: &[Branch], prefix: &str) {
    let taken = prefix.chars().count() + 3;
    let fits = |branch: &&Branch| taken + branch.line.width() + 2 + branch.beside.width() <= page.width();
    let beside_others = branches.iter().filter(|branch| !branch.beside.is_empty()).filter(fits);
    let column = beside_others.map(|branch| taken + branch.line.width() + 2).max().unwrap_or(0);
    for (at, branch) in branches.iter().enumerate() {
        let Branch { line, beside, .. } = branch;
        let (here, rest) = if at + 1 == branches.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let first = Text::quiet(format!("{prefix}{here}"));
        // Past half the page a deeper branch is drawn at the same depth, so that words keep their room.
        let next = if taken * 2 > page.width() { prefix.to_owned() } else { format!("{prefix}{rest}") };
        let indent = Text::quiet(format!("{next}  "));
        if column + beside.width() <= page.width() && taken + line.width() + 2 <= column && !beside.is_empty() {
            page.line(&filled(first.then(line.clone()), column, false).then(beside.clone()));
        } else {
            page.wrapped(&first, &indent, line);
            if !beside.is_empty() {
                page.wrapped(&indent, &indent, beside);
            }
        }
        branch.notes.iter().for_each(|note| page.wrapped(&indent, &indent, note));
        draw(page, &branch.parts, &next);
    }
}
