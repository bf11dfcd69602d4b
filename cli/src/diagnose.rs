//! `diagnose`: from profiles to reports.

use crate::arguments::{Diagnose, Format};
use crate::chains;
use crate::codes::{ARGUMENTS, NOTHING_TO_DO};
use crate::exit::Exit;
use crate::files;
use crate::guard;
use crate::reports::Reports;
use crate::session::{Ended, Session};
use ketenspiegel_engine::gates::Run;
use ketenspiegel_engine::problem::Problem;
use ketenspiegel_engine::render::{self, Extent, Look};

pub(crate) fn run(asked: &Diagnose, session: &mut Session<'_>) -> Ended {
    read_once(asked).map_err(|problem| session.stop(Exit::Usage, problem))?;
    let reports = Reports::prepare(&asked.reports, &asked.profiles);
    let reports = reports.map_err(|problem| session.stop(Exit::Usage, problem))?;
    let waivers = guard::waivers(&asked.gates, session)?;
    let assessments = chains::assessments(&asked.profiles, &asked.rulesets.rulesets, asked.lang.lang, session)?;
    let run = guard::judge(asked, &assessments, &waivers, session)?;
    let filed = Look { extent: extent(asked), ..Session::look_in_file(asked.lang.lang) };
    let written = reports.write(|format| drawn(format, &run, &filed));
    written.map_err(|problem| session.stop(Exit::Usage, problem))?;
    let look = Look { extent: extent(asked), ..session.look(asked.lang.lang) };
    session.print(&drawn(asked.format, &run, &look))?;
    let exit = verdict(asked, &run, session);
    session.leave(assessments);
    Ok(exit)
}

/// Standard input can be one of the profiles.
fn read_once(asked: &Diagnose) -> Result<(), Problem> {
    if asked.profiles.iter().filter(|path| files::is_stdin(path)).count() > 1 {
        return Err(Problem::new(ARGUMENTS, "standard input can be read once").help("write `-` once"));
    }
    Ok(())
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
