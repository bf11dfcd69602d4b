//! One explanation: why something is concluded, or why it is not.
//!
//! What is concluded stands in the assessment with everything around it, and is drawn from there. What is not,
//! stands only in its [`Explanation`].

use super::document::{Block, Drawing, Entry, Line, Text};
use super::reasoning;
use super::words::{self, Language, explanations as said};
use crate::assessment::{Assessment, Certainty, DiagnosisAssessment, Reason, ReasonKind, State};
use crate::evaluate::{Explained, Explanation};

/// An explanation, ready to be drawn.
///
/// With `why_not`, what is not concluded shows only what stands in its way.
#[must_use]
pub fn explanation(explained: &Explanation, assessment: &Assessment, why_not: bool, language: Language) -> Drawing {
    let (ruleset, id) = explained.id.split_once('/').unwrap_or(("", &explained.id));
    let Some(ruleset) = assessment.rulesets.iter().find(|known| known.id == ruleset) else {
        return silence(explained, why_not, language);
    };
    let concluded = |drawn: Drawing| {
        let answer = why_not.then(|| Block::Paragraph(language.say(said::CONCLUDED).into()));
        Drawing { blocks: answer.into_iter().chain(drawn.blocks).collect() }
    };
    match explained.kind {
        Explained::Diagnosis => match ruleset.diagnoses.iter().find(|known| known.id == id) {
            Some(open) if open.certainty == Certainty::Open => {
                reasoning::diagnosis(&in_the_way_of(open, why_not), language)
            }
            Some(found) => concluded(reasoning::diagnosis(found, language)),
            None => silence(explained, why_not, language),
        },
        Explained::Recommendation => match &explained.recommendation {
            Some(advice) => concluded(reasoning::recommendation(advice, Some(&explained.place), language)),
            None => not_advised(explained, language),
        },
        Explained::Cell => match explained.certainty {
            Some(Certainty::Open) if why_not => {
                let reasons = obstacles(&explained.reasons);
                reasoning::explained(&Explanation { reasons, ..explained.clone() }, language)
            }
            Some(Certainty::Open) => reasoning::explained(explained, language),
            Some(_) => concluded(reasoning::explained(explained, language)),
            None => silence(explained, why_not, language),
        },
        Explained::Aspect => {
            drawn(ruleset.aspects.iter().find(|known| known.id == id), reasoning::aspect, explained, language)
        }
        Explained::Outcome => {
            drawn(ruleset.outcomes.iter().find(|known| known.id == id), reasoning::outcome, explained, language)
        }
        Explained::Measure => {
            drawn(ruleset.measures.iter().find(|known| known.id == id), reasoning::measure, explained, language)
        }
    }
}

fn drawn<T>(
    found: Option<&T>,
    draw: impl Fn(&T, Language) -> Drawing,
    explained: &Explanation,
    language: Language,
) -> Drawing {
    found.map_or_else(|| silence(explained, false, language), |found| draw(found, language))
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
fn silence(explained: &Explanation, why_not: bool, language: Language) -> Drawing {
    let reasons = if why_not { obstacles(&explained.reasons) } else { explained.reasons.clone() };
    let mut blocks = vec![heading(explained, said::NOT_CONCLUDED, language)];
    blocks.extend(reasoning::tree(&reasons, language));
    let never = (language.say(said::NOT_CONCLUDED).into(), language.say(said::NEVER).into());
    blocks.push(Block::Fields(vec![never, source(explained, language)]));
    Drawing { blocks }
}

/// Something that is not recommended, with the diagnoses that could ask for it.
fn not_advised(explained: &Explanation, language: Language) -> Drawing {
    let asking = &explained.asked_for_by;
    let speaks = |one: &Explanation| matches!(one.certainty, Some(Certainty::Confirmed | Certainty::Indicated));
    let anchored = asking.iter().any(speaks);
    let opening = if anchored { said::ANCHORED_ALREADY } else { said::NOTHING_ASKS };
    let entry = |one: &Explanation| {
        let sure = one.certainty.map_or(said::NOT_CONCLUDED, words::certainty);
        let ask_on = said::ask_on(&one.id, speaks(one), language);
        Entry {
            mark: Text::plain("·"),
            title: one.title.as_str().into(),
            note: Text::quiet(language.say(sure)),
            lines: vec![Line::Words(Text::quiet(ask_on))],
        }
    };
    let asking = asking.iter().filter(|one| speaks(one) == anchored).map(entry).collect();
    let blocks = vec![
        heading(explained, said::NOT_ADVISED, language),
        Block::Paragraph(language.say(opening).into()),
        Block::Brief(asking),
        Block::Fields(vec![source(explained, language)]),
    ];
    Drawing { blocks }
}

fn heading(explained: &Explanation, note: words::Phrase, language: Language) -> Block {
    reasoning::title(said::WHY_NOT, &explained.title, Some(language.say(note)), "", language)
}

fn source(explained: &Explanation, language: Language) -> (Text, Text) {
    reasoning::source(&explained.source, Some(&explained.place), language)
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
