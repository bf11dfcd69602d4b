//! The files of a ruleset, read: trees with places, scripts and texts, before anything in them is declared.

use super::check;
use super::load::RulesetFiles;
use super::loading::Loading;
use super::manifest::{Manifest, duplicate};
use super::tailoring::Kind;
use super::tailoring::compose::id;
use super::texts::{self, Texts};
use crate::problem::{FileId, Problem, Problems, Span, codes};
use crate::source::fields::Fields;
use crate::source::{LARGEST_TEXT, Node, Value, parse_toml};
use std::collections::{BTreeSet, HashMap};

/// What stands in the files of a ruleset.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub(super) questions: Option<Node>,
    pub(super) aspects: Option<Node>,
    pub(super) bouwstenen: Option<Node>,
    pub(super) links: Option<Node>,
    /// The table files, by name.
    pub(super) tables: Vec<(String, Node)>,
    /// The scripts, in the order in which they run.
    pub(super) scripts: Vec<FileId>,
    /// The texts, by language.
    pub(super) texts: Vec<Texts>,
    /// Whether the files in which elements are declared are valid TOML: otherwise much that is there would seem not
    /// to be.
    pub(super) readable: bool,
    /// The files that come from what the ruleset extends.
    pub(super) inherited: BTreeSet<FileId>,
}

impl Parts {
    /// Reads the files of a ruleset, with its texts in those of some languages that it has.
    pub(super) fn read(files: &RulesetFiles, manifest: &Manifest, languages: &[String], loading: &mut Loading) -> Self {
        let mut parts = Self::elements(files, loading);
        if parts.readable {
            parts.tables = tables(files, loading);
            check::unread(files, manifest, &mut loading.problems);
        }
        parts.scripts = scripts(files, loading);
        parts.texts = texts(files, manifest, languages, loading);
        parts
    }

    /// The files that something stands in.
    pub(super) fn files(&self) -> BTreeSet<FileId> {
        let trees = [&self.questions, &self.aspects, &self.bouwstenen, &self.links];
        let trees = trees.into_iter().flatten().chain(self.tables.iter().map(|(_, node)| node));
        let mut all: BTreeSet<FileId> = trees.map(|node| node.span.file).collect();
        all.extend(&self.scripts);
        all.extend(self.texts.iter().filter_map(Texts::file));
        all.extend(&self.inherited);
        all
    }

    /// The same without the elements that are disabled.
    pub(super) fn without(&self, disabled: &dyn Fn(Kind, &str) -> bool) -> Self {
        let mut left = self.clone();
        let files = [
            (&mut left.questions, Kind::Question),
            (&mut left.aspects, Kind::Aspect),
            (&mut left.bouwstenen, Kind::Bouwsteen),
        ];
        for (file, kind) in files {
            let Some(Value::Table(table)) = file.as_mut().map(|node| &mut node.value) else { continue };
            for entry in table.entries.iter_mut().filter(|entry| entry.key != "scale") {
                if let Value::List(list) = &mut entry.node.value {
                    list.retain(|node| id(node).is_none_or(|id| !disabled(kind, id)));
                }
            }
        }
        left
    }

    fn elements(files: &RulesetFiles, loading: &mut Loading) -> Self {
        let before = loading.problems.len();
        let questions = toml(files, "questions.toml", loading);
        let aspects = toml(files, "aspects.toml", loading);
        let bouwstenen = toml(files, "bouwstenen.toml", loading);
        let links = toml(files, "links.toml", loading);
        let readable = loading.problems.len() == before;
        Self { questions, aspects, bouwstenen, links, readable, ..Self::default() }
    }
}

/// Whether a file belongs to what a ruleset says, rather than to its tests and papers.
pub(super) fn counts(path: &str, manifest: &Manifest) -> bool {
    let tailoring = path == "tailoring.toml" && manifest.extends.is_some();
    matches!(path, "ruleset.toml" | "questions.toml" | "aspects.toml" | "bouwstenen.toml" | "links.toml")
        || tailoring
        || path.strip_suffix(".toml").is_some_and(|stem| manifest.languages.iter().any(|language| language == stem))
        || (path.starts_with("tables/") && path.ends_with(".toml"))
        || (path.starts_with("rules/") && path.ends_with(".rhai"))
}

fn toml(files: &RulesetFiles, path: &str, loading: &mut Loading) -> Option<Node> {
    let file = add_text(files, path, loading)?;
    Some(parse_toml(&loading.sources, file, &mut loading.problems))
}

