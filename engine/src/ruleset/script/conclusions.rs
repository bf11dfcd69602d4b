//! The functions that conclude: `rule`, `outcome`, `measure`, `table`.

use super::comparisons::numeric;
use super::overrides::{Place, overridden};
use super::places::{self, Shape};
use super::terms::{condition, described, function, number, text, tie};
use super::{Context, Site};
use crate::assessment::Severity;
use crate::condition::{BouwsteenId, ExprId, MeasureId, OutcomeId, RuleId, TableId};
use crate::problem::{Problem, Span, codes};
use crate::ruleset::loading::{Loading, POISON};
use crate::ruleset::tailoring::Kind;
use crate::ruleset::{
    Cell, Declared, Filling, Measure, Outcome, OutcomeOption, Pick, Rule, Slot, Table, Template, Tie,
};
use crate::source::fields::{AN_ID, is_id};
use rhai::{Array, Dynamic, Engine, Map};
use std::rc::Rc;
use std::sync::Arc;

pub(super) fn register(engine: &mut Engine, context: &Rc<Context>) {
    function(engine, context, "rule", 2, |site, args| conclude(site, args, "rule", rule));
    function(engine, context, "outcome", 2, |site, args| conclude(site, args, "outcome", outcome));
    function(engine, context, "measure", 2, |site, args| conclude(site, args, "measure", measure));
    function(engine, context, "table", 2, |site, args| conclude(site, args, "table", table));
}

/// A map `#{ … }` that is being read field by field.
struct Fields<'a> {
    site: &'a Site<'a>,
    map: Map,
    shape: Option<Shape>,
    fallback: Span,
    what: String,
    asked: Vec<&'static str>,
    /// The fields that a ruleset overrides which extends this one.
    overridden: Vec<Place>,
}

impl<'a> Fields<'a> {
    fn new(site: &'a Site<'a>, value: &Dynamic, shape: Option<Shape>, fallback: Span, what: String) -> Option<Self> {
        let Some(map) = value.clone().try_cast::<Map>() else {
            site.report(
                Problem::new(
                    codes::WRONG_TYPE,
                    format!("{what} is a map `#{{ … }}`, this is {}", described(site, value)),
                )
                .at(fallback),
            );
            return None;
        };
        Some(Self { site, map, shape, fallback, what, asked: Vec::new(), overridden: Vec::new() })
    }

    fn field(&self, name: &str) -> Option<&(String, places::At, Shape)> {
        if self.overridden.iter().any(|place| place.replaced && place.field == name) {
            return None;
        }
        self.shape.as_ref()?.fields.iter().find(|(known, ..)| known == name)
    }

    /// Where the value of a field stands.
    fn span(&self, name: &str) -> Span {
        if let Some(place) = self.overridden.iter().find(|place| place.field == name) {
            return place.span;
        }
        self.field(name).map_or(self.fallback, |(_, _, shape)| self.site.context.span(shape.at))
    }

    fn optional(&mut self, name: &'static str) -> Option<(Dynamic, Span)> {
        self.asked.push(name);
        self.map.get(name).map(|value| (value.flatten_clone(), self.span(name)))
    }

    fn required(&mut self, name: &'static str) -> Option<(Dynamic, Span)> {
        let found = self.optional(name);
        if found.is_none() {
            let message = format!("{} needs the field `{name}`", self.what);
            let problem =
                if name == "source" { no_source(message) } else { Problem::new(codes::MISSING_FIELD, message) };
            self.site.report(problem.at(self.fallback));
        }
        found
    }

    fn text(&mut self, name: &'static str, wanted: &str) -> Option<(String, Span)> {
        let (value, span) = self.required(name)?;
        text(self.site, &value, span, wanted).map(|text| (text, span))
    }

    /// Where the source says it: a text that must be there, and say something.
    fn source(&mut self) -> Option<String> {
        let (source, span) = self.text("source", "where the source says it")?;
        if source.trim().is_empty() {
            let message = format!("{} does not say where its source says it", self.what);
            self.site.report(no_source(message).at(span));
        }
        Some(source)
    }

    fn optional_text(&mut self, name: &'static str, wanted: &str) -> Option<(String, Span)> {
        let (value, span) = self.optional(name)?;
        text(self.site, &value, span, wanted).map(|text| (text, span))
    }

    fn condition(&mut self, name: &'static str) -> Option<ExprId> {
        let (value, span) = self.required(name)?;
        condition(self.site, &value, span)
    }

