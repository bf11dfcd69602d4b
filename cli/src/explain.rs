//! `explain`: why something is concluded, or why not.

use crate::arguments::{Explain, WhyFormat};
use crate::choose::checked;
use crate::exit::Exit;
use crate::reports::Reports;
use crate::session::{Ended, Session};
use ketenspiegel_engine::evaluate::{assess, explain};
use ketenspiegel_engine::render::explanation::explanation;
use ketenspiegel_engine::render::{Look, json};

pub(crate) fn run(asked: &Explain, session: &mut Session<'_>) -> Ended {
    let reports = Reports::prepare(&asked.reports, [&asked.profile]);
    let reports = reports.map_err(|problem| session.stop(Exit::Usage, problem))?;
    let (profile, library) = checked(&asked.profile, &asked.rulesets, asked.lang.lang, session)?;
    let (language, look) = (asked.lang.lang.word(), session.look(asked.lang.lang));
    let (sources, problems) = (&session.sources, &mut session.problems);
    let found = explain(&library, &profile, sources, language, &asked.id, problems).ok_or(Exit::Usage)?;
    let mut formats = asked.reports.iter().map(|report| report.format).chain([asked.format]);
    let mut told = None;
    if formats.any(|format| format != WhyFormat::Json) {
        let assessment = assess(&library, &profile, sources, language, problems).ok_or(Exit::Invalid)?;
        told = Some(explanation(&found, &assessment, asked.not, look.language));
    }
    let drawn = |format: WhyFormat, look: &Look| match (format, &told) {
        (WhyFormat::Text, Some(told)) => told.terminal(look),
        (WhyFormat::Markdown, Some(told)) => told.markdown(),
        _ => json::pretty(&found),
    };
    let written = reports.write(|format| drawn(format, &Session::look_in_file(asked.lang.lang)));
    written.map_err(|problem| session.stop(Exit::Usage, problem))?;
    session.print(&drawn(asked.format, &look))?;
    Ok(Exit::Fine)
}
