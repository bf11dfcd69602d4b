//! `bouwstenen.toml`.

use super::{AnswerValue, Condition, Id, Ref, RefOrRefs, Said};
use schemars::JsonSchema;

/// What can be put in place, and what can be done.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct BouwstenenToml {
    /// Things to put in place, each with a status in the profile.
    bouwsteen: Option<Vec<Bouwsteen>>,
    /// Things to do.
    step: Option<Vec<ActionStep>>,
}

/// Something to put in place.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Bouwsteen {
    /// Its id; its texts are `bouwsteen.id.title`, `about` and, if there are any, `first-steps`.
    id: Id,
    /// Where the source describes it.
    source: Said,
    /// The aspects that it strengthens.
    contributes: Option<Vec<Contribution>>,
    /// Conditions under which it suits a chain.
    fits: Option<Vec<Fit>>,
    /// Bouwstenen that must be there first.
    prerequisites: Option<Vec<Ref>>,
    /// What to look out for.
    risks: Option<Vec<Risk>>,
    /// What it takes to bring it to each status from the one before.
    effort: Option<Effort>,
    /// Answers that it should lift: assumptions, and shown as such.
    effects: Option<Vec<Effect>>,
    /// The same thing in required rulesets, as `ruleset/bouwsteen`: one, or a list.
    same_bouwsteen: Option<RefOrRefs>,
}

/// A contribution to an aspect.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Contribution {
    /// The aspect; why stands in the text `bouwsteen.id.contributes.aspect`.
    aspect: Ref,
    /// How much it adds.
    weight: Weight,
    /// Where the source says it.
    source: Said,
}

/// How much a contribution adds.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Weight {
    /// This is what it is for.
    Dominant,
    /// It helps.
    Secondary,
}

/// A condition under which it suits a chain.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Fit {
    /// Its id; its text is `bouwsteen.id.fits.fit`.
    id: Id,
    /// When it suits.
    when: Condition,
    /// Where the source says it.
    source: Said,
}

/// Something to look out for.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Risk {
    /// Its id; its text is `bouwsteen.id.risks.risk`.
    id: Id,
    /// Only then; always unless said.
    when: Option<Condition>,
    /// Where the source says it.
    source: Said,
}

/// What it takes, in relative weeks of attention.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Effort {
    /// To have it started.
    #[schemars(range(min = 0))]
    started: f64,
    /// From there to have it work.
    #[schemars(range(min = 0))]
    working: f64,
    /// From there to have it anchored.
    #[schemars(range(min = 0))]
    anchored: f64,
    /// Why these numbers.
    reason: Said,
}

/// An answer that it should lift.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Effect {
    /// The question; not one that is a fact.
    question: Ref,
    /// What the answer becomes at least.
    at_least: AnswerValue,
    /// From which status on.
    from: From,
    /// Why it should.
    reason: Said,
}

/// From which status on.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum From {
    /// As soon as it is started.
    Started,
    /// When it works.
    Working,
    /// When it is anchored.
    Anchored,
}

/// Something to do.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct ActionStep {
    /// Its id; its texts are `step.id.title` and `about`.
    id: Id,
    /// Where the source describes it.
    source: Said,
    /// When it is done, so that what needs it need not wait.
    done_when: Option<Condition>,
    /// Bouwstenen or steps that must be there first.
    prerequisites: Option<Vec<Ref>>,
    /// What it takes to do it.
    effort: Option<StepEffort>,
    /// Answers that doing it should lift.
    effects: Option<Vec<StepEffect>>,
    /// The same thing in required rulesets, as `ruleset/step`: one, or a list.
    same_bouwsteen: Option<RefOrRefs>,
}

/// What it takes to do a step, in relative weeks of attention.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct StepEffort {
    /// To have it done.
    #[schemars(range(min = 0))]
    done: f64,
    /// Why this number.
    reason: Said,
}

/// An answer that doing a step should lift.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct StepEffect {
    /// The question; not one that is a fact.
    question: Ref,
    /// What the answer becomes at least.
    at_least: AnswerValue,
    /// Why it should.
    reason: Said,
}
