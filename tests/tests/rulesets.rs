//! The built-in rulesets: every rule is shown by their cases from both sides, every typing comes to each of its options, and
//! nothing that is modelled of a source goes unused.

use ketenspiegel_engine::assessment::Status;
use ketenspiegel_engine::cases::{self, Case};
use ketenspiegel_engine::condition::{AspectId, BouwsteenId, Expr, ExprId, OutcomeId, RuleId, Value};
use ketenspiegel_engine::evaluate::{Said, Trial, check};
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::ruleset::{Combine, Library, RulesetFiles, Table};
use ketenspiegel_engine::source::Sources;
use std::collections::BTreeSet;

/// The one option of a typing that no answers bring about: the four forms of Twynstra cover every answer to the two questions.
/// It is there to make the typing comparable with today's arrangement.
const NEVER: (&str, &str, &str) = ("twynstra", "vorm", "geen");

/// A rule that no case was found for yet.
struct Waiting {
    rule: RuleId,
    /// What it names, each with the ruleset that it belongs to.
    named: Vec<(ExprId, usize)>,
    /// What a profile can say that it rests on.
    leaves: Vec<ExprId>,
}

/// A built-in ruleset with what it requires, and its cases.
struct BuiltIn {
    id: &'static str,
    library: Library,
    /// Its place in the library.
    own: usize,
    cases: Vec<Case>,
}

impl BuiltIn {
    fn load(id: &'static str) -> Self {
        let files = |id: &str| {
            let files = ketenspiegel_rulesets::find(id).expect("it is built in");
            RulesetFiles::of(id, files.into_iter().map(|(path, bytes)| (path, bytes.to_vec())))
        };
        let (mut sources, mut problems) = (Sources::new(), Problems::new());
        let peeked = Library::peek(&files(id)).expect("it says what it requires");
        let all: Vec<RulesetFiles> = peeked.requires.iter().map(String::as_str).chain([id]).map(files).collect();
        let library = Library::load(&all, &mut sources, &mut problems).expect("it loads");
        let own = library.ruleset(id).expect("it is there");
        let cases = cases::read(&library, own, &files(id), &mut sources, &mut problems);
        assert!(!cases.is_empty() && !problems.has_errors(), "{id} has cases without mistakes");
        Self { id, library, own, cases }
    }

    fn rules(&self) -> impl Iterator<Item = RuleId> + use<> {
        self.library.rulesets[self.own].own.rules.clone().map(RuleId::at)
    }

    /// All that some expressions rest on, themselves included.
    fn below(&self, roots: impl IntoIterator<Item = ExprId>) -> BTreeSet<ExprId> {
        let (mut waiting, mut found): (Vec<ExprId>, _) = (roots.into_iter().collect(), BTreeSet::new());
        while let Some(id) = waiting.pop() {
            if found.insert(id) {
                waiting.extend(self.library.dependencies(id));
            }
        }
        found
    }

    /// All that some rule or table says something about.
    fn concluded_from(&self) -> BTreeSet<ExprId> {
        let cells = self.library.tables.iter().flat_map(|table| &table.cells).map(|cell| cell.when);
        self.below(self.library.rules.iter().map(|rule| rule.when).chain(cells))
    }

    /// What a profile can say that a rule rests on: first what it names itself.
    fn leaves(&self, rule: RuleId) -> Vec<ExprId> {
        let when = self.library.rules[rule.index()].when;
        let near = self.library.graph.below(when);
        let far = self.below([when]).into_iter().filter(|id| !near.contains(id)).collect();
        [near, far].concat().into_iter().filter(|id| !self.values(*id).is_empty()).collect()
    }

    /// What a rule names, each with the ruleset that it belongs to.
    fn named(&self, rule: RuleId) -> Vec<(ExprId, usize)> {
        let library = &self.library;
        let of = |id: &ExprId| {
            let declared = match *library.graph.expr(*id) {
                Expr::Answer(at) | Expr::Importance(at) => &library.questions[at.index()].declared,
                Expr::AspectImportance(at) | Expr::Score(at) | Expr::Level(at) | Expr::Target(at) => {
                    &library.aspects[at.index()].declared
                }
                Expr::Outcome(at) => &library.outcomes[at.index()].declared,
                Expr::Measure(at) => &library.measures[at.index()].declared,
                Expr::Status(at) => &library.bouwstenen[at.index()].declared,
                _ => return None,
            };
            Some((*id, declared.ruleset))
        };
        library.graph.below(library.rules[rule.index()].when).iter().filter_map(of).collect()
    }

