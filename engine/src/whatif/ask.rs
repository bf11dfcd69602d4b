//! What to ask next: which open answers would settle most.
//!
//! A conclusion is *settled* when no open answer can change it any more: it is confirmed, or it cannot come true.
//! For each open answer every value that it can have is tried, and counted is how many open or indicated
//! conclusions each of them settles. For a number of questions together, a conclusion is counted when it is settled
//! whatever those answers are: when nothing else that is open plays a part in it.

use super::choices::{Of, slots, values};
use super::goal::{Subject, everything};
use super::trial::{Move, Place, Trial};
use super::{ChangedKind, changed};
use crate::assessment::{Certainty, Titled};
use crate::condition::{AspectId, BouwsteenId, Expr, ExprId, QuestionId, Value};
use crate::evaluate::{Evaluation, Words, checked, kept};
use crate::number::Number;
use crate::problem::Problems;
use crate::profile::Profile;
use crate::ruleset::{Kind, Library};
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The most ways to fill in the open answers of one conclusion, to see which of them play a part.
const MOST_WAYS: usize = 64;
/// The most sets of questions that are looked at to find the best.
const MOST_SETS: usize = 20_000;

/// What to ask next: `ask/1`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Ask {
    /// Always `ask/1`.
    pub format: &'static str,
    /// How many conclusions (diagnoses, typings, levels and cells) are open or indicated.
    pub uncertain: usize,
    /// The open answers: those that settle most first.
    pub questions: Vec<Question>,
    /// The best set, where a number of questions was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Best>,
}

/// An open answer, and what it would settle.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Question {
    /// An answer, or the status of a bouwsteen.
    pub kind: ChangedKind,
    /// `ruleset/id`, with `/by/party` where each party answers.
    pub id: String,
    /// Its title, with the party where each party answers.
    pub title: String,
    /// Conclusions that it settles whatever the answer is.
    pub settles: Vec<Titled>,
    /// Conclusions that some answers settle and others do not.
    pub may_settle: Vec<Titled>,
    /// How many conclusions an answer settles, averaged over the answers that can be given. The order is by this.
    pub average: Number,
    /// Whether every value was tried, and certainty was exact.
    pub exact: bool,
    /// The aspect whose score it can move most, as a share of its scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moves: Option<Moves>,
}

/// How far an answer can move a score.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Moves {
    /// The aspect, by `ruleset/id`.
    pub aspect: Titled,
    /// The lowest score that an answer gives it, the other open answers left open.
    pub low: Number,
    /// The highest.
    pub high: Number,
    /// The distance between them as a share of the aspect's scale, from 0 to 1.
    pub share: Number,
}

/// A number of questions that together settle most.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Best {
    /// The questions.
    pub questions: Vec<Titled>,
    /// Conclusions that are settled whatever these answers are.
    pub settles: Vec<Titled>,
    /// Whether no set of this size settles more in this way; otherwise it was found by adding one at a time.
    pub exact: bool,
}

/// Ranks the open answers, and with `best` finds the set of that many that settles most.
pub fn ask(
    library: &Library,
    profile: &Profile,
    language: &str,
    best: Option<usize>,
    problems: &mut Problems,
) -> Option<Ask> {
    let facts = checked(library, profile, problems)?;
    let words = Words { library, language };
    let mut trial = Trial::new(library, &facts);
    let mut asking = Asking::new(words, &mut trial);
    let mut asked: Vec<(usize, Question)> =
        (0..asking.open.len()).map(|at| (at, asking.question(&mut trial, at))).collect();
    // nothing follows from what settles nothing and moves nothing
    asked.retain(|(_, one)| !one.settles.is_empty() || !one.may_settle.is_empty() || one.moves.is_some());
    asked.sort_by_key(|(_, one)| {
        (Reverse(one.average), Reverse(one.settles.len()), Reverse(one.moves.as_ref().map(|moves| moves.share)))
    }); // stable: then in the order of the rulesets
    let best = best.map(|size| asking.best(&mut trial, size, &asked));
    kept(trial.is_exact(), profile, problems)?;
    let questions = asked.into_iter().map(|(_, one)| one).collect();
    Some(Ask { format: "ask/1", uncertain: asking.uncertain.len(), questions, best })
}

/// An answer that is not there.
struct Open {
    of: Of,
    place: Place,
    to: Vec<Value>,
    complete: bool,
}

