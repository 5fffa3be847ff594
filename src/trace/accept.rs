//! Is a trace accepted? Exactly, or the budget ends.
//!
//! The automaton is followed with the set of all states it can be in. Where each printed line matches one line of the
//! expectation, a line can be taken in one way only, and the set stays as small as the open choices are; it grows only
//! where lines repeat across members that run side by side. That is the case which is hard in general (whether a
//! word is an interleaving of given words is NP-complete), so the number of states is bounded.

use std::collections::HashSet;

use super::tree::Tree;

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Accepted {
    Yes,
    No,
    /// The budget ended before it was known.
    Undecided,
}

/// Follows the lines through the tree, visiting at most `budget` states more than one for each line.
pub(super) fn accepts(tree: &Tree, lines: &[&str], budget: usize) -> Accepted {
    let mut left = budget;
    let mut states = HashSet::from([tree.start()]);
    for line in lines {
        let mut after = HashSet::new();
        for state in &states {
            for (taken, next) in tree.next(state) {
                if tree.leaves[taken.leaf].accepts(line) {
                    after.insert(next);
                }
            }
            if after.len() > left {
                return Accepted::Undecided;
            }
        }
        if after.is_empty() {
            return Accepted::No;
        }
        left -= after.len() - 1;
        states = after;
    }
    if states.iter().any(|state| tree.may_end(state)) {
        Accepted::Yes
    } else {
        Accepted::No
    }
}