    /// Whether a profile says anything to a ruleset; what it says nothing to may be set aside.
    fn speaks_to(&self, case: &Case, ruleset: usize) -> bool {
        let id = &self.library.rulesets[ruleset].manifest.id;
        let answers = case.profile.answers.iter().any(|section| section.ruleset == *id);
        answers || case.profile.bouwstenen.iter().any(|section| section.ruleset == *id)
    }

    /// What a profile can say of an answer, an importance, a status or a target.
    fn values(&self, leaf: ExprId) -> Vec<Value> {
        let library = &self.library;
        let scale = |question: usize| library.questions[question].importance.as_ref().map(|scale| &scale.values);
        match library.graph.expr(leaf) {
            Expr::Answer(question) => library.questions[question.index()].kind.domain().unwrap_or_default(),
            Expr::Importance(question) => {
                scale(question.index()).into_iter().flatten().copied().map(Value::Number).collect()
            }
            Expr::Status(_) => (0_u16..).zip(Status::ALL).map(|(at, _)| Value::Option(at)).collect(),
            Expr::Target(_) => (1..=5).map(|step: i64| Value::Number(step.into())).collect(),
            _ => Vec::new(),
        }
    }

    /// What a profile says at a leaf, of the chain or of each party.
    fn said(&self, leaf: ExprId, value: Value, parties: usize) -> Vec<Said> {
        let parties = || std::iter::once(None).chain((0_u16..).take(parties).map(Some));
        match *self.library.graph.expr(leaf) {
            Expr::Answer(question) => parties().map(|party| Said::Answer(question, party, value)).collect(),
            Expr::Importance(question) => parties().map(|party| Said::Importance(question, party, value)).collect(),
            Expr::Status(stone) => vec![Said::Status(stone, value)],
            Expr::Target(aspect) => vec![Said::Target(aspect, value)],
            _ => Vec::new(),
        }
    }

    /// Whether something has no answer, or is not asked.
    fn is_open(&self, id: ExprId, trial: &mut Trial<'_>) -> bool {
        let is_asked = match self.library.graph.expr(id) {
            Expr::Answer(question) => self.library.questions[question.index()].asked_if.is_none(),
            _ => true,
        };
        match trial.value(id) {
            Value::Missing => true,
            Value::Nothing => !is_asked,
            _ => false,
        }
    }

    /// Whether a rule speaks on what is answered.
    fn speaks(&self, rule: RuleId, trial: &mut Trial<'_>) -> bool {
        self.library.rules[rule.index()].conditions().all(|asked| trial.value(asked) == Value::Truth(true))
    }

    /// Whether a rule is silent in a case in which all that it names has a value, and would speak if the profile said one
    /// thing otherwise.
    fn is_nearly_spoken(&self, waiting: &Waiting, case: &Case, trial: &mut Trial<'_>) -> bool {
        let when = self.library.rules[waiting.rule.index()].when;
        if trial.value(when) == Value::Truth(true) {
            return false;
        }
        let mut asked =
            waiting.named.iter().filter(|(_, ruleset)| *ruleset == self.own || self.speaks_to(case, *ruleset));
        if asked.any(|(id, _)| self.is_open(*id, trial)) {
            return false;
        }
        let others = waiting.leaves.iter().flat_map(|leaf| self.values(*leaf).into_iter().map(|value| (*leaf, value)));
        let parties = case.profile.parties.len();
        let turns = others.flat_map(|(leaf, value)| self.said(leaf, value, parties)).any(|other| {
            let Some(before) = trial.say(other) else { return false };
            let speaks = trial.value(when) == Value::Truth(true);
            trial.say(before);
            speaks
        });
        // whether it could still come to speak takes long to find out, and only matters here
        turns && trial.certainty(when).is_none()
    }

