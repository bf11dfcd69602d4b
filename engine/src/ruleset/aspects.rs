//! `aspects.toml`: the graph of aspects.

use super::elements::{
    Aspect, Combine, CutOff, Level, Met, Missing, Parties, Portrait, Step, Tie, Trait, TraitMeasure,
};
use super::load::Library;
use super::loading::{Child, Loading, POISON, PendingCondition};
use super::slots::Slot;
use crate::condition::{AspectId, Expr, ExprId, Fold, Type};
use crate::number::Number;
use crate::problem::{Problem, Problems, Span, codes};
use crate::source::fields::Fields;
use crate::source::{Node, Value as Written};

/// What of an aspect can only be looked up when all aspects are known.
pub(super) struct Unresolved<'a> {
    aspect: AspectId,
    children: Vec<(String, Span)>,
    weights: Option<&'a Node>,
    span: Span,
}

/// Declares the aspects of a file; their children are left for [`resolve`].
pub(super) fn declare<'a>(node: &'a Node, loading: &mut Loading) -> Vec<Unresolved<'a>> {
    let Some(mut fields) = Fields::new(node, "aspects.toml", &mut loading.problems) else { return Vec::new() };
    let list = fields.optional("aspect").and_then(|node| node.list(&mut loading.problems)).unwrap_or_default();
    fields.finish(&mut loading.problems);
    let read = list.iter().filter_map(|node| aspect(node, loading)).collect();
    loading.note_unread(super::tailoring::Kind::Aspect, list);
    read
}

/// Conditions that are met while reading an aspect; they are compiled when everything is declared.
type Conditions<'a> = Vec<(&'a Node, Place)>;

enum Place {
    Demands(usize),
    Trait(usize, usize),
    Partial(usize, usize),
}

fn aspect<'a>(node: &'a Node, loading: &mut Loading) -> Option<Unresolved<'a>> {
    let mut fields = Fields::new(node, "an aspect", &mut loading.problems)?;
    let declared = loading.declared(&mut fields);
    let problems = &mut loading.problems;
    let mut conditions = Conditions::new();
    let (combine, mut levels) = combine(&mut fields, &mut conditions, problems)?;
    let children = if combine.gives_level() {
        Vec::new()
    } else {
        fields.required("children", problems).map(|node| node.texts(problems)).unwrap_or_default()
    };
    for (name, of, is_of) in [
        ("weights", "weighted-mean", matches!(combine, Combine::WeightedMean)),
        ("step", "ladder", matches!(combine, Combine::Ladder(_))),
        ("portrait", "best-match", matches!(combine, Combine::BestMatch { .. })),
        ("measure", "best-match", matches!(combine, Combine::BestMatch { .. })),
        ("tie", "best-match", matches!(combine, Combine::BestMatch { .. })),
    ] {
        if !is_of {
            fields.misplaced(name, &format!("combine = \"{of}\""), problems);
        }
    }
    let weights = if matches!(combine, Combine::WeightedMean) { fields.optional("weights") } else { None };
    let missing = missing(fields.optional("missing"), &combine, problems);
    let mut cut_offs = Vec::new();
    if !combine.gives_level()
        && let Some(node) = fields.optional("cut-offs")
    {
        (levels, cut_offs) = cut_offs_of(node, problems);
    }
    let met_from = fields.optional("met-from").and_then(|node| met_from(node, &levels, problems));
    let clamp_to_target = fields.optional("clamp").is_some_and(|node| clamp(node, problems));
    let parties = fields.optional("parties").and_then(|node| parties(node, problems));
    fields.finish(problems);
    let span = declared.as_ref().map_or(node.span, |declared| declared.span);
    let aspect = Aspect {
        declared: declared?,
        combine,
        inputs: Vec::new(),
        questions: Vec::new(),
        children: Vec::new(),
        weights: Vec::new(),
        met: Vec::new(),
        missing,
        met_from,
        levels,
        cut_offs,
        clamp_to_target,
        parties,
        within: None,
    };
    let id = loading.add_aspect(aspect)?;
    for (node, place) in conditions {
        let slot = match place {
            Place::Demands(step) => Slot::Demands(id, step),
            Place::Trait(portrait, at) => Slot::Trait(id, portrait, at),
            Place::Partial(portrait, at) => Slot::Partial(id, portrait, at),
        };
        loading.pending.extend(PendingCondition::read(node, slot, &mut loading.problems));
    }
    Some(Unresolved { aspect: id, children, weights, span })
}

