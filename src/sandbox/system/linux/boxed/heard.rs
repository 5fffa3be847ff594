//! Calls that are heard: whoever watches the program answers them, by refusing them or letting them go, and notes it
//! (seccomp_unotify(2)).

use std::io;
use std::ops::Range;

use rustix::io::{Errno, retry_on_intr};
use seccompiler::{BpfProgram, SeccompAction};

use super::filters::{Rules, answering, compiled};
use super::raw::Listener;
use crate::program::Refused;

/// What is refused, and with which error.
pub(super) type Refusal = (Refused, Errno);

/// As if it were not allowed.
pub(super) const SOCKETS: Refusal = (Refused::Sockets, Errno::PERM);

/// As if there were too many processes already.
pub(super) const CHILDREN: Refusal = (Refused::Children, Errno::AGAIN);

/// How an event loop asks for events.
pub(super) const EVENTS: &[i64] = &[
    libc::SYS_epoll_pwait,
    libc::SYS_epoll_pwait2,
    // Only this machine's systems have it.
    #[cfg(target_arch = "x86_64")]
    libc::SYS_epoll_wait,
];

/// A filter of such calls.
#[derive(Debug)]
pub(super) struct Heard {
    heard: BpfProgram,
    /// The same calls, each with its error, for where nobody can hear.
    unheard: Vec<BpfProgram>,
}

impl Heard {
    /// A filter that refuses calls, of which each stands under one refusal alone, and hears others, where anybody can.
    pub(super) fn new(
        refused: &[(Refusal, Rules)],
        others: Rules,
    ) -> Result<Self, seccompiler::Error> {
        let unheard = refused.iter().map(|((_, error), rules)| {
            let error = error.raw_os_error();
            compiled(rules.clone(), Some(error))
        });
        let unheard = unheard.collect::<Result<_, _>>()?;
        let all = refused.iter().flat_map(|(_, rules)| rules.clone());
        let all = all.chain(others).collect();
        let mut heard = answering(all, SeccompAction::Trace(0))?;
        for instruction in &mut heard {
            // What compiles it knows of tracers only, who hear it in the same way.
            if u32::from(instruction.code) == libc::BPF_RET | libc::BPF_K
                && instruction.k == libc::SECCOMP_RET_TRACE
            {
                instruction.k = libc::SECCOMP_RET_USER_NOTIF;
            }
        }
        Ok(Heard { heard, unheard })
    }

    /// Puts it on this process; answers where it is heard. That fails where somebody around us hears the calls of all
    /// programs already, for the kernel lets one alone: then they are refused unheard.
    pub(super) fn apply(&self) -> Result<Option<Listener>, seccompiler::Error> {
        if let Ok(listener) = Listener::put_on(&self.heard) {
            return Ok(Some(listener));
        }
        for filter in &self.unheard {
            seccompiler::apply_filter(filter)?;
        }
        Ok(None)
    }
}

/// A piece of what is said of a function that is about to be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// It is this one.
    Function(usize),
    /// A piece of its name and place, in UTF-16.
    Unit(u16),
    /// That is all.
    End,
    /// There is no such function.
    Unknown(usize),
    /// From now on functions are watched.
    Ready,
}

/// A piece of what is told of a module that was loaded (`module.cjs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tells {
    /// By this whoever tells is known.
    Key(u32),
    /// Three letters of the text; fewer, if there are zeros behind them.
    Letters([u8; 3]),
    /// That is all.
    End,
}

/// There are no processes whose priority could be meant.
pub(super) const SAYS: Range<u64> = 0x4000_0000..0x8000_0000;

impl SystemCall {
    /// What is meant by the priority of a process that cannot be.
    fn saying(process: u64, thread: u32) -> Self {
        let payload = process & 0xff_ffff;
        let [_, _, _, _, _, letters @ ..] = payload.to_be_bytes();
        let tells = |piece| SystemCall::Tells { thread, piece };
        match (process >> 24) & 0x3f {
            0 => SystemCall::Says(Said::Function(payload as usize)),
            1 => SystemCall::Says(Said::Unit(payload as u16)),
            2 => SystemCall::Says(Said::End),
            3 => SystemCall::Says(Said::Unknown(payload as usize)),
            8 => tells(Tells::Key(payload as u32)),
            9 => tells(Tells::Letters(letters)),
            10 => tells(Tells::End),
            _ => SystemCall::Says(Said::Ready),
        }
    }
}

/// What was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SystemCall {
    /// It was refused.
    Refused(Refused),
    /// A thread asks for events.
    Events {
        /// Its number.
        thread: u32,
        /// The descriptor at which it asks.
        at: u64,
        /// Whether it waits until there are some.
        waits: bool,
    },
    /// Something is said from inside (`calls.cjs`).
    Says(Said),
    /// Something is told from inside (`module.cjs`).
    Tells {
        /// The number of the thread that does.
        thread: u32,
        /// What.
        piece: Tells,
    },
}

/// Answers the next call that waits for an answer, once it was told; nothing, if whoever made it is gone.
///
/// Whoever is told answers whether it is of any use; what is said from inside is refused if it is not.
pub(super) fn answer_next(
    listener: &Listener,
    mut tell: impl FnMut(SystemCall) -> bool,
) -> io::Result<()> {
    let call = match listener.next_call() {
        Ok(call) => call,
        Err(Errno::NOENT | Errno::INTR) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    // Unless it is answered, the call would never be heard again, and wait for ever.
    let answered = if EVENTS.contains(&i64::from(call.data.nr)) {
        let [at, _, _, time, ..] = call.data.args;
        tell(SystemCall::Events {
            thread: call.pid,
            // The kernel takes no more of it.
            at: at & u64::from(u32::MAX),
            waits: time & u64::from(u32::MAX) != 0,
        });
        retry_on_intr(|| listener.let_go(call.id))
    } else if i64::from(call.data.nr) == libc::SYS_setpriority {
        let [_, process, ..] = call.data.args;
        let is_useful = tell(SystemCall::saying(process, call.pid));
        retry_on_intr(|| match is_useful {
            true => listener.believe(call.id),
            false => listener.refuse(call.id, Errno::SRCH),
        })
    } else {
        let (refused, error) = refusal(&call.data);
        tell(SystemCall::Refused(refused));
        retry_on_intr(|| listener.refuse(call.id, error))
    };
    match answered {
        Ok(()) | Err(Errno::NOENT) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// How a call is refused.
fn refusal(call: &libc::seccomp_data) -> Refusal {
    // Of the first argument the kernel takes no more than this.
    let family = call.args[0] & u64::from(u32::MAX);
    match i64::from(call.nr) {
        libc::SYS_socket => SOCKETS,
        // Node makes pairs of this kind for its children.
        libc::SYS_socketpair if family != u64::from(libc::AF_UNIX.unsigned_abs()) => SOCKETS,
        _ => CHILDREN,
    }
}
