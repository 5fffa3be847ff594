//! What the clock can have said: readings of it, of which only differences are known, and those only within bounds.
//!
//! A program's time is never a number here. Each reading is an unknown whole number of milliseconds, not before the
//! one before it; what is learned of two readings ("this timer was due by then") is a bound on their difference. A
//! comparison that the bounds decide has one answer, one that they leave open has both, and whoever explores takes the
//! one and then the other. The bounds are kept closed (every bound that follows from others is written down), so a
//! comparison that was found open can be answered either way without a contradiction.
//!
//! It is a difference bound matrix: Dill, "Timing assumptions and verification of finite-state concurrent systems",
//! 1989.

use std::collections::BTreeSet;

/// One reading of the clock, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reading(usize);

/// A reading and so many milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// After this reading
    pub reading: Reading,
    /// so many milliseconds.
    pub after: i64,
}

impl Reading {
    /// So many milliseconds after it.
    pub fn plus(self, after: i64) -> Moment {
        Moment {
            reading: self,
            after,
        }
    }
}

/// More than any difference that is ever compared.
const NO_BOUND: i64 = i64::MAX / 4;

/// Every reading that is still asked for, and what is known of them.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    /// The readings, in order.
    readings: Vec<Reading>,
    /// `bounds[i][j]`: reading i is at most so many milliseconds after reading j.
    bounds: Vec<Vec<i64>>,
}

impl Clock {
    /// A clock that was read once, at the start.
    pub fn new() -> Self {
        Clock {
            readings: vec![Reading(0)],
            bounds: vec![vec![0]],
        }
    }

    /// The latest reading.
    pub fn latest(&self) -> Reading {
        self.readings[self.readings.len() - 1]
    }

    /// Reads it once more; if a bound is given, no more than so many milliseconds after the reading before.
    pub fn read(&mut self, within: Option<i64>) -> Reading {
        let before = self.bounds.len() - 1;
        let within = within.unwrap_or(NO_BOUND);
        let latest = self.bounds[before].iter();
        let mut after: Vec<i64> = latest.map(|bound| sum(*bound, within)).collect();
        after.push(0);
        for row in &mut self.bounds {
            row.push(row[before]);
        }
        self.bounds.push(after);
        let Reading(last) = self.latest();
        self.readings.push(Reading(last + 1));
        self.latest()
    }

    /// Forgets every reading but these and the latest. Bounds that went through the others are already written down.
    pub fn forget_but(&mut self, kept: &BTreeSet<Reading>) {
        let latest = self.latest();
        let is_kept = |reading: &Reading| *reading == latest || kept.contains(reading);
        let keeps: Vec<bool> = self.readings.iter().map(is_kept).collect();
        self.readings.retain(is_kept);
        retain(&mut self.bounds, &keeps);
        self.bounds.iter_mut().for_each(|row| retain(row, &keeps));
    }

    fn place(&self, reading: Reading) -> usize {
        let place = self.readings.binary_search(&reading);
        place.expect("what is asked for is not forgotten")
    }

    /// Whether the one moment is not after the other; `None` where it can be either.
    pub fn is_by(&self, moment: Moment, by: Moment) -> Option<bool> {
        let (first, second) = (self.place(moment.reading), self.place(by.reading));
        let most = by.after - moment.after;
        if self.bounds[first][second] <= most {
            Some(true)
        } else if self.bounds[second][first] < -most {
            Some(false)
        } else {
            None
        }
    }

    /// Takes it as known whether the one moment is not after the other, which must have been open.
    pub fn learn(&mut self, moment: Moment, by: Moment, is_by: bool) {
        let (first, second) = (self.place(moment.reading), self.place(by.reading));
        let most = by.after - moment.after;
        if is_by {
            self.bound(first, second, most);
        } else {
            self.bound(second, first, -most - 1);
        }
    }

    /// The first is at most so many milliseconds after the second.
    fn bound(&mut self, first: usize, second: usize, most: i64) {
        if self.bounds[first][second] <= most {
            return;
        }
        let from_second = self.bounds[second].clone();
        for row in &mut self.bounds {
            let through = sum(row[first], most);
            for (bound, rest) in row.iter_mut().zip(&from_second) {
                *bound = (*bound).min(sum(through, *rest));
            }
        }
    }
}

fn retain<T>(all: &mut Vec<T>, keeps: &[bool]) {
    let mut keeps = keeps.iter();
    all.retain(|_| keeps.next() == Some(&true));
}

fn sum(one: i64, other: i64) -> i64 {
    if one >= NO_BOUND || other >= NO_BOUND {
        NO_BOUND
    } else {
        one + other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_from_bounds_is_known() {
        let mut clock = Clock::new();
        let start = clock.latest();
        let second = clock.read(None);
        let now = clock.read(None);
        assert_eq!(clock.is_by(start.plus(0), now.plus(0)), Some(true));
        assert_eq!(clock.is_by(second.plus(5), now.plus(0)), None);
        clock.learn(second.plus(5), now.plus(0), true);
        assert_eq!(
            clock.is_by(start.plus(5), now.plus(0)),
            Some(true),
            "it began no later"
        );
        assert_eq!(clock.is_by(start.plus(6), now.plus(0)), None);
        clock.learn(start.plus(6), now.plus(0), false);
        assert_eq!(
            clock.is_by(second.plus(6), now.plus(0)),
            Some(false),
            "it began no sooner"
        );
    }

    #[test]
    fn what_was_known_through_a_forgotten_reading_is_still_known() {
        let mut clock = Clock::new();
        let start = clock.latest();
        let middle = clock.read(None);
        clock.learn(start.plus(5), middle.plus(0), true);
        let now = clock.read(None);
        clock.forget_but(&BTreeSet::from([start]));
        assert_eq!(clock.is_by(start.plus(5), now.plus(0)), Some(true));
        assert_eq!(clock.is_by(start.plus(6), now.plus(0)), None);
    }

    #[test]
    fn a_reading_may_come_within_a_bound_of_the_one_before() {
        let mut clock = Clock::new();
        let start = clock.latest();
        let soon = clock.read(Some(2));
        let later = clock.read(Some(2));
        assert_eq!(clock.is_by(later.plus(0), start.plus(4)), Some(true));
        assert_eq!(clock.is_by(start.plus(5), later.plus(0)), Some(false));
        assert_eq!(clock.is_by(soon.plus(1), later.plus(0)), None);
    }
}
