//! A profile as it is written: the answers, facts and evidence of one chain.
//!
//! Whether the answers fit the questions is for [`crate::evaluate`] to check, which knows the rulesets.

use crate::problem::{Problem, Problems, Span, codes};
use crate::source::fields::Fields;
use crate::source::{LARGEST_TEXT, Node, Sources, Value, parse_json, parse_toml};

/// The version of the profile format that this engine reads.
pub const FORMAT: u64 = 1;

/// A profile.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Name of the file as it was given.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Name of the chain.
    pub chain: String,
    /// Date that it speaks of.
    pub date: Option<String>,
    /// The parties.
    pub parties: Vec<Party>,
    /// Which parties play which role: by ruleset, then by role.
    pub roles: Vec<Section<Vec<(String, Span)>>>,
    /// The answers: by ruleset, then by question.
    pub answers: Vec<Section<Answer>>,
    /// The statuses: by ruleset, then by bouwsteen.
    pub bouwstenen: Vec<Section<Node>>,
    /// The targets: by ruleset, then by aspect.
    pub targets: Vec<Section<Node>>,
}

/// What a profile says to one ruleset.
#[derive(Debug, Clone)]
pub struct Section<T> {
    /// Id of the ruleset.
    pub ruleset: String,
    /// Where it stands.
    pub span: Span,
    /// What is said, by id, each with the place of the id.
    pub items: Vec<(String, Span, T)>,
}

/// An organisation in the chain.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `public` or `private`, as written.
    pub sector: Option<String>,
}

/// What is said in answer to a question.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The chain's answer.
    pub whole: Option<Given>,
    /// The parties' answers, each with the place of the party's id.
    pub by: Vec<(String, Span, Given)>,
}

/// One answer.
#[derive(Debug, Clone)]
pub struct Given {
    /// The value.
    pub value: GivenValue,
    /// Its importance.
    pub importance: Option<Node>,
    /// A note.
    pub note: Option<String>,
    /// References, each as `ref (method, date)`.
    pub evidence: Vec<String>,
    /// Where it stands.
    pub span: Span,
    /// The same as a JSON pointer.
    pub pointer: String,
}

/// The value of an answer.
#[derive(Debug, Clone)]
pub enum GivenValue {
    /// A value.
    Value(Node),
    /// Asked, and not known.
    Unknown,
    /// Not applicable, with the reason.
    NotApplicable(String),
    /// Nothing yet: `null`, or only an importance or a note.
    Nothing,
}

impl<T> Section<T> {
    /// Says something in a section, in place of what was said there before.
    pub fn set(sections: &mut Vec<Self>, ruleset: &str, id: &str, span: Span, item: T) {
        let at = sections.iter().position(|section| section.ruleset == ruleset).unwrap_or_else(|| {
            sections.push(Self { ruleset: ruleset.to_owned(), span, items: Vec::new() });
            sections.len() - 1
        });
        let items = &mut sections[at].items;
        items.retain(|(known, ..)| known != id);
        items.push((id.to_owned(), span, item));
    }
}

impl Profile {
    /// Whether something is said in answer to a ruleset: an answer, an "unknown", the status of a bouwsteen. What a
    /// form leaves empty says nothing.
    #[must_use]
    pub fn answers(&self, ruleset: &str) -> bool {
        let says = |given: &Given| !matches!(given.value, GivenValue::Nothing) || given.importance.is_some();
        let answered =
            |answer: &Answer| answer.whole.iter().chain(answer.by.iter().map(|(_, _, given)| given)).any(says);
        let answers = self.answers.iter().filter(|section| section.ruleset == ruleset);
        let statuses = self.bouwstenen.iter().filter(|section| section.ruleset == ruleset);
        answers.flat_map(|section| &section.items).any(|(_, _, answer)| answered(answer))
            || statuses.flat_map(|section| &section.items).any(|(_, _, node)| node.value != Value::Null)
    }

