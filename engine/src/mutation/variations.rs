//! Every small change that can be made to a ruleset.

use super::{Change, Mutant};
use crate::assessment::Comparison;
use crate::condition::{AspectId, BouwsteenId, Expr, ExprId, Graph, RuleId, Type, Value};
use crate::number::Number;
use crate::ruleset::{Asked, Combine, Kind, Library, Slot, sign};

/// The mutants of a ruleset. Their expressions are added to the library's graph, which must be compiled after it.
pub(super) fn mutants(library: &mut Library, ruleset: usize) -> Vec<Mutant> {
    let mut all: Vec<Mutant> = Vec::new();
    for slot in library.slots(ruleset) {
        // what a case cannot see is not changed
        if !matches!(slot, Slot::Risk(..)) {
            conditions(library, slot, &mut all);
        }
    }
    let own = library.rulesets[ruleset].own.clone();
    for at in own.aspects {
        aspect(library, AspectId::at(at), &mut all);
    }
    let stones: Vec<BouwsteenId> = own.bouwstenen.map(BouwsteenId::at).collect();
    for rule in own.rules.map(RuleId::at) {
        recommendations(library, rule, &stones, &mut all);
    }
    all
}

/// Adds a mutant, or to one that is there: what is written once is changed everywhere at once.
fn add(all: &mut Vec<Mutant>, mutant: Mutant) {
    let same = |known: &&mut Mutant| known.span == mutant.span && known.change == mutant.change;
    match all.iter_mut().find(same) {
        Some(known) => {
            for owner in mutant.owners {
                if !known.owners.contains(&owner) {
                    known.owners.push(owner);
                }
            }
            known.changes.extend(mutant.changes);
        }
        None => all.push(mutant),
    }
}

/// A small change to an expression.
struct Variation {
    new: ExprId,
    change: String,
}

fn conditions(library: &mut Library, slot: Slot, all: &mut Vec<Mutant>) {
    let Some(root) = library.expr_in(slot) else { return };
    for expr in library.graph.below(root) {
        for Variation { new, change } in variations(library, expr) {
            let changed = library.graph.replaced(root, expr, new);
            if changed == root {
                continue;
            }
            complete(library, slot, changed);
            let span = library.written_at(slot, expr);
            let is_condition = *library.graph.kind(root) == Type::Condition;
            // written once, in a loop: what is changed there is changed too
            let known = all.iter_mut().find(|known| known.span == span && known.change == change);
            let put = known.into_iter().flat_map(|known| &mut known.changes).find_map(|change| match change {
                Change::Put(known, put, differs) if *known == slot => Some((put, differs)),
                _ => None,
            });
            if let Some((put, differs)) = put {
                let both = library.graph.replaced(*put, expr, new);
                complete(library, slot, both);
                *put = both;
                *differs = is_condition.then(|| library.graph.differ(root, *put));
                continue;
            }
            let differs = is_condition.then(|| library.graph.differ(root, changed));
            let owners = vec![library.at(slot)];
            add(all, Mutant { span, change, owners, changes: vec![Change::Put(slot, changed, differs)] });
        }
    }
}

/// How far a changed trait shows is an expression of its own, as it is for one that is written.
fn complete(library: &mut Library, slot: Slot, changed: ExprId) {
    let (Slot::Trait(aspect, portrait, at) | Slot::Partial(aspect, portrait, at)) = slot else { return };
    let Some(partial) = library.expr_in(Slot::Partial(aspect, portrait, at)) else { return };
    let when = library.expr_in(Slot::Trait(aspect, portrait, at)).unwrap_or(changed);
    let showing = if matches!(slot, Slot::Trait(..)) { (changed, partial) } else { (when, changed) };
    library.graph.add(Expr::Showing(showing.0, showing.1), Type::NUMBER);
}

/// The words for one thing in the place of another.
fn becoming(was: &str, becomes: &str) -> String {
    format!("`{was}` becomes `{becomes}`")
}

