//! Linux: the processes of a run, found in `/proc`, and pipes as large as they must be.
//!
//! A process belongs to the run if it is the leader or in its group, if its parent or the leader of its session
//! belongs, or if its environment names the run's folder. So a process that left the group is still known by its
//! parent, one whose parent is gone by its session or its environment. Only one that does all of it between two
//! looks (a new session, its parent's end, an emptied environment) gets away.
//!
//! A process that is just becoming another program shows no environment either, for a moment; so who shows none is
//! looked at again for a while before it counts as a stranger.
//!
//! Only processes that were not there before the run are looked at, the others' once, so a look costs one listing of
//! `/proc` and two files for each process of the run.

mod boxed;

pub(in crate::sandbox) use boxed::{Boxed, get_out, serve};

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, PipeWriter};
use std::mem;
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{fstat, major, minor};
use rustix::pipe::{fcntl_getpipe_size, fcntl_setpipe_size};
use rustix::process::{
    Pid, PidfdFlags, Resource, Rlimit, Signal, pidfd_open, pidfd_send_signal, prlimit,
};

use super::super::folder::Folder;
use super::super::group::Group;
use super::Use;
use crate::program::{Limits, Threads};

/// `/proc` counts processor time in these, whatever the kernel's own clock (`USER_HZ`, proc(5)).
const TICK: Duration = Duration::from_millis(10);

/// So many of them.
fn time(ticks: u64) -> Duration {
    TICK * u32::try_from(ticks).unwrap_or(u32::MAX)
}

/// The flag of the system's own processes (`PF_KTHREAD`).
const OF_THE_KERNEL: u64 = 0x0020_0000;

/// How long a process may show no environment before it counts as one that has none.
const BETWEEN_PROGRAMS: Duration = Duration::from_millis(200);

/// The biggest file a program may write.
const FILE: u64 = 64 << 20;

/// What a pipe should hold: more than [`Limits::MOST_OUTPUT`].
const PIPE: usize = 1 << 20;

/// Whether it can be seen what memory and which threads a program uses.
pub(in super::super) const SHOWS_USE: bool = true;

/// Makes the pipe hold all that a program may print; answers how much it holds where that is refused.
pub(in super::super) fn enlarge(pipe: &PipeWriter) -> Option<usize> {
    match fcntl_setpipe_size(pipe, PIPE) {
        Ok(_) => None,
        // The user's pipes hold too much already, or the system allows less.
        Err(_) => Some(fcntl_getpipe_size(pipe).unwrap_or(4096)),
    }
}

/// The machine as it was before a run.
#[derive(Debug)]
pub(in super::super) struct Before {
    processes: HashSet<u32>,
    ended_for_memory: Option<u64>,
}

impl Before {
    /// Remembers what is there.
    pub(in super::super) fn look() -> Self {
        Before {
            processes: all().into_iter().collect(),
            ended_for_memory: ended_for_memory(),
        }
    }

    /// Whether the system has since ended a process because memory ran out.
    pub(in super::super) fn machine_ended_one(&self) -> bool {
        ended_for_memory() > self.ended_for_memory
    }
}

/// How many processes the system has ended because memory ran out (proc_vmstat(5)).
fn ended_for_memory() -> Option<u64> {
    let stat = fs::read_to_string("/proc/vmstat").ok()?;
    let line = stat
        .lines()
        .find_map(|line| line.strip_prefix("oom_kill "))?;
    line.trim().parse().ok()
}

/// Every process there is.
fn all() -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect()
}

/// One line of `/proc/<pid>/stat` (proc_pid_stat(5)).
#[derive(Debug, Clone, Copy)]
struct Stat {
    alive: bool,
    /// Its first thread runs, or is ready to.
    running: bool,
    /// It is the system's own, and never has an environment.
    kernel: bool,
    parent: u32,
    group: u32,
    session: u32,
    /// Its own and that of the children it waited for, in ticks.
    cpu: u64,
    /// That of the children alone.
    waited_for: u64,
    threads: u64,
    /// When it started; with its number, this names a process for ever.
    started: u64,
    /// Where its stack begins; 0 where that is not told.
    stack: u64,
}

impl Stat {
    fn read(pid: u32) -> Option<Self> {
        Stat::parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
    }