    /// Reads a profile: TOML when `name` ends in `.toml`, otherwise JSON.
    ///
    /// Everything that is wrong goes into `problems`; the text goes into `sources`, so that they can be shown.
    pub fn read(name: &str, bytes: &[u8], sources: &mut Sources, problems: &mut Problems) -> Option<Self> {
        let mut found = Problems::new();
        let profile = Self::draft(name, bytes, sources, &mut found);
        let failed = found.has_errors();
        problems.append(found);
        profile.filter(|_| !failed)
    }

    /// The same, but gives what could be read even where something in it is wrong: to hold the rest against the
    /// rulesets too, so that everything wrong is told at once. Nothing may be concluded from it.
    pub fn draft(name: &str, bytes: &[u8], sources: &mut Sources, problems: &mut Problems) -> Option<Self> {
        if bytes.len() > LARGEST_TEXT {
            problems.push(
                Problem::new(
                    codes::TOO_LARGE,
                    format!("{name} has {} bytes; at most {LARGEST_TEXT} are read", bytes.len()),
                )
                .help("a profile holds the answers of one chain; is this the right file?"),
            );
            return None;
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(error) => {
                let before = &bytes[..error.valid_up_to()];
                let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
                problems.push(
                    Problem::new(
                        codes::NOT_UTF8,
                        format!("{name} is not UTF-8 text: line {line} has bytes that are no letters"),
                    )
                    .help("save the file as UTF-8"),
                );
                return None;
            }
        };
        let file = sources.add(name, text);
        let is_toml = std::path::Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("toml"));
        if text.trim().is_empty() {
            problems.push(
                Problem::new(codes::EMPTY, "there is nothing in this file")
                    .at(Span { file, start: 0, end: 0 })
                    .help("`ketenspiegel form` writes an empty profile to start from"),
            );
            return None;
        }
        let mut found = Problems::new();
        let node =
            if is_toml { Some(parse_toml(sources, file, &mut found)) } else { parse_json(sources, file, &mut found) };
        // What is left of TOML with mistakes in it is not to be trusted.
        let node = node.filter(|_| !is_toml || !found.has_errors());
        problems.append(found);
        read(&node?, name, bytes, problems)
    }

    /// A profile that says nothing yet.
    #[must_use]
    pub fn blank(name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            sha256: String::new(),
            chain: name.clone(),
            name,
            date: None,
            parties: Vec::new(),
            roles: Vec::new(),
            answers: Vec::new(),
            bouwstenen: Vec::new(),
            targets: Vec::new(),
        }
    }

    /// The same profile through the eyes of one party: what the others answer for themselves is left out, what
    /// the chain answers stays. Nothing where there is no such party.
    #[must_use]
    pub fn seen_by(&self, party: &str) -> Option<Self> {
        let at = self.parties.iter().position(|known| known.id == party)?;
        let mut seen = self.clone();
        seen.chain = format!("{} ({})", self.chain, self.parties[at].name);
        seen.parties = vec![self.parties[at].clone()];
        for (.., role) in seen.roles.iter_mut().flat_map(|section| &mut section.items) {
            role.retain(|(id, _)| id == party);
        }
        for section in &mut seen.answers {
            section.items.iter_mut().for_each(|(.., answer)| answer.by.retain(|(id, ..)| id == party));
            section.items.retain(|(.., answer)| answer.whole.is_some() || !answer.by.is_empty());
        }
        Some(seen)
    }

    /// The rulesets that it has answers for, in its own order.
    #[must_use]
    pub fn rulesets(&self) -> Vec<String> {
        self.answers.iter().map(|section| section.ruleset.clone()).collect()
    }
}

