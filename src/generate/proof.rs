//! What the model says of a program that came out of chance: whether it is a question at all, and what wrong rules answer.

use std::collections::BTreeSet;

use super::Belief;
use super::offer::{self, Offer};
use crate::event_loop::{self, Fault, Happening, Order, Orders, Search, USUAL_CALLBACK};
use crate::program::{Files, Input, ModuleSystem, RelPath, Version};
use crate::trace;

/// The line of Node whose schedule is told, and whose wrong answers are given.
const TOLD: u32 = 24;

/// Among so many runs an answer is looked for that is not the right one.
const RUNS: usize = 2;

/// Beliefs that are heard beside those of the rules that are offered.
const ALSO: [Fault; 8] = [
    Fault::OneQueue,
    Fault::ReadsAreQuick,
    Fault::ImmediatesFirst,
    Fault::CheckBeforePoll,
    Fault::ImmediatesOfImmediates,
    Fault::JobsAfterEachTick,
    Fault::AwaitTakesThreeJobs,
    Fault::FinallyIsAThen,
];

/// A program in the one file in which it is run.
#[derive(Debug)]
pub(super) struct Subject {
    files: Files,
    entry: RelPath,
    module: ModuleSystem,
    /// How long a callback is taken to last at most, if that matters.
    within: Option<u32>,
}

impl Subject {
    pub fn new(source: &str, module: ModuleSystem) -> Option<Self> {
        let (files, entry) = super::files(source, module).ok()?;
        Some(Subject {
            files,
            entry,
            module,
            within: None,
        })
    }

    fn orders(&self, line: u32, search: &Search) -> Option<Orders> {
        let program = event_loop::Program {
            files: &self.files,
            entry: &self.entry,
            input: &Input::default(),
            module: self.module,
            node: Version::last_of(line),
        };
        event_loop::orders(&program, search).ok()
    }

    /// The only order on the line, if there is one and the program then ends well.
    fn only(&self, line: u32) -> Option<Order> {
        let search = Search {
            callbacks_within: self.within,
            // A second one is one too many.
            orders: 1,
            ..Search::default()
        };
        let mut found = self.orders(line, &search)?;
        let order = found.orders.pop().filter(|_| found.bound.is_none())?;
        (order.exit == 0 && order.threw.is_none()).then_some(order)
    }

    /// What it prints on the line of Node whose schedule is told, if there is one order only.
    ///
    /// If there are more when callbacks may last for any time, they are taken to be short: that settles which of two
    /// different delays is over first.
    pub fn printed(&mut self) -> Option<Vec<String>> {
        let order = self.only(TOLD).or_else(|| {
            self.within = Some(USUAL_CALLBACK);
            self.only(TOLD)
        })?;
        Some(trace::lines_of(&order.printed))
    }

    /// How that comes about: any run tells it that comes to its end, and the first mostly does.
    pub fn story(&self) -> Option<Vec<Happening>> {
        let told = |runs: usize| {
            let search = Search {
                callbacks_within: self.within,
                runs,
                stories: true,
                ..Search::default()
            };
            let order = self.orders(TOLD, &search)?.orders.pop()?;
            Some(order.story)
        };
        told(1).or_else(|| told(Search::default().runs))
    }

    /// Whether every other line of Node has no other order.
    pub fn is_the_same_everywhere(&self, printed: &[String]) -> bool {
        let mut lines = event_loop::LINES.into_iter().filter(|line| *line != TOLD);
        lines.all(|line| {
            let order = self.only(line);
            order.is_some_and(|order| trace::lines_of(&order.printed) == printed)
        })
    }

    /// What somebody says that it prints who has this rule wrong, if it is something else.
    pub fn believed(&self, fault: Fault, printed: &[String]) -> Option<Belief> {
        let search = Search {
            callbacks_within: self.within,
            fault: Some(fault),
            runs: RUNS,
            ..Search::default()
        };
        let found = self.orders(TOLD, &search)?.orders.into_iter();
        let mut orders = found.map(|order| trace::lines_of(&order.printed));
        let printed = orders.find(|order| order != printed)?;
        Some(Belief { fault, printed })
    }
}

/// Every belief that is heard beside those about the rule, where the program has something to say of it.
pub(super) fn other_beliefs(offer: &Offer, source: &str) -> Vec<Fault> {
    let mut known: BTreeSet<Fault> = offer.faults.iter().copied().collect();
    let all = offer::ALL
        .iter()
        .flat_map(|offer| offer.faults)
        .chain(&ALSO);
    all.copied()
        .filter(|fault| known.insert(*fault) && concerns(*fault, source))
        .collect()
}

/// Whether the program has what the belief is about; only such programs are tried, which saves time.
fn concerns(fault: Fault, source: &str) -> bool {
    let has = |words: &[&str]| words.iter().all(|word| source.contains(word));
    let has_jobs = || {
        let jobs = ["queueMicrotask", ".then(", "await"];
        jobs.iter().any(|job| source.contains(job))
    };
    match fault {
        Fault::JobsBeforeTicks
        | Fault::TicksAreJobs
        | Fault::ScriptIsAJob
        | Fault::ModuleIsAScript
        | Fault::TickInterruptsJobs
        | Fault::JobsAfterEachTick
        | Fault::TicksInRounds => has(&["nextTick"]) && has_jobs(),
        Fault::TicksAtEndOfTurn | Fault::TickRunsNow => has(&["nextTick"]),
        Fault::JobsInRounds => has_jobs(),
        Fault::OneQueue => has_jobs() || has(&["nextTick"]),
        Fault::RejectionsJudgedFirst => has(&["unhandledRejection"]),
        Fault::ZeroTimeoutRunsNow | Fault::ZeroIsZero => has(&["setTimeout"]),
        Fault::TimeoutBlocks | Fault::DelaysIgnored => has(&["setTimeout"]),
        Fault::UnrefIgnored => has(&["unref"]),
        Fault::ImmediatesFirst | Fault::ImmediateRunsNow => has(&["setImmediate"]),
        Fault::ImmediateRunsNext | Fault::ImmediatesOfImmediates => has(&["setImmediate"]),
        Fault::TimersAfterPoll => has(&["readFile", "setTimeout"]),
        Fault::CheckBeforePoll | Fault::ReadsAreQuick => has(&["readFile", "setImmediate"]),
        Fault::ExecutorRunsLater => has(&["new Promise"]),
        Fault::AsyncRunsLater | Fault::AwaitOfValueGoesOn => has(&["await"]),
        Fault::AwaitTakesThreeJobs => has(&["await"]),
        Fault::ThenRunsNow => has(&[".then("]),
        Fault::ChainRunsWhole => source.matches(".then(").count() > 1,
        Fault::AdoptingIsFree => has(&["Promise.resolve())"]),
        Fault::FinallyIsAThen => has(&[".finally("]),
        Fault::ListenersRunLater => has(&["EventEmitter"]),
        _ => true,
    }
}
