//! Programs that try to get out of the box, one a file in `tests/hostile/`, and what comes of each.
//!
//! Its first line says it: `// <in the full box>; outside: <with limits only>`, then `; partial: <in that tier>` where it
//! is not as in the full box, and `; children` where it may start other programs, which nobody may in that tier. Where it
//! does not get out outside either, or must not try, a comma and the reason follow. `kept` and `reached` are what the
//! program says itself, the other words are how it ends. What would harm this machine is not tried outside.
//!
//! All of it is run in each tier, and in the full box and in the tier `partial` also as an ordinary user where these tests
//! are run as root.

#![cfg(target_os = "linux")]

mod support;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use tickmark::node::Node;
use tickmark::program::{Ending, Files, Input, Limits, RelPath, Run};
use tickmark::sandbox::{self, Program, Tier, Trouble};

/// Set where programs are to be closed off no more than so much.
const AT_MOST: &str = "TICKMARK_SANDBOX";

/// Asks for Node's permission model.
const PERMISSION: &str = "TICKMARK_NODE_PERMISSION";

/// The tier that is tested, where it is not the full box.
const TESTED: &str = "TICKMARK_TEST_TIER";

/// Where a copy of everything is that an ordinary user can read.
const COPY: &str = "TICKMARK_TEST_COPY";

/// A secret of the environment of whoever grades.
const SECRET: (&str, &str) = ("TICKMARK_TEST_SECRET", "HOSTILE_SECRET");

fn copy() -> Option<PathBuf> {
    env::var_os(COPY).map(PathBuf::from)
}

fn programs() -> PathBuf {
    match copy() {
        Some(copy) => copy.join("hostile"),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile"),
    }
}

static NODE: LazyLock<Node> = LazyLock::new(|| {
    let launcher = match copy() {
        Some(copy) => copy.join("tickmark"),
        None => env!("CARGO_BIN_EXE_tickmark").into(),
    };
    sandbox::start_launchers_from(launcher);
    support::nodes().remove(0)
});

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

/// What may come of a program.
#[derive(Debug, Clone)]
struct Expected {
    inside: String,
    partial: String,
    outside: String,
    children: bool,
}

impl Expected {
    fn read(text: &str) -> Self {
        let line = text.lines().next().unwrap().strip_prefix("// ").unwrap();
        let (inside, rest) = line.split_once("; outside: ").expect(line);
        let (outside, children) = match rest.strip_suffix("; children") {
            Some(outside) => (outside, true),
            None => (rest, false),
        };
        let (outside, partial) = outside
            .split_once("; partial: ")
            .unwrap_or((outside, inside));
        Expected {
            inside: inside.to_owned(),
            partial: partial.to_owned(),
            outside: outside.to_owned(),
            children,
        }
    }

    /// The words that hold here; `None` where it is not to be tried.
    fn here(&self, tier: Tier) -> Option<Vec<&str>> {
        let words = match tier {
            Tier::Full => &self.inside,
            Tier::Partial if self.children => return None,
            Tier::Partial => &self.partial,
            Tier::Limits => &self.outside,
        };
        // After the comma it says why.
        let words = words.split(", ").next()?;
        match words.strip_suffix(" as root") {
            _ if words == "not tried" => None,
            Some(word) if is_root() => Some(vec![word]),
            Some(word) => Some(vec![word, "kept"]),
            None => Some(words.split(" or ").collect()),
        }
    }
}

/// What a program can reach for, outside.
struct Outside {
    folder: tempfile::TempDir,
    port: u16,
    /// Names whatever it leaves behind.
    marker: String,
    _socket: UnixListener,
}

impl Outside {
    fn new() -> Self {
        static RUN: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("canary"), "a secret").unwrap();
        fs::write(folder.path().join("canary.js"), "").unwrap();
        fs::write(folder.path().join("victim"), "as it was").unwrap();
        fs::create_dir(folder.path().join("outside")).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        // It ends with these tests.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
                let _ = stream.read(&mut [0; 1024]);
                let _ = stream.write_all(
                    b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                );
            }
        });
        let socket = UnixListener::bind(folder.path().join("socket")).unwrap();
        let (own, run) = (std::process::id(), RUN.fetch_add(1, Ordering::SeqCst));
        Outside {
            folder,
            port,
            marker: format!("hostile-{own}-{run}"),
            _socket: socket,
        }
    }

    fn told(&self) -> String {
        let at = |name: &str| self.folder.path().join(name);
        serde_json::json!({
            "canary": at("canary"),
            "victim": at("victim"),
            "outside": at("outside"),
            "socketPath": at("socket"),
            "port": self.port,
            "grader": std::process::id(),
            "marker": self.marker,
            "library": library(),
        })
        .to_string()
    }

    /// What has changed outside.
    fn changed(&self) -> Vec<&str> {
        let at = |name: &str| self.folder.path().join(name);
        let mut changed = Vec::new();
        if fs::read(at("canary")).ok().as_deref() != Some(b"a secret") {
            changed.push("the canary");
        }
        if fs::read(at("victim")).ok().as_deref() != Some(b"as it was") {
            changed.push("the victim");
        }
        if fs::read_dir(at("outside")).unwrap().count() > 0 {
            changed.push("the folder");
        }
        changed
    }

    /// Processes that it left behind.
    fn left(&self) -> Vec<String> {
        let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
        processes
            .filter_map(|entry| fs::read(entry.path().join("cmdline")).ok())
            .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
            .filter(|line| line.contains(&self.marker))
            .collect()
    }
}

