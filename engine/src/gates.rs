//! Gates: what makes a run fail, and whether it does.
//!
//! ```text
//! Assessments ─┐
//! Waivers ─────┼▶ Run: of each profile what fails, what is accepted, what changed
//! Gates ───────┘
//! ```

use crate::assessment::{AspectAssessment, Assessment, Certainty, DiagnosisAssessment, RulesetAssessment, Severity};
use crate::conclusions::Difference;
use crate::date::Date;
use crate::number::Number;
use crate::waivers::{Standing, State, Waiver, Waivers};
use std::fmt;

/// What makes a run fail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gates {
    /// Findings at or above this.
    pub fail_on: Option<FailOn>,
    /// Scores and levels below these.
    pub floors: Vec<Floor>,
    /// A smaller share of the questions answered than this, from 0 to 1.
    pub complete: Option<Number>,
}

/// Findings at or above this severity and certainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailOn {
    /// The least severity.
    pub severity: Severity,
    /// The least certainty.
    pub certainty: Certainty,
}

/// The least that an aspect may come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Floor {
    /// The ruleset; nothing: each that has the aspect.
    pub ruleset: Option<String>,
    /// The aspect.
    pub aspect: String,
    /// The least.
    pub least: Least,
}

/// The least number or level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Least {
    /// A score.
    Score(Number),
    /// A level, by id.
    Level(String),
}

const SEVERITIES: [(&str, Severity); 4] = [
    ("critical", Severity::Critical),
    ("major", Severity::Major),
    ("minor", Severity::Minor),
    ("observation", Severity::Observation),
];

const CERTAINTIES: [(&str, Certainty); 3] =
    [("confirmed", Certainty::Confirmed), ("indicated", Certainty::Indicated), ("open", Certainty::Open)];

fn named<T: Copy>(all: &[(&'static str, T)], word: &str) -> Result<T, String> {
    let found = all.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|(word, _)| *word).collect();
        format!("`{word}` is none of: {}", words.join(", "))
    })
}

impl FailOn {
    /// Reads `SEVERITY[:CERTAINTY]`; confirmed unless said.
    ///
    /// # Errors
    /// Says which word is not known, and which are.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (severity, certainty) = text.split_once(':').unwrap_or((text, "confirmed"));
        if severity == "strength" {
            return Err("a strength never fails a run".to_owned());
        }
        Ok(Self { severity: named(&SEVERITIES, severity)?, certainty: named(&CERTAINTIES, certainty)? })
    }

    /// Whether a diagnosis is at or above it.
    #[must_use]
    pub fn counts(self, found: &DiagnosisAssessment) -> bool {
        // Both are ordered from what weighs most to what weighs least.
        found.severity <= self.severity && found.certainty <= self.certainty
    }
}

impl fmt::Display for FailOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = SEVERITIES.iter().find(|(_, known)| *known == self.severity).map_or("", |(word, _)| word);
        let certainty = CERTAINTIES.iter().find(|(_, known)| *known == self.certainty).map_or("", |(word, _)| word);
        write!(f, "{severity}:{certainty}")
    }
}

impl Floor {
    /// Reads `[RULESET/]ASPECT=LEAST`, where the least is a number or the id of a level.
    ///
    /// # Errors
    /// Says how to write it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let how = "write ASPECT=LEAST, such as mindset=2.5 or governance=systeemgericht";
        let Some((aspect, least)) =
            text.split_once('=').filter(|(aspect, least)| !aspect.is_empty() && !least.is_empty())
        else {
            return Err(format!("it does not say what the least is; {how}"));
        };
        let (ruleset, aspect) = match aspect.split_once('/') {
            Some((ruleset, aspect)) => (Some(ruleset.to_owned()), aspect.to_owned()),
            None => (None, aspect.to_owned()),
        };
        let least = match Number::parse(least) {
            Some(number) => Least::Score(number),
            None if least.starts_with(|c: char| c.is_ascii_lowercase()) => Least::Level(least.to_owned()),
            None => return Err(format!("`{least}` is no number and no level; {how}")),
        };
        Ok(Self { ruleset, aspect, least })
    }

    /// The aspects that it is about, with their rulesets.
    #[must_use]
    pub fn finds<'a>(&self, assessment: &'a Assessment) -> Vec<(&'a RulesetAssessment, &'a AspectAssessment)> {
        let rulesets = assessment.rulesets.iter().filter(|one| self.ruleset.as_ref().is_none_or(|id| *id == one.id));
        rulesets
            .flat_map(|ruleset| ruleset.aspects.iter().map(move |aspect| (ruleset, aspect)))
            .filter(|(_, aspect)| aspect.id == self.aspect)
            .collect()
    }

    /// Whether an aspect is below it. What has no score or level yet has not reached it either.
    fn is_above(&self, aspect: &AspectAssessment) -> bool {
        match &self.least {
            Least::Score(least) => aspect.score.is_none_or(|score| score < *least),
            Least::Level(least) => aspect.level.as_ref().is_none_or(|level| {
                let least = level.levels.iter().position(|one| one.id == *least);
                level.rank.is_none_or(|rank| least.is_none_or(|least| rank < least + 1))
            }),
        }
    }
}

