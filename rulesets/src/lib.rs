//! The built-in rulesets, embedded as the files that they are.
//!
//! This crate knows nothing of the engine: a built-in ruleset is a folder like any other, read by the same
//! loader. That happens when the program is built, which then carries what the loader made of it. To build one in,
//! put its folder beside this crate's `src` and add a line to `FOLDERS`.

use include_dir::{Dir, DirEntry, File, include_dir};

/// The folders that are built in, by the id of their ruleset.
static FOLDERS: &[(&str, Dir<'static>)] = &[
    ("adr", include_dir!("$CARGO_MANIFEST_DIR/adr")),
    ("eraneos", include_dir!("$CARGO_MANIFEST_DIR/eraneos")),
    ("ketens-de-baas", include_dir!("$CARGO_MANIFEST_DIR/ketens-de-baas")),
    ("ketenspiegel", include_dir!("$CARGO_MANIFEST_DIR/ketenspiegel")),
    ("noordhuis", include_dir!("$CARGO_MANIFEST_DIR/noordhuis")),
    ("twynstra", include_dir!("$CARGO_MANIFEST_DIR/twynstra")),
];

/// The files of a ruleset: path within its folder, with `/` between the parts, and contents.
pub type Files = Vec<(String, &'static [u8])>;

/// Every built-in ruleset: its id, which is the name of its folder, and its files.
pub fn all() -> impl Iterator<Item = (&'static str, Files)> {
    FOLDERS.iter().map(|(id, folder)| (*id, files(folder)))
}

/// The ids of the built-in rulesets.
pub fn ids() -> impl Iterator<Item = &'static str> {
    FOLDERS.iter().map(|(id, _)| *id)
}

/// The files of one built-in ruleset.
#[must_use]
pub fn find(id: &str) -> Option<Files> {
    FOLDERS.iter().find(|(known, _)| *known == id).map(|(_, folder)| files(folder))
}

fn files(folder: &'static Dir<'static>) -> Files {
    let mut found = Vec::new();
    collect(folder, &mut found);
    found.sort_unstable();
    found
}

fn collect(folder: &'static Dir<'static>, found: &mut Files) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, found),
            DirEntry::File(file) => found.push((path(file), file.contents())),
        }
    }
}

fn path(file: &File<'_>) -> String {
    let parts: Vec<_> = file.path().iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may stop")]
mod tests {
    use super::{all, find, ids};
    use std::path::Path;

    #[test]
    fn every_folder_with_a_manifest_is_built_in() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut on_disk: Vec<String> = std::fs::read_dir(here)
            .expect("this crate has a folder")
            .map(|entry| entry.expect("it can be read").path())
            .filter(|path| path.join("ruleset.toml").is_file())
            .map(|path| path.file_name().expect("a folder has a name").to_string_lossy().into_owned())
            .collect();
        on_disk.sort();
        let mut built_in: Vec<&str> = ids().collect();
        built_in.sort_unstable();
        assert_eq!(on_disk, built_in, "give every folder a line in `FOLDERS`");
    }

    #[test]
    fn the_id_of_a_ruleset_is_the_name_of_its_folder() {
        for (folder, files) in all() {
            let (_, manifest) = files.iter().find(|(path, _)| path == "ruleset.toml").expect("a manifest");
            let manifest = std::str::from_utf8(manifest).expect("text");
            assert!(
                manifest.lines().any(|line| line == format!("id = \"{folder}\"")),
                "{folder}/ruleset.toml has another id"
            );
        }
    }

    #[test]
    fn embedded_files_are_those_on_disk() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (folder, files) in all() {
            for (path, contents) in &files {
                let on_disk = std::fs::read(here.join(folder).join(path)).expect("an embedded file is on disk");
                assert!(on_disk == *contents, "{folder}/{path} differs");
            }
            assert_eq!(find(folder), Some(files));
        }
    }
}
