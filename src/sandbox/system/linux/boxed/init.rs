//! One run, from inside: it makes the files, starts Node, watches it, and ends all.
//!
//! Whoever is left when the first process of namespaces ends is killed by the kernel (pid_namespaces(7)).

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{CString, NulError};
use std::fs;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::statvfs;
use rustix::io::{Errno, fcntl_dupfd_cloexec};
use rustix::process::{
    Pid, PidfdFlags, Signal, WaitOptions, getpid, getppid, kill_process, kill_process_group,
    pidfd_open, set_parent_process_death_signal, setsid, wait,
};
use rustix::stdio::{dup2_stderr, dup2_stdin, dup2_stdout};
use rustix::thread::UnshareFlags;

use super::super::{
    Copies, SeenThreads, Shown, Stat, all, first_thread, first_thread_ran, kept_waiting, time,
};
use super::around::Around;
use super::confine::{self, DESCRIPTORS, THREADS};
use super::heard::{self, SystemCall};
use super::network;
use super::raw::{self, Listener};
use super::root::{self, WRITABLE};
use super::said::SeenCalls;
use super::told::Told;
use super::turns::SeenTurns;
use super::wire::{self, Lacking, Report, Walls};
use crate::program::{Limit, Limits, Refused, Request, Spent};
use crate::sandbox::client::{Client, Effort, Watched};
use crate::sandbox::{LOOK, Layer};

/// What comes with an order to run, beside the line to whoever ordered it.
pub(super) struct Given {
    pub(super) request: OwnedFd,
    pub(super) streams: [OwnedFd; 3],
    /// The copy of Node to start, if there is any.
    pub(super) large_node: Option<OwnedFd>,
}

/// Says what could not be done.
fn step<T>(what: &str, done: Result<T, impl Into<io::Error>>) -> Result<T, Report> {
    done.map_err(|error| Report::Failed(Lacking::new(what, &error.into())))
}

/// Says what went wrong, without the system's help, and whether it may go well another time.
fn wrong(what: &str, why: &str, passing: bool) -> Report {
    Report::Failed(Lacking {
        layer: Layer::off(what, why.to_owned()),
        passing,
    })
}

/// Makes the run; the error is a report too, of what could not be done to the end.
///
/// Within namespaces this is done by their first process, else by the launcher itself.
pub(super) fn run(given: Given, line: &OwnedFd, around: &Around) -> Result<Report, Report> {
    if around.walls == Walls::Namespaces {
        step("PR_SET_PDEATHSIG", end_with(None))?;
        step("mount", root::renew())?;
    }
    let request = step("the program's files", unpack(given.request.into()))?;
    let large_node = given.large_node.map(|copy| {
        let copy = fcntl_dupfd_cloexec(copy, root::LARGE_NODE_AT)?;
        match copy.as_raw_fd() {
            root::LARGE_NODE_AT => Ok(copy),
            _ => Err(io::Error::from(io::ErrorKind::AddrInUse)),
        }
    });
    let large_node = step("Node in large pages", large_node.transpose())?;
    let node_at = match large_node {
        Some(_) => Path::new(root::LARGE_NODE),
        None => &around.node,
    };
    let name = step("Node's path", c_string(node_at))?;
    let program = step(
        "Node's path",
        raw::Program::new(&name, around.filters.program_at),
    )?;
    let own_pid = getpid();
    let shown = large_node.as_ref().map(Shown::of).transpose();
    let shown = step("Node in large pages", shown)?;
    let before = own()?.waited_for;
    let started = Instant::now();
    // What holds here when the other process is gone, or has become Node.
    let failed = Cell::new(Some(wrong("start Node", "it broke", true)));
    let calls = Cell::new(None);
    let node = raw::start(UnshareFlags::empty(), || {
        let streams = &given.streams;
        let report = match prepare(&request, streams, around, node_at, own_pid, &calls) {
            Err(report) => report,
            Ok((args, env)) => {
                failed.set(None);
                let error = program.become_it(&args, &env);
                Report::Failed(Lacking::new("start Node", &error))
            }
        };
        failed.set(Some(report));
    });
    let node = step("process", node)?;
    // While we have their ends, the pipes do not end.
    drop(given.streams);
    // While its folder is held, Landlock knows it again (`Around::guard`).
    let alone = around.walls == Walls::Guards;
    let _held = alone.then(|| File::open(format!("/proc/{node}")));
    let calls = calls.into_inner();
    let is_heard = calls.is_some();
    let own_walls = around.walls == Walls::Namespaces;
    let mut watch = Watch {
        walls: around.walls,
        children: request.children,
        node,
        limits: &request.limits,
        started,
        before,
        memory: 0,
        calls,
        refused: BTreeSet::new(),
        threads: request.looks.threads.then(SeenThreads::default),
        turns: (is_heard && request.looks.turns).then(SeenTurns::default),
        called: (is_heard && own_walls && !request.looks.calls.is_empty())
            .then(|| SeenCalls::of(&request.looks.calls)),
        told: (is_heard && own_walls && request.looks.loading.is_some()).then(Told::default),
        must_rest: request.looks.loading.as_ref().is_some_and(|how| how.rests),
        client: None,
        copies: Copies::beside(shown, request.limits.memory),
    };
    let watched = match failed.into_inner() {
        Some(report) => Err(report),
        None => watch.until_the_end(line, request.requests, request.port),
    };
    let wall = started.elapsed();
    let client = watch.client.take();
    let served = client.map(Client::served);
    watch.look_at_threads();
    let threads = watch.threads.take().map(|seen| seen.of(watch.number()));
    let turns = watch.turns.take();
    let turns = turns.map(|seen| seen.and_the_last(watch.main_thread()));
    let status = watch.kill();
    watch.look_at_files();
    Ok(Report::Ended {
        stopped: watched?,
        status: status.ok_or_else(|| wrong("wait", "the program's end was missed", true))?,
        spent: Spent {
            // All have ended and were waited for, so all their time is with us.
            cpu: time(own()?.waited_for - before),
            wall,
            memory: watch.memory,
        },
        refused: watch.refused.into_iter().collect(),
        threads,
        turns,
        calls: watch.called.and_then(SeenCalls::all),
        loaded: watch.told.map(Told::loaded),
        served,
        pieces: 0,
    })
}

