//! Diagnoses, and what is recommended.

use super::parts::*;
use crate::assessment::*;

pub(in crate::render) fn no_decisions() -> DiagnosisAssessment {
    DiagnosisAssessment {
        id: "geen-doorzettingsmacht".into(),
        aspect: Some("ketenstructuur".into()),
        severity: Severity::Critical,
        certainty: Certainty::Confirmed,
        exact: true,
        title: "Niemand kan knopen doorhakken over de organisaties heen".into(),
        text: "Er is crisis en geen ketenmanager met doorzettingsmacht.\n\nBesluiten die meer dan één organisatie raken, blijven liggen tot de hoogste bestuurders ze nemen.".into(),
        because: vec![group(
            ReasonKind::All,
            State::Holds,
            vec![
                crisis(),
                no_manager(),
                compare(mindset(), Comparison::Below, shown("2.5", ""), State::Holds),
            ],
        )],
        needs: Vec::new(),
        deciding: Vec::new(),
        fragile: Vec::new(),
        source: "Ketens de baas, §3.2".into(),
        place: place("ketens-de-baas/rules/besturing.rhai", 12),
        recommends: vec!["ketenmanager".into(), "ketenbestuur".into()],
        advice: vec![titled("ketenmanager", "ketenmanager"), titled("ketenbestuur", "ketenbestuur")],
        fingerprint: "c0ffee000001-c0ffee000001-c0ffee000003".into(),
    }
}

pub(in crate::render) fn solo() -> DiagnosisAssessment {
    let trust = compare(
        answer("vertrouwen-partner", "vertrouwen in de partner", "2", "oneens"),
        Comparison::AtMost,
        shown("2", "oneens"),
        State::Holds,
    );
    let meeting =
        compare(unanswered("elkaar regelmatig ontmoeten"), Comparison::AtMost, shown("2", "oneens"), State::Undecided);
    DiagnosisAssessment {
        id: "solo".into(),
        aspect: Some("vertrouwen".into()),
        severity: Severity::Major,
        certainty: Certainty::Indicated,
        title: "De partners lossen problemen solo op".into(),
        text: "Wie een probleem ziet, lost het binnen het eigen huis op.".into(),
        because: vec![group(ReasonKind::Any, State::Holds, vec![trust, meeting])],
        deciding: vec![titled("ontmoeten", "elkaar regelmatig ontmoeten")],
        fragile: vec![OneStep {
            id: "vertrouwen-partner".into(),
            title: "vertrouwen in de partner".into(),
            from: shown("2", "oneens"),
            to: shown("3", "neutraal"),
        }],
        source: "Ketens de baas, §2.3".into(),
        place: place("ketens-de-baas/rules/samen.rhai", 8),
        recommends: vec!["ketenconferentie".into()],
        advice: vec![titled("ketenconferentie", "ketenconferentie")],
        fingerprint: "c0ffee000001-c0ffee000002-c0ffee000003".into(),
        ..no_decisions()
    }
}

pub(super) fn diagnoses() -> Vec<DiagnosisAssessment> {
    let open_trust = compare(unanswered("jaarplan van de keten"), Comparison::Equal, shown("", "no"), State::Undecided);
    let needs = Reason {
        value: Some(shown("0.4", "")),
        comparison: Some(Comparison::AtLeast),
        bound: vec![shown("0.5", "")],
        parts: [Reason {
            value: Some(shown("0.4", "")),
            ..reason(ReasonKind::Coverage, State::Holds, "transparantie")
        }]
        .into(),
        ..reason(ReasonKind::Comparison, State::Fails, "transparantie")
    };
    vec![
        no_decisions(),
        solo(),
        DiagnosisAssessment {
            id: "geen-plan".into(),
            aspect: None,
            severity: Severity::Minor,
            certainty: Certainty::Open,
            exact: false,
            title: "Er is geen gezamenlijk plan".into(),
            text: String::new(),
            because: vec![open_trust],
            needs: vec![needs],
            deciding: vec![
                titled("jaarplan", "jaarplan van de keten"),
                titled("ontmoeten", "elkaar regelmatig ontmoeten"),
            ],
            recommends: Vec::new(),
            advice: Vec::new(),
            fingerprint: "c0ffee000001-c0ffee000003-c0ffee000003".into(),
            ..no_decisions()
        },
        DiagnosisAssessment {
            id: "kennis-op-orde".into(),
            aspect: Some("kennis".into()),
            severity: Severity::Strength,
            title: "Iedereen kent de keten als geheel".into(),
            text: "Medewerkers weten wat er voor en na hen gebeurt. Dat is een stevige basis om op te bouwen.".into(),
            because: vec![compare(
                Reason {
                    value: Some(shown("4.25", "")),
                    ..reason(ReasonKind::Aspect, State::Holds, "kennis van de keten")
                },
                Comparison::AtLeast,
                shown("4", ""),
                State::Holds,
            )],
            recommends: Vec::new(),
            advice: Vec::new(),
            fingerprint: "c0ffee000001-c0ffee000004-c0ffee000003".into(),
            ..no_decisions()
        },
    ]
}

