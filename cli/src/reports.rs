//! `--report FORMAT:FILE`: places that are looked at before any work, and written when all of it is done.

use crate::arguments::Report;
use crate::codes::ARGUMENTS;
use crate::files;
use crate::output::Output;
use ketenspiegel_engine::problem::Problem;
use std::path::{Path, PathBuf};

/// Reports that will be written, each in its format.
pub(crate) struct Reports<F> {
    outputs: Vec<(F, Output)>,
}

impl<F: Copy> Reports<F> {
    /// Makes sure that each report has a place of its own that can be written to. None takes the place of a profile.
    pub(crate) fn prepare<'p>(
        asked: &[Report<F>],
        profiles: impl IntoIterator<Item = &'p PathBuf>,
    ) -> Result<Self, Problem> {
        let read = profiles.into_iter().filter(|path| !files::is_stdin(path));
        let profiles: Vec<PathBuf> = read.map(|path| place(path)).collect();
        let mut places: Vec<PathBuf> = Vec::new();
        for Report { file, .. } in asked {
            let there = place(file);
            let problem = if profiles.contains(&there) {
                format!("a report at {} would take the place of the profile", file.display())
            } else if places.contains(&there) {
                format!("two reports would stand at {}", file.display())
            } else {
                places.push(there);
                continue;
            };
            return Err(Problem::new(ARGUMENTS, problem).help("write the report to another file"));
        }
        let outputs = asked.iter().map(|report| Ok((report.format, Output::prepare(&report.file)?)));
        Ok(Self { outputs: outputs.collect::<Result<_, Problem>>()? })
    }

    /// Writes the report files: all texts first, then each to its place.
    pub(crate) fn write(mut self, draw: impl Fn(F) -> String) -> Result<(), Problem> {
        for (format, output) in &mut self.outputs {
            output.write(&draw(*format))?;
        }
        self.outputs.into_iter().try_for_each(|(_, output)| output.finish())
    }
}

/// Where a path leads, however it is written; a file that is not there yet stands in the folder that is.
fn place(path: &Path) -> PathBuf {
    let in_its_folder = || Some(std::fs::canonicalize(files::folder_of(path)).ok()?.join(path.file_name()?));
    std::fs::canonicalize(path).ok().or_else(in_its_folder).unwrap_or_else(|| path.to_owned())
}
