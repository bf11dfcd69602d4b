//! The words of the reasoning: comparisons, groups, sums.

use super::{Language, Phrase, phrase, say};
use crate::assessment::{Comparison, ReasonKind, State};
use crate::number::Number;

/// What a comparison asks for: `lager dan 2,5`.
pub(in crate::render) fn comparison(
    comparison: Comparison,
    bounds: &[String],
    compared: ReasonKind,
    language: Language,
) -> String {
    use ReasonKind::{Count, Coverage, Share};
    let bound = language.or(bounds);
    let is_status = compared == ReasonKind::Status;
    match comparison {
        Comparison::Below if compared == Count => say!(language, "minder dan {bound}", "fewer than {bound}"),
        Comparison::Below if matches!(compared, Share | Coverage) => {
            say!(language, "minder dan {bound}", "less than {bound}")
        }
        Comparison::Above if matches!(compared, Count | Share | Coverage) => {
            say!(language, "meer dan {bound}", "more than {bound}")
        }
        Comparison::Below if is_status => say!(language, "nog niet {bound}", "not yet {bound}"),
        Comparison::Above if is_status => say!(language, "verder dan {bound}", "further than {bound}"),
        Comparison::Below => say!(language, "lager dan {bound}", "below {bound}"),
        Comparison::AtMost => say!(language, "hoogstens {bound}", "at most {bound}"),
        Comparison::Above => say!(language, "hoger dan {bound}", "above {bound}"),
        Comparison::AtLeast => say!(language, "minstens {bound}", "at least {bound}"),
        Comparison::Equal => bound,
        Comparison::NotEqual => say!(language, "niet {bound}", "not {bound}"),
    }
}

/// That something must be the same as something else, or must not.
pub(in crate::render) fn alike(alike: bool, other: &str, language: Language) -> String {
    match alike {
        true => say!(language, "gelijk aan {other}", "the same as {other}"),
        false => say!(language, "anders dan {other}", "other than {other}"),
    }
}

/// What a value is of: `belang van …`.
pub(in crate::render) fn subject(kind: ReasonKind, title: &str, language: Language) -> String {
    match kind {
        ReasonKind::Importance => say!(language, "belang van {title}", "importance of {title}"),
        ReasonKind::Target => say!(language, "streefwaarde voor {title}", "target for {title}"),
        ReasonKind::Coverage => say!(language, "ingevuld deel van {title}", "answered part of {title}"),
        ReasonKind::Diagnosis => say!(language, "bevinding ‘{title}’", "finding ‘{title}’"),
        ReasonKind::Cell => language.quoted(title),
        ReasonKind::Trait => say!(language, "kenmerk ‘{title}’", "trait ‘{title}’"),
        _ => title.to_owned(),
    }
}

/// `mindset is 1,8`; without a value what stands in its place.
pub(in crate::render) fn is(subject: &str, has_value: bool, value: &str, language: Language) -> String {
    match (subject.is_empty(), has_value) {
        (true, _) => value.to_owned(),
        (false, _) => say!(language, "{subject} is {value}", "{subject} is {value}"),
    }
}

/// Why there is no value.
pub(in crate::render) const fn no_value(kind: ReasonKind, state: State) -> Phrase {
    match (kind, state) {
        (ReasonKind::Outcome, State::Undefined) => super::NONE_FITS,
        (_, State::Undefined) => phrase("niet van toepassing", "not applicable"),
        (ReasonKind::Answer | ReasonKind::Importance, _) => phrase("nog niet beantwoord", "not answered yet"),
        (ReasonKind::Status | ReasonKind::Target, _) => phrase("nog niet ingevuld", "not filled in yet"),
        _ => phrase("nog niet te zeggen", "not known yet"),
    }
}

/// Why a typing is what it otherwise is: none of its other options holds.
pub(in crate::render) fn no_other(options: &[String], language: Language) -> String {
    let named = language.and(&options.iter().map(|option| language.quoted(option)).collect::<Vec<_>>());
    match options.len() {
        1 => say!(language, "{named} geldt niet", "{named} does not apply"),
        _ => say!(language, "geen van de andere geldt: {named}", "none of the others applies: {named}"),
    }
}