fn read(node: &Node, name: &str, bytes: &[u8], problems: &mut Problems) -> Option<Profile> {
    let Value::Table(_) = node.value else {
        problems.push(
            Problem::new(codes::WRONG_TYPE, format!("a profile is a table, this is {}", node.value.kind()))
                .at(Span { end: node.span.start + 1, ..node.span })
                .help("`ketenspiegel form` writes an empty profile to start from"),
        );
        return None;
    };
    let mut fields = Fields::new(node, "a profile", problems)?;
    let format = fields.required("ketenspiegel", problems)?;
    let version = format.count(problems)?;
    if version != FORMAT {
        problems.push(
            Problem::new(
                codes::FORMAT_VERSION,
                format!("this profile is in format {version}; this engine reads format {FORMAT}"),
            )
            .at(format.span)
            .help("use a ketenspiegel that reads this format"),
        );
        return None;
    }
    let mut found = Problems::new();
    let chain = fields.required("chain", &mut found).and_then(|node| chain(node, &mut found));
    // Where a party is wrong, every answer of that party would seem wrong too.
    let chain = chain.filter(|_| !found.has_errors());
    problems.append(found);
    let roles =
        fields.optional("roles").map(|node| sections(node, problems, |node, _, problems| Some(node.texts(problems))));
    let answers = fields.required("answers", problems).map(|node| sections(node, problems, answer));
    let bouwstenen =
        fields.optional("bouwstenen").map(|node| sections(node, problems, |node, _, _| Some(node.clone())));
    let targets = fields.optional("targets").map(|node| sections(node, problems, |node, _, _| Some(node.clone())));
    fields.optional("$schema").and_then(|node| node.text(problems)); // for editors
    fields.finish(problems);
    let (chain, date, parties) = chain?;
    Some(Profile {
        name: name.to_owned(),
        sha256: crate::source::sha256(bytes),
        chain,
        date,
        parties,
        roles: roles.unwrap_or_default(),
        answers: answers?,
        bouwstenen: bouwstenen.unwrap_or_default(),
        targets: targets.unwrap_or_default(),
    })
}

fn chain(node: &Node, problems: &mut Problems) -> Option<(String, Option<String>, Vec<Party>)> {
    let mut fields = Fields::new(node, "the chain", problems)?;
    let name = fields.required("name", problems).and_then(|node| node.text(problems)).map(str::to_owned);
    let date = fields.optional("date").and_then(|node| match &node.value {
        Value::Date(date) => Some(date.clone()),
        Value::Null => None,
        _ => node.text(problems).map(str::to_owned),
    });
    let list = fields.optional("parties").and_then(|node| node.list(problems)).unwrap_or_default();
    fields.optional("note");
    fields.finish(problems);
    let mut parties: Vec<Party> = Vec::new();
    for node in list {
        let Some(mut fields) = Fields::new(node, "a party", problems) else { continue };
        let id_node = fields.required("id", problems);
        let name = fields.required("name", problems).and_then(|node| node.text(problems)).map(str::to_owned);
        let sector = fields.optional("sector").and_then(|node| node.text(problems)).map(str::to_owned);
        fields.finish(problems);
        let Some((id, span)) = id_node.and_then(|node| Some((node.id(problems)?, node.span))) else { continue };
        if parties.iter().any(|party| party.id == id) {
            problems.push(Problem::new(codes::DUPLICATE_ID, format!("the party `{id}` stands twice")).at(span));
            continue;
        }
        if let Some(name) = name {
            parties.push(Party { id, name, sector });
        }
    }
    Some((name?, date, parties))
}

fn sections<T>(
    node: &Node,
    problems: &mut Problems,
    read: impl Fn(&Node, &str, &mut Problems) -> Option<T>,
) -> Vec<Section<T>> {
    let Some(table) = node.table(problems) else { return Vec::new() };
    let mut all = Vec::new();
    for entry in &table.entries {
        let Some(inner) = entry.node.table(problems) else { continue };
        let items = inner.entries.iter().filter_map(|item| {
            let pointer = format!("/answers/{}/{}", entry.key, item.key);
            read(&item.node, &pointer, problems).map(|read| (item.key.clone(), item.key_span, read))
        });
        all.push(Section { ruleset: entry.key.clone(), span: entry.key_span, items: items.collect() });
    }
    all
}