    fn parse(line: &str) -> Option<Self> {
        // The name before it is chosen by the program and may hold anything, `)` too.
        let fields: Vec<&str> = line.rsplit_once(')')?.1.split_ascii_whitespace().collect();
        let number = |n: usize| fields.get(n)?.parse::<u64>().ok();
        let id = |n: usize| fields.get(n)?.parse::<u32>().ok();
        Some(Stat {
            // Its first thread may have ended before others.
            alive: !matches!(*fields.first()?, "Z" | "X") || number(17)? > 1,
            running: *fields.first()? == "R",
            parent: id(1)?,
            group: id(2)?,
            session: id(3)?,
            kernel: number(6)? & OF_THE_KERNEL != 0,
            cpu: number(11)? + number(12)? + number(13)? + number(14)?,
            waited_for: number(13)? + number(14)?,
            threads: number(17)?,
            started: number(19)?,
            stack: number(25).unwrap_or(0),
        })
    }
}

/// What the environment of a process says about whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Environment {
    /// It names the run's folder, or the process is in it.
    Marked,
    /// There is none, or none yet.
    Empty,
    /// It names no folder of the run, or is none of our business.
    Other,
}

impl Environment {
    fn read(pid: u32, stat: &Stat, mark: &[u8]) -> Self {
        let folder = fs::read_link(format!("/proc/{pid}/cwd"));
        if folder.is_ok_and(|folder| folder.as_os_str().as_bytes().starts_with(mark)) {
            return Environment::Marked;
        }
        match fs::read(format!("/proc/{pid}/environ")) {
            Ok(text) if text.is_empty() && stat.alive && !stat.kernel => Environment::Empty,
            Ok(text) if text.windows(mark.len()).any(|part| part == mark) => Environment::Marked,
            _ => Environment::Other,
        }
    }
}

/// The processes of one run.
#[derive(Debug)]
pub(in super::super) struct Tree {
    group: Group,
    /// The run's folder: in the environment of all of them, unless they take it out, and where they are, unless they go.
    mark: Vec<u8>,
    members: HashMap<u32, Stat>,
    /// Every member there ever was.
    known: HashSet<u32>,
    strangers: HashSet<u32>,
    /// Who shows no environment, and since when.
    unclear: HashMap<u32, Instant>,
    copies: Copies,
    threads: Option<SeenThreads>,
    cpu: Duration,
}

impl Tree {
    /// The processes of this group, whose environment names this folder.
    pub(in super::super) fn new(group: Group, folder: &Folder, before: &Before) -> Self {
        let mut strangers = before.processes.clone();
        strangers.remove(&group.leader);
        Tree {
            mark: folder.root().as_os_str().as_bytes().to_owned(),
            members: HashMap::new(),
            known: HashSet::from([group.leader]),
            group,
            strangers,
            unclear: HashMap::new(),
            copies: Copies::default(),
            threads: None,
            cpu: Duration::ZERO,
        }
    }

    /// What they use now.
    pub(in super::super) fn look(&mut self) -> Use {
        self.find();
        if let Some(threads) = &mut self.threads {
            threads.look(self.members.keys().copied());
        }
        let members: Vec<_> = self
            .members
            .iter()
            .map(|(pid, stat)| (*pid, *stat))
            .collect();
        let used = self.copies.used(&members, 0);
        // A process that nobody waited for takes its time with it; what was seen once counts.
        self.cpu = self.cpu.max(used.cpu);
        Use {
            cpu: self.cpu,
            ..used
        }
    }

    /// Brings `members` up to date, and says whether nobody can have been missed.
    fn find(&mut self) -> bool {
        self.members.retain(|pid, stat| {
            let now = Stat::read(*pid).filter(|now| now.started == stat.started);
            now.inspect(|now| *stat = *now).is_some()
        });
        let listed: Vec<u32> = all()
            .into_iter()
            .filter(|pid| !self.members.contains_key(pid) && !self.strangers.contains(pid))
            .collect();
        let mut new: Vec<(u32, Stat, Environment)> = listed
            .iter()
            .filter_map(|pid| {
                let stat = Stat::read(*pid)?;
                Some((*pid, stat, Environment::read(*pid, &stat, &self.mark)))
            })
            .collect();
        // Who ended since it was listed may have left a child that was not listed yet.
        let all_read = new.len() == listed.len();
        // A child may be listed before its parent, so until nobody else is found.
        loop {
            let (ours, others): (Vec<_>, Vec<_>) =
                new.into_iter().partition(|(pid, stat, environment)| {
                    *environment == Environment::Marked || self.is_related(*pid, stat)
                });
            new = others;
            if ours.is_empty() {
                break;
            }
            for (pid, stat, _) in ours {
                self.known.insert(pid);
                self.members.insert(pid, stat);
            }
        }
        self.set_aside(new);
        all_read && self.unclear.is_empty()
    }

