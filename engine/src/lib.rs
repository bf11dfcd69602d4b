//! The engine of ketenspiegel: text in, data out.
//!
//! ```text
//! ruleset files ─▶ ruleset::Library ─┐
//! profile text ──▶ profile::Profile ─┴▶ evaluate ─▶ assessment::Assessment ─▶ render ─▶ text
//! ```
//!
//! Nothing here opens a file, knows a terminal or reads a clock: the caller brings texts and takes texts.
//! A module names only what stands above it in this list, and a test of the house keeps it so.
//!
//! - [`problem`]: what can be wrong, and where; every reader collects, none stops at the first
//! - [`number`]: exact fractions
//! - [`date`]: days, as people write them
//! - [`source`]: JSON and TOML as one tree of values with places
//! - [`assessment`]: everything concluded for one profile, as plain data
//! - [`conclusions`]: the short of an assessment, and how two of them differ
//! - [`waivers`]: findings that somebody accepts, and whether they are still the same
//! - [`gates`]: what makes a run fail, and whether it does
//! - [`profile`]: a profile as it is written
//! - [`condition`]: terms and conditions as data, each once in a graph
//! - [`ruleset`]: rulesets, read and checked; scripts run here, once, to build rules
//! - [`evaluate`]: from a library and a profile to an assessment
//! - [`whatif`]: what would change a conclusion, and what a change would do
//! - [`cases`]: given these answers, conclude this
//! - [`advice`]: what is not wrong with a ruleset, and might be better
//! - [`coverage`]: what the cases of a ruleset bring about
//! - [`mutation`]: which changes to a ruleset no case notices
//! - [`changes`]: what a new version of a ruleset means
//! - [`render`]: assessments, reasons and problems as text

pub mod problem;
pub mod number;
pub mod date;
pub mod source;
pub mod assessment;
pub mod conclusions;
pub mod waivers;
pub mod gates;
pub mod profile;
pub mod condition;
pub mod ruleset;
pub mod evaluate;
pub mod whatif;
pub mod cases;
pub mod advice;
pub mod coverage;
pub mod mutation;
pub mod changes;
pub mod render;