/// Reads what is said in answer to a question; `pointer` is where it stands.
pub fn answer(node: &Node, pointer: &str, problems: &mut Problems) -> Option<Answer> {
    let by = match &node.value {
        Value::Table(table) => table.get("by"),
        _ => None,
    };
    let Some(by) = by else {
        return given(node, pointer, problems).map(|given| Answer { whole: Some(given), by: Vec::new() });
    };
    let mut fields = Fields::new(node, "answers by party", problems)?;
    fields.optional("by");
    fields.optional("note").and_then(|node| node.text(problems));
    fields.finish(problems);
    let mut all = Vec::new();
    for entry in &by.table(problems)?.entries {
        if let Some(given) = given(&entry.node, &format!("{pointer}/by/{}", entry.key), problems) {
            all.push((entry.key.clone(), entry.key_span, given));
        }
    }
    Some(Answer { whole: None, by: all })
}

fn plain(node: &Node, value: GivenValue, pointer: &str) -> Given {
    let pointer = pointer.to_owned();
    Given { value, importance: None, note: None, evidence: Vec::new(), span: node.span, pointer }
}

fn given(node: &Node, pointer: &str, problems: &mut Problems) -> Option<Given> {
    let Value::Table(table) = &node.value else {
        return Some(plain(node, value(node), pointer));
    };
    let mut fields = Fields::new(node, "an answer", problems)?;
    let value_node = fields.optional("value");
    let not_applicable = fields.optional("not-applicable");
    let importance = fields.optional("importance").filter(|node| node.value != Value::Null);
    let note = fields.optional("note").and_then(|node| node.text(problems)).map(str::to_owned);
    let evidence = fields.optional("evidence").map(|node| evidence(node, problems)).unwrap_or_default();
    fields.finish(problems);
    if let (Some(_), Some(not_applicable)) = (value_node, not_applicable) {
        problems.push(
            Problem::new(codes::NOT_FITTING, "an answer has a value or is not applicable, not both")
                .at(not_applicable.span)
                .help("take one of the two away"),
        );
        return None;
    }
    let value = match (value_node, not_applicable) {
        (_, Some(node)) => GivenValue::NotApplicable(reason(node, problems)?),
        (Some(node), None) => value(node),
        (None, None) => {
            if table.entries.is_empty() {
                problems.push(Problem::new(codes::MISSING_FIELD, "an answer needs a `value`").at(node.span));
            }
            GivenValue::Nothing
        }
    };
    Some(Given { value, importance: importance.cloned(), note, evidence, span: node.span, pointer: pointer.to_owned() })
}

fn value(node: &Node) -> GivenValue {
    match &node.value {
        Value::Null => GivenValue::Nothing,
        Value::Text { text, .. } if text == "unknown" => GivenValue::Unknown,
        _ => GivenValue::Value(node.clone()),
    }
}

/// The reason why something is not applicable: an empty one is none.
fn reason(node: &Node, problems: &mut Problems) -> Option<String> {
    let text = match &node.value {
        Value::Text { text, .. } if !text.trim().is_empty() => text.clone(),
        _ => {
            problems.push(
                Problem::new(codes::NO_REASON, "\"not applicable\" needs a reason")
                    .at(node.span)
                    .help("write why, for whoever reads this later: { \"not-applicable\": \"…\" }"),
            );
            return None;
        }
    };
    Some(text)
}

fn evidence(node: &Node, problems: &mut Problems) -> Vec<String> {
    let single = std::slice::from_ref(node);
    let list = if let Value::List(list) = &node.value { list.as_slice() } else { single };
    let mut all = Vec::new();
    for node in list {
        if let Value::Text { text, .. } = &node.value {
            all.push(text.clone());
            continue;
        }
        let Some(mut fields) = Fields::new(node, "a piece of evidence", problems) else { continue };
        let reference = fields.required("ref", problems).and_then(|node| node.text(problems));
        let method = fields.optional("method").and_then(|node| node.text(problems));
        let date = fields.optional("date").and_then(|node| match &node.value {
            Value::Date(date) => Some(date.as_str()),
            _ => node.text(problems),
        });
        fields.finish(problems);
        let Some(reference) = reference else { continue };
        let details: Vec<&str> = method.into_iter().chain(date).collect();
        all.push(if details.is_empty() {
            reference.to_owned()
        } else {
            format!("{reference} ({})", details.join(", "))
        });
    }
    all
}
