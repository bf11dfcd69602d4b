//! The answers of a profile in flat columns, checked against the questions.

mod answers;

use super::sections::{answered, hearers, overruled};
use crate::assessment::Status;
use crate::condition::{AspectId, BouwsteenId, QuestionId, RoleId, Value};
use crate::number::Number;
use crate::problem::{Problem, Problems, Span, codes};
use crate::profile::{Given, GivenValue, Profile};
use crate::ruleset::{Asked, Kind, Library, Question, Scale};
use crate::source::{Node, Value as Written};
use answers::Answers;

/// What a profile says, by place of the element.
#[derive(Debug, Clone)]
pub(crate) struct Facts<'a> {
    /// The profile.
    pub(crate) profile: &'a Profile,
    /// For each role the parties in it.
    pub(crate) roles: Vec<Vec<u16>>,
    /// For each question where its answers begin, and who gives them.
    pub(crate) slots: Vec<Slots>,
    /// The answers.
    pub(crate) values: Answers,
    /// The importances.
    pub(crate) importances: Vec<Value>,
    /// What was written, for each answer.
    pub(crate) given: Vec<Option<&'a Given>>,
    /// For each answer that was given to another question that is the same: that question.
    pub(crate) lent: Vec<Option<QuestionId>>,
    /// Statuses of bouwstenen.
    pub(crate) statuses: Vec<Value>,
    /// Targets of aspects.
    pub(crate) targets: Vec<Value>,
    /// For each ruleset whether the profile answers it.
    pub(crate) answered: Vec<bool>,
    /// For each ruleset whether it is set aside: another one joins it, and the profile says nothing to it.
    pub(crate) set_aside: Vec<bool>,
    /// For each question whether it is not asked in this run: it is of a ruleset that is set aside, and none that is
    /// the same is of another.
    pub(crate) not_asked: Vec<bool>,
}

/// The value that an answer has for the question that it is lent to.
pub(crate) fn lent(map: &[(Value, Value)], own: Value) -> Value {
    map.iter().find(|(_, mine)| *mine == own).map_or(own, |(theirs, _)| *theirs)
}

/// Where the answers to a question stand.
#[derive(Debug, Clone)]
pub(crate) struct Slots {
    /// The first.
    pub(crate) start: usize,
    /// The parties that answer, in order; for the chain's answer, and where there are no parties, there is one without.
    pub(crate) parties: Option<Vec<u16>>,
}

impl Slots {
    /// How many answers there are.
    pub(crate) fn len(&self) -> usize {
        self.parties.as_ref().map_or(1, Vec::len)
    }
}

impl<'a> Facts<'a> {
    /// Checks the profile against the library. Everything that does not fit goes into `problems`.
    pub(crate) fn new(library: &Library, profile: &'a Profile, problems: &mut Problems) -> Self {
        let roles = roles(library, profile, problems);
        let mut facts = Self {
            profile,
            roles,
            slots: Vec::with_capacity(library.questions.len()),
            values: Answers::on(library.compiled.program.scale),
            importances: Vec::new(),
            given: Vec::new(),
            lent: Vec::new(),
            statuses: vec![Value::Missing; library.bouwstenen.len()],
            targets: vec![Value::Nothing; library.aspects.len()],
            answered: Vec::new(),
            set_aside: Vec::new(),
            not_asked: Vec::new(),
        };
        let answers = library.rulesets.iter().map(|ruleset| answered(ruleset, profile));
        facts.answer_only(library, answers.collect());
        for question in &library.questions {
            facts.open_slots(question);
        }
        for section in &profile.answers {
            for hearer in hearers(library, section, problems) {
                for (id, span, answer) in &section.items {
                    let Some(question) = library.question(hearer.ruleset, id) else {
                        let known = library.question_ids(hearer.ruleset);
                        hearer.unknown("question", (id, *span), known, problems);
                        continue;
                    };
                    match hearer.nearer(&profile.answers, id) {
                        None => facts.answer(library, question, (*span, answer), problems),
                        Some(nearer) => {
                            let problem = overruled(nearer, (&section.ruleset, *span, answer), id);
                            problem.into_iter().for_each(|problem| problems.push(problem));
                        }
                    }
                }
            }
        }
        facts.lend(library);
        facts.statuses_of(library, problems);
        facts.targets_of(library, problems);
        facts
    }

