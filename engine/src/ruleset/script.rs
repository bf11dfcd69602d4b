//! Running a ruleset's scripts, once, to build its rules. The only place that names Rhai.
//!
//! A script never sees a profile. Its functions build expressions and record what is wrong, so that one run
//! tells everything: each statement runs on its own, a wrong argument is reported and replaced by a
//! stand-in, and reading goes on. Conclusions may be named before they are declared; when that happens the
//! scripts run a second time, with what the first run learnt.

mod comparisons;
mod conclusions;
mod lists;
mod named;
mod overrides;
mod places;
pub mod reference;
mod searches;
mod site;
mod stops;
mod terms;

use super::load::Outline;
use super::loading::{Loading, POISON};
use super::slots::Slot;
use crate::condition::{Expr, ExprId};
use crate::problem::{FileId, Label, Problem, Span, codes};
use places::{At, Places};
use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicFnPackage, BasicIteratorPackage, BasicMapPackage, BasicStringPackage,
    LogicPackage, MoreStringPackage, Package,
};
use rhai::{AST, Dynamic, Engine, OptimizationLevel, Scope, Stmt};
use site::{Site, Size};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// The most operations that the scripts of one file may take: some hundred times what a large ruleset needs.
const MOST_OPERATIONS: u64 = 2_000_000;
/// How deeply functions may call each other.
const DEEPEST_CALLS: usize = 32;
// Rhai counts everything in a value together: of a list of maps all items, all fields and all texts. The largest such
// value is a table with its cells, or the rows of a table file; these let it have some two thousand.
/// The most characters in all texts of a value.
const MOST_TEXT: usize = 400_000;
/// The most items in all lists of a value.
const MOST_ITEMS: usize = 5_000;
/// The most fields in all maps of a value.
const MOST_FIELDS: usize = 20_000;
/// The most variables at one time.
const MOST_VARIABLES: usize = 500;

/// A term or a condition, as a script holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Built(pub(super) ExprId);

/// The party that `any_party` and `all_parties` speak of, by the number of its variable.
#[derive(Debug, Clone, Copy)]
pub(super) struct Party(u32);

/// Another ruleset, as `from("…")` gives it; none where that names nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Other(Option<usize>);

/// Which text is being run.
#[derive(Debug, Clone, Copy)]
enum Origin {
    Script(FileId),
    Embedded { start: Option<usize>, span: Span },
}

/// What the building functions share.
struct Context {
    loading: RefCell<Loading>,
    origin: Cell<Origin>,
    places: RefCell<Places>,
    second_run: Cell<bool>,
    forward: Cell<bool>,
    declared: RefCell<HashMap<(&'static str, String), Span>>,
    variables: Cell<u32>,
    /// Where each expression was last built.
    seen: RefCell<HashMap<ExprId, Span>>,
    /// How deep and how large each expression is that is built of others.
    sizes: RefCell<HashMap<ExprId, Size>>,
}

/// A run of the scripts and conditions of one ruleset.
pub(super) struct Session {
    engine: Engine,
    context: Rc<Context>,
}

impl Session {
    /// Sets up the language.
    pub(super) fn new(loading: Loading) -> Self {
        let origin = Origin::Embedded { start: None, span: Span { file: FileId(0), start: 0, end: 0 } };
        let context = Rc::new(Context {
            loading: RefCell::new(loading),
            origin: Cell::new(origin),
            places: RefCell::default(),
            second_run: Cell::new(false),
            forward: Cell::new(false),
            declared: RefCell::default(),
            variables: Cell::new(0),
            seen: RefCell::default(),
            sizes: RefCell::default(),
        });
        let mut engine = engine();
        terms::register(&mut engine, &context);
        lists::register(&mut engine, &context);
        searches::register(&mut engine, &context);
        conclusions::register(&mut engine, &context);
        Self { engine, context }
    }

