//! Which of Node's rules an order rests on: the one without which it would be another.
//!
//! The search is done again with each rule broken in turn ([`Fault`]). Where two lines then come the other way round, that
//! rule is why they do not. Of several rules the one is named that changes least beside these two lines; among such, the
//! one about the main file.

use std::collections::{BTreeMap, BTreeSet};

use super::expectation::{self, Line, number};
use super::{Fault, Orders, Program, Search, orders};
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

fn lines_of(found: &Orders) -> impl Iterator<Item = Vec<String>> {
    let orders = found.orders.iter();
    orders.map(|order| trace::lines_of(&order.printed))
}

/// A pair of lines that always come in this order, and may come in the other with a rule broken.
type Pair = ((String, usize), (String, usize));

struct Reasons {
    /// For each broken rule the pairs that it turns round, those that turn least first.
    broken: Vec<(&'static str, BTreeSet<Pair>)>,
}

impl Reasons {
    fn of(
        program: &Program<'_>,
        search: &Search,
        found: &Orders,
        lines: &[Vec<String>],
    ) -> Reasons {
        let mut broken = Vec::new();
        let places: Vec<_> = lines.iter().map(|lines| places(lines)).collect();
        let explains = lines.iter().all(|lines| lines.len() <= MOST_LINES);
        for fault in Fault::ALL
            .iter()
            .filter(|_| explains && found.bound.is_none())
        {
            let Some(rule) = rule(*fault, program.module) else {
                continue;
            };
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
                broken.push((rule, turned));
            }
        }
        let of_main = of_main(program.module);
        broken.sort_by_key(|(rule, turned)| (turned.len(), *rule != of_main));
        Reasons { broken }
    }

    fn why(&self, first: Line<'_>, then: Line<'_>) -> Option<&'static str> {
        let owned = |line: Line<'_>| (line.0.to_owned(), line.1);
        let pair = (owned(first), owned(then));
        let mut broken = self.broken.iter();
        let found = broken.find(|(_, turned)| turned.contains(&pair));
        found.map(|(rule, _)| *rule)
    }
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

/// The rule about a main file.
fn of_main(module: ModuleSystem) -> &'static str {
    match module {
        ModuleSystem::CommonJs => "main-commonjs",
        ModuleSystem::Esm => "main-esm",
    }
}

/// The rule of the catalogue that is broken, where it is one.
fn rule(fault: Fault, module: ModuleSystem) -> Option<&'static str> {
    Some(match fault {
        Fault::ScriptIsAJob | Fault::ModuleIsAScript | Fault::OneQueue => of_main(module),
        Fault::DrainsBetweenPhases
        | Fault::NoDrainBetweenTimers
        | Fault::NoDrainBetweenLists
        | Fault::NoDrainBetweenImmediates
        | Fault::NoDrainBetweenReads
        | Fault::TicksAtEndOfTurn => "drain-after-callback",
        Fault::JobsBeforeTicks | Fault::TicksAreJobs => "next-tick-first",
        Fault::TickInterruptsJobs => "tick-after-jobs",
        Fault::JobsAfterEachTick | Fault::TicksInRounds | Fault::JobsInRounds => "queue-whole",
        Fault::TickRunsNow | Fault::ZeroTimeoutRunsNow | Fault::ThenRunsNow => "run-to-completion",
        Fault::RejectionsJudgedFirst => "rejection-after-drain",
        Fault::ZeroIsZero => "timer-clamp",
        Fault::DelaysIgnored => "timers-not-before",
        Fault::UnrefIgnored => "unref-holds-nothing",
        Fault::ImmediatesFirst | Fault::ImmediateRunsNext | Fault::CheckBeforePoll => "six-phases",
        Fault::ImmediatesOfImmediates => "immediate-next-turn",
        Fault::TimersAfterPoll => "immediate-after-io",
        Fault::ExecutorRunsLater => "executor-runs-now",
        Fault::AsyncRunsLater => "async-until-await",
        Fault::AwaitOfValueGoesOn => "await-gives-way",
        Fault::AdoptingIsFree => "adopting-takes-jobs",
        Fault::ListenersRunLater => "listeners-run-now",
        _ => return None,
    })
}
