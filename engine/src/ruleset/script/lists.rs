//! The functions that give lists and values at load time.

use super::terms::{function, text};
use super::{Context, Site, poison};
use crate::condition::QuestionId;
use crate::problem::{Problem, codes};
use crate::ruleset::loading::Loading;
use crate::ruleset::tailoring::Kind as Overridable;
use crate::ruleset::{Kind, Library};
use crate::source::{Node, Value as Written};
use rhai::{Array, Dynamic, Engine, Map};
use std::rc::Rc;

pub(super) fn register(engine: &mut Engine, context: &Rc<Context>) {
    function(engine, context, "aspects", 0, |site, _| {
        own(site, Some(Overridable::Aspect), |loading| {
            let start = loading.base(loading.ruleset).aspects;
            loading.library.aspects[start..].iter().map(|aspect| aspect.declared.id.clone()).collect()
        })
    });
    function(engine, context, "questions", 0, |site, _| {
        own(site, Some(Overridable::Question), |loading| {
            let start = loading.base(loading.ruleset).questions;
            loading.library.questions[start..].iter().map(|question| question.declared.id.clone()).collect()
        })
    });
    function(engine, context, "bouwstenen", 0, |site, _| {
        own(site, Some(Overridable::Bouwsteen), |loading| {
            let start = loading.base(loading.ruleset).bouwstenen;
            let own = loading.library.bouwstenen[start..].iter().filter(|bouwsteen| !bouwsteen.step);
            own.map(|bouwsteen| bouwsteen.declared.id.clone()).collect()
        })
    });
    function(engine, context, "roles", 0, |site, _| {
        own(site, None, |loading| {
            loading.manifest.iter().flat_map(|manifest| &manifest.roles).map(|(id, _)| id.clone()).collect()
        })
    });
    function(engine, context, "aspects", 1, |site, args| {
        of_aspect(site, &args[0], Some(Overridable::Aspect), |library, aspect| {
            library.aspects[aspect].children.iter().map(|id| library.aspects[id.index()].declared.id.clone()).collect()
        })
    });
    function(engine, context, "questions", 1, |site, args| {
        of_aspect(site, &args[0], Some(Overridable::Question), |library, aspect| {
            let mut found = Vec::new();
            below(library, aspect, &mut found);
            found.iter().map(|id| library.questions[id.index()].declared.id.clone()).collect()
        })
    });
    function(engine, context, "levels", 1, |site, args| {
        of_aspect(site, &args[0], None, |library, aspect| {
            library.aspects[aspect].levels.iter().map(|level| level.id.clone()).collect()
        })
    });
    function(engine, context, "traits", 1, |site, args| {
        of_aspect(site, &args[0], None, |library, aspect| {
            let portraits = library.aspects[aspect].combine.portraits();
            portraits.iter().flat_map(|portrait| &portrait.traits).map(|item| item.id.clone()).collect()
        })
    });
    function(engine, context, "traits", 2, traits_of_level);
    function(engine, context, "options", 1, options);
    function(engine, context, "rows", 1, rows);
    function(engine, context, "param", 1, param);
}

fn array(ids: Vec<String>) -> Dynamic {
    Dynamic::from(ids.into_iter().map(Dynamic::from).collect::<Array>())
}

fn own(site: &Site<'_>, kind: Option<Overridable>, list: fn(&Loading) -> Vec<String>) -> Dynamic {
    let loading = site.loading();
    array(left(&loading, kind, list(&loading)))
}

/// Those that are not disabled: a list never names what is, also not in a trial that still has it.
fn left(loading: &Loading, kind: Option<Overridable>, mut ids: Vec<String>) -> Vec<String> {
    ids.retain(|id| kind.is_none_or(|kind| !loading.disables(kind, id)));
    ids
}

fn of_aspect(
    site: &Site<'_>,
    id: &Dynamic,
    kind: Option<Overridable>,
    list: fn(&Library, usize) -> Vec<String>,
) -> Dynamic {
    let span = site.argument(0);
    let Some(id) = text(site, id, span, "the id of an aspect") else { return array(Vec::new()) };
    let found = site.loading().aspect(&id, span);
    let Some(aspect) = found else { return array(Vec::new()) };
    let loading = site.loading();
    array(left(&loading, kind, list(&loading.library, aspect.index())))
}

