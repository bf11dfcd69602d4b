//! `diagnose`: from profiles to reports.

use crate::arguments::{Diagnose, Format, Lang, Report};
use crate::choose::{Libraries, Shelf};
use crate::codes::{ARGUMENTS, NOTHING_TO_DO};
use crate::exit::Exit;
use crate::files;
use crate::output::Output;
use crate::session::{Ended, Session};
use ketenspiegel_engine::assessment::Assessment;
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::Problem;
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::render::{self, Extent, Language, Look};
use std::path::{Path, PathBuf};

pub(crate) fn run(asked: &Diagnose, session: &mut Session<'_>) -> Ended {
    fit_together(asked).map_err(|problem| session.stop(Exit::Usage, problem))?;
    let outputs: Result<Vec<Output>, Problem> =
        asked.reports.iter().map(|report| Output::prepare(&report.file)).collect();
    let outputs = outputs.map_err(|problem| session.stop(Exit::Usage, problem))?;
    let shelf = Shelf::with(&asked.rulesets.rulesets, session)?;
    let assessments = assessments(asked, &shelf, session)?;
    write(asked, outputs, &assessments).map_err(|problem| session.stop(Exit::Usage, problem))?;
    let look = Look { extent: extent(asked), ..session.look(asked.lang.lang) };
    session.print(&drawn(asked.format, &assessments, &look))?;
    Ok(verdict(asked, &assessments, session))
}

/// What the arguments cannot say one by one.
fn fit_together(asked: &Diagnose) -> Result<(), Problem> {
    if asked.profiles.iter().filter(|path| files::is_stdin(path)).count() > 1 {
        return Err(Problem::new(ARGUMENTS, "standard input can be read once").help("write `-` once"));
    }
    let place = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let profiles: Vec<PathBuf> =
        asked.profiles.iter().filter(|path| !files::is_stdin(path)).map(|path| place(path)).collect();
    let mut reports: Vec<PathBuf> = Vec::new();
    for Report { file, .. } in &asked.reports {
        let there = place(file);
        let problem = if profiles.contains(&there) {
            format!("a report at {} would take the place of the profile", file.display())
        } else if reports.contains(&there) {
            format!("two reports would stand at {}", file.display())
        } else {
            reports.push(there);
            continue;
        };
        return Err(Problem::new(ARGUMENTS, problem).help("write the report to another file"));
    }
    Ok(())
}

/// Assesses every profile, or stops with everything that is wrong with all of them.
fn assessments(asked: &Diagnose, shelf: &Shelf, session: &mut Session<'_>) -> Result<Vec<Assessment>, Exit> {
    let mut libraries = Libraries::new(Some(asked.lang.lang));
    let mut all = Vec::new();
    for path in &asked.profiles {
        let Some(mut profile) = files::profile(path, session) else { continue };
        all.extend(assessment(&mut profile, &mut libraries, shelf, asked.lang.lang, session));
    }
    session.sound()?;
    Ok(all)
}

fn assessment(
    profile: &mut Profile,
    libraries: &mut Libraries,
    shelf: &Shelf,
    lang: Lang,
    session: &mut Session<'_>,
) -> Option<Assessment> {
    let library = libraries.for_profile(profile, shelf, session)?;
    assess(library, profile, &session.sources, lang.word(), &mut session.problems)
}

const fn extent(asked: &Diagnose) -> Extent {
    if asked.brief { Extent::Brief } else { Extent::Full }
}

/// The reports as one text.
fn drawn(format: Format, assessments: &[Assessment], look: &Look) -> String {
    let each = assessments.iter().map(|assessment| match format {
        Format::Terminal => render::terminal(assessment, look),
        Format::Markdown => render::markdown(assessment, look.extent, look.language),
        Format::Json => render::json(assessment),
    });
    let each: Vec<String> = each.collect();
    match (format, each.as_slice()) {
        (_, [one]) => one.clone(),
        (Format::Json, several) => {
            let several: Vec<&str> = several.iter().map(|one| one.trim_end()).collect();
            format!("[\n{}\n]\n", several.join(",\n"))
        }
        (Format::Terminal, several) => several.join("\n\n"),
        (Format::Markdown, several) => several.join("\n"),
    }
}

/// Writes the report files: all texts first, then each to its place. What a file says does not depend on the
/// terminal that it was made in.
fn write(asked: &Diagnose, mut outputs: Vec<Output>, assessments: &[Assessment]) -> Result<(), Problem> {
    let look = Look { language: Language::of(asked.lang.lang.word()), extent: extent(asked), ..Look::default() };
    for (report, output) in asked.reports.iter().zip(&mut outputs) {
        output.write(&drawn(report.format, assessments, &look))?;
    }
    outputs.into_iter().try_for_each(Output::finish)
}

/// How the run ends, said on standard error where it does not end well.
fn verdict(asked: &Diagnose, assessments: &[Assessment], session: &mut Session<'_>) -> Exit {
    let mut exit = Exit::Fine;
    for assessment in assessments.iter().filter(|assessment| says_nothing(assessment)) {
        let message = format!("{} answers no question, so nothing was evaluated", assessment.receipt.profile);
        session.problems.push(Problem::new(NOTHING_TO_DO, message).warning());
        exit = Exit::Nothing;
    }
    if let Some(gate) = asked.fail_on {
        for assessment in assessments {
            let count = gate.count(assessment);
            if count > 0 {
                let findings = if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") };
                session.note(&format!("{}: {findings} at or above {gate}", assessment.receipt.profile));
                exit = Exit::Findings;
            }
        }
    }
    exit
}

/// Whether a profile answers nothing at all.
fn says_nothing(assessment: &Assessment) -> bool {
    assessment.rulesets.iter().all(|ruleset| ruleset.completeness.answered == 0)
}
