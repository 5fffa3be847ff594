//! A tree taken apart: groups of its leaves, each of which is small enough for a [`table`](super::table).
//!
//! What runs side by side falls apart best, since the parts' costs add up. Blocks in any order are kept together as
//! long as they are not too many, since what they demand is that they come whole.

use super::kinds::Kinds;
use crate::trace::tree::{Node, Tree, members};

/// To find a state costs as much as so many numbers of a table, for each line that may come next.
const PER_WAY: usize = 64;

/// What is so many times smaller than a table may be is seen by each part beside it,
const SMALL: usize = 8;
/// if all of that together is so many times smaller.
const SMALL_TOGETHER: usize = 4;

/// How large something is, at most.
#[derive(Clone, Copy)]
struct Size {
    states: usize,
    /// How many lines may come next, about.
    ways: usize,
}

struct Parts<'a> {
    tree: &'a Tree,
    lines: &'a Kinds,
    /// How many numbers one table may hold.
    most: usize,
}

/// The leaves of each part, so that the tables of all hold at most so many numbers; what is too large is in none.
///
/// Leaves around members that are too large together may be in several.
pub(super) fn parts(tree: &Tree, lines: &Kinds, room: usize) -> Vec<Vec<usize>> {
    let mut parts = Parts {
        tree,
        lines,
        most: room,
    };
    while parts.most > 0 {
        let found = parts.split(tree.root(), &[]);
        let cells = found.iter().map(|leaves| parts.cells(leaves));
        if cells.fold(0, usize::saturating_add) <= room {
            return found;
        }
        parts.most /= 2;
    }
    Vec::new()
}

