//! What the building functions are: one table, for messages, for editors and for the reference.
//!
//! A test holds it against what the language really knows, and against the fields that are read.

mod functions;

use functions::FUNCTIONS;

/// A building function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Function {
    /// Its name, or the sign of an operator.
    pub name: &'static str,
    /// What it is for.
    pub group: Group,
    /// What it takes, for each way of using it: names with kinds of values. What a method is called on comes first.
    pub takes: &'static [&'static [Taken]],
    /// The kind of value that it gives; empty where it gives none.
    pub gives: &'static str,
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
    /// How it is used.
    pub example: &'static str,
    /// The fields of the map that it takes, by what the map is of.
    pub maps: &'static [MapOf],
}

/// Something that a function takes: its name, and the kind of value.
pub type Taken = (&'static str, &'static str);

/// A map `#{ … }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapOf {
    /// What it is of: `the rule`, `an option`, `a cell`.
    pub of: &'static str,
    /// Its fields.
    pub fields: &'static [MapField],
}

/// A field of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapField {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub needed: bool,
    /// The kind of value.
    pub takes: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// What functions are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Values that are known when a profile is there.
    Terms,
    /// Calculating with terms.
    Calculating,
    /// Comparing terms.
    Comparing,
    /// Putting conditions together.
    Conditions,
    /// What each party answers.
    Parties,
    /// How complete a profile is.
    Completeness,
    /// Values that are known when the ruleset loads.
    Loading,
    /// What is concluded.
    Concluding,
}

impl Group {
    /// All, in the order of the reference.
    pub const ALL: [Self; 8] = [
        Self::Terms,
        Self::Calculating,
        Self::Comparing,
        Self::Conditions,
        Self::Parties,
        Self::Completeness,
        Self::Loading,
        Self::Concluding,
    ];

    /// Its heading, and what there is to say of all of it.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Terms => (
                "Terms",
                "A term stands for a value that only a profile gives. Behind `from(\"ruleset\")` most of them read \
                 another ruleset.",
            ),
            Self::Calculating => ("Calculating", "With terms and numbers; each gives a term."),
            Self::Comparing => (
                "Comparing",
                "A comparison of a term gives a condition. It is undecided where an answer is missing, and undefined \
                 where there is no value.",
            ),
            Self::Conditions => (
                "Conditions",
                "Conditions go together by these; `&&`, `||`, `!` and `if` look at a condition when the ruleset loads, \
                 and are refused.",
            ),
            Self::Parties => ("Parties", "A question that is asked of each party has an answer for each of them."),
            Self::Completeness => (
                "Completeness",
                "These describe the profile, and stand only in the `needs` of a rule (`from(\"ruleset\").answered()` \
                 stands anywhere).",
            ),
            Self::Loading => (
                "Known when the ruleset loads",
                "Ids and values of this ruleset, to loop over. They are plain texts, numbers, arrays and maps.",
            ),
            Self::Concluding => (
                "Concluding",
                "Each declares one conclusion, under an id that is unique in its kind; its texts stand in the text \
                 files under that id.",
            ),
        }
    }
}

/// Every building function.
#[must_use]
pub const fn functions() -> &'static [Function] {
    FUNCTIONS
}

#[cfg(test)]
mod tests;
