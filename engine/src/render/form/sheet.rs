//! What a form asks, whatever it looks like.

use super::super::words::{Language, forms};
use super::asked_if;
use crate::condition::{AspectId, Expr, QuestionId};
use crate::number::Number;
use crate::ruleset::{Asked, Aspect, Bouwsteen, Kind, Library, Question, Ruleset, Texts};

/// Everything that the rulesets of a library ask, with their texts in one language.
pub(super) struct Sheet<'a> {
    pub(super) library: &'a Library,
    pub(super) language: Language,
    code: String,
    pub(super) parts: Vec<Part<'a>>,
}

/// What one ruleset asks.
pub(super) struct Part<'a> {
    pub(super) ruleset: &'a Ruleset,
    pub(super) texts: &'a Texts,
    pub(super) items: Vec<Item<'a>>,
    /// Ids and titles of the roles.
    pub(super) roles: Vec<(&'a str, &'a str)>,
    /// What can be put in place, without what another ruleset asks already.
    pub(super) bouwstenen: Vec<&'a Bouwsteen>,
    /// The aspects for which a target means something.
    pub(super) targets: Vec<&'a Aspect>,
}

/// A question with its number.
pub(super) struct Item<'a> {
    pub(super) number: usize,
    pub(super) question: &'a Question,
    /// The aspect that it is about, where that differs from the question before it.
    pub(super) heading: Option<&'a str>,
    /// The question of another ruleset that settles it.
    pub(super) settled_by: Option<QuestionId>,
}

impl Item<'_> {
    /// A text of the question; empty where it has none.
    pub(super) fn text<'t>(&self, texts: &'t Texts, name: &str) -> &'t str {
        texts.text(&format!("question.{}.{name}", self.question.declared.id))
    }
}

impl<'a> Sheet<'a> {
    pub(super) fn new(library: &'a Library, language: &str) -> Self {
        let code = language.to_owned();
        let language = Language::of(language);
        let parts = library.rulesets.iter().map(|ruleset| part(library, ruleset, &code, language));
        let parts = parts.filter(|part| !part.items.is_empty() || !part.bouwstenen.is_empty()).collect();
        Self { library, language, code, parts }
    }

    /// The title of a ruleset.
    pub(super) fn title(&self, ruleset: usize) -> &str {
        self.library.rulesets[ruleset].texts(&self.code).text("ruleset.title")
    }

    /// A question as another one refers to it: its number within its ruleset and its short title.
    pub(super) fn reference(&self, id: QuestionId) -> String {
        let question = &self.library.questions[id.index()];
        let ruleset = &self.library.rulesets[question.declared.ruleset];
        let number = id.index() - ruleset.own.questions.start + 1;
        let short = ruleset.texts(&self.code).text(&format!("question.{}.short", question.declared.id));
        forms::question(number, short, self.language)
    }

    /// When a question is asked, in a sentence; nothing, where it always is.
    pub(super) fn asked_if(&self, item: &Item<'_>) -> Option<String> {
        let condition = item.question.asked_if?;
        let words = asked_if::words(self, condition).map(|words| forms::only_if(&words, self.language));
        Some(words.unwrap_or_else(|| self.language.say(forms::ONLY_IF_EARLIER).to_owned()))
    }

    /// The texts of the ruleset that a question belongs to.
    pub(super) fn texts(&self, question: &Question) -> &Texts {
        self.library.rulesets[question.declared.ruleset].texts(&self.code)
    }

    /// Who answers, in a sentence; nothing for the chain as a whole.
    pub(super) fn who(&self, question: &Question) -> Option<String> {
        let Asked::Party { roles, .. } = &question.asked else { return None };
        if roles.is_empty() {
            return Some(self.language.say(forms::EACH_PARTY).to_owned());
        }
        let texts = self.texts(question);
        let titles: Vec<String> = roles
            .iter()
            .map(|role| texts.text(&format!("role.{}.title", self.library.roles[role.index()].declared.id)).to_owned())
            .collect();
        Some(forms::only_roles(&self.language.or(&titles), self.language))
    }

    /// What a number can be.
    pub(super) fn range(&self, low: Number, high: Number, unit: Option<&str>) -> String {
        let [low, high] = [low, high].map(|number| self.language.exact(number));
        forms::number_from_to(&low, &high, unit.unwrap_or_default(), self.language)
    }

    /// What the two ends of a scale look like: the ruleset's words, otherwise the labels.
    pub(super) fn ends(&self, item: &Item<'_>, texts: &'a Texts) -> Option<[(Number, String); 2]> {
        let Kind::Scale(scale) = &item.question.kind else { return None };
        let end = |value: Number, name: &str| {
            let words = Some(item.text(texts, name)).filter(|words| !words.is_empty());
            (value, words.unwrap_or_else(|| texts.scale(&scale.id, value)).to_owned())
        };
        Some([end(*scale.values.first()?, "low"), end(*scale.values.last()?, "high")])
    }
}

fn part<'a>(library: &'a Library, ruleset: &'a Ruleset, code: &str, language: Language) -> Part<'a> {
    let texts = ruleset.texts(code);
    let mut before = None;
    let items = ruleset.own.questions.clone().enumerate().map(|(at, index)| {
        let question = &library.questions[index];
        let aspect = first_parent(library, ruleset, QuestionId::at(index));
        let changed = at == 0 || aspect != before;
        before = aspect;
        let title = match aspect {
            Some(aspect) => texts.text(&format!("aspect.{}.title", library.aspects[aspect.index()].declared.id)),
            None if at == 0 => language.say(forms::ABOUT_THE_CHAIN),
            None => language.say(forms::OTHER_QUESTIONS),
        };
        Item {
            number: at + 1,
            question,
            heading: changed.then_some(title),
            settled_by: question.same_as.as_ref().map(|same| same.question),
        }
    });
    let items: Vec<Item<'a>> = items.collect();
    let bouwstenen = library.bouwstenen[ruleset.own.bouwstenen.clone()].iter();
    let aspects = ruleset.own.aspects.clone();
    Part {
        ruleset,
        texts,
        items,
        roles: library.roles[ruleset.own.roles.clone()]
            .iter()
            .map(|role| (role.declared.id.as_str(), texts.text(&format!("role.{}.title", role.declared.id))))
            .collect(),
        bouwstenen: bouwstenen.filter(|stone| !stone.step && stone.same_as.is_empty()).collect(),
        targets: aspects.filter(|at| has_target(library, *at)).map(|at| &library.aspects[at]).collect(),
    }
}

/// The first aspect of a ruleset that a question is a child of.
fn first_parent(library: &Library, ruleset: &Ruleset, question: QuestionId) -> Option<AspectId> {
    ruleset.own.aspects.clone().find(|at| library.aspects[*at].questions.contains(&question)).map(AspectId::at)
}

fn has_target(library: &Library, aspect: usize) -> bool {
    library.aspects[aspect].clamp_to_target || library.graph.find(&Expr::Target(AspectId::at(aspect))).is_some()
}
