//! How fast it is. Run with `cargo bench -p ketenspiegel`; each figure stands beside its baseline in the same run.
//!
//! `yardstick` is a ruleset of 150 questions, 15 aspects and 200 rules that also stands here by hand, twice. `by_hand`
//! gives what the engine is asked for, rule by rule: what it comes to now, undecided included, and how sure that is.
//! `tally_by_hand` gives no more than the two numbers of rules, in plain integer arithmetic over an array: the fastest
//! way to ask less. `ruleset_by_hand` does for built-in rulesets what `by_hand` does for the yardstick. Before anything
//! is timed all must agree.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_wrap,
    reason = "a benchmark may stop"
)]

mod answered;
mod by_hand;
mod yardstick;

use answered::Answered;
use by_hand::{Builtin, Noordhuis, Twynstra};
use divan::{Bencher, black_box};
use ketenspiegel_engine::assessment::Assessment;
use ketenspiegel_engine::condition::{QuestionId, Value};
use ketenspiegel_engine::evaluate::{Said, Trial, assess, check, tally};
use ketenspiegel_engine::number::Number;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::render::{Look, json, terminal};
use ketenspiegel_engine::ruleset::{Library, RulesetFiles};
use ketenspiegel_engine::source::Sources;
use ketenspiegel_engine::whatif;
use mimalloc::MiMalloc;
use std::path::Path;
use std::process::{Command, Stdio};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const FULL: &str = "volledig";
const HALF: &str = "halfleeg";
/// A target two levels above where the profile stands.
const TWO_UP: &str = "ketenstructuur=sterk";

fn main() {
    yardstick::agree();
    by_hand::agree::<Noordhuis>();
    by_hand::agree::<Twynstra>();
    divan::main();
}

fn built_in(id: &str) -> RulesetFiles {
    let (name, files) = ketenspiegel_rulesets::all().find(|(name, _)| *name == id).expect("the ruleset is built in");
    let files = files.into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect();
    RulesetFiles { name: name.to_owned(), files, ..RulesetFiles::default() }
}

fn library(sources: &mut Sources) -> Library {
    Library::load_in(&[built_in("ketens-de-baas")], Some("nl"), sources, &mut Problems::new()).expect("it loads")
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../fixtures/profiles/{name}.json"));
    path.to_str().expect("a plain path").to_owned()
}

fn profile(name: &str, sources: &mut Sources) -> Profile {
    let path = fixture(name);
    let bytes = std::fs::read(&path).expect("the fixture is there");
    Profile::read(&path, &bytes, sources, &mut Problems::new()).expect("it is a profile")
}

fn assessment(name: &str) -> Assessment {
    let mut sources = Sources::new();
    let library = library(&mut sources);
    let profile = profile(name, &mut sources);
    assess(&library, &profile, &sources, "nl", &mut Problems::new()).expect("it fits")
}

#[divan::bench]
fn load_ketens_de_baas(bencher: Bencher<'_, '_>) {
    let files = [built_in("ketens-de-baas")];
    bencher.bench_local(|| Library::load_in(black_box(&files), Some("nl"), &mut Sources::new(), &mut Problems::new()));
}

/// The same from its prepared form, as the program has it: the baseline is loading it.
#[divan::bench]
fn open_ketens_de_baas(bencher: Bencher<'_, '_>) {
    let prepared = prepared(&["ketens-de-baas"]);
    bencher.bench_local(|| open(black_box(prepared)));
}

#[divan::bench]
fn load_all(bencher: Bencher<'_, '_>) {
    let files: Vec<RulesetFiles> = ketenspiegel_rulesets::ids().map(built_in).collect();
    bencher.bench_local(|| Library::load_in(black_box(&files), Some("nl"), &mut Sources::new(), &mut Problems::new()));
}

#[divan::bench]
fn open_all(bencher: Bencher<'_, '_>) {
    let prepared = prepared(&ketenspiegel_rulesets::ids().collect::<Vec<_>>());
    bencher.bench_local(|| open(black_box(prepared)));
}

fn prepared(ids: &[&str]) -> &'static [u8] {
    let files: Vec<RulesetFiles> = ids.iter().map(|id| built_in(id)).collect();
    Library::prepare(&files, &mut Sources::new(), &mut Problems::new()).expect("they load").leak()
}

