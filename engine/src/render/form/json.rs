//! An empty profile in JSON.

use super::sheet::Sheet;
use crate::profile::FORMAT;
use crate::ruleset::{Asked, Library};
use serde_json::{Map, Value, json};

/// One entry for each ruleset that has something of this kind.
fn by_ruleset<'a>(sheet: &Sheet<'a>, entries: impl Fn(&super::sheet::Part<'a>) -> Map<String, Value>) -> Value {
    let parts = sheet.parts.iter().map(|part| (part.ruleset.manifest.id.clone(), entries(part)));
    Value::Object(parts.filter(|(_, entries)| !entries.is_empty()).map(|(id, all)| (id, all.into())).collect())
}

pub(super) fn draw(library: &Library) -> String {
    let sheet = Sheet::new(library, "");
    let empty = |id: &str| (id.to_owned(), Value::Null);
    let answers = by_ruleset(&sheet, |part| {
        let asked = part.items.iter().filter(|item| item.settled_by.is_none());
        asked
            .map(|item| {
                let by_party = matches!(item.question.asked, Asked::Party { .. });
                (item.question.declared.id.clone(), if by_party { json!({ "by": {} }) } else { Value::Null })
            })
            .collect()
    });
    let profile = json!({
        "ketenspiegel": FORMAT,
        "chain": { "name": "", "date": null, "parties": [] },
        "roles": by_ruleset(&sheet, |part| part.roles.iter().map(|(id, _)| ((*id).to_owned(), json!([]))).collect()),
        "answers": answers,
        "bouwstenen": by_ruleset(&sheet, |part| part.bouwstenen.iter().map(|stone| empty(&stone.declared.id)).collect()),
        "targets": by_ruleset(&sheet, |part| part.targets.iter().map(|aspect| empty(&aspect.declared.id)).collect()),
    });
    // Writing to memory cannot fail, and a profile has no keys but text.
    let mut text = serde_json::to_string_pretty(&profile).unwrap_or_default();
    text.push('\n');
    text
}
