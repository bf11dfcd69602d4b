//! `verify`: a stored assessment, made again from its receipt.

mod stored;

use crate::arguments::{Lang, Verify};
use crate::chains;
use crate::choose::{Libraries, Shelf};
use crate::codes::UNREADABLE;
use crate::exit::Exit;
use crate::files;
use crate::session::{Ended, Session};
use crate::snapshot::moved;
use ketenspiegel_engine::conclusions::{Conclusions, Difference};
use ketenspiegel_engine::problem::Problem;
use ketenspiegel_engine::render;
use std::path::{Path, PathBuf};
use stored::Stored;

pub(crate) fn run(asked: &Verify, session: &mut Session<'_>) -> Ended {
    let shelf = Shelf::with(&asked.rulesets.rulesets, session)?;
    let mut differing = 0;
    for file in &asked.files {
        for stored in read(file, session)? {
            differing += usize::from(!verify(asked, file, &stored, &shelf, session)?);
        }
    }
    Ok(if differing == 0 { Exit::Fine } else { Exit::Differ })
}

fn read(file: &Path, session: &mut Session<'_>) -> Result<Vec<Stored>, Exit> {
    let text = files::text(file).map_err(|problem| session.stop(Exit::Invalid, problem))?;
    stored::read(&text).map_err(|why| {
        let problem = Problem::new(UNREADABLE, format!("{} is no stored assessment: {why}", file.display()))
            .help("give what `diagnose --format json` wrote, or a snapshot");
        session.stop(Exit::Invalid, problem)
    })
}

/// Makes an assessment again and tells how it comes out; whether it says the same.
fn verify(
    asked: &Verify,
    file: &Path,
    stored: &Stored,
    shelf: &Shelf,
    session: &mut Session<'_>,
) -> Result<bool, Exit> {
    let then = &stored.conclusions;
    let place = place(asked, file, stored);
    let lang = if then.language == Lang::En.word() { Lang::En } else { Lang::Nl };
    let mut profile = files::profile(&place, session).ok_or(Exit::Invalid)?;
    let mut libraries = Libraries::new(Some(lang));
    let assessment = chains::assessment(&mut profile, &mut libraries, shelf, lang, session);
    session.sound()?;
    let assessment = assessment.ok_or(Exit::Invalid)?;
    let now = Conclusions::of(&assessment);
    let moved = moved(then, &now);
    let difference = Difference::between(then, &now);
    let again = if difference.is_empty() { stored.reads_as(&assessment) } else { false };
    let verdict = match (difference.is_empty(), again, moved.is_empty()) {
        (true, true, true) => "equal".to_owned(),
        (true, _, false) => format!("says the same; moved: {}", moved.join(", ")),
        (false, _, false) => format!("says something else; moved: {}", moved.join(", ")),
        (_, _, true) => "not equal, though nothing moved: was the file changed by hand? Otherwise this is a fault of \
                         ours; please report it"
            .to_owned(),
    };
    let look = session.look(asked.lang.lang);
    let mut told = format!("{} ({}): {verdict}\n", file.display(), place.display());
    if !difference.is_empty() {
        told.push_str(&format!("\n{}\n", render::difference(&difference, look.language).terminal(&look)));
    }
    session.print(&told)?;
    Ok(difference.is_empty() && (again || !moved.is_empty()))
}

/// Where the profile stands: as asked, beside a snapshot, or where the receipt says.
fn place(asked: &Verify, file: &Path, stored: &Stored) -> PathBuf {
    match &asked.profile {
        Some(profile) => profile.clone(),
        None if stored.beside => file.with_file_name(&stored.conclusions.profile),
        None => PathBuf::from(&stored.conclusions.profile),
    }
}
