//! What a conclusion reads, and in which direction each answer pulls it.
//!
//! Where an answer can only pull one way, its furthest value that way does at least what any other does, so that
//! one look settles what would otherwise take a look at each value.

use crate::assessment::Comparison;
use crate::condition::{Arithmetic, BouwsteenId, Expr, ExprId, Fold, QuestionId, Value};
use crate::evaluate::Facts;
use crate::number::Number;
use crate::ruleset::{Asked, Aspect, Combine, Kind, Library, Missing};
use std::collections::BTreeMap;

/// Where a higher value takes a conclusion. For a truth higher is more true, for a level it is further on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pull {
    /// Up, or nowhere.
    Up,
    /// Down, or nowhere.
    Down,
    /// Either way, or it is not known.
    Either,
}

impl Pull {
    /// The other way.
    pub(super) const fn against(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
            Self::Either => Self::Either,
        }
    }

    /// Where something takes the whole, that takes a part of it there.
    const fn through(self, part: Self) -> Self {
        match part {
            Self::Up => self,
            Self::Down => self.against(),
            Self::Either => Self::Either,
        }
    }
}

/// The answers and statuses that a conclusion reads.
#[derive(Debug, Default)]
pub(super) struct Cone {
    pub(super) questions: BTreeMap<QuestionId, Pull>,
    pub(super) stones: BTreeMap<BouwsteenId, Pull>,
}

impl Cone {
    /// Of some expressions, of which all are to be taken in the same direction.
    pub(super) fn of(library: &Library, facts: &Facts<'_>, roots: &[ExprId], pull: Pull) -> Self {
        // what reads something open may come and go, which is neither up nor down
        let first = Walk::over(library, facts, roots, Pull::Either, true).cone();
        let open = first.is_open(facts);
        if pull == Pull::Either { first } else { Walk::over(library, facts, roots, pull, open).cone() }
    }

    fn add(&mut self, id: QuestionId, pull: Pull) {
        let known = self.questions.entry(id).or_insert(pull);
        *known = if *known == pull { pull } else { Pull::Either };
    }

    fn is_open(&self, facts: &Facts<'_>) -> bool {
        let open = |question: &QuestionId| {
            let slots = &facts.slots[question.index()];
            facts.values[slots.start..slots.start + slots.len()].contains(&Value::Missing)
        };
        self.questions.keys().any(open)
            || self.stones.keys().any(|stone| facts.statuses[stone.index()] == Value::Missing)
    }
}

struct Walk<'a> {
    library: &'a Library,
    facts: &'a Facts<'a>,
    open: bool,
    pulls: BTreeMap<ExprId, Pull>,
}

impl<'a> Walk<'a> {
    fn over(library: &'a Library, facts: &'a Facts<'a>, roots: &[ExprId], pull: Pull, open: bool) -> Self {
        let mut walk = Self { library, facts, open, pulls: BTreeMap::new() };
        roots.iter().for_each(|root| walk.visit(*root, pull));
        walk
    }

    fn visit(&mut self, expr: ExprId, pull: Pull) {
        let pull = match self.pulls.get(&expr) {
            Some(known) if *known == pull || *known == Pull::Either => return,
            Some(_) => Pull::Either,
            None => pull,
        };
        self.pulls.insert(expr, pull);
        for at in 0..self.library.compiled.reads[expr.index()].len() {
            let part = self.library.compiled.reads[expr.index()][at];
            self.visit(part, pull.through(self.of_part(expr, at)));
        }
        // the state of the answers themselves
        match *self.library.graph.expr(expr) {
            Expr::Answered(question) | Expr::Unknown(question) => {
                self.visit(self.library.exprs.answers[question.index()], Pull::Either);
            }
            Expr::Coverage(aspect) => self.visit(self.library.exprs.scores[aspect.index()], Pull::Either),
            _ => {}
        }
    }

