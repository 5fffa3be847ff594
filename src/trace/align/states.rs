//! Any expectation: A* from the first printed line and the whole tree to their ends, both built as they are visited.
//!
//! A step keeps a line (free), deletes it or inserts one (one each). Lines are inserted only for a *target*: before a
//! printed line is kept, what the line that keeps it waits for. Any other way can be changed to do so without becoming
//! longer, since what is not waited for can be inserted later. The last lines are inserted once all lines were read.

use std::collections::HashMap;
use std::rc::Rc;

use super::bound::{Bound, Seen};
use super::kinds::Kinds;
use super::{Alignment, Op};
use crate::trace::tree::{State, Taken, Tree};

/// The tables of the bound may hold so many numbers for each state that may be visited.
const ROOM: usize = 64;

/// A place on the way: how many lines were read, what is left of the tree, and what is to keep the next line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct At {
    read: usize,
    /// The number of a state.
    state: u32,
    /// The leaf for which a line was inserted.
    target: Option<u32>,
}

/// A step, with the leaf that is taken.
#[derive(Debug, Clone, Copy)]
enum Step {
    Keep(u32),
    Delete,
    Insert(u32),
}

/// Where a place was reached from; the first one was reached from nowhere.
type Way = Option<(At, Step)>;

struct Search<'t> {
    tree: &'t Tree,
    lines: Kinds,
    bound: Bound,
    numbers: HashMap<State, u32>,
    states: Vec<State>,
    /// What the parts of the bound see of each state.
    seen: Vec<Seen>,
    ways: HashMap<At, Way>,
    /// For each target, which leaves it may wait for.
    waited_for: HashMap<u32, Rc<[bool]>>,
}

/// The places that were not visited yet, by the least length of a way through them; of those, the last first.
#[derive(Default)]
struct Open {
    by_length: Vec<Vec<(At, Way)>>,
    shortest: usize,
}

pub(super) fn align(tree: &Tree, lines: &[&str], budget: usize) -> Alignment {
    with_room(tree, lines, budget, budget.saturating_mul(ROOM))
}

fn with_room(tree: &Tree, lines: &[&str], budget: usize, room: usize) -> Alignment {
    let lines = Kinds::new(tree, lines);
    let bound = Bound::new(tree, &lines, room);
    let search = Search {
        tree,
        lines,
        bound,
        numbers: HashMap::new(),
        states: Vec::new(),
        seen: Vec::new(),
        ways: HashMap::new(),
        waited_for: HashMap::new(),
    };
    search.run(budget)
}

impl Open {
    fn put(&mut self, length: usize, at: At, way: Way) {
        if self.by_length.len() <= length {
            self.by_length.resize_with(length + 1, Vec::new);
        }
        self.by_length[length].push((at, way));
    }

    fn take(&mut self) -> Option<(At, Way)> {
        while self.by_length.get(self.shortest)?.is_empty() {
            self.shortest += 1;
        }
        self.by_length[self.shortest].pop()
    }
}