/// Has the kernel kill this process when its parent ends. The first process of namespaces cannot see its parent.
fn end_with(parent: Option<Pid>) -> io::Result<()> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    match getppid() == parent {
        true => Ok(()),
        // It ended before.
        false => Err(io::ErrorKind::NotFound.into()),
    }
}

fn c_string(path: &Path) -> Result<CString, NulError> {
    CString::new(path.as_os_str().as_bytes())
}

/// Reads the request, and writes the files that stand behind it.
fn unpack(mut request: File) -> io::Result<wire::Request> {
    request.rewind()?;
    let mut reader = BufReader::new(request);
    let mut head = String::new();
    reader.read_line(&mut head)?;
    let request: wire::Request = serde_json::from_str(&head)?;
    for (path, length) in &request.files {
        let path = request.program.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut content = vec![0; *length];
        reader.read_exact(&mut content)?;
        fs::write(path, content)?;
    }
    Ok(request)
}

/// Gives up everything but what Node needs, and leaves to us where its calls are heard; answers its arguments and
/// environment.
fn prepare(
    request: &wire::Request,
    [stdin, stdout, stderr]: &[OwnedFd; 3],
    around: &Around,
    node_at: &Path,
    parent: Pid,
    calls: &Cell<Option<Listener>>,
) -> Result<(Vec<CString>, Vec<CString>), Report> {
    let own_user = around.walls == Walls::Namespaces;
    step("setsid", setsid())?;
    step("privileges", confine::give_up_privileges())?;
    let heard = around.filters.apply_heard(request.children, &request.looks);
    let heard = heard.map_err(io::Error::other);
    calls.set(step("filter of system calls", heard)?);
    step("own descriptors", raw::unshare(UnshareFlags::FILES))?;
    step("stdin", dup2_stdin(stdin))?;
    step("stdout", dup2_stdout(stdout))?;
    step("stderr", dup2_stderr(stderr))?;
    step("work folder", rustix::process::chdir(&request.program))?;
    step(
        "limits",
        confine::rein_in(request.limits.cpu.as_secs(), own_user),
    )?;
    step("PR_SET_PDEATHSIG", end_with(Some(parent)))?;
    step(
        "Landlock",
        around.guard(request, node_at).map_err(io::Error::other),
    )?;
    let args = request.args.iter().map(|arg| CString::new(arg.as_str()));
    let args = std::iter::once(c_string(&around.node)).chain(args);
    let args: Vec<CString> = step("arguments", args.collect())?;
    // Of two values for one name, the later one counts.
    let env: BTreeMap<&String, &String> = request
        .env
        .iter()
        .map(|(name, value)| (name, value))
        .collect();
    let env = env
        .into_iter()
        .map(|(name, value)| CString::new(format!("{name}={value}")));
    let env: Vec<CString> = step("environment", env.collect())?;
    let filtered = around.filters.apply(around.walls);
    step("filter of system calls", filtered.map_err(io::Error::other))?;
    Ok((args, env))
}

