//! Looking through a folder: by name, hidden files left out, never in a circle, and nothing is opened that is no file.

use crate::codes::{NOT_A_FILE, UNREADABLE};
use crate::session::reason;
use ketenspiegel_engine::problem::{Problem, Problems, codes};
use std::fs;
use std::path::{Path, PathBuf};

/// Something in a folder that is no folder itself.
pub(crate) struct Found<'a> {
    /// Where it stands, from the folder that is looked through; what is not UTF-8 in it shows as U+FFFD.
    pub(crate) key: &'a str,
    pub(crate) path: &'a Path,
    /// Whether it can be opened without waiting for somebody: a pipe or a device cannot.
    pub(crate) file: bool,
}

/// A look through a folder and those in it.
pub(crate) struct Walk<'a> {
    /// How many folders deep.
    pub(crate) deepest: usize,
    /// Whether a folder is looked through.
    pub(crate) enters: &'a dyn Fn(&Path) -> bool,
    /// What is done with what stands in it.
    pub(crate) take: &'a mut dyn FnMut(&Found<'_>, &mut Problems),
    /// What cannot be looked through.
    pub(crate) problems: &'a mut Problems,
}

impl Walk<'_> {
    pub(crate) fn over(mut self, folder: &Path) {
        self.through(folder, "", &mut Vec::new());
    }

    /// `above` are the folders in which this one stands: where each is, and by which path it was come to.
    fn through(&mut self, folder: &Path, prefix: &str, above: &mut Vec<(PathBuf, PathBuf)>) {
        let found = fs::canonicalize(folder).and_then(|real| {
            let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
            Ok((real, entries))
        });
        let (real, mut entries) = match found {
            Ok(found) => found,
            Err(error) => {
                let message = format!("{} cannot be read: {}", folder.display(), reason(&error));
                self.problems.push(Problem::new(UNREADABLE, message));
                return;
            }
        };
        if let Some((_, known)) = above.iter().find(|(known, _)| *known == real) {
            let message = format!("{} leads back to {}, in which it stands", folder.display(), known.display());
            let help = "take this link out; what stands in a folder is read there, once";
            self.problems.push(Problem::new(codes::CIRCLE, message).help(help));
            return;
        }
        above.push((real, folder.to_owned()));
        entries.sort_by_key(fs::DirEntry::file_name);
        for path in entries.iter().map(fs::DirEntry::path) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with('.') {
                continue;
            }
            let key = format!("{prefix}{name}");
            if !path.is_dir() {
                // what cannot be looked at is left to who opens it, to say why
                let file = fs::metadata(&path).map_or(true, |metadata| metadata.is_file());
                (self.take)(&Found { key: &key, path: &path, file }, self.problems);
            } else if above.len() < self.deepest && (self.enters)(&path) {
                self.through(&path, &format!("{key}/"), above);
            }
        }
        above.pop();
    }
}

/// The problem of something in a folder that is no file.
pub(crate) fn not_a_file(path: &Path) -> Problem {
    Problem::new(NOT_A_FILE, format!("{} is neither a file nor a folder, and is not opened", path.display()))
        .help("take it out of the folder, or put a file in its place")
}
