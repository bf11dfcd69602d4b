//! The rules of the house: what holds for every file, whatever it is about.
//!
//! They read the project as text, so that they also see what a compiler does not mind: a module that looks down,
//! a path in a document that leads nowhere, a code that nothing uses. Each rule lists all that breaks it.

mod project;
mod rust;

mod boundaries;
mod codes;
mod documents;
pub(crate) mod licences;
mod modules;
mod tidiness;

/// Stops with everything that breaks a rule.
fn hold(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}; but\n  {}\n", broken.join("\n  "));
}
