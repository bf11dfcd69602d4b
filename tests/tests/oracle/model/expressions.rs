//! Terms and conditions.

use super::Number;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::oracle) enum Fold {
    Mean,
    Sum,
    Min,
    Max,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::oracle) enum Arithmetic {
    Plus,
    Minus,
    Times,
    Over,
    Gap,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::oracle) enum Comparison {
    Below,
    AtMost,
    Above,
    AtLeast,
    Equal,
    NotEqual,
}

/// Through whose eyes: those in a role, or the party that stands for a variable (0 is the outermost).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::oracle) enum Eyes {
    Role(usize),
    Variable(usize),
}

#[derive(Debug, Clone)]
pub(in crate::oracle) enum Term {
    Number(Number),
    Parameter(usize),
    /// An option or level, by place, beside a term that has options.
    Option(usize),
    Truth(bool),
    Answer(usize),
    QuestionImportance(usize),
    AspectImportance(usize),
    Score(usize),
    Level(usize),
    Outcome(usize),
    Measure(usize),
    Status(usize),
    Target(usize),
    Coverage(usize),
    By(Box<Term>, Eyes),
    Spread(Box<Term>),
    Arithmetic(Arithmetic, Box<Term>, Box<Term>),
    Fold(Fold, Vec<Term>),
    Count(Vec<Condition>),
    Share(Vec<Condition>),
}

#[derive(Debug, Clone)]
pub(in crate::oracle) enum Condition {
    Compare(Comparison, Term, Term),
    OneOf(Term, Vec<usize>),
    Has(Term, usize),
    /// `yes("q")` or `no("q")`.
    Yes(usize, bool),
    Holds(usize),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    AtLeast(usize, Vec<Condition>),
    Parties {
        any: bool,
        role: Option<usize>,
        variable: usize,
        body: Box<Condition>,
    },
    Diagnosis(usize),
    /// A cell, by table and place in its list of cells.
    Cell(usize, usize),
    /// A trait, by aspect, portrait and place in that; or at least part of it.
    Shows {
        aspect: usize,
        portrait: usize,
        at: usize,
        partly: bool,
    },
    Answered(usize),
    Unknown(usize),
    /// Whether anything is said to a ruleset.
    Says(usize),
}

impl Term {
    /// The terms directly in it.
    pub(in crate::oracle) fn terms(&self) -> Vec<&Self> {
        match self {
            Self::By(term, _) | Self::Spread(term) => vec![term],
            Self::Arithmetic(_, left, right) => vec![left, right],
            Self::Fold(_, terms) => terms.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The conditions directly in it.
    pub(in crate::oracle) fn conditions(&self) -> &[Condition] {
        match self {
            Self::Count(conditions) | Self::Share(conditions) => conditions,
            _ => &[],
        }
    }
}

impl Term {
    fn speaks_of(&self, variable: usize) -> bool {
        matches!(self, Self::By(_, Eyes::Variable(at)) if *at == variable)
            || self.terms().into_iter().any(|term| term.speaks_of(variable))
            || self.conditions().iter().any(|condition| condition.speaks_of(variable))
    }
}

impl Condition {
    /// Whether the party that a variable stands for is named in it.
    pub(in crate::oracle) fn speaks_of(&self, variable: usize) -> bool {
        self.terms().into_iter().any(|term| term.speaks_of(variable))
            || self.parts().into_iter().any(|part| part.speaks_of(variable))
    }

    /// The terms directly in it.
    pub(in crate::oracle) fn terms(&self) -> Vec<&Term> {
        match self {
            Self::Compare(_, left, right) => vec![left, right],
            Self::OneOf(term, _) | Self::Has(term, _) => vec![term],
            _ => Vec::new(),
        }
    }

    /// The conditions directly in it.
    pub(in crate::oracle) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => vec![left, right],
            Self::Not(part) | Self::Parties { body: part, .. } => vec![part],
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => parts.iter().collect(),
            _ => Vec::new(),
        }
    }
}
