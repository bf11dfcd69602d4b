//! A ruleset while it is being loaded: what is known so far, and looking it up.

use super::elements::{Aspect, Bouwsteen, Declared, Measure, Outcome, Question, Rule, Scale, Table};
use super::load::{Library, Names};
use super::manifest::{Manifest, duplicate};
use super::questions;
use super::slots::Slot;
use super::tailoring::{Kind, Layer, compose};
use crate::condition::{AspectId, BouwsteenId, ExprId, QuestionId, RoleId};
use crate::problem::{FileId, Problem, Problems, Span, codes};
use crate::source::fields::Fields;
use crate::source::{Node, Sources, Value as Written};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The expression that stands in for one that is wrong or not built yet.
pub(super) const POISON: ExprId = ExprId(0);

/// A child of an aspect.
#[derive(Debug, Clone, Copy)]
pub(super) enum Child {
    Question(QuestionId),
    Aspect(AspectId),
}

/// A condition in a TOML file, waiting until everything is declared.
#[derive(Debug, Clone)]
pub(super) struct PendingCondition {
    pub(super) slot: Slot,
    pub(super) text: String,
    pub(super) span: Span,
    pub(super) verbatim: Option<usize>,
}

impl PendingCondition {
    pub(super) fn read(node: &Node, slot: Slot, problems: &mut Problems) -> Option<Self> {
        if let Written::Text { text, verbatim } = &node.value {
            return Some(Self { slot, text: text.clone(), span: node.span, verbatim: *verbatim });
        }
        problems.push(
            Problem::new(codes::WRONG_TYPE, format!("expected a condition, this is {}", node.value.kind()))
                .at(node.span)
                .help("write it as text: 'answer(\"question\") >= 3'"),
        );
        None
    }
}

/// A ruleset that is being loaded, on top of those that are.
#[derive(Debug, Default, Clone)]
pub(super) struct Loading {
    pub(super) library: Library,
    pub(super) problems: Problems,
    pub(super) sources: Sources,
    pub(super) ruleset: usize,
    pub(super) manifest: Option<Manifest>,
    pub(super) scales: Vec<Arc<Scale>>,
    pub(super) scale_places: BTreeMap<String, Span>,
    pub(super) pending: Vec<PendingCondition>,
    pub(super) rows: BTreeMap<String, Vec<Node>>,
    pub(super) rules: Vec<Option<Rule>>,
    pub(super) outcomes: Vec<Option<Outcome>>,
    pub(super) measures: Vec<Option<Measure>>,
    pub(super) tables: Vec<Option<Table>>,
    pub(super) start: Base,
    pub(super) language: Option<String>,
    pub(super) parameters_used: BTreeSet<String>,
    /// Whether a conclusion was refused, so that what only it uses seems unused.
    pub(super) refused: bool,
    /// What is laid over the rulesets that this one extends, the innermost first.
    pub(super) layers: Vec<Layer>,
    /// The files that come from what it extends.
    pub(super) inherited: BTreeSet<FileId>,
    /// Whether this is a trial, with all that is disabled still there, to see what reads it.
    pub(super) trial: bool,
    /// What is declared and could not be read, or not as it was meant. That was told; what names it is not wrong.
    pub(super) unread: BTreeSet<(Kind, String)>,
    /// What scripts conclude, and in which file.
    pub(super) concluded: BTreeMap<(Kind, String), FileId>,
}

/// Where a ruleset's elements begin in the lists of the library.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Base {
    pub(super) questions: usize,
    pub(super) aspects: usize,
    pub(super) bouwstenen: usize,
    pub(super) roles: usize,
    pub(super) outcomes: usize,
    pub(super) measures: usize,
    pub(super) tables: usize,
    pub(super) rules: usize,
}

impl Base {
    /// The ends of the lists as they are now.
    pub(super) fn now(library: &Library) -> Self {
        Self {
            questions: library.questions.len(),
            aspects: library.aspects.len(),
            bouwstenen: library.bouwstenen.len(),
            roles: library.roles.len(),
            outcomes: library.outcomes.len(),
            measures: library.measures.len(),
            tables: library.tables.len(),
            rules: library.rules.len(),
        }
    }
}

impl Loading {
    /// Where the elements of a ruleset begin.
    pub(super) fn base(&self, ruleset: usize) -> Base {
        match self.library.rulesets.get(ruleset) {
            Some(done) => Base {
                questions: done.own.questions.start,
                aspects: done.own.aspects.start,
                bouwstenen: done.own.bouwstenen.start,
                roles: done.own.roles.start,
                outcomes: done.own.outcomes.start,
                measures: done.own.measures.start,
                tables: done.own.tables.start,
                rules: done.own.rules.start,
            },
            None => self.start,
        }
    }

