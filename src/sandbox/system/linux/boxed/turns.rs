//! The turns of event loops, as they are heard.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::program::{Loops, Turns};

/// What was heard until now, by the descriptors at which loops ask for events.
#[derive(Debug, Default)]
pub(super) struct SeenTurns(BTreeMap<u64, Loop>);

/// A loop. A turn ends when it asks for events.
#[derive(Debug, Default)]
struct Loop {
    turns: Option<Turns>,
    /// What the thread had worked when it asked last.
    before: Duration,
}

impl Loop {
    /// A turn has ended, and the thread has worked so much by now.
    fn end_turn(&mut self, worked: Duration) {
        let turn = worked.saturating_sub(self.before);
        self.before = worked;
        match &mut self.turns {
            Some(turns) => {
                turns.longest = turns.longest.max(turn);
                turns.count = turns.count.saturating_add(1);
            }
            None => {
                self.turns = Some(Turns {
                    first: turn,
                    longest: Duration::ZERO,
                    count: 1,
                });
            }
        }
    }
}

impl SeenTurns {
    /// A loop asks for events here, and the thread has worked so much by now.
    pub(super) fn ask(&mut self, at: u64, worked: Duration) {
        if self.0.len() < Loops::MOST || self.0.contains_key(&at) {
            self.0.entry(at).or_default().end_turn(worked);
        }
    }

    /// The thread has ended, and has worked so much in all.
    pub(super) fn and_the_last(self, worked: Duration) -> Loops {
        let loops = self.0.into_iter().filter_map(|(at, mut one)| {
            one.end_turn(worked);
            Some((at, one.turns?))
        });
        Loops {
            worked,
            loops: loops.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn the_longest_turn_is_kept_and_the_first_is_another_thing() {
        // In the middle of a turn, another loop waits for a child; at the end, one asks once.
        let mut seen = SeenTurns::default();
        for (at, worked) in [
            (20, 20),
            (20, 25),
            (9, 30),
            (20, 50),
            (20, 51),
            (9, 70),
            (3, 72),
        ] {
            seen.ask(at, millis(worked));
        }
        let loops = seen.and_the_last(millis(75));
        let turns = |first, longest, count| Turns {
            first: millis(first),
            longest: millis(longest),
            count,
        };
        assert_eq!(loops.at(9), turns(30, 40, 3));
        assert_eq!(loops.at(20), turns(20, 25, 5));
        assert_eq!(loops.at(3), turns(72, 3, 2));
        assert_eq!(loops.at(5), turns(75, 0, 1));
        assert_eq!(loops.busiest(), Some(20));
    }
}
