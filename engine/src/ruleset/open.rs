//! Opening rulesets: their manifests, and what each extends.

use super::load::RulesetFiles;
use super::loading::Loading;
use super::manifest::Manifest;
use super::parts::{Parts, add_text, counts};
use super::tailoring::{self, Change, Layer, compose};
use super::{Declared, Own, Tailoring};
use crate::problem::{Problem, Problems, Span, codes};
use crate::source::{Node, Value, parse_toml};
use semver::VersionReq;
use sha2::{Digest, Sha256};

/// A ruleset whose manifest is read.
pub(super) struct Read<'a> {
    pub(super) files: &'a RulesetFiles,
    pub(super) manifest: Manifest,
    /// The manifest as a tree, put together with that of what it extends.
    node: Node,
    changes: Vec<Change>,
    /// What it extends.
    base: Option<usize>,
}

/// A ruleset whose manifest is parsed.
struct Opened<'a> {
    files: &'a RulesetFiles,
    node: Node,
    changes: Vec<Change>,
}

/// Opens rulesets. What cannot be read is reported and left out.
pub(super) fn all<'a>(rulesets: &'a [RulesetFiles], loading: &mut Loading) -> Vec<Read<'a>> {
    let opened: Vec<Opened<'_>> = rulesets.iter().filter_map(|files| opened(files, loading)).collect();
    let bases: Vec<Option<usize>> = (0..opened.len()).map(|at| base(&opened, at, &mut loading.problems)).collect();
    let mut places: Vec<Option<usize>> = vec![None; opened.len()];
    let mut read: Vec<Read<'_>> = Vec::new();
    for at in based_first(&bases, &opened, &mut loading.problems) {
        let one = &opened[at];
        let base = bases[at].and_then(|base| places[base]);
        if extends(&one.node).is_some() && base.is_none() {
            continue; // why was told
        }
        let problems = &mut loading.problems;
        let node = match base {
            Some(base) => compose::manifest(&read[base].node, &one.node, &one.changes, problems),
            None => one.node.clone(),
        };
        let Some(manifest) = Manifest::read(&node, problems) else { continue };
        if let (Some(base), Some((_, range, span))) = (base, &manifest.extends) {
            in_range(&read[base].manifest, range, *span, problems);
        }
        places[at] = Some(read.len());
        read.push(Read { files: one.files, manifest, node, changes: one.changes.clone(), base });
    }
    read
}

fn opened<'a>(files: &'a RulesetFiles, loading: &mut Loading) -> Option<Opened<'a>> {
    let Some(file) = add_text(files, "ruleset.toml", loading) else {
        if !files.files.contains_key("ruleset.toml") {
            loading.problems.push(
                Problem::new(codes::MISSING_FILE, format!("{} has no ruleset.toml", files.name))
                    .help("a ruleset is a folder with a file ruleset.toml in it"),
            );
        }
        return None;
    };
    let node = parse_toml(&loading.sources, file, &mut loading.problems);
    let mut changes = Vec::new();
    if extends(&node).is_some()
        && let Some(file) = add_text(files, "tailoring.toml", loading)
    {
        let node = parse_toml(&loading.sources, file, &mut loading.problems);
        changes = tailoring::read(&node, &mut loading.problems);
    }
    Some(Opened { files, node, changes })
}

/// What a manifest says that it extends.
pub(super) fn extends(manifest: &Node) -> Option<(String, Span)> {
    let Value::Table(table) = &manifest.value else { return None };
    let node = table.get("extends")?;
    match &node.value {
        Value::Text { text, .. } => Some((text.clone(), node.span)),
        Value::Table(table) => table.entries.first().map(|entry| (entry.key.clone(), entry.key_span)),
        _ => None,
    }
}

fn id(manifest: &Node) -> &str {
    compose::id(manifest).unwrap_or_default()
}

