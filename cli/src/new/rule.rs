//! `ruleset new rule`: one rule more, with its texts and its cases. All of it is written, or nothing.

use super::{filled, title};
use crate::arguments::NewRule;
use crate::choose::Shelf;
use crate::codes::ARGUMENTS;
use crate::exit::Exit;
use crate::files;
use crate::output::write_all;
use crate::session::{Ended, Session};
use ketenspiegel_engine::cases::{self, Case};
use ketenspiegel_engine::problem::{Problem, Problems, codes};
use ketenspiegel_engine::ruleset::{Asked, Kind, Library, Question, RulesetFiles};
use ketenspiegel_engine::source::fields::{AN_ID, is_id};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const RULE: &str = include_str!("rule/rule.rhai");
const CASE: &str = include_str!("rule/case.toml");
const NL: &str = include_str!("rule/nl.toml");
const EN: &str = include_str!("rule/en.toml");

/// How many questions are tried, to find one with which every case still holds.
const MOST_TRIED: usize = 20;

/// What is added to a file: its path in the ruleset, and the text.
type Addition = (String, String);

pub(super) fn run(asked: &NewRule, session: &mut Session<'_>) -> Ended {
    let shelf = Shelf::with(&asked.rulesets.rulesets, session)?;
    let old = files::ruleset(&asked.ruleset, &mut session.problems).ok_or(Exit::Invalid)?;
    let loaded = Loaded::new(&old, &shelf, session)?;
    let made = match draft(asked, &loaded, &old) {
        Ok(draft) => draft.best(&loaded.differing, &shelf, session)?,
        Err(problem) => return Err(session.stop(Exit::Usage, problem)),
    };
    let Some(made) = made else {
        let problem = Problem::new(ARGUMENTS, format!("no case can be written for `{}` that holds", asked.id));
        return Err(session.stop(Exit::Usage, problem.help("begin with another question: --question ID")));
    };
    if let Err(problem) = write(&asked.ruleset, &made.additions, &made.files) {
        return Err(session.stop(Exit::Usage, problem));
    }
    session.print(&told(asked, &made, &old))?;
    Ok(Exit::Fine)
}

/// A ruleset with what it requires, and the names of the cases that do not hold.
struct Loaded {
    library: Library,
    own: usize,
    differing: Vec<String>,
}

impl Loaded {
    fn new(files: &RulesetFiles, shelf: &Shelf, session: &mut Session<'_>) -> Result<Self, Exit> {
        let requires = Library::peek(files).map(|peek| peek.requires).unwrap_or_default();
        let mut all = shelf.with_required(&requires);
        all.push(files.clone());
        let library = Library::load(&all, &mut session.sources, &mut session.problems).ok_or(Exit::Invalid)?;
        let own = Library::peek(files).and_then(|peek| library.ruleset(&peek.id)).ok_or(Exit::Invalid)?;
        let cases = cases::read(&library, own, files, &mut session.sources, &mut session.problems);
        session.sound()?;
        let differs = |case: &&Case| !cases::run(&library, &session.sources, case, &mut Problems::new()).is_empty();
        let differing = cases.iter().filter(differs).map(|case| case.name.clone()).collect();
        Ok(Self { library, own, differing })
    }
}

/// A rule that can be made: everything but the question that it begins with.
struct Draft<'a> {
    asked: &'a NewRule,
    old: &'a RulesetFiles,
    languages: &'a [String],
    source: &'a str,
    questions: Vec<(&'a Question, Turn)>,
}

/// A rule as it would be written.
struct Made {
    additions: Vec<Addition>,
    files: RulesetFiles,
    /// The names of other cases, in which it speaks without being named.
    disturbed: Vec<String>,
}

