//! Conditions and terms as data: the language that rules are built of.
//!
//! A ruleset's script builds [`Expr`]essions in a [`Graph`]. Equal expressions are one node, so that what
//! many rules read is evaluated once. An expression names elements by index; what an element is stands in
//! [`crate::ruleset`].

use crate::assessment::Comparison;
use crate::number::Number;
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// The index of element number `at` of a list.
            #[must_use]
            #[expect(clippy::cast_possible_truncation, reason = "lists are bounded far below four thousand million")]
            pub const fn at(at: usize) -> Self {
                Self(at as u32)
            }

            /// The place in its list.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

index! {
    /// An expression of a [`Graph`].
    ExprId;
    /// A question.
    QuestionId;
    /// An aspect.
    AspectId;
    /// A bouwsteen or a step.
    BouwsteenId;
    /// A typing.
    OutcomeId;
    /// A named number.
    MeasureId;
    /// A rule.
    RuleId;
    /// A table.
    TableId;
    /// A role.
    RoleId;
    /// A ruleset.
    RulesetId;
}

/// What an expression can come to.
///
/// Values of one kind are in the order of the scale or the list that they are of; between kinds the order is only there
/// to sort sets of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// A number.
    Number(Number),
    /// A yes or a no; the truth of a condition.
    Truth(bool),
    /// One of a list of options, by place from nought.
    Option(u16),
    /// Any number of at most 64 options, a bit for each.
    Options(u64),
    /// A text that is there; its words are never compared.
    Text,
    /// Not answered, or answered with "unknown". A condition over it is undecided.
    Missing,
    /// Without a value: not applicable, not asked, an empty group. A condition over it is undefined.
    Nothing,
}

/// Through whose eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum View {
    /// The parties in a role.
    Role(RoleId),
    /// The party that an enclosing [`Expr::Parties`] speaks of, by the number of its variable.
    Variable(u32),
}

/// Arithmetic on two terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Arithmetic {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`; a division by nought has no value.
    Over,
    /// The distance between the two.
    Gap,
}

/// Putting terms together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fold {
    /// The mean.
    Mean,
    /// The sum.
    Sum,
    /// The lowest.
    Min,
    /// The highest.
    Max,
}

/// A term or a condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Expr {
    /// A fixed value.
    Constant(Value),
    /// An answer.
    Answer(QuestionId),
    /// The importance given with an answer.
    Importance(QuestionId),
    /// The mean importance over an aspect's children.
    AspectImportance(AspectId),
    /// The number of an aspect.
    Score(AspectId),
    /// The level of an aspect.
    Level(AspectId),
    /// A typing.
    Outcome(OutcomeId),
    /// A named number.
    Measure(MeasureId),
    /// Status of a bouwsteen.
    Status(BouwsteenId),
    /// The profile's target for an aspect.
    Target(AspectId),
    /// Whether a rule's condition holds.
    Diagnosis(RuleId),
    /// Whether a cell of a table speaks: the table, and the places of row and column.
    Cell(TableId, u16, u16),
    /// Whether a trait shows: the aspect, the places of portrait and trait; with `true` also when only partly.
    Trait(AspectId, u16, u16, bool),
    /// How far a trait shows that may show partly: 1, ½ or 0, by what it asks in full and in part.
    Showing(ExprId, ExprId),
    /// The share of the questions under an aspect that are answered.
    Coverage(AspectId),
    /// Whether a question is answered.
    Answered(QuestionId),
    /// Whether a question was answered with "unknown".
    Unknown(QuestionId),
    /// Whether the profile says anything to a ruleset.
    RulesetAnswered(RulesetId),
    /// The same through other eyes.
    By(ExprId, View),
    /// Arithmetic.
    Arithmetic(Arithmetic, ExprId, ExprId),
    /// Terms put together.
    Fold(Fold, Vec<ExprId>),
    /// Highest minus lowest over the parties.
    Spread(ExprId),
    /// How many conditions hold.
    Count(Vec<ExprId>),
    /// What share of the conditions holds.
    Share(Vec<ExprId>),
    /// A comparison of two terms.
    Compare(Comparison, ExprId, ExprId),
    /// Whether a term is one of these options.
    OneOf(ExprId, Vec<u16>),
    /// Whether a multiple choice contains this option.
    Has(ExprId, u16),
    /// All hold.
    And(Vec<ExprId>),
    /// At least one holds.
    Or(Vec<ExprId>),
    /// It does not hold.
    Not(ExprId),
    /// Whether a condition is true, so that what is undefined counts as not true. No rule can write it: it is
    /// for comparing conditions with each other.
    Fires(ExprId),
    /// For at least one (`any`) or for all parties, all of them or those in a role.
    Parties {
        /// At least one, otherwise all.
        any: bool,
        /// Number of the variable that stands for the party.
        variable: u32,
        /// Only parties in this role.
        role: Option<RoleId>,
        /// What is asked of each party.
        body: ExprId,
    },
    /// Stands in for an expression that was reported as wrong, so that reading can go on.
    Poison,
}

/// What kind of value an expression gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Type {
    /// A number, with its unit and, where they are known, the lowest and highest it can be.
    Number {
        /// Unit, such as `%`.
        unit: Option<Arc<str>>,
        /// Lowest and highest.
        within: Option<(Number, Number)>,
    },
    /// A yes-no answer.
    YesNo,
    /// One of these options; ordered when `<` means something.
    Choice {
        /// Ids, in order.
        options: Arc<[String]>,
        /// Whether the order means something.
        ordered: bool,
        /// What the options belong to, for messages.
        of: Arc<str>,
    },
    /// Any number of these options.
    Multiple {
        /// Ids, in order.
        options: Arc<[String]>,
        /// What the options belong to, for messages.
        of: Arc<str>,
    },
    /// A text.
    Text,
    /// A condition.
    Condition,
    /// Something that was reported as wrong.
    Poison,
}

