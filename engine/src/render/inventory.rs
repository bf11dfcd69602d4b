//! What rulesets there are, and what is in them, for machines: `rulesets/1` and `ruleset/1`.

use crate::assessment::{Severity, Titled};
use crate::condition::{AspectId, BouwsteenId, QuestionId, RuleId};
use crate::evaluate::Words;
use crate::ruleset::{Asked, Declared, Kind, Library, SourceRef};
use crate::source::Value;
use schemars::JsonSchema;
use semver::VersionReq;
use serde::Serialize;

/// The rulesets that there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rulesets {
    /// Always `rulesets/1`.
    pub format: &'static str,
    /// The rulesets, each after those that it requires.
    pub rulesets: Vec<Card>,
}

/// What a ruleset is and rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Card {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over its files, as an assessment names it.
    pub sha256: String,
    /// Its title.
    pub title: String,
    /// What it is, in a few sentences.
    pub about: String,
    /// The line that every report carries, such as that it gives no assurance.
    pub note: String,
    /// The folder or file that it was read from; nothing where it is built in.
    pub folder: Option<String>,
    /// The languages of its texts, the source language first.
    pub languages: Vec<String>,
    /// Its licence, an SPDX expression.
    pub licence: String,
    /// The titles of the sources that it encodes, with the year.
    pub sources: Vec<String>,
    /// The rulesets that it reads.
    pub requires: Vec<Needed>,
    /// The ruleset that it tailors.
    pub extends: Option<Needed>,
    /// For a ruleset that joins those that it reads: how many of them a profile must answer before it is used of itself.
    pub joins: Option<usize>,
    /// How many questions it asks.
    pub questions: usize,
    /// How many rules it has.
    pub rules: usize,
}

/// A ruleset that another one needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Needed {
    /// Its id.
    pub id: String,
    /// The versions that will do.
    pub versions: String,
}

/// Everything in one ruleset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Contents {
    /// Always `ruleset/1`.
    pub format: &'static str,
    /// What it is and rests on.
    pub ruleset: Card,
    /// The parts that a profile maps parties to.
    pub roles: Vec<Titled>,
    /// Its numbers and words with a name.
    pub parameters: Vec<Parameter>,
    /// What it asks, how it adds up, what it may conclude and what it advises, in the order of the ruleset.
    pub elements: Vec<Element>,
}

/// A number or a word with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Parameter {
    /// Its id.
    pub id: String,
    /// Its value, as it is written.
    pub value: String,
    /// Why it has that value.
    pub reason: String,
}

/// Something in a ruleset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Element {
    /// `question`, `aspect`, `typing`, `measure`, `table`, `rule`, `bouwsteen` or `step`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where the source says it.
    pub source: String,
    /// Of a question, what is answered: `scale`, `yes-no`, `choice`, `multiple`, `number` or `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<&'static str>,
    /// Of a question: whether each party answers it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_party: bool,
    /// Of a question: whether it is a fact, that advice does not change.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub fact: bool,
    /// Of a rule: how much it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// What can be said: options of a question or typing, levels of an aspect.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Titled>,
    /// Of an aspect: how its children combine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub combine: Option<&'static str>,
    /// Of an aspect: the ids of its children, questions first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<String>,
    /// Of a rule: the ids of the bouwstenen and steps that it recommends.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recommends: Vec<String>,
    /// Of a bouwsteen or a step: the ids of those that it needs first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<String>,
    /// Of a table: the ids of its rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<String>,
    /// Of a table: the ids of its columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
}

impl Rulesets {
    /// The rulesets of a library. `folder` tells where a ruleset comes from; nothing: it is built in.
    #[must_use]
    pub fn of(library: &Library, language: &str, folder: &dyn Fn(&str) -> Option<String>) -> Self {
        let cards = (0..library.rulesets.len()).map(|at| card(library, at, language, folder));
        Self { format: "rulesets/1", rulesets: cards.collect() }
    }
}

impl Contents {
    /// Everything in one ruleset of a library.
    #[must_use]
    pub fn of(library: &Library, at: usize, language: &str, folder: &dyn Fn(&str) -> Option<String>) -> Self {
        let manifest = &library.rulesets[at].manifest;
        let parameters = manifest.parameters.iter().map(|parameter| Parameter {
            id: parameter.id.clone(),
            value: match &parameter.value {
                Value::Number(Some(number)) => number.written(),
                Value::Text { text, .. } => text.clone(),
                _ => String::new(),
            },
            reason: parameter.reason.clone(),
        });
        let listing = Listing { library, at, words: Words { library, language } };
        Self {
            format: "ruleset/1",
            ruleset: card(library, at, language, folder),
            roles: listing.titled("role.", manifest.roles.iter().map(|(id, _)| id), ".title"),
            parameters: parameters.collect(),
            elements: listing.elements(),
        }
    }
}

