//! Can the judge decide this expectation at all? Asked when content is read, so that no student meets a budget's end.
//!
//! Only lines that are alike in members that run side by side can make the judge search long. So where there are such,
//! some accepted orders are drawn, each is judged as it is and with lines exchanged, and if one of them cannot be
//! decided, the expectation cannot be trusted.

use std::collections::HashSet;

use super::accept::{Accepted, accepts};
use super::judge::BUDGET;
use super::tree::{Node, State, Tree};
use super::{Expectation, Step};

/// How many orders are drawn.
const DRAWN: u64 = 6;

/// An order is drawn up to this length.
const LONGEST: usize = 20_000;

/// Whether every drawn order, and those near it, can be decided within half of the judge's budget.
pub fn is_decidable(expectation: &Expectation) -> bool {
    let tree = Tree::new(&in_words(expectation));
    if !may_be_hard(&tree) {
        return true;
    }
    (0..DRAWN).all(|seed| {
        let chance = &mut Chance(seed);
        let mut order = drawn(&tree, chance);
        let mut decided = accepts_within(&tree, &order);
        for _ in 0..3 {
            let (a, b) = (chance.below(order.len()), chance.below(order.len()));
            if !order.is_empty() {
                order.swap(a, b);
            }
            decided = decided && accepts_within(&tree, &order);
        }
        decided
    })
}

fn accepts_within(tree: &Tree, order: &[String]) -> bool {
    let lines: Vec<&str> = order.iter().map(String::as_str).collect();
    match accepts(tree, &lines, BUDGET / 2) {
        Accepted::Yes | Accepted::No => true,
        Accepted::Undecided => false,
    }
}

/// The expectation with each pattern as a line of its own: what is drawn must be a line.
fn in_words(expectation: &Expectation) -> Expectation {
    let all = |members: &[Expectation]| members.iter().map(in_words).collect();
    let step = match &expectation.step {
        Step::Text(lines) => Step::Text(lines.clone()),
        Step::Pattern(pattern) => Step::Text(vec![pattern.written.clone()]),
        Step::Sequence(members) => Step::Sequence(all(members)),
        Step::AnyOrder(members) => Step::AnyOrder(all(members)),
        Step::Interleave(members) => Step::Interleave(all(members)),
        Step::Either(members) => Step::Either(all(members)),
        Step::Optional(body) => Step::Optional(Box::new(in_words(body))),
        Step::Repeat(body, times) => Step::Repeat(Box::new(in_words(body)), *times),
        Step::Lines(order) => Step::Lines(order.clone()),
        Step::Variants(variants) => match variants.first() {
            Some((never, _)) => match *never {},
            None => Step::Sequence(Vec::new()),
        },
    };
    Expectation::new(step)
}

/// Whether lines are alike, and members run side by side.
fn may_be_hard(tree: &Tree) -> bool {
    let mut seen = HashSet::new();
    let alike = tree.leaves.iter().any(|leaf| !seen.insert(leaf.written()));
    let side_by_side = tree.nodes.iter().any(|node| match node {
        Node::Interleave(_) | Node::AnyOrder(_) | Node::Lines { .. } => true,
        Node::Text { .. }
        | Node::Pattern { .. }
        | Node::Sequence(_)
        | Node::Either(_)
        | Node::Optional(_)
        | Node::Repeat { .. } => false,
    });
    alike && side_by_side
}

/// One of the accepted orders, as chance has it.
fn drawn(tree: &Tree, chance: &mut Chance) -> Vec<String> {
    let mut order = Vec::new();
    let mut state: State = tree.start();
    while order.len() < LONGEST {
        let mut next = tree.next(&state);
        let enough = tree.may_end(&state) && (next.is_empty() || chance.below(8) == 0);
        if enough || next.is_empty() {
            break;
        }
        let (taken, after) = next.swap_remove(chance.below(next.len()));
        order.push(tree.leaves[taken.leaf].written().to_owned());
        state = after;
    }
    order
}

/// Numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chains(n: usize, line: impl Fn(usize, usize) -> String) -> Expectation {
        let chain =
            |chain| Expectation::new(Step::Text((0..30).map(|at| line(chain, at)).collect()));
        Expectation::new(Step::Interleave((0..n).map(chain).collect()))
    }

    #[test]
    fn what_is_distinct_can_be_decided_and_what_is_alike_everywhere_cannot() {
        assert!(is_decidable(&chains(12, |chain, at| format!(
            "{chain} {at}"
        ))));
        assert!(is_decidable(&chains(3, |_, at| format!("{}", at % 2))));
        assert!(!is_decidable(&chains(12, |chain, at| format!(
            "{}",
            (chain * 7 + at * at) % 3
        ))));
    }

    #[test]
    fn an_empty_order_is_drawn_without_panic() {
        let nothing = Expectation::new(Step::Interleave(vec![
            Expectation::new(Step::Optional(Box::new(Expectation::new(Step::Text(
                vec!["a".into()],
            ))))),
            Expectation::new(Step::Optional(Box::new(Expectation::new(Step::Text(
                vec!["a".into()],
            ))))),
        ]));
        assert!(is_decidable(&nothing));
    }
}
