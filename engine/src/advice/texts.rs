//! Advice about texts and reasons.

use super::Advice;
use crate::condition::{RuleId, TableId};
use crate::problem::{Problem, Span, codes};
use crate::ruleset::{Library, Part, Ruleset, Slot, Template, Texts, parts};

/// Fewer words than these may be the same in two languages: names and terms are.
const FEW_WORDS: usize = 4;

/// What might be better in the texts of a ruleset.
pub(super) fn advise(library: &Library, ruleset: usize, found: &mut Vec<Advice>) {
    let own = &library.rulesets[ruleset];
    for texts in &own.texts {
        for (key, text, span) in texts.entries() {
            sentences(own, texts.language(), key, text, span, found);
        }
    }
    let mut languages = own.texts.iter();
    if let Some(source) = languages.next() {
        languages.for_each(|other| untranslated(source, other, found));
    }
    unused_values(library, own, found);
    for parameter in &own.manifest.parameters {
        let at = format!("parameter/{}", parameter.id);
        if parameter.reason.trim().is_empty() {
            let problem = Problem::new(codes::EMPTY_REASON, format!("the parameter `{}` has no reason", parameter.id));
            let help = "say in a sentence why it has this value, and whether that is the source's choice or yours";
            found.push(Advice::new(&at, problem.at(parameter.span).help(help)));
        }
        if !own.parameters_used.contains(&parameter.id) {
            let problem =
                Problem::new(codes::UNUSED_PARAMETER, format!("nothing uses the parameter `{}`", parameter.id));
            found.push(Advice::new(&at, problem.at(parameter.span).help("take it out")));
        }
    }
}

/// Values that are handed to texts of which none shows them.
fn unused_values(library: &Library, own: &Ruleset, found: &mut Vec<Advice>) {
    for at in own.own.rules.clone() {
        let rule = &library.rules[at];
        let keys = ["title", "text"].map(|name| format!("rule.{}.{name}", rule.template.id));
        let told = format!("rule/{}", rule.declared.id);
        unused_in(library, own, (&rule.template, Slot::When(RuleId::at(at))), &keys, &told, found);
    }
    for at in own.own.tables.clone() {
        let table = &library.tables[at];
        let told = format!("table/{}", table.declared.id);
        for (cell, template) in
            table.cells.iter().enumerate().filter_map(|(at, cell)| Some((at, cell.template.as_ref()?)))
        {
            let key = format!("table.{}.cells.{}", table.declared.id, template.id);
            unused_in(library, own, (template, Slot::Cell(TableId::at(at), cell)), &[key], &told, found);
        }
    }
}

/// The same of one template, in a slot, that stands for the texts under some keys.
fn unused_in(
    library: &Library,
    own: &Ruleset,
    (template, slot): (&Template, Slot),
    keys: &[String],
    at: &str,
    found: &mut Vec<Advice>,
) {
    let texts = own.texts.iter().flat_map(|texts| keys.iter().filter_map(|key| texts.get(key)));
    let shown: Vec<&str> = texts.flat_map(parts).filter_map(|part| shown(&part)).collect();
    for (name, _) in template.fill.iter().filter(|(name, _)| !shown.contains(&name.as_str())) {
        let problem = Problem::new(codes::UNUSED_VALUE, format!("no text of `{at}` shows the value `{name}`"));
        let problem = problem.at(library.filled_at(slot, name)).suggest(name, shown.iter().copied());
        let help = format!("write `{{{name}}}` in {}, or take it out", keys.join(" or "));
        found.push(Advice::new(at, problem.help(help)));
    }
}

/// The value that a part of a text shows.
fn shown<'a>(part: &Part<'a>) -> Option<&'a str> {
    match part {
        Part::Placeholder { kind, name } if *kind != Some("param") => Some(name),
        _ => None,
    }
}

fn untranslated(source: &Texts, other: &Texts, found: &mut Vec<Advice>) {
    for (key, text, span) in other.entries() {
        let same = source.get(key) == Some(text);
        if same && words(text).count() >= FEW_WORDS {
            let (here, there) = (other.language(), source.language());
            let problem = Problem::new(codes::UNTRANSLATED, format!("`{key}` in `{here}` is the same as in `{there}`"));
            found.push(Advice::new(format!("text/{key}"), problem.at(span).help(format!("write it in `{here}`"))));
        }
    }
}

/// The words of a text; a placeholder is one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric))
}

/// The sentences of a text.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '!', '?', ';', '\n']).filter(|sentence| words(sentence).next().is_some())
}

fn sentences(own: &Ruleset, language: &str, key: &str, text: &str, span: Span, found: &mut Vec<Advice>) {
    let (at, reading) = (format!("text/{key}"), own.manifest.reading);
    let longest = split(text).map(|sentence| words(sentence).count()).max().unwrap_or(0);
    if longest > reading.words {
        let message =
            format!("a sentence of `{key}` in `{language}` has {longest} words; at most {} read well", reading.words);
        let problem = Problem::new(codes::LONG_SENTENCE, message).at(span);
        found.push(Advice::new(&at, problem.help("make two sentences of it")));
    }
    let hardness = hardness(text);
    if hardness > reading.hardness {
        let message =
            format!("`{key}` in `{language}` is hard to read: {hardness}, at most {} is fine", reading.hardness);
        let help = "use shorter words and sentences; measured are the words in a sentence, plus the words of more \
                    than six letters in each hundred (LIX)";
        found.push(Advice::new(&at, Problem::new(codes::HARD_TEXT, message).at(span).help(help)));
    }
}

/// The measure LIX, rounded; nought for a text too short to measure.
fn hardness(text: &str) -> usize {
    /// In fewer words one long word weighs too much.
    const SHORTEST: usize = 20;
    let (all, sentences) = (words(text).count(), split(text).count());
    if all < SHORTEST || sentences == 0 {
        return 0;
    }
    let letters = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 6;
    let long = words(text).filter(letters).count();
    all / sentences + 100 * long / all
}

#[cfg(test)]
mod tests {
    use super::{hardness, split, words};

    #[test]
    fn a_sentence_ends_where_it_ends() {
        let all: Vec<usize> = split("Dit is {een} zin. En dit ook!\nKort").map(|one| words(one).count()).collect();
        assert_eq!(all, [4, 3, 1]);
    }

    #[test]
    fn hardness_is_words_per_sentence_and_long_words() {
        let text = "een twee drie vier vijf zes zeven acht negen samenwerking ".repeat(2);
        assert_eq!(hardness(&format!("{text}.")), 20 + 10);
        assert_eq!(hardness("verantwoordelijkheidsverdeling"), 0);
    }
}