/// Looks whether the rule can be made.
fn draft<'a>(asked: &'a NewRule, loaded: &'a Loaded, old: &'a RulesetFiles) -> Result<Draft<'a>, Problem> {
    let id = asked.id.as_str();
    for (what, word) in [("the id of a rule", Some(&asked.id)), ("a theme", asked.theme.as_ref())] {
        if let Some(word) = word.filter(|word| !is_id(word)) {
            return Err(Problem::new(codes::BAD_ID, format!("`{word}` cannot be {what}")).help(AN_ID));
        }
    }
    let ruleset = &loaded.library.rulesets[loaded.own];
    if let Some(rule) = loaded.library.rules[ruleset.own.rules.clone()].iter().find(|rule| rule.declared.id == id) {
        let problem = Problem::new(codes::DUPLICATE_ID, format!("there is a rule `{id}` already"));
        return Err(problem.at(rule.declared.span).help("give the new one another id"));
    }
    let languages = &ruleset.manifest.languages;
    let head = format!("[rule.{id}]");
    let has_texts = |language: &&String| text(old, &format!("{language}.toml")).lines().any(|line| line.trim() == head);
    if let Some(language) = languages.iter().find(has_texts) {
        let problem = Problem::new(codes::DUPLICATE_ID, format!("{language}.toml has texts under {head} already"));
        return Err(problem.help("give the new rule another id"));
    }
    let source = ruleset.manifest.sources.first().map_or("", |source| source.title.as_str());
    Ok(Draft { asked, old, languages, source, questions: questions(asked, loaded)? })
}

/// The questions that the rule could begin with: the one that was asked for, or those that are always asked.
fn questions<'a>(asked: &NewRule, loaded: &'a Loaded) -> Result<Vec<(&'a Question, Turn)>, Problem> {
    let all = &loaded.library.questions[loaded.library.rulesets[loaded.own].own.questions.clone()];
    let Some(id) = &asked.question else {
        let plain = all.iter().filter(|question| question.asked_if.is_none() && question.asked == Asked::Chain);
        let mut found: Vec<_> =
            plain.filter_map(|question| Some((question, Turn::of(&question.kind)?))).take(MOST_TRIED).collect();
        found.sort_by_key(|(question, _)| question.fact); // a fact last: no advice can change it
        let none = || Problem::new(ARGUMENTS, "this ruleset asks nothing that a rule could begin with");
        let help = "write a question in questions.toml first, or name one with --question";
        return if found.is_empty() { Err(none().help(help)) } else { Ok(found) };
    };
    let found = all.iter().find(|question| question.declared.id == *id).ok_or_else(|| {
        let known = all.iter().map(|question| question.declared.id.as_str());
        Problem::new(codes::UNKNOWN_ID, format!("this ruleset has no question `{id}`")).suggest(id, known)
    })?;
    let refused = |why: &str| {
        let problem = Problem::new(ARGUMENTS, format!("a new rule cannot begin with `{id}`: {why}"));
        problem.help("begin with another question, and change the rule afterwards")
    };
    if found.asked_if.is_some() {
        return Err(refused("it is asked only under a condition, so that a case needs more answers"));
    }
    Ok(vec![(found, Turn::of(&found.kind).ok_or_else(|| refused("what it gets is text, which nothing compares"))?)])
}

impl Draft<'_> {
    /// The rule on the first question with which its cases hold and all others still do; otherwise the first with
    /// which its own cases hold.
    fn best(&self, before: &[String], shelf: &Shelf, session: &mut Session<'_>) -> Result<Option<Made>, Exit> {
        let mut first = None;
        for (question, turn) in &self.questions {
            for others in [false, true] {
                let additions = self.additions(&question.declared.id, turn, others);
                let files = added(self.old, &additions);
                let (own, mut disturbed): (Vec<String>, Vec<String>) = Loaded::new(&files, shelf, session)?
                    .differing
                    .into_iter()
                    .partition(|name| self.names().contains(name));
                disturbed.retain(|name| !before.contains(name));
                if own.is_empty() {
                    let made = Made { additions, files, disturbed };
                    if made.disturbed.is_empty() {
                        return Ok(Some(made));
                    }
                    first.get_or_insert(made);
                    break;
                }
            }
        }
        Ok(first)
    }

    /// The names of its cases.
    fn names(&self) -> [String; 2] {
        ["speaks", "silent"].map(|what| format!("{}: {what}", self.asked.id))
    }

    fn additions(&self, question: &str, turn: &Turn, others: bool) -> Vec<Addition> {
        let id = self.asked.id.as_str();
        let theme = self.asked.theme.as_deref().unwrap_or(id);
        let (title, when, source) = (title(id), turn.when.replace("{}", &quoted(question)), quoted(self.source));
        let values = [
            ("id", id),
            ("title", &title),
            ("when", &when),
            ("source", &source),
            ("question", question),
            ("speaks", &turn.speaks),
            ("silent", &turn.silent),
            ("others", if others { "expect.others = true\n" } else { "" }),
        ];
        let text = |language: &String| {
            let template = if language == "nl" { NL } else { EN };
            (format!("{language}.toml"), filled(template, &values))
        };
        let mut all = vec![(format!("rules/{theme}.rhai"), filled(RULE, &values))];
        all.extend(self.languages.iter().map(text));
        all.push((format!("tests/{theme}.toml"), filled(CASE, &values)));
        all
    }
}