fn combine<'a>(
    fields: &mut Fields<'a>,
    conditions: &mut Conditions<'a>,
    problems: &mut Problems,
) -> Option<(Combine, Vec<Level>)> {
    let node = fields.required("combine", problems)?;
    let plain = |combine| Some((combine, Vec::new()));
    match node.text(problems)? {
        "mean" => plain(Combine::Mean),
        "weighted-mean" => plain(Combine::WeightedMean),
        "sum" => plain(Combine::Sum),
        "min" => plain(Combine::Min),
        "max" => plain(Combine::Max),
        "share" => plain(Combine::Share),
        "all" => plain(Combine::All),
        "any" => plain(Combine::Any),
        "ladder" => ladder(fields, conditions, problems),
        "best-match" => best_match(fields, conditions, problems),
        other => {
            problems.push(
                Problem::new(codes::UNKNOWN_OPTION, format!("children cannot combine by `{other}`"))
                    .at(node.span)
                    .suggest(
                        other,
                        ["mean", "weighted-mean", "sum", "min", "max", "share", "all", "any", "ladder", "best-match"],
                    ),
            );
            None
        }
    }
}

fn number_of(at: usize) -> Number {
    Number::from(i64::try_from(at).unwrap_or(i64::MAX - 1) + 1)
}

fn ladder<'a>(
    fields: &mut Fields<'a>,
    conditions: &mut Conditions<'a>,
    problems: &mut Problems,
) -> Option<(Combine, Vec<Level>)> {
    let list = fields.required("step", problems)?.list(problems)?;
    let (mut steps, mut levels) = (Vec::new(), Vec::new());
    for node in list {
        let Some(mut fields) = Fields::new(node, "a step of a ladder", problems) else { continue };
        let level = fields.required("level", problems);
        let demands = fields.optional("demands");
        let value = fields.optional("value").and_then(|node| Some((node.number(problems)?, node.span)));
        fields.finish(problems);
        let Some(level) = level.and_then(|node| level_id(node, &levels, problems)) else { continue };
        if let Some(node) = demands {
            conditions.push((node, Place::Demands(steps.len())));
        }
        let (value, span) = value.unwrap_or_else(|| (number_of(steps.len()), node.span));
        rises(&levels, value, span, problems);
        levels.push(Level { id: level, value });
        steps.push(Step { demands: demands.map(|_| POISON) });
    }
    Some((Combine::Ladder(steps), levels))
}

/// Levels go from low to high.
fn rises(levels: &[Level], value: Number, span: Span, problems: &mut Problems) {
    if levels.last().is_some_and(|before| before.value >= value) {
        let message = "levels go from low to high: each has a higher `value` than the one before";
        problems.push(Problem::new(codes::NOT_FITTING, message).at(span));
    }
}

fn level_id(node: &Node, levels: &[Level], problems: &mut Problems) -> Option<String> {
    let id = node.id(problems)?;
    if levels.iter().any(|level| level.id == id) {
        problems.push(Problem::new(codes::DUPLICATE_ID, format!("the level `{id}` stands twice")).at(node.span));
        return None;
    }
    Some(id)
}

