//! Conditions and terms spelled out as a rule writes them.

use super::load::Library;
use crate::assessment::{Comparison, Status};
use crate::condition::{Arithmetic, Expr, ExprId, Fold, Type, Value, View};

/// The sign of a comparison.
#[must_use]
pub(crate) const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Below => "<",
        Comparison::AtMost => "<=",
        Comparison::Above => ">",
        Comparison::AtLeast => ">=",
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
    }
}

impl Library {
    /// An expression as a rule would write it: `score("mindset") < 2.5`.
    #[must_use]
    pub fn spelled(&self, id: ExprId) -> String {
        let call = |name: &str, argument: &str| format!("{name}(\"{argument}\")");
        match self.graph.expr(id) {
            Expr::Constant(value) => self.spelled_value(*value, None),
            Expr::Answer(question) => call("answer", &self.questions[question.index()].declared.id),
            Expr::Importance(question) => call("importance", &self.questions[question.index()].declared.id),
            Expr::Answered(question) => call("answered", &self.questions[question.index()].declared.id),
            Expr::RulesetAnswered(ruleset) => {
                format!("from(\"{}\").answered()", self.rulesets[ruleset.index()].manifest.id)
            }
            Expr::Unknown(question) => call("unknown", &self.questions[question.index()].declared.id),
            Expr::AspectImportance(aspect) => call("importance", &self.aspects[aspect.index()].declared.id),
            Expr::Score(aspect) => call("score", &self.aspects[aspect.index()].declared.id),
            Expr::Level(aspect) => call("level", &self.aspects[aspect.index()].declared.id),
            Expr::Target(aspect) => call("target", &self.aspects[aspect.index()].declared.id),
            Expr::Coverage(aspect) => call("coverage", &self.aspects[aspect.index()].declared.id),
            Expr::Outcome(outcome) => call("outcome", &self.outcomes[outcome.index()].declared.id),
            Expr::Measure(measure) => call("measure", &self.measures[measure.index()].declared.id),
            Expr::Status(stone) => call("bouwsteen", &self.bouwstenen[stone.index()].declared.id),
            Expr::Diagnosis(rule) => call("diagnosis", &self.rules[rule.index()].declared.id),
            Expr::Cell(table, row, column) => {
                let table = &self.tables[table.index()];
                let (row, column) = (&table.rows[usize::from(*row)], &table.columns[usize::from(*column)]);
                format!("cell(\"{}\", \"{row}\", \"{column}\")", table.declared.id)
            }
            Expr::Trait(aspect, portrait, at, partly) => {
                let aspect = &self.aspects[aspect.index()];
                let item = &aspect.combine.portraits()[usize::from(*portrait)].traits[usize::from(*at)];
                let name = if *partly { "shows_partly" } else { "shows" };
                format!("{name}(\"{}\", \"{}\")", aspect.declared.id, item.id)
            }
            Expr::Showing(when, partial) => format!("{}, or partly {}", self.spelled(*when), self.spelled(*partial)),
            Expr::By(term, View::Role(role)) => {
                format!("{}.by(\"{}\")", self.spelled(*term), self.roles[role.index()].declared.id)
            }
            Expr::By(term, View::Variable(_)) => format!("{}.by(p)", self.spelled(*term)),
            Expr::Arithmetic(Arithmetic::Gap, a, b) => format!("gap({}, {})", self.spelled(*a), self.spelled(*b)),
            Expr::Arithmetic(operation, a, b) => {
                let sign = match operation {
                    Arithmetic::Plus => "+",
                    Arithmetic::Minus => "-",
                    Arithmetic::Times => "*",
                    _ => "/",
                };
                format!("{} {sign} {}", self.spelled_within(*a), self.spelled_within(*b))
            }
            Expr::Fold(fold, all) => {
                let name = match fold {
                    Fold::Mean => "mean",
                    Fold::Sum => "sum",
                    Fold::Min => "lowest",
                    Fold::Max => "highest",
                };
                self.spelled_list(name, all)
            }
            Expr::Spread(term) => format!("spread({})", self.spelled(*term)),
            Expr::Count(all) => self.spelled_list("count", all),
            Expr::Share(all) => self.spelled_list("share", all),
            Expr::Compare(comparison, a, b) => self.spelled_comparison(*comparison, *a, *b),
            Expr::OneOf(term, options) => {
                let options = options.iter().map(|at| self.spelled_value(Value::Option(*at), Some(*term)));
                format!("{}.is_one_of([{}])", self.spelled(*term), options.collect::<Vec<_>>().join(", "))
            }
            Expr::Has(term, at) => {
                format!("{}.has({})", self.spelled(*term), self.spelled_value(Value::Option(*at), Some(*term)))
            }
            Expr::And(all) => self.spelled_joined(" and ", all),
            Expr::Or(all) => self.spelled_joined(" or ", all),
            Expr::Not(inner) => format!("not({})", self.spelled(*inner)),
            Expr::Fires(inner) => self.spelled(*inner),
            Expr::Parties { any, role, body, .. } => {
                let name = if *any { "any_party" } else { "all_parties" };
                let role = role.map(|role| format!("\"{}\", ", self.roles[role.index()].declared.id));
                format!("{name}({}|p| {})", role.unwrap_or_default(), self.spelled(*body))
            }
            Expr::Poison => "…".to_owned(),
        }
    }

