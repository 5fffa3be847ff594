//! The loop of one run: its queues, its clock, what is open in it, and what was printed.
//!
//! Callbacks are numbers here. What a callback is, only the engine knows.

use std::collections::{BTreeSet, VecDeque};

use super::choices::Choices;
use super::clock::{Clock, Moment, Reading};
use super::timers::{Id, ListId, Timers};
use super::{Bound, Happening, Outside, Phase};
use crate::program::Place;

/// Everything a run has.
#[derive(Debug)]
pub(super) struct State {
    /// What is open and was taken.
    pub choices: Choices,
    /// What is known of time.
    pub clock: Clock,
    /// Readings that the loop will ask for, beside those of timers.
    pub held: Vec<Reading>,
    /// Callbacks are taken to last no longer than so many milliseconds.
    pub within: Option<i64>,
    /// The loop waited since the clock was last read, for any time.
    pub waited: bool,
    /// What `setTimeout` and `setInterval` made.
    pub timers: Timers,
    /// What `process.nextTick` made.
    pub ticks: VecDeque<Id>,
    /// There are promises to be judged that are rejected and that nobody handles.
    pub rejections: bool,
    /// What `setImmediate` made.
    pub immediates: Vec<Immediate>,
    /// Those whose check phase a throw interrupted.
    pub outstanding: VecDeque<Immediate>,
    /// What `fs` was asked for.
    pub operations: Vec<Operation>,
    /// Lists that could have been due at a reading and were taken not to be; since then nothing ran.
    pub put_off: Vec<(ListId, Reading)>,
    /// When a timer was set last.
    pub last_set: Option<Reading>,
    /// The poll phase was left although more had come: that makes a difference only if a timer runs now.
    pub must_run_a_timer: bool,
    /// The main module is evaluated in the poll phase.
    pub starts_in_poll: bool,
    /// Ticks keep the program alive, as somebody believes who thinks that they wait.
    pub ticks_wait: bool,
    /// Promise jobs may be left, where they are not run whole.
    pub jobs_may_wait: bool,
    /// Those promise jobs have run that were there, where they are not run whole.
    pub round_has_ended: bool,
    /// Whether the main module has come to its end, also by an error.
    pub main_is_done: bool,
    /// What was printed on stdout.
    pub printed: String,
    /// How the run ended, if it did.
    pub over: Option<Over>,
    /// The uncaught error that ends it.
    pub threw: Option<String>,
    /// How many callbacks the loop ran.
    pub ran: usize,
    /// The turn that the loop is in; 0 is before its first.
    pub turn: usize,
    /// The phase that it is in.
    pub phase: Phase,
    /// What happened, if somebody wants to know it.
    pub story: Option<Vec<Happening>>,
}

/// One of `setImmediate`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Immediate {
    /// Its number.
    pub id: Id,
    /// Whether it keeps the program alive.
    pub refd: bool,
}

/// Something that `fs` was asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation {
    /// Its number.
    pub id: Id,
    /// After how many more visits of the poll phase it can be done, while the loop does not wait there.
    pub visits_left: u32,
}

/// Why a run came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Over {
    /// The program ended, with this exit code.
    Ended(i32),
    /// It did something that is not modelled.
    Outside(Outside),
    /// It did more than is followed.
    Bound(Bound),
    /// What was taken cannot be: no program runs so.
    Impossible,
}

/// No more callbacks are run.
pub(super) const MOST_CALLBACKS: usize = 20_000;
/// No more is printed, in bytes.
pub(super) const MOST_PRINTED: usize = 1_000_000;

impl State {
    /// A loop that has not begun.
    pub fn new(choices: Choices, within: Option<i64>, story: bool) -> State {
        State {
            choices,
            clock: Clock::new(),
            held: Vec::new(),
            within,
            waited: false,
            timers: Timers::default(),
            ticks: VecDeque::new(),
            rejections: false,
            immediates: Vec::new(),
            outstanding: VecDeque::new(),
            operations: Vec::new(),
            put_off: Vec::new(),
            last_set: None,
            must_run_a_timer: false,
            starts_in_poll: false,
            ticks_wait: false,
            jobs_may_wait: false,
            round_has_ended: false,
            main_is_done: true,
            printed: String::new(),
            over: None,
            threw: None,
            ran: 0,
            turn: 0,
            phase: Phase::Main,
            story: story.then(Vec::new),
        }
    }

    /// Ends the run, unless something did already.
    pub fn end(&mut self, over: Over) {
        self.over.get_or_insert(over);
    }

    /// Whether it has ended.
    pub fn is_over(&self) -> bool {
        self.over.is_some()
    }

    /// Reads the clock.
    pub fn read_clock(&mut self) -> Reading {
        let held = self.held.iter().copied();
        let kept: BTreeSet<Reading> = self.timers.readings().chain(held).collect();
        self.clock.forget_but(&kept);
        // Very many readings cost as much as callbacks do.
        self.ran += kept.len() * kept.len() / 4_000;
        let waited = std::mem::take(&mut self.waited);
        let now = self.clock.read(self.within.filter(|_| !waited));
        if let Some(within) = self.within.filter(|_| waited) {
            self.woke_in_time(now, within);
        }
        now
    }

