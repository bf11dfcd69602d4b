//! Words for what is in a ruleset.

use super::{Language, Phrase, phrase, say};

phrases! {
    NO_RULESETS = "Er zijn geen kaders.", "There are no rulesets.";
    BUILT_IN = "ingebouwd", "built in";
    SOURCES = "bronnen", "sources";
    LICENCE = "licentie", "licence";
    LANGUAGES = "talen", "languages";
    EXTENDS = "breidt uit", "extends";
    READS = "leest ook", "also reads";
    ROLES = "rollen", "roles";
    HOLDS = "bevat", "holds";
    PARAMETERS = "Instelbare waarden", "Parameters";
    QUESTIONS = "Vragen", "Questions";
    BOUWSTENEN = "Bouwstenen", "Bouwstenen";
    STEPS = "Acties", "Actions";
    TABLES = "Tabellen", "Tables";
    ROWS = "rijen", "rows";
    COLUMNS = "kolommen", "columns";
    FACT = "feit", "fact";
    BY_PARTY = "per partij", "by party";
    NOT_ALWAYS = "niet altijd gevraagd", "not always asked";
}

/// What is counted, one and more of it.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Counted {
    nl: [&'static str; 2],
    en: [&'static str; 2],
}

/// What a ruleset holds, in the order in which it is told.
pub(in crate::render) const COUNTED: [Counted; 8] = [
    Counted { nl: ["vraag", "vragen"], en: ["question", "questions"] },
    Counted { nl: ["onderdeel", "onderdelen"], en: ["aspect", "aspects"] },
    Counted { nl: ["typering", "typeringen"], en: ["typing", "typings"] },
    Counted { nl: ["kengetal", "kengetallen"], en: ["key figure", "key figures"] },
    Counted { nl: ["tabel", "tabellen"], en: ["table", "tables"] },
    Counted { nl: ["mogelijke bevinding", "mogelijke bevindingen"], en: ["possible finding", "possible findings"] },
    Counted { nl: ["bouwsteen", "bouwstenen"], en: ["bouwsteen", "bouwstenen"] },
    Counted { nl: ["actie", "acties"], en: ["action", "actions"] },
];

/// So many of it.
pub(in crate::render) fn count(count: usize, what: Counted, language: Language) -> String {
    let [one, more] = match language {
        Language::Dutch => what.nl,
        Language::English => what.en,
    };
    format!("{count} {}", if count == 1 { one } else { more })
}

/// How to learn more of a ruleset.
pub(in crate::render) fn show(language: Language) -> String {
    say!(
        language,
        "Wat er in een kader staat: ketenspiegel ruleset show ID",
        "What is in a ruleset: ketenspiegel ruleset show ID"
    )
}
