//! Putting a ruleset together from the one that it extends and its own files.

use super::{Change, Kind, What, changes_nothing};
use crate::problem::{Problem, Problems, codes};
use crate::ruleset::parts::Parts;
use crate::ruleset::texts::Texts;
use crate::source::{Entry, Node, Table, Value};
use std::collections::BTreeSet;

/// The manifest of a ruleset that extends one with the manifest `base`.
pub(in crate::ruleset) fn manifest(base: &Node, own: &Node, changes: &[Change], problems: &mut Problems) -> Node {
    let (Value::Table(base), Value::Table(written)) = (&base.value, &own.value) else { return own.clone() };
    let mut composed = written.clone();
    for name in ["source", "role", "allow"] {
        let mut items: Vec<Node> = Vec::new();
        for table in [base, written] {
            if let Some(Value::List(list)) = table.get(name).map(|node| &node.value) {
                items.extend(list.iter().cloned());
            }
        }
        replace(&mut composed, base, name, Value::List(items));
    }
    replace(&mut composed, base, "requires", Value::Table(both(requires(base), requires(written))));
    let mut parameters = entries(base, "parameter");
    for change in changes.iter().filter(|change| change.kind == Kind::Parameter) {
        let found = parameters.iter_mut().find(|entry| entry.key == change.id);
        let Some(found) = found else {
            let known: Vec<String> = entries(base, "parameter").into_iter().map(|entry| entry.key).collect();
            problems.push(unknown(change, known.iter().map(String::as_str)));
            continue;
        };
        apply(&mut found.node, change, problems);
        because(&mut found.node, change);
    }
    let own_parameters = entries(written, "parameter");
    for entry in &own_parameters {
        if let Some(known) = entries(base, "parameter").iter().find(|known| known.key == entry.key) {
            let problem = Problem::new(codes::DUPLICATE_ID, format!("the parameter `{}` is there already", entry.key));
            let problem = problem.at(entry.key_span).also(known.key_span, "here");
            problems.push(problem.help(format!("change it in tailoring.toml, at \"parameter/{}\"", entry.key)));
        }
    }
    replace(&mut composed, base, "parameter", Value::Table(both(parameters, own_parameters)));
    ranking(&mut composed, base, changes, problems);
    for name in ["joins", "reading"] {
        if composed.get(name).is_none() {
            composed.entries.extend(base.entries.iter().find(|entry| entry.key == name).cloned());
        }
    }
    Node { value: Value::Table(composed), span: own.span }
}

/// The weights of the base with what is changed in them.
fn ranking(composed: &mut Table, base: &Table, changes: &[Change], problems: &mut Problems) {
    if let Some(own) = composed.get("ranking") {
        let problem = Problem::new(codes::NOT_FITTING, "a ruleset that extends another changes its ranking");
        problems.push(problem.at(own.span).help("write it in tailoring.toml: `[[change]]` with `at = \"ranking\"`"));
    }
    let mut entry = base.entries.iter().find(|entry| entry.key == "ranking").cloned();
    for change in changes.iter().filter(|change| change.kind == Kind::Ranking) {
        let node = || Node { value: Value::Table(Table::default()), span: change.span };
        let new = || Entry { key: "ranking".to_owned(), key_span: change.span, node: node() };
        let entry = entry.get_or_insert_with(new);
        apply(&mut entry.node, change, problems);
        because(&mut entry.node, change);
    }
    if composed.get("ranking").is_none() {
        composed.entries.extend(entry);
    }
}

/// What is required, as a table of ranges; a plain list asks for any version.
fn requires(table: &Table) -> Vec<Entry> {
    match table.get("requires").map(|node| &node.value) {
        Some(Value::List(list)) => list.iter().filter_map(crate::ruleset::manifest::any_version).collect(),
        _ => entries(table, "requires"),
    }
}

fn entries(table: &Table, name: &str) -> Vec<Entry> {
    match table.get(name).map(|node| &node.value) {
        Some(Value::Table(inner)) => inner.entries.clone(),
        _ => Vec::new(),
    }
}

/// The entries of both; where both have one, that of `own`.
fn both(base: Vec<Entry>, own: Vec<Entry>) -> Table {
    let mut all: Vec<Entry> = base.into_iter().filter(|entry| own.iter().all(|other| other.key != entry.key)).collect();
    all.extend(own);
    Table { entries: all }
}

