//! Coverage: what the cases of a ruleset bring about, and what no case does.
//!
//! Counted are five kinds of things, each of which some case should bring about:
//!
//! - *rules*: that it speaks, and that it is silent although something it reads is answered;
//! - *clauses*: that a comparison (or another condition that is not put together) is true, and that it is false;
//! - *sides*: that one side of an `and` or `or` decides it, because all others are the other way;
//! - *forms*: that an aspect has a level, that a typing gives an option;
//! - *options*: that an option of a question is given as an answer.

use crate::assessment::Certainty;
use crate::cases::Case;
use crate::condition::{Expr, ExprId, OutcomeId, QuestionId, RuleId, Value};
use crate::evaluate::{Checked, Evaluation, Facts, Glance, Key, check};
use crate::problem::Problems;
use crate::ruleset::{Kind, Library, Slot};
use crate::source::{Place, Sources};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What the cases of a ruleset bring about.
#[derive(Debug, Clone, Serialize)]
pub struct Coverage {
    /// Id of the ruleset.
    pub ruleset: String,
    /// How many cases were run.
    pub cases: usize,
    /// Each rule.
    pub rules: Vec<RuleCoverage>,
    /// Each clause.
    pub clauses: Vec<ClauseCoverage>,
    /// Each side of an `and` or `or`.
    pub sides: Vec<SideCoverage>,
    /// Each level of an aspect and option of a typing.
    pub forms: Vec<Seen>,
    /// Each option of a question.
    pub options: Vec<Seen>,
}

/// How often a rule spoke.
#[derive(Debug, Clone, Serialize)]
pub struct RuleCoverage {
    /// Its id.
    pub id: String,
    /// Cases in which its diagnosis is confirmed or indicated.
    pub fired: usize,
    /// Cases in which it is silent.
    pub silent: usize,
    /// Cases in which it is open.
    pub open: usize,
    /// Where it stands.
    pub place: Place,
}

/// How often a clause was true and false.
#[derive(Debug, Clone, Serialize)]
pub struct ClauseCoverage {
    /// As a rule writes it.
    pub text: String,
    /// What it belongs to.
    pub of: String,
    /// Cases in which it is true.
    pub yes: usize,
    /// Cases in which it is false.
    pub no: usize,
    /// Where it stands.
    pub place: Place,
}

/// How often a side decided.
#[derive(Debug, Clone, Serialize)]
pub struct SideCoverage {
    /// The side, as a rule writes it.
    pub text: String,
    /// `and` or `or`.
    pub node: &'static str,
    /// What it belongs to.
    pub of: String,
    /// Cases in which it alone decides.
    pub decided: usize,
    /// Where it stands.
    pub place: Place,
}

/// How often something was seen.
#[derive(Debug, Clone, Serialize)]
pub struct Seen {
    /// What it belongs to.
    pub of: String,
    /// The level or option.
    pub option: String,
    /// Cases in which it is seen.
    pub seen: usize,
    /// Where what it belongs to stands.
    pub place: Place,
}

/// One kind of what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Share {
    /// `rules`, `clauses`, `sides`, `forms` or `options`.
    pub kind: &'static str,
    /// How many are brought about; of a rule or clause each of its two voices counts.
    pub covered: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// The share in whole per cents: rounded down, so that 100 means all. Of nothing, all.
    ///
    /// ```
    /// use ketenspiegel_engine::coverage::Share;
    /// assert_eq!(Share { kind: "rules", covered: 199, of: 200 }.percent(), 99);
    /// ```
    #[must_use]
    pub fn percent(self) -> usize {
        (self.covered * 100).checked_div(self.of).unwrap_or(100)
    }
}

impl Coverage {
    /// The share of each kind.
    #[must_use]
    pub fn shares(&self) -> [Share; 5] {
        let share = |kind, counts: Vec<usize>| Share {
            kind,
            covered: counts.iter().filter(|count| **count > 0).count(),
            of: counts.len(),
        };
        [
            share("rules", self.rules.iter().flat_map(|rule| [rule.fired, rule.silent]).collect()),
            share("clauses", self.clauses.iter().flat_map(|clause| [clause.yes, clause.no]).collect()),
            share("sides", self.sides.iter().map(|side| side.decided).collect()),
            share("forms", self.forms.iter().map(|form| form.seen).collect()),
            share("options", self.options.iter().map(|option| option.seen).collect()),
        ]
    }
}

