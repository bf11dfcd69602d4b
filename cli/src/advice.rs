//! `ruleset check`: what is wrong with rulesets, and what might be better.

use crate::arguments::{AdviceFormat, CheckRulesets};
use crate::choose::Shelf;
use crate::exit::Exit;
use crate::machine;
use crate::session::{Ended, Session};
use ketenspiegel_engine::advice::{Advice, Judged, advise};
use ketenspiegel_engine::cases;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::ruleset::Library;
use ketenspiegel_engine::source::Sources;
use serde::Serialize;
use std::fmt::Write as _;

/// The name of the format that `--format json` writes.
const FORMAT: &str = "advice/1";

pub(crate) fn run(asked: &CheckRulesets, session: &mut Session<'_>) -> Ended {
    let shelf = Shelf::with(&asked.rulesets, session)?;
    let mut all = Vec::new();
    for id in shelf.named() {
        all.push((id.clone(), judged(&id, &shelf, session)?));
    }
    // warnings that loading gave stand with the advice
    let mut told = std::mem::take(&mut session.problems);
    let left = |judged: &Judged| judged.left.clone().into_iter().map(|one| one.problem);
    all.iter().flat_map(|(_, judged)| left(judged)).for_each(|problem| told.push(problem));
    let advised = !told.is_empty();
    let drawn = match asked.format {
        AdviceFormat::Text => text(&all, told, asked, session),
        AdviceFormat::Json => json(&all, &session.sources),
        AdviceFormat::Sarif => machine::sarif(&told, &session.sources),
        AdviceFormat::Github => machine::github(&told, &session.sources),
    };
    session.print(&drawn)?;
    Ok(if asked.strict && advised { Exit::Findings } else { Exit::Fine })
}

/// A ruleset, loaded with all its texts and cases, and the advice about it.
fn judged(id: &str, shelf: &Shelf, session: &mut Session<'_>) -> Result<Judged, Exit> {
    let needed = shelf.with_required(&[id.to_owned()]);
    let library = Library::load(&needed, &mut session.sources, &mut session.problems).ok_or(Exit::Invalid)?;
    let own = library.ruleset(id).ok_or(Exit::Invalid)?;
    for files in shelf.files(id) {
        cases::read(&library, own, &files, &mut session.sources, &mut session.problems);
    }
    session.sound()?;
    Ok(advise(&library, own))
}

fn text(all: &[(String, Judged)], told: Problems, asked: &CheckRulesets, session: &mut Session<'_>) -> String {
    session.problems = told;
    let mut out = session.drawn_problems(true);
    session.problems = Problems::new();
    for (id, judged) in all {
        let line = |out: &mut String, one: &Advice, reason: &str| {
            let place = one.problem.span.map(|span| session.sources.place(span));
            let place = place.map(|place| format!(" ({}:{})", place.file, place.line)).unwrap_or_default();
            let _ = writeln!(out, "  {} {}{place}{reason}", one.problem.code.id, one.problem.message);
        };
        if !judged.unchecked.is_empty() {
            let _ = writeln!(out, "{id}: not checked, because it is too large to go through:");
            judged.unchecked.iter().for_each(|one| line(&mut out, one, ""));
        }
        if asked.allowed && !judged.allowed.is_empty() {
            let _ = writeln!(out, "{id}: allowed:");
            judged.allowed.iter().for_each(|(one, reason)| line(&mut out, one, &format!("\n        {reason}")));
        }
        let _ = writeln!(out, "{id}: {}", counted(judged));
        if let Some(one) = judged.left.first() {
            let _ = writeln!(
                out,
                "  to allow one, write in ruleset.toml why: [[allow]] code = \"{}\" at = \"{}\" reason = \"…\"",
                one.problem.code.id, one.at
            );
        }
    }
    out
}

fn counted(judged: &Judged) -> String {
    let pieces = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("1 piece of advice{what}")),
        _ => Some(format!("{count} pieces of advice{what}")),
    };
    let unchecked = match judged.unchecked.len() {
        0 => None,
        count => Some(format!("{count} not checked")),
    };
    let all = [pieces(judged.left.len(), ""), pieces(judged.allowed.len(), " allowed for a reason"), unchecked];
    let all: Vec<String> = all.into_iter().flatten().collect();
    if all.is_empty() { "no advice".to_owned() } else { all.join(", ") }
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    rulesets: Vec<WrittenRuleset<'a>>,
}

#[derive(Serialize)]
struct WrittenRuleset<'a> {
    id: &'a str,
    advice: Vec<WrittenAdvice<'a>>,
    allowed: Vec<WrittenAdvice<'a>>,
    unchecked: Vec<machine::Found<'a>>,
}

fn json(all: &[(String, Judged)], sources: &Sources) -> String {
    let rulesets = all.iter().map(|(id, judged)| {
        let (advice, allowed) = written(judged, sources);
        let unchecked = judged.unchecked.iter().map(|one| machine::one(&one.problem, sources)).collect();
        WrittenRuleset { id, advice, allowed, unchecked }
    });
    machine::json(&Written { format: FORMAT, rulesets: rulesets.collect() })
}

/// A piece of advice as JSON has it.
#[derive(Serialize)]
pub(crate) struct WrittenAdvice<'a> {
    at: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(flatten)]
    problem: machine::Found<'a>,
}

/// Advice as JSON has it: what is left, and what is allowed.
pub(crate) fn written<'a>(judged: &'a Judged, sources: &Sources) -> (Vec<WrittenAdvice<'a>>, Vec<WrittenAdvice<'a>>) {
    let left = judged.left.iter().map(|one| WrittenAdvice {
        at: &one.at,
        reason: None,
        problem: machine::one(&one.problem, sources),
    });
    let allowed = judged.allowed.iter().map(|(one, reason)| WrittenAdvice {
        at: &one.at,
        reason: Some(reason),
        problem: machine::one(&one.problem, sources),
    });
    (left.collect(), allowed.collect())
}
