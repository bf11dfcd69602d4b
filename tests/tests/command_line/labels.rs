//! How many of the labels that the built-in rulesets give on the fixtures are exact.

use super::room::ran;
use serde_json::Value;
use std::collections::BTreeMap;

/// Of each kind of conclusion how many labels are exact, and how many there are.
type Counts = BTreeMap<&'static str, (usize, usize)>;

fn count(counts: &mut Counts, kind: &'static str, exact: &Value) {
    let (sure, all) = counts.entry(kind).or_default();
    *sure += usize::from(exact.as_bool().expect("it says whether it is exact"));
    *all += 1;
}

/// Everything that carries how sure it is, or a range.
fn labels(assessment: &Value, counts: &mut Counts) {
    let list = |value: &Value, key: &str| value[key].as_array().expect("a list").clone();
    for ruleset in list(assessment, "rulesets") {
        for (key, kind) in
            [("diagnoses", "diagnoses"), ("outcomes", "typings"), ("measures", "numbers"), ("aspects", "aspects")]
        {
            list(&ruleset, key).iter().for_each(|one| count(counts, kind, &one["exact"]));
        }
        for table in list(&ruleset, "tables") {
            list(&table, "cells").iter().for_each(|cell| count(counts, "cells", &cell["exact"]));
        }
    }
}

#[test]
fn nearly_every_label_on_the_fixtures_is_exact() {
    let ran = ran(&["diagnose", "fixtures/profiles", "--format", "json"]);
    let all: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let all = all.as_array().expect("a list of assessments");
    assert!(all.len() > 20, "only {} profiles", all.len());
    let mut counts = Counts::new();
    all.iter().for_each(|assessment| labels(assessment, &mut counts));
    let (exact, total) = counts.values().fold((0, 0), |(exact, total), (one, of)| (exact + one, total + of));
    for (kind, (exact, of)) in counts.into_iter().chain([("all", (exact, total))]) {
        assert!(exact * 100 >= of * 95, "{kind}: only {exact} of {of} labels are exact");
    }
}
