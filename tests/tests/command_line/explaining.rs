//! `explain`: why, and why not.

use super::room::{VOLLEDIG, ran, ran_klein, ran_with};
use insta::assert_snapshot;
use ketenspiegel::Terminal;

fn explained(id: &str, more: &[&str]) -> String {
    ran_klein(&[&["explain", VOLLEDIG, id], more].concat()).seen()
}

#[test]
fn why_a_finding() {
    assert_snapshot!(explained("klein/niemand-eigenaar", &[]), @r#"
        exit 0
        ── out ──
        Waarom: Niemand is van de keten                                       staat vast
        Knopen blijven liggen, omdat niemand ze mag doorhakken.

        omdat:
        └─ ✓ eigenaar van de keten is ‘niemand’  voorwaarde: ‘niemand’
             antwoord in het profiel: /answers/klein/eigenaar — “Gezegd in drie
             gesprekken.” — bewijs: Verslag 12 januari (interview, 2026-01-12)
             bron: Verzonnen, §1

        wankel: eigenaar van de keten ‘niemand’ → ‘één van de partijen’
        bron: Verzonnen, §1 (fixtures/rulesets/klein/rules/inrichting.rhai:2)
        "#);
}

#[test]
fn why_not_a_finding() {
    assert_snapshot!(explained("samen-eigenaar", &[]), @r#"
        exit 0
        ── out ──
        Waarom niet: De partners zijn samen van de keten                niet aan de orde
        niet aan al deze punten is voldaan:
        ├─ ✗ eigenaar van de keten is ‘niemand’
        │    voorwaarde: ‘de partijen samen’ · niet voldaan
        │    antwoord in het profiel: /answers/klein/eigenaar — “Gezegd in drie
        │    gesprekken.” — bewijs: Verslag 12 januari (interview, 2026-01-12)
        │    bron: Verzonnen, §1
        └─ ✓ overleg tussen partners is ‘ja’  voorwaarde: ‘ja’
             antwoord in het profiel: /answers/klein/overleg
             bron: Verzonnen, §1

        niet aan de orde: hoe de open vragen ook worden ingevuld, dit wordt niet waar
        bron: Verzonnen, §1 (fixtures/rulesets/klein/rules/inrichting.rhai:10)
        "#);
    assert_snapshot!(explained("samen-eigenaar", &["--not", "--lang", "en"]), @r#"
        exit 0
        ── out ──
        Why not: The partners own the chain together                 does not apply here
        not all of these points are met:
        └─ ✗ owner of the chain is ‘nobody’  condition: ‘the parties together’ · not met
             answer in the profile: /answers/klein/eigenaar — “Gezegd in drie
             gesprekken.” — evidence: Verslag 12 januari (interview, 2026-01-12)
             source: Verzonnen, §1

        does not apply here: however the open questions are answered, this will not be
          true
        source: Verzonnen, §1 (fixtures/rulesets/klein/rules/inrichting.rhai:10)
        "#);
    assert_snapshot!(explained("niemand-eigenaar", &["--not"]), @r#"
        exit 0
        ── out ──
        Dit is wel aan de orde; er staat niets in de weg.

        Waarom: Niemand is van de keten                                       staat vast
        Knopen blijven liggen, omdat niemand ze mag doorhakken.

        omdat:
        └─ ✓ eigenaar van de keten is ‘niemand’  voorwaarde: ‘niemand’
             antwoord in het profiel: /answers/klein/eigenaar — “Gezegd in drie
             gesprekken.” — bewijs: Verslag 12 januari (interview, 2026-01-12)
             bron: Verzonnen, §1

        wankel: eigenaar van de keten ‘niemand’ → ‘één van de partijen’
        bron: Verzonnen, §1 (fixtures/rulesets/klein/rules/inrichting.rhai:2)
        "#);
}

#[test]
fn why_a_number_and_a_typing() {
    assert_snapshot!(explained("samenwerking", &[]), @r#"
        exit 0
        ── out ──
        Waarom: samenwerking: 2 (‘zwak’)                                      staat vast
        zo komt dit tot stand:
        └─ samenwerking: 2
             gemiddelde van 2 antwoorden: 2 + 2 = 4, gedeeld door 2 = 2
             bron: Verzonnen, §2
           ├─ vertrouwen tussen partners: 2 (‘niet mee eens’)
           │    antwoord in het profiel: /answers/klein/vertrouwen
           │    bron: Verzonnen, §2
           └─ tevredenheid van de klant: 2 (‘niet mee eens’)
                bron: Verzonnen, §2
              └─ tevredenheid van de klant (Het Bedrijf): 2 (‘niet mee eens’)
                   antwoord in het profiel: /answers/klein/klant-tevreden/by/bedrijf
                   bron: Verzonnen, §2

        wankel: vertrouwen tussen partners 2 → 3; tevredenheid van de klant (Het
          Bedrijf) 2 → 3
        beantwoord: 2 van 2
        streven: 4
        bron: Verzonnen, §2 (fixtures/rulesets/klein/aspects.toml:8)
        "#);
    assert_snapshot!(explained("vorm", &[]), @r#"
        exit 0
        ── out ──
        Waarom: Vorm: keten                                                   staat vast
        zo komt dit tot stand:
        └─ Vorm: ‘keten’
             bron: Verzonnen, §1
           └─ ✓ keten: aan al deze punten is voldaan:
              ├─ ✓ aantal partners is 6 organisaties
              │    voorwaarde: minstens 3 organisaties
              │    antwoord in het profiel: /answers/klein/partners
              │    bron: Verzonnen, §1
              └─ ✓ overleg tussen partners is ‘ja’  voorwaarde: ‘ja’
                   antwoord in het profiel: /answers/klein/overleg
                   bron: Verzonnen, §1

        wankel: overleg tussen partners ‘ja’ → ‘nee’
        bron: Verzonnen, §1 (fixtures/rulesets/klein/rules/inrichting.rhai:17)
        "#);
    assert_snapshot!(explained("gevuld", &[]), @r#"
        exit 0
        ── out ──
        Waarom: Ingericht: 50 %
        zo komt dit tot stand:
        └─ inrichting van de keten keer 100: 50
             0,5 × 100 = 50
           ├─ inrichting van de keten: 0,5
           │    aan 1 van de 2 punten is voldaan = 0,5
           │    bron: Verzonnen, §1
           │  ├─ ✗ eigenaar van de keten is ‘niemand’
           │  │    voorwaarde: minstens ‘één van de partijen’ · niet voldaan
           │  │    antwoord in het profiel: /answers/klein/eigenaar — “Gezegd in drie
           │  │    gesprekken.” — bewijs: Verslag 12 januari (interview, 2026-01-12)
           │  │    bron: Verzonnen, §1
           │  └─ ✓ overleg tussen partners is ‘ja’  voorwaarde: ‘ja’
           │       antwoord in het profiel: /answers/klein/overleg
           │       bron: Verzonnen, §1
           └─ 100

        bron: Verzonnen, §1 (fixtures/rulesets/klein/rules/samenwerking.rhai:11)
        "#);
}

#[test]
fn why_a_recommendation_and_why_not() {
    assert_snapshot!(explained("ketenregisseur", &[]), @r#"
        exit 0
        ── out ──
        Waarom: ketenregisseur                             plaats 3, stap 2 van het plan
        rangorde = (bevindingen + bijdragen) × past hier × ruimte
        = (4 + 0,5) × 1 × 1 = 4,5

        ├─ Bevindingen die erom vragen: 4
        │  └─ 4: Niemand is van de keten (ernstig, staat vast)
        ├─ Bijdragen aan zwakke onderdelen: 0,5
        │    gewicht × hoe ver de score onder de hoogste ligt, van 0 tot 1
        │  └─ 1 × 0,5 = 0,5: inrichting van de keten (hoofdbijdrage)
        │       Er is dan iemand die knopen doorhakt.
        ├─ Past hier: 1
        │    1 van de 1 voorwaarden geldt: 0,5 + 0,5 × 1/1 = 1
        │  └─ ✓ geldt hier: Bij vijf of meer partners overziet niemand de keten nog
        │       vanzelf.
        └─ Ruimte voor verbetering: 1
             nog niet aanwezig

        bron: Verzonnen, §4 (fixtures/rulesets/klein/bouwstenen.toml:2)
        "#);
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("rustig.json").display().to_string();
    let calm =
        r#"{ "ketenspiegel": 1, "chain": { "name": "Rustig" }, "answers": { "klein": { "eigenaar": "samen" } } }"#;
    std::fs::write(&path, calm).expect("there is room");
    assert_snapshot!(ran_klein(&["explain", &path, "ketenregisseur"]).seen(), @r#"
        exit 0
        ── out ──
        Waarom niet: ketenregisseur                                     niet geadviseerd
        Geen bevinding die vaststaat of waarschijnlijk is, vraagt erom. Deze zouden erom
        vragen:

          ·  Niemand is van de keten                                    niet aan de orde
             waarom niet: klein/niemand-eigenaar --not

        bron: Verzonnen, §4 (fixtures/rulesets/klein/bouwstenen.toml:2)
        "#);
}

#[test]
fn an_id_that_there_is_not() {
    assert_snapshot!(explained("niemand-eigenar", &[]), @r#"
        exit 2
        ── err ──
        error[K0206]: nothing that can be concluded is called `niemand-eigenar`
         |
         = help: did you mean `niemand-eigenaar`?
         = help: `ketenspiegel ruleset show RULESET` lists everything there is

        1 error
        "#);
}

#[test]
fn an_explanation_for_machines() {
    let ran = ran_klein(&["explain", VOLLEDIG, "niemand-eigenaar", "--format", "json"]);
    let written: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(written["format"], "explanation/1");
    assert_eq!(written["id"], "klein/niemand-eigenaar");
    assert_eq!(written["certainty"], "confirmed");
}

#[test]
fn the_examples_in_the_help_can_be_tried() {
    let help = ran(&["explain", "--help"]).out;
    let examples: Vec<&str> =
        help.lines().filter_map(|line| line.strip_prefix("  ketenspiegel explain chain.json ")).collect();
    assert_eq!(examples.len(), 4);
    for example in examples {
        let profile = "fixtures/profiles/loonaangifteketen-2007.json";
        let args: Vec<&str> = ["explain", profile].into_iter().chain(example.split(' ')).collect();
        let ran = ran(&args);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{example}");
    }
}

#[test]
fn why_a_score_counts_no_higher_than_its_target() {
    let profile = r#"{ "ketenspiegel": 1, "chain": { "name": "Proef" },
        "answers": { "grenzen": { "a": 5, "b": 5, "c": true } },
        "targets": { "grenzen": { "geklemd": 3, "trap": 4 } } }"#;
    let asked = ["explain", "-", "ouder", "--ruleset", "fixtures/rulesets/grenzen"];
    assert_snapshot!(ran_with(&asked, profile.as_bytes(), &Terminal::default()).seen(), @r#"
        exit 0
        ── out ──
        Waarom: ouder: 3,5
        zo komt dit tot stand:
        └─ ouder: 3,5
             gemiddelde van 2 onderdelen: 3 + 4 = 7, gedeeld door 2 = 3,5
             bron: Proef
           ├─ groep, niet boven het doel: 3
           │    gemiddelde van 2 antwoorden: 5 + 5 = 10, gedeeld door 2 = 5; telt tot
           │    aan de streefwaarde: 3
           │    bron: Proef
           │  ├─ eerste stelling: 5 (‘helemaal mee eens’)
           │  │    antwoord in het profiel: /answers/grenzen/a
           │  │    bron: Proef
           │  ├─ tweede stelling: 5 (‘helemaal mee eens’)
           │  │    antwoord in het profiel: /answers/grenzen/b
           │  │    bron: Proef
           │  └─ streefwaarde voor groep, niet boven het doel: 3
           └─ trap: 4
                hoogste trede waarvan aan alle eisen is voldaan; telt tot aan de
                streefwaarde: 4
                bron: Proef
              ├─ trap: ‘hoog’
              │    hoogste trede waarvan aan alle eisen is voldaan
              │    bron: Proef
              │  ├─ ✓ laag
              │  └─ ✓ hoog:
              │     └─ ✓ hoogte is ‘ja’  voorwaarde: ‘ja’
              │          antwoord in het profiel: /answers/grenzen/c
              │          bron: Proef
              └─ streefwaarde voor trap: 4

        beantwoord: 3 van 3
        bron: Proef (fixtures/rulesets/grenzen/aspects.toml:33)
        "#);
}

#[test]
fn an_explanation_can_be_filed() {
    let told = explained("niemand-eigenaar", &["--format", "markdown", "--lang", "en"]);
    assert!(told.contains("\n## Why: "), "{told}");
    let folder = tempfile::tempdir().expect("there is room");
    let (markdown, json) = (folder.path().join("why.md"), folder.path().join("why.json"));
    let report = |format: &str, path: &std::path::Path| format!("{format}:{}", path.display());
    let (first, second) = (report("markdown", &markdown), report("json", &json));
    let ran =
        ran_klein(&["explain", VOLLEDIG, "niemand-eigenaar", "--lang", "en", "--report", &first, "--report", &second]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let filed = std::fs::read_to_string(&markdown).expect("it is written");
    assert!(told.ends_with(&filed), "{filed}");
    let whole = std::fs::read_to_string(&json).expect("it is written");
    assert!(whole.contains("\"format\": \"explanation/1\""), "{whole}");
    let twice = ran_klein(&["explain", VOLLEDIG, "niemand-eigenaar", "--report", &first, "--report", &first]);
    assert_eq!(twice.code, 2, "{}", twice.err);
    let wrong = ran_klein(&["explain", VOLLEDIG, "niemand-eigenaar", "--report", "sarif:why.sarif"]);
    assert!(wrong.err.contains("text, markdown, json"), "{}", wrong.err);
}