fn variations(library: &mut Library, expr: ExprId) -> Vec<Variation> {
    let kind = library.graph.kind(expr).clone();
    let mut all = Vec::new();
    let mut vary = |library: &mut Library, new: Expr, change: String| {
        let new = library.graph.add(new, kind.clone());
        all.push(Variation { new, change });
    };
    match library.graph.expr(expr).clone() {
        Expr::Compare(comparison, a, b) => {
            for (new, was, becomes) in comparisons(library, comparison, a, b) {
                vary(library, new, becoming(&was, &becomes));
            }
        }
        Expr::OneOf(term, options) if options.len() > 1 => {
            for at in 0..options.len() {
                let mut fewer = options.clone();
                let option = library.spelled_value(Value::Option(fewer.remove(at)), Some(term));
                vary(library, Expr::OneOf(term, fewer), format!("{option} is left out of the list"));
            }
        }
        Expr::Has(..) | Expr::OneOf(..) => {
            let text = library.spelled(expr);
            vary(library, Expr::Not(expr), becoming(&text, &format!("not({text})")));
        }
        Expr::And(parts) => {
            vary(library, Expr::Or(parts.clone()), becoming("and", "or"));
            dropped(library, &parts, Expr::And, &mut vary);
        }
        Expr::Or(parts) => {
            vary(library, Expr::And(parts.clone()), becoming("or", "and"));
            dropped(library, &parts, Expr::Or, &mut vary);
        }
        Expr::Count(parts) => dropped(library, &parts, Expr::Count, &mut vary),
        Expr::Share(parts) => dropped(library, &parts, Expr::Share, &mut vary),
        Expr::Trait(aspect, portrait, at, partly) => {
            let place = Slot::Partial(aspect, usize::from(portrait), usize::from(at));
            if library.expr_in(place).is_some() {
                let (was, becomes) = if partly { ("shows_partly", "shows") } else { ("shows", "shows_partly") };
                vary(library, Expr::Trait(aspect, portrait, at, !partly), becoming(was, becomes));
            }
        }
        Expr::Not(inner) => {
            let text = library.spelled(inner);
            vary(library, Expr::And(vec![inner]), becoming(&format!("not({text})"), &text));
        }
        Expr::Parties { any, variable, role, body } => {
            let (was, becomes) = if any { ("any_party", "all_parties") } else { ("all_parties", "any_party") };
            vary(library, Expr::Parties { any: !any, variable, role, body }, becoming(was, becomes));
        }
        _ => {}
    }
    all
}

/// A list of conditions with one of them left out.
fn dropped(
    library: &mut Library,
    parts: &[ExprId],
    make: fn(Vec<ExprId>) -> Expr,
    vary: &mut impl FnMut(&mut Library, Expr, String),
) {
    for at in (0..parts.len()).filter(|_| parts.len() > 1) {
        let mut fewer = parts.to_vec();
        let text = library.spelled(fewer.remove(at));
        vary(library, make(fewer), format!("the clause `{text}` is left out"));
    }
}

