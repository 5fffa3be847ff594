//! Any expectation: the shortest way from the first printed line and the whole tree to their ends.
//!
//! A step keeps a line (free), deletes one or inserts one (one each); ways are followed by length, so the first to
//! arrive is shortest. Between two kept lines deletions come before insertions, which leaves out equal ways only.

use std::collections::{HashMap, VecDeque};

use super::{Alignment, Op};
use crate::trace::tree::{State, Tree};

/// How many lines were read, what is left of the tree, and whether a line was inserted since one was last kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct At {
    read: usize,
    state: State,
    last: Last,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Last {
    KeptOrDeleted,
    Inserted,
}

/// How a place was reached.
type Ways = HashMap<At, Option<(At, Op)>>;

pub(super) fn align(tree: &Tree, lines: &[&str], budget: usize) -> Alignment {
    let start = At {
        read: 0,
        state: tree.start(),
        last: Last::KeptOrDeleted,
    };
    let mut ways: Ways = HashMap::new();
    let mut open = VecDeque::from([(0, start, None)]);
    let mut furthest: Option<At> = None;
    let mut length = 0;
    while let Some((so_far, at, way)) = open.pop_front() {
        if ways.contains_key(&at) {
            continue;
        }
        length = so_far;
        ways.insert(at.clone(), way);
        if at.read == lines.len() && tree.may_end(&at.state) {
            return Alignment {
                ops: way_to(at, &ways),
                at_least: None,
            };
        }
        if furthest
            .as_ref()
            .is_none_or(|furthest| at.read > furthest.read)
        {
            furthest = Some(at.clone());
        }
        if ways.len() > budget {
            break;
        }
        for (cost, next, op) in steps(tree, lines, &at) {
            if !ways.contains_key(&next) {
                let entry = (so_far + cost, next, Some((at.clone(), op)));
                if cost == 0 {
                    open.push_front(entry)
                } else {
                    open.push_back(entry)
                }
            }
        }
    }
    let ops = furthest.map_or_else(Vec::new, |at| finished(tree, lines.len(), at, &ways));
    Alignment {
        ops,
        at_least: Some(length),
    }
}

fn steps(tree: &Tree, lines: &[&str], at: &At) -> Vec<(usize, At, Op)> {
    let mut steps = Vec::new();
    let to = |read, state, last| At { read, state, last };
    if at.read < lines.len() && at.last == Last::KeptOrDeleted {
        steps.push((
            1,
            to(at.read + 1, at.state.clone(), Last::KeptOrDeleted),
            Op::Delete(at.read),
        ));
    }
    for (taken, state) in tree.next(&at.state) {
        if lines
            .get(at.read)
            .is_some_and(|line| tree.leaves[taken.leaf].accepts(line))
        {
            let next = to(at.read + 1, state.clone(), Last::KeptOrDeleted);
            steps.push((0, next, Op::Keep(at.read, taken.clone())));
        }
        steps.push((1, to(at.read, state, Last::Inserted), Op::Insert(taken)));
    }
    steps
}

fn way_to(mut at: At, ways: &Ways) -> Vec<Op> {
    let mut ops = Vec::new();
    while let Some(Some((before, op))) = ways.get(&at) {
        ops.push(op.clone());
        at = before.clone();
    }
    ops.reverse();
    ops
}

/// The way to a place, and from there to the end without keeping anything more.
fn finished(tree: &Tree, printed: usize, at: At, ways: &Ways) -> Vec<Op> {
    let deleted = (at.read..printed).map(Op::Delete);
    let inserted = tree.completion(&at.state).into_iter().map(Op::Insert);
    way_to(at, ways)
        .into_iter()
        .chain(deleted)
        .chain(inserted)
        .collect()
}
