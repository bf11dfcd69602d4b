//! `diagnose`: from profiles to reports.

use crate::arguments::{Diagnose, Format, Report};
use crate::chains;
use crate::codes::{ARGUMENTS, NOTHING_TO_DO};
use crate::exit::Exit;
use crate::files;
use crate::guard;
use crate::output::Output;
use crate::session::{Ended, Session};
use ketenspiegel_engine::gates::Run;
use ketenspiegel_engine::problem::Problem;
use ketenspiegel_engine::render::{self, Extent, Language, Look};
use std::path::{Path, PathBuf};

pub(crate) fn run(asked: &Diagnose, session: &mut Session<'_>) -> Ended {
    fit_together(asked).map_err(|problem| session.stop(Exit::Usage, problem))?;
    let outputs: Result<Vec<Output>, Problem> =
        asked.reports.iter().map(|report| Output::prepare(&report.file)).collect();
    let outputs = outputs.map_err(|problem| session.stop(Exit::Usage, problem))?;
    let waivers = guard::waivers(&asked.gates, session)?;
    let assessments = chains::assessments(&asked.profiles, &asked.rulesets.rulesets, asked.lang.lang, session)?;
    let run = guard::judge(asked, &assessments, &waivers, session)?;
    write(asked, outputs, &run).map_err(|problem| session.stop(Exit::Usage, problem))?;
    let look = Look { extent: extent(asked), ..session.look(asked.lang.lang) };
    session.print(&drawn(asked.format, &run, &look))?;
    Ok(verdict(asked, &run, session))
}

/// What the arguments cannot say one by one.
fn fit_together(asked: &Diagnose) -> Result<(), Problem> {
    if asked.profiles.iter().filter(|path| files::is_stdin(path)).count() > 1 {
        return Err(Problem::new(ARGUMENTS, "standard input can be read once").help("write `-` once"));
    }
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

/// Where a path leads, however it is written; a file that is not there yet stands in the folder that is.
fn place(path: &Path) -> PathBuf {
    let in_its_folder = || Some(std::fs::canonicalize(files::folder_of(path)).ok()?.join(path.file_name()?));
    std::fs::canonicalize(path).ok().or_else(in_its_folder).unwrap_or_else(|| path.to_owned())
}

const fn extent(asked: &Diagnose) -> Extent {
    match (asked.brief, asked.all) {
        (true, _) => Extent::Brief,
        (false, true) => Extent::All,
        (false, false) => Extent::Full,
    }
}

/// The reports as one text.
fn drawn(format: Format, run: &Run<'_>, look: &Look) -> String {
    let language = look.language;
    let each = |draw: &dyn Fn(&ketenspiegel_engine::assessment::Assessment) -> String| -> Vec<String> {
        run.profiles.iter().map(|judged| draw(judged.assessment)).collect()
    };
    match format {
        Format::Terminal => each(&|one| render::terminal(one, look)).join("\n\n"),
        Format::Markdown => each(&|one| render::markdown(one, look.extent, language)).join("\n"),
        Format::Json => match run.profiles.as_slice() {
            [one] => render::json(one.assessment),
            _ => {
                let several: Vec<String> = each(&|one| render::json(one).trim_end().to_owned());
                format!("[\n{}\n]\n", several.join(",\n"))
            }
        },
        Format::Summary => render::summary(run, language).markdown(),
        Format::Sarif => render::sarif(run, language),
        Format::Junit => render::junit(run, language),
        Format::Tap => render::tap(run, language),
        Format::Github => render::github(run, language),
    }
}

/// Writes the report files: all texts first, then each to its place. What a file says does not depend on the
/// terminal that it was made in.
fn write(asked: &Diagnose, mut outputs: Vec<Output>, run: &Run<'_>) -> Result<(), Problem> {
    let look = Look { language: Language::of(asked.lang.lang.word()), extent: extent(asked), ..Look::default() };
    for (report, output) in asked.reports.iter().zip(&mut outputs) {
        output.write(&drawn(report.format, run, &look))?;
    }
    outputs.into_iter().try_for_each(Output::finish)
}

/// How the run ends, said on standard error where it does not end well.
fn verdict(asked: &Diagnose, run: &Run<'_>, session: &mut Session<'_>) -> Exit {
    for judged in run.profiles.iter().filter(|judged| judged.says_nothing()) {
        let message = format!("{} answers no question, so nothing was evaluated", judged.assessment.receipt.profile);
        session.problems.push(Problem::new(NOTHING_TO_DO, message).warning());
    }
    let exit = guard::exit(run);
    if run.has_gates && (exit != Exit::Fine || run.standings.iter().any(|standing| standing.state.is_finding())) {
        let look = session.look_aside(asked.lang.lang);
        session.note(&render::summary(run, look.language).terminal(&look));
    }
    exit
}
