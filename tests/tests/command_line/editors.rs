//! What editors and authors are given: schemas of TOML files, building functions, the reference.

use super::room::{KLEIN, go_home, names, ran};
use jsonschema::Validator;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::source::{Node, Sources, Value as Written, parse_toml};
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of rulesets that are wrong on purpose.
fn is_wrong(folder: &str) -> bool {
    folder.starts_with("fouten-") || ["tien-fouten", "te-nieuw"].contains(&folder)
}

/// The folders of all rulesets that are right.
fn rulesets() -> Vec<PathBuf> {
    go_home();
    let mut all = Vec::new();
    for parent in ["rulesets", "fixtures/rulesets", "fixtures/bewaking"] {
        for name in names(Path::new(parent)) {
            let folder = Path::new(parent).join(&name);
            if folder.join("ruleset.toml").is_file() && !is_wrong(&name) {
                all.push(folder);
            }
        }
    }
    assert!(all.len() > 20, "{all:?}");
    all
}

/// A TOML file as JSON.
fn json(node: &Node) -> Value {
    match &node.value {
        Written::Null => Value::Null,
        Written::Bool(bool) => Value::Bool(*bool),
        Written::Number(number) => {
            let written = number.expect("a number that can be kept").written();
            serde_json::from_str(&written).unwrap_or_else(|_| Value::String(written))
        }
        Written::Text { text, .. } | Written::Date(text) => Value::String(text.clone()),
        Written::List(items) => Value::Array(items.iter().map(json).collect()),
        Written::Table(table) => {
            let entries = table.entries.iter().map(|entry| (entry.key.clone(), json(&entry.node)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

fn read(path: &Path) -> Value {
    let (mut sources, mut problems) = (Sources::new(), Problems::new());
    let file = sources.add(path.display().to_string(), fs::read_to_string(path).unwrap());
    let node = parse_toml(&sources, file, &mut problems);
    assert!(!problems.has_errors(), "{}", path.display());
    json(&node)
}

/// The name of the schema of a file of a ruleset.
fn schema_of(path: &Path) -> &'static str {
    let parent = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
    match (parent, path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()) {
        ("tests", _) => "cases",
        ("tables", _) => "table",
        (_, "ruleset") => "ruleset-manifest",
        (_, "questions") => "questions",
        (_, "aspects") => "aspects",
        (_, "bouwstenen") => "bouwstenen",
        (_, "links") => "links",
        (_, "tailoring") => "tailoring",
        (_, stem) if stem.ends_with("waivers") => "waivers",
        _ => "texts",
    }
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(toml_files(&path));
        } else if path.extension().is_some_and(|end| end == "toml")
            && path.file_name().is_some_and(|name| name != "Cargo.toml")
        {
            files.push(path);
        }
    }
    files.sort();
    files
}

struct Schema {
    value: Value,
    validator: Validator,
}

fn schema(name: &str) -> Schema {
    let ran = ran(&["schema", name]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let value: Value = serde_json::from_str(&ran.out).expect("a schema is JSON");
    assert!(jsonschema::draft7::meta::is_valid(&value), "{name} is a schema");
    let validator = jsonschema::draft7::new(&value).expect("it can be used");
    Schema { value, validator }
}

#[test]
fn every_file_of_every_ruleset_is_as_its_schema_says() {
    for folder in rulesets() {
        for path in toml_files(&folder) {
            let instance = read(&path);
            let wrong = schema(schema_of(&path)).validator;
            let wrong: Vec<String> =
                wrong.iter_errors(&instance).map(|error| format!("{error} at {}", error.instance_path())).collect();
            assert_eq!(wrong, [""; 0], "{}", path.display());
        }
    }
    let waivers = Path::new("fixtures/bewaking/waivers.toml");
    let wrong = schema("waivers").validator;
    let wrong: Vec<String> = wrong.iter_errors(&read(waivers)).map(|error| error.to_string()).collect();
    assert_eq!(wrong, [""; 0]);
}

/// What a schema refers to, or itself.
fn resolved<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    if let Some(pointer) = schema.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#')) {
        return resolved(root.pointer(pointer).expect("a reference leads somewhere"), root);
    }
    match schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([one]) if schema.get("properties").is_none() => resolved(one, root),
        _ => schema,
    }
}

