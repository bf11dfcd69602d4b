//! What can be wrong with an input, and where.
//!
//! Reading never stops at the first mistake: every reader takes a [`Problems`] and adds to it.
//! A [`Problem`] points into a source file by byte range; drawing it is the work of [`crate::render`].

use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

/// A stable name for a kind of problem, such as `K0201`, with a short title.
///
/// Codes are never reused. They are listed in [`codes::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// `K` and four digits.
    pub id: &'static str,
    /// What kind of problem this is, in a few words.
    pub title: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $title:literal;)*) => {
        /// Every code there is.
        pub mod codes {
            use super::Code;
            $($(#[$doc])* #[doc = $title] pub const $name: Code = Code { id: $id, title: $title };)*
            /// All codes, in order of their id.
            pub const ALL: &[Code] = &[$($name),*];
        }
    };
}

codes! {
    SYNTAX_JSON = "K0101", "not valid JSON";
    SYNTAX_TOML = "K0102", "not valid TOML";
    SYNTAX_SCRIPT = "K0103", "not a valid script";
    DUPLICATE_KEY = "K0104", "a key that stands twice";
    TOO_DEEP = "K0105", "nested too deeply";
    NOT_UTF8 = "K0106", "not UTF-8 text";
    TOO_LARGE = "K0107", "larger than what is read";
    EMPTY = "K0108", "nothing in it";
    BAD_PACK = "K0109", "not a file that can be packed";
    WRONG_TYPE = "K0201", "a value of the wrong type";
    UNKNOWN_FIELD = "K0202", "an unknown field";
    MISSING_FIELD = "K0203", "a missing field";
    BAD_ID = "K0204", "not an id";
    DUPLICATE_ID = "K0205", "an id that stands twice";
    UNKNOWN_ID = "K0206", "an unknown id";
    UNKNOWN_OPTION = "K0207", "an unknown option";
    OUT_OF_RANGE = "K0208", "a value outside its range";
    NOT_FITTING = "K0209", "fields that do not go together";
    BAD_NUMBER = "K0210", "a number that cannot be kept exactly";
    FORMAT_VERSION = "K0301", "a format version this engine does not know";
    ENGINE_RANGE = "K0302", "made for another engine version";
    REQUIRES = "K0303", "a required ruleset that is not there";
    CIRCLE = "K0304", "a circle";
    MISSING_FILE = "K0305", "a missing file";
    NO_SOURCE = "K0306", "no source";
    NOT_RECOMMENDED = "K0307", "a bouwsteen that nothing recommends";
    MISSING_TEXT = "K0308", "a missing text";
    UNUSED_TEXT = "K0309", "a text that nothing uses";
    PLACEHOLDER = "K0310", "a placeholder that names nothing";
    UNKNOWN_FILE = "K0311", "a file that nothing reads";
    CHANGES_NOTHING = "K0312", "a change that changes nothing";
    STILL_READ = "K0313", "something disabled that is still read";
    NO_OVERRIDE = "K0314", "an override without a reason";
    LOCKED = "K0315", "another ruleset than was locked";
    CONDITION_TYPE = "K0401", "a comparison that cannot be";
    NOT_A_CONDITION = "K0402", "not a condition";
    SCRIPT_LOGIC = "K0403", "script logic on a condition";
    SCRIPT_STOPPED = "K0404", "a script that stopped";
    SCRIPT_RUNAWAY = "K0405", "a script that runs away";
    ONLY_IN_NEEDS = "K0406", "only allowed in `needs`";
    SHADOWED = "K0407", "a function that hides a building function";
    ANSWER_VALUE = "K0501", "an answer outside its question";
    NOT_APPLICABLE = "K0502", "not-applicable where it is not allowed";
    NO_REASON = "K0503", "not-applicable without a reason";
    PARTY_ANSWER = "K0504", "answers by party where the chain answers, or the reverse";
    TOO_PRECISE = "K0505", "a number too long to keep exactly";
    NEVER_FIRES = "K0601", "a rule that can never speak";
    ALWAYS_FIRES = "K0602", "a rule that always speaks";
    COINCIDE = "K0603", "rules that always speak together";
    SUPERFLUOUS = "K0604", "a rule that another makes superfluous";
    CONTRADICTORY = "K0605", "diagnoses that contradict each other";
    UNUSED_QUESTION = "K0606", "a question that nothing uses";
    UNUSED_OPTION = "K0607", "options that nothing tells apart";
    WORSENS = "K0608", "a better answer that worsens the outcome";
    UNTRANSLATED = "K0609", "a text that is not translated";
    LONG_SENTENCE = "K0610", "a long sentence";
    HARD_TEXT = "K0611", "a hard text";
    EMPTY_REASON = "K0613", "a reason that says nothing";
    UNUSED_PARAMETER = "K0614", "a parameter that nothing uses";
    ALLOWED_FOR_NOTHING = "K0615", "an allowance that nothing needs";
    NOT_CHECKED = "K0616", "not checked: too large to go through";
    UNUSED_VALUE = "K0617", "a value that no text uses";
    MISSING_CONCLUSION = "K0701", "a conclusion that is missing";
    UNEXPECTED = "K0702", "a conclusion that was not expected";
    OTHER_CONCLUSION = "K0703", "a conclusion of another value";
    UNNOTICED = "K0704", "a change that no case notices";
}

/// How bad it is: an error stops the work, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// The input cannot be used.
    Error,
    /// The input can be used; somebody should look.
    Warning,
}

