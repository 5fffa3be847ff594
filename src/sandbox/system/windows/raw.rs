//! The calls of Windows about jobs, which no library makes for us without `unsafe`: all of it in this room, each with its
//! argument.

#![allow(unsafe_code)]

use std::ffi::c_void;
use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::process::Child;
use std::ptr;

use windows_sys::Win32::Foundation::{ERROR_NO_MORE_FILES, INVALID_HANDLE_VALUE};
use windows_sys::Win32::System::Diagnostics::ToolHelp::{
    CreateToolhelp32Snapshot, TH32CS_SNAPTHREAD, THREADENTRY32, Thread32First, Thread32Next,
};
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOBOBJECT_BASIC_ACCOUNTING_INFORMATION,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JOBOBJECTINFOCLASS, JobObjectBasicAccountingInformation,
    JobObjectExtendedLimitInformation, QueryInformationJobObject, SetInformationJobObject,
    TerminateJobObject,
};
use windows_sys::Win32::System::Threading::{OpenThread, ResumeThread, THREAD_SUSPEND_RESUME};

/// The exit code of those that are ended with their job.
const ENDED: u32 = 1;

/// What a call says that answers 0 where it failed.
fn done(answer: i32) -> io::Result<()> {
    match answer {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// The size of what a call is given.
const fn size<T>() -> u32 {
    size_of::<T>() as u32
}

/// A job without a name, which nobody but us can open.
pub(super) fn new_job() -> io::Result<OwnedHandle> {
    // SAFETY: both may be null: it gets no name, and no process that we start inherits it.
    let job = unsafe { CreateJobObjectW(ptr::null(), ptr::null()) };
    owned(job, job.is_null())
}

/// A handle that we were just given, unless we were not.
fn owned(handle: *mut c_void, failed: bool) -> io::Result<OwnedHandle> {
    if failed {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it was just made for us, it is none of those that mean that it was not, and nobody else closes it.
    Ok(unsafe { OwnedHandle::from_raw_handle(handle) })
}

/// Puts a process into the job.
pub(super) fn assign(job: &OwnedHandle, process: &Child) -> io::Result<()> {
    // SAFETY: both handles are open as long as what they are borrowed from.
    done(unsafe { AssignProcessToJobObject(job.as_raw_handle(), process.as_raw_handle()) })
}

/// Sets the limits of the job, in place of those that it had.
pub(super) fn limit(
    job: &OwnedHandle,
    limits: &JOBOBJECT_EXTENDED_LIMIT_INFORMATION,
) -> io::Result<()> {
    let size = size::<JOBOBJECT_EXTENDED_LIMIT_INFORMATION>();
    let class = JobObjectExtendedLimitInformation;
    // SAFETY: the handle is open, and the pointer is to a value of the type that belongs to the class, of this size.
    done(unsafe {
        SetInformationJobObject(
            job.as_raw_handle(),
            class,
            ptr::from_ref(limits).cast(),
            size,
        )
    })
}

/// What the system has counted for the job so far, processes that ended included.
pub(super) fn counted(job: &OwnedHandle) -> io::Result<JOBOBJECT_BASIC_ACCOUNTING_INFORMATION> {
    let mut counted = JOBOBJECT_BASIC_ACCOUNTING_INFORMATION::default();
    let size = size::<JOBOBJECT_BASIC_ACCOUNTING_INFORMATION>();
    ask(
        job,
        JobObjectBasicAccountingInformation,
        (&raw mut counted).cast(),
        size,
    )?;
    Ok(counted)
}

/// How many bytes the processes of the job have had reserved of the machine at most, together.
pub(super) fn most_memory(job: &OwnedHandle) -> io::Result<usize> {
    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    let size = size::<JOBOBJECT_EXTENDED_LIMIT_INFORMATION>();
    ask(
        job,
        JobObjectExtendedLimitInformation,
        (&raw mut limits).cast(),
        size,
    )?;
    Ok(limits.PeakJobMemoryUsed)
}

/// Asks for what belongs to this class; whoever calls it has a value of that type and size there.
fn ask(
    job: &OwnedHandle,
    class: JOBOBJECTINFOCLASS,
    answer: *mut c_void,
    size: u32,
) -> io::Result<()> {
    // SAFETY: the handle is open, and no more is written than the size, which is that of the value that both callers
    // have there; any bytes are such a value.
    done(unsafe {
        QueryInformationJobObject(job.as_raw_handle(), class, answer, size, ptr::null_mut())
    })
}

/// Ends every process in the job.
pub(super) fn end(job: &OwnedHandle) -> io::Result<()> {
    // SAFETY: the handle is open.
    done(unsafe { TerminateJobObject(job.as_raw_handle(), ENDED) })
}

/// Wakes a process that was started asleep: its one thread, which has to be looked for among those of all.
pub(super) fn wake(process: u32) -> io::Result<()> {
    // SAFETY: it takes numbers.
    let all = unsafe { CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0) };
    let all = owned(all, all == INVALID_HANDLE_VALUE)?;
    let mut thread = THREADENTRY32 {
        dwSize: size::<THREADENTRY32>(),
        ..THREADENTRY32::default()
    };
    // SAFETY: the handle is open, and the value says its own size.
    done(unsafe { Thread32First(all.as_raw_handle(), &raw mut thread) })?;
    loop {
        if thread.th32OwnerProcessID == process {
            return wake_thread(thread.th32ThreadID);
        }
        // SAFETY: as above.
        done(unsafe { Thread32Next(all.as_raw_handle(), &raw mut thread) }).map_err(|error| {
            match error.raw_os_error() == Some(ERROR_NO_MORE_FILES.cast_signed()) {
                true => io::Error::from(io::ErrorKind::NotFound),
                false => error,
            }
        })?;
    }
}

fn wake_thread(number: u32) -> io::Result<()> {
    // SAFETY: it takes numbers.
    let thread = unsafe { OpenThread(THREAD_SUSPEND_RESUME, 0, number) };
    let thread = owned(thread, thread.is_null())?;
    // SAFETY: the handle is open, and may be used for this.
    match unsafe { ResumeThread(thread.as_raw_handle()) } {
        u32::MAX => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}
