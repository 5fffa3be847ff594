//! What a run costs beside a bare spawn of the same program.
//!
//! Both are made in turn, so that what else the machine does weighs on both alike; `--sample-count` says how often.
//! Besides divan's own figures, the ratio of the medians is printed.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tickmark::node::{self, Node};
use tickmark::program::{Files, Input, Limits, RelPath};
use tickmark::sandbox::{self, Program};

static NODE: LazyLock<Node> = LazyLock::new(|| match env::var_os("TICKMARK_NODES") {
    Some(paths) => {
        let first: Option<PathBuf> = env::split_paths(&paths).next();
        Node::from_path(&first.expect("a path")).expect("a Node")
    }
    None => node::find(None).expect("a Node"),
});

const TEXT: &str = "console.log('hi')\n";

fn program() -> Program {
    let entry = RelPath::new("main.cjs").expect("a path");
    Program {
        files: Files::from_iter([(entry.clone(), TEXT.as_bytes().into())]),
        entry,
        input: Input::default(),
        limits: Limits::default(),
        children: true,
    }
}

/// A spawn with nothing around it but the pipes that its output needs, in a clean environment.
fn spawn(folder: &tempfile::TempDir) {
    let output = Command::new(&NODE.path)
        .arg("./main.cjs")
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .expect("it ran");
    assert_eq!(output.stdout, b"hi\n");
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("main.cjs"), TEXT).expect("a file");
    folder
}

#[divan::bench]
fn in_the_sandbox(bencher: divan::Bencher<'_, '_>) {
    let program = program();
    bencher.bench(|| sandbox::run(&program, &NODE).expect("it ran"));
}

#[divan::bench]
fn bare(bencher: divan::Bencher<'_, '_>) {
    let folder = folder();
    bencher.bench(|| spawn(&folder));
}

/// The time each takes, made in turn.
fn ratio(rounds: usize) {
    let (program, folder) = (program(), folder());
    let time = |what: &dyn Fn()| {
        let started = Instant::now();
        what();
        started.elapsed()
    };
    let (mut runs, mut spawns): (Vec<Duration>, Vec<Duration>) = (0..rounds)
        .map(|_| {
            let run = time(&|| drop(sandbox::run(&program, &NODE).expect("it ran")));
            (run, time(&|| spawn(&folder)))
        })
        .unzip();
    runs.sort();
    spawns.sort();
    let (run, spawn) = (runs[rounds / 2], spawns[rounds / 2]);
    println!(
        "node {}: a run {:.1} ms, a bare spawn {:.1} ms, ratio {:.3} (medians of {rounds}, in turn)",
        NODE.version,
        run.as_secs_f64() * 1000.0,
        spawn.as_secs_f64() * 1000.0,
        run.as_secs_f64() / spawn.as_secs_f64()
    );
}

fn main() {
    ratio(200);
    divan::main();
}
