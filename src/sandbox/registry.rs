//! Which runs there are, for the whole process, so that all of them can be ended at once.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Trouble;
use super::group::Group;

struct Runs {
    /// Whether no run may start any more.
    ended: bool,
    /// Runs from before their folder is made until after it is gone.
    open: usize,
    /// The groups of processes that exist now. Each leaves this list before its leader is reaped,
    /// so a number in it is never somebody else's.
    groups: Vec<Group>,
}

static RUNS: Mutex<Runs> = Mutex::new(Runs {
    ended: false,
    open: 0,
    groups: Vec::new(),
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
    for group in &runs.groups {
        group.kill();
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
    /// Starts a group of processes, unless all are to end; it must be given to [`Entered::leave`] before its leader
    /// is reaped.
    pub(super) fn start<T>(
        &self,
        start: impl FnOnce() -> Result<(Group, T), Trouble>,
    ) -> Result<(Group, T), Trouble> {
        // Held while it starts, so that no group can be missed by `end_all`.
        let mut runs = runs();
        if runs.ended {
            return Err(Trouble::Ended);
        }
        let (group, started) = start()?;
        runs.groups.push(group);
        Ok((group, started))
    }

    /// Takes the group off the list.
    pub(super) fn leave(&self, group: Group) {
        runs().groups.retain(|other| *other != group);
    }
}
