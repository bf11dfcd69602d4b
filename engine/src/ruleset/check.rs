//! What can only be checked when a whole ruleset is there: circles, texts, what nothing uses.

use super::aspects::within;
use super::elements::{Filling, Kind, Template};
use super::load::Library;
use super::loading::Loading;
use super::manifest::Manifest;
use super::texts::{Part, Texts, parts, scale_key};
use crate::condition::{BouwsteenId, Expr, ExprId};
use crate::problem::{Problem, Problems, Span, codes, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of placeholder that a text can have.
const PLACEHOLDERS: [&str; 7] = ["aspect", "question", "option", "bouwsteen", "role", "text", "param"];

/// Checks the ruleset that was loaded last.
pub(super) fn ruleset(loading: &mut Loading) {
    loading.library.complete_exprs();
    let mut found = Problems::new();
    circles(&loading.library, loading.start.questions, loading.start.aspects, &mut found);
    prerequisite_circles(&loading.library, loading.start.bouwstenen, &mut found);
    if !loading.refused {
        recommended(&loading.library, loading.start.bouwstenen, &mut found);
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

/// A file in a ruleset's folder that nothing reads is probably a misspelt one.
pub(super) fn known_file(path: &str, manifest: &Manifest, folder: &str, problems: &mut Problems) {
    let known = ["ruleset.toml", "questions.toml", "aspects.toml", "bouwstenen.toml", "links.toml"];
    let text =
        path.strip_suffix(".toml").is_some_and(|stem| manifest.languages.iter().any(|language| language == stem));
    let inside = |start: &str, end: &str| path.starts_with(start) && path.ends_with(end);
    if known.contains(&path)
        || text
        || inside("tables/", ".toml")
        || inside("rules/", ".rhai")
        || path.starts_with("tests/")
    {
        return;
    }
    if path.ends_with(".toml") || path.ends_with(".rhai") {
        let problem = Problem::new(codes::UNKNOWN_FILE, format!("nothing reads {folder}/{path}")).warning();
        let languages: Vec<String> = manifest.languages.iter().map(|language| format!("{language}.toml")).collect();
        let all = known.into_iter().chain(languages.iter().map(String::as_str));
        problems.push(match nearest(path, all) {
            Some(near) => problem.help(format!("did you mean {near}?")),
            None => problem.help("scripts stand in rules/, tables in tables/, cases in tests/"),
        });
    }
}

/// The words for an element in a circle.
fn named(library: &Library, id: ExprId) -> Option<(String, Span)> {
    let declared = match library.graph.expr(id) {
        Expr::Answer(question) => &library.questions[question.index()].declared,
        Expr::Score(aspect) | Expr::Level(aspect) => &library.aspects[aspect.index()].declared,
        Expr::Outcome(outcome) => &library.outcomes.get(outcome.index())?.declared,
        Expr::Measure(measure) => &library.measures.get(measure.index())?.declared,
        Expr::Diagnosis(rule) => &library.rules.get(rule.index())?.declared,
        _ => return None,
    };
    Some((declared.id.clone(), declared.span))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Elements that rest on themselves: children, `asked-if`, demands, conclusions that read each other.
fn circles(library: &Library, questions: usize, aspects: usize, problems: &mut Problems) {
    let mut marks = vec![Mark::New; library.graph.len()];
    let starts = library.exprs.answers[questions..].iter().chain(&library.exprs.scores[aspects..]);
    let all = starts.copied().chain((0..library.graph.len()).map(ExprId::at));
    for start in all {
        let mut path = Vec::new();
        visit(library, start, &mut marks, &mut path, problems);
    }
}

fn visit(library: &Library, id: ExprId, marks: &mut [Mark], path: &mut Vec<ExprId>, problems: &mut Problems) {
    match marks[id.index()] {
        Mark::Done => return,
        Mark::Open => {
            let start = path.iter().position(|known| *known == id).unwrap_or(0);
            let mut names: Vec<(String, Span)> = path[start..].iter().filter_map(|id| named(library, *id)).collect();
            names.dedup();
            let Some((first, span)) = names.first().cloned() else { return };
            let words: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).chain([first.as_str()]).collect();
            problems.push(
                Problem::new(codes::CIRCLE, format!("`{first}` rests on itself: {}", words.join(" → ")))
                    .at(span)
                    .help("break the circle at one of these places"),
            );
            return;
        }
        Mark::New => {}
    }
    marks[id.index()] = Mark::Open;
    path.push(id);
    for part in library.dependencies(id) {
        visit(library, part, marks, path, problems);
    }
    path.pop();
    marks[id.index()] = Mark::Done;
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
    for id in own() {
        let mut path = Vec::new();
        if leads_back(&needs, id, id, &mut path) {
            if path.iter().filter(|id| id.index() >= first).min() != Some(&id) {
                continue; // told once, at the first of the circle
            }
            let names: Vec<&str> =
                path.iter().chain([&id]).map(|id| library.bouwstenen[id.index()].declared.id.as_str()).collect();
            problems.push(
                Problem::new(codes::CIRCLE, format!("bouwstenen need each other first: {}", names.join(" → ")))
                    .at(library.bouwstenen[id.index()].declared.span)
                    .help("take one of these prerequisites away"),
            );
        }
    }
}

fn leads_back(
    needs: &impl Fn(BouwsteenId) -> Vec<BouwsteenId>,
    from: BouwsteenId,
    start: BouwsteenId,
    path: &mut Vec<BouwsteenId>,
) -> bool {
    path.push(from);
    for next in needs(from) {
        if next == start || (!path.contains(&next) && leads_back(needs, next, start, path)) {
            return true;
        }
    }
    path.pop();
    false
}

fn recommended(library: &Library, first: usize, problems: &mut Problems) {
    let mut named: BTreeSet<BouwsteenId> = library.rules.iter().flat_map(|rule| &rule.recommend).copied().collect();
    if library.rulesets.last().is_some_and(|ruleset| ruleset.manifest.joins.is_some()) {
        // what a ruleset that is joined recommends, it recommends too
        let same = |at: &usize| library.bouwstenen[*at].same_as.iter().any(|same| named.contains(same));
        let through: Vec<BouwsteenId> = (first..library.bouwstenen.len()).filter(same).map(BouwsteenId::at).collect();
        named.extend(through);
    }
    for (at, bouwsteen) in library.bouwstenen.iter().enumerate().skip(first) {
        if !named.contains(&BouwsteenId::at(at)) {
            let kind = if bouwsteen.step { "step" } else { "bouwsteen" };
            problems.push(
                Problem::new(
                    codes::NOT_RECOMMENDED,
                    format!("no rule recommends the {kind} `{}`", bouwsteen.declared.id),
                )
                .at(bouwsteen.declared.span)
                .help(format!("name it under `recommend:` of a rule, or take the {kind} out")),
            );
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

/// The texts that a ruleset must and may have in one language.
struct Wanted<'a> {
    loading: &'a Loading,
    texts: &'a Texts,
    problems: &'a mut Problems,
    used: BTreeSet<String>,
}

impl<'a> Wanted<'a> {
    fn new(loading: &'a Loading, texts: &'a Texts, problems: &'a mut Problems) -> Self {
        Self { loading, texts, problems, used: BTreeSet::new() }
    }

    fn everything(mut self) {
        let span = self.loading.manifest.as_ref().map(|manifest| manifest.span);
        self.must("ruleset.title", span);
        self.may("ruleset.about");
        self.may("ruleset.note");
        self.asked();
        self.aspects();
        self.stones();
        self.conclusions();
        if !self.loading.refused {
            self.unused();
        }
    }

    fn may(&mut self, key: &str) {
        self.used.insert(key.to_owned());
    }

    fn must(&mut self, key: &str, span: Option<Span>) {
        self.may(key);
        if self.texts.get(key).is_none_or(str::is_empty) {
            let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
            let table = if key.starts_with("scale.") {
                key.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")
            } else {
                table.to_owned()
            };
            let name = key.strip_prefix(&format!("{table}.")).unwrap_or(name);
            let language = self.texts.language();
            self.problems.push(
                Problem::new(codes::MISSING_TEXT, format!("the text `{key}` is missing in `{language}`"))
                    .at(span)
                    .help(format!("add `{name} = \"…\"` under [{table}] in {language}.toml")),
            );
        }
    }

    fn asked(&mut self) {
        let loading = self.loading;
        for role in &loading.library.roles[loading.start.roles..] {
            self.must(&format!("role.{}.title", role.declared.id), Some(role.declared.span));
        }
        for scale in &loading.scales {
            for value in &scale.values {
                self.must(&scale_key(&scale.id, *value), loading.manifest.as_ref().map(|manifest| manifest.span));
            }
        }
        for question in &loading.library.questions[loading.start.questions..] {
            let (id, span) = (&question.declared.id, Some(question.declared.span));
            self.must(&format!("question.{id}.ask"), span);
            self.must(&format!("question.{id}.short"), span);
            for name in ["low", "high", "help"] {
                self.may(&format!("question.{id}.{name}"));
            }
            if let Kind::Choice(options) | Kind::Multiple(options) = &question.kind {
                for option in options {
                    self.must(&format!("question.{id}.options.{}", option.id), span);
                }
            }
        }
    }

    fn aspects(&mut self) {
        let loading = self.loading;
        for aspect in &loading.library.aspects[loading.start.aspects..] {
            let (id, span) = (&aspect.declared.id, Some(aspect.declared.span));
            self.must(&format!("aspect.{id}.title"), span);
            self.may(&format!("aspect.{id}.about"));
            for level in &aspect.levels {
                self.must(&format!("aspect.{id}.levels.{}", level.id), span);
            }
            if let super::Combine::BestMatch { portraits, .. } = &aspect.combine {
                for item in portraits.iter().flat_map(|portrait| &portrait.traits) {
                    self.must(&format!("aspect.{id}.traits.{}", item.id), span);
                }
            }
        }
    }

    fn stones(&mut self) {
        let loading = self.loading;
        for stone in &loading.library.bouwstenen[loading.start.bouwstenen..] {
            let (id, span) = (&stone.declared.id, Some(stone.declared.span));
            let kind = if stone.step { "step" } else { "bouwsteen" };
            self.must(&format!("{kind}.{id}.title"), span);
            self.must(&format!("{kind}.{id}.about"), span);
            self.may(&format!("{kind}.{id}.first-steps"));
            for item in &stone.contributes {
                let aspect = &loading.library.aspects[item.aspect.index()].declared.id;
                self.must(&format!("bouwsteen.{id}.contributes.{aspect}"), span);
            }
            for item in &stone.fits {
                self.must(&format!("bouwsteen.{id}.fits.{}", item.id), span);
            }
            for item in &stone.risks {
                self.must(&format!("bouwsteen.{id}.risks.{}", item.id), span);
            }
        }
    }

    fn conclusions(&mut self) {
        let loading = self.loading;
        for rule in &loading.library.rules[loading.start.rules..] {
            let span = Some(rule.declared.span);
            for name in ["title", "text"] {
                let key = format!("rule.{}.{name}", rule.template.id);
                self.must(&key, span);
                self.placeholders(&key, &rule.template, rule.declared.span);
            }
        }
        for outcome in &loading.library.outcomes[loading.start.outcomes..] {
            let (id, span) = (&outcome.declared.id, Some(outcome.declared.span));
            self.must(&format!("outcome.{id}.title"), span);
            for option in outcome.ids.iter() {
                self.must(&format!("outcome.{id}.options.{option}"), span);
            }
        }
        for measure in &loading.library.measures[loading.start.measures..] {
            self.must(&format!("measure.{}.title", measure.declared.id), Some(measure.declared.span));
            self.may(&format!("measure.{}.unit", measure.declared.id));
        }
        for table in &loading.library.tables[loading.start.tables..] {
            let (id, span) = (&table.declared.id, table.declared.span);
            self.must(&format!("table.{id}.title"), Some(span));
            for row in &table.rows {
                self.must(&format!("table.{id}.rows.{row}"), Some(span));
            }
            for column in &table.columns {
                self.must(&format!("table.{id}.columns.{column}"), Some(span));
            }
            for template in table.cells.iter().filter_map(|cell| cell.template.as_ref()) {
                let key = format!("table.{id}.cells.{}", template.id);
                self.must(&key, Some(span));
                self.placeholders(&key, template, span);
            }
        }
    }

    /// Checks that every placeholder of a text names something.
    fn placeholders(&mut self, key: &str, template: &Template, user: Span) {
        let Some(text) = self.texts.get(key) else { return };
        let place = self.texts.span(key);
        let names = &self.loading.library.names[self.loading.ruleset];
        for part in parts(text) {
            let Part::Placeholder { kind, name } = part else { continue };
            let given = template.fill.iter().find(|(known, _)| known == name).map(|(_, filling)| filling);
            let fits = |known: &dyn Fn(&str) -> bool| matches!(given, Some(Filling::Text(id)) if known(id));
            let good = match kind {
                None => given.is_some(),
                Some("param") => {
                    self.loading.manifest.as_ref().is_some_and(|manifest| manifest.parameter(name).is_some())
                }
                Some("aspect") => fits(&|id| names.aspects.contains_key(id)),
                Some("question") => fits(&|id| names.questions.contains_key(id)),
                Some("bouwsteen") => fits(&|id| names.bouwstenen.contains_key(id)),
                Some("role") => fits(&|id| names.roles.contains_key(id)),
                Some("text") => fits(&|id| self.texts.get(&format!("data.{id}")).is_some()),
                Some("option") => fits(&|id| self.texts.option(id).is_some()),
                Some(_) => false,
            };
            if good {
                continue;
            }
            let written = kind.map_or_else(|| name.to_owned(), |kind| format!("{kind}:{name}"));
            let message = match given {
                Some(Filling::Text(id)) if kind.is_some() => {
                    format!("the placeholder `{{{written}}}` is given `{id}`, which names nothing")
                }
                _ => format!("the placeholder `{{{written}}}` names nothing"),
            };
            let known: Vec<&str> = template.fill.iter().map(|(name, _)| name.as_str()).collect();
            let problem = Problem::new(codes::PLACEHOLDER, message).at(place.map(|span| inside(span, text, &written)));
            let problem = problem.also(user, "used here");
            self.problems.push(match kind {
                Some(other) if !PLACEHOLDERS.contains(&other) => problem.suggest(other, PLACEHOLDERS),
                _ => problem.suggest(name, known).help("give it a value in `fill: #{ … }`"),
            });
        }
    }

    /// Texts that belong to nothing are probably misspelt.
    fn unused(&mut self) {
        for (key, _, span) in self.texts.entries() {
            if !self.used.contains(key) && !key.starts_with("data.") {
                self.problems.push(
                    Problem::new(codes::UNUSED_TEXT, format!("nothing uses the text `{key}`"))
                        .at(span)
                        .suggest(key, near(key, &self.used)),
                );
            }
        }
    }
}

/// The keys that share their beginning with `key`, so that a suggestion stays near.
fn near<'a>(key: &str, used: &'a BTreeSet<String>) -> Vec<&'a str> {
    let kind = key.split('.').next().unwrap_or_default();
    let best = nearest(key, used.iter().map(String::as_str).filter(|known| known.starts_with(kind)));
    best.into_iter().collect()
}

/// The part of a text's span in which a placeholder stands.
fn inside(span: Span, text: &str, placeholder: &str) -> Span {
    let at = text.find(&format!("{{{placeholder}}}")).map(|at| span.start + 1 + at);
    let multiline = span.end - span.start > text.len() + 2;
    match at {
        Some(start) if !multiline => Span { file: span.file, start, end: start + placeholder.len() + 2 },
        _ => span,
    }
}
