//! Advice about better answers that make things worse.
//!
//! In a condition each term pulls one way: a higher `score("mindset")` can only make `score("mindset") < 2.5`
//! less true. Where a higher score, or a better answer to a question that counts in some aspect, pulls towards a
//! weakness or away from a strength, it is gone through whether it can really bring that about. A rule about
//! balance or about differences does so on purpose, and says so with `balance: "why"`.

use super::Advice;
use super::rules::is_weakness;
use crate::assessment::{Comparison, Severity};
use crate::condition::{Arithmetic, Expr, ExprId, Type, Value};
use crate::evaluate::{Outlook, Prospects};
use crate::number::Number;
use crate::problem::{Problem, Span, codes};
use crate::ruleset::{Asked, Combine, Kind, Library, Slot};
use std::collections::BTreeMap;

/// At most so many values of a term are gone through.
const MOST_VALUES: usize = 9;

/// Which way a term pulls: up, down, or (both) either way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Pull {
    up: bool,
    down: bool,
}

type Pulls = BTreeMap<ExprId, Pull>;

/// A term that may make things worse, with what to ask for each step to a better value.
struct Suspect {
    slot: Slot,
    term: ExprId,
    /// Whether a better value can bring about what stands in the slot; otherwise take it away.
    brings: bool,
    steps: Vec<ExprId>,
}

/// Better answers that make things worse in a ruleset.
pub(super) fn advise(library: &Library, ruleset: usize, found: &mut Vec<Advice>) {
    let steps = steps(library, ruleset);
    let mut library = library.clone();
    let mut suspects = Vec::new();
    for slot in library.slots(ruleset) {
        let Some((root, good)) = judged(&library, slot) else { continue };
        for (term, pull) in pulls(&library, root) {
            let wrong = if good { pull.down } else { pull.up };
            let Some(values) = steps.get(&term).filter(|_| wrong) else { continue };
            let steps = values.iter().map(|pair| step(&mut library, root, term, *pair, !good));
            suspects.push(Suspect { slot, term, brings: !good, steps: steps.collect() });
        }
    }
    library.compile();
    let prospects = Prospects::of(&library);
    let checked = prospects.checked(&library);
    let mut outlook = Outlook::over(&library, &checked);
    for suspect in suspects {
        // one step tells; and where one is too large to go through, the others are as large
        let telling = suspect.steps.iter().map(|step| outlook.could(*step)).find(|could| *could != Some(false));
        if telling == Some(Some(true)) {
            found.push(worsens(&library, &suspect));
        } else if telling.is_some() {
            let message = format!(
                "not checked whether a better `{}` makes {} worse: too large to go through",
                library.spelled(suspect.term),
                library.owner(suspect.slot)
            );
            let problem = Problem::new(codes::NOT_CHECKED, message).at(place(&library, &suspect));
            found.push(Advice::new(library.at(suspect.slot), problem));
        }
    }
}

fn place(library: &Library, suspect: &Suspect) -> Span {
    library.written_at(suspect.slot, suspect.term)
}

fn worsens(library: &Library, suspect: &Suspect) -> Advice {
    let (term, owner) = (library.spelled(suspect.term), library.owner(suspect.slot));
    let how = match (suspect.slot, suspect.brings) {
        (Slot::When(_), true) => "can bring about",
        (Slot::When(_), false) => "can silence",
        _ => "can lower the level of",
    };
    let problem = Problem::new(codes::WORSENS, format!("a better `{term}` {how} {owner}")).at(place(library, suspect));
    let help = if matches!(suspect.slot, Slot::When(_)) {
        "turn the comparison round; a rule about balance or differences says so: `balance: \"why\"`"
    } else {
        "turn the comparison round"
    };
    Advice::new(library.at(suspect.slot), problem.help(help))
}

