//! What there is to know of the terminal.

use std::io::IsTerminal;

/// The narrowest and the widest that is written; longer lines are hard to read, whatever the terminal.
const WIDTHS: (usize, usize) = (80, 120);

/// What a process knows of its terminal. [`Terminal::default`] is none: eighty columns, no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Terminal {
    /// Columns, where there is a terminal.
    pub width: Option<usize>,
    /// Whether standard output is a terminal in which colour is welcome.
    pub colour_out: bool,
    /// The same of standard error.
    pub colour_err: bool,
    /// Whether this is CI, where nothing is written to the repository.
    pub ci: bool,
    /// Whether the process ends with this run, so that nothing need be taken apart before.
    pub last: bool,
}

impl Terminal {
    /// The terminal of this process. Colour is not welcome where `NO_COLOR` is set or the terminal is dumb.
    #[must_use]
    pub fn here() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let welcome = !set("NO_COLOR") && !dumb;
        Self {
            width: terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
            colour_out: welcome && std::io::stdout().is_terminal(),
            colour_err: welcome && std::io::stderr().is_terminal(),
            last: true,
            ci: set("CI") && std::env::var_os("CI").is_none_or(|ci| ci != "false"),
        }
    }

    /// Columns to write in.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.width.unwrap_or(WIDTHS.0).clamp(WIDTHS.0, WIDTHS.1)
    }
}
