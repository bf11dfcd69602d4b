//! What a ruleset changes in the one that it extends.

use super::{ById, Lists, RefOrRefs, Said};
use schemars::JsonSchema;
use serde_json::Value;

/// What is otherwise than in the ruleset that is extended; every change says why.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct TailoringToml {
    /// What is left out.
    disable: Option<Vec<Disable>>,
    /// What is changed, and texts that are replaced.
    change: Option<Vec<Change>>,
}

/// Something that is left out.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Disable {
    /// What: `kind/id`, as in `rule/x`; or a list.
    at: RefOrRefs,
    /// Why.
    reason: Said,
}

/// Something that is changed.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Change {
    /// What: `kind/id`, as in `aspect/x`, or `ranking`; or a list.
    at: RefOrRefs,
    /// Fields with their new values.
    set: Option<ById<Value>>,
    /// Lists with what comes behind what is in them.
    add: Option<Lists>,
    /// Why.
    reason: Said,
}
