//! Ordinary programs, one a file in `tests/honest/`: what they print and how they end is the same in the full box as
//! with limits only, on every Node.
//!
//! A first line says what one needs that the tier `partial` does not give: `// children`, `// loopback`, or `// modes` (of
//! files); all others are the same there too. Only the first kind may start other programs.

#![cfg(target_os = "linux")]

mod support;

use std::env;
use std::fs;
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use regex::Regex;
use tickmark::node::Node;
use tickmark::program::{Ending, Files, Input, Limit, Limits, RelPath, Run};
use tickmark::sandbox::{self, Program, Tier, Trouble};

static NODES: LazyLock<Vec<Node>> = LazyLock::new(|| {
    sandbox::start_launchers_from(env!("CARGO_BIN_EXE_tickmark").into());
    support::nodes()
});

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| Regex::new("0x[0-9a-f]+").unwrap());

/// What it needs that not every tier gives.
fn needs(text: &str) -> Option<&str> {
    let first = text.lines().next()?.strip_prefix("// ")?;
    ["children", "loopback", "modes"]
        .contains(&first)
        .then_some(first)
}

fn program(name: &str, text: &str) -> Program {
    let ending = name.rsplit_once('.').unwrap().1;
    let entry = RelPath::new(&format!("honest.{ending}")).unwrap();
    Program {
        input: Input {
            stdin: "one line\nand another\n".repeat(200).into(),
            ..Input::default()
        },
        limits: Limits {
            cpu: Duration::from_secs(20),
            memory: 1_000_000_000,
            ..Limits::default()
        },
        children: needs(text) == Some("children"),
        ..Program::new(
            Files::from_iter([(entry.clone(), text.as_bytes().into())]),
            entry,
        )
    }
}

/// What came of it, without where in memory and in which folder Node is.
fn told(run: &Run, node: &Node) -> Told {
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let text = text.replace(node.path.to_str().unwrap(), "/node/bin/node");
        ADDRESS.replace_all(&text, "0x…").into_owned()
    };
    (
        text(&run.stdout),
        text(&run.stderr),
        format!("{:?}", run.ending),
    )
}

/// Every one of them, by its name.
fn programs() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/honest");
    let files = fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(&path).unwrap())
    });
    files.collect()
}

#[test]
fn what_runs_outside_runs_the_same_in_the_box() {
    let programs = programs();
    assert!(programs.len() >= 40);
    let jobs: Vec<_> = NODES
        .iter()
        .filter(|node| support::has_a_full_box(node))
        .flat_map(|node| programs.iter().map(move |(name, text)| (node, name, text)))
        .collect();
    support::hold(&jobs, 3, |(node, name, text)| {
        let program = program(name, text);
        let run = |most| told(&sandbox::run_at_most(most, &program, node).unwrap(), node);
        let (full, outside) = (run(Tier::Full), run(Tier::Limits));
        // It must have come so far as to say something.
        if full != outside || outside.0.is_empty() {
            return Some(unlike("full", name, node, &full, &outside));
        }
        let partial = needs(text).is_none().then(|| run(Tier::Partial))?;
        (partial != outside).then(|| unlike("partial", name, node, &partial, &outside))
    });
}

/// Asks for Node's permission model.
const PERMISSION: &str = "TICKMARK_NODE_PERMISSION";

/// Those that need what it refuses: links among files, and threads.
const REFUSED: [&str; 4] = [
    "eight-workers.cjs",
    "files.cjs",
    "shared-memory.cjs",
    "worker.cjs",
];

