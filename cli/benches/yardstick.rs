//! The same 200 rules twice: as a ruleset, and by hand.

use super::by_hand::{Truth, Verdict, truth};
use ketenspiegel_engine::evaluate::{Trial, check};
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::ruleset::{Library, RulesetFiles};
use ketenspiegel_engine::source::Sources;
use std::collections::BTreeMap;
use std::fmt::Write;

const ASPECTS: usize = 15;
const EACH: usize = 10;
const QUESTIONS: usize = ASPECTS * EACH;

/// Which answers are left out: every so-manyth; nought for none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gaps(usize);

/// Every question answered.
pub(crate) const FULL: Gaps = Gaps(0);
/// Every second question open.
pub(crate) const HALF: Gaps = Gaps(2);

/// Answers from 1 to 5, or open.
pub(crate) type Answers = [Option<i64>; QUESTIONS];

pub(crate) fn answers(gaps: Gaps) -> Answers {
    let answer = |at: usize| {
        let open = gaps.0 != 0 && at % gaps.0 == 1;
        // low in some aspects and high in others, so that rules fire and stay silent
        let lean = (at / EACH) % 4;
        (!open).then(|| i64::try_from(1 + (at * 7 + at / 3 + lean * 2) % (2 + lean)).unwrap())
    };
    std::array::from_fn(answer)
}

/// How many rules hold now, and how many whatever the open answers are: no more than is needed for these two numbers.
///
/// The rules know that a score that is missing does not hold, and that is all they know of what is undecided; nothing
/// is kept of a single rule.
pub(crate) fn tally_by_hand(answers: &Answers) -> (usize, usize) {
    let (mut now, mut sure) = (0, 0);
    let mut count = |now_holds: bool, sure_holds: bool| {
        now += usize::from(now_holds);
        sure += usize::from(sure_holds);
    };
    // sum and number of what is answered; lowest and highest sum over all
    let mut known = [(0_i64, 0_i64); ASPECTS];
    let mut ends = [(0_i64, 0_i64); ASPECTS];
    for (at, answer) in answers.iter().enumerate() {
        let aspect = at / EACH;
        match answer {
            Some(value) => {
                known[aspect] = (known[aspect].0 + value, known[aspect].1 + 1);
                ends[aspect] = (ends[aspect].0 + value, ends[aspect].1 + value);
            }
            None => ends[aspect] = (ends[aspect].0 + 1, ends[aspect].1 + 5),
        }
    }
    let all = EACH as i64;
    for aspect in 0..ASPECTS {
        let ((sum, of), (low, high)) = (known[aspect], ends[aspect]);
        count(of > 0 && 2 * sum < 5 * of, 2 * high < 5 * all);
        count(of > 0 && sum >= 4 * of, low >= 4 * all);
        let other = (aspect + 1) % ASPECTS;
        let ((sum_b, of_b), (_, high_b)) = (known[other], ends[other]);
        count(of > 0 && of_b > 0 && 2 * (sum * of_b - sum_b * of) > 3 * of * of_b, 2 * (low - high_b) > 3 * all);
    }
    for (at, answer) in answers.iter().enumerate() {
        let ((sum, of), (_, high)) = (known[at / EACH], ends[at / EACH]);
        let low_answer = answer.is_some_and(|value| value <= 2);
        count(low_answer && sum < 3 * of, low_answer && high < 3 * all);
    }
    let weak = |limit: i64, known: &[(i64, i64); ASPECTS]| {
        known.iter().filter(|(sum, of)| *of > 0 && *sum < limit * of).count()
    };
    let surely_weak = |limit: i64| ends.iter().filter(|(_, high)| *high < limit * all).count();
    count(weak(3, &known) >= 8, surely_weak(3) >= 8);
    count(weak(2, &known) >= 3, surely_weak(2) >= 3);
    count(known.iter().any(|(sum, of)| *of > 0 && 2 * sum < 3 * of), ends.iter().any(|(_, high)| 2 * high < 3 * all));
    count(known.iter().any(|(sum, of)| *of > 0 && 2 * sum > 7 * of), ends.iter().any(|(low, _)| 2 * low > 7 * all));
    count(known.iter().all(|(sum, of)| *of > 0 && *sum >= *of), ends.iter().all(|(low, _)| *low >= all));
    (now, sure)
}

/// The mean of an aspect: exact, over what is answered and over the lowest and highest that it can become.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    sum: i64,
    of: i64,
    low: i64,
    high: i64,
}

