//! Writing entries, to be read by people first.

use super::FORMAT;
use crate::assessment::{Assessment, DiagnosisAssessment, RulesetAssessment};
use crate::date::Date;

/// Who accepts something, why, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<'a> {
    /// Who.
    pub approver: &'a str,
    /// Why.
    pub reason: &'a str,
    /// From this day on.
    pub from: &'a Date,
    /// Up to and including this day.
    pub until: Option<&'a Date>,
}

/// The first line of a file of waivers.
#[must_use]
pub fn head() -> String {
    format!("waivers = {FORMAT}\n")
}

/// A waiver of one diagnosis.
#[must_use]
pub fn waiver(
    profile: &str,
    ruleset: &RulesetAssessment,
    diagnosis: &DiagnosisAssessment,
    given: &Given<'_>,
) -> String {
    entry("waiver", profile, ruleset, diagnosis, given)
}

/// A baseline of the diagnoses that `wanted` picks, with the name that each profile has in it.
#[must_use]
pub fn baseline<'a>(
    assessments: impl IntoIterator<Item = (&'a str, &'a Assessment)>,
    wanted: &dyn Fn(&DiagnosisAssessment) -> bool,
    given: &Given<'_>,
) -> String {
    let mut out = head();
    for (profile, assessment) in assessments {
        for ruleset in &assessment.rulesets {
            for diagnosis in ruleset.diagnoses.iter().filter(|one| wanted(one)) {
                out.push_str(&entry("baseline", profile, ruleset, diagnosis, given));
            }
        }
    }
    out
}

fn entry(
    kind: &str,
    profile: &str,
    ruleset: &RulesetAssessment,
    diagnosis: &DiagnosisAssessment,
    given: &Given<'_>,
) -> String {
    let until = given.until.map(|until| format!("until = {until}\n")).unwrap_or_default();
    format!(
        "\n[[{kind}]]\nprofile = {}\nruleset = {}\nrule = {}\ntitle = {}\napprover = {}\nreason = {}\nfrom = {}\n{until}\
         fingerprints = [{}]\n",
        quoted(profile),
        quoted(&ruleset.id),
        quoted(&diagnosis.id),
        quoted(&diagnosis.title),
        quoted(given.approver),
        quoted(given.reason),
        given.from,
        quoted(&diagnosis.fingerprint),
    )
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if letter.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(letter))),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
