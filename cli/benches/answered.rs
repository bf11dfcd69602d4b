//! Profiles that speak to every built-in ruleset, made of what the rulesets ask.

use super::built_in;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::ruleset::{Kind, Library, Question, RulesetFiles};
use ketenspiegel_engine::source::Sources;
use std::fmt::Write;

/// Which questions are answered.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Answered {
    All,
    EverySecond,
    /// One question of the ruleset with the most that hangs together.
    One,
    /// As a fixture has it: a chain with parties, and four rulesets answered in part.
    Fixture,
}

pub(crate) const EVERY: [Answered; 4] = [Answered::All, Answered::EverySecond, Answered::One, Answered::Fixture];

/// Every built-in ruleset, and a profile for them.
pub(crate) fn everything(answered: Answered, sources: &mut Sources) -> (Library, Profile) {
    let files: Vec<RulesetFiles> = ketenspiegel_rulesets::ids().map(built_in).collect();
    let library = Library::load_in(&files, Some("nl"), sources, &mut Problems::new()).expect("they load");
    let profile = match answered {
        Answered::Fixture => super::profile("vier-spiegels", sources),
        _ => {
            let text = written(&library, answered);
            Profile::read("made.json", text.as_bytes(), sources, &mut Problems::new()).expect("it is a profile")
        }
    };
    (library, profile)
}

/// A profile that answers what some rulesets ask.
pub(crate) fn written(library: &Library, answered: Answered) -> String {
    let wanted = |at: usize, ruleset: &str| match answered {
        Answered::EverySecond => at.is_multiple_of(2),
        Answered::One => ruleset == "adr" && at == 0,
        _ => true,
    };
    let mut sections = Vec::new();
    for ruleset in &library.rulesets {
        let id = &ruleset.manifest.id;
        let mut answers = String::new();
        for (at, place) in ruleset.own.questions.clone().enumerate().filter(|(at, _)| wanted(*at, id)) {
            let question = &library.questions[place];
            let comma = if answers.is_empty() { "" } else { ", " };
            write!(answers, "{comma}\"{}\": {}", question.declared.id, answer(question, at)).expect("it is written");
        }
        if !answers.is_empty() {
            sections.push(format!("\"{id}\": {{{answers}}}"));
        }
    }
    let answers = sections.join(", ");
    format!("{{\"ketenspiegel\": 1, \"chain\": {{\"name\": \"made\"}}, \"answers\": {{{answers}}}}}")
}

/// An answer that differs from question to question.
fn answer(question: &Question, at: usize) -> String {
    let words = question.kind.words();
    let word = || words[(at * 7 + at / 3) % words.len()].clone();
    match &question.kind {
        Kind::Scale(_) | Kind::YesNo => word(),
        Kind::Choice(_) => format!("\"{}\"", word()),
        Kind::Multiple(_) => format!("[\"{}\"]", word()),
        Kind::Number { min, .. } => min.written(),
        Kind::Text => "\"made\"".to_owned(),
    }
}
