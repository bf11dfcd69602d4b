//! Cases: given these answers, a ruleset should conclude this.
//!
//! Cases stand in a ruleset's `tests/*.toml`. [`read`] takes them from its files, [`run`] holds one against
//! what the engine concludes. A case is strict: a confirmed or indicated diagnosis that it does not name may
//! not appear, unless it says `expect.others = true`.

mod read;

pub use read::read;

use crate::assessment::{Assessment, Certainty, RulesetAssessment};
use crate::evaluate::assess_some;
use crate::number::Number;
use crate::problem::{Problems, Span};
use crate::profile::Profile;
use crate::ruleset::Library;
use crate::source::Sources;

/// A case.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// The ruleset that it belongs to, by place in the library.
    pub ruleset: usize,
    /// What is given.
    pub profile: Profile,
    /// What is expected.
    pub expect: Expect,
}

/// What a case expects. What it does not name is free, but for diagnoses.
#[derive(Debug, Clone, Default)]
pub struct Expect {
    /// Diagnoses that must speak, and how surely.
    pub diagnoses: Vec<(String, Certainty)>,
    /// Rules that must be silent: not even open.
    pub silent: Vec<String>,
    /// Whether other diagnoses may speak.
    pub others: bool,
    /// Levels of aspects; `none` for an aspect without one.
    pub levels: Vec<(String, String)>,
    /// Options of typings; `none` for a typing without one.
    pub outcomes: Vec<(String, String)>,
    /// Scores of aspects.
    pub scores: Vec<(String, Number)>,
    /// Measures.
    pub measures: Vec<(String, Number)>,
    /// Cells of tables, as `table/row/column`.
    pub cells: Vec<(String, Certainty)>,
    /// The first recommendations, in order.
    pub first: Vec<String>,
}

/// Something that is not as a case expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: the kind and the id.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

/// Runs a case. Gives what differs, which is nothing for a case that holds.
///
/// What is wrong with the case itself (an unknown answer, say) goes into `problems`.
pub fn run(library: &Library, sources: &Sources, case: &Case, problems: &mut Problems) -> Vec<Difference> {
    let language = library.rulesets[case.ruleset].manifest.languages.first().map_or("nl", String::as_str);
    // what others conclude only matters for the order of a plan that holds their advice too
    let wanted = |ruleset: usize| ruleset == case.ruleset || !case.expect.first.is_empty();
    let Some(assessment) = assess_some(library, &case.profile, sources, language, &wanted, problems) else {
        return vec![Difference {
            what: "the case itself".to_owned(),
            expected: "answers that fit the ruleset".to_owned(),
            found: "answers that do not".to_owned(),
        }];
    };
    let mut holding = Holding { expect: &case.expect, differences: Vec::new() };
    holding.everything(&assessment, &library.rulesets[case.ruleset].manifest.id);
    holding.differences
}

const fn word(certainty: Option<Certainty>) -> &'static str {
    match certainty {
        Some(Certainty::Confirmed) => "confirmed",
        Some(Certainty::Indicated) => "indicated",
        Some(Certainty::Open) => "open",
        None => "silent",
    }
}

/// Holds an assessment against what is expected.
struct Holding<'a> {
    expect: &'a Expect,
    differences: Vec<Difference>,
}

impl Holding<'_> {
    fn hold(&mut self, what: String, expected: &str, found: &str) {
        if expected != found {
            self.differences.push(Difference { what, expected: expected.to_owned(), found: found.to_owned() });
        }
    }

    fn everything(&mut self, assessment: &Assessment, ruleset: &str) {
        let Some(found) = assessment.rulesets.iter().find(|one| one.id == ruleset) else { return };
        self.diagnoses(found);
        self.values(found);
        for (id, wanted) in &self.expect.cells {
            let cell = found.tables.iter().find_map(|table| {
                let (row, column) = id.strip_prefix(&format!("{}/", table.id))?.split_once('/')?;
                table.cells.iter().find(|cell| cell.row == row && cell.column == column)
            });
            self.hold(format!("cell {id}"), word(Some(*wanted)), word(cell.map(|cell| cell.certainty)));
        }
        for (at, wanted) in self.expect.first.iter().enumerate() {
            let recommended = found.recommendations.get(at).map_or("nothing", |one| one.bouwsteen.as_str());
            self.hold(format!("recommendation {}", at + 1), wanted, recommended);
        }
    }

    fn diagnoses(&mut self, found: &RulesetAssessment) {
        let certainty = |id: &str| found.diagnoses.iter().find(|one| one.id == id).map(|one| one.certainty);
        for (id, wanted) in &self.expect.diagnoses {
            self.hold(format!("diagnosis {id}"), word(Some(*wanted)), word(certainty(id)));
        }
        for id in &self.expect.silent {
            self.hold(format!("diagnosis {id}"), "silent", word(certainty(id)));
        }
        if self.expect.others {
            return;
        }
        for one in found.diagnoses.iter().filter(|one| one.certainty != Certainty::Open) {
            let named =
                self.expect.diagnoses.iter().any(|(id, _)| *id == one.id) || self.expect.silent.contains(&one.id);
            if !named {
                self.hold(format!("diagnosis {}", one.id), "not named by the case", word(Some(one.certainty)));
            }
        }
    }

    fn values(&mut self, found: &RulesetAssessment) {
        let shown = |number: Option<Number>| number.map_or_else(|| "none".to_owned(), |number| number.to_string());
        for (id, wanted) in &self.expect.levels {
            let aspect = found.aspects.iter().find(|one| one.id == *id);
            let level = aspect.and_then(|one| one.level.as_ref()).and_then(|level| level.id.clone());
            self.hold(format!("level of {id}"), wanted, level.as_deref().unwrap_or("none"));
        }
        for (id, wanted) in &self.expect.outcomes {
            let value = found.outcomes.iter().find(|one| one.id == *id).and_then(|one| one.value.clone());
            self.hold(format!("typing {id}"), wanted, value.as_deref().unwrap_or("none"));
        }
        for (id, wanted) in &self.expect.scores {
            let score = found.aspects.iter().find(|one| one.id == *id).and_then(|one| one.score);
            self.hold(format!("score of {id}"), &wanted.to_string(), &shown(score));
        }
        for (id, wanted) in &self.expect.measures {
            let value = found.measures.iter().find(|one| one.id == *id).and_then(|one| one.value);
            self.hold(format!("measure {id}"), &wanted.to_string(), &shown(value));
        }
    }
}
