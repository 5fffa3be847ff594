//! The calls that no library makes for us without `unsafe`: all of it in this room, each with its argument.

#![allow(unsafe_code)]

use std::ffi::{CStr, CString};
use std::fs::File;
use std::io::{self, Read};

use rustix::process::Pid;
use rustix::thread::UnshareFlags;

/// Starts another process that does this in our memory, and stands still until it is done, or has become another
/// program. That is much cheaper than a copy.
///
/// `own` is what the process has for itself: namespaces, or a copy of the table of descriptors.
pub(super) fn start<Work: FnOnce()>(own: UnshareFlags, work: Work) -> io::Result<Pid> {
    extern "C" fn begin<Work: FnOnce()>(work: *mut libc::c_void) -> libc::c_int {
        // SAFETY: it is the pointer that is passed below, of this type, to what lives there until this has ended.
        let work = unsafe { &mut *work.cast::<Option<Work>>() };
        work.take().map_or(1, |work| {
            work();
            0
        })
    }
    let begin = begin::<Work>;
    let stack = Stack::new()?;
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
    let pid = unsafe { libc::clone(begin, stack.top(), flags, work) };
    if pid < 0 {
        return Err(io::Error::last_os_error());
    }
    Pid::from_raw(pid).ok_or_else(|| io::ErrorKind::NotFound.into())
}

const PAGE: usize = 4096;

/// Memory for the calls of another process, below which is nothing: who needs more is ended.
struct Stack(*mut libc::c_void);

impl Stack {
    /// More than is needed; what is not touched costs nothing.
    const SIZE: usize = 1 << 20;

    fn new() -> io::Result<Self> {
        let how = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
        let nothing = std::ptr::null_mut();
        // SAFETY: new pages, wherever there is room.
        let pages = unsafe { libc::mmap(nothing, Self::SIZE, libc::PROT_NONE, how, -1, 0) };
        if pages == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let stack = Stack(pages);
        let access = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: all but the lowest of our own pages.
        let done = unsafe { libc::mprotect(pages.byte_add(PAGE), Self::SIZE - PAGE, access) };
        match done {
            0 => Ok(stack),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// Where it begins, for it grows downwards.
    fn top(&self) -> *mut libc::c_void {
        self.0.wrapping_byte_add(Self::SIZE)
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: the pages are ours, and whoever used them is gone.
        unsafe { libc::munmap(self.0, Self::SIZE) };
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

/// A program that can be started by this process, whose name stands at a place in memory that nobody else knows.
#[derive(Debug)]
pub(super) struct Program {
    page: *mut libc::c_void,
    name: *mut libc::c_char,
}

impl Program {
    /// Puts the name of the program into the page that holds this address, at the address.
    pub(super) fn new(name: &CStr, at: usize) -> io::Result<Self> {
        let bytes = name.to_bytes_with_nul();
        let page = at - at % PAGE;
        if at + bytes.len() > page + PAGE {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        let access = libc::PROT_READ | libc::PROT_WRITE;
        let how = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED_NOREPLACE;
        // SAFETY: a new page, and never in the place of one that is there.
        let mapped = unsafe { libc::mmap(page as *mut libc::c_void, PAGE, access, how, -1, 0) };
        if mapped == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let name = mapped.wrapping_byte_add(at % PAGE).cast();
        let program = Program { page: mapped, name };
        if mapped as usize != page {
            return Err(io::ErrorKind::AddrNotAvailable.into());
        }
        // SAFETY: the page is ours alone and holds all the bytes.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), name.cast(), bytes.len()) };
        Ok(program)
    }

    /// An address for the name of a program, which nobody can guess: in the middle of what the kernel leaves free
    /// between a program and its libraries.
    pub(super) fn somewhere() -> io::Result<usize> {
        /// Names are shorter.
        const LONGEST: usize = 1024;
        let mut random = [0; 8];
        File::open("/dev/urandom")?.read_exact(&mut random)?;
        let random = usize::from_ne_bytes(random);
        let page = 0x1000_0000_0000 + random % 0x4000_0000_0000 / PAGE * PAGE;
        Ok(page + (random >> 48) % (PAGE - LONGEST))
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
            libc::execve(self.name, args.as_ptr(), env.as_ptr());
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
