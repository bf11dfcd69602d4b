//! From values and sets of values to the conclusions of one ruleset.

use super::evaluation::Evaluation;
use super::eyes::Key;
use super::fingerprint::fingerprint;
use super::operator::{gathered, portraits};
use super::ranking::recommendations;
use super::reasons::{Reasons, Told};
use super::remarks::remarks;
use super::sets::Possible;
use super::words::Words;
use crate::assessment::{
    AspectAssessment, CellAssessment, Certainty, DiagnosisAssessment, LevelAssessment, MeasureAssessment, NextQuestion,
    OutcomeAssessment, Overridden, PortraitAssessment, Range, Reason, RoleView, RulesetAssessment, Silent, Status,
    StatusAssessment, TableAssessment, TailoredElement, Tailoring, Titled,
};
use crate::condition::{AspectId, BouwsteenId, Expr, ExprId, MeasureId, OutcomeId, QuestionId, RoleId, RuleId, Value};
use crate::number::Number;
use crate::problem::Span;
use crate::ruleset::{Cell, Combine, Rule, Table, Tailored, TraitMeasure};
use crate::source::{Place, Sources};
use std::collections::{HashMap, HashSet};

/// Concludes for one ruleset.
pub(crate) struct Conclude<'e, 'a> {
    pub(crate) evaluation: &'e mut Evaluation<'a>,
    pub(crate) words: Words<'a>,
    pub(crate) ruleset: usize,
    sources: &'a Sources,
    told: Told,
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
        certainty(self.value(key), &self.possible(key))
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
    match possible.only() {
        Some(only) if none(only) && none(now) => None,
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
    let one = |tailored: &Tailored| {
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
    words.library.rulesets[ruleset].tailored.iter().map(one).collect()
}

impl<'e, 'a> Conclude<'e, 'a> {
    pub(crate) fn new(
        evaluation: &'e mut Evaluation<'a>,
        words: Words<'a>,
        ruleset: usize,
        sources: &'a Sources,
    ) -> Self {
        Self { evaluation, words, ruleset, sources, told: Told::default() }
    }

    /// Everything that the ruleset concludes; `before` is what was concluded of the rulesets that come before it.
    pub(crate) fn everything(mut self, before: &[RulesetAssessment]) -> RulesetAssessment {
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
        let joined = before.iter().filter(|one| one.answered && blank.joins.contains(&one.id));
        let joined = joined.filter_map(|one| Some((library.ruleset(&one.id)?, one.diagnoses.as_slice())));
        let concluded = std::iter::once((self.ruleset, diagnoses.as_slice())).chain(joined).collect();
        let recommendations = recommendations(self.evaluation, self.words, self.ruleset, &concluded);
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
            recommendations,
            statuses: self.statuses(),
            remarks,
            unanswered,
            next_questions,
            ..blank
        }
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
        let possible = self.evaluation.possible(key);
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
            fingerprint: fingerprint(self.evaluation, id, sure),
        })
    }

    /// The ruleset's aspects, parents before children, and otherwise as a reader who goes down from the first meets them.
    fn aspect_order(&self) -> Vec<AspectId> {
        let library = self.words.library;
        let own = library.rulesets[self.ruleset].own.aspects.clone();
        let children = |id: AspectId| &library.aspects[id.index()].children;
        let parents =
            |id: AspectId| own.clone().map(AspectId::at).filter(move |parent| children(*parent).contains(&id));
        let mut met = Vec::new();
        let mut waiting: Vec<AspectId> =
            own.clone().map(AspectId::at).filter(|id| parents(*id).next().is_none()).rev().collect();
        while let Some(id) = waiting.pop() {
            if !met.contains(&id) {
                met.push(id);
                waiting.extend(children(id).iter().rev());
            }
        }
        // a shared child waits until its last parent has been
        let mut order: Vec<AspectId> = Vec::new();
        while let Some(at) = met.iter().position(|id| parents(*id).all(|parent| order.contains(&parent))) {
            order.push(met.remove(at));
        }
        order
    }

    /// An aspect with its score, level and everything beside it.
    pub(crate) fn aspect(&mut self, id: AspectId) -> AspectAssessment {
        let library = self.words.library;
        let aspect = &library.aspects[id.index()];
        let own = library.rulesets[self.ruleset].own.aspects.clone();
        let score_expr = library.exprs.scores[id.index()];
        let (score, possible) = self.possible(score_expr);
        let level = library.exprs.levels[id.index()];
        let level_exact = level.is_none_or(|level| self.possible(level).1.exact);
        let importance = library.exprs.aspect_importances[id.index()]
            .and_then(|expr| number(self.evaluation.value(Evaluation::whole(expr))));
        let because = if aspect.combine.gives_level() { level.unwrap_or(score_expr) } else { score_expr };
        AspectAssessment {
            id: aspect.declared.id.clone(),
            title: self.words.aspect(id),
            parents: library.aspects[own]
                .iter()
                .filter(|parent| parent.children.contains(&id))
                .map(|parent| parent.declared.id.clone())
                .collect(),
            combine: aspect.combine.word().to_owned(),
            score: number(score),
            fraction: fraction(number(score)),
            range: range(&possible),
            scale: aspect.within.map(|(low, high)| Range { low, high }),
            coverage: self.evaluation.coverage(id),
            level: level.map(|expr| self.level(id, expr)),
            target: number(self.evaluation.facts.targets[id.index()]),
            importance,
            by_role: self.by_role(id),
            portraits: self.portraits(id),
            exact: possible.exact && level_exact,
            deciding: self.words.deciding(self.evaluation, Evaluation::whole(because), self.ruleset),
            because: self.because(Evaluation::whole(because)),
            source: aspect.declared.source.clone(),
            place: self.place(aspect.declared.span),
        }
    }

    fn level(&mut self, id: AspectId, expr: ExprId) -> LevelAssessment {
        let (now, possible) = self.possible(expr);
        let aspect = &self.words.library.aspects[id.index()];
        let place = match now {
            Value::Option(at) => Some(at),
            _ => None,
        };
        let titled = place.and_then(|at| self.words.level(id, at));
        let options = (0..aspect.levels.len()).filter_map(|at| u16::try_from(at).ok());
        let candidates =
            options.clone().filter(|at| possible.has(Value::Option(*at))).filter_map(|at| self.words.level(id, at));
        LevelAssessment {
            id: titled.as_ref().map(|level| level.id.clone()),
            title: titled.map(|level| level.title),
            certainty: settledness(now, &possible),
            candidates: candidates.collect(),
            rank: place.map(|at| usize::from(at) + 1),
            of: aspect.levels.len(),
            levels: options.filter_map(|at| self.words.level(id, at)).collect(),
            fragile: Vec::new(),
        }
    }

    fn by_role(&mut self, id: AspectId) -> Vec<RoleView> {
        let library = self.words.library;
        let expr = library.exprs.scores[id.index()];
        if !library.compiled.by_party[expr.index()] {
            return Vec::new();
        }
        let own = library.rulesets[self.ruleset].own.roles.clone();
        let mut views = Vec::new();
        for role in
            own.map(RoleId::at).filter(|role| !self.evaluation.facts.in_role(*role).is_empty()).collect::<Vec<_>>()
        {
            let score_key = self.evaluation.by_role(expr, role);
            let score = number(self.evaluation.value(score_key));
            let importance = library.exprs.aspect_importances[id.index()].and_then(|expr| {
                let key = self.evaluation.by_role(expr, role);
                number(self.evaluation.value(key))
            });
            let declared = &library.roles[role.index()].declared;
            let title = self.words.texts(self.ruleset).text(&format!("role.{}.title", declared.id)).to_owned();
            views.push(RoleView { role: Titled { id: declared.id.clone(), title }, score, importance });
        }
        views
    }

    fn portraits(&mut self, id: AspectId) -> Vec<PortraitAssessment> {
        let library = self.words.library;
        let aspect = &library.aspects[id.index()];
        let Combine::BestMatch { measure, .. } = aspect.combine else { return Vec::new() };
        let Some(level) = library.exprs.levels[id.index()] else { return Vec::new() };
        let reads = self.evaluation.reads(Evaluation::whole(level));
        if reads.iter().any(|key| matches!(library.graph.expr(key.expr), Expr::Level(_))) {
            return Vec::new(); // folded over parties: there is no one portrait
        }
        let values: Vec<Value> = reads.iter().map(|key| self.evaluation.value(*key)).collect();
        let tallies = gathered(aspect, &values);
        let texts = self.words.texts(aspect.declared.ruleset);
        let mut all: Vec<(Option<Number>, PortraitAssessment)> = Vec::new();
        for ((at, portrait), tally) in (0_u16..).zip(portraits(aspect)).zip(&tallies) {
            let Some(level) = self.words.level(id, at) else { continue };
            let titled = |item: &crate::ruleset::Trait| Titled {
                id: item.id.clone(),
                title: texts.text(&format!("aspect.{}.traits.{}", aspect.declared.id, item.id)).to_owned(),
            };
            let mut holds = |expr: ExprId| self.evaluation.value(Evaluation::whole(expr)) == Value::Truth(true);
            let (mut traits, mut partly) = (Vec::new(), Vec::new());
            for item in &portrait.traits {
                if !holds(item.when) {
                    if !item.partial.is_some_and(&mut holds) {
                        continue;
                    }
                    partly.push(item.id.clone());
                }
                traits.push(titled(item));
            }
            let held = tally.measure(TraitMeasure::Count).unwrap_or(Number::ZERO);
            let of = usize::from(tally.of);
            all.push((tally.measure(measure), PortraitAssessment { level, held, of, traits, partly }));
        }
        all.sort_by(|(a, _), (b, _)| b.cmp(a)); // stable: of equals the first portrait first
        all.into_iter().map(|(_, portrait)| portrait).collect()
    }

    /// A typing.
    pub(crate) fn outcome(&mut self, id: OutcomeId) -> OutcomeAssessment {
        let outcome = &self.words.library.outcomes[id.index()];
        let texts = self.words.texts(self.ruleset);
        let title = |option: &str| texts.text(&format!("outcome.{}.options.{option}", outcome.declared.id)).to_owned();
        let Some(expr) = self.words.library.graph.find(&Expr::Outcome(id)) else {
            return self.outcome_of(id, Value::Nothing, &Possible::one(Value::Nothing), Vec::new());
        };
        let (now, possible) = self.possible(expr);
        let because = self.because(Evaluation::whole(expr));
        let mut assessment = self.outcome_of(id, now, &possible, because);
        if assessment.certainty != Some(Certainty::Confirmed) {
            assessment.deciding = self.words.deciding(self.evaluation, Evaluation::whole(expr), self.ruleset);
        }
        if let Value::Option(at) = now {
            assessment.value = outcome.ids.get(usize::from(at)).cloned();
            assessment.value_title = assessment.value.as_deref().map(title);
        }
        assessment
    }

    fn outcome_of(&self, id: OutcomeId, now: Value, possible: &Possible, because: Vec<Reason>) -> OutcomeAssessment {
        let outcome = &self.words.library.outcomes[id.index()];
        let texts = self.words.texts(self.ruleset);
        let key = |option: &str| format!("outcome.{}.options.{option}", outcome.declared.id);
        let candidates = (0_u16..).zip(outcome.ids.iter()).filter(|(at, _)| possible.has(Value::Option(*at)));
        OutcomeAssessment {
            id: outcome.declared.id.clone(),
            title: texts.text(&format!("outcome.{}.title", outcome.declared.id)).to_owned(),
            value: None,
            value_title: None,
            certainty: settledness(now, possible),
            exact: possible.exact,
            candidates: candidates
                .map(|(_, id)| Titled { id: id.clone(), title: texts.text(&key(id)).to_owned() })
                .collect(),
            deciding: Vec::new(),
            fragile: Vec::new(),
            because,
            source: outcome.declared.source.clone(),
            place: self.place(outcome.declared.span),
        }
    }

    /// A named number.
    pub(crate) fn measure(&mut self, id: MeasureId) -> MeasureAssessment {
        let measure = &self.words.library.measures[id.index()];
        let texts = self.words.texts(self.ruleset);
        let (now, possible) = self.possible(measure.value);
        MeasureAssessment {
            id: measure.declared.id.clone(),
            title: texts.text(&format!("measure.{}.title", measure.declared.id)).to_owned(),
            value: number(now),
            fraction: fraction(number(now)),
            range: range(&possible),
            unit: texts.get(&format!("measure.{}.unit", measure.declared.id)).map(str::to_owned),
            exact: possible.exact,
            deciding: self.words.deciding(self.evaluation, Evaluation::whole(measure.value), self.ruleset),
            because: self.because(Evaluation::whole(measure.value)),
            source: measure.declared.source.clone(),
            place: self.place(measure.declared.span),
        }
    }

    /// What a cell says; empty when its place says all.
    pub(crate) fn said(&self, table: &Table, cell: &Cell) -> String {
        let text = cell.template.as_ref().map(|template| {
            let key = format!("table.{}.cells.{}", table.declared.id, template.id);
            self.words.filled(self.ruleset, &key, template)
        });
        text.unwrap_or_default()
    }

    fn table(&mut self, table: &Table) -> TableAssessment {
        let texts = self.words.texts(self.ruleset);
        let titled = |kind: &str, ids: &[String]| {
            let title = |id: &String| texts.text(&format!("table.{}.{kind}.{id}", table.declared.id)).to_owned();
            ids.iter().map(|id| Titled { id: id.clone(), title: title(id) }).collect::<Vec<_>>()
        };
        let mut cells = Vec::new();
        for cell in &table.cells {
            let (now, possible) = self.possible(cell.when);
            let Some(certainty) = certainty(now, &possible) else { continue };
            cells.push(CellAssessment {
                row: table.rows[usize::from(cell.row)].clone(),
                column: table.columns[usize::from(cell.column)].clone(),
                certainty,
                exact: possible.exact,
                text: self.said(table, cell),
                says: cell.template.as_ref().map(|template| template.id.clone()),
                deciding: self.deciding(Evaluation::whole(cell.when), certainty),
                because: self.because(Evaluation::whole(cell.when)),
                source: cell.source.clone(),
            });
        }
        TableAssessment {
            id: table.declared.id.clone(),
            title: texts.text(&format!("table.{}.title", table.declared.id)).to_owned(),
            rows: titled("rows", &table.rows),
            columns: titled("columns", &table.columns),
            cells,
            on_screen: table.on_screen,
            source: table.declared.source.clone(),
            place: self.place(table.declared.span),
        }
    }
}
