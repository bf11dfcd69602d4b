//! `ruleset new`: what it writes works at once, and what is there stays as it is.

use super::room::{Ran, go_home, names, ran};
use insta::assert_snapshot;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A folder to work in, and a way to speak of paths in it.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        go_home();
        Self(tempfile::tempdir().expect("there is room"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    /// Runs a command line in which `@` stands before a path in this folder.
    fn ran(&self, line: &str) -> Ran {
        let placed = |word: &str| word.strip_prefix('@').map_or(word.to_owned(), |name| self.path(name));
        let args: Vec<String> = line.split_whitespace().map(placed).collect();
        let mut ran = ran(&args.iter().map(String::as_str).collect::<Vec<_>>());
        let before = format!("{}/", self.0.path().display());
        ran.out = ran.out.replace(&before, "");
        ran.err = ran.err.replace(&before, "");
        ran
    }

    fn fine(&self, line: &str) -> String {
        let ran = self.ran(line);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{line}: {}", ran.out);
        ran.out
    }
}

/// Every file under a folder, with what is in it.
fn contents(folder: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            all.extend(contents(&path).into_iter().map(|(below, text)| (format!("{name}/{below}"), text)));
        } else {
            all.insert(name, fs::read_to_string(&path).expect("it is text"));
        }
    }
    all
}

const FULL: &str = "--coverage --mutate --threshold rules:100 --threshold clauses:100 --threshold sides:100 \
                    --threshold forms:100 --threshold options:100 --threshold mutants:100";

