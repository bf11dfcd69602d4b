//! Loading rulesets: from files to a checked [`Library`].

use super::dependencies::{Compiled, Exprs};
use super::elements::{Aspect, Bouwsteen, Declared, Measure, Outcome, Question, Role, Rule, Table};
use super::loading::{Base, Loading};
use super::manifest::any_version;
use super::meaning::Mark;
use super::open::{self, Read};
use super::parts::{Parts, rows};
use super::script::Session;
use super::slots::Spots;
use super::tailoring::{Layer, readers};
use super::texts::{self, Part, Texts};
use super::{Own, Ruleset, aspects, bouwstenen, check, links, lock, questions};
use crate::condition::{AspectId, BouwsteenId, Expr, Graph, QuestionId, RoleId, Type};
use crate::problem::{Problem, Problems, codes};
use crate::source::{Sources, Value as Written, parse_toml};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The files of one ruleset, as bytes, with paths relative to its folder (`rules/a.rhai`).
#[derive(Debug, Clone, Default)]
pub struct RulesetFiles {
    /// What messages call the folder.
    pub name: String,
    /// Path and contents.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Paths of what else stands in the folder and is not read, to say so of what was probably meant to be.
    pub beside: BTreeSet<String>,
    /// Whether it is only there for rulesets that extend it, and is not to be loaded as a ruleset of its own.
    pub only_extended: bool,
}

impl RulesetFiles {
    /// The files of a folder that messages call `name`: paths with contents.
    pub fn of<B: Into<Vec<u8>>>(name: &str, files: impl IntoIterator<Item = (String, B)>) -> Self {
        let files = files.into_iter().map(|(path, bytes)| (path, bytes.into())).collect();
        Self { name: name.to_owned(), files, ..Self::default() }
    }
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
    /// The mark of what each rule says, where that was prepared.
    #[serde(skip)]
    pub(super) meanings: Vec<Mark>,
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
    /// The id that it extends.
    pub extends: Option<String>,
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
        let read = open::all(rulesets, &mut loading);
        for at in order(&read, &mut loading.problems) {
            loading = load_one(&read, at, loading);
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
            Some(Written::List(list)) => list.iter().filter_map(any_version).map(|entry| entry.key).collect(),
            _ => Vec::new(),
        };
        let extends = open::extends(&node).map(|(id, _)| id);
        let joins = table.get("joins").and_then(|node| node.count(&mut Problems::new()));
        let joins = joins.and_then(|joins| usize::try_from(joins).ok());
        Some(Peek { id: id.clone(), requires, extends, joins })
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

