//! The model with one of its rules broken.
//!
//! Each fault is what somebody believes of Node who has one rule wrong. It says what he would answer: which wrong orders
//! are worth offering beside the right one. And it says whether those who hold the model against Node would notice, if it
//! were the model's own.
//!
//! A fault is looked at in the one place where its rule is: in `turn.rs`, `timers.rs` or `versions.rs`; for what Node's own
//! JavaScript does in `engine/faults.js`; and for what only the engine knows, in [`Fault::rewrite`].
//!
//! To add a fault, add it to the list below, break its rule where that is, and give `tests/event_loop/faults.txt` a program
//! whose orders change.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};

macro_rules! faults {
    ($($(#[$doc:meta])* $fault:ident, $id:literal, $belief:literal;)*) => {
        /// A rule that is broken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Fault {
            $($(#[$doc])* $fault,)*
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &[Fault] = &[$(Fault::$fault,)*];

            /// Its name: lowercase words with hyphens.
            pub fn id(self) -> &'static str {
                match self {
                    $(Fault::$fault => $id,)*
                }
            }

            /// What is believed: it completes "who believes that …".
            pub fn belief(self) -> &'static str {
                match self {
                    $(Fault::$fault => $belief,)*
                }
            }
        }
    };
}

faults! {
    // --- when the two queues are emptied
    /// Nothing is emptied between callbacks of the same phase.
    DrainsBetweenPhases, "drains-between-phases",
        "ticks and microtasks run only between the phases";
    /// Nothing is emptied between two timers of the same delay.
    NoDrainBetweenTimers, "no-drain-between-timers",
        "timeouts of the same delay run in one go, and ticks and microtasks after all of them";
    /// Nothing is emptied between timers of different delays.
    NoDrainBetweenLists, "no-drain-between-lists",
        "all timeouts that are due run in one go, whatever microtasks the last one of a delay asked for";
    /// Nothing is emptied between two immediates.
    NoDrainBetweenImmediates, "no-drain-between-immediates",
        "all immediates run in one go, and ticks and microtasks after all of them";
    /// Nothing is emptied between what is read, written or looked up.
    NoDrainBetweenReads, "no-drain-between-reads",
        "all that was read is handed over in one go, and ticks and microtasks come after";
    /// Ticks and promise jobs that a thrower asked for come at once.
    DrainAfterThrow, "drain-after-throw",
        "ticks and microtasks of a callback that throws come before the next callback";
    /// Promise jobs first, ticks when none is left.
    JobsBeforeTicks, "jobs-before-ticks",
        "promises always come before `process.nextTick`";
    /// A tick does not wait until the microtask queue is empty.
    TickInterruptsJobs, "tick-interrupts-jobs",
        "a tick runs at once when the promise job that asked for it has ended";
    /// Promise jobs are run after every tick.
    JobsAfterEachTick, "jobs-after-each-tick",
        "microtasks run after each single tick";
    /// A tick that is asked for by a tick comes after the promise jobs.
    TicksInRounds, "ticks-in-rounds",
        "a tick that is asked for by a tick waits until the microtasks have run";
    /// A promise job that is asked for by a promise job waits until the loop has gone on.
    JobsInRounds, "jobs-in-rounds",
        "each step of a promise lets the event loop go on first";
    /// Ticks run at the end of the loop's turn.
    TicksAtEndOfTurn, "ticks-at-end-of-turn",
        "`process.nextTick` waits for the next turn of the event loop";
    /// Ticks stand in the microtask queue.
    TicksAreJobs, "ticks-are-jobs",
        "ticks and microtasks stand in one queue, in the order in which they were asked for";
    /// Ticks, promise jobs, immediates and timeouts of 0 stand in one queue.
    OneQueue, "one-queue",
        "whatever has no delay stands in one queue, in the order in which it was asked for";
    /// A tick is called on the spot.
    TickRunsNow, "tick-runs-now",
        "`process.nextTick` calls its function at once";
    /// What nobody handles is judged before the queues are emptied.
    RejectionsJudgedFirst, "rejections-judged-first",
        "a promise must have its `catch` when the callback ends that rejects it";

    // --- the main file
    /// A CommonJS main script is evaluated as a promise job.
    ScriptIsAJob, "script-is-a-job",
        "after a CommonJS script microtasks come before ticks, as after an ES module";
    /// An ES module is evaluated like a CommonJS script.
    ModuleIsAScript, "module-is-a-script",
        "after an ES module ticks come before microtasks, as after a CommonJS script";
    /// An ES module is evaluated before the loop also where it is not: on Node 18 and 20.
    ModuleBeforeLoop, "module-before-loop",
        "an ES module runs before the first turn of the loop, on Node 18 and 20 too";

    // --- timers
    /// A timeout of 0 is called on the spot.
    ZeroTimeoutRunsNow, "zero-timeout-runs-now",
        "a timeout of 0 runs at once";
    /// A timeout is called on the spot, whatever its delay.
    TimeoutBlocks, "timeout-blocks",
        "`setTimeout` waits on the spot until its function has run";
    /// 0 stays 0, and is due at once.
    ZeroIsZero, "zero-is-zero",
        "a timeout of 0 is due at once, and before one of 1 ms";
    /// Delays do not count.
    DelaysIgnored, "delays-ignored",
        "timeouts run in the order in which they were asked for, whatever their delay";
    /// Each timer stands alone, whatever others have its delay.
    TimersByDueTime, "timers-by-due-time",
        "timeouts run strictly by the time at which they are due";
    /// The clock is looked at again for each list.
    ClockMovesInPass, "clock-moves-in-pass",
        "a timeout that is asked for by a timeout can still run in the same phase";
    /// Timers that became due while timers ran wait, also on Node 18 and 20.
    TimersRunOnce, "timers-run-once",
        "the timers phase is over when its timeouts have run, on Node 18 and 20 too";
    /// `unref` does nothing.
    UnrefIgnored, "unref-ignored",
        "a timer that was released with `unref()` is waited for all the same";

    // --- the other phases
    /// An immediate is called on the spot.
    ImmediateRunsNow, "immediate-runs-now",
        "`setImmediate` calls its function at once";
    /// The loop begins with the check phase.
    ImmediatesFirst, "immediates-first",
        "the loop begins with the immediates";
    /// An immediate runs when the callback and its ticks and jobs have ended.
    ImmediateRunsNext, "immediate-runs-next",
        "an immediate runs immediately after the callback that asked for it";
    /// An immediate that is asked for by an immediate runs in the same phase.
    ImmediatesOfImmediates, "immediates-of-immediates",
        "an immediate that is asked for by an immediate runs in the same phase";
    /// The timers phase comes after poll, and check after it.
    TimersAfterPoll, "timers-after-poll",
        "after I/O callbacks come the timeouts, and then the immediates";
    /// The check phase comes before poll.
    CheckBeforePoll, "check-before-poll",
        "the check phase comes before the poll phase";
    /// What is read first is done first.
    ReadsInOrder, "reads-in-order",
        "files are read one after another, in the order in which that was asked for";
    /// Whatever is read is done when the loop first comes to the poll phase.
    ReadsAreQuick, "reads-are-quick",
        "a small file has been read when the loop first comes to the poll phase";

    // --- promises
    /// `new Promise(f)` calls `f` in a promise job.
    ExecutorRunsLater, "executor-runs-later",
        "the function given to `new Promise` runs later, as a microtask";
    /// An async function begins in a promise job.
    AsyncRunsLater, "async-runs-later",
        "an async function runs later, as a microtask, from its first line on";
    /// `await` of a value that is written there does not wait.
    AwaitOfValueGoesOn, "await-of-value-goes-on",
        "`await` goes on at once if there is nothing to wait for";
    /// `await` takes three promise jobs, as in V8 before 7.2.
    AwaitTakesThreeJobs, "await-takes-three-jobs",
        "an `await` takes three microtasks";
    /// `then` of a promise that is settled calls its function on the spot.
    ThenRunsNow, "then-runs-now",
        "`then` calls its function at once if the promise is settled";
    /// The callbacks of a chain of `then` run one after another in one promise job.
    ChainRunsWhole, "chain-runs-whole",
        "a chain of `then` runs whole before another promise has its turn";
    /// A promise that a `then` returns is taken over without jobs of its own.
    AdoptingIsFree, "adopting-is-free",
        "a promise that is returned from a `then` arrives as soon as a value";
    /// `finally` takes one job, as `then` does.
    FinallyIsAThen, "finally-is-a-then",
        "`finally` passes on as soon as `then` does";
    /// `emit` calls each listener in a promise job.
    ListenersRunLater, "listeners-run-later",
        "`emit` returns before its listeners run";
}

static ASYNC: LazyLock<Regex> =
    LazyLock::new(|| of(r"\basync\s+(?:function\b\s*)?\w*\s*\([^()]*\)\s*(?:=>\s*)?\{"));
static AWAIT: LazyLock<Regex> = LazyLock::new(|| of(r"\bfor\s+await\b|\bawait\b"));
static AWAIT_OF_VALUE: LazyLock<Regex> = LazyLock::new(|| {
    of(r#"\bawait\s+(null\b|undefined\b|true\b|false\b|\d+\b|'[^'\n]*'|"[^"\n]*")"#)
});

fn of(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns above are whole")
}

impl Fault {
    /// The source as one must write it for the engine, whose own rules cannot be broken, so that it does as is believed.
    /// Every line stays where it was.
    pub(super) fn rewrite(self, source: &str) -> Cow<'_, str> {
        match self {
            Fault::AsyncRunsLater => ASYNC.replace_all(source, "$0 await null;"),
            Fault::AwaitOfValueGoesOn => AWAIT_OF_VALUE.replace_all(source, "$1"),
            Fault::AwaitTakesThreeJobs => AWAIT.replace_all(source, |found: &Captures<'_>| {
                match found[0].starts_with("for") {
                    true => found[0].to_owned(),
                    false => "await await await".to_owned(),
                }
            }),
            _ => Cow::Borrowed(source),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_engine_does_is_written_otherwise() {
        let source = "async function f(a) {\n  await null; for await (const x of y);\n}\nconst g = async () => { await 'x' };";
        let rewritten = |fault: Fault| fault.rewrite(source);
        let later = "async function f(a) { await null;\n  await null; for await (const x of y);\n}\nconst g = async () => { await null; await 'x' };";
        assert_eq!(rewritten(Fault::AsyncRunsLater), later);
        let now = "async function f(a) {\n  null; for await (const x of y);\n}\nconst g = async () => { 'x' };";
        assert_eq!(rewritten(Fault::AwaitOfValueGoesOn), now);
        let three = "async function f(a) {\n  await await await null; for await (const x of y);\n}\nconst g = async () => { await await await 'x' };";
        assert_eq!(rewritten(Fault::AwaitTakesThreeJobs), three);
        assert_eq!(rewritten(Fault::OneQueue), source);
    }

    #[test]
    fn each_has_a_name_of_its_own() {
        let ids: std::collections::BTreeSet<_> =
            Fault::ALL.iter().map(|fault| fault.id()).collect();
        assert_eq!(ids.len(), Fault::ALL.len());
    }
}