#[test]
fn a_new_ruleset_works_at_once_and_takes_a_rule_more() {
    let desk = Desk::new();
    assert_snapshot!(desk.fine("ruleset new @ons-kader"), @r#"
        The ruleset `ons-kader` is there, in ons-kader; its README.md says what is in it. Go on with
          ketenspiegel ruleset check ons-kader         what is wrong with it, and what might be better
          ketenspiegel ruleset test ons-kader          whether it holds its cases
          ketenspiegel ruleset new rule ID ons-kader   one rule more
        "#);
    assert_eq!(desk.fine("ruleset check @ons-kader --strict"), "ons-kader: no advice\n");
    desk.fine(&format!("ruleset test @ons-kader {FULL}"));
    assert_eq!(desk.fine("check @ons-kader"), "1 ruleset: no problems\n");
    let folder = desk.0.path().join("ons-kader");
    let before = contents(&folder);
    assert_snapshot!(desk.fine("ruleset new rule niemand-belt @ons-kader"), @r#"
        The rule `niemand-belt` is there, with its texts and two cases that hold:
          ons-kader/rules/niemand-belt.rhai:1
          ons-kader/nl.toml:68
          ons-kader/en.toml:68
          ons-kader/tests/niemand-belt.toml:1
        Write what you mean in each of these places, and run
          ketenspiegel ruleset test ons-kader
        "#);
    assert!(desk.fine("ruleset test @ons-kader").starts_with("ons-kader: 6 cases, all hold\n"));
    assert_snapshot!(desk.fine("ruleset new rule geen-doel @ons-kader --question doel-gedeeld --theme samenwerken"), @r#"
        The rule `geen-doel` is there, with its texts and two cases that hold:
          ons-kader/rules/samenwerken.rhai:37
          ons-kader/nl.toml:72
          ons-kader/en.toml:72
          ons-kader/tests/samenwerken.toml:35
        As it stands it also speaks in these cases, which do not name it:
          four partners need no leader, and partly is not good
        Write what you mean in each of these places, and run
          ketenspiegel ruleset test ons-kader
        "#);
    let tested = desk.ran("ruleset test @ons-kader");
    assert_eq!(tested.out.lines().last(), Some("7 passed, 1 failed"), "the case that was told of must name it");
    let after = contents(&folder);
    for (name, text) in &before {
        assert!(after[name].starts_with(text.as_str()), "{name}: what was there stays");
    }
    let more: Vec<&String> = after.keys().filter(|name| !before.contains_key(*name)).collect();
    assert_eq!(more, ["rules/niemand-belt.rhai", "tests/niemand-belt.toml"]);
    assert_snapshot!(after["tests/niemand-belt.toml"], @r#"
        [[case]]
        name = "niemand-belt: speaks"
        answers = { partners = 2 }
        expect.diagnoses = { niemand-belt = "confirmed" }

        [[case]]
        name = "niemand-belt: silent"
        answers = { partners = 3 }
        expect.silent = ["niemand-belt"]
        "#);
    assert_snapshot!(after["rules/samenwerken.rhai"][before["rules/samenwerken.rhai"].len()..], @r#"

        // geen-doel: say here why. The condition, the severity and the source are a beginning; put yours in their place.
        rule("geen-doel", #{
            when: answer("doel-gedeeld") <= 1,
            severity: "minor",
            source: "Ons kader",
        });
        "#);
    assert_snapshot!(after["en.toml"][before["en.toml"].len()..], @r#"

        [rule.niemand-belt]
        title = "Niemand belt"
        text = "Say here in one or two sentences what is the matter."

        [rule.geen-doel]
        title = "Geen doel"
        text = "Say here in one or two sentences what is the matter."
        "#);
}

#[test]
fn a_rule_can_begin_with_any_question_that_can_be_compared() {
    let desk = Desk::new();
    let klein = desk.0.path().join("klein");
    fs::create_dir(&klein).expect("there is room");
    for (name, text) in contents(Path::new("fixtures/rulesets/klein")) {
        let path = klein.join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("there is room");
        fs::write(path, text.replace('\n', "\r\n")).expect("there is room");
    }
    for question in ["partners", "eigenaar", "overleg", "vertrouwen", "klant-tevreden", "kanalen"] {
        desk.fine(&format!("ruleset new rule over-{question} @klein --question {question}"));
    }
    desk.fine("ruleset new rule nog-een @klein");
    let tested = desk.ran("ruleset test @klein").out;
    let own = [": speaks (klein)", ": silent (klein)"];
    assert!(tested.contains("klein: 16 cases, 2 differ") && !own.iter().any(|case| tested.contains(case)), "{tested}");
    let mixed = |(name, text): (String, String)| (text.replace("\r\n", "").contains('\n')).then_some(name);
    let mixed: Vec<String> = contents(&klein).into_iter().filter_map(mixed).collect();
    let own = |name: &&String| !name.contains("over-") && !name.contains("nog-een");
    assert_eq!(mixed.iter().filter(own).count(), 0, "line ends stay as they are: {mixed:?}");
    assert_snapshot!(desk.ran("ruleset new rule x @klein --question overleg-vorm").seen(), @r#"
        exit 2
        ── err ──
        error[K0904]: a new rule cannot begin with `overleg-vorm`: it is asked only under a condition, so that a case needs more answers
         |
         = help: begin with another question, and change the rule afterwards

        1 error
        "#);
    assert_snapshot!(desk.ran("ruleset new rule x @klein --question verhaal").seen(), @r#"
        exit 2
        ── err ──
        error[K0904]: a new rule cannot begin with `verhaal`: what it gets is text, which nothing compares
         |
         = help: begin with another question, and change the rule afterwards

        1 error
        "#);
    assert_snapshot!(desk.ran("ruleset new rule x @klein --question vertrouwn").seen(), @r#"
        exit 2
        ── err ──
        error[K0206]: this ruleset has no question `vertrouwn`
         |
         = help: did you mean `vertrouwen`?

        1 error
        "#);
}

#[test]
fn what_cannot_be_made_is_refused_and_nothing_is_written() {
    let desk = Desk::new();
    desk.fine("ruleset new @ons-kader");
    let folder = desk.0.path().join("ons-kader");
    let before = contents(desk.0.path());
    assert_snapshot!(desk.ran("ruleset new @ons-kader").seen(), @r#"
        exit 2
        ── err ──
        error[K0902]: ons-kader is not empty; a new ruleset begins in a folder of its own
         |
         = help: for one rule more: ketenspiegel ruleset new rule ID ons-kader

        1 error
        "#);
    assert_snapshot!(desk.ran("ruleset new @Ons_kader").seen(), @r#"
        exit 2
        ── err ──
        error[K0204]: `Ons_kader` cannot be the id of a ruleset
         |
         = help: an id is lower-case letters, digits and hyphens, and begins with a letter
         = help: give another id with --id

        1 error
        "#);
    assert_snapshot!(desk.ran("ruleset new @er/niet/kader").seen(), @r#"
        exit 2
        ── err ──
        error[K0903]: er/niet/kader cannot be written: no such file or directory
         |
         = help: there is no folder er/niet

        1 error
        "#);
    assert_snapshot!(desk.ran("ruleset new @ons-kader/nl.toml --id ons").seen(), @r#"
        exit 2
        ── err ──
        error[K0902]: ons-kader/nl.toml is there, and is not a folder

        1 error
        "#);
    assert_snapshot!(desk.ran("ruleset new rule geen-vast-overleg @ons-kader").seen(), @r#"
        exit 2
        ── err ──
        error[K0205]: there is a rule `geen-vast-overleg` already
         --> ons-kader/rules/samenwerken.rhai:4:6
          |
        4 | rule("geen-vast-overleg", #{
          |      ^^^^^^^^^^^^^^^^^^^
          |
          = help: give the new one another id

        1 error
        "#);
    assert_snapshot!(desk.ran("ruleset new rule Niemand @ons-kader").seen(), @r#"
        exit 2
        ── err ──
        error[K0204]: `Niemand` cannot be the id of a rule
         |
         = help: an id is lower-case letters, digits and hyphens, and begins with a letter

        1 error
        "#);
    assert_snapshot!(desk.ran("ruleset new rule niemand @ons-kader/rules").seen(), @r#"
        exit 3
        ── err ──
        error[K0305]: ons-kader/rules has no ruleset.toml
         |
         = help: a ruleset is a folder with a file ruleset.toml in it

        1 error
        "#);
    assert_eq!(contents(desk.0.path()), before);
    fs::write(folder.join("nl.toml"), format!("{}\n[rule.x]\ntitle = \"X\"\n", before["ons-kader/nl.toml"]))
        .expect("there is room");
    assert_snapshot!(desk.ran("ruleset new rule y @ons-kader").seen(), @r#"
        exit 3
        ── err ──
        error[K0309]: nothing uses the text `rule.x.title`
          --> ons-kader/nl.toml:69:9
           |
        69 | title = "X"
           |         ^^^
           |
           = help: did you mean `ruleset.title`?

        1 error
        "#);
    assert_eq!(contents(&folder).len(), 9, "a ruleset that is not right gets no rule");
}

#[test]
fn an_empty_folder_will_do_and_the_id_can_be_another() {
    let desk = Desk::new();
    fs::create_dir(desk.0.path().join("Map 1")).expect("there is room");
    let dir = desk.path("Map 1");
    let made = ran(&["ruleset", "new", &dir, "--id", "ons"]);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    assert_eq!(names(desk.0.path()), ["Map 1"], "nothing is left beside it");
    assert_eq!(ran(&["ruleset", "check", &dir, "--strict"]).out, "ons: no advice\n");
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_written_leaves_all_others_as_they_were() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.fine("ruleset new @ons-kader");
    let folder = desk.0.path().join("ons-kader");
    let before = contents(&folder);
    fs::set_permissions(folder.join("en.toml"), fs::Permissions::from_mode(0o444)).expect("it is ours");
    let ran = desk.ran("ruleset new rule niemand-belt @ons-kader");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("ons-kader/en.toml cannot be written"), "{}", ran.err);
    assert_eq!(contents(&folder), before);
}
