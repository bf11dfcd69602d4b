//! What the command line says of itself.

use super::room::{ran, ran_with};
use insta::{assert_snapshot, with_settings};
use ketenspiegel::{Exit, Terminal};

#[test]
fn help_is_there_for_every_command() {
    with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/help" }, {
        for command in ["", "diagnose", "explain", "whatif", "flip", "ask", "route", "form", "check", "snapshot", "snapshot check", "snapshot accept", "snapshot review", "verify", "compare", "waive", "baseline", "ruleset", "ruleset list", "ruleset show", "ruleset new", "ruleset new rule", "ruleset check", "ruleset test", "ruleset diff", "schema", "schema profile", "completions"] {
            let args: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
            let ran = ran(&args);
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command}");
            assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{command}: eighty columns");
            let name = if command.is_empty() { "ketenspiegel".to_owned() } else { command.replace(' ', "-") };
            assert_snapshot!(name, ran.out);
        }
    });
}

#[test]
fn what_the_help_asks_of_a_chain_can_be_asked() {
    let chain = "fixtures/profiles/loonaangifteketen-2007.json";
    for verb in ["explain", "whatif", "flip", "ask", "route"] {
        let help = ran(&[verb, "--help"]).out;
        let begin = format!("  ketenspiegel {verb} chain.json");
        let examples: Vec<&str> = help.lines().filter(|line| line.starts_with(&begin)).collect();
        assert!(!examples.is_empty(), "{verb} has no example");
        for example in examples {
            let args: Vec<&str> =
                example.split_whitespace().skip(1).map(|arg| if arg == "chain.json" { chain } else { arg }).collect();
            let ran = ran(&args);
            assert_eq!(ran.code, 0, "{example}: {}", ran.err);
        }
    }
}

#[test]
fn the_help_has_every_exit_code() {
    let help = ran(&["--help"]).out;
    for exit in Exit::ALL {
        assert!(help.contains(&format!("  {:<4}{}", exit.code(), exit.meaning())), "{exit:?}");
    }
}

#[test]
fn a_mistake_in_the_command_line_is_explained() {
    assert_snapshot!(ran(&["diagnos"]).seen(), @r#"
        exit 2
        ── err ──
        error: unrecognized subcommand 'diagnos'

          tip: a similar subcommand exists: 'diagnose'

        Usage: ketenspiegel [OPTIONS] <COMMAND>

        For more information, try '--help'.
        "#);
    assert_snapshot!(ran(&["diagnose"]).seen(), @r#"
        exit 2
        ── err ──
        error: the following required arguments were not provided:
          <PROFILE>...

        Usage: ketenspiegel diagnose <PROFILE>...

        For more information, try '--help'.
        "#);
    assert_snapshot!(ran(&["diagnose", "a.json", "--report", "a.md"]).seen(), @r#"
        exit 2
        ── err ──
        error: invalid value 'a.md' for '--report <FORMAT:FILE>': it does not say in which format; write FORMAT:FILE, such as markdown:report.md

        For more information, try '--help'.
        "#);
    assert_snapshot!(ran(&["diagnose", "a.json", "--fail-on", "severe"]).seen(), @r#"
        exit 2
        ── err ──
        error: invalid value 'severe' for '--fail-on <SEVERITY[:CERTAINTY]>': `severe` is none of: critical, major, minor, observation

        For more information, try '--help'.
        "#);
    assert_snapshot!(ran(&["form", "--lang", "fr"]).seen(), @r#"
        exit 2
        ── err ──
        error: invalid value 'fr' for '--lang <LANG>'
          [possible values: nl, en]

        For more information, try '--help'.
        "#);
}

#[test]
fn colour_in_the_help_is_for_terminals() {
    let terminal = Terminal { colour_out: true, ..Terminal::default() };
    assert!(ran_with(&["--help"], b"", &terminal).out.contains('\u{1b}'));
    assert!(!ran(&["--help"]).out.contains('\u{1b}'));
}

#[test]
fn completions_name_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = ran(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}");
        for command in ["diagnose", "explain", "form", "check", "snapshot", "compare", "ruleset", "schema"] {
            assert!(ran.out.contains(command), "{shell}: {command}");
        }
    }
}