    /// Whether the profile answers a ruleset.
    pub(crate) fn answers(&self, library: &Library, id: &str) -> bool {
        library.ruleset(id).is_some_and(|at| self.answered[at])
    }

    /// Takes the profile as one that answers these rulesets, and no others.
    pub(crate) fn answer_only(&mut self, library: &Library, answered: Vec<bool>) {
        let joined = |id: &String| library.joined().any(|known| known == id);
        let ids = library.rulesets.iter().map(|ruleset| &ruleset.manifest.id);
        self.set_aside = ids.zip(&answered).map(|(id, answered)| joined(id) && !answered).collect();
        self.answered = answered;
        self.not_asked = self.not_asked(library);
    }

    fn not_asked(&self, library: &Library) -> Vec<bool> {
        let aside = |question: &Question| self.set_aside[question.declared.ruleset];
        let mut not_asked: Vec<bool> = library.questions.iter().map(aside).collect();
        for question in library.questions.iter().filter(|question| !aside(question)) {
            if let Some(same) = &question.same_as {
                not_asked[same.question.index()] = false;
            }
        }
        not_asked
    }

    /// Where a question has no answer of its own and one that is the same has, that answer serves both.
    fn lend(&mut self, library: &Library) {
        for (at, question) in library.questions.iter().enumerate() {
            let Some(same) = question.same_as.as_ref().filter(|same| same.both_ways) else { continue };
            if question.asked_if.is_some() {
                continue; // whether the answer counts is not known yet
            }
            let own = self.slots[at].clone();
            for place in 0..own.len() {
                let (slot, party) = (own.start + place, own.parties.as_ref().map(|parties| parties[place]));
                let Some(there) = self.slot(same.question, party) else { continue };
                let value = self.values[slot];
                if self.values[there] == Value::Missing && !matches!(value, Value::Missing | Value::Nothing) {
                    self.values.set(there, lent(&same.map, value));
                    self.given[there] = self.given[slot];
                    self.lent[there] = Some(QuestionId::at(at));
                }
            }
        }
    }

    fn open_slots(&mut self, question: &Question) {
        let parties = match &question.asked {
            Asked::Chain => None,
            Asked::Party { .. } if self.profile.parties.is_empty() => None,
            Asked::Party { roles, .. } if roles.is_empty() => {
                Some((0..self.profile.parties.len()).filter_map(|at| u16::try_from(at).ok()).collect())
            }
            Asked::Party { roles, .. } => {
                let mut parties: Vec<u16> =
                    roles.iter().flat_map(|role| self.roles[role.index()].iter().copied()).collect();
                parties.sort_unstable();
                parties.dedup();
                Some(parties)
            }
        };
        let slots = Slots { start: self.values.len(), parties };
        let end = slots.start + slots.len();
        self.values.grow(slots.len());
        self.importances.resize(end, Value::Missing);
        self.given.resize(end, None);
        self.lent.resize(end, None);
        self.slots.push(slots);
    }

