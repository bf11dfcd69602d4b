//! `questions.toml`: scales and questions.

use super::elements::{Asked, Declared, Kind, Met, OptionDef, Question, SameAs, Scale};
use super::loading::{Loading, PendingCondition};
use super::manifest::duplicate;
use super::slots::Slot;
use crate::condition::{Fold, QuestionId, Value};
use crate::number::Number;
use crate::problem::{Problem, Problems, Span, codes};
use crate::source::fields::Fields;
use crate::source::{Node, Value as Written};
use std::collections::BTreeMap;
use std::sync::Arc;

/// References of a question that can only be looked up when all questions are known.
pub(super) struct Unresolved<'a> {
    question: QuestionId,
    prerequisites: Vec<(String, Span)>,
    same_as: Option<&'a Node>,
    informs: Vec<(String, Span)>,
}

/// Declares the scales and questions of a file; references between them are left for [`resolve`].
pub(super) fn declare<'a>(node: &'a Node, loading: &mut Loading) -> Vec<Unresolved<'a>> {
    let Some(mut fields) = Fields::new(node, "questions.toml", &mut loading.problems) else { return Vec::new() };
    let scales = fields.optional("scale").map(|node| scales(node, loading)).unwrap_or_default();
    let list = fields.optional("question").and_then(|node| node.list(&mut loading.problems)).unwrap_or_default();
    fields.finish(&mut loading.problems);
    loading.scales = scales.values().cloned().collect();
    let read = list.iter().filter_map(|node| question(node, &scales, loading)).collect();
    loading.note_unread(super::tailoring::Kind::Question, list);
    read
}

fn scales(node: &Node, loading: &mut Loading) -> BTreeMap<String, Arc<Scale>> {
    let problems = &mut loading.problems;
    let mut all: BTreeMap<String, Arc<Scale>> = BTreeMap::new();
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    for node in node.list(problems).unwrap_or_default() {
        let Some(mut fields) = Fields::new(node, "a scale", problems) else { continue };
        let id_node = fields.required("id", problems);
        let values = fields.required("values", problems);
        fields.finish(problems);
        let (Some(id_node), Some(values)) = (id_node, values) else { continue };
        let Some(id) = id_node.id(problems) else { continue };
        let list = values.list(problems).unwrap_or_default();
        let mut numbers: Vec<Number> = list.iter().filter_map(|value| value.number(problems)).collect();
        if list.len() < 2 || numbers.windows(2).any(|pair| pair[0] >= pair[1]) {
            problems.push(
                Problem::new(codes::NOT_FITTING, "a scale needs at least two values, each higher than the one before")
                    .at(values.span),
            );
        }
        // what was wrong is told; what reads the scale goes on with what there is of it
        numbers.sort_unstable();
        numbers.dedup();
        if let Some(first) = places.insert(id.clone(), id_node.span) {
            problems.push(duplicate("scale", &id, id_node.span, first));
            continue;
        }
        all.insert(id.clone(), Arc::new(Scale { id, values: numbers }));
    }
    loading.scale_places = places;
    all
}

fn question<'a>(
    node: &'a Node,
    scales: &BTreeMap<String, Arc<Scale>>,
    loading: &mut Loading,
) -> Option<Unresolved<'a>> {
    let mut fields = Fields::new(node, "a question", &mut loading.problems)?;
    let declared = loading.declared(&mut fields);
    let kind = kind(&mut fields, scales, &mut loading.problems);
    let met_from = fields.optional("met-from");
    let importance = fields.optional("importance");
    let flag = |fields: &mut Fields<'_>, name, problems: &mut Problems| {
        fields.optional(name).and_then(|node| node.bool(problems)).unwrap_or(false)
    };
    let fact = flag(&mut fields, "fact", &mut loading.problems);
    let not_applicable = flag(&mut fields, "not-applicable", &mut loading.problems);
    let asked_if = fields.optional("asked-if");
    let prerequisites = fields.optional("prerequisites");
    let same_as = fields.optional("same-as");
    let informs = fields.optional("informs");
    let asked = asked(&mut fields, kind.as_ref(), loading);
    fields.finish(&mut loading.problems);
    let problems = &mut loading.problems;
    let prerequisites = prerequisites.map(|node| node.texts(problems)).unwrap_or_default();
    let informs = informs.map(|node| node.texts(problems)).unwrap_or_default();
    let importance = importance.and_then(|node| scale(node, scales, problems));
    let (declared, kind) = (declared?, kind?);
    let met_from = met(met_from, &kind, problems);
    let id = loading.add_question(Question {
        declared,
        kind,
        met_from,
        importance,
        fact,
        asked_if: None,
        not_applicable,
        prerequisites: Vec::new(),
        asked,
        same_as: None,
        informs: Vec::new(),
    })?;
    if let Some(node) = asked_if {
        loading.pending.extend(PendingCondition::read(node, Slot::AskedIf(id), &mut loading.problems));
    }
    Some(Unresolved { question: id, prerequisites, same_as, informs })
}

