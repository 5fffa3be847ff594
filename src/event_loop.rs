//! The rules by which Node orders callbacks: every order that a program can print.
//!
//! A program is real JavaScript, run by an engine (QuickJS); the loop around it is ours. A run is a function of what was
//! open in it (which read is done first, whether a timer is due yet), so the set of all orders comes from doing the
//! run again until everything that is open was taken. Time is no number but bounds on differences: no order is
//! missed because a machine is fast or slow.
//!
//! What is not modelled is refused by its name and line, and never guessed. This room does not know that there is a Node
//! on this machine, nor what its answers are good for.
//!
//! To add a module of Node's, add its file under `event_loop/engine/`, and a line to the tables in `parts.rs` and `core.js`
//! there. Where versions differ: `event_loop/versions.rs`. What somebody would say who has one of the rules wrong:
//! `event_loop/fault.rs`.

mod choices;
mod clock;
mod engine;
mod expectation;
mod explore;
mod fault;
mod reasons;
mod state;
mod timers;
mod turn;
mod versions;

use serde::{Deserialize, Serialize};

use crate::program::{Files, Input, ModuleSystem, Place, RelPath, Version};

pub use expectation::expectation;
pub use explore::orders;
pub use fault::Fault;
pub use reasons::{explained, in_common};

/// The lines of Node that the model was held against.
pub const LINES: [u32; 5] = [18, 20, 22, 24, 26];

/// A callback usually lasts no longer than so many milliseconds.
pub const USUAL_CALLBACK: u32 = 100;

/// A program, and where it is to run.
#[derive(Debug, Clone)]
pub struct Program<'a> {
    /// Its files.
    pub files: &'a Files,
    /// The one that Node is given.
    pub entry: &'a RelPath,
    /// Its arguments, its environment, and what it is given on stdin, which is modelled where all of it is read at once. Other
    /// variables are not.
    pub input: &'a Input,
    /// How that Node loads it.
    pub module: ModuleSystem,
    /// The Node.
    pub node: Version,
}

/// What is taken for granted, and how far is searched.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Search {
    /// A callback lasts no longer than so many milliseconds; `None`: any time. With it, orders are only the *usual* ones.
    pub callbacks_within: Option<u32>,
    /// No more runs are made.
    pub runs: usize,
    /// Nor more callbacks run in all of them.
    pub callbacks: usize,
    /// Nor is gone on once there is one more order than so many.
    pub orders: usize,
    /// Where there are more of either, so many runs are made by chance.
    pub samples: usize,
    /// Whether each order comes with its story.
    pub stories: bool,
    /// The rule that is broken, if one is: then the orders are those of somebody who believes so.
    pub fault: Option<Fault>,
}

impl Search {
    /// For the orders that people expect of a program. Without a bound on callbacks, a timer of a second could be due before
    /// one of a millisecond, if the program were stopped for so long between setting the two.
    pub fn usual() -> Self {
        Search {
            callbacks_within: Some(USUAL_CALLBACK),
            ..Search::default()
        }
    }
}

impl Default for Search {
    fn default() -> Self {
        Search {
            callbacks_within: None,
            runs: 20_000,
            callbacks: 200_000,
            orders: 10_000,
            samples: 0,
            stories: false,
            fault: None,
        }
    }
}

/// What a program can print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// Each order once, in the order in which they were found.
    pub orders: Vec<Order>,
    /// Why there may be more, if there may.
    pub bound: Option<Bound>,
    /// How many runs it took.
    pub runs: usize,
}

/// One order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// What is printed on stdout.
    pub printed: String,
    /// The exit code.
    pub exit: i32,
    /// The uncaught error that ended it; words that the engine chose are not V8's.
    pub threw: Option<String>,
    /// How it comes about, where that was asked for.
    pub story: Vec<Happening>,
}

/// Something that happens in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// The turn of the loop; 0 is before its first.
    pub turn: usize,
    /// The phase.
    pub phase: Phase,
    /// What runs: `timeout of 10 ms`, `promise jobs`.
    pub what: String,
    /// Where it was made.
    pub place: Option<Place>,
    /// What it prints.
    pub printed: String,
}

/// What kind of thing happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The main file is evaluated.
    Main,
    /// A tick.
    Tick,
    /// Promise jobs, until none is left.
    Jobs,
    /// A timeout or an interval.
    Timer,
    /// An immediate.
    Immediate,
    /// Something that was read, written or looked up is handed over.
    Io,
}

impl Happening {
    /// What kind of thing it is.
    pub fn kind(&self) -> Kind {
        match self.what.as_str() {
            "the main script" | "the main module" => Kind::Main,
            "nextTick callback" => Kind::Tick,
            "promise jobs" => Kind::Jobs,
            "immediate" => Kind::Immediate,
            what if what.starts_with("timeout") || what.starts_with("interval") => Kind::Timer,
            _ => Kind::Io,
        }
    }
}

/// Where the loop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Before its first turn.
    Main,
    /// Timers.
    Timers,
    /// Poll: what `fs` was asked for is done.
    Poll,
    /// Check: immediates.
    Check,
    /// Nothing is left to do: `beforeExit` is emitted.
    BeforeExit,
    /// `exit` is emitted.
    Exit,
}

impl Phase {
    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            Phase::Main => "main",
            Phase::Timers => "timers",
            Phase::Poll => "poll",
            Phase::Check => "check",
            Phase::BeforeExit => "beforeExit",
            Phase::Exit => "exit",
        }
    }
}

/// What a program does that is not modelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outside {
    /// What: `` `Date.now` ``, `the module `http``.
    pub what: String,
    /// Where in the program's own files, if that is known.
    pub place: Option<Place>,
}

/// How far was searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Bound {
    /// A run ran 20,000 callbacks, or so many promise jobs in a row.
    Callbacks,
    /// A run printed 1 MB.
    Printed,
    /// A callback computed for long.
    Work,
    /// [`Search::runs`], [`Search::callbacks`]
    Runs,
    /// [`Search::orders`]
    Orders,
}

impl Bound {
    /// In a sentence: `there may be more: …`.
    pub fn words(self) -> &'static str {
        match self {
            Bound::Callbacks => "the program runs more callbacks than are followed",
            Bound::Printed => "the program prints more than is followed",
            Bound::Work => "the program computes for longer than is followed",
            Bound::Runs => "more runs are needed than are made",
            Bound::Orders => "there are more orders than are kept",
        }
    }
}
