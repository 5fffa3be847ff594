//! Real programs under real Nodes: how each ends, what each sees, and that nothing stays.
//!
//! `TICKMARK_NODES` names the Nodes, as a `PATH` does; without it, the one that is found is used.
//! `TICKMARK_ACCEPT=1` writes what Node says now into `tests/running/errors.txt`.

mod support;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use tickmark::course;
use tickmark::grading::{self, NotJudged, Outcome, Policy, Verdict};
use tickmark::node::{self, Node};
use tickmark::program::{Ending, Input, Limit, Limits, ModuleSystem, RelPath, Run};
use tickmark::sandbox::{self, Program, Tier};
use tickmark::trace::{self, Answer, Expectation, Extra, Printed, Step};

/// The Nodes to prove everything on.
static NODES: LazyLock<Vec<Node>> = LazyLock::new(|| {
    sandbox::start_launchers_from(env!("CARGO_BIN_EXE_tickmark").into());
    support::nodes()
});

fn path(text: &str) -> RelPath {
    RelPath::new(text).unwrap()
}

/// A program of one file, under small limits.
fn program(name: &str, text: &str) -> Program {
    Program {
        limits: Limits {
            cpu: Duration::from_millis(400),
            ..Limits::default()
        },
        ..Program::new(support::files(&[(name, text)]), path(name))
    }
}

/// Runs a CommonJS program.
fn run(node: &Node, text: &str) -> Run {
    sandbox::run(&program("main.cjs", text), node).unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The living processes whose environment holds the text.
#[cfg(target_os = "linux")]
fn processes_with(mark: &str) -> Vec<String> {
    fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| {
            let folder = entry.ok()?.path();
            let environment = text(&fs::read(folder.join("environ")).ok()?);
            environment
                .contains(mark)
                .then(|| text(&fs::read(folder.join("cmdline")).unwrap_or_default()))
        })
        .collect()
}

#[test]
fn it_finishes_with_its_own_exit_code() {
    for node in NODES.iter() {
        for (program, exit) in [
            ("console.log('hi')", 0),
            ("console.log('hi'); process.exitCode = 3", 3),
            ("console.log('hi'); process.exit(255)", 255),
            (
                "console.log('hi'); console.error(new Error('x')); process.exit(1)",
                1,
            ),
        ] {
            let run = run(node, program);
            assert_eq!(text(&run.stdout), "hi\n");
            assert_eq!(run.ending, Ending::Finished { exit }, "{program}");
            assert!(run.spent.wall > Duration::ZERO);
        }
    }
}

#[test]
fn a_signal_is_named() {
    for node in NODES.iter() {
        for (program, signal) in [
            (
                "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 9)",
                "SIGTERM",
            ),
            (
                "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 9)",
                "SIGKILL",
            ),
            ("process.abort()", "SIGABRT"),
        ] {
            let name = signal.to_owned();
            assert_eq!(run(node, program).ending, Ending::Signal { name });
        }
    }
}