/// A conclusion that is open or indicated, and the open answers that it reads, by their place.
struct Uncertain {
    subject: Subject,
    reads: Vec<usize>,
    /// Whether more than the values of these decides it: an open importance, or demands on the answers themselves
    /// that open answers can change or that are not met.
    more: bool,
    /// Whether each of these is known to play a part.
    all_play: bool,
}

struct Asking<'a> {
    words: Words<'a>,
    open: Vec<Open>,
    uncertain: Vec<Uncertain>,
    /// For each aspect the open answers that it reads.
    aspects: Vec<(AspectId, Vec<usize>)>,
}

impl<'a> Asking<'a> {
    fn new(words: Words<'a>, trial: &mut Trial<'_>) -> Self {
        let open = open(words, trial);
        let library = words.library;
        let subjects = everything(words);
        let places: BTreeMap<Place, usize> = open.iter().enumerate().map(|(at, one)| (one.place, at)).collect();
        let (uncertain, aspects) = trial.look(&[], |evaluation| {
            let mut uncertain = Vec::new();
            for subject in subjects {
                let sure = subject.certainty(evaluation);
                if matches!(sure, Some(Certainty::Indicated | Certainty::Open)) {
                    let (mut reads, mut more) = reads(evaluation, &places, subject.expr);
                    if let Some(needs) = subject.needs {
                        let asked = below(library, evaluation, &places, needs);
                        more |= !asked.is_empty() || evaluation.value(Evaluation::whole(needs)) != Value::Truth(true);
                        reads.extend(asked);
                        reads.sort_unstable();
                        reads.dedup();
                    }
                    let all_play = reads.len() <= 1;
                    uncertain.push(Uncertain { subject, reads, more, all_play });
                }
            }
            let aspects = (0..library.aspects.len())
                .map(|at| (AspectId::at(at), reads(evaluation, &places, library.exprs.scores[at]).0));
            (uncertain, aspects.collect())
        });
        Self { words, open, uncertain, aspects }
    }

    fn question(&self, trial: &mut Trial<'_>, at: usize) -> Question {
        let open = &self.open[at];
        let reading: Vec<&Uncertain> = self.uncertain.iter().filter(|one| one.reads.contains(&at)).collect();
        let aspects: Vec<AspectId> =
            self.aspects.iter().filter(|(_, reads)| reads.contains(&at)).map(|(id, _)| *id).collect();
        let (mut counts, mut exact) = (vec![0_usize; reading.len()], open.complete);
        let mut ends: Vec<Option<(Number, Number)>> = vec![None; aspects.len()];
        for &value in &open.to {
            trial.look(&[(open.place, value)], |evaluation| {
                for (count, one) in counts.iter_mut().zip(&reading) {
                    *count += usize::from(settled(&one.subject, evaluation));
                    exact &= one.subject.possible(evaluation).exact;
                }
                for (ends, aspect) in ends.iter_mut().zip(&aspects) {
                    let expr = self.words.library.exprs.scores[aspect.index()];
                    if let Value::Number(score) = evaluation.value(Evaluation::whole(expr)) {
                        let (low, high) = ends.unwrap_or((score, score));
                        *ends = Some((low.min(score), high.max(score)));
                    }
                }
            });
        }
        let named = |one: &Uncertain| Titled { id: one.subject.id.clone(), title: one.subject.title.clone() };
        let with = |wanted: &dyn Fn(usize) -> bool| {
            let all = counts.iter().zip(&reading).filter(|(count, _)| wanted(**count));
            all.map(|(_, one)| named(one)).collect::<Vec<_>>()
        };
        let whole = |count: usize| Number::from(i64::try_from(count).unwrap_or(i64::MAX));
        let ways = open.to.len();
        let average = whole(counts.iter().sum()).over(whole(ways)).unwrap_or(Number::ZERO);
        let about = changed(self.words, trial.facts, open.of, Value::Missing, Value::Missing);
        Question {
            kind: about.kind,
            id: about.id,
            title: about.title,
            settles: with(&|count| count == ways),
            may_settle: with(&|count| count > 0 && count < ways),
            average,
            exact,
            moves: self.moves(&aspects, &ends),
        }
    }

