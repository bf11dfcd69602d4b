//! The help: commands in groups, and one table of exit codes.

use crate::arguments::{Arguments, Colour, Completions};
use crate::exit::Exit;
use crate::session::{Ended, Session};
use crate::terminal::Terminal;
use clap::builder::styling::Style;
use clap::error::ErrorKind;
use clap::{Command, CommandFactory};
use std::fmt::Write as _;
use std::io::Write;

/// The commands, in groups.
const GROUPS: [(&str, &[&str]); 6] = [
    ("Look at a chain", &["diagnose", "explain"]),
    ("Look further", &["whatif", "flip", "ask", "route"]),
    ("Fill in a profile", &["form", "check"]),
    ("Guard the advice", &["snapshot", "verify", "compare", "waive", "baseline"]),
    ("Look at rulesets", &["ruleset"]),
    ("For machines", &["schema", "completions"]),
];

const EXAMPLES: &str = "\
From nothing to a report:
  ketenspiegel form ketens-de-baas > chain.toml    an empty profile, to fill in
  ketenspiegel check chain.toml                    what is wrong with it
  ketenspiegel diagnose chain.toml                 the report
  ketenspiegel explain chain.toml ketenmanager     why something stands in it

`ketenspiegel COMMAND --help` says more of a command, with examples.";

/// The command line, with its help.
pub(crate) fn command(terminal: &Terminal) -> Command {
    let command = Arguments::command().term_width(terminal.columns());
    let groups = groups(&command);
    let options = styled(command.get_styles().get_header(), "Options");
    let template =
        format!("{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}{options}:\n{{options}}{{after-help}}");
    let after = format!("{EXAMPLES}\n\n{}", exit_codes());
    command.help_template(template).after_help(after)
}

fn groups(command: &Command) -> String {
    let head = command.get_styles().get_header();
    let literal = command.get_styles().get_literal();
    let mut text = String::new();
    for (title, names) in GROUPS {
        let _ = writeln!(text, "{}", styled(head, &format!("{title}:")));
        for name in names {
            let about = command.find_subcommand(name).and_then(Command::get_about).map(ToString::to_string);
            let _ = writeln!(text, "  {}{}", styled(literal, &format!("{name:<13}")), about.unwrap_or_default());
        }
        text.push('\n');
    }
    text
}

fn styled(style: &Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

fn exit_codes() -> String {
    let lines: Vec<String> = Exit::ALL.iter().map(|exit| format!("  {:<4}{}", exit.code(), exit.meaning())).collect();
    format!("Exit codes:\n{}", lines.join("\n"))
}

/// Writes what clap has to say: help and version to standard output, mistakes to standard error.
pub(crate) fn answer(
    said: &clap::Error,
    terminal: &Terminal,
    asked: Colour,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let mistake = said.use_stderr();
    let (to, welcome): (&mut dyn Write, bool) =
        if mistake { (err, terminal.colour_err) } else { (out, terminal.colour_out) };
    let text = if asked.in_place(welcome) { said.render().ansi().to_string() } else { said.render().to_string() };
    // A pipe that was closed, or no place to complain: there is nobody to tell.
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
    match said.kind() {
        _ if !mistake => Exit::Fine,
        ErrorKind::Io | ErrorKind::Format => Exit::Fault,
        _ => Exit::Usage,
    }
}

/// Writes a completion script.
pub(crate) fn completions(asked: &Completions, session: &mut Session<'_>) -> Ended {
    let mut script = Vec::new();
    clap_complete::generate(asked.shell, &mut Arguments::command(), "ketenspiegel", &mut script);
    session.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, command};
    use crate::terminal::Terminal;

    #[test]
    fn every_command_stands_in_a_group() {
        let command = command(&Terminal::default());
        let mut known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        known.sort_unstable();
        grouped.sort_unstable();
        assert_eq!(known, grouped);
    }

    #[test]
    fn the_arguments_hold_together() {
        command(&Terminal::default()).debug_assert();
    }
}
