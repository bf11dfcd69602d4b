//! What can be asked for that is not there yet.

use super::WithRulesets;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Begin a ruleset of your own, or add a rule to it
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  ketenspiegel ruleset new our-own-frame
  ketenspiegel ruleset new rule nobody-calls our-own-frame

What it writes works at once: nothing is wrong with it, nothing is left to advise, and its cases hold. \
Change it until it says what you mean."
)]
pub(crate) struct New {
    #[command(subcommand)]
    pub(crate) part: Option<NewPart>,
    /// The folder to write it in; it is made, or is empty
    #[arg(value_name = "DIR", required = true)]
    pub(crate) dir: Option<PathBuf>,
    /// The id of the ruleset; without it the name of the folder
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
}

/// What a ruleset can get more of.
#[derive(Debug, Subcommand)]
pub(crate) enum NewPart {
    Rule(NewRule),
}

/// Add a rule to a ruleset, with its texts in every language and two cases
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel ruleset new rule nobody-calls our-own-frame
  ketenspiegel ruleset new rule nobody-calls our-own-frame --theme calls

It is added behind what is in the files; the rest of them stays as it is.")]
pub(crate) struct NewRule {
    /// The id of the rule
    pub(crate) id: String,
    /// The folder of the ruleset
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) ruleset: PathBuf,
    /// The question that its condition begins with; without it the first that will do
    #[arg(long, value_name = "ID")]
    pub(crate) question: Option<String>,
    /// The file that it comes in, rules/THEME.rhai, and its cases in tests/THEME.toml; without it the id of the rule
    #[arg(long, value_name = "THEME")]
    pub(crate) theme: Option<String>,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
}
