//! What a test can ask of a program beside what it prints: kinds of behaviour, each in a file of its own with its key.
//!
//! To add a kind, write its file, give [`Behaviour`] a variant and [`KINDS`] a line, and put its key into the table of a
//! test; `grading` judges it, and `report` says it.

pub(super) mod memory;
pub(super) mod module;
pub(super) mod never;
pub(super) mod responsive;
pub(super) mod server;
pub(super) mod threads;

pub use module::{Export, Module, Required, Same};
pub use server::{Ask, Body};

use std::time::Duration;

use super::exercise::Need;
use super::reading::{Field, Fields, Key, Reading};
use crate::program::{Functions, Limits};
use crate::trace::Times;

/// What a program must do, or must not, whatever it prints.
#[derive(Debug, Clone)]
pub enum Behaviour {
    /// It needs no more memory at its peak than an idle program of the same Node and this.
    Memory {
        /// In bytes.
        most: u64,
    },
    /// These of its threads do the work.
    Threads {
        /// The most processor time that its main thread uses beyond that of an idle program.
        main: Option<Duration>,
        /// How many others use much.
        workers: Option<Times>,
    },
    /// Its event loop is never held for longer than so many times what an idle program's main thread works in all.
    Responsive {
        /// How many times.
        most: u32,
    },
    /// Its main thread never calls these.
    Never(Vec<Functions>),
    /// It is a server, and answers these requests so.
    Server(Vec<Ask>),
    /// It is such a module.
    Module(Module),
}

impl Behaviour {
    /// What must be given for it to be judged.
    pub(super) fn need(&self) -> Need {
        match self {
            Behaviour::Memory { .. } | Behaviour::Threads { .. } => Need::Watching,
            Behaviour::Responsive { .. } => Need::Hearing,
            Behaviour::Never(_) => Need::Calls,
            Behaviour::Server(_) => Need::Loopback,
            Behaviour::Module(_) => Need::Telling,
        }
    }
}

/// One kind.
struct Kind {
    key: Key,
    read: fn(&mut Reading<'_>, Field<'_>, &Limits) -> Option<Behaviour>,
}

const KINDS: [Kind; 7] = [
    Kind {
        key: memory::KEY,
        read: memory::read,
    },
    Kind {
        key: threads::KEY,
        read: threads::read,
    },
    Kind {
        key: responsive::KEY,
        read: responsive::read,
    },
    Kind {
        key: never::KEY,
        read: never::read,
    },
    Kind {
        key: never::SERVING,
        read: never::read_serving,
    },
    Kind {
        key: server::KEY,
        read: server::read,
    },
    Kind {
        key: module::KEY,
        read: module::read,
    },
];

/// What a test asks of a program that may use so much; nothing of what cannot be read.
pub(super) fn read(
    reading: &mut Reading<'_>,
    fields: &Fields<'_>,
    limits: &Limits,
) -> Vec<Behaviour> {
    let asked = KINDS
        .iter()
        .filter_map(|kind| Some((kind, fields.get(&kind.key)?)));
    asked
        .filter_map(|(kind, field)| (kind.read)(reading, field, limits))
        .collect()
}