/// Whether a question was answered with "unknown".
pub(in crate::render) fn is_unknown(subject: &str, state: State, language: Language) -> String {
    match state {
        State::Holds => {
            say!(language, "{subject} is beantwoord met ‘onbekend’", "{subject} is answered with ‘unknown’")
        }
        _ => say!(language, "{subject} is niet beantwoord met ‘onbekend’", "{subject} is not answered with ‘unknown’"),
    }
}

/// Whether another conclusion applies.
pub(in crate::render) fn applies(subject: &str, state: State, language: Language) -> String {
    match state {
        State::Holds => say!(language, "{subject} geldt", "{subject} applies"),
        State::Fails => say!(language, "{subject} geldt niet", "{subject} does not apply"),
        State::Undecided => {
            say!(language, "of {subject} geldt, is nog niet te zeggen", "whether {subject} applies is not known yet")
        }
        State::Undefined => say!(language, "{subject} is niet van toepassing", "{subject} is not applicable"),
    }
}

/// Whether a question is answered.
pub(in crate::render) fn is_answered(subject: &str, state: State, language: Language) -> String {
    match state {
        State::Holds => say!(language, "{subject} is beantwoord", "{subject} is answered"),
        _ => say!(language, "{subject} is nog niet beantwoord", "{subject} is not answered yet"),
    }
}

/// How the parts of a step belong together.
pub(in crate::render) fn group(kind: ReasonKind, state: State, language: Language) -> String {
    use ReasonKind::{Any, AnyParty, Not};
    use State::{Fails, Holds, Undecided, Undefined};
    let said = match (kind, state) {
        (Not, Holds) => phrase("dit mag niet zo zijn, en is ook niet zo", "this must not be so, and it is not"),
        (Not, Fails) => phrase("dit mag niet zo zijn, maar is wel zo", "this must not be so, but it is"),
        (Not, Undecided) => {
            phrase("dit mag niet zo zijn; dat is nog niet te zeggen", "this must not be so; that is not known yet")
        }
        (Any, Holds) => phrase("aan ten minste één van deze punten is voldaan", "at least one of these points is met"),
        (Any, Fails) => phrase("aan geen van deze punten is voldaan", "none of these points is met"),
        (Any, Undecided) => phrase(
            "aan één van deze punten moet zijn voldaan; dat is nog niet te zeggen",
            "one of these points must be met; that is not known yet",
        ),
        (AnyParty, Holds) => phrase("voor ten minste één partij is dit zo", "this is so for at least one party"),
        (AnyParty, Fails) => phrase("voor geen enkele partij is dit zo", "this is so for none of the parties"),
        (AnyParty, Undecided) => phrase(
            "dit moet voor één partij zo zijn; dat is nog niet te zeggen",
            "this must be so for one party; that is not known yet",
        ),
        (ReasonKind::AllParties, Holds) => phrase("voor alle partijen is dit zo", "this is so for all parties"),
        (ReasonKind::AllParties, Fails) => {
            phrase("niet voor alle partijen is dit zo", "this is not so for all parties")
        }
        (ReasonKind::AllParties, Undecided) => phrase(
            "dit moet voor alle partijen zo zijn; dat is nog niet te zeggen",
            "this must be so for all parties; that is not known yet",
        ),
        (_, Undefined) => phrase("dit is niet van toepassing", "this is not applicable"),
        (_, Holds) => phrase("aan al deze punten is voldaan", "all of these points are met"),
        (_, Fails) => phrase("niet aan al deze punten is voldaan", "not all of these points are met"),
        (_, Undecided) => phrase(
            "aan al deze punten moet zijn voldaan; dat is nog niet te zeggen",
            "all of these points must be met; that is not known yet",
        ),
    };
    language.say(said).to_owned()
}

/// The line over the whole reasoning.
pub(in crate::render) fn opening(kind: ReasonKind, state: State, language: Language) -> String {
    let group = group(kind, state, language);
    match (kind, state) {
        (ReasonKind::All | ReasonKind::Any, State::Holds) => say!(language, "omdat {group}", "because {group}"),
        _ => group,
    }
}