/// A condition on a question, and an answer either way.
struct Turn {
    when: String,
    speaks: String,
    silent: String,
}

impl Turn {
    /// Of the lowest answer, and the one next to it, so that the two cases notice a change of the bound; nothing for a
    /// question that cannot be compared.
    fn of(kind: &Kind) -> Option<Self> {
        let turn = |when: String, speaks: String, silent: String| Some(Self { when, speaks, silent });
        match kind {
            Kind::YesNo => turn("no({})".to_owned(), "false".to_owned(), "true".to_owned()),
            Kind::Scale(scale) => {
                let (low, high) = (scale.values.first()?.written(), scale.values.get(1)?.written());
                turn(format!("answer({{}}) <= {low}"), low, high)
            }
            Kind::Number { min, max, step, .. } => {
                let next = min.plus(*step).filter(|next| next <= max)?;
                turn(format!("answer({{}}) <= {}", min.written()), min.written(), next.written())
            }
            Kind::Choice(options) => {
                let (first, last) = (quoted(&options.first()?.id), quoted(&options.last()?.id));
                turn(format!("answer({{}}) == {first}"), first, last)
            }
            Kind::Multiple(options) => {
                let (first, last) = (quoted(&options.first()?.id), quoted(&options.last()?.id));
                turn(format!("answer({{}}).has({first})"), format!("[{first}]"), format!("[{last}]"))
            }
            Kind::Text => None,
        }
    }
}

/// A text in quotes, as TOML and scripts both read it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The text of a file of a ruleset; empty where it is not there.
fn text(files: &RulesetFiles, name: &str) -> String {
    files.files.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
}

/// The files of a ruleset with the additions behind what is there, in the line ends that a file has.
fn added(old: &RulesetFiles, additions: &[Addition]) -> RulesetFiles {
    let mut new = old.clone();
    for (name, addition) in additions {
        let mut whole = text(old, name);
        let end = if whole.contains("\r\n") { "\r\n" } else { "\n" };
        if !whole.is_empty() {
            let ended = whole.ends_with('\n');
            whole.push_str(if ended { end } else { "" });
            whole.push_str(&if ended { String::new() } else { end.repeat(2) });
        }
        whole.push_str(&addition.replace('\n', end));
        new.files.insert(name.clone(), whole.into_bytes());
    }
    new
}

/// Writes the files that got an addition: all, or none.
fn write(folder: &Path, additions: &[Addition], new: &RulesetFiles) -> Result<(), Problem> {
    let files: BTreeMap<PathBuf, String> =
        additions.iter().map(|(name, _)| (folder.join(name), text(new, name))).collect();
    write_all(&files.into_iter().collect::<Vec<_>>())
}

/// What was added, and where.
fn told(asked: &NewRule, made: &Made, old: &RulesetFiles) -> String {
    let (id, folder) = (&asked.id, asked.ruleset.display());
    let place = |(name, _): &Addition| {
        let before = text(old, name).lines().count();
        let line = if before == 0 { 1 } else { before + 2 };
        format!("  {}:{line}\n", asked.ruleset.join(name).display())
    };
    let places: String = made.additions.iter().map(place).collect();
    let disturbed: String = made.disturbed.iter().map(|name| format!("  {name}\n")).collect();
    let disturbed = if disturbed.is_empty() {
        disturbed
    } else {
        format!("As it stands it also speaks in these cases, which do not name it:\n{disturbed}")
    };
    format!(
        "The rule `{id}` is there, with its texts and two cases that hold:\n{places}{disturbed}\
         Write what you mean in each of these places, and run\n  ketenspiegel ruleset test {folder}\n"
    )
}