impl Score {
    const ALL: i64 = EACH as i64;

    /// A test of twice the sum against so many answers, that holds sooner for higher scores, or else for lower ones.
    fn tested(self, rises: bool, test: impl Fn(i64, i64) -> bool) -> Verdict {
        let now = (self.of > 0).then(|| test(2 * self.sum, self.of));
        let (best, worst) = if rises { (self.high, self.low) } else { (self.low, self.high) };
        Verdict::new(now, test(2 * best, Self::ALL), !test(2 * worst, Self::ALL))
    }

    fn below(self, halves: i64) -> Verdict {
        self.tested(false, |sum, of| sum < halves * of)
    }

    fn at_least(self, halves: i64) -> Verdict {
        self.tested(true, |sum, of| sum >= halves * of)
    }

    fn over(self, halves: i64) -> Verdict {
        self.tested(true, |sum, of| sum > halves * of)
    }

    /// Whether it is more than `limit` halves above another.
    fn above(self, other: Self, limit: i64) -> Verdict {
        let both = self.of > 0 && other.of > 0;
        let now = both.then(|| 2 * (self.sum * other.of - other.sum * self.of) > limit * self.of * other.of);
        let can = |high: i64, low: i64| 2 * (high - low) > limit * Self::ALL;
        Verdict::new(now, can(self.high, other.low), !can(self.low, other.high))
    }
}

/// Whether at least so many hold, where each open answer pulls them the same way.
fn at_least(least: usize, all: impl Iterator<Item = Verdict>) -> Verdict {
    let (mut now, mut open, mut can, mut must) = (0, false, 0, 0);
    for one in all {
        now += usize::from(one.now == Truth::Yes);
        open |= one.now == Truth::Undecided;
        can += usize::from(one.can_hold);
        must += usize::from(!one.can_fail);
    }
    let settled = if must >= least { Some(true) } else { (can < least).then_some(false) };
    Verdict::new(if open { settled } else { Some(now >= least) }, can >= least, must < least)
}

/// What each rule comes to, in their order: the same as the engine is asked, for exactly these rules and this kind of
/// question. What is known beforehand is used: that nothing here can be undefined, which answers pull which way, and
/// that sums of whole numbers below a hundred cannot run out of room.
pub(crate) fn by_hand(answers: &Answers) -> [Verdict; 200] {
    let mut scores = [Score::default(); ASPECTS];
    for (score, answers) in scores.iter_mut().zip(answers.chunks_exact(EACH)) {
        for answer in answers {
            let (low, high) = answer.map_or((1, 5), |value| (value, value));
            score.sum += answer.unwrap_or(0);
            score.of += i64::from(answer.is_some());
            score.low += low;
            score.high += high;
        }
    }
    let mut all = [Verdict::new(None, false, false); 200];
    let mut places = all.iter_mut();
    let mut say = |verdict: Verdict| *places.next().unwrap() = verdict;
    for at in 0..ASPECTS {
        let score = scores[at];
        say(score.below(5));
        say(score.at_least(8));
        say(score.above(scores[(at + 1) % ASPECTS], 3));
        for answer in &answers[at * EACH..(at + 1) * EACH] {
            let low = answer.map(|value| value <= 2);
            say(Verdict::of(low).and(score.below(6)));
        }
    }
    say(at_least(8, scores.iter().map(|score| score.below(6))));
    say(at_least(3, scores.iter().map(|score| score.below(4))));
    say(Verdict::any(scores.iter().map(|score| score.below(3))));
    say(Verdict::any(scores.iter().map(|score| score.over(7))));
    say(Verdict::all(scores.iter().map(|score| score.at_least(2))));
    all
}

