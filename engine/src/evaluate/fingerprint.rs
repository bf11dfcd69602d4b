//! Whether a conclusion is the same one as before.

use super::evaluation::Evaluation;
use super::eyes::Key;
use crate::assessment::{Certainty, Status};
use crate::condition::{Expr, RuleId, Value};
use crate::ruleset::Kind;
use crate::source::hex;
use foldhash::fast::FixedState;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashSet};

/// Bytes of each mark: enough that two different ones are never the same by chance.
const LENGTH: usize = 6;

/// The mark of a chain, by its name.
pub(super) fn of_chain(name: &str) -> String {
    hex(&Sha256::digest(name)[..LENGTH])
}

/// The marks of a rule's conclusion: of the `chain`, of the rule, and of the answers that it read.
///
/// The answers count with how sure they make it: what was waived as likely is looked at again when it stands.
pub(super) fn fingerprint(evaluation: &mut Evaluation<'_>, chain: &str, id: RuleId, sure: Certainty) -> String {
    let library = evaluation.library;
    let rule = hex(&library.meaning(id)[..LENGTH]);
    let answers = read(evaluation, Evaluation::whole(library.rules[id.index()].when));
    let answers = answers.into_iter().chain([format!("{sure:?}")]).collect::<Vec<_>>().join("\n");
    let answers = hex(&Sha256::digest(answers)[..LENGTH]);
    format!("{chain}-{rule}-{answers}")
}

/// The answers, statuses and targets below an expression, each with its value, in a fixed order.
fn read(evaluation: &mut Evaluation<'_>, key: Key) -> BTreeSet<String> {
    let (mut found, mut waiting) = (BTreeSet::new(), vec![key]);
    let mut seen: HashSet<Key, FixedState> = HashSet::default();
    while let Some(key) = waiting.pop() {
        if seen.insert(key) {
            found.extend(value(evaluation, key));
            waiting.extend(evaluation.reads(key).iter());
        }
    }
    found
}

/// What the profile says here; nothing for what is worked out.
fn value(evaluation: &mut Evaluation<'_>, key: Key) -> Option<String> {
    let library = evaluation.library;
    let (what, declared) = match library.graph.expr(key.expr) {
        Expr::Answer(id) => ("answer", evaluation.leaf(key, *id).map(|_| &library.questions[id.index()].declared)?),
        Expr::Importance(id) => {
            ("importance", evaluation.leaf(key, *id).map(|_| &library.questions[id.index()].declared)?)
        }
        Expr::Status(id) => ("status", &library.bouwstenen[id.index()].declared),
        Expr::Target(id) => ("target", &library.aspects[id.index()].declared),
        Expr::Score(id) if library.aspects[id.index()].clamp_to_target => {
            ("target", &library.aspects[id.index()].declared)
        }
        _ => return None,
    };
    let party = evaluation.party(key).and_then(|at| evaluation.facts.profile.parties.get(usize::from(at)));
    let party = party.map(|party| party.id.as_str()).unwrap_or_default();
    let said = match (library.graph.expr(key.expr), evaluation.value(key)) {
        (Expr::Score(id), _) => said(&Kind::Text, evaluation.facts.targets[id.index()]),
        (Expr::Answer(id), value) => said(&library.questions[id.index()].kind, value),
        (Expr::Status(_), Value::Option(at)) => {
            Status::ALL.get(usize::from(at)).map(|status| status.id().to_owned()).unwrap_or_default()
        }
        (_, value) => said(&Kind::Text, value),
    };
    Some(format!("{what} {}/{} {party} {said}", library.rulesets[declared.ruleset].manifest.id, declared.id))
}

/// A value, options by their ids.
fn said(kind: &Kind, value: Value) -> String {
    match (kind, value) {
        (_, Value::Number(number)) => number.to_string(),
        (Kind::Choice(options), Value::Option(at)) => {
            options.get(usize::from(at)).map(|option| option.id.clone()).unwrap_or_default()
        }
        (Kind::Multiple(options), Value::Options(bits)) => {
            let chosen = options.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
            chosen.map(|(_, option)| option.id.as_str()).collect::<Vec<_>>().join("+")
        }
        (_, other) => format!("{other:?}"),
    }
}
