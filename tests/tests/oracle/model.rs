//! A small ruleset and a profile as plain data: what the generator makes, the writer writes and brute force reads.
//!
//! Elements of all rulesets stand in one list for each kind and are named by their place in it.
//! The id of question 3 is `q3`, of aspect 2 `a2`, and so on.

mod expressions;
mod links;
mod scores;

pub(super) use expressions::{Arithmetic, Comparison, Condition, Eyes, Fold, Term};
pub(super) use links::{Informs, Link};

use num_rational::Ratio;

/// An exact number. Deliberately not the engine's own.
pub(super) type Number = Ratio<i64>;

/// Ids of the rulesets. Each requires those before it.
pub(super) const RULESETS: [&str; 3] = ["een", "twee", "drie"];
/// Ids of the options of every choice.
pub(super) const OPTIONS: [&str; 3] = ["klein", "midden", "groot"];
/// The statuses of a bouwsteen.
pub(super) const STATUSES: [&str; 4] = ["absent", "started", "working", "anchored"];
/// Ids of the parties.
pub(super) const PARTIES: [&str; 3] = ["aap", "noot", "mies"];

#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    /// How many rulesets there are: one, two or three.
    pub(super) rulesets: usize,
    pub(super) roles: Vec<Role>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) questions: Vec<Question>,
    pub(super) aspects: Vec<Aspect>,
    pub(super) bouwstenen: Vec<Bouwsteen>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) measures: Vec<Measure>,
    pub(super) tables: Vec<Table>,
    pub(super) rules: Vec<Rule>,
    pub(super) links: Vec<Link>,
    pub(super) informs: Vec<Informs>,
    /// Whether the last of three rulesets joins the other two.
    pub(super) joins: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Role {
    pub(super) ruleset: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub(super) ruleset: usize,
    pub(super) value: Number,
}

#[derive(Debug, Clone)]
pub(super) struct Bouwsteen {
    pub(super) ruleset: usize,
    pub(super) same_as: Vec<usize>,
    /// What it takes to reach each status from the one before, and what it does; nothing where it does nothing.
    pub(super) acts: Option<Acts>,
}

/// What a bouwsteen takes, needs and does.
#[derive(Debug, Clone)]
pub(super) struct Acts {
    pub(super) effort: [i64; 3],
    pub(super) prerequisites: Vec<usize>,
    pub(super) effects: Vec<Effect>,
}

/// A question, the place of the value to which it is lifted, and from which status on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effect {
    pub(super) question: usize,
    pub(super) least: usize,
    pub(super) from: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) ruleset: usize,
    pub(super) kind: Kind,
    /// A place in the list of values or options; without it the highest.
    pub(super) met_from: Option<usize>,
    /// The values of the scale on which importance is asked.
    pub(super) importance: Option<Vec<Number>>,
    pub(super) asked_if: Option<Condition>,
    pub(super) not_applicable: bool,
    pub(super) asked: Asked,
    pub(super) same_as: Option<SameAs>,
    pub(super) fact: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Scale(Vec<Number>),
    YesNo,
    /// The value of each option, where it is not its place.
    Choice(Vec<Option<Number>>),
    Multiple(Vec<Option<Number>>),
    Number {
        min: Number,
        max: Number,
        step: Number,
    },
    Text,
}

#[derive(Debug, Clone)]
pub(super) enum Asked {
    Chain,
    Party {
        roles: Vec<usize>,
        combine: Agreement,
        /// Whether `combine` is written, or left to the default that it equals.
        written: bool,
    },
}

/// How the parties' answers become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    Fold(Fold),
    Agree,
}

#[derive(Debug, Clone)]
pub(super) struct SameAs {
    pub(super) question: usize,
    /// This question's value for each value of the other.
    pub(super) map: Vec<(Value, Value)>,
    /// Whether the map is written, or left out because every value means itself.
    pub(super) written: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Aspect {
    pub(super) ruleset: usize,
    pub(super) combine: Combine,
    /// `None`: the default of its way of combining.
    pub(super) missing: Option<Missing>,
    pub(super) met_from: Option<MetFrom>,
    /// The upper bounds of all levels but the last; empty: no levels of this kind.
    pub(super) cut_offs: Vec<Number>,
    pub(super) clamp: bool,
    pub(super) parties: Option<Fold>,
}

#[derive(Debug, Clone)]
pub(super) enum Combine {
    Children { how: How, children: Vec<Child> },
    Ladder(Vec<Step>),
    BestMatch { portraits: Vec<Portrait>, share: bool, mixed: bool },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Mean,
    WeightedMean,
    Sum,
    Min,
    Max,
    Share,
    All,
    Any,
}

#[derive(Debug, Clone)]
pub(super) struct Child {
    pub(super) of: ChildOf,
    pub(super) weight: Option<Number>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChildOf {
    Question(usize),
    Aspect(usize),
}

#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) demands: Option<Condition>,
    pub(super) value: Option<Number>,
}

#[derive(Debug, Clone)]
pub(super) struct Portrait {
    pub(super) traits: Vec<Trait>,
    /// Place of the portrait that it builds on, and what its own measure must reach.
    pub(super) builds_on: Option<(usize, Number)>,
}

#[derive(Debug, Clone)]
pub(super) struct Trait {
    pub(super) when: Condition,
    pub(super) partial: Option<Condition>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    Skip,
    Lowest,
    Blocks,
    Settled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MetFrom {
    Score(Number),
    Level(usize),
}

#[derive(Debug, Clone)]
pub(super) struct Outcome {
    pub(super) ruleset: usize,
    pub(super) pick: Pick,
}

#[derive(Debug, Clone)]
pub(super) enum Pick {
    First { options: Vec<Condition>, otherwise: bool },
    Best { options: Vec<Term>, mixed: bool },
}

#[derive(Debug, Clone)]
pub(super) struct Measure {
    pub(super) ruleset: usize,
    pub(super) value: Term,
}

/// A table of which each place has at most one cell.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) ruleset: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) cells: Vec<Cell>,
}

#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) when: Condition,
}

#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) ruleset: usize,
    pub(super) when: Condition,
    pub(super) needs: Option<Condition>,
}

/// What a term comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Value {
    Number(Number),
    Truth(bool),
    Option(usize),
    /// A bit for each option.
    Options(u8),
    Text,
    Missing,
    Nothing,
}

/// What a profile says of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    Value(Value),
    NotApplicable,
    Unknown,
    Missing,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    /// How many parties there are.
    pub(super) parties: usize,
    /// The parties in each role.
    pub(super) roles: Vec<Vec<usize>>,
    /// For each question the one answer, or an answer for each party.
    pub(super) answers: Vec<Vec<Given>>,
    /// For each question that asks for it the importance, in the same order.
    pub(super) importances: Vec<Vec<Option<Number>>>,
    /// For each bouwsteen a place in [`STATUSES`].
    pub(super) statuses: Vec<Option<usize>>,
    /// For each aspect.
    pub(super) targets: Vec<Option<Number>>,
    /// For each ruleset whether anything is said to it. Completions say no more than the profile that they complete.
    pub(super) says: Vec<bool>,
}
