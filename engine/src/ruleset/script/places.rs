//! Where things stand in a script: positions that only the syntax tree knows.

use rhai::{AST, ASTFlags, ASTNode, Expr, FnCallExpr, Position, Stmt};
use std::collections::{HashMap, HashSet};

/// A line and a column, both from 1; `(0, 0)` where there is none.
pub(super) type At = (usize, usize);

/// Makes a place of Rhai's position.
pub(super) fn at(position: Position) -> At {
    (position.line().unwrap_or(0), position.position().unwrap_or(if position.is_none() { 0 } else { 1 }))
}

/// An argument as it is written.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    /// Where it begins.
    pub(super) at: At,
    /// Of a map literal: each field with the places of its name and its value.
    pub(super) fields: Vec<(String, At, Shape)>,
    /// Of an array literal: its items.
    pub(super) items: Vec<Shape>,
}

/// A call as it is written.
#[derive(Debug, Clone, Default)]
pub(super) struct Call {
    /// The function or operator.
    pub(super) name: String,
    /// Whether it is written as `object.name(…)`.
    pub(super) method: bool,
    /// The arguments, without the object.
    pub(super) arguments: Vec<Shape>,
}

/// Script logic that must not be used on a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Logic {
    And,
    Or,
    If,
    While,
    Switch,
    /// `??`, which takes another value where there is none.
    Coalesce,
    /// `in`, which looks for an equal value.
    In,
    /// An array function that looks for what holds now.
    Search,
    /// A term as a text.
    Text,
}

/// What the syntax tree of a text says about places.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Calls by place.
    pub(super) calls: HashMap<At, Call>,
    /// Words between quotes, each with the places where it stands.
    pub(super) words: HashMap<String, Vec<At>>,
    /// Script logic by the place of the operand that it looks at.
    pub(super) logic: HashMap<At, (Logic, At)>,
    /// Script logic that is certain to look at a condition, and that Rhai would let pass.
    pub(super) refused: Vec<(Logic, At)>,
}

impl Places {
    /// Reads the places of a syntax tree. `builds` tells which functions build expressions.
    pub(super) fn read(ast: &AST, builds: &dyn Fn(&str) -> bool) -> Self {
        let mut places = Self::default();
        let mut built_variables: HashSet<String> = HashSet::new();
        ast.walk(&mut |path| {
            match path.last() {
                Some(ASTNode::Expr(expr)) => places.expr(expr, builds, &built_variables),
                Some(ASTNode::Stmt(stmt)) => places.stmt(stmt, builds, &mut built_variables),
                _ => {}
            }
            true
        });
        places
    }

    fn expr(&mut self, expr: &Expr, builds: &dyn Fn(&str) -> bool, variables: &HashSet<String>) {
        let built = |operands: &[Expr]| operands.iter().any(|one| contains_building(one, builds, variables));
        match expr {
            Expr::FnCall(call, position) => self.call(call, *position, false),
            Expr::MethodCall(call, position) => self.call(call, *position, true),
            Expr::StringConstant(word, position) => {
                self.words.entry(word.to_string()).or_default().push(at(*position));
            }
            Expr::And(operands, position) => self.logic(operands.iter(), Logic::And, *position),
            Expr::Or(operands, position) => self.logic(operands.iter(), Logic::Or, *position),
            Expr::Coalesce(operands, position) if built(&operands[..operands.len() - 1]) => {
                self.refused.push((Logic::Coalesce, at(*position)));
            }
            _ => {}
        }
    }

    fn call(&mut self, call: &FnCallExpr, position: Position, method: bool) {
        let arguments = call.args.iter().map(shape).collect();
        self.calls.insert(at(position), Call { name: call.name.to_string(), method, arguments });
    }

    fn logic<'a>(&mut self, operands: impl Iterator<Item = &'a Expr>, logic: Logic, position: Position) {
        for operand in operands {
            self.logic.insert(at(operand.position()), (logic, at(position)));
        }
    }

    fn stmt(&mut self, stmt: &Stmt, builds: &dyn Fn(&str) -> bool, variables: &mut HashSet<String>) {
        match stmt {
            Stmt::If(flow, position) => {
                self.logic.insert(at(flow.expr.position()), (Logic::If, at(*position)));
            }
            Stmt::While(flow, position) | Stmt::Do(flow, _, position) => {
                self.logic.insert(at(flow.expr.position()), (Logic::While, at(*position)));
            }
            Stmt::Var(variable, ..) if contains_building(&variable.1, builds, variables) => {
                variables.insert(variable.0.name.to_string());
            }
            Stmt::Switch(switch, position) if contains_building(&switch.0, builds, variables) => {
                self.refused.push((Logic::Switch, at(*position)));
            }
            Stmt::FnCall(call, position) => self.call(call, *position, false),
            _ => {}
        }
    }
}

/// Where a script is left half-way: every `return` that stands in no function.
pub(super) fn returns(ast: &AST) -> Vec<At> {
    let mut all = Vec::new();
    for statement in ast.statements() {
        statement.walk(&mut Vec::new(), &mut |path| {
            if let Some(ASTNode::Stmt(Stmt::Return(_, flags, position))) = path.last()
                && !flags.contains(ASTFlags::BREAK)
            {
                all.push(at(*position)); // with that flag it is `throw`, which stops and says so
            }
            true
        });
    }
    all
}

fn shape(expr: &Expr) -> Shape {
    let mut shape = Shape { at: at(expr.start_position()), ..Shape::default() };
    match expr {
        Expr::Map(map, _) => {
            shape.fields =
                map.0.iter().map(|(name, value)| (name.name.to_string(), at(name.pos), self::shape(value))).collect();
        }
        Expr::Array(items, _) => shape.items = items.iter().map(self::shape).collect(),
        _ => {}
    }
    shape
}

/// Whether an expression is, or is plainly made of, something that is built.
fn contains_building(expr: &Expr, builds: &dyn Fn(&str) -> bool, variables: &HashSet<String>) -> bool {
    let mut found = false;
    expr.walk(&mut Vec::new(), &mut |path| {
        match path.last() {
            Some(ASTNode::Expr(Expr::FnCall(call, _) | Expr::MethodCall(call, _))) if builds(&call.name) => {
                found = true
            }
            Some(ASTNode::Expr(Expr::Variable(variable, ..))) if variables.contains(variable.1.as_str()) => {
                found = true
            }
            _ => {}
        }
        !found
    });
    found
}
