//! The report as a reader gets it.

use super::Extent;
use super::samples::{self, assessment, number, titled};
use super::{Language, Look, json, markdown, schema, terminal};
use crate::assessment::{Assessment, CellAssessment, Certainty, Range};
use serde_json::Value;

fn look(language: Language) -> Look {
    Look { language, ..Look::default() }
}

#[test]
fn a_rich_assessment_in_dutch() {
    insta::assert_snapshot!("rich-nl", terminal(&samples::rich(), &look(Language::Dutch)));
}

#[test]
fn a_rich_assessment_in_english() {
    insta::assert_snapshot!("rich-en", terminal(&samples::rich(), &look(Language::English)));
}

#[test]
fn a_rich_assessment_as_markdown() {
    insta::assert_snapshot!("rich-md", markdown(&samples::rich(), Extent::Full, Language::Dutch));
}

#[test]
fn nothing_answered_says_so_and_no_more() {
    let empty = assessment(vec![samples::nothing_answered()]);
    insta::assert_snapshot!("empty", terminal(&empty, &look(Language::Dutch)));
    let none = assessment(Vec::new());
    assert!(terminal(&none, &look(Language::Dutch)).contains("Er is niets beoordeeld."));
}

#[test]
fn a_ruleset_that_was_only_consulted_takes_one_line() {
    let text = terminal(&samples::rich(), &Look::default());
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("ADR-kader")).collect();
    assert_eq!(lines[0], "ADR-kader ketensamenwerking 1.0.0 · niet ingevuld, wel geraadpleegd");
    assert_eq!(lines.len(), 2, "there, and in what the report was made from: {lines:?}");
}

#[test]
fn first_screens_come_before_all_details() {
    let twynstra = crate::assessment::RulesetAssessment { title: "Twynstra".into(), ..samples::ruleset() };
    let text = terminal(&assessment(vec![samples::ruleset(), twynstra]), &Look::default());
    let second_screen = text.find("Twynstra 1.0.0 ·");
    let first_details = text.find("Ketens de baas 1.0.0: alles op een rij");
    assert!(second_screen.is_some() && second_screen < first_details);
}

#[test]
fn what_something_is_needed_for_is_numbered_on_the_screen_or_named() {
    let needed = |ids: &[&str]| {
        let mut ruleset = samples::ruleset();
        ruleset.recommendations[0].needed_for = ids.iter().map(|id| titled(id, id)).collect();
        let text = terminal(&assessment(vec![ruleset]), &Look::default());
        let line = text.lines().find_map(|line| line.split_once("eerst nodig voor ")).map(|(_, rest)| rest.to_owned());
        line.unwrap_or_default()
    };
    assert_eq!(needed(&["ketenbestuur"]), "nr. 2");
    assert_eq!(needed(&["conferentie", "ketenbestuur"]), "nrs. 2 en 3", "in the order of the screen");
    assert_eq!(needed(&["leercirkel"]), "‘leercirkel’", "which the screen has not");
    assert_eq!(needed(&["leercirkel", "een jaarplan van de keten met doelen voor elke partner"]), "2 andere");
}

