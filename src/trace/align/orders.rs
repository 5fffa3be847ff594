//! A partial order some of whose lines are alike: A* over which printed line is which line.
//!
//! Printed lines are read in turn. One is deleted, or is one of the lines that accept it and were not taken; then every
//! line that must come before that one and was not taken is missing. A line that can be only one line, and is next in
//! the order, is kept at once: any way that does otherwise can be changed to do so without becoming longer.
//!
//! The bound never says too much: of lines that are alike, as many as are too many or too few are lost; and of two
//! printed lines that can each be one line only, and conflict, one is lost, which costs a deletion and an insertion.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::{Alignment, Op};
use crate::trace::relation::Relation;
use crate::trace::tree::{Taken, Tree};

/// With so many lines and leaves a place counts as one.
const PLACE: usize = 500;

/// A set of leaves.
type Leaves = Vec<bool>;

/// How many printed lines were read, and which leaves were taken.
type At = (usize, Leaves);

/// For each place what it costs to come there, and from where.
type Ways = HashMap<At, (usize, Option<At>)>;

struct Search {
    /// For each printed line the leaves that accept it.
    accepting: Vec<Vec<usize>>,
    /// For each leaf those that must come before it.
    before: Vec<Vec<usize>>,
    /// Leaves and printed lines of one class accept and are accepted only inside it.
    leaf_class: Vec<usize>,
    line_class: Vec<usize>,
    classes: usize,
    /// Pairs of printed lines that conflict, each line in at most one.
    conflicts: Vec<[(usize, usize); 2]>,
    /// For each printed line, whether it and its leaf have only each other.
    single: Vec<bool>,
}

pub(super) fn align(tree: &Tree, lines: &[&str], budget: usize) -> Alignment {
    let search = Search::new(tree, lines);
    let start = (0, vec![false; tree.leaves.len()]);
    let mut best: Ways = HashMap::new();
    best.insert(start.clone(), (0, None));
    let mut open = BinaryHeap::from([(Reverse(search.bound(0, &start.1)), 0, Reverse(0), start.1)]);
    // A place costs the more the more lines there are.
    let budget = (budget * PLACE).div_ceil(lines.len() + tree.leaves.len() + 1);
    while let Some((Reverse(length), read, Reverse(so_far), taken)) = open.pop() {
        if best
            .get(&(read, taken.clone()))
            .is_some_and(|(known, _)| *known < so_far)
        {
            continue;
        }
        if read == lines.len() || best.len() > budget {
            let at_least = (read < lines.len()).then_some(length);
            return Alignment {
                ops: search.ops(lines.len(), (read, taken), &best),
                at_least,
            };
        }
        for (cost, after) in search.steps(read, &taken) {
            let (cost, key) = (so_far + cost, (read + 1, after));
            if best.get(&key).is_none_or(|(known, _)| cost < *known) {
                best.insert(key.clone(), (cost, Some((read, taken.clone()))));
                let (next, after) = key;
                open.push((
                    Reverse(cost + search.bound(next, &after)),
                    next,
                    Reverse(cost),
                    after,
                ));
            }
        }
    }
    Alignment {
        ops: Vec::new(),
        at_least: Some(0),
    }
}

impl Search {
    fn new(tree: &Tree, lines: &[&str]) -> Self {
        let leaves = tree.leaves.len();
        let accepting: Vec<Vec<usize>> = lines.iter().map(|line| tree.accepting(line)).collect();
        let (leaf_class, line_class) = classes(&accepting, leaves);
        let taken = |leaf| Taken {
            leaf,
            rounds: Vec::new(),
        };
        let precedes =
            |a: usize, b: usize| matches!(tree.relation(&taken(a), &taken(b)), Relation::Before(_));
        let before: Vec<Vec<usize>> = (0..leaves)
            .map(|leaf| (0..leaves).filter(|other| precedes(*other, leaf)).collect())
            .collect();
        let count = |of: &[usize]| {
            let mut count = vec![0; leaves + lines.len()];
            of.iter().for_each(|class| count[*class] += 1);
            count
        };
        let (printed, expected) = (count(&line_class), count(&leaf_class));
        let single: Vec<bool> = line_class
            .iter()
            .map(|class| printed[*class] == 1 && expected[*class] == 1)
            .collect();
        let mut search = Search {
            accepting,
            before,
            classes: leaves + lines.len(),
            leaf_class,
            line_class,
            conflicts: Vec::new(),
            single,
        };
        search.conflicts = search.conflicting();
        search
    }

