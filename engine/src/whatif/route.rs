//! How to get somewhere: what to put in place and what to do, with the least effort, in stages.
//!
//! Effort and effects are data of the rulesets. An answer is lifted only by something that says that it lifts it.
//! Plans are tried in the order of their effort, so that the first that reaches the target is cheapest; after
//! [`MOST_LOOKS`] looks a plan is found by leaving out of everything what can be left out, and is not called
//! cheapest. What a plan needs first is always part of it, and of its effort.

use super::change::{Assumed, lift, put};
use super::cone::Cone;
use super::effects;
use super::flip::{Standing, standing};
use super::goal::{Goal, Subject};
use super::trial::{Move, Place, Trial};
use super::{Changed, Of, changed};
use crate::assessment::{Status, Titled};
use crate::conclusions::{Conclusions, Difference};
use crate::condition::{BouwsteenId, Value};
use crate::evaluate::{Evaluation, Words, checked, concluded, kept};
use crate::number::Number;
use crate::problem::{Problem, Problems, codes};
use crate::profile::Profile;
use crate::ruleset::Library;
use crate::source::Sources;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The most plans that are looked at.
const MOST_LOOKS: usize = 5_000;

/// How far something that others need first must be: working; of a step: done.
const IN_PLACE: u16 = 2;

/// How many things a chain takes up at once where nobody says: a choice, no source gives a number.
const AT_ONCE: usize = 3;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Routing<'a> {
    /// Where to: `id=value`, the value as in [`super::Flipping`].
    pub to: &'a str,
    /// How many things a chain can take up in one stage; without it what the ruleset says.
    pub at_once: Option<usize>,
}

/// Who says how much a chain can take up at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SaidBy {
    /// Who asked for the route.
    Asked,
    /// The ruleset that the target is of.
    Ruleset,
    /// Nobody: the engine's own choice.
    Default,
}

/// How to get somewhere: `route/1`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Route {
    /// Always `route/1`.
    pub format: &'static str,
    /// The conclusion that is to change: `ruleset/id`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How it stands now.
    pub now: Standing,
    /// What it is to become, as it was asked.
    pub to: String,
    /// Whether the target is reached: for a plan as worked out again from the profile that it leads to.
    pub reached: bool,
    /// Whether no plan with less effort reaches it; where there is none, that no plan reaches it.
    pub proven: bool,
    /// How the conclusion stands at the end.
    pub after: Standing,
    /// The effort of the whole plan, in relative weeks of attention.
    pub effort: Number,
    /// The most things that were taken up in one stage.
    pub at_once: usize,
    /// Who says that.
    pub at_once_by: SaidBy,
    /// The stages; none where nothing has to be done, or nothing reaches it.
    pub stages: Vec<Stage>,
    /// Bouwstenen and steps that could help, but whose effort the ruleset does not give.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_effort: Vec<Titled>,
}

/// What is taken up at the same time.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Stage {
    /// Number from 1.
    pub stage: usize,
    /// What is done.
    pub actions: Vec<Action>,
    /// The effort of it.
    pub effort: Number,
    /// How the target stands after it, if the effects come as assumed.
    pub then: Standing,
    /// What is then said otherwise than after the stage before.
    pub difference: Difference,
}

/// Something that is put in place or done.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Action {
    /// Id of the bouwsteen or step: `ruleset/id`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// For a bouwsteen from which status to which; a step is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Changed>,
    /// What it takes, where the ruleset says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<Number>,
    /// Why the ruleset thinks so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What in the plan needs it first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needed_for: Vec<Titled>,
    /// The answers that it is assumed to lift.
    pub lifts: Vec<Assumed>,
}

/// Finds the plan with the least effort that reaches a target, and works out what is to be expected after each stage.
///
/// A status that the profile does not tell is taken to be absent. Everything wrong with the profile or with what is
/// asked goes into `problems`.
pub fn route(
    library: &Library,
    profile: &Profile,
    sources: &Sources,
    language: &str,
    asked: Routing<'_>,
    problems: &mut Problems,
) -> Option<Route> {
    let facts = checked(library, profile, problems)?;
    let words = Words { library, language };
    let Some((id, to)) = asked.to.split_once('=') else {
        problems.push(
            Problem::new(codes::NOT_FITTING, format!("`{}` does not say what is to become of it", asked.to))
                .help("write id=value, such as mindset=sterk or keten-in-crisis=absent"),
        );
        return None;
    };
    let subject = Subject::find(words, id, problems)?;
    let mut trial = Trial::new(library, &facts);
    trial.done = trial.look(&[], |evaluation| {
        let truth = Value::Truth(true);
        let mut done = |when| evaluation.value(Evaluation::whole(when)) == truth;
        library.bouwstenen.iter().map(|stone| stone.done_when.is_some_and(&mut done)).collect()
    });
    let number = match trial.look(&[], |evaluation| subject.number_now(evaluation)) {
        Value::Number(number) => Some(number),
        _ => None,
    };
    let goal = Goal { wanted: subject.wanted(library, to, number, problems)?, subject };
    let mut planner = Planner::new(&mut trial, &goal);
    let found = planner.cheapest();
    let without_effort = planner.without_effort(words);
    kept(trial.is_exact(), profile, problems)?;
    let staging = Staging { words, sources, goal: &goal, at_once: at_once(library, &goal.subject, asked.at_once) };
    staging.told(&trial, &found, to, without_effort, problems)
}

