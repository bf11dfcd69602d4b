//! Writes a model as the files of rulesets, and a profile as JSON.

mod aspects;
mod expressions;
mod links;
mod profile;
mod rules;
mod texts;

use super::cone::Cone;
use super::model::{Agreement, Asked, Fold, Kind, Model, Number, OPTIONS, Question, RULESETS, STATUSES, Value};
use ketenspiegel_engine::ruleset::RulesetFiles;
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) use profile::profile;

/// A number as it is written in decimals, exactly.
pub(super) fn decimal(number: Number) -> String {
    let thousands = number * 1000;
    assert!(thousands.is_integer(), "{number} has too many decimals to be written");
    let (digits, sign) = (thousands.numer().abs(), if *number.numer() < 0 { "-" } else { "" });
    let text = format!("{sign}{}.{:03}", digits / 1000, digits % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn numbers(numbers: &[Number]) -> String {
    numbers.iter().copied().map(decimal).collect::<Vec<_>>().join(", ")
}

/// A list of words in quotes.
fn quoted<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> String {
    words.into_iter().map(|word| format!("\"{}\"", word.as_ref())).collect::<Vec<_>>().join(", ")
}

/// The files of all rulesets, with only what is in `cone`.
pub(super) fn rulesets(model: &Model, cone: &Cone) -> Vec<RulesetFiles> {
    (0..model.rulesets)
        .map(|ruleset| {
            let writer = Writer { model, cone, ruleset };
            let files = [
                ("ruleset.toml", writer.manifest()),
                ("questions.toml", writer.questions()),
                ("aspects.toml", writer.aspects()),
                ("bouwstenen.toml", writer.bouwstenen()),
                ("links.toml", writer.links()),
                ("rules/alles.rhai", writer.rules()),
                ("nl.toml", writer.texts()),
            ];
            let files: BTreeMap<String, Vec<u8>> =
                files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
            RulesetFiles { name: RULESETS[ruleset].to_owned(), files, ..RulesetFiles::default() }
        })
        .collect()
}

/// Writes one ruleset of a model.
struct Writer<'a> {
    model: &'a Model,
    cone: &'a Cone,
    ruleset: usize,
}

impl Writer<'_> {
    fn manifest(&self) -> String {
        let mut text = format!(
            "format = 1\nid = \"{}\"\nversion = \"1.0.0\"\nengine = \">=0.1\"\nlanguages = [\"nl\"]\nlicence = \"EUPL-1.2\"\n\
             {}[[source]]\nid = \"bron\"\ntitle = \"Bron\"\n",
            RULESETS[self.ruleset],
            if self.model.joins && self.ruleset == 2 { "joins = 2\n" } else { "" }
        );
        if self.ruleset > 0 {
            text.push_str("[requires]\n");
            RULESETS[..self.ruleset].iter().for_each(|id| writeln!(text, "{id} = \"^1\"").unwrap());
        }
        for (at, role) in self.model.roles.iter().enumerate() {
            if role.ruleset == self.ruleset {
                writeln!(text, "[[role]]\nid = \"r{at}\"").unwrap();
            }
        }
        for (at, parameter) in self.model.parameters.iter().enumerate() {
            if parameter.ruleset == self.ruleset {
                writeln!(text, "[parameter.p{at}]\nvalue = {}\nreason = \"Ours.\"", decimal(parameter.value)).unwrap();
            }
        }
        text
    }

    fn questions(&self) -> String {
        let mut text = String::new();
        for at in self.own(&self.cone.questions, |at| self.model.questions[at].ruleset) {
            self.question(&mut text, at);
        }
        text
    }

    /// The elements of this ruleset among those that are kept.
    fn own(&self, kept: &std::collections::BTreeSet<usize>, ruleset: impl Fn(usize) -> usize) -> Vec<usize> {
        kept.iter().copied().filter(|at| ruleset(*at) == self.ruleset).collect()
    }

    fn question(&self, text: &mut String, at: usize) {
        let question = &self.model.questions[at];
        if let Kind::Scale(values) = &question.kind {
            writeln!(text, "[[scale]]\nid = \"s{at}\"\nvalues = [{}]", numbers(values)).unwrap();
        }
        if let Some(values) = &question.importance {
            writeln!(text, "[[scale]]\nid = \"i{at}\"\nvalues = [{}]", numbers(values)).unwrap();
        }
        let kind = match &question.kind {
            Kind::Scale(_) => format!("\"scale\"\nscale = \"s{at}\""),
            Kind::YesNo => "\"yes-no\"".to_owned(),
            Kind::Choice(values) => format!("\"choice\"\noptions = [{}]", options(values)),
            Kind::Multiple(values) => format!("\"multiple\"\noptions = [{}]", options(values)),
            Kind::Number { min, max, step } => {
                format!("\"number\"\nmin = {}\nmax = {}\nstep = {}", decimal(*min), decimal(*max), decimal(*step))
            }
            Kind::Text => "\"text\"".to_owned(),
        };
        writeln!(text, "[[question]]\nid = \"q{at}\"\nsource = \"Bron\"\nkind = {kind}").unwrap();
        if let Some(from) = question.met_from {
            writeln!(text, "met-from = {}", written(question.kind.values()[from])).unwrap();
        }
        if question.importance.is_some() {
            writeln!(text, "importance = \"i{at}\"").unwrap();
        }
        if let Some(condition) = &question.asked_if {
            writeln!(text, "asked-if = '{}'", self.condition(condition)).unwrap();
        }
        if question.not_applicable {
            text.push_str("not-applicable = true\n");
        }
        if let Asked::Party { roles, combine, written } = &question.asked {
            text.push_str("asked = \"party\"\n");
            if !roles.is_empty() {
                writeln!(text, "roles = [{}]", quoted(roles.iter().map(|role| format!("r{role}")))).unwrap();
            }
            if *written {
                let word = match combine {
                    Agreement::Agree => "agree",
                    Agreement::Fold(fold) => fold_word(*fold),
                };
                writeln!(text, "combine = \"{word}\"").unwrap();
            }
        }
        if question.fact {
            text.push_str("fact = true\n");
        }
        self.informs(text, at);
        self.same_as(text, question);
    }

    fn same_as(&self, text: &mut String, question: &Question) {
        let Some(same) = &question.same_as else { return };
        let other = &self.model.questions[same.question];
        write!(text, "same-as = {{ question = \"{}/q{}\"", RULESETS[other.ruleset], same.question).unwrap();
        if same.written {
            let mut theirs: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (from, to) in &same.map {
                theirs.entry(written(*to)).or_default().push(written(*from));
            }
            let entries = theirs.into_iter().map(|(mine, theirs)| {
                let list = if theirs.len() == 1 { theirs[0].clone() } else { format!("[{}]", theirs.join(", ")) };
                format!("\"{}\" = {list}", mine.trim_matches('"'))
            });
            write!(text, ", options = {{ {} }}", entries.collect::<Vec<_>>().join(", ")).unwrap();
        }
        text.push_str(" }\n");
    }

    fn bouwstenen(&self) -> String {
        let own = self.own(&self.cone.bouwstenen, |at| self.model.bouwstenen[at].ruleset);
        let mut text = String::new();
        for at in own {
            writeln!(text, "[[bouwsteen]]\nid = \"b{at}\"\nsource = \"Bron\"").unwrap();
            let same = self.model.bouwstenen[at].same_as.iter();
            let same = same.map(|same| format!("{}/b{same}", RULESETS[self.model.bouwstenen[*same].ruleset]));
            writeln!(text, "same-bouwsteen = [{}]", quoted(same)).unwrap();
            self.acts(&mut text, at);
        }
        text
    }
}

