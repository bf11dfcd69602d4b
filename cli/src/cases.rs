//! `ruleset test`: rulesets held against their own cases, and how good those cases are.

mod recorded;

use crate::advice::{WrittenAdvice, written};
use crate::arguments::{Lang, Test, TestFormat, Threshold};
use crate::choose::Shelf;
use crate::codes::ARGUMENTS;
use crate::exit::Exit;
use crate::machine;
use crate::session::{Ended, Session};
use ketenspiegel_engine::advice::{Judged, judge};
use ketenspiegel_engine::cases::{self, Case, Verdict};
use ketenspiegel_engine::conclusions::Difference;
use ketenspiegel_engine::coverage::{Coverage, coverage};
use ketenspiegel_engine::evaluate::{assess, explain};
use ketenspiegel_engine::mutation::mutation;
use ketenspiegel_engine::problem::{Problem, Problems, codes};
use ketenspiegel_engine::render::{self, explanation::explanation};
use ketenspiegel_engine::ruleset::Library;
use recorded::Recorded;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The name of the format that `--format json` writes.
const FORMAT: &str = "test/1";

/// A ruleset with its cases, and what came of them.
struct Tested {
    id: String,
    library: Library,
    cases: Vec<Case>,
    differing: Vec<(usize, Vec<Verdict>)>,
    recorded: Recorded,
    coverage: Option<Coverage>,
    mutants: Option<Mutants>,
}

/// How many mutants there were, and those that no case notices.
struct Mutants {
    made: usize,
    equivalent: usize,
    survivors: Judged,
}

impl Mutants {
    /// The share that is noticed, or survives for a reason, in whole per cents.
    fn percent(&self) -> usize {
        let noticed = self.made.saturating_sub(self.survivors.left.len());
        (noticed * 100).checked_div(self.made).unwrap_or(100)
    }
}

/// Runs the cases of the named rulesets.
pub(crate) fn run(asked: &Test, session: &mut Session<'_>) -> Ended {
    sensible(asked, session)?;
    if asked.watch {
        return crate::watch::run(&asked.rulesets, session, |session| once(asked, session));
    }
    once(asked, session)
}

/// Refuses what does not go together.
fn sensible(asked: &Test, session: &mut Session<'_>) -> Result<(), Exit> {
    let needs = |threshold: &&Threshold| {
        if threshold.kind == "mutants" { !asked.mutate } else { !asked.coverage }
    };
    if let Some(threshold) = asked.thresholds.iter().find(needs) {
        let flag = if threshold.kind == "mutants" { "--mutate" } else { "--coverage" };
        let problem = Problem::new(ARGUMENTS, format!("a threshold for {} needs {flag}", threshold.kind));
        return Err(session.stop(Exit::Usage, problem));
    }
    if asked.format == TestFormat::Lcov && !asked.coverage {
        return Err(session.stop(Exit::Usage, Problem::new(ARGUMENTS, "`--format lcov` needs --coverage")));
    }
    Ok(())
}

fn once(asked: &Test, session: &mut Session<'_>) -> Ended {
    let shelf = Shelf::with(&asked.rulesets, session)?;
    let mut all = Vec::new();
    for id in shelf.named() {
        all.push(tested(&id, asked, &shelf, session)?);
    }
    let unmet: Vec<String> = all.iter().flat_map(|tested| tested.unmet(&asked.thresholds)).collect();
    let drawn = match asked.format {
        TestFormat::Text => text(&all, &unmet, asked.lang.lang, session),
        TestFormat::Json => json(&all, &unmet, session),
        TestFormat::Sarif => machine::sarif(&problems(&all), &session.sources),
        TestFormat::Github => machine::github(&problems(&all), &session.sources),
        TestFormat::Lcov => {
            all.iter().filter_map(|tested| tested.coverage.as_ref()).map(render::coverage::lcov).collect()
        }
    };
    session.print(&drawn)?;
    let held: usize = all.iter().map(|tested| tested.cases.len() - tested.failed()).sum();
    let stale = all.iter().any(|tested| !tested.recorded.stale.is_empty());
    let differs = all.iter().any(|tested| tested.failed() > 0) || stale || !unmet.is_empty();
    // a filter may leave a ruleset without cases; without one, a ruleset that proves nothing is a difference
    let without = asked.case.is_none() && all.iter().any(|tested| tested.cases.is_empty());
    match (differs, held) {
        (false, 0) => Ok(Exit::Nothing),
        (false, _) if !without => Ok(Exit::Fine),
        _ => Ok(Exit::Differ),
    }
}