    /// The items of a list, each with its shape and place.
    fn list(&mut self, name: &'static str, required: bool) -> Vec<(Dynamic, Option<Shape>, Span)> {
        let found = if required { self.required(name) } else { self.optional(name) };
        let Some((value, span)) = found else { return Vec::new() };
        let Some(array) = value.clone().try_cast::<Array>() else {
            let words = described(self.site, &value);
            self.site
                .report(Problem::new(codes::WRONG_TYPE, format!("`{name}` is a list […], this is {words}")).at(span));
            return Vec::new();
        };
        let shapes = self.field(name).map(|(_, _, shape)| shape.items.clone()).unwrap_or_default();
        let item = |(at, item): (usize, &Dynamic)| {
            let shape = shapes.get(at).cloned();
            let span = shape.as_ref().map_or(span, |shape| self.site.context.span(shape.at));
            (item.flatten_clone(), shape, span)
        };
        array.iter().enumerate().map(item).collect()
    }

    fn texts(&mut self, name: &'static str, required: bool) -> Vec<(String, Span)> {
        let items = self.list(name, required);
        let texts =
            items.iter().filter_map(|(item, _, span)| text(self.site, item, *span, "text").map(|text| (text, *span)));
        texts.collect()
    }

    fn finish(self) {
        #[cfg(test)]
        crate::source::fields::asked::note(&self.what, &self.asked);
        let mut known = self.asked.clone();
        known.sort_unstable();
        for name in self.map.keys().filter(|name| !self.asked.contains(&name.as_str())) {
            let span = self.field(name).map_or(self.fallback, |(_, at, _)| self.site.context.span(*at));
            self.site.report(
                Problem::new(codes::UNKNOWN_FIELD, format!("{} has no field `{name}`", self.what))
                    .at(span)
                    .suggest(name, known.iter().copied()),
            );
        }
    }

    /// A true or false, which may be left out.
    fn flag(&mut self, name: &'static str) -> bool {
        let Some((value, span)) = self.optional(name) else { return false };
        value.as_bool().unwrap_or_else(|_| {
            let words = described(self.site, &value);
            self.site.report(
                Problem::new(codes::WRONG_TYPE, format!("`{name}` is true or false, this is {words}")).at(span),
            );
            false
        })
    }

    /// The template of a text, with values for its placeholders, and where those are given.
    fn template(&mut self, id: &str) -> (Template, Vec<(String, Span)>) {
        let (template, named) = match self.optional_text("text", "the id of a text") {
            Some((text, span)) => (text, Some(span)),
            None => (id.to_owned(), None),
        };
        let with = self.optional("fill").and_then(|(value, span)| {
            let map = value.clone().try_cast::<Map>();
            if map.is_none() {
                self.site.report(Problem::new(codes::WRONG_TYPE, "`fill` is a map `#{ name: value }`").at(span));
            }
            map
        });
        let written = self.field("fill").map(|(_, _, shape)| shape.fields.clone()).unwrap_or_default();
        let (mut fill, mut places) = (Vec::new(), Vec::new());
        for (name, value) in with.unwrap_or_default() {
            let place = written.iter().find(|(known, ..)| *known == name.as_str());
            let span = place.map_or_else(|| self.span("fill"), |(_, at, _)| self.site.context.span(*at));
            let value = value.flatten();
            let filling = number(&value).map(Filling::Number);
            match filling.or_else(|| value.clone().into_string().ok().map(Filling::Text)) {
                Some(filling) => {
                    fill.push((name.to_string(), filling));
                    places.push((name.to_string(), span));
                }
                None => {
                    let words = described(self.site, &value);
                    self.site.report(
                        Problem::new(codes::WRONG_TYPE, format!("`{name}` must be text or a number, this is {words}"))
                            .at(self.span("fill")),
                    );
                }
            }
        }
        (Template { id: template, named, fill }, places)
    }
}

