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
    /// What is not allowed. What a loop brings about at one place is told once.
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
    codes::EMPTY_REASON,
    codes::UNUSED_PARAMETER,
    codes::ALLOWED_FOR_NOTHING,
    codes::UNUSED_VALUE,
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
    let judged = judge(library, ruleset, found, &KINDS);
    Judged { unchecked: once(unchecked), left: once(judged.left), ..judged }
}

impl Advice {
    /// A piece of advice about something.
    #[must_use]
    pub fn new(at: impl Into<String>, problem: Problem) -> Self {
        Self { problem: problem.warning(), at: at.into() }
    }

    fn is_allowed_by(&self, allowance: &Allowance) -> bool {
        allowance.code == self.problem.code.id
            && is_like(&self.at, &allowance.at)
            && allowance.about.as_ref().is_none_or(|about| self.problem.message.contains(about.as_str()))
    }
}

/// Whether a name is like a pattern, in which `*` stands for anything: rules of one loop are allowed together.
fn is_like(name: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return name == pattern };
    name.strip_prefix(start).is_some_and(|name| {
        let ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
        ends.into_iter().any(|at| is_like(&name[at..], rest))
    })
}

/// The same advice at the same place, as a loop gives it, told once.
fn once(all: Vec<Advice>) -> Vec<Advice> {
    let mut told: Vec<(Advice, usize)> = Vec::new();
    for one in all {
        let place = (one.problem.code.id, one.problem.span);
        let known = told.iter_mut().find(|(known, _)| place == (known.problem.code.id, known.problem.span));
        match known.filter(|_| place.1.is_some()) {
            Some((_, more)) => *more += 1,
            None => told.push((one, 0)),
        }
    }
    for (one, more) in told.iter_mut().filter(|(_, more)| *more > 0) {
        one.problem.message = format!("{}, and {more} more like this", one.problem.message);
    }
    told.into_iter().map(|(one, _)| one).collect()
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

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn a_star_stands_for_anything() {
        assert!(is_like("rule/mindset-zwak", "rule/mindset-zwak"));
        assert!(is_like("rule/mindset-zwak-tussen-sterke", "rule/*-zwak-tussen-sterke"));
        assert!(is_like("rule/één-zwak", "rule/*zwak*"));
        assert!(!is_like("rule/mindset-zwak", "rule/*-zwak-tussen-sterke"));
        assert!(!is_like("rule/mindset-zwak", "rule/mindset"));
    }
}
