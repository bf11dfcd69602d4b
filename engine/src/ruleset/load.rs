//! Loading rulesets: from files to a checked [`Library`].

use super::dependencies::{Compiled, Exprs};
use super::elements::{Aspect, Bouwsteen, Declared, Measure, Outcome, Question, Role, Rule, Table};
use super::loading::{Base, Loading};
use super::manifest::{Manifest, duplicate};
use super::script::Session;
use super::slots::Spots;
use super::texts::{self, Part, Texts};
use super::{Own, Ruleset, aspects, bouwstenen, check, links, questions};
use crate::condition::{AspectId, BouwsteenId, Expr, Graph, QuestionId, RoleId, Type};
use crate::problem::{FileId, Problem, Problems, Span, codes};
use crate::source::fields::Fields;
use crate::source::{LARGEST_TEXT, Node, Sources, Value as Written, parse_toml};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The files of one ruleset, as bytes, with paths relative to its folder (`rules/a.rhai`).
#[derive(Debug, Clone, Default)]
pub struct RulesetFiles {
    /// What messages call the folder.
    pub name: String,
    /// Path and contents.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A set of checked rulesets that may read each other, and everything they declare.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Library {
    /// The rulesets, each after those that it requires.
    pub rulesets: Vec<Ruleset>,
    /// All questions.
    pub questions: Vec<Question>,
    /// All aspects.
    pub aspects: Vec<Aspect>,
    /// All bouwstenen and steps.
    pub bouwstenen: Vec<Bouwsteen>,
    /// All roles.
    pub roles: Vec<Role>,
    /// All typings.
    pub outcomes: Vec<Outcome>,
    /// All named numbers.
    pub measures: Vec<Measure>,
    /// All tables.
    pub tables: Vec<Table>,
    /// All rules.
    pub rules: Vec<Rule>,
    /// All conditions and terms.
    pub graph: Graph,
    /// The expression of each element.
    pub exprs: Exprs,
    /// What evaluation needs to know of every expression.
    #[serde(skip)]
    pub compiled: Compiled,
    /// Ids, by ruleset.
    pub(super) names: Vec<Names>,
    /// Where the expressions of each slot are written.
    #[serde(skip)]
    pub(super) written: Spots,
}

/// Profiles can be held against one library side by side.
const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Library>();
};

/// Ids of one ruleset's elements.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Names {
    pub(super) questions: BTreeMap<String, QuestionId>,
    pub(super) aspects: BTreeMap<String, AspectId>,
    pub(super) bouwstenen: BTreeMap<String, BouwsteenId>,
    pub(super) roles: BTreeMap<String, RoleId>,
    #[serde(skip)]
    pub(super) outline: Outline,
}

/// What the scripts of a ruleset conclude, by id; the numbers count within the ruleset.
#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    pub(super) outcomes: BTreeMap<String, (usize, Arc<[String]>)>,
    pub(super) measures: BTreeMap<String, usize>,
    pub(super) rules: BTreeMap<String, usize>,
    pub(super) tables: BTreeMap<String, (usize, Vec<String>, Vec<String>)>,
}

/// What is known of a ruleset before it is loaded: enough to choose what to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peek {
    /// Its id.
    pub id: String,
    /// The ids that it requires.
    pub requires: Vec<String>,
    /// For a ruleset that joins those: how many of them a profile must answer before it is of use.
    pub joins: Option<usize>,
}

impl Library {
    /// Loads rulesets, each after those that it requires, and checks them. The order in which they are given does not
    /// matter.
    ///
    /// Everything that is wrong with any of them goes into `problems`; texts go into `sources`, so that the
    /// problems can be shown. Gives `None` where something is wrong.
    pub fn load(rulesets: &[RulesetFiles], sources: &mut Sources, problems: &mut Problems) -> Option<Self> {
        Self::load_in(rulesets, None, sources, problems)
    }

    /// The same with the texts of one language only, or of the source language where a ruleset has not that one.
    ///
    /// This is for a report: the texts of other languages are neither read nor checked.
    pub fn load_in(
        rulesets: &[RulesetFiles],
        language: Option<&str>,
        sources: &mut Sources,
        problems: &mut Problems,
    ) -> Option<Self> {
        let language = language.map(str::to_owned);
        let mut loading = Loading { sources: std::mem::take(sources), language, ..Loading::default() };
        loading.library.graph.add(Expr::Poison, Type::Poison);
        let read: Vec<Read<'_>> = rulesets.iter().filter_map(|files| Read::new(files, &mut loading)).collect();
        for at in order(&read, &mut loading.problems) {
            loading = load_one(&read[at], loading);
        }
        *sources = loading.sources;
        let failed = loading.problems.has_errors() || read.len() < rulesets.len();
        problems.append(loading.problems);
        if failed {
            return None;
        }
        let mut library = loading.library;
        library.compiled = Compiled::new(&library);
        Some(library)
    }

