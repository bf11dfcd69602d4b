//! What is to become of a conclusion.

use super::cone::Pull;
use crate::assessment::{Certainty, Shown};
use crate::condition::{AspectId, Expr, ExprId, OutcomeId, RuleId, Type, Value};
use crate::evaluate::{Evaluation, Explained, Named, Possible, Words, certainty, declared, find};
use crate::number::Number;
use crate::problem::{Problem, Problems, codes};
use crate::ruleset::Library;

/// A conclusion that can change.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    /// `ruleset/id`.
    pub(super) id: String,
    pub(super) kind: Explained,
    /// The rule, for a diagnosis.
    pub(super) rule: Option<RuleId>,
    pub(super) title: String,
    /// What it comes from.
    pub(super) expr: ExprId,
    /// The number behind a level.
    pub(super) score: Option<ExprId>,
    /// What the answers must offer before a diagnosis may be more than open.
    pub(super) needs: Option<ExprId>,
}

/// What is wanted of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// It speaks.
    Speaks,
    /// It is silent, or at most open.
    Silent,
    /// This level or a higher one.
    AtLeast(u16),
    /// This level or a lower one.
    AtMost(u16),
    /// This option.
    Is(u16),
    /// Anything else that has a value.
    IsNot(Value),
    /// A number of at least this.
    NumberAtLeast(Number),
    /// A number of at most this.
    NumberAtMost(Number),
}

/// A conclusion, and what is wanted of it.
#[derive(Debug, Clone)]
pub(super) struct Goal {
    pub(super) subject: Subject,
    pub(super) wanted: Wanted,
}

impl Goal {
    /// Whether it is so.
    pub(super) fn reached(&self, evaluation: &mut Evaluation<'_>) -> bool {
        let number = |value| if let Value::Number(number) = value { Some(number) } else { None };
        match self.wanted {
            Wanted::Speaks => self.subject.speaks(evaluation),
            Wanted::Silent => !self.subject.speaks(evaluation),
            Wanted::AtLeast(least) => matches!(self.subject.value(evaluation), Value::Option(at) if at >= least),
            Wanted::AtMost(most) => matches!(self.subject.value(evaluation), Value::Option(at) if at <= most),
            Wanted::Is(wanted) => self.subject.value(evaluation) == Value::Option(wanted),
            Wanted::IsNot(now) => {
                let value = self.subject.value(evaluation);
                value != now && value != Value::Missing && value != Value::Nothing
            }
            Wanted::NumberAtLeast(least) => number(self.subject.number_now(evaluation)).is_some_and(|now| now >= least),
            Wanted::NumberAtMost(most) => number(self.subject.number_now(evaluation)).is_some_and(|now| now <= most),
        }
    }

    /// Which way the conclusion is to be taken.
    pub(super) const fn pull(&self) -> Pull {
        match self.wanted {
            Wanted::Speaks | Wanted::AtLeast(_) | Wanted::NumberAtLeast(_) => Pull::Up,
            Wanted::Silent | Wanted::AtMost(_) | Wanted::NumberAtMost(_) => Pull::Down,
            Wanted::Is(_) | Wanted::IsNot(_) => Pull::Either,
        }
    }

    /// The expressions that decide it.
    pub(super) fn roots(&self) -> Vec<ExprId> {
        let by_number = matches!(self.wanted, Wanted::NumberAtLeast(_) | Wanted::NumberAtMost(_));
        let expr = if by_number { self.subject.score.unwrap_or(self.subject.expr) } else { self.subject.expr };
        std::iter::once(expr).chain(self.subject.needs).collect()
    }
}

impl Subject {
    /// The conclusion that `id` names, where it is one that answers can change.
    pub(super) fn find(words: Words<'_>, id: &str, problems: &mut Problems) -> Option<Self> {
        let named = find(words.library, id, problems)?;
        let subject = Self::named(words, named);
        if subject.is_none() {
            problems.push(
                Problem::new(codes::NOT_FITTING, format!("`{id}` is something to put in place or to do"))
                    .help("whether it is recommended follows from the findings that ask for it; name one of those"),
            );
        }
        subject
    }

