//! What rulesets there are, and what is in them: everything that can be asked, concluded and explained, by id.

use super::Look;
use super::document::{Text, paragraphs};
use super::page::{Page, filled, spaces};
use super::words::{self, Language, catalogue as said};
use crate::assessment::Severity;
use crate::condition::{AspectId, BouwsteenId, QuestionId, RuleId};
use crate::evaluate::Words;
use crate::ruleset::{Asked, Library, Ruleset, SourceRef};
use crate::source::Value;

/// Draws a list of the rulesets of a library. `folder` tells where a ruleset comes from; nothing: it is built in.
#[must_use]
pub fn list(library: &Library, language: &str, folder: &dyn Fn(&str) -> Option<String>, look: &Look) -> String {
    let mut page = Page::new(look);
    if library.rulesets.is_empty() {
        page.wrapped(&Text::empty(), &Text::empty(), &look.language.say(said::NO_RULESETS).into());
        return page.finish();
    }
    for ruleset in &library.rulesets {
        let id = &ruleset.manifest.id;
        let title = Text::strong(id).then(format!("  {}", title(ruleset, language)));
        let from = folder(id).unwrap_or_else(|| look.language.say(said::BUILT_IN).to_owned());
        page.noted(&Text::empty(), &spaces(2), &title, &Text::quiet(from));
        page.wrapped(&spaces(2), &spaces(2), &Text::quiet(holds(ruleset, library, look.language)));
    }
    page.blank();
    page.wrapped(&Text::empty(), &spaces(2), &said::show(look.language).into());
    page.finish()
}

/// Draws everything in one ruleset of a library.
#[must_use]
pub fn ruleset(library: &Library, at: usize, language: &str, look: &Look) -> String {
    let drawing = Drawing { library, ruleset: &library.rulesets[at], words: Words { library, language }, look };
    let mut page = Page::new(look);
    drawing.head(&mut page);
    drawing.tailored(&mut page);
    drawing.parameters(&mut page);
    drawing.questions(&mut page);
    drawing.aspects(&mut page);
    drawing.conclusions(&mut page);
    drawing.findings(&mut page);
    drawing.stones(&mut page);
    page.finish()
}

fn title(ruleset: &Ruleset, language: &str) -> String {
    format!("{} {}", ruleset.texts(language).text("ruleset.title"), ruleset.manifest.version)
}

/// How much there is of everything.
pub(super) fn holds(ruleset: &Ruleset, library: &Library, language: Language) -> String {
    let own = &ruleset.own;
    let steps = library.bouwstenen[own.bouwstenen.clone()].iter().filter(|stone| stone.step).count();
    let counts = [
        own.questions.len(),
        own.aspects.len(),
        own.outcomes.len(),
        own.measures.len(),
        own.tables.len(),
        own.rules.len(),
        own.bouwstenen.len() - steps,
        steps,
    ];
    let counted = counts.into_iter().zip(said::COUNTED).filter(|(count, _)| *count > 0);
    counted.map(|(count, what)| said::count(count, what, language)).collect::<Vec<_>>().join(" · ")
}

struct Drawing<'a> {
    library: &'a Library,
    ruleset: &'a Ruleset,
    words: Words<'a>,
    look: &'a Look,
}

