//! Twynstra by hand.
//!
//! Most rules hold today's arrangement against the form that two answers give. They read the same open answers, so what
//! they can still come to is worked out from the forms that are possible and from how many principles are known to belong
//! to each. Principles, questions and groups stand in the order of `rulesets/twynstra`.

mod beliefs;
mod tally;

use super::given::Given;
use super::verdict::{Truth, Verdict};
use super::{Builtin, Now};
use beliefs::Beliefs;
use tally::{Form, Tally};

/// The four forms, in the order in which twice "new rather than better" plus "share rather than exchange" gives their
/// places; and what is not arranged.
const FORMS: [&str; 5] = ["transactioneel", "functioneel", "verkennend", "ondernemend", "geen"];
const FUNCTIONAL: u8 = 1;
const NONE: u8 = 4;

const PRINCIPLES: [&str; 15] = [
    "nu-intentie",
    "nu-aard",
    "nu-verhoudingen",
    "nu-huishouding",
    "nu-besluitvorming",
    "nu-planning",
    "nu-prestaties",
    "nu-contract",
    "nu-gedrag",
    "nu-sleutelrollen",
    "nu-managementstijl",
    "nu-identiteit",
    "nu-informatie",
    "nu-werkproces",
    "nu-ict",
];
const CONTRACT: usize = 7;
/// The first two principles are about the purpose; the others are arranged, in three groups.
const ARRANGED: std::ops::Range<usize> = 2..15;
const GROUPS: [std::ops::Range<usize>; 3] = [2..8, 8..12, 12..15];

/// What the parties agree on: purpose, form, and then the fifteen questions in three groups.
const AGENDA: [&str; 17] = [
    "afspraak-doel",
    "afspraak-vorm",
    "afspraak-verhoudingen",
    "afspraak-rolverdeling",
    "afspraak-huishouding",
    "afspraak-besluitvorming",
    "afspraak-planning",
    "afspraak-instrumenten",
    "afspraak-prestaties",
    "afspraak-contract",
    "afspraak-gedrag",
    "afspraak-sleutelrollen",
    "afspraak-managementstijl",
    "afspraak-identiteit",
    "afspraak-informatie",
    "afspraak-werkproces",
    "afspraak-ict",
];
const AGENDAS: [std::ops::Range<usize>; 3] = [2..10, 10..14, 14..17];
const STAGES: [&str; 3] = ["niet-besproken", "besproken", "afgesproken"];
const AGREED: u8 = 2;

const SEPARATE: [&str; 4] = ["eigen-inrichting", "eigen-afrekening", "eigen-contract", "eigen-contactpersonen"];
const OWN_CONTRACT: usize = 2;

/// The place of an option; nothing while it is open.
type Choice = Option<u8>;

/// The answers to the two questions of a relation, or of a second part of it: new rather than better, and share rather
/// than exchange.
#[derive(Debug, Clone, Copy)]
struct Asks {
    anew: Option<bool>,
    shared: Option<bool>,
}

#[derive(Debug)]
pub(crate) struct Answers {
    common_purpose: Option<bool>,
    /// Of each party; of all together where no parties are named.
    better_together: Vec<Option<bool>>,
    believed: Vec<Choice>,
    has_parties: bool,
    relation: Asks,
    arranged: [Choice; 15],
    has_second_part: Option<bool>,
    /// These are asked only of a second part.
    second: Asks,
    separate: [Option<bool>; 4],
    agenda: [Choice; 17],
}

#[derive(Debug)]
pub(crate) struct Conclusions {
    rules: [Verdict; 118],
    form: Choice,
    second_form: Choice,
    belief: Choice,
    tally: Tally,
    fitting: Option<i64>,
    other: Option<i64>,
    not_arranged: Option<i64>,
    /// How many principles are known to be arranged, outside the purpose, in the purpose and in each group.
    arranged: [i64; 5],
    /// How many are agreed on, of how many that are answered: purpose and form, and each group.
    agreed: [(i64, i64); 4],
    both_answered: bool,
}

impl Asks {
    fn form(self) -> Form {
        let anew = self.anew.map_or(0b1111, |anew| if anew { 0b1100 } else { 0b0011 });
        let shared = self.shared.map_or(0b1111, |shared| if shared { 0b1010 } else { 0b0101 });
        let now = self.anew.zip(self.shared).map(|(anew, shared)| 2 * u8::from(anew) + u8::from(shared));
        Form { now, could: anew & shared }
    }
}

/// A second part of the relation, that may have another form.
struct SecondPart<'a> {
    there: Option<bool>,
    separate: &'a [Option<bool>; 4],
    two_forms: Verdict,
}

