//! The engine against brute force: random rulesets and random profiles with gaps, of which every conclusion is
//! worked out a second time by going through every way in which the gaps can be filled.
//!
//! The second evaluation shares no code with the engine; what it follows is `rulesets/FORMAT.md`. Where the format
//! leaves a meaning open, the generator makes none of it, unless it is wild: then only what must hold under any
//! meaning is tested.

mod model;
mod cone;
mod brute;
mod generate;
mod write;
mod run;
mod tally;
mod compare;
mod stands;
mod changes;
mod linked;
mod turned;

use brute::World;
use compare::Disagreement;
use cone::Cone;
use fastrand::Rng;
use model::{Model, Profile};
use run::Loaded;
use tally::Tally;

/// How many random models are tried, and how many random profiles for each.
const MODELS: (u64, usize) = (1_300, 8);
/// The same for wild models.
const WILD_MODELS: (u64, usize) = (300, 4);
/// How many failures are shown.
const SHOWN: usize = 3;

/// What a run over some seeds has seen, and what went wrong.
#[derive(Default)]
struct Found {
    tally: Tally,
    failures: Vec<String>,
}

/// Runs one half of the seeds beside the other.
fn in_two_threads(seeds: u64, run: fn(u64, &mut Found)) -> Found {
    let half = |first: u64| {
        let mut found = Found::default();
        (first..seeds).step_by(2).for_each(|seed| run(seed, &mut found));
        found
    };
    let (mut even, odd) = std::thread::scope(|scope| {
        let odd = scope.spawn(move || half(1));
        (half(0), odd.join().expect("the other half"))
    });
    even.tally.add(odd.tally);
    even.failures.extend(odd.failures);
    even.failures.sort_by_key(String::len);
    even
}

fn assert_none(failures: &[String], cases: usize) {
    let shown: String = failures.iter().take(SHOWN).map(|failure| format!("\n{failure}")).collect();
    assert!(failures.is_empty(), "{} failures in {cases} cases; the shortest:\n{shown}", failures.len());
}

/// What the engine says of a profile otherwise than brute force.
fn disagreements(
    loaded: &mut Loaded,
    model: &Model,
    cone: &Cone,
    profile: &Profile,
    tally: &mut Tally,
) -> Result<Vec<Disagreement>, String> {
    let assessment = loaded.assess(model, cone, profile)?;
    let filled = brute::completions(model, profile);
    let completions: Vec<World<'_>> = filled.iter().map(|profile| World::new(model, profile, &[])).collect();
    let world = World::new(model, profile, &completions);
    Ok(compare::compare(&world, cone, &assessment, tally))
}

/// A disagreement, shown with no more of the rulesets than it rests on.
fn report(model: &Model, profile: &Profile, all: &[Disagreement]) -> Result<String, String> {
    let mut cone = Cone::of(model, all[0].element);
    // what is said to a ruleset at all can matter
    profile.answered_first(model).into_iter().for_each(|at| cone.question(model, at));
    let mut loaded = Loaded::new(model, &cone)?;
    let found = disagreements(&mut loaded, model, &cone, profile, &mut Tally::default())?;
    let Disagreement { element, what, expected, actual } = found.first().unwrap_or(&all[0]);
    let texts = loaded.texts(model, &cone, profile);
    Ok(format!("{element:?}, {what}: brute force finds {expected}, the engine says {actual}\n{texts}"))
}

fn try_model(seed: u64, found: &mut Found) {
    let mut rng = Rng::with_seed(seed);
    let model = generate::model(&mut rng, false);
    hold(seed, &mut rng, &model, MODELS.1, found);
}

/// Holds the engine against brute force on random profiles for a model.
fn hold(seed: u64, rng: &mut Rng, model: &Model, profiles: usize, found: &mut Found) {
    let cone = Cone::whole(model);
    let mut loaded = match Loaded::new(model, &cone) {
        Ok(loaded) => loaded,
        Err(refused) => return found.failures.push(format!("seed {seed}: {refused}")),
    };
    for _ in 0..profiles {
        let profile = generate::profile(rng, model);
        found.tally.note(model, &profile);
        let failure = match disagreements(&mut loaded, model, &cone, &profile, &mut found.tally) {
            Ok(all) if all.is_empty() => continue,
            Ok(all) => report(model, &profile, &all),
            refused => refused.map(|_| String::new()),
        };
        found.failures.push(format!("seed {seed}: {}", failure.unwrap_or_else(|refused| refused)));
    }
}

#[test]
fn the_engine_agrees_with_brute_force() {
    let Found { tally, failures } = in_two_threads(MODELS.0, try_model);
    assert_none(&failures, tally.cases);
    meets_everything(&tally);
}

/// Whether the run has met everything that it is for, often enough.
fn meets_everything(tally: &Tally) {
    assert!(tally.cases >= 10_000, "only {} cases", tally.cases);
    let labels = ["confirmed", "indicated", "open"].map(|label| (label, tally.labels[&("rule", label)]));
    let speak: usize = labels.iter().map(|(_, count)| count).sum();
    for (label, count) in labels {
        assert!(count * 10 >= speak, "{label}: {count} of {speak}: {:?}", tally.labels);
    }
    for (kind, (exact, all)) in &tally.exact {
        assert!(exact * 100 >= all * 95, "{kind}: only {exact} of {all} are exact");
    }
    for name in tally::everything() {
        let count = tally.seen.get(&name).copied().unwrap_or(0);
        assert!(count * 100 >= tally.cases, "{name}: in only {count} of {} cases", tally.cases);
    }
}

fn try_wild_model(seed: u64, found: &mut Found) {
    let mut rng = Rng::with_seed(seed);
    let model = generate::model(&mut rng, true);
    let cone = Cone::whole(&model);
    let mut loaded = match Loaded::new(&model, &cone) {
        Ok(loaded) => loaded,
        Err(refused) => return found.failures.push(format!("seed {seed}: {refused}")),
    };
    for _ in 0..WILD_MODELS.1 {
        let profile = generate::profile(&mut rng, &model);
        let filled = brute::completion(&model, &profile, |ways| rng.usize(0..ways));
        found.tally.note(&model, &profile);
        let sides = (loaded.assess(&model, &cone, &profile), loaded.assess(&model, &cone, &filled));
        let failure = match sides {
            (Ok(before), Ok(after)) => {
                let mut failures = stands::fallen(&before, &after);
                failures.extend(loaded.changed(&model, &cone, &profile, &filled));
                failures.join("\n")
            }
            (Err(refused), _) | (_, Err(refused)) => refused,
        };
        if !failure.is_empty() {
            let (before, after) = (loaded.texts(&model, &cone, &profile), loaded.texts(&model, &cone, &filled));
            let after = after.split("--- profile").last().unwrap_or_default();
            found.failures.push(format!("seed {seed}: {failure}\n{before}--- profile, filled{after}"));
        }
    }
}

#[test]
fn what_is_said_of_a_profile_with_gaps_holds_however_they_are_filled() {
    let Found { tally, failures } = in_two_threads(WILD_MODELS.0, try_wild_model);
    assert_none(&failures, tally.cases);
}
