//! `ruleset editor`: what an editor needs to help with a ruleset, put in its folder.

use crate::arguments::Editor;
use crate::codes::NOT_A_FILE;
use crate::exit::Exit;
use crate::output::write_all;
use crate::session::{Ended, Session};
use ketenspiegel_engine::problem::Problem;
use ketenspiegel_engine::render::reference::{definitions, taplo};
use ketenspiegel_engine::render::schema::{RulesetFile, ruleset_file};
use std::path::PathBuf;

/// The folder of schemas and definitions; hidden, so that it is no part of the ruleset.
const FOLDER: &str = ".editor";

/// The file that tells Taplo which schema belongs to which file.
const TAPLO: &str = ".taplo.toml";

pub(crate) fn run(asked: &Editor, session: &mut Session<'_>) -> Ended {
    let ruleset = &asked.ruleset;
    if !ruleset.join("ruleset.toml").is_file() {
        let problem = Problem::new(NOT_A_FILE, format!("{} has no ruleset.toml", ruleset.display()))
            .help("name the folder of a ruleset");
        return Err(session.stop(Exit::Usage, problem));
    }
    let folder = ruleset.join(FOLDER);
    let schemas = RulesetFile::ALL.map(|file| (folder.join(format!("{}.json", file.name())), ruleset_file(file)));
    let mut files: Vec<(PathBuf, String)> = schemas.to_vec();
    files.push((folder.join("ketenspiegel.d.rhai"), definitions()));
    let config = ruleset.join(TAPLO);
    // one that is there may say more than ours
    let kept = config.exists();
    if !kept {
        files.push((config.clone(), taplo(FOLDER)));
    }
    write_all(&files).map_err(|problem| session.stop(Exit::Usage, problem))?;
    let mut told = format!("{}: schemas for TOML, and the building functions for Rhai\n", folder.display());
    told.push_str(&match kept {
        true => format!("{}: was there, and is left as it is\n", config.display()),
        false => format!("{}: tells Taplo which schema belongs to which file\n", config.display()),
    });
    session.print(&told)?;
    Ok(Exit::Fine)
}