impl<'a> SecondPart<'a> {
    fn new(answers: &'a Answers, relation: Form) -> Self {
        let (first, second) = (answers.relation, answers.second);
        let contract = answers.arranged[CONTRACT];
        let asked = |known| Self::asked(answers.has_second_part, known);
        let differs = |one: Option<bool>, other: Option<bool>| asked(one.zip(other).map(|(one, other)| one != other));
        // that the contract belongs to a form which has another answer to a question
        let clashes = |answer: Option<bool>, bit: u8| {
            let clash = |wanted: bool| {
                let of = contract.map(|form| form != NONE && (form & bit != 0) != wanted);
                asked(answer.map(|answer| answer == wanted)).and(of.into())
            };
            clash(true).or(clash(false))
        };
        let now = differs(second.anew, first.anew)
            .or(differs(second.shared, first.shared))
            .or(clashes(second.anew, 0b10))
            .or(clashes(second.shared, 0b01));
        // one form where both are the same, and the contract is of that form or not arranged
        let (own, contract) = (second.form().could, contract.map_or(0b1_1111, |form| 1 << form));
        let one_form = own & relation.could;
        let can_be_one = one_form != 0 && contract & (one_form | 1 << NONE) != 0;
        let must_be_one = own == relation.could && own.is_power_of_two() && contract & !(own | 1 << NONE) == 0;
        let two_forms = Verdict::new(now, !must_be_one, can_be_one);
        Self { there: answers.has_second_part, separate: &answers.separate, two_forms }
    }

    /// An answer that is asked only of a second part.
    fn asked(there: Option<bool>, known: Option<bool>) -> Truth {
        there.map_or(Truth::Undecided, |there| if there { known.into() } else { Truth::Undefined })
    }

    /// A condition over the second part, by what it comes to if there is one.
    fn within(&self, verdict: Verdict) -> Verdict {
        let can_hold = self.there != Some(false) && verdict.can_hold;
        Verdict::new(verdict.now, can_hold, self.there != Some(true) || verdict.can_fail)
    }

    fn answered(&self, known: Option<bool>) -> Verdict {
        Verdict { now: Self::asked(self.there, known), ..Verdict::of(known) }
    }

    fn lacks(&self, at: usize) -> Verdict {
        self.answered(self.separate[at].map(|separate| !separate))
    }

    fn has_two_forms_and(&self, verdict: Verdict) -> Verdict {
        self.within(self.two_forms.and(verdict))
    }
}

fn open(stage: Choice) -> Verdict {
    Verdict::of(stage.map(|stage| stage != AGREED))
}

fn agreed(stage: Choice) -> Verdict {
    Verdict::of(stage.map(|stage| stage == AGREED))
}

/// How many are agreed on, of how many that are answered.
fn share_agreed(stages: &[Choice]) -> (i64, i64) {
    let agreed = stages.iter().filter(|stage| **stage == Some(AGREED)).count();
    (agreed as i64, stages.iter().flatten().count() as i64)
}

/// Whether something is agreed on already, by what is answered.
fn some_agreed(stages: &[Choice]) -> Verdict {
    let (agreed, answered) = share_agreed(stages);
    let now = (answered > 0).then_some(agreed > 0);
    Verdict::new(now, agreed > 0 || answered < stages.len() as i64, agreed == 0)
}

/// How many are known to be arranged; what is open counts as not.
fn arranged(principles: &[Choice]) -> i64 {
    principles.iter().flatten().filter(|form| **form != NONE).count() as i64
}

/// Whether not everything is known to be arranged.
fn to_design(principles: &[Choice]) -> Verdict {
    let lacking = principles.contains(&Some(NONE));
    let open = principles.contains(&None);
    Verdict::new(lacking || open, lacking || open, !lacking)
}

/// Whether the parties agree that they do better together.
fn all_better(parties: &[Option<bool>]) -> Verdict {
    let (yes, no) = (parties.contains(&Some(true)), parties.contains(&Some(false)));
    let now = match (yes, no) {
        (true, true) => Truth::Undefined,
        (false, false) => Truth::Undecided,
        (yes, _) => yes.into(),
    };
    Verdict::new(now, !no, no || parties.contains(&None))
}

pub(crate) struct Twynstra;

impl Builtin for Twynstra {
    const ID: &'static str = "twynstra";
    type Answers = Answers;
    type Conclusions = Conclusions;

    fn answers(given: &Given) -> Answers {
        let asks = |anew: &str, shared: &str| Asks {
            anew: given.option(anew, &["verbeteren", "vernieuwen"]).map(|at| at == 1),
            shared: given.option(shared, &["uitwisselen", "delen"]).map(|at| at == 1),
        };
        Answers {
            common_purpose: given.yes("gezamenlijk-doel"),
            better_together: given.each_party("samen-beter").map(|given| given.yes("samen-beter")).collect(),
            believed: given
                .each_party("vorm-volgens-partij")
                .map(|given| given.option("vorm-volgens-partij", &FORMS))
                .collect(),
            has_parties: given.has_parties(),
            relation: asks("intentie", "aard"),
            arranged: PRINCIPLES.map(|id| given.option(id, &FORMS)),
            has_second_part: given.yes("tweede-onderdeel"),
            second: asks("tweede-intentie", "tweede-aard"),
            separate: SEPARATE.map(|id| given.yes(id)),
            agenda: AGENDA.map(|id| given.option(id, &STAGES)),
        }
    }

