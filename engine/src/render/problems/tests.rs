//! Problems as an author of a profile or a ruleset gets them.

use crate::problem::{Problem, Problems, Span, codes};
use crate::render::{Look, problems};
use crate::source::Sources;

fn drawn(found: impl IntoIterator<Item = Problem>, sources: &Sources) -> String {
    let mut problems_found = Problems::new();
    found.into_iter().for_each(|problem| problems_found.push(problem));
    problems(&problems_found, sources, &Look::default())
}

/// One problem at `range` of a text.
fn at(text: &str, range: std::ops::Range<usize>) -> String {
    let mut sources = Sources::new();
    let file = sources.add("profiel.json", text);
    drawn([Problem::new(codes::ANSWER_VALUE, "not an answer").at(Span::new(file, range)).label("here")], &sources)
}

#[test]
fn a_problem_points_at_its_place() {
    let mut sources = Sources::new();
    let text = "[[question]]\nid = \"mindset\"\nkind = \"scale\"\n\n[[question]]\nid = \"mindset\"\nkind = \"scael\"\n";
    let file = sources.add("kdb/questions.toml", text);
    let other = sources.add("kdb/nl.toml", "[question.mindst]\nshort = \"…\"\n");
    let of = |words: &str, last: bool| {
        let start = if last { text.rfind(words) } else { text.find(words) }.unwrap_or(0);
        Span::new(file, start..start + words.len())
    };
    let duplicate = Problem::new(codes::DUPLICATE_ID, "the id `mindset` stands twice")
        .at(of("\"mindset\"", true))
        .label("again here")
        .also(of("\"mindset\"", false), "first here");
    let unknown = Problem::new(codes::UNKNOWN_OPTION, "`scael` is no kind of question")
        .at(of("\"scael\"", false))
        .suggest("scael", ["scale", "choice", "number"]);
    let unused = Problem::new(codes::UNUSED_TEXT, "a text that nothing uses")
        .at(Span::new(other, 1..16))
        .also(of("\"mindset\"", false), "a question is named almost the same")
        .help("rename it, or take it out")
        .warning();
    let nothing = Problem::new(codes::MISSING_FILE, "this ruleset concludes nothing");
    insta::assert_snapshot!("problems", drawn([duplicate, unknown, unused, nothing], &sources));
}

#[test]
fn nothing_wrong_draws_nothing() {
    assert_eq!(drawn([], &Sources::new()), "");
}

#[test]
fn colour_only_where_it_is_asked_for() {
    let mut found = Problems::new();
    found.push(Problem::new(codes::EMPTY, "nothing in it"));
    let colour = Look { colour: true, ..Look::default() };
    assert!(problems(&found, &Sources::new(), &colour).contains('\u{1b}'));
    assert!(!problems(&found, &Sources::new(), &Look::default()).contains('\u{1b}'));
    let steering = "de tekst \u{1b}[31m \u{9b}31m \u{e000}1\u{e000} stuurt niets";
    let shown = at(steering, 3..8);
    assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{e000}']), "{shown}");
    let problem = Problem::new(codes::EMPTY, steering).help(steering);
    assert!(!drawn([problem], &Sources::new()).contains(['\u{1b}', '\u{9b}', '\u{e000}']));
}

#[test]
fn the_end_of_a_file_is_behind_its_last_letter() {
    insta::assert_snapshot!(at("{ \"a\": 1\n\n", 10..10), @r#"
    error[K0501]: not an answer
     --> profiel.json:1:9
      |
    1 | { "a": 1
      |         ^ here

    1 error
    "#);
    assert!(at("{ \"a\": 1", 8..8).contains("profiel.json:1:9"));
    assert!(at("", 0..0).contains("profiel.json:1:1"));
}

#[test]
fn any_span_over_any_text_can_be_drawn() {
    let texts = ["", "\n", "\r\n", "a", "é鎖🔗\r\nb\r\n", "a\n\n\nb", "\t\u{1b}\u{202e}x", "e\u{301}\r", "  \n  "];
    for text in texts {
        for start in 0..=text.len() + 2 {
            for end in 0..=text.len() + 2 {
                assert!(at(text, start..end).contains("not an answer"), "{text:?} {start}..{end}");
            }
        }
    }
}

#[test]
fn lines_end_as_windows_ends_them() {
    insta::assert_snapshot!(at("{\r\n  \"été\": tru\r\n}\r\n", 14..17), @r#"
    error[K0501]: not an answer
     --> profiel.json:2:10
      |
    2 |   "été": tru
      |          ^^^ here

    1 error
    "#);
}

#[test]
fn a_span_over_many_lines_is_shown_at_its_first() {
    let text = format!("[[question]]\n{}", "id = 1\n".repeat(500));
    assert!(at(&text, 0..text.len()).lines().count() < 10);
}

#[test]
fn a_profile_of_megabytes_on_one_line_is_shortened() {
    let text = format!("{{{}\"mindset\": 9{}}}", "\"é\": 1, ".repeat(100_000), ", \"b\": 2".repeat(100_000));
    let start = text.find('9').unwrap_or(0);
    let shown = at(&text, start..start + 1);
    insta::assert_snapshot!(shown, @r#"
    error[K0501]: not an answer
     --> profiel.json:1:800013
      |
    1 | … 1, "é": 1, "é": 1, "é": 1, "é": 1, "é": 1, "mindset": 9, "b": 2, "b": 2...
      |                                                         ^ here

    1 error
    "#);
    let all = at(&text, 0..text.len());
    assert!(all.len() < 2_000, "{all}");
}

#[test]
fn two_places_far_apart_on_one_line_are_both_shown() {
    let mut sources = Sources::new();
    let text = format!("{{\"doel\": 1, {}\"doel\": 2}}", "\"vulling\": 1, ".repeat(1000));
    let file = sources.add("profiel.json", text.as_str());
    let second = text.rfind("\"doel\"").unwrap_or(0);
    let problem = Problem::new(codes::DUPLICATE_KEY, "`doel` stands twice")
        .at(Span::new(file, second..second + 6))
        .also(Span::new(file, 1..7), "first here");
    insta::assert_snapshot!(drawn([problem], &sources), @r#"
    error[K0104]: `doel` stands twice
     --> profiel.json:1:14013
      |
    1 | … 1, "vulling": 1, "vulling": 1, "vulling": 1, "vulling": 1, "doel": 2}
      |                                                              ^^^^^^
      |
     ::: profiel.json:1:2
      |
    1 | {"doel": 1, "vulling": 1, "vulling": 1, "vulling": 1, "vulling": 1,…
      |  ------ first here

    1 error
    "#);
}
