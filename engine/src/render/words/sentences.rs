//! Sentences of the report that hold a value.

use super::{Language, say};
use crate::assessment::{Remark, RemarkKind};

/// The date that the profile speaks of.
pub(in crate::render) fn reference_date(date: &str, language: Language) -> String {
    let date = language.date(date);
    say!(language, "peildatum {date}", "as of {date}")
}

/// `41 van 64 vragen beantwoord (64 %)`
pub(in crate::render) fn answered(answered: usize, asked: usize, language: Language) -> String {
    let share = language.percentage(answered, asked);
    match (asked, language) {
        (1, Language::Dutch) => format!("{answered} van 1 vraag beantwoord ({share})"),
        (_, Language::Dutch) => format!("{answered} van {asked} vragen beantwoord ({share})"),
        (1, Language::English) => format!("{answered} of 1 question answered ({share})"),
        (_, Language::English) => format!("{answered} of {asked} questions answered ({share})"),
    }
}

/// `5 van 6`
pub(in crate::render) fn of(part: usize, whole: usize, language: Language) -> String {
    say!(language, "{part} van {whole}", "{part} of {whole}")
}

/// `3,5 van 6`
pub(in crate::render) fn held(held: &str, of: usize, language: Language) -> String {
    say!(language, "{held} van {of}", "{held} of {of}")
}

/// How many conclusions stand, and how many hang on open answers.
pub(in crate::render) fn standing(stand: usize, hang: usize, fragile: usize, language: Language) -> String {
    let told = certain(stand, hang, language);
    match (fragile, language) {
        (0, _) => told,
        // what that means, in as many words as fit on the line
        (_, Language::Dutch) => format!("{told}; {fragile} wankel (één antwoord)"),
        (_, Language::English) => format!("{told}; {fragile} fragile (one answer)"),
    }
}

fn certain(stand: usize, hang: usize, language: Language) -> String {
    let hanging = match (hang, language) {
        (0, _) => String::new(),
        (1, Language::Dutch) => ", 1 hangt van open vragen af".to_owned(),
        (_, Language::Dutch) => format!(", {hang} hangen van open vragen af"),
        (1, Language::English) => ", 1 depends on open questions".to_owned(),
        (_, Language::English) => format!(", {hang} depend on open questions"),
    };
    match (stand, hang, language) {
        (0, 0, Language::Dutch) => "Er zijn geen conclusies op wat nu is ingevuld".to_owned(),
        (0, 0, Language::English) => "There are no conclusions on the answers so far".to_owned(),
        (0, _, Language::Dutch) => format!("Nog geen conclusie staat vast{hanging}"),
        (0, _, Language::English) => format!("No conclusion is confirmed yet{hanging}"),
        (1, _, Language::Dutch) => format!("1 conclusie staat vast{hanging}"),
        (1, _, Language::English) => format!("1 conclusion is confirmed{hanging}"),
        (_, _, Language::Dutch) => format!("{stand} conclusies staan vast{hanging}"),
        (_, _, Language::English) => format!("{stand} conclusions are confirmed{hanging}"),
    }
}

/// That a ruleset is another one with changes.
pub(in crate::render) fn made_to_measure(of: &str, version: &str, changes: usize, language: Language) -> String {
    match (changes, language) {
        (1, Language::Dutch) => format!("Op maat gemaakt: {of} {version} met 1 aanpassing"),
        (_, Language::Dutch) => format!("Op maat gemaakt: {of} {version} met {changes} aanpassingen"),
        (1, Language::English) => format!("Tailored: {of} {version} with 1 change"),
        (_, Language::English) => format!("Tailored: {of} {version} with {changes} changes"),
    }
}

/// Who tailors whom.
pub(in crate::render) fn tailors(by: (&str, &str), of: (&str, &str), language: Language) -> String {
    let ((by, by_version), (of, version)) = (by, of);
    say!(
        language,
        "Dit heeft {by} {by_version} veranderd in {of} {version}:",
        "This is what {by} {by_version} changed in {of} {version}:"
    )
}

/// A heading about one ruleset of several.
pub(in crate::render) fn in_ruleset(heading: &str, title: &str) -> String {
    format!("{heading}: {title}")
}

/// A ruleset that the profile does not answer itself.
pub(in crate::render) fn only_read(name: &str, language: Language) -> String {
    say!(language, "{name} · niet ingevuld, wel geraadpleegd", "{name} · not answered, only consulted")
}

