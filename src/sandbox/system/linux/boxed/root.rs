//! The file system that programs in the box see.
//!
//! ```text
//! /program          the program's folder and working directory; new and empty for every run
//! /tmp              its HOME and TMPDIR, likewise
//! /node/bin/node    Node, and nothing else of where it is installed
//! /node/large/node  the same in large pages, for whoever starts it here alone
//! /usr /lib …       the system's programs and libraries
//! /etc              the few small files without which names cannot be looked up
//! /dev              null, zero, full, random, urandom, and the standard streams
//! /proc             the processes of this run
//! ```
//!
//! Only the first two can be written, and from none of what can be written can anything be started.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::Path;

use rustix::fs::{StatVfsMountFlags, statvfs};
use rustix::mount::{
    MountFlags, MountPropagationFlags, UnmountFlags, mount, mount_bind, mount_bind_recursive,
    mount_change, mount_remount, unmount,
};
use rustix::process::{chdir, pivot_root};

/// Where Node is in the box.
pub(super) const NODE: &str = "/node/bin/node";

/// Where the copy in large pages is, for the process that holds it at [`LARGE_NODE_AT`]. Whoever is started by this path
/// is called `node`.
pub(super) const LARGE_NODE: &str = "/node/large/node";

/// The descriptor behind that path.
pub(super) const LARGE_NODE_AT: i32 = 100;

/// The folders that can be written.
pub(super) const WRITABLE: [&str; 2] = ["/program", "/tmp"];

/// Where programs look for other programs.
pub(super) const SEARCH_PATH: &str = "/node/bin:/usr/bin:/bin";

/// How much can be written in each of them: bytes, and files.
const SPACE: &str = "size=64m,nr_inodes=8192,mode=755";

/// The system's own folders, where there are any.
pub(super) const SYSTEM: [&str; 9] = [
    "usr",
    "bin",
    "sbin",
    "lib",
    "lib32",
    "lib64",
    "libx32",
    "nix/store",
    "gnu/store",
];

const DEVICES: [&str; 5] = ["null", "zero", "full", "random", "urandom"];

const STREAMS: [(&str, &str); 4] = [
    ("fd", "/proc/self/fd"),
    ("stdin", "/proc/self/fd/0"),
    ("stdout", "/proc/self/fd/1"),
    ("stderr", "/proc/self/fd/2"),
];

/// What a program's functions are watched by, from inside.
pub(super) const CALLS: &str = "/node/calls.cjs";

/// What loads a module and looks at it, from inside.
pub(super) const MODULE: &str = "/node/module.cjs";

/// Both, with what stands in them.
const INSIDE: [(&str, &str); 2] = [
    (CALLS, include_str!("calls.cjs")),
    (MODULE, include_str!("module.cjs")),
];

/// Small files of `/etc`; the program's user is called `student`.
const NAMES: [(&str, &str); 4] = [
    (
        "passwd",
        "root:x:0:0::/root:/bin/sh\nstudent:x:1000:1000::/tmp:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n",
    ),
    ("group", "root:x:0:\nstudent:x:1000:\nnogroup:x:65534:\n"),
    ("hosts", "127.0.0.1 localhost\n::1 localhost\n"),
    (
        "nsswitch.conf",
        "passwd: files\ngroup: files\nhosts: files\n",
    ),
];

