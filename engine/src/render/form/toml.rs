//! An empty profile in TOML, with everything that is asked as comments.

use super::super::words::{self, Language, forms};
use super::sheet::{Item, Part, Sheet};
use crate::assessment::Status;
use crate::number::Number;
use crate::profile::FORMAT;
use crate::ruleset::{Asked, Kind, Texts};
use std::fmt::Write as _;

/// The width of a comment.
const WIDTH: usize = 100;

pub(super) fn draw(sheet: &Sheet<'_>) -> String {
    let say = |phrase| sheet.language.say(phrase);
    let titles: Vec<String> = sheet.parts.iter().map(|part| part.texts.text("ruleset.title").to_owned()).collect();
    let mut out = String::new();
    comment(&mut out, 0, &format!("{}: {}", words::NAME, sheet.language.and(&titles)));
    out.push_str("#\n");
    comment(&mut out, 0, say(forms::HOW_TO_FILL_IN));
    comment(&mut out, 0, say(forms::MORE_TO_SAY));
    let _ = writeln!(out, "\nketenspiegel = {FORMAT}\n\n[chain]\nname = \"\" # {}", say(forms::CHAIN_NAME));
    let _ = writeln!(out, "#date = 2026-01-31 # {}", say(forms::CHAIN_DATE));
    let _ = writeln!(out, "\n# {}\n#[[chain.parties]]\n#id = \"\"\n#name = \"\"", say(forms::A_PARTY));
    for part in sheet.parts.iter().filter(|part| !part.roles.is_empty()) {
        let _ = writeln!(out, "\n[roles.{}] # {}", part.ruleset.manifest.id, say(forms::PARTIES_IN_ROLE));
        for (id, title) in &part.roles {
            let _ = writeln!(out, "{id} = [] # {title}");
        }
    }
    for part in &sheet.parts {
        answers(&mut out, sheet, part);
    }
    for part in sheet.parts.iter().filter(|part| !part.bouwstenen.is_empty()) {
        statuses(&mut out, sheet, part);
    }
    for part in sheet.parts.iter().filter(|part| !part.targets.is_empty()) {
        let _ = writeln!(out, "\n[targets.{}] # {}", part.ruleset.manifest.id, say(forms::TARGETS));
        for aspect in &part.targets {
            let id = &aspect.declared.id;
            let range = aspect.within.map(|(low, high)| format!(": {}", sheet.range(low, high, None)));
            let title = part.texts.text(&format!("aspect.{id}.title"));
            let _ = writeln!(out, "#{id} = # {title}{}", range.unwrap_or_default());
        }
    }
    out
}

fn answers(out: &mut String, sheet: &Sheet<'_>, part: &Part<'_>) {
    let _ = writeln!(out, "\n[answers.{}]", part.ruleset.manifest.id);
    comment(out, 0, part.texts.text("ruleset.title"));
    for item in &part.items {
        if let Some(heading) = item.heading {
            let _ = writeln!(out, "\n# ── {heading} ──");
        }
        out.push('\n');
        comment(out, 0, &format!("{}. {}", item.number, item.text(part.texts, "ask")));
        if let Some(other) = item.settled_by {
            let ruleset = sheet.library.questions[other.index()].declared.ruleset;
            comment(out, 3, &forms::see(&sheet.reference(other), sheet.title(ruleset), sheet.language));
            continue;
        }
        for line in explained(sheet, item, part.texts) {
            comment(out, 3, &line);
        }
        let _ = writeln!(out, "#{} = {}", item.question.declared.id, empty(item, sheet.language));
    }
}

/// The empty answer: a bare one, or one with room for importance or for the parties.
fn empty(item: &Item<'_>, language: Language) -> String {
    let party = language.say(forms::SOME_PARTY);
    match (&item.question.asked, &item.question.importance) {
        (Asked::Chain, None) => String::new(),
        (Asked::Chain, Some(_)) => "{ value = , importance = }".to_owned(),
        (Asked::Party { .. }, None) => format!("{{ by = {{ {party} = , {party} = }} }}"),
        (Asked::Party { .. }, Some(_)) => format!("{{ by = {{ {party} = {{ value = , importance = }} }} }}"),
    }
}

