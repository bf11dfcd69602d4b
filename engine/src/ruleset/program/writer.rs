//! What of a library fits in a program, and the instruction for each expression.

mod comparisons;
mod levels;

use super::batches::Layout;
use super::lines::{Instruction, Known, Line, Read};
use super::register::{LARGEST, MOST_ADDED};
use super::{Does, Fact, Holds, Program, Register};
use crate::assessment::{Comparison, Status};
use crate::condition::{Arithmetic, AspectId, Expr, ExprId, Fold, QuestionId, RulesetId, Value};
use crate::number::Number;
use crate::ruleset::dependencies::Compiled;
use crate::ruleset::elements::{Asked, Combine, Kind, Met, Missing, Rule};
use crate::ruleset::load::Library;
use std::collections::BTreeMap;

/// The largest scale: so many units make one, and values of millions still fit.
const LARGEST_SCALE: i64 = 1 << 40;

/// The most values of an answer that are listed; of more, the ends.
const MOST_LISTED: usize = 64;

/// The largest that a number may be that a share is compared with, over and under the line.
const LARGEST_SHARE: i64 = 1 << 30;

impl Program {
    pub(in crate::ruleset) fn new(library: &Library, compiled: &Compiled) -> Self {
        let mut writer = Writer {
            library,
            compiled,
            scale: 1,
            largest: 1,
            known: vec![None; library.graph.len()],
            lines: Vec::with_capacity(library.graph.len()),
            facts: BTreeMap::new(),
            of: ExprId::at(0),
        };
        // whether something is answered can be told only after what decides whether it is asked, which it does not read
        for _ in 0..2 {
            compiled.order.iter().for_each(|id| writer.take(*id));
        }
        let mut program = Layout::of(&writer.lines, writer.known.len(), writer.scale);
        let alone = |id: &ExprId| writer.known[id.index()].is_some_and(|known| known.alone);
        let asked_for = compiled.order[..compiled.asked_for].iter().copied();
        program.alone = asked_for.filter(|id| !compiled.variable[id.index()]).filter(alone).collect();
        let condition = |rule: &Rule| match program.register(rule.when)? {
            Register::Truth(at) => Some(at as usize),
            Register::Number(_) => None,
        };
        let mut conditions: Vec<usize> = library.rules.iter().filter_map(condition).collect();
        conditions.sort_unstable();
        for at in conditions {
            match program.rules.last_mut() {
                Some(row) if row.end == at => row.end += 1,
                _ => program.rules.push(at..at + 1),
            }
        }
        program
    }
}

/// What is known while a program is written.
struct Writer<'a> {
    library: &'a Library,
    compiled: &'a Compiled,
    /// How many units make one.
    scale: i64,
    /// The largest number, or sum on the way to one.
    largest: i64,
    /// What is known of each expression that is in the program; after those of the library, of what is worked out on the
    /// way to one.
    known: Vec<Option<Known>>,
    lines: Vec<Line>,
    /// Leaves that stand on the way to an expression.
    facts: BTreeMap<Fact, ExprId>,
    /// The expression that is being written.
    of: ExprId,
}

type Written = Option<(Known, Instruction)>;

