//! What somebody who has never seen the program needs to know of a finding: which file, which rule, what it
//! means, what to do, and how to see it for themselves.

use super::reasoning::brief;
use super::words::{self, Language, guarding};
use crate::assessment::{Certainty, DiagnosisAssessment, Reason, RulesetAssessment, Severity};
use crate::gates::{Failure, Judged, Least, Run};
use crate::source::Place;
use crate::waivers::{Standing, State};

/// How loud a format should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Volume {
    Error,
    Warning,
    Note,
}

/// Something to tell, in words.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// `ruleset/rule`, or the name of a gate.
    pub(super) id: String,
    pub(super) volume: Volume,
    pub(super) title: String,
    /// What it means, and how it came about: a line each, without the title.
    pub(super) lines: Vec<String>,
    /// Where it is said in the profile, or in the file of waivers; at least one place.
    pub(super) places: Vec<Place>,
    /// Where the ruleset says it.
    pub(super) rule: Option<Place>,
    /// Whether the run fails by it.
    pub(super) fails: bool,
}

impl Told {
    /// A finding.
    pub(super) fn finding(
        run: &Run<'_>,
        judged: &Judged<'_>,
        (ruleset, found): (&RulesetAssessment, &DiagnosisAssessment),
        language: Language,
    ) -> Self {
        let fails = judged.fails(found);
        let severity = language.say(words::severity(found.severity));
        let certainty = language.say(words::certainty(found.certainty));
        let mut lines = vec![found.text.split_whitespace().collect::<Vec<_>>().join(" ")];
        lines.push(format!("{}: {severity}; {certainty}", language.say(guarding::WEIGHT)));
        let because = brief(&found.because, language);
        let because: Vec<String> = because.into_iter().map(|(_, text)| text.words().into_owned()).collect();
        lines.push(format!("{}: {}", language.say(words::BECAUSE), because.join("; ")));
        let advice: Vec<&str> = found.advice.iter().map(|item| item.title.as_str()).collect();
        if !advice.is_empty() {
            lines.push(format!("{}: {}", language.say(words::ADVICE), advice.join("; ")));
        }
        lines.push(format!("{}: {}", language.say(words::SOURCE), found.source));
        let id = format!("{}/{}", ruleset.id, found.id);
        let profile = &judged.assessment.receipt.profile;
        lines.push(format!("{}: {}", language.say(guarding::SEE), explain(run, profile, &id)));
        if let Some(waiver) = judged.waiver(found) {
            lines.push(guarding::waived(waiver, language));
        }
        let mut places = Vec::new();
        found.because.iter().chain(&found.needs).for_each(|reason| answers(reason, &mut places));
        if places.is_empty() {
            places.push(top(profile));
        }
        let volume = match found.severity {
            _ if fails => Volume::Error,
            Severity::Critical | Severity::Major if found.certainty != Certainty::Open => Volume::Warning,
            _ => Volume::Note,
        };
        let lines = lines.into_iter().filter(|line| !line.is_empty()).collect();
        Self { id, volume, title: found.title.clone(), lines, places, rule: Some(found.place.clone()), fails }
    }

    /// What fails beside the findings.
    pub(super) fn failure(
        run: &Run<'_>,
        judged: &Judged<'_>,
        failure: &Failure<'_>,
        language: Language,
    ) -> Option<Self> {
        let profile = &judged.assessment.receipt.profile;
        let told = |id: String, title: String, lines: Vec<String>, places: Vec<Place>, rule: Option<&Place>| Self {
            id,
            volume: Volume::Error,
            title,
            lines,
            places: if places.is_empty() { vec![top(profile)] } else { places },
            rule: rule.cloned(),
            fails: true,
        };
        match failure {
            Failure::Finding(..) => None,
            Failure::Below(ruleset, aspect, floor) => {
                let now = match &floor.least {
                    Least::Score(_) => aspect.score.map(|score| language.plain(score)),
                    Least::Level(_) => aspect.level.as_ref().and_then(|level| level.title.clone()),
                };
                let least = match &floor.least {
                    Least::Score(least) => language.plain(*least),
                    Least::Level(least) => {
                        let levels = aspect.level.iter().flat_map(|level| &level.levels);
                        let known = levels.clone().find(|level| level.id == *least);
                        known.map_or_else(|| least.clone(), |level| level.title.clone())
                    }
                };
                let mut places = Vec::new();
                aspect.because.iter().for_each(|reason| answers(reason, &mut places));
                let id = format!("{}/{}", ruleset.id, aspect.id);
                let see = format!("{}: {}", language.say(guarding::SEE), explain(run, profile, &id));
                let title = guarding::below(&aspect.title, now.as_deref(), &least, language);
                Some(told(format!("ketenspiegel/below/{id}"), title, vec![see], places, Some(&aspect.place)))
            }
            Failure::Incomplete(ruleset, least) => {
                let counts = ruleset.completeness;
                let answered = words::answered(counts.answered, counts.applicable, language);
                let title = guarding::incomplete(&ruleset.title, &answered, *least, language);
                let open: Vec<String> = ruleset.unanswered.iter().map(|open| open.title.clone()).collect();
                let lines = vec![format!("{}: {}", language.say(words::UNANSWERED), open.join("; "))];
                Some(told(format!("ketenspiegel/incomplete/{}", ruleset.id), title, lines, Vec::new(), None))
            }
        }
    }

    /// A waiver to look at.
    pub(super) fn waiver(run: &Run<'_>, standing: &Standing<'_>, language: Language) -> Self {
        let waiver = standing.waiver;
        let id = if standing.state == State::Expired { "waiver-expired" } else { "waiver-unused" };
        let about = standing.about.map(|about| format!("{}/{}", about.ruleset.id, about.diagnosis.id));
        let named = [waiver.profile.as_deref(), waiver.ruleset.as_deref(), waiver.rule.as_deref()];
        let about = about.unwrap_or_else(|| named.into_iter().flatten().collect::<Vec<_>>().join(" "));
        let fails = run.fails_on(standing);
        Self {
            id: format!("ketenspiegel/{id}"),
            volume: if fails { Volume::Error } else { Volume::Warning },
            title: guarding::standing(standing.state, waiver, &about, language),
            lines: vec![guarding::what_to_do(standing.state, language), guarding::given(waiver, language)],
            places: vec![standing.place.clone()],
            rule: None,
            fails,
        }
    }

    /// Title and lines as one text.
    pub(super) fn text(&self) -> String {
        std::iter::once(&self.title).chain(&self.lines).map(|line| format!("{line}\n")).collect()
    }
}

/// The command that explains something.
pub(super) fn explain(run: &Run<'_>, profile: &str, id: &str) -> String {
    format!("ketenspiegel explain {profile} {id}{}", run.options)
}

/// Where the answers below a reason stand, each once.
fn answers(reason: &Reason, places: &mut Vec<Place>) {
    let place = reason.evidence.as_ref().and_then(|evidence| evidence.place.as_ref());
    if let Some(place) = place.filter(|place| !places.contains(place)) {
        places.push(place.clone());
    }
    reason.parts.iter().for_each(|part| answers(part, places));
}

fn top(file: &str) -> Place {
    Place { file: file.to_owned(), line: 1, column: 1 }
}