fn card(library: &Library, at: usize, language: &str, folder: &dyn Fn(&str) -> Option<String>) -> Card {
    let ruleset = &library.rulesets[at];
    let (manifest, texts) = (&ruleset.manifest, ruleset.texts(language));
    let text = |key| texts.text(key).split_whitespace().collect::<Vec<_>>().join(" ");
    let needed = |id: &String, range: &VersionReq| Needed { id: id.clone(), versions: range.to_string() };
    Card {
        id: manifest.id.clone(),
        version: manifest.version.to_string(),
        sha256: ruleset.sha256.clone(),
        title: text("ruleset.title"),
        about: text("ruleset.about"),
        note: text("ruleset.note"),
        folder: folder(&manifest.id),
        languages: manifest.languages.clone(),
        licence: manifest.licence.clone(),
        sources: manifest.sources.iter().map(SourceRef::with_year).collect(),
        requires: manifest.requires.iter().map(|(id, range, _)| needed(id, range)).collect(),
        extends: manifest.extends.as_ref().map(|(id, range, _)| needed(id, range)),
        joins: manifest.joins,
        questions: ruleset.own.questions.len(),
        rules: ruleset.own.rules.len(),
    }
}

/// One ruleset, with its words.
struct Listing<'a> {
    library: &'a Library,
    at: usize,
    words: Words<'a>,
}

impl Listing<'_> {
    fn text(&self, key: &str) -> String {
        self.words.texts(self.at).text(key).to_owned()
    }

    fn titled<'a>(&self, before: &str, ids: impl Iterator<Item = &'a String>, after: &str) -> Vec<Titled> {
        ids.map(|id| Titled { id: id.clone(), title: self.text(&format!("{before}{id}{after}")) }).collect()
    }

    fn elements(&self) -> Vec<Element> {
        let own = &self.library.rulesets[self.at].own;
        let mut all: Vec<Element> = own.questions.clone().map(|at| self.question(QuestionId::at(at))).collect();
        all.extend(own.aspects.clone().map(|at| self.aspect(AspectId::at(at))));
        for outcome in &self.library.outcomes[own.outcomes.clone()] {
            let id = &outcome.declared.id;
            let options = self.titled(&format!("outcome.{id}.options."), outcome.ids.iter(), "");
            let title = self.text(&format!("outcome.{id}.title"));
            all.push(Element { options, ..element("typing", &outcome.declared, title) });
        }
        for measure in &self.library.measures[own.measures.clone()] {
            let title = self.text(&format!("measure.{}.title", measure.declared.id));
            all.push(element("measure", &measure.declared, title));
        }
        for table in &self.library.tables[own.tables.clone()] {
            let (rows, columns) = (table.rows.clone(), table.columns.clone());
            let title = self.text(&format!("table.{}.title", table.declared.id));
            all.push(Element { rows, columns, ..element("table", &table.declared, title) });
        }
        for at in own.rules.clone() {
            let rule = &self.library.rules[at];
            let recommends = self.stones(&rule.recommend);
            let title = self.words.rule(RuleId::at(at), "title");
            all.push(Element { severity: Some(rule.severity), recommends, ..element("rule", &rule.declared, title) });
        }
        for at in own.bouwstenen.clone() {
            let stone = &self.library.bouwstenen[at];
            let kind = if stone.step { "step" } else { "bouwsteen" };
            let prerequisites = self.stones(&stone.prerequisites);
            let title = self.words.stone(BouwsteenId::at(at), "title");
            all.push(Element { prerequisites, ..element(kind, &stone.declared, title) });
        }
        all
    }

    fn stones(&self, ids: &[BouwsteenId]) -> Vec<String> {
        ids.iter().map(|id| self.library.bouwstenen[id.index()].declared.id.clone()).collect()
    }

    fn question(&self, id: QuestionId) -> Element {
        let question = &self.library.questions[id.index()];
        let options = match &question.kind {
            Kind::Choice(options) | Kind::Multiple(options) => {
                let ids = options.iter().map(|option| &option.id);
                self.titled(&format!("question.{}.options.", question.declared.id), ids, "")
            }
            _ => Vec::new(),
        };
        Element {
            answer: Some(question.kind.word()),
            by_party: question.asked != Asked::Chain,
            fact: question.fact,
            options,
            ..element("question", &question.declared, self.words.question(id))
        }
    }

    fn aspect(&self, id: AspectId) -> Element {
        let aspect = &self.library.aspects[id.index()];
        let questions = aspect.questions.iter().map(|id| &self.library.questions[id.index()].declared);
        let aspects = aspect.children.iter().map(|id| &self.library.aspects[id.index()].declared);
        let levels = aspect.levels.iter().map(|level| &level.id);
        Element {
            combine: Some(aspect.combine.word()),
            options: self.titled(&format!("aspect.{}.levels.", aspect.declared.id), levels, ""),
            children: questions.chain(aspects).map(|declared| declared.id.clone()).collect(),
            ..element("aspect", &aspect.declared, self.words.aspect(id))
        }
    }
}

fn element(kind: &'static str, declared: &Declared, title: String) -> Element {
    Element { kind, id: declared.id.clone(), title, source: declared.source.clone(), ..Element::default() }
}
