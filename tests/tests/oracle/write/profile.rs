//! Writes a profile as JSON, with the gaps in it.

use super::{decimal, quoted, written};
use crate::oracle::cone::Cone;
use crate::oracle::model::{Given, Model, Number, PARTIES, Profile, RULESETS, STATUSES};

/// The profile as a text.
pub(in crate::oracle) fn profile(model: &Model, cone: &Cone, profile: &Profile) -> String {
    let parties = PARTIES.iter().take(profile.parties).map(|id| format!("{{ \"id\": \"{id}\", \"name\": \"{id}\" }}"));
    let parties: Vec<String> = parties.collect();
    let by_ruleset = |items: &dyn Fn(usize) -> Vec<String>| {
        let sections = (0..model.rulesets)
            .map(|ruleset| format!("\n    \"{}\": {{ {} }}", RULESETS[ruleset], items(ruleset).join(", ")));
        format!("{{{} }}", sections.collect::<Vec<_>>().join(","))
    };
    let roles = by_ruleset(&|ruleset| {
        let own = profile.roles.iter().enumerate().filter(|(at, _)| model.roles[*at].ruleset == ruleset);
        own.map(|(at, members)| format!("\"r{at}\": [{}]", quoted(members.iter().map(|at| PARTIES[*at])))).collect()
    });
    let answers = by_ruleset(&|ruleset| {
        let own = cone.questions.iter().filter(|at| model.questions[**at].ruleset == ruleset);
        own.filter_map(|at| Some(format!("\n      \"q{at}\": {}", answer(model, profile, *at)?))).collect()
    });
    let statuses = by_ruleset(&|ruleset| {
        let own = cone.bouwstenen.iter().filter(|at| model.bouwstenen[**at].ruleset == ruleset);
        own.filter_map(|at| Some(format!("\"b{at}\": \"{}\"", STATUSES[profile.statuses[*at]?]))).collect()
    });
    let targets = by_ruleset(&|ruleset| {
        let own = cone.aspects.iter().filter(|at| model.aspects[**at].ruleset == ruleset);
        own.filter_map(|at| Some(format!("\"a{at}\": {}", decimal(profile.targets[*at]?)))).collect()
    });
    format!(
        "{{\n  \"ketenspiegel\": 1,\n  \"chain\": {{ \"name\": \"keten\", \"parties\": [{}] }},\n  \"roles\": {roles},\n  \
         \"answers\": {answers},\n  \"bouwstenen\": {statuses},\n  \"targets\": {targets}\n}}\n",
        parties.join(", ")
    )
}

/// The answer to a question, where there is anything to say.
fn answer(model: &Model, profile: &Profile, question: usize) -> Option<String> {
    let importance = |slot: usize| profile.importances[question].get(slot).copied().flatten();
    let slots = profile.answers[question].iter().enumerate();
    if !model.questions[question].by_party() || profile.parties == 0 {
        return given(profile.answers[question][0], importance(0));
    }
    let each: Vec<String> = slots
        .filter_map(|(slot, answer)| Some(format!("\"{}\": {}", PARTIES[slot], given(*answer, importance(slot))?)))
        .collect();
    (!each.is_empty()).then(|| format!("{{ \"by\": {{ {} }} }}", each.join(", ")))
}

fn given(given: Given, importance: Option<Number>) -> Option<String> {
    let value = match given {
        Given::Value(value) => Some(format!("\"value\": {}", written(value))),
        Given::NotApplicable => Some("\"not-applicable\": \"reden\"".to_owned()),
        Given::Unknown => Some("\"value\": \"unknown\"".to_owned()),
        Given::Missing => None,
    };
    let importance = importance.map(|importance| format!("\"importance\": {}", decimal(importance)));
    let fields: Vec<String> = value.into_iter().chain(importance).collect();
    match (given, fields.len()) {
        (_, 0) => None,
        (Given::Value(value), 1) => Some(written(value)),
        _ => Some(format!("{{ {} }}", fields.join(", "))),
    }
}
