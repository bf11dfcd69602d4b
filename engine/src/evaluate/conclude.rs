//! From values and sets of values to the conclusions of one ruleset.

mod aspects;
mod results;

use super::evaluation::Evaluation;
use super::eyes::Key;
use super::fingerprint::{fingerprint, of_chain};
use super::ranking::recommendations;
use super::reasons::{Reasons, Told};
use super::remarks::remarks;
use super::sets::Possible;
use super::words::Words;
use crate::assessment::{
    AspectAssessment, Certainty, DiagnosisAssessment, NextQuestion, OutcomeAssessment, Overridden, Range, Reason,
    RecommendationAssessment, RulesetAssessment, Silent, Status, StatusAssessment, TailoredElement, Tailoring, Titled,
};
use crate::condition::{BouwsteenId, ExprId, MeasureId, OutcomeId, QuestionId, RuleId, Value};
use crate::number::Number;
use crate::problem::Span;
use crate::ruleset::{self, Rule};
use crate::source::{Place, Sources};
use std::collections::{HashMap, HashSet};

/// Concludes for one ruleset.
pub(crate) struct Conclude<'e, 'a> {
    pub(crate) evaluation: &'e mut Evaluation<'a>,
    pub(crate) words: Words<'a>,
    pub(crate) ruleset: usize,
    sources: &'a Sources,
    told: Told,
    /// The mark of the chain.
    chain: String,
}

/// How sure a condition is; nothing where it cannot come true.
pub(crate) fn certainty(now: Value, possible: &Possible) -> Option<Certainty> {
    let truth = Value::Truth(true);
    match possible.only() {
        Some(only) if only == truth => Some(Certainty::Confirmed),
        _ if now == truth => Some(Certainty::Indicated),
        _ if possible.has(truth) => Some(Certainty::Open),
        _ => None,
    }
}

impl Evaluation<'_> {
    /// How sure a condition is; nothing where it cannot come true.
    pub(super) fn certainty(&mut self, condition: ExprId) -> Option<Certainty> {
        let key = Self::whole(condition);
        certainty(self.value(key), &self.possible_truths(key))
    }
}

/// How sure a rule's diagnosis is; nothing where it is silent.
pub(crate) fn speaks(evaluation: &mut Evaluation<'_>, rule: &Rule) -> Option<Certainty> {
    let sure = evaluation.certainty(rule.when)?;
    let holds = |needs| evaluation.value(Evaluation::whole(needs)) == Value::Truth(true);
    Some(if rule.needs.is_none_or(holds) { sure } else { Certainty::Open })
}

/// How sure a value is that is one of several; nothing where there is none and none can come. What there is now and
/// can never be again, once everything is answered, is not confirmed.
fn settledness(now: Value, possible: &Possible) -> Option<Certainty> {
    let none = |value: Value| matches!(value, Value::Nothing | Value::Missing);
    let all_none = || possible.values().is_some_and(|values| values.iter().copied().all(none));
    match possible.only() {
        _ if none(now) && all_none() => None,
        Some(only) if only == now || none(now) => Some(Certainty::Confirmed),
        None if none(now) => Some(Certainty::Open),
        _ => Some(Certainty::Indicated),
    }
}

/// What to ask next: the open answers that most conclusions hang on, and of those the first ones.
fn next_questions(outcomes: &[OutcomeAssessment], diagnoses: &[DiagnosisAssessment]) -> Vec<NextQuestion> {
    let uncertain = |sure: Option<Certainty>| matches!(sure, Some(Certainty::Indicated | Certainty::Open));
    let of_outcomes = outcomes.iter().filter(|one| uncertain(one.certainty)).map(|one| &one.deciding);
    let of_diagnoses = diagnoses.iter().filter(|one| uncertain(Some(one.certainty))).map(|one| &one.deciding);
    let mut all: Vec<NextQuestion> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for question in of_outcomes.chain(of_diagnoses).flatten() {
        let place = *places.entry(&question.id).or_insert_with(|| {
            all.push(NextQuestion { id: question.id.clone(), title: question.title.clone(), decides: 0 });
            all.len() - 1
        });
        all[place].decides += 1;
    }
    all.sort_by_key(|question| std::cmp::Reverse(question.decides)); // stable
    all
}

fn fraction(number: Option<Number>) -> Option<String> {
    number.map(|number| number.to_string())
}

