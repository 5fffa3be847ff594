//! A launcher: a small process with one thread that makes one run after another in namespaces of its own.
//!
//! It is the program itself, started anew before it has read anything, so neither it nor what it starts has ever held
//! an expected line; and a copy of it is cheap however much the grader has in memory.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;

use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, recv, send, socket_with,
};
use rustix::process::{
    DumpableBehavior, Gid, Uid, WaitOptions, getegid, geteuid, set_dumpable_behavior, wait,
};
use rustix::thread::{UnshareFlags, set_thread_groups, set_thread_res_gid, set_thread_res_uid};

use super::confine::{self, Filters};
use super::raw::{self, Forked};
use super::wire::{self, Ready, Setup};
use super::{init, root};
use crate::sandbox::Layer;

/// The user inside.
const STUDENT: u32 = 1000;

/// Serves until nobody asks any more. The line to the grader is the standard input.
pub(super) fn serve() -> io::Result<()> {
    raw::close_others_on_exec()?;
    let line = io::stdin();
    let Some((setup, _)) = wire::receive::<Setup>(&line)? else {
        return Ok(());
    };
    let (ready, filters): (Ready, _) = match set_up(&setup) {
        Ok((layers, filters)) => (Ok(layers), Some(filters)),
        Err(off) => (Err(off), None),
    };
    wire::send(&line, &ready, &[] as &[OwnedFd])?;
    let Some(filters) = filters else {
        return Ok(());
    };
    loop {
        // Those of runs that are over, whom nobody else waits for.
        while let Ok(Some(_)) = wait(WaitOptions::NOHANG) {}
        let (heard, say) = io::pipe()?;
        match raw::fork(UnshareFlags::NEWPID | UnshareFlags::NEWNS) {
            Ok(Forked::Child) => init::run(&line, say, &filters),
            Ok(Forked::Parent(_)) => drop(say),
            Err(error) => {
                // Whoever orders next is to know why nobody comes.
                if let Some(((), beside)) = wire::receive(&line)? {
                    init::fail(&beside, "fork", &error);
                }
                continue;
            }
        }
        // The next one is made ready while this one runs; without a word it ended because nobody asks any more.
        if io::Read::read(&mut &heard, &mut [0])? == 0 {
            return Ok(());
        }
    }
}

/// Does what a layer needs, or says why it is off.
fn layer<T>(name: &str, done: io::Result<T>) -> Result<T, Layer> {
    done.map_err(|error| Layer::off(name, error.to_string()))
}

fn set_up(setup: &Setup) -> Result<(Vec<Layer>, Filters), Layer> {
    let own = UnshareFlags::NEWNET | UnshareFlags::NEWIPC | UnshareFlags::NEWUTS;
    let own = own | UnshareFlags::NEWUSER | UnshareFlags::NEWNS | UnshareFlags::NEWCGROUP;
    let mut layers = Vec::new();
    // Inside a new namespace of users nobody has a name until it is said.
    let mut outside = (geteuid().as_raw(), getegid().as_raw());
    let on = |name: &str| Layer {
        name: name.to_owned(),
        off: None,
    };
    if geteuid().is_root() {
        // With all its privileges it can show a Node that its programs' user could not reach by its path.
        layer("mount namespace", raw::unshare(UnshareFlags::NEWNS))?;
        layer("own root", root::change(&setup.node))?;
        layer("other user", become_user(setup.user))?;
        outside = (setup.user, setup.user);
        layer("user namespace", raw::unshare(own))?;
        layer("user namespace", map_user(outside))?;
        layers.push(on("other user"));
    } else {
        layer("user namespace", raw::unshare(own))?;
        layer("user namespace", map_user(outside))?;
        layer("own root", root::change(&setup.node))?;
    }
    layers.push(on("user namespace"));
    layers.push(on("mount namespace"));
    layers.push(on("own root"));
    layer("own network", bring_up_loopback())?;
    layers.push(on("own network"));
    let named = rustix::system::sethostname(b"box");
    layer("own host name", named.map_err(Into::into))?;
    layers.push(on("own host name"));
    // The mounts guard the files without it.
    layers.push(Layer {
        name: "guarded files".to_owned(),
        off: confine::can_guard_files()
            .err()
            .map(|error| error.to_string()),
    });
    let filters = Filters::new().map_err(io::Error::other);
    let filters = layer("filter of system calls", filters)?;
    layers.push(on("filter of system calls"));
    Ok((layers, filters))
}

/// Takes on a user that owns nothing on this machine.
fn become_user(user: u32) -> io::Result<()> {
    set_thread_groups(&[])?;
    let group = Gid::from_raw(user);
    set_thread_res_gid(group, group, group)?;
    let user = Uid::from_raw(user);
    set_thread_res_uid(user, user, user)?;
    // Whoever changes the user becomes undumpable, and then cannot say who is who in its own namespace.
    set_dumpable_behavior(DumpableBehavior::Dumpable)?;
    Ok(())
}

/// Says who the one user of the namespace is outside.
fn map_user((user, group): (u32, u32)) -> io::Result<()> {
    fs::write("/proc/self/setgroups", "deny")?;
    fs::write("/proc/self/gid_map", format!("{STUDENT} {group} 1"))?;
    fs::write("/proc/self/uid_map", format!("{STUDENT} {user} 1"))?;
    Ok(())
}

/// A new network has its loopback, but that is down.
fn bring_up_loopback() -> io::Result<()> {
    // struct nlmsghdr and struct ifinfomsg (netlink(7), rtnetlink(7)): set IFF_UP of the first interface.
    const LENGTH: u32 = 32;
    const RTM_NEWLINK: u16 = 16;
    const NLM_F_REQUEST_AND_ACK: u16 = 1 | 4;
    const FIRST: i32 = 1;
    const IFF_UP: u32 = 1;
    let mut message = Vec::new();
    message.extend(LENGTH.to_ne_bytes());
    message.extend(RTM_NEWLINK.to_ne_bytes());
    message.extend(NLM_F_REQUEST_AND_ACK.to_ne_bytes());
    message.extend([0; 8]);
    message.extend([0; 4]);
    message.extend(FIRST.to_ne_bytes());
    message.extend(IFF_UP.to_ne_bytes());
    message.extend(IFF_UP.to_ne_bytes());
    // The first protocol of these sockets is about interfaces and routes.
    let (kind, flags) = (SocketType::RAW, SocketFlags::CLOEXEC);
    let socket = socket_with(AddressFamily::NETLINK, kind, flags, None)?;
    send(&socket, &message, SendFlags::empty())?;
    let mut answer = [0; 64];
    let (length, _) = recv(&socket, &mut answer, RecvFlags::empty())?;
    // struct nlmsgerr: what is after the header, 0 or a negated error.
    let error = answer[..length]
        .get(16..20)
        .and_then(|error| error.try_into().ok());
    match error.map(i32::from_ne_bytes) {
        Some(0) => Ok(()),
        Some(error) => Err(io::Error::from_raw_os_error(-error)),
        None => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}