    /// Reads no more of a ruleset than what is needed to choose what to load.
    #[must_use]
    pub fn peek(files: &RulesetFiles) -> Option<Peek> {
        let text = std::str::from_utf8(files.files.get("ruleset.toml")?).ok()?;
        let mut sources = Sources::new();
        let file = sources.add("ruleset.toml", text);
        let node = parse_toml(&sources, file, &mut Problems::new());
        let Written::Table(table) = &node.value else { return None };
        let Written::Text { text: id, .. } = &table.get("id")?.value else { return None };
        let requires = match table.get("requires").map(|node| &node.value) {
            Some(Written::Table(requires)) => requires.entries.iter().map(|entry| entry.key.clone()).collect(),
            _ => Vec::new(),
        };
        let joins = table.get("joins").and_then(|node| node.count(&mut Problems::new()));
        let joins = joins.and_then(|joins| usize::try_from(joins).ok());
        Some(Peek { id: id.clone(), requires, joins })
    }

    /// The place of a ruleset.
    #[must_use]
    pub fn ruleset(&self, id: &str) -> Option<usize> {
        self.rulesets.iter().position(|ruleset| ruleset.manifest.id == id)
    }

    /// The ids of the rulesets that another one joins.
    pub(crate) fn joined(&self) -> impl Iterator<Item = &String> {
        let joining = self.rulesets.iter().filter(|ruleset| ruleset.manifest.joins.is_some());
        joining.flat_map(|ruleset| ruleset.manifest.requires.iter().map(|(id, ..)| id))
    }

    /// A question by ruleset and id.
    #[must_use]
    pub fn question(&self, ruleset: usize, id: &str) -> Option<QuestionId> {
        self.names.get(ruleset)?.questions.get(id).copied()
    }

    /// An aspect by ruleset and id.
    #[must_use]
    pub fn aspect(&self, ruleset: usize, id: &str) -> Option<AspectId> {
        self.names.get(ruleset)?.aspects.get(id).copied()
    }

    /// A bouwsteen or step by ruleset and id.
    #[must_use]
    pub fn bouwsteen(&self, ruleset: usize, id: &str) -> Option<BouwsteenId> {
        self.names.get(ruleset)?.bouwstenen.get(id).copied()
    }

    /// A role by ruleset and id.
    #[must_use]
    pub fn role(&self, ruleset: usize, id: &str) -> Option<RoleId> {
        self.names.get(ruleset)?.roles.get(id).copied()
    }

    /// The ids of a ruleset's questions, in order of the alphabet.
    pub fn question_ids(&self, ruleset: usize) -> impl Iterator<Item = &str> {
        self.names.get(ruleset).into_iter().flat_map(|names| names.questions.keys().map(String::as_str))
    }

    /// The kind of value that the level of an aspect is.
    #[must_use]
    pub fn level_type(&self, id: AspectId) -> Type {
        let aspect = &self.aspects[id.index()];
        Type::Choice {
            options: aspect.levels.iter().map(|level| level.id.clone()).collect::<Vec<_>>().into(),
            ordered: !matches!(aspect.combine, super::Combine::BestMatch { .. }),
            of: format!("the aspect `{}`", aspect.declared.id).into(),
        }
    }
}

/// A ruleset whose manifest is read.
struct Read<'a> {
    files: &'a RulesetFiles,
    manifest: Manifest,
}

impl<'a> Read<'a> {
    fn new(files: &'a RulesetFiles, loading: &mut Loading) -> Option<Self> {
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
        let manifest = Manifest::read(&node, &mut loading.problems)?;
        Some(Self { files, manifest })
    }
}

/// Keeps a file of a ruleset as a source text, if it is there and is text.
fn add_text(files: &RulesetFiles, path: &str, loading: &mut Loading) -> Option<FileId> {
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
            loading.problems.push(
                Problem::new(codes::NOT_UTF8, format!("{name} is not UTF-8 text, from byte {}", error.valid_up_to()))
                    .help("save the file as UTF-8"),
            );
            None
        }
    }
}