/// How much the chain can take up at once, and who says so.
fn at_once(library: &Library, subject: &Subject, asked: Option<usize>) -> (usize, SaidBy) {
    let of_ruleset = || {
        let id = subject.id.split_once('/').map(|(ruleset, _)| ruleset);
        let ruleset = library.rulesets.iter().find(|ruleset| Some(ruleset.manifest.id.as_str()) == id)?;
        ruleset.manifest.ranking.at_once
    };
    match (asked, of_ruleset()) {
        (Some(asked), _) => (asked.max(1), SaidBy::Asked),
        (None, Some(most)) => (usize::from(most), SaidBy::Ruleset),
        (None, None) => (AT_ONCE, SaidBy::Default),
    }
}

/// How far each thing is to be brought; what is not named stays where it is.
type Plan = BTreeMap<BouwsteenId, u16>;

/// Choices that wait to be looked at: by effort, then by how many things, then in the order of the rulesets. Each is
/// the place of a help, and of how far.
type Waiting = BTreeSet<(Number, usize, Vec<(usize, usize)>)>;

/// What was found.
struct Planned {
    /// A plan that reaches it, where there is one; empty where it is reached already.
    plan: Option<Plan>,
    proven: bool,
}

/// Something that can help, and how far it makes sense to bring it.
struct Help {
    id: BouwsteenId,
    to: Vec<u16>,
}

struct Planner<'p, 'a> {
    trial: &'p mut Trial<'a>,
    goal: &'p Goal,
    helps: Vec<Help>,
    unweighed: Vec<BouwsteenId>,
}

impl<'p, 'a> Planner<'p, 'a> {
    fn new(trial: &'p mut Trial<'a>, goal: &'p Goal) -> Self {
        let cone = Cone::of(trial.library, trial.facts, &goal.roots(), goal.pull());
        let (mut helps, mut unweighed) = (Vec::new(), Vec::new());
        for (at, stone) in trial.library.bouwstenen.iter().enumerate() {
            let id = BouwsteenId::at(at);
            if !stone.same_as.is_empty() && trial.facts.statuses[at] == Value::Missing {
                continue;
            }
            let now = now(trial, id);
            let last = if stone.step { 1 } else { u16::try_from(Status::ALL.len() - 1).unwrap_or(u16::MAX) };
            let acts = |status: u16| {
                let of_use = |effect| effects::reaches(trial.library, effect, &cone);
                stone.effects.iter().any(|effect| effect.from == status && of_use(effect))
            };
            let read = cone.stones.contains_key(&id);
            let to: Vec<u16> = (now + 1..=last).filter(|status| read || acts(*status)).collect();
            match (to.is_empty(), &stone.effort) {
                (true, _) => {}
                (false, Some(_)) => helps.push(Help { id, to }),
                (false, None) => unweighed.push(id),
            }
        }
        Self { trial, goal, helps, unweighed }
    }

    fn without_effort(&self, words: Words<'_>) -> Vec<Titled> {
        let titled = |id: &BouwsteenId| Titled { id: full_id(words.library, *id), title: words.stone(*id, "title") };
        self.unweighed.iter().map(titled).collect()
    }

    fn cheapest(&mut self) -> Planned {
        if self.reaches(&Plan::new()) {
            return Planned { plan: Some(Plan::new()), proven: true };
        }
        let mut waiting = Waiting::new();
        let start = self.trial.tried;
        self.extend(&[], &mut waiting);
        while let Some((_, _, chosen)) = waiting.pop_first() {
            if self.trial.tried - start >= MOST_LOOKS {
                return Planned { plan: self.without_what_is_not_needed(), proven: false };
            }
            let plan = self.plan(&chosen);
            if self.reaches(&plan) {
                return Planned { plan: Some(plan), proven: true };
            }
            self.extend(&chosen, &mut waiting);
        }
        Planned { plan: None, proven: true }
    }

