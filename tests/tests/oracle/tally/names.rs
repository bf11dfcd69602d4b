//! The names of what occurs in a case.

use crate::oracle::model::{
    Agreement, Arithmetic, Asked, Aspect, Combine, Comparison, Condition, Eyes, Fold, Given, Kind, MetFrom, Model,
    Pick, Profile, Question, Term,
};

/// A list of names, with doubles.
#[derive(Default)]
pub(super) struct Names(pub(super) Vec<String>);

impl Names {
    fn add(&mut self, name: impl Into<String>) {
        self.0.push(name.into());
    }

    fn add_if(&mut self, occurs: bool, name: &str) {
        if occurs {
            self.add(name);
        }
    }

    pub(super) fn model(&mut self, model: &Model) {
        self.add_if(model.rulesets == 2, "two rulesets");
        model.questions.iter().for_each(|question| self.question(question));
        self.add_if(model.bouwstenen.iter().any(|bouwsteen| !bouwsteen.same_as.is_empty()), "same-bouwsteen");
        self.add_if(model.bouwstenen.iter().any(|bouwsteen| bouwsteen.same_as.len() > 1), "several same-bouwsteen");
        model.aspects.iter().for_each(|aspect| self.aspect(model, aspect));
        for outcome in &model.outcomes {
            match &outcome.pick {
                Pick::First { options, otherwise } => {
                    self.add(if *otherwise { "outcome first, otherwise" } else { "outcome first" });
                    options.iter().for_each(|when| self.condition(model, outcome.ruleset, when));
                }
                Pick::Best { options, mixed } => {
                    self.add(if *mixed { "outcome best, mixed" } else { "outcome best, lowest" });
                    options.iter().for_each(|score| self.term(model, outcome.ruleset, score));
                }
            }
        }
        model.measures.iter().for_each(|measure| self.term(model, measure.ruleset, &measure.value));
        for table in &model.tables {
            table.cells.iter().for_each(|cell| self.condition(model, table.ruleset, &cell.when));
        }
        for rule in &model.rules {
            self.condition(model, rule.ruleset, &rule.when);
            self.add_if(rule.needs.is_some(), "needs");
            rule.needs.iter().for_each(|needs| self.condition(model, rule.ruleset, needs));
        }
        let children = model.aspects.iter().filter_map(|aspect| match &aspect.combine {
            Combine::Children { children, .. } => Some(children),
            _ => None,
        });
        let mut shared: Vec<_> = children.flatten().map(|child| format!("{:?}", child.of)).collect();
        shared.sort_unstable();
        self.add_if(shared.windows(2).any(|pair| pair[0] == pair[1]), "shared child");
    }

    fn question(&mut self, question: &Question) {
        let kind = match &question.kind {
            Kind::Scale(_) => "scale",
            Kind::YesNo => "yes-no",
            Kind::Choice(_) => "choice",
            Kind::Multiple(_) => "multiple",
            Kind::Number { .. } => "number",
            Kind::Text => "text",
        };
        self.add(format!("kind {kind}"));
        self.add_if(question.importance.is_some(), "importance asked");
        self.add_if(question.asked_if.is_some(), "asked-if");
        self.add_if(question.not_applicable, "not-applicable allowed");
        self.add_if(question.met_from.is_some(), "met-from of a question");
        if let Asked::Party { roles, combine, .. } = &question.asked {
            self.add(match combine {
                Agreement::Agree => "parties agree".to_owned(),
                Agreement::Fold(fold) => format!("parties {fold:?}"),
            });
            self.add_if(!roles.is_empty(), "asked of roles");
        }
        if let Some(same) = &question.same_as {
            self.add(if same.written { "same-as, mapped" } else { "same-as" });
        }
    }

    fn aspect(&mut self, model: &Model, aspect: &Aspect) {
        let word = match &aspect.combine {
            Combine::Children { how, .. } => format!("{how:?}"),
            Combine::Ladder(_) => "Ladder".to_owned(),
            Combine::BestMatch { .. } => "BestMatch".to_owned(),
        };
        self.add(format!("{word} {:?}", aspect.policy()));
        self.add_if(!aspect.cut_offs.is_empty(), "cut-offs");
        self.add_if(aspect.clamp, "clamp");
        self.add_if(matches!(aspect.met_from, Some(MetFrom::Score(_))), "met-from a score");
        self.add_if(matches!(aspect.met_from, Some(MetFrom::Level(_))), "met-from a level");
        if let Some(fold) = aspect.parties {
            self.add(format!("aspect parties {fold:?}"));
        }
        match &aspect.combine {
            Combine::Children { .. } => {}
            Combine::Ladder(steps) => {
                for demands in steps.iter().filter_map(|step| step.demands.as_ref()) {
                    self.condition(model, aspect.ruleset, demands);
                }
            }
            Combine::BestMatch { portraits, share, mixed } => {
                self.add(if *share { "best-match share" } else { "best-match count" });
                self.add(if *mixed { "best-match tie mixed" } else { "best-match tie lowest" });
                self.add_if(portraits.iter().any(|portrait| portrait.builds_on.is_some()), "builds-on");
                for one in portraits.iter().flat_map(|portrait| &portrait.traits) {
                    self.condition(model, aspect.ruleset, &one.when);
                    self.add_if(one.partial.is_some(), "partial");
                    one.partial.iter().for_each(|partial| self.condition(model, aspect.ruleset, partial));
                }
            }
        }
    }