fn scale(node: &Node, scales: &BTreeMap<String, Arc<Scale>>, problems: &mut Problems) -> Option<Arc<Scale>> {
    let id = node.text(problems)?;
    let found = scales.get(id).cloned();
    if found.is_none() {
        problems.push(
            Problem::new(codes::UNKNOWN_ID, format!("there is no scale `{id}`"))
                .at(node.span)
                .suggest(id, scales.keys().map(String::as_str)),
        );
    }
    found
}

fn kind(fields: &mut Fields<'_>, scales: &BTreeMap<String, Arc<Scale>>, problems: &mut Problems) -> Option<Kind> {
    let node = fields.required("kind", problems)?;
    match node.text(problems)? {
        "scale" => fields.required("scale", problems).and_then(|node| scale(node, scales, problems)).map(Kind::Scale),
        "yes-no" => Some(Kind::YesNo),
        "choice" => {
            fields.required("options", problems).and_then(|node| options(node, false, problems)).map(Kind::Choice)
        }
        "multiple" => {
            fields.required("options", problems).and_then(|node| options(node, true, problems)).map(Kind::Multiple)
        }
        "number" => number(fields, problems),
        "text" => Some(Kind::Text),
        other => {
            problems.push(
                Problem::new(codes::UNKNOWN_OPTION, format!("there is no kind of question `{other}`"))
                    .at(node.span)
                    .suggest(other, ["scale", "yes-no", "choice", "multiple", "number", "text"]),
            );
            None
        }
    }
}

fn number(fields: &mut Fields<'_>, problems: &mut Problems) -> Option<Kind> {
    let min = fields.required("min", problems).and_then(|node| node.number(problems));
    let max_node = fields.required("max", problems);
    let max = max_node.and_then(|node| node.number(problems));
    let step_node = fields.optional("step");
    let step = step_node.map_or(Some(Number::ONE), |node| node.number(problems))?;
    let unit = fields.optional("unit").and_then(|node| node.text(problems)).map(Arc::from);
    let (min, max) = (min?, max?);
    let is_wide = max.minus(min).is_none_or(|width| step <= width);
    if min >= max || step <= Number::ZERO || !is_wide {
        let span = if min >= max { max_node } else { step_node }.map(|node| node.span);
        let message = if is_wide || min >= max {
            "`max` must be higher than `min`, and `step` higher than 0"
        } else {
            "`step` goes beyond `max`, so that only `min` can be answered"
        };
        problems.push(Problem::new(codes::NOT_FITTING, message).at(span));
        return None;
    }
    Some(Kind::Number { min, max, step, unit })
}

fn options(node: &Node, multiple: bool, problems: &mut Problems) -> Option<Vec<OptionDef>> {
    let mut all: Vec<OptionDef> = Vec::new();
    let list = node.list(problems)?;
    // which option was meant is not known, so that what names it cannot be held against the list
    let mut whole = true;
    for (at, node) in list.iter().enumerate() {
        let place = if multiple { Number::ONE } else { Number::from(i64::try_from(at).unwrap_or(i64::MAX - 1) + 1) };
        let option = if matches!(node.value, Written::Text { .. }) {
            node.id(problems).map(|id| OptionDef { id, value: place })
        } else {
            Fields::new(node, "an option", problems).and_then(|mut fields| {
                let id = fields.required("id", problems).and_then(|node| node.id(problems));
                let value = fields.optional("value").map_or(Some(place), |node| node.number(problems));
                fields.finish(problems);
                Some(OptionDef { id: id?, value: value? })
            })
        };
        let Some(option) = option else {
            whole = false;
            continue;
        };
        if all.iter().any(|known| known.id == option.id) {
            problems.push(
                Problem::new(codes::DUPLICATE_ID, format!("the option `{}` stands twice", option.id)).at(node.span),
            );
            whole = false;
        }
        all.push(option);
    }
    if list.len() < 2 || list.len() > 64 {
        problems.push(Problem::new(codes::NOT_FITTING, "a choice needs from 2 to 64 options").at(node.span));
    }
    (whole && !all.is_empty()).then_some(all)
}