impl Writer<'_> {
    /// What a bouwsteen takes, needs and does.
    fn acts(&self, text: &mut String, at: usize) {
        let Some(acts) = &self.model.bouwstenen[at].acts else { return };
        let [started, working, anchored] = acts.effort;
        writeln!(
            text,
            "effort = {{ started = {started}, working = {working}, anchored = {anchored}, reason = \"Ours.\" }}"
        )
        .unwrap();
        let needs = acts.prerequisites.iter().map(|other| format!("b{other}"));
        writeln!(text, "prerequisites = [{}]", quoted(needs)).unwrap();
        let effects = acts.effects.iter().map(|effect| {
            let least = written(self.model.questions[effect.question].kind.values()[effect.least]);
            let from = STATUSES[effect.from];
            format!(
                "{{ question = \"q{}\", at-least = {least}, from = \"{from}\", reason = \"Ours.\" }}",
                effect.question
            )
        });
        writeln!(text, "effects = [{}]", effects.collect::<Vec<_>>().join(", ")).unwrap();
    }
}

/// A value as a ruleset and a profile write it.
fn written(value: Value) -> String {
    match value {
        Value::Number(number) => decimal(number),
        Value::Truth(yes) => yes.to_string(),
        Value::Option(at) => format!("\"{}\"", OPTIONS[at]),
        Value::Options(bits) => {
            let chosen = OPTIONS.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
            format!("[{}]", quoted(chosen.map(|(_, id)| id)))
        }
        Value::Text => "\"tekst\"".to_owned(),
        Value::Missing | Value::Nothing => "null".to_owned(),
    }
}

fn options(values: &[Option<Number>]) -> String {
    let each = values.iter().zip(OPTIONS).map(|(value, id)| match value {
        Some(value) => format!("{{ id = \"{id}\", value = {} }}", decimal(*value)),
        None => format!("\"{id}\""),
    });
    each.collect::<Vec<_>>().join(", ")
}

const fn fold_word(fold: Fold) -> &'static str {
    match fold {
        Fold::Mean => "mean",
        Fold::Sum => "sum",
        Fold::Min => "min",
        Fold::Max => "max",
    }
}