fn open(prepared: &'static [u8]) -> Library {
    let folders: Vec<_> = ketenspiegel_rulesets::all().collect();
    let find = |name: &str| {
        let (id, path) = name.split_once('/')?;
        let (_, files) = folders.iter().find(|(known, _)| *known == id)?;
        files.iter().find(|(known, _)| known == path).map(|(_, bytes)| *bytes)
    };
    Library::prepared(prepared, Some("nl"), &find, &mut Sources::new()).expect("it opens")
}

/// Values and certainty of every rule of Ketens de baas, nothing written down.
#[divan::bench(args = [FULL, HALF])]
fn evaluate_ketens_de_baas(bencher: Bencher<'_, '_>, name: &str) {
    let mut sources = Sources::new();
    let library = library(&mut sources);
    let profile = profile(name, &mut sources);
    let checked = check(&library, &profile, &mut Problems::new()).expect("it fits");
    bencher.bench_local(|| tally(black_box(&library), black_box(&checked)));
}

/// The whole assessment: titles, texts, reasons, ranking.
#[divan::bench(args = [FULL, HALF])]
fn assess_ketens_de_baas(bencher: Bencher<'_, '_>, name: &str) {
    let mut sources = Sources::new();
    let library = library(&mut sources);
    let profile = profile(name, &mut sources);
    bencher.bench_local(|| assess(black_box(&library), black_box(&profile), &sources, "nl", &mut Problems::new()));
}

/// Values and certainty of every rule of all six, for profiles that speak to each of them, to one of them, to four.
#[divan::bench(args = answered::EVERY)]
fn evaluate_all(bencher: Bencher<'_, '_>, answered: Answered) {
    let mut sources = Sources::new();
    let (library, profile) = answered::everything(answered, &mut sources);
    let checked = check(&library, &profile, &mut Problems::new()).expect("it fits");
    bencher.bench_local(|| tally(black_box(&library), black_box(&checked)));
}

#[divan::bench(args = answered::EVERY)]
fn assess_all(bencher: Bencher<'_, '_>, answered: Answered) {
    let mut sources = Sources::new();
    let (library, profile) = answered::everything(answered, &mut sources);
    let assessed = assess(&library, &profile, &sources, "nl", &mut Problems::new()).expect("it fits");
    assert!(!assessed.rulesets.is_empty());
    bencher.bench_local(|| assess(black_box(&library), black_box(&profile), &sources, "nl", &mut Problems::new()));
}

/// Every built-in ruleset, and what a profile says to Ketens de baas.
fn everything(name: &str, sources: &mut Sources) -> (Library, Profile) {
    let files: Vec<RulesetFiles> = ketenspiegel_rulesets::ids().map(built_in).collect();
    let library = Library::load_in(&files, Some("nl"), sources, &mut Problems::new()).expect("they load");
    (library, profile(name, sources))
}

/// The fewest other answers for every diagnosis that speaks, with all built-in rulesets.
#[divan::bench(args = [FULL])]
fn flip_every_diagnosis(bencher: Bencher<'_, '_>, name: &str) {
    let (library, profile) = everything(name, &mut Sources::new());
    bencher.bench_local(|| whatif::flip_all(black_box(&library), black_box(&profile), "nl", &mut Problems::new()));
}

/// The same for a profile that answers everything that all six ask.
#[divan::bench(args = [Answered::All], sample_count = 10)]
fn flip_every_diagnosis_of_all(bencher: Bencher<'_, '_>, answered: Answered) {
    let (library, profile) = answered::everything(answered, &mut Sources::new());
    bencher.bench_local(|| whatif::flip_all(black_box(&library), black_box(&profile), "nl", &mut Problems::new()));
}

/// Every conclusion that hangs on one step of one answer.
#[divan::bench(args = [FULL, HALF])]
fn find_fragile(bencher: Bencher<'_, '_>, name: &str) {
    let (library, profile) = everything(name, &mut Sources::new());
    bencher.bench_local(|| whatif::fragile(black_box(&library), black_box(&profile), "nl", &mut Problems::new()));
}

#[divan::bench(args = [FULL, HALF])]
fn ask_next(bencher: Bencher<'_, '_>, name: &str) {
    let (library, profile) = everything(name, &mut Sources::new());
    bencher.bench_local(|| whatif::ask(black_box(&library), black_box(&profile), "nl", None, &mut Problems::new()));
}

#[divan::bench(args = [HALF])]
fn ask_best_three(bencher: Bencher<'_, '_>, name: &str) {
    let (library, profile) = everything(name, &mut Sources::new());
    bencher.bench_local(|| whatif::ask(black_box(&library), black_box(&profile), "nl", Some(3), &mut Problems::new()));
}

