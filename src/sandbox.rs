//! One program, run once, inside limits, and how it ended.
//!
//! It does not know exercises, traces or points. What the operating systems do differently is known here alone, in
//! `system.rs`, and by [`node`], which knows where each keeps its programs.
//!
//! # Theory of operation
//!
//! **Tiers.** How much a program is closed off is its [`Tier`]. What each promises is one table ([`PROMISES`]), shown
//! and explained in `src/sandbox/SECURITY.md`. The boxes of the tiers `full` and `partial` are Linux's alone
//! (`system/linux/boxed.rs`, which says how they work); each is had only where all of it can be had, which is tried out
//! once for each Node by a program that tries to get out (`boxes.rs`). Everywhere else a program gets limits
//! (`limited.rs`): what follows is about those.
//!
//! **Runners.** What is started is a Node, or this program itself as the model of one ([`orders`]), with what it is to do on
//! its standard input (`model.rs`). To all that follows they are alike (`runner.rs`).
//!
//! **Processes.** On a Unix, Node is started by its absolute path as the leader of a process group of its own, in a folder of its
//! own (`folder.rs`), with an environment of a handful of variables. What it starts stays in that group unless it
//! takes care to leave it; so a run is the *tree* of its processes, which is found in `/proc` again and again.
//!
//! **Streams.** Standard input is a nameless file that holds the input. Standard output and error are two pipes, each
//! read by a thread while the program runs, and each big enough for all that a program may print: so nothing is lost
//! that is printed just before `process.exit()`, and nothing that the program does makes us wait. This is so in every
//! tier.
//!
//! **Watching.** One thread looks every 10 ms at what the tree uses, and hears at once when a stream overflows or when
//! the leader has ended. The leader is not reaped before the whole tree was killed: until then its number, which is
//! the group's name, cannot become somebody else's.
//!
//! | what | is enforced by |
//! |---|---|
//! | processor time | the sum over the tree, every 10 ms; behind it `RLIMIT_CPU`, for each process |
//! | wall clock, five times as long | the watching thread; time in which the program was ready to run and the machine busy is given back, and when that gets too much the run is [`Trouble::Overloaded`], not judged |
//! | memory | the sum of the tree's own pages, every 10 ms: what is used up faster than that is seen late |
//! | processes | their number, every 10 ms |
//! | output | the reading threads, by the byte |
//! | the size of a file | `RLIMIT_FSIZE`, 64 MiB |
//! | the end of everything it started | `SIGKILL` to the group, then to each process of the tree, until there is none |
//! | no litter | the folder is removed when the run is dropped, also when we panic or [`end_all`] is called |
//!
//! **What limits alone do not do.** They measure and end; they do not isolate. A program runs as the user who grades,
//! and can read and write that user's files, use the network and the terminal (`/dev/tty`), see other processes and
//! send them signals, fill the disk with many files, find packages in a `node_modules` above the temp folder, and get
//! away by a double fork with a new session, an emptied environment and another folder within one look. When we are
//! killed with `SIGKILL`, what runs goes on until its own limits, and its folder stays. Node's own permission model is
//! put around it only where it is asked for, and is no wall (`permission.rs`).
//!
//! **Other systems.** On Windows a run is a *job* in place of a group (`system/windows.rs`): none of its processes
//! gets away, all of them end also when we are killed, and what is looked at every 10 ms is what the system counts for the job.
//! The rest know the group, the wall clock and the output only.

mod boxes;
mod client;
mod folder;
mod gives;
mod group;
mod idle;
mod limited;
mod model;
mod permission;
mod registry;
mod runner;
mod space;
mod streams;
mod system;
mod tier;
mod trouble;

use boxes::NoBox;
pub use boxes::{at_most, serve_launchers, start_launchers_from, tier};
pub use client::WORK;
pub use gives::{gives_children, gives_loopback, hears, hears_calls};
pub use idle::{Idle, idle, idle_again};
pub use model::{Unknown, model_tier, orders};
pub use permission::asks_for_permissions;
pub use registry::end_all;
pub use space::{TempSpace, temp_space};
pub use tier::{Layer, PROMISES, Promise, Tier};
pub use trouble::Trouble;

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;
use std::process::ExitStatus;
use std::time::Duration;

use crate::node::{self, Node};
use crate::program::{
    Calls, Ending, Files, Input, Limit, Limits, Loaded, Looks, Loops, Refused, RelPath, Request,
    Run, Served, Spent, Threads,
};
use runner::Runner;
use streams::Read;

/// Opens a file that somebody else put there: no link in its place, and without waiting for what is no file.
pub fn open(path: &Path) -> io::Result<File> {
    system::open(path)
}

/// Whether a file that stands in a folder is a second name (a hard link) for one of somebody else: whoever may not read a
/// file may still give it a name, on some systems.
pub fn is_anothers(file: &Metadata, folder: &Path) -> io::Result<bool> {
    system::is_anothers(file, folder)
}

/// Whether it can be seen what memory and which threads a program uses.
pub const SHOWS_USE: bool = system::SHOWS_USE;

/// Whether terminals say by `TERM` what they can do.
pub const TERM_IS_SET: bool = system::TERM_IS_SET;

/// Waits so long for something to come in on standard input; whether whoever sends it has gone instead.
pub fn input_has_gone(wait: Duration) -> io::Result<bool> {
    system::input_has_gone(wait)
}

