//! Prepares the built-in rulesets: what loading them would find, checks and all, goes into the program as bytes.
//!
//! A set is a ruleset with all that it reads: what a profile comes to ask for. A ruleset that does not load is left
//! out, so that the program loads it itself and says what is wrong.

use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::ruleset::{Library, Peek, RulesetFiles};
use ketenspiegel_engine::source::Sources;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, error, fs};

fn main() -> Result<(), Box<dyn error::Error>> {
    // A ruleset or the engine that changed is a dependency that changed: Cargo then runs this again unasked.
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let peeks: Vec<Peek> =
        ketenspiegel_rulesets::ids().filter_map(files).filter_map(|one| Library::peek(&one)).collect();
    let mut sets = String::new();
    for peek in &peeks {
        let ids = with_required(&peek.id, &peeks);
        let files: Vec<RulesetFiles> = ids.iter().filter_map(|id| files(id)).collect();
        let Some(bytes) = Library::prepare(&files, &mut Sources::new(), &mut Problems::new()) else {
            println!("cargo::warning=the ruleset {} is wrong, so it is not prepared: check it", peek.id);
            continue;
        };
        let file = out.join(&peek.id);
        fs::write(&file, bytes)?;
        let ids: Vec<&str> = ids.into_iter().collect();
        writeln!(sets, "    (&{ids:?}, include_bytes!({file:?})),")?;
    }
    let peeks: Vec<_> = peeks.iter().map(|peek| (&peek.id, &peek.requires, peek.joins)).collect();
    let mut known = String::new();
    for (id, requires, joins) in peeks {
        writeln!(known, "    ({id:?}, &{requires:?}, {joins:?}),")?;
    }
    let text = format!(
        "/// Each built-in ruleset, what it requires, and how many of those a profile must answer for it to join them.\n\
         static PEEKS: &[(&str, &[&str], Option<usize>)] = &[\n{known}];\n\n\
         /// Sets of built-in rulesets, by their ids in order, prepared.\n\
         static SETS: &[(&[&str], &[u8])] = &[\n{sets}];\n"
    );
    fs::write(out.join("built_in.rs"), text)?;
    Ok(())
}

fn files(id: &str) -> Option<RulesetFiles> {
    ketenspiegel_rulesets::find(id).map(|files| RulesetFiles::of(id, files))
}

fn with_required<'a>(id: &'a str, peeks: &'a [Peek]) -> BTreeSet<&'a str> {
    let (mut all, mut waiting) = (BTreeSet::new(), vec![id]);
    while let Some(id) = waiting.pop() {
        if all.insert(id) {
            let requires = peeks.iter().filter(|peek| peek.id == id).flat_map(|peek| &peek.requires);
            waiting.extend(requires.map(String::as_str));
        }
    }
    all
}
