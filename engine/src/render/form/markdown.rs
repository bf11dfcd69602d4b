//! A questionnaire in Markdown, to print.

use super::super::markdown::escaped;
use super::super::words::{self, forms};
use super::sheet::{Item, Part, Sheet};
use crate::assessment::Status;
use crate::number::Number;
use crate::ruleset::{Asked, Kind, Texts};
use std::fmt::Write as _;

/// A line to write on.
const LINE: &str = "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_";

/// How many parties can answer on paper.
const ROWS: usize = 4;

pub(super) fn draw(sheet: &Sheet<'_>) -> String {
    let say = |phrase| sheet.language.say(phrase);
    let titles: Vec<String> = sheet.parts.iter().map(|part| part.texts.text("ruleset.title").to_owned()).collect();
    let mut out = format!("# {}: {}\n", say(forms::QUESTIONNAIRE), escaped(&sheet.language.and(&titles)));
    for name in [forms::CHAIN, forms::FILLED_IN_BY, forms::DATE] {
        let _ = write!(out, "\n{}: {LINE}\n", say(name));
    }
    let _ = write!(out, "\n{}\n", say(forms::HOW_TO_ANSWER));
    for part in &sheet.parts {
        let _ = write!(out, "\n## {}\n", escaped(part.texts.text("ruleset.title")));
        let about = part.texts.text("ruleset.about");
        if !about.is_empty() {
            let _ = write!(out, "\n{}\n", escaped(about));
        }
        for item in &part.items {
            question(&mut out, sheet, item, part.texts);
        }
        statuses(&mut out, sheet, part);
    }
    out
}

fn question(out: &mut String, sheet: &Sheet<'_>, item: &Item<'_>, texts: &Texts) {
    if let Some(heading) = item.heading {
        let _ = write!(out, "\n### {}\n", words::capitalised(&escaped(heading)));
    }
    let _ = write!(out, "\n**{}. {}**\n", item.number, escaped(item.text(texts, "ask")));
    if let Some(other) = item.settled_by {
        let ruleset = sheet.library.questions[other.index()].declared.ruleset;
        let see = forms::see(&sheet.reference(other), sheet.title(ruleset), sheet.language);
        let _ = write!(out, "\n{}\n", escaped(&see));
        return;
    }
    let tick_all =
        matches!(item.question.kind, Kind::Multiple(_)).then(|| sheet.language.say(forms::TICK_ALL).to_owned());
    let help = Some(item.text(texts, "help").to_owned()).filter(|help| !help.is_empty());
    let notes: Vec<String> =
        [sheet.asked_if(item), help, sheet.who(item.question), tick_all].into_iter().flatten().collect();
    if !notes.is_empty() {
        let _ = write!(out, "\n*{}*\n", escaped(&notes.join(" ")));
    }
    if let Some([low, high]) = sheet.ends(item, texts) {
        for (value, words) in [low, high] {
            let _ = write!(out, "\n{} = {}\n", sheet.language.exact(value), escaped(&words));
        }
    }
    match &item.question.asked {
        Asked::Chain => boxes(out, sheet, item, texts),
        Asked::Party { .. } => by_party(out, sheet, item, texts),
    }
}

