//! Routes: every plan is tried, and what is called cheapest is.

use super::stones::{carried_out, now, taken_over};
use super::{Trying, look};
use crate::oracle::model::{Model, RULESETS};
use ketenspiegel_engine::whatif::{Routing, route};

/// The most plans that brute force tries.
const MOST_PLANS: usize = 300;
/// How many rules are tried for each profile.
const RULES: usize = 3;

impl Trying<'_> {
    pub(super) fn routes(&mut self) -> Vec<String> {
        let mut wrong = Vec::new();
        let stones = self.model.bouwstenen.len();
        if stones == 0 || 4_usize.pow(u32::try_from(stones).unwrap_or(9)) > MOST_PLANS {
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
                route(library, profile, sources, "nl", Routing { to: &to, at_once: Some(2) }, problems)
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
        let now = now(self.model, self.profile);
        let plans = 4_usize.pow(u32::try_from(now.len()).expect("few"));
        let mut cheapest = None;
        for plan in 0..plans {
            let statuses: Vec<usize> =
                (0..now.len()).map(|at| plan / 4_usize.pow(u32::try_from(at).expect("few")) % 4).collect();
            let others_are_changed = (0..now.len()).any(|at| {
                let needed = self.model.bouwstenen.iter().enumerate().any(|(by, stone)| {
                    statuses[by] > now[by] && stone.acts.as_ref().expect("each acts").prerequisites.contains(&at)
                });
                let allowed = if needed { 2 } else { now[at] };
                taken_over(self.model, self.profile, at) && statuses[at] > allowed
            });
            let Some(effort) = effort(self.model, &now, &statuses).filter(|_| !others_are_changed) else { continue };
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
