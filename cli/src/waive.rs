//! `waive` and `baseline`: writing down what is accepted.

use crate::arguments::{Baseline, Waive};
use crate::chains;
use crate::codes::{ARGUMENTS, NOTHING_TO_DO};
use crate::exit::Exit;
use crate::files;
use crate::output::write;
use crate::session::{Ended, Session};
use crate::snapshot::writable;
use ketenspiegel_engine::assessment::{Assessment, DiagnosisAssessment, RulesetAssessment, Severity};
use ketenspiegel_engine::problem::{Problem, codes};
use ketenspiegel_engine::waivers::{Given, baseline, head, waiver};
use std::path::Path;

pub(crate) fn waive(asked: &Waive, session: &mut Session<'_>) -> Ended {
    let paths = std::slice::from_ref(&asked.profile);
    let all = chains::assessments(paths, &asked.rulesets.rulesets, asked.lang.lang, session)?;
    let assessment = all.first().ok_or(Exit::Nothing)?;
    let (ruleset, diagnosis) = find(assessment, &asked.id).map_err(|problem| session.stop(Exit::Usage, problem))?;
    if asked.until < asked.given.on {
        let problem = Problem::new(ARGUMENTS, format!("it would end on {}, before it begins", asked.until));
        return Err(session.stop(Exit::Usage, problem));
    }
    let given =
        Given { approver: &asked.given.by, reason: &asked.why, from: &asked.given.on, until: Some(&asked.until) };
    let entry = waiver(name(&asked.profile), ruleset, diagnosis, &given);
    let Some(file) = &asked.file else {
        session.print(&format!("{}{entry}", head()))?;
        return Ok(Exit::Fine);
    };
    writable(session)?;
    let before =
        if file.exists() { files::text(file).map_err(|problem| session.stop(Exit::Invalid, problem))? } else { head() };
    let written = write(file, &format!("{}\n{entry}", before.trim_end()));
    written.map_err(|problem| session.stop(Exit::Usage, problem))?;
    session.print(&format!("{}: accepted until {}\n", diagnosis.title, asked.until))?;
    Ok(Exit::Fine)
}

pub(crate) fn write_baseline(asked: &Baseline, session: &mut Session<'_>) -> Ended {
    let profiles = &asked.profiles;
    let all = chains::assessments(&profiles.paths, &profiles.rulesets.rulesets, profiles.lang.lang, session)?;
    let given = Given { approver: &asked.given.by, reason: &asked.why, from: &asked.given.on, until: None };
    let counts = |found: &DiagnosisAssessment| found.severity != Severity::Strength && asked.at_least.counts(found);
    let named = all.iter().map(|one| (name(Path::new(&one.receipt.profile)), one));
    let text = baseline(named, &counts, &given);
    if text == head() {
        let problem =
            Problem::new(NOTHING_TO_DO, format!("there is no finding at or above {}", asked.at_least)).warning();
        session.problems.push(problem);
    }
    session.print(&text)?;
    Ok(Exit::Fine)
}

/// How an entry names a profile: by its file, wherever that folder stands.
fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn find<'a>(assessment: &'a Assessment, id: &str) -> Result<(&'a RulesetAssessment, &'a DiagnosisAssessment), Problem> {
    let all = assessment.rulesets.iter().flat_map(|ruleset| ruleset.diagnoses.iter().map(move |one| (ruleset, one)));
    let known: Vec<(String, _)> =
        all.map(|(ruleset, one)| (format!("{}/{}", ruleset.id, one.id), (ruleset, one))).collect();
    let found: Vec<_> = known.iter().filter(|(full, (_, one))| full == id || one.id == id).collect();
    match found.as_slice() {
        [(_, one)] => Ok(*one),
        [] => Err(Problem::new(codes::UNKNOWN_ID, format!("{} has no finding `{id}`", assessment.receipt.profile))
            .suggest(id, known.iter().flat_map(|(full, (_, one))| [full.as_str(), one.id.as_str()]))
            .help("only what is found can be accepted; `diagnose` shows what is")),
        several => {
            let ids: Vec<&str> = several.iter().map(|(full, _)| full.as_str()).collect();
            Err(Problem::new(ARGUMENTS, format!("`{id}` stands in more than one ruleset"))
                .help(format!("write one of {}", ids.join(", "))))
        }
    }
}
