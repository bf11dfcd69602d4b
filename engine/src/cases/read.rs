use super::{Case, CellPlace, Claim, Expected, word};
use crate::assessment::Certainty;
use crate::condition::{AspectId, BouwsteenId, MeasureId, OutcomeId, RuleId, TableId};
use crate::evaluate::check;
use crate::number::Number;
use crate::problem::{Problem, Problems, Span, codes};
use crate::profile::{Party, Profile, Section, answer};
use crate::ruleset::{Declared, Library, RulesetFiles};
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
    twice(&all, problems);
    for case in &all {
        // what a case answers is checked as a profile is; what is only worth a look in one may be the point of the case
        let mut found = Problems::new();
        if check(library, &case.profile, &mut found).is_none() {
            problems.append(found);
        }
    }
    all
}

/// Cases are known by their names.
fn twice(all: &[Case], problems: &mut Problems) {
    for (at, case) in all.iter().enumerate() {
        if let Some(first) = all[..at].iter().find(|known| known.name == case.name) {
            let message = format!("two cases are called `{}`", case.name);
            let problem = Problem::new(codes::DUPLICATE_ID, message).at(case.span).label("again here");
            problems.push(problem.also(first.span, "first here").help("give one of the two another name"));
        }
    }
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
        let snapshot = fields.optional("snapshot").and_then(|node| node.bool(self.problems)).unwrap_or(false);
        let expect = fields.required("expect", self.problems);
        fields.finish(self.problems);
        let (expected, others) = self.expect(expect?)?;
        Some(Case { name, span: name_node.span, ruleset: self.ruleset, profile, expected, others, snapshot })
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

    fn expect(&mut self, node: &Node) -> Option<(Vec<Expected>, bool)> {
        let mut fields = Fields::new(node, "`expect`", self.problems)?;
        let problems = &mut *self.problems;
        let mut table = |name: &'static str| -> Table {
            fields.optional(name).and_then(|node| node.table(problems)).cloned().unwrap_or_default()
        };
        let (diagnoses, cells) = (table("diagnoses"), table("cells"));
        let (levels, outcomes) = (table("levels"), table("outcomes"));
        let (scores, measures) = (table("scores"), table("measures"));
        let silent = fields.optional("silent").map(|node| node.texts(self.problems)).unwrap_or_default();
        let first = fields.optional("first").map(|node| node.texts(self.problems)).unwrap_or_default();
        let recommended = fields.optional("recommended");
        let others = fields.optional("others").and_then(|node| node.bool(self.problems)).unwrap_or(false);
        fields.finish(self.problems);
        let mut all = Vec::new();
        let mut claim = |claim: Option<Claim>, span: Span| all.extend(claim.map(|claim| Expected { claim, span }));
        for entry in &diagnoses.entries {
            let rule = self.rule(&entry.key, entry.key_span);
            let sure = self.certainty(&entry.node);
            claim(rule.zip(sure).map(|(rule, sure)| Claim::Diagnosis(rule, sure)), entry.key_span);
        }
        for (id, span) in &silent {
            claim(self.rule(id, *span).map(|rule| Claim::Diagnosis(rule, None)), *span);
        }
        for entry in &levels.entries {
            let aspect = self.aspect(&entry.key, entry.key_span);
            claim(aspect.and_then(|aspect| self.level(aspect, &entry.node)), entry.node.span);
        }
        for entry in &outcomes.entries {
            let outcome = self.typing(&entry.key, entry.key_span);
            claim(outcome.and_then(|outcome| self.outcome(outcome, &entry.node)), entry.node.span);
        }
        for entry in &scores.entries {
            let aspect = self.aspect(&entry.key, entry.key_span);
            let number = self.number(&entry.node);
            claim(aspect.zip(number).map(|(aspect, number)| Claim::Score(aspect, number)), entry.node.span);
        }
        for entry in &measures.entries {
            let measure = self.measure(&entry.key, entry.key_span);
            let number = self.number(&entry.node);
            claim(measure.zip(number).map(|(measure, number)| Claim::Measure(measure, number)), entry.node.span);
        }
        for entry in &cells.entries {
            let place = self.cell(&entry.key, entry.key_span);
            let sure = self.certainty(&entry.node);
            claim(place.zip(sure).map(|(place, sure)| Claim::Cell(place, sure)), entry.key_span);
        }
        for (at, (id, span)) in first.iter().enumerate() {
            let stone = self.stone(id, *span);
            claim(stone.map(|stone| Claim::First(at, stone)), *span);
        }
        if let Some(node) = recommended {
            let texts = node.texts(self.problems);
            let stones = texts.iter().filter_map(|(id, span)| self.stone(id, *span)).collect();
            all.push(Expected { claim: Claim::Recommended(stones), span: node.span });
        }
        Some((all, others))
    }

    /// The place of an element in the library, from its place among those of this ruleset.
    fn known(&mut self, kind: &str, id: &str, span: Span, start: usize, known: &[&Declared]) -> Option<usize> {
        let found = known.iter().position(|known| known.id == id);
        if found.is_none() {
            let problem = Problem::new(codes::UNKNOWN_ID, format!("this ruleset has no {kind} `{id}`")).at(span);
            self.problems.push(problem.suggest(id, known.iter().map(|known| known.id.as_str())));
        }
        found.map(|at| start + at)
    }

    fn rule(&mut self, id: &str, span: Span) -> Option<RuleId> {
        let own = self.library.rulesets[self.ruleset].own.rules.clone();
        let known: Vec<&Declared> = self.library.rules[own.clone()].iter().map(|one| &one.declared).collect();
        self.known("rule", id, span, own.start, &known).map(RuleId::at)
    }

    fn aspect(&mut self, id: &str, span: Span) -> Option<AspectId> {
        let own = self.library.rulesets[self.ruleset].own.aspects.clone();
        let known: Vec<&Declared> = self.library.aspects[own.clone()].iter().map(|one| &one.declared).collect();
        self.known("aspect", id, span, own.start, &known).map(AspectId::at)
    }

    fn typing(&mut self, id: &str, span: Span) -> Option<OutcomeId> {
        let own = self.library.rulesets[self.ruleset].own.outcomes.clone();
        let known: Vec<&Declared> = self.library.outcomes[own.clone()].iter().map(|one| &one.declared).collect();
        self.known("typing", id, span, own.start, &known).map(OutcomeId::at)
    }

    fn measure(&mut self, id: &str, span: Span) -> Option<MeasureId> {
        let own = self.library.rulesets[self.ruleset].own.measures.clone();
        let known: Vec<&Declared> = self.library.measures[own.clone()].iter().map(|one| &one.declared).collect();
        self.known("measure", id, span, own.start, &known).map(MeasureId::at)
    }

    /// A bouwsteen or step of this ruleset, or as `ruleset/id` one of a ruleset that it reads.
    fn stone(&mut self, id: &str, span: Span) -> Option<BouwsteenId> {
        let elsewhere = id.split_once('/').and_then(|(ruleset, id)| {
            self.library.ruleset(ruleset).and_then(|ruleset| self.library.bouwsteen(ruleset, id))
        });
        if elsewhere.is_some() {
            return elsewhere;
        }
        let own = self.library.rulesets[self.ruleset].own.bouwstenen.clone();
        let known: Vec<&Declared> = self.library.bouwstenen[own.clone()].iter().map(|one| &one.declared).collect();
        self.known("bouwsteen or step", id, span, own.start, &known).map(BouwsteenId::at)
    }

    /// The place that a word has among others; `none` is none of them.
    fn word(&mut self, what: &str, node: &Node, known: &[String]) -> Option<Option<u16>> {
        let word = node.text(self.problems)?;
        if word == "none" {
            return Some(None);
        }
        let found = known.iter().position(|known| known == word).and_then(|at| u16::try_from(at).ok());
        if found.is_none() {
            let problem = Problem::new(codes::UNKNOWN_OPTION, format!("{what} has no `{word}`")).at(node.span);
            let all = known.iter().map(String::as_str).chain(["none"]);
            self.problems.push(problem.suggest(word, all));
        }
        found.map(Some)
    }

    fn level(&mut self, id: AspectId, node: &Node) -> Option<Claim> {
        let aspect = &self.library.aspects[id.index()];
        let known: Vec<String> = aspect.levels.iter().map(|level| level.id.clone()).collect();
        let what = format!("the aspect `{}`", aspect.declared.id);
        self.word(&what, node, &known).map(|level| Claim::Level(id, level))
    }

    fn outcome(&mut self, id: OutcomeId, node: &Node) -> Option<Claim> {
        let outcome = &self.library.outcomes[id.index()];
        let what = format!("the typing `{}`", outcome.declared.id);
        self.word(&what, node, &outcome.ids).map(|option| Claim::Outcome(id, option))
    }

    /// A place in a table, from `table/row/column` or `table/row/column/text`.
    fn cell(&mut self, text: &str, span: Span) -> Option<CellPlace> {
        let own = self.library.rulesets[self.ruleset].own.tables.clone();
        let mut known = Vec::new();
        for at in own {
            let table = &self.library.tables[at];
            let places = (0_u16..)
                .zip(&table.rows)
                .flat_map(|row| (0_u16..).zip(&table.columns).map(move |column| (row, column)));
            for ((row, row_id), (column, column_id)) in places {
                let name = format!("{}/{row_id}/{column_id}", table.declared.id);
                let here = table.cells.iter().filter(|cell| (cell.row, cell.column) == (row, column));
                let texts = here.filter_map(|cell| cell.template.as_ref().map(|template| template.id.clone()));
                let all = [(name.clone(), None)].into_iter();
                let all: Vec<_> = all.chain(texts.map(|says| (format!("{name}/{says}"), Some(says)))).collect();
                if let Some((_, says)) = all.iter().find(|(name, _)| name == text) {
                    return Some(CellPlace { table: TableId::at(at), row, column, says: says.clone() });
                }
                known.extend(all.into_iter().map(|(name, _)| name));
            }
        }
        let problem = Problem::new(codes::UNKNOWN_ID, format!("this ruleset has no cell `{text}`")).at(span);
        let problem = problem.suggest(text, known.iter().map(String::as_str));
        self.problems.push(
            problem.help("a cell is `table/row/column`, or `table/row/column/text` where it can say several things"),
        );
        None
    }

    /// How sure something should be; `silent` is not at all.
    fn certainty(&mut self, node: &Node) -> Option<Option<Certainty>> {
        let words = [Some(Certainty::Confirmed), Some(Certainty::Indicated), Some(Certainty::Open), None];
        let written = node.text(self.problems)?;
        let found = words.into_iter().find(|certainty| word(*certainty) == written);
        if found.is_none() {
            self.problems.push(
                Problem::new(codes::UNKNOWN_OPTION, format!("`{written}` is not how sure something is"))
                    .at(node.span)
                    .suggest(written, words.into_iter().map(word)),
            );
        }
        found
    }

    /// A number, also as a fraction (`"7/3"`, for one that has no end as a decimal); `"none"` is no number.
    fn number(&mut self, node: &Node) -> Option<Option<Number>> {
        if let Value::Text { text, .. } = &node.value {
            if text == "none" {
                return Some(None);
            }
            let number = Number::parse(text);
            if number.is_some() {
                return Some(number);
            }
        }
        node.number(self.problems).map(Some)
    }
}
