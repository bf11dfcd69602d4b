//! The reasoning as a reader gets it.

use super::*;
use crate::assessment::{Comparison, Evidence, ReasonKind, State};
use crate::evaluate::Explained;
use crate::number::Number;
use crate::render::samples::*;

use crate::render::Look;

fn text(drawing: &Drawing) -> String {
    drawing.terminal(&Look::default())
}

fn why(reasons: &[Reason], language: Language) -> Drawing {
    reasoning("De top draagt de keten niet", reasons, "Ketens de baas, §2.2", &place("rules/mindset.rhai", 4), language)
}

#[test]
fn a_confirmed_diagnosis_in_dutch() {
    insta::assert_snapshot!("confirmed-nl", text(&diagnosis(&no_decisions(), Language::Dutch)));
}

#[test]
fn a_confirmed_diagnosis_in_english() {
    insta::assert_snapshot!("confirmed-en", text(&diagnosis(&no_decisions(), Language::English)));
}

#[test]
fn an_indicated_diagnosis() {
    insta::assert_snapshot!("indicated", text(&diagnosis(&solo(), Language::Dutch)));
}

#[test]
fn what_an_open_diagnosis_waits_for() {
    let open = ruleset().diagnoses.remove(2);
    insta::assert_snapshot!("open", text(&diagnosis(&open, Language::Dutch)));
}

#[test]
fn an_aspect_a_typing_a_number() {
    let ruleset = ruleset();
    let drawings = [
        aspect(&ruleset.aspects[2], Language::Dutch),
        outcome(&ruleset.outcomes[1], Language::Dutch),
        measure(&ruleset.measures[0], Language::Dutch),
        explained(&cell(), Language::Dutch),
    ];
    insta::assert_snapshot!("values", drawings.each_ref().map(text).join("\n"));
}

/// A cell of a table, as it is explained.
fn cell() -> Explanation {
    let table = &ruleset().tables[0];
    Explanation {
        format: "explanation/1",
        id: "ketens-de-baas/principes/doel/straks".into(),
        kind: Explained::Cell,
        title: "Een gedeeld doel · Wat het vraagt".into(),
        text: table.cells[1].text.clone(),
        state: State::Holds,
        certainty: Some(table.cells[1].certainty),
        exact: true,
        deciding: vec![titled("kosten", "verdeling van de kosten")],
        fragile: Vec::new(),
        reasons: vec![mindset()],
        needs: Vec::new(),
        recommendation: None,
        asked_for_by: Vec::new(),
        source: table.cells[1].source.clone(),
        place: table.place.clone(),
    }
}

#[test]
fn the_rank_of_a_recommendation() {
    insta::assert_snapshot!(
        "rank-nl",
        text(&recommendation(&manager(), Some(&place("bouwstenen.toml", 7)), Language::Dutch))
    );
    insta::assert_snapshot!(
        "rank-en",
        text(&recommendation(&manager(), Some(&place("bouwstenen.toml", 7)), Language::English))
    );
}

/// Every way in which steps of a reasoning belong together.
fn groups() -> Vec<Reason> {
    let holds =
        |title: &str| compare(answer("a", title, "4", "eens"), Comparison::AtLeast, shown("3", ""), State::Holds);
    let fails =
        |title: &str| compare(answer("b", title, "2", "oneens"), Comparison::AtLeast, shown("3", ""), State::Fails);
    let open = |title: &str| compare(unanswered(title), Comparison::AtLeast, shown("3", ""), State::Undecided);
    let party = |title: &str, part: Reason| Reason {
        parts: [part.clone()].into(),
        ..reason(ReasonKind::Party, part.state, title)
    };
    let count = Reason {
        value: Some(shown("2", "")),
        parts: [holds("gedeeld doel"), holds("gedeelde taal"), fails("gedeeld geld")].into(),
        ..reason(ReasonKind::Count, State::Holds, "")
    };
    let status =
        Reason { value: Some(shown("", "absent")), ..reason(ReasonKind::Status, State::Holds, "ketenbestuur") };
    vec![
        group(
            ReasonKind::Not,
            State::Holds,
            vec![compare(answer("c", "wil", "2", "oneens"), Comparison::AtMost, shown("1", ""), State::Fails)],
        ),
        group(ReasonKind::Not, State::Fails, vec![group(ReasonKind::Any, State::Holds, vec![holds("a"), fails("b")])]),
        group(ReasonKind::Any, State::Undecided, vec![open("open kaart spelen"), fails("feedback geven")]),
        group(
            ReasonKind::AnyParty,
            State::Holds,
            vec![party("Belastingdienst", holds("vertrouwen")), party("UWV", fails("vertrouwen"))],
        ),
        compare(count, Comparison::AtLeast, shown("2", ""), State::Holds),
        compare(status, Comparison::Below, shown("", "working"), State::Holds),
        Reason { value: None, ..reason(ReasonKind::Diagnosis, State::Holds, "De partners lossen problemen solo op") },
        Reason {
            id: Some("adr/governance".into()),
            ruleset: Some("ADR".into()),
            ..compare(
                Reason {
                    value: Some(shown("", "ingericht")),
                    id: Some("adr/governance".into()),
                    ..reason(ReasonKind::Level, State::Holds, "governance")
                },
                Comparison::AtLeast,
                shown("", "ontworpen"),
                State::Holds,
            )
        },
        reason(ReasonKind::Answered, State::Fails, "jaarplan van de keten"),
    ]
}

