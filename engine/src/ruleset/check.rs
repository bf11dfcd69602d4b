//! What can only be checked when a whole ruleset is there: circles, texts, what nothing uses.

mod texts;

use self::texts::Wanted;
use super::aspects::within;
use super::elements::Declared;
use super::load::Library;
use super::loading::Loading;
use super::manifest::Manifest;
use super::parts::counts;
use crate::condition::{BouwsteenId, Expr, ExprId, QuestionId};
use crate::problem::{Problem, Problems, Span, codes, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// Checks the ruleset that was loaded last.
pub(super) fn ruleset(loading: &mut Loading) {
    loading.library.complete_exprs();
    let mut found = Problems::new();
    circles(&loading.library, loading.start.questions, loading.start.aspects, &mut found);
    prerequisite_circles(&loading.library, loading.start.bouwstenen, &mut found);
    question_circles(&loading.library, loading.start.questions, &mut found);
    if !loading.refused {
        recommended(loading, &mut found);
    }
    let ruleset = loading.library.rulesets.last();
    for texts in ruleset.into_iter().flat_map(|ruleset| &ruleset.texts).filter(|texts| texts.is_read()) {
        Wanted::new(loading, texts, &mut found).everything();
    }
    if !found.has_errors() {
        bounds(&mut loading.library, loading.start.aspects);
    }
    loading.problems.append(found);
}

/// A file in a ruleset's folder that nothing reads is probably a misspelt one.
pub(super) fn known_file(path: &str, manifest: &Manifest, folder: &str, problems: &mut Problems) {
    let known = ["ruleset.toml", "questions.toml", "aspects.toml", "bouwstenen.toml", "links.toml"];
    if counts(path, manifest) || path.starts_with("tests/") {
        return;
    }
    if path.ends_with(".toml") || path.ends_with(".rhai") {
        let problem = Problem::new(codes::UNKNOWN_FILE, format!("nothing reads {folder}/{path}")).warning();
        let languages: Vec<String> = manifest.languages.iter().map(|language| format!("{language}.toml")).collect();
        let all = known.into_iter().chain(languages.iter().map(String::as_str));
        problems.push(match nearest(path, all) {
            _ if path.len() == "nl.toml".len() => {
                let language = path.trim_end_matches(".toml");
                problem.help(format!("`{language}` is not among the `languages` in ruleset.toml"))
            }
            _ if path == "tailoring.toml" => problem.help("it goes with `extends` in ruleset.toml"),
            Some(near) => problem.help(format!("did you mean {near}?")),
            None => problem.help("scripts stand in rules/, tables in tables/, cases in tests/"),
        });
    }
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

/// How long a chain of expressions and elements may be that rest on each other: what follows them calls itself for each.
const DEEPEST: usize = 500;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Elements that rest on themselves: children, `asked-if`, demands, conclusions that read each other.
fn circles(library: &Library, questions: usize, aspects: usize, problems: &mut Problems) {
    let mut marks = vec![Mark::New; library.graph.len()];
    let starts = library.exprs.answers[questions..].iter().chain(&library.exprs.scores[aspects..]);
    let all = starts.copied().chain((0..library.graph.len()).map(ExprId::at));
    for start in all {
        let mut path = Vec::new();
        visit(library, start, &mut marks, &mut path, problems);
    }
}

fn visit(library: &Library, id: ExprId, marks: &mut [Mark], path: &mut Vec<ExprId>, problems: &mut Problems) {
    match marks[id.index()] {
        Mark::Done => return,
        Mark::Open => {
            let start = path.iter().position(|known| *known == id).unwrap_or(0);
            let mut names: Vec<(String, Span)> = path[start..].iter().filter_map(|id| named(library, *id)).collect();
            names.dedup();
            let Some((first, span)) = names.first().cloned() else { return };
            let words: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).chain([first.as_str()]).collect();
            let problem = Problem::new(codes::CIRCLE, format!("`{first}` rests on itself: {}", words.join(" → ")));
            let others = names.iter().skip(1).filter(|(name, _)| *name != first);
            let problem = others.fold(problem.at(span), |problem, (_, span)| problem.also(*span, "and this"));
            problems.push(problem.help("break the circle at one of these places"));
            return;
        }
        Mark::New => {}
    }
    if path.len() >= DEEPEST {
        let told = problems.any(|problem| problem.code == codes::TOO_DEEP);
        let Some((name, span)) = path.iter().rev().find_map(|id| named(library, *id)).filter(|_| !told) else { return };
        let message = format!("`{name}` stands at the end of a chain of more than {DEEPEST} that rest on each other");
        let problem = Problem::new(codes::TOO_DEEP, message).at(span);
        problems.push(problem.help("is each of them needed? one can rest on many at once"));
        return;
    }
    marks[id.index()] = Mark::Open;
    path.push(id);
    for part in library.dependencies(id) {
        visit(library, part, marks, path, problems);
    }
    path.pop();
    marks[id.index()] = Mark::Done;
}

/// Advice that needs itself first; in a ruleset that joins others, what is the same counts as one.
fn prerequisite_circles(library: &Library, first: usize, problems: &mut Problems) {
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
    let all: Vec<BouwsteenId> = own().collect();
    for circle in turns(&all, &needs) {
        let declared = |id: &BouwsteenId| &library.bouwstenen[id.index()].declared;
        problems.push(round("bouwstenen need each other first", circle.iter().map(declared)));
    }
}

/// Questions that need each other first.
fn question_circles(library: &Library, first: usize, problems: &mut Problems) {
    let own: Vec<QuestionId> = (first..library.questions.len()).map(QuestionId::at).collect();
    let needs = |id: QuestionId| library.questions[id.index()].prerequisites.clone();
    for circle in turns(&own, &needs) {
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

/// The circles in what needs what, each once, from the first of its members on that is among `all`, which is in order.
fn turns<T: Copy + Ord>(all: &[T], needs: &impl Fn(T) -> Vec<T>) -> BTreeSet<Vec<T>> {
    let (mut found, mut done) = (BTreeSet::new(), BTreeSet::new());
    for start in all {
        // what is being followed, each with what it still needs
        let mut path: Vec<(T, Vec<T>)> = vec![(*start, needs(*start))];
        while let Some((id, waiting)) = path.last_mut() {
            let Some(next) = waiting.pop() else {
                done.insert(*id);
                path.pop();
                continue;
            };
            if done.contains(&next) {
                continue;
            }
            match path.iter().position(|(known, _)| *known == next) {
                Some(from) => {
                    let mut circle: Vec<T> = path[from..].iter().map(|(id, _)| *id).collect();
                    // what is not among all stands in another ruleset, and is not the place to mend it
                    let first = circle.iter().enumerate().min_by_key(|(_, id)| (all.binary_search(id).is_err(), **id));
                    let first = first.map_or(0, |(at, _)| at);
                    circle.rotate_left(first);
                    found.insert(circle);
                }
                None => path.push((next, needs(next))),
            }
        }
    }
    found
}

fn recommended(loading: &Loading, problems: &mut Problems) {
    let (library, first) = (&loading.library, loading.start.bouwstenen);
    let mut named: BTreeSet<BouwsteenId> = library.rules.iter().flat_map(|rule| &rule.recommend).copied().collect();
    if library.rulesets.last().is_some_and(|ruleset| ruleset.manifest.joins.is_some()) {
        // what a ruleset that is joined recommends, it recommends too
        let same = |at: &usize| library.bouwstenen[*at].same_as.iter().any(|same| named.contains(same));
        let through: Vec<BouwsteenId> = (first..library.bouwstenen.len()).filter(same).map(BouwsteenId::at).collect();
        named.extend(through);
    }
    // what is advised brings along what it needs first
    let mut waiting: Vec<BouwsteenId> = named.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        let first = library.bouwstenen[id.index()].prerequisites.iter();
        waiting.extend(first.copied().filter(|first| named.insert(*first)));
    }
    for (at, bouwsteen) in library.bouwstenen.iter().enumerate().skip(first) {
        if !named.contains(&BouwsteenId::at(at)) {
            let kind = if bouwsteen.step { "step" } else { "bouwsteen" };
            let id = &bouwsteen.declared.id;
            let message = format!("no rule recommends the {kind} `{id}`, and nothing that is recommended needs it");
            let problem = Problem::new(codes::NOT_RECOMMENDED, message).at(bouwsteen.declared.span);
            let inherited = loading.inherited.contains(&bouwsteen.declared.span.file);
            let or =
                if inherited { "disable it in tailoring.toml too".to_owned() } else { format!("take the {kind} out") };
            problems.push(problem.help(format!("name it under `recommend:` of a rule, or {or}")));
        }
    }
}

/// Computes what each aspect's score can be, children first.
fn bounds(library: &mut Library, first: usize) {
    let mut done = vec![false; library.aspects.len()];
    for at in first..library.aspects.len() {
        bound(library, at, &mut done);
    }
}

fn bound(library: &mut Library, at: usize, done: &mut [bool]) {
    if std::mem::replace(&mut done[at], true) {
        return;
    }
    for child in library.aspects[at].children.clone() {
        bound(library, child.index(), done);
    }
    let within = within(library, &library.aspects[at]);
    library.aspects[at].within = within;
}

#[cfg(test)]
mod tests {
    use super::turns;
    use std::collections::BTreeSet;

    #[test]
    fn a_circle_is_told_once_and_many_ways_to_one_end_are_none() {
        // two to choose from at each of forty steps: a million million ways, and no circle
        let all: Vec<usize> = (0..80).collect();
        let further = |id: usize| (id / 2 * 2 + 2..id / 2 * 2 + 4).filter(|next| *next < 80).collect::<Vec<_>>();
        assert_eq!(turns(&all, &further), BTreeSet::new());
        let round = |id: usize| [vec![1], vec![2], vec![0], vec![3, 1]].get(id).cloned().unwrap_or_default();
        assert_eq!(turns(&all, &round), BTreeSet::from([vec![0, 1, 2], vec![3]]));
    }
}