    pub(super) fn names(&mut self) -> &mut Names {
        let at = self.ruleset;
        &mut self.library.names[at]
    }

    /// Id, source and place of an element.
    pub(super) fn declared(&mut self, fields: &mut Fields<'_>) -> Option<Declared> {
        let node = fields.required("id", &mut self.problems);
        let source = fields.source(&mut self.problems);
        let node = node?;
        Some(questions::declared(node.id(&mut self.problems)?, self.ruleset, source, node.span))
    }

    pub(super) fn add_question(&mut self, question: Question) -> Option<QuestionId> {
        let id = QuestionId::at(self.library.questions.len());
        let declared = &question.declared;
        if let Some(first) = self.names().questions.get(&declared.id).copied() {
            let first = self.library.questions[first.index()].declared.span;
            self.problems.push(duplicate("question", &declared.id, declared.span, first));
            return None;
        }
        self.names().questions.insert(declared.id.clone(), id);
        self.library.questions.push(question);
        Some(id)
    }

    pub(super) fn add_aspect(&mut self, aspect: Aspect) -> Option<AspectId> {
        let id = AspectId::at(self.library.aspects.len());
        let declared = &aspect.declared;
        let question = self.names().questions.get(&declared.id).copied();
        let first = match (question, self.names().aspects.get(&declared.id).copied()) {
            (Some(question), _) => Some(self.library.questions[question.index()].declared.span),
            (None, Some(aspect)) => Some(self.library.aspects[aspect.index()].declared.span),
            (None, None) => None,
        };
        if let Some(first) = first {
            self.problems.push(duplicate("question or aspect", &declared.id, declared.span, first));
            return None;
        }
        self.names().aspects.insert(declared.id.clone(), id);
        self.library.aspects.push(aspect);
        Some(id)
    }

    pub(super) fn add_bouwsteen(&mut self, bouwsteen: Bouwsteen) -> Option<BouwsteenId> {
        let id = BouwsteenId::at(self.library.bouwstenen.len());
        let declared = &bouwsteen.declared;
        if let Some(first) = self.names().bouwstenen.get(&declared.id).copied() {
            let first = self.library.bouwstenen[first.index()].declared.span;
            self.problems.push(duplicate("bouwsteen or step", &declared.id, declared.span, first));
            return None;
        }
        self.names().bouwstenen.insert(declared.id.clone(), id);
        self.library.bouwstenen.push(bouwsteen);
        Some(id)
    }

    /// Whether something of this ruleset is disabled.
    pub(super) fn disables(&self, kind: Kind, id: &str) -> bool {
        self.layers.iter().any(|layer| layer.disables(kind, id))
    }

    /// Whether an id names something of this ruleset that is not there because it is disabled or could not be read. What
    /// still reads it was reported in the trial, or what is wrong with it was; a list that names it goes on without it.
    pub(super) fn is_gone(&self, ruleset: usize, kind: Kind, id: &str) -> bool {
        let unread = || self.unread.iter().any(|(known, of)| *known == kind && of == id);
        ruleset == self.ruleset && (unread() || !self.trial && self.disables(kind, id))
    }

    /// Remembers which elements of a list are declared and could not be read.
    pub(super) fn note_unread(&mut self, kind: Kind, list: &[Node]) {
        let names = self.names();
        let is_known = |id: &str| match kind {
            Kind::Question => names.questions.contains_key(id),
            Kind::Aspect => names.aspects.contains_key(id),
            _ => names.bouwstenen.contains_key(id),
        };
        let unread = list.iter().filter_map(compose::id).filter(|id| !is_known(id));
        let unread: Vec<(Kind, String)> = unread.map(|id| (kind, id.to_owned())).collect();
        self.unread.extend(unread);
    }

    /// Reports an id that names nothing.
    pub(super) fn unknown(&mut self, kind: &str, id: &str, span: Span, known: &[String]) {
        self.problems.push(
            Problem::new(codes::UNKNOWN_ID, format!("there is no {kind} `{id}`"))
                .at(span)
                .suggest(id, known.iter().map(String::as_str)),
        );
    }

    pub(super) fn role(&mut self, id: &str, span: Span) -> Option<RoleId> {
        let names = self.names();
        if let Some(&role) = names.roles.get(id) {
            return Some(role);
        }
        let known: Vec<String> = names.roles.keys().cloned().collect();
        self.unknown("role", id, span, &known);
        None
    }

