//! The elements of checked rulesets. Every reference in them holds.

use crate::assessment::Severity;
use crate::condition::{AspectId, BouwsteenId, ExprId, Fold, QuestionId, RoleId, Type, Value};
use crate::number::Number;
use crate::problem::Span;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What every element has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Its id, unique within its kind and ruleset.
    pub id: String,
    /// The ruleset, by place in the library.
    pub ruleset: usize,
    /// Where the source says it.
    pub source: String,
    /// Where the ruleset says it.
    pub span: Span,
}

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

/// How the children of an aspect combine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Combine {
    /// Their mean.
    Mean,
    /// Their mean, by weight.
    WeightedMean,
    /// Their sum.
    Sum,
    /// The lowest.
    Min,
    /// The highest.
    Max,
    /// Met / applicable.
    Share,
    /// 1 where all are met.
    All,
    /// 1 where one is met.
    Any,
    /// The highest step whose demands, and those of all below it, hold.
    Ladder(Vec<Step>),
    /// The portrait that most traits belong to.
    BestMatch {
        /// The portraits, in order.
        portraits: Vec<Portrait>,
        /// How traits are counted.
        measure: TraitMeasure,
        /// What a tie gives.
        tie: Tie,
    },
}

impl Combine {
    /// The word in a ruleset.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::WeightedMean => "weighted-mean",
            Self::Sum => "sum",
            Self::Min => "min",
            Self::Max => "max",
            Self::Share => "share",
            Self::All => "all",
            Self::Any => "any",
            Self::Ladder(_) => "ladder",
            Self::BestMatch { .. } => "best-match",
        }
    }

    /// Whether it looks at whether children are met, rather than at their numbers.
    #[must_use]
    pub const fn counts_met(&self) -> bool {
        matches!(self, Self::Share | Self::All | Self::Any)
    }

    /// The portraits that it matches; none for anything but a best-match.
    #[must_use]
    pub fn portraits(&self) -> &[Portrait] {
        match self {
            Self::BestMatch { portraits, .. } => portraits,
            _ => &[],
        }
    }

    /// Whether it gives a level first, and a number by way of it.
    #[must_use]
    pub const fn gives_level(&self) -> bool {
        matches!(self, Self::Ladder(_) | Self::BestMatch { .. })
    }
}

/// A step of a ladder. Its level has the same place as the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it asks; nothing: it always holds.
    pub demands: Option<ExprId>,
}

/// A portrait of traits. Its level has the same place as the portrait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portrait {
    /// The traits.
    pub traits: Vec<Trait>,
    /// The portrait that it widens, and what its own measure must reach.
    pub builds_on: Option<(usize, Number)>,
}

/// A trait of a portrait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trait {
    /// Its id.
    pub id: String,
    /// When it holds.
    pub when: ExprId,
    /// When it holds partly; counts half.
    pub partial: Option<ExprId>,
    /// Where the source says it.
    pub source: String,
}

/// How traits are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TraitMeasure {
    /// How many hold.
    Count,
    /// What share of those that apply.
    Share,
}

/// What a tie gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tie {
    /// A level or option of its own, `mixed`.
    Mixed,
    /// The first of those that tie.
    Lowest,
}

/// What unanswered children do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Missing {
    /// They are left out.
    Skip,
    /// They count as their lowest value; a demand or trait as not held.
    Lowest,
    /// One makes the aspect undecided.
    Blocks,
    /// There is a value only where no completion can change it.
    Settled,
}

/// A level that an aspect can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Its id.
    pub id: String,
    /// What it scores where a level is turned into a number.
    pub value: Number,
}

/// Up to where a level reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutOff {
    /// Exclusive upper bound; the last level has none.
    pub below: Option<Number>,
}

/// How an aspect folds the parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parties(pub Fold);

/// An aspect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aspect {
    /// Id, source and place.
    pub declared: Declared,
    /// How its children combine.
    pub combine: Combine,
    /// What is combined: an answer, score or level for each child; for ladders and portraits none.
    pub inputs: Vec<ExprId>,
    /// Child questions.
    pub questions: Vec<QuestionId>,
    /// Child aspects.
    pub children: Vec<AspectId>,
    /// A weight for each input.
    pub weights: Vec<Number>,
    /// From where each input counts as met.
    pub met: Vec<Option<Met>>,
    /// What unanswered children do.
    pub missing: Missing,
    /// From where the aspect itself counts as met in a parent.
    pub met_from: Option<Met>,
    /// Levels, lowest first; `mixed`, where a tie gives it, comes last.
    pub levels: Vec<Level>,
    /// For numeric aspects with levels: a bound for each level.
    pub cut_offs: Vec<CutOff>,
    /// Whether a score above the target counts as the target.
    pub clamp_to_target: bool,
    /// Whether it is computed for each party and folded.
    pub parties: Option<Parties>,
    /// The lowest and highest score that it can have.
    pub within: Option<(Number, Number)>,
}

/// A role that a profile maps parties to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Role {
    /// Id and place.
    pub declared: Declared,
}

/// Something to put in place, or (a step) to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Bouwsteen {
    /// Id, source and place.
    pub declared: Declared,
    /// Whether it is a step: done, not put in place; it has no status.
    pub step: bool,
    /// What it strengthens.
    pub contributes: Vec<Contributes>,
    /// When it suits a chain.
    pub fits: Vec<FitRule>,
    /// What must be there first.
    pub prerequisites: Vec<BouwsteenId>,
    /// What to look out for.
    pub risks: Vec<Risk>,
    /// What it takes to reach each status.
    pub effort: Option<Effort>,
    /// Which answers it should lift.
    pub effects: Vec<Effect>,
    /// The same thing in other rulesets.
    pub same_as: Vec<BouwsteenId>,
    /// For a step: when it is done, so that what needs it need not wait.
    pub done_when: Option<ExprId>,
}