/// Which source text: an index into [`crate::source::Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub(crate) u32);

/// A range of bytes in a source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span over `range` of `file`.
    #[must_use]
    pub const fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }
}

/// A second place that helps to understand a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub text: String,
}

/// One thing that is wrong: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind.
    pub code: Code,
    /// Error or warning.
    pub gravity: Gravity,
    /// What is wrong here, in one sentence without a full stop.
    pub message: String,
    /// Where; a problem of a whole file or of the command line has no span.
    pub span: Option<Span>,
    /// What stands at that place, in a few words; may be empty.
    pub label: String,
    /// Other places.
    pub also: Vec<Label>,
    /// What to do; one line each.
    pub help: Vec<String>,
    /// The word that is wrong, as it is written, where it is a word.
    pub word: Option<String>,
}

impl Problem {
    /// An error without a place.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            gravity: Gravity::Error,
            message: message.into(),
            span: None,
            label: String::new(),
            also: Vec::new(),
            help: Vec::new(),
            word: None,
        }
    }

    /// The same, at `span`.
    #[must_use]
    pub fn at(mut self, span: impl Into<Option<Span>>) -> Self {
        self.span = span.into();
        self
    }

    /// The same, with words under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same, with a second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.also.push(Label { span, text: text.into() });
        self
    }

    /// The same, with a line that says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The same, with the wrong word, and "did you mean" where one of `known` is near it; otherwise with what there is, in
    /// its own order.
    #[must_use]
    pub fn suggest<'a>(mut self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let mut seen = HashSet::new();
        let known: Vec<&str> = known.into_iter().filter(|word| seen.insert(*word)).collect();
        self.word = Some(written.to_owned());
        match nearest(written, known.iter().copied()) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None if known.is_empty() => self,
            None if known.len() <= 12 => self.help(format!("known are: {}", known.join(", "))),
            None => self.help(format!("{} are known, among them: {}, …", known.len(), known[..8].join(", "))),
        }
    }

    /// The same, as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.gravity = Gravity::Warning;
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.id, self.message)
    }
}

/// The word of `known` that `written` was probably meant to be.
///
/// ```
/// use ketenspiegel_engine::problem::nearest;
/// assert_eq!(nearest("mindst", ["mindset", "kennis"]), Some("mindset"));
/// assert_eq!(nearest("geheel iets anders", ["mindset", "kennis"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&lower, &word.to_lowercase()), word))
        .filter(|(distance, word)| {
            let longest = word.chars().count().max(lower.chars().count());
            *distance * 3 <= longest || (lower.len() >= 4 && word.contains(lower.as_str()))
        })
        .min()
        .map(|(_, word)| word)
}

/// Everything that was found wrong, in the order of finding; sorted by place when taken out.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Nothing found yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds one; the same problem at the same place counts once.
    pub fn push(&mut self, problem: Problem) {
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// Whether there is an error among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|p| p.gravity == Gravity::Error)
    }

    /// Whether there is one like this among them.
    pub(crate) fn any(&self, like: impl Fn(&Problem) -> bool) -> bool {
        self.0.iter().any(like)
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Those that were found after the first so many.
    pub(crate) fn after(&self, first: usize) -> &[Problem] {
        self.0.get(first..).unwrap_or_default()
    }

    /// The same, to be changed.
    pub(crate) fn after_mut(&mut self, first: usize) -> &mut [Problem] {
        self.0.get_mut(first..).unwrap_or_default()
    }

    /// All of them, by file and place.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Problem> {
        let mut all: Vec<&Problem> = self.0.iter().collect();
        all.sort_by_key(|p| (p.span, p.code));
        all
    }

    /// Adds everything that `other` found.
    pub fn append(&mut self, other: Self) {
        for problem in other.0 {
            self.push(problem);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, codes};

    #[test]
    fn what_there_is_stands_in_its_own_order() {
        let problem = Problem::new(codes::UNKNOWN_OPTION, "x").suggest("weg", ["zwak", "redelijk", "zwak", "sterk"]);
        assert_eq!(problem.help, ["known are: zwak, redelijk, sterk"]);
        assert_eq!(problem.word.as_deref(), Some("weg"));
    }

    #[test]
    fn codes_are_unique_and_in_order() {
        assert!(codes::ALL.windows(2).all(|pair| pair[0].id < pair[1].id));
    }
}
