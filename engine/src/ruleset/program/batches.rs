//! From lines to batches: which register each expression has, and what is done at the same time.

use super::pulls::Pulls;
use super::writer::Writer;
use super::{
    Answered, Batch, Does, Holds, Instruction, Line, MISSING, Numbers, Program, Register, Rung, Test, Truths, UNSEEN,
    encoded, place,
};
use crate::assessment::Comparison;
use crate::condition::{ExprId, Value};

/// What comes before what: answers that are counted, other answers, fixed values, then everything that reads only what
/// stands earlier. What is the same as something else comes last of the turn of that.
type Turn = (usize, bool, Option<(Does, bool)>);

impl Program {
    /// Lays out lines, of which each stands after those of what it reads.
    pub(super) fn laid_out(lines: &[Line], writer: Writer<'_>) -> Self {
        let exprs = writer.known.len();
        let mut depths = vec![0; exprs];
        let mut turns: Vec<(Turn, &Line)> = Vec::with_capacity(lines.len());
        for line in lines {
            let turn = line.turn(&depths);
            depths[line.expr.index()] = turn.0;
            turns.push((turn, line));
        }
        turns.sort_by_key(|(turn, _)| *turn); // stable
        let mut program =
            Self { scale: writer.scale, places: vec![None; exprs], bounds: writer.bounds, ..Self::default() };
        let mut pulls = [Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len())];
        let mut last = None;
        for (turn, line) in turns {
            if let (Some((does, settles)), true) = (turn.2, last != Some(turn)) {
                let register = if does.counts() { program.numbers.len() } else { program.truths.len() };
                let is_test = matches!(does, Does::Test(_) | Does::Limit(_));
                let slices = if is_test { program.tests.len() } else { program.slices.len() };
                let parts = program.parts.len();
                program.batches.push(Batch { does, registers: register..register, parts, slices, settles });
            }
            last = Some(turn);
            program.places[line.expr.index()] = match line.instruction {
                Instruction::Same(part) => program.places[part.index()],
                _ => Some(program.write(line, &mut pulls)),
            };
        }
        program
    }

    /// Writes an instruction at the end, and what pulls what comes out of it; gives its register.
    fn write(&mut self, line: &Line, pulls: &mut [Vec<Pulls>; 2]) -> Register {
        let (own, value) = match &line.instruction {
            Instruction::Answer(answered) => {
                let own = Pulls::of_answer(place(self.answers.len()));
                self.answers.push(*answered);
                self.counted += usize::from(line.holds != Holds::Truth);
                (own, None)
            }
            Instruction::Constant(value) => (Pulls::default(), Some(*value)),
            other => (self.instruct(other, pulls), None),
        };
        let start = self.clashing.len();
        self.clashing.extend(own.clashing());
        let bank = usize::from(line.holds == Holds::Truth);
        self.clashes[bank].push(start..self.clashing.len());
        pulls[bank].push(own);
        if line.holds == Holds::Truth {
            if self.clashing.len() > start {
                self.pulled.push(place(self.truths.len()));
            }
            self.truths.push(match value {
                Some(Value::Truth(truth)) => Truths::settled(Rung::of(truth)),
                _ => Truths::UNKNOWN,
            });
            return Register::Truth(place(self.truths.len() - 1));
        }
        self.numbers.push(Numbers::settled(value.map_or(UNSEEN, |value| encoded(value, self.scale))));
        self.holds.push(line.holds);
        Register::Number(place(self.numbers.len() - 1))
    }

    /// Adds to the last batch; tells what pulls what comes out.
    fn instruct(&mut self, instruction: &Instruction, known: &[Vec<Pulls>; 2]) -> Pulls {
        let (Some(does), Some(batch)) = (instruction.does(), self.batches.last_mut()) else { return Pulls::default() };
        batch.registers.end += 1;
        let reads: Vec<Register> = instruction.reads().iter().filter_map(|part| self.places[part.index()]).collect();
        if let (Instruction::Test { does, bound, with_one, .. }, [number, ..]) = (instruction, &*reads) {
            self.tests.push(self.test(place(number.at()), *does, *bound, *with_one));
        } else {
            let start = self.parts.len();
            self.parts.extend(reads.iter().map(|register| place(register.at())));
            match instruction {
                Instruction::Many(..) => self.slices.push(start..self.parts.len()),
                Instruction::Level(_, bounds) => self.slices.push(bounds.clone()),
                _ => {}
            }
        }
        let pulls = |register: &Register| match *register {
            Register::Number(at) => &known[0][at as usize],
            Register::Truth(at) => &known[1][at as usize],
        };
        Pulls::through(does, reads.iter().map(pulls))
    }

    /// A comparison with a fixed value, and what it comes to while an answer is open.
    fn test(&self, number: u32, does: Does, bound: i64, with_one: bool) -> Test {
        let Does::Test(comparison) = does else { return Test { number, bound, open: Truths::UNKNOWN } };
        let Answered { low, high, .. } = self.answers[number as usize];
        let (left, right) = (Numbers { now: MISSING, low, high }, Numbers::settled(bound));
        let open = match comparison {
            Comparison::Below => Truths::falling(left, right, |left, right| left < right),
            Comparison::AtMost => Truths::falling(left, right, |left, right| left <= right),
            Comparison::Above => Truths::rising(left, right, |left, right| left > right),
            Comparison::AtLeast => Truths::rising(left, right, |left, right| left >= right),
            Comparison::Equal => Truths::equal(left, right, with_one),
            Comparison::NotEqual => Truths::equal(left, right, with_one).not(),
        };
        Test { number, bound, open }
    }
}

impl Line {
    /// When it is written, where `depths` are the turns of what it reads.
    fn turn(&self, depths: &[usize]) -> Turn {
        let after = self.instruction.reads().iter().map(|part| depths[part.index()]).fold(2, usize::max);
        match self.instruction {
            Instruction::Answer(_) => (usize::from(self.holds == Holds::Truth), false, None),
            Instruction::Constant(_) => (2, false, None),
            Instruction::Same(_) => (after, true, None),
            _ => (after + 1, false, self.instruction.does().map(|does| (does, self.settles))),
        }
    }
}

impl Instruction {
    fn does(&self) -> Option<Does> {
        match self {
            Self::Constant(_) | Self::Answer(_) | Self::Same(_) => None,
            Self::Pair(does, ..) | Self::One(does, _) | Self::Many(does, _) | Self::Test { does, .. } => Some(*does),
            Self::Level(..) => Some(Does::Level),
        }
    }

    fn reads(&self) -> Vec<ExprId> {
        match self {
            Self::Constant(_) | Self::Answer(_) => Vec::new(),
            Self::Pair(_, left, right) => vec![*left, *right],
            Self::Test { part, fixed, .. } => vec![*part, *fixed],
            Self::One(_, part) | Self::Level(part, _) | Self::Same(part) => vec![*part],
            Self::Many(_, parts) => parts.clone(),
        }
    }
}