impl Search<'_> {
    fn run(mut self, budget: usize) -> Alignment {
        let start = At {
            read: 0,
            state: self.number(self.tree.start()),
            target: None,
        };
        let mut open = Open::default();
        open.put(self.rest(start), start, None);
        let mut furthest = start;
        while let Some((at, way)) = open.take() {
            if self.ways.contains_key(&at) {
                continue;
            }
            self.ways.insert(at, way);
            if at.read > furthest.read {
                furthest = at;
            }
            if at.read == self.lines.lines() {
                return self.alignment(at, None);
            }
            if self.ways.len().max(self.states.len()) > budget {
                break;
            }
            let so_far = open.shortest - self.rest(at);
            for (cost, next, step) in self.steps(at) {
                if !self.ways.contains_key(&next) {
                    open.put(so_far + cost + self.rest(next), next, Some((at, step)));
                }
            }
        }
        self.alignment(furthest, Some(open.shortest))
    }

    fn number(&mut self, state: State) -> u32 {
        if let Some(number) = self.numbers.get(&state) {
            return *number;
        }
        let number = self.states.len() as u32;
        self.seen.push(self.bound.see(&state));
        self.states.push(state.clone());
        self.numbers.insert(state, number);
        number
    }

    fn state(&self, at: At) -> &State {
        &self.states[at.state as usize]
    }

    /// What the way from a place to the end costs at least; exactly, once all lines were read.
    fn rest(&self, at: At) -> usize {
        match at.read == self.lines.lines() {
            true => self.tree.completion(self.state(at)).len(),
            false => self.bound.rest(at.read, &self.seen[at.state as usize]),
        }
    }

    /// What may be done at a place where a line is left to read, the most promising last.
    fn steps(&mut self, at: At) -> Vec<(usize, At, Step)> {
        let next = self.tree.next(self.state(at));
        let targets = self.targets(at);
        let mut steps = Vec::new();
        for target in &targets {
            let waited_for = self.waited_for(*target);
            for (taken, state) in &next {
                if waited_for[taken.leaf] && self.tree.may_come(state, *target as usize) {
                    let to = At {
                        state: self.number(state.clone()),
                        target: Some(*target),
                        ..at
                    };
                    steps.push((1, to, Step::Insert(taken.leaf as u32)));
                }
            }
        }
        let read = at.read + 1;
        if at.target.is_none() {
            steps.push((1, At { read, ..at }, Step::Delete));
        }
        for (taken, state) in next {
            let leaf = taken.leaf as u32;
            if targets.contains(&leaf) {
                let to = At {
                    read,
                    state: self.number(state),
                    target: None,
                };
                steps.push((0, to, Step::Keep(leaf)));
            }
        }
        steps
    }

    /// The leaves that may keep the next line, now or later.
    fn targets(&self, at: At) -> Vec<u32> {
        let may_come = |leaf: &&usize| self.tree.may_come(self.state(at), **leaf);
        let accepting = self.lines.accepting(at.read).iter().filter(may_come);
        match at.target {
            Some(target) => vec![target],
            None => accepting.map(|leaf| *leaf as u32).collect(),
        }
    }

    fn waited_for(&mut self, target: u32) -> Rc<[bool]> {
        let tree = self.tree;
        let is_waited_for = |leaf: usize| !tree.are_free(leaf, target as usize);
        let waited_for = || (0..tree.leaves.len()).map(is_waited_for).collect();
        let known = self.waited_for.entry(target);
        known.or_insert_with(waited_for).clone()
    }

    /// The way to a place, and from there to the end without keeping anything more.
    fn alignment(&self, mut at: At, at_least: Option<usize>) -> Alignment {
        let inserted = self
            .tree
            .completion(self.state(at))
            .into_iter()
            .rev()
            .map(Op::Insert);
        let deleted = (at.read..self.lines.lines()).rev().map(Op::Delete);
        let mut ops: Vec<Op> = inserted.chain(deleted).collect();
        while let Some(Some((before, step))) = self.ways.get(&at) {
            ops.push(match step {
                Step::Keep(leaf) => Op::Keep(before.read, self.taken(*before, *leaf, at)),
                Step::Delete => Op::Delete(before.read),
                Step::Insert(leaf) => Op::Insert(self.taken(*before, *leaf, at)),
            });
            at = *before;
        }
        ops.reverse();
        let alignment = Alignment {
            ops,
            at_least: None,
        };
        Alignment {
            at_least: at_least.filter(|least| *least < alignment.changes()),
            ..alignment
        }
    }

    /// How a leaf was taken between two places.
    fn taken(&self, from: At, leaf: u32, to: At) -> Taken {
        let leaf = leaf as usize;
        let next = self.tree.next(self.state(from)).into_iter();
        let mut fitting =
            next.filter(|(taken, state)| taken.leaf == leaf && state == self.state(to));
        let rounds = fitting.next().map(|(taken, _)| taken.rounds);
        Taken {
            leaf,
            rounds: rounds.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;
    use crate::trace::{Before, Expectation, PartialOrder, Step, Times};

    fn lines(chance: &mut Rng, n: usize) -> Vec<String> {
        let mut line = || chance.char('a'..='e').to_string();
        (0..n).map(|_| line()).collect()
    }

    fn random(chance: &mut Rng, depth: usize) -> Expectation {
        let kind = chance.usize(if depth == 0 { 0..3 } else { 2..9 });
        let mut members = |n: usize| (0..n).map(|_| random(chance, depth - 1)).collect();
        Expectation::new(match kind {
            2 if depth == 0 => {
                let lines = lines(chance, 3);
                let before = Before {
                    first: 0,
                    then: chance.usize(1..3),
                    reason: None,
                };
                Step::Lines(PartialOrder {
                    lines,
                    before: vec![before],
                })
            }
            0..2 => Step::Text(lines(chance, 1 + kind)),
            2 => Step::Sequence(members(3)),
            3 => Step::AnyOrder(members(3)),
            4 => Step::Interleave(members(3)),
            5 => Step::Either(members(2)),
            6 => Step::Optional(Box::new(random(chance, depth - 1))),
            7 => Step::Repeat(
                Box::new(random(chance, depth - 1)),
                Times {
                    least: 1,
                    most: Some(2),
                },
            ),
            _ => Step::Repeat(
                Box::new(random(chance, depth - 1)),
                Times {
                    least: 0,
                    most: None,
                },
            ),
        })
    }

    /// Without room nothing is known of the rest, with much it is known exactly, and in between parts share it.
    #[test]
    fn whatever_the_bound_the_distance_is_the_same() {
        let chance = &mut Rng::with_seed(3);
        for _ in 0..500 {
            let expectation = random(chance, 2);
            let tree = Tree::new(&expectation);
            let n = chance.usize(0..12);
            let printed = lines(chance, n);
            let printed: Vec<&str> = printed
                .iter()
                .map(String::as_str)
                .filter(|line| !tree.accepting(line).is_empty())
                .collect();
            let distance = |room: usize| {
                let alignment = with_room(&tree, &printed, usize::MAX, room);
                assert_eq!(alignment.at_least, None);
                alignment.changes()
            };
            let known = distance(0);
            for room in [300, 1_000, 3_000, 10_000, 1_000_000] {
                assert_eq!(
                    distance(room),
                    known,
                    "room {room}: {expectation:#?}\n{printed:?}"
                );
            }
        }
    }
}
