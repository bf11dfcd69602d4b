//! What guards advice in a repository: snapshots, gates, waivers, comparisons.

use super::{Shape, WithLang, WithRulesets};
use clap::{Args, Subcommand};
use ketenspiegel_engine::date::Date;
use ketenspiegel_engine::gates::{FailOn, Floor};
use ketenspiegel_engine::number::Number;
use std::path::PathBuf;

/// What makes a run fail, and what is accepted.
#[derive(Debug, Args)]
#[command(next_help_heading = "In a pipeline")]
pub(crate) struct WithGates {
    /// Exit with 1 when a finding is at or above this: critical, major, minor or observation; after a colon how sure it must be, confirmed unless said. Strengths never fail a run
    #[arg(long, value_name = "SEVERITY[:CERTAINTY]", value_parser = FailOn::parse)]
    pub(crate) fail_on: Option<FailOn>,
    /// Exit with 6 when an aspect is below this score or level, or has none yet: mindset=2.5, governance=systeemgericht; may be repeated
    #[arg(long = "fail-below", value_name = "ASPECT=LEAST", value_parser = Floor::parse)]
    pub(crate) floors: Vec<Floor>,
    /// Exit with 7 when a smaller share of the questions is answered: 80%
    #[arg(long = "fail-incomplete", value_name = "SHARE", value_parser = share)]
    pub(crate) complete: Option<Number>,
    /// Exit with 4 when the advice is not that of the snapshot beside the profile
    #[arg(long)]
    pub(crate) fail_on_change: bool,
    /// Findings that somebody accepts, as `waive` writes them; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) waivers: Vec<PathBuf>,
    /// Findings that stood there before, as `baseline` writes them; may be repeated
    #[arg(long = "baseline", value_name = "FILE")]
    pub(crate) baselines: Vec<PathBuf>,
    /// The day to hold waivers against; without it, today
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) today: Option<Date>,
}

/// Record what is advised, and see what changes
#[derive(Debug, Subcommand)]
pub(crate) enum Snapshot {
    /// Say what changed against the snapshots; exits with 4 where something did. Writes nothing
    #[command(after_help = "\
Examples:
  ketenspiegel snapshot check ketens
  ketenspiegel snapshot check ketens --format markdown > comment.md

The snapshot of keten.json is keten.snapshot.json beside it.")]
    Check {
        #[command(flatten)]
        profiles: Profiles,
        /// How to print it
        #[arg(long, value_name = "FORMAT", default_value_t = Shape::Terminal, help_heading = "Output")]
        format: Shape,
    },
    /// Record what is advised now, with who accepts it, when and why
    #[command(override_usage = "\
ketenspiegel snapshot accept [OPTIONS] --by <NAME> --on <DATE>
                                    --why <TEXT> <PATH>...")]
    #[command(after_help = "\
Example:
  ketenspiegel snapshot accept ketens \\
      --by 'J. de Vries' --on 2026-02-01 --why 'Nieuwe meting'

What changes goes into advice-changelog.md beside the profiles. In CI (where CI is set) nothing is written.")]
    Accept {
        #[command(flatten)]
        profiles: Profiles,
        #[command(flatten)]
        given: Given,
        /// Why
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Walk through the changes one by one, and accept or leave each
    #[command(after_help = "\
Example:
  ketenspiegel snapshot review ketens --by 'J. de Vries' --on 2026-02-01

It asks on standard output and reads standard input: a(ccept), s(kip) or q(uit), and why.")]
    Review {
        #[command(flatten)]
        profiles: Profiles,
        #[command(flatten)]
        given: Given,
        /// Why; without it, it is asked each time
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
}

/// Profiles, with what they are assessed by.
#[derive(Debug, Args)]
pub(crate) struct Profiles {
    /// Profiles, or folders to look for them in
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}

/// Who accepts something, and when.
#[derive(Debug, Args)]
pub(crate) struct Given {
    /// Who accepts it
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
    /// On which day: 2026-02-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Date,
}

/// Make a stored assessment again: is it still the same
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel diagnose keten.json --format json > keten.assessment.json
  ketenspiegel verify keten.assessment.json
  ketenspiegel verify ketens/keten.snapshot.json

It says which input moved since: the engine, a ruleset, the profile. Exits with 4 where it says something else.")]
pub(crate) struct Verify {
    /// What `diagnose --format json` wrote, or a snapshot
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The profile, where it does not stand where the receipt says
    #[arg(long, value_name = "FILE")]
    pub(crate) profile: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}

/// Put chains, moments or views beside each other
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel compare keten-2007.json keten-2018.json      two moments
  ketenspiegel compare keten.json --parties klant bedrijf   two views
  ketenspiegel compare ketens                               all, with trends")]
pub(crate) struct Compare {
    #[command(flatten)]
    pub(crate) profiles: Profiles,
    /// Two parties of the chain, by id: what each of them answers, beside each other
    #[arg(long, num_args = 2, value_names = ["PARTY", "PARTY"])]
    pub(crate) parties: Vec<String>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value_t = Shape::Terminal, help_heading = "Output")]
    pub(crate) format: Shape,
}

/// Write a waiver: accept a finding for a while
#[derive(Debug, Args)]
#[command(override_usage = "\
ketenspiegel waive [OPTIONS] --by <NAME> --on <DATE> --why <TEXT>
                          --until <DATE> <PROFILE> <ID>")]
#[command(after_help = "\
Example:
  ketenspiegel waive keten.json keten-in-crisis --by 'J. de Vries' \\
      --on 2026-02-01 --until 2026-06-30 \\
      --why 'De minister beslist in mei' --to waivers.toml

It holds as long as the rule asks the same and the answers that it reads are the same. Use it with --waivers.")]
pub(crate) struct Waive {
    /// The profile
    pub(crate) profile: PathBuf,
    /// The finding: `ruleset/id`, or `id`
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) given: Given,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
    /// The last day on which it holds
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) until: Date,
    /// Add it to this file; without it, it is printed
    #[arg(long = "to", value_name = "FILE", help_heading = "Output")]
    pub(crate) file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}

/// Print all that is found now, so that only what is new fails
#[derive(Debug, Args)]
#[command(override_usage = "\
ketenspiegel baseline [OPTIONS] --by <NAME> --on <DATE> --why <TEXT>
                             <PATH>...")]
#[command(after_help = "\
Example:
  ketenspiegel baseline ketens --by 'J. de Vries' --on 2026-02-01 \\
      --why 'Begin van de bewaking' > baseline.toml

An entry covers a finding as long as the rule asks the same and the answers that it reads are the same. Use it with \
--baseline.")]
pub(crate) struct Baseline {
    #[command(flatten)]
    pub(crate) profiles: Profiles,
    #[command(flatten)]
    pub(crate) given: Given,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
    /// Only findings at or above this
    #[arg(long, value_name = "SEVERITY[:CERTAINTY]", default_value = "observation:indicated", value_parser = FailOn::parse)]
    pub(crate) at_least: FailOn,
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "this is not a day of the calendar; write it as 2026-12-31".to_owned())
}

/// A share from 0 to 1, written as `80%`, `0.8` or `4/5`.
fn share(text: &str) -> Result<Number, String> {
    let number = match text.strip_suffix('%') {
        Some(text) => Number::parse(text.trim()).and_then(|number| number.over(Number::from(100))),
        None => Number::parse(text),
    };
    number
        .filter(|share| *share >= Number::ZERO && *share <= Number::ONE)
        .ok_or_else(|| "this is not a share; write it as 80% or 0.8".to_owned())
}