fn best_match<'a>(
    fields: &mut Fields<'a>,
    conditions: &mut Conditions<'a>,
    problems: &mut Problems,
) -> Option<(Combine, Vec<Level>)> {
    let measure = fields
        .required("measure", problems)
        .and_then(|node| one_of(node, &[("count", TraitMeasure::Count), ("share", TraitMeasure::Share)], problems));
    let tie = fields
        .required("tie", problems)
        .and_then(|node| one_of(node, &[("mixed", Tie::Mixed), ("lowest", Tie::Lowest)], problems));
    let list = fields.required("portrait", problems)?.list(problems)?;
    let mut levels: Vec<Level> = Vec::new();
    let mut portraits = Vec::new();
    for node in list {
        let Some(mut fields) = Fields::new(node, "a portrait", problems) else { continue };
        let level = fields.required("level", problems);
        let traits = fields.required("traits", problems);
        let builds_on = fields.optional("builds-on");
        let at_least = if builds_on.is_some() { fields.required("at-least", problems) } else { None };
        fields.finish(problems);
        let Some(level) = level.and_then(|node| level_id(node, &levels, problems)) else { continue };
        let many = traits.map_or(0, |node| if let Written::List(list) = &node.value { list.len() } else { 0 });
        let traits = traits.map(|node| traits_of(node, portraits.len(), conditions, problems)).unwrap_or_default();
        let builds_on = builds_on.and_then(|node| {
            let id = node.text(problems)?;
            let base = levels.iter().position(|level| level.id == id);
            if base.is_none() {
                problems.push(
                    Problem::new(codes::UNKNOWN_ID, format!("there is no portrait of `{id}` above this one"))
                        .at(node.span)
                        .suggest(id, levels.iter().map(|level| level.id.as_str())),
                );
            }
            let at_least = at_least?;
            let least = at_least.number(problems)?;
            reachable(least, at_least.span, measure, many, problems);
            Some((base?, least))
        });
        levels.push(Level { id: level, value: number_of(portraits.len()) });
        portraits.push(Portrait { traits, builds_on });
    }
    if let (Some(Tie::Mixed), Some(taken)) = (tie, levels.iter().position(|level| level.id == "mixed")) {
        let problem = Problem::new(codes::DUPLICATE_ID, "the level `mixed` is what a tie gives");
        let place = list.get(taken).map_or(fields.span(), |node| node.span);
        problems.push(problem.at(place).help("give this portrait another level, or write `tie = \"lowest\"`"));
    } else if tie == Some(Tie::Mixed) {
        levels.push(Level { id: "mixed".to_owned(), value: number_of(portraits.len()) });
    }
    Some((Combine::BestMatch { portraits, measure: measure?, tie: tie? }, levels))
}

/// Whether a portrait that builds on another can reach what it asks of itself.
fn reachable(least: Number, span: Span, measure: Option<TraitMeasure>, traits: usize, problems: &mut Problems) {
    let (most, what) = match measure {
        Some(TraitMeasure::Share) => (Number::ONE, "a share is at most 1".to_owned()),
        Some(TraitMeasure::Count) => {
            (Number::from(i64::try_from(traits).unwrap_or(i64::MAX)), format!("this portrait has {traits} traits"))
        }
        None => return,
    };
    if least <= Number::ZERO || least > most {
        let message = "`at-least` must be higher than 0, and within reach";
        problems.push(Problem::new(codes::OUT_OF_RANGE, message).at(span).label(what));
    }
}

fn traits_of<'a>(
    node: &'a Node,
    portrait: usize,
    conditions: &mut Conditions<'a>,
    problems: &mut Problems,
) -> Vec<Trait> {
    let mut all: Vec<Trait> = Vec::new();
    for node in node.list(problems).unwrap_or_default() {
        let Some(mut fields) = Fields::new(node, "a trait", problems) else { continue };
        let id_node = fields.required("id", problems);
        let when = fields.required("when", problems);
        let partial = fields.optional("partial");
        let source = fields.source(problems);
        fields.finish(problems);
        let (Some(id_node), Some(when)) = (id_node, when) else { continue };
        let Some(id) = id_node.id(problems) else { continue };
        if all.iter().any(|known| known.id == id) {
            problems.push(Problem::new(codes::DUPLICATE_ID, format!("the trait `{id}` stands twice")).at(id_node.span));
            continue;
        }
        conditions.push((when, Place::Trait(portrait, all.len())));
        if let Some(partial) = partial {
            conditions.push((partial, Place::Partial(portrait, all.len())));
        }
        all.push(Trait { id, when: POISON, partial: partial.map(|_| POISON), source });
    }
    all
}

