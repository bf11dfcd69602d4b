//! What can be asked of rulesets by those who write them: tests, advice, and what a new version means.

use super::{AdviceFormat, BookFormat, TestFormat, TextOrJson, WithLang, WithRulesets};
use clap::Args;
use std::path::PathBuf;

/// Hold rulesets against their own cases; exits with 4 where one differs
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel ruleset test                        all built-in rulesets
  ketenspiegel ruleset test ./our-own-frame
  ketenspiegel ruleset test ketens-de-baas --case 'crisis'
  ketenspiegel ruleset test ./our-own-frame --watch
  ketenspiegel ruleset test ./our-own-frame --review
  ketenspiegel ruleset test --coverage --threshold rules:100 --threshold clauses:100
  ketenspiegel ruleset test --mutate --threshold mutants:95

A case with `snapshot = true` also keeps everything that it comes to, in a file beside it (tests/NAME.snapshot.json). \
What differs is told as advice; --review goes through it, --accept takes all of it.

Coverage counts what some case brings about: rules (that one speaks, and that it is silent), clauses (true, \
and false), sides (of an `and` or `or`, that one alone decides), forms (levels of aspects, options of typings) \
and options (of questions). A mutant is the ruleset with one small change; it is noticed where a case no longer \
holds. Per cents are rounded down.")]
pub(crate) struct Test {
    /// Built-in rulesets by id, or folders; without any: all built-in ones
    #[arg(value_name = "RULESET")]
    pub(crate) rulesets: Vec<String>,
    /// Only cases whose name contains this
    #[arg(long, value_name = "TEXT")]
    pub(crate) case: Option<String>,
    /// Record what the cases with `snapshot = true` come to, beside their file; not in CI
    #[arg(long, help_heading = "Snapshots", conflicts_with_all = ["watch", "mutate", "coverage"])]
    pub(crate) accept: bool,
    /// Go through what differs from the snapshots one by one, and accept or reject each; not in CI
    #[arg(long, help_heading = "Snapshots", conflicts_with_all = ["accept", "watch", "mutate", "coverage"])]
    pub(crate) review: bool,
    /// Run again whenever a file of the rulesets changes
    #[arg(long, conflicts_with = "mutate")]
    pub(crate) watch: bool,
    /// Also say what the cases bring about, and what no case does
    #[arg(long, help_heading = "How good the cases are")]
    pub(crate) coverage: bool,
    /// Also change the rulesets in every small way, and say which changes no case notices
    #[arg(long, help_heading = "How good the cases are", conflicts_with = "case")]
    pub(crate) mutate: bool,
    /// Exit with 4 where less is covered than this: rules, clauses, sides, forms, options or mutants, and a percentage; may be repeated
    #[arg(long = "threshold", value_name = "KIND:PERCENT", value_parser = Threshold::parse, help_heading = "How good the cases are")]
    pub(crate) thresholds: Vec<Threshold>,
    /// How to print it; lcov writes the coverage alone
    #[arg(long, value_name = "FORMAT", default_value_t = TestFormat::Text, help_heading = "Output")]
    pub(crate) format: TestFormat,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}

/// Write a ruleset out as a book to read: everything in it in plain words, with sources and cases
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel ruleset docs ketens-de-baas -o ketens-de-baas.html
  ketenspiegel ruleset docs ./our-own-frame --format markdown > frame.md
  ketenspiegel ruleset docs twynstra --lang en -o twynstra.html

The book tells what is asked and who answers, how answers add up, when a finding is so and what it recommends, what \
rests on which place of the source, and which cases bring each finding about. The page of HTML works without a \
network and holds no script.")]
pub(crate) struct Docs {
    /// A built-in ruleset by id, or a folder
    pub(crate) ruleset: String,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value_t = BookFormat::Html, help_heading = "Output")]
    pub(crate) format: BookFormat,
    /// Write it to this file, whole or not at all, instead of to standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}

