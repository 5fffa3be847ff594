//! The printed lines by what accepts them: lines that the same leaves accept are of one kind.
//!
//! There are few kinds, however many lines an endless loop prints.

use std::collections::HashMap;

use crate::trace::tree::Tree;

/// The kind of each printed line.
pub(super) struct Kinds {
    /// The leaves that accept the lines of each kind.
    accepting: Vec<Vec<usize>>,
    /// How many lines are of each kind.
    counts: Vec<usize>,
    of: Vec<usize>,
}

impl Kinds {
    pub(super) fn new(tree: &Tree, lines: &[&str]) -> Self {
        let mut kinds: HashMap<Vec<usize>, usize> = HashMap::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut kind = |line| {
            *known.entry(line).or_insert_with(|| {
                let next = kinds.len();
                *kinds.entry(tree.accepting(line)).or_insert(next)
            })
        };
        let of: Vec<usize> = lines.iter().map(|line| kind(line)).collect();
        let mut accepting = vec![Vec::new(); kinds.len()];
        for (leaves, kind) in kinds {
            accepting[kind] = leaves;
        }
        let mut counts = vec![0; accepting.len()];
        of.iter().for_each(|kind| counts[*kind] += 1);
        Kinds {
            accepting,
            counts,
            of,
        }
    }

    /// How many lines were printed.
    pub(super) fn lines(&self) -> usize {
        self.of.len()
    }

    /// The leaves that accept a line.
    pub(super) fn accepting(&self, line: usize) -> &[usize] {
        &self.accepting[self.of[line]]
    }

    /// How many lines are of kinds of which this is true.
    pub(super) fn count(&self, is: impl Fn(&[usize]) -> bool) -> usize {
        let lines = self.accepting.iter().zip(&self.counts);
        let lines = lines.filter(|(leaves, _)| is(leaves));
        lines.map(|(_, count)| count).sum()
    }

    /// For each line something that is the same for all lines of a kind.
    pub(super) fn each<T: Copy>(&self, of_kind: impl Fn(&[usize]) -> T) -> Vec<T> {
        let of_kinds: Vec<T> = self
            .accepting
            .iter()
            .map(|leaves| of_kind(leaves))
            .collect();
        self.of.iter().map(|kind| of_kinds[*kind]).collect()
    }
}
