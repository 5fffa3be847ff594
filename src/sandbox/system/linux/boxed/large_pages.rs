//! Node in large pages: a copy in memory that all launchers of a box start.
//!
//! Up to a sixth of what a plain start of Node costs is the way to the pages of its own code: the kernel maps them 64 KiB
//! at a time as they are touched, and the processor has too many to remember. In pages of 2 MiB that is gone. A tmpfs
//! has them, whatever file system Node itself lies on, so it is copied into one.
//!
//! It has no place among the mounts: whoever holds the descriptor has it, in any namespace, and with the last of them it
//! is gone. Programs find the Node that they know at `/node/bin/node`; that name is what the kernel tells them too,
//! since the copy has the same path in its own file system.

use std::fs::{self, File};
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{Mode, OFlags, mkdirat, openat};
use rustix::mount::{
    FsMountFlags, FsOpenFlags, MountAttrFlags, fsconfig_create, fsconfig_reconfigure,
    fsconfig_set_flag, fsconfig_set_string, fsmount, fsopen,
};

use super::super::bytes;
use super::root::NODE;

/// So many of it must be free to hold one.
const ROOM: u64 = 16;

/// Copies this Node; to be called where file systems may be mounted.
pub(super) fn copy(node: &Path) -> io::Result<OwnedFd> {
    let system = fsopen("tmpfs", FsOpenFlags::FSOPEN_CLOEXEC)?;
    fsconfig_set_string(&system, "huge", "always")?;
    fsconfig_create(&system)?;
    let closed = MountAttrFlags::MOUNT_ATTR_NOSUID | MountAttrFlags::MOUNT_ATTR_NODEV;
    let root = fsmount(&system, FsMountFlags::FSMOUNT_CLOEXEC, closed)?;
    let copy = Path::new(NODE.trim_start_matches('/'));
    let folders: Vec<&Path> = copy.ancestors().skip(1).collect();
    // The last is the root itself.
    for folder in folders.iter().rev().skip(1) {
        mkdirat(&root, *folder, Mode::from_raw_mode(0o755))?;
    }
    let new = OFlags::CREATE | OFlags::WRONLY | OFlags::CLOEXEC;
    let mut written = File::from(openat(&root, copy, new, Mode::from_raw_mode(0o555))?);
    io::copy(&mut File::open(node)?, &mut written)?;
    drop(written);
    // From here on nobody can change it, whoever owns it.
    fsconfig_set_flag(&system, "ro")?;
    fsconfig_reconfigure(&system)?;
    let held = OFlags::PATH | OFlags::CLOEXEC;
    Ok(openat(&root, copy, held, Mode::empty())?)
}

/// Whether the machine, or the part of it that this process may use, has memory to spare for a copy.
pub(super) fn there_is_room_for(node: &Path) -> bool {
    let Ok(size) = fs::metadata(node).map(|found| found.len()) else {
        return false;
    };
    let rooms = [available(), allowed()];
    rooms.into_iter().flatten().all(|room| room >= size * ROOM)
}

/// What the machine has left (proc_meminfo(5)).
fn available() -> Option<u64> {
    bytes(&fs::read_to_string("/proc/meminfo").ok()?, "MemAvailable:")
}

/// What this process's cgroup may have, where it is bounded.
fn allowed() -> Option<u64> {
    let own = fs::read_to_string("/proc/self/cgroup").ok()?;
    let own = own.lines().find_map(|line| line.strip_prefix("0::/"))?;
    let most = Path::new("/sys/fs/cgroup").join(own).join("memory.max");
    fs::read_to_string(most).ok()?.trim().parse().ok()
}