/// What stands in a slot where it is good or bad that it holds: the condition, and whether it is good.
fn judged(library: &Library, slot: Slot) -> Option<(ExprId, bool)> {
    match slot {
        Slot::When(id) => {
            let rule = &library.rules[id.index()];
            let judges = is_weakness(rule) || rule.severity == Severity::Strength;
            (judges && rule.balance.is_none()).then_some((rule.when, rule.severity == Severity::Strength))
        }
        Slot::Demands(..) => library.expr_in(slot).map(|demands| (demands, true)),
        _ => None,
    }
}

/// The steps from a value to the next better one, of every term that has better and worse ones: scores and levels,
/// and answers that count in an aspect.
fn steps(library: &Library, ruleset: usize) -> BTreeMap<ExprId, Vec<(Value, Value)>> {
    let prospects = Prospects::of(library);
    let checked = prospects.checked(library);
    let mut outlook = Outlook::over(library, &checked);
    let mut all = BTreeMap::new();
    for slot in library.slots(ruleset) {
        let Some((root, _)) = judged(library, slot) else { continue };
        for term in library.graph.below(root) {
            if !all.contains_key(&term)
                && let Some(values) = ranked(library, term, &mut outlook)
            {
                all.insert(term, better(library, term, &thinned(values)));
            }
        }
    }
    all
}

fn ranked(library: &Library, term: ExprId, outlook: &mut Outlook<'_>) -> Option<Vec<Value>> {
    let some = |value: &Value| !matches!(value, Value::Nothing | Value::Missing);
    match library.graph.expr(term) {
        Expr::Answer(id) => {
            let question = &library.questions[id.index()];
            let counts = library.aspects.iter().any(|aspect| aspect.questions.contains(id));
            if !counts || question.asked != Asked::Chain || matches!(question.kind, Kind::Multiple(_) | Kind::Text) {
                return None;
            }
            let mut values = question.kind.domain()?;
            values.sort_by_key(|value| question.kind.score(*value));
            Some(values)
        }
        Expr::Score(_) => outlook.values(term).map(|values| values.into_iter().filter(some).collect()),
        Expr::Level(id) => {
            let aspect = &library.aspects[id.index()];
            let ordered = !matches!(aspect.combine, Combine::BestMatch { .. });
            let levels = (0..aspect.levels.len()).filter_map(|at| u16::try_from(at).ok()).map(Value::Option);
            ordered.then(|| levels.collect())
        }
        _ => None,
    }
}

/// The steps in a list of values, worst first, each to a value that is next to it: of two options that count for as
/// much, neither is better.
fn better(library: &Library, term: ExprId, values: &[Value]) -> Vec<(Value, Value)> {
    let score = |value: &Value| match library.graph.expr(term) {
        Expr::Answer(id) => library.questions[id.index()].kind.score(*value),
        _ => None,
    };
    let alike = |first: &Value, second: &Value| score(first).is_some() && score(first) == score(second);
    let steps: Vec<&[Value]> = values.chunk_by(alike).collect();
    let pairs =
        steps.windows(2).flat_map(|pair| pair[0].iter().flat_map(|worse| pair[1].iter().map(|it| (*worse, *it))));
    pairs.collect()
}

/// Some of the values where they are many, the worst and the best among them.
fn thinned(values: Vec<Value>) -> Vec<Value> {
    if values.len() <= MOST_VALUES {
        return values;
    }
    (0..MOST_VALUES).map(|at| values[at * (values.len() - 1) / (MOST_VALUES - 1)]).collect()
}

/// The condition that a step to a better value of a term brings about what a condition says, or takes it away.
fn step(library: &mut Library, root: ExprId, term: ExprId, (worse, better): (Value, Value), brings: bool) -> ExprId {
    let graph = &mut library.graph;
    let kind = graph.kind(term).clone();
    let [before, after] = [worse, better].map(|value| {
        let constant = graph.add(Expr::Constant(value), kind.clone());
        let with = graph.replaced(root, term, constant);
        graph.add(Expr::Fires(with), Type::Condition)
    });
    let (silent, speaking) = if brings { (before, after) } else { (after, before) };
    let silent = graph.add(Expr::Not(silent), Type::Condition);
    graph.add(Expr::And(vec![silent, speaking]), Type::Condition)
}

