//! Files in a ruleset's folder that nothing reads, and that were probably meant to be.

use crate::problem::{Problem, Problems, codes, nearest};
use crate::ruleset::load::RulesetFiles;
use crate::ruleset::manifest::Manifest;
use crate::ruleset::pack::misplaced;
use crate::ruleset::parts::counts;

/// How the names of texts, data and programs end that people write where a script or a table belongs.
const OTHERS: [&str; 6] = ["txt", "csv", "json", "yaml", "yml", "rs"];

/// The files with a name of their own.
const KNOWN: [&str; 6] =
    ["ruleset.toml", "questions.toml", "aspects.toml", "bouwstenen.toml", "links.toml", "tailoring.toml"];

/// Tells of files that are not read and whose name is that of one that is, but for its letters, its end or its folder,
/// and of those that would be read if they stood less deep or had a name that can be written.
/// What stands there for people or for tests is nobody's mistake.
pub(in crate::ruleset) fn unread(files: &RulesetFiles, manifest: &Manifest, problems: &mut Problems) {
    for path in files.files.keys().chain(&files.beside) {
        let for_tests = path.starts_with("tests/");
        let help = if counts(path, manifest) || (for_tests && path.ends_with(".toml")) {
            misplaced(path).map(|why| format!("{why}; give it another place or another name"))
        } else if for_tests {
            None
        } else {
            meant(path, manifest)
        };
        if let Some(help) = help {
            let message = format!("nothing reads {}/{path}", files.name);
            problems.push(Problem::new(codes::UNKNOWN_FILE, message).warning().help(help));
        }
    }
}

/// What to do with a file that is not read; nothing, where it does not look like one that should be.
fn meant(path: &str, manifest: &Manifest) -> Option<String> {
    // what an editor keeps of an older version ends in a tilde
    let (start, ending) = path.rsplit_once('.').filter(|(_, ending)| !ending.contains(['/', '~']))?;
    let (lower, ending) = (path.to_ascii_lowercase(), ending.to_ascii_lowercase());
    let right = ["toml", "rhai"].into_iter().find(|right| nearest(&ending, [*right]).is_some());
    let other = right.is_none() && OTHERS.contains(&ending.as_str());
    let did_you_mean = |name: &str| Some(format!("did you mean {name}?"));
    let folder = [("rules/", "rhai"), ("tables/", "toml")].into_iter().find(|(folder, _)| lower.starts_with(folder));
    if let Some((folder, wanted)) = folder.filter(|(_, wanted)| other || right == Some(*wanted)) {
        return did_you_mean(&format!("{folder}{}.{wanted}", &start[folder.len()..]));
    }
    let languages = manifest.languages.iter().map(|language| format!("{language}.toml"));
    let known: Vec<String> = KNOWN.map(str::to_owned).into_iter().chain(languages).collect();
    if right.is_none() {
        // a schema for editors may stand beside the file that it belongs to
        let name = format!("{}.toml", start.to_ascii_lowercase());
        return did_you_mean(&name).filter(|_| other && ending != "json" && known.contains(&name));
    }
    if path == "tailoring.toml" {
        return Some("it goes with `extends` in ruleset.toml".to_owned());
    }
    if let Some(language) = path.strip_suffix(".toml").filter(|language| language.len() == 2 && !known.contains(&lower))
    {
        return Some(format!("`{language}` is not among the `languages` in ruleset.toml"));
    }
    let name = lower.rsplit('/').next().filter(|_| folder.is_none());
    match name.and_then(|name| nearest(name, known.iter().map(String::as_str))) {
        Some(near) => did_you_mean(near),
        None => Some("scripts stand in rules/, tables in tables/, cases in tests/".to_owned()),
    }
}