/// What can be ticked, or a line to write on.
fn boxes(out: &mut String, sheet: &Sheet<'_>, item: &Item<'_>, texts: &Texts) {
    let unknown = sheet.language.say(forms::UNKNOWN);
    let id = &item.question.declared.id;
    match &item.question.kind {
        Kind::Scale(scale) => inline(out, &numbers(sheet, &scale.values), unknown),
        Kind::YesNo => inline(out, &[words::YES, words::NO].map(|word| sheet.language.say(word).to_owned()), unknown),
        Kind::Choice(options) | Kind::Multiple(options) => {
            out.push('\n');
            for option in options {
                let _ = writeln!(out, "- [ ] {}", escaped(texts.text(&format!("question.{id}.options.{}", option.id))));
            }
            let _ = writeln!(out, "- [ ] {unknown}");
        }
        Kind::Number { min, max, unit, .. } => {
            let range = sheet.range(*min, *max, unit.as_deref());
            let _ = write!(out, "\n{LINE} {} &nbsp; ☐ {unknown}\n", escaped(&range));
        }
        Kind::Text => {
            let _ = write!(out, "\n{LINE}{LINE}{LINE}\n");
        }
    }
    if let Some(scale) = &item.question.importance {
        let labels: Vec<String> = scale
            .values
            .iter()
            .map(|value| format!("{} {}", sheet.language.exact(*value), escaped(texts.scale(&scale.id, *value))))
            .collect();
        let _ = write!(out, "\n{}: ☐ {}\n", sheet.language.say(words::IMPORTANCE), labels.join(" &nbsp; ☐ "));
    }
    if item.question.not_applicable {
        let _ = write!(out, "\n☐ {} {LINE}\n", sheet.language.say(forms::DOES_NOT_APPLY));
    }
}

fn numbers(sheet: &Sheet<'_>, values: &[Number]) -> Vec<String> {
    values.iter().map(|value| sheet.language.exact(*value)).collect()
}

fn inline(out: &mut String, words: &[String], unknown: &str) {
    let _ = write!(out, "\n☐ {} &nbsp; ☐ {unknown}\n", words.join(" &nbsp; ☐ "));
}

/// A row for each party.
fn by_party(out: &mut String, sheet: &Sheet<'_>, item: &Item<'_>, texts: &Texts) {
    let id = &item.question.declared.id;
    let mut columns = match &item.question.kind {
        Kind::Scale(scale) => numbers(sheet, &scale.values),
        Kind::YesNo => [words::YES, words::NO].map(|word| sheet.language.say(word).to_owned()).to_vec(),
        Kind::Choice(options) | Kind::Multiple(options) => {
            options.iter().map(|option| escaped(texts.text(&format!("question.{id}.options.{}", option.id)))).collect()
        }
        Kind::Number { .. } | Kind::Text => Vec::new(),
    };
    let tick = if columns.is_empty() { "" } else { "☐" };
    if columns.is_empty() {
        columns.push(sheet.language.say(forms::ANSWER).to_owned());
    }
    columns.push(sheet.language.say(forms::UNKNOWN).to_owned());
    if item.question.importance.is_some() {
        columns.push(sheet.language.say(words::IMPORTANCE).to_owned());
    }
    let _ = write!(out, "\n| {} | {} |\n", sheet.language.say(forms::PARTY), columns.join(" | "));
    let _ = writeln!(out, "|{}", " --- |".repeat(columns.len() + 1));
    for _ in 0..ROWS {
        let cells: Vec<&str> = (0..columns.len())
            .map(|at| if item.question.importance.is_some() && at + 1 == columns.len() { "" } else { tick })
            .collect();
        let _ = writeln!(out, "| &nbsp; | {} |", cells.join(" | "));
    }
}

/// What is in place: a row for each bouwsteen.
fn statuses(out: &mut String, sheet: &Sheet<'_>, part: &Part<'_>) {
    if part.bouwstenen.is_empty() {
        return;
    }
    let titles = Status::ALL.map(|status| sheet.language.say(words::status(status)));
    let _ = write!(out, "\n### {}\n\n", sheet.language.say(forms::PRESENT));
    let _ = writeln!(out, "| | {} | {} |", titles.join(" | "), sheet.language.say(forms::UNKNOWN));
    let _ = writeln!(out, "|{}", " --- |".repeat(titles.len() + 2));
    for stone in &part.bouwstenen {
        let id = &stone.declared.id;
        let text = |name: &str| escaped(part.texts.text(&format!("bouwsteen.{id}.{name}")));
        let _ = writeln!(out, "| **{}**: {} |{}", text("title"), text("about"), " ☐ |".repeat(titles.len() + 1));
    }
}
