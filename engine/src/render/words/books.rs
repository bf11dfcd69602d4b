//! Words for the book of a ruleset.

use super::{Language, Phrase, phrase, say};
use crate::ruleset::{Combine, Missing, TraitMeasure};

phrases! {
    CONTENTS = "Inhoud", "Contents";
    HOW_TO_READ = "Zo leest u dit", "How to read this";
    SCALES = "Schalen", "Scales";
    SCALE = "schaal", "scale";
    VALUES = "waarden", "values";
    BY_SOURCE = "Bronnen: wat waarop rust", "Sources: what rests on what";
    PLACE_IN_SOURCE = "plaats in de bron", "place in the source";
    RESTS_ON_IT = "wat erop rust", "what rests on it";
    NAME = "naam", "name";
    VALUE = "waarde", "value";
    REASON = "reden", "reason";
    ANSWER = "antwoord", "answer";
    YES_OR_NO = "ja of nee", "yes or no";
    ONE_OF = "één van deze", "one of these";
    ANY_OF = "alles wat geldt", "all that apply";
    FREE_TEXT = "een eigen tekst; daaruit wordt niets geconcludeerd", "a text of one's own; nothing is concluded from it";
    LOW = "laag betekent", "low means";
    HIGH = "hoog betekent", "high means";
    HELP = "toelichting", "help";
    ALSO_ASKED = "ook gevraagd", "also asked";
    ASKED_OF = "gevraagd aan", "asked of";
    EACH_PARTY = "elke partij", "each party";
    ASKED_IF = "gevraagd als", "asked if";
    IN_ORDER_FROM = "op orde vanaf", "in order from";
    RESTS_ON = "rust op", "rests on";
    ALSO = "ook", "also";
    A_FACT = "een feit: advies verandert het niet", "a fact: advice does not change it";
    MAY_NOT_APPLY = "mag ook ‘niet van toepassing’ zijn", "may also be ‘not applicable’";
    SAME_AS = "zelfde vraag als", "same question as";
    SHOWN_AT = "ook getoond bij", "also shown at";
    COUNTS_IN = "telt mee in", "counts in";
    READ_BY = "gebruikt door", "used by";
    LIFTED_BY = "wordt beter door", "lifted by";
    NOT_ANSWERED = "wat open staat", "what is open";
    LEVELS = "niveaus", "levels";
    OUTCOME_RANGE = "uitkomst", "outcome";
    MET_FROM = "voldoet vanaf", "met from";
    CLAMPED = "telt niet hoger dan de streefwaarde", "counts no higher than the target";
    ALWAYS = "geen eisen: altijd gehaald", "no demands: always reached";
    BUILDS_ON = "bouwt voort op", "builds on";
    PARTLY_IF = "half als", "half if";
    TIE = "bij gelijke stand", "at a tie";
    TIE_MIXED = "een eigen niveau: gemengd", "a level of its own: mixed";
    TIE_LOWEST = "de eerste van de twee", "the first of the two";
    STRENGTHENED_BY = "versterkt door", "strengthened by";
    HOLDS_IF = "geldt als", "applies if";
    FIRST_ENOUGH = "eerst nodig", "needed first";
    RECOMMENDS = "beveelt aan", "recommends";
    BELONGS_TO = "hoort bij", "belongs to";
    BALANCE = "gaat over evenwicht", "is about a balance";
    CASES = "in de proef", "in the cases";
    NO_CASE = "geen enkel voorbeeld brengt dit teweeg", "no case brings this about";
    PICK_FIRST = "De eerste die geldt.", "The first that is so.";
    PICK_BEST = "De hoogste score.", "The highest score.";
    OTHERWISE = "als niets hiervan geldt", "if none of these is so";
    SCORE_OF = "score", "score";
    COMPUTED_AS = "zo berekend", "computed as";
    UNIT = "eenheid", "unit";
    CONTRIBUTES = "versterkt", "strengthens";
    FITS_IF = "past als", "fits if";
    RISKS = "let op", "look out";
    ONLY_IF = "speelt als", "plays if";
    EFFORT = "inspanning", "effort";
    LIFTS = "verbetert (aanname)", "lifts (assumed)";
    DONE_IF = "gedaan als", "done if";
    SAME_BOUWSTEEN = "zelfde als", "same as";
    ASKED_FOR_BY = "aanbevolen bij", "recommended for";
    ALL_OF_THIS = "dit alles is zo", "all of this is so";
    ONE_OF_THIS = "ten minste één hiervan is zo", "at least one of these is so";
    NONE_OF_THIS = "dit is níet zo", "this is not so";
    ALL_POINTS = "alle punten", "all points";
    ONE_IS_ENOUGH = "één is genoeg", "one is enough";
    THAT_PARTY = "die partij", "that party";
    AT_LEAST_PARTLY = "minstens deels", "at least partly";
}

