//! Running again whenever a file changes.

use crate::codes::ARGUMENTS;
use crate::exit::Exit;
use crate::session::{Ended, Session};
use ketenspiegel_engine::problem::{Problem, Problems};
use ketenspiegel_engine::source::Sources;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// How long between two looks at the files.
const PAUSE: Duration = Duration::from_millis(300);

/// Runs something, and again whenever a file in one of the folders changes, until the program is stopped.
pub(crate) fn run(
    folders: &[String],
    session: &mut Session<'_>,
    mut once: impl FnMut(&mut Session<'_>) -> Ended,
) -> Ended {
    let folders: Vec<&Path> = folders.iter().map(Path::new).filter(|path| path.is_dir()).collect();
    if folders.is_empty() {
        let problem = Problem::new(ARGUMENTS, "there is nothing to watch: built-in rulesets do not change");
        return Err(session.stop(Exit::Usage, problem.help("name the folder of a ruleset")));
    }
    loop {
        let seen = changed(&folders);
        // what is wrong now may be right the next time
        let _ = once(session);
        session.note(&session.drawn_problems(false));
        (session.sources, session.problems) = (Sources::new(), Problems::new());
        session.note("\nwaiting for a change; stop with Ctrl-C");
        while changed(&folders) == seen {
            sleep(PAUSE);
        }
    }
}

/// When each file was last changed.
fn changed(folders: &[&Path]) -> BTreeMap<PathBuf, SystemTime> {
    let mut files = BTreeMap::new();
    let mut waiting: Vec<PathBuf> = folders.iter().map(|folder| folder.to_path_buf()).collect();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.metadata() {
                Ok(metadata) if metadata.is_dir() => waiting.push(path),
                Ok(metadata) => drop(files.insert(path, metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH))),
                Err(_) => {}
            }
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::changed;
    use std::fs;

    #[test]
    fn a_new_file_is_a_change() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let seen = changed(&[folder.path()]);
        assert_eq!(changed(&[folder.path()]), seen);
        fs::create_dir(folder.path().join("rules"))?;
        fs::write(folder.path().join("rules/a.rhai"), "")?;
        assert_ne!(changed(&[folder.path()]), seen);
        Ok(())
    }
}
