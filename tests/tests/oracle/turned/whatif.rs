//! What bouwstenen and other answers would do: the same as what is said of the profile that says so itself.

use super::stones::{carried_out, now};
use super::{Trying, changeable, slot_id};
use crate::oracle::model::{Given, Kind, OPTIONS, RULESETS, STATUSES, Value};
use ketenspiegel_engine::conclusions::Conclusions;
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::whatif::{Setting, whatif};

impl Trying<'_> {
    /// Each bouwsteen on its own, all of them, and all of them beside another answer.
    pub(super) fn whatif(&mut self) -> Vec<String> {
        let now = now(self.model, self.profile);
        let stones = now.len();
        let mut plans: Vec<Vec<usize>> = Vec::new();
        for at in 0..stones {
            plans.extend((0..STATUSES.len()).filter(|to| *to != now[at]).map(|to| {
                let mut plan = now.clone();
                plan[at] = to;
                plan
            }));
        }
        plans.push(vec![STATUSES.len() - 1; stones]);
        let beside = changeable(self.model, self.profile).into_iter().find_map(|((question, slot), _, values)| {
            let whole = self.model.questions[question].kind.clone();
            Some((
                (question, slot),
                values.into_iter().find_map(|value| written(&whole, value).map(|text| (value, text)))?,
            ))
        });
        let mut wrong: Vec<String> = plans.iter().filter_map(|plan| self.would(&now, plan, None)).collect();
        let (all, beside) = (plans.last().expect("just now"), beside.as_ref());
        wrong.extend(beside.and_then(|(slot, to)| self.would(&now, all, Some((*slot, to)))));
        wrong
    }

    /// Where what is said of a change differs from what is said of the profile that is changed.
    fn would(
        &mut self,
        now: &[usize],
        plan: &[usize],
        beside: Option<(super::Slot, &(Value, String))>,
    ) -> Option<String> {
        let mut settings: Vec<(Setting, String)> = (0..now.len())
            .filter(|at| plan[*at] != now[*at])
            .map(|at| {
                let id = format!("{}/b{at}", RULESETS[self.model.bouwstenen[at].ruleset]);
                (Setting::Bouwsteen, format!("{id}={}", STATUSES[plan[at]]))
            })
            .collect();
        let mut other = carried_out(self.model, self.profile, now, plan);
        for at in (0..now.len()).filter(|at| plan[*at] < now[*at]) {
            other.statuses[at] = Some(plan[at]);
        }
        if let Some(((question, slot), (value, text))) = beside {
            settings.push((Setting::Answer, format!("{}={text}", slot_id(self.model, self.profile, (question, slot)))));
            // nothing lifts an answer to a question that is set
            other.answers[question] = self.profile.answers[question].clone();
            other.answers[question][slot] = Given::Value(*value);
        }
        if settings.is_empty() {
            return None;
        }
        self.count(if beside.is_some() { "what if, beside an answer" } else { "what if" });
        let asked = &settings;
        let would = self.loaded.ask(self.model, self.cone, self.profile, |library, profile, sources, problems| {
            whatif(library, profile, sources, "nl", asked, problems)
        });
        let is = self.loaded.ask(self.model, self.cone, &other, |library, profile, sources, problems| {
            assess(library, profile, sources, "nl", problems)
        });
        match (would, is) {
            (Ok(would), Ok(is)) if would.after.rulesets == Conclusions::of(&is).rulesets => None,
            (Ok(would), Ok(is)) => {
                let is = Conclusions::of(&is);
                let sides = would.after.rulesets.iter().zip(&is.rulesets);
                let differing = sides.flat_map(|(would, is)| would.conclusions.iter().zip(&is.conclusions));
                let first = differing.into_iter().find(|(would, is)| would != is);
                Some(format!("{settings:?}: the first that is otherwise than in the changed profile: {first:?}"))
            }
            (would, is) => Some(format!("{settings:?}: {:?} {:?}", would.err(), is.err())),
        }
    }
}

/// A value as it is set; nothing for what is hard to write.
fn written(kind: &Kind, value: Value) -> Option<String> {
    match (kind, value) {
        (Kind::YesNo, Value::Truth(yes)) => Some(if yes { "yes" } else { "no" }.to_owned()),
        (Kind::Choice(_), Value::Option(at)) => Some(OPTIONS[at].to_owned()),
        (_, Value::Number(number)) if number.is_integer() => Some(number.to_string()),
        _ => None,
    }
}
