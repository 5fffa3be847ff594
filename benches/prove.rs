//! What proving costs beside bare spawns of the same programs, as often, on the same Node: `cargo bench --bench prove -- 8`
//! takes every eighth unit of this course.
//!
//! Bare spawns are made by as many threads as there are cores. Nothing can be proven faster than they are made; so this
//! also says how long the whole course takes here at least.

mod support;

use std::env;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tickmark::batch::Stop;
use tickmark::library;
use tickmark::prove::{self, Job, Key, Plan, Unit};
use tickmark::sandbox;

use support::Laid;

/// As `tickmark prove` does.
const RUNS: u32 = 20;

/// How long it takes to spawn what these keys run, each as often as they do.
fn bare(keys: &[Key], node: &Path) -> Duration {
    let laid: Vec<Vec<Laid>> = keys
        .iter()
        .map(|key| {
            let programs = key.programs.iter();
            programs
                .map(|claimed| Laid::new(claimed.program.clone()))
                .collect()
        })
        .collect();
    let next = AtomicUsize::new(0);
    let started = Instant::now();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, Into::into) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(programs) = laid.get(number / RUNS as usize) else {
                        break;
                    };
                    drop(programs[number % programs.len()].spawn(node));
                }
            });
        }
    });
    started.elapsed()
}

fn main() {
    sandbox::start_launchers_from(env!("CARGO_BIN_EXE_tickmark").into());
    let every = env::args().find_map(|argument| argument.parse().ok());
    let every: usize = every.unwrap_or(8);
    let opened = library::open(Some(env!("CARGO_MANIFEST_DIR").as_ref())).expect("a course");
    let all = prove::units(&opened.course);
    // What an exercise claims beside its keys is run a few times only, and differs from unit to unit.
    let with_keys_alone = all.iter().filter(|unit| unit.claims().is_empty());
    let units: Vec<Unit<'_>> = with_keys_alone.step_by(every).copied().collect();
    for node in support::nodes() {
        sandbox::tier(&node);
        let keys_of = |units: &[Unit<'_>]| -> Vec<Key> {
            let keys = units.iter().map(|unit| unit.keys(&node).expect("keys"));
            keys.flatten().collect()
        };
        let keys = keys_of(&units);
        let bare = bare(&keys, &node.path);
        let jobs: Vec<Job<'_>> = units
            .iter()
            .map(|unit| Job {
                unit: *unit,
                node: &node,
            })
            .collect();
        let plan = Plan::new(&jobs, RUNS);
        let started = Instant::now();
        plan.carry_out(
            &Stop::default(),
            |_| {},
            |job, proof| assert!(proof.holds(), "{}: {proof:?}", units[job].name()),
        );
        let proven = started.elapsed();
        let runs = (keys.len() * RUNS as usize) as f64;
        let rate = |time: Duration| runs / time.as_secs_f64();
        let whole = (keys_of(&all).len() * RUNS as usize) as f64;
        println!(
            "Node {}: {} of {} units, {runs} runs: bare {:.1}/s, proven {:.1}/s, {:.3} of it; all {whole} runs would take {:.0} s bare, {:.0} s proven",
            node.version,
            units.len(),
            all.len(),
            rate(bare),
            rate(proven),
            rate(proven) / rate(bare),
            whole / rate(bare),
            whole / rate(proven),
        );
    }
}
