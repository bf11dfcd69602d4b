//! Rulesets whose questions are linked: by `same-as`, by `links.toml`, by what informs what; and one that joins others.
//!
//! Beside what is concluded, this holds which answers were taken over and which differ against brute force. Where two
//! questions that are one are written alike, a rule of the last ruleset says when their answers differ.

use super::model::Model;
use super::{Found, assert_none, generate, hold, in_two_threads};
use fastrand::Rng;

/// How many random models are tried, and how many random profiles for each.
const MODELS: (u64, usize) = (400, 3);

fn try_model(seed: u64, found: &mut Found) {
    let mut rng = Rng::with_seed(seed ^ 0x11_4c);
    let model = generate::linked(&mut rng);
    note(&model, found);
    hold(seed, &mut rng, &model, MODELS.1, found);
}

/// Notes in which ways a model is linked.
fn note(model: &Model, found: &mut Found) {
    for link in &model.links {
        found.tally.see(if link.written { "link, mapped" } else { "link" });
        let declared = |at: &usize| model.questions[*at].ruleset == link.ruleset;
        found.tally.see(if link.questions.iter().any(declared) { "link of its own" } else { "link of others" });
        if link.questions.len() > 2 {
            found.tally.see("link of three");
        }
        if !link.questions.is_sorted() {
            found.tally.see("link, later question first");
        }
        if model.questions[link.questions[0]].by_party() {
            found.tally.see("link of parties");
        }
    }
}

#[test]
fn linked_rulesets_agree_with_brute_force() {
    let Found { tally, failures } = in_two_threads(MODELS.0, try_model);
    assert_none(&failures, tally.cases);
    for (what, least) in [
        ("link", 100),
        ("link, mapped", 100),
        ("link of its own", 100),
        ("link of others", 50),
        ("link of three", 30),
        ("link, later question first", 50),
        ("link of parties", 50),
        ("same-as", 300),
        ("says", 100),
        ("taken-over", 500),
        ("conflict", 150),
        ("informed", 300),
        ("not-asked", 50),
        ("set aside", 50),
        ("evidence elsewhere", 200),
    ] {
        let seen = tally.seen.get(what).copied().unwrap_or(0);
        assert!(seen >= least, "{what}: only {seen} in {} cases", tally.cases);
    }
}
