//! Why: the tree of an expression with the values that it read.

use super::evaluation::Evaluation;
use super::eyes::Key;
use super::operator::Operator;
use super::words::Words;
use crate::assessment::{Comparison, Evidence, Reason, ReasonKind, Shown, State, Titled};
use crate::condition::{Arithmetic, AspectId, Expr, ExprId, Fold, QuestionId, Type, Value, View};
use crate::number::Number;
use crate::profile::{Given, GivenValue};
use crate::ruleset::Met;
use crate::source::Sources;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::sync::Arc;

/// Writes down reasons, as seen from one ruleset.
pub(crate) struct Reasons<'e, 'a> {
    pub(crate) evaluation: &'e mut Evaluation<'a>,
    pub(crate) words: Words<'a>,
    pub(crate) from: usize,
    pub(crate) sources: &'a Sources,
    /// How deep in the reasoning this is.
    pub(crate) depth: usize,
    /// What was told already inside other reasons.
    pub(crate) told: &'e mut Told,
}

/// Reasons as they stand inside other reasons, as seen from one ruleset.
pub(crate) type Told = HashMap<Key, Reason, FixedState>;

/// The most reasons that are told for an open aspect or measure inside the reasons of something else.
const MOST_OPEN: usize = 24;

/// How many reasons there are, all the way down.
fn size(reasons: &[Reason]) -> usize {
    reasons.iter().map(|reason| 1 + size(&reason.parts)).sum()
}

/// What a value says of a condition, or of whether there is a value.
pub(crate) const fn state(value: Value) -> State {
    match value {
        Value::Missing => State::Undecided,
        Value::Nothing => State::Undefined,
        Value::Truth(false) => State::Fails,
        _ => State::Holds,
    }
}

