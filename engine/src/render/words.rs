//! Everything the engine says itself, in every language it speaks. A text of a ruleset is never here, and no
//! word of the engine is anywhere else (problems apart, which are in English like the formats they are about).

/// Phrases by name, for this room and all below it.
macro_rules! phrases {
    ($($name:ident = $nl:literal, $en:literal;)*) => {
        $(pub(in crate::render) const $name: Phrase = phrase($nl, $en);)*
    };
}

pub(super) mod books;
pub(super) mod catalogue;
pub(super) mod changes;
pub(super) mod comparisons;
pub(super) mod differences;
pub(super) mod explanations;
pub(super) mod forms;
pub(super) mod guarding;
mod numbers;
mod reasons;
mod sentences;
mod states;

pub(super) use reasons::*;
pub use sentences::capitalised;
pub(super) use sentences::*;
pub(super) use states::*;

/// A language of the engine's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Nederlands.
    #[default]
    Dutch,
    /// English.
    English,
}

impl Language {
    /// The language for a code such as `nl` or `en-GB`; English where the engine does not speak it.
    #[must_use]
    pub fn of(code: &str) -> Self {
        match code.split(['-', '_']).next() {
            Some(primary) if primary.eq_ignore_ascii_case("nl") => Self::Dutch,
            _ => Self::English,
        }
    }

    /// A phrase in this language.
    pub(super) const fn say(self, phrase: Phrase) -> &'static str {
        match self {
            Self::Dutch => phrase.nl,
            Self::English => phrase.en,
        }
    }
}

/// A phrase in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    nl: &'static str,
    en: &'static str,
}

const fn phrase(nl: &'static str, en: &'static str) -> Phrase {
    Phrase { nl, en }
}

/// A sentence with values in it, in the language asked for.
macro_rules! say {
    ($language:expr, $nl:literal, $en:literal) => {
        match $language {
            Language::Dutch => format!($nl),
            Language::English => format!($en),
        }
    };
}
use say;

/// The name of the report.
pub(super) const NAME: &str = "Ketenspiegel";

// The first screen.
phrases! {
    NOTHING_ASSESSED = "Er is niets beoordeeld.", "Nothing was assessed.";
    NOTHING_ANSWERED = "Er is nog geen vraag beantwoord; er valt nog niets te concluderen.",
        "No question has been answered yet, so there is nothing to conclude.";
    NO_FINDINGS = "Op wat nu is ingevuld zijn er geen bevindingen.", "On the answers so far there are no findings.";
    NO_JOINT_FINDINGS = "Samen geven de bronnen op wat nu is ingevuld geen bevindingen; wat elke bron vindt, staat bij die bron.",
        "On the answers so far, the sources together give no findings; what each source finds is told with that source.";
    BLANK_EXPLAINED = "leeg: op wat nu is ingevuld valt daar niets over te zeggen",
        "blank: nothing to say about this on the answers so far";
    TABLE_AT_FRONT = "Deze tabel staat vooraan.", "This table is at the front.";
    SCORE_LABEL = "Score", "Score";
    WEAKEST = "Zwakste", "Weakest";
    STRONGEST = "Sterkste", "Strongest";
    MOST_IMPORTANT = "Belangrijkste bevindingen", "Most important findings";
    DO_FIRST = "Eerst doen", "Do first";
    ANSWERS_CONFLICT = "Antwoorden die elkaar tegenspreken", "Answers that contradict each other";
    ASKED_BY = "gevraagd door", "requested by";
    ALL_OF_IT = "Het volledige rapport, met elke reden en elke bron", "The full report, with every reason and every source";
    ASK_WHY = "Waarom staat iets hier?", "Why is something listed here?";
    WHAT_ID = ", met als ID wat achter ‘waarom’ staat", ", where ID is what follows ‘why’";
    STILL_TO_ASK = "Nog te vragen", "Still to ask";
    NONE_FITS = "geen van de mogelijkheden past", "none of the options fits";
}

