//! Lines that come one after another: Myers' difference.

use std::collections::HashMap;

use similar::DiffOp;
use similar::algorithms::{Capture, myers};

use super::{Alignment, Op};
use crate::trace::tree::{Leaf, Node, Taken, Tree, members};

/// The alignment, if the tree is one sequence of literal lines.
pub(super) fn align(tree: &Tree, lines: &[&str]) -> Option<Alignment> {
    let expected = sequence(tree)?;
    let mut ids = HashMap::new();
    let mut id = |text| {
        let next = ids.len();
        *ids.entry(text).or_insert(next)
    };
    let expected: Vec<usize> = expected.into_iter().map(&mut id).collect();
    let printed: Vec<usize> = lines.iter().copied().map(&mut id).collect();
    let taken = |leaf| Taken {
        leaf,
        rounds: Vec::new(),
    };
    let mut ops = Vec::new();
    let (mut old, mut new) = (0, 0);
    let ends = (expected.len(), printed.len());
    for (old_kept, new_kept) in kept(&expected, &printed).into_iter().chain([ends]) {
        ops.extend((old..old_kept).map(|leaf| Op::Insert(taken(leaf))));
        ops.extend((new..new_kept).map(Op::Delete));
        if (old_kept, new_kept) != ends {
            ops.push(Op::Keep(new_kept, taken(old_kept)));
        }
        (old, new) = (old_kept + 1, new_kept + 1);
    }
    Some(Alignment {
        ops,
        at_least: None,
    })
}

/// The places of the lines that are kept, in the expected and in the printed order: as many as can be.
fn kept(expected: &[usize], printed: &[usize]) -> Vec<(usize, usize)> {
    // Myers' time grows with the difference, which is at least that of the lengths.
    let apart = expected.len().abs_diff(printed.len());
    if apart * (expected.len() + printed.len()) > MANY {
        by_matches(expected, printed)
    } else {
        by_myers(expected, printed)
    }
}

/// So many steps of Myers' take about a second.
const MANY: usize = 500_000_000;

/// Myers' difference, without the shortcuts that make `similar` fast on long texts and not quite exact.
fn by_myers(expected: &[usize], printed: &[usize]) -> Vec<(usize, usize)> {
    let mut ops = Capture::new();
    let (old, new) = (0..expected.len(), 0..printed.len());
    match myers::diff_deadline_raw(&mut ops, expected, old, printed, new, None) {
        Ok(()) => {}
        // Nothing that only collects can fail.
        Err(never) => match never {},
    }
    let equal = ops.into_ops().into_iter().filter_map(|op| match op {
        DiffOp::Equal {
            old_index,
            new_index,
            len,
        } => Some((0..len).map(move |i| (old_index + i, new_index + i))),
        DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => None,
    });
    equal.flatten().collect()
}

/// Hunt and Szymanski's way: fast where a line that was printed can be few of the expected ones.
///
/// For each length, the last of a run of kept lines that ends earliest in the expected order.
fn by_matches(expected: &[usize], printed: &[usize]) -> Vec<(usize, usize)> {
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    expected
        .iter()
        .enumerate()
        .for_each(|(at, id)| places.entry(*id).or_default().push(at));
    // Each kept line with the one before it in its run.
    let mut links: Vec<(usize, usize, Option<usize>)> = Vec::new();
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for (new, id) in printed.iter().enumerate() {
        // From the last place to the first, so that no printed line is kept twice in one run.
        for &old in places.get(id).into_iter().flatten().rev() {
            let length = ends.partition_point(|(end, _)| *end < old);
            if ends.get(length).is_some_and(|(end, _)| *end == old) {
                continue;
            }
            links.push((
                old,
                new,
                length.checked_sub(1).map(|shorter| ends[shorter].1),
            ));
            let end = (old, links.len() - 1);
            if length == ends.len() {
                ends.push(end)
            } else {
                ends[length] = end
            }
        }
    }
    let last = ends.last().map(|(_, link)| *link);
    let mut kept: Vec<(usize, usize)> = std::iter::successors(last, |link| links[*link].2)
        .map(|link| (links[link].0, links[link].1))
        .collect();
    kept.reverse();
    kept
}

/// The lines in order, if there is one order: then the leaves stand in it.
fn sequence(tree: &Tree) -> Option<Vec<&str>> {
    let only = |node: &Node| match node {
        Node::Text { .. } | Node::Sequence(_) => true,
        Node::AnyOrder(_) | Node::Interleave(_) | Node::Either(_) => members(node).len() < 2,
        Node::Lines { order, .. } => order.after.len() < 2,
        Node::Pattern { .. } | Node::Optional(_) | Node::Repeat { .. } => false,
    };
    if !tree.nodes.iter().all(only) {
        return None;
    }
    tree.leaves.iter().map(Leaf::text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_keep_as_many_lines() {
        let mut chance = fastrand::Rng::with_seed(1);
        let mut next = |below: usize| chance.usize(..below);
        for letters in [2, 5, 40] {
            for _ in 0..300 {
                let expected: Vec<usize> = (0..next(30)).map(|_| next(letters)).collect();
                let printed: Vec<usize> = (0..next(60)).map(|_| next(letters)).collect();
                let kept = by_matches(&expected, &printed);
                assert_eq!(
                    kept.len(),
                    by_myers(&expected, &printed).len(),
                    "{expected:?} {printed:?}"
                );
                assert!(
                    kept.iter()
                        .all(|(old, new)| expected[*old] == printed[*new])
                );
                assert!(
                    kept.windows(2)
                        .all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1)
                );
            }
        }
    }
}
