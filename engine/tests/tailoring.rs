//! A ruleset that extends another: chains of them, what they read of a profile, and what their digests are over.
//!
//! The fixtures `op-maat`, `fouten-op-maat` and `fouten-uitgezet` are held in `rulesets.rs`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use ketenspiegel_engine::assessment::Overridden;
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::render::{self, Look};
use ketenspiegel_engine::ruleset::{Library, RulesetFiles};
use ketenspiegel_engine::source::Sources;

const BASE: &[(&str, &str)] = &[
    (
        "ruleset.toml",
        "format = 1\nid = \"basis\"\nversion = \"1.2.0\"\nengine = \"*\"\nlanguages = [\"nl\"]\nlicence = \"EUPL-1.2\"\n\
         [[source]]\nid = \"p\"\ntitle = \"Proef\"\n[parameter.grens]\nvalue = 2\nreason = \"Ours: invented.\"\n",
    ),
    (
        "questions.toml",
        "[[question]]\nid = \"a\"\nkind = \"number\"\nmin = 1\nmax = 5\nsource = \"P\"\n\
         [[question]]\nid = \"b\"\nkind = \"number\"\nmin = 1\nmax = 5\nsource = \"P\"\n",
    ),
    ("aspects.toml", "[[aspect]]\nid = \"som\"\ncombine = \"sum\"\nchildren = [\"a\", \"b\"]\nsource = \"P\"\n"),
    (
        "rules/r.rhai",
        "for q in questions(\"som\") { rule(`${q}-laag`, #{ when: answer(q) <= param(\"grens\"), severity: \"minor\", \
         text: \"laag\", fill: #{ q: q }, source: \"P\" }); }",
    ),
    (
        "nl.toml",
        "[ruleset]\ntitle = \"Basis\"\n[question]\na = { ask = \"A?\", short = \"a\" }\nb = { ask = \"B?\", short = \"b\" }\n\
         [aspect.som]\ntitle = \"som\"\n[rule.laag]\ntitle = \"{question:q} is laag\"\ntext = \"Onder {param:grens}.\"\n",
    ),
];

fn ruleset(name: &str, files: &[(&str, &str)]) -> RulesetFiles {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    RulesetFiles { name: name.to_owned(), files: files.collect(), ..RulesetFiles::default() }
}

fn base() -> RulesetFiles {
    RulesetFiles { only_extended: true, ..ruleset("basis", BASE) }
}

/// A ruleset `id` that extends `base`, tailored like this.
fn tailored(id: &str, base: &str, tailoring: &str, more: &[(&str, &str)]) -> RulesetFiles {
    let manifest = format!(
        "format = 1\nid = \"{id}\"\nversion = \"0.1.0\"\nengine = \"*\"\nlanguages = [\"nl\"]\nlicence = \"EUPL-1.2\"\n\
         [extends]\n{base} = \"*\"\n"
    );
    let title = format!("[ruleset]\ntitle = \"{id}\"\n");
    let mut files = ruleset(id, more);
    for (path, text) in [("ruleset.toml", manifest.as_str()), ("tailoring.toml", tailoring), ("nl.toml", &title)] {
        files.files.entry(path.to_owned()).or_insert_with(|| text.as_bytes().to_vec());
    }
    files
}

struct Loaded {
    library: Option<Library>,
    sources: Sources,
    told: String,
}

fn load(rulesets: &[RulesetFiles]) -> Loaded {
    let (mut sources, mut problems) = (Sources::new(), Problems::new());
    let library = Library::load(rulesets, &mut sources, &mut problems);
    let told = render::problems(&problems, &sources, &Look { width: 100, ..Look::default() });
    Loaded { library, sources, told }
}

impl Loaded {
    fn library(&self) -> &Library {
        self.library.as_ref().unwrap_or_else(|| panic!("{}", self.told))
    }

    /// What is confirmed of a profile by the ruleset that was loaded last, and what is wrong with the profile.
    fn confirmed(&mut self, answers: &str) -> (Vec<String>, String) {
        let text = format!("{{ \"ketenspiegel\": 1, \"chain\": {{ \"name\": \"k\" }}, \"answers\": {answers} }}");
        let mut problems = Problems::new();
        let profile = Profile::read("p.json", text.as_bytes(), &mut self.sources, &mut problems).unwrap();
        let assessment = assess(self.library(), &profile, &self.sources, "nl", &mut problems);
        let told = render::problems(&problems, &self.sources, &Look::default());
        let last = assessment.and_then(|one| one.rulesets.into_iter().next_back());
        (last.into_iter().flat_map(|one| one.diagnoses).map(|one| one.id).collect(), told)
    }
}

const LESS: &str = "[[disable]]\nat = \"question/b\"\nreason = \"Not asked.\"\n";
const HIGHER: &str = "[[change]]\nat = \"parameter/grens\"\nset.value = 3\nreason = \"Sooner.\"\n";

#[test]
fn what_is_disabled_is_gone_from_lists_and_loops() {
    let mut loaded = load(&[base(), tailored("maat", "basis", LESS, &[])]);
    let library = loaded.library();
    assert_eq!((library.rulesets.len(), library.questions.len(), library.rules.len()), (1, 1, 1));
    assert_eq!(loaded.confirmed("{ \"basis\": { \"a\": 2, \"b\": 1 } }"), (vec!["a-laag".to_owned()], String::new()));
}

#[test]
fn an_answer_under_the_own_id_to_what_is_disabled_is_a_mistake() {
    let mut loaded = load(&[base(), tailored("maat", "basis", LESS, &[])]);
    let (_, told) = loaded.confirmed("{ \"maat\": { \"b\": 1 } }");
    assert!(told.contains("`maat` does without the question `b`") && told.contains("its reason: Not asked."), "{told}");
    let (_, told) = loaded.confirmed("{ \"basis\": { \"bb\": 1 } }");
    assert!(told.contains("the ruleset `basis` has no question `bb`"), "{told}");
}

