//! What can only be checked when a whole ruleset is there: circles, texts, what nothing uses.

mod circles;
mod files;
mod texts;

pub(super) use self::files::unread;
use self::texts::Wanted;
use super::aspects::within;
use super::load::Library;
use super::loading::Loading;
use crate::condition::BouwsteenId;
use crate::problem::{Problem, Problems, codes};
use std::collections::BTreeSet;

/// Checks the ruleset that was loaded last.
pub(super) fn ruleset(loading: &mut Loading) {
    loading.library.complete_exprs();
    let mut found = Problems::new();
    circles::elements(loading, &mut found);
    circles::bouwstenen(&loading.library, loading.start.bouwstenen, &mut found);
    circles::questions(&loading.library, loading.start.questions, &mut found);
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
