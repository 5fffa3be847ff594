//! Windows: the processes of a run are a *job*, which whatever they start belongs to as well, and cannot leave.
//!
//! | what | is enforced by |
//! |---|---|
//! | the end of everything it started | the job is ended; it also ends when nobody has it any more, which is when we are killed |
//! | processor time, memory, processes | what the system counts for the job, every 10 ms; behind it limits of the job itself, wider, for who is quicker |
//!
//! Node is started asleep, put into its job and then woken, so that it can start nobody before. Memory is what its
//! processes had reserved of the machine at most (their *commit charge*): more than they have touched.

use std::io;
use std::os::windows::io::OwnedHandle;
use std::os::windows::process::CommandExt;
use std::process::{Child, Command};
use std::time::Duration;

use windows_sys::Win32::System::JobObjects::{
    JOB_OBJECT_LIMIT_ACTIVE_PROCESS, JOB_OBJECT_LIMIT_JOB_MEMORY, JOB_OBJECT_LIMIT_JOB_TIME,
    JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, JOBOBJECT_EXTENDED_LIMIT_INFORMATION,
};
use windows_sys::Win32::System::Threading::CREATE_SUSPENDED;

use super::super::folder::Folder;
use super::super::group::Group;
use super::{Before, Use};
use crate::program::Limits;

mod raw;

/// What holds the processes of a run together: their job.
#[derive(Debug)]
pub(in super::super) struct Hold(OwnedHandle);

impl Hold {
    /// Has it start asleep.
    pub(in super::super) fn prepare(command: &mut Command) {
        command.creation_flags(CREATE_SUSPENDED);
    }

    /// Puts it into a job of its own, and wakes it.
    pub(in super::super) fn of(leader: &Child) -> io::Result<Self> {
        let job = raw::new_job()?;
        raw::limit(&job, &limited(|_| {}))?;
        raw::assign(&job, leader)?;
        raw::wake(leader.id())?;
        Ok(Hold(job))
    }

    /// Ends every process in the job.
    pub(in super::super) fn kill(&self) {
        // It fails only when there is nobody left to end.
        let _ = raw::end(&self.0);
    }
}

/// Limits of a job that ends when nobody has it any more, and more of them.
fn limited(
    more: impl FnOnce(&mut JOBOBJECT_EXTENDED_LIMIT_INFORMATION),
) -> JOBOBJECT_EXTENDED_LIMIT_INFORMATION {
    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    more(&mut limits);
    limits
}

/// Hundreds of nanoseconds, in which the system counts.
const A_SECOND: u64 = 10_000_000;

/// Has the system hold limits by itself, as a backstop should nobody watch: twice what is watched for.
pub(in super::super) fn rein_in(group: &Group, limits: &Limits) {
    let limits = limited(|job| {
        let basic = &mut job.BasicLimitInformation;
        basic.LimitFlags |= JOB_OBJECT_LIMIT_JOB_TIME
            | JOB_OBJECT_LIMIT_JOB_MEMORY
            | JOB_OBJECT_LIMIT_ACTIVE_PROCESS;
        let seconds = limits.cpu.as_secs().saturating_mul(2).saturating_add(2);
        basic.PerJobUserTimeLimit =
            i64::try_from(seconds.saturating_mul(A_SECOND)).unwrap_or(i64::MAX);
        basic.ActiveProcessLimit = limits.processes.saturating_mul(2).saturating_add(1);
        let memory = limits.memory.saturating_mul(2);
        job.JobMemoryLimit = usize::try_from(memory).unwrap_or(usize::MAX);
    });
    // Where it is refused, watching does without.
    let _ = raw::limit(&group.hold.0, &limits);
}

/// The processes of one run: those of its job.
#[derive(Debug)]
pub(in super::super) struct Tree(Group);

impl Tree {
    /// The group's.
    pub(in super::super) fn new(group: Group, _folder: &Folder, _before: &Before) -> Self {
        Tree(group)
    }

    /// What the system counts for all of them.
    pub(in super::super) fn look(&mut self) -> Use {
        let job = &self.0.hold.0;
        // What cannot be asked is not held against it.
        let counted = raw::counted(job).unwrap_or_default();
        let spent = counted
            .TotalUserTime
            .saturating_add(counted.TotalKernelTime);
        Use {
            cpu: Duration::from_nanos(u64::try_from(spent).unwrap_or_default().saturating_mul(100)),
            memory: raw::most_memory(job).unwrap_or_default() as u64,
            processes: counted.ActiveProcesses,
        }
    }

    /// Ends the job.
    pub(in super::super) fn kill(&mut self) {
        self.0.kill();
    }
}