#[test]
fn every_kind_of_group() {
    insta::assert_snapshot!("groups-nl", text(&why(&groups(), Language::Dutch)));
    insta::assert_snapshot!("groups-en", text(&why(&groups(), Language::English)));
}

/// The lines in a report, as one text.
fn lines(reasons: Vec<Reason>) -> String {
    let all = group(ReasonKind::All, State::Holds, reasons);
    brief(&[all], Language::Dutch).into_iter().map(|(_, line)| line.words().into_owned()).collect::<Vec<_>>().join("\n")
}

#[test]
fn two_bounds_of_one_value_are_one_line() {
    let value = || answer("a", "wil", "3", "");
    let least = compare(value(), Comparison::AtLeast, shown("2", ""), State::Holds);
    let below = compare(value(), Comparison::Below, shown("4", ""), State::Holds);
    assert_eq!(lines(vec![least.clone(), below]), "✓ wil is 3 — voorwaarde: minstens 2 en lager dan 4");
    let other = compare(answer("b", "moed", "3", ""), Comparison::Below, shown("4", ""), State::Holds);
    assert_eq!(lines(vec![least, other]).lines().count(), 2, "of two values two lines");
}

#[test]
fn what_differs_from_something_else_names_it() {
    let two = [answer("a", "wil", "4", "eens"), answer("b", "moed", "2", "oneens")];
    let differs = compare(two[0].clone(), Comparison::NotEqual, shown("2", "oneens"), State::Holds);
    let differs = Reason { parts: two.into(), ..differs };
    let said = "✓ wil is 4 (‘eens’) — voorwaarde: anders dan moed, en dat is 2 (‘oneens’)";
    assert_eq!(lines(vec![differs]), said);
}

#[test]
fn how_many_are_answered_is_said_of_questions() {
    let asked = |state| reason(ReasonKind::Answered, state, "jaarplan");
    let count = |answered: usize| {
        let state = |at: usize| if at < answered { State::Holds } else { State::Fails };
        let parts = (0..3).map(|at| asked(state(at))).collect();
        let count = group(ReasonKind::Count, State::Holds, parts);
        let count = Reason { value: Some(shown(&answered.to_string(), "")), ..count };
        lines(vec![compare(count, Comparison::Below, shown("3", ""), State::Holds)])
    };
    assert_eq!(count(1), "✓ van deze 3 vragen is 1 beantwoord — voorwaarde: minder dan 3");
    assert_eq!(count(2), "✓ van deze 3 vragen zijn 2 beantwoord — voorwaarde: minder dan 3");
}

#[test]
fn what_was_not_answered_is_not_what_nobody_knows() {
    let answer = |unknown: Option<bool>| Reason {
        evidence: unknown.map(|unknown| Evidence { unknown, ..Evidence::default() }.into()),
        ..reason(ReasonKind::Answer, State::Undecided, "mandaat")
    };
    let said = |answer: Reason| lines(vec![compare(answer, Comparison::AtMost, shown("2", ""), State::Undecided)]);
    assert_eq!(said(answer(None)), "? mandaat is nog niet beantwoord — voorwaarde: hoogstens 2");
    assert_eq!(said(answer(Some(true))), "? mandaat is beantwoord met ‘onbekend’ — voorwaarde: hoogstens 2");
    let of_parties = Reason { parts: vec![answer(Some(true)), answer(None)].into(), ..answer(None) };
    assert_eq!(said(of_parties), "? mandaat is nog niet te zeggen — voorwaarde: hoogstens 2");
    let unknown = |state| lines(vec![reason(ReasonKind::Unknown, state, "mandaat")]);
    assert_eq!(unknown(State::Holds), "✓ mandaat is beantwoord met ‘onbekend’");
    assert_eq!(unknown(State::Fails), "✗ mandaat is niet beantwoord met ‘onbekend’");
}

