//! What stays of runs in the temp folder, and the end of all of them at once.
//!
//! Both are matters of the whole process, so each test runs itself again in a process with a temp folder of its own.

mod support;

use std::env;
use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use tickmark::node::Node;
use tickmark::program::{Ending, Files, Limit, Limits, RelPath};
use tickmark::sandbox::{self, Program, Tier, Trouble};

/// Set in the inner process.
const INNER: &str = "TICKMARK_TEST_INNER";

fn node() -> Node {
    support::nodes().remove(0)
}

fn program(name: &str, text: &str) -> Program {
    let entry = RelPath::new(name).unwrap();
    let files = Files::from_iter([(entry.clone(), text.as_bytes().into())]);
    Program {
        limits: Limits {
            cpu: Duration::from_millis(300),
            ..Limits::default()
        },
        ..Program::new(files, entry)
    }
}

/// Runs the test of this name in a process of its own, and answers what is in its temp folder afterwards.
fn within(test: &str, prepare: impl Fn(&Path)) -> Vec<String> {
    let temp = tempfile::tempdir().unwrap();
    prepare(temp.path());
    let output = Command::new(env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(INNER, "1")
        .env("TMPDIR", temp.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    fs::read_dir(temp.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn is_inner() -> bool {
    env::var_os(INNER).is_some()
}

#[test]
fn nothing_is_left_whatever_a_program_does_to_its_folder() {
    if !is_inner() {
        let left = within(
            "nothing_is_left_whatever_a_program_does_to_its_folder",
            |_| {},
        );
        assert_eq!(left, Vec::<String>::new());
        return;
    }
    let node = node();
    for (text, ending) in [
        ("", Ending::Finished { exit: 0 }),
        (
            "const fs = require('fs'); fs.mkdirSync('a/b', { recursive: true }); fs.chmodSync('a/b', 0); fs.chmodSync('a', 0); fs.chmodSync('.', 0)",
            Ending::Finished { exit: 0 },
        ),
        (
            "const fs = require('fs'); for (let i = 0; i < 2000; i++) fs.writeFileSync(process.env.TMPDIR + '/' + i, 'x')",
            Ending::Finished { exit: 0 },
        ),
        (
            "const fs = require('fs'); fs.symlinkSync('/etc', 'etc'); fs.rmSync(process.env.HOME, { recursive: true })",
            Ending::Finished { exit: 0 },
        ),
        (
            "const fs = require('fs'); for (let i = 0; ; i++) fs.writeFileSync(String(i % 100), 'x')",
            Ending::Stopped(Limit::CpuTime),
        ),
        ("setInterval(() => {}, 9)", Ending::Stopped(Limit::WallTime)),
    ] {
        let mut program = program("main.cjs", text);
        if ending == (Ending::Finished { exit: 0 }) {
            program.limits.cpu = Duration::from_secs(10);
        }
        let run = sandbox::run(&program, &node).unwrap();
        assert_eq!(
            run.ending,
            ending,
            "{text} {}",
            String::from_utf8_lossy(&run.stderr)
        );
        let left = fs::read_dir(env::temp_dir()).unwrap().count();
        assert_eq!(left, 0, "{text}");
    }
}

#[test]
fn a_package_above_the_temp_folder_decides_nothing() {
    if !is_inner() {
        let left = within("a_package_above_the_temp_folder_decides_nothing", |temp| {
            fs::write(temp.join("package.json"), r#"{"type":"module"}"#).unwrap();
        });
        assert_eq!(left, ["package.json"]);
        return;
    }
    let text = "console.log(typeof require)";
    let run = sandbox::run(&program("main.js", text), &node()).unwrap();
    assert_eq!(run.stdout, b"function\n");
}

#[test]
fn all_runs_end_at_once_and_no_other_starts() {
    if !is_inner() {
        let left = within("all_runs_end_at_once_and_no_other_starts", |_| {});
        assert_eq!(left, Vec::<String>::new());
        return;
    }
    let node = &node();
    let waiting = &Program {
        limits: Limits {
            cpu: Duration::from_secs(60),
            ..Limits::default()
        },
        ..program("main.cjs", "setInterval(() => {}, 9)")
    };
    thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|_| scope.spawn(move || sandbox::run(waiting, node)))
            .collect();
        thread::sleep(Duration::from_millis(200));
        sandbox::end_all();
        assert_eq!(fs::read_dir(env::temp_dir()).unwrap().count(), 0);
        for run in runs {
            assert!(matches!(run.join().unwrap(), Err(Trouble::Ended)));
        }
    });
    assert!(matches!(sandbox::run(waiting, node), Err(Trouble::Ended)));
}

/// Starts a program that starts another, each in a group of its own and as if nobody was to wait for it; the last one
/// listens on the port that is printed, and the others end.
const LEAVES_A_SERVER: &str = r#"
const { spawn } = require("node:child_process");
const net = require("node:net");
const alone = { detached: true, stdio: "ignore" };
if (process.argv[2] === "parent") {
  spawn(process.execPath, [__filename, "server", process.argv[3]], alone).unref();
} else if (process.argv[2] === "server") {
  net.createServer().listen(Number(process.argv[3]), "127.0.0.1");
} else {
  const free = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = free.address();
    free.close(() => {
      spawn(process.execPath, [__filename, "parent", String(port)], alone).unref();
      const knock = () => {
        const socket = net.connect(port, "127.0.0.1", () => {
          console.log(port);
          process.exit();
        });
        socket.on("error", () => setTimeout(knock, 20));
      };
      knock();
    });
  });
}
"#;

#[test]
fn what_a_program_has_left_behind_ends_with_it() {
    let program = Program {
        limits: Limits {
            cpu: Duration::from_secs(20),
            ..Limits::default()
        },
        ..program("main.cjs", LEAVES_A_SERVER)
    };
    let run = sandbox::run_at_most(Tier::Limits, &program, &node()).unwrap();
    assert_eq!(run.ending, Ending::Finished { exit: 0 }, "{run:?}");
    let printed = String::from_utf8(run.stdout).unwrap();
    let port: u16 = printed.trim().parse().expect(&printed);
    // It was there when it was printed: the program had reached it.
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
}

#[test]
fn more_processes_than_allowed_end_it() {
    let program = Program {
        limits: Limits {
            cpu: Duration::from_secs(20),
            processes: 4,
            ..Limits::default()
        },
        ..program(
            "main.cjs",
            "for (let n = 0; n < 8; n++) require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 99)'])",
        )
    };
    let run = sandbox::run_at_most(Tier::Limits, &program, &node()).unwrap();
    assert_eq!(run.ending, Ending::Stopped(Limit::Processes), "{run:?}");
}
