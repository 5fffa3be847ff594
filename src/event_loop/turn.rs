//! The loop: what Node runs when, from the main script to the end.
//!
//! It knows no JavaScript. A [`Script`] runs callbacks, which come back to the [`State`] to set timers, ticks and the
//! rest. Every order that is open is taken from the state's choices.
//!
//! Sources: `uv_run` in libuv's `src/unix/core.c`, `src/timer.c`; Node's `lib/internal/timers.js`,
//! `lib/internal/process/task_queues.js`, `InternalCallbackScope::Close` in `src/api/callback.cc`.
//!
//! # What is not taken twice
//!
//! Choices that lead to the same orders are not all taken:
//! - In how many steps a file is read is not followed. It is counted how often the loop came by without waiting, and
//!   what was there often enough may be done.
//! - Where the loop waits and nothing but reads is left, those that are done in one visit of the poll phase and those
//!   that are done one visit each are the same: nothing runs between. So the phase is left after each. If there are
//!   timers, to leave it is another thing only if one of them then runs; a run in which none does is given up, for
//!   there is one in which the phase was not left.
//! - A list of timers that is put off although it could be due, and then is the next to run all the same, could have run
//!   at once: whatever was due with it later could have been due by the earlier reading, which may have been as late. That
//!   holds unless a timer was set in between, which the earlier reading is before, or time is bounded. So such a run is
//!   given up.

use std::cell::{RefCell, RefMut};
use std::collections::VecDeque;

use super::clock::{Moment, Reading};
use super::state::{Immediate, Over, State};
use super::timers::{Id, ListId};
use super::versions::Ways;
use super::{Fault, Phase};

/// What runs the program's own code.
pub(super) trait Script {
    /// Evaluates the main file, or makes the promise job that will.
    fn start(&self);
    /// Runs a callback; whether it threw, and the program handles that.
    fn call(&self, id: Id) -> bool;
    /// Runs promise jobs until none is left.
    fn run_jobs(&self);
    /// Judges the promises that are rejected and that nobody handles; whether there was one.
    fn judge_rejections(&self) -> bool;
    /// Emits `beforeExit`.
    fn before_exit(&self);
    /// Emits `exit`, since nothing is left to do.
    fn emit_exit(&self);
    /// Ends the run.
    fn leave(&self);
}

/// The loop over a script.
pub(super) struct Turn<'a, S> {
    /// Its queues.
    pub state: &'a RefCell<State>,
    /// The program.
    pub script: &'a S,
    /// The Node.
    pub ways: Ways,
}

