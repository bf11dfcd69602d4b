//! What a source says by an ordering alone, held for every assignment of figures that has the ordering.
//!
//! Of the handelsbedrijf (Eraneos, voorbeeld 1) the text says that the cooperation is more important to the customer than
//! to the supplier, and that both judge the cooperation as it is nearly equally. The figures are not in the text. An
//! assignment has that ordering when
//!
//! - the customer's importance, added up over the eight aspects, is above the supplier's. This is the widest reading: higher
//!   on every aspect is a case of it;
//! - the levels that both see, aspect by aspect, are together fewer than four steps apart: less than half a level for an
//!   aspect, which is how the ruleset reads "nearly" (a parameter of ours).
//!
//! There are far too many assignments to try them all, and no need to: the first test shows that the verdict needs two
//! typings, that each reads one sum over the aspects, and nothing else; the second goes through all values that the
//! ordering allows these sums to have.

use ketenspiegel_engine::assessment::{Assessment, Certainty, Reason, RulesetAssessment};
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::number::Number;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::ruleset::{Library, RulesetFiles};
use ketenspiegel_engine::source::Sources;
use serde_json::{Map, Value, json};
use std::array::from_fn;

const ASPECTS: [&str; 8] = [
    "strategie",
    "wendbaarheid",
    "resultaten",
    "veerkracht",
    "processen-en-systemen",
    "structuur",
    "mensen",
    "communicatie",
];
const VERDICT: &str = "meer-belang-bij-klant-zelfde-oordeel";

/// What customer and supplier give one aspect, in this order.
#[derive(Clone, Copy)]
struct Given {
    importance: [i64; 2],
    level: [i64; 2],
}

impl Given {
    fn difference(self) -> i64 {
        self.importance[0] - self.importance[1]
    }

    fn distance(self) -> i64 {
        (self.level[0] - self.level[1]).abs()
    }
}

/// The ruleset, loaded once.
struct Eraneos {
    library: Library,
    sources: Sources,
}

impl Eraneos {
    fn load() -> Self {
        let files = ketenspiegel_rulesets::find("eraneos").expect("it is built in");
        let files = files.into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect();
        let (mut sources, mut problems) = (Sources::new(), Problems::new());
        let library = Library::load(
            &[RulesetFiles { name: "eraneos".into(), files, ..RulesetFiles::default() }],
            &mut sources,
            &mut problems,
        );
        Self { library: library.expect("it loads"), sources }
    }

    /// What is concluded where only the eight aspects are answered.
    fn assess(&mut self, given: &[Given; 8]) -> RulesetAssessment {
        let answers: Map<String, Value> =
            ASPECTS.iter().zip(given).map(|(aspect, given)| answer(aspect, *given)).collect();
        let profile = json!({
            "ketenspiegel": 1,
            "chain": { "name": "ordering", "parties": [{ "id": "k", "name": "k" }, { "id": "l", "name": "l" }] },
            "roles": { "eraneos": { "klant": ["k"], "leverancier": ["l"] } },
            "answers": { "eraneos": answers },
        });
        let mut problems = Problems::new();
        let read = Profile::read("ordering.json", profile.to_string().as_bytes(), &mut self.sources, &mut problems);
        let assessed: Option<Assessment> =
            read.and_then(|profile| assess(&self.library, &profile, &self.sources, "nl", &mut problems));
        assessed.expect("the profile fits the ruleset").rulesets.remove(0)
    }
}

fn answer(aspect: &str, given: Given) -> (String, Value) {
    let side = |at: usize| json!({ "value": given.level[at], "importance": given.importance[at] });
    (format!("niveau-{aspect}"), json!({ "by": { "k": side(0), "l": side(1) } }))
}

/// How sure the verdict is; nothing where it is not given.
fn verdict(assessed: &RulesetAssessment) -> Option<Certainty> {
    let found = assessed.diagnoses.iter().find(|diagnosis| diagnosis.id == VERDICT)?;
    Some(found.certainty)
}

