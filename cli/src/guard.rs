//! Holding assessments against gates, waivers and snapshots.

use crate::arguments::{Diagnose, WithGates};
use crate::clock;
use crate::codes::ARGUMENTS;
use crate::exit::Exit;
use crate::files;
use crate::session::Session;
use crate::snapshot;
use ketenspiegel_engine::assessment::Assessment;
use ketenspiegel_engine::gates::{Failure, Floor, Gates, Least, Run};
use ketenspiegel_engine::problem::Problem;
use ketenspiegel_engine::waivers::Waivers;

/// Reads everything that is accepted.
pub(crate) fn waivers(asked: &WithGates, session: &mut Session<'_>) -> Result<Waivers, Exit> {
    let mut all = Waivers::default();
    for path in asked.waivers.iter().chain(&asked.baselines) {
        let text = files::text(path).map_err(|problem| session.stop(Exit::Invalid, problem))?;
        let name = path.display().to_string();
        let read = Waivers::read(&name, text.as_bytes(), &mut session.sources, &mut session.problems);
        all.entries.extend(read.map(|read| read.entries).unwrap_or_default());
    }
    session.sound()?;
    Ok(all)
}

/// Holds assessments against what was asked.
pub(crate) fn judge<'a>(
    asked: &Diagnose,
    assessments: &'a [Assessment],
    waivers: &'a Waivers,
    session: &mut Session<'_>,
) -> Result<Run<'a>, Exit> {
    let WithGates { fail_on, floors, complete, .. } = &asked.gates;
    floors.iter().try_for_each(|floor| known(floor, assessments)).map_err(|one| session.stop(Exit::Usage, one))?;
    let gates = Gates { fail_on: *fail_on, floors: floors.clone(), complete: *complete };
    let today = if waivers.entries.is_empty() { None } else { asked.gates.today.clone().or_else(clock::today) };
    let mut run = gates.judge(assessments, waivers, today.as_ref());
    if asked.gates.fail_on_change {
        for judged in &mut run.profiles {
            judged.change = Some(snapshot::change(judged.assessment, session)?);
        }
    }
    run.has_gates |= asked.gates.fail_on_change;
    run.options = asked.rulesets.written();
    run.again = again(asked);
    Ok(run)
}

/// A floor that names something that there is not would never fail, or always.
fn known(floor: &Floor, assessments: &[Assessment]) -> Result<(), Problem> {
    let found: Vec<_> = assessments.iter().flat_map(|assessment| floor.finds(assessment)).collect();
    if found.is_empty() && !assessments.is_empty() {
        let aspects = assessments.iter().flat_map(|one| &one.rulesets).flat_map(|ruleset| &ruleset.aspects);
        let ids: Vec<&str> = aspects.map(|aspect| aspect.id.as_str()).collect();
        return Err(Problem::new(ARGUMENTS, format!("--fail-below {floor}: there is no such aspect"))
            .suggest(&floor.aspect, ids.iter().copied()));
    }
    if let Least::Level(level) = &floor.least {
        let levels = found.iter().flat_map(|(_, aspect)| aspect.level.iter().flat_map(|level| &level.levels));
        let ids: Vec<&str> = levels.map(|level| level.id.as_str()).collect();
        if !ids.contains(&level.as_str()) {
            return Err(Problem::new(ARGUMENTS, format!("--fail-below {floor}: there is no such level"))
                .suggest(level, ids.iter().copied()));
        }
    }
    Ok(())
}

/// The command that does the same elsewhere, without the reports that it writes.
fn again(asked: &Diagnose) -> String {
    let mut all = vec!["ketenspiegel diagnose".to_owned()];
    all.extend(asked.profiles.iter().map(|path| path.display().to_string()));
    let gates = &asked.gates;
    all.extend(gates.fail_on.map(|gate| format!("--fail-on {gate}")));
    all.extend(gates.floors.iter().map(|floor| format!("--fail-below {floor}")));
    all.extend(gates.complete.map(|share| format!("--fail-incomplete {share}")));
    all.extend(gates.fail_on_change.then(|| "--fail-on-change".to_owned()));
    all.extend(gates.waivers.iter().map(|path| format!("--waivers {}", path.display())));
    all.extend(gates.baselines.iter().map(|path| format!("--baseline {}", path.display())));
    all.extend(gates.today.iter().map(|day| format!("--today {day}")));
    format!("{}{}", all.join(" "), asked.rulesets.written())
}

/// How a run ends: of everything that applies, what has the lowest code.
pub(crate) fn exit(run: &Run<'_>) -> Exit {
    let failures = run.profiles.iter().flat_map(|judged| &judged.failures).map(|failure| match failure {
        Failure::Finding(..) => Exit::Findings,
        Failure::Below(..) => Exit::Below,
        Failure::Incomplete(..) => Exit::Incomplete,
    });
    let waivers = run.standings.iter().filter(|standing| run.fails_on(standing)).map(|_| Exit::Findings);
    let changed = run.profiles.iter().filter_map(|judged| judged.change.as_ref()).filter(|change| !change.is_empty());
    let empty = run.profiles.iter().filter(|judged| judged.says_nothing());
    let all = failures.chain(waivers).chain(changed.map(|_| Exit::Differ)).chain(empty.map(|_| Exit::Nothing));
    all.min().unwrap_or(Exit::Fine)
}