#[test]
fn a_score_on_few_answers_is_one_for_the_time_being_and_equal_ones_are_told_together() {
    let scores = |change: &dyn Fn(&mut crate::assessment::AspectAssessment)| {
        let mut ruleset = samples::ruleset();
        ruleset.aspects.iter_mut().for_each(change);
        let text = terminal(&assessment(vec![ruleset]), &Look { width: 120, ..Look::default() });
        let lines =
            text.lines().filter(|line| ["Zwakste", "Score", "Sterkste"].iter().any(|name| line.starts_with(name)));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let few = scores(&|aspect| {
        aspect.coverage.answered = 1;
        aspect.coverage.applicable = 6;
    });
    assert!(few.len() == 2 && few.iter().all(|line| line.contains("(voorlopig: 1 van 6 vragen)")), "{few:?}");
    let floor = scores(&|aspect| {
        aspect.coverage.answered = 1;
        aspect.coverage.applicable = 6;
        aspect.range = aspect.score.zip(aspect.scale).map(|(low, scale)| Range { low, high: scale.high });
    });
    assert_eq!(floor, Vec::<String>::new(), "a number that silence makes is no score");
    let equal = scores(&|aspect| aspect.score = aspect.scale.map(|scale| scale.high));
    assert!(equal.len() == 1 && equal[0].contains(", en nog "), "{equal:?}");
}

#[test]
fn the_first_screen_is_a_screen() {
    let mut ruleset = samples::ruleset();
    ruleset.note = None;
    let text = terminal(&assessment(vec![ruleset]), &Look::default());
    let screen = text.lines().take_while(|line| !line.starts_with("Waarom staat iets hier?")).count();
    assert!(screen <= 30, "{screen} lines");
}

/// The rich assessment with titles, texts and notes that nobody counted on.
fn unruly(words: &str) -> Assessment {
    let mut rich = samples::rich();
    rich.chain.name = words.into();
    rich.chain.date = Some(words.into());
    rich.receipt.profile = words.into();
    rich.receipt.engine = words.into();
    let ruleset = &mut rich.rulesets[0];
    ruleset.title = words.into();
    ruleset.note = Some(words.into());
    for aspect in &mut ruleset.aspects {
        aspect.title = words.into();
        aspect.source = words.into();
        aspect.level.iter_mut().for_each(|level| level.title = Some(words.into()));
        aspect.by_role.iter_mut().for_each(|view| view.role.title = words.into());
        aspect.portraits.iter_mut().for_each(|portrait| portrait.traits = vec![titled("t", words)]);
    }
    for outcome in &mut ruleset.outcomes {
        outcome.title = words.into();
        outcome.value_title = Some(words.into());
        outcome.source = words.into();
    }
    ruleset.measures.iter_mut().for_each(|measure| measure.unit = Some(words.into()));
    for table in &mut ruleset.tables {
        table.columns.iter_mut().chain(&mut table.rows).for_each(|titled| titled.title = words.into());
        table.cells.iter_mut().for_each(|cell| cell.text = words.into());
    }
    for found in &mut ruleset.diagnoses {
        found.title = words.into();
        found.text = words.into();
        found.id = words.into();
        found.deciding = vec![titled(words, words)];
        found.because.iter_mut().for_each(|reason| reason.title = words.into());
    }
    for advice in &mut ruleset.recommendations {
        advice.title = words.into();
        advice.about = words.into();
        advice.risks = vec![words.into()];
        advice.needed_for = vec![titled(words, words)];
    }
    for remark in &mut ruleset.remarks {
        remark.question.title = words.into();
        remark.values = vec![words.into()];
    }
    ruleset.unanswered = vec![titled(words, words)];
    rich
}

#[test]
fn no_line_is_wider_than_the_page() {
    let long = "bijzonder langgerekte omschrijving van een onderdeel ".repeat(8);
    for words in [long.as_str(), &"ketenpartnersamenwerking".repeat(12), &"鎖🔗".repeat(40), "é", ""] {
        for width in [0, 60, 80, 132] {
            let text = terminal(&unruly(words), &Look { width, ..Look::default() });
            let widest = text.lines().map(textwrap::core::display_width).max().unwrap_or(0);
            assert!(widest <= width.clamp(60, 100), "{words:?} at {width}: {widest}\n{text}");
        }
    }
}

#[test]
fn a_place_in_a_table_shows_what_holds_and_of_several_open_ones_only_that() {
    let shown = |certainties: &[Certainty]| {
        let mut rich = samples::rich();
        let table = &mut rich.rulesets[0].tables[0];
        let one = CellAssessment { row: "geld".into(), column: "straks".into(), ..table.cells[0].clone() };
        let texts = ["ieder het zijne", "samen delen", "naar gebruik"];
        table.cells = texts
            .iter()
            .zip(certainties)
            .map(|(text, certainty)| CellAssessment { text: (*text).into(), certainty: *certainty, ..one.clone() })
            .collect();
        let text = markdown(&rich, Extent::All, Language::Dutch);
        let row = text.lines().find(|line| line.starts_with("| Geld volgt het werk")).map(str::to_owned);
        row.unwrap_or_default()
    };
    let row = "| Geld volgt het werk |  | ";
    use Certainty::{Confirmed, Open};
    assert_eq!(shown(&[Open, Confirmed]), format!("{row}samen delen |"));
    assert_eq!(shown(&[Open]), format!("{row}ieder het zijne (nog open) |"));
    assert_eq!(shown(&[Open, Open, Open]), format!("{row}nog open |"));
}

#[test]
fn no_line_ends_in_spaces_and_none_are_left_empty_twice() {
    let text = terminal(&samples::rich(), &Look::default());
    assert!(text.lines().all(|line| line.trim_end() == line));
    assert!(!text.contains("\n\n\n"));
}

#[test]
fn without_colour_there_is_not_one_escape_code() {
    let hostile = unruly("rood \u{1b}[31m\u{9b}31m\u{7} en\u{202e} om");
    let plain = terminal(&hostile, &Look::default());
    assert!(!plain.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}']));
    let coloured = terminal(&samples::rich(), &Look { colour: true, ..Look::default() });
    let stripped: String = coloured
        .split('\u{1b}')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('m').map_or("", |(_, rest)| rest) })
        .collect();
    assert_eq!(stripped, terminal(&samples::rich(), &Look::default()), "colour adds nothing but colour");
}

