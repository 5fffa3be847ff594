//! Can the judge decide this expectation at all? Asked when content is read, so that no student meets a budget's end.
//!
//! Only lines that several places accept, in members that run side by side, can make the judge search long. So where
//! there are such, some accepted orders are drawn, of lines that as many places as possible accept; each is judged as it
//! is and with lines exchanged, and if one of them cannot be decided, the expectation cannot be trusted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;

use super::accept::{Accepted, accepts};
use super::judge::BUDGET;
use super::tree::{Leaf, Node, State, Tree};
use super::{Expectation, Pattern, overlap};

/// How many orders are drawn.
const DRAWN: u64 = 6;

/// An order is drawn up to this length.
const LONGEST: usize = 20_000;

/// Whether every drawn order, and those near it, can be decided within half of the judge's budget.
pub fn is_decidable(expectation: &Expectation) -> bool {
    let tree = Tree::new(expectation);
    if !is_side_by_side(&tree) {
        return true;
    }
    let lines = lines(&tree);
    if lines.iter().all(|line| tree.accepting(line).len() < 2) {
        return true;
    }
    (0..DRAWN).all(|seed| {
        let chance = &mut Rng::with_seed(seed);
        let mut order = drawn(&tree, &lines, chance);
        let mut decided = accepts_within(&tree, &order);
        for _ in 0..3 {
            if !order.is_empty() {
                let (a, b) = (chance.usize(..order.len()), chance.usize(..order.len()));
                order.swap(a, b);
            }
            decided = decided && accepts_within(&tree, &order);
        }
        decided
    })
}

fn accepts_within(tree: &Tree, order: &[&str]) -> bool {
    match accepts(tree, order, BUDGET / 2) {
        Accepted::Yes | Accepted::No => true,
        Accepted::Undecided => false,
    }
}

/// Whether members run side by side.
fn is_side_by_side(tree: &Tree) -> bool {
    tree.nodes.iter().any(|node| match node {
        Node::Interleave(_) | Node::AnyOrder(_) | Node::Lines { .. } => true,
        Node::Text { .. }
        | Node::Pattern { .. }
        | Node::Sequence(_)
        | Node::Either(_)
        | Node::Optional(_)
        | Node::Repeat { .. } => false,
    })
}

/// For each leaf a line that it accepts: of those that are known, one that most leaves accept.
fn lines(tree: &Tree) -> Vec<String> {
    let mut patterns = BTreeMap::new();
    let mut known = BTreeSet::new();
    for leaf in &tree.leaves {
        match leaf {
            Leaf::Text(text) => drop(known.insert(text.clone())),
            Leaf::Pattern(pattern) => drop(patterns.insert(pattern.regex.as_str(), pattern)),
        }
    }
    known.extend(overlap::lines(
        &patterns.values().copied().collect::<Vec<_>>(),
    ));
    let mut known: Vec<String> = known.into_iter().collect();
    known.sort_by_cached_key(|line| Reverse(tree.accepting(line).len()));
    let of_shape = |(regex, pattern): (_, &Pattern)| {
        let mut lines = known.iter();
        let line = lines.find(|line| pattern.regex.is_match(line));
        (regex, line.cloned().unwrap_or_default())
    };
    let shapes: BTreeMap<&str, String> = patterns.into_iter().map(of_shape).collect();
    let line = |leaf: &Leaf| match leaf {
        Leaf::Text(text) => text.clone(),
        Leaf::Pattern(pattern) => shapes[pattern.regex.as_str()].clone(),
    };
    tree.leaves.iter().map(line).collect()
}

/// One of the accepted orders, as chance has it.
fn drawn<'l>(tree: &Tree, lines: &'l [String], chance: &mut Rng) -> Vec<&'l str> {
    let mut order = Vec::new();
    let mut state: State = tree.start();
    while order.len() < LONGEST {
        let mut next = tree.next(&state);
        let enough = tree.may_end(&state) && (next.is_empty() || chance.usize(..8) == 0);
        if enough || next.is_empty() {
            break;
        }
        let (taken, after) = next.swap_remove(chance.usize(..next.len()));
        order.push(lines[taken.leaf].as_str());
        state = after;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::super::Step;
    use super::*;

    fn chains(n: usize, line: impl Fn(usize, usize) -> Step) -> Expectation {
        let chain = |chain| {
            let lines = (0..30).map(|at| Expectation::new(line(chain, at)));
            Expectation::new(Step::Sequence(lines.collect()))
        };
        Expectation::new(Step::Interleave((0..n).map(chain).collect()))
    }

    fn text(line: String) -> Step {
        Step::Text(vec![line])
    }

    fn shape(regex: &str) -> Step {
        Step::Pattern(Pattern {
            written: regex.to_owned(),
            regex: regex::Regex::new(&format!(r"\A(?:{regex})\z")).unwrap(),
        })
    }

    #[test]
    fn what_is_distinct_can_be_decided_and_what_is_alike_everywhere_cannot() {
        assert!(is_decidable(&chains(12, |chain, at| text(format!(
            "{chain} {at}"
        )))));
        assert!(is_decidable(&chains(3, |_, at| text(format!(
            "{}",
            at % 2
        )))));
        assert!(!is_decidable(&chains(12, |chain, at| text(format!(
            "{}",
            (chain * 7 + at * at) % 3
        )))));
    }

    #[test]
    fn patterns_are_alike_where_a_line_is_of_both_shapes() {
        let apart = |chain: usize, at: usize| shape(&format!("{chain} {at}: .*"));
        assert!(is_decidable(&chains(12, apart)));
        // Each is written otherwise, and `a1b` is of many shapes.
        let overlapping = |chain: usize, at: usize| match (chain * 7 + at * at) % 3 {
            0 => shape(&format!("a.{{1,{}}}", 10 + chain)),
            1 => shape(&format!(r".*\d.{{0,{}}}b", at)),
            _ => text("b1a".into()),
        };
        assert!(!is_decidable(&chains(12, overlapping)));
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
