//! What it costs to know every order: on the programs of `tests/event_loop/cases`, each alone, and beside a start of Node.
//!
//! `cargo bench --bench orders`. The aim is below 50 ms from the start of the process for a puzzle of twenty lines, and
//! below 100 ms for 95 of 100 programs.

#[path = "../tests/event_loop/case.rs"]
mod case;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use case::every_case;
use tickmark::node;
use tickmark::program::Version;

/// A puzzle as interviews have them.
const PUZZLE: &str = "\
const fs = require('fs')
console.log('start')
setTimeout(() => {
  console.log('timeout')
  Promise.resolve().then(() => console.log('micro in timeout'))
  process.nextTick(() => console.log('tick in timeout'))
}, 0)
setImmediate(() => console.log('immediate'))
fs.readFile(__filename, () => {
  console.log('read')
  setTimeout(() => console.log('timeout in read'), 0)
  setImmediate(() => console.log('immediate in read'))
})
process.nextTick(() => console.log('tick'))
;(async () => {
  console.log('async')
  await null
  console.log('after await')
})()
Promise.resolve().then(() => console.log('then'))
console.log('end')
";

fn main() {
    corpus();
    puzzle();
}

fn corpus() {
    let mut taken: Vec<(Duration, usize, String)> = Vec::new();
    for case in every_case() {
        let started = Instant::now();
        if let Ok(found) = case.orders(Version::last_of(24)) {
            let name = format!("{}.{}", case.name, case.ending);
            taken.push((started.elapsed(), found.runs, name));
        }
    }
    taken.sort();
    let all: Duration = taken.iter().map(|one| one.0).sum();
    let runs: usize = taken.iter().map(|one| one.1).sum();
    let at = |percent: usize| taken[(taken.len() - 1) * percent / 100].0;
    println!(
        "{} programs in {all:.1?}: half within {:.1?}, 95 of 100 within {:.1?}; {runs} runs, {:.0} a second",
        taken.len(),
        at(50),
        at(95),
        runs as f64 / all.as_secs_f64()
    );
    for (time, runs, name) in taken.iter().rev().take(5) {
        println!("  {time:.1?} for {runs} runs: {name}");
    }
}

/// The command, from the start of its process to its end, and Node on the same program, in turns.
fn puzzle() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("main.cjs");
    std::fs::write(&file, PUZZLE).unwrap();
    let node = node::find(None).unwrap();
    let time = |command: &mut Command| {
        let started = Instant::now();
        let done = command.stdout(Stdio::null()).status().unwrap();
        assert!(done.success());
        started.elapsed()
    };
    let mut taken: Vec<(Duration, Duration)> = (0..20)
        .map(|_| {
            let mut orders = Command::new(env!("CARGO_BIN_EXE_tickmark"));
            orders.args(["orders", "--node", "24"]).arg(&file);
            let mut bare = Command::new(&node.path);
            bare.arg(&file).env_clear();
            (time(&mut orders), time(&mut bare))
        })
        .collect();
    taken.sort();
    let (orders, _) = taken[taken.len() / 2];
    taken.sort_by_key(|one| one.1);
    let (_, bare) = taken[taken.len() / 2];
    println!(
        "a puzzle of twenty lines: every order in {orders:.1?}, one run of Node in {bare:.1?} ({:.2})",
        orders.as_secs_f64() / bare.as_secs_f64()
    );
}
