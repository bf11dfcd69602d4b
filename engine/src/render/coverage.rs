//! What the cases of a ruleset bring about, as a table and as LCOV.
//!
//! In English, like the command line that it is about.

use crate::coverage::{Coverage, Seen};
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The most letters of a clause that are shown.
const LONGEST_CLAUSE: usize = 70;

/// Draws coverage: a line for each kind, a line for each rule, and everything that no case brings about.
#[must_use]
pub fn coverage(found: &Coverage) -> String {
    let mut out = format!("{}: what {} bring about\n\n", found.ruleset, counted(found.cases, "case"));
    for share in found.shares() {
        let _ = writeln!(out, "  {:<9}{:>5} of {:<5}{:>4} %", share.kind, share.covered, share.of, share.percent());
    }
    rules(found, &mut out);
    let missing = missing(found);
    if !missing.is_empty() {
        out.push_str("\n  no case brings about\n");
        for (place, what) in missing {
            let _ = writeln!(out, "    {}:{}  {what}", place.file, place.line);
        }
    }
    out
}

fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

fn rules(found: &Coverage, out: &mut String) {
    let width = found.rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0).max(4);
    if !found.rules.is_empty() {
        let _ = writeln!(out, "\n  {:<width$}  speaks  silent    open", "rule");
    }
    for rule in &found.rules {
        if rule.fired + rule.silent + rule.open == 0 {
            let _ = writeln!(out, "  {:<width$}  never evaluated: no case answers anything that it reads", rule.id);
        } else {
            let _ = writeln!(out, "  {:<width$}  {:>6}  {:>6}  {:>6}", rule.id, rule.fired, rule.silent, rule.open);
        }
    }
}

/// What no case brings about, each with its place.
#[must_use]
pub fn missing(found: &Coverage) -> Vec<(&Place, String)> {
    let mut all = Vec::new();
    for rule in &found.rules {
        for (count, voice) in [(rule.fired, "speaks"), (rule.silent, "is silent")] {
            if count == 0 {
                all.push((&rule.place, format!("the rule `{}` {voice}", rule.id)));
            }
        }
    }
    for clause in &found.clauses {
        for (count, voice) in [(clause.yes, "true"), (clause.no, "false")] {
            if count == 0 {
                all.push((&clause.place, format!("`{}` in {} is {voice}", short(&clause.text), clause.of)));
            }
        }
    }
    for side in found.sides.iter().filter(|side| side.decided == 0) {
        let how = if side.node == "and" { "keeps it from being true" } else { "makes it true" };
        all.push((&side.place, format!("in {} `{}` alone {how}", side.of, short(&side.text))));
    }
    all.extend(unseen(&found.forms, "comes to"));
    all.extend(unseen(&found.options, "is answered with"));
    let mut told = BTreeSet::new();
    all.retain(|line| told.insert(line.clone()));
    all
}

/// A clause that is put together of many others is told by its beginning.
fn short(text: &str) -> String {
    if text.chars().count() <= LONGEST_CLAUSE {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(LONGEST_CLAUSE).collect::<String>())
}

/// What was not seen, one line for each thing that it belongs to.
fn unseen<'a>(all: &'a [Seen], verb: &str) -> Vec<(&'a Place, String)> {
    let mut lines: Vec<(&Place, &str, Vec<&str>)> = Vec::new();
    for one in all.iter().filter(|one| one.seen == 0) {
        match lines.last_mut() {
            Some((_, of, options)) if *of == one.of => options.push(&one.option),
            _ => lines.push((&one.place, &one.of, vec![&one.option])),
        }
    }
    let line = |options: Vec<&str>| options.iter().map(|option| format!("`{option}`")).collect::<Vec<_>>().join(", ");
    lines.into_iter().map(|(place, of, options)| (place, format!("{of} {verb} {}", line(options)))).collect()
}

/// Hits of one file, as LCOV counts them.
#[derive(Default)]
struct File<'a> {
    functions: Vec<(usize, &'a str, usize)>,
    lines: BTreeMap<usize, usize>,
    branches: Vec<(usize, usize, usize)>,
}

