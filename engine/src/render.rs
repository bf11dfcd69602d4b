//! Drawing: an assessment, the reasoning behind a conclusion, and the problems of an input.
//!
//! ```text
//!                      ┌▶ terminal  text, wrapped to a width, with or without colour
//! Assessment ─▶ report ┤
//!                      └▶ markdown  the same report, for in the file
//! Assessment ─▶ json                the contract for machines
//! Library ────▶ book                a ruleset to read, as Markdown or a page of HTML
//! Difference ─▶ difference          what advice changed, for either
//! Run ────────▶ summary             how a run in CI ends: sarif, junit, tap and github for machines
//! Assessments ▶ comparison          beside each other, or in a series
//! Reason ─────▶ reasoning           why, as a tree in words
//! Flips ──────▶ changes             what would change a conclusion
//! Problems ───▶ problems            what is wrong with an input, with the line it stands on
//! ```
//!
//! The report is put together once, as a list of blocks; the terminal and Markdown only differ in how they
//! draw a block. Everything the engine says itself stands in one room, in every language it speaks. Nothing
//! here evaluates, reads a clock or asks what terminal there is: the caller says so with a [`Look`].

mod words;
mod document;
mod page;
pub mod problems;
pub mod reasoning;
pub mod explanation;
pub mod changes;
mod highlights;
mod report;
mod told;
pub mod difference;
pub mod comparison;
pub mod summary;
pub mod sarif;
pub mod junit;
pub mod tap;
pub mod github;
pub mod terminal;
pub mod markdown;
mod html;
mod book;
pub mod form;
pub mod json;
pub mod schema;
pub mod reference;
pub mod catalogue;
pub mod inventory;
pub mod versions;
pub mod coverage;

pub use book::{Book, book};
pub use comparison::{comparison, series};
pub use difference::difference;
pub use document::Drawing;
pub use github::github;
pub use json::{json, schema};
pub use junit::junit;
pub use markdown::markdown;
pub use problems::problems;
pub use report::Extent;
pub use sarif::sarif;
pub use summary::summary;
pub use tap::tap;
pub use terminal::terminal;
pub use words::{Language, capitalised};

/// The narrowest page that is drawn; less would leave no room for words beside the numbers.
pub const NARROWEST: usize = 60;

/// The widest page that is drawn; in longer lines the eye loses its way back.
pub const WIDEST: usize = 100;

/// How a drawing should look.
///
/// ```
/// use ketenspiegel_engine::render::{Language, Look};
/// let look = Look { language: Language::of("en"), ..Look::default() };
/// assert_eq!((look.width, look.colour, look.language), (80, false, Language::English));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns to write in, from [`NARROWEST`] to [`WIDEST`].
    pub width: usize,
    /// Whether escape codes for colour may be written. Colour never alone carries meaning.
    pub colour: bool,
    /// The language of the engine's own words.
    pub language: Language,
    /// How much of a report.
    pub extent: Extent,
}

impl Default for Look {
    /// Eighty columns, no colour, in Dutch: what reads well in a file.
    fn default() -> Self {
        Self { width: 80, colour: false, language: Language::Dutch, extent: Extent::Full }
    }
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
