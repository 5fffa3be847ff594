//! What the grader and the box say to each other.
//!
//! Every message is one packet, JSON. The program's files are no message: they lie in a nameless file, one after
//! another behind the request.

use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::retry_on_intr;
use rustix::net::{
    AddressFamily, RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, SocketFlags, SocketType, recv, recvmsg, sendmsg, socketpair,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::program::{
    self, Calls, Limit, Limits, Loaded, Looks, Loops, Refused, Served, Spent, Threads,
};
use crate::sandbox::Layer;

/// What a launcher is told first.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Setup {
    /// Node's binary.
    pub node: PathBuf,
    pub walls: Walls,
    /// The user that programs are run as, where there is a choice.
    pub user: u32,
    /// Whether it is to copy Node into large pages first.
    pub copies_node: bool,
}

/// What is between programs and everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Walls {
    /// Namespaces and a root of their own, and guards: the tier `full`.
    Namespaces,
    /// Guards of files and filters of calls alone: the tier `partial`.
    Guards,
}

/// What a launcher answers, once: its layers, or the one that it cannot have; beside it the copy of Node, if it could make
/// the one it was to make.
pub(super) type Ready = Result<Vec<Layer>, Lacking>;

/// Something that a run needs and cannot be had.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Lacking {
    pub layer: Layer,
    /// Whether it may be had another time: the machine, or what its user may have of it, is only used up now.
    pub passing: bool,
}

impl Lacking {
    pub(super) fn new(name: &str, error: &io::Error) -> Self {
        Lacking {
            layer: Layer::off(name, error.to_string()),
            passing: is_passing(error),
        }
    }
}

fn is_passing(error: &io::Error) -> bool {
    const PASSING: [i32; 7] = [
        libc::EAGAIN,
        libc::EINTR,
        libc::EMFILE,
        libc::ENFILE,
        libc::ENOBUFS,
        libc::ENOMEM,
        libc::ETOOMANYREFS,
    ];
    error
        .raw_os_error()
        .is_some_and(|code| PASSING.contains(&code))
}

/// What to run.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    /// The program's folder.
    pub program: PathBuf,
    /// Its folder for temporary files.
    pub tmp: PathBuf,
    /// The files that are not yet in its folder, by their paths, and how long each is.
    pub files: Vec<(String, usize)>,
    /// What Node is started with.
    pub args: Vec<String>,
    /// The whole environment.
    pub env: Vec<(String, String)>,
    pub limits: Limits,
    /// Whether it may start other programs.
    pub children: bool,
    pub looks: Looks,
    /// What it is asked, and on which port.
    pub requests: Vec<program::Request>,
    pub port: u16,
}

/// How it went.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Report {
    Ended {
        /// As the system gives it to whoever waits.
        status: i32,
        stopped: Option<Limit>,
        spent: Spent,
        refused: Vec<Refused>,
        threads: Option<Threads>,
        turns: Option<Loops>,
        calls: Option<Calls>,
        /// What was found in a module, and what comes of asking a server, may be long: they follow, in so many pieces.
        #[serde(skip)]
        loaded: Option<Loaded>,
        #[serde(skip)]
        served: Option<Served>,
        pieces: usize,
    },
    /// The machine was too busy.
    Overloaded,
    /// Something else than the program failed.
    Failed(Lacking),
}

/// Sends what a launcher reports at the end of a run.
pub(super) fn send_report(line: &OwnedFd, mut report: Report) -> io::Result<()> {
    let mut text = Vec::new();
    if let Report::Ended {
        loaded,
        served,
        pieces,
        ..
    } = &mut report
    {
        if loaded.is_some() || served.is_some() {
            text = serde_json::to_vec(&(loaded.take(), served.take()))?;
        }
        *pieces = text.len().div_ceil(PIECE);
    }
    send(line, &report, &[] as &[OwnedFd])?;
    for piece in text.chunks(PIECE) {
        retry_on_intr(|| rustix::net::send(line, piece, SendFlags::NOSIGNAL))?;
    }
    Ok(())
}

