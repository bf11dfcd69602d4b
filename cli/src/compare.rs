//! `compare`: chains, moments or views beside each other.

use crate::arguments::{Compare, Shape};
use crate::chains;
use crate::choose::{Libraries, Shelf};
use crate::codes::ARGUMENTS;
use crate::exit::Exit;
use crate::files;
use crate::session::{Ended, Session};
use ketenspiegel_engine::assessment::Assessment;
use ketenspiegel_engine::conclusions::{Conclusions, Difference};
use ketenspiegel_engine::problem::{Problem, codes};
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::render::{self, Drawing};
use serde_json::{Value, json};

pub(crate) fn run(asked: &Compare, session: &mut Session<'_>) -> Ended {
    let profiles = &asked.profiles;
    let all = match asked.parties.as_slice() {
        [one, other] => views(asked, [one, other], session)?,
        _ => chains::assessments(&profiles.paths, &profiles.rulesets.rulesets, profiles.lang.lang, session)?,
    };
    let look = session.look(profiles.lang.lang);
    let two =
        profiles.paths.len() == 2 && !profiles.paths.iter().any(|path| path.is_dir()) || !asked.parties.is_empty();
    let (drawing, data): (Drawing, Value) = match all.as_slice() {
        [first, second] if two => (render::comparison(first, second, look.language), pair(first, second)),
        [_] if profiles.paths.iter().all(|path| !path.is_dir()) => {
            let problem = Problem::new(ARGUMENTS, "one profile stands alone")
                .help("give a second one, a folder, or two parties of the chain with --parties");
            return Err(session.stop(Exit::Usage, problem));
        }
        several => (render::series(several, look.language), series(several)),
    };
    let drawn = match asked.format {
        Shape::Terminal => drawing.terminal(&look),
        Shape::Markdown => drawing.markdown(),
        Shape::Json => format!("{}\n", serde_json::to_string_pretty(&data).unwrap_or_default()),
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}

/// One chain through the eyes of each of two parties.
fn views(asked: &Compare, parties: [&String; 2], session: &mut Session<'_>) -> Result<Vec<Assessment>, Exit> {
    let [path] = asked.profiles.paths.as_slice() else {
        let problem = Problem::new(ARGUMENTS, "two parties are compared within one profile").help("name one profile");
        return Err(session.stop(Exit::Usage, problem));
    };
    let profile = files::profile(path, session).ok_or(Exit::Invalid)?;
    let shelf = Shelf::with(&asked.profiles.rulesets.rulesets, session)?;
    let mut libraries = Libraries::new(Some(asked.profiles.lang.lang));
    let mut all = Vec::new();
    for party in parties {
        let Some(mut seen) = profile.seen_by(party) else {
            let known = profile.parties.iter().map(|party| party.id.as_str());
            let problem = Problem::new(codes::UNKNOWN_ID, format!("{} has no party `{party}`", profile.name))
                .suggest(party, known);
            return Err(session.stop(Exit::Usage, problem));
        };
        all.extend(chains::assessment(&mut seen, &mut libraries, &shelf, asked.profiles.lang.lang, session));
    }
    session.sound()?;
    if !profile_differs(&profile) {
        let problem = Problem::new(ARGUMENTS, format!("{} has no answers by party", profile.name))
            .warning()
            .help("both views are the same: nothing is answered with `by`");
        session.problems.push(problem);
    }
    Ok(all)
}

fn profile_differs(profile: &Profile) -> bool {
    profile.answers.iter().flat_map(|section| &section.items).any(|(.., answer)| !answer.by.is_empty())
}

fn pair(first: &Assessment, second: &Assessment) -> Value {
    let (first, second) = (Conclusions::of(first), Conclusions::of(second));
    let difference = Difference::between(&first, &second);
    json!({ "format": "comparison/1", "first": first, "second": second, "difference": difference })
}

fn series(all: &[Assessment]) -> Value {
    json!({ "format": "series/1", "conclusions": all.iter().map(Conclusions::of).collect::<Vec<_>>() })
}
