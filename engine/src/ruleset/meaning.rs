//! What an expression means: itself and everything that it rests on, in one short mark.
//!
//! Two expressions have the same mark exactly when they say the same, whatever their place in the library. A
//! text is no part of it; a threshold, a weight, a cut-off and a parameter are. Marks go into fingerprints that
//! stand in people's files: what is written here may not change without a line in the changelog.

use super::elements::{Asked, Aspect, Combine, Declared, Met, Outcome, Pick};
use super::load::Library;
use crate::condition::{Expr, ExprId, RoleId, RuleId, Type, Value, View};
use crate::number::Number;
use sha2::{Digest, Sha256};
use std::fmt::Display;
use std::sync::OnceLock;

/// The mark of an expression or a rule.
pub(super) type Mark = [u8; 32];

impl Library {
    /// What a rule says: its condition, its demands and its severity, with all that they rest on.
    #[must_use]
    pub fn meaning(&self, id: RuleId) -> [u8; 32] {
        self.meanings.get(id.index()).copied().unwrap_or_else(|| self.worked_out(id))
    }

    /// What each rule says, in their order.
    pub(super) fn all_meanings(&self) -> Vec<Mark> {
        (0..self.rules.len()).map(|at| self.meaning(RuleId::at(at))).collect()
    }

    fn worked_out(&self, id: RuleId) -> Mark {
        let rule = &self.rules[id.index()];
        let mut hash = Sha256::new();
        hash.update(format!("{} {:?}", self.named("rule", &rule.declared), rule.severity));
        for expr in rule.conditions() {
            hash.update(self.mark(expr));
        }
        hash.finalize().into()
    }

    fn mark(&self, id: ExprId) -> Mark {
        let Some(known) = self.compiled.marks.get(id.index()) else { return Mark::default() };
        *known.get_or_init(|| {
            let mut hash = Sha256::new();
            hash.update(self.head(id));
            for part in &self.compiled.reads[id.index()] {
                hash.update(self.mark(*part));
            }
            hash.finalize().into()
        })
    }

    /// What an expression says itself, without what it reads.
    fn head(&self, id: ExprId) -> String {
        match self.graph.expr(id) {
            Expr::Constant(value) => format!("constant {}", plain(*value)),
            Expr::Answer(question) => {
                let question = &self.questions[question.index()];
                let asked = match &question.asked {
                    Asked::Chain => "chain".to_owned(),
                    Asked::Party { roles, combine } => format!("party {} {combine:?}", self.roles(roles)),
                };
                let same = question.same_as.iter().flat_map(|same| &same.map);
                let same: Vec<String> =
                    same.map(|(own, theirs)| format!("{}={}", plain(*own), plain(*theirs))).collect();
                let options = options(self.graph.kind(id));
                format!("{} {asked} {options:?} {same:?}", self.named("answer", &question.declared))
            }
            Expr::Importance(question) => self.named("importance", &self.questions[question.index()].declared),
            Expr::Score(aspect) => self.added_up("score", &self.aspects[aspect.index()]),
            Expr::Level(aspect) => self.added_up("level", &self.aspects[aspect.index()]),
            Expr::AspectImportance(aspect) => self.named("importance", &self.aspects[aspect.index()].declared),
            Expr::Target(aspect) => self.named("target", &self.aspects[aspect.index()].declared),
            Expr::Coverage(aspect) => self.added_up("coverage", &self.aspects[aspect.index()]),
            Expr::Outcome(outcome) => self.typed(&self.outcomes[outcome.index()]),
            Expr::Measure(measure) => self.named("measure", &self.measures[measure.index()].declared),
            Expr::Status(stone) => self.named("status", &self.bouwstenen[stone.index()].declared),
            Expr::Diagnosis(rule) => self.named("diagnosis", &self.rules[rule.index()].declared),
            Expr::Cell(table, row, column) => {
                let table = &self.tables[table.index()];
                let (row, column) = (&table.rows[usize::from(*row)], &table.columns[usize::from(*column)]);
                format!("{}/{row}/{column}", self.named("cell", &table.declared))
            }
            Expr::Trait(aspect, portrait, at, partly) => {
                let aspect = &self.aspects[aspect.index()];
                let item = &aspect.combine.portraits()[usize::from(*portrait)].traits[usize::from(*at)];
                format!("{}/{} {partly}", self.named("trait", &aspect.declared), item.id)
            }
            Expr::Showing(..) => "how far".to_owned(),
            Expr::Answered(question) => self.named("answered", &self.questions[question.index()].declared),
            Expr::Unknown(question) => self.named("unknown", &self.questions[question.index()].declared),
            Expr::RulesetAnswered(ruleset) => format!("answered {}", self.rulesets[ruleset.index()].manifest.id),
            Expr::By(_, View::Role(role)) => format!("by {}", self.roles(&[*role])),
            // The number of the variable says where in the script it stands, not what it means.
            Expr::By(_, View::Variable(_)) => "by the party".to_owned(),
            Expr::Parties { any, role, .. } => {
                format!("{} of {}", if *any { "any" } else { "all" }, self.roles(role.as_slice()))
            }
            Expr::Arithmetic(operation, ..) => format!("{operation:?}"),
            Expr::Fold(fold, _) => format!("{fold:?}"),
            Expr::Spread(_) => "spread".to_owned(),
            Expr::Count(_) => "count".to_owned(),
            Expr::Share(_) => "share".to_owned(),
            Expr::Compare(comparison, left, right) => {
                // The place of an option says nothing without the list. A constant is one node for all lists.
                let terms = [left, right].into_iter().filter(|id| !matches!(self.graph.expr(**id), Expr::Constant(_)));
                format!("{comparison:?} {:?}", terms.map(|id| options(self.graph.kind(*id))).collect::<Vec<_>>())
            }
            Expr::OneOf(term, wanted) => format!("one of {wanted:?} {:?}", options(self.graph.kind(*term))),
            Expr::Has(term, wanted) => format!("has {wanted} {:?}", options(self.graph.kind(*term))),
            Expr::And(_) => "and".to_owned(),
            Expr::Or(_) => "or".to_owned(),
            Expr::Not(_) => "not".to_owned(),
            Expr::Fires(_) => "fires".to_owned(),
            Expr::Poison => "wrong".to_owned(),
        }
    }

