//! The group of processes a run consists of, as the system knows it: how it is started, killed and waited for.

use std::io;
use std::process::{Child, Command};
use std::sync::mpsc::Sender;
use std::thread;

use super::Event;

/// A group of processes, named by its leader. The name is good until the leader is reaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group(u32);

impl Group {
    /// Starts the command as the leader of a new group.
    pub(super) fn start(command: &mut Command) -> io::Result<(Group, Child)> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command.spawn()?;
        Ok((Group(child.id()), child))
    }

    /// The leader's number.
    #[cfg(target_os = "linux")]
    pub(super) fn leader(self) -> u32 {
        self.0
    }

    #[cfg(unix)]
    fn pid(self) -> Option<rustix::process::Pid> {
        rustix::process::Pid::from_raw(self.0.try_into().ok()?)
    }

    /// Kills every process in it.
    #[cfg(unix)]
    pub(super) fn kill(self) {
        if let Some(pid) = self.pid() {
            // It fails only when there is nobody left to kill.
            let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
        }
    }

    /// Kills its leader and what that started.
    #[cfg(not(unix))]
    pub(super) fn kill(self) {
        let _ = Command::new("taskkill")
            .args(["/F", "/T", "/PID", &self.0.to_string()])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status();
    }

    /// Sends [`Event::Ended`] when the leader has ended, and leaves it unreaped.
    #[cfg(unix)]
    pub(super) fn announce_end(self, events: Sender<Event>) -> io::Result<()> {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let pid = self.pid().ok_or(io::ErrorKind::InvalidInput)?;
        let wait = move || {
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
            while matches!(
                waitid(WaitId::Pid(pid), options),
                Err(rustix::io::Errno::INTR)
            ) {}
            // Nobody listens any more once the run was ended from here.
            let _ = events.send(Event::Ended);
        };
        thread::Builder::new().name("wait".to_owned()).spawn(wait)?;
        Ok(())
    }

    /// Here nobody can be told; who follows the run asks again and again.
    #[cfg(not(unix))]
    pub(super) fn announce_end(self, _events: Sender<Event>) -> io::Result<()> {
        Ok(())
    }
}

/// Whether the child has ended, where that must be asked for: asking reaps it, which is harmless only there.
#[cfg(not(unix))]
pub(super) fn has_ended(child: &mut Child) -> io::Result<bool> {
    Ok(child.try_wait()?.is_some())
}

/// Where the end is announced, nobody need ask.
#[cfg(unix)]
pub(super) fn has_ended(_child: &mut Child) -> io::Result<bool> {
    Ok(false)
}

/// The name of the signal that ended a process.
#[cfg(unix)]
pub(super) fn signal(status: std::process::ExitStatus) -> Option<String> {
    use rustix::process::Signal;
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
    let number = std::os::unix::process::ExitStatusExt::signal(&status)?;
    let name = NAMES.iter().find(|(signal, _)| signal.as_raw() == number);
    Some(name.map_or_else(
        || format!("signal {number}"),
        |(_, name)| (*name).to_owned(),
    ))
}

/// No signal ends a process here.
#[cfg(not(unix))]
pub(super) fn signal(_status: std::process::ExitStatus) -> Option<String> {
    None
}