fn met(node: Option<&Node>, kind: &Kind, problems: &mut Problems) -> Met {
    let highest = match kind {
        Kind::Scale(scale) => Met::Number(scale.values.last().copied().unwrap_or(Number::ONE)),
        Kind::Number { max, .. } => Met::Number(*max),
        Kind::Choice(options) => Met::Option(u16::try_from(options.len() - 1).unwrap_or(u16::MAX)),
        Kind::YesNo | Kind::Multiple(_) | Kind::Text => Met::Number(Number::ONE),
    };
    let Some(node) = node else { return highest };
    match kind {
        Kind::Choice(_) => node.text(problems).map_or(highest, |text| match kind.read(text) {
            Some(Value::Option(at)) => Met::Option(at),
            _ => {
                problems.push(
                    Problem::new(codes::UNKNOWN_OPTION, format!("there is no option `{text}` here"))
                        .at(node.span)
                        .suggest(text, kind.words().iter().map(String::as_str)),
                );
                highest
            }
        }),
        Kind::YesNo | Kind::Text => {
            problems.push(
                Problem::new(codes::NOT_FITTING, "`met-from` goes with a scale, a choice or a number")
                    .at(node.span)
                    .help("a yes is met; a text never is"),
            );
            highest
        }
        Kind::Number { min, max, .. } => within(node, *min, *max, problems).map_or(highest, Met::Number),
        Kind::Scale(scale) => match scale.values.as_slice() {
            [low, .., high] => within(node, *low, *high, problems).map_or(highest, Met::Number),
            _ => highest,
        },
        Kind::Multiple(_) => node.number(problems).map_or(highest, Met::Number),
    }
}

/// A number that can be answered; reports one that cannot.
fn within(node: &Node, low: Number, high: Number, problems: &mut Problems) -> Option<Number> {
    let number = node.number(problems)?;
    if number < low || number > high {
        let label = format!("it goes from {} to {}", low.rounded(6, '.'), high.rounded(6, '.'));
        let message = format!("{} lies outside what can be answered", number.rounded(6, '.'));
        problems.push(Problem::new(codes::OUT_OF_RANGE, message).at(node.span).label(label));
        return None;
    }
    Some(number)
}

fn asked(fields: &mut Fields<'_>, kind: Option<&Kind>, loading: &mut Loading) -> Asked {
    let (asked, roles, combine) = (fields.optional("asked"), fields.optional("roles"), fields.optional("combine"));
    let word = asked.and_then(|node| node.text(&mut loading.problems).map(|text| (text, node.span)));
    match word {
        None | Some(("chain", _)) => {
            if let Some(node) = roles.or(combine) {
                loading.problems.push(
                    Problem::new(codes::NOT_FITTING, "`roles` and `combine` go with `asked = \"party\"`").at(node.span),
                );
            }
            Asked::Chain
        }
        Some(("party", _)) => {
            let roles = roles.map(|node| node.texts(&mut loading.problems)).unwrap_or_default();
            let roles = roles.iter().filter_map(|(id, span)| loading.role(id, *span)).collect();
            let numeric = matches!(kind, Some(Kind::Scale(_) | Kind::Number { .. }));
            let default = numeric.then_some(Fold::Mean);
            let combine = combine.map_or(default, |node| combine_of(node, numeric, &mut loading.problems));
            Asked::Party { roles, combine }
        }
        Some((other, span)) => {
            loading.problems.push(
                Problem::new(
                    codes::UNKNOWN_OPTION,
                    format!("a question is asked of the chain or of each party, not `{other}`"),
                )
                .at(span)
                .suggest(other, ["chain", "party"]),
            );
            Asked::Chain
        }
    }
}

