//! A view of a tree in which only some of its lines are seen: the others may come at any time, and cost nothing.
//!
//! What is seen of an accepted order is an accepted order of the view. So is, of what is left of a tree, what is seen of
//! it; where nothing is seen of a step, nothing is left of it, which makes many states of the tree one of the view.

use std::rc::Rc;

use super::tree::{Node, State, Tree, members};

/// A tree of which only some lines are seen.
#[derive(Debug)]
pub(super) struct View {
    /// The tree without the lines that are not seen; its nodes and leaves keep their places.
    tree: Tree,
    /// For each node, whether nothing of it is seen.
    hidden: Vec<bool>,
    /// For each node, the places of its members of which something is seen.
    shown: Vec<Vec<usize>>,
}

impl View {
    /// The view in which only these leaves are seen.
    pub(super) fn new(tree: &Tree, seen: &[bool]) -> Self {
        let hidden: Vec<bool> = (0..tree.nodes.len())
            .map(|node| !seen[tree.spans[node].clone()].contains(&true))
            .collect();
        let shown = |node: &Node| {
            let members = members(node).iter().enumerate();
            members
                .filter(|(_, member)| !hidden[**member])
                .map(|(at, _)| at)
                .collect()
        };
        View {
            tree: tree.only(seen),
            shown: tree.nodes.iter().map(shown).collect(),
            hidden,
        }
    }

    /// Nothing was taken yet.
    pub(super) fn start(&self) -> State {
        self.of(&self.tree.start())
    }

    /// Whether nothing more need come that is seen.
    pub(super) fn may_end(&self, state: &State) -> bool {
        self.tree.may_end(state)
    }

    /// Every leaf that may come next of those that are seen, and what is left after it.
    pub(super) fn next(&self, state: &State) -> impl Iterator<Item = (usize, State)> {
        let next = self.tree.next(state).into_iter();
        next.map(|(taken, left)| (taken.leaf, self.of(&left)))
    }

    /// What is seen of what is left of the tree.
    pub(super) fn of(&self, state: &State) -> State {
        match state {
            State::End => State::End,
            State::Whole(node)
            | State::Text(node, _)
            | State::Repeat(node, ..)
            | State::Lines(node, _)
                if self.hidden[*node] =>
            {
                State::End
            }
            State::Whole(_) | State::Text(..) => state.clone(),
            State::Repeat(node, begun, now) => State::Repeat(*node, *begun, Rc::new(self.of(now))),
            State::Sequence(node, next, now) => {
                let rest = members(&self.tree.nodes[*node]).iter().skip(*next);
                let skipped = rest.take_while(|member| self.hidden[**member]).count();
                self.tree.sequence(*node, next + skipped, self.of(now))
            }
            State::AnyOrder(node, done, now) => {
                let open = members(&self.tree.nodes[*node]).iter();
                let done: Rc<[bool]> = done
                    .iter()
                    .zip(open)
                    .map(|(done, member)| *done || self.hidden[*member])
                    .collect();
                match done.iter().all(|done| *done) {
                    true => self.of(now),
                    false => State::AnyOrder(*node, done, Rc::new(self.of(now))),
                }
            }
            // Where one member alone is seen, nothing runs beside it.
            State::Interleave(node, left) => match self.shown[*node][..] {
                [] => State::End,
                [only] => self.of(&left[only]),
                [_, _, ..] => {
                    let left = left.iter().map(|left| self.of(left));
                    State::Interleave(*node, left.collect())
                }
            },
            State::Lines(node, taken) => match &self.tree.nodes[*node] {
                Node::Lines { order, .. } => {
                    let taken: Rc<[bool]> = taken
                        .iter()
                        .zip(&order.at_start)
                        .map(|(taken, hidden)| *taken || *hidden)
                        .collect();
                    State::Lines(*node, taken)
                }
                Node::Text { .. }
                | Node::Pattern { .. }
                | Node::Sequence(_)
                | Node::AnyOrder(_)
                | Node::Interleave(_)
                | Node::Either(_)
                | Node::Optional(_)
                | Node::Repeat { .. } => State::End,
            },
        }
    }
}