    /// Makes strangers of those who are not members, but for who may be becoming another program.
    fn set_aside(&mut self, others: Vec<(u32, Stat, Environment)>) {
        let unclear = mem::take(&mut self.unclear);
        for (pid, _, environment) in others {
            let since = unclear.get(&pid).copied().unwrap_or_else(Instant::now);
            if environment == Environment::Empty && since.elapsed() < BETWEEN_PROGRAMS {
                self.unclear.insert(pid, since);
            } else {
                self.strangers.insert(pid);
            }
        }
    }

    /// Whether it is a member, or its parent or the leader of its group or session is.
    fn is_related(&self, pid: u32, stat: &Stat) -> bool {
        [pid, stat.group, stat.parent, stat.session]
            .iter()
            .any(|id| self.known.contains(id))
    }

    /// How long the leader's first thread ran, and was ready to run while the machine did something else; whether it runs
    /// now or is ready to.
    pub(in super::super) fn first_thread(&self) -> (Duration, Duration, bool) {
        first_thread(self.group.leader)
    }

    /// From now on, looks at their threads too.
    pub(in super::super) fn watch_threads(&mut self) {
        self.threads = Some(SeenThreads::default());
    }

    /// What was seen of all threads there were, if that was asked for.
    pub(in super::super) fn threads(&mut self) -> Option<Threads> {
        Some(self.threads.take()?.of(self.group.leader))
    }

    /// How long their threads were ready to run while the machine did something else.
    pub(in super::super) fn kept_waiting(&self) -> Duration {
        kept_waiting(self.members.keys().copied())
    }

