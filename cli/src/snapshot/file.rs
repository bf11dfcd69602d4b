//! A snapshot on disk: one fact on a line, so that a reviewer sees which one moved.

use crate::chains::SNAPSHOT;
use crate::codes::UNREADABLE;
use crate::exit::Exit;
use crate::files;
use crate::session::Session;
use ketenspiegel_engine::conclusions::{Conclusions, Difference};
use ketenspiegel_engine::date::Date;
use ketenspiegel_engine::problem::Problem;
use ketenspiegel_engine::render::{self, Language};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The name of this format.
pub(crate) const FORMAT: &str = "snapshot/1";

/// The file that tells how advice changed, beside the profiles.
pub(super) const CHANGELOG: &str = "advice-changelog.md";

/// How deep something is nested that still stands on one line: one conclusion.
const ONE_LINE: usize = 3;

/// What was advised, and who accepted it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Recorded {
    format: String,
    pub(super) accepted: Accepted,
    pub(crate) conclusions: Conclusions,
}

/// Who accepted it, when and why.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Accepted {
    pub(super) by: String,
    pub(super) on: Date,
    pub(super) why: String,
}

impl Recorded {
    pub(super) fn new(accepted: Accepted, conclusions: Conclusions) -> Self {
        Self { format: FORMAT.to_owned(), accepted, conclusions }
    }
}

/// The snapshot of a profile.
pub(crate) fn beside(profile: &Path) -> PathBuf {
    let stem = profile.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    profile.with_file_name(format!("{stem}{SNAPSHOT}"))
}

/// Conclusions that name their profile as it is named from the folder that it stands in.
pub(super) fn named(conclusions: Conclusions) -> Conclusions {
    let name = Path::new(&conclusions.profile).file_name().and_then(|name| name.to_str()).map(str::to_owned);
    Conclusions { profile: name.unwrap_or_default(), ..conclusions }
}

/// Reads a snapshot; nothing where there is none.
pub(super) fn read(path: &Path, session: &mut Session<'_>) -> Result<Option<Recorded>, Exit> {
    if !path.exists() {
        return Ok(None);
    }
    let text = files::text(path).map_err(|problem| session.stop(Exit::Invalid, problem))?;
    let recorded: Result<Recorded, _> = serde_json::from_str(&text);
    match recorded {
        Ok(recorded) if recorded.format == FORMAT => Ok(Some(recorded)),
        other => {
            let why = other.err().map_or_else(|| "it is in another format".to_owned(), |error| error.to_string());
            let problem = Problem::new(UNREADABLE, format!("{} cannot be read: {why}", path.display()))
                .help("take it back from version control, or remove it and accept the advice anew");
            Err(session.stop(Exit::Invalid, problem))
        }
    }
}

/// A snapshot as text.
pub(crate) fn text(recorded: &impl Serialize) -> String {
    let mut out = String::new();
    // There are no keys but text: this cannot fail.
    let value = serde_json::to_value(recorded).unwrap_or_default();
    draw(&value, 0, &mut out);
    out.push('\n');
    out
}

/// What stands deep enough goes on one line, the rest on a line each.
fn draw(value: &Value, indent: usize, out: &mut String) {
    let inner = "  ".repeat(indent + 1);
    let items: Vec<(String, &Value)> = match value {
        Value::Object(map) if indent == 0 || depth(value) > ONE_LINE => {
            map.iter().map(|(key, value)| (format!("{}: ", Value::from(key.as_str())), value)).collect()
        }
        Value::Array(all) if !all.is_empty() => all.iter().map(|value| (String::new(), value)).collect(),
        other => {
            out.push_str(&other.to_string());
            return;
        }
    };
    let (open, close) = if value.is_object() { ('{', '}') } else { ('[', ']') };
    out.push(open);
    for (at, (key, value)) in items.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&format!("{inner}{key}"));
        draw(value, indent + 1, out);
    }
    out.push_str(&format!("\n{}{close}", "  ".repeat(indent)));
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        Value::Array(all) => 1 + all.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// The changelog with one more entry at its end.
pub(super) fn changelog(
    path: &Path,
    first: bool,
    recorded: &Recorded,
    difference: &Difference,
    session: &mut Session<'_>,
) -> Result<String, Exit> {
    let before = if path.exists() {
        files::text(path).map_err(|problem| session.stop(Exit::Invalid, problem))?
    } else {
        "# Changelog of advice\n".to_owned()
    };
    let Accepted { by, on, why } = &recorded.accepted;
    let profile = &recorded.conclusions.profile;
    let language = Language::of(&recorded.conclusions.language);
    let body = if first {
        "Recorded for the first time.\n".to_owned()
    } else {
        render::difference(difference, language).markdown()
    };
    Ok(format!("{}\n\n## {on} · {profile}\n\nAccepted by {by}: {why}\n\n{body}", before.trim_end()))
}