    /// What no case shows: a rule that speaks, a rule that nearly does, an option of a typing.
    fn unshown(&self) -> Vec<String> {
        let mut problems = Problems::new();
        let mut unspoken: Vec<RuleId> = self.rules().collect();
        let waiting = |rule| Waiting { rule, named: self.named(rule), leaves: self.leaves(rule) };
        let mut waiting: Vec<Waiting> = self.rules().map(waiting).collect();
        let mut typed: BTreeSet<(usize, u16)> = BTreeSet::new();
        let typings = self.library.rulesets[self.own].own.outcomes.clone();
        for case in &self.cases {
            let Some(checked) = check(&self.library, &case.profile, &mut problems) else { continue };
            let mut trial = Trial::new(&self.library, &checked);
            unspoken.retain(|rule| !self.speaks(*rule, &mut trial));
            waiting.retain(|rule| !self.is_nearly_spoken(rule, case, &mut trial));
            typed.extend(typings.clone().filter_map(|at| match trial.value(self.typing(at)) {
                Value::Option(option) => Some((at, option)),
                _ => None,
            }));
        }
        let id = |rule: RuleId| self.library.rules[rule.index()].declared.id.as_str();
        let never = unspoken.iter().map(|rule| format!("{} speaks in no case", id(*rule)));
        let nearly = waiting.iter().map(|waiting| {
            format!("{} is in no case one answer away from speaking, all that it reads known", id(waiting.rule))
        });
        let options =
            typings.flat_map(|at| self.library.outcomes[at].ids.iter().zip(0_u16..).map(move |one| (at, one)));
        let untyped = options.filter(|(at, (_, option))| !typed.contains(&(*at, *option)));
        let untyped =
            untyped.map(|(at, (option, _))| (self.library.outcomes[at].declared.id.as_str(), option.as_str()));
        let untyped = untyped.filter(|(typing, option)| NEVER != (self.id, typing, option));
        let untyped = untyped.map(|(typing, option)| format!("{typing} comes to {option} in no case"));
        never.chain(nearly).chain(untyped).collect()
    }

    /// The expression of a typing.
    fn typing(&self, at: usize) -> ExprId {
        self.library.graph.find(&Expr::Outcome(OutcomeId::at(at))).expect("something reads it")
    }

    /// The ids of the rows of a table file of the ruleset.
    fn rows(&self, file: &str) -> Vec<String> {
        let files = ketenspiegel_rulesets::find(self.id).expect("it is built in");
        let (_, bytes) = files.into_iter().find(|(path, _)| path == file).expect("it has this file");
        let text = String::from_utf8(bytes.to_vec()).expect("it is text");
        let ids = text.lines().filter_map(|line| line.strip_prefix("id = \"")?.strip_suffix('"'));
        ids.map(str::to_owned).collect()
    }

    fn table(&self, id: &str) -> &Table {
        self.library.tables.iter().find(|table| table.declared.id == id).expect("it has this table")
    }
}

fn all_shown(id: &'static str) {
    let ruleset = BuiltIn::load(id);
    let missing = ruleset.unshown();
    assert!(missing.is_empty(), "{id}, {} things:\n  {}", missing.len(), missing.join("\n  "));
}

#[test]
fn cases_show_each_rule_of_adr_from_both_sides() {
    all_shown("adr");
}

#[test]
fn cases_show_each_rule_of_eraneos_from_both_sides() {
    all_shown("eraneos");
}

#[test]
fn cases_show_each_rule_of_ketens_de_baas_from_both_sides() {
    all_shown("ketens-de-baas");
}

#[test]
fn cases_show_each_rule_of_ketenspiegel_from_both_sides() {
    all_shown("ketenspiegel");
}

#[test]
fn cases_show_each_rule_of_noordhuis_from_both_sides() {
    all_shown("noordhuis");
}

#[test]
fn cases_show_each_rule_of_twynstra_from_both_sides() {
    all_shown("twynstra");
}

#[test]
fn every_built_in_ruleset_is_held_against_its_cases_here() {
    let ids: Vec<&str> = ketenspiegel_rulesets::ids().collect();
    assert_eq!(ids, ["adr", "eraneos", "ketens-de-baas", "ketenspiegel", "noordhuis", "twynstra"]);
}

