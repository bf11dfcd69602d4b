//! The smallest profile on which something is so.

use super::Checked;
use super::evaluation::Evaluation;
use super::facts::Facts;
use super::prospect::BUDGET;
use crate::condition::{AspectId, BouwsteenId, Expr, ExprId, QuestionId, Value};
use crate::ruleset::{Declared, Library, Question};
use serde::Serialize;
use std::collections::BTreeSet;

/// All values of an answer are tried where they are no more than this.
const MOST_VALUES: usize = 24;

/// What a small profile says: each thing with its value, as a ruleset writes them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Example(pub Vec<(String, String)>);

/// One thing that a profile can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaf {
    Answer(QuestionId, usize),
    Importance(QuestionId, usize),
    Status(BouwsteenId),
    Target(AspectId),
}

/// The smallest profile on which a condition holds and on which two expressions still differ: nothing more can be
/// left out of it. What is of another ruleset than `ruleset` is written with its id. Nothing, where none was found.
pub(crate) fn example(
    library: &Library,
    blanks: &[Checked<'_>],
    ruleset: usize,
    condition: ExprId,
    (first, second): (ExprId, ExprId),
) -> Option<Example> {
    smallest(library, blanks, ruleset, condition, &|facts| differ(library, facts, first, second))
}

/// The same, of which both expressions come to something as far as they can: not one of them to what is unknown.
///
/// `samples` are chains of which everything is known; it is looked for among those first.
pub(crate) fn settled_example(
    library: &Library,
    (samples, blanks): (&[Checked<'_>], &[Checked<'_>]),
    ruleset: usize,
    condition: ExprId,
    (first, second): (ExprId, ExprId),
) -> Option<Example> {
    let settled = |facts: &Facts<'_>| {
        let mut evaluation = Evaluation::lazy(library, facts);
        let known = |value| !matches!(value, Value::Missing | Value::Nothing);
        [first, second].into_iter().all(|expr| known(evaluation.value(Evaluation::whole(expr))))
            && differ(library, facts, first, second)
    };
    let sample = samples.iter().find(|sample| settled(&sample.0)).map(|sample| {
        let (leaves, fixed) = leaves(library, &sample.0, condition);
        let mut facts = sample.0.clone();
        lessen(&mut facts, &leaves, &settled);
        for leaf in &leaves {
            let value = leaf.value(&facts);
            let lower = leaf.values(library, &fixed).into_iter().take_while(|lower| *lower != value);
            for lower in lower.filter(|_| value != leaf.blank()) {
                leaf.put(&mut facts, lower);
                if settled(&facts) {
                    break;
                }
                leaf.put(&mut facts, value);
            }
        }
        Example(leaves.iter().filter_map(|leaf| leaf.said(library, ruleset, &facts)).collect())
    });
    sample
        .or_else(|| smallest(library, blanks, ruleset, condition, &settled))
        .or_else(|| example(library, blanks, ruleset, condition, (first, second)))
}

fn smallest(
    library: &Library,
    blanks: &[Checked<'_>],
    ruleset: usize,
    condition: ExprId,
    tells: &dyn Fn(&Facts<'_>) -> bool,
) -> Option<Example> {
    blanks.iter().find_map(|blank| {
        let (leaves, fixed) = leaves(library, &blank.0, condition);
        let mut facts = full(library, &blank.0, condition, (&leaves, &fixed)).filter(|facts| tells(facts))?;
        lessen(&mut facts, &leaves, tells);
        Some(Example(leaves.iter().filter_map(|leaf| leaf.said(library, ruleset, &facts)).collect()))
    })
}

/// Leaves out what can be left out.
fn lessen(facts: &mut Facts<'_>, leaves: &[Leaf], tells: &dyn Fn(&Facts<'_>) -> bool) {
    for leaf in leaves {
        let value = leaf.value(facts);
        leaf.put(facts, leaf.blank());
        if !tells(facts) {
            leaf.put(facts, value);
        }
    }
}

/// A chain of which everything that a condition reads is known, and on which it holds.
fn full<'a>(
    library: &Library,
    blank: &Facts<'a>,
    condition: ExprId,
    (leaves, fixed): (&[Leaf], &BTreeSet<Value>),
) -> Option<Facts<'a>> {
    let mut facts = blank.clone();
    let could = |facts: &Facts<'_>| {
        let mut evaluation = Evaluation::lazy(library, facts);
        evaluation.budget = BUDGET / 10;
        let possible = evaluation.possible_truths(Evaluation::whole(condition));
        possible.exact && possible.has(Value::Truth(true))
    };
    if !could(&facts) {
        return None;
    }
    for leaf in leaves {
        for value in leaf.values(library, fixed) {
            leaf.put(&mut facts, value);
            if could(&facts) {
                break;
            }
        }
    }
    let holds = Evaluation::lazy(library, &facts).value(Evaluation::whole(condition)) == Value::Truth(true);
    holds.then_some(facts)
}

fn differ(library: &Library, facts: &Facts<'_>, first: ExprId, second: ExprId) -> bool {
    let mut evaluation = Evaluation::lazy(library, facts);
    let values = [first, second].map(|expr| evaluation.value(Evaluation::whole(expr)));
    match values {
        [Value::Number(first), Value::Number(second)] => first != second,
        [first, second] => (first == Value::Truth(true)) != (second == Value::Truth(true)),
    }
}