fn combine_of(node: &Node, numeric: bool, problems: &mut Problems) -> Option<Fold> {
    let fold = match node.text(problems)? {
        "mean" => Fold::Mean,
        "min" => Fold::Min,
        "max" => Fold::Max,
        "agree" => return None,
        other => {
            problems.push(
                Problem::new(codes::UNKNOWN_OPTION, format!("parties' answers cannot combine by `{other}`"))
                    .at(node.span)
                    .suggest(other, ["mean", "min", "max", "agree"]),
            );
            return None;
        }
    };
    if !numeric {
        problems.push(
            Problem::new(codes::NOT_FITTING, "only scales and numbers have a mean, a lowest and a highest")
                .at(node.span)
                .help("use `combine = \"agree\"`, or a scale: of the values 0 and 1 the mean says how many of them do"),
        );
        return None;
    }
    Some(fold)
}

/// Looks up what questions say of each other, now that all are known.
pub(super) fn resolve(unresolved: Vec<Unresolved<'_>>, loading: &mut Loading) {
    for item in unresolved {
        let at = item.question.index();
        let mut prerequisites = Vec::new();
        for (id, span) in &item.prerequisites {
            let Some(found) = loading.question(id, *span) else { continue };
            if prerequisites.contains(&found) {
                let problem = Problem::new(codes::DUPLICATE_ID, format!("the prerequisite `{id}` stands twice"));
                loading.problems.push(problem.at(*span).help("keep one of the two"));
            }
            if matches!(loading.library.questions[found.index()].kind, Kind::Text) {
                let problem = Problem::new(codes::NOT_FITTING, "a text is never met, so that nothing can rest on it");
                loading.problems.push(problem.at(*span).help("ask a choice or a yes-no instead"));
            }
            prerequisites.push(found);
        }
        let informs = item.informs.iter().filter_map(|(id, span)| loading.foreign_question(id, *span)).collect();
        let same_as = item.same_as.and_then(|node| same_as(node, item.question, loading));
        let question = &mut loading.library.questions[at];
        question.prerequisites = prerequisites;
        question.informs = informs;
        question.same_as = same_as;
    }
}

fn same_as(node: &Node, mine: QuestionId, loading: &mut Loading) -> Option<SameAs> {
    let mut fields = Fields::new(node, "`same-as`", &mut loading.problems)?;
    let question = fields.required("question", &mut loading.problems);
    let options = fields.optional("options");
    fields.finish(&mut loading.problems);
    let question = question?;
    let text = question.text(&mut loading.problems)?;
    let other = loading.foreign_question(text, question.span)?;
    asked_alike(mine, other, question.span, loading)?;
    one_hop(text, other, question.span, loading)?;
    let (mine, theirs) = (&loading.library.questions[mine.index()], &loading.library.questions[other.index()]);
    let (mine, theirs) = (mine.kind.clone(), theirs.kind.clone());
    let map = match options {
        Some(options) => written_map(options, &mine, &theirs, &mut loading.problems)?,
        None => match (identity(&mine, &theirs), theirs.domain()) {
            (Some(map), _) => map,
            (None, _) => {
                loading.problems.push(
                    Problem::new(codes::NOT_FITTING, format!("the options of `{text}` are not the same as here"))
                        .at(node.span)
                        .help("map them: `options = { mine = \"theirs\", … }`, every option of theirs once"),
                );
                return None;
            }
        },
    };
    Some(SameAs { question: other, map, both_ways: false })
}

/// Refuses a question that takes its own answer from yet another one: an answer goes one hop and no further.
fn one_hop(text: &str, other: QuestionId, span: Span, loading: &mut Loading) -> Option<()> {
    let library = &loading.library;
    let theirs = &library.questions[other.index()];
    let Some(same) = &theirs.same_as else { return Some(()) };
    let last = library.whose(&library.questions[same.question.index()].declared);
    let message = format!("`{text}` takes its own answer from `{last}`, and an answer is taken over once");
    let problem = Problem::new(codes::NOT_FITTING, message).at(span).also(theirs.declared.span, "this one");
    loading.problems.push(problem.help(format!("name the last one: `question = \"{last}\"`")));
    None
}

/// Refuses two questions of which one is asked of the chain and the other of each party.
pub(super) fn asked_alike(one: QuestionId, other: QuestionId, span: Span, loading: &mut Loading) -> Option<()> {
    let of_chain = |id: QuestionId| loading.library.questions[id.index()].asked == Asked::Chain;
    if of_chain(one) == of_chain(other) {
        return Some(());
    }
    loading.problems.push(
        Problem::new(codes::NOT_FITTING, "one of the two is asked of the chain, the other of each party")
            .at(span)
            .help("use `informs` to show the answer without using it"),
    );
    None
}

