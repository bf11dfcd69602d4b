//! The ruleset format, held against the small rulesets under `fixtures/rulesets/`.
//!
//! The good ones hold every case under their `tests/`. The bad ones are drawn whole, as an author sees them; read
//! those drawings before accepting a new one: is the mark under the wrong word, does the help say what to write?

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use ketenspiegel_engine::assessment::{Assessment, Certainty, Remark, RemarkKind, RulesetAssessment};
use ketenspiegel_engine::cases::{self, Case};
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::mutation::mutation;
use ketenspiegel_engine::problem::{Gravity, Problems, Span};
use ketenspiegel_engine::render::{self, Look};
use ketenspiegel_engine::ruleset::{Library, RulesetFiles};
use ketenspiegel_engine::source::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Bad rulesets that belong together: what is loaded at once, and under which name it is drawn.
const BAD: &[(&str, &[&str])] = &[
    ("te-nieuw", &["te-nieuw"]),
    ("andere-motor", &["andere-motor"]),
    ("tien-fouten", &["tien-fouten"]),
    ("fouten-velden", &["fouten-velden"]),
    ("fouten-script", &["fouten-script"]),
    ("fouten-weglopers", &["fouten-weglopers"]),
    ("fouten-diep", &["fouten-diep"]),
    ("fouten-syntaxis", &["fouten-syntaxis"]),
    ("fouten-kringen", &["fouten-kringen"]),
    ("fouten-kring", &["fouten-kring-een", "fouten-kring-twee"]),
    ("fouten-stenen", &["fouten-stenen"]),
    ("fouten-teksten", &["fouten-teksten"]),
    ("fouten-lezen", &["fouten-lezen", "bron"]),
    ("fouten-eist", &["fouten-eist", "bron"]),
    ("fouten-banden", &["fouten-banden", "bron", "buur"]),
    ("fouten-ketting", &["fouten-ketting", "lezer", "bron"]),
    ("fouten-tekens", &["fouten-tekens"]),
    ("fouten-op-maat", &["fouten-op-maat", "klein"]),
    ("fouten-uitgezet", &["fouten-uitgezet", "klein"]),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/rulesets")
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn is_bad(name: &str) -> bool {
    let bad: BTreeSet<&str> = BAD.iter().flat_map(|(_, folders)| folders.iter().copied()).collect();
    !["bron", "buur", "klein", "lezer"].contains(&name) && bad.contains(name)
}

fn files(name: &str) -> RulesetFiles {
    fn collect(folder: &Path, before: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{before}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                collect(&entry.path(), &format!("{path}/"), found);
            } else {
                found.insert(path, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    // what an example extends may be built in
    let built_in = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../rulesets").join(name);
    let here = folder().join(name);
    collect(&if here.exists() { here } else { built_in() }, "", &mut found);
    RulesetFiles { name: name.to_owned(), files: found, ..RulesetFiles::default() }
}

/// A ruleset with everything that it requires and extends, that first.
fn with_required(name: &str) -> Vec<RulesetFiles> {
    let own = files(name);
    let peek = Library::peek(&own).unwrap();
    let mut all: Vec<RulesetFiles> = peek.requires.iter().flat_map(|other| with_required(other)).collect();
    let extended = peek.extends.iter().flat_map(|other| with_required(other));
    all.extend(extended.map(|files| RulesetFiles { only_extended: true, ..files }));
    all.push(own);
    all
}

fn drawn(problems: &Problems, sources: &Sources) -> String {
    render::problems(problems, sources, &Look { width: 100, ..Look::default() })
}

/// A good ruleset, loaded, with its cases.
struct Loaded {
    library: Library,
    sources: Sources,
    cases: Vec<Case>,
}

impl Loaded {
    fn new(name: &str) -> Self {
        let rulesets = with_required(name);
        let (mut sources, mut problems) = (Sources::new(), Problems::new());
        let library = Library::load(&rulesets, &mut sources, &mut problems);
        let Some(library) = library else { panic!("{name} does not load\n{}", drawn(&problems, &sources)) };
        let own = library.ruleset(name).expect("a ruleset is called as its folder");
        let cases = cases::read(&library, own, rulesets.last().unwrap(), &mut sources, &mut problems);
        assert!(problems.is_empty(), "{}", drawn(&problems, &sources));
        Self { library, sources, cases }
    }

    /// What is concluded in a case, in a language.
    fn concluded(&self, case: &str, language: &str) -> RulesetAssessment {
        let case = self.cases.iter().find(|one| one.name == case).unwrap_or_else(|| panic!("no case `{case}`"));
        let mut problems = Problems::new();
        let assessment: Assessment =
            assess(&self.library, &case.profile, &self.sources, language, &mut problems).unwrap();
        assert!(problems.is_empty(), "{}", drawn(&problems, &self.sources));
        let own = &self.library.rulesets[case.ruleset].manifest.id;
        assessment.rulesets.into_iter().find(|one| one.id == *own).unwrap()
    }
}

#[test]
fn every_good_ruleset_holds_its_cases() {
    let mut wrong = String::new();
    for name in names().iter().filter(|name| !is_bad(name)) {
        let loaded = Loaded::new(name);
        assert!(!loaded.cases.is_empty(), "{name} proves nothing: it has no cases");
        for case in &loaded.cases {
            let mut problems = Problems::new();
            let differences = cases::run(&loaded.library, &loaded.sources, case, &mut problems);
            wrong.push_str(&drawn(&problems, &loaded.sources));
            for one in differences {
                let line = format!("{name}, {}: {}\n", case.name, one.problem.message);
                wrong.push_str(&line);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_was_prepared_concludes_what_was_loaded() {
    for name in names().iter().filter(|name| !is_bad(name)) {
        let loaded = Loaded::new(name);
        let rulesets = with_required(name);
        let bytes = Library::prepare(&rulesets, &mut Sources::new(), &mut Problems::new()).expect("it loads");
        let find = |path: &str| {
            let (ruleset, path) = path.split_once('/')?;
            let files = rulesets.iter().find(|one| one.name == ruleset)?;
            files.files.get(path).map(|bytes| &*bytes.clone().leak())
        };
        let (mut sources, mut problems) = (Sources::new(), Problems::new());
        sources.add("profile", "before it, so that every place moves");
        let library = Library::prepared(bytes.leak(), None, &find, &mut sources).expect("it opens");
        let own = library.ruleset(name).expect("a ruleset is called as its folder");
        let cases = cases::read(&library, own, rulesets.last().unwrap(), &mut sources, &mut problems);
        assert_eq!(cases.len(), loaded.cases.len(), "{name}: {}", drawn(&problems, &sources));
        for (case, before) in cases.iter().zip(&loaded.cases) {
            for language in ["nl", "en"] {
                let after = assess(&library, &case.profile, &sources, language, &mut problems);
                let before = assess(&loaded.library, &before.profile, &loaded.sources, language, &mut problems);
                assert!(after.is_some() && after == before, "{name}, {} ({language})", case.name);
            }
        }
    }
}

#[test]
fn what_was_not_prepared_here_is_not_opened() {
    let bytes = Library::prepare(&with_required("klein"), &mut Sources::new(), &mut Problems::new()).expect("it loads");
    let mut other = bytes.clone();
    other[1] ^= 1; // the version of the engine stands first
    for bytes in [bytes[..bytes.len() / 2].to_vec(), other, bytes] {
        // of the last nothing is wrong but that its files are gone
        let mut sources = Sources::new();
        assert!(Library::prepared(bytes.leak(), None, &|_| None, &mut sources).is_none());
    }
}

#[test]
fn every_folder_says_why_it_is_there() {
    for name in names() {
        let readme = std::fs::read_to_string(folder().join(&name).join("README.md")).unwrap_or_default();
        assert!(readme.starts_with(&format!("# {name}: ")), "{name}/README.md begins with its name and why it exists");
    }
}

/// Loads what cannot be loaded.
fn refused(folders: &[&str]) -> (Problems, Sources) {
    let rulesets: Vec<RulesetFiles> = folders.iter().map(|name| files(name)).collect();
    let (mut sources, mut problems) = (Sources::new(), Problems::new());
    let library = Library::load(&rulesets, &mut sources, &mut problems);
    assert!(library.is_none() && problems.has_errors(), "{folders:?} should not load");
    (problems, sources)
}

#[test]
fn what_is_wrong_is_told_at_once() {
    for (name, folders) in BAD {
        let (problems, sources) = refused(folders);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(*name, drawn(&problems, &sources));
        });
    }
}

#[test]
fn another_format_and_another_engine_are_one_clear_refusal() {
    for name in ["te-nieuw", "andere-motor"] {
        assert_eq!(refused(&[name]).0.len(), 1, "{name}");
    }
}

#[test]
fn ten_mistakes_in_three_files_are_ten_errors_under_the_wrong_word() {
    let (problems, sources) = refused(&["tien-fouten"]);
    let all = problems.sorted();
    assert!(all.iter().all(|problem| problem.gravity == Gravity::Error && !problem.help.is_empty()));
    let spans: Vec<Span> = all.iter().map(|problem| problem.span.expect("each has a place")).collect();
    assert_eq!(spans.iter().collect::<BTreeSet<_>>().len(), 10, "ten different places");
    let mut words: Vec<(&str, &str)> =
        spans.iter().map(|span| (sources.name(span.file), &sources.text(span.file)[span.start..span.end])).collect();
    words.sort_unstable();
    let (aspects, rules, texts) = ("tien-fouten/aspects.toml", "tien-fouten/rules/regels.rhai", "tien-fouten/nl.toml");
    let mut expected = vec![
        (aspects, "\"kunde\""),
        (aspects, "\"vertrouwn\""),
        (aspects, "\"kip\""),
        (aspects, "\"zwijger\""),
        (rules, "\"miden\""),
        (rules, "\"ketenmanger\""),
        (rules, "aspekt"),
        (rules, "&&"),
        (rules, "\"hoog\""),
        (texts, "{aspect:dele}"),
    ];
    expected.sort_unstable();
    assert_eq!(words, expected);
}

fn kinds(remarks: &[Remark]) -> Vec<(RemarkKind, &str)> {
    remarks.iter().map(|remark| (remark.kind, remark.question.id.as_str())).collect()
}

#[test]
fn a_prerequisite_that_is_not_met_and_an_answer_that_is_not_asked_are_remarked() {
    let gevraagd = Loaded::new("gevraagd");
    let remarks = |case: &str| gevraagd.concluded(case, "nl").remarks;
    let small = remarks("small: what stands at a question that is not asked does not count");
    assert_eq!(kinds(&small), [(RemarkKind::NotAsked, "regie"), (RemarkKind::NotAsked, "regisseur")]);
    let rests = remarks("carried out without a plan: a remark, not a diagnosis");
    assert_eq!(kinds(&rests), [(RemarkKind::Prerequisite, "uitvoering")]);
    assert_eq!(rests[0].with[0].id, "plan");
    let met = remarks("carried out with a plan: nothing to remark");
    assert_eq!(kinds(&met), []);
}

#[test]
fn a_team_that_does_a_point_without_what_it_rests_on_is_remarked() {
    let teams = Loaded::new("teams");
    let remarks = |case: &str| teams.concluded(case, "nl").remarks;
    let one = remarks("C: little is done, and a point without its base");
    assert_eq!(kinds(&one), [(RemarkKind::Prerequisite, "kleine-stappen")]);
    let all = remarks("E: one team that does everything");
    assert_eq!(kinds(&all), []);
}

#[test]
fn parties_that_should_agree_and_do_not_are_remarked() {
    let remarks = Loaded::new("partijen").concluded("parties that should agree and do not", "nl").remarks;
    assert_eq!(kinds(&remarks), [(RemarkKind::Disagreement, "doel"), (RemarkKind::Disagreement, "meedoen")]);
}

#[test]
fn what_another_ruleset_answers_is_remarked() {
    let lezer = Loaded::new("lezer");
    let remarks = |case: &str| lezer.concluded(case, "nl").remarks;
    let taken = remarks("answered there: taken over here");
    let all =
        [(RemarkKind::TakenOver, "omvang"), (RemarkKind::TakenOver, "drukte"), (RemarkKind::TakenOver, "vertrouwen")];
    assert_eq!(kinds(&taken), all);
    let both = remarks("answered on both sides: the direct answer wins, and does not flow back");
    let all =
        [(RemarkKind::Conflict, "omvang"), (RemarkKind::Conflict, "drukte"), (RemarkKind::Conflict, "vertrouwen")];
    assert_eq!(kinds(&both), all);
    assert_eq!(both[0].with[0].id, "bron/groot");
}

#[test]
fn one_answer_serves_both_and_says_where_it_came_from() {
    let samen = Loaded::new("samen");
    let remarks = |case: &str, ruleset: &str| {
        let case = samen.cases.iter().find(|one| one.name == case).unwrap();
        let mut problems = Problems::new();
        let assessment = assess(&samen.library, &case.profile, &samen.sources, "nl", &mut problems).unwrap();
        let found = assessment.rulesets.into_iter().find(|one| one.id == ruleset).unwrap();
        found.remarks.into_iter().map(|one| (one.kind, one.question.id, one.with[0].id.clone())).collect::<Vec<_>>()
    };
    let row = |kind: RemarkKind, id: &str, with: &str| (kind, id.to_owned(), with.to_owned());
    let taken = RemarkKind::TakenOver;
    assert_eq!(
        remarks("one answer serves both, from the first to the second", "buur"),
        [
            row(taken, "vertrouwen", "bron/vertrouwen"),
            row(taken, "bedrijvig", "bron/actief"),
            row(RemarkKind::Informed, "drukte", "bron/groot"),
        ]
    );
    assert_eq!(
        remarks("and from the second to the first", "bron"),
        [row(taken, "vertrouwen", "buur/vertrouwen"), row(taken, "actief", "buur/bedrijvig")]
    );
    let differ = "two direct answers that differ: each keeps its own";
    assert_eq!(remarks(differ, "buur"), [row(RemarkKind::Conflict, "vertrouwen", "bron/vertrouwen")]);
    assert_eq!(remarks(differ, "bron"), []);
}

#[test]
fn the_same_advice_of_several_rulesets_is_one_with_all_its_reasons() {
    let samen = Loaded::new("samen");
    let plan = samen.concluded("answered on both sides", "nl").recommendations;
    let reasons =
        |at: usize| plan[at].because.iter().map(|one| format!("{} ({})", one.id, one.source)).collect::<Vec<_>>();
    assert_eq!(plan.iter().map(|one| one.score.to_string()).collect::<Vec<_>>(), ["2", "8"]);
    assert_eq!(reasons(0), ["buur/stil (Proef, §2)"]);
    assert_eq!(reasons(1), ["bron/zwak (Proef)", "buur/wantrouwen (Proef, §1)"]);
    assert_eq!(plan[1].stands_for.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["bron/steen", "buur/muur"]);
    assert_eq!((plan[1].stage, plan[1].prerequisites[0].id.as_str()), (2, "buur/praten"));
}

#[test]
fn nothing_is_concluded_of_a_ruleset_that_is_set_aside() {
    let samen = Loaded::new("samen");
    let case = samen.cases.iter().find(|one| one.name.starts_with("a ruleset that is not answered")).unwrap();
    let assessment = assess(&samen.library, &case.profile, &samen.sources, "nl", &mut Problems::new()).unwrap();
    let (buur, joined) = (&assessment.rulesets[1], &assessment.rulesets[2]);
    assert!(!buur.answered && buur.diagnoses.is_empty() && buur.unanswered.is_empty() && buur.completeness.total == 3);
    assert_eq!((joined.answered, joined.joins.as_slice()), (true, ["bron".to_owned(), "buur".to_owned()].as_slice()));
    let open = joined.diagnoses.iter().flat_map(|one| &one.deciding).map(|one| one.id.as_str()).collect::<Vec<_>>();
    assert_eq!(open, ["bron/vertrouwen"], "what is not asked in this run is not asked for");
}

#[test]
fn a_plan_has_stages_and_risks_that_hold() {
    let stenen = Loaded::new("stenen");
    let plan = |case: &str| {
        let found = stenen.concluded(case, "nl").recommendations;
        found
            .into_iter()
            .map(|one| (one.bouwsteen, one.stage, one.score.to_string(), one.risks.len()))
            .collect::<Vec<_>>()
    };
    let row = |id: &str, stage: usize, score: &str, risks: usize| (id.to_owned(), stage, score.to_owned(), risks);
    assert_eq!(
        plan("both weak, five partners"),
        [row("basis", 1, "0", 0), row("ketting", 2, "5", 1), row("los", 1, "7/2", 0), row("analyse", 1, "2", 0)]
    );
    assert_eq!(plan("the base works: nothing waits for it"), [row("ketting", 1, "5", 1)]);
    assert_eq!(plan("many partners: a risk more"), [row("basis", 1, "0", 0), row("ketting", 2, "5", 2)]);
    let anchored = plan("the loose one anchored");
    assert!(anchored.iter().all(|(id, ..)| id != "los"), "what is anchored is not advised");
}

#[test]
fn texts_by_template_read_well_in_each_language() {
    let tweetalig = Loaded::new("tweetalig");
    let said = |language: &str| {
        let found = tweetalig.concluded("below the limit, both", language).diagnoses;
        found.into_iter().map(|one| format!("{}. {}", one.title, one.text)).collect::<Vec<_>>()
    };
    assert_eq!(
        said("nl"),
        [
            "Alles laag. Alle 3 antwoorden zijn laag.",
            "wil is zwak. Let op: wil scoort onder 2,5, vooral door zin in de keten. \
             Voer 1,5 keer een goed gesprek met de Klant; begin bij de wil.",
            "kunde is zwak. Let op: kunde scoort onder 2,5, vooral door kennis van de keten. \
             Voer 2 keer een goed gesprek met de Klant; begin bij de kunde.",
        ]
    );
    assert_eq!(
        said("en"),
        [
            "All low. All 3 answers are low.",
            "will is weak. Let op: will scores below 2.5, mostly because of keenness of the partners. \
             Have a good talk with the Customer 1.5 times; start with the will.",
            "skill is weak. Let op: skill scores below 2.5, mostly because of knowledge of the chain. \
             Have a good talk with the Customer 2 times; start with the skill.",
        ]
    );
}

#[test]
fn a_place_in_a_table_says_what_holds_in_the_words_of_an_option() {
    let keuzes = Loaded::new("keuzes");
    let stands = |case: &str| {
        let found = keuzes.concluded(case, "nl").tables.remove(0).cells;
        found.into_iter().map(|cell| (cell.column, cell.certainty, cell.text)).collect::<Vec<_>>()
    };
    let cell = |column: &str, sure: Certainty, text: &str| (column.to_owned(), sure, text.to_owned());
    assert_eq!(
        stands("the purpose is settled"),
        [cell("past", Certainty::Confirmed, "een raamcontract"), cell("nu", Certainty::Confirmed, "losse afspraken")]
    );
    assert_eq!(
        stands("nothing is known of the contract"),
        [
            cell("past", Certainty::Confirmed, "een raamcontract"),
            cell("nu", Certainty::Open, "losse afspraken"),
            cell("nu", Certainty::Open, "een raamcontract"),
            cell("nu", Certainty::Open, "niets"),
        ]
    );
    let steps = keuzes.concluded("the purpose is settled", "nl").recommendations;
    assert!(steps[0].prerequisites.is_empty(), "what is done is not needed first");
}

#[test]
fn a_table_may_have_six_hundred_cells() {
    let source = "Proef, bijlage 3, kaart van de thema's en de stappen, met het blad en de regel";
    let script = format!(
        r#"
        let rows = []; let columns = []; let cells = [];
        for row in 0..30 {{ rows.push(`r${{row}}`); }}
        for column in 0..20 {{ columns.push(`c${{column}}`); }}
        for row in rows {{
            for column in columns {{
                cells.push(#{{ row: row, column: column, when: yes("a"), text: "says", fill: #{{ row: row }}, source: "{source}" }});
            }}
        }}
        table("kaart", #{{ rows: rows, columns: columns, cells: cells, source: "{source}" }});
        "#
    );
    let title =
        |kind: &str, count: usize| (0..count).map(|at| format!("{kind}{at} = \"{kind} {at}\"\n")).collect::<String>();
    let texts = format!(
        "[ruleset]\ntitle = \"Kaart\"\n[question.a]\nask = \"A?\"\nshort = \"a\"\n[table.kaart]\ntitle = \"Kaart\"\n\
         cells.says = \"{{row}}\"\n[table.kaart.rows]\n{}[table.kaart.columns]\n{}",
        title("r", 30),
        title("c", 20)
    );
    let manifest = "format = 1\nid = \"kaart\"\nversion = \"1.0.0\"\nengine = \"*\"\nlanguages = [\"nl\"]\nlicence = \"EUPL-1.2\"\n\
                    [[source]]\nid = \"proef\"\ntitle = \"Proef\"\n";
    let questions = "[[question]]\nid = \"a\"\nkind = \"yes-no\"\nsource = \"Proef\"\n";
    let (library, _) = written(&[
        ("ruleset.toml", manifest),
        ("questions.toml", questions),
        ("nl.toml", &texts),
        ("rules/kaart.rhai", &script),
    ]);
    assert_eq!(library.tables[0].cells.len(), 600);
}

/// A ruleset of these files, loaded.
fn written(texts: &[(&str, &str)]) -> (Library, Sources) {
    let files = texts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let (mut sources, mut problems) = (Sources::new(), Problems::new());
    let library = Library::load(&[RulesetFiles::of("kaart", files)], &mut sources, &mut problems);
    let library = library.unwrap_or_else(|| panic!("{}", drawn(&problems, &sources)));
    (library, sources)
}

#[test]
fn a_changed_trait_is_noticed_by_whatever_reads_it() {
    let portretten = Loaded::new("portretten");
    let own = portretten.library.ruleset("portretten").expect("it is loaded");
    let mut problems = Problems::new();
    let found = mutation(&portretten.library, own, &portretten.cases, &portretten.sources, &mut problems);
    let unnoticed = |owner: &str| found.survivors.iter().filter(|advice| advice.at == owner).count();
    for owner in ["aspect/tel", "measure/eigen-geheel", "measure/eigen-minstens-deels", "measure/gezien"] {
        assert_eq!(unnoticed(owner), 0, "{owner}");
    }
    assert!(unnoticed("aspect/tel-laagste") > 0, "no case has its traits apart");
}

#[test]
fn what_a_case_answers_is_checked_when_it_is_read() {
    let rulesets = with_required("klein");
    let (mut sources, mut problems) = (Sources::new(), Problems::new());
    let library = Library::load(&rulesets, &mut sources, &mut problems).expect("it loads");
    let case = |answers: &str| format!("[[case]]\nname = \"twee\"\nanswers = {{ {answers} }}\nexpect.others = true\n");
    let text = [case("eigenaar = \"nimand\""), case("overlg = true"), case("partners = 600")].concat();
    let files = RulesetFiles::of("klein", [("tests/fout.toml".to_owned(), text.into_bytes())]);
    cases::read(&library, 0, &files, &mut sources, &mut problems);
    let words = |span: Span| sources.text(span.file)[span.start..span.end].to_owned();
    let found: Vec<(&str, String)> =
        problems.sorted().into_iter().map(|one| (one.code.id, words(one.span.expect("each has a place")))).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(code, word)| (*code, word.as_str())).collect();
    let twice = ("K0205", "\"twee\"");
    assert_eq!(found, [("K0207", "\"nimand\""), twice, ("K0206", "overlg"), twice, ("K0501", "600")]);
}

#[test]
fn a_chain_that_is_too_long_to_follow_is_refused() {
    let aspect = |at: usize| {
        let child = if at < 1_200 { format!("a{}", at + 1) } else { "a".to_owned() };
        format!("[[aspect]]\nid = \"a{at}\"\ncombine = \"mean\"\nchildren = [\"{child}\"]\nsource = \"Proef\"\n")
    };
    let aspects: String = (0..=1_200).map(aspect).collect();
    let texts: String = (0..=1_200).map(|at| format!("[aspect.a{at}]\ntitle = \"A\"\n")).collect();
    let texts = format!("[ruleset]\ntitle = \"Lang\"\n[question.a]\nask = \"A?\"\nshort = \"a\"\n{texts}");
    let manifest = "format = 1\nid = \"lang\"\nversion = \"1.0.0\"\nengine = \"*\"\nlanguages = [\"nl\"]\nlicence = \"EUPL-1.2\"\n\
                    [[source]]\nid = \"proef\"\ntitle = \"Proef\"\n";
    let question = "[[question]]\nid = \"a\"\nkind = \"yes-no\"\nsource = \"Proef\"\n";
    let texts =
        [("ruleset.toml", manifest), ("questions.toml", question), ("aspects.toml", &aspects), ("nl.toml", &texts)];
    let files = texts.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let (mut sources, mut problems) = (Sources::new(), Problems::new());
    assert!(Library::load(&[RulesetFiles::of("lang", files)], &mut sources, &mut problems).is_none());
    let codes: Vec<&str> = problems.sorted().into_iter().map(|one| one.code.id).collect();
    assert_eq!(codes, ["K0105"], "{}", drawn(&problems, &sources));
}
