//! JUnit XML: a suite for each profile, a test for each rule that was looked at.

use super::document::clean;
use super::told::Told;
use super::words::{self, Language};
use crate::assessment::{Certainty, DiagnosisAssessment, RulesetAssessment};
use crate::gates::{Judged, Run};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// One test.
struct Case {
    /// The ruleset.
    class: String,
    /// The rule.
    name: String,
    file: String,
    says: Says,
}

enum Says {
    /// Nothing, or nothing that matters here.
    Passes,
    /// Something to know, that does not fail the run: the first line is the title.
    Tells(String),
    /// Accepted: why.
    Skips(String),
    /// Title, weight, and the rest.
    Fails(String, String, String),
}

/// Draws a run as JUnit XML, with a line end behind it.
#[must_use]
pub fn junit(run: &Run<'_>, language: Language) -> String {
    let mut suites: Vec<(String, Vec<Case>)> = run.profiles.iter().map(|one| suite(run, one, language)).collect();
    let waivers = run.standings.iter().filter(|standing| standing.state.is_finding());
    let waivers: Vec<Case> =
        waivers.map(|standing| told(Told::waiver(run, standing, language), "ketenspiegel")).collect();
    if !waivers.is_empty() {
        suites.push(("waivers".to_owned(), waivers));
    }
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory cannot fail.
    let _ = write(&mut writer, &suites);
    let drawn = String::from_utf8(writer.into_inner()).unwrap_or_default();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{drawn}\n")
}

fn suite(run: &Run<'_>, judged: &Judged<'_>, language: Language) -> (String, Vec<Case>) {
    let profile = judged.assessment.receipt.profile.clone();
    let mut cases = Vec::new();
    for ruleset in &judged.assessment.rulesets {
        cases.extend(ruleset.diagnoses.iter().map(|found| finding(run, judged, (ruleset, found), language)));
        cases.extend(ruleset.silent.iter().map(|silent| Case {
            class: ruleset.id.clone(),
            name: silent.id.clone(),
            file: profile.clone(),
            says: Says::Passes,
        }));
    }
    let failures = judged.failures.iter().filter_map(|failure| Told::failure(run, judged, failure, language));
    cases.extend(failures.map(|one| told(one, "ketenspiegel")));
    (profile, cases)
}

fn finding(
    run: &Run<'_>,
    judged: &Judged<'_>,
    (ruleset, found): (&RulesetAssessment, &DiagnosisAssessment),
    language: Language,
) -> Case {
    let told = Told::finding(run, judged, (ruleset, found), language);
    let weight = format!(
        "{}, {}",
        language.say(words::severity(found.severity)),
        language.say(words::certainty(found.certainty))
    );
    let says = if told.fails {
        Says::Fails(told.title.clone(), weight, located(&told))
    } else if judged.waiver(found).is_some() {
        Says::Skips(told.text())
    } else if found.certainty == Certainty::Open {
        Says::Passes
    } else {
        Says::Tells(located(&told))
    };
    Case { class: ruleset.id.clone(), name: found.id.clone(), file: judged.assessment.receipt.profile.clone(), says }
}

fn told(told: Told, class: &str) -> Case {
    let file = told.places[0].file.clone();
    let text = located(&told);
    let name = told.id.trim_start_matches("ketenspiegel/").to_owned();
    let says = if told.fails { Says::Fails(told.title, String::new(), text) } else { Says::Tells(text) };
    Case { class: class.to_owned(), name, file, says }
}

/// What there is to tell, below the place where it stands: a line that an editor can jump to.
fn located(told: &Told) -> String {
    let place = &told.places[0];
    format!("{}:{}:{}\n{}", place.file, place.line, place.column, told.text())
}

fn write(writer: &mut Writer<Vec<u8>>, suites: &[(String, Vec<Case>)]) -> io::Result<()> {
    let all: Vec<&Case> = suites.iter().flat_map(|(_, cases)| cases).collect();
    let head = counts(BytesStart::new("testsuites"), "ketenspiegel", &all);
    writer.write_event(Event::Start(head))?;
    for (name, cases) in suites {
        let all: Vec<&Case> = cases.iter().collect();
        writer.write_event(Event::Start(counts(BytesStart::new("testsuite"), &clean(name), &all)))?;
        for case in cases {
            write_case(writer, case)?;
        }
        writer.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    writer.write_event(Event::End(BytesEnd::new("testsuites")))
}

fn counts<'a>(mut head: BytesStart<'a>, name: &str, cases: &[&Case]) -> BytesStart<'a> {
    let count = |wanted: fn(&Says) -> bool| cases.iter().filter(|case| wanted(&case.says)).count().to_string();
    head.push_attribute(("name", name));
    head.push_attribute(("tests", cases.len().to_string().as_str()));
    head.push_attribute(("failures", count(|says| matches!(says, Says::Fails(..))).as_str()));
    head.push_attribute(("errors", "0"));
    head.push_attribute(("skipped", count(|says| matches!(says, Says::Skips(_))).as_str()));
    head
}

fn write_case(writer: &mut Writer<Vec<u8>>, case: &Case) -> io::Result<()> {
    let mut head = BytesStart::new("testcase");
    for (name, value) in [("classname", &case.class), ("name", &case.name), ("file", &case.file)] {
        head.push_attribute((name, clean(value).as_str()));
    }
    let (mut inner, text) = match &case.says {
        Says::Passes => return writer.write_event(Event::Empty(head)),
        Says::Tells(text) => (BytesStart::new("system-out"), text),
        Says::Skips(text) => (BytesStart::new("skipped"), text),
        Says::Fails(_, _, text) => (BytesStart::new("failure"), text),
    };
    if let Says::Fails(title, weight, _) = &case.says {
        inner.push_attribute(("message", clean(title).as_str()));
        inner.push_attribute(("type", weight.as_str()));
    }
    if let Says::Skips(text) = &case.says {
        inner.push_attribute(("message", clean(text.lines().last().unwrap_or_default()).as_str()));
    }
    let end = inner.to_end().into_owned();
    writer.write_event(Event::Start(head))?;
    writer.write_event(Event::Start(inner))?;
    let text: String = text.lines().map(|line| format!("{}\n", clean(line))).collect();
    writer.write_event(Event::Text(BytesText::new(&text)))?;
    writer.write_event(Event::End(end))?;
    writer.write_event(Event::End(BytesEnd::new("testcase")))
}
