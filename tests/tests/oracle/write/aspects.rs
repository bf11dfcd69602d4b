//! Writes `aspects.toml`.

use super::{Writer, decimal, fold_word, quoted};
use crate::oracle::model::{Aspect, ChildOf, Combine, How, MetFrom, Missing, Portrait};
use std::fmt::Write as _;

pub(super) const fn how_word(how: How) -> &'static str {
    match how {
        How::Mean => "mean",
        How::WeightedMean => "weighted-mean",
        How::Sum => "sum",
        How::Min => "min",
        How::Max => "max",
        How::Share => "share",
        How::All => "all",
        How::Any => "any",
    }
}

pub(super) const fn missing_word(missing: Missing) -> &'static str {
    match missing {
        Missing::Skip => "skip",
        Missing::Lowest => "lowest",
        Missing::Blocks => "blocks",
        Missing::Settled => "settled",
    }
}

fn child_id(of: ChildOf) -> String {
    match of {
        ChildOf::Question(at) => format!("q{at}"),
        ChildOf::Aspect(at) => format!("a{at}"),
    }
}

impl Writer<'_> {
    pub(super) fn aspects(&self) -> String {
        let mut text = String::new();
        for at in self.own(&self.cone.aspects, |at| self.model.aspects[at].ruleset) {
            let aspect = &self.model.aspects[at];
            writeln!(text, "[[aspect]]\nid = \"a{at}\"\nsource = \"Bron\"").unwrap();
            if let Some(missing) = aspect.missing {
                writeln!(text, "missing = \"{}\"", missing_word(missing)).unwrap();
            }
            match aspect.met_from {
                Some(MetFrom::Score(score)) => writeln!(text, "met-from = {}", decimal(score)).unwrap(),
                Some(MetFrom::Level(level)) => writeln!(text, "met-from = \"{}\"", aspect.level_id(level)).unwrap(),
                None => {}
            }
            if aspect.clamp {
                text.push_str("clamp = \"target\"\n");
            }
            if let Some(fold) = aspect.parties {
                writeln!(text, "parties = \"{}\"", fold_word(fold)).unwrap();
            }
            self.combine(&mut text, aspect);
        }
        text
    }

    fn combine(&self, text: &mut String, aspect: &Aspect) {
        match &aspect.combine {
            Combine::Children { how, children } => {
                let ids = quoted(children.iter().map(|child| child_id(child.of)));
                writeln!(text, "combine = \"{}\"\nchildren = [{ids}]", how_word(*how)).unwrap();
                let weights: Vec<String> = children
                    .iter()
                    .filter_map(|child| {
                        child.weight.map(|weight| format!("{} = {}", child_id(child.of), decimal(weight)))
                    })
                    .collect();
                if *how == How::WeightedMean {
                    writeln!(text, "weights = {{ {} }}", weights.join(", ")).unwrap();
                }
                if !aspect.cut_offs.is_empty() {
                    let bounds = aspect.cut_offs.iter().map(|below| format!(", below = {}", decimal(*below)));
                    let levels = bounds.chain([String::new()]).enumerate();
                    let each = levels.map(|(at, below)| format!("{{ level = \"{}\"{below} }}", aspect.level_id(at)));
                    writeln!(text, "cut-offs = [{}]", each.collect::<Vec<_>>().join(", ")).unwrap();
                }
            }
            Combine::Ladder(steps) => {
                text.push_str("combine = \"ladder\"\n");
                for (at, step) in steps.iter().enumerate() {
                    writeln!(text, "[[aspect.step]]\nlevel = \"{}\"", aspect.level_id(at)).unwrap();
                    if let Some(demands) = &step.demands {
                        writeln!(text, "demands = '{}'", self.condition(demands)).unwrap();
                    }
                    if let Some(value) = step.value {
                        writeln!(text, "value = {}", decimal(value)).unwrap();
                    }
                }
            }
            Combine::BestMatch { portraits, share, mixed } => {
                let (measure, tie) = (if *share { "share" } else { "count" }, if *mixed { "mixed" } else { "lowest" });
                writeln!(text, "combine = \"best-match\"\nmeasure = \"{measure}\"\ntie = \"{tie}\"").unwrap();
                for (at, portrait) in portraits.iter().enumerate() {
                    self.portrait(text, aspect, at, portrait);
                }
            }
        }
    }

    fn portrait(&self, text: &mut String, aspect: &Aspect, at: usize, portrait: &Portrait) {
        writeln!(text, "[[aspect.portrait]]\nlevel = \"{}\"", aspect.level_id(at)).unwrap();
        if let Some((base, least)) = portrait.builds_on {
            writeln!(text, "builds-on = \"{}\"\nat-least = {}", aspect.level_id(base), decimal(least)).unwrap();
        }
        let traits = portrait.traits.iter().enumerate().map(|(number, one)| {
            let when = self.condition(&one.when);
            let partial = one.partial.as_ref().map(|partial| format!(", partial = '{}'", self.condition(partial)));
            let partial = partial.unwrap_or_default();
            format!("    {{ id = \"t{at}-{number}\", when = '{when}'{partial}, source = \"Bron\" }},\n")
        });
        writeln!(text, "traits = [\n{}]", traits.collect::<String>()).unwrap();
    }
}
