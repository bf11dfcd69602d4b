//! What a new version of a ruleset means, in words.
//!
//! In English, like the command line that it is about.

use crate::changes::{Changed, Changes, Relation, Step};
use crate::evaluate::Example;
use std::fmt::Write as _;

/// Draws what a new version means: what is said otherwise with an example for each, what else is different, and
/// the version that this asks for.
#[must_use]
pub fn versions(found: &Changes) -> String {
    let mut out = format!("{}: from {} to {}\n", found.ruleset, found.from, found.to);
    for relation in [Relation::Moved, Relation::Narrower, Relation::Wider, Relation::Unchecked] {
        let these: Vec<&Changed> = found.conclusions.iter().filter(|one| one.relation == relation).collect();
        if !these.is_empty() {
            let _ = writeln!(out, "\n{}", heading(relation));
            these.into_iter().for_each(|one| changed(one, &mut out));
        }
    }
    if !found.elements.is_empty() {
        out.push_str("\nDifferent besides\n");
        for element in &found.elements {
            let _ = writeln!(out, "  {}: {}", element.what, element.how);
        }
    }
    if !found.texts.is_empty() {
        out.push_str("\nReads otherwise, and says the same\n");
        for text in &found.texts {
            let _ = writeln!(out, "  {text}");
        }
    }
    let _ = writeln!(out, "\n{}", asks(found));
    out
}

const fn heading(relation: Relation) -> &'static str {
    match relation {
        Relation::Moved => "Moved: no longer said everywhere it was, and said elsewhere",
        Relation::Narrower => "Narrower: no longer said everywhere it was",
        Relation::Wider => "Wider: also said elsewhere",
        Relation::Unchecked => "Not compared: too large to go through (may be anything)",
    }
}

fn changed(one: &Changed, out: &mut String) {
    let _ = writeln!(out, "  {} ({}:{})", one.what, one.place.file, one.place.line);
    let number = one.what.starts_with("score/") || one.what.starts_with("measure/");
    let only_old = if number { "the two differ where" } else { "no longer where" };
    for (when, example) in [(only_old, &one.only_old), ("now also where", &one.only_new)] {
        if let Some(Example(answers)) = example {
            let answers: Vec<String> = answers.iter().map(|(what, value)| format!("{what} = {value}")).collect();
            let answers = if answers.is_empty() { "nothing is answered".to_owned() } else { answers.join(", ") };
            let _ = writeln!(out, "    {when} {answers}");
        }
    }
}

fn asks(found: &Changes) -> String {
    let step = match found.asks {
        Step::None => return "Nothing differs.".to_owned(),
        Step::Patch => "a patch: nothing is said otherwise",
        Step::Minor => "a minor version: more is asked or said, and all that was still is",
        Step::Major => {
            "a major version: a profile may no longer fit, an id is gone, or something is no longer said where it was"
        }
    };
    let verdict = if found.enough { "is far enough" } else { "is too near" };
    format!("This asks for {step}.\n{} after {} {verdict}.", found.to, found.from)
}
