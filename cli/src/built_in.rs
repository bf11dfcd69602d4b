//! The built-in rulesets: as the files that they are, and as `build.rs` prepared them when the program was built.

use ketenspiegel_engine::ruleset::{Library, Peek, RulesetFiles};
use ketenspiegel_engine::source::Sources;
use std::collections::BTreeSet;

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// A built-in ruleset as the loader wants it.
pub(crate) fn files(id: &str) -> Option<RulesetFiles> {
    ketenspiegel_rulesets::find(id).map(|files| RulesetFiles::of(id, files))
}

/// What there is to know of a built-in ruleset before it is loaded.
pub(crate) fn peek(id: &str) -> Option<Peek> {
    let (id, requires, joins) = PEEKS.iter().find(|(known, ..)| *known == id)?;
    let requires = requires.iter().map(|&id| id.to_owned()).collect();
    // one that extends another would not be prepared, and a test below says so
    Some(Peek { id: (*id).to_owned(), requires, extends: None, joins: *joins })
}

/// The library of exactly these built-in rulesets, as loading them gives it; nothing where that set is not prepared.
pub(crate) fn library(ids: &BTreeSet<String>, language: Option<&str>, sources: &mut Sources) -> Option<Library> {
    let (ids, bytes) = SETS.iter().find(|(known, _)| known.iter().eq(ids.iter()))?;
    let folders: Vec<_> = ids.iter().filter_map(|id| Some((*id, ketenspiegel_rulesets::find(id)?))).collect();
    let find = |name: &str| {
        let (id, path) = name.split_once('/')?;
        let (_, files) = folders.iter().find(|(known, _)| *known == id)?;
        let at = files.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
        files.get(at).map(|(_, bytes)| *bytes)
    };
    Library::prepared(bytes, language, &find, sources)
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may stop")]
mod tests {
    use super::{PEEKS, SETS, files, library};
    use ketenspiegel_engine::condition::{ExprId, RuleId};
    use ketenspiegel_engine::problem::Problems;
    use ketenspiegel_engine::ruleset::{Library, RulesetFiles};
    use ketenspiegel_engine::source::Sources;
    use std::collections::BTreeSet;

    /// All that a library is, with places as a reader sees them, in lines.
    fn told(library: &Library) -> Vec<String> {
        let exprs = (0..library.graph.len()).map(ExprId::at);
        let exprs = exprs.map(|id| format!("{:?}: {:?}", library.graph.expr(id), library.graph.kind(id)));
        let slots = (0..library.rulesets.len()).flat_map(|ruleset| library.slots(ruleset));
        let slots = slots.map(|slot| format!("{slot:?} {:?}", library.expr_in(slot)));
        let rules = (0..library.rules.len()).map(|at| format!("{at} says {:?}", library.meaning(RuleId::at(at))));
        let whole = [
            format!("{:#?}", library.rulesets),
            format!("{:#?}", library.questions),
            format!("{:#?}", library.aspects),
            format!("{:#?}", library.bouwstenen),
            format!("{:#?}", library.roles),
            format!("{:#?}", library.outcomes),
            format!("{:#?}", library.measures),
            format!("{:#?}", library.tables),
            format!("{:#?}", library.rules),
            format!("{:#?}", library.exprs),
            format!("{:#?}", library.compiled),
        ];
        let whole = whole.iter().flat_map(|text| text.lines()).map(str::to_owned);
        whole.chain(exprs).chain(slots).chain(rules).collect()
    }

    #[test]
    fn what_is_prepared_is_what_loading_gives() {
        for (ids, _) in SETS {
            let files: Vec<RulesetFiles> = ids.iter().filter_map(|id| files(id)).collect();
            let ids: BTreeSet<String> = ids.iter().map(|&id| id.to_owned()).collect();
            // a text before it, as a profile is in a run, so that places must move along
            let (mut sources, mut others) = (Sources::new(), Sources::new());
            sources.add("profile", "{}");
            others.add("profile", "{}");
            let loaded = Library::load(&files, &mut sources, &mut Problems::new()).expect("it loads");
            let prepared = library(&ids, None, &mut others).expect("it is prepared");
            let (loaded, prepared) = (told(&loaded), told(&prepared));
            let differ = loaded.iter().zip(&prepared).find(|(loaded, prepared)| loaded != prepared);
            assert!(differ.is_none() && loaded.len() == prepared.len(), "{ids:?}: {differ:#?}");
        }
    }

    #[test]
    fn a_language_is_opened_alone() {
        for (ids, _) in SETS {
            let ids: BTreeSet<String> = ids.iter().map(|&id| id.to_owned()).collect();
            let english = library(&ids, Some("en"), &mut Sources::new()).expect("it is prepared");
            for ruleset in &english.rulesets {
                let languages: Vec<&str> = ruleset.texts.iter().map(|texts| texts.language()).collect();
                assert_eq!(languages, ["en"], "{}", ruleset.manifest.id);
            }
        }
    }

    #[test]
    fn every_built_in_ruleset_is_prepared_with_what_it_reads() {
        for id in ketenspiegel_rulesets::ids() {
            let (_, requires, _) = PEEKS.iter().find(|(known, ..)| *known == id).expect("its manifest was read");
            let set = SETS.iter().find(|(ids, _)| ids.contains(&id) && ids.len() == requires.len() + 1);
            assert!(set.is_some_and(|(ids, _)| requires.iter().all(|id| ids.contains(id))), "{id} is not prepared");
        }
    }
}