/// The map between two kinds whose values are written the same; empty where they are the same in every way.
pub(super) fn identity(mine: &Kind, theirs: &Kind) -> Option<Vec<(Value, Value)>> {
    match (mine, theirs) {
        (Kind::Number { min, max, step, unit }, Kind::Number { min: a, max: b, step: c, unit: d }) => {
            ((min, max, step, unit) == (a, b, c, d)).then(Vec::new)
        }
        (Kind::Text, Kind::Text) => Some(Vec::new()),
        (Kind::Multiple(a), Kind::Multiple(b)) => {
            a.iter().map(|option| &option.id).eq(b.iter().map(|option| &option.id)).then(Vec::new)
        }
        _ => theirs
            .words()
            .iter()
            .map(|word| Some((theirs.read(word)?, mine.read(word)?)))
            .collect::<Option<Vec<_>>>()
            .filter(|map| !map.is_empty()),
    }
}

fn written_map(node: &Node, mine: &Kind, theirs: &Kind, problems: &mut Problems) -> Option<Vec<(Value, Value)>> {
    let table = node.table(problems)?;
    let mut map: Vec<(Value, Value)> = Vec::new();
    for entry in &table.entries {
        let Some(my_value) = mine.read(&entry.key) else {
            problems.push(unknown_value(&entry.key, entry.key_span, mine));
            continue;
        };
        let single = std::slice::from_ref(&entry.node);
        let list = if let Written::List(list) = &entry.node.value { list.as_slice() } else { single };
        for item in list {
            let word = word(item);
            match theirs.read(&word) {
                Some(value) => map.push((value, my_value)),
                None => problems.push(unknown_value(&word, item.span, theirs)),
            }
        }
    }
    map.sort_unstable();
    let domain = theirs.domain().unwrap_or_default();
    let missing: Vec<String> = theirs
        .words()
        .into_iter()
        .filter(|word| theirs.read(word).is_some_and(|value| !map.iter().any(|(known, _)| *known == value)))
        .collect();
    if domain.is_empty() || !missing.is_empty() || map.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        let what = if missing.is_empty() {
            "an option of theirs stands twice".to_owned()
        } else {
            format!("not mapped: {}", missing.join(", "))
        };
        problems.push(
            Problem::new(codes::NOT_FITTING, "every option of the other question must be mapped, once")
                .at(node.span)
                .label(what),
        );
        return None;
    }
    Some(map)
}

/// A value of a question as it is written in a table.
pub(super) fn word(node: &Node) -> String {
    match &node.value {
        Written::Text { text, .. } => text.clone(),
        Written::Bool(bool) => bool.to_string(),
        Written::Number(Some(number)) => number.rounded(6, '.'),
        _ => String::new(),
    }
}

pub(super) fn unknown_value(word: &str, span: Span, kind: &Kind) -> Problem {
    let words = kind.words();
    Problem::new(codes::UNKNOWN_OPTION, format!("there is no option `{word}`"))
        .at(span)
        .suggest(word, words.iter().map(String::as_str))
}

/// Reads an `at-least` of an effect: a value of that question.
pub(super) fn at_least(node: &Node, kind: &Kind, problems: &mut Problems) -> Option<Met> {
    let word = match &node.value {
        Written::Text { text, .. } => text.clone(),
        Written::Bool(bool) => bool.to_string(),
        Written::Number(Some(number)) => number.rounded(6, '.'),
        _ => {
            problems.push(
                Problem::new(
                    codes::WRONG_TYPE,
                    format!("expected a value of the question, this is {}", node.value.kind()),
                )
                .at(node.span),
            );
            return None;
        }
    };
    match kind.read(&word) {
        Some(Value::Number(number)) => Some(Met::Number(number)),
        Some(Value::Truth(yes)) => Some(Met::Number(if yes { Number::ONE } else { Number::ZERO })),
        Some(Value::Option(at)) => Some(Met::Option(at)),
        _ => {
            problems.push(unknown_value(&word, node.span, kind));
            None
        }
    }
}

/// What a question has in common with everything that is declared.
pub(super) fn declared(id: String, ruleset: usize, source: String, span: Span) -> Declared {
    Declared { id, ruleset, source, span }
}