/// Writes coverage as an LCOV trace: a rule is a function, a clause a line with two branches (true, false).
#[must_use]
pub fn lcov(found: &Coverage) -> String {
    let mut files: BTreeMap<&str, File<'_>> = BTreeMap::new();
    for rule in &found.rules {
        let file = files.entry(&rule.place.file).or_default();
        file.functions.push((rule.place.line, &rule.id, rule.fired));
        *file.lines.entry(rule.place.line).or_default() += rule.fired + rule.silent + rule.open;
    }
    for clause in &found.clauses {
        let file = files.entry(&clause.place.file).or_default();
        *file.lines.entry(clause.place.line).or_default() += clause.yes + clause.no;
        file.branches.push((clause.place.line, clause.yes, clause.no));
    }
    let mut out = String::new();
    for (name, file) in files {
        let _ = writeln!(out, "TN:{}\nSF:{name}", found.ruleset);
        for (line, id, _) in &file.functions {
            let _ = writeln!(out, "FN:{line},{id}");
        }
        for (_, id, fired) in &file.functions {
            let _ = writeln!(out, "FNDA:{fired},{id}");
        }
        let hit = file.functions.iter().filter(|(.., fired)| *fired > 0).count();
        let _ = writeln!(out, "FNF:{}\nFNH:{hit}", file.functions.len());
        for (block, (line, yes, no)) in file.branches.iter().enumerate() {
            let _ = writeln!(out, "BRDA:{line},{block},0,{yes}\nBRDA:{line},{block},1,{no}");
        }
        let taken = file.branches.iter().map(|(_, yes, no)| usize::from(*yes > 0) + usize::from(*no > 0));
        let _ = writeln!(out, "BRF:{}\nBRH:{}", file.branches.len() * 2, taken.sum::<usize>());
        for (line, hits) in &file.lines {
            let _ = writeln!(out, "DA:{line},{hits}");
        }
        let hit = file.lines.values().filter(|hits| **hits > 0).count();
        let _ = writeln!(out, "LF:{}\nLH:{hit}\nend_of_record", file.lines.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{coverage, lcov};
    use crate::coverage::{ClauseCoverage, Coverage, RuleCoverage, Seen, SideCoverage};
    use crate::source::Place;

    fn place(line: usize) -> Place {
        Place { file: "r/rules/a.rhai".to_owned(), line, column: 1 }
    }

    fn sample() -> Coverage {
        let rule = |id: &str, fired, silent, open, line| RuleCoverage {
            id: id.to_owned(),
            fired,
            silent,
            open,
            place: place(line),
        };
        let of = "the rule `zwak`".to_owned();
        let option = |option: &str, seen| Seen {
            of: "the question `wil`".to_owned(),
            option: option.to_owned(),
            seen,
            place: place(9),
        };
        Coverage {
            ruleset: "r".to_owned(),
            cases: 3,
            rules: vec![rule("zwak", 2, 0, 1, 1), rule("stil", 0, 0, 0, 5)],
            clauses: vec![ClauseCoverage {
                text: "answer(\"wil\") <= 2".to_owned(),
                of: of.clone(),
                yes: 2,
                no: 0,
                place: place(2),
            }],
            sides: vec![SideCoverage {
                text: "answer(\"wil\") <= 2".to_owned(),
                node: "and",
                of,
                decided: 0,
                place: place(2),
            }],
            forms: Vec::new(),
            options: vec![option("1", 1), option("2", 0), option("3", 0)],
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        insta::assert_snapshot!(coverage(&sample()), @r#"
        r: what 3 cases bring about

          rules        1 of 4      25 %
          clauses      1 of 2      50 %
          sides        0 of 1       0 %
          forms        0 of 0     100 %
          options      1 of 3      33 %

          rule  speaks  silent    open
          zwak       2       0       1
          stil  never evaluated: no case answers anything that it reads

          no case brings about
            r/rules/a.rhai:1  the rule `zwak` is silent
            r/rules/a.rhai:5  the rule `stil` speaks
            r/rules/a.rhai:5  the rule `stil` is silent
            r/rules/a.rhai:2  `answer("wil") <= 2` in the rule `zwak` is false
            r/rules/a.rhai:2  in the rule `zwak` `answer("wil") <= 2` alone keeps it from being true
            r/rules/a.rhai:9  the question `wil` is answered with `2`, `3`
        "#);
    }

    #[test]
    fn a_rule_is_a_function_and_a_clause_a_line() {
        insta::assert_snapshot!(lcov(&sample()), @r"
        TN:r
        SF:r/rules/a.rhai
        FN:1,zwak
        FN:5,stil
        FNDA:2,zwak
        FNDA:0,stil
        FNF:2
        FNH:1
        BRDA:2,0,0,2
        BRDA:2,0,1,0
        BRF:2
        BRH:1
        DA:1,3
        DA:2,2
        DA:5,0
        LF:3
        LH:2
        end_of_record
        ");
    }
}