    /// Where part number `at` takes an expression.
    fn of_part(&self, expr: ExprId, at: usize) -> Pull {
        use Comparison::{Above, AtLeast, AtMost, Below};
        let (first, second) = if at == 0 { (Pull::Up, Pull::Down) } else { (Pull::Down, Pull::Up) };
        let if_closed = if self.open { Pull::Either } else { Pull::Up };
        match self.library.graph.expr(expr) {
            Expr::Compare(Above | AtLeast, ..) | Expr::Arithmetic(Arithmetic::Minus, ..) => first,
            Expr::Compare(Below | AtMost, ..) => second,
            Expr::Not(_) => Pull::Down,
            Expr::Arithmetic(Arithmetic::Times, a, b) => self.by_constant(if at == 0 { *b } else { *a }),
            Expr::Arithmetic(Arithmetic::Over, _, b) if at == 0 => self.by_constant(*b),
            Expr::Score(aspect) => self.of_child(&self.library.aspects[aspect.index()]),
            Expr::Level(aspect) => match &self.library.aspects[aspect.index()].combine {
                Combine::BestMatch { .. } => Pull::Either,
                // a ladder of which no step may hold has a level at times, and then none
                Combine::Ladder(steps) if steps.first().is_none_or(|step| step.demands.is_some()) => Pull::Either,
                Combine::Ladder(_) => if_closed,
                _ => Pull::Up,
            },
            Expr::Count(_) | Expr::Share(_) | Expr::Fold(Fold::Sum, _) => if_closed,
            Expr::Answer(question) => match &self.library.questions[question.index()] {
                question if question.asked_if.is_some() && at == 0 => Pull::Either,
                question if question.same_as.as_ref().is_some_and(|same| same.map.is_empty()) => Pull::Up,
                _ => Pull::Either,
            },
            Expr::Arithmetic(Arithmetic::Plus, ..)
            | Expr::Fold(..)
            | Expr::And(_)
            | Expr::Or(_)
            | Expr::Parties { .. }
            | Expr::By(..)
            | Expr::Measure(_)
            | Expr::Diagnosis(_)
            | Expr::Cell(..)
            | Expr::Trait(..)
            | Expr::Status(_) => Pull::Up,
            _ => Pull::Either,
        }
    }

    fn by_constant(&self, other: ExprId) -> Pull {
        match self.library.graph.expr(other) {
            Expr::Constant(Value::Number(number)) if *number > Number::ZERO => Pull::Up,
            Expr::Constant(Value::Number(number)) if *number < Number::ZERO => Pull::Down,
            _ => Pull::Either,
        }
    }

    fn of_child(&self, aspect: &Aspect) -> Pull {
        let comes_and_goes =
            self.open && matches!(aspect.missing, Missing::Blocks | Missing::Settled | Missing::Lowest);
        let ascending = !aspect.combine.gives_level() || aspect.levels.is_sorted_by_key(|level| level.value);
        let positive = aspect.weights.iter().all(|weight| *weight >= Number::ZERO);
        if comes_and_goes || !ascending || !positive { Pull::Either } else { Pull::Up }
    }

    fn cone(self) -> Cone {
        let mut cone = Cone::default();
        for (expr, pull) in &self.pulls {
            match *self.library.graph.expr(*expr) {
                Expr::Answer(id) => {
                    cone.add(id, self.of_question(id, *pull));
                    self.lenders(id).into_iter().for_each(|lender| cone.add(lender, Pull::Either));
                }
                Expr::Status(id) => {
                    cone.stones.insert(id, *pull);
                }
                _ => {}
            }
        }
        cone
    }

    /// The questions whose answers were taken over for this one.
    fn lenders(&self, id: QuestionId) -> Vec<QuestionId> {
        let slots = &self.facts.slots[id.index()];
        self.facts.lent[slots.start..slots.start + slots.len()].iter().copied().flatten().collect()
    }

    fn of_question(&self, id: QuestionId, pull: Pull) -> Pull {
        let question = &self.library.questions[id.index()];
        let must_agree = matches!(question.asked, Asked::Party { combine: None, .. });
        let ordered = match &question.kind {
            Kind::Choice(options) => options.is_sorted_by_key(|option| option.value),
            Kind::Multiple(_) | Kind::Text => false,
            _ => true,
        };
        let several = self.facts.slots[id.index()].len() > 1;
        if !ordered || (must_agree && several) { Pull::Either } else { pull }
    }
}
