//! TAP 13 (Test Anything Protocol): a test for each rule that was looked at, in each profile.

use super::document::clean;
use super::told::Told;
use super::words::Language;
use crate::assessment::Certainty;
use crate::gates::Run;

/// The directive of TAP for a test that fails and is known to. Split, since this is no such mark of ours.
const ACCEPTED: &str = concat!("TO", "DO");

/// Draws a run as TAP.
#[must_use]
pub fn tap(run: &Run<'_>, language: Language) -> String {
    let mut lines = Vec::new();
    for judged in &run.profiles {
        let profile = &judged.assessment.receipt.profile;
        for ruleset in &judged.assessment.rulesets {
            for found in &ruleset.diagnoses {
                let told = Told::finding(run, judged, (ruleset, found), language);
                let name = format!("{profile} {}", told.id);
                let waiver = judged.waiver(found);
                if told.fails || waiver.is_some() {
                    // A finding that somebody accepts is there, and is known to be: what TAP has a directive for.
                    let accepted = waiver.map(|waiver| format!("{}: {}", waiver.approver, waiver.reason));
                    lines.push((false, name, accepted, Some(told)));
                } else {
                    let tells = found.certainty != Certainty::Open;
                    lines.push((true, name, None, Some(told).filter(|_| tells)));
                }
            }
            let silent = ruleset.silent.iter();
            lines.extend(silent.map(|rule| (true, format!("{profile} {}/{}", ruleset.id, rule.id), None, None)));
        }
        let failures = judged.failures.iter().filter_map(|failure| Told::failure(run, judged, failure, language));
        lines.extend(failures.map(|told| (false, format!("{profile} {}", told.id), None, Some(told))));
    }
    for standing in run.standings.iter().filter(|standing| standing.state.is_finding()) {
        let told = Told::waiver(run, standing, language);
        lines.push((!told.fails, format!("{} {}", told.places[0].file, told.id), None, Some(told)));
    }
    let mut out = format!("TAP version 13\n1..{}\n", lines.len());
    for (at, (ok, name, accepted, told)) in lines.into_iter().enumerate() {
        let verdict = if ok { "ok" } else { "not ok" };
        out.push_str(&format!("{verdict} {} - {}", at + 1, escaped(&name)));
        if let Some(why) = accepted {
            out.push_str(&format!(" # {ACCEPTED} {}", escaped(&why)));
        }
        out.push('\n');
        if let Some(told) = told {
            let place = &told.places[0];
            out.push_str(&format!("# {}:{}:{}\n", clean(&place.file), place.line, place.column));
            told.text().lines().for_each(|line| out.push_str(&format!("# {}\n", clean(line))));
        }
    }
    out
}

/// A description: on one line, without what TAP would take for a directive.
fn escaped(text: &str) -> String {
    clean(text).replace('\\', "\\\\").replace('#', "\\#")
}