#[test]
fn each_limit_stops_it_and_what_it_printed_is_kept() {
    let cases = [
        (Limit::CpuTime, "for (;;);"),
        (
            Limit::CpuTime,
            "const c = require('child_process'); c.spawn(process.execPath, ['-e', 'for (;;);'])",
        ),
        (
            Limit::CpuTime,
            "const { Worker } = require('worker_threads'); new Worker('for (;;);', { eval: true })",
        ),
        (Limit::Output, "for (;;) console.log('x'.repeat(999))"),
        (Limit::Output, "for (;;) console.error('x'.repeat(999))"),
        (
            Limit::Output,
            "process.stdout.write('y'.repeat(200000)); process.exit()",
        ),
        (
            Limit::Memory,
            "const a = []; for (;;) a.push(Buffer.alloc(1e6, 1))",
        ),
        (
            Limit::Memory,
            "const a = []; for (;;) a.push(new Array(1000).fill({}))",
        ),
        (
            Limit::Memory,
            "const a = []; for (;;) a.push(new Uint8Array(new SharedArrayBuffer(1e6)).fill(1))",
        ),
        (
            Limit::Processes,
            "const c = require('child_process'); for (let i = 0; i < 9; i++) c.spawn('sleep', ['9'])",
        ),
        (
            Limit::Processes,
            "const c = require('child_process'); for (let i = 0; i < 9; i++) c.spawn('sleep', ['9'], { detached: true }).unref(); setInterval(() => {}, 9)",
        ),
    ];
    for node in NODES.iter() {
        for (limit, rest) in cases {
            let mut program = program(
                "main.cjs",
                &format!("require('fs').writeSync(1, 'x\\n');\n{rest}"),
            );
            program.limits = Limits {
                cpu: Duration::from_millis(800),
                memory: 150_000_000,
                output: 100_000,
                processes: 4,
            };
            let mark = format!("limit-{}-", std::process::id());
            program.input.env = vec![("TICKMARK_TEST_LIMIT".into(), mark.clone())];
            let run = sandbox::run(&program, node).unwrap();
            assert_eq!(
                run.ending,
                Ending::Stopped(limit),
                "{} {rest}",
                node.version
            );
            #[cfg(target_os = "linux")]
            assert_eq!(processes_with(&mark), [""; 0], "{rest}");
            assert!(run.stdout.starts_with(b"x\n"), "{rest}");
            assert!(run.stdout.len() <= 100_000 && run.stderr.len() <= 100_000);
        }
    }
}

#[test]
fn waiting_for_ever_is_wall_time_and_uses_no_processor_time() {
    let waits = |node: &Node| {
        let run = run(node, "console.log('x'); setInterval(() => {}, 1000)");
        assert_eq!(run.ending, Ending::Stopped(Limit::WallTime));
        assert_eq!(text(&run.stdout), "x\n");
        assert!(run.spent.wall >= Duration::from_secs(2));
        assert!(
            run.spent.cpu <= Duration::from_millis(400),
            "{:?}",
            run.spent
        );
    };
    thread::scope(|scope| {
        for node in NODES.iter() {
            scope.spawn(move || waits(node));
        }
    });
}

#[test]
fn an_endless_loop_is_one_on_a_loaded_machine_too() {
    let ways = [
        "console.log('x'); for (;;);",
        // It is another thread than the first that the machine keeps waiting.
        "new (require('worker_threads').Worker)('for (;;);', { eval: true })",
    ];
    for way in ways {
        let program = &program("main.cjs", way);
        thread::scope(|scope| {
            // More than the machine has processors, each as busy as the others.
            for n in 0..12 {
                scope.spawn(move || match sandbox::run(program, &NODES[n_of(n)]) {
                    Ok(run) => assert_eq!(run.ending, Ending::Stopped(Limit::CpuTime), "{way}"),
                    // Where others keep the machine busy too, it may be said that nothing can be said.
                    Err(trouble) => assert!(matches!(trouble, sandbox::Trouble::Overloaded)),
                });
            }
        });
    }
}

fn n_of(n: usize) -> usize {
    n % NODES.len()
}

#[test]
fn what_is_printed_just_before_the_exit_arrives_whole() {
    let text =
        "process.stdout.write('x'.repeat(900000)); process.stderr.write('end'); process.exit()";
    for node in NODES.iter() {
        for _ in 0..20 {
            let run = run(node, text);
            assert_eq!(run.ending, Ending::Finished { exit: 0 });
            assert_eq!(
                (run.stdout.len(), run.stderr.as_slice()),
                (900_000, &b"end"[..])
            );
        }
    }
}