#[test]
fn what_the_parties_say_is_told_by_party() {
    let says = |party: &str, value: Option<&str>| Reason {
        party: Some(Titled { id: party.to_lowercase(), title: party.to_owned() }.into()),
        value: value.map(|value| shown(value, "eens")),
        ..reason(ReasonKind::Answer, State::Undecided, &format!("mandaat ({party})"))
    };
    let parts = vec![says("UWV", Some("4")), says("CBS", None)];
    let spread =
        Reason { parts: parts.into(), value: None, ..reason(ReasonKind::Calculation, State::Undecided, "spread") };
    let said = lines(vec![compare(spread, Comparison::AtLeast, shown("2", ""), State::Undecided)]);
    let who = "(UWV: 4 en CBS: nog niet beantwoord)";
    assert_eq!(
        said,
        format!("? verschil tussen de partijen over ‘mandaat’ {who} is nog niet te zeggen — voorwaarde: minstens 2")
    );
}

#[test]
fn a_typing_is_told_behind_its_title_and_what_is_otherwise_by_what_does_not_hold() {
    let typing = |value: Option<&str>, parts| Reason {
        value: value.map(|value| shown("", value)),
        parts,
        ..reason(
            ReasonKind::Outcome,
            if value.is_some() { State::Holds } else { State::Undefined },
            "Hoe complex de keten is",
        )
    };
    let told = |value: Option<&str>| {
        let state = if value.is_some() { State::Holds } else { State::Undefined };
        lines(vec![compare(typing(value, [].into()), Comparison::Equal, shown("", "eenvoudig"), state)])
    };
    assert_eq!(told(Some("eenvoudig")), "✓ Hoe complex de keten is: ‘eenvoudig’");
    assert_eq!(told(None), "– Hoe complex de keten is: geen van de mogelijkheden past — voorwaarde: ‘eenvoudig’");
    let option = |title: &str| reason(ReasonKind::Candidate, State::Fails, title);
    let otherwise = |options: Vec<Reason>| lines(vec![typing(Some("gemiddeld"), options.into())]);
    assert_eq!(otherwise(vec![option("complex")]), "‘complex’ geldt niet");
    assert_eq!(
        otherwise(vec![option("complex"), option("eenvoudig")]),
        "geen van de andere geldt: ‘complex’ en ‘eenvoudig’"
    );
}

#[test]
fn of_none_and_of_one_it_is_said_so() {
    let counted = |kind, value: &str, points: Vec<State>| {
        let point =
            |state| compare(reason(ReasonKind::Answered, state, "x"), Comparison::Equal, shown("", "ja"), state);
        let parts = points.into_iter().map(point).collect();
        let count = Reason { value: Some(shown(value, "")), ..group(kind, State::Holds, parts) };
        lines(vec![compare(count, Comparison::AtMost, shown("0", ""), State::Holds)])
    };
    let two = || vec![State::Fails; 2];
    let points = "\n✗ x is nog niet te zeggen — voorwaarde: ‘ja’".repeat(2);
    assert_eq!(
        counted(ReasonKind::Count, "0", two()),
        format!("✓ aan geen van deze 2 punten is voldaan — voorwaarde: hoogstens 0:{points}")
    );
    assert_eq!(
        counted(ReasonKind::Share, "0", two()),
        format!("✓ aan geen van deze 2 punten is voldaan — voorwaarde: hoogstens 0\u{a0}%:{points}")
    );
    let of_three = || vec![State::Fails, State::Undecided, State::Holds];
    let said = |value| counted(ReasonKind::Share, value, of_three()).lines().next().unwrap_or_default().to_owned();
    assert_eq!(
        said("0"),
        "✓ van deze 3 punten zijn er 2 bekend; aan geen daarvan is voldaan — voorwaarde: hoogstens 0\u{a0}%:"
    );
    assert_eq!(
        said("0.5"),
        "✓ van deze 3 punten zijn er 2 bekend; aan 50\u{a0}% daarvan is voldaan — voorwaarde: hoogstens 0\u{a0}%:"
    );
    assert_eq!(
        counted(ReasonKind::Count, "0", vec![State::Fails]),
        "✓ aan dit punt is niet voldaan — voorwaarde: hoogstens 0:\n✗ x is nog niet te zeggen — voorwaarde: ‘ja’"
    );
}

