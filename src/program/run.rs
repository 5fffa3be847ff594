//! How one run of a program went.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Loaded, Loading, Served};

/// One run, as it was seen from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What it printed on stdout, up to its end or its limit.
    pub stdout: Vec<u8>,
    /// What it printed on stderr, likewise.
    pub stderr: Vec<u8>,
    /// How it ended.
    pub ending: Ending,
    /// What it used.
    pub spent: Spent,
    /// What it was seen to be refused, each once.
    pub refused: Vec<Refused>,
    /// Which of its threads did the work, where that was to be seen.
    pub threads: Option<Threads>,
    /// How long its event loop was held, where that was to be seen.
    pub turns: Option<Loops>,
    /// Which of the functions it called that were to be seen, where they were.
    pub calls: Option<Calls>,
    /// What was found in it, where it was loaded and that could be told.
    pub loaded: Option<Loaded>,
    /// What came of asking it, where it was a server to be asked.
    pub served: Option<Served>,
}

impl Run {
    /// One that printed this on stdout, and of which nothing else was seen.
    pub fn new(stdout: Vec<u8>, ending: Ending) -> Run {
        Run {
            stdout,
            stderr: Vec::new(),
            ending,
            spent: Spent::default(),
            refused: Vec::new(),
            threads: None,
            turns: None,
            calls: None,
            loaded: None,
            served: None,
        }
    }
}

/// What a program was refused, as systems refuse it that have no more or do not allow it; the program saw an ordinary
/// error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Refused {
    /// Space to write files in (`ENOSPC`).
    Space,
    /// Files beyond a number (`ENOSPC`).
    Files,
    /// Descriptors of open files and sockets (`EMFILE`).
    Descriptors,
    /// Sockets of a kind that the box does not know (`EPERM`).
    Sockets,
    /// Threads and processes beyond a number (`EAGAIN`).
    Threads,
    /// Other programs, where none may be started (`EAGAIN`).
    Children,
}

impl Refused {
    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            Refused::Space => "space",
            Refused::Files => "files",
            Refused::Descriptors => "descriptors",
            Refused::Sockets => "sockets",
            Refused::Threads => "threads",
            Refused::Children => "children",
        }
    }
}

/// How a program's run ended, whoever ended it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It ran to its own end with this exit code.
    Finished {
        /// 0 unless the program chose another.
        exit: i32,
    },
    /// It ended itself with an uncaught error, in Node's words.
    Threw {
        /// The error.
        error: Thrown,
        /// 1 unless the program chose another.
        exit: i32,
    },
    /// Node could not load it, and it had printed nothing: a syntax error, a missing module, the wrong module system.
    NotStarted {
        /// Node's error.
        error: Thrown,
        /// Usually 1.
        exit: i32,
    },
    /// A signal that nobody here sent ended it: `SIGTERM`, `SIGSEGV`.
    Signal {
        /// The signal's name.
        name: String,
    },
    /// It was stopped because it used up a limit.
    Stopped(Limit),
    /// It was ended since all was known: a server that had been asked everything, a module that would not rest.
    Dismissed,
}

/// What was used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Limit {
    /// The wall clock: it waited.
    WallTime,
    /// Processor time: it was busy.
    CpuTime,
    /// Memory.
    Memory,
    /// What it may print.
    Output,
    /// Processes.
    Processes,
}

impl Ending {
    /// The word for it in reports.
    pub fn word(&self) -> &'static str {
        match self {
            Ending::Finished { .. } => "finished",
            Ending::Threw { .. } => "threw",
            Ending::NotStarted { .. } => "not-started",
            Ending::Signal { .. } => "signal",
            Ending::Stopped(Limit::WallTime) => "wall-time",
            Ending::Stopped(Limit::CpuTime) => "cpu-time",
            Ending::Stopped(Limit::Memory) => "memory",
            Ending::Stopped(Limit::Output) => "output",
            Ending::Stopped(Limit::Processes) => "processes",
            Ending::Dismissed => "dismissed",
        }
    }

    /// The uncaught error that ended it, if one did.
    pub fn error(&self) -> Option<&Thrown> {
        match self {
            Ending::Threw { error, .. } | Ending::NotStarted { error, .. } => Some(error),
            Ending::Finished { .. }
            | Ending::Signal { .. }
            | Ending::Stopped(_)
            | Ending::Dismissed => None,
        }
    }

    /// Its exit code, if it had one.
    pub fn exit(&self) -> Option<i32> {
        match self {
            Ending::Finished { exit }
            | Ending::Threw { exit, .. }
            | Ending::NotStarted { exit, .. } => Some(*exit),
            Ending::Signal { .. } | Ending::Stopped(_) | Ending::Dismissed => None,
        }
    }
}

