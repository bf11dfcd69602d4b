//! What was added to a ruleset, taken out, or made otherwise, apart from what its conclusions say.

use super::{Element, Step};
use crate::condition::QuestionId;
use crate::ruleset::{Declared, Kind, Library, Rule, is_same};

/// What differs in the elements of two versions.
pub(super) fn elements(old: (&Library, usize), new: (&Library, usize)) -> Vec<Element> {
    let mut found = Vec::new();
    let (before, after) = (&old.0.rulesets[old.1].own, &new.0.rulesets[new.1].own);
    let (first, second) = (old.0, new.0);
    macro_rules! compare {
        ($kind:literal, $list:ident) => {
            ids(
                $kind,
                first.$list[before.$list.clone()].iter().map(|one| &one.declared),
                second.$list[after.$list.clone()].iter().map(|one| &one.declared),
                &mut found,
            );
        };
    }
    compare!("question", questions);
    compare!("aspect", aspects);
    compare!("bouwsteen", bouwstenen);
    compare!("role", roles);
    compare!("typing", outcomes);
    compare!("measure", measures);
    compare!("table", tables);
    compare!("rule", rules);
    questions(old, new, &mut found);
    options(old, new, &mut found);
    for rule in &second.rules[after.rules.clone()] {
        let known = first.rules[before.rules.clone()].iter().find(|known| known.declared.id == rule.declared.id);
        known.iter().for_each(|known| self::rule((first, known), (second, rule), &mut found));
    }
    parameters(old, new, &mut found);
    found
}

fn element(what: String, how: impl Into<String>, asks: Step) -> Element {
    Element { what, how: how.into(), asks }
}

fn ids<'a>(
    kind: &str,
    before: impl Iterator<Item = &'a Declared>,
    after: impl Iterator<Item = &'a Declared>,
    found: &mut Vec<Element>,
) {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.map(|one| one.id.as_str()).collect(), after.map(|one| one.id.as_str()).collect());
    listed(kind, &before, &after, found);
}

fn listed(kind: &str, before: &[&str], after: &[&str], found: &mut Vec<Element>) {
    let gone = before.iter().filter(|id| !after.contains(id));
    found.extend(gone.map(|id| element(format!("{kind}/{id}"), "taken out", Step::Major)));
    let added = after.iter().filter(|id| !before.contains(id));
    found.extend(added.map(|id| element(format!("{kind}/{id}"), "added", Step::Minor)));
}

fn questions(old: (&Library, usize), new: (&Library, usize), found: &mut Vec<Element>) {
    let own = new.0.rulesets[new.1].own.questions.clone();
    for id in own.map(QuestionId::at) {
        let question = &new.0.questions[id.index()];
        let Some(known) = old.0.question(old.1, &question.declared.id) else { continue };
        if is_same((old.0, known), (new.0, id)) {
            continue;
        }
        let before = &old.0.questions[known.index()];
        let how = if before.kind == question.kind {
            "asked otherwise: of others, in other cases, or with other importance"
        } else {
            "takes other answers"
        };
        found.push(element(format!("question/{}", question.declared.id), how, Step::Major));
    }
}

/// Levels, options of typings and of questions.
fn options(old: (&Library, usize), new: (&Library, usize), found: &mut Vec<Element>) {
    let (before, after) = (&old.0.rulesets[old.1].own, &new.0.rulesets[new.1].own);
    for aspect in &new.0.aspects[after.aspects.clone()] {
        let known = old.0.aspects[before.aspects.clone()].iter().find(|one| one.declared.id == aspect.declared.id);
        if let Some(known) = known {
            let levels =
                [known, aspect].map(|one| one.levels.iter().map(|level| level.id.as_str()).collect::<Vec<_>>());
            listed(&format!("level/{}", aspect.declared.id), &levels[0], &levels[1], found);
        }
    }
    for outcome in &new.0.outcomes[after.outcomes.clone()] {
        let known = old.0.outcomes[before.outcomes.clone()].iter().find(|one| one.declared.id == outcome.declared.id);
        if let Some(known) = known {
            let ids = [known, outcome].map(|one| one.ids.iter().map(String::as_str).collect::<Vec<_>>());
            listed(&format!("typing/{}", outcome.declared.id), &ids[0], &ids[1], found);
        }
    }
    for question in &new.0.questions[after.questions.clone()] {
        let known = old.0.question(old.1, &question.declared.id).map(|id| &old.0.questions[id.index()]);
        let list = |kind: &Kind| match kind {
            Kind::Choice(options) | Kind::Multiple(options) => {
                options.iter().map(|option| option.id.clone()).collect::<Vec<_>>()
            }
            _ => Vec::new(),
        };
        if let Some(known) = known {
            let both = [known, question].map(|one| list(&one.kind));
            let both = [&both[0], &both[1]].map(|ids| ids.iter().map(String::as_str).collect::<Vec<_>>());
            listed(&format!("option/{}", question.declared.id), &both[0], &both[1], found);
        }
    }
}

fn rule((old, before): (&Library, &Rule), (new, after): (&Library, &Rule), found: &mut Vec<Element>) {
    let what = format!("rule/{}", after.declared.id);
    if before.severity != after.severity {
        let how = format!("weighs as {} instead of {}", after.severity.id(), before.severity.id());
        found.push(element(what.clone(), how, Step::Major));
    }
    let stones = |library: &Library, rule: &Rule| -> Vec<String> {
        rule.recommend.iter().map(|id| library.bouwstenen[id.index()].declared.id.clone()).collect()
    };
    let (first, second) = (stones(old, before), stones(new, after));
    let gone = first.iter().filter(|id| !second.contains(id));
    found.extend(gone.map(|id| element(what.clone(), format!("no longer recommends `{id}`"), Step::Major)));
    let added = second.iter().filter(|id| !first.contains(id));
    found.extend(added.map(|id| element(what.clone(), format!("also recommends `{id}`"), Step::Minor)));
    let needs = |library: &Library, rule: &Rule| rule.needs.map(|needs| library.spelled(needs));
    if needs(old, before) != needs(new, after) {
        found.push(element(what, "needs other answers before it may be sure", Step::Major));
    }
}

fn parameters(old: (&Library, usize), new: (&Library, usize), found: &mut Vec<Element>) {
    let (before, after) = (&old.0.rulesets[old.1].manifest, &new.0.rulesets[new.1].manifest);
    for parameter in &after.parameters {
        let known = before.parameters.iter().find(|known| known.id == parameter.id);
        if known.is_some_and(|known| known.value != parameter.value) {
            // what it changes stands with the conclusions
            found.push(element(format!("parameter/{}", parameter.id), "has another value", Step::Patch));
        }
    }
    if format!("{:?}", before.ranking) != format!("{:?}", after.ranking) {
        found.push(element(
            "ranking".to_owned(),
            "weighs otherwise, so that advice may come in another order",
            Step::Minor,
        ));
    }
}