/// From weak to strong: two levels up.
#[divan::bench(args = [HALF])]
fn route_two_levels_up(bencher: Bencher<'_, '_>, name: &str) {
    let mut sources = Sources::new();
    let (library, profile) = everything(name, &mut sources);
    let routing = whatif::Routing { to: TWO_UP, at_once: None };
    let found = whatif::route(&library, &profile, &sources, "nl", routing, &mut Problems::new()).expect("it fits");
    assert!(found.reached && !found.stages.is_empty(), "there is a way to {TWO_UP}");
    bencher.bench_local(|| {
        whatif::route(black_box(&library), black_box(&profile), &sources, "nl", routing, &mut Problems::new())
    });
}

#[divan::bench(args = [FULL, HALF])]
fn write_json(bencher: Bencher<'_, '_>, name: &str) {
    let assessment = assessment(name);
    bencher.bench_local(|| json(black_box(&assessment)));
}

#[divan::bench(args = [FULL, HALF])]
fn draw_terminal(bencher: Bencher<'_, '_>, name: &str) {
    let assessment = assessment(name);
    bencher.bench_local(|| terminal(black_box(&assessment), &Look::default()));
}

/// Values and certainty of every rule of one ruleset, by the engine.
#[divan::bench(types = [Noordhuis, Twynstra], args = [Answered::All, Answered::EverySecond])]
fn ruleset_by_engine<R: Builtin>(bencher: Bencher<'_, '_>, answered: Answered) {
    let (library, profile) = by_hand::loaded::<R>(answered);
    let checked = check(&library, &profile, &mut Problems::new()).expect("it fits");
    bencher.bench_local(|| tally(black_box(&library), black_box(&checked)));
}

/// The same by hand.
#[divan::bench(types = [Noordhuis, Twynstra], args = [Answered::All, Answered::EverySecond])]
fn ruleset_by_hand<R: Builtin>(bencher: Bencher<'_, '_>, answered: Answered) {
    let answers = by_hand::answers::<R>(answered);
    bencher.bench_local(|| R::conclude(black_box(&answers)));
}

#[divan::bench(args = [yardstick::FULL, yardstick::HALF])]
fn yardstick_engine(bencher: Bencher<'_, '_>, gaps: yardstick::Gaps) {
    let (library, profile) = yardstick::loaded(gaps);
    let checked = check(&library, &profile, &mut Problems::new()).expect("it fits");
    bencher.bench_local(|| tally(black_box(&library), black_box(&checked)));
}

#[divan::bench(args = [yardstick::FULL, yardstick::HALF])]
fn yardstick_by_hand(bencher: Bencher<'_, '_>, gaps: yardstick::Gaps) {
    let answers = yardstick::answers(gaps);
    bencher.bench_local(|| yardstick::by_hand(black_box(&answers)));
}

#[divan::bench(args = [yardstick::FULL, yardstick::HALF])]
fn yardstick_tally_by_hand(bencher: Bencher<'_, '_>, gaps: yardstick::Gaps) {
    let answers = yardstick::answers(gaps);
    bencher.bench_local(|| yardstick::tally_by_hand(black_box(&answers)));
}

/// One answer changed and changed back, each time with the values and the certainty of every rule.
#[divan::bench(args = [yardstick::FULL, yardstick::HALF])]
fn yardstick_one_answer_changed(bencher: Bencher<'_, '_>, gaps: yardstick::Gaps) {
    let (library, profile) = yardstick::loaded(gaps);
    let checked = check(&library, &profile, &mut Problems::new()).expect("it fits");
    let mut trial = Trial::new(&library, &checked);
    let mut said = Said::Answer(QuestionId::at(0), None, Value::Number(Number::from(5)));
    bencher.bench_local(move || {
        said = trial.say(said).expect("it is asked");
        trial.tally()
    });
}

/// The whole process, from start to report, against one that does nothing.
#[divan::bench(sample_count = 20, args = ["loonaangifteketen-2007", FULL])]
fn process_diagnose(name: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ketenspiegel"));
    let status = command.args(["diagnose", &fixture(name)]).stdout(Stdio::null()).status();
    assert!(status.expect("it starts").success());
}

#[divan::bench(sample_count = 20)]
fn process_true() {
    assert!(Command::new("true").status().expect("it starts").success());
}
