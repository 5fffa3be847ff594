//! A program's three standard streams.
//!
//! Input is a file that nobody else can name, so it never blocks us and always ends. Each output is a pipe with a
//! thread of its own that reads it while the program runs; both draw on one allowance of bytes.
//!
//! A pipe holds 64 KiB unless told otherwise, and Node loses what does not fit when a program prints much and calls
//! `process.exit()` at once. So each is enlarged to hold all that a program may print. Where the system refuses that,
//! [`Read::may_be_cut`] tells when something can have been lost.

use std::io::{self, PipeReader, PipeWriter, Read as _, Seek, Write};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};

use super::{Trouble, system};

/// A standard input with these bytes on it.
pub(super) fn input(bytes: &[u8]) -> Result<Stdio, Trouble> {
    let file = || -> io::Result<Stdio> {
        let mut file = tempfile::tempfile()?;
        file.write_all(bytes)?;
        file.rewind()?;
        Ok(file.into())
    };
    file().map_err(Trouble::Streams)
}

/// A pipe for a program to print on.
#[derive(Debug)]
pub(super) struct Pipe {
    reader: PipeReader,
    /// How much can be lost at its end: `None` if nothing can.
    holds: Option<usize>,
}

/// A new pipe, and the end to print on.
pub(super) fn pipe() -> Result<(Pipe, PipeWriter), Trouble> {
    let (reader, writer) = io::pipe().map_err(Trouble::Streams)?;
    let holds = system::enlarge(&writer);
    Ok((Pipe { reader, holds }, writer))
}

/// How many bytes a program may print, on both streams together.
#[derive(Debug)]
pub(super) struct Allowance {
    bytes: u64,
    printed: AtomicU64,
    /// Whether every process that we know of is gone, so that waiting for more is of no use.
    over: AtomicBool,
}

impl Allowance {
    /// This many bytes.
    pub(super) fn new(bytes: u64) -> Arc<Self> {
        Arc::new(Allowance {
            bytes,
            printed: AtomicU64::new(0),
            over: AtomicBool::new(false),
        })
    }

    /// Counts what was printed.
    fn count(&self, bytes: usize) {
        self.printed.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Whether more was printed than allowed.
    pub(super) fn is_overdrawn(&self) -> bool {
        self.printed.load(Ordering::Relaxed) > self.bytes
    }

    /// Says that the program and all that it started are gone.
    pub(super) fn close(&self) {
        self.over.store(true, Ordering::Release);
    }
}

/// What was read from a pipe.
#[derive(Debug)]
pub(super) struct Read {
    /// Everything printed, up to the whole allowance.
    pub(super) bytes: Vec<u8>,
    holds: Option<usize>,
}

impl Read {
    /// Whether a program that exits at once after printing can have lost some of it.
    pub(super) fn may_be_cut(&self) -> bool {
        self.holds.is_some_and(|holds| self.bytes.len() >= holds)
    }
}

impl Pipe {
    /// Reads the pipe on a thread of its own until it ends, the allowance is used up, or it is closed and empty.
    ///
    /// Calls `too_much` when more is printed than allowed.
    pub(super) fn read(
        mut self,
        allowance: Arc<Allowance>,
        too_much: impl Fn() + Send + 'static,
    ) -> Result<Reading, Trouble> {
        let read = move || {
            let mut bytes = Vec::new();
            let mut chunk = vec![0; 1 << 16];
            while system::wait_for_more(&self.reader, &allowance.over) {
                let n = match self.reader.read(&mut chunk) {
                    Ok(0) => break,
                    Ok(n) => n,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(_) => break,
                };
                allowance.count(n);
                // So that what one stream is flooded with takes nothing from the other, each keeps as much as both
                // may have; the one that is over ends here.
                let room = usize::try_from(allowance.bytes).unwrap_or(usize::MAX) - bytes.len();
                bytes.extend_from_slice(&chunk[..n.min(room)]);
                if allowance.is_overdrawn() {
                    too_much();
                }
                if n > room {
                    break;
                }
            }
            Read {
                bytes,
                holds: self.holds,
            }
        };
        thread::Builder::new()
            .name("read".to_owned())
            .spawn(read)
            .map(Reading)
            .map_err(Trouble::Follow)
    }
}

/// A pipe being read.
#[derive(Debug)]
pub(super) struct Reading(JoinHandle<Read>);

impl Reading {
    /// Waits for the end of it.
    pub(super) fn end(self) -> Result<Read, Trouble> {
        self.0
            .join()
            .map_err(|_| Trouble::Follow(io::Error::other("a reading thread broke")))
    }
}
