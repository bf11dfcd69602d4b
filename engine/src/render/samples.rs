//! Assessments made by hand, for the tests of the drawings.

use crate::assessment::*;
use crate::number::Number;
use crate::source::Place;
use std::sync::Arc;

pub(super) fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| unreachable!("{text} is a number"))
}

pub(super) fn titled(id: &str, title: &str) -> Titled {
    Titled { id: id.into(), title: title.into() }
}

pub(super) fn place(file: &str, line: usize) -> Place {
    Place { file: file.into(), line, column: 1 }
}

fn range(low: &str, high: &str) -> Range {
    Range { low: number(low), high: number(high) }
}

fn counts(answered: usize, applicable: usize, total: usize) -> Completeness {
    Completeness { answered, applicable, total }
}

pub(super) fn shown(value: &str, label: &str) -> Shown {
    Shown { number: Number::parse(value), label: label.into(), unit: None }
}

pub(super) fn reason(kind: ReasonKind, state: State, title: &str) -> Reason {
    Reason {
        kind,
        state,
        id: None,
        title: title.into(),
        value: None,
        comparison: None,
        bound: Vec::new(),
        combine: None,
        weight: None,
        evidence: None,
        source: None,
        parts: Arc::default(),
    }
}

pub(super) fn group(kind: ReasonKind, state: State, parts: Vec<Reason>) -> Reason {
    Reason { parts: parts.into(), ..reason(kind, state, "") }
}

/// An answer on a scale or from a list, with where it stands.
pub(super) fn answer(id: &str, title: &str, value: &str, label: &str) -> Reason {
    let at = Some(place("keten.json", 12));
    let evidence = Evidence { pointer: format!("/answers/ketens-de-baas/{id}"), place: at, ..Evidence::default() };
    Reason {
        id: Some(id.into()),
        value: Some(shown(value, label)),
        evidence: Some(evidence),
        ..reason(ReasonKind::Answer, State::Holds, title)
    }
}

pub(super) fn unanswered(title: &str) -> Reason {
    reason(ReasonKind::Answer, State::Undecided, title)
}

/// `value comparison bound`, with what the value rests on.
pub(super) fn compare(of: Reason, comparison: Comparison, bound: Shown, state: State) -> Reason {
    let comparing = reason(ReasonKind::Comparison, state, &of.title);
    let value = of.value.clone();
    Reason { value, comparison: Some(comparison), bound: vec![bound], parts: [of].into(), ..comparing }
}

/// The mean of five answers.
pub(super) fn mindset() -> Reason {
    let answers = [
        ("voorbeeld", "voorbeeldgedrag van bestuurders", "2", "oneens"),
        ("geloof", "geloof in de keten aan de top", "1", "helemaal oneens"),
        ("aandacht", "aandacht voor de keten", "2", "oneens"),
        ("bewust", "besef deel van een keten te zijn", "2", "oneens"),
        ("wil", "wil om samen te werken", "2", "oneens"),
    ];
    let mut parts: Vec<Reason> = answers.map(|(id, title, value, label)| answer(id, title, value, label)).into();
    if let Some(evidence) = &mut parts[0].evidence {
        evidence.note = Some("komt in geen jaarverslag voor".into());
        evidence.references = vec!["Convenant, art. 3 (inspection, 2007-05-02)".into()];
    }
    Reason {
        value: Some(shown("1.8", "")),
        combine: Some("mean".into()),
        parts: parts.into(),
        ..reason(ReasonKind::Aspect, State::Holds, "mindset gericht op ketensamenwerking")
    }
}

fn crisis() -> Reason {
    let phase = answer("fase", "fase van de keten", "", "crisis");
    compare(phase, Comparison::Equal, shown("", "crisis"), State::Holds)
}

fn no_manager() -> Reason {
    let status =
        Reason { value: Some(shown("", "started")), ..reason(ReasonKind::Status, State::Holds, "ketenmanager") };
    compare(status, Comparison::Below, shown("", "working"), State::Holds)
}