/// Gives a table the value under `name`, at the place where it or the base has it; nothing where neither has.
fn replace(composed: &mut Table, base: &Table, name: &str, value: Value) {
    let Some(place) = composed.entries.iter().chain(&base.entries).find(|entry| entry.key == name).cloned() else {
        return;
    };
    composed.entries.retain(|entry| entry.key != name);
    let node = Node { value, span: place.node.span };
    composed.entries.push(Entry { node, ..place });
}

/// Puts the reason of a change in the place of the reason of what it changes.
fn because(node: &mut Node, change: &Change) {
    let Value::Table(table) = &mut node.value else { return };
    table.entries.retain(|entry| entry.key != "reason");
    let value = Value::Text { text: change.reason.clone(), verbatim: None };
    let node = Node { value, span: change.span };
    table.entries.push(Entry { key: "reason".to_owned(), key_span: change.span, node });
}

/// The parts of a ruleset that extends one with the parts `base`.
pub(in crate::ruleset) fn parts(
    mut base: Parts,
    own: Parts,
    changes: &[Change],
    all_languages: bool,
    problems: &mut Problems,
) -> Parts {
    let readable = base.readable && own.readable;
    if readable {
        elements(&mut base.questions, &["question"], Kind::Question, changes, problems);
        elements(&mut base.aspects, &["aspect"], Kind::Aspect, changes, problems);
        elements(&mut base.bouwstenen, &["bouwsteen", "step"], Kind::Bouwsteen, changes, problems);
    }
    let texts = texts(&base.texts, &own.texts, changes, all_languages, problems);
    let inherited = base.files();
    let mut tables = base.tables;
    for (name, node) in own.tables {
        match tables.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = joined(known.clone(), node),
            None => tables.push((name, node)),
        }
    }
    Parts {
        questions: either(base.questions, own.questions),
        aspects: either(base.aspects, own.aspects),
        bouwstenen: either(base.bouwstenen, own.bouwstenen),
        links: either(base.links, own.links),
        tables,
        scripts: base.scripts.into_iter().chain(own.scripts).collect(),
        texts,
        readable,
        inherited,
    }
}

fn either(base: Option<Node>, own: Option<Node>) -> Option<Node> {
    match (base, own) {
        (Some(base), Some(own)) => Some(joined(base, own)),
        (base, own) => base.or(own),
    }
}

/// Two files as one: lists of the same name go on in each other.
fn joined(base: Node, own: Node) -> Node {
    let mut node = base;
    if let (Value::Table(table), Value::Table(own)) = (&mut node.value, own.value) {
        for entry in own.entries {
            let known = table.entries.iter_mut().find(|known| known.key == entry.key);
            match (known.map(|known| &mut known.node.value), entry.node.value.clone()) {
                (Some(Value::List(list)), Value::List(more)) => list.extend(more),
                _ => table.entries.push(entry),
            }
        }
    }
    node
}

/// Applies changes to the elements of a file, and makes sure that what is overridden is there.
fn elements(file: &mut Option<Node>, lists: &[&str], kind: Kind, changes: &[Change], problems: &mut Problems) {
    let mut nodes: Vec<&mut Node> = Vec::new();
    if let Some(Value::Table(table)) = file.as_mut().map(|node| &mut node.value) {
        for entry in table.entries.iter_mut().filter(|entry| lists.contains(&entry.key.as_str())) {
            if let Value::List(list) = &mut entry.node.value {
                nodes.extend(list.iter_mut());
            }
        }
    }
    let ids: Vec<String> = nodes.iter().map(|node| id(node).unwrap_or_default().to_owned()).collect();
    for change in changes.iter().filter(|change| change.kind == kind) {
        match ids.iter().position(|known| *known == change.id) {
            Some(at) => apply(nodes[at], change, problems),
            None => problems.push(unknown(change, ids.iter().map(String::as_str))),
        }
    }
}

/// The id that an element is written with.
pub(in crate::ruleset) fn id(node: &Node) -> Option<&str> {
    let Value::Table(table) = &node.value else { return None };
    match &table.get("id")?.value {
        Value::Text { text, .. } => Some(text),
        _ => None,
    }
}

/// The problem of an override of what is not there.
pub(in crate::ruleset) fn unknown<'a>(change: &Change, known: impl Iterator<Item = &'a str>) -> Problem {
    let message = format!("what is extended has no {} `{}`", change.kind.word(), change.id);
    Problem::new(codes::UNKNOWN_ID, message).at(change.span).suggest(&change.id, known)
}

