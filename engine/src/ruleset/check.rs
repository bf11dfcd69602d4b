//! What can only be checked when a whole ruleset is there: circles, texts, what nothing uses.

mod files;
mod texts;

pub(super) use self::files::unread;
use self::texts::Wanted;
use super::aspects::within;
use super::elements::Declared;
use super::load::Library;
use super::loading::Loading;
use crate::condition::{BouwsteenId, DEEPEST, Expr, ExprId, QuestionId};
use crate::problem::{Problem, Problems, Span, codes};
use std::collections::{BTreeMap, BTreeSet};

/// Checks the ruleset that was loaded last.
pub(super) fn ruleset(loading: &mut Loading) {
    loading.library.complete_exprs();
    let mut found = Problems::new();
    circles(loading, &mut found);
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

/// How far a walk is with an expression.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    /// Done, with how many stand one inside the other in it.
    Done(u32),
}

/// A walk over everything that is written, down to what it rests on; without calls of its own, so that it can go as
/// deep as a ruleset can be written.
struct Walk<'a> {
    library: &'a Library,
    marks: Vec<Mark>,
    path: Vec<Step>,
    problems: &'a mut Problems,
}

/// An expression on the way down.
struct Step {
    id: ExprId,
    /// What it reads and was not looked at yet.
    parts: std::vec::IntoIter<ExprId>,
    /// The most that stand one inside the other in a part.
    deepest: u32,
}

/// Elements that rest on themselves (children, `asked-if`, demands, conclusions that read each other), or on too much.
fn circles(loading: &Loading, problems: &mut Problems) {
    let (library, start) = (&loading.library, &loading.start);
    let marks = vec![Mark::New; library.graph.len()];
    let mut walk = Walk { library, marks, path: Vec::new(), problems };
    let starts = library.exprs.answers[start.questions..].iter().chain(&library.exprs.scores[start.aspects..]);
    for start in starts.copied().chain((0..library.graph.len()).map(ExprId::at)) {
        walk.over(start);
    }
    walk.too_deep();
}

impl Walk<'_> {
    fn over(&mut self, start: ExprId) {
        if self.marks[start.index()] == Mark::New {
            self.open(start);
        }
        while let Some(step) = self.path.last_mut() {
            let Some(part) = step.parts.next() else {
                self.close();
                continue;
            };
            match self.marks[part.index()] {
                Mark::New => self.open(part),
                Mark::Open => self.circle(part),
                Mark::Done(depth) => step.deepest = step.deepest.max(depth),
            }
        }
    }

    fn open(&mut self, id: ExprId) {
        self.marks[id.index()] = Mark::Open;
        self.path.push(Step { id, parts: self.library.dependencies(id).into_iter(), deepest: 0 });
    }

    fn close(&mut self) {
        let Some(step) = self.path.pop() else { return };
        let depth = step.deepest + 1;
        self.marks[step.id.index()] = Mark::Done(depth);
        if let Some(reader) = self.path.last_mut() {
            reader.deepest = reader.deepest.max(depth);
        }
    }

    fn circle(&mut self, id: ExprId) {
        let start = self.path.iter().position(|step| step.id == id).unwrap_or(0);
        let named = self.path[start..].iter().filter_map(|step| named(self.library, step.id));
        let mut names: Vec<(String, Span)> = named.collect();
        names.dedup();
        let Some((first, span)) = names.first().cloned() else { return };
        let words: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).chain([first.as_str()]).collect();
        let problem = Problem::new(codes::CIRCLE, format!("`{first}` rests on itself: {}", words.join(" → ")));
        let others = names.iter().skip(1).filter(|(name, _)| *name != first);
        let problem = others.fold(problem.at(span), |problem, (_, span)| problem.also(*span, "and this"));
        self.problems.push(problem.help("break the circle at one of these places"));
    }

    /// Tells of what rests on too much, but not of what only does so because it rests on that.
    fn too_deep(&mut self) {
        let library = self.library;
        let rules = library.rules.iter().map(|rule| (rule.when, (rule.declared.id.clone(), rule.declared.span)));
        let others = (0..library.graph.len()).map(ExprId::at).filter_map(|id| Some((id, named(library, id)?)));
        let deep = |id: ExprId| match self.marks[id.index()] {
            Mark::Done(depth) if depth > DEEPEST => Some(depth),
            _ => None,
        };
        let all = others.chain(rules).filter_map(|(id, named)| Some((deep(id)?, named)));
        if let Some((_, (id, span))) = all.min_by_key(|(depth, _)| *depth) {
            let message = format!("`{id}` rests on more than {DEEPEST} things, one inside the other");
            let help = "let it read what it is about itself, instead of one thing by way of the other";
            self.problems.push(Problem::new(codes::TOO_DEEP, message).at(span).help(help));
        }
    }
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
