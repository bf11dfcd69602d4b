//! `ruleset docs`: a ruleset as a book.

use crate::arguments::{BookFormat, Docs};
use crate::choose::Shelf;
use crate::exit::Exit;
use crate::output::Output;
use crate::session::{Ended, Session};
use ketenspiegel_engine::cases;
use ketenspiegel_engine::coverage::brought_about;
use ketenspiegel_engine::render;

pub(crate) fn run(asked: &Docs, session: &mut Session<'_>) -> Ended {
    let output = asked.output.as_deref().map(Output::prepare).transpose();
    let output = output.map_err(|problem| session.stop(Exit::Usage, problem))?;
    let lang = asked.lang.lang;
    let (shelf, id) = Shelf::for_one(&asked.ruleset, &asked.rulesets.rulesets, session)?;
    let library = shelf.load_named(lang, session)?;
    let id = id.ok_or(Exit::Invalid)?;
    let own = library.ruleset(&id).ok_or(Exit::Invalid)?;
    let mut all = Vec::new();
    for files in shelf.files(&id) {
        all.extend(cases::read(&library, own, &files, &mut session.sources, &mut session.problems));
    }
    let cases = brought_about(&library, own, &all, &mut session.problems);
    session.sound()?;
    let book = render::book(&library, own, &cases, lang.word());
    let drawn = match asked.format {
        BookFormat::Html => book.html(),
        BookFormat::Markdown => book.markdown(),
        BookFormat::Text => book.terminal(&session.look(lang)),
    };
    match output {
        Some(mut output) => {
            let written = output.write(&drawn).and_then(|()| output.finish());
            written.map_err(|problem| session.stop(Exit::Usage, problem))?;
        }
        None => session.print(&drawn)?,
    }
    Ok(Exit::Fine)
}
