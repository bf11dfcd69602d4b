//! What an aspect comes to.

use super::conditions::Truth;
use super::questions::known;
use super::{View, World};
use crate::oracle::model::{ChildOf, Combine, Fold, How, MetFrom, Missing, Number, Portrait, Trait, Value};

impl World<'_> {
    /// The number of an aspect.
    pub(super) fn aspect_score(&self, aspect: usize, view: View) -> Value {
        let key = (aspect, view.parties);
        if let Some(score) = self.scores.borrow().get(&key) {
            return *score;
        }
        let score = match self.model.aspects[aspect].parties {
            Some(fold) if self.profile.parties > 0 => {
                let party = |party: usize| View { parties: 1 << party, ..view };
                let each = self.parties(view).into_iter().map(|at| self.score_at_once(aspect, party(at)));
                known(fold, &each.collect::<Vec<_>>())
            }
            _ => self.score_at_once(aspect, view),
        };
        self.scores.borrow_mut().insert(key, score);
        score
    }

    /// The number without folding parties: what is combined, then the clamp.
    fn score_at_once(&self, aspect: usize, view: View) -> Value {
        let declared = &self.model.aspects[aspect];
        let combined = match &declared.combine {
            Combine::Children { how, .. } if counts_met(*how) => self.combine_met(aspect, *how, view),
            Combine::Children { how, .. } => self.combine_numbers(aspect, *how, view),
            Combine::Ladder(_) | Combine::BestMatch { .. } => match self.aspect_level(aspect, view) {
                Value::Option(level) => Value::Number(declared.level_value(level)),
                without => without,
            },
        };
        match (combined, self.profile.targets[aspect]) {
            (Value::Number(score), Some(target)) if declared.clamp => Value::Number(score.min(target)),
            _ => combined,
        }
    }

    /// The level of an aspect, by place.
    pub(super) fn aspect_level(&self, aspect: usize, view: View) -> Value {
        let declared = &self.model.aspects[aspect];
        match &declared.combine {
            Combine::Children { .. } => match self.aspect_score(aspect, view) {
                Value::Number(score) => {
                    let level = declared.cut_offs.iter().position(|below| score < *below);
                    Value::Option(level.unwrap_or(declared.cut_offs.len()))
                }
                without => without,
            },
            Combine::Ladder(_) => self.ladder(aspect, view),
            Combine::BestMatch { .. } => self.best_match(aspect, view),
        }
    }

    fn child_score(&self, child: ChildOf, view: View) -> Value {
        match child {
            ChildOf::Question(question) => self.answer_score(question, view),
            ChildOf::Aspect(aspect) => self.aspect_score(aspect, view),
        }
    }

    fn combine_numbers(&self, aspect: usize, how: How, view: View) -> Value {
        let declared = &self.model.aspects[aspect];
        let Combine::Children { children, .. } = &declared.combine else { return Value::Nothing };
        let mut scores: Vec<Value> = children.iter().map(|child| self.child_score(child.of, view)).collect();
        if scores.contains(&Value::Missing) {
            match declared.policy() {
                Missing::Skip => {}
                Missing::Blocks => return Value::Missing,
                Missing::Settled => return self.settled(|world| world.score_at_once(aspect, view)),
                Missing::Lowest => {
                    for (score, child) in scores.iter_mut().zip(children) {
                        if *score == Value::Missing {
                            *score = self.lowest(child.of, view);
                        }
                    }
                }
            }
        }
        match how {
            How::Sum => known(Fold::Sum, &scores),
            How::Min => known(Fold::Min, &scores),
            How::Max => known(Fold::Max, &scores),
            How::WeightedMean => {
                let weights: Vec<Number> =
                    children.iter().map(|child| child.weight.unwrap_or_else(|| Number::from_integer(1))).collect();
                weighted(&scores, &weights)
            }
            _ => known(Fold::Mean, &scores),
        }
    }

    /// The lowest that any completion gives; nothing where none gives a number.
    fn lowest(&self, child: ChildOf, view: View) -> Value {
        let each = self.completions.iter().map(|world| world.child_score(child, view));
        each.filter(|score| matches!(score, Value::Number(_))).min().unwrap_or(Value::Nothing)
    }

    /// Whether a child counts as met: yes, no, missing or nothing.
    fn child_met(&self, child: ChildOf, view: View) -> Value {
        let aspect = match child {
            ChildOf::Question(question) => return self.answer_met(question, view),
            ChildOf::Aspect(aspect) => aspect,
        };
        match self.model.aspects[aspect].met_from.expect("the generator sees to it") {
            MetFrom::Score(from) => match self.aspect_score(aspect, view) {
                Value::Number(score) => Value::Truth(score >= from),
                without => without,
            },
            MetFrom::Level(from) => match self.aspect_level(aspect, view) {
                Value::Option(level) => Value::Truth(level >= from),
                without => without,
            },
        }
    }

    fn combine_met(&self, aspect: usize, how: How, view: View) -> Value {
        let declared = &self.model.aspects[aspect];
        let Combine::Children { children, .. } = &declared.combine else { return Value::Nothing };
        let mut met: Vec<Value> = children.iter().map(|child| self.child_met(child.of, view)).collect();
        if met.contains(&Value::Missing) {
            match declared.policy() {
                Missing::Skip => {}
                Missing::Blocks => return Value::Missing,
                Missing::Settled => return self.settled(|world| world.score_at_once(aspect, view)),
                Missing::Lowest => {
                    met.iter_mut().filter(|met| **met == Value::Missing).for_each(|met| *met = Value::Truth(false));
                }
            }
        }
        let numbers = met.into_iter().map(|met| match met {
            Value::Truth(met) => Value::Number(Number::from_integer(i64::from(met))),
            without => without,
        });
        // all are met where the lowest of 1 and 0 is 1; one is met where the highest is
        let fold = match how {
            How::All => Fold::Min,
            How::Any => Fold::Max,
            _ => Fold::Mean,
        };
        known(fold, &numbers.collect::<Vec<_>>())
    }

    fn ladder(&self, aspect: usize, view: View) -> Value {
        let declared = &self.model.aspects[aspect];
        let Combine::Ladder(steps) = &declared.combine else { return Value::Nothing };
        let demands: Vec<Truth> = steps
            .iter()
            .map(|step| step.demands.as_ref().map_or(Truth::True, |demands| self.condition(demands, view)))
            .collect();
        let undecided = demands.contains(&Truth::Undecided);
        match declared.policy() {
            Missing::Blocks if undecided => return Value::Missing,
            Missing::Settled if undecided => return self.settled(|world| world.ladder(aspect, view)),
            _ => {}
        }
        let (mut level, mut passed_over) = (None, false);
        for (at, demands) in demands.into_iter().enumerate() {
            match demands {
                Truth::True => level = Some(at),
                Truth::Undecided if declared.policy() == Missing::Skip => passed_over = true,
                _ => break,
            }
        }
        match level {
            Some(level) => Value::Option(level),
            None if passed_over => Value::Missing,
            None => Value::Nothing,
        }
    }

    fn best_match(&self, aspect: usize, view: View) -> Value {
        let declared = &self.model.aspects[aspect];
        let Combine::BestMatch { portraits, share, mixed } = &declared.combine else { return Value::Nothing };
        let traits = || portraits.iter().flat_map(|portrait| &portrait.traits);
        let undecided = traits().any(|one| self.trait_value(one, view) == Value::Missing);
        match declared.policy() {
            Missing::Blocks if undecided => return Value::Missing,
            Missing::Settled if undecided => return self.settled(|world| world.best_match(aspect, view)),
            _ => {}
        }
        let measure = |portrait: &Portrait| self.portrait(portrait, declared.policy(), *share, view);
        let measures: Vec<Number> = portraits.iter().map(measure).collect();
        let competing = || (0..portraits.len()).filter(|at| portraits[*at].builds_on.is_none());
        let Some(highest) = competing().map(|at| measures[at]).max() else { return Value::Nothing };
        if highest == Number::from_integer(0) {
            return if undecided { Value::Missing } else { Value::Nothing };
        }
        let leaders: Vec<usize> = competing().filter(|at| measures[*at] == highest).collect();
        if leaders.len() > 1 {
            return Value::Option(if *mixed { portraits.len() } else { leaders[0] });
        }
        let mut leader = leaders[0];
        for (at, portrait) in portraits.iter().enumerate() {
            if portrait.builds_on.is_some_and(|(base, least)| base == leader && measures[at] >= least) {
                leader = at;
            }
        }
        Value::Option(leader)
    }

    /// 1, ½ or 0; missing where that is undecided; nothing where the trait does not apply.
    fn trait_value(&self, one: &Trait, view: View) -> Value {
        let number = |number: i64, of: i64| Value::Number(Number::new(number, of));
        let partial = || one.partial.as_ref().map_or(Truth::False, |partial| self.condition(partial, view));
        match self.condition(&one.when, view) {
            Truth::True => number(1, 1),
            Truth::Undefined => Value::Nothing,
            Truth::Undecided => Value::Missing,
            Truth::False => match partial() {
                Truth::True => number(1, 2),
                Truth::Undecided => Value::Missing,
                Truth::False | Truth::Undefined => number(0, 1),
            },
        }
    }

    /// The measure of a portrait.
    fn portrait(&self, portrait: &Portrait, policy: Missing, share: bool, view: View) -> Number {
        let (mut held, mut applying) = (Number::from_integer(0), 0);
        for one in &portrait.traits {
            match self.trait_value(one, view) {
                Value::Number(value) => {
                    held += value;
                    applying += 1;
                }
                Value::Missing if policy == Missing::Lowest => applying += 1,
                _ => {}
            }
        }
        if share && applying > 0 { held / applying } else { held }
    }

    /// The mean over the children that have an importance.
    pub(super) fn aspect_importance(&self, aspect: usize, view: View) -> Value {
        let Combine::Children { children, .. } = &self.model.aspects[aspect].combine else { return Value::Nothing };
        let each = children.iter().map(|child| match child.of {
            ChildOf::Question(question) if self.model.questions[question].importance.is_none() => Value::Nothing,
            ChildOf::Question(question) => self.importance(question, view),
            ChildOf::Aspect(child) => self.aspect_importance(child, view),
        });
        known(Fold::Mean, &each.collect::<Vec<_>>())
    }
}

const fn counts_met(how: How) -> bool {
    matches!(how, How::Share | How::All | How::Any)
}

fn weighted(scores: &[Value], weights: &[Number]) -> Value {
    let (mut sum, mut total) = (Number::from_integer(0), Number::from_integer(0));
    for (score, weight) in scores.iter().zip(weights) {
        if let Value::Number(score) = score {
            sum += score * weight;
            total += weight;
        }
    }
    match (total > Number::from_integer(0), scores.contains(&Value::Missing)) {
        (true, _) => Value::Number(sum / total),
        (false, true) => Value::Missing,
        (false, false) => Value::Nothing,
    }
}
