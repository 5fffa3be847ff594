//! What a part of a tree costs from each of its states on, for each number of printed lines read: exactly.
//!
//! A part reads the printed lines that its leaves accept. Of each it keeps one, at its price, or leaves it to others,
//! for nothing. A line of its own that was not printed it inserts.

use std::collections::HashMap;

use super::bound::ONE;
use super::kinds::Kinds;
use crate::trace::tree::{State, Tree};
use crate::trace::view::View;

/// More than anything costs.
const NEVER: i32 = i32::MAX / 4;

/// A part's states by number, with what the rest costs from each.
pub(super) struct Table {
    view: View,
    /// The place of each leaf that is seen among those that are.
    places: HashMap<usize, usize>,
    /// For each leaf that is seen, how many parts see it.
    shares: Vec<i32>,
    /// The printed lines that the part reads.
    lines: Vec<usize>,
    /// How many of them were read, for each number of printed lines read.
    read: Vec<usize>,
    /// For each leaf, what it costs to keep each line as this leaf.
    keeping: Vec<Vec<i32>>,
    numbers: HashMap<State, usize>,
    states: Vec<Known>,
    /// What was found at first, in its order.
    first: Vec<usize>,
}

/// A state.
struct Known {
    state: State,
    /// The leaves that may come next, and the states after them.
    next: Vec<(usize, usize)>,
    /// What the rest costs, for each number of lines read.
    costs: Vec<i32>,
}

impl Table {
    /// A part in which these leaves are seen; for each leaf `shares` is how many parts see it.
    pub(super) fn new(tree: &Tree, leaves: &[usize], kinds: &Kinds, shares: &[i32]) -> Self {
        let mut seen = vec![false; tree.leaves.len()];
        leaves.iter().for_each(|leaf| seen[*leaf] = true);
        let reads = kinds.each(|leaves| leaves.iter().any(|leaf| seen[*leaf]));
        let mut lines = Vec::new();
        let mut read = vec![0];
        for (line, reads) in reads.into_iter().enumerate() {
            if reads {
                lines.push(line);
            }
            read.push(lines.len());
        }
        let mut table = Table {
            view: View::new(tree, &seen),
            places: leaves.iter().copied().zip(0..).collect(),
            shares: leaves.iter().map(|leaf| shares[*leaf]).collect(),
            read,
            keeping: vec![vec![NEVER; lines.len()]; leaves.len()],
            lines,
            numbers: HashMap::new(),
            states: Vec::new(),
            first: Vec::new(),
        };
        table.first = table.discover(table.view.start());
        table
    }

    /// Fills the table anew, where the price of each printed line is this.
    pub(super) fn fill(&mut self, kinds: &Kinds, prices: &[i32]) {
        for (row, line) in self.lines.iter().enumerate() {
            for leaf in kinds.accepting(*line) {
                if let Some(place) = self.places.get(leaf) {
                    self.keeping[*place][row] =
                        (prices[*line] - ONE).div_euclid(self.shares[*place]);
                }
            }
        }
        let states = std::mem::take(&mut self.first);
        self.fill_in(&states);
        self.first = states;
    }

    /// Whether the part sees a leaf.
    pub(super) fn sees(&self, leaf: usize) -> bool {
        self.places.contains_key(&leaf)
    }

    /// How many numbers it holds.
    pub(super) fn cells(&self) -> usize {
        self.states.len() * (self.lines.len() + 1)
    }

    /// What everything costs.
    pub(super) fn whole(&self) -> i32 {
        self.states[0].costs[0]
    }

    /// What the rest costs from a state on, where so many printed lines were read.
    pub(super) fn rest(&self, state: u32, read: usize) -> i32 {
        self.states[state as usize].costs[self.read[read]]
    }

    /// The number of what the part sees of a state of the whole tree.
    pub(super) fn number_of(&mut self, state: &State) -> u32 {
        let state = self.view.of(state);
        let number = match self.numbers.get(&state) {
            Some(number) => *number,
            None => {
                let next = self.states.len();
                let found = self.discover(state);
                self.fill_in(&found);
                next
            }
        };
        number as u32
    }

    fn number(&mut self, state: State) -> usize {
        let next = self.states.len();
        *self.numbers.entry(state).or_insert_with_key(|state| {
            self.states.push(Known {
                state: state.clone(),
                next: Vec::new(),
                costs: Vec::new(),
            });
            next
        })
    }

    /// Numbers a new state and all that follow. Those that are new, as far as can be what follows a state before it.
    fn discover(&mut self, state: State) -> Vec<usize> {
        let known = self.states.len();
        let mut found = Vec::new();
        let mut met = vec![true];
        let start = self.number(state);
        self.follow(start);
        // Each state on the way, and how many of those that follow it were met.
        let mut way = vec![(start, 0)];
        while let Some((state, followed)) = way.last_mut() {
            let Some(&(_, next)) = self.states[*state].next.get(*followed) else {
                found.push(*state);
                way.pop();
                continue;
            };
            *followed += 1;
            met.resize(self.states.len() - known, false);
            if next >= known && !std::mem::replace(&mut met[next - known], true) {
                self.follow(next);
                way.push((next, 0));
            }
        }
        found
    }

