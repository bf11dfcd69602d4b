//! `--fail-on`: which findings make a run fail.

use ketenspiegel_engine::assessment::{Assessment, Certainty, Severity};
use std::fmt;

/// Findings at or above this severity and certainty make a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FailOn {
    severity: Severity,
    certainty: Certainty,
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
    /// Reads `SEVERITY[:CERTAINTY]`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (severity, certainty) = text.split_once(':').unwrap_or((text, "confirmed"));
        if severity == "strength" {
            return Err("a strength never fails a run".to_owned());
        }
        Ok(Self { severity: named(&SEVERITIES, severity)?, certainty: named(&CERTAINTIES, certainty)? })
    }

    /// How many diagnoses of an assessment are at or above it.
    pub(crate) fn count(self, assessment: &Assessment) -> usize {
        let diagnoses = assessment.rulesets.iter().flat_map(|ruleset| &ruleset.diagnoses);
        // Both are ordered from what weighs most to what weighs least.
        diagnoses.filter(|found| found.severity <= self.severity && found.certainty <= self.certainty).count()
    }
}

impl fmt::Display for FailOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = SEVERITIES.iter().find(|(_, known)| *known == self.severity).map_or("", |(word, _)| word);
        let certainty = CERTAINTIES.iter().find(|(_, known)| *known == self.certainty).map_or("", |(word, _)| word);
        write!(f, "{severity}:{certainty}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Certainty, FailOn, Severity};

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
}
