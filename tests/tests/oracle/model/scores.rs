//! What the elements of a model score, and what values and levels they have.

use super::{Asked, Aspect, ChildOf, Combine, How, Kind, Missing, Model, Number, Outcome, Pick, Question, Value};

impl Model {
    /// Whether all questions below an aspect are its children, or children of those. What else is below a ladder
    /// or a best-match, the format does not say.
    pub(in crate::oracle) fn is_covered(&self, aspect: usize) -> bool {
        match &self.aspects[aspect].combine {
            Combine::Children { children, .. } => children.iter().all(|child| match child.of {
                ChildOf::Question(_) => true,
                ChildOf::Aspect(at) => self.is_covered(at),
            }),
            _ => false,
        }
    }

    /// The lowest and highest score that an aspect can have for any profile.
    pub(in crate::oracle) fn reach(&self, aspect: usize) -> (Number, Number) {
        let whole = Number::from_integer;
        let (how, children) = match &self.aspects[aspect].combine {
            Combine::Children { how, children } => (*how, children),
            Combine::Ladder(_) | Combine::BestMatch { .. } => {
                let values: Vec<Number> =
                    (0..self.aspects[aspect].levels()).map(|level| self.aspects[aspect].level_value(level)).collect();
                return extremes(&values);
            }
        };
        let each: Vec<(Number, Number)> = children
            .iter()
            .map(|child| match child.of {
                ChildOf::Question(at) => self.questions[at].kind.scores(),
                ChildOf::Aspect(at) => self.reach(at),
            })
            .collect();
        let (lows, highs): (Vec<Number>, Vec<Number>) = each.into_iter().unzip();
        match how {
            How::Share | How::All | How::Any => (whole(0), whole(1)),
            How::Sum => (lows.iter().map(|low| *low.min(&whole(0))).sum(), highs.iter().sum()),
            _ => (extremes(&lows).0, extremes(&highs).1),
        }
    }
}

fn extremes(numbers: &[Number]) -> (Number, Number) {
    let (low, high) = (numbers.iter().min(), numbers.iter().max());
    (low.copied().expect("there is one"), high.copied().expect("there is one"))
}

impl Kind {
    /// What an answer scores.
    pub(in crate::oracle) fn score(&self, value: Value) -> Option<Number> {
        let (whole, place) = (Number::from_integer, |at: usize| i64::try_from(at + 1).expect("few options"));
        match (self, value) {
            (_, Value::Number(number)) => Some(number),
            (_, Value::Truth(yes)) => Some(whole(i64::from(yes))),
            (Self::Choice(options), Value::Option(at)) => Some(options[at].unwrap_or_else(|| whole(place(at)))),
            (Self::Multiple(options), Value::Options(bits)) => {
                let chosen = options.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
                Some(chosen.map(|(_, value)| value.unwrap_or_else(|| whole(1))).sum())
            }
            _ => None,
        }
    }

    /// The lowest and highest that an answer can score.
    fn scores(&self) -> (Number, Number) {
        let all: Vec<Number> = self.values().into_iter().filter_map(|value| self.score(value)).collect();
        extremes(&all)
    }

    /// Every value that an answer can have.
    pub(in crate::oracle) fn values(&self) -> Vec<Value> {
        match self {
            Self::Scale(values) => values.iter().copied().map(Value::Number).collect(),
            Self::YesNo => vec![Value::Truth(false), Value::Truth(true)],
            Self::Choice(options) => (0..options.len()).map(Value::Option).collect(),
            Self::Multiple(options) => (0..1_u8 << options.len()).map(Value::Options).collect(),
            Self::Number { min, max, step } => {
                let (mut values, mut value) = (Vec::new(), *min);
                while value <= *max {
                    values.push(Value::Number(value));
                    value += step;
                }
                values
            }
            Self::Text => vec![Value::Text],
        }
    }

    /// Whether a term over it is a number.
    pub(in crate::oracle) const fn is_numeric(&self) -> bool {
        matches!(self, Self::Scale(_) | Self::Number { .. })
    }
}

impl Question {
    pub(in crate::oracle) const fn by_party(&self) -> bool {
        matches!(self.asked, Asked::Party { .. })
    }
}

impl Aspect {
    /// The policy, with the default filled in.
    pub(in crate::oracle) fn policy(&self) -> Missing {
        let skips = |how: &How| matches!(how, How::Mean | How::WeightedMean | How::Share | How::Min | How::Max);
        match &self.combine {
            _ if self.missing.is_some() => self.missing.expect("looked at just now"),
            Combine::Children { how, .. } if skips(how) => Missing::Skip,
            _ => Missing::Settled,
        }
    }

    /// How many levels there are, `mixed` included.
    pub(in crate::oracle) fn levels(&self) -> usize {
        match &self.combine {
            Combine::Children { .. } if self.cut_offs.is_empty() => 0,
            Combine::Children { .. } => self.cut_offs.len() + 1,
            Combine::Ladder(steps) => steps.len(),
            Combine::BestMatch { portraits, mixed, .. } => portraits.len() + usize::from(*mixed),
        }
    }

    /// What a level scores: its value, or its number.
    pub(in crate::oracle) fn level_value(&self, level: usize) -> Number {
        let written = match &self.combine {
            Combine::Ladder(steps) => steps[level].value,
            _ => None,
        };
        written.unwrap_or_else(|| Number::from_integer(i64::try_from(level + 1).expect("few levels")))
    }

    /// The id of a level.
    pub(in crate::oracle) fn level_id(&self, at: usize) -> String {
        match &self.combine {
            Combine::BestMatch { portraits, .. } if at == portraits.len() => "mixed".to_owned(),
            _ => format!("l{at}"),
        }
    }
}

impl Outcome {
    /// The ids of all options.
    pub(in crate::oracle) fn option_ids(&self) -> Vec<String> {
        let (count, last) = match &self.pick {
            Pick::First { options, otherwise } => (options.len(), otherwise.then_some("anders")),
            Pick::Best { options, mixed } => (options.len(), mixed.then_some("mixed")),
        };
        (0..count).map(|at| format!("o{at}")).chain(last.map(str::to_owned)).collect()
    }
}
