//! The reference of the format for authors: every building function and every field, from the tables that the
//! engine itself works by. Also the building functions for editors of Rhai.

use super::schema::RulesetFile;
use crate::ruleset::reference::{Function, Group, MapOf, functions};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The reference as Markdown.
#[must_use]
pub fn reference() -> String {
    let mut out = String::from(
        "# Reference: building functions and fields\n\n\
         Written by `ketenspiegel schema reference`, from what the engine itself knows; a test keeps it so. What all of it\n\
         means stands in [FORMAT.md](FORMAT.md).\n\n\
         ## Building functions\n\n\
         In `rules/*.rhai` all of them may be used, in the conditions of TOML files those up to *Completeness*. A script runs\n\
         once, when the ruleset loads: it builds, and never sees a profile.\n",
    );
    for group in Group::ALL {
        let (heading, about) = group.words();
        let _ = write!(out, "\n### {heading}\n\n{about}\n");
        let of_group: Vec<&Function> = functions().iter().filter(|function| function.group == group).collect();
        if group == Group::Concluding {
            of_group.iter().for_each(|function| concluding(function, &mut out));
        } else {
            out.push_str("\n| function | gives | meaning | example |\n| --- | --- | --- | --- |\n");
            of_group.iter().for_each(|function| {
                let uses: Vec<String> =
                    function.takes.iter().map(|takes| code(&written(function.name, takes))).collect();
                let (gives, meaning) = (function.gives.to_lowercase(), cell(function.meaning));
                let _ = writeln!(
                    out,
                    "| {} | {} | {meaning} | {} |",
                    uses.join("<br>"),
                    kind(&gives),
                    code(function.example)
                );
            });
        }
    }
    out.push_str("\n## Fields\n\nA field in bold must be there.\n");
    for file in RulesetFile::ALL {
        fields(file, &mut out);
    }
    out
}

/// A function that concludes: it takes a map.
fn concluding(function: &Function, out: &mut String) {
    let _ = write!(out, "\n#### `{}`\n\n{}\n\n```rhai\n{};\n```\n", function.name, function.meaning, function.example);
    for MapOf { of, fields } in function.maps {
        let _ = write!(out, "\n| field of {of} | value | meaning |\n| --- | --- | --- |\n");
        for field in *fields {
            let name = if field.needed { format!("**`{}`**", field.name) } else { code(field.name) };
            let _ = writeln!(out, "| {name} | {} | {} |", kind(&field.takes.to_lowercase()), cell(field.meaning));
        }
    }
}

/// How something is called: a function, a method or an operator.
fn written(name: &str, takes: &[(&str, &str)]) -> String {
    let names: Vec<&str> = takes.iter().map(|(name, _)| *name).collect();
    match (is_operator(name), names.as_slice()) {
        (true, [left, right]) => format!("{left} {name} {right}"),
        (false, ["term", rest @ ..]) if name != "spread" => format!("term.{name}({})", rest.join(", ")),
        (false, ["ruleset", rest @ ..]) if name != "from" => format!("from(…).{name}({})", rest.join(", ")),
        _ => format!("{name}({})", names.join(", ")),
    }
}

