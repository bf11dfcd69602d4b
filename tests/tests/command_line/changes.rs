//! `whatif`, `flip`, `ask` and `route`: what would change, and how to get somewhere.

use super::room::{VOLLEDIG, ran, ran_klein};
use insta::assert_snapshot;

const CHAIN: &str = "fixtures/profiles/loonaangifteketen-2007.json";
const HALF: &str = "fixtures/profiles/halfleeg.json";

#[test]
fn what_turns_a_finding() {
    assert_snapshot!(ran_klein(&["flip", VOLLEDIG, "niemand-eigenaar"]).seen());
    assert_snapshot!(ran_klein(&["flip", VOLLEDIG, "samen-eigenaar", "--lang", "en"]).seen());
}

#[test]
fn what_moves_a_level_and_what_changes_a_typing() {
    assert_snapshot!(ran_klein(&["flip", VOLLEDIG, "samenwerking"]).seen());
    assert_snapshot!(ran_klein(&["flip", VOLLEDIG, "samenwerking", "--to", "4"]).seen());
    assert_snapshot!(ran_klein(&["flip", VOLLEDIG, "vorm"]).seen());
}

#[test]
fn a_bouwsteen_can_turn_it_too() {
    assert_snapshot!(ran(&["flip", CHAIN, "crisis-zonder-ketenmanager", "--bouwstenen"]).seen());
}

#[test]
fn what_hangs_on_one_step() {
    assert_snapshot!(ran_klein(&["flip", VOLLEDIG, "--fragile"]).seen());
}

#[test]
fn what_a_change_would_do() {
    assert_snapshot!(ran_klein(&["whatif", VOLLEDIG, "--set", "eigenaar=samen", "--set", "vertrouwen=5"]).seen());
    assert_snapshot!(ran(&["whatif", CHAIN, "--bouwsteen", "ketenmanager=working", "--lang", "en"]).seen());
}

#[test]
fn what_to_ask_next() {
    assert_snapshot!(ran(&["ask", HALF, "--best", "3"]).seen());
    assert_snapshot!(ran_klein(&["ask", VOLLEDIG]).seen());
}

#[test]
fn the_way_to_a_target() {
    assert_snapshot!(ran(&["route", CHAIN, "--to", "ketenstructuur=sterk", "--at-once", "2"]).seen());
    assert_snapshot!(ran(&["route", CHAIN, "--to", "keten-in-crisis=absent"]).seen());
}

#[test]
fn what_cannot_be_asked_is_explained() {
    let wrong: [&[&str]; 9] = [
        &["whatif", VOLLEDIG],
        &["flip", VOLLEDIG, "ketenregisseur"],
        &["flip", VOLLEDIG, "gevuld"],
        &["flip", VOLLEDIG, "samenwerking", "--to", "sterker"],
        &["whatif", VOLLEDIG, "--set", "eigenaar"],
        &["whatif", VOLLEDIG, "--set", "eigenar=samen", "--set", "vertrouwen=9"],
        &["whatif", VOLLEDIG, "--bouwsteen", "ketenoverleg=workin"],
        &["route", VOLLEDIG, "--to", "samenwerking"],
        &["route", VOLLEDIG, "--to", "niemand-eigenaar=gone"],
    ];
    let seen: String = wrong.iter().map(|args| format!("{}\n{}\n", args.join(" "), ran_klein(args).seen())).collect();
    assert_snapshot!(seen);
}
