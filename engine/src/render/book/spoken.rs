//! Conditions and terms in words: what a rule says, for whoever cannot read rules.

use super::Writing;
use crate::assessment::{Comparison, ReasonKind, State};
use crate::condition::{Arithmetic, Expr, ExprId, Fold, Type, Value, View};
use crate::number::Number;
use crate::render::document::{HOLE, Text, clean};
use crate::render::words::{self, books as said};
use crate::ruleset::Combine;

/// A line, and below it what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) line: Text,
    pub(super) below: Vec<Self>,
}

impl Said {
    pub(super) fn alone(line: Text) -> Self {
        Self { line, below: Vec::new() }
    }

    /// The lines, each with how deep it stands.
    pub(super) fn lines(&self, depth: usize) -> Vec<(usize, Text)> {
        let line = if self.below.is_empty() { self.line.clone() } else { self.line.clone().then(":") };
        let below = self.below.iter().flat_map(|one| one.lines(depth + 1));
        std::iter::once((depth, line)).chain(below).collect()
    }
}

impl Writing<'_> {
    /// A condition as a sentence, or as a sentence over other ones.
    pub(super) fn condition(&self, id: ExprId) -> Said {
        let language = self.language;
        let group = |phrase: words::Phrase, all: &[ExprId]| Said {
            line: language.say(phrase).into(),
            below: all.iter().map(|one| self.condition(*one)).collect(),
        };
        match self.library.graph.expr(id) {
            Expr::And(all) | Expr::Or(all) if all.len() == 1 => self.condition(all[0]),
            Expr::And(all) => group(said::ALL_OF_THIS, all),
            Expr::Or(all) => group(said::ONE_OF_THIS, all),
            Expr::Not(inner) => self.denied(*inner),
            Expr::Fires(inner) => self.condition(*inner),
            Expr::Parties { any, role, body, .. } => {
                let role = role.map(|role| self.role(role).to_lowercase());
                let line = said::for_parties(*any, role.as_deref(), language).into();
                Said { line, below: vec![self.condition(*body)] }
            }
            Expr::Compare(comparison, left, right) => self.comparison(*comparison, *left, *right),
            Expr::OneOf(term, options) => {
                let bounds: Vec<String> =
                    options.iter().map(|option| self.value(*term, Value::Option(*option))).collect();
                let asked = words::comparison(Comparison::Equal, &bounds, ReasonKind::Answer, language);
                Said::alone(Text::fill(&words::is(HOLE, true, &asked, language), [self.term(*term)]))
            }
            Expr::Has(term, option) => {
                let option = self.value(*term, Value::Options(1 << option));
                Said::alone(Text::fill(&said::ticked(HOLE, &option, language), [self.term(*term)]))
            }
            Expr::Diagnosis(_) | Expr::Cell(..) | Expr::Trait(..) => self.applies(id, State::Holds),
            Expr::Answered(_) | Expr::RulesetAnswered(_) => {
                Said::alone(Text::fill(&words::is_answered(HOLE, State::Holds, language), [self.term(id)]))
            }
            Expr::Unknown(_) => Said::alone(Text::fill(&said::unknown(HOLE, language), [self.term(id)])),
            _ => Said::alone(self.term(id)),
        }
    }

    /// That something is not so; of a comparison the opposite is said.
    fn denied(&self, id: ExprId) -> Said {
        match self.library.graph.expr(id) {
            Expr::Compare(comparison, left, right) => self.comparison(comparison.opposite(), *left, *right),
            Expr::Diagnosis(_) | Expr::Cell(..) | Expr::Trait(..) => self.applies(id, State::Fails),
            Expr::Answered(_) | Expr::RulesetAnswered(_) => {
                Said::alone(Text::fill(&words::is_answered(HOLE, State::Fails, self.language), [self.term(id)]))
            }
            _ => Said { line: self.language.say(said::NONE_OF_THIS).into(), below: vec![self.condition(id)] },
        }
    }

    fn applies(&self, id: ExprId, state: State) -> Said {
        Said::alone(Text::fill(&words::applies(HOLE, state, self.language), [self.term(id)]))
    }

    fn comparison(&self, comparison: Comparison, left: ExprId, right: ExprId) -> Said {
        let graph = &self.library.graph;
        let (term, bound, comparison) = match graph.expr(left) {
            Expr::Constant(_) => (right, left, comparison.flipped()),
            _ => (left, right, comparison),
        };
        let constant = match graph.expr(bound) {
            Expr::Constant(value) => Some(*value),
            _ => None,
        };
        if let Some(said) = self.yes_or_no(comparison, term, constant) {
            return Said::alone(said);
        }
        let compared = match graph.expr(term) {
            Expr::Status(_) => ReasonKind::Status,
            Expr::Count(_) => ReasonKind::Count,
            Expr::Share(_) => ReasonKind::Share,
            Expr::Coverage(_) => ReasonKind::Coverage,
            _ => ReasonKind::Comparison,
        };
        let bound_words = constant.map_or_else(|| HOLE.to_owned(), |value| self.value(term, value));
        let asked = words::comparison(comparison, &[bound_words], compared, self.language);
        let bound = constant.is_none().then(|| self.operand(bound));
        match graph.expr(term) {
            Expr::Count(all) => {
                let line = words::counted(&asked, all.len(), self.language);
                Said { line: Text::fill(&line, bound), below: all.iter().map(|one| self.condition(*one)).collect() }
            }
            Expr::Share(all) => {
                let line = said::share_of(all.len(), &asked, self.language);
                Said { line: Text::fill(&line, bound), below: all.iter().map(|one| self.condition(*one)).collect() }
            }
            _ => {
                let sentence = words::is(HOLE, true, &asked, self.language);
                Said::alone(Text::fill(&sentence, std::iter::once(self.term(term)).chain(bound)))
            }
        }
    }

    /// What is asked of a yes or no, and of an aspect that is met or not.
    fn yes_or_no(&self, comparison: Comparison, term: ExprId, bound: Option<Value>) -> Option<Text> {
        let equal = comparison == Comparison::Equal;
        if !equal && comparison != Comparison::NotEqual {
            return None;
        }
        let phrase = match (self.library.graph.expr(term), bound?) {
            (_, Value::Truth(truth)) => {
                if truth == equal {
                    words::YES
                } else {
                    words::NO
                }
            }
            (Expr::Score(aspect), Value::Number(number)) if number == Number::ONE || number == Number::ZERO => {
                let aspect = &self.library.aspects[aspect.index()];
                if !matches!(aspect.combine, Combine::All | Combine::Any) {
                    return None;
                }
                let met = (number == Number::ONE) == equal;
                words::state(if met { State::Holds } else { State::Fails })
            }
            _ => return None,
        };
        Some(self.term(term).then(format!(": {}", self.language.say(phrase))))
    }

    /// A term by its name, with the way to it.
    pub(super) fn term(&self, id: ExprId) -> Text {
        let (library, language) = (self.library, self.language);
        let about = |kind, text| Text::fill(&words::subject(kind, HOLE, language), [text]);
        match library.graph.expr(id) {
            Expr::Constant(value) => Text::plain(self.value(id, *value)),
            Expr::Answer(question) | Expr::Answered(question) | Expr::Unknown(question) => self.question(*question),
            Expr::Importance(question) => about(ReasonKind::Importance, self.question(*question)),
            Expr::AspectImportance(aspect) => about(ReasonKind::Importance, self.aspect(*aspect)),
            Expr::Score(aspect) | Expr::Level(aspect) => self.aspect(*aspect),
            Expr::Target(aspect) => about(ReasonKind::Target, self.aspect(*aspect)),
            Expr::Coverage(aspect) => about(ReasonKind::Coverage, self.aspect(*aspect)),
            Expr::Outcome(outcome) => self.outcome(*outcome),
            Expr::Measure(measure) => self.measure(*measure),
            Expr::Status(stone) => self.stone(*stone),
            Expr::Diagnosis(rule) => {
                let declared = &library.rules[rule.index()].declared;
                let title = self.title_of("rule", declared, &self.words.rule(*rule, "title"));
                about(ReasonKind::Diagnosis, title).then(self.elsewhere(declared))
            }
            Expr::Cell(table, row, column) => {
                let elsewhere = self.elsewhere(&library.tables[table.index()].declared);
                about(ReasonKind::Cell, self.cell(*table, *row, *column)).then(elsewhere)
            }
            Expr::Trait(aspect, portrait, at, partly) => {
                let aspect = &library.aspects[aspect.index()];
                let item = &aspect.combine.portraits()[usize::from(*portrait)].traits[usize::from(*at)];
                let texts = self.words.texts(aspect.declared.ruleset);
                let title = texts.text(&format!("aspect.{}.traits.{}", aspect.declared.id, item.id));
                let partly = partly.then(|| format!(" ({})", language.say(said::AT_LEAST_PARTLY)));
                let told = about(ReasonKind::Trait, Text::plain(clean(title)));
                told.then(partly.unwrap_or_default()).then(self.elsewhere(&aspect.declared))
            }
            Expr::RulesetAnswered(ruleset) => Text::plain(self.words.texts(ruleset.index()).text("ruleset.title")),
            Expr::By(inner, view) => {
                let who = match view {
                    View::Role(role) => self.role(*role).to_lowercase(),
                    View::Variable(_) => language.say(said::THAT_PARTY).to_owned(),
                };
                self.term(*inner).then(format!(" ({})", clean(&who)))
            }
            Expr::Arithmetic(operation, left, right) => {
                let way = match operation {
                    Arithmetic::Plus => "+",
                    Arithmetic::Minus => "-",
                    Arithmetic::Times => "*",
                    Arithmetic::Over => "/",
                    Arithmetic::Gap => "gap",
                };
                self.calculation(way, &[*left, *right])
            }
            Expr::Fold(fold, all) => self.calculation(fold_word(*fold), all),
            Expr::Spread(term) => self.calculation("spread", &[*term]),
            Expr::Count(all) | Expr::Share(all) => {
                let is_share = matches!(library.graph.expr(id), Expr::Share(_));
                let points = all.iter().map(|one| self.in_line(*one));
                Text::fill(&said::number_of(HOLE, is_share, language), [Text::join(points, "; ")])
            }
            _ => self.in_line(id),
        }
    }

    fn calculation(&self, way: &str, operands: &[ExprId]) -> Text {
        let holes = vec![HOLE.to_owned(); operands.len()];
        let sentence = words::calculation(way, &holes, self.language);
        Text::fill(&sentence, operands.iter().map(|one| self.operand(*one)))
    }

    /// A side of a calculation; another calculation stands in brackets.
    fn operand(&self, id: ExprId) -> Text {
        match self.library.graph.expr(id) {
            Expr::Arithmetic(..) | Expr::Fold(..) | Expr::Count(_) | Expr::Share(_) => {
                Text::plain("(").then(self.term(id)).then(")")
            }
            _ => self.term(id),
        }
    }

    /// A condition on one line, for within a sentence.
    fn in_line(&self, id: ExprId) -> Text {
        if !matches!(self.library.graph.kind(id), Type::Condition) {
            return self.term(id);
        }
        fn flat(said: &Said) -> Text {
            if said.below.is_empty() {
                return said.line.clone();
            }
            said.line.clone().then(": ").then(Text::join(said.below.iter().map(flat), "; "))
        }
        flat(&self.condition(id))
    }

    /// A value as it stands beside a term.
    pub(super) fn value(&self, term: ExprId, value: Value) -> String {
        let language = self.language;
        if let (Expr::Coverage(_), Value::Number(number)) = (self.library.graph.expr(term), value) {
            return words::share(number, language);
        }
        let plain = || match value {
            Value::Number(number) => language.plain(number),
            _ => String::new(),
        };
        self.words.shown(term, value).map_or_else(plain, |shown| self.shown(&shown))
    }
}

fn fold_word(fold: Fold) -> &'static str {
    match fold {
        Fold::Mean => "mean",
        Fold::Sum => "sum",
        Fold::Min => "lowest",
        Fold::Max => "highest",
    }
}