/// The keys of tables whose fields are described, as pointers.
fn keys(instance: &Value, schema: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
    let schema = resolved(schema, root);
    match instance {
        Value::Object(map) => {
            let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
            for (key, value) in map {
                let here = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                let named = schema.pointer("/properties").and_then(|fields| fields.get(key));
                if named.is_some() && closed {
                    found.push(here.clone());
                }
                if let Some(inner) = named.or_else(|| schema.get("additionalProperties")) {
                    keys(value, inner, root, &here, found);
                }
            }
        }
        Value::Array(items) => {
            let Some(of) = schema.get("items") else { return };
            for (place, item) in items.iter().enumerate() {
                keys(item, of, root, &format!("{at}/{place}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_misspelled_field_is_not_as_its_schema_says() {
    go_home();
    let mut tried = 0;
    for path in toml_files(Path::new(KLEIN)).into_iter().chain(toml_files(Path::new("fixtures/rulesets/portretten"))) {
        let (schema, instance) = (schema(schema_of(&path)), read(&path));
        let mut places = Vec::new();
        keys(&instance, &schema.value, &schema.value, "", &mut places);
        for place in places {
            let (table, key) = place.rsplit_once('/').unwrap();
            let mut misspelled = instance.clone();
            let table = misspelled.pointer_mut(table).and_then(Value::as_object_mut).unwrap();
            let value = table.remove(&key.replace("~1", "/")).unwrap();
            table.insert(format!("{key}x"), value);
            assert!(!schema.validator.is_valid(&misspelled), "{}: {place}", path.display());
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn what_a_kind_of_question_or_aspect_needs_is_in_the_schemas() {
    let questions = schema("questions").validator;
    let question = |more: &str| {
        let text = format!(r#"{{ "question": [ {{ "id": "a", "source": "P", {more} }} ] }}"#);
        questions.is_valid(&serde_json::from_str(&text).unwrap())
    };
    assert!(question(r#""kind": "yes-no""#));
    assert!(question(r#""kind": "scale", "scale": "eens""#));
    for wrong in [r#""kind": "scale""#, r#""kind": "choice""#, r#""kind": "number", "min": 1"#, r#""kind": "yesno""#] {
        assert!(!question(wrong), "{wrong}");
    }
    let aspects = schema("aspects").validator;
    let aspect = |more: &str| {
        let text = format!(r#"{{ "aspect": [ {{ "id": "a", "source": "P", {more} }} ] }}"#);
        aspects.is_valid(&serde_json::from_str(&text).unwrap())
    };
    assert!(aspect(r#""combine": "mean", "children": ["a"]"#));
    for wrong in [r#""combine": "mean""#, r#""combine": "ladder""#, r#""combine": "best-match", "portrait": []"#] {
        assert!(!aspect(wrong), "{wrong}");
    }
}

#[test]
fn the_reference_is_what_the_engine_knows() {
    go_home();
    let kept = fs::read_to_string("rulesets/REFERENCE.md").unwrap_or_default();
    let how = "write it anew: cargo run -- schema reference > rulesets/REFERENCE.md";
    assert!(kept == ran(&["schema", "reference"]).out, "rulesets/REFERENCE.md is not what the engine knows; {how}");
}

#[test]
fn an_editor_is_set_up_for_a_ruleset_and_the_ruleset_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().display().to_string();
    let nothing = ran(&["ruleset", "editor", &path]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("has no ruleset.toml"), "{}", nothing.err);
    go_home();
    for name in ["ruleset.toml", "nl.toml", "en.toml", "questions.toml"] {
        fs::copy(Path::new(KLEIN).join(name), folder.path().join(name)).unwrap();
    }
    let before = ran(&["check", &path]).seen();
    let done = ran(&["ruleset", "editor", &path]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(ran(&["check", &path]).seen(), before);
    let config = fs::read_to_string(folder.path().join(".taplo.toml")).unwrap();
    for schema in config.split("path = \"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let text = fs::read_to_string(folder.path().join(schema)).unwrap();
        assert!(serde_json::from_str::<Value>(&text).unwrap().get("$schema").is_some(), "{schema}");
    }
    let functions = fs::read_to_string(folder.path().join(".editor/ketenspiegel.d.rhai")).unwrap();
    assert_eq!(functions, ran(&["schema", "rhai"]).out);
    // what an author wrote in it stays
    fs::write(folder.path().join(".taplo.toml"), "# mine\n").unwrap();
    let again = ran(&["ruleset", "editor", &path]);
    assert!(again.out.contains("is left as it is"), "{}", again.out);
    assert_eq!(fs::read_to_string(folder.path().join(".taplo.toml")).unwrap(), "# mine\n");
}
