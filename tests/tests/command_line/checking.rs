//! `check` and `ruleset`: what is wrong, and what there is.

use super::room::{KLEIN, VOLLEDIG, names, ran};
use insta::{assert_snapshot, with_settings};
use std::fs;

#[test]
fn what_is_right_is_said_to_be() {
    assert_snapshot!(ran(&["check", KLEIN, VOLLEDIG, "rulesets/ketens-de-baas"]).seen(), @r#"
        exit 0
        ── out ──
        2 rulesets and 1 profile: no problems
        "#);
}

#[test]
fn problems_for_machines() {
    let ran = ran(&["check", "fixtures/bad/unknown-option.json", "--ruleset", KLEIN, "--format", "json"]);
    assert_snapshot!(ran.seen(), @r#"
        exit 3
        ── out ──
        {
          "format": "check/1",
          "checked": [
            "fixtures/bad/unknown-option.json"
          ],
          "problems": [
            {
              "code": "K0207",
              "title": "an unknown option",
              "gravity": "error",
              "message": "`eigenaar` has no option `nieman`",
              "place": {
                "file": "fixtures/bad/unknown-option.json",
                "line": 6,
                "column": 19,
                "end-line": 6,
                "end-column": 27
              },
              "label": "",
              "also": [],
              "help": [
                "did you mean `niemand`?"
              ]
            },
            {
              "code": "K0207",
              "title": "an unknown option",
              "gravity": "error",
              "message": "`kanalen` has no option `fax`",
              "place": {
                "file": "fixtures/bad/unknown-option.json",
                "line": 7,
                "column": 28,
                "end-line": 7,
                "end-column": 33
              },
              "label": "",
              "also": [],
              "help": [
                "known are: balie, telefoon, web"
              ]
            }
          ]
        }
        "#);
}

#[test]
fn a_ruleset_and_a_profile_are_looked_at_together() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("ruleset.toml"), "format = 1\nid = \"half\"\nversio = \"1.0.0\"\n").expect("there is room");
    let ran = ran(&["check", &folder.path().display().to_string(), "fixtures/bad/empty.json"]);
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("versio") && ran.out.contains("empty.json"), "{}", ran.out);
    assert!(ran.out.ends_with("1 ruleset and 1 profile checked\n"), "{}", ran.out);
}

#[test]
fn what_is_in_a_ruleset() {
    with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/rulesets" }, {
        assert_snapshot!("klein", ran(&["ruleset", "show", KLEIN]).seen());
        assert_snapshot!("klein-en", ran(&["ruleset", "show", KLEIN, "--lang", "en"]).seen());
        assert_snapshot!("klein-json", ran(&["ruleset", "show", KLEIN, "--format", "json"]).seen());
    });
    let listed = ran(&["ruleset", "list", "--ruleset", KLEIN]);
    assert_eq!(listed.code, 0);
    for id in ketenspiegel_rulesets::ids().chain(["klein"]) {
        assert!(listed.out.lines().any(|line| line.starts_with(&format!("{id}  "))), "{id}: {}", listed.out);
    }
}

