//! What a ruleset makes otherwise of the conclusions of the one that it extends.

use super::lists::data;
use super::{Context, Site};
use crate::problem::{FileId, Problem, Span, codes};
use crate::ruleset::tailoring::{Change, Kind, What, changes_nothing};
use crate::source::Entry;
use rhai::{Array, Dynamic, Map};

/// A field that is overridden, and where.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) field: String,
    pub(super) span: Span,
    /// Whether it has another value; otherwise there is more in its list.
    pub(super) replaced: bool,
}

/// Applies what is overridden of a conclusion to the fields that a script gives it, and tells where that stands.
/// Nothing, where the conclusion is disabled.
pub(super) fn overridden(
    site: &Site<'_>,
    (kind, id): (Kind, &str),
    file: FileId,
    value: &mut Dynamic,
) -> Option<Vec<Place>> {
    let (changes, disabled) = changes_of(site.context, (kind, id), file);
    if disabled {
        return None;
    }
    let mut places = Vec::new();
    let Some(mut map) = value.clone().try_cast::<Map>() else { return Some(places) };
    for change in &changes {
        let What::Change { set, add } = &change.what else { continue };
        set.iter().for_each(|entry| place(site, change, &mut map, entry, &mut places));
        add.iter().for_each(|entry| more(site, change, &mut map, entry, &mut places));
    }
    *value = Dynamic::from(map);
    Some(places)
}

/// The changes to a conclusion that stands in a file, and whether it is left out.
fn changes_of(context: &Context, (kind, id): (Kind, &str), file: FileId) -> (Vec<Change>, bool) {
    let mut loading = context.loading.borrow_mut();
    if loading.layers.is_empty() {
        return (Vec::new(), false);
    }
    loading.concluded.entry((kind, id.to_owned())).or_insert(file);
    let over = || loading.layers.iter().filter(|layer| layer.over.contains(&file));
    let disabled = !loading.trial && over().any(|layer| layer.disables(kind, id));
    let all = over().flat_map(|layer| &layer.changes);
    (all.filter(|change| change.kind == kind && change.id == id).cloned().collect(), disabled)
}

/// Gives a field another value.
fn place(site: &Site<'_>, change: &Change, map: &mut Map, entry: &Entry, places: &mut Vec<Place>) {
    let new = data(&entry.node);
    if map.get(entry.key.as_str()).is_some_and(|old| format!("{old:?}") == format!("{new:?}")) {
        site.report(changes_nothing(&change.at(), &entry.key, entry.key_span));
    }
    map.insert(entry.key.as_str().into(), new);
    places.retain(|place| place.field != entry.key);
    places.push(Place { field: entry.key.clone(), span: entry.node.span, replaced: true });
}

/// Puts more in the list of a field.
fn more(site: &Site<'_>, change: &Change, map: &mut Map, entry: &Entry, places: &mut Vec<Place>) {
    let list = |value: &Dynamic| value.clone().try_cast::<Array>();
    let known = map.get(entry.key.as_str()).map(list);
    let (Some(old), Some(new)) = (known.unwrap_or_else(|| Some(Array::new())), list(&data(&entry.node))) else {
        let problem = Problem::new(codes::WRONG_TYPE, format!("`{}` is no list here", entry.key)).at(entry.node.span);
        site.report(problem.help("`add` puts more in a list; `set` gives another value"));
        return;
    };
    if new.is_empty() {
        site.report(changes_nothing(&change.at(), &entry.key, entry.key_span));
    }
    map.insert(entry.key.as_str().into(), Dynamic::from(old.into_iter().chain(new).collect::<Array>()));
    if places.iter().all(|place| place.field != entry.key) {
        places.push(Place { field: entry.key.clone(), span: entry.node.span, replaced: false });
    }
}
