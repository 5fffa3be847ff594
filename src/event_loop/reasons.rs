//! Which of Node's rules an order rests on: the one without which it would be another.
//!
//! The search is done again with each rule broken in turn ([`Fault`]). Where two lines then come the other way round, that
//! rule is why they do not, if it is about such a pair: what prints the one, and what the other. Of several rules the one
//! is named that changes least beside these two lines; among such, the one about the main file.

use std::collections::{BTreeMap, BTreeSet};

use super::expectation::{self, Line, number};
use super::{Fault, Kind, Order, Orders, Program, Search, orders};
use crate::program::ModuleSystem;
use crate::trace::{self, Expectation};

/// With a rule broken, so many times as many runs are made as without.
const MORE_RUNS: usize = 4;
/// No order of more lines is explained.
const MOST_LINES: usize = 100;

/// What accepts exactly the orders that were found, each step with the rule that causes it, as far as one is known.
/// Nothing, if there is no order.
pub fn explained(program: &Program<'_>, search: &Search, found: &Orders) -> Option<Expectation> {
    let lines: Vec<_> = lines_of(found).collect();
    let reasons = Reasons::of(program, search, found, &lines);
    expectation::with_reasons(&lines, &|first, then| reasons.why(first, then))
}

/// What accepts the orders that were found and all others that keep what they have in common, and how many these are;
/// nothing where that cannot be said. It is what so many runs show, and not proven.
pub fn in_common(found: &Orders) -> Option<(Expectation, usize)> {
    let lines: Vec<_> = lines_of(found).collect();
    expectation::in_common(&lines, &|_, _| None)
}

fn lines_of(found: &Orders) -> impl Iterator<Item = Vec<String>> {
    let orders = found.orders.iter();
    orders.map(|order| trace::lines_of(&order.printed))
}

/// A pair of lines that always come in this order, and may come in the other with a rule broken.
type Pair = ((String, usize), (String, usize));

/// What prints a line, and whether that is before the loop has begun.
type Printer = (Kind, bool);

struct Reasons {
    module: ModuleSystem,
    /// For each broken rule the pairs that it turns round, those that turn least first.
    broken: Vec<(Fault, BTreeSet<Pair>)>,
    /// What prints each line, in one of the orders.
    printers: BTreeMap<(String, usize), Printer>,
}

impl Reasons {
    fn of(
        program: &Program<'_>,
        search: &Search,
        found: &Orders,
        lines: &[Vec<String>],
    ) -> Reasons {
        let places: Vec<_> = lines.iter().map(|lines| places(lines)).collect();
        let explains = lines.iter().all(|lines| lines.len() <= MOST_LINES);
        let mut broken = Vec::new();
        for fault in Fault::ALL
            .iter()
            .filter(|_| explains && found.bound.is_none())
        {
            let search = Search {
                fault: Some(*fault),
                runs: search.runs.min(100 + MORE_RUNS * found.runs),
                stories: false,
                ..search.clone()
            };
            let Ok(with) = orders(program, &search) else {
                continue;
            };
            let turned: BTreeSet<Pair> = lines_of(&with)
                .flat_map(|lines| turned(&lines, &places))
                .collect();
            if !turned.is_empty() {
                broken.push((*fault, turned));
            }
        }
        broken.sort_by_key(|(fault, turned)| (turned.len(), !is_of_main(*fault)));
        let first = Search {
            runs: 1,
            stories: true,
            ..search.clone()
        };
        let first = orders(program, &first).ok();
        let first = first.and_then(|mut first| first.orders.pop());
        Reasons {
            module: program.module,
            broken,
            printers: first.as_ref().map(printers).unwrap_or_default(),
        }
    }

    fn why(&self, first: Line<'_>, then: Line<'_>) -> Option<&'static str> {
        let owned = |line: Line<'_>| (line.0.to_owned(), line.1);
        let pair = (owned(first), owned(then));
        let printers = (*self.printers.get(&pair.0)?, *self.printers.get(&pair.1)?);
        let mut broken = self
            .broken
            .iter()
            .filter(|(_, turned)| turned.contains(&pair));
        broken.find_map(|(fault, _)| rule(*fault, self.module, printers))
    }
}

/// What prints each line of the order: whatever prints its first letter.
fn printers(order: &Order) -> BTreeMap<(String, usize), Printer> {
    let lines = trace::lines_of(&order.printed);
    let mut printers = BTreeMap::new();
    let mut at = 0;
    for line in number(&lines) {
        let mut printed = 0;
        let by = order.story.iter().find(|happening| {
            printed += happening.printed.len();
            printed > at
        });
        at += line.0.len() + 1;
        if let Some(by) = by {
            let printer = (by.kind(), by.turn == 0);
            printers.insert((line.0.to_owned(), line.1), printer);
        }
    }
    printers
}