/// Keeps a file of a ruleset as a source text, if it is there and is text.
pub(super) fn add_text(files: &RulesetFiles, path: &str, loading: &mut Loading) -> Option<FileId> {
    let bytes = files.files.get(path)?;
    let name = if files.name.is_empty() { path.to_owned() } else { format!("{}/{path}", files.name) };
    if bytes.len() > LARGEST_TEXT {
        loading.problems.push(Problem::new(
            codes::TOO_LARGE,
            format!("{name} has {} bytes; at most {LARGEST_TEXT} are read", bytes.len()),
        ));
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(loading.sources.add(name, text.strip_prefix('\u{feff}').unwrap_or(text))),
        Err(error) => {
            let place = error.valid_up_to();
            // shown as far as it can be read, with marks for what cannot
            let file = loading.sources.add(name.clone(), String::from_utf8_lossy(bytes));
            let span = Span { file, start: place, end: place + char::REPLACEMENT_CHARACTER.len_utf8() };
            let problem = Problem::new(codes::NOT_UTF8, format!("{name} is not UTF-8 text")).at(span);
            let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
            let now = if utf16 { "it looks like UTF-16; " } else { "" };
            loading.problems.push(problem.label("from here").help(format!("{now}save the file as UTF-8")));
            None
        }
    }
}

fn tables(files: &RulesetFiles, loading: &mut Loading) -> Vec<(String, Node)> {
    let mut all = Vec::new();
    for path in files.files.keys() {
        if let Some(name) = path.strip_prefix("tables/").and_then(|name| name.strip_suffix(".toml"))
            && let Some(node) = toml(files, path, loading)
        {
            all.push((name.to_owned(), node));
        }
    }
    all
}

/// The rows of a table file, each with an id and a source.
pub(super) fn rows(node: &Node, problems: &mut Problems) -> Vec<Node> {
    let Some(mut fields) = Fields::new(node, "a table file", problems) else { return Vec::new() };
    let rows = fields.required("row", problems).and_then(|node| node.list(problems)).unwrap_or_default();
    fields.finish(problems);
    let mut seen: HashMap<String, Span> = HashMap::new();
    for row in rows {
        let Some(mut fields) = Fields::new(row, "a row", problems) else { continue };
        let id = fields.required("id", problems).and_then(|node| Some((node.id(problems)?, node.span)));
        fields.source(problems);
        if let Some((id, span)) = id
            && let Some(first) = seen.insert(id.clone(), span)
        {
            problems.push(duplicate("row", &id, span, first));
        }
    }
    rows.to_vec()
}

fn scripts(files: &RulesetFiles, loading: &mut Loading) -> Vec<FileId> {
    let paths = files.files.keys().filter(|path| path.starts_with("rules/") && path.ends_with(".rhai"));
    paths.filter_map(|path| add_text(files, path, loading)).collect()
}

/// Where a manifest names a language.
fn place(manifest: &Manifest, language: &str) -> Span {
    let named = manifest.languages.iter().zip(&manifest.languages_at);
    named.into_iter().find(|(known, _)| *known == language).map_or(manifest.span, |(_, span)| *span)
}

fn texts(files: &RulesetFiles, manifest: &Manifest, languages: &[String], loading: &mut Loading) -> Vec<Texts> {
    let mut all = Vec::new();
    let wanted =
        loading.language.as_ref().map(|wanted| languages.iter().position(|known| known == wanted).unwrap_or(0));
    let wanted = languages.iter().enumerate().filter(|(at, _)| wanted.is_none_or(|wanted| wanted == *at));
    for (_, language) in wanted.filter(|(_, language)| manifest.languages.contains(language)) {
        let path = format!("{language}.toml");
        match add_text(files, &path, loading) {
            Some(file) => {
                let node = parse_toml(&loading.sources, file, &mut loading.problems);
                all.push(texts::read(language, file, &node, &mut loading.problems));
            }
            None if !files.files.contains_key(&path) => loading.problems.push(
                Problem::new(codes::MISSING_FILE, format!("there is no {path} with the texts in `{language}`"))
                    .at(place(manifest, language))
                    .help(format!("write {path}, or take `{language}` out of `languages`")),
            ),
            None => {}
        }
    }
    if all.is_empty() {
        all.push(Texts::default());
    }
    all
}