// Headings of sections and tables.
phrases! {
    ASPECTS = "Onderdelen", "Aspects";
    CONCLUSION = "conclusie", "conclusion";
    ONE_STEP = "verandert bij deze stap", "changes with this step";
    ASPECT = "onderdeel", "aspect";
    SCORE = "score", "score";
    CAN_BECOME = "kan worden", "can become";
    QUESTIONS = "vragen", "answers";
    ANSWERED = "beantwoord", "answered";
    LEVEL = "niveau", "level";
    TARGET = "streven", "target";
    IMPORTANCE = "belang", "importance";
    HOW_AND_SOURCE = "hoe, en volgens welke bron", "how, and according to which source";
    SOURCE = "bron", "source";
    HOW_SURE = "zekerheid", "certainty";
    SHARED = "Telt in meer dan één groep mee", "Counts in more than one group";
    NOW_EXPLAINED = "‘nu’: waarschijnlijk, op wat nu is ingevuld; open vragen kunnen het niveau nog veranderen.",
        "‘now’: likely, on the answers so far; open questions can still change the level.";
    SO_FAR_EXPLAINED = "‘voorlopig’: hetzelfde, op minder dan de helft van de vragen.",
        "‘so far’: the same, on less than half of the questions.";
    WIDE_RANGES = "* Ruim genomen: er staan te veel vragen open om elke invulling na te gaan.",
        "* A wide estimate: too many questions are open to try every combination of answers.";
    BY_ROLE = "Zoals elke rol het ziet", "As each role sees it";
    PORTRAITS = "Portretten", "Portraits";
    PORTRAIT = "portret", "portrait";
    PARTLY = "deels", "partly";
    FOUND = "gevonden", "found";
    TRAITS = "kenmerken", "traits";
    TYPINGS = "Typeringen", "Typings";
    MEASURES = "Kengetallen", "Key figures";
    FINDINGS = "Bevindingen", "Findings";
    FINDING = "bevinding", "finding";
    BY_ASPECT = "Bevindingen per onderdeel", "Findings by aspect";
    STILL_OPEN = "Wat nog kan blijken", "What may still emerge";
    STILL_OPEN_EXPLAINED = "Niet waar op wat nu is ingevuld. Open vragen kunnen het nog waar maken.",
        "Not true on the answers so far. Open questions can still make it true.";
    TABLE_OPEN = "Hier is nog niets van te zeggen: alles hangt van open vragen af.",
        "Nothing can be said about this yet: it all depends on open questions.";
    TABLE_LEFT_OUT = "Open vragen kunnen hier nog meer laten zien.", "Open questions can still show more here.";
    PLAN = "Plan", "Plan";
    PLAN_EXPLAINED = "Wat in een stap staat, steunt alleen op eerdere stappen. Het nummer is de plaats in de \
        rangorde: (bevindingen + bijdragen) × past hier × ruimte. Wat eerst nodig is, staat nooit onder wat erop steunt.",
        "Each stage builds only on earlier ones. The number is the rank: (findings + contributions) × fit × room. \
        What is needed first never ranks below what builds on it.";
    REMARKS = "Opvallend in de antwoorden", "Notable answers";
    UNANSWERED = "Nog te beantwoorden", "Still to answer";
    QUESTION = "vraag", "question";
    IN_PROFILE = "in het profiel", "in the profile";
    RANGE_EXPLAINED = "wat het getal nog kan worden, hoe de open vragen ook worden ingevuld",
        "what the number can still become, however the open questions are answered";
    WITH_THE_SOURCES = "Bij de bronnen", "About the sources";
    HOW_TO_READ = "Hoe zeker is iets", "How certain is it";
    MADE_TO_MEASURE = "Op maat gemaakt", "Tailored";
    MADE_FROM = "Verantwoording", "Basis of this report";
}

