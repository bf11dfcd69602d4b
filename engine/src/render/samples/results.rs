//! Aspects, typings, measures and a table.

use super::parts::*;
use crate::assessment::*;
use crate::number::Number;

pub(super) fn aspect(id: &str, title: &str, parents: &[&str], score: &str, low: &str, high: &str) -> AspectAssessment {
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

pub(super) fn aspects() -> Vec<AspectAssessment> {
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

pub(super) fn next(id: &str, title: &str, decides: usize) -> NextQuestion {
    NextQuestion { id: id.into(), title: title.into(), decides }
}

pub(super) fn outcomes() -> Vec<OutcomeAssessment> {
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

pub(super) fn measures() -> Vec<MeasureAssessment> {
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

pub(super) fn table() -> TableAssessment {
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
