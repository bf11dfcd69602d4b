//! What stands beside the rules: tables of data, cases, waivers.

use super::{ById, Day, Id, Num, ProfileAnswer, Ref, Said, Score, Words};
use schemars::JsonSchema;

/// Data that scripts loop over: `rows("name of this file")`.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct TableToml {
    /// The rows.
    row: Vec<Row>,
}

/// A row; beside these it may have any field.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
struct Row {
    /// Its id.
    id: Id,
    /// Where the source says it.
    source: Said,
}

/// Cases: given these answers, conclude this.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct CasesToml {
    /// The cases.
    case: Vec<Case>,
}

/// A case. It is strict: no diagnosis may speak that it does not name.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Case {
    /// What it shows, in a few words.
    name: Said,
    /// A profile beside this file to start from.
    from: Option<Said>,
    /// Answers by question, as in a profile.
    answers: Option<ById<ProfileAnswer>>,
    /// Answers to required rulesets: by ruleset, and then by question.
    answers_of: Option<ById<ById<ProfileAnswer>>>,
    /// The status of bouwstenen, by id.
    bouwstenen: Option<ById<Status>>,
    /// The ids of parties.
    parties: Option<Vec<Said>>,
    /// The parties in each role.
    roles: Option<ById<Vec<Said>>>,
    /// Targets by aspect.
    targets: Option<ById<Num>>,
    /// Whether everything that it comes to is recorded beside the file, to be reviewed when it changes.
    snapshot: Option<bool>,
    /// What must come of it; what is not named is free, but for diagnoses.
    expect: Expect,
}

/// The status of a bouwsteen.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Status {
    /// Not there.
    Absent,
    /// Begun.
    Started,
    /// There, and it works.
    Working,
    /// Part of how things are done.
    Anchored,
    /// Nobody knows.
    Unknown,
}

/// How sure something must be.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Certainty {
    /// True, whatever the open answers turn out to be.
    Confirmed,
    /// True on what is answered; an open answer could still change it.
    Indicated,
    /// Not true on what is answered; an open answer could still bring it about.
    Open,
    /// Not there at all.
    Silent,
}

/// What must come of a case.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Expect {
    /// How sure each diagnosis is, by rule.
    diagnoses: Option<ById<Certainty>>,
    /// Rules that must not speak, not even as open.
    silent: Option<Vec<Ref>>,
    /// The level of aspects; `none` where there is none.
    levels: Option<ById<Said>>,
    /// The option of typings; `none` where there is none.
    outcomes: Option<ById<Said>>,
    /// The score of aspects: a number, a fraction such as `7/3`, or `none`.
    scores: Option<ById<Score>>,
    /// The value of measures: a number, a fraction such as `7/3`, or `none`.
    measures: Option<ById<Score>>,
    /// How sure cells are, by `table/row/column`.
    cells: Option<ById<Certainty>>,
    /// The first recommendations, in order.
    first: Option<Vec<Ref>>,
    /// Exactly these are recommended, in any order.
    recommended: Option<Vec<Ref>>,
    /// Whether diagnoses may speak that are not named.
    others: Option<bool>,
}

/// Findings that somebody accepts.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WaiversToml {
    /// The version of this format: 1.
    #[schemars(range(min = 1, max = 1))]
    waivers: u64,
    /// Findings that are accepted for a time.
    waiver: Option<Vec<Waiver>>,
    /// Findings that were there when guarding began.
    baseline: Option<Vec<Baseline>>,
}

/// A finding that is accepted for a time. `ketenspiegel waive` writes it.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["profile"] }, { "required": ["ruleset"] }, { "required": ["rule"] }]))]
struct Waiver {
    /// The profile that it is for.
    profile: Option<Words>,
    /// The ruleset that it is for.
    ruleset: Option<Words>,
    /// The rule that it is for.
    rule: Option<Words>,
    /// What the finding says, for whoever reads this.
    title: Option<Words>,
    /// Who accepts it.
    approver: Said,
    /// Why.
    reason: Said,
    /// From this day.
    from: Day,
    /// Up to and including this day.
    until: Day,
    /// What rule and answers it covers.
    #[schemars(length(min = 1))]
    fingerprints: Vec<Said>,
}

/// A finding that was there when guarding began. `ketenspiegel baseline` writes it.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["profile"] }, { "required": ["ruleset"] }, { "required": ["rule"] }]))]
struct Baseline {
    /// The profile that it is for.
    profile: Option<Words>,
    /// The ruleset that it is for.
    ruleset: Option<Words>,
    /// The rule that it is for.
    rule: Option<Words>,
    /// What the finding says, for whoever reads this.
    title: Option<Words>,
    /// Who accepts it.
    approver: Said,
    /// Why.
    reason: Said,
    /// From this day.
    from: Day,
    /// Up to and including this day; without it as long as nothing changes.
    until: Option<Day>,
    /// What rule and answers it covers.
    #[schemars(length(min = 1))]
    fingerprints: Vec<Said>,
}
