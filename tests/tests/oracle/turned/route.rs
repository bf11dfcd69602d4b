//! Routes: every plan is tried, and what is called cheapest is.

use super::{Trying, look};
use crate::oracle::brute::is_asked_of;
use crate::oracle::model::{Effect, Given, Model, Profile, RULESETS, Value};
use ketenspiegel_engine::whatif::{Routing, route};

/// The most plans that brute force tries.
const MOST_PLANS: usize = 300;
/// How many rules are tried for each profile.
const RULES: usize = 3;

impl Trying<'_> {
    pub(super) fn routes(&mut self) -> Vec<String> {
        let mut wrong = Vec::new();
        let stones = self.model.bouwstenen.len();
        // a status that is taken over from another ruleset is that ruleset's to change
        let taken_over = |at: usize| self.model.bouwstenen[at].same_as.is_some();
        if stones == 0 || 4_usize.pow(u32::try_from(stones).unwrap_or(9)) > MOST_PLANS || (0..stones).any(taken_over) {
            return wrong;
        }
        for rule in 0..self.model.rules.len().min(RULES) {
            let speaks = look(self.model, self.profile, |world| world.speaks(rule));
            let to = format!(
                "{}/d{rule}={}",
                RULESETS[self.model.rules[rule].ruleset],
                if speaks { "absent" } else { "present" }
            );
            let found = self.loaded.ask(self.model, self.cone, self.profile, |library, profile, sources, problems| {
                route(library, profile, sources, "nl", Routing { to: &to, at_once: 2 }, problems)
            });
            let Ok(found) = found else {
                wrong.push(format!("{to}: refused"));
                continue;
            };
            let cheapest = self.cheapest(rule, speaks);
            self.count(if cheapest.is_some() { "route" } else { "no route" });
            let told = found.reached.then(|| found.effort.to_string().parse::<i64>().expect("efforts are whole"));
            if !found.proven || told != cheapest {
                wrong.push(format!("{to}: brute force finds a plan of {cheapest:?}, the engine one of {told:?}"));
            }
            let late = found.stages.iter().filter(|stage| stage.actions.len() > 2).count();
            if late > 0 {
                wrong.push(format!("{to}: more in a stage than can be carried"));
            }
        }
        wrong
    }

    /// The least effort of a plan after which a rule has turned.
    fn cheapest(&self, rule: usize, speaks: bool) -> Option<i64> {
        let now: Vec<usize> = self.profile.statuses.iter().map(|status| status.unwrap_or(0)).collect();
        let plans = 4_usize.pow(u32::try_from(now.len()).expect("few"));
        let mut cheapest = None;
        for plan in 0..plans {
            let statuses: Vec<usize> =
                (0..now.len()).map(|at| plan / 4_usize.pow(u32::try_from(at).expect("few")) % 4).collect();
            let Some(effort) = effort(self.model, &now, &statuses) else { continue };
            let other = carried_out(self.model, self.profile, &now, &statuses);
            if look(self.model, &other, |world| world.speaks(rule)) != speaks {
                cheapest = Some(cheapest.map_or(effort, |known: i64| known.min(effort)));
            }
        }
        cheapest
    }
}

/// What it takes; nothing for a plan that lowers something, or does not have what it needs first.
fn effort(model: &Model, now: &[usize], statuses: &[usize]) -> Option<i64> {
    let mut effort = 0;
    for (at, bouwsteen) in model.bouwstenen.iter().enumerate() {
        let acts = bouwsteen.acts.as_ref().expect("each acts");
        if statuses[at] < now[at] {
            return None;
        }
        if statuses[at] > now[at] && acts.prerequisites.iter().any(|needed| statuses[*needed] < 2) {
            return None;
        }
        effort += acts.effort[now[at]..statuses[at]].iter().sum::<i64>();
    }
    Some(effort)
}

/// The profile after a plan.
fn carried_out(model: &Model, profile: &Profile, now: &[usize], statuses: &[usize]) -> Profile {
    let mut other = profile.clone();
    for (at, bouwsteen) in model.bouwstenen.iter().enumerate() {
        if statuses[at] > now[at] {
            other.statuses[at] = Some(statuses[at]);
        }
        for effect in &bouwsteen.acts.as_ref().expect("each acts").effects {
            if effect.from > now[at] && effect.from <= statuses[at] {
                lift(model, &mut other, *effect);
            }
        }
    }
    other
}

/// Lifts an answer, or the one that it is taken over from.
fn lift(model: &Model, profile: &mut Profile, effect: Effect) {
    let question = &model.questions[effect.question];
    let least = question.kind.values()[effect.least];
    let enough = |value: Value| match (value, least) {
        (Value::Option(at), Value::Option(least)) => at >= least,
        (value, least) => question.kind.score(value) >= question.kind.score(least),
    };
    for slot in 0..profile.answers[effect.question].len() {
        if !is_asked_of(model, profile, effect.question, slot) {
            continue;
        }
        match (profile.answers[effect.question][slot], &question.same_as) {
            (Given::NotApplicable, _) => {}
            (Given::Value(value), _) if enough(value) => {}
            (Given::Value(_), _) | (Given::Unknown | Given::Missing, None) => {
                profile.answers[effect.question][slot] = Given::Value(least);
            }
            (Given::Unknown | Given::Missing, Some(same)) => {
                let mine =
                    |theirs: Value| same.map.iter().find(|(from, _)| *from == theirs).map_or(theirs, |(_, to)| *to);
                let theirs = profile.answers[same.question][slot];
                let there = matches!(theirs, Given::Value(value) if enough(mine(value)));
                let lowest =
                    model.questions[same.question].kind.values().into_iter().find(|value| enough(mine(*value)));
                if let (false, false, Some(lowest)) = (there, theirs == Given::NotApplicable, lowest) {
                    profile.answers[same.question][slot] = Given::Value(lowest);
                }
            }
        }
    }
}