/// Waits for what a launcher reports at the end of a run, but no longer than so long.
pub(super) fn receive_report(line: &OwnedFd, patience: Duration) -> io::Result<Option<Report>> {
    let Some((mut report, _)) = receive_within(line, patience)? else {
        return Ok(None);
    };
    if let Report::Ended {
        loaded,
        served,
        pieces,
        ..
    } = &mut report
        && *pieces > 0
    {
        let mut text = Vec::new();
        for _ in 0..*pieces {
            let mut piece = vec![0; PIECE];
            let (length, _) =
                retry_on_intr(|| recv(line, piece.as_mut_slice(), RecvFlags::empty()))?;
            text.extend_from_slice(&piece[..length]);
        }
        (*loaded, *served) = serde_json::from_slice(&text)?;
    }
    Ok(Some(report))
}

/// The most bytes of one message; the longest holds a path.
const MOST: usize = 1 << 13;

/// The most bytes of a piece of what is longer.
const PIECE: usize = 1 << 16;

/// The most descriptors beside one message.
const DESCRIPTORS: usize = 6;

/// Both ends of a line on which messages keep their bounds.
pub(super) fn line() -> io::Result<(OwnedFd, OwnedFd)> {
    let kind = SocketType::SEQPACKET;
    Ok(socketpair(
        AddressFamily::UNIX,
        kind,
        SocketFlags::CLOEXEC,
        None,
    )?)
}

/// Sends a message, and these descriptors beside it.
pub(super) fn send(
    line: impl AsFd,
    message: &impl Serialize,
    beside: &[impl AsFd],
) -> io::Result<()> {
    let text = serde_json::to_vec(message)?;
    let beside: Vec<_> = beside.iter().map(AsFd::as_fd).collect();
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(DESCRIPTORS))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    if !beside.is_empty() && !control.push(SendAncillaryMessage::ScmRights(&beside)) {
        return Err(io::Error::other("too many descriptors"));
    }
    let text = [IoSlice::new(&text)];
    sendmsg(line, &text, &mut control, SendFlags::NOSIGNAL)?;
    Ok(())
}

/// Waits for a message and what came beside it; `None` if the other end is gone.
pub(super) fn receive<Message: DeserializeOwned>(
    line: impl AsFd,
) -> io::Result<Option<(Message, Vec<OwnedFd>)>> {
    let mut text = [0; MOST];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(DESCRIPTORS))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let received = loop {
        let into = &mut [IoSliceMut::new(&mut text)];
        match recvmsg(&line, into, &mut control, RecvFlags::CMSG_CLOEXEC) {
            Err(rustix::io::Errno::INTR) => {}
            Err(rustix::io::Errno::CONNRESET) => return Ok(None),
            received => break received?,
        }
    };
    if received.bytes == 0 {
        return Ok(None);
    }
    let beside = control.drain().flat_map(|message| match message {
        RecvAncillaryMessage::ScmRights(descriptors) => descriptors.collect(),
        _ => Vec::new(),
    });
    let beside = beside.collect();
    Ok(Some((
        serde_json::from_slice(&text[..received.bytes])?,
        beside,
    )))
}

/// The same, but no longer than so long.
pub(super) fn receive_within<Message: DeserializeOwned>(
    line: impl AsFd,
    patience: Duration,
) -> io::Result<Option<(Message, Vec<OwnedFd>)>> {
    let until = Instant::now() + patience;
    loop {
        let left = Timespec::try_from(until.saturating_duration_since(Instant::now()));
        let left = left.map_err(io::Error::other)?;
        match poll(&mut [PollFd::new(&line, PollFlags::IN)], Some(&left)) {
            Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
            Ok(_) => return receive(line),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Whether nobody is at the other end any more.
pub(super) fn is_over(line: impl AsFd) -> io::Result<bool> {
    let mut line = [PollFd::new(&line, PollFlags::empty())];
    poll(&mut line, Some(&Timespec::default()))?;
    Ok(line[0].revents().contains(PollFlags::HUP))
}