#[test]
fn its_input_can_be_read_in_every_way_and_ends() {
    let ways = [
        "process.stdout.write(require('fs').readFileSync(0))",
        "process.stdout.write(require('fs').readFileSync('/dev/stdin'))",
        "process.stdin.on('data', data => process.stdout.write(data))",
        "process.stdin.pipe(process.stdout)",
        "(async () => { for await (const data of process.stdin) process.stdout.write(data) })()",
        "require('readline').createInterface({ input: process.stdin }).on('line', line => console.log(line))",
        "const c = require('child_process'); c.spawn('cat', { stdio: 'inherit' })",
    ];
    for node in NODES.iter() {
        for way in ways {
            for input in ["", "a line\n", "zwölf\n\nand more\n"] {
                let mut program = program("main.cjs", way);
                program.input.stdin = input.into();
                let run = sandbox::run(&program, node).unwrap();
                assert_eq!(text(&run.stdout), input, "{way}");
                assert_eq!(run.ending, Ending::Finished { exit: 0 }, "{way}");
            }
        }
        let mut program = program(
            "main.cjs",
            "process.stdout.write(String(require('fs').readFileSync(0).length))",
        );
        program.input.stdin = vec![0xff; 3_000_000];
        assert_eq!(
            text(&sandbox::run(&program, node).unwrap().stdout),
            "3000000"
        );
    }
}

#[test]
fn it_sees_its_files_and_nothing_of_ours() {
    let sees = "
        const { readdirSync, readFileSync } = require('fs');
        const { env, argv, execArgv, cwd } = process;
        const open = process.platform === 'linux' ? readdirSync('/proc/self/fd').filter(fd => {
            try { return /^(pipe|\\/)/.test(require('fs').readlinkSync('/proc/self/fd/' + fd)) } catch { return false }
        }).length : 0;
        console.log(JSON.stringify({ env, args: argv.slice(1), execArgv, cwd: process.cwd(),
            here: readdirSync('.', { withFileTypes: true }).map(entry => entry.name).sort(),
            home: readdirSync(env.HOME), file: readFileSync('a/ü.txt', 'latin1'), dir: __dirname }))";
    for node in NODES.iter() {
        let files = support::files(&[
            ("main.cjs", sees.as_bytes()),
            ("a/ü.txt", b"\xff\0"),
            ("-x", b""),
        ]);
        let program = Program {
            input: Input {
                args: vec!["--version".into(), "ä b".into()],
                stdin: Vec::new(),
                env: vec![("TICKMARK_ENTRY".into(), "./main.cjs".into())],
            },
            ..Program::new(files, path("main.cjs"))
        };
        let run = sandbox::run(&program, node).unwrap();
        let nodes = match sandbox::tier(node).0 {
            Tier::Full => Path::new("/node/bin"),
            Tier::Partial | Tier::Limits => node.path.parent().unwrap(),
        };
        let mut path: Vec<PathBuf> = vec![nodes.into()];
        path.extend(["/usr/bin", "/bin"].map(PathBuf::from));
        let path = env::join_paths(path).unwrap().into_string().unwrap();
        let expected = serde_json::json!({
            "env": { "HOME": "/tmp", "LANG": "C.UTF-8", "PATH": path, "TICKMARK_ENTRY": "./main.cjs", "TMPDIR": "/tmp", "TZ": "UTC" },
            "args": ["/program/main.cjs", "--version", "ä b"],
            "execArgv": [],
            "cwd": "/program",
            "here": ["-x", "a", "main.cjs"],
            "home": [],
            "file": "\u{ff}\0",
            "dir": "/program",
        });
        let seen: serde_json::Value = serde_json::from_slice(&run.stdout)
            .unwrap_or_else(|_| panic!("{} {}", text(&run.stdout), text(&run.stderr)));
        let sorted = |value: &serde_json::Value| -> BTreeMap<String, String> {
            let entries = value.as_object().unwrap().iter();
            entries
                .map(|(key, value)| {
                    (
                        key.clone(),
                        match value.as_object() {
                            Some(inner) => format!(
                                "{:?}",
                                inner
                                    .iter()
                                    .map(|(k, v)| (k, v.to_string()))
                                    .collect::<BTreeMap<_, _>>()
                            ),
                            None => value.to_string(),
                        },
                    )
                })
                .collect()
        };
        assert_eq!(sorted(&seen), sorted(&expected));
    }
}