    fn conclude(answers: &Answers) -> Conclusions {
        let mut rules = [Verdict::new(None, false, false); 118];
        let mut places = rules.iter_mut();
        let mut say = |verdict: Verdict| *places.next().unwrap() = verdict;
        let Answers { arranged: principles, agenda, better_together, .. } = answers;

        // the purpose
        let purpose = Verdict::of(answers.common_purpose);
        say(Verdict::of(answers.common_purpose.map(|purpose| !purpose)));
        let alone = better_together.iter().map(|better| Verdict::of(better.map(|better| !better)));
        say(if answers.has_parties { Verdict::any(alone) } else { Verdict::new(Truth::Undefined, false, true) });
        say(purpose.and(all_better(better_together)));

        // the form
        let form = answers.relation.form();
        (0..4).for_each(|at| say(form.is(at)));

        // what today's arrangement is mostly of, against purpose and beliefs
        let tally = Tally::new(&principles[ARRANGED]);
        let beliefs = Beliefs::new(&answers.believed, answers.has_parties);
        for at in 0..4 {
            let mostly = tally.mostly(usize::from(at));
            say(mostly);
            say(mostly.and(form.is_another_than(at)));
            say(mostly.and(beliefs.any_other_than(at)));
        }

        // pure, mixed, in part, not at all
        say(tally.pure(form));
        say(tally.mixed(form));
        say(tally.partly());
        say(tally.nothing_arranged());

        // what is still to be designed
        GROUPS.into_iter().for_each(|group| say(to_design(&principles[group])));

        // what the parties believe
        let (same, other) = beliefs.against(form);
        let differ = beliefs.any_differ();
        say(differ);
        say(other);
        say(same);

        // each principle against each form
        for principle in principles {
            for at in 0..4 {
                say(form.is(at).and(Verdict::of(principle.map(|now| now != at))));
            }
        }

        // a second part with another form
        let second = SecondPart::new(answers, form);
        (0..4).for_each(|at| say(second.has_two_forms_and(second.lacks(at))));
        say(second.has_two_forms_and(Verdict::any((0..4).map(|at| second.lacks(at)))));
        let functional = Verdict::of(principles[CONTRACT].map(|form| form == FUNCTIONAL));
        let renews = second.answered(answers.second.anew);
        say(second.within(renews.and(second.lacks(OWN_CONTRACT)).and(functional)));
        let separated = answers.separate.iter().map(|separate| second.answered(*separate));
        say(second.has_two_forms_and(Verdict::all(separated)));

        // the agenda: purpose and form first
        let [on_purpose, on_form, ..] = *agenda;
        let first_open = open(on_purpose).or(open(on_form));
        say(open(on_purpose));
        say(open(on_form));
        say(Verdict::any(AGENDAS.into_iter().map(|group| some_agreed(&agenda[group]))).and(first_open));
        say(Verdict::all(agenda.iter().map(|stage| agreed(*stage))));
        let first_agreed = agreed(on_purpose).and(agreed(on_form));
        for group in AGENDAS {
            say(Verdict::any(agenda[group].iter().map(|stage| open(*stage))).and(first_agreed));
        }
        agenda[2..].iter().for_each(|stage| say(Verdict::of(stage.map(|stage| stage == 0))));

        let belief = match differ.now {
            Truth::Yes => Some(0),
            Truth::Undecided => None,
            _ => beliefs.same.map(|same| same + 1),
        };
        let [one, two, three] = GROUPS.map(|group| arranged(&principles[group]));
        Conclusions {
            rules,
            form: form.now,
            second_form: answers.second.form().now.filter(|_| answers.has_second_part == Some(true)),
            belief,
            tally,
            fitting: tally.settled(form, |form| tally.of[form]),
            other: tally.settled(form, |form| tally.other_than(form)),
            not_arranged: (tally.open() == 0).then_some(tally.not_arranged()),
            arranged: [one + two + three, arranged(&principles[..2]), one, two, three],
            agreed: [0..2, 2..10, 10..14, 14..17].map(|group| share_agreed(&agenda[group])),
            both_answered: form.now.is_some(),
        }
    }

    fn rules(conclusions: &Conclusions) -> &[Verdict] {
        &conclusions.rules
    }

    fn now(conclusions: &Conclusions) -> Now {
        let arranged = conclusions.arranged.into_iter().zip([13, 2, 6, 4, 3]);
        let place = |choice: Choice| choice.map(i64::from);
        let covered = 2 * conclusions.tally.known >= Tally::ALL;
        Now {
            scores: arranged.chain(conclusions.agreed).collect(),
            typings: vec![place(conclusions.form), place(conclusions.second_form), place(conclusions.belief)],
            measures: vec![conclusions.fitting, conclusions.other, conclusions.not_arranged],
            needs: [[covered; 5].as_slice(), &[conclusions.both_answered; 3]].concat(),
        }
    }
}