/// A piece of machine code that every Linux with this Node has: the loader itself.
fn library() -> Option<PathBuf> {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let paths = maps
        .lines()
        .filter_map(|line| line.split_ascii_whitespace().nth(5));
    let mut paths = paths.map(PathBuf::from);
    paths.find(|path| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("libc.so"))
    })
}

/// The limits: wide enough for what is not about them.
fn limits(word: &str) -> Limits {
    let cpu = match word {
        "cpu-time" => 500,
        "wall-time" => 400,
        _ => 4000,
    };
    Limits {
        cpu: Duration::from_millis(cpu),
        ..Limits::default()
    }
}

/// The word for what came of a run.
fn word(run: &Run) -> String {
    let stdout = String::from_utf8_lossy(&run.stdout);
    match (&run.ending, stdout.lines().next()) {
        (Ending::Finished { .. }, Some("reached")) => "reached".to_owned(),
        (Ending::Finished { .. }, Some("kept")) => "kept".to_owned(),
        (ending, _) => ending.word().to_owned(),
    }
}

/// One of them, told what it can reach for.
fn attack(text: &str, helper: &str, outside: &Outside, word: &str, children: bool) -> Program {
    let entry = RelPath::new("main.cjs").unwrap();
    let files = [("main.cjs", text), ("attack.cjs", helper)];
    let files = files.map(|(name, text)| (RelPath::new(name).unwrap(), text.as_bytes().into()));
    Program {
        input: Input {
            args: vec![outside.told()],
            ..Input::default()
        },
        limits: limits(word),
        children,
        ..Program::new(Files::from_iter(files), entry)
    }
}

/// Runs one; answers what is not as it says.
fn try_out(name: &str, text: &str, helper: &str, tier: Tier) -> Option<String> {
    let expected = Expected::read(text);
    let words = expected.here(tier)?;
    let outside = Outside::new();
    let program = attack(text, helper, &outside, words[0], expected.children);
    let run = match sandbox::run(&program, &NODE) {
        Ok(run) => run,
        Err(trouble) => return Some(format!("{name}: {trouble:?}")),
    };
    let came = word(&run);
    if !words.contains(&came.as_str()) {
        let stderr = String::from_utf8_lossy(&run.stderr);
        let stderr: String = stderr.chars().take(600).collect();
        return Some(format!(
            "{name}: {came}, not {}: {stderr}",
            words.join(" or ")
        ));
    }
    let left = outside.left();
    if !left.is_empty() {
        return Some(format!("{name}: left {left:?}"));
    }
    match tier {
        Tier::Full | Tier::Partial if !outside.changed().is_empty() => {
            Some(format!("{name}: changed {}", outside.changed().join(", ")))
        }
        Tier::Full | Tier::Partial | Tier::Limits => None,
    }
}

