//! What a ruleset that was used makes otherwise in the one that it extends: what, by whom, why.

use super::section;
use crate::assessment::{Overridden, RulesetAssessment, TailoredElement, Tailoring};
use crate::render::document::{Block, Rank, Text};
use crate::render::words::{self, Language};

/// The line on the first screen.
pub(super) fn line(ruleset: &RulesetAssessment, language: Language) -> Option<String> {
    let outermost = ruleset.tailoring.last()?;
    let changes = ruleset.tailoring.iter().map(|tailoring| tailoring.changes.len()).sum();
    Some(words::made_to_measure(&outermost.of, &outermost.version, changes, language))
}

/// The section: who tailors whom, and what is otherwise, each with its reason.
pub(super) fn tailoring(rank: Rank, ruleset: &RulesetAssessment, language: Language) -> Vec<Block> {
    let blocks = ruleset.tailoring.iter().flat_map(|tailoring| told(tailoring, language)).collect();
    let heading = language.say(words::MADE_TO_MEASURE);
    let of = words::in_ruleset(heading, &ruleset.title);
    section(rank, if rank == Rank::Part { of.as_str() } else { heading }, blocks)
}

/// Who tailors whom, and what is otherwise.
pub(in crate::render) fn told(tailoring: &Tailoring, language: Language) -> Vec<Block> {
    let Tailoring { by, by_version, of, version, .. } = tailoring;
    let who = words::tailors((by, by_version), (of, version), language);
    let (added, changed): (Vec<&TailoredElement>, Vec<&TailoredElement>) =
        tailoring.changes.iter().partition(|change| change.how == Overridden::Added);
    let mut items: Vec<Text> = changed.into_iter().map(|change| one(change, language)).collect();
    if !added.is_empty() {
        let names = Text::join(added.into_iter().map(named), ", ");
        items.push(how(Overridden::Added, language).then(names));
    }
    std::iter::once(Block::Paragraph(who.into())).chain((!items.is_empty()).then_some(Block::List(items))).collect()
}

fn one(change: &TailoredElement, language: Language) -> Text {
    let fields = match change.fields.as_slice() {
        [] => Text::empty(),
        fields => Text::plain(" · ").then(Text::quiet(fields.join(", "))),
    };
    let reason = change.reason.as_ref().map_or_else(Text::empty, |reason| Text::plain(format!(". {reason}")));
    how(change.how, language).then(named(change)).then(fields).then(reason)
}

fn how(how: Overridden, language: Language) -> Text {
    Text::strong(language.say(words::overridden(how))).then(": ")
}

/// The title with what it is called in files.
fn named(change: &TailoredElement) -> Text {
    let at = Text::code(&change.at);
    match &change.title {
        Some(title) => Text::plain(title).then(" (").then(at).then(")"),
        None => at,
    }
}