/// Find what is wrong with rulesets, and what might be better
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel ruleset check                       all built-in rulesets
  ketenspiegel ruleset check ./our-own-frame --strict
  ketenspiegel ruleset check ./our-own-frame --format github

Advice can be allowed with a reason, in ruleset.toml:
  [[allow]]
  code = \"K0605\"
  at = \"rule/our-rule\"
  reason = \"why it is as it should be\"")]
pub(crate) struct CheckRulesets {
    /// Built-in rulesets by id, or folders; without any: all built-in ones
    #[arg(value_name = "RULESET")]
    pub(crate) rulesets: Vec<String>,
    /// Exit with 1 where there is advice that is not allowed
    #[arg(long, help_heading = "In a pipeline")]
    pub(crate) strict: bool,
    /// Also list the advice that is allowed, with the reasons
    #[arg(long, help_heading = "Output")]
    pub(crate) allowed: bool,
    /// How to print what was found
    #[arg(long, value_name = "FORMAT", default_value_t = AdviceFormat::Text, help_heading = "Output")]
    pub(crate) format: AdviceFormat,
}

/// Say what a new version of a ruleset means; exits with 4 where its version is too near the old one
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel ruleset diff ./our-own-frame-1.0 ./our-own-frame
  ketenspiegel ruleset diff HEAD~1 ./our-own-frame
  ketenspiegel ruleset diff ketens-de-baas ./ketens-de-baas --profiles ./chains

Per diagnosis, level and typing it says whether it is said of the same chains as before, of more (wider), of \
fewer (narrower), or of others (moved), with the smallest profile that shows it. A patch says nothing otherwise, a \
minor version asks or says more, a major version takes something away; before 1.0 the second number counts as \
the first.")]
pub(crate) struct Diff {
    /// The old version: a folder, a built-in ruleset by id, or a revision of Git in which NEW stood
    pub(crate) old: String,
    /// The new version: a folder, or a built-in ruleset by id
    pub(crate) new: String,
    /// Also say whose advice changes: a profile, or a folder of them; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(crate) profiles: Vec<PathBuf>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value_t = TextOrJson::Text, help_heading = "Output")]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}

/// Put what an editor needs in the folder of a ruleset: schemas for TOML, building functions for Rhai
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel ruleset editor ./our-own-frame

Taplo (\u{201c}Even Better TOML\u{201d} in VS Code) then completes fields, says what they mean, and marks what cannot stand \
there; the language server of Rhai does so for the building functions. Run it again after an upgrade. What it writes is \
hidden, and no part of the ruleset.")]
pub(crate) struct Editor {
    /// The folder of a ruleset
    pub(crate) ruleset: PathBuf,
}

/// What can have a threshold.
pub(crate) const KINDS: [&str; 6] = ["rules", "clauses", "sides", "forms", "options", "mutants"];

/// The least share of a kind that must be covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Threshold {
    pub(crate) kind: &'static str,
    pub(crate) percent: usize,
}

impl Threshold {
    fn parse(text: &str) -> Result<Self, String> {
        let (kind, percent) = text.split_once(':').ok_or("write KIND:PERCENT, such as rules:100")?;
        let known = KINDS.into_iter().find(|known| *known == kind);
        let kind = known.ok_or_else(|| format!("`{kind}` is none of: {}", KINDS.join(", ")))?;
        let percent = percent.trim_end_matches('%').parse().ok().filter(|percent| *percent <= 100);
        Ok(Self { kind, percent: percent.ok_or("a percentage is a whole number from 0 to 100")? })
    }
}

#[cfg(test)]
mod tests {
    use super::Threshold;

    #[test]
    fn a_threshold_is_a_kind_and_a_percentage() {
        assert_eq!(Threshold::parse("rules:95%"), Ok(Threshold { kind: "rules", percent: 95 }));
        for wrong in ["95", "rule:95", "rules:101", "rules:", "rules:9.5"] {
            assert!(Threshold::parse(wrong).is_err(), "{wrong}");
        }
    }
}