#[test]
fn steps_of_one_answer_are_told_together() {
    let step = |id: &str, to: &str| OneStep {
        id: id.into(),
        title: format!("vraag {id}"),
        from: shown("3", ""),
        to: shown(to, ""),
    };
    let all = [step("a", "2"), step("b", "4"), step("a", "4"), step("c", "2"), step("d", "2")];
    assert_eq!(steps(&all, Language::Dutch), "vraag a 3 → 2 of 4; vraag b 3 → 4; vraag c 3 → 2, en nog 1");
}

/// A value that comes about in `way` from parts with these values and weights.
fn of(way: &'static str, value: &str, parts: &[(&str, &str)]) -> Reason {
    let parts = parts.iter().map(|(value, weight)| Reason {
        value: (!value.is_empty()).then(|| shown(value, "")),
        weight: Number::parse(weight),
        ..reason(ReasonKind::Answer, State::Holds, "q")
    });
    Reason {
        value: Some(shown(value, "")),
        combine: Some(way),
        parts: parts.collect(),
        ..reason(ReasonKind::Aspect, State::Holds, "a")
    }
}

fn calculation(way: &'static str, value: &str, parts: &[(&str, &str)]) -> Reason {
    Reason { kind: ReasonKind::Calculation, title: way.into(), combine: None, ..of(way, value, parts) }
}

#[test]
fn sums_can_be_done_again_by_hand() {
    let sum = |reason: &Reason| sum::sum(reason, Language::Dutch).unwrap_or_default();
    assert_eq!(
        sum(&of("mean", "2.25", &[("2", ""), ("2.5", "")])),
        "gemiddelde van 2 antwoorden: 2 + 2,5 = 4,5, gedeeld door 2 = 2,25"
    );
    assert_eq!(
        sum(&of("mean", "2", &[("2", ""), ("", "")])),
        "gemiddelde van 1 antwoord = 2; 1 zonder waarde telt niet mee"
    );
    assert_eq!(
        sum(&of("weighted-mean", "2.5", &[("4", "1"), ("2", "3")])),
        "gewogen gemiddelde: 1 × 4 + 3 × 2 = 10, gedeeld door de gewichten samen, 4 = 2,5"
    );
    assert_eq!(sum(&of("sum", "5", &[("4", ""), ("1", "")])), "4 + 1 = 5");
    assert_eq!(sum(&of("min", "1", &[("4", ""), ("1", "")])), "laagste van 4 en 1 = 1");
    assert_eq!(sum(&of("max", "4", &[("4", ""), ("1", "")])), "hoogste van 4 en 1 = 4");
    assert_eq!(sum(&calculation("-", "3", &[("4", ""), ("1", "")])), "4 − 1 = 3");
    assert_eq!(sum(&calculation("gap", "3", &[("1", ""), ("4", "")])), "4 − 1 = 3");
    let third = Number::from(7).over(Number::from(3));
    let mut reason = of("mean", "", &[("2", ""), ("2", ""), ("3", "")]);
    reason.value = Some(crate::assessment::Shown { number: third, ..Default::default() });
    assert_eq!(sum(&reason), "gemiddelde van 3 antwoorden: 2 + 2 + 3 = 7, gedeeld door 3 = 2,33 (7/3)");
}

#[test]
fn a_sum_that_does_not_come_out_is_not_pretended() {
    let sum = |reason: &Reason| sum::sum(reason, Language::Dutch).unwrap_or_default();
    assert_eq!(sum(&of("mean", "1.5", &[("2", ""), ("", "")])), "gemiddelde van de punten hieronder");
    assert_eq!(sum(&of("geometric", "1.5", &[("2", "")])), "");
}

#[test]
fn a_share_counts_what_is_met() {
    let met = |state: State| compare(answer("a", "q", "4", ""), Comparison::AtLeast, shown("3", ""), state);
    let mut share = of("share", "0.5", &[]);
    share.parts = [met(State::Holds), met(State::Fails), met(State::Undefined)].into();
    assert_eq!(sum::sum(&share, Language::Dutch).as_deref(), Some("aan 1 van de 2 punten is voldaan = 0,5"));
    share.combine = Some("all");
    share.value = Some(shown("0", ""));
    assert_eq!(sum::sum(&share, Language::Dutch).as_deref(), Some("aan 1 van de 2 punten is voldaan, dus nee"));
}

#[test]
fn a_score_above_its_target_says_that_it_counts_as_the_target() {
    let mut clamped = of("mean", "3", &[("4", ""), ("4", "")]);
    let target = Reason { value: Some(shown("3", "")), ..reason(ReasonKind::Target, State::Holds, "a") };
    clamped.parts = clamped.parts.iter().cloned().chain([target]).collect();
    let words = sum::sum(&clamped, Language::Dutch).unwrap_or_default();
    assert_eq!(words, "gemiddelde van 2 antwoorden: 4 + 4 = 8, gedeeld door 2 = 4; telt tot aan de streefwaarde: 3");
}

