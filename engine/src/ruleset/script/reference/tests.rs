//! The table of building functions against the language, and against the fields that are read.

use super::super::{Session, searches, terms};
use super::functions;
use crate::problem::Problems;
use crate::ruleset::loading::Loading;
use crate::ruleset::{Library, RulesetFiles};
use crate::source::Sources;
use crate::source::fields::asked;
use std::collections::BTreeSet;

#[test]
fn every_function_of_the_language_is_described_and_no_other() {
    let session = Session::new(Loading::default());
    let known: BTreeSet<(String, usize)> = session
        .engine
        .collect_fn_metadata(None, |found| Some((found.metadata.name.to_string(), found.metadata.num_params)), false)
        .into_iter()
        .filter(|(name, arity)| !searches::NAMES.contains(&(name, *arity)) && !terms::TEXTS.contains(&name.as_str()))
        .collect();
    let described: BTreeSet<(String, usize)> = functions()
        .iter()
        .flat_map(|function| function.takes.iter().map(|takes| (function.name.to_owned(), takes.len())))
        .collect();
    assert_eq!(described, known);
}

const FILES: [(&str, &str); 5] = [
    (
        "ruleset.toml",
        "format = 1\nid = \"proef\"\nversion = \"1.0.0\"\nengine = \">=0.1\"\nlanguages = [\"nl\"]\nlicence = \"EUPL-1.2\"\n\
         [[source]]\nid = \"p\"\ntitle = \"P\"\n",
    ),
    ("questions.toml", "[[question]]\nid = \"q\"\nkind = \"yes-no\"\nsource = \"P\"\n"),
    (
        "nl.toml",
        "[ruleset]\ntitle = \"P\"\n[question.q]\nask = \"Q?\"\nshort = \"q\"\n[rule.r]\ntitle = \"R\"\ntext = \"R.\"\n\
         [measure.m]\ntitle = \"M\"\n[outcome.f]\ntitle = \"F\"\noptions.a = \"a\"\n[outcome.b]\ntitle = \"B\"\n\
         options.a = \"a\"\noptions.b = \"b\"\noptions.mixed = \"m\"\n[table.t]\ntitle = \"T\"\nrows.r = \"r\"\ncolumns.c = \"c\"\n",
    ),
    (
        "rules/a.rhai",
        "rule(\"r\", #{ when: yes(\"q\"), severity: \"minor\", source: \"P\" });\n\
         measure(\"m\", #{ value: answer(\"n\"), source: \"P\" });\n\
         outcome(\"f\", #{ pick: \"first\", options: [#{ id: \"a\", when: yes(\"q\") }], source: \"P\" });\n\
         outcome(\"b\", #{ pick: \"best\", tie: \"mixed\", source: \"P\",\n\
             options: [#{ id: \"a\", score: answer(\"n\") }, #{ id: \"b\", score: 1 - answer(\"n\") }] });\n\
         table(\"t\", #{ rows: [\"r\"], columns: [\"c\"], source: \"P\",\n\
             cells: [#{ row: \"r\", column: \"c\", when: yes(\"q\"), source: \"P\" }] });\n",
    ),
    ("aspects.toml", ""),
];

#[test]
fn every_field_of_a_map_is_described_and_no_other() {
    let mut files = RulesetFiles { name: "proef".to_owned(), ..RulesetFiles::default() };
    let number = "\n[[question]]\nid = \"n\"\nkind = \"number\"\nmin = 0\nmax = 1\nsource = \"P\"\n";
    for (path, text) in FILES {
        let text = match path {
            "questions.toml" => format!("{text}{number}"),
            "nl.toml" => format!("{text}[question.n]\nask = \"N?\"\nshort = \"n\"\n"),
            _ => text.to_owned(),
        };
        files.files.insert(path.to_owned(), text.into_bytes());
    }
    asked::take();
    let (mut sources, mut problems) = (Sources::new(), Problems::new());
    let library = Library::load(&[files], &mut sources, &mut problems);
    let told: Vec<String> = problems.sorted().into_iter().map(ToString::to_string).collect();
    assert!(library.is_some(), "{told:?}");
    let asked = asked::take();
    for map in functions().iter().flat_map(|function| function.maps) {
        let described: BTreeSet<String> = map.fields.iter().map(|field| field.name.to_owned()).collect();
        assert_eq!(Some(&described), asked.get(map.of), "{}", map.of);
    }
}