/// The traits of the portrait of one level.
fn traits_of_level(site: &Site<'_>, args: &[Dynamic]) -> Dynamic {
    let (spans, none) = ([site.argument(0), site.argument(1)], || array(Vec::new()));
    let aspect = text(site, &args[0], spans[0], "the id of an aspect");
    let level = text(site, &args[1], spans[1], "a level");
    let (Some(aspect), Some(level)) = (aspect, level) else { return none() };
    let Some(aspect) = site.loading().aspect(&aspect, spans[0]) else { return none() };
    let mut loading = site.loading();
    let aspect = &loading.library.aspects[aspect.index()];
    let known: Vec<String> = aspect.levels.iter().map(|level| level.id.clone()).collect();
    let portrait = aspect.levels.iter().zip(aspect.combine.portraits()).find(|(one, _)| one.id == level);
    if let Some((_, portrait)) = portrait {
        return array(portrait.traits.iter().map(|item| item.id.clone()).collect());
    }
    loading.unknown("portrait", &level, spans[1], &known);
    none()
}

/// The questions under an aspect, in order, each once.
fn below(library: &Library, aspect: usize, found: &mut Vec<QuestionId>) {
    for question in &library.aspects[aspect].questions {
        if !found.contains(question) {
            found.push(*question);
        }
    }
    for child in &library.aspects[aspect].children {
        // a circle is reported elsewhere; here it must only not go on for ever
        if child.index() != aspect && found.len() < 10_000 && !reaches(library, child.index(), aspect, 0) {
            below(library, child.index(), found);
        }
    }
}

fn reaches(library: &Library, from: usize, wanted: usize, depth: usize) -> bool {
    depth > 64
        || from == wanted
        || library.aspects[from].children.iter().any(|child| reaches(library, child.index(), wanted, depth + 1))
}

fn options(site: &Site<'_>, args: &[Dynamic]) -> Dynamic {
    let span = site.argument(0);
    let Some(id) = text(site, &args[0], span, "the id of a question") else { return array(Vec::new()) };
    let Some(question) = site.loading().question(&id, span) else { return array(Vec::new()) };
    match &site.loading().library.questions[question.index()].kind {
        Kind::Choice(options) | Kind::Multiple(options) => {
            array(options.iter().map(|option| option.id.clone()).collect())
        }
        _ => array(Vec::new()),
    }
}

fn rows(site: &Site<'_>, args: &[Dynamic]) -> Dynamic {
    let span = site.argument(0);
    let Some(name) = text(site, &args[0], span, "the name of a table file") else { return array(Vec::new()) };
    let loading = site.loading();
    if let Some(rows) = loading.rows.get(&name) {
        return Dynamic::from(rows.iter().map(data).collect::<Array>());
    }
    let known: Vec<String> = loading.rows.keys().cloned().collect();
    drop(loading);
    site.loading().unknown("table file", &name, span, &known);
    array(Vec::new())
}

/// A value of a table file, as a script sees it.
pub(super) fn data(node: &Node) -> Dynamic {
    match &node.value {
        Written::Null => Dynamic::UNIT,
        Written::Bool(bool) => (*bool).into(),
        Written::Number(number) => number.map_or(Dynamic::UNIT, of_number),
        Written::Text { text, .. } | Written::Date(text) => text.clone().into(),
        Written::List(list) => Dynamic::from(list.iter().map(data).collect::<Array>()),
        Written::Table(table) => Dynamic::from(
            table.entries.iter().map(|entry| (entry.key.as_str().into(), data(&entry.node))).collect::<Map>(),
        ),
    }
}

fn of_number(number: crate::number::Number) -> Dynamic {
    match number.to_integer() {
        Some(whole) => Dynamic::from(whole),
        None => number.rounded(12, '.').parse::<rust_decimal::Decimal>().map_or(Dynamic::UNIT, Dynamic::from),
    }
}

fn param(site: &Site<'_>, args: &[Dynamic]) -> Dynamic {
    let span = site.argument(0);
    let Some(id) = text(site, &args[0], span, "the id of a parameter") else { return poison() };
    site.loading().parameters_used.insert(id.clone());
    let loading = site.loading();
    let manifest = loading.manifest.as_ref();
    match manifest.and_then(|manifest| manifest.parameter(&id)) {
        Some(Written::Number(Some(number))) => of_number(*number),
        Some(Written::Text { text, .. }) => text.clone().into(),
        _ => {
            let known: Vec<String> = manifest
                .iter()
                .flat_map(|manifest| &manifest.parameters)
                .map(|parameter| parameter.id.clone())
                .collect();
            drop(loading);
            site.report(
                Problem::new(codes::UNKNOWN_ID, format!("there is no parameter `{id}`"))
                    .at(span)
                    .suggest(&id, known.iter().map(String::as_str)),
            );
            poison()
        }
    }
}