impl Type {
    /// A number without unit and bounds.
    pub const NUMBER: Self = Self::Number { unit: None, within: None };

    /// In words, for messages.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Number { unit: Some(unit), .. } => format!("a number of {unit}"),
            Self::Number { .. } => "a number".to_owned(),
            Self::YesNo => "a yes or no".to_owned(),
            Self::Choice { of, .. } => format!("one of the options of {of}"),
            Self::Multiple { of, .. } => format!("any of the options of {of}"),
            Self::Text => "a text".to_owned(),
            Self::Condition => "a condition".to_owned(),
            Self::Poison => "something wrong".to_owned(),
        }
    }
}

/// The most expressions that may stand one inside the other in what a conclusion rests on, over everything that it
/// names: what is worked out goes down as many calls, and a thread has only so much room for these.
pub(crate) const DEEPEST: u32 = 128;

/// All expressions, each once, with what kind of value it gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Listed")]
pub struct Graph {
    exprs: Vec<Expr>,
    types: Vec<Type>,
    #[serde(skip)]
    known: HashMap<Expr, ExprId, FixedState>,
}

/// A [`Graph`] as it is kept: without what is found in it faster.
#[derive(Deserialize)]
struct Listed {
    exprs: Vec<Expr>,
    types: Vec<Type>,
}

impl From<Listed> for Graph {
    fn from(Listed { exprs, types }: Listed) -> Self {
        let known = exprs.iter().enumerate().map(|(at, expr)| (expr.clone(), ExprId::at(at))).collect();
        Self { exprs, types, known }
    }
}

impl Graph {
    /// Adds an expression, or finds the one that is there.
    pub fn add(&mut self, expr: Expr, kind: Type) -> ExprId {
        if let Some(&id) = self.known.get(&expr) {
            return id;
        }
        let id = ExprId::at(self.exprs.len());
        self.exprs.push(expr.clone());
        self.types.push(kind);
        self.known.insert(expr, id);
        id
    }

    /// The expression.
    #[must_use]
    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.index()]
    }

    /// What kind of value it gives.
    #[must_use]
    pub fn kind(&self, id: ExprId) -> &Type {
        &self.types[id.index()]
    }

    /// The expression equal to `expr`, where there is one.
    #[must_use]
    pub fn find(&self, expr: &Expr) -> Option<ExprId> {
        self.known.get(expr).copied()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exprs.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exprs.is_empty()
    }

    /// The expressions that this one is written over, not looking inside the elements that it names.
    #[must_use]
    pub fn operands(&self, id: ExprId) -> Vec<ExprId> {
        match self.expr(id) {
            Expr::By(a, _) | Expr::Spread(a) | Expr::OneOf(a, _) | Expr::Has(a, _) | Expr::Not(a) | Expr::Fires(a) => {
                vec![*a]
            }
            Expr::Arithmetic(_, a, b) | Expr::Compare(_, a, b) | Expr::Showing(a, b) => vec![*a, *b],
            Expr::Fold(_, all) | Expr::Count(all) | Expr::Share(all) | Expr::And(all) | Expr::Or(all) => all.clone(),
            Expr::Parties { body, .. } => vec![*body],
            _ => Vec::new(),
        }
    }

    /// The expression over other operands, in the order of [`Graph::operands`].
    #[must_use]
    pub(crate) fn over(&self, id: ExprId, operands: &[ExprId]) -> Expr {
        let mut expr = self.expr(id).clone();
        match (&mut expr, operands) {
            (Expr::By(a, _) | Expr::Spread(a) | Expr::OneOf(a, _) | Expr::Has(a, _), [first]) => *a = *first,
            (Expr::Not(a) | Expr::Fires(a) | Expr::Parties { body: a, .. }, [first]) => *a = *first,
            (Expr::Arithmetic(_, a, b) | Expr::Compare(_, a, b) | Expr::Showing(a, b), [first, second]) => {
                (*a, *b) = (*first, *second);
            }
            (Expr::Fold(_, all) | Expr::Count(all) | Expr::Share(all) | Expr::And(all) | Expr::Or(all), operands) => {
                *all = operands.to_vec();
            }
            _ => {}
        }
        expr
    }

    /// The expression `id` with `new` wherever it is written over `old`.
    pub(crate) fn replaced(&mut self, id: ExprId, old: ExprId, new: ExprId) -> ExprId {
        if id == old {
            return new;
        }
        let operands = self.operands(id);
        let changed: Vec<ExprId> = operands.iter().map(|operand| self.replaced(*operand, old, new)).collect();
        if changed == operands {
            return id;
        }
        let (expr, kind) = (self.over(id, &changed), self.kind(id).clone());
        self.add(expr, kind)
    }

    /// This expression and all that it is written over, each once, not looking inside elements.
    #[must_use]
    pub fn below(&self, id: ExprId) -> Vec<ExprId> {
        let (mut found, mut known) = (vec![id], HashSet::from([id]));
        let mut at = 0;
        while let Some(&next) = found.get(at) {
            found.extend(self.operands(next).into_iter().filter(|operand| known.insert(*operand)));
            at += 1;
        }
        found
    }

    /// Whether `wanted` is this expression or stands somewhere in it, not looking inside elements.
    #[must_use]
    pub fn contains(&self, id: ExprId, wanted: &dyn Fn(&Expr) -> bool) -> bool {
        wanted(self.expr(id)) || self.operands(id).into_iter().any(|operand| self.contains(operand, wanted))
    }
}