/// The order in which every ruleset comes after those that it requires.
fn order(read: &[Read<'_>], problems: &mut Problems) -> Vec<usize> {
    let mut done: Vec<usize> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, ruleset) in read.iter().enumerate() {
        if places.insert(&ruleset.manifest.id, at).is_some() {
            problems.push(
                Problem::new(codes::DUPLICATE_ID, format!("two rulesets are called `{}`", ruleset.manifest.id))
                    .at(ruleset.manifest.span)
                    .help("load one of the two"),
            );
        }
    }
    for at in starts(read) {
        let ruleset = &read[at];
        for (id, range, span) in &ruleset.manifest.requires {
            match places.get(id.as_str()) {
                None => problems.push(
                    Problem::new(
                        codes::REQUIRES,
                        format!("`{}` requires the ruleset `{id}`, which is not loaded", ruleset.manifest.id),
                    )
                    .at(*span)
                    .suggest(id, places.keys().copied()),
                ),
                Some(&other) if !range.matches(&read[other].manifest.version) => problems.push(
                    Problem::new(
                        codes::REQUIRES,
                        format!("`{id}` is version {}, not in {range}", read[other].manifest.version),
                    )
                    .at(*span)
                    .help("load a version in that range, or widen the range after running the cases"),
                ),
                Some(_) => {}
            }
        }
        let mut path = Vec::new();
        visit(at, read, &places, &mut done, &mut path, problems);
    }
    done
}