    /// The same for something that is known.
    pub(super) fn named(words: Words<'_>, named: Named) -> Option<Self> {
        let library = words.library;
        let of = declared(library, named);
        let ruleset = &library.rulesets[of.ruleset].manifest.id;
        let texts = words.texts(of.ruleset);
        let mut id = format!("{ruleset}/{}", of.id);
        let (mut score, mut needs, mut own_rule) = (None, None, None);
        let (kind, title, expr) = match named {
            Named::Rule(rule) => {
                needs = library.rules[rule.index()].needs;
                own_rule = Some(rule);
                (Explained::Diagnosis, words.rule(rule, "title"), library.rules[rule.index()].when)
            }
            Named::Aspect(aspect) => {
                let own = library.exprs.scores[aspect.index()];
                score = Some(own);
                let level = library.exprs.levels[aspect.index()];
                (Explained::Aspect, words.aspect(aspect), level.unwrap_or(own))
            }
            Named::Outcome(outcome) => {
                let title = texts.text(&format!("outcome.{}.title", of.id)).to_owned();
                (Explained::Outcome, title, library.graph.find(&Expr::Outcome(outcome))?)
            }
            Named::Measure(measure) => {
                let title = texts.text(&format!("measure.{}.title", of.id)).to_owned();
                (Explained::Measure, title, library.measures[measure.index()].value)
            }
            Named::Cell(table, cell) => {
                let table = &library.tables[table];
                let cell = &table.cells[cell];
                let (row, column) = (&table.rows[usize::from(cell.row)], &table.columns[usize::from(cell.column)]);
                id = format!("{id}/{row}/{column}");
                let name = |kind: &str, id: &str| texts.text(&format!("table.{}.{kind}.{id}", of.id)).to_owned();
                let title = [
                    texts.text(&format!("table.{}.title", of.id)).to_owned(),
                    name("rows", row),
                    name("columns", column),
                ];
                (Explained::Cell, title.join(" · "), cell.when)
            }
            Named::Stone(_) => return None,
        };
        Some(Self { id, kind, rule: own_rule, title, expr, score, needs })
    }

    /// Whether it is a condition, that speaks or is silent.
    pub(super) const fn is_condition(&self) -> bool {
        matches!(self.kind, Explained::Diagnosis | Explained::Cell)
    }

    /// What it comes to.
    pub(super) fn value(&self, evaluation: &mut Evaluation<'_>) -> Value {
        evaluation.value(Evaluation::whole(self.expr))
    }

    /// Its number, where it has one.
    pub(super) fn number_now(&self, evaluation: &mut Evaluation<'_>) -> Value {
        evaluation.value(Evaluation::whole(self.score.unwrap_or(self.expr)))
    }

    /// Whether it speaks: confirmed or indicated.
    pub(super) fn speaks(&self, evaluation: &mut Evaluation<'_>) -> bool {
        let truth = Value::Truth(true);
        let needs = self.needs.is_none_or(|needs| evaluation.value(Evaluation::whole(needs)) == truth);
        needs && self.value(evaluation) == truth
    }

    /// What it can come to; of a condition as far as that says how sure it is.
    pub(super) fn possible(&self, evaluation: &mut Evaluation<'_>) -> Possible {
        let key = Evaluation::whole(self.expr);
        if self.is_condition() { evaluation.possible_truths(key) } else { evaluation.possible(key) }
    }

    /// How sure it is; nothing for a condition that cannot come true.
    pub(super) fn certainty(&self, evaluation: &mut Evaluation<'_>) -> Option<Certainty> {
        let (now, possible) = (self.value(evaluation), self.possible(evaluation));
        if !self.is_condition() {
            return match (possible.only(), now) {
                (Some(Value::Nothing), _) => None,
                (Some(_), _) => Some(Certainty::Confirmed),
                (None, Value::Missing | Value::Nothing) => Some(Certainty::Open),
                (None, _) => Some(Certainty::Indicated),
            };
        }
        let sure = certainty(now, &possible)?;
        let needs = self.needs.is_none_or(|needs| evaluation.value(Evaluation::whole(needs)) == Value::Truth(true));
        Some(if needs { sure } else { Certainty::Open })
    }

