//! Every accepted order, where they are few and can be written down.

use std::collections::{BTreeMap, HashSet};

use super::judge::BUDGET;
use super::tree::{Leaf, State, Tree};
use super::{Expectation, Printed};

/// Every accepted order once; `None` where there are more than `most`, or where a line has a shape and no text.
///
/// What would take more than the judge's budget counts as more than `most`.
pub fn orders(expectation: &Expectation, most: usize) -> Option<Vec<Vec<String>>> {
    let tree = Tree::new(expectation);
    let mut found = Vec::new();
    let mut left = BUDGET;
    let mut open = vec![(Vec::new(), HashSet::from([tree.start()]))];
    while let Some((order, states)) = open.pop() {
        if states.iter().any(|state| tree.may_end(state)) {
            found.push(order.clone());
        }
        left = left.checked_sub(states.len())?;
        if found.len() + open.len() > most {
            return None;
        }
        for (line, states) in next(&tree, &states, Leaf::text)?.into_iter().rev() {
            let mut longer = order.clone();
            longer.push(line.to_owned());
            open.push((longer, states));
        }
    }
    (found.len() <= most).then_some(found)
}

/// Whether it is known that more than one order is accepted, lines of one shape taken for the same.
pub(super) fn are_many(tree: &Tree) -> bool {
    let mut left = BUDGET;
    let mut states = HashSet::from([tree.start()]);
    loop {
        let may_end = states.iter().any(|state| tree.may_end(state));
        let mut next = next(tree, &states, |leaf| Some(leaf.written())).unwrap_or_default();
        let Some((_, after)) = next.pop_first() else {
            return false;
        };
        if may_end || !next.is_empty() {
            return true;
        }
        match left.checked_sub(after.len()) {
            Some(less) => left = less,
            None => return false,
        }
        states = after;
    }
}

/// The printed lines as the expectation has them: one of a shape as its shape, and none that nothing in it matches.
///
/// Two traces that are the same order have the same lines then.
pub fn order_of(expectation: &Expectation, printed: &Printed) -> Vec<String> {
    let tree = Tree::new(expectation);
    let lines = printed.lines.iter().filter_map(|line| {
        let leaf = *tree.accepting(line).first()?;
        Some(tree.leaves[leaf].written().to_owned())
    });
    lines.collect()
}

/// Every line that may come next, with what is left after it; `None` if one of them is none.
fn next<'t>(
    tree: &'t Tree,
    states: &HashSet<State>,
    line: impl Fn(&'t Leaf) -> Option<&'t str>,
) -> Option<BTreeMap<&'t str, HashSet<State>>> {
    let mut next: BTreeMap<&str, HashSet<State>> = BTreeMap::new();
    for (taken, left) in states.iter().flat_map(|state| tree.next(state)) {
        let line = line(&tree.leaves[taken.leaf])?;
        next.entry(line).or_default().insert(left);
    }
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::super::Step;
    use super::*;

    fn text(lines: &[&str]) -> Expectation {
        Expectation::new(Step::Text(
            lines.iter().map(|line| (*line).into()).collect(),
        ))
    }

    fn count(step: Step, most: usize) -> Option<usize> {
        orders(&Expectation::new(step), most).map(|orders| orders.len())
    }

    #[test]
    fn each_order_is_there_once() {
        let two = || vec![text(&["a", "b"]), text(&["c"])];
        assert_eq!(count(Step::Interleave(two()), 10), Some(3));
        assert_eq!(count(Step::Interleave(two()), 2), None);
        assert_eq!(count(Step::AnyOrder(two()), 2), Some(2));
        // Members that print the same can be mixed in many ways and print one order.
        let alike = vec![text(&["a", "a"]), text(&["a"]), text(&["a", "a", "a"])];
        assert_eq!(count(Step::Interleave(alike), 1), Some(1));
        assert_eq!(count(Step::Optional(Box::new(text(&["a"]))), 2), Some(2));
        assert_eq!(count(Step::Text(Vec::new()), 1), Some(1));
    }

    #[test]
    fn one_order_is_not_many_however_it_is_written() {
        let many = |step: Step| are_many(&Tree::new(&Expectation::new(step)));
        let times = |least, most| super::super::Times { least, most };
        assert!(!many(Step::Text(Vec::new())));
        assert!(!many(Step::Interleave(vec![
            text(&["a", "a"]),
            text(&["a"])
        ])));
        assert!(!many(Step::Repeat(
            Box::new(text(&["a"])),
            times(3, Some(3))
        )));
        assert!(many(Step::Repeat(Box::new(text(&["a"])), times(3, None))));
        assert!(many(Step::Optional(Box::new(text(&["a"])))));
        assert!(many(Step::AnyOrder(vec![text(&["a", "b"]), text(&["a"])])));
    }
}