/// What to run.
#[derive(Debug, Clone)]
pub struct Program {
    /// All its files, and no other file will be in its folder.
    pub files: Files,
    /// The file to start; it need not be there.
    pub entry: RelPath,
    /// What it is given.
    pub input: Input,
    /// What it may use.
    pub limits: Limits,
    /// Whether it may start other programs.
    pub children: bool,
    /// What is to be seen of it.
    pub looks: Looks,
    /// What it is asked on the port that it finds in the variable `PORT`, if it is a server. When all of it was answered,
    /// it is ended.
    pub requests: Vec<Request>,
}

impl Program {
    /// These files and nothing else: no input, and the usual limits; it may start other programs.
    pub fn new(files: Files, entry: RelPath) -> Self {
        Program {
            files,
            entry,
            input: Input::default(),
            limits: Limits::default(),
            children: true,
            looks: Looks::default(),
            requests: Vec::new(),
        }
    }
}

/// The variable by which a server is told where to listen.
const PORT: &str = "PORT";

/// The few variables that every program gets.
fn environment<T: Clone + From<&'static str>>(path: T, tmp: T) -> [(&'static str, T); 5] {
    [
        ("PATH", path),
        ("HOME", tmp.clone()),
        ("TMPDIR", tmp),
        ("TZ", "UTC".into()),
        ("LANG", "C.UTF-8".into()),
    ]
}

/// How often a running program is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// Runs the program on this Node and waits for its end, which its limits make certain. It is closed off as much as can
/// be here.
pub fn run(program: &Program, node: &Node) -> Result<Run, Trouble> {
    run_at_most(Tier::Full, program, node)
}

/// The same, closed off no more than so much.
pub fn run_at_most(most: Tier, program: &Program, node: &Node) -> Result<Run, Trouble> {
    run_on(most, program, &node.into())
}

fn run_on(most: Tier, program: &Program, runner: &Runner) -> Result<Run, Trouble> {
    let entered = registry::enter()?;
    let found = boxes::find(most, runner, &entered)?;
    let ended = match &found.boxed {
        Some(boxed) => boxed.run(program, &entered)?,
        None => limited::run(program, runner, found.has_permissions(), &entered)?,
    };
    if registry::has_ended() {
        return Err(Trouble::Ended);
    }
    ended.judge(program, runner)
}

/// A run that is over, as it was seen.
struct Ended {
    status: ExitStatus,
    /// The limit it was stopped for; of output, `overdrawn` says it.
    stopped: Option<Limit>,
    stdout: Read,
    stderr: Read,
    overdrawn: bool,
    /// Whether the machine ran out of memory meanwhile.
    starved: bool,
    spent: Spent,
    refused: Vec<Refused>,
    threads: Option<Threads>,
    turns: Option<Loops>,
    calls: Option<Calls>,
    loaded: Option<Loaded>,
    /// What came of asking it, if it is a server.
    served: Option<Served>,
}

impl Ended {
    /// What all this means. Where several things are true, the first of these is said:
    ///
    /// 1. It printed too much: this is counted, so it is the same in every run.
    /// 2. The limit it was stopped for.
    /// 3. That it was ended, having answered everything, or since it would not rest.
    /// 4. A signal; unless it was the system's backstop, or the machine's trouble.
    /// 5. What its exit code and Node's words say.
    fn judge(self, program: &Program, runner: &Runner) -> Result<Run, Trouble> {
        let stopped = if self.overdrawn {
            Some(Limit::Output)
        } else {
            self.stopped
        };
        let cut = self.stdout.may_be_cut() || self.stderr.may_be_cut();
        let cut = cut && runner.may_lose_output();
        let (stdout, stderr) = (self.stdout.bytes, self.stderr.bytes);
        let served = self.served.as_ref().is_some_and(|served| served.over);
        let must_rest = program.looks.loading.as_ref().is_some_and(|how| how.rests);
        let would_not_rest = must_rest && self.loaded.as_ref().is_some_and(Loaded::went_on);
        let ending = match (stopped, system::signal(self.status), self.status.code()) {
            (Some(limit), _, _) => Ending::Stopped(limit),
            _ if served || would_not_rest => Ending::Dismissed,
            (None, Some(signal), _) => match signal.as_str() {
                // The backstop of `system::rein_in`, sooner than we looked.
                "SIGKILL" | "SIGXCPU" if self.spent.cpu >= program.limits.cpu => {
                    Ending::Stopped(Limit::CpuTime)
                }
                "SIGKILL" if self.starved => return Err(Trouble::OutOfMemory),
                "SIGABRT" | "SIGTRAP" | "SIGSEGV" | "SIGILL"
                    if node::ran_out_of_memory(&stderr) =>
                {
                    Ending::Stopped(Limit::Memory)
                }
                _ => Ending::Signal { name: signal },
            },
            (None, None, _) if cut => return Err(Trouble::SmallPipe),
            (None, None, exit) => runner.ending(&node::Report {
                // A process that no signal ended has a code.
                exit: exit.unwrap_or_default(),
                stdout: &stdout,
                stderr: &String::from_utf8_lossy(&stderr),
                files: &program.files,
                entry: &program.entry,
            }),
        };
        Ok(Run {
            stdout,
            stderr,
            ending,
            spent: self.spent,
            refused: self.refused,
            threads: self.threads,
            turns: self.turns,
            calls: self.calls,
            loaded: self.loaded,
            served: self.served,
        })
    }
}
