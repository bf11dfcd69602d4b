//! Noordhuis by hand.
//!
//! Nothing here can be undefined: every question is asked of everyone and applies to everyone. Statements and options
//! stand in the order of `rulesets/noordhuis`.

use super::given::Given;
use super::verdict::{Truth, Verdict};
use super::{Builtin, Now};

/// The statements of each theme, by id.
const WHY: [&str; 2] = ["eindgebruiker-centraal", "middel-geen-doel"];
/// The first two are the definition itself.
const TESTS: [&str; 9] = [
    "geheel-optimaal",
    "algemeen-belang",
    "vroeg-en-steeds-afstemmen",
    "samen-besluiten",
    "hele-levensduur",
    "open-naar-elkaar",
    "dashboard-voor-prestaties",
    "lat-steeds-hoger",
    "herhaalbaar",
];
const OUTPUT: [&str; 4] = ["outputsturing", "partners-vertrouwen-elkaar", "anders-selecteren", "anders-volgen"];
const SHARING: [&str; 3] = ["winst-verlies-risico-samen", "ander-verdienmodel", "ander-contract"];
const STRATEGY: [&str; 3] = ["klantwaarde-voorop", "waarde-van-toeleveranciers", "kunde-ontwikkelen"];
const GAINS: [&str; 6] = ["sneller", "beter", "goedkoper", "innovatiever", "flexibeler", "duurzamer"];

/// How far a statement is agreed with, from 1 to 5; nothing while it is open.
type Statement = Option<i64>;

#[derive(Debug)]
pub(crate) struct Answers {
    bears_the_name: Option<bool>,
    in_building: Option<bool>,
    much_to_coordinate: Statement,
    /// A bit for each of [`GAINS`].
    gains: Option<u64>,
    why: [Statement; 2],
    tests: [Statement; 9],
    output: [Statement; 4],
    sharing: [Statement; 3],
    strategy: [Statement; 3],
    transition: Statement,
}

/// Is it chain cooperation?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    SideBySide,
    Chain,
    InPart,
}

/// What chain cooperation is worth here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worth {
    Much,
    Less,
    Between,
}

#[derive(Debug)]
pub(crate) struct Conclusions {
    rules: [Verdict; 57],
    /// For each theme how many statements are met, of how many that are answered.
    shares: [(i64, i64); 5],
    passed: Option<i64>,
    nature: Option<Nature>,
    worth: Option<Worth>,
}

fn agreed(statement: Statement) -> Option<bool> {
    statement.map(|value| value >= 4)
}

fn denied(statement: Statement) -> Option<bool> {
    statement.map(|value| value <= 2)
}

fn share(statements: &[Statement]) -> (i64, i64) {
    let met = statements.iter().filter(|one| agreed(**one) == Some(true)).count();
    (met as i64, statements.iter().flatten().count() as i64)
}

/// How many statements are agreed with, once that is known of all.
fn passed(statements: &[Statement]) -> Option<i64> {
    statements.iter().map(|one| agreed(*one).map(i64::from)).sum()
}

fn all_agreed(statements: &[Statement]) -> Verdict {
    Verdict::all(statements.iter().map(|one| Verdict::of(agreed(*one))))
}

fn none_agreed(statements: &[Statement]) -> Verdict {
    Verdict::all(statements.iter().map(|one| Verdict::of(agreed(*one).map(|agreed| !agreed))))
}

/// The first that holds; nothing where that hangs on one that is undecided.
fn first<T>(first: (Truth, T), second: (Truth, T), otherwise: T) -> Option<T> {
    match (first.0, second.0) {
        (Truth::Yes, _) => Some(first.1),
        (Truth::Undecided, _) => None,
        (_, Truth::Yes) => Some(second.1),
        (_, Truth::Undecided) => None,
        _ => Some(otherwise),
    }
}

pub(crate) struct Noordhuis;

impl Builtin for Noordhuis {
    const ID: &'static str = "noordhuis";
    type Answers = Answers;
    type Conclusions = Conclusions;

    fn answers(given: &Given) -> Answers {
        let one = |id: &str| given.number(id);
        Answers {
            bears_the_name: given.yes("heet-ketensamenwerking"),
            in_building: given.option("sector", &["bouw", "anders"]).map(|sector| sector == 0),
            much_to_coordinate: one("veel-coordinatie"),
            gains: given.options("opbrengsten", &GAINS),
            why: WHY.map(one),
            tests: TESTS.map(one),
            output: OUTPUT.map(one),
            sharing: SHARING.map(one),
            strategy: STRATEGY.map(one),
            transition: one("overgang-bedacht"),
        }
    }

    fn conclude(answers: &Answers) -> Conclusions {
        let mut rules = [Verdict::new(None, false, false); 57];
        let mut places = rules.iter_mut();
        let mut say = |verdict: Verdict| *places.next().unwrap() = verdict;

        // the nature: where the definition fails no test counts, and where all tests are met the definition holds
        let fails = Verdict::of(denied(answers.tests[0])).or(Verdict::of(denied(answers.tests[1])));
        let all_met = all_agreed(&answers.tests);
        let nature = first((fails.now, Nature::SideBySide), (all_met.now, Nature::Chain), Nature::InPart);
        let side_by_side = Verdict { now: nature.map(|nature| nature == Nature::SideBySide).into(), ..fails };
        say(Verdict::of(answers.bears_the_name).and(side_by_side));
        say(Verdict { now: nature.map(|nature| nature == Nature::Chain).into(), ..all_met });

        // the three breaks
        for statements in [&answers.output[..], &answers.sharing, &answers.strategy] {
            say(all_agreed(statements));
            say(none_agreed(statements));
        }

        // statement by statement
        let themes = [&answers.why[..], &answers.tests, &answers.output, &answers.sharing, &answers.strategy];
        for statement in themes.into_iter().flatten() {
            say(Verdict::of(denied(*statement)));
            say(Verdict::of(agreed(*statement)));
        }
        say(Verdict::of(denied(answers.transition)));

        // what it is worth
        let (much, little) = (agreed(answers.much_to_coordinate), denied(answers.much_to_coordinate));
        let worth = first((much.into(), Worth::Much), (little.into(), Worth::Less), Worth::Between);
        say(Verdict::of(much));
        say(Verdict::of(little));
        let everything = answers.gains.map(|gains| gains == 0b11_1111);
        say(Verdict::of(everything.map(|everything| !everything)));
        say(Verdict::of(everything));
        say(Verdict::of(answers.in_building));
        say(Verdict::of(answers.in_building.map(|building| !building)));

        Conclusions { rules, shares: themes.map(share), passed: passed(&answers.tests), nature, worth }
    }

    fn rules(conclusions: &Conclusions) -> &[Verdict] {
        &conclusions.rules
    }

    fn now(conclusions: &Conclusions) -> Now {
        let typing = |place: Option<usize>| place.map(|place| place as i64);
        Now {
            scores: conclusions.shares.to_vec(),
            typings: vec![
                typing(conclusions.nature.map(|nature| nature as usize)),
                typing(conclusions.worth.map(|worth| worth as usize)),
            ],
            measures: vec![conclusions.passed],
            needs: Vec::new(),
        }
    }
}
