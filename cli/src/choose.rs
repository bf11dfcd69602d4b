//! Choosing rulesets: what a run needs, and no more than that is read and loaded.

use crate::arguments::{Lang, WithRulesets};
use crate::built_in;
use crate::codes::UNKNOWN_RULESET;
use crate::exit::Exit;
use crate::files;
use crate::session::Session;
use ketenspiegel_engine::cases;
use ketenspiegel_engine::evaluate::check;
use ketenspiegel_engine::problem::{Problem, Problems, Span, codes};
use ketenspiegel_engine::profile::Profile;
use ketenspiegel_engine::ruleset::{LOCK_FILE, Library, Peek, RulesetFiles};
use std::collections::BTreeSet;
use std::path::Path;

/// The rulesets that there are to choose from: folders that were given, and the built-in ones.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    folders: Vec<Folder>,
    /// Used whatever the profile says.
    always: Vec<String>,
}

#[derive(Debug)]
struct Folder {
    /// Nothing, where the manifest cannot be read; loading it then says why.
    peek: Option<Peek>,
    files: RulesetFiles,
    always: bool,
}

impl Folder {
    fn of(files: RulesetFiles, always: bool) -> Self {
        Self { peek: Library::peek(&files), files, always }
    }

    fn id(&self) -> Option<&str> {
        self.peek.as_ref().map(|peek| peek.id.as_str())
    }
}

impl Shelf {
    /// The built-in rulesets, and those named on the command line: a folder, or the id of a built-in one. What
    /// is named is always used.
    pub(crate) fn with(named: &[String], session: &mut Session<'_>) -> Result<Self, Exit> {
        let mut shelf = Self::default();
        let mut stopped = None;
        for name in named {
            let path = Path::new(name);
            if files::is_ruleset(path) || name.contains(['/', '\\', '.']) {
                shelf.put(path, true, session);
            } else if ketenspiegel_rulesets::ids().any(|id| id == name) {
                shelf.always.push(name.clone());
            } else {
                let problem = Problem::new(
                    UNKNOWN_RULESET,
                    format!("there is no built-in ruleset `{name}`, and no folder either"),
                )
                .suggest(name, ketenspiegel_rulesets::ids());
                stopped = Some(session.stop(Exit::Usage, problem));
            }
        }
        // Without a ruleset that was asked for, everything that speaks of it would seem wrong too.
        stopped.map_or_else(|| session.sound(), Err).map(|()| shelf)
    }

    /// The built-in rulesets and one that was read already, which is always used.
    pub(crate) fn of(files: RulesetFiles) -> Self {
        Self { folders: vec![Folder::of(files, true)], always: Vec::new() }
    }

    /// Adds the ruleset in a folder.
    pub(crate) fn put(&mut self, folder: &Path, always: bool, session: &mut Session<'_>) {
        let opened = files::opened(folder, session);
        self.folders.extend(opened.map(|files| Folder::of(files, always)));
    }

    /// Forgets what a ruleset was locked with.
    pub(crate) fn unlock(&mut self, id: &str) {
        for folder in self.folders.iter_mut().filter(|folder| folder.id() == Some(id)) {
            folder.files.files.remove(LOCK_FILE);
        }
    }

    /// The ids of all rulesets there are.
    pub(crate) fn ids(&self) -> BTreeSet<&str> {
        let mut ids: BTreeSet<&str> = ketenspiegel_rulesets::ids().collect();
        ids.extend(self.folders.iter().filter_map(|folder| folder.id()));
        ids
    }

    /// One ruleset with others beside it that it may read, and its id; none where its folder cannot be read.
    pub(crate) fn for_one(
        named: &str,
        beside: &[String],
        session: &mut Session<'_>,
    ) -> Result<(Self, Option<String>), Exit> {
        let id = Self::with(&[named.to_owned()], session)?.always().into_iter().next();
        let all: Vec<String> = std::iter::once(named.to_owned()).chain(beside.iter().cloned()).collect();
        Ok((Self::with(&all, session)?, id))
    }

    /// The ids of the rulesets that are always used.
    pub(crate) fn always(&self) -> Vec<String> {
        let folders =
            self.folders.iter().filter(|folder| folder.always).filter_map(|folder| folder.id().map(str::to_owned));
        folders.chain(self.always.iter().cloned()).collect()
    }