pub(super) fn no_decisions() -> DiagnosisAssessment {
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

pub(super) fn solo() -> DiagnosisAssessment {
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

fn diagnoses() -> Vec<DiagnosisAssessment> {
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

fn aspect(id: &str, title: &str, parents: &[&str], score: &str, low: &str, high: &str) -> AspectAssessment {
    AspectAssessment {
        id: id.into(),
        title: title.into(),
        parents: parents.iter().map(ToString::to_string).collect(),
        combine: if parents.is_empty() { "min".into() } else { "mean".into() },
        score: Some(number(score)),
        fraction: Some(score.into()),
        range: Some(range(low, high)),
        scale: Some(range("1", "5")),
        coverage: counts(5, 6, 6),
        level: Some(LevelAssessment {
            id: Some("zwak".into()),
            title: Some(if number(score) < number("2.5") { "zwak" } else { "redelijk" }.into()),
            certainty: Some(if low == high { Certainty::Confirmed } else { Certainty::Indicated }),
            candidates: vec![titled("zwak", "zwak"), titled("redelijk", "redelijk")],
            rank: Some(1),
            of: 3,
            levels: vec![titled("zwak", "zwak"), titled("redelijk", "redelijk"), titled("sterk", "sterk")],
            fragile: Vec::new(),
        }),
        target: (id == "vertrouwen").then(|| number("4")),
        importance: None,
        by_role: Vec::new(),
        portraits: Vec::new(),
        exact: true,
        deciding: Vec::new(),
        because: vec![mindset()],
        source: "Ketens de baas, §2.3, pijler 3".into(),
        place: place("ketens-de-baas/aspects.toml", 40),
    }
}

fn aspects() -> Vec<AspectAssessment> {
    let role = |id: &str, title: &str, score: &str, importance: &str| RoleView {
        role: titled(id, title),
        score: Number::parse(score),
        importance: Number::parse(importance),
    };
    let mut all = vec![
        aspect("fundament", "fundament van de keten", &[], "1.8", "1.6", "2.4"),
        aspect("relationeel", "relationele dimensie", &["fundament"], "1.8", "1.6", "2.4"),
        aspect("vertrouwen", "vertrouwen tussen ketenpartners", &["relationeel"], "1.8", "1.6", "2.4"),
        aspect("doelstelling", "eenduidige ketendoelstelling", &["fundament"], "2", "2", "2"),
        aspect("transparantie", "transparantie over resultaten", &["fundament"], "2.75", "2.2", "3.1"),
        aspect("kennis", "kennis van de keten", &["fundament", "relationeel"], "4.25", "4", "4.5"),
    ];
    all[2].by_role = vec![role("klant", "Klant", "1.5", "4"), role("leverancier", "Leverancier", "2.1", "5")];
    all[3].by_role = vec![role("klant", "Klant", "2", ""), role("leverancier", "Leverancier", "", "3.5")];
    all[4].exact = false;
    let portrait = |id: &str, title: &str, held: &str, traits: &[&str]| PortraitAssessment {
        level: titled(id, title),
        held: number(held),
        of: 6,
        traits: traits.iter().map(|title| titled(title, title)).collect(),
        partly: traits.iter().skip(1).map(|title| (*title).to_owned()).collect(),
    };
    all.push(AspectAssessment {
        combine: "best-match".into(),
        score: None,
        range: None,
        scale: None,
        level: Some(LevelAssessment {
            id: Some("opportunisme".into()),
            title: Some("opportunisme".into()),
            certainty: Some(Certainty::Indicated),
            candidates: vec![titled("opportunisme", "opportunisme"), titled("samenspel", "samenspel")],
            rank: Some(2),
            of: 4,
            levels: vec![titled("opportunisme", "opportunisme"), titled("samenspel", "samenspel")],
            fragile: Vec::new(),
        }),
        portraits: vec![
            portrait(
                "opportunisme",
                "opportunisme",
                "3.5",
                &["ieder kiest zijn eigen moment", "afspraken gelden tot ze knellen"],
            ),
            portrait("samenspel", "samenspel", "2", &["partners kennen elkaars werk"]),
        ],
        ..aspect("stadium", "Stadium van samenwerking", &[], "1", "1", "1")
    });
    all
}

fn next(id: &str, title: &str, decides: usize) -> NextQuestion {
    NextQuestion { id: id.into(), title: title.into(), decides }
}

fn outcomes() -> Vec<OutcomeAssessment> {
    let outcome = |id: &str, title: &str, value: &str, certainty: Certainty| OutcomeAssessment {
        id: id.into(),
        title: title.into(),
        value: Some(value.into()),
        value_title: Some(value.into()),
        certainty: Some(certainty),
        exact: true,
        candidates: vec![titled(value, value)],
        deciding: Vec::new(),
        fragile: Vec::new(),
        because: vec![crisis()],
        source: "Noordhuis, blz. 4".into(),
        place: place("ketens-de-baas/rules/vorm.rhai", 3),
    };
    vec![
        outcome("vorm", "Vorm", "keten: aan alle vier de voorwaarden is voldaan", Certainty::Confirmed),
        OutcomeAssessment {
            value: None,
            value_title: None,
            candidates: vec![titled("laag", "lichte sturing"), titled("hoog", "stevige sturing")],
            deciding: vec![
                titled("ontmoeten", "elkaar regelmatig ontmoeten"),
                titled("kosten", "verdeling van de kosten"),
            ],
            because: Vec::new(),
            ..outcome("sturing", "Passende sturing", "", Certainty::Open)
        },
    ]
}

fn measures() -> Vec<MeasureAssessment> {
    let measure = |id: &str, title: &str, value: &str, low: &str, high: &str| MeasureAssessment {
        id: id.into(),
        title: title.into(),
        value: Number::parse(value),
        fraction: Some(value.into()),
        range: Some(range(low, high)),
        unit: Some("%".into()),
        exact: true,
        deciding: Vec::new(),
        because: Vec::new(),
        source: "Eraneos, blz. 12".into(),
        place: place("ketens-de-baas/rules/cijfers.rhai", 4),
    };
    vec![
        measure("benut", "Benutte samenwerking", "46.25", "40", "61.5"),
        measure("dekking", "Gedeelde afspraken", "30", "30", "30"),
    ]
}

fn table() -> TableAssessment {
    let cell = |row: &str, column: &str, certainty: Certainty, text: &str| CellAssessment {
        row: row.into(),
        column: column.into(),
        certainty,
        exact: true,
        text: text.into(),
        says: None,
        deciding: Vec::new(),
        because: Vec::new(),
        source: "Twynstra, blz. 30".into(),
    };
    TableAssessment {
        id: "principes".into(),
        title: "Principes die bij de vorm horen".into(),
        rows: vec![titled("doel", "Een gedeeld doel"), titled("geld", "Geld volgt het werk")],
        columns: vec![titled("nu", "Nu"), titled("straks", "Wat het vraagt")],
        cells: vec![
            cell("doel", "nu", Certainty::Confirmed, ""),
            cell(
                "doel",
                "straks",
                Certainty::Indicated,
                "Leg het doel vast in één zin die elke partner kan navertellen",
            ),
            cell("geld", "nu", Certainty::Open, ""),
        ],
        on_screen: false,
        source: "Twynstra, blz. 30".into(),
        place: place("ketens-de-baas/rules/principes.rhai", 1),
    }
}

pub(super) fn manager() -> RecommendationAssessment {
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

fn recommendations() -> Vec<RecommendationAssessment> {
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
