//! Which way each answer pulls what is made of it, whatever the profile.
//!
//! The lowest and the highest that an expression can come to are those of its operator over the ends of its parts, as
//! long as each open answer pulls one way only. An answer that pulls two ways *clashes*: while it is open, the ends
//! cannot be trusted. Which answers clash in which expression is known when a ruleset is loaded.

use super::{Instruction, Program};
use crate::assessment::Comparison;
use crate::condition::{ExprId, QuestionId};

/// A set of questions, a bit for each.
#[derive(Debug, Clone, Default)]
struct Questions(Vec<u64>);

impl Questions {
    fn one(question: QuestionId) -> Self {
        let mut bits = vec![0; question.index() / 64 + 1];
        bits[question.index() / 64] = 1 << (question.index() % 64);
        Self(bits)
    }

    fn add(&mut self, other: &Self) {
        self.add_words(other.0.iter().copied());
    }

    fn add_meeting(&mut self, a: &Self, b: &Self) {
        self.add_words(a.0.iter().zip(&b.0).map(|(a, b)| a & b));
    }

    fn add_words(&mut self, words: impl ExactSizeIterator<Item = u64>) {
        if self.0.len() < words.len() {
            self.0.resize(words.len(), 0);
        }
        self.0.iter_mut().zip(words).for_each(|(mine, word)| *mine |= word);
    }

    fn list(&self) -> Vec<QuestionId> {
        let bits = (0..self.0.len() * 64).filter(|at| self.0[at / 64] >> (at % 64) & 1 == 1);
        bits.map(QuestionId::at).collect()
    }
}

/// The answers that an expression goes up with, that it goes down with, that it does either with, and that clash.
#[derive(Debug, Clone, Default)]
pub(super) struct Pulls {
    up: Questions,
    down: Questions,
    either: Questions,
    clash: Questions,
}

/// Which way an operator goes when a part goes up.
#[derive(Clone, Copy)]
enum Way {
    Up,
    Down,
    Either,
}

impl Pulls {
    /// The answers that, while open, take away the trust in the ends.
    pub(super) fn clashing(&self) -> Vec<QuestionId> {
        self.clash.list()
    }

    fn take(&mut self, part: &Self, way: Way) {
        let none = Questions::default();
        let mut all = part.either.clone();
        let (up, down, either) = match way {
            Way::Up => (&part.up, &part.down, &part.either),
            Way::Down => (&part.down, &part.up, &part.either),
            Way::Either => {
                all.add(&part.up);
                all.add(&part.down);
                (&none, &none, &all)
            }
        };
        self.clash.add(&part.clash);
        for (mine, theirs) in [
            (&self.up, down),
            (&self.down, up),
            (&self.either, up),
            (&self.either, down),
            (&self.either, either),
            (&self.up, either),
            (&self.down, either),
        ] {
            self.clash.add_meeting(mine, theirs);
        }
        self.up.add(up);
        self.down.add(down);
        self.either.add(either);
    }
}

impl Program {
    /// What pulls the result of an instruction, from what pulls its parts.
    pub(super) fn pulls(&self, instruction: &Instruction, known: &[Pulls]) -> Pulls {
        let mut pulls = Pulls::default();
        let mut take = |part: &ExprId, way| pulls.take(&known[part.index()], way);
        match instruction {
            Instruction::Constant(_) => {}
            Instruction::Answer(question, ..) => pulls.up = Questions::one(*question),
            Instruction::Compare { comparison, left, right, .. } => {
                let (of_left, of_right) = match comparison {
                    Comparison::Below | Comparison::AtMost => (Way::Down, Way::Up),
                    Comparison::Above | Comparison::AtLeast => (Way::Up, Way::Down),
                    Comparison::Equal | Comparison::NotEqual => (Way::Either, Way::Either),
                };
                take(left, of_left);
                take(right, of_right);
            }
            Instruction::Add(left, right, minus) => {
                take(left, Way::Up);
                take(right, if *minus { Way::Down } else { Way::Up });
            }
            Instruction::Not(part) => take(part, Way::Down),
            Instruction::CutOffs(part, _) | Instruction::Same(part) => take(part, Way::Up),
            Instruction::And(range) | Instruction::Or(range) | Instruction::Mean(range) | Instruction::Count(range) => {
                self.parts[range.start as usize..range.end as usize].iter().for_each(|part| take(part, Way::Up));
            }
        }
        pulls
    }
}