/// The value that a word stands for; reports a word that stands for none.
pub(super) fn one_of<T: Copy>(node: &Node, words: &[(&'static str, T)], problems: &mut Problems) -> Option<T> {
    let text = node.text(problems)?;
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    if found.is_none() {
        problems.push(
            Problem::new(codes::UNKNOWN_OPTION, format!("`{text}` is not one of the words that can stand here"))
                .at(node.span)
                .suggest(text, words.iter().map(|(word, _)| *word)),
        );
    }
    found
}

fn missing(node: Option<&Node>, combine: &Combine, problems: &mut Problems) -> Missing {
    let default = match combine {
        Combine::Mean | Combine::WeightedMean | Combine::Share | Combine::Min | Combine::Max => Missing::Skip,
        _ => Missing::Settled,
    };
    let words = [
        ("skip", Missing::Skip),
        ("lowest", Missing::Lowest),
        ("blocks", Missing::Blocks),
        ("settled", Missing::Settled),
    ];
    node.and_then(|node| one_of(node, &words, problems)).unwrap_or(default)
}

fn cut_offs_of(node: &Node, problems: &mut Problems) -> (Vec<Level>, Vec<CutOff>) {
    let (mut levels, mut cut_offs): (Vec<Level>, Vec<CutOff>) = (Vec::new(), Vec::new());
    let list = node.list(problems).unwrap_or_default();
    for (at, node) in list.iter().enumerate() {
        let Some(mut fields) = Fields::new(node, "a cut-off", problems) else { continue };
        let level = fields.required("level", problems);
        let below = fields.optional("below");
        let value = fields.optional("value").and_then(|node| Some((node.number(problems)?, node.span)));
        fields.finish(problems);
        let below = below.and_then(|node| node.number(problems));
        let last = at + 1 == list.len();
        let is_higher =
            cut_offs.last().and_then(|cut| cut.below).is_none_or(|before| below.is_none_or(|below| below > before));
        if below.is_none() != last || !is_higher {
            problems.push(
                Problem::new(
                    codes::NOT_FITTING,
                    "cut-offs go from low to high: each has a higher `below`, the last has none",
                )
                .at(node.span),
            );
        }
        let Some(id) = level.and_then(|node| level_id(node, &levels, problems)) else { continue };
        let (value, span) = value.unwrap_or_else(|| (number_of(at), node.span));
        rises(&levels, value, span, problems);
        levels.push(Level { id, value });
        cut_offs.push(CutOff { below });
    }
    (levels, cut_offs)
}

fn met_from(node: &Node, levels: &[Level], problems: &mut Problems) -> Option<Met> {
    if let Written::Text { text, .. } = &node.value {
        let found = levels.iter().position(|level| level.id == *text);
        if found.is_none() {
            problems.push(
                Problem::new(codes::UNKNOWN_OPTION, format!("this aspect has no level `{text}`"))
                    .at(node.span)
                    .suggest(text, levels.iter().map(|level| level.id.as_str())),
            );
        }
        return found.and_then(|at| u16::try_from(at).ok()).map(Met::Option);
    }
    node.number(problems).map(Met::Number)
}

fn clamp(node: &Node, problems: &mut Problems) -> bool {
    one_of(node, &[("target", true)], problems).unwrap_or(false)
}

fn parties(node: &Node, problems: &mut Problems) -> Option<Parties> {
    one_of(node, &[("mean", Fold::Mean), ("min", Fold::Min), ("max", Fold::Max)], problems).map(Parties)
}

/// Looks up the children of aspects, now that all are known.
pub(super) fn resolve(unresolved: Vec<Unresolved<'_>>, loading: &mut Loading) {
    for item in unresolved {
        let counts_met = loading.library.aspects[item.aspect.index()].combine.counts_met();
        let mut weights = weights(item.weights, &item.children, &mut loading.problems);
        weights.reverse();
        let (mut inputs, mut met, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        let (mut questions, mut aspects) = (Vec::new(), Vec::new());
        for (id, span) in &item.children {
            let weight = weights.pop().unwrap_or(Number::ONE);
            let Some(child) = loading.child(id, *span) else { continue };
            let Some((input, from)) = input(child, counts_met, *span, loading) else { continue };
            if inputs.contains(&input) {
                loading
                    .problems
                    .push(Problem::new(codes::DUPLICATE_ID, format!("the child `{id}` stands twice")).at(*span));
                continue;
            }
            match child {
                Child::Question(id) => questions.push(id),
                Child::Aspect(id) => aspects.push(id),
            }
            inputs.push(input);
            met.push(from);
            kept.push(weight);
        }
        let leaf = inputs.is_empty() && !loading.library.aspects[item.aspect.index()].combine.gives_level();
        if leaf && item.children.iter().all(|(id, _)| loading.is_child_gone(id)) {
            let message = "this aspect has no children and can never have a value";
            let problem = Problem::new(codes::NOT_FITTING, message).at(item.span);
            loading.problems.push(match item.children.is_empty() {
                true => problem,
                false => problem.help("all its children are disabled: disable it too, or give it others"),
            });
        }
        let aspect = &mut loading.library.aspects[item.aspect.index()];
        (aspect.inputs, aspect.met, aspect.weights) = (inputs, met, kept);
        (aspect.questions, aspect.children) = (questions, aspects);
    }
}

fn weights(node: Option<&Node>, children: &[(String, Span)], problems: &mut Problems) -> Vec<Number> {
    let mut weights = vec![Number::ONE; children.len()];
    let Some(table) = node.and_then(|node| node.table(problems)) else { return weights };
    for entry in &table.entries {
        let Some(weight) = entry.node.number(problems) else { continue };
        if weight <= Number::ZERO {
            problems.push(
                Problem::new(codes::OUT_OF_RANGE, "a weight must be higher than 0")
                    .at(entry.node.span)
                    .help("leave the child out of `children` if it should not count"),
            );
            continue;
        }
        match children.iter().position(|(id, _)| *id == entry.key) {
            Some(at) => weights[at] = weight,
            None => problems.push(
                Problem::new(codes::UNKNOWN_ID, format!("`{}` is not a child of this aspect", entry.key))
                    .at(entry.key_span)
                    .suggest(&entry.key, children.iter().map(|(id, _)| id.as_str())),
            ),
        }
    }
    weights
}

/// The expression that a child feeds its parent with, and from where it counts as met.
fn input(child: Child, counts_met: bool, span: Span, loading: &mut Loading) -> Option<(ExprId, Option<Met>)> {
    let library = &mut loading.library;
    match child {
        Child::Question(id) => {
            let question = &library.questions[id.index()];
            if question.scores().is_none() {
                loading.problems.push(
                    Problem::new(codes::WRONG_TYPE, "a text cannot be added up")
                        .at(span)
                        .label("this question takes a text"),
                );
                return None;
            }
            let (kind, met) = (question.value_type(), question.met_from);
            Some((library.graph.add(Expr::Answer(id), kind), Some(met)))
        }
        Child::Aspect(id) => {
            let aspect = &library.aspects[id.index()];
            let met = aspect.met_from;
            if counts_met && met.is_none() {
                loading.problems.push(
                    Problem::new(codes::MISSING_FIELD, "this child needs `met-from`: from where does it count as met?")
                        .at(span)
                        .also(aspect.declared.span, "add `met-from` here"),
                );
                return None;
            }
            if matches!(met, Some(Met::Option(_))) && counts_met {
                let kind = library.level_type(id);
                return Some((library.graph.add(Expr::Level(id), kind), met));
            }
            Some((library.graph.add(Expr::Score(id), Type::NUMBER), met))
        }
    }
}

/// The lowest and highest score that an aspect can have, from those of its children, which are known already.
pub(super) fn within(library: &Library, aspect: &Aspect) -> Option<(Number, Number)> {
    let of = |input: &ExprId| match library.graph.expr(*input) {
        Expr::Answer(id) => library.questions[id.index()].scores(),
        Expr::Score(id) => library.aspects[id.index()].within,
        _ => None,
    };
    let all = || aspect.inputs.iter().map(of).collect::<Option<Vec<_>>>();
    match &aspect.combine {
        Combine::Share | Combine::All | Combine::Any => Some((Number::ZERO, Number::ONE)),
        Combine::Ladder(_) | Combine::BestMatch { .. } => {
            let values = || aspect.levels.iter().map(|level| level.value);
            Some((values().min()?, values().max()?))
        }
        Combine::Sum => all()?.into_iter().try_fold((Number::ZERO, Number::ZERO), |(low, high), (a, b)| {
            Some((low.plus(a.min(Number::ZERO))?, high.plus(b)?))
        }),
        Combine::Mean | Combine::WeightedMean | Combine::Min | Combine::Max => {
            let all = all()?;
            Some((all.iter().map(|(low, _)| *low).min()?, all.iter().map(|(_, high)| *high).max()?))
        }
    }
}