/// Changes the fields of an element.
fn apply(node: &mut Node, change: &Change, problems: &mut Problems) {
    let (What::Change { set, add }, Value::Table(table)) = (&change.what, &mut node.value) else { return };
    for entry in set {
        match table.entries.iter_mut().find(|known| known.key == entry.key) {
            Some(known) if same(&known.node.value, &entry.node.value) => {
                problems.push(changes_nothing(&change.at(), &entry.key, entry.key_span));
            }
            Some(known) => *known = entry.clone(),
            None => table.entries.push(entry.clone()),
        }
    }
    for entry in add {
        let known = table.entries.iter_mut().find(|known| known.key == entry.key);
        match (known.map(|known| &mut known.node.value), &entry.node.value) {
            (Some(Value::List(_)), Value::List(more)) if more.is_empty() => {
                problems.push(changes_nothing(&change.at(), &entry.key, entry.key_span));
            }
            (Some(Value::List(list)), Value::List(more)) => list.extend(more.iter().cloned()),
            (Some(Value::Table(inner)), Value::Table(more)) => {
                more.entries.iter().for_each(|one| more_in(inner, one, problems))
            }
            (None, _) => table.entries.push(entry.clone()),
            (Some(known), _) => {
                let message = format!("`{}` is {}, and this is {}", entry.key, known.kind(), entry.node.value.kind());
                let problem = Problem::new(codes::WRONG_TYPE, message).at(entry.node.span);
                problems.push(problem.help("`add` puts more in a list or a table; `set` gives another value"));
            }
        }
    }
}

fn more_in(table: &mut Table, entry: &Entry, problems: &mut Problems) {
    match table.entries.iter().find(|known| known.key == entry.key) {
        Some(known) => {
            let problem = Problem::new(codes::DUPLICATE_KEY, format!("`{}` is there already", entry.key));
            let problem = problem.at(entry.key_span).also(known.key_span, "here");
            problems.push(problem.help("to give it another value, write the whole table with `set`"));
        }
        None => table.entries.push(entry.clone()),
    }
}

/// Whether two values are the same, wherever they stand.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Text { text: one, .. }, Value::Text { text: other, .. }) => one == other,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(&one.value, &other.value))
        }
        (Value::Table(one), Value::Table(other)) => {
            let in_other =
                |entry: &Entry| other.get(&entry.key).is_some_and(|node| same(&entry.node.value, &node.value));
            one.entries.len() == other.entries.len() && one.entries.iter().all(in_other)
        }
        (one, other) => one == other,
    }
}

/// The texts of a ruleset are its own, over those of what it extends. To replace one takes a reason.
fn texts(
    base: &[Texts],
    own: &[Texts],
    changes: &[Change],
    all_languages: bool,
    problems: &mut Problems,
) -> Vec<Texts> {
    let mut used = BTreeSet::new();
    let mut all = Vec::new();
    for texts in own {
        let below = base.iter().find(|below| below.language() == texts.language());
        for (key, text, span) in texts.entries().filter(|_| texts.is_read()) {
            let Some(before) = below.filter(|_| !Texts::is_of_itself(key)).and_then(|below| below.get(key)) else {
                continue;
            };
            match changes.iter().position(|change| change.covers(key)) {
                Some(at) => drop(used.insert(at)),
                None => {
                    let problem =
                        Problem::new(codes::NO_OVERRIDE, format!("`{key}` replaces a text of what is extended"));
                    let help =
                        format!("say why in tailoring.toml: `[[change]]` with `at = \"text/{key}\"` and a reason");
                    problems.push(problem.at(span).help(help));
                }
            }
            if before == text {
                problems.push(changes_nothing(&format!("text/{key}"), "", span));
            }
        }
        all.push(below.map_or_else(|| texts.clone(), |below| texts.over(below)));
    }
    for (at, change) in changes.iter().enumerate().filter(|(_, change)| change.kind == Kind::Text && all_languages) {
        if used.contains(&at) {
            continue;
        }
        let known: Vec<&str> = base.iter().flat_map(Texts::entries).map(|(key, ..)| key).collect();
        if known.iter().any(|key| change.covers(key)) {
            let problem = Problem::new(codes::CHANGES_NOTHING, format!("no file has another text for `{}`", change.id));
            let languages: Vec<String> = own.iter().map(|texts| format!("{}.toml", texts.language())).collect();
            problems.push(problem.at(change.span).help(format!("write it in {}", languages.join(" and "))).warning());
        } else {
            problems.push(unknown(change, known.into_iter()));
        }
    }
    all
}
