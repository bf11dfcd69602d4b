//! `snapshot`: what is advised, recorded beside the profiles.

mod file;

pub(crate) use file::{Recorded, beside, text};

use crate::arguments::{Given, Profiles, Shape, Snapshot};
use crate::chains;
use crate::codes::ARGUMENTS;
use crate::exit::Exit;
use crate::output::write_all;
use crate::session::{Ended, Session};
use file::{Accepted, changelog};
use ketenspiegel_engine::assessment::Assessment;
use ketenspiegel_engine::conclusions::{Conclusions, Difference};
use ketenspiegel_engine::problem::Problem;
use ketenspiegel_engine::render;
use serde::Serialize;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The name of the format that `check --format json` writes.
const FORMAT: &str = "snapshot-check/1";

/// A profile against its snapshot.
struct Held {
    profile: PathBuf,
    now: Conclusions,
    /// Nothing: it was never recorded.
    before: Option<Recorded>,
    difference: Difference,
}

pub(crate) fn run(asked: &Snapshot, session: &mut Session<'_>) -> Ended {
    match asked {
        Snapshot::Check { profiles, format } => check(profiles, *format, session),
        Snapshot::Accept { profiles, given, why } => {
            writable(session)?;
            let held = hold(profiles, session)?;
            for one in &held {
                let done = accept(one, given, why, session)?;
                session.print(&format!("{}: {done}\n", one.profile.display()))?;
            }
            Ok(Exit::Fine)
        }
        Snapshot::Review { profiles, given, why } => review(profiles, given, why.as_deref(), session),
    }
}

/// In CI nothing is written.
pub(crate) fn writable(session: &mut Session<'_>) -> Result<(), Exit> {
    if !session.is_ci() {
        return Ok(());
    }
    let problem = Problem::new(ARGUMENTS, "in CI nothing is written")
        .help("run this command on your own machine and commit what it writes")
        .help("`CI` is set here; that is how it knows");
    Err(session.stop(Exit::Usage, problem))
}

/// The difference of an assessment with the snapshot beside its profile; all of it where there is none.
pub(crate) fn change(assessment: &Assessment, session: &mut Session<'_>) -> Result<Difference, Exit> {
    held(assessment, session).map(|held| held.difference)
}

fn held(assessment: &Assessment, session: &mut Session<'_>) -> Result<Held, Exit> {
    let profile = PathBuf::from(&assessment.receipt.profile);
    let before = file::read(&beside(&profile), session)?;
    let now = file::named(Conclusions::of(assessment));
    let nothing = Conclusions { rulesets: Vec::new(), ..now.clone() };
    let then = before.as_ref().map_or(&nothing, |recorded| &recorded.conclusions);
    let difference = Difference::between(then, &now);
    Ok(Held { profile, now, before, difference })
}

fn hold(asked: &Profiles, session: &mut Session<'_>) -> Result<Vec<Held>, Exit> {
    let all = chains::assessments(&asked.paths, &asked.rulesets.rulesets, asked.lang.lang, session)?;
    if all.iter().all(|one| one.rulesets.iter().all(|ruleset| ruleset.completeness.answered == 0)) {
        let problem =
            Problem::new(crate::codes::NOTHING_TO_DO, "no profile answers a question, so nothing was evaluated");
        return Err(session.stop(Exit::Nothing, problem));
    }
    let held: Result<Vec<Held>, Exit> = all.iter().map(|one| held(one, session)).collect();
    let held = held?;
    let mut seen: Vec<PathBuf> = Vec::new();
    for one in &held {
        let snapshot = beside(&one.profile);
        if seen.contains(&snapshot) {
            let problem =
                Problem::new(ARGUMENTS, format!("two profiles have {} as their snapshot", snapshot.display()))
                    .help("give one of them another name");
            return Err(session.stop(Exit::Usage, problem));
        }
        seen.push(snapshot);
    }
    Ok(held)
}

impl Held {
    /// What there is to say of it, in one line. In English, like all that is about files.
    fn verdict(&self) -> String {
        match &self.before {
            None => "not recorded yet".to_owned(),
            Some(_) if !self.difference.is_empty() => "the advice changed".to_owned(),
            Some(before) => match moved(&before.conclusions, &self.now).as_slice() {
                [] => "as recorded".to_owned(),
                moved => format!("the same advice; moved: {}", moved.join(", ")),
            },
        }
    }

    fn differs(&self) -> bool {
        self.before.is_none() || !self.difference.is_empty()
    }
}

/// Which inputs are not those of before.
pub(crate) fn moved(before: &Conclusions, now: &Conclusions) -> Vec<String> {
    let mut moved = Vec::new();
    if before.engine != now.engine {
        moved.push(format!("engine {} → {}", before.engine, now.engine));
    }
    if before.profile_sha256 != now.profile_sha256 {
        moved.push("profile".to_owned());
    }
    for ruleset in &now.rulesets {
        match before.rulesets.iter().find(|one| one.id == ruleset.id) {
            Some(then) if then.version != ruleset.version => {
                moved.push(format!("ruleset {} {} → {}", ruleset.id, then.version, ruleset.version));
            }
            Some(then) if then.sha256 != ruleset.sha256 => {
                moved.push(format!("ruleset {} (still {})", ruleset.id, ruleset.version));
            }
            Some(_) => {}
            None => moved.push(format!("ruleset {} is new", ruleset.id)),
        }
    }
    let gone = before.rulesets.iter().filter(|then| now.rulesets.iter().all(|one| one.id != then.id));
    moved.extend(gone.map(|then| format!("ruleset {} is gone", then.id)));
    moved
}

