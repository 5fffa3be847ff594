//! One program, run once, inside limits, and how it ended.
//!
//! It does not know exercises, traces or points. What the operating systems do differently is known here alone, in
//! `system.rs`, and by [`node`], which knows where each keeps its programs.
//!
//! # Theory of operation
//!
//! **Processes.** Node is started by its absolute path as the leader of a process group of its own, in a folder of its
//! own (`folder.rs`), with an environment of a handful of variables. What it starts stays in that group unless it
//! takes care to leave it; so a run is the *tree* of its processes, which is found in `/proc` again and again.
//!
//! **Streams.** Standard input is a nameless file that holds the input. Standard output and error are two pipes, each
//! read by a thread while the program runs, and each big enough for all that a program may print: so nothing is lost
//! that is printed just before `process.exit()`, and nothing that the program does makes us wait.
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
//! **What this does not do.** It measures and ends; it does not isolate. A program runs as the user who grades, and
//! can read and write that user's files, use the network and the terminal (`/dev/tty`), see other processes and send
//! them signals, fill the disk with many files, find packages in a `node_modules` above the temp folder, and get away
//! by a double fork with a new session and an emptied environment within one look. When we are killed with `SIGKILL`,
//! what runs goes on until its own limits, and its folder stays. Other systems than Linux know the group, the wall
//! clock and the output only. Whoever does not trust the programs needs a machine or a container around all this.

mod folder;
mod gives;
mod group;
mod registry;
mod space;
mod streams;
mod system;
mod trouble;

pub use gives::{gives_children, gives_loopback};
pub use registry::end_all;
pub use space::{TempSpace, temp_space};
pub use trouble::Trouble;

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::node::{self, Node};
use crate::program::{Ending, Files, Input, Limit, Limits, RelPath, Run, Spent};
use folder::Folder;
use group::Group;
use registry::Entered;
use streams::{Allowance, Read, Reading};
use system::{Before, Tree};

/// What this sandbox does and does not do, for people, in one line.
pub const TIER: &str = system::TIER;

/// Opens a file that somebody else put there: no link in its place, and without waiting for what is no file.
pub fn open(path: &Path) -> io::Result<File> {
    system::open(path)
}

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
}

impl Program {
    /// These files and nothing else: no input, and the usual limits.
    pub fn new(files: Files, entry: RelPath) -> Self {
        Program {
            files,
            entry,
            input: Input::default(),
            limits: Limits::default(),
        }
    }
}

/// What happens while a program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    /// It printed more than it may.
    Overdrawn,
    /// Its first process has ended.
    Ended,
}

/// How often a running program is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// Runs the program on this Node and waits for its end, which its limits make certain.
pub fn run(program: &Program, node: &Node) -> Result<Run, Trouble> {
    let entered = registry::enter()?;
    let folder = Folder::new(&program.files)?;
    let mut running = Running::start(program, node, &folder, &entered)?;
    let stopped = running.watch(&program.limits);
    running.tree.kill();
    let ended = running.end()?;
    if registry::has_ended() {
        return Err(Trouble::Ended);
    }
    ended.judge(stopped?, program, node, &folder)
}

/// A program that runs. Dropping it kills it.
struct Running<'a> {
    entered: &'a Entered,
    group: Group,
    child: Child,
    before: Before,
    tree: Tree,
    allowance: Arc<Allowance>,
    events: Receiver<Event>,
    started: Instant,
    reading: Option<[Reading; 2]>,
    spent: Spent,
    reaped: bool,
}

impl<'a> Running<'a> {
    fn start(
        program: &Program,
        node: &Node,
        folder: &Folder,
        entered: &'a Entered,
    ) -> Result<Self, Trouble> {
        let (out, stdout) = streams::pipe()?;
        let (err, stderr) = streams::pipe()?;
        let mut command = command(program, node, folder);
        command
            .stdin(streams::input(&program.input.stdin)?)
            .stdout(stdout)
            .stderr(stderr);
        let before = Before::look();
        let started = Instant::now();
        let (group, child) = entered.start(|| {
            Group::start(&mut command).map_err(|source| Trouble::Start {
                node: node.path.clone(),
                source,
            })
        })?;
        // Our ends to print on: while they are open, the pipes do not end.
        drop(command);
        let (send, events) = mpsc::channel();
        let mut running = Running {
            entered,
            group,
            child,
            tree: Tree::new(group, folder, &before),
            before,
            allowance: Allowance::new(program.limits.output.min(Limits::MOST_OUTPUT)),
            events,
            started,
            reading: None,
            spent: Spent::default(),
            reaped: false,
        };
        system::rein_in(group, &program.limits);
        running.reading = Some([
            out.read(running.allowance.clone(), send.clone())?,
            err.read(running.allowance.clone(), send.clone())?,
        ]);
        group.announce_end(send).map_err(Trouble::Follow)?;
        Ok(running)
    }

