//! Writes terms and conditions, as they stand in scripts and in TOML.

use super::{Writer, decimal, quoted};
use crate::oracle::model::{Arithmetic, Comparison, Condition, Eyes, Fold, OPTIONS, RULESETS, STATUSES, Term};

/// Names of the variables that stand for parties.
const VARIABLES: [&str; 2] = ["p", "r"];

const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Below => "<",
        Comparison::AtMost => "<=",
        Comparison::Above => ">",
        Comparison::AtLeast => ">=",
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
    }
}

impl Writer<'_> {
    /// `from("…").` where an element belongs to another ruleset.
    fn from(&self, ruleset: usize) -> String {
        if ruleset == self.ruleset { String::new() } else { format!("from(\"{}\").", RULESETS[ruleset]) }
    }

    /// The ids of the options that a term has.
    fn options_of(&self, term: &Term) -> Vec<String> {
        match term {
            Term::By(term, _) => self.options_of(term),
            Term::Level(aspect) => {
                let aspect = &self.model.aspects[*aspect];
                (0..aspect.levels()).map(|at| aspect.level_id(at)).collect()
            }
            Term::Outcome(outcome) => self.model.outcomes[*outcome].option_ids(),
            Term::Status(_) => STATUSES.map(str::to_owned).to_vec(),
            _ => OPTIONS.map(str::to_owned).to_vec(),
        }
    }

    pub(super) fn term(&self, term: &Term) -> String {
        let model = self.model;
        match term {
            Term::Number(number) => decimal(*number),
            Term::Parameter(at) => format!("param(\"p{at}\")"),
            Term::Option(at) => format!("option {at} without a term beside it"),
            Term::Truth(truth) => truth.to_string(),
            Term::Answer(at) => format!("{}answer(\"q{at}\")", self.from(model.questions[*at].ruleset)),
            Term::QuestionImportance(at) => format!("importance(\"q{at}\")"),
            Term::AspectImportance(at) => format!("importance(\"a{at}\")"),
            Term::Score(at) => format!("{}score(\"a{at}\")", self.from(model.aspects[*at].ruleset)),
            Term::Level(at) => format!("{}level(\"a{at}\")", self.from(model.aspects[*at].ruleset)),
            Term::Outcome(at) => format!("{}outcome(\"o{at}\")", self.from(model.outcomes[*at].ruleset)),
            Term::Measure(at) => format!("{}measure(\"m{at}\")", self.from(model.measures[*at].ruleset)),
            Term::Status(at) => format!("{}bouwsteen(\"b{at}\")", self.from(model.bouwstenen[*at].ruleset)),
            Term::Target(at) => format!("target(\"a{at}\")"),
            Term::Coverage(at) => format!("coverage(\"a{at}\")"),
            Term::By(term, Eyes::Role(role)) => format!("{}.by(\"r{role}\")", self.term(term)),
            Term::By(term, Eyes::Variable(at)) => format!("{}.by({})", self.term(term), VARIABLES[*at]),
            Term::Spread(term) => format!("spread({})", self.term(term)),
            Term::Arithmetic(operation, left, right) => {
                let (left, right) = (self.term(left), self.term(right));
                match operation {
                    Arithmetic::Plus => format!("({left} + {right})"),
                    Arithmetic::Minus => format!("({left} - {right})"),
                    Arithmetic::Times => format!("({left} * {right})"),
                    Arithmetic::Over => format!("({left} / {right})"),
                    Arithmetic::Gap => format!("gap({left}, {right})"),
                }
            }
            Term::Fold(fold, terms) => {
                let name = match fold {
                    Fold::Mean => "mean",
                    Fold::Sum => "sum",
                    Fold::Min => "lowest",
                    Fold::Max => "highest",
                };
                let terms: Vec<String> = terms.iter().map(|term| self.term(term)).collect();
                format!("{name}([{}])", terms.join(", "))
            }
            Term::Count(conditions) => format!("count([{}])", self.list(conditions)),
            Term::Share(conditions) => format!("share([{}])", self.list(conditions)),
        }
    }

    fn list(&self, conditions: &[Condition]) -> String {
        conditions.iter().map(|condition| self.condition(condition)).collect::<Vec<_>>().join(", ")
    }

    fn side(&self, side: &Term, beside: &Term) -> String {
        match side {
            Term::Option(at) => format!("\"{}\"", self.options_of(beside)[*at]),
            _ => self.term(side),
        }
    }

    pub(super) fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Compare(comparison, left, right) => {
                format!("({} {} {})", self.side(left, right), sign(*comparison), self.side(right, left))
            }
            Condition::OneOf(term, options) => {
                let ids = self.options_of(term);
                format!("{}.is_one_of([{}])", self.term(term), quoted(options.iter().map(|at| &ids[*at])))
            }
            Condition::Has(term, option) => format!("{}.has(\"{}\")", self.term(term), OPTIONS[*option]),
            Condition::Yes(at, true) => format!("yes(\"q{at}\")"),
            Condition::Yes(at, false) => format!("no(\"q{at}\")"),
            Condition::Holds(at) => format!("holds(\"a{at}\")"),
            Condition::And(left, right) => format!("({} and {})", self.condition(left), self.condition(right)),
            Condition::Or(left, right) => format!("({} or {})", self.condition(left), self.condition(right)),
            Condition::Not(part) => format!("not({})", self.condition(part)),
            Condition::All(parts) => format!("all([{}])", self.list(parts)),
            Condition::Any(parts) => format!("any([{}])", self.list(parts)),
            Condition::AtLeast(wanted, parts) => format!("at_least({wanted}, [{}])", self.list(parts)),
            Condition::Parties { any, role, variable, body } => {
                let name = if *any { "any_party" } else { "all_parties" };
                let role = role.map(|role| format!("\"r{role}\", ")).unwrap_or_default();
                format!("{name}({role}|{}| {})", VARIABLES[*variable], self.condition(body))
            }
            Condition::Diagnosis(at) => format!("{}diagnosis(\"d{at}\")", self.from(self.model.rules[*at].ruleset)),
            Condition::Cell(table, at) => {
                let cell = &self.model.tables[*table].cells[*at];
                let from = self.from(self.model.tables[*table].ruleset);
                format!("{from}cell(\"t{table}\", \"rij{}\", \"kolom{}\")", cell.row, cell.column)
            }
            Condition::Shows { aspect, portrait, at, partly } => {
                let from = self.from(self.model.aspects[*aspect].ruleset);
                let name = if *partly { "shows_partly" } else { "shows" };
                format!("{from}{name}(\"a{aspect}\", \"t{portrait}-{at}\")")
            }
            Condition::Answered(at) => format!("answered(\"q{at}\")"),
            Condition::Unknown(at) => format!("unknown(\"q{at}\")"),
            Condition::Says(ruleset) => format!("{}answered()", self.from(*ruleset)),
        }
    }
}