fn is_operator(name: &str) -> bool {
    matches!(name, "and" | "or") || !name.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// A kind of value in a word.
fn kind(kind: &str) -> &str {
    match kind {
        "string" => "text",
        "?" => "number or text",
        "array" => "list",
        "fnptr" => "what is asked",
        "bool" => "true or false",
        "" => "–",
        known => known,
    }
}

fn code(words: &str) -> String {
    format!("`{}`", words.replace('|', "\\|"))
}

fn cell(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// The fields of a file, table by table.
fn fields(file: RulesetFile, out: &mut String) {
    let schema = file.schema();
    let patterns: Vec<String> = file.patterns().iter().map(|pattern| code(pattern)).collect();
    let _ = write!(out, "\n### {}\n", patterns.join(", "));
    let mut waiting = vec![(String::new(), &schema)];
    let mut seen = BTreeSet::new();
    while !waiting.is_empty() {
        let (path, table) = waiting.remove(0);
        if !path.is_empty() {
            let _ = write!(out, "\n#### `{path}`\n");
        }
        let about = table.get("description").and_then(Value::as_str).unwrap_or_default();
        let _ = write!(out, "\n{}\n\n| field | value | meaning |\n| --- | --- | --- |\n", cell(about));
        let needed: Vec<&str> =
            table.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, field) in table.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let about = field.get("description").and_then(Value::as_str).unwrap_or_default();
            let shown = if needed.contains(&name.as_str()) { format!("**`{name}`**") } else { code(name) };
            let _ = writeln!(out, "| {shown} | {} | {} |", cell(&value(field, &schema)), cell(about));
            let (suffix, inner) = inside(field, &schema);
            let inner = inner.filter(|inner| inner.get("properties").is_some());
            if let Some(inner) = inner.filter(|inner| seen.insert(inner.to_string())) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                waiting.push((format!("{path}{suffix}"), inner));
            }
        }
    }
}

/// What a schema refers to, or itself.
fn resolved<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let only = schema.get("allOf").and_then(Value::as_array).filter(|all| all.len() == 1).and_then(|all| all.first());
    match (reference.and_then(|reference| reference.strip_prefix('#')), only) {
        (Some(pointer), _) => root.pointer(pointer).unwrap_or(schema),
        (None, Some(one)) if schema.get("properties").is_none() => resolved(one, root),
        _ => schema,
    }
}

/// The table inside a field, and how its path is written: of a list `[]`, of a table by id `.id`.
fn inside<'a>(field: &'a Value, root: &'a Value) -> (&'static str, Option<&'a Value>) {
    let field = resolved(field, root);
    if let Some(items) = field.get("items") {
        let item = resolved(items, root);
        let valued = item.get("anyOf").and_then(Value::as_array).and_then(|ways| ways.last());
        return ("[]", Some(valued.map_or(item, |way| resolved(way, root))));
    }
    match field.get("additionalProperties") {
        Some(inner @ Value::Object(_)) => (".ID", Some(resolved(inner, root))),
        _ => ("", Some(field)),
    }
}

/// What a field takes, in words.
fn value(field: &Value, root: &Value) -> String {
    let field = resolved(field, root);
    let words = words_of(field);
    if !words.is_empty() {
        return words.join(", ");
    }
    if let Some(items) = field.get("items") {
        let one = value(items, root);
        let many = if one.chars().all(char::is_alphabetic) { "s" } else { "" };
        return format!("list of {one}{many}");
    }
    if let Some(ways) = field.get("anyOf").and_then(Value::as_array).filter(|_| field.get("properties").is_none()) {
        return ways.iter().map(|way| value(way, root)).collect::<Vec<_>>().join(" or ");
    }
    match field.get("type") {
        Some(Value::String(kind)) => match kind.as_str() {
            "object" => match field.get("additionalProperties") {
                Some(inner @ Value::Object(_)) => format!("{} by id", value(inner, root)),
                _ => "table".to_owned(),
            },
            "string" if field.get("maxLength").is_some() => "id".to_owned(),
            kind => plain(kind).to_owned(),
        },
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).map(plain).collect::<Vec<_>>().join(" or "),
        _ => "anything".to_owned(),
    }
}

fn plain(kind: &str) -> &str {
    match kind {
        "string" => "text",
        "boolean" => "true or false",
        "integer" => "whole number",
        "array" => "list",
        "object" => "table",
        kind => kind,
    }
}

