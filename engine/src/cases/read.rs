use super::{Case, Expect};
use crate::assessment::Certainty;
use crate::number::Number;
use crate::problem::{Problem, Problems, Span, codes};
use crate::profile::{Party, Profile, Section, answer};
use crate::ruleset::{Library, RulesetFiles};
use crate::source::fields::Fields;
use crate::source::{Node, Sources, Table, Value, parse_toml};

/// Reads the cases of a ruleset from its `tests/*.toml`. Everything that is wrong with them goes into `problems`.
pub fn read(
    library: &Library,
    ruleset: usize,
    files: &RulesetFiles,
    sources: &mut Sources,
    problems: &mut Problems,
) -> Vec<Case> {
    let mut all = Vec::new();
    for (path, bytes) in files.files.iter().filter(|(path, _)| path.starts_with("tests/") && path.ends_with(".toml")) {
        let name = format!("{}/{path}", files.name);
        let Ok(text) = std::str::from_utf8(bytes) else {
            problems.push(Problem::new(codes::NOT_UTF8, format!("{name} is not UTF-8 text")));
            continue;
        };
        let file = sources.add(name, text);
        let node = parse_toml(sources, file, problems);
        let Some(mut fields) = Fields::new(&node, "a file of cases", problems) else { continue };
        let list = fields.required("case", problems).and_then(|node| node.list(problems)).unwrap_or_default();
        fields.finish(problems);
        for node in list {
            let mut reader = Reader { library, ruleset, files, path, sources, problems };
            all.extend(reader.case(node));
        }
    }
    all
}

