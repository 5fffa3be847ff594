//! Few choices: each way to make them all is an order without choices, and the nearest of those is the answer.
//!
//! An optional step comes or not, one alternative is taken, a repeated step comes so often, whole members come in one
//! of their orders. What is left is aligned by the engines that need no search, or hardly any.

use super::{Alignment, Op};
use crate::trace::tree::{Node, Taken, Tree};
use crate::trace::{Before, Expectation, PartialOrder, Step};

/// More ways than this are left to the search.
const MOST: usize = 400;

/// And so are more rounds of a repeated step in all its ways together: each way is an order of its own, and the longer
/// the more there are of them, while the search takes a round as it comes.
const ROUNDS: usize = 2_000;

/// One way to make all choices: the order that is left, and which line of the tree each of its lines is.
#[derive(Clone)]
struct Way {
    order: Expectation,
    lines: Vec<Taken>,
}

/// The alignment, if there are few ways and the engine, which is told how many, can align all of them.
pub(super) fn align(
    tree: &Tree,
    lines: &[&str],
    engine: impl Fn(&Tree, &[&str], usize) -> Option<Alignment>,
) -> Option<Alignment> {
    let mut ways = ways(tree, tree.root(), &[], lines.len())?;
    ways.sort_by_key(|way| way.lines.len().abs_diff(lines.len()));
    let share = ways.len();
    let mut best: Option<Alignment> = None;
    let mut open = usize::MAX;
    for way in ways {
        let least = way.lines.len().abs_diff(lines.len());
        if best.as_ref().is_some_and(|best| best.changes() <= least) {
            break;
        }
        let mut aligned = engine(&Tree::new(&way.order), lines, share)?;
        aligned
            .ops
            .iter_mut()
            .for_each(|op| in_terms_of_the_tree(op, &way.lines));
        open = open.min(aligned.at_least.unwrap_or(usize::MAX));
        if best
            .as_ref()
            .is_none_or(|best| aligned.changes() < best.changes())
        {
            best = Some(aligned);
        }
    }
    let best = best?;
    let at_least = Some(open).filter(|open| *open < best.changes());
    Some(Alignment { at_least, ..best })
}

fn in_terms_of_the_tree(op: &mut Op, lines: &[Taken]) {
    match op {
        Op::Keep(_, taken) | Op::Insert(taken) => *taken = lines[taken.leaf].clone(),
        Op::Delete(_) => {}
    }
}

/// Every way to make the choices in a node; `None` if there are too many.
fn ways(tree: &Tree, node: usize, rounds: &[u32], printed: usize) -> Option<Vec<Way>> {
    let ways = |node: usize| ways(tree, node, rounds, printed);
    let found = match tree.node(node) {
        Node::Text { first, lines } => vec![literal(tree, *first..first + lines, rounds)],
        Node::Pattern { leaf } => vec![literal(tree, *leaf..leaf + 1, rounds)],
        Node::Lines { first, order } => vec![partial(
            tree,
            *first,
            &order.demands,
            order.after.len(),
            rounds,
        )],
        Node::Sequence(members) => {
            together(members.iter().map(|member| ways(*member)), Step::Sequence)?
        }
        Node::Interleave(members) => {
            together(members.iter().map(|member| ways(*member)), Step::Interleave)?
        }
        Node::Either(members) => all(members.iter().map(|member| ways(*member)))?,
        Node::Optional(body) => all([Some(vec![nothing()]), ways(*body)])?,
        Node::AnyOrder(members) => any_order(
            &members
                .iter()
                .map(|member| ways(*member))
                .collect::<Option<Vec<_>>>()?,
        )?,
        Node::Repeat { body, least, most } => {
            let longest = most
                .unwrap_or(u32::MAX)
                .min(least.saturating_add(printed as u32));
            let times = *least..=longest;
            let ways = times.size_hint().0;
            if ways > MOST || ways.saturating_mul(longest as usize) > ROUNDS {
                return None;
            }
            all(times.map(|times| {
                let round = |round| self::ways(tree, *body, &[rounds, &[round]].concat(), printed);
                together((0..times).map(round), Step::Sequence)
            }))?
        }
    };
    (found.len() <= MOST).then_some(found)
}