/// An uncaught error as Node reported it on stderr.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thrown {
    /// The first line of the error: `TypeError: x is not a function`, `Error [ERR_MODULE_NOT_FOUND]: …`.
    pub line: String,
    /// Node's code for it, where it has one: `ERR_MODULE_NOT_FOUND`.
    pub code: Option<String>,
    /// Where in the student's own files, if Node said so.
    pub place: Option<Place>,
    /// One sentence of advice, for the mistakes we know.
    pub advice: Option<String>,
}

/// A place in one of the program's own files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the program's folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, if Node said it.
    pub column: Option<usize>,
    /// The source line as Node showed it, if it did.
    pub source: Option<String>,
}

/// What of a run is to be seen beside what always is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Looks {
    /// Which of its threads do the work: [`Run::threads`].
    pub threads: bool,
    /// How long its event loop is held: [`Run::turns`].
    pub turns: bool,
    /// Which of these its main thread calls: [`Run::calls`].
    pub calls: Vec<Functions>,
    /// How it is loaded, in place of being started, and looked at: [`Run::loaded`].
    pub loading: Option<Loading>,
}

/// Functions of Node's modules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Functions {
    /// `fs.readFileSync`, or `fs.*Sync` for all whose names end so.
    pub names: String,
    /// Whether only calls of a server count: after the first turn of its loop in which it listens on a port.
    pub serving: bool,
}

/// What was heard of [`Looks::calls`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Calls {
    /// Each once; of each of the functions, no more than [`Calls::MOST`].
    pub calls: Vec<Call>,
    /// This Node has no such functions.
    pub unknown: Vec<Functions>,
}

impl Calls {
    /// No more calls of one of the functions are kept.
    pub const MOST: usize = 20;
}

/// A function that the program called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Which of [`Looks::calls`] it is.
    pub of: Functions,
    /// What the program's own process says of it.
    pub said: Option<SaidCall>,
}

/// What is said of such a function, by whom it calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidCall {
    /// `fs.readFileSync`
    pub name: String,
    /// The file that calls it, relative to the program's folder.
    pub file: String,
    /// The line there, from 1.
    pub line: usize,
}

/// The loops of a program's main thread. Beside the one that runs the program there may be others: one while a child is
/// waited for in the middle of a turn, or a script that may take only so long; and one at the very end.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Loops {
    /// What the thread worked in all.
    pub worked: Duration,
    /// The turns of each, by the descriptor at which it asks for events; no more than [`Loops::MOST`].
    pub loops: BTreeMap<u64, Turns>,
}

impl Loops {
    /// Of no more loops it is said.
    pub const MOST: usize = 100;

    /// The turns of the one that asks here. If it never did, all was one turn.
    pub fn at(&self, at: u64) -> Turns {
        let turns = self.loops.get(&at).copied();
        turns.unwrap_or(Turns {
            first: self.worked,
            longest: Duration::ZERO,
            count: 1,
        })
    }

    /// Where the one asks that has most turns.
    pub fn busiest(&self) -> Option<u64> {
        let busiest = self.loops.iter().max_by_key(|(_, turns)| turns.count);
        busiest.map(|(at, _)| *at)
    }
}

/// The processor time of a main thread between two moments at which a loop asked for events, which it does once in every
/// turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Turns {
    /// Until the first time: Node's start, and the main script.
    pub first: Duration,
    /// The longest of the others; the last of them goes to the end of the thread.
    pub longest: Duration,
    /// How many there were.
    pub count: u64,
}

/// The processor time of a program's threads, as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Threads {
    /// The main thread of its first process.
    pub main: Duration,
    /// Every other thread that was at work for [`Threads::LEAST`] or more, also of its other processes; no more than
    /// [`Threads::MOST`], and those that did most.
    pub others: Vec<Duration>,
}

impl Threads {
    /// Of a thread with less, nothing is said.
    pub const LEAST: Duration = Duration::from_millis(10);
    /// Of no more threads it is said.
    pub const MOST: usize = 100;
}

/// What a run used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Spent {
    /// Processor time.
    pub cpu: Duration,
    /// Wall time.
    pub wall: Duration,
    /// The most memory it was seen to use, in bytes.
    pub memory: u64,
}