struct Reader<'a> {
    library: &'a Library,
    ruleset: usize,
    files: &'a RulesetFiles,
    path: &'a str,
    sources: &'a mut Sources,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn case(&mut self, node: &Node) -> Option<Case> {
        let mut fields = Fields::new(node, "a case", self.problems)?;
        let name_node = fields.required("name", self.problems)?;
        let name = name_node.text(self.problems)?.to_owned();
        let mut profile = match fields.optional("from") {
            Some(from) => self.start(from)?,
            None => Profile::blank(&name),
        };
        let id = self.library.rulesets[self.ruleset].manifest.id.clone();
        self.parties(fields.optional("parties"), &mut profile);
        self.entries(fields.optional("roles"), |reader, key, span, node| {
            let parties = node.texts(reader.problems);
            Section::set(&mut profile.roles, &id, key, span, parties);
        });
        self.answers(&id, fields.optional("answers"), &mut profile);
        self.entries(fields.optional("answers-of"), |reader, other, _, node| {
            reader.answers(other, Some(node), &mut profile);
        });
        self.entries(fields.optional("bouwstenen"), |_, key, span, node| {
            Section::set(&mut profile.bouwstenen, &id, key, span, node.clone());
        });
        self.entries(fields.optional("targets"), |_, key, span, node| {
            Section::set(&mut profile.targets, &id, key, span, node.clone());
        });
        if !profile.answers.iter().any(|section| section.ruleset == id) {
            profile.answers.push(Section { ruleset: id, span: name_node.span, items: Vec::new() });
        }
        let expect = fields.required("expect", self.problems);
        fields.finish(self.problems);
        let expect = self.expect(expect?)?;
        Some(Case { name, span: name_node.span, ruleset: self.ruleset, profile, expect })
    }

    /// The profile that a case starts from: a file beside the file of cases.
    fn start(&mut self, from: &Node) -> Option<Profile> {
        let name = from.text(self.problems)?;
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = format!("{folder}/{name}");
        let Some(bytes) = self.files.files.get(&path) else {
            let known = self.files.files.keys().filter_map(|known| known.strip_prefix(&format!("{folder}/")));
            self.problems.push(
                Problem::new(codes::MISSING_FILE, format!("there is no profile `{name}` beside this file"))
                    .at(from.span)
                    .suggest(name, known.filter(|known| !known.ends_with(".toml"))),
            );
            return None;
        };
        Profile::read(&format!("{}/{path}", self.files.name), bytes, self.sources, self.problems)
    }

    fn parties(&mut self, node: Option<&Node>, profile: &mut Profile) {
        for (id, _) in node.map(|node| node.texts(self.problems)).unwrap_or_default() {
            if !profile.parties.iter().any(|party| party.id == id) {
                profile.parties.push(Party { name: id.clone(), id, sector: None });
            }
        }
    }

    fn answers(&mut self, ruleset: &str, node: Option<&Node>, profile: &mut Profile) {
        self.entries(node, |reader, key, span, node| {
            let pointer = format!("/answers/{ruleset}/{key}");
            if let Some(answer) = answer(node, &pointer, reader.problems) {
                Section::set(&mut profile.answers, ruleset, key, span, answer);
            }
        });
    }

    fn entries(&mut self, node: Option<&Node>, mut each: impl FnMut(&mut Self, &str, Span, &Node)) {
        let Some(table) = node.and_then(|node| node.table(self.problems)) else { return };
        for entry in &table.entries {
            each(self, &entry.key, entry.key_span, &entry.node);
        }
    }

    fn expect(&mut self, node: &Node) -> Option<Expect> {
        let mut fields = Fields::new(node, "`expect`", self.problems)?;
        let problems = &mut *self.problems;
        let mut table = |fields: &mut Fields<'_>, name: &'static str| -> Table {
            let found = fields.optional(name).and_then(|node| node.table(problems));
            found.cloned().unwrap_or_default()
        };
        let (diagnoses, cells) = (table(&mut fields, "diagnoses"), table(&mut fields, "cells"));
        let (levels, outcomes) = (table(&mut fields, "levels"), table(&mut fields, "outcomes"));
        let (scores, measures) = (table(&mut fields, "scores"), table(&mut fields, "measures"));
        let silent = fields.optional("silent").map(|node| node.texts(self.problems)).unwrap_or_default();
        let first = fields.optional("first").map(|node| node.texts(self.problems)).unwrap_or_default();
        let others = fields.optional("others").and_then(|node| node.bool(self.problems)).unwrap_or(false);
        fields.finish(self.problems);
        let own = self.library.rulesets[self.ruleset].own.clone();
        let rules: Vec<&str> = self.library.rules[own.rules].iter().map(|rule| rule.declared.id.as_str()).collect();
        let aspects: Vec<&str> = self.library.aspects[own.aspects].iter().map(|one| one.declared.id.as_str()).collect();
        let typings: Vec<&str> =
            self.library.outcomes[own.outcomes].iter().map(|one| one.declared.id.as_str()).collect();
        let named: Vec<&str> = self.library.measures[own.measures].iter().map(|one| one.declared.id.as_str()).collect();
        self.known("rule", &diagnoses, &rules);
        self.known("aspect", &levels, &aspects);
        self.known("aspect", &scores, &aspects);
        self.known("typing", &outcomes, &typings);
        self.known("measure", &measures, &named);
        for (id, span) in &silent {
            self.known_id("rule", id, *span, &rules);
        }
        Some(Expect {
            diagnoses: self.certainties(&diagnoses),
            silent: silent.into_iter().map(|(id, _)| id).collect(),
            others,
            levels: self.texts(&levels),
            outcomes: self.texts(&outcomes),
            scores: self.numbers(&scores),
            measures: self.numbers(&measures),
            cells: self.certainties(&cells),
            first: first.into_iter().map(|(id, _)| id).collect(),
        })
    }

    fn known(&mut self, kind: &str, table: &Table, known: &[&str]) {
        for entry in &table.entries {
            self.known_id(kind, &entry.key, entry.key_span, known);
        }
    }

    fn known_id(&mut self, kind: &str, id: &str, span: Span, known: &[&str]) {
        if !known.contains(&id) {
            let problem = Problem::new(codes::UNKNOWN_ID, format!("this ruleset has no {kind} `{id}`")).at(span);
            self.problems.push(problem.suggest(id, known.iter().copied()));
        }
    }

    fn certainties(&mut self, table: &Table) -> Vec<(String, Certainty)> {
        let words =
            [("confirmed", Certainty::Confirmed), ("indicated", Certainty::Indicated), ("open", Certainty::Open)];
        let mut all = Vec::new();
        for entry in &table.entries {
            let Some(word) = entry.node.text(self.problems) else { continue };
            match words.iter().find(|(known, _)| *known == word) {
                Some((_, certainty)) => all.push((entry.key.clone(), *certainty)),
                None => self.problems.push(
                    Problem::new(codes::UNKNOWN_OPTION, format!("`{word}` is not how sure something is"))
                        .at(entry.node.span)
                        .suggest(word, words.iter().map(|(known, _)| *known))
                        .help("a rule that must not speak stands in `expect.silent`"),
                ),
            }
        }
        all
    }

    fn texts(&mut self, table: &Table) -> Vec<(String, String)> {
        let text = |node: &Node, problems: &mut Problems| node.text(problems).map(str::to_owned);
        let entries = table.entries.iter();
        entries.filter_map(|entry| text(&entry.node, self.problems).map(|text| (entry.key.clone(), text))).collect()
    }

    fn numbers(&mut self, table: &Table) -> Vec<(String, Number)> {
        let mut all = Vec::new();
        for entry in &table.entries {
            // a number that has no end as a decimal is written as a fraction: "7/3"
            let fraction = match &entry.node.value {
                Value::Text { text, .. } => Number::parse(text),
                _ => None,
            };
            if let Some(number) = fraction.or_else(|| entry.node.number(self.problems)) {
                all.push((entry.key.clone(), number));
            }
        }
        all
    }
}