    /// The aspect that moves most.
    fn moves(&self, aspects: &[AspectId], ends: &[Option<(Number, Number)>]) -> Option<Moves> {
        let library = self.words.library;
        let each = aspects.iter().zip(ends).filter_map(|(id, ends)| {
            let ((low, high), (least, most)) = ((*ends)?, library.aspects[id.index()].within?);
            let share = high.minus(low)?.over(most.minus(least)?)?;
            let declared = &library.aspects[id.index()].declared;
            let id_of = format!("{}/{}", library.rulesets[declared.ruleset].manifest.id, declared.id);
            let aspect = Titled { id: id_of, title: self.words.aspect(*id) };
            (share > Number::ZERO).then_some(Moves { aspect, low, high, share })
        });
        // of equals the first
        each.fold(None, |best: Option<Moves>, one| match best {
            Some(best) if best.share >= one.share => Some(best),
            _ => Some(one),
        })
    }

    /// The set of questions that settles most, whatever the answers are.
    fn best(&mut self, trial: &mut Trial<'_>, size: usize, asked: &[(usize, Question)]) -> Best {
        self.leave_out_what_plays_no_part(trial);
        let decided: Vec<&Uncertain> = self.uncertain.iter().filter(|one| !one.more).collect();
        let sets: Vec<BTreeSet<usize>> = decided.iter().map(|one| one.reads.iter().copied().collect()).collect();
        let covered = |chosen: &BTreeSet<usize>| sets.iter().filter(|set| set.is_subset(chosen)).count();
        let small: BTreeSet<&BTreeSet<usize>> = sets.iter().filter(|set| set.len() <= size).collect();
        let mut unions: BTreeSet<BTreeSet<usize>> = BTreeSet::from([BTreeSet::new()]);
        // what hangs on more, or perhaps on less than it reads, could be settled by a set that was not thought of
        let mut exact = self.uncertain.iter().all(|one| !one.more && one.all_play);
        for set in small {
            let joined: Vec<BTreeSet<usize>> =
                unions.iter().map(|union| union | set).filter(|union| union.len() <= size).collect();
            if unions.len() + joined.len() > MOST_SETS {
                exact = false;
                break;
            }
            unions.extend(joined);
        }
        let rank = |at: &usize| asked.iter().position(|(known, _)| known == at).unwrap_or(asked.len());
        let of = |union: &BTreeSet<usize>| (Reverse(covered(union)), union.iter().map(rank).sum::<usize>());
        let mut chosen: BTreeSet<usize> = unions.iter().min_by_key(|union| of(union)).cloned().unwrap_or_default();
        // what room is left goes to those that settle most on their own
        for (at, _) in asked {
            if chosen.len() < size {
                chosen.insert(*at);
            }
        }
        let mut questions: Vec<(usize, Titled)> = chosen
            .iter()
            .map(|at| {
                let about = changed(self.words, trial.facts, self.open[*at].of, Value::Missing, Value::Missing);
                (rank(at), Titled { id: about.id, title: about.title })
            })
            .collect();
        questions.sort();
        let settled = decided.iter().zip(&sets).filter(|(_, set)| set.is_subset(&chosen));
        let settles = settled.map(|(one, _)| Titled { id: one.subject.id.clone(), title: one.subject.title.clone() });
        Best { settles: settles.collect(), questions: questions.into_iter().map(|(_, one)| one).collect(), exact }
    }

    /// Of each conclusion leaves out the open answers that play no part in it, where that can be seen by going
    /// through every way to fill in its open answers.
    fn leave_out_what_plays_no_part(&mut self, trial: &mut Trial<'_>) {
        let open = &self.open;
        for one in self.uncertain.iter_mut().filter(|one| !one.more) {
            let sizes = one.reads.iter().map(|at| open[*at].to.len());
            let ways = sizes.clone().try_fold(1_usize, usize::checked_mul).filter(|ways| *ways <= MOST_WAYS);
            let all_known = one.reads.iter().all(|at| open[*at].complete);
            let (Some(ways), true) = (ways, all_known) else { continue };
            let sizes: Vec<usize> = sizes.collect();
            let mut said = Vec::with_capacity(ways);
            for way in 0..ways {
                let moves = filled(open, &one.reads, &sizes, way);
                said.push(trial.look(&moves, |evaluation| comes_to(&one.subject, evaluation)));
            }
            let mut step = 1;
            let mut kept = Vec::new();
            for (at, size) in one.reads.iter().zip(&sizes) {
                let plays = (0..ways).any(|way| said[way] != said[way - (way / step % size) * step]);
                if plays {
                    kept.push(*at);
                }
                step *= size;
            }
            one.reads = kept;
            one.all_play = true;
        }
    }
}

