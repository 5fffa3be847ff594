//! What repeats or branches: the shortest way through printed lines and states, with a budget.

mod orders;
mod states;

use super::Alignment;
use crate::trace::tree::Tree;

/// The shortest alignment; where the budget ends, the best one that was seen and what it is at least.
pub(super) fn align(tree: &Tree, lines: &[&str], budget: usize) -> Alignment {
    if tree.nodes.iter().all(super::poset::is_order) {
        orders::align(tree, lines, budget)
    } else {
        states::align(tree, lines, budget)
    }
}
