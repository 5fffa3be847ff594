//! What a program may use.

use std::ops::RangeInclusive;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How much a program may use before it is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Processor time of all its processes and threads together. This decides about endless loops.
    pub cpu: Duration,
    /// Memory of all its processes together, in bytes.
    pub memory: u64,
    /// What it may print on stdout and stderr together, in bytes.
    pub output: u64,
    /// How many processes it may have at once.
    pub processes: u32,
}

impl Limits {
    /// More than this cannot be allowed: what is printed just before `process.exit` must fit into a pipe.
    pub const MOST_OUTPUT: u64 = 1_000_000;

    /// What can be allowed of processor time.
    pub const CPU: RangeInclusive<Duration> = Duration::from_millis(100)..=Duration::from_secs(60);

    /// What can be allowed of memory; Node alone needs about 50 MB.
    pub const MEMORY: RangeInclusive<u64> = 64_000_000..=2_000_000_000;

    /// What can be allowed of output.
    pub const OUTPUT: RangeInclusive<u64> = 1_000..=Self::MOST_OUTPUT;

    /// How many processes can be allowed.
    pub const PROCESSES: RangeInclusive<u32> = 1..=64;

    /// The wall clock's limit: it decides about waiting, so it is long enough that a loaded machine changes no verdict.
    pub fn wall(&self) -> Duration {
        self.cpu * 5
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            cpu: Duration::from_secs(2),
            memory: 256_000_000,
            output: Self::MOST_OUTPUT,
            processes: 16,
        }
    }
}