/// How to read the book.
pub(in crate::render) const READING: [Phrase; 3] = [
    phrase(
        "Een kader stelt vragen, telt antwoorden op tot onderdelen, en trekt daaruit conclusies: bevindingen, \
            typeringen en adviezen. Elk stuk hieronder noemt zijn bron en verwijst naar wat ermee samenhangt.",
        "A ruleset asks questions, adds answers up to aspects, and draws conclusions from them: findings, typings and \
            advice. Each part below names its source and refers to what it is related to.",
    ),
    phrase(
        "Een bevinding geldt alleen als de antwoorden haar waar maken. Wat niet is ingevuld, telt nooit als ‘nee’: dan \
            is nog niet te zeggen of ze geldt.",
        "A finding applies only if the answers make it true. What is not filled in never counts as ‘no’: then it \
            cannot be said yet whether it applies.",
    ),
    phrase(
        "‘In de proef’ noemt voorbeelden waarmee het kader zichzelf controleert en waarin de bevinding geldt.",
        "‘In the cases’ names the examples by which the ruleset checks itself and in which the finding applies.",
    ),
];

/// What children are combined to, before the list of them.
pub(in crate::render) const fn combined_of(combine: &Combine) -> Phrase {
    match combine {
        Combine::Mean => phrase("gemiddelde van", "mean of"),
        Combine::WeightedMean => phrase("gewogen gemiddelde van", "weighted mean of"),
        Combine::Sum => phrase("som van", "sum of"),
        Combine::Min => phrase("laagste van", "lowest of"),
        Combine::Max => phrase("hoogste van", "highest of"),
        Combine::Share => phrase("deel dat voldoet, van", "share that is met, of"),
        Combine::All => phrase("voldoet als dit alles voldoet", "met if all of these are met"),
        Combine::Any => phrase("voldoet als één hiervan voldoet", "met if one of these is met"),
        Combine::Ladder(_) => phrase("hoogste trede die gehaald is", "highest step that is reached"),
        Combine::BestMatch { .. } => phrase("portret dat het best past", "portrait that fits best"),
    }
}

/// How an aspect comes about by levels, in a sentence; nothing for one that is a number.
pub(in crate::render) const fn by_levels(combine: &Combine) -> Option<Phrase> {
    match combine {
        Combine::Ladder(_) => Some(phrase(
            "Een trap: het niveau is de hoogste trede waarvan de eisen, en die van alle treden eronder, zijn gehaald.",
            "A ladder: the level is the highest step of which the demands, and those of all steps below, are met.",
        )),
        Combine::BestMatch { measure: TraitMeasure::Count, .. } => Some(phrase(
            "Portretten: het niveau is het portret waarvan de meeste kenmerken gelden. Een half kenmerk telt half.",
            "Portraits: the level is the portrait of which most traits hold. Half a trait counts half.",
        )),
        Combine::BestMatch { measure: TraitMeasure::Share, .. } => Some(phrase(
            "Portretten: het niveau is het portret waarvan het grootste deel van de kenmerken geldt. Een half kenmerk \
                telt half.",
            "Portraits: the level is the portrait of which the largest share of traits holds. Half a trait counts half.",
        )),
        _ => None,
    }
}

/// What unanswered parts do.
pub(in crate::render) const fn missing(missing: Missing) -> Phrase {
    match missing {
        Missing::Skip => phrase("telt niet mee", "is left out"),
        Missing::Lowest => phrase("telt als het laagste", "counts as the lowest"),
        Missing::Blocks => {
            phrase("één open punt, en er is nog geen uitkomst", "one open point, and there is no outcome yet")
        }
        Missing::Settled => phrase(
            "er is pas een uitkomst als open punten haar niet meer kunnen veranderen",
            "there is an outcome only when open points cannot change it any more",
        ),
    }
}

/// `van 1 tot 5`
pub(in crate::render) fn from_to(from: &str, to: &str, language: Language) -> String {
    say!(language, "van {from} tot en met {to}", "from {from} up to {to}")
}

/// `van 1 tot 5, in stappen van 0,5`
pub(in crate::render) fn in_steps(range: &str, step: &str, language: Language) -> String {
    say!(language, "{range}, in stappen van {step}", "{range}, in steps of {step}")
}

/// Where a level begins and ends.
pub(in crate::render) fn between(from: Option<&str>, below: Option<&str>, language: Language) -> String {
    match (from, below) {
        (None, Some(below)) => say!(language, "lager dan {below}", "below {below}"),
        (Some(from), Some(below)) => {
            say!(language, "vanaf {from} en lager dan {below}", "from {from} and below {below}")
        }
        (Some(from), None) => say!(language, "{from} of hoger", "{from} or higher"),
        (None, None) => say!(language, "altijd", "always"),
    }
}

