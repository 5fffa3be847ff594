//! What a run costs in each tier, beside a bare spawn of the same program and beside bubblewrap, where that is here; and
//! how late each limit ends a run.
//!
//! All are made in turn, so that what else the machine does weighs on all alike: `cargo bench --bench run -- 30` makes
//! 30 rounds. Processor time is that of the whole machine, so nothing else should run.

mod support;

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tickmark::node::Node;
use tickmark::program::{Due, Ending, Files, Limit, RelPath, Request, Sent};
use tickmark::sandbox::{self, Program, Tier};

use support::{ENVIRONMENT, Laid};

static NODE: LazyLock<Node> = LazyLock::new(|| support::nodes().remove(0));

const TEXT: &str = "console.log('hi')\n";

fn program(text: &str) -> Program {
    let entry = RelPath::new("main.cjs").expect("a path");
    let files = Files::from_iter([(entry.clone(), text.as_bytes().into())]);
    Program::new(files, entry)
}

/// The program in bubblewrap, as somebody would call it who wants what the full box gives.
fn bubblewrap(folder: &Path) -> Command {
    let mut command = Command::new("bwrap");
    command
        .env_clear()
        .envs(ENVIRONMENT)
        .env("PATH", "/usr/bin");
    command
        .args([
            "--unshare-all",
            "--die-with-parent",
            "--new-session",
            "--cap-drop",
            "ALL",
        ])
        .args([
            "--ro-bind",
            "/usr",
            "/usr",
            "--proc",
            "/proc",
            "--dev",
            "/dev",
            "--tmpfs",
            "/tmp",
        ])
        .args([
            "--symlink",
            "usr/lib",
            "/lib",
            "--symlink",
            "usr/lib64",
            "/lib64",
            "--ro-bind",
        ])
        .arg(&NODE.path)
        .args(["/node", "--bind"])
        .arg(folder)
        .args(["/program", "--chdir", "/program", "/node", "./main.cjs"])
        .stdin(Stdio::null());
    command
}

/// One way to run the program.
type Way<'a> = (&'static str, Box<dyn Fn() + Sync + 'a>);

/// Processor time that the whole machine has spent, in hundredths of a second: of a run in a box nobody else knows all.
fn spent() -> u64 {
    let stat = std::fs::read_to_string("/proc/stat").expect("Linux");
    let line = stat.lines().next().expect("a line");
    let numbers = line
        .split_ascii_whitespace()
        .skip(1)
        .map(|number| number.parse().expect("a number"));
    let numbers: Vec<u64> = numbers.collect();
    // All but idle and waiting for the disk (proc_stat(5)).
    numbers[0] + numbers[1] + numbers[2] + numbers[5] + numbers[6] + numbers[7]
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}

/// Each way in turn, `EACH` times: the median of the wall clock, the processor time of all, and how many two threads
/// do in a second; and all of it as ratios to the first way.
fn compare(what: &str, ways: &[Way<'_>], rounds: usize) {
    const EACH: usize = 20;
    let mut wall = vec![Vec::new(); ways.len()];
    let mut cpu = vec![0; ways.len()];
    let mut both = vec![Vec::new(); ways.len()];
    for _ in 0..rounds {
        for (at, (_, run)) in ways.iter().enumerate() {
            let before = spent();
            for _ in 0..EACH {
                let started = Instant::now();
                run();
                wall[at].push(started.elapsed().as_secs_f64() * 1000.0);
            }
            cpu[at] += spent() - before;
            let started = Instant::now();
            std::thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| (0..EACH).for_each(|_| run()));
                }
            });
            both[at].push(2.0 * EACH as f64 / started.elapsed().as_secs_f64());
        }
    }
    println!(
        "Node {}, {what}, {} runs each, in turn; ratios to the first line",
        NODE.version,
        rounds * EACH
    );
    let wall: Vec<f64> = wall.into_iter().map(median).collect();
    let both: Vec<f64> = both.into_iter().map(median).collect();
    for (at, (name, _)) in ways.iter().enumerate() {
        let each = cpu[at] as f64 * 10.0 / (rounds * EACH) as f64;
        println!(
            "{name:24} wall {:5.1} ms {:.3}   cpu {each:5.1} ms {:.3}   two threads {:5.1}/s {:.3}",
            wall[at],
            wall[at] / wall[0],
            cpu[at] as f64 / cpu[0] as f64,
            both[at],
            both[at] / both[0]
        );
    }
}

/// Programs that use up a limit, and print when that was, in milliseconds of the system's clock.
const TOO_MUCH: [(Limit, &str); 5] = [
    (
        Limit::CpuTime,
        "const used = () => { const { user, system } = process.cpuUsage(); return user + system }
         while (used() < 500_000);
         console.log(Date.now())
         for (;;);",
    ),
    (
        Limit::WallTime,
        "console.log(Math.round(performance.timeOrigin) + 2500)
         setInterval(() => {}, 1000)",
    ),
    (
        Limit::Memory,
        "const { readFileSync } = require('fs')
         const own = () => 1024 * /RssAnon:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]
         const kept = []
         while (own() < 254e6) kept.push(Buffer.alloc(1e6, 1))
         console.log(Date.now())
         for (;;) kept.push(Buffer.alloc(1e6, 1))",
    ),
    (
        Limit::Output,
        "const { writeSync } = require('fs')
         writeSync(1, `${Date.now()}\n`)
         for (;;) writeSync(1, 'x'.repeat(60_000))",
    ),
    (
        Limit::Processes,
        "for (let n = 1; n <= 16; n++) {
           if (n === 16) require('fs').writeSync(1, `${Date.now()}\\n`)
           require('child_process').spawn('/bin/sleep', ['9'])
         }",
    ),
];