/// A ruleset, held against its cases.
fn tested(id: &str, asked: &Test, shelf: &Shelf, session: &mut Session<'_>) -> Result<Tested, Exit> {
    let needed = shelf.with_required(&[id.to_owned()]);
    let library = Library::load(&needed, &mut session.sources, &mut session.problems).ok_or(Exit::Invalid)?;
    let own = library.ruleset(id).ok_or(Exit::Invalid)?;
    let mut all = Vec::new();
    for files in shelf.files(id) {
        all.extend(cases::read(&library, own, &files, &mut session.sources, &mut session.problems));
    }
    session.sound()?;
    all.retain(|case| asked.case.as_ref().is_none_or(|wanted| case.name.contains(wanted)));
    let mut differing = Vec::new();
    for (at, case) in all.iter().enumerate() {
        let verdicts = cases::run(&library, &session.sources, case, &mut session.problems);
        if !verdicts.is_empty() {
            differing.push((at, verdicts));
        }
    }
    session.sound()?;
    let mut recorded = Recorded::default();
    for files in shelf.files(id) {
        if asked.accept || asked.review {
            recorded::may_record(shelf.folder(id).as_deref(), id, session)?;
        }
        recorded = recorded::hold(&library, &files, &all, asked, session)?;
    }
    let sources = &session.sources;
    let coverage = asked.coverage.then(|| coverage(&library, own, &all, sources, &mut session.problems));
    // changes say nothing where the cases do not hold to begin with
    let mutants = (asked.mutate && differing.is_empty()).then(|| {
        let found = mutation(&library, own, &all, sources, &mut session.problems);
        let survivors = judge(&library, own, found.survivors, &[codes::UNNOTICED]);
        Mutants { made: found.made, equivalent: found.equivalent, survivors }
    });
    Ok(Tested { id: id.to_owned(), library, cases: all, differing, recorded, coverage, mutants })
}

impl Tested {
    /// The thresholds that are not met, in words.
    fn unmet(&self, thresholds: &[Threshold]) -> Vec<String> {
        let percent = |kind: &str| match kind {
            "mutants" => self.mutants.as_ref().map(Mutants::percent),
            kind => {
                let shares = self.coverage.as_ref()?.shares();
                shares.iter().find(|share| share.kind == kind).map(|share| share.percent())
            }
        };
        let unmet = thresholds.iter().filter_map(|threshold| {
            let found = percent(threshold.kind)?;
            let (kind, wanted) = (threshold.kind, threshold.percent);
            (found < wanted).then(|| format!("{}: {kind} {found} %, and {wanted} % is asked for", self.id))
        });
        unmet.collect()
    }

    /// How many cases do not hold, or are not as recorded.
    fn failed(&self) -> usize {
        let wrong = self.differing.iter().map(|(at, _)| *at);
        let all: BTreeSet<usize> = wrong.chain(self.recorded.differing.iter().map(|one| one.at)).collect();
        all.len()
    }

    fn line(&self) -> String {
        let count = if self.cases.len() == 1 { "1 case".to_owned() } else { format!("{} cases", self.cases.len()) };
        match (self.cases.len(), self.failed()) {
            (0, _) => format!("{}: no cases", self.id),
            (_, 0) => format!("{}: {count}, all hold", self.id),
            (_, differing) => format!("{}: {count}, {differing} differ", self.id),
        }
    }
}

/// Everything that is to be told about the tests, as problems.
fn problems(all: &[Tested]) -> Problems {
    let mut told = Problems::new();
    for tested in all {
        tested.differing.iter().flat_map(|(_, verdicts)| verdicts).for_each(|one| told.push(one.problem.clone()));
        tested.recorded.problems().for_each(|problem| told.push(problem.clone()));
        let survivors = tested.mutants.iter().flat_map(|mutants| &mutants.survivors.left);
        survivors.for_each(|one| told.push(one.problem.clone()));
    }
    told
}

fn text(all: &[Tested], unmet: &[String], lang: Lang, session: &mut Session<'_>) -> String {
    let mut out = String::new();
    let (mut held, mut failed) = (0, 0);
    for tested in all {
        for (at, verdicts) in &tested.differing {
            told(tested, *at, verdicts, lang, session, &mut out);
        }
        snapshots(tested, lang, session, &mut out);
        let _ = writeln!(out, "{}", tested.line());
        (held, failed) = (held + tested.cases.len() - tested.failed(), failed + tested.failed());
        if let Some(coverage) = &tested.coverage {
            let _ = writeln!(out, "\n{}", render::coverage::coverage(coverage));
        }
        if let Some(mutants) = &tested.mutants {
            changes(mutants, session, &mut out);
        }
    }
    let _ = writeln!(out, "{held} passed, {failed} failed");
    for unmet in unmet {
        let _ = writeln!(out, "{unmet}");
    }
    out
}