/// Runs the cases of a ruleset and counts what they bring about.
///
/// What is wrong with a case goes into `problems`, and the case does not count.
pub fn coverage(
    library: &Library,
    ruleset: usize,
    cases: &[Case],
    sources: &Sources,
    problems: &mut Problems,
) -> Coverage {
    let mut counting = Counting { library, ruleset, tally: Tally::default() };
    for case in cases {
        if let Some(checked) = check(library, &case.profile, problems) {
            counting.case(&checked);
        }
    }
    counting.done(cases.len(), sources)
}

/// The names of the cases that bring each rule about: in which its diagnosis is confirmed or indicated. The case in
/// which least else is said comes first.
///
/// What is wrong with a case goes into `problems`, and the case does not count.
pub fn brought_about(
    library: &Library,
    ruleset: usize,
    cases: &[Case],
    problems: &mut Problems,
) -> BTreeMap<RuleId, Vec<String>> {
    let mut spoken: Vec<(Vec<RuleId>, &str)> = Vec::new();
    for case in cases {
        let Some(checked) = check(library, &case.profile, problems) else { continue };
        let mut glance = Glance::at(library, &checked);
        let mut speaks = |rule: &RuleId| {
            // whether it could still be otherwise takes long to find out, and only matters for what is so now
            let is_so = glance.value(library.rules[rule.index()].when) == Value::Truth(true);
            is_so && glance.rule(*rule).is_some_and(|certainty| certainty != Certainty::Open)
        };
        let own = library.rulesets[ruleset].own.rules.clone();
        spoken.push((own.map(RuleId::at).filter(&mut speaks).collect(), &case.name));
    }
    spoken.sort_by_key(|(rules, _)| rules.len());
    let mut found: BTreeMap<RuleId, Vec<String>> = BTreeMap::new();
    for (rules, case) in spoken {
        rules.into_iter().for_each(|rule| found.entry(rule).or_default().push(case.to_owned()));
    }
    found
}

/// How often something was seen; for conditions, true and false.
type Counts<K> = BTreeMap<K, (usize, usize)>;

#[derive(Default)]
struct Tally {
    rules: BTreeMap<RuleId, (usize, usize, usize)>,
    clauses: Counts<(Slot, ExprId)>,
    sides: Counts<(Slot, ExprId, ExprId)>,
    forms: Counts<(ExprId, u16)>,
    options: Counts<(QuestionId, Value)>,
}

struct Counting<'a> {
    library: &'a Library,
    ruleset: usize,
    tally: Tally,
}