/// The place of what a ruleset extends.
fn base(opened: &[Opened<'_>], at: usize, problems: &mut Problems) -> Option<usize> {
    let (wanted, span) = extends(&opened[at].node)?;
    let found = opened.iter().position(|one| id(&one.node) == wanted);
    if found.is_none() {
        let own = id(&opened[at].node);
        let message = format!("`{own}` extends the ruleset `{wanted}`, which is not there");
        let others = opened.iter().map(|one| id(&one.node)).filter(|id| *id != own);
        problems.push(
            Problem::new(codes::REQUIRES, message)
                .at(span)
                .suggest(&wanted, others)
                .help("a ruleset that is not built in: give its folder with --ruleset"),
        );
    }
    found
}

/// The rulesets, each after the one that it extends.
fn based_first(bases: &[Option<usize>], opened: &[Opened<'_>], problems: &mut Problems) -> Vec<usize> {
    let mut done = vec![false; bases.len()];
    let mut order = Vec::new();
    for start in 0..bases.len() {
        let mut path = vec![start];
        while let Some(next) = path.last().and_then(|last| bases[*last]).filter(|next| !done[*next]) {
            if let Some(from) = path.iter().position(|known| *known == next) {
                circle(&path[from..], opened, problems);
                path.clear();
                break;
            }
            path.push(next);
        }
        for at in path.into_iter().rev().filter(|at| !std::mem::replace(&mut done[*at], true)).collect::<Vec<_>>() {
            order.push(at);
        }
    }
    order
}

fn circle(path: &[usize], opened: &[Opened<'_>], problems: &mut Problems) {
    let first = path.iter().enumerate().min_by_key(|(_, at)| **at).map_or(0, |(place, _)| place);
    let turned: Vec<usize> = path[first..].iter().chain(&path[..first]).copied().collect();
    let names: Vec<&str> = turned.iter().chain(turned.first()).map(|at| id(&opened[*at].node)).collect();
    let span = turned.first().and_then(|at| extends(&opened[*at].node)).map(|(_, span)| span);
    if let [_] = path {
        let message = format!("`{}` extends itself", names[0]);
        problems.push(Problem::new(codes::CIRCLE, message).at(span).help("give it an id of its own"));
        return;
    }
    problems.push(
        Problem::new(codes::CIRCLE, format!("rulesets extend each other in a circle: {}", names.join(" → ")))
            .at(span)
            .help("let one of them stand on its own"),
    );
}

/// Reports a ruleset whose version is not in the range that another asks for.
pub(super) fn in_range(found: &Manifest, range: &VersionReq, span: Span, problems: &mut Problems) {
    if !range.matches(&found.version) {
        problems.push(
            Problem::new(codes::REQUIRES, format!("`{}` is version {}, not in {range}", found.id, found.version))
                .at(span)
                .help("load a version in that range, or widen the range after running the cases"),
        );
    }
}

/// The parts of a ruleset, over those of what it extends; how it tailors that goes to `loading`.
pub(super) fn parts(read: &[Read<'_>], at: usize, languages: &[String], loading: &mut Loading) -> Parts {
    let one = &read[at];
    let Some(base) = one.base else { return Parts::read(one.files, &one.manifest, languages, loading) };
    let below = parts(read, base, languages, loading);
    let own = Parts::read(one.files, &one.manifest, languages, loading);
    let mut files = own.files();
    files.insert(one.manifest.span.file);
    loading.layers.push(Layer {
        changes: one.changes.clone(),
        by: (one.manifest.id.clone(), one.manifest.version.to_string()),
        base: (read[base].manifest.id.clone(), read[base].manifest.version.to_string(), digest(read, base)),
        own: files,
        over: below.files(),
    });
    let all_languages = loading.language.is_none();
    compose::parts(below, own, &one.changes, all_languages, &mut loading.problems)
}

/// Reports overrides of conclusions that no script made.
pub(super) fn all_met(loading: &mut Loading) {
    let stopped = [codes::SYNTAX_SCRIPT, codes::SCRIPT_STOPPED, codes::SCRIPT_RUNAWAY];
    if loading.problems.any(|problem| stopped.contains(&problem.code)) {
        return; // what would have come after it is not known
    }
    let mut found = Vec::new();
    for layer in &loading.layers {
        for change in layer.changes.iter().filter(|change| change.kind.is_concluded()) {
            let concluded = loading.concluded.iter().filter(|(_, file)| layer.over.contains(file));
            let known: Vec<&str> =
                concluded.filter(|((kind, _), _)| *kind == change.kind).map(|((_, id), _)| id.as_str()).collect();
            if !known.contains(&change.id.as_str()) {
                found.push(compose::unknown(change, known.into_iter()));
            }
        }
    }
    found.into_iter().for_each(|problem| loading.problems.push(problem));
}

/// How the ruleset that was loaded tailors those that it extends.
pub(super) fn tailorings(loading: &Loading, own: &Own) -> Vec<Tailoring> {
    let library = &loading.library;
    let all = |layer: &Layer| {
        let mut added = Vec::new();
        let mut name = |kind: &str, declared: &mut dyn Iterator<Item = &Declared>| {
            let mine = declared.filter(|declared| layer.own.contains(&declared.span.file));
            added.extend(mine.map(|declared| format!("{kind}/{}", declared.id)));
        };
        name("question", &mut library.questions[own.questions.clone()].iter().map(|one| &one.declared));
        name("aspect", &mut library.aspects[own.aspects.clone()].iter().map(|one| &one.declared));
        name("bouwsteen", &mut library.bouwstenen[own.bouwstenen.clone()].iter().map(|one| &one.declared));
        name("typing", &mut library.outcomes[own.outcomes.clone()].iter().map(|one| &one.declared));
        name("measure", &mut library.measures[own.measures.clone()].iter().map(|one| &one.declared));
        name("table", &mut library.tables[own.tables.clone()].iter().map(|one| &one.declared));
        name("rule", &mut library.rules[own.rules.clone()].iter().map(|one| &one.declared));
        layer.told(added)
    };
    loading.layers.iter().map(all).collect()
}

/// The digest of a ruleset: over its files, and over those of what it extends.
pub(super) fn digest(read: &[Read<'_>], at: usize) -> String {
    let one = &read[at];
    let mut hash = Sha256::new();
    for (path, bytes) in one.files.files.iter().filter(|(path, _)| counts(path, &one.manifest)) {
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    if let Some(base) = one.base {
        hash.update(b"extends");
        hash.update(digest(read, base).as_bytes());
    }
    crate::source::hex(&hash.finalize())
}
