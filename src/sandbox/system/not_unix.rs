//! Systems that are no Unix: what Rust's own library gives.

use std::fs::{self, File, Metadata};
use std::io::{self, PipeReader};
use std::path::Path;
use std::process::{Child, ExitStatus};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// A process is ended here, not asked to end.
pub(in super::super) fn terminate(_process: u32) -> io::Result<()> {
    let why = "this system has no signal that asks a program to end";
    Err(io::Error::new(io::ErrorKind::Unsupported, why))
}

/// Here nobody can be told; who follows the run asks again and again.
pub(in super::super) fn announce_end(
    _process: u32,
    _tell: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    Ok(())
}

/// Whether the child has ended: asking reaps it, which is harmless where a number is not used again while it is held.
pub(in super::super) fn has_ended(child: &mut Child) -> io::Result<bool> {
    Ok(child.try_wait()?.is_some())
}

/// No signal ends a process here.
pub(in super::super) fn signal(_status: ExitStatus) -> Option<String> {
    None
}

/// Reading itself waits.
pub(in super::super) fn wait_for_more(_pipe: &PipeReader, _over: &AtomicBool) -> bool {
    true
}

/// Opens a file.
pub(in super::super) fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Never known here.
pub(in super::super) fn is_anothers(_file: &Metadata, _folder: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Lets us change a folder that was made read-only.
#[allow(
    clippy::permissions_set_readonly_false,
    reason = "it lets everybody write on a Unix, which this is not"
)]
pub(in super::super) fn open_up(folder: &Path) -> io::Result<()> {
    let mut permissions = fs::metadata(folder)?.permissions();
    permissions.set_readonly(false);
    fs::set_permissions(folder, permissions)
}

/// Not known here.
pub(in super::super) fn free(_folder: &Path) -> u64 {
    u64::MAX
}

/// Nobody says so here.
pub(in super::super) const TERM_IS_SET: bool = false;

/// Waits so long; a console does not go before its programs do.
pub(in super::super) fn input_has_gone(wait: Duration) -> io::Result<bool> {
    std::thread::sleep(wait);
    Ok(false)
}
