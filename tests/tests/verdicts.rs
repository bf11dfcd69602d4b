//! What the sources say of their own cases, beside what comes out of the answers read from the same pages.
//!
//! Each case is a profile under `fixtures/profiles`; the README there tells how it was read and where the source says
//! this. A typing or a level stands as `id = option`, a conclusion or a step by its id.

use ketenspiegel_engine::assessment::Certainty::{self, Confirmed, Indicated, Open};
use ketenspiegel_engine::assessment::RulesetAssessment;
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::ruleset::{Library, RulesetFiles};
use ketenspiegel_engine::source::Sources;
use std::fs;
use std::path::Path;

/// A case, the ruleset of its source, and what must come out.
type Case = (&'static str, &'static str, &'static [(&'static str, Certainty)]);

#[rustfmt::skip]
const VERDICTS: [Case; 15] = [
    ("economische-dienstverlening", "adr", &[
        ("vorm = procesgericht", Confirmed),
        ("eigen-beleid-leidt", Confirmed),
        ("vorm-governance = systeemgericht", Indicated),
        ("governance-voorop", Indicated),
        ("elementen-systeemgericht", Confirmed),
        ("elementen-ketengericht", Confirmed),
        ("doel-geeft-geen-richting", Confirmed),
        ("sturing-per-organisatie", Confirmed),
        ("sturing-verschilt", Confirmed),
        ("bereidheid-groot", Confirmed),
        ("bereid-maar-vertrouwen-moet-groeien", Confirmed),
        ("alleen-win-win", Confirmed),
        ("middelen-geen-knelpunt", Confirmed),
        ("middelen-beter-inzetten", Confirmed),
        ("uit-balans-keuze-open", Indicated),
        ("ambitieniveau-onbepaald", Confirmed),
        ("route-ontwikkelen", Confirmed),
        ("route-stabiliseren", Confirmed),
        ("richting", Open),
    ]),
    ("loonaangifteketen-2007", "ketens-de-baas", &[
        ("keten-in-crisis", Confirmed),
        ("opgelegde-samenwerking", Confirmed),
        ("crisis-met-vreemde-ogen", Confirmed),
        ("stabiliteit-gaat-voor", Confirmed),
        ("advies = keten", Confirmed),
        ("crisis-zonder-ketenmanager", Open),
    ]),
    ("loonaangifteketen-2018", "ketens-de-baas", &[
        ("samenstelling = combinatie", Confirmed),
        ("vormen-gecombineerd", Confirmed),
        ("advies = keten", Confirmed),
        ("eigen-kosten-bewust", Confirmed),
        ("ecosysteem = in-praktijk", Confirmed),
        ("ecosysteem-in-praktijk", Confirmed),
        ("vorm", Open),
    ]),
    ("rampenbestrijding-regionaal", "ketens-de-baas", &[
        ("vorm = netwerk", Confirmed),
        ("netwerk-vraagt-voorbereiding", Confirmed),
        ("advies = andere-vorm", Confirmed),
    ]),
    ("justid", "ketens-de-baas", &[
        ("vorm = shared-service-center", Confirmed),
        ("ssc-helpt-een-deel", Confirmed),
        ("advies = andere-vorm", Confirmed),
    ]),
    ("bkwi", "ketens-de-baas", &[
        ("vorm = shared-service-center", Confirmed),
        ("ssc-helpt-een-deel", Confirmed),
        ("advies = andere-vorm", Confirmed),
    ]),
    ("rud", "ketens-de-baas", &[
        ("vorm = shared-service-center", Confirmed),
        ("ssc-helpt-een-deel", Confirmed),
        ("advies = andere-vorm", Confirmed),
    ]),
    ("veiligheidsketen", "twynstra", &[
        ("vorm = transactioneel", Confirmed),
    ]),
    ("ssc-ict-rotterdam", "twynstra", &[
        ("vorm = functioneel", Confirmed),
    ]),
    ("koala", "twynstra", &[
        ("vorm = ondernemend", Confirmed),
    ]),
    ("ruimte-voor-geo-informatie", "twynstra", &[
        ("vorm = verkennend", Confirmed),
    ]),
    ("telecom-sell-and-lease-back", "twynstra", &[
        ("vorm = functioneel", Confirmed),
        ("ingericht-als-functioneel", Indicated),
        ("vernieuwen-in-functionele-relatie", Confirmed),
        ("tweede-vorm = ondernemend", Confirmed),
        ("partijen-zien-verschillende-vormen", Confirmed),
        ("relatie-met-twee-vormen", Confirmed),
        ("relatie-splitsen", Confirmed),
    ]),
    ("handelsbedrijf", "eraneos", &[
        ("meeste-belang = klant", Confirmed),
        ("oordeel = vrijwel-gelijk", Confirmed),
        ("meer-belang-bij-klant-zelfde-oordeel", Confirmed),
    ]),
    ("logistieke-dienstverlener", "eraneos", &[
        ("strategieen-niet-verteld", Confirmed),
        ("tegengesteld-en-niet-besproken", Confirmed),
        ("bedoeld-afgestemd-gedaan-tegengesteld", Confirmed),
    ]),
    ("rekencentrum-zorg", "eraneos", &[
        ("klant-zonder-continuiteitsplan", Confirmed),
        ("grote-fout-bij-leverancier-treft-klant-zonder-plan", Confirmed),
        ("relatie-blijvend-beschadigd", Confirmed),
    ]),
];

