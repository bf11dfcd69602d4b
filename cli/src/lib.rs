//! The command line of ketenspiegel: joins the engine, the built-in rulesets, the disk and the terminal.
//!
//! [`run`] is the whole program; `main.rs` only gives it what a process has. Nothing here evaluates or draws a
//! report: that is the engine's work.

mod advice;
mod arguments;
mod built_in;
mod cases;
mod change;
mod chains;
mod check;
mod choose;
mod clock;
pub mod codes;
mod compare;
mod diagnose;
mod diff;
mod docs;
mod editor;
mod exit;
mod explain;
mod fault;
mod files;
mod flip;
mod folders;
mod form;
mod guard;
mod help;
mod machine;
mod new;
mod output;
mod packing;
mod reports;
mod rulesets;
mod schema;
mod session;
mod snapshot;
mod terminal;
mod verify;
mod waive;
mod watch;

pub use exit::Exit;
pub use fault::end_at_a_fault;
pub use terminal::Terminal;

use arguments::{Arguments, Colour, Command};
use clap::FromArgMatches;
use session::{Ended, Session};
use std::ffi::OsString;
use std::io::{Read, Write};

/// Runs the command line; gives the exit code, one of [`Exit`].
///
/// ```
/// use ketenspiegel::{Terminal, run};
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// let code = run(["ketenspiegel", "--version"], &Terminal::default(), &mut std::io::empty(), &mut out, &mut err);
/// assert_eq!((code, out.starts_with(b"ketenspiegel "), err.is_empty()), (0, true, true));
/// ```
pub fn run(
    args: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    terminal: &Terminal,
    stdin: &mut dyn Read,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    let matches = help::command(terminal).try_get_matches_from(&args);
    let arguments = match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(said) => return help::answer(&said, terminal, Colour::among(&args), out, err).code(),
    };
    let mut session = Session::new(terminal, arguments.colour, stdin, out, err);
    let ended = perform(&arguments.command, &mut session);
    session.close(ended).code()
}

fn perform(command: &Command, session: &mut Session<'_>) -> Ended {
    match command {
        Command::Diagnose(diagnose) => diagnose::run(diagnose, session),
        Command::Explain(explain) => explain::run(explain, session),
        Command::WhatIf(whatif) => change::whatif(whatif, session),
        Command::Flip(flip) => flip::run(flip, session),
        Command::Ask(ask) => change::ask(ask, session),
        Command::Route(route) => change::route(route, session),
        Command::Form(form) => form::run(form, session),
        Command::Check(check) => check::run(check, session),
        Command::Snapshot(snapshot) => snapshot::run(snapshot, session),
        Command::Verify(verify) => verify::run(verify, session),
        Command::Compare(compare) => compare::run(compare, session),
        Command::Waive(waive) => waive::waive(waive, session),
        Command::Baseline(baseline) => waive::write_baseline(baseline, session),
        Command::Ruleset(ruleset) => rulesets::run(ruleset, session),
        Command::Schema(schema) => schema::run(schema, session),
        Command::Completions(completions) => help::completions(completions, session),
    }
}
