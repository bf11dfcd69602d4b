//! Assessments made by hand, for the tests of the drawings.

use crate::assessment::*;

mod findings;
mod parts;
mod results;

pub(super) use findings::*;
pub(super) use parts::*;
use results::*;

fn remarks() -> Vec<Remark> {
    let remark = |kind: RemarkKind, question: &str, with: &[&str], values: &[&str]| Remark {
        kind,
        question: titled("q", question),
        with: with.iter().map(|title| titled("w", title)).collect(),
        values: values.iter().map(ToString::to_string).collect(),
    };
    vec![
        remark(RemarkKind::Disagreement, "doel van de keten", &["Belastingdienst", "UWV"], &["2", "4"]),
        remark(RemarkKind::Conflict, "aantal partners", &["aantal organisaties (adr)"], &["3", "5"]),
        remark(RemarkKind::TakenOver, "fase van de keten", &["levensfase (adr)"], &["crisis"]),
        remark(RemarkKind::Informed, "vertrouwen in de partner", &["openheid (eraneos)"], &["oneens", "eens"]),
        remark(RemarkKind::NotAsked, "verdeling van de kosten", &[], &["ja"]),
        remark(RemarkKind::Prerequisite, "jaarplan", &["gedeeld doel"], &["ja", "nee"]),
    ]
}

pub(super) fn ruleset() -> RulesetAssessment {
    RulesetAssessment {
        id: "ketens-de-baas".into(),
        version: "1.0.0".into(),
        sha256: "5f0c".repeat(16),
        title: "Ketens de baas".into(),
        note: Some("Dit is advies, geen norm: het geeft geen zekerheid als een accountantsverklaring.".into()),
        answered: true,
        joins: Vec::new(),
        tailoring: Vec::new(),
        completeness: counts(41, 64, 66),
        aspects: aspects(),
        outcomes: outcomes(),
        measures: measures(),
        tables: vec![table()],
        diagnoses: diagnoses(),
        silent: vec![Silent {
            id: "te-veel-overleg".into(),
            title: "Er wordt te veel overlegd".into(),
            severity: Severity::Minor,
        }],
        recommendations: recommendations(),
        statuses: vec![StatusAssessment {
            id: "ketenmanager".into(),
            title: "ketenmanager".into(),
            status: Status::Started,
        }],
        remarks: remarks(),
        next_questions: vec![
            next("ontmoeten", "elkaar regelmatig ontmoeten", 2),
            next("kosten", "verdeling van de kosten", 1),
            next("jaarplan", "jaarplan van de keten", 1),
        ],
        unanswered: vec![
            titled("ontmoeten", "elkaar regelmatig ontmoeten"),
            titled("jaarplan", "jaarplan van de keten"),
            titled("kosten", "verdeling van de kosten"),
        ],
    }
}

/// A ruleset that is only there because another one reads it.
pub(super) fn only_read() -> RulesetAssessment {
    RulesetAssessment {
        id: "adr".into(),
        title: "ADR-kader ketensamenwerking".into(),
        answered: false,
        completeness: counts(0, 0, 0),
        ..nothing_answered()
    }
}

/// A ruleset with nothing in it yet.
pub(super) fn nothing_answered() -> RulesetAssessment {
    RulesetAssessment {
        note: None,
        completeness: counts(0, 64, 66),
        aspects: Vec::new(),
        outcomes: Vec::new(),
        measures: Vec::new(),
        tables: Vec::new(),
        diagnoses: Vec::new(),
        next_questions: Vec::new(),
        silent: vec![Silent {
            id: "te-veel-overleg".into(),
            title: "Er wordt te veel overlegd".into(),
            severity: Severity::Minor,
        }],
        recommendations: Vec::new(),
        statuses: Vec::new(),
        remarks: Vec::new(),
        ..ruleset()
    }
}

pub(super) fn assessment(rulesets: Vec<RulesetAssessment>) -> Assessment {
    Assessment {
        format: FORMAT,
        language: "nl".into(),
        receipt: Receipt {
            engine: "0.1.0".into(),
            profile: "loonaangifte.json".into(),
            profile_sha256: "9a3e".repeat(16),
        },
        chain: Chain {
            name: "Loonaangifteketen".into(),
            date: Some("2007-06-30".into()),
            parties: vec![titled("belastingdienst", "Belastingdienst"), titled("uwv", "UWV"), titled("cbs", "CBS")],
        },
        rulesets,
    }
}

/// Everything there can be, and a ruleset that was only read.
pub(super) fn rich() -> Assessment {
    assessment(vec![ruleset(), only_read()])
}