/// [`NEVER`] is really out of reach: it comes out for none of the answers to the two questions that the typing reads.
#[test]
fn what_never_comes_out_cannot() {
    let twynstra = BuiltIn::load("twynstra");
    let case = &twynstra.cases[0];
    let mut problems = Problems::new();
    let checked = check(&twynstra.library, &case.profile, &mut problems).expect("the case fits");
    let mut trial = Trial::new(&twynstra.library, &checked);
    let answer = |id: &str| {
        let id = twynstra.library.question(twynstra.own, id).expect("it is asked");
        twynstra.library.exprs.answers[id.index()]
    };
    let (intention, nature) = (answer("intentie"), answer("aard"));
    let outcome = twynstra.library.outcomes.iter().position(|outcome| outcome.declared.id == "vorm").expect("it types");
    let none = twynstra.library.outcomes[outcome].ids.iter().position(|id| id == "geen").expect("it is an option");
    for first in twynstra.values(intention) {
        for second in twynstra.values(nature) {
            for said in [twynstra.said(intention, first, 0), twynstra.said(nature, second, 0)].concat() {
                trial.say(said);
            }
            assert_ne!(trial.value(twynstra.typing(outcome)), Value::Option(u16::try_from(none).expect("few options")));
        }
    }
}

#[test]
fn each_of_the_73_aandachtspunten_serves_a_conclusion() {
    let adr = BuiltIn::load("adr");
    let used = adr.concluded_from();
    let aspects = ["ambitie", "governance", "besturing", "middelen", "cultuur"];
    let points = aspects.map(|aspect| adr.rows(&format!("tables/aandachtspunten-{aspect}.toml")));
    // one of the 73 steers the direction of the form, so it is no point that goes well or can be better
    let mut all = points.concat();
    all.extend((!all.iter().any(|id| id == "afhankelijkheid")).then(|| "afhankelijkheid".to_owned()));
    assert_eq!(all.len(), 73);
    for id in all {
        let question = adr.library.question(adr.own, &id).expect("it is asked");
        assert!(used.contains(&adr.library.exprs.answers[question.index()]), "nothing is concluded from {id}");
    }
}

#[test]
fn each_of_the_59_kenmerken_serves_a_conclusion() {
    let adr = BuiltIn::load("adr");
    let used = adr.concluded_from();
    let mut shown: BTreeSet<(AspectId, u16, u16)> = BTreeSet::new();
    for id in &used {
        if let Expr::Trait(aspect, portrait, at, _) = *adr.library.graph.expr(*id) {
            shown.insert((aspect, portrait, at));
        }
    }
    let traits = adr.library.aspects.iter().map(|aspect| match &aspect.combine {
        Combine::BestMatch { portraits, .. } => portraits.iter().map(|portrait| portrait.traits.len()).sum(),
        _ => 0,
    });
    assert_eq!((traits.sum::<usize>(), shown.len()), (59, 59));
}

#[test]
fn each_of_the_60_cells_serves_a_conclusion() {
    let twynstra = BuiltIn::load("twynstra");
    let cells = twynstra.rows("tables/cellen.toml");
    assert_eq!(cells.len(), 60);
    // each is a finding where a principle is arranged otherwise, and a line in the design of its form
    for id in &cells {
        assert!(twynstra.library.rules.iter().any(|rule| rule.declared.id == *id), "no rule speaks of {id}");
    }
    let design: BTreeSet<(u16, ExprId)> =
        twynstra.table("ontwerp").cells.iter().map(|cell| (cell.row, cell.when)).collect();
    assert_eq!(design.len(), 60);
}

#[test]
fn each_of_the_40_levels_serves_a_conclusion() {
    let eraneos = BuiltIn::load("eraneos");
    assert_eq!(eraneos.rows("tables/aspecten.toml").len(), 8);
    for table in ["niveaus-volgens-klant", "niveaus-volgens-leverancier"] {
        let cells = &eraneos.table(table).cells;
        let places: BTreeSet<(u16, u16)> = cells.iter().map(|cell| (cell.row, cell.column)).collect();
        let conditions: BTreeSet<ExprId> = cells.iter().map(|cell| cell.when).collect();
        assert_eq!((places.len(), conditions.len()), (40, 40), "{table}");
    }
}

#[test]
fn each_of_the_18_bouwstenen_serves_a_conclusion() {
    let kdb = BuiltIn::load("ketens-de-baas");
    let recommended: BTreeSet<BouwsteenId> =
        kdb.library.rules.iter().flat_map(|rule| rule.recommend.iter().copied()).collect();
    let stones = (0..kdb.library.bouwstenen.len()).map(BouwsteenId::at);
    let stones: Vec<BouwsteenId> = stones.filter(|stone| !kdb.library.bouwstenen[stone.index()].step).collect();
    assert_eq!(stones.len(), 18);
    for stone in stones {
        let id = &kdb.library.bouwstenen[stone.index()].declared.id;
        assert!(recommended.contains(&stone), "no rule recommends {id}");
    }
}