    /// Kills all of them, and looks again until none is left.
    pub(in super::super) fn kill(&mut self) {
        for _ in 0..200 {
            self.group.kill();
            let all_told = self.find();
            let living: Vec<(u32, u64)> = self
                .members
                .iter()
                .filter(|(pid, stat)| stat.alive && **pid != self.group.leader)
                .map(|(pid, stat)| (*pid, stat.started))
                .collect();
            if living.is_empty() && all_told {
                return;
            }
            for (pid, started) in living {
                kill(pid, started);
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}

/// The processor time of every thread that was seen.
#[derive(Debug, Default)]
struct SeenThreads(HashMap<(u32, u32), Duration>);

impl SeenThreads {
    /// Looks at the threads of these processes.
    fn look(&mut self, processes: impl Iterator<Item = u32>) {
        for pid in processes {
            let threads = fs::read_dir(format!("/proc/{pid}/task"))
                .into_iter()
                .flatten();
            for thread in threads.flatten() {
                let number = thread
                    .file_name()
                    .to_str()
                    .and_then(|name| name.parse().ok());
                let ran = schedstat(thread.path().join("schedstat")).map(|(ran, _)| ran);
                if let (Some(number), Some(ran)) = (number, ran) {
                    let seen = self.0.entry((pid, number)).or_default();
                    *seen = ran.max(*seen);
                }
            }
        }
    }

    /// What was seen of a program whose first process this is.
    fn of(self, first: u32) -> Threads {
        let main = self.0.get(&(first, first)).copied().unwrap_or_default();
        let others = self
            .0
            .into_iter()
            .filter(|(thread, _)| *thread != (first, first));
        let mut others: Vec<Duration> = others.map(|(_, ran)| ran).collect();
        others.retain(|ran| *ran >= Threads::LEAST);
        others.sort_unstable_by(|one, other| other.cmp(one));
        others.truncate(Threads::MOST);
        Threads { main, others }
    }
}

/// How long the first thread of a process ran, and was ready to run while the machine did something else; whether it runs
/// now or is ready to.
fn first_thread(pid: u32) -> (Duration, Duration, bool) {
    let (ran, waited) = first_thread_ran(pid);
    let running = Stat::read(pid).is_some_and(|stat| stat.running);
    (ran, waited, running)
}

/// The first two of these.
fn first_thread_ran(pid: u32) -> (Duration, Duration) {
    schedstat(format!("/proc/{pid}/schedstat")).unwrap_or_default()
}

/// How long this thread was ready to run while the machine did something else.
pub(in super::super) fn kept_us_waiting() -> Duration {
    schedstat("/proc/thread-self/schedstat")
        .unwrap_or_default()
        .1
}

/// What is told of a thread: how long it ran, and was ready to run while the machine did something else.
fn schedstat(path: impl AsRef<Path>) -> Option<(Duration, Duration)> {
    let stat = fs::read_to_string(path).ok()?;
    let mut numbers = stat.split_ascii_whitespace();
    let mut next = || Some(Duration::from_nanos(numbers.next()?.parse().ok()?));
    Some((next()?, next()?))
}

/// How long the one of their threads that waited longest was ready to run while the machine did something else.
///
/// Not all of them together: threads that wait for each other's cores would take time from nobody, and get it back.
fn kept_waiting(processes: impl Iterator<Item = u32>) -> Duration {
    processes.flat_map(waited).max().unwrap_or_default()
}

/// How long each thread of a process was ready to run and did not.
fn waited(pid: u32) -> Vec<Duration> {
    let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else {
        return Vec::new();
    };
    let of_thread = |thread: fs::DirEntry| Some(schedstat(thread.path().join("schedstat"))?.1);
    threads.flatten().filter_map(of_thread).collect()
}

/// Kills this process and no other that may have its number by now.
fn kill(pid: u32, started: u64) {
    let Some(raw) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
        return;
    };
    // Once it is held, its number stays its own.
    let Ok(held) = pidfd_open(raw, PidfdFlags::empty()) else {
        return;
    };
    if Stat::read(pid).is_some_and(|stat| stat.started == started) {
        // It fails only if it is gone.
        let _ = pidfd_send_signal(held, Signal::KILL);
    }
}

/// A file in memory that is nobody's own, though what a process sees of it counts as if it were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shown {
    device: (u32, u32),
    inode: u64,
    size: u64,
}

impl Shown {
    fn of(file: impl AsFd) -> io::Result<Self> {
        let found = fstat(file)?;
        Ok(Shown {
            device: (major(found.st_dev), minor(found.st_dev)),
            inode: found.st_ino,
            size: u64::try_from(found.st_size).unwrap_or(0),
        })
    }

    /// What of this memory of a process is not of the file.
    ///
    /// What is shared and what is seen are told one after the other: both are of the same moment only if nothing changes
    /// meanwhile, as it does when the process ends or becomes another program. Where it goes on changing, all counts as
    /// seen: it must not be said of a program that it took too much when it did not.
    fn taken_from(self, mut memory: Memory, pid: u32) -> u64 {
        for _ in 0..3 {
            let seen = of_any_thread(pid, |thread| {
                self.seen_in(BufReader::new(File::open(thread.join("smaps")).ok()?))
            });
            // Who has none is about to be gone.
            let seen = seen.unwrap_or(self.size);
            let before = memory.shared;
            memory = Memory::read(pid).unwrap_or_default();
            if memory.shared == before {
                return memory.without(seen);
            }
        }
        memory.without(self.size)
    }

    /// How much of it is seen by a process that runs it, in the words of proc_pid_smaps(5); `None` where no memory is
    /// told of at all. A program stands before everything else in memory: what comes after it is not read.
    fn seen_in(self, smaps: impl BufRead) -> Option<u64> {
        let mut lines = smaps.lines().map_while(Result::ok).peekable();
        lines.peek()?;
        let mut seen = 0;
        let mut is_of_it = false;
        for line in lines {
            let fields: Vec<&str> = line.split_ascii_whitespace().collect();
            match fields[..] {
                [name, size, "kB"] if is_of_it => {
                    let size = size.parse::<u64>().unwrap_or(0) * 1024;
                    match name {
                        "Rss:" => seen += size,
                        // Where it was written to, the page is another, and the process's own.
                        "Anonymous:" => seen = seen.saturating_sub(size),
                        _ => {}
                    }
                }
                [range, _, _, device, inode, ..] if range.contains('-') => {
                    let was_of_it = is_of_it;
                    is_of_it = self.is(device, inode);
                    if was_of_it && !is_of_it {
                        break;
                    }
                }
                _ => {}
            }
        }
        Some(seen)
    }

