//! Words of forms: empty profiles and questionnaires.

use super::{Language, Phrase, phrase, say};
use crate::assessment::Comparison;

// Both.
phrases! {
    UNKNOWN = "weet niet", "do not know";
    ABOUT_THE_CHAIN = "Over de keten", "About the chain";
    OTHER_QUESTIONS = "Overige vragen", "Other questions";
    ONLY_IF_EARLIER = "Alleen als de eerdere antwoorden daar aanleiding toe geven.",
        "Only if the earlier answers give cause for it.";
    A_TEXT = "een tekst", "a text";
    STATUSES = "Wat er al is", "What is in place";
    PRESENT = "Wat is er al?", "What is in place already?";
    TARGETS = "Streefwaarden", "Targets";
}

// In an empty profile.
phrases! {
    HOW_TO_FILL_IN = "Zo vult u dit in. Achter een # met een spatie staat uitleg. Achter een # zonder spatie staat een antwoord \
        dat nog leeg is: haal het # weg en schrijf het antwoord achter het =. Wat u niet invult, telt als niet \
        beantwoord; wat gevraagd is en niemand weet, is \"unknown\".",
        "How to fill this in. Behind a # with a space stands explanation. Behind a # without a space stands an answer \
        that is still empty: take the # away and write the answer behind the =. What is not filled in counts as not \
        answered; what was asked and nobody knows, is \"unknown\".";
    MORE_TO_SAY = "Bij een antwoord past meer: { value = 4, note = \"…\", evidence = [{ ref = \"Convenant, art. 3\" }] }.",
        "There can be more to an answer: { value = 4, note = \"…\", evidence = [{ ref = \"Covenant, art. 3\" }] }.";
    CHAIN_NAME = "naam van de keten", "name of the chain";
    CHAIN_DATE = "de dag waarover dit profiel gaat", "the day that this profile is about";
    A_PARTY = "voor elke partij deze regels, met een eigen id", "these lines for each party, with an id of its own";
    SOME_PARTY = "PARTIJ", "PARTY";
    PARTIES_IN_ROLE = "ids van de partijen", "ids of the parties";
    TRUE_OR_FALSE = "true (ja) of false (nee)", "true (yes) or false (no)";
    ONE_OF = "één van:", "one of:";
    ANY_OF = "een lijst met geen, één of meer van:", "a list of none, one or more of:";
    NOT_APPLICABLE_HOW = "of, als het niet van toepassing is: { not-applicable = \"waarom\" }",
        "or, where it does not apply: { not-applicable = \"why\" }";
}

// On paper.
phrases! {
    QUESTIONNAIRE = "Vragenlijst", "Questionnaire";
    CHAIN = "Keten", "Chain";
    FILLED_IN_BY = "Ingevuld door", "Filled in by";
    DATE = "Datum", "Date";
    HOW_TO_ANSWER = "Kruis aan wat past en schrijf erbij waaruit dat blijkt. Weet niemand het, kruis dan ‘weet niet’ \
        aan: een eerlijk gat is meer waard dan een gok.",
        "Tick what fits and write down what shows it. Where nobody knows, tick ‘do not know’: an honest gap is worth \
        more than a guess.";
    TICK_ALL = "Kruis alles aan wat past.", "Tick all that fit.";
    DOES_NOT_APPLY = "niet van toepassing, omdat", "does not apply, because";
    EACH_PARTY = "Elke partij antwoordt voor zich.", "Each party answers for itself.";
    PARTY = "Partij", "Party";
    ANSWER = "Antwoord", "Answer";
}

/// What a number can be.
pub(in crate::render) fn number_from_to(low: &str, high: &str, unit: &str, language: Language) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
    say!(language, "een getal van {low} tot en met {high}{unit}", "a number from {low} to {high}{unit}")
}

/// Only these parties answer.
pub(in crate::render) fn only_roles(roles: &str, language: Language) -> String {
    say!(
        language,
        "Elke partij in deze rol antwoordt voor zich: {roles}.",
        "Each party in this role answers for itself: {roles}."
    )
}

/// A question with its number, to refer to it.
pub(in crate::render) fn question(number: usize, title: &str, language: Language) -> String {
    say!(language, "vraag {number} ({title})", "question {number} ({title})")
}

/// See another question of another ruleset.
pub(in crate::render) fn see(question: &str, ruleset: &str, language: Language) -> String {
    say!(
        language,
        "Zie {question} van {ruleset}; daar beantwoordt u deze vraag ook mee.",
        "See {question} of {ruleset}; that answers this question too."
    )
}

/// When a question is asked.
pub(in crate::render) fn only_if(condition: &str, language: Language) -> String {
    say!(language, "Alleen als {condition}.", "Only if {condition}.")
}

/// A comparison in a condition.
pub(in crate::render) fn compared(what: &str, comparison: Comparison, bound: &str, language: Language) -> String {
    use Comparison::{Above, AtLeast, AtMost, Below, Equal, NotEqual};
    match comparison {
        Below => say!(language, "{what} lager is dan {bound}", "{what} is below {bound}"),
        AtMost => say!(language, "{what} ten hoogste {bound} is", "{what} is at most {bound}"),
        Above => say!(language, "{what} hoger is dan {bound}", "{what} is above {bound}"),
        AtLeast => say!(language, "{what} ten minste {bound} is", "{what} is at least {bound}"),
        Equal => say!(language, "het antwoord op {what} {bound} is", "the answer to {what} is {bound}"),
        NotEqual => say!(language, "het antwoord op {what} niet {bound} is", "the answer to {what} is not {bound}"),
    }
}