/// The words that may stand there, where they are a few fixed ones.
fn words_of(field: &Value) -> Vec<String> {
    let word = |schema: &Map<String, Value>| schema.get("const").and_then(Value::as_str).map(code);
    let fixed = field.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(code);
    let ways = field.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let ways = ways.flat_map(|way| way.as_object().and_then(word).into_iter().chain(words_of(way)));
    let own = field.as_object().and_then(|map| map.get("const")).and_then(Value::as_str).map(code);
    fixed.chain(ways.collect::<BTreeSet<_>>()).chain(own.filter(|_| field.get("oneOf").is_some())).collect()
}

/// How Taplo, which checks and completes TOML in editors, finds the schema of each file: a `.taplo.toml` for the
/// folder of a ruleset, with the schemas in `folder` below it, each named after its [`RulesetFile::name`].
#[must_use]
pub fn taplo(folder: &str) -> String {
    let mut out = String::from("# Which schema belongs to which file. Written by `ketenspiegel ruleset editor`.\n");
    for file in RulesetFile::ALL {
        let patterns: Vec<String> = file.patterns().iter().map(|pattern| format!("\"{pattern}\"")).collect();
        let (include, name) = (patterns.join(", "), file.name());
        let _ = write!(out, "\n[[rule]]\ninclude = [{include}]\nschema = {{ path = \"{folder}/{name}.json\" }}\n");
    }
    out
}

/// The building functions in the form that editors of Rhai read (`.d.rhai`).
#[must_use]
pub fn definitions() -> String {
    let mut out = String::from(
        "// The building functions of rulesets. Written by `ketenspiegel schema rhai`.\n\
         // The language server of Rhai reads it from the folder that is open in the editor.\n\
         module static;\n",
    );
    for function in functions() {
        out.push('\n');
        let _ = writeln!(out, "/// {}", function.meaning);
        let _ = write!(out, "///\n/// ```rhai\n/// {}\n/// ```\n", function.example);
        for MapOf { of, fields } in function.maps {
            let _ = write!(out, "///\n/// Fields of {of}:\n");
            for field in *fields {
                let needed = if field.needed { "" } else { " (optional)" };
                let _ = writeln!(out, "/// - `{}`{needed}: {}", field.name, field.meaning);
            }
        }
        for takes in function.takes {
            signature(function, takes, &mut out);
        }
    }
    out
}

fn signature(function: &Function, takes: &[(&str, &str)], out: &mut String) {
    let gives = if function.gives.is_empty() { "()" } else { function.gives };
    if is_operator(function.name) {
        let kinds: Vec<&str> = takes.iter().map(|(_, kind)| *kind).collect();
        let _ = writeln!(out, "op {}({}) -> {gives};", function.name, kinds.join(", "));
        // a number may stand on either side
        if let ["Term", "?"] = kinds.as_slice() {
            let _ = writeln!(out, "op {}(?, Term) -> {gives};", function.name);
        }
        return;
    }
    let taken: Vec<String> = takes.iter().map(|(name, kind)| format!("{name}: {kind}")).collect();
    let _ = writeln!(out, "fn {}({}) -> {gives};", function.name, taken.join(", "));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_methods_and_operators_are_written_as_they_are_used() {
        assert_eq!(written("answer", &[("question", "String")]), "answer(question)");
        assert_eq!(written("level", &[("ruleset", "Ruleset"), ("aspect", "String")]), "from(…).level(aspect)");
        assert_eq!(written("has", &[("term", "Term"), ("option", "String")]), "term.has(option)");
        assert_eq!(written("<=", &[("left", "Term"), ("right", "?")]), "left <= right");
        assert_eq!(written("roles", &[]), "roles()");
    }

    #[test]
    fn every_function_has_its_signature_for_editors() {
        let drawn = definitions();
        assert!(drawn.contains("\nfn answer(ruleset: Ruleset, question: String) -> Term;\n"), "{drawn}");
        assert!(drawn.contains("\nop <=(Term, ?) -> Condition;\nop <=(?, Term) -> Condition;\n"), "{drawn}");
        assert!(drawn.contains("\nop and(Condition, Condition) -> Condition;\n"), "{drawn}");
    }
}
