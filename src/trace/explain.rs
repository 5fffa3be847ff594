//! From an alignment to what a learner is told, and to the rows of the difference.

use std::collections::{BTreeMap, HashMap, HashSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::align::{Alignment, Op};
use super::orders;
use super::relation::Relation;
use super::tree::{Taken, Tree};
use super::{Difference, Distance, Finding, Piece, Row};

/// What is wrong, and the two traces side by side.
///
/// `lines` are the printed lines that something in the expectation matches; `at` is the place of each in the whole
/// trace, and `extra` the others.
pub(super) fn difference(
    tree: &Tree,
    alignment: &Alignment,
    lines: &[&str],
    at: &[usize],
    extra: &[(usize, &str)],
) -> Difference {
    let ops = &alignment.ops;
    let changes = ops.iter().filter(|op| !is_kept(op)).count();
    let moved = moved(tree, ops, lines);
    Difference {
        distance: alignment
            .at_least
            .map_or(Distance::Exactly(changes), Distance::AtLeast),
        findings: match alignment.at_least {
            None => findings(tree, ops, lines, &moved),
            Some(_) => {
                let found = findings(tree, ops, lines, &moved);
                found
                    .into_iter()
                    .filter(|finding| is_certain(tree, finding, lines))
                    .collect()
            }
        },
        rows: rows(tree, ops, lines, at, extra),
        has_others: orders::are_many(tree),
    }
}

/// Whether a finding holds though the search for the nearest order was stopped: it must not depend on which order that is.
fn is_certain(tree: &Tree, finding: &Finding, lines: &[&str]) -> bool {
    let printed = |line: &str| lines.iter().filter(|printed| **printed == line).count();
    match finding {
        // Both lines can be one line each, and that one is demanded before the other.
        Finding::OutOfOrder { later, earlier, .. } => {
            let single = |line: &str| {
                printed(line) == 1 && tree.accepting(line).len() == 1 && tree.most(line) == Some(1)
            };
            single(later) && single(earlier)
        }
        Finding::Surplus { line, times } => tree
            .most(line)
            .is_some_and(|most| printed(line) >= most + times),
        Finding::Extra { .. } => true,
        Finding::NotBetween { .. } | Finding::Misplaced { .. } | Finding::Missing { .. } => false,
    }
}

fn is_kept(op: &Op) -> bool {
    match op {
        Op::Keep(..) => true,
        Op::Delete(_) | Op::Insert(_) => false,
    }
}

/// A line that was printed, but elsewhere: the places in `ops` of its deletion and of its insertion.
struct Moved {
    deleted: usize,
    inserted: usize,
}

fn moved(tree: &Tree, ops: &[Op], lines: &[&str]) -> Vec<Moved> {
    // For each leaf, the deletions that it accepts, the first one last.
    let mut deletions: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, op) in ops.iter().enumerate().rev() {
        if let Op::Delete(line) = op {
            for leaf in tree.accepting(lines[*line]) {
                deletions.entry(leaf).or_default().push(at);
            }
        }
    }
    let mut used = HashSet::new();
    let mut moved = Vec::new();
    for (inserted, op) in ops.iter().enumerate() {
        let Op::Insert(taken) = op else { continue };
        let open = deletions.entry(taken.leaf).or_default();
        while let Some(deleted) = open.pop() {
            if used.insert(deleted) {
                moved.push(Moved { deleted, inserted });
                break;
            }
        }
    }
    moved
}

/// Of so many moved lines it is said which demand they break; nobody reads more.
const EXPLAINED: usize = 100;