    /// What it comes to, as a reader would say it; nothing for a condition, or where there is no value.
    pub(super) fn shown(&self, words: Words<'_>, value: Value) -> Option<Shown> {
        if self.is_condition() { None } else { words.shown(self.expr, value) }
    }

    /// What is wanted where nothing is said: a diagnosis the other way, a level up and down, another typing.
    pub(super) fn otherwise(&self, now: Value, speaks: bool) -> Vec<Wanted> {
        match self.kind {
            _ if self.is_condition() => vec![if speaks { Wanted::Silent } else { Wanted::Speaks }],
            Explained::Aspect => match now {
                Value::Option(now) => {
                    let down = now.checked_sub(1).map(Wanted::AtMost);
                    [Some(Wanted::AtLeast(now + 1)), down].into_iter().flatten().collect()
                }
                Value::Missing | Value::Nothing => vec![Wanted::AtLeast(0)],
                _ => Vec::new(),
            },
            Explained::Outcome => vec![Wanted::IsNot(now)],
            _ => Vec::new(),
        }
    }

    /// What `word` wants of it: an option, a level, a number, `present` or `absent`.
    pub(super) fn wanted(
        &self,
        library: &Library,
        word: &str,
        now: Option<Number>,
        problems: &mut Problems,
    ) -> Option<Wanted> {
        if self.is_condition() {
            let words = [("present", Wanted::Speaks), ("absent", Wanted::Silent)];
            let found = words.iter().find(|(known, _)| *known == word).map(|(_, wanted)| *wanted);
            return found.or_else(|| self.refuse(word, words.iter().map(|(known, _)| *known), problems));
        }
        if let Type::Choice { options, .. } = library.graph.kind(self.expr) {
            let found = options.iter().position(|option| option == word).and_then(|at| u16::try_from(at).ok());
            match (found, self.kind) {
                (Some(at), Explained::Aspect) => return Some(Wanted::AtLeast(at)),
                (Some(at), _) => return Some(Wanted::Is(at)),
                (None, Explained::Outcome) => return self.refuse(word, options.iter().map(String::as_str), problems),
                (None, _) if Number::parse(word).is_none() => {
                    return self.refuse(word, options.iter().map(String::as_str), problems);
                }
                _ => {}
            }
        }
        match Number::parse(word) {
            Some(wanted) if now.is_some_and(|now| now > wanted) => Some(Wanted::NumberAtMost(wanted)),
            Some(wanted) => Some(Wanted::NumberAtLeast(wanted)),
            None => self.refuse(word, std::iter::once("a number"), problems),
        }
    }

    fn refuse<'w, T>(&self, word: &str, known: impl Iterator<Item = &'w str>, problems: &mut Problems) -> Option<T> {
        let known: Vec<&str> = known.collect();
        problems.push(
            Problem::new(codes::UNKNOWN_OPTION, format!("`{}` cannot become `{word}`", self.id))
                .suggest(word, known.iter().copied()),
        );
        None
    }
}

/// Everything that a library concludes and that answers can change: diagnoses, levels, typings and cells.
pub(super) fn everything(words: Words<'_>) -> Vec<Subject> {
    let library = words.library;
    let rules = (0..library.rules.len()).map(|at| Named::Rule(RuleId::at(at)));
    let levels = (0..library.aspects.len()).filter(|at| library.exprs.levels[*at].is_some());
    let levels = levels.map(|at| Named::Aspect(AspectId::at(at)));
    let outcomes = (0..library.outcomes.len()).map(|at| Named::Outcome(OutcomeId::at(at)));
    let cells = library.tables.iter().enumerate();
    let cells = cells.flat_map(|(table, own)| (0..own.cells.len()).map(move |cell| Named::Cell(table, cell)));
    rules.chain(outcomes).chain(levels).chain(cells).filter_map(|named| Subject::named(words, named)).collect()
}
