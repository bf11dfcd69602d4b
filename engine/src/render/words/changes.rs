//! Words for what would change a conclusion.

use super::{Language, Phrase, phrase, say};
use crate::whatif::SaidBy;

phrases! {
    WHAT_TURNS = "Wat dit omdraait", "What turns this";
    SILENT = "niet aan de orde", "not so here";
    REACHED = "Zo is het al; er hoeft niets te veranderen.", "It is so already; nothing has to change.";
    OR_HIGHER = "of hoger", "or higher";
    OR_LOWER = "of lager", "or lower";
    ASSUMED = "aangenomen gevolg", "assumed effect";
    NOTHING_TURNS = "Geen enkele combinatie van andere antwoorden draait dit om. Wat een feit is, is met rust gelaten.",
        "No combination of other answers turns this. What is a fact was left alone.";
    PROVEN = "Met minder kan het niet: elke kleinere combinatie is nagegaan. Wat een feit is, is met rust gelaten.",
        "It cannot be done with less: every smaller combination was tried. What is a fact was left alone.";
    NOTHING_FRAGILE = "Geen conclusie hangt aan één stap van één antwoord.",
        "No conclusion depends on one step of one answer.";
    FRAGILE = "Wat aan één stap van één antwoord hangt", "What depends on one step of one answer";
    THEN = "dan", "then";
    WHAT_IF = "Wat als", "What if";
    NOTHING_CHANGES = "Daarmee verandert er niets in wat er wordt gezegd.", "That changes nothing in what is said.";
    NEW = "nieuw", "new";
    GONE = "weg", "gone";
    NO_VALUE = "geen", "none";
    LEVELS = "Niveaus", "Levels";
    SCORES = "Scores", "Scores";
    TABLES = "Tabellen", "Tables";
    WHAT_CHANGES = "Wat er dan anders is", "What is then different";
    ASSUMPTIONS = "Wat een bouwsteen of actie doet, is een aanname van het kader, geen belofte.",
        "What a bouwsteen or action does is an assumption of the ruleset, no promise.";
    ALL_SURE = "Alles wat er te zeggen valt, staat al vast; geen vraag beslist nog iets.",
        "Everything there is to say is already settled; no question decides anything more.";
    ASK_NEXT = "Wat nu te vragen", "What to ask next";
    BEST_TOGETHER = "Vraag deze samen", "Ask these together";
    WAY_TO = "De weg naar", "The way to";
    NO_WAY = "Geen bouwsteen of actie van het kader brengt de keten zover.",
        "No bouwsteen or action of the ruleset brings the chain that far.";
    NOT_PROVEN_NO_WAY = "Geen weg gevonden; er zijn te veel plannen om ze alle na te gaan.",
        "No way found; there are too many plans to try them all.";
    CHEAPEST = "Met minder moeite kan het niet: elk goedkoper plan is nagegaan.",
        "It cannot be done with less effort: every cheaper plan was tried.";
    FOUND_BY_SEARCH = "Gevonden door te zoeken: of het met minder moeite kan, is niet helemaal nagegaan.",
        "Found by searching: whether less effort would do was not tried in full.";
    TARGET_REACHED = "doel bereikt, opnieuw uitgerekend", "target reached, worked out again";
    EXPECTED = "daarna te verwachten", "to be expected then";
    DONE = "wordt gedaan", "is done";
    EFFORT_UNKNOWN = "moeite niet bekend", "effort not known";
    WITHOUT_EFFORT = "niet meegewogen, want de moeite is niet bekend", "not weighed, since the effort is not known";
}

/// With how many changes.
pub(in crate::render) fn with_changes(count: usize, bouwstenen: bool, language: Language) -> String {
    match (count, bouwstenen, language) {
        (1, false, Language::Dutch) => "Met één antwoord anders:".to_owned(),
        (1, true, Language::Dutch) => "Met één verandering:".to_owned(),
        (_, false, Language::Dutch) => format!("Met {count} antwoorden tegelijk anders:"),
        (_, true, Language::Dutch) => format!("Met {count} veranderingen tegelijk:"),
        (1, false, Language::English) => "With one answer different:".to_owned(),
        (1, true, Language::English) => "With one change:".to_owned(),
        (_, false, Language::English) => format!("With {count} answers different at once:"),
        (_, true, Language::English) => format!("With {count} changes at once:"),
    }
}