/// What the ruleset of its source makes of a case.
fn assessed(case: &str, ruleset: &str) -> RulesetAssessment {
    let files = ketenspiegel_rulesets::find(ruleset).expect("it is built in");
    let files = files.into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect();
    let (mut sources, mut problems) = (Sources::new(), Problems::new());
    let files = [RulesetFiles { name: ruleset.into(), files, ..RulesetFiles::default() }];
    let library = Library::load_in(&files, Some("nl"), &mut sources, &mut problems).expect("it loads");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../fixtures/profiles/{case}.json"));
    let bytes = fs::read(path).expect("the case has a profile");
    let profile = Profile::read(case, &bytes, &mut sources, &mut problems).expect("it is a profile");
    let assessment = assess(&library, &profile, &sources, "nl", &mut problems);
    assessment.expect("the profile fits the ruleset").rulesets.remove(0)
}

/// How sure a verdict is; nothing where it does not come out.
fn certainty(assessed: &RulesetAssessment, verdict: &str) -> Option<Certainty> {
    let (id, option) = verdict.split_once(" = ").map_or((verdict, None), |(id, option)| (id, Some(option)));
    let typing =
        assessed.outcomes.iter().find(|outcome| outcome.id == id).map(|typing| (&typing.value, typing.certainty));
    let level = || assessed.aspects.iter().find(|aspect| aspect.id == id)?.level.as_ref();
    if let Some((value, certainty)) = typing.or_else(|| level().map(|level| (&level.id, level.certainty))) {
        return certainty.filter(|_| value.as_deref() == option);
    }
    let diagnosis = assessed.diagnoses.iter().find(|diagnosis| diagnosis.id == id).map(|found| found.certainty);
    // a step is as sure as the surest conclusion that asks for it
    let step = assessed.recommendations.iter().find(|step| step.bouwsteen == id);
    diagnosis.or_else(|| step?.because.iter().map(|asks| asks.certainty).min())
}

#[test]
fn the_cases_of_the_sources_get_the_verdicts_of_the_sources() {
    let mut wrong = String::new();
    for (case, ruleset, verdicts) in VERDICTS {
        let assessed = assessed(case, ruleset);
        for (verdict, expected) in verdicts {
            let found = certainty(&assessed, verdict);
            if found != Some(*expected) {
                wrong += &format!("\n{case}: {verdict} should be {expected:?}, is {found:?}");
            }
        }
    }
    assert_eq!(wrong, "");
}