    /// Compiles the conditions of the TOML files, runs the scripts, and gives back what was loaded.
    pub(super) fn run(self, scripts: &[FileId]) -> Loading {
        let before = self.context.loading.borrow().problems.clone();
        self.run_once(scripts);
        if self.context.forward.get() {
            self.context.second_run.set(true);
            self.context.variables.set(0);
            self.context.declared.borrow_mut().clear();
            self.context.loading.borrow_mut().problems = before;
            self.run_once(scripts);
        }
        let Self { engine, context } = self;
        drop(engine);
        let mut loading = context.loading.take();
        conclusions::settle(&mut loading);
        loading
    }

    fn run_once(&self, scripts: &[FileId]) {
        let pending = self.context.loading.borrow().pending.clone();
        for condition in pending {
            self.context.origin.set(Origin::Embedded { start: condition.verbatim, span: condition.span });
            let expr = self.condition(&condition.text);
            self.context.only_in_needs(expr, condition.span);
            self.context.loading.borrow_mut().library.put(condition.slot, expr);
            self.context.keep(condition.slot, expr);
        }
        for &file in scripts {
            self.context.origin.set(Origin::Script(file));
            self.script(file);
        }
    }

    fn condition(&self, text: &str) -> ExprId {
        let ast = match self.engine.compile_expression(text) {
            Ok(ast) => ast,
            Err(error) => {
                self.context.report(stops::syntax(&self.context, &error, true));
                return POISON;
            }
        };
        self.look_around(&ast);
        match self.engine.eval_ast::<Dynamic>(&ast) {
            Ok(value) => terms::condition_of(&self.context, value, self.context.whole()),
            Err(error) => {
                self.context.report(stops::stopped(&self.context, &error, (1, 1)));
                POISON
            }
        }
    }

    fn script(&self, file: FileId) {
        let text = self.context.loading.borrow().sources.text(file).to_owned();
        let mut ast = match self.engine.compile(&text) {
            Ok(ast) => ast,
            Err(error) => {
                self.context.report(stops::syntax(&self.context, &error, false));
                return;
            }
        };
        self.look_around(&ast);
        self.refuse_shadows(&ast, &text);
        for place in places::returns(&ast) {
            let message = "`return` leaves the script here, so that what comes after it is not made";
            let problem = Problem::new(codes::SCRIPT_STOPPED, message).at(self.context.span(place));
            self.context.report(problem.help("let a script go on to its end; only a function can `return`"));
        }
        ast.retain_functions(|_, _, name, _| !terms::is_ours(name));
        let before = self.context.loading.borrow().problems.len();
        let mut scope = Scope::new();
        let functions = ast.shared_lib().clone();
        for statement in ast.statements() {
            let one = AST::new([statement.clone()], functions.clone());
            if let Err(error) = self.engine.eval_ast_with_scope::<Dynamic>(&mut scope, &one) {
                self.context.report(stops::stopped(&self.context, &error, places::at(statement.position())));
                // later statements find variables by their number, so the one that failed must be there too
                if let Stmt::Var(variable, ..) = statement {
                    scope.push_dynamic(variable.0.name.to_string(), poison());
                }
            }
        }
        self.context.show_words(before);
    }

    /// Only looks whether scripts and conditions are valid, for a ruleset of which not everything could be read.
    pub(super) fn only_syntax(self, scripts: &[FileId]) -> Loading {
        let pending = self.context.loading.borrow().pending.clone();
        for condition in pending {
            self.context.origin.set(Origin::Embedded { start: condition.verbatim, span: condition.span });
            if let Err(error) = self.engine.compile_expression(&condition.text) {
                self.context.report(stops::syntax(&self.context, &error, true));
            }
        }
        for &file in scripts {
            self.context.origin.set(Origin::Script(file));
            let text = self.context.loading.borrow().sources.text(file).to_owned();
            if let Err(error) = self.engine.compile(&text) {
                self.context.report(stops::syntax(&self.context, &error, false));
            }
        }
        drop(self.engine);
        self.context.loading.take()
    }