#[test]
fn what_is_said_to_the_tailoring_goes_before_and_that_is_told() {
    let mut loaded = load(&[base(), tailored("maat", "basis", HIGHER, &[])]);
    let (found, told) = loaded.confirmed("{ \"basis\": { \"a\": 1, \"b\": 5 }, \"maat\": { \"a\": 5 } }");
    assert!(found.is_empty() && told.contains("`a` is answered otherwise under `maat`"), "{found:?} {told}");
    let (found, told) = loaded.confirmed("{ \"basis\": { \"a\": 3, \"b\": 5 }, \"maat\": { \"a\": 3 } }");
    assert_eq!((found, told.as_str()), (vec!["a-laag".to_owned()], ""));
}

#[test]
fn a_tailoring_can_be_tailored() {
    let one = RulesetFiles { only_extended: true, ..tailored("een", "basis", HIGHER, &[]) };
    let higher = HIGHER.replace('3', "4");
    let two = || tailored("twee", "een", &format!("{LESS}{higher}"), &[]);
    let mut loaded = load(&[two(), base(), one.clone()]);
    let ruleset = &loaded.library().rulesets[0];
    assert_eq!(ruleset.names().collect::<Vec<_>>(), ["twee", "een", "basis"]);
    let told: Vec<(&str, &str, usize)> = ruleset
        .tailorings
        .iter()
        .map(|tailored| (tailored.by.0.as_str(), tailored.base.as_str(), tailored.overrides.len()))
        .collect();
    assert_eq!(told, [("een", "basis", 1), ("twee", "een", 2)]);
    assert_eq!(ruleset.disabled("question/b").unwrap().how, Overridden::Disabled);
    assert_eq!(loaded.confirmed("{ \"basis\": { \"a\": 4 } }").0, ["a-laag"]);
    // the digest is over all three
    let mut other = base();
    let rules = other.files.get_mut("rules/r.rhai").unwrap();
    rules.extend(b"\n");
    let moved = load(&[two(), other, one]);
    assert_ne!(moved.library().rulesets[0].sha256, loaded.library().rulesets[0].sha256);
}

#[test]
fn the_tailored_and_the_base_can_stand_side_by_side() {
    let mut loaded = load(&[ruleset("basis", BASE), tailored("maat", "basis", HIGHER, &[])]);
    assert_eq!(loaded.library().rulesets.len(), 2);
    assert_eq!(loaded.confirmed("{ \"basis\": { \"a\": 3, \"b\": 4 } }").0, ["a-laag"]);
}

#[test]
fn rulesets_do_not_extend_themselves_or_each_other() {
    let told = load(&[tailored("zelf", "zelf", "", &[])]).told;
    assert!(told.contains("`zelf` extends itself") && told.contains("give it an id of its own"), "{told}");
    let told = load(&[tailored("een", "twee", "", &[]), tailored("twee", "een", "", &[])]).told;
    assert!(told.contains("rulesets extend each other in a circle: een → twee → een"), "{told}");
    let told = load(&[tailored("maat", "basi", "", &[]), base()]).told;
    assert!(told.contains("`maat` extends the ruleset `basi`, which is not there"), "{told}");
    assert!(told.contains("did you mean `basis`?"), "{told}");
}

#[test]
fn an_added_child_joins_the_loops_of_the_base() {
    let more = [
        ("questions.toml", "[[question]]\nid = \"c\"\nkind = \"number\"\nmin = 1\nmax = 5\nsource = \"Ours\"\n"),
        ("nl.toml", "[ruleset]\ntitle = \"Maat\"\n[question.c]\nask = \"C?\"\nshort = \"c\"\n"),
    ];
    let change = "[[change]]\nat = \"aspect/som\"\nadd.children = [\"c\"]\nreason = \"We ask it too.\"\n";
    let mut loaded = load(&[base(), tailored("maat", "basis", change, &more)]);
    let added = &loaded.library().rulesets[0].tailorings[0].added;
    assert_eq!(added, &["question/c"]);
    assert_eq!(loaded.confirmed("{ \"maat\": { \"a\": 5, \"b\": 5, \"c\": 1 } }").0, ["c-laag"]);
}

#[test]
fn a_bouwsteen_that_only_a_disabled_rule_recommends_is_left_hanging() {
    let stones = "[[step]]\nid = \"s\"\nsource = \"P\"\n";
    let mut with = base();
    with.files.insert("bouwstenen.toml".to_owned(), stones.as_bytes().to_vec());
    let rules = "rule(\"x\", #{ when: answer(\"a\") > 4, severity: \"minor\", recommend: [\"s\"], source: \"P\" });";
    with.files.insert("rules/s.rhai".to_owned(), rules.as_bytes().to_vec());
    let texts = with.files.get_mut("nl.toml").unwrap();
    texts.extend(b"[step.s]\ntitle = \"s\"\nabout = \"s\"\n[rule.x]\ntitle = \"x\"\ntext = \"x\"\n");
    let less = "[[disable]]\nat = \"rule/x\"\nreason = \"Not here.\"\n";
    let told = load(&[with.clone(), tailored("maat", "basis", less, &[])]).told;
    assert!(
        told.contains("no rule recommends the step `s`") && told.contains("or disable it in tailoring.toml too"),
        "{told}"
    );
    let both = less.replace("\"rule/x\"", "[\"rule/x\", \"step/s\"]");
    assert_eq!(load(&[with, tailored("maat", "basis", &both, &[])]).told, "");
}
