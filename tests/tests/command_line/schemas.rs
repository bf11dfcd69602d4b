//! `schema`: what the schemas say is what is read and written.

use super::room::{KLEIN, VOLLEDIG, go_home, names, ran, ran_klein, ran_with};
use jsonschema::Validator;
use ketenspiegel::Terminal;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn validator(args: &[&str]) -> Validator {
    let ran = ran(&[&["schema"], args].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let schema: Value = serde_json::from_str(&ran.out).expect("a schema is JSON");
    assert!(jsonschema::draft202012::meta::is_valid(&schema), "{args:?} is a schema");
    jsonschema::draft202012::new(&schema).expect("it can be used")
}

#[test]
fn an_assessment_is_as_its_schema_says() {
    let schema = validator(&["assessment"]);
    for args in [&["diagnose", VOLLEDIG][..], &["diagnose", VOLLEDIG, "--ruleset", "ketens-de-baas"]] {
        let ran = ran_klein(&[args, &["--format", "json"]].concat());
        let assessment: Value = serde_json::from_str(&ran.out).expect("it is JSON");
        let wrong: Vec<String> = schema.iter_errors(&assessment).map(|error| error.to_string()).collect();
        assert_eq!(wrong, [""; 0]);
    }
}

#[test]
fn what_else_is_written_is_as_its_schema_says() {
    const CHAIN: &str = "fixtures/profiles/loonaangifteketen-2007.json";
    const MIRRORS: &str = "fixtures/profiles/twee-spiegels.json";
    for (schema, args) in [
        ("explanation", &["explain", CHAIN, "keten-in-crisis"][..]),
        ("explanation", &["explain", CHAIN, "mindset"]),
        ("explanation", &["explain", CHAIN, "vorm", "--not"]),
        ("explanation", &["explain", CHAIN, "ketenmanager"]),
        ("explanation", &["explain", CHAIN, "ketenfinanciering"]),
        ("explanation", &["explain", MIRRORS, "ketenspiegel/themas/doel/ketens-de-baas"]),
        ("whatif", &["whatif", CHAIN, "--bouwsteen", "ketenmanager=working"]),
        ("flips", &["flip", CHAIN, "crisis-zonder-ketenmanager"]),
        ("fragile", &["flip", CHAIN, "--fragile"]),
        ("ask", &["ask", VOLLEDIG, "--ruleset", KLEIN, "--best", "2"]),
        ("route", &["route", CHAIN, "--to", "ketenstructuur=sterk"]),
        ("rulesets", &["ruleset", "list"]),
        ("rulesets", &["ruleset", "list", "--ruleset", KLEIN, "--lang", "en"]),
        ("ruleset", &["ruleset", "show", KLEIN]),
        ("ruleset", &["ruleset", "show", "ketenspiegel"]),
        ("ruleset", &["ruleset", "show", "fixtures/rulesets/kdb-gemeente"]),
    ] {
        let ran = ran(&[args, &["--format", "json"]].concat());
        let written: Value = serde_json::from_str(&ran.out).expect("it is JSON");
        let wrong: Vec<String> = validator(&[schema]).iter_errors(&written).map(|error| error.to_string()).collect();
        assert_eq!(wrong, [""; 0], "{schema}");
    }
}

#[test]
fn what_is_read_is_as_the_schema_says() {
    go_home();
    let schema = validator(&["profile", KLEIN]);
    let read = |path: &str| serde_json::from_slice::<Value>(&fs::read(path).expect("it is there"));
    let good = read(VOLLEDIG).expect("it is JSON");
    assert!(schema.is_valid(&good));
    let mut named = good.clone();
    named["$schema"] = "profile.schema.json".into();
    let text = named.to_string();
    assert!(schema.is_valid(&named), "a profile may say where its schema is");
    assert_eq!(ran_with(&["check", "-", "--ruleset", KLEIN], text.as_bytes(), &Terminal::default()).code, 0);
    let empty: Value = serde_json::from_str(&ran(&["form", KLEIN, "--format", "json"]).out).expect("it is JSON");
    assert!(schema.is_valid(&empty));
    // What a schema cannot say: that a key stands once, that a party stands under `chain`.
    let beyond = ["duplicate-key.json", "unknown-party.json", "too-precise.json"];
    for name in names(Path::new("fixtures/bad")).iter().filter(|name| name.ends_with(".json")) {
        if let Ok(bad) = read(&format!("fixtures/bad/{name}")) {
            assert_eq!(schema.is_valid(&bad), beyond.contains(&name.as_str()), "{name}");
        }
    }
}

#[test]
fn the_profiles_of_the_built_in_rulesets_keep_to_the_schema() {
    go_home();
    let schema = validator(&["profile"]);
    for name in names(Path::new("fixtures/profiles")).iter().filter(|name| name.ends_with(".json")) {
        let text = fs::read_to_string(format!("fixtures/profiles/{name}")).expect("it is there");
        let profile: Value = serde_json::from_str(&text).expect("it is JSON");
        let wrong: Vec<String> = schema.iter_errors(&profile).map(|error| error.to_string()).collect();
        assert_eq!(wrong, [""; 0], "{name}");
    }
}