/// Changes into a new root, with this Node in it; no mount of the old one can be reached from then on.
pub(super) fn change(node: &Path) -> io::Result<()> {
    mount_change(
        "/",
        MountPropagationFlags::PRIVATE | MountPropagationFlags::REC,
    )?;
    let node = fs::canonicalize(node)?;
    let root = mount_point(&node)?;
    mount(
        "tickmark",
        root,
        "tmpfs",
        MountFlags::empty(),
        c"size=1m,nr_inodes=256,mode=755",
    )?;
    let root = Path::new(root);
    for folder in SYSTEM {
        let there = Path::new("/").join(folder);
        let here = root.join(folder);
        match fs::symlink_metadata(&there) {
            Ok(found) if found.is_symlink() => symlink(fs::read_link(&there)?, &here)?,
            Ok(found) if found.is_dir() => {
                fs::create_dir_all(&here)?;
                show(&there, &here, MountFlags::NODEV)?;
            }
            Ok(_) | Err(_) => {}
        }
    }
    fs::create_dir_all(root.join("node/bin"))?;
    let here = root.join(NODE.trim_start_matches('/'));
    fs::write(&here, "")?;
    show(&node, &here, MountFlags::NODEV)?;
    let large = root.join(LARGE_NODE.trim_start_matches('/'));
    fs::create_dir_all(root.join("node/large"))?;
    symlink(format!("/proc/self/fd/{LARGE_NODE_AT}"), large)?;
    for (path, text) in INSIDE {
        fs::write(root.join(path.trim_start_matches('/')), text)?;
    }
    fs::create_dir(root.join("etc"))?;
    for (name, text) in NAMES {
        fs::write(root.join("etc").join(name), text)?;
    }
    let libraries = Path::new("/etc/ld.so.cache");
    if libraries.exists() {
        let here = root.join("etc/ld.so.cache");
        fs::write(&here, "")?;
        show(libraries, &here, MountFlags::NODEV)?;
    }
    // Some of the system's programs are links to here.
    let alternatives = Path::new("/etc/alternatives");
    if alternatives.is_dir() {
        let here = root.join("etc/alternatives");
        fs::create_dir(&here)?;
        show(alternatives, &here, MountFlags::NODEV)?;
    }
    fs::create_dir(root.join("dev"))?;
    for name in DEVICES {
        let here = root.join("dev").join(name);
        fs::write(&here, "")?;
        show(&Path::new("/dev").join(name), &here, MountFlags::empty())?;
    }
    for (name, target) in STREAMS {
        symlink(target, root.join("dev").join(name))?;
    }
    // A new /proc may be mounted only where an old one can be seen; each run's own covers this one.
    fs::create_dir(root.join("proc"))?;
    mount_bind_recursive("/proc", root.join("proc"))?;
    for folder in WRITABLE {
        fs::create_dir(root.join(folder.trim_start_matches('/')))?;
    }
    let sealed = MountFlags::BIND | MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV;
    mount_remount(root, sealed, c"")?;
    chdir(root)?;
    // The old root comes to lie over the new one, and is taken away.
    pivot_root(".", ".")?;
    unmount(".", UnmountFlags::DETACH)?;
    chdir("/")?;
    Ok(())
}

/// A folder to mount the new root on: any that is there and does not hide this file.
fn mount_point(needed: &Path) -> io::Result<&'static str> {
    ["/mnt", "/media", "/srv", "/opt", "/sys", "/tmp"]
        .into_iter()
        .find(|folder| Path::new(folder).is_dir() && !needed.starts_with(folder))
        .ok_or_else(|| io::Error::other("no folder to mount on"))
}

/// Lets the file or folder be seen in another place, where it cannot be changed.
fn show(there: &Path, here: &Path, more: MountFlags) -> io::Result<()> {
    mount_bind(there, here)?;
    // Who may not change what the mount has already must repeat it.
    let has = statvfs(here)?.f_flag;
    let kept = [
        (StatVfsMountFlags::NOEXEC, MountFlags::NOEXEC),
        (StatVfsMountFlags::NOATIME, MountFlags::NOATIME),
        (StatVfsMountFlags::NODIRATIME, MountFlags::NODIRATIME),
        (StatVfsMountFlags::RELATIME, MountFlags::RELATIME),
    ];
    let kept = kept.into_iter().filter(|(flag, _)| has.contains(*flag));
    let kept: MountFlags = kept.map(|(_, flag)| flag).collect();
    let sealed = MountFlags::BIND | MountFlags::RDONLY | MountFlags::NOSUID | more;
    mount_remount(here, sealed | kept, c"")?;
    Ok(())
}

/// Mounts what is new for every run; to be called in its namespaces.
pub(super) fn renew() -> io::Result<()> {
    let closed = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    mount("proc", "/proc", "proc", closed | MountFlags::RDONLY, c"")?;
    let space = std::ffi::CString::new(SPACE)?;
    for folder in WRITABLE {
        mount("tmpfs", folder, "tmpfs", closed, space.as_c_str())?;
    }
    Ok(())
}