fn places(lines: &[String]) -> BTreeMap<Line<'_>, usize> {
    number(lines)
        .into_iter()
        .enumerate()
        .map(|(place, line)| (line, place))
        .collect()
}

/// The pairs of an order with a broken rule that always come the other way round.
fn turned(lines: &[String], places: &[BTreeMap<Line<'_>, usize>]) -> Vec<Pair> {
    let numbered = number(lines);
    let owned = |line: Line<'_>| (line.0.to_owned(), line.1);
    let mut turned = Vec::new();
    for (place, first) in numbered.iter().enumerate() {
        for then in &numbered[place + 1..] {
            let is_turned = |places: &BTreeMap<Line<'_>, usize>| {
                let pair = places.get(first).zip(places.get(then));
                pair.is_some_and(|(first, then)| first > then)
            };
            if places.iter().all(is_turned) {
                turned.push((owned(*then), owned(*first)));
            }
        }
    }
    turned
}

fn is_of_main(fault: Fault) -> bool {
    matches!(
        fault,
        Fault::ScriptIsAJob | Fault::ModuleIsAScript | Fault::OneQueue
    )
}

/// The rule of the catalogue that is broken, if it is one about what these two print.
fn rule(fault: Fault, module: ModuleSystem, printers: (Printer, Printer)) -> Option<&'static str> {
    use Kind::{Immediate, Io, Jobs, Main, Tick, Timer};
    let of_main = match module {
        ModuleSystem::CommonJs => "main-commonjs",
        ModuleSystem::Esm => "main-esm",
    };
    let ((first, is_before_loop), (then, _)) = printers;
    let is_of_loop = |kind| matches!(kind, Timer | Immediate | Io);
    let is_queued = |kind| matches!(kind, Tick | Jobs);
    Some(match (fault, first, then) {
        (Fault::ScriptIsAJob, Tick, Jobs) | (Fault::ModuleIsAScript, Jobs, Tick) => of_main,
        (Fault::OneQueue, Tick | Jobs, Timer | Immediate) if is_before_loop => of_main,
        (Fault::OneQueue, Tick | Jobs, Timer | Immediate) => "drain-after-callback",
        (
            Fault::DrainsBetweenPhases
            | Fault::NoDrainBetweenTimers
            | Fault::NoDrainBetweenLists
            | Fault::NoDrainBetweenImmediates
            | Fault::NoDrainBetweenReads
            | Fault::TicksAtEndOfTurn,
            Tick | Jobs,
            then,
        ) if is_of_loop(then) => "drain-after-callback",
        (Fault::JobsBeforeTicks | Fault::TicksAreJobs | Fault::TicksAtEndOfTurn, Tick, Jobs) => {
            "next-tick-first"
        }
        (Fault::TickInterruptsJobs, Jobs, Tick) => "tick-after-jobs",
        (Fault::JobsAfterEachTick | Fault::TicksInRounds, Tick, Jobs) => "queue-whole",
        (Fault::JobsInRounds, Jobs, then) if is_of_loop(then) => "queue-whole",
        (Fault::TickRunsNow, Main, Tick)
        | (Fault::ZeroTimeoutRunsNow, Main, Timer)
        | (Fault::ImmediateRunsNow, Main, Immediate)
        | (Fault::ThenRunsNow, Main, Jobs) => "run-to-completion",
        (Fault::ChainRunsWhole, Jobs, Jobs) => "then-one-hop",
        (Fault::ZeroIsZero, Timer, Timer) => "timer-clamp",
        (Fault::DelaysIgnored, Timer, Timer) => "timers-not-before",
        (
            Fault::ImmediatesFirst | Fault::ImmediateRunsNext | Fault::CheckBeforePoll,
            first,
            then,
        ) if first != then && is_of_loop(first) && is_of_loop(then) => "six-phases",
        (Fault::ImmediatesOfImmediates, first, Immediate) if first != Main => "immediate-next-turn",
        (Fault::TimersAfterPoll, Immediate, Timer) => "immediate-after-io",
        (Fault::ExecutorRunsLater, _, _) => "executor-runs-now",
        (Fault::AsyncRunsLater, _, _) => "async-until-await",
        (Fault::AwaitOfValueGoesOn, _, Jobs) => "await-gives-way",
        (Fault::AdoptingIsFree, Jobs, Jobs) => "adopting-takes-jobs",
        (Fault::ListenersRunLater, _, then) if !is_queued(then) || then == first => {
            "listeners-run-now"
        }
        (Fault::RejectionsJudgedFirst, _, _) => "rejection-after-drain",
        (Fault::UnrefIgnored, _, _) => "unref-holds-nothing",
        _ => return None,
    })
}