fn number(value: Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

fn range(possible: &Possible) -> Option<Range> {
    possible.range().map(|(low, high)| Range { low, high })
}

/// What a ruleset makes otherwise in those that it extends.
pub(crate) fn tailoring(words: Words<'_>, ruleset: usize) -> Vec<Tailoring> {
    let element = |how, at: &str, fields: &[String], reason: Option<&String>| TailoredElement {
        how,
        at: at.to_owned(),
        title: words.title(ruleset, at),
        fields: fields.to_vec(),
        reason: reason.cloned(),
    };
    let one = |tailored: &ruleset::Tailoring| {
        let overrides = tailored.overrides.iter();
        let changes = overrides.map(|one| element(one.how, &one.at, &one.fields, Some(&one.reason)));
        let added = tailored.added.iter().map(|at| element(Overridden::Added, at, &[], None));
        Tailoring {
            by: tailored.by.0.clone(),
            by_version: tailored.by.1.clone(),
            of: tailored.base.clone(),
            version: tailored.version.clone(),
            sha256: tailored.sha256.clone(),
            changes: changes.chain(added).collect(),
        }
    };
    words.library.rulesets[ruleset].tailorings.iter().map(one).collect()
}

impl<'e, 'a> Conclude<'e, 'a> {
    pub(crate) fn new(
        evaluation: &'e mut Evaluation<'a>,
        words: Words<'a>,
        ruleset: usize,
        sources: &'a Sources,
    ) -> Self {
        let chain = of_chain(&evaluation.facts.profile.chain);
        Self { evaluation, words, ruleset, sources, told: Told::default(), chain }
    }

    /// Everything that the ruleset concludes; `before` is what was concluded of the rulesets that come before it.
    pub(crate) fn everything(mut self, before: &[RulesetAssessment]) -> RulesetAssessment {
        let mut own = self.conclusions();
        own.recommendations = self.recommendations(&own, before);
        own
    }

    /// Everything but what it recommends.
    pub(super) fn conclusions(&mut self) -> RulesetAssessment {
        let library = self.words.library;
        let ruleset = &library.rulesets[self.ruleset];
        let own = ruleset.own.clone();
        let texts = self.words.texts(self.ruleset);
        let questions: Vec<QuestionId> = own.questions.clone().map(QuestionId::at).collect();
        let completeness = self.evaluation.completeness(&questions);
        let (manifest, words) = (&ruleset.manifest, self.words);
        let joined = manifest.requires.iter().filter(|_| manifest.joins.is_some()).map(|(id, ..)| id.clone());
        let joins: Vec<String> = joined.collect();
        let answered = joins.iter().chain([&manifest.id]).any(|id| self.evaluation.facts.answers(library, id));
        let blank = RulesetAssessment {
            id: manifest.id.clone(),
            version: manifest.version.to_string(),
            sha256: ruleset.sha256.clone(),
            title: texts.text("ruleset.title").to_owned(),
            note: texts.get("ruleset.note").map(str::to_owned),
            answered,
            joins,
            tailoring: tailoring(words, self.ruleset),
            completeness,
            ..RulesetAssessment::default()
        };
        if self.evaluation.facts.set_aside[self.ruleset] {
            return blank;
        }
        let diagnoses = self.diagnoses();
        let silent = self.silent(&diagnoses);
        let aspects: Vec<AspectAssessment> = self.aspect_order().into_iter().map(|id| self.aspect(id)).collect();
        let outcomes: Vec<OutcomeAssessment> = own.outcomes.map(|at| self.outcome(OutcomeId::at(at))).collect();
        let measures = own.measures.map(|at| self.measure(MeasureId::at(at))).collect();
        let tables = own.tables.map(|at| self.table(&library.tables[at])).collect();
        let remarks = remarks(self.evaluation, self.words, self.ruleset);
        let unanswered = self.unanswered(&questions);
        let next_questions = next_questions(&outcomes, &diagnoses);
        RulesetAssessment {
            aspects,
            outcomes,
            measures,
            tables,
            diagnoses,
            silent,
            statuses: self.statuses(),
            remarks,
            unanswered,
            next_questions,
            ..blank
        }
    }

    /// What it recommends, given what it concludes and what was concluded `before` of the rulesets that it joins.
    pub(super) fn recommendations(
        &mut self,
        own: &RulesetAssessment,
        before: &[RulesetAssessment],
    ) -> Vec<RecommendationAssessment> {
        if self.evaluation.facts.set_aside[self.ruleset] {
            return Vec::new();
        }
        let library = self.words.library;
        let joined = before.iter().filter(|one| one.answered && own.joins.contains(&one.id));
        let joined = joined.filter_map(|one| Some((library.ruleset(&one.id)?, one.diagnoses.as_slice())));
        let concluded = std::iter::once((self.ruleset, own.diagnoses.as_slice())).chain(joined).collect();
        recommendations(self.evaluation, self.words, self.ruleset, &concluded)
    }

    fn place(&self, span: Span) -> Place {
        self.sources.place(span)
    }

    fn because(&mut self, key: Key) -> Vec<Reason> {
        vec![self.reason(key)]
    }

    pub(crate) fn reason(&mut self, key: Key) -> Reason {
        let (words, from, sources, told) = (self.words, self.ruleset, self.sources, &mut self.told);
        Reasons { evaluation: self.evaluation, words, from, sources, depth: 0, told }.reason(key)
    }

    /// What decides a condition that is not confirmed.
    pub(crate) fn deciding(&mut self, key: Key, sure: Certainty) -> Vec<Titled> {
        if sure == Certainty::Confirmed {
            return Vec::new();
        }
        self.words.deciding(self.evaluation, key, self.ruleset)
    }

    fn possible(&mut self, expr: ExprId) -> (Value, Possible) {
        let key = Evaluation::whole(expr);
        (self.evaluation.value(key), self.evaluation.possible(key))
    }

    fn unanswered(&mut self, questions: &[QuestionId]) -> Vec<Titled> {
        let mut all = Vec::new();
        for &question in questions {
            for key in self.evaluation.leaves(question) {
                if self.evaluation.value(key) == Value::Missing {
                    let party = self.evaluation.party(key);
                    all.push(self.words.open_answer(self.evaluation, question, party, self.ruleset));
                }
            }
        }
        all
    }

    /// The diagnoses, those that weigh most first.
    pub(crate) fn diagnoses(&mut self) -> Vec<DiagnosisAssessment> {
        let own = self.words.library.rulesets[self.ruleset].own.rules.clone();
        let mut all: Vec<DiagnosisAssessment> = own.filter_map(|at| self.diagnosis(RuleId::at(at))).collect();
        all.sort_by_key(|diagnosis| (diagnosis.severity, diagnosis.certainty)); // stable: then by the ruleset's order
        all
    }

    fn statuses(&self) -> Vec<StatusAssessment> {
        let library = self.words.library;
        let own = library.rulesets[self.ruleset].own.bouwstenen.clone().map(BouwsteenId::at);
        let given = own.filter_map(|id| {
            let Value::Option(at) = self.evaluation.facts.statuses[id.index()] else { return None };
            let status = *Status::ALL.get(usize::from(at))?;
            let id_of = library.bouwstenen[id.index()].declared.id.clone();
            Some(StatusAssessment { id: id_of, title: self.words.stone(id, "title"), status })
        });
        given.collect()
    }

    fn silent(&self, diagnoses: &[DiagnosisAssessment]) -> Vec<Silent> {
        let library = self.words.library;
        let spoken: HashSet<&str> = diagnoses.iter().map(|found| found.id.as_str()).collect();
        let own = library.rulesets[self.ruleset].own.rules.clone().map(RuleId::at);
        let silent = own.map(|id| (id, &library.rules[id.index()]));
        let silent = silent.filter(|(_, rule)| !spoken.contains(rule.declared.id.as_str())).map(|(id, rule)| Silent {
            id: rule.declared.id.clone(),
            title: self.words.rule(id, "title"),
            severity: rule.severity,
        });
        silent.collect()
    }

    /// A rule's diagnosis; nothing where it is silent.
    pub(crate) fn diagnosis(&mut self, id: RuleId) -> Option<DiagnosisAssessment> {
        let rule = &self.words.library.rules[id.index()];
        let sure = speaks(self.evaluation, rule)?;
        let key = Evaluation::whole(rule.when);
        let possible = self.evaluation.possible_truths(key);
        let unmet =
            rule.needs.map(Evaluation::whole).filter(|needs| self.evaluation.value(*needs) != Value::Truth(true));
        let needs = unmet.map(|needs| self.because(needs)).unwrap_or_default();
        let advice = rule.recommend.iter().map(|&id| Titled {
            id: self.words.library.bouwstenen[id.index()].declared.id.clone(),
            title: self.words.stone(id, "title"),
        });
        let advice: Vec<Titled> = advice.collect();
        Some(DiagnosisAssessment {
            id: rule.declared.id.clone(),
            aspect: rule.aspect.map(|id| self.words.library.aspects[id.index()].declared.id.clone()),
            severity: rule.severity,
            certainty: sure,
            exact: possible.exact,
            title: self.words.rule(id, "title"),
            text: self.words.rule(id, "text"),
            because: self.because(key),
            needs,
            deciding: self.deciding(key, sure),
            fragile: Vec::new(),
            source: rule.declared.source.clone(),
            place: self.place(rule.declared.span),
            recommends: advice.iter().map(|item| item.id.clone()).collect(),
            advice,
            fingerprint: fingerprint(self.evaluation, &self.chain, id, sure),
        })
    }
}
