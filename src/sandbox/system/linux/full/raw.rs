//! The calls that no library makes for us without `unsafe`: all of it in this room, each with its argument.

#![allow(unsafe_code)]

use std::ffi::{CStr, CString};
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
        pid => named(pid).map(Forked::Parent),
    }
}

fn named(pid: libc::c_long) -> io::Result<Pid> {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    pid.ok_or_else(|| io::Error::other("a process without a number"))
}

/// Starts another process and has it do this, in our memory; answers once it has become another program, or has ended
/// because there was nothing more to do. That is cheaper than a copy.
pub(super) fn start<Work: FnMut()>(mut work: Work) -> io::Result<Pid> {
    /// Far more than is needed; what is not touched costs nothing.
    const STACK: usize = 256 << 10;
    extern "C" fn begin<Work: FnMut()>(work: *mut libc::c_void) -> libc::c_int {
        // SAFETY: it is the pointer that is passed below, of this type, to what lives there until this has ended.
        let work = unsafe { &mut *work.cast::<Work>() };
        work();
        0
    }
    let mut stack = vec![0_u128; STACK / size_of::<u128>()];
    let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
    let begin = begin::<Work>;
    let work = (&raw mut work).cast();
    // SAFETY: with CLONE_VFORK this thread stands still until the other process no longer uses our memory, so to both
    // the memory is as if this were a call of `work`. It has a stack of its own, aligned as the system wants it, that
    // lives until then. Descriptors, signals and the folder are copies (no CLONE_FILES, CLONE_SIGHAND, CLONE_FS), and
    // a panic cannot leave `begin`.
    let pid = unsafe { libc::clone(begin, stack.as_mut_ptr_range().end.cast(), flags, work) };
    match pid {
        -1 => Err(io::Error::last_os_error()),
        pid => named(pid.into()),
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

/// Where the name of the program stands in memory when it is started with [`exec`]: a page that nothing else is ever
/// put at, below all that the kernel chooses by itself.
pub(super) const PROGRAM_AT: usize = 0x1_0000;

/// Becomes another program, whose name stands at [`PROGRAM_AT`]; answers only why it could not.
pub(super) fn exec(program: &CStr, args: &[CString], env: &[CString]) -> io::Error {
    const PAGE: usize = 4096;
    let bytes = program.to_bytes_with_nul();
    if bytes.len() > PAGE {
        return io::ErrorKind::InvalidFilename.into();
    }
    let access = libc::PROT_READ | libc::PROT_WRITE;
    let how = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED_NOREPLACE;
    // SAFETY: a new page, and never in the place of one that is there.
    let page = unsafe { libc::mmap(PROGRAM_AT as *mut libc::c_void, PAGE, access, how, -1, 0) };
    if page as usize != PROGRAM_AT {
        return io::Error::last_os_error();
    }
    let pointers = |texts: &[CString]| -> Vec<*const libc::c_char> {
        let texts = texts.iter().map(|text| text.as_ptr());
        texts.chain([std::ptr::null()]).collect()
    };
    let (args, env) = (pointers(args), pointers(env));
    // SAFETY: the page is ours alone and holds all the bytes; both lists end with a null and point to texts that are
    // borrowed until here. SIGPIPE, which Rust's own start ignores, is as every program expects it.
    unsafe {
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), page.cast(), bytes.len());
        libc::signal(libc::SIGPIPE, libc::SIG_DFL);
        libc::execve(page.cast(), args.as_ptr(), env.as_ptr());
    }
    io::Error::last_os_error()
}
