//! What can be asked of rulesets that are to be shipped.

use super::WithRulesets;
use clap::Args;
use std::path::PathBuf;

/// Write down which other rulesets this one was made with
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel ruleset lock ./our-own-frame
  ketenspiegel ruleset lock ./our-own-frame --ruleset ./their-frame

Writes `ruleset.lock` in the folder: version and digest of everything that the ruleset requires and extends. From \
then on, loading it fails where one of them is another, even within the range that it asks for; lock it again to \
accept that. Keep the file under version control.")]
pub(crate) struct Lock {
    /// The folder of the ruleset
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
}

/// Put a ruleset in one file, to ship it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel ruleset pack ./our-own-frame
  ketenspiegel ruleset pack ./our-own-frame -o our-own-frame.ruleset
  ketenspiegel diagnose chain.json --ruleset our-own-frame.ruleset

The file is text (JSON with the lines of each file), works wherever a folder does, and has the digest of the folder. The \
same files give the same bytes. Cases, README.md and `ruleset.lock` are in it; what it requires and extends is not. A \
ruleset with something wrong in it is not packed; whether its cases hold is for `ketenspiegel ruleset test`.")]
pub(crate) struct Pack {
    /// A folder, or a built-in ruleset by id
    pub(crate) ruleset: String,
    /// Where to; without it ID-VERSION.ruleset in the current folder
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
}