    /// Reads the places in a syntax tree, and refuses what Rhai would silently take for false.
    fn look_around(&self, ast: &AST) {
        let places = Places::read(ast, &terms::builds);
        for &(logic, at) in &places.refused {
            self.context.report(stops::logic(&self.context, logic, at));
        }
        *self.context.places.borrow_mut() = places;
    }

    /// Refuses functions that would take the place of a building function. The script goes on without them.
    fn refuse_shadows(&self, ast: &AST, text: &str) {
        for function in ast.iter_fn_def().filter(|function| terms::is_ours(&function.name)) {
            let name = function.name.as_str();
            let body = self.context.span(places::at(function.body.start_position()));
            let named = |(at, _): &(usize, &str)| text[..*at].trim_end().ends_with("fn");
            let before = text.get(..body.start).unwrap_or_default();
            let at = before.rmatch_indices(name).find(named).map(|(at, _)| at);
            let span = at.map_or(body, |start| Span { start, end: start + name.len(), ..body });
            let message = format!("`{name}` is a building function; a script cannot have its own");
            let problem = Problem::new(codes::SHADOWED, message).at(span).help("give your function another name");
            self.context.report(problem);
        }
    }
}

fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    // not the package with the core of the language: of that a script could only sleep, or leave half-way
    engine.register_global_module(ArithmeticPackage::new().as_shared_module());
    engine.register_global_module(LogicPackage::new().as_shared_module());
    engine.register_global_module(BasicStringPackage::new().as_shared_module());
    engine.register_global_module(MoreStringPackage::new().as_shared_module());
    engine.register_global_module(BasicIteratorPackage::new().as_shared_module());
    engine.register_global_module(BasicFnPackage::new().as_shared_module());
    engine.register_global_module(BasicArrayPackage::new().as_shared_module());
    engine.register_global_module(BasicMapPackage::new().as_shared_module());
    engine.set_optimization_level(OptimizationLevel::None); // others lose positions, or call functions early
    engine.set_max_operations(MOST_OPERATIONS);
    engine.set_max_call_levels(DEEPEST_CALLS);
    engine.set_max_expr_depths(64, 32);
    engine.set_max_string_size(MOST_TEXT);
    engine.set_max_array_size(MOST_ITEMS);
    engine.set_max_map_size(MOST_FIELDS);
    engine.set_max_variables(MOST_VARIABLES);
    engine.set_max_functions(500);
    engine.disable_symbol("eval");
    engine.disable_symbol("print");
    engine.disable_symbol("debug");
    engine
}

impl Context {
    fn report(&self, problem: Problem) {
        self.loading.borrow_mut().problems.push(problem);
    }

    /// Shows with each problem of a wrong word, found after the first so many, where that word is written: not there where
    /// it was looked up, when a function of the script was handed it.
    fn show_words(&self, first: usize) {
        let places = self.places.borrow();
        let written_at = |problem: &Problem| {
            let wrong = [codes::UNKNOWN_ID, codes::UNKNOWN_OPTION].contains(&problem.code) && problem.also.is_empty();
            let word = problem.word.as_ref().filter(|_| wrong);
            let all = word.and_then(|word| places.words.get(word)).map_or(&[][..], Vec::as_slice);
            let written: Vec<Span> = all.iter().map(|place| self.span(*place)).collect();
            let is_shown = |span: Span| written.iter().any(|word| (word.start..word.end).contains(&span.start));
            if problem.span.is_none_or(is_shown) { Vec::new() } else { written }
        };
        let found: Vec<Vec<Span>> = self.loading.borrow().problems.after(first).iter().map(written_at).collect();
        let mut loading = self.loading.borrow_mut();
        for (problem, written) in loading.problems.after_mut(first).iter_mut().zip(found) {
            let label = |span| Label { span, text: "it is written here".to_owned() };
            problem.also.extend(written.into_iter().map(label));
        }
    }

