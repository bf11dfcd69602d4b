//! From lines to batches: which register each expression has, and what is done at the same time.

use super::lines::{Instruction, Line, Read};
use super::pulls::Pulls;
use super::{Batch, Does, Holds, Leaf, MISSING, Numbers, Program, Register, Rung, Slice, Test, Truths, UNSEEN};
use super::{encoded, place};
use crate::assessment::Comparison;
use crate::condition::Value;
use std::collections::HashMap;

/// What comes before what: leaves that are counted, other leaves, fixed values, then everything that reads only what
/// stands earlier. What is the same as something else comes last of the turn of that.
type Turn = (usize, bool, Option<Kind>);

/// What instructions of one batch have in common: what is done, and [`Batch::settles`] and [`Batch::plain`].
type Kind = (Does, bool, bool);

/// What is known on the way.
pub(super) struct Layout {
    program: Program,
    /// What pulls each number and each condition.
    pulls: [Vec<Pulls>; 2],
    /// Where the values of leaves that were written stand in [`Program::domains`].
    domains: HashMap<Vec<i64>, usize>,
}

impl Layout {
    /// Lays out lines, of which each stands after those of what it reads, for so many expressions, on a scale.
    pub(super) fn of(lines: &[Line], exprs: usize, scale: i64) -> Program {
        let mut depths = vec![0; exprs];
        let mut plain = vec![false; exprs];
        let mut turns: Vec<(Turn, &Line)> = Vec::with_capacity(lines.len());
        for line in lines {
            plain[line.expr.index()] = line.is_plain(&plain);
            let turn = line.turn(&depths, plain[line.expr.index()]);
            depths[line.expr.index()] = turn.0;
            turns.push((turn, line));
        }
        turns.sort_by_key(|(turn, _)| *turn); // stable
        let program = Program { scale, places: vec![None; exprs], ..Program::default() };
        let mut layout = Self { program, pulls: [Vec::new(), Vec::new()], domains: HashMap::new() };
        let mut last = None;
        for (turn, line) in turns {
            if let (Some(kind), true) = (turn.2, last != Some(turn)) {
                layout.begin(kind);
            }
            last = Some(turn);
            layout.program.places[line.expr.index()] = match line.instruction {
                Instruction::Same(part) => layout.program.places[part.index()],
                _ => Some(layout.write(line)),
            };
        }
        let mut program = layout.program;
        let on_the_way = lines.iter().filter(|line| line.expr != line.of);
        program.beside = on_the_way.filter_map(|line| Some((line.of, program.register(line.expr)?))).collect();
        program.beside.sort_unstable();
        program
    }

    fn begin(&mut self, (does, settles, plain): Kind) {
        let program = &mut self.program;
        let register = if does.counts() { program.numbers.len() } else { program.truths.len() };
        let is_test = matches!(does, Does::Test(_) | Does::Limit(_) | Does::Among);
        let slices = if is_test { program.tests.len() } else { program.slices.len() };
        let parts = program.parts.len();
        let pulled = program.pulled.len();
        let (registers, pulled) = (register..register, pulled..pulled);
        program.batches.push(Batch { does, registers, parts, slices, pulled, settles, plain });
    }

    /// Writes an instruction at the end, and what pulls what comes out of it; gives its register.
    fn write(&mut self, line: &Line) -> Register {
        let (own, value) = match &line.instruction {
            Instruction::Leaf(read) => {
                let own = Pulls::of_leaf(place(self.program.leaves.len()), read.lacks);
                let leaf = self.leaf(read);
                self.program.leaves.push(leaf);
                self.program.counted += usize::from(line.holds != Holds::Truth);
                (own, None)
            }
            Instruction::Fixed(value) => (Pulls::default(), Some(*value)),
            other => (self.instruct(other), None),
        };
        let program = &mut self.program;
        let start = program.clashing.len();
        program.clashing.extend(own.clashing());
        let bank = usize::from(line.holds == Holds::Truth);
        let is_worked_out = line.instruction.does().is_some();
        program.writers[bank].push(if is_worked_out { place(program.batches.len() - 1) } else { u32::MAX });
        program.clashes[bank].push(start..program.clashing.len());
        if line.holds == Holds::Truth {
            if program.clashing.len() > start {
                program.pulled.push(place(program.truths.len()));
                if let Some(batch) = program.batches.last_mut() {
                    batch.pulled.end = program.pulled.len();
                }
            }
            program.truths.push(match value {
                Some(Value::Truth(truth)) => Truths::settled(Rung::of(truth)),
                _ => Truths::UNKNOWN,
            });
            self.pulls[bank].push(own);
            return Register::Truth(place(program.truths.len() - 1));
        }
        program.numbers.push(Numbers::settled(value.map_or(UNSEEN, |value| encoded(value, program.scale))));
        program.holds.push(line.holds);
        self.pulls[bank].push(own);
        Register::Number(place(program.numbers.len() - 1))
    }

    fn leaf(&mut self, read: &Read) -> Leaf {
        let scale = self.program.scale;
        let values: Vec<i64> = read.domain.iter().map(|value| encoded(*value, scale)).collect();
        let ends = read.ends.map(|(low, high)| (encoded(low, scale), encoded(high, scale)));
        let (low, high) = ends.unwrap_or((UNSEEN, UNSEEN));
        let known = &mut self.program.domains;
        let start = *self.domains.entry(values).or_insert_with_key(|values| {
            known.extend(values);
            known.len() - values.len()
        });
        let domain = start..start + read.domain.len();
        let Read { fact, listed, lacks, by_party, .. } = *read;
        Leaf { fact, low, high, lacks, by_party, domain, listed }
    }

