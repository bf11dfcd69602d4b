//! One run: where it reads and writes, the texts that it read, and what it found wrong.

use crate::arguments::{Colour, Lang};
use crate::codes::UNWRITABLE;
use crate::exit::Exit;
use crate::terminal::Terminal;
use ketenspiegel_engine::problem::{Problem, Problems};
use ketenspiegel_engine::render::{self, Language, Look};
use ketenspiegel_engine::source::Sources;
use std::io::{ErrorKind, Read, Write};

/// How a command ends. An error stopped it; the problems of the session say why.
pub(crate) type Ended = Result<Exit, Exit>;

/// One run.
pub(crate) struct Session<'a> {
    terminal: &'a Terminal,
    colour: Colour,
    pub(crate) stdin: &'a mut dyn Read,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    pub(crate) sources: Sources,
    pub(crate) problems: Problems,
}

impl<'a> Session<'a> {
    pub(crate) fn new(
        terminal: &'a Terminal,
        colour: Colour,
        stdin: &'a mut dyn Read,
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
    ) -> Self {
        Self { terminal, colour, stdin, out, err, sources: Sources::new(), problems: Problems::new() }
    }

    /// How what goes to standard output should look.
    pub(crate) fn look(&self, lang: Lang) -> Look {
        let colour = self.colours(self.terminal.colour_out);
        Look { width: self.terminal.columns(), colour, language: Language::of(lang.word()), ..Look::default() }
    }

    /// How what goes to a file should look: that does not depend on the terminal that it was made in.
    pub(crate) fn look_in_file(lang: Lang) -> Look {
        Look { language: Language::of(lang.word()), ..Look::default() }
    }

    /// How what goes to standard error should look.
    pub(crate) fn look_aside(&self, lang: Lang) -> Look {
        Look { colour: self.colours(self.terminal.colour_err), ..self.look(lang) }
    }

    /// Whether this is CI.
    pub(crate) const fn is_ci(&self) -> bool {
        self.terminal.ci
    }

    const fn colours(&self, welcome: bool) -> bool {
        self.colour.in_place(welcome)
    }

    /// Writes to standard output. That nobody reads on (`| head`) is no mistake.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Exit> {
        match self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                self.problems
                    .push(Problem::new(UNWRITABLE, format!("standard output cannot be written: {}", reason(&error))));
                Err(Exit::Usage)
            }
            _ => Ok(()),
        }
    }

    /// Says something beside the output, on standard error. If that cannot be written, nobody is listening.
    pub(crate) fn note(&mut self, text: &str) {
        let _ = writeln!(self.err, "{text}");
    }

    /// Leaves what is no longer needed. Where the process ends, the system takes all of it back at once.
    pub(crate) fn leave<T>(&self, what: T) {
        if self.terminal.last {
            std::mem::forget(what);
        }
    }

    /// A problem that stops the command.
    pub(crate) fn stop(&mut self, exit: Exit, problem: Problem) -> Exit {
        self.problems.push(problem);
        exit
    }

    /// Nothing, where no error was found; otherwise the end of the command.
    pub(crate) fn sound(&self) -> Result<(), Exit> {
        if self.problems.has_errors() { Err(Exit::Invalid) } else { Ok(()) }
    }

    /// The problems drawn, for standard output or for standard error.
    pub(crate) fn drawn_problems(&self, to_out: bool) -> String {
        let colour = self.colours(if to_out { self.terminal.colour_out } else { self.terminal.colour_err });
        let look = Look { width: self.terminal.columns(), colour, language: Language::English, ..Look::default() };
        render::problems(&self.told_once(), &self.sources, &look)
    }

    /// The problems without those that say the same of the same place: a ruleset that was read twice, for two
    /// profiles, is not twice as wrong.
    pub(crate) fn told_once(&self) -> Problems {
        let (mut told, mut once) = (Vec::new(), Problems::new());
        for problem in self.problems.sorted() {
            let key = (problem.code, problem.message.as_str(), problem.span.map(|span| self.sources.place(span)));
            if !told.contains(&key) {
                told.push(key);
                once.push(problem.clone());
            }
        }
        once
    }

    /// Ends the run: what is left to tell goes to standard error.
    pub(crate) fn close(self, ended: Ended) -> Exit {
        let drawn = self.drawn_problems(false);
        let _ = self.err.write_all(drawn.as_bytes());
        let _ = self.err.flush();
        let (Ok(exit) | Err(exit)) = ended;
        exit
    }
}

/// Why something failed, without the number that the system gives it.
pub(crate) fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