impl fmt::Display for Floor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(ruleset) = &self.ruleset {
            write!(f, "{ruleset}/")?;
        }
        match &self.least {
            Least::Score(number) => write!(f, "{}={}", self.aspect, number.written()),
            Least::Level(level) => write!(f, "{}={level}", self.aspect),
        }
    }
}

/// Profiles held against gates and waivers.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    /// The profiles, as they were named.
    pub profiles: Vec<Judged<'a>>,
    /// Waivers and baseline entries that hold, and those to look at.
    pub standings: Vec<Standing<'a>>,
    /// The gate that was set for findings.
    pub fail_on: Option<FailOn>,
    /// Whether anything could have failed.
    pub has_gates: bool,
    /// The command that does the same elsewhere.
    pub again: String,
    /// The options that every command on these profiles needs, such as ` --ruleset ./ours`.
    pub options: String,
}

impl Run<'_> {
    /// Whether an entry that covers nothing makes the run fail: as a minor finding would.
    #[must_use]
    pub fn fails_on(&self, standing: &Standing<'_>) -> bool {
        standing.state.is_finding() && self.fail_on.is_some_and(|gate| gate.severity >= Severity::Minor)
    }
}

/// One profile held against gates and waivers.
#[derive(Debug, Clone)]
pub struct Judged<'a> {
    /// What was concluded.
    pub assessment: &'a Assessment,
    /// What fails, gate by gate.
    pub failures: Vec<Failure<'a>>,
    /// The diagnoses that somebody accepts: ruleset, diagnosis, and the entry that covers it.
    pub waived: Vec<(&'a RulesetAssessment, &'a DiagnosisAssessment, &'a Waiver)>,
    /// What changed against the snapshot; nothing where no snapshot was asked for.
    pub change: Option<Difference>,
}

/// What fails.
#[derive(Debug, Clone)]
pub enum Failure<'a> {
    /// A finding at or above the gate.
    Finding(&'a RulesetAssessment, &'a DiagnosisAssessment),
    /// A score or level below its floor.
    Below(&'a RulesetAssessment, &'a AspectAssessment, Floor),
    /// Too few questions of a ruleset answered; the share that is asked.
    Incomplete(&'a RulesetAssessment, Number),
}

impl Gates {
    /// Holds assessments against the gates, and against what was accepted up to `today`.
    #[must_use]
    pub fn judge<'a>(&self, assessments: &'a [Assessment], waivers: &'a Waivers, today: Option<&Date>) -> Run<'a> {
        let all: Vec<&Assessment> = assessments.iter().collect();
        let standings = today.map(|today| waivers.hold(&all, today)).unwrap_or_default();
        let profiles = assessments.iter().enumerate().map(|(at, one)| self.judge_one(at, one, &standings)).collect();
        let has_gates = *self != Self::default();
        Run { profiles, standings, fail_on: self.fail_on, has_gates, again: String::new(), options: String::new() }
    }