fn conclude(site: &Site<'_>, args: &[Dynamic], kind: &'static str, make: fn(&mut Fields<'_>, Declared)) -> Dynamic {
    let span = site.argument(0);
    let Some(id) = text(site, &args[0], span, "an id") else { return Dynamic::UNIT };
    if !is_proper(site, &id, span) {
        return Dynamic::UNIT;
    }
    let first = site.context.declared.borrow_mut().insert((kind, id.clone()), span);
    if let Some(first) = first {
        let problem = crate::ruleset::manifest::duplicate(kind, &id, span, first);
        site.report(if first == span {
            problem.help("it is made in a loop: put what differs into the id")
        } else {
            problem
        });
        return Dynamic::UNIT;
    }
    let shape = site.shape(1, |shape| Some(shape.clone()));
    let what = format!("the {kind} `{id}`");
    let mut value = args[1].flatten_clone();
    let named = (Kind::of_function(kind), id.as_str());
    let Some(places) = overridden(site, named, span.file, &mut value) else { return Dynamic::UNIT };
    let Some(mut fields) = Fields::new(site, &value, shape, span, what) else { return Dynamic::UNIT };
    fields.overridden = places;
    let source = fields.source().unwrap_or_default();
    let ruleset = site.loading().ruleset;
    make(&mut fields, Declared { id, ruleset, source, span });
    fields.finish();
    Dynamic::UNIT
}

/// Whether a word can be an id; reports one that cannot.
fn is_proper(site: &Site<'_>, id: &str, span: Span) -> bool {
    if !is_id(id) {
        site.report(Problem::new(codes::BAD_ID, format!("`{id}` cannot be an id")).at(span).help(AN_ID));
    }
    is_id(id)
}

/// Reports what stands in a list for the second time.
fn once(site: &Site<'_>, kind: &str, all: &[(String, Span)]) {
    for (at, (id, span)) in all.iter().enumerate() {
        if all[..at].iter().any(|(known, _)| known == id) {
            site.report(Problem::new(codes::DUPLICATE_ID, format!("the {kind} `{id}` stands twice")).at(*span));
        }
    }
}

/// The rows or the columns of a table.
fn lines(fields: &mut Fields<'_>, name: &'static str, kind: &str) -> Vec<String> {
    let site = fields.site;
    let all = fields.texts(name, true);
    once(site, kind, &all);
    if all.is_empty() && fields.map.contains_key(name) {
        let message = format!("a table without a {kind} says nothing");
        site.report(Problem::new(codes::NOT_FITTING, message).at(fields.span(name)));
    }
    all.into_iter().filter(|(id, span)| is_proper(site, id, *span)).map(|(id, _)| id).collect()
}

/// The place of a conclusion in its list: where the outline has it, or at the end.
fn slot<T>(list: &mut Vec<Option<T>>, known: Option<usize>) -> usize {
    let at = known.unwrap_or(list.len());
    while list.len() <= at {
        list.push(None);
    }
    at
}

fn rule(fields: &mut Fields<'_>, declared: Declared) {
    let site = fields.site;
    let at = {
        let mut loading = site.loading();
        let known = loading.outline().rules.get(&declared.id).copied();
        let at = slot(&mut loading.rules, known);
        loading.outline().rules.insert(declared.id.clone(), at);
        at
    };
    let when = fields.condition("when");
    if let Some(when) = when {
        site.context.only_in_needs(when, fields.span("when"));
    }
    let needs = fields.optional("needs").and_then(|(value, span)| condition(site, &value, span));
    let severity = fields.text("severity", "a severity").and_then(|(word, span)| severity(site, &word, span));
    let aspect = fields.optional_text("aspect", "the id of an aspect");
    let aspect = aspect.and_then(|(id, span)| site.loading().aspect(&id, span));
    let recommend = fields.texts("recommend", false);
    once(site, "recommendation", &recommend);
    let recommend: Vec<BouwsteenId> =
        recommend.iter().filter_map(|(id, span)| site.loading().bouwsteen(id, *span)).collect();
    let balance = fields.optional_text("balance", "the reason why a better answer may worsen it").map(|(text, _)| text);
    let (template, fills) = fields.template(&declared.id);
    // where something of it was wrong it keeps its place all the same, for what names it
    let (when, severity) = (when.unwrap_or(POISON), severity.unwrap_or(Severity::Observation));
    let id = RuleId::at(site.loading().start.rules + at);
    site.context.keep(Slot::When(id), when);
    needs.iter().for_each(|needs| site.context.keep(Slot::Needs(id), *needs));
    site.loading().library.written.keep_fills(Slot::When(id), fills);
    site.loading().rules[at] = Some(Rule { declared, when, needs, severity, aspect, recommend, balance, template });
}

fn severity(site: &Site<'_>, word: &str, span: Span) -> Option<Severity> {
    let found = Severity::ALL.into_iter().find(|severity| severity.id() == word);
    if found.is_none() {
        site.report(
            Problem::new(codes::UNKNOWN_OPTION, format!("there is no severity `{word}`"))
                .at(span)
                .suggest(word, Severity::ALL.map(Severity::id)),
        );
    }
    found
}

fn outcome(fields: &mut Fields<'_>, declared: Declared) {
    let site = fields.site;
    let pick = fields.text("pick", "\"first\" or \"best\"");
    let best = match &pick {
        Some((word, _)) if word == "best" => true,
        Some((word, _)) if word == "first" => false,
        Some((word, span)) => {
            site.report(
                Problem::new(codes::UNKNOWN_OPTION, format!("an option is not picked by `{word}`"))
                    .at(*span)
                    .suggest(word, ["first", "best"]),
            );
            fields.map.contains_key("tie")
        }
        None => fields.map.contains_key("tie"),
    };
    let (mut options, mut ids) = (Vec::new(), Vec::new());
    for (item, shape, span) in fields.list("options", true) {
        if let Some((id, at, expr)) = option(site, &item, shape, span, best) {
            if ids.contains(&id) {
                site.report(Problem::new(codes::DUPLICATE_ID, format!("the option `{id}` stands twice")).at(at));
                // one of the two was meant otherwise, and has texts
                site.loading().unread.insert((Kind::Typing, declared.id.clone()));
                continue;
            }
            if !is_proper(site, &id, at) {
                continue;
            }
            ids.push(id);
            options.push(OutcomeOption { expr });
        }
    }
    let tie = if best { tie_of(fields) } else { None };
    let otherwise = if best { None } else { fields.optional_text("otherwise", "an id") };
    if let Some((id, span)) = &otherwise
        && is_proper(site, id, *span)
    {
        ids.push(id.clone());
    }
    if tie == Some(Tie::Mixed) {
        ids.push("mixed".to_owned());
    }
    let exprs: Vec<ExprId> = options.iter().map(|option: &OutcomeOption| option.expr).collect();
    let ids: Arc<[String]> = ids.into();
    let pick = if best { Pick::Best(tie.unwrap_or(Tie::Lowest)) } else { Pick::First };
    let mut loading = site.loading();
    let known = loading.outline().outcomes.get(&declared.id).map(|(at, _)| *at);
    let at = slot(&mut loading.outcomes, known);
    loading.outline().outcomes.insert(declared.id.clone(), (at, Arc::clone(&ids)));
    loading.outcomes[at] = Some(Outcome { declared, pick, options, ids, otherwise: otherwise.is_some() });
    let id = OutcomeId::at(loading.start.outcomes + at);
    drop(loading);
    exprs.into_iter().enumerate().for_each(|(at, expr)| site.context.keep(Slot::Option(id, at), expr));
}

fn tie_of(fields: &mut Fields<'_>) -> Option<Tie> {
    let (word, span) = fields.text("tie", "\"mixed\" or \"lowest\"")?;
    let found = tie(&word);
    if found.is_none() {
        fields.site.report(
            Problem::new(codes::UNKNOWN_OPTION, format!("a tie does not give `{word}`"))
                .at(span)
                .suggest(&word, ["mixed", "lowest"]),
        );
    }
    found
}

fn option(
    site: &Site<'_>,
    item: &Dynamic,
    shape: Option<Shape>,
    span: Span,
    best: bool,
) -> Option<(String, Span, ExprId)> {
    let mut fields = Fields::new(site, item, shape, span, "an option".to_owned())?;
    let id = fields.text("id", "an id");
    let expr = if best {
        let score = fields.required("score");
        score.and_then(|(value, span)| numeric(site, &value, span)).map(|(id, _)| {
            site.context.only_in_needs(id, fields.span("score"));
            id
        })
    } else {
        let when = fields.condition("when");
        if let Some(when) = when {
            site.context.only_in_needs(when, fields.span("when"));
        }
        when
    };
    fields.finish();
    id.map(|(id, at)| (id, at, expr.unwrap_or(POISON)))
}

fn measure(fields: &mut Fields<'_>, declared: Declared) {
    let site = fields.site;
    let at = {
        let mut loading = site.loading();
        let known = loading.outline().measures.get(&declared.id).copied();
        let at = slot(&mut loading.measures, known);
        loading.outline().measures.insert(declared.id.clone(), at);
        at
    };
    let value = fields.required("value").and_then(|(value, span)| {
        let (value, _) = numeric(site, &value, span)?;
        site.context.only_in_needs(value, span);
        Some(value)
    });
    let value = value.unwrap_or(POISON);
    let id = MeasureId::at(site.loading().start.measures + at);
    site.context.keep(Slot::Value(id), value);
    site.loading().measures[at] = Some(Measure { declared, value });
}

fn table(fields: &mut Fields<'_>, declared: Declared) {
    let site = fields.site;
    let rows = lines(fields, "rows", "row");
    let columns = lines(fields, "columns", "column");
    let at = {
        let mut loading = site.loading();
        let known = loading.outline().tables.get(&declared.id).map(|(at, ..)| *at);
        let at = slot(&mut loading.tables, known);
        loading.outline().tables.insert(declared.id.clone(), (at, rows.clone(), columns.clone()));
        at
    };
    let on_screen = fields.flag("screen");
    let items = fields.list("cells", true);
    let cells = items.into_iter().filter_map(|(item, shape, span)| cell(site, &item, shape, span, &rows, &columns));
    let (cells, fills): (Vec<Cell>, Vec<_>) = cells.unzip();
    let id = TableId::at(site.loading().start.tables + at);
    for (at, (cell, fills)) in cells.iter().zip(fills).enumerate() {
        site.context.keep(Slot::Cell(id, at), cell.when);
        site.loading().library.written.keep_fills(Slot::Cell(id, at), fills);
    }
    site.loading().tables[at] = Some(Table { declared, rows, columns, cells, on_screen });
}

fn cell(
    site: &Site<'_>,
    item: &Dynamic,
    shape: Option<Shape>,
    span: Span,
    rows: &[String],
    columns: &[String],
) -> Option<(Cell, Vec<(String, Span)>)> {
    let mut fields = Fields::new(site, item, shape, span, "a cell".to_owned())?;
    let place = |fields: &mut Fields<'_>, name: &'static str, known: &[String]| {
        let (id, span) = fields.text(name, "an id")?;
        let found = known.iter().position(|known| *known == id).and_then(|at| u16::try_from(at).ok());
        if found.is_none() {
            site.loading().unknown(name, &id, span, known);
        }
        found
    };
    let row = place(&mut fields, "row", rows);
    let column = place(&mut fields, "column", columns);
    let when = fields.condition("when");
    if let Some(when) = when {
        site.context.only_in_needs(when, fields.span("when"));
    }
    let source = fields.source();
    let (template, fills) = fields.template("");
    fields.finish();
    let template = (!template.id.is_empty()).then_some(template);
    Some((Cell { row: row?, column: column?, when: when?, template, source: source? }, fills))
}

/// The problem of what has no source, in a script.
fn no_source(message: String) -> Problem {
    Problem::new(codes::NO_SOURCE, message)
        .help("say where the source says it; where it is silent and the choice is yours, say that")
}

/// Moves what the scripts concluded into the library. Where one is missing, a problem says why.
pub(super) fn settle(loading: &mut Loading) {
    let complete = !loading.problems.has_errors();
    let (rules, outcomes) = (std::mem::take(&mut loading.rules), std::mem::take(&mut loading.outcomes));
    let (measures, tables) = (std::mem::take(&mut loading.measures), std::mem::take(&mut loading.tables));
    debug_assert!(!complete || rules.iter().all(Option::is_some), "a rule is missing and no problem says so");
    // a statement that stopped may have been about to conclude something
    let stops = [
        codes::NOT_UTF8,
        codes::TOO_LARGE,
        codes::SHADOWED,
        codes::SCRIPT_LOGIC,
        codes::SCRIPT_STOPPED,
        codes::SCRIPT_RUNAWAY,
        codes::SYNTAX_SCRIPT,
    ];
    loading.refused = rules.iter().any(Option::is_none)
        || outcomes.iter().any(Option::is_none)
        || measures.iter().any(Option::is_none)
        || tables.iter().any(Option::is_none)
        || loading.problems.any(|problem| stops.contains(&problem.code));
    loading.library.rules.extend(rules.into_iter().flatten());
    loading.library.outcomes.extend(outcomes.into_iter().flatten());
    loading.library.measures.extend(measures.into_iter().flatten());
    loading.library.tables.extend(tables.into_iter().flatten());
}