#[test]
#[cfg(unix)]
fn the_node_behind_a_version_managers_shim_is_found() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let node = &NODES[0];
    let folder = tempfile::tempdir().unwrap();
    let (shim, named) = (folder.path().join("shim"), folder.path().join("node"));
    // It knows what to do by the name it is called by, and says a version of its own by its own.
    let script = format!(
        "#!/bin/sh\ncase $0 in */node) exec {} \"$@\";; esac\necho 2026.1.1\n",
        node.path.display()
    );
    fs::write(&shim, script).unwrap();
    fs::set_permissions(&shim, fs::Permissions::from_mode(0o755)).unwrap();
    symlink(&shim, &named).unwrap();
    assert_eq!(&Node::from_path(&named).unwrap(), node);
    assert!(Node::from_path(&shim).is_err());
    let installation = node.path.parent().unwrap().parent().unwrap();
    assert_eq!(&Node::from_path(installation).unwrap(), node);
}

#[test]
fn an_ordinary_machine_gives_what_programs_may_need() {
    for node in NODES.iter() {
        assert!(sandbox::gives_loopback(node), "{}", node.version);
        assert!(sandbox::gives_children(node), "{}", node.version);
    }
}

/// Set in a process that runs all these tests again, with less around the programs.
const AT_MOST: &str = "TICKMARK_SANDBOX";

#[test]
fn all_of_this_holds_in_every_tier_that_can_be_had_here() {
    if env::var_os(AT_MOST).is_some() {
        for node in NODES.iter() {
            assert_eq!(sandbox::tier(node).0, Tier::Limits);
        }
        return;
    }
    for node in NODES.iter() {
        support::has_a_full_box(node);
    }
    let again = std::process::Command::new(env::current_exe().unwrap())
        .env(AT_MOST, Tier::Limits.word())
        .output()
        .unwrap();
    assert!(again.status.success(), "{}", text(&again.stdout));
}

/// Between its start and the moment when it becomes another program, a child is a copy of its parent.
#[test]
#[cfg(target_os = "linux")]
fn a_program_with_much_memory_may_start_others() {
    let parent = "
        const { spawnSync } = require('child_process');
        const much = Buffer.alloc(150e6, 1);
        for (let n = 0; n < 20; n++) spawnSync('/bin/true');
        console.log(much.length)";
    for node in NODES.iter() {
        let program = Program {
            limits: Limits {
                cpu: Duration::from_secs(10),
                ..Limits::default()
            },
            ..program("main.cjs", parent)
        };
        for _ in 0..3 {
            let run = sandbox::run(&program, node).unwrap();
            assert_eq!(run.ending, Ending::Finished { exit: 0 });
            assert!(run.spent.memory < 200_000_000, "{:?}", run.spent);
        }
    }
}

