//! Annotations of GitHub Actions: commands on standard output that put a finding beside the line it is about.

use super::document::clean;
use super::told::{Told, Volume};
use super::words::{Language, guarding};
use crate::gates::Run;

/// How many of a kind GitHub shows for a step; the others it hides without a word.
const SHOWN: usize = 10;

/// Draws a run as annotations, what fails first. Those that GitHub would hide stand in the log as plain lines,
/// and the last line says how many there are.
#[must_use]
pub fn github(run: &Run<'_>, language: Language) -> String {
    let mut all: Vec<Told> = Vec::new();
    for judged in &run.profiles {
        let findings = judged.findings().into_iter().filter(|(_, found)| judged.waiver(found).is_none());
        all.extend(findings.map(|finding| Told::finding(run, judged, finding, language)));
        all.extend(judged.failures.iter().filter_map(|failure| Told::failure(run, judged, failure, language)));
    }
    let waivers = run.standings.iter().filter(|standing| standing.state.is_finding());
    all.extend(waivers.map(|standing| Told::waiver(run, standing, language)));
    all.sort_by_key(|told| told.volume); // stable: the worst of each profile come first
    let (mut out, mut hidden) = (String::new(), Vec::new());
    for volume in [Volume::Error, Volume::Warning, Volume::Note] {
        for (at, told) in all.iter().filter(|told| told.volume == volume).enumerate() {
            if at < SHOWN {
                out.push_str(&annotation(told));
            } else {
                hidden.push(told);
            }
        }
    }
    for told in &hidden {
        let place = &told.places[0];
        out.push_str(&format!("- {}:{}: {} ({})\n", clean(&place.file), place.line, clean(&told.title), told.id));
    }
    if !hidden.is_empty() {
        out.push_str(&format!("{}\n", guarding::more_than_shown(hidden.len(), language)));
    }
    out
}

fn annotation(told: &Told) -> String {
    let kind = match told.volume {
        Volume::Error => "error",
        Volume::Warning => "warning",
        Volume::Note => "notice",
    };
    let place = &told.places[0];
    let file = place.file.strip_prefix("./").unwrap_or(&place.file);
    let title = property(&format!("{} ({})", told.title, told.id));
    let lines: Vec<String> = told.lines.iter().map(|line| clean(line)).collect();
    format!(
        "::{kind} file={},line={},col={},title={title}::{}\n",
        property(file),
        place.line,
        place.column,
        data(&lines.join("\n"))
    )
}

/// The message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command.
fn property(text: &str) -> String {
    data(&clean(text)).replace(':', "%3A").replace(',', "%2C")
}
