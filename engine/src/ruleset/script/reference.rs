//! What the building functions are: one table, for messages, for editors and for the reference.
//!
//! A test holds it against what the language really knows, and against the fields that are read.

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

/// A function without maps.
const fn plain(
    group: Group,
    name: &'static str,
    takes: &'static [&'static [Taken]],
    gives: &'static str,
    meaning: &'static str,
    example: &'static str,
) -> Function {
    Function { name, group, takes, gives, meaning, example, maps: &[] }
}

const RULESET: Taken = ("ruleset", "Ruleset");
const QUESTION: Taken = ("question", "String");
const ASPECT: Taken = ("aspect", "String");
const TRAIT: Taken = ("trait", "String");
const BOTH_TERMS: &[&[Taken]] = &[&[("left", "Term"), ("right", "?")]];
const BOTH_CONDITIONS: &[&[Taken]] = &[&[("left", "Condition"), ("right", "Condition")]];
const TERMS: &[&[Taken]] = &[&[("terms", "Array")]];
const CONDITIONS: &[&[Taken]] = &[&[("conditions", "Array")]];

/// The field of every conclusion that says where it comes from.
const SOURCE: MapField = MapField {
    name: "source",
    needed: true,
    takes: "String",
    meaning: "Where the source says it, or that the choice is yours.",
};

