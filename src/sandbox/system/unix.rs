//! What every Unix has: groups of processes, signals, and files that can be opened with care.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, PipeReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid,
};

/// What holds the processes of a run together: that they are a group, whose number is its leader's.
#[derive(Debug)]
pub(in super::super) struct Hold(u32);

impl Hold {
    /// Makes the command the leader of a new group of processes.
    pub(in super::super) fn prepare(command: &mut Command) {
        command.process_group(0);
    }

    /// Of the group that this one leads.
    pub(in super::super) fn of(leader: &Child) -> io::Result<Self> {
        Ok(Hold(leader.id()))
    }

    /// Kills every process in the group.
    pub(in super::super) fn kill(&self) {
        if let Some(pid) = pid(self.0) {
            // It fails only when there is nobody left to kill.
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }
}

fn pid(number: u32) -> Option<Pid> {
    Pid::from_raw(number.try_into().ok()?)
}

/// Asks a process to end.
pub(in super::super) fn terminate(process: u32) -> io::Result<()> {
    let pid = pid(process).ok_or(io::ErrorKind::InvalidInput)?;
    Ok(kill_process(pid, Signal::TERM)?)
}

/// Tells when the process has ended, and leaves it unreaped.
pub(in super::super) fn announce_end(
    process: u32,
    tell: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let pid = pid(process).ok_or(io::ErrorKind::InvalidInput)?;
    let wait = move || {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        while matches!(waitid(WaitId::Pid(pid), options), Err(Errno::INTR)) {}
        tell();
    };
    thread::Builder::new().name("wait".to_owned()).spawn(wait)?;
    Ok(())
}

/// The end is announced, so nobody need ask.
pub(in super::super) fn has_ended(_child: &mut Child) -> io::Result<bool> {
    Ok(false)
}

/// The name of the signal that ended a process.
pub(in super::super) fn signal(status: ExitStatus) -> Option<String> {
    const NAMES: &[(Signal, &str)] = &[
        (Signal::HUP, "SIGHUP"),
        (Signal::INT, "SIGINT"),
        (Signal::QUIT, "SIGQUIT"),
        (Signal::ILL, "SIGILL"),
        (Signal::TRAP, "SIGTRAP"),
        (Signal::ABORT, "SIGABRT"),
        (Signal::BUS, "SIGBUS"),
        (Signal::FPE, "SIGFPE"),
        (Signal::KILL, "SIGKILL"),
        (Signal::USR1, "SIGUSR1"),
        (Signal::SEGV, "SIGSEGV"),
        (Signal::USR2, "SIGUSR2"),
        (Signal::PIPE, "SIGPIPE"),
        (Signal::ALARM, "SIGALRM"),
        (Signal::TERM, "SIGTERM"),
        (Signal::XCPU, "SIGXCPU"),
        (Signal::XFSZ, "SIGXFSZ"),
        (Signal::VTALARM, "SIGVTALRM"),
        (Signal::PROF, "SIGPROF"),
        (Signal::SYS, "SIGSYS"),
    ];
    let number = status.signal()?;
    let name = NAMES.iter().find(|(signal, _)| signal.as_raw() == number);
    Some(name.map_or_else(
        || format!("signal {number}"),
        |(_, name)| (*name).to_owned(),
    ))
}

/// Waits until the pipe has something to read or has ended; answers `false` if it has not and never will.
///
/// A process that got away from us may hold the pipe open for ever. Everything that was printed before `over` was
/// set is in the pipe by then, so a pipe that is empty after that is done with.
pub(in super::super) fn wait_for_more(pipe: &PipeReader, over: &AtomicBool) -> bool {
    loop {
        let is_over = over.load(Ordering::Acquire);
        let patience = Timespec {
            tv_sec: 0,
            tv_nsec: if is_over { 0 } else { 50_000_000 },
        };
        match poll(&mut [PollFd::new(pipe, PollFlags::IN)], Some(&patience)) {
            Ok(0) if is_over => return false,
            Ok(0) | Err(Errno::INTR) => {}
            // Where it cannot be asked, reading says what is wrong.
            Ok(_) | Err(_) => return true,
        }
    }
}

/// Opens a file, but no link that was put in its place, and without waiting for a pipe.
pub(in super::super) fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

/// Whether the file has other names too, and whoever the folder belongs to has it from somebody else.
pub(in super::super) fn is_anothers(file: &Metadata, folder: &Path) -> io::Result<bool> {
    Ok(file.nlink() > 1 && file.uid() != fs::metadata(folder)?.uid())
}

/// Lets us read and change a folder whose owner took that right away.
pub(in super::super) fn open_up(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o700))
}

/// How many bytes may still be written in the folder.
pub(in super::super) fn free(folder: &Path) -> u64 {
    rustix::fs::statvfs(folder).map_or(u64::MAX, |space| {
        space.f_bavail.saturating_mul(space.f_frsize)
    })
}

/// Whether terminals say by `TERM` what they can do.
pub(in super::super) const TERM_IS_SET: bool = true;

/// Waits so long for something to come in on standard input; whether whoever sends it has gone instead.
pub(in super::super) fn input_has_gone(wait: Duration) -> io::Result<bool> {
    let input = io::stdin();
    let mut input = [PollFd::new(&input, PollFlags::IN)];
    let wait = Timespec::try_from(wait).map_err(io::Error::other)?;
    match poll(&mut input, Some(&wait)) {
        Ok(_) | Err(Errno::INTR) => {}
        Err(error) => return Err(error.into()),
    }
    let gone = PollFlags::HUP | PollFlags::ERR;
    Ok(input[0].revents().intersects(gone))
}