/// Other comparisons, with what was written and what is: the other sign, and a fixed side one step on.
fn comparisons(library: &mut Library, comparison: Comparison, a: ExprId, b: ExprId) -> Vec<(Expr, String, String)> {
    let fixed = |library: &Library, id: ExprId| match library.graph.expr(id) {
        Expr::Constant(value) => Some(*value),
        _ => None,
    };
    let (first, second) = (fixed(library, a), fixed(library, b));
    let said = |library: &Library, comparison: Comparison, value: Option<Value>| match value {
        Some(Value::Truth(_)) => library.spelled_comparison(comparison, a, b),
        Some(value) if first.is_some() => format!("{} {}", library.spelled_value(value, Some(b)), sign(comparison)),
        Some(value) => format!("{} {}", sign(comparison), library.spelled_value(value, Some(a))),
        None => sign(comparison).to_owned(),
    };
    let value = first.or(second);
    let was = said(library, comparison, value);
    let steps = match (first, second) {
        (None, Some(value)) => steps(library, a, value),
        (Some(value), None) => steps(library, b, value),
        _ => Steps::default(),
    };
    let turned: &[Comparison] = match comparison {
        Comparison::Below if steps.exact => &[Comparison::AtLeast],
        Comparison::AtMost if steps.exact => &[Comparison::Above],
        Comparison::Above if steps.exact => &[Comparison::AtMost],
        Comparison::AtLeast if steps.exact => &[Comparison::Below],
        Comparison::Below => &[Comparison::AtMost, Comparison::AtLeast],
        Comparison::AtMost => &[Comparison::Below, Comparison::Above],
        Comparison::Above => &[Comparison::AtLeast, Comparison::AtMost],
        Comparison::AtLeast => &[Comparison::Above, Comparison::Below],
        Comparison::Equal => &[Comparison::NotEqual],
        Comparison::NotEqual => &[Comparison::Equal],
    };
    let mut all: Vec<(Expr, String, String)> = Vec::new();
    for &other in turned {
        all.push((Expr::Compare(other, a, b), was.clone(), said(library, other, value)));
    }
    let orders = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    for step in steps.values.into_iter().filter(|_| orders) {
        let kind = library.graph.kind(if first.is_some() { a } else { b }).clone();
        let becomes = said(library, comparison, Some(step));
        let step = library.graph.add(Expr::Constant(step), kind);
        let (a, b) = if first.is_some() { (step, b) } else { (a, step) };
        all.push((Expr::Compare(comparison, a, b), was.clone(), becomes));
    }
    all
}

/// The values beside a threshold.
#[derive(Default)]
struct Steps {
    values: Vec<Value>,
    /// Whether there is nothing in between, so that another sign says no more than a step.
    exact: bool,
}

impl Steps {
    /// A step down and a step up.
    fn of(number: Number, step: Number, exact: bool) -> Self {
        let both = [number.minus(step), number.plus(step)];
        Self { values: both.into_iter().flatten().map(Value::Number).collect(), exact }
    }

    /// Without what lies beyond the ends of what a term can be: nothing comes there.
    fn inside(mut self, within: Option<(Number, Number)>) -> Self {
        self.values.retain(|value| match (value, within) {
            (Value::Number(number), Some((low, high))) => low <= *number && *number <= high,
            _ => true,
        });
        self
    }

    /// The neighbours in a list of values.
    fn among(values: &[Value], value: Value) -> Self {
        let Some(at) = values.iter().position(|known| *known == value) else { return Self::default() };
        let near = [at.checked_sub(1), Some(at + 1)];
        Self { values: near.into_iter().flatten().filter_map(|at| values.get(at).copied()).collect(), exact: true }
    }
}

/// One step from a threshold: the next value where a term has a list of them, one for what is counted, and
/// otherwise an eighth of the range that the term has (half a point on a scale from 1 to 5).
fn steps(library: &Library, term: ExprId, value: Value) -> Steps {
    let graph = &library.graph;
    match (graph.expr(term), value) {
        (Expr::Answer(id), value) if library.questions[id.index()].asked == Asked::Chain => {
            let question = &library.questions[id.index()];
            match &question.kind {
                Kind::Number { step, .. } => match value {
                    Value::Number(number) => Steps::of(number, *step, true),
                    _ => Steps::default(),
                },
                kind => Steps::among(&kind.domain().unwrap_or_default(), value),
            }
        }
        (Expr::By(inner, crate::condition::View::Variable(_)), value) => steps(library, *inner, value),
        (_, Value::Option(_)) => match graph.kind(term) {
            Type::Choice { options, .. } => {
                let all: Vec<Value> =
                    (0..options.len()).filter_map(|at| u16::try_from(at).ok()).map(Value::Option).collect();
                Steps::among(&all, value)
            }
            _ => Steps::default(),
        },
        (Expr::Count(_), Value::Number(number)) => Steps::of(number, Number::ONE, true),
        (_, Value::Number(number)) => {
            let steps = eighth(library, term, number).map(|step| Steps::of(number, step, false));
            steps.map_or_else(Steps::default, |steps| steps.inside(within(library, term)))
        }
        _ => Steps::default(),
    }
}