/// Which share of a list holds; of points of which it is not known, none.
pub(in crate::render) fn share_met(value: Option<&str>, known: usize, of: usize, language: Language) -> String {
    let all_known = known == of;
    let (is, are) = if known == 1 { ("is", "is") } else { ("zijn", "are") };
    match (value, all_known) {
        (None, true) => none_counted(of, language),
        (Some(value), true) => {
            say!(language, "aan {value} van deze {of} punten is voldaan", "{value} of these {of} points are met")
        }
        (None, false) => say!(
            language,
            "van deze {of} punten {is} er {known} bekend; aan geen daarvan is voldaan",
            "of these {of} points, {known} {are} known; none of those is met"
        ),
        (Some(value), false) => say!(
            language,
            "van deze {of} punten {is} er {known} bekend; aan {value} daarvan is voldaan",
            "of these {of} points, {known} {are} known; {value} of those are met"
        ),
    }
}

/// How many points of a list hold.
pub(in crate::render) fn counted(value: &str, of: usize, language: Language) -> String {
    if (value, of) == ("1", 1) {
        return say!(language, "aan dit punt is voldaan", "this point is met");
    }
    let are = if value == "1" { "is" } else { "are" };
    say!(language, "aan {value} van deze {of} punten is voldaan", "{value} of these {of} points {are} met")
}

/// That no point of a list holds.
pub(in crate::render) fn none_counted(of: usize, language: Language) -> String {
    match of {
        1 => say!(language, "aan dit punt is niet voldaan", "this point is not met"),
        _ => say!(language, "aan geen van deze {of} punten is voldaan", "none of these {of} points is met"),
    }
}

/// How many questions of a list are answered.
pub(in crate::render) fn counted_answers(kind: ReasonKind, value: &str, of: usize, language: Language) -> String {
    let (is, are) = if kind == ReasonKind::Share || value == "1" { ("is", "is") } else { ("zijn", "are") };
    say!(language, "van deze {of} vragen {is} {value} beantwoord", "of these {of} questions, {value} {are} answered")
}

/// How many points of a list hold, where open answers can still make it more.
pub(in crate::render) fn counted_so_far(met: usize, of: usize, language: Language) -> String {
    if (met, of) == (0, 1) {
        return say!(language, "aan dit punt is nog niet voldaan", "this point is not met yet");
    }
    let are = if met == 1 { "is" } else { "are" };
    say!(
        language,
        "aan {met} van deze {of} punten is voldaan, en het kunnen er meer worden",
        "{met} of these {of} points {are} met, and there may be more"
    )
}

/// What is held against something else, with what that is now.
pub(in crate::render) fn held_against(name: &str, value: Option<&str>, language: Language) -> String {
    match value {
        Some(value) => say!(language, "{name}, en dat is {value}", "{name}, which is {value}"),
        None => name.to_owned(),
    }
}

/// A share as a percentage.
pub(in crate::render) fn share(share: Number, language: Language) -> String {
    let percents = share.times(Number::from(100)).map_or_else(String::new, |percents| language.number(percents, 1));
    language.with_unit(&percents, Some("%"))
}

/// A calculation by name, over the names of what it takes.
pub(in crate::render) fn calculation(way: &str, operands: &[String], language: Language) -> String {
    let all = language.and(operands);
    if let [left, right] = operands {
        match way {
            "+" => return say!(language, "{left} plus {right}", "{left} plus {right}"),
            "-" => return say!(language, "{left} min {right}", "{left} minus {right}"),
            "*" => return say!(language, "{left} keer {right}", "{left} times {right}"),
            "/" => return say!(language, "{left} gedeeld door {right}", "{left} divided by {right}"),
            "gap" => {
                return say!(language, "verschil tussen {left} en {right}", "difference between {left} and {right}");
            }
            _ => {}
        }
    }
    match way {
        "lowest" | "min" => say!(language, "laagste van {all}", "lowest of {all}"),
        "highest" | "max" => say!(language, "hoogste van {all}", "highest of {all}"),
        "mean" => say!(language, "gemiddelde van {all}", "mean of {all}"),
        "sum" | "+" => say!(language, "som van {all}", "sum of {all}"),
        "spread" => say!(language, "verschil tussen de partijen ({all})", "spread over the parties ({all})"),
        _ if operands.is_empty() => way.to_owned(),
        _ => format!("{way}: {all}"),
    }
}