impl<'a> Reasons<'_, 'a> {
    /// Why an expression is what it is.
    pub(crate) fn reason(&mut self, key: Key) -> Reason {
        let inside = self.depth > 0;
        if let Some(told) = self.told.get(&key).filter(|_| inside) {
            return told.clone();
        }
        self.depth += 1;
        let mut reason = self.reason_here(key);
        self.depth -= 1;
        if inside {
            if self.is_told_elsewhere(key, &reason) {
                reason.parts = Arc::default();
            }
            self.told.insert(key, reason.clone());
        }
        reason
    }

    /// Whether the reasons of an aspect or a measure are left to its own place: it is open, so that nothing rests on them
    /// yet, and there is much to tell. What would decide a conclusion stands beside it.
    fn is_told_elsewhere(&self, key: Key, reason: &Reason) -> bool {
        let expr = self.words.library.graph.expr(key.expr);
        matches!(expr, Expr::Score(_) | Expr::Level(_) | Expr::Measure(_))
            && reason.state == State::Undecided
            && size(&reason.parts) > MOST_OPEN
    }

    fn reason_here(&mut self, key: Key) -> Reason {
        let library = self.words.library;
        let value = self.evaluation.value(key);
        match library.graph.expr(key.expr) {
            Expr::And(_) => self.list(ReasonKind::All, key, value),
            Expr::Or(_) => self.list(ReasonKind::Any, key, value),
            Expr::Not(_) => self.list(ReasonKind::Not, key, value),
            Expr::Parties { any, variable, .. } => self.parties(*any, *variable, key, value),
            Expr::Compare(comparison, left, right) => self.comparison(*comparison, *left, *right, key, value),
            Expr::OneOf(term, options) => {
                let bound =
                    options.iter().filter_map(|option| self.words.shown(*term, Value::Option(*option))).collect();
                self.against(*term, Comparison::Equal, bound, key, value)
            }
            Expr::Has(term, option) => {
                let bound = self.words.shown(*term, Value::Options(1 << option)).into_iter().collect();
                self.against(*term, Comparison::Equal, bound, key, value)
            }
            _ => self.term(key, value),
        }
    }

    fn reasons(&mut self, key: Key) -> Arc<[Reason]> {
        let reads = self.evaluation.reads(key);
        reads.iter().map(|&part| self.reason(part)).collect()
    }

    fn list(&mut self, kind: ReasonKind, key: Key, value: Value) -> Reason {
        let parts = self.reasons(key);
        Reason { parts, ..Reason::new(kind, state(value)) }
    }

    fn parties(&mut self, any: bool, variable: u32, key: Key, value: Value) -> Reason {
        let kind = if any { ReasonKind::AnyParty } else { ReasonKind::AllParties };
        let reads = self.evaluation.reads(key);
        let mut parts = Vec::new();
        for &part in reads.iter() {
            let inner = self.reason(part);
            let party = self.evaluation.variable(part, variable).and_then(|party| self.party(party));
            let title = party.as_ref().map(|party| party.title.clone()).unwrap_or_default();
            let parts_of = [inner.clone()].into();
            parts.push(Reason { title, party, parts: parts_of, ..Reason::new(ReasonKind::Party, inner.state) });
        }
        Reason { parts: parts.into(), ..Reason::new(kind, state(value)) }
    }

    fn party(&self, party: u16) -> Option<Arc<Titled>> {
        let party = self.evaluation.facts.profile.parties.get(usize::from(party))?;
        Some(Arc::new(Titled { id: party.id.clone(), title: party.name.clone() }))
    }

    /// A value with the party whose eyes it is seen through, where it is one.
    fn seen(&self, key: Key, mut reason: Reason) -> Reason {
        if let Some(party) = self.evaluation.party(key).and_then(|party| self.party(party)) {
            reason.behind_title(&party.title);
            reason.party = Some(party);
        }
        reason
    }

    fn comparison(&mut self, comparison: Comparison, left: ExprId, right: ExprId, key: Key, value: Value) -> Reason {
        let graph = &self.words.library.graph;
        let (term, other, comparison) = match (graph.expr(left), graph.expr(right)) {
            (Expr::Constant(_), _) => (right, left, comparison.flipped()),
            _ => (left, right, comparison),
        };
        if let Expr::Constant(constant) = graph.expr(other) {
            let bound = self.words.shown(term, *constant).or_else(|| shown_plainly(*constant));
            return self.against(term, comparison, bound.into_iter().collect(), key, value);
        }
        let other_key = self.evaluation.beside(key, other);
        let other_value = self.evaluation.value(other_key);
        let bound = self.words.shown(other, other_value).into_iter().collect();
        let reason = self.against(term, comparison, bound, key, value);
        let second = self.reason(other_key);
        Reason { parts: reason.parts.iter().cloned().chain([second]).collect(), ..reason }
    }

    /// A term held against one or more values.
    fn against(&mut self, term: ExprId, comparison: Comparison, bound: Vec<Shown>, key: Key, value: Value) -> Reason {
        let term_key = self.evaluation.beside(key, term);
        let looked_at = self.reason(term_key);
        Reason {
            id: looked_at.id.clone(),
            ruleset: looked_at.ruleset.clone(),
            title: looked_at.title.clone(),
            party: looked_at.party.clone(),
            value: looked_at.value.clone(),
            comparison: Some(comparison),
            bound,
            parts: [looked_at].into(),
            ..Reason::new(ReasonKind::Comparison, state(value))
        }
    }

    /// A value: of an answer, an aspect, a conclusion, a calculation.
    fn term(&mut self, key: Key, value: Value) -> Reason {
        let library = self.words.library;
        let holds =
            if matches!(value, Value::Truth(_)) && !self.is_condition(key.expr) { State::Holds } else { state(value) };
        let kind = |kind| Reason { value: self.words.shown(key.expr, value), ..Reason::new(kind, holds) };
        match library.graph.expr(key.expr) {
            Expr::Answer(id) => self.answer(*id, key, kind(ReasonKind::Answer)),
            Expr::Importance(id) => {
                self.seen(key, Reason { title: self.words.question(*id), ..kind(ReasonKind::Importance) })
            }
            Expr::AspectImportance(id) => {
                let reason = Reason { title: self.words.aspect(*id), ..kind(ReasonKind::Importance) };
                let parts = self.reasons(key);
                self.seen(key, Reason { combine: Some("mean"), parts, ..reason })
            }
            Expr::Score(id) => self.aspect(id.index(), key, kind(ReasonKind::Aspect)),
            Expr::Level(id) => {
                let declared = &library.aspects[id.index()].declared;
                let reason = kind(ReasonKind::Level);
                let combine = library.aspects[id.index()].combine.word();
                let parts = self.candidates(key).into();
                let level = Reason {
                    id: Some(self.words.id(self.from, declared.ruleset, &declared.id)),
                    ruleset: self.words.elsewhere(self.from, declared.ruleset),
                    title: self.words.aspect(*id),
                    combine: Some(combine),
                    source: Some(declared.source.clone()),
                    parts,
                    ..reason
                };
                self.seen(key, level)
            }
            Expr::Outcome(id) => {
                let declared = &library.outcomes[id.index()].declared;
                let reason = kind(ReasonKind::Outcome);
                self.conclusion(declared, "outcome", key, reason)
            }
            Expr::Measure(id) => {
                let declared = &library.measures[id.index()].declared;
                let reason = kind(ReasonKind::Measure);
                self.conclusion(declared, "measure", key, reason)
            }
            Expr::Diagnosis(id) => {
                let declared = &library.rules[id.index()].declared;
                let reason = kind(ReasonKind::Diagnosis);
                let title = self.words.rule(*id, "title");
                Reason { title, ..self.conclusion(declared, "rule", key, reason) }
            }
            Expr::Cell(id, row, column) => {
                let table = &library.tables[id.index()];
                let texts = self.words.texts(table.declared.ruleset);
                let name =
                    |kind: &str, id: &str| texts.text(&format!("table.{}.{kind}.{id}", table.declared.id)).to_owned();
                let (row, column) = (&table.rows[usize::from(*row)], &table.columns[usize::from(*column)]);
                let title = format!("{} · {}", name("rows", row), name("columns", column));
                let reason = kind(ReasonKind::Cell);
                Reason { title, parts: self.reasons(key), ..reason }
            }
            Expr::Trait(id, portrait, at, _) => {
                let aspect = &library.aspects[id.index()];
                let item = &aspect.combine.portraits()[usize::from(*portrait)].traits[usize::from(*at)];
                let texts = self.words.texts(aspect.declared.ruleset);
                let title = texts.text(&format!("aspect.{}.traits.{}", aspect.declared.id, item.id)).to_owned();
                let reason = kind(ReasonKind::Trait);
                Reason { title, parts: self.reasons(key), ..reason }
            }
            Expr::Status(id) => {
                let declared = &library.bouwstenen[id.index()].declared;
                Reason {
                    id: Some(self.words.id(self.from, declared.ruleset, &declared.id)),
                    ruleset: self.words.elsewhere(self.from, declared.ruleset),
                    title: self.words.stone(*id, "title"),
                    ..kind(ReasonKind::Status)
                }
            }
            Expr::Target(id) => Reason { title: self.words.aspect(*id), ..kind(ReasonKind::Target) },
            Expr::Coverage(id) => Reason { title: self.words.aspect(*id), ..kind(ReasonKind::Coverage) },
            Expr::Answered(id) => Reason { title: self.words.question(*id), ..kind(ReasonKind::Answered) },
            Expr::Unknown(id) => Reason { title: self.words.question(*id), ..kind(ReasonKind::Unknown) },
            Expr::RulesetAnswered(id) => {
                Reason { title: self.words.ruleset(id.index()).to_owned(), ..kind(ReasonKind::Answered) }
            }
            Expr::By(_, view) => self.by(*view, key),
            Expr::Count(_) => Reason { parts: self.reasons(key), ..kind_with(ReasonKind::Count, value, holds) },
            Expr::Share(_) => Reason { parts: self.reasons(key), ..kind_with(ReasonKind::Share, value, holds) },
            Expr::Constant(constant) => {
                Reason { value: shown_plainly(*constant), ..Reason::new(ReasonKind::Constant, holds) }
            }
            expr => {
                if let Some(part) = self.no_more_than(key, value) {
                    return self.reason(part);
                }
                let title = operation(expr).to_owned();
                Reason { title, parts: self.reasons(key), ..kind_with(ReasonKind::Calculation, value, holds) }
            }
        }
    }

    /// The one part that a calculation says no more than: it is of that alone, or a count with nought below it.
    fn no_more_than(&mut self, key: Key, value: Value) -> Option<Key> {
        let graph = &self.words.library.graph;
        let Expr::Fold(fold, _) = graph.expr(key.expr) else { return None };
        let nought = |part: &Key| *graph.expr(part.expr) == Expr::Constant(Value::Number(Number::ZERO));
        match &self.evaluation.reads(key)[..] {
            [one] => Some(*one).filter(|one| self.evaluation.value(*one) == value),
            [count, floor] if *fold == Fold::Max && nought(floor) => {
                matches!(graph.expr(count.expr), Expr::Count(_)).then_some(*count)
            }
            _ => None,
        }
    }

    fn is_condition(&self, expr: ExprId) -> bool {
        matches!(self.words.library.graph.kind(expr), crate::condition::Type::Condition)
    }

    fn conclusion(&mut self, declared: &crate::ruleset::Declared, kind: &str, key: Key, reason: Reason) -> Reason {
        let texts = self.words.texts(declared.ruleset);
        // a typing tells its own reasons in its own place, and so does what is open; another ruleset's are told here
        let typing = kind == "outcome" && declared.ruleset == self.from;
        let elsewhere = self.depth > 1 && (typing || reason.state == State::Undecided);
        let parts = if elsewhere { Arc::default() } else { self.candidates(key).into() };
        Reason {
            id: Some(self.words.id(self.from, declared.ruleset, &declared.id)),
            ruleset: self.words.elsewhere(self.from, declared.ruleset),
            title: texts.text(&format!("{kind}.{}.title", declared.id)).to_owned(),
            source: Some(declared.source.clone()),
            parts,
            ..reason
        }
    }

    fn by(&mut self, view: View, key: Key) -> Reason {
        let reads = self.evaluation.reads(key);
        let Some(&part) = reads.first() else { return Reason::new(ReasonKind::Party, State::Undefined) };
        let mut reason = self.reason(part);
        // a party stands behind the title already; a role takes its place, however many parties it has
        if let View::Role(role) = view {
            let declared = &self.words.library.roles[role.index()].declared;
            let title = self.words.texts(declared.ruleset).text(&format!("role.{}.title", declared.id));
            reason.behind_title(&title.to_lowercase());
            reason.party = None;
        }
        reason
    }

    fn answer(&mut self, id: QuestionId, key: Key, reason: Reason) -> Reason {
        let declared = &self.words.library.questions[id.index()].declared;
        let slot = self.evaluation.leaf(key, id);
        let mut parts = Arc::default();
        if slot.is_none() {
            parts = self.reasons(key);
        } else if let Some(asked_if) = self.words.library.questions[id.index()].asked_if {
            let beside = self.evaluation.beside(key, asked_if);
            // where it is open whether the question is asked, the question itself is what to look at
            if !matches!(self.evaluation.value(beside), Value::Truth(true) | Value::Missing) {
                parts = [self.reason(beside)].into();
            }
        }
        let evidence = slot.and_then(|slot| self.evidence(id, slot, key)).map(Arc::new);
        let answer = Reason {
            id: Some(self.words.id(self.from, declared.ruleset, &declared.id)),
            ruleset: self.words.elsewhere(self.from, declared.ruleset),
            title: self.words.question(id),
            evidence,
            source: Some(declared.source.clone()),
            parts,
            ..reason
        };
        self.seen(key, answer)
    }

    /// What the profile says about an answer, or about the answer that it was taken over from.
    fn evidence(&mut self, id: QuestionId, slot: usize, key: Key) -> Option<Evidence> {
        let question = &self.words.library.questions[id.index()];
        if self.evaluation.facts.values[slot] == Value::Missing
            && let Some(same) = &question.same_as
        {
            let other = self.words.library.exprs.answers[same.question.index()];
            let beside = self.evaluation.beside(key, other);
            let is_unknown = |given: &Given| matches!(given.value, GivenValue::Unknown);
            // where neither has a value, what was answered with "unknown" here comes before what was there
            let is_open = self.evaluation.value(beside) == Value::Missing;
            if !is_open || !self.evaluation.facts.given[slot].is_some_and(is_unknown) {
                let theirs = self.evaluation.leaf(beside, same.question)?;
                let evidence =
                    self.evidence(same.question, theirs, beside).filter(|found| !is_open || found.unknown)?;
                let taken = evidence.taken_from.is_some();
                return Some(if taken { evidence } else { self.taken(same.question, evidence) });
            }
        }
        let given = self.evaluation.facts.given[slot]?;
        let evidence = Evidence {
            pointer: given.pointer.clone(),
            place: Some(self.sources.place(given.span)),
            unknown: matches!(given.value, GivenValue::Unknown),
            note: given.note.clone(),
            not_applicable: match &given.value {
                GivenValue::NotApplicable(reason) => Some(reason.clone()),
                _ => None,
            },
            references: given.evidence.clone(),
            ..Evidence::default()
        };
        Some(match self.evaluation.facts.lent[slot] {
            Some(lender) => self.taken(lender, evidence),
            None => evidence,
        })
    }

    /// What the profile says about an answer that was taken over from a question.
    fn taken(&self, from: QuestionId, evidence: Evidence) -> Evidence {
        let Titled { id, title } = self.words.question_from(from, self.from);
        Evidence { taken_from: Some(id), taken_from_title: Some(title), ..evidence }
    }

    fn aspect(&mut self, at: usize, key: Key, reason: Reason) -> Reason {
        let aspect = &self.words.library.aspects[at];
        let mut parts = self.reasons(key);
        let weighted = aspect.weights.iter().any(|weight| *weight != Number::ONE);
        if weighted && parts.len() == aspect.weights.len() {
            for (part, weight) in Arc::make_mut(&mut parts).iter_mut().zip(&aspect.weights) {
                part.weight = Some(*weight);
            }
        }
        let operator = self.evaluation.operator(key);
        if let (Operator::LevelNumber { clamp: None, .. }, [level]) = (&operator, &parts[..])
            && level.kind == ReasonKind::Level
        {
            parts = Arc::clone(&level.parts); // the number is that of the level: one step, not two
        }
        if let Operator::Met { from, .. } = &operator {
            let reads = self.evaluation.reads(key);
            let each = reads.iter().enumerate().zip(Arc::make_mut(&mut parts).iter_mut());
            for (((at, read), part), least) in each.zip(from.iter()) {
                let met = self.evaluation.value(*read);
                let met = self.evaluation.projected(&operator, at, read.expr, met);
                *part = self.met(read.expr, state(met), *least, part.clone());
            }
        }
        // what is above its target counts as the target
        let value = self.evaluation.value(key);
        if let Some(target) = operator.clamp().filter(|target| value == Value::Number(*target)) {
            let value = self.words.shown(key.expr, Value::Number(target));
            let target = Reason {
                title: self.words.aspect(AspectId::at(at)),
                value,
                ..Reason::new(ReasonKind::Target, State::Holds)
            };
            parts = parts.iter().cloned().chain([target]).collect();
        }
        let declared = &aspect.declared;
        let aspect = Reason {
            id: Some(self.words.id(self.from, declared.ruleset, &declared.id)),
            ruleset: self.words.elsewhere(self.from, declared.ruleset),
            title: self.words.aspect(AspectId::at(at)),
            combine: Some(aspect.combine.word()),
            source: Some(declared.source.clone()),
            parts,
            ..reason
        };
        self.seen(key, aspect)
    }

    /// An input of an aspect that counts what is met, held against what it takes to be met.
    fn met(&self, expr: ExprId, state: State, least: Option<Met>, part: Reason) -> Reason {
        let truth = matches!(self.words.library.graph.kind(expr), Type::YesNo);
        let (comparison, bound) = match least {
            _ if truth => (Comparison::Equal, Value::Truth(true)),
            Some(Met::Option(at)) => (Comparison::AtLeast, Value::Option(at)),
            Some(Met::Number(number)) => (Comparison::AtLeast, Value::Number(number)),
            None => return part,
        };
        let bound = self.words.shown(expr, bound).into_iter().collect();
        Reason {
            id: part.id.clone(),
            ruleset: part.ruleset.clone(),
            title: part.title.clone(),
            party: part.party.clone(),
            value: part.value.clone(),
            comparison: Some(comparison),
            bound,
            parts: [part].into(),
            ..Reason::new(ReasonKind::Comparison, state)
        }
    }
}

fn kind_with(kind: ReasonKind, value: Value, state: State) -> Reason {
    Reason { value: shown_plainly(value), ..Reason::new(kind, state) }
}

fn shown_plainly(value: Value) -> Option<Shown> {
    match value {
        Value::Number(number) => Some(Shown { number: Some(number), ..Shown::default() }),
        _ => None,
    }
}

const fn operation(expr: &Expr) -> &'static str {
    match expr {
        Expr::Arithmetic(Arithmetic::Plus, ..) => "+",
        Expr::Arithmetic(Arithmetic::Minus, ..) => "-",
        Expr::Arithmetic(Arithmetic::Times, ..) => "*",
        Expr::Arithmetic(Arithmetic::Over, ..) => "/",
        Expr::Arithmetic(Arithmetic::Gap, ..) => "gap",
        Expr::Fold(Fold::Mean, _) => "mean",
        Expr::Fold(Fold::Sum, _) => "sum",
        Expr::Fold(Fold::Min, _) => "lowest",
        Expr::Fold(Fold::Max, _) => "highest",
        Expr::Spread(_) => "spread",
        _ => "",
    }
}
