//! Words for what is not concluded, and why not.

use super::{Language, Phrase, phrase, say};

phrases! {
    WHY_NOT = "Waarom niet", "Why not";
    NOT_CONCLUDED = "niet aan de orde", "does not apply here";
    NEVER = "hoe de open vragen ook worden ingevuld, dit wordt niet waar",
        "however the open questions are answered, this will not be true";
    CONCLUDED = "Dit is wel aan de orde; er staat niets in de weg.", "This applies here; nothing stands in its way.";
    NOT_ADVISED = "niet geadviseerd", "not advised";
    ANCHORED_ALREADY = "Er zijn bevindingen die erom vragen, maar het is er al en is verankerd:",
        "There are findings that call for it, but it is already in place and anchored:";
    NOTHING_ASKS = "Geen bevinding die vaststaat of waarschijnlijk is, vraagt erom. Deze zouden erom vragen:",
        "No confirmed or likely finding calls for it. These would:";
}

/// How to ask on.
pub(in crate::render) fn ask_on(id: &str, concluded: bool, language: Language) -> String {
    if concluded {
        return say!(language, "waarom: {id}", "why: {id}");
    }
    say!(language, "waarom niet: {id} --not", "why not: {id} --not")
}
