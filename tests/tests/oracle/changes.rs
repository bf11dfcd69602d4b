//! A profile that is changed step by step must come to the same as one that said so from the start.

use ketenspiegel_engine::assessment::Certainty;
use ketenspiegel_engine::condition::{AspectId, BouwsteenId, ExprId, QuestionId, Value};
use ketenspiegel_engine::evaluate::{Said, Trial, check};
use ketenspiegel_engine::number::Number;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::ruleset::Library;

/// What an expression comes to, how sure it is as a condition, and its range.
type Seen = (ExprId, Value, Option<Certainty>, Option<(Number, Number)>);

/// Where `before`, changed into `after` and back again, differs from the two read afresh; `after` says all that
/// `before` says, and more.
pub(super) fn differences(library: &Library, before: &Profile, after: &Profile) -> Vec<String> {
    let mut problems = Problems::new();
    let (Some(before), Some(after)) = (check(library, before, &mut problems), check(library, after, &mut problems))
    else {
        return vec![format!("a profile is refused: {:?}", problems.sorted())];
    };
    let mut trial = Trial::new(library, &before);
    let (first, wanted) = (everything(library, &mut trial), everything(library, &mut Trial::new(library, &after)));
    let mut giver = Trial::new(library, &after);
    let mut undo = Vec::new();
    for place in places(library) {
        // taking it away from one profile tells what to say in the other
        let Some(said) = giver.say(place).filter(|said| *said != place) else { continue };
        if let Some(before) = trial.say(said).filter(|before| *before != said) {
            undo.push(before);
            if undo.len() % 4 == 1 {
                everything(library, &mut trial); // what is worked out halfway must be forgotten again
            }
        }
    }
    let mut found = compared("changed", &wanted, &everything(library, &mut trial));
    for said in undo.into_iter().rev() {
        trial.say(said);
    }
    found.extend(compared("changed back", &first, &everything(library, &mut trial)));
    found
}

/// Everything that a profile can say, with nothing said.
fn places(library: &Library) -> Vec<Said> {
    let questions = (0..library.questions.len()).map(QuestionId::at);
    let parties = || std::iter::once(None).chain((0..8).map(Some));
    let answers = questions.flat_map(|question| {
        parties().flat_map(move |party| {
            [Said::Answer(question, party, Value::Missing), Said::Importance(question, party, Value::Missing)]
        })
    });
    let statuses = (0..library.bouwstenen.len()).map(|stone| Said::Status(BouwsteenId::at(stone), Value::Missing));
    let targets = (0..library.aspects.len()).map(|aspect| Said::Target(AspectId::at(aspect), Value::Nothing));
    answers.chain(statuses).chain(targets).collect()
}

fn everything(library: &Library, trial: &mut Trial<'_>) -> Vec<Seen> {
    let rules = library.rules.iter().flat_map(|rule| std::iter::once(rule.when).chain(rule.needs));
    let cells = library.tables.iter().flat_map(|table| &table.cells).map(|cell| cell.when);
    let options = library.outcomes.iter().flat_map(|outcome| &outcome.options).map(|option| option.expr);
    let measures = library.measures.iter().map(|measure| measure.value);
    let levels = library.exprs.levels.iter().chain(&library.exprs.aspect_importances).copied().flatten();
    let scores = library.exprs.scores.iter().chain(&library.exprs.answers).copied();
    let conditions: Vec<ExprId> = library.rules.iter().map(|rule| rule.when).collect();
    let now = conditions.iter().filter(|when| trial.value(**when) == Value::Truth(true)).count();
    let sure = conditions.iter().filter(|when| trial.certainty(**when) == Some(Certainty::Confirmed)).count();
    assert_eq!(trial.tally(), (now, sure), "the rules that hold, counted at once and one by one");
    rules
        .chain(cells)
        .chain(options)
        .chain(measures)
        .chain(levels)
        .chain(scores)
        .map(|expr| (expr, trial.value(expr), trial.certainty(expr), trial.range(expr)))
        .collect()
}

fn compared(when: &str, wanted: &[Seen], found: &[Seen]) -> Vec<String> {
    let differing = wanted.iter().zip(found).filter(|(wanted, found)| wanted != found);
    differing.map(|(wanted, found)| format!("{when}: {found:?} instead of {wanted:?}")).collect()
}
