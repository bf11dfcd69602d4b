//! Snapshots beside cases: everything that a case comes to, for the cases that ask to keep it.
//!
//! They stand in `tests/NAME.snapshot.json` beside `tests/NAME.toml`, one conclusion on a line. What differs is
//! told as advice, and accepted or rejected case by case.

use crate::arguments::Test;
use crate::codes::{ARGUMENTS, NOT_AS_RECORDED, UNREADABLE};
use crate::exit::Exit;
use crate::output::write_all;
use crate::session::Session;
use crate::snapshot::{ask, beside, text, writable};
use ketenspiegel_engine::assessment::Completeness;
use ketenspiegel_engine::cases::Case;
use ketenspiegel_engine::conclusions::{Conclusion, Conclusions, Difference, RulesetConclusions};
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::{Problem, Problems};
use ketenspiegel_engine::render;
use ketenspiegel_engine::ruleset::{Library, RulesetFiles};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The name of the format of these files.
const FORMAT: &str = "case-snapshots/1";

/// What stands in a file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Snapshots {
    format: String,
    cases: Vec<Snapshot>,
}

/// What one case comes to. Versions and digests are left out: they would change with every edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Snapshot {
    case: String,
    language: String,
    rulesets: Vec<Says>,
}

/// What one ruleset says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Says {
    id: String,
    title: String,
    completeness: Completeness,
    conclusions: Vec<Conclusion>,
}

/// A case that differs from what is recorded of it.
pub(super) struct Differs {
    /// Place of the case.
    pub(super) at: usize,
    /// What there is to say of it.
    pub(super) problem: Problem,
    /// How it differs; all of it where nothing was recorded.
    pub(super) difference: Difference,
    recorded: bool,
}

/// What came of the snapshots of a ruleset.
#[derive(Default)]
pub(super) struct Recorded {
    /// Cases that are not as recorded, in their order.
    pub(super) differing: Vec<Differs>,
    /// What is recorded of cases that there are not.
    pub(super) stale: Vec<Problem>,
    /// What was done, a line each.
    pub(super) done: Vec<String>,
}

impl Recorded {
    /// Everything that is not as recorded.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.differing.iter().map(|one| &one.problem).chain(&self.stale)
    }
}

/// The snapshots in one file, with the cases that they are of.
struct Beside {
    path: PathBuf,
    before: Vec<Snapshot>,
    cases: Vec<usize>,
}

/// Holds cases against what is recorded of them. With `--accept` and `--review` it also records.
pub(super) fn hold(
    library: &Library,
    files: &RulesetFiles,
    cases: &[Case],
    asked: &Test,
    session: &mut Session<'_>,
) -> Result<Recorded, Exit> {
    let mut found = Recorded::default();
    for beside in beside_cases(files, cases, session)? {
        let mut now: BTreeMap<usize, Snapshot> = BTreeMap::new();
        let mut accepted: BTreeSet<usize> = BTreeSet::new();
        let mut differing = Vec::new();
        for &at in &beside.cases {
            let before = beside.before.iter().find(|one| one.case == cases[at].name);
            let language = before.map_or(asked.lang.lang.word(), |before| before.language.as_str());
            let Some(says) = conclusions(library, &cases[at], language, session) else { continue };
            let (snapshot, then) = (Snapshot::of(&cases[at], &says), before.map(|before| before.conclusions(&says)));
            let nothing = Conclusions { rulesets: Vec::new(), ..says.clone() };
            let difference = Difference::between(then.as_ref().unwrap_or(&nothing), &says);
            if before.is_none() || !difference.is_empty() {
                differing.push(differs(at, &cases[at], before.is_some(), difference));
            }
            now.insert(at, snapshot);
        }
        if asked.accept {
            accepted.extend(differing.iter().map(|one| one.at));
        } else if asked.review {
            accepted = review(&differing, cases, asked, session)?;
        }
        let stale = beside.stale(cases, asked);
        if !accepted.is_empty() || (asked.accept && !stale.is_empty()) {
            let kept = beside.cases.iter().filter_map(|at| {
                let before = beside.before.iter().find(|one| one.case == cases[*at].name);
                if accepted.contains(at) { now.get(at) } else { before }
            });
            let all: Vec<Snapshot> = beside.others(cases, asked).chain(kept).cloned().collect();
            let written = Snapshots { format: FORMAT.to_owned(), cases: all };
            write_all(&[(beside.path.clone(), text(&written))])
                .map_err(|problem| session.stop(Exit::Usage, problem))?;
            found.done.push(format!("{}: {} recorded", beside.path.display(), accepted.len()));
        } else {
            found.stale.extend(stale);
        }
        found.differing.extend(differing.into_iter().filter(|one| !accepted.contains(&one.at)));
    }
    Ok(found)
}

/// Refuses to record where that cannot be: in CI, or in what is no folder.
pub(super) fn may_record(folder: Option<&str>, id: &str, session: &mut Session<'_>) -> Result<(), Exit> {
    writable(session)?;
    if folder.is_some_and(|folder| Path::new(folder).is_dir()) {
        return Ok(());
    }
    let problem =
        Problem::new(ARGUMENTS, format!("`{id}` is not in a folder, so nothing can be recorded beside its cases"))
            .help("name the folder that the ruleset stands in");
    Err(session.stop(Exit::Usage, problem))
}

