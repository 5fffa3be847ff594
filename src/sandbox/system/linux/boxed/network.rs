//! The network that a program has for itself: a loopback that leads nowhere else, and that nobody has used before.
//!
//! A network is dear: it costs a twentieth of a whole run, most of it later, when the kernel takes it apart. So one in
//! which the kernel has counted nothing is kept. What else a program can leave in it, bound ports and names, ends with
//! its last process, and it has no privilege to change anything.

use std::collections::BTreeSet;
use std::fs;
use std::io;

use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, recv, send, socket_with,
};
use rustix::thread::UnshareFlags;

use super::raw;

/// The network that this process has, and those that it starts.
#[derive(Debug)]
pub(super) struct Network {
    /// What the kernel had counted in it when it was new; `None` where it could not be made to the end.
    new: Option<Vec<String>>,
}

/// All that is counted in a network.
const COUNTED: [&str; 5] = ["dev", "snmp", "snmp6", "netstat", "ip6_flowlabel"];

impl Network {
    /// Makes a new one.
    pub(super) fn new() -> io::Result<Self> {
        let mut network = Network { new: None };
        network.renew()?;
        Ok(network)
    }

    /// Makes a new one, unless nobody has used the one that there is.
    pub(super) fn renew(&mut self) -> io::Result<()> {
        if self.new.is_some() && self.new == counted() {
            return Ok(());
        }
        self.new = None;
        raw::unshare(UnshareFlags::NEWNET)?;
        bring_up_loopback()?;
        self.new = counted();
        Ok(())
    }
}

/// What the kernel has counted; `None` where it does not say.
fn counted() -> Option<Vec<String>> {
    let read = |name| match fs::read_to_string(format!("/proc/self/net/{name}")) {
        // Not every system has IPv6.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(String::new()),
        read => read.ok(),
    };
    COUNTED.into_iter().map(read).collect()
}

/// The ports on which somebody listens in this process's network.
pub(super) fn ports_listened_on() -> Vec<u16> {
    let tables = ["tcp", "tcp6"].map(|name| fs::read_to_string(format!("/proc/self/net/{name}")));
    let tables = tables.map(Result::unwrap_or_default);
    let ports = tables
        .iter()
        .flat_map(|table| table.lines().filter_map(port_listened_on));
    ports.collect::<BTreeSet<u16>>().into_iter().collect()
}

/// A line is `0: 00000000:0BB8 00000000:0000 0A …`: own address, the other's, and the state (proc_pid_net(5)).
fn port_listened_on(line: &str) -> Option<u16> {
    let fields: Vec<&str> = line.split_ascii_whitespace().collect();
    let (_, port) = fields.get(1)?.rsplit_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    (*fields.get(3)? == "0A").then_some(port)
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