impl Pull {
    const fn turned(self) -> Self {
        Self { up: self.down, down: self.up }
    }
}

fn turned(pulls: Pulls) -> Pulls {
    pulls.into_iter().map(|(term, pull)| (term, pull.turned())).collect()
}

fn either(pulls: Pulls) -> Pulls {
    pulls.into_keys().map(|term| (term, Pull { up: true, down: true })).collect()
}

fn joined(all: impl IntoIterator<Item = Pulls>) -> Pulls {
    let mut together = Pulls::new();
    for (term, pull) in all.into_iter().flatten() {
        let known = together.entry(term).or_default();
        (known.up, known.down) = (known.up || pull.up, known.down || pull.down);
    }
    together
}

/// Which way each term of an expression pulls it.
fn pulls(library: &Library, id: ExprId) -> Pulls {
    let of = |id: &ExprId| pulls(library, *id);
    match library.graph.expr(id) {
        Expr::Answer(_) | Expr::Score(_) | Expr::Level(_) => Pulls::from([(id, Pull { up: true, down: false })]),
        Expr::Compare(comparison, a, b) => {
            let (first, second) = (of(a), of(b));
            match comparison {
                Comparison::Above | Comparison::AtLeast => joined([first, turned(second)]),
                Comparison::Below | Comparison::AtMost => joined([turned(first), second]),
                Comparison::Equal => equal(library, (*a, first), (*b, second)),
                Comparison::NotEqual => turned(equal(library, (*a, first), (*b, second))),
            }
        }
        Expr::Arithmetic(Arithmetic::Plus, a, b) => joined([of(a), of(b)]),
        Expr::Arithmetic(Arithmetic::Minus, a, b) => joined([of(a), turned(of(b))]),
        Expr::Arithmetic(_, a, b) => either(joined([of(a), of(b)])),
        Expr::Not(inner) => turned(of(inner)),
        Expr::Fold(_, all) | Expr::Count(all) | Expr::Share(all) | Expr::And(all) | Expr::Or(all) => {
            joined(all.iter().map(of))
        }
        // through the eyes of one party a term is another term; what is spread is about differences
        _ => Pulls::new(),
    }
}

/// An equality pulls one way where a side is fixed at an end of what the other can be.
fn equal(library: &Library, (a, first): (ExprId, Pulls), (b, second): (ExprId, Pulls)) -> Pulls {
    let (term, fixed, pulls) = match (library.graph.expr(a), library.graph.expr(b)) {
        (_, Expr::Constant(value)) => (a, *value, first),
        (Expr::Constant(value), _) => (b, *value, second),
        _ => return either(joined([first, second])),
    };
    match end(library, term, fixed) {
        Some(true) => pulls,
        Some(false) => turned(pulls),
        None => either(pulls),
    }
}

/// Whether a value is the best (true) or the worst (false) that a term can have.
fn end(library: &Library, term: ExprId, value: Value) -> Option<bool> {
    let number = |value: Value| match value {
        Value::Number(number) => Some(number),
        _ => None,
    };
    let (low, high, value): (Number, Number, Number) = match library.graph.expr(term) {
        Expr::Answer(id) => {
            let question = &library.questions[id.index()];
            let (low, high) = question.scores()?;
            (low, high, question.kind.score(value)?)
        }
        Expr::Score(id) => {
            let (low, high) = library.aspects[id.index()].within?;
            (low, high, number(value)?)
        }
        Expr::Level(id) => {
            let Value::Option(at) = value else { return None };
            let last = i64::try_from(library.aspects[id.index()].levels.len()).ok()? - 1;
            (Number::ZERO, Number::from(last), Number::from(i64::from(at)))
        }
        _ => return None,
    };
    if value == high {
        Some(true)
    } else if value == low {
        Some(false)
    } else {
        None
    }
}