fn nothing() -> Way {
    Way {
        order: Expectation::new(Step::Sequence(Vec::new())),
        lines: Vec::new(),
    }
}

fn all(parts: impl IntoIterator<Item = Option<Vec<Way>>>) -> Option<Vec<Way>> {
    let mut found = Vec::new();
    for part in parts {
        found.extend(part?);
        if found.len() > MOST {
            return None;
        }
    }
    Some(found)
}

/// Every combination of the members' ways.
fn together(
    members: impl IntoIterator<Item = Option<Vec<Way>>>,
    step: fn(Vec<Expectation>) -> Step,
) -> Option<Vec<Way>> {
    let mut found: Vec<Vec<Way>> = vec![Vec::new()];
    for member in members {
        let member = member?;
        if found.len() * member.len() > MOST {
            return None;
        }
        // Rounds of a repeated step are many, and mostly come in one way.
        if let [only] = &member[..] {
            found.iter_mut().for_each(|ways| ways.push(only.clone()));
            continue;
        }
        found = found
            .iter()
            .flat_map(|before| {
                member
                    .iter()
                    .map(|way| [before.as_slice(), std::slice::from_ref(way)].concat())
            })
            .collect();
    }
    Some(found.into_iter().map(|ways| joined(ways, step)).collect())
}

fn joined(ways: Vec<Way>, step: fn(Vec<Expectation>) -> Step) -> Way {
    let (orders, lines): (Vec<Expectation>, Vec<Vec<Taken>>) =
        ways.into_iter().map(|way| (way.order, way.lines)).unzip();
    Way {
        order: Expectation::new(step(orders)),
        lines: lines.concat(),
    }
}

/// Every order of the members, in every combination of their ways.
fn any_order(members: &[Vec<Way>]) -> Option<Vec<Way>> {
    let mut found = Vec::new();
    for order in orders(members.len())? {
        let members = order.into_iter().map(|at| Some(members[at].clone()));
        found.extend(together(members, Step::Sequence)?);
        if found.len() > MOST {
            return None;
        }
    }
    Some(found)
}

/// Every order of the numbers below `n`, if they are few.
fn orders(n: usize) -> Option<Vec<Vec<usize>>> {
    let mut found: Vec<Vec<usize>> = vec![Vec::new()];
    for next in 0..n {
        if found.len() * (next + 1) > MOST {
            return None;
        }
        found = found
            .iter()
            .flat_map(|order| {
                (0..=next).map(move |at| {
                    let mut longer = order.clone();
                    longer.insert(at, next);
                    longer
                })
            })
            .collect();
    }
    Some(found)
}

/// Leaves one after another.
fn literal(tree: &Tree, leaves: std::ops::Range<usize>, rounds: &[u32]) -> Way {
    let order = leaves
        .clone()
        .map(|leaf| Expectation::new(tree.leaves[leaf].step()))
        .collect();
    Way {
        order: Expectation::new(Step::Sequence(order)),
        lines: leaves.map(|leaf| taken(leaf, rounds)).collect(),
    }
}

fn partial(tree: &Tree, first: usize, before: &[Before], lines: usize, rounds: &[u32]) -> Way {
    let leaves = first..first + lines;
    let texts = leaves
        .clone()
        .map(|leaf| tree.leaves[leaf].written().to_owned());
    let order = PartialOrder {
        lines: texts.collect(),
        before: before.to_vec(),
    };
    Way {
        order: Expectation::new(Step::Lines(order)),
        lines: leaves.map(|leaf| taken(leaf, rounds)).collect(),
    }
}

fn taken(leaf: usize, rounds: &[u32]) -> Taken {
    Taken {
        leaf,
        rounds: rounds.to_vec(),
    }
}