/// Where to begin: rulesets that no other reads, then the rest, by id. So the order of a set does not depend on which
/// ruleset was named first, and one that joins others has them in the order in which it requires them.
fn starts(read: &[Read<'_>]) -> Vec<usize> {
    let required = |id: &str| read.iter().any(|other| other.manifest.requires.iter().any(|(known, ..)| known == id));
    let mut all: Vec<usize> = (0..read.len()).collect();
    all.sort_by_key(|at| (required(&read[*at].manifest.id), read[*at].manifest.id.as_str()));
    all
}

fn visit(
    at: usize,
    read: &[Read<'_>],
    places: &HashMap<&str, usize>,
    done: &mut Vec<usize>,
    path: &mut Vec<usize>,
    problems: &mut Problems,
) {
    if done.contains(&at) {
        return;
    }
    path.push(at);
    for (id, _, span) in &read[at].manifest.requires {
        let Some(&next) = places.get(id.as_str()) else { continue };
        if let Some(start) = path.iter().position(|&known| known == next) {
            let circle: Vec<&str> =
                path[start..].iter().chain([&next]).map(|&at| read[at].manifest.id.as_str()).collect();
            problems.push(
                Problem::new(codes::CIRCLE, format!("rulesets require each other in a circle: {}", circle.join(" → ")))
                    .at(*span)
                    .help("let one of them stand on its own"),
            );
            continue;
        }
        visit(next, read, places, done, path, problems);
    }
    path.pop();
    if !done.contains(&at) {
        done.push(at);
    }
}

/// Whether a file belongs to what a ruleset says, rather than to its tests and papers.
fn counts(path: &str, manifest: &Manifest) -> bool {
    matches!(path, "ruleset.toml" | "questions.toml" | "aspects.toml" | "bouwstenen.toml" | "links.toml")
        || path.strip_suffix(".toml").is_some_and(|stem| manifest.languages.iter().any(|language| language == stem))
        || (path.starts_with("tables/") && path.ends_with(".toml"))
        || (path.starts_with("rules/") && path.ends_with(".rhai"))
}

fn digest(read: &Read<'_>) -> String {
    let mut hash = Sha256::new();
    for (path, bytes) in read.files.files.iter().filter(|(path, _)| counts(path, &read.manifest)) {
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    crate::source::hex(&hash.finalize())
}

fn load_one(read: &Read<'_>, mut loading: Loading) -> Loading {
    loading.ruleset = loading.library.rulesets.len();
    let start = Base::now(&loading.library);
    loading.start = start;
    loading.library.names.push(Names::default());
    loading.manifest = Some(read.manifest.clone());
    let readable = declare(read, &mut loading);
    let scripts = scripts(read, &mut loading);
    if !readable {
        // ids that could not be read would be reported as unknown everywhere
        read_texts(read, &mut loading);
        return Session::new(loading).only_syntax(&scripts);
    }
    loading = Session::new(loading).run(&scripts);
    let end = Base::now(&loading.library);
    let own = Own {
        questions: start.questions..end.questions,
        aspects: start.aspects..end.aspects,
        bouwstenen: start.bouwstenen..end.bouwstenen,
        roles: start.roles..end.roles,
        outcomes: start.outcomes..end.outcomes,
        measures: start.measures..end.measures,
        tables: start.tables..end.tables,
        rules: start.rules..end.rules,
    };
    let texts = read_texts(read, &mut loading);
    let mut parameters_used = std::mem::take(&mut loading.parameters_used);
    for (_, text, _) in texts.iter().flat_map(Texts::entries) {
        let named = texts::parts(text).into_iter().filter_map(|part| match part {
            Part::Placeholder { kind: Some("param"), name } => Some(name.to_owned()),
            _ => None,
        });
        parameters_used.extend(named);
    }
    let ruleset = Ruleset { manifest: read.manifest.clone(), sha256: digest(read), texts, parameters_used, own };
    loading.library.rulesets.push(ruleset);
    check::ruleset(&mut loading);
    loading
}

/// Declares what stands in the tables; false where one of them is not valid TOML.
fn declare(read: &Read<'_>, loading: &mut Loading) -> bool {
    loading.scales.clear();
    loading.pending.clear();
    loading.rows.clear();
    for (id, span) in &read.manifest.roles {
        let role = RoleId::at(loading.library.roles.len());
        loading.names().roles.insert(id.clone(), role);
        let declared = Declared { id: id.clone(), ruleset: loading.ruleset, source: String::new(), span: *span };
        loading.library.roles.push(Role { declared });
    }
    let toml = |path: &str, loading: &mut Loading| {
        let file = add_text(read.files, path, loading)?;
        Some(parse_toml(&loading.sources, file, &mut loading.problems))
    };
    let before = loading.problems.len();
    let questions_toml = toml("questions.toml", loading);
    let aspects_toml = toml("aspects.toml", loading);
    let bouwstenen_toml = toml("bouwstenen.toml", loading);
    let links_toml = toml("links.toml", loading);
    if loading.problems.len() > before {
        // only so that the conditions in what can be read are looked at; the rest would be about what cannot
        let told = loading.problems.clone();
        questions_toml.iter().for_each(|node| drop(questions::declare(node, loading)));
        aspects_toml.iter().for_each(|node| drop(aspects::declare(node, loading)));
        bouwstenen_toml.iter().for_each(|node| drop(bouwstenen::declare(node, loading)));
        loading.problems = told;
        return false;
    }
    let asked = questions_toml.as_ref().map(|node| questions::declare(node, loading)).unwrap_or_default();
    let nodes = aspects_toml.as_ref().map(|node| aspects::declare(node, loading)).unwrap_or_default();
    questions::resolve(asked, loading);
    aspects::resolve(nodes, loading);
    let stones = bouwstenen_toml.as_ref().map(|node| bouwstenen::declare(node, loading)).unwrap_or_default();
    bouwstenen::resolve(stones, loading);
    links_toml.iter().for_each(|node| links::read(node, loading));
    for path in read.files.files.keys() {
        let table = path.strip_prefix("tables/").and_then(|name| name.strip_suffix(".toml"));
        if let Some(table) = table
            && let Some(node) = toml(path, loading)
        {
            let rows = rows(&node, &mut loading.problems);
            loading.rows.insert(table.to_owned(), rows);
        }
        check::known_file(path, &read.manifest, &read.files.name, &mut loading.problems);
    }
    true
}

/// The rows of a table file, each with an id and a source.
fn rows(node: &Node, problems: &mut Problems) -> Vec<Node> {
    let Some(mut fields) = Fields::new(node, "a table file", problems) else { return Vec::new() };
    let rows = fields.required("row", problems).and_then(|node| node.list(problems)).unwrap_or_default();
    fields.finish(problems);
    let mut seen: HashMap<String, Span> = HashMap::new();
    for row in rows {
        let Some(mut fields) = Fields::new(row, "a row", problems) else { continue };
        let id = fields.required("id", problems).and_then(|node| Some((node.id(problems)?, node.span)));
        fields.required("source", problems).and_then(|node| node.text(problems));
        if let Some((id, span)) = id
            && let Some(first) = seen.insert(id.clone(), span)
        {
            problems.push(duplicate("row", &id, span, first));
        }
    }
    rows.to_vec()
}

fn scripts(read: &Read<'_>, loading: &mut Loading) -> Vec<FileId> {
    read.files
        .files
        .keys()
        .filter(|path| path.starts_with("rules/") && path.ends_with(".rhai"))
        .filter_map(|path| add_text(read.files, path, loading))
        .collect()
}

fn read_texts(read: &Read<'_>, loading: &mut Loading) -> Vec<Texts> {
    let mut all = Vec::new();
    let languages = &read.manifest.languages;
    let wanted =
        loading.language.as_ref().map(|wanted| languages.iter().position(|known| known == wanted).unwrap_or(0));
    for (_, language) in languages.iter().enumerate().filter(|(at, _)| wanted.is_none_or(|wanted| wanted == *at)) {
        let path = format!("{language}.toml");
        match add_text(read.files, &path, loading) {
            Some(file) => {
                let node = parse_toml(&loading.sources, file, &mut loading.problems);
                all.push(texts::read(language, file, &node, &mut loading.problems));
            }
            None if !read.files.files.contains_key(&path) => loading.problems.push(
                Problem::new(codes::MISSING_FILE, format!("there is no {path} with the texts in `{language}`"))
                    .at(read.manifest.span)
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
