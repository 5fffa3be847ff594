//! Far more lines than are expected, as an endless loop prints them.
//!
//! Of equal lines that stand directly after one another no more can be kept than there are lines that accept them, and
//! which of them are kept makes no difference. So the others are left out before anything is aligned, and deleted.

use super::{Alignment, Op};
use crate::trace::tree::Tree;

/// The printed lines without those that cannot be kept whatever else is.
pub(super) struct Trimmed<'a> {
    pub(super) lines: Vec<&'a str>,
    /// The place of each in what was printed.
    at: Vec<usize>,
    printed: usize,
}

impl<'a> Trimmed<'a> {
    pub(super) fn new(tree: &Tree, lines: &[&'a str]) -> Self {
        let mut trimmed = Trimmed {
            lines: Vec::new(),
            at: Vec::new(),
            printed: lines.len(),
        };
        let mut run = 0;
        let mut most = None;
        for (at, line) in lines.iter().enumerate() {
            if at == 0 || lines[at - 1] != *line {
                run = 0;
                most = tree.most(line);
            }
            run += 1;
            if most.is_none_or(|most| run <= most) {
                trimmed.lines.push(line);
                trimmed.at.push(at);
            }
        }
        trimmed
    }

    /// The alignment of all lines, from that of those that were left.
    pub(super) fn back(&self, alignment: Alignment) -> Alignment {
        let mut ops = Vec::new();
        let mut next = 0;
        let mut deleted_up_to = |place: usize, ops: &mut Vec<Op>| {
            ops.extend((next..place).map(Op::Delete));
            next = place + 1;
        };
        for op in alignment.ops {
            match op {
                Op::Keep(at, taken) => {
                    deleted_up_to(self.at[at], &mut ops);
                    ops.push(Op::Keep(self.at[at], taken));
                }
                Op::Delete(at) => {
                    deleted_up_to(self.at[at], &mut ops);
                    ops.push(Op::Delete(self.at[at]));
                }
                Op::Insert(taken) => ops.push(Op::Insert(taken)),
            }
        }
        deleted_up_to(self.printed, &mut ops);
        let trimmed = self.printed - self.lines.len();
        Alignment {
            ops,
            at_least: alignment.at_least.map(|least| least + trimmed),
        }
    }
}
