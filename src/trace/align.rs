//! The nearest accepted order: which printed lines are kept, and what is inserted and deleted.
//!
//! The distance is the least number of insertions and deletions. Engines, each exact as long as its budget lasts:
//!
//! - *One after another* ([`chain`]): Myers' difference.
//! - *A partial order over distinct lines* ([`poset`]): two matched lines conflict when the order demands one before
//!   the other and they were printed the other way round. Conflicts are themselves a partial order (the intersection
//!   of two), so the most lines that can be kept is its largest set without a conflict, and by Dilworth's theorem that
//!   is as large as the smallest number of chains that cover it, which a bipartite matching gives.
//! - *Members side by side that share no printed line* ([`groups`]): each alone.
//! - *Few choices* ([`choices`]): each way to make them is one of the above.
//! - *A partial order in which lines are alike* ([`orders`]): A* over which printed line is which.
//! - *Anything* ([`states`]): A* over (printed lines × states), built as it is visited; its [`bound`] is that of the
//!   [`parts`] of the tree, each of which has a [`table`].
//!
//! Only the last two search, and only they have a budget.

mod bound;
mod chain;
mod choices;
mod flood;
mod groups;
mod kinds;
mod orders;
mod parts;
mod poset;
mod states;
mod table;

use super::tree::{Taken, Tree};

/// One step from what was printed to the nearest accepted order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Op {
    /// The printed line at this place is this line.
    Keep(usize, Taken),
    /// The printed line at this place does not belong here.
    Delete(usize),
    /// This line belongs here.
    Insert(Taken),
}

/// The way to the nearest accepted order.
#[derive(Debug)]
pub(super) struct Alignment {
    pub(super) ops: Vec<Op>,
    /// Whether it is known that there is no shorter one; else no way is shorter than this.
    pub(super) at_least: Option<usize>,
}

/// Aligns the lines with the nearest accepted order, visiting at most `budget` states where a search is needed.
pub(super) fn align(tree: &Tree, lines: &[&str], budget: usize) -> Alignment {
    let trimmed = flood::Trimmed::new(tree, lines);
    let lines = &trimmed.lines;
    trimmed.back(among(tree, lines, budget))
}

/// Aligns the lines by the first engine that fits.
fn among(tree: &Tree, lines: &[&str], budget: usize) -> Alignment {
    if lines.is_empty() {
        return Alignment::of_nothing(tree);
    }
    groups::align(tree, lines, budget)
        .or_else(|| without_search(tree, lines))
        .or_else(|| choices::align(tree, lines, |tree, lines, _| without_search(tree, lines)))
        .unwrap_or_else(|| searched(tree, lines, budget))
}

/// Aligns the lines with an order in which nothing is to be chosen, and no line can be two.
fn without_search(tree: &Tree, lines: &[&str]) -> Option<Alignment> {
    match tree.has_choices() {
        true => None,
        false => chain::align(tree, lines).or_else(|| poset::align(tree, lines)),
    }
}

/// Partial orders fall apart badly, so they have a search of their own. Where that ends early, the other may not.
fn searched(tree: &Tree, lines: &[&str], budget: usize) -> Alignment {
    let by_orders = |tree: &Tree, lines: &[&str], budget: usize| match tree.has_choices() {
        true => None,
        false => without_search(tree, lines).or_else(|| Some(orders::align(tree, lines, budget))),
    };
    let found = tree.has_partial_orders().then(|| {
        by_orders(tree, lines, budget).or_else(|| {
            choices::align(tree, lines, |tree, lines, ways| {
                by_orders(tree, lines, budget / ways)
            })
        })
    });
    match found.flatten() {
        Some(found) if found.at_least.is_none() => found,
        Some(found) => found.or_nearer(states::align(tree, lines, budget)),
        None => states::align(tree, lines, budget),
    }
}

impl Alignment {
    /// Where nothing is to be kept: the author's own order, as short as it may be.
    fn of_nothing(tree: &Tree) -> Self {
        let missing = tree.completion(&tree.start()).into_iter();
        Alignment {
            ops: missing.map(Op::Insert).collect(),
            at_least: None,
        }
    }

    /// How many lines are inserted and deleted.
    pub(super) fn changes(&self) -> usize {
        let is_change = |op: &&Op| match op {
            Op::Keep(..) => false,
            Op::Delete(_) | Op::Insert(_) => true,
        };
        self.ops.iter().filter(is_change).count()
    }

    /// The one of two alignments of the same lines that has fewer changes, with what is known from both.
    fn or_nearer(self, other: Alignment) -> Alignment {
        let least = |alignment: &Alignment| alignment.at_least.unwrap_or(alignment.changes());
        let at_least = least(&self).max(least(&other));
        let nearer = match other.changes() < self.changes() {
            true => other,
            false => self,
        };
        Alignment {
            at_least: Some(at_least).filter(|least| *least < nearer.changes()),
            ..nearer
        }
    }
}