    /// The ids of the rulesets for this profile: those that it speaks of, and those that are always used.
    ///
    /// What it says to a ruleset that there is not is reported, and taken out of the profile, so that the rest
    /// can be looked at. One that is always used takes the place of what it extends.
    pub(crate) fn for_profile(&self, profile: &mut Profile, problems: &mut Problems) -> Vec<String> {
        let known = self.ids();
        let mut named: Vec<(String, Span)> = Vec::new();
        let mut keep = |id: &String, span: Span| {
            named.push((id.clone(), span));
            known.contains(id.as_str())
        };
        profile.answers.retain(|section| keep(&section.ruleset, section.span));
        profile.roles.retain(|section| keep(&section.ruleset, section.span));
        profile.bouwstenen.retain(|section| keep(&section.ruleset, section.span));
        profile.targets.retain(|section| keep(&section.ruleset, section.span));
        let (found, lost): (Vec<_>, Vec<_>) = named.into_iter().partition(|(id, _)| known.contains(id.as_str()));
        report_unknown(&lost, &known, problems);
        let always = self.always();
        let extended: BTreeSet<String> = always.iter().flat_map(|id| self.extended_by(id)).collect();
        let found = found.into_iter().map(|(id, _)| id);
        let mut wanted: BTreeSet<String> = always.iter().cloned().chain(found).collect();
        wanted.retain(|id| !extended.contains(id));
        wanted.extend(self.joining(profile));
        wanted.into_iter().collect()
    }

    /// The ids of the rulesets that join others, and of those join enough that this profile answers.
    fn joining(&self, profile: &Profile) -> Vec<String> {
        if profile.answers.len() < 2 {
            return Vec::new();
        }
        let all = self.ids().into_iter().flat_map(|id| self.peeks(id));
        let enough = |peek: &Peek| {
            let answered = peek.requires.iter().filter(|id| profile.answers(id)).count();
            peek.joins.is_some_and(|joins| answered >= joins)
        };
        all.filter(enough).map(|peek| peek.id).collect()
    }

    /// The ids of what a ruleset extends, the nearest first.
    fn extended_by(&self, id: &str) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        let above = |id: &str| self.peeks(id).into_iter().find_map(|peek| peek.extends);
        while let Some(next) = above(all.last().map_or(id, String::as_str)).filter(|next| !all.contains(next)) {
            all.push(next);
        }
        all
    }

    /// The files of these rulesets, of all that they read and of what they extend.
    pub(crate) fn with_required(&self, ids: &[String]) -> Vec<RulesetFiles> {
        self.with_all(ids, Vec::new())
    }

    /// The files of what a ruleset reads and extends.
    fn needed_by(&self, folder: &Folder) -> Vec<RulesetFiles> {
        let Some(peek) = &folder.peek else { return Vec::new() };
        self.with_all(&peek.requires, peek.extends.iter().cloned().collect())
    }

    /// The files of the rulesets that are `waiting`, and of those that are only `extended`.
    fn with_all(&self, ids: &[String], mut extended: Vec<String>) -> Vec<RulesetFiles> {
        let mut waiting: Vec<String> = ids.iter().rev().cloned().collect();
        let (mut seen, mut bases) = (BTreeSet::new(), BTreeSet::new());
        // A folder whose manifest cannot be read comes along, so that loading says what is wrong with it.
        let nameless = self.folders.iter().filter(|folder| folder.always && folder.peek.is_none());
        let mut all: Vec<RulesetFiles> = nameless.map(|folder| folder.files.clone()).collect();
        while let Some((id, own)) = waiting.pop().map(|id| (id, true)).or_else(|| Some((extended.pop()?, false))) {
            let new = if own { seen.insert(id.clone()) } else { bases.insert(id.clone()) };
            if new {
                for peek in self.peeks(&id) {
                    waiting.extend(peek.requires);
                    extended.extend(peek.extends);
                }
                all.extend(self.files(&id).into_iter().filter(|_| own));
            }
        }
        for base in bases.iter().filter(|base| !seen.contains(*base)) {
            all.extend(self.files(base).into_iter().map(|files| RulesetFiles { only_extended: true, ..files }));
        }
        all
    }

    /// The library of these rulesets and all that they read, with the texts of one language or of all: opened where
    /// it is prepared, otherwise loaded.
    fn library(&self, ids: &[String], language: Option<&str>, session: &mut Session<'_>) -> Option<Library> {
        let built_in = self.only_built_in(ids);
        let prepared = built_in.and_then(|ids| built_in::library(&ids, language, &mut session.sources));
        prepared.or_else(|| {
            let files = self.with_required(ids);
            Library::load_in(&files, language, &mut session.sources, &mut session.problems)
        })
    }

    /// The ids of these rulesets and of all that they read, where none of them is in a folder that was given.
    fn only_built_in(&self, ids: &[String]) -> Option<BTreeSet<String>> {
        let given = |id: &str| self.folders.iter().any(|folder| folder.id().is_none_or(|known| known == id));
        let (mut waiting, mut all) = (ids.to_vec(), BTreeSet::new());
        while let Some(id) = waiting.pop() {
            if given(&id) {
                return None;
            }
            if all.insert(id.clone()) {
                waiting.extend(built_in::peek(&id)?.requires);
            }
        }
        Some(all)
    }

    /// What there is to know of a ruleset before it is loaded.
    fn peeks(&self, id: &str) -> Vec<Peek> {
        let given = self.folders.iter().filter(|folder| folder.id() == Some(id));
        let given: Vec<Peek> = given.filter_map(|folder| folder.peek.clone()).collect();
        if given.is_empty() { built_in::peek(id).into_iter().collect() } else { given }
    }

    /// Reads every folder, each with what it reads itself and with its cases, to find what is wrong with them.
    pub(crate) fn try_each(&self, session: &mut Session<'_>) {
        for folder in &self.folders {
            let others = self.needed_by(folder).into_iter().filter(|files| files.name != folder.files.name);
            let all: Vec<RulesetFiles> = others.chain([folder.files.clone()]).collect();
            let library = Library::load(&all, &mut session.sources, &mut session.problems);
            let own = library.as_ref().zip(folder.id()).and_then(|(library, id)| library.ruleset(id));
            if let (Some(library), Some(own)) = (&library, own) {
                cases::read(library, own, &folder.files, &mut session.sources, &mut session.problems);
            }
        }
    }

    /// The files of a ruleset: the folders that were given for it, otherwise the built-in one.
    pub(crate) fn files(&self, id: &str) -> Vec<RulesetFiles> {
        let given: Vec<RulesetFiles> =
            self.folders.iter().filter(|folder| folder.id() == Some(id)).map(|folder| folder.files.clone()).collect();
        if given.is_empty() { built_in::files(id).into_iter().collect() } else { given }
    }

    /// The ids of the rulesets that were named, or of all built-in ones where none was.
    pub(crate) fn named(&self) -> Vec<String> {
        let named = self.always();
        if named.is_empty() && self.folders.is_empty() {
            return ketenspiegel_rulesets::ids().map(str::to_owned).collect();
        }
        named
    }

    /// Those rulesets, with what they read.
    pub(crate) fn load_named(&self, lang: Lang, session: &mut Session<'_>) -> Result<Library, Exit> {
        self.load(&self.named(), lang, session)
    }

    /// These rulesets, with what they read.
    pub(crate) fn load(&self, ids: &[String], lang: Lang, session: &mut Session<'_>) -> Result<Library, Exit> {
        session.sound()?;
        self.library(ids, Some(lang.word()), session).ok_or(Exit::Invalid)
    }

    /// The folder that a ruleset was given in; nothing for a built-in one.
    pub(crate) fn folder(&self, id: &str) -> Option<String> {
        self.folders.iter().find(|folder| folder.id() == Some(id)).map(|folder| folder.files.name.clone())
    }
}

