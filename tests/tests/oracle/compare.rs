//! Holds an assessment against what brute force finds.

mod links;

use super::brute::{Certainty, Choice, Measured, World};
use super::cone::{Cone, Element};
use super::model::{Model, Number, RULESETS};
use super::tally::Tally;
use ketenspiegel_engine::assessment::{self, Assessment, LevelAssessment, RulesetAssessment, Titled};
use ketenspiegel_engine::number::Number as EngineNumber;
use std::collections::BTreeSet;
use std::fmt::Debug;

/// One thing that the engine says and brute force does not.
#[derive(Debug, Clone)]
pub(super) struct Disagreement {
    pub(super) element: Element,
    pub(super) what: String,
    pub(super) expected: String,
    pub(super) actual: String,
}

/// Compares everything in `cone`, and counts what is seen.
pub(super) fn compare(world: &World<'_>, cone: &Cone, assessment: &Assessment, tally: &mut Tally) -> Vec<Disagreement> {
    let mut comparison = Comparison { model: world.model, world, assessment, found: Vec::new() };
    comparison.nothing_set_aside(tally);
    let concluded = |ruleset: usize| !world.profile.sets_aside(world.model, ruleset);
    let aspects = cone.aspects.iter().filter(|at| concluded(world.model.aspects[**at].ruleset));
    aspects.for_each(|at| comparison.aspect(*at, tally));
    let measures = cone.measures.iter().filter(|at| concluded(world.model.measures[**at].ruleset));
    measures.for_each(|at| comparison.measure(*at, tally));
    let outcomes = cone.outcomes.iter().filter(|at| concluded(world.model.outcomes[**at].ruleset));
    outcomes.for_each(|at| comparison.outcome(*at, tally));
    let tables = cone.tables.iter().filter(|at| concluded(world.model.tables[**at].ruleset));
    tables.for_each(|at| comparison.table(*at, tally));
    let rules = cone.rules.iter().filter(|at| concluded(world.model.rules[**at].ruleset));
    rules.for_each(|at| comparison.rule(*at, tally));
    cone.questions.iter().for_each(|at| comparison.remarks(*at, cone, tally));
    comparison.evidence(tally);
    comparison.found
}

struct Comparison<'a> {
    model: &'a Model,
    world: &'a World<'a>,
    assessment: &'a Assessment,
    found: Vec<Disagreement>,
}

fn own(certainty: assessment::Certainty) -> Certainty {
    match certainty {
        assessment::Certainty::Confirmed => Certainty::Confirmed,
        assessment::Certainty::Indicated => Certainty::Indicated,
        assessment::Certainty::Open => Certainty::Open,
    }
}

/// A bound on certainty may claim less than is true, and never more.
fn claims_less(expected: Option<Certainty>, actual: Option<Certainty>) -> bool {
    match (expected, actual) {
        (Some(Certainty::Confirmed), actual) => actual.is_some(),
        (Some(Certainty::Indicated), actual) => matches!(actual, Some(Certainty::Indicated | Certainty::Open)),
        (Some(Certainty::Open), actual) => actual == Some(Certainty::Open),
        (None, actual) => matches!(actual, None | Some(Certainty::Open)),
    }
}

fn ids(titled: &[Titled]) -> BTreeSet<String> {
    titled.iter().map(|titled| titled.id.clone()).collect()
}

/// Two numbers as they are written exactly.
fn range(range: Option<&assessment::Range>) -> Option<(String, String)> {
    range.map(|range| (range.low.to_string(), range.high.to_string()))
}