    /// Adds the choices that go on from these with one more thing.
    fn extend(&self, chosen: &[(usize, usize)], waiting: &mut Waiting) {
        let next = chosen.last().map_or(0, |(at, _)| at + 1);
        for at in next..self.helps.len() {
            for to in 0..self.helps[at].to.len() {
                let more = [chosen, &[(at, to)]].concat();
                let plan = self.plan(&more);
                waiting.insert((self.effort(&plan), plan.len(), more));
            }
        }
    }

    /// What is chosen, with everything that it needs first.
    fn plan(&self, chosen: &[(usize, usize)]) -> Plan {
        let mut plan = Plan::new();
        for &(at, to) in chosen {
            let help = &self.helps[at];
            let status = plan.entry(help.id).or_insert(0);
            *status = (*status).max(help.to[to]);
        }
        let mut waiting: Vec<BouwsteenId> = plan.keys().copied().collect();
        while let Some(id) = waiting.pop() {
            for &needed in &self.trial.library.bouwstenen[id.index()].prerequisites {
                let wanted = if self.trial.library.bouwstenen[needed.index()].step { 1 } else { IN_PLACE };
                if now(self.trial, needed) < wanted && plan.get(&needed).is_none_or(|status| *status < wanted) {
                    plan.insert(needed, wanted);
                    waiting.push(needed);
                }
            }
        }
        plan
    }

    fn effort(&self, plan: &Plan) -> Number {
        let each = plan.iter().filter_map(|(id, status)| effort(self.trial, *id, *status));
        each.fold(Number::ZERO, |sum, one| sum.plus(one).unwrap_or(sum))
    }

    fn reaches(&mut self, plan: &Plan) -> bool {
        let moves = moves(self.trial, plan);
        let goal = self.goal;
        self.trial.look(&moves, |evaluation| goal.reached(evaluation))
    }

    /// Everything, less what can be left out, dearest first.
    fn without_what_is_not_needed(&mut self) -> Option<Plan> {
        let mut chosen: Vec<(usize, usize)> =
            self.helps.iter().enumerate().map(|(at, help)| (at, help.to.len() - 1)).collect();
        if !self.reaches(&self.plan(&chosen)) {
            return None;
        }
        let mut order: Vec<usize> = (0..self.helps.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(self.effort(&self.plan(&[(*at, self.helps[*at].to.len() - 1)]))));
        for at in order {
            let others: Vec<(usize, usize)> = chosen.iter().copied().filter(|(other, _)| *other != at).collect();
            let less = std::iter::once(others.clone())
                .chain((0..self.helps[at].to.len()).map(|to| [others.as_slice(), &[(at, to)]].concat()));
            for fewer in less.collect::<Vec<_>>() {
                if self.reaches(&self.plan(&fewer)) {
                    chosen = fewer;
                    break;
                }
            }
        }
        Some(self.plan(&chosen))
    }
}

/// How far something is; what is neither known nor done is nowhere yet.
fn now(trial: &Trial<'_>, id: BouwsteenId) -> u16 {
    if trial.done.get(id.index()) == Some(&true) {
        return 1;
    }
    effects::status(effects::known(trial.library, trial.facts, id))
}

/// What it takes to bring something from where it is to a status; nothing where the ruleset does not say.
fn effort(trial: &Trial<'_>, id: BouwsteenId, status: u16) -> Option<Number> {
    let effort = trial.library.bouwstenen[id.index()].effort.as_ref()?;
    let steps = effort.steps.get(usize::from(now(trial, id))..usize::from(status))?;
    steps.iter().try_fold(Number::ZERO, |sum, step| sum.plus(*step))
}

fn moves(trial: &Trial<'_>, plan: &Plan) -> Vec<Move> {
    let mut moves = Vec::new();
    for (&id, &status) in plan {
        if !trial.library.bouwstenen[id.index()].step {
            moves.push((Place::Status(id), Value::Option(status)));
        }
        for effect in &trial.library.bouwstenen[id.index()].effects {
            if effect.from > now(trial, id) && effect.from <= status {
                effects::lift(trial.library, trial.facts, effect.question, effect.at_least, &mut moves);
            }
        }
    }
    moves
}

fn full_id(library: &Library, id: BouwsteenId) -> String {
    let declared = &library.bouwstenen[id.index()].declared;
    format!("{}/{}", library.rulesets[declared.ruleset].manifest.id, declared.id)
}

/// Puts a plan in stages and tells what is to be expected.
struct Staging<'a> {
    words: Words<'a>,
    sources: &'a Sources,
    goal: &'a Goal,
    at_once: (usize, SaidBy),
}

