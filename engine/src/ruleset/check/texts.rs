//! Whether every text is there, belongs to something, and speaks of what exists.

use crate::problem::{Problem, Problems, Span, codes, nearest};
use crate::ruleset::Combine;
use crate::ruleset::elements::{Filling, Kind, Template};
use crate::ruleset::loading::Loading;
use crate::ruleset::tailoring::Kind as Which;
use crate::ruleset::texts::{Part, Texts, parts, scale_key};
use std::collections::BTreeSet;

/// The kinds of placeholder that a text can have.
const PLACEHOLDERS: [&str; 7] = ["aspect", "question", "option", "bouwsteen", "role", "text", "param"];

/// The texts that a ruleset must and may have in one language.
pub(super) struct Wanted<'a> {
    loading: &'a Loading,
    texts: &'a Texts,
    problems: &'a mut Problems,
    used: BTreeSet<String>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(loading: &'a Loading, texts: &'a Texts, problems: &'a mut Problems) -> Self {
        Self { loading, texts, problems, used: BTreeSet::new() }
    }

    pub(super) fn everything(mut self) {
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
            self.problems.push(missing(key, self.texts.language()).at(span));
        }
    }

    fn asked(&mut self) {
        let loading = self.loading;
        for role in &loading.library.roles[loading.start.roles..] {
            self.must(&format!("role.{}.title", role.declared.id), Some(role.declared.span));
        }
        for scale in &loading.scales {
            for value in &scale.values {
                self.must(&scale_key(&scale.id, *value), loading.scale_places.get(&scale.id).copied());
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
            if let Combine::BestMatch { portraits, .. } = &aspect.combine {
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
            for name in ["title", "text"] {
                self.filled("rule.", &rule.template, &format!(".{name}"), rule.declared.span);
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
                self.filled(&format!("table.{id}.cells."), template, "", span);
            }
        }
    }

    /// A text by template, whose key is the id of the template between `before` and `after`.
    fn filled(&mut self, before: &str, template: &Template, after: &str, user: Span) {
        let key = format!("{before}{}{after}", template.id);
        match template.named {
            Some(named) if self.texts.get(&key).is_none_or(str::is_empty) => self.misnamed(&key, before, named, after),
            _ => self.must(&key, Some(user)),
        }
        self.placeholders(&key, template, user);
    }

    /// `text` names what has no text: the word is wrong, or the text is still to be written.
    fn misnamed(&mut self, key: &str, before: &str, named: Span, after: &str) {
        let known = self.texts.entries().filter_map(|(key, ..)| key.strip_prefix(before)?.strip_suffix(after));
        let id = key.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).unwrap_or_default();
        let mut problem = missing(key, self.texts.language()).at(named);
        if let Some(near) = nearest(id, known) {
            problem.help.insert(0, format!("did you mean `{near}`?"));
            self.may(&format!("{before}{near}{after}"));
        }
        self.may(key);
        self.problems.push(problem);
    }

    /// Checks that every placeholder of a text names something.
    fn placeholders(&mut self, key: &str, template: &Template, user: Span) {
        let Some(text) = self.texts.get(key) else { return };
        let place = self.texts.span(key);
        let names = &self.loading.library.names[self.loading.ruleset];
        for part in parts(text) {
            let (kind, name) = match part {
                Part::Placeholder { kind, name } => (kind, name),
                Part::Words(words) => {
                    if words.contains('{') {
                        let brace = place.map(|span| {
                            let written = self.loading.sources.text(span.file).get(span.start..span.end);
                            let at =
                                written.and_then(|written| written.rfind('{')).map_or(span.start, |at| span.start + at);
                            Span { start: at, end: at + 1, ..span }
                        });
                        let problem = Problem::new(codes::PLACEHOLDER, "a `{` without its `}`").at(brace);
                        self.problems.push(problem.help("a placeholder is written as {name} or {aspect:name}"));
                    }
                    continue;
                }
            };
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
            let problem = |message: String| {
                let place = place.map(|span| self.inside(span, &written));
                Problem::new(codes::PLACEHOLDER, message).at(place).also(user, "used here")
            };
            let nothing = || problem(format!("the placeholder `{{{written}}}` names nothing"));
            let filled: Vec<&str> = template.fill.iter().map(|(name, _)| name.as_str()).collect();
            let found = match (kind, given) {
                (Some(kind), _) if !PLACEHOLDERS.contains(&kind) => nothing().suggest(kind, PLACEHOLDERS),
                (Some("param"), _) => nothing().suggest(name, self.named("param")),
                (Some(kind), Some(Filling::Text(id))) => {
                    problem(format!("the placeholder `{{{written}}}` is given `{id}`, which names nothing"))
                        .suggest(id, self.named(kind))
                }
                _ => nothing().suggest(name, filled).help("give it a value in `fill: #{ … }`"),
            };
            self.problems.push(found);
        }
    }

    /// What a placeholder of this kind can name.
    fn named(&self, kind: &str) -> Vec<&str> {
        let names = &self.loading.library.names[self.loading.ruleset];
        let texts = |before| self.texts.entries().filter_map(move |(key, ..)| key.strip_prefix(before));
        match kind {
            "aspect" => names.aspects.keys().map(String::as_str).collect(),
            "question" => names.questions.keys().map(String::as_str).collect(),
            "bouwsteen" => names.bouwstenen.keys().map(String::as_str).collect(),
            "role" => names.roles.keys().map(String::as_str).collect(),
            "text" => texts("data.").collect(),
            "param" => {
                let manifest = self.loading.manifest.iter();
                manifest.flat_map(|manifest| &manifest.parameters).map(|parameter| parameter.id.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The part of a text in which a placeholder stands, as it is written in its file.
    fn inside(&self, span: Span, placeholder: &str) -> Span {
        let written = self.loading.sources.text(span.file).get(span.start..span.end).unwrap_or_default();
        let placeholder = format!("{{{placeholder}}}");
        written.find(&placeholder).map_or(span, |at| {
            let start = span.start + at;
            Span { file: span.file, start, end: start + placeholder.len() }
        })
    }

    /// Whether a text is of something that is declared and could not be read.
    fn is_unread(&self, key: &str) -> bool {
        let mut parts = key.split('.');
        let kind = |word| if word == "outcome" { Some(Which::Typing) } else { Which::of_word(word) };
        let (kind, id) = (parts.next().and_then(kind), parts.next());
        self.loading.unread.iter().any(|(known, of)| Some(*known) == kind && Some(of.as_str()) == id)
    }

    /// Texts that belong to nothing are probably misspelt.
    fn unused(&mut self) {
        for (key, _, span) in self.texts.entries() {
            let inherited = self.loading.inherited.contains(&span.file) || self.is_unread(key);
            if !self.used.contains(key) && !key.starts_with("data.") && !inherited {
                self.problems.push(
                    Problem::new(codes::UNUSED_TEXT, format!("nothing uses the text `{key}`"))
                        .at(span)
                        .suggest(key, near(key, &self.used)),
                );
            }
        }
    }
}

/// A text that is not there.
fn missing(key: &str, language: &str) -> Problem {
    let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
    let table = if key.starts_with("scale.") {
        key.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")
    } else {
        table.to_owned()
    };
    let name = key.strip_prefix(&format!("{table}.")).unwrap_or(name);
    Problem::new(codes::MISSING_TEXT, format!("the text `{key}` is missing in `{language}`"))
        .help(format!("add `{name} = \"…\"` under [{table}] in {language}.toml"))
}

/// The keys that share their beginning with `key`, so that a suggestion stays near.
fn near<'a>(key: &str, used: &'a BTreeSet<String>) -> Vec<&'a str> {
    let kind = key.split('.').next().unwrap_or_default();
    let best = nearest(key, used.iter().map(String::as_str).filter(|known| known.starts_with(kind)));
    best.into_iter().collect()
}
