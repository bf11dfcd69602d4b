//! Conditions that already lean to one side while answers are still open: what is only *indicated* comes from these.

use super::Maker;
use crate::oracle::cone::Element;
use crate::oracle::model::{Combine, Comparison, Condition, Fold, How, Missing, Number, Term};

impl Maker<'_> {
    /// A condition over something that leaves out what is missing, where there is anything of the kind.
    pub(super) fn leaning(&mut self) -> Option<Condition> {
        match self.under(10) {
            0..6 => {
                let aspects = self.aspects(|at| self.leaves_out(at));
                let aspect = self.pick(&aspects)?;
                let by_party = self.by_party(Element::Aspect(aspect));
                let Combine::Children { how, .. } = &self.model.aspects[aspect].combine else { return None };
                let (how, levels) = (*how, self.model.aspects[aspect].levels());
                let (low, high) = self.model.reach(aspect);
                let comparison = self.direction(how)?;
                if levels > 1 && self.chance(30) {
                    let at_least = matches!(comparison, Comparison::AtLeast | Comparison::Below);
                    let level = Term::Option(self.under(levels - 1) + usize::from(at_least));
                    return Some(Condition::Compare(
                        comparison,
                        self.through_eyes(Term::Level(aspect), by_party),
                        level,
                    ));
                }
                let term = self.through_eyes(Term::Score(aspect), by_party);
                Some(Condition::Compare(comparison, term, self.between(low, high)?))
            }
            6..8 => {
                let mut questions = self.questions(|at| self.model.questions[at].kind.is_numeric());
                self.rng.shuffle(&mut questions);
                questions.truncate(4);
                let (fold, how) =
                    self.pick(&[(Fold::Mean, How::Mean), (Fold::Min, How::Min), (Fold::Max, How::Max)])?;
                let terms = questions.into_iter().map(Term::Answer).collect();
                let bound = self.between(Number::from_integer(0), Number::from_integer(3))?;
                Some(Condition::Compare(self.direction(how)?, Term::Fold(fold, terms), bound))
            }
            _ => {
                let conditions = (0..3).map(|_| self.condition(0)).collect();
                let bound = self.between(Number::from_integer(0), Number::from_integer(1))?;
                Some(Condition::Compare(self.direction(How::Share)?, Term::Share(conditions), bound))
            }
        }
    }

    /// A comparison that what is still missing can turn round: more answers can only lower a lowest.
    fn direction(&mut self, how: How) -> Option<Comparison> {
        let (up, down) = ([Comparison::AtLeast, Comparison::Above], [Comparison::AtMost, Comparison::Below]);
        match how {
            How::Min => self.pick(&up),
            How::Max => self.pick(&down),
            _ => self.pick(&[up, down].concat()),
        }
    }

    /// A number somewhere between two others.
    fn between(&mut self, low: Number, high: Number) -> Option<Term> {
        let part = self.pick(&[Number::new(1, 4), Number::new(1, 2), Number::new(3, 4)])?;
        // no more decimals than are nice to read; what is left out changes nothing
        let bound = ((low + (high - low) * part) * 4).round() / 4;
        Some(Term::Number(bound))
    }

    /// Whether an aspect leaves out what is missing, and has more than one child.
    fn leaves_out(&self, aspect: usize) -> bool {
        let declared = &self.model.aspects[aspect];
        let several = matches!(&declared.combine, Combine::Children { children, .. } if children.len() > 1);
        several && declared.policy() == Missing::Skip
    }

    /// An aspect that leaves out what is missing, over several questions.
    pub(super) fn leaning_aspect(&mut self) {
        let how = self.pick(&[How::Mean, How::WeightedMean, How::Min, How::Max, How::Share]).unwrap_or(How::Mean);
        let combine = self.children(how, 3);
        self.aspect_of(combine, None);
    }
}