    /// A comparison; of a yes-no answer as `yes("…")` or `no("…")`.
    pub(crate) fn spelled_comparison(&self, comparison: Comparison, a: ExprId, b: ExprId) -> String {
        if let (Expr::Answer(id), Expr::Constant(Value::Truth(truth))) = (self.graph.expr(a), self.graph.expr(b)) {
            let name = if *truth == (comparison == Comparison::Equal) { "yes" } else { "no" };
            return format!("{name}(\"{}\")", self.questions[id.index()].declared.id);
        }
        format!("{} {} {}", self.spelled_side(a, b), sign(comparison), self.spelled_side(b, a))
    }

    fn spelled_list(&self, name: &str, all: &[ExprId]) -> String {
        let items: Vec<String> = all.iter().map(|id| self.spelled(*id)).collect();
        format!("{name}([{}])", items.join(", "))
    }

    fn spelled_joined(&self, with: &str, all: &[ExprId]) -> String {
        all.iter().map(|id| self.spelled_within(*id)).collect::<Vec<_>>().join(with)
    }

    fn spelled_within(&self, id: ExprId) -> String {
        match self.graph.expr(id) {
            Expr::And(_) | Expr::Or(_) | Expr::Arithmetic(..) => format!("({})", self.spelled(id)),
            _ => self.spelled(id),
        }
    }

    /// A side of a comparison; a fixed option is named by the other side.
    fn spelled_side(&self, id: ExprId, other: ExprId) -> String {
        match self.graph.expr(id) {
            Expr::Constant(value) => self.spelled_value(*value, Some(other)),
            _ => self.spelled_within(id),
        }
    }

    /// A value, as it is written beside `term`.
    pub(crate) fn spelled_value(&self, value: Value, term: Option<ExprId>) -> String {
        match value {
            Value::Number(number) => number.written(),
            Value::Truth(truth) => truth.to_string(),
            Value::Option(at) => {
                let known = term.and_then(|term| match self.graph.kind(term) {
                    Type::Choice { options, .. } | Type::Multiple { options, .. } => {
                        options.get(usize::from(at)).cloned()
                    }
                    _ => None,
                });
                let status = || Status::ALL.get(usize::from(at)).map(|status| status.id().to_owned());
                format!("\"{}\"", known.or_else(status).unwrap_or_else(|| at.to_string()))
            }
            Value::Options(bits) => format!("{} options", bits.count_ones()),
            Value::Text => "a text".to_owned(),
            Value::Missing => "unknown".to_owned(),
            Value::Nothing => "not applicable".to_owned(),
        }
    }
}