    pub(super) fn question(&mut self, id: &str, span: Span) -> Option<QuestionId> {
        let at = self.ruleset;
        self.question_of(at, id, span)
    }

    pub(super) fn question_of(&mut self, ruleset: usize, id: &str, span: Span) -> Option<QuestionId> {
        let names = &self.library.names[ruleset];
        if let Some(&question) = names.questions.get(id) {
            return Some(question);
        }
        if self.is_gone(ruleset, Kind::Question, id) {
            return None;
        }
        let known: Vec<String> = self.library.names[ruleset].questions.keys().cloned().collect();
        self.unknown("question", id, span, &known);
        None
    }

    pub(super) fn aspect(&mut self, id: &str, span: Span) -> Option<AspectId> {
        let at = self.ruleset;
        self.aspect_of(at, id, span)
    }

    pub(super) fn aspect_of(&mut self, ruleset: usize, id: &str, span: Span) -> Option<AspectId> {
        let names = &self.library.names[ruleset];
        if let Some(&aspect) = names.aspects.get(id) {
            return Some(aspect);
        }
        if self.is_gone(ruleset, Kind::Aspect, id) {
            return None;
        }
        let known: Vec<String> = self.library.names[ruleset].aspects.keys().cloned().collect();
        self.unknown("aspect", id, span, &known);
        None
    }

    pub(super) fn bouwsteen(&mut self, id: &str, span: Span) -> Option<BouwsteenId> {
        let at = self.ruleset;
        self.bouwsteen_of(at, id, span)
    }

    pub(super) fn bouwsteen_of(&mut self, ruleset: usize, id: &str, span: Span) -> Option<BouwsteenId> {
        let names = &self.library.names[ruleset];
        if let Some(&bouwsteen) = names.bouwstenen.get(id) {
            return Some(bouwsteen);
        }
        if self.is_gone(ruleset, Kind::Bouwsteen, id) {
            return None;
        }
        let known: Vec<String> = self.library.names[ruleset].bouwstenen.keys().cloned().collect();
        self.unknown("bouwsteen or step", id, span, &known);
        None
    }

    /// Whether a child of an aspect is disabled.
    pub(super) fn is_child_gone(&self, id: &str) -> bool {
        [Kind::Question, Kind::Aspect].into_iter().any(|kind| self.is_gone(self.ruleset, kind, id))
    }

    pub(super) fn child(&mut self, id: &str, span: Span) -> Option<Child> {
        let names = self.names();
        if let Some(&question) = names.questions.get(id) {
            return Some(Child::Question(question));
        }
        if let Some(&aspect) = names.aspects.get(id) {
            return Some(Child::Aspect(aspect));
        }
        if self.is_child_gone(id) {
            return None;
        }
        let names = self.names();
        let known: Vec<String> = names.questions.keys().chain(names.aspects.keys()).cloned().collect();
        self.unknown("question or aspect", id, span, &known);
        None
    }

    /// The ruleset that `id` names, if this one requires it.
    pub(super) fn required_ruleset(&mut self, id: &str, span: Span) -> Option<usize> {
        let requires =
            self.manifest.as_ref().is_some_and(|manifest| manifest.requires.iter().any(|(known, ..)| known == id));
        if !requires {
            let known: Vec<String> =
                self.manifest.iter().flat_map(|manifest| &manifest.requires).map(|(id, ..)| id.clone()).collect();
            self.problems.push(
                Problem::new(codes::REQUIRES, format!("this ruleset does not require `{id}`"))
                    .at(span)
                    .suggest(id, known.iter().map(String::as_str))
                    .help("add it under `[requires]` in ruleset.toml"),
            );
            return None;
        }
        self.library.ruleset(id)
    }

    fn foreign(&mut self, text: &str, span: Span) -> Option<(usize, String)> {
        let Some((ruleset, id)) = text.split_once('/') else {
            self.problems.push(
                Problem::new(codes::UNKNOWN_ID, format!("`{text}` does not say whose it is"))
                    .at(span)
                    .help("write `ruleset/id`"),
            );
            return None;
        };
        Some((self.required_ruleset(ruleset, span)?, id.to_owned()))
    }

    pub(super) fn foreign_question(&mut self, text: &str, span: Span) -> Option<QuestionId> {
        let (ruleset, id) = self.foreign(text, span)?;
        self.question_of(ruleset, &id, span)
    }

    pub(super) fn foreign_bouwsteen(&mut self, text: &str, span: Span) -> Option<BouwsteenId> {
        let (ruleset, id) = self.foreign(text, span)?;
        self.bouwsteen_of(ruleset, &id, span)
    }
}
