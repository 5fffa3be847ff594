//! The model of the event loop against Node, on programs that nobody thought of.
//!
//! Random programs in both module systems are run on every Node of `TICKMARK_NODES`, quietly and beside threads that
//! keep the cores busy, with a thread pool of one and of four; what one prints must be among the orders that the model
//! says. Half of them are always the same; the seed of the others is said, and with `TICKMARK_SEED` all are of that seed,
//! those among them. With `TICKMARK_LONG` there are a hundred times as many, and `TICKMARK_PROGRAMS` says how many.
//!
//! What is not among them is made smaller as long as it stays so, and is then a case for `tests/event_loop`.

mod support;

#[path = "differential/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::env;
use std::sync::Mutex;
use std::time::SystemTime;

use fastrand::Rng;
use tickmark::event_loop::{self, Fault, Orders, Program, Search};
use tickmark::node::Node;
use tickmark::program::{Files, Input, ModuleSystem, RelPath};
use tickmark::sandbox;

use program::Random;

/// How many programs.
fn programs() -> usize {
    let number = |name: &str| env::var(name).ok().and_then(|number| number.parse().ok());
    let usual = if env::var_os("TICKMARK_LONG").is_some() {
        8_000
    } else {
        80
    };
    number("TICKMARK_PROGRAMS").unwrap_or(usual)
}

/// The seed that was asked for.
fn given_seed() -> Option<u64> {
    env::var("TICKMARK_SEED").ok()?.parse().ok()
}

/// One that is new each time.
fn fresh_seed() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.unwrap().as_secs()
}

/// A program on a Node.
struct Trial<'a> {
    random: Random,
    seed: u64,
    node: &'a Node,
}

impl Random {
    fn files(&self) -> (Files, RelPath) {
        let entry = match self.module {
            ModuleSystem::CommonJs => "main.cjs",
            ModuleSystem::Esm => "main.mjs",
        };
        let entry = RelPath::new(entry).unwrap();
        let main = (entry.clone(), self.source().into_bytes().into());
        let others = Random::FILES.map(|(name, text)| {
            let text = text.as_bytes().to_vec();
            (RelPath::new(name).unwrap(), text.into())
        });
        (Files::from_iter(others.into_iter().chain([main])), entry)
    }

    /// What the model says; nothing where that is not all.
    fn orders(&self, node: &Node, search: &Search) -> Option<Orders> {
        let (files, entry) = self.files();
        let program = Program {
            files: &files,
            entry: &entry,
            input: &Input::default(),
            module: self.module,
            node: node.version,
        };
        let found = event_loop::orders(&program, search).ok()?;
        found.bound.is_none().then_some(found)
    }

    /// What Node prints, and the exit code.
    fn seen(&self, node: &Node, pool: &str) -> (String, i32) {
        let (files, entry) = self.files();
        let mut program = sandbox::Program::new(files, entry);
        let pool = ("UV_THREADPOOL_SIZE".to_owned(), pool.to_owned());
        program.input.env.push(pool);
        let run = sandbox::run(&program, node).unwrap();
        let printed = String::from_utf8(run.stdout).unwrap();
        let exit = run.ending.exit();
        (printed, exit.unwrap_or_else(|| panic!("{:?}", run.ending)))
    }

    /// What Node prints in so many runs; nothing where the model does not say all.
    fn held(&self, node: &Node, runs: usize) -> Option<Held> {
        let found = self.orders(node, &search())?;
        let seen = (0..runs).map(|run| self.seen(node, ["4", "1"][run % 2]));
        let seen: BTreeSet<_> = seen.collect();
        let orders = found.orders.into_iter();
        let known: BTreeSet<_> = orders.map(|order| (order.printed, order.exit)).collect();
        Some(Held {
            unknown: seen.difference(&known).next().cloned(),
            seen: seen.len(),
            known: known.len(),
        })
    }
}

/// A program's runs beside what the model says.
struct Held {
    /// An order that Node printed and the model does not know.
    unknown: Option<(String, i32)>,
    /// How many different orders Node printed.
    seen: usize,
    /// How many the model knows.
    known: usize,
}

/// How tight the model is: how few orders it allows, and how many of those were seen.
#[derive(Default)]
struct Tightness {
    programs: usize,
    single: usize,
    known: usize,
    seen: usize,
    /// Powers of ten by which the model allows fewer orders than keep what asks for what, one for each program.
    fewer: Vec<f64>,
}

impl Tightness {
    fn add(&mut self, random: &Random, held: &Held) {
        self.programs += 1;
        self.single += usize::from(held.known == 1);
        self.known += held.known;
        self.seen += held.seen;
        let all = random.interleavings_log10();
        self.fewer.push(all - (held.known as f64).log10());
    }

