//! The calls that no library makes for us without `unsafe`: all of it in this room, each with its argument.

#![allow(unsafe_code)]

use std::io;

use rustix::process::Pid;
use rustix::thread::UnshareFlags;

/// Who goes on after [`fork`].
#[derive(Debug)]
pub(super) enum Forked {
    /// The one that called it.
    Parent(Pid),
    /// A copy of it.
    Child,
}

/// Makes a copy of this process, in new namespaces of these kinds.
///
/// Refused where the process has more than one thread: only the caller's would go on in the copy, and a lock that
/// another holds would stay locked for ever.
pub(super) fn fork(namespaces: UnshareFlags) -> io::Result<Forked> {
    if std::fs::read_dir("/proc/self/task")?.count() != 1 {
        return Err(io::Error::other("a process with threads cannot be copied"));
    }
    let flags = i64::from(namespaces.bits()) | i64::from(libc::SIGCHLD);
    // SAFETY: without CLONE_VM the copy has its own memory, and without a stack given it goes on on a copy of ours, so
    // this is `fork`. There is one thread (see above), so no lock is held by somebody who is not copied. The C
    // library's own `fork` would do nothing more than run handlers, which nobody here registers.
    let pid = unsafe { libc::syscall(libc::SYS_clone, flags, 0, 0, 0, 0) };
    match pid {
        -1 => Err(io::Error::last_os_error()),
        0 => Ok(Forked::Child),
        pid => i32::try_from(pid)
            .ok()
            .and_then(Pid::from_raw)
            .map(Forked::Parent)
            .ok_or_else(|| io::Error::other("a process without a number")),
    }
}

/// Moves this process into new namespaces of these kinds.
pub(super) fn unshare(namespaces: UnshareFlags) -> io::Result<()> {
    // SAFETY: it is unsafe for the flags that take memory or descriptors apart from other threads; these name
    // namespaces only, and there is one thread.
    unsafe { rustix::thread::unshare_unsafe(namespaces) }.map_err(Into::into)
}

/// Closes every descriptor but the standard streams when this process becomes another program.
pub(super) fn close_others_on_exec() -> io::Result<()> {
    // SAFETY: it touches no memory and closes nothing now: each descriptor stays its owner's.
    let done = unsafe {
        libc::syscall(
            libc::SYS_close_range,
            3,
            u32::MAX,
            libc::CLOSE_RANGE_CLOEXEC,
        )
    };
    match done {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}
