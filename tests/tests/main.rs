//! The tests over everything: one binary, a module for each thing that is tested.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by stopping"
)]

mod command_line;
mod fingerprints;
mod house;
mod links;
mod oracle;
mod orderings;
mod rulesets;
mod verdicts;
