//! The calls that no library makes for us without `unsafe`: all of it in this room, each with its argument.

#![allow(unsafe_code)]

use std::ffi::{CStr, CString};
use std::io;

use rustix::process::Pid;
use rustix::thread::UnshareFlags;

/// Starts another process that does this in our memory, and stands still until it is done, or has become another
/// program. That is much cheaper than a copy.
///
/// `own` is what the process has for itself: namespaces, or a copy of the table of descriptors.
pub(super) fn start<Work: FnOnce()>(own: UnshareFlags, work: Work) -> io::Result<Pid> {
    /// More than is needed; what is not touched costs nothing.
    const STACK: usize = 1 << 20;
    extern "C" fn begin<Work: FnOnce()>(work: *mut libc::c_void) -> libc::c_int {
        // SAFETY: it is the pointer that is passed below, of this type, to what lives there until this has ended.
        let work = unsafe { &mut *work.cast::<Option<Work>>() };
        work.take().map_or(1, |work| {
            work();
            0
        })
    }
    let begin = begin::<Work>;
    let mut stack = Box::<[u128]>::new_uninit_slice(STACK / size_of::<u128>());
    let shared = match own.contains(UnshareFlags::FILES) {
        true => 0,
        false => libc::CLONE_FILES,
    };
    let own = own.difference(UnshareFlags::FILES).bits().cast_signed();
    let flags = own | shared | libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
    let mut work = Some(work);
    let work = (&raw mut work).cast();
    // SAFETY: with CLONE_VFORK this thread stands still until the other process no longer uses our memory, so to all
    // that is in it, this is a call of `work` on another stack, which is aligned and lives until then. A descriptor that
    // it closes is closed for us too, unless it has a table of its own. A panic cannot leave `begin`.
    let pid = unsafe { libc::clone(begin, stack.as_mut_ptr_range().end.cast(), flags, work) };
    if pid < 0 {
        return Err(io::Error::last_os_error());
    }
    Pid::from_raw(pid).ok_or_else(|| io::ErrorKind::NotFound.into())
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

/// Where the name of the program stands in memory when it is started with [`Program::become_it`]: a page that nothing
/// else is ever put at, below all that the kernel chooses by itself.
pub(super) const PROGRAM_AT: usize = 0x1_0000;

/// A program that can be started, whose name stands at [`PROGRAM_AT`].
#[derive(Debug)]
pub(super) struct Program {
    page: *mut libc::c_void,
}

const PAGE: usize = 4096;

impl Program {
    /// Puts the name of the program there; there can be one at a time.
    pub(super) fn new(name: &CStr) -> io::Result<Self> {
        let bytes = name.to_bytes_with_nul();
        if bytes.len() > PAGE {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        let access = libc::PROT_READ | libc::PROT_WRITE;
        let how = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED_NOREPLACE;
        // SAFETY: a new page, and never in the place of one that is there.
        let page = unsafe { libc::mmap(PROGRAM_AT as *mut libc::c_void, PAGE, access, how, -1, 0) };
        if page == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let program = Program { page };
        if page as usize != PROGRAM_AT {
            return Err(io::ErrorKind::AddrNotAvailable.into());
        }
        // SAFETY: the page is ours alone and holds all the bytes.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), page.cast(), bytes.len()) };
        Ok(program)
    }

    /// Becomes the program; answers only why it could not.
    pub(super) fn become_it(&self, args: &[CString], env: &[CString]) -> io::Error {
        let pointers = |texts: &[CString]| -> Vec<*const libc::c_char> {
            let texts = texts.iter().map(|text| text.as_ptr());
            texts.chain([std::ptr::null()]).collect()
        };
        let (args, env) = (pointers(args), pointers(env));
        // SAFETY: the name ends with a null, both lists end with a null and point to texts that are borrowed until
        // here. SIGPIPE, which Rust's own start ignores, is as every program expects it.
        unsafe {
            libc::signal(libc::SIGPIPE, libc::SIG_DFL);
            libc::execve(self.page.cast(), args.as_ptr(), env.as_ptr());
        }
        io::Error::last_os_error()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // SAFETY: the page is ours, and nobody has a reference into it.
        unsafe { libc::munmap(self.page, PAGE) };
    }
}