/// How late after its limit a run was over, in milliseconds: the median and the worst of so many rounds.
fn lateness(tiers: &[Tier], rounds: usize) {
    println!("from a limit that is used up until the run is over, of {rounds} runs each");
    for (limit, text) in TOO_MUCH {
        for tier in tiers {
            if limit == Limit::Processes && *tier == Tier::Partial {
                continue;
            }
            let mut program = program(text);
            program.limits.cpu = Duration::from_millis(500);
            let late = (0..rounds).map(|_| {
                let run = sandbox::run_at_most(*tier, &program, &NODE).expect("it ran");
                let over = SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .expect("a clock");
                assert_eq!(run.ending, Ending::Stopped(limit), "{:?}", run.stderr);
                let printed = String::from_utf8_lossy(&run.stdout);
                let used_up: f64 = printed
                    .lines()
                    .next()
                    .and_then(|line| line.parse().ok())
                    .expect("a time");
                over.as_secs_f64() * 1000.0 - used_up
            });
            let late: Vec<f64> = late.collect();
            let worst = late.iter().copied().fold(f64::MIN, f64::max);
            println!(
                "{:12} {:8} median {:4.0} ms   worst {worst:4.0} ms",
                Ending::Stopped(limit).word(),
                tier.word(),
                median(late),
            );
        }
    }
}

/// A server that answers once.
const SERVER: &str =
    "const server = require('http').createServer((_, response) => response.end('hi'))\n";

/// What asking a server costs, beside a bare spawn of the same server that asks itself, prints the answer and ends.
fn serving(tiers: &[Tier], rounds: usize) {
    let asks_itself = format!(
        "{SERVER}server.listen(0, () => require('http').get({{ port: server.address().port, agent: false }}, answer => {{\n\
           answer.on('data', text => console.log(String(text))).on('end', () => server.close())\n\
         }}))\n"
    );
    let laid = Laid::new(program(&asks_itself));
    let mut asked = program(&format!("{SERVER}server.listen(process.env.PORT)\n"));
    asked.requests = vec![Request {
        what: Sent::Http {
            method: "GET".to_owned(),
            target: "/".to_owned(),
            headers: Vec::new(),
            body: String::new(),
        },
        due: Due::AtOnce,
        times: 1,
        leaves: false,
    }];
    let run = |most| {
        let run = sandbox::run_at_most(most, &asked, &NODE).expect("it ran");
        assert_eq!(run.ending, Ending::Dismissed, "{:?}", run.served);
    };
    let mut ways: Vec<Way<'_>> = vec![(
        "asks itself",
        Box::new(|| assert_eq!(laid.spawn(&NODE.path), b"hi\n")),
    )];
    for tier in tiers.iter().filter(|tier| **tier != Tier::Partial) {
        ways.push((tier.word(), Box::new(|| run(*tier))));
    }
    compare("a server that is asked once", &ways, rounds);
}

fn main() {
    sandbox::start_launchers_from(env!("CARGO_BIN_EXE_tickmark").into());
    let (tier, layers) = sandbox::tier(&NODE);
    if tier != Tier::Full {
        println!("there is no full box here: {}", layers[0]);
    }
    let program = program(TEXT);
    let laid = Laid::new(program.clone());
    let folder = laid.folder();
    let run = |most| drop(sandbox::run_at_most(most, &program, &NODE).expect("it ran"));
    let tiers: Vec<Tier> = Tier::ALL.into_iter().filter(|way| *way <= tier).collect();
    let mut ways: Vec<Way<'_>> = vec![(
        "a bare spawn",
        Box::new(|| assert_eq!(laid.spawn(&NODE.path), b"hi\n")),
    )];
    for tier in &tiers {
        ways.push((tier.word(), Box::new(|| run(*tier))));
    }
    fn said(command: &mut Command) -> std::io::Result<Vec<u8>> {
        Ok(command.output()?.stdout)
    }
    match said(&mut bubblewrap(&folder)) {
        Ok(hi) if hi == b"hi\n" => ways.push((
            "bubblewrap",
            Box::new(|| drop(said(&mut bubblewrap(&folder)).expect("it ran"))),
        )),
        _ => println!("there is no bubblewrap here"),
    }
    let rounds = env::args().find_map(|argument| argument.parse().ok());
    let what = format!("`{}`", TEXT.trim());
    compare(&what, &ways, rounds.unwrap_or(10));
    let ballast = vec![1_u8; 1 << 30];
    println!("the same, while we hold 1 GiB of memory:");
    compare(&what, &ways, rounds.unwrap_or(10) / 2 + 1);
    drop(ballast);
    serving(&tiers, rounds.unwrap_or(10) / 2 + 1);
    lateness(&tiers, rounds.unwrap_or(10));
}