#[test]
fn an_entry_may_be_called_like_an_option() {
    for node in NODES.iter() {
        let program = program("--version", "console.log('ran')");
        assert_eq!(text(&sandbox::run(&program, node).unwrap().stdout), "ran\n");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn nobody_it_started_outlives_it() {
    let leaves = [
        "c.spawn('sleep', ['3100'])",
        "c.spawn('sleep', ['3100'], { stdio: 'inherit' }).unref()",
        "c.spawn('sleep', ['3100'], { detached: true, stdio: 'inherit' }).unref()",
        "c.spawn('sh', ['-c', 'sleep 3100 & sleep 3100 & wait'], { detached: true, stdio: 'ignore' }).unref()",
        "c.execSync('(setsid sleep 3100 >/dev/null 2>&1 &)')",
        "c.spawn(process.execPath, ['-e', `process.on('SIGTERM', () => {}); setInterval(() => {}, 9)`], { detached: true, stdio: 'inherit' }).unref()",
    ];
    for node in NODES.iter() {
        for (n, leave) in leaves.iter().enumerate() {
            let mark = format!(
                "TICKMARK_TEST_LEFT={}-{}-{n}-",
                std::process::id(),
                node.version
            );
            let mut program = program(
                "main.cjs",
                &format!(
                    "const c = require('child_process'); {leave}; setTimeout(() => process.exit(), 60)"
                ),
            );
            let (name, value) = mark.split_once('=').unwrap();
            program.input.env = vec![(name.into(), value.into())];
            let run = sandbox::run(&program, node).unwrap();
            assert_eq!(
                run.ending,
                Ending::Finished { exit: 0 },
                "{leave} {}",
                text(&run.stderr)
            );
            assert_eq!(processes_with(&mark), Vec::<String>::new(), "{leave}");
        }
    }
}

#[test]
fn concurrent_runs_do_not_mix() {
    thread::scope(|scope| {
        for n in 0..8 {
            scope.spawn(move || {
                for round in 0..5 {
                    let node = &NODES[n_of(n + round)];
                    let mark = format!("{n}-{round}");
                    let mut program = program(
                        "main.cjs",
                        "const fs = require('fs'); const file = 'x.txt'; if (fs.existsSync(file)) throw new Error('there');
                         fs.writeFileSync(file, process.argv[2]);
                         setTimeout(() => console.log(process.argv[2], String(fs.readFileSync(0)), String(fs.readFileSync(file))), 20)",
                    );
                    program.input.args = vec![mark.clone()];
                    program.input.stdin = mark.clone().into();
                    let run = sandbox::run(&program, node).unwrap();
                    assert_eq!(text(&run.stdout), format!("{mark} {mark} {mark}\n"));
                }
            });
        }
    });
}

#[test]
fn its_module_system_is_what_that_node_decides() {
    let says = "console.log(typeof require === 'undefined' ? 'esm' : 'commonjs')";
    let esm = "console.log('esm')";
    let sources = [
        says.to_owned(),
        format!("import fs from 'fs'; {says}"),
        format!("{says}; export const a = 1"),
        format!("{says}; import.meta.url"),
        format!("await null; {says}"),
        format!("import('fs'); {says}"),
        format!("(async () => {{ await null }})(); {says}"),
        format!("const require = 1; {esm}"),
        format!("let {{ exports }} = {{}}; {esm}"),
        format!("const __dirname = await 1; {esm}"),
        format!("import fs from 'fs'; const module = 1; {esm}"),
        format!("\u{feff}import fs from 'fs'; {says}"),
        format!("\u{feff}{says}"),
        format!("#!/usr/bin/env node\nimport fs from 'fs'\n{says}"),
        format!("import fs from 'fs'; {esm}; if (0) require('fs')"),
        format!("// import a from 'b'\n{says}"),
        format!("{says}; 'export default 1'"),
        format!("var await = 1; {says}"),
        format!("for await (const a of []); {says}"),
        format!("{says}; return"),
        format!("import\nfs\nfrom 'fs'\r\n{says}"),
        format!("const a = require('fs'), b = module.exports, c = exports; {says}"),
        format!("let \\u0072equire = 1; {esm}"),
    ];
    let packages = [
        None,
        Some("{}"),
        Some(r#"{"type":"module"}"#),
        Some(r#"{"type":"commonjs"}"#),
    ];
    for node in NODES.iter() {
        for (n, source) in sources.iter().enumerate() {
            // Every source with no package.json, some with each kind of it.
            for package in packages.iter().take(if n < 2 { 4 } else { 1 }) {
                let mut program = program("main.js", source);
                if let Some(package) = package {
                    program
                        .files
                        .insert(path("package.json"), package.as_bytes());
                }
                let decided = node.module_system(&program.files, &program.entry).unwrap();
                let run = sandbox::run(&program, node).unwrap();
                match run.ending {
                    Ending::Finished { .. } => {
                        assert_eq!(
                            text(&run.stdout),
                            format!("{}\n", decided.word()),
                            "{} {source} {package:?}",
                            node.version
                        );
                    }
                    // It failed as what it was taken for: only CommonJS knows no `import`.
                    _ => {
                        let commonjs = [
                            "outside a module",
                            "Unexpected token 'export'",
                            "await is only",
                            "already been declared",
                            "Unexpected reserved word",
                        ];
                        let error = run.ending.error().unwrap();
                        let says_commonjs = commonjs.iter().any(|words| error.line.contains(words));
                        assert_eq!(
                            decided == ModuleSystem::CommonJs,
                            says_commonjs,
                            "{} {source} {package:?} {}",
                            node.version,
                            error.line
                        );
                    }
                }
            }
        }
    }
}

/// `tests/running/errors.txt`: programs that fail, and what is said of them on each Node.
#[test]
fn errors_are_read_as_a_learner_needs_them() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/running/errors.txt");
    let cases = Case::all(&fs::read_to_string(&golden).unwrap());
    assert!(cases.len() > 60);
    let told: Vec<Vec<(u32, String)>> = cases
        .iter()
        .map(|case| {
            let one = |node: &Node| (node.version.major, case.told_by(node));
            thread::scope(|scope| {
                let runs: Vec<_> = NODES
                    .iter()
                    .map(|node| scope.spawn(move || one(node)))
                    .collect();
                runs.into_iter().map(|run| run.join().unwrap()).collect()
            })
        })
        .collect();
    if env::var_os("TICKMARK_ACCEPT").is_some() {
        let written: Vec<String> = cases
            .iter()
            .zip(&told)
            .map(|(case, told)| case.written(told))
            .collect();
        fs::write(&golden, written.join("\n")).unwrap();
        return;
    }
    for (case, told) in cases.iter().zip(&told) {
        for (major, said) in told {
            let expected = case.expected.get(major);
            assert_eq!(Some(said), expected, "{} on Node {major}", case.title);
        }
    }
}

/// Something done to the lines of a report.
#[derive(Debug, Clone)]
enum Slip {
    Lost,
    Again,
    Elsewhere,
    Cut,
    Foreign,
    Number(&'static str),
    Joined,
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        Just(Slip::Lost),
        Just(Slip::Again),
        Just(Slip::Elsewhere),
        Just(Slip::Cut),
        Just(Slip::Foreign),
        select(&["0", "7", "99999999999999999999"][..]).prop_map(Slip::Number),
        Just(Slip::Joined),
    ]
}

impl Slip {
    /// Does it to one line, with a second place of the same report, or a line of another.
    fn happen(&self, lines: &mut Vec<String>, at: Index, other: Index, foreign: &[String]) {
        if lines.is_empty() {
            return;
        }
        let (at, other) = (at.index(lines.len()), other.index(lines.len()));
        match self {
            Slip::Lost => drop(lines.remove(at)),
            Slip::Again => lines.insert(other, lines[at].clone()),
            Slip::Elsewhere => lines.swap(at, other),
            Slip::Cut => {
                let half = lines[at].chars().count() / 2;
                lines[at] = lines[at].chars().take(half).collect();
            }
            Slip::Foreign => lines.insert(at, foreign[other % foreign.len()].clone()),
            Slip::Number(number) => {
                let parts = lines[at].split(|c: char| c.is_ascii_digit());
                lines[at] = parts.collect::<Vec<_>>().join(number);
            }
            Slip::Joined => {
                let line = lines.remove(at);
                match lines.get_mut(at) {
                    Some(next) => *next = line + next,
                    None => lines.push(line),
                }
            }
        }
    }
}

/// What Node really says, with slips: as a program may print it, or another child of it between the lines.
#[test]
fn a_report_with_slips_is_read_without_panic() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/running/errors.txt");
    let cases = Case::all(&fs::read_to_string(&golden).unwrap());
    let node = &NODES[0];
    let signature = format!("Node.js v{}", node.version);
    let real: Vec<(Program, Vec<String>)> = cases
        .iter()
        .step_by(3)
        .filter_map(|case| {
            let program = case.program();
            let run = sandbox::run(&program, node).unwrap();
            let said = text(&run.stderr);
            let lines = said.lines().map(str::to_owned).collect();
            said.contains(&signature).then_some((program, lines))
        })
        .collect();
    assert!(real.len() > 15, "{}", real.len());
    let slips = vec((slip(), any::<Index>(), any::<Index>()), 1..6);
    let config = ProptestConfig {
        cases: 5000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(which: Index, foreign: Index, slips in slips, signed in prop::bool::weighted(0.8))| {
        let (program, said) = which.get(&real);
        let mut lines = said.clone();
        for (slip, at, other) in &slips {
            slip.happen(&mut lines, *at, *other, &foreign.get(&real).1);
        }
        if signed {
            lines.push(signature.clone());
        }
        let ending = node.ending(&node::Report {
            exit: 1,
            stdout: b"",
            stderr: &lines.join("\n"),
            files: &program.files,
            entry: &program.entry,
        });
        prop_assert!(!signed || ending.error().is_some());
        let Some(error) = ending.error() else { return Ok(()) };
        prop_assert!(!error.line.contains('\n'));
        if let Some(place) = &error.place {
            prop_assert!(place.line > 0 && place.column != Some(0));
        }
    });
}

/// One case of `errors.txt`.
struct Case {
    title: String,
    /// Name and text; the entry first, unless no file is called `main`.
    files: Vec<(String, String)>,
    expected: BTreeMap<u32, String>,
}

impl Case {
    fn all(text: &str) -> Vec<Case> {
        text.split("=== ")
            .filter(|case| !case.is_empty())
            .map(Case::read)
            .collect()
    }

    fn read(text: &str) -> Case {
        let (title, rest) = text.split_once('\n').unwrap();
        let mut case = Case {
            title: title.into(),
            files: Vec::new(),
            expected: BTreeMap::new(),
        };
        for section in rest
            .trim_end()
            .split("--- ")
            .filter(|section| !section.is_empty())
        {
            let (name, body) = section.split_once('\n').unwrap_or((section, ""));
            let body = if body.is_empty() || body.ends_with('\n') {
                body.to_owned()
            } else {
                format!("{body}\n")
            };
            match name.strip_prefix("on ") {
                Some(majors) => {
                    for major in majors.split(' ') {
                        case.expected.insert(major.parse().unwrap(), body.clone());
                    }
                }
                None => case.files.push((name.to_owned(), body)),
            }
        }
        case
    }

    fn program(&self) -> Program {
        let first = &self.files[0].0;
        let entry = if first.starts_with("main.") {
            first
        } else {
            "main.mjs"
        };
        let files: Vec<(&str, &str)> = self
            .files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        Program::new(support::files(&files), path(entry))
    }

    fn told_by(&self, node: &Node) -> String {
        let run = sandbox::run(&self.program(), node).unwrap();
        assert!(
            !text(&run.stderr).contains("tickmark-"),
            "{}",
            text(&run.stderr)
        );
        let mut told = run.ending.word().to_owned();
        if let Some(exit) = run.ending.exit() {
            told += &format!(", exit {exit}");
        }
        if let Some(error) = run.ending.error() {
            let (code, place) = (
                error.code.as_deref().unwrap_or("no code"),
                error.place.as_ref(),
            );
            told += &format!(", {code}\n{}\n", without_port(&error.line));
            if let Some(place) = place {
                let column = place
                    .column
                    .map_or(String::new(), |column| format!(":{column}"));
                let source = place.source.as_deref().unwrap_or("(no source)");
                told += &format!("{}:{}{column}: {source}\n", place.file, place.line);
            }
            if let Some(advice) = &error.advice {
                told += &format!("help: {advice}\n");
            }
        } else {
            told += "\n";
        }
        told
    }

    fn written(&self, told: &[(u32, String)]) -> String {
        let mut written = format!("=== {}\n", self.title);
        for (name, text) in &self.files {
            written += &format!("--- {name}\n{text}");
        }
        let mut groups: Vec<(Vec<String>, &str)> = Vec::new();
        for (major, said) in told {
            match groups.iter_mut().find(|(_, other)| other == said) {
                Some((majors, _)) => majors.push(major.to_string()),
                None => groups.push((vec![major.to_string()], said)),
            }
        }
        for (majors, said) in groups {
            written += &format!("--- on {}\n{said}", majors.join(" "));
        }
        written
    }
}

/// Ports are chosen by the system.
fn without_port(line: &str) -> String {
    match line.split_once("in use :::") {
        Some((before, _)) => format!("{before}in use :::PORT"),
        None => line.to_owned(),
    }
}

/// Twelve chains of thirty lines that are alike everywhere, and lines of which the judge cannot say whether they mix
/// them.
fn what_cannot_be_decided() -> (Vec<Vec<String>>, Vec<String>) {
    let line = |chain: usize, at: usize| ((chain * 7 + at * at) % 3).to_string();
    let chains: Vec<Vec<String>> = (0..12)
        .map(|chain| (0..30).map(|at| line(chain, at)).collect())
        .collect();
    let mut chance = fastrand::Rng::with_seed(1);
    let undecided = |printed: &Vec<String>| {
        let bytes = printed.join("\n");
        let mixed = mixed::<trace::Never>(&chains);
        let judged = trace::judge(&mixed, &Printed::from_bytes(bytes.as_bytes()), Extra::Warn);
        matches!(judged.answer, Answer::Undecided)
    };
    let printed = std::iter::repeat_with(|| {
        let mut left: Vec<_> = chains.iter().map(|chain| chain.iter()).collect();
        let mut printed: Vec<String> = Vec::new();
        while printed.len() < 12 * 30 {
            let at = chance.usize(..left.len());
            printed.extend(left[at].next().cloned());
        }
        let (a, b) = (chance.usize(..360), chance.usize(..360));
        printed.swap(a, b);
        printed
    })
    .take(20)
    .find(undecided);
    let printed = printed.expect("the judge decides all of them: make it harder");
    (chains, printed)
}

/// The chains' lines mixed.
fn mixed<When>(chains: &[Vec<String>]) -> Expectation<When> {
    let chain = |lines: &Vec<String>| Expectation::new(Step::Text(lines.clone()));
    Expectation::new(Step::Interleave(chains.iter().map(chain).collect()))
}

#[test]
fn what_cannot_be_decided_is_not_judged_unless_its_ending_is_wrong() {
    let (chains, printed) = what_cannot_be_decided();
    let says = |exit: i32| {
        format!(
            "console.log({:?})\nprocess.exitCode = {exit}\n",
            printed.join("\n")
        )
    };
    // A course refuses such an exercise; this one is made so after it was read.
    let (mut course, problems) = course::read(&support::files(&[
        (
            "exercises/loop/mixed/exercise.yaml",
            "format: 1\ntitle: Mixed\nentry: main\ntests: [{ name: mixes, trace: a }]\n",
        ),
        ("exercises/loop/mixed/task.md", "Mix."),
        ("exercises/loop/mixed/starter/main.cjs", ""),
        ("exercises/loop/mixed/solution/main.cjs", "console.log('a')"),
    ]));
    assert!(problems.is_empty(), "{problems:?}");
    let exercise = &mut course.exercises[0];
    exercise.tests[0].expected.trace = mixed(&chains);
    let verdict = |exit| {
        let handed_in = support::files(&[("main.cjs", says(exit))]);
        let graded = grading::grade(exercise, &handed_in, &NODES[0], Policy::default());
        graded.tests.into_iter().next().unwrap().outcome
    };
    let undecided = Outcome::Judged(Verdict::NotJudged(NotJudged::Undecided));
    assert_eq!(format!("{:?}", verdict(0)), format!("{undecided:?}"));
    let failed = verdict(3);
    assert!(
        matches!(failed, Outcome::Judged(Verdict::Failed(_))),
        "{failed:?}"
    );
}