/// The files of snapshots: those that there are, and those that cases ask for.
fn beside_cases(files: &RulesetFiles, cases: &[Case], session: &mut Session<'_>) -> Result<Vec<Beside>, Exit> {
    let mut all: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
    for (path, _) in files.files.iter().filter(|(path, _)| path.starts_with("tests/") && path.ends_with(".toml")) {
        let snapshots = beside(Path::new(path));
        if files.files.contains_key(&*snapshots.to_string_lossy()) {
            all.entry(snapshots).or_default();
        }
    }
    let mut names = BTreeSet::new();
    for (at, case) in cases.iter().enumerate().filter(|(_, case)| case.snapshot) {
        let name = session.sources.name(case.span.file).to_owned();
        let path = name.strip_prefix(&format!("{}/", files.name)).unwrap_or(&name);
        if !names.insert((path.to_owned(), case.name.clone())) {
            let problem = Problem::new(NOT_AS_RECORDED, format!("two cases with a snapshot are named `{}`", case.name));
            session.problems.push(problem.at(case.span).help("give one of them another name"));
        }
        all.entry(beside(Path::new(path))).or_default().push(at);
    }
    session.sound()?;
    let mut found = Vec::new();
    for (path, cases) in all {
        let bytes = files.files.get(&*path.to_string_lossy());
        let path = Path::new(&files.name).join(&path);
        let before = bytes.map_or_else(|| Ok(Vec::new()), |bytes| read(&path, bytes));
        found.push(Beside { before: before.map_err(|problem| session.stop(Exit::Invalid, problem))?, path, cases });
    }
    Ok(found)
}

fn read(path: &Path, bytes: &[u8]) -> Result<Vec<Snapshot>, Problem> {
    let why = match serde_json::from_slice::<Snapshots>(bytes) {
        Ok(found) if found.format == FORMAT => return Ok(found.cases),
        Ok(found) => format!("its format is `{}`", found.format),
        Err(error) => error.to_string(),
    };
    Err(Problem::new(UNREADABLE, format!("{} cannot be read: {why}", path.display()))
        .help("take it back from version control, or remove it and record the cases anew"))
}

/// What a case comes to.
fn conclusions(library: &Library, case: &Case, language: &str, session: &Session<'_>) -> Option<Conclusions> {
    let assessment = assess(library, &case.profile, &session.sources, language, &mut Problems::new())?;
    Some(Conclusions::of(&assessment))
}

fn differs(at: usize, case: &Case, recorded: bool, difference: Difference) -> Differs {
    let problem = if recorded {
        Problem::new(NOT_AS_RECORDED, "what this case comes to is not as recorded")
            .help("go through what differs with `--review`, or take all of it with `--accept`")
    } else {
        Problem::new(NOT_AS_RECORDED, "what this case comes to is not recorded yet").help("record it with `--accept`")
    };
    Differs { at, problem: problem.at(case.span), difference, recorded }
}

/// Asks of each difference whether it was meant.
fn review(
    differing: &[Differs],
    cases: &[Case],
    asked: &Test,
    session: &mut Session<'_>,
) -> Result<BTreeSet<usize>, Exit> {
    let look = session.look(asked.lang.lang);
    let mut accepted = BTreeSet::new();
    for one in differing {
        let title = if one.recorded { "not as recorded" } else { "not recorded yet" };
        let drawn = render::difference(&one.difference, look.language).terminal(&look);
        session.print(&format!("{}: {title}\n\n{drawn}\n", cases[one.at].name))?;
        match ask("a(ccept), r(eject), s(kip) or q(uit)? ", session)?.chars().next() {
            Some('a' | 'A') => drop(accepted.insert(one.at)),
            Some('r' | 'R') => session.print("rejected: the ruleset is to say again what is recorded\n")?,
            Some('q' | 'Q') | None => break,
            Some(_) => {}
        }
    }
    Ok(accepted)
}

impl Beside {
    /// What is recorded of no case that is looked at; with `--case` that is no fault.
    fn others<'a>(&'a self, cases: &'a [Case], asked: &'a Test) -> impl Iterator<Item = &'a Snapshot> {
        let is_case = |snapshot: &&Snapshot| self.cases.iter().any(|at| cases[*at].name == snapshot.case);
        self.before.iter().filter(move |one| asked.case.is_some() && !is_case(one))
    }

    fn stale(&self, cases: &[Case], asked: &Test) -> Vec<Problem> {
        let is_case = |snapshot: &&Snapshot| self.cases.iter().any(|at| cases[*at].name == snapshot.case);
        let stale = self.before.iter().filter(|one| asked.case.is_none() && !is_case(one));
        let told = stale.map(|one| {
            let path = self.path.display();
            Problem::new(
                NOT_AS_RECORDED,
                format!("{path} keeps `{}`, and no case of that name has a snapshot", one.case),
            )
            .help("take it out with `--accept`")
        });
        told.collect()
    }
}

impl Snapshot {
    fn of(case: &Case, says: &Conclusions) -> Self {
        let rulesets = says.rulesets.iter().map(|one| Says {
            id: one.id.clone(),
            title: one.title.clone(),
            completeness: one.completeness,
            conclusions: one.conclusions.clone(),
        });
        Self { case: case.name.clone(), language: says.language.clone(), rulesets: rulesets.collect() }
    }

    /// As conclusions to compare `now` with.
    fn conclusions(&self, now: &Conclusions) -> Conclusions {
        let rulesets = self.rulesets.iter().map(|one| RulesetConclusions {
            id: one.id.clone(),
            title: one.title.clone(),
            version: String::new(),
            sha256: String::new(),
            completeness: one.completeness,
            conclusions: one.conclusions.clone(),
        });
        Conclusions { rulesets: rulesets.collect(), language: self.language.clone(), ..now.clone() }
    }
}