/// What can be answered, a line each.
fn explained(sheet: &Sheet<'_>, item: &Item<'_>, texts: &Texts) -> Vec<String> {
    let say = |phrase| sheet.language.say(phrase).to_owned();
    let mut lines: Vec<String> = Vec::new();
    lines.extend(Some(item.text(texts, "help").to_owned()).filter(|help| !help.is_empty()));
    lines.extend(sheet.asked_if(item));
    lines.extend(sheet.who(item.question));
    let option = |id: &str| {
        format!("  \"{id}\" = {}", texts.text(&format!("question.{}.options.{id}", item.question.declared.id)))
    };
    match &item.question.kind {
        Kind::Scale(scale) => {
            lines.push(labels(sheet, &scale.id, &scale.values, texts));
            for (value, name) in [(scale.values.first(), "low"), (scale.values.last(), "high")] {
                let words = item.text(texts, name);
                if let (Some(value), false) = (value, words.is_empty()) {
                    lines.push(format!("{}: {words}", sheet.language.exact(*value)));
                }
            }
        }
        Kind::YesNo => lines.push(say(forms::TRUE_OR_FALSE)),
        Kind::Choice(options) => {
            lines.push(say(forms::ONE_OF));
            lines.extend(options.iter().map(|known| option(&known.id)));
        }
        Kind::Multiple(options) => {
            lines.push(say(forms::ANY_OF));
            lines.extend(options.iter().map(|known| option(&known.id)));
        }
        Kind::Number { min, max, unit, .. } => lines.push(sheet.range(*min, *max, unit.as_deref())),
        Kind::Text => lines.push(say(forms::A_TEXT)),
    }
    if let Some(scale) = &item.question.importance {
        lines.push(format!("importance: {}", labels(sheet, &scale.id, &scale.values, texts)));
    }
    if item.question.not_applicable {
        lines.push(say(forms::NOT_APPLICABLE_HOW));
    }
    lines
}

fn labels(sheet: &Sheet<'_>, scale: &str, values: &[Number], texts: &Texts) -> String {
    listed(values.iter().map(|value| format!("{} = {}", sheet.language.exact(*value), texts.scale(scale, *value))))
}

/// A list of which no item is broken over two lines.
fn listed(items: impl IntoIterator<Item = String>) -> String {
    let whole: Vec<String> = items.into_iter().map(|item| item.replace(' ', "\u{a0}")).collect();
    whole.join(" · ")
}

fn statuses(out: &mut String, sheet: &Sheet<'_>, part: &Part<'_>) {
    let _ = writeln!(out, "\n[bouwstenen.{}]", part.ruleset.manifest.id);
    let titles =
        Status::ALL.map(|status| format!("\"{}\" = {}", status.id(), sheet.language.say(words::status(status))));
    comment(out, 0, &format!("{}: {}", sheet.language.say(forms::STATUSES), listed(titles)));
    for stone in &part.bouwstenen {
        let id = &stone.declared.id;
        out.push('\n');
        let text = |name: &str| part.texts.text(&format!("bouwsteen.{id}.{name}"));
        comment(out, 0, &format!("{}: {}", text("title"), text("about")));
        let _ = writeln!(out, "#{id} = ");
    }
}

/// Writes a comment, `indent` columns in, wrapped.
fn comment(out: &mut String, indent: usize, text: &str) {
    let own = text.len() - text.trim_start_matches(' ').len();
    let first = format!("# {}", " ".repeat(indent + own));
    let rest = format!("{first}{}", if own > 0 { "  " } else { "" });
    let options = textwrap::Options::new(WIDTH).initial_indent(&first).subsequent_indent(&rest).break_words(false);
    for line in textwrap::wrap(text.trim_start_matches(' '), options) {
        out.push_str(&line.trim_end().replace('\u{a0}', " "));
        out.push('\n');
    }
}