/// The rules, as a ruleset says them.
const RULES: &str = r#"
fn say(id, condition) {
    rule(id, #{ when: condition, severity: "minor", text: "say", recommend: ["stone"], source: "ours" });
}
let all = aspects();
for at in 0..all.len() {
    let a = all[at];
    let b = all[(at + 1) % all.len()];
    say(`${a}-weak`, score(a) < 2.5);
    say(`${a}-strong`, score(a) >= 4);
    say(`${a}-above`, score(a) - score(b) > 1.5);
    for q in questions(a) {
        say(`${q}-low`, answer(q) <= 2 and score(a) < 3);
    }
}
let below = |limit| all.map(|a| score(a) < limit);
say("many-weak", at_least(8, below.call(3)));
say("some-poor", at_least(3, below.call(2)));
say("one-failing", any(below.call(1.5)));
say("one-excellent", any(all.map(|a| score(a) > 3.5)));
say("none-empty", all(all.map(|a| score(a) >= 1)));
"#;

fn files() -> RulesetFiles {
    let mut questions = "[[scale]]\nid = \"s\"\nvalues = [1, 2, 3, 4, 5]\n".to_owned();
    let mut aspects = String::new();
    let mut texts = "[ruleset]\ntitle = \"yardstick\"\n[rule.say]\ntitle = \"t\"\ntext = \"t\"\n\
                     [bouwsteen.stone]\ntitle = \"t\"\nabout = \"t\"\n[scale.s]\n1 = \"1\"\n2 = \"2\"\n3 = \"3\"\n4 = \"4\"\n5 = \"5\"\n"
        .to_owned();
    for aspect in 0..ASPECTS {
        let ids: Vec<String> = (0..EACH).map(|at| format!("q{}", aspect * EACH + at)).collect();
        for id in &ids {
            writeln!(questions, "[[question]]\nid = \"{id}\"\nkind = \"scale\"\nscale = \"s\"\nsource = \"ours\"")
                .unwrap();
            writeln!(texts, "[question.{id}]\nask = \"t\"\nshort = \"t\"").unwrap();
        }
        writeln!(aspects, "[[aspect]]\nid = \"a{aspect}\"\ncombine = \"mean\"\nchildren = {ids:?}\nsource = \"ours\"")
            .unwrap();
        writeln!(texts, "[aspect.a{aspect}]\ntitle = \"t\"").unwrap();
    }
    let manifest = "format = 1\nid = \"yardstick\"\nversion = \"1.0.0\"\nengine = \">=0.1\"\nlanguages = [\"nl\"]\n\
                    licence = \"EUPL-1.2\"\n[[source]]\nid = \"ours\"\ntitle = \"ours\"\n";
    let stones = "[[bouwsteen]]\nid = \"stone\"\nsource = \"ours\"\n";
    let all = [
        ("ruleset.toml", manifest),
        ("questions.toml", &questions),
        ("aspects.toml", &aspects),
        ("bouwstenen.toml", stones),
        ("nl.toml", &texts),
        ("rules/all.rhai", RULES),
    ];
    let files: BTreeMap<String, Vec<u8>> =
        all.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    RulesetFiles { name: "yardstick".to_owned(), files, ..RulesetFiles::default() }
}

pub(crate) fn loaded(gaps: Gaps) -> (Library, Profile) {
    let (mut sources, mut problems) = (Sources::new(), Problems::new());
    let library = Library::load(&[files()], &mut sources, &mut problems);
    let library = library.unwrap_or_else(|| panic!("{:?}", problems.sorted()));
    let given: Vec<String> = answers(gaps)
        .iter()
        .enumerate()
        .filter_map(|(at, answer)| answer.map(|value| format!("\"q{at}\": {value}")))
        .collect();
    let text = format!(
        "{{\"ketenspiegel\": 1, \"chain\": {{\"name\": \"yardstick\"}}, \"answers\": {{\"yardstick\": {{{}}}}}}}",
        given.join(", ")
    );
    let profile = Profile::read("yardstick.json", text.as_bytes(), &mut sources, &mut problems);
    (library, profile.unwrap_or_else(|| panic!("{:?}", problems.sorted())))
}

/// All ways must come to the same, or there is nothing to compare.
pub(crate) fn agree() {
    for gaps in [FULL, HALF] {
        let (library, profile) = loaded(gaps);
        let checked = check(&library, &profile, &mut Problems::new()).unwrap_or_else(|| panic!("it fits"));
        let mut trial = Trial::new(&library, &checked);
        let (hand, answers) = (by_hand(&answers(gaps)), answers(gaps));
        for (rule, verdict) in library.rules.iter().zip(hand) {
            let engine = (truth(trial.value(rule.when)), trial.certainty(rule.when));
            assert_eq!(engine, (verdict.now, verdict.certainty()), "{} differs for {gaps:?}", rule.declared.id);
        }
        let counts = tally_by_hand(&answers);
        assert_eq!(trial.tally(), counts, "the numbers of rules differ for {gaps:?}");
        assert!(counts.0 > 10 && counts.0 < 190, "the yardstick must both speak and stay silent: {counts:?}");
    }
}
