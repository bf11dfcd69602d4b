//! What is said of answers that were taken over, and of answers that differ.

use super::Comparison;
use crate::oracle::cone::{Cone, Element};
use crate::oracle::model::{PARTIES, RULESETS};
use crate::oracle::tally::Tally;
use ketenspiegel_engine::assessment::{Evidence, Reason, RemarkKind};

const fn word(kind: RemarkKind) -> Option<&'static str> {
    match kind {
        RemarkKind::TakenOver => Some("taken-over"),
        RemarkKind::Conflict => Some("conflict"),
        RemarkKind::Informed => Some("informed"),
        RemarkKind::NotAsked => Some("not-asked"),
        RemarkKind::Disagreement | RemarkKind::Prerequisite => None,
    }
}

impl Comparison<'_> {
    /// The id of a question, as it is said in the report on a ruleset.
    fn id(&self, question: usize, ruleset: usize) -> String {
        let own = self.model.questions[question].ruleset;
        if own == ruleset { format!("q{question}") } else { format!("{}/q{question}", RULESETS[own]) }
    }

    /// The remarks on the answers to a question.
    pub(super) fn remarks(&mut self, at: usize, cone: &Cone, tally: &mut Tally) {
        let ruleset = self.model.questions[at].ruleset;
        let all = if self.is_aside(ruleset) { Vec::new() } else { self.world.remarks(at) };
        let kept = all.into_iter().filter(|(_, with)| with.is_none_or(|with| cone.questions.contains(&with)));
        let mut expected: Vec<(&str, Option<String>)> =
            kept.map(|(kind, with)| (kind, with.map(|with| self.id(with, ruleset)))).collect();
        expected.iter().for_each(|(kind, _)| tally.see(kind));
        let said = self.ruleset(ruleset).remarks.iter().filter(|remark| remark.question.id == format!("q{at}"));
        let mut actual: Vec<(&str, Option<String>)> = said
            .filter_map(|remark| Some((word(remark.kind)?, remark.with.first().map(|with| with.id.clone()))))
            .collect();
        expected.sort();
        actual.sort();
        self.equal(Element::Question(at), "remarks", &expected, &actual);
    }

    /// Where the answers stand on which the diagnoses rest.
    pub(super) fn evidence(&mut self, tally: &mut Tally) {
        for (at, id) in RULESETS.iter().enumerate().take(self.model.rulesets) {
            let found = self.assessment.rulesets.iter().find(|found| found.id == *id).expect("each is assessed");
            let reasons = found.diagnoses.iter().flat_map(|diagnosis| &diagnosis.because);
            reasons.for_each(|reason| self.evidence_of(at, reason, tally));
        }
    }

    fn evidence_of(&mut self, ruleset: usize, reason: &Reason, tally: &mut Tally) {
        if let (Some(evidence), Some(id)) = (&reason.evidence, &reason.id) {
            let number = id.rsplit('q').next().and_then(|number| number.parse().ok());
            self.answered_where(ruleset, number.expect("questions are numbered"), evidence, tally);
        }
        reason.parts.iter().for_each(|part| self.evidence_of(ruleset, part, tally));
    }

    fn answered_where(&mut self, ruleset: usize, question: usize, evidence: &Evidence, tally: &mut Tally) {
        let (pointer, party) = match evidence.pointer.split_once("/by/") {
            Some((pointer, party)) => (pointer, PARTIES.iter().position(|id| *id == party)),
            None => (evidence.pointer.as_str(), Some(0)),
        };
        let answered_at = self.world.answered_at(question, party.expect("it is one of them"));
        // what was answered with "unknown" stands there where nobody has a value
        let answered_at = if evidence.unknown && evidence.taken_from.is_none() { question } else { answered_at };
        let elsewhere = answered_at != question;
        let place = format!("/answers/{}/q{answered_at}", RULESETS[self.model.questions[answered_at].ruleset]);
        let expected = (place, elsewhere.then(|| self.id(answered_at, ruleset)));
        if elsewhere {
            tally.see("evidence elsewhere");
        }
        let actual = (pointer.to_owned(), evidence.taken_from.clone());
        self.equal(Element::Question(question), "evidence", &expected, &actual);
    }
}