    /// `coverage`, `answered` and `unknown` speak of the profile, not of the chain: they only stand in `needs`.
    fn only_in_needs(&self, built: ExprId, span: Span) {
        let of_profile = |expr: &Expr| matches!(expr, Expr::Coverage(_) | Expr::Answered(_) | Expr::Unknown(_));
        let loading = self.loading.borrow();
        let graph = &loading.library.graph;
        let Some(found) = graph.below(built).into_iter().find(|id| of_profile(graph.expr(*id))) else { return };
        drop(loading);
        let span = self.seen.borrow().get(&found).copied().unwrap_or(span);
        let message = "`coverage`, `answered` and `unknown` speak of the profile, not of the chain";
        let problem = Problem::new(codes::ONLY_IN_NEEDS, message).at(span);
        self.report(problem.help("only the `needs:` of a rule can ask that; put that part there"));
    }

    /// Whether it was told already that script logic looks at a condition here.
    fn is_told(&self, span: Span) -> bool {
        let loading = self.loading.borrow();
        loading.problems.any(|problem| problem.code == codes::SCRIPT_LOGIC && problem.span == Some(span))
    }

    /// Remembers where the expressions in a slot are written.
    fn keep(&self, slot: Slot, expr: ExprId) {
        let mut loading = self.loading.borrow_mut();
        let below = loading.library.graph.below(expr);
        loading.library.written.keep(slot, &below, &self.seen.borrow());
    }

    /// The whole text that is being run, for a message that can be no nearer.
    fn whole(&self) -> Span {
        match self.origin.get() {
            Origin::Script(file) => Span { file, start: 0, end: 0 },
            Origin::Embedded { span, .. } => span,
        }
    }

    /// The word that stands at a place of the text that is being run.
    fn span(&self, at: At) -> Span {
        let loading = self.loading.borrow();
        let (file, start) = match self.origin.get() {
            _ if at == (0, 0) => return self.whole(),
            Origin::Script(file) => (file, loading.sources.offset(file, at.0, at.1)),
            Origin::Embedded { start: None, span } => return span,
            Origin::Embedded { start: Some(start), span } => {
                let text = loading.sources.text(span.file);
                let line_start =
                    text[start..].split_inclusive('\n').take(at.0 - 1).map(str::len).sum::<usize>() + start;
                let offset =
                    text[line_start..].char_indices().nth(at.1 - 1).map_or(text.len(), |(at, _)| line_start + at);
                (span.file, offset.min(span.end))
            }
        };
        let text = loading.sources.text(file);
        Span { file, start, end: start + word_length(&text[start..]) }
    }
}

/// How long the word, number, text or sign is that a text begins with.
fn word_length(text: &str) -> usize {
    let mut chars = text.chars();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    match chars.next() {
        None => 0,
        Some(quote @ ('"' | '`')) => {
            let mut escaped = false;
            let end = text.char_indices().skip(1).find(|&(_, c)| {
                let ends = c == quote && !escaped;
                escaped = c == '\\' && !escaped && quote == '"';
                ends || c == '\n'
            });
            end.map_or(text.len(), |(at, c)| at + c.len_utf8())
        }
        Some(c) if is_word(c) => {
            let number = c.is_ascii_digit();
            text.find(|c: char| !(is_word(c) || number && c == '.')).unwrap_or(text.len())
        }
        Some(c @ ('<' | '>' | '=' | '!' | '&' | '|' | '?')) => {
            c.len_utf8() + chars.take_while(|c| matches!(c, '=' | '&' | '|' | '?')).map(char::len_utf8).sum::<usize>()
        }
        Some(c) => c.len_utf8(),
    }
}

/// The stand-in for what was wrong.
fn poison() -> Dynamic {
    Dynamic::from(Built(POISON))
}

impl Loading {
    fn outline(&mut self) -> &mut Outline {
        &mut self.names().outline
    }
}