#[test]
fn no_line_is_too_wide_and_without_colour_there_are_no_escape_codes() {
    let mut deep = compare(mindset(), Comparison::Below, shown("2.5", ""), State::Holds);
    for _ in 0..40 {
        deep = group(ReasonKind::Any, State::Holds, vec![deep]);
    }
    let mut all = groups();
    all.push(deep);
    all.push(answer("x", &"zeer lange titel ".repeat(20), "2", &"lang".repeat(60)));
    for width in [0, 60, 80, 200] {
        let text = why(&all, Language::Dutch).terminal(&Look { width, ..Look::default() });
        let width = width.max(60);
        assert!(text.lines().all(|line| textwrap::core::display_width(line) <= width), "{width}\n{text}");
        assert!(!text.contains('\u{1b}'));
    }
    assert!(why(&all, Language::Dutch).terminal(&Look { colour: true, ..Look::default() }).contains('\u{1b}'));
}

#[test]
fn an_answer_that_does_not_apply_says_why() {
    let evidence = Evidence {
        pointer: "/answers/kdb/kosten".into(),
        not_applicable: Some("nog geen kosten gemaakt".into()),
        taken_from: Some("adr/kosten".into()),
        taken_from_title: Some("kosten (ADR)".into()),
        ..Evidence::default()
    };
    let costs = Reason { evidence: Some(evidence.into()), ..reason(ReasonKind::Answer, State::Undefined, "kosten") };
    insta::assert_snapshot!(text(&why(&[compare(costs, Comparison::AtMost, shown("2", ""), State::Undefined)], Language::Dutch)), @"
    Waarom: De top draagt de keten niet
    het gaat om:
    └─ – kosten is niet van toepassing  voorwaarde: hoogstens 2
         antwoord in het profiel: /answers/kdb/kosten — overgenomen van: kosten
         (ADR) — niet van toepassing: nog geen kosten gemaakt

    bron: Ketens de baas, §2.2 (rules/mindset.rhai:4)
    ");
}

#[test]
fn every_step_can_be_said_in_every_state() {
    use ReasonKind::*;
    let kinds = [
        All,
        Any,
        Not,
        Comparison,
        AnyParty,
        AllParties,
        Party,
        Count,
        Share,
        Answer,
        Importance,
        Aspect,
        Level,
        Outcome,
        Candidate,
        Measure,
        Status,
        Target,
        Diagnosis,
        Cell,
        Calculation,
        Constant,
        Coverage,
        Answered,
    ];
    for kind in kinds {
        for state in [State::Holds, State::Fails, State::Undecided, State::Undefined] {
            for language in [Language::Dutch, Language::English] {
                let bare = reason(kind, state, "onderwerp");
                let valued = Reason { value: Some(shown("2.5", "goed")), ..bare.clone() };
                let compared =
                    compare(valued.clone(), crate::assessment::Comparison::NotEqual, shown("", "slecht"), state);
                let denied = group(Not, state, vec![compared.clone()]);
                let nested = Reason { parts: [bare.clone(), valued.clone()].into(), ..valued.clone() };
                let text = text(&why(&[bare, valued, compared, denied, nested], language));
                assert!(
                    text.lines().all(|line| !line.trim_end_matches([' ', ':']).is_empty() || line.is_empty()),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn what_much_rests_on_is_told_once() {
    let answers = || vec![reason(ReasonKind::Answer, State::Holds, "heldere taken")].into();
    let tasks = || Reason { parts: answers(), ..reason(ReasonKind::Aspect, State::Holds, "taken") };
    let asked = |comparison, state| compare(tasks(), comparison, shown("2", ""), state);
    let other =
        || compare(reason(ReasonKind::Answer, State::Holds, "doel"), Comparison::Equal, shown("", "ja"), State::Holds);
    let all = vec![asked(Comparison::AtMost, State::Holds), other()];
    let all = group(ReasonKind::All, State::Holds, all);
    // an `any` in an `any` is one list, and what stands below the same value is the same, whatever is asked of it
    let inner = group(ReasonKind::Any, State::Holds, vec![all.clone(), asked(Comparison::Above, State::Fails)]);
    let any = group(ReasonKind::Any, State::Holds, vec![all, inner]);
    let drawing = why(&[any], Language::Dutch);
    insta::assert_snapshot!("once", format!("{}\n{}", text(&drawing), drawing.markdown()));
}