/// What a condition rests on, and the fixed values that it compares with.
fn leaves(library: &Library, facts: &Facts<'_>, condition: ExprId) -> (Vec<Leaf>, BTreeSet<Value>) {
    let (mut waiting, mut seen, mut all) = (vec![condition], BTreeSet::new(), Vec::new());
    let mut fixed = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        let slots = |question: &QuestionId| {
            let slots = &facts.slots[question.index()];
            slots.start..slots.start + slots.len()
        };
        match library.graph.expr(id) {
            Expr::Answer(id) => all.extend(slots(id).map(|slot| Leaf::Answer(*id, slot))),
            Expr::Importance(id) => all.extend(slots(id).map(|slot| Leaf::Importance(*id, slot))),
            Expr::Status(id) => all.push(Leaf::Status(*id)),
            Expr::Target(id) => all.push(Leaf::Target(*id)),
            Expr::Constant(value) => drop(fixed.insert(*value)),
            _ => {}
        }
        waiting.extend(library.compiled.reads[id.index()].iter().rev());
    }
    (all, fixed)
}

impl Leaf {
    fn value(self, facts: &Facts<'_>) -> Value {
        match self {
            Self::Answer(_, slot) => facts.values[slot],
            Self::Importance(_, slot) => facts.importances[slot],
            Self::Status(id) => facts.statuses[id.index()],
            Self::Target(id) => facts.targets[id.index()],
        }
    }

    fn put(self, facts: &mut Facts<'_>, value: Value) {
        match self {
            Self::Answer(_, slot) => {
                facts.values.set(slot, value);
            }
            Self::Importance(_, slot) => facts.importances[slot] = value,
            Self::Status(id) => facts.statuses[id.index()] = value,
            Self::Target(id) => facts.targets[id.index()] = value,
        }
    }

    /// What stands there where a profile says nothing.
    const fn blank(self) -> Value {
        match self {
            Self::Target(_) => Value::Nothing,
            _ => Value::Missing,
        }
    }

    /// The values to try: where they are many, the ends and those at and beside what is compared with.
    fn values(self, library: &Library, fixed: &BTreeSet<Value>) -> Vec<Value> {
        let values = match self {
            Self::Answer(id, _) => answers(&library.questions[id.index()]),
            Self::Importance(id, _) => {
                let scale = library.questions[id.index()].importance.as_ref();
                scale.into_iter().flat_map(|scale| scale.values.iter().copied().map(Value::Number)).collect()
            }
            Self::Status(_) => (0..4).map(Value::Option).collect(),
            Self::Target(id) => {
                let ends = library.aspects[id.index()].within;
                ends.into_iter().flat_map(|(low, high)| [low, high]).map(Value::Number).collect()
            }
        };
        if values.len() <= MOST_VALUES {
            return values;
        }
        let telling = |at: usize| {
            let near = values[at.saturating_sub(1)..values.len().min(at + 2)].iter();
            at == 0 || at + 1 == values.len() || near.into_iter().any(|value| fixed.contains(value))
        };
        (0..values.len()).filter(|at| telling(*at)).map(|at| values[at]).collect()
    }

    /// What the profile says there, where it says anything.
    fn said(self, library: &Library, ruleset: usize, facts: &Facts<'_>) -> Option<(String, String)> {
        let value = self.value(facts);
        if value == self.blank() {
            return None;
        }
        let named = |declared: &Declared| match library.rulesets.get(declared.ruleset) {
            Some(other) if declared.ruleset != ruleset => format!("{}/{}", other.manifest.id, declared.id),
            _ => declared.id.clone(),
        };
        let question = |id: QuestionId, slot: usize| {
            let id_text = named(&library.questions[id.index()].declared);
            let slots = &facts.slots[id.index()];
            let party = slots.parties.as_ref().and_then(|parties| parties.get(slot - slots.start));
            let party = party.map(|party| facts.profile.parties[usize::from(*party)].id.clone());
            party.map_or_else(|| id_text.clone(), |party| format!("{id_text} ({party})"))
        };
        let spelled = |expr| match value {
            Value::Options(bits) => {
                let one = |at: u16| library.spelled_value(Value::Option(at), expr);
                let all: Vec<String> = (0..64).filter(|at| bits >> at & 1 == 1).map(one).collect();
                format!("[{}]", all.join(", "))
            }
            value => library.spelled_value(value, expr).trim_matches('"').to_owned(),
        };
        Some(match self {
            Self::Answer(id, slot) => (question(id, slot), spelled(Some(library.exprs.answers[id.index()]))),
            Self::Importance(id, slot) => (format!("importance of {}", question(id, slot)), spelled(None)),
            Self::Status(id) => (named(&library.bouwstenen[id.index()].declared), spelled(None)),
            Self::Target(id) => (format!("target of {}", named(&library.aspects[id.index()].declared)), spelled(None)),
        })
    }
}

fn answers(question: &Question) -> Vec<Value> {
    let ends = || question.scores().map(|(low, high)| [low, high].map(Value::Number).to_vec());
    let values = question.kind.domain().or_else(ends).unwrap_or_default();
    let nothing = question.not_applicable.then_some(Value::Nothing);
    values.into_iter().chain(nothing).collect()
}
