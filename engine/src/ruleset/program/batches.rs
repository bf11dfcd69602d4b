//! From lines to batches: which cell each expression has, and what is done at the same time.

use super::pulls::Pulls;
use super::{Batch, Does, Instruction, Line, NO_CELL, Program, UNSEEN, Writer, place};
use crate::condition::ExprId;

/// What comes before what: answers, fixed values, then everything that reads only what stands earlier.
type Turn = (usize, Option<(Does, bool)>);

impl Program {
    /// Lays out lines, of which each stands after those of what it reads.
    pub(super) fn laid_out(lines: &[Line], writer: Writer<'_>) -> Self {
        let exprs = writer.cells.len();
        let mut turns: Vec<Turn> = Vec::with_capacity(lines.len());
        let mut depths = vec![0; exprs];
        for line in lines {
            let depth = line.instruction.reads().iter().map(|part| depths[part.index()] + 1).max().unwrap_or(1);
            let turn = match line.instruction {
                Instruction::Answer(_) => (0, None),
                Instruction::Constant(_) => (1, None),
                _ => (depth, line.instruction.does().map(|does| (does, line.settles))),
            };
            depths[line.expr.index()] = turn.0.max(1);
            turns.push(turn);
        }
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|at| turns[*at]); // stable
        let mut program =
            Self { scale: writer.scale, places: vec![NO_CELL; exprs], bounds: writer.bounds, ..Self::default() };
        let mut pulls: Vec<Pulls> = Vec::with_capacity(lines.len());
        let mut last: Option<Turn> = None;
        for at in order {
            let (line, turn) = (&lines[at], turns[at]);
            let cell = program.holds.len();
            if let (Some((does, settles)), true) = (turn.1, last != Some(turn)) {
                let (parts, slices) = (program.parts.len(), program.slices.len());
                program.batches.push(Batch { does, cells: cell..cell, parts, slices, settles });
            }
            last = Some(turn);
            program.places[line.expr.index()] = place(cell);
            program.holds.push(writer.cells[line.expr.index()]);
            let own = program.write(&line.instruction, &pulls);
            let start = program.clashing.len();
            program.clashing.extend(own.clashing());
            program.clashes.push(start..program.clashing.len());
            pulls.push(own);
        }
        program
    }

    /// Writes an instruction at the end, and tells what pulls what comes out of it.
    fn write(&mut self, instruction: &Instruction, known: &[Pulls]) -> Pulls {
        if let Instruction::Answer(answered) = instruction {
            let own = Pulls::of_answer(place(self.answers.len()));
            self.answers.push(*answered);
            self.fixed.push(UNSEEN);
            return own;
        }
        self.fixed.push(if let Instruction::Constant(value) = instruction { *value } else { UNSEEN });
        let Some(does) = instruction.does() else { return Pulls::default() };
        if let Some(batch) = self.batches.last_mut() {
            batch.cells.end += 1;
        }
        let start = self.parts.len();
        self.parts.extend(instruction.reads().iter().map(|part| self.places[part.index()]));
        match instruction {
            Instruction::Many(..) => self.slices.push(start..self.parts.len()),
            Instruction::Level(_, bounds) => self.slices.push(bounds.clone()),
            _ => {}
        }
        Pulls::through(does, self.parts[start..].iter().map(|part| &known[*part as usize]))
    }
}

impl Instruction {
    fn does(&self) -> Option<Does> {
        match self {
            Self::Constant(_) | Self::Answer(_) => None,
            Self::Pair(does, ..) | Self::One(does, _) | Self::Many(does, _) => Some(*does),
            Self::Level(..) => Some(Does::Level),
        }
    }

    fn reads(&self) -> Vec<ExprId> {
        match self {
            Self::Constant(_) | Self::Answer(_) => Vec::new(),
            Self::Pair(_, left, right) => vec![*left, *right],
            Self::One(_, part) | Self::Level(part, _) => vec![*part],
            Self::Many(_, parts) => parts.clone(),
        }
    }
}
