//! The JSON Schema of a profile for given rulesets: what an editor needs to help filling one in.
//!
//! It says what [`crate::profile`] and [`crate::evaluate`] accept, with the titles and labels of the rulesets.
//! What a schema cannot say (that a party under `by` stands under `chain`) is left to them.

mod files;

pub use files::{RulesetFile, ruleset_file};

use crate::assessment::Status;
use crate::condition::AspectId;
use crate::number::Number;
use crate::profile::FORMAT;
use crate::ruleset::{Asked, Kind, Library, OptionDef, Question, Ruleset, Scale, Texts};
use serde_json::{Map, Value, json};

/// The JSON Schema (2020-12) of a profile that answers the rulesets of a library, with a line end behind it.
#[must_use]
pub fn profile(library: &Library, language: &str) -> String {
    let titles: Vec<String> = library
        .rulesets
        .iter()
        .map(|ruleset| format!("{} {}", ruleset.manifest.id, ruleset.manifest.version))
        .collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Profile {FORMAT} of ketenspiegel, for {}", titles.join(", ")),
        "type": "object",
        "required": ["ketenspiegel", "chain", "answers"],
        "additionalProperties": false,
        "properties": {
            "$schema": { "type": "string", "description": "Where this schema stands, for editors" },
            "ketenspiegel": { "const": FORMAT, "description": "Version of the profile format" },
            "chain": chain(),
            "roles": by_ruleset(library, language, roles),
            "answers": by_ruleset(library, language, answers),
            "bouwstenen": by_ruleset(library, language, bouwstenen),
            "targets": by_ruleset(library, language, targets),
        },
        "$defs": definitions(library, language),
    });
    // Writing to memory cannot fail, and a schema has no keys but text.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// An object in which only these keys may stand.
fn only(properties: Map<String, Value>) -> Value {
    let mut schema = json!({ "type": "object", "additionalProperties": false });
    schema["properties"] = Value::Object(properties);
    schema
}

fn by_ruleset(
    library: &Library,
    language: &str,
    inside: impl Fn(&Library, &Ruleset, &Texts) -> Map<String, Value>,
) -> Value {
    let rulesets = library.rulesets.iter().map(|ruleset| {
        let texts = ruleset.texts(language);
        let mut schema = only(inside(library, ruleset, texts));
        schema["title"] = texts.text("ruleset.title").into();
        (ruleset.manifest.id.clone(), schema)
    });
    only(rulesets.collect())
}

fn chain() -> Value {
    let text = json!({ "type": "string" });
    let party = json!({
        "type": "object",
        "required": ["id", "name"],
        "additionalProperties": false,
        "properties": {
            "id": { "$ref": "#/$defs/id" },
            "name": text,
            "sector": { "type": "string", "description": "public or private" },
        },
    });
    json!({
        "type": "object",
        "required": ["name"],
        "additionalProperties": false,
        "properties": {
            "name": text,
            "date": { "type": ["string", "null"], "description": "The day that the profile speaks of, such as 2026-01-31" },
            "parties": { "type": "array", "items": party },
            "note": text,
        },
    })
}

fn definitions(library: &Library, language: &str) -> Value {
    let mut all = Map::new();
    all.insert("id".to_owned(), json!({ "type": "string", "pattern": "^[a-z][a-z0-9-]*$", "maxLength": 80 }));
    all.insert("unknown".to_owned(), json!({ "const": "unknown", "description": "Asked, and nobody knows" }));
    all.insert("open".to_owned(), json!({ "type": "null", "description": "Not answered yet" }));
    let reference = json!({
        "type": "object",
        "required": ["ref"],
        "additionalProperties": false,
        "properties": {
            "ref": { "type": "string", "description": "What shows it: a document with its place" },
            "method": { "type": "string", "description": "How it was found: interview, inspection, …" },
            "date": { "type": "string" },
        },
    });
    let one = json!({ "anyOf": [{ "type": "string" }, reference] });
    all.insert("evidence".to_owned(), json!({ "anyOf": [one, { "type": "array", "items": one }] }));
    let statuses: Vec<&str> = Status::ALL.iter().map(|status| status.id()).collect();
    let words: Vec<Value> = statuses.into_iter().chain(["unknown"]).map(Value::from).chain([Value::Null]).collect();
    all.insert("status".to_owned(), json!({ "enum": words }));
    for question in &library.questions {
        let ruleset = &library.rulesets[question.declared.ruleset];
        let own = if let Kind::Scale(scale) = &question.kind { Some(scale) } else { None };
        for scale in own.into_iter().chain(&question.importance) {
            let values = scale_values(scale, ruleset.texts(language));
            all.insert(scale_name(ruleset, scale), values);
        }
    }
    Value::Object(all)
}

fn scale_name(ruleset: &Ruleset, scale: &Scale) -> String {
    format!("{}.{}", ruleset.manifest.id, scale.id)
}

fn scale_ref(ruleset: &Ruleset, scale: &Scale) -> Value {
    json!({ "$ref": format!("#/$defs/{}", scale_name(ruleset, scale)) })
}

fn scale_values(scale: &Scale, texts: &Texts) -> Value {
    let values = scale.values.iter().map(|value| json!({ "const": value, "title": texts.scale(&scale.id, *value) }));
    json!({ "oneOf": values.collect::<Vec<_>>() })
}

