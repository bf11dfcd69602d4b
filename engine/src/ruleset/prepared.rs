//! Prepared rulesets: a checked library as bytes, so that a program need not check it anew each time it starts.
//!
//! What is written down is what loading found: elements, expressions, texts. The files are not in it; they are asked
//! for, so that places can be shown and texts need not stand in the program twice. The mark of what each rule says is
//! written down too, because it takes long to work out. Two things are left out: what evaluation needs to know of every
//! expression, which is worked out faster than read, and where each condition is written, which only matters to whoever
//! looks for mistakes in a ruleset and so has its files.
//!
//! The bytes are for the very engine that made them, in the same build. They are no file format.

use super::ENGINE_VERSION;
use super::dependencies::Compiled;
use super::elements::Declared;
use super::load::{Library, RulesetFiles};
use super::texts::{Entry, Texts};
use crate::problem::{FileId, Problems, Span};
use crate::source::Sources;
use serde::{Deserialize, Serialize};

/// What is written down.
#[derive(Serialize, Deserialize)]
struct Prepared<'a, L> {
    engine: &'a str,
    /// The names of the files, and the number of the first of them in the places of the library.
    #[serde(borrow)]
    files: Vec<&'a str>,
    first: u32,
    library: L,
    /// The mark of what each rule says, one after the other.
    meanings: &'a [u8],
    /// For each ruleset the texts of each language.
    #[serde(borrow)]
    texts: Vec<Vec<Closed<'a>>>,
}

/// The texts of a ruleset in one language, as bytes: only the language that is asked for is opened.
#[derive(Serialize, Deserialize)]
struct Closed<'a> {
    language: &'a str,
    file: FileId,
    entries: &'a [u8],
}

/// A text: its key, the file, the first byte and the end of its place, and its words. Texts of a ruleset that extends
/// another stand in the files of both.
type Kept<'a> = (&'a str, FileId, usize, usize, Said<'a>);

/// The words of a text.
#[derive(Serialize, Deserialize)]
enum Said<'a> {
    /// So many bytes, as they stand in the file from this one on.
    There(usize, usize),
    /// Written with escapes, so that they stand nowhere.
    Here(&'a str),
}

impl Library {
    /// Loads rulesets as [`Library::load`] does, and gives them as bytes for [`Library::prepared`].
    pub fn prepare(rulesets: &[RulesetFiles], sources: &mut Sources, problems: &mut Problems) -> Option<Vec<u8>> {
        let first = sources.ids().count();
        Self::load(rulesets, sources, problems)?.encoded(first, sources)
    }

    /// What was prepared, with the texts of one language or of all, as [`Library::load_in`] gives them.
    ///
    /// `bytes` are what [`Library::prepare`] of this same engine gave. `find` gives the files that they were made from,
    /// by the name of the ruleset and the path in it: `adr/rules/vorm.rhai`. Gives `None` where something is missing.
    pub fn prepared(
        bytes: &'static [u8],
        language: Option<&str>,
        find: &dyn Fn(&str) -> Option<&'static [u8]>,
        sources: &mut Sources,
    ) -> Option<Self> {
        let mut prepared: Prepared<'static, Self> = postcard::from_bytes(bytes).ok()?;
        if prepared.engine != ENGINE_VERSION {
            return None;
        }
        let files: Option<Vec<_>> = prepared.files.iter().map(|name| Some((*name, text(find(name)?)?))).collect();
        let base = u32::try_from(sources.ids().count()).ok()?;
        for (name, text) in files? {
            sources.keep(name.to_owned(), text.into());
        }
        let moved = |file: FileId| FileId(file.0 - prepared.first + base);
        let mut library = prepared.library;
        spans(&mut library, &mut |span| span.file = moved(span.file));
        for (ruleset, all) in library.rulesets.iter_mut().zip(&mut prepared.texts) {
            let wanted = language.map(|language| all.iter().position(|texts| texts.language == language).unwrap_or(0));
            let wanted = all.iter().enumerate().filter(|(at, _)| wanted.is_none_or(|wanted| wanted == *at));
            let opened: Option<Vec<Texts>> = wanted.map(|(_, texts)| texts.opened(&moved, sources)).collect();
            ruleset.texts = opened.filter(|texts| !texts.is_empty())?;
        }
        library.compiled = Compiled::new(&library);
        library.meanings = prepared.meanings.as_chunks().0.to_vec();
        Some(library)
    }

