use super::{Given, State, Waivers, baseline, head, waiver};
use crate::assessment::Assessment;
use crate::date::Date;
use crate::problem::Problems;
use crate::source::Sources;

fn read(text: &str) -> Result<Waivers, Vec<String>> {
    let mut problems = Problems::new();
    let waivers = Waivers::read("waivers.toml", text.as_bytes(), &mut Sources::new(), &mut problems);
    waivers.ok_or_else(|| problems.sorted().iter().map(|problem| problem.message.clone()).collect())
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| unreachable!("{text} is a day"))
}

const ENTRY: &str = r#"waivers = 1

[[waiver]]
profile = "ketens/a.json"
rule = "geen-doorzettingsmacht"
approver = "J. de Vries"
reason = "De minister beslist in mei."
from = 2026-02-01
until = 2026-06-30
fingerprints = ["0123456789ab-0123456789ab-0123456789ab"]
"#;

#[test]
fn reads_an_entry() {
    let waivers = read(ENTRY).unwrap_or_default();
    let entry = &waivers.entries[0];
    assert_eq!((entry.place.line, entry.baseline, entry.approver.as_str()), (3, false, "J. de Vries"));
    assert_eq!(entry.until, Some(day("2026-06-30")));
    assert_eq!(entry.fingerprints[0].1.line, 10);
}

#[test]
fn everything_wrong_is_told_at_once() {
    let wrong = ENTRY
        .replace("profile = \"ketens/a.json\"\nrule = \"geen-doorzettingsmacht\"\n", "")
        .replace("J. de Vries", " ")
        .replace("2026-06-30", "2026-01-30")
        .replace("0123456789ab-0123456789ab-0123456789ab", "abc");
    assert_eq!(
        read(&wrong),
        Err(vec![
            "a waiver says what it is for".to_owned(),
            "nothing is said here".to_owned(),
            "this waiver ends on 2026-01-30, before it begins on 2026-02-01".to_owned(),
            "`abc` is not a fingerprint".to_owned(),
        ])
    );
    assert!(read(&ENTRY.replace("until = 2026-06-30\n", "")).is_err(), "a waiver ends some day");
    assert!(read(&ENTRY.replace("2026-06-30", "2026-06-31")).is_err(), "on a day that there is");
    assert!(read(&ENTRY.replace("fingerprints = [\"", "fingerprints = [] # [\"")).is_err());
    assert!(read(&ENTRY.replace("waivers = 1", "waivers = 2")).is_err());
    assert!(read("").is_err());
}

/// The sample with one diagnosis that has this fingerprint.
fn assessment(fingerprint: &str) -> Assessment {
    let mut assessment = sample();
    assessment.rulesets[0].diagnoses[0].fingerprint = fingerprint.to_owned();
    assessment
}

/// An assessment with one diagnosis, as small as can be.
fn sample() -> Assessment {
    use crate::assessment::{
        Certainty, Chain, Completeness, DiagnosisAssessment, Receipt, RulesetAssessment, Severity,
    };
    use crate::source::Place;
    let diagnosis = DiagnosisAssessment {
        id: "geen-doorzettingsmacht".to_owned(),
        aspect: None,
        severity: Severity::Critical,
        certainty: Certainty::Confirmed,
        exact: true,
        title: "Niemand kan \"knopen\" doorhakken".to_owned(),
        text: String::new(),
        because: Vec::new(),
        needs: Vec::new(),
        deciding: Vec::new(),
        fragile: Vec::new(),
        source: String::new(),
        place: Place { file: "r.rhai".to_owned(), line: 1, column: 1 },
        recommends: Vec::new(),
        advice: Vec::new(),
        fingerprint: "0123456789ab-0123456789ab-0123456789ab".to_owned(),
    };
    let ruleset = RulesetAssessment {
        id: "kdb".to_owned(),
        version: "1.0.0".to_owned(),
        sha256: String::new(),
        title: "Ketens de baas".to_owned(),
        note: None,
        answered: true,
        joins: Vec::new(),
        tailoring: Vec::new(),
        completeness: Completeness::default(),
        aspects: Vec::new(),
        outcomes: Vec::new(),
        measures: Vec::new(),
        tables: Vec::new(),
        diagnoses: vec![diagnosis],
        silent: Vec::new(),
        recommendations: Vec::new(),
        statuses: Vec::new(),
        remarks: Vec::new(),
        unanswered: Vec::new(),
        next_questions: Vec::new(),
    };
    Assessment {
        format: crate::assessment::FORMAT,
        language: "nl".to_owned(),
        receipt: Receipt {
            engine: "0".to_owned(),
            profile: "./ketens/a.json".to_owned(),
            profile_sha256: String::new(),
        },
        chain: Chain::default(),
        rulesets: vec![ruleset],
    }
}

fn standing(fingerprint: &str, today: &str) -> State {
    let waivers = read(ENTRY).unwrap_or_default();
    let assessment = assessment(fingerprint);
    waivers.hold(&[&assessment], &day(today))[0].state
}

#[test]
fn covers_the_same_within_its_days() {
    let same = "0123456789ab-0123456789ab-0123456789ab";
    for (today, state) in [
        ("2026-01-31", State::NotYet),
        ("2026-02-01", State::Holds),
        ("2026-06-30", State::Holds),
        ("2026-07-01", State::Expired),
    ] {
        assert_eq!(standing(same, today), state, "{today}");
    }
}

#[test]
fn does_not_cover_something_else_and_says_what_moved() {
    let today = "2026-03-01";
    assert_eq!(standing("0123456789ab-0123456789ab-ffffffffffff", today), State::AnswersChanged);
    assert_eq!(standing("0123456789ab-ffffffffffff-0123456789ab", today), State::RuleChanged);
    assert_eq!(standing("0123456789ab-ffffffffffff-ffffffffffff", today), State::BothChanged);
    assert_eq!(standing("ffffffffffff-0123456789ab-0123456789ab", today), State::Unused);
    let waivers = read(ENTRY).unwrap_or_default();
    let mut gone = sample();
    gone.rulesets[0].diagnoses.clear();
    assert_eq!(waivers.hold(&[&gone], &day(today))[0].state, State::Unused);
}

#[test]
fn says_nothing_of_a_profile_that_was_not_looked_at() {
    let waivers = read(ENTRY).unwrap_or_default();
    let mut other = sample();
    other.receipt.profile = "ketens/aa.json".to_owned();
    assert!(waivers.hold(&[&other], &day("2026-03-01")).is_empty());
}

#[test]
fn what_is_written_is_read_back() {
    let assessment = sample();
    let (from, until) = (day("2026-02-01"), day("2026-03-01"));
    let given = Given { approver: "Ik", reason: "het\nmag \\o/", from: &from, until: Some(&until) };
    let (ruleset, diagnosis) = (&assessment.rulesets[0], &assessment.rulesets[0].diagnoses[0]);
    let written = format!("{}{}", head(), waiver("a.json", ruleset, diagnosis, &given));
    let read_back = read(&written).unwrap_or_default();
    assert_eq!(read_back.entries[0].reason, given.reason, "{written}");
    assert_eq!(read_back.hold(&[&assessment], &from)[0].state, State::Holds);
    let given = Given { until: None, ..given };
    let written = baseline([("a.json", &assessment)], &|_| true, &given);
    let read_back = read(&written).unwrap_or_default();
    assert!(read_back.entries[0].baseline && read_back.entries[0].until.is_none(), "{written}");
}