impl Counting<'_> {
    fn case(&mut self, checked: &Checked<'_>) {
        let library = self.library;
        let own = &library.rulesets[self.ruleset].own;
        let mut glance = Glance::at(library, checked);
        for rule in own.rules.clone().map(RuleId::at) {
            if touches(library, &checked.0, library.rules[rule.index()].when) {
                let counts = self.tally.rules.entry(rule).or_default();
                match glance.rule(rule) {
                    Some(Certainty::Open) => counts.2 += 1,
                    Some(_) => counts.0 += 1,
                    None => counts.1 += 1,
                }
            }
        }
        for form in forms(library, self.ruleset) {
            if let Value::Option(at) = glance.value(form) {
                self.tally.forms.entry((form, at)).or_default().0 += 1;
            }
        }
        for question in own.questions.clone().map(QuestionId::at) {
            for value in given(library, &checked.0, question) {
                self.tally.options.entry((question, value)).or_default().0 += 1;
            }
        }
        self.conditions(checked);
    }

    fn conditions(&mut self, checked: &Checked<'_>) {
        let mut evaluation = Evaluation::lazy(self.library, &checked.0);
        for slot in self.library.slots(self.ruleset) {
            let Some(expr) = self.library.expr_in(slot) else { continue };
            let mut seen = BTreeSet::new();
            self.condition(slot, Evaluation::whole(expr), &mut evaluation, &mut seen);
            for (expr, value) in seen {
                let counts = self.tally.clauses.entry((slot, expr)).or_default();
                *(if value { &mut counts.0 } else { &mut counts.1 }) += 1;
            }
        }
    }

    fn condition(
        &mut self,
        slot: Slot,
        key: Key,
        evaluation: &mut Evaluation<'_>,
        seen: &mut BTreeSet<(ExprId, bool)>,
    ) {
        let library = self.library;
        if is_clause(library, key.expr)
            && let Value::Truth(truth) = evaluation.value(key)
        {
            seen.insert((key.expr, truth));
        }
        let parts = match library.graph.expr(key.expr) {
            Expr::And(_) | Expr::Or(_) | Expr::Not(_) | Expr::Parties { .. } | Expr::Count(_) | Expr::Share(_) => {
                evaluation.reads(key)
            }
            _ => library.graph.operands(key.expr).into_iter().map(|part| evaluation.beside(key, part)).collect(),
        };
        let sides = match library.graph.expr(key.expr) {
            Expr::And(_) => Some(true),
            Expr::Or(_) => Some(false),
            _ => None,
        };
        if let Some(usual) = sides {
            // one side decides where it is the odd one out
            let values: Vec<Value> = parts.iter().map(|part| evaluation.value(*part)).collect();
            let usual = |value: &&Value| **value == Value::Truth(usual);
            if values.iter().filter(usual).count() + 1 == values.len()
                && let Some(odd) = values.iter().position(|value| !usual(&value) && matches!(value, Value::Truth(_)))
            {
                self.tally.sides.entry((slot, key.expr, parts[odd].expr)).or_default().0 += 1;
            }
        }
        for part in parts.iter().copied() {
            self.condition(slot, part, evaluation, seen);
        }
    }

    fn done(self, cases: usize, sources: &Sources) -> Coverage {
        let library = self.library;
        let own = &library.rulesets[self.ruleset].own;
        let rules = own.rules.clone().map(|at| {
            let (fired, silent, open) = self.tally.rules.get(&RuleId::at(at)).copied().unwrap_or_default();
            let declared = &library.rules[at].declared;
            RuleCoverage { id: declared.id.clone(), fired, silent, open, place: sources.place(declared.span) }
        });
        let (mut clauses, mut sides) = (Vec::new(), Vec::new());
        for slot in library.slots(self.ruleset) {
            let Some(root) = library.expr_in(slot) else { continue };
            for expr in conditions(library, root) {
                let place = sources.place(library.written_at(slot, expr));
                let of = library.owner(slot);
                if is_clause(library, expr) {
                    let (yes, no) = self.tally.clauses.get(&(slot, expr)).copied().unwrap_or_default();
                    let text = library.spelled(expr);
                    clauses.push(ClauseCoverage { text, of: of.clone(), yes, no, place: place.clone() });
                }
                let (node, parts) = match library.graph.expr(expr) {
                    Expr::And(parts) => ("and", parts),
                    Expr::Or(parts) => ("or", parts),
                    _ => continue,
                };
                for part in parts.iter().filter(|_| parts.len() > 1) {
                    let decided = self.tally.sides.get(&(slot, expr, *part)).map_or(0, |counts| counts.0);
                    let (text, of, place) = (library.spelled(*part), of.clone(), place.clone());
                    sides.push(SideCoverage { text, node, of, decided, place });
                }
            }
        }
        Coverage {
            ruleset: library.rulesets[self.ruleset].manifest.id.clone(),
            cases,
            rules: rules.collect(),
            clauses,
            sides,
            forms: self.forms(sources),
            options: self.options(sources),
        }
    }

    fn forms(&self, sources: &Sources) -> Vec<Seen> {
        let library = self.library;
        let mut all = Vec::new();
        for form in forms(library, self.ruleset) {
            let (declared, kind, ids): (_, _, Vec<String>) = match library.graph.expr(form) {
                Expr::Level(id) => {
                    let aspect = &library.aspects[id.index()];
                    (&aspect.declared, "aspect", aspect.levels.iter().map(|level| level.id.clone()).collect())
                }
                Expr::Outcome(id) => {
                    let outcome = &library.outcomes[id.index()];
                    (&outcome.declared, "typing", outcome.ids.to_vec())
                }
                _ => continue,
            };
            for (at, option) in (0_u16..).zip(ids) {
                let seen = self.tally.forms.get(&(form, at)).map_or(0, |counts| counts.0);
                let of = format!("the {kind} `{}`", declared.id);
                all.push(Seen { of, option, seen, place: sources.place(declared.span) });
            }
        }
        all
    }

    fn options(&self, sources: &Sources) -> Vec<Seen> {
        let library = self.library;
        let mut all = Vec::new();
        for id in library.rulesets[self.ruleset].own.questions.clone().map(QuestionId::at) {
            let question = &library.questions[id.index()];
            let answer = library.exprs.answers[id.index()];
            for value in options(&question.kind) {
                let seen = self.tally.options.get(&(id, value)).map_or(0, |counts| counts.0);
                let of = format!("the question `{}`", question.declared.id);
                let option = library.spelled_value(value, Some(answer)).trim_matches('"').to_owned();
                all.push(Seen { of, option, seen, place: sources.place(question.declared.span) });
            }
        }
        all
    }
}

