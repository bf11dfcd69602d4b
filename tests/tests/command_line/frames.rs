//! The example frames, held to what the toolkit asks of any ruleset.

use super::room::ran;

const FRAMES: [&str; 3] = ["poorten", "stromen", "teams"];

#[test]
fn frames_of_another_nature_pass_the_toolkit() {
    let kinds = ["rules:100", "clauses:100", "sides:100", "forms:100", "options:100", "mutants:95"];
    for name in FRAMES {
        let folder = format!("fixtures/rulesets/{name}");
        let checked = ran(&["ruleset", "check", &folder, "--strict"]);
        assert_eq!((checked.code, checked.out), (0, format!("{name}: no advice\n")));
        let mut args = vec!["ruleset", "test", &folder, "--coverage", "--mutate"];
        kinds.iter().for_each(|kind| args.extend(["--threshold", kind]));
        let tested = ran(&args);
        assert_eq!(tested.code, 0, "{}{}", tested.out, tested.err);
    }
}
