//! Evaluation: from a checked library and a profile to an assessment.
//!
//! ```text
//! profile ─▶ facts ─▶ evaluation (what is answered) ─▶ conclude ─▶ assessment
//!                          └─▶ possible (all completions) ─┘
//! ```
//!
//! [`assess`] concludes everything; [`explain`] tells why one thing is as it is; a [`Trial`] tells what would be if
//! the profile said something else. Nothing is interpreted here:
//! rules were compiled into a graph of expressions when the library was loaded, and each is evaluated once.

mod bounds;
mod by_key;
mod candidates;
mod conclude;
mod coverage;
mod ends;
mod evaluation;
mod example;
mod explain;
mod eyes;
mod facts;
mod fingerprint;
mod flat;
mod fragile;
mod given;
mod glance;
mod joins;
mod operator;
mod possible;
mod prospect;
mod ranking;
mod reasons;
mod remarks;
mod sections;
mod sets;
mod shares;
mod steps;
mod trial;
mod turns;
mod words;

pub use example::Example;
pub use explain::{Explained, Explanation, explain};
pub use trial::{Said, Trial};

use crate::assessment::{Assessment, Chain, FORMAT, Receipt, Titled};
use crate::problem::{Problem, Problems, codes};
use crate::profile::Profile;
use crate::ruleset::{ENGINE_VERSION, Library};
use crate::source::Sources;
pub(crate) use conclude::{certainty, tailoring};
pub(crate) use evaluation::Evaluation;
pub(crate) use example::{example, settled_example};
pub(crate) use explain::{Named, declared, find};
pub(crate) use eyes::Key;
pub(crate) use facts::{Facts, lent};
pub(crate) use glance::Glance;
pub(crate) use operator::compare;
pub(crate) use possible::mapped;
pub(crate) use prospect::{Outlook, Prospects};
pub(crate) use sections::heard;
pub(crate) use sets::Possible;
pub(crate) use shares::at_once;
pub(crate) use steps::Turn;
pub(crate) use words::Words;

/// Concludes everything that a library says of a profile, with texts in `language` where a ruleset has it.
///
/// `sources` are those that the library was loaded with. Everything in the profile that does not fit the
/// rulesets goes into `problems`; then there is no assessment.
pub fn assess(
    library: &Library,
    profile: &Profile,
    sources: &Sources,
    language: &str,
    problems: &mut Problems,
) -> Option<Assessment> {
    assess_some(library, profile, sources, language, &|_| true, problems)
}

/// The same for some of the rulesets, by their place in the library; nothing is concluded of the others.
pub(crate) fn assess_some(
    library: &Library,
    profile: &Profile,
    sources: &Sources,
    language: &str,
    wanted: &dyn Fn(usize) -> bool,
    problems: &mut Problems,
) -> Option<Assessment> {
    let facts = checked(library, profile, problems)?;
    concluded_of(library, &facts, sources, language, wanted, problems)
}

/// The same for facts that were checked, perhaps other than the profile says.
pub(crate) fn concluded(
    library: &Library,
    facts: &Facts<'_>,
    sources: &Sources,
    language: &str,
    problems: &mut Problems,
) -> Option<Assessment> {
    concluded_of(library, facts, sources, language, &|_| true, problems)
}

fn concluded_of(
    library: &Library,
    facts: &Facts<'_>,
    sources: &Sources,
    language: &str,
    wanted: &dyn Fn(usize) -> bool,
    problems: &mut Problems,
) -> Option<Assessment> {
    let profile = facts.profile;
    let wanted = (0..library.rulesets.len()).filter(|ruleset| wanted(*ruleset));
    let (rulesets, exact) = shares::concluded(facts, Words { library, language }, sources, wanted);
    kept(exact, profile, problems)?;
    Some(Assessment {
        format: FORMAT,
        language: language.to_owned(),
        receipt: Receipt {
            engine: ENGINE_VERSION.to_owned(),
            profile: profile.name.clone(),
            profile_sha256: profile.sha256.clone(),
        },
        chain: Chain {
            name: profile.chain.clone(),
            date: profile.date.clone(),
            parties: profile
                .parties
                .iter()
                .map(|party| Titled { id: party.id.clone(), title: party.name.clone() })
                .collect(),
        },
        rulesets,
    })
}

/// A profile whose answers fit the questions of a library, in flat columns.
#[derive(Debug)]
pub struct Checked<'a>(pub(crate) Facts<'a>);

/// Checks a profile against a library. Everything in it that does not fit goes into `problems`.
pub fn check<'a>(library: &Library, profile: &'a Profile, problems: &mut Problems) -> Option<Checked<'a>> {
    checked(library, profile, problems).map(Checked)
}

/// How many rules hold: evaluation and certainty without anything written down, for measuring.
///
/// Gives the number of rules whose condition is true now, and the number that is true in every completion.
#[must_use]
pub fn tally(library: &Library, checked: &Checked<'_>) -> (usize, usize) {
    Trial::new(library, checked).tally()
}

/// The facts of a profile, if everything in it fits the library.
pub(crate) fn checked<'a>(library: &Library, profile: &'a Profile, problems: &mut Problems) -> Option<Facts<'a>> {
    let mut found = Problems::new();
    let facts = Facts::new(library, profile, &mut found);
    let failed = found.has_errors();
    problems.append(found);
    (!failed).then_some(facts)
}

/// Refuses an evaluation that is not `exact`: in which a number could not be kept exactly.
pub(crate) fn kept(exact: bool, profile: &Profile, problems: &mut Problems) -> Option<()> {
    if !exact {
        problems.push(
            Problem::new(
                codes::TOO_PRECISE,
                format!("a number became too long to keep exactly while evaluating {}", profile.name),
            )
            .help("use fewer decimals in weights, values and answers"),
        );
        return None;
    }
    Some(())
}