    /// The library as bytes. Its files are the sources from number `first` on.
    fn encoded(&self, first: usize, sources: &Sources) -> Option<Vec<u8>> {
        let closed = |texts: &Texts| {
            let file = texts.file()?;
            let entries: Vec<Kept<'_>> = texts.entries().map(|entry| kept(entry, sources)).collect();
            Some((texts.language().to_owned(), file, postcard::to_allocvec(&entries).ok()?))
        };
        let closed = self.rulesets.iter().map(|ruleset| ruleset.texts.iter().map(closed).collect());
        let closed: Vec<Vec<_>> = closed.collect::<Option<_>>()?;
        let texts = closed.iter().map(|ruleset| {
            let all = ruleset.iter().map(|(language, file, entries)| Closed { language, file: *file, entries });
            all.collect()
        });
        let meanings = self.all_meanings();
        let prepared = Prepared {
            engine: ENGINE_VERSION,
            files: sources.ids().skip(first).map(|file| sources.name(file)).collect(),
            first: u32::try_from(first).ok()?,
            library: self,
            meanings: meanings.as_flattened(),
            texts: texts.collect(),
        };
        postcard::to_allocvec(&prepared).ok()
    }
}

impl Closed<'static> {
    fn opened(&self, moved: &dyn Fn(FileId) -> FileId, sources: &Sources) -> Option<Texts> {
        let entries: Vec<Kept<'static>> = postcard::from_bytes(self.entries).ok()?;
        let entries = entries.into_iter().map(|(key, file, start, end, said)| {
            let file = moved(file);
            let text = match said {
                Said::There(at, length) => sources.lasting(file)?.get(at..at.checked_add(length)?)?,
                Said::Here(text) => text,
            };
            Some(Entry { key: key.into(), text: text.into(), span: Span { file, start, end } })
        });
        Some(Texts::of(self.language.to_owned(), moved(self.file), entries.collect::<Option<_>>()?))
    }
}

/// A text as it is written down: where it stands, if it stands there to the letter.
fn kept<'a>((key, text, span): (&'a str, &'a str, Span), sources: &Sources) -> Kept<'a> {
    let written = sources.text(span.file).get(span.start..span.end);
    let said = match written.and_then(|written| written.find(text)) {
        Some(at) => Said::There(span.start + at, text.len()),
        None => Said::Here(text),
    };
    (key, span.file, span.start, span.end, said)
}

/// A file as the text that the loader makes of it.
fn text(bytes: &'static [u8]) -> Option<&'static str> {
    let text = std::str::from_utf8(bytes).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Visits every place in a library but those of texts.
fn spans(library: &mut Library, visit: &mut dyn FnMut(&mut Span)) {
    for ruleset in &mut library.rulesets {
        let manifest = &mut ruleset.manifest;
        visit(&mut manifest.span);
        manifest.languages_at.iter_mut().for_each(&mut *visit);
        manifest.requires.iter_mut().for_each(|(_, _, span)| visit(span));
        manifest.extends.iter_mut().for_each(|(_, _, span)| visit(span));
        manifest.roles.iter_mut().for_each(|(_, span)| visit(span));
        manifest.parameters.iter_mut().for_each(|parameter| visit(&mut parameter.span));
        manifest.allowances.iter_mut().for_each(|allowance| visit(&mut allowance.span));
    }
    let rules = library.rules.iter_mut().map(|rule| &mut rule.template);
    let cells = library.tables.iter_mut().flat_map(|table| &mut table.cells);
    let templates = rules.chain(cells.filter_map(|cell| cell.template.as_mut()));
    templates.filter_map(|template| template.named.as_mut()).for_each(&mut *visit);
    let declared = |declared: &mut Declared| visit(&mut declared.span);
    let questions = library.questions.iter_mut().map(|question| &mut question.declared);
    let aspects = library.aspects.iter_mut().map(|aspect| &mut aspect.declared);
    let stones = library.bouwstenen.iter_mut().map(|stone| &mut stone.declared);
    let roles = library.roles.iter_mut().map(|role| &mut role.declared);
    let outcomes = library.outcomes.iter_mut().map(|outcome| &mut outcome.declared);
    let measures = library.measures.iter_mut().map(|measure| &mut measure.declared);
    let tables = library.tables.iter_mut().map(|table| &mut table.declared);
    let rules = library.rules.iter_mut().map(|rule| &mut rule.declared);
    let all = questions.chain(aspects).chain(stones).chain(roles).chain(outcomes).chain(measures);
    all.chain(tables).chain(rules).for_each(declared);
}