/// A contribution of a bouwsteen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Contributes {
    /// To what.
    pub aspect: AspectId,
    /// Dominant, otherwise secondary.
    pub dominant: bool,
    /// Where the source says it.
    pub source: String,
}

/// A condition under which a bouwsteen suits a chain.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FitRule {
    /// Its id, which names its text.
    pub id: String,
    /// When it holds.
    pub when: ExprId,
    /// Where the source says it.
    pub source: String,
}

/// A risk of a bouwsteen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Risk {
    /// Its id, which names its text.
    pub id: String,
    /// Only then; always where there is none.
    pub when: Option<ExprId>,
    /// Where the source says it.
    pub source: String,
}

/// What it takes to bring a bouwsteen to a status from the one before, or to do a step, in relative weeks of attention.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Effort {
    /// To `started`, to `working`, to `anchored`; of a step: to have it done.
    pub steps: Vec<Number>,
    /// Why these numbers.
    pub reason: String,
}

/// An assumption: what a bouwsteen does to an answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Effect {
    /// The answer that it lifts.
    pub question: QuestionId,
    /// To at least this.
    pub at_least: Met,
    /// From which status on, by place in [`crate::assessment::Status::ALL`]; 1 for a step that is done.
    pub from: u16,
    /// Why.
    pub reason: String,
}

/// A text by template, with the values for its placeholders.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Template {
    /// Id of the texts.
    pub id: String,
    /// Where `text` names it; nowhere where it is the id of what it belongs to.
    pub named: Option<Span>,
    /// Values by name.
    pub fill: Vec<(String, Filling)>,
}

/// A value for a placeholder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filling {
    /// A number, shown in the habit of the language.
    Number(Number),
    /// A text, or the id of an element whose title is shown.
    Text(String),
}

/// A rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rule {
    /// Id, source and place.
    pub declared: Declared,
    /// When it speaks.
    pub when: ExprId,
    /// What the answers must offer before it may say more than "open".
    pub needs: Option<ExprId>,
    /// How much it matters.
    pub severity: Severity,
    /// Where it belongs.
    pub aspect: Option<AspectId>,
    /// What it recommends.
    pub recommend: Vec<BouwsteenId>,
    /// For a rule about balance or differences: why a better answer may worsen what it says.
    pub balance: Option<String>,
    /// Its texts.
    pub template: Template,
}

impl Rule {
    /// When it speaks, and what it needs.
    pub fn conditions(&self) -> impl Iterator<Item = ExprId> + use<> {
        std::iter::once(self.when).chain(self.needs)
    }
}

/// How an option of a typing is picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pick {
    /// The first whose condition holds.
    First,
    /// The one with the highest score.
    Best(Tie),
}

/// A typing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outcome {
    /// Id, source and place.
    pub declared: Declared,
    /// How an option is picked.
    pub pick: Pick,
    /// The options that have a condition or score.
    pub options: Vec<OutcomeOption>,
    /// Ids of all options: those, then `otherwise` or `mixed`.
    pub ids: Arc<[String]>,
    /// Whether there is an option for when nothing holds: the last of `ids`.
    pub otherwise: bool,
}

/// An option of a typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeOption {
    /// Its condition, or its score.
    pub expr: ExprId,
}

/// A named number.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Measure {
    /// Id, source and place.
    pub declared: Declared,
    /// How it is computed.
    pub value: ExprId,
}

/// Rows and columns of conclusions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Table {
    /// Id, source and place.
    pub declared: Declared,
    /// Ids of the rows.
    pub rows: Vec<String>,
    /// Ids of the columns.
    pub columns: Vec<String>,
    /// The cells.
    pub cells: Vec<Cell>,
    /// Whether it stands on the first screen of a report.
    pub on_screen: bool,
}

/// A cell of a table; a place may have several.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cell {
    /// Place of its row.
    pub row: u16,
    /// Place of its column.
    pub column: u16,
    /// When it speaks.
    pub when: ExprId,
    /// What it says, where it says more than its place.
    pub template: Option<Template>,
    /// Where the source says it.
    pub source: String,
}

/// The weights by which recommendations are ranked; each can be set by a ruleset.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ranking {
    /// A critical diagnosis.
    pub critical: Number,
    /// A major one.
    pub major: Number,
    /// A minor one.
    pub minor: Number,
    /// An observation.
    pub observation: Number,
    /// Factor for a diagnosis that is indicated rather than confirmed.
    pub indicated: Number,
    /// A dominant contribution to an aspect at its lowest.
    pub dominant: Number,
    /// A secondary one.
    pub secondary: Number,
    /// What is still to be gained when it is started.
    pub started: Number,
    /// … and when it works.
    pub working: Number,
}

impl Default for Ranking {
    /// The engine's own weights, a choice: each severity counts twice the one below it, so that two lesser
    /// findings weigh as much as one that is a step graver; what is only indicated counts half.
    fn default() -> Self {
        let part = |n: i64, of: i64| Number::from(n).over(Number::from(of)).unwrap_or(Number::ZERO);
        Self {
            critical: Number::from(8),
            major: Number::from(4),
            minor: Number::from(2),
            observation: Number::ONE,
            indicated: part(1, 2),
            dominant: Number::ONE,
            secondary: part(1, 2),
            started: part(3, 4),
            working: part(1, 4),
        }
    }
}
