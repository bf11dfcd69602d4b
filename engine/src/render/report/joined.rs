//! What is told once for several rulesets: the one that joins them stands first, and theirs is shorter for it.

use crate::assessment::{Assessment, Remark, RemarkKind, RulesetAssessment, short};

/// A ruleset as it stands in a report: with the rulesets that it joins, or with the one that joins it.
#[derive(Clone)]
pub(super) struct Reading<'a> {
    pub(super) ruleset: &'a RulesetAssessment,
    /// The rulesets that it joins, as far as the profile answers them.
    pub(super) joined: Vec<&'a RulesetAssessment>,
    /// What those are called that it joins and that the profile does not answer.
    pub(super) absent: Vec<String>,
    /// The title of the ruleset that joins it.
    pub(super) joined_by: Option<&'a str>,
}

/// The rulesets that the report is about; what joins others first, otherwise in their own order.
pub(super) fn readings(assessment: &Assessment) -> Vec<Reading<'_>> {
    let answered = assessment.rulesets.iter().filter(|ruleset| ruleset.answered);
    let mut readings: Vec<Reading<'_>> = answered.map(|ruleset| reading(assessment, ruleset)).collect();
    readings.sort_by_key(|reading| reading.ruleset.joins.is_empty());
    readings
}

fn reading<'a>(assessment: &'a Assessment, ruleset: &'a RulesetAssessment) -> Reading<'a> {
    let joins = |one: &RulesetAssessment, other: &RulesetAssessment| one.answered && one.joins.contains(&other.id);
    let theirs = assessment.rulesets.iter().filter(|other| joins(ruleset, other));
    let (joined, absent): (Vec<_>, Vec<_>) = theirs.partition(|other| other.answered);
    let joined_by = assessment.rulesets.iter().find(|other| joins(other, ruleset));
    Reading {
        ruleset,
        joined,
        absent: absent.into_iter().map(|other| short(&other.title).to_owned()).collect(),
        joined_by: joined_by.map(|other| other.title.as_str()),
    }
}

/// The rulesets that were only read: not answered, and not part of what another one joins.
pub(super) fn only_read(assessment: &Assessment) -> impl Iterator<Item = &RulesetAssessment> {
    let joined = |id: &String| assessment.rulesets.iter().any(|other| other.answered && other.joins.contains(id));
    assessment.rulesets.iter().filter(move |ruleset| !ruleset.answered && !joined(&ruleset.id))
}

impl<'a> Reading<'a> {
    /// Questions with an answer, and questions that are asked, over all that it joins.
    pub(super) fn answered(&self) -> (usize, usize) {
        let all = std::iter::once(self.ruleset).chain(self.joined.iter().copied());
        all.map(|ruleset| ruleset.completeness)
            .fold((0, 0), |(answered, asked), counts| (answered + counts.answered, asked + counts.applicable))
    }

    /// Answers to what is one question that contradict each other, here or in what it joins, with whose they are.
    pub(super) fn conflicts(&self) -> Vec<(&'a str, &'a Remark)> {
        let all = std::iter::once(self.ruleset).chain(self.joined.iter().copied());
        let remarks = all.flat_map(|ruleset| ruleset.remarks.iter().map(|remark| (short(&ruleset.title), remark)));
        remarks.filter(|(_, remark)| remark.kind == RemarkKind::Conflict).collect()
    }

    /// The title of a ruleset by its id, for what is told here of what it joins.
    pub(super) fn title(&self, id: &str) -> Option<&'a str> {
        let all = std::iter::once(self.ruleset).chain(self.joined.iter().copied());
        all.filter(|ruleset| ruleset.id == id).map(|ruleset| short(&ruleset.title)).next()
    }
}
