//! `diagnose`: what is written where, and how the run ends.

use super::room::{KLEIN, VOLLEDIG, names, ran, ran_klein, ran_with};
use ketenspiegel::Terminal;
use std::fs;

fn text(path: impl AsRef<std::path::Path>) -> String {
    fs::read_to_string(path).expect("it is there")
}

#[test]
fn a_report_file_says_what_the_screen_says() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (format, name) in [("terminal", "a.txt"), ("markdown", "b.md"), ("json", "c.json")] {
        let report = format!("{format}:{}", path(name));
        let ran = ran_klein(&["diagnose", VOLLEDIG, "--format", format, "--report", &report]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert_eq!(text(path(name)), ran.out, "{format}");
    }
    assert_eq!(names(folder.path()), ["a.txt", "b.md", "c.json"]);
}

#[test]
fn a_file_does_not_depend_on_the_terminal() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("report.txt");
    let report = format!("terminal:{}", path.display());
    let args = ["diagnose", VOLLEDIG, "--ruleset", KLEIN, "--report", &report];
    let plain = ran_with(&args, b"", &Terminal::default());
    let first = text(&path);
    let colourful = Terminal { width: Some(100), colour_out: true, colour_err: true, ..Terminal::default() };
    let screen = ran_with(&args, b"", &colourful);
    assert_eq!(text(&path), first);
    assert!(screen.out.contains('\u{1b}') && !plain.out.contains('\u{1b}') && !first.contains('\u{1b}'));
}

#[test]
fn colour_is_as_asked() {
    let colourful = Terminal { colour_out: true, colour_err: true, ..Terminal::default() };
    let coloured = |when: &str, terminal: &Terminal| {
        let ran = ran_with(&["diagnose", VOLLEDIG, "--ruleset", KLEIN, "--colour", when], b"", terminal);
        ran.out.contains('\u{1b}')
    };
    assert!(coloured("auto", &colourful) && !coloured("never", &colourful));
    assert!(!coloured("auto", &Terminal::default()) && coloured("always", &Terminal::default()));
}

#[test]
fn colour_is_as_asked_in_help_and_mistakes_too() {
    let colourful = Terminal { colour_out: true, colour_err: true, ..Terminal::default() };
    let coloured = |args: &[&str], terminal: &Terminal| {
        let ran = ran_with(args, b"", terminal);
        format!("{}{}", ran.out, ran.err).contains('\u{1b}')
    };
    for wrong in [&["diagnose", "--help"][..], &["diagnose", "--nothing"]] {
        let with = |more: &[&'static str]| [wrong, more].concat();
        assert!(coloured(wrong, &colourful), "{wrong:?}");
        assert!(!coloured(&[&["--colour=never"][..], wrong].concat(), &colourful), "{wrong:?}");
        assert!(!coloured(&[&["--color", "never"][..], wrong].concat(), &colourful), "{wrong:?}");
        assert!(!coloured(&with(&["--colour", "never"]), &colourful), "{wrong:?}");
        assert!(coloured(&with(&["--colour", "always"]), &Terminal::default()), "{wrong:?}");
    }
}

#[test]
fn a_profile_gives_ci_no_commands() {
    let mut profile: serde_json::Value = serde_json::from_str(&text(VOLLEDIG)).expect("it is JSON");
    profile["chain"]["name"] = serde_json::json!("::error::a ##[error]b\n:::stop-commands::c");
    let profile = profile.to_string();
    for format in ["terminal", "markdown", "summary", "junit", "tap", "github"] {
        let args = ["diagnose", "-", "--ruleset", KLEIN, "--format", format, "--fail-on", "observation:open"];
        let ran = ran_with(&args, profile.as_bytes(), &Terminal::default());
        let said = format!("{}{}", ran.out, ran.err);
        for command in ["::error::a", "##[error]", "::stop-commands"] {
            assert!(!said.contains(command), "{format}: {said}");
        }
    }
}

#[test]
fn one_profile_gives_an_object_and_several_a_list() {
    let json = |args: &[&str]| -> serde_json::Value {
        let ran = ran_klein(&[&["diagnose", "--format", "json"], args].concat());
        serde_json::from_str(&ran.out).expect("it is JSON")
    };
    let one = json(&[VOLLEDIG]);
    assert_eq!(one["format"], "assessment/1");
    assert_eq!(one["receipt"]["profile"], VOLLEDIG);
    assert_eq!(json(&[VOLLEDIG, VOLLEDIG]), serde_json::json!([one, one]));
}

#[test]
fn the_language_is_as_asked() {
    let dutch = ran_klein(&["diagnose", VOLLEDIG]).out;
    let english = ran_klein(&["diagnose", VOLLEDIG, "--lang", "en"]).out;
    assert!(dutch.contains("Niemand is van de keten") && english.contains("Nobody owns the chain"));
}

#[test]
fn a_profile_is_read_from_standard_input() {
    let profile = fs::read(format!("{}/../{VOLLEDIG}", env!("CARGO_MANIFEST_DIR"))).expect("it is there");
    let args = ["diagnose", "-", "--ruleset", KLEIN, "--format", "json"];
    let piped = ran_with(&args, &profile, &Terminal::default());
    let named = ran_klein(&["diagnose", VOLLEDIG, "--format", "json"]);
    assert_eq!(piped.out, named.out.replace(&format!("\"{VOLLEDIG}\""), "\"-\""));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let again = || ran_klein(&["diagnose", VOLLEDIG, "--format", "json"]).out;
    assert_eq!(again(), again());
}

#[test]
fn findings_at_or_above_the_gate_fail_the_run() {
    let code = |gate: &str, profile: &str| ran_klein(&["diagnose", profile, "--fail-on", gate]).code;
    for gate in ["critical", "major", "minor", "observation:open"] {
        assert_eq!(code(gate, VOLLEDIG), 1, "{gate}");
    }
    let ran = ran_klein(&["diagnose", VOLLEDIG, "--fail-on", "major"]);
    assert!(ran.err.contains("Niet in orde: 2 punten houden deze wijziging tegen."), "{}", ran.err);
    assert!(ran.err.contains("zelf nagaan: ketenspiegel explain"), "{}", ran.err);
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("half.json").display().to_string();
    let half = r#"{ "ketenspiegel": 1, "chain": { "name": "Half" }, "answers": { "klein": { "vertrouwen": 2 } } }"#;
    fs::write(&path, half).expect("there is room");
    // Trust is low; what the customer says can still change it.
    assert_eq!(code("critical", &path), 0);
    assert_eq!(code("critical:indicated", &path), 1);
    assert_eq!(code("critical:open", &path), 1);
}

#[test]
fn strengths_never_fail_a_run() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("sterk.json").display().to_string();
    let strong = text(format!("{}/../{VOLLEDIG}", env!("CARGO_MANIFEST_DIR")))
        .replace("\"niemand\"", "\"samen\"")
        .replace("\"value\": 2", "\"value\": 5")
        .replace("\"bedrijf\": 2", "\"bedrijf\": 5");
    fs::write(&path, strong).expect("there is room");
    let ran = ran_klein(&["diagnose", &path, "--fail-on", "observation:open"]);
    assert!(ran.out.contains("De partners zijn samen van de keten"));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran_klein(&["diagnose", &path, "--fail-on", "strength"]).code, 2);
}