    fn term(&mut self, model: &Model, ruleset: usize, term: &Term) {
        let (name, owner) = match term {
            Term::Answer(at) => ("answer", Some(model.questions[*at].ruleset)),
            Term::Score(at) => ("score", Some(model.aspects[*at].ruleset)),
            Term::Level(at) => ("level", Some(model.aspects[*at].ruleset)),
            Term::Outcome(at) => ("outcome", Some(model.outcomes[*at].ruleset)),
            Term::Measure(at) => ("measure", Some(model.measures[*at].ruleset)),
            Term::Status(at) => ("bouwsteen", Some(model.bouwstenen[*at].ruleset)),
            Term::QuestionImportance(_) => ("importance of a question", None),
            Term::AspectImportance(_) => ("importance of an aspect", None),
            Term::Target(_) => ("target", None),
            Term::Coverage(_) => ("coverage", None),
            Term::Parameter(_) => ("param", None),
            Term::By(_, Eyes::Role(_)) => ("by a role", None),
            Term::By(_, Eyes::Variable(_)) => ("by a party", None),
            Term::Spread(_) => ("spread", None),
            Term::Arithmetic(Arithmetic::Plus, ..) => ("plus", None),
            Term::Arithmetic(Arithmetic::Minus, ..) => ("minus", None),
            Term::Arithmetic(Arithmetic::Times, ..) => ("times", None),
            Term::Arithmetic(Arithmetic::Over, ..) => ("over", None),
            Term::Arithmetic(Arithmetic::Gap, ..) => ("gap", None),
            Term::Fold(Fold::Mean, _) => ("mean", None),
            Term::Fold(Fold::Sum, _) => ("sum", None),
            Term::Fold(Fold::Min, _) => ("lowest", None),
            Term::Fold(Fold::Max, _) => ("highest", None),
            Term::Count(_) => ("count", None),
            Term::Share(_) => ("share", None),
            Term::Number(_) | Term::Option(_) | Term::Truth(_) => ("constant", None),
        };
        self.add(name);
        self.add_if(owner.is_some_and(|owner| owner != ruleset), &format!("from {name}"));
        term.terms().into_iter().for_each(|term| self.term(model, ruleset, term));
        term.conditions().iter().for_each(|condition| self.condition(model, ruleset, condition));
    }

    fn condition(&mut self, model: &Model, ruleset: usize, condition: &Condition) {
        let (name, owner) = match condition {
            Condition::Compare(Comparison::Below, ..) => ("<", None),
            Condition::Compare(Comparison::AtMost, ..) => ("<=", None),
            Condition::Compare(Comparison::Above, ..) => (">", None),
            Condition::Compare(Comparison::AtLeast, ..) => (">=", None),
            Condition::Compare(Comparison::Equal, ..) => ("==", None),
            Condition::Compare(Comparison::NotEqual, ..) => ("!=", None),
            Condition::OneOf(..) => ("is_one_of", None),
            Condition::Has(..) => ("has", None),
            Condition::Yes(_, true) => ("yes", None),
            Condition::Yes(_, false) => ("no", None),
            Condition::Holds(_) => ("holds", None),
            Condition::And(..) => ("and", None),
            Condition::Or(..) => ("or", None),
            Condition::Not(_) => ("not", None),
            Condition::All(_) => ("all", None),
            Condition::Any(_) => ("any", None),
            Condition::AtLeast(..) => ("at_least", None),
            Condition::Parties { any: true, role: None, .. } => ("any_party", None),
            Condition::Parties { any: true, .. } => ("any_party in a role", None),
            Condition::Parties { any: false, role: None, .. } => ("all_parties", None),
            Condition::Parties { any: false, .. } => ("all_parties in a role", None),
            Condition::Diagnosis(at) => ("diagnosis", Some(model.rules[*at].ruleset)),
            Condition::Cell(at, _) => ("cell", Some(model.tables[*at].ruleset)),
            Condition::Shows { aspect, partly: false, .. } => ("shows", Some(model.aspects[*aspect].ruleset)),
            Condition::Shows { aspect, .. } => ("shows_partly", Some(model.aspects[*aspect].ruleset)),
            Condition::Answered(_) => ("answered", None),
            Condition::Unknown(_) => ("unknown", None),
            Condition::Says(_) => ("says", None),
        };
        self.add(name);
        self.add_if(owner.is_some_and(|owner| owner != ruleset), &format!("from {name}"));
        condition.terms().into_iter().for_each(|term| self.term(model, ruleset, term));
        condition.parts().into_iter().for_each(|part| self.condition(model, ruleset, part));
    }

    pub(super) fn profile(&mut self, model: &Model, profile: &Profile) {
        let given = profile.answers.iter().flatten();
        for given in given {
            self.add(match given {
                Given::Value(_) => "given a value",
                Given::NotApplicable => "given not applicable",
                Given::Unknown => "given unknown",
                Given::Missing => "not given",
            });
        }
        self.add(format!("{} parties", profile.parties));
        let asked_of_parties = model.questions.iter().any(Question::by_party);
        self.add_if(profile.parties == 0 && asked_of_parties, "asked of parties that are not there");
        self.add_if(profile.targets.iter().any(Option::is_some), "target given");
        self.add_if(profile.statuses.iter().any(Option::is_none), "status not given");
        let open =
            model.questions.iter().zip(&profile.importances).filter(|(question, _)| question.importance.is_some());
        let open = open.flat_map(|(_, given)| given).any(Option::is_none);
        self.add_if(open, "importance not given");
    }
}