    /// The loop waited until this reading, which is not longer than until its own timer was due and a callback may last.
    fn woke_in_time(&mut self, now: Reading, within: i64) {
        for all in self.timers.due().to_vec() {
            let mut late = all
                .iter()
                .map(|moment| moment.reading.plus(moment.after + within));
            if !late.any(|late| self.is_by(now.plus(0), late)) {
                self.end(Over::Impossible);
            }
        }
    }

    /// Whether the moment has come by the reading; where it is open, one is taken.
    pub fn has_come(&mut self, moment: Moment, by: Reading) -> bool {
        self.is_by(moment, by.plus(0))
    }

    /// Every list, when it is due, and its number, but those that surely come after another one.
    pub fn earliest_lists(&self) -> Vec<(ListId, Moment, u64)> {
        let all = self.timers.lists();
        let is_first = |one: &(ListId, Moment, u64), other: &(ListId, Moment, u64)| {
            let decided_by_number =
                self.clock.is_by(one.1, other.1) == Some(true) && one.2 < other.2;
            decided_by_number || self.clock.is_by(other.1, one.1) == Some(false)
        };
        let mut earliest = all.clone();
        earliest.retain(|list| !all.iter().any(|other| is_first(other, list)));
        earliest
    }

    /// Whether the list, which is due at the moment, is so by the reading; where it is open, one is taken.
    pub fn is_due(&mut self, list: ListId, moment: Moment, by: Reading) -> bool {
        let is_open = self.clock.is_by(moment, by.plus(0)).is_none();
        let is_due = self.has_come(moment, by);
        if is_open && !is_due {
            self.put_off.push((list, by));
        }
        is_due
    }

    /// Whether the list could as well have been run when it was put off: nothing ran since, no timer was set since, and the
    /// reading at which it was put off may have been as late as now.
    pub fn was_put_off_for_nothing(&self, list: ListId) -> bool {
        let set_before = |at: Reading| self.last_set.is_none_or(|set| set <= at);
        let mut put_off = self.put_off.iter();
        self.within.is_none() && put_off.any(|(other, at)| *other == list && set_before(*at))
    }

    /// Whether the one moment is not after the other; where it is open, one is taken.
    pub fn is_by(&mut self, moment: Moment, by: Moment) -> bool {
        self.clock.is_by(moment, by).unwrap_or_else(|| {
            let is_by = self.choices.choose(2) == 0;
            self.clock.learn(moment, by, is_by);
            is_by
        })
    }

    /// Whether the loop's own timer is due by the reading; where it is open, one is taken.
    pub fn timers_are_due(&mut self, by: Reading) -> bool {
        let due = self.timers.due().to_vec();
        let surely = |moment: &Moment| self.clock.is_by(*moment, by.plus(0)) == Some(true);
        if due.iter().any(|all| all.iter().all(surely)) {
            return true;
        }
        due.iter()
            .any(|all| all.iter().all(|moment| self.has_come(*moment, by)))
    }

    /// Whether something keeps the program alive.
    pub fn is_alive(&self) -> bool {
        self.timers.any_refd() || self.something_waits() || !self.operations.is_empty()
    }

    /// Whether there is something because of which the loop does not wait in the poll phase: immediates; and, where such a
    /// rule is broken, ticks and promise jobs.
    pub fn something_waits(&self) -> bool {
        let ticks = self.ticks_wait && !self.ticks.is_empty();
        self.immediate_is_refd() || self.jobs_may_wait || ticks
    }

    /// Whether an immediate keeps the loop from waiting.
    pub fn immediate_is_refd(&self) -> bool {
        let all = self.immediates.iter().chain(&self.outstanding);
        all.into_iter().any(|immediate| immediate.refd)
    }

    /// Prints it.
    pub fn print(&mut self, text: &str) {
        if self.is_over() {
            return;
        }
        self.printed.push_str(text);
        if self.printed.len() > MOST_PRINTED {
            self.end(Over::Bound(Bound::Printed));
        }
        if let Some(happening) = self.story.as_mut().and_then(|story| story.last_mut()) {
            happening.printed.push_str(text);
        }
    }

    /// Something happens.
    pub fn tell(&mut self, what: &str, place: Option<Place>) {
        let (turn, phase) = (self.turn, self.phase);
        if let Some(story) = &mut self.story {
            story.push(Happening {
                turn,
                phase,
                what: what.to_owned(),
                place,
                printed: String::new(),
            });
        }
    }

    /// Promise jobs may run now; answers how many happenings there were before.
    pub fn tell_of_jobs(&mut self) -> usize {
        let before = self.story.as_ref().map_or(0, Vec::len);
        self.tell("promise jobs", None);
        before
    }

    /// Nothing happened after all, since there were so many happenings.
    pub fn take_back(&mut self, before: usize) {
        if let Some(story) = &mut self.story {
            story.truncate(before);
        }
    }

    /// One more callback; ends the run if they are too many.
    pub fn count(&mut self) {
        self.ran += 1;
        self.put_off.clear();
        if self.ran > MOST_CALLBACKS {
            self.end(Over::Bound(Bound::Callbacks));
        }
    }
}