impl Drawing<'_> {
    fn say(&self, phrase: words::Phrase) -> &'static str {
        self.look.language.say(phrase)
    }

    fn text(&self, key: &str) -> &str {
        self.ruleset.texts(self.words.language).text(key)
    }

    fn heading(&self, page: &mut Page, phrase: words::Phrase) {
        page.blank();
        let words = self.say(phrase);
        page.line(&Text::strong(words));
        page.line(&Text::quiet("─".repeat(words.chars().count())));
    }

    /// A title with its id at the end of the line.
    fn line(&self, page: &mut Page, first: &Text, title: &str, id: &str) {
        page.noted(first, &spaces(first.width()), &title.into(), &Text::quiet(id));
    }

    fn head(&self, page: &mut Page) {
        let manifest = &self.ruleset.manifest;
        let heading = title(self.ruleset, self.words.language);
        page.noted(&Text::empty(), &Text::empty(), &Text::strong(heading), &Text::quiet(&manifest.id));
        for text in ["ruleset.about", "ruleset.note"].map(|key| self.text(key)) {
            for paragraph in paragraphs(text) {
                page.wrapped(&Text::empty(), &Text::empty(), &paragraph);
            }
        }
        page.blank();
        let sources = manifest.sources.iter().map(SourceRef::with_year);
        let requires = manifest.requires.iter().map(|(id, range, _)| format!("{id} {range}"));
        let extends = manifest.extends.iter().map(|(id, range, _)| format!("{id} {range}")).collect();
        let roles = self.library.roles[self.ruleset.own.roles.clone()].iter().map(|role| &role.declared.id);
        let roles = roles.map(|id| format!("{} ({id})", self.text(&format!("role.{id}.title"))));
        let fields = [
            (said::HOLDS, holds(self.ruleset, self.library, self.look.language)),
            (said::SOURCES, sources.collect::<Vec<_>>().join("; ")),
            (said::EXTENDS, extends),
            (said::READS, requires.collect::<Vec<_>>().join("; ")),
            (said::ROLES, roles.collect::<Vec<_>>().join("; ")),
            (said::LANGUAGES, manifest.languages.join(", ")),
            (said::LICENCE, manifest.licence.clone()),
        ];
        let fields: Vec<(&str, String)> = fields.into_iter().map(|(name, value)| (self.say(name), value)).collect();
        let fields = fields.into_iter().chain([("sha256", self.ruleset.sha256.clone())]);
        for (name, value) in fields.filter(|(_, value)| !value.is_empty()) {
            let first = filled(Text::quiet(format!("{name}:")), 12, false);
            page.wrapped(&first, &spaces(12), &value.as_str().into());
        }
    }

    /// What it makes otherwise in what it extends, and why.
    fn tailored(&self, page: &mut Page) {
        let all = || self.ruleset.tailorings.iter().flat_map(|tailoring| &tailoring.overrides);
        if all().next().is_some() {
            self.heading(page, words::MADE_TO_MEASURE);
        }
        for one in all() {
            let fields = if one.fields.is_empty() { String::new() } else { format!(" ({})", one.fields.join(", ")) };
            let how = Text::plain(format!("{}: ", self.say(words::overridden(one.how))));
            page.wrapped(&Text::empty(), &spaces(2), &how.then(Text::strong(&one.at)).then(fields));
            page.wrapped(&spaces(2), &spaces(2), &Text::quiet(&one.reason));
        }
    }

    fn parameters(&self, page: &mut Page) {
        let parameters = &self.ruleset.manifest.parameters;
        if parameters.is_empty() {
            return;
        }
        self.heading(page, said::PARAMETERS);
        for parameter in parameters {
            let value = match &parameter.value {
                Value::Number(Some(number)) => self.look.language.exact(*number),
                Value::Text { text, .. } => self.look.language.quoted(text),
                _ => String::new(),
            };
            page.wrapped(&Text::empty(), &spaces(2), &Text::strong(&parameter.id).then(format!(" = {value}")));
            page.wrapped(&spaces(2), &spaces(2), &Text::quiet(&parameter.reason));
        }
    }

    fn questions(&self, page: &mut Page) {
        let own = self.ruleset.own.questions.clone();
        if own.is_empty() {
            return;
        }
        self.heading(page, said::QUESTIONS);
        for (at, index) in own.enumerate() {
            let question = &self.library.questions[index];
            let first = filled(Text::quiet((at + 1).to_string()), 3, true).then("  ");
            let marks = [
                question.fact.then_some(said::FACT),
                (question.asked != Asked::Chain).then_some(said::BY_PARTY),
                question.asked_if.map(|_| said::NOT_ALWAYS),
            ];
            let marks: Vec<&str> = marks.into_iter().flatten().map(|mark| self.say(mark)).collect();
            let mut title = self.words.question(QuestionId::at(index));
            if !marks.is_empty() {
                title = format!("{title} ({})", marks.join(", "));
            }
            self.line(page, &first, &title, &question.declared.id);
        }
    }

    fn aspects(&self, page: &mut Page) {
        let own = self.ruleset.own.aspects.clone();
        if own.is_empty() {
            return;
        }
        self.heading(page, words::ASPECTS);
        let is_child =
            |at: usize| own.clone().any(|parent| self.library.aspects[parent].children.contains(&AspectId::at(at)));
        for root in own.clone().filter(|at| !is_child(*at)) {
            self.aspect(page, AspectId::at(root), 0);
        }
    }

    fn aspect(&self, page: &mut Page, id: AspectId, depth: usize) {
        let aspect = &self.library.aspects[id.index()];
        let combined = words::combined(aspect.combine.word(), self.look.language);
        let title = format!("{} ({combined})", self.words.aspect(id));
        self.line(page, &spaces(depth * 2), &title, &aspect.declared.id);
        for child in &aspect.children {
            self.aspect(page, *child, depth + 1);
        }
    }

    fn conclusions(&self, page: &mut Page) {
        let own = &self.ruleset.own;
        if !own.outcomes.is_empty() {
            self.heading(page, words::TYPINGS);
        }
        for outcome in &self.library.outcomes[own.outcomes.clone()] {
            let id = &outcome.declared.id;
            self.line(page, &Text::empty(), self.text(&format!("outcome.{id}.title")), id);
            let options: Vec<String> = outcome
                .ids
                .iter()
                .map(|option| self.text(&format!("outcome.{id}.options.{option}")).to_owned())
                .collect();
            page.wrapped(&spaces(2), &spaces(2), &Text::quiet(self.look.language.or(&options)));
        }
        if !own.measures.is_empty() {
            self.heading(page, words::MEASURES);
        }
        for measure in &self.library.measures[own.measures.clone()] {
            let id = &measure.declared.id;
            self.line(page, &Text::empty(), self.text(&format!("measure.{id}.title")), id);
        }
        if !own.tables.is_empty() {
            self.heading(page, said::TABLES);
        }
        for table in &self.library.tables[own.tables.clone()] {
            let id = &table.declared.id;
            self.line(page, &Text::empty(), self.text(&format!("table.{id}.title")), id);
            for (name, ids) in [(said::ROWS, &table.rows), (said::COLUMNS, &table.columns)] {
                let first = spaces(2).then(Text::quiet(format!("{}: ", self.say(name))));
                page.wrapped(&first, &spaces(4), &ids.join(", ").as_str().into());
            }
        }
    }

    fn findings(&self, page: &mut Page) {
        let own = self.ruleset.own.rules.clone();
        if own.is_empty() {
            return;
        }
        self.heading(page, words::FINDINGS);
        for severity in Severity::ALL {
            let rules: Vec<usize> = own.clone().filter(|at| self.library.rules[*at].severity == severity).collect();
            if rules.is_empty() {
                continue;
            }
            page.blank();
            page.line(&Text::strong(words::severity_heading(severity, rules.len(), self.look.language)));
            for at in rules {
                let mark = Text::plain(words::severity_mark(severity)).then("  ");
                self.line(page, &mark, &self.words.rule(RuleId::at(at), "title"), &self.library.rules[at].declared.id);
            }
        }
    }

    fn stones(&self, page: &mut Page) {
        for (step, heading) in [(false, said::BOUWSTENEN), (true, said::STEPS)] {
            let own = self.ruleset.own.bouwstenen.clone();
            let stones: Vec<usize> = own.filter(|at| self.library.bouwstenen[*at].step == step).collect();
            if stones.is_empty() {
                continue;
            }
            self.heading(page, heading);
            for at in stones {
                let title = self.words.stone(BouwsteenId::at(at), "title");
                self.line(page, &Text::empty(), &title, &self.library.bouwstenen[at].declared.id);
            }
        }
    }
}