/// `belang, op de schaal …`
pub(in crate::render) fn importance_on(scale: &str, language: Language) -> String {
    say!(language, "het belang, op de schaal {scale}", "its importance, on the scale {scale}")
}

/// How the answers of parties become one.
pub(in crate::render) fn folded(way: Option<&str>, language: Language) -> String {
    let said = match way {
        Some("mean") => phrase("hun gemiddelde telt", "their mean counts"),
        Some("min") => phrase("de laagste telt", "the lowest counts"),
        Some("max") => phrase("de hoogste telt", "the highest counts"),
        Some(_) => phrase("hun som telt", "their sum counts"),
        None => phrase(
            "zij moeten hetzelfde antwoorden, anders is er geen waarde",
            "they must answer the same, otherwise there is no value",
        ),
    };
    language.say(said).to_owned()
}

/// Parties in some roles.
pub(in crate::render) fn parties_as(roles: &str, language: Language) -> String {
    say!(language, "elke partij in de rol van {roles}", "each party as {roles}")
}

/// For which parties something is so.
pub(in crate::render) fn for_parties(any: bool, role: Option<&str>, language: Language) -> String {
    match (any, role) {
        (true, None) => say!(language, "voor ten minste één partij is dit zo", "for at least one party this is so"),
        (false, None) => say!(language, "voor alle partijen is dit zo", "for all parties this is so"),
        (true, Some(role)) => {
            say!(language, "voor ten minste één {role} is dit zo", "for at least one {role} this is so")
        }
        (false, Some(role)) => say!(language, "voor elke {role} is dit zo", "for each {role} this is so"),
    }
}

/// That an option of a multiple choice is chosen.
pub(in crate::render) fn ticked(subject: &str, option: &str, language: Language) -> String {
    say!(language, "bij {subject} is {option} aangekruist", "at {subject}, {option} is ticked")
}

/// That a question is answered with "unknown".
pub(in crate::render) fn unknown(subject: &str, language: Language) -> String {
    say!(language, "{subject} is met ‘onbekend’ beantwoord", "{subject} is answered with ‘unknown’")
}

/// How many of some points are so, as a number in a sum.
pub(in crate::render) fn number_of(points: &str, share: bool, language: Language) -> String {
    if share {
        return say!(language, "deel dat geldt van: {points}", "share that is so of: {points}");
    }
    say!(language, "aantal dat geldt van: {points}", "number that is so of: {points}")
}

/// A share that is asked for.
pub(in crate::render) fn share_of(points: usize, asked: &str, language: Language) -> String {
    say!(
        language,
        "van deze {points} punten is het deel dat geldt {asked}",
        "of these {points} points the share that is so is {asked}"
    )
}

/// What it takes to get somewhere.
pub(in crate::render) fn effort(steps: &[(String, String)], language: Language) -> String {
    let steps = steps.iter().map(|(status, weeks)| match language {
        Language::Dutch => format!("tot ‘{status}’ {weeks}"),
        Language::English => format!("to ‘{status}’ {weeks}"),
    });
    let steps = steps.collect::<Vec<_>>().join(", ");
    say!(
        language,
        "{steps} (in weken aandacht, onderling te vergelijken)",
        "{steps} (in weeks of attention, to compare with each other)"
    )
}

/// What it takes to do something.
pub(in crate::render) fn effort_once(weeks: &str, language: Language) -> String {
    say!(
        language,
        "{weeks} (in weken aandacht, onderling te vergelijken)",
        "{weeks} (in weeks of attention, to compare with each other)"
    )
}

/// To what an answer is lifted, and from when on.
pub(in crate::render) fn lifted(subject: &str, least: &str, from: Option<&str>, language: Language) -> String {
    match from {
        Some(from) => {
            say!(
                language,
                "{subject} wordt ten minste {least}, vanaf ‘{from}’",
                "{subject} becomes at least {least}, from ‘{from}’ on"
            )
        }
        None => say!(language, "{subject} wordt ten minste {least}", "{subject} becomes at least {least}"),
    }
}

/// What a portrait that widens another one must reach.
pub(in crate::render) fn reaching(portrait: &str, least: &str, language: Language) -> String {
    say!(
        language,
        "{portrait}, als dit portret zelf ten minste {least} haalt",
        "{portrait}, if this portrait itself reaches at least {least}"
    )
}

/// How many more there are.
pub(in crate::render) fn and_more(count: usize, language: Language) -> String {
    say!(language, "en nog {count}", "and {count} more")
}

/// A share of all.
pub(in crate::render) fn of_cases(count: usize, language: Language) -> String {
    match (count, language) {
        (1, Language::Dutch) => "1 voorbeeld".to_owned(),
        (_, Language::Dutch) => format!("{count} voorbeelden"),
        (1, Language::English) => "1 case".to_owned(),
        (_, Language::English) => format!("{count} cases"),
    }
}