// Names of fields.
phrases! {
    WHY = "waarom", "why";
    BECAUSE = "omdat", "because";
    HANGS_ON = "hangt af van", "depends on";
    FRAGILE = "wankel", "fragile";
    POINTS_MET = "punten waaraan is voldaan", "points met";
    SHARE_MET = "deel van de punten waaraan is voldaan", "share of the points met";
    FRAGILE_EXPLAINED = "is één gegeven antwoord één stap anders, dan verandert de conclusie, ook een die vaststaat",
        "if one answer given were one step different, the conclusion would change, even a confirmed one";
    FIRST_NEEDED = "vraagt eerst", "still requires";
    POSSIBLE = "mogelijk", "possible";
    ADVICE = "advies", "advice";
    CAUTION = "voorbehoud", "caution";
    CAUTIOUS = "voorzichtig bepaald; er staan te veel vragen open om elke invulling na te gaan",
        "judged with caution; too many questions are open to try every combination of answers";
    ANSWERED_UNKNOWN = "beantwoord met ‘onbekend’", "answered with ‘unknown’";
    NOT_KNOWN_YET = "nog niet te zeggen", "not known yet";
    STRENGTHENS = "versterkt", "strengthens";
    STANDS_FOR = "heet ook", "also called";
    FITS = "past hier", "fits here";
    FIRST_IN_PLACE = "eerst nodig", "needs first";
    NEEDED_FOR = "eerst nodig voor", "needed first for";
    LOOK_OUT = "let op", "watch out";
    BEGIN_WITH = "begin met", "start with";
    RANK = "rangorde", "rank";
    DOMINANT = "hoofdbijdrage", "main contribution";
    SECONDARY = "nevenbijdrage", "secondary contribution";
    YES = "ja", "yes";
    NO = "nee", "no";
    PARTIES = "Partijen", "Parties";
    PROFILE = "Profiel", "Profile";
    RULESET = "Kader", "Ruleset";
    ENGINE = "Ketenspiegel", "Ketenspiegel";
}

// The reasoning.
phrases! {
    WHY_TITLE = "Waarom", "Why";
    IT_IS_ABOUT = "het gaat om", "concerns";
    COMES_ABOUT = "zo komt dit tot stand", "how this comes about";
    NEEDS_ANSWERS = "Om dit te kunnen zeggen is eerst nodig:", "Before this can be said, this is needed:";
    ASKED = "voorwaarde", "condition";
    FROM = "uit", "from";
    IN_THE_PROFILE = "antwoord in het profiel", "answer in the profile";
    TAKEN_FROM = "overgenomen van", "taken over from";
    NOT_APPLICABLE = "niet van toepassing", "not applicable";
    EVIDENCE = "bewijs", "evidence";
    SEE_ABOVE = "zie hierboven", "see above";
    LOWEST_OF = "laagste van", "lowest of";
    HIGHEST_OF = "hoogste van", "highest of";
    WEIGHTED_MEAN = "gewogen gemiddelde", "weighted mean";
    DIVIDED_BY = "gedeeld door", "divided by";
    DIVIDED_BY_WEIGHTS = "gedeeld door de gewichten samen,", "divided by the sum of the weights,";
    NO_MORE_THAN_TARGET = "telt tot aan de streefwaarde:", "capped at the target:";
    RANK_FORMULA = "rangorde = (bevindingen + bijdragen) × past hier × ruimte", "rank = (findings + contributions) × fit × room";
    FROM_DIAGNOSES = "Bevindingen die erom vragen", "Findings that call for it";
    CONTRIBUTION_FORMULA = "gewicht × hoe ver de score onder de hoogste ligt, van 0 tot 1", "weight × how far the score lies below the highest, from 0 to 1";
    NO_SCORE_YET = "nog geen score", "no score yet";
    FROM_CONTRIBUTIONS = "Bijdragen aan zwakke onderdelen", "Contributions to weak aspects";
    FIT = "Past hier", "Fit";
    NO_FITS = "er zijn geen voorwaarden gesteld", "there are no conditions";
    ROOM = "Ruimte voor verbetering", "Room for improvement";
    NO_STATUS = "het profiel zegt niet of het er al is", "the profile does not say whether it is already in place";
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn an_unknown_language_falls_back_to_english() {
        assert_eq!(["nl", "NL-be", "en", "fy", ""].map(Language::of), {
            use Language::{Dutch, English};
            [Dutch, Dutch, English, English, English]
        });
    }
}