fn all() -> BTreeMap<String, String> {
    let entries = fs::read_dir(programs()).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn no_program_gets_out() {
    let tier = sandbox::tier(&NODE).0;
    match env::var(TESTED).ok() {
        None => drop(support::has_a_full_box(&NODE)),
        Some(tested) if tested == tier.word() => {}
        Some(tested) => {
            assert_eq!(tier, Tier::Limits);
            support::not_tested(&format!(
                "the tier `{tested}`, which this machine does not give: {:?}",
                sandbox::tier(&NODE).1
            ));
            return;
        }
    }
    let mut programs = all();
    let helper = programs.remove("attack.cjs").unwrap();
    assert!(programs.len() >= 80);
    let programs: Vec<_> = programs.into_iter().collect();
    support::hold(&programs, 3, |(name, text)| {
        try_out(name, text, &helper, tier)
    });
}

#[test]
fn no_run_finds_a_trace_of_what_another_sent() {
    if !support::has_a_full_box(&NODE) {
        return;
    }
    // Prints what was counted in its network so far, then sends something in it, to itself and to nobody.
    let text = "
        const fs = require('fs')
        for (const what of ['dev', 'snmp', 'netstat']) console.log(fs.readFileSync(`/proc/net/${what}`, 'utf8'))
        const socket = require('dgram').createSocket('udp4')
        socket.send('x', 9, '192.0.2.1', () => socket.close())
        const server = require('http').createServer((_, answer) => answer.end('hi'))
        server.listen(0, () => require('http').get({ port: server.address().port }, (answer) => {
          answer.resume().on('end', () => server.close())
        }))
    ";
    let entry = RelPath::new("main.cjs").unwrap();
    let files = Files::from_iter([(entry.clone(), text.as_bytes().into())]);
    let program = Program::new(files, entry);
    let printed = || {
        let run = sandbox::run(&program, &NODE).unwrap();
        String::from_utf8(run.stdout).unwrap()
    };
    let first = printed();
    assert!(first.contains("lo:       0       0"), "{first}");
    for _ in 0..4 {
        assert_eq!(printed(), first);
    }
}

/// These tests again, in a process of their own.
fn again(command: Command) {
    once_more("no_program_gets_out", command);
}

/// The test of this name, in a process of its own.
fn once_more(test: &str, mut command: Command) {
    let output = command
        .args([test, "--exact", "--nocapture"])
        .env(SECRET.0, SECRET.1)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let loud = String::from_utf8_lossy(&output.stderr);
    for what in loud
        .lines()
        .filter_map(|line| line.strip_prefix("NOT TESTED: "))
    {
        support::not_tested(what);
    }
    assert!(output.status.success(), "{said}\n{loud}");
    assert!(said.contains("1 passed"), "{said}");
}

fn these_tests() -> Command {
    Command::new(env::current_exe().unwrap())
}

#[test]
fn each_is_seen_to_get_out_where_there_is_no_box() {
    let mut command = these_tests();
    command
        .env(AT_MOST, Tier::Limits.word())
        .env(TESTED, Tier::Limits.word());
    again(command);
}

/// What Node's permission model is there for, where it is asked for and there is no box.
const REFUSED: [&str; 12] = [
    "append-to-a-file.cjs",
    "make-a-folder.cjs",
    "read-a-file.cjs",
    "read-by-a-promise.cjs",
    "read-by-a-stream.cjs",
    "read-by-copying.cjs",
    "read-with-dots.cjs",
    "remove-a-file.cjs",
    "rename-a-file.cjs",
    "require-a-file.cjs",
    "start-a-shell.cjs",
    "write-a-file.cjs",
];

#[test]
fn nodes_permission_model_refuses_what_is_outside_and_says_so() {
    const NAME: &str = "nodes_permission_model_refuses_what_is_outside_and_says_so";
    if env::var_os(PERMISSION).is_none() {
        let mut command = these_tests();
        command
            .env(AT_MOST, Tier::Limits.word())
            .env(PERMISSION, "on");
        return once_more(NAME, command);
    }
    let programs = all();
    let helper = &programs["attack.cjs"];
    let mut tested = 0;
    for node in support::nodes() {
        let (tier, layers) = sandbox::tier(&node);
        assert_eq!(tier, Tier::Limits);
        let layer = layers.iter().find(|layer| layer.is_extra()).unwrap();
        // Earlier ones have none, or do not say what it refuses.
        assert_eq!(layer.off.is_none(), node.version.major >= 24, "{layer}");
        if layer.off.is_some() {
            continue;
        }
        tested += 1;
        for name in REFUSED {
            let outside = Outside::new();
            let program = attack(&programs[name], helper, &outside, "reached", false);
            let ran = sandbox::run(&program, &node);
            assert!(
                matches!(ran, Err(Trouble::Refused { .. })),
                "{name} on {}: {ran:?}",
                node.version
            );
            assert_eq!(outside.changed(), Vec::<&str>::new(), "{name}");
        }
        // Whoever may start others is run without.
        let reads = &programs["read-a-file.cjs"];
        let outside = Outside::new();
        let parent = attack(reads, helper, &outside, "reached", true);
        assert_eq!(word(&sandbox::run(&parent, &node).unwrap()), "reached");
    }
    if tested == 0 {
        support::not_tested(
            "Node's permission model, which no Node before 24 can say of what it refuses",
        );
    }
}

/// In namespaces in which no others can be made, where that can be had.
#[test]
fn none_gets_out_where_namespaces_are_refused() {
    let within = |program: &Path| {
        let refused = "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$@\"";
        let mut command = Command::new("unshare");
        command
            .args(["-Ur", "sh", "-c", refused, "sh"])
            .arg(program);
        command
    };
    let works = within(Path::new("true")).stderr(Stdio::null()).status();
    let mut command = match works.is_ok_and(|status| status.success()) {
        true => within(&env::current_exe().unwrap()),
        // Here they are refused anyway, or it must be played.
        false => {
            let mut command = these_tests();
            command.env(AT_MOST, Tier::Partial.word());
            command
        }
    };
    command.env(TESTED, Tier::Partial.word());
    again(command);
}

/// These tests as an ordinary user, for whom all is copied.
fn as_an_ordinary_user(more: impl FnOnce(&mut Command)) {
    if !is_root() {
        support::not_tested("the boxes of root, since these tests are not run as root");
        return;
    }
    let copy = tempfile::tempdir().unwrap();
    let open = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    open(copy.path());
    let put = |from: &Path, name: &str| {
        let to = copy.path().join(name);
        fs::copy(from, &to).unwrap();
        open(&to);
        to
    };
    put(env!("CARGO_BIN_EXE_tickmark").as_ref(), "tickmark");
    let node = put(&NODE.path, "node");
    let tests = put(&env::current_exe().unwrap(), "tests");
    let hostile = copy.path().join("hostile");
    fs::create_dir(&hostile).unwrap();
    open(&hostile);
    for name in all().keys() {
        put(&programs().join(name), &format!("hostile/{name}"));
    }
    let temp = copy.path().join("tmp");
    fs::create_dir(&temp).unwrap();
    fs::set_permissions(&temp, fs::Permissions::from_mode(0o777)).unwrap();
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=61499", "--regid=61499", "--clear-groups"])
        .arg(tests)
        .env(COPY, copy.path())
        .env("TICKMARK_NODES", node)
        .env("TMPDIR", &temp)
        .env("HOME", &temp)
        .current_dir(&temp);
    more(&mut command);
    again(command);
}

#[test]
fn an_ordinary_user_has_the_same_box() {
    as_an_ordinary_user(|_| {});
}

#[test]
fn an_ordinary_user_has_the_same_without_namespaces() {
    as_an_ordinary_user(|command| {
        command
            .env(AT_MOST, Tier::Partial.word())
            .env(TESTED, Tier::Partial.word());
    });
}

/// How often each is repeated.
fn repetitions() -> u32 {
    match env::var_os("TICKMARK_LONG") {
        Some(_) => 100,
        None => 10,
    }
}

#[test]
fn a_verdict_is_the_same_each_time_on_a_busy_machine() {
    let programs = [
        ("finished", 1000, "console.log('ok')"),
        (
            "finished",
            1000,
            "setTimeout(() => setImmediate(() => console.log('ok')), 5)",
        ),
        (
            "threw",
            1000,
            "console.log('ok')\nthrow new Error('on purpose')",
        ),
        ("not-started", 1000, "console.log('ok'"),
        ("signal", 1000, "console.log('ok')\nprocess.abort()"),
        // In long lines: short ones cost as much processor time as it has.
        (
            "output",
            1000,
            "console.log('ok')\nfor (;;) console.log('-'.repeat(999))",
        ),
        (
            "memory",
            1000,
            "console.log('ok')\nconst kept = []\nfor (;;) kept.push(Buffer.alloc(9e6, 1))",
        ),
        (
            "processes",
            1000,
            "console.log('ok')\nconst { spawn } = require('child_process')\nfor (let n = 0; n < 40; n++) spawn('sleep', ['9'])",
        ),
        ("cpu-time", 200, "console.log('ok')\nfor (;;);"),
        (
            "wall-time",
            200,
            "console.log('ok')\nsetInterval(() => {}, 1000)",
        ),
    ];
    let jobs: Vec<_> = (0..repetitions()).flat_map(|_| programs).collect();
    let try_out = |(expected, cpu, text): &(&str, u64, &str)| {
        let entry = RelPath::new("main.cjs").unwrap();
        let program = Program {
            limits: Limits {
                cpu: Duration::from_millis(*cpu),
                ..Limits::default()
            },
            ..Program::new(
                Files::from_iter([(entry.clone(), text.as_bytes().into())]),
                entry,
            )
        };
        match sandbox::run(&program, &NODE) {
            // What was printed before the end is there; of what did not start, there is nothing.
            Ok(run) if run.ending.word() == *expected => {
                let printed = run.stdout.starts_with(b"ok\n") || *expected == "not-started";
                (!printed).then(|| format!("{text}: printed nothing"))
            }
            Ok(run) => Some(format!("{text}: {:?}, not {expected}", run.ending)),
            Err(trouble) => Some(format!("{text}: {trouble:?}")),
        }
    };
    support::beside_spinning(2, || support::hold(&jobs, 4, try_out));
}
