//! Members that run side by side and share no printed line: each is aligned alone, and the ways are put together.
//!
//! What one member keeps takes nothing from another, so the sum of the least distances is the least distance.

use std::collections::VecDeque;

use super::{Alignment, Op, among, without_search};
use crate::trace::tree::{Node, Taken, Tree};
use crate::trace::{Expectation, PartialOrder, Step};

/// Members that share printed lines, with everything that only they accept.
struct Group {
    tree: Tree,
    /// Which leaf of the whole tree each leaf of the group is.
    leaves: Vec<usize>,
    /// The places of the printed lines that they accept.
    lines: Vec<usize>,
}

/// The alignment, if the whole tree is members side by side that fall apart into several groups.
pub(super) fn align(tree: &Tree, lines: &[&str], budget: usize) -> Option<Alignment> {
    let groups = groups(tree, lines)?;
    let own = |group: &Group| -> Vec<&str> { group.lines.iter().map(|at| lines[*at]).collect() };
    let without_search = |group: &Group| without_search(&group.tree, &own(group));
    let without: Vec<Option<Alignment>> = groups.iter().map(without_search).collect();
    let searched = without.iter().filter(|aligned| aligned.is_none()).count();
    let share = budget / searched.max(1);
    let mut at_least = None;
    let mut changes = 0;
    let mut ways = Vec::new();
    for (group, aligned) in groups.iter().zip(without) {
        let aligned = aligned.unwrap_or_else(|| among(&group.tree, &own(group), share));
        changes += aligned.at_least.unwrap_or_else(|| aligned.changes());
        at_least = at_least.or(aligned.at_least);
        ways.push(
            aligned
                .ops
                .into_iter()
                .map(|op| group.in_terms_of_the_whole(op))
                .collect(),
        );
    }
    Some(Alignment {
        ops: together(ways, lines.len()),
        at_least: at_least.map(|_| changes),
    })
}

impl Group {
    fn in_terms_of_the_whole(&self, op: Op) -> Op {
        let taken = |taken: Taken| Taken {
            leaf: self.leaves[taken.leaf],
            ..taken
        };
        match op {
            Op::Keep(at, line) => Op::Keep(self.lines[at], taken(line)),
            Op::Delete(at) => Op::Delete(self.lines[at]),
            Op::Insert(line) => Op::Insert(taken(line)),
        }
    }
}

/// The groups of an interleave's members, if there is more than one.
fn groups(tree: &Tree, lines: &[&str]) -> Option<Vec<Group>> {
    let Node::Interleave(members) = tree.node(tree.root()) else {
        return None;
    };
    let written: Vec<(Expectation, Vec<usize>)> = members
        .iter()
        .map(|member| written(tree, *member))
        .collect();
    let mut of_leaf = vec![0; tree.leaves.len()];
    for (member, (_, leaves)) in written.iter().enumerate() {
        leaves.iter().for_each(|leaf| of_leaf[*leaf] = member);
    }
    // Members that accept the same printed line are of one group, named after the first of them.
    let mut group: Vec<usize> = (0..members.len()).collect();
    let accepting: Vec<Vec<usize>> = lines.iter().map(|line| tree.accepting(line)).collect();
    for leaves in &accepting {
        for leaf in leaves {
            let (from, to) = (group[of_leaf[*leaf]], group[of_leaf[leaves[0]]]);
            let (from, to) = (from.max(to), from.min(to));
            group
                .iter_mut()
                .filter(|group| **group == from)
                .for_each(|group| *group = to);
        }
    }
    let names: Vec<usize> = (0..members.len())
        .filter(|member| group[*member] == *member)
        .collect();
    if names.len() < 2 {
        return None;
    }
    let of = |name: &usize| {
        let own = written
            .iter()
            .zip(&group)
            .filter(|(_, group)| *group == name)
            .map(|(written, _)| written.clone());
        let (members, leaves): (Vec<Expectation>, Vec<Vec<usize>>) = own.unzip();
        let is_own = |at: &usize| {
            accepting[*at]
                .first()
                .is_some_and(|leaf| group[of_leaf[*leaf]] == *name)
        };
        Group {
            tree: Tree::new(&Expectation::new(Step::Interleave(members))),
            leaves: leaves.concat(),
            lines: (0..lines.len()).filter(is_own).collect(),
        }
    };
    Some(names.iter().map(of).collect())
}

/// A node as an expectation, and its leaves in the order in which a tree of it has them.
fn written(tree: &Tree, node: usize) -> (Expectation, Vec<usize>) {
    let all = |members: &[usize], step: fn(Vec<Expectation>) -> Step| {
        let (members, leaves): (Vec<_>, Vec<_>) =
            members.iter().map(|member| written(tree, *member)).unzip();
        (step(members), leaves.concat())
    };
    let texts = |leaves: &[usize]| {
        leaves
            .iter()
            .map(|leaf| tree.leaves[*leaf].written().to_owned())
            .collect()
    };
    let (step, leaves) = match tree.node(node) {
        Node::Text { first, lines } => {
            let leaves: Vec<usize> = (*first..first + lines).collect();
            (Step::Text(texts(&leaves)), leaves)
        }
        Node::Pattern { leaf } => (tree.leaves[*leaf].step(), vec![*leaf]),
        Node::Lines { first, order } => {
            let leaves: Vec<usize> = (*first..first + order.after.len()).collect();
            (
                Step::Lines(PartialOrder {
                    lines: texts(&leaves),
                    before: order.demands.clone(),
                }),
                leaves,
            )
        }
        Node::Sequence(members) => all(members, Step::Sequence),
        Node::AnyOrder(members) => all(members, Step::AnyOrder),
        Node::Interleave(members) => all(members, Step::Interleave),
        Node::Either(members) => all(members, Step::Either),
        Node::Optional(body) => {
            let (body, leaves) = written(tree, *body);
            (Step::Optional(Box::new(body)), leaves)
        }
        Node::Repeat { body, least, most } => {
            let (body, leaves) = written(tree, *body);
            (
                Step::Repeat(
                    Box::new(body),
                    crate::trace::Times {
                        least: *least,
                        most: *most,
                    },
                ),
                leaves,
            )
        }
    };
    (Expectation::new(step), leaves)
}

/// The groups' ways as one: every printed line in its turn, before it what its group inserts there.
fn together(ways: Vec<VecDeque<Op>>, printed: usize) -> Vec<Op> {
    let mut ways = ways;
    let mut owner = vec![0; printed];
    for (group, way) in ways.iter().enumerate() {
        for op in way {
            match op {
                Op::Keep(at, _) | Op::Delete(at) => owner[*at] = group,
                Op::Insert(_) => {}
            }
        }
    }
    let mut ops = Vec::new();
    for group in owner {
        while let Some(op) = ways[group].pop_front() {
            let is_line = !matches!(op, Op::Insert(_));
            ops.push(op);
            if is_line {
                break;
            }
        }
    }
    ops.extend(ways.into_iter().flatten());
    ops
}