const FUNCTIONS: &[Function] = &[
    plain(
        Group::Terms,
        "answer",
        &[&[QUESTION], &[RULESET, QUESTION]],
        "Term",
        "The answer to a question: a number (scale, number), true or false (yes-no), an option or options.",
        "answer(\"question\")",
    ),
    plain(
        Group::Terms,
        "yes",
        &[&[QUESTION]],
        "Condition",
        "That a yes-no question is answered with yes; short for `answer(\"question\") == true`.",
        "yes(\"question\")",
    ),
    plain(
        Group::Terms,
        "no",
        &[&[QUESTION]],
        "Condition",
        "That a yes-no question is answered with no; silence is not no.",
        "no(\"question\")",
    ),
    plain(
        Group::Terms,
        "importance",
        &[&[("question_or_aspect", "String")], &[RULESET, ("question_or_aspect", "String")]],
        "Term",
        "The importance given with an answer, or its mean over an aspect.",
        "importance(\"question or aspect\")",
    ),
    plain(
        Group::Terms,
        "score",
        &[&[ASPECT], &[RULESET, ASPECT]],
        "Term",
        "The number of an aspect.",
        "score(\"aspect\")",
    ),
    plain(
        Group::Terms,
        "level",
        &[&[ASPECT], &[RULESET, ASPECT]],
        "Term",
        "The level of an aspect: of its cut-offs, its ladder or its portraits. Compared with the id of a level.",
        "level(\"aspect\")",
    ),
    plain(
        Group::Terms,
        "holds",
        &[&[ASPECT]],
        "Condition",
        "That an `all` or `any` aspect scores 1.",
        "holds(\"aspect\")",
    ),
    plain(Group::Terms, "target", &[&[ASPECT]], "Term", "The profile's target for an aspect.", "target(\"aspect\")"),
    plain(
        Group::Terms,
        "measure",
        &[&[("measure", "String")], &[RULESET, ("measure", "String")]],
        "Term",
        "A named number; it may be declared further on.",
        "measure(\"measure\")",
    ),
    plain(
        Group::Terms,
        "outcome",
        &[&[("typing", "String")], &[RULESET, ("typing", "String")]],
        "Term",
        "The option that a typing gives. Compared with the id of an option.",
        "outcome(\"typing\")",
    ),
    plain(
        Group::Terms,
        "bouwsteen",
        &[&[("bouwsteen", "String")], &[RULESET, ("bouwsteen", "String")]],
        "Term",
        "The status of a bouwsteen: absent < started < working < anchored. Missing where the profile does not say.",
        "bouwsteen(\"bouwsteen\") >= \"working\"",
    ),
    plain(
        Group::Terms,
        "diagnosis",
        &[&[("rule", "String")], &[RULESET, ("rule", "String")]],
        "Condition",
        "The condition of another rule, without its `needs`.",
        "diagnosis(\"rule\")",
    ),
    plain(
        Group::Terms,
        "cell",
        &[
            &[("table", "String"), ("row", "String"), ("column", "String")],
            &[RULESET, ("table", "String"), ("row", "String"), ("column", "String")],
        ],
        "Condition",
        "That one of the cells at a place of a table speaks.",
        "cell(\"table\", \"row\", \"column\")",
    ),
    plain(
        Group::Terms,
        "shows",
        &[&[ASPECT, TRAIT], &[RULESET, ASPECT, TRAIT]],
        "Condition",
        "That a trait of a best-match holds.",
        "shows(\"aspect\", \"trait\")",
    ),
    plain(
        Group::Terms,
        "shows_partly",
        &[&[ASPECT, TRAIT], &[RULESET, ASPECT, TRAIT]],
        "Condition",
        "That a trait of a best-match holds at least partly.",
        "shows_partly(\"aspect\", \"trait\")",
    ),
    plain(
        Group::Terms,
        "from",
        &[&[("ruleset", "String")]],
        "Ruleset",
        "A ruleset under `[requires]`, whose terms are read.",
        "from(\"ruleset\").level(\"aspect\")",
    ),
    plain(Group::Calculating, "+", BOTH_TERMS, "Term", "The sum of two.", "score(\"a\") + score(\"b\")"),
    plain(Group::Calculating, "-", BOTH_TERMS, "Term", "The one less the other.", "score(\"a\") - score(\"b\")"),
    plain(Group::Calculating, "*", BOTH_TERMS, "Term", "The product.", "score(\"a\") * 20"),
    plain(
        Group::Calculating,
        "/",
        BOTH_TERMS,
        "Term",
        "The one divided by the other; without a value where that is nought.",
        "score(\"a\") / answer(\"partners\")",
    ),
    plain(
        Group::Calculating,
        "gap",
        &[&[("left", "?"), ("right", "?")]],
        "Term",
        "The distance between two.",
        "gap(score(\"a\"), score(\"b\"))",
    ),
    plain(
        Group::Calculating,
        "lowest",
        TERMS,
        "Term",
        "The lowest of those that have a value.",
        "lowest([score(\"a\"), score(\"b\")])",
    ),
    plain(
        Group::Calculating,
        "highest",
        TERMS,
        "Term",
        "The highest of those that have a value.",
        "highest([score(\"a\"), score(\"b\")])",
    ),
    plain(
        Group::Calculating,
        "mean",
        TERMS,
        "Term",
        "The mean of those that have a value.",
        "mean([score(\"a\"), score(\"b\")])",
    ),
    plain(
        Group::Calculating,
        "sum",
        TERMS,
        "Term",
        "The sum; it has a value only where no open answer can change it.",
        "sum([score(\"a\"), score(\"b\")])",
    ),
    plain(
        Group::Calculating,
        "count",
        CONDITIONS,
        "Term",
        "How many conditions are true; it has a value only where no open answer can change it.",
        "count([condition, …])",
    ),
    plain(
        Group::Calculating,
        "share",
        CONDITIONS,
        "Term",
        "What share of the conditions is true, of those that are decided: from 0 to 1.",
        "share([condition, …])",
    ),
    plain(Group::Comparing, "<", BOTH_TERMS, "Condition", "Lower than.", "score(\"aspect\") < 2.5"),
    plain(Group::Comparing, "<=", BOTH_TERMS, "Condition", "At most.", "answer(\"question\") <= 2"),
    plain(Group::Comparing, ">", BOTH_TERMS, "Condition", "Higher than.", "score(\"a\") > score(\"b\")"),
    plain(
        Group::Comparing,
        ">=",
        BOTH_TERMS,
        "Condition",
        "At least; also of levels of a ladder or of cut-offs, options of a choice, and statuses.",
        "level(\"aspect\") >= \"redelijk\"",
    ),
    plain(Group::Comparing, "==", BOTH_TERMS, "Condition", "The same.", "outcome(\"vorm\") == \"keten\""),
    plain(Group::Comparing, "!=", BOTH_TERMS, "Condition", "Not the same.", "outcome(\"vorm\") != \"keten\""),
    plain(
        Group::Comparing,
        "is_one_of",
        &[&[("term", "Term"), ("options", "Array")]],
        "Condition",
        "That an option, level or typing is one of these.",
        "level(\"aspect\").is_one_of([\"a\", \"b\"])",
    ),
    plain(
        Group::Comparing,
        "has",
        &[&[("term", "Term"), ("option", "String")]],
        "Condition",
        "That an option of a multiple choice is chosen.",
        "answer(\"question\").has(\"option\")",
    ),
    plain(Group::Conditions, "and", BOTH_CONDITIONS, "Condition", "That both are true.", "condition and condition"),
    plain(
        Group::Conditions,
        "or",
        BOTH_CONDITIONS,
        "Condition",
        "That at least one is true.",
        "condition or condition",
    ),
    plain(
        Group::Conditions,
        "not",
        &[&[("condition", "Condition")]],
        "Condition",
        "That it is false; what is undecided stays undecided.",
        "not(condition)",
    ),
    plain(Group::Conditions, "all", CONDITIONS, "Condition", "That all are true.", "all([condition, …])"),
    plain(Group::Conditions, "any", CONDITIONS, "Condition", "That at least one is true.", "any([condition, …])"),
    plain(
        Group::Conditions,
        "at_least",
        &[&[("number", "?"), ("conditions", "Array")]],
        "Condition",
        "That at least so many are true.",
        "at_least(2, [condition, …])",
    ),
    plain(
        Group::Parties,
        "by",
        &[&[("term", "Term"), ("role_or_party", "?")]],
        "Term",
        "A term as answered by the parties in a role, or by the party of `any_party` and `all_parties`.",
        "answer(\"question\").by(\"role\")",
    ),
    plain(
        Group::Parties,
        "spread",
        &[&[("term", "Term")]],
        "Term",
        "The highest less the lowest over the parties.",
        "spread(answer(\"question\"))",
    ),
    plain(
        Group::Parties,
        "any_party",
        &[&[("asked", "FnPtr")], &[("role", "String"), ("asked", "FnPtr")]],
        "Condition",
        "That it is true for at least one party, of all or of those in a role.",
        "any_party(|p| answer(\"question\").by(p) <= 2)",
    ),
    plain(
        Group::Parties,
        "all_parties",
        &[&[("asked", "FnPtr")], &[("role", "String"), ("asked", "FnPtr")]],
        "Condition",
        "That it is true for every party, of all or of those in a role.",
        "all_parties(|p| answer(\"question\").by(p) >= 4)",
    ),
    plain(
        Group::Completeness,
        "coverage",
        &[&[ASPECT]],
        "Term",
        "The share of the questions under an aspect that is answered: from 0 to 1.",
        "coverage(\"aspect\")",
    ),
    plain(
        Group::Completeness,
        "answered",
        &[&[QUESTION], &[RULESET]],
        "Condition",
        "That a question is answered; or that the profile says anything to another ruleset.",
        "answered(\"question\")",
    ),
    plain(
        Group::Completeness,
        "unknown",
        &[&[QUESTION]],
        "Condition",
        "That a question is answered with `unknown`.",
        "unknown(\"question\")",
    ),
    plain(
        Group::Loading,
        "aspects",
        &[&[], &[("parent", "String")]],
        "Array",
        "The ids of all aspects, or of the children of one.",
        "aspects() or aspects(\"parent\")",
    ),
    plain(
        Group::Loading,
        "questions",
        &[&[], &[ASPECT]],
        "Array",
        "The ids of all questions, or of those under an aspect.",
        "questions() or questions(\"aspect\")",
    ),
    plain(Group::Loading, "bouwstenen", &[&[]], "Array", "The ids of all bouwstenen; steps are none.", "bouwstenen()"),
    plain(
        Group::Loading,
        "options",
        &[&[QUESTION]],
        "Array",
        "The ids of the options of a choice.",
        "options(\"question\")",
    ),
    plain(Group::Loading, "levels", &[&[ASPECT]], "Array", "The ids of the levels of an aspect.", "levels(\"aspect\")"),
    plain(
        Group::Loading,
        "traits",
        &[&[ASPECT], &[ASPECT, ("level", "String")]],
        "Array",
        "The ids of the traits of a best-match, or of those of one portrait.",
        "traits(\"aspect\") or traits(\"aspect\", \"level\")",
    ),
    plain(Group::Loading, "roles", &[&[]], "Array", "The ids of all roles.", "roles()"),
    plain(
        Group::Loading,
        "rows",
        &[&[("file", "String")]],
        "Array",
        "The rows of `tables/file.toml`, each a map.",
        "rows(\"file\")",
    ),
    plain(
        Group::Loading,
        "param",
        &[&[("parameter", "String")]],
        "?",
        "The value of a parameter: a number or a text.",
        "param(\"parameter\")",
    ),
    Function {
        name: "rule",
        group: Group::Concluding,
        takes: &[&[("id", "String"), ("rule", "Map")]],
        gives: "",
        meaning: "A finding: it is there when its condition is true. Its texts are `title` and `text`.",
        example: "rule(\"id\", #{ when: …, severity: \"major\", source: \"…\" })",
        maps: &[MapOf {
            of: "the rule",
            fields: &[
                SOURCE,
                needed("when", "Condition", "When it speaks."),
                optional("needs", "Condition", "What the profile must offer before it may say more than \"open\"."),
                needed("severity", "String", "`critical`, `major`, `minor`, `observation` or `strength`."),
                optional("aspect", "String", "The aspect by which it stands in the report."),
                optional("recommend", "Array", "Ids of bouwstenen and steps that it recommends."),
                optional(
                    "balance",
                    "String",
                    "Why a better answer may bring it about: it is about a balance or a difference.",
                ),
                TEXT,
                FILL,
            ],
        }],
    },
    Function {
        name: "outcome",
        group: Group::Concluding,
        takes: &[&[("id", "String"), ("typing", "Map")]],
        gives: "",
        meaning: "A typing: one of its options is given. Its texts are `title` and one for each option.",
        example: "outcome(\"id\", #{ pick: \"first\", options: […], source: \"…\" })",
        maps: &[
            MapOf {
                of: "the outcome",
                fields: &[
                    SOURCE,
                    needed("pick", "String", "`first`: the first option that is true; `best`: the highest score."),
                    needed("options", "Array", "The options, in order."),
                    optional("otherwise", "String", "With `first`: the id of the option where none is true."),
                    optional("tie", "String", "With `best`: `mixed` (an option of its own) or `lowest` (the first)."),
                ],
            },
            MapOf {
                of: "an option",
                fields: &[
                    needed("id", "String", "Its id."),
                    optional("when", "Condition", "With `first`: when it is picked."),
                    optional("score", "Term", "With `best`: its score."),
                ],
            },
        ],
    },
    Function {
        name: "measure",
        group: Group::Concluding,
        takes: &[&[("id", "String"), ("measure", "Map")]],
        gives: "",
        meaning: "A named number. Its texts are `title` and, if it has one, `unit`.",
        example: "measure(\"id\", #{ value: …, source: \"…\" })",
        maps: &[MapOf { of: "the measure", fields: &[SOURCE, needed("value", "Term", "How it is computed.")] }],
    },
    Function {
        name: "table",
        group: Group::Concluding,
        takes: &[&[("id", "String"), ("table", "Map")]],
        gives: "",
        meaning: "Rows and columns of conclusions. Its texts are `title`, one for each row and column, and those of cells.",
        example: "table(\"id\", #{ rows: […], columns: […], cells: […], source: \"…\" })",
        maps: &[
            MapOf {
                of: "the table",
                fields: &[
                    SOURCE,
                    needed("rows", "Array", "Ids of the rows."),
                    needed("columns", "Array", "Ids of the columns."),
                    needed("cells", "Array", "The cells; a place may have several, each with its own condition."),
                    optional("screen", "bool", "Whether it stands on the first screen of the report."),
                ],
            },
            MapOf {
                of: "a cell",
                fields: &[
                    SOURCE,
                    needed("row", "String", "Its row."),
                    needed("column", "String", "Its column."),
                    needed("when", "Condition", "When it speaks."),
                    optional(
                        "text",
                        "String",
                        "The id of its text, `table.id.cells.…`; without one it only marks its place.",
                    ),
                    FILL,
                ],
            },
        ],
    },
];

const TEXT: MapField = optional("text", "String", "The id of its texts, where they are not those of its own id.");
const FILL: MapField = optional("fill", "Map", "Values for the placeholders of its texts.");

const fn needed(name: &'static str, takes: &'static str, meaning: &'static str) -> MapField {
    MapField { name, needed: true, takes, meaning }
}

const fn optional(name: &'static str, takes: &'static str, meaning: &'static str) -> MapField {
    MapField { name, needed: false, takes, meaning }
}

#[cfg(test)]
mod tests;