impl Writer<'_> {
    /// Takes an expression into the program, where it fits and is not in it yet.
    fn take(&mut self, id: ExprId) {
        if self.known[id.index()].is_some() {
            return;
        }
        self.of = id;
        if let Some((known, instruction)) = self.written(id) {
            self.add(id, known, instruction);
        }
    }

    /// Adds a line where there is room: whatever is answered, no number runs out of it.
    fn add(&mut self, id: ExprId, known: Known, instruction: Instruction) -> Option<()> {
        let largest = self.largest.max(known.largest);
        let room = |scale: &i64| scale.checked_mul(largest).is_some_and(|largest| largest <= LARGEST);
        let scale = lcm(self.scale, known.units).filter(room)?;
        (self.scale, self.largest) = (scale, largest);
        let parts = || instruction.reads().iter().filter_map(|part| self.known[part.index()]);
        let alone = known.alone || parts().any(|part| part.alone);
        let whole = known.whole && parts().all(|part| part.whole);
        self.known[id.index()] = Some(Known { alone, whole, ..known });
        let settles = self.settles(id, &instruction);
        self.lines.push(Line { expr: id, of: self.of, holds: known.holds, instruction, settles });
        Some(())
    }

    /// Adds a line on the way to an expression.
    fn on_the_way(&mut self, (known, instruction): (Known, Instruction)) -> Option<ExprId> {
        let id = ExprId::at(self.known.len());
        self.known.push(None);
        self.add(id, known, instruction).map(|()| id)
    }

    /// As in [`super::Batch::settles`].
    fn settles(&self, id: ExprId, instruction: &Instruction) -> bool {
        match instruction.does() {
            Some(Does::Count | Does::Sum) => true,
            Some(Does::Compare(_) | Does::Test(_) | Does::Limit(_) | Does::Among) => {
                let reads = self.compiled.reads.get(id.index()).map(AsRef::as_ref).unwrap_or_default();
                reads.iter().any(|part| self.compiled.settled[part.index()])
            }
            _ => false,
        }
    }

    /// What is known of some expressions, where all are in the program and hold the same.
    fn all(&self, parts: &[ExprId], holds: Holds) -> Option<Vec<Known>> {
        parts.iter().map(|part| self.known[part.index()].filter(|known| known.holds == holds)).collect()
    }

    /// The instruction for an expression; nothing where there is none.
    fn written(&mut self, id: ExprId) -> Written {
        let (library, compiled) = (self.library, self.compiled);
        let reads = compiled.reads[id.index()].as_ref();
        match library.graph.expr(id) {
            Expr::Constant(value) => {
                let known = match value {
                    Value::Number(number) => Known::numbers(&[*number], number.denominator())?,
                    Value::Truth(_) => Known::TRUTH,
                    Value::Option(_) => Known::OPTION,
                    _ => return None,
                };
                Some((known, Instruction::Fixed(*value)))
            }
            Expr::Answer(question) => self.answer(*question),
            Expr::Importance(question) => self.importance(*question),
            Expr::Status(id) => {
                let stone = &library.bouwstenen[id.index()];
                let domain =
                    (0..Status::ALL.len()).filter_map(|at| u16::try_from(at).ok()).map(Value::Option).collect();
                let of = RulesetId::at(stone.declared.ruleset);
                stone.same_as.is_empty().then(|| leaf(Known::OPTION, fact(Fact::Status(*id, of), domain)))
            }
            Expr::Target(aspect) => {
                let (low, high) = library.aspects[aspect.index()].within?;
                let read = fact(Fact::Target(*aspect), vec![Value::Number(low), Value::Number(high)]);
                let known = Known { whole: false, ..Known::numbers(&[low, high], 1)? };
                Some(leaf(known, Read { lacks: true, listed: false, ..read }))
            }
            Expr::RulesetAnswered(ruleset) => Some(leaf(Known::TRUTH, fact(Fact::Ruleset(*ruleset), Vec::new()))),
            Expr::Answered(question) => {
                let given = self.given(*question)?;
                Some((Known::TRUTH, Instruction::One(Does::Holds, given)))
            }
            Expr::Compare(comparison, left, right) => self.compared(*comparison, *left, *right),
            Expr::OneOf(part, options) => self.one_of(*part, options),
            Expr::Has(part, option) => match library.graph.expr(*part) {
                Expr::Answer(question) => {
                    let read = fact(Fact::Chosen(*question, *option), truths());
                    self.asked(*question, Known::TRUTH, read)
                }
                _ => None,
            },
            Expr::And(_) => self.connected(Does::Both, Does::All, reads),
            Expr::Or(_) | Expr::Trait(..) | Expr::Cell(..) => self.connected(Does::Either, Does::Any, reads),
            Expr::Not(part) => {
                self.all(reads, Holds::Truth)?;
                Some((Known::TRUTH, Instruction::One(Does::Not, *part)))
            }
            Expr::Count(_) => {
                self.all(reads, Holds::Truth)?;
                let largest = i64::try_from(reads.len()).ok()?;
                Some((Known { largest, ..Known::NUMBER }, Instruction::many(Does::Count, reads)))
            }
            Expr::Share(_) => self.share(reads),
            Expr::Showing(..) => {
                self.all(reads, Holds::Truth)?;
                let [when, partial] = reads else { return None };
                let known = Known { units: 2, ..Known::NUMBER };
                Some((known, Instruction::Pair(Does::Showing, [*when, *partial])))
            }
            Expr::Fold(fold, _) => self.folded(*fold, reads),
            Expr::AspectImportance(_) => self.folded(Fold::Mean, reads),
            Expr::Score(aspect) => self.score(*aspect, reads),
            Expr::Level(aspect) => self.level(*aspect, reads),
            Expr::Arithmetic(Arithmetic::Minus | Arithmetic::Gap, left, right) if self.are_one(*left, *right) => {
                self.nought(*left)
            }
            Expr::Arithmetic(arithmetic, left, right) => {
                let does = match arithmetic {
                    Arithmetic::Plus => Does::Add,
                    Arithmetic::Minus => Does::Subtract,
                    Arithmetic::Gap => Does::Distance,
                    Arithmetic::Times | Arithmetic::Over => return None,
                };
                Some((self.added(reads)?, Instruction::Pair(does, [*left, *right])))
            }
            Expr::Outcome(outcome) => {
                let parts = self.options(*outcome)?;
                Some((Known::OPTION, Instruction::many(Does::First, &parts)))
            }
            Expr::Measure(_) | Expr::Diagnosis(_) | Expr::By(..) => {
                let [part] = reads else { return None };
                Some((Known { leaf: false, ..self.known[part.index()]? }, Instruction::Same(*part)))
            }
            // each party is asked, and there is none
            Expr::Parties { .. } => Some(leaf(Known { alone: true, ..Known::TRUTH }, by_party(Fact::Nobody))),
            Expr::Spread(_) => Some(leaf(Known { alone: true, ..Known::NUMBER }, by_party(Fact::Nobody))),
            _ => None,
        }
    }

    fn answer(&mut self, id: QuestionId) -> Written {
        let question = &self.library.questions[id.index()];
        let (kind, lacks) = (&question.kind, question.not_applicable);
        let known = match kind {
            Kind::Scale(scale) => {
                let units = scale.values.iter().map(|value| value.denominator()).try_fold(1, lcm)?;
                Known::numbers(&scale.values, units)?
            }
            Kind::Number { min, max, step, .. } => {
                Known::numbers(&[*min, *max], lcm(min.denominator(), step.denominator())?)?
            }
            Kind::YesNo => Known::TRUTH,
            Kind::Choice(_) => Known::OPTION,
            Kind::Multiple(_) | Kind::Text => return None,
        };
        let domain = kind.domain().filter(|values| values.len() <= MOST_LISTED);
        let (listed, ends) = (domain.is_some(), kind.ends());
        let domain = domain.unwrap_or_else(|| match (ends, kind) {
            (Some((low, high)), _) => vec![low, high],
            (_, Kind::Number { min, .. }) => vec![Value::Number(*min)],
            _ => Vec::new(),
        });
        self.asked(id, known, Read { ends, lacks, listed, ..fact(Fact::Answer(id), domain) })
    }

    fn importance(&mut self, id: QuestionId) -> Written {
        let question = &self.library.questions[id.index()];
        let values = &question.importance.as_ref().filter(|_| !question.can_be_set_aside())?.values;
        let units = values.iter().map(|value| value.denominator()).try_fold(1, lcm)?;
        let (known, of) = (Known::numbers(values, units)?, RulesetId::at(question.declared.ruleset));
        self.asked(id, known, fact(Fact::Importance(id, of), values.iter().copied().map(Value::Number).collect()))
    }

    /// What is said in answer to a question, where that is asked.
    fn asked(&mut self, id: QuestionId, known: Known, read: Read) -> Written {
        let question = &self.library.questions[id.index()];
        if question.same_as.is_some() {
            return None;
        }
        let alone = question.asked != Asked::Chain;
        let own = leaf(Known { alone, ..known }, Read { by_party: alone, ..read });
        let Some(asked_if) = question.asked_if else { return Some(own) };
        self.all(&[asked_if], Holds::Truth)?;
        let own = self.beside(own)?;
        let does = if known.holds == Holds::Truth { Does::IfAsked } else { Does::NumberIfAsked };
        Some((known, Instruction::Pair(does, [asked_if, own])))
    }

    /// A leaf on the way to an expression.
    fn beside(&mut self, own: (Known, Instruction)) -> Option<ExprId> {
        let Instruction::Leaf(Read { fact, .. }) = own.1 else { return None };
        if let Some(known) = self.facts.get(&fact) {
            return Some(*known);
        }
        let id = self.on_the_way(own)?;
        self.facts.insert(fact, id);
        Some(id)
    }

    /// Whether a question is answered; without a value where it does not apply.
    fn given(&mut self, id: QuestionId) -> Option<ExprId> {
        let question = &self.library.questions[id.index()];
        if question.same_as.is_some() {
            return None;
        }
        let alone = question.asked != Asked::Chain;
        let read = Read { by_party: alone, ..fact(Fact::Given(id), Vec::new()) };
        let own = self.beside(leaf(Known { alone, ..Known::TRUTH }, read))?;
        let Some(asked_if) = question.asked_if else { return Some(own) };
        self.all(&[asked_if], Holds::Truth)?;
        self.on_the_way((Known::TRUTH, Instruction::Pair(Does::GivenIfAsked, [asked_if, own])))
    }

    fn connected(&self, two: Does, more: Does, reads: &[ExprId]) -> Written {
        self.all(reads, Holds::Truth)?;
        let instruction = match reads {
            [] => return None,
            [left, right] => Instruction::Pair(two, [*left, *right]),
            _ => Instruction::many(more, reads),
        };
        Some((Known::TRUTH, instruction))
    }

    /// Of something that adds its parts, on the way to a mean too.
    fn added(&self, parts: &[ExprId]) -> Option<Known> {
        let parts = self.all(parts, Holds::Number).filter(|parts| (1..=MOST_ADDED).contains(&parts.len()))?;
        let units = parts.iter().try_fold(1, |units, part| lcm(units, part.units))?;
        let largest = parts.iter().try_fold(0, |sum: i64, part| sum.checked_add(part.largest))?;
        Some(Known { units, largest, ..Known::NUMBER })
    }

    /// Of a mean.
    fn mean(&self, parts: &[ExprId]) -> Option<Known> {
        let are_whole = self.all(parts, Holds::Number)?.iter().all(|part| part.whole);
        let known = self.added(parts).filter(|_| are_whole)?;
        Some(Known { units: counts(parts.len())?.checked_mul(known.units)?, ..known })
    }

    /// Of the lowest or the highest.
    fn extreme(&self, parts: &[ExprId]) -> Option<Known> {
        let known = self.added(parts)?;
        let largest = parts.iter().filter_map(|part| Some(self.known[part.index()]?.largest)).max()?;
        Some(Known { largest, ..known })
    }

    fn folded(&self, fold: Fold, parts: &[ExprId]) -> Written {
        let (known, does) = match fold {
            Fold::Mean => (self.mean(parts)?, Does::Mean),
            Fold::Sum => (self.added(parts)?, Does::Sum),
            Fold::Min => (self.extreme(parts)?, Does::Lowest),
            Fold::Max => (self.extreme(parts)?, Does::Highest),
        };
        Some((known, Instruction::many(does, parts)))
    }

    fn share(&self, parts: &[ExprId]) -> Written {
        self.all(parts, Holds::Truth)?;
        Some((Known { units: counts(parts.len())?, ..Known::NUMBER }, Instruction::many(Does::Share, parts)))
    }

    fn score(&mut self, id: AspectId, parts: &[ExprId]) -> Written {
        let library = self.library;
        let aspect = &library.aspects[id.index()];
        if aspect.clamp_to_target {
            return None;
        }
        if aspect.combine.gives_level() {
            return self.valued(aspect, parts);
        }
        let is_answer = |part: &ExprId| matches!(library.graph.expr(*part), Expr::Answer(_));
        match (&aspect.combine, aspect.missing) {
            (Combine::Mean, Missing::Skip) => self.folded(Fold::Mean, parts),
            (Combine::Min, Missing::Skip) => self.folded(Fold::Min, parts),
            (Combine::Max, Missing::Skip) => self.folded(Fold::Max, parts),
            // of an answer it is known which is the lowest, whatever else is open
            (Combine::Mean, Missing::Lowest) if parts.iter().all(is_answer) => {
                Some((self.mean(parts)?, Instruction::many(Does::MeanLowest, parts)))
            }
            (Combine::Share, Missing::Skip) => {
                let met = parts.iter().zip(&aspect.met).map(|(part, from)| self.met(*part, (*from)?));
                let met: Vec<ExprId> = met.collect::<Option<_>>()?;
                self.share(&met)
            }
            _ => None,
        }
    }

    /// Whether a child counts as met.
    fn met(&mut self, part: ExprId, from: Met) -> Option<ExprId> {
        let least = match (from, self.known[part.index()]?.holds) {
            (Met::Number(least), Holds::Number) => Value::Number(least),
            (Met::Option(least), Holds::Option) => Value::Option(least),
            (Met::Number(least), Holds::Truth) if least > Number::ZERO && least <= Number::ONE => return Some(part),
            _ => return None,
        };
        let test = self.test(Comparison::AtLeast, part, least)?;
        self.on_the_way(test)
    }

    fn level(&mut self, id: AspectId, reads: &[ExprId]) -> Written {
        let aspect = &self.library.aspects[id.index()];
        if let Combine::BestMatch { portraits, measure, tie } = &aspect.combine {
            return self.leading(aspect.missing, portraits, (*measure, *tie), reads);
        }
        let [score] = self.all(reads, Holds::Number)?[..] else { return None };
        if aspect.combine.gives_level() || aspect.cut_offs.is_empty() {
            return None;
        }
        let bounds: Vec<Number> = aspect.cut_offs.iter().filter_map(|cut| cut.below).collect();
        let units = bounds.iter().map(|bound| bound.denominator()).try_fold(score.units, lcm)?;
        let largest = if bounds.is_empty() { 0 } else { Known::numbers(&bounds, units)?.largest };
        Some((Known { units, largest, ..Known::OPTION }, Instruction::Level(reads[0], bounds)))
    }
}

/// A fact with these values, lowest first.
fn fact(fact: Fact, domain: Vec<Value>) -> Read {
    let ends = domain.first().copied().zip(domain.last().copied());
    Read { fact, ends, domain, listed: true, lacks: false, by_party: false }
}

fn by_party(of: Fact) -> Read {
    Read { by_party: true, ..fact(of, Vec::new()) }
}

fn leaf(known: Known, read: Read) -> (Known, Instruction) {
    (Known { leaf: true, ..known }, Instruction::Leaf(read))
}

fn truths() -> Vec<Value> {
    vec![Value::Truth(false), Value::Truth(true)]
}

/// The least number that so many and each lower number divide.
fn counts(most: usize) -> Option<i64> {
    (1..=i64::try_from(most).ok()?).try_fold(1, lcm)
}

/// The least number that both divide, where it is no larger than a scale may be.
fn lcm(a: i64, b: i64) -> Option<i64> {
    let (mut divisor, mut rest) = (a, b);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (a / divisor).checked_mul(b).filter(|least| *least <= LARGEST_SCALE)
}