/// The ids of what the reasons of `own` read.
fn read_by<'a>(own: &str, because: &'a [Reason]) -> Vec<&'a str> {
    let inner = because.iter().flat_map(|reason| match &reason.id {
        Some(id) if id != own => vec![id.as_str()],
        _ => read_by(own, &reason.parts),
    });
    let mut ids: Vec<&str> = inner.collect();
    ids.dedup();
    ids
}

/// The terms that a measure is the mean of.
fn terms(assessed: &RulesetAssessment, measure: &str) -> Vec<Option<Number>> {
    let measure = assessed.measures.iter().find(|known| known.id == measure).expect("the measure is there");
    let [mean] = measure.because.as_slice() else { panic!("{} is one calculation", measure.id) };
    assert_eq!(mean.title, "mean", "{}", measure.id);
    mean.parts.iter().map(|part| part.value.as_ref().and_then(|value| value.number)).collect()
}

#[test]
fn the_verdict_reads_two_sums_over_the_aspects() {
    let mut eraneos = Eraneos::load();
    // 25 runs, in which each aspect gets each pair of importances and each pair of levels once
    for run in 0..25 {
        let pair = |at: usize, stride: usize| {
            let pair = (run + at * stride) % 25;
            [1, 5].map(|step| i64::try_from(pair / step % 5 + 1).expect("a small number"))
        };
        let given = from_fn(|at| Given { importance: pair(at, 3), level: pair(at, 7) });
        let assessed = eraneos.assess(&given);
        let expected = |of: fn(Given) -> i64| given.map(|given| Some(Number::from(of(given)))).to_vec();
        assert_eq!(terms(&assessed, "verschil-in-belang"), expected(Given::difference), "run {run}");
        assert_eq!(terms(&assessed, "afstand-in-score"), expected(Given::distance), "run {run}");
    }

    let assessed = eraneos.assess(&[Given { importance: [4, 3], level: [3, 3] }; 8]);
    let typing = |id: &str| assessed.outcomes.iter().find(|outcome| outcome.id == id).expect("the typing is there");
    let verdict = assessed.diagnoses.iter().find(|diagnosis| diagnosis.id == VERDICT).expect("it speaks");
    assert_eq!(read_by(VERDICT, &verdict.because), ["meeste-belang", "oordeel"]);
    for (id, measure) in [("meeste-belang", "verschil-in-belang"), ("oordeel", "afstand-in-score")] {
        assert_eq!(read_by(id, &typing(id).because), [measure]);
    }
}

#[test]
fn the_handelsbedrijf_gets_its_verdict_for_every_assignment_with_its_ordering() {
    let mut eraneos = Eraneos::load();
    let mut concluded = |difference: i64, steps: i64| {
        let mut left = difference;
        let given = from_fn(|at| {
            let more = left.clamp(-4, 4);
            left -= more;
            let apart = i64::from(i64::try_from(at).is_ok_and(|at| at < steps));
            Given { importance: [3 + (more + 1).div_euclid(2), 3 - more.div_euclid(2)], level: [3, 3 + apart] }
        });
        assert_eq!(given.map(Given::difference).iter().sum::<i64>(), difference);
        assert_eq!(given.map(Given::distance).iter().sum::<i64>(), steps);
        verdict(&eraneos.assess(&given))
    };
    // The eight differences lie between −4 and 4, so their sum is at most 32. Each sum has a typing of its own, so going
    // through the values of both at once meets every value of each.
    for difference in 1..=32 {
        let steps = difference % 4;
        let sure = concluded(difference, steps);
        assert_eq!(sure, Some(Certainty::Confirmed), "importance {difference} higher, levels {steps} steps apart");
    }
    // just outside the ordering
    for (difference, steps) in [(0, 0), (-1, 0), (0, 3), (1, 4), (32, 4)] {
        assert_eq!(concluded(difference, steps), None, "importance {difference} higher, levels {steps} steps apart");
    }
}
