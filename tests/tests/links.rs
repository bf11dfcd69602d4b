//! What `links.toml` of the combined mirror joins is one question: whichever of the two is answered, every ruleset concludes
//! the same, and two answers that differ are a finding. The brute force (`oracle`) tries links in small random rulesets.

use ketenspiegel_engine::assessment::{Assessment, Certainty, Reason};
use ketenspiegel_engine::condition::{QuestionId, Value};
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::ruleset::{Kind, Library, RulesetFiles};
use ketenspiegel_engine::source::Sources;
use serde_json::{Map, Value as Json, json};

/// A question, the one that it is one with, and the values that mean the same: the other's and its own.
type Link = (QuestionId, QuestionId, Vec<(Value, Value)>);

/// All built-in rulesets together.
struct All {
    library: Library,
    sources: Sources,
}

impl All {
    fn load() -> Self {
        let files = ketenspiegel_rulesets::all();
        let files = files
            .map(|(id, files)| RulesetFiles::of(id, files.into_iter().map(|(path, bytes)| (path, bytes.to_vec()))));
        let (mut sources, mut problems) = (Sources::new(), Problems::new());
        let library = Library::load_in(&files.collect::<Vec<_>>(), Some("nl"), &mut sources, &mut problems);
        Self { library: library.expect("they load"), sources }
    }

    /// Each question that is one with another, both ways.
    fn linked(&self) -> Vec<Link> {
        let questions = (0..self.library.questions.len()).map(QuestionId::at);
        let linked = questions.filter_map(|id| {
            let question = &self.library.questions[id.index()];
            let same = question.same_as.as_ref().filter(|same| same.both_ways)?;
            let alike = || question.kind.domain().unwrap_or_default().into_iter().map(|value| (value, value)).collect();
            Some((id, same.question, if same.map.is_empty() { alike() } else { same.map.clone() }))
        });
        linked.collect()
    }

    /// A profile that answers these questions, and says something else to every ruleset so that none is set aside.
    fn profile(&self, answered: &[(QuestionId, Value)], linked: [QuestionId; 2]) -> Json {
        let mut answers: Map<String, Json> = Map::new();
        for (at, ruleset) in self.library.rulesets.iter().enumerate() {
            let other = self.library.question_ids(at).find(|id| {
                let id = self.library.question(at, id).expect("it is asked");
                let question = &self.library.questions[id.index()];
                let is_plain = question.same_as.is_none() && question.asked_if.is_none();
                is_plain && !linked.contains(&id) && matches!(question.kind, Kind::Scale(_))
            });
            let said = other.map(|id| (id.to_owned(), json!(3)));
            answers.insert(ruleset.manifest.id.clone(), Json::Object(said.into_iter().collect()));
        }
        for (answered, value) in answered {
            let question = &self.library.questions[answered.index()];
            let ruleset = &self.library.rulesets[question.declared.ruleset].manifest.id;
            let said = answers.get_mut(ruleset).and_then(Json::as_object_mut).expect("each has a section");
            said.insert(question.declared.id.clone(), self.spelled(&question.kind, *value));
        }
        json!({ "ketenspiegel": 1, "chain": { "name": "verbonden" }, "answers": answers })
    }

    fn spelled(&self, kind: &Kind, value: Value) -> Json {
        match (kind, value) {
            (_, Value::Number(number)) => serde_json::from_str(&number.to_string()).expect("a number of a scale"),
            (_, Value::Truth(truth)) => json!(truth),
            (Kind::Choice(options), Value::Option(at)) => json!(options[usize::from(at)].id),
            other => panic!("{other:?} can be linked, and this test cannot write it"),
        }
    }

    fn assessed(&self, profile: &Json) -> Assessment {
        let (mut sources, mut problems) = (self.sources.clone(), Problems::new());
        let text = profile.to_string();
        let profile = Profile::read("p.json", text.as_bytes(), &mut sources, &mut problems).expect("it is a profile");
        let assessment = assess(&self.library, &profile, &sources, "nl", &mut problems);
        assessment.unwrap_or_else(|| panic!("{problems:?}"))
    }
}

/// What is concluded, and how surely.
fn concluded(assessment: &Assessment) -> Vec<(String, Option<Certainty>)> {
    let of = |ruleset: &ketenspiegel_engine::assessment::RulesetAssessment| {
        let named = |id: &str| format!("{}/{id}", ruleset.id);
        let diagnoses = ruleset.diagnoses.iter().map(|found| (named(&found.id), Some(found.certainty)));
        let typings = ruleset
            .outcomes
            .iter()
            .map(|typing| (format!("{} = {:?}", named(&typing.id), typing.value), typing.certainty));
        let scores =
            ruleset.aspects.iter().map(|aspect| (format!("{}: {:?}", named(&aspect.id), aspect.fraction), None));
        diagnoses.chain(typings).chain(scores).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = assessment.rulesets.iter().flat_map(of).collect();
    all.sort();
    all
}

#[test]
fn an_answer_serves_from_either_side_of_a_link() {
    let all = All::load();
    let linked = all.linked();
    assert!(!linked.is_empty(), "the combined mirror links questions");
    let mut seen = 0;
    for (one, other, values) in linked {
        let mut turned = Vec::new();
        for (theirs, mine) in values {
            let here = concluded(&all.assessed(&all.profile(&[(one, mine)], [one, other])));
            let there = concluded(&all.assessed(&all.profile(&[(other, theirs)], [one, other])));
            assert_eq!(here, there, "{mine:?} here, {theirs:?} there");
            turned.push(here);
            seen += 1;
        }
        turned.sort();
        turned.dedup();
        assert!(turned.len() > 1, "the answer matters");
    }
    assert!(seen > 1);
}

/// Where the answers stand that a diagnosis rests on.
fn rests_on(reasons: &[Reason]) -> Vec<&str> {
    let mut places = Vec::new();
    for reason in reasons {
        places.extend(reason.evidence.iter().map(|evidence| evidence.pointer.as_str()));
        places.extend(rests_on(&reason.parts));
    }
    places
}

#[test]
fn two_answers_to_one_question_that_differ_are_a_finding() {
    let all = All::load();
    let pairs = all.linked();
    assert!(!pairs.is_empty(), "the combined mirror links questions");
    for (one, other, values) in pairs {
        let pointer = |id: QuestionId| {
            let declared = &all.library.questions[id.index()].declared;
            format!("/answers/{}/{}", all.library.rulesets[declared.ruleset].manifest.id, declared.id)
        };
        let both = [pointer(one), pointer(other)];
        for (theirs, _) in &values {
            for (same, mine) in &values {
                let assessment = all.assessed(&all.profile(&[(one, *mine), (other, *theirs)], [one, other]));
                let found = assessment.rulesets.iter().flat_map(|ruleset| &ruleset.diagnoses).filter(|found| {
                    let places = rests_on(&found.because);
                    found.id.ends_with("-twee-antwoorden") && both.iter().all(|place| places.contains(&place.as_str()))
                });
                let found: Vec<Certainty> = found.map(|found| found.certainty).collect();
                let expected: &[Certainty] = if same == theirs { &[] } else { &[Certainty::Confirmed] };
                assert_eq!(found, expected, "{both:?}: {mine:?} and {theirs:?}");
            }
        }
    }
}
