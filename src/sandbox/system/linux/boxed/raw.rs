//! The calls that no library makes for us without `unsafe`: all of it in this room, each with its argument.

#![allow(unsafe_code)]

use std::ffi::{CStr, CString};
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd, FromRawFd, OwnedFd};

use rustix::io::Errno;
use rustix::ioctl::{Opcode, Updater, ioctl};
use rustix::process::Pid;
use rustix::thread::UnshareFlags;
use seccompiler::BpfProgram;

/// Starts another process that does this in our memory, and stands still until it is done, or has become another
/// program. That is much cheaper than a copy.
///
/// `own` are namespaces that the process has for itself. It shares our descriptors.
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
    let own = own.bits().cast_signed();
    let flags = own | libc::CLONE_FILES | libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
    let mut work = Some(work);
    let work = (&raw mut work).cast();
    // SAFETY: with CLONE_VFORK this thread stands still until the other process no longer uses our memory, so to all
    // that is in it, this is a call of `work` on another stack, which is aligned and lives until then. A descriptor that
    // it opens or closes is opened or closed for us too, until it takes the table apart. A panic cannot leave `begin`.
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

/// Gives this process what these flags name for itself: namespaces, or its table of descriptors.
pub(super) fn unshare(own: UnshareFlags) -> io::Result<()> {
    // SAFETY: it is unsafe for threads from which memory or descriptors are taken; none of the flags takes memory, there is
    // one thread, and in a table of its own each descriptor is what it was.
    unsafe { rustix::thread::unshare_unsafe(own) }.map_err(Into::into)
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

/// Where it is heard that somebody makes calls which a filter leaves to others to answer.
#[derive(Debug)]
pub(super) struct Listener(OwnedFd);

impl Listener {
    /// Puts such a filter on this process, which has no way to new privileges. What it becomes does not have the
    /// listener.
    pub(super) fn put_on(filter: &BpfProgram) -> io::Result<Self> {
        let program = libc::sock_fprog {
            len: u16::try_from(filter.len()).map_err(io::Error::other)?,
            filter: filter.as_ptr().cast_mut().cast(),
        };
        // SAFETY: the kernel reads so many instructions, which have the layout that it knows, and changes none.
        let listener = unsafe {
            libc::syscall(
                libc::SYS_seccomp,
                libc::SECCOMP_SET_MODE_FILTER,
                libc::SECCOMP_FILTER_FLAG_NEW_LISTENER,
                &raw const program,
            )
        };
        match i32::try_from(listener) {
            // SAFETY: a new descriptor, which nobody else has.
            Ok(listener) if listener >= 0 => {
                Ok(Listener(unsafe { OwnedFd::from_raw_fd(listener) }))
            }
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// The next of these calls.
    pub(super) fn next_call(&self) -> rustix::io::Result<libc::seccomp_notif> {
        const RECEIVE: Opcode = libc::SECCOMP_IOCTL_NOTIF_RECV as Opcode;
        let data = libc::seccomp_data {
            nr: 0,
            arch: 0,
            instruction_pointer: 0,
            args: [0; 6],
        };
        let mut call = libc::seccomp_notif {
            id: 0,
            pid: 0,
            flags: 0,
            data,
        };
        // SAFETY: for this operation, whose number holds its size, the kernel fills in this.
        unsafe { ioctl(&self.0, Updater::<RECEIVE, _>::new(&mut call)) }?;
        Ok(call)
    }

    /// Answers one of these calls with an error.
    pub(super) fn refuse(&self, id: u64, error: Errno) -> rustix::io::Result<()> {
        self.answer(id, -error.raw_os_error(), 0)
    }

    /// Lets one of these calls be done. It guards nothing: what the call's arguments point to can still change.
    pub(super) fn let_go(&self, id: u64) -> rustix::io::Result<()> {
        self.answer(id, 0, libc::SECCOMP_USER_NOTIF_FLAG_CONTINUE as u32)
    }

    /// Answers one of these calls as if it had been done.
    pub(super) fn believe(&self, id: u64) -> rustix::io::Result<()> {
        self.answer(id, 0, 0)
    }

    fn answer(&self, id: u64, error: i32, flags: u32) -> rustix::io::Result<()> {
        const SEND: Opcode = libc::SECCOMP_IOCTL_NOTIF_SEND as Opcode;
        let mut answer = libc::seccomp_notif_resp {
            id,
            val: 0,
            error,
            flags,
        };
        // SAFETY: for this operation, whose number holds its size, the kernel reads this.
        unsafe { ioctl(&self.0, Updater::<SEND, _>::new(&mut answer)) }
    }
}

impl AsFd for Listener {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
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