/// A case that differs: what and where, and under it why.
fn told(tested: &Tested, at: usize, verdicts: &[Verdict], lang: Lang, session: &mut Session<'_>, out: &mut String) {
    let (library, case) = (&tested.library, &tested.cases[at]);
    let look = session.look(lang);
    let mut ignored = Problems::new();
    let assessment = assess(library, &case.profile, &session.sources, lang.word(), &mut ignored);
    let _ = writeln!(out, "{} ({})\n", case.name, tested.id);
    for verdict in verdicts {
        out.push_str(&render::problems::problem(&verdict.problem, &session.sources, &look));
        let why = |id: &str, problems: &mut Problems| {
            explain(library, &case.profile, &session.sources, lang.word(), id, problems)
        };
        if let Some((found, assessment)) = why(&verdict.about, &mut ignored).zip(assessment.as_ref()) {
            let silent = found.certainty.is_none();
            let drawn = explanation(&found, assessment, silent, look.language).terminal(&look);
            out.push('\n');
            for line in drawn.lines() {
                let _ = writeln!(out, "{}", format!("    {line}").trim_end());
            }
        }
        out.push('\n');
    }
}

/// What is not as recorded, told as advice.
fn snapshots(tested: &Tested, lang: Lang, session: &Session<'_>, out: &mut String) {
    let look = session.look(lang);
    for one in &tested.recorded.differing {
        let _ = writeln!(out, "{} ({})\n", tested.cases[one.at].name, tested.id);
        out.push_str(&render::problems::problem(&one.problem, &session.sources, &look));
        out.push('\n');
        let drawn = render::difference(&one.difference, look.language).terminal(&look);
        for line in drawn.lines() {
            let _ = writeln!(out, "{}", format!("    {line}").trim_end());
        }
        out.push('\n');
    }
    for problem in &tested.recorded.stale {
        out.push_str(&render::problems::problem(problem, &session.sources, &look));
        out.push('\n');
    }
    for done in &tested.recorded.done {
        let _ = writeln!(out, "{done}");
    }
}

/// What became of the mutants.
fn changes(mutants: &Mutants, session: &Session<'_>, out: &mut String) {
    let Judged { left, allowed, .. } = &mutants.survivors;
    let look = session.look(Lang::En);
    out.push('\n');
    for one in left {
        out.push_str(&render::problems::problem(&one.problem, &session.sources, &look));
        out.push('\n');
    }
    let noticed = mutants.made.saturating_sub(left.len() + allowed.len());
    let _ = writeln!(
        out,
        "  {} changes: {noticed} noticed, {} not, {} allowed for a reason; {} more that make no difference left out\n",
        mutants.made,
        left.len(),
        allowed.len(),
        mutants.equivalent
    );
}

/// What came of the tests, for machines.
#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    rulesets: Vec<WrittenRuleset<'a>>,
    unmet: &'a [String],
}

#[derive(Serialize)]
struct WrittenRuleset<'a> {
    id: &'a str,
    cases: usize,
    failed: Vec<WrittenCase<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    snapshots: Vec<WrittenSnapshot<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<&'a Coverage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mutants: Option<WrittenMutants<'a>>,
}

#[derive(Serialize)]
struct WrittenCase<'a> {
    name: &'a str,
    verdicts: Vec<WrittenVerdict<'a>>,
}

#[derive(Serialize)]
struct WrittenSnapshot<'a> {
    name: &'a str,
    #[serde(flatten)]
    problem: machine::Found<'a>,
    difference: &'a Difference,
}

#[derive(Serialize)]
struct WrittenVerdict<'a> {
    about: &'a str,
    #[serde(flatten)]
    problem: machine::Found<'a>,
}

#[derive(Serialize)]
struct WrittenMutants<'a> {
    made: usize,
    equivalent: usize,
    survivors: Vec<WrittenAdvice<'a>>,
    allowed: Vec<WrittenAdvice<'a>>,
}

fn json(all: &[Tested], unmet: &[String], session: &Session<'_>) -> String {
    let sources = &session.sources;
    let rulesets = all.iter().map(|tested| {
        let failed = tested.differing.iter().map(|(at, verdicts)| WrittenCase {
            name: &tested.cases[*at].name,
            verdicts: verdicts
                .iter()
                .map(|one| WrittenVerdict { about: &one.about, problem: machine::one(&one.problem, sources) })
                .collect(),
        });
        let mutants = tested.mutants.as_ref().map(|mutants| {
            let (survivors, allowed) = written(&mutants.survivors, sources);
            WrittenMutants { made: mutants.made, equivalent: mutants.equivalent, survivors, allowed }
        });
        let snapshots = tested.recorded.differing.iter().map(|one| WrittenSnapshot {
            name: &tested.cases[one.at].name,
            problem: machine::one(&one.problem, sources),
            difference: &one.difference,
        });
        WrittenRuleset {
            id: &tested.id,
            cases: tested.cases.len(),
            failed: failed.collect(),
            snapshots: snapshots.collect(),
            coverage: tested.coverage.as_ref(),
            mutants,
        }
    });
    machine::json(&Written { format: FORMAT, rulesets: rulesets.collect(), unmet })
}