/// Most telling first: what is out of order, what is missing, what is too much.
///
/// What is missing or too much comes in the order of the expectation: the same whatever order it was printed in.
fn findings(tree: &Tree, ops: &[Op], lines: &[&str], moved: &[Moved]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let (explained, others) = moved.split_at(moved.len().min(EXPLAINED));
    for one in explained {
        let finding = out_of_order(tree, ops, lines, one);
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    let misplaced: BTreeMap<usize, &str> = others
        .iter()
        .filter_map(|one| match (&ops[one.deleted], &ops[one.inserted]) {
            (Op::Delete(line), Op::Insert(taken)) => Some((taken.leaf, lines[*line])),
            (Op::Delete(_) | Op::Insert(_) | Op::Keep(..), _) => None,
        })
        .collect();
    findings.extend(misplaced.into_values().map(|line| Finding::Misplaced {
        line: line.to_owned(),
    }));
    let is_moved: HashSet<usize> = moved
        .iter()
        .flat_map(|one| [one.deleted, one.inserted])
        .collect();
    let missing = ops.iter().enumerate().filter_map(|(at, op)| match op {
        Op::Insert(taken) if !is_moved.contains(&at) => Some(tree.leaves[taken.leaf].written()),
        Op::Insert(_) | Op::Keep(..) | Op::Delete(_) => None,
    });
    let surplus = ops.iter().enumerate().filter_map(|(at, op)| match op {
        Op::Delete(line) if !is_moved.contains(&at) => Some(lines[*line]),
        Op::Delete(_) | Op::Keep(..) | Op::Insert(_) => None,
    });
    let written = leaves_by_text(tree);
    let mut missing = counted(missing);
    missing.sort_by_key(|(line, _)| written.get(line.as_str()));
    let mut surplus = counted(surplus);
    surplus.sort_by_cached_key(|(line, _)| (tree.accepting(line).first().copied(), line.clone()));
    let missing = missing.into_iter();
    findings.extend(missing.map(|(line, times)| Finding::Missing { line, times }));
    let surplus = surplus.into_iter();
    findings.extend(surplus.map(|(line, times)| Finding::Surplus { line, times }));
    findings
}

/// The first leaf of each text, as written.
fn leaves_by_text(tree: &Tree) -> HashMap<&str, usize> {
    let leaves = tree.leaves.iter().enumerate().rev();
    leaves.map(|(at, leaf)| (leaf.written(), at)).collect()
}

/// Each line once, with how often it came, in the order in which they first came.
pub(super) fn counted<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut counted: Vec<(String, usize)> = Vec::new();
    for line in lines {
        let place = *places.entry(line).or_insert(counted.len());
        if place == counted.len() {
            counted.push((line.to_owned(), 0));
        }
        counted[place].1 += 1;
    }
    counted
}

/// Which demand a moved line breaks: with the kept line that it conflicts with and that stands nearest to it.
fn out_of_order(tree: &Tree, ops: &[Op], lines: &[&str], moved: &Moved) -> Finding {
    let (Op::Delete(place), Op::Insert(taken)) = (&ops[moved.deleted], &ops[moved.inserted]) else {
        return Finding::Misplaced {
            line: String::new(),
        };
    };
    let line = lines[*place].to_owned();
    let kept = ops.iter().enumerate().filter_map(|(at, op)| match op {
        Op::Keep(other, what) => Some((at, *other, what)),
        Op::Delete(_) | Op::Insert(_) => None,
    });
    let mut broken: Vec<(usize, usize, Finding)> = Vec::new();
    for (at, other, what) in kept {
        let (later, earlier, reason) = match tree.relation(taken, what) {
            Relation::After(reason) if place < &other => {
                (line.clone(), lines[other].to_owned(), reason)
            }
            Relation::Before(reason) if &other < place => {
                (lines[other].to_owned(), line.clone(), reason)
            }
            Relation::After(_) | Relation::Before(_) | Relation::Apart(_) | Relation::Free => {
                continue;
            }
        };
        let finding = Finding::OutOfOrder {
            later,
            earlier,
            reason: reason.cloned(),
        };
        broken.push((
            usize::from(reason.is_none()),
            at.abs_diff(moved.inserted),
            finding,
        ));
    }
    let demand = broken
        .into_iter()
        .min_by_key(|(reasonless, far, _)| (*far, *reasonless))
        .map(|(_, _, finding)| finding);
    demand
        .or_else(|| between(tree, ops, lines, *place, taken))
        .unwrap_or(Finding::Misplaced { line })
}