fn check(asked: &Profiles, format: Shape, session: &mut Session<'_>) -> Ended {
    let held = hold(asked, session)?;
    let look = session.look(asked.lang.lang);
    let drawn = match format {
        Shape::Json => json(&held),
        Shape::Markdown => told(&held, "## ", &|one| render::difference(&one.difference, look.language).markdown()),
        Shape::Terminal => told(&held, "", &|one| render::difference(&one.difference, look.language).terminal(&look)),
    };
    session.print(&drawn)?;
    let differing = held.iter().filter(|one| one.differs()).count();
    if differing == 0 {
        return Ok(Exit::Fine);
    }
    let paths: Vec<String> = asked.paths.iter().map(|path| path.display().to_string()).collect();
    let options = asked.rulesets.written();
    session.note(&format!(
        "{differing} of {} differ from what was recorded. Is that meant?\n  see it:     ketenspiegel snapshot check {}{options}\n  accept it:  ketenspiegel snapshot accept {}{options} --by NAME --on DATE --why TEXT",
        held.len(),
        paths.join(" "),
        paths.join(" "),
    ));
    Ok(Exit::Differ)
}

fn told(held: &[Held], heading: &str, difference: &dyn Fn(&Held) -> String) -> String {
    let mut out = String::new();
    for one in held {
        out.push_str(&format!("{heading}{}: {}\n", one.profile.display(), one.verdict()));
        if one.before.is_some() && one.differs() {
            out.push_str(&format!("\n{}\n", difference(one)));
        } else if !heading.is_empty() {
            out.push('\n');
        }
    }
    out
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Checked<'a> {
    profile: String,
    recorded: bool,
    moved: Vec<String>,
    difference: &'a Difference,
}

fn json(held: &[Held]) -> String {
    let profiles: Vec<Checked<'_>> = held
        .iter()
        .map(|one| Checked {
            profile: one.profile.display().to_string(),
            recorded: one.before.is_some(),
            moved: one.before.as_ref().map(|before| moved(&before.conclusions, &one.now)).unwrap_or_default(),
            difference: &one.difference,
        })
        .collect();
    let checked = serde_json::json!({ "format": FORMAT, "profiles": profiles });
    format!("{}\n", serde_json::to_string_pretty(&checked).unwrap_or_default())
}

/// Records what is advised now; says what it did.
fn accept(one: &Held, given: &Given, why: &str, session: &mut Session<'_>) -> Result<&'static str, Exit> {
    if one.before.as_ref().is_some_and(|before| before.conclusions == one.now) {
        return Ok("as recorded");
    }
    let accepted = Accepted { by: given.by.clone(), on: given.on.clone(), why: why.to_owned() };
    let recorded = Recorded::new(accepted, one.now.clone());
    let mut writes = vec![(beside(&one.profile), file::text(&recorded))];
    if one.differs() {
        let log = one.profile.parent().unwrap_or(Path::new("")).join(file::CHANGELOG);
        writes.push((log.clone(), changelog(&log, one.before.is_none(), &recorded, &one.difference, session)?));
    }
    write_all(&writes).map_err(|problem| session.stop(Exit::Usage, problem))?;
    Ok(if one.before.is_none() { "recorded" } else { "accepted" })
}

fn review(asked: &Profiles, given: &Given, why: Option<&str>, session: &mut Session<'_>) -> Ended {
    writable(session)?;
    let held = hold(asked, session)?;
    let look = session.look(asked.lang.lang);
    let changed: Vec<&Held> = held.iter().filter(|one| one.differs()).collect();
    let (mut left, count) = (0, changed.len());
    for (at, one) in changed.into_iter().enumerate() {
        let drawn = match &one.before {
            Some(_) => render::difference(&one.difference, look.language).terminal(&look),
            None => String::new(),
        };
        session.print(&format!("[{} of {count}] {}: {}\n\n{drawn}\n", at + 1, one.profile.display(), one.verdict()))?;
        match ask("a(ccept), s(kip) or q(uit)? ", session)?.chars().next() {
            Some('a' | 'A') => {
                let why = match why {
                    Some(why) => why.to_owned(),
                    None => ask("why? ", session)?,
                };
                if why.trim().is_empty() {
                    session.print("left as it is: nothing is accepted without a reason\n")?;
                    left += 1;
                    continue;
                }
                let done = accept(one, given, why.trim(), session)?;
                session.print(&format!("{done}\n"))?;
            }
            Some('q' | 'Q') | None => {
                left += count - at;
                break;
            }
            Some(_) => left += 1,
        }
    }
    session.print(&format!("{} accepted, {left} left\n", count - left))?;
    Ok(if left == 0 { Exit::Fine } else { Exit::Differ })
}

/// Asks something, and reads a line; an empty one where nobody answers any more.
pub(crate) fn ask(question: &str, session: &mut Session<'_>) -> Result<String, Exit> {
    session.print(question)?;
    let mut line = String::new();
    // One byte at a time: what is not read here is for the next question.
    let mut reader = BufReader::with_capacity(1, &mut *session.stdin);
    let _ = reader.read_line(&mut line);
    Ok(line.trim().to_owned())
}
