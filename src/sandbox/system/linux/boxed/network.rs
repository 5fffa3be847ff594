//! The network that a program has for itself: a loopback that leads nowhere else, and that nobody has used before.
//!
//! A network is dear: it costs a tenth of a whole run, most of it later, when the kernel takes it apart. So one that
//! nothing was sent in is as good as new and is kept: what else a program can leave in it, bound ports and names,
//! ends with its last process, and it has no privilege to change anything.

use std::fs;
use std::io;

use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, recv, send, socket_with,
};
use rustix::thread::UnshareFlags;

use super::raw;

/// Gives this process, and those it starts from now on, a network of their own.
pub(super) fn make() -> io::Result<()> {
    raw::unshare(UnshareFlags::NEWNET)?;
    bring_up_loopback()
}

/// The same, unless nobody has used the one that it has.
pub(super) fn renew() -> io::Result<()> {
    match is_unused()? {
        true => Ok(()),
        false => make(),
    }
}

/// Whether nothing was ever sent in the network that this process has.
fn is_unused() -> io::Result<bool> {
    let counted = fs::read_to_string("/proc/self/net/dev")?;
    let received = counted.lines().find_map(|line| {
        // Bytes received, and more (proc_pid_net(5)).
        let (_, numbers) = line.split_once("lo:")?;
        numbers.split_ascii_whitespace().next()
    });
    Ok(received == Some("0"))
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