/// How many descriptors a process has open; none where it is gone.
fn descriptors(pid: u32) -> u64 {
    let folder = format!("/proc/{pid}/fd");
    match fs::metadata(&folder).map(|found| found.len()) {
        // A Linux before 6.2 does not tell it so.
        Ok(0) => fs::read_dir(&folder).map_or(0, |entries| entries.count() as u64),
        Ok(open) => open,
        Err(_) => 0,
    }
}

/// What the system counts for this process.
fn own() -> Result<Stat, Report> {
    let own = getpid().as_raw_pid().unsigned_abs();
    Stat::read(own).ok_or_else(|| wrong("/proc", "this process cannot be watched", false))
}

/// What the processes of the run use, looked at again and again.
struct Watch<'a> {
    walls: Walls,
    children: bool,
    node: Pid,
    limits: &'a Limits,
    started: Instant,
    /// Processor time of those who were waited for before, in ticks.
    before: u64,
    /// At its peak.
    memory: u64,
    /// Where it is heard that it asks for events, if that is wanted, or for what it may not have.
    calls: Option<Listener>,
    refused: BTreeSet<Refused>,
    /// What was seen of its threads, if that is asked for.
    threads: Option<SeenThreads>,
    /// What was heard of its event loop, if that is asked for.
    turns: Option<SeenTurns>,
    /// What was heard of the functions that it calls, if that is asked for.
    called: Option<SeenCalls>,
    /// What was told of it, if it is a module that is loaded.
    told: Option<Told>,
    /// Whether that must have nothing to wait for then.
    must_rest: bool,
    /// Who asks it, if it is a server.
    client: Option<Client>,
    copies: Copies,
}