/// The levels and typings of a ruleset.
fn forms(library: &Library, ruleset: usize) -> Vec<ExprId> {
    let own = &library.rulesets[ruleset].own;
    let levels = own.aspects.clone().filter_map(|at| library.exprs.levels[at]);
    let typings = own.outcomes.clone().filter_map(|at| library.graph.find(&Expr::Outcome(OutcomeId::at(at))));
    levels.chain(typings).collect()
}

/// The options of a question, as far as it has a list of them.
fn options(kind: &Kind) -> Vec<Value> {
    match kind {
        Kind::Multiple(options) => {
            (0..options.len()).filter_map(|at| u16::try_from(at).ok()).map(Value::Option).collect()
        }
        Kind::Number { .. } | Kind::Text => Vec::new(),
        _ => kind.domain().unwrap_or_default(),
    }
}

/// The options that a profile gives in answer to a question.
fn given(library: &Library, facts: &Facts<'_>, id: QuestionId) -> BTreeSet<Value> {
    let slots = &facts.slots[id.index()];
    let values = facts.values[slots.start..slots.start + slots.len()].iter();
    let kind = &library.questions[id.index()].kind;
    let each = |value: &Value| match (kind, *value) {
        (_, Value::Missing | Value::Nothing) => Vec::new(),
        (Kind::Multiple(_), Value::Options(bits)) => {
            (0..64).filter(|at| bits >> at & 1 == 1).map(Value::Option).collect()
        }
        (_, value) => vec![value],
    };
    values.flat_map(each).collect()
}

/// Whether a profile says anything that a condition rests on.
fn touches(library: &Library, facts: &Facts<'_>, expr: ExprId) -> bool {
    let (mut waiting, mut seen) = (vec![expr], BTreeSet::new());
    while let Some(id) = waiting.pop() {
        let said = match library.graph.expr(id) {
            Expr::Answer(question) | Expr::Importance(question) => {
                let slots = &facts.slots[question.index()];
                facts.given[slots.start..slots.start + slots.len()].iter().any(Option::is_some)
            }
            Expr::Status(stone) => facts.statuses[stone.index()] != Value::Missing,
            Expr::Target(aspect) => facts.targets[aspect.index()] != Value::Nothing,
            _ => false,
        };
        if said {
            return true;
        }
        if seen.insert(id) {
            waiting.extend(library.compiled.reads[id.index()].iter());
        }
    }
    false
}

/// The conditions that one is put together of, itself included, in reading order.
fn conditions(library: &Library, root: ExprId) -> Vec<ExprId> {
    let mut all = library.graph.below(root);
    all.retain(|id| is_condition(library, *id));
    all
}

/// Whether an expression is a condition, or a list of conditions that is counted.
fn is_condition(library: &Library, id: ExprId) -> bool {
    *library.graph.kind(id) == crate::condition::Type::Condition
        || matches!(library.graph.expr(id), Expr::Count(_) | Expr::Share(_))
}

/// Whether a condition is not put together of others.
fn is_clause(library: &Library, id: ExprId) -> bool {
    is_condition(library, id)
        && !matches!(
            library.graph.expr(id),
            Expr::And(_) | Expr::Or(_) | Expr::Not(_) | Expr::Parties { .. } | Expr::Count(_) | Expr::Share(_)
        )
}