    /// Follows the program until it ends or has used up a limit.
    fn watch(&mut self, limits: &Limits) -> Result<Option<Limit>, Trouble> {
        loop {
            match self.events.recv_timeout(LOOK) {
                Ok(Event::Ended) => break Ok(None),
                Ok(Event::Overdrawn) => break Ok(Some(Limit::Output)),
                Err(RecvTimeoutError::Timeout) => {}
                // Whoever would announce the end is gone.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(LOOK),
            }
            if system::has_ended(&mut self.child).map_err(Trouble::Follow)? {
                break Ok(None);
            }
            if let Some(limit) = self.used_up(limits)? {
                break Ok(Some(limit));
            }
        }
    }

    /// Looks at what is used, and answers which limit that is too much for.
    fn used_up(&mut self, limits: &Limits) -> Result<Option<Limit>, Trouble> {
        let used = self.tree.look();
        let wall = self.started.elapsed();
        self.spent.memory = self.spent.memory.max(used.memory);
        if used.memory > limits.memory {
            return Ok(Some(Limit::Memory));
        }
        if used.processes > limits.processes {
            return Ok(Some(Limit::Processes));
        }
        if used.cpu > limits.cpu {
            return Ok(Some(Limit::CpuTime));
        }
        if wall <= limits.wall() {
            return Ok(None);
        }
        // Time in which it was ready to run and the machine did something else is not its own.
        if wall > limits.wall() + self.tree.kept_waiting() {
            return Ok(Some(Limit::WallTime));
        }
        if wall > limits.wall() * 4 {
            return Err(Trouble::Overloaded);
        }
        Ok(None)
    }

    /// Collects what is left of it, once it was killed.
    fn end(mut self) -> Result<Ended, Trouble> {
        self.spent.cpu = self.tree.look().cpu;
        self.spent.wall = self.started.elapsed();
        let status = self.reap().map_err(Trouble::Follow)?;
        self.allowance.close();
        let Some([out, err]) = self.reading.take() else {
            return Err(Trouble::Follow(io::ErrorKind::NotFound.into()));
        };
        Ok(Ended {
            status,
            stdout: out.end()?,
            stderr: err.end()?,
            overdrawn: self.allowance.is_overdrawn(),
            starved: self.before.machine_ended_one(),
            spent: self.spent,
        })
    }

    /// Lets the system forget its first process, whose number others may have from then on.
    fn reap(&mut self) -> io::Result<ExitStatus> {
        self.reaped = true;
        self.entered.leave(self.group);
        self.child.wait()
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if !self.reaped {
            self.tree.kill();
            self.allowance.close();
            // Nobody is left to tell.
            let _ = self.reap();
        }
    }
}

/// How Node is started: by its own path, in the program's folder, with an environment that holds only this.
fn command(program: &Program, node: &Node, folder: &Folder) -> Command {
    let mut command = Command::new(&node.path);
    // With `./`, a file that is called like an option is none.
    command
        .arg(format!("./{}", program.entry))
        .args(&program.input.args)
        .current_dir(folder.program())
        .env_clear()
        .envs(environment(node, folder))
        .envs(program.input.env.iter().map(|(name, value)| (name, value)));
    command
}

/// The few variables that every program gets.
fn environment(node: &Node, folder: &Folder) -> Vec<(&'static str, OsString)> {
    let home = folder.home().into_os_string();
    let mut environment = vec![
        ("PATH", node.search_path()),
        ("HOME", home.clone()),
        ("TMPDIR", home.clone()),
        ("TZ", "UTC".into()),
        ("LANG", "C.UTF-8".into()),
    ];
    if cfg!(windows) {
        // Without the first, Windows cannot even make random numbers.
        environment.extend(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        environment.extend(["USERPROFILE", "TEMP", "TMP"].map(|name| (name, home.clone())));
    }
    environment
}

/// A run that is over, as it was seen.
struct Ended {
    status: ExitStatus,
    stdout: Read,
    stderr: Read,
    overdrawn: bool,
    /// Whether the machine ran out of memory meanwhile.
    starved: bool,
    spent: Spent,
}

impl Ended {
    /// What all this means. Where several things are true, the first of these is said:
    ///
    /// 1. It printed too much: this is counted, so it is the same in every run.
    /// 2. The limit it was stopped for.
    /// 3. A signal; unless it was the system's backstop, or the machine's trouble.
    /// 4. What its exit code and Node's words say.
    fn judge(
        self,
        stopped: Option<Limit>,
        program: &Program,
        node: &Node,
        folder: &Folder,
    ) -> Result<Run, Trouble> {
        let stopped = if self.overdrawn {
            Some(Limit::Output)
        } else {
            stopped
        };
        let cut = self.stdout.may_be_cut() || self.stderr.may_be_cut();
        let stdout = folder.unnamed(self.stdout.bytes);
        let stderr = folder.unnamed(self.stderr.bytes);
        let ending = match (stopped, system::signal(self.status), self.status.code()) {
            (Some(limit), _, _) => Ending::Stopped(limit),
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
            (None, None, exit) => node.ending(&node::Report {
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
        })
    }
}