fn roles(library: &Library, ruleset: &Ruleset, texts: &Texts) -> Map<String, Value> {
    let roles = library.roles[ruleset.own.roles.clone()].iter().map(|role| {
        let id = &role.declared.id;
        let title = texts.text(&format!("role.{id}.title"));
        (id.clone(), json!({ "title": title, "type": "array", "items": { "$ref": "#/$defs/id" } }))
    });
    roles.collect()
}

fn bouwstenen(library: &Library, ruleset: &Ruleset, texts: &Texts) -> Map<String, Value> {
    let stones = library.bouwstenen[ruleset.own.bouwstenen.clone()].iter().filter(|stone| !stone.step);
    let stones = stones.map(|stone| {
        let id = &stone.declared.id;
        let text = |name: &str| texts.text(&format!("bouwsteen.{id}.{name}"));
        (id.clone(), json!({ "title": text("title"), "description": text("about"), "$ref": "#/$defs/status" }))
    });
    stones.collect()
}

fn targets(library: &Library, ruleset: &Ruleset, texts: &Texts) -> Map<String, Value> {
    let aspects = ruleset.own.aspects.clone().map(|at| {
        let aspect = &library.aspects[AspectId::at(at).index()];
        let id = &aspect.declared.id;
        let mut schema = json!({ "title": texts.text(&format!("aspect.{id}.title")), "type": ["number", "null"] });
        if let Some((low, high)) = aspect.within {
            schema["minimum"] = json!(low);
            schema["maximum"] = json!(high);
        }
        (id.clone(), schema)
    });
    aspects.collect()
}

fn answers(library: &Library, ruleset: &Ruleset, texts: &Texts) -> Map<String, Value> {
    let questions = library.questions[ruleset.own.questions.clone()].iter();
    questions.map(|question| (question.declared.id.clone(), answer(ruleset, question, texts))).collect()
}

fn answer(ruleset: &Ruleset, question: &Question, texts: &Texts) -> Value {
    let text = |name: &str| texts.text(&format!("question.{}.{name}", question.declared.id));
    let described: Vec<&str> = [text("ask"), text("help")].into_iter().filter(|text| !text.is_empty()).collect();
    let mut ways = given(ruleset, question, texts);
    if let Asked::Party { .. } = question.asked {
        let by = json!({
            "type": "object",
            "required": ["by"],
            "additionalProperties": false,
            "properties": {
                "by": {
                    "type": "object",
                    "description": "Answers by id of the party",
                    "propertyNames": { "$ref": "#/$defs/id" },
                    "additionalProperties": { "anyOf": ways },
                },
                "note": { "type": "string" },
            },
        });
        ways.insert(0, by);
    }
    json!({ "title": text("short"), "description": described.join("\n"), "anyOf": ways })
}

/// The ways to give one answer: bare, with more to say about it, or as not applicable.
fn given(ruleset: &Ruleset, question: &Question, texts: &Texts) -> Vec<Value> {
    let value = value(ruleset, question, texts);
    let bare = [value, json!({ "$ref": "#/$defs/unknown" }), json!({ "$ref": "#/$defs/open" })];
    let mut beside = Map::new();
    beside.insert("note".to_owned(), json!({ "type": "string" }));
    beside.insert("evidence".to_owned(), json!({ "$ref": "#/$defs/evidence" }));
    if let Some(scale) = &question.importance {
        beside.insert(
            "importance".to_owned(),
            json!({ "anyOf": [scale_ref(ruleset, scale), { "$ref": "#/$defs/open" }] }),
        );
    }
    let mut full = beside.clone();
    full.insert("value".to_owned(), json!({ "anyOf": bare }));
    let mut full = only(full);
    full["minProperties"] = 1.into();
    let mut ways: Vec<Value> = bare.into();
    ways.push(full);
    if question.not_applicable {
        let reason = json!({ "type": "string", "minLength": 1, "description": "Why it does not apply" });
        beside.insert("not-applicable".to_owned(), reason);
        let mut aside = only(beside);
        aside["required"] = json!(["not-applicable"]);
        ways.push(aside);
    }
    ways
}

fn value(ruleset: &Ruleset, question: &Question, texts: &Texts) -> Value {
    match &question.kind {
        Kind::Scale(scale) => scale_ref(ruleset, scale),
        Kind::YesNo => json!({ "type": "boolean" }),
        Kind::Choice(all) => options(question, all, texts),
        Kind::Multiple(all) => json!({ "type": "array", "items": options(question, all, texts) }),
        Kind::Number { min, max, step, .. } => {
            let mut schema = json!({ "type": "number", "minimum": min, "maximum": max });
            // `multipleOf` counts from nought.
            if min.over(*step).and_then(Number::to_integer).is_some() {
                schema["multipleOf"] = json!(step);
            }
            schema
        }
        Kind::Text => json!({ "type": "string" }),
    }
}

fn options(question: &Question, all: &[OptionDef], texts: &Texts) -> Value {
    let titled = all.iter().map(|option| {
        let title = texts.text(&format!("question.{}.options.{}", question.declared.id, option.id));
        json!({ "const": option.id, "title": title })
    });
    json!({ "oneOf": titled.collect::<Vec<_>>() })
}