/// One profile that fits its rulesets, with those: what is wrong after this is the command line.
pub(crate) fn checked(
    path: &Path,
    rulesets: &WithRulesets,
    lang: Lang,
    session: &mut Session<'_>,
) -> Result<(Profile, Library), Exit> {
    let shelf = Shelf::with(&rulesets.rulesets, session)?;
    let mut profile = files::profile(path, session).ok_or(Exit::Invalid)?;
    let ids = shelf.for_profile(&mut profile, &mut session.problems);
    let library = shelf.library(&ids, Some(lang.word()), session);
    let library = library.filter(|library| check(library, &profile, &mut session.problems).is_some());
    session.sound()?;
    library.map(|library| (profile, library)).ok_or(Exit::Invalid)
}

/// Reports each ruleset that there is not, once, with every place that speaks of it.
fn report_unknown(lost: &[(String, Span)], known: &BTreeSet<&str>, problems: &mut Problems) {
    for (at, (id, span)) in lost.iter().enumerate() {
        if lost[..at].iter().any(|(before, _)| before == id) {
            continue;
        }
        let problem = Problem::new(codes::UNKNOWN_ID, format!("there is no ruleset `{id}`"))
            .at(*span)
            .suggest(id, known.iter().copied())
            .help("a ruleset that is not built in: give its folder with --ruleset");
        let others = lost[at + 1..].iter().filter(|(other, _)| other == id);
        problems.push(others.fold(problem, |problem, (_, span)| problem.also(*span, "also named here")));
    }
}

/// Libraries for profiles. Profiles that ask for the same rulesets share one.
#[derive(Debug)]
pub(crate) struct Libraries {
    /// The only language whose texts are read; nothing: all.
    language: Option<&'static str>,
    loaded: Vec<(Vec<String>, Option<Library>)>,
}

impl Libraries {
    /// Libraries with the texts of one language, or (to check them) of all.
    pub(crate) const fn new(lang: Option<Lang>) -> Self {
        let language = match lang {
            Some(lang) => Some(lang.word()),
            None => None,
        };
        Self { language, loaded: Vec::new() }
    }

    /// The library for a profile; nothing, where something is wrong with it.
    pub(crate) fn for_profile(
        &mut self,
        profile: &mut Profile,
        shelf: &Shelf,
        session: &mut Session<'_>,
    ) -> Option<&Library> {
        let ids = shelf.for_profile(profile, &mut session.problems);
        let at = match self.loaded.iter().position(|(known, _)| *known == ids) {
            Some(at) => at,
            None => {
                let library = shelf.library(&ids, self.language, session);
                self.loaded.push((ids, library));
                self.loaded.len() - 1
            }
        };
        self.loaded[at].1.as_ref()
    }
}
