//! From a model and a profile to what the engine says of them.

use super::changes;
use super::cone::Cone;
use super::model::{Model, Profile};
use super::write;
use ketenspiegel_engine::assessment::Assessment;
use ketenspiegel_engine::evaluate::assess;
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::profile::Profile as EngineProfile;
use ketenspiegel_engine::ruleset::{Library, RulesetFiles};
use ketenspiegel_engine::source::Sources;
use std::fmt::Write as _;

/// A library with the files it was read from.
pub(super) struct Loaded {
    files: Vec<RulesetFiles>,
    library: Library,
    sources: Sources,
}

impl Loaded {
    /// Loads the part of a model that is in `cone`; otherwise says what is wrong with it.
    pub(super) fn new(model: &Model, cone: &Cone) -> Result<Self, String> {
        let files = write::rulesets(model, cone);
        let (mut sources, mut problems) = (Sources::new(), Problems::new());
        match Library::load(&files, &mut sources, &mut problems) {
            Some(library) => Ok(Self { files, library, sources }),
            None => Err(format!("the rulesets are refused\n{}{}", listed(&problems), shown(&files))),
        }
    }

    /// What the engine concludes; otherwise what is wrong with the profile.
    pub(super) fn assess(&mut self, model: &Model, cone: &Cone, profile: &Profile) -> Result<Assessment, String> {
        self.ask(model, cone, profile, |library, profile, sources, problems| {
            assess(library, profile, sources, "nl", problems)
        })
    }

    /// What the engine answers to something that is asked of a profile; otherwise what is wrong.
    pub(super) fn ask<T>(
        &mut self,
        model: &Model,
        cone: &Cone,
        profile: &Profile,
        ask: impl FnOnce(&Library, &EngineProfile, &mut Sources, &mut Problems) -> Option<T>,
    ) -> Result<T, String> {
        let text = write::profile(model, cone, profile);
        let mut problems = Problems::new();
        EngineProfile::read("profiel.json", text.as_bytes(), &mut self.sources, &mut problems)
            .and_then(|profile| ask(&self.library, &profile, &mut self.sources, &mut problems))
            .ok_or_else(|| format!("the profile is refused\n{}{}{text}", listed(&problems), shown(&self.files)))
    }

    /// Where a profile that is changed into another, and back again, differs from the two read afresh.
    pub(super) fn changed(&mut self, model: &Model, cone: &Cone, before: &Profile, after: &Profile) -> Vec<String> {
        let mut read = |profile| {
            let text = write::profile(model, cone, profile);
            EngineProfile::read("profiel.json", text.as_bytes(), &mut self.sources, &mut Problems::new())
        };
        let (before, after) = (read(before), read(after));
        let both = before.as_ref().zip(after.as_ref());
        both.map(|(before, after)| changes::differences(&self.library, before, after)).unwrap_or_default()
    }

    /// The texts of the rulesets and of a profile.
    pub(super) fn texts(&self, model: &Model, cone: &Cone, profile: &Profile) -> String {
        format!("{}--- profile\n{}\n", shown(&self.files), write::profile(model, cone, profile))
    }
}

fn listed(problems: &Problems) -> String {
    problems.sorted().into_iter().map(|problem| format!("{problem}\n")).collect()
}

fn shown(files: &[RulesetFiles]) -> String {
    let mut text = String::new();
    for files in files {
        for (path, bytes) in files.files.iter().filter(|(path, bytes)| *path != "nl.toml" && !bytes.is_empty()) {
            writeln!(text, "--- {}/{path}\n{}", files.name, String::from_utf8_lossy(bytes)).unwrap();
        }
    }
    text
}