impl Watch<'_> {
    /// The processes of the run: all that can be seen, or Node alone, where it may start no other.
    fn processes(&self) -> Vec<u32> {
        match self.children {
            true => all().into_iter().filter(|pid| *pid != 1).collect(),
            false => vec![self.number()],
        }
    }

    /// Node's number.
    fn number(&self) -> u32 {
        self.node.as_raw_pid().unsigned_abs()
    }

    /// What its main thread has worked.
    fn main_thread(&self) -> Duration {
        first_thread_ran(self.number()).0
    }

    fn look_at_threads(&mut self) {
        if let Some(mut threads) = self.threads.take() {
            threads.look(self.processes().into_iter());
            self.threads = Some(threads);
        }
    }

    /// Kills all of them and waits for them; answers how Node has ended.
    fn kill(&self) -> Option<i32> {
        // It fails where nobody is left.
        let _ = match self.walls {
            // Of process 1, this is everybody else.
            Walls::Namespaces => kill_process_group(Pid::INIT, Signal::KILL),
            Walls::Guards => kill_process(self.node, Signal::KILL),
        };
        let mut status = None;
        loop {
            match wait(WaitOptions::empty()) {
                Ok(Some((pid, ended))) if pid == self.node => status = Some(ended.as_raw()),
                Ok(_) | Err(Errno::INTR) => {}
                Err(_) => return status,
            }
        }
    }

    /// Answers which limit it used up; nothing where it has ended itself, or nobody wants more of it.
    fn until_the_end(
        &mut self,
        line: &OwnedFd,
        requests: Vec<Request>,
        port: u16,
    ) -> Result<Option<Limit>, Report> {
        let node = step("pidfd_open", pidfd_open(self.node, PidfdFlags::empty()))?;
        if !requests.is_empty() {
            let client = Client::new(requests, port, network::ports_listened_on);
            self.client = Some(step("client", client)?);
        }
        loop {
            if self.is_over_before(Instant::now() + LOOK, &node, line)? {
                return Ok(None);
            }
            if let Some(limit) = self.used_up()? {
                return Ok(Some(limit));
            }
        }
    }

    /// Whether it ends itself before then, or nobody wants more of it; until then, answers those of its calls that are
    /// heard, and asks it what it is to be asked.
    fn is_over_before(
        &mut self,
        then: Instant,
        node: &OwnedFd,
        line: &OwnedFd,
    ) -> Result<bool, Report> {
        loop {
            let left = then.saturating_duration_since(Instant::now());
            let pace = self.client.as_ref().map_or(left, Client::pace);
            let time = Timespec {
                tv_sec: 0,
                tv_nsec: left.min(pace).subsec_nanos().into(),
            };
            let calls = self.calls.as_ref().map_or(node.as_fd(), AsFd::as_fd);
            let ear = self.client.as_ref().map(Client::ear);
            let answers = ear.map_or(node.as_fd(), AsFd::as_fd);
            let mut heard = [node.as_fd(), line.as_fd(), calls, answers]
                .map(|line| PollFd::from_borrowed_fd(line, PollFlags::IN));
            match poll(&mut heard, Some(&time)) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return step("poll", Err(error)),
            }
            let [ended, unwanted, calls, _] = heard.map(|heard| heard.revents());
            let over = !(ended | unwanted).is_empty();
            if let Some(mut client) = self.client.take() {
                let turned = match over {
                    true => client.finish(self),
                    false => client.turn(self),
                };
                let is_over = client.is_over();
                self.client = Some(client);
                step("client", turned)?;
                if is_over {
                    return Ok(true);
                }
            }
            if over {
                return Ok(true);
            }
            if calls.contains(PollFlags::IN) {
                step("filter of system calls", self.answer_call())?;
                if self.must_rest && self.told.as_ref().is_some_and(Told::went_on) {
                    return Ok(true);
                }
            } else if calls.contains(PollFlags::HUP) {
                // Nobody is left who could ask.
                self.calls = None;
            }
            if left.is_zero() {
                return Ok(false);
            }
        }
    }

    fn answer_call(&mut self) -> io::Result<()> {
        let Some(listener) = self.calls.take() else {
            return Ok(());
        };
        let answered = heard::answer_next(&listener, |call| match call {
            SystemCall::Refused(refused) => self.refused.insert(refused),
            SystemCall::Says(said) => self.called.as_mut().is_some_and(|called| called.hear(said)),
            SystemCall::Tells { thread, piece } => {
                // Nor does a worker load it.
                if thread == self.number()
                    && let Some(told) = &mut self.told
                {
                    told.hear(piece);
                }
                true
            }
            SystemCall::Events { thread, at, waits } => {
                // A worker's loop is its own.
                if thread == self.number() {
                    self.hear_turn(at, waits);
                }
                true
            }
        });
        self.calls = Some(listener);
        answered
    }

    /// A loop of the main thread asks for events here.
    fn hear_turn(&mut self, at: u64, waits: bool) {
        if let Some(mut turns) = self.turns.take() {
            turns.ask(at, self.main_thread());
            self.turns = Some(turns);
        }
        if let Some(called) = &mut self.called {
            called.turn(|| !network::ports_listened_on().is_empty());
        }
        if let Some(told) = &mut self.told {
            told.ask(waits);
        }
    }

    /// Whether there is no room left where it can write, where that is its own.
    fn look_at_files(&mut self) {
        if self.walls != Walls::Namespaces {
            return;
        }
        for space in WRITABLE.iter().filter_map(|folder| statvfs(*folder).ok()) {
            if space.f_bavail == 0 {
                self.refused.insert(Refused::Space);
            }
            if space.f_ffree == 0 {
                self.refused.insert(Refused::Files);
            }
        }
    }

    fn used_up(&mut self) -> Result<Option<Limit>, Report> {
        // Who cannot look must not believe that there is nobody.
        let own = own()?.waited_for - self.before;
        self.look_at_threads();
        let of_the_run: Vec<(u32, Stat)> = self
            .processes()
            .into_iter()
            .filter_map(|pid| Some((pid, Stat::read(pid)?)))
            .collect();
        // Children that somebody waited for are in their parent's time; orphans become ours.
        let used = self.copies.used(&of_the_run, own);
        self.memory = self.memory.max(used.memory);
        self.look_at_files();
        if !self.children && of_the_run.is_empty() {
            return Err(wrong("/proc", "Node cannot be watched", false));
        }
        let living = || of_the_run.iter().filter(|(_, stat)| stat.alive);
        // One more is our own.
        if self.walls == Walls::Namespaces
            && living().map(|(_, stat)| stat.threads).sum::<u64>() + 1 >= THREADS
        {
            self.refused.insert(Refused::Threads);
        }
        if living().any(|(pid, _)| descriptors(*pid) >= DESCRIPTORS) {
            self.refused.insert(Refused::Descriptors);
        }
        let kept_waiting = || kept_waiting(of_the_run.iter().map(|(pid, _)| *pid));
        let used_up = used.used_up(self.limits, self.started.elapsed(), kept_waiting);
        used_up.map_err(|_overloaded| Report::Overloaded)
    }
}

impl Watched for Watch<'_> {
    fn effort(&mut self) -> Effort {
        let processes = self.processes();
        let of_each = processes.iter().filter_map(|pid| Stat::read(*pid));
        let own = own().map_or(0, |own| own.waited_for - self.before);
        let (main, main_waited, main_runs) = first_thread(self.number());
        Effort {
            cpu: time(of_each.map(|stat| stat.cpu).sum::<u64>() + own),
            main,
            main_waited,
            main_runs,
            waited: kept_waiting(processes.iter().copied()),
        }
    }

    fn terminate(&mut self) -> io::Result<()> {
        Ok(kill_process(self.node, Signal::TERM)?)
    }
}
