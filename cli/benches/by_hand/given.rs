//! Profiles for one ruleset, made of what it asks, and their answers as they are written.

use crate::answered::{self, Answered};
use ketenspiegel_engine::ruleset::{Asked, Kind, Library, Question};
use serde_json::{Map, Value, json};

/// What a profile answers to one ruleset.
pub(crate) struct Given {
    parties: Vec<String>,
    answers: Map<String, Value>,
}

impl Given {
    pub(crate) fn read(profile: &str, ruleset: &str) -> Self {
        let profile: Value = serde_json::from_str(profile).unwrap();
        let parties = profile["chain"]["parties"].as_array().map(Vec::as_slice).unwrap_or_default();
        let parties = parties.iter().map(|party| party["id"].as_str().unwrap().to_owned()).collect();
        Self { parties, answers: profile["answers"][ruleset].as_object().cloned().unwrap_or_default() }
    }

    /// What stands under an id, if that is not "unknown".
    fn value(&self, id: &str) -> Option<&Value> {
        self.answers.get(id).filter(|value| *value != "unknown")
    }

    pub(crate) fn has_parties(&self) -> bool {
        !self.parties.is_empty()
    }

    /// What each party answers to one question, as if it were the chain's; the chain's answer where there are no parties.
    pub(crate) fn each_party(&self, id: &str) -> impl Iterator<Item = Self> {
        let own = |answer: Option<&Value>| Self {
            parties: Vec::new(),
            answers: answer.map(|answer| (id.to_owned(), answer.clone())).into_iter().collect(),
        };
        let by = |party: &String| self.answers.get(id).and_then(|answer| answer["by"].get(party));
        let chain = (!self.has_parties()).then(|| own(self.answers.get(id)));
        self.parties.iter().map(|party| own(by(party))).chain(chain).collect::<Vec<_>>().into_iter()
    }

    pub(crate) fn number(&self, id: &str) -> Option<i64> {
        self.value(id).map(|value| value.as_i64().unwrap())
    }

    pub(crate) fn yes(&self, id: &str) -> Option<bool> {
        self.value(id).map(|value| value.as_bool().unwrap())
    }

    /// The place of an option.
    pub(crate) fn option(&self, id: &str, options: &[&str]) -> Option<u8> {
        self.value(id).map(|value| place(value, options))
    }

    /// A bit for each option that is chosen.
    pub(crate) fn options(&self, id: &str, options: &[&str]) -> Option<u64> {
        let bits =
            |value: &Value| value.as_array().unwrap().iter().fold(0, |bits, one| bits | 1 << place(one, options));
        self.value(id).map(bits)
    }
}

fn place(value: &Value, options: &[&str]) -> u8 {
    let word = value.as_str().unwrap();
    let place = options.iter().position(|option| *option == word);
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or_else(|| panic!("no such option: {word}"))
}

/// A profile as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Made {
    Answered(Answered),
    /// Answers taken at random, the same for the same number.
    Drawn(u64),
}

impl Made {
    pub(crate) fn written(self, library: &Library) -> String {
        match self {
            Self::Answered(answered) => answered::written(library, answered),
            Self::Drawn(number) => drawn(library, number),
        }
    }
}

/// Numbers that look like chance: xorshift.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}

/// Of each eight answers so many are the same, by place among what can be answered: otherwise nothing would ever hold of
/// all of them.
#[derive(Debug, Clone, Copy)]
struct Lean {
    often: usize,
    to: usize,
}

/// Up to three parties, and from none to all of the answers.
fn drawn(library: &Library, number: u64) -> String {
    let mut draw = Draw(0x9E37_79B9_7F4A_7C15 ^ (number + 1).wrapping_mul(0xD134_2543_DE82_EF95));
    for _ in 0..8 {
        draw.below(2);
    }
    let parties: Vec<String> = (0..draw.below(4)).map(|at| format!("p{at}")).collect();
    // of each sixteen questions so many are answered; all of them where that is more
    let full = draw.below(24);
    let lean = Lean { often: draw.below(12), to: draw.below(60) };
    let mut answers = Map::new();
    for ruleset in &library.rulesets {
        let mut own = Map::new();
        for question in &library.questions[ruleset.own.questions.clone()] {
            let one = |draw: &mut Draw| (draw.below(16) < full).then(|| answer(question, lean, draw));
            let given = if question.asked == Asked::Chain || parties.is_empty() {
                one(&mut draw)
            } else {
                let by: Map<String, Value> =
                    parties.iter().filter_map(|party| Some((party.clone(), one(&mut draw)?))).collect();
                (!by.is_empty()).then(|| json!({ "by": by }))
            };
            own.extend(given.map(|given| (question.declared.id.clone(), given)));
        }
        answers.insert(ruleset.manifest.id.clone(), Value::Object(own));
    }
    let parties: Vec<Value> = parties.iter().map(|id| json!({ "id": id, "name": id })).collect();
    json!({ "ketenspiegel": 1, "chain": { "name": "drawn", "parties": parties }, "answers": answers }).to_string()
}

fn answer(question: &Question, lean: Lean, draw: &mut Draw) -> Value {
    if draw.below(64) == 0 {
        return json!("unknown");
    }
    let words = question.kind.words();
    let place =
        |draw: &mut Draw| if draw.below(8) < lean.often { lean.to % words.len() } else { draw.below(words.len()) };
    match &question.kind {
        Kind::Scale(_) | Kind::YesNo => serde_json::from_str(&words[place(draw)]).unwrap(),
        Kind::Choice(_) => json!(words[place(draw)]),
        Kind::Multiple(_) => {
            let all = draw.below(4) == 0;
            json!(words.iter().filter(|_| all || draw.below(2) == 0).collect::<Vec<_>>())
        }
        Kind::Number { min, .. } => serde_json::from_str(&min.written()).unwrap(),
        Kind::Text => json!("drawn"),
    }
}
