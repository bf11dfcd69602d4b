//! Titles and texts of elements in one language.

use super::evaluation::Evaluation;
use super::eyes::Key;
use crate::assessment::{Shown, Status, Titled, short};
use crate::condition::{AspectId, BouwsteenId, Expr, ExprId, QuestionId, RuleId, Value};
use crate::number::Number;
use crate::ruleset::{Filling, Kind, Library, Part, Template, Texts, parts};
use crate::source::Value as Written;
use std::sync::Arc;

/// The texts of a library in one language.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) library: &'a Library,
    pub(crate) language: &'a str,
}

impl<'a> Words<'a> {
    pub(crate) fn texts(&self, ruleset: usize) -> &'a Texts {
        self.library.rulesets[ruleset].texts(self.language)
    }

    const fn dutch(&self) -> bool {
        matches!(self.language.as_bytes(), b"nl")
    }

    /// The title of a question: the short one.
    pub(crate) fn question(&self, id: QuestionId) -> String {
        let declared = &self.library.questions[id.index()].declared;
        self.texts(declared.ruleset).text(&format!("question.{}.short", declared.id)).to_owned()
    }

    /// A question as seen from a ruleset: with the ruleset that it belongs to, where that is another one.
    pub(crate) fn question_from(&self, id: QuestionId, from: usize) -> Titled {
        let declared = &self.library.questions[id.index()].declared;
        let title = match self.elsewhere(from, declared.ruleset) {
            Some(ruleset) => format!("{} ({ruleset})", self.question(id)),
            None => self.question(id),
        };
        Titled { id: self.id(from, declared.ruleset, &declared.id), title }
    }

    pub(crate) fn aspect(&self, id: AspectId) -> String {
        let declared = &self.library.aspects[id.index()].declared;
        self.texts(declared.ruleset).text(&format!("aspect.{}.title", declared.id)).to_owned()
    }

    pub(crate) fn level(&self, id: AspectId, level: u16) -> Option<Titled> {
        let aspect = &self.library.aspects[id.index()];
        let level = &aspect.levels.get(usize::from(level))?.id;
        let key = format!("aspect.{}.levels.{level}", aspect.declared.id);
        Some(Titled { id: level.clone(), title: self.texts(aspect.declared.ruleset).text(&key).to_owned() })
    }

    /// The title of the step or portrait that scores this number; a numeric aspect has none.
    fn form(&self, id: AspectId, value: Number) -> Option<String> {
        let aspect = &self.library.aspects[id.index()];
        let at = aspect.levels.iter().position(|level| level.value == value)?;
        let level = self.level(id, u16::try_from(at).ok()?).filter(|_| aspect.combine.gives_level())?;
        Some(level.title)
    }

    /// A text of a bouwsteen or step.
    pub(crate) fn stone(&self, id: BouwsteenId, name: &str) -> String {
        let stone = &self.library.bouwstenen[id.index()];
        let kind = if stone.step { "step" } else { "bouwsteen" };
        self.texts(stone.declared.ruleset).text(&format!("{kind}.{}.{name}", stone.declared.id)).to_owned()
    }

    pub(crate) fn rule(&self, id: RuleId, name: &str) -> String {
        let rule = &self.library.rules[id.index()];
        self.filled(rule.declared.ruleset, &format!("rule.{}.{name}", rule.template.id), &rule.template)
    }

    /// The title of what is called `kind/id` in a ruleset, where it has one of its own.
    pub(crate) fn title(&self, ruleset: usize, at: &str) -> Option<String> {
        let (kind, id) = at.split_once('/')?;
        let own = self.library.rulesets[ruleset].own.rules.clone();
        let keys = match kind {
            "question" => vec![format!("question.{id}.short")],
            "bouwsteen" | "step" => vec![format!("bouwsteen.{id}.title"), format!("step.{id}.title")],
            "typing" => vec![format!("outcome.{id}.title")],
            "rule" => match own.clone().find(|at| self.library.rules[*at].declared.id == id) {
                Some(at) => return Some(self.rule(RuleId::at(at), "title")),
                None => vec![format!("rule.{id}.title")],
            },
            _ => vec![format!("{kind}.{id}.title")],
        };
        let found = keys.iter().find_map(|key| self.texts(ruleset).get(key));
        // with placeholders, it belongs to rules that are made in a loop
        found.filter(|text| !text.contains('{')).map(str::to_owned)
    }

    /// A text with its placeholders filled in.
    pub(crate) fn filled(&self, ruleset: usize, key: &str, template: &Template) -> String {
        let mut all = String::new();
        for part in parts(self.texts(ruleset).text(key)) {
            match part {
                Part::Words(words) => all.push_str(words),
                Part::Placeholder { kind, name } => all.push_str(&self.placeholder(ruleset, kind, name, template)),
            }
        }
        // a text of several lines in the file is one paragraph
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn placeholder(&self, ruleset: usize, kind: Option<&str>, name: &str, template: &Template) -> String {
        if kind == Some("param") {
            return match self.library.rulesets[ruleset].manifest.parameter(name) {
                Some(Written::Number(Some(number))) => self.number(*number),
                Some(Written::Text { text, .. }) => text.clone(),
                _ => String::new(),
            };
        }
        let filling = template.fill.iter().find(|(known, _)| known == name).map(|(_, filling)| filling);
        match (kind, filling) {
            (_, Some(Filling::Number(number))) => self.number(*number),
            (None, Some(Filling::Text(text))) => text.clone(),
            (Some(kind), Some(Filling::Text(id))) => {
                let texts = self.texts(ruleset);
                match kind {
                    "question" => texts.text(&format!("question.{id}.short")),
                    "text" => texts.text(&format!("data.{id}")),
                    "option" => texts.option(id).unwrap_or_default(),
                    "bouwsteen" => texts
                        .get(&format!("bouwsteen.{id}.title"))
                        .unwrap_or_else(|| texts.text(&format!("step.{id}.title"))),
                    kind => texts.text(&format!("{kind}.{id}.title")),
                }
                .to_owned()
            }
            (_, None) => String::new(),
        }
    }

    /// A number in the reader's habit.
    pub(crate) fn number(&self, number: Number) -> String {
        number.rounded(2, if self.dutch() { ',' } else { '.' })
    }

    /// The id of an element as seen from a ruleset: with the ruleset before it when it is another's.
    pub(crate) fn id(&self, from: usize, ruleset: usize, id: &str) -> String {
        if from == ruleset { id.to_owned() } else { format!("{}/{id}", self.library.rulesets[ruleset].manifest.id) }
    }

    /// What a ruleset is called in a sentence.
    pub(crate) fn ruleset(&self, at: usize) -> &'a str {
        short(self.texts(at).text("ruleset.title"))
    }

    /// What the ruleset of an element is called, where it is another one than that which it is seen from.
    pub(crate) fn elsewhere(&self, from: usize, ruleset: usize) -> Option<Arc<str>> {
        (from != ruleset).then(|| self.ruleset(ruleset).into())
    }

    /// A value as a reader would say it; nothing where there is none.
    pub(crate) fn shown(&self, expr: ExprId, value: Value) -> Option<Shown> {
        let number = |number: Number| Shown { number: Some(number), ..Shown::default() };
        let label = |label: String| Some(Shown { label, ..Shown::default() });
        match (self.library.graph.expr(expr), value) {
            (_, Value::Missing | Value::Nothing) => None,
            (Expr::By(inner, _), value) => self.shown(*inner, value),
            (Expr::Answer(id), value) => self.answer(*id, value),
            (Expr::Importance(id), Value::Number(value)) => {
                let question = &self.library.questions[id.index()];
                let texts = self.texts(question.declared.ruleset);
                let label = question.importance.as_ref().map(|scale| texts.scale(&scale.id, value).to_owned());
                Some(Shown { number: Some(value), label: label.unwrap_or_default(), ..Shown::default() })
            }
            (Expr::Score(id), Value::Number(value)) => {
                Some(Shown { label: self.form(*id, value).unwrap_or_default(), ..number(value) })
            }
            (_, Value::Number(value)) => Some(number(value)),
            (Expr::Level(id), Value::Option(level)) => self.level(*id, level).and_then(|level| label(level.title)),
            (Expr::Outcome(id), Value::Option(option)) => {
                let outcome = &self.library.outcomes[id.index()];
                let option = outcome.ids.get(usize::from(option))?;
                let key = format!("outcome.{}.options.{option}", outcome.declared.id);
                label(self.texts(outcome.declared.ruleset).text(&key).to_owned())
            }
            (Expr::Status(_), Value::Option(status)) => label(self.status(status).to_owned()),
            (_, Value::Truth(truth)) => label(self.yes_no(truth).to_owned()),
            _ => None,
        }
    }

    const fn yes_no(&self, yes: bool) -> &'static str {
        match (self.dutch(), yes) {
            (true, true) => "ja",
            (true, false) => "nee",
            (false, true) => "yes",
            (false, false) => "no",
        }
    }

    /// A status of a bouwsteen.
    pub(crate) fn status(&self, status: u16) -> &'static str {
        let words =
            if self.dutch() { ["afwezig", "begonnen", "werkend", "verankerd"] } else { Status::ALL.map(Status::id) };
        words[usize::from(status).min(3)]
    }

    /// An answer as a reader would say it.
    pub(crate) fn answer(&self, id: QuestionId, value: Value) -> Option<Shown> {
        let question = &self.library.questions[id.index()];
        let texts = self.texts(question.declared.ruleset);
        let option = |at: usize, options: &[crate::ruleset::OptionDef]| {
            let option = options.get(at).map(|option| option.id.as_str()).unwrap_or_default();
            texts.text(&format!("question.{}.options.{option}", question.declared.id)).to_owned()
        };
        match (&question.kind, value) {
            (Kind::Scale(scale), Value::Number(number)) => Some(Shown {
                number: Some(number),
                label: texts.scale(&scale.id, number).to_owned(),
                ..Shown::default()
            }),
            (Kind::Number { unit, .. }, Value::Number(number)) => {
                Some(Shown { number: Some(number), unit: unit.as_deref().map(str::to_owned), ..Shown::default() })
            }
            (Kind::Choice(options), Value::Option(at)) => {
                Some(Shown { label: option(usize::from(at), options), ..Shown::default() })
            }
            (Kind::Multiple(options), Value::Options(bits)) => {
                let chosen = (0..options.len()).filter(|at| bits >> at & 1 == 1).map(|at| option(at, options));
                let chosen = chosen.collect::<Vec<_>>().join(", ");
                Some(Shown { label: if chosen.is_empty() { "–".to_owned() } else { chosen }, ..Shown::default() })
            }
            (_, Value::Number(number)) => Some(Shown { number: Some(number), ..Shown::default() }),
            (_, Value::Truth(truth)) => Some(Shown { label: self.yes_no(truth).to_owned(), ..Shown::default() }),
            (_, Value::Text) => Some(Shown { label: "…".to_owned(), ..Shown::default() }),
            _ => None,
        }
    }

    /// The value in one short text.
    pub(crate) fn said(&self, shown: &Shown) -> String {
        let unit = shown.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        match (shown.number, shown.label.is_empty()) {
            (Some(number), true) => format!("{}{unit}", self.number(number)),
            (Some(number), false) => format!("{} ({})", self.number(number), shown.label),
            (None, _) => shown.label.clone(),
        }
    }

    /// The open answers and statuses below an expression, as seen from a ruleset, in order of the rulesets.
    pub(crate) fn deciding(&self, evaluation: &mut Evaluation<'_>, key: Key, from: usize) -> Vec<Titled> {
        if !evaluation.is_open(key) {
            return Vec::new();
        }
        let cone = evaluation.cone(key);
        let (mut answers, mut stones): (Vec<(QuestionId, Option<u16>)>, Vec<BouwsteenId>) = (Vec::new(), Vec::new());
        for &part in cone.iter() {
            match *self.library.graph.expr(part.expr) {
                Expr::Answer(id) | Expr::Importance(id) => {
                    let own = evaluation.leaf(part, id).is_some() && evaluation.value(part) == Value::Missing;
                    let settled_elsewhere = self.library.questions[id.index()].same_as.is_some();
                    if own && !settled_elsewhere {
                        answers.push((self.asked(evaluation, id), evaluation.party(part)));
                    }
                }
                Expr::Status(id) if self.library.bouwstenen[id.index()].same_as.is_empty() => {
                    stones.extend(evaluation.is_open(part).then_some(id));
                }
                _ => {}
            }
        }
        answers.sort_unstable();
        answers.dedup();
        stones.sort_unstable();
        stones.dedup();
        let answers = answers.into_iter().map(|(id, party)| self.open_answer(evaluation, id, party, from));
        answers.chain(stones.into_iter().map(|id| self.open_status(id, from))).collect()
    }

    /// A status that is not known yet.
    fn open_status(&self, id: BouwsteenId, from: usize) -> Titled {
        let declared = &self.library.bouwstenen[id.index()].declared;
        let title = format!("bouwsteen {}", self.stone(id, "title"));
        Titled { id: self.id(from, declared.ruleset, &declared.id), title }
    }

    /// The question that is asked in this run: for one of a ruleset that is set aside, the one that is the same.
    fn asked(&self, evaluation: &Evaluation<'_>, id: QuestionId) -> QuestionId {
        let aside = |id: QuestionId| evaluation.facts.set_aside[self.library.questions[id.index()].declared.ruleset];
        let is_same = |at: &usize| self.library.questions[*at].same_as.as_ref().is_some_and(|same| same.question == id);
        if !aside(id) {
            return id;
        }
        let mut same = (0..self.library.questions.len()).filter(is_same).map(QuestionId::at);
        same.find(|same| !aside(*same)).unwrap_or(id)
    }

    /// An answer that is not there yet.
    pub(crate) fn open_answer(
        &self,
        evaluation: &Evaluation<'_>,
        id: QuestionId,
        party: Option<u16>,
        from: usize,
    ) -> Titled {
        let declared = &self.library.questions[id.index()].declared;
        let (mut id, mut title) = (self.id(from, declared.ruleset, &declared.id), self.question(id));
        if let Some(party) = party.and_then(|party| evaluation.facts.profile.parties.get(usize::from(party))) {
            id = format!("{id}/by/{}", party.id);
            title = format!("{title} ({})", party.name);
        }
        Titled { id, title }
    }
}
