//! Real programs under real Nodes: how each ends, and that nothing stays.
//!
//! `TICKMARK_NODES` names the Nodes (as a `PATH` does); without it, the one that is found.

use std::env;
use std::path::Path;
use std::time::Duration;

use tickmark::node::{self, Node};
use tickmark::program::{Ending, Files, Input, Limit, Limits, RelPath, Run};
use tickmark::sandbox::{self, Program};

/// The Nodes to prove everything on.
fn nodes() -> Vec<Node> {
    match env::var_os("TICKMARK_NODES") {
        Some(paths) => env::split_paths(&paths)
            .map(|path| Node::from_path(&path).unwrap())
            .collect(),
        None => vec![node::find(None).unwrap()],
    }
}

/// A program of these files, the first its entry, under small limits.
fn program(files: &[(&str, &str)]) -> Program {
    Program {
        entry: RelPath::new(files[0].0).unwrap(),
        files: files
            .iter()
            .map(|(path, text)| (RelPath::new(path).unwrap(), text.as_bytes().into()))
            .collect::<Files>(),
        input: Input::default(),
        limits: Limits {
            cpu: Duration::from_secs(1),
            ..Limits::default()
        },
    }
}

fn run(node: &Node, files: &[(&str, &str)]) -> Run {
    sandbox::run(&program(files), node).unwrap()
}

#[test]
fn a_program_finishes() {
    for node in nodes() {
        let run = run(
            &node,
            &[("main.cjs", "console.log('hi'); process.exitCode = 3")],
        );
        assert_eq!(String::from_utf8_lossy(&run.stdout), "hi\n");
        assert_eq!(run.ending, Ending::Finished { exit: 3 });
        println!("{:?}", run.spent);
    }
}

#[test]
fn each_limit_stops() {
    for node in nodes() {
        for (limit, text) in [
            (Limit::CpuTime, "console.log('x'); for (;;);"),
            (
                Limit::WallTime,
                "console.log('x'); setInterval(() => {}, 1000)",
            ),
            (Limit::Output, "for (;;) console.log('x\\n'.repeat(1000))"),
            (
                Limit::Memory,
                "console.log('x'); const a = []; for (;;) a.push(Buffer.alloc(1e6, 1))",
            ),
            (
                Limit::Memory,
                "console.log('x'); const a = []; for (;;) a.push([1, 2, 3, {}])",
            ),
            (
                Limit::Processes,
                "console.log('x'); const c = require('child_process'); for (let i = 0; i < 30; i++) c.spawn('sleep', ['9'])",
            ),
        ] {
            let run = run(&node, &[("main.cjs", text)]);
            assert_eq!(
                run.ending,
                Ending::Stopped(limit),
                "{text} {:?} {}",
                run.spent,
                String::from_utf8_lossy(&run.stderr)
            );
            assert!(run.stdout.starts_with(b"x\n"));
        }
    }
    assert!(Path::new("/").exists());
}