impl<'a> Comparison<'a> {
    fn ruleset(&self, ruleset: usize) -> &'a RulesetAssessment {
        self.assessment.rulesets.iter().find(|found| found.id == RULESETS[ruleset]).expect("each ruleset is assessed")
    }

    fn is_aside(&self, ruleset: usize) -> bool {
        self.world.profile.sets_aside(self.model, ruleset)
    }

    /// Of a ruleset that is set aside, nothing is concluded.
    fn nothing_set_aside(&mut self, tally: &mut Tally) {
        for ruleset in (0..self.model.rulesets).filter(|ruleset| self.is_aside(*ruleset)).collect::<Vec<_>>() {
            tally.see("set aside");
            let RulesetAssessment { aspects, outcomes, measures, tables, diagnoses, .. } = self.ruleset(ruleset);
            let counts = [aspects.len(), outcomes.len(), measures.len(), tables.len(), diagnoses.len()];
            self.equal(Element::Ruleset(ruleset), "conclusions", &[0; 5], &counts);
        }
    }

    fn check<T: Debug>(&mut self, good: bool, element: Element, what: &str, expected: &T, actual: &T) {
        if !good {
            let (expected, actual) = (format!("{expected:?}"), format!("{actual:?}"));
            self.found.push(Disagreement { element, what: what.to_owned(), expected, actual });
        }
    }

    fn equal<T: Debug + PartialEq>(&mut self, element: Element, what: &str, expected: &T, actual: &T) {
        self.check(expected == actual, element, what, expected, actual);
    }

    /// A certainty; where it is a bound, it may claim less.
    fn certain(&mut self, element: Element, what: &str, exact: bool, sides: [Option<Certainty>; 2]) {
        let [expected, actual] = sides;
        let good = expected == actual || (!exact && claims_less(expected, actual));
        self.check(good, element, what, &expected, &actual);
    }

    fn number(&mut self, element: Element, what: &str, expected: Option<Number>, actual: Option<EngineNumber>) {
        let (expected, actual) = (expected.map(|number| number.to_string()), actual.map(|number| number.to_string()));
        self.equal(element, what, &expected, &actual);
    }

    /// A range; where it is a bound, it may be wider.
    fn range(
        &mut self,
        element: Element,
        what: &str,
        exact: bool,
        measured: &Measured,
        actual: Option<&assessment::Range>,
    ) {
        let expected = measured.range.map(|(low, high)| (low.to_string(), high.to_string()));
        let good = match (measured.range, actual) {
            (Some((low, high)), Some(bound)) if !exact => {
                let read = |text: String| text.parse::<Number>().expect("numbers are written as fractions");
                read(bound.low.to_string()) <= low && read(bound.high.to_string()) >= high
            }
            (None, _) if !exact => true,
            _ => expected == range(actual),
        };
        self.check(good, element, what, &expected, &range(actual));
    }

    fn aspect(&mut self, at: usize, tally: &mut Tally) {
        let declared = &self.model.aspects[at];
        let (element, id) = (Element::Aspect(at), format!("a{at}"));
        let Some(found) = self.ruleset(declared.ruleset).aspects.iter().find(|aspect| aspect.id == id) else {
            return self.check(false, element, "aspect", &"there", &"not there");
        };
        tally.exact("aspect", found.exact);
        let score = self.world.score(at);
        // what is settled cannot be seen to be so from bounds
        let unseen = !found.exact && found.score.is_none();
        if !unseen {
            self.number(element, "score", score.now, found.score);
        }
        self.range(element, "range of the score", found.exact, &score, found.range.as_ref());
        self.number(element, "importance", self.world.importance_of(at, self.world.whole()), found.importance);
        for view in &found.by_role {
            let role = view.role.id.trim_start_matches('r').parse().expect("roles are numbered");
            let what = format!("score by {}", view.role.id);
            let expected = self.world.score_of(at, self.world.role(role));
            self.number(element, &what, expected, view.score);
            let what = format!("importance by {}", view.role.id);
            let expected = self.world.importance_of(at, self.world.role(role));
            self.number(element, &what, expected, view.importance);
        }
        if self.model.is_covered(at) {
            let (answered, asked) = self.world.covered_below(at);
            let actual = (found.coverage.answered, found.coverage.applicable);
            let actual = (i64::try_from(actual.0).expect("few"), i64::try_from(actual.1).expect("few"));
            self.equal(element, "coverage", &(answered, asked), &actual);
        }
        match &found.level {
            Some(level) => self.level(at, level, found.exact, tally),
            None => self.equal(element, "levels", &declared.levels(), &0),
        }
    }

    fn level(&mut self, at: usize, found: &LevelAssessment, exact: bool, tally: &mut Tally) {
        let aspect = &self.model.aspects[at];
        let names: Vec<String> = (0..aspect.levels()).map(|level| aspect.level_id(level)).collect();
        let choice = self.world.level(at);
        tally.label("level", choice.certainty);
        self.chosen(
            Element::Aspect(at),
            "level",
            &choice,
            &names,
            exact,
            &Chosen { id: found.id.as_ref(), certainty: found.certainty, candidates: ids(&found.candidates) },
        );
    }

    fn chosen(
        &mut self,
        element: Element,
        what: &str,
        choice: &Choice,
        names: &[String],
        exact: bool,
        found: &Chosen<'_>,
    ) {
        let now = choice.now.map(|at| &names[at]);
        if exact || found.id.is_some() {
            self.equal(element, what, &now, &found.id);
        }
        let what = format!("certainty of the {what}");
        self.certain(element, &what, exact, [choice.certainty, found.certainty.map(own)]);
        let candidates: BTreeSet<String> = choice.candidates.iter().map(|at| names[*at].clone()).collect();
        let good = candidates == found.candidates || (!exact && candidates.is_subset(&found.candidates));
        self.check(good, element, "candidates", &candidates, &found.candidates);
    }

    fn measure(&mut self, at: usize, tally: &mut Tally) {
        let (element, id) = (Element::Measure(at), format!("m{at}"));
        let ruleset = self.ruleset(self.model.measures[at].ruleset);
        let Some(found) = ruleset.measures.iter().find(|measure| measure.id == id) else {
            return self.check(false, element, "measure", &"there", &"not there");
        };
        tally.exact("measure", found.exact);
        let measured = self.world.measure(at);
        if found.exact || found.value.is_some() {
            self.number(element, "value", measured.now, found.value);
        }
        self.range(element, "range of the value", found.exact, &measured, found.range.as_ref());
    }

    fn outcome(&mut self, at: usize, tally: &mut Tally) {
        let (element, id) = (Element::Outcome(at), format!("o{at}"));
        let outcome = &self.model.outcomes[at];
        let Some(found) = self.ruleset(outcome.ruleset).outcomes.iter().find(|outcome| outcome.id == id) else {
            return self.check(false, element, "outcome", &"there", &"not there");
        };
        tally.exact("outcome", found.exact);
        let choice = self.world.outcome(at);
        tally.label("outcome", choice.certainty);
        self.chosen(
            element,
            "outcome",
            &choice,
            &outcome.option_ids(),
            found.exact,
            &Chosen { id: found.value.as_ref(), certainty: found.certainty, candidates: ids(&found.candidates) },
        );
    }

    fn table(&mut self, at: usize, tally: &mut Tally) {
        let (element, id) = (Element::Table(at), format!("t{at}"));
        let table = &self.model.tables[at];
        let found = self.ruleset(table.ruleset).tables.iter().find(|table| table.id == id);
        let Some(found) = found else { return self.check(false, element, "table", &"there", &"not there") };
        for (number, cell) in table.cells.iter().enumerate() {
            let (row, column) = (format!("rij{}", cell.row), format!("kolom{}", cell.column));
            let found = found.cells.iter().find(|found| found.row == row && found.column == column);
            let exact = found.is_none_or(|found| found.exact);
            tally.exact("cell", exact);
            let expected = self.world.cell(at, number);
            tally.label("cell", expected);
            let what = format!("cell {row}/{column}");
            self.certain(element, &what, exact, [expected, found.map(|found| own(found.certainty))]);
        }
    }

    fn rule(&mut self, at: usize, tally: &mut Tally) {
        let (element, id) = (Element::Rule(at), format!("d{at}"));
        let ruleset = self.ruleset(self.model.rules[at].ruleset);
        let found = ruleset.diagnoses.iter().find(|diagnosis| diagnosis.id == id);
        let exact = found.is_none_or(|found| found.exact);
        tally.exact("rule", exact);
        let expected = self.world.rule(at);
        tally.label("rule", expected);
        self.certain(element, "certainty", exact, [expected, found.map(|found| own(found.certainty))]);
    }
}

/// What the engine says where one of several options is picked.
struct Chosen<'a> {
    id: Option<&'a String>,
    certainty: Option<assessment::Certainty>,
    candidates: BTreeSet<String>,
}