/// Of more lines than this, it is not said which block was broken.
const LARGE: usize = 200;

/// The block that was printed with a line of another in its middle: the moved line is that line, or it is of the block.
fn between(
    tree: &Tree,
    ops: &[Op],
    lines: &[&str],
    place: usize,
    taken: &Taken,
) -> Option<Finding> {
    let kept: Vec<(usize, &Taken)> = ops
        .iter()
        .filter_map(|op| match op {
            Op::Keep(at, what) => Some((*at, what)),
            Op::Delete(_) | Op::Insert(_) => None,
        })
        .collect();
    if kept.len() > LARGE {
        return None;
    }
    let all = || kept.iter().copied().chain([(place, taken)]);
    let mut broken = Vec::new();
    for (middle, inside) in all() {
        for (first, opens) in all().filter(|(at, _)| *at < middle) {
            let Relation::Apart(node) = tree.relation(inside, opens) else {
                continue;
            };
            for (then, closes) in all().filter(|(at, _)| *at > middle) {
                let is_moved = [first, middle, then].contains(&place);
                let whole = tree.relation(opens, closes) != Relation::Apart(node);
                if is_moved && whole && tree.relation(inside, closes) == Relation::Apart(node) {
                    broken.push((then - first, first, middle, then, node));
                }
            }
        }
    }
    let (_, first, middle, then, node) = broken.into_iter().min()?;
    Some(Finding::NotBetween {
        line: lines[middle].to_owned(),
        first: lines[first].to_owned(),
        then: lines[then].to_owned(),
        reason: tree.reasons[node].clone(),
    })
}

fn rows(
    tree: &Tree,
    ops: &[Op],
    lines: &[&str],
    at: &[usize],
    extra: &[(usize, &str)],
) -> Vec<Row> {
    let whole = |text: &str| vec![Piece::Same(text.to_owned())];
    let mut extra = extra.iter().peekable();
    let mut rows = Vec::new();
    let mut extra_before = |place: usize, rows: &mut Vec<Row>| {
        while let Some((_, line)) = extra.next_if(|(at, _)| *at < place) {
            rows.push(Row::Extra(whole(line)));
        }
    };
    for op in ops {
        match op {
            Op::Keep(line, _) => {
                extra_before(at[*line], &mut rows);
                rows.push(Row::Same(lines[*line].to_owned()));
            }
            Op::Delete(line) => {
                extra_before(at[*line], &mut rows);
                rows.push(Row::Printed(whole(lines[*line])));
            }
            Op::Insert(taken) => rows.push(Row::Expected(whole(tree.leaves[taken.leaf].written()))),
        }
    }
    extra_before(usize::MAX, &mut rows);
    rows
}

/// Lines longer than this, in characters, are not compared piece by piece.
const LONG: usize = 2_000;

/// The two lines in pieces, if they are nearly the same: at least half of the longer one is in both.
pub(super) fn pieces(expected: &str, printed: &str) -> Option<(Vec<Piece>, Vec<Piece>)> {
    let [a, b]: [Vec<char>; 2] = [expected, printed].map(|line| line.chars().collect());
    if a.len().max(b.len()) > LONG {
        return None;
    }
    let ops = capture_diff_slices(Algorithm::Myers, &a, &b);
    let same: usize = ops
        .iter()
        .map(|op| {
            if let DiffOp::Equal { len, .. } = op {
                *len
            } else {
                0
            }
        })
        .sum();
    if same * 2 < a.len().max(b.len()) {
        return None;
    }
    let text = |chars: &[char]| String::from_iter(chars);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for op in ops {
        let (old, new) = (&a[op.old_range()], &b[op.new_range()]);
        if let DiffOp::Equal { .. } = op {
            left.push(Piece::Same(text(old)));
            right.push(Piece::Same(text(new)));
            continue;
        }
        if !old.is_empty() {
            left.push(Piece::Changed(text(old)));
        }
        if !new.is_empty() {
            right.push(Piece::Changed(text(new)));
        }
    }
    Some((left, right))
}
