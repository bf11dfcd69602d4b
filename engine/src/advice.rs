//! Advice: what is not wrong with a ruleset, and might be better.
//!
//! A ruleset can allow a piece of advice with a reason, under `[[allow]]` in its `ruleset.toml`. An allowance
//! that nothing needs is itself told.

mod better;
mod rules;
mod texts;
mod unused;

use crate::problem::{Code, Problem, codes};
use crate::ruleset::{Allowance, Library};

/// A piece of advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What might be better, where, and what to do.
    pub problem: Problem,
    /// What it is about, as an allowance names it: `rule/top-draagt-keten-niet`.
    pub at: String,
}

/// Advice, held against what a ruleset allows.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// What is not allowed.
    pub left: Vec<Advice>,
    /// What is allowed, each with the reason.
    pub allowed: Vec<(Advice, String)>,
    /// What was too large to go through.
    pub unchecked: Vec<Advice>,
}

/// The advice that [`advise`] can give.
const KINDS: [Code; 15] = [
    codes::NEVER_FIRES,
    codes::ALWAYS_FIRES,
    codes::COINCIDE,
    codes::SUPERFLUOUS,
    codes::CONTRADICTORY,
    codes::UNUSED_QUESTION,
    codes::UNUSED_OPTION,
    codes::WORSENS,
    codes::UNTRANSLATED,
    codes::LONG_SENTENCE,
    codes::HARD_TEXT,
    codes::EMPTY_SOURCE,
    codes::EMPTY_REASON,
    codes::UNUSED_PARAMETER,
    codes::ALLOWED_FOR_NOTHING,
];

/// Looks at everything in a ruleset that might be better, and holds it against what the ruleset allows.
///
/// Its texts must be loaded in all their languages.
#[must_use]
pub fn advise(library: &Library, ruleset: usize) -> Judged {
    let mut found = Vec::new();
    unused::advise(library, ruleset, &mut found);
    rules::advise(library, ruleset, &mut found);
    better::advise(library, ruleset, &mut found);
    texts::advise(library, ruleset, &mut found);
    let (unchecked, found) = found.into_iter().partition(|one| one.problem.code == codes::NOT_CHECKED);
    Judged { unchecked, ..judge(library, ruleset, found, &KINDS) }
}

impl Advice {
    /// A piece of advice about something.
    #[must_use]
    pub fn new(at: impl Into<String>, problem: Problem) -> Self {
        Self { problem: problem.warning(), at: at.into() }
    }

    fn is_allowed_by(&self, allowance: &Allowance) -> bool {
        allowance.code == self.problem.code.id
            && allowance.at == self.at
            && allowance.about.as_ref().is_none_or(|about| self.problem.message.contains(about.as_str()))
    }
}

/// Holds advice of these kinds against what a ruleset allows. Allowances of other kinds are left alone: they
/// are for another check.
#[must_use]
pub fn judge(library: &Library, ruleset: usize, advice: Vec<Advice>, kinds: &[Code]) -> Judged {
    let mut judged = Judged::default();
    let allowances = &library.rulesets[ruleset].manifest.allowances;
    let mut needed = vec![false; allowances.len()];
    for one in advice {
        let allowing: Vec<usize> = (0..allowances.len()).filter(|at| one.is_allowed_by(&allowances[*at])).collect();
        allowing.iter().for_each(|at| needed[*at] = true);
        match allowing.first() {
            Some(&at) => judged.allowed.push((one, allowances[at].reason.clone())),
            None => judged.left.push(one),
        }
    }
    for (allowance, _) in allowances.iter().zip(needed).filter(|(_, needed)| !needed) {
        if kinds.iter().any(|kind| kind.id == allowance.code) {
            let message = format!("nothing at `{}` needs {} to be allowed", allowance.at, allowance.code);
            let problem = Problem::new(codes::ALLOWED_FOR_NOTHING, message).at(allowance.span);
            judged.left.push(Advice::new(&allowance.at, problem.help("take this allowance out")));
        }
    }
    judged
}