/// How far the parties lie apart on something, with what each says.
pub(in crate::render) fn between_parties(title: &str, said: &str, language: Language) -> String {
    say!(
        language,
        "verschil tussen de partijen over ‘{title}’ ({said})",
        "difference between the parties on ‘{title}’ ({said})"
    )
}

/// How a number comes about, where the sum itself cannot be written out.
pub(in crate::render) fn way(way: &str, language: Language) -> Option<String> {
    let said = match way {
        "mean" => phrase("gemiddelde van de punten hieronder", "mean of the points below"),
        "weighted-mean" => phrase("gewogen gemiddelde van de punten hieronder", "weighted mean of the points below"),
        "sum" => phrase("som van de punten hieronder", "sum of the points below"),
        "min" => phrase("laagste van de punten hieronder", "lowest of the points below"),
        "max" => phrase("hoogste van de punten hieronder", "highest of the points below"),
        "share" => phrase("deel van de punten hieronder dat voldoet", "share of the points below that is met"),
        "all" => phrase("aan alle punten hieronder moet zijn voldaan", "all points below must be met"),
        "any" => phrase("aan één punt hieronder moet zijn voldaan", "one point below must be met"),
        "ladder" => {
            phrase("hoogste trede waarvan aan alle eisen is voldaan", "highest step of which all requirements are met")
        }
        "best-match" => phrase("portret waarvan de meeste kenmerken gelden", "portrait of which most traits hold"),
        _ => return None,
    };
    Some(language.say(said).to_owned())
}

/// What a mean is taken of.
pub(in crate::render) fn mean_of(count: usize, only_answers: bool, language: Language) -> String {
    let (one, many) = if only_answers {
        (phrase("antwoord", "answer"), phrase("antwoorden", "answers"))
    } else {
        (phrase("onderdeel", "part"), phrase("onderdelen", "parts"))
    };
    let what = language.say(if count == 1 { one } else { many });
    say!(language, "gemiddelde van {count} {what}", "mean of {count} {what}")
}

/// How many points are met.
pub(in crate::render) fn met(met: i64, all: i64, language: Language) -> String {
    say!(language, "aan {met} van de {all} punten is voldaan", "{met} of the {all} points are met")
}

/// What follows for something that must hold.
pub(in crate::render) const fn so(holds: bool) -> Phrase {
    if holds { phrase("dus ja", "so yes") } else { phrase("dus nee", "so no") }
}

/// That parts without a value do not count.
pub(in crate::render) fn left_out(count: usize, language: Language) -> String {
    match (count, language) {
        (1, Language::Dutch) => "1 zonder waarde telt niet mee".to_owned(),
        (_, Language::Dutch) => format!("{count} zonder waarde tellen niet mee"),
        (1, Language::English) => "1 without a value does not count".to_owned(),
        (_, Language::English) => format!("{count} without a value do not count"),
    }
}

/// A weight in a sum.
pub(in crate::render) fn counts_for(weight: &str, language: Language) -> String {
    say!(language, "telt {weight} keer", "counts {weight} times")
}

/// The place of a recommendation.
pub(in crate::render) fn rank(rank: usize, stage: usize, language: Language) -> String {
    say!(language, "plaats {rank}, stap {stage} van het plan", "place {rank}, stage {stage} of the plan")
}

/// Why something is in the plan that no finding asks for.
pub(in crate::render) fn only_needed(titles: &str, language: Language) -> String {
    say!(
        language,
        "geen bevinding vraagt hierom; het staat in het plan omdat het eerst nodig is voor {titles}",
        "no finding calls for it; it is in the plan because it is needed first for {titles}"
    )
}

/// How the fit comes about.
pub(in crate::render) fn half_and_half(held: i64, all: i64, fit: &str, language: Language) -> String {
    let half = language.say(phrase("0,5", "0.5"));
    match (held, language) {
        (1, Language::Dutch) => format!("1 van de {all} voorwaarden geldt: {half} + {half} × 1/{all} = {fit}"),
        (_, Language::Dutch) => {
            format!("{held} van de {all} voorwaarden gelden: {half} + {half} × {held}/{all} = {fit}")
        }
        (_, Language::English) => {
            format!("{held} of {all} conditions hold: {half} + {half} × {held}/{all} = {fit}")
        }
    }
}
