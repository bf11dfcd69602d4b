//! What rests on itself, and what rests on too much.

use crate::condition::{BouwsteenId, DEEPEST, Expr, ExprId, QuestionId};
use crate::problem::{Problem, Problems, Span, codes};
use crate::ruleset::elements::Declared;
use crate::ruleset::load::Library;
use crate::ruleset::loading::Loading;
use std::collections::{BTreeMap, BTreeSet};

/// What going over what needs what comes to.
struct Walked<T> {
    /// The circles, each from where it was come into.
    circles: Vec<Vec<T>>,
    /// How many stand one inside the other in each, itself counted.
    depths: BTreeMap<T, u32>,
}

/// Goes over what needs what, each once; without calls of its own, so that it can go as deep as a ruleset can be written.
fn walk<T: Copy + Ord>(starts: impl IntoIterator<Item = T>, needs: impl Fn(T) -> Vec<T>) -> Walked<T> {
    let mut walked = Walked { circles: Vec::new(), depths: BTreeMap::new() };
    // what is being followed, each with what it still needs and the depth of what was looked at; and which those are
    let mut path: Vec<(T, std::vec::IntoIter<T>, u32)> = Vec::new();
    let mut followed: BTreeSet<T> = BTreeSet::new();
    for start in starts {
        let mut entered = (!walked.depths.contains_key(&start)).then_some(start);
        loop {
            if let Some(id) = entered.take() {
                followed.insert(id);
                path.push((id, needs(id).into_iter(), 0));
            }
            let Some((id, waiting, deepest)) = path.last_mut() else { break };
            if let Some(next) = waiting.next() {
                if let Some(depth) = walked.depths.get(&next) {
                    *deepest = (*deepest).max(*depth);
                } else if followed.contains(&next) {
                    let from = path.iter().position(|(known, ..)| *known == next).unwrap_or(0);
                    walked.circles.push(path[from..].iter().map(|(id, ..)| *id).collect());
                } else {
                    entered = Some(next);
                }
                continue;
            }
            let (id, depth) = (*id, *deepest + 1);
            walked.depths.insert(id, depth);
            followed.remove(&id);
            path.pop();
            if let Some((_, _, deepest)) = path.last_mut() {
                *deepest = (*deepest).max(depth);
            }
        }
    }
    walked
}

/// Elements that rest on themselves (children, `asked-if`, demands, conclusions that read each other), or on too much.
pub(super) fn elements(loading: &Loading, problems: &mut Problems) {
    let (library, start) = (&loading.library, &loading.start);
    let starts = library.exprs.answers[start.questions..].iter().chain(&library.exprs.scores[start.aspects..]);
    let starts = starts.copied().chain((0..library.graph.len()).map(ExprId::at));
    let walked = walk(starts, |id| library.dependencies(id));
    for circle in &walked.circles {
        let mut names: Vec<(String, Span)> = circle.iter().filter_map(|id| named(library, *id)).collect();
        names.dedup();
        let Some((first, span)) = names.first().cloned() else { continue };
        let words: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).chain([first.as_str()]).collect();
        let problem = Problem::new(codes::CIRCLE, format!("`{first}` rests on itself: {}", words.join(" → ")));
        let others = names.iter().skip(1).filter(|(name, _)| *name != first);
        let problem = others.fold(problem.at(span), |problem, (_, span)| problem.also(*span, "and this"));
        problems.push(problem.help("break the circle at one of these places"));
    }
    too_deep(library, &walked.depths, problems);
}

/// The words for an element in a circle.
fn named(library: &Library, id: ExprId) -> Option<(String, Span)> {
    let declared = match library.graph.expr(id) {
        Expr::Answer(question) => &library.questions[question.index()].declared,
        Expr::Score(aspect) | Expr::Level(aspect) | Expr::Trait(aspect, ..) => {
            &library.aspects[aspect.index()].declared
        }
        Expr::Outcome(outcome) => &library.outcomes.get(outcome.index())?.declared,
        Expr::Measure(measure) => &library.measures.get(measure.index())?.declared,
        Expr::Diagnosis(rule) => &library.rules.get(rule.index())?.declared,
        _ => return None,
    };
    Some((declared.id.clone(), declared.span))
}

/// Tells of what rests on too much, but not of what only does so because it rests on that.
fn too_deep(library: &Library, depths: &BTreeMap<ExprId, u32>, problems: &mut Problems) {
    let rules = library.rules.iter().map(|rule| (rule.when, (rule.declared.id.clone(), rule.declared.span)));
    let others = (0..library.graph.len()).map(ExprId::at).filter_map(|id| Some((id, named(library, id)?)));
    let deep = |id: &ExprId| depths.get(id).copied().filter(|depth| *depth > DEEPEST);
    let all = others.chain(rules).filter_map(|(id, named)| Some((deep(&id)?, named)));
    if let Some((_, (id, span))) = all.min_by_key(|(depth, _)| *depth) {
        let message = format!("`{id}` rests on more than {DEEPEST} things, one inside the other");
        let help = "let it read what it is about itself, instead of one thing by way of the other";
        problems.push(Problem::new(codes::TOO_DEEP, message).at(span).help(help));
    }
}

