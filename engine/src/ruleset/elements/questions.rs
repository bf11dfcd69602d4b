//! What is asked, of whom, and on which scale.

use super::Declared;
use crate::condition::{ExprId, Fold, QuestionId, RoleId, Type, Value};
use crate::number::Number;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A scale that questions share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// Its id.
    pub id: String,
    /// Its values, lowest first.
    pub values: Vec<Number>,
}

/// An option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionDef {
    /// Its id.
    pub id: String,
    /// What it scores.
    pub value: Number,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A value of a scale.
    Scale(Arc<Scale>),
    /// Yes (1) or no (0).
    YesNo,
    /// One of these.
    Choice(Vec<OptionDef>),
    /// Any number of these; scores the sum.
    Multiple(Vec<OptionDef>),
    /// A number.
    Number {
        /// Lowest.
        min: Number,
        /// Highest.
        max: Number,
        /// Distance between two possible values.
        step: Number,
        /// Unit.
        unit: Option<Arc<str>>,
    },
    /// A text; nothing is concluded from its words.
    Text,
}

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// The chain, once.
    Chain,
    /// Each party, or each party in one of these roles; and how the answers become one.
    Party {
        /// Roles; empty for all parties.
        roles: Vec<RoleId>,
        /// How answers become one; `None`: they must agree.
        combine: Option<Fold>,
    },
}

/// From where an answer counts as met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Met {
    /// A number.
    Number(Number),
    /// An option or level, by place.
    Option(u16),
}

/// A question of another ruleset that is the same unknown.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SameAs {
    /// That question.
    pub question: QuestionId,
    /// This question's value for each of the other's; empty where every value means itself.
    pub map: Vec<(Value, Value)>,
    /// Whether an answer here serves there too. Then every value stands in the map once on either side.
    pub both_ways: bool,
}

/// A question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Question {
    /// Id, source and place.
    pub declared: Declared,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// From where it counts as met.
    pub met_from: Met,
    /// The scale on which importance is asked.
    pub importance: Option<Arc<Scale>>,
    /// Whether advice cannot change it.
    pub fact: bool,
    /// Only asked where this holds.
    pub asked_if: Option<ExprId>,
    /// Whether "not applicable" is allowed.
    pub not_applicable: bool,
    /// What it rests on.
    pub prerequisites: Vec<QuestionId>,
    /// Who answers.
    pub asked: Asked,
    /// What settles it.
    pub same_as: Option<SameAs>,
    /// Where else it is shown.
    pub informs: Vec<QuestionId>,
}

impl Question {
    /// Whether an answer can come to not applicable, and then takes its importance with it; whether it is asked at all
    /// is said by [`Question::asked_if`].
    pub(crate) const fn can_be_set_aside(&self) -> bool {
        self.not_applicable || self.same_as.is_some()
    }

    /// What kind of value an answer is.
    #[must_use]
    pub fn value_type(&self) -> Type {
        let of: Arc<str> = format!("`{}`", self.declared.id).into();
        let ids = |options: &[OptionDef]| options.iter().map(|option| option.id.clone()).collect::<Vec<_>>().into();
        match &self.kind {
            Kind::Scale(_) => Type::Number { unit: None, within: self.scores() },
            Kind::Number { unit, .. } => Type::Number { unit: unit.clone(), within: self.scores() },
            Kind::YesNo => Type::YesNo,
            Kind::Choice(options) => Type::Choice { options: ids(options), ordered: true, of },
            Kind::Multiple(options) => Type::Multiple { options: ids(options), of },
            Kind::Text => Type::Text,
        }
    }

    /// The lowest and highest number that an answer scores; `None` for a text.
    #[must_use]
    pub fn scores(&self) -> Option<(Number, Number)> {
        match &self.kind {
            Kind::Scale(scale) => Some((*scale.values.first()?, *scale.values.last()?)),
            Kind::YesNo => Some((Number::ZERO, Number::ONE)),
            Kind::Choice(options) => {
                let values = || options.iter().map(|option| option.value);
                Some((values().min()?, values().max()?))
            }
            Kind::Multiple(options) => {
                let total = options.iter().try_fold(Number::ZERO, |sum, option| sum.plus(option.value))?;
                Some((Number::ZERO, total))
            }
            Kind::Number { min, max, .. } => Some((*min, *max)),
            Kind::Text => None,
        }
    }
}