    fn follow(&mut self, state: usize) {
        let next: Vec<(usize, State)> = self.view.next(&self.states[state].state).collect();
        let next = next
            .into_iter()
            .map(|(leaf, state)| (self.places[&leaf], self.number(state)));
        self.states[state].next = next.collect();
    }

    /// Fills in the costs of states found together, in the order in which they were found.
    fn fill_in(&mut self, states: &[usize]) {
        let mut is_filled = vec![false; self.states.len()];
        (0..self.states.len())
            .for_each(|state| is_filled[state] = !self.states[state].costs.is_empty());
        states.iter().for_each(|state| is_filled[*state] = false);
        let in_order = states.iter().all(|state| {
            let all = self.states[*state]
                .next
                .iter()
                .all(|(_, next)| is_filled[*next]);
            is_filled[*state] = true;
            all
        });
        match in_order {
            true => states.iter().for_each(|state| self.fill_column(*state)),
            false => self.fill_rows(states),
        }
    }

    fn insertion(&self, leaf: usize) -> i32 {
        ONE / self.shares[leaf]
    }

    /// Fills in the costs of a state where those of all that follow it are filled in.
    fn fill_column(&mut self, state: usize) {
        let end = self.lines.len();
        let mut costs = std::mem::take(&mut self.states[state].costs);
        costs.clear();
        costs.resize(end + 1, NEVER);
        if self.view.may_end(&self.states[state].state) {
            costs[end] = 0;
        }
        for (leaf, next) in &self.states[state].next {
            let after = &self.states[*next].costs;
            let insertion = self.insertion(*leaf);
            for (cost, after) in costs.iter_mut().zip(after) {
                *cost = (*cost).min(after + insertion);
            }
            let kept = after[1..].iter().zip(&self.keeping[*leaf]);
            for (cost, (after, keeping)) in costs.iter_mut().zip(kept) {
                *cost = (*cost).min(after + keeping);
            }
        }
        for row in (0..end).rev() {
            costs[row] = costs[row].min(costs[row + 1]);
        }
        self.states[state].costs = costs;
    }

    /// Fills in the costs of states that lead to one another, from the last row to the first.
    fn fill_rows(&mut self, states: &[usize]) {
        let end = self.lines.len();
        for state in states {
            self.states[*state].costs = vec![NEVER; end + 1];
        }
        for row in (0..=end).rev() {
            for state in states {
                let known = &self.states[*state];
                let cost = match row == end {
                    true if self.view.may_end(&known.state) => 0,
                    true => NEVER,
                    false => known
                        .next
                        .iter()
                        .fold(known.costs[row + 1], |cost, (leaf, next)| {
                            cost.min(self.states[*next].costs[row + 1] + self.keeping[*leaf][row])
                        }),
                };
                self.states[*state].costs[row] = cost;
            }
            // Insertions lead from state to state, perhaps round in a circle: until nothing becomes less.
            let mut is_less = true;
            while std::mem::take(&mut is_less) {
                for state in states {
                    let known = &self.states[*state];
                    let inserted = known
                        .next
                        .iter()
                        .map(|(leaf, next)| self.states[*next].costs[row] + self.insertion(*leaf));
                    let least = inserted.min().unwrap_or(NEVER);
                    if least < known.costs[row] {
                        self.states[*state].costs[row] = least;
                        is_less = true;
                    }
                }
            }
        }
    }

    /// Adds to each printed line how often the part's own way to the end keeps it; a leaf that several parts see keeps
    /// its share of it.
    pub(super) fn count_kept(&self, wanted: &mut [f64]) {
        let end = self.lines.len();
        let (mut state, mut row) = (0, 0);
        // No way visits a state twice in a row.
        for _ in 0..self.cells() {
            let known = &self.states[state];
            let cost = known.costs[row];
            let keeps = |(leaf, next): &&(usize, usize)| {
                row < end && self.states[*next].costs[row + 1] + self.keeping[*leaf][row] == cost
            };
            let inserts = |(leaf, next): &&(usize, usize)| {
                self.states[*next].costs[row] + self.insertion(*leaf) == cost
            };
            if let Some((leaf, next)) = known.next.iter().find(keeps) {
                wanted[self.lines[row]] += 1.0 / f64::from(self.shares[*leaf]);
                (state, row) = (*next, row + 1);
            } else if row < end && known.costs[row + 1] == cost {
                row += 1;
            } else if row == end && cost == 0 {
                return;
            } else if let Some((_, next)) = known.next.iter().find(inserts) {
                state = *next;
            } else {
                return;
            }
        }
    }
}