/// Advice that needs itself first; in a ruleset that joins others, what is the same counts as one.
pub(super) fn bouwstenen(library: &Library, first: usize, problems: &mut Problems) {
    let joins = library.rulesets.last().is_some_and(|ruleset| ruleset.manifest.joins.is_some());
    let own = || (first..library.bouwstenen.len()).map(BouwsteenId::at);
    let mut one: BTreeMap<BouwsteenId, BouwsteenId> = BTreeMap::new();
    for id in own().filter(|_| joins) {
        for same in &library.bouwstenen[id.index()].same_as {
            if one.insert(*same, id).is_some() {
                problems.push(
                    Problem::new(codes::DUPLICATE_ID, "this is the same as two bouwstenen or steps of this ruleset")
                        .at(library.bouwstenen[id.index()].declared.span)
                        .label(format!("`{}` again", library.bouwstenen[same.index()].declared.id))
                        .help("name it at one of the two"),
                );
            }
        }
    }
    let needs = |id: BouwsteenId| -> Vec<BouwsteenId> {
        let same = library.bouwstenen[id.index()].same_as.iter().filter(|_| joins);
        let members = std::iter::once(&id).chain(same);
        let needs = members.flat_map(|member| &library.bouwstenen[member.index()].prerequisites);
        needs.map(|need| one.get(need).copied().unwrap_or(*need)).filter(|need| !joins || *need != id).collect()
    };
    for circle in turned(walk(own(), needs).circles, BouwsteenId::at(first)) {
        let declared = |id: &BouwsteenId| &library.bouwstenen[id.index()].declared;
        problems.push(round("bouwstenen need each other first", circle.iter().map(declared)));
    }
}

/// Questions that need each other first.
pub(super) fn questions(library: &Library, first: usize, problems: &mut Problems) {
    let own = (first..library.questions.len()).map(QuestionId::at);
    let needs = |id: QuestionId| library.questions[id.index()].prerequisites.clone();
    for circle in turned(walk(own, needs).circles, QuestionId::at(first)) {
        let declared = |id: &QuestionId| &library.questions[id.index()].declared;
        problems.push(round("questions are each other's prerequisites", circle.iter().map(declared)));
    }
}

/// The problem of prerequisites that come round.
fn round<'a>(what: &str, circle: impl Iterator<Item = &'a Declared>) -> Problem {
    let circle: Vec<&Declared> = circle.collect();
    let names: Vec<&str> = circle.iter().chain(circle.first()).map(|declared| declared.id.as_str()).collect();
    let problem = Problem::new(codes::CIRCLE, format!("{what}: {}", names.join(" → ")));
    let (first, others) = circle.split_first().map_or((None, &[][..]), |(first, others)| (Some(first.span), others));
    let problem = others.iter().fold(problem.at(first), |problem, other| problem.also(other.span, "and this"));
    problem.help("take one of these prerequisites away")
}

/// The same circles, each from the first of its members on that is not before `own`: what is stands in another ruleset, and
/// is not the place to mend it.
fn turned<T: Copy + Ord>(circles: Vec<Vec<T>>, own: T) -> BTreeSet<Vec<T>> {
    let turned = |mut circle: Vec<T>| {
        let first = circle.iter().enumerate().min_by_key(|(_, id)| (**id < own, **id)).map_or(0, |(at, _)| at);
        circle.rotate_left(first);
        circle
    };
    circles.into_iter().map(turned).collect()
}

#[cfg(test)]
mod tests {
    use super::{turned, walk};
    use std::collections::BTreeSet;

    #[test]
    fn a_circle_is_told_once_and_many_ways_to_one_end_are_none() {
        // two to choose from at each of forty steps: a million million ways, and no circle
        let all = 0..80;
        let further = |id: usize| (id / 2 * 2 + 2..id / 2 * 2 + 4).filter(|next| *next < 80).collect::<Vec<_>>();
        let walked = walk(all, further);
        assert_eq!((walked.circles.len(), walked.depths[&0]), (0, 40));
        let round = |id: usize| [vec![1], vec![2], vec![0], vec![3, 1]].get(id).cloned().unwrap_or_default();
        assert_eq!(turned(walk(0..80, round).circles, 0), BTreeSet::from([vec![0, 1, 2], vec![3]]));
        assert_eq!(turned(vec![vec![2, 0, 1]], 1), BTreeSet::from([vec![1, 2, 0]]), "what is ours comes first");
    }
}
