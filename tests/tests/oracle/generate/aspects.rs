//! Random aspects.

use super::{Maker, halves};
use crate::oracle::cone::Element;
use crate::oracle::model::{
    Aspect, Child, ChildOf, Combine, Fold, How, Kind, MetFrom, Missing, Number, Portrait, Step, Trait,
};

const HOW: [How; 8] = [How::Mean, How::WeightedMean, How::Sum, How::Min, How::Max, How::Share, How::All, How::Any];

impl Maker<'_> {
    pub(super) fn aspect(&mut self) {
        let combine = match self.under(12) {
            0 | 1 => self.ladder(),
            2 | 3 => self.best_match(),
            _ => {
                let how = self.pick(&HOW).unwrap_or(How::Mean);
                let least = if self.chance(15) { 1 } else { 2 };
                self.children(how, least)
            }
        };
        let missing = [Missing::Skip, Missing::Lowest, Missing::Blocks, Missing::Settled];
        let missing = if self.chance(50) { self.pick(&missing) } else { None };
        self.aspect_of(combine, missing);
    }

    /// An aspect that combines in a given way; the rest is left to chance.
    pub(super) fn aspect_of(&mut self, combine: Combine, missing: Option<Missing>) {
        let numeric = matches!(combine, Combine::Children { .. });
        let aspect = Aspect {
            ruleset: self.ruleset,
            combine,
            missing,
            met_from: None,
            cut_offs: if numeric && self.chance(50) { self.cut_offs() } else { Vec::new() },
            clamp: self.chance(25),
            parties: None,
        };
        self.model.aspects.push(aspect);
        // of an aspect that is the same through all eyes, the format does not say what an empty role sees
        // and neither what the parties' levels fold to
        let clear = numeric && self.by_party(Element::Aspect(self.model.aspects.len() - 1));
        if (clear || (self.wild && self.parties)) && self.chance(40) {
            self.model.aspects.last_mut().expect("just now").parties = self.pick(&[Fold::Mean, Fold::Min, Fold::Max]);
        }
        if self.chance(30) {
            self.met_from(self.model.aspects.len() - 1);
        }
    }

    fn met_from(&mut self, aspect: usize) {
        let levels = self.model.aspects[aspect].levels();
        let met_from = if levels > 0 && self.chance(50) {
            MetFrom::Level(self.under(levels))
        } else {
            MetFrom::Score(self.pick(&halves(0, 3)).unwrap_or_default())
        };
        self.model.aspects[aspect].met_from = Some(met_from);
    }

    fn cut_offs(&mut self) -> Vec<Number> {
        let bounds = halves(0, 3);
        let mut chosen: Vec<Number> = (0..1 + self.under(2)).filter_map(|_| self.pick(&bounds)).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    /// At least so many children, where there are.
    pub(super) fn children(&mut self, how: How, least: usize) -> Combine {
        let counts_met = matches!(how, How::Share | How::All | How::Any);
        let ruleset = self.ruleset;
        let questions = self.questions(|at| {
            let question = &self.model.questions[at];
            question.ruleset == ruleset && !matches!(question.kind, Kind::Text)
        });
        let aspects = self.aspects(|at| self.model.aspects[at].ruleset == ruleset);
        let mut all: Vec<ChildOf> = questions.into_iter().map(ChildOf::Question).collect();
        all.extend(aspects.into_iter().map(ChildOf::Aspect));
        self.rng.shuffle(&mut all);
        all.truncate(least + self.under(3));
        if all.is_empty() {
            return self.ladder();
        }
        for child in &all {
            if let (ChildOf::Aspect(at), true) = (*child, counts_met)
                && self.model.aspects[at].met_from.is_none()
            {
                self.met_from(at);
            }
        }
        let weights = [Number::new(1, 2), Number::from_integer(2), Number::from_integer(3)];
        let children = all.into_iter().map(|of| {
            let weighs = how == How::WeightedMean && self.chance(60);
            Child { of, weight: if weighs { self.pick(&weights) } else { None } }
        });
        Combine::Children { how, children: children.collect() }
    }

    fn ladder(&mut self) -> Combine {
        let (count, valued) = (2 + self.under(2), self.chance(40));
        let steps = (0..count).map(|at| {
            let demands = if at == 0 && self.chance(15) { None } else { Some(self.condition(1)) };
            let value = Number::new(i64::try_from(at).expect("few steps"), 2) - Number::new(1, 2);
            Step { demands, value: valued.then_some(value) }
        });
        Combine::Ladder(steps.collect())
    }

    fn best_match(&mut self) -> Combine {
        let (count, share) = (2 + self.under(2), self.chance(50));
        let mut portraits: Vec<Portrait> = Vec::new();
        for at in 0..count {
            let builds_on = if at > 0 && self.chance(40) {
                let least = if share { halves(0, 1) } else { halves(0, 2) };
                Some((self.under(at), self.pick(&least[1..]).unwrap_or_default()))
            } else {
                None
            };
            let traits = (0..1 + self.under(3)).map(|_| {
                let when = self.condition(0);
                let partial = self.chance(40).then(|| self.condition(0));
                Trait { when, partial }
            });
            let traits: Vec<Trait> = traits.collect();
            // more than all of its own traits is refused
            let most = Number::from_integer(i64::try_from(traits.len()).expect("few traits"));
            let builds_on = builds_on.map(|(base, least)| (base, if share { least } else { least.min(most) }));
            portraits.push(Portrait { traits, builds_on });
        }
        Combine::BestMatch { portraits, share, mixed: self.chance(50) }
    }
}
