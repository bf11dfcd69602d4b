use super::difference;
use crate::assessment::{Certainty, Severity, Titled};
use crate::conclusions::{Change, Difference, Kind, RulesetDifference, Says};
use crate::number::Number;
use crate::render::{Language, Look};

fn change(kind: Kind, id: &str, title: &str, before: Option<Says>, after: Option<Says>) -> Change {
    Change { kind, id: id.to_owned(), title: title.to_owned(), before, after }
}

fn found(severity: Severity, certainty: Certainty) -> Option<Says> {
    Some(Says { severity: Some(severity), certainty: Some(certainty), ..Says::default() })
}

fn planned(rank: usize, stage: usize) -> Option<Says> {
    Some(Says { rank: Some(rank), stage: Some(stage), ..Says::default() })
}

fn level(id: &str, certainty: Certainty) -> Option<Says> {
    let value = Some(Titled { id: id.to_owned(), title: id.to_owned() });
    Some(Says { value, certainty: Some(certainty), ..Says::default() })
}

fn score(number: &str) -> Option<Says> {
    Some(Says { number: Number::parse(number), ..Says::default() })
}

fn sample() -> Difference {
    use Certainty::{Confirmed, Indicated, Open};
    let changes = vec![
        change(
            Kind::Level,
            "governance",
            "governance",
            level("procesgericht", Confirmed),
            level("systeemgericht", Indicated),
        ),
        change(Kind::Level, "structuur", "structuur", level("zwak", Indicated), level("zwak", Confirmed)),
        change(Kind::Score, "mindset", "mindset", score("2.5"), score("2.46")),
        change(Kind::Score, "doel", "doel", None, score("7/3")),
        change(Kind::Diagnosis, "top", "de top draagt de keten niet", None, found(Severity::Major, Confirmed)),
        change(
            Kind::Diagnosis,
            "solo",
            "de partners doen het solo",
            found(Severity::Minor, Open),
            found(Severity::Major, Indicated),
        ),
        change(Kind::Diagnosis, "vorm", "de vorm past niet", None, found(Severity::Critical, Open)),
        change(Kind::Diagnosis, "geld", "er is geen geld", found(Severity::Minor, Confirmed), None),
        change(Kind::Recommendation, "ketenmanager", "ketenmanager", planned(3, 1), planned(1, 1)),
        change(Kind::Recommendation, "ketenbestuur", "ketenbestuur", planned(2, 1), planned(2, 2)),
        change(Kind::Recommendation, "ketenatelier", "ketenatelier", None, planned(4, 2)),
    ];
    let ruleset = RulesetDifference { id: "kdb".to_owned(), title: "Ketens de baas".to_owned(), changes };
    Difference { rulesets: vec![ruleset] }
}

#[test]
fn is_told_as_advice() {
    let dutch = difference(&sample(), Language::Dutch).terminal(&Look::default());
    for line in [
        "· + de top draagt de keten niet: ernstig, staat vast (kdb/top)",
        "· ~ de partners doen het solo: aandachtspunt → ernstig; nog open →",
        "· − er is geen geld: aandachtspunt, staat vast (kdb/geld)",
        "· + ketenatelier: plaats 4, stap 2",
        "· ~ ketenmanager: plaats 3 → 1",
        "· ~ ketenbestuur: plaats 2, stap 1 → plaats 2, stap 2",
        "· + de vorm past niet: kritiek, nog open (kdb/vorm)",
        "· ~ governance: procesgericht → systeemgericht",
        "· ~ structuur: zwak waarschijnlijk → staat vast",
        "· + doel: 2,33",
        "· ~ mindset: 2,5 → 2,46",
    ] {
        assert!(dutch.lines().any(|drawn| drawn == line), "{line}\n{dutch}");
    }
    let at = |words: &str| dutch.find(words);
    assert!(at("Bevindingen") < at("Plan") && at("Plan") < at("Niveaus") && at("Niveaus") < at("Scores"));
    assert!(at("Scores") < at("Bevindingen die nog open staan"), "what never stood comes last: {dutch}");
    let english = difference(&sample(), Language::English).markdown();
    for line in [
        "- \\+ **de top draagt de keten niet**: major, confirmed (`kdb/top`)",
        "- ~ **ketenmanager**: place 3 → 1",
        "### Findings",
    ] {
        assert!(english.lines().any(|drawn| drawn.replace("\\~", "~") == line), "{line}\n{english}");
    }
}

#[test]
fn nothing_is_said_to_be_nothing() {
    let drawn = difference(&Difference::default(), Language::English).markdown();
    assert_eq!(drawn, "The advice is the same.\n");
}

#[test]
fn titles_cannot_break_out() {
    let mut sample = sample();
    sample.rulesets[0].changes[0].title = "| <b> \u{1b}[31m # x".to_owned();
    let drawn = difference(&sample, Language::Dutch);
    assert!(!drawn.terminal(&Look::default()).contains('\u{1b}'));
    assert!(drawn.markdown().contains(r"\| \<b\>"), "{}", drawn.markdown());
}