/// The lowest and the highest that a term can be, as far as that is known.
fn within(library: &Library, term: ExprId) -> Option<(Number, Number)> {
    match (library.graph.expr(term), library.graph.kind(term)) {
        (Expr::Score(id) | Expr::Target(id), _) => library.aspects[id.index()].within,
        (Expr::Coverage(_) | Expr::Share(_), _) => Some((Number::ZERO, Number::ONE)),
        (_, Type::Number { within, .. }) => *within,
        _ => None,
    }
}

fn eighth(library: &Library, term: ExprId, number: Number) -> Option<Number> {
    let range = match within(library, term) {
        Some((low, high)) => high.minus(low)?,
        None if number == Number::ZERO => Number::from(8),
        None => number.absolute()?,
    };
    range.over(Number::from(8)).filter(|step| *step > Number::ZERO)
}

/// Cut-offs a step on, and `all` for `any`.
fn aspect(library: &Library, id: AspectId, all: &mut Vec<Mutant>) {
    let aspect = &library.aspects[id.index()];
    let mutant = |words: String, change| Mutant {
        span: aspect.declared.span,
        change: words,
        owners: vec![format!("aspect/{}", aspect.declared.id)],
        changes: vec![change],
    };
    let score = library.exprs.scores[id.index()];
    for (at, cut) in aspect.cut_offs.iter().enumerate() {
        let Some((below, step)) = cut.below.and_then(|below| Some((below, eighth(library, score, below)?))) else {
            continue;
        };
        for value in Steps::of(below, step, false).values {
            let Value::Number(number) = value else { continue };
            let level = &aspect.levels[at].id;
            let words = format!("`{level}` lies below {} instead of {}", number.written(), below.written());
            all.push(mutant(words, Change::CutOff(id, at, number)));
        }
    }
    let other = match aspect.combine {
        Combine::All => Combine::Any,
        Combine::Any => Combine::All,
        _ => return,
    };
    let [was, becomes] = [&aspect.combine, &other].map(|combine| format!("combine = \"{}\"", combine.word()));
    all.push(mutant(becoming(&was, &becomes), Change::Combine(id, other)));
}

/// Another bouwsteen in the place of the first that a rule recommends.
fn recommendations(library: &Library, id: RuleId, stones: &[BouwsteenId], all: &mut Vec<Mutant>) {
    let rule = &library.rules[id.index()];
    let Some((first, others)) = rule.recommend.split_first() else { return };
    let at = stones.iter().position(|stone| stone == first).unwrap_or(0);
    let next = stones[at..].iter().chain(stones).find(|stone| !rule.recommend.contains(stone));
    let Some(next) = next else { return };
    let name = |id: &BouwsteenId| library.bouwstenen[id.index()].declared.id.as_str();
    let mutant = Mutant {
        span: rule.declared.span,
        change: format!("`{}` is recommended instead of `{}`", name(next), name(first)),
        owners: vec![format!("rule/{}", rule.declared.id)],
        changes: vec![Change::Recommend(id, [&[*next], others].concat())],
    };
    add(all, mutant);
}

impl Graph {
    /// The condition that one of two conditions is true and the other is not.
    pub(crate) fn differ(&mut self, a: ExprId, b: ExprId) -> ExprId {
        let a = self.add(Expr::Fires(a), Type::Condition);
        let b = self.add(Expr::Fires(b), Type::Condition);
        self.add(Expr::Compare(Comparison::NotEqual, a, b), Type::Condition)
    }
}
