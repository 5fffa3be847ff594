//! Which runs there are, for the whole process, so that all of them can be ended at once.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Trouble;

struct Runs {
    /// Whether no run may start any more.
    ended: bool,
    /// Runs from before their folder is made until after it is gone.
    open: usize,
    /// What ends each run that goes on now, by its number.
    going: BTreeMap<u64, Ender>,
    /// The number of the next.
    next: u64,
}

/// Ends a run, without waiting for its end.
pub(super) type Ender = Box<dyn Fn() + Send>;

static RUNS: Mutex<Runs> = Mutex::new(Runs {
    ended: false,
    open: 0,
    going: BTreeMap::new(),
    next: 0,
});

static CLOSED: Condvar = Condvar::new();

/// How long [`end_all`] waits for folders to be removed.
const PATIENCE: Duration = Duration::from_secs(5);

fn runs() -> MutexGuard<'static, Runs> {
    // What is guarded is right after every statement, also where a thread broke.
    RUNS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends every run, of this whole process and for ever: kills what runs, refuses what would start
/// ([`Trouble::Ended`]), and waits until the runs' folders are gone. For the moment when the program itself ends.
pub fn end_all() {
    let mut runs = runs();
    runs.ended = true;
    for end in runs.going.values() {
        end();
    }
    let deadline = Instant::now() + PATIENCE;
    while runs.open > 0 {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        runs = CLOSED
            .wait_timeout(runs, left)
            .unwrap_or_else(PoisonError::into_inner)
            .0;
    }
}

/// Whether [`end_all`] was called.
pub(super) fn has_ended() -> bool {
    runs().ended
}

/// A run that has been entered here; it is left when this is dropped.
#[derive(Debug)]
pub(super) struct Entered(());

/// Enters a run, unless all are to end.
pub(super) fn enter() -> Result<Entered, Trouble> {
    let mut runs = runs();
    if runs.ended {
        return Err(Trouble::Ended);
    }
    runs.open += 1;
    Ok(Entered(()))
}

impl Drop for Entered {
    fn drop(&mut self) {
        runs().open -= 1;
        CLOSED.notify_all();
    }
}

impl Entered {
    /// Starts what the run consists of, unless all runs are to end; it also says what ends it.
    pub(super) fn start<T>(
        &self,
        start: impl FnOnce() -> Result<(Ender, T), Trouble>,
    ) -> Result<(Listed, T), Trouble> {
        // Held while it starts, so that no run can be missed by `end_all`.
        let mut runs = runs();
        if runs.ended {
            return Err(Trouble::Ended);
        }
        let (ender, started) = start()?;
        let number = runs.next;
        runs.next += 1;
        runs.going.insert(number, ender);
        Ok((Listed(number), started))
    }
}

/// A run that goes on. Dropping this takes it off the list; that must happen before what its ender names can have
/// become somebody else's.
#[derive(Debug)]
pub(super) struct Listed(u64);

impl Drop for Listed {
    fn drop(&mut self) {
        runs().going.remove(&self.0);
    }
}