    fn is(self, device: &str, inode: &str) -> bool {
        let number = |text| u32::from_str_radix(text, 16).ok();
        let device = device
            .split_once(':')
            .and_then(|(major, minor)| Some((number(major)?, number(minor)?)));
        device == Some(self.device) && inode.parse() == Ok(self.inode)
    }
}

/// What is told of a process, in its folder of `/proc` or in that of one of its threads: its first may have ended, and
/// any other knows as much.
fn of_any_thread<T>(pid: u32, told: impl Fn(&Path) -> Option<T>) -> Option<T> {
    let process = PathBuf::from(format!("/proc/{pid}"));
    told(&process).or_else(|| {
        let threads = fs::read_dir(process.join("task")).ok()?;
        threads.flatten().find_map(|thread| told(&thread.path()))
    })
}

/// What `/proc` says after this name, in kilobytes there.
fn bytes(told: &str, name: &str) -> Option<u64> {
    let line = told.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// The memory of a process, but for what it only reads of files.
#[derive(Debug, Clone, Copy, Default)]
struct Memory {
    /// What it wrote to, and what the kernel keeps for it.
    own: u64,
    /// What it shares without a file behind it.
    shared: u64,
}

impl Memory {
    /// What `/proc` says of it; `None` of who has no memory any more.
    fn read(pid: u32) -> Option<Self> {
        of_any_thread(pid, |thread| {
            Memory::parse(&fs::read_to_string(thread.join("status")).ok()?)
        })
    }

    /// The same, in the words of proc_pid_status(5).
    fn parse(status: &str) -> Option<Self> {
        let more = ["VmSwap:", "VmPTE:"].map(|name| bytes(status, name).unwrap_or(0));
        Some(Memory {
            own: bytes(status, "RssAnon:")? + more.iter().sum::<u64>(),
            shared: bytes(status, "RssShmem:").unwrap_or(0),
        })
    }

    /// All but so much of what is shared.
    fn without(self, seen: u64) -> u64 {
        self.own + self.shared.saturating_sub(seen)
    }
}

/// Tells processes that are still copies of their parents from those with a memory of their own.
///
/// Whoever starts a program is two for a moment, and all that the first has written to would count twice.
#[derive(Debug, Default)]
struct Copies {
    /// How often each was seen as a copy, by its number and start.
    seen: HashMap<(u32, u64), u32>,
    /// What does not count, and how much memory may be used: only where it comes to that is it told exactly.
    beside: Option<(Shown, u64)>,
}

/// So many looks may a process be a copy of its parent before its memory counts.
const LOOKS: u32 = 20;

impl Copies {
    /// What is seen of this file, by whoever runs it, is not counted towards so much.
    fn beside(shown: Option<Shown>, most: u64) -> Self {
        Copies {
            beside: shown.map(|shown| (shown, most)),
            ..Copies::default()
        }
    }

    /// What they use, and who was waited for before, in ticks.
    fn used(&mut self, of: &[(u32, Stat)], waited_for: u64) -> Use {
        let ticks = waited_for + of.iter().map(|(_, stat)| stat.cpu).sum::<u64>();
        let living = of.iter().filter(|(_, stat)| stat.alive).count();
        Use {
            cpu: time(ticks),
            memory: self.memory(of),
            processes: u32::try_from(living).unwrap_or(u32::MAX),
        }
    }

    /// The memory of all of them that live.
    fn memory(&mut self, of: &[(u32, Stat)]) -> u64 {
        let living = || of.iter().filter(|(_, stat)| stat.alive);
        let told: Vec<Memory> = living()
            .map(|(pid, _)| Memory::read(*pid).unwrap_or_default())
            .collect();
        let at_most: u64 = told.iter().map(|memory| memory.without(0)).sum();
        let counts = |pid: u32, memory: Memory| match self.beside {
            None => memory.without(0),
            // What is really seen is dear to ask, and decides nothing as long as all is not too much.
            Some((shown, most)) if at_most > most => shown.taken_from(memory, pid),
            Some((shown, _)) => memory.without(shown.size),
        };
        let known: HashMap<u32, (u64, u64)> = living()
            .zip(told)
            .map(|((pid, stat), memory)| (*pid, (stat.stack, counts(*pid, memory))))
            .collect();
        let mut total = 0;
        for (pid, stat) in living() {
            let (stack, own) = known[pid];
            let mut shared = 0;
            // A program that was started has its stack somewhere else than any other.
            if let Some((of_parent, of_both)) = known.get(&stat.parent)
                && stack != 0
                && *of_parent == stack
            {
                let looks = self.seen.entry((*pid, stat.started)).or_default();
                *looks += 1;
                if *looks <= LOOKS {
                    shared = *of_both;
                }
            }
            total += own.saturating_sub(shared);
        }
        total
    }
}

/// Limits that the system holds by itself, as a backstop should nobody watch: processor time for each process,
/// the size of a file, and no core dumps.
fn backstops(cpu_seconds: u64) -> [(Resource, u64); 3] {
    [
        (Resource::Cpu, cpu_seconds + 2),
        // Of 1 byte there is no file, and unlike 0 it also stops a dump that the system would pipe to a program of its own.
        (Resource::Core, 1),
        (Resource::Fsize, FILE),
    ]
}

/// Has the system hold them.
pub(in super::super) fn rein_in(group: &Group, limits: &Limits) {
    let Some(pid) = i32::try_from(group.leader).ok().and_then(Pid::from_raw) else {
        return;
    };
    for (resource, most) in backstops(limits.cpu.as_secs()) {
        let most = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        // Where it is refused, watching does without.
        let _ = prlimit(Some(pid), resource, most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_of_a_file_is_told_from_what_was_written_to_it() {
        let shown = Shown {
            device: (0, 0x2f),
            inode: 3,
            size: 1 << 20,
        };
        let of = |header: &str, rss: u64, anonymous: u64| {
            format!(
                "{header}\nSize: 900 kB\nRss:  {rss} kB\nPss: 1 kB\nAnonymous: {anonymous} kB\nVmFlags: rd ex\n"
            )
        };
        let text = of(
            "00400000-00b6f000 r-xp 00000000 00:2f 3    /node/bin/node",
            700,
            0,
        );
        let data = of(
            "00b6f000-00b7f000 rw-p 0076f000 00:2f 3    /node/bin/node",
            60,
            40,
        );
        let heap = of(
            "00b7f000-00c7f000 rw-p 00000000 00:00 0    [heap]",
            300,
            300,
        );
        let again = of(
            "7f000000-7f100000 r--s 00000000 00:2f 3    /node/bin/node",
            700,
            0,
        );
        let other = of(
            "00300000-00400000 r-xp 00000000 00:2f 4    /node/bin/nodes",
            9,
            0,
        );
        let seen = |maps: &[&String]| {
            let all: String = maps.iter().map(|map| map.as_str()).collect();
            shown.seen_in(all.as_bytes()).map(|seen| seen / 1024)
        };
        assert_eq!(seen(&[&other, &text, &data, &heap, &again]), Some(720));
        assert_eq!(seen(&[&other, &heap]), Some(0));
        assert_eq!(seen(&[&data]), Some(20));
        assert_eq!(seen(&[]), None);
    }

    #[test]
    fn a_process_may_call_itself_anything() {
        let stat = Stat::parse(
            "12 (a) R 1 (b)) S 7 8 9 0 -1 4194560 1 0 0 0 5 6 20 30 20 0 11 0 4242 1 2 3",
        )
        .unwrap();
        assert_eq!((stat.parent, stat.group, stat.session), (7, 8, 9));
        assert_eq!((stat.cpu, stat.started), (61, 4242));
        assert!(stat.alive && !stat.kernel);
        let ended = |threads| {
            let line =
                format!("12 (a) Z 7 8 9 0 -1 4 1 0 0 0 5 6 20 30 20 0 {threads} 0 4242 1 2 3");
            !Stat::parse(&line).unwrap().alive
        };
        assert!(ended(1) && !ended(2));
        assert!(Stat::parse("12 (a").is_none());
    }
}