impl Parts<'_> {
    /// How many numbers the table of a part holds at most.
    fn cells(&self, leaves: &[usize]) -> usize {
        let mut seen = vec![false; self.tree.leaves.len()];
        leaves.iter().for_each(|leaf| seen[*leaf] = true);
        let reads = |leaves: &[usize]| leaves.iter().any(|leaf| seen[*leaf]);
        let rows = self.lines.count(reads) + 1;
        let size = self.size(self.tree.root(), &seen);
        let each = size.ways.saturating_mul(PER_WAY).saturating_add(rows);
        size.states.saturating_mul(each)
    }

    /// The size of a node of which only these leaves are seen.
    fn size(&self, node: usize, seen: &[bool]) -> Size {
        if !seen[self.tree.spans[node].clone()].contains(&true) {
            return Size { states: 1, ways: 0 };
        }
        let of = |node: &usize| self.size(*node, seen);
        let all = |members: &[usize]| -> Vec<Size> {
            let sizes = members.iter().map(of);
            sizes.filter(|size| size.states > 1).collect()
        };
        let states = |sizes: &[Size]| {
            sizes
                .iter()
                .map(|size| size.states - 1)
                .fold(0, usize::saturating_add)
        };
        let most_ways = |sizes: &[Size]| sizes.iter().map(|size| size.ways).max().unwrap_or(0);
        match self.tree.node(node) {
            Node::Text { lines, .. } => Size {
                states: lines + 1,
                ways: 1,
            },
            Node::Pattern { .. } => Size { states: 2, ways: 1 },
            Node::Sequence(members) | Node::Either(members) => {
                let sizes = all(members);
                Size {
                    states: states(&sizes).saturating_add(1),
                    ways: most_ways(&sizes),
                }
            }
            Node::Interleave(members) => {
                all(members)
                    .iter()
                    .fold(Size { states: 1, ways: 0 }, |a, b| Size {
                        states: a.states.saturating_mul(b.states),
                        ways: a.ways + b.ways,
                    })
            }
            Node::AnyOrder(members) => {
                let sizes = all(members);
                let others = u32::try_from(sizes.len() - 1)
                    .ok()
                    .and_then(|others| 1_usize.checked_shl(others));
                Size {
                    states: states(&sizes)
                        .saturating_mul(others.unwrap_or(usize::MAX))
                        .saturating_add(1),
                    ways: most_ways(&sizes) + 1,
                }
            }
            Node::Optional(body) => of(body),
            Node::Repeat { body, least, most } => {
                let (body, rounds) = (of(body), most.unwrap_or(*least).max(1));
                Size {
                    states: body.states.saturating_mul(rounds as usize),
                    ways: body.ways + 1,
                }
            }
            Node::Lines { first, order } => {
                // Chains that cover the lines: of each, some first ones were taken.
                let mut chains: Vec<Vec<usize>> = Vec::new();
                for line in (0..order.after.len()).filter(|line| seen[first + line]) {
                    let follows = |chain: &&mut Vec<usize>| {
                        chain.last().is_some_and(|last| order.before[*last][line])
                    };
                    match chains.iter_mut().find(follows) {
                        Some(chain) => chain.push(line),
                        None => chains.push(vec![line]),
                    }
                }
                Size {
                    states: chains
                        .iter()
                        .map(|chain| chain.len() + 1)
                        .fold(1, usize::saturating_mul),
                    ways: chains.len(),
                }
            }
        }
    }

    /// The leaves below a node in parts that are small enough; the leaves `beside` it are seen in each.
    fn split(&self, node: usize, beside: &[usize]) -> Vec<Vec<usize>> {
        let own: Vec<usize> = self.tree.spans[node].clone().collect();
        if own.is_empty() {
            return Vec::new();
        }
        let all = [beside, &own].concat();
        if self.cells(&all) <= self.most {
            return vec![all];
        }
        let each = |members: &[usize], beside: &[usize]| -> Vec<Vec<usize>> {
            members
                .iter()
                .flat_map(|member| self.split(*member, beside))
                .collect()
        };
        match self.tree.node(node) {
            Node::Sequence(members) => {
                let around = self.around(members);
                let with = [beside, &around].concat();
                let is_large = |member: &&usize| {
                    !self.tree.spans[**member]
                        .clone()
                        .any(|leaf| around.contains(&leaf))
                };
                let large: Vec<usize> = members.iter().filter(is_large).copied().collect();
                match large.is_empty() || self.cells(&with) > self.most / SMALL_TOGETHER {
                    true => each(members, beside),
                    false => each(&large, &with),
                }
            }
            Node::AnyOrder(members) => {
                let members = members
                    .iter()
                    .map(|member| self.tree.spans[*member].clone());
                self.chunks(&members.map(Iterator::collect).collect::<Vec<_>>(), beside)
            }
            Node::Lines { .. } => {
                let lines: Vec<Vec<usize>> = own.into_iter().map(|leaf| vec![leaf]).collect();
                self.chunks(&lines, beside)
            }
            node @ (Node::Interleave(_)
            | Node::Either(_)
            | Node::Optional(_)
            | Node::Repeat { .. }) => each(members(node), beside),
            Node::Text { .. } | Node::Pattern { .. } if !beside.is_empty() => self.split(node, &[]),
            Node::Text { .. } | Node::Pattern { .. } => Vec::new(),
        }
    }

    /// The leaves of the members of a sequence that are small beside the others.
    fn around(&self, members: &[usize]) -> Vec<usize> {
        let spans = members
            .iter()
            .map(|member| self.tree.spans[*member].clone());
        spans
            .map(Iterator::collect::<Vec<usize>>)
            .filter(|leaves| self.cells(leaves) <= self.most / SMALL)
            .flatten()
            .collect()
    }

    /// What comes in any order, in as few parts of the same size as can be.
    fn chunks(&self, members: &[Vec<usize>], beside: &[usize]) -> Vec<Vec<usize>> {
        let chunks = (1..=members.len()).map(|n| members.chunks(members.len().div_ceil(n)));
        let parts = chunks.map(|chunks| -> Vec<Vec<usize>> {
            let with = chunks.map(|chunk| [beside, &chunk.concat()].concat());
            with.collect()
        });
        let is_small = |part: &Vec<usize>| self.cells(part) <= self.most;
        let mut small = parts.filter(|parts| parts.iter().all(is_small));
        small.next().unwrap_or_default()
    }
}