    fn answer(
        &mut self,
        library: &Library,
        id: QuestionId,
        (span, answer): (Span, &'a crate::profile::Answer),
        problems: &mut Problems,
    ) {
        let question = &library.questions[id.index()];
        let slots = self.slots[id.index()].clone();
        if let Some(given) = &answer.whole {
            match (&question.asked, &slots.parties) {
                (Asked::Chain, _) | (_, None) => self.fill(question, slots.start, given, problems),
                (Asked::Party { .. }, Some(_)) => problems.push(
                    Problem::new(codes::PARTY_ANSWER, format!("`{}` is answered by each party", question.declared.id))
                        .at(given.span)
                        .help("write { \"by\": { \"party\": value, … } }"),
                ),
            }
        }
        if !answer.by.is_empty() && question.asked == Asked::Chain {
            problems.push(
                Problem::new(
                    codes::PARTY_ANSWER,
                    format!("`{}` is answered by the chain as a whole", question.declared.id),
                )
                .at(span)
                .help("give one value instead of `by`"),
            );
            return;
        }
        for (party, span, given) in &answer.by {
            let known = self.profile.parties.iter().position(|known| known.id == *party);
            let Some(at) = known.and_then(|at| u16::try_from(at).ok()) else {
                problems.push(unknown_party(self.profile, party, *span));
                continue;
            };
            match slots.parties.as_ref().and_then(|parties| parties.iter().position(|known| *known == at)) {
                Some(place) => self.fill(question, slots.start + place, given, problems),
                None => problems.push(
                    Problem::new(codes::PARTY_ANSWER, format!("`{}` is not asked of `{party}`", question.declared.id))
                        .at(*span)
                        .help("only parties in certain roles are asked; see `roles` in the profile"),
                ),
            }
        }
    }

    fn fill(&mut self, question: &Question, slot: usize, given: &'a Given, problems: &mut Problems) {
        self.given[slot] = Some(given);
        match &given.value {
            GivenValue::Value(node) => {
                if let Some(value) = value(question, node, problems) {
                    self.values.set(slot, value);
                }
            }
            GivenValue::NotApplicable(_) if question.not_applicable => {
                self.values.set(slot, Value::Nothing);
            }
            GivenValue::NotApplicable(_) => problems.push(
                Problem::new(codes::NOT_APPLICABLE, format!("`{}` always applies", question.declared.id))
                    .at(given.span)
                    .help("give a value, or \"unknown\""),
            ),
            GivenValue::Unknown | GivenValue::Nothing => {}
        }
        if let Some(node) = &given.importance {
            match &question.importance {
                Some(scale) => {
                    if let Some(value) =
                        on_scale(&format!("the importance of `{}`", question.declared.id), scale, node, problems)
                    {
                        self.importances[slot] = value;
                    }
                }
                None => problems.push(
                    Problem::new(
                        codes::ANSWER_VALUE,
                        format!("`{}` does not ask for importance", question.declared.id),
                    )
                    .at(node.span)
                    .help("take the importance away"),
                ),
            }
        }
    }

    fn statuses_of(&mut self, library: &Library, problems: &mut Problems) {
        for section in &self.profile.bouwstenen {
            let items = hearers(library, section, problems);
            let items = items.iter().flat_map(|hearer| section.items.iter().map(move |item| (hearer, item)));
            for (hearer, (id, span, node)) in items {
                let ruleset = hearer.ruleset;
                if hearer.nearer(&self.profile.bouwstenen, id).is_some() {
                    continue;
                }
                let found = library.bouwsteen(ruleset, id).filter(|found| !library.bouwstenen[found.index()].step);
                let Some(BouwsteenId(at)) = found else {
                    let own = &library.rulesets[ruleset].own.bouwstenen;
                    let known = library.bouwstenen[own.clone()].iter().filter(|stone| !stone.step);
                    let known = known.map(|stone| stone.declared.id.as_str());
                    hearer.unknown("bouwsteen", (id, *span), known, problems);
                    continue;
                };
                if node.value == Written::Null {
                    continue;
                }
                let Some(word) = node.text(problems) else { continue };
                if word == "unknown" {
                    continue;
                }
                match Status::ALL.iter().position(|status| status.id() == word).and_then(|at| u16::try_from(at).ok()) {
                    Some(status) => self.statuses[at as usize] = Value::Option(status),
                    None => problems.push(
                        Problem::new(codes::UNKNOWN_OPTION, format!("there is no status `{word}`"))
                            .at(node.span)
                            .suggest(word, Status::ALL.iter().map(|status| status.id())),
                    ),
                }
            }
        }
    }

    fn targets_of(&mut self, library: &Library, problems: &mut Problems) {
        for section in &self.profile.targets {
            let items = hearers(library, section, problems);
            let items = items.iter().flat_map(|hearer| section.items.iter().map(move |item| (hearer, item)));
            for (hearer, (id, span, node)) in items {
                let ruleset = hearer.ruleset;
                if hearer.nearer(&self.profile.targets, id).is_some() {
                    continue;
                }
                let Some(AspectId(at)) = library.aspect(ruleset, id) else {
                    let own = &library.rulesets[ruleset].own.aspects;
                    let known = library.aspects[own.clone()].iter().map(|aspect| aspect.declared.id.as_str());
                    hearer.unknown("aspect", (id, *span), known, problems);
                    continue;
                };
                if node.value == Written::Null {
                    continue;
                }
                let Some(target) = node.number(problems) else { continue };
                if let Some((low, high)) = library.aspects[at as usize].within
                    && (target < low || target > high)
                {
                    let range = format!("from {} to {}", low.rounded(4, '.'), high.rounded(4, '.'));
                    problems.push(
                        Problem::new(codes::OUT_OF_RANGE, format!("`{id}` cannot reach {}", target.rounded(4, '.')))
                            .at(node.span)
                            .label(format!("it goes {range}")),
                    );
                    continue;
                }
                self.targets[at as usize] = Value::Number(target);
            }
        }
    }

    /// The question that is answered at a place, and who answers it where that is a party.
    pub(crate) fn answered_at(&self, slot: usize) -> (QuestionId, Option<u16>) {
        // a question that nobody is asked has no place of its own, and begins where the next one does
        let last = self.slots.partition_point(|slots| slots.start <= slot).saturating_sub(1);
        let question = (0..=last).rev().find(|at| self.slots[*at].len() > 0).unwrap_or(last);
        let slots = &self.slots[question];
        let party = slots.parties.as_ref().and_then(|parties| parties.get(slot - slots.start)).copied();
        (QuestionId::at(question), party)
    }

    /// The slot of a party's answer, or of the only answer there is.
    pub(crate) fn slot(&self, question: QuestionId, party: Option<u16>) -> Option<usize> {
        let slots = &self.slots[question.index()];
        match (&slots.parties, party) {
            (None, _) => Some(slots.start),
            (Some(parties), Some(party)) => parties.iter().position(|known| *known == party).map(|at| slots.start + at),
            (Some(_), None) => None,
        }
    }

    /// Whether nothing that anything is concluded from is left open.
    pub(crate) fn are_complete(&self, library: &Library) -> bool {
        let stands = |(read, status): (&Option<_>, &Value)| read.is_none() || *status != Value::Missing;
        let weighed = |question: &QuestionId| {
            let slots = &self.slots[question.index()];
            !self.importances[slots.start..slots.start + slots.len()].contains(&Value::Missing)
        };
        self.values.are_complete()
            && library.compiled.weighed.iter().all(weighed)
            && library.compiled.statuses.iter().zip(&self.statuses).all(stands)
    }

    /// The parties in a role.
    pub(crate) fn in_role(&self, role: RoleId) -> &[u16] {
        &self.roles[role.index()]
    }
}

fn unknown_party(profile: &Profile, id: &str, span: Span) -> Problem {
    let problem = Problem::new(codes::UNKNOWN_ID, format!("there is no party `{id}`")).at(span);
    if profile.parties.is_empty() {
        return problem.help("name the parties under `chain`: \"parties\": [ { \"id\": \"…\", \"name\": \"…\" } ]");
    }
    problem.suggest(id, profile.parties.iter().map(|party| party.id.as_str()))
}

fn roles(library: &Library, profile: &Profile, problems: &mut Problems) -> Vec<Vec<u16>> {
    let mut roles = vec![Vec::new(); library.roles.len()];
    for section in &profile.roles {
        let items = hearers(library, section, problems);
        let items = items.iter().flat_map(|hearer| section.items.iter().map(move |item| (hearer, item)));
        for (hearer, (id, span, parties)) in items {
            let ruleset = hearer.ruleset;
            if hearer.nearer(&profile.roles, id).is_some() {
                continue;
            }
            let Some(role) = library.role(ruleset, id) else {
                let own = &library.rulesets[ruleset].own.roles;
                let known = library.roles[own.clone()].iter().map(|role| role.declared.id.as_str());
                hearer.unknown("role", (id, *span), known, problems);
                continue;
            };
            for (party, span) in parties {
                match profile.parties.iter().position(|known| known.id == *party).and_then(|at| u16::try_from(at).ok())
                {
                    Some(at) if !roles[role.index()].contains(&at) => roles[role.index()].push(at),
                    Some(_) => {}
                    None => problems.push(unknown_party(profile, party, *span)),
                }
            }
            roles[role.index()].sort_unstable();
        }
    }
    roles
}

fn on_scale(what: &str, scale: &Scale, node: &Node, problems: &mut Problems) -> Option<Value> {
    let number = node.number(problems)?;
    if scale.values.contains(&number) {
        return Some(Value::Number(number));
    }
    let values: Vec<String> = scale.values.iter().map(|value| value.rounded(6, '.')).collect();
    problems.push(
        Problem::new(codes::ANSWER_VALUE, format!("{what} cannot be {}", number.rounded(6, '.')))
            .at(node.span)
            .label(format!("it is one of {}", values.join(", "))),
    );
    None
}

/// The problem of an answer of the wrong kind, with what to write instead; nothing where the kind is right.
fn wrong_kind(question: &Question, node: &Node) -> Option<Problem> {
    let (wanted, right) = match &question.kind {
        Kind::Scale(_) | Kind::Number { .. } => ("a number", matches!(node.value, Written::Number(_))),
        Kind::YesNo => ("yes or no", matches!(node.value, Written::Bool(_))),
        Kind::Choice(_) => ("one of its options", matches!(node.value, Written::Text { .. })),
        Kind::Multiple(_) => ("a list of its options", matches!(node.value, Written::List(_))),
        Kind::Text => ("text", matches!(node.value, Written::Text { .. })),
    };
    if right {
        return None;
    }
    let kind = node.value.kind();
    let problem = Problem::new(codes::WRONG_TYPE, format!("`{}` takes {wanted}, this is {kind}", question.declared.id));
    let words = question.kind.words();
    let text = if let Written::Text { text, .. } = &node.value { text.trim() } else { "" };
    let help = match &question.kind {
        Kind::Scale(_) | Kind::Number { .. } if Number::parse(text).is_some() => {
            format!("write {text} without quotation marks")
        }
        Kind::Scale(_) => format!("write one of {}", words.join(", ")),
        Kind::Number { min, max, .. } => {
            format!("write a number from {} to {}", min.rounded(6, '.'), max.rounded(6, '.'))
        }
        Kind::YesNo => "write true for yes or false for no, without quotation marks".to_owned(),
        Kind::Choice(_) => format!("write one of \"{}\"", words.join("\", \"")),
        Kind::Multiple(_) if words.iter().any(|word| word == text) => format!("write [\"{text}\"]"),
        Kind::Multiple(_) => format!("write a list of any of \"{}\"", words.join("\", \"")),
        Kind::Text => "write it between quotation marks".to_owned(),
    };
    Some(problem.at(node.span).help(help))
}

/// The value that is written in answer to a question.
fn value(question: &Question, node: &Node, problems: &mut Problems) -> Option<Value> {
    if let Some(problem) = wrong_kind(question, node) {
        problems.push(problem);
        return None;
    }
    let id = &question.declared.id;
    match &question.kind {
        Kind::Scale(scale) => on_scale(&format!("`{id}`"), scale, node, problems),
        Kind::YesNo => node.bool(problems).map(Value::Truth),
        Kind::Text => node.text(problems).map(|_| Value::Text),
        Kind::Choice(_) => {
            let text = node.text(problems)?;
            let found = question.kind.read(text);
            if found.is_none() {
                problems.push(unknown_option(question, text, node.span));
            }
            found
        }
        Kind::Multiple(options) => {
            let mut bits = 0_u64;
            for (text, span) in node.texts(problems) {
                match options.iter().position(|option| option.id == text) {
                    Some(at) => bits |= 1 << at,
                    None => problems.push(unknown_option(question, &text, span)),
                }
            }
            Some(Value::Options(bits))
        }
        Kind::Number { min, max, step, unit } => {
            let number = node.number(problems)?;
            let on_step = number.minus(*min).and_then(|above| above.over(*step)).and_then(|steps| steps.to_integer());
            if number >= *min && number <= *max && on_step.is_some() {
                return Some(Value::Number(number));
            }
            let unit = unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            let words = [min, max, step].map(|number| number.rounded(6, '.'));
            problems.push(
                Problem::new(codes::ANSWER_VALUE, format!("`{id}` cannot be {}", number.rounded(6, '.')))
                    .at(node.span)
                    .label(format!("it goes from {} to {}{unit} in steps of {}", words[0], words[1], words[2])),
            );
            None
        }
    }
}

fn unknown_option(question: &Question, text: &str, span: Span) -> Problem {
    let words = question.kind.words();
    Problem::new(codes::UNKNOWN_OPTION, format!("`{}` has no option `{text}`", question.declared.id))
        .at(span)
        .suggest(text, words.iter().map(String::as_str))
}