    /// Adds to the last batch; tells what pulls what comes out.
    fn instruct(&mut self, instruction: &Instruction) -> Pulls {
        let Self { program, pulls: known, .. } = self;
        let (Some(does), Some(batch)) = (instruction.does(), program.batches.last_mut()) else {
            return Pulls::default();
        };
        batch.registers.end += 1;
        let reads: Vec<Register> = instruction.reads().iter().filter_map(|part| program.places[part.index()]).collect();
        let parts = reads.iter().map(|register| place(register.at()));
        let start = program.parts.len();
        match (instruction, &*reads) {
            (Instruction::Test { does, bound, with_one, .. }, [number, ..]) => {
                let bound = encoded(*bound, program.scale);
                let test = program.test(place(number.at()), *does, bound, *with_one);
                program.tests.push(test);
            }
            (Instruction::Among(_, options), [number, ..]) => {
                let test = program.among(place(number.at()), *options);
                program.tests.push(test);
            }
            (Instruction::Many { with, .. }, _) => {
                program.parts.extend(parts);
                program.slices.push(Slice { of: start..program.parts.len(), with: *with });
            }
            (Instruction::Leading(_, matched), _) => {
                program.parts.extend(parts);
                let with = [i64::try_from(program.matches.len()).unwrap_or(i64::MAX), 0];
                program.slices.push(Slice { of: start..program.parts.len(), with });
                program.matches.push(matched.clone());
            }
            (Instruction::Level(_, bounds) | Instruction::Valued(_, bounds), _) => {
                program.parts.extend(parts);
                let first = program.bounds.len();
                let scale = program.scale;
                program.bounds.extend(bounds.iter().map(|bound| encoded(Value::Number(*bound), scale)));
                program.slices.push(Slice { of: first..program.bounds.len(), with: [0; 2] });
            }
            _ => program.parts.extend(parts),
        }
        let pulls = |register: &Register| match *register {
            Register::Number(at) => &known[0][at as usize],
            Register::Truth(at) => &known[1][at as usize],
        };
        let place = if let Instruction::Many { with: [place, _], .. } = instruction { *place } else { 0 };
        Pulls::through(does, place, reads.iter().map(pulls))
    }
}

impl Program {
    /// A comparison with a fixed value, and what it comes to while a leaf is open.
    fn test(&self, number: u32, does: Does, bound: i64, with_one: bool) -> Test {
        let Does::Test(comparison) = does else { return Test { number, bound, open: Truths::UNKNOWN, with_one } };
        let (left, right) = (self.leaves[number as usize].open(), Numbers::settled(bound));
        let open = match comparison {
            Comparison::Below => Truths::falling(left, right, |left, right| left < right),
            Comparison::AtMost => Truths::falling(left, right, |left, right| left <= right),
            Comparison::Above => Truths::rising(left, right, |left, right| left > right),
            Comparison::AtLeast => Truths::rising(left, right, |left, right| left >= right),
            Comparison::Equal => Truths::equal(left, right, with_one),
            Comparison::NotEqual => Truths::equal(left, right, with_one).not(),
        };
        Test { number, bound, open, with_one }
    }

    /// Whether an option is one of some.
    fn among(&self, number: u32, options: i64) -> Test {
        let open = self.leaves.get(number as usize).filter(|_| (number as usize) < self.counted).map(|leaf| {
            let within = self.domains[leaf.domain.clone()].iter().map(|option| options >> option & 1 == 1);
            let (some, all) = (within.clone().any(|within| within), within.clone().all(|within| within));
            Truths::between(Rung::MISSING, Rung::of(all), Rung::of(some), leaf.lacks)
        });
        Test { number, bound: options, open: open.unwrap_or(Truths::UNKNOWN), with_one: false }
    }
}

impl Leaf {
    /// What stands in its register while it is open.
    pub(crate) const fn open(&self) -> Numbers {
        Numbers { now: MISSING, low: self.low, high: self.high, lacks: self.lacks, loose: false }
    }
}

impl Line {
    /// As in [`Batch::plain`], where `plain` says that of what it reads.
    fn is_plain(&self, plain: &[bool]) -> bool {
        match &self.instruction {
            Instruction::Leaf(read) => !read.lacks && !read.by_party && read.ends.is_some(),
            Instruction::Fixed(_) => true,
            other => other.does().is_none_or(Does::is_plain) && other.reads().iter().all(|part| plain[part.index()]),
        }
    }

    /// When it is written, where `depths` are the turns of what it reads.
    fn turn(&self, depths: &[usize], plain: bool) -> Turn {
        let after = self.instruction.reads().iter().map(|part| depths[part.index()]).fold(2, usize::max);
        match self.instruction {
            Instruction::Leaf(_) => (usize::from(self.holds == Holds::Truth), false, None),
            Instruction::Fixed(_) => (2, false, None),
            Instruction::Same(_) => (after, true, None),
            _ => (after + 1, false, self.instruction.does().map(|does| (does, self.settles, plain))),
        }
    }
}