#[test]
fn user_text_cannot_break_the_markdown() {
    let text = markdown(&unruly("a | b\n\n# kop <b>*vet*</b> `code` [x](y) _z_"), Extent::Full, Language::Dutch);
    assert!(!text.contains("<b>") && !text.contains("[x]") && !text.contains("*vet*</"), "{text}");
    assert!(!text.lines().any(|line| line.starts_with("# kop")));
    let mut columns = None;
    for line in text.lines() {
        let bars = line.replace("\\|", "").matches('|').count();
        match (line.starts_with('|'), columns) {
            (true, None) => columns = Some(bars),
            (true, Some(expected)) => assert_eq!(bars, expected, "{line}"),
            (false, _) => columns = None,
        }
    }
}

#[test]
fn the_same_assessment_gives_the_same_bytes() {
    assert_eq!(terminal(&samples::rich(), &Look::default()), terminal(&samples::rich(), &Look::default()));
    assert_eq!(json(&samples::rich()), json(&samples::rich()));
    assert_eq!(schema(), schema());
}

#[test]
fn json_is_written_in_kebab_case() {
    let text = json(&samples::rich());
    assert!(text.ends_with("}\n"));
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    assert_eq!(value["format"], "assessment/1");
    assert_eq!(value["receipt"]["profile-sha256"].as_str().map(str::len), Some(64));
    assert_eq!(value["rulesets"][0]["recommendations"][0]["kind"], "bouwsteen");
    assert_eq!(value["rulesets"][0]["aspects"][0]["score"], 1.8);
}

/// What of `value` does not keep to `schema`: enough of JSON Schema for what the engine writes.
fn strays(value: &Value, schema: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        return strays(value, &root["$defs"][reference.trim_start_matches("#/$defs/")], root, at, found);
    }
    if let Some(any) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
        let keeps = any.iter().any(|one| {
            let mut inner = Vec::new();
            strays(value, one, root, at, &mut inner);
            inner.is_empty()
        });
        if !keeps {
            found.push(format!("{at}: none of the shapes"));
        }
        return;
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if types.contains(&"integer") && number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.is_empty() && !types.contains(&is) {
        found.push(format!("{at}: {is}, not {types:?}"));
    }
    if let Some(constant) = schema.get("const").filter(|constant| *constant != value) {
        found.push(format!("{at}: not {constant}"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{at}: no {name}"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(known) => strays(inner, known, root, &format!("{at}/{name}"), found),
            None => found.push(format!("{at}: unknown {name}")),
        }
    }
    for inner in value.as_array().into_iter().flatten() {
        strays(inner, &schema["items"], root, &format!("{at}[]"), found);
    }
}

#[test]
fn what_is_written_keeps_to_its_schema() {
    let schema: Value = serde_json::from_str(&schema()).unwrap_or_default();
    assert_eq!(schema["title"], "Assessment");
    let mut value: Value = serde_json::from_str(&json(&samples::rich())).unwrap_or_default();
    let mut found = Vec::new();
    strays(&value, &schema, &schema, "", &mut found);
    assert_eq!(found, Vec::<String>::new());
    value["receipt"]["engine"] = Value::Null;
    strays(&value, &schema, &schema, "", &mut found);
    assert_eq!(found, ["/receipt/engine: null, not [\"string\"]"]);
}

#[test]
fn equal_aspects_are_neither_weak_nor_strong() {
    let mut ruleset = samples::ruleset();
    ruleset.aspects.iter_mut().for_each(|aspect| aspect.score = Some(number("3")));
    let text = terminal(&assessment(vec![ruleset]), &Look::default());
    assert!(!text.contains("Zwakste") && !text.contains("Sterkste"));
}