    fn told(&mut self, of: usize, runs: usize) -> String {
        self.fewer.sort_by(f64::total_cmp);
        let median = self.fewer.get(self.fewer.len() / 2).copied();
        let beaten = self.fewer.iter().filter(|fewer| **fewer > 0.0).count();
        format!(
            "{} of {of} programs on a Node were known whole, {} of them with one order; {} of {} orders were seen in {} \
             runs; {beaten} have fewer orders than keep what asks for what, half of them by 10 to the {:.1}",
            self.programs,
            self.single,
            self.seen,
            self.known,
            self.programs * runs,
            median.unwrap_or_default()
        )
    }
}

/// So many programs show so many faults, at the least; what only adds orders, or is so on one Node alone, may be missed.
const PROGRAMS_FOR_FAULTS: u64 = 100;
const FAULTS_SEEN: usize = 32;

/// How often each program is run on a Node.
const RUNS: usize = 2;

fn search() -> Search {
    Search {
        runs: 500,
        callbacks: 10_000,
        ..Search::default()
    }
}

/// The smallest program found for which that is still so.
fn smallest(random: &Random, node: &Node) -> Random {
    let mut smallest = random.clone();
    while let Some(smaller) = smallest.smaller().into_iter().find(|smaller| {
        let held = smaller.held(node, 6);
        held.is_some_and(|held| held.unknown.is_some())
    }) {
        smallest = smaller;
    }
    smallest
}

/// Were one of its rules wrong, what random programs print on Node would show it.
#[test]
fn faults_of_the_model_are_seen() {
    let nodes = support::nodes();
    type Seen<'a> = (Random, &'a Node, String, i32);
    let seen: Vec<Seen<'_>> = (0..PROGRAMS_FOR_FAULTS)
        .map(|seed| {
            let mut chance = Rng::with_seed(seed);
            let size = chance.usize(6..14);
            let random = Random::new(&mut chance, size);
            let node = &nodes[seed as usize % nodes.len()];
            let (printed, exit) = random.seen(node, "4");
            (random, node, printed, exit)
        })
        .collect();
    let catches = |fault: Fault, (random, node, printed, exit): &Seen<'_>| {
        let search = Search {
            fault: Some(fault),
            runs: 200,
            ..search()
        };
        let found = random.orders(node, &search);
        found.is_some_and(|found| {
            let same = |order: &event_loop::Order| order.printed == *printed && order.exit == *exit;
            !found.orders.iter().any(same)
        })
    };
    let unseen = Mutex::new(Vec::new());
    support::hold(Fault::ALL, 2, |fault| {
        if !seen.iter().any(|seen| catches(*fault, seen)) {
            unseen.lock().unwrap().push(fault.id());
        }
        None
    });
    let unseen = unseen.into_inner().unwrap();
    let all = Fault::ALL.len();
    eprintln!("{PROGRAMS_FOR_FAULTS} programs show all {all} faults but {unseen:?}");
    assert!(all - unseen.len() >= FAULTS_SEEN, "unseen: {unseen:?}");
}

#[test]
fn what_node_prints_is_among_the_orders() {
    let nodes = support::nodes();
    let given = given_seed();
    let fresh = given.unwrap_or_else(fresh_seed);
    let programs = programs();
    support::not_tested(&format!(
        "no more than {programs} random programs, TICKMARK_SEED={fresh}"
    ));
    let mut trials = Vec::new();
    for number in 0..programs {
        let seed = match number % 2 {
            0 if given.is_none() => number as u64,
            _ => fresh.wrapping_mul(1_000_003).wrapping_add(number as u64),
        };
        let mut chance = Rng::with_seed(seed);
        let size = chance.usize(4..14);
        let random = Random::new(&mut chance, size);
        for node in &nodes {
            trials.push(Trial {
                random: random.clone(),
                seed,
                node,
            });
        }
    }
    let tightness = Mutex::new(Tightness::default());
    let wrong = |trial: &Trial<'_>| {
        let held = trial.random.held(trial.node, RUNS)?;
        tightness.lock().unwrap().add(&trial.random, &held);
        let (printed, exit) = held.unknown?;
        let small = smallest(&trial.random, trial.node);
        let now = small.held(trial.node, 12).and_then(|held| held.unknown);
        Some(format!(
            "seed {} on Node {} ends with {exit}:\n{printed}\nthe smallest ({:?}) prints {now:?}:\n{}",
            trial.seed,
            trial.node.version,
            small.module,
            small.source()
        ))
    };
    let half = trials.len() / 2;
    support::hold(&trials[..half], 2, wrong);
    support::beside_spinning(2, || support::hold(&trials[half..], 4, wrong));
    let mut tightness = tightness.into_inner().unwrap();
    eprintln!("{}", tightness.told(trials.len(), RUNS));
    let (held, single) = (tightness.programs, tightness.single);
    // A generator whose programs the model does not know, or that have all but one order, tests nothing.
    assert!(held * 10 >= trials.len() * 7, "{held} of {}", trials.len());
    assert!(
        single * 10 >= held * 2 && single * 10 <= held * 9,
        "{single} of {held}"
    );
}
