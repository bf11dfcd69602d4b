//! `aspects.toml`.

use super::{ById, Condition, Id, Num, NumberOrWord, Ref, Said};
use schemars::JsonSchema;

/// How answers add up.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AspectsToml {
    /// The aspects; each may be a child of others, but never in a circle.
    aspect: Option<Vec<Aspect>>,
}

/// A node over questions and other aspects.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("allOf" = [
    { "if": { "properties": { "combine": { "const": "ladder" } } }, "then": { "required": ["step"] } },
    { "if": { "properties": { "combine": { "const": "best-match" } } }, "then": { "required": ["portrait", "measure", "tie"] } },
    { "if": { "properties": { "combine": { "enum": ["mean", "weighted-mean", "sum", "min", "max", "share", "all", "any"] } } },
      "then": { "required": ["children"] } }
]))]
struct Aspect {
    /// Its id; no question may have the same.
    id: Id,
    /// How its children combine.
    combine: Combine,
    /// Where the source makes this whole of its parts.
    source: Said,
    /// Ids of questions and aspects; for all but `ladder` and `best-match`.
    children: Option<Vec<Ref>>,
    /// For `weighted-mean`: the weight of a child; one that is not named weighs 1.
    weights: Option<ById<Num>>,
    /// What unanswered children do.
    missing: Option<Missing>,
    /// The value or level from which this aspect counts as met in a parent `share`, `all` or `any`.
    met_from: Option<NumberOrWord>,
    /// For aspects that are a number: its levels, lowest first.
    cut_offs: Option<Vec<CutOff>>,
    /// `target`: a score above the profile's target counts as the target.
    clamp: Option<Clamp>,
    /// The aspect is computed for each party, and folded so.
    parties: Option<Parties>,
    /// For `ladder`: its steps, lowest first.
    step: Option<Vec<Step>>,
    /// For `best-match`: its portraits.
    portrait: Option<Vec<Portrait>>,
    /// For `best-match`: how traits are counted; one that partly holds counts half.
    measure: Option<TraitMeasure>,
    /// For `best-match`: what a tie gives.
    tie: Option<Tie>,
}

/// How children combine.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Combine {
    /// Their mean.
    Mean,
    /// Their mean by `weights`.
    WeightedMean,
    /// Their sum.
    Sum,
    /// The lowest.
    Min,
    /// The highest.
    Max,
    /// How many are met, of those that apply.
    Share,
    /// 1 where all are met, otherwise 0.
    All,
    /// 1 where one is met, otherwise 0.
    Any,
    /// The highest step of which the demands, and those of all below it, hold.
    Ladder,
    /// The portrait of which most traits hold.
    BestMatch,
}

/// What unanswered children do.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Missing {
    /// They are left out. Default of mean, weighted-mean, share, min and max.
    Skip,
    /// They count as their lowest value; a demand or trait as not held.
    Lowest,
    /// One makes the aspect undecided.
    Blocks,
    /// There is a value only where no completion can change it. Default of the others.
    Settled,
}

/// `target` is all there is.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Clamp {
    /// No higher than the profile's target.
    Target,
}

/// How parties are folded.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Parties {
    /// Their mean.
    Mean,
    /// The lowest.
    Min,
    /// The highest.
    Max,
}

/// A level of a number.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct CutOff {
    /// Its id; its text is `aspect.id.levels.level`.
    level: Id,
    /// Up to where it reaches: an exclusive upper bound. The last level has none.
    below: Option<Num>,
    /// What the level scores in a parent; its place unless said.
    value: Option<Num>,
}

/// A step of a ladder.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Step {
    /// Its level; its text is `aspect.id.levels.level`.
    level: Id,
    /// What it asks, beside what the steps below it ask; without it the step always holds.
    demands: Option<Condition>,
    /// What the level scores; its place unless said.
    value: Option<Num>,
}

/// A portrait of traits.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Portrait {
    /// Its level; its text is `aspect.id.levels.level`.
    level: Id,
    /// The traits.
    traits: Vec<Trait>,
    /// The portrait above this one that it widens.
    builds_on: Option<Ref>,
    /// With `builds-on`: what its own measure must reach to take the place of that portrait.
    at_least: Option<Num>,
}

/// A trait of a portrait.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Trait {
    /// Its id; its text is `aspect.id.traits.trait`.
    id: Id,
    /// When it holds.
    when: Condition,
    /// When it holds partly.
    partial: Option<Condition>,
    /// Where the source says it.
    source: Said,
}

/// How traits are counted.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum TraitMeasure {
    /// How many hold.
    Count,
    /// What share of those that apply.
    Share,
}

/// What a tie gives.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Tie {
    /// A level of its own: `mixed`.
    Mixed,
    /// The first of those that tie.
    Lowest,
}
