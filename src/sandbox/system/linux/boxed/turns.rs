//! The turns of an event loop, as they are heard.
//!
//! Node's main thread has more than one loop. The one that runs the program asks again and again. While a child is waited
//! for in the middle of a turn, another does, at a descriptor that was opened later and so has a higher number; and at
//! the very end, one that was opened before all others asks once. So it was seen with Node 18 to 26.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::program::Turns;

/// What was heard until now, by the descriptors at which loops ask for events.
#[derive(Debug, Default)]
pub(super) struct SeenTurns(BTreeMap<u64, Loop>);

/// A loop. A turn ends when it asks for events.
#[derive(Debug, Default)]
struct Loop {
    turns: Option<Turns>,
    asked: u32,
    /// What the thread had worked when it asked last.
    before: Duration,
}

impl Loop {
    /// A turn has ended, and the thread has worked so much by now.
    fn end_turn(&mut self, worked: Duration) {
        let turn = worked.saturating_sub(self.before);
        self.before = worked;
        match &mut self.turns {
            Some(turns) => turns.longest = turns.longest.max(turn),
            None => {
                self.turns = Some(Turns {
                    first: turn,
                    longest: Duration::ZERO,
                });
            }
        }
    }
}

impl SeenTurns {
    /// A loop asks for events here, and the thread has worked so much by now.
    pub(super) fn ask(&mut self, at: u64, worked: Duration) {
        let of = self.0.entry(at).or_default();
        of.end_turn(worked);
        of.asked = of.asked.saturating_add(1);
    }

    /// The thread has ended, and has worked so much in all.
    pub(super) fn and_the_last(self, worked: Duration) -> Option<Turns> {
        let mut loops: Vec<Loop> = self.0.into_values().collect();
        let main = loops.iter().position(|one| one.asked > 1);
        let mut main = match main {
            Some(main) => loops.swap_remove(main),
            None => loops.pop().unwrap_or_default(),
        };
        main.end_turn(worked);
        main.turns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(asked: &[(u64, u64)], last: u64) -> Option<Turns> {
        let mut seen = SeenTurns::default();
        for (at, worked) in asked {
            seen.ask(*at, millis(*worked));
        }
        seen.and_the_last(millis(last))
    }

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn the_longest_turn_is_kept_and_the_first_is_another_thing() {
        let turns = |first, longest| {
            Some(Turns {
                first: millis(first),
                longest: millis(longest),
            })
        };
        assert_eq!(after(&[(9, 30), (9, 31), (9, 81)], 82), turns(30, 50));
        assert_eq!(after(&[(9, 30), (9, 31)], 91), turns(30, 60));
        assert_eq!(after(&[(9, 30)], 91), turns(30, 61));
        assert_eq!(after(&[], 500), turns(500, 0));
        // At the end another loop asks.
        assert_eq!(after(&[(9, 30), (9, 31), (3, 32)], 33), turns(30, 2));
        assert_eq!(after(&[(9, 30), (3, 42)], 43), turns(30, 13));
        // In the middle of a turn, a child is waited for.
        let waits = [(20, 20), (20, 25), (9, 30), (20, 50), (20, 51), (9, 70)];
        assert_eq!(after(&waits, 75), turns(30, 40));
    }
}
