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
    for op in difference(&expected, &printed) {
        match op {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => {
                ops.extend((0..len).map(|i| Op::Keep(new_index + i, taken(old_index + i))));
            }
            DiffOp::Delete {
                old_index, old_len, ..
            } => {
                ops.extend((0..old_len).map(|i| Op::Insert(taken(old_index + i))));
            }
            DiffOp::Insert {
                new_index, new_len, ..
            } => ops.extend((0..new_len).map(|i| Op::Delete(new_index + i))),
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => {
                ops.extend((0..old_len).map(|i| Op::Insert(taken(old_index + i))));
                ops.extend((0..new_len).map(|i| Op::Delete(new_index + i)));
            }
        }
    }
    Some(Alignment {
        ops,
        at_least: None,
    })
}

/// The shortest difference: without the shortcuts that make `similar` fast on long texts and not quite exact.
fn difference(expected: &[usize], printed: &[usize]) -> Vec<DiffOp> {
    let mut ops = Capture::new();
    let done = myers::diff_deadline_raw(
        &mut ops,
        expected,
        0..expected.len(),
        printed,
        0..printed.len(),
        None,
    );
    match done {
        Ok(()) => ops.into_ops(),
        // Nothing that only collects can fail.
        Err(never) => match never {},
    }
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
    tree.leaves
        .iter()
        .map(|leaf| match leaf {
            Leaf::Text(text) => Some(text.as_str()),
            Leaf::Pattern(_) => None,
        })
        .collect()
}
