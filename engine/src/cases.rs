//! Cases: given these answers, a ruleset should conclude this.
//!
//! Cases stand in a ruleset's `tests/*.toml`. [`read`] takes them from its files, [`run`] holds one against
//! what the engine concludes. A case is strict: a confirmed or indicated diagnosis that it does not name may
//! not appear, unless it says `expect.others = true`.

mod read;

pub use read::read;

use crate::assessment::Certainty;
use crate::condition::{AspectId, BouwsteenId, Expr, MeasureId, OutcomeId, RuleId, TableId, Value};
use crate::evaluate::{Checked, Glance, check};
use crate::number::Number;
use crate::problem::{Code, Problem, Problems, Span, codes};
use crate::profile::Profile;
use crate::ruleset::{Cell, Library};
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
    /// What is expected. What it does not name is free, but for diagnoses.
    pub expected: Vec<Expected>,
    /// Whether diagnoses may speak that it does not name.
    pub others: bool,
    /// Whether everything that it comes to is recorded beside it.
    pub snapshot: bool,
}

/// One thing that a case expects.
#[derive(Debug, Clone)]
pub struct Expected {
    /// What.
    pub claim: Claim,
    /// Where the case says it.
    pub span: Span,
}

/// Something that can be expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// A diagnosis is this sure; nothing: it is silent, not even open.
    Diagnosis(RuleId, Option<Certainty>),
    /// An aspect has this level, by place; nothing: it has none.
    Level(AspectId, Option<u16>),
    /// A typing gives this option, by place; nothing: it gives none.
    Outcome(OutcomeId, Option<u16>),
    /// An aspect has this score; nothing: it has none.
    Score(AspectId, Option<Number>),
    /// A measure comes to this; nothing: it has no value.
    Measure(MeasureId, Option<Number>),
    /// A place of a table speaks this surely; nothing: it is silent.
    Cell(CellPlace, Option<Certainty>),
    /// The recommendation at this place, counted from nought.
    First(usize, BouwsteenId),
    /// Exactly these are recommended, in any order.
    Recommended(Vec<BouwsteenId>),
}

/// A place of a table, or one of the things that it can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellPlace {
    /// The table.
    pub table: TableId,
    /// Place of the row.
    pub row: u16,
    /// Place of the column.
    pub column: u16,
    /// Id of the text that is meant, where not all of the place is.
    pub says: Option<String>,
}

impl CellPlace {
    /// Whether a cell of the table is meant.
    pub(crate) fn means(&self, cell: &Cell) -> bool {
        let text = cell.template.as_ref().map(|template| template.id.as_str());
        (cell.row, cell.column) == (self.row, self.column) && (self.says.is_none() || self.says.as_deref() == text)
    }
}

/// Something that is not as a case expects.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// What is missing, unexpected or wrong, and where the case says otherwise.
    pub problem: Problem,
    /// What there is to explain about it: `ruleset/id`.
    pub about: String,
}

/// Runs a case. Gives what differs, which is nothing for a case that holds.
///
/// What is wrong with the case itself (an unknown answer, say) goes into `problems`.
pub fn run(library: &Library, sources: &Sources, case: &Case, problems: &mut Problems) -> Vec<Verdict> {
    let Some(checked) = check(library, &case.profile, problems) else { return Vec::new() };
    let mut holding = Holding { library, sources, case, glance: Glance::at(library, &checked) };
    let verdicts = holding.verdicts();
    if holding.glance.is_exact(problems) { verdicts } else { Vec::new() }
}

/// Whether a case holds for some of its claims, and for some of the rules that it does not name: those are looked
/// at on what is answered, not over all completions, which is much faster and misses next to nothing.
pub(crate) fn holds<'a>(
    library: &Library,
    sources: &Sources,
    case: &Case,
    checked: &Checked<'_>,
    claims: impl Iterator<Item = &'a Claim>,
    unnamed: impl Iterator<Item = RuleId>,
) -> bool {
    let (mut claims, mut unnamed) = (claims.peekable(), unnamed.peekable());
    if claims.peek().is_none() && unnamed.peek().is_none() {
        return true;
    }
    let mut holding = Holding { library, sources, case, glance: Glance::at(library, checked) };
    claims.all(|claim| holding.holds(claim)) && unnamed.all(|rule| !holding.speaks_unnamed(rule))
}

