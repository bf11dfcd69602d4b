//! How to get somewhere, stage by stage.

use super::super::Look;
use super::super::document::Text;
use super::super::page::{Page, spaces};
use super::super::words::{self, Language, changes as said};
use super::whatif::moved;
use super::{assumptions, changed, stands};
use crate::conclusions::{Change, Kind};
use crate::whatif::{Action, Route, Stage};

/// How many changes of a kind are told after a stage.
const MOST_TOLD: usize = 6;

/// Draws the way to a target.
#[must_use]
pub fn route(route: &Route, look: &Look) -> String {
    let language = look.language;
    let mut page = Page::new(look);
    let nothing = Text::empty();
    let first = Text::strong(format!("{}: ", language.say(said::WAY_TO)));
    let title = Text::strong(said::target(&route.title, &route.to, language));
    let now = stands(&route.now, language);
    let now = Text::plain(if route.now.value.is_some() { words::now(&now, language) } else { now });
    page.noted(&first, &spaces(4), &title, &now);
    match (route.reached, route.stages.is_empty()) {
        (true, true) => page.wrapped(&nothing, &nothing, &language.say(said::REACHED).into()),
        (false, _) => {
            let told = if route.proven { said::NO_WAY } else { said::NOT_PROVEN_NO_WAY };
            page.wrapped(&nothing, &nothing, &language.say(told).into());
        }
        (true, false) => {
            let takes = said::takes(
                &language.number(route.effort, 1),
                route.stages.len(),
                (route.at_once, route.at_once_by),
                language,
            );
            let proven = language.say(if route.proven { said::CHEAPEST } else { said::FOUND_BY_SEARCH });
            page.wrapped(&nothing, &nothing, &format!("{takes} {proven}").into());
            for stage in &route.stages {
                told(&mut page, stage, language);
            }
            page.blank();
            let end = format!("{}: ", language.say(said::TARGET_REACHED));
            page.wrapped(&Text::strong(end), &spaces(2), &stands(&route.after, language).into());
            page.wrapped(&nothing, &nothing, &Text::quiet(language.say(said::ASSUMPTIONS)));
        }
    }
    if !route.without_effort.is_empty() {
        let titles: Vec<String> = route.without_effort.iter().map(|one| one.title.clone()).collect();
        let name = Text::quiet(format!("{}: ", language.say(said::WITHOUT_EFFORT)));
        page.wrapped(&name, &spaces(2), &language.and(&titles).into());
    }
    page.finish()
}

fn told(page: &mut Page, stage: &Stage, language: Language) {
    page.blank();
    let effort = said::effort(&language.number(stage.effort, 1), language);
    page.noted(
        &Text::empty(),
        &Text::empty(),
        &Text::strong(words::stage(stage.stage, language)),
        &Text::quiet(effort),
    );
    for action in &stage.actions {
        told_action(page, action, language);
    }
    let findings = |gone: bool| {
        let all = stage.difference.rulesets.iter().flat_map(|ruleset| &ruleset.changes);
        all.filter(move |change| matches!(change.kind, Kind::Diagnosis | Kind::Outcome | Kind::Level))
            .filter(move |change| change.after.is_none() == gone)
            .collect::<Vec<&Change>>()
    };
    let expected: Vec<&Change> = findings(true).into_iter().chain(findings(false)).collect();
    if expected.is_empty() {
        return;
    }
    page.wrapped(&spaces(2), &spaces(4), &Text::quiet(format!("{}:", language.say(said::EXPECTED))));
    for change in expected.iter().take(MOST_TOLD) {
        let words = Text::plain(format!("{}: ", change.title)).then(Text::quiet(moved(change, language)));
        page.wrapped(&Text::plain("    → "), &spaces(6), &words);
    }
    let more = expected.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        page.wrapped(
            &spaces(6),
            &spaces(6),
            &Text::quiet(format!("… {}", words::and_more("", more, language).trim_start_matches(", "))),
        );
    }
}

fn told_action(page: &mut Page, action: &Action, language: Language) {
    let what = match &action.status {
        Some(change) => changed(change, language),
        None => format!("{} {}", action.title, language.say(said::DONE)),
    };
    let effort = action.effort.map_or_else(
        || language.say(said::EFFORT_UNKNOWN).to_owned(),
        |effort| said::effort(&language.number(effort, 1), language),
    );
    let mut notes = vec![effort];
    if !action.needed_for.is_empty() {
        let titles: Vec<String> = action.needed_for.iter().map(|one| one.title.clone()).collect();
        notes.push(format!("{} {}", language.say(words::NEEDED_FOR), language.and(&titles)));
    }
    let words = Text::plain(what).then(Text::quiet(format!(" — {}", notes.join("; "))));
    page.wrapped(&Text::plain("  · "), &spaces(4), &words);
    assumptions(page, action.lifts.iter().map(|one| &one.change), language);
}