#[test]
fn which_rulesets_there_are_for_machines() {
    let ran = ran(&["ruleset", "list", "--ruleset", KLEIN, "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!((ran.code, listed["format"].as_str()), (0, Some("rulesets/1")));
    let cards = listed["rulesets"].as_array().expect("there are some");
    let ids: Vec<&str> = cards.iter().filter_map(|card| card["id"].as_str()).collect();
    assert!(ketenspiegel_rulesets::ids().chain(["klein"]).all(|id| ids.contains(&id)), "{ids:?}");
    let card = |id: &str| cards.iter().find(|card| card["id"] == id).expect("it is there");
    assert_eq!((card("klein")["folder"].as_str(), card("adr")["folder"].as_str()), (Some(KLEIN), None));
    assert_eq!(card("ketenspiegel")["requires"].as_array().map(Vec::len), Some(5));
    assert_eq!(card("ketenspiegel")["joins"], 2);
}

#[test]
fn a_ruleset_that_requires_another_is_shown_with_that_beside_it() {
    let show = ["ruleset", "show", "fixtures/rulesets/lezer"];
    assert_eq!(ran(&show).code, 3);
    let with = ran(&[show.as_slice(), &["--ruleset", "fixtures/rulesets/bron"]].concat());
    assert!(with.code == 0 && with.out.starts_with("Lezer "), "{}{}", with.out, with.err);
}

#[test]
fn a_ruleset_is_held_against_its_cases() {
    assert_snapshot!(ran(&["ruleset", "test", KLEIN]).seen(), @r#"
        exit 0
        ── out ──
        klein: 2 cases, all hold
        2 passed, 0 failed
        "#);
    let folder = tempfile::tempdir().expect("there is room");
    copy(std::path::Path::new(KLEIN), folder.path());
    let path = folder.path().join("tests/inrichting.toml");
    let cases = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, cases.replace("= \"los-zand\"", "= \"keten\"").replace("samenwerking = 2", "samenwerking = 3"))
        .expect("there is room");
    let ran = ran(&["ruleset", "test", &folder.path().display().to_string()]);
    assert_eq!(ran.code, 4);
    let seen = ran.out.replace(&folder.path().display().to_string(), "[folder]");
    assert!(seen.contains("error[K0703]: the typing `vorm` should be keten, and is los-zand"), "{seen}");
    assert!(seen.contains("--> [folder]/tests/inrichting.toml:6:28"), "{seen}");
    assert!(seen.contains("    Waarom: Vorm: los zand"), "why stands under it: {seen}");
    assert!(seen.contains("the score of `samenwerking` should be 3, and is 2"), "{seen}");
    assert!(seen.ends_with("klein: 2 cases, 2 differ\n0 passed, 2 failed\n"), "{seen}");
}

#[test]
fn verdicts_say_what_is_missing_and_what_is_unexpected() {
    let folder = tempfile::tempdir().expect("there is room");
    copy(std::path::Path::new(KLEIN), folder.path());
    let case = |expect: &str| {
        let text = format!("[[case]]\nname = \"c\"\nanswers = {{ eigenaar = \"niemand\" }}\n{expect}\n");
        fs::write(folder.path().join("tests/inrichting.toml"), text).expect("there is room");
        ran(&["ruleset", "test", &folder.path().display().to_string()]).out
    };
    let named = "expect.diagnoses = { niemand-eigenaar = \"confirmed\" }";
    assert!(case(named).ends_with("1 passed, 0 failed\n"));
    assert!(case("expect.silent = [\"niemand-eigenaar\"]").contains("K0702"));
    assert!(case("expect.silent = []").contains("`niemand-eigenaar` is confirmed, and the case does not name it"));
    let missing = case(&named.replace(" }", ", samen-eigenaar = \"confirmed\" }"));
    assert!(missing.contains("K0701") && missing.contains("Waarom niet"), "{missing}");
    assert!(
        case(&format!("{named}\nexpect.recommended = []")).contains("what is recommended should be nothing, and is")
    );
    let wrong = case(&format!("{named}\nexpect.levels = {{ samenwerking = \"sterkk\" }}"));
    assert!(wrong.is_empty(), "a level that there is not is wrong in itself: {wrong}");
}

#[test]
fn coverage_says_what_no_case_brings_about() {
    let ran_klein = |args: &[&str]| ran(&[&["ruleset", "test", KLEIN, "--coverage"], args].concat());
    let seen = ran_klein(&[]).out;
    assert!(seen.contains("  rules        3 of 6      50 %"), "{seen}");
    assert!(seen.contains("rules/inrichting.rhai:10  the rule `samen-eigenaar` speaks"), "{seen}");
    assert_eq!(ran_klein(&["--threshold", "rules:50"]).code, 0);
    let under = ran_klein(&["--threshold", "rules:51"]);
    assert_eq!((under.code, under.out.ends_with("klein: rules 50 %, and 51 % is asked for\n")), (4, true));
    assert!(ran_klein(&["--format", "lcov"]).out.contains("FNDA:0,samen-eigenaar"));
    assert!(ran_klein(&["--format", "json"]).out.contains("\"format\": \"test/1\""));
    assert_eq!(ran(&["ruleset", "test", KLEIN, "--threshold", "rules:50"]).code, 2);
    assert_eq!(ran(&["ruleset", "test", KLEIN, "--format", "lcov"]).code, 2);
}

#[test]
fn changes_that_no_case_notices_are_told() {
    let mutated = ran(&["ruleset", "test", KLEIN, "--mutate"]);
    assert_eq!(mutated.code, 0);
    for words in [
        "nothing notices that `< 2.5` becomes `<= 2.5`",
        "rules/samenwerking.rhai:3:33",
        "nothing notices that the clause `yes(\"overleg\")` is left out",
        "nothing notices that `gesprek` is recommended instead of `ketenregisseur`",
        "= help: a case would in which ",
    ] {
        assert!(mutated.out.contains(words), "{words}: {}", mutated.out);
    }
    assert_eq!(ran(&["ruleset", "test", KLEIN, "--mutate", "--threshold", "mutants:90"]).code, 4);
    let sarif = ran(&["ruleset", "test", KLEIN, "--mutate", "--format", "sarif"]).out;
    assert!(sarif.contains("\"version\": \"2.1.0\"") && sarif.contains("\"startLine\": 3"), "{sarif}");
}

#[test]
fn advice_can_be_allowed_with_a_reason() {
    let folder = tempfile::tempdir().expect("there is room");
    copy(std::path::Path::new(KLEIN), folder.path());
    let path = folder.path().display().to_string();
    let check = |args: &[&str]| ran(&[&["ruleset", "check", &path], args].concat());
    let seen = check(&["--strict"]);
    assert_eq!(seen.code, 1);
    assert!(seen.out.contains("warning[K0606]: nothing is concluded from the question `kanalen`"), "{}", seen.out);
    assert_eq!(check(&[]).code, 0);
    let manifest = fs::read_to_string(folder.path().join("ruleset.toml")).expect("it is there");
    let allow =
        |id: &str| format!("\n[[allow]]\ncode = \"K0606\"\nat = \"question/{id}\"\nreason = \"for the form\"\n");
    let with = |more: &str| {
        fs::write(folder.path().join("ruleset.toml"), format!("{manifest}{more}")).expect("there is room");
    };
    with(&[allow("kanalen"), allow("overleg-vorm")].concat());
    let allowed = check(&["--strict", "--allowed"]);
    assert_eq!((allowed.code, allowed.out.contains("for the form")), (0, true), "{}", allowed.out);
    with(&allow("*"));
    assert_eq!(check(&["--strict"]).code, 0);
    with(&[allow("kanalen"), allow("overleg-vorm"), allow("eigenaar")].concat());
    assert!(check(&[]).out.contains("nothing at `question/eigenaar` needs K0606 to be allowed"));
    let github = check(&["--format", "github"]).out;
    assert!(github.starts_with("::warning file="), "{github}");
}

#[test]
fn what_a_loop_brings_about_is_advised_once() {
    let folder = tempfile::tempdir().expect("there is room");
    copy(std::path::Path::new(KLEIN), folder.path());
    let path = folder.path().display().to_string();
    let questions = ["in-een", "in-twee", "in-drie"];
    let add = |file: &str, more: &str| {
        let known = fs::read_to_string(folder.path().join(file)).unwrap_or_default();
        fs::write(folder.path().join(file), format!("{known}\n{more}")).expect("there is room");
    };
    for id in questions {
        add("questions.toml", &format!("[[question]]\nid = \"{id}\"\nkind = \"yes-no\"\nsource = \"s\"\n"));
        for language in ["nl.toml", "en.toml"].into_iter().filter(|name| folder.path().join(name).exists()) {
            add(language, &format!("[question.{id}]\nask = \"{id}?\"\nshort = \"{id}\"\n"));
            add(language, &format!("[rule.nooit-{id}]\ntitle = \"{id}\"\ntext = \"{id}\"\n"));
        }
    }
    let rule = "rule(`nooit-${v}`, #{ when: yes(v) and no(v), severity: \"minor\", source: \"s\" });";
    add("rules/lus.rhai", &format!("for v in {questions:?} {{ {rule} }}\n"));
    let seen = ran(&["ruleset", "check", &path]).out;
    assert!(seen.contains("the rule `nooit-in-een` can never speak, and 2 more like this"), "{seen}");
    assert_eq!(seen.matches("can never speak").count(), 1, "{seen}");
}

#[test]
fn a_value_that_no_text_shows_is_told() {
    let folder = tempfile::tempdir().expect("there is room");
    copy(std::path::Path::new(KLEIN), folder.path());
    let path = folder.path().display().to_string();
    let change = |file: &str, from: &str, to: &str| {
        let known = fs::read_to_string(folder.path().join(file)).expect("it is there");
        assert!(known.contains(from), "{file}");
        fs::write(folder.path().join(file), known.replace(from, to)).expect("there is room");
    };
    let unused = |file: &str| {
        let seen = ran(&["ruleset", "check", &path]).out.replace(&path, "[folder]");
        let all = seen.split("\n\n").filter(|told| told.contains("K0617")).collect::<Vec<_>>().join("\n\n");
        assert!(all.is_empty() || all.contains(file), "{all}");
        all
    };
    change(
        "rules/inrichting.rhai",
        "aspect: \"inrichting\",\n    recommend",
        "fill: #{ wie: \"eigenaar\" },\n    recommend",
    );
    assert_snapshot!(unused("inrichting.rhai"), @r#"
        warning[K0617]: no text of `rule/niemand-eigenaar` shows the value `wie`
         --> [folder]/rules/inrichting.rhai:5:14
          |
        5 |     fill: #{ wie: "eigenaar" },
          |              ^^^
          |
          = help: write `{wie}` in rule.niemand-eigenaar.title or rule.niemand-eigenaar.text, or take it out
        "#);
    // a text in one language shows it, and so it is used
    change("en.toml", "[rule.niemand-eigenaar]\ntitle = \"", "[rule.niemand-eigenaar]\ntitle = \"{question:wie}: ");
    assert_eq!(unused("inrichting.rhai"), "");
    change("rules/inrichting.rhai", "#{ wie:", "#{ wei: 3, wie:");
    assert_snapshot!(unused("inrichting.rhai"), @r#"
        warning[K0617]: no text of `rule/niemand-eigenaar` shows the value `wei`
         --> [folder]/rules/inrichting.rhai:5:14
          |
        5 |     fill: #{ wei: 3, wie: "eigenaar" },
          |              ^^^
          |
          = help: did you mean `wie`?
          = help: write `{wei}` in rule.niemand-eigenaar.title or rule.niemand-eigenaar.text, or take it out
        "#);
}

#[test]
fn a_ruleset_that_joins_others_is_looked_at_as_if_they_were_answered() {
    let folder = |name: &str| format!("fixtures/rulesets/{name}");
    let seen = ran(&["ruleset", "check", &folder("samen"), &folder("bron"), &folder("buur")]).out;
    assert!(!seen.contains("can never speak") && !seen.contains("always speaks"), "{seen}");
}

/// The places that a log names: file and line, sorted.
fn places(format: &str, out: &str) -> Vec<(String, u64)> {
    use serde_json::Value;
    let mut places: Vec<(String, u64)> = Vec::new();
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    match format {
        "github" => {
            for line in out.lines() {
                let told = line.strip_prefix("::error ").or_else(|| line.strip_prefix("::warning "));
                let (place, _) = told.and_then(|told| told.split_once("::")).expect(line);
                let field = |name: &str| place.split(',').find_map(|field| field.strip_prefix(name));
                let line = field("line=").and_then(|line| line.parse().ok()).expect(line);
                places.push((field("file=").expect(place).to_owned(), line));
            }
        }
        "sarif" => {
            let log: serde_sarif::sarif::Sarif = serde_json::from_str(out).expect("it is SARIF");
            let log = serde_json::to_value(log).expect("and stays so");
            for result in log.pointer("/runs/0/results").and_then(Value::as_array).expect("it has results") {
                let at = |path: &str| result.pointer(&format!("/locations/0/physicalLocation/{path}"));
                let line = at("region/startLine").and_then(Value::as_u64).expect("a result has a line");
                places.push((text(at("artifactLocation/uri")), line));
                assert!(text(result.get("ruleId")).starts_with('K'), "{result}");
            }
        }
        _ => {
            fn found(value: &Value, all: &mut Vec<(String, u64)>) {
                if let (Some(place), Some(code)) = (value.get("place"), value.get("code").and_then(Value::as_str)) {
                    assert!(code.starts_with('K'), "{value}");
                    let file = place.get("file").and_then(Value::as_str).unwrap_or_default();
                    all.push((file.to_owned(), place.get("line").and_then(Value::as_u64).unwrap_or_default()));
                    return;
                }
                match value {
                    Value::Array(items) => items.iter().for_each(|item| found(item, all)),
                    Value::Object(map) => map.values().for_each(|item| found(item, all)),
                    _ => {}
                }
            }
            found(&serde_json::from_str(out).expect("it is JSON"), &mut places);
        }
    }
    places.sort();
    places
}

#[test]
fn every_verb_tells_machines_the_same_in_every_format() {
    super::room::go_home();
    let folder = tempfile::tempdir().expect("there is room");
    copy(std::path::Path::new(KLEIN), folder.path());
    let path = folder.path().join("tests/inrichting.toml");
    let cases = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, cases.replace("= \"los-zand\"", "= \"keten\"")).expect("there is room");
    let changed = folder.path().display().to_string();
    for (verb, code) in [
        (&["check", "fixtures/rulesets/tien-fouten"][..], 3),
        (&["check", "fixtures/bad/unknown-option.json", "--ruleset", KLEIN], 3),
        (&["ruleset", "check", KLEIN], 0),
        (&["ruleset", "test", &changed], 4),
    ] {
        let told = |format: &str| {
            let ran = ran(&[verb, &["--format", format]].concat());
            assert_eq!((ran.code, ran.err.as_str()), (code, ""), "{verb:?} {format}");
            places(format, &ran.out)
        };
        let json = told("json");
        assert!(!json.is_empty(), "{verb:?}");
        assert_eq!(json, told("sarif"), "{verb:?}");
        assert_eq!(json, told("github"), "{verb:?}");
    }
}

/// Copies a folder with everything in it.
pub(super) fn copy(from: &std::path::Path, to: &std::path::Path) {
    for name in names(from) {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            fs::create_dir(&to).expect("there is room");
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("there is room");
        }
    }
}

#[test]
fn a_ruleset_that_proves_nothing_is_told() {
    let exit = |args: &[&str]| ran(&[&["ruleset", "test", KLEIN], args].concat()).code;
    assert_eq!(exit(&["--case", "niemand"]), 0);
    assert_eq!(exit(&["--case", "nergens"]), 5);
}

#[test]
fn a_new_version_is_told_by_what_it_means() {
    let folder = tempfile::tempdir().expect("there is room");
    copy(std::path::Path::new(KLEIN), folder.path());
    let path = folder.path().display().to_string();
    let diff = |args: &[&str]| ran(&[&["ruleset", "diff", KLEIN, &path], args].concat());
    assert_eq!((diff(&[]).code, diff(&[]).out.ends_with("Nothing differs.\n")), (0, true));
    let change = |file: &str, from: &str, to: &str| {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).expect("it is there");
        assert!(text.contains(from), "{file} has {from}");
        fs::write(path, text.replace(from, to)).expect("there is room");
    };
    change("rules/inrichting.rhai", "answer(\"partners\") >= 3", "answer(\"partners\") >= 4");
    let seen = diff(&["--profiles", VOLLEDIG]);
    assert_eq!(seen.code, 4, "the version is the same");
    for words in ["typing/vorm/keten", "no longer where partners = 3, overleg = true", "This asks for a major version"]
    {
        assert!(seen.out.contains(words), "{words}: {}", seen.out);
    }
    assert!(seen.out.ends_with("volledig.json: the same advice\n"), "{}", seen.out);
    change("ruleset.toml", "version = \"1.", "version = \"2.");
    assert_eq!(diff(&[]).code, 0);
    assert!(diff(&["--format", "json"]).out.contains("\"relation\": \"narrower\""));
    assert_eq!(ran(&["ruleset", "diff", KLEIN, "fixtures/rulesets/belang"]).code, 2, "not one ruleset");
    assert_eq!(ran(&["ruleset", "diff", "no-such-revision", KLEIN]).code, 2);
}