/// The most values that a question may have to be gone through one by one.
const LARGEST_DOMAIN: i64 = 4096;

impl Kind {
    /// Every value that an answer can have; `None` where they are too many to go through.
    #[must_use]
    pub fn domain(&self) -> Option<Vec<Value>> {
        match self {
            Self::Scale(scale) => Some(scale.values.iter().copied().map(Value::Number).collect()),
            Self::YesNo => Some(vec![Value::Truth(false), Value::Truth(true)]),
            Self::Choice(options) => {
                Some((0..options.len()).filter_map(|at| u16::try_from(at).ok()).map(Value::Option).collect())
            }
            Self::Multiple(options) if options.len() <= 12 => {
                Some((0..1_u64 << options.len()).map(Value::Options).collect())
            }
            Self::Multiple(_) => None,
            Self::Number { min, max, step, .. } => {
                let steps = max.minus(*min)?.over(*step)?;
                if steps > Number::from(LARGEST_DOMAIN) {
                    return None;
                }
                let mut values = Vec::new();
                let mut value = *min;
                while value <= *max {
                    values.push(Value::Number(value));
                    value = value.plus(*step)?;
                }
                Some(values)
            }
            Self::Text => Some(vec![Value::Text]),
        }
    }

    /// The lowest and highest value of an answer; `None` where values have no order.
    #[must_use]
    pub fn ends(&self) -> Option<(Value, Value)> {
        match self {
            Self::Scale(scale) => Some((Value::Number(*scale.values.first()?), Value::Number(*scale.values.last()?))),
            Self::YesNo => Some((Value::Truth(false), Value::Truth(true))),
            Self::Choice(options) => {
                Some((Value::Option(0), Value::Option(u16::try_from(options.len()).ok()?.checked_sub(1)?)))
            }
            Self::Number { min, max, step, .. } => {
                let rest = max.minus(*min)?.over(*step)?.to_integer();
                rest.map(|_| (Value::Number(*min), Value::Number(*max)))
            }
            Self::Multiple(_) | Self::Text => None,
        }
    }

    /// The number that an answer scores.
    #[must_use]
    pub fn score(&self, value: Value) -> Option<Number> {
        match (self, value) {
            (_, Value::Number(number)) => Some(number),
            (_, Value::Truth(yes)) => Some(if yes { Number::ONE } else { Number::ZERO }),
            (Self::Choice(options), Value::Option(at)) => options.get(usize::from(at)).map(|option| option.value),
            (Self::Multiple(options), Value::Options(bits)) => options
                .iter()
                .enumerate()
                .filter(|(at, _)| bits >> at & 1 == 1)
                .try_fold(Number::ZERO, |sum, (_, option)| sum.plus(option.value)),
            _ => None,
        }
    }

    /// The value that an option's id or a number stands for, as a ruleset writes it.
    #[must_use]
    pub fn read(&self, written: &str) -> Option<Value> {
        match self {
            Self::Scale(scale) => {
                let number = Number::parse(written)?;
                scale.values.contains(&number).then_some(Value::Number(number))
            }
            Self::Number { .. } => Number::parse(written).map(Value::Number),
            Self::YesNo => match written {
                "true" | "yes" => Some(Value::Truth(true)),
                "false" | "no" => Some(Value::Truth(false)),
                _ => None,
            },
            Self::Choice(options) => options
                .iter()
                .position(|option| option.id == written)
                .and_then(|at| u16::try_from(at).ok())
                .map(Value::Option),
            Self::Multiple(_) | Self::Text => None,
        }
    }

    /// The word in a ruleset.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Scale(_) => "scale",
            Self::YesNo => "yes-no",
            Self::Choice(_) => "choice",
            Self::Multiple(_) => "multiple",
            Self::Number { .. } => "number",
            Self::Text => "text",
        }
    }

    /// What can be written for a value, for messages.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        match self {
            Self::Scale(scale) => scale.values.iter().map(|value| value.rounded(6, '.')).collect(),
            Self::YesNo => vec!["true".to_owned(), "false".to_owned()],
            Self::Choice(options) | Self::Multiple(options) => options.iter().map(|option| option.id.clone()).collect(),
            Self::Number { .. } | Self::Text => Vec::new(),
        }
    }
}
