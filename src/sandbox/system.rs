//! Everything here that knows an operating system; the rest of the sandbox is the same on all of them.
//!
//! Two questions divide them: is it Linux, and is it a Unix. To each there is a file for either answer, with the same
//! names in it, so nobody else asks. Windows is neither; what it has in place of a group of processes is in a file of its
//! own, with one for those that are neither it nor Linux, and one for those that are neither it nor a Unix.
//!
//! `tickmark_not_linux` and `tickmark_not_unix` are for checks only: with them a Linux is taken for less than it is, so
//! that the code for other systems is compiled where no other system is (`.ci/run`).

#[cfg(all(target_os = "linux", not(tickmark_not_linux)))]
mod linux;
#[cfg(not(any(all(unix, not(tickmark_not_unix)), windows)))]
mod neither;
#[cfg(not(all(target_os = "linux", not(tickmark_not_linux))))]
mod not_linux;
#[cfg(not(all(unix, not(tickmark_not_unix))))]
mod not_unix;
#[cfg(not(any(all(target_os = "linux", not(tickmark_not_linux)), windows)))]
mod not_windows;
#[cfg(all(unix, not(tickmark_not_unix)))]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(all(target_os = "linux", not(tickmark_not_linux)))]
pub(super) use linux::{
    Before, Boxed, SHOWS_USE, Tree, enlarge, get_out, kept_us_waiting, rein_in, serve,
};
#[cfg(not(any(all(unix, not(tickmark_not_unix)), windows)))]
pub(super) use neither::Hold;
#[cfg(not(all(target_os = "linux", not(tickmark_not_linux))))]
pub(super) use not_linux::{Before, Boxed, SHOWS_USE, enlarge, get_out, kept_us_waiting, serve};
#[cfg(not(all(unix, not(tickmark_not_unix))))]
pub(super) use not_unix::{
    TERM_IS_SET, announce_end, free, has_ended, input_has_gone, is_anothers, open, open_up, signal,
    terminate, wait_for_more,
};
#[cfg(not(any(all(target_os = "linux", not(tickmark_not_linux)), windows)))]
pub(super) use not_windows::{Tree, rein_in};
#[cfg(all(unix, not(tickmark_not_unix)))]
pub(super) use unix::{
    Hold, TERM_IS_SET, announce_end, free, has_ended, input_has_gone, is_anothers, open, open_up,
    signal, terminate, wait_for_more,
};
#[cfg(windows)]
pub(super) use windows::{Hold, Tree, rein_in};

use std::time::Duration;

use super::Trouble;
use crate::program::{Limit, Limits};

/// What the processes of a run use at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Use {
    /// Processor time of all of them until now, those that ended included.
    pub(super) cpu: Duration,
    /// Memory that is theirs alone, in bytes.
    pub(super) memory: u64,
    /// How many there are.
    pub(super) processes: u32,
}

impl Use {
    /// Which limit that is too much for, so long after the start.
    pub(super) fn used_up(
        &self,
        limits: &Limits,
        wall: Duration,
        kept_waiting: impl FnOnce() -> Duration,
    ) -> Result<Option<Limit>, Trouble> {
        if self.memory > limits.memory {
            return Ok(Some(Limit::Memory));
        }
        if self.processes > limits.processes {
            return Ok(Some(Limit::Processes));
        }
        if self.cpu > limits.cpu {
            return Ok(Some(Limit::CpuTime));
        }
        if wall <= limits.wall() {
            return Ok(None);
        }
        // Time in which it was ready to run and the machine did something else is not its own.
        if wall > limits.wall() + kept_waiting() {
            return Ok(Some(Limit::WallTime));
        }
        if wall > limits.wall() * 4 {
            return Err(Trouble::Overloaded);
        }
        Ok(None)
    }
}