/// The rulesets that are held side by side.
pub(in crate::render) fn side_by_side(rulesets: &str, language: Language) -> String {
    say!(language, "Naast elkaar gehouden: {rulesets}", "Side by side: {rulesets}")
}

/// `Ketens de baas (41 van 64 vragen)`
pub(in crate::render) fn ruleset_answered(title: &str, answered: usize, asked: usize, language: Language) -> String {
    say!(language, "{title} ({answered} van {asked} vragen)", "{title} ({answered} of {asked} questions)")
}

/// Rulesets that could be held beside the others.
pub(in crate::render) fn not_filled_in(rulesets: &str, language: Language) -> String {
    say!(
        language,
        "Niet ingevuld: {rulesets}; wat alleen daarvan afhangt, blijft hier buiten",
        "Not filled in: {rulesets}; what depends only on that is left out here"
    )
}

/// Where the advice of a ruleset stands that another one joins.
pub(in crate::render) fn plan_elsewhere(title: &str, language: Language) -> String {
    say!(
        language,
        "Wat hieruit te doen volgt, staat in het plan onder ‘{title}’, samen met wat de andere bronnen adviseren.",
        "What to do about this is in the plan under ‘{title}’, together with the advice of the other sources."
    )
}

/// The heading over the details of a ruleset.
pub(in crate::render) fn in_full(name: &str, language: Language) -> String {
    say!(language, "{name}: alles op een rij", "{name}: everything in full")
}

/// What to ask next, and what that decides.
pub(in crate::render) fn to_ask(
    questions: &str,
    count: usize,
    decide: usize,
    hanging: usize,
    language: Language,
) -> String {
    match (count, language) {
        (1, Language::Dutch) => {
            format!("{questions}; dat beslist mee over {decide} van de {hanging} onzekere conclusies")
        }
        (_, Language::Dutch) => {
            format!("{questions}; die beslissen mee over {decide} van de {hanging} onzekere conclusies")
        }
        (1, Language::English) => {
            format!("{questions}; it helps to decide {decide} of the {hanging} uncertain conclusions")
        }
        (_, Language::English) => {
            format!("{questions}; they help to decide {decide} of the {hanging} uncertain conclusions")
        }
    }
}

/// The heading over what hangs on one step of one answer.
pub(in crate::render) fn fragile_heading(count: usize, language: Language) -> String {
    match (count, language) {
        (1, Language::Dutch) => "Wankel: 1 conclusie hangt aan één stap van één antwoord".to_owned(),
        (_, Language::Dutch) => format!("Wankel: {count} conclusies hangen aan één stap van één antwoord"),
        (1, Language::English) => "Fragile: 1 conclusion depends on one step of one answer".to_owned(),
        (_, Language::English) => format!("Fragile: {count} conclusions depend on one step of one answer"),
    }
}

/// A step of an answer.
pub(in crate::render) fn one_step(title: &str, from: &str, to: &str) -> String {
    format!("{title} {from} → {to}")
}

/// A reason, and how many more there are.
pub(in crate::render) fn and_more(reason: &str, more: usize, language: Language) -> String {
    if more == 0 {
        return reason.to_owned();
    }
    say!(language, "{reason}, en nog {more}", "{reason}, and {more} more")
}

/// How much of a list is left out; behind it stands how to see it.
pub(in crate::render) fn not_listed(count: usize, language: Language) -> String {
    say!(
        language,
        "En nog {count}; hierboven staat wat het meest telt. Met alles erin: de optie ",
        "And {count} more; those that count most are listed above. To see them all, use the option "
    )
}

/// A title with what it comes to: `Vorm: keten`. A title that asks needs no colon.
pub(in crate::render) fn named(title: &str, value: &str) -> String {
    let colon = if title.ends_with('?') { "" } else { ":" };
    format!("{title}{colon} {value}")
}

