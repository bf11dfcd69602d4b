//! What is said in CI, to people who may never have seen the program.

use super::{Language, Phrase, phrase, say};
use crate::number::Number;
use crate::waivers::{State, Waiver};

phrases! {
    WEIGHT = "weegt", "weighs";
    SEE = "zelf nagaan", "see for yourself";
    AGAIN = "Zelf herhalen", "Run it yourself";
    RESULT = "Ketenspiegel: bewaking van het advies", "Ketenspiegel: guarding the advice";
    FINE = "In orde: geen enkele poort houdt deze wijziging tegen.", "Fine: no gate stops this change.";
    NO_GATES = "Er zijn geen poorten ingesteld; dit is alleen een verslag.", "No gates are set; this only reports.";
    PROFILE_FILE = "profiel", "profile";
    CHAIN = "keten", "chain";
    FINDINGS_HELD = "bevindingen", "findings";
    VERDICT = "oordeel", "verdict";
    STOPS_HERE = "houdt tegen", "stops";
    PASSES = "in orde", "fine";
    EMPTY = "niets ingevuld", "nothing answered";
    WHAT_STOPS = "Wat deze wijziging tegenhoudt", "What stops this change";
    OTHER_FINDINGS = "Overige bevindingen", "Other findings";
    ACCEPTED = "Geaccepteerd", "Accepted";
    WAIVERS_TO_LOOK_AT = "Ontheffingen om na te kijken", "Waivers to look at";
    STILL_MATCHES = "Wat nog steeds overeenkomt", "What still matches";
    CHANGES = "Wat er in het advies verandert", "What changes in the advice";
    RULE_HELP = "Zo zeker als hierbij staat: ‘staat vast’ verandert niet meer, ‘waarschijnlijk’ kan nog veranderen door open vragen, ‘nog open’ kan nog blijken.",
        "Beside it stands how certain it is: ‘confirmed’ will not change, ‘likely’ can still change with open questions, ‘open’ may still emerge.";
}

/// What a waiver that covers a finding says.
pub(in crate::render) fn waived(waiver: &Waiver, language: Language) -> String {
    let (who, why) = (&waiver.approver, &waiver.reason);
    match &waiver.until {
        Some(until) => {
            let until = language.date(until.as_str());
            say!(
                language,
                "geaccepteerd door {who} tot en met {until}: {why}",
                "accepted by {who} until {until}: {why}"
            )
        }
        None => say!(language, "stond er al volgens {who}: {why}", "already there according to {who}: {why}"),
    }
}

/// Who gave a waiver, when and why.
pub(in crate::render) fn given(waiver: &Waiver, language: Language) -> String {
    let (who, why, from) = (&waiver.approver, &waiver.reason, language.date(waiver.from.as_str()));
    say!(language, "gegeven door {who} op {from}: {why}", "given by {who} on {from}: {why}")
}

/// A score or level below its floor.
pub(in crate::render) fn below(title: &str, now: Option<&str>, least: &str, language: Language) -> String {
    match now {
        Some(now) => {
            say!(language, "{title} is {now}; het minste is {least}", "{title} is {now}; the least is {least}")
        }
        None => say!(
            language,
            "van {title} is nog niets te zeggen; het minste is {least}",
            "nothing can be said of {title} yet; the least is {least}"
        ),
    }
}

/// Too few questions answered.
pub(in crate::render) fn incomplete(title: &str, answered: &str, least: Number, language: Language) -> String {
    let least = least.times(Number::from(100)).map(|share| language.plain(share)).unwrap_or_default();
    say!(language, "{title}: {answered}; gevraagd is {least} %", "{title}: {answered}; asked is {least}%")
}

/// How a waiver stands that does not cover anything.
pub(in crate::render) fn standing(state: State, waiver: &Waiver, about: &str, language: Language) -> String {
    let until = waiver.until.as_ref().map(|until| language.date(until.as_str())).unwrap_or_default();
    match state {
        State::Holds => say!(language, "Geldt: {about}", "Holds: {about}"),
        State::NotYet => say!(language, "Geldt nog niet: {about}", "Does not hold yet: {about}"),
        State::Expired => say!(
            language,
            "Ontheffing verlopen op {until}: {about} telt weer mee",
            "Waiver ended on {until}: {about} counts again"
        ),
        State::RuleChanged => say!(
            language,
            "Ontheffing dekt niets: de regel {about} is veranderd sinds zij werd gegeven",
            "Waiver covers nothing: the rule {about} changed since it was given"
        ),
        State::AnswersChanged => say!(
            language,
            "Ontheffing dekt niets: {about} rust op andere antwoorden dan toen zij werd gegeven",
            "Waiver covers nothing: {about} rests on other answers than when it was given"
        ),
        State::BothChanged => say!(
            language,
            "Ontheffing dekt niets: de regel {about} en de antwoorden zijn veranderd sinds zij werd gegeven",
            "Waiver covers nothing: the rule {about} and the answers changed since it was given"
        ),
        State::Unused => say!(
            language,
            "Ontheffing niet meer nodig: {about} is geen bevinding meer",
            "Waiver no longer needed: {about} is no finding any more"
        ),
    }
}

/// What to do about a waiver.
pub(in crate::render) fn what_to_do(state: State, language: Language) -> String {
    let told: Phrase = match state {
        State::Expired => phrase(
            "los de bevinding op, of geef een nieuwe ontheffing met `ketenspiegel waive`",
            "mend the finding, or give a new waiver with `ketenspiegel waive`",
        ),
        State::Unused => phrase("haal haar uit het bestand", "take it out of the file"),
        _ => phrase(
            "beoordeel de bevinding opnieuw, en geef zo nodig een nieuwe met `ketenspiegel waive`",
            "judge the finding again, and give a new one with `ketenspiegel waive` if need be",
        ),
    };
    language.say(told).to_owned()
}

/// Why an entry still covers what it was given for.
pub(in crate::render) fn still_matches(because: &str, language: Language) -> String {
    say!(
        language,
        "dezelfde keten, dezelfde regel, dezelfde antwoorden: {because}",
        "the same chain, the same rule, the same answers: {because}"
    )
}

/// How many there are that GitHub does not show.
pub(in crate::render) fn more_than_shown(left: usize, language: Language) -> String {
    say!(
        language,
        "nog {left} meldingen staan alleen in dit logboek en in de samenvatting: GitHub toont er tien van elke soort",
        "{left} more stand only in this log and in the summary: GitHub shows ten of each kind"
    )
}

/// `3 profielen, 128 regels nagegaan`
pub(in crate::render) fn looked_at(profiles: usize, rules: usize, language: Language) -> String {
    match language {
        Language::Dutch => {
            let profiles = if profiles == 1 { "1 profiel".to_owned() } else { format!("{profiles} profielen") };
            format!("{profiles} beoordeeld, {rules} keer een regel nagegaan.")
        }
        Language::English => {
            let profiles = if profiles == 1 { "1 profile".to_owned() } else { format!("{profiles} profiles") };
            format!("{profiles} assessed, a rule looked at {rules} times.")
        }
    }
}

/// What stops, in one line.
pub(in crate::render) fn stops(count: usize, language: Language) -> String {
    match (count, language) {
        (1, Language::Dutch) => "Niet in orde: 1 punt houdt deze wijziging tegen.".to_owned(),
        (_, Language::Dutch) => format!("Niet in orde: {count} punten houden deze wijziging tegen."),
        (1, Language::English) => "Not fine: 1 point stops this change.".to_owned(),
        (_, Language::English) => format!("Not fine: {count} points stop this change."),
    }
}