impl Case {
    /// Whether the case says anything of a rule.
    pub(crate) fn names(&self, rule: RuleId) -> bool {
        self.expected.iter().any(|one| matches!(one.claim, Claim::Diagnosis(named, _) if named == rule))
    }
}

/// The word for how sure something is.
pub(crate) const fn word(certainty: Option<Certainty>) -> &'static str {
    match certainty {
        Some(Certainty::Confirmed) => "confirmed",
        Some(Certainty::Indicated) => "indicated",
        Some(Certainty::Open) => "open",
        None => "silent",
    }
}

/// Holds what is concluded against what is expected.
struct Holding<'a> {
    library: &'a Library,
    sources: &'a Sources,
    case: &'a Case,
    glance: Glance<'a>,
}

impl Holding<'_> {
    fn verdicts(&mut self) -> Vec<Verdict> {
        let case = self.case;
        let mut verdicts: Vec<Verdict> = case.expected.iter().filter_map(|one| self.verdict(one)).collect();
        if !case.others {
            let own = self.library.rulesets[case.ruleset].own.rules.clone();
            verdicts.extend(own.map(RuleId::at).filter_map(|rule| self.unexpected(rule)));
        }
        verdicts
    }

    /// The certainty of a rule that the case does not name and that speaks.
    fn is_unexpected(&mut self, rule: RuleId) -> Option<Certainty> {
        if self.case.names(rule) {
            return None;
        }
        self.glance.rule(rule).filter(|certainty| *certainty != Certainty::Open)
    }

    /// Whether a rule that the case does not name speaks on what is answered.
    fn speaks_unnamed(&mut self, rule: RuleId) -> bool {
        let when = self.library.rules[rule.index()].when;
        !self.case.names(rule)
            && self.glance.value(when) == Value::Truth(true)
            && self.glance.rule(rule) != Some(Certainty::Open)
    }

    fn unexpected(&mut self, rule: RuleId) -> Option<Verdict> {
        let found = self.is_unexpected(rule)?;
        let id = &self.library.rules[rule.index()].declared.id;
        let problem =
            Problem::new(codes::UNEXPECTED, format!("`{id}` is {}, and the case does not name it", word(Some(found))));
        let problem = problem.at(self.case.span).help(format!(
            "if it is right, add `expect.diagnoses = {{ {id} = \"{}\" }}`; with `expect.others = true` others may speak",
            word(Some(found))
        ));
        Some(Verdict { problem, about: self.full(id) })
    }

    fn full(&self, id: &str) -> String {
        format!("{}/{id}", self.library.rulesets[self.case.ruleset].manifest.id)
    }

    fn holds(&mut self, claim: &Claim) -> bool {
        match *claim {
            Claim::Diagnosis(rule, wanted) => self.glance.rule(rule) == wanted,
            Claim::Cell(ref place, wanted) => self.cell(place) == wanted,
            Claim::Level(_, wanted) | Claim::Outcome(_, wanted) => self.option(claim) == wanted,
            Claim::Score(_, wanted) | Claim::Measure(_, wanted) => self.number(claim) == wanted,
            Claim::First(at, wanted) => self.recommended().get(at) == Some(&wanted),
            Claim::Recommended(ref wanted) => {
                let found = self.recommended();
                found.len() == wanted.len() && wanted.iter().all(|one| found.contains(one))
            }
        }
    }

    fn cell(&mut self, place: &CellPlace) -> Option<Certainty> {
        let cells = self.library.tables[place.table.index()].cells.iter();
        cells.filter(|cell| place.means(cell)).filter_map(|cell| self.glance.condition(cell.when)).min()
    }

    fn recommended(&mut self) -> Vec<BouwsteenId> {
        self.glance.recommended(self.case.ruleset, self.sources)
    }

    fn option(&mut self, claim: &Claim) -> Option<u16> {
        let expr = match *claim {
            Claim::Level(aspect, _) => self.library.exprs.levels[aspect.index()],
            Claim::Outcome(outcome, _) => self.library.graph.find(&Expr::Outcome(outcome)),
            _ => None,
        };
        match self.glance.value(expr?) {
            Value::Option(at) => Some(at),
            _ => None,
        }
    }

    fn number(&mut self, claim: &Claim) -> Option<Number> {
        let expr = match *claim {
            Claim::Score(aspect, _) => self.library.exprs.scores[aspect.index()],
            Claim::Measure(measure, _) => self.library.measures[measure.index()].value,
            _ => return None,
        };
        match self.glance.value(expr) {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    fn stone(&self, id: BouwsteenId) -> String {
        self.library.bouwstenen[id.index()].declared.id.clone()
    }

    fn verdict(&mut self, expected: &Expected) -> Option<Verdict> {
        if self.holds(&expected.claim) {
            return None;
        }
        let library = self.library;
        let (about, what, wanted, found) = match expected.claim {
            Claim::Diagnosis(rule, wanted) => {
                let id = &library.rules[rule.index()].declared.id;
                (id.clone(), format!("`{id}`"), word(wanted).to_owned(), word(self.glance.rule(rule)).to_owned())
            }
            Claim::Cell(ref place, wanted) => {
                let table = &library.tables[place.table.index()];
                let found = self.cell(place);
                let (row, column) = (&table.rows[usize::from(place.row)], &table.columns[usize::from(place.column)]);
                let about = format!("{}/{row}/{column}", table.declared.id);
                let says = place.says.iter().map(|says| format!("/{says}")).collect::<String>();
                (about.clone(), format!("the cell `{about}{says}`"), word(wanted).to_owned(), word(found).to_owned())
            }
            Claim::Level(id, wanted) => {
                let aspect = &library.aspects[id.index()];
                let name =
                    |at: Option<u16>| at.map_or("none", |at| aspect.levels[usize::from(at)].id.as_str()).to_owned();
                let found = self.option(&expected.claim);
                (
                    aspect.declared.id.clone(),
                    format!("the level of `{}`", aspect.declared.id),
                    name(wanted),
                    name(found),
                )
            }
            Claim::Outcome(id, wanted) => {
                let outcome = &library.outcomes[id.index()];
                let name = |at: Option<u16>| at.map_or("none", |at| outcome.ids[usize::from(at)].as_str()).to_owned();
                let found = self.option(&expected.claim);
                (
                    outcome.declared.id.clone(),
                    format!("the typing `{}`", outcome.declared.id),
                    name(wanted),
                    name(found),
                )
            }
            Claim::Score(id, wanted) => {
                let id = &library.aspects[id.index()].declared.id;
                (id.clone(), format!("the score of `{id}`"), shown(wanted), shown(self.number(&expected.claim)))
            }
            Claim::Measure(id, wanted) => {
                let id = &library.measures[id.index()].declared.id;
                (id.clone(), format!("the measure `{id}`"), shown(wanted), shown(self.number(&expected.claim)))
            }
            Claim::First(at, wanted) => {
                let found = self.recommended().get(at).map(|id| self.stone(*id));
                let found = found.unwrap_or_else(|| "nothing".to_owned());
                (self.stone(wanted), format!("recommendation {}", at + 1), self.stone(wanted), found)
            }
            Claim::Recommended(ref wanted) => {
                let found = self.recommended();
                let odd =
                    wanted.iter().find(|one| !found.contains(one)).or(found.iter().find(|one| !wanted.contains(one)));
                let names = |all: &[BouwsteenId]| match all {
                    [] => "nothing".to_owned(),
                    all => all.iter().map(|id| self.stone(*id)).collect::<Vec<_>>().join(", "),
                };
                let about = odd.map(|id| self.stone(*id)).unwrap_or_default();
                (about, "what is recommended".to_owned(), names(wanted), names(&found))
            }
        };
        let problem = Problem::new(kind(&expected.claim, &found), format!("{what} should be {wanted}, and is {found}"));
        let problem = problem.at(expected.span).label(format!("found: {found}")).also(self.case.span, "in this case");
        let problem = if found.contains('/') && matches!(expected.claim, Claim::Score(..) | Claim::Measure(..)) {
            problem.help(format!("numbers are exact; where a decimal has no end, write \"{found}\""))
        } else {
            problem
        };
        Some(Verdict { problem, about: self.full(&about) })
    }
}

/// Missing, unexpected, or of another value.
fn kind(claim: &Claim, found: &str) -> Code {
    match claim {
        Claim::Diagnosis(_, None) | Claim::Cell(.., None) => codes::UNEXPECTED,
        _ if matches!(found, "silent" | "none" | "nothing") => codes::MISSING_CONCLUSION,
        _ => codes::OTHER_CONCLUSION,
    }
}

fn shown(number: Option<Number>) -> String {
    number.map_or_else(|| "none".to_owned(), Number::written)
}
