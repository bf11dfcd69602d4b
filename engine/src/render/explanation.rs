//! One explanation: why something is concluded, or why it is not.
//!
//! What is concluded stands in the assessment with everything around it, and is drawn from there. What is not,
//! stands only in its [`Explanation`].

use super::document::Text;
use super::page::{Page, spaces};
use super::words::{self, explanations as said};
use super::{Look, reasoning};
use crate::assessment::{Assessment, Certainty, DiagnosisAssessment, Reason, ReasonKind, State};
use crate::evaluate::{Explained, Explanation};

/// Draws an explanation.
///
/// With `why_not`, what is not concluded shows only what stands in its way.
#[must_use]
pub fn explanation(explained: &Explanation, assessment: &Assessment, why_not: bool, look: &Look) -> String {
    let (ruleset, id) = explained.id.split_once('/').unwrap_or(("", &explained.id));
    let Some(ruleset) = assessment.rulesets.iter().find(|known| known.id == ruleset) else {
        return silence(explained, why_not, look);
    };
    let concluded =
        |drawn: String| if why_not { format!("{}\n\n{drawn}", look.language.say(said::CONCLUDED)) } else { drawn };
    match explained.kind {
        Explained::Diagnosis => match ruleset.diagnoses.iter().find(|known| known.id == id) {
            Some(open) if open.certainty == Certainty::Open => {
                reasoning::diagnosis(&in_the_way_of(open, why_not), look)
            }
            Some(found) => concluded(reasoning::diagnosis(found, look)),
            None => silence(explained, why_not, look),
        },
        Explained::Recommendation => match &explained.recommendation {
            Some(advice) => concluded(reasoning::recommendation(advice, Some(&explained.place), look)),
            None => not_advised(explained, look),
        },
        Explained::Cell => match explained.certainty {
            Some(Certainty::Open) if why_not => {
                reasoning::explained(&Explanation { reasons: obstacles(&explained.reasons), ..explained.clone() }, look)
            }
            Some(Certainty::Open) => reasoning::explained(explained, look),
            Some(_) => concluded(reasoning::explained(explained, look)),
            None => silence(explained, why_not, look),
        },
        Explained::Aspect => {
            drawn(ruleset.aspects.iter().find(|known| known.id == id), reasoning::aspect, explained, look)
        }
        Explained::Outcome => {
            drawn(ruleset.outcomes.iter().find(|known| known.id == id), reasoning::outcome, explained, look)
        }
        Explained::Measure => {
            drawn(ruleset.measures.iter().find(|known| known.id == id), reasoning::measure, explained, look)
        }
    }
}

fn drawn<T>(found: Option<&T>, draw: impl Fn(&T, &Look) -> String, explained: &Explanation, look: &Look) -> String {
    found.map_or_else(|| silence(explained, false, look), |found| draw(found, look))
}

/// A diagnosis that is still open, with only what stands in its way.
fn in_the_way_of(open: &DiagnosisAssessment, why_not: bool) -> DiagnosisAssessment {
    let mut open = open.clone();
    if why_not {
        open.because = obstacles(&open.because);
        open.needs = obstacles(&open.needs);
    }
    open
}

/// What is not concluded, and never will be on these answers.
fn silence(explained: &Explanation, why_not: bool, look: &Look) -> String {
    let reasons = if why_not { obstacles(&explained.reasons) } else { explained.reasons.clone() };
    let mut page = heading(explained, said::NOT_CONCLUDED, look);
    reasoning::tree(&mut page, &reasons, look.language);
    page.blank();
    let name = Text::quiet(format!("{}: ", look.language.say(said::NOT_CONCLUDED)));
    page.wrapped(&name, &spaces(2), &look.language.say(said::NEVER).into());
    closing(&mut page, explained, look);
    page.finish()
}

/// Something that is not recommended, with the diagnoses that could ask for it.
fn not_advised(explained: &Explanation, look: &Look) -> String {
    let asking = &explained.asked_for_by;
    let mut page = heading(explained, said::NOT_ADVISED, look);
    let speaks = |one: &Explanation| matches!(one.certainty, Some(Certainty::Confirmed | Certainty::Indicated));
    let anchored = asking.iter().any(speaks);
    let opening = if anchored { said::ANCHORED_ALREADY } else { said::NOTHING_ASKS };
    page.wrapped(&Text::empty(), &Text::empty(), &look.language.say(opening).into());
    page.blank();
    for one in asking.iter().filter(|one| speaks(one) == anchored) {
        let sure = one.certainty.map_or(said::NOT_CONCLUDED, words::certainty);
        let note = Text::quiet(look.language.say(sure));
        page.noted(&Text::plain("· "), &spaces(2), &one.title.as_str().into(), &note);
        let ask_on = said::ask_on(&one.id, speaks(one), look.language);
        page.wrapped(&spaces(2), &spaces(2), &Text::quiet(ask_on));
    }
    page.blank();
    closing(&mut page, explained, look);
    page.finish()
}

fn heading(explained: &Explanation, note: words::Phrase, look: &Look) -> Page {
    let mut page = Page::new(look);
    let first = Text::strong(format!("{}: ", look.language.say(said::WHY_NOT)));
    let next = spaces(first.width());
    page.noted(&first, &next, &Text::strong(&explained.title), &Text::strong(look.language.say(note)));
    page
}

fn closing(page: &mut Page, explained: &Explanation, look: &Look) {
    let source = format!("{} ({}:{})", explained.source, explained.place.file, explained.place.line);
    page.wrapped(&Text::quiet(format!("{}: ", look.language.say(words::SOURCE))), &spaces(2), &source.into());
}

/// The part of a reasoning that does not hold: what would have to change.
fn obstacles(reasons: &[Reason]) -> Vec<Reason> {
    reasons.iter().filter(|reason| reason.state != State::Holds).map(obstacle).collect()
}

fn obstacle(reason: &Reason) -> Reason {
    let mut left = reason.clone();
    // Only of parts that must all hold can the others be left out.
    if matches!(reason.kind, ReasonKind::All | ReasonKind::AllParties) {
        left.parts = obstacles(&reason.parts).into();
    } else if matches!(reason.kind, ReasonKind::Any | ReasonKind::AnyParty | ReasonKind::Party | ReasonKind::Candidate)
    {
        left.parts = reason
            .parts
            .iter()
            .map(|part| if part.state == State::Holds { part.clone() } else { obstacle(part) })
            .collect();
    }
    left
}

#[cfg(test)]
mod tests {
    use super::obstacles;
    use crate::assessment::{Reason, ReasonKind, State};

    fn reason(kind: ReasonKind, state: State, parts: Vec<Reason>) -> Reason {
        Reason { parts: parts.into(), ..Reason::new(kind, state) }
    }

    #[test]
    fn only_what_stands_in_the_way_is_left() {
        let point = |state| reason(ReasonKind::Comparison, state, Vec::new());
        let (holds, fails, open) = (point(State::Holds), point(State::Fails), point(State::Undecided));
        let any = reason(ReasonKind::Any, State::Fails, vec![fails.clone(), fails.clone()]);
        let all = reason(ReasonKind::All, State::Fails, vec![holds, fails.clone(), open.clone(), any.clone()]);
        let left = obstacles(&[all]);
        assert_eq!(*left[0].parts, [fails, open, any]);
    }
}