#[test]
fn a_folder_takes_the_place_of_the_built_in_ruleset() {
    let folder = tempfile::tempdir().expect("there is room");
    let home = format!("{}/..", env!("CARGO_MANIFEST_DIR"));
    for name in names(std::path::Path::new(&format!("{home}/{KLEIN}"))) {
        let from = format!("{home}/{KLEIN}/{name}");
        if std::path::Path::new(&from).is_file() {
            let own = text(&from).replace("id = \"klein\"", "id = \"ketens-de-baas\"");
            fs::write(folder.path().join(name), own).expect("there is room");
        }
    }
    fs::create_dir(folder.path().join("rules")).expect("there is room");
    for name in ["inrichting.rhai", "samenwerking.rhai"] {
        fs::copy(format!("{home}/{KLEIN}/rules/{name}"), folder.path().join("rules").join(name))
            .expect("there is room");
    }
    let profile = text(format!("{home}/{VOLLEDIG}")).replace("\"klein\"", "\"ketens-de-baas\"");
    let own = folder.path().display().to_string();
    let ran = ran_with(&["diagnose", "-", "--ruleset", &own], profile.as_bytes(), &Terminal::default());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("Kleine keten 1.0.0"));
}

#[test]
fn only_what_a_profile_speaks_of_is_used() {
    let used = |args: &[&str]| -> Vec<String> {
        let ran = ran(&[&["diagnose", VOLLEDIG, "--format", "json"], args].concat());
        let assessment: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
        let rulesets = assessment["rulesets"].as_array().expect("a list");
        rulesets.iter().map(|ruleset| ruleset["id"].as_str().expect("text").to_owned()).collect()
    };
    assert_eq!(used(&["--ruleset", KLEIN]), ["klein"]);
    assert_eq!(used(&["--ruleset", KLEIN, "--ruleset", "ketens-de-baas"]), ["ketens-de-baas", "klein"]);
}

#[test]
fn a_level_on_few_answers_is_said_to_be_for_the_time_being() {
    let of = |lang: &str| {
        let args = ["diagnose", "fixtures/profiles/economische-dienstverlening.json", "--lang", lang];
        ran_with(&args, b"", &Terminal { width: Some(100), ..Terminal::default() }).out
    };
    let level = |report: &str, aspect: &str| {
        let row = report.lines().find(|line| line.starts_with(aspect) && line.contains(" 6 ")).expect("its row");
        row.rsplit("  ").next().unwrap_or_default().trim().to_owned()
    };
    let (dutch, english) = (of("nl"), of("en"));
    assert_eq!(level(&dutch, "middelen  "), "voorlopig gaat goed");
    assert_eq!(level(&english, "resources  "), "so far goes well");
    assert!(dutch.contains("‘voorlopig’: hetzelfde, op minder dan de helft van de vragen."), "{dutch}");
}