    /// An element as other rulesets name it: `ruleset/id`. Of a ruleset that is still being loaded only the id is known.
    pub(super) fn whose(&self, declared: &Declared) -> String {
        let ruleset = self.rulesets.get(declared.ruleset).map(|ruleset| format!("{}/", ruleset.manifest.id));
        format!("{}{}", ruleset.unwrap_or_default(), declared.id)
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

/// The order in which every ruleset comes after those that it requires.
fn order(read: &[Read<'_>], problems: &mut Problems) -> Vec<usize> {
    let mut done: Vec<usize> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, ruleset) in read.iter().enumerate().filter(|(_, ruleset)| !ruleset.files.only_extended) {
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
        let others =
            || places.values().map(|at| read[*at].manifest.id.as_str()).filter(|id| *id != ruleset.manifest.id);
        for (id, range, span) in &ruleset.manifest.requires {
            match places.get(id.as_str()) {
                None => problems.push(
                    Problem::new(
                        codes::REQUIRES,
                        format!("`{}` requires the ruleset `{id}`, which is not loaded", ruleset.manifest.id),
                    )
                    .at(*span)
                    .suggest(id, others()),
                ),
                Some(&other) => open::in_range(&read[other].manifest, range, *span, problems),
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
    let mut all: Vec<usize> = (0..read.len()).filter(|at| !read[*at].files.only_extended).collect();
    all.sort_by_key(|at| (required(&read[*at].manifest.id), read[*at].manifest.id.as_str()));
    all
}

fn visit(
    at: usize,
    read: &[Read<'_>],
    places: &BTreeMap<&str, usize>,
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

fn load_one(read: &[Read<'_>], at: usize, mut loading: Loading) -> Loading {
    loading.ruleset = loading.library.rulesets.len();
    loading.start = Base::now(&loading.library);
    loading.library.names.push(Names::default());
    let manifest = read[at].manifest.clone();
    loading.manifest = Some(manifest.clone());
    loading.layers.clear();
    loading.concluded.clear();
    loading.unread.clear();
    let parts = open::parts(read, at, &manifest.languages, &mut loading);
    loading.inherited.clone_from(&parts.inherited);
    if !parts.readable {
        // ids that could not be read would be reported as unknown everywhere
        declare(&parts, &mut loading);
        return Session::new(loading).only_syntax(&parts.scripts);
    }
    trial(&parts, &mut loading);
    let parts = parts.without(&|kind, id| loading.disables(kind, id));
    declare(&parts, &mut loading);
    loading = Session::new(loading).run(&parts.scripts);
    open::all_met(&mut loading);
    let own = own(&loading);
    let mut parameters_used = std::mem::take(&mut loading.parameters_used);
    for (_, text, _) in parts.texts.iter().flat_map(Texts::entries) {
        let named = texts::parts(text).into_iter().filter_map(|part| match part {
            Part::Placeholder { kind: Some("param"), name } => Some(name.to_owned()),
            _ => None,
        });
        parameters_used.extend(named);
    }
    let tailorings = open::tailorings(&loading, &own);
    let (sha256, texts) = (open::digest(read, at), parts.texts);
    loading.library.rulesets.push(Ruleset { manifest, sha256, texts, parameters_used, own, tailorings });
    check::ruleset(&mut loading);
    lock::hold(read[at].files, &mut loading);
    loading
}

/// The elements of the ruleset that is being loaded.
fn own(loading: &Loading) -> Own {
    let (start, end) = (loading.start, Base::now(&loading.library));
    Own {
        questions: start.questions..end.questions,
        aspects: start.aspects..end.aspects,
        bouwstenen: start.bouwstenen..end.bouwstenen,
        roles: start.roles..end.roles,
        outcomes: start.outcomes..end.outcomes,
        measures: start.measures..end.measures,
        tables: start.tables..end.tables,
        rules: start.rules..end.rules,
    }
}

/// Where something is disabled, loads the ruleset once with all of it, to see what still reads it.
fn trial(parts: &Parts, loading: &mut Loading) {
    if !loading.layers.iter().any(Layer::disables_any) {
        return;
    }
    let mut trial = Loading { trial: true, problems: Problems::new(), ..loading.clone() };
    declare(parts, &mut trial);
    trial = Session::new(trial).run(&parts.scripts);
    let manifest = trial.manifest.clone();
    if let Some(manifest) = manifest.filter(|_| !trial.refused) {
        trial.library.rulesets.push(Ruleset {
            manifest,
            own: own(&trial),
            sha256: String::new(),
            texts: Vec::new(),
            parameters_used: BTreeSet::new(),
            tailorings: Vec::new(),
        });
        trial.library.complete_exprs();
        let read = readers::still_read(&trial);
        trial.problems.append(read);
    }
    loading.problems.append(trial.problems);
}

/// Declares what stands in the tables.
fn declare(parts: &Parts, loading: &mut Loading) {
    loading.scales.clear();
    loading.pending.clear();
    loading.rows.clear();
    for (id, span) in loading.manifest.clone().into_iter().flat_map(|manifest| manifest.roles) {
        let role = RoleId::at(loading.library.roles.len());
        loading.names().roles.insert(id.clone(), role);
        let declared = Declared { id, ruleset: loading.ruleset, source: String::new(), span };
        loading.library.roles.push(Role { declared });
    }
    let Parts { questions: questions_toml, aspects: aspects_toml, bouwstenen: bouwstenen_toml, links, .. } = parts;
    if !parts.readable {
        // only so that the conditions in what can be read are looked at; the rest would be about what cannot
        let told = loading.problems.clone();
        questions_toml.iter().for_each(|node| drop(questions::declare(node, loading)));
        aspects_toml.iter().for_each(|node| drop(aspects::declare(node, loading)));
        bouwstenen_toml.iter().for_each(|node| drop(bouwstenen::declare(node, loading)));
        loading.problems = told;
        return;
    }
    let asked = questions_toml.as_ref().map(|node| questions::declare(node, loading)).unwrap_or_default();
    let nodes = aspects_toml.as_ref().map(|node| aspects::declare(node, loading)).unwrap_or_default();
    questions::resolve(asked, loading);
    aspects::resolve(nodes, loading);
    let stones = bouwstenen_toml.as_ref().map(|node| bouwstenen::declare(node, loading)).unwrap_or_default();
    bouwstenen::resolve(stones, loading);
    links.iter().for_each(|node| links::read(node, loading));
    for (name, node) in &parts.tables {
        let rows = rows(node, &mut loading.problems);
        loading.rows.insert(name.clone(), rows);
    }
}