    fn judge_one<'a>(&self, at: usize, assessment: &'a Assessment, standings: &[Standing<'a>]) -> Judged<'a> {
        let mut waived = Vec::new();
        for standing in standings.iter().filter(|standing| standing.state == State::Holds) {
            waived.extend(
                standing
                    .about
                    .filter(|about| about.profile == at)
                    .map(|about| (about.ruleset, about.diagnosis, standing.waiver)),
            );
        }
        let accepted = |found: &DiagnosisAssessment| waived.iter().any(|(_, one, _)| std::ptr::eq(*one, found));
        let findings = assessment.rulesets.iter().flat_map(|ruleset| {
            let counted = ruleset
                .diagnoses
                .iter()
                .filter(|found| self.fail_on.is_some_and(|gate| gate.counts(found)) && !accepted(found));
            counted.map(move |found| Failure::Finding(ruleset, found))
        });
        let below = self.floors.iter().flat_map(|floor| {
            let found = floor.finds(assessment).into_iter().filter(|(_, aspect)| floor.is_above(aspect));
            found.map(|(ruleset, aspect)| Failure::Below(ruleset, aspect, floor.clone()))
        });
        let incomplete = self.complete.into_iter().flat_map(|least| {
            let asked = assessment.rulesets.iter().filter(|ruleset| ruleset.answered);
            asked.filter(move |ruleset| is_incomplete(ruleset, least)).map(move |one| Failure::Incomplete(one, least))
        });
        let mut failures: Vec<Failure<'a>> = findings.chain(below).chain(incomplete).collect();
        failures.sort_by_key(Failure::weight);
        Judged { assessment, failures, waived, change: None }
    }
}

fn is_incomplete(ruleset: &RulesetAssessment, least: Number) -> bool {
    let count = |count: usize| i64::try_from(count).map(Number::from).ok();
    let answered = count(ruleset.completeness.answered);
    let wanted = count(ruleset.completeness.applicable).and_then(|all| all.times(least));
    answered.zip(wanted).is_none_or(|(answered, wanted)| answered < wanted)
}

impl Failure<'_> {
    /// Findings first, worst first.
    const fn weight(&self) -> (u8, Option<Severity>) {
        match self {
            Self::Finding(_, found) => (0, Some(found.severity)),
            Self::Below(..) => (1, None),
            Self::Incomplete(..) => (2, None),
        }
    }
}

impl<'a> Judged<'a> {
    /// The findings that hold on what is answered, strengths left out, worst first over all rulesets; with them
    /// those open ones that a gate counts.
    #[must_use]
    pub fn findings(&self) -> Vec<(&'a RulesetAssessment, &'a DiagnosisAssessment)> {
        let all = self.assessment.rulesets.iter();
        let all = all.flat_map(|ruleset| ruleset.diagnoses.iter().map(move |found| (ruleset, found)));
        let holds = |found: &DiagnosisAssessment| {
            found.severity != Severity::Strength && (found.certainty != Certainty::Open || self.fails(found))
        };
        let mut findings: Vec<_> = all.filter(|(_, found)| holds(found)).collect();
        findings.sort_by_key(|(_, found)| (found.severity, found.certainty));
        findings
    }

    /// Whether a diagnosis makes the run fail.
    #[must_use]
    pub fn fails(&self, found: &DiagnosisAssessment) -> bool {
        self.failures.iter().any(|failure| matches!(failure, Failure::Finding(_, one) if std::ptr::eq(*one, found)))
    }

    /// The entry that covers a diagnosis.
    #[must_use]
    pub fn waiver(&self, found: &DiagnosisAssessment) -> Option<&'a Waiver> {
        self.waived.iter().find(|(_, one, _)| std::ptr::eq(*one, found)).map(|(.., waiver)| *waiver)
    }

    /// Whether the profile answers nothing at all.
    #[must_use]
    pub fn says_nothing(&self) -> bool {
        self.assessment.rulesets.iter().all(|ruleset| ruleset.completeness.answered == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Certainty, FailOn, Floor, Least, Severity};
    use crate::number::Number;

    #[test]
    fn certainty_is_confirmed_unless_said() {
        let major = FailOn { severity: Severity::Major, certainty: Certainty::Confirmed };
        assert_eq!(FailOn::parse("major"), Ok(major));
        assert_eq!(FailOn::parse("major:confirmed"), Ok(major));
        assert_eq!(FailOn::parse("major:open").map(|gate| gate.to_string()), Ok("major:open".to_owned()));
    }

    #[test]
    fn other_words_are_refused() {
        for wrong in ["strength", "strength:open", "severe", "major:maybe", "", ":", "major:"] {
            assert!(FailOn::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_weighs_most_comes_first() {
        assert!(Severity::Critical < Severity::Major && Severity::Observation < Severity::Strength);
        assert!(Certainty::Confirmed < Certainty::Indicated && Certainty::Indicated < Certainty::Open);
    }

    #[test]
    fn a_floor_is_a_number_or_a_level() {
        let floor =
            |ruleset: Option<&str>, least| Floor { ruleset: ruleset.map(str::to_owned), aspect: "a".to_owned(), least };
        let half = Number::parse("2.5").map(Least::Score);
        assert_eq!(Floor::parse("a=2.5").ok(), half.map(|half| floor(None, half)));
        assert_eq!(Floor::parse("r/a=zwak"), Ok(floor(Some("r"), Least::Level("zwak".to_owned()))));
        for wrong in ["a", "a=", "=2", "a=?", ""] {
            assert!(Floor::parse(wrong).is_err_and(|error| error.contains("ASPECT=LEAST")), "{wrong}");
        }
    }
}
