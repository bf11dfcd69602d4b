//! What is wrong with an input, drawn as a compiler would: the line, a caret under it, what to do.
//!
//! In English, like the file formats and the command line that it is about.

mod excerpt;

use super::Look;
use super::document::{PRIVATE, clean};
use crate::problem::{Gravity, Label, Problem, Problems, Span};
use crate::source::{Place, Sources};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use excerpt::Excerpt;

/// Draws every problem by file and place, and closes with how many there are. Nothing where there are none.
///
/// ```
/// use ketenspiegel_engine::problem::{Problem, Problems, codes};
/// use ketenspiegel_engine::render::{Look, problems};
/// use ketenspiegel_engine::source::Sources;
/// let mut found = Problems::new();
/// found.push(Problem::new(codes::MISSING_FILE, "there is no `ruleset.toml`").help("start one with `ruleset new`"));
/// assert_eq!(
///     problems(&found, &Sources::new(), &Look::default()),
///     "error[K0305]: there is no `ruleset.toml`\n |\n = help: start one with `ruleset new`\n\n1 error\n"
/// );
/// ```
#[must_use]
pub fn problems(problems: &Problems, sources: &Sources, look: &Look) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(look.width.max(super::NARROWEST));
    let sorted = problems.sorted();
    let mut out = String::new();
    for problem in &sorted {
        out.push_str(&draw(problem, sources, &renderer));
        out.push_str("\n\n");
    }
    let errors = sorted.iter().filter(|problem| problem.gravity == Gravity::Error).count();
    out.push_str(&counted(errors, sorted.len() - errors));
    out
}

/// Draws one problem, without a count.
#[must_use]
pub fn problem(problem: &Problem, sources: &Sources, look: &Look) -> String {
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n", draw(problem, sources, &renderer.term_width(look.width.max(super::NARROWEST))))
}

fn counted(errors: usize, warnings: usize) -> String {
    let count = |count: usize, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {one}s")),
    };
    let counts: Vec<String> = [count(errors, "error"), count(warnings, "warning")].into_iter().flatten().collect();
    format!("{}\n", counts.join(", "))
}

fn draw(problem: &Problem, sources: &Sources, renderer: &Renderer) -> String {
    let level = match problem.gravity {
        Gravity::Error => Level::ERROR,
        Gravity::Warning => Level::WARNING,
    };
    let excerpts = excerpts(problem, sources);
    let places: Vec<Place> = excerpts.iter().map(|excerpt| excerpt.place.clone()).collect();
    let group = Group::with_title(level.primary_title(clean(&problem.message)).id(problem.code.id))
        .elements(excerpts.into_iter().enumerate().map(|(number, excerpt)| snippet(number, excerpt)))
        .elements(problem.help.iter().map(|help| Level::HELP.message(clean(help))));
    with_places(&renderer.render(&[group]), &places)
}

/// Puts the places where the drawing has counted columns itself: in a shortened line it counts the wrong ones.
fn with_places(drawn: &str, places: &[Place]) -> String {
    // Each number of a place stands between two marks.
    let mut pieces = drawn.split(PRIVATE);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    while let (Some(number), Some(rest)) = (pieces.next(), pieces.next()) {
        if let Some(Place { file, line, column }) = number.parse().ok().and_then(|number: usize| places.get(number)) {
            out.push_str(&format!("{}:{line}:{column}", clean(file)));
        }
        out.push_str(rest.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    out
}

/// The places of a problem, gathered by the piece of text that shows them.
fn excerpts<'a>(problem: &'a Problem, sources: &Sources) -> Vec<Excerpt<'a>> {
    let own = problem.span.map(|span| (span, problem.label.as_str(), true));
    let others = problem.also.iter().map(|Label { span, text }| (*span, text.as_str(), false));
    let mut excerpts: Vec<Vec<(Span, &str, bool)>> = Vec::new();
    for place in own.into_iter().chain(others) {
        match excerpts.iter_mut().find(|near| near.iter().any(|(span, ..)| excerpt::are_near(*span, place.0, sources)))
        {
            Some(near) => near.push(place),
            None => excerpts.push(vec![place]),
        }
    }
    excerpts.iter().map(|places| Excerpt::of(places, sources)).collect()
}

fn snippet(number: usize, excerpt: Excerpt<'_>) -> Snippet<'_, Annotation<'_>> {
    let annotations = excerpt.marks.into_iter().map(|mark| {
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(mark.range).label((!mark.label.is_empty()).then(|| clean(mark.label)))
    });
    Snippet::source(excerpt.text)
        .line_start(excerpt.line)
        .path(format!("{PRIVATE}{number}{PRIVATE}"))
        .annotations(annotations)
}

#[cfg(test)]
mod tests;
