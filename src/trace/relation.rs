//! What an expectation demands of two of its lines.

use super::Reason;
use super::tree::{Node, Taken, Tree, members};

/// What is demanded of two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation<'a> {
    /// The first before the second, and why.
    Before(Option<&'a Reason>),
    /// The second before the first, and why.
    After(Option<&'a Reason>),
    /// They are in members of this node that come whole, in any order.
    Apart(usize),
    /// Nothing.
    Free,
}

impl Tree {
    /// What is demanded of two lines: that of the innermost node that holds both.
    pub(super) fn relation(&self, a: &Taken, b: &Taken) -> Relation<'_> {
        if let Some(relation) = self.rounds(a, b) {
            return relation;
        }
        let (home_a, home_b) = (self.homes[a.leaf], self.homes[b.leaf]);
        if home_a == home_b {
            return self.at_home(home_a, a.leaf, b.leaf);
        }
        let (up_a, up_b) = (self.way_up(home_a), self.way_up(home_b));
        let shared = up_a
            .iter()
            .rev()
            .zip(up_b.iter().rev())
            .find(|((node_a, at_a), (node_b, at_b))| node_a == node_b && at_a != at_b);
        let Some(((node, at_a), (_, at_b))) = shared else {
            return Relation::Free;
        };
        match &self.nodes[*node] {
            Node::Sequence(members) if at_a < at_b => {
                Relation::Before(self.why(members, *at_a, *at_b))
            }
            Node::Sequence(members) => Relation::After(self.why(members, *at_b, *at_a)),
            Node::AnyOrder(_) => Relation::Apart(*node),
            Node::Interleave(_) | Node::Either(_) => Relation::Free,
            Node::Optional(_)
            | Node::Repeat { .. }
            | Node::Text { .. }
            | Node::Pattern { .. }
            | Node::Lines { .. } => Relation::Free,
        }
    }

    /// Whether two leaves never wait for one another, so that where both may be taken, they may be in either order.
    ///
    /// In a repeated step they may wait for the next round.
    pub(super) fn are_free(&self, a: usize, b: usize) -> bool {
        let mut node = self.root();
        loop {
            let member = |leaf: usize| {
                let members = members(self.node(node)).iter();
                members
                    .copied()
                    .find(|member| self.spans[*member].contains(&leaf))
            };
            let is_same = member(a) == member(b);
            match self.node(node) {
                Node::Repeat { .. } | Node::Text { .. } | Node::Pattern { .. } => return false,
                Node::Lines { first, order } => {
                    let (a, b) = (a - first, b - first);
                    return a != b && !order.before[a][b] && !order.before[b][a];
                }
                Node::Interleave(_) if !is_same => return true,
                Node::Sequence(_) | Node::AnyOrder(_) | Node::Either(_) if !is_same => {
                    return false;
                }
                Node::Interleave(_)
                | Node::Sequence(_)
                | Node::AnyOrder(_)
                | Node::Either(_)
                | Node::Optional(_) => match member(a) {
                    Some(below) => node = below,
                    None => return false,
                },
            }
        }
    }

    /// The relation of lines in different rounds of the same repeated step, outermost first.
    fn rounds(&self, a: &Taken, b: &Taken) -> Option<Relation<'_>> {
        let repeats = |leaf: usize| -> Vec<usize> {
            let mut repeats: Vec<usize> = self
                .way_up(self.homes[leaf])
                .into_iter()
                .map(|(node, _)| node)
                .collect();
            repeats.retain(|node| matches!(self.nodes[*node], Node::Repeat { .. }));
            repeats.reverse();
            repeats
        };
        let (in_a, in_b) = (repeats(a.leaf), repeats(b.leaf));
        let shared = in_a.iter().zip(&in_b).take_while(|(x, y)| x == y).count();
        let rounds = a.rounds.iter().zip(&b.rounds).take(shared);
        rounds.into_iter().find(|(x, y)| x != y).map(|(x, y)| {
            if x < y {
                Relation::Before(None)
            } else {
                Relation::After(None)
            }
        })
    }

    /// Two lines of one text or one partial order.
    fn at_home(&self, home: usize, a: usize, b: usize) -> Relation<'_> {
        match &self.nodes[home] {
            Node::Text { .. } if a < b => Relation::Before(self.reasons[home].as_ref()),
            Node::Text { .. } if b < a => Relation::After(self.reasons[home].as_ref()),
            Node::Lines { first, order } => {
                let (a, b) = (a - first, b - first);
                if order.before[a][b] {
                    Relation::Before(order.why(a, b))
                } else if order.before[b][a] {
                    Relation::After(order.why(b, a))
                } else {
                    Relation::Free
                }
            }
            Node::Text { .. }
            | Node::Pattern { .. }
            | Node::Sequence(_)
            | Node::AnyOrder(_)
            | Node::Interleave(_)
            | Node::Either(_)
            | Node::Optional(_)
            | Node::Repeat { .. } => Relation::Free,
        }
    }

    /// The nodes above a node, nearest first, and in which member of each it is.
    fn way_up(&self, node: usize) -> Vec<(usize, usize)> {
        std::iter::successors(self.parents[node], |(above, _)| self.parents[*above]).collect()
    }

    /// Why what comes after the member `from` may come only then: its own reason, else that of one up to `to`.
    fn why(&self, members: &[usize], from: usize, to: usize) -> Option<&Reason> {
        members[from..to]
            .iter()
            .find_map(|member| self.reasons[*member].as_ref())
    }
}

impl super::tree::Order {
    /// The reason of a demand that leads from one line to the other: the direct one, else the first on the way.
    fn why(&self, from: usize, to: usize) -> Option<&Reason> {
        let leads = |line: usize| line == to || self.before[line][to];
        let direct = self
            .demands
            .iter()
            .find(|demand| demand.first == from && demand.then == to);
        let first = self
            .demands
            .iter()
            .find(|demand| demand.first == from && leads(demand.then));
        direct.or(first).and_then(|demand| demand.reason.as_ref())
    }
}