/// One way to fill in some open answers: the first turns fastest.
fn filled(open: &[Open], reads: &[usize], sizes: &[usize], way: usize) -> Vec<Move> {
    let mut rest = way;
    let mut moves = Vec::with_capacity(reads.len());
    for (at, size) in reads.iter().zip(sizes) {
        moves.push((open[*at].place, open[*at].to[rest % size]));
        rest /= size;
    }
    moves
}

/// What is settled about a conclusion when it is: for a condition only whether it is true.
fn comes_to(subject: &Subject, evaluation: &mut Evaluation<'_>) -> Value {
    let value = subject.value(evaluation);
    if subject.is_condition() { Value::Truth(value == Value::Truth(true)) } else { value }
}

/// Whether no open answer can change a conclusion any more.
fn settled(subject: &Subject, evaluation: &mut Evaluation<'_>) -> bool {
    matches!(subject.certainty(evaluation), None | Some(Certainty::Confirmed))
}

/// The answers and statuses that are not there, of what is asked.
fn open(words: Words<'_>, trial: &mut Trial<'_>) -> Vec<Open> {
    let library = words.library;
    let mut all = Vec::new();
    for (at, question) in library.questions.iter().enumerate() {
        let id = QuestionId::at(at);
        if question.same_as.is_some() || matches!(question.kind, Kind::Text) {
            continue;
        }
        let slots = slots(trial.facts, id);
        let missing: Vec<bool> = trial.look(&[], |evaluation| {
            evaluation.leaves(id).into_iter().map(|key| evaluation.value(key) == Value::Missing).collect()
        });
        let (mut to, complete) = values(&question.kind, Value::Missing);
        to.extend(question.not_applicable.then_some(Value::Nothing));
        for ((slot, party), missing) in slots.into_iter().zip(missing) {
            if missing && trial.facts.values[slot] == Value::Missing {
                all.push(Open { of: Of::Answer(id, party), place: Place::Answer(slot), to: to.clone(), complete });
            }
        }
    }
    for (at, stone) in library.bouwstenen.iter().enumerate() {
        if !stone.step && stone.same_as.is_empty() && trial.facts.statuses[at] == Value::Missing {
            let id = BouwsteenId::at(at);
            let to = (0..4).map(Value::Option).collect();
            all.push(Open { of: Of::Bouwsteen(id), place: Place::Status(id), to, complete: true });
        }
    }
    all
}

/// The open answers that an expression still hangs on, by their place, and whether it hangs on more than those.
fn reads(evaluation: &mut Evaluation<'_>, places: &BTreeMap<Place, usize>, expr: ExprId) -> (Vec<usize>, bool) {
    let key = Evaluation::whole(expr);
    if !evaluation.is_open(key) {
        return (Vec::new(), false);
    }
    let (mut found, mut more) = (BTreeSet::new(), false);
    for part in evaluation.cone(key).iter() {
        let place = match *evaluation.library.graph.expr(part.expr) {
            Expr::Answer(id) => evaluation.leaf(*part, id).map(Place::Answer),
            Expr::Status(id) => Some(Place::Status(id)),
            Expr::Importance(id) => {
                more |= evaluation.leaf(*part, id).is_some() && evaluation.value(*part) == Value::Missing;
                None
            }
            _ => None,
        };
        found.extend(place.and_then(|place| places.get(&place)));
    }
    (found.into_iter().collect(), more)
}

/// The open answers that demands speak of: those below an aspect whose coverage is asked, and those that must be there.
fn below(library: &Library, evaluation: &Evaluation<'_>, places: &BTreeMap<Place, usize>, needs: ExprId) -> Vec<usize> {
    let (mut waiting, mut seen, mut found) = (vec![needs], BTreeSet::new(), Vec::new());
    while let Some(expr) = waiting.pop() {
        if !seen.insert(expr) {
            continue;
        }
        match *library.graph.expr(expr) {
            Expr::Answered(id) | Expr::Unknown(id) => waiting.push(library.exprs.answers[id.index()]),
            Expr::Coverage(id) => waiting.push(library.exprs.scores[id.index()]),
            Expr::Answer(id) => {
                let slots = &evaluation.facts.slots[id.index()];
                let own = slots.start..slots.start + slots.len();
                found.extend(own.filter_map(|slot| places.get(&Place::Answer(slot))));
            }
            _ => {}
        }
        waiting.extend(library.compiled.reads[expr.index()].iter().copied());
    }
    found
}