/// `2 stappen`
pub(in crate::render) fn steps(count: usize, language: Language) -> String {
    match (count, language) {
        (1, Language::Dutch) => "1 stap".to_owned(),
        (_, Language::Dutch) => format!("{count} stappen"),
        (1, Language::English) => "1 step".to_owned(),
        (_, Language::English) => format!("{count} steps"),
    }
}

/// Something that becomes something else.
pub(in crate::render) fn becomes(title: &str, from: &str, to: &str, language: Language) -> String {
    say!(language, "{title}: {from} wordt {to}", "{title}: {from} becomes {to}")
}

/// An open answer that turns out to be something.
pub(in crate::render) fn turns_out(title: &str, to: &str, language: Language) -> String {
    say!(language, "{title} (nog open) blijkt {to}", "{title} (open) turns out to be {to}")
}

/// Something that is open, or whose status is not known, and is brought to be something.
pub(in crate::render) fn brought(title: &str, to: &str, language: Language) -> String {
    say!(language, "{title} wordt {to} (nu nog open)", "{title} becomes {to} (open now)")
}

/// How many conclusions are not sure yet.
pub(in crate::render) fn uncertain(count: usize, language: Language) -> String {
    match (count, language) {
        (1, Language::Dutch) => "1 conclusie is nog niet zeker".to_owned(),
        (_, Language::Dutch) => format!("{count} conclusies zijn nog niet zeker"),
        (1, Language::English) => "1 conclusion is not sure yet".to_owned(),
        (_, Language::English) => format!("{count} conclusions are not sure yet"),
    }
}

/// What an answer settles.
pub(in crate::render) fn settles(surely: usize, perhaps: usize, language: Language) -> String {
    match (surely, perhaps) {
        (0, 0) => say!(language, "beslist op zichzelf nog niets", "settles nothing by itself"),
        (0, perhaps) => say!(
            language,
            "kan beslissen over {perhaps}, afhankelijk van het antwoord",
            "can settle {perhaps}, depending on the answer"
        ),
        (surely, 0) => {
            say!(language, "beslist over {surely}, wat het antwoord ook is", "settles {surely}, whatever the answer is")
        }
        (surely, perhaps) => say!(
            language,
            "beslist over {surely}, wat het antwoord ook is, en soms over nog {perhaps}",
            "settles {surely}, whatever the answer is, and sometimes {perhaps} more"
        ),
    }
}

/// How far an answer can move a score.
pub(in crate::render) fn moves(aspect: &str, low: &str, high: &str, language: Language) -> String {
    say!(language, "‘{aspect}’ komt dan tussen {low} en {high} uit", "‘{aspect}’ then comes out from {low} to {high}")
}

/// What a set of questions settles.
pub(in crate::render) fn settle_together(settled: usize, of: usize, language: Language) -> String {
    match settled {
        0 => say!(
            language,
            "Samen beslissen ze nog over geen enkele conclusie zeker; dit zijn de vragen die elk het meest beslissen.",
            "Together they settle no conclusion for sure; these are the questions that each settle most."
        ),
        _ => say!(
            language,
            "Samen beslissen ze over {settled} van de {of}, wat de antwoorden ook zijn:",
            "Together they settle {settled} of the {of}, whatever the answers are:"
        ),
    }
}

/// That a best set was not proven.
pub(in crate::render) fn not_proven_best(language: Language) -> String {
    say!(
        language,
        "Er zijn te veel combinaties om ze alle na te gaan; misschien is er een betere.",
        "There are too many combinations to try them all; there may be a better one."
    )
}

