//! Advice about texts, sources and reasons.

use super::Advice;
use crate::problem::{Problem, Span, codes};
use crate::ruleset::{Combine, Declared, Library, Ruleset, Texts};

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
    for (at, source, span) in sources(library, ruleset) {
        if source.trim().is_empty() {
            let problem = Problem::new(codes::EMPTY_SOURCE, format!("`{at}` names no place in its source")).at(span);
            let help = "say where the source says it; where it is silent and the choice is yours, say that";
            found.push(Advice::new(at, problem.help(help)));
        }
    }
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

/// Everything that names its source: what it is, what it says, and where.
fn sources(library: &Library, ruleset: usize) -> Vec<(String, &str, Span)> {
    let own = &library.rulesets[ruleset].own;
    let mut all: Vec<(String, &str, Span)> = Vec::new();
    let whole = |kind: &str, declared: &Declared| format!("{kind}/{}", declared.id);
    for question in &library.questions[own.questions.clone()] {
        all.push((whole("question", &question.declared), &question.declared.source, question.declared.span));
    }
    for aspect in &library.aspects[own.aspects.clone()] {
        all.push((whole("aspect", &aspect.declared), &aspect.declared.source, aspect.declared.span));
        if let Combine::BestMatch { portraits, .. } = &aspect.combine {
            let traits = portraits.iter().flat_map(|portrait| &portrait.traits);
            all.extend(
                traits.map(|item| (whole("aspect", &aspect.declared), item.source.as_str(), aspect.declared.span)),
            );
        }
    }
    for stone in &library.bouwstenen[own.bouwstenen.clone()] {
        let at = whole("bouwsteen", &stone.declared);
        let parts = stone.contributes.iter().map(|part| &part.source);
        let parts =
            parts.chain(stone.fits.iter().map(|fit| &fit.source)).chain(stone.risks.iter().map(|risk| &risk.source));
        let parts = parts.chain([&stone.declared.source]);
        all.extend(parts.map(|source| (at.clone(), source.as_str(), stone.declared.span)));
    }
    for rule in &library.rules[own.rules.clone()] {
        all.push((whole("rule", &rule.declared), &rule.declared.source, rule.declared.span));
    }
    for outcome in &library.outcomes[own.outcomes.clone()] {
        all.push((whole("typing", &outcome.declared), &outcome.declared.source, outcome.declared.span));
    }
    for measure in &library.measures[own.measures.clone()] {
        all.push((whole("measure", &measure.declared), &measure.declared.source, measure.declared.span));
    }
    for table in &library.tables[own.tables.clone()] {
        let sources = table.cells.iter().map(|cell| &cell.source).chain([&table.declared.source]);
        let at = whole("table", &table.declared);
        all.extend(sources.map(|source| (at.clone(), source.as_str(), table.declared.span)));
    }
    all
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
