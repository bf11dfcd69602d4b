//! The engine of ketenspiegel: text in, data out.
//!
//! ```text
//! ruleset files ─▶ ruleset::Library ─┐
//! profile text ─▶ profile::Profile ──┴▶ evaluate ─▶ assessment::Assessment ─▶ render ─▶ text
//! ```
//!
//! A module names only what stands above it in this list; a test of the house keeps it so.

pub mod problem;
pub mod number;
pub mod source;
pub mod assessment;
pub mod render;