/// A title as it begins a line.
#[must_use]
pub fn capitalised(title: &str) -> String {
    // a capital takes the first accent away: één, Eén
    if let Some(rest) = title.strip_prefix("éé") {
        return format!("Eé{rest}");
    }
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The ranks of what something is needed first for.
pub(in crate::render) fn numbers(ranks: &[usize], language: Language) -> String {
    let ranks: Vec<String> = ranks.iter().map(usize::to_string).collect();
    let (one, all) = (ranks.len() == 1, language.and(&ranks));
    match language {
        Language::Dutch if one => format!("nr. {all}"),
        Language::Dutch => format!("nrs. {all}"),
        Language::English if one => format!("no. {all}"),
        Language::English => format!("nos. {all}"),
    }
}

/// That a score rests on little, with on how much.
pub(in crate::render) fn on_little(title: &str, answered: usize, asked: usize, language: Language) -> String {
    say!(
        language,
        "{title} (voorlopig: {answered} van {asked} vragen)",
        "{title} (so far: {answered} of {asked} questions)"
    )
}

/// For how many others something is needed first.
pub(in crate::render) fn others(count: usize, language: Language) -> String {
    match (count, language) {
        (1, Language::Dutch) => "één andere".to_owned(),
        (_, Language::Dutch) => format!("{count} andere"),
        (1, Language::English) => "one other".to_owned(),
        (_, Language::English) => format!("{count} others"),
    }
}

/// How many open answers something hangs on.
pub(in crate::render) fn hangs_on(count: usize, language: Language) -> String {
    match (count, language) {
        (1, Language::Dutch) => "hangt af van 1 vraag".to_owned(),
        (_, Language::Dutch) => format!("hangt af van {count} vragen"),
        (1, Language::English) => "depends on 1 question".to_owned(),
        (_, Language::English) => format!("depends on {count} questions"),
    }
}

/// A level that holds on what is filled in now.
pub(in crate::render) fn now(level: &str, language: Language) -> String {
    say!(language, "nu {level}", "now {level}")
}

/// The same, where little is filled in.
pub(in crate::render) fn so_far(level: &str, language: Language) -> String {
    say!(language, "voorlopig {level}", "so far {level}")
}

/// A stage of the plan.
pub(in crate::render) fn stage(stage: usize, language: Language) -> String {
    say!(language, "Stap {stage}", "Stage {stage}")
}

/// How the number of an aspect comes about, in a few words.
pub(in crate::render) fn combined(combine: &str, language: Language) -> String {
    let (nl, en) = match combine {
        "mean" => ("gemiddelde", "mean"),
        "weighted-mean" => ("gewogen gemiddelde", "weighted mean"),
        "sum" => ("som", "sum"),
        "min" => ("laagste telt", "lowest counts"),
        "max" => ("hoogste telt", "highest counts"),
        "share" => ("aandeel dat voldoet", "share met"),
        "all" => ("alles moet voldoen", "all must be met"),
        "any" => ("één moet voldoen", "one must be met"),
        "ladder" => ("hoogste trede die gehaald is", "highest step reached"),
        "best-match" => ("portret dat het best past", "best-matching portrait"),
        other => (other, other),
    };
    match language {
        Language::Dutch => nl.to_owned(),
        Language::English => en.to_owned(),
    }
}

/// A remark on the answers, as a sentence.
pub(in crate::render) fn remark(remark: &Remark, language: Language) -> String {
    let question = &remark.question.title;
    let quoted: Vec<String> = remark.values.iter().map(|value| language.quoted(value)).collect();
    let own = quoted.first().cloned().unwrap_or_default();
    let with: Vec<String> = remark.with.iter().map(|item| item.title.clone()).collect();
    // The values of what else is involved are the last ones; a question without a value of its own has none first.
    let theirs = &quoted[quoted.len().saturating_sub(with.len())..];
    let each: Vec<String> = with
        .iter()
        .enumerate()
        .map(|(at, title)| theirs.get(at).map_or_else(|| title.clone(), |value| format!("{title} {value}")))
        .collect();
    let (each, with) = (language.and(&each), language.and(&with));
    match remark.kind {
        RemarkKind::Disagreement => say!(
            language,
            "{question}: de partijen antwoorden verschillend: {each}",
            "{question}: the parties answer differently: {each}"
        ),
        RemarkKind::Conflict => say!(
            language,
            "{question}: hier {own}, elders anders ingevuld: {each}",
            "{question}: {own} here, answered differently elsewhere: {each}"
        ),
        RemarkKind::TakenOver => {
            say!(language, "{question}: {own}, overgenomen van {with}", "{question}: {own}, taken over from {with}")
        }
        RemarkKind::Informed => say!(
            language,
            "{question}: elders is hierover gevraagd: {each}; dat telt hier niet mee",
            "{question}: related answer elsewhere: {each}; it does not count here"
        ),
        RemarkKind::NotAsked => say!(
            language,
            "{question}: wel ingevuld ({own}), maar hier niet gevraagd; het telt niet mee",
            "{question}: answered ({own}), but not asked here; it does not count"
        ),
        RemarkKind::Prerequisite => say!(
            language,
            "{question}: ingevuld als op orde ({own}), maar waar het op rust nog niet: {each}",
            "{question}: said to be in order ({own}), but what it rests on is not: {each}"
        ),
    }
}