pub(in crate::render) fn manager() -> RecommendationAssessment {
    let asks = |found: DiagnosisAssessment, full: &str, weight: &str| Asks {
        id: found.id,
        title: found.title,
        severity: found.severity,
        certainty: found.certainty,
        full: number(full),
        weight: number(weight),
        source: found.source,
    };
    RecommendationAssessment {
        kind: RecommendationKind::Bouwsteen,
        bouwsteen: "ketenmanager".into(),
        title: "ketenmanager".into(),
        stands_for: Vec::new(),
        about: "Iemand die namens alle partners stuurt op het resultaat van de keten als geheel.".into(),
        first_steps: Some("Laat de bestuurders samen één opdrachtgever aanwijzen.".into()),
        rank: 1,
        stage: 1,
        score: number("6.46875"),
        from_diagnoses: number("10"),
        from_contributions: number("1.5"),
        fit: number("0.75"),
        room: number("0.75"),
        status: Some(Status::Started),
        because: vec![asks(no_decisions(), "8", "8"), asks(solo(), "4", "2")],
        needed_for: vec![titled("ketenbestuur", "ketenbestuur")],
        prerequisites: Vec::new(),
        contributes: vec![
            Contribution {
                aspect: titled("ketenstructuur", "organisatie-overstijgende ketenstructuur"),
                dominant: true,
                why: "één aanspreekpunt voor besluiten die meer organisaties raken".into(),
                full: number("1"),
                below: Some(number("1")),
                weight: number("1"),
            },
            Contribution {
                aspect: titled("vertrouwen", "vertrouwen tussen ketenpartners"),
                dominant: false,
                why: String::new(),
                full: number("0.5"),
                below: Some(number("1")),
                weight: number("0.5"),
            },
        ],
        fits: vec![
            Fit { text: "er zijn drie of meer partners".into(), state: State::Holds },
            Fit { text: "de keten bestaat langer dan een jaar".into(), state: State::Fails },
        ],
        risks: vec!["partners kunnen gaan afwachten".into(), "zonder mandaat wordt het een doorgeefluik".into()],
        source: "Ketens de baas, §3.2".into(),
    }
}

pub(super) fn recommendations() -> Vec<RecommendationAssessment> {
    vec![
        manager(),
        RecommendationAssessment {
            bouwsteen: "ketenbestuur".into(),
            title: "ketenbestuur".into(),
            about: "De bestuurders die samen over de keten gaan.".into(),
            first_steps: None,
            rank: 2,
            stage: 2,
            score: number("8"),
            from_diagnoses: number("8"),
            from_contributions: number("0"),
            fit: number("1"),
            room: number("1"),
            status: Some(Status::Absent),
            needed_for: Vec::new(),
            prerequisites: vec![titled("ketenmanager", "ketenmanager")],
            contributes: Vec::new(),
            fits: Vec::new(),
            risks: Vec::new(),
            ..manager()
        },
        RecommendationAssessment {
            kind: RecommendationKind::Step,
            bouwsteen: "conferentie".into(),
            title: "ketenconferentie".into(),
            about: "Een dag waarop alle partners de keten van begin tot eind doorlopen.".into(),
            rank: 3,
            stage: 1,
            score: number("0"),
            from_diagnoses: number("0"),
            from_contributions: number("0"),
            fit: number("1"),
            room: number("1"),
            status: None,
            because: Vec::new(),
            contributes: Vec::new(),
            fits: Vec::new(),
            risks: vec!["zonder vervolg blijft het bij een leuke dag".into()],
            ..manager()
        },
    ]
}