#[test]
fn with_nodes_permission_model_a_program_runs_the_same_or_is_not_judged() {
    const NAME: &str = "with_nodes_permission_model_a_program_runs_the_same_or_is_not_judged";
    if env::var_os(PERMISSION).is_none() {
        let output = Command::new(env::current_exe().unwrap())
            .args([NAME, "--exact", "--nocapture"])
            .env(PERMISSION, "on")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let loud = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}\n{loud}");
        assert!(said.contains("1 passed"), "{said}");
        return;
    }
    let programs = programs();
    if NODES.iter().all(|node| node.version.major < 24) {
        support::not_tested(
            "Node's permission model, which no Node before 24 can say of what it refuses",
        );
    }
    let jobs: Vec<_> = NODES
        .iter()
        .filter(|node| node.version.major >= 24 && support::has_a_full_box(node))
        .flat_map(|node| programs.iter().map(move |(name, text)| (node, name, text)))
        .collect();
    support::hold(&jobs, 3, |(node, name, text)| {
        let program = program(name, text);
        // From this version on it refuses the network, where names are looked up too.
        let is_networked = needs(text) == Some("loopback") || *name == "lookup.cjs";
        let may_be_refused =
            REFUSED.contains(&name.as_str()) || (is_networked && node.version.major >= 25);
        match sandbox::run_at_most(Tier::Limits, &program, node) {
            Ok(run) => {
                let full = sandbox::run_at_most(Tier::Full, &program, node).unwrap();
                let (with, without) = (told(&run, node), told(&full, node));
                (with != without).then(|| unlike("limits", name, node, &with, &without))
            }
            Err(Trouble::Refused { .. }) if may_be_refused => None,
            Err(trouble) => Some(format!("{name} on {}: {trouble}", node.version)),
        }
    });
}

type Told = (String, String, String);

fn unlike(tier: &str, name: &str, node: &Node, inside: &Told, outside: &Told) -> String {
    let short = |told: &Told| format!("{told:.900?}");
    format!(
        "{name} on {} in {tier}:\n  inside  {}\n  outside {}",
        node.version,
        short(inside),
        short(outside)
    )
}

/// Says who it is, and holds some memory for a while.
const WHO: &str = r"
const fs = require('node:fs');
const exe = '/proc/self/exe';
console.log(process.execPath, process.argv0, fs.readlinkSync(exe), fs.readFileSync('/proc/self/comm', 'utf8'));
console.log(fs.statSync(exe).size, fs.statSync(process.execPath).size);
const kept = Buffer.alloc(200e6, 1);
setTimeout(() => kept.length, 100);
";

/// Whether it sees any of itself in large pages.
const LARGE: &str = "console.log(/^ShmemPmdMapped: +[1-9]/m.test(require('node:fs').readFileSync('/proc/self/smaps', 'utf8')))";

/// Tries to change its own file.
const CHANGES: &str = r"
const fs = require('node:fs');
const exe = '/proc/self/exe';
const tried = (work) => { try { work(); return 'done'; } catch { return 'refused'; } };
console.log(tried(() => fs.chmodSync(exe, 0o777)), tried(() => fs.openSync(exe, 'r+')), tried(() => fs.truncateSync(exe)));
";

/// Takes more and more memory.
const TOO_MUCH: &str = "const kept = []; for (;;) kept.push(Buffer.alloc(1e6, 1));";

#[test]
fn node_in_large_pages_is_the_same_and_takes_no_memory_of_its_program() {
    for node in NODES.iter().filter(|node| support::has_a_full_box(node)) {
        let run = |most, text, memory| {
            let program = program("who.cjs", text);
            let limits = Limits {
                memory,
                ..program.limits
            };
            sandbox::run_at_most(most, &Program { limits, ..program }, node).unwrap()
        };
        let plenty = 1_000_000_000;
        // Only a batch has it.
        let is_large = |_| run(Tier::Full, LARGE, plenty).stdout == b"true\n";
        if !(0..20).any(is_large) {
            support::not_tested("Node in large pages, which cannot be had here");
            continue;
        }
        let [large, plain] = [Tier::Full, Tier::Limits].map(|most| run(most, WHO, plenty));
        assert_eq!(told(&large, node), told(&plain, node));
        let [of_large, of_plain] = [&large, &plain].map(|run| run.spent.memory / 1_000_000);
        assert!(
            of_large.abs_diff(of_plain) <= 10,
            "{of_large} MB in large pages, else {of_plain} MB"
        );
        let changes = run(Tier::Full, CHANGES, plenty);
        assert_eq!(changes.stdout, b"refused refused refused\n");
        // Where it decides, what is seen of Node is told from what is the program's.
        // Also in the moments in which its threads end, one after the other.
        for _ in 0..40 {
            let little = run(Tier::Full, "setTimeout(() => {}, 20)", 32_000_000);
            assert_eq!(little.ending, Ending::Finished { exit: 0 });
        }
        let stopped = run(Tier::Full, TOO_MUCH, 128_000_000);
        assert_eq!(stopped.ending, Ending::Stopped(Limit::Memory));
        assert!(stopped.spent.memory > 128_000_000);
    }
}
