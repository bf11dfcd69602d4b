//! `explain`: why something is concluded, or why not.

use crate::arguments::{Explain, TextOrJson};
use crate::choose::{Libraries, Shelf};
use crate::exit::Exit;
use crate::files;
use crate::session::{Ended, Session};
use ketenspiegel_engine::condition::BouwsteenId;
use ketenspiegel_engine::evaluate::{Explained, Explanation, assess, explain};
use ketenspiegel_engine::problem::Problems;
use ketenspiegel_engine::render::explanation::explanation;
use ketenspiegel_engine::ruleset::Library;
use serde::Serialize;

/// The name of the format that `--format json` writes.
const FORMAT: &str = "explanation/1";

/// An explanation for machines.
#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    #[serde(flatten)]
    explanation: &'a Explanation,
    /// For something that is not recommended: the diagnoses that could ask for it.
    #[serde(rename = "asked-for-by", skip_serializing_if = "<[_]>::is_empty")]
    asking: &'a [Explanation],
}

pub(crate) fn run(asked: &Explain, session: &mut Session<'_>) -> Ended {
    let shelf = Shelf::with(&asked.rulesets.rulesets, session)?;
    let mut profile = files::profile(&asked.profile, session).ok_or(Exit::Invalid)?;
    let mut libraries = Libraries::new(Some(asked.lang.lang));
    let library = libraries.for_profile(&mut profile, &shelf, session).ok_or(Exit::Invalid)?;
    let language = asked.lang.lang.word();
    // The profile is held against the rulesets first: what is wrong from here on is the id on the command line.
    let assessment = assess(library, &profile, &session.sources, language, &mut session.problems);
    session.sound()?;
    let assessment = assessment.ok_or(Exit::Invalid)?;
    let why = |id: &str, problems: &mut Problems| explain(library, &profile, &session.sources, language, id, problems);
    let found = why(&asked.id, &mut session.problems).ok_or(Exit::Usage)?;
    let mut asking = Vec::new();
    if found.kind == Explained::Recommendation && found.recommendation.is_none() {
        for id in asking_for(library, &found.id) {
            asking.extend(why(&id, &mut session.problems));
        }
    }
    let drawn = match asked.format {
        TextOrJson::Text => explanation(&found, &assessment, &asking, asked.not, &session.look(asked.lang.lang)),
        TextOrJson::Json => {
            let written = Written { format: FORMAT, explanation: &found, asking: &asking };
            // Writing to memory cannot fail, and there are no keys but text.
            format!("{}\n", serde_json::to_string_pretty(&written).unwrap_or_default())
        }
    };
    session.print(&drawn)?;
    Ok(Exit::Fine)
}

/// The full ids of the rules that can ask for a bouwsteen or step.
pub(crate) fn asking_for(library: &Library, stone: &str) -> Vec<String> {
    let full = |ruleset: usize, id: &str| format!("{}/{id}", library.rulesets[ruleset].manifest.id);
    let is_it = |id: &BouwsteenId| {
        let declared = &library.bouwstenen[id.index()].declared;
        full(declared.ruleset, &declared.id) == stone
    };
    let rules = library.rules.iter().filter(|rule| rule.recommend.iter().any(is_it));
    rules.map(|rule| full(rule.declared.ruleset, &rule.declared.id)).collect()
}