impl<S: Script> Turn<'_, S> {
    fn state(&self) -> RefMut<'_, State> {
        self.state.borrow_mut()
    }

    fn is_over(&self) -> bool {
        self.state().is_over()
    }

    fn enter(&self, phase: Phase) {
        self.state().phase = phase;
    }

    /// The whole run.
    pub fn run(&self) {
        self.script.start();
        let in_poll = self.state().starts_in_poll;
        self.enter(if in_poll { Phase::Poll } else { Phase::Main });
        self.drain();
        if self.ways.has(Fault::ImmediatesFirst) {
            self.check();
        }
        if in_poll {
            self.state().turn = 1;
            self.after_poll();
        } else if !self.ways.timers_open_the_turn && self.state().is_alive() {
            self.timers();
        }
        self.turns();
        while !self.is_over() {
            self.enter(Phase::BeforeExit);
            self.script.before_exit();
            self.drain();
            if !self.state().is_alive() {
                break;
            }
            if !self.ways.timers_open_the_turn {
                self.timers();
            }
            self.turns();
        }
        if !self.is_over() {
            self.enter(Phase::Exit);
            self.script.emit_exit();
            // Promise jobs of its listeners are run; ticks were not taken any more.
            self.script.run_jobs();
            self.script.judge_rejections();
            self.script.leave();
        }
    }

    fn turns(&self) {
        while !self.is_over() && self.state().is_alive() {
            self.state().turn += 1;
            if self.ways.timers_open_the_turn {
                self.timers();
            }
            if self.ways.has(Fault::CheckBeforePoll) {
                self.check();
            }
            self.poll();
            self.after_poll();
            self.end_of_turn();
        }
    }

    /// What waits for the end of the turn only where somebody believes so.
    fn end_of_turn(&self) {
        if self.ways.has(Fault::TicksAtEndOfTurn) {
            while let Some(tick) = self.next_tick() {
                self.call(tick);
            }
            self.drain();
        }
        if self.ways.has(Fault::JobsInRounds) {
            self.drain();
        }
    }

    fn after_poll(&self) {
        if self.ways.has(Fault::TimersAfterPoll) {
            self.timers();
        }
        if !self.ways.has(Fault::CheckBeforePoll) {
            self.check();
        }
        if !self.ways.timers_open_the_turn {
            self.timers();
        }
    }

    /// Ticks and promise jobs, as after every callback.
    fn drain(&self) {
        self.empty_queues();
        if self.ways.has(Fault::ImmediateRunsNext) {
            let mut next = self.take_immediates();
            while let Some(immediate) = next.pop_front().filter(|_| !self.is_over()) {
                self.call(immediate.id);
                self.empty_queues();
                // Those that it asked for come before its neighbours.
                let mut more = self.take_immediates();
                more.append(&mut next);
                next = more;
            }
        }
    }

    fn take_immediates(&self) -> VecDeque<Immediate> {
        std::mem::take(&mut self.state().immediates).into()
    }

    /// The same between two callbacks of one phase, which who believes this does not expect there.
    fn drain_unless(&self, fault: Fault) {
        if !self.ways.has(fault) && !self.ways.has(Fault::DrainsBetweenPhases) {
            self.drain();
        }
    }

    fn empty_queues(&self) {
        if self.is_over() {
            return;
        }
        if self.ways.has(Fault::RejectionsJudgedFirst) {
            self.script.judge_rejections();
        }
        if !self.has_ticks() || self.ways.has(Fault::JobsBeforeTicks) {
            self.script.run_jobs();
        }
        if !self.has_ticks() && !self.state().rejections {
            return;
        }
        while !self.is_over() {
            if self.run_ticks() {
                return;
            }
            self.script.run_jobs();
            let more = self.has_ticks();
            if !more && !self.is_over() && !self.script.judge_rejections() {
                return;
            }
        }
    }

    /// Whether ticks are run now, if there are any.
    fn has_ticks(&self) -> bool {
        !self.ways.has(Fault::TicksAtEndOfTurn) && !self.state().ticks.is_empty()
    }

    /// Whether one threw; then the others wait.
    fn run_ticks(&self) -> bool {
        let mut left = match self.ways.fault {
            Some(Fault::TicksInRounds) => self.state().ticks.len(),
            Some(Fault::TicksAtEndOfTurn) => 0,
            _ => usize::MAX,
        };
        while left > 0
            && let Some(tick) = self.next_tick()
        {
            left -= 1;
            if self.call(tick) {
                return true;
            }
            if self.ways.has(Fault::JobsAfterEachTick) {
                self.script.run_jobs();
            }
        }
        false
    }

    fn next_tick(&self) -> Option<Id> {
        let mut state = self.state();
        if state.is_over() {
            return None;
        }
        state.ticks.pop_front()
    }

    /// Runs a callback; whether it threw.
    fn call(&self, id: Id) -> bool {
        self.state().count();
        !self.is_over() && self.script.call(id)
    }

    fn timers(&self) {
        let must_run = std::mem::take(&mut self.state().must_run_a_timer);
        if self.is_over() {
            return;
        }
        let ran = self.run_timers();
        if must_run && !ran {
            self.state().end(Over::Impossible);
        }
    }

    /// Whether one ran.
    fn run_timers(&self) -> bool {
        if self.state().timers.due().is_empty() {
            return false;
        }
        self.enter(Phase::Timers);
        let mut now = self.state().read_clock();
        if !self.state().timers_are_due(now) {
            return false;
        }
        let mut ran = false;
        loop {
            ran |= self.pass(now);
            if self.is_over() {
                return ran;
            }
            let latest = self.state().clock.latest();
            self.state().timers.end_pass(latest);
            self.drain();
            // The drain may have read the clock, and with it the loop's own time.
            let latest = self.state().clock.latest();
            if self.is_over() || !self.ways.timers_run_again || !self.state().timers_are_due(latest)
            {
                return ran;
            }
            now = self.state().read_clock();
        }
    }

    /// Runs every list that is due at the reading; whether a timer ran.
    fn pass(&self, mut now: Reading) -> bool {
        {
            let mut state = self.state();
            state.timers.begin_pass();
            state.held.push(now);
        }
        let mut ran = false;
        let mut first = true;
        while let Some(list) = self.first_due(now) {
            if !first {
                self.drain_unless(Fault::NoDrainBetweenLists);
            }
            first = false;
            let (some, threw) = self.run_list(list, now);
            ran |= some;
            // After a throw the pass begins anew, and the thrower's ticks wait.
            first |= threw && !self.ways.has(Fault::DrainAfterThrow);
            if self.is_over() {
                return ran;
            }
            if self.ways.has(Fault::ClockMovesInPass) {
                let mut state = self.state();
                now = state.read_clock();
                state.held = vec![now];
            }
        }
        self.state().held.pop();
        ran
    }

    /// The list that expires first, if it has expired.
    fn first_due(&self, now: Reading) -> Option<ListId> {
        let mut state = self.state();
        if state.is_over() {
            return None;
        }
        let lists = state.earliest_lists();
        let mut due: Option<(ListId, Moment, u64)> = None;
        for list in lists {
            if !state.is_due(list.0, list.1, now) {
                continue;
            }
            due = match due {
                None => Some(list),
                Some(best) => {
                    let earlier = if list.2 < best.2 {
                        state.is_by(list.1, best.1)
                    } else {
                        !state.is_by(best.1, list.1)
                    };
                    Some(if earlier { list } else { best })
                }
            };
        }
        due.map(|(list, _, _)| list)
    }

    /// Runs what is due of a list; whether a timer ran, and whether it threw.
    fn run_list(&self, list: ListId, now: Reading) -> (bool, bool) {
        let mut ran = false;
        loop {
            let Some(front) = self.state().timers.front(list) else {
                self.state().timers.end_list(list);
                return (ran, false);
            };
            if !self.state().is_due(list, front.expiry, now) {
                self.state().timers.postpone(list, front.expiry);
                return (ran, false);
            }
            if ran {
                self.drain_unless(Fault::NoDrainBetweenTimers);
                if self.is_over() {
                    return (ran, false);
                }
            }
            // What the drain cleared or started anew is no longer first: Node takes whatever is, which it looked at before.
            let Some(still) = self.state().timers.front(list) else {
                continue;
            };
            if still.id != front.id {
                continue;
            }
            if self.state().was_put_off_for_nothing(list) {
                self.state().end(Over::Impossible);
                return (ran, false);
            }
            let repeats = self.state().timers.take(list);
            let start = repeats.then(|| self.state().read_clock());
            self.state().held.extend(start);
            let threw = self.call(front.id);
            {
                let mut state = self.state();
                state.timers.ran(front.id, start);
                state.last_set = state.last_set.max(start);
                state.held.truncate(1);
            }
            ran = true;
            if threw || self.is_over() {
                return (ran, threw);
            }
        }
    }

    fn poll(&self) {
        if self.is_over() {
            return;
        }
        self.enter(Phase::Poll);
        self.poll_once();
        if self.ways.has(Fault::NoDrainBetweenReads) || self.ways.has(Fault::DrainsBetweenPhases) {
            self.drain();
        }
    }

    fn poll_once(&self) {
        let waits = !self.state().something_waits();
        let mut ready = self.ready(waits);
        if waits && !self.wait(&mut ready) {
            return;
        }
        while !ready.is_empty() && !self.is_over() {
            let alone = self.ways.has(Fault::DrainsBetweenPhases)
                || self.ways.has(Fault::NoDrainBetweenReads);
            if waits && !alone && !self.leaving_matters() {
                return;
            }
            let all =
                self.ways.has(Fault::ReadsAreQuick) || self.ways.has(Fault::NoDrainBetweenReads);
            let quick = usize::from(all);
            let options = self.open_reads(&ready) + 1 - quick;
            let taken = self.state().choices.choose(options) + quick;
            if taken == 0 {
                let mut state = self.state();
                state.must_run_a_timer = waits && state.immediates.is_empty();
                return;
            }
            self.complete(ready.remove(taken - 1));
        }
    }

    /// How many of these may be done first.
    fn open_reads(&self, ready: &[Id]) -> usize {
        match self.ways.has(Fault::ReadsInOrder) {
            true => ready.len().min(1),
            false => ready.len(),
        }
    }

    /// What may be done by now.
    fn ready(&self, waits: bool) -> Vec<Id> {
        let mut state = self.state();
        let mut ready = Vec::new();
        for operation in &mut state.operations {
            if waits || operation.visits_left == 0 || self.ways.has(Fault::ReadsAreQuick) {
                operation.visits_left = 0;
                ready.push(operation.id);
            } else {
                operation.visits_left -= 1;
            }
        }
        ready
    }

    /// Waits until something is done, which it then completes, or a timer is due; whether something was done.
    fn wait(&self, ready: &mut Vec<Id>) -> bool {
        let (of_timers, of_reads) = {
            let mut state = self.state();
            state.waited = true;
            (
                usize::from(!state.timers.due().is_empty()),
                self.open_reads(ready),
            )
        };
        if of_timers + of_reads == 0 {
            return false;
        }
        let taken = self.state().choices.choose(of_timers + of_reads);
        if taken < of_timers {
            let mut state = self.state();
            let now = state.read_clock();
            if !state.timers_are_due(now) {
                state.end(Over::Impossible);
            }
            return false;
        }
        self.complete(ready.remove(taken - of_timers));
        true
    }

    /// Whether it makes a difference that the poll phase ends now although more may have come.
    fn leaving_matters(&self) -> bool {
        let state = self.state();
        !state.immediates.is_empty() || !state.timers.due().is_empty()
    }

    fn complete(&self, id: Id) {
        self.state()
            .operations
            .retain(|operation| operation.id != id);
        // What a thrower left over waits for the next callback, or the next phase that looks at it.
        if !self.call(id) {
            self.drain_unless(Fault::NoDrainBetweenReads);
        }
    }

    fn check(&self) {
        if self.is_over() || self.state().immediates.is_empty() {
            return;
        }
        self.enter(Phase::Check);
        if self.ways.check_drains_first && !self.ways.has(Fault::JobsInRounds) {
            self.drain();
        }
        {
            let mut state = self.state();
            let now = std::mem::take(&mut state.immediates);
            state.outstanding.extend(now);
        }
        let mut first = true;
        while let Some(immediate) = self.next_immediate(first) {
            let threw = self.call(immediate.id);
            // After a throw the phase goes on, also with what was made meanwhile, and the thrower's ticks wait.
            first = threw && !self.ways.has(Fault::DrainAfterThrow);
            if threw || self.ways.has(Fault::ImmediatesOfImmediates) {
                self.go_on_checking();
            }
            if self.is_over() {
                return;
            }
        }
        self.drain();
    }

    fn go_on_checking(&self) {
        let mut state = self.state();
        if state.outstanding.is_empty() {
            state.outstanding = std::mem::take(&mut state.immediates).into();
        }
    }

    /// The next one of those that were there when the phase began; what is left of the one before runs first.
    fn next_immediate(&self, first: bool) -> Option<Immediate> {
        if self.state().outstanding.is_empty() {
            return None;
        }
        if !first {
            self.drain_unless(Fault::NoDrainBetweenImmediates);
        }
        let mut state = self.state();
        if state.is_over() {
            return None;
        }
        state.outstanding.pop_front()
    }
}
