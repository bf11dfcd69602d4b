//! What can be asked of a conclusion: why, what would change it, what to ask next, how to get there.

use super::{Report, TextOrJson, WhyFormat, WithLang, WithRulesets};
use clap::Args;
use std::path::PathBuf;

/// Say why something is concluded, or why not
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel explain chain.json ketens-de-baas/keten-in-crisis
  ketenspiegel explain chain.json ketenmanager
  ketenspiegel explain chain.json crisis-zonder-ketenmanager --not
  ketenspiegel explain chain.json ketenmanager --format markdown

The id of a finding, aspect, typing, measure or recommendation stands in the report, behind `why` (`waarom`). \
`ruleset/id` is always right; the id alone will do where only one thing has it. A cell of a table is \
`table/row/column`.")]
pub(crate) struct Explain {
    /// A profile; `-` reads JSON from standard input
    pub(crate) profile: PathBuf,
    /// What to explain: `ruleset/id`, or `id`
    pub(crate) id: String,
    /// Say why it is not concluded: only what stands in its way
    #[arg(long)]
    pub(crate) not: bool,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value_t = WhyFormat::Text, help_heading = "Output")]
    pub(crate) format: WhyFormat,
    /// Also write it to a file, whole or not at all; may be repeated
    #[arg(long = "report", value_name = "FORMAT:FILE", value_parser = Report::<WhyFormat>::parse, help_heading = "Output")]
    pub(crate) reports: Vec<Report<WhyFormat>>,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}

/// Say what a change would do to what is concluded
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel whatif chain.json --set doorzettingsmacht=4
  ketenspiegel whatif chain.json --bouwsteen ketenmanager=working
  ketenspiegel whatif chain.json --set vertrouwen-partner/by/uwv=4 --format json

A bouwsteen that is brought further lifts the answers that its ruleset says it lifts: assumptions, and shown as such. \
An answer that is set as well is left as it is set. A list of options is written with commas.")]
pub(crate) struct WhatIf {
    /// A profile; `-` reads JSON from standard input
    pub(crate) profile: PathBuf,
    /// Another answer; `QUESTION/by/PARTY` for that of one party, `unknown` for none; may be repeated
    #[arg(long = "set", value_name = "QUESTION=VALUE")]
    pub(crate) answers: Vec<String>,
    /// Another importance; may be repeated
    #[arg(long = "importance", value_name = "QUESTION=VALUE")]
    pub(crate) importances: Vec<String>,
    /// Another status of a bouwsteen (absent, started, working, anchored), or a step that is `done`; may be repeated
    #[arg(long = "bouwsteen", value_name = "BOUWSTEEN=STATUS")]
    pub(crate) bouwstenen: Vec<String>,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value_t = TextOrJson::Text, help_heading = "Output")]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}

/// Say what to ask next: the open questions that settle most
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel ask chain.json
  ketenspiegel ask chain.json --best 3
  ketenspiegel ask chain.json --format json

A conclusion is settled when no open answer can change it any more. Every answer that a question can get is tried; \
the order is by how many open or likely conclusions an answer settles on average, then by how far it can move a \
score. With --best, a conclusion counts when the questions settle it together, whatever the answers are.")]
pub(crate) struct Ask {
    /// A profile; `-` reads JSON from standard input
    pub(crate) profile: PathBuf,
    /// Also find the best set of this many questions: not the best one by one, but those that settle most together
    #[arg(long, value_name = "N")]
    pub(crate) best: Option<usize>,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value_t = TextOrJson::Text, help_heading = "Output")]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}

/// Find the way to a target with the least effort, in stages
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel route chain.json --to mindset=sterk
  ketenspiegel route chain.json --to mindset=3.5
  ketenspiegel route chain.json --to transparantie-zwak=absent --at-once 2

A target is a level (that one or higher), an option of a typing, a score, or a finding that is `absent` or `present`. \
Effort and effects are assumptions of the ruleset; an answer is lifted only by something that says that it lifts it. \
What is reached is worked out again from the profile that the plan leads to.")]
pub(crate) struct Route {
    /// A profile; `-` reads JSON from standard input
    pub(crate) profile: PathBuf,
    /// Where to
    #[arg(long, value_name = "ID=VALUE")]
    pub(crate) to: String,
    /// How many things the chain can take up in one stage; without it what the ruleset assumes
    #[arg(long, value_name = "N")]
    pub(crate) at_once: Option<usize>,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value_t = TextOrJson::Text, help_heading = "Output")]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}

/// Say what would turn a conclusion: the fewest other answers
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel flip chain.json keten-in-crisis
  ketenspiegel flip chain.json mindset --to sterk
  ketenspiegel flip chain.json keten-in-crisis --bouwstenen
  ketenspiegel flip chain.json --fragile

The sets of answers come fewest answers first, then fewest steps: places on a scale or in a list of options. \
To fill in an open answer is one step. Known facts, and what is not applicable, are left alone. A finding is there when \
it is confirmed or indicated; how sure the conclusion is after the change stands with it.

This shows what a conclusion rests on. It is no advice to answer differently.")]
pub(crate) struct Flip {
    /// A profile; `-` reads JSON from standard input
    pub(crate) profile: PathBuf,
    /// A finding, aspect, typing, measure or cell: `ruleset/id`, or `id`
    #[arg(required_unless_present = "fragile")]
    pub(crate) id: Option<String>,
    /// What it is to become: a level (that one or higher), an option of a typing, a number, present or absent; without it anything else than now
    #[arg(long, value_name = "VALUE", conflicts_with = "fragile")]
    pub(crate) to: Option<String>,
    /// Bouwstenen may be brought further too, with the effects that the ruleset assumes
    #[arg(long, conflicts_with = "fragile")]
    pub(crate) bouwstenen: bool,
    /// Say which conclusions hang on one step of one answer
    #[arg(long, conflicts_with = "id")]
    pub(crate) fragile: bool,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value_t = TextOrJson::Text, help_heading = "Output")]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}