impl Staging<'_> {
    fn told(
        &self,
        trial: &Trial<'_>,
        found: &Planned,
        to: &str,
        without_effort: Vec<Titled>,
        problems: &mut Problems,
    ) -> Option<Route> {
        let library = self.words.library;
        let mut facts = trial.facts.clone();
        let mut evaluation = Evaluation::new(library, &facts);
        let before = standing(self.words, &self.goal.subject, &mut evaluation);
        let (reached_now, mut then) = (self.goal.reached(&mut evaluation), before.clone());
        let mut said = Conclusions::of(&concluded(library, &facts, self.sources, self.words.language, problems)?);
        let plan = found.plan.clone().unwrap_or_default();
        let (mut stages, mut reached, mut effort_of_all) = (Vec::new(), reached_now, Number::ZERO);
        for (at, ids) in self.stages(&plan).into_iter().enumerate() {
            let mut actions = Vec::new();
            for id in ids {
                let action = self.action(trial, &plan, id, &mut facts);
                effort_of_all = action.effort.and_then(|one| effort_of_all.plus(one)).unwrap_or(effort_of_all);
                actions.push(action);
            }
            let now = Conclusions::of(&concluded(library, &facts, self.sources, self.words.language, problems)?);
            let mut evaluation = Evaluation::new(library, &facts);
            then = standing(self.words, &self.goal.subject, &mut evaluation);
            reached = self.goal.reached(&mut evaluation);
            let difference = Difference::between(&said, &now);
            said = now;
            let effort = actions
                .iter()
                .filter_map(|action| action.effort)
                .fold(Number::ZERO, |sum, one| sum.plus(one).unwrap_or(sum));
            stages.push(Stage { stage: at + 1, actions, effort, then: then.clone(), difference });
        }
        Some(Route {
            format: "route/1",
            id: self.goal.subject.id.clone(),
            title: self.goal.subject.title.clone(),
            now: before,
            to: to.to_owned(),
            reached,
            proven: found.proven,
            after: then,
            effort: effort_of_all,
            at_once: self.at_once.0,
            at_once_by: self.at_once.1,
            stages,
            without_effort,
        })
    }

    /// Each stage: what is not waiting for anything, at most so many at once; first what most others wait for.
    fn stages(&self, plan: &Plan) -> Vec<Vec<BouwsteenId>> {
        let needs = |id: &BouwsteenId| {
            let all = &self.words.library.bouwstenen[id.index()].prerequisites;
            all.iter().copied().filter(|needed| plan.contains_key(needed)).collect::<Vec<_>>()
        };
        let waiting_for = |wanted: &BouwsteenId| plan.keys().filter(|id| needs(id).contains(wanted)).count();
        let mut left: Vec<BouwsteenId> = plan.keys().copied().collect();
        left.sort_by_key(|id| std::cmp::Reverse(waiting_for(id))); // stable: then in the order of the rulesets
        let mut stages: Vec<Vec<BouwsteenId>> = Vec::new();
        while !left.is_empty() {
            let ready = left.iter().copied().filter(|id| !needs(id).iter().any(|needed| left.contains(needed)));
            let mut stage: Vec<BouwsteenId> = ready.take(self.at_once.0).collect();
            if stage.is_empty() {
                stage.clone_from(&left); // things that need each other come together
            }
            left.retain(|id| !stage.contains(id));
            stages.push(stage);
        }
        stages
    }

    fn action(
        &self,
        trial: &Trial<'_>,
        plan: &Plan,
        id: BouwsteenId,
        facts: &mut crate::evaluate::Facts<'_>,
    ) -> Action {
        let library = self.words.library;
        let (stone, status) = (&library.bouwstenen[id.index()], plan[&id]);
        let titled = |id: &BouwsteenId| Titled { id: full_id(library, *id), title: self.words.stone(*id, "title") };
        let needing = plan.keys().filter(|other| library.bouwstenen[other.index()].prerequisites.contains(&id));
        let from = effects::known(library, trial.facts, id);
        let change = (!stone.step).then(|| {
            let mut change = changed(self.words, trial.facts, Of::Bouwsteen(id), from, Value::Option(status));
            change.steps = usize::from(status - now(trial, id));
            change
        });
        if !stone.step {
            put(library, facts, (Place::Status(id), Value::Option(status)));
        }
        let lifts = lift(self.words, facts, id, now(trial, id), status, &[]);
        let effort = effort(trial, id, status);
        Action {
            id: full_id(library, id),
            title: self.words.stone(id, "title"),
            status: change,
            effort,
            reason: stone.effort.as_ref().map(|effort| effort.reason.clone()),
            needed_for: needing.map(titled).collect(),
            lifts,
        }
    }
}