    /// Pairs of conflicting lines that can each be one line only, as many as are found at first sight.
    fn conflicting(&self) -> Vec<[(usize, usize); 2]> {
        let singles: Vec<(usize, usize)> = (0..self.single.len())
            .filter(|at| self.single[*at])
            .map(|at| (at, self.accepting[at][0]))
            .collect();
        let mut used = vec![false; singles.len()];
        let mut pairs = Vec::new();
        for (i, &first) in singles.iter().enumerate() {
            // The nearest first: the pairs that are left then conflict more often.
            let free = (i + 1..singles.len())
                .find(|j| !used[*j] && self.before[first.1].contains(&singles[*j].1));
            if let Some(j) = free.filter(|_| !used[i]) {
                (used[i], used[j]) = (true, true);
                pairs.push([first, singles[j]]);
            }
        }
        pairs
    }

    /// What the rest costs at least.
    fn bound(&self, read: usize, taken: &Leaves) -> usize {
        let mut left = vec![0_isize; self.classes];
        self.line_class[read..]
            .iter()
            .for_each(|class| left[*class] += 1);
        let untaken = self
            .leaf_class
            .iter()
            .zip(taken)
            .filter(|(_, taken)| !**taken);
        untaken.for_each(|(class, _)| left[*class] -= 1);
        let open = |(line, leaf): &(usize, usize)| *line >= read && !taken[*leaf];
        let lost = self
            .conflicts
            .iter()
            .filter(|pair| pair.iter().all(open))
            .count();
        left.into_iter().map(isize::unsigned_abs).sum::<usize>() + 2 * lost
    }

    /// What may be done with the next printed line: the cost, and what is taken then.
    ///
    /// A leaf that is passed over is paid for here; what is left at the end is paid for by the bound.
    fn steps(&self, read: usize, taken: &Leaves) -> Vec<(usize, Leaves)> {
        let mut steps = Vec::new();
        for &leaf in self.accepting[read].iter().filter(|leaf| !taken[**leaf]) {
            let passed = self.before[leaf]
                .iter()
                .filter(|before| !taken[**before])
                .count();
            let mut after = taken.clone();
            self.before[leaf]
                .iter()
                .for_each(|before| after[*before] = true);
            after[leaf] = true;
            if passed == 0 && self.single[read] {
                return vec![(0, after)];
            }
            steps.push((passed, after));
        }
        steps.push((1, taken.clone()));
        steps
    }

    /// The way to a place, and from there to the end without keeping anything more.
    fn ops(&self, printed: usize, end: At, best: &Ways) -> Vec<Op> {
        let mut way = vec![end];
        while let Some((_, Some(before))) = way.last().and_then(|at| best.get(at)) {
            way.push(before.clone());
        }
        way.reverse();
        let mut ops = Vec::new();
        for pair in way.windows(2) {
            let [(read, before), (_, after)] = pair else {
                continue;
            };
            let new: Vec<usize> = (0..after.len())
                .filter(|leaf| after[*leaf] && !before[*leaf])
                .collect();
            // Of the lines that were taken, the one that all others must come before is the one that was kept.
            let kept = new.iter().copied().max_by_key(|leaf| {
                new.iter()
                    .filter(|other| self.before[*leaf].contains(other))
                    .count()
            });
            match kept {
                None => ops.push(Op::Delete(*read)),
                Some(kept) => {
                    self.insert(
                        new.into_iter().filter(|leaf| *leaf != kept).collect(),
                        &mut ops,
                    );
                    ops.push(Op::Keep(
                        *read,
                        Taken {
                            leaf: kept,
                            rounds: Vec::new(),
                        },
                    ));
                }
            }
        }
        if let Some((read, taken)) = way.last() {
            ops.extend((*read..printed).map(Op::Delete));
            self.insert(
                (0..taken.len()).filter(|leaf| !taken[*leaf]).collect(),
                &mut ops,
            );
        }
        ops
    }

    /// Inserts the leaves, those that must come first first.
    fn insert(&self, mut leaves: Vec<usize>, ops: &mut Vec<Op>) {
        leaves.sort_by_key(|leaf| self.before[*leaf].len());
        ops.extend(leaves.into_iter().map(|leaf| {
            Op::Insert(Taken {
                leaf,
                rounds: Vec::new(),
            })
        }));
    }
}

/// Numbers the leaves and the printed lines so that those that can be each other, directly or not, have one number.
fn classes(accepting: &[Vec<usize>], leaves: usize) -> (Vec<usize>, Vec<usize>) {
    fn root(above: &mut [usize], mut at: usize) -> usize {
        while above[at] != at {
            above[at] = above[above[at]];
            at = above[at];
        }
        at
    }
    let mut above: Vec<usize> = (0..leaves + accepting.len()).collect();
    for (at, line) in accepting.iter().enumerate() {
        for leaf in line {
            let (from, to) = (root(&mut above, leaves + at), root(&mut above, *leaf));
            above[from] = to;
        }
    }
    let mut class: Vec<usize> = (0..above.len()).map(|at| root(&mut above, at)).collect();
    let lines = class.split_off(leaves);
    (class, lines)
}
