//! A partial order over lines of which each printed one is at most one: Dilworth, by bipartite matching.

use super::{Alignment, Op};
use crate::trace::relation::Relation;
use crate::trace::tree::{Taken, Tree};

/// The alignment, if no printed line can be two of the lines; there must be no choices.
pub(super) fn align(tree: &Tree, lines: &[&str]) -> Option<Alignment> {
    let first = matched(tree, lines)?;
    let mut pairs: Vec<(usize, usize)> = first
        .iter()
        .enumerate()
        .filter_map(|(leaf, printed)| Some(((*printed)?, leaf)))
        .collect();
    pairs.sort();
    let kept = largest_without_conflict(tree, &pairs);
    Some(Alignment {
        ops: ops(tree, lines.len(), &kept),
        at_least: None,
    })
}

/// For each leaf the printed line that is it, if there is one.
///
/// `None` if a printed line can be two leaves, or two printed lines the same: which is kept would be a choice.
fn matched(tree: &Tree, lines: &[&str]) -> Option<Vec<Option<usize>>> {
    let mut of_leaf = vec![None; tree.leaves.len()];
    for (at, line) in lines.iter().enumerate() {
        let [leaf] = tree.accepting(line)[..] else {
            return None;
        };
        if of_leaf[leaf].is_some() {
            return None;
        }
        of_leaf[leaf] = Some(at);
    }
    Some(of_leaf)
}

fn taken(leaf: usize) -> Taken {
    Taken {
        leaf,
        rounds: Vec::new(),
    }
}

/// The most pairs of (printed, leaf) no two of which conflict; the pairs come in printed order.
fn largest_without_conflict(tree: &Tree, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // An edge from i to j: i was printed first, and must come after j.
    let conflicts: Vec<Vec<usize>> = (0..pairs.len())
        .map(|i| {
            let against = |j: &usize| {
                matches!(
                    tree.relation(&taken(pairs[i].1), &taken(pairs[*j].1)),
                    Relation::After(_)
                )
            };
            (i + 1..pairs.len()).filter(against).collect()
        })
        .collect();
    let matching = Matching::largest(&conflicts);
    let in_cover = matching.cover(&conflicts);
    (0..pairs.len())
        .filter(|i| !in_cover[*i])
        .map(|i| pairs[i])
        .collect()
}

/// A matching between the places where conflicts leave and those where they arrive.
struct Matching {
    right_of: Vec<Option<usize>>,
    left_of: Vec<Option<usize>>,
}

impl Matching {
    /// The largest one, by augmenting paths.
    fn largest(edges: &[Vec<usize>]) -> Self {
        let mut matching = Matching {
            right_of: vec![None; edges.len()],
            left_of: vec![None; edges.len()],
        };
        for left in 0..edges.len() {
            matching.augment(left, edges);
        }
        matching
    }

    /// Finds a path from a free place on the left to a free one on the right, breadth first, and turns it round.
    fn augment(&mut self, start: usize, edges: &[Vec<usize>]) {
        let mut came_from = vec![None; edges.len()];
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(left) = queue.pop_front() {
            for &right in &edges[left] {
                if came_from[right].is_some() {
                    continue;
                }
                came_from[right] = Some(left);
                match self.left_of[right] {
                    Some(next) => queue.push_back(next),
                    None => return self.turn(right, &came_from),
                }
            }
        }
    }

    fn turn(&mut self, end: usize, came_from: &[Option<usize>]) {
        let mut right = Some(end);
        while let Some(at) = right {
            let Some(left) = came_from[at] else { return };
            right = self.right_of[left];
            self.right_of[left] = Some(at);
            self.left_of[at] = Some(left);
        }
    }

    /// For each element whether it is on either side of König's smallest cover; those that are not are the largest
    /// set without a conflict.
    fn cover(&self, edges: &[Vec<usize>]) -> Vec<bool> {
        let mut reached_left: Vec<bool> = self.right_of.iter().map(Option::is_none).collect();
        let mut reached_right = vec![false; edges.len()];
        let mut open: Vec<usize> = (0..edges.len())
            .filter(|left| reached_left[*left])
            .collect();
        while let Some(left) = open.pop() {
            for &right in &edges[left] {
                if !std::mem::replace(&mut reached_right[right], true)
                    && let Some(next) = self.left_of[right]
                    && !std::mem::replace(&mut reached_left[next], true)
                {
                    open.push(next);
                }
            }
        }
        (0..edges.len())
            .map(|at| !reached_left[at] || reached_right[at])
            .collect()
    }
}

/// The printed lines in their order, each missing line where the order first allows it after those kept before it.
fn ops(tree: &Tree, printed: usize, kept: &[(usize, usize)]) -> Vec<Op> {
    let mut ops = Vec::new();
    let mut written = vec![false; tree.leaves.len()];
    let is_kept: Vec<bool> = (0..tree.leaves.len())
        .map(|leaf| kept.iter().any(|(_, kept)| *kept == leaf))
        .collect();
    let mut kept = kept.iter().peekable();
    for at in 0..printed {
        match kept.next_if(|(place, _)| *place == at) {
            None => ops.push(Op::Delete(at)),
            Some((_, leaf)) => {
                insert_before(tree, Some(*leaf), &is_kept, &mut written, &mut ops);
                written[*leaf] = true;
                ops.push(Op::Keep(at, taken(*leaf)));
            }
        }
    }
    insert_before(tree, None, &is_kept, &mut written, &mut ops);
    ops
}

/// Inserts the missing lines that must come before a leaf (or all that are left), those that must come first first.
fn insert_before(
    tree: &Tree,
    leaf: Option<usize>,
    is_kept: &[bool],
    written: &mut [bool],
    ops: &mut Vec<Op>,
) {
    let before =
        |a: usize, b: usize| matches!(tree.relation(&taken(a), &taken(b)), Relation::Before(_));
    let mut missing: Vec<usize> = (0..tree.leaves.len())
        .filter(|other| {
            !is_kept[*other] && !written[*other] && leaf.is_none_or(|leaf| before(*other, leaf))
        })
        .collect();
    while !missing.is_empty() {
        // The order has no cycles, so one of them comes before none of the others.
        let first = missing
            .iter()
            .position(|a| !missing.iter().any(|b| before(*b, *a)))
            .unwrap_or(0);
        let next = missing.remove(first);
        written[next] = true;
        ops.push(Op::Insert(taken(next)));
    }
}