    fn named(&self, what: &str, declared: &Declared) -> String {
        format!("{what} {}/{}", self.rulesets[declared.ruleset].manifest.id, declared.id)
    }

    fn roles(&self, roles: &[RoleId]) -> String {
        let named = roles.iter().map(|role| self.named("role", &self.roles[role.index()].declared));
        named.collect::<Vec<_>>().join(", ")
    }

    /// An aspect with the way in which it adds up.
    fn added_up(&self, what: &str, aspect: &Aspect) -> String {
        let levels: Vec<String> = aspect.levels.iter().map(|level| format!("{}={}", level.id, level.value)).collect();
        let below: Vec<String> = aspect.cut_offs.iter().map(|cut| optional(cut.below)).collect();
        let met: Vec<String> = aspect.met.iter().map(|met| met.map_or_else(String::new, said)).collect();
        let combine = match &aspect.combine {
            Combine::Ladder(steps) => {
                steps.iter().map(|step| if step.demands.is_some() { "step " } else { "always " }).collect()
            }
            Combine::BestMatch { portraits, measure, tie } => {
                let portraits = portraits.iter().map(|portrait| {
                    let traits = portrait.traits.iter().map(|item| if item.partial.is_some() { '+' } else { '-' });
                    let base = portrait.builds_on.map(|(base, least)| format!("{base}>={least}"));
                    format!("{}{}", traits.collect::<String>(), base.unwrap_or_default())
                });
                format!("{measure:?} {tie:?} {}", portraits.collect::<Vec<_>>().join(" "))
            }
            _ => String::new(),
        };
        format!(
            "{} {} {combine} weights {} met {met:?} missing {:?} levels {levels:?} below {below:?} clamp {} parties {:?}",
            self.named(what, &aspect.declared),
            aspect.combine.word(),
            listed(&aspect.weights),
            aspect.missing,
            aspect.clamp_to_target,
            aspect.parties,
        )
    }

    fn typed(&self, outcome: &Outcome) -> String {
        let pick = match outcome.pick {
            Pick::First => "first".to_owned(),
            Pick::Best(tie) => format!("best {tie:?}"),
        };
        format!("{} {pick} {:?} {}", self.named("outcome", &outcome.declared), outcome.ids, outcome.otherwise)
    }
}

/// Room for the marks of a library with so many expressions.
pub(super) fn unknown(count: usize) -> Vec<OnceLock<Mark>> {
    vec![OnceLock::new(); count]
}

fn listed(items: &[impl Display]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn optional(number: Option<Number>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

fn said(met: Met) -> String {
    match met {
        Met::Number(number) => number.to_string(),
        Met::Option(at) => format!("option {at}"),
    }
}

/// The options that a value is one of; none for a number.
fn options(kind: &Type) -> &[String] {
    match kind {
        Type::Choice { options, .. } | Type::Multiple { options, .. } => options,
        _ => &[],
    }
}

fn plain(value: Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}
