//! Writing files: whole or not at all.

use crate::codes::{NOT_A_FILE, UNWRITABLE};
use crate::files::folder_of;
use crate::session::reason;
use ketenspiegel_engine::problem::Problem;
use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// A file that is being written. Until [`Output::finish`] its place is as it was; dropped before that, it leaves
/// nothing behind.
pub(crate) struct Output {
    path: PathBuf,
    to: To,
}

enum To {
    /// A file beside the place, renamed when everything is in it.
    Beside(NamedTempFile),
    /// A device or a pipe, which cannot be renamed to.
    Direct,
}

impl Output {
    /// Makes sure that something can be written at `path`, before any work is done.
    pub(crate) fn prepare(path: &Path) -> Result<Self, Problem> {
        Self::try_prepare(path).map_err(|error| unwritable(path, &error))
    }

    fn try_prepare(path: &Path) -> io::Result<Self> {
        // A link is followed: what it points to is replaced, not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let there = fs::metadata(&path).ok();
        if let Some(there) = &there {
            if there.is_dir() {
                return Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder"));
            }
            if !there.is_file() {
                return Ok(Self { path, to: To::Direct });
            }
            if there.permissions().readonly() {
                return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only"));
            }
        }
        let mut builder = Builder::new();
        builder.prefix(".ketenspiegel-");
        let permissions = permissions(there.as_ref());
        if let Some(permissions) = permissions {
            builder.permissions(permissions);
        }
        Ok(Self { to: To::Beside(builder.tempfile_in(folder_of(&path))?), path })
    }

    /// Writes the whole text, not yet at its place.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Problem> {
        match &mut self.to {
            To::Beside(file) => file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()),
            To::Direct => {
                let written =
                    File::options().write(true).open(&self.path).and_then(|mut to| to.write_all(text.as_bytes()));
                // That nobody reads on is no mistake.
                written.or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
            }
        }
        .map_err(|error| unwritable(&self.path, &error))
    }

    /// Puts it at its place.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        match self.to {
            To::Beside(file) => {
                file.persist(&self.path).map(drop).map_err(|error| unwritable(&self.path, &error.error))
            }
            To::Direct => Ok(()),
        }
    }
}

/// Writes one file.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Problem> {
    let mut output = Output::prepare(path)?;
    output.write(text)?;
    output.finish()
}

/// Writes all files, or none; makes the folder that one stands in, where only that is not there yet.
pub(crate) fn write_all(files: &[(PathBuf, String)]) -> Result<(), Problem> {
    let mut undo = Undo::default();
    for (path, _) in files {
        undo.remember(path)?;
    }
    let mut outputs = Vec::new();
    for (path, text) in files {
        let mut output = Output::prepare(path)?;
        output.write(text)?;
        outputs.push(output);
    }
    outputs.into_iter().try_for_each(Output::finish)?;
    undo.done();
    Ok(())
}

/// What was there before. Dropped before all is done, it puts that back.
#[derive(Default)]
struct Undo {
    files: Vec<(PathBuf, Option<Vec<u8>>)>,
    folders: Vec<PathBuf>,
}

impl Undo {
    fn remember(&mut self, path: &Path) -> Result<(), Problem> {
        let cannot = |code, what: &str, error: &io::Error| {
            Problem::new(code, format!("{} cannot be {what}: {}", path.display(), reason(error)))
        };
        let folder = folder_of(path);
        if !folder.exists() {
            fs::create_dir(folder).map_err(|error| cannot(UNWRITABLE, "written", &error))?;
            self.folders.push(folder.to_owned());
        }
        let old = match path.exists() {
            true => Some(fs::read(path).map_err(|error| cannot(NOT_A_FILE, "read", &error))?),
            false => None,
        };
        self.files.push((path.to_owned(), old));
        Ok(())
    }

    fn done(mut self) {
        self.files.clear();
        self.folders.clear();
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        for (path, old) in &self.files {
            let now = fs::read(path).ok();
            let _ = match old {
                Some(old) if now.as_ref() != Some(old) => fs::write(path, old),
                None if now.is_some() => fs::remove_file(path),
                _ => Ok(()),
            };
        }
        self.folders.iter().for_each(|folder| drop(fs::remove_dir(folder)));
    }
}

/// The permissions of the file that is replaced; for a new one, those that any new file gets.
#[cfg(unix)]
fn permissions(there: Option<&Metadata>) -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(there.map_or_else(|| Permissions::from_mode(0o666), Metadata::permissions))
}

#[cfg(not(unix))]
fn permissions(_: Option<&Metadata>) -> Option<Permissions> {
    None
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    let problem = Problem::new(UNWRITABLE, format!("{} cannot be written: {}", path.display(), reason(error)));
    let folder = folder_of(path);
    if folder.exists() { problem } else { problem.help(format!("there is no folder {}", folder.display())) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::{Output, Undo};
    use std::fs;
    use std::path::Path;

    fn names(folder: &std::path::Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_may_stand_where_one_works() {
        let mut undo = Undo::default();
        undo.remember(Path::new("not-there.snapshot.json")).map_err(|problem| problem.message).unwrap();
        assert!(undo.folders.is_empty(), "no folder is made");
    }

    #[test]
    fn a_file_is_there_when_it_is_finished_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.md");
        let mut output = Output::prepare(&path).unwrap();
        output.write("whole").unwrap();
        assert!(!path.exists());
        output.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(names(folder.path()), ["report.md"]);
    }

    #[test]
    fn what_is_not_finished_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.md");
        fs::write(&path, "old").unwrap();
        let mut output = Output::prepare(&path).unwrap();
        output.write("new").unwrap();
        drop(output);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["report.md"]);
    }

    #[test]
    #[cfg(unix)]
    fn a_file_keeps_its_permissions_and_a_link_stays_a_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("secret.md"), folder.path().join("link.md"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&path, &link).unwrap();
        let mut output = Output::prepare(&link).unwrap();
        output.write("new").unwrap();
        output.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    #[cfg(unix)]
    fn a_device_is_written_to_and_not_replaced() {
        let mut output = Output::prepare(std::path::Path::new("/dev/null")).unwrap();
        output.write("gone").unwrap();
        output.finish().unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