/// `en nog 12 vragen`
pub(in crate::render) fn more_questions(more: usize, language: Language) -> String {
    match (more, language) {
        (1, Language::Dutch) => "en nog 1 vraag".to_owned(),
        (_, Language::Dutch) => format!("en nog {more} vragen"),
        (1, Language::English) => "and 1 more question".to_owned(),
        (_, Language::English) => format!("and {more} more questions"),
    }
}

/// What is aimed at.
pub(in crate::render) fn target(title: &str, to: &str, language: Language) -> String {
    match to {
        "absent" => say!(language, "niet meer ‘{title}’", "no longer ‘{title}’"),
        "present" => say!(language, "wel ‘{title}’", "‘{title}’"),
        _ => format!("{title} = {to}"),
    }
}

/// `moeite 7`
pub(in crate::render) fn effort(effort: &str, language: Language) -> String {
    say!(language, "moeite {effort}", "effort {effort}")
}

/// What a route takes.
pub(in crate::render) fn takes(effort: &str, stages: usize, (most, by): (usize, SaidBy), language: Language) -> String {
    let by = match (by, language) {
        (SaidBy::Asked, Language::Dutch) => "zoals gevraagd",
        (SaidBy::Asked, Language::English) => "as asked",
        (SaidBy::Ruleset, Language::Dutch) => "een aanname van het kader",
        (SaidBy::Ruleset, Language::English) => "an assumption of the ruleset",
        (SaidBy::Default, Language::Dutch) => "een keuze van ketenspiegel",
        (SaidBy::Default, Language::English) => "a choice of ketenspiegel",
    };
    match (stages, language) {
        (1, Language::Dutch) => format!("Moeite samen: {effort}, in 1 stap."),
        (_, Language::Dutch) => {
            format!("Moeite samen: {effort}, in {stages} stappen, hoogstens {most} tegelijk ({by}).")
        }
        (1, Language::English) => format!("Effort together: {effort}, in 1 stage."),
        (_, Language::English) => {
            format!("Effort together: {effort}, in {stages} stages, at most {most} at once ({by}).")
        }
    }
}

/// More sets of the same size.
pub(in crate::render) fn more_sets(more: usize, size: usize, language: Language) -> String {
    match (more, size, language) {
        (1, 1, Language::Dutch) => "en nog 1 ander antwoord".to_owned(),
        (_, 1, Language::Dutch) => format!("en nog {more} andere antwoorden"),
        (1, _, Language::Dutch) => format!("en nog 1 andere combinatie van {size}"),
        (_, _, Language::Dutch) => format!("en nog {more} andere combinaties van {size}"),
        (1, 1, Language::English) => "and 1 other answer".to_owned(),
        (_, 1, Language::English) => format!("and {more} other answers"),
        (1, _, Language::English) => format!("and 1 other combination of {size}"),
        (_, _, Language::English) => format!("and {more} other combinations of {size}"),
    }
}

/// That not everything could be tried.
pub(in crate::render) fn searched(found: bool, tried: usize, language: Language) -> String {
    match (found, tried) {
        (true, _) => say!(
            language,
            "Gevonden door te zoeken: of het ook met minder kan, is niet helemaal nagegaan.",
            "Found by searching: whether less would do was not tried in full."
        ),
        (false, 0) => say!(
            language,
            "Niets gevonden; er zijn te veel mogelijkheden om ze alle na te gaan.",
            "Nothing found; there are too many possibilities to try them all."
        ),
        (false, 1) => say!(
            language,
            "Geen enkel antwoord draait dit alleen om. Combinaties zijn niet allemaal nagegaan: het zijn er te veel.",
            "No answer turns this on its own. Not all combinations were tried: there are too many."
        ),
        (false, tried) => say!(
            language,
            "Met {tried} antwoorden tegelijk draait dit niet om. Grotere combinaties zijn niet allemaal nagegaan: het \
             zijn er te veel.",
            "{tried} answers at once do not turn this. Not all larger combinations were tried: there are too many."
        ),
    }
}
