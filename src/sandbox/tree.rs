//! All processes of a run, watched from outside: what they use, and that none of them stays.
//!
//! Linux is watched through `/proc`; elsewhere only the group's leader is known.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod other;

#[cfg(target_os = "linux")]
pub(super) use linux::{Before, Tree, rein_in};
#[cfg(not(target_os = "linux"))]
pub(super) use other::{Before, Tree, rein_in};

use std::time::Duration;

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
